import Display
import Language
import Plotting

/// Plots of their own name: what classifiers, clusterings, networks and texts look like.
enum MorePlots {
  /// In scope without an import.
  static let globals: [Native] = [mermaid, live]
  /// `from swiftlet import ...`: their names are words that programs use for their own things.
  static let rows: [Native] = [
    roc, precisionRecall, calibration, density, boxes, violins, pie, regions, contour, dendrogram,
    tree, attention, flow, weights, sparkline, grid,
  ]

  private static let options = "title: str | None = None, as_: str | None = None"

  private static func mode(_ a: Arguments, _ index: Int) throws -> DisplayMode? {
    switch try a.optionalString(index) {
    case nil: return nil
    case "svg": return .svg
    case "text": return .text
    case let other?: throw Raise(.valueError, "as_ must be 'text' or 'svg', got '\(other)'")
    }
  }

  private static func truths(_ value: Value, _ machine: Machine) throws -> [Bool] {
    let numbers = try machine.tensor(value).doubles()
    guard numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else {
      throw Raise(.valueError, "y_true must hold 0 and 1 only", hint: "y == label picks one class of several.")
    }
    return numbers.map { $0 == 1 }
  }

  private static func names(_ value: Value, _ machine: Machine) throws -> [String] {
    value.isNone ? [] : try machine.array(value).map { try machine.text(of: $0) }
  }

  /// Lists by name, or one list.
  private static func lists(_ value: Value, _ machine: Machine) throws -> [(name: String?, values: [Double])] {
    if let dict = value.asDict {
      return try dict.pairs.map { (try machine.text(of: $0.key), try PyplotData.flat($0.value, machine)) }
    }
    return try PyplotData.lists(value, machine).map { (nil, $0) }
  }

  static let roc = Native(
    "roc(y_true, scores, *, \(options))",
    "Draws the ROC curve with its area; scores may be a dictionary of several models' scores.",
    example: "roc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])"
  ) { a in
    var figure = Figure(title: try a.optionalString(2))
    let truth = try truths(a[0], a.machine)
    for (name, scores) in try lists(a[1], a.machine) {
      figure = try figure.roc(ClassifierCurves(truth, scores: scores), name: name)
    }
    return FigureObject.make(figure, as: try mode(a, 3), a.machine)
  }

  static let precisionRecall = Native(
    "precision_recall(y_true, scores, *, \(options))", "Draws precision against recall.",
    example: "precision_recall([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])"
  ) { a in
    var figure = Figure(title: try a.optionalString(2))
    let truth = try truths(a[0], a.machine)
    for (name, scores) in try lists(a[1], a.machine) {
      figure = try figure.precisionRecall(ClassifierCurves(truth, scores: scores), name: name)
    }
    return FigureObject.make(figure, as: try mode(a, 3), a.machine)
  }

  static let calibration = Native(
    "calibration(y_true, probabilities, bins: int = 10, *, \(options))",
    "Draws how often a class occurs among examples of each predicted probability.",
    example: "calibration([0, 1, 1, 1], [0.2, 0.4, 0.7, 0.9], bins=2)"
  ) { a in
    let bins = try a.int(2)
    guard bins >= 1, bins <= 1000 else { throw Raise(.valueError, "bins must be 1 to 1000, got \(bins)") }
    let figure = try Figure(title: a.optionalString(3)).calibration(
      truths(a[0], a.machine), probabilities: PyplotData.flat(a[1], a.machine), bins: bins)
    return FigureObject.make(figure, as: try mode(a, 4), a.machine)
  }

  static let density = Native(
    "density(values, *, \(options))", "Draws how densely values lie; a dictionary draws several.",
    example: "density([1, 2, 2, 3, 5])"
  ) { a in
    var figure = Figure(title: try a.optionalString(1), ylabel: "density")
    for (name, values) in try lists(a[0], a.machine) { figure = figure.density(values, name: name) }
    return FigureObject.make(figure, as: try mode(a, 2), a.machine)
  }

  static let boxes = Native(
    "boxes(values, *, \(options))", "Draws boxes with whiskers; a dictionary gives their names.",
    example: "boxes({'a': [1, 2, 3], 'b': [2, 3, 9]})"
  ) { a in
    let lists = try lists(a[0], a.machine)
    var figure = try Figure(title: a.optionalString(1)).boxes(lists.map { BoxStatistics($0.values) })
    figure.xTicks = lists.enumerated().map { (Double($0) + 1, $1.name ?? "\($0 + 1)") }
    return FigureObject.make(figure, as: try mode(a, 2), a.machine)
  }

