/// The value of a number whose form the scanner has checked.
enum NumberLiteral {
  /// - Parameter text: the bytes of the literal, underscores included.
  static func value(of text: ArraySlice<UInt8>) -> Constant {
    var digits = [UInt8]()
    digits.reserveCapacity(text.count)
    for byte in text where byte != 0x5F { digits.append(byte) }
    var radix = 10
    if digits.count > 2, digits[0] == 0x30 {
      switch digits[1] | 0x20 {
      case UInt8(ascii: "x"): radix = 16
      case UInt8(ascii: "o"): radix = 8
      case UInt8(ascii: "b"): radix = 2
      default: break
      }
      if radix != 10 { digits.removeFirst(2) }
    }
    if radix == 10, digits.contains(where: { !isDigit($0) }) {
      return .float(Double(String(decoding: digits, as: UTF8.self)) ?? .nan)
    }
    if let value = small(digits, radix: radix) { return .int(value) }
    return .bigInt(digits: String(decoding: digits, as: UTF8.self), radix: radix)
  }

  /// Digits of a decimal literal. Converting takes the square of their number; CPython has the same bound.
  static let mostDigits = 4300

  /// How many digits `value` has, if they are more than are converted.
  static func digitsTooMany(in value: Constant) -> Int? {
    guard case .bigInt(let digits, 10) = value, digits.utf8.count > mostDigits else { return nil }
    return digits.utf8.count
  }

  private static func small(_ digits: [UInt8], radix: Int) -> Int? {
    var value = 0
    for byte in digits {
      guard let digit = hexadecimalValue(byte) else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: radix)
      let (sum, carries) = product.addingReportingOverflow(digit)
      if overflows || carries { return nil }
      value = sum
    }
    return value
  }
}
