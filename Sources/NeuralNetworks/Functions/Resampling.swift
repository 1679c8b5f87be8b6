import TensorCore

extension Tensor {
  /// The last two axes at another size by straight lines between pixels.
  ///
  /// Two products with matrices whose rows say which pixels a new one is made of. With `antialias` a
  /// smaller picture takes every old pixel into account: the triangle is as wide as a new pixel.
  public func resampled(height: Int, width: Int, antialias: Bool = true) throws -> Tensor {
    guard rank >= 2, shape[rank - 2] > 0, shape[rank - 1] > 0 else {
      throw TensorError.wrongShape(
        operation: "resize", found: shape, needed: "[..., height, width] with pixels")
    }
    // The matrices of shares are made at once.
    for (old, new) in [(shape[rank - 2], height), (shape[rank - 1], width)] {
      let (count, overflow) = old.multipliedReportingOverflow(by: new)
      guard new > 0, !overflow, count <= 1 << 26 else {
        throw TensorError.size(operation: "resize", shape: [new, old])
      }
    }
    let rows = try Self.triangles(shape[rank - 2], height, antialias, dtype)
    let columns = try Self.triangles(shape[rank - 1], width, antialias, dtype)
    return try rows.matmul(self.matmul(columns.t()))
  }

  /// [new, old]: the share of each old pixel in each new one.
  private static func triangles(_ old: Int, _ new: Int, _ antialias: Bool, _ dtype: DType) throws
    -> Tensor
  {
    let scale = Double(old) / Double(new)
    let reach = antialias ? Swift.max(scale, 1) : 1
    var shares = [Double](repeating: 0, count: old * new)
    for i in 0..<new {
      var center = (Double(i) + 0.5) * scale
      // Without it, places beyond the outer pixels' middles stay at them.
      if !antialias { center = Swift.min(Swift.max(center, 0.5), Double(old) - 0.5) }
      let first = Swift.max(0, Int(center - reach + 0.5))
      let last = Swift.min(old, Int(center + reach + 0.5) + 1)
      var total = 0.0
      for j in first..<Swift.max(first, last) {
        let share = Swift.max(0, 1 - ((Double(j) + 0.5 - center) / reach).magnitude)
        shares[i * old + j] = share
        total += share
      }
      if total > 0 { for j in first..<Swift.max(first, last) { shares[i * old + j] /= total } }
    }
    return try Tensor(shares, dtype: dtype).reshape([new, old])
  }
}
