import BigInt

/// A `decimal.Decimal`.
final class DecimalObject: Instance {
  var number = DecimalNumber(0)
}

/// The class `Decimal`.
enum DecimalType {
  static let table: TypeTable = TypeTable(
    "Decimal", module: "decimal", doc: "A decimal number.", showsModule: true,
    allocate: { DecimalObject($0) },
    properties: [
      NativeProperty("real", "The number itself.") { value, _ in value },
      NativeProperty("imag", "Zero.") { _, machine in make(DecimalNumber(0), machine) },
    ],
    classMethods: [
      Native("from_float(cls, f, /)", "The exact value of a float.",
        example: "decimal.Decimal.from_float(0.1)"
      ) { a in
        if a[1].asDouble == nil, !a[1].isInteger {
          throw Raise(.typeError, "argument must be int or float")
        }
        return make(try convert(a[1], a.machine), a.machine)
      }
    ],
    methods: [initializer] + DecimalMethods.rows + operators + comparisons + conversions + text)

  static func make(_ number: DecimalNumber, _ machine: Machine) -> Value {
    let result = DecimalObject(machine.type(table))
    result.number = number
    return .object(result)
  }

  /// What a digit is charged, so that about two million are the limit.
  static let bytesPerDigit = 2048

  static func own(_ a: Arguments) throws(Raise) -> DecimalNumber {
    try a.receiver(DecimalObject.self).number
  }

  /// Runs an operation by a context, which is the current one.
  static func compute(
    _ machine: Machine, in object: DecimalContextObject? = nil,
    _ body: (inout DecimalContext) throws(DecimalTrap) -> DecimalNumber
  ) throws(Raise) -> Value {
    let object = object ?? DecimalContexts.current(machine)
    // Digits beyond the first million cost more than memory: time that nothing could interrupt.
    try machine.charge(object.context.precision, of: bytesPerDigit, "the digits")
    do throws(DecimalTrap) {
      return make(try body(&object.context), machine)
    } catch {
      throw DecimalErrors.raise(error, machine)
    }
  }

  // MARK: - Making

  private static let initializer = Native(
    "__init__(self, value='0', context=None)", "From a text, an integer, a float or a tuple.",
    example: "decimal.Decimal('1.10') + decimal.Decimal('2.2')"
  ) { a in
    try a.receiver(DecimalObject.self).number = convert(a[1], a.machine)
    return .none
  }

  /// The exact value of what can be a number.
  static func convert(_ value: Value, _ machine: Machine) throws(Raise) -> DecimalNumber {
    if let text = value.swiftString {
      if let number = DecimalNumber(text: text) { return number }
      var context = DecimalContexts.current(machine).context
      do throws(DecimalTrap) {
        return try context.invalid("ConversionSyntax")
      } catch {
        throw DecimalErrors.raise(error, machine)
      }
    }
    if let number = exact(value) { return number }
    if let tuple = value.asTuple ?? value.asList.map({ TupleObject($0.items) }) {
      return try number(of: tuple)
    }
    throw Raise(
      .typeError, "conversion from \(machine.typeName(value)) to Decimal is not supported")
  }

  /// Numbers of the language as they are; nil for all else.
  static func exact(_ value: Value) -> DecimalNumber? {
    if let object = value.asInstance as? DecimalObject { return object.number }
    if let number = value.asInteger { return DecimalNumber(number) }
    guard case .float(let number) = value.bare else { return nil }
    if number.isNaN { return .nan }
    if number.isInfinite { return .infinity(negative: number < 0) }
    let exact = Rational(number)
    // The denominator is a power of two: as many fives make it one of ten.
    let places = exact.denominator.magnitude.trailingZeroBitCount
    return DecimalNumber(
      negative: number.sign == .minus,
      exact.numerator.magnitude * BigUInt(5).power(places), exponent: -places)
  }

  /// `(sign, digits, exponent)`.
  private static func number(of tuple: TupleObject) throws(Raise) -> DecimalNumber {
    guard tuple.count == 3 else {
      throw Raise(.valueError, "argument must be a sequence of length 3")
    }
    guard let sign = tuple[0].asInt, sign == 0 || sign == 1 else {
      throw Raise(.valueError, "sign must be an integer with the value 0 or 1")
    }
    guard let digits = tuple[1].asTuple?.items ?? tuple[1].asList?.items else {
      throw Raise(.valueError, "coefficient must be a tuple of digits")
    }
    var text = ""
    for digit in digits {
      guard let value = digit.asInt, (0...9).contains(value) else {
        throw Raise(.valueError, "coefficient must be a tuple of digits")
      }
      text.append(String(value))
    }
    let coefficient = BigUInt(text.isEmpty ? "0" : text) ?? 0
    switch tuple[2].swiftString {
    case "F": return .infinity(negative: sign == 1)
    case "n": return DecimalNumber(kind: .quietNaN, negative: sign == 1, coefficient)
    case "N": return DecimalNumber(kind: .signalingNaN, negative: sign == 1, coefficient)
    case .some: throw Raise(.valueError, "string argument in the third position must be 'F', 'n' or 'N'")
    case nil: break
    }
    guard let exponent = tuple[2].asInt, exponent.magnitude < 1 << 60 else {
      throw Raise(.valueError, "exponent must be an integer")
    }
    return DecimalNumber(negative: sign == 1, coefficient, exponent: exponent)
  }

