import Display
import Language
import Plotting

/// `plot` and its relatives: data of the language in, a figure out.
enum PlotFunctions {
  static let rows: [Native] = [plot, scatter, bar, hist, heatmap, confusion, image, images, curves]

  /// Options that all plots share, as one writes them in a signature.
  private static let options =
    "title: str | None = None, xlabel: str | None = None, ylabel: str | None = None, "
    + "width: int | None = None, height: int | None = None, as_: str | None = None"

  static let plot = Native(
    "plot(*data, kind: str = 'line', names: list | tuple | None = None, xscale: str = 'linear', "
      + "yscale: str = 'linear', xlim: tuple | list | None = None, ylim: tuple | list | None = None, "
      + "\(options))",
    "Draws lines: plot(y), plot(x, y), plot([y1, y2], names=[...]), plot({'loss': [...]}), "
      + "plot(function, low, high). kind: line, scatter, steps, stem, bar, hist, heatmap, image.",
    example: "plot([1, 4, 9, 16], title='squares')"
  ) { a in
    let machine = a.machine
    let data = try a.items(0)
    let kind = try a.string(1)
    switch kind {
    case "line", "scatter", "steps", "stem": break
    case "bar" where data.count == 2:
      return try barFigure(data[0], data[1], a)
    case "hist" where data.count == 1:
      return try histogramFigure(data[0], bins: nil, a)
    case "heatmap" where data.count == 1, "image" where data.count == 1:
      return try matrixFigure(data[0], isImage: kind == "image", a)
    default:
      let kinds = ["line", "scatter", "steps", "stem", "bar", "hist", "heatmap", "image"]
      if kinds.contains(kind) {
        throw Raise(
          .typeError, "plot(kind='\(kind)') takes \(kind == "bar" ? "labels and values" : "one array"), "
            + "got \(data.count) arguments")
      }
      let near = Suggestion.nearest(to: kind, among: kinds)
      throw Raise(
        .valueError, "plot(): kind '\(kind)' is not known",
        hint: near.map { "Did you mean '\($0)'?" } ?? "Known: \(kinds.joined(separator: ", ")).")
    }
    var figure = try empty(a, from: 7)
    figure.xScale = try scale(a, 3)
    figure.yScale = try scale(a, 4)
    figure.xLimits = try limits(a, 5)
    figure.yLimits = try limits(a, 6)
    let names = a[2].isNone ? [] : try machine.array(a[2]).map { try machine.text(of: $0) }
    for (index, series) in try PlotData.series(data, machine).enumerated() {
      let name = series.name ?? (index < names.count ? names[index] : nil)
      switch kind {
      case "scatter": figure = try figure.scatter(series.x, series.y, name: name)
      case "steps": figure = try figure.steps(series.x, series.y, name: name)
      case "stem": figure = try figure.stem(series.x, series.y, name: name)
      default: figure = try figure.line(series.x, series.y, name: name)
      }
    }
    return FigureObject.make(figure, as: try mode(a, from: 7), machine)
  }

  static let scatter = Native(
    "scatter(x, y, classes=None, *, names: list | tuple | None = None, \(options))",
    "Draws points; with classes (integers) each class has its colour and marker.",
    example: "scatter([1, 2, 3], [2, 1, 3], classes=[0, 1, 0])"
  ) { a in
    var figure = try empty(a, from: 4)
    let x = try a.machine.doubles(a[0])
    let y = try a.machine.doubles(a[1])
    if a[2].isNone {
      figure = try figure.scatter(x, y)
    } else {
      let classes = try a.machine.ints(a[2])
      let count = (classes.max() ?? -1) + 1
      guard classes.allSatisfy({ $0 >= 0 }), count <= 1000 else {
        throw Raise(.valueError, "scatter(): classes must be integers from 0 to 999")
      }
      let names =
        a[3].isNone
        ? (0..<max(0, count)).map { "\($0)" }
        : try a.machine.array(a[3]).map { try a.machine.text(of: $0) }
      figure = try figure.scatter(x, y, classes: classes, names: names)
    }
    return FigureObject.make(figure, as: try mode(a, from: 4), a.machine)
  }

