import Glibc

/// Numbers sorted into intervals: `cut` and `qcut`.
public enum Binning {
  /// The ends of `count` intervals of one width over the numbers, a tenth of a per cent wider at
  /// the open end.
  public static func edges(_ values: [Double], count: Int, right: Bool) throws -> [Double] {
    let present = values.filter { $0.isFinite }
    guard let low = present.min(), let high = present.max() else {
      throw FrameError.raised(.value, "Cannot cut empty array")
    }
    guard count > 0 else {
      throw FrameError.raised(.value, "`bins` should be a positive integer.")
    }
    if low == high {
      let a = low - (low != 0 ? 0.001 * abs(low) : 0.001)
      let b = high + (high != 0 ? 0.001 * abs(high) : 0.001)
      return linspace(a, b, count + 1)
    }
    var edges = linspace(low, high, count + 1)
    let margin = (high - low) * 0.001
    if right { edges[0] -= margin } else { edges[edges.count - 1] += margin }
    return edges
  }

  static func linspace(_ a: Double, _ b: Double, _ count: Int) -> [Double] {
    let step = (b - a) / Double(count - 1)
    var result = (0..<count).map { Double($0) * step + a }
    result[count - 1] = b
    return result
  }

  /// The number of the interval of each value; -1 outside of all.
  public static func codes(
    _ values: [Double], _ edges: [Double], right: Bool, includesLowest: Bool
  ) -> [Int] {
    values.map { value in
      guard !value.isNaN, let first = edges.first, let last = edges.last else { return -1 }
      if includesLowest, right, value == first { return 0 }
      if includesLowest, !right, value == last { return edges.count - 2 }
      if right ? value <= first || value > last : value < first || value >= last { return -1 }
      var low = 0
      var high = edges.count - 1
      while high - low > 1 {
        let middle = (low + high) / 2
        if right ? value > edges[middle] : value >= edges[middle] { low = middle } else { high = middle }
      }
      return low
    }
  }

  /// Intervals between the ends, rounded to `precision` digits or as many as keep them apart.
  public static func intervals(
    _ edges: [Double], precision: Int, right: Bool, includesLowest: Bool, isWhole: Bool
  ) -> [Cell] {
    var digits = precision
    while digits < 20, Set(edges.map { rounded($0, digits) }).count != Set(edges).count { digits += 1 }
    var shown = edges.map { rounded($0, digits) }
    if right, includesLowest, let first = shown.first {
      shown[0] = first - Glibc.pow(10, -Double(digits))
      shown[0] = rounded(shown[0], digits + 3)
    }
    let whole = isWhole && shown.allSatisfy { $0 == $0.rounded() }
    return (0..<max(0, shown.count - 1)).map {
      .interval(Interval(left: shown[$0], right: shown[$0 + 1], isRightClosed: right, isWhole: whole))
    }
  }

  private static func rounded(_ value: Double, _ precision: Int) -> Double {
    guard value.isFinite, value != 0 else { return value }
    let fraction = value - value.rounded(.towardZero)
    let digits: Int
    if value.rounded(.towardZero) == 0 {
      digits = -Int(Glibc.floor(Glibc.log10(abs(fraction)))) - 1 + precision
    } else {
      digits = precision
    }
    return Vector.rounded(value, digits)
  }
}
