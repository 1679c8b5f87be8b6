import BigInt

/// The four operations, remainders and comparison.
extension DecimalContext {
  mutating func add(_ x: DecimalNumber, _ y: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    if x.kind == .infinite || y.kind == .infinite {
      if x.kind == .infinite, y.kind == .infinite, x.isNegative != y.isNegative {
        return try invalid()
      }
      return x.kind == .infinite ? x : y
    }
    let exponent = min(x.exponent, y.exponent)
    let isNegativeZero =
      x.isNegative != y.isNegative ? rounding == .floor : x.isNegative
    if x.isZero, y.isZero {
      return try fix(
        DecimalNumber(
          negative: x.isNegative == y.isNegative ? x.isNegative : rounding == .floor, 0,
          exponent: exponent))
    }
    if x.isZero || y.isZero {
      var other = x.isZero ? y : x
      // As far as the precision goes, the exponent of the smaller one is kept.
      let wanted = max(exponent, other.exponent - precision - 1)
      if other.exponent > wanted {
        other.coefficient *= DecimalNumber.power(ofTen: other.exponent - wanted)
        other.exponent = wanted
      }
      return try fix(other)
    }
    let (a, b) = aligned(x, y)
    let left = a.isNegative ? -BigInt(a.coefficient) : BigInt(a.coefficient)
    let right = b.isNegative ? -BigInt(b.coefficient) : BigInt(b.coefficient)
    let sum = left + right
    if sum == 0 {
      return try fix(DecimalNumber(negative: isNegativeZero, 0, exponent: exponent))
    }
    return try fix(DecimalNumber(negative: sum < 0, sum.magnitude, exponent: a.exponent))
  }

  /// Both with one exponent. What lies far below the last digit of the larger one is put for by 1.
  private func aligned(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) -> (DecimalNumber, DecimalNumber) {
    let isSwapped = x.exponent < y.exponent
    var high = isSwapped ? y : x
    var low = isSwapped ? x : y
    let least = high.exponent + min(-1, high.digitCount - precision - 2)
    if low.digitCount + low.exponent - 1 < least {
      low.coefficient = 1
      low.exponent = least
    }
    high.coefficient *= DecimalNumber.power(ofTen: high.exponent - low.exponent)
    high.exponent = low.exponent
    return isSwapped ? (low, high) : (high, low)
  }

  mutating func subtract(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    return try add(x, y.negated)
  }

  mutating func multiply(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    let isNegative = x.isNegative != y.isNegative
    if x.kind == .infinite || y.kind == .infinite {
      if x.isZero || y.isZero { return try invalid() }
      return .infinity(negative: isNegative)
    }
    return try fix(
      DecimalNumber(
        negative: isNegative, x.coefficient * y.coefficient, exponent: x.exponent + y.exponent))
  }

  mutating func divide(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    let isNegative = x.isNegative != y.isNegative
    if x.kind == .infinite {
      return y.kind == .infinite ? try invalid() : .infinity(negative: isNegative)
    }
    if y.kind == .infinite {
      try signal(.clamped)
      return DecimalNumber(negative: isNegative, 0, exponent: tiny)
    }
    if y.isZero {
      if x.isZero { return try invalid("DivisionUndefined") }
      try signal(.divisionByZero)
      return .infinity(negative: isNegative)
    }
    if x.isZero {
      return try fix(
        DecimalNumber(negative: isNegative, 0, exponent: x.exponent - y.exponent))
    }
    let shift = y.digitCount - x.digitCount + precision + 1
    var exponent = x.exponent - y.exponent - shift
    let (top, bottom) =
      shift >= 0
      ? (x.coefficient * DecimalNumber.power(ofTen: shift), y.coefficient)
      : (x.coefficient, y.coefficient * DecimalNumber.power(ofTen: -shift))
    var (digits, rest) = top.quotientAndRemainder(dividingBy: bottom)
    if rest != 0 {
      // A last digit that rounding takes for neither exact nor half.
      if digits % 5 == 0 { digits += 1 }
    } else {
      let ideal = x.exponent - y.exponent
      while exponent < ideal, digits % 10 == 0 {
        digits /= 10
        exponent += 1
      }
    }
    return try fix(DecimalNumber(negative: isNegative, digits, exponent: exponent))
  }

