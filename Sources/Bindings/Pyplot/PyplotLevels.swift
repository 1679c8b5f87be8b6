import Glibc

/// Levels of contours as matplotlib's `MaxNLocator` picks them: at most n + 1 steps of
/// 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 or 10 times a power of ten that hold the range.
enum PyplotLevels {
  private static let steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10.0]

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
}
