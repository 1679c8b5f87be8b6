import Language
import TensorCore

/// Elementwise functions of NumPy.
enum NumpyMath {
  static let functions: [Native] = unary + tests + binary + comparisons + logical + others

  private static func unary(_ name: String, _ operation: UnaryOperation, _ doc: String, _ sample: String) -> Native {
    numpyRow("\(name)(x)", doc + ", element by element.", example: "np.\(name)(np.array([\(sample)]))") { a in
      try a.machine.numpyValue(operation(a.array(0), promotion: .numpy))
    }
  }

  private static let unary: [Native] = [
    unary("negative", .neg, "The negative", "1., -2."), unary("abs", .abs, "The magnitude", "1., -2."),
    unary("absolute", .abs, "The magnitude", "1., -2."), unary("fabs", .abs, "The magnitude", "1., -2."),
    unary("sign", .sign, "-1, 0 or 1 by the sign", "3., -2."),
    unary("square", .square, "The square", "1., 2."), unary("sqrt", .sqrt, "The square root", "4., 9."),
    unary("reciprocal", .reciprocal, "1 over each element", "2., 4."),
    unary("exp", .exp, "e to the power of each element", "0., 1."),
    unary("exp2", .exp2, "2 to the power of each element", "1., 3."),
    unary("expm1", .expm1, "e**x - 1, exact near 0", "0., 1."),
    unary("log", .log, "The natural logarithm", "1., 2."),
    unary("log1p", .log1p, "log(1 + x), exact near 0", "0., 1."),
    unary("log2", .log2, "The logarithm to base 2", "2., 8."),
    unary("log10", .log10, "The logarithm to base 10", "10., 1000."),
    unary("sin", .sin, "The sine of radians", "0., 1."), unary("cos", .cos, "The cosine of radians", "0., 1."),
    unary("tan", .tan, "The tangent of radians", "0., 1."),
    unary("arcsin", .asin, "The inverse sine, in radians", "0., 1."),
    unary("arccos", .acos, "The inverse cosine, in radians", "0., 1."),
    unary("arctan", .atan, "The inverse tangent, in radians", "0., 1."),
    unary("sinh", .sinh, "The hyperbolic sine", "0., 1."),
    unary("cosh", .cosh, "The hyperbolic cosine", "0., 1."),
    unary("tanh", .tanh, "The hyperbolic tangent", "0., 1."),
    unary("arcsinh", .asinh, "The inverse hyperbolic sine", "0., 1."),
    unary("arccosh", .acosh, "The inverse hyperbolic cosine", "1., 2."),
    unary("arctanh", .atanh, "The inverse hyperbolic tangent", "0., 0.5"),
    unary("floor", .floor, "Rounded down", "1.5, -1.5"), unary("ceil", .ceil, "Rounded up", "1.5, -1.5"),
    unary("trunc", .trunc, "Cut towards zero", "1.5, -1.5"), unary("fix", .trunc, "Cut towards zero", "1.5, -1.5"),
    unary("rint", .round, "Rounded, halves to even", "1.5, 2.5"),
    numpyRow("round(a, decimals=0, out=None)", "Rounded to a number of decimals, halves to even.", example: "np.round(np.array([1.25, 2.675]), 1)") {
      a in try a.machine.numpyValue(a.array(0).round(decimals: a.int(1)))
    },
    numpyRow("around(a, decimals=0, out=None)", "Rounded to a number of decimals, halves to even.", example: "np.around(2.567, 2)") {
      a in try a.machine.numpyValue(a.array(0).round(decimals: a.int(1)))
    },
    numpyRow("deg2rad(x)", "Degrees as radians.", example: "np.deg2rad(180)") { a in
      try a.machine.numpyValue(
        BinaryOperation.multiply(a.array(0), .double(Double.pi / 180), promotion: .numpy))
    },
    numpyRow("radians(x)", "Degrees as radians.", example: "np.radians(180)") { a in
      try a.machine.numpyValue(
        BinaryOperation.multiply(a.array(0), .double(Double.pi / 180), promotion: .numpy))
    },
    numpyRow("rad2deg(x)", "Radians as degrees.", example: "np.rad2deg(np.pi)") { a in
      try a.machine.numpyValue(
        BinaryOperation.multiply(a.array(0), .double(180 / Double.pi), promotion: .numpy))
    },
    numpyRow("degrees(x)", "Radians as degrees.", example: "np.degrees(np.pi)") { a in
      try a.machine.numpyValue(
        BinaryOperation.multiply(a.array(0), .double(180 / Double.pi), promotion: .numpy))
    },
    numpyRow("invert(x)", "Not, or the complement of the bits.", example: "np.invert(np.array([True, False]))") { a in
      try a.machine.numpyValue(Operators.invert(a.array(0)))
    },
  ]

