import Compute

// Draws from other distributions, number by number as PyTorch draws them
// (aten/src/ATen/core/DistributionsHelper.h, TransformationHelper.h, native/Distributions.cpp).

extension Tensor {
  /// Fills with draws of one distribution, in row-major order.
  private func fill(_ operation: String, _ draw: () -> Double) throws {
    try fillRandomly(operation) { target in
      let values = target.pointer
      for i in 0..<target.count {
        if i & 0xFFFF == 0 { try Interrupt.check() }
        if target.dtype == .float32 {
          values.assumingMemoryBound(to: Float.self)[i] = Float(draw())
        } else {
          values.assumingMemoryBound(to: Double.self)[i] = draw()
        }
      }
    }
  }

  private static func refuse(_ operation: String, _ message: String) -> TensorError {
    .argument(operation: operation, message: "\(operation) \(message)")
  }

  /// Exponential numbers: density `rate * exp(-rate * x)`. (`exponential_`)
  public func exponential(inPlace rate: Double, generator: Generator = .default) throws {
    guard rate > 0 else {
      throw Self.refuse("exponential_", "expects lambda > 0.0, but found lambda=\(rate)")
    }
    try fill("exponential_") { generator.exponential(rate) }
  }

  /// How many tries until the first success of probability `p`. (`geometric_`)
  public func geometric(inPlace p: Double, generator: Generator = .default) throws {
    guard p > 0, p < 1 else {
      throw Self.refuse("geometric_", "expects p to be in (0, 1), but got p=\(p)")
    }
    try fill("geometric_") { generator.geometric(p) }
  }

  /// Cauchy numbers. (`cauchy_`)
  public func cauchy(
    inPlace median: Double, _ sigma: Double, generator: Generator = .default
  ) throws {
    guard sigma > 0 else {
      throw Self.refuse("cauchy_", "expects sigma > 0.0, but found sigma=\(sigma)")
    }
    try fill("cauchy_") { generator.cauchy(median, sigma) }
  }

  /// Numbers whose logarithm is normal. (`log_normal_`)
  public func logNormal(
    inPlace mean: Double, _ deviation: Double, generator: Generator = .default
  ) throws {
    guard deviation > 0 else {
      throw Self.refuse("log_normal_", "expects std > 0.0, but found std=\(deviation)")
    }
    try fill("log_normal_") { generator.logNormal(mean, deviation) }
  }

  /// 1 with the probability that stands in the place of `p`, else 0. (`bernoulli_`, `bernoulli`)
  public static func bernoulli(
    _ p: Tensor, dtype: DType, generator: Generator = .default
  ) throws -> Tensor {
    guard p.dtype.isFloating else {
      throw TensorError.dtype(operation: "bernoulli", found: p.dtype, needed: "a float")
    }
    let source = try p.detached().contiguousData()
    let result = try empty(p.shape, dtype: .float32, "bernoulli")
    let ones = result.elements(Float.self)
    for i in 0..<p.count {
      if i & 0xFFFF == 0 { try Interrupt.check() }
      let chance = source.load(source.pointer + i * source.dtype.size).double
      guard chance >= 0, chance <= 1 else {
        throw TensorError.argument(
          operation: "bernoulli", message: "Expected p_in >= 0 && p_in <= 1 to be true, but got false.")
      }
      // A float32 probability is compared with a float32, of 24 bits and one draw.
      let draw = p.dtype == .float32
        ? Double(generator.next32() & 0xFF_FFFF) * 0x1p-24 : generator.uniform()
      ones[i] = draw < chance ? 1 : 0
    }
    return try result.to(dtype)
  }

  /// Whole numbers of `low..<high` over whatever is there. (`random_`)
  public func random(inPlace low: Int, _ high: Int, generator: Generator = .default) throws {
    guard low < high else {
      throw Self.refuse(
        "random_", "expects 'from' to be less than 'to', but got from=\(low) >= to=\(high)")
    }
    let values = try Tensor.randint(low, high, shape, generator: generator)
    try noGrad { try copy(from: values.to(dtype)) }
  }

  /// Whole numbers from 0 to the largest that the dtype holds exactly. (`random_` without bounds)
  public func random(inPlace generator: Generator = .default) throws {
    let result = try Tensor.empty(shape, dtype: .int64, "random_")
    let values = result.elements(Int64.self)
    for i in 0..<count {
      if i & 0xFFFF == 0 { try Interrupt.check() }
      let number: UInt64 =
        switch dtype {
        case .float32: UInt64(generator.next32()) % ((1 << 24) + 1)
        case .float64: generator.next64() % ((1 << 53) + 1)
        case .int64: generator.next64() % (1 << 63)
        case .int32: UInt64(generator.next32()) % (1 << 31)
        case .uint8: UInt64(generator.next32()) % 256
        case .int8: UInt64(generator.next32()) % 128
        case .int16: UInt64(generator.next32()) % (1 << 15)
        case .uint16: UInt64(generator.next32()) % (1 << 16)
        case .uint32: UInt64(generator.next32())
        case .bool: UInt64(generator.next32()) & 1
        case .float16: UInt64(generator.next32()) % ((1 << 11) + 1)
        case .bfloat16: UInt64(generator.next32()) % ((1 << 8) + 1)
        case .complex64, .complex128:
          throw TensorError.dtype(operation: "random_", found: dtype, needed: "a real dtype")
        }
      values[i] = Int64(bitPattern: number)
    }
    try noGrad { try copy(from: result.to(dtype)) }
  }