  static let bar = Native(
    "bar(labels, values, *, \(options))", "Draws horizontal bars.",
    example: "bar(['a', 'b'], [3, 5])"
  ) { a in try barFigure(a[0], a[1], a) }

  static let hist = Native(
    "hist(values, bins: int | None = None, *, \(options))", "Draws how often values occur.",
    example: "hist([1, 2, 2, 3, 3, 3])"
  ) { a in try histogramFigure(a[0], bins: a.optionalInt(1), a) }

  static let heatmap = Native(
    "heatmap(matrix, *, rows: list | tuple | None = None, columns: list | tuple | None = None, "
      + "colors: str = 'viridis', values: bool | None = None, \(options))",
    "Draws a matrix as coloured cells, with the numbers where they fit.",
    example: "heatmap([[1, 2], [3, 4]])"
  ) { a in try matrixFigure(a[0], isImage: false, a) }

  static let confusion = Native(
    "confusion(y_true, y_pred, *, labels: list | tuple | None = None, cells: str = 'counts', "
      + "title: str | None = None, as_: str | None = None)",
    "Draws which classes are taken for which. cells: counts, percent or both.",
    example: "confusion([0, 1, 1], [0, 1, 0])"
  ) { a in
    let machine = a.machine
    let truth = try machine.ints(a[0])
    let predicted = try machine.ints(a[1])
    let labels = a[2].isNone ? nil : try machine.array(a[2]).map { try machine.text(of: $0) }
    let top = max((truth.max() ?? -1), (predicted.max() ?? -1)) + 1
    guard top <= 200, (truth + predicted).allSatisfy({ $0 >= 0 }) else {
      throw Raise(.valueError, "confusion(): classes must be integers from 0 to 199")
    }
    let cells = try a.string(3)
    guard let content = [
      "counts": ConfusionMatrix.Cells.counts, "percent": .percent, "both": .both,
    ][cells] else {
      throw Raise(.valueError, "confusion(): cells must be counts, percent or both, got '\(cells)'")
    }
    let matrix = try ConfusionMatrix(
      true: truth, predicted: predicted, classes: max(top, labels?.count ?? 0),
      labels: labels ?? [],
      title: try a.optionalString(4), cells: content)
    return FigureObject.make(matrix, as: try displayMode(a, 5), machine)
  }

  static let image = Native(
    "image(pixels, *, \(options))", "Draws a grey picture [height, width].",
    example: "image([[0, 1], [1, 0]])"
  ) { a in try matrixFigure(a[0], isImage: true, a) }

  static let images = Native(
    "images(pictures, captions: list | tuple | None = None, *, columns: int | None = None, "
      + "title: str | None = None, as_: str | None = None)",
    "Draws several grey pictures [n, height, width] side by side.",
    example: "images([[[0, 1], [1, 0]], [[1, 0], [0, 1]]], ['a', 'b'])"
  ) { a in
    let machine = a.machine
    let captions = a[1].isNone ? [] : try machine.array(a[1]).map { try machine.text(of: $0) }
    var items: [ImageGrid.Item] = []
    for (index, picture) in try machine.array(a[0]).enumerated() {
      let rows = try machine.matrix(picture)
      items.append(
        ImageGrid.Item(
          try ImagePlot(rows), caption: index < captions.count ? captions[index] : ""))
    }
    let grid = ImageGrid(items, title: try a.optionalString(3), perRow: try a.optionalInt(2))
    return FigureObject.make(grid, as: try displayMode(a, 4), machine)
  }

  static let curves = Native(
    "curves(history, *, title: str | None = None, monitor: str | None = None, "
      + "as_: str | None = None)",
    "Draws learning curves from a History or a dictionary of lists, the best epoch marked.",
    example: "curves({'loss': [1.0, 0.5, 0.3], 'val_loss': [1.1, 0.7, 0.8]})"
  ) { a in
    let series = try PlotData.named(a[0], a.machine).map { LearningCurves.Curve($0.name, $0.values) }
    let plot = LearningCurves(
      series, title: try a.optionalString(1) ?? "", monitor: try a.optionalString(2))
    return FigureObject.make(plot, as: try displayMode(a, 3), a.machine)
  }

