/// A column while a file is read: it starts without a type and takes the narrowest one that holds
/// what it has seen.
///
/// Order of types: nothing seen (all missing) -> int -> float -> text, or bool -> text. When
/// numbers or booleans turn out to be text, their spelling is gone (`007` became 7): `needsText`
/// asks the reader for a second pass over the file in which the column is text from the start.
/// This is rare, and cheaper than keeping the spelling of every number.
struct ColumnBuilder {
  enum Kind { case unknown, int, float, bool, text, skipped }

  private(set) var kind: Kind
  private(set) var needsText = false
  /// Fields so far for the kinds without storage.
  private var counted = 0
  var ints: [Int] = []
  var floats: [Double] = []
  private var bools: [Bool?] = []
  private var texts = StringColumn()

  init(kind: Kind) { self.kind = kind }

  /// Adds a field that the fast path could not take.
  mutating func add(
    _ field: UnsafeBufferPointer<UInt8>, _ missing: borrowing MissingTexts
  ) throws(FrameError) {
    switch kind {
    case .skipped:
      counted += 1
    case .text:
      if missing.contains(field) { texts.appendMissing() } else { try texts.append(field) }
    case .int:
      if missing.contains(field) {
        widenToFloat()
        floats.append(.nan)
      } else if let value = NumberParsing.int(field) {
        ints.append(value)
      } else if let value = Self.number(field) {
        widenToFloat()
        floats.append(value)
      } else {
        giveUpForText()
      }
    case .float:
      if missing.contains(field) {
        floats.append(.nan)
      } else if let value = NumberParsing.shared.double(field) {
        floats.append(value)
      } else {
        giveUpForText()
      }
    case .bool:
      if missing.contains(field) {
        bools.append(nil)
      } else if let value = Self.bool(field) {
        bools.append(value)
      } else {
        giveUpForText()
      }
    case .unknown:
      if missing.contains(field) { counted += 1 } else { try start(field) }
    }
  }

  /// The first value decides; missing ones before it are made up for.
  private mutating func start(_ field: UnsafeBufferPointer<UInt8>) throws(FrameError) {
    if let value = NumberParsing.int(field), counted == 0 {
      kind = .int
      ints.append(value)
    } else if let value = Self.number(field) {
      kind = .float
      floats = [Double](repeating: .nan, count: counted)
      floats.append(value)
    } else if let value = Self.bool(field) {
      kind = .bool
      bools = [Bool?](repeating: nil, count: counted)
      bools.append(value)
    } else {
      kind = .text
      for _ in 0..<counted { texts.appendMissing() }
      try texts.append(field)
    }
    counted = 0
  }

  mutating func addMissing() {
    switch kind {
    case .skipped, .unknown: counted += 1
    case .text: texts.appendMissing()
    case .int:
      widenToFloat()
      floats.append(.nan)
    case .float: floats.append(.nan)
    case .bool: bools.append(nil)
    }
  }

  /// Takes the last field back: the record it belongs to was not complete yet.
  mutating func removeLast() {
    switch kind {
    case .skipped, .unknown: counted -= 1
    case .text: texts.removeLast()
    case .int: ints.removeLast()
    case .float: floats.removeLast()
    case .bool: bools.removeLast()
    }
  }

  /// Adds the fields of a builder that started with this one's kind and read what comes after.
  mutating func append(_ later: ColumnBuilder) throws(FrameError) {
    if kind == .skipped || later.kind == .skipped {
      let count = self.count + later.count
      let needed = needsText || later.needsText
      self = ColumnBuilder(kind: .skipped)
      counted = count
      needsText = needed
      return
    }
    switch (kind, later.kind) {
    case (_, .unknown): for _ in 0..<later.counted { addMissing() }
    case (.unknown, _):
      let before = counted
      self = ColumnBuilder(kind: later.kind == .int && before > 0 ? .float : later.kind)
      for _ in 0..<before { addMissing() }
      try append(later)
    case (.int, .int): ints += later.ints
    case (.float, .float): floats += later.floats
    case (.float, .int): floats += later.ints.lazy.map(Double.init)
    case (.int, .float):
      widenToFloat()
      floats += later.floats
    case (.bool, .bool): bools += later.bools
    case (.text, .text): try texts.append(contentsOf: later.texts)
    default:
      let count = self.count + later.count
      self = ColumnBuilder(kind: .skipped)
      counted = count
      needsText = true
    }
  }

  private var count: Int {
    switch kind {
    case .skipped, .unknown: counted
    case .int: ints.count
    case .float: floats.count
    case .bool: bools.count
    case .text: texts.count
    }
  }

  /// What a row takes here, in bytes, by what was seen.
  var bytesPerRow: Double {
    switch kind {
    case .skipped, .unknown: 0
    case .int, .float: 8
    case .bool: 1
    case .text: 5 + Double(texts.bytes.count) / Double(max(texts.count, 1))
    }
  }

  /// Makes room for the rows that the file is expected to hold, so that arrays do not grow by
  /// copying.
  mutating func reserve(rows: Int) {
    switch kind {
    case .skipped, .unknown: break
    case .int: ints.reserveCapacity(rows)
    case .float: floats.reserveCapacity(rows)
    case .bool: bools.reserveCapacity(rows)
    case .text:
      texts.ends.reserveCapacity(rows)
      let bytes = Double(texts.bytes.count) / Double(max(texts.count, 1)) * Double(rows) * 1.02
      texts.bytes.reserveCapacity(Int(exactly: min(bytes, 0x1p32).rounded()) ?? 0)
    }
  }

  /// The finished column; nil for a skipped one. Empties the builder.
  mutating func finish() -> Column? {
    defer { self = ColumnBuilder(kind: .skipped) }
    switch kind {
    case .skipped: return nil
    case .unknown: return .float([Double](repeating: .nan, count: counted))
    case .int: return .int(ints)
    case .float: return .float(floats)
    case .bool: return .bool(bools)
    case .text: return .string(texts)
    }
  }

  private mutating func widenToFloat() {
    let room = ints.capacity
    var widened: [Double] = []
    widened.reserveCapacity(room)
    for value in ints { widened.append(Double(value)) }
    floats = widened
    ints = []
    kind = .float
  }

  private mutating func giveUpForText() {
    let count = max(ints.count, floats.count, bools.count)
    ints = []
    floats = []
    bools = []
    kind = .skipped
    counted = count + 1
    needsText = true
  }

  /// A float, but no whole number beyond 64 bits: an identifier of 20 digits must not lose its end.
  private static func number(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let value = NumberParsing.shared.double(field) else { return nil }
    if abs(value) >= 0x1p63, value.isFinite,
      field.allSatisfy({ $0 &- 0x30 <= 9 || $0 == 0x2D || $0 == 0x2B || $0 == 0x20 })
    {
      return nil
    }
    return value
  }

  private static func bool(_ field: UnsafeBufferPointer<UInt8>) -> Bool? {
    guard field.count == 4 || field.count == 5 else { return nil }
    switch String(decoding: field, as: UTF8.self) {
    case "True", "TRUE", "true": return true
    case "False", "FALSE", "false": return false
    default: return nil
    }
  }
}
