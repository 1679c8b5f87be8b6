/// The receiver operating characteristic: false against true positives as the threshold falls.
public struct ROCCurve: Sendable, Equatable {
  public let falsePositiveRate: [Double]
  public let truePositiveRate: [Double]
  /// A sample counts as positive when its score is at least this; the first is infinity.
  public let thresholds: [Double]
}

/// Precision and recall as the threshold rises; both end with the point (1, 0), without threshold.
public struct PrecisionRecallCurve: Sendable, Equatable {
  public let precision: [Double]
  public let recall: [Double]
  public let thresholds: [Double]
}

/// - Parameters:
///   - yScore: the higher, the likelier positive.
///   - dropIntermediate: leaves out points on a straight line between others.
/// - Returns: rates that are NaN when there is no sample of their kind.
public func rocCurve(
  _ yTrue: [Int], _ yScore: [Double], positive: Int = 1, dropIntermediate: Bool = true
) throws(ClassicalError) -> ROCCurve {
  var counts = try ThresholdCounts(yTrue.map { $0 == positive }, yScore)
  if dropIntermediate { counts = counts.corners() }
  let negatives = counts.falsePositives.last ?? 0
  let positives = counts.truePositives.last ?? 0
  return ROCCurve(
    falsePositiveRate: ([0] + counts.falsePositives).map { negatives > 0 ? $0 / negatives : .nan },
    truePositiveRate: ([0] + counts.truePositives).map { positives > 0 ? $0 / positives : .nan },
    thresholds: [.infinity] + counts.thresholds)
}

/// Precision against recall for every threshold; recall is 1 throughout when nothing is positive.
public func precisionRecallCurve(
  _ yTrue: [Int], _ yScore: [Double], positive: Int = 1
) throws(ClassicalError) -> PrecisionRecallCurve {
  let counts = try ThresholdCounts(yTrue.map { $0 == positive }, yScore)
  let positives = counts.truePositives.last ?? 0
  let places = counts.thresholds.indices.reversed()
  return PrecisionRecallCurve(
    precision: places.map {
      counts.truePositives[$0] / (counts.truePositives[$0] + counts.falsePositives[$0])
    } + [1],
    recall: places.map { positives > 0 ? counts.truePositives[$0] / positives : 1 } + [0],
    thresholds: places.map { counts.thresholds[$0] })
}

/// The area under a curve by the trapezoidal rule.
///
/// - Throws: `badArgument` unless `x` rises throughout or falls throughout.
public func auc(_ x: [Double], _ y: [Double]) throws(ClassicalError) -> Double {
  try checkLengths("x", x.count, "y", y.count)
  guard x.count > 1 else {
    throw .badArgument(name: "x", found: "\(x.count) points", expected: "at least 2")
  }
  let steps = zip(x.dropFirst(), x).map { $0 - $1 }
  let falls = steps.contains { $0 < 0 }
  guard !falls || steps.allSatisfy({ $0 <= 0 }) else {
    throw .badArgument(name: "x", found: "values that rise and fall", expected: "one direction")
  }
  var area = 0.0
  for (place, step) in steps.enumerated() { area += step * (y[place] + y[place + 1]) / 2 }
  return falls ? -area : area
}

/// The area under the ROC curve: the probability that a positive sample ranks above a negative one.
///
/// - Throws: `tooFewClasses` when only one class occurs.
public func rocAUCScore(
  _ yTrue: [Int], _ yScore: [Double], positive: Int? = nil
) throws(ClassicalError) -> Double {
  let classes = Set(yTrue)
  guard classes.count == 2, let highest = classes.max() else {
    throw .tooFewClasses(estimator: "roc_auc_score", found: classes.count)
  }
  let curve = try rocCurve(yTrue, yScore, positive: positive ?? highest)
  return try auc(curve.falsePositiveRate, curve.truePositiveRate)
}

