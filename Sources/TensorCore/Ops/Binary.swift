import Compute

/// An elementwise operation of two tensors that broadcast: kernel, dtype rule, gradient and samples.
///
/// A class, so that a recorded operation keeps one reference to it.
public final class BinaryOperation: Sendable {
  /// PyTorch's name: `"add"`.
  public let name: String
  let gradientName: String
  let kernel: Int32
  let types: Types
  /// Whether integer zeros on the right are an error.
  let rejectsZero: Bool
  let keeps: Keeps
  /// The gradients of both operands, before broadcasting is undone. Asked for only where needed.
  let left: Rule?
  let right: Rule?
  let sampleRange: (Double, Double)
  /// g of the result, x and y the operands, z the result, as far as they are kept.
  typealias Rule = @Sendable (_ g: Tensor, _ x: Tensor, _ y: Tensor, _ z: Tensor) throws -> Tensor

  /// Which dtypes are taken and what comes out.
  enum Types {
    /// The promoted dtype.
    case promoted
    /// The promoted dtype; bools are refused.
    case numbers
    /// As a float.
    case floats
    /// Integers and bools only.
    case bits
  }

  struct Keeps: OptionSet, Sendable {
    let rawValue: Int
    static let left = Keeps(rawValue: 1), right = Keeps(rawValue: 2), result = Keeps(rawValue: 4)
  }

  init(
    _ name: String, _ gradientName: String, _ kernel: Int, _ types: Types,
    rejectsZero: Bool = false,
    keeps: Keeps = [], range: (Double, Double) = (-2, 2), left: Rule? = nil, right: Rule? = nil
  ) {
    self.name = name
    self.gradientName = gradientName
    self.kernel = Int32(kernel)
    self.types = types
    self.rejectsZero = rejectsZero
    self.keeps = keeps
    self.left = left
    self.right = right
    sampleRange = range
  }

  /// Applies the operation to both tensors, broadcast to one shape.
  ///
  /// - Throws: `TensorError.shapesClash`, `TensorError.dtype`.
  public func callAsFunction(_ a: Tensor, _ b: Tensor, promotion: Promotion = .torch) throws
    -> Tensor
  {
    // The way of most calls, without a copy of a reference.
    if a.dtype == b.dtype && (types == .promoted || a.dtype.isDifferentiable) {
      return try run(a, b, a.dtype, promotion)
    }
    let type = try resultType(a, b, promotion)
    return try run(a.converted(to: type), b.converted(to: type), type, promotion)
  }

  @inline(__always)
  private func run(_ x: Tensor, _ y: Tensor, _ type: DType, _ promotion: Promotion) throws -> Tensor {
    if type.isHalf { return try self(x.to(.float32), y.to(.float32)).to(type) }
    guard let loop = sw_binary(kernel, type.rawValue) else {
      guard type.isNarrow else { throw refusal(type) }
      return try self(x.to(.int64), y.to(.int64), promotion: promotion).to(type)
    }
    if rejectsZero && !type.isFloating && promotion == .torch { try checkDivisor(y) }
    let result = try Elementwise.binary(loop, x, y, to: type, name)
    if type.isDifferentiable && (x.records || y.records) { record(result, x, y) }
    return result
  }

  private func resultType(_ a: Tensor, _ b: Tensor, _ promotion: Promotion) throws -> DType {
    let type = promotion.result(a.dtype, a.weight, b.dtype, b.weight)
    switch types {
    case .promoted: return type
    case .numbers:
      if type == .bool { throw refusal(type) }
      return type
    case .floats: return type.isDifferentiable ? type : promotion.floatFromInteger
    case .bits:
      if type.isDifferentiable { throw refusal(type) }
      return type
    }
  }

  private func refusal(_ type: DType) -> TensorError {
    if name == "sub" && type == .bool {
      return .dtype(
        operation: name, found: type,
        needed: "a number; for truth values use ^ (logical_xor) or ~ (logical_not)")
    }
    return .dtype(
      operation: name, found: type, needed: types == .bits ? "an integer or bool" : "a number")
  }

  /// - Throws: `TensorError.argument` when an integer divisor is 0 somewhere.
  func checkDivisor(_ y: Tensor) throws {
    guard !y.dtype.isFloating, y.count > 0 else { return }
    if try !Reduction.all.whole(y).item().bool {
      throw TensorError.argument(operation: name, message: "ZeroDivisionError")
    }
  }

