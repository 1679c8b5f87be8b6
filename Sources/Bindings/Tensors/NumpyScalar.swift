import Language
import TensorCore

/// One number with a dtype, as NumPy's reductions and indexing give it: `np.float64(1.5)`.
///
/// Behaves as the number it holds; results of its arithmetic are scalars of the promoted dtype.
final class NumpyScalar: Instance {
  let value: Scalar
  let dtype: DType
  let types: TensorTypes

  init(_ value: Scalar, _ dtype: DType, _ type: TypeObject, _ types: TensorTypes) {
    self.value = value
    self.dtype = dtype
    self.types = types
    super.init(type)
  }

  /// The same as an array without axes.
  func tensor() throws -> Tensor { try Tensor(value, dtype: dtype) }

  /// As `str` shows it.
  func text() throws -> String { try tensor().description(style: .numpyStr) }
}

extension Value {
  var asNumpyScalar: NumpyScalar? {
    guard let instance = asInstance, Swift.type(of: instance) == NumpyScalar.self else { return nil }
    return unsafeDowncast(instance, to: NumpyScalar.self)
  }
}

extension NumpyScalar {
  private static func of(_ a: Arguments) throws -> NumpyScalar {
    guard let scalar = a[0].asNumpyScalar else {
      throw Raise(
        .typeError, "descriptor '\(a.function.name)' does not apply to a "
          + "'\(a.machine.typeName(a[0]))' object")
    }
    return scalar
  }

  // MARK: - The types

  private static let generic = TypeTable(
    "generic", module: "numpy", doc: "The base of NumPy's scalar types.",
    properties: properties, methods: methods)
  private static let number = TypeTable(
    "number", module: "numpy", doc: "The base of NumPy's numbers.", base: generic)
  private static let integer = TypeTable(
    "integer", module: "numpy", doc: "The base of NumPy's integers.", base: number)
  private static let signedInteger = TypeTable(
    "signedinteger", module: "numpy", doc: "The base of NumPy's signed integers.", base: integer)
  private static let unsignedInteger = TypeTable(
    "unsignedinteger", module: "numpy", doc: "The base of NumPy's unsigned integers.", base: integer)
  private static let floating = TypeTable(
    "floating", module: "numpy", doc: "The base of NumPy's floats.", base: number,
    methods: [
      // float64 derives from the language's float, as in NumPy; it is a `floating` all the same.
      Native(
        "__instancecheck__(cls, value)", "Whether a value is a float of NumPy.",
        example: "isinstance(np.float64(1), np.floating)"
      ) { a in
        guard let scalar = a[1].asNumpyScalar else { return .bool(false) }
        guard let type = a[0].asType, type.name != "floating" else {
          return .bool(scalar.dtype.isFloating)
        }
        return .bool(scalar.type.isSubclass(of: type))
      }
    ])

  private static let complexFloating = TypeTable(
    "complexfloating", module: "numpy", doc: "The base of NumPy's complex numbers.", base: number)

  /// The abstract types, which programs use with `isinstance` and `np.issubdtype`.
  static let abstractTables = [
    generic, number, integer, signedInteger, unsignedInteger, floating, complexFloating,
  ]

