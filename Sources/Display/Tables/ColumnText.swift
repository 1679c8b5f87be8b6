/// The cells of one column as text, by the rules of pandas' formatter
/// (`pandas/io/formats/format.py`).
///
/// A column of reals shows six digits after the point, less the zeros that all of them end with;
/// it turns to exponents as a whole when a value would read as zero, or is large and long.
struct ColumnText {
  var precision = 6
  /// pandas puts a blank before each value of a table with an index; it is the column gap.
  var leadingBlank = true

  func strings(_ cells: [Table.Cell], _ kind: Table.Kind) -> [String] {
    switch kind {
    case .real: reals(cells)
    case .integer: cells.map { sign($0) + single($0) }
    case .boolean, .text, .mixed:
      cells.map {
        if case .double(let value) = $0, !value.isNaN {
          return Self.decimal(value, precision, blank)
        }
        return blank + single($0)
      }
    }
  }

  /// A cell on its own, as Python's `str` writes it in a column of objects.
  func single(_ cell: Table.Cell) -> String {
    switch cell {
    case .int(let value): String(value)
    case .double(let value):
      value.isNaN ? "NaN" : Self.decimal(value, precision, "")
    case .bool(let value): value ? "True" : "False"
    case .text(let value): Self.oneLine(value)
    case .missing(let text): text
    }
  }

  /// Tabs and line breaks would tear the table.
  static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\t" || $0 == "\n" || $0 == "\r" }) else {
      return text
    }
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": out += "\\t"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private var blank: String { leadingBlank ? " " : "" }

  private func sign(_ cell: Table.Cell) -> String {
    if case .int(let value) = cell, value < 0 { return "" }
    return blank
  }

  private func reals(_ cells: [Table.Cell]) -> [String] {
    let values = cells.map { cell -> Double? in
      switch cell {
      case .double(let value): value.isNaN ? nil : value
      case .int(let value): Double(value)
      case .bool(let value): value ? 1 : 0
      case .text, .missing: nil
      }
    }
    func written(_ digits: (Double) -> String) -> [String] {
      zip(values, cells).map { value, cell in
        if let value { return (value.sign == .minus ? "" : blank) + digits(value) }
        if case .double = cell { return "NaN" }
        return single(cell)
      }
    }
    let fixed = Self.trimmedTogether(written { NumberText.fixed($0, precision) })
    let longest = fixed.reduce(0) { max($0, $1.utf8.count) }
    let smallest = (0..<precision).reduce(1.0) { power, _ in power / 10 }
    var hasLarge = false
    var hasSmall = false
    for case let value? in values {
      let magnitude = abs(value)
      if magnitude > 1e6 { hasLarge = true }
      if magnitude > 0 && magnitude < smallest { hasSmall = true }
    }
    guard hasSmall || (longest > precision + 6 && hasLarge) else { return fixed }
    return Self.trimmedTogether(written { NumberText.exponent($0, precision) })
  }

  private static func decimal(_ value: Double, _ precision: Int, _ blank: String) -> String {
    var text = NumberText.fixed(value, precision)
    while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
    if text.utf8.last == UInt8(ascii: ".") { text += "0" }
    return (value.sign == .minus ? "" : blank) + text
  }

  /// Takes as many zeros from the ends as all decimal numbers have, and leaves one behind the
  /// point.
  private static func trimmedTogether(_ texts: [String]) -> [String] {
    func isDecimal(_ text: String) -> Bool {
      let bytes = text.utf8
      return bytes.contains(UInt8(ascii: "."))
        && bytes.allSatisfy {
          (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".")
            || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ")
        }
    }
    let decimal = texts.map(isDecimal)
    var common = Int.max
    for (text, isNumber) in zip(texts, decimal) where isNumber {
      var zeros = 0
      for byte in text.utf8.reversed() {
        if byte != UInt8(ascii: "0") { break }
        zeros += 1
      }
      common = min(common, zeros)
    }
    if common == Int.max || common == 0 { return texts }
    return zip(texts, decimal).map { text, isNumber in
      guard isNumber else { return text }
      var shorter = String(text.dropLast(common))
      if shorter.utf8.last == UInt8(ascii: ".") { shorter += "0" }
      return shorter
    }
  }
}
