import TensorCore

/// The activations of `keras.activations` that the common table lacks, in Keras's forms.
public enum KerasActivationRules {
  static func make(_ name: String, _ f: @escaping @Sendable (Tensor) throws -> Tensor) -> Activation {
    Activation(name, kind: name, f)
  }

  /// x where x > 0, else slope * x; above `maximum` constant, below `threshold` slope (x - threshold).
  public static func relu(
    _ x: Tensor, slope: Double = 0, maximum: Double? = nil, threshold: Double = 0
  ) throws -> Tensor {
    if slope == 0, maximum == nil, threshold == 0 { return try x.relu() }
    let above =
      try threshold == 0
      ? x.relu() : x.multiplied(by: Comparison.greater(x, .double(threshold)).to(x.dtype))
    var y = above
    if let maximum { y = try y.clamp(max: .double(maximum)) }
    if slope != 0 {
      // Where x <= threshold: slope * (x - threshold).
      let below = try x.neg().adding(.double(threshold)).relu().multiplied(by: .double(slope))
      y = try y.subtracting(below)
    }
    return y
  }

  public static func elu(_ x: Tensor, alpha: Double = 1) throws -> Tensor {
    // The slope at 0 is that of the positive side.
    try Tensor.where(
      Comparison.greaterOrEqual(x, .int(0)), x, x.clamp(max: 0).expm1().multiplied(by: .double(alpha)))
  }

  public static func leaky(_ x: Tensor, _ slope: Double) throws -> Tensor {
    try Tensor.where(Comparison.greater(x, .int(0)), x, x.multiplied(by: .double(slope)))
  }

  public static func celu(_ x: Tensor, alpha: Double = 1) throws -> Tensor {
    try x.relu().adding(
      x.clamp(max: 0).divided(by: .double(alpha)).expm1().multiplied(by: .double(alpha)))
  }

  public static func glu(_ x: Tensor, axis: Int = -1) throws -> Tensor {
    let halves = try x.chunk(2, axis: axis)
    guard halves.count == 2, halves[0].shape == halves[1].shape else {
      throw TensorError.argument(
        operation: "glu", message: "axis \(axis) of \(x.shape) cannot be split in two halves")
    }
    return try halves[0].multiplied(by: halves[1].sigmoid())
  }

  /// relu6(x + 3) / 6.
  public static func hardSigmoid(_ x: Tensor) throws -> Tensor {
    try x.adding(3).clamp(min: 0, max: 6).divided(by: 6)
  }

  public static let all: [Activation] = [
    .relu, .sigmoid, .softmax, make("softplus") { try $0.softplus() },
    make("softsign") { try $0.divided(by: $0.abs().adding(1)) }, .tanh,
    make("selu") {
      try elu($0, alpha: 1.6732632423543772).multiplied(by: 1.0507009873554805)
    },
    make("elu") { try elu($0) },
    make("exponential") { try $0.exp() }, .linear,
    make("hard_sigmoid") { try hardSigmoid($0) },
    make("hard_silu") { try $0.multiplied(by: hardSigmoid($0)) },
    make("hard_tanh") { try $0.clamp(min: -1, max: 1) },
    make("hard_shrink") {
      try $0.multiplied(by: Comparison.greater($0.abs(), .double(0.5)).to($0.dtype))
    },
    make("leaky_relu") { try leaky($0, 0.2) },
    make("relu6") { try $0.clamp(min: 0, max: 6) },
    make("silu") { try $0.multiplied(by: $0.sigmoid()) },
    make("gelu") { try $0.gelu() },
    make("mish") { try $0.multiplied(by: $0.softplus().tanh()) },
    make("celu") { try celu($0) },
    make("glu") { try glu($0) },
    make("log_sigmoid") { try $0.neg().softplus().neg() },
    make("log_softmax") { try $0.logSoftmax() },
    make("soft_shrink") {
      try $0.adding(-0.5).relu().subtracting($0.neg().adding(-0.5).relu())
    },
    make("squareplus") { try $0.adding($0.square().adding(4).sqrt()).multiplied(by: 0.5) },
    make("sparse_plus") { x in
      try Tensor.where(
        Comparison.lessOrEqual(x, .int(-1)), x.multiplied(by: 0),
        Tensor.where(Comparison.less(x, .int(1)), x.adding(1).square().multiplied(by: 0.25), x))
    },
    make("tanh_shrink") { try $0.subtracting($0.tanh()) },
    make("threshold") { try relu($0, threshold: 0) },
  ]

  /// The activation of a Keras name, nil for an unknown one.
  public static func named(_ name: String) -> Activation? {
    let name = name == "swish" ? "silu" : name == "hard_swish" ? "hard_silu" : name
    return all.first { $0.name == name }
  }
}
