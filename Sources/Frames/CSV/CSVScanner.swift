/// Finds the ends of fields in a block of bytes, after RFC 4180: a field may stand in quotes, and
/// then hold separators, line ends and doubled quotes. As pandas has it, a quote inside an unquoted
/// field is an ordinary character, and text behind a closing quote belongs to the field.
///
/// The byte at `end` is readable and is a line feed, so that loops over ordinary bytes need no
/// bound: they stop there and then ask whether they reached the end of the block.
struct CSVScanner {
  enum Stop { case separator, record, blockEnd }

  static let quote: UInt8 = 0x22
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D

  let separator: UInt8
  let end: UnsafePointer<UInt8>
  /// Whether the block's end is the end of the data.
  let isLast: Bool
  /// Line ends met inside quotes since the caller last set this to 0.
  var innerLines = 0
  /// A quote stood open at the end of the data.
  var isUnclosed = false
  /// Where a field is put together that is not a run of bytes in the block.
  var scratch: [UInt8] = []
  /// Whether the field just read is in `scratch`.
  var usesScratch = false

  init(separator: UInt8, end: UnsafePointer<UInt8>, isLast: Bool) {
    self.separator = separator
    self.end = end
    self.isLast = isLast
  }

  /// Reads the field at `p`: `field` is its bytes (unless `usesScratch`), `p` moves behind its
  /// terminator.
  mutating func next(
    _ p: inout UnsafePointer<UInt8>, field: inout UnsafeBufferPointer<UInt8>
  ) -> Stop {
    usesScratch = false
    if p.pointee == Self.quote, p < end { return quoted(&p, field: &field) }
    let start = p
    let stop = plainEnd(start)
    field = UnsafeBufferPointer(start: start, count: stop - start)
    p = stop
    return terminator(&p)
  }

  /// The first separator or line end at or behind `p`.
  @inline(__always)
  func plainEnd(_ p: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var q = p
    while true {
      let byte = q.pointee
      if byte == separator || byte == Self.lineFeed || byte == Self.carriageReturn { return q }
      q += 1
    }
  }

  /// Moves `p` over the separator or line end that it stands on.
  @inline(__always)
  func terminator(_ p: inout UnsafePointer<UInt8>) -> Stop {
    if p == end { return isLast ? .record : .blockEnd }
    let byte = p.pointee
    p += 1
    if byte == separator { return .separator }
    if byte == Self.carriageReturn {
      if p == end { return isLast ? .record : .blockEnd }
      if p.pointee == Self.lineFeed { p += 1 }
    }
    return .record
  }

  private mutating func quoted(
    _ p: inout UnsafePointer<UInt8>, field: inout UnsafeBufferPointer<UInt8>
  ) -> Stop {
    var q = p + 1
    var run = q
    while true {
      while q < end, q.pointee != Self.quote {
        if q.pointee == Self.lineFeed { innerLines += 1 }
        q += 1
      }
      if q == end {
        isUnclosed = isLast
        return .blockEnd
      }
      if q + 1 == end, !isLast { return .blockEnd }
      if q + 1 < end, (q + 1).pointee == Self.quote {
        // A doubled quote: what precedes and one of the two go to the scratch.
        keep(run, q + 1)
        q += 2
        run = q
        continue
      }
      break
    }
    let stop = plainEnd(q + 1)
    if usesScratch || stop > q + 1 {
      keep(run, q)
      keep(q + 1, stop)
    } else {
      field = UnsafeBufferPointer(start: run, count: q - run)
    }
    p = stop
    return terminator(&p)
  }

  private mutating func keep(_ start: UnsafePointer<UInt8>, _ stop: UnsafePointer<UInt8>) {
    if !usesScratch {
      usesScratch = true
      scratch.removeAll(keepingCapacity: true)
    }
    scratch.append(contentsOf: UnsafeBufferPointer(start: start, count: stop - start))
  }

  /// Skips a line that is empty or blank at `p`, as the start of a record.
  ///
  /// - Returns: `.record` when one was skipped, `.blockEnd` when the block ends first, and
  ///   `.separator` when a record starts here.
  func skipBlankLine(_ p: inout UnsafePointer<UInt8>) -> Stop {
    var q = p
    while q < end, q.pointee == 0x20 || q.pointee == 0x09, q.pointee != separator { q += 1 }
    if q == end {
      if isLast { p = q }
      return .blockEnd
    }
    guard q.pointee == Self.lineFeed || q.pointee == Self.carriageReturn else { return .separator }
    let stop = terminator(&q)
    if stop == .record { p = q }
    return stop
  }
}