  /// The concrete types by dtype.
  static let tables: [DType: TypeTable] = [
    .float64: TypeTable(
      "float64", module: "numpy", doc: "A 64-bit float; a float of the language as well.",
      baseName: "float", properties: properties, methods: methods),
    .float32: TypeTable("float32", module: "numpy", doc: "A 32-bit float.", base: floating),
    .float16: TypeTable("float16", module: "numpy", doc: "A 16-bit float.", base: floating),
    .complex64: TypeTable(
      "complex64", module: "numpy", doc: "A complex number of two 32-bit floats.",
      base: complexFloating),
    .complex128: TypeTable(
      "complex128", module: "numpy", doc: "A complex number of two 64-bit floats.",
      base: complexFloating),
    .int64: TypeTable("int64", module: "numpy", doc: "A 64-bit integer.", base: signedInteger),
    .int32: TypeTable("int32", module: "numpy", doc: "A 32-bit integer.", base: signedInteger),
    .uint8: TypeTable(
      "uint8", module: "numpy", doc: "An integer from 0 to 255.", base: unsignedInteger),
    .int8: TypeTable(
      "int8", module: "numpy", doc: "An integer from -128 to 127.", base: signedInteger),
    .int16: TypeTable(
      "int16", module: "numpy", doc: "An integer from -32768 to 32767.", base: signedInteger),
    .uint16: TypeTable(
      "uint16", module: "numpy", doc: "An integer from 0 to 65535.", base: unsignedInteger),
    .uint32: TypeTable(
      "uint32", module: "numpy", doc: "An integer from 0 to 4294967295.", base: unsignedInteger),
    .bool: TypeTable("bool", module: "numpy", doc: "A truth value of NumPy.", base: generic),
  ]

  private static let properties = [
    NativeProperty("dtype", "The dtype of the number.") { value, machine in
      guard let scalar = value.asNumpyScalar else { return .none }
      return scalar.types.dtype(scalar.dtype, .numpy)
    },
    NativeProperty("shape", "`()`: a scalar has no axes.") { _, _ in .tuple([]) },
    NativeProperty("ndim", "0: a scalar has no axes.") { _, _ in .int(0) },
    NativeProperty("size", "1.") { _, _ in .int(1) },
    NativeProperty("T", "The scalar itself.") { value, _ in value },
    NativeProperty("real", "The real part.") { value, _ in
      guard let scalar = value.asNumpyScalar, scalar.dtype.isComplex else { return value }
      return scalar.types.scalar(.double(scalar.value.double), scalar.dtype.realPart)
    },
    NativeProperty("imag", "The imaginary part.") { value, _ in
      guard let scalar = value.asNumpyScalar else { return value }
      let part: Scalar = scalar.dtype.isFloating || scalar.dtype.isComplex
        ? .double(scalar.value.imaginary) : .int(0)
      return scalar.types.scalar(part, scalar.dtype.realPart)
    },
  ]

  // MARK: - Methods

  private static let methods: [Native] =
    conversions + unary + operators + comparisons

