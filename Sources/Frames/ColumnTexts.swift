/// The texts of a column's cells as pandas prints them, before they are aligned.
///
/// Floats of a column share one form: as many decimals as the longest needs, six at most; an
/// exponent when a value would vanish at six decimals or a large one would take too much room.
/// Source: pandas, `io/formats/format.py`.
public struct ColumnTexts: Sendable {
  /// Decimals of floats.
  public var digits: Int
  /// The place of the sign before each text: pandas' tables have it, a column on its own has not.
  public var leadingSpace: Bool
  /// Longer texts end in "..."; in characters, the leading space included; nil for no limit.
  public var maxWidth: Int?

  public init(digits: Int = 6, leadingSpace: Bool = true, maxWidth: Int? = 50) {
    self.digits = max(0, min(digits, 300))
    self.leadingSpace = leadingSpace
    self.maxWidth = maxWidth
  }

  /// The texts of a column, one per row.
  public func texts(of column: Column) -> [String] {
    switch column {
    case .int(let values):
      return values.map { leadingSpace && $0 >= 0 ? " \($0)" : "\($0)" }
    case .float(let values): return floats(values)
    case .bool(let values):
      return values.map { spaced($0.map { $0 ? "True" : "False" } ?? "NaN") }
    case .string(let values):
      return (0..<values.count).map { row in
        shortened(spaced(values[row].map(Self.escaped) ?? "NaN"))
      }
    case .object(let cells): return cells.map { shortened(single($0)) }
    }
  }

  /// The text over a column: numeric columns have the place of the sign here as well.
  public func header(_ name: String, _ column: Column) -> String {
    column.isNumeric && leadingSpace ? " " + name : name
  }

  /// A cell among others of different types: written on its own.
  private func single(_ cell: Cell) -> String {
    if case .float(let value) = cell {
      return Self.trimmedAlone(text(value, exponent: false))
    }
    return spaced(cell.plainText.map(Self.escaped) ?? "NaN")
  }

  private static func trimmedAlone(_ text: String) -> String {
    guard isDecimal(text) else { return text }
    let cut = text.dropLast(text.utf8.reversed().prefix { $0 == 0x30 }.count)
    return cut.hasSuffix(".") ? cut + "0" : String(cut)
  }

  // MARK: - Floats

  private func floats(_ values: [Double]) -> [String] {
    let fixed = trimmed(values.map { text($0, exponent: false) })
    let tooLong = (fixed.lazy.map(\.utf8.count).max() ?? 0) > digits + 6
    let smallest = Self.powerOfTen(-digits)
    let hasLarge = values.contains { abs($0) > 1e6 }
    let hasSmall = values.contains { abs($0) < smallest && abs($0) > 0 }
    guard hasSmall || (tooLong && hasLarge) else { return fixed }
    return trimmed(values.map { text($0, exponent: true) })
  }

  private func text(_ value: Double, exponent: Bool) -> String {
    if value.isNaN { return "NaN" }
    let text =
      value.isInfinite
      ? (value < 0 ? "-inf" : "inf") : formatted(value, digits: digits, exponent: exponent)
    return leadingSpace && !text.hasPrefix("-") ? " " + text : text
  }

  /// Takes the zeros off that all decimal numbers end in, but for one behind the point.
  private func trimmed(_ texts: [String]) -> [String] {
    let zeros = texts.compactMap { text -> Int? in
      guard Self.isDecimal(text) else { return nil }
      return text.utf8.reversed().prefix { $0 == 0x30 }.count
    }
    guard let common = zeros.min() else { return texts }
    return texts.map { text in
      guard Self.isDecimal(text) else { return text }
      let cut = String(text.dropLast(common))
      return cut.hasSuffix(".") ? cut + "0" : cut
    }
  }

  /// Digits with a point among them, with sign and blanks before them; no exponent.
  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.contains(0x2E) && !text.utf8.contains(0x65)
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    Double("1e\(exponent)") ?? 0
  }

  // MARK: - Texts

  private func spaced(_ text: String) -> String { leadingSpace ? " " + text : text }

  private func shortened(_ text: String) -> String {
    guard let maxWidth, maxWidth > 3, text.utf8.count > maxWidth, text.count > maxWidth else {
      return text
    }
    return text.prefix(maxWidth - 3) + "..."
  }

  /// Line ends and tabs as `\n`, `\r`, `\t`, so that a cell stays on its line.
  private static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": result += "\\t"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
