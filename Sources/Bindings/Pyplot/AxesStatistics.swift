import Display
import Language
import Plotting
import TensorCore

/// Histograms, boxes, violins, error bars, pies, areas.
enum AxesStatistics {
  static let rows: [AxesRow] = [
    AxesRow(
      "hist",
      "x, bins=None, *, range=None, density=False, weights=None, cumulative=False, bottom=None, "
        + "histtype='bar', align='mid', orientation='vertical', rwidth=None, log=False, "
        + "color=None, label=None, stacked=False, data=None, **kwargs",
      "How often values fall into bins; gives counts, edges and bars.",
      example: "plt.hist([1, 2, 2, 3], bins=3)", body: histogram),
    AxesRow(
      "boxplot",
      "x, notch=None, sym=None, vert=None, orientation='vertical', whis=1.5, positions=None, "
        + "widths=None, patch_artist=None, bootstrap=None, usermedians=None, conf_intervals=None, "
        + "meanline=None, showmeans=None, showcaps=None, showbox=None, showfliers=None, "
        + "boxprops=None, tick_labels=None, flierprops=None, medianprops=None, meanprops=None, "
        + "capprops=None, whiskerprops=None, manage_ticks=True, autorange=False, zorder=None, "
        + "capwidths=None, label=None, data=None",
      "Boxes with whiskers.", example: "plt.boxplot([[1, 2, 3], [2, 3, 9]])", body: boxes),
    AxesRow(
      "violinplot",
      "dataset, positions=None, vert=None, orientation='vertical', widths=0.5, showmeans=False, "
        + "showextrema=True, showmedians=False, quantiles=None, points=100, bw_method=None, "
        + "side='both', facecolor=None, linecolor=None, data=None",
      "How densely values lie, to both sides of a place.",
      example: "plt.violinplot([[1, 2, 3], [2, 3, 9]])", body: violins),
    AxesRow(
      "errorbar",
      "x, y, yerr=None, xerr=None, fmt='', *, ecolor=None, elinewidth=None, capsize=None, "
        + "barsabove=False, lolims=False, uplims=False, xlolims=False, xuplims=False, "
        + "errorevery=1, capthick=None, elinestyle=None, data=None, **kwargs",
      "Points with whiskers of uncertainty.",
      example: "plt.errorbar([1, 2], [3, 4], yerr=0.5)", body: errorBars),
    AxesRow(
      "pie",
      "x, explode=None, labels=None, colors=None, autopct=None, pctdistance=0.6, shadow=False, "
        + "labeldistance=1.1, startangle=0, radius=1, counterclock=True, wedgeprops=None, "
        + "textprops=None, center=(0, 0), frame=False, rotatelabels=False, *, normalize=True, "
        + "hatch=None, data=None",
      "Parts of a whole, drawn as bars.", example: "plt.pie([1, 2, 3], labels=['a', 'b', 'c'])",
      body: pie),
    AxesRow(
      "fill_between", "x, y1, y2=0, where=None, interpolate=False, step=None, *, data=None, **kwargs",
      "The area between two curves.", example: "plt.fill_between([1, 2, 3], [1, 4, 9])"
    ) { c in
      let x = try c.x(0)
      let (low, high) = (try c.flat(1), try c.flat(2))
      for (name, values) in [("y1", low), ("y2", high)]
      where values.count != x.count && values.count != 1 {
        throw Raise(
          .valueError, "'x' has size \(x.count), but '\(name)' has an unequal size of \(values.count)")
      }
      var a = low.count == 1 ? Array(repeating: low[0], count: x.count) : low
      let b = high.count == 1 ? Array(repeating: high[0], count: x.count) : high
      if c.isGiven(3) {
        let flags = try c.machine.tensor(c[3]).doubles()
        for index in a.indices where index < flags.count && flags[index] == 0 { a[index] = .nan }
      }
      let style = try PyplotStyle(c.keywords(7), "FillBetweenPolyCollection", c.machine)
      return .object(
        try c.shape(.band(x: x, low: a, high: b), PyShape.fillBetween, style))
    },
    AxesRow("fill", "*args, data=None, **kwargs", "Filled polygons.") { c in
      let style = try PyplotStyle(c.keywords(2), "Polygon", c.machine)
      var made: [Value] = []
      let given = try c.items(0).filter { $0.swiftString == nil }
      for pair in stride(from: 0, to: given.count - 1, by: 2) {
        let x = try c.axes.numbers(given[pair], true, c.machine)
        let y = try c.axes.numbers(given[pair + 1], false, c.machine)
        guard x.count == y.count else { throw AxesPlots.sizes(x.count, y.count) }
        made.append(.object(try c.shape(.polygon(x: x, y: y), PyShape.polygon, style)))
      }
      return .list(made)
    },
    AxesRow(
      "stackplot", "x, *args, labels=(), colors=None, hatch=None, baseline='zero', data=None, **kwargs",
      "Areas on top of one another."
    ) { c in
      let x = try c.x(0)
      var rows: [[Double]] = []
      for value in try c.items(1) {
        if let matrix = try? c.machine.matrix(value) { rows += matrix } else {
          rows.append(try PyplotData.flat(value, c.machine))
        }
      }
      let names = try c.machine.array(c[2]).map { $0 }
      let colors = c.isGiven(3) ? try c.machine.array(c[3]).map { try PyplotColor.required($0, c.machine) } : []
      var low = x.map { _ in 0.0 }
      var made: [Value] = []
      for (index, row) in rows.enumerated() {
        guard row.count == x.count else { throw AxesPlots.sizes(x.count, row.count) }
        let high = zip(low, row).map { $0 + $1 }
        var style = try PyplotStyle(c.keywords(7), "PolyCollection", c.machine)
        style.label = index < names.count ? names[index] : nil
        if !colors.isEmpty { style.color = colors[index % colors.count] }
        made.append(
          .object(try c.shape(.band(x: x, low: low, high: high), PyShape.collections, style, fill: false)))
        low = high
      }
      return .list(made)
    },
  ]

