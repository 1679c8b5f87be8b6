import Frames
import Language

/// `.plot`, `.hist` and `.boxplot`: series and tables onto the axes of the door `matplotlib.pyplot`.
enum PandasPlots {
  private static let kinds = ["line", "bar", "barh", "hist", "box", "area", "pie", "scatter", "hexbin"]

  private static let options =
    "ax=None, subplots=False, layout=None, figsize=None, title=None, grid=None, legend=..., "
    + "xlabel=None, ylabel=None, logx=False, logy=False, xlim=None, ylim=None, xticks=None, yticks=None, "
    + "rot=None, fontsize=None, stacked=False, style=None, color=None, colormap=None, cmap=None, bins=None, "
    + "s=None, c=None, gridsize=None, use_index=True, sharex=None, sharey=None, secondary_y=False, "
    + "yerr=None, table=False, by=None, **kwargs"

  static let methods: [Native] =
    [
      Native("__call__(self, kind='line', x=None, y=None, \(options))", "A plot of a kind: line, bar, hist, scatter ...") { a in
        let kind = try a.text("kind") ?? "line"
        guard kinds.contains(kind) else {
          if kind == "kde" || kind == "density" { return try PandasPlot(a, "kde").drawn() }
          throw Raise(
            .valueError,
            "\(kind) is not a valid plot kind Valid plot kinds: ('line', 'bar', 'barh', 'kde', 'density', "
              + "'area', 'hist', 'box', 'pie', 'scatter', 'hexbin')")
        }
        return try PandasPlot(a, kind).drawn()
      }
    ]
    + kinds.map { kind in
      let head = kind == "hist" ? "" : kind == "box" ? "" : "x=None, y=None, "
      let rest = kind == "hist" ? options.replacingAll("by=None, ", "") : options
      let start = kind == "hist" ? "by=None, " : ""
      return Native("\(kind)(self, \(start)\(head)\(rest))", "A plot of the kind \(kind).") { a in try PandasPlot(a, kind).drawn() }
    }

  /// `series.hist()` and `frame.hist()`: a histogram for each column of numbers.
  static func histogram(_ value: Value, bins: Value, _ machine: Machine) throws -> Value {
    let plt = try machine.importModule("matplotlib.pyplot", first: false)
    func draw(_ axes: Value, _ vector: Vector) throws {
      let present = (vector.doubles ?? []).filter { !$0.isNaN }
      _ = try machine.call(machine.attribute(axes, "hist"), [machine.ndarray(present)], keywords: [("bins", bins.isNone ? .int(10) : bins)])
    }
    if let series = value.asSeries {
      let axes = try machine.call(machine.attribute(plt, "gca"))
      try draw(axes, series.values)
      return axes
    }
    guard let frame = value.asFrame else { return .none }
    let places = frame.columns.indices.filter { frame.columns[$0].countsAsNumeric && frame.columns[$0].type != .bool }
    guard !places.isEmpty else { throw Raise(.valueError, "hist method requires numerical or datetime columns, nothing to plot.") }
    let (rows, columns) = layout(places.count)
    let made = try machine.call(machine.attribute(plt, "subplots"), [.int(rows), .int(columns)], keywords: [("squeeze", .bool(false))])
    guard let grid = made.asTuple, grid.count == 2 else { return .none }
    let all = try machine.array(machine.attribute(grid[1], "flat"))
    for (axes, place) in zip(all, places) {
      try draw(axes, frame.columns[place])
      _ = try machine.call(machine.attribute(axes, "set_title"), [.string(frame.labels[place].shown)])
    }
    for axes in all.dropFirst(places.count) { _ = try machine.call(machine.attribute(axes, "set_visible"), [.bool(false)]) }
    return grid[1]
  }

  /// Rows and columns for so many axes, as pandas has them.
  private static func layout(_ count: Int) -> (Int, Int) {
    switch count {
    case 1: return (1, 1)
    case 2: return (1, 2)
    case 3, 4: return (2, 2)
    default:
      var side = 1
      while side * side < count { side += 1 }
      return ((side - 1) * side >= count ? side - 1 : side, side)
    }
  }

