/// Doubles in hexadecimal: `0x1.8000000000000p+1`, exact in both directions.
enum HexFloat {
  static func text(_ x: Double) -> String {
    if x.isNaN { return "nan" }
    let sign = x.sign == .minus ? "-" : ""
    if x.isInfinite { return sign + "inf" }
    if x == 0 { return sign + "0x0.0p+0" }
    let digits = String(x.significandBitPattern, radix: 16)
    let fraction = String(repeating: "0", count: 13 - digits.utf8.count) + digits
    let exponent = x.isNormal ? Int(x.exponent) : -1022
    return "\(sign)0x\(x.isNormal ? 1 : 0).\(fraction)p\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
  }

  /// `float.fromhex`: sign, `0x`, digits with a point and `p` with a decimal exponent are all
  /// optional; rounds half to even.
  static func parse(_ bytes: [UInt8]) throws(Raise) -> Double {
    var text = IntText.trimmed(bytes)
    let invalid = Raise(.valueError, "invalid hexadecimal floating-point string")
    var isNegative = false
    if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      text = text.dropFirst()
    }
    let lower = text.map(CaseMapping.lowerASCII)
    switch String(decoding: lower, as: UTF8.self) {
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    case "nan": return isNegative ? -Double.nan : .nan
    default: break
    }
    var rest = lower[...]
    if rest.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) { rest = rest.dropFirst(2) }
    var mantissa: UInt64 = 0
    var isInexact = false
    var exponent = 0
    var digits = 0
    var seenPoint = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else if let digit = digit(byte) {
        digits += 1
        if mantissa >> 60 == 0 {
          mantissa = mantissa << 4 | UInt64(digit)
          if seenPoint { exponent -= 4 }
        } else {
          // Beyond 60 bits only whether something follows matters for rounding.
          if digit != 0 { isInexact = true }
          if !seenPoint { exponent += 4 }
        }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    if digits == 0 { throw invalid }
    if rest.first == UInt8(ascii: "p") {
      guard let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)) else { throw invalid }
      exponent = max(-1_000_000, min(1_000_000, power)) + exponent
    } else if !rest.isEmpty {
      throw invalid
    }
    if mantissa == 0 { return isNegative ? -0.0 : 0.0 }
    let result = Floats.assembled(mantissa, isInexact: isInexact, exponent: exponent)
    if result.isInfinite {
      throw Raise(.overflowError, "hexadecimal value too large to represent as a float")
    }
    return isNegative ? -result : result
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
