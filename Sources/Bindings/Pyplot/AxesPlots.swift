import Display
import Language
import Plotting
import TensorCore

/// Lines, points and bars.
enum AxesPlots {
  static let rows: [AxesRow] = [
    AxesRow(
      "plot", "*args, scalex=True, scaley=True, data=None, **kwargs",
      "Lines through points: plot(y), plot(x, y), plot(x, y, 'r--o', label='name').",
      example: "plt.plot([1, 2, 3], [1, 4, 9], 'o-')"
    ) { c in .list(try lines(c, c.items(0), c.keywords(4))) },
    AxesRow("semilogx", "*args, **kwargs", "Lines with a logarithmic x axis.") { c in
      c.axes.x.scale = "log"
      return .list(try lines(c, c.items(0), c.keywords(1)))
    },
    AxesRow("semilogy", "*args, **kwargs", "Lines with a logarithmic y axis.") { c in
      c.axes.y.scale = "log"
      return .list(try lines(c, c.items(0), c.keywords(1)))
    },
    AxesRow("loglog", "*args, **kwargs", "Lines with two logarithmic axes.") { c in
      c.axes.x.scale = "log"
      c.axes.y.scale = "log"
      return .list(try lines(c, c.items(0), c.keywords(1)))
    },
    AxesRow(
      "step", "x, y, *args, where='pre', data=None, **kwargs", "A staircase through points.",
      example: "plt.step([1, 2, 3], [1, 4, 9])"
    ) { c in
      let kind = try c.string(3)
      guard ["pre", "post", "mid"].contains(kind) else {
        throw Raise(.valueError, "'\(kind)' is not a valid value for where.")
      }
      let made = try lines(c, [c[0], c[1]] + c.items(2), c.keywords(5))
      for value in made { (value.asInstance as? PyLine)?.steps = kind }
      return .list(made)
    },
    AxesRow(
      "scatter",
      "x, y, s=None, c=None, *, marker=None, cmap=None, norm=None, vmin=None, vmax=None, "
        + "alpha=None, linewidths=None, edgecolors=None, colorizer=None, plotnonfinite=False, "
        + "data=None, **kwargs",
      "Points, coloured by `c`.", example: "plt.scatter([1, 2, 3], [3, 1, 2], c=[0, 1, 2])",
      body: scatter),
    AxesRow(
      "bar", "x, height, width=0.8, bottom=None, *, align='center', data=None, **kwargs",
      "Upright bars.", example: "plt.bar(['a', 'b'], [3, 5])"
    ) { c in
      try bars(
        c, places: c.axes.numbers(c[0], true, c.machine), lengths: c.flat(1), widths: c.flat(2),
        feet: c.isGiven(3) ? c.flat(3) : [0], align: c.string(4), c.keywords(6), isLying: false)
    },
    AxesRow(
      "barh", "y, width, height=0.8, left=None, *, align='center', data=None, **kwargs",
      "Bars that lie.", example: "plt.barh(['a', 'b'], [3, 5])"
    ) { c in
      try bars(
        c, places: c.axes.numbers(c[0], false, c.machine), lengths: c.flat(1), widths: c.flat(2),
        feet: c.isGiven(3) ? c.flat(3) : [0], align: c.string(4), c.keywords(6), isLying: true)
    },
    AxesRow(
      "bar_label", "container, labels=None, *, fmt='%g', label_type='edge', padding=0, **kwargs",
      "Numbers at the ends of bars."
    ) { c in
      guard let container = c[0].asInstance as? PyContainer else {
        throw Raise(.typeError, "bar_label() needs what bar() gave")
      }
      let names = c.isGiven(1) ? try c.machine.array(c[1]).map { try c.machine.text(of: $0) } : nil
      var made: [Value] = []
      for (index, bar) in container.bars.enumerated() {
        let value = bar.isLying ? bar.width : bar.height
        let text =
          try names.map { index < $0.count ? $0[index] : "" }
          ?? formatted(value, c[2], c.machine)
        let label = PyText.make(
          text, .float(bar.isLying ? bar.x + bar.width : bar.x + bar.width / 2),
          .float(bar.isLying ? bar.y + bar.height / 2 : bar.y + bar.height), c.machine)
        label.horizontal = bar.isLying ? "left" : "center"
        label.zorder = 3
        label.countsForLimits = false
        c.axes.add(label)
        made.append(.object(label))
      }
      return .list(made)
    },
    AxesRow(
      "stem",
      "*args, linefmt=None, markerfmt=None, basefmt=None, bottom=0, label=None, "
        + "orientation='vertical', data=None",
      "Thin lines from zero to points.", example: "plt.stem([1, 3, 2])"
    ) { c in
      let given = try c.items(0)
      guard !given.isEmpty else {
        throw Raise(.typeError, "stem expected between 1 or 3 positional arguments, got ()")
      }
      let isPair = given.count > 1 && given[1].swiftString == nil
      let y = try c.axes.numbers(given[isPair ? 1 : 0], false, c.machine)
      let x = isPair ? try c.axes.numbers(given[0], true, c.machine) : y.indices.map(Double.init)
      guard x.count == y.count else { throw sizes(x.count, y.count) }
      var style = try PyplotStyle([], "Line2D", c.machine)
      style.label = c.isGiven(5) ? c[5] : nil
      let shape = try c.shape(.stems(x: x, y: y), PyShape.lineCollection, style, fill: false)
      let marker = PyLine(c.machine.type(PyLine.lineTable))
      (marker.x, marker.y, marker.lineStyle, marker.marker) = (x, y, "None", "o")
      return .object(
        PyContainer.make(
          "StemContainer", [.object(marker), .object(shape), .object(marker)],
          names: [
            ("markerline", .object(marker)), ("stemlines", .object(shape)),
            ("baseline", .object(marker)),
          ], c.machine))
    },
  ]