  /// `frame.boxplot()`.
  static func boxes(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let own = try a.ownFrame
    let places = try FrameMethods.columns(a["column"], own, machine) ?? own.columns.indices.filter { own.columns[$0].countsAsNumeric }
    let plt = try machine.importModule("matplotlib.pyplot", first: false)
    let axes = try a.isSet("ax") ? a["ax"] : machine.call(machine.attribute(plt, "gca"))
    var names: [Value] = []
    var lists: [Value] = []
    func add(_ name: String, _ vector: Vector) throws {
      names.append(.string(name))
      lists.append(try machine.ndarray((vector.doubles ?? []).filter { !$0.isNaN }))
    }
    if a.isSet("by"), let key = try FrameMethods.columns(a["by"], own, machine)?.first, let place = places.first(where: { $0 != key }) {
      let grouping = try Grouping(keys: [own.columns[key]], names: [own.labels[key]], count: own.rowCount)
      for (turn, rows) in grouping.members.enumerated() { try add(grouping.labels[turn].shown, own.columns[place].taking(rows)) }
      _ = try machine.call(machine.attribute(axes, "set_title"), [.string(own.labels[place].shown)])
      _ = try machine.call(machine.attribute(axes, "set_xlabel"), [.string(own.labels[key].shown)])
    } else {
      for place in places { try add(own.labels[place].shown, own.columns[place]) }
    }
    _ = try machine.call(machine.attribute(axes, "boxplot"), [.list(lists)], keywords: [("tick_labels", .list(names))])
    return axes
  }
}

/// One call of `.plot`: which columns go where, and how the axes are to look.
private struct PandasPlot {
  let a: Arguments
  let kind: String
  let machine: Machine
  let frame: DataFrame
  let isSeries: Bool
  /// Columns to draw.
  var places: [Int]
  /// The column along x; nil for the index.
  var across: Int?

  init(_ a: Arguments, _ kind: String) throws {
    self.a = a
    self.kind = kind
    machine = a.machine
    let owner = try a.receiver(AccessorObject.self).owner
    if let series = (owner as? SeriesObject)?.series {
      isSeries = true
      frame = DataFrame(columns: [series.values], labels: Labels.one(series.name == .null ? .string("") : series.name), index: series.index)
    } else {
      isSeries = false
      frame = (owner as? FrameObject)?.frame ?? DataFrame(columns: [], labels: Labels(count: 0), index: Labels(count: 0))
    }
    let table = frame
    func named(_ name: String) throws -> [Int]? {
      a.function.parameters.contains { $0.name == name } ? try FrameMethods.columns(a[name], table, a.machine) : nil
    }
    let x = isSeries ? nil : try named("x")?.first
    across = x
    places = try (isSeries ? nil : named("y")) ?? table.columns.indices.filter { table.columns[$0].countsAsNumeric && $0 != x }
    if kind == "scatter" || kind == "hexbin" {
      guard !isSeries, across != nil, try named("y") != nil else { throw Raise(.valueError, "\(kind) requires an x and y column") }
    } else if kind == "pie", !isSeries, try named("y") == nil, !(try a.bool("subplots")) {
      throw Raise(.valueError, "pie requires either y column or 'subplots=True'")
    }
    guard !places.isEmpty else { throw Raise(.typeError, "no numeric data to plot") }
  }

  // MARK: - Axes

  private func call(_ owner: Value, _ name: String, _ arguments: [Value] = [], _ keywords: [(name: String, value: Value)] = []) throws -> Value {
    try machine.call(machine.attribute(owner, name), arguments, keywords: keywords)
  }

  private var figureSize: [(name: String, value: Value)] { a.isSet("figsize") ? [("figsize", a["figsize"])] : [] }

  private func axes() throws -> Value {
    if a.isSet("ax") { return a["ax"] }
    let plt = try machine.importModule("matplotlib.pyplot", first: false)
    let open = try machine.array(call(plt, "get_fignums"))
    if isSeries, !open.isEmpty, figureSize.isEmpty { return try call(plt, "gca") }
    return try call(call(plt, "figure", [], figureSize), "add_subplot", [.int(111)])
  }

  func drawn() throws -> Value {
    guard !isSeries, try a.bool("subplots") else {
      let axes = try axes()
      try draw(axes, places)
      try finish(axes)
      return axes
    }
    let plt = try machine.importModule("matplotlib.pyplot", first: false)
    var size: [Value] = [.int(places.count), .int(1)]
    if let layout = a["layout"].asTuple, layout.count == 2 { size = layout.items }
    let made = try call(plt, "subplots", size, figureSize + [("squeeze", .bool(false))])
    guard let pair = made.asTuple, pair.count == 2 else { return .none }
    let all = try machine.array(machine.attribute(pair[1], "flat"))
    for (axes, place) in zip(all, places) {
      try draw(axes, [place])
      try finish(axes)
    }
    return a["layout"].asTuple == nil ? try call(pair[1], "ravel") : pair[1]
  }

