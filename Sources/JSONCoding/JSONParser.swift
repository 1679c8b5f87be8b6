// The reader: one pass over bytes, no token objects. Strictly RFC 8259 with these decisions:
// NaN and Infinity are refused; an integer beyond 64 bits becomes a float, and a float beyond the
// largest one is clamped to it, so a parsed value is always finite; a key that comes twice keeps
// its first place and its last value; a lone surrogate escape and invalid UTF-8 become U+FFFD
// (Swift strings cannot hold them, and dropping the message would be worse); a byte order mark at
// the start is skipped, because editors on Windows write one.

extension JSON {
  /// Nesting that the parser accepts and the writer writes. The parser recurses once a level, so
  /// this bounds its stack: 512 levels take well under 256 KB.
  public static let depthLimit = 512

  /// Reads one JSON value from UTF-8 bytes.
  /// - Throws: `JSONError`, which names the line and column.
  public static func parse(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes)
    return try parser.document()
  }

  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in try parse(buffer) }
  }

  public static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(JSONError) -> JSON in try parse(buffer) }
  }

  public static func parse(_ text: String) throws(JSONError) -> JSON {
    try parse(Array(text.utf8))
  }
}

private struct JSONParser {
  let bytes: UnsafeBufferPointer<UInt8>
  var at = 0
  var depth = 0
  /// Where strings with escapes are put together; kept to save the allocation.
  var scratch: [UInt8] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
  }

  mutating func document() throws(JSONError) -> JSON {
    let value = try self.value()
    skipSpace()
    if at < bytes.count { throw .trailing(found: found(), place(at)) }
    return value
  }

  // MARK: - Values

  private mutating func value() throws(JSONError) -> JSON {
    skipSpace()
    guard at < bytes.count else { throw .ended(expected: "a value", place(at)) }
    switch bytes[at] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw .unexpected(found: found(), expected: "a value", place(at))
    }
  }

  private mutating func array() throws(JSONError) -> [JSON] {
    try enter()
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) {
      depth -= 1
      return elements
    }
    while true {
      elements.append(try value())
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "]")) { break }
      throw missing("a comma or ]")
    }
    depth -= 1
    return elements
  }

  private mutating func object() throws(JSONError) -> JSON.Object {
    try enter()
    var members = JSON.Object()
    if take(UInt8(ascii: "}")) {
      depth -= 1
      return members
    }
    while true {
      skipSpace()
      guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
        throw missing("a key in double quotes")
      }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw missing("a colon") }
      members[key] = try value()
      if take(UInt8(ascii: ",")) { continue }
      if take(UInt8(ascii: "}")) { break }
      throw missing("a comma or }")
    }
    depth -= 1
    return members
  }

  /// Steps over an opening bracket, one level deeper.
  private mutating func enter() throws(JSONError) {
    guard depth < JSON.depthLimit else { throw .tooDeep(limit: JSON.depthLimit, place(at)) }
    depth += 1
    at += 1
  }

  private mutating func word(_ text: StaticString, _ value: JSON) throws(JSONError) -> JSON {
    let length = text.utf8CodeUnitCount
    for i in 0..<length {
      guard at + i < bytes.count else { throw .ended(expected: "\(text)", place(bytes.count)) }
      if bytes[at + i] != text.utf8Start[i] {
        throw .unexpected(found: found(), expected: "a value", place(at))
      }
    }
    at += length
    return value
  }

  // MARK: - Numbers

  private mutating func number() throws(JSONError) -> JSON {
    let start = at
    let negative = bytes[at] == UInt8(ascii: "-")
    if negative { at += 1 }
    var mantissa: UInt64 = 0
    var exact = true  // whether `mantissa` holds all the digits
    let firstDigit = at
    digits(into: &mantissa, &exact)
    if at == firstDigit { throw missing("a digit") }
    if bytes[firstDigit] == UInt8(ascii: "0"), at > firstDigit + 1 {
      throw .unexpected(
        found: "a number with a leading zero", expected: "a value", place(start))
    }
    var isFloat = false
    var scale = 0
    if at < bytes.count, bytes[at] == UInt8(ascii: ".") {
      isFloat = true
      at += 1
      let first = at
      digits(into: &mantissa, &exact)
      if at == first { throw missing("a digit after the point") }
      scale = first - at
    }
    if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "e") {
      isFloat = true
      at += 1
      scale += try exponent()
    }
    if !isFloat, exact {
      if !negative, let value = Int(exactly: mantissa) { return .int(value) }
      if negative, mantissa <= UInt64(Int.max) + 1 {
        return .int(Int(truncatingIfNeeded: 0 &- mantissa))
      }
    }
    // Both operands are exact, so the one rounding of the division or product is the right one
    // (Clinger 1990, the fast path).
    if exact, mantissa < 1 << 53, abs(scale) <= 22 {
      let magnitude = Double(mantissa)
      let value =
        scale < 0 ? magnitude / powersOfTen[-scale] : magnitude * powersOfTen[scale]
      return .double(negative ? -value : value)
    }
    let text = String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
    let value = Double(text) ?? 0
    let largest = Double.greatestFiniteMagnitude
    return .double(min(max(value, -largest), largest))
  }

  private mutating func digits(into mantissa: inout UInt64, _ exact: inout Bool) {
    while at < bytes.count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit <= 9 else { return }
      at += 1
      let (tens, overflow) = mantissa.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
      if overflow || carry || !exact { exact = false } else { mantissa = sum }
    }
  }

  private mutating func exponent() throws(JSONError) -> Int {
    var negative = false
    if at < bytes.count, bytes[at] == UInt8(ascii: "+") || bytes[at] == UInt8(ascii: "-") {
      negative = bytes[at] == UInt8(ascii: "-")
      at += 1
    }
    let first = at
    var value = 0
    while at < bytes.count {
      let digit = bytes[at] &- UInt8(ascii: "0")
      guard digit <= 9 else { break }
      value = min(value * 10 + Int(digit), 100_000)  // beyond any float already
      at += 1
    }
    if at == first { throw missing("a digit of the exponent") }
    return negative ? -value : value
  }

  // MARK: - Strings

  private mutating func string() throws(JSONError) -> String {
    let start = at
    at += 1
    let plain = skipPlain()
    guard at < bytes.count else { throw .ended(expected: "the end of a string", place(start)) }
    if bytes[at] == UInt8(ascii: "\"") {
      at += 1
      return String(decoding: UnsafeBufferPointer(rebasing: bytes[plain]), as: UTF8.self)
    }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: bytes[plain])
    while true {
      guard at < bytes.count else { throw .ended(expected: "the end of a string", place(start)) }
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: scratch, as: UTF8.self)
      case UInt8(ascii: "\\"):
        try escape(start)
      default:
        throw .badString("a raw control character (write it as \\u00..)", place(at))
      }
      scratch.append(contentsOf: bytes[skipPlain()])
    }
  }

  /// Steps over bytes that stand for themselves: no quote, backslash or control character.
  private mutating func skipPlain() -> Range<Int> {
    let start = at
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      at += 1
    }
    return start..<at
  }

  private mutating func escape(_ start: Int) throws(JSONError) {
    guard at + 1 < bytes.count else { throw .ended(expected: "the end of a string", place(start)) }
    let letter = bytes[at + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scratch.append(letter)
    case UInt8(ascii: "b"): scratch.append(0x08)
    case UInt8(ascii: "f"): scratch.append(0x0C)
    case UInt8(ascii: "n"): scratch.append(0x0A)
    case UInt8(ascii: "r"): scratch.append(0x0D)
    case UInt8(ascii: "t"): scratch.append(0x09)
    case UInt8(ascii: "u"):
      try unicodeEscape()
      return
    default:
      throw .badString("an unknown escape", place(at))
    }
    at += 2
  }

  private mutating func unicodeEscape() throws(JSONError) {
    guard let unit = hex(at: at + 2) else {
      throw .badString("\\u without four hexadecimal digits", place(at))
    }
    at += 6
    var code = UInt32(unit)
    if unit & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
      bytes[at + 1] == UInt8(ascii: "u"), let low = hex(at: at + 2), low & 0xFC00 == 0xDC00
    {
      code = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF))
      at += 6
    }
    scratch.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
  }

  private func hex(at place: Int) -> UInt16? {
    guard place + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for byte in bytes[place..<place + 4] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
      default: return nil
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  // MARK: - Steps

  private mutating func skipSpace() {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      default: return
      }
    }
  }

  /// Skips white space and then `byte`, if that is what comes.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == byte else { return false }
    at += 1
    return true
  }

  // MARK: - Errors

  private func missing(_ expected: String) -> JSONError {
    at < bytes.count
      ? .unexpected(found: found(), expected: expected, place(at))
      : .ended(expected: expected, place(at))
  }

  /// What stands here, for a message: a word (NaN, undefined), or one character.
  private func found() -> String {
    guard at < bytes.count else { return "the end" }
    let word = bytes[at...].prefix(20).prefix { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
    if !word.isEmpty {
      return "\"\(String(decoding: UnsafeBufferPointer(rebasing: word), as: UTF8.self))\""
    }
    let next = UnsafeBufferPointer(rebasing: bytes[at...].prefix(4))
    let tail = String(decoding: next, as: UTF8.self)
    guard let scalar = tail.unicodeScalars.first, scalar.value >= 0x20 else {
      return "a control character"
    }
    return "\"\(scalar)\""
  }

  private func place(_ offset: Int) -> JSONError.Place {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(into: 1) { count, byte in if byte == 0x0A { count += 1 } }
    return JSONError.Place(offset: offset, line: line, column: before.count - lineStart + 1)
  }
}

/// The powers of ten that a double holds exactly.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]
