import Glibc

/// One value of a whole column.
public enum Reduction: String, Sendable, CaseIterable {
  case sum, mean, median, std, `var`, min, max, count, prod, any, all, nunique, sem, skew, kurt
  case first, last, size, idxmin, idxmax

  /// Whether the result is a float for whole numbers too.
  public var isStatistic: Bool {
    switch self {
    case .mean, .median, .std, .var, .sem, .skew, .kurt: true
    default: false
    }
  }
}

extension Vector {
  /// A reduction, missing values passed over (or not, with `skipsMissing` false).
  ///
  /// - Parameter grouped: sums as pandas' groups make them, with Kahan's compensation.
  public func reduced(
    _ how: Reduction, freedom: Int = 1, skipsMissing: Bool = true, minimum: Int = 0,
    grouped: Bool = false
  ) throws -> Cell {
    switch how {
    case .size: return .int(count)
    case .count: return .int(count - missingCount)
    case .first:
      let missing = isMissing()
      return missing.firstIndex(of: false).map { self[$0] } ?? hole
    case .last:
      let missing = isMissing()
      return missing.lastIndex(of: false).map { self[$0] } ?? hole
    case .nunique:
      let found = unique()
      return .int(found.count - (found.missingCount > 0 ? found.missingCount : 0))
    case .any, .all:
      let cells = cells.filter { !$0.isMissing }
      return .bool(how == .any ? cells.contains(where: \.isTrue) : cells.allSatisfy(\.isTrue))
    case .min, .max, .idxmin, .idxmax: return try extreme(how, skipsMissing)
    default: break
    }
    switch type {
    case .string,
      .object where doubles == nil:
      if how == .sum { return try joinedTexts(how) }
      throw noReduction(how)
    case .date where how == .mean || how == .median,
      .span where how == .mean || how == .median || how == .sum || how == .std:
      return try timeReduction(how, freedom)
    case .date:
      throw FrameError.raised(
        .type, "'DatetimeArray' with dtype \(typeName) does not support operation '\(how.rawValue)'")
    case .category:
      throw FrameError.raised(
        .type, "'Categorical' with dtype category does not support operation '\(how.rawValue)'")
    default: break
    }
    if how == .sum || how == .prod, !(storage.isFloat) {
      let ints: [Int]?
      switch storage {
      case .int(let values): ints = values
      case .bool(let values): ints = values.map { $0 == true ? 1 : 0 }
      case .object(let cells):
        let present = cells.filter { !$0.isMissing }
        ints = present.allSatisfy({ if case .float = $0 { false } else { true } })
          ? present.map { cell in if case .int(let value) = cell { value } else { cell == .bool(true) ? 1 : 0 } } : nil
      default: ints = nil
      }
      if let ints {
        return .int(how == .sum ? ints.reduce(0, &+) : ints.reduce(1, &*))
      }
    }
    guard let values = doubles else { throw noReduction(how) }
    if !skipsMissing, values.contains(where: \.isNaN) { return .missing }
    let result = Self.statistic(how, values, freedom: freedom, minimum: minimum, grouped: grouped)
    return result.isNaN ? (type.isNullable ? .absent : .missing) : .float(type == .floating(bits: 32) && !grouped ? Double(Float(result)) : result)
  }

  private var hole: Cell { type.isDate || type.isSpan ? .notATime : .missing }

  static func statistic(
    _ how: Reduction, _ values: [Double], freedom: Int, minimum: Int, grouped: Bool
  ) -> Double {
    let present = values.filter { !$0.isNaN }
    switch how {
    case .sum:
      if present.count < minimum { return .nan }
      return grouped ? compensatedSum(present) : Statistics.sum(values.map { $0.isNaN ? 0 : $0 }) + 0
    case .prod:
      return present.count < minimum ? .nan : present.reduce(1, *)
    case .mean:
      if grouped { return present.isEmpty ? .nan : compensatedSum(present) / Double(present.count) }
      return Statistics.mean(values)
    case .median: return Statistics.quantile(present.sorted(), 0.5)
    case .var: return grouped ? welford(present, freedom) : Statistics.variance(values, freedom: freedom)
    case .std:
      return (grouped ? welford(present, freedom) : Statistics.variance(values, freedom: freedom))
        .squareRoot()
    case .sem:
      return Statistics.variance(values, freedom: freedom).squareRoot()
        / Double(present.count).squareRoot()
    case .skew: return skewness(present)
    case .kurt: return kurtosis(present)
    default: return .nan
    }
  }

