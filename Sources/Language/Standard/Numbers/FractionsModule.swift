import BigInt

/// A `fractions.Fraction`.
final class FractionObject: Instance {
  var value = Rational(0)
}

/// The module `fractions`: exact fractions of integers.
enum FractionsModule {
  static let table = ModuleTable(
    "fractions", doc: "Exact fractions of integers.", entries: [.type(fraction)])

  static func make(_ value: Rational, _ machine: Machine) -> Value {
    let result = FractionObject(machine.type(fraction))
    result.value = value
    return .object(result)
  }

  private static func own(_ a: Arguments) throws(Raise) -> Rational {
    guard let fraction = a[0].asInstance as? FractionObject else {
      throw Raise(.typeError, "a Fraction is needed")
    }
    return fraction.value
  }

  // MARK: - Making

  /// `3/4`, `-0.25`, `1e-3` as a fraction; nil when it is no number.
  static func parse(_ text: String) throws(Raise) -> Rational? {
    let trimmed = text.trimmingSpaces()
    var digits = Substring(trimmed)
    var sign: BigInt = 1
    if let first = digits.first, first == "+" || first == "-" {
      sign = first == "-" ? -1 : 1
      digits = digits.dropFirst()
    }
    func number(_ part: Substring) -> BigInt? {
      let plain = part.filter { $0 != "_" }
      return !plain.isEmpty && plain.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        ? BigInt(String(plain)) : nil
    }
    if let slash = digits.firstIndex(of: "/") {
      guard let top = number(digits[..<slash]),
        let bottom = number(digits[digits.index(after: slash)...])
      else { return nil }
      if bottom == 0 { throw zero(sign * top) }
      return Rational(sign * top, bottom)
    }
    var exponent = 0
    if let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      guard let power = Int(digits[digits.index(after: mark)...]), power.magnitude < 100_000 else {
        return nil
      }
      exponent = power
      digits = digits[..<mark]
    }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 2 || digits.isEmpty || digits == "." { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard let whole = parts[0].isEmpty ? 0 : number(parts[0]),
      let rest = fraction.isEmpty ? 0 : number(fraction)
    else { return nil }
    let scale = BigInt(10).power(fraction.filter { $0 != "_" }.utf8.count)
    let mantissa = Rational(sign * (whole * scale + rest), scale)
    let power = Rational(BigInt(10).power(abs(exponent)))
    return exponent >= 0 ? mantissa * power : mantissa / power
  }

  private static func zero(_ numerator: BigInt) -> Raise {
    Raise(.zeroDivisionError, "Fraction(\(numerator), 0)")
  }

  private static func fill(_ a: Arguments) throws(Raise) {
    guard let target = a[0].asInstance as? FractionObject else { return }
    let machine = a.machine
    let first = a[1]
    if a[2].isNone {
      if let text = first.swiftString {
        guard let value = try parse(text) else {
          throw Raise(
            .valueError, "Invalid literal for Fraction: \(try machine.repr(.string(text)))")
        }
        target.value = value
        return
      }
      if case .float(let number) = first.bare {
        if number.isNaN { throw Raise(.valueError, "cannot convert NaN to integer ratio") }
        if number.isInfinite {
          throw Raise(.overflowError, "cannot convert Infinity to integer ratio")
        }
      }
      guard let value = machine.rational(first) else {
        throw Raise(.typeError, "argument should be a string or a Rational instance")
      }
      target.value = value
      return
    }
    func part(_ value: Value) throws(Raise) -> Rational {
      if value.isInteger, let number = machine.rational(value) { return number }
      if let fraction = value.asInstance as? FractionObject { return fraction.value }
      throw Raise(.typeError, "both arguments should be Rational instances")
    }
    let top = try part(first)
    let bottom = try part(a[2])
    if bottom.numerator == 0 { throw zero(top.numerator) }
    target.value = top / bottom
  }

  // MARK: - Operators

