import Language
import TensorCore

/// The operators of tensors, one row each for both doors and for NumPy's scalars.
///
/// The special methods that the machine calls are made from these rows: `__add__`, `__radd__`,
/// `__iadd__`.
enum Operators {
  /// One side of an operator.
  enum Operand {
    case tensor(Tensor)
    /// A number of the program, which gives way in the promotion.
    case number(Scalar)
  }

  struct Binary: Sendable {
    /// The special method without underscores: `add`.
    let name: String
    let sign: String
    /// nil for the matrix product.
    let operation: BinaryOperation?
    /// NumPy's name, for errors: `divide`.
    let ufunc: String
    /// For two plain doubles.
    let quick: (@Sendable (Double, Double) -> Double)?

    init(
      _ name: String, _ sign: String, _ operation: BinaryOperation?, _ ufunc: String,
      quick: (@Sendable (Double, Double) -> Double)? = nil
    ) {
      self.name = name
      self.sign = sign
      self.operation = operation
      self.ufunc = ufunc
      self.quick = quick
    }

    /// a sign b.
    func callAsFunction(_ a: Operand, _ b: Operand, _ promotion: Promotion) throws -> Tensor {
      if operation?.name == "pow" { try checkPower(a, b) }
      switch (a, b) {
      case (.tensor(let x), .tensor(let y)):
        guard let operation else { return try x.matmul(y, promotion: promotion) }
        return try operation(x, y, promotion: promotion)
      case (.tensor(let x), .number(let y)):
        guard let operation else { throw noMatrix() }
        return try operation(x, y, promotion: promotion)
      case (.number(let x), .tensor(let y)):
        guard let operation else { throw noMatrix() }
        return try operation(x, y, promotion: promotion)
      case (.number(let x), .number(let y)):
        guard let operation else { throw noMatrix() }
        return try operation(Tensor(x), y, promotion: promotion)
      }
    }

    private func noMatrix() -> TensorError {
      .argument(operation: "matmul", message: "a number is no matrix; use * to scale")
    }

    private func checkPower(_ a: Operand, _ b: Operand) throws {
      guard case .tensor(let base) = a, !base.dtype.isFloating, case .number(.int(let n)) = b, n < 0
      else { return }
      throw TensorError.argument(
        operation: "pow", message: "Integers to negative integer powers are not allowed.")
    }

    func example(_ a: String, _ b: String, inPlace: Bool = false) -> String? {
      inPlace ? nil : "\(a) \(sign) \(b)"
    }
  }

  static let binary: [Binary] = [
    Binary("add", "+", .add, "add") { $0 + $1 },
    Binary("sub", "-", .subtract, "subtract") { $0 - $1 },
    Binary("mul", "*", .multiply, "multiply") { $0 * $1 },
    Binary("truediv", "/", .divide, "divide") { $0 / $1 },
    Binary("floordiv", "//", .floorDivide, "floor_divide"),
    Binary("mod", "%", .remainder, "remainder"),
    Binary("pow", "**", .pow, "power"),
    Binary("and", "&", .bitwiseAnd, "bitwise_and"),
    Binary("or", "|", .bitwiseOr, "bitwise_or"),
    Binary("xor", "^", .bitwiseXor, "bitwise_xor"),
    Binary("lshift", "<<", .shiftLeft, "left_shift"),
    Binary("rshift", ">>", .shiftRight, "right_shift"),
    Binary("matmul", "@", nil, "matmul"),
  ]

  struct Compare: Sendable {
    let name: String
    let sign: String
    let operation: Comparison

    func callAsFunction(_ a: Tensor, _ b: Operand, _ promotion: Promotion) throws -> Tensor {
      switch b {
      case .tensor(let b): try operation(a, b, promotion: promotion)
      case .number(let b): try operation(a, b, promotion: promotion)
      }
    }
  }

  static let comparisons: [Compare] = [
    Compare(name: "eq", sign: "==", operation: .equal),
    Compare(name: "ne", sign: "!=", operation: .notEqual),
    Compare(name: "lt", sign: "<", operation: .less),
    Compare(name: "le", sign: "<=", operation: .lessOrEqual),
    Compare(name: "gt", sign: ">", operation: .greater),
    Compare(name: "ge", sign: ">=", operation: .greaterOrEqual),
  ]

  /// `~x`: not for truth values, the complement of the bits for integers.
  static func invert(_ x: Tensor) throws -> Tensor {
    if x.dtype == .bool { return try x.logicalNot() }
    guard x.dtype.isInteger else {
      throw TensorError.dtype(operation: "bitwise_not", found: x.dtype, needed: "an integer or bool")
    }
    return try BinaryOperation.bitwiseXor(x, .int(-1))
  }

  // MARK: - The methods of both tensor types

  /// The other side of an operator of a tensor; nil when it is not for this tensor to answer.
  static func operand(
    _ value: Value, beside object: TensorObject, _ machine: Machine, reflected name: String
  ) throws -> Operand? {
    switch value {
    case .int(let number): return .number(.int(number))
    case .float(let number): return .number(.double(number))
    case .bool(let flag): return .number(.bool(flag))
    case .none, .undefined: return nil
    case .object: break
    }
    if let other = value.asTensorObject {
      // PyTorch answers for both kinds, as its `__array_priority__` says.
      if object.flavor == .numpy, other.flavor == .torch { return nil }
      return .tensor(other.tensor)
    }
    if let scalar = value.asNumpyScalar {
      return object.flavor == .torch ? .number(scalar.value) : .tensor(try scalar.tensor())
    }
    if object.flavor == .numpy {
      if value.asList != nil || value.asTuple != nil { return .tensor(try machine.tensor(value)) }
      if let source = value.asInstance as? any ArraySource,
        source.type.lookup("__r\(name)__") == nil
      {
        return .tensor(try source.tensor())
      }
    }
    if value.asInstance == nil, let number = value.asDouble { return .number(.double(number)) }
    return nil
  }

