import Display
import Language
import Plotting
import TensorCore

/// Something drawn in axes, as an object that a program can ask and change: lines, points, bars,
/// texts, pictures.
class PyArtist: Instance {
  /// What errors and prints call it.
  var artistKind: String { "Artist" }
  var label = ""
  var color = PyplotColor.ofCycle(0)
  /// What `get_color` gives; nil: the hex text of the colour.
  var colorValue: Value?
  /// The place in the cycle when no colour was asked for.
  var isAutomatic = false
  var alpha: Double?
  var zorder = 1.0
  var isVisible = true
  /// Whether limits take notice of it.
  var countsForLimits = true
  weak var axes: PyAxes?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let colorValue { visitor.visit(colorValue) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    if let colorValue { heap.append(colorValue) }
    colorValue = nil
  }

  /// Numbers that the limits of the axes take in.
  var xs: [Double] { [] }
  var ys: [Double] { [] }
  /// Numbers beyond which no margin goes: the feet of bars.
  var stickyX: [Double] { [] }
  var stickyY: [Double] { [] }

  /// Adds what is to be drawn to a figure.
  /// - Parameters:
  ///   - name: for the legend; nil keeps it out.
  ///   - color: nil for the next one of the cycle.
  func draw(_ figure: inout Figure, name: String?, color: Color?) throws {}

  /// The label when it is not one of matplotlib's own (`_child0`).
  var shownLabel: String? { label.isEmpty || label.hasPrefix("_") ? nil : label }

  func take(_ style: PyplotStyle, _ axes: PyAxes, _ machine: Machine, fill: Bool = false) throws {
    self.axes = axes
    if let color = style.color {
      self.color = color
      colorValue = style.colorValue
    } else {
      self.color = .ofCycle(axes.nextColor(fill: fill))
      isAutomatic = true
    }
    alpha = style.alpha
    isVisible = style.isVisible
    if let zorder = style.zorder { self.zorder = zorder }
    if let given = style.label { label = try machine.text(of: given) }
    if label.isEmpty { label = "_child\(axes.childCount)" }
  }

  /// The paper of a light area: alpha has no place in text, a paler colour has.
  var paleColor: Color { color.shown }

  final class func of(_ value: Value) throws -> PyArtist {
    guard let artist = value.asInstance as? PyArtist else {
      throw Raise(.typeError, "an artist of matplotlib is needed")
    }
    return artist
  }

  // MARK: - The type

  static let table = TypeTable(
    "Artist", module: "matplotlib.artist", doc: "Something drawn in axes.",
    isSubclassable: false, allocate: { PyArtist($0) },
    properties: [
      NativeProperty("axes", "The axes that hold it.") { value, _ in
        try of(value).axes.map { .object($0) } ?? .none
      }
    ],
    methods: [
      Native("get_label(self)", "The name in the legend.") { a in .string(try of(a[0]).label) },
      Native("set_label(self, s)", "Sets the name in the legend.") { a in
        try of(a[0]).label = try a.machine.text(of: a[1])
        return .none
      },
      Native("get_color(self)", "The colour.") { a in
        let artist = try of(a[0])
        if let value = artist.colorValue { return value }
        if artist is PyRule { return .string("C0") }
        return .tuple(artist.color.rgba.prefix(3).map { .float($0) })
      },
      Native("get_c(self)", "The colour.") { a in
        guard let method = try a.machine.optionalAttribute(a[0], "get_color") else { return .none }
        return try a.machine.call(method)
      },
      Native("set_color(self, color)", "Sets the colour.") { a in
        let artist = try of(a[0])
        artist.color = try PyplotColor.required(a[1], a.machine)
        artist.colorValue = a[1]
        artist.isAutomatic = false
        return .none
      },
      Native("get_facecolor(self)", "The colour as red, green, blue and alpha.") { a in
        let artist = try of(a[0])
        var parts = artist.color.rgba
        if let alpha = artist.alpha { parts[3] = alpha }
        if artist is PyPoints || artist is PyShape { return try a.machine.ndarray(rows: [parts]) }
        return .tuple(parts.map { .float($0) })
      },
      Native("set_facecolor(self, color)", "Sets the colour.") { a in
        let artist = try of(a[0])
        artist.color = try PyplotColor.required(a[1], a.machine)
        artist.isAutomatic = false
        return .none
      },
      Native("set_edgecolor(self, color)", "Edges have the colour of the area here.") { _ in .none },
      Native("get_alpha(self)", "The opacity.") { a in
        try of(a[0]).alpha.map { .float($0) } ?? .none
      },
      Native("set_alpha(self, alpha)", "Sets the opacity.") { a in
        try of(a[0]).alpha = try a.optionalDouble(1)
        return .none
      },
      Native("get_visible(self)", "Whether it is drawn.") { a in .bool(try of(a[0]).isVisible) },
      Native("set_visible(self, b)", "Sets whether it is drawn.") { a in
        try of(a[0]).isVisible = try a.bool(1)
        return .none
      },
      Native("get_zorder(self)", "What lies above has a larger one.") { a in
        let level = try of(a[0]).zorder
        return Int(exactly: level).map { .int($0) } ?? .float(level)
      },
      Native("set_zorder(self, level)", "Sets what it lies above.") { a in
        try of(a[0]).zorder = try a.double(1)
        return .none
      },
      Native("remove(self)", "Takes it out of its axes.") { a in
        let artist = try of(a[0])
        artist.axes?.artists.removeAll { $0 === artist }
        artist.axes = nil
        return .none
      },
      Native("set(self, **kwargs)", "Sets properties by name.") { a in
        for (name, value) in a.keywords(1) {
          guard let method = try a.machine.optionalAttribute(a[0], "set_" + name) else {
            throw Raise(
              .attributeError,
              "\(try of(a[0]).artistKind).set() got an unexpected keyword argument '\(name)'")
          }
          _ = try a.machine.call(method, [value])
        }
        return .list([])
      },
    ])
}

