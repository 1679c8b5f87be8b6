import Compute

/// Gradients that would take several passes, in one: float32 in row-major order, while the walk itself
/// is not recorded.
enum FusedGradients {
  /// The gradient of an operation of one operand from the value that it kept, or nil where there is no
  /// such form.
  static func unary(_ kernel: Int32, _ g: Tensor, _ kept: Tensor) throws -> Tensor? {
    if kernel == Int32(SW_RELU), fits(g), fits(kept), g.shape == kept.shape,
      let loop = sw_binary(Int32(SW_RELU_BACK), DType.float32.rawValue)
    {
      return try Elementwise.binary(loop, g, kept, to: .float32, "relu")
    }
    let streams = sw_streams().pointee
    let loop =
      switch Int(kernel) {
      case SW_SIGMOID: streams.sigmoid_back
      case SW_TANH: streams.tanh_back
      case SW_SQRT: streams.sqrt_back
      case SW_GELU: streams.gelu_back
      default: nil as (@convention(c) (
          Int64, UnsafePointer<Float>?, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?
        ) -> Void)?
      }
    guard let loop, fits(g), fits(kept), g.shape == kept.shape else { return nil }
    let result = try Tensor(like: g, dtype: .float32)
    let (a, b, z) = (g.elements(Float.self), kept.elements(Float.self), result.elements(Float.self))
    try ThreadPool.forRanges(g.count, grain: Elementwise.costlyGrain) { start, end in
      loop(Int64(end - start), a + start, b + start, z + start)
    }
    return result
  }

  /// The gradient of x / y for y from the result z.
  static func divisor(_ g: Tensor, _ y: Tensor, _ z: Tensor) throws -> Tensor? {
    guard fits(g), fits(y), fits(z), g.shape == y.shape, g.shape == z.shape,
      let loop = sw_streams().pointee.div_back
    else { return nil }
    let result = try Tensor(like: g, dtype: .float32)
    let (a, b, c, out) = (
      g.elements(Float.self), y.elements(Float.self), z.elements(Float.self),
      result.elements(Float.self)
    )
    try ThreadPool.forRanges(g.count, grain: Elementwise.grain) { start, end in
      loop(Int64(end - start), a + start, b + start, c + start, out + start)
    }
    return result
  }

  private static func fits(_ x: Tensor) -> Bool {
    x.dtype == .float32 && x.isContiguous && !x.records
  }
}

extension Elementwise {
  /// Copies a matrix whose columns lie without gaps (a transpose) into one whose rows do, in squares
  /// that use whole cache lines; false where the layout is another or the matrix small.
  static func transposed(_ a: Tensor, into out: Tensor) throws -> Bool {
    guard a.rank == 2, a.dtype.size == 4, out.dtype == a.dtype, out.isContiguous, a.count >= 4096,
      a.strides[0] == 1, a.strides[1] >= a.shape[0], let loop = sw_streams().pointee.transpose
    else { return false }
    let (rows, columns) = (a.shape[0], a.shape[1])
    let (x, z) = (a.elements(UInt32.self), out.elements(UInt32.self))
    let lead = Int64(a.strides[1])
    let grain = max(16, grain / max(columns, 1) / 16 * 16)
    let pastCache: Int32 = a.count >= 1 << 20 ? 1 : 0
    try ThreadPool.forRanges(rows, grain: grain) { start, end in
      loop(
        Int64(end - start), Int64(columns), x + start, lead, z + start * columns, Int64(columns),
        pastCache)
    }
    return true
  }
}
