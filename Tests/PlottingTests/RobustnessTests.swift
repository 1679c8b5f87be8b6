import Display
import Foundation
import FoundationXML
import Testing

@testable import Plotting

/// Numbers, sizes and settings of any kind give a picture that fits; nothing traps.
@Suite struct RobustnessTests {
  static let nasty: [Double] = [
    0, -0.0, 1, -1, 0.1, 1e-300, 5e-324, -5e-324, 2.2e-308, 1e300, -1e300, 1.7e308, -1.7e308, .nan,
    .infinity, -.infinity, 1e15, 1e15 + 1, 1e-7, 123456.789, 3, 3.0000000000000004,
  ]

  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  func numbers(_ count: Int, _ random: inout Random) -> [Double] {
    (0..<count).map { _ in
      Bool.random(using: &random)
        ? Self.nasty.randomElement(using: &random) ?? 0
        : Double.random(in: -10...10, using: &random)
    }
  }

  /// A figure with layers of all kinds.
  func figure(_ random: inout Random) throws -> Figure {
    let count = [0, 1, 2, 3, 10, 50].randomElement(using: &random) ?? 1
    let x = numbers(count, &random)
    let y = numbers(count, &random)
    var figure = Figure(
      title: ["", "T", "日本 🚀\nline", String(repeating: "long ", count: 80)]
        .randomElement(using: &random), xlabel: "x <&>", ylabel: "y",
      width: [nil, -3, 10, 500].randomElement(using: &random) ?? nil,
      height: [nil, -3, 0, 1, 7].randomElement(using: &random) ?? nil)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: figure = figure.line(y, from: Self.nasty.randomElement(using: &random) ?? 0, name: "a")
    case 1: figure = try figure.line(x, y, name: "b", marker: "x", dash: .dashDot)
    case 2: figure = try figure.steps(x, y, name: "日本").scatter(x, y, name: "s")
    case 3: figure = try figure.scatter(x, y, classes: x.indices.map { $0 % 5 - 1 }, names: ["a"])
    case 4: figure = try figure.bars(x.indices.map { "n\($0)" }, y).bars(at: x, y, width: 1e300)
    case 5: figure = try figure.stem(x, y).band(x, y, x)
    case 6:
      figure = figure.histogram(
        y, bins: [nil, -1, 3, 1_000_000].randomElement(using: &random) ?? nil)
    default:
      for value in y.prefix(4) {
        figure = figure.hline(value).vline(value, name: "v").note("note", x: value, y: value)
      }
    }
    figure.xScale = Bool.random(using: &random) ? .log : .linear
    figure.yScale = Bool.random(using: &random) ? .log : .linear
    if Bool.random(using: &random) {
      let (a, b) = (numbers(1, &random)[0], numbers(1, &random)[0])
      if a <= b { figure.yLimits = a...b }
      if b <= a { figure.xLimits = b...a }
    }
    figure.canvas = CanvasKind.allCases.randomElement(using: &random) ?? .braille
    figure.border = [.axes, .box, .none].randomElement(using: &random) ?? .axes
    return figure
  }

  func other(_ random: inout Random) throws -> any Plot {
    let count = [0, 1, 2, 3, 12].randomElement(using: &random) ?? 1
    let values = numbers(count, &random)
    let names = values.indices.map { ["", "日本語の長い名前", "a\nb", "n\($0)"][$0 % 4] }
    let rows = values.indices.map { _ in numbers(count, &random) }
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return try BarPlot(names, values, title: "t")
    case 1:
      return try BarPlot(
        names, series: [.init(values, name: "a"), .init(values, name: "b")],
        stacked: Bool.random(using: &random))
    case 2:
      return try HeatMap(
        rows, title: "t", rowLabels: names, columnLabels: names,
        showsValues: [nil, true, false].randomElement(using: &random) ?? nil)
    case 3:
      return try ConfusionMatrix(
        true: values.indices.map { $0 - 1 }, predicted: values.indices.map { $0 * 3 },
        cells: .both)
    case 4: return try ImagePlot(rows, title: "t")
    case 5:
      let image = try ImagePlot(rows)
      return ImageGrid(
        names.map { .init(image, caption: $0) },
        perRow: [nil, 0, 1, 100].randomElement(using: &random) ?? nil)
    case 6:
      return LearningCurves(
        [.init("loss", values), .init("val_loss", values), .init("日本", values)],
        epochs: [nil, -1, 0, 1_000_000].randomElement(using: &random) ?? nil)
    default:
      return TrainingView(
        title: "t\n", epoch: [-1, 0, 3, Int.max].randomElement(using: &random) ?? 0,
        of: [-1, 0, 3, Int.max].randomElement(using: &random) ?? 0, step: Int.max,
        steps: [nil, 0, -1, 5].randomElement(using: &random) ?? nil, elapsed: values.first ?? .nan,
        metrics: values.map { .init("m", $0) }, curves: [.init("loss", values)])
    }
  }

  func check(_ plot: any Plot, _ random: inout Random) throws {
    let settings = DisplaySettings(
      width: Int.random(in: 20...200, using: &random),
      colorDepth: [.none, .ansi256, .trueColor].randomElement(using: &random) ?? .none,
      ascii: Bool.random(using: &random))
    let text = plot.text(settings)
    #expect(text.width <= settings.width, "\(plot)")
    #expect(text.height < 400)
    #expect(text.rows.allSatisfy { !$0.plain.contains("\n") })
    if settings.ascii, let figure = plot as? Figure, figure.layers.allSatisfy({ $0.name != "日本" }),
      figure.title?.contains("日") != true
    {
      #expect(text.plain.utf8.allSatisfy { $0 < 0x80 }, "\(text.plain)")
    }
    for markup in [text.html(), plot.picture(settings).document] {
      let parser = XMLParser(data: Data(markup.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError)) \(markup.prefix(400))")
      #expect(!markup.contains("nan,") && !markup.contains("\"inf"))
    }
  }

  @Test(arguments: 0..<12) func anyFigureFits(_ seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 977 &+ 5)
    for _ in 0..<60 { try check(figure(&random), &random) }
  }

  @Test(arguments: 0..<6) func anyOtherPlotFits(_ seed: Int) throws {
    var random = Random(state: UInt64(seed) &* 1009 &+ 3)
    for _ in 0..<60 { try check(other(&random), &random) }
  }

  @Test func differentLengthsAreRefusedWithASentence() {
    #expect(throws: PlotError.lengths(plot: "line", first: "x", 2, second: "y", 1)) {
      try Figure().line([1, 2], [1])
    }
    #expect(throws: PlotError.raggedRows(plot: "heatmap", row: 1, expected: 2, found: 1)) {
      try HeatMap([[1, 2], [3]])
    }
    #expect(throws: PlotError.self) { try ImagePlot([1, 2, 3], width: 2, height: 2) }
    #expect(throws: PlotError.self) {
      try ImagePlot([], width: Int.max, height: Int.max, channels: 3)
    }
    #expect(throws: PlotError.self) { try ConfusionMatrix([[1, 2]]) }
    #expect(
      PlotError.lengths(plot: "line", first: "x", 2, second: "y", 1).description
        == "line: x has 2 values and y has 1; give both the same length")
  }
}