  static let violins = Native(
    "violins(values, *, \(options))", "Draws the shape of each distribution; a dictionary gives names.",
    example: "violins({'a': [1, 2, 3], 'b': [2, 3, 9]})"
  ) { a in
    let lists = try lists(a[0], a.machine)
    var figure = try Figure(title: a.optionalString(1)).violins(lists.map(\.values), showsMedians: true)
    figure.xTicks = lists.enumerated().map { (Double($0) + 1, $1.name ?? "\($0 + 1)") }
    return FigureObject.make(figure, as: try mode(a, 2), a.machine)
  }

  static let pie = Native(
    "pie(labels, values, *, \(options))", "Draws parts of a whole as bars.",
    example: "pie(['a', 'b'], [3, 1])"
  ) { a in
    let plot = try PieBars(
      names(a[0], a.machine), PyplotData.flat(a[1], a.machine), title: a.optionalString(2))
    return FigureObject.make(plot, as: try mode(a, 3), a.machine)
  }

  static let regions = Native(
    "decision_boundary(predict, X, y=None, *, steps: int = 80, names: list | tuple | None = None, \(options))",
    "Draws what a classifier of two features says everywhere, with the points [n, 2]. predict takes "
      + "an array [m, 2] and gives m class numbers.",
    example: "decision_boundary(lambda X: (X[:, 0] > X[:, 1]) * 1, [[0., 1.], [1., 0.]], [0, 1], steps=8)"
  ) { a in
    let machine = a.machine
    let points = try machine.matrix(a[1])
    guard points.allSatisfy({ $0.count == 2 }), !points.isEmpty else {
      throw Raise(.valueError, "decision_boundary() needs points of two features, [n, 2]")
    }
    let steps = try a.int(3)
    guard steps >= 2, steps <= 400 else { throw Raise(.valueError, "steps must be 2 to 400, got \(steps)") }
    let (xs, ys) = (points.map { $0[0] }, points.map { $0[1] })
    func ends(_ values: [Double]) throws -> (Double, Double) {
      let finite = values.filter(\.isFinite)
      guard let low = finite.min(), let high = finite.max() else {
        throw Raise(.valueError, "decision_boundary() needs finite points")
      }
      let air = max((high - low) * 0.08, 1e-9 * max(abs(high), 1), low == high ? 0.5 : 0)
      return (low - air, high + air)
    }
    let (x, y) = (try ends(xs), try ends(ys))
    let places = Figure.middles(of: y.0, y.1, steps).flatMap { py in
      Figure.middles(of: x.0, x.1, steps).map { px in [px, py] }
    }
    var callee = a[0]
    if let method = try machine.optionalAttribute(a[0], "predict") { callee = method }
    let answer = try machine.tensor(machine.call(callee, [try machine.ndarray(rows: places)]))
    let labels = try answer.doubles().map { $0.isFinite && abs($0) < 1e6 ? Int($0.rounded()) : 0 }
    guard labels.count == steps * steps else {
      throw Raise(.valueError, "predict gave \(labels.count) classes for \(steps * steps) points")
    }
    var figure = Figure(title: try a.optionalString(5)).decisionRegions(
      (0..<steps).map { Array(labels[($0 * steps)..<(($0 + 1) * steps)]) }, x: x, y: y)
    if a[2].isNone {
      figure = try figure.scatter(xs, ys)
    } else {
      let classes = try machine.ints(a[2])
      let given = try names(a[4], machine)
      let count = min((classes.max() ?? 0) + 1, 20)
      figure = try figure.scatter(
        xs, ys, classes: classes, names: given.isEmpty ? (0..<max(count, 0)).map { "\($0)" } : given)
    }
    (figure.xLimits, figure.yLimits) = (x.0...x.1, y.0...y.1)
    return FigureObject.make(figure, as: try mode(a, 6), machine)
  }

