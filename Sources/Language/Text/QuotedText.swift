/// How `repr` writes strings and bytes: in quotes, with escapes for what cannot be seen.
enum QuotedText {
  private static let hexDigits = Array("0123456789abcdef".utf8)
  static let singleQuote = UInt8(ascii: "'")
  static let doubleQuote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  /// `repr` of the text whose UTF-8 bytes these are.
  static func repr(_ bytes: [UInt8]) -> [UInt8] { quoted(bytes, asciiOnly: false) }

  /// `repr` of a text of printable ASCII without anything to escape; nil for others.
  static func quickRepr(_ text: StringObject) -> StringObject? {
    for byte in text.view where byte < 0x20 || byte > 0x7E || byte == singleQuote || byte == backslash {
      return nil
    }
    let count = text.byteCount
    return StringObject(count: count + 2, isASCII: true) { place in
      place[0] = singleQuote
      (place + 1).update(from: text.start, count: count)
      place[count + 1] = singleQuote
    }
  }

  /// `ascii` of a text: as `repr`, with everything beyond ASCII escaped.
  static func ascii(_ bytes: [UInt8]) -> [UInt8] { quoted(bytes, asciiOnly: true) }

  /// A text that is already a `repr`, with everything beyond ASCII escaped.
  static func escapedBeyondASCII(_ bytes: [UInt8]) -> [UInt8] {
    if !bytes.contains(where: { $0 >= 0x80 }) { return bytes }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    var index = 0
    while index < bytes.count {
      let point = CodePoints.next(bytes, &index)
      if point < 0x80 {
        result.append(UInt8(point))
      } else {
        appendEscape(point, to: &result)
      }
    }
    return result
  }

  /// `repr` of a bytes object.
  static func reprBytes(_ bytes: [UInt8]) -> [UInt8] {
    let quote = quote(for: bytes)
    var result: [UInt8] = [UInt8(ascii: "b"), quote]
    result.reserveCapacity(bytes.count + 3)
    for byte in bytes {
      if byte < 0x80 {
        appendASCII(byte, quote, to: &result)
      } else {
        appendEscape(UInt32(byte), to: &result)
      }
    }
    result.append(quote)
    return result
  }

  private static func quoted(_ bytes: [UInt8], asciiOnly: Bool) -> [UInt8] {
    let quote = quote(for: bytes)
    var result: [UInt8] = [quote]
    result.reserveCapacity(bytes.count + 2)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        appendASCII(byte, quote, to: &result)
        index += 1
        continue
      }
      let start = index
      let point = CodePoints.next(bytes, &index)
      if !asciiOnly, CodePoints.isPrintable(point) {
        result.append(contentsOf: bytes[start..<index])
      } else {
        appendEscape(point, to: &result)
      }
    }
    result.append(quote)
    return result
  }

  /// Single quotes, unless the text has some and no double ones.
  private static func quote(for bytes: [UInt8]) -> UInt8 {
    bytes.contains(singleQuote) && !bytes.contains(doubleQuote) ? doubleQuote : singleQuote
  }

  private static func appendASCII(_ byte: UInt8, _ quote: UInt8, to result: inout [UInt8]) {
    switch byte {
    case quote, backslash:
      result.append(backslash)
      result.append(byte)
    case 9: result.append(contentsOf: [backslash, UInt8(ascii: "t")])
    case 10: result.append(contentsOf: [backslash, UInt8(ascii: "n")])
    case 13: result.append(contentsOf: [backslash, UInt8(ascii: "r")])
    case 0x20..<0x7F: result.append(byte)
    default: appendEscape(UInt32(byte), to: &result)
    }
  }

  /// `\xe9`, `\u20ac` or `\U0001f600`.
  static func appendEscape(_ point: UInt32, to result: inout [UInt8]) {
    let (letter, digits): (Character, UInt32) =
      point <= 0xFF ? ("x", 2) : point <= 0xFFFF ? ("u", 4) : ("U", 8)
    result.append(backslash)
    result.append(letter.asciiValue ?? backslash)
    var shift = digits * 4
    while shift > 0 {
      shift -= 4
      result.append(hexDigits[Int(point >> shift & 0xF)])
    }
  }
}
