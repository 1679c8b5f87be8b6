import Language
import TensorCore

/// Elementwise functions: each is `torch.name(input)` and `input.name()`, most are `name_` as well.
enum TorchMath {
  /// Rows that are functions and methods.
  static let functions: [Native] =
    unary + tests + binary + comparisons + logical + others

  // MARK: - One operand

  private static let unaryDocs: [(UnaryOperation, String, String)] = [
    (.neg, "The negative", "1., -2."), (.abs, "The magnitude", "1., -2."),
    (.sign, "-1, 0 or 1 by the sign", "3., -2."), (.square, "The square", "1., 2."),
    (.sqrt, "The square root", "4., 9."), (.rsqrt, "1 over the square root", "4., 16."),
    (.reciprocal, "1 over each element", "2., 4."), (.exp, "e to the power of each element", "0., 1."),
    (.exp2, "2 to the power of each element", "1., 3."), (.expm1, "e**x - 1, exact near 0", "0., 1."),
    (.log, "The natural logarithm", "1., 2."), (.log1p, "log(1 + x), exact near 0", "0., 1."),
    (.log2, "The logarithm to base 2", "2., 8."), (.log10, "The logarithm to base 10", "10., 1000."),
    (.sin, "The sine of radians", "0., 1."), (.cos, "The cosine of radians", "0., 1."),
    (.tan, "The tangent of radians", "0., 1."), (.asin, "The inverse sine, in radians", "0., 1."),
    (.acos, "The inverse cosine, in radians", "0., 1."),
    (.atan, "The inverse tangent, in radians", "0., 1."),
    (.sinh, "The hyperbolic sine", "0., 1."), (.cosh, "The hyperbolic cosine", "0., 1."),
    (.tanh, "The hyperbolic tangent", "0., 1."),
    (.asinh, "The inverse hyperbolic sine", "0., 1."),
    (.acosh, "The inverse hyperbolic cosine", "1., 2."),
    (.atanh, "The inverse hyperbolic tangent", "0., 0.5"),
    (.sigmoid, "1 / (1 + exp(-x))", "0., 2."), (.relu, "max(x, 0)", "-1., 2."),
    (.erf, "The error function", "0., 1."), (.erfc, "1 - erf(x)", "0., 1."),
    (.floor, "Rounded down", "1.5, -1.5"), (.ceil, "Rounded up", "1.5, -1.5"),
    (.trunc, "Cut towards zero", "1.5, -1.5"),
    (.lgamma, "The logarithm of the magnitude of the gamma function", "0.5, 4."),
    (.digamma, "The derivative of lgamma", "0.5, 4."),
    (.erfinv, "The inverse of the error function", "0., 0.5"),
    (.i0, "The modified Bessel function of order 0", "0., 1."),
    (.sinc, "sin(pi x) / (pi x), 1 at 0", "0., 0.5"),
  ]

  private static let unary: [Native] =
    unaryDocs.map { operation, doc, sample in
      Native(
        "\(operation.name)(input)", doc + ", element by element.",
        example: "torch.\(operation.name)(torch.tensor([\(sample)]))"
      ) { a in
        let object = try a.tensorObject(0)
        return object.types.torch(try operation(object.tensor))
      }
    } + [
      Native(
        "round(input, *, decimals=0)", "Rounded to a number of decimals, halves to even.",
        example: "torch.round(torch.tensor([1.5, 2.5]))"
      ) { a in
        let object = try a.tensorObject(0)
        return object.types.torch(try object.tensor.round(decimals: a.int(1)))
      }
    ]

  /// Other names for the same functions.
  static let aliases: [(String, of: String)] = [
    ("absolute", of: "abs"), ("negative", of: "neg"), ("arcsin", of: "asin"), ("arccos", of: "acos"),
    ("arctan", of: "atan"), ("fix", of: "trunc"), ("subtract", of: "sub"), ("multiply", of: "mul"),
    ("divide", of: "div"), ("true_divide", of: "div"), ("greater", of: "gt"),
    ("greater_equal", of: "ge"), ("less", of: "lt"), ("less_equal", of: "le"),
    ("not_equal", of: "ne"), ("clip", of: "clamp"), ("arctan2", of: "atan2"),
  ]