  static let contour = Native(
    "contour(matrix, *, levels: int = 8, filled: bool = True, \(options))",
    "Draws lines or areas of equal height of a matrix, the first row below.",
    example: "contour([[0, 1, 2], [1, 2, 3], [2, 3, 5]])"
  ) { a in
    let rows = try a.machine.matrix(a[0])
    let count = try a.int(1)
    guard count >= 1, count <= 60 else { throw Raise(.valueError, "levels must be 1 to 60, got \(count)") }
    let finite = rows.joined().filter(\.isFinite)
    let levels = Contour.levels(finite.min() ?? 0, finite.max() ?? 1, about: count)
    let x = (0..<(rows.first?.count ?? 0)).map(Double.init)
    let y = rows.indices.map(Double.init)
    var figure = Figure(title: try a.optionalString(3))
    let (low, high) = (levels.first ?? 0, levels.last ?? 1)
    func color(_ value: Double) -> Color { ColorMap.viridis(high > low ? (value - low) / (high - low) : 0.5) }
    if try a.bool(2) {
      figure = try figure.filledContour(
        rows, x: x, y: y, levels: levels,
        colors: zip(levels, levels.dropFirst()).map { color(($0 + $1) / 2) }, extendsLow: true, extendsHigh: true)
      figure.colorBar = ColorBar(.viridis, low: low, high: high)
    } else {
      figure = try figure.contour(rows, x: x, y: y, levels: levels, colors: levels.map(color))
    }
    return FigureObject.make(figure, as: try mode(a, 4), a.machine)
  }

  static let dendrogram = Native(
    "dendrogram(linkage, labels: list | tuple | None = None, *, \(options))",
    "Draws the tree of a hierarchical clustering from rows (first, second, distance, size).",
    example: "dendrogram([[0, 1, 0.5, 2], [2, 3, 1.0, 3]])"
  ) { a in
    let rows = try a.machine.matrix(a[0])
    let joins = try rows.map { row -> Dendrogram.Join in
      guard row.count >= 3, let first = Int(exactly: row[0]), let second = Int(exactly: row[1]) else {
        throw Raise(.valueError, "a row of a linkage is (first, second, distance, size)")
      }
      return .init(first, second, row[2])
    }
    guard let tree = Dendrogram(joins) else {
      throw Raise(.valueError, "the linkage names a cluster that is not there yet, or one twice")
    }
    let figure = Figure(title: try a.optionalString(2)).dendrogram(tree, labels: try names(a[1], a.machine))
    return FigureObject.make(figure, as: try mode(a, 3), a.machine)
  }

  static let tree = Native(
    "tree(nodes, *, \(options))",
    "Draws a tree of texts from nested lists: ['root', ['child', 'leaf'], 'leaf'] or a dictionary.",
    example: "tree({'x < 1': {'yes': 'a', 'no': 'b'}})"
  ) { a in
    var nodes: [TreeText.Node] = []
    func add(_ value: Value, _ edge: String, _ depth: Int) throws -> Int {
      guard depth < 60, nodes.count < 5000 else { throw Raise(.valueError, "the tree is too deep or too large") }
      if let dict = value.asDict {
        // One entry is a node with branches; several are branches of one that has no name.
        if let only = dict.pairs.first, dict.count == 1 {
          let place = nodes.count
          nodes.append(.init(try a.machine.text(of: only.key), edge: edge))
          var children: [Int] = []
          if let branches = only.value.asDict {
            for branch in branches.pairs {
              children.append(try add(branch.value, a.machine.text(of: branch.key), depth + 1))
            }
          } else {
            children.append(try add(only.value, "", depth + 1))
          }
          nodes[place].children = children
          return place
        }
        let place = nodes.count
        nodes.append(.init("·", edge: edge))
        nodes[place].children = try dict.pairs.map { try add($0.value, a.machine.text(of: $0.key), depth + 1) }
        return place
      }
      if let items = value.asList?.items ?? value.asTuple?.items, let first = items.first {
        let place = nodes.count
        nodes.append(.init(try a.machine.text(of: first), edge: edge))
        let children = try items.dropFirst().map { try add($0, "", depth + 1) }
        nodes[place].children = children
        return place
      }
      nodes.append(.init(try a.machine.text(of: value), edge: edge))
      return nodes.count - 1
    }
    _ = try add(a[0], "", 0)
    return FigureObject.make(
      TreeText(nodes, title: try a.optionalString(1)), as: try mode(a, 2), a.machine)
  }

  static let attention = Native(
    "attention_map(weights, tokens, keys: list | tuple | None = None, *, \(options))",
    "Draws which token looks at which: weights [queries, keys].",
    example: "attention_map([[0.9, 0.1], [0.4, 0.6]], ['the', 'cat'])"
  ) { a in
    let tokens = try names(a[1], a.machine)
    let keys = a[2].isNone ? tokens : try names(a[2], a.machine)
    let rows = try a.machine.matrix(a[0])
    var map = try HeatMap(
      rows, title: a.optionalString(3), xlabel: "keys", ylabel: "queries", rowLabels: tokens,
      columnLabels: keys, colorMap: .viridis)
    map.limits = 0...max(rows.joined().filter(\.isFinite).max() ?? 1, 1e-9)
    return FigureObject.make(map, as: try mode(a, 4), a.machine)
  }

