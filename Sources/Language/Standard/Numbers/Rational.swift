import BigInt

/// An exact fraction in lowest terms: what `fractions.Fraction` holds, and how `statistics` sums.
struct Rational: Equatable {
  let numerator: BigInt
  /// Positive.
  let denominator: BigInt

  /// `denominator` is not 0.
  init(_ numerator: BigInt, _ denominator: BigInt = 1) {
    if denominator == 1 {
      self.numerator = numerator
      self.denominator = 1
      return
    }
    let divisor = BigInt(numerator.magnitude.greatestCommonDivisor(with: denominator.magnitude))
    let sign: BigInt = denominator < 0 ? -1 : 1
    self.numerator = divisor == 0 ? 0 : numerator / divisor * sign
    self.denominator = divisor == 0 ? 1 : BigInt(denominator.magnitude) / divisor
  }

  /// The exact value of a double, which is finite.
  init(_ number: Double) {
    let exponent = number == 0 ? 0 : Int(number.exponent) - 52
    let mantissa = BigInt(number.significand * 0x1p52) * (number < 0 ? -1 : 1)
    if exponent >= 0 {
      self.init(mantissa << exponent)
    } else {
      self.init(mantissa, BigInt(1) << -exponent)
    }
  }

  static func + (x: Rational, y: Rational) -> Rational {
    Rational(
      x.numerator * y.denominator + y.numerator * x.denominator, x.denominator * y.denominator)
  }
  static func - (x: Rational, y: Rational) -> Rational {
    Rational(
      x.numerator * y.denominator - y.numerator * x.denominator, x.denominator * y.denominator)
  }
  static func * (x: Rational, y: Rational) -> Rational {
    Rational(x.numerator * y.numerator, x.denominator * y.denominator)
  }
  /// `y` is not 0.
  static func / (x: Rational, y: Rational) -> Rational {
    Rational(x.numerator * y.denominator, x.denominator * y.numerator)
  }
  static func < (x: Rational, y: Rational) -> Bool {
    x.numerator * y.denominator < y.numerator * x.denominator
  }

  /// The nearest double; infinite beyond the range.
  var double: Double { Integers.trueDivide(numerator, denominator) }

  /// The largest integer that is not greater.
  var floor: BigInt { Integers.floorDivide(numerator, denominator).0 }

  /// The nearest integer, halves to even.
  var rounded: BigInt {
    let (quotient, rest) = Integers.floorDivide(numerator, denominator)
    let twice = rest * 2
    if twice < denominator { return quotient }
    if twice > denominator { return quotient + 1 }
    return quotient % 2 == 0 ? quotient : quotient + 1
  }

  /// The square root as the nearest double. The root of an integer with more bits than a double
  /// holds, its last bit set when something was cut off, rounds as the exact root would.
  var squareRoot: Double {
    if numerator <= 0 { return 0 }
    let n = numerator.magnitude
    let m = denominator.magnitude
    let width = n.bitWidth - m.bitWidth - 109
    let shift = width >= 0 ? width / 2 : -((1 - width) / 2)
    func root(_ n: BigUInt, _ m: BigUInt) -> BigInt {
      let root = (n / m).squareRoot()
      return BigInt(root * root * m == n ? root : root | 1)
    }
    if shift >= 0 {
      return Integers.double(root(n, m << (2 * shift)) << shift)
    }
    return Integers.trueDivide(root(n << (-2 * shift), m), BigInt(1) << -shift)
  }
}

extension Machine {
  /// A number as an exact fraction; nil for what is none or not finite.
  func rational(_ value: Value) -> Rational? {
    if let number = value.asInteger { return Rational(number) }
    if let number = value.asDouble, number.isFinite { return Rational(number) }
    if let fraction = value.asInstance as? FractionObject { return fraction.value }
    if let decimal = value.asInstance as? DecimalObject, abs(decimal.number.exponent) < 100_000 {
      return decimal.number.rational
    }
    return nil
  }
}
