/// Brings each feature into a range, [0, 1] by default: the smallest value seen in `fit` becomes
/// the lower end, the largest the upper.
///
/// A feature that does not vary goes to the lower end. Source: scikit-learn `MinMaxScaler`.
public struct MinMaxScaler: Sendable {
  /// What `fit` learned; arrays are [features]. transformed = x * scale + offset.
  public struct Fitted: Sendable, Equatable {
    public let dataMin: [Double]
    public let dataMax: [Double]
    public let scale: [Double]
    public let offset: [Double]
  }

  public var low: Double
  public var high: Double
  /// Whether values outside of the range that was seen are cut off.
  public var clip: Bool
  public private(set) var fitted: Fitted?

  public init(low: Double = 0, high: Double = 1, clip: Bool = false) {
    self.low = low
    self.high = high
    self.clip = clip
  }

  public mutating func fit(_ x: Samples) throws(ClassicalError) {
    guard low < high, (high - low).isFinite else {
      throw .badArgument(
        name: "feature_range", found: "(\(low), \(high))", expected: "(low, high) with low < high")
    }
    try x.check("X")
    var least = Array(x[0])
    var most = least
    for row in 1..<max(x.rows, 1) {
      for column in 0..<x.columns {
        let value = x[row, column]
        if value < least[column] { least[column] = value }
        if value > most[column] { most[column] = value }
      }
    }
    let scale = least.indices.map { column -> Double in
      let range = most[column] - least[column]
      // A range of rounding size is none.
      return (high - low) / (range < 10 * Double.ulpOfOne ? 1 : range)
    }
    fitted = Fitted(
      dataMin: least, dataMax: most, scale: scale,
      offset: least.indices.map { low - least[$0] * scale[$0] })
  }

  public func transform(_ x: Samples) throws(ClassicalError) -> Samples {
    let fitted = try checked(x, "transform")
    return x.mappingColumns { column, value in
      let scaled = value * fitted.scale[column] + fitted.offset[column]
      return clip ? min(max(scaled, low), high) : scaled
    }
  }

  public mutating func fitTransform(_ x: Samples) throws(ClassicalError) -> Samples {
    try fit(x)
    return try transform(x)
  }

  public func inverseTransform(_ x: Samples) throws(ClassicalError) -> Samples {
    let fitted = try checked(x, "inverse_transform")
    return x.mappingColumns { column, value in
      (value - fitted.offset[column]) / fitted.scale[column]
    }
  }

  private func checked(_ x: Samples, _ method: String) throws(ClassicalError) -> Fitted {
    guard let fitted else { throw .notFitted(estimator: "MinMaxScaler", method: method) }
    guard x.columns == fitted.scale.count else {
      throw .featureCount(
        estimator: "MinMaxScaler", found: x.columns, expected: fitted.scale.count)
    }
    return fitted
  }
}
