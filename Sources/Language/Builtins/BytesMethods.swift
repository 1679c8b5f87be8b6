/// The methods of `bytes`.
enum BytesMethods {
  static let rows = text + search + split + layout

  // MARK: - Text

  private static let text: [Native] = [
    Native("decode(self, /, encoding='utf-8', errors='strict')", "The text that the bytes encode.",
      example: "b'caf\\xc3\\xa9'.decode()"
    ) { a in
      let encoding = try StringMethods.codecWord(a, 1, "encoding")
      let errors = try StringMethods.codecWord(a, 2, "errors")
      return .object(try TextCodec.decode(a.ownBytes(), encoding, errors: errors))
    },
    Native("hex(self, sep=..., bytes_per_sep=1)", "The bytes in hexadecimal.",
      example: "b'\\x01\\xff'.hex(' ')"
    ) { a in
      let bytes = try a.ownBytes()
      var separator: [UInt8] = []
      if a.isGiven(1) {
        separator = try a[1].asString?.bytes ?? BytesMethods.bytes(of: a[1], a.machine)
        if separator.count != 1 { throw Raise(.valueError, "sep must be length 1.") }
      }
      let group = try a.index(2)
      try a.machine.charge(bytes.count * 3, "the text")
      let digits = Array("0123456789abcdef".utf8)
      var result: [UInt8] = []
      for (index, byte) in bytes.enumerated() {
        // Groups are counted from the end, with a negative size from the beginning.
        let place = group > 0 ? bytes.count - index : index
        if index > 0, !separator.isEmpty, group != 0, place % Int(clamping: group.magnitude) == 0 {
          result += separator
        }
        result.append(digits[Int(byte >> 4)])
        result.append(digits[Int(byte & 15)])
      }
      return .object(StringObject(result, isASCII: true))
    },
    map("upper", "The bytes with ASCII letters in upper case.", CaseMapping.upperASCII),
    map("lower", "The bytes with ASCII letters in lower case.", CaseMapping.lowerASCII),
    map("swapcase", "The bytes with the case of ASCII letters changed.") {
      $0 & 0x20 == 0 ? CaseMapping.lowerASCII($0) : CaseMapping.upperASCII($0)
    },
    Native("capitalize(self, /)", "The first letter in upper case, the others in lower.",
      example: "b'ab'.capitalize()"
    ) { a in
      var bytes = try a.ownBytes().map(CaseMapping.lowerASCII)
      if let first = bytes.first { bytes[0] = CaseMapping.upperASCII(first) }
      return .object(BytesObject(bytes))
    },
    Native("title(self, /)", "Every word with a capital.", example: "b'a bc'.title()") { a in
      var previousIsLetter = false
      let bytes = try a.ownBytes().map { byte in
        defer { previousIsLetter = CodePoints.isASCIILetter(UInt32(byte)) }
        return previousIsLetter ? CaseMapping.lowerASCII(byte) : CaseMapping.upperASCII(byte)
      }
      return .object(BytesObject(bytes))
    },
    test("isalpha", "letters") { CodePoints.isASCIILetter(UInt32($0)) },
    test("isdigit", "digits") { $0 >= 0x30 && $0 <= 0x39 },
    test("isalnum", "letters or digits") {
      CodePoints.isASCIILetter(UInt32($0)) || ($0 >= 0x30 && $0 <= 0x39)
    },
    test("isspace", "spaces", isSpace),
    Native("isascii(self, /)", "Whether all bytes are ASCII.", example: "b'a'.isascii()") { a in
      .bool(try a.ownBytes().allSatisfy { $0 < 0x80 })
    },
    Native("islower(self, /)", "Whether there are letters, all of lower case.",
      example: "b'a1'.islower()"
    ) { a in
      let bytes = try a.ownBytes()
      return .bool(bytes.contains(where: isLower) && !bytes.contains(where: isUpper))
    },
    Native("istitle(self, /)", "Whether every word begins with a capital and goes on without.",
      example: "b'To Be'.istitle()"
    ) { a in .bool(isTitle(try a.ownBytes())) },
    Native("isupper(self, /)", "Whether there are letters, all of upper case.",
      example: "b'A1'.isupper()"
    ) { a in
      let bytes = try a.ownBytes()
      return .bool(bytes.contains(where: isUpper) && !bytes.contains(where: isLower))
    },
  ]

