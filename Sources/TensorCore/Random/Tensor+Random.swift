import Compute

// Random tensors with PyTorch's numbers for the same seed.

extension Tensor {
  /// Numbers of [0, 1), evenly.
  public static func rand(
    _ shape: [Int], dtype: DType = .float32, generator: Generator = .default
  ) throws -> Tensor {
    let result = try empty(shape, dtype: dtype, "rand")
    try result.uniform(inPlace: 0, 1, generator: generator)
    result.storage.version = 0
    return result
  }

  /// Normal numbers with mean 0 and standard deviation 1.
  public static func randn(
    _ shape: [Int], dtype: DType = .float32, generator: Generator = .default
  ) throws -> Tensor {
    let result = try empty(shape, dtype: dtype, "randn")
    try result.normal(inPlace: 0, 1, generator: generator)
    result.storage.version = 0
    return result
  }

  /// Whole numbers of `low..<high`.
  public static func randint(
    _ low: Int, _ high: Int, _ shape: [Int], dtype: DType = .int64, generator: Generator = .default
  ) throws -> Tensor {
    guard low < high else {
      throw TensorError.argument(
        operation: "randint",
        message: "random_ expects 'from' to be less than 'to', but got from=\(low) >= to=\(high)")
    }
    let result = try empty(shape, dtype: .int64, "randint")
    let range = UInt64(bitPattern: Int64(high &- low))
    let places = result.elements(Int64.self)
    for i in 0..<result.count { places[i] = generator.integer(Int64(low), range) }
    return try result.to(dtype)
  }

  /// The numbers `0..<n` in random order.
  public static func randperm(_ n: Int, generator: Generator = .default) throws -> Tensor {
    let result = try empty([n], dtype: .int64, "randperm")
    sw_mt_randperm(&generator.engine, Int64(n), result.elements(Int64.self))
    return result
  }

  /// 1 with probability `p`, else 0: where a float64 of the generator is below `p`.
  ///
  /// PyTorch does the same, except on Intel processors, where its masks come from a stream of MKL's.
  public static func bernoulli(
    _ p: Double, _ shape: [Int], dtype: DType = .float32, generator: Generator = .default
  ) throws -> Tensor {
    guard p >= 0, p <= 1 else {
      throw TensorError.argument(
        operation: "bernoulli", message: "expects p to be in [0, 1], but got p=\(p)")
    }
    let result = try empty(shape, dtype: .float32, "bernoulli")
    try result.inPieces { start, count in
      sw_mt_bernoulli(
        &generator.engine, Int64(count), p, 1, result.elements(Float.self) + start)
    }
    return try result.to(dtype)
  }

  /// Overwrites the elements with numbers of [low, high). (`uniform_`)
  public func uniform(inPlace low: Double, _ high: Double, generator: Generator = .default) throws {
    guard low <= high, (high - low).isFinite else {
      throw TensorError.argument(
        operation: "uniform_",
        message: "expects to return a [from, to) range, but found from=\(low) > to=\(high)")
    }
    try fillRandomly("uniform_") { target in
      try target.inPieces { start, count in
        if target.dtype == .float32 {
          sw_mt_fill_f32(
            &generator.engine, Int64(count), target.elements(Float.self) + start, Float(low),
            Float(high))
        } else {
          sw_mt_fill_f64(
            &generator.engine, Int64(count), target.elements(Double.self) + start, low, high)
        }
      }
    }
  }

  /// Overwrites the elements with normal numbers. (`normal_`)
  public func normal(
    inPlace mean: Double, _ deviation: Double, generator: Generator = .default
  ) throws {
    guard deviation >= 0 else {
      throw TensorError.argument(
        operation: "normal_", message: "expects std >= 0.0, but found std \(deviation)")
    }
    try fillRandomly("normal_") { target in
      let n = target.count
      // Sixteen and more are made in blocks, fewer one by one: PyTorch's streams differ there.
      switch (target.dtype, n >= 16) {
      case (.float32, true):
        try target.inPieces { start, count in
          sw_mt_normal_f32(
            &generator.engine, Int64(count), target.elements(Float.self) + start, Float(mean),
            Float(deviation))
        }
      case (.float32, false):
        let values = target.elements(Float.self)
        for i in 0..<n { values[i] = Float(generator.normal() * deviation + mean) }
      case (_, true):
        try target.inPieces { start, count in
          sw_mt_normal_f64(
            &generator.engine, Int64(count), target.elements(Double.self) + start, mean, deviation)
        }
      case (_, false):
        let values = target.elements(Double.self)
        for i in 0..<n { values[i] = generator.normal() * deviation + mean }
      }
    }
  }

  /// Long fills in pieces of whole blocks of 16, the last with at least 16 elements if there are as
  /// many, so that the stream is that of one fill; looks for an interrupt between them.
  private func inPieces(_ body: (_ start: Int, _ count: Int) -> Void) throws {
    let piece = 1 << 20
    var start = 0
    while start < count {
      try Interrupt.check()
      let rest = count - start
      let length = rest < piece + 16 ? rest : piece
      body(start, length)
      start += length
    }
  }

  func fillRandomly(_ operation: String, _ body: (Tensor) throws -> Void) throws {
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: operation, found: dtype, needed: "a float")
    }
    if GradientMode.isEnabled && requiresGrad {
      throw TensorError.gradient(
        message: "a leaf Variable that requires grad is being used in an in-place operation; "
          + "put \(operation) under no_grad()")
    }
    if isContiguous {
      storage.version &+= 1
      try body(self)
    } else {
      let values = try Tensor(uninitialized: shape, count: count, dtype: dtype)
      try body(values)
      try write(values)
    }
  }
}