  /// What an operator of fractions gives: with floats it is one of floats.
  private static func combine(
    _ op: Opcode, _ left: Value, _ right: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    func exact(_ value: Value) -> Rational? {
      value.isInteger || value.asInstance is FractionObject ? machine.rational(value) : nil
    }
    guard let x = exact(left), let y = exact(right) else {
      func float(_ value: Value) -> Double? { exact(value)?.double ?? value.asDouble }
      guard let p = float(left), let q = float(right) else { return .notImplemented }
      return try machine.binary(op, .float(p), .float(q))
    }
    switch op {
    case .add: return make(x + y, machine)
    case .subtract: return make(x - y, machine)
    case .multiply: return make(x * y, machine)
    case .divide:
      if y.numerator == 0 { throw zero(x.numerator * y.denominator) }
      return make(x / y, machine)
    case .floorDivide, .modulo:
      if y.numerator == 0 {
        throw Raise(.zeroDivisionError, "integer division or modulo by zero")
      }
      let quotient = (x / y).floor
      return op == .floorDivide
        ? .integer(quotient) : make(x - y * Rational(quotient), machine)
    default:
      guard y.denominator == 1, let power = Int(exactly: y.numerator) else {
        return try machine.binary(.power, .float(x.double), .float(y.double))
      }
      if x.denominator == 1, x.numerator.magnitude <= 1 {
        if x.numerator == 0, power < 0 { throw zero(1) }
        return make(power == 0 || (power & 1 == 0 && x.numerator != 0) ? Rational(1) : x, machine)
      }
      let (bits, overflow) = (x.numerator.bitWidth + x.denominator.bitWidth)
        .multipliedReportingOverflow(by: Int(clamping: power.magnitude))
      try machine.charge(overflow ? nil : bits / 8, "the power")
      if power >= 0 {
        return make(Rational(x.numerator.power(power), x.denominator.power(power)), machine)
      }
      if x.numerator == 0 { throw zero(x.denominator.power(-power)) }
      return make(Rational(x.denominator.power(-power), x.numerator.power(-power)), machine)
    }
  }

