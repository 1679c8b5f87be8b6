import Glibc

/// Statistics over a moving part of a column.
public struct Windows: Sendable {
  public enum Shape: Sendable {
    /// The last `size` rows, or those around each row.
    case rolling(size: Int, center: Bool)
    case expanding
    /// All rows within so many microseconds before each.
    case time(micros: Int, at: [Int])
  }

  public let shape: Shape
  /// The fewest values that give a result.
  public let minimum: Int

  public init(_ shape: Shape, minimum: Int) {
    self.shape = shape
    self.minimum = minimum
  }

  /// The rows that belong to each row.
  public func ranges(_ count: Int) -> [Range<Int>] {
    switch shape {
    case .rolling(let size, let center):
      let offset = center ? (size - 1) / 2 : 0
      return (0..<count).map { row in
        let end = min(count, row + offset + 1)
        let start = max(0, row + offset + 1 - size)
        return min(start, end)..<end
      }
    case .expanding: return (0..<count).map { 0..<($0 + 1) }
    case .time(let micros, let moments):
      var start = 0
      return (0..<count).map { row in
        while start < row, moments[start] <= moments[row] &- micros { start += 1 }
        return start..<(row + 1)
      }
    }
  }

  public func reduced(_ values: [Double], _ how: Reduction, freedom: Int = 1) -> [Double] {
    if case .expanding = shape, how == .sum || how == .mean || how == .count {
      return running(values, how)
    }
    return ranges(values.count).map { range in
      let present = values[range].filter { !$0.isNaN }
      if how == .count { return present.count >= (minimum == 0 ? 0 : minimum) ? Double(present.count) : .nan }
      guard present.count >= max(minimum, how == .sum && minimum == 0 ? 0 : 1) else { return .nan }
      switch how {
      case .min: return present.min() ?? .nan
      case .max: return present.max() ?? .nan
      case .sum: return Vector.compensatedSum(present)
      case .mean: return present.isEmpty ? .nan : Vector.compensatedSum(present) / Double(present.count)
      case .std: return present.count > freedom ? Vector.welford(present, freedom).squareRoot() : .nan
      case .var: return present.count > freedom ? Vector.welford(present, freedom) : .nan
      default:
        return Vector.statistic(how, present, freedom: freedom, minimum: 0, grouped: true)
      }
    }
  }

  private func running(_ values: [Double], _ how: Reduction) -> [Double] {
    var total = 0.0
    var lost = 0.0
    var present = 0
    return values.map { value in
      if !value.isNaN {
        let y = value - lost
        let t = total + y
        lost = t - total - y
        total = t
        present += 1
      }
      guard present >= max(1, minimum) || how == .count else { return .nan }
      return how == .sum ? total : how == .mean ? total / Double(present) : Double(present)
    }
  }

  public func apply(_ values: [Double], _ body: ([Double]) throws -> Double) rethrows -> [Double] {
    try ranges(values.count).map { range in
      let part = Array(values[range])
      guard part.reduce(0, { $0 + ($1.isNaN ? 0 : 1) }) >= minimum else { return .nan }
      return try body(part)
    }
  }

  public func quantile(_ values: [Double], _ share: Double) -> [Double] {
    ranges(values.count).map { range in
      let present = values[range].filter { !$0.isNaN }
      guard present.count >= minimum, !present.isEmpty else { return .nan }
      return Statistics.quantile(present.sorted(), share)
    }
  }

  /// The exponentially weighted mean. Source: pandas, `window/aggregations.pyx`.
  public static func exponentialMean(
    _ values: [Double], alpha: Double, adjust: Bool, ignoresMissing: Bool, minimum: Int
  ) -> [Double] {
    guard let first = values.first else { return [] }
    let oldFactor = 1 - alpha
    var weighted = first
    var count = first.isNaN ? 0 : 1
    var oldWeight = 1.0
    var result = [count >= max(1, minimum) ? weighted : .nan]
    for value in values.dropFirst() {
      if !value.isNaN { count += 1 }
      if !weighted.isNaN {
        if !value.isNaN || !ignoresMissing {
          oldWeight *= oldFactor
          if !value.isNaN {
            let newWeight = adjust ? 1 : ignoresMissing ? alpha : 1 - oldWeight
            if weighted != value {
              weighted = (oldWeight * weighted + newWeight * value) / (oldWeight + newWeight)
            }
            oldWeight = adjust ? oldWeight + newWeight : 1
          }
        }
      } else if !value.isNaN {
        weighted = value
      }
      result.append(count >= max(1, minimum) ? weighted : .nan)
    }
    return result
  }

  /// The exponentially weighted variance with pandas' correction for bias.
  public static func exponentialVariance(
    _ values: [Double], alpha: Double, adjust: Bool, ignoresMissing: Bool, minimum: Int
  ) -> [Double] {
    guard let first = values.first else { return [] }
    let oldFactor = 1 - alpha
    let newWeight = adjust ? 1 : alpha
    var mean = first
    var count = first.isNaN ? 0 : 1
    var (variance, sum, squares, oldWeight) = (0.0, 1.0, 1.0, 1.0)
    var result: [Double] = [.nan]
    for value in values.dropFirst() {
      if !value.isNaN { count += 1 }
      if !mean.isNaN {
        if !value.isNaN || !ignoresMissing {
          sum *= oldFactor
          squares *= oldFactor * oldFactor
          oldWeight *= oldFactor
          if !value.isNaN {
            let oldMean = mean
            if mean != value {
              mean = (oldWeight * oldMean + newWeight * value) / (oldWeight + newWeight)
            }
            let a = oldMean - mean
            let b = value - mean
            variance =
              (oldWeight * (variance + a * a) + newWeight * b * b) / (oldWeight + newWeight)
            sum += newWeight
            squares += newWeight * newWeight
            oldWeight += newWeight
            if !adjust {
              sum /= oldWeight
              squares /= oldWeight * oldWeight
              oldWeight = 1
            }
          }
        }
      } else if !value.isNaN {
        mean = value
      }
      let numerator = sum * sum
      let denominator = numerator - squares
      result.append(
        count >= max(2, minimum) && denominator > 0 ? numerator / denominator * variance : .nan)
    }
    return result
  }
}
