import BigInt

/// Roots, powers, exponentials and logarithms.
///
/// `exp` and `ln` are computed with fixed-point integers of more digits than wanted, and rounded half
/// to even whatever the context says, as the specification has it.
extension DecimalContext {
  mutating func squareRoot(_ x: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x) { return nan }
    if x.kind == .infinite, !x.isNegative { return x }
    if x.isZero {
      return try fix(
        DecimalNumber(negative: x.isNegative, 0, exponent: x.exponent >> 1))
    }
    if x.isNegative { return try invalid() }
    let wanted = precision + 1
    var exponent = x.exponent >> 1
    let isOdd = x.exponent & 1 == 1
    var digits = isOdd ? x.coefficient * 10 : x.coefficient
    let length = isOdd ? (x.digitCount >> 1) + 1 : (x.digitCount + 1) >> 1
    let shift = wanted - length
    var isExact = true
    if shift >= 0 {
      digits *= DecimalNumber.power(ofTen: 2 * shift)
    } else {
      let (quotient, rest) = digits.quotientAndRemainder(
        dividingBy: DecimalNumber.power(ofTen: -2 * shift))
      digits = quotient
      isExact = rest == 0
    }
    exponent -= shift
    var root = digits.squareRoot()
    isExact = isExact && root * root == digits
    if isExact {
      if shift >= 0 {
        root /= DecimalNumber.power(ofTen: shift)
      } else {
        root *= DecimalNumber.power(ofTen: -shift)
      }
      exponent += shift
    } else if root % 5 == 0 {
      root += 1
    }
    return try fixedHalfEven(DecimalNumber(negative: false, root, exponent: exponent))
  }

  private mutating func fixedHalfEven(
    _ number: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    let saved = rounding
    rounding = .halfEven
    defer { rounding = saved }
    return try fix(number)
  }

  // MARK: - Exponentials and logarithms

  mutating func exponential(_ x: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x) { return nan }
    if x.kind == .infinite {
      return x.isNegative ? DecimalNumber(negative: false, 0, exponent: 0) : x
    }
    if x.isZero { return DecimalNumber(1) }
    if x.adjusted > 8 {
      // Beyond every exponent.
      return try fix(
        DecimalNumber(
          negative: false, 1, exponent: x.isNegative ? tiny - 10 : maximumExponent + 10))
    }
    let digits = precision + 12 + max(0, x.adjusted)
    let value = FixedPoint.exponential(FixedPoint.of(x, digits), digits)
    return try fixedHalfEven(value)
  }

  mutating func naturalLogarithm(_ x: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x) { return nan }
    if x.isZero { return .infinity(negative: true) }
    if x.isNegative { return try invalid() }
    if x.kind == .infinite { return x }
    if DecimalContext.order(x, DecimalNumber(1)) == 0 { return DecimalNumber(0) }
    return try fixedHalfEven(FixedPoint.logarithm(x, wanted: precision, base: nil))
  }

  mutating func decimalLogarithm(_ x: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x) { return nan }
    if x.isZero { return .infinity(negative: true) }
    if x.isNegative { return try invalid() }
    if x.kind == .infinite { return x }
    if x.coefficient == DecimalNumber.power(ofTen: x.digitCount - 1) {
      return try fixedHalfEven(DecimalNumber(BigInt(x.adjusted)))
    }
    return try fixedHalfEven(FixedPoint.logarithm(x, wanted: precision, base: 10))
  }

  // MARK: - Powers

  mutating func power(_ x: DecimalNumber, _ y: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    if y.isZero { return x.isZero ? try invalid() : DecimalNumber(1) }
    let whole = y.isFinite ? wholeExponent(y) : nil
    let isOdd = whole.map { $0 % 2 != 0 } ?? false
    let isNegative = x.isNegative && isOdd
    if x.isZero {
      return y.isNegative
        ? .infinity(negative: isNegative) : DecimalNumber(negative: isNegative, 0, exponent: 0)
    }
    if x.isNegative, whole == nil { return try invalid() }
    if x.kind == .infinite {
      return y.isNegative
        ? DecimalNumber(negative: isNegative, 0, exponent: 0) : .infinity(negative: isNegative)
    }
    let one = DecimalContext.order(x.magnitude, DecimalNumber(1))
    if y.kind == .infinite {
      if one == 0 { return DecimalNumber(1) }
      return (one > 0) == y.isNegative
        ? DecimalNumber(negative: false, 0, exponent: 0) : .infinity(negative: false)
    }
    if let whole, let count = Int(exactly: whole), count.magnitude <= 1 << 24,
      x.digitCount.multipliedReportingOverflow(by: abs(count)).partialValue <= 20_000
    {
      let digits = x.coefficient.power(abs(count))
      let (exponent, overflow) = x.exponent.multipliedReportingOverflow(by: abs(count))
      if !overflow, exponent.magnitude < 1 << 60 {
        let power = DecimalNumber(negative: isNegative, digits, exponent: exponent)
        return count > 0 ? try fix(power) : try divide(DecimalNumber(1), power)
      }
    }
    // x ** y = exp(y ln x), with digits for the whole part of the exponent.
    var wide = DecimalContext()
    wide.precision = precision + 24
    wide.maximumExponent = DecimalContext.largestPrecision
    wide.minimumExponent = -DecimalContext.largestPrecision
    wide.traps = []
    let exponent = try wide.multiply(y, wide.naturalLogarithm(x.magnitude))
    var result = try exponential(in: wide, exponent)
    result.isNegative = isNegative
    return try fix(result)
  }

  private mutating func exponential(
    in context: DecimalContext, _ x: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    var context = context
    let limit = 7  // exp(10 ** 7) is beyond ten to the 999,999.
    if x.adjusted > limit {
      return DecimalNumber(
        negative: false, 1, exponent: x.isNegative ? tiny - 10 : maximumExponent + 10)
    }
    return try context.exponential(x)
  }

  /// An exponent that is a whole number, in its value.
  private func wholeExponent(_ y: DecimalNumber) -> BigInt? {
    guard y.adjusted < 40 else { return nil }
    guard let value = y.exponent > -2000 ? y.rational : nil, value.denominator == 1 else {
      return nil
    }
    return value.numerator
  }
}

