import Glibc

/// Levels of contours as matplotlib's `MaxNLocator` picks them: at most n + 1 steps of
/// 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 or 10 times a power of ten that hold the range.
enum PyplotLevels {
  private static let steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10.0]

  /// Places of labels as matplotlib's `AutoLocator` picks them: at most nine steps of 1, 2, 2.5, 5 or
  /// 10 times a power of ten, one place beyond each end.
  static func ticks(_ low: Double, _ high: Double) -> [Double] {
    guard low < high, low.isFinite, high.isFinite, (high - low).isFinite else { return [low] }
    let raw = (high - low) / 9
    let scale = pow(10, floor(log10(raw)))
    guard scale > 0, scale.isFinite, abs(low) / scale < 1e12, abs(high) / scale < 1e12 else {
      return [low, high]
    }
    let step = ([1, 2, 2.5, 5, 10].first { $0 * scale >= raw * (1 - 1e-10) } ?? 10) * scale
    let base = floor(low / step) * step
    let first = floor((low - base) / step + 1e-10)
    let last = ceil((high - base) / step - 1e-10)
    return (Int(first)...Int(max(last, first))).map { Double($0) * step + base }
  }

  /// Powers of ten around a logarithmic axis.
  static func powers(_ low: Double, _ high: Double) -> [Double] {
    guard low > 0, high > low, high.isFinite else { return [] }
    let first = Int(floor(log10(low))) - 0
    let last = Int(ceil(log10(high)))
    let begins = pow(10, Double(first)) < low ? first : first - 1
    let ends = pow(10, Double(last)) > high ? last : last + 1
    return (begins...max(ends, begins)).map { pow(10, Double($0)) }
  }

  static func levels(_ low: Double, _ high: Double, _ count: Int, isFilled: Bool) -> [Double] {
    guard low < high, low.isFinite, high.isFinite, (high - low).isFinite else { return [low] }
    let bins = Double(count + 1)
    let scale = pow(10, floor(log10((high - low) / bins)))
    guard scale > 0, scale.isFinite else { return [low, high] }
    let raw = (high - low) / bins / scale
    let wide = steps + steps.map { $0 * 10 }
    var all: [Double] = [low, high]
    // The smallest step that is wide enough, and those above it, until few enough levels remain.
    for step in wide where step >= raw * (1 - 1e-10) {
      let size = step * scale
      let first = floor(low / size + 1e-10)
      let last = ceil(high / size - 1e-10)
      guard last - first <= 2000 else { continue }
      all = (Int(first)...Int(max(last, first))).map { Double($0) * size }
      if Double(all.count - 1) <= bins { break }
    }
    if isFilled {
      // One level beyond each end.
      let inner = all.lastIndex { $0 <= low } ?? 0
      let outer = all.firstIndex { $0 >= high } ?? all.count - 1
      return Array(all[inner...max(outer, inner)])
    }
    let inner = all.lastIndex { $0 < low } ?? 0
    let outer = all.firstIndex { $0 > high } ?? all.count - 1
    return Array(all[inner...max(outer, inner)])
  }

  /// Digits behind the point that a number needs, at most ten.
  static func digits(_ value: Double) -> Int {
    for count in 0..<10 {
      let scaled = value * pow(10, Double(count))
      if !scaled.isFinite || abs(scaled - scaled.rounded()) <= 1e-6 { return count }
    }
    return 10
  }
}