  private static func formatted(_ value: Double, _ format: Value, _ machine: Machine) throws -> String {
    if let text = format.swiftString {
      if text.contains("{") {
        guard let method = try machine.optionalAttribute(format, "format") else { return text }
        return try machine.text(of: machine.call(method, [.float(value)]))
      }
      if text == "%g" { return NumberText.general(value, 6) }
      return try machine.text(
        of: machine.call(
          machine.optionalAttribute(format, "__mod__") ?? .none, [.float(value)]))
    }
    return try machine.text(of: machine.call(format, [.float(value)]))
  }

  static func sizes(_ x: Int, _ y: Int) -> Raise {
    Raise(
      .valueError,
      "x and y must have same first dimension, but have shapes (\(x),) and (\(y),)",
      hint: "Each y needs its x.")
  }

  // MARK: - Lines

  private static func lines(
    _ c: AxesCall, _ arguments: [Value], _ keywords: [(name: String, value: Value)]
  ) throws -> [Value] {
    var left = arguments[...]
    var made: [Value] = []
    while let first = left.first {
      left = left.dropFirst()
      var x: Value?
      var y = first
      // A second argument that is no format makes the first one x.
      if let second = left.first, second.swiftString == nil {
        (x, y) = (first, second)
        left = left.dropFirst()
      } else if left.first != nil, try PyplotData.names(first, c.machine) != nil, left.count > 1 {
        (x, y) = (first, left[left.startIndex])
        left = left.dropFirst()
      }
      var format: String?
      if let text = left.first?.swiftString {
        format = text
        left = left.dropFirst()
      }
      made += try group(c, x, y, format, keywords)
    }
    return made
  }

  private static func group(
    _ c: AxesCall, _ xValue: Value?, _ yValue: Value, _ format: String?,
    _ keywords: [(name: String, value: Value)]
  ) throws -> [Value] {
    let machine = c.machine
    let style = try PyplotStyle(keywords, "Line2D", machine)
    let parts = try format.map { try PyplotStyle.format($0) }
    var columns: [[Double]]
    if try PyplotData.names(yValue, machine) != nil || PyplotData.times(yValue, machine) != nil {
      columns = [try c.axes.numbers(yValue, false, machine)]
    } else if yValue.asDouble != nil {
      columns = [try PyplotData.flat(yValue, machine)]
    } else {
      if let tensor = yValue.asTensorObject?.tensor, tensor.rank > 2 {
        throw Raise(
          .valueError, "x and y can be no greater than 2D, but have shapes "
            + "(\(tensor.shape[0]),) and (\(tensor.shape.map(String.init).joined(separator: ", ")))")
      }
      columns = try PyplotData.columns(yValue, machine)
    }
    var places: [[Double]] = []
    if let xValue {
      if let tensor = xValue.asTensorObject?.tensor, tensor.rank == 2 {
        places = try PyplotData.columns(xValue, machine)
      } else {
        places = [try c.axes.numbers(xValue, true, machine)]
      }
    }
    if columns.count == 1, places.count > 1 {
      columns = Array(repeating: columns[0], count: places.count)
    }
    let labels = try style.label.flatMap { label -> [Value]? in
      guard columns.count > 1, label.asList != nil || label.asTuple != nil else { return nil }
      return try machine.array(label)
    }
    return try columns.enumerated().map { index, y in
      let x =
        places.isEmpty ? y.indices.map(Double.init) : places[min(index, places.count - 1)]
      guard x.count == y.count else { throw sizes(x.count, y.count) }
      let line = PyLine(machine.type(PyLine.lineTable))
      (line.x, line.y) = (x, y)
      line.xValue = try whole(xValue, x, isRange: places.isEmpty, machine)
      line.yValue = columns.count == 1 ? try whole(yValue, y, isRange: false, machine) : .none
      line.zorder = 2
      var own = style
      if own.color == nil, let color = parts?.color {
        own.color = color
        own.colorValue = color.cycle == nil ? format.flatMap { colorText($0) } : nil
      }
      if let labels, index < labels.count { own.label = labels[index] }
      line.lineStyle = style.lineStyle ?? parts?.line ?? "-"
      line.marker = style.marker ?? parts?.marker ?? "None"
      line.lineWidth = style.lineWidth ?? 1.5
      line.markerSize = style.markerSize ?? 6
      for (name, value) in style.rest where name == "drawstyle" || name == "ds" {
        if let text = value.swiftString, text.hasPrefix("steps") {
          line.steps = text.hasSuffix("post") ? "post" : text.hasSuffix("mid") ? "mid" : "pre"
        }
      }
      try line.take(own, c.axes, machine)
      c.axes.add(line)
      return .object(line)
    }
  }