  // MARK: - Histogram

  private static func histogram(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let lists = try PyplotData.lists(c[0], machine).map { $0.filter { !$0.isNaN } }
    let kind = try c.string(7)
    guard ["bar", "barstacked", "step", "stepfilled"].contains(kind) else {
      throw Raise(.valueError, "'\(kind)' is not a valid value for histtype.")
    }
    guard let row = NumpySorting.functions.first(where: { $0.name == "histogram" }) else { return .none }
    let function = Value.object(NativeFunction(row))
    let density = try c.bool(3)
    let isStacked = try c.bool(14) || kind == "barstacked"
    var bins = c.isGiven(1) ? c[1] : .int(10)
    var counts: [[Double]] = []
    var edges: [Double] = []
    var edgesValue = Value.none
    // Several lists have their edges in common.
    var range = c[2]
    if lists.count > 1, !c.isGiven(2) {
      let all = lists.joined()
      if let low = all.min(), let high = all.max() { range = .tuple([.float(low), .float(high)]) }
    }
    let weights = c.isGiven(4) ? try PyplotData.lists(c[4], machine) : []
    for (index, list) in lists.enumerated() {
      var keywords: [(name: String, value: Value)] = [("bins", bins)]
      if !range.isNone { keywords.append(("range", range)) }
      if density && !isStacked { keywords.append(("density", .bool(true))) }
      if index < weights.count {
        keywords.append(("weights", try machine.ndarray(weights[index])))
      }
      let pair = try machine.array(
        machine.call(function, [try machine.ndarray(list)], keywords: keywords))
      counts.append(try machine.doubles(pair[0]))
      edges = try machine.doubles(pair[1])
      edgesValue = pair[1]
      if !(edgesValue.asTensorObject?.tensor.dtype.isFloating ?? false) { edgesValue = try machine.ndarray(edges) }
      bins = edgesValue
      range = .none
    }
    if !c[5].isNone, try c.machine.truth(c[5]) {
      let isBackward = c[5].asDouble.map { $0 < 0 } ?? false
      counts = counts.map { cumulative($0, edges, density, isBackward) }
    }
    let made = try drawn(c, counts, edges, kind: kind, isStacked: isStacked)
    let tensors = isStacked ? stacked(counts) : counts
    let values =
      tensors.count == 1
      ? try machine.ndarray(tensors[0])
      : try machine.ndarray(rows: tensors)
    return .tuple([values, edgesValue, made])
  }