/// A line through points, with or without markers.
final class PyLine: PyArtist {
  override var artistKind: String { "Line2D" }
  var x: [Double] = []
  var y: [Double] = []
  /// What the program gave, for `get_xdata`.
  var xValue: Value = .none
  var yValue: Value = .none
  var lineStyle = "-"
  var lineWidth = 1.5
  var marker = "None"
  var markerSize = 6.0
  /// The box that this line is a part of; it is drawn there.
  weak var onShape: PyShape?
  /// How steps go: nil for straight lines.
  var steps: String?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(xValue)
    visitor.visit(yValue)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += [xValue, yValue]
    (xValue, yValue) = (.none, .none)
  }

  /// What limits are asked for since the data was changed: they follow at `relim()` only.
  var limitData: (x: [Double], y: [Double])?

  override var xs: [Double] { limitData?.x ?? x }
  override var ys: [Double] { limitData?.y ?? y }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let glyph = marker == "None" ? nil : PyplotStyle.glyph(marker)
    if lineStyle == "None" {
      guard let glyph else { return }
      figure = try figure.scatter(x, y, name: name, color: color, marker: glyph)
      return
    }
    let (px, py) = PyLine.stepped(x, y, steps)
    figure = try figure.line(
      px, py, name: name, color: color, marker: steps == nil ? glyph : nil,
      dash: lineStyle == "-" ? nil : PyplotStyle.dash(lineStyle))
  }

  /// The corners of a staircase.
  static func stepped(_ x: [Double], _ y: [Double], _ kind: String?) -> ([Double], [Double]) {
    guard let kind, x.count == y.count, x.count > 1 else { return (x, y) }
    var px = [x[0]]
    var py = [y[0]]
    for index in 1..<x.count {
      switch kind {
      case "post":
        px += [x[index], x[index]]
        py += [y[index - 1], y[index]]
      case "mid":
        let middle = x[index - 1] * 0.5 + x[index] * 0.5
        px += [middle, middle, x[index]]
        py += [y[index - 1], y[index], y[index]]
      default:
        px += [x[index - 1], x[index]]
        py += [y[index], y[index]]
      }
    }
    return (px, py)
  }

  private static func line(_ value: Value) throws -> PyLine {
    guard let line = value.asInstance as? PyLine else {
      throw Raise(.typeError, "a Line2D is needed")
    }
    return line
  }

  static let lineTable = TypeTable(
    "Line2D", module: "matplotlib.lines", doc: "A line through points.", base: table,
    isSubclassable: false, allocate: { PyLine($0) },
    methods: [
      Native("get_xdata(self, orig=True)", "The places along x.") { a in
        let line = try line(a[0])
        return line.xValue.isNone ? try a.machine.ndarray(line.x) : line.xValue
      },
      Native("get_ydata(self, orig=True)", "The places along y.") { a in
        let line = try line(a[0])
        return line.yValue.isNone ? try a.machine.ndarray(line.y) : line.yValue
      },
      Native("get_data(self, orig=True)", "Both.") { a in
        let line = try line(a[0])
        return .tuple([
          line.xValue.isNone ? try a.machine.ndarray(line.x) : line.xValue,
          line.yValue.isNone ? try a.machine.ndarray(line.y) : line.yValue,
        ])
      },
      Native("get_xydata(self)", "The points, [n, 2].") { a in
        let line = try line(a[0])
        return try a.machine.ndarray(rows: zip(line.x, line.y).map { [$0, $1] })
      },
      Native("set_data(self, *args)", "Sets the points: set_data(x, y).") { a in
        let line = try line(a[0])
        var given = try a.items(1)
        if given.count == 1 { given = try a.machine.array(given[0]) }
        guard given.count == 2 else {
          throw Raise(.typeError, "set_data() takes x and y, got \(given.count) arguments")
        }
        let x = try PyplotData.flat(given[0], a.machine)
        let y = try PyplotData.flat(given[1], a.machine)
        guard x.count == y.count else {
          throw Raise(
            .valueError,
            "x and y must have same first dimension, but have shapes (\(x.count),) and (\(y.count),)")
        }
        if line.limitData == nil { line.limitData = (line.x, line.y) }
        (line.x, line.y) = (x, y)
        (line.xValue, line.yValue) = (given[0], given[1])
        return .none
      },
      Native("set_xdata(self, x)", "Sets the places along x.") { a in
        let line = try line(a[0])
        if line.limitData == nil { line.limitData = (line.x, line.y) }
        line.x = try PyplotData.flat(a[1], a.machine)
        line.xValue = a[1]
        return .none
      },
      Native("set_ydata(self, y)", "Sets the places along y.") { a in
        let line = try line(a[0])
        if line.limitData == nil { line.limitData = (line.x, line.y) }
        line.y = try PyplotData.flat(a[1], a.machine)
        line.yValue = a[1]
        return .none
      },
      Native("get_linestyle(self)", "The pattern of the line.") { a in
        .string(try line(a[0]).lineStyle)
      },
      Native("set_linestyle(self, ls)", "Sets the pattern of the line.") { a in
        try line(a[0]).lineStyle = try PyplotStyle.lineStyle(a[1], a.machine)
        return .none
      },
      Native("get_linewidth(self)", "The width in points.") { a in .float(try line(a[0]).lineWidth) },
      Native("set_linewidth(self, w)", "Sets the width in points.") { a in
        try line(a[0]).lineWidth = try a.double(1)
        return .none
      },
      Native("get_marker(self)", "The sign at each point.") { a in .string(try line(a[0]).marker) },
      Native("set_marker(self, marker)", "Sets the sign at each point.") { a in
        try line(a[0]).marker = try PyplotStyle.marker(a[1], a.machine)
        return .none
      },
      Native("get_markersize(self)", "The size of the signs in points.") { a in
        .float(try line(a[0]).markerSize)
      },
      Native("set_markersize(self, sz)", "Sets the size of the signs.") { a in
        try line(a[0]).markerSize = try a.double(1)
        return .none
      },
      Native("__str__(self)", "A short name.") { a in .string("Line2D(\(try line(a[0]).label))") },
    ])
}

