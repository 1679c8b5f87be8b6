import Display
import Foundation
import TestSupport
import Testing

@testable import Plotting

/// Each kind as text files in `Snapshots/`: default (with colour codes: show it with `cat`), without
/// colour, narrow, ASCII, empty, with values that are not finite, with one point; and as SVG.
/// `SWIFTLET_RECORD=1` records them anew.
@Suite struct PlotSnapshotTests {
  struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    /// Sample numbers; `[]`, one number, and numbers with gaps are drawn too.
    let plot: @Sendable ([Double]) throws -> any Plot
    var testDescription: String { name }
  }

  static let sample = (0..<60).map { sin(Double($0) / 6) * Double(60 - $0) / 40 }
  static let gaps: [Double] = [1, 2, .nan, 4, .infinity, 3, -.infinity, .nan, 2.5, 3.5]

  static let kinds: [Kind] = axesKinds + [
    Kind(name: "line") {
      Figure(title: "Damped", xlabel: "time [s]", ylabel: "amplitude").line($0, name: "sin")
        .line($0.map { -$0 / 2 }, name: "half")
    },
    Kind(name: "line-log") {
      var figure = Figure(title: "Log", xlabel: "step", ylabel: "loss")
        .line($0.map { exp(-2 * $0) }, from: 1, name: "loss")
      figure.yScale = .log
      figure.xScale = .log
      return figure
    },
    Kind(name: "line-markers-box") {
      var figure = Figure(title: "Boxed").line(
        $0.map { $0.rounded() }, name: "rounded", marker: "o"
      )
      .hline(0.5, name: "limit").vline(3).note("here", x: 3, y: 1)
      figure.border = .box
      return figure
    },
    Kind(name: "steps-stem") {
      let x = $0.indices.map(Double.init)
      return try Figure(title: "Steps and stems").steps(x, $0, name: "steps").stem(
        x, $0, name: "stems")
    },
    Kind(name: "band") {
      let x = $0.indices.map(Double.init)
      return try Figure(title: "Band").band(
        x, $0.map { $0 - 0.3 }, $0.map { $0 + 0.3 }, name: "± 0.3", color: Palette.color(0)
      ).line(x, $0, name: "mean", color: Palette.color(0))
    },
    Kind(name: "two-axes") {
      var figure = Figure(title: "Two axes", xlabel: "epoch", ylabel: "loss").line(
        $0.map { abs($0) + 0.1 }, name: "loss")
      figure.right = Figure(ylabel: "accuracy [%]").line(
        $0.map { 90 + $0 * 5 }, name: "accuracy", color: Palette.color(1))
      return figure
    },
    Kind(name: "scatter") {
      try Figure(title: "Classes", xlabel: "x", ylabel: "y").scatter(
        $0.map { $0 * 2 }, $0.map { $0 * $0 }, classes: $0.indices.map { $0 % 3 },
        names: ["setosa", "versicolor", "virginica"])
    },
    Kind(name: "bars") {
      let few = Array($0.prefix(6))
      return try Figure(title: "Upright", ylabel: "score").bars(few.indices.map { "m\($0)" }, few)
    },
    Kind(name: "histogram") { Figure(title: "Histogram", xlabel: "value").histogram($0, bins: 12) },
    Kind(name: "barplot") {
      let few = Array($0.prefix(6))
      let names = ["setosa", "versicolor", "日本語", "🚀 go", "e\u{301}te", "last"]
      return try BarPlot(Array(names.prefix(few.count)), few, title: "Bars", xlabel: "count")
    },
    Kind(name: "barplot-stacked") {
      let few = $0.prefix(4).map(abs)
      return try BarPlot(
        few.indices.map { "row \($0)" },
        series: [.init(few, name: "a"), .init(few.map { $0 * 2 }, name: "b")], title: "Stacked",
        stacked: true)
    },
    Kind(name: "barplot-grouped") {
      let few = Array($0.prefix(3))
      return try BarPlot(
        few.indices.map { "row \($0)" },
        series: [.init(few, name: "train"), .init(few.map { $0 * 0.9 }, name: "test")])
    },
    Kind(name: "heatmap") { values in
      let side = min(values.count, 4)
      return try HeatMap(
        (0..<side).map { row in (0..<side).map { values[($0 + row) % values.count] } },
        title: "Heat", xlabel: "column", ylabel: "row",
        rowLabels: ["a", "b", "c", "d"].prefix(side).map { $0 }, columnLabels: ["a", "b", "c", "d"])
    },
    Kind(name: "heatmap-pixels") { values in
      let some = values.prefix(36)
      return try HeatMap(some.map { row in some.map { $0 * row } }, title: "Pixels")
    },
    Kind(name: "confusion") { values in
      let truth = values.indices.map { $0 % 4 }
      let wrong = values.indices.map { $0 % 7 == 0 ? ($0 + 1) % 4 : $0 % 4 }
      return try ConfusionMatrix(
        true: truth, predicted: wrong, labels: ["cat", "dog", "鳥", "fish"], title: "Pets",
        cells: .both)
    },
    Kind(name: "image") { values in
      let side = Int(Double(values.count).squareRoot())
      return try ImagePlot(
        Array(values.prefix(side * side)), width: side, height: side, title: "Picture")
    },
    Kind(name: "image-grid") { values in
      let tiny = min(values.count, 4) == 4 ? 2 : min(values.count, 1)
      let image = try ImagePlot(Array(values.prefix(tiny * tiny)), width: tiny, height: tiny)
      return ImageGrid(
        (0..<min(values.count, 6)).map {
          .init(image, caption: "n \($0)", captionColor: $0 == 1 ? .bad : nil)
        }, title: "Grid")
    },
    Kind(name: "learning-curves") {
      LearningCurves(
        [
          .init("loss", $0.map { 1 + $0 }), .init("accuracy", $0.map { -$0 / 2 }),
          .init("val_loss", $0.map { 1.2 + $0 }), .init("val_accuracy", $0.map { -$0 / 3 }),
        ], title: "Run")
    },
    Kind(name: "training") {
      TrainingView(
        title: "MLP", epoch: $0.count, of: 60, step: 12, steps: 94, elapsed: 12.5,
        metrics: [.init("loss", $0.last ?? .nan), .init("accuracy", 0.93)],
        curves: [.init("loss", $0), .init("val_loss", $0.map { $0 + 0.1 })])
    },
  ]

  @Test(arguments: kinds) func looksAsRecorded(_ kind: Kind) throws {
    let color = DisplaySettings()
    let plain = DisplaySettings(colorDepth: .none)
    let narrow = DisplaySettings(width: 30, colorDepth: .none)
    let wide = DisplaySettings(width: 120, colorDepth: .none)
    let ascii = DisplaySettings(colorDepth: .none, ascii: true)
    let pictures: [(String, String)] = [
      ("default.ansi", try kind.plot(Self.sample).text(color).ansi()),
      ("no-colour.txt", try kind.plot(Self.sample).text(plain).plain),
      ("narrow.txt", try kind.plot(Self.sample).text(narrow).plain),
      ("wide.txt", try kind.plot(Self.sample).text(wide).plain),
      ("ascii.txt", try kind.plot(Self.sample).text(ascii).plain),
      ("empty.txt", try kind.plot([]).text(plain).plain),
      ("gaps.txt", try kind.plot(Self.gaps).text(plain).plain),
      ("one-point.txt", try kind.plot([2]).text(plain).plain),
    ]
    for (form, text) in pictures {
      let problem = snapshotProblem(text, "\(kind.name)/\(form)", in: "PlottingTests/Snapshots")
      #expect(problem == nil)
    }
  }

  @Test(arguments: kinds) func vectorPicturesAreAsRecorded(_ kind: Kind) throws {
    let document = try kind.plot(Self.sample).picture(DisplaySettings()).document
    let lines = document.replacingOccurrences(of: "><", with: ">\n<")
    let problem = snapshotProblem(lines, "\(kind.name)/picture.svg", in: "PlottingTests/Snapshots")
    #expect(problem == nil)
  }

  /// Kinds that draw every number they are given; the others show the first few.
  static let drawsAll: Set<String> = [
    "line", "line-log", "two-axes", "band", "scatter", "histogram", "box", "density", "stripes", "dates", "roc",
    "precision-recall", "calibration",
  ]
  static let million: [Double] = (0..<1_000_000).map { place -> Double in
    let swing: Double = sin(Double(place) / 1e5) * Double(1_500_000 - place) / 1e6
    let noise: Double = Double((place * 7919) % 1000) / 4000
    return swing + noise
  }

  @Test(arguments: kinds.filter { drawsAll.contains($0.name) })
  func aMillionPointsAreDrawn(_ kind: Kind) throws {
    let text = try kind.plot(Self.million).text(DisplaySettings(colorDepth: .none)).plain
    let problem = snapshotProblem(text, "\(kind.name)/million.txt", in: "PlottingTests/Snapshots")
    #expect(problem == nil)
  }
}
