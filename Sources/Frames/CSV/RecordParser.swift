/// Reads records from a run of bytes into columns. Holds nothing that changes, so that several
/// threads may use it at once.
struct RecordParser: Sendable {
  /// How far the reading has come.
  struct Place {
    /// The first byte of the next record.
    var p: UnsafePointer<UInt8>
    /// Its line number, from 1.
    var line: Int
    /// Records read.
    var rows: Int
  }

  let separator: UInt8
  let missing: MissingTexts
  let path: String
  var skipsLongRows = false
  private let numbers = NumberParsing.shared

  init(separator: UInt8, missing: MissingTexts, path: String) {
    self.separator = separator
    self.missing = missing
    self.path = path
  }

  /// Reads the whole records from `place` on, until `end` or `most` rows.
  ///
  /// - Throws: `raggedRow`, `unclosedQuote`, `columnTooLarge`.
  func parse(
    _ place: inout Place, end: UnsafePointer<UInt8>, isLast: Bool, most: Int,
    into builders: UnsafeMutableBufferPointer<ColumnBuilder>
  ) throws(FrameError) {
    var scanner = CSVScanner(separator: separator, end: end, isLast: isLast)
    var p = place.p
    while p < scanner.end, place.rows < most {
      switch scanner.skipBlankLine(&p) {
      case .record:
        place.p = p
        place.line += 1
        continue
      case .blockEnd:
        place.p = p
        return
      case .separator: break
      }
      scanner.innerLines = 0
      var column = 0
      let stop = try readRecord(&p, &scanner, builders, &column)
      if stop == .blockEnd {
        if scanner.isUnclosed { throw FrameError.unclosedQuote(path: path, line: place.line) }
        for index in 0..<min(column, builders.count) { builders[index].removeLast() }
        return
      }
      if column > builders.count, skipsLongRows {
        for index in builders.indices { builders[index].removeLast() }
        place.line += 1 + scanner.innerLines
        place.p = p
        continue
      }
      if column > builders.count {
        throw FrameError.raggedRow(
          path: path, line: place.line, expected: builders.count, found: column)
      }
      // A short row ends in missing values, as in pandas.
      while column < builders.count {
        builders[column].addMissing()
        column += 1
      }
      place.rows += 1
      place.p = p
      place.line += 1 + scanner.innerLines
    }
  }

  /// Reads the fields of one record; `column` counts them, also those that have no builder.
  @inline(__always)
  private func readRecord(
    _ p: inout UnsafePointer<UInt8>, _ scanner: inout CSVScanner,
    _ builders: UnsafeMutableBufferPointer<ColumnBuilder>, _ column: inout Int
  ) throws(FrameError) -> CSVScanner.Stop {
    var field = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    while true {
      let stop: CSVScanner.Stop
      if column >= builders.count {
        stop = scanner.next(&p, field: &field)
        if stop == .blockEnd { return stop }
      } else {
        switch builders[column].kind {
        case .int:
          var q = p
          if let value = Self.quickInt(&q), Self.endsField(q.pointee, scanner) {
            stop = scanner.terminator(&q)
            if stop == .blockEnd { return stop }
            builders[column].ints.append(value)
            p = q
            break
          }
          stop = try readField(&p, &scanner, &field, &builders[column])
          if stop == .blockEnd { return stop }
        case .float:
          var q = p
          if let value = numbers.decimal(&q, end: scanner.end),
            Self.endsField(q.pointee, scanner)
          {
            stop = scanner.terminator(&q)
            if stop == .blockEnd { return stop }
            builders[column].floats.append(value)
            p = q
            break
          }
          stop = try readField(&p, &scanner, &field, &builders[column])
          if stop == .blockEnd { return stop }
        case .unknown, .bool, .text, .skipped:
          stop = try readField(&p, &scanner, &field, &builders[column])
          if stop == .blockEnd { return stop }
        }
      }
      column += 1
      if stop == .record { return stop }
    }
  }

  private func readField(
    _ p: inout UnsafePointer<UInt8>, _ scanner: inout CSVScanner,
    _ field: inout UnsafeBufferPointer<UInt8>, _ builder: inout ColumnBuilder
  ) throws(FrameError) -> CSVScanner.Stop {
    let stop = scanner.next(&p, field: &field)
    if stop == .blockEnd { return stop }
    if scanner.usesScratch {
      let text = scanner.scratch
      var failure: FrameError?
      text.withUnsafeBufferPointer { bytes in
        do throws(FrameError) { try builder.add(bytes, missing) } catch { failure = error }
      }
      if let failure { throw failure }
    } else {
      try builder.add(field, missing)
    }
    return stop
  }

  @inline(__always)
  private static func endsField(_ byte: UInt8, _ scanner: CSVScanner) -> Bool {
    byte == scanner.separator || byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn
  }

  /// Up to 18 digits with an optional sign; the sentinel behind the block is no digit.
  @inline(__always)
  private static func quickInt(_ p: inout UnsafePointer<UInt8>) -> Int? {
    var negative = false
    if p.pointee == 0x2D {
      negative = true
      p += 1
    }
    let digits = p
    var value = 0
    while p.pointee &- 0x30 <= 9 {
      value = value &* 10 &+ Int(p.pointee &- 0x30)
      p += 1
    }
    guard p - digits >= 1, p - digits <= 18 else { return nil }
    return negative ? -value : value
  }
}
