/// Bytes to strings.
extension TextCodec {
  /// What a decoder found at one place.
  private enum Step {
    /// A character and how many bytes it took.
    case character(UInt32, Int)
    /// Bytes that mean nothing, how many, and why.
    case broken(Int, String)
  }

  static func decode(
    _ bytes: [UInt8], _ name: String, errors: String
  ) throws(Raise) -> StringObject {
    var encoding = try encoding(name)
    var index = 0
    switch encoding {
    case .utf8WithMark:
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
      encoding = .utf8
    case .utf16:
      if bytes.starts(with: [0xFE, 0xFF]) {
        encoding = .utf16Big
        index = 2
      } else {
        encoding = .utf16Little
        if bytes.starts(with: [0xFF, 0xFE]) { index = 2 }
      }
    case .utf32:
      if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
        encoding = .utf32Big
        index = 4
      } else {
        encoding = .utf32Little
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { index = 4 }
      }
    case .utf8, .ascii, .latin1, .windows1252:
      if bytes.allSatisfy({ $0 < 0x80 }) { return StringObject(bytes, isASCII: true) }
    default: break
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    while index < bytes.count {
      switch step(bytes, index, encoding) {
      case .character(let point, let count):
        CodePoints.append(point, to: &result)
        index += count
      case .broken(let count, let reason):
        switch errors {
        case "ignore": break
        case "replace": CodePoints.append(0xFFFD, to: &result)
        case "backslashreplace":
          for byte in bytes[index..<(index + count)] {
            QuotedText.appendEscape(UInt32(byte), to: &result)
          }
        case "surrogateescape":
          for byte in bytes[index..<(index + count)] {
            CodePoints.append(0xDC00 + UInt32(byte), to: &result)
          }
        case "strict":
          throw error(
            .unicodeDecodeError, encoding.name, .object(BytesObject(bytes)), index, index + count,
            reason)
        default: throw Raise(.lookupError, "unknown error handler name '\(errors)'")
        }
        index += count
      }
    }
    return StringObject(result)
  }

  private static func step(_ bytes: [UInt8], _ index: Int, _ encoding: Encoding) -> Step {
    switch encoding {
    case .utf8, .utf8WithMark: return utf8(bytes, index)
    case .ascii:
      return bytes[index] < 0x80
        ? .character(UInt32(bytes[index]), 1) : .broken(1, "ordinal not in range(128)")
    case .latin1: return .character(UInt32(bytes[index]), 1)
    case .windows1252:
      let byte = bytes[index]
      if byte < 0x80 || byte >= 0xA0 { return .character(UInt32(byte), 1) }
      let point = windows1252[Int(byte) - 0x80]
      return point == 0 ? .broken(1, "character maps to <undefined>") : .character(point, 1)
    case .utf16, .utf16Little: return utf16(bytes, index, isBig: false)
    case .utf16Big: return utf16(bytes, index, isBig: true)
    case .utf32, .utf32Little: return utf32(bytes, index, isBig: false)
    case .utf32Big: return utf32(bytes, index, isBig: true)
    }
  }

  /// Table 3-7 of the Unicode standard: well-formed UTF-8 sequences. What is broken is the longest
  /// part that could have begun one.
  private static func utf8(_ bytes: [UInt8], _ index: Int) -> Step {
    let first = bytes[index]
    if first < 0x80 { return .character(UInt32(first), 1) }
    let length: Int
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      low = 0xA0
    case 0xED:
      length = 3
      high = 0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      low = 0x90
    case 0xF4:
      length = 4
      high = 0x8F
    case 0xF1...0xF3: length = 4
    default: return .broken(1, "invalid start byte")
    }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for offset in 1..<length {
      guard index + offset < bytes.count else { return .broken(offset, "unexpected end of data") }
      let byte = bytes[index + offset]
      if byte < low || byte > high { return .broken(offset, "invalid continuation byte") }
      low = 0x80
      high = 0xBF
      value = value << 6 | UInt32(byte & 0x3F)
    }
    return .character(value, length)
  }

  private static func utf16(_ bytes: [UInt8], _ index: Int, isBig: Bool) -> Step {
    func unit(_ at: Int) -> UInt32 {
      let first = UInt32(bytes[at])
      let second = UInt32(bytes[at + 1])
      return isBig ? first << 8 | second : second << 8 | first
    }
    let left = bytes.count - index
    if left < 2 { return .broken(left, "truncated data") }
    let first = unit(index)
    if first < 0xD800 || first >= 0xE000 { return .character(first, 2) }
    if first >= 0xDC00 { return .broken(2, "illegal encoding") }
    if left < 4 { return .broken(left, "unexpected end of data") }
    let second = unit(index + 2)
    if second < 0xDC00 || second >= 0xE000 { return .broken(2, "illegal UTF-16 surrogate") }
    return .character(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), 4)
  }

  private static func utf32(_ bytes: [UInt8], _ index: Int, isBig: Bool) -> Step {
    let left = bytes.count - index
    if left < 4 { return .broken(left, "truncated data") }
    var value: UInt32 = 0
    for offset in 0..<4 {
      value = value << 8 | UInt32(bytes[isBig ? index + offset : index + 3 - offset])
    }
    if value >= 0x110000 { return .broken(4, "code point not in range(0x110000)") }
    if value >= 0xD800, value < 0xE000 {
      return .broken(4, "code point in surrogate code point range(0xd800, 0xe000)")
    }
    return .character(value, 4)
  }
}
