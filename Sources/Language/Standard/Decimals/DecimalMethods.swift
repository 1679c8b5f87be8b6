import BigInt

/// The named methods of `Decimal`.
enum DecimalMethods {
  static let rows = arithmetic + shape + questions

  private static func own(_ a: Arguments) throws(Raise) -> DecimalNumber { try DecimalType.own(a) }

  private static func context(_ value: Value) -> DecimalContextObject? {
    value.asInstance as? DecimalContextObject
  }

  private static func operand(_ a: Arguments, _ index: Int) throws(Raise) -> DecimalNumber {
    if let number = DecimalType.operand(a[index]) { return number }
    throw Raise(
      .typeError,
      "conversion from \(a.machine.typeName(a[index])) to Decimal is not supported")
  }

  private static func unary(
    _ name: String, _ doc: String, example: String? = nil,
    _ body: @escaping (inout DecimalContext, DecimalNumber) throws(DecimalTrap) -> DecimalNumber
  ) -> Native {
    Native("\(name)(self, context=None)", doc, example: example) { a in
      let x = try own(a)
      return try DecimalType.compute(a.machine, in: context(a[1])) { (c) throws(DecimalTrap) in
        try body(&c, x)
      }
    }
  }

  private static func binary(
    _ name: String, _ doc: String, _ body: @escaping DecimalType.Operation
  ) -> Native {
    Native("\(name)(self, other, context=None)", doc) { a in
      let x = try own(a)
      let y = try operand(a, 1)
      return try DecimalType.compute(a.machine, in: context(a[2])) { (c) throws(DecimalTrap) in
        try body(&c, x, y)
      }
    }
  }

  // MARK: - Arithmetic

  private static let arithmetic: [Native] = [
    unary("sqrt", "The square root.", example: "decimal.Decimal(2).sqrt()") {
      (c, x) throws(DecimalTrap) in try c.squareRoot(x)
    },
    unary("exp", "e to the power of the number.", example: "decimal.Decimal(1).exp()") {
      (c, x) throws(DecimalTrap) in try c.exponential(x)
    },
    unary("ln", "The natural logarithm.", example: "decimal.Decimal(10).ln()") {
      (c, x) throws(DecimalTrap) in try c.naturalLogarithm(x)
    },
    unary("log10", "The logarithm to base 10.", example: "decimal.Decimal(2).log10()") {
      (c, x) throws(DecimalTrap) in try c.decimalLogarithm(x)
    },
    unary("normalize", "Without zeros at the end.", example: "decimal.Decimal('1.20').normalize()") {
      (c, x) throws(DecimalTrap) in try c.normalize(x)
    },
    binary("remainder_near", "The remainder nearest to zero.") { (c, x, y) throws(DecimalTrap) in
      try c.remainderNear(x, y)
    },
    binary("max", "The larger one.") { (c, x, y) throws(DecimalTrap) in try larger(&c, x, y) },
    binary("min", "The smaller one.") { (c, x, y) throws(DecimalTrap) in
      try larger(&c, x.negated, y.negated).negated
    },
    binary("compare", "-1, 0 or 1.") { (c, x, y) throws(DecimalTrap) in
      if let nan = try c.nan(x, y) { return nan }
      return DecimalNumber(BigInt(DecimalContext.order(x, y)))
    },
    binary("scaleb", "The number with its exponent moved.") { (c, x, y) throws(DecimalTrap) in
      if let nan = try c.nan(x, y) { return nan }
      guard let step = y.rational.flatMap({ Int(exactly: $0.numerator) }), y.exponent == 0,
        abs(step) < 1 << 50
      else { return try c.invalid() }
      var result = x
      if x.isFinite { result.exponent += step }
      return try c.fix(result)
    },
    Native("fma(self, other, third, context=None)", "A product and a sum, rounded once.") { a in
      let (x, y, z) = (try own(a), try operand(a, 1), try operand(a, 2))
      return try DecimalType.compute(a.machine, in: context(a[3])) { (c) throws(DecimalTrap) in
        if let nan = try c.nan(x, y, z) { return nan }
        guard x.isFinite, y.isFinite else { return try c.add(c.multiply(x, y), z) }
        return try c.add(
          DecimalNumber(
            negative: x.isNegative != y.isNegative, x.coefficient * y.coefficient,
            exponent: x.exponent + y.exponent), z)
      }
    },
    Native("quantize(self, exp, rounding=None, context=None)",
      "The number with the exponent of another.",
      example: "decimal.Decimal('3.14159').quantize(decimal.Decimal('0.01'))"
    ) { a in
      let (x, y) = (try own(a), try operand(a, 1))
      let object = context(a[3]) ?? DecimalContexts.current(a.machine)
      let mode = a[2].isNone ? object.context.rounding : try DecimalContexts.rounding(a[2])
      return try DecimalType.compute(a.machine, in: object) { (c) throws(DecimalTrap) in
        try c.quantize(x, y, mode)
      }
    },
  ]

