import BigInt

/// How a result that is not exact is brought to fewer digits.
enum DecimalRounding: String, CaseIterable {
  case ceiling = "ROUND_CEILING"
  case down = "ROUND_DOWN"
  case floor = "ROUND_FLOOR"
  case halfDown = "ROUND_HALF_DOWN"
  case halfEven = "ROUND_HALF_EVEN"
  case halfUp = "ROUND_HALF_UP"
  case up = "ROUND_UP"
  case zeroFiveUp = "ROUND_05UP"

  /// Divides by a power of ten.
  /// - Returns: the rounded quotient and whether anything was lost.
  func shifted(_ number: BigUInt, by places: Int, isNegative: Bool) -> (BigUInt, inexact: Bool) {
    if places <= 0 { return (number * DecimalNumber.power(ofTen: -places), false) }
    if places > DecimalNumber.digits(of: number) + 1 {
      // Less than a tenth of the last place.
      return (number != 0 && raises(0, .orderedAscending, isNegative) ? 1 : 0, number != 0)
    }
    let divisor = DecimalNumber.power(ofTen: places)
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    if rest == 0 { return (quotient, false) }
    let twice = rest * 2
    let order: Order =
      twice < divisor ? .orderedAscending : twice == divisor ? .orderedSame : .orderedDescending
    return (raises(quotient, order, isNegative) ? quotient + 1 : quotient, true)
  }

  enum Order { case orderedAscending, orderedSame, orderedDescending }

  /// - Parameter order: what is lost beside a half of the last place.
  private func raises(_ quotient: BigUInt, _ order: Order, _ isNegative: Bool) -> Bool {
    switch self {
    case .down: false
    case .up: true
    case .ceiling: !isNegative
    case .floor: isNegative
    case .halfUp: order != .orderedAscending
    case .halfDown: order == .orderedDescending
    case .halfEven:
      order == .orderedDescending || (order == .orderedSame && quotient % 2 == 1)
    case .zeroFiveUp: quotient % 5 == 0
    }
  }
}

/// Conditions that an operation can meet, in the order in which a context lists them.
enum DecimalSignal: Int, CaseIterable {
  case invalidOperation, floatOperation, divisionByZero, overflow, subnormal, underflow, inexact
  case rounded, clamped

  var name: String {
    switch self {
    case .invalidOperation: "InvalidOperation"
    case .floatOperation: "FloatOperation"
    case .divisionByZero: "DivisionByZero"
    case .overflow: "Overflow"
    case .subnormal: "Subnormal"
    case .underflow: "Underflow"
    case .inexact: "Inexact"
    case .rounded: "Rounded"
    case .clamped: "Clamped"
    }
  }
}

/// A condition that a context does not let pass.
struct DecimalTrap: Error {
  let signal: DecimalSignal
  /// The kind of invalid operation, where CPython names one (`ConversionSyntax`).
  var detail: String?
}

/// Precision, rounding and limits of arithmetic, and what has happened so far.
struct DecimalContext {
  var precision = 28
  var rounding = DecimalRounding.halfEven
  var minimumExponent = -999_999
  var maximumExponent = 999_999
  var capitals = 1
  var clamp = 0
  var flags: Set<DecimalSignal> = []
  var traps: Set<DecimalSignal> = [.invalidOperation, .divisionByZero, .overflow]

  static let largestPrecision = 999_999_999_999_999_999

  /// The exponent of the smallest number.
  var tiny: Int { minimumExponent - precision + 1 }
  var top: Int { maximumExponent - precision + 1 }

  mutating func signal(
    _ signal: DecimalSignal, _ detail: String? = nil
  ) throws(DecimalTrap) {
    flags.insert(signal)
    if traps.contains(signal) { throw DecimalTrap(signal: signal, detail: detail) }
  }

  /// An operation without a result.
  mutating func invalid(_ detail: String? = nil) throws(DecimalTrap) -> DecimalNumber {
    try signal(.invalidOperation, detail)
    return .nan
  }

  /// The NaN among operands as a result; nil when there is none.
  mutating func nan(_ operands: DecimalNumber...) throws(DecimalTrap) -> DecimalNumber? {
    for operand in operands where operand.kind == .signalingNaN {
      try signal(.invalidOperation)
      return DecimalNumber(
        kind: .quietNaN, negative: operand.isNegative, operand.coefficient)
    }
    return operands.first { $0.kind == .quietNaN }
  }

  /// Brings a result to the precision and within the limits.
  mutating func fix(_ number: DecimalNumber) throws(DecimalTrap) -> DecimalNumber {
    guard number.isFinite else { return number }
    var result = number
    if number.coefficient == 0 {
      let most = clamp == 1 ? top : maximumExponent
      result.exponent = min(max(number.exponent, tiny), most)
      if result.exponent != number.exponent { try signal(.clamped) }
      return result
    }
    var least = number.digitCount + number.exponent - precision
    if least > top {
      try signal(.overflow)
      try signal(.inexact)
      try signal(.rounded)
      return overflowed(negative: number.isNegative)
    }
    let isSubnormal = least < tiny
    if isSubnormal { least = tiny }
    if number.exponent < least {
      var (digits, inexact) = rounding.shifted(
        number.coefficient, by: least - number.exponent, isNegative: number.isNegative)
      if DecimalNumber.digits(of: digits) > precision {
        digits /= 10
        least += 1
      }
      result = DecimalNumber(negative: number.isNegative, digits, exponent: least)
      if least > top {
        try signal(.overflow)
        result = overflowed(negative: number.isNegative)
      }
      if inexact, isSubnormal { try signal(.underflow) }
      if isSubnormal { try signal(.subnormal) }
      if inexact { try signal(.inexact) }
      try signal(.rounded)
      return result
    }
    if isSubnormal { try signal(.subnormal) }
    if clamp == 1, number.exponent > top {
      try signal(.clamped)
      result.coefficient *= DecimalNumber.power(ofTen: number.exponent - top)
      result.exponent = top
    }
    return result
  }

  /// What stands for a number that is too large.
  private func overflowed(negative: Bool) -> DecimalNumber {
    let staysFinite: Bool =
      switch rounding {
      case .down, .zeroFiveUp: true
      case .ceiling: negative
      case .floor: !negative
      default: false
      }
    if !staysFinite { return .infinity(negative: negative) }
    return DecimalNumber(
      negative: negative, DecimalNumber.power(ofTen: min(precision, 100_000)) - 1, exponent: top)
  }
}
