import Glibc

extension Frame {
  /// The table as CSV (RFC 4180): fields are quoted where they must be, missing values are empty,
  /// floats have the shortest digits that read back as the same value. Lines end in a line feed.
  ///
  /// - Parameters:
  ///   - separator: one ASCII character.
  ///   - includesIndex: whether the row labels are the first column.
  ///   - includesHeader: whether the first line holds the column names.
  ///   - missingText: what stands for a missing value.
  public func csv(
    separator: UInt8 = 0x2C, includesIndex: Bool = false, includesHeader: Bool = true,
    missingText: String = ""
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    writeCSV(
      separator: separator, includesIndex: includesIndex, includesHeader: includesHeader,
      missingText: missingText, to: &bytes
    ) { _ in }
    return bytes
  }

  /// Writes the table as CSV to a file, replacing what is there.
  ///
  /// - Throws: `notWritable` with the reason of the system.
  public func writeCSV(
    path: String, separator: UInt8 = 0x2C, includesIndex: Bool = false,
    includesHeader: Bool = true, missingText: String = ""
  ) throws(FrameError) {
    guard let file = fopen(path, "w") else {
      throw .notWritable(path: path, reason: ByteSource.reason())
    }
    var failed: String?
    var bytes: [UInt8] = []
    func flush(_ bytes: inout [UInt8]) {
      if failed == nil, fwrite(bytes, 1, bytes.count, file) < bytes.count {
        failed = ByteSource.reason()
      }
      bytes.removeAll(keepingCapacity: true)
    }
    writeCSV(
      separator: separator, includesIndex: includesIndex, includesHeader: includesHeader,
      missingText: missingText, to: &bytes
    ) { bytes in
      if bytes.count > 1 << 16 { flush(&bytes) }
    }
    flush(&bytes)
    if fclose(file) != 0, failed == nil { failed = ByteSource.reason() }
    if let failed { throw .notWritable(path: path, reason: failed) }
  }

  /// Writes row by row; `afterRow` may take the bytes away.
  private func writeCSV(
    separator: UInt8, includesIndex: Bool, includesHeader: Bool, missingText: String,
    to bytes: inout [UInt8], afterRow: (inout [UInt8]) -> Void
  ) {
    let shown = (includesIndex ? [index.column] : []) + columns
    if includesHeader {
      let titles = (includesIndex ? [index.name ?? ""] : []) + names
      for (place, title) in titles.enumerated() {
        if place > 0 { bytes.append(separator) }
        Self.write(title, separator, &bytes)
      }
      bytes.append(0x0A)
      afterRow(&bytes)
    }
    for row in 0..<rowCount {
      for (place, column) in shown.enumerated() {
        if place > 0 { bytes.append(separator) }
        switch column[row] {
        case .missing: Self.write(missingText, separator, &bytes)
        case .int(let value): bytes.append(contentsOf: String(value).utf8)
        case .float(let value): bytes.append(contentsOf: shortestText(value).utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "True" : "False").utf8)
        case .string(let value): Self.write(value, separator, &bytes)
        case let other: Self.write(other.plainText ?? missingText, separator, &bytes)
        }
      }
      // A single empty field would be a blank line, which a reader passes over.
      if shown.count == 1, shown[0][row] == .missing, missingText.isEmpty {
        bytes.append(contentsOf: [CSVScanner.quote, CSVScanner.quote])
      }
      bytes.append(0x0A)
      afterRow(&bytes)
    }
  }

  /// A field, in quotes when it holds the separator, a quote or a line end.
  private static func write(_ text: String, _ separator: UInt8, _ bytes: inout [UInt8]) {
    let needsQuotes = text.utf8.contains {
      $0 == separator || $0 == CSVScanner.quote || $0 == CSVScanner.lineFeed
        || $0 == CSVScanner.carriageReturn
    }
    guard needsQuotes else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    bytes.append(CSVScanner.quote)
    for byte in text.utf8 {
      if byte == CSVScanner.quote { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(CSVScanner.quote)
  }
}
