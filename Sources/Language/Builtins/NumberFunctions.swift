import BigInt

extension Builtins {
  static let numbers: [Native] = [
    Native("abs(x, /)", "The absolute value.", example: "abs(-3)", shortcut: .absolute) { a in
      switch a[0] {
      case .float(let number): return .float(number.magnitude)
      case .int(let number) where number != Int.min: return .int(number < 0 ? -number : number)
      case .bool(let flag): return .int(flag ? 1 : 0)
      default: break
      }
      if let method = a.machine.type(of: a[0]).special(.abs) {
        return try a.machine.call(method, [a[0]])
      }
      if let number = a[0].asInteger { return .integer(BigInt(number.magnitude)) }
      if let number = a[0].asDouble { return .float(number.magnitude) }
      throw Raise(.typeError, "bad operand type for abs(): '\(a.machine.typeName(a[0]))'")
    },
    Native(
      "round(number, ndigits=None)", "A number rounded, halves to even.", example: "round(2.675, 2)"
    ) { a in try round(a) },
    Native(
      "divmod(x, y, /)", "Quotient and remainder of floor division.", example: "divmod(17, 5)"
    ) { a in
      if let method = a.machine.type(of: a[0]).special(.divmod) {
        let result = try a.machine.call(method, [a[0], a[1]])
        if !result.isNotImplemented { return result }
      }
      if let method = a.machine.type(of: a[1]).special(.rdivmod) {
        let result = try a.machine.call(method, [a[1], a[0]])
        if !result.isNotImplemented { return result }
      }
      let x = a[0].bare
      let y = a[1].bare
      guard x.asDouble != nil, y.asDouble != nil else { throw unsupportedDivmod(a) }
      if case .float = x, y.asDouble == 0 {
        throw Raise(.zeroDivisionError, "float divmod()")
      }
      if case .float(0) = y { throw Raise(.zeroDivisionError, "float divmod()") }
      return .tuple([
        try a.machine.binary(.floorDivide, x, y), try a.machine.binary(.modulo, x, y),
      ])
    },
    Native(
      "pow(base, exp, mod=None)", "A power, modulo `mod` when given.", example: "pow(3, 100, 7)"
    ) { a in
      if a[2].isNone { return try a.machine.binary(.power, a[0], a[1]) }
      if let instance = a[0].asInstance, let own = instance.type.lookup(Name("__pow__")) {
        let result = try a.machine.call(own, [a[0], a[1], a[2]])
        if !result.isNotImplemented { return result }
      }
      guard let base = a[0].asInteger, let exponent = a[1].asInteger, let modulus = a[2].asInteger
      else {
        throw Raise(
          .typeError, "pow() 3rd argument not allowed unless all arguments are integers")
      }
      if modulus == 0 { throw Raise(.valueError, "pow() 3rd argument cannot be 0") }
      var positive = base
      var power = exponent
      if exponent < 0 {
        guard let inverse = try a.machine.inverse(base, modulo: BigInt(modulus.magnitude)) else {
          throw Raise(.valueError, "base is not invertible for the given modulus")
        }
        positive = inverse
        power = -exponent
      }
      let result = try a.machine.power(positive, power, modulo: BigInt(modulus.magnitude))
      return .integer(Integers.floorDivide(result, modulus).1)
    },
    Native(
      "sum(iterable, /, start=0)", "The sum of the items.", example: "sum([1, 2, 3])",
      shortcut: .sum
    ) { a in try sum(a) },
    Native(
      "min(*values, key=None, default=...)", "The least of several values or of an iterable.",
      example: "min(3, 1, 2)", shortcut: .minimum
    ) { a in try extreme(a, .least) },
    Native(
      "max(*values, key=None, default=...)", "The greatest of several values or of an iterable.",
      example: "max([3, 1, 2])", shortcut: .maximum
    ) { a in try extreme(a, .greatest) },
  ]

  private static func unsupportedDivmod(_ a: Arguments) -> Raise {
    Raise(
      .typeError,
      "unsupported operand type(s) for divmod(): '\(a.machine.typeName(a[0]))' and "
        + "'\(a.machine.typeName(a[1]))'")
  }

