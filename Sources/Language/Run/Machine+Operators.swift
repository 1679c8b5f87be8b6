import BigInt

extension Machine {
  /// The special methods of a binary operator and its sign in errors.
  struct OperatorNames {
    let direct: Special
    let reflected: Special
    let inPlace: Special
    let sign: String
  }

  static func names(of op: Opcode) -> OperatorNames {
    switch op {
    case .add: OperatorNames(direct: .add, reflected: .radd, inPlace: .iadd, sign: "+")
    case .subtract: OperatorNames(direct: .sub, reflected: .rsub, inPlace: .isub, sign: "-")
    case .multiply: OperatorNames(direct: .mul, reflected: .rmul, inPlace: .imul, sign: "*")
    case .divide:
      OperatorNames(direct: .truediv, reflected: .rtruediv, inPlace: .itruediv, sign: "/")
    case .floorDivide:
      OperatorNames(direct: .floordiv, reflected: .rfloordiv, inPlace: .ifloordiv, sign: "//")
    case .modulo: OperatorNames(direct: .mod, reflected: .rmod, inPlace: .imod, sign: "%")
    case .power: OperatorNames(direct: .pow, reflected: .rpow, inPlace: .ipow, sign: "** or pow()")
    case .matrixMultiply:
      OperatorNames(direct: .matmul, reflected: .rmatmul, inPlace: .imatmul, sign: "@")
    case .bitAnd: OperatorNames(direct: .and, reflected: .rand, inPlace: .iand, sign: "&")
    case .bitOr: OperatorNames(direct: .or, reflected: .ror, inPlace: .ior, sign: "|")
    case .bitXor: OperatorNames(direct: .xor, reflected: .rxor, inPlace: .ixor, sign: "^")
    case .shiftLeft:
      OperatorNames(direct: .lshift, reflected: .rlshift, inPlace: .ilshift, sign: "<<")
    default: OperatorNames(direct: .rshift, reflected: .rrshift, inPlace: .irshift, sign: ">>")
    }
  }

  /// Appends to a string in place when `slot` is its only holder.
  @inline(__always)
  func appendInPlace(_ slot: Registers, _ piece: Registers) -> Bool {
    guard slot.tag == RawTag.object, piece.tag == RawTag.object else { return false }
    return appendStrings(slot, piece)
  }

  @inline(never)
  private func appendStrings(_ slot: Registers, _ piece: Registers) -> Bool {
    guard let right = piece.pointee.asString, slot.pointee.kind == .string else { return false }
    // The payload of the register is the reference itself; see `RawTag.layoutHolds`.
    let holder = UnsafeMutableRawPointer(slot).assumingMemoryBound(to: StringObject.self)
    if right === holder.pointee || !isKnownUniquelyReferenced(&holder.pointee) { return false }
    if holder.pointee.byteCount + right.byteCount > memoryLimit { return false }
    holder.pointee.append(right)
    return true
  }

  /// An operator of the loop with operands that its fast path does not know. Gives true when a frame
  /// was pushed: the method of a class of the program.
  func operate(
    _ op: Opcode, _ left: Registers, _ right: Registers, _ target: Registers, inPlace: Bool
  ) throws(Raise) -> Bool {
    if op == .add, left.holds(.string), right.holds(.string) {
      let sum = left.borrow(StringObject.self) { left in
        right.borrow(StringObject.self) { left.joined($0, limit: memoryLimit) }
      }
      if let sum {
        target.put(.object(sum))
        return false
      }
    }
    if left.holds(.instance), let method = operatorMethod(op, left, right, inPlace: inPlace) {
      let base = top
      if base + 8 >= stackEnd { throw tooDeep() }
      base.assign(left)
      (base + 1).assign(right)
      steps &-= 1
      if steps < 0 { try endSlice() }
      let header = method._withUnsafeGuaranteedRef { $0.header }
      try pushFrame(method, header, base: base, result: target, mode: .binary)
      return true
    }
    target.put(try binary(op, left.pointee, right.pointee, inPlace: inPlace))
    return false
  }

  /// The method of the left operand's class that answers first; nil where the general path has to
  /// find out.
  private func operatorMethod(
    _ op: Opcode, _ left: Registers, _ right: Registers, inPlace: Bool
  ) -> Unmanaged<FunctionObject>? {
    left.borrow(Instance.self) { object in
      let type = object.type
      if type.isDerived { return nil }
      if right.holds(.instance), right.borrow(Instance.self, { $0.type !== type }) { return nil }
      let names = Machine.names(of: op)
      if inPlace, type.special(names.inPlace) != nil { return nil }
      return type.specialFunction(names.direct, count: 2)
    }
  }