  private static func larger(
    _ context: inout DecimalContext, _ x: DecimalNumber, _ y: DecimalNumber
  ) throws(DecimalTrap) -> DecimalNumber {
    // A quiet NaN gives way to a number.
    if x.kind == .quietNaN, !y.isNaN { return try context.fix(y) }
    if y.kind == .quietNaN, !x.isNaN { return try context.fix(x) }
    if let nan = try context.nan(x, y) { return nan }
    return try context.fix(DecimalContext.order(x, y) < 0 ? y : x)
  }

  // MARK: - Shape

  private static let tupleType = NamedTupleType(
    "DecimalTuple", module: "decimal", fields: ["sign", "digits", "exponent"])

  private static func integral(_ name: String) -> Native {
    Native("\(name)(self, rounding=None, context=None)", "Rounded to a whole number.",
      example: "decimal.Decimal('2.5').\(name)()"
    ) { a in
      let x = try own(a)
      let object = context(a[2]) ?? DecimalContexts.current(a.machine)
      let mode = a[1].isNone ? object.context.rounding : try DecimalContexts.rounding(a[1])
      return try DecimalType.compute(a.machine, in: object) { (c) throws(DecimalTrap) in
        if let nan = try c.nan(x) { return nan }
        return x.exponent >= 0 ? x : c.rescaled(x, to: 0, mode)
      }
    }
  }

  private static let shape: [Native] = [
    integral("to_integral_value"), integral("to_integral_exact"), integral("to_integral"),
    Native("as_tuple(self)", "Sign, digits and exponent.",
      example: "decimal.Decimal('-1.25').as_tuple()"
    ) { a in
      let x = try own(a)
      let digits =
        x.isFinite || x.coefficient != 0
        ? String(x.coefficient).utf8.map { Value.int(Int($0) - 0x30) }
        : x.kind == .infinite ? [.int(0)] : []
      let exponent: Value =
        switch x.kind {
        case .finite: .int(x.exponent)
        case .infinite: .string("F")
        case .quietNaN: .string("n")
        case .signalingNaN: .string("N")
        }
      let parts = [.int(x.isNegative ? 1 : 0), .tuple(digits), exponent]
      return tupleType.value(parts, a.machine)
    },
    Native("as_integer_ratio(self)", "Two integers whose quotient it is.") { a in
      let x = try own(a)
      if x.isNaN { throw Raise(.valueError, "cannot convert NaN to integer ratio") }
      try a.machine.charge(abs(x.isFinite ? x.exponent : 0), of: 1, "the integers")
      guard let value = x.rational else {
        throw Raise(.overflowError, "cannot convert Infinity to integer ratio")
      }
      return .tuple([.integer(value.numerator), .integer(value.denominator)])
    },
    Native("adjusted(self)", "The exponent of the first digit.") { a in
      let x = try own(a)
      return .int(x.isFinite ? x.adjusted : 0)
    },
    Native("copy_abs(self)", "Without its sign.") { a in
      DecimalType.make(try own(a).magnitude, a.machine)
    },
    Native("copy_negate(self)", "With its sign changed.") { a in
      DecimalType.make(try own(a).negated, a.machine)
    },
    Native("copy_sign(self, other, context=None)", "With the sign of another.") { a in
      var x = try own(a)
      x.isNegative = try operand(a, 1).isNegative
      return DecimalType.make(x, a.machine)
    },
    Native("to_eng_string(self, context=None)", "With exponents that are multiples of 3.") { a in
      .string(try own(a).text(engineering: true))
    },
    Native("conjugate(self)", "The number itself.") { a in a[0] },
    Native("canonical(self)", "The number itself.") { a in a[0] },
  ]

  // MARK: - Questions

  private static func question(
    _ name: String, _ doc: String, _ holds: @escaping @Sendable (DecimalNumber) -> Bool
  ) -> Native {
    Native("\(name)(self)", doc) { a in .bool(holds(try own(a))) }
  }

  private static let questions: [Native] = [
    question("is_nan", "Whether it is no number.") { $0.isNaN },
    question("is_qnan", "Whether it is a quiet NaN.") { $0.kind == .quietNaN },
    question("is_snan", "Whether it is a signaling NaN.") { $0.kind == .signalingNaN },
    question("is_infinite", "Whether it is infinite.") { $0.kind == .infinite },
    question("is_finite", "Whether it is a finite number.") { $0.isFinite },
    question("is_zero", "Whether it is 0.") { $0.isZero },
    question("is_signed", "Whether it has a minus sign.") { $0.isNegative },
    Native("is_normal(self, context=None)", "Whether it has all its precision.") { a in
      let x = try own(a)
      let least = DecimalContexts.current(a.machine).context.minimumExponent
      return .bool(x.isFinite && !x.isZero && x.adjusted >= least)
    },
    Native("is_subnormal(self, context=None)", "Whether it is too small for all its precision.") {
      a in
      let x = try own(a)
      let least = DecimalContexts.current(a.machine).context.minimumExponent
      return .bool(x.isFinite && !x.isZero && x.adjusted < least)
    },
    Native("same_quantum(self, other, context=None)", "Whether the exponents are equal.") { a in
      let (x, y) = (try own(a), try operand(a, 1))
      if !x.isFinite || !y.isFinite {
        return .bool(x.isNaN && y.isNaN || x.kind == .infinite && y.kind == .infinite)
      }
      return .bool(x.exponent == y.exponent)
    },
  ]
}