  // MARK: - Data

  private func numbers(_ place: Int) throws -> Value { try machine.ndarray(frame.columns[place].doubles ?? []) }

  private var extra: [(name: String, value: Value)] { a.keywords(a.count - 1) }

  private func name(_ place: Int) -> String { frame.labels[place].shown }

  /// Where the rows stand along x, and the names of those places.
  private func along() throws -> (x: Value, names: [String]?) {
    let vector = across.map { frame.columns[$0] } ?? frame.index.vector
    if vector.type.isDate {
      return (.list(vector.cells.map { machine.value($0) }), nil)
    }
    if let numbers = vector.doubles, vector.type.isNumeric { return (try machine.ndarray(numbers), nil) }
    return (try machine.ndarray((0..<frame.rowCount).map(Double.init)), vector.cells.map(\.shown))
  }

  private func look(_ turn: Int) throws -> [(name: String, value: Value)] {
    var out = extra
    if a.isSet("color") {
      if let list = a["color"].asList ?? nil {
        if !list.items.isEmpty { out.append(("color", list.items[turn % list.items.count])) }
      } else if let dict = a["color"].asDict {
        if let value = dict[name(places[turn])] { out.append(("color", value)) }
      } else {
        out.append(("color", a["color"]))
      }
    }
    return out
  }

  private func draw(_ axes: Value, _ places: [Int]) throws {
    switch kind {
    case "bar", "barh": try bars(axes, places)
    case "hist": try histograms(axes, places)
    case "box":
      let lists = try places.map { try machine.ndarray((frame.columns[$0].doubles ?? []).filter { !$0.isNaN }) }
      _ = try call(axes, "boxplot", [.list(lists)], extra + [("tick_labels", .list(places.map { .string(name($0)) }))])
    case "pie":
      let labels = frame.index.cells.map { Value.string($0.shown) }
      for place in places {
        var keywords = extra
        if !keywords.contains(where: { $0.name == "labels" }) { keywords.append(("labels", .list(labels))) }
        _ = try call(axes, "pie", [numbers(place)], keywords)
        if !a.isSet("ylabel"), !name(place).isEmpty { _ = try call(axes, "set_ylabel", [.string(name(place))]) }
      }
    case "scatter", "hexbin": try points(axes, places)
    case "area": try areas(axes, places)
    case "kde":
      throw Raise(.notImplementedError, "plot.kde() is not here", hint: "from swiftlet import density draws an estimated density")
    default: try lines(axes, places)
    }
  }

  private func lines(_ axes: Value, _ places: [Int]) throws {
    let (x, names) = try along()
    let styles = a["style"].asList?.items
    for (turn, place) in places.enumerated() {
      var arguments = [x, try numbers(place)]
      if let styles, turn < styles.count { arguments.append(styles[turn]) }
      if a["style"].swiftString != nil { arguments.append(a["style"]) }
      var keywords = try look(turn)
      if !keywords.contains(where: { $0.name == "label" }) { keywords.append(("label", .string(name(place)))) }
      _ = try call(axes, "plot", arguments, keywords)
    }
    if let names, names.count <= 60 {
      _ = try call(axes, "set_xticks", [.list(names.indices.map { .int($0) }), .list(names.map { .string($0) })])
    }
    try labelX(axes)
    try legend(axes)
  }

  private func areas(_ axes: Value, _ places: [Int]) throws {
    let (x, _) = try along()
    let keywords = extra + [("labels", .list(places.map { .string(name($0)) }))]
    _ = try call(axes, "stackplot", [x] + places.map { try numbers($0) }, keywords)
    try labelX(axes)
    try legend(axes)
  }

