import Compute

// Tensors made from a shape and a rule.

extension Tensor {
  /// - Throws: `TensorError.size` for a negative or impossible shape, `MemoryError`.
  public static func zeros(_ shape: [Int], dtype: DType = .float32) throws -> Tensor {
    let result = try empty(shape, dtype: dtype, "zeros")
    result.pointer.initializeMemory(as: UInt8.self, repeating: 0, count: result.count * dtype.size)
    return result
  }

  public static func ones(_ shape: [Int], dtype: DType = .float32) throws -> Tensor {
    try full(shape, .int(1), dtype: dtype)
  }

  /// - Parameter dtype: `nil` is that of the value under PyTorch's rules.
  public static func full(_ shape: [Int], _ value: Scalar, dtype: DType? = nil) throws -> Tensor {
    let result = try empty(shape, dtype: dtype ?? value.torchDType, "full")
    try result.write(Tensor(value, dtype: result.dtype))
    result.storage.version = 0
    return result
  }

  public static func zerosLike(_ other: Tensor) throws -> Tensor {
    try zeros(other.shape, dtype: other.dtype)
  }

  public static func onesLike(_ other: Tensor) throws -> Tensor {
    try ones(other.shape, dtype: other.dtype)
  }

  /// A float32 tensor whose contents are undefined, for code that fills it before anyone looks.
  public static func unfilled(_ shape: [Int]) throws -> Tensor {
    try empty(shape, dtype: .float32, "unfilled")
  }

  /// `start`, `start + step`, ... up to, without, `end`.
  ///
  /// - Parameter dtype: `nil` is int64 when all three are whole, else float32.
  public static func arange(
    _ start: Scalar, _ end: Scalar, step: Scalar = 1, dtype: DType? = nil
  ) throws -> Tensor {
    func whole(_ s: Scalar) -> Int? {
      if case .double = s { return nil }
      return s.int
    }
    if step.double == 0 || step.double.isNaN {
      throw TensorError.argument(operation: "arange", message: "step must not be 0")
    }
    if let a = whole(start), let b = whole(end), let c = whole(step) {
      let (span, overflow) = b.subtractingReportingOverflow(a)
      if overflow {
        throw TensorError.argument(operation: "arange", message: "the range is too long")
      }
      if (span > 0) != (c > 0) && span != 0 {
        throw TensorError.argument(
          operation: "arange",
          message: "upper bound and lower bound inconsistent with step sign")
      }
      let length = span.magnitude / c.magnitude + (span.magnitude % c.magnitude == 0 ? 0 : 1)
      let count = try Shape.count([Int(clamping: length)], "arange")
      let target = dtype ?? .int64
      let result = try empty([count], dtype: .int64, "arange")
      let places = result.elements(Int64.self)
      for i in 0..<count { places[i] = Int64(a &+ i &* c) }
      return try result.to(target)
    }
    let (a, b, c) = (start.double, end.double, step.double)
    let length = ((b - a) / c).rounded(.up)
    guard length.isFinite, let count = Int(exactly: length) else {
      throw TensorError.argument(operation: "arange", message: "unsupported range: \(a) to \(b)")
    }
    guard count >= 0 else {
      throw TensorError.argument(
        operation: "arange", message: "upper bound and lower bound inconsistent with step sign")
    }
    let result = try empty([count], dtype: .float64, "arange")
    let values = result.elements(Double.self)
    for i in 0..<count { values[i] = a + Double(i) * c }
    return try result.to(dtype ?? .float32)
  }

  /// `count` values evenly from `start` to `end`, both included.
  public static func linspace(
    _ start: Double, _ end: Double, _ count: Int, dtype: DType = .float32
  ) throws -> Tensor {
    guard count >= 0 else {
      throw TensorError.argument(
        operation: "linspace", message: "number of steps must be non-negative")
    }
    let result = try empty([count], dtype: .float64, "linspace")
    let values = result.elements(Double.self)
    let step = count > 1 ? (end - start) / Double(count - 1) : 0
    // From both ends, so that the last value is exact and the halves mirror each other.
    for i in 0..<count {
      values[i] =
        i < count / 2 || count == 1
        ? start + step * Double(i) : end - step * Double(count - 1 - i)
    }
    return try result.to(dtype)
  }

  /// The identity matrix [rows, columns].
  public static func eye(_ rows: Int, _ columns: Int? = nil, dtype: DType = .float32) throws
    -> Tensor
  {
    let result = try zeros([rows, columns ?? rows], dtype: dtype)
    try result.diagonal().write(Tensor(.int(1), dtype: dtype))
    result.storage.version = 0
    return result
  }
}
