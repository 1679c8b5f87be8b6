import BigInt

/// The methods and attributes of `int`, `bool` and `float`.
enum NumberMethods {
  /// The receiver as an integer of any size.
  static func ownInteger(_ a: Arguments) throws(Raise) -> BigInt {
    if let value = a[0].asInteger { return value }
    throw a.wrongReceiver("int")
  }

  static func truncated(_ a: Arguments) throws(Raise) -> Value {
    if case .float(let number) = a[0].bare { return .integer(try Floats.whole(number)) }
    return .integer(try ownInteger(a))
  }

  // MARK: - Integers

  static let integerRows: [Native] = [
    Native("bit_length(self, /)", "How many bits the number needs, without its sign.",
      example: "(37).bit_length()"
    ) { a in
      if let small = a[0].asInt { return .int(Int.bitWidth - small.magnitude.leadingZeroBitCount) }
      return .int(try ownInteger(a).magnitude.bitWidth)
    },
    Native("bit_count(self, /)", "How many bits of the absolute value are one.",
      example: "(13).bit_count()"
    ) { a in
      .int(try ownInteger(a).magnitude.words.reduce(0) { $0 + $1.nonzeroBitCount })
    },
    Native("conjugate(self, /)", "The number itself.", example: "(3).conjugate()") { a in
      .integer(try ownInteger(a))
    },
    Native("as_integer_ratio(self, /)", "The number over one.", example: "(3).as_integer_ratio()") {
      a in .tuple([.integer(try ownInteger(a)), .int(1)])
    },
    Native("to_bytes(self, /, length=1, byteorder='big', *, signed=False)",
      "The number as bytes.", example: "(1024).to_bytes(2, 'big')"
    ) { a in
      let length = try a.index(1)
      let isBig = try isBigEndian(a, 2)
      if length < 0 { throw Raise(.valueError, "length argument must be non-negative") }
      let number = try ownInteger(a)
      let isSigned = try a.bool(3)
      if number < 0, !isSigned {
        throw Raise(.overflowError, "can't convert negative int to unsigned")
      }
      // The bits of a two's complement number, its sign bit included.
      let needed =
        number < 0
        ? (number + 1).magnitude.bitWidth + 1 : number.magnitude.bitWidth + (isSigned ? 1 : 0)
      let (room, overflow) = length.multipliedReportingOverflow(by: 8)
      if !overflow, number != 0 && needed > room {
        throw Raise(.overflowError, "int too big to convert")
      }
      try a.machine.charge(length, "the bytes")
      var bytes = [UInt8](repeating: number < 0 ? 0xFF : 0, count: length)
      for (position, word) in number.words.enumerated() {
        for byte in 0..<8 where position * 8 + byte < length {
          bytes[position * 8 + byte] = UInt8(truncatingIfNeeded: word >> UInt(byte * 8))
        }
      }
      if isBig { bytes.reverse() }
      return .object(BytesObject(bytes))
    },
  ]

  static let integerClassMethods: [Native] = [
    Native("from_bytes(cls, bytes, byteorder='big', *, signed=False)",
      "The number that bytes hold.", example: "int.from_bytes(b'\\x04\\x00', 'big')"
    ) { a in
      let isBig = try isBigEndian(a, 2)
      var bytes = try BytesMethods.bytes(of: a[1], a.machine)
      if isBig { bytes.reverse() }
      var words: [UInt] = []
      for (index, byte) in bytes.enumerated() {
        if index % 8 == 0 { words.append(0) }
        words[index / 8] |= UInt(byte) << UInt(index % 8 * 8)
      }
      var number = BigInt(BigUInt(words: words))
      if try a.bool(3), let last = bytes.last, last & 0x80 != 0 {
        number -= BigInt(1) << (bytes.count * 8)
      }
      return .integer(number)
    }
  ]

  private static func isBigEndian(_ a: Arguments, _ position: Int) throws(Raise) -> Bool {
    let word = try a.word(position, argument: "'byteorder'").swiftString
    if word == "big" { return true }
    if word == "little" { return false }
    throw Raise(.valueError, "byteorder must be either 'little' or 'big'")
  }

  static let integerProperties: [NativeProperty] = [
    NativeProperty("real", "The number itself.") { value, _ in .integer(value.asInteger ?? 0) },
    NativeProperty("imag", "Zero.") { _, _ in .int(0) },
    NativeProperty("numerator", "The number itself.") { value, _ in .integer(value.asInteger ?? 0) },
    NativeProperty("denominator", "One.") { _, _ in .int(1) },
  ]

  // MARK: - Floats

  private static func ownDouble(_ a: Arguments) throws(Raise) -> Double {
    if case .float(let number) = a[0].bare { return number }
    throw a.wrongReceiver("float")
  }

  static let floatRows: [Native] = [
    Native("is_integer(self, /)", "Whether the number has no fraction.", example: "(2.0).is_integer()") {
      a in
      let number = try ownDouble(a)
      return .bool(number.isFinite && number == number.rounded(.towardZero))
    },
    Native("conjugate(self, /)", "The number itself.", example: "(2.5).conjugate()") { a in
      .float(try ownDouble(a))
    },
    Native("as_integer_ratio(self, /)", "Two integers whose quotient is exactly the number.",
      example: "(0.75).as_integer_ratio()"
    ) { a in
      let number = try ownDouble(a)
      if number.isNaN { throw Raise(.valueError, "cannot convert NaN to integer ratio") }
      if number.isInfinite {
        throw Raise(.overflowError, "cannot convert Infinity to integer ratio")
      }
      if number == 0 { return .tuple([.int(0), .int(1)]) }
      // An odd significand times a power of two.
      var significand = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
      let zeros = significand.trailingZeroBitCount
      significand >>= UInt64(zeros)
      let exponent = (number.isNormal ? Int(number.exponent) - 52 : -1074) + zeros
      let signed = number < 0 ? -BigInt(significand) : BigInt(significand)
      return exponent >= 0
        ? .tuple([.integer(signed << exponent), .int(1)])
        : .tuple([.integer(signed), .integer(BigInt(1) << -exponent)])
    },
    Native("hex(self, /)", "The number in hexadecimal, exactly.", example: "(0.5).hex()") { a in
      .string(HexFloat.text(try ownDouble(a)))
    },
  ]

  static let floatClassMethods: [Native] = [
    Native("fromhex(cls, string, /)", "The number that a hexadecimal text spells.",
      example: "float.fromhex('0x1.8p+1')"
    ) { a in
      guard let text = a[1].asString else {
        throw Raise(.typeError, "bad argument type for built-in operation")
      }
      return .float(try HexFloat.parse(text.bytes))
    }
  ]

  static let floatProperties: [NativeProperty] = [
    NativeProperty("real", "The number itself.") { value, _ in value },
    NativeProperty("imag", "Zero.") { _, _ in .float(0) },
  ]
}