  /// The letter of a format that names its colour.
  private static func colorText(_ format: String) -> Value? {
    if PyplotColorNames.hex(format) != nil { return .string(format) }
    return format.first { "bgrcmykw".contains($0) }.map { .string(String($0)) }
  }

  /// Data as an array; integers stay integers.
  private static func whole(
    _ value: Value?, _ numbers: [Double], isRange: Bool, _ machine: Machine
  ) throws -> Value {
    if isRange { return try machine.ndarray(numbers.indices.map { $0 }) }
    guard let value else { return try machine.ndarray(numbers) }
    if value.asTensorObject != nil { return machine.ndarray(try machine.tensor(value)) }
    let isNamed = try PyplotData.names(value, machine) != nil
    if isNamed || value.asDouble != nil || value.asInstance is any ArraySource {
      return try machine.ndarray(numbers)
    }
    guard let tensor = try? machine.tensor(value) else { return try machine.ndarray(numbers) }
    return machine.ndarray(tensor)
  }

  // MARK: - Points

  private static func scatter(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let x = try c.x(0)
    let y = try c.y(1)
    guard x.count == y.count else {
      throw Raise(.valueError, "x and y must be the same size", hint: "x has \(x.count) values and y has \(y.count).")
    }
    let points = PyPoints(machine.type(PyPoints.pointsTable))
    (points.x, points.y) = (x, y)
    if c.isGiven(2) { points.sizes = try c.flat(2) }
    var style = try PyplotStyle(c.keywords(15), "PathCollection", machine)
    if c.isGiven(4) { points.marker = try PyplotStyle.marker(c[4], machine) }
    if let marker = style.marker { points.marker = marker }
    points.colorMap = try PyplotColorMap.required(c[5], machine)
    points.low = try c.optionalDouble(7)
    points.high = try c.optionalDouble(8)
    if c.isGiven(9) { style.alpha = try? c.double(9) }
    if c.isGiven(3) { try colours(c[3], points, &style, machine) }
    points.zorder = 1
    try points.take(style, c.axes, machine, fill: true)
    c.axes.add(points)
    if points.array != nil { PyplotLast.set(points, machine) }
    return .object(points)
  }

  private static func colours(
    _ value: Value, _ points: PyPoints, _ style: inout PyplotStyle, _ machine: Machine
  ) throws {
    let count = points.x.count
    if value.swiftString != nil {
      guard let color = try PyplotColor.read(value, machine) else {
        throw Raise(
          .valueError, "'c' argument must be a color, a sequence of colors, or a sequence of "
            + "numbers, not \(try machine.repr(value))")
      }
      style.color = color
      style.colorValue = value
      return
    }
    if let names = try PyplotData.names(value, machine) {
      guard names.count == count || names.count == 1 else { throw inconsistent(names.count, count) }
      points.colors = try names.map { try PyplotColor.required(.string($0), machine) }
      return
    }
    let tensor = try machine.tensor(value)
    if tensor.rank == 2, tensor.shape[0] == count || tensor.shape[0] == 1,
      tensor.shape[1] == 3 || tensor.shape[1] == 4
    {
      points.colors = try machine.matrix(value).map { row in
        PyplotColor(red: row[0], green: row[1], blue: row[2], alpha: row.count > 3 ? row[3] : 1)
      }
      if points.colors.count == 1 { style.color = points.colors[0] }
      return
    }
    let numbers = try tensor.doubles()
    if numbers.count != count {
      if let color = try PyplotColor.read(value, machine), tensor.rank == 1, value.asTuple != nil {
        style.color = color
        return
      }
      throw inconsistent(numbers.count, count)
    }
    points.array = numbers
  }

