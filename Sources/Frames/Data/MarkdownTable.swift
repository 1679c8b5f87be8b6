/// Tables of Markdown as the package `tabulate` writes them (format `pipe`), which pandas uses: texts
/// to the left, whole numbers to the right, floats with their points below each other.
public enum MarkdownTable {
  public static func text(_ frame: DataFrame, index: Bool) -> String {
    var columns: [(head: String, vector: Vector)] = []
    if index {
      for (place, level) in frame.index.levels.enumerated() {
        let name = frame.index.names[place]
        columns.append((name == .null ? "" : name.shown, level))
      }
    }
    for place in 0..<frame.columnCount { columns.append((frame.labels[place].shown, frame.columns[place])) }
    let made = columns.map { column($0.head, $0.vector) }
    var lines = [line(made.map(\.head)), "|" + made.map(\.rule).joined(separator: "|") + "|"]
    for row in 0..<frame.rowCount { lines.append(line(made.map { $0.cells[row] })) }
    return lines.joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |"
  }

  private static func column(_ head: String, _ vector: Vector) -> (head: String, cells: [String], rule: String) {
    let isFloat = vector.type.isFloating
    let isRight = vector.type.isNumeric && vector.type != .bool
    var cells = vector.cells.map { cell -> String in
      if cell.isMissing { return isFloat || vector.type == .string ? "nan" : vector.type.isDate ? "NaT" : "" }
      if case .float(let value) = cell { return general(value) }
      return cell.shown
    }
    if vector.type.isDate {
      cells = zip(cells, vector.cells).map { text, cell in
        if case .date(let micros) = cell { Moment(micros).dateText + " " + Moment(micros).timeText.prefix(8) } else { text }
      }
    }
    if isFloat {
      // What follows the point, the point included, takes the same room everywhere.
      let tails = cells.map { text in text.firstIndex(of: ".").map { text[$0...].count } ?? 0 }
      let most = tails.max() ?? 0
      cells = zip(cells, tails).map { text, tail in
        tail == 0 && text.contains(where: \.isLetter) ? text : text + String(repeating: " ", count: most - tail)
      }
    }
    let width = max(TextCount.of(head) + 2, cells.map(TextCount.of).max() ?? 0)
    func padded(_ text: String) -> String {
      let lacking = String(repeating: " ", count: max(0, width - TextCount.of(text)))
      return isRight ? lacking + text : text + lacking
    }
    let dashes = String(repeating: "-", count: width + 1)
    return (padded(head), cells.map(padded), isRight ? dashes + ":" : ":" + dashes)
  }

  private enum TextCount {
    static func of(_ text: String) -> Int { text.unicodeScalars.count }
  }

  /// Six significant digits without zeros at the end: the format `g`.
  private static func general(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    if value == 0 { return value.sign == .minus ? "-0" : "0" }
    let scientific = formatted(value, digits: 5, exponent: true)
    guard let mark = scientific.firstIndex(of: "e"), let power = Int(scientific[scientific.index(after: mark)...]) else {
      return scientific
    }
    func trimmed(_ text: String) -> String {
      guard text.contains(".") else { return text }
      let cut = text.dropLast(text.utf8.reversed().prefix { $0 == 0x30 }.count)
      return String(cut.hasSuffix(".") ? cut.dropLast() : cut)
    }
    if power < -4 || power >= 6 {
      let exponent = (power < 0 ? "-" : "+") + (abs(power) < 10 ? "0" : "") + String(abs(power))
      return trimmed(String(scientific[..<mark])) + "e" + exponent
    }
    return trimmed(formatted(value, digits: max(0, 5 - power), exponent: false))
  }
}