  private static func isTitle(_ bytes: [UInt8]) -> Bool {
    var previousIsLetter = false
    var found = false
    for byte in bytes {
      if isUpper(byte) && previousIsLetter || isLower(byte) && !previousIsLetter { return false }
      previousIsLetter = isUpper(byte) || isLower(byte)
      if previousIsLetter { found = true }
    }
    return found
  }

  private static func isLower(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A }
  private static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 9 && byte <= 13) }

  private static func map(
    _ name: String, _ doc: String, _ change: @escaping @Sendable (UInt8) -> UInt8
  ) -> Native {
    Native("\(name)(self, /)", doc, example: "b'aB'.\(name)()") { a in
      .object(BytesObject(try a.ownBytes().map(change)))
    }
  }

  private static func test(
    _ name: String, _ what: String, _ holds: @escaping @Sendable (UInt8) -> Bool
  ) -> Native {
    Native("\(name)(self, /)", "Whether all bytes are ASCII \(what), and there is one.",
      example: "b'a1 '.\(name)()"
    ) { a in
      let bytes = try a.ownBytes()
      return .bool(!bytes.isEmpty && bytes.allSatisfy(holds))
    }
  }

  // MARK: - Making bytes

  static let classMethods: [Native] = [
    Native("fromhex(cls, string, /)", "Bytes from hexadecimal text.",
      example: "bytes.fromhex('01 ff')"
    ) { a in
      let text = try hexText(a).bytes
      var result: [UInt8] = []
      var index = 0
      func digit(_ position: Int) throws(Raise) -> UInt8 {
        if position < text.count {
          switch text[position] {
          case 0x30...0x39: return text[position] - 0x30
          case 0x61...0x66: return text[position] - 0x61 + 10
          case 0x41...0x46: return text[position] - 0x41 + 10
          default: break
          }
        }
        throw Raise(
          .valueError,
          "non-hexadecimal number found in fromhex() arg at position \(position)")
      }
      while index < text.count {
        if isSpace(text[index]) {
          index += 1
          continue
        }
        let high = try digit(index)
        result.append(high << 4 | (try digit(index + 1)))
        index += 2
      }
      return .object(BytesObject(result))
    }
  ]

  private static func hexText(_ a: Arguments) throws(Raise) -> StringObject {
    if let text = a[1].asString { return text }
    throw Raise(.typeError, "fromhex() argument must be str, not \(a.machine.typeName(a[1]))")
  }

  static let statics: [Native] = [
    Native("maketrans(frm, to, /)", "A table for `translate`.",
      example: "b'abc'.translate(bytes.maketrans(b'ab', b'xy'))"
    ) { a in
      let from = try required(a, 0)
      let to = try required(a, 1)
      if from.count != to.count {
        throw Raise(.valueError, "maketrans arguments must have same length")
      }
      var table = (0...255).map { UInt8($0) }
      for (x, y) in zip(from, to) { table[Int(x)] = y }
      return .object(BytesObject(table))
    }
  ]

  // MARK: - Arguments

  /// An argument that has to be bytes.
  static func required(_ a: Arguments, _ position: Int) throws(Raise) -> [UInt8] {
    try required(a[position], a.machine)
  }

  static func required(_ value: Value, _ machine: Machine) throws(Raise) -> [UInt8] {
    if let bytes = value.bytesLike { return bytes }
    throw Raise(.typeError, "a bytes-like object is required, not '\(machine.typeName(value))'")
  }

  /// Bytes, or an iterable of numbers below 256, as bytes.
  static func bytes(of value: Value, _ machine: Machine) throws(Raise) -> [UInt8] {
    if let bytes = value.bytesLike { return bytes }
    if value.asString != nil || value.asDouble != nil {
      throw Raise(
        .typeError, "cannot convert '\(machine.typeName(value))' object to bytes")
    }
    var result: [UInt8] = []
    try machine.iterate(value) { (item) throws(Raise) in
      guard let number = try machine.index(item) else {
        throw Raise(
          .typeError,
          "'\(machine.typeName(item))' object cannot be interpreted as an integer")
      }
      guard let byte = UInt8(exactly: number) else {
        throw Raise(.valueError, "bytes must be in range(0, 256)")
      }
      result.append(byte)
      try machine.grows(result.count, of: 1, "the bytes")
    }
    return result
  }

  static func value(_ bytes: some Sequence<UInt8>) -> Value {
    .object(BytesObject(Array(bytes)))
  }
}
