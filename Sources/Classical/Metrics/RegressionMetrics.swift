/// The mean of the squared errors.
public func meanSquaredError(
  _ yTrue: [Double], _ yPred: [Double], sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try weightedMean(yTrue, yPred, sampleWeight) { ($0 - $1) * ($0 - $1) }
}

/// The square root of the mean squared error, in the units of the target.
public func rootMeanSquaredError(
  _ yTrue: [Double], _ yPred: [Double], sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try meanSquaredError(yTrue, yPred, sampleWeight: sampleWeight).squareRoot()
}

/// The mean of the absolute errors.
public func meanAbsoluteError(
  _ yTrue: [Double], _ yPred: [Double], sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try weightedMean(yTrue, yPred, sampleWeight) { abs($0 - $1) }
}

/// The median of the absolute errors.
public func medianAbsoluteError(
  _ yTrue: [Double], _ yPred: [Double]
) throws(ClassicalError) -> Double {
  try checkPair(yTrue, yPred)
  let errors = zip(yTrue, yPred).map { abs($0 - $1) }.sorted()
  let middle = errors.count / 2
  return errors.count % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
}

/// The largest absolute error.
public func maxError(_ yTrue: [Double], _ yPred: [Double]) throws(ClassicalError) -> Double {
  try checkPair(yTrue, yPred)
  return zip(yTrue, yPred).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

/// R^2 = 1 - (sum of squared errors) / (sum of squares around the mean): 1 is perfect, 0 as good as
/// the mean, below 0 worse.
///
/// Of a target that does not vary: 1 when it is met, else 0. NaN for fewer than two samples.
public func r2Score(
  _ yTrue: [Double], _ yPred: [Double], sampleWeight: [Double]? = nil
) throws(ClassicalError) -> Double {
  try checkPair(yTrue, yPred, sampleWeight)
  guard yTrue.count > 1 else { return .nan }
  let mean = try weightedMean(yTrue, yTrue, sampleWeight) { y, _ in y }
  var errors = 0.0
  var spread = 0.0
  for (place, y) in yTrue.enumerated() {
    let weight = sampleWeight?[place] ?? 1
    errors += weight * (y - yPred[place]) * (y - yPred[place])
    spread += weight * (y - mean) * (y - mean)
  }
  if spread == 0 { return errors == 0 ? 1 : 0 }
  return 1 - errors / spread
}

private func weightedMean(
  _ yTrue: [Double], _ yPred: [Double], _ weight: [Double]?,
  _ term: (Double, Double) -> Double
) throws(ClassicalError) -> Double {
  try checkPair(yTrue, yPred, weight)
  var sum = 0.0
  var total = 0.0
  for place in yTrue.indices {
    let w = weight?[place] ?? 1
    sum += w * term(yTrue[place], yPred[place])
    total += w
  }
  return sum / total
}
