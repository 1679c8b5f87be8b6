import Glibc

/// Linear classification by probabilities: softmax of x . w + b, or the logistic function for two
/// classes.
///
/// Minimises (mean cross-entropy) + ||w||^2 / (2 C n) by L-BFGS; the intercept is free. Source:
/// scikit-learn `LogisticRegression`, solver "lbfgs", whose iterates this follows.
public struct LogisticRegression: Classifier, Sendable {
  public static let name = "LogisticRegression"
  public static let hyperparameters = [
    Hyperparameter(
      "C", "a number above 0", "1.0",
      "The inverse of the strength of regularisation (L2): smaller is stronger."),
    Hyperparameter(
      "tol", "a number of 0 or more", "0.0001",
      "Ends when no component of the gradient is larger."),
    Hyperparameter("max_iter", "a whole number of 0 or more", "100", "The most iterations."),
    Hyperparameter(
      "fit_intercept", "True or False", "True", "Whether a constant is learned as well."),
    Hyperparameter(
      "class_weight", "None, 'balanced' or weights by class", "None",
      "How much the samples of each class count."),
  ]

  /// What `fit` learned.
  public struct Fitted: Sendable, Equatable {
    /// Ascending.
    public let classes: [Int]
    /// [classes, features]; one row, that of the higher class, when there are two.
    public let coefficients: Samples
    /// [classes], or one.
    public let intercepts: [Double]
    public let iterations: Int
    /// False when `maxIterations` ended the search: scale the features or allow more.
    public let converged: Bool
  }

  public var c: Double
  public var tolerance: Double
  public var maxIterations: Int
  public var fitIntercept: Bool
  public var classWeight: ClassWeight
  public private(set) var fitted: Fitted?

  public var classes: [Int]? { fitted?.classes }
  public var featureCount: Int? { fitted?.coefficients.columns }

  public init(
    c: Double = 1, tolerance: Double = 1e-4, maxIterations: Int = 100, fitIntercept: Bool = true,
    classWeight: ClassWeight = .none
  ) {
    self.c = c
    self.tolerance = tolerance
    self.maxIterations = maxIterations
    self.fitIntercept = fitIntercept
    self.classWeight = classWeight
  }

  public mutating func fit(_ x: Samples, _ y: [Int]) throws(ClassicalError) {
    try fit(x, y, sampleWeight: nil)
  }

  public mutating func fit(
    _ x: Samples, _ y: [Int], sampleWeight: [Double]?
  ) throws(ClassicalError) {
    try checkHyperparameters()
    try checkTraining(x, y.map(Double.init), sampleWeight)
    let members = ClassMembers(y)
    let classes = members.labels
    guard classes.count > 1 else {
      throw .tooFewClasses(estimator: Self.name, found: classes.count)
    }
    let byClass = try classWeight.weights(labels: classes, counts: members.places.map(\.count))
    var codes = [Int](repeating: 0, count: y.count)
    var weights = sampleWeight ?? [Double](repeating: 1, count: y.count)
    for (code, places) in members.places.enumerated() {
      for place in places {
        codes[place] = code
        weights[place] *= byClass[code]
      }
    }
    let problem = LogisticProblem(
      x: x, codes: codes, weights: weights, outputs: classes.count == 2 ? 1 : classes.count,
      inverseStrength: c, fitIntercept: fitIntercept)
    let search = LBFGS(
      gradientTolerance: tolerance, valueTolerance: 64 * Double.ulpOfOne,
      maxIterations: maxIterations)
    let result = try search.minimize(
      from: [Double](repeating: 0, count: problem.parameterCount)
    ) { x, gradient throws(ClassicalError) in try problem.evaluate(x, &gradient) }
    let (coefficients, intercepts) = problem.split(result.x)
    fitted = Fitted(
      classes: classes,
      coefficients: Samples(trusted: coefficients, rows: problem.outputs, columns: x.columns),
      intercepts: intercepts, iterations: result.iterations, converged: result.converged)
  }

  private func checkHyperparameters() throws(ClassicalError) {
    guard c > 0 else {
      throw .badArgument(name: "C", found: "\(c)", expected: "a number above 0")
    }
    guard tolerance >= 0, tolerance.isFinite else {
      throw .badArgument(name: "tol", found: "\(tolerance)", expected: "a number of 0 or more")
    }
    guard maxIterations >= 0 else {
      throw .badArgument(name: "max_iter", found: "\(maxIterations)", expected: "0 or more")
    }
  }

  /// x . w + b: [samples, classes]; for two classes [samples, 1], positive for the higher one.
  public func decisionFunction(_ x: Samples) throws(ClassicalError) -> Samples {
    try check(x, "decision_function")
    guard let fitted else { throw .notFitted(estimator: Self.name, method: "decision_function") }
    let scores = try DenseAlgebra.products(
      x, fitted.coefficients.values, offsets: fitted.intercepts)
    return Samples(trusted: scores, rows: x.rows, columns: fitted.intercepts.count)
  }