  /// Kahan's summation, as pandas sums groups.
  static func compensatedSum(_ values: [Double]) -> Double {
    var total = 0.0
    var lost = 0.0
    for value in values where !value.isNaN {
      let y = value - lost
      let t = total + y
      lost = t - total - y
      if lost.isNaN { lost = 0 }
      total = t
    }
    return total
  }

  /// Welford's running variance.
  static func welford(_ values: [Double], _ freedom: Int) -> Double {
    guard values.count > freedom else { return .nan }
    var mean = 0.0
    var squares = 0.0
    for (index, value) in values.enumerated() {
      let old = mean
      mean += (value - old) / Double(index + 1)
      squares += (value - mean) * (value - old)
    }
    return squares / Double(values.count - freedom)
  }

  private static func skewness(_ values: [Double]) -> Double {
    let n = Double(values.count)
    guard n >= 3 else { return .nan }
    let mean = Statistics.sum(values) / n
    let second = Statistics.sum(values.map { ($0 - mean) * ($0 - mean) })
    let third = Statistics.sum(values.map { ($0 - mean) * ($0 - mean) * ($0 - mean) })
    if second.magnitude < 1e-14 { return 0 }
    return (n * (n - 1).squareRoot() / (n - 2)) * (third / Glibc.pow(second, 1.5))
  }

