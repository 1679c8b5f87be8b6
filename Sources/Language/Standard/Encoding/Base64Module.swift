/// The modules `base64` and `binascii`: bytes as plain text.
enum Base64Module {
  static let table = ModuleTable(
    "base64", doc: "Bytes as plain text.", entries: rows.map { .function($0) })

  static let binaryTable = ModuleTable(
    "binascii", doc: "Bytes as hexadecimal text, and checksums.",
    entries: [
      .function(
        Native("hexlify(data, /)", "The bytes in hexadecimal.", example: "binascii.hexlify(b'abc')") {
          a in .object(BytesObject(Array(hexadecimal(try bytes(a, 0)).utf8)))
        }),
      .function(
        Native("unhexlify(hexstr, /)", "The bytes of a hexadecimal text.",
          example: "binascii.unhexlify('616263')"
        ) { a in
          let text = try a[0].asString?.bytes ?? bytes(a, 0)
          if text.count % 2 == 1 { throw failure("Odd-length string", a.machine) }
          var result: [UInt8] = []
          for index in stride(from: 0, to: text.count, by: 2) {
            guard let byte = UInt8(String(decoding: text[index..<(index + 2)], as: UTF8.self), radix: 16)
            else { throw failure("Non-hexadecimal digit found", a.machine) }
            result.append(byte)
          }
          return .object(BytesObject(result))
        }),
      .function(
        Native("crc32(data, crc=0, /)", "The checksum CRC-32 of bytes.",
          example: "binascii.crc32(b'abc')"
        ) { a in .int(Int(crc32(try bytes(a, 0), UInt32(truncatingIfNeeded: try a.size(1))))) }),
      .value(name: "Error", doc: "Text that cannot be decoded.") { machine in
        .object(machine.type(error))
      },
    ])

  private static let error = TypeTable(
    "Error", module: "binascii", doc: "Text that cannot be decoded.", baseName: "ValueError")

  private static func failure(_ text: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(error))
    exception.arguments = [.string(text)]
    return Raise(exception)
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  static func crc32(_ bytes: [UInt8], _ start: UInt32 = 0) -> UInt32 {
    var sum = ~start
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xedb8_8320 : sum >> 1 }
    }
    return ~sum
  }

  private static func bytes(_ a: Arguments, _ index: Int) throws(Raise) -> [UInt8] {
    if let bytes = a[index].bytesLike { return bytes }
    throw Raise(
      .typeError, "a bytes-like object is required, not '\(a.machine.typeName(a[index]))'")
  }

  /// What is decoded may be text too, when it is ASCII.
  private static func encoded(_ a: Arguments) throws(Raise) -> [UInt8] {
    if let text = a[0].asString {
      if !text.isASCII {
        throw Raise(.valueError, "string argument should contain only ASCII characters")
      }
      return text.bytes
    }
    guard let bytes = a[0].bytesLike else {
      throw Raise(
        .typeError,
        "argument should be a bytes-like object or ASCII string, not '\(a.machine.typeName(a[0]))'")
    }
    return bytes
  }

  // MARK: - Base 64

  private static let alphabet =
    Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8], altered: [UInt8]? = nil) -> [UInt8] {
    var letters = alphabet
    if let altered, altered.count == 2 { (letters[62], letters[63]) = (altered[0], altered[1]) }
    var result: [UInt8] = []
    for index in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - index
      let group =
        UInt32(bytes[index]) << 16 | (rest > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[index + 2]) : 0)
      result.append(letters[Int(group >> 18)])
      result.append(letters[Int(group >> 12 & 63)])
      result.append(rest > 1 ? letters[Int(group >> 6 & 63)] : UInt8(ascii: "="))
      result.append(rest > 2 ? letters[Int(group & 63)] : UInt8(ascii: "="))
    }
    return result
  }

  static func decode(
    _ text: [UInt8], altered: [UInt8]? = nil, validates: Bool = false, _ machine: Machine
  ) throws(Raise) -> [UInt8] {
    var values = [Int](repeating: -1, count: 256)
    for (value, letter) in alphabet.enumerated() { values[Int(letter)] = value }
    if let altered, altered.count == 2 {
      values[Int(altered[0])] = 62
      values[Int(altered[1])] = 63
    }
    var result: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var padding = 0
    var letters = 0
    for byte in text {
      if byte == UInt8(ascii: "=") {
        padding += 1
        if count >= 2, count + padding >= 4 {
          group <<= UInt32(6 * (4 - count))
          result.append(UInt8(truncatingIfNeeded: group >> 16))
          if count == 3 { result.append(UInt8(truncatingIfNeeded: group >> 8)) }
          return result
        }
        continue
      }
      let value = values[Int(byte)]
      if value < 0 {
        if validates { throw failure("Only base64 data is allowed", machine) }
        continue
      }
      padding = 0
      letters += 1
      group = group << 6 | UInt32(value)
      count += 1
      if count == 4 {
        result += [16, 8, 0].map { UInt8(truncatingIfNeeded: group >> UInt32($0)) }
        group = 0
        count = 0
      }
    }
    if count == 1 {
      throw failure(
        "Invalid base64-encoded string: number of data characters (\(letters)) cannot be 1 more "
          + "than a multiple of 4", machine)
    }
    if count != 0 { throw failure("Incorrect padding", machine) }
    return result
  }

  private static let rows: [Native] = [
    Native("b64encode(s, altchars=None)", "Bytes in base 64.", example: "base64.b64encode(b'hello')") {
      a in
      .object(
        BytesObject(encode(try bytes(a, 0), altered: a[1].isNone ? nil : try bytes(a, 1))))
    },
    Native("b64decode(s, altchars=None, validate=False)", "The bytes of a text in base 64.",
      example: "base64.b64decode('aGVsbG8=')"
    ) { a in
      let altered = a[1].isNone ? nil : try a[1].asString?.bytes ?? bytes(a, 1)
      return .object(
        BytesObject(
          try decode(encoded(a), altered: altered, validates: a.bool(2), a.machine)))
    },
    Native("standard_b64encode(s)", "Bytes in base 64.") { a in
      .object(BytesObject(encode(try bytes(a, 0))))
    },
    Native("standard_b64decode(s)", "The bytes of a text in base 64.") { a in
      .object(BytesObject(try decode(encoded(a), a.machine)))
    },
    Native("urlsafe_b64encode(s)", "Bytes in base 64 with - and _.",
      example: "base64.urlsafe_b64encode(b'\\xff\\xfe')"
    ) { a in .object(BytesObject(encode(try bytes(a, 0), altered: Array("-_".utf8)))) },
    Native("urlsafe_b64decode(s)", "The bytes of such a text.") { a in
      .object(BytesObject(try decode(encoded(a), altered: Array("-_".utf8), a.machine)))
    },
    Native("b16encode(s)", "Bytes in hexadecimal, upper case.", example: "base64.b16encode(b'hi')") { a in
      .object(BytesObject(Array(hexadecimal(try bytes(a, 0)).uppercased().utf8)))
    },
    Native("b16decode(s, casefold=False)", "The bytes of such a text.") { a in
      let text = try encoded(a)
      let isLoose = try a.bool(1)
      var result: [UInt8] = []
      for index in stride(from: 0, to: text.count, by: 2) {
        let pair = String(decoding: text[index..<min(index + 2, text.count)], as: UTF8.self)
        guard pair.utf8.count == 2, isLoose || pair == pair.uppercased(),
          let byte = UInt8(pair, radix: 16)
        else { throw failure("Non-base16 digit found", a.machine) }
        result.append(byte)
      }
      return .object(BytesObject(result))
    },
  ]
}