  private static func cumulative(
    _ counts: [Double], _ edges: [Double], _ density: Bool, _ isBackward: Bool
  ) -> [Double] {
    var sum = 0.0
    let widths = zip(edges.dropFirst(), edges).map { $0 - $1 }
    let parts = zip(counts, widths).map { density ? $0 * $1 : $0 }
    if isBackward {
      return parts.reversed().map { part in
        sum += part
        return sum
      }.reversed()
    }
    return parts.map { part in
      sum += part
      return sum
    }
  }

  private static func stacked(_ counts: [[Double]]) -> [[Double]] {
    var sum: [Double] = []
    return counts.map { list in
      sum = sum.isEmpty ? list : zip(sum, list).map { $0 + $1 }
      return sum
    }
  }

  private static func drawn(
    _ c: AxesCall, _ counts: [[Double]], _ edges: [Double], kind: String, isStacked: Bool
  ) throws -> Value {
    let machine = c.machine
    let isLying = try c.string(9) == "horizontal"
    if try c.bool(11) { if isLying { c.axes.x.scale = "log" } else { c.axes.y.scale = "log" } }
    let colors: [Value] =
      c.isGiven(12)
      ? (try PyplotColor.read(c[12], machine) != nil ? [c[12]] : try machine.array(c[12])) : []
    let labels: [Value] =
      c.isGiven(13) ? (c[13].swiftString != nil ? [c[13]] : try machine.array(c[13])) : []
    let share = try c.optionalDouble(10) ?? (counts.count > 1 && !isStacked ? 0.8 : 1)
    var foot = edges.dropLast().map { _ in 0.0 }
    var made: [Value] = []
    for (index, list) in counts.enumerated() {
      var keywords = c.keywords(16).filter { $0.name != "bins" }
      if index < colors.count { keywords.append(("color", colors[index])) }
      if index < labels.count { keywords.append(("label", labels[index])) }
      if kind.hasPrefix("step") {
        var x: [Double] = [edges[0]]
        var y: [Double] = [0]
        for (at, height) in list.enumerated() where at + 1 < edges.count {
          x += [edges[at], edges[at + 1]]
          y += [height, height]
        }
        x.append(edges[edges.count - 1])
        y.append(0)
        let style = try PyplotStyle(keywords, "Polygon", machine)
        let (px, py) = isLying ? (y, x) : (x, y)
        let shape =
          kind == "step"
          ? try c.shape(
            .segments(
              (0..<(px.count - 1)).map { .init(px[$0], py[$0], px[$0 + 1], py[$0 + 1]) }, style: "-"),
            PyShape.polygon, style)
          : try c.shape(.polygon(x: px, y: py), PyShape.polygon, style)
        made.append(.list([.object(shape)]))
        continue
      }
      let widths = zip(edges.dropFirst(), edges).map { $0 - $1 }
      let slots = isStacked ? 1 : Double(counts.count)
      let part: Double = isStacked ? 0.5 : (Double(index) + 0.5) / slots
      let offset: Double = (1 - share) / 2 + share * part
      let places: [Double] = widths.indices.map { edges[$0] + widths[$0] * offset }
      made.append(
        try AxesPlots.bars(
          c, places: places, lengths: list, widths: widths.map { $0 * share / slots }, feet: foot,
          align: "center", keywords, isLying: isLying))
      if isStacked { foot = zip(foot, list).map { $0 + $1 } }
    }
    if made.count == 1 { return made[0] }
    return .object(PyContainer.make("list", made, machine))
  }

  // MARK: - Boxes