  /// Whether two operands of this dtype give it again.
  func keepsDType(_ type: DType) -> Bool {
    switch types {
    case .promoted: true
    case .numbers: type != .bool
    case .floats: type.isDifferentiable
    case .bits: !type.isDifferentiable
    }
  }

  private func record(_ result: Tensor, _ x: Tensor, _ y: Tensor) {
    if keeps.isEmpty, x.shape == y.shape {
      // Nothing is kept and nothing was broadcast: one rule serves all.
      result.ownNode = Node(self, Edges(x.edge, y.edge))
      return
    }
    // The factors of a product matter to each other's gradient only: `x * 2` does not mind that x
    // changes later, as in PyTorch.
    let (edgeX, edgeY) = (x.edge, y.edge)
    let isProduct = kernel == Int32(SW_MUL)
    let savedX = keeps.contains(.left) && (!isProduct || edgeY.wanted) ? Saved(x) : nil
    let savedY = keeps.contains(.right) && (!isProduct || edgeX.wanted) ? Saved(y) : nil
    let (shapeX, shapeY) = (x.shape, y.shape)
    let keepsResult = keeps.contains(.result)
    result.record(gradientName, Edges(edgeX, edgeY), keepingResult: keepsResult) { call in
      let g = call.gradient
      let x = try savedX?.value(self.name) ?? g
      let y = try savedY?.value(self.name) ?? g
      let z = keepsResult ? try call.result : g
      var forX: Tensor?
      var forY: Tensor?
      if call.needs(0) {
        forX = try (self.left?(g, x, y, z) ?? Tensor.zerosLike(g)).sum(to: shapeX)
      }
      if call.needs(1) {
        forY = try (self.right?(g, x, y, z) ?? Tensor.zerosLike(g)).sum(to: shapeY)
      }
      return [forX, forY]
    }
    result.ownNode?.givesFresh = true
  }

  /// The rule of an operation that keeps nothing, for operands of one shape. (`Node` asks for it.)
  func gradients(_ call: GradientCall) throws -> [Tensor?] {
    let g = call.gradient
    return [
      call.needs(0) ? try left?(g, g, g, g) ?? Tensor.zerosLike(g) : nil,
      call.needs(1) ? try right?(g, g, g, g) ?? Tensor.zerosLike(g) : nil,
    ]
  }

  var declaration: OperationDeclaration {
    let (low, high) = sampleRange
    let bits = types == .bits
    return OperationDeclaration(
      name: name, family: "Binary", isDifferentiable: !bits
    ) {
      let shapes: [([Int], [Int])] = [
        ([3], [3]), ([2, 3], [3]), ([2, 1], [1, 4]), ([], [2, 2]), ([0, 3], [3]),
        ([2, 3], [2, 3]),
      ]
      return try shapes.map { a, b in
        var inputs = [
          try OperationSample.values(a, low, high),
          try OperationSample.values(b, low + 0.07, high + 0.09),
        ]
        if bits { inputs = try inputs.map { try $0.scaled(3).to(.int64) } }
        return OperationSample(inputs) { try self($0[0], $0[1]) }
      }
    }
  }

  // MARK: - The table

