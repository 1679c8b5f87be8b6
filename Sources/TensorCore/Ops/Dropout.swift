import Compute

extension Tensor {
  /// Sets elements to 0 with probability `p` and multiplies the others by 1 / (1 - p), what a network
  /// does in training. (Srivastava et al. 2014)
  ///
  /// An element stays where a float64 of the generator is below 1 - p, as in PyTorch: the same seed
  /// drops the same elements. Without recording one pass draws, multiplies and writes.
  public func dropout(_ p: Double, generator: Generator = .default) throws -> Tensor {
    guard p >= 0, p <= 1 else {
      throw TensorError.argument(
        operation: "dropout",
        message: "dropout probability has to be between 0 and 1, but got \(p)")
    }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: "dropout", found: dtype, needed: "a float")
    }
    if p == 0 { return self }
    if p == 1 { return try multiplied(by: Tensor.zerosLike(self)) }
    guard dtype == .float32 else {
      let kept = try Tensor.bernoulli(1 - p, shape, dtype: dtype, generator: generator)
      return try multiplied(by: kept.divided(by: .double(1 - p)))
    }
    let scale = 1 / Float(1 - p)
    let result = try Tensor(uninitialized: shape, count: count, dtype: .float32)
    let output = result.elements(Float.self)
    if records {
      // The mask, which the gradient keeps.
      let piece = 1 << 20  // an interrupt is heard between pieces
      var start = 0
      while start < count {
        try Interrupt.check()
        let length = Swift.min(piece, count - start)
        sw_mt_dropout(&generator.engine, Int64(length), 1 - p, scale, nil, output + start)
        start += length
      }
      return try multiplied(by: result)
    }
    try ElementwiseChain.read(try contiguousData()) { start, length, input in
      sw_mt_dropout(&generator.engine, Int64(length), 1 - p, scale, input, output + start)
    }
    return result
  }
}
