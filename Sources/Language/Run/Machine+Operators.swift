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
  func derived(
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
  func repeated(
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
}