@Suite struct SizeTests {
  @Test func manyClassesAreColouredByNumber() throws {
    let x = (0..<500).map(Double.init)
    let figure = try Figure().scatter(x, x, classes: Array(0..<500))
    #expect(figure.layers.count == 16)
    #expect(throws: PlotError.self) { try Figure().scatter(x, x, values: [1]) }
    #expect(try Figure().scatter([1, 2], [1, 2], values: [.nan, .infinity]).layers.isEmpty)
  }

  @Test func aLargeMatrixIsDrawnFast() throws {
    let row = (0..<2000).map { sin(Double($0) / 100) }
    let start = ContinuousClock.now
    let bundle = try HeatMap(Array(repeating: row, count: 2000)).bundle()
    #expect(ContinuousClock.now - start < .seconds(1))
    #expect(bundle.plain.utf8.count < 300_000)
  }

  /// A live view at ten updates a second must stay small and cheap.
  @Test func aTrainingViewIsSmallAndFast() {
    let curves = ["loss", "accuracy", "val_loss", "val_accuracy"].map { name in
      LearningCurves.Curve(name, (0..<200).map { exp(-Double($0) / 50) })
    }
    let view = TrainingView(
      epoch: 200, of: 200, step: 10, steps: 10, elapsed: 1, metrics: [.init("loss", 1)],
      curves: curves)
    let start = ContinuousClock.now
    let bundle = view.bundle()
    #expect(ContinuousClock.now - start < .milliseconds(20))
    let size = bundle.plain.utf8.count + (bundle.data["text/html"]?.string?.utf8.count ?? 0)
    #expect(size < 80_000)
  }
}
