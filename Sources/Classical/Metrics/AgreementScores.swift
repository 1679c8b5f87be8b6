/// The mean recall over the classes that occur in `yTrue`.
public func balancedAccuracyScore<Label: Hashable & Comparable & Sendable>(
  _ yTrue: [Label], _ yPred: [Label]
) throws(ClassicalError) -> Double {
  let table = try PrecisionRecall(yTrue, yPred)
  let present = table.labels.indices.filter { table.support[$0] > 0 }
  return present.reduce(0) { $0 + table.scores[$1].recall } / Double(present.count)
}

/// Cohen's kappa: the agreement beyond chance, 1 for full and 0 for chance agreement.
public func cohenKappaScore<Label: Hashable & Comparable & Sendable>(
  _ yTrue: [Label], _ yPred: [Label]
) throws(ClassicalError) -> Double {
  let margins = try Margins(yTrue, yPred)
  let chance = margins.product / margins.total
  return 1 - (margins.total - margins.hits) / (margins.total - chance)
}

/// Matthews' correlation coefficient, -1 to 1; 0 when one side has a single class.
public func matthewsCorrcoef<Label: Hashable & Comparable & Sendable>(
  _ yTrue: [Label], _ yPred: [Label]
) throws(ClassicalError) -> Double {
  let margins = try Margins(yTrue, yPred)
  let n = margins.total
  let spread = (n * n - margins.squaredPredicted) * (n * n - margins.squaredTrue)
  return spread == 0 ? 0 : (margins.hits * n - margins.product) / spread.squareRoot()
}

/// Sums over the rows and columns of a confusion matrix.
private struct Margins {
  let total: Double
  let hits: Double
  /// The sums over classes of true count times predicted count, and of each squared.
  let product: Double
  let squaredTrue: Double
  let squaredPredicted: Double

  init<Label: Hashable & Comparable & Sendable>(
    _ yTrue: [Label], _ yPred: [Label]
  ) throws(ClassicalError) {
    try checkPair(yTrue, yPred)
    var truth: [Label: Double] = [:]
    var predicted: [Label: Double] = [:]
    for label in yTrue { truth[label, default: 0] += 1 }
    for label in yPred { predicted[label, default: 0] += 1 }
    total = Double(yTrue.count)
    hits = zip(yTrue, yPred).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
    product = truth.reduce(0) { $0 + $1.value * predicted[$1.key, default: 0] }
    squaredTrue = truth.reduce(0) { $0 + $1.value * $1.value }
    squaredPredicted = predicted.reduce(0) { $0 + $1.value * $1.value }
  }
}