  /// An operand: a Decimal or an integer; nil for all else, floats included.
  static func operand(_ value: Value) -> DecimalNumber? {
    if let object = value.asInstance as? DecimalObject { return object.number }
    return value.asInteger.map { DecimalNumber($0) }
  }

  /// An operand as a value of the class.
  static func value(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    guard let number = operand(value) else {
      throw Raise(
        .typeError, "conversion from \(machine.typeName(value)) to Decimal is not supported")
    }
    return make(number, machine)
  }

  // MARK: - Operators

  typealias Operation = (
    inout DecimalContext, DecimalNumber, DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber

  private static func both(
    _ name: String, _ doc: String, _ body: @escaping Operation
  ) -> [Native] {
    func apply(_ left: Value, _ right: Value, _ machine: Machine) throws(Raise) -> Value {
      guard let x = operand(left), let y = operand(right) else { return .notImplemented }
      return try compute(machine) { (context) throws(DecimalTrap) in try body(&context, x, y) }
    }
    return [
      Native("__\(name)__(self, other)", doc) { a in try apply(a[0], a[1], a.machine) },
      Native("__r\(name)__(self, other)", doc) { a in try apply(a[1], a[0], a.machine) },
    ]
  }

  private static let operators: [Native] =
    both("add", "The sum.") { (c, x, y) throws(DecimalTrap) in try c.add(x, y) }
    + both("sub", "The difference.") { (c, x, y) throws(DecimalTrap) in try c.subtract(x, y) }
    + both("mul", "The product.") { (c, x, y) throws(DecimalTrap) in try c.multiply(x, y) }
    + both("truediv", "The quotient.") { (c, x, y) throws(DecimalTrap) in try c.divide(x, y) }
    + both("floordiv", "The quotient towards zero.") { (c, x, y) throws(DecimalTrap) in
      try quotient(&c, x, y)
    }
    + both("mod", "The remainder, with the sign of the first.") { (c, x, y) throws(DecimalTrap) in
      try remainder(&c, x, y)
    }
    + both("pow", "The power.") { (c, x, y) throws(DecimalTrap) in try c.power(x, y) }
    + [
      Native("__divmod__(self, other)", "Quotient and remainder.") { a in
        try divideWhole(a[0], a[1], a.machine)
      },
      Native("__rdivmod__(self, other)", "Quotient and remainder.") { a in
        try divideWhole(a[1], a[0], a.machine)
      },
      Native("__neg__(self)", "The negative, rounded.") { a in
        let number = try own(a)
        return try compute(a.machine) { (context) throws(DecimalTrap) in
          if let nan = try context.nan(number) { return nan }
          return try context.fix(number.isZero ? number.magnitude : number.negated)
        }
      },
      Native("__pos__(self)", "The number, rounded.") { a in
        let number = try own(a)
        return try compute(a.machine) { (context) throws(DecimalTrap) in
          if let nan = try context.nan(number) { return nan }
          return try context.fix(number.isZero ? number.magnitude : number)
        }
      },
      Native("__abs__(self)", "Without its sign, rounded.") { a in
        let number = try own(a).magnitude
        return try compute(a.machine) { (context) throws(DecimalTrap) in
          if let nan = try context.nan(number) { return nan }
          return try context.fix(number)
        }
      },
    ]

  private static func quotient(
    _ context: inout DecimalContext, _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    if x.kind == .infinite, y.isFinite { return .infinity(negative: x.isNegative != y.isNegative) }
    if y.isZero, x.isFinite, !x.isZero {
      try context.signal(.divisionByZero)
      return .infinity(negative: x.isNegative != y.isNegative)
    }
    return try context.divideWhole(x, y).quotient
  }

  private static func remainder(
    _ context: inout DecimalContext, _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    if y.isZero, x.isFinite { return try context.invalid(x.isZero ? "DivisionUndefined" : nil) }
    return try context.divideWhole(x, y).remainder
  }

  private static func divideWhole(
    _ left: Value, _ right: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    guard let x = operand(left), let y = operand(right) else { return .notImplemented }
    var rest = DecimalNumber.nan
    let quotient = try compute(machine) { (context) throws(DecimalTrap) in
      let found = try context.divideWhole(x, y)
      rest = found.remainder
      return found.quotient
    }
    return .tuple([quotient, make(rest, machine)])
  }

  // MARK: - Comparison

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares by value.") { a in
      let x = try own(a)
      let y: DecimalNumber
      if let exact = exact(a[1]) {
        y = exact
      } else if let fraction = a[1].asInstance as? FractionObject,
        abs(x.exponent) < 100_000, let value = x.rational
      {
        let other = fraction.value
        return .bool(Machine.compareInts(op, value < other ? -1 : value == other ? 0 : 1, 0))
      } else {
        return .notImplemented
      }
      if x.isNaN || y.isNaN {
        // Equality with NaN is quiet, an order of it is invalid.
        if op >= 2 {
          _ = try compute(a.machine) { (context) throws(DecimalTrap) in try context.invalid() }
        }
        return .bool(op == 1)
      }
      return .bool(Machine.compareInts(op, DecimalContext.order(x, y), 0))
    }
  }

  private static let comparisons = [
    comparison("eq", 0), comparison("ne", 1), comparison("lt", 2), comparison("le", 3),
    comparison("gt", 4), comparison("ge", 5),
  ]

  // MARK: - Conversions

  /// The number without what stands behind the point.
  private static func whole(
    _ a: Arguments, _ rounding: DecimalRounding
  ) throws(Raise) -> Value {
    let number = try own(a)
    if number.isNaN { throw Raise(.valueError, "cannot convert NaN to integer") }
    if !number.isFinite { throw Raise(.overflowError, "cannot convert Infinity to integer") }
    try a.machine.charge(max(0, number.exponent), of: bytesPerDigit, "the integer")
    let result = DecimalContext().rescaled(number, to: 0, rounding)
    return .integer(result.isNegative ? -BigInt(result.coefficient) : BigInt(result.coefficient))
  }

  private static let conversions: [Native] = [
    Native("__int__(self)", "Towards zero.") { a in try whole(a, .down) },
    Native("__trunc__(self)", "Towards zero.") { a in try whole(a, .down) },
    Native("__floor__(self)", "Rounded down.") { a in try whole(a, .floor) },
    Native("__ceil__(self)", "Rounded up.") { a in try whole(a, .ceiling) },
    Native("__round__(self, ndigits=None)", "Rounded, halves to even.") { a in
      if a[1].isNone { return try whole(a, .halfEven) }
      guard a[1].isInteger else { throw Raise(.typeError, "optional arg must be an integer") }
      let digits = try a.size(1)
      let number = try own(a)
      let unit = DecimalNumber(negative: false, 1, exponent: 0 &- digits)
      return try compute(a.machine) { (context) throws(DecimalTrap) in
        try context.quantize(number, unit, .halfEven)
      }
    },
    Native("__float__(self)", "The nearest float.") { a in
      let number = try own(a)
      if number.kind == .signalingNaN {
        throw Raise(.valueError, "cannot convert signaling NaN to float")
      }
      return .float(Double(number.magnitude.text.lowercased()).map { number.isNegative ? -$0 : $0 } ?? .nan)
    },
    Native("__bool__(self)", "Whether it is not 0.") { a in .bool(!(try own(a).isZero)) },
    Native("__hash__(self)", "Equal to the hash of an equal number.") { a in
      let number = try own(a)
      switch number.kind {
      case .signalingNaN: throw Raise(.typeError, "Cannot hash a signaling NaN value")
      case .quietNaN: return .int(a.machine.identity(try a.receiver(DecimalObject.self)))
      case .infinite: return .int(number.isNegative ? -314_159 : 314_159)
      case .finite: break
      }
      let modulus = BigUInt((1 << 61) - 1)
      // 10 to the power of the exponent, whose inverse is that of 10 to the power.
      let ten = number.exponent >= 0 ? BigUInt(10) : BigUInt(10).inverse(modulus) ?? 1
      let scale = ten.power(BigUInt(number.exponent.magnitude), modulus: modulus)
      let hash = Int(exactly: number.coefficient * scale % modulus) ?? 0
      return .int(number.isNegative ? (hash == 1 ? -2 : -hash) : hash)
    },
    Native("__copy__(self)", "The number itself.") { a in a[0] },
    Native("__deepcopy__(self, memo)", "The number itself.") { a in a[0] },
  ]

  // MARK: - Text

  private static let text: [Native] = [
    Native("__str__(self)", "The number as one would write it.") { a in .string(try shown(a)) },
    Native("__repr__(self)", "The number with its class.") { a in
      .string("Decimal('\(try shown(a))')")
    },
    Native("__format__(self, format_spec, /)", "The number by a specification.") { a in
      try DecimalFormat.text(own(a), a.text(1), a.machine)
    },
  ]

  private static func shown(_ a: Arguments) throws(Raise) -> String {
    let text = try own(a).text
    let capitals = DecimalContexts.current(a.machine).context.capitals
    return capitals == 1 || !text.contains("E+") && !text.contains("E-")
      ? text : text.replacing("E", with: "e")
  }
}
