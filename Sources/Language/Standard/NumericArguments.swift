import BigInt

// How native functions of the standard library take numbers, with the wording that CPython's own
// conversions use (`PyFloat_AsDouble`, `PyNumber_Index`).

extension Machine {
  /// A real number. Raises `TypeError` for what is none, `OverflowError` for huge integers.
  func realNumber(_ value: Value) throws(Raise) -> Double {
    switch value {
    case .float(let number): return number
    case .int(let number): return Double(number)
    case .bool(let flag): return flag ? 1 : 0
    default: break
    }
    if let big = value.asBigInt {
      let number = Integers.double(big.value)
      if number.isInfinite { throw Raise(.overflowError, "int too large to convert to float") }
      return number
    }
    if let number = try float(value) { return number }
    throw Raise(.typeError, "must be real number, not \(typeName(value))")
  }

  /// An integer of any size. Raises `TypeError` for what is none, floats included.
  func integer(_ value: Value) throws(Raise) -> BigInt {
    if let number = value.asInteger { return number }
    if value.asInstance != nil, let method = type(of: value).special(.index) {
      if let number = try call(method, [value]).asInteger { return number }
    }
    throw Raise(
      .typeError, "'\(typeName(value))' object cannot be interpreted as an integer")
  }

  /// An integer that counts or indexes something.
  func size(_ value: Value) throws(Raise) -> Int {
    if let number = value.asInt { return number }
    if let number = try index(value) { return number }
    if value.kind == .bigInt {
      throw Raise(.overflowError, "Python int too large to convert to C ssize_t")
    }
    throw Raise(
      .typeError, "'\(typeName(value))' object cannot be interpreted as an integer")
  }
}

extension Arguments {
  func real(_ index: Int) throws(Raise) -> Double { try machine.realNumber(self[index]) }
  func integer(_ index: Int) throws(Raise) -> BigInt { try machine.integer(self[index]) }
  func size(_ index: Int) throws(Raise) -> Int { try machine.size(self[index]) }
}