  private static func inconsistent(_ found: Int, _ expected: Int) -> Raise {
    Raise(
      .valueError, "'c' argument has \(found) elements, which is inconsistent with 'x' and 'y' "
        + "with size \(expected).")
  }

  // MARK: - Bars

  static func bars(
    _ c: AxesCall, places: [Double], lengths: [Double], widths: [Double], feet: [Double],
    align: String, _ keywords: [(name: String, value: Value)], isLying: Bool
  ) throws -> Value {
    let machine = c.machine
    let style = try barStyle(keywords, machine)
    let count = max(places.count, lengths.count, widths.count, feet.count)
    let names = isLying ? ("y", "width", "height", "left") : ("x", "height", "width", "bottom")
    for (name, values) in [(names.1, lengths), (names.2, widths), (names.3, feet)]
    where values.count != places.count && values.count != 1 && places.count != 1 {
      throw Raise(
        .valueError,
        "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between "
          + "'\(names.0)' with shape (\(places.count),) and '\(name)' with shape (\(values.count),).")
    }
    guard ["center", "edge"].contains(align) else {
      throw Raise(.valueError, "'\(align)' is not a valid value for align.")
    }
    let (at, long, wide, foot) = (
      c.spread(places, count), c.spread(lengths, count), c.spread(widths, count),
      c.spread(feet, count)
    )
    guard [at, long, wide, foot].allSatisfy({ $0.count == count }) else {
      throw Raise(.valueError, "shape mismatch: objects cannot be broadcast to a single shape.")
    }
    var own = style.style
    if own.color == nil, style.colors.isEmpty, let edge = own.edgeColor, !own.fills { own.color = edge }
    let hasWholeLengths = (try? machine.tensor(c[1]).dtype.isInteger) ?? false
    var made: [Value] = []
    var cycle: PyplotColor?
    for index in 0..<count {
      let bar = PyRectangle(machine.type(PyRectangle.rectangleTable))
      let low = align == "center" ? at[index] - wide[index] / 2 : at[index]
      bar.isBar = true
      bar.isLying = isLying
      bar.hasWholeLength = hasWholeLengths
      (bar.x, bar.width) = isLying ? (foot[index], long[index]) : (low, wide[index])
      (bar.y, bar.height) = isLying ? (low, wide[index]) : (foot[index], long[index])
      var mine = own
      if !style.colors.isEmpty { mine.color = style.colors[index % style.colors.count] }
      if index > 0, mine.color == nil { mine.color = cycle }
      mine.label = nil
      try bar.take(mine, c.axes, machine, fill: true)
      if own.color == nil, style.colors.isEmpty { bar.isAutomatic = true }
      cycle = bar.color
      bar.label = style.labels.map { index < $0.count ? $0[index] : "_nolegend_" } ?? "_nolegend_"
      c.axes.add(bar)
      made.append(.object(bar))
    }
    let container = PyContainer.make("BarContainer", made, names: [("patches", .list(made))], machine)
    if let label = own.label, style.labels == nil { container.label = try machine.text(of: label) }
    c.axes.add(container)
    return .object(container)
  }

  /// Bars take a list of colours and of labels, error bars and names of their places.
  private static func barStyle(
    _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> (style: PyplotStyle, colors: [PyplotColor], labels: [String]?) {
    var colors: [PyplotColor] = []
    var labels: [String]?
    var left: [(name: String, value: Value)] = []
    for (name, value) in keywords {
      let isList = value.asList != nil || (value.asTensorObject.map { $0.tensor.rank == 2 } ?? false)
      if name == "color" || name == "facecolor", isList || value.asTuple != nil,
        try PyplotColor.read(value, machine) == nil || isList
      {
        colors = try machine.array(value).map { try PyplotColor.required($0, machine) }
      } else if name == "label", value.asList != nil {
        labels = try machine.array(value).map { try machine.text(of: $0) }
      } else if !["xerr", "yerr", "ecolor", "capsize", "error_kw", "log", "tick_label", "orientation"]
        .contains(name)
      {
        left.append((name, value))
      }
    }
    return (try PyplotStyle(left, "Rectangle", machine), colors, labels)
  }
}

/// The picture or the points that `plt.colorbar()` and `plt.clim()` mean.
enum PyplotLast {
  private final class Holder { weak var artist: PyArtist? }

  static func set(_ artist: PyArtist, _ machine: Machine) {
    let holder = machine.extensions["pyplot image"] as? Holder ?? Holder()
    holder.artist = artist
    machine.extensions["pyplot image"] = holder
  }

  static func get(_ machine: Machine) -> PyArtist? {
    (machine.extensions["pyplot image"] as? Holder)?.artist
  }
}