  private func bars(_ axes: Value, _ places: [Int]) throws {
    let isStacked = try a.bool("stacked")
    let names = (across.map { frame.columns[$0] } ?? frame.index.vector).cells.map(\.shown)
    let width = isStacked ? 0.5 : 0.5 / Double(max(1, places.count))
    var above = [Double](repeating: 0, count: frame.rowCount)
    var below = above
    for (turn, place) in places.enumerated() {
      let values = frame.columns[place].doubles ?? []
      let offset = isStacked ? 0 : -0.25 + (Double(turn) + 0.5) * width
      let centers = try machine.ndarray(values.indices.map { Double($0) + offset })
      var keywords = try look(turn)
      if isStacked {
        let feet = values.indices.map { values[$0] < 0 ? below[$0] : above[$0] }
        keywords.append((kind == "bar" ? "bottom" : "left", try machine.ndarray(feet)))
        for row in values.indices where !values[row].isNaN {
          if values[row] < 0 { below[row] += values[row] } else { above[row] += values[row] }
        }
      }
      if !keywords.contains(where: { $0.name == "label" }) { keywords.append(("label", .string(name(place)))) }
      _ = try call(axes, kind, [centers, machine.ndarray(values), .float(width)], keywords)
    }
    let ticks: [Value] = [.list(names.indices.map { .int($0) }), .list(names.map { .string($0) })]
    _ = try call(axes, kind == "bar" ? "set_xticks" : "set_yticks", ticks)
    if kind == "bar" {
      try labelX(axes)
    } else {
      let name = across.map { frame.labels[$0] } ?? frame.index.name
      if name != .null { _ = try call(axes, "set_ylabel", [.string(name.shown)]) }
    }
    try legend(axes)
  }

  private func histograms(_ axes: Value, _ places: [Int]) throws {
    let present = places.map { (frame.columns[$0].doubles ?? []).filter { !$0.isNaN } }
    var bins = a.isSet("bins") ? a["bins"] : .int(10)
    if places.count > 1, let count = bins.asInt, count > 0, count <= 100_000,
      let low = present.joined().min(), let high = present.joined().max(), low < high
    {
      // All columns share the edges.
      bins = try machine.ndarray((0...count).map { low + (high - low) * Double($0) / Double(count) })
    }
    for (turn, values) in present.enumerated() {
      var keywords = try look(turn) + [("bins", bins)]
      if !keywords.contains(where: { $0.name == "label" }) { keywords.append(("label", .string(name(places[turn])))) }
      _ = try call(axes, "hist", [machine.ndarray(values)], keywords)
    }
    if !a.isSet("ylabel") { _ = try call(axes, "set_ylabel", [.string("Frequency")]) }
    try legend(axes)
  }

  private func points(_ axes: Value, _ places: [Int]) throws {
    guard let across, let y = places.first else { return }
    var keywords = extra
    if kind == "scatter" {
      if a.isSet("s") {
        let column = a["s"].swiftString.flatMap { frame.places(of: .string($0)).first }
        keywords.append(("s", try column.map { try numbers($0) } ?? a["s"]))
      }
      if a.isSet("c") {
        let column = a["c"].swiftString.flatMap { frame.places(of: .string($0)).first }
        keywords.append(("c", try column.map { try numbers($0) } ?? a["c"]))
      }
      if a.isSet("color") { keywords.append(("color", a["color"])) }
    } else if a.isSet("gridsize") {
      keywords.append(("gridsize", a["gridsize"]))
    }
    for option in ["colormap", "cmap"] where a.isSet(option) { keywords.append(("cmap", a[option])) }
    _ = try call(axes, kind, [numbers(across), numbers(y)], keywords)
    if !a.isSet("xlabel") { _ = try call(axes, "set_xlabel", [.string(name(across))]) }
    if !a.isSet("ylabel") { _ = try call(axes, "set_ylabel", [.string(name(y))]) }
  }

  // MARK: - Look

  private func labelX(_ axes: Value) throws {
    let name = across.map { frame.labels[$0] } ?? frame.index.name
    if name != .null, !a.isSet("xlabel") { _ = try call(axes, "set_xlabel", [.string(name.shown)]) }
  }

  /// A table has a legend unless told otherwise, a series only on request.
  private func legend(_ axes: Value) throws {
    if try a["legend"].isGiven ? machine.truth(a["legend"]) : !isSeries { _ = try call(axes, "legend") }
  }

  private func finish(_ axes: Value) throws {
    for (option, method) in [("title", "set_title"), ("xlabel", "set_xlabel"), ("ylabel", "set_ylabel"), ("xlim", "set_xlim"), ("ylim", "set_ylim"), ("xticks", "set_xticks"), ("yticks", "set_yticks")]
    where a.isSet(option) { _ = try call(axes, method, [a[option]]) }
    if try a.bool("logx") { _ = try call(axes, "set_xscale", [.string("log")]) }
    if try a.bool("logy") { _ = try call(axes, "set_yscale", [.string("log")]) }
    if a.isSet("grid") { _ = try call(axes, "grid", [a["grid"]]) }
  }
}
