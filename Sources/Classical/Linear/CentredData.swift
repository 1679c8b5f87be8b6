/// Training data with the (weighted) means taken out, so that the intercept drops from the
/// equations, and rows scaled by the square roots of their weights, so that squares are weighted.
struct CentredData {
  /// [features, samples]: the columns as runs.
  let columns: [Double]
  /// [samples]
  let y: [Double]
  let rows: Int
  let features: Int
  private let xMean: [Double]
  private let yMean: Double

  init(_ x: Samples, _ y: [Double], _ weight: [Double]?, fitIntercept: Bool) {
    rows = x.rows
    features = x.columns
    var xMean = [Double](repeating: 0, count: x.columns)
    var yMean = 0.0
    if fitIntercept {
      var total = 0.0
      for row in 0..<x.rows {
        let w = weight?[row] ?? 1
        total += w
        yMean += w * y[row]
        for column in 0..<x.columns { xMean[column] += w * x.values[row * x.columns + column] }
      }
      yMean /= total
      for column in 0..<x.columns { xMean[column] /= total }
    }
    var columns = DenseAlgebra.transposed(x.values, rows: x.rows, columns: x.columns)
    let roots = weight?.map { $0.squareRoot() }
    for column in 0..<x.columns {
      for row in 0..<x.rows {
        columns[column * x.rows + row] =
          (columns[column * x.rows + row] - xMean[column]) * (roots?[row] ?? 1)
      }
    }
    self.columns = columns
    self.y = y.indices.map { (y[$0] - yMean) * (roots?[$0] ?? 1) }
    self.xMean = xMean
    self.yMean = yMean
  }

  /// The intercept that belongs to the coefficients.
  func intercept(_ coefficients: [Double]) -> Double {
    yMean - DenseAlgebra.dot(xMean, coefficients)
  }
}

/// What a linear regression learned: prediction = x . coefficients + intercept.
public struct LinearFit: Sendable, Equatable {
  /// [features]
  public let coefficients: [Double]
  public let intercept: Double

  func predict(_ x: Samples) throws(ClassicalError) -> [Double] {
    try DenseAlgebra.products(x, coefficients, offsets: [intercept])
  }
}