  public func predict(_ x: Samples) throws(ClassicalError) -> [Int] {
    let scores = try decisionFunction(x)
    let classes = classes ?? []
    return (0..<x.rows).map { row in
      if scores.columns == 1 { return classes[scores[row, 0] > 0 ? 1 : 0] }
      var best = 0
      for column in 1..<scores.columns where scores[row, column] > scores[row, best] {
        best = column
      }
      return classes[best]
    }
  }

  public func predictProbabilities(_ x: Samples) throws(ClassicalError) -> Samples {
    let scores = try decisionFunction(x)
    if scores.columns == 1 {
      let both = scores.values.flatMap { score -> [Double] in
        let p = Self.sigmoid(score)
        return [1 - p, p]
      }
      return Samples(trusted: both, rows: x.rows, columns: 2)
    }
    var values = scores.values
    for row in 0..<x.rows { Softmax.apply(&values, row * scores.columns, scores.columns) }
    return Samples(trusted: values, rows: x.rows, columns: scores.columns)
  }

  /// 1 / (1 + exp(-x)) without overflow.
  private static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let e = exp(x)
    return e / (1 + e)
  }
}

/// Softmax over a run of values.
enum Softmax {
  /// Replaces the scores by probabilities and gives the logarithm of the sum of exponentials, both
  /// from differences to the largest score, so that nothing overflows.
  @discardableResult
  static func apply(_ values: inout [Double], _ start: Int, _ count: Int) -> Double {
    var most = -Double.infinity
    for i in start..<start + count { most = max(most, values[i]) }
    var sum = 0.0
    for i in start..<start + count {
      values[i] = exp(values[i] - most)
      sum += values[i]
    }
    for i in start..<start + count { values[i] /= sum }
    return most + log(sum)
  }
}

/// The function that `LogisticRegression` minimises. Parameters: for each output its weights, then
/// all intercepts.
private struct LogisticProblem {
  let x: Samples
  let codes: [Int]
  let weights: [Double]
  let outputs: Int
  let fitIntercept: Bool
  private let total: Double
  private let strength: Double

  init(
    x: Samples, codes: [Int], weights: [Double], outputs: Int, inverseStrength: Double,
    fitIntercept: Bool
  ) {
    self.x = x
    self.codes = codes
    self.weights = weights
    self.outputs = outputs
    self.fitIntercept = fitIntercept
    total = weights.reduce(0, +)
    strength = 1 / (inverseStrength * total)
  }

  private var weightCount: Int { outputs * x.columns }
  var parameterCount: Int { weightCount + (fitIntercept ? outputs : 0) }

  func split(_ parameters: [Double]) -> (coefficients: [Double], intercepts: [Double]) {
    (
      Array(parameters.prefix(weightCount)),
      fitIntercept
        ? Array(parameters.dropFirst(weightCount)) : [Double](repeating: 0, count: outputs)
    )
  }

  func evaluate(
    _ parameters: [Double], _ gradient: inout [Double]
  ) throws(ClassicalError) -> Double {
    let (coefficients, intercepts) = split(parameters)
    var scores = try DenseAlgebra.products(x, coefficients, offsets: intercepts)
    let loss = outputs == 1 ? binaryLoss(&scores) : softmaxLoss(&scores)
    try addGradient(scores, &gradient)
    for i in 0..<weightCount { gradient[i] += strength * coefficients[i] }
    return loss / total + 0.5 * strength * DenseAlgebra.dot(coefficients, coefficients)
  }

  /// The weighted sum of log(1 + exp(s)) - y s; scores become (p - y) weight / total.
  private func binaryLoss(_ scores: inout [Double]) -> Double {
    var loss = 0.0
    for row in 0..<x.rows {
      let s = scores[row]
      let y = Double(codes[row])
      let e = exp(-abs(s))
      loss += weights[row] * (max(s, 0) + log1p(e) - y * s)
      let p = s >= 0 ? 1 / (1 + e) : e / (1 + e)
      scores[row] = weights[row] * (p - y) / total
    }
    return loss
  }

  /// The weighted sum of log(sum exp(s)) - s of the class; scores become (p - y) weight / total.
  private func softmaxLoss(_ scores: inout [Double]) -> Double {
    var loss = 0.0
    for row in 0..<x.rows {
      let start = row * outputs
      let own = scores[start + codes[row]]
      loss += weights[row] * (Softmax.apply(&scores, start, outputs) - own)
      scores[start + codes[row]] -= 1
      for i in start..<start + outputs { scores[i] *= weights[row] / total }
    }
    return loss
  }

  /// Sums the samples, each times its share, into the weights of each output: shares' x.
  private func addGradient(
    _ shares: [Double], _ gradient: inout [Double]
  ) throws(ClassicalError) {
    let sums = try DenseAlgebra.product(
      shares, (1, outputs), x.values, (x.columns, 1), m: outputs, n: x.columns, k: x.rows)
    gradient.replaceSubrange(0..<weightCount, with: sums)
    guard fitIntercept else { return }
    for k in 0..<outputs {
      var sum = 0.0
      for row in 0..<x.rows { sum += shares[row * outputs + k] }
      gradient[weightCount + k] = sum
    }
  }
}
