/// One hyperparameter of an estimator, as its documentation lists it.
public struct Hyperparameter: Sendable, Equatable {
  /// The name in scikit-learn's spelling.
  public let name: String
  /// What values are accepted.
  public let constraint: String
  public let defaultValue: String
  public let doc: String

  init(_ name: String, _ constraint: String, _ defaultValue: String, _ doc: String) {
    self.name = name
    self.constraint = constraint
    self.defaultValue = defaultValue
    self.doc = doc
  }
}

/// What all estimators have. `init` only stores hyperparameters; `fit` validates them.
public protocol Estimator {
  static var name: String { get }
  static var hyperparameters: [Hyperparameter] { get }
  /// The number of features that `fit` saw; nil before.
  var featureCount: Int? { get }
}

extension Estimator {
  /// Throws unless the estimator is fitted and `x` has the features of the fit and finite values.
  func check(_ x: Samples, _ method: String) throws(ClassicalError) {
    guard let featureCount else { throw .notFitted(estimator: Self.name, method: method) }
    guard x.columns == featureCount else {
      throw .featureCount(estimator: Self.name, found: x.columns, expected: featureCount)
    }
    try x.check("X")
  }
}

/// Predicts a quantity.
public protocol Regressor: Estimator {
  /// - Parameters:
  ///   - x: [samples, features]
  ///   - y: [samples]
  mutating func fit(_ x: Samples, _ y: [Double], sampleWeight: [Double]?) throws(ClassicalError)
  /// [samples]
  func predict(_ x: Samples) throws(ClassicalError) -> [Double]
}

extension Regressor {
  public mutating func fit(_ x: Samples, _ y: [Double]) throws(ClassicalError) {
    try fit(x, y, sampleWeight: nil)
  }

  /// R^2 of the predictions.
  public func score(_ x: Samples, _ y: [Double]) throws(ClassicalError) -> Double {
    try r2Score(y, try predict(x))
  }
}

/// Predicts a class. Classes are integers; `LabelEncoder` numbers other labels.
public protocol Classifier: Estimator {
  /// The classes that `fit` saw, ascending; nil before.
  var classes: [Int]? { get }
  /// - Parameters:
  ///   - x: [samples, features]
  ///   - y: [samples]
  mutating func fit(_ x: Samples, _ y: [Int]) throws(ClassicalError)
  /// [samples]
  func predict(_ x: Samples) throws(ClassicalError) -> [Int]
  /// [samples, classes]; rows sum to 1.
  func predictProbabilities(_ x: Samples) throws(ClassicalError) -> Samples
}

extension Classifier {
  /// The accuracy of the predictions.
  public func score(_ x: Samples, _ y: [Int]) throws(ClassicalError) -> Double {
    try accuracyScore(y, try predict(x))
  }
}

/// Throws unless there is a finite target for every sample, and a weight of 0 or more if any.
func checkTraining(
  _ x: Samples, _ y: [Double], _ weight: [Double]?
) throws(ClassicalError) {
  try x.check("X")
  try checkLengths("X", x.rows, "y", y.count)
  if let row = y.firstIndex(where: { !$0.isFinite }) {
    throw .notFinite(what: "y", row: row, column: 0)
  }
  guard let weight else { return }
  try checkLengths("X", x.rows, "sample_weight", weight.count)
  guard weight.allSatisfy({ $0 >= 0 && $0.isFinite }), weight.contains(where: { $0 > 0 }) else {
    throw .badArgument(
      name: "sample_weight", found: "negative, NaN or only zeros",
      expected: "numbers of 0 or more, one of them above 0")
  }
}