  private static let tests: [Native] = [
    ("isnan", TestOperation.isNaN, "Whether each element is NaN"),
    ("isinf", .isInfinite, "Whether each element is infinite"),
    ("isfinite", .isFinite, "Whether each element is a finite number"),
    ("logical_not", .not, "Whether each element is 0 or False"),
  ].map { name, operation, doc in
    numpyRow("\(name)(x)", doc + ".", example: "np.\(name)(np.array([0., np.nan]))") { a in
      try a.machine.numpyValue(operation(a.array(0)))
    }
  }

  /// A binary operation on arguments 0 and 1; numbers of the program give way to arrays.
  private static func apply(_ a: Arguments, _ row: Operators.Binary) throws -> Value {
    let (x, y) = (try a.operand(0, .numpy), try a.operand(1, .numpy))
    if case .number(let number) = x, case .number = y {
      let dtype: DType = if case .double = number { .float64 } else if case .bool = number { .bool } else { .int64 }
      return try a.machine.numpyValue(row(.tensor(Tensor(number, dtype: dtype)), y, .numpy))
    }
    return try a.machine.numpyValue(row(x, y, .numpy))
  }

  private static let binary: [Native] = [
    ("add", BinaryOperation.add, "The sum"), ("subtract", .subtract, "The difference"),
    ("multiply", .multiply, "The product"), ("divide", .divide, "The quotient"),
    ("true_divide", .divide, "The quotient"), ("floor_divide", .floorDivide, "The quotient rounded down"),
    ("mod", .remainder, "The rest with the divisor's sign"),
    ("remainder", .remainder, "The rest with the divisor's sign"),
    ("fmod", .fmod, "The rest with the dividend's sign"), ("power", .pow, "x1 to the power of x2"),
    ("maximum", .maximum, "The larger of both"), ("minimum", .minimum, "The smaller of both"),
    ("arctan2", .atan2, "The angle of the point (x2, x1), in radians"),
    ("bitwise_and", .bitwiseAnd, "The bits that both have"),
    ("bitwise_or", .bitwiseOr, "The bits that either has"),
    ("bitwise_xor", .bitwiseXor, "The bits that one of both has"),
    ("left_shift", .shiftLeft, "The bits moved up"), ("right_shift", .shiftRight, "The bits moved down"),
  ].map { name, operation, doc in
    let row = Operators.Binary(name, name, operation, name)
    return numpyRow("\(name)(x1, x2)", doc + ", element by element.", example: "np.\(name)(np.array([6, 7]), 2)") { a in
      try apply(a, row)
    }
  }

  private static let comparisons: [Native] = [
    "equal", "not_equal", "less", "less_equal", "greater", "greater_equal",
  ].enumerated().map { place, name in
    let row = Operators.comparisons[place]
    return numpyRow("\(name)(x1, x2)", "x1 \(row.sign) x2, element by element.", example: "np.\(name)(np.array([1, 2, 3]), 2)") {
      a in try a.machine.numpyValue(row(a.array(0), a.operand(1, .numpy), .numpy))
    }
  }

  private static let logical: [Native] = [
    ("logical_and", Comparison.and, "Whether both are true"), ("logical_or", .or, "Whether one is true"),
    ("logical_xor", .xor, "Whether exactly one is true"),
  ].map { name, operation, doc in
    numpyRow("\(name)(x1, x2)", doc + ", element by element.", example: "np.\(name)(np.array([True, False]), True)") {
      a in try a.machine.numpyValue(operation(a.array(0), a.array(1), promotion: .numpy))
    }
  }

