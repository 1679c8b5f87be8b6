import BigInt

/// Integers as text in any base, with CPython's limit on decimal digits.
///
/// Conversion between binary and decimal is quadratic, so that a long enough number would hold the
/// machine for minutes; CPython refuses beyond 4300 digits, and so do we, with its words. Bases that
/// are powers of two need no arithmetic and have no limit.
enum IntText {
  /// Decimal digits that a conversion may have.
  static let digitLimit = 4300

  /// The decimal form.
  static func decimal(_ value: BigInt) throws(Raise) -> String {
    // 4300 digits have at most 14,285 bits.
    if value.magnitude.bitWidth > 14_285 { throw tooLong() }
    let text = String(value)
    if text.utf8.count - (value < 0 ? 1 : 0) > digitLimit { throw tooLong() }
    return text
  }

  static func decimalBytes(_ value: BigInt) throws(Raise) -> [UInt8] {
    if let small = Int(exactly: value) { return decimalBytes(small) }
    return Array(try decimal(value).utf8)
  }

  static func decimalBytes(_ value: Int) -> [UInt8] {
    let count = decimalCount(value)
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, size in
      if let start = buffer.baseAddress { writeDecimal(value, count, to: start) }
      size = count
    }
  }

  @inline(__always)
  private static func decimalCount(_ value: Int) -> Int {
    var rest = value.magnitude
    var count = value < 0 ? 1 : 0
    repeat {
      count += 1
      rest /= 10
    } while rest > 0
    return count
  }

  /// Gives the number of bytes written, at most 20.
  static func writeDecimal(_ value: Int, to start: UnsafeMutablePointer<UInt8>) -> Int {
    let count = decimalCount(value)
    writeDecimal(value, count, to: start)
    return count
  }

  @inline(__always)
  private static func writeDecimal(_ value: Int, _ count: Int, to start: UnsafeMutablePointer<UInt8>) {
    var place = count
    var rest = value.magnitude
    repeat {
      place -= 1
      start[place] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while rest > 0
    if value < 0 { start[0] = 0x2D }
  }

  /// `str(value)`.
  static func object(_ value: Int) -> StringObject {
    let count = decimalCount(value)
    return StringObject(count: count, isASCII: true) { writeDecimal(value, count, to: $0) }
  }

  private static func tooLong() -> Raise {
    Raise(
      .valueError,
      "Exceeds the limit (\(digitLimit) digits) for integer string conversion; "
        + "use sys.set_int_max_str_digits() to increase the limit")
  }

  /// The digits of a magnitude in base 2, 8 or 16, without a prefix.
  /// - Parameter bits: 1, 3 or 4 bits a digit.
  static func digits(_ magnitude: BigUInt, bits: Int, uppercase: Bool = false) -> [UInt8] {
    let letters = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    if magnitude == 0 { return [letters[0]] }
    let words = Array(magnitude.words)
    let count = (magnitude.bitWidth + bits - 1) / bits
    var result = [UInt8](repeating: 0, count: count)
    let mask = UInt(1) << UInt(bits) - 1
    for index in 0..<count {
      let bit = index * bits
      let word = bit >> 6
      let offset = UInt(bit & 63)
      var digit = words[word] >> offset
      if offset + UInt(bits) > 64, word + 1 < words.count { digit |= words[word + 1] << (64 - offset) }
      result[count - 1 - index] = letters[Int(digit & mask)]
    }
    return result
  }

  /// `bin`, `oct` and `hex`: sign, prefix and digits.
  static func prefixed(_ value: BigInt, bits: Int) -> [UInt8] {
    var result: [UInt8] = value < 0 ? [UInt8(ascii: "-")] : []
    result.append(UInt8(ascii: "0"))
    result.append(prefixLetter(bits: bits))
    result.append(contentsOf: digits(value.magnitude, bits: bits))
    return result
  }

  static func prefixLetter(bits: Int) -> UInt8 {
    bits == 1 ? UInt8(ascii: "b") : bits == 3 ? UInt8(ascii: "o") : UInt8(ascii: "x")
  }

  // MARK: - Reading

  /// `int(text, base)`; base 0 reads the prefix as a literal does.
  static func parse(_ text: StringObject, base: Int) throws(Raise) -> Value {
    if let value = try number(in: ascii(text), base: base) { return value }
    throw invalid(QuotedText.repr(text.bytes), base)
  }

  /// `int(b"12", base)`.
  static func parse(bytes: [UInt8], base: Int) throws(Raise) -> Value {
    if let value = try number(in: bytes, base: base) { return value }
    throw invalid(QuotedText.reprBytes(bytes), base)
  }

  private static func invalid(_ quoted: [UInt8], _ base: Int) -> Raise {
    var shown = quoted
    let points = CodePoints.all(quoted)
    if points.count > 200 { shown = CodePoints.bytes(points.prefix(200)) }
    return Raise(
      .valueError,
      "invalid literal for int() with base \(base): \(String(decoding: shown, as: UTF8.self))")
  }

  /// Digits and spaces of other scripts as ASCII ones; every other character becomes `?`.
  static func ascii(_ text: StringObject) -> [UInt8] {
    if text.isASCII { return text.bytes }
    return CodePoints.all(text.bytes).map { point in
      if point < 0x80 { return UInt8(truncatingIfNeeded: point) }
      if CodePoints.isSpace(point) { return UInt8(ascii: " ") }
      if let digit = CodePoints.decimalValue(point) { return UInt8(truncatingIfNeeded: 0x30 + digit) }
      return UInt8(ascii: "?")
    }
  }

  /// The text without the spaces around it.
  static func trimmed(_ text: [UInt8]) -> ArraySlice<UInt8> {
    var slice = text[...]
    while let first = slice.first, CodePoints.isSpace(UInt32(first)), first < 0x80 {
      slice = slice.dropFirst()
    }
    while let last = slice.last, CodePoints.isSpace(UInt32(last)), last < 0x80 {
      slice = slice.dropLast()
    }
    return slice
  }

  private static func digitValue(_ byte: UInt8) -> Int {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x61...0x7A: Int(byte) - 0x61 + 10
    case 0x41...0x5A: Int(byte) - 0x41 + 10
    default: 99
    }
  }

  /// The integer that a text spells; nil when it spells none.
  private static func number(in text: [UInt8], base: Int) throws(Raise) -> Value? {
    guard base == 0 || (base >= 2 && base <= 36) else {
      throw Raise(.valueError, "int() base must be >= 2 and <= 36, or 0")
    }
    var rest = trimmed(text)
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var radix = base
    var mustBeZero = false
    if let zero = rest.first, zero == UInt8(ascii: "0"), rest.count > 1 {
      let letter = rest[rest.startIndex + 1] | 0x20
      let named =
        letter == UInt8(ascii: "x") ? 16 : letter == UInt8(ascii: "o") ? 8
        : letter == UInt8(ascii: "b") ? 2 : 0
      if named != 0, base == 0 || base == named {
        radix = named
        rest = rest.dropFirst(2)
        if rest.first == UInt8(ascii: "_") { rest = rest.dropFirst() }
      } else if base == 0 {
        mustBeZero = true
      }
    }
    if radix == 0 { radix = 10 }

    var digits: [UInt8] = []
    digits.reserveCapacity(rest.count)
    var previousIsDigit = false
    for byte in rest {
      if byte == UInt8(ascii: "_") {
        if !previousIsDigit { return nil }
        previousIsDigit = false
      } else {
        if digitValue(byte) >= radix { return nil }
        digits.append(byte)
        previousIsDigit = true
      }
    }
    if digits.isEmpty || !previousIsDigit { return nil }
    if mustBeZero, digits.contains(where: { $0 != UInt8(ascii: "0") }) { return nil }
    return try value(of: digits, radix: radix, isNegative: isNegative)
  }

  private static func value(
    of digits: [UInt8], radix: Int, isNegative: Bool
  ) throws(Raise) -> Value {
    var small = 0
    var overflows = false
    for byte in digits {
      let (product, first) = small.multipliedReportingOverflow(by: radix)
      let (sum, second) = product.addingReportingOverflow(digitValue(byte))
      if first || second {
        overflows = true
        break
      }
      small = sum
    }
    if !overflows { return .int(isNegative ? -small : small) }
    let magnitude: BigUInt
    if radix.nonzeroBitCount == 1 {
      magnitude = packed(digits, bits: radix.trailingZeroBitCount)
    } else {
      if digits.count > digitLimit {
        throw Raise(
          .valueError,
          "Exceeds the limit (\(digitLimit) digits) for integer string conversion: value has "
            + "\(digits.count) digits; use sys.set_int_max_str_digits() to increase the limit")
      }
      magnitude = BigUInt(String(decoding: digits, as: UTF8.self), radix: radix) ?? 0
    }
    return .integer(BigInt(sign: isNegative ? .minus : .plus, magnitude: magnitude))
  }

  /// Digits of a base that is a power of two, laid side by side.
  private static func packed(_ digits: [UInt8], bits: Int) -> BigUInt {
    var words: [UInt] = []
    words.reserveCapacity(digits.count * bits / 64 + 1)
    var word: UInt = 0
    var filled = 0
    for byte in digits.reversed() {
      let digit = UInt(digitValue(byte))
      word |= digit << UInt(filled)
      filled += bits
      if filled >= 64 {
        words.append(word)
        filled -= 64
        word = filled > 0 ? digit >> UInt(bits - filled) : 0
      }
    }
    if filled > 0 { words.append(word) }
    return BigUInt(words: words)
  }
}