  /// The special methods of a tensor type.
  static func methods(_ flavor: Flavor) -> [Native] {
    let make = flavor == .torch ? "torch.tensor" : "np.array"
    var rows: [Native] = []
    for row in binary {
      let left = row.name == "matmul" ? "\(make)([[1, 2], [3, 4]])" : "\(make)([6, 7])"
      let right = row.name == "matmul" ? "\(make)([1, 2])" : "2"
      let text = "\(left) \(row.sign) \(right)"
      rows.append(
        Native("__\(row.name)__(self, other)", "self \(row.sign) other.", example: text) { a in
          try binary(row, a, reflected: false)
        })
      rows.append(
        Native(
          "__r\(row.name)__(self, other)", "other \(row.sign) self.",
          example: row.name == "matmul" ? text : "\(right) \(row.sign) \(left)"
        ) { a in try binary(row, a, reflected: true) })
      if row.operation != nil {
        rows.append(
          Native(
            "__i\(row.name)__(self, other)", "self \(row.sign)= other, in place.", example: text
          ) { a in try inPlace(row, a) })
      }
    }
    for row in comparisons {
      rows.append(
        Native(
          "__\(row.name)__(self, other)", "self \(row.sign) other, element by element.",
          example: "\(make)([1, 2, 3]) \(row.sign) 2"
        ) { a in try compare(row, a) })
    }
    return rows
  }

  private static func binary(_ row: Binary, _ a: Arguments, reflected: Bool) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      guard let other = try operand(a[1], beside: object, a.machine, reflected: row.name) else {
        if object.flavor == .numpy, row.operation != nil, let text = a[1].swiftString {
          let types = ["dtype('\(object.tensor.dtype)')", "dtype('<U\(max(1, text.unicodeScalars.count))')"]
          throw NumpyErrors.ufuncType(
            "ufunc '\(row.ufunc)' did not contain a loop with signature matching types "
              + "(\((reflected ? types.reversed() : types).joined(separator: ", "))) -> None", a.machine)
        }
        return .notImplemented
      }
      if object.flavor == .numpy, case .number(.int(let number)) = other,
        let range = object.tensor.dtype.integerRange, !range.contains(number)
      {
        throw Raise(
          .overflowError, "Python integer \(number) out of bounds for \(object.tensor.dtype)")
      }
      let own = Operand.tensor(object.tensor)
      let result = try reflected
        ? row(other, own, object.flavor.promotion) : row(own, other, object.flavor.promotion)
      return try object.types.value(result, object.flavor)
    } catch {
      throw object.flavor == .torch ? error : NumpyErrors.translated(error, a.machine)
    }
  }

  private static func inPlace(_ row: Binary, _ a: Arguments) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      guard let operation = row.operation,
        let other = try operand(a[1], beside: object, a.machine, reflected: row.name)
      else { return .notImplemented }
      try apply(operation, row, object, other)
      return a[0]
    } catch {
      throw object.flavor == .torch ? error : NumpyErrors.translated(error, a.machine)
    }
  }

  /// self sign= other, with the original's error where the result would not fit the dtype.
  static func apply(
    _ operation: BinaryOperation, _ row: Binary, _ object: TensorObject, _ other: Operand
  ) throws {
    let target = object.tensor.dtype
    let tensor: Tensor
    var natural: DType
    switch other {
    case .tensor(let found):
      tensor = found
      natural = object.flavor.promotion.join(target, found.dtype)
    case .number(let number):
      switch number {
      case .double where !target.isFloating: natural = object.flavor.promotion.floatFromInteger
      case .int where target == .bool: natural = .int64
      default: natural = target
      }
      tensor = try Tensor(number, dtype: natural)
    }
    if row.name == "truediv", !natural.isFloating {
      natural = object.flavor.promotion.floatFromInteger
    }
    if level(natural) > level(target) {
      throw misfit(row, natural, target, object)
    }
    let written = object.tensor
    let value = object.flavor == .numpy && tensor.dtype != target ? try tensor.to(target) : tensor
    try written.apply(operation, value, "\(operation.name)_")
  }

  private static func level(_ dtype: DType) -> Int { dtype == .bool ? 0 : dtype.isInteger ? 1 : 2 }

  private static func misfit(
    _ row: Binary, _ natural: DType, _ target: DType, _ object: TensorObject
  ) -> Raise {
    let fix = "x = x \(row.sign) y makes a new one of dtype \(natural)"
    if object.flavor == .torch {
      return Raise(
        .runtimeError,
        "result type \(TensorErrors.className(natural)) can't be cast to the desired output type "
          + TensorErrors.className(target), hint: fix)
    }
    return Raise(
      .typeError,
      "Cannot cast ufunc '\(row.ufunc)' output from dtype('\(natural)') to dtype('\(target)') "
        + "with casting rule 'same_kind'", hint: fix)
  }

  private static func compare(_ row: Compare, _ a: Arguments) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      guard let other = try operand(a[1], beside: object, a.machine, reflected: "") else {
        return .notImplemented
      }
      // Beside a number that the dtype does not hold the comparison is exact.
      var own = object.tensor
      if case .number(.int(let number)) = other, let range = own.dtype.integerRange,
        own.dtype.size < 8, !range.contains(number)
      {
        own = try own.to(.int64)
      }
      return try object.types.value(row(own, other, object.flavor.promotion), object.flavor)
    } catch {
      throw object.flavor == .torch ? error : NumpyErrors.translated(error, a.machine)
    }
  }
}