  private static func sum(_ a: Arguments) throws(Raise) -> Value {
    if a[1].kind == .string {
      throw Raise(.typeError, "sum() can't sum strings [use ''.join(seq) instead]")
    }
    if a[1].kind == .bytes {
      throw Raise(.typeError, "sum() can't sum bytes [use b''.join(seq) instead]")
    }
    let machine = a.machine
    // A plain range has a closed form, which an interrupt need not wait for.
    if case .object(let object) = a[0], object.kind == .range, a[1].isInteger {
      let range = unsafeDowncast(object, to: RangeObject.self)
      let count = BigInt(range.count)
      let total = count * BigInt(range.start) + BigInt(range.step) * (count * (count - 1) / 2)
      return .integer(total + (a[1].asInteger ?? 0))
    }
    return try sum(a[1], .undefined, a[0], machine)
  }

  /// A start value, an item (or undefined), and the items of `rest`.
  static func sum(
    _ start: Value, _ first: Value, _ rest: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    if first.isUndefined, let plain = try plainSum(start, rest, machine) { return plain }
    var total = start
    var isCopied = false
    if !first.isUndefined {
      total = try machine.binary(.add, start, first)
      isCopied = true
    }
    try machine.iterate(rest) { (item) throws(Raise) in
      switch (total, item) {
      case (.int(let x), .int(let y)):
        let (result, overflow) = x.addingReportingOverflow(y)
        if !overflow {
          total = .int(result)
          return
        }
      case (.float(let x), .float(let y)):
        total = .float(x + y)
        return
      default: break
      }
      // Lists are summed without touching the start value and without copying each time.
      total = try machine.binary(.add, total, item, inPlace: isCopied && total.kind == .list && item.kind == .list)
      isCopied = true
    }
    return total
  }

  /// The sum of a list of small numbers without a call for each; nil where something else is met,
  /// before anybody could notice that it was begun.
  private static func plainSum(
    _ start: Value, _ values: Value, _ machine: Machine
  ) throws(Raise) -> Value? {
    guard case .int(var whole) = start, case .object(let object) = values, object.kind == .list else {
      return nil
    }
    let list = unsafeDowncast(object, to: ListObject.self)
    var real = 0.0
    var isReal = false
    var index = 0
    while index < list.count {
      // The list is looked at anew after each pause.
      let (base, end) = (list.storage, min(list.count, index + 1024))
      while index < end {
        switch base[index] {
        case .int(let x):
          if isReal {
            real += Double(x)
          } else {
            let (sum, overflow) = whole.addingReportingOverflow(x)
            if overflow { return nil }
            whole = sum
          }
        case .bool(let x):
          if isReal {
            real += x ? 1 : 0
          } else {
            let (sum, overflow) = whole.addingReportingOverflow(x ? 1 : 0)
            if overflow { return nil }
            whole = sum
          }
        case .float(let x):
          if !isReal { (isReal, real) = (true, Double(whole)) }
          real += x
        default: return nil
        }
        index += 1
      }
      if index & 1023 == 0 { try machine.poll() }
    }
    return isReal ? .float(real) : .int(whole)
  }

  enum Extreme: String {
    case least = "min"
    case greatest = "max"

    func isBetter(_ x: Value, _ best: Value, _ machine: Machine) throws(Raise) -> Bool {
      switch self {
      case .least: try machine.isLess(x, best)
      case .greatest: try machine.truth(machine.compare(4, x, best))
      }
    }
  }

  /// The best so far, an item, and the items of `rest`.
  static func extreme(
    _ which: Extreme, _ best: Value, _ first: Value, _ rest: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    var best = try which.isBetter(first, best, machine) ? first : best
    try machine.iterate(rest) { (item) throws(Raise) in
      if try which.isBetter(item, best, machine) { best = item }
    }
    return best
  }

