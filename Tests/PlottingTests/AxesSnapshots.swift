import Display
import Foundation

@testable import Plotting

extension PlotSnapshotTests {
  /// Kinds that live in axes beside lines and points, and what is built of them.
  static let axesKinds: [Kind] = [
    Kind(name: "bars-lying") {
      let few = Array($0.prefix(5))
      var figure = try Figure(title: "Lying").horizontalBars(
        edges: few.indices.map { (Double($0) - 0.4, Double($0) + 0.4) }, few,
        feet: few.map { _ in 0 }, name: "a")
      figure.yTicks = few.indices.map { (Double($0), ["α", "日本", "🚀 go", "d", "e"][$0]) }
      return figure
    },
    Kind(name: "bars-stacked-upright") {
      let few = $0.prefix(5).map { abs($0) + 0.3 }
      let edges = few.indices.map { (Double($0) - 0.4, Double($0) + 0.4) }
      return try Figure(title: "Stacked").bars(
        edges: edges, few, feet: few.map { _ in 0 }, name: "below"
      ).bars(edges: edges, few.map { $0 * 0.7 }, feet: few, name: "above")
    },
    Kind(name: "error-bars") {
      let x = $0.indices.map(Double.init)
      return try Figure(title: "Measured").scatter(x, $0, color: Palette.color(0)).errorBars(
        x, $0, low: $0.map { _ in 0.2 }, high: $0.map { _ in 0.4 }, name: "σ",
        color: Palette.color(0))
    },
    Kind(name: "box") {
      try Figure(title: "Boxes", ylabel: "value").boxes(
        [BoxStatistics($0), BoxStatistics($0.map { $0 * 2 + 0.5 }), BoxStatistics($0 + [5])],
        showsMeans: true)
    },
    Kind(name: "violin") {
      try Figure(title: "Violins").violins([$0, $0.map { $0 * 0.5 + 1 }], showsMedians: true)
    },
    Kind(name: "density") {
      Figure(title: "Density", xlabel: "value").density($0, name: "all")
        .density($0.map { $0 / 2 + 1 }, name: "half")
    },
    Kind(name: "contour") { values in
      let x = (0..<24).map { Double($0) / 12 - 1 }
      let scale = values.first.map { $0 == 0 ? 1 : abs($0) } ?? 1
      let rows = x.map { y in x.map { scale * ($0 * $0 + y * y) } }
      return try Figure(title: "Contour").contour(
        rows, x: x, y: x, levels: Contour.levels(0, 2 * scale, about: 6),
        colors: [Palette.color(0), Palette.color(1)])
    },
    Kind(name: "contour-filled") { values in
      let x = (0..<24).map { Double($0) / 12 - 1 }
      let rows = values.isEmpty ? x.map { _ in x } : x.map { y in x.map { $0 * y } }
      let levels = [-1, -0.5, 0, 0.5, 1.0]
      var figure = try Figure(title: "Filled").filledContour(
        rows, x: x, y: x, levels: levels,
        colors: levels.dropLast().map { ColorMap.viridis(($0 + 1) / 1.5) })
      figure.colorBar = ColorBar(.viridis, low: -1, high: 1, label: "z")
      return figure
    },
    Kind(name: "decision-regions") { values in
      let places = Figure.middles(of: -2, 2, 40)
      let classes = places.map { y in places.map { $0 * $0 + y * y < 1.5 ? 0 : $0 > y ? 1 : 2 } }
      let few = values.prefix(24)
      return try Figure(title: "Regions").decisionRegions(classes, x: (-2, 2), y: (-2, 2)).scatter(
        few.enumerated().map { cos(Double($0.offset)) * 1.5 }, few.map { $0 },
        classes: few.indices.map { $0 % 3 }, names: ["a", "b", "c"])
    },
    Kind(name: "picture-in-axes") { values in
      let side = max(Int(Double(values.count).squareRoot()), 0)
      var figure = Figure(title: "Pixels", xlabel: "column", ylabel: "row").raster(
        (0..<side).map { row in
          (0..<side).map { ColorMap.viridis((values[row * side + $0] + 1) / 2) }
        }, x: (-0.5, Double(side) - 0.5), y: (-0.5, Double(side) - 0.5)
      ).note("here", x: 1, y: 1, color: nil, anchor: .middle)
      figure.yIsReversed = true
      figure.unitShape = side > 0 ? (Double(side), Double(side)) : nil
      figure.colorBar = ColorBar(.viridis, low: -1, high: 1)
      return figure
    },
    Kind(name: "stripes") {
      Figure(title: "Stripes").line($0, name: "y").stripe(10, 20, isUpright: true, name: "test")
        .stripe(-0.2, 0.2, isUpright: false, color: Palette.color(2))
    },
    Kind(name: "roc") { values in
      let truth = values.indices.map { $0 % 3 == 0 || $0 > values.count / 2 }
      let scores = zip(truth, values).map { ($0 ? 0.6 : 0) + $1 }
      return try Figure(title: "ROC").roc(ClassifierCurves(truth, scores: scores), name: "model")
    },
    Kind(name: "precision-recall") { values in
      let truth = values.indices.map { $0 % 3 == 0 }
      return try Figure(title: "PR").precisionRecall(
        ClassifierCurves(truth, scores: zip(truth, values).map { ($0 ? 0.6 : 0) + $1 }))
    },
    Kind(name: "calibration") { values in
      let probabilities = values.map { min(max(($0 + 1.5) / 3, 0), 1) }
      return try Figure(title: "Calibration").calibration(
        values.indices.map { ($0 * 7) % 10 < Int(probabilities[$0].isNaN ? 0 : probabilities[$0] * 10) },
        probabilities: probabilities, bins: 5, name: "model")
    },
    Kind(name: "dendrogram") { values in
      let count = min(values.count, 6)
      var joins: [Dendrogram.Join] = []
      for index in 1..<max(count, 1) {
        joins.append(.init(index == 1 ? 0 : count + index - 2, index, Double(index) * 0.7))
      }
      let tree = Dendrogram(joins)
      return tree.map {
        Figure(title: "Clusters").dendrogram($0, labels: ["a", "b", "日", "d", "e", "f"])
      } ?? Figure(title: "Clusters")
    },
    Kind(name: "tree") { values in
      values.isEmpty
        ? TreeText([], title: "Tree")
        : TreeText(
          [
            .init("petal width ≤ 0.8", children: [1, 2]),
            .init("setosa (50)", edge: "yes", color: Palette.color(0)),
            .init("petal width ≤ 1.75", edge: "no", children: [3, 4]),
            .init("versicolor (54)", edge: "yes", color: Palette.color(1)),
            .init("virginica (46), a long text that a narrow page cuts", edge: "no"),
          ], title: "Tree")
    },
    Kind(name: "pie") { values in
      let few = values.prefix(4).map { abs($0) }
      return try PieBars(Array(["rent", "食費", "🚌 bus", "rest"].prefix(few.count)), few, title: "Parts")
    },
    Kind(name: "dates") { values in
      let start = 1_700_000_000.0
      let x = values.indices.map { start + Double($0) * 86400 * 9 }
      var figure = try Figure(title: "Sales").line(x, values)
      figure.xTicks = DateTicks.ticks(x.first ?? 0, x.last ?? 1, atMost: 6)
      return figure
    },
    Kind(name: "mermaid") { values in
      if values.isEmpty { return try MermaidReader.chart("graph TB\n") }
      if values.count == 1 { return try MermaidReader.chart("graph LR\n  only[One 箱]") }
      return try MermaidReader.chart(
        """
        graph TB
          A[Read data] --> B{Gaps?}
          B -- yes --> C(Fill in)
          B -- no --> D[Train 🚀]
          C --> D
          D --> E[(Model)]
          D -.-> F((Log))
        """)
    },
    Kind(name: "mermaid-across") { _ in
      try MermaidReader.chart("graph LR\n  x --> dense --> relu --> loss\n  y[目標] --> loss")
    },
    Kind(name: "grid") { values in
      FigureGrid(
        [
          Figure(title: "one").line(values), Figure(title: "two").histogram(values, bins: 8), nil,
          try? ImagePlot(values.isEmpty ? [] : [values]),
        ], columns: 2, title: "All")
    },
  ]
}
