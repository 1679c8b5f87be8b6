import Display
import Language
import Plotting
import TensorCore

/// Titles, labels, limits, ticks, scales, legends, texts and lines across.
enum AxesSettings {
  static let rows: [AxesRow] = labels + limits + ticks + marks + others

  // MARK: - Labels

  private static func label(
    _ c: AxesCall, _ x: Value, _ y: Value, _ set: @escaping (String) -> Void
  ) throws -> Value {
    let text = try c.machine.text(of: c[0])
    set(text)
    let object = PyText.make(text, x, y, c.machine)
    object.onChange = set
    return .object(object)
  }

  private static func setLabel(_ axes: PyAxes, _ isX: Bool) -> (String) -> Void {
    { [weak axes] text in if isX { axes?.x.label = text } else { axes?.y.label = text } }
  }

  private static let labels: [AxesRow] = [
    AxesRow(
      "set_title", "label, fontdict=None, loc=None, pad=None, *, y=None, **kwargs",
      "The title of the axes.", function: "title", example: "plt.title('a')"
    ) { c in
      _ = try PyplotStyle(c.keywords(5), "Text", c.machine)
      return try label(c, .float(0.5), .float(1)) { [weak axes = c.axes] in axes?.title = $0 }
    },
    AxesRow(
      "set_xlabel", "xlabel, fontdict=None, labelpad=None, *, loc=None, **kwargs",
      "The name of the x axis.", function: "xlabel", example: "plt.xlabel('x')"
    ) { c in
      _ = try PyplotStyle(c.keywords(4), "Text", c.machine)
      return try label(c, .float(0.5), .int(0), setLabel(c.axes, true))
    },
    AxesRow(
      "set_ylabel", "ylabel, fontdict=None, labelpad=None, *, loc=None, **kwargs",
      "The name of the y axis.", function: "ylabel", example: "plt.ylabel('y')"
    ) { c in
      _ = try PyplotStyle(c.keywords(4), "Text", c.machine)
      return try label(c, .int(0), .float(0.5), setLabel(c.axes, false))
    },
    AxesRow("get_title", "loc='center'", "The title.", isOnlyMethod: true) { .string($0.axes.title) },
    AxesRow("get_xlabel", "", "The name of the x axis.", isOnlyMethod: true) { .string($0.axes.x.label) },
    AxesRow("get_ylabel", "", "The name of the y axis.", isOnlyMethod: true) { .string($0.axes.y.label) },
  ]

  // MARK: - Limits and scales

  private static func pair(_ isX: Bool, _ c: AxesCall) -> Value {
    let ends = c.axes.limits(isX)
    return .tuple([ends.0, ends.1].map { c.machine.tensorTypes.scalar(.double($0), .float64) })
  }

  private static func setLimits(
    _ isX: Bool, _ c: AxesCall, _ low: Value, _ high: Value
  ) throws -> Value {
    let machine = c.machine
    var (low, high) = (low, high)
    if !low.isUndefined, !low.isNone, high.isUndefined || high.isNone, low.asDouble == nil,
      try machine.isIterable(low)
    {
      let both = try machine.array(low)
      guard both.count == 2 else {
        throw Raise(.valueError, "not enough values to unpack (expected 2, got \(both.count))")
      }
      (low, high) = (both[0], both[1])
    }
    func end(_ value: Value) throws -> Double? {
      if value.isNone || value.isUndefined { return nil }
      let number = try PyplotData.times(.list([value]), machine)?.first
        ?? machine.scalar(value)?.double ?? machine.float(value)
      guard let number, number.isFinite else {
        throw Raise(.valueError, "Axis limits cannot be NaN or Inf")
      }
      return number
    }
    let before = c.axes.limits(isX)
    let (a, b) = (try end(low) ?? before.0, try end(high) ?? before.1)
    let isInverted = a > b
    if isX {
      (c.axes.x.low, c.axes.x.high) = (min(a, b), max(a, b))
      c.axes.x.isInverted = isInverted
    } else {
      (c.axes.y.low, c.axes.y.high) = (min(a, b), max(a, b))
      c.axes.y.isInverted = isInverted
    }
    return .tuple([.float(a), .float(b)])
  }