/// How the ROC area is taken over more than two classes.
public enum MulticlassAUC: Sendable {
  /// Each class against all others.
  case oneVersusRest(weighted: Bool)
  /// Each pair of classes on its own.
  case oneVersusOne(weighted: Bool)
}

/// The ROC area over more than two classes.
///
/// - Parameter scores: [samples, classes], columns in the order of the sorted labels.
public func rocAUCScore(
  _ yTrue: [Int], _ scores: Samples, _ how: MulticlassAUC
) throws(ClassicalError) -> Double {
  try checkLengths("y_true", yTrue.count, "y_score", scores.rows)
  let members = ClassMembers(yTrue)
  guard members.labels.count == scores.columns, members.labels.count > 1 else {
    throw .badArgument(
      name: "y_score", found: "\(scores.columns) columns",
      expected: "\(members.labels.count), one per class that occurs in y_true (2 at least)")
  }
  var total = 0.0
  var weights = 0.0
  func add(_ value: Double, _ weight: Double) {
    total += value * weight
    weights += weight
  }
  switch how {
  case .oneVersusRest(let weighted):
    for (column, label) in members.labels.enumerated() {
      let area = try rocAUCScore(
        yTrue.map { $0 == label ? 1 : 0 }, scores.column(column), positive: 1)
      add(area, weighted ? Double(members.places[column].count) : 1)
    }
  case .oneVersusOne(let weighted):
    for a in members.labels.indices {
      for b in (a + 1)..<max(members.labels.count, a + 1) {
        let rows = (members.places[a] + members.places[b]).sorted()
        let truth = rows.map { yTrue[$0] == members.labels[a] ? 1 : 0 }
        let asA = try rocAUCScore(truth, rows.map { scores[$0, a] }, positive: 1)
        let asB = try rocAUCScore(truth, rows.map { scores[$0, b] }, positive: 0)
        add((asA + asB) / 2, weighted ? Double(rows.count) : 1)
      }
    }
  }
  return total / weights
}

/// The mean precision over the steps of recall.
public func averagePrecisionScore(
  _ yTrue: [Int], _ yScore: [Double], positive: Int = 1
) throws(ClassicalError) -> Double {
  let curve = try precisionRecallCurve(yTrue, yScore, positive: positive)
  var sum = 0.0
  for place in curve.thresholds.indices {
    sum += (curve.recall[place] - curve.recall[place + 1]) * curve.precision[place]
  }
  return max(0, sum)
}

/// True and false positives for each distinct score, falling.
private struct ThresholdCounts {
  var truePositives: [Double] = []
  var falsePositives: [Double] = []
  var thresholds: [Double] = []

  init(_ isPositive: [Bool], _ scores: [Double]) throws(ClassicalError) {
    try checkLengths("y_true", isPositive.count, "y_score", scores.count)
    guard !scores.isEmpty else { throw .empty(what: "y_true") }
    if let row = scores.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(what: "y_score", row: row, column: 0)
    }
    var tp = 0.0
    var fp = 0.0
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    for (place, row) in order.enumerated() {
      if isPositive[row] { tp += 1 } else { fp += 1 }
      if place + 1 == order.count || scores[order[place + 1]] != scores[row] {
        truePositives.append(tp)
        falsePositives.append(fp)
        thresholds.append(scores[row])
      }
    }
  }

  /// The ends, and the points where the curve turns: a second difference of a count is not 0.
  func corners() -> ThresholdCounts {
    let last = thresholds.count - 1
    func turns(_ counts: [Double], _ place: Int) -> Bool {
      counts[place + 1] - counts[place] != counts[place] - counts[place - 1]
    }
    let places = thresholds.indices.filter {
      $0 == 0 || $0 == last || turns(truePositives, $0) || turns(falsePositives, $0)
    }
    var result = self
    result.truePositives = places.map { truePositives[$0] }
    result.falsePositives = places.map { falsePositives[$0] }
    result.thresholds = places.map { thresholds[$0] }
    return result
  }
}
