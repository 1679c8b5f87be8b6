import Display
import Language
import Plotting
import TensorCore

// Lines across the axes and texts in them.
extension AxesSettings {
  static func rule(_ isHorizontal: Bool) -> AxesRow {
    let (name, value, ends) =
      isHorizontal ? ("axhline", "y", "xmin=0, xmax=1") : ("axvline", "x", "ymin=0, ymax=1")
    return AxesRow(name, "\(value)=0, \(ends), **kwargs", "A line across the axes.", example: "plt.\(name)(0.5)") { c in
      let style = try PyplotStyle(c.keywords(3), "Line2D", c.machine)
      let at = try (isHorizontal ? c.y(0) : c.x(0)).first ?? 0
      let line = PyRule(c.machine.type(PyRule.ruleTable))
      line.value = at
      line.isHorizontal = isHorizontal
      line.style = style.lineStyle ?? "-"
      line.zorder = 2
      var own = style
      // Lines across take no colour of the cycle.
      if own.color == nil { own.color = .ofCycle(0) }
      try line.take(own, c.axes, c.machine)
      c.axes.add(line)
      return .object(line)
    }
  }

  static func stripe(_ isUpright: Bool) -> AxesRow {
    let (name, parameters) =
      isUpright
      ? ("axvspan", "xmin, xmax, ymin=0, ymax=1, **kwargs")
      : ("axhspan", "ymin, ymax, xmin=0, xmax=1, **kwargs")
    return AxesRow(name, parameters, "A stripe across the axes.", example: "plt.\(name)(0, 1)") { c in
      var style = try PyplotStyle(c.keywords(4), "Rectangle", c.machine)
      if style.color == nil { style.color = .ofCycle(0) }
      let from = try (isUpright ? c.x(0) : c.y(0)).first ?? 0
      let to = try (isUpright ? c.x(1) : c.y(1)).first ?? 0
      let stripe = PyRectangle(c.machine.type(PyRectangle.rectangleTable))
      stripe.stripe = isUpright ? .upright : .level
      (stripe.x, stripe.width) = isUpright ? (from, to - from) : (0, 1)
      (stripe.y, stripe.height) = isUpright ? (0, 1) : (from, to - from)
      try stripe.take(style, c.axes, c.machine, fill: true)
      c.axes.add(stripe)
      return .object(stripe)
    }
  }

  static func segments(_ isHorizontal: Bool) -> AxesRow {
    let parameters =
      isHorizontal
      ? "y, xmin, xmax, colors=None, linestyles='solid', *, label='', data=None, **kwargs"
      : "x, ymin, ymax, colors=None, linestyles='solid', *, label='', data=None, **kwargs"
    return AxesRow(isHorizontal ? "hlines" : "vlines", parameters, "Lines from one place to another.") { c in
      let places = try isHorizontal ? c.y(0) : c.x(0)
      let count = places.count
      let from = c.spread(try c.flat(1), count)
      let to = c.spread(try c.flat(2), count)
      guard from.count == count, to.count == count else {
        throw Raise(.valueError, "all input arrays must have the same size")
      }
      var style = try PyplotStyle(c.keywords(7), "LineCollection", c.machine)
      if c.isGiven(3) {
        let first = try PyplotColor.read(c[3], c.machine) != nil ? c[3] : c.machine.array(c[3]).first ?? .none
        style.color = first.isNone ? nil : try PyplotColor.required(first, c.machine)
      }
      if style.color == nil { style.color = .ofCycle(0) }
      if let label = try c.optionalString(5), !label.isEmpty { style.label = .string(label) }
      let lines = places.indices.map { index -> Figure.Segment in
        isHorizontal
          ? .init(from[index], places[index], to[index], places[index])
          : .init(places[index], from[index], places[index], to[index])
      }
      let dash = c[4].swiftString.map { _ in (try? PyplotStyle.lineStyle(c[4], c.machine)) ?? "-" } ?? "-"
      return .object(try c.shape(.segments(lines, style: dash), PyShape.lineCollection, style))
    }
  }

