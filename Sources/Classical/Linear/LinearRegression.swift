/// Ordinary least squares: the coefficients that make the sum of squared errors smallest.
///
/// Where features depend on each other, the shortest of the many solutions. Source: scikit-learn
/// `LinearRegression` (LAPACK's gelsd gives the same solution by singular values).
public struct LinearRegression: Regressor, Sendable {
  public static let name = "LinearRegression"
  public static let hyperparameters = [
    Hyperparameter(
      "fit_intercept", "True or False", "True", "Whether a constant is learned as well.")
  ]

  public var fitIntercept: Bool
  public private(set) var fitted: LinearFit?
  /// The number of independent features; nil before `fit`.
  public private(set) var rank: Int?

  public var featureCount: Int? { fitted?.coefficients.count }

  public init(fitIntercept: Bool = true) { self.fitIntercept = fitIntercept }

  public mutating func fit(
    _ x: Samples, _ y: [Double], sampleWeight: [Double]? = nil
  ) throws(ClassicalError) {
    try checkTraining(x, y, sampleWeight)
    let data = CentredData(x, y, sampleWeight, fitIntercept: fitIntercept)
    let result = try LeastSquares(columns: data.columns, rows: data.rows, data.y)
    fitted = LinearFit(
      coefficients: result.solution,
      intercept: fitIntercept ? data.intercept(result.solution) : 0)
    rank = result.rank
  }

  public func predict(_ x: Samples) throws(ClassicalError) -> [Double] {
    try check(x, "predict")
    return try fitted?.predict(x) ?? []
  }
}
