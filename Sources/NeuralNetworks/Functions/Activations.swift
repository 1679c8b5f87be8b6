import TensorCore

// Activations beside those of TensorCore, element by element unless an axis is named. The names of
// the recorded operations are PyTorch's.

extension Tensor {
  private func positive(_ other: Tensor) throws -> Tensor {
    try Tensor.where(Comparison.greater(self, .int(0)), self, other)
  }

  /// x where x > 0, else slope * x. (Maas et al. 2013)
  public func leakyReLU(_ slope: Double = 0.01) throws -> Tensor {
    try positive(self * .double(slope)).named(gradientFunction: "LeakyReluBackward0")
  }

  /// x where x > 0, else a share of it, drawn for each such element. (Xu et al. 2015)
  public func randomLeakyReLU(_ low: Double, _ high: Double, generator: Generator = .default) throws
    -> Tensor
  {
    let slopes = try detach().reshape([-1]).doubles().map { value -> Double in
      value <= 0 ? low + (high - low) * generator.uniform() : 1
    }
    return try (self * Tensor(slopes, shape: shape, dtype: dtype))
      .named(gradientFunction: "RreluWithNoiseBackward0")
  }

  /// As `leakyReLU` with a slope of each channel (axis 1), [channels] or [1]. (He et al. 2015)
  public func prelu(_ slope: Tensor) throws -> Tensor {
    var factors = slope
    if slope.count > 1 {
      guard rank >= 2, shape[1] == slope.count else {
        throw TensorError.argument(
          operation: "prelu",
          message: "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
            + "\(slope.count) and channel size = \(rank >= 2 ? shape[1] : 1).")
      }
      var spread = [Int](repeating: 1, count: rank)
      spread[1] = -1
      factors = try slope.reshape(spread)
    }
    return try positive(self * factors).named(gradientFunction: "PreluKernelBackward0")
  }

  /// x where x > 0, else alpha (exp(x) - 1). (Clevert et al. 2016)
  public func elu(_ alpha: Double = 1) throws -> Tensor {
    try positive(clamp(max: 0).expm1() * .double(alpha)).named(gradientFunction: "EluBackward0")
  }

  /// ELU with the scale that keeps mean 0 and variance 1. (Klambauer et al. 2017)
  public func selu() throws -> Tensor {
    try (elu(1.6732632423543772) * .double(1.0507009873554805))
      .named(gradientFunction: "EluBackward0")
  }

  /// x where x > 0, else alpha (exp(x / alpha) - 1). (Barron 2017)
  public func celu(_ alpha: Double = 1) throws -> Tensor {
    try positive((clamp(max: 0) / .double(alpha)).expm1() * .double(alpha))
      .named(gradientFunction: "EluBackward0")
  }

  /// x sigmoid(x). (Ramachandran et al. 2017)
  public func silu() throws -> Tensor {
    try (self * sigmoid()).named(gradientFunction: "SiluBackward0")
  }

  /// x tanh(softplus(x)). (Misra 2019)
  public func mish() throws -> Tensor {
    try (self * softplus().tanh()).named(gradientFunction: "MishBackward0")
  }

  /// log(1 + exp(beta x)) / beta, x itself where beta x > threshold.
  public func softplus(beta: Double, threshold: Double = 20) throws -> Tensor {
    let scaled = try self * .double(beta)
    let soft = try scaled.softplus() / .double(beta)
    return try Tensor.where(Comparison.greater(scaled, .double(threshold)), self, soft)
      .named(gradientFunction: "SoftplusBackward0")
  }

  /// The nearest number between two bounds.
  public func hardtanh(_ low: Double = -1, _ high: Double = 1) throws -> Tensor {
    try clamp(min: .double(low), max: .double(high)).named(gradientFunction: "HardtanhBackward0")
  }

  /// relu6(x + 3) / 6.
  public func hardsigmoid() throws -> Tensor {
    try ((self + .double(3)).clamp(min: 0, max: 6) / .double(6))
      .named(gradientFunction: "HardsigmoidBackward0")
  }

  /// x relu6(x + 3) / 6. (Howard et al. 2019)
  public func hardswish() throws -> Tensor {
    try (self * (self + .double(3)).clamp(min: 0, max: 6) / .double(6))
      .named(gradientFunction: "HardswishBackward0")
  }

  /// 0 where |x| <= lambda, else x.
  public func hardshrink(_ lambda: Double = 0.5) throws -> Tensor {
    try Tensor.where(Comparison.greater(abs(), .double(lambda)), self, .double(0))
      .named(gradientFunction: "HardshrinkBackward0")
  }

  /// x brought nearer to 0 by lambda, 0 where |x| <= lambda.
  public func softshrink(_ lambda: Double = 0.5) throws -> Tensor {
    try (self - clamp(min: .double(-lambda), max: .double(lambda)))
      .named(gradientFunction: "SoftshrinkBackward0")
  }

  /// x / (1 + |x|).
  public func softsign() throws -> Tensor { try self / (abs() + .double(1)) }

  /// x - tanh(x).
  public func tanhshrink() throws -> Tensor { try self - tanh() }

  /// log(sigmoid(x)), which does not overflow.
  public func logSigmoid() throws -> Tensor {
    try neg().softplus().neg().named(gradientFunction: "LogSigmoidBackward0")
  }

  /// x where x > threshold, else value.
  public func thresholded(_ threshold: Double, _ value: Double) throws -> Tensor {
    try Tensor.where(Comparison.greater(self, .double(threshold)), self, .double(value))
      .named(gradientFunction: "ThresholdBackward0")
  }

  /// One half of an axis times the sigmoid of the other. (Dauphin et al. 2017)
  public func glu(axis: Int = -1) throws -> Tensor {
    let place = try Shape.axis(axis, rank: rank, "glu")
    guard rank > 0, shape[place] % 2 == 0 else {
      throw TensorError.argument(
        operation: "glu",
        message: rank == 0
          ? "glu does not support 0-dimensional tensors"
          : "Halving dimension must be even, but dimension \(place) is size \(shape[place])")
    }
    let halves = try chunk(2, axis: place)
    return try (halves[0] * halves[1].sigmoid()).named(gradientFunction: "GluBackward0")
  }

  /// Rows of 0 and 1, or near them, drawn with the probabilities softmax(x). (Jang et al. 2017)
  public func gumbelSoftmax(
    temperature: Double = 1, hard: Bool = false, axis: Int = -1, generator: Generator = .default
  ) throws -> Tensor {
    let noise = try noGrad { () throws -> Tensor in
      let drawn = try Tensor.zeros(shape, dtype: dtype)
      try drawn.exponential(inPlace: 1, generator: generator)
      return try drawn.log().neg()
    }
    let soft = try ((self + noise) / .double(temperature)).softmax(axis: axis)
    guard hard else { return soft }
    let place = try Shape.axis(axis, rank: rank, "gumbel_softmax")
    let chosen = try soft.detach().argmax(axis: place, keepDims: true)
    let ones = try Tensor.zeros(shape, dtype: dtype).scatter(place, chosen, .double(1))
    return try ones - soft.detach() + soft
  }
}