  /// Poisson numbers whose means stand in `rates`. (`torch.poisson`)
  public static func poisson(_ rates: Tensor, generator: Generator = .default) throws -> Tensor {
    guard rates.dtype.isFloating else {
      throw TensorError.dtype(operation: "poisson", found: rates.dtype, needed: "a float")
    }
    let numbers = try rates.doubles()
    var result: [Double] = []
    result.reserveCapacity(numbers.count)
    for (i, rate) in numbers.enumerated() {
      if i & 0xFFF == 0 { try Interrupt.check() }
      guard rate >= 0, rate.isFinite else {
        throw TensorError.argument(
          operation: "poisson", message: "invalid Poisson rate, expected rate to be non-negative")
      }
      result.append(generator.poisson(rate))
    }
    return try Tensor(result, shape: rates.shape, dtype: rates.dtype)
  }

  // MARK: - Choosing

  /// Places drawn with probabilities in proportion to `weights`, [n] or [rows, n]; gives [count] or
  /// [rows, count]. (`torch.multinomial`)
  public static func multinomial(
    _ weights: Tensor, _ count: Int, replacement: Bool = false, generator: Generator = .default
  ) throws -> Tensor {
    func refuse(_ message: String) -> TensorError { .argument(operation: "multinomial", message: message) }
    guard weights.dtype.isFloating else {
      throw refuse(
        "multinomial only supports floating-point dtypes for input, got: "
          + weights.dtype.storageClass)
    }
    guard weights.rank == 1 || weights.rank == 2 else { throw refuse("prob_dist must be 1 or 2 dim") }
    let width = weights.shape[weights.rank - 1]
    let rows = weights.rank == 2 ? weights.shape[0] : 1
    guard count > 0 else { throw refuse("cannot sample n_sample <= 0 samples") }
    guard replacement || count <= width else {
      throw refuse("cannot sample n_sample > prob_dist.size(-1) samples without replacement")
    }
    let values = try weights.detached().doubles()
    for row in 0..<rows {
      var sum = 0.0
      for value in values[(row * width)..<((row + 1) * width)] {
        guard value >= 0, value.isFinite else {
          throw refuse("probability tensor contains either `inf`, `nan` or element < 0")
        }
        sum += value
      }
      if sum == 0 { throw refuse("invalid multinomial distribution (sum of probabilities <= 0)") }
    }
    let shape = weights.rank == 2 ? [rows, count] : [count]
    if !replacement || count == 1 {
      // The largest of weight / exponential number: the race that each place runs at its own rate.
      let race = try Tensor.empty(weights.shape, dtype: weights.dtype, "multinomial")
      try race.exponential(inPlace: 1, generator: generator)
      return try noGrad {
        try weights.detached().divided(by: race).topk(count).indices.reshape(shape)
      }
    }
    return try drawn(values, rows, width, count, weights.dtype, shape, generator)
  }

  /// With replacement: places in the running sums of the weights, which have the weights' precision.
  private static func drawn(
    _ values: [Double], _ rows: Int, _ width: Int, _ count: Int, _ dtype: DType, _ shape: [Int],
    _ generator: Generator
  ) throws -> Tensor {
    func rounded(_ x: Double) -> Double { dtype == .float32 ? Double(Float(x)) : x }
    let result = try Tensor.empty(shape, dtype: .int64, "multinomial")
    let places = result.elements(Int64.self)
    for row in 0..<rows {
      var sums: [Double] = []
      var sum = 0.0
      for value in values[(row * width)..<((row + 1) * width)] {
        sum = rounded(sum + value)
        sums.append(sum)
      }
      for i in sums.indices { sums[i] = rounded(sums[i] / sum) }
      sums[width - 1] = 1
      for i in 0..<count {
        if i & 0xFFF == 0 { try Interrupt.check() }
        let draw = generator.uniform()
        var (low, high) = (0, width)
        while low < high {
          let middle = low + (high - low) / 2
          if sums[middle] < draw { low = middle + 1 } else { high = middle }
        }
        places[row * count + i] = Int64(low)
      }
    }
    return result
  }
}