  private static let maximum = Operators.Binary("maximum", "maximum", .maximum, "maximum")
  private static let minimum = Operators.Binary("minimum", "minimum", .minimum, "minimum")

  /// Brought between bounds, each a number, an array or None.
  static func clip(_ x: Tensor, _ a: Arguments, _ low: Int, _ high: Int) throws -> Tensor {
    var result = x
    if a.isGiven(low), !a[low].isNone {
      result = try maximum(.tensor(result), a.operand(low, .numpy), .numpy)
    }
    if a.isGiven(high), !a[high].isNone {
      result = try minimum(.tensor(result), a.operand(high, .numpy), .numpy)
    }
    return result
  }

  private static let others: [Native] = [
    numpyRow("clip(a, a_min=None, a_max=None, out=None, *, min=None, max=None)", "Brought between two bounds.", example: "np.clip(np.array([-1, 0.5, 2]), 0, 1)") {
      a in
      let x = try clip(a.array(0), a, 1, 2)
      return try a.machine.numpyValue(clip(x, a, 4, 5))
    },
    numpyRow("where(condition, x=..., y=...)", "x where the condition holds, y elsewhere; with the condition alone its places.", example: "np.where(np.array([1, 5]) > 2, 'x' == 'x', False)") {
      a in
      let condition = try a.array(0).to(.bool)
      if !a.isGiven(1) { return .tuple(try places(condition, a.machine)) }
      if NumpyTexts.holdsText(a[1]) || NumpyTexts.holdsText(a[2]) {
        return try NumpyTexts.choose([condition], [a[1]], a[2], a.machine)
      }
      return try a.machine.ndarray(
        choose(condition, a.operand(1, .numpy), a.operand(2, .numpy)))
    },
    numpyRow("isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", "Whether elements are equal within atol + rtol * |b|.", example: "np.isclose([1.0, 2.0], [1.0, 2.1])") {
      a in
      try a.machine.numpyValue(
        a.array(0, dtype: .float64).isClose(
          to: a.array(1, dtype: .float64), relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4)))
    },
    numpyRow("allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False)", "Whether all elements are equal within atol + rtol * |b|.", example: "np.allclose([1.0], [1.0 + 1e-9])") {
      a in
      .bool(
        try a.array(0, dtype: .float64).allClose(
          a.array(1, dtype: .float64), relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4)))
    },
    numpyRow("array_equal(a1, a2)", "Whether shapes and all elements are equal.", example: "np.array_equal([1, 2], [1, 2])") {
      a in
      let (x, y) = (try a.array(0), try a.array(1))
      if x.shape != y.shape { return .bool(false) }
      return .bool(try Comparison.equal(x, y, promotion: .numpy).all().item().bool)
    },
  ]

  static func places(_ tensor: Tensor, _ machine: Machine) throws -> [Value] {
    let found = try tensor.nonzero()
    return try (0..<max(1, tensor.rank)).map { machine.ndarray(try found.select(1, $0)) }
  }

  /// Elements of x where the condition holds, of y elsewhere, in NumPy's common dtype.
  private static func choose(
    _ condition: Tensor, _ x: Operators.Operand, _ y: Operators.Operand
  ) throws -> Tensor {
    func plain(_ operand: Operators.Operand, beside other: DType?) throws -> Tensor {
      switch operand {
      case .tensor(let tensor): return tensor
      case .number(let number):
        switch number {
        case .double:
          return try Tensor(number, dtype: other.map { $0.isFloating ? $0 : .float64 } ?? .float64)
        case .int:
          return try Tensor(number, dtype: other.map { $0 == .bool ? .int64 : $0 } ?? .int64)
        case .bool: return try Tensor(number, dtype: other ?? .bool)
        case .complex: return try Tensor(number, dtype: .complex128)
        }
      }
    }
    func dtype(_ operand: Operators.Operand) -> DType? {
      if case .tensor(let tensor) = operand { tensor.dtype } else { nil }
    }
    let a = try plain(x, beside: dtype(y)), b = try plain(y, beside: dtype(x))
    let common = Promotion.numpy.join(a.dtype, b.dtype)
    return try Tensor.where(condition, a.to(common), b.to(common))
  }
}