/// Numbers as integers that count units of `10 ** -digits`.
private enum FixedPoint {
  static func of(_ x: DecimalNumber, _ digits: Int) -> BigInt {
    let shift = x.exponent + digits
    let value =
      shift >= 0
      ? x.coefficient * DecimalNumber.power(ofTen: shift)
      : -shift > x.digitCount + 1 ? 0 : x.coefficient / DecimalNumber.power(ofTen: -shift)
    return x.isNegative ? -BigInt(value) : BigInt(value)
  }

  /// `2 artanh(1 / 3)`.
  private static func logarithmOfTwo(_ unit: BigInt) -> BigInt { 2 * artanh(unit / 3, unit) }

  private static func artanh(_ z: BigInt, _ unit: BigInt) -> BigInt {
    let square = z * z / unit
    var (term, sum, place): (BigInt, BigInt, BigInt) = (z, z, 1)
    while term != 0 {
      term = term * square / unit
      place += 2
      sum += term / place
    }
    return sum
  }

  /// e to the power of a number of `digits` places.
  static func exponential(_ x: BigInt, _ digits: Int) -> DecimalNumber {
    let unit = BigInt(DecimalNumber.power(ofTen: digits))
    let ten = logarithm(of: 10 * unit, unit)
    // x = k ln 10 + r, with r within half of ln 10.
    let k = Integers.floorDivide(2 * x + ten, 2 * ten).0
    var rest = x - k * ten
    // Halved until the series is short, squared back afterwards.
    let halvings = 12
    rest /= BigInt(1) << halvings
    var (term, sum, place): (BigInt, BigInt, BigInt) = (unit, unit, 0)
    while term != 0 {
      place += 1
      term = term * rest / unit / place
      sum += term
    }
    for _ in 0..<halvings { sum = sum * sum / unit }
    return DecimalNumber(
      negative: false, sum.magnitude, exponent: (Int(exactly: k) ?? 0) - digits)
  }

  /// The natural logarithm of a positive number of units.
  private static func logarithm(of x: BigInt, _ unit: BigInt) -> BigInt {
    // Between 2/3 and 4/3 by powers of two.
    let shift = x.magnitude.bitWidth - unit.magnitude.bitWidth
    var power = shift
    var mantissa = shift >= 0 ? x >> shift : x << -shift
    if 3 * mantissa > 4 * unit {
      mantissa >>= 1
      power += 1
    } else if 3 * mantissa < 2 * unit {
      mantissa <<= 1
      power -= 1
    }
    let z = (mantissa - unit) * unit / (mantissa + unit)
    return 2 * artanh(z, unit) + BigInt(power) * logarithmOfTwo(unit)
  }

  /// ln x, or its logarithm to a base.
  static func logarithm(_ x: DecimalNumber, wanted: Int, base: Int?) -> DecimalNumber {
    // Near 1 the logarithm is small: its first digits stand as far down as x is from 1.
    let distance = DecimalContext.order(x, DecimalNumber(1))
    let closeness = distance == 0 ? 0 : x.adjusted == 0 || x.adjusted == -1 ? x.digitCount : 0
    let digits = wanted + 24 + closeness + String(abs(x.adjusted)).count
    let unit = BigInt(DecimalNumber.power(ofTen: digits))
    // x = m * 10 ** power with 1 <= m < 10, or x itself where it is near 1.
    let power = closeness > 0 ? 0 : x.adjusted
    let mantissa = of(
      DecimalNumber(negative: false, x.coefficient, exponent: x.exponent - power), digits)
    let ten = logarithm(of: 10 * unit, unit)
    var result = logarithm(of: mantissa, unit) + BigInt(power) * ten
    if base != nil { result = result * unit / ten }
    return DecimalNumber(negative: result < 0, result.magnitude, exponent: -digits)
  }
}
