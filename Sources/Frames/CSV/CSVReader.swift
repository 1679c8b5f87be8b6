import Glibc

/// Reads a CSV file into typed columns, a block of a megabyte at a time.
///
/// The pass over the bytes is one: the digits of a number are read while its end is looked for. The
/// text of a file is never held as a whole, only what the columns keep. Blocks end anywhere; a
/// record that a block cuts is taken back and read again with the next block behind it.
struct CSVReader {
  private static let blockSize = 1 << 20

  private var source: ByteSource
  private let options: CSVOptions
  private let missing: MissingTexts
  private var separator: UInt8 = 0x2C

  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  /// The bytes in use are `buffer[start..<filled]`; one more byte is always there for the sentinel.
  private var start = 0
  private var filled = 0
  private var atEnd = false
  private var bytesRead = 0
  /// The line number of the next record, from 1.
  private var line = 1
  private var rows = 0
  /// Columns before those that the head names.
  private var labelColumns = 0

  private init(source: ByteSource, options: CSVOptions) {
    self.source = source
    self.options = options
    missing = MissingTexts(options)
    capacity = Self.blockSize
    buffer = .allocate(capacity: capacity + 1)
    buffer.initialize(repeating: 0, count: capacity + 1)
  }

  /// Reads the whole source; closes it.
  static func read(_ source: ByteSource, _ options: CSVOptions) throws -> Frame {
    var reader = CSVReader(source: source, options: options)
    defer {
      reader.buffer.deallocate()
      reader.source.finish()
    }
    return try reader.readFrame()
  }

  private mutating func readFrame() throws -> Frame {
    try checkOptions()
    let names = try readHead()
    let kept = try keptColumns(names)
    var columns = try readBody(
      names.indices.map { index in
        ColumnBuilder(
          kind: !kept.contains(index)
            ? .skipped : options.textColumns.contains(names[index]) ? .text : .unknown)
      })
    let texts = columns.indices.filter { columns[$0].needsText }
    var finished = columns.indices.map { columns[$0].finish() }
    columns = []
    if !texts.isEmpty {
      try rewind()
      _ = try readHead()
      var again = try readBody(
        names.indices.map { ColumnBuilder(kind: texts.contains($0) ? .text : .skipped) })
      for index in texts { finished[index] = again[index].finish() }
    }
    let order = options.columns == nil ? Array(names.indices) : kept.sorted()
    var frame = try Frame(
      order.compactMap { index in finished[index].map { (names[index], $0) } })
    frame.labelColumns = options.columns == nil ? labelColumns : 0
    return frame
  }

  private func checkOptions() throws(FrameError) {
    if options.skipRows < 0 {
      throw .badArgument(name: "skiprows", found: "\(options.skipRows)", expected: "0 or more")
    }
    if let most = options.maxRows, most < 0 {
      throw .badArgument(name: "nrows", found: "\(most)", expected: "0 or more")
    }
    if case .row(let row) = options.header, row < 0 {
      throw .badArgument(name: "header", found: "\(row)", expected: "a line number from 0, or none")
    }
    if let byte = options.separator,
      byte >= 0x80
        || [CSVScanner.quote, CSVScanner.lineFeed, CSVScanner.carriageReturn].contains(byte)
    {
      throw .badArgument(
        name: "sep", found: String(UnicodeScalar(byte)).debugDescription,
        expected: "one character such as ',', ';', '|' or a tab")
    }
  }

  // MARK: - Head

  /// Finds the column names and leaves the reader before the first record of data.
  private mutating func readHead() throws -> [String] {
    try fill()
    try skipByteOrderMark()
    try skipLines(options.skipRows)
    separator =
      options.separator
      ?? SeparatorSniffing.separator(
        of: UnsafeBufferPointer(start: buffer + start, count: filled - start), isWhole: atEnd)
    var headerRow: Int?
    switch options.header {
    case .infer: headerRow = options.names == nil ? 0 : nil
    case .none: headerRow = nil
    case .row(let row): headerRow = row
    }
    if let headerRow {
      for _ in 0..<headerRow where try record(consume: true) == nil {
        throw FrameError.emptyFile(path: source.path)
      }
      guard let fields = try record(consume: true) else {
        throw FrameError.emptyFile(path: source.path)
      }
      if let names = options.names { return try checked(names, width: fields.count) }
      // Data wider than the head: the columns in front are the labels of rows.
      labelColumns = 0
      if options.findsRowLabels, let first = try record(consume: false), first.count > fields.count,
        !(first.count == fields.count + 1 && first.last?.isEmpty == true)
      {
        labelColumns = first.count - fields.count
      }
      let labels = (0..<labelColumns).map { "\u{0}\($0)" }
      return labels + Self.unique(fields)
    }
    guard let fields = try record(consume: false) else {
      if let names = options.names { return names }
      throw FrameError.emptyFile(path: source.path)
    }
    let names = try options.names.map { try checked($0, width: fields.count) }
    return names ?? fields.indices.map(String.init)
  }