  private static let conversions: [Native] = [
    Native("__new__(cls, value=0, /)", "A scalar from a number.", example: "np.float32(1.5)") { a in
      let types = a.machine.tensorTypes
      guard let type = a[0].asType,
        let dtype = types.scalars.first(where: { type.isSubclass(of: $0.value) })?.key
      else { throw Raise(.typeError, "cannot create '\(a[0].asType?.name ?? "")' instances") }
      var number = a[1]
      if let text = number.asString {
        number = try a.machine.call(.object(a.machine.types.float), [.object(text)])
      }
      return try types.numpy(a.machine.tensor(number, .numpy, dtype: dtype))
    },
    Native("__repr__(self)", "`np.float64(1.5)`.", example: "repr(np.float64(1.5))") { a in
      let scalar = try of(a)
      if case .bool(let flag) = scalar.value { return .string(flag ? "np.True_" : "np.False_") }
      // Complex numbers bring their own brackets, unless they are imaginary alone.
      let text = try scalar.text()
      return .string("np.\(scalar.dtype)" + (text.hasPrefix("(") ? text : "(\(text))"))
    },
    Native("__str__(self)", "The number.", example: "str(np.float64(1.5))") { a in
      .string(try of(a).text())
    },
    Native("__format__(self, spec)", "The number as formatted.", example: "f'{np.float64(1.5):.2f}'") { a in
      let scalar = try of(a)
      let spec = try a.string(1)
      if spec.isEmpty { return .string(try scalar.text()) }
      return .string(try a.machine.formatted(Value(scalar.value), spec))
    },
    Native("__float__(self)", "As a float of the language.", example: "float(np.float32(0.5))") { a in
      .float(try of(a).value.double)
    },
    Native("__int__(self)", "As an int of the language, cut.", example: "int(np.float64(2.7))") { a in
      try a.machine.call(.object(a.machine.types.int), [Value(of(a).value)])
    },
    Native("__index__(self)", "As an index.", example: "[10, 20, 30][np.int64(1)]") { a in
      let scalar = try of(a)
      guard case .int(let number) = scalar.value else {
        throw Raise(
          .typeError, "'numpy.\(scalar.dtype)' object cannot be interpreted as an integer")
      }
      return .int(number)
    },
    Native("__bool__(self)", "Whether it is not 0.", example: "bool(np.float64(0))") { a in
      .bool(try of(a).value.bool)
    },
    Native("__hash__(self)", "The hash of the number.", example: "hash(np.int64(3)) == hash(3)") { a in
      .int(try a.machine.hash(Value(of(a).value)))
    },
    Native("item(self)", "As a number of the language.", example: "np.float64(1.5).item()") { a in
      a.machine.number(try of(a).value)
    },
    Native("conj(self)", "With the sign of the imaginary part turned.", example: "np.float64(1.5).conj()") {
      a in
      let scalar = try of(a)
      guard case .complex(let re, let im) = scalar.value else { return a[0] }
      return scalar.types.scalar(.complex(re, -im), scalar.dtype)
    },
    Native("tolist(self)", "As a number of the language.", example: "np.float64(1.5).tolist()") { a in
      Value(try of(a).value)
    },
    Native("astype(self, dtype)", "Converted to another dtype.", example: "np.float64(1.5).astype(int)") { a in
      let scalar = try of(a)
      return try scalar.types.scalar(scalar.tensor().to(a.dtype(1, .numpy)))
    },
    Native("__round__(self, ndigits=None)", "Rounded, halves to even.", example: "round(np.float64(2.567), 2)") {
      a in
      let scalar = try of(a)
      if a[1].isNone {
        guard let whole = Scalar.double(scalar.value.double.rounded(.toNearestOrEven)).int else {
          throw Raise(.overflowError, "cannot convert float infinity or NaN to integer")
        }
        return .int(whole)
      }
      return try scalar.types.scalar(scalar.tensor().round(decimals: a.int(1)))
    },
    Native("round(self, decimals=0)", "Rounded, halves to even.", example: "np.float64(2.567).round(1)") {
      a in
      let scalar = try of(a)
      return try scalar.types.scalar(scalar.tensor().round(decimals: a.int(1)))
    },
    Native("is_integer(self)", "Whether it is whole.", example: "np.float64(2.0).is_integer()") { a in
      let number = try of(a).value.double
      return .bool(number.isFinite && number == number.rounded())
    },
  ] + ["sum", "mean", "max", "min", "copy", "squeeze", "flatten", "all", "any"].map { name in
    Native("\(name)(self)", "As of an array with this one element.", example: "np.float64(1.5).\(name)()") {
      a in
      let scalar = try of(a)
      switch name {
      case "all", "any": return scalar.types.scalar(.bool(scalar.value.bool), .bool)
      case "flatten": return scalar.types.ndarray(try scalar.tensor().reshape([1]))
      case "mean" where !scalar.dtype.isFloating:
        return scalar.types.scalar(.double(scalar.value.double), .float64)
      default: return a[0]
      }
    }
  }

  private static let unary: [Native] = [
    Native("__neg__(self)", "The negative.", example: "-np.float64(1.5)") { a in
      let scalar = try of(a)
      return try scalar.types.scalar(UnaryOperation.neg(scalar.tensor(), promotion: .numpy))
    },
    Native("__pos__(self)", "Itself.", example: "+np.float64(1.5)") { a in a[0] },
    Native("__abs__(self)", "The magnitude.", example: "abs(np.float64(-1.5))") { a in
      let scalar = try of(a)
      return try scalar.types.scalar(scalar.tensor().abs())
    },
    Native("__invert__(self)", "Not, or the complement of the bits.", example: "~np.int64(5)") { a in
      let scalar = try of(a)
      return try scalar.types.scalar(Operators.invert(scalar.tensor()))
    },
  ]

