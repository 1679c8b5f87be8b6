/// A column of texts in one block of bytes: 4 bytes of overhead per cell, no object per text.
///
/// A Swift `String` takes 16 bytes and a heap object when it is longer than 15 bytes; a file of a
/// gigabyte would not fit beside itself. Here cell `i` is the UTF-8 bytes from `ends[i - 1]` to
/// `ends[i]`. The bytes are valid UTF-8 or are repaired when they are read (U+FFFD).
public struct StringColumn: Sendable, Equatable {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  /// One flag per cell, or empty when nothing is missing.
  var missing: [Bool] = []

  public init() {}

  /// A column of the given texts; nil is a missing one.
  public init(_ values: some Sequence<String?>) throws(FrameError) {
    for value in values { try append(value) }
  }

  public var count: Int { ends.count }

  /// Whether cell `index` is missing. The index is one of `0..<count`.
  public func isMissing(_ index: Int) -> Bool { !missing.isEmpty && missing[index] }

  public var missingCount: Int { missing.reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// The text of a cell, nil when it is missing. The index is one of `0..<count`.
  public subscript(index: Int) -> String? {
    isMissing(index) ? nil : String(decoding: bytes[range(index)], as: UTF8.self)
  }

  func range(_ index: Int) -> Range<Int> {
    let start = index == 0 ? 0 : Int(ends[index - 1])
    return start..<max(start, Int(ends[index]))
  }

  public mutating func append(_ value: String?) throws(FrameError) {
    guard let value else {
      appendMissing()
      return
    }
    bytes.append(contentsOf: value.utf8)
    try close()
  }

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) throws(FrameError) {
    bytes.append(contentsOf: text)
    try close()
  }

  mutating func appendMissing() {
    if missing.isEmpty { missing = [Bool](repeating: false, count: ends.count) }
    ends.append(ends.last ?? 0)
    missing.append(true)
  }

  private mutating func close() throws(FrameError) {
    guard let end = UInt32(exactly: bytes.count) else {
      throw .columnTooLarge(bytes: Int(UInt32.max))
    }
    ends.append(end)
    if !missing.isEmpty { missing.append(false) }
  }

  mutating func append(contentsOf later: StringColumn) throws(FrameError) {
    guard bytes.count + later.bytes.count <= Int(UInt32.max) else {
      throw .columnTooLarge(bytes: Int(UInt32.max))
    }
    if !missing.isEmpty || !later.missing.isEmpty {
      if missing.isEmpty { missing = [Bool](repeating: false, count: count) }
      missing +=
        later.missing.isEmpty ? [Bool](repeating: false, count: later.count) : later.missing
    }
    let offset = UInt32(bytes.count)
    bytes += later.bytes
    ends.reserveCapacity(ends.count + later.count)
    for end in later.ends { ends.append(end + offset) }
  }

  mutating func removeLast() {
    guard !ends.isEmpty else { return }
    ends.removeLast()
    bytes.removeLast(bytes.count - Int(ends.last ?? 0))
    if !missing.isEmpty { missing.removeLast() }
  }

  /// The cells at `rows`, in that order. Every row is one of `0..<count`.
  func taking(_ rows: [Int]) -> StringColumn {
    var result = StringColumn()
    result.ends.reserveCapacity(rows.count)
    // Taking rows more often than they occur could pass the 4 GB limit; such a cell becomes
    // missing rather than wrong.
    for row in rows {
      if isMissing(row) {
        result.appendMissing()
      } else {
        let cell = range(row)
        guard result.bytes.count + cell.count <= Int(UInt32.max) else {
          result.appendMissing()
          continue
        }
        result.bytes.append(contentsOf: bytes[cell])
        result.ends.append(UInt32(result.bytes.count))
        if !result.missing.isEmpty { result.missing.append(false) }
      }
    }
    return result
  }

  /// Whether cell `a` comes before cell `b` in the order of code points.
  func precedes(_ a: Int, _ b: Int) -> Bool {
    bytes[range(a)].lexicographicallyPrecedes(bytes[range(b)])
  }
}