  private static func kurtosis(_ values: [Double]) -> Double {
    let n = Double(values.count)
    guard n >= 4 else { return .nan }
    let mean = Statistics.sum(values) / n
    let m2 = Statistics.sum(values.map { ($0 - mean) * ($0 - mean) })
    let m4 = Statistics.sum(values.map { (($0 - mean) * ($0 - mean)) * (($0 - mean) * ($0 - mean)) })
    let adjustment = 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3))
    let numerator = n * (n + 1) * (n - 1) * m4
    let denominator = (n - 2) * (n - 3) * m2 * m2
    if denominator.magnitude < 1e-14 { return 0 }
    return numerator / denominator - adjustment
  }

  private func extreme(_ how: Reduction, _ skipsMissing: Bool) throws -> Cell {
    let isLargest = how == .max || how == .idxmax
    if let categories = type.categories, !categories.isOrdered {
      throw FrameError.raised(
        .type,
        "Categorical is not ordered for operation \(how.rawValue)\nyou can use .as_ordered() to "
          + "change the Categorical to an ordered one\n")
    }
    let cells = cells
    if !skipsMissing, cells.contains(where: \.isMissing) { return hole }
    var best: Int?
    let codes: [Int]? = if type.categories != nil, case .int(let codes) = storage { codes } else { nil }
    for row in cells.indices where !cells[row].isMissing {
      guard let found = best else {
        best = row
        continue
      }
      let order: Int
      if let codes {
        order = codes[row] < codes[found] ? -1 : codes[row] > codes[found] ? 1 : 0
      } else {
        guard let o = cells[row].order(cells[found]) else {
          throw FrameError.raised(
            .type,
            "'\(isLargest ? ">=" : "<=")' not supported between instances of "
              + "'\(cells[found].typeName)' and '\(cells[row].typeName)'")
        }
        order = o
      }
      if isLargest ? order > 0 : order < 0 { best = row }
    }
    if how == .idxmin || how == .idxmax { return best.map { .int($0) } ?? .missing }
    return best.map { cells[$0] } ?? hole
  }

  private func joinedTexts(_ how: Reduction) throws -> Cell {
    var total: Cell?
    for cell in cells where !cell.isMissing {
      total = try total.map { try VectorMath.single(.add, $0, cell) } ?? cell
    }
    return total ?? (type == .string ? .string("") : .int(0))
  }

  private func timeReduction(_ how: Reduction, _ freedom: Int) throws -> Cell {
    guard case .int(let all) = storage else { return .notATime }
    let values = all.filter { $0 != Self.notATime }
    guard !values.isEmpty else { return how == .sum ? .span(0) : .notATime }
    let result: Int
    switch how {
    case .sum: result = values.reduce(0, &+)
    case .mean:
      let base = values[0]
      let mean = Statistics.sum(values.map { Double($0 &- base) }) / Double(values.count)
      result = base &+ (Int(exactly: mean.rounded(.towardZero)) ?? 0)
    case .std:
      let deviation = Statistics.variance(values.map(Double.init), freedom: freedom).squareRoot()
      result = Int(exactly: deviation.rounded(.towardZero)) ?? 0
    default:
      let median = Statistics.quantile(values.map(Double.init).sorted(), 0.5)
      result = Int(exactly: median.rounded(.towardZero)) ?? 0
    }
    return type.isDate ? .date(result) : .span(result)
  }

  private func noReduction(_ how: Reduction) -> FrameError {
    if type == .string {
      return .raised(.type, "Cannot perform reduction '\(how.rawValue)' with string dtype")
    }
    let text = cells.filter { !$0.isMissing }.map(\.shown).joined()
    if how == .mean || how == .median {
      return .raised(.type, "Could not convert string '\(text)' to numeric")
    }
    let first = cells.first { $0.number == nil && !$0.isMissing }?.shown ?? ""
    return .raised(.value, "could not convert string to float: \(Cell.quoted(first))")
  }

  /// Quantiles at shares from 0 to 1.
  public func quantiles(_ shares: [Double], interpolation: String = "linear") throws -> [Cell] {
    for share in shares where !(share >= 0 && share <= 1) {
      throw FrameError.raised(.value, "percentiles should all be in the interval [0, 1]")
    }
    if type.isDate || type.isSpan, case .int(let all) = storage {
      let values = all.filter { $0 != Self.notATime }.sorted()
      return shares.map { share in
        guard !values.isEmpty else { return .notATime }
        let place = share * Double(values.count - 1)
        let low = Int(place)
        let next = min(low + 1, values.count - 1)
        let step = Double(values[next] - values[low]) * (place - Double(low))
        let value = values[low] + (Int(exactly: step.rounded(.towardZero)) ?? 0)
        return type.isDate ? .date(value) : .span(value)
      }
    }
    if type == .bool {
      throw FrameError.raised(
        .type,
        "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` "
          + "operator, or the logical_xor function instead.")
    }
    guard let numbers = doubles else {
      throw FrameError.raised(.type, "Cannot perform reduction 'quantile' with \(type == .string ? "string dtype" : "dtype \(typeName)")")
    }
    let sorted = Statistics.sortedPresent(numbers)
    let isWhole = type.isInteger && interpolation != "linear" && interpolation != "midpoint"
    return shares.map { share in
      let value: Double
      if sorted.isEmpty {
        value = .nan
      } else if interpolation == "linear" {
        value = Statistics.quantile(sorted, share)
      } else {
        let place = share * Double(sorted.count - 1)
        let low = sorted[Int(place.rounded(.down))]
        let high = sorted[min(sorted.count - 1, Int(place.rounded(.up)))]
        switch interpolation {
        case "lower": value = low
        case "higher": value = high
        case "midpoint": value = (low + high) / 2
        default: value = sorted[Int(place.rounded(.toNearestOrEven))]
        }
      }
      if isWhole, let whole = Int(exactly: value) { return .int(whole) }
      return value.isNaN ? .missing : .float(value)
    }
  }
}

extension Column {
  var isFloat: Bool { if case .float = self { true } else { false } }
}