  private static func extreme(_ a: Arguments, _ which: Extreme) throws(Raise) -> Value {
    let name = which.rawValue
    let values = try a.items(0)
    let machine = a.machine
    var source = a[0]
    if values.count == 1 {
      source = values[0]
    } else if values.isEmpty {
      throw Raise(.typeError, "\(name) expected at least 1 argument, got 0")
    }
    if values.count > 1, a.isGiven(2) {
      throw Raise(
        .typeError,
        "Cannot specify a default for \(name)() with multiple positional arguments")
    }
    let keyFunction = a[1]
    var best = Value.undefined
    var bestKey = Value.undefined
    // One by one: what is asked for may have no end, or not fit into memory.
    try machine.iterate(source) { (item) throws(Raise) in
      let key = keyFunction.isNone ? item : try machine.call(keyFunction, [item])
      if best.isUndefined {
        best = item
        bestKey = key
      } else if try which.isBetter(key, bestKey, machine) {
        best = item
        bestKey = key
      }
    }
    if best.isUndefined {
      if a.isGiven(2) { return a[2] }
      throw Raise(.valueError, "\(name)() arg is an empty sequence")
    }
    return best
  }

  private static func round(_ a: Arguments) throws(Raise) -> Value {
    let machine = a.machine
    if a[0].isDerived, let method = machine.type(of: a[0]).special(.round) {
      return try machine.call(method, a[1].isNone ? [a[0]] : [a[0], a[1]])
    }
    if case .float(let number) = a[0].bare {
      if a[1].isNone {
        if number.isNaN { throw Raise(.valueError, "cannot convert float NaN to integer") }
        guard let whole = Floats.integer(number.rounded(.toNearestOrEven)) else {
          throw Raise(.overflowError, "cannot convert float infinity to integer")
        }
        return .integer(whole)
      }
      guard let digits = try machine.index(a[1]) else {
        throw Raise(
          .typeError, "'\(machine.typeName(a[1]))' object cannot be interpreted as an integer")
      }
      if !number.isFinite || digits > 323 { return a[0] }
      if digits < -308 { return .float(number < 0 ? -0.0 : 0.0) }
      if digits >= 0 {
        // Correct rounding of the exact binary value: through its decimal digits.
        let text = try machine.formatted(a[0], ".\(digits)f")
        return .float(Double(text) ?? number)
      }
      guard let whole = Floats.integer(number) else { return a[0] }
      let scaled = try roundInteger(whole, digits: digits, extra: number)
      let rounded = Integers.double(scaled)
      if rounded.isInfinite {
        throw Raise(.overflowError, "rounded value too large to represent")
      }
      return .float(rounded == 0 ? (number.sign == .minus ? -0.0 : 0.0) : rounded)
    }
    if let number = a[0].asInteger {
      if a[1].isNone { return .integer(number) }
      guard let digits = try machine.index(a[1]) else {
        throw Raise(
          .typeError, "'\(machine.typeName(a[1]))' object cannot be interpreted as an integer")
      }
      if digits >= 0 { return .integer(number) }
      return .integer(try roundInteger(number, digits: digits, extra: nil))
    }
    if let method = machine.type(of: a[0]).special(.round) {
      return try machine.call(method, a[1].isNone ? [a[0]] : [a[0], a[1]])
    }
    throw Raise(
      .typeError, "type \(machine.typeName(a[0])) doesn't define __round__ method")
  }

  /// To a multiple of a power of ten, halves to even. `extra` is the double that `number` truncates.
  private static func roundInteger(
    _ number: BigInt, digits: Int, extra: Double?
  ) throws(Raise) -> BigInt {
    if digits < -number.magnitude.bitWidth { return 0 }
    let unit = BigInt(10).power(-digits)
    let (quotient, rest) = Integers.floorDivide(number, unit)
    let twice = rest * 2
    var up = twice > unit
    if twice == unit {
      let fraction = extra.map { $0 - $0.rounded(.towardZero) } ?? 0
      up = fraction > 0 || (fraction == 0 && quotient % 2 != 0)
    }
    return (up ? quotient + 1 : quotient) * unit
  }
}