  static let marks: [AxesRow] = [
    rule(true), rule(false), stripe(true), stripe(false), segments(true), segments(false),
    AxesRow("axline", "xy1, xy2=None, *, slope=None, **kwargs", "A straight line without ends.") { c in
      let start = try c.machine.doubles(c[0])
      guard start.count == 2 else { throw Raise(.valueError, "xy1 must be a pair of numbers") }
      var slope = try c.optionalDouble(2)
      if c.isGiven(1) {
        let end = try c.machine.doubles(c[1])
        guard end.count == 2 else { throw Raise(.valueError, "xy2 must be a pair of numbers") }
        slope = (end[1] - start[1]) / (end[0] - start[0])
      }
      guard let slope else { throw Raise(.typeError, "Exactly one of 'xy2' and 'slope' must be given") }
      let style = try PyplotStyle(c.keywords(3), "Line2D", c.machine)
      let reach = 1e6
      let line = Figure.Segment(
        start[0] - reach, start[1] - slope * reach, start[0] + reach, start[1] + slope * reach)
      let shape = try c.shape(
        .segments([line], style: style.lineStyle ?? "-"), PyShape.lineCollection, style, fill: false)
      shape.countsForLimits = false
      let ends = c.axes.limits(true)
      shape.content = .segments(
        [.init(ends.0, start[1] + slope * (ends.0 - start[0]), ends.1, start[1] + slope * (ends.1 - start[0]))],
        style: style.lineStyle ?? "-")
      return .object(shape)
    },
    AxesRow("text", "x, y, s, fontdict=None, **kwargs", "A text at a place.", example: "plt.text(1, 2, 'here')") { c in
      try text(c, c[0], c[1], c[2], c.keywords(4))
    },
    AxesRow(
      "annotate",
      "text, xy, xytext=None, xycoords='data', textcoords=None, arrowprops=None, annotation_clip=None, **kwargs",
      "A text about a place, with a line to it.", example: "plt.annotate('top', (1, 2))"
    ) { c in
      let at = try c.machine.array(c[1])
      let textAt = c.isGiven(2) ? try c.machine.array(c[2]) : at
      guard at.count == 2, textAt.count == 2 else {
        throw Raise(.valueError, "xy and xytext must be pairs")
      }
      // Offsets in points are small: the text stands at the place itself.
      let isOffset = c[4].swiftString.map { $0.hasPrefix("offset") } ?? false
      let place = isOffset ? at : textAt
      let made = try text(c, place[0], place[1], c[0], c.keywords(7))
      if let object = made.asInstance as? PyText {
        object.isAnnotation = true
        object.xValue = textAt[0]
        object.yValue = textAt[1]
        if c.isGiven(5), !isOffset {
          let x = try c.axes.numbers(at[0], true, c.machine).first ?? 0
          let y = try c.axes.numbers(at[1], false, c.machine).first ?? 0
          object.target = (x, y)
        }
      }
      return made
    },
    AxesRow("arrow", "x, y, dx, dy, **kwargs", "An arrow.") { c in
      let style = try PyplotStyle(
        c.keywords(4), "Rectangle", more: ["head_width", "head_length", "length_includes_head", "shape", "overhang"], c.machine)
      let (x, y) = (try c.double(0), try c.double(1))
      return .object(
        try c.shape(
          .arrow(x, y, x + c.double(2), y + c.double(3)), PyShape.arrow, style))
    },
  ]

  static func text(
    _ c: AxesCall, _ x: Value, _ y: Value, _ words: Value, _ keywords: [(name: String, value: Value)]
  ) throws -> Value {
    let machine = c.machine
    let style = try PyplotStyle(keywords, "Text", machine)
    let object = PyText.make(try machine.text(of: words), x, y, machine)
    for (name, value) in keywords {
      if name == "ha" || name == "horizontalalignment" { object.horizontal = value.swiftString ?? "left" }
      if name == "transform" { object.inAxesUnits = value.asInstance is PyTransform }
    }
    object.x = try c.axes.numbers(x, true, machine).first ?? 0
    object.y = try c.axes.numbers(y, false, machine).first ?? 0
    object.hasColor = style.color != nil
    object.zorder = 3
    object.countsForLimits = false
    var own = style
    if own.color == nil { own.color = .named("k") }
    try object.take(own, c.axes, machine)
    object.label = ""
    c.axes.add(object)
    return .object(object)
  }
}

/// A line across the axes: `axhline`, `axvline`.
final class PyRule: PyArtist {
  override var artistKind: String { "Line2D" }
  var value = 0.0
  var isHorizontal = true
  var style = "-"
  override var xs: [Double] { isHorizontal ? [] : [value] }
  override var ys: [Double] { isHorizontal ? [value] : [] }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let dash = PyplotStyle.dash(style)
    let own = color ?? self.color.shown
    figure =
      isHorizontal
      ? figure.hline(value, name: name, color: own, dash: dash)
      : figure.vline(value, name: name, color: own, dash: dash)
  }

  static let ruleTable = TypeTable(
    "Line2D", module: "matplotlib.lines", doc: "A line across the axes.", base: PyArtist.table,
    isSubclassable: false, allocate: { PyRule($0) },
    methods: [
      Native("get_linestyle(self)", "The pattern of the line.") { a in
        .string(try a.receiver(PyRule.self).style)
      },
      Native("get_xdata(self, orig=True)", "The places along x.") { a in
        let rule = try a.receiver(PyRule.self)
        return .list(rule.isHorizontal ? [.int(0), .int(1)] : [.float(rule.value), .float(rule.value)])
      },
      Native("get_ydata(self, orig=True)", "The places along y.") { a in
        let rule = try a.receiver(PyRule.self)
        return .list(rule.isHorizontal ? [.float(rule.value), .float(rule.value)] : [.int(0), .int(1)])
      },
      Native("__str__(self)", "A short name.") { a in
        .string("Line2D(\(try a.receiver(PyRule.self).label))")
      },
    ])
}