  private static func limit(_ isX: Bool) -> AxesRow {
    let (name, low, high) = isX ? ("x", "left", "right") : ("y", "bottom", "top")
    return AxesRow(
      "set_\(name)lim",
      "\(low)=None, \(high)=None, *, emit=True, auto=False, \(name)min=None, \(name)max=None",
      "The ends of the \(name) axis.", isOnlyMethod: true
    ) { c in
      try setLimits(isX, c, c.isGiven(4) ? c[4] : c[0], c.isGiven(5) ? c[5] : c[1])
    }
  }

  private static func limitFunction(_ isX: Bool) -> AxesRow {
    let name = isX ? "xlim" : "ylim"
    return AxesRow(name, "*args, **kwargs", "Sets or gives the ends of the axis.", example: "plt.\(name)(0, 1)") { c in
      let given = try c.items(0)
      var (low, high) = (given.first ?? .none, given.count > 1 ? given[1] : Value.none)
      for (key, value) in c.keywords(1) {
        switch key {
        case "left", "xmin", "bottom", "ymin": low = value
        case "right", "xmax", "top", "ymax": high = value
        default:
          throw Raise(.attributeError, "\(name)() got an unexpected keyword argument '\(key)'")
        }
      }
      if low.isNone && high.isNone { return pair(isX, c) }
      return try setLimits(isX, c, low, high)
    }
  }

  private static func setScale(_ isX: Bool) -> AxesRow {
    let name = isX ? "xscale" : "yscale"
    return AxesRow("set_\(name)", "value, **kwargs", "linear or log.", function: name) { c in
      let scale = try c.string(0)
      guard ["linear", "log", "symlog", "logit", "asinh"].contains(scale) else {
        throw Raise(
          .valueError, "'\(scale)' is not a valid value for scale.", hint: "Known: 'linear', 'log'.")
      }
      if scale != "linear" && scale != "log" {
        PyplotState.of(c.machine).remark("scale '\(scale)' is drawn as 'linear'")
      }
      if isX { c.axes.x.scale = scale } else { c.axes.y.scale = scale }
      return .none
    }
  }

