import Display
import Language
import Plotting
import TensorCore

/// Titles, labels, limits, ticks, scales, legends, texts and lines across.
enum AxesSettings {
  static let rows: [AxesRow] = labels + limits + ticks + marks + others

  // MARK: - Labels

  static func label(
    _ c: AxesCall, _ x: Value, _ y: Value, _ set: @escaping (String) -> Void
  ) throws -> Value {
    let text = try c.machine.text(of: c[0])
    set(text)
    let object = PyText.make(text, x, y, c.machine)
    object.onChange = set
    return .object(object)
  }

  static func setLabel(_ axes: PyAxes, _ isX: Bool) -> (String) -> Void {
    { [weak axes] text in if isX { axes?.x.label = text } else { axes?.y.label = text } }
  }

  static let labels: [AxesRow] = [
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

  static func pair(_ isX: Bool, _ c: AxesCall) -> Value {
    let ends = c.axes.limits(isX)
    return .tuple([ends.0, ends.1].map { c.machine.tensorTypes.scalar(.double($0), .float64) })
  }

  static func setLimits(
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

  static func limit(_ isX: Bool) -> AxesRow {
    let (name, low, high) = isX ? ("x", "left", "right") : ("y", "bottom", "top")
    return AxesRow(
      "set_\(name)lim",
      "\(low)=None, \(high)=None, *, emit=True, auto=False, \(name)min=None, \(name)max=None",
      "The ends of the \(name) axis.", isOnlyMethod: true
    ) { c in
      try setLimits(isX, c, c.isGiven(4) ? c[4] : c[0], c.isGiven(5) ? c[5] : c[1])
    }
  }

  static func limitFunction(_ isX: Bool) -> AxesRow {
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

  static func setScale(_ isX: Bool) -> AxesRow {
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

  static let limits: [AxesRow] = [
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
    AxesRow("xaxis_inverted", "", "Whether the x axis runs to the left.", isOnlyMethod: true) { c in
      let (low, high) = c.axes.limits(true)
      return .bool(low > high)
    },
    AxesRow("yaxis_inverted", "", "Whether the y axis runs down.", isOnlyMethod: true) { c in
      let (low, high) = c.axes.limits(false)
      return .bool(low > high)
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

  // MARK: - Legend, grid, the rest

  static let others: [AxesRow] = [
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
      guard c.axes.hasLegend else { return .none }
      let legend = PyLegend(c.machine.type(PyLegend.table))
      legend.names = c.axes.legendNames?.map(\.name) ?? named(c.axes).map(\.name)
      return .object(legend)
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
    AxesRow("twinx", "", "Further curves over the same x axis, with a y axis at the right.") { c in twin(c, sharesX: true) },
    AxesRow("twiny", "", "Further curves over the same y axis.") { c in twin(c, sharesX: false) },
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

  static func twin(_ c: AxesCall, sharesX: Bool) -> Value {
    let other = PyAxes(c.machine.type(PyAxes.table))
    other.figure = c.axes.figure
    other.hasLegend = true
    other.sharesX = sharesX
    if c.axes.twin == nil { c.axes.twin = other } else { c.axes.others.append(other) }
    other.place = c.axes.place
    c.axes.figure?.activate(other)
    if !sharesX {
      PyplotState.of(c.machine).remark("a second x axis shares the scale of the first one here")
    }
    return .object(other)
  }
}
