/// Least squares with a price on large coefficients: ||y - X w||^2 + alpha ||w||^2. The intercept
/// is free. Source: scikit-learn `Ridge`, solver "cholesky".
public struct Ridge: Regressor, Sendable {
  public static let name = "Ridge"
  public static let hyperparameters = [
    Hyperparameter(
      "alpha", "a number of 0 or more", "1.0",
      "The price: the larger, the smaller the coefficients (L2)."),
    Hyperparameter(
      "fit_intercept", "True or False", "True", "Whether a constant is learned as well."),
  ]

  public var alpha: Double
  public var fitIntercept: Bool
  public private(set) var fitted: LinearFit?

  public var featureCount: Int? { fitted?.coefficients.count }

  public init(alpha: Double = 1, fitIntercept: Bool = true) {
    self.alpha = alpha
    self.fitIntercept = fitIntercept
  }

  public mutating func fit(
    _ x: Samples, _ y: [Double], sampleWeight: [Double]? = nil
  ) throws(ClassicalError) {
    guard alpha >= 0, alpha.isFinite else {
      throw .badArgument(name: "alpha", found: "\(alpha)", expected: "a number of 0 or more")
    }
    try checkTraining(x, y, sampleWeight)
    let data = CentredData(x, y, sampleWeight, fitIntercept: fitIntercept)
    let side = min(data.rows, data.features)
    try checkRoom("the matrix of products", count: side, size: 8 * side)
    // With alpha 0, or so little that the matrix is singular, the equations themselves are solved.
    var coefficients = alpha > 0 ? try normalEquations(data) : nil
    if coefficients == nil {
      coefficients = try LeastSquares(columns: data.columns, rows: data.rows, data.y).solution
    }
    guard let coefficients else { return }
    fitted = LinearFit(
      coefficients: coefficients, intercept: fitIntercept ? data.intercept(coefficients) : 0)
  }

  public func predict(_ x: Samples) throws(ClassicalError) -> [Double] {
    try check(x, "predict")
    return try fitted?.predict(x) ?? []
  }

  /// (X'X + alpha) w = X'y, or w = X' (X X' + alpha)^-1 y when there are more features than
  /// samples: the smaller of both systems.
  private func normalEquations(_ data: CentredData) throws(ClassicalError) -> [Double]? {
    let (m, n) = (data.rows, data.features)
    if n <= m {
      var matrix = try DenseAlgebra.gram(data.columns, count: n, length: m)
      for i in 0..<n { matrix[i * n + i] += alpha }
      let right = try DenseAlgebra.products(
        Samples(trusted: data.columns, rows: n, columns: m), data.y, offsets: [0])
      return try DenseAlgebra.solvePositive(matrix, right)
    }
    let rows = DenseAlgebra.transposed(data.columns, rows: n, columns: m)
    var matrix = try DenseAlgebra.gram(rows, count: m, length: n)
    for i in 0..<m { matrix[i * m + i] += alpha }
    guard let dual = try DenseAlgebra.solvePositive(matrix, data.y) else { return nil }
    return try DenseAlgebra.products(
      Samples(trusted: data.columns, rows: n, columns: m), dual, offsets: [0])
  }
}