  private static func operators(_ name: String, _ doc: String, _ op: Opcode) -> [Native] {
    [
      Native("__\(name)__(self, other)", doc) { a in try combine(op, a[0], a[1], a.machine) },
      Native("__r\(name)__(self, other)", doc) { a in try combine(op, a[1], a[0], a.machine) },
    ]
  }

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares by value.") { a in
      let x = try own(a)
      if case .float(let number) = a[1].bare, !number.isFinite {
        return try a.machine.compare(op, .float(0), .float(number))
      }
      guard !(a[1].asInstance is DecimalObject), let y = a.machine.rational(a[1]) else {
        return .notImplemented
      }
      return .bool(Machine.compareInts(op, x < y ? -1 : x == y ? 0 : 1, 0))
    }
  }

  private static let fraction = TypeTable(
    "Fraction", module: "fractions", doc: "An exact fraction of two integers.",
    allocate: { FractionObject($0) },
    properties: [
      NativeProperty("numerator", "What is divided.") { value, _ in
        .integer((value.asInstance as? FractionObject)?.value.numerator ?? 0)
      },
      NativeProperty("denominator", "What it is divided by: positive.") { value, _ in
        .integer((value.asInstance as? FractionObject)?.value.denominator ?? 1)
      },
    ],
    classMethods: [
      Native("from_float(cls, f)", "The exact value of a float.",
        example: "fractions.Fraction.from_float(0.25)"
      ) { a in
        guard let value = a.machine.rational(a[1]) else {
          throw Raise(.typeError, "Fraction.from_float() only takes floats")
        }
        return make(value, a.machine)
      }
    ],
    methods: [
      Native("__init__(self, numerator=0, denominator=None)",
        "From two integers, a number, or a text such as '3/4'.",
        example: "fractions.Fraction(3, 6)"
      ) { a in
        try fill(a)
        return .none
      },
      Native("limit_denominator(self, max_denominator=1000000)",
        "The nearest fraction whose denominator is not greater.",
        example: "fractions.Fraction(3.14159).limit_denominator(100)"
      ) { a in
        let value = try own(a)
        let limit = try a.integer(1)
        if limit < 1 { throw Raise(.valueError, "max_denominator should be at least 1") }
        if value.denominator <= limit { return make(value, a.machine) }
        // Continued fraction: the last two convergents below the limit bracket the value.
        var (p0, q0, p1, q1): (BigInt, BigInt, BigInt, BigInt) = (0, 1, 1, 0)
        var (n, d) = (value.numerator, value.denominator)
        while d != 0 {
          let step = Integers.floorDivide(n, d).0
          let q2 = q0 + step * q1
          if q2 > limit { break }
          (p0, q0, p1, q1) = (p1, q1, p0 + step * p1, q2)
          (n, d) = (d, n - step * d)
        }
        let k = (limit - q0) / q1
        let bound1 = Rational(p0 + k * p1, q0 + k * q1)
        let bound2 = Rational(p1, q1)
        let off1 = Rational((bound1 - value).numerator.magnitude.asBigInt, (bound1 - value).denominator)
        let off2 = Rational((bound2 - value).numerator.magnitude.asBigInt, (bound2 - value).denominator)
        return make(off1 < off2 ? bound1 : bound2, a.machine)
      },
      Native("as_integer_ratio(self)", "Numerator and denominator.") { a in
        let value = try own(a)
        return .tuple([.integer(value.numerator), .integer(value.denominator)])
      },
      Native("__neg__(self)", "The negative.") { a in
        make(Rational(0) - (try own(a)), a.machine)
      },
      Native("__pos__(self)", "The fraction itself.") { a in make(try own(a), a.machine) },
      Native("__abs__(self)", "The absolute value.") { a in
        let value = try own(a)
        return make(value.numerator < 0 ? Rational(0) - value : value, a.machine)
      },
      Native("__bool__(self)", "Whether it is not 0.") { a in .bool(try own(a).numerator != 0) },
      Native("__int__(self)", "Without its fraction part.") { a in
        let value = try own(a)
        return .integer(value.numerator / value.denominator)
      },
      Native("__trunc__(self)", "Without its fraction part.") { a in
        let value = try own(a)
        return .integer(value.numerator / value.denominator)
      },
      Native("__floor__(self)", "Rounded down.") { a in .integer(try own(a).floor) },
      Native("__ceil__(self)", "Rounded up.") { a in
        .integer(-(Rational(0) - (try own(a))).floor)
      },
      Native("__round__(self, ndigits=None)", "Rounded, halves to even.") { a in
        let value = try own(a)
        if a[1].isNone { return .integer(value.rounded) }
        let digits = try a.size(1)
        let scale = Rational(BigInt(10).power(Int(min(digits.magnitude, 10_000))))
        return digits >= 0
          ? make(Rational((value * scale).rounded) / scale, a.machine)
          : make(Rational((value / scale).rounded) * scale, a.machine)
      },
      Native("__float__(self)", "The nearest float.") { a in
        let number = try own(a).double
        if number.isInfinite {
          throw Raise(.overflowError, "integer division result too large for a float")
        }
        return .float(number)
      },
      Native("__hash__(self)", "Equal to the hash of an equal number.") { a in
        let value = try own(a)
        if value.denominator == 1 { return .int(Floats.hash(value.numerator)) }
        let modulus = (BigInt(1) << 61) - 1
        let magnitude = BigInt(value.numerator.magnitude)
        guard let inverse = value.denominator.inverse(modulus) else { return .int(314_159) }
        let hash = Int(exactly: magnitude * inverse % modulus) ?? 0
        return .int(value.numerator < 0 ? (hash == 1 ? -2 : -hash) : hash)
      },
      Native("__repr__(self)", "The fraction as one would write it.") { a in
        let value = try own(a)
        return .string("Fraction(\(value.numerator), \(value.denominator))")
      },
      Native("__str__(self)", "3/4, or 3 for whole numbers.") { a in
        let value = try own(a)
        return .string(
          value.denominator == 1
            ? "\(value.numerator)" : "\(value.numerator)/\(value.denominator)")
      },
      Native("__copy__(self)", "The fraction itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The fraction itself.") { a in a[0] },
      comparison("eq", 0), comparison("ne", 1), comparison("lt", 2), comparison("le", 3),
      comparison("gt", 4), comparison("ge", 5),
    ] + operators("add", "The sum.", .add) + operators("sub", "The difference.", .subtract)
      + operators("mul", "The product.", .multiply)
      + operators("truediv", "The quotient.", .divide)
      + operators("floordiv", "The quotient, rounded down.", .floorDivide)
      + operators("mod", "The remainder.", .modulo) + operators("pow", "The power.", .power))
}

extension BigUInt {
  fileprivate var asBigInt: BigInt { BigInt(self) }
}

extension String {
  /// Without white space at both ends.
  func trimmingSpaces() -> String {
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}