  // MARK: - Operators

  /// `divmod(a, b)`: the quotient rounded down and the rest.
  private static let quotients: [Native] = [false, true].map { reflected in
    Native("__\(reflected ? "r" : "")divmod__(self, other)", "The quotient rounded down and the rest.", example: reflected ? "divmod(7, np.int64(2))" : "divmod(np.int64(7), 2)") { a in
      let rows = ["floordiv", "mod"].compactMap { name in Operators.binary.first { $0.name == name } }
      let parts = try rows.map { try arithmetic($0, a, reflected: reflected) }
      return parts.contains { $0.isNotImplemented } ? .notImplemented : .tuple(parts)
    }
  }

  private static let operators: [Native] = quotients + Operators.binary.filter { $0.operation != nil }.flatMap {
    row in
    let bits = ["and", "or", "xor", "lshift", "rshift"].contains(row.name)
    let own = bits ? "np.int64(6)" : "np.float64(1.5)"
    return [
      Native(
        "__\(row.name)__(self, other)", "self \(row.sign) other.", example: "\(own) \(row.sign) 2"
      ) { a in try arithmetic(row, a, reflected: false) },
      Native(
        "__r\(row.name)__(self, other)", "other \(row.sign) self.", example: "2 \(row.sign) \(own)"
      ) { a in try arithmetic(row, a, reflected: true) },
    ]
  }

  private static let comparisons: [Native] = Operators.comparisons.map { row in
    Native(
      "__\(row.name)__(self, other)", "self \(row.sign) other.",
      example: "np.float64(1) \(row.sign) 2"
    ) { a in
      let scalar = try of(a)
      guard let other = operand(a[1]) else { return .notImplemented }
      var own = try scalar.tensor()
      // Beside a number that the dtype does not hold the comparison is exact.
      if case .number(.int(let number)) = other, scalar.dtype.size < 8,
        let range = scalar.dtype.integerRange, !range.contains(number)
      {
        own = try own.to(.int64)
      }
      return try scalar.types.scalar(row(own, other, .numpy))
    }
  }

  /// The other side: a scalar as strong as this one, or a number of the program, which gives way.
  /// nil for arrays, which answer themselves, and for what is no number.
  private static func operand(_ value: Value) -> Operators.Operand? {
    switch value {
    case .int(let number): return .number(.int(number))
    case .float(let number): return .number(.double(number))
    case .bool(let flag): return .number(.bool(flag))
    case .none, .undefined: return nil
    case .object: break
    }
    if let other = value.asNumpyScalar { return (try? other.tensor()).map { .tensor($0) } }
    if value.asInstance == nil, let number = value.asDouble { return .number(.double(number)) }
    return nil
  }

  private static func arithmetic(
    _ row: Operators.Binary, _ a: Arguments, reflected: Bool
  ) throws -> Value {
    let scalar = try of(a)
    if scalar.dtype == .float64, let quick = row.quick, case .float(let other) = a[1] {
      let own = scalar.value.double
      let result = reflected ? quick(other, own) : quick(own, other)
      return scalar.types.scalar(.double(result), .float64)
    }
    do {
      var other = operand(a[1])
      // A list or tuple beside a scalar becomes an array; arrays answer themselves.
      if a[1].asList != nil || a[1].asTuple != nil { other = .tensor(try a.machine.tensor(a[1])) }
      guard let other else { return .notImplemented }
      if case .number(.int(let number)) = other, let range = scalar.dtype.integerRange,
        !range.contains(number)
      {
        throw Raise(.overflowError, "Python integer \(number) out of bounds for \(scalar.dtype)")
      }
      let own = Operators.Operand.tensor(try scalar.tensor())
      return try scalar.types.numpy(reflected ? row(other, own, .numpy) : row(own, other, .numpy))
    } catch {
      throw TensorErrors.numpy(error)
    }
  }
}