  public static let add = BinaryOperation(
    "add", "AddBackward0", SW_ADD, .promoted, left: { g, _, _, _ in g }, right: { g, _, _, _ in g })
  public static let subtract = BinaryOperation(
    "sub", "SubBackward0", SW_SUB, .numbers, left: { g, _, _, _ in g },
    right: { g, _, _, _ in try g.neg() })
  public static let multiply = BinaryOperation(
    "mul", "MulBackward0", SW_MUL, .promoted, keeps: [.left, .right],
    left: { g, _, y, _ in try g.multiplied(by: y.conjugate()) },
    right: { g, x, _, _ in try g.multiplied(by: x.conjugate()) })
  public static let divide = BinaryOperation(
    "div", "DivBackward0", SW_DIV, .floats, keeps: [.left, .right], range: (0.4, 2),
    left: { g, _, y, _ in try g.divided(by: y.conjugate()) },
    right: { g, x, y, z in
      if !GradientMode.isEnabled, !y.dtype.isComplex {
        let quotient = try x.divided(by: y)
        if let fused = try FusedGradients.divisor(g, y, quotient) { return fused }
      }
      return try g.neg().multiplied(by: x.divided(by: y).divided(by: y).conjugate())
    })
  /// The quotient rounded down, as Python's `//`.
  public static let floorDivide = BinaryOperation(
    "floor_divide", "FloorDivideBackward0", SW_FLOORDIV, .numbers, rejectsZero: true,
    range: (0.4, 2))
  /// The rest with the divisor's sign, as Python's `%`.
  public static let remainder = BinaryOperation(
    "remainder", "RemainderBackward1", SW_REMAINDER, .numbers, rejectsZero: true,
    keeps: [.left, .right], range: (0.4, 2), left: { g, _, _, _ in g },
    right: { g, x, y, _ in try g.neg().multiplied(by: x.floorDivided(by: y)) })
  /// The rest with the dividend's sign, as C's `fmod`.
  public static let fmod = BinaryOperation(
    "fmod", "FmodBackward1", SW_FMOD, .numbers, rejectsZero: true, keeps: [.left, .right],
    range: (0.4, 2), left: { g, _, _, _ in g },
    right: { g, x, y, _ in try g.neg().multiplied(by: x.divided(by: y).trunc()) })
  public static let pow = BinaryOperation(
    "pow", "PowBackward1", SW_POW, .numbers, keeps: [.left, .right, .result], range: (0.4, 2),
    left: { g, x, y, _ in
      // y * x^(y-1), and 0 where y is 0 (x may be 0 there).
      let slope = try y.multiplied(by: x.pow(y.shifted(-1)))
      return try g.multiplied(by: Tensor.where(y.equal(.double(0)), .double(0), slope))
    },
    right: { g, x, _, z in
      // z * ln x, and 0 where z is 0 (x is 0 there).
      let slope = try z.multiplied(by: x.log())
      return try g.multiplied(by: Tensor.where(x.equal(.double(0)), .double(0), slope))
    })
  public static let maximum = BinaryOperation(
    "maximum", "MaximumBackward0", SW_MAX, .promoted, keeps: [.left, .right],
    left: { g, x, y, _ in try share(g, x, y, .greater) },
    right: { g, x, y, _ in try share(g, x, y, .less) })
  public static let minimum = BinaryOperation(
    "minimum", "MinimumBackward0", SW_MIN, .promoted, keeps: [.left, .right],
    left: { g, x, y, _ in try share(g, x, y, .less) },
    right: { g, x, y, _ in try share(g, x, y, .greater) })
  public static let atan2 = BinaryOperation(
    "atan2", "Atan2Backward0", SW_ATAN2, .floats, keeps: [.left, .right], range: (0.4, 2),
    left: { g, x, y, _ in try g.multiplied(by: y.divided(by: squares(x, y))) },
    right: { g, x, y, _ in try g.neg().multiplied(by: x.divided(by: squares(x, y))) })
  /// The longer side of a right-angled triangle.
  public static let hypot = BinaryOperation(
    "hypot", "HypotBackward0", SW_HYPOT, .floats, keeps: [.left, .right, .result], range: (0.4, 2),
    left: { g, x, _, z in try g.multiplied(by: x.divided(by: z)) },
    right: { g, _, y, z in try g.multiplied(by: y.divided(by: z)) })
  /// The magnitude of the first with the sign of the second.
  public static let copysign = BinaryOperation(
    "copysign", "CopysignBackward0", SW_COPYSIGN, .floats, keeps: [.left, .result],
    range: (0.4, 2),
    left: { g, x, _, z in
      let ratio = try z.divided(by: Tensor.where(x.equal(.double(0)), .double(1), x))
      return try g.multiplied(by: ratio)
    })
  /// The next number towards the second.
  public static let nextafter = BinaryOperation("nextafter", "", SW_NEXTAFTER, .floats)
  /// The larger one; a number wins against NaN.
  public static let fmax = BinaryOperation(
    "fmax", "FmaxBackward0", SW_FMAX, .promoted, keeps: [.left, .right],
    left: { g, x, y, _ in
      try Tensor.where(Comparison.or(Comparison.greaterOrEqual(x, y), y.isNaN()), g, .double(0))
    },
    right: { g, x, y, _ in
      try Tensor.where(Comparison.or(Comparison.greaterOrEqual(x, y), y.isNaN()), .double(0), g)
    })
  public static let fmin = BinaryOperation(
    "fmin", "FminBackward0", SW_FMIN, .promoted, keeps: [.left, .right],
    left: { g, x, y, _ in
      try Tensor.where(Comparison.or(Comparison.lessOrEqual(x, y), y.isNaN()), g, .double(0))
    },
    right: { g, x, y, _ in
      try Tensor.where(Comparison.or(Comparison.lessOrEqual(x, y), y.isNaN()), .double(0), g)
    })
  /// x * log(y), 0 where x is 0.
  public static let xlogy = BinaryOperation(
    "xlogy", "XlogyBackward0", SW_XLOGY, .floats, keeps: [.left, .right], range: (0.4, 2),
    left: { g, x, y, _ in
      let zero = try Comparison.and(x.equal(.double(0)), Comparison.lessOrEqual(y, .double(0)))
      return try Tensor.where(zero, .double(0), g.multiplied(by: y.log()))
    },
    right: { g, x, y, _ in try g.multiplied(by: x.divided(by: y)) })
  /// log(exp(x) + exp(y)) without overflow.
  public static let logaddexp = BinaryOperation(
    "logaddexp", "LogaddexpBackward0", SW_LOGADDEXP, .floats, keeps: [.left, .right],
    left: { g, x, y, _ in try g.multiplied(by: x.subtracting(y).sigmoid()) },
    right: { g, x, y, _ in try g.multiplied(by: y.subtracting(x).sigmoid()) })
  /// log2(2^x + 2^y) without overflow.
  public static let logaddexp2 = BinaryOperation(
    "logaddexp2", "Logaddexp2Backward0", SW_LOGADDEXP2, .floats, keeps: [.left, .right],
    left: { g, x, y, _ in
      try g.multiplied(by: x.subtracting(y).scaled(0.6931471805599453).sigmoid())
    },
    right: { g, x, y, _ in
      try g.multiplied(by: y.subtracting(x).scaled(0.6931471805599453).sigmoid())
    })
  public static let gcd = BinaryOperation("gcd", "", SW_GCD, .bits)
  public static let lcm = BinaryOperation("lcm", "", SW_LCM, .bits)
  public static let bitwiseAnd = BinaryOperation("bitwise_and", "", SW_BITAND, .bits)
  public static let bitwiseOr = BinaryOperation("bitwise_or", "", SW_BITOR, .bits)
  public static let bitwiseXor = BinaryOperation("bitwise_xor", "", SW_BITXOR, .bits)
  public static let shiftLeft = BinaryOperation("bitwise_left_shift", "", SW_SHL, .bits)
  public static let shiftRight = BinaryOperation("bitwise_right_shift", "", SW_SHR, .bits)

