import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Integer arithmetic as Python defines it.
enum Integers {
  /// Quotient towards minus infinity, remainder with the sign of the divisor. `y` is not 0.
  static func floorDivide(_ x: BigInt, _ y: BigInt) -> (BigInt, BigInt) {
    let (q, r) = x.quotientAndRemainder(dividingBy: y)
    if r != 0, (r < 0) != (y < 0) { return (q - 1, r + y) }
    return (q, r)
  }

  /// The quotient as the nearest double, also when the operands are beyond the range of doubles.
  static func trueDivide(_ x: BigInt, _ y: BigInt) -> Double {
    if x == 0 { return 0 }
    let negative = (x < 0) != (y < 0)
    let a = x.magnitude
    let b = y.magnitude
    // Scale so that the integer quotient has 66 bits or so, sticky bit included; the conversion to
    // a double then rounds once.
    let shift = a.bitWidth - b.bitWidth - 66
    let (q, r) =
      shift >= 0
      ? a.quotientAndRemainder(dividingBy: b << shift)
      : (a << -shift).quotientAndRemainder(dividingBy: b)
    let sticky = r == 0 ? q : q | 1
    let result = scalbn(Double(sticky), Int32(clamping: shift))
    return negative ? -result : result
  }
}

/// Float arithmetic as Python defines it.
enum Floats {
  static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

  /// Floor division and the remainder with the divisor's sign. `y` is not 0.
  static func divmod(_ x: Double, _ y: Double) -> (quotient: Double, remainder: Double) {
    var remainder = fmod(x, y)
    var quotient = (x - remainder) / y
    if remainder != 0 {
      if (y < 0) != (remainder < 0) {
        remainder += y
        quotient -= 1
      }
    } else {
      remainder = copysign(0, y)
    }
    if quotient != 0 {
      let floored = quotient.rounded(.down)
      quotient = quotient - floored > 0.5 ? floored + 1 : floored
    } else {
      quotient = copysign(0, x / y)
    }
    return (quotient, remainder)
  }

  /// The integer nearest to zero; nil for what is not finite.
  static func integer(_ x: Double) -> BigInt? {
    guard x.isFinite else { return nil }
    return BigInt(exactly: x.rounded(.towardZero))
  }

  /// Python's hash of a double: equal to that of an equal integer.
  static func hash(_ x: Double) -> Int {
    if x.isInfinite { return x > 0 ? 314_159 : -314_159 }
    if x.isNaN { return 0 }
    if let whole = Int(exactly: x) { return hash(whole) }
    var exponent: Int32 = 0
    var mantissa = frexp(abs(x), &exponent)
    let bits = 61
    let modulus = (UInt64(1) << 61) - 1
    var result: UInt64 = 0
    while mantissa != 0 {
      result = ((result << 28) & modulus) | (result >> (bits - 28))
      mantissa *= 268_435_456
      exponent -= 28
      let part = UInt64(mantissa)
      mantissa -= Double(part)
      result += part
      if result >= modulus { result -= modulus }
    }
    let shift = Int(exponent) >= 0 ? Int(exponent) % bits : bits - 1 - ((-1 - Int(exponent)) % bits)
    result = ((result << shift) & modulus) | (result >> (bits - shift))
    let signed = x < 0 ? -Int(result) : Int(result)
    return signed == -1 ? -2 : signed
  }

  /// Python's hash of an integer: modulo the Mersenne prime 2^61 - 1.
  static func hash(_ x: Int) -> Int {
    let modulus = (1 << 61) - 1
    if x > -modulus, x < modulus { return x == -1 ? -2 : x }
    let rest = Int(x.magnitude % UInt(modulus))
    let signed = x < 0 ? -rest : rest
    return signed == -1 ? -2 : signed
  }

  static func hash(_ x: BigInt) -> Int {
    let rest = Int(x.magnitude % BigUInt((1 << 61) - 1))
    let signed = x < 0 ? -rest : rest
    return signed == -1 ? -2 : signed
  }
}
