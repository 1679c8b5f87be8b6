/// Precision, recall and F score of each class, and what they average to.
///
/// precision = TP / (TP + FP), recall = TP / (TP + FN),
/// F = (1 + beta^2) TP / ((1 + beta^2) TP + beta^2 FN + FP).
/// Source: scikit-learn `precision_recall_fscore_support`.
public struct PrecisionRecall<Label: Hashable & Comparable & Sendable>: Sendable {
  /// The three scores of a class or of an average.
  public struct Scores: Sendable, Equatable {
    public let precision: Double
    public let recall: Double
    public let fScore: Double
  }

  /// How classes are put together.
  public enum Average: Sendable, Equatable {
    /// Count hits and misses over all classes, then divide.
    case micro
    /// The plain mean over the classes.
    case macro
    /// The mean over the classes, each counting by its number of true samples.
    case weighted
  }

  public let labels: [Label]
  /// One entry per label.
  public let scores: [Scores]
  /// The number of true samples of each label.
  public let support: [Int]
  /// Whether a score had nothing to divide by and was set to `zeroDivision`.
  public let isIllDefined: Bool

  private let hits: [Int]
  private let predicted: [Int]
  private let beta: Double
  private let zeroDivision: Double

  /// - Parameters:
  ///   - labels: which classes count, in which order; nil takes all that occur, sorted.
  ///   - beta: how much more recall counts than precision; 1 gives the F1 score.
  ///   - zeroDivision: the score where there is nothing to divide by: 0, 1 or NaN (then left out of
  ///     averages).
  public init(
    _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil, beta: Double = 1,
    zeroDivision: Double = 0
  ) throws(ClassicalError) {
    try checkPair(yTrue, yPred)
    guard beta >= 0 else {
      throw .badArgument(name: "beta", found: "\(beta)", expected: "0 or more")
    }
    let labels = labels ?? Set(yTrue).union(yPred).sorted()
    guard !labels.isEmpty else { throw .empty(what: "labels") }
    var places: [Label: Int] = [:]
    for (place, label) in labels.enumerated() { places[label] = place }
    var hits = [Int](repeating: 0, count: labels.count)
    var predicted = hits
    var support = hits
    for (truth, prediction) in zip(yTrue, yPred) {
      if let place = places[truth] {
        support[place] += 1
        if truth == prediction { hits[place] += 1 }
      }
      if let place = places[prediction] { predicted[place] += 1 }
    }
    self.labels = labels
    self.hits = hits
    self.predicted = predicted
    self.support = support
    self.beta = beta
    self.zeroDivision = zeroDivision
    isIllDefined = labels.indices.contains { support[$0] == 0 || predicted[$0] == 0 }
    scores = labels.indices.map {
      Self.scores(
        hits: hits[$0], predicted: predicted[$0], support: support[$0], beta, zeroDivision)
    }
  }

  /// The scores over all labels.
  public func average(_ how: Average) -> Scores {
    switch how {
    case .micro:
      return Self.scores(
        hits: hits.reduce(0, +), predicted: predicted.reduce(0, +),
        support: support.reduce(0, +), beta, zeroDivision)
    case .macro, .weighted:
      let weights = how == .weighted ? support.map(Double.init) : nil
      return Scores(
        precision: Self.mean(scores.map(\.precision), weights),
        recall: Self.mean(scores.map(\.recall), weights),
        fScore: Self.mean(scores.map(\.fScore), weights))
    }
  }

  private static func scores(
    hits: Int, predicted: Int, support: Int, _ beta: Double, _ zeroDivision: Double
  ) -> Scores {
    func ratio(_ above: Double, _ below: Double) -> Double {
      below == 0 ? zeroDivision : above / below
    }
    let (tp, p, s) = (Double(hits), Double(predicted), Double(support))
    let precision = ratio(tp, p)
    let recall = ratio(tp, s)
    if beta == .infinity { return Scores(precision: precision, recall: recall, fScore: recall) }
    let squared = beta * beta
    let f = beta == 0 ? precision : ratio((1 + squared) * tp, squared * s + p)
    return Scores(precision: precision, recall: recall, fScore: f)
  }

  /// The mean of the values that are numbers; without any weight, the plain one.
  private static func mean(_ values: [Double], _ weights: [Double]?) -> Double {
    let kept = values.indices.filter { !values[$0].isNaN }
    guard !kept.isEmpty else { return .nan }
    let total = weights.map { weights in kept.reduce(0) { $0 + weights[$1] } } ?? 0
    guard let weights, total > 0 else {
      return kept.reduce(0) { $0 + values[$1] } / Double(kept.count)
    }
    return kept.reduce(0) { $0 + values[$1] * weights[$1] } / total
  }
}

extension PrecisionRecall {
  /// The scores of one class of two, `average="binary"`.
  ///
  /// - Throws: `badArgument` when there are more than two classes, or the positive one does not
  ///   occur although two others do.
  public static func binary(
    _ yTrue: [Label], _ yPred: [Label], positive: Label, beta: Double = 1,
    zeroDivision: Double = 0
  ) throws(ClassicalError) -> Scores {
    let present = Set(yTrue).union(yPred).sorted()
    guard present.count <= 2 else {
      throw .badArgument(
        name: "average", found: "'binary' with \(present.count) classes",
        expected: "'micro', 'macro' or 'weighted' for more than two classes")
    }
    guard present.count < 2 || present.contains(positive) else {
      throw .badArgument(
        name: "pos_label", found: "\(positive)", expected: "one of the labels, \(present)")
    }
    return try PrecisionRecall(
      yTrue, yPred, labels: [positive], beta: beta, zeroDivision: zeroDivision
    ).scores[0]
  }
}