  private static let tests: [Native] = [
    (TestOperation.isNaN, "Whether each element is NaN"),
    (.isInfinite, "Whether each element is infinite"),
    (.isFinite, "Whether each element is a finite number"),
    (.not, "Whether each element is 0 or False"),
  ].map { operation, doc in
    Native(
      "\(operation.name)(input)", doc + ".",
      example: "torch.\(operation.name)(torch.tensor([0., float('nan')]))"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try operation(object.tensor))
    }
  }

  // MARK: - Two operands

  private static let binary: [Native] =
    [
      scaled("add", "input + alpha * other", .add),
      scaled("sub", "input - alpha * other", .subtract),
      Native(
        "div(input, other, *, rounding_mode=None)",
        "The quotient; rounding_mode 'floor' or 'trunc' rounds it.",
        example: "torch.div(torch.tensor([7., -7.]), 2, rounding_mode='floor')"
      ) { a in
        try binary(a, divide(a.optionalString(2)))
      },
    ]
    + [
      (BinaryOperation.multiply, "The product"), (.floorDivide, "The quotient rounded down"),
      (.remainder, "The rest with the divisor's sign"), (.fmod, "The rest with the dividend's sign"),
      (.pow, "input to the power of other"), (.maximum, "The larger of both"),
      (.minimum, "The smaller of both"), (.atan2, "The angle of the point (other, input), in radians"),
    ].map { operation, doc in
      Native(
        "\(operation.name)(input, other)", doc + ", element by element.",
        example: "torch.\(operation.name)(torch.tensor([5., 7.]), torch.tensor([2., 3.]))"
      ) { a in try binary(a, row(operation)) }
    }
    + [
      (BinaryOperation.bitwiseAnd, "The bits that both have"), (.bitwiseOr, "The bits that either has"),
      (.bitwiseXor, "The bits that one of both has"), (.shiftLeft, "The bits moved up"),
      (.shiftRight, "The bits moved down"),
    ].map { operation, doc in
      Native(
        "\(operation.name)(input, other)", doc + ".",
        example: "torch.\(operation.name)(torch.tensor([6, 5]), 1)"
      ) { a in try binary(a, row(operation)) }
    }

  private static func row(_ operation: BinaryOperation) -> Operators.Binary {
    Operators.Binary(operation.name, operation.name, operation, operation.name)
  }

  private static func binary(_ a: Arguments, _ row: Operators.Binary) throws -> Value {
    let (x, y) = (try a.operand(0, .torch), try a.operand(1, .torch))
    return a.machine.torchValue(try row(x, y, .torch))
  }

  private static func binary(
    _ a: Arguments, _ apply: (Operators.Operand, Operators.Operand) throws -> Tensor
  ) throws -> Value {
    a.machine.torchValue(try apply(a.operand(0, .torch), a.operand(1, .torch)))
  }

  private static func scaled(_ name: String, _ doc: String, _ operation: BinaryOperation) -> Native {
    let operation = row(operation)
    return Native(
      "\(name)(input, other, *, alpha=1)", doc + ", element by element.",
      example: "torch.\(name)(torch.tensor([1, 2]), torch.tensor([10, 20]), alpha=2)"
    ) { a in
      let other = try scale(a.operand(1, .torch), a.scalar(2))
      return a.machine.torchValue(try operation(a.operand(0, .torch), other, .torch))
    }
  }

  private static func scale(
    _ operand: Operators.Operand, _ factor: Scalar
  ) throws -> Operators.Operand {
    if factor == .int(1) { return operand }
    switch operand {
    case .tensor(let tensor): return .tensor(try BinaryOperation.multiply(tensor, factor))
    case .number(.double(let number)): return .number(.double(number * factor.double))
    case .number(let number):
      guard case .int(let times) = factor, let whole = number.int else {
        return .number(.double(number.double * factor.double))
      }
      return .number(.int(whole &* times))
    }
  }

  private static func divide(
    _ mode: String?
  ) throws -> (Operators.Operand, Operators.Operand) throws -> Tensor {
    switch mode {
    case nil: return { try row(.divide)($0, $1, .torch) }
    case "floor": return { try row(.floorDivide)($0, $1, .torch) }
    case "trunc":
      return { x, y in
        let quotient = try row(.divide)(x, y, .torch).trunc()
        if case .tensor(let tensor) = x, tensor.dtype.isInteger {
          switch y {
          case .tensor(let other) where other.dtype.isFloating: return quotient
          case .number(.double): return quotient
          default: return try quotient.to(tensor.dtype)
          }
        }
        return quotient
      }
    case let mode?:
      throw Raise(
        .runtimeError,
        "div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '\(mode)'")
    }
  }

  private static let comparisons: [Native] = Operators.comparisons.map { row in
    Native(
      "\(row.name)(input, other)", "input \(row.sign) other, element by element.",
      example: "torch.\(row.name)(torch.tensor([1, 2, 3]), 2)"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try row(object.tensor, a.operand(1, .torch), .torch))
    }
  }

  private static let logical: [Native] = [
    (Comparison.and, "Whether both are true"), (.or, "Whether one is true"),
    (.xor, "Whether exactly one is true"),
  ].map { operation, doc in
    Native(
      "\(operation.name)(input, other)", doc + ", element by element.",
      example: "torch.\(operation.name)(torch.tensor([True, False]), torch.tensor([True, True]))"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try operation(object.tensor, a.torchTensor(1)))
    }
  }

  private static let others: [Native] = [
    Native(
      "clamp(input, min=None, max=None)", "Brought between two bounds.",
      example: "torch.clamp(torch.tensor([-1., 0.5, 2.]), 0, 1)"
    ) { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try clamp(object.tensor, a))
    },
    Native(
      "lerp(input, end, weight)", "input + weight * (end - input).",
      example: "torch.lerp(torch.zeros(2), torch.ones(2), 0.25)"
    ) { a in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      switch try a.operand(2, .torch) {
      case .number(let weight): return a.machine.torchValue(try x + (y - x) * weight)
      case .tensor(let weight): return a.machine.torchValue(try x + (y - x) * weight)
      }
    },
    Native(
      "where(condition, input=..., other=...)",
      "input where the condition holds, other elsewhere; with the condition alone its places.",
      example: "torch.where(torch.tensor([True, False]), torch.tensor([1, 2]), torch.tensor([10, 20]))"
    ) { a in
      let condition = try a.torchTensor(0)
      if !a.isGiven(1) { return .tuple(try places(condition, a.machine)) }
      return a.machine.torchValue(
        try choose(condition, a.operand(1, .torch), a.operand(2, .torch)))
    },
    Native(
      "isclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)",
      "Whether elements are equal within atol + rtol * |other|.",
      example: "torch.isclose(torch.tensor([1., 2.]), torch.tensor([1., 2.1]))"
    ) { a in
      a.machine.torchValue(
        try a.torchTensor(0).isClose(
          to: a.torchTensor(1), relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4)))
    },
    Native(
      "allclose(input, other, rtol=1e-05, atol=1e-08, equal_nan=False)",
      "Whether all elements are equal within atol + rtol * |other|.",
      example: "torch.allclose(torch.tensor([1.]), torch.tensor([1. + 1e-9]))"
    ) { a in
      .bool(
        try a.torchTensor(0).allClose(
          a.torchTensor(1), relative: a.double(2), absolute: a.double(3), equalNaN: a.bool(4)))
    },
    Native(
      "equal(input, other)", "Whether shapes and all elements are equal.",
      example: "torch.equal(torch.tensor([1, 2]), torch.tensor([1, 2]))"
    ) { a in .bool(try a.torchTensor(0).isEqual(to: a.torchTensor(1))) },
    Native(
      "nan_to_num(input, nan=0.0, posinf=None, neginf=None)",
      "With NaN and the infinities replaced, these by the largest numbers unless others are given.",
      example: "torch.nan_to_num(torch.tensor([1., float('nan')]))"
    ) { a in
      a.machine.torchValue(
        try a.torchTensor(0).replacingNonFinite(
          nan: a.optionalDouble(1) ?? 0, positive: a.optionalDouble(2),
          negative: a.optionalDouble(3)))
    },
  ]

  /// Bounds are numbers or tensors.
  static func clamp(_ x: Tensor, _ a: Arguments) throws -> Tensor {
    let (low, high) = (a[1], a[2])
    if low.asTensorObject == nil, high.asTensorObject == nil {
      return try x.clamp(min: a.optionalScalar(1), max: a.optionalScalar(2))
    }
    var result = x
    if !low.isNone { result = try row(.maximum)(.tensor(result), a.operand(1, .torch), .torch) }
    if !high.isNone { result = try row(.minimum)(.tensor(result), a.operand(2, .torch), .torch) }
    return result
  }

  /// The places where a tensor is not 0, one tensor for each axis.
  static func places(_ tensor: Tensor, _ machine: Machine) throws -> [Value] {
    let found = try tensor.nonzero()
    return try (0..<max(1, tensor.rank)).map { machine.torchValue(try found.select(1, $0)) }
  }

  static func choose(
    _ condition: Tensor, _ x: Operators.Operand, _ y: Operators.Operand
  ) throws -> Tensor {
    let condition = condition.dtype == .bool ? condition : try condition.to(.bool)
    switch (x, y) {
    case (.tensor(let x), .tensor(let y)): return try Tensor.where(condition, x, y)
    case (.tensor(let x), .number(let y)): return try Tensor.where(condition, x, y)
    case (.number(let x), .tensor(let y)): return try Tensor.where(condition, x, y)
    case (.number(let x), .number(let y)): return try Tensor.where(condition, Tensor(x), Tensor(y))
    }
  }

  // MARK: - In place

  /// Methods that write their result over the receiver and give it back.
  static let inPlace: [Native] =
    unaryDocs.map { operation, doc, sample in
      Native(
        "\(operation.name)_(self)", doc + ", in place.",
        example: "torch.tensor([\(sample)]).\(operation.name)_()"
      ) { a in
        try a.torchTensor(0).apply(operation, "\(operation.name)_")
        return a[0]
      }
    }
    + [
      ("add", BinaryOperation.add, "+"), ("sub", .subtract, "-"), ("mul", .multiply, "*"),
      ("div", .divide, "/"), ("floor_divide", .floorDivide, "//"), ("remainder", .remainder, "%"),
      ("pow", .pow, "**"),
    ].map { name, operation, sign in
      let special = name == "div" ? "truediv" : name
      let isScaled = name == "add" || name == "sub"
      let row = Operators.Binary(special, sign, operation, name)
      return Native(
        "\(name)_(self, other\(isScaled ? ", *, alpha=1" : ""))", "self \(sign)= other, in place.",
        example: "torch.tensor([6., 8.]).\(name)_(2)"
      ) { a in
        let object = try a.tensorObject(0)
        var other = try a.operand(1, .torch)
        if isScaled { other = try scale(other, a.scalar(2)) }
        try Operators.apply(operation, row, object, other)
        return a[0]
      }
    }
    + [
      Native("zero_(self)", "All elements set to 0.", example: "torch.ones(2).zero_()") { a in
        try a.torchTensor(0).fill(.int(0))
        return a[0]
      },
      Native("fill_(self, value)", "All elements set to a value.", example: "torch.ones(2).fill_(3)") { a in
        try a.torchTensor(0).fill(a.scalar(1))
        return a[0]
      },
      Native(
        "copy_(self, src)", "Overwritten by another tensor, which may broadcast.",
        example: "torch.zeros(2, 2).copy_(torch.tensor([1., 2.]))"
      ) { a in
        try a.torchTensor(0).copy(from: a.torchTensor(1))
        return a[0]
      },
      Native(
        "clamp_(self, min=None, max=None)", "Brought between two bounds, in place.",
        example: "torch.tensor([-1., 2.]).clamp_(0, 1)"
      ) { a in
        let tensor = try a.torchTensor(0)
        try tensor.apply(inPlace: "clamp_") { try clamp($0, a) }
        return a[0]
      },
      Native(
        "masked_fill_(self, mask, value)", "Set to a value where the mask holds, in place.",
        example: "torch.zeros(2).masked_fill_(torch.tensor([True, False]), 5.)"
      ) { a in
        let tensor = try a.torchTensor(0)
        try tensor.apply(inPlace: "masked_fill_") {
          try $0.maskedFill(a.torchTensor(1), a.scalar(2))
        }
        return a[0]
      },
    ]
}
