import Display

/// How well scores separate two classes, at every threshold.
public struct ClassifierCurves: Sendable, Equatable {
  /// Points of the receiver operating characteristic, from (0, 0) to (1, 1).
  public let falsePositiveRate: [Double]
  public let truePositiveRate: [Double]
  /// Area under it, by trapezoids; NaN when a class is missing.
  public let area: Double
  /// Points of the precision-recall curve, recall ascending.
  public let recall: [Double]
  public let precision: [Double]
  /// Sum of precision times the step of recall (average precision).
  public let averagePrecision: Double
  /// Share of the positive class.
  public let prevalence: Double

  /// - Parameters:
  ///   - truth: whether each example is of the positive class.
  ///   - scores: larger is more positive; equal scores are one threshold.
  public init(_ truth: [Bool], scores: [Double]) throws(PlotError) {
    try PlotError.check("roc", "y_true", truth.count, "scores", scores.count)
    let order = scores.indices.filter { scores[$0].isFinite }
      .sorted { scores[$0] > scores[$1] }
    let positives = order.reduce(0) { $0 + (truth[$1] ? 1 : 0) }
    let negatives = order.count - positives
    var (fpr, tpr, rec, pre) = ([0.0], [0.0], [Double](), [Double]())
    var (hits, alarms) = (0, 0)
    var (auc, average) = (0.0, 0.0)
    var previous = (x: 0.0, y: 0.0)
    var place = 0
    while place < order.count {
      let score = scores[order[place]]
      while place < order.count, scores[order[place]] == score {
        if truth[order[place]] { hits += 1 } else { alarms += 1 }
        place += 1
      }
      let x = negatives > 0 ? Double(alarms) / Double(negatives) : .nan
      let y = positives > 0 ? Double(hits) / Double(positives) : .nan
      fpr.append(x)
      tpr.append(y)
      auc += (x - previous.x) * (y + previous.y) / 2
      let precision = Double(hits) / Double(hits + alarms)
      average += (y - previous.y) * precision
      previous = (x, y)
      rec.append(y)
      pre.append(precision)
    }
    (falsePositiveRate, truePositiveRate, recall, precision) = (fpr, tpr, rec, pre)
    let isComplete = positives > 0 && negatives > 0
    area = isComplete ? auc : .nan
    averagePrecision = positives > 0 ? average : .nan
    prevalence = order.isEmpty ? .nan : Double(positives) / Double(order.count)
  }
}

extension Figure {
  /// The receiver operating characteristic with its area and the line of chance.
  public func roc(_ curves: ClassifierCurves, name: String? = nil) throws(PlotError) -> Figure {
    let label = (name.map { $0 + " " } ?? "") + "AUC \(NumberText.fixed(curves.area, 3))"
    var figure = try line(curves.falsePositiveRate, curves.truePositiveRate, name: label)
    if !layers.contains(where: { $0 is ChanceMark }) {
      figure = try figure.line([0, 1], [0, 1], color: .muted, dash: .dashed).adding(ChanceMark())
    }
    figure.xlabel = figure.xlabel ?? "false positive rate"
    figure.ylabel = figure.ylabel ?? "true positive rate"
    figure.xLimits = 0...1
    figure.yLimits = 0...1
    return figure
  }

  /// Precision against recall with the average precision and the share of the positive class.
  public func precisionRecall(
    _ curves: ClassifierCurves, name: String? = nil
  ) throws(PlotError) -> Figure {
    let label =
      (name.map { $0 + " " } ?? "") + "AP \(NumberText.fixed(curves.averagePrecision, 3))"
    let first = curves.precision.first.map { [$0] } ?? []
    var figure = try line(
      (first.isEmpty ? [] : [0]) + curves.recall, first + curves.precision, name: label)
    if curves.prevalence.isFinite { figure = figure.hline(curves.prevalence) }
    figure.xlabel = figure.xlabel ?? "recall"
    figure.ylabel = figure.ylabel ?? "precision"
    figure.xLimits = 0...1
    figure.yLimits = 0...1
    return figure
  }

  /// How often a class occurred among examples that were given each probability of it, beside the
  /// diagonal on which both agree.
  ///
  /// - Parameter bins: equal stretches of 0 ... 1 into which the probabilities fall.
  public func calibration(
    _ truth: [Bool], probabilities: [Double], bins: Int = 10, name: String? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("calibration", "y_true", truth.count, "probabilities", probabilities.count)
    let count = min(max(bins, 1), 1000)
    var sums = Array(repeating: (predicted: 0.0, true: 0, count: 0), count: count)
    for (isTrue, probability) in zip(truth, probabilities)
    where probability >= 0 && probability <= 1 {
      let bin = min(Int(probability * Double(count)), count - 1)
      sums[bin].predicted += probability
      sums[bin].true += isTrue ? 1 : 0
      sums[bin].count += 1
    }
    let filled = sums.filter { $0.count > 0 }
    var figure = try line([0, 1], [0, 1], color: .muted, dash: .dashed).line(
      filled.map { $0.predicted / Double($0.count) },
      filled.map { Double($0.true) / Double($0.count) }, name: name, marker: "●")
    figure.xlabel = figure.xlabel ?? "mean predicted probability"
    figure.ylabel = figure.ylabel ?? "share that is true"
    figure.xLimits = 0...1
    figure.yLimits = 0...1
    return figure
  }
}

/// Says that the line of chance is there; draws nothing.
private struct ChanceMark: FigureLayer {
  var name: String? { nil }
  var color: Color? { .muted }
  func xExtent(_ scale: AxisScale) -> Extent? { nil }
  func yExtent(_ scale: AxisScale) -> Extent? { nil }
  func sample(_ style: SeriesStyle) -> String { "" }
  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {}
  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {}
}
