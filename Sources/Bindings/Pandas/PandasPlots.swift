import Frames
import Language
import Plotting

/// `.plot`: series and tables onto the figures of the door `swiftlet`.
enum PandasPlots {
  private static let options = "title=None, xlabel=None, ylabel=None, figsize=None, grid=None, legend=True, color=None, ax=None, **kwargs"

  /// A function of the door `swiftlet` with its options.
  private static func draw(_ name: String, _ data: [Value], _ more: [(name: String, value: Value)], _ a: Arguments) throws -> Value {
    guard let function = LibraryDoors.function(name, a.machine) else { return .none }
    var keywords = more
    for option in ["title", "xlabel", "ylabel"] where a.isSet(option) { keywords.append((option, a[option])) }
    return try a.machine.call(function, data, keywords: keywords)
  }

  private static func numbers(_ vector: Vector, _ machine: Machine) throws -> Value {
    guard let doubles = vector.doubles else { throw Raise(.typeError, "no numeric data to plot") }
    return try machine.ndarray(doubles)
  }

  private static func lines(_ a: Arguments, kind: String) throws -> Value {
    let machine = a.machine
    let owner = try a.receiver(AccessorObject.self).owner
    if let series = (owner as? SeriesObject)?.series {
      let x = series.index.isRange || series.index.vector.doubles == nil ? nil : try numbers(series.index.vector, machine)
      let y = try numbers(series.values, machine)
      let name: [(name: String, value: Value)] = series.name == .null ? [] : [("names", .list([.string(series.name.shown)]))]
      return try draw("plot", x.map { [$0, y] } ?? [y], name, a)
    }
    guard let frame = (owner as? FrameObject)?.frame else { return .none }
    let dict = DictObject()
    var places = frame.columns.indices.filter { frame.columns[$0].countsAsNumeric }
    if a.isSet("y"), let wanted = try FrameMethods.columns(a["y"], frame, machine) { places = wanted }
    if a.isSet("x"), let x = try FrameMethods.columns(a["x"], frame, machine)?.first {
      places.removeAll { $0 == x }
      guard let first = places.first else { throw Raise(.typeError, "no numeric data to plot") }
      return try draw("plot", [numbers(frame.columns[x], machine), numbers(frame.columns[first], machine)], [("names", .list([.string(frame.labels[first].shown)]))], a)
    }
    guard !places.isEmpty else { throw Raise(.typeError, "no numeric data to plot") }
    for place in places { dict[frame.labels[place].shown] = try numbers(frame.columns[place], machine) }
    return try draw("plot", [.object(dict)], [], a)
  }

  private static func bars(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let owner = try a.receiver(AccessorObject.self).owner
    if let series = (owner as? SeriesObject)?.series {
      return try draw("bar", [.list(series.index.cells.map { .string($0.shown) }), numbers(series.values, machine)], [], a)
    }
    guard let frame = (owner as? FrameObject)?.frame else { return .none }
    var labels = frame.index.vector
    if a.isSet("x"), let x = try FrameMethods.columns(a["x"], frame, machine)?.first { labels = frame.columns[x] }
    let wanted = a.isSet("y") ? try FrameMethods.columns(a["y"], frame, machine) : nil
    guard let place = wanted?.first ?? frame.columns.indices.first(where: { frame.columns[$0].countsAsNumeric }) else {
      throw Raise(.typeError, "no numeric data to plot")
    }
    return try draw("bar", [.list(labels.cells.map { .string($0.shown) }), numbers(frame.columns[place], machine)], [], a)
  }

  static func histogram(_ value: Value, bins: Value, _ machine: Machine) throws -> Value {
    guard let function = LibraryDoors.function("hist", machine) else { return .none }
    let vector = value.asSeries?.values ?? value.asFrame?.columns.first { $0.countsAsNumeric } ?? Vector(empty: .object)
    let present = (vector.doubles ?? []).filter { !$0.isNaN }
    let count = bins.asInt ?? 10
    return try machine.call(function, [machine.ndarray(present)], keywords: [("bins", .int(count))])
  }

  static let methods: [Native] = [
    Native("__call__(self, kind='line', x=None, y=None, bins=None, \(options))", "A plot of a kind: line, scatter, bar, hist.") { a in
      switch try a.text("kind") ?? "line" {
      case "line", "area": return try lines(a, kind: "line")
      case "scatter": return try scatter(a)
      case "bar", "barh", "pie": return try bars(a)
      case "hist":
        let owner = try a.receiver(AccessorObject.self).owner
        return try histogram(.object(owner), bins: a["bins"], a.machine)
      case let kind: throw Raise(.valueError, "\(kind) is not a valid plot kind here: line, scatter, bar, barh, hist, area, pie")
      }
    },
    Native("line(self, x=None, y=None, \(options))", "Lines.") { a in try lines(a, kind: "line") },
    Native("area(self, x=None, y=None, \(options))", "Lines.") { a in try lines(a, kind: "line") },
    Native("scatter(self, x=None, y=None, s=None, c=None, \(options))", "Points.") { a in try scatter(a) },
    Native("bar(self, x=None, y=None, \(options))", "Bars.") { a in try bars(a) },
    Native("barh(self, x=None, y=None, \(options))", "Bars.") { a in try bars(a) },
    Native("pie(self, x=None, y=None, \(options))", "Shares as bars.") { a in try bars(a) },
    Native("hist(self, by=None, bins=10, \(options))", "A histogram.") { a in
      try histogram(.object(a.receiver(AccessorObject.self).owner), bins: a["bins"], a.machine)
    },
  ]

  private static func scatter(_ a: Arguments) throws -> Value {
    guard let frame = (try a.receiver(AccessorObject.self).owner as? FrameObject)?.frame,
      let x = try FrameMethods.columns(a["x"], frame, a.machine)?.first,
      let y = try FrameMethods.columns(a["y"], frame, a.machine)?.first
    else { throw Raise(.valueError, "scatter requires an x and y column") }
    var keywords: [(name: String, value: Value)] = []
    if !a.isSet("xlabel") { keywords.append(("xlabel", .string(frame.labels[x].shown))) }
    if !a.isSet("ylabel") { keywords.append(("ylabel", .string(frame.labels[y].shown))) }
    return try draw("scatter", [numbers(frame.columns[x], a.machine), numbers(frame.columns[y], a.machine)], keywords, a)
  }
}