  private static func boxes(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let lists = try PyplotData.lists(c[0], machine)
    let isLying = try isLying(c, vert: 3, orientation: 4)
    let places = c.isGiven(6) ? try c.flat(6) : lists.indices.map { Double($0) + 1 }
    guard places.count == lists.count else {
      throw Raise(.valueError, "List of boxplot statistics and `positions` values must have same the length")
    }
    let reach = (places.max() ?? 0) - (places.min() ?? 0)
    let width = c.isGiven(7) ? try c.flat(7).first ?? 0.5 : min(max(0.15 * reach, 0.15), 0.5)
    let names = c.isGiven(18) ? try machine.array(c[18]).map { try machine.text(of: $0) } : []
    if c.isGiven(18), names.count != lists.count {
      throw Raise(
        .valueError, "The number of labels (\(names.count)) must match the number of columns (\(lists.count)).")
    }
    let whisker = c[5].asDouble ?? 1.5
    let content = PyShape.Content.boxes(
      lists.map { BoxStatistics($0, whisker: whisker) }, places: places, width: max(width, 0.3),
      lying: isLying, means: c.isGiven(13) ? try c.bool(13) : false,
      fliers: c.isGiven(16) ? try c.bool(16) : true)
    var style = try PyplotStyle([], "Line2D", machine)
    style.color = PyplotColor.ofCycle(0)
    let shape = try c.shape(content, PyShape.collections, style)
    setNames(c.axes, places, names, isLying)
    let result = DictObject()
    func lines(_ per: Int, _ y: (BoxStatistics, Int) -> [Double]) -> Value {
      .list(
        lists.enumerated().flatMap { index, list -> [Value] in
          guard let box = BoxStatistics(list, whisker: whisker) else { return [] }
          return (0..<per).map { part in
            let line = PyLine(machine.type(PyLine.lineTable))
            line.y = y(box, part)
            line.x = line.y.map { _ in places[index] }
            line.axes = c.axes
            line.onShape = shape
            return .object(line)
          }
        })
    }
    result["whiskers"] = lines(2) { $1 == 0 ? [$0.q1, $0.lowWhisker] : [$0.q3, $0.highWhisker] }
    result["caps"] = lines(2) { $1 == 0 ? [$0.lowWhisker, $0.lowWhisker] : [$0.highWhisker, $0.highWhisker] }
    result["boxes"] = lines(1) { box, _ in [box.q1, box.q1, box.q3, box.q3, box.q1] }
    result["medians"] = lines(1) { box, _ in [box.median, box.median] }
    result["fliers"] = lines(1) { box, _ in box.fliers }
    result["means"] = c.isGiven(13) ? lines(1) { box, _ in [box.mean] } : .list([])
    return .object(result)
  }

  private static func isLying(_ c: AxesCall, vert: Int, orientation: Int) throws -> Bool {
    if c.isGiven(vert) { return try !c.bool(vert) }
    return try c.string(orientation) == "horizontal"
  }

  private static func setNames(_ axes: PyAxes, _ places: [Double], _ names: [String], _ isLying: Bool) {
    let labels = names.isEmpty ? places.map { NumberText.short($0) } : names
    if isLying { (axes.y.ticks, axes.y.labels) = (places, labels) }
    else { (axes.x.ticks, axes.x.labels) = (places, labels) }
  }

  private static func violins(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let lists = try PyplotData.lists(c[0], machine)
    let isLying = try isLying(c, vert: 2, orientation: 3)
    let places = c.isGiven(1) ? try c.flat(1) : lists.indices.map { Double($0) + 1 }
    guard places.count == lists.count else {
      throw Raise(.valueError, "List of violinplot statistics and `positions` values must have the same length")
    }
    let content = PyShape.Content.violins(
      lists, places: places, width: max(try c.flat(4).first ?? 0.5, 0.05), lying: isLying,
      means: try c.bool(5), medians: try c.bool(7), extrema: try c.bool(6))
    var style = try PyplotStyle([], "PolyCollection", machine)
    style.color = PyplotColor.ofCycle(0)
    let shape = try c.shape(content, PyShape.collections, style)
    let result = DictObject()
    result["bodies"] = .list(lists.map { _ in .object(shape) })
    for (name, isThere) in [
      ("cmaxes", try c.bool(6)), ("cmins", try c.bool(6)), ("cbars", try c.bool(6)),
      ("cmeans", try c.bool(5)), ("cmedians", try c.bool(7)),
    ] where isThere { result[name] = .object(shape) }
    return .object(result)
  }

  // MARK: - Error bars

