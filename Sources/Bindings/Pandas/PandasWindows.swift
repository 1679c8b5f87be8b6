import Frames
import Language
import TensorCore

/// `rolling`, `expanding`, `ewm`: windows over a series, the columns of a table, or groups.
final class WindowsObject: Instance {
  enum Kind {
    case moving(Windows)
    case exponential(alpha: Double, adjust: Bool, ignoresMissing: Bool, minimum: Int)
  }
  let frame: DataFrame
  let form: Kind
  let text: String
  let name: Frames.Cell?
  /// The rows of each group, and the groups' labels, for windows within groups.
  let members: [[Int]]?
  let outer: Labels?

  init(
    _ frame: DataFrame, _ form: Kind, text: String, name: Frames.Cell?, members: [[Int]]? = nil,
    outer: Labels? = nil, _ type: TypeObject
  ) {
    self.frame = frame
    self.form = form
    self.text = text
    self.name = name
    self.members = members
    self.outer = outer
    super.init(type)
  }

  static func grouped(
    _ groups: GroupsObject, window: Int?, minimum: Int?, center: Bool, _ machine: Machine
  ) -> WindowsObject {
    let shape: Windows.Shape = window.map { .rolling(size: max(1, $0), center: center) } ?? .expanding
    return WindowsObject(
      groups.frame.selecting(groups.columns),
      .moving(Windows(shape, minimum: minimum ?? window ?? 1)), text: "RollingGroupby",
      name: groups.isSeries ? groups.name : nil, members: groups.grouping.members,
      outer: groups.grouping.labels, machine.pandas.windows)
  }

  /// Each column through a function of its numbers.
  func mapped(_ machine: Machine, _ body: ([Double]) throws -> [Double]) throws -> Value {
    var columns: [Vector] = []
    var places: [Int] = []
    for (place, column) in frame.columns.enumerated() {
      guard let numbers = column.doubles else {
        if name == nil, column.type.isDate { continue }
        throw Raise(machine.exceptionRaise("DataError", "No numeric types to aggregate"))
      }
      places.append(place)
      if let members {
        var results: [Double] = []
        for rows in members { results += try body(rows.map { numbers[$0] }) }
        columns.append(Vector(doubles: results))
      } else {
        columns.append(Vector(doubles: try body(numbers)))
      }
    }
    var index = frame.index
    if let members, let outer {
      let rows = members.flatMap { $0 }
      let groups = members.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
      let inner = frame.index.taking(rows)
      index = outer.taking(groups).appending(levels: inner.levels, names: inner.names)
    }
    if let name { return machine.value(Series(columns.first ?? Vector(doubles: []), index: index, name: name)) }
    return machine.value(DataFrame(columns: columns, labels: frame.labels.taking(places), index: index))
  }
}

enum PandasWindows {
  static let table = TypeTable(
    "Rolling", module: "pandas.api.typing", doc: "Windows over the rows.",
    missingAttribute: { instance, name, machine in
      guard let own = instance as? WindowsObject, own.name == nil,
        let place = own.frame.places(of: .string(name)).first
      else { return nil }
      return .object(selected(own, [place], name: own.frame.labels[place], machine))
    },
    methods: methods)

  private static func selected(_ own: WindowsObject, _ places: [Int], name: Frames.Cell?, _ machine: Machine) -> WindowsObject {
    WindowsObject(
      own.frame.selecting(places), own.form, text: own.text, name: name, members: own.members,
      outer: own.outer, machine.pandas.windows)
  }

  private static func source(_ a: Arguments) throws -> (DataFrame, Frames.Cell?) {
    if let series = a[0].asSeries { return (series.frame, series.name) }
    return (try a.ownFrame, nil)
  }

  static func rolling(_ a: Arguments) throws -> Value {
    let (frame, name) = try source(a)
    let machine = a.machine
    if let text = a["window"].swiftString {
      let step = try SpanParsing.micros(of: text.first?.isNumber ?? false ? text : "1" + text)
      guard let step, case .int(let moments) = frame.index.vector.storage, frame.index.vector.type.isDate else {
        throw Raise(.valueError, "window must be an integer 0 or greater")
      }
      let windows = Windows(.time(micros: step, at: moments), minimum: try a.int("min_periods") ?? 1)
      return .object(WindowsObject(frame, .moving(windows), text: "Rolling [window=\(text),min_periods=1,center=False,method=single]", name: name, machine.pandas.windows))
    }
    guard let size = try a.int("window"), size >= 0 else {
      throw Raise(.valueError, "window must be an integer 0 or greater")
    }
    let center = try a.bool("center")
    let minimum = try a.int("min_periods") ?? size
    if minimum > size { throw Raise(.valueError, "min_periods \(minimum) must be <= window \(size)") }
    let windows = Windows(.rolling(size: size, center: center), minimum: minimum)
    let least = a.isSet("min_periods") ? ",min_periods=\(minimum)" : ""
    return .object(
      WindowsObject(
        frame, .moving(windows),
        text: "Rolling [window=\(size)\(least),center=\(center ? "True" : "False"),method=single]",
        name: name, machine.pandas.windows))
  }

  static func expanding(_ a: Arguments) throws -> Value {
    let (frame, name) = try source(a)
    let minimum = try a.int("min_periods") ?? 1
    return .object(
      WindowsObject(
        frame, .moving(Windows(.expanding, minimum: minimum)),
        text: "Expanding [min_periods=\(minimum),method=single]", name: name, a.machine.pandas.windows))
  }