/// Points, each with a colour of its own or all with one.
final class PyPoints: PyArtist {
  override var artistKind: String { "PathCollection" }
  var x: [Double] = []
  var y: [Double] = []
  /// Numbers that the colours stand for.
  var array: [Double]?
  var colors: [PyplotColor] = []
  var colorMap = PyplotColorMap.standard
  var low: Double?
  var high: Double?
  var marker = "o"
  var sizes: [Double] = [36]

  override var xs: [Double] { x }
  override var ys: [Double] { y }

  var range: (low: Double, high: Double) {
    let finite = (array ?? []).filter(\.isFinite)
    return (low ?? finite.min() ?? 0, high ?? finite.max() ?? 1)
  }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let glyph = marker == "o" ? nil : PyplotStyle.glyph(marker)
    guard array != nil || colors.count > 1 else {
      figure = try figure.scatter(x, y, name: name, color: color, marker: glyph)
      return
    }
    // Points of one colour are a layer; nobody can tell more than 24 of them apart.
    var members: [Color: [Int]] = [:]
    var order: [Color] = []
    let range = range
    for index in x.indices {
      var shown: Color
      if let array {
        let half = range.high * 0.5 - range.low * 0.5
        let t = half > 0 ? (array[index] * 0.5 - range.low * 0.5) / half : 0.5
        if t.isNaN { continue }
        let level = (min(max(t, 0), 1) * 23).rounded() / 23
        shown = colorMap.isQualitative ? colorMap.shown(t) : colorMap.map(level)
      } else {
        shown = colors[index % colors.count].shown
      }
      if members.count >= 48, members[shown] == nil { shown = order[order.count - 1] }
      if members[shown] == nil { order.append(shown) }
      members[shown, default: []].append(index)
    }
    var isFirst = true
    let signs: [Character] = ["●", "▲", "■", "◆", "✚", "▼", "★", "✖"]
    for (place, shown) in order.enumerated() {
      let indices = members[shown] ?? []
      // Few groups are classes: their signs differ, too.
      let sign = glyph ?? (order.count <= 8 ? signs[place % signs.count] : "●")
      figure = try figure.scatter(
        indices.map { x[$0] }, indices.map { y[$0] }, name: isFirst ? name : nil, color: shown,
        marker: sign)
      isFirst = false
    }
  }

  static func points(_ value: Value) throws -> PyPoints {
    guard let points = value.asInstance as? PyPoints else {
      throw Raise(.typeError, "a PathCollection is needed")
    }
    return points
  }

  static let pointsTable = TypeTable(
    "PathCollection", module: "matplotlib.collections", doc: "Points.", base: table,
    isSubclassable: false, allocate: { PyPoints($0) },
    methods: [
      Native("get_offsets(self)", "The points, [n, 2].") { a in
        let points = try points(a[0])
        return try a.machine.ndarray(rows: zip(points.x, points.y).map { [$0, $1] })
      },
      Native("set_offsets(self, offsets)", "Sets the points, [n, 2].") { a in
        let points = try points(a[0])
        let rows = try a.machine.matrix(a[1])
        guard rows.allSatisfy({ $0.count == 2 }) else {
          throw Raise(.valueError, "set_offsets() needs an array of shape [n, 2]")
        }
        points.x = rows.map { $0[0] }
        points.y = rows.map { $0[1] }
        points.array = nil
        return .none
      },
      Native("get_array(self)", "The numbers that the colours stand for.") { a in
        try points(a[0]).array.map { try a.machine.ndarray($0) } ?? .none
      },
      Native("set_array(self, A)", "Sets the numbers that the colours stand for.") { a in
        let points = try points(a[0])
        let numbers = try PyplotData.flat(a[1], a.machine)
        guard numbers.count == points.x.count else {
          throw Raise(.valueError, "set_array() needs \(points.x.count) numbers, got \(numbers.count)")
        }
        points.array = numbers
        return .none
      },
      Native("get_sizes(self)", "The areas of the points in square points.") { a in
        try a.machine.ndarray(try points(a[0]).sizes)
      },
      Native("set_sizes(self, sizes)", "Sets the areas of the points.") { a in
        try points(a[0]).sizes = try PyplotData.flat(a[1], a.machine)
        return .none
      },
      Native("set_clim(self, vmin=None, vmax=None)", "Sets the numbers of the end colours.") { a in
        let points = try points(a[0])
        points.low = try a.optionalDouble(1)
        points.high = try a.optionalDouble(2)
        return .none
      },
      Native("get_clim(self)", "The numbers of the end colours.") { a in
        let range = try points(a[0]).range
        return .tuple([.float(range.low), .float(range.high)])
      },
      Native(
        "legend_elements(self, prop='colors', num='auto', fmt=None, func=None, **kwargs)",
        "One handle and label for each number that the colours stand for."
      ) { a in
        let points = try points(a[0])
        let numbers = Array(Set((points.array ?? []).filter(\.isFinite))).sorted().prefix(20)
        let handles = numbers.map { number -> Value in
          let line = PyLine(a.machine.type(PyLine.lineTable))
          line.label = NumberText.short(number)
          line.marker = "o"
          line.lineStyle = "None"
          return .object(line)
        }
        let labels = numbers.map { Value.string("$\\mathdefault{\(NumberText.short($0))}$") }
        return .tuple([.list(handles), .list(labels)])
      },
    ])
}
