import Display

/// A curve in one row of characters: `▁▂▄▆█▅▂`. Fits into table cells.
public enum Sparkline {
  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  private static let asciiLevels: [Character] = ["_", ".", "-", "=", "*", "#"]

  /// - Parameters:
  ///   - width: most columns; longer data is averaged in groups, shorter data takes one column to a
  ///     value. Default 20.
  ///   - limits: lowest and highest level; nil: those of the data.
  public static func text(
    _ values: [Double], width: Int = 20, limits: ClosedRange<Double>? = nil, ascii: Bool = false
  ) -> String {
    let shown = reduced(values, to: max(width, 1))
    let extent = limits.map { Extent($0.lowerBound, $0.upperBound) } ?? Extent(shown)
    let levels = ascii ? asciiLevels : levels
    var out = ""
    for value in shown {
      guard value.isFinite, let extent else {
        out.append(" ")
        continue
      }
      let range = extent.high * 0.5 - extent.low * 0.5
      // Constant data is a line in the middle.
      let fraction = range > 0 ? (value * 0.5 - extent.low * 0.5) / range : 0.5
      let place = Int((min(max(fraction, 0), 1) * Double(levels.count - 1)).rounded())
      out.append(levels[place])
    }
    return out
  }

  /// Means of `count` groups of neighbours; values that are not finite do not count.
  private static func reduced(_ values: [Double], to count: Int) -> [Double] {
    if values.count <= count { return values }
    return (0..<count).map { group in
      let from = group * values.count / count
      let to = max((group + 1) * values.count / count, from + 1)
      var sum = 0.0
      var number = 0
      for value in values[from..<to] where value.isFinite {
        sum += value
        number += 1
      }
      return number == 0 ? .nan : sum / Double(number)
    }
  }
}