  private static let limits: [AxesRow] = [
    limit(true), limit(false), limitFunction(true), limitFunction(false),
    AxesRow("get_xlim", "", "The ends of the x axis.", isOnlyMethod: true) { pair(true, $0) },
    AxesRow("get_ylim", "", "The ends of the y axis.", isOnlyMethod: true) { pair(false, $0) },
    AxesRow("get_xbound", "", "The ends of the x axis, rising.", isOnlyMethod: true) { pair(true, $0) },
    AxesRow("get_ybound", "", "The ends of the y axis, rising.", isOnlyMethod: true) { pair(false, $0) },
    setScale(true), setScale(false),
    AxesRow("get_xscale", "", "linear or log.", isOnlyMethod: true) { .string($0.axes.x.scale) },
    AxesRow("get_yscale", "", "linear or log.", isOnlyMethod: true) { .string($0.axes.y.scale) },
    AxesRow("invert_xaxis", "", "Turns the x axis round.", isOnlyMethod: true) { c in
      c.axes.x.isInverted.toggle()
      return .none
    },
    AxesRow("invert_yaxis", "", "Turns the y axis round.", isOnlyMethod: true) { c in
      c.axes.y.isInverted.toggle()
      return .none
    },
    AxesRow("margins", "*margins, x=None, y=None, tight=True", "The share of air at the ends of the data.") { c in
      let both = try c.items(0).first?.asDouble
      if let value = try both ?? c.optionalDouble(1) { c.axes.x.margin = max(value, 0) }
      if let value = try both ?? c.optionalDouble(2) { c.axes.y.margin = max(value, 0) }
      if both == nil, !c.isGiven(1), !c.isGiven(2) {
        return .tuple([.float(c.axes.x.margin), .float(c.axes.y.margin)])
      }
      return .none
    },
    AxesRow("set_aspect", "aspect, adjustable=None, anchor=None, share=False", "equal: units are as wide as high.", isOnlyMethod: true) {
      c in
      c.axes.isSquare = c[0].swiftString != "auto"
      return .none
    },
    AxesRow("axis", "arg=None, /, *, emit=True, **kwargs", "'off', 'on', 'equal', 'tight', or the four ends.") { c in
      if let word = c[0].swiftString {
        switch word {
        case "off": c.axes.showsAxes = false
        case "on": c.axes.showsAxes = true
        case "equal", "scaled", "square", "image": c.axes.isSquare = true
        case "tight", "auto": break
        default:
          throw Raise(.valueError, "Unrecognized string '\(word)' to axis; try 'on' or 'off'")
        }
      } else if case .bool(let flag) = c[0] {
        c.axes.showsAxes = flag
      } else if c.isGiven(0) {
        let ends = try c.flat(0)
        guard ends.count == 4 else {
          throw Raise(.typeError, "the first argument to axis() must be an iterable of the form [xmin, xmax, ymin, ymax]")
        }
        _ = try setLimits(true, c, .float(ends[0]), .float(ends[1]))
        _ = try setLimits(false, c, .float(ends[2]), .float(ends[3]))
      }
      let (x, y) = (c.axes.limits(true), c.axes.limits(false))
      return .tuple([x.0, x.1, y.0, y.1].map { c.machine.tensorTypes.scalar(.double($0), .float64) })
    },
    AxesRow("set_axis_off", "", "Draws no axes.", isOnlyMethod: true) { c in
      c.axes.showsAxes = false
      return .none
    },
    AxesRow("set_axis_on", "", "Draws the axes.", isOnlyMethod: true) { c in
      c.axes.showsAxes = true
      return .none
    },
    AxesRow("autoscale", "enable=True, axis='both', tight=None", "Ends follow the data again.") { c in
      if try c.bool(0) {
        (c.axes.x.low, c.axes.x.high, c.axes.y.low, c.axes.y.high) = (nil, nil, nil, nil)
      }
      return .none
    },
    AxesRow("relim", "visible_only=False", "Ends follow the data that artists have now.", isOnlyMethod: true) { c in
      for case let line as PyLine in c.axes.artists { line.limitData = nil }
      return .none
    },
    AxesRow("autoscale_view", "tight=None, scalex=True, scaley=True", "Ends follow the data again.", isOnlyMethod: true) { _ in .none },
  ]

  // MARK: - Ticks

  private static func setTicks(_ c: AxesCall, _ isX: Bool, _ places: Value, _ labels: Value) throws {
    let machine = c.machine
    if !places.isNone, !places.isUndefined {
      let numbers = try c.axes.numbers(places, isX, machine)
      if isX { (c.axes.x.ticks, c.axes.x.labels) = (numbers, nil) }
      else { (c.axes.y.ticks, c.axes.y.labels) = (numbers, nil) }
    }
    guard !labels.isNone, !labels.isUndefined else { return }
    let names = try machine.array(labels).map { try machine.text(of: $0.asInstance is PyText ? .string((try PyText.text($0)).text) : $0) }
    let count = (isX ? c.axes.x.ticks : c.axes.y.ticks)?.count ?? names.count
    guard names.count == count || names.isEmpty else {
      throw Raise(
        .valueError, "The number of FixedLocator locations (\(count)), usually from a call to "
          + "set_ticks, does not match the number of labels (\(names.count)).")
    }
    if isX {
      if c.axes.x.ticks == nil { c.axes.x.ticks = names.indices.map(Double.init) }
      c.axes.x.labels = names.isEmpty ? Array(repeating: "", count: count) : names
    } else {
      if c.axes.y.ticks == nil { c.axes.y.ticks = names.indices.map(Double.init) }
      c.axes.y.labels = names.isEmpty ? Array(repeating: "", count: count) : names
    }
  }

  /// The places that have a label: given ones, those of names, or what matplotlib would pick.
  private static func places(_ c: AxesCall, _ isX: Bool) -> [Double] {
    let axis = isX ? c.axes.x : c.axes.y
    if let ticks = axis.ticks { return ticks }
    if !axis.names.isEmpty { return axis.names.indices.map(Double.init) }
    let ends = c.axes.limits(isX)
    let (low, high) = (min(ends.0, ends.1), max(ends.0, ends.1))
    return axis.scale == "log" ? PyplotLevels.powers(low, high) : PyplotLevels.ticks(low, high)
  }

