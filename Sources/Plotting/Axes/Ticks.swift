import Display
import Glibc

/// Places on an axis that get a label: multiples of 1, 2, 2.5 or 5 times a power of ten.
struct Ticks: Equatable {
  var values: [Double]
  var labels: [String]

  /// Ticks of an axis, at most `count` of them.
  ///
  /// - Parameter least: the smallest step; 1 where the axis counts something.
  init(_ axis: AxisMap, atMost count: Int, least: Double = 0, ascii: Bool = false) {
    switch axis.scale {
    case .linear: self.init(linear: axis.low, axis.high, atMost: max(count, 1), least: least)
    case .log: self.init(log: axis.low, axis.high, atMost: max(count, 1), ascii: ascii)
    }
  }

  init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  // MARK: - Linear

  private init(linear low: Double, _ high: Double, atMost count: Int, least: Double) {
    let half = high * 0.5 - low * 0.5
    guard half > 0, half.isFinite, let fitting = Ticks.step(half, atMost: count) else {
      self.init(values: [low], labels: [NumberText.short(low)])
      return
    }
    // Whole steps only: 2.5 is none.
    let step = max(fitting == 2.5 && least >= 1 ? 5 : fitting, least)
    var values: [Double] = []
    let first = (low / step).rounded(.up)
    // A little beyond the end, for ends that are multiples up to rounding.
    let slack = half * 2e-9
    if low / step - (first - 1) < slack / step { values.append((first - 1) * step) }
    for offset in 0..<(count + 2) {
      let value = (first + Double(offset)) * step
      if !value.isFinite || value > high + slack { break }
      // 0.30000000000000004 and -0 are noise of the multiplication.
      values.append(abs(value) < step * 1e-9 ? 0 : value)
    }
    if values.isEmpty { values = [low] }
    self.init(values: values, labels: Ticks.labels(values, step))
  }

  /// The smallest nice step of which at most `count` multiples fit into twice `half`.
  private static func step(_ half: Double, atMost count: Int) -> Double? {
    let rough = half / Double(count) * 2
    let power = floor(log10(rough))
    guard power > -300, power < 308 else { return nil }
    for exponent in [power, power + 1, power + 2] {
      for factor in [1, 2, 2.5, 5] {
        let step = exponent < 0 ? factor / pow(10, -exponent) : factor * pow(10, exponent)
        guard step.isFinite else { return nil }
        // n steps have n + 1 ends.
        if floor(half / step * 2 + 1e-9) + 1 <= Double(count) { return step }
      }
    }
    return nil
  }

  /// Labels of one look: the same number of digits behind the point, or exponents for all.
  private static func labels(_ values: [Double], _ step: Double) -> [String] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    if largest == 0 { return values.map { _ in "0" } }
    let decimals = digits(step)
    if largest >= 1e6 || largest < 1e-3 {
      let power = floor(log10(largest))
      let relative = max(Int(power) - Int(floor(log10(step))), 0)
      let extra = digits(step / pow(10, floor(log10(step))))
      return values.map {
        $0 == 0 ? "0" : NumberText.tidy(NumberText.exponent($0, min(relative + extra, 12)))
      }
    }
    return values.map { NumberText.fixed($0, min(decimals, 12)) }
  }

  /// Digits behind the point that a multiple of `step` needs.
  private static func digits(_ step: Double) -> Int {
    guard step > 0, step.isFinite else { return 0 }
    for count in 0..<16 {
      let scaled = step * pow(10, Double(count))
      if abs(scaled - scaled.rounded()) < 1e-6 * scaled && scaled >= 0.5 { return count }
    }
    return 6
  }

  /// The same ticks with those that a longer axis has room for.
  func extended(_ low: Double, _ high: Double, _ step: Double) -> Ticks {
    guard let first = values.first, let last = values.last, step > 0 else { return self }
    let slack = step * 1e-9
    var longer = values
    var value = first - step
    while value >= low - slack && longer.count < 100 {
      longer.insert(abs(value) < slack ? 0 : value, at: 0)
      value -= step
    }
    value = last + step
    while value <= high + slack && longer.count < 100 {
      longer.append(abs(value) < slack ? 0 : value)
      value += step
    }
    return Ticks(values: longer, labels: Ticks.labels(longer, step))
  }

  // MARK: - Logarithmic

  private init(log low: Double, _ high: Double, atMost count: Int, ascii: Bool) {
    let first = Int(ceil(log10(low) - 1e-9))
    let last = Int(floor(log10(high) + 1e-9))
    var values: [Double] = []
    if last - first >= 2 {
      let stride = max((last - first + count) / count, 1)
      // Multiples of the stride, so that 1 is among them.
      var exponent = first
      while exponent <= last {
        if exponent % stride == 0 { values.append(pow(10, Double(exponent))) }
        exponent += 1
      }
    } else {
      for exponent in (first - 1)...(last + 1) {
        for factor in [1.0, 2, 5] {
          let value = factor * pow(10, Double(exponent))
          if value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9) { values.append(value) }
        }
      }
      while values.count > count && values.count > 1 { values.remove(at: values.count / 2) }
    }
    if values.isEmpty { values = [low, high] }
    let plain = values.allSatisfy { $0 >= 0.9e-3 && $0 <= 1.1e5 }
    self.init(
      values: values,
      labels: values.map { plain ? NumberText.short($0) : Ticks.power($0, ascii: ascii) })
  }

  /// `10⁻³`, or `1e-3` where superscripts cannot be shown or the number is no power of ten.
  static func power(_ value: Double, ascii: Bool) -> String {
    let exponent = log10(value)
    guard !ascii, abs(exponent - exponent.rounded()) < 1e-9, abs(exponent) < 400 else {
      return NumberText.short(value)
    }
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    var out = "10"
    for character in String(Int(exponent.rounded())) {
      out.append(character.wholeNumberValue.map { digits[$0] } ?? "⁻")
    }
    return out
  }
}