  private func checked(_ names: [String], width: Int) throws(FrameError) -> [String] {
    guard names.count >= width else {
      throw .badArgument(
        name: "names", found: "\(names.count) names",
        expected: "at least \(width), one for each column of '\(source.path)'")
    }
    return names
  }

  /// Names made different: an empty one is `Unnamed: <place>`, a repeated one gets `.1`, `.2`, ...
  private static func unique(_ fields: [String]) -> [String] {
    var used = Set(fields)
    var seen: [String: Int] = [:]
    var names: [String] = []
    for (place, field) in fields.enumerated() {
      let base = field.isEmpty ? "Unnamed: \(place)" : field
      var name = base
      if var number = seen[base] {
        repeat {
          name = "\(base).\(number)"
          number += 1
        } while used.contains(name)
        used.insert(name)
        seen[base] = number
      } else {
        seen[base] = 1
      }
      names.append(name)
    }
    return names
  }

  private func keptColumns(_ names: [String]) throws(FrameError) -> Set<Int> {
    guard let wanted = options.columns else { return Set(names.indices) }
    var kept: Set<Int> = []
    for name in wanted {
      guard let index = names.firstIndex(of: name) else {
        throw .unknownColumn(name: name, known: names)
      }
      kept.insert(index)
    }
    return kept
  }

  /// One record as texts, nil at the end; blank lines before it are passed over.
  private mutating func record(consume: Bool) throws -> [String]? {
    while true {
      var scanner = makeScanner()
      var p = UnsafePointer(buffer + start)
      switch scanner.skipBlankLine(&p) {
      case .record:
        advance(to: p, lines: 1)
        continue
      case .blockEnd:
        if atEnd { return nil }
        try fill()
        continue
      case .separator: break
      }
      var fields: [String] = []
      var field = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
      var stop = CSVScanner.Stop.separator
      while stop == .separator {
        stop = scanner.next(&p, field: &field)
        if stop == .blockEnd { break }
        fields.append(
          scanner.usesScratch
            ? String(decoding: scanner.scratch, as: UTF8.self)
            : String(decoding: field, as: UTF8.self))
      }
      if stop == .blockEnd {
        if scanner.isUnclosed { throw FrameError.unclosedQuote(path: source.path, line: line) }
        try fill()
        continue
      }
      if consume { advance(to: p, lines: 1 + scanner.innerLines) }
      return fields
    }
  }

  // MARK: - Body

  private mutating func readBody(_ initial: [ColumnBuilder]) throws -> [ColumnBuilder] {
    let builders = UnsafeMutableBufferPointer<ColumnBuilder>.allocate(capacity: initial.count)
    _ = builders.initialize(from: initial)
    defer {
      builders.deinitialize()
      builders.deallocate()
    }
    rows = 0
    let most = options.maxRows ?? Int.max
    var parser = RecordParser(separator: separator, missing: missing, path: source.path)
    parser.skipsLongRows = options.skipsLongRows
    var blocks = 0
    while rows < most {
      // The first block finds the types and is read by one thread.
      let canCut = blocks > 0 && options.maxRows == nil
      let isDone = canCut ? try readInParts(parser, builders) : false
      if !isDone {
        var place = RecordParser.Place(p: UnsafePointer(buffer + start), line: line, rows: rows)
        try parser.parse(
          &place, end: UnsafePointer(buffer + filled), isLast: atEnd, most: most, into: builders)
        move(to: place)
      }
      if rows >= most || (atEnd && start == filled) { break }
      blocks += 1
      if blocks == 1 { try widen() }
      if blocks.nonzeroBitCount == 1 { try reserve(builders, most) }
      try options.checkInterrupt?()
      try fill()
    }
    return Array(builders)
  }

  /// Reads the whole records of the block with all processors; false (and nothing done) when the
  /// block cannot be cut: a quote may hold line ends, and a small block is not worth it.
  private mutating func readInParts(
    _ parser: RecordParser, _ builders: UnsafeMutableBufferPointer<ColumnBuilder>
  ) throws -> Bool {
    let block = UnsafeBufferPointer(start: UnsafePointer(buffer + start), count: filled - start)
    guard let parts = CSVParts(parser, block, isLast: atEnd, builders) else { return false }
    let place = try parts.read(
      into: builders, RecordParser.Place(p: UnsafePointer(buffer + start), line: line, rows: rows))
    move(to: place)
    return true
  }