  private static func texts(_ c: AxesCall, _ isX: Bool) -> Value {
    let axis = isX ? c.axes.x : c.axes.y
    let places = places(c, isX)
    let digits = places.reduce(0) { max($0, PyplotLevels.digits($1)) }
    return .list(
      places.enumerated().map { index, place in
        let label =
          axis.labels.map { index < $0.count ? $0[index] : "" } ?? axis.name(place)
          ?? NumberText.fixed(place, digits).replacing("-", with: "\u{2212}")
        let at: Value = place == place.rounded() && abs(place) < 1e15 ? .int(Int(place)) : .float(place)
        return .object(PyText.make(label, isX ? at : .int(0), isX ? .int(0) : at, c.machine))
      })
  }

  /// Given places that are whole stay integers, as matplotlib gives back what it was given.
  private static func tickArray(_ c: AxesCall, _ isX: Bool) throws -> Value {
    let axis = isX ? c.axes.x : c.axes.y
    let places = places(c, isX)
    if axis.ticks != nil || !axis.names.isEmpty {
      let whole = places.compactMap { Int(exactly: $0) }
      if axis.ticks == nil { return .list(whole.map { .int($0) }) }
      if whole.count == places.count { return try c.machine.ndarray(whole) }
    }
    return try c.machine.ndarray(places)
  }

  private static func tickRows(_ isX: Bool) -> [AxesRow] {
    let name = isX ? "x" : "y"
    return [
      AxesRow("set_\(name)ticks", "ticks, labels=None, *, minor=False, **kwargs", "The places with a label.", isOnlyMethod: true) { c in
        try setTicks(c, isX, c[0], c[1])
        return .list([])
      },
      AxesRow("set_\(name)ticklabels", "labels, *, minor=False, fontdict=None, **kwargs", "The labels of the places.", isOnlyMethod: true) {
        c in
        try setTicks(c, isX, .none, c[0])
        return texts(c, isX)
      },
      AxesRow("\(name)ticks", "ticks=None, labels=None, *, minor=False, **kwargs", "Sets or gives the places with a label.", example: "plt.\(name)ticks([0, 1], ['a', 'b'])") {
        c in
        try setTicks(c, isX, c[0], c[1])
        return .tuple([try tickArray(c, isX), texts(c, isX)])
      },
      AxesRow("get_\(name)ticks", "*, minor=False", "The places with a label.", isOnlyMethod: true) { c in
        try tickArray(c, isX)
      },
      AxesRow("get_\(name)ticklabels", "minor=False, which=None", "The labels of the places.", isOnlyMethod: true) {
        c in texts(c, isX)
      },
    ]
  }

  private static let ticks: [AxesRow] = tickRows(true) + tickRows(false) + [
    AxesRow("tick_params", "axis='both', **kwargs", "Ticks have one look here.") { _ in .none },
    AxesRow("ticklabel_format", "*, axis='both', style=None, scilimits=None, useOffset=None, useLocale=None, useMathText=None", "Labels have one look here.") { _ in .none },
    AxesRow("minorticks_on", "", "There are no minor ticks here.") { _ in .none },
    AxesRow("minorticks_off", "", "There are no minor ticks here.") { _ in .none },
    AxesRow("locator_params", "axis='both', tight=None, **kwargs", "Ticks find their own number here.") { _ in .none },
    AxesRow("label_outer", "remove_inner_ticks=False", "Labels stay here.", isOnlyMethod: true) { _ in .none },
  ]

  // MARK: - Lines across, texts

