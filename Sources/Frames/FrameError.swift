/// What can go wrong with tables; each case knows its sentence.
public enum FrameError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of mistake a sentence in pandas' words is about.
  public enum Kind: Sendable {
    case value, type, index, attribute, key, notImplemented, castingNaN, dateParse, merge
  }

  /// A sentence in pandas' words.
  case raised(Kind, String)
  /// A label that an axis lacks, and the nearest one that is there.
  case noLabel(Cell, nearest: String?)
  case unknownColumn(name: String, known: [String])
  case lengthMismatch(column: String, found: Int, expected: Int, firstColumn: String)
  case rowOutOfRange(row: Int, count: Int)
  case badArgument(name: String, found: String, expected: String)
  case fileNotFound(path: String)
  case isDirectory(path: String)
  case notReadable(path: String, reason: String)
  case notWritable(path: String, reason: String)
  case emptyFile(path: String)
  case raggedRow(path: String, line: Int, expected: Int, found: Int)
  case unclosedQuote(path: String, line: Int)
  /// More text in one column than its offsets can count.
  case columnTooLarge(bytes: Int)
  /// A file whose table would not fit into the machine's memory.
  case fileTooLarge(path: String, bytes: Int, limit: Int)

  public var description: String {
    switch self {
    case .raised(_, let text): return text
    case .noLabel(let label, let nearest):
      return label.shown + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .unknownColumn(let name, let known):
      let hint = nearest(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      let list = known.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
      let rest = known.count > 20 ? ", ... \(known.count - 20) more" : ""
      return "no column '\(name)'\(hint) The columns are: \(list)\(rest)"
    case .lengthMismatch(let column, let found, let expected, let first):
      return "column '\(column)' has \(found) rows, but '\(first)' has \(expected); "
        + "all columns of a table need the same length"
    case .rowOutOfRange(let row, let count):
      return "row \(row) of a table with \(count) rows; rows are 0 to \(max(count - 1, 0))"
    case .badArgument(let name, let found, let expected):
      return "\(name)=\(found): expected \(expected)"
    case .fileNotFound(let path):
      return "no file '\(path)'; check the path and the current folder"
    case .isDirectory(let path):
      return "'\(path)' is a folder, not a file; name a file in it"
    case .notReadable(let path, let reason):
      return "cannot read '\(path)': \(reason)"
    case .notWritable(let path, let reason):
      return "cannot write '\(path)': \(reason)"
    case .emptyFile(let path):
      return "'\(path)' has no columns to read: it is empty"
    case .raggedRow(let path, let line, let expected, let found):
      return "'\(path)', line \(line): expected \(expected) fields, found \(found); "
        + "fix the line, quote the field that holds the separator, or name another separator"
    case .unclosedQuote(let path, let line):
      return "'\(path)': the quote opened on line \(line) is never closed; "
        + "close it, or double a quote that is part of the text"
    case .columnTooLarge(let bytes):
      return "a column of text holds more than \(bytes) bytes; "
        + "read fewer rows or leave the column out"
    case .fileTooLarge(let path, let bytes, let limit):
      return "the table in '\(path)' would take about \(bytes) bytes, more than the \(limit) of "
        + "this machine; read some columns, or fewer rows"
    }
  }
}

extension FrameError {
  /// A label that an axis lacks; `asked` is the misspelt one when the label is a whole sentence.
  public static func missingLabel(
    _ label: Cell, among known: [Cell] = [], asked: Cell? = nil
  ) -> FrameError {
    let names = known.prefix(2000).compactMap(\.text)
    return .noLabel(label, nearest: (asked ?? label).text.flatMap { nearest(to: $0, among: names) })
  }
}

/// The known name closest to a misspelt one: at most a third of its letters away, letter case free.
func nearest(to name: String, among known: [String]) -> String? {
  let wanted = Array(name.lowercased().utf8)
  guard wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in known where candidate.utf8.count <= 64 {
    let distance = editDistance(wanted, Array(candidate.lowercased().utf8))
    if distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
  }
  guard let best, best.distance <= max(1, wanted.count / 3) else { return nil }
  return best.name
}

/// Levenshtein distance in bytes.
private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var row = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, y) in b.enumerated() {
      let next = min(diagonal + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1)
      diagonal = row[j + 1]
      row[j + 1] = next
    }
  }
  return row[b.count]
}