  /// All but `nextafter`, which has no gradient that differences could agree with.
  public static let all: [BinaryOperation] = [
    add, subtract, multiply, divide, floorDivide, remainder, fmod, pow, maximum, minimum, atan2,
    bitwiseAnd, bitwiseOr, bitwiseXor, shiftLeft, shiftRight, hypot, copysign, fmax, fmin,
    xlogy, logaddexp, logaddexp2, gcd, lcm,
  ]

  private static func squares(_ x: Tensor, _ y: Tensor) throws -> Tensor {
    try x.multiplied(by: x).adding(y.multiplied(by: y))
  }

  /// g where x stands in the given relation to y, half of it where they are equal.
  private static func share(_ g: Tensor, _ x: Tensor, _ y: Tensor, _ relation: Comparison) throws
    -> Tensor
  {
    let half = try g.scaled(0.5)
    return try Tensor.where(
      Comparison.equal(x, y), half, Tensor.where(relation(x, y), g, .double(0)))
  }
}

// The methods. A `Scalar` gives way in the promotion, as a number in a program does.

extension Tensor {
  /// A scalar as an operand next to this tensor.
  func operand(_ value: Scalar, _ promotion: Promotion = .torch) throws -> Tensor {
    // Where the scalar's kind does not win, it takes this dtype at once and no conversion follows.
    let own: DType =
      switch value {
      case .bool: .bool
      case .int: .int64
      case .double: .float64
      case .complex: .complex128
      }
    let type =
      own.kind <= dtype.kind
      ? dtype
      : own.isComplex
        ? (dtype.isFloating ? dtype.complexOfThis : promotion.floatFromInteger.complexOfThis)
        : own.isFloating ? promotion.floatFromInteger : own
    return try Tensor(number: value, dtype: type)
  }