  private static func rule(_ isHorizontal: Bool) -> AxesRow {
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

  private static func stripe(_ isUpright: Bool) -> AxesRow {
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

  private static func segments(_ isHorizontal: Bool) -> AxesRow {
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

  private static let marks: [AxesRow] = [
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

  private static func text(
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

  // MARK: - Legend, grid, the rest

  private static let others: [AxesRow] = [
    AxesRow("legend", "*args, **kwargs", "Shows the names of what was drawn.", example: "plt.legend()", body: legend),
    AxesRow("grid", "visible=None, which='major', axis='both', **kwargs", "Figures here have quiet grid lines anyway.") { c in
      c.axes.hasGrid = c.isGiven(0) ? try c.bool(0) : true
      return .none
    },
    AxesRow("cla", "", "Empties the axes.") { c in
      c.axes.clear()
      return .none
    },
    AxesRow("clear", "", "Empties the axes.", isOnlyMethod: true) { c in
      c.axes.clear()
      return .none
    },
    AxesRow("get_legend_handles_labels", "legend_handler_map=None", "What has a name, and the names.", isOnlyMethod: true) { c in
      let entries = named(c.axes)
      return .tuple([.list(entries.map(\.handle)), .list(entries.map { .string($0.name) })])
    },
    AxesRow("get_legend", "", "The legend, or None.", isOnlyMethod: true) { c in
      c.axes.hasLegend ? .object(PyLegend(c.machine.type(PyLegend.table))) : .none
    },
    AxesRow("add_patch", "p", "Adds a patch.", isOnlyMethod: true) { c in
      let artist = try PyArtist.of(c[0])
      c.axes.add(artist)
      return c[0]
    },
    AxesRow("add_artist", "a", "Adds an artist.", isOnlyMethod: true) { c in
      if let artist = c[0].asInstance as? PyArtist { c.axes.add(artist) }
      return c[0]
    },
    AxesRow("add_line", "line", "Adds a line.", isOnlyMethod: true) { c in
      let artist = try PyArtist.of(c[0])
      c.axes.add(artist)
      return c[0]
    },
    AxesRow("set_facecolor", "color", "The paper has the colour of the page here.", isOnlyMethod: true) { _ in .none },
    AxesRow("set_prop_cycle", "*args, **kwargs", "The cycle of colours is that of the plots here.", isOnlyMethod: true) { _ in .none },
    AxesRow("set_axisbelow", "b", "The grid lies below here.", isOnlyMethod: true) { _ in .none },
    AxesRow("set_visible", "b", "Whether the axes are drawn.", isOnlyMethod: true) { c in
      c.axes.isVisible = try c.bool(0)
      return .none
    },
    AxesRow("remove", "", "Takes the axes out of their figure.", isOnlyMethod: true) { c in
      let axes = c.axes
      axes.figure?.axes.removeAll { $0 === axes }
      return .none
    },
    AxesRow("get_figure", "root=None", "The figure.", isOnlyMethod: true) { c in
      c.axes.figure.map { .object($0) } ?? .none
    },
    AxesRow("has_data", "", "Whether something was drawn.", isOnlyMethod: true) { c in
      .bool(!c.axes.artists.isEmpty)
    },
    AxesRow("get_lines", "", "The lines.", isOnlyMethod: true) { c in
      .list(c.axes.artists.filter { $0 is PyLine }.map { .object($0) })
    },
    AxesRow("get_children", "", "Everything that was drawn.", isOnlyMethod: true) { c in
      .list(c.axes.artists.map { .object($0) })
    },
    AxesRow("twinx", "", "Further curves over the same x axis.") { c in twin(c) },
    AxesRow("twiny", "", "Further curves over the same y axis.") { c in twin(c) },
    AxesRow("set", "**kwargs", "Sets several properties by name: set(title=..., xlabel=...).", isOnlyMethod: true) { c in
      var results: [Value] = []
      for (name, value) in c.keywords(0) {
        let method = try c.machine.optionalAttribute(.object(c.axes), "set_" + name)
        guard let method else {
          throw Raise(
            .attributeError, "Axes.set() got an unexpected keyword argument '\(name)'",
            hint: Suggestion.nearest(
              to: name, among: AxesType.names.filter { $0.hasPrefix("set_") }.map { String($0.dropFirst(4)) }
            ).map { "Did you mean '\($0)'?" })
        }
        let isLimit = name == "xlim" || name == "ylim"
        results.append(try c.machine.call(method, isLimit ? c.machine.array(value) : [value]))
      }
      return .list(results)
    },
  ]

  private static func twin(_ c: AxesCall) -> Value {
    let other = PyAxes(c.machine.type(PyAxes.table))
    other.figure = c.axes.figure
    other.hasLegend = true
    c.axes.twin = other
    other.place = c.axes.place
    c.axes.figure?.activate(other)
    PyplotState.of(c.machine).remark("a second axis shares the scale of the first one here")
    return .object(other)
  }

  static func named(_ axes: PyAxes) -> [(handle: Value, name: String)] {
    var out: [(handle: Value, name: String)] = []
    var done: Set<ObjectIdentifier> = []
    for artist in axes.artists {
      if let bar = artist as? PyRectangle,
        let group = axes.containers.first(where: { group in group.bars.contains { $0 === bar } })
      {
        if done.insert(ObjectIdentifier(group)).inserted, !group.label.isEmpty {
          out.append((.object(group), group.label))
        }
      }
      if let name = artist.shownLabel { out.append((.object(artist), name)) }
    }
    return out
  }

  private static func legend(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let given = try c.items(0)
    let places: Set<String> = [
      "best", "upper right", "upper left", "lower left", "lower right", "right", "center left",
      "center right", "lower center", "upper center", "center", "outside",
    ]
    var (handles, names) = (Value.none, Value.none)
    for (name, value) in c.keywords(1) {
      switch name {
      case "loc":
        if let text = value.swiftString, !places.contains(text), !text.hasPrefix("outside") {
          throw Raise(.valueError, "'\(text)' is not a valid value for loc.")
        }
      case "title": c.axes.legendTitle = try machine.text(of: value)
      case "handles": handles = value
      case "labels": names = value
      default: break
      }
    }
    if given.count == 1 { names = given[0] }
    if given.count >= 2 { (handles, names) = (given[0], given[1]) }
    c.axes.hasLegend = true
    c.axes.twin?.hasLegend = true
    if !handles.isNone || !names.isNone {
      var artists: [PyArtist] = []
      if handles.isNone {
        var done: Set<ObjectIdentifier> = []
        for artist in c.axes.artists where !(artist is PyText) {
          if let bar = artist as? PyRectangle,
            let group = c.axes.containers.first(where: { group in group.bars.contains { $0 === bar } })
          {
            if !done.insert(ObjectIdentifier(group)).inserted { continue }
          }
          artists.append(artist)
        }
      } else {
        artists = try machine.array(handles).compactMap { value in
          if let group = value.asInstance as? PyContainer {
            return group.bars.first ?? group.items.first?.asInstance as? PyArtist
          }
          return value.asInstance as? PyArtist
        }
      }
      let words =
        names.isNone
        ? artists.map(\.label) : try machine.array(names).map { try machine.text(of: $0) }
      c.axes.legendNames = zip(artists, words).map { ($0, $1) }
    }
    let legend = PyLegend(machine.type(PyLegend.table))
    legend.names = c.axes.legendNames?.map(\.name) ?? named(c.axes).map(\.name)
    return .object(legend)
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

/// What `legend()` gives.
final class PyLegend: Instance {
  var names: [String] = []

  static let table = TypeTable(
    "Legend", module: "matplotlib.legend", doc: "The names of what was drawn.",
    isSubclassable: false, allocate: { PyLegend($0) },
    methods: [
      Native("get_texts(self)", "The names as texts.") { a in
        .list(
          try a.receiver(PyLegend.self).names.map {
            .object(PyText.make($0, .int(0), .int(0), a.machine))
          })
      },
      Native("set_title(self, title, prop=None)", "Legends have no title here.") { _ in .none },
      Native("get_title(self)", "The title as a text.") { a in
        .object(PyText.make("", .int(0), .int(0), a.machine))
      },
      Native("remove(self)", "Legends go with their axes.") { _ in .none },
      Native("__str__(self)", "A short name.") { _ in .string("Legend") },
    ])
}

/// `ax.transAxes`: places are fractions of the axes.
final class PyTransform: Instance {
  static let table = TypeTable(
    "BboxTransformTo", module: "matplotlib.transforms", doc: "Places as fractions of the axes.",
    isSubclassable: false, allocate: { PyTransform($0) })
}