  private static func errorBars(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let (x, y) = (try c.x(0), try c.y(1))
    guard x.count == y.count else { throw Raise(.valueError, "'x' and 'y' must have the same size") }
    func reach(_ index: Int, _ name: String, _ axis: String, _ count: Int) throws
      -> (low: [Double], high: [Double])?
    {
      guard c.isGiven(index) else { return nil }
      let tensor = try machine.tensor(c[index])
      let numbers = try tensor.doubles()
      if numbers.contains(where: { $0 < 0 }) {
        throw Raise(.valueError, "'\(name)' must not contain negative values")
      }
      if numbers.count == 1 {
        let all = Array(repeating: numbers[0], count: count)
        return (all, all)
      }
      if tensor.shape == [2, count] { return (Array(numbers[..<count]), Array(numbers[count...])) }
      guard tensor.shape == [count] else {
        let shape = "(" + tensor.shape.map(String.init).joined(separator: ", ") + (tensor.rank == 1 ? ",)" : ")")
        throw Raise(
          .valueError, "'\(name)' (shape: \(shape)) must be a scalar or a 1D or (2, n) array-like "
            + "whose shape matches '\(axis)' (shape: (\(count),))")
      }
      return (numbers, numbers)
    }
    let up = try reach(2, "yerr", "y", y.count)
    let side = try reach(3, "xerr", "x", x.count)
    let format = try c.string(4)
    var style = try PyplotStyle(c.keywords(17), "Line2D", machine)
    let parts = format.lowercased() == "none" ? nil : try PyplotStyle.format(format)
    if style.color == nil { style.color = parts?.color }
    let line = PyLine(machine.type(PyLine.lineTable))
    (line.x, line.y) = (x, y)
    line.lineStyle = style.lineStyle ?? (format.isEmpty ? "-" : parts?.line ?? "-")
    line.marker = style.marker ?? parts?.marker ?? "None"
    if format.lowercased() == "none" { (line.lineStyle, line.marker) = ("None", "None") }
    line.zorder = 2
    try line.take(style, c.axes, machine)
    if style.label == nil { line.label = "_nolegend_" }
    var whiskers = style
    whiskers.color = c.isGiven(5) ? try PyplotColor.required(c[5], machine) : line.color
    whiskers.label = nil
    let shape = try c.shape(
      .errors(x: x, y: y, low: up?.low, high: up?.high, left: side?.low, right: side?.high),
      PyShape.lineCollection, whiskers, fill: false, zorder: 2)
    c.axes.add(line)
    let bars = Value.tuple([.object(shape)])
    return .object(
      PyContainer.make(
        "ErrorbarContainer", [.object(line), .tuple([]), bars],
        names: [("lines", .tuple([.object(line), .tuple([]), bars]))], machine))
  }

  // MARK: - Pie

  private static func pie(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let values = try c.flat(0)
    guard values.allSatisfy({ $0 >= 0 }) else {
      throw Raise(.valueError, "Wedge sizes 'x' must be non negative values")
    }
    let names = c.isGiven(2) ? try machine.array(c[2]).map { try machine.text(of: $0) } : nil
    if let names, names.count != values.count {
      throw Raise(.valueError, "'labels' must be of length 'x', not \(names.count)")
    }
    let colors =
      c.isGiven(3) ? try machine.array(c[3]).map { try PyplotColor.required($0, machine) } : []
    let shown = values.indices.map { index in
      colors.isEmpty ? PyplotColor.ofCycle(index).shown : colors[index % colors.count].shown
    }
    c.axes.pie = (names ?? values.indices.map { "part \($0 + 1)" }, values, shown)
    let total = values.reduce(0, +)
    func texts(_ make: (Int) throws -> String) rethrows -> Value {
      .list(try values.indices.map { .object(PyText.make(try make($0), .float(0), .float(0), machine)) })
    }
    let wedges = values.indices.map { index -> Value in
      let wedge = PyShape(machine.type(PyShape.polygon))
      wedge.kindName = "Wedge"
      wedge.color = colors.isEmpty ? .ofCycle(index) : colors[index % colors.count]
      return .object(wedge)
    }
    var parts: [Value] = [.list(wedges), texts { names?[$0] ?? "" }]
    if c.isGiven(4) {
      parts.append(
        try texts { index in
          let percent = Value.float(total > 0 ? values[index] / total * 100 : 0)
          if c[4].swiftString != nil, let method = try machine.optionalAttribute(c[4], "__mod__") {
            return try machine.text(of: machine.call(method, [percent]))
          }
          return try machine.text(of: machine.call(c[4], [percent]))
        })
    }
    return .object(
      PyContainer.make(
        "PieContainer", parts, names: [("wedges", parts[0]), ("texts", parts[1])], machine))
  }
}
