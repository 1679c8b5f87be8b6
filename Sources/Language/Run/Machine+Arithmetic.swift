import BigInt

/// Operators of numbers.
extension Machine {
  /// Arithmetic on numbers of the language; nil when an operand is no number.
  func arithmetic(_ op: Opcode, _ a: Value, _ b: Value) throws(Raise) -> Value? {
    if let x = a.asInt, let y = b.asInt {
      if op == .bitAnd || op == .bitOr || op == .bitXor, case .bool(let p) = a, case .bool(let q) = b {
        switch op {
        case .bitAnd: return .bool(p && q)
        case .bitOr: return .bool(p || q)
        default: return .bool(p != q)
        }
      }
      return try small(op, x, y)
    }
    let aIsBig = a.kind == .bigInt
    let bIsBig = b.kind == .bigInt
    if aIsBig && (bIsBig || b.asInt != nil) || bIsBig && a.asInt != nil {
      guard let x = a.asInteger, let y = b.asInteger else { return nil }
      return try big(op, x, y)
    }
    if case .object(let object) = a, object.kind != .bigInt { return nil }
    if case .object(let object) = b, object.kind != .bigInt { return nil }
    guard let x = a.asDouble, let y = b.asDouble else { return nil }
    if (aIsBig && x.isInfinite) || (bIsBig && y.isInfinite) {
      throw Raise(.overflowError, "int too large to convert to float")
    }
    return try floats(op, x, y)
  }

  private func small(_ op: Opcode, _ x: Int, _ y: Int) throws(Raise) -> Value? {
    switch op {
    case .add:
      let (r, o) = x.addingReportingOverflow(y)
      return o ? .integer(BigInt(x) + BigInt(y)) : .int(r)
    case .subtract:
      let (r, o) = x.subtractingReportingOverflow(y)
      return o ? .integer(BigInt(x) - BigInt(y)) : .int(r)
    case .multiply:
      let (r, o) = x.multipliedReportingOverflow(by: y)
      return o ? .integer(BigInt(x) * BigInt(y)) : .int(r)
    case .divide:
      if y == 0 { throw Raise(.zeroDivisionError, "division by zero") }
      if x.magnitude <= 1 << 53, y.magnitude <= 1 << 53 { return .float(Double(x) / Double(y)) }
      return .float(Integers.trueDivide(BigInt(x), BigInt(y)))
    case .floorDivide:
      if y == 0 { throw Raise(.zeroDivisionError, "integer division or modulo by zero") }
      if y == -1 { return .integer(-BigInt(x)) }
      let q = x / y
      return .int(x % y != 0 && (x < 0) != (y < 0) ? q - 1 : q)
    case .modulo:
      if y == 0 { throw Raise(.zeroDivisionError, "integer modulo by zero") }
      if y == -1 { return .int(0) }
      let m = x % y
      return .int(m != 0 && (m < 0) != (y < 0) ? m + y : m)
    case .power:
      if y < 0 {
        if x == 0 {
          throw Raise(.zeroDivisionError, "0.0 cannot be raised to a negative power")
        }
        return .float(Floats.power(Double(x), Double(y)))
      }
      return try power(BigInt(x), y)
    case .bitAnd: return .int(x & y)
    case .bitOr: return .int(x | y)
    case .bitXor: return .int(x ^ y)
    case .shiftLeft:
      if y < 0 { throw Raise(.valueError, "negative shift count") }
      if x == 0 { return .int(0) }
      if y < 62, x.magnitude.leadingZeroBitCount > y + 1 { return .int(x << y) }
      return try big(.shiftLeft, BigInt(x), BigInt(y))
    case .shiftRight:
      if y < 0 { throw Raise(.valueError, "negative shift count") }
      return .int(y >= 64 ? (x < 0 ? -1 : 0) : x >> y)
    default: return nil
    }
  }

