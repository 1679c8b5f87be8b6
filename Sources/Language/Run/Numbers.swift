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

  /// A bitwise operator on two's complement numbers of unlimited width.
  ///
  /// The package's own operators lose the top word when the result needs one more than the operands
  /// (`2**63 ^ -2**63`).
  static func bitwise(_ x: BigInt, _ y: BigInt, _ op: (UInt, UInt) -> UInt) -> BigInt {
    let left = x.words
    let right = y.words
    let leftSign: UInt = x < 0 ? .max : 0
    let rightSign: UInt = y < 0 ? .max : 0
    var words: [UInt] = []
    for index in 0...max(left.count, right.count) {
      words.append(
        op(
          index < left.count ? left[index] : leftSign,
          index < right.count ? right[index] : rightSign))
    }
    return BigInt(words: words)
  }

  /// The nearest double, halves to even; infinite beyond the range.
  static func double(_ x: BigInt) -> Double {
    let magnitude = x.magnitude
    let shift = max(0, magnitude.bitWidth - 64)
    let top = UInt64(truncatingIfNeeded: shift == 0 ? magnitude : magnitude >> shift)
    let isInexact = shift > 0 && magnitude.trailingZeroBitCount < shift
    let result = Floats.assembled(top, isInexact: isInexact, exponent: shift)
    return x < 0 ? -result : result
  }

  /// The quotient as the nearest double, also when the operands are beyond the range of doubles.
  static func trueDivide(_ x: BigInt, _ y: BigInt) -> Double {
    let negative = (x < 0) != (y < 0)
    let a = x.magnitude
    let b = y.magnitude
    if a == 0 { return negative ? -0.0 : 0.0 }
    // Scale so that the integer quotient has 63 or 64 bits: what is behind them only breaks ties.
    let shift = a.bitWidth - b.bitWidth - 63
    let (q, r) =
      shift >= 0
      ? a.quotientAndRemainder(dividingBy: b << shift)
      : (a << -shift).quotientAndRemainder(dividingBy: b)
    let result = Floats.assembled(
      UInt64(truncatingIfNeeded: q), isInexact: r != 0, exponent: shift)
    return negative ? -result : result
  }
}

/// Float arithmetic as Python defines it.
enum Floats {
  /// `mantissa * 2^exponent` as the nearest double, halves to even, subnormal results included.
  /// - Parameter isInexact: whether something below the last bit was cut off.
  static func assembled(_ mantissa: UInt64, isInexact: Bool, exponent: Int) -> Double {
    if mantissa == 0 { return 0 }
    let top = 63 - mantissa.leadingZeroBitCount + exponent
    if top > 1100 { return .infinity }
    if top < -1100 { return 0 }
    // The lowest bit that the result can hold.
    let lowest = max(top - 52, -1074)
    let drop = lowest - exponent
    if drop <= 0 {
      return Double(sign: .plus, exponent: exponent, significand: Double(mantissa))
    }
    var kept = drop >= 64 ? 0 : mantissa >> UInt64(drop)
    let rest = drop >= 64 ? mantissa : mantissa & (UInt64(1) << UInt64(drop) - 1)
    let half = drop > 64 ? UInt64.max : UInt64(1) << UInt64(drop - 1)
    if rest > half || (rest == half && (isInexact || kept & 1 == 1)) { kept += 1 }
    return Double(sign: .plus, exponent: lowest, significand: Double(kept))
  }

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