  /// Quotient towards zero and remainder with the sign of `x`.
  mutating func divideWhole(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> (quotient: DecimalNumber, remainder: DecimalNumber) {
    if let nan = try nan(x, y) { return (nan, nan) }
    let isNegative = x.isNegative != y.isNegative
    if x.kind == .infinite {
      let none = try invalid()
      return (y.kind == .infinite ? none : .infinity(negative: isNegative), none)
    }
    if y.isZero {
      if x.isZero {
        let none = try invalid("DivisionUndefined")
        return (none, none)
      }
      try signal(.divisionByZero)
      return (.infinity(negative: isNegative), try invalid())
    }
    let ideal = y.kind == .infinite ? x.exponent : min(x.exponent, y.exponent)
    let isSmall = y.kind == .infinite || x.isZero || x.adjusted - y.adjusted <= -2
    if isSmall {
      let zero = DecimalNumber(negative: isNegative, 0, exponent: 0)
      if y.kind == .infinite { return (zero, try fix(x)) }
      return (zero, try fix(rescaled(x, to: ideal, .halfEven)))
    }
    if x.adjusted - y.adjusted <= precision {
      var (a, b) = (x.coefficient, y.coefficient)
      if x.exponent >= y.exponent {
        a *= DecimalNumber.power(ofTen: x.exponent - y.exponent)
      } else {
        b *= DecimalNumber.power(ofTen: y.exponent - x.exponent)
      }
      let (quotient, rest) = a.quotientAndRemainder(dividingBy: b)
      if DecimalNumber.digits(of: quotient) <= precision {
        return (
          DecimalNumber(negative: isNegative, quotient, exponent: 0),
          try fix(DecimalNumber(negative: x.isNegative, rest, exponent: ideal))
        )
      }
    }
    let none = try invalid("DivisionImpossible")
    return (none, none)
  }

  /// The remainder that is nearest to zero.
  mutating func remainderNear(
    _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    let (quotient, rest) = try divideWhole(x, y)
    guard rest.isFinite, quotient.isFinite, y.isFinite else { return rest }
    let twice = DecimalContext.order(
      DecimalNumber(negative: false, rest.coefficient * 2, exponent: rest.exponent), y.magnitude)
    if twice < 0 || (twice == 0 && quotient.coefficient % 2 == 0) { return rest }
    let step = y.isNegative == x.isNegative ? y : y.negated
    return try subtract(rest, step)
  }

  /// The number with another exponent, rounded where it gets fewer digits.
  func rescaled(
    _ x: DecimalNumber, to exponent: Int, _ rounding: DecimalRounding
  ) -> DecimalNumber {
    if !x.isFinite { return x }
    if x.isZero { return DecimalNumber(negative: x.isNegative, 0, exponent: exponent) }
    let (digits, _) = rounding.shifted(
      x.coefficient, by: exponent - x.exponent, isNegative: x.isNegative)
    return DecimalNumber(negative: x.isNegative, digits, exponent: exponent)
  }

  mutating func quantize(
    _ x: DecimalNumber, _ y: DecimalNumber, _ rounding: DecimalRounding
  ) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x, y) { return nan }
    if x.kind == .infinite || y.kind == .infinite {
      return x.kind == y.kind ? x : try invalid()
    }
    guard y.exponent >= tiny, y.exponent <= maximumExponent else { return try invalid() }
    if x.isZero {
      return try fix(DecimalNumber(negative: x.isNegative, 0, exponent: y.exponent))
    }
    if x.adjusted > maximumExponent || x.adjusted - y.exponent + 1 > precision {
      return try invalid()
    }
    let result = rescaled(x, to: y.exponent, rounding)
    if result.adjusted > maximumExponent || result.digitCount > precision { return try invalid() }
    if !result.isZero, result.adjusted < minimumExponent { try signal(.subnormal) }
    if result.exponent > x.exponent {
      if DecimalContext.order(result, x) != 0 { try signal(.inexact) }
      try signal(.rounded)
    }
    return try fix(result)
  }

  /// -1, 0 or 1; neither is NaN.
  static func order(_ x: DecimalNumber, _ y: DecimalNumber) -> Int {
    if x.kind == .infinite || y.kind == .infinite {
      let left = x.kind == .infinite ? (x.isNegative ? -1 : 1) : 0
      let right = y.kind == .infinite ? (y.isNegative ? -1 : 1) : 0
      return left < right ? -1 : left == right ? 0 : 1
    }
    if x.isZero { return y.isZero ? 0 : y.isNegative ? 1 : -1 }
    if y.isZero { return x.isNegative ? -1 : 1 }
    if x.isNegative != y.isNegative { return x.isNegative ? -1 : 1 }
    let sign = x.isNegative ? -1 : 1
    if x.adjusted != y.adjusted { return x.adjusted < y.adjusted ? -sign : sign }
    let shift = x.exponent - y.exponent
    let left = x.coefficient * DecimalNumber.power(ofTen: shift)
    let right = y.coefficient * DecimalNumber.power(ofTen: -shift)
    return left == right ? 0 : left < right ? -sign : sign
  }

  /// Without zeros at the end of the coefficient.
  mutating func normalize(_ x: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    if let nan = try nan(x) { return nan }
    var result = try fix(x)
    guard result.isFinite else { return result }
    if result.isZero { return DecimalNumber(negative: result.isNegative, 0, exponent: 0) }
    let most = clamp == 1 ? top : maximumExponent
    while result.coefficient % 10 == 0, result.exponent < most {
      result.coefficient /= 10
      result.exponent += 1
    }
    return result
  }
}
