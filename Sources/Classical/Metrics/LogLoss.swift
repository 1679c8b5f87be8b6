import Glibc

/// The mean cross-entropy in nats of predicted probabilities, clipped to [eps, 1 - eps].
///
/// - Parameters:
///   - probabilities: [samples, classes], columns in the order of the sorted labels.
///   - labels: the labels of the columns when not all occur in `yTrue`.
/// - Throws: `badArgument` when the columns are not as many as the labels.
public func logLoss(
  _ yTrue: [Int], _ probabilities: Samples, labels: [Int]? = nil, normalize: Bool = true,
  sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try checkLengths("y_true", yTrue.count, "y_proba", probabilities.rows)
  if let sampleWeight {
    try checkLengths("y_true", yTrue.count, "sample_weight", sampleWeight.count)
  }
  guard !yTrue.isEmpty else { throw .empty(what: "y_true") }
  let classes = Set(labels ?? yTrue).sorted()
  guard classes.count > 1 else { throw .tooFewClasses(estimator: "log_loss", found: classes.count) }
  guard classes.count == probabilities.columns else {
    throw .badArgument(
      name: "y_proba", found: "\(probabilities.columns) columns",
      expected: "\(classes.count), one per label \(classes); name the others with labels=")
  }
  let places = labelPlaces(classes)
  var sum = 0.0
  var total = 0.0
  for (row, label) in yTrue.enumerated() {
    guard let column = places[label] else {
      throw .unknownLabel(label: "\(label)", known: classes.map(String.init))
    }
    let weight = sampleWeight?[row] ?? 1
    let p = min(max(probabilities[row, column], .ulpOfOne), 1 - .ulpOfOne)
    sum -= weight * log(p)
    total += weight
  }
  return normalize ? sum / total : sum
}

/// The same for two classes, from the probability of the higher label. [samples]
public func logLoss(
  _ yTrue: [Int], _ positive: [Double], labels: [Int]? = nil, normalize: Bool = true,
  sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  let both = Samples(
    trusted: positive.flatMap { [1 - $0, $0] }, rows: positive.count, columns: 2)
  return try logLoss(
    yTrue, both, labels: labels, normalize: normalize, sampleWeight: sampleWeight)
}

/// Where each label stands in the list; of labels given twice, the last place counts.
func labelPlaces(_ labels: [Int]) -> [Int: Int] {
  var places: [Int: Int] = [:]
  for (place, label) in labels.enumerated() { places[label] = place }
  return places
}
