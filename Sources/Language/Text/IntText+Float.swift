/// `float(text)`.
extension IntText {
  static func parseFloat(_ text: StringObject) throws(Raise) -> Double {
    if let value = float(in: ascii(text)) { return value }
    throw notFloat(QuotedText.repr(text.bytes))
  }

  /// `float(b"1.5")`.
  static func parseFloat(bytes: [UInt8]) throws(Raise) -> Double {
    if let value = float(in: bytes) { return value }
    throw notFloat(QuotedText.reprBytes(bytes))
  }

  private static func notFloat(_ quoted: [UInt8]) -> Raise {
    Raise(
      .valueError,
      "could not convert string to float: \(String(decoding: quoted, as: UTF8.self))")
  }

  /// The double that a text spells; nil when it spells none.
  ///
  /// The form is checked here, because C's reader takes more (hexadecimal, `nan(x)`) and less
  /// (underscores); its value is C's, which rounds correctly.
  private static func float(in text: [UInt8]) -> Double? {
    let trimmed = trimmed(text)
    if let special = special(trimmed) { return special }
    var digits: [UInt8] = []
    digits.reserveCapacity(trimmed.count)
    var index = trimmed.startIndex
    let end = trimmed.endIndex
    func isDigit(_ position: Int) -> Bool {
      position < end && trimmed[position] >= 0x30 && trimmed[position] <= 0x39
    }
    /// Digits with single underscores between them; false when an underscore stands elsewhere.
    func takeDigits() -> (count: Int, isClean: Bool) {
      var count = 0
      while index < end {
        if isDigit(index) {
          digits.append(trimmed[index])
          count += 1
          index += 1
        } else if trimmed[index] == UInt8(ascii: "_"), count > 0, isDigit(index + 1),
          isDigit(index - 1)
        {
          index += 1
        } else {
          break
        }
      }
      return (count, index == end || trimmed[index] != UInt8(ascii: "_"))
    }
    func takeSign() {
      if index < end, trimmed[index] == UInt8(ascii: "-") || trimmed[index] == UInt8(ascii: "+") {
        digits.append(trimmed[index])
        index += 1
      }
    }
    takeSign()
    let whole = takeDigits()
    if !whole.isClean { return nil }
    var count = whole.count
    if index < end, trimmed[index] == UInt8(ascii: ".") {
      if count == 0 { digits.append(UInt8(ascii: "0")) }
      digits.append(UInt8(ascii: "."))
      index += 1
      let fraction = takeDigits()
      if !fraction.isClean { return nil }
      if fraction.count == 0 { digits.append(UInt8(ascii: "0")) }
      count += fraction.count
    }
    if count == 0 { return nil }
    if index < end, trimmed[index] | 0x20 == UInt8(ascii: "e") {
      digits.append(UInt8(ascii: "e"))
      index += 1
      takeSign()
      let exponent = takeDigits()
      if exponent.count == 0 || !exponent.isClean { return nil }
    }
    if index != end { return nil }
    return Double(String(decoding: digits, as: UTF8.self))
  }

  private static func special(_ text: ArraySlice<UInt8>) -> Double? {
    var rest = text
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    guard rest.count == 3 || rest.count == 8 else { return nil }
    switch String(decoding: rest.map(CaseMapping.lowerASCII), as: UTF8.self) {
    case "inf", "infinity": return isNegative ? -Double.infinity : .infinity
    case "nan": return isNegative ? -Double.nan : .nan
    default: return nil
    }
  }
}
