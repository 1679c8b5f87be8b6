/// Sums, spreads and quantiles of a column's numbers as pandas computes them; missing values are
/// passed over.
enum Statistics {
  /// NumPy's pairwise summation: eight running sums in blocks of up to 128, halves above. The error
  /// grows with the logarithm of the length, and the digits are NumPy's.
  static func sum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { pairwise($0[...]) }
  }

  private static func pairwise(_ values: Slice<UnsafeBufferPointer<Double>>) -> Double {
    let count = values.count
    let start = values.startIndex
    if count < 8 {
      // -0.0 is the neutral element: a sum of negative zeros stays one.
      return values.reduce(-0.0, +)
    }
    if count <= 128 {
      var r = (0..<8).map { values[start + $0] }
      let whole = count - count % 8
      for i in stride(from: 8, to: whole, by: 8) {
        for k in 0..<8 { r[k] += values[start + i + k] }
      }
      var result = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
      for i in whole..<count { result += values[start + i] }
      return result
    }
    var half = count / 2
    half -= half % 8
    return pairwise(values[start..<start + half]) + pairwise(values[(start + half)...])
  }

  /// NaN when there is no value.
  static func mean(_ values: [Double]) -> Double {
    let present = values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
    guard present > 0 else { return .nan }
    return sum(values.map { $0.isNaN ? 0 : $0 }) / Double(present)
  }

  /// The variance with `count - freedom` for divisor; NaN when that is not positive.
  static func variance(_ values: [Double], freedom: Int = 1) -> Double {
    let present = values.reduce(0) { $0 + ($1.isNaN ? 0 : 1) }
    guard present > freedom else { return .nan }
    let mean = mean(values)
    let squares = values.map { $0.isNaN ? 0 : (mean - $0) * (mean - $0) }
    return sum(squares) / Double(present - freedom)
  }

  /// The value below which a share `q` (0 to 1) of the sorted values lies, between neighbours in
  /// proportion. `sorted` holds no NaN.
  static func quantile(_ sorted: [Double], _ q: Double) -> Double {
    guard let first = sorted.first, let last = sorted.last else { return .nan }
    let place = q * Double(sorted.count - 1)
    guard place > 0 else { return first }
    guard place < Double(sorted.count - 1) else { return last }
    let low = Int(place)
    let t = place - Double(low)
    let difference = sorted[low + 1] - sorted[low]
    // From the nearer end, as NumPy does, so that both ends are met exactly.
    return t >= 0.5 ? sorted[low + 1] - difference * (1 - t) : sorted[low] + difference * t
  }

  static func sortedPresent(_ values: [Double]) -> [Double] {
    values.filter { !$0.isNaN }.sorted()
  }
}