  private mutating func move(to place: RecordParser.Place) {
    start = place.p - UnsafePointer(buffer)
    line = place.line
    rows = place.rows
  }

  /// Reserves for the rows that the rest of the file will hold if it goes on as it began.
  ///
  /// - Throws: `fileTooLarge` when that is more than the machine has: better now than when the
  ///   system ends the process.
  private func reserve(
    _ builders: UnsafeMutableBufferPointer<ColumnBuilder>, _ most: Int
  ) throws(FrameError) {
    guard let size = source.size, rows > 0 else { return }
    let consumed = max(bytesRead - (filled - start), 1)
    let expected = min(Double(rows) / Double(consumed) * Double(size) * 1.02 + 16, Double(most))
    let bytes = builders.reduce(0) { $0 + $1.bytesPerRow } * expected
    let limit = Self.physicalMemory
    guard bytes < Double(limit) else {
      throw .fileTooLarge(
        path: source.path, bytes: Int(exactly: bytes.rounded()) ?? Int.max, limit: limit)
    }
    for index in builders.indices { builders[index].reserve(rows: Int(expected)) }
  }

  private static let physicalMemory: Int = {
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && !overflow ? bytes : 4 << 30
  }()

  // MARK: - Blocks

  private func makeScanner() -> CSVScanner {
    CSVScanner(separator: separator, end: UnsafePointer(buffer + filled), isLast: atEnd)
  }

  private mutating func advance(to p: UnsafePointer<UInt8>, lines: Int) {
    start = p - UnsafePointer(buffer)
    line += lines
  }

  /// Moves what is left to the front and reads more behind it. When nothing could be consumed, a
  /// record is longer than the block: the block doubles.
  private mutating func fill() throws {
    if start == 0, filled == capacity, filled > 0 {
      grow(to: capacity * 2)
    } else if start > 0 {
      buffer.update(from: buffer + start, count: filled - start)
      filled -= start
      start = 0
    }
    while filled < capacity {
      let count = try source.read(into: buffer + filled, count: capacity - filled)
      if count == 0 {
        atEnd = true
        break
      }
      filled += count
      bytesRead += count
    }
    buffer[filled] = CSVScanner.lineFeed
  }

  /// Makes the block as long as the file is worth: two megabytes per processor.
  private mutating func widen() throws {
    let wanted = CSVParts.processors * CSVParts.partSize
    guard capacity < wanted, let size = source.size, size > capacity else { return }
    grow(to: wanted)
  }

  private mutating func grow(to wanted: Int) {
    let bigger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + 1)
    bigger.initialize(repeating: 0, count: wanted + 1)
    bigger.update(from: buffer, count: filled)
    buffer.deallocate()
    buffer = bigger
    capacity = wanted
  }

  private mutating func rewind() throws {
    try source.rewind()
    start = 0
    filled = 0
    atEnd = false
    bytesRead = 0
    line = 1
  }

  /// Skips the mark of UTF-8; a file in UTF-16 is turned into UTF-8 in memory.
  private mutating func skipByteOrderMark() throws {
    let head = UnsafeBufferPointer(start: buffer + start, count: filled - start)
    if head.count >= 3, head[0] == 0xEF, head[1] == 0xBB, head[2] == 0xBF {
      start += 3
      return
    }
    guard head.count >= 2 else { return }
    let isBig = head[0] == 0xFE && head[1] == 0xFF
    guard isBig || (head[0] == 0xFF && head[1] == 0xFE) else { return }
    start += 2
    var units: [UInt16] = []
    var half: UInt8?
    while start < filled {
      for place in start..<filled {
        if let first = half {
          let (high, low) = isBig ? (first, buffer[place]) : (buffer[place], first)
          units.append(UInt16(high) << 8 | UInt16(low))
          half = nil
        } else {
          half = buffer[place]
        }
      }
      start = filled
      try fill()
    }
    let text = Array(String(decoding: units, as: UTF16.self).utf8)
    source.finish()
    source = ByteSource(bytes: text, name: source.path)
    try rewind()
    try fill()
  }

  private mutating func skipLines(_ count: Int) throws {
    var left = count
    while left > 0 {
      var p = UnsafePointer(buffer + start)
      let scanner = makeScanner()
      while p < scanner.end, p.pointee != CSVScanner.lineFeed,
        p.pointee != CSVScanner.carriageReturn
      {
        p += 1
      }
      switch p < scanner.end ? scanner.terminator(&p) : .blockEnd {
      case .record, .separator:
        advance(to: p, lines: 1)
        left -= 1
      case .blockEnd:
        if atEnd {
          start = filled
          return
        }
        try fill()
      }
    }
  }
}