  static let flow = Native(
    "graph(edges, *, direction: str = 'down', \(options))",
    "Draws boxes and arrows from pairs or triples: (from, to) or (from, to, label).",
    example: "graph([('x', 'dense'), ('dense', 'loss'), ('y', 'loss')])"
  ) { a in
    var places: [String: Int] = [:]
    var nodes: [FlowChart.Node] = []
    func place(_ value: Value) throws -> Int {
      let name = try a.machine.text(of: value)
      if let known = places[name] { return known }
      places[name] = nodes.count
      nodes.append(.init(name))
      return nodes.count - 1
    }
    let edges = try a.machine.array(a[0]).map { value -> FlowChart.Edge in
      let parts = try a.machine.array(value)
      guard parts.count == 2 || parts.count == 3 else {
        throw Raise(.valueError, "an edge is (from, to) or (from, to, label)")
      }
      return .init(
        try place(parts[0]), try place(parts[1]), label: parts.count == 3 ? try a.machine.text(of: parts[2]) : "")
    }
    let directions: [String: FlowChart.Direction] = ["down": .down, "up": .up, "right": .right, "left": .left]
    guard let direction = directions[try a.string(1)] else {
      throw Raise(.valueError, "direction is 'down', 'up', 'right' or 'left', got '\(try a.string(1))'")
    }
    return FigureObject.make(
      FlowChart(nodes, edges, direction: direction, title: try a.optionalString(2)), as: try mode(a, 3), a.machine)
  }

  static let mermaid = Native(
    "mermaid(text: str, *, \(options))", "Draws a flow chart that is written in Mermaid's language.",
    example: "mermaid('graph LR; a[Start] --> b{Ready?} -- yes --> c(Go)')"
  ) { a in
    do {
      var chart = try MermaidReader.chart(a.string(0))
      chart.title = try a.optionalString(1) ?? chart.title
      return FigureObject.make(chart, as: try mode(a, 2), a.machine)
    } catch let problem as MermaidReader.Problem {
      throw Raise(.valueError, "mermaid(), line \(problem.line): \(problem.text)", hint: problem.hint)
    }
  }

  static let weights = Native(
    "weight_histograms(tensors, *, \(options))",
    "Draws the distribution of each tensor of a dictionary (or of model.named_parameters()) in a row.",
    example: "weight_histograms({'w': [0.1, -0.2, 0.3], 'b': [0.0, 0.1]})"
  ) { a in
    var rows: [ValueSummary.Row] = []
    let pairs: [(Value, Value)] =
      try a[0].asDict.map { $0.pairs.map { ($0.key, $0.value) } }
      ?? a.machine.array(a[0]).map { value in
        let pair = try a.machine.array(value)
        guard pair.count == 2 else { throw Raise(.valueError, "weight_histograms() needs names and tensors") }
        return (pair[0], pair[1])
      }
    for (name, value) in pairs {
      let tensor = try value.asTensorObject.map { $0.tensor.detach() } ?? a.machine.tensor(value)
      rows.append(.init(try a.machine.text(of: name), try tensor.doubles()))
    }
    return FigureObject.make(
      ValueSummary(rows, title: try a.optionalString(1)), as: try mode(a, 2), a.machine)
  }

  static let sparkline = Native(
    "sparkline(values, width: int | None = None)", "A curve in one row of text, as a str.",
    example: "sparkline([1, 5, 2, 8])"
  ) { a in
    let values = try PyplotData.flat(a[0], a.machine)
    return .string(
      Sparkline.text(values, width: try a.optionalInt(1).map { min(max($0, 1), 400) } ?? 20))
  }

  static let grid = Native(
    "grid(*figures, columns: int = 2, \(options))", "Draws several plots side by side.",
    example: "grid(plot([1, 2]), plot([2, 1]))"
  ) { a in
    let columns = try a.int(1)
    guard columns >= 1, columns <= 20 else { throw Raise(.valueError, "columns must be 1 to 20, got \(columns)") }
    let plots = try a.items(0).map { value -> (any Plot)? in
      guard let figure = value.asInstance as? FigureObject else {
        throw Raise(.typeError, "grid() takes plots, got \(a.machine.typeName(value))")
      }
      return figure.plot
    }
    return FigureObject.make(
      FigureGrid(plots, columns: columns, title: try a.optionalString(2)), as: try mode(a, 3), a.machine)
  }

  static let live = Native(
    "live()", "A place whose plot can be changed while the program runs: with live() as view: view.plot(...)."
  ) { a in .object(LiveView(a.machine.type(LiveView.table))) }
}
