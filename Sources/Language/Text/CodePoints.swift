/// Code points in UTF-8 bytes: reading one, writing one, and what kind of character it is.
///
/// Bytes are read without trust: a broken sequence gives its lead byte as a code point and the walk
/// goes on behind it. Lone surrogates are written as three bytes, as "WTF-8" does, because programs
/// may make them (`chr(0xD800)`).
enum CodePoints {
  /// The code point at `index`, which moves behind it.
  @inline(__always)
  static func next(_ bytes: [UInt8], _ index: inout Int) -> UInt32 {
    let first = bytes[index]
    index += 1
    if first < 0x80 { return UInt32(first) }
    return longer(bytes, first, &index)
  }

  @inline(never)
  private static func longer(_ bytes: [UInt8], _ first: UInt8, _ index: inout Int) -> UInt32 {
    let extra = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1
    if first < 0xC0 || index + extra > bytes.count { return UInt32(first) }
    var value = UInt32(first) & (extra == 3 ? 0x07 : extra == 2 ? 0x0F : 0x1F)
    for _ in 0..<extra {
      value = value << 6 | UInt32(bytes[index] & 0x3F)
      index += 1
    }
    return value
  }

  /// The code point before `index`, which moves in front of it.
  static func previous(_ bytes: [UInt8], _ index: inout Int) -> UInt32 {
    index -= 1
    while index > 0, bytes[index] & 0xC0 == 0x80 { index -= 1 }
    var start = index
    return next(bytes, &start)
  }

  @inline(__always)
  static func append(_ value: UInt32, to bytes: inout [UInt8]) {
    switch value {
    case ..<0x80: bytes.append(UInt8(truncatingIfNeeded: value))
    case ..<0x800:
      bytes.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    case ..<0x10000:
      bytes.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    default:
      bytes.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18 & 0x07))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
      bytes.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    }
  }

  /// All code points of a text.
  static func all(_ bytes: [UInt8]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count { result.append(next(bytes, &index)) }
    return result
  }

  static func bytes(_ points: some Sequence<UInt32>) -> [UInt8] {
    var result: [UInt8] = []
    for point in points { append(point, to: &result) }
    return result
  }

  // MARK: - Kinds of characters

  /// The newest Unicode that CPython 3.11 knows: characters younger than it are unassigned there.
  private static let unicodeMajor = 14

  /// The properties of an assigned code point; nil for surrogates and what Unicode 14 lacks.
  static func properties(_ point: UInt32) -> Unicode.Scalar.Properties? {
    guard let scalar = Unicode.Scalar(point) else { return nil }
    guard let age = scalar.properties.age, age.major <= unicodeMajor else { return nil }
    return scalar.properties
  }

  /// What `str.isspace` and `str.split()` take for a space.
  @inline(__always)
  static func isSpace(_ point: UInt32) -> Bool {
    if point < 0x80 { return point == 0x20 || (point >= 9 && point <= 13) || (point >= 28 && point <= 31) }
    switch point {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return true
    default: return false
    }
  }

  /// What `str.splitlines` takes for the end of a line.
  @inline(__always)
  static func isLineBreak(_ point: UInt32) -> Bool {
    switch point {
    case 10...13, 28...30, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  static func isAlphabetic(_ point: UInt32) -> Bool {
    if point < 0x80 { return isASCIILetter(point) }
    switch properties(point)?.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return true
    default: return false
    }
  }

  @inline(__always)
  static func isASCIILetter(_ point: UInt32) -> Bool {
    let lower = point | 0x20
    return lower >= 0x61 && lower <= 0x7A
  }

  static func isDecimal(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 }
    return properties(point)?.numericType == .decimal
  }

  static func isDigit(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 }
    let type = properties(point)?.numericType
    return type == .decimal || type == .digit
  }

  static func isNumeric(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x30 && point <= 0x39 }
    return properties(point)?.numericType != nil
  }

  static func isAlphanumeric(_ point: UInt32) -> Bool {
    isAlphabetic(point) || isNumeric(point)
  }

  /// The value of a decimal digit of any script; nil for other characters.
  static func decimalValue(_ point: UInt32) -> Int? {
    if point >= 0x30, point <= 0x39 { return Int(point) - 0x30 }
    guard point >= 0x80, let found = properties(point), found.numericType == .decimal,
      let value = found.numericValue
    else { return nil }
    return Int(exactly: value)
  }

  static func isLower(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x61 && point <= 0x7A }
    return properties(point)?.isLowercase ?? false
  }

  static func isUpper(_ point: UInt32) -> Bool {
    if point < 0x80 { return point >= 0x41 && point <= 0x5A }
    return properties(point)?.isUppercase ?? false
  }

  static func isTitle(_ point: UInt32) -> Bool {
    point >= 0x80 && properties(point)?.generalCategory == .titlecaseLetter
  }

  /// Whether `repr` shows the character as it is.
  static func isPrintable(_ point: UInt32) -> Bool {
    if point < 0x7F { return point >= 0x20 }
    switch properties(point)?.generalCategory {
    case nil, .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  static func isIdentifierStart(_ point: UInt32) -> Bool {
    if point < 0x80 { return isASCIILetter(point) || point == 0x5F }
    return properties(point)?.isXIDStart ?? false
  }

  static func isIdentifierPart(_ point: UInt32) -> Bool {
    if point < 0x80 {
      return isASCIILetter(point) || point == 0x5F || (point >= 0x30 && point <= 0x39)
    }
    return properties(point)?.isXIDContinue ?? false
  }
}