  func big(_ op: Opcode, _ x: BigInt, _ y: BigInt) throws(Raise) -> Value? {
    switch op {
    case .add:
      try charge(max(x.magnitude.bitWidth, y.magnitude.bitWidth) / 8, "the sum")
      return .integer(x + y)
    case .subtract:
      try charge(max(x.magnitude.bitWidth, y.magnitude.bitWidth) / 8, "the difference")
      return .integer(x - y)
    case .multiply:
      return .integer(try product(x, y))
    case .divide:
      if y == 0 { throw Raise(.zeroDivisionError, "division by zero") }
      let quotient = Integers.trueDivide(x, y)
      if quotient.isInfinite {
        throw Raise(.overflowError, "integer division result too large for a float")
      }
      return .float(quotient)
    case .floorDivide, .modulo:
      if y == 0 {
        throw Raise(
          .zeroDivisionError,
          op == .modulo ? "integer modulo by zero" : "integer division or modulo by zero")
      }
      let (q, m) = try floorDivide(x, y)
      return .integer(op == .modulo ? m : q)
    case .power:
      if y < 0 { return .float(Floats.power(Integers.double(x), Integers.double(y))) }
      guard let exponent = Int(exactly: y) else {
        if x == 1 || x == 0 { return .integer(x) }
        if x == -1 { return .int(y.magnitude.words.first.map { $0 & 1 == 0 } ?? true ? 1 : -1) }
        try charge(nil, "the power")
        return nil
      }
      return try power(x, exponent)
    case .bitAnd: return .integer(Integers.bitwise(x, y, &))
    case .bitOr: return .integer(Integers.bitwise(x, y, |))
    case .bitXor: return .integer(Integers.bitwise(x, y, ^))
    case .shiftLeft:
      if y < 0 { throw Raise(.valueError, "negative shift count") }
      if x == 0 { return .int(0) }
      guard let count = Int(exactly: y) else {
        try charge(nil, "the shifted integer")
        return nil
      }
      try charge(count / 8 + x.magnitude.words.count * 8, "the shifted integer")
      return .integer(x << count)
    case .shiftRight:
      if y < 0 { throw Raise(.valueError, "negative shift count") }
      guard let count = Int(exactly: y) else { return .int(x < 0 ? -1 : 0) }
      // The library drops the bits of the magnitude, which rounds negative numbers up; Python rounds
      // down, as if there were sign bits without end: ~(~x >> n).
      return .integer(x < 0 ? -1 - ((-1 - x) >> count) : x >> count)
    default: return nil
    }
  }

  /// An integer power by squaring; polls, because the last products may take long.
  func power(_ base: BigInt, _ exponent: Int) throws(Raise) -> Value {
    if exponent == 0 { return .int(1) }
    if base == 0 || base == 1 { return .integer(base) }
    if base == -1 { return .int(exponent % 2 == 0 ? 1 : -1) }
    if base == 2 {
      try charge(exponent / 8, "the power")
      return .integer(base << (exponent - 1))
    }
    let bits = base.magnitude.bitWidth
    let (total, overflow) = bits.multipliedReportingOverflow(by: exponent)
    try charge(overflow ? nil : total / 8, "the power")
    var result = BigInt(1)
    var factor = base
    var rest = exponent
    while true {
      if rest & 1 == 1 { result = try product(result, factor) }
      rest >>= 1
      if rest == 0 { break }
      factor = try product(factor, factor)
      try pollItem()
    }
    return .integer(result)
  }

  private func floats(_ op: Opcode, _ x: Double, _ y: Double) throws(Raise) -> Value? {
    switch op {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide:
      if y == 0 { throw Raise(.zeroDivisionError, "float division by zero") }
      return .float(x / y)
    case .floorDivide:
      if y == 0 { throw Raise(.zeroDivisionError, "float floor division by zero") }
      return .float(Floats.divmod(x, y).quotient)
    case .modulo:
      if y == 0 { throw Raise(.zeroDivisionError, "float modulo") }
      return .float(Floats.divmod(x, y).remainder)
    case .power:
      if x == 0, y < 0 {
        throw Raise(.zeroDivisionError, "0.0 cannot be raised to a negative power")
      }
      if x < 0, x.isFinite, y.isFinite, y != y.rounded() {
        throw Raise(
          .valueError, "a negative number to a fractional power is complex, and complex numbers "
            + "are not part of this language")
      }
      let result = Floats.power(x, y)
      if result.isInfinite, x.isFinite, y.isFinite {
        throw Raise(.overflowError, arguments: [.int(34), .string("Numerical result out of range")])
      }
      return .float(result)
    default: return nil
    }
  }

  enum UnaryKind { case negate, plus, invert }

  func unary(_ op: UnaryKind, _ value: Value) throws(Raise) -> Value {
    if value.isDerived { return try overloadedUnary(op, value) }
    if let number = value.asInt {
      switch op {
      case .negate: return number == Int.min ? .integer(-BigInt(number)) : .int(-number)
      case .plus: return .int(number)
      case .invert: return .int(~number)
      }
    }
    if let big = value.asBigInt {
      switch op {
      case .negate: return .integer(-big.value)
      case .plus: return value
      case .invert: return .integer(-big.value - 1)
      }
    }
    if case .float(let number) = value {
      switch op {
      case .negate: return .float(-number)
      case .plus: return value
      case .invert: break
      }
    }
    return try overloadedUnary(op, value)
  }

  private func overloadedUnary(_ op: UnaryKind, _ value: Value) throws(Raise) -> Value {
    if value.isUndefined { throw unbound() }
    let (special, sign): (Special, String) =
      switch op {
      case .negate: (.neg, "-")
      case .plus: (.pos, "+")
      case .invert: (.invert, "~")
      }
    if let method = type(of: value).special(special) { return try call(method, [value]) }
    if let payload = value.payload { return try unary(op, payload) }
    throw Raise(.typeError, "bad operand type for unary \(sign): '\(typeName(value))'")
  }
}