  // MARK: - Shared

  private static func barFigure(_ labels: Value, _ values: Value, _ a: Arguments) throws -> Value {
    let machine = a.machine
    let first = optionsIndex(a)
    let words = try machine.array(labels).map { try machine.text(of: $0) }
    let plot = try BarPlot(
      words, try machine.doubles(values), title: try a.optionalString(first),
      xlabel: try a.optionalString(first + 1))
    return FigureObject.make(plot, as: try mode(a, from: first), machine)
  }

  private static func histogramFigure(
    _ values: Value, bins: Int?, _ a: Arguments
  ) throws -> Value {
    let first = optionsIndex(a)
    if let bins, bins < 1 || bins > 10_000 {
      throw Raise(.valueError, "hist(): bins must be between 1 and 10000, got \(bins)")
    }
    let figure = try empty(a, from: first).histogram(a.machine.doubles(values), bins: bins)
    return FigureObject.make(figure, as: try mode(a, from: first), a.machine)
  }

  private static func matrixFigure(
    _ value: Value, isImage: Bool, _ a: Arguments
  ) throws -> Value {
    let machine = a.machine
    let first = optionsIndex(a)
    let rows = try machine.matrix(value)
    if isImage {
      let plot = try ImagePlot(rows, title: try a.optionalString(first))
      return FigureObject.make(plot, as: try mode(a, from: first), machine)
    }
    var rowLabels: [String]?
    var columnLabels: [String]?
    var colors = ColorMap.viridis
    var showsValues: Bool?
    if a.function.name == "heatmap" {
      func words(_ index: Int) throws -> [String]? {
        a[index].isNone ? nil : try machine.array(a[index]).map { try machine.text(of: $0) }
      }
      rowLabels = try words(1)
      columnLabels = try words(2)
      let name = try a.string(3)
      guard let found = ColorMap.named(name) else {
        throw Raise(
          .valueError, "heatmap(): no colours '\(name)'",
          hint: "Known: viridis, magma, cividis, gray, blues, oranges, greens, coolwarm.")
      }
      colors = found
      showsValues = a[4].isNone ? nil : try a.bool(4)
    }
    let plot = try HeatMap(
      rows, title: try a.optionalString(first), xlabel: try a.optionalString(first + 1),
      ylabel: try a.optionalString(first + 2), rowLabels: rowLabels ?? [],
      columnLabels: columnLabels ?? [],
      colorMap: colors, showsValues: showsValues)
    return FigureObject.make(plot, as: try mode(a, from: first), machine)
  }

  /// Where the shared options begin in the arguments.
  private static func optionsIndex(_ a: Arguments) -> Int { max(0, a.count - 6) }

  private static func empty(_ a: Arguments, from first: Int) throws -> Figure {
    Figure(
      title: try a.optionalString(first), xlabel: try a.optionalString(first + 1),
      ylabel: try a.optionalString(first + 2), width: try a.optionalInt(first + 3),
      height: try a.optionalInt(first + 4))
  }

  private static func mode(_ a: Arguments, from first: Int) throws -> DisplayMode? {
    try displayMode(a, first + 5)
  }

  private static func displayMode(_ a: Arguments, _ index: Int) throws -> DisplayMode? {
    switch try a.optionalString(index) {
    case nil: return nil
    case "svg": return .svg
    case "text": return .text
    case let other?: throw Raise(.valueError, "as_ must be 'text' or 'svg', got '\(other)'")
    }
  }

  private static func scale(_ a: Arguments, _ index: Int) throws -> AxisScale {
    switch try a.string(index) {
    case "linear": return .linear
    case "log": return .log
    case let other: throw Raise(.valueError, "a scale is 'linear' or 'log', got '\(other)'")
    }
  }

  private static func limits(_ a: Arguments, _ index: Int) throws -> ClosedRange<Double>? {
    if a[index].isNone { return nil }
    let pair = try a.machine.doubles(a[index])
    guard pair.count == 2, pair[0] < pair[1] else {
      throw Raise(.valueError, "limits are a pair (low, high) with low < high")
    }
    return pair[0]...pair[1]
  }
}
