import Compute

/// An elementwise comparison or connection of two tensors; the result is bool and has no gradient.
public struct Comparison: Sendable {
  public let name: String
  let kernel: Int32

  init(_ name: String, _ kernel: Int) {
    self.name = name
    self.kernel = Int32(kernel)
  }

  public func callAsFunction(_ a: Tensor, _ b: Tensor, promotion: Promotion = .torch) throws
    -> Tensor
  {
    let type =
      a.dtype == b.dtype ? a.dtype : promotion.result(a.dtype, a.weight, b.dtype, b.weight)
    if type.isHalf {
      return try self(a.detached().to(.float32), b.detached().to(.float32), promotion: promotion)
    }
    guard let loop = sw_compare(kernel, type.rawValue) else {
      if type.isNarrow { return try self(a.to(.int64), b.to(.int64), promotion: promotion) }
      throw TensorError.dtype(operation: name, found: type, needed: "a number")
    }
    return try Elementwise.binary(
      loop, a.detached().converted(to: type), b.detached().converted(to: type), to: .bool, name)
  }

  public func callAsFunction(_ a: Tensor, _ b: Scalar, promotion: Promotion = .torch) throws
    -> Tensor
  {
    try self(a, a.operand(b, promotion), promotion: promotion)
  }

  public static let equal = Comparison("eq", SW_EQ)
  public static let notEqual = Comparison("ne", SW_NE)
  public static let less = Comparison("lt", SW_LT)
  public static let lessOrEqual = Comparison("le", SW_LE)
  public static let greater = Comparison("gt", SW_GT)
  public static let greaterOrEqual = Comparison("ge", SW_GE)
  public static let and = Comparison("logical_and", SW_LOGICAL_AND)
  public static let or = Comparison("logical_or", SW_LOGICAL_OR)
  public static let xor = Comparison("logical_xor", SW_LOGICAL_XOR)

  public static let all = [
    equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, and, or, xor,
  ]

  var declaration: OperationDeclaration {
    OperationDeclaration(name: name, family: "Comparison", isDifferentiable: false) {
      [
        OperationSample([try OperationSample.values([2, 1]), try OperationSample.values([3])]) {
          try self($0[0], $0[1])
        }
      ]
    }
  }
}

/// An elementwise test of one tensor; the result is bool.
public struct TestOperation: Sendable {
  public let name: String
  let kernel: Int32

  init(_ name: String, _ kernel: Int) {
    self.name = name
    self.kernel = Int32(kernel)
  }

  public func callAsFunction(_ a: Tensor) throws -> Tensor {
    if a.dtype.isHalf { return try self(a.detached().to(.float32)) }
    guard let loop = sw_test(kernel, a.dtype.rawValue) else {
      if let wide = try a.widened() { return try self(wide) }
      throw TensorError.dtype(operation: name, found: a.dtype, needed: "a number")
    }
    return try Elementwise.unary(loop, a, to: .bool)
  }

  public static let isNaN = TestOperation("isnan", SW_ISNAN)
  public static let isInfinite = TestOperation("isinf", SW_ISINF)
  public static let isFinite = TestOperation("isfinite", SW_ISFINITE)
  public static let not = TestOperation("logical_not", SW_NOT)
  public static let all = [isNaN, isInfinite, isFinite, not]

  var declaration: OperationDeclaration {
    OperationDeclaration(name: name, family: "Comparison", isDifferentiable: false) {
      [OperationSample([try OperationSample.values([2, 3])]) { try self($0[0]) }]
    }
  }
}

extension Tensor {
  public func equal(_ other: Tensor) throws -> Tensor { try Comparison.equal(self, other) }
  public func equal(_ other: Scalar) throws -> Tensor { try Comparison.equal(self, other) }
  public func isNaN() throws -> Tensor { try TestOperation.isNaN(self) }
  public func isInfinite() throws -> Tensor { try TestOperation.isInfinite(self) }
  public func isFinite() throws -> Tensor { try TestOperation.isFinite(self) }
  public func logicalNot() throws -> Tensor { try TestOperation.not(self) }

  /// Whether shapes and all elements are equal. (`torch.equal`)
  public func isEqual(to other: Tensor) throws -> Bool {
    guard shape == other.shape else { return false }
    return try Reduction.all.whole(Comparison.equal(self, other)).item().bool
  }

  /// |a - b| <= absolute + relative * |b| for all elements. (`torch.allclose`)
  public func isClose(
    to other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8, equalNaN: Bool = false
  ) throws -> Tensor {
    let (a, b) = (detached(), other.detached())
    let same = try Comparison.equal(a, b)
    let x = try a.dtype.isFloating ? a : a.to(.float64)
    let y = try b.dtype.isFloating ? b : b.to(.float64)
    let near = try Comparison.lessOrEqual(
      x.subtracting(y).abs(), y.abs().scaled(relative).shifted(absolute))
    var close = try Comparison.or(same, Comparison.and(near, TestOperation.isFinite(x - y)))
    if equalNaN { close = try Comparison.or(close, Comparison.and(x.isNaN(), y.isNaN())) }
    return close
  }

  public func allClose(
    _ other: Tensor, relative: Double = 1e-5, absolute: Double = 1e-8, equalNaN: Bool = false
  ) throws -> Bool {
    try Reduction.all.whole(
      isClose(to: other, relative: relative, absolute: absolute, equalNaN: equalNaN)
    ).item().bool
  }
}