  /// What an operator comes to when the left operand's method gave `NotImplemented`.
  func afterRefusal(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value {
    let right = type(of: b)
    if type(of: a) !== right, let reflected = right.special(Machine.names(of: op).reflected) {
      let result = try call(reflected, [b, a])
      if !result.isNotImplemented { return result }
    }
    if let result = try arithmetic(op, a, b) { return result }
    if let result = try sequences(op, a, b, inPlace: inPlace) { return result }
    return try repeated(op, a, b, inPlace: inPlace)
  }

  /// Any binary operator: the general path.
  @inline(never)
  func binary(_ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool = false) throws(Raise) -> Value {
    if a.isUndefined || b.isUndefined { throw unbound() }
    if a.isDerived || b.isDerived { return try derived(op, a, b, inPlace: inPlace) }
    if let result = try arithmetic(op, a, b) { return result }
    if let result = try sequences(op, a, b, inPlace: inPlace) { return result }
    if let result = try overloaded(op, a, b, inPlace: inPlace) { return result }
    return try repeated(op, a, b, inPlace: inPlace)
  }

  /// An operator with an object of a class derived from a built-in type: what classes say goes
  /// first, then the values do what their types do.
  private func derived(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value {
    if let result = try overloaded(op, a, b, inPlace: inPlace) { return result }
    if let result = try inherited(op, a, b, inPlace: inPlace) { return result }
    return try repeated(op, a, b, inPlace: inPlace)
  }

  /// What the built-in types inside of the operands have for an operator.
  private func inherited(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value? {
    let left = a.bare
    let right = b.bare
    if let result = try arithmetic(op, left, right) { return result }
    guard let result = try sequences(op, left, right, inPlace: inPlace) else { return nil }
    // `xs += ys` changes the value inside; the object stays what it was.
    return inPlace && result.isIdentical(to: left) ? a : result
  }

  /// The last attempt: a sequence is repeated by whatever stands for an integer.
  private func repeated(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value {
    if op == .multiply {
      if b.asInstance != nil, isSequence(a), let count = try index(b) {
        return try repeated(a, count, inPlace: inPlace) ?? a
      }
      if a.asInstance != nil, isSequence(b), let count = try index(a) {
        return try repeated(b, count, inPlace: false) ?? b
      }
    }
    throw unsupported(op, a, b, inPlace: inPlace)
  }

  /// What an operator gives for operands of built-in types; nil where a class has to be asked.
  func builtinBinary(_ op: Opcode, _ left: Value, _ right: Value) throws(Raise) -> Value? {
    let a = left.bare
    let b = right.bare
    if let result = try arithmetic(op, a, b) { return result }
    return try sequences(op, a, b, inPlace: false)
  }

  /// Operators of classes: the augmented form, then the left side's, then the right side's.
  private func overloaded(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value? {
    let names = Machine.names(of: op)
    let left = type(of: a)
    let right = type(of: b)
    if inPlace, let method = left.special(names.inPlace) {
      let result = try call(method, [a, b])
      if !result.isNotImplemented { return result }
    }
    let direct = left.special(names.direct)
    let reflected = right.special(names.reflected)
    // A subclass on the right that overrides the reflected method goes first.
    if left !== right, right.isSubclass(of: left), let reflected,
      left.special(names.reflected).map({ !$0.isIdentical(to: reflected) }) ?? true
    {
      let result = try call(reflected, [b, a])
      if !result.isNotImplemented { return result }
    }
    if let direct {
      let result = try call(direct, [a, b])
      if !result.isNotImplemented { return result }
    } else if a.isDerived, let result = try inherited(op, a, b, inPlace: inPlace) {
      // The operator of the built-in type, which the class inherits.
      return result
    }
    // Operands of one class: the reflected method would only be asked the same again.
    if left !== right, let reflected {
      let result = try call(reflected, [b, a])
      if !result.isNotImplemented { return result }
    }
    return nil
  }

  func isSequence(_ value: Value) -> Bool {
    switch value.kind {
    case .string, .bytes, .list, .tuple: true
    default: false
    }
  }

  private func unsupported(_ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool) -> Raise {
    var sign = Machine.names(of: op).sign
    if inPlace { sign = op == .power ? "**=" : sign + "=" }
    let left = typeName(a)
    let right = typeName(b)
    if op == .add, !inPlace, a.bare.kind == .string {
      return Raise(.typeError, "can only concatenate str (not \"\(right)\") to str",
        hint: "str(...) makes a string of it, or use an f-string")
    }
    if op == .add, a.bare.kind == .string {
      return Raise(.typeError, "can only concatenate str (not \"\(right)\") to str",
        hint: "str(...) makes a string of it, or use an f-string")
    }
    if op == .add, a.bare.kind == .list, !inPlace {
      return Raise(.typeError, "can only concatenate list (not \"\(right)\") to list")
    }
    if op == .add, a.bare.kind == .bytes {
      return Raise(.typeError, "can't concat \(right) to bytes")
    }
    if op == .add, a.bare.kind == .tuple {
      return Raise(.typeError, "can only concatenate tuple (not \"\(right)\") to tuple")
    }
    if op == .multiply {
      for (sequence, other) in [(a, b), (b, a)] {
        if sequence.kind == .string || sequence.kind == .list || sequence.kind == .tuple
          || sequence.kind == .bytes
        {
          return Raise(
            .typeError, "can't multiply sequence by non-int of type '\(typeName(other))'")
        }
      }
    }
    return Raise(.typeError, "unsupported operand type(s) for \(sign): '\(left)' and '\(right)'")
  }

  // MARK: - Numbers

  /// Arithmetic on numbers of the language; nil when an operand is no number.
  private func arithmetic(_ op: Opcode, _ a: Value, _ b: Value) throws(Raise) -> Value? {
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

  private func big(_ op: Opcode, _ x: BigInt, _ y: BigInt) throws(Raise) -> Value? {
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

  // MARK: - Sequences, sets and dictionaries

  private func sequences(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value? {
    switch op {
    case .add:
      if let x = a.asString, let y = b.asString {
        try charge(x.byteCount + y.byteCount, "the string")
        if let sum = x.joined(y, limit: Int.max) { return .object(sum) }
      }
      if let x = a.asList {
        if inPlace {
          // `+=` takes any iterable, and the list itself changes.
          if let y = b.asList, !b.isDerived {
            try charge(x.count + y.count, of: 16, "the list")
            x.append(contentsOf: y.items)
          } else if let method = type(of: b).special(.radd), b.asInstance != nil {
            // A list has no addition as numbers have: CPython asks the other side first.
            let result = try call(method, [b, a])
            if !result.isNotImplemented { return result }
            throw Raise(.typeError, "'\(typeName(b))' object is not iterable")
          } else if try isIterable(b) {
            try extend(x, b)
          } else {
            throw Raise(.typeError, "'\(typeName(b))' object is not iterable")
          }
          return a
        }
        if let y = b.asList {
          try charge((x.count + y.count) * 16, "the list")
          let result = ListObject(capacity: x.count + y.count)
          for index in 0..<x.count { result.append(x[index]) }
          for index in 0..<y.count { result.append(y[index]) }
          return .object(result)
        }
      }
      if let x = a.asTuple, let y = b.asTuple, x.subclass?.special(.add) == nil {
        try charge(x.count + y.count, of: 16, "the tuple")
        return .tuple(x.items + y.items)
      }
      if case .object(let x) = a, x.kind == .bytes, let right = b.bytesLike {
        let left = unsafeDowncast(x, to: BytesObject.self).bytes
        try charge(left.count + right.count, "the bytes")
        return .object(BytesObject(left + right))
      }
    case .multiply:
      if let count = b.asInt { return try repeated(a, count, inPlace: inPlace) }
      if let count = a.asInt { return try repeated(b, count, inPlace: false) }
      if b.kind == .bigInt || a.kind == .bigInt {
        let (sequence, big) = b.kind == .bigInt ? (a, b) : (b, a)
        if try repeated(sequence, 0, inPlace: false) != nil {
          if let value = big.asBigInt?.value, value < 0 {
            return try repeated(sequence, 0, inPlace: false)
          }
          throw Raise(.overflowError, "cannot fit 'int' into an index-sized integer")
        }
      }
    case .modulo:
      if let format = a.asString {
        // Tuples and dictionaries give their items also when a program has derived from them.
        let inner = b.bare
        let hasItems = inner.kind == .tuple || inner.kind == .dict
        return try percentFormat(format, hasItems ? inner : b)
      }
      if a.bare.kind == .bytes, let format = a.bytesLike {
        return .object(BytesObject(try percentFormat(bytes: format, b)))
      }
    case .bitOr, .bitAnd, .subtract, .bitXor:
      if let x = a.asSet, let y = b.asSet {
        return try combine(op, x, y, into: inPlace && !x.isFrozen ? x : nil)
      }
      // A view takes any iterable on the other side.
      if a.kind == .dictView || b.kind == .dictView, a.asInstance == nil, b.asInstance == nil,
        try isIterable(a), try isIterable(b)
      {
        return try combine(op, makeSet(a), makeSet(b), into: nil)
      }
      if op == .bitOr, let x = a.asDict, let y = b.asDict, x.subclass?.special(.or) == nil {
        if inPlace {
          try x.update(y, self)
          return a
        }
        let result = x.copy()
        result.defaultFactory = x.defaultFactory
        result.subclass = x.subclass
        try result.update(y, self)
        return .object(result)
      }
      if op == .bitOr, a.asType != nil || b.asType != nil,
        a.asInstance == nil || a.asInstance is TypeAlias,
        let union = try TypeAlias.bars(a, b, self)
      {
        return union
      }
    default: break
    }
    return nil
  }

  /// A sequence repeated; nil when `value` is no sequence.
  private func repeated(_ value: Value, _ count: Int, inPlace: Bool) throws(Raise) -> Value? {
    let times = max(0, count)
    func size(_ unit: Int, _ length: Int) -> Int? {
      let (items, first) = length.multipliedReportingOverflow(by: times)
      let (bytes, second) = items.multipliedReportingOverflow(by: unit)
      return first || second ? nil : bytes
    }
    if let string = value.asString {
      try charge(size(1, string.byteCount), "the string")
      if times == 1 { return value }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(string.byteCount * times)
      if string.byteCount > 0 {
        for index in 0..<times {
          bytes += string.bytes
          try poll(at: index)
        }
      }
      return .object(StringObject(bytes))
    }
    if let list = value.asList {
      try charge(size(16, list.count), "the list")
      let items = list.items
      if items.isEmpty { return inPlace ? value : .list([]) }
      let result = ListObject(capacity: items.count * times)
      for index in 0..<times {
        for item in items { result.append(item) }
        try poll(at: index)
      }
      if inPlace {
        list.replaceAll(result.items)
        return value
      }
      return .object(result)
    }
    if let tuple = value.asTuple {
      try charge(size(16, tuple.count), "the tuple")
      var items: [Value] = []
      let own = tuple.items
      if own.isEmpty { return value }
      items.reserveCapacity(own.count * times)
      for index in 0..<times {
        items += own
        try poll(at: index)
      }
      return .tuple(items)
    }
    if case .object(let object) = value, object.kind == .bytes {
      let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
      try charge(size(1, bytes.count), "the bytes")
      var result: [UInt8] = []
      if !bytes.isEmpty {
        for index in 0..<times {
          result += bytes
          try poll(at: index)
        }
      }
      return .object(BytesObject(result))
    }
    return nil
  }

  /// The four operators of sets, in the order of iteration that CPython has.
  private func combine(
    _ op: Opcode, _ x: SetObject, _ y: SetObject, into target: SetObject?
  ) throws(Raise) -> Value {
    switch op {
    case .bitOr:
      let result: SetObject
      if let target { result = target } else { result = try x.copy(frozen: x.isFrozen, self) }
      try result.merge(y, self)
      return .object(result)
    case .bitAnd: return .object(try intersection(x, y, frozen: x.isFrozen))
    case .subtract:
      if let target {
        for (index, item) in y.items.enumerated() {
          try target.discard(item, self)
          try poll(at: index)
        }
        if y === target { target.clear() }
        return .object(target)
      }
      return .object(try difference(x, y, frozen: x.isFrozen))
    default:
      let result = try y.copy(frozen: x.isFrozen, self)
      for (index, item) in x.items.enumerated() {
        if try !result.discard(item, self) { try result.add(item, self) }
        try poll(at: index)
      }
      return .object(result)
    }
  }

  func intersection(_ x: SetObject, _ y: SetObject, frozen: Bool) throws(Raise) -> SetObject {
    let result = SetObject(frozen: frozen)
    let (smaller, larger) = y.count > x.count ? (x, y) : (y, x)
    for (index, item) in smaller.items.enumerated() {
      if try larger.contains(item, self) { try result.add(item, self) }
      try poll(at: index)
    }
    return result
  }

  func difference(_ x: SetObject, _ y: SetObject, frozen: Bool) throws(Raise) -> SetObject {
    if x.count >> 2 > y.count {
      let result = try x.copy(frozen: frozen, self)
      for item in y.items { try result.discard(item, self) }
      return result
    }
    let result = SetObject(frozen: frozen)
    for (index, item) in x.items.enumerated() {
      if try !y.contains(item, self) { try result.add(item, self) }
      try poll(at: index)
    }
    return result
  }

  /// A set with the items of any iterable; a set itself is given back as it is.
  func makeSet(_ value: Value) throws(Raise) -> SetObject {
    if let set = value.asSet { return set }
    let result = SetObject()
    if let dict = value.asDict {
      for key in dict.keys { try result.add(key, self) }
      return result
    }
    try iterate(value) { (item) throws(Raise) in try result.add(item, self) }
    return result
  }
}
