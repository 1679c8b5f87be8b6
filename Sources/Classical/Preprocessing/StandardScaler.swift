/// Centres each feature and divides it by its standard deviation: z = (x - mean) / scale.
///
/// A feature that does not vary is only centred. The standard deviation divides by the number of
/// samples. Source: scikit-learn `preprocessing.StandardScaler`.
public struct StandardScaler: Sendable {
  /// What `fit` learned; arrays are [features].
  public struct Fitted: Sendable, Equatable {
    public let mean: [Double]
    public let variance: [Double]
    /// What each feature is divided by: the standard deviation, or 1 where that is 0.
    public let scale: [Double]
    public let sampleCount: Int
  }

  public var withMean: Bool
  public var withStd: Bool
  public private(set) var fitted: Fitted?

  public init(withMean: Bool = true, withStd: Bool = true) {
    self.withMean = withMean
    self.withStd = withStd
  }

  /// Learns mean and standard deviation of each column of `x`, [samples, features].
  public mutating func fit(_ x: Samples) throws(ClassicalError) {
    try x.check("X")
    let moments = ColumnMoments(x, corrected: true)
    let count = Double(x.rows)
    let scale =
      x.columns == 0
      ? []
      : moments.mean.indices.map { column -> Double in
        let mean = moments.mean[column]
        let variance = moments.variance[column]
        // Below this the variance is rounding: the feature is constant.
        let rounding = count * mean * Double.ulpOfOne
        let bound = count * Double.ulpOfOne * variance + rounding * rounding
        return variance <= bound ? 1 : variance.squareRoot()
      }
    fitted = Fitted(
      mean: moments.mean, variance: moments.variance, scale: scale, sampleCount: x.rows)
  }

  /// The scaled samples, [samples, features].
  public func transform(_ x: Samples) throws(ClassicalError) -> Samples {
    let fitted = try checked(x, "transform")
    return x.mappingColumns { column, value in
      var value = value
      if withMean { value -= fitted.mean[column] }
      if withStd { value /= fitted.scale[column] }
      return value
    }
  }

  public mutating func fitTransform(_ x: Samples) throws(ClassicalError) -> Samples {
    try fit(x)
    return try transform(x)
  }

  /// Back to the original units.
  public func inverseTransform(_ x: Samples) throws(ClassicalError) -> Samples {
    let fitted = try checked(x, "inverse_transform")
    return x.mappingColumns { column, value in
      var value = value
      if withStd { value *= fitted.scale[column] }
      if withMean { value += fitted.mean[column] }
      return value
    }
  }

  private func checked(_ x: Samples, _ method: String) throws(ClassicalError) -> Fitted {
    guard let fitted else { throw .notFitted(estimator: "StandardScaler", method: method) }
    guard x.columns == fitted.mean.count else {
      throw .featureCount(
        estimator: "StandardScaler", found: x.columns, expected: fitted.mean.count)
    }
    return fitted
  }
}

extension Samples {
  /// Each value replaced by what `change` makes of its column and itself.
  func mappingColumns(_ change: (Int, Double) -> Double) -> Samples {
    var result: [Double] = []
    result.reserveCapacity(values.count)
    var place = 0
    for _ in 0..<rows {
      for column in 0..<columns {
        result.append(change(column, values[place]))
        place += 1
      }
    }
    return Samples(trusted: result, rows: rows, columns: columns)
  }
}
