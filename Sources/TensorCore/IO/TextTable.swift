/// Tables of numbers as text, a row on each line: what `numpy.loadtxt` and `genfromtxt` read.
public struct TextTable {
  public struct Options {
    /// Where comments begin; empty texts are none.
    public var comments: [String] = ["#"]
    /// What stands between fields; nil is any run of blanks.
    public var delimiter: String?
    /// Lines at the start that are passed over, comments and empty ones included.
    public var skipRows = 0
    /// Lines at the end that are left out.
    public var skipFooter = 0
    /// Rows at most.
    public var maxRows: Int?
    /// The columns that are kept, in this order; negative ones count from the end.
    public var columns: [Int]?
    /// What a field becomes that is empty or no number; nil makes it an error.
    public var filling: Double?
    /// Fields that count as missing besides empty ones, when `filling` is given.
    public var missing: Set<String> = []
    /// Whether the first row names the columns.
    public var hasNames = false

    public init() {}
  }

  public private(set) var rows: [[Double]] = []
  public private(set) var names: [String] = []

  /// - Throws: `FileError.malformed` that names the row and the column.
  public init(_ bytes: [UInt8], _ options: Options) throws {
    var lines = Self.lines(bytes)
    if options.skipFooter > 0 { lines.removeLast(min(lines.count, options.skipFooter)) }
    let comments = options.comments.filter { !$0.isEmpty }
    var width: Int?
    var wantsNames = options.hasNames
    for line in lines.dropFirst(max(0, options.skipRows)) {
      if let most = options.maxRows, rows.count >= most { break }
      var text = Substring(line)
      if wantsNames, let mark = comments.first(where: { text.hasPrefix($0) }) {
        text = text.dropFirst(mark.count)
      }
      for mark in comments {
        if let range = text.firstRange(of: mark) { text = text[..<range.lowerBound] }
      }
      let fields = Self.fields(text, options.delimiter)
      if fields.isEmpty { continue }
      if wantsNames {
        wantsNames = false
        names = fields.map(Self.trimmed).map(String.init)
        continue
      }
      if let width, fields.count != width {
        throw FileError.malformed(
          format: .text,
          message: "the number of columns changed from \(width) to \(fields.count) at row "
            + "\(rows.count + 1); use `usecols` to select a subset and avoid this error")
      }
      width = fields.count
      rows.append(try Self.row(fields, options, row: rows.count))
    }
    if let columns = options.columns, !names.isEmpty {
      names = columns.compactMap { names.indices.contains($0) ? names[$0] : nil }
    }
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    var result: [String] = []
    var start = 0
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0x0A || bytes[i] == 0x0D {
        result.append(String(decoding: bytes[start..<i], as: UTF8.self))
        if bytes[i] == 0x0D, i + 1 < bytes.count, bytes[i + 1] == 0x0A { i += 1 }
        start = i + 1
      }
      i += 1
    }
    if start < bytes.count { result.append(String(decoding: bytes[start...], as: UTF8.self)) }
    return result
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }

  private static func fields(_ text: Substring, _ delimiter: String?) -> [Substring] {
    if trimmed(text).isEmpty { return [] }
    guard let delimiter, !delimiter.isEmpty else {
      return text.split { $0 == " " || $0 == "\t" || $0 == "\u{0B}" || $0 == "\u{0C}" }
    }
    return text.split(separator: delimiter, omittingEmptySubsequences: false)
  }

  private static func row(
    _ fields: [Substring], _ options: Options, row: Int
  ) throws -> [Double] {
    let places = options.columns ?? Array(fields.indices)
    return try places.map { place in
      let index = place < 0 ? place + fields.count : place
      guard fields.indices.contains(index) else {
        throw FileError.malformed(
          format: .text,
          message: "invalid column index \(place) at row \(row + 1) with \(fields.count) columns")
      }
      let field = trimmed(fields[index])
      if let filling = options.filling, field.isEmpty || options.missing.contains(String(field)) {
        return filling
      }
      if let value = number(field) { return value }
      if let filling = options.filling { return filling }
      throw FileError.malformed(
        format: .text,
        message: "could not convert string '\(field.prefix(60))' to float64 at row \(row), column "
          + "\(index + 1).")
    }
  }

  /// A number as Python's `float` reads it; `True` and hexadecimal floats are none.
  private static func number(_ field: Substring) -> Double? {
    guard !field.utf8.contains(where: { $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "X") }) else {
      return nil
    }
    return Double(field)
  }
}