  public func adding(_ other: Tensor) throws -> Tensor { try BinaryOperation.add(self, other) }
  public func adding(_ other: Scalar) throws -> Tensor {
    try BinaryOperation.add(self, operand(other))
  }
  public func subtracting(_ other: Tensor) throws -> Tensor {
    try BinaryOperation.subtract(self, other)
  }
  public func subtracting(_ other: Scalar) throws -> Tensor {
    try BinaryOperation.subtract(self, operand(other))
  }
  public func multiplied(by other: Tensor) throws -> Tensor {
    try BinaryOperation.multiply(self, other)
  }
  public func multiplied(by other: Scalar) throws -> Tensor {
    try BinaryOperation.multiply(self, operand(other))
  }
  public func divided(by other: Tensor) throws -> Tensor { try BinaryOperation.divide(self, other) }
  public func divided(by other: Scalar) throws -> Tensor {
    try BinaryOperation.divide(self, operand(other))
  }
  public func pow(_ exponent: Tensor) throws -> Tensor { try BinaryOperation.pow(self, exponent) }
  public func pow(_ exponent: Scalar) throws -> Tensor {
    if !dtype.isFloating, case .int(let n) = exponent, n < 0 {
      throw TensorError.argument(
        operation: "pow", message: "Integers to negative integer powers are not allowed.")
    }
    return try BinaryOperation.pow(self, exponent)
  }
  public func maximum(_ other: Tensor) throws -> Tensor { try BinaryOperation.maximum(self, other) }
  public func minimum(_ other: Tensor) throws -> Tensor { try BinaryOperation.minimum(self, other) }
  public func remainder(_ other: Tensor) throws -> Tensor {
    try BinaryOperation.remainder(self, other)
  }
  public func floorDivided(by other: Tensor) throws -> Tensor {
    try BinaryOperation.floorDivide(self, other)
  }

  public static func + (a: Tensor, b: Tensor) throws -> Tensor { try a.adding(b) }
  public static func - (a: Tensor, b: Tensor) throws -> Tensor { try a.subtracting(b) }
  public static func * (a: Tensor, b: Tensor) throws -> Tensor { try a.multiplied(by: b) }
  public static func / (a: Tensor, b: Tensor) throws -> Tensor { try a.divided(by: b) }
  public static func + (a: Tensor, b: Scalar) throws -> Tensor { try a.adding(b) }
  public static func - (a: Tensor, b: Scalar) throws -> Tensor { try a.subtracting(b) }
  public static func * (a: Tensor, b: Scalar) throws -> Tensor { try a.multiplied(by: b) }
  public static func / (a: Tensor, b: Scalar) throws -> Tensor { try a.divided(by: b) }
  public static func + (a: Scalar, b: Tensor) throws -> Tensor {
    try BinaryOperation.add(b.operand(a), b)
  }
  public static func - (a: Scalar, b: Tensor) throws -> Tensor {
    try BinaryOperation.subtract(a, b)
  }
  public static func * (a: Scalar, b: Tensor) throws -> Tensor {
    try BinaryOperation.multiply(b.operand(a), b)
  }
  public static func / (a: Scalar, b: Tensor) throws -> Tensor {
    try BinaryOperation.divide(a, b)
  }
  public static prefix func - (a: Tensor) throws -> Tensor { try a.neg() }
}

extension BinaryOperation {
  /// With a number of the program on one side.
  public func callAsFunction(_ a: Tensor, _ b: Scalar, promotion: Promotion = .torch) throws
    -> Tensor
  {
    let result = try self(a, a.operand(b, promotion), promotion: promotion)
    // With a number on the right, PyTorch counts these as another operation.
    if self === Self.pow { return result.named(gradientFunction: "PowBackward0") }
    if self === Self.remainder { return result.named(gradientFunction: "RemainderBackward0") }
    return self === Self.fmod ? result.named(gradientFunction: "FmodBackward0") : result
  }

  public func callAsFunction(_ a: Scalar, _ b: Tensor, promotion: Promotion = .torch) throws
    -> Tensor
  {
    let result = try self(b.operand(a, promotion), b, promotion: promotion)
    if self === Self.subtract { return result.named(gradientFunction: "RsubBackward1") }
    if self === Self.divide { return result.named(gradientFunction: "MulBackward0") }
    return self === Self.pow ? result.named(gradientFunction: "PowBackward2") : result
  }
}
