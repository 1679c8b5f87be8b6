/// The share of samples whose predicted label is the true one, 0 to 1.
///
/// - Parameter normalize: false counts them instead.
public func accuracyScore<Label: Equatable>(
  _ yTrue: [Label], _ yPred: [Label], normalize: Bool = true, sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try checkPair(yTrue, yPred, sampleWeight)
  var right = 0.0
  var total = 0.0
  for place in yTrue.indices {
    let weight = sampleWeight?[place] ?? 1
    total += weight
    if yTrue[place] == yPred[place] { right += weight }
  }
  return normalize ? right / total : right
}

/// Throws unless both hold one entry per sample, and at least one.
func checkPair<T>(
  _ yTrue: [T], _ yPred: [T], _ weight: [Double]? = nil
) throws(ClassicalError) {
  try checkLengths("y_true", yTrue.count, "y_pred", yPred.count)
  if let weight { try checkLengths("y_true", yTrue.count, "sample_weight", weight.count) }
  guard !yTrue.isEmpty else { throw .empty(what: "y_true") }
}
