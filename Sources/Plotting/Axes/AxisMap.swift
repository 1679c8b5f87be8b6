import Glibc

/// How an axis turns numbers into distances.
public enum AxisScale: String, Sendable, Equatable {
  case linear
  /// Logarithm to base ten; numbers that are not positive have no place on it.
  case log
}

/// The smallest and largest number that data reaches along an axis.
struct Extent: Equatable {
  var low: Double
  var high: Double

  /// The finite (on a log axis: positive) numbers' range; nil when there are none.
  init?(_ values: some Sequence<Double>, _ scale: AxisScale = .linear) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      if scale == .log && value <= 0 { continue }
      if value < low { low = value }
      if value > high { high = value }
    }
    if low > high { return nil }
    self.low = low
    self.high = high
  }

  init(_ a: Double, _ b: Double) {
    low = min(a, b)
    high = max(a, b)
  }

  func union(_ other: Extent?) -> Extent {
    guard let other else { return self }
    return Extent(min(low, other.low), max(high, other.high))
  }
}

/// An axis with its limits: numbers to fractions of its length and back.
struct AxisMap {
  let scale: AxisScale
  let low: Double
  let high: Double
  /// Whether the low end stands at the right or at the top: pictures count rows downwards.
  let isReversed: Bool
  private let origin: Double
  private let inverseRange: Double

  /// - Parameters:
  ///   - extent: what the data reaches; nil gives 0 ... 1.
  ///   - limits: what the caller asked for; wins over the extent.
  ///   - margin: fraction of the range that is added at each end of a data extent.
  init(
    _ extent: Extent?, limits: ClosedRange<Double>? = nil, scale: AxisScale = .linear,
    margin: Double = 0, isReversed: Bool = false
  ) {
    self.scale = scale
    self.isReversed = isReversed
    var range = extent ?? (scale == .log ? Extent(1, 10) : Extent(0, 1))
    var grow = margin
    if let limits, limits.lowerBound.isFinite, limits.upperBound.isFinite,
      scale == .linear || limits.lowerBound > 0
    {
      range = Extent(limits.lowerBound, limits.upperBound)
      grow = 0
    }
    (low, high) = AxisMap.widened(range, scale, grow)
    // Half of each end: the difference of the largest doubles would be infinite.
    let ends = (AxisMap.half(low, scale), AxisMap.half(high, scale))
    origin = isReversed ? ends.1 : ends.0
    inverseRange = isReversed ? 1 / (ends.0 - ends.1) : 1 / (ends.1 - ends.0)
  }

  /// 0 at the low end, 1 at the high end, outside of both for numbers beyond; NaN where the axis
  /// has no place for it.
  @inline(__always)
  func fraction(_ value: Double) -> Double {
    switch scale {
    case .linear: (value * 0.5 - origin) * inverseRange
    case .log: value > 0 ? (log10(value) * 0.5 - origin) * inverseRange : .nan
    }
  }

  /// The number at a fraction of the length.
  func value(_ fraction: Double) -> Double {
    switch scale {
    case .linear: 2 * (origin + fraction / inverseRange)
    case .log: pow(10, 2 * (origin + fraction / inverseRange))
    }
  }

  private static func half(_ value: Double, _ scale: AxisScale) -> Double {
    scale == .log ? log10(value) * 0.5 : value * 0.5
  }

  /// Limits with a margin, and never of no width: constant data gets some air.
  private static func widened(_ extent: Extent, _ scale: AxisScale, _ margin: Double)
    -> (Double, Double)
  {
    if scale == .log {
      let low = max(extent.low, Double.leastNormalMagnitude)
      let high = max(extent.high, low)
      if low == high { return (low / 2, min(high * 2, Double.greatestFiniteMagnitude)) }
      let factor = pow(high / low, margin)
      guard factor.isFinite, low / factor > 0, (high * factor).isFinite else { return (low, high) }
      return (low / factor, high * factor)
    }
    var (low, high) = (extent.low, extent.high)
    if low == high || (high * 0.5 - low * 0.5) < abs(high) * 1e-14 {
      let middle = low * 0.5 + high * 0.5
      let air = middle == 0 ? 1 : abs(middle) * 0.05
      low = middle - air
      high = middle + air
    } else {
      let extra = (high * 0.5 - low * 0.5) * margin * 2
      low -= extra
      high += extra
    }
    let limit = Double.greatestFiniteMagnitude
    low = min(max(low, -limit), limit)
    high = min(max(high, -limit), limit)
    // Numbers near the least double have no room between them.
    if !(1 / (high * 0.5 - low * 0.5)).isFinite { return (low - 1e-300, high + 1e-300) }
    return (low, high)
  }
}