  static func exponential(_ a: Arguments) throws -> Value {
    let (frame, name) = try source(a)
    let alpha: Double
    if let com = try a.double("com") {
      guard com >= 0 else { throw Raise(.valueError, "comass must satisfy: comass >= 0") }
      alpha = 1 / (1 + com)
    } else if let span = try a.double("span") {
      guard span >= 1 else { throw Raise(.valueError, "span must satisfy: span >= 1") }
      alpha = 2 / (span + 1)
    } else if let half = try a.double("halflife") {
      guard half > 0 else { throw Raise(.valueError, "halflife must satisfy: halflife > 0") }
      alpha = 1 - (-0.6931471805599453 / half).exponential
    } else if let given = try a.double("alpha") {
      guard given > 0, given <= 1 else { throw Raise(.valueError, "alpha must satisfy: 0 < alpha <= 1") }
      alpha = given
    } else {
      throw Raise(.valueError, "Must pass one of comass, span, halflife, or alpha")
    }
    return .object(
      WindowsObject(
        frame,
        .exponential(
          alpha: alpha, adjust: try a.bool("adjust"), ignoresMissing: try a.bool("ignore_na"),
          minimum: try a.int("min_periods") ?? 0),
        text: "ExponentialMovingWindow [com=\(1 / alpha - 1),min_periods=1,adjust=True,ignore_na=False,method=single]",
        name: name, a.machine.pandas.windows))
  }

  private static func reduce(_ how: Reduction, _ a: Arguments) throws -> Value {
    let own = try a.receiver(WindowsObject.self)
    switch own.form {
    case .moving(let windows):
      let freedom = try a.int("ddof") ?? 1
      return try own.mapped(a.machine) { windows.reduced($0, how, freedom: freedom) }
    case .exponential(let alpha, let adjust, let ignores, let minimum):
      return try own.mapped(a.machine) { values in
        switch how {
        case .mean:
          return Windows.exponentialMean(values, alpha: alpha, adjust: adjust, ignoresMissing: ignores, minimum: minimum)
        case .var, .std:
          let variances = Windows.exponentialVariance(values, alpha: alpha, adjust: adjust, ignoresMissing: ignores, minimum: minimum)
          return how == .std ? variances.map { $0.squareRoot() } : variances
        default:
          throw Raise(.notImplementedError, "ewm().\(how.rawValue)() is not there: mean, std and var are")
        }
      }
    }
  }

  private static func moving(_ a: Arguments) throws -> (WindowsObject, Windows) {
    let own = try a.receiver(WindowsObject.self)
    guard case .moving(let windows) = own.form else {
      throw Raise(.notImplementedError, "exponential windows have mean, std and var")
    }
    return (own, windows)
  }

  private static let methods: [Native] = [
    Reduction.sum, .mean, .median, .min, .max, .std, .var, .count, .skew, .kurt, .sem,
  ].map { how in
    Native("\(how.rawValue)(self, numeric_only=False, ddof=1)", "The \(how.rawValue) of each window.") { a in try reduce(how, a) }
  } + [
    Native("__repr__(self)", "The kind of window.") { a in .string(try a.receiver(WindowsObject.self).text) },
    Native("__getitem__(self, key)", "One column, or several.") { a in
      let own = try a.receiver(WindowsObject.self)
      if a[1].asList != nil {
        let labels = try a.machine.vector(a[1])?.cells ?? []
        return .object(selected(own, try labels.map { try own.frame.place(of: $0) }, name: nil, a.machine))
      }
      let cell = try a.cell(1)
      return .object(selected(own, [try own.frame.place(of: cell)], name: cell, a.machine))
    },
    Native("quantile(self, q, interpolation='linear')", "A quantile of each window.") { a in
      let (own, windows) = try moving(a)
      let share = try a.double("q") ?? 0.5
      return try own.mapped(a.machine) { windows.quantile($0, share) }
    },
    Native("apply(self, func, raw=False, args=None, kwargs=None)", "The function of each window.") { a in
      let (own, windows) = try moving(a)
      let isRaw = try a.bool("raw")
      return try own.mapped(a.machine) { values in
        try windows.apply(values) { part in
          let argument = isRaw ? try a.machine.ndarray(part) : a.machine.value(Series(Vector(doubles: part)))
          let result = try a.machine.call(a[1], [argument])
          return try a.machine.float(result) ?? result.asDouble ?? .nan
        }
      }
    },
    Native("agg(self, func)", "One value per window, or several by name.") { a in
      let own = try a.receiver(WindowsObject.self)
      if let name = a[1].swiftString { return try a.machine.call(a.machine.attribute(a[0], name)) }
      if let list = a[1].asList, own.name != nil {
        let parts = try list.items.map { try a.machine.call(a.machine.attribute(a[0], $0.swiftString ?? "")).asSeries }
        let columns = parts.compactMap { $0?.values }
        return a.machine.value(
          DataFrame(columns: columns, labels: try Labels(cells: list.items.map { .string($0.swiftString ?? "") }), index: parts.first??.index ?? own.frame.index))
      }
      return try a.machine.call(a.machine.attribute(a[0], "apply"), [a[1]])
    },
    Native("corr(self, other, pairwise=None, ddof=1)", "Correlations of each window with another series.") { a in
      let (own, windows) = try moving(a)
      guard let other = a[1].asSeries?.values.doubles else { throw a.mismatch(1, expected: "a Series") }
      let result = try own.mapped(a.machine) { values in
        try windows.ranges(values.count).map { range in
          guard range.upperBound <= other.count, range.count >= windows.minimum else { return .nan }
          return try Description.correlation(Array(values[range]), Array(other[range]))
        }
      }
      return result.asSeries.map { a.machine.value(Series($0.values, index: $0.index)) } ?? result
    },
  ]
}

extension Double {
  /// e to this power.
  fileprivate var exponential: Double { (try? Tensor([self], dtype: .float64).exp().doubles()[0]) ?? .nan }
}
