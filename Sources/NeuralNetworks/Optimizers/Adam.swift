import TensorCore

/// Adam. (Kingma and Ba 2015, algorithm 1)
///
///     m = b1 m + (1 - b1) g;  v = b2 v + (1 - b2) g^2
///     w = w - rate * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
///
/// With `epsilonOutsideCorrection`, Keras's form: epsilon is added to sqrt(v) and the corrections go
/// to the rate (the remark before section 2.1 of the paper).
/// With `decoupled`, AdamW: decay multiplies the weights instead of joining the gradient. (Loshchilov
/// and Hutter 2019)
open class Adam: Optimizer {
  public let decoupled: Bool
  public let epsilonOutsideCorrection: Bool

  public init(
    groups: [ParameterGroup], decoupled: Bool = false, epsilonOutsideCorrection: Bool = false
  ) throws {
    self.decoupled = decoupled
    self.epsilonOutsideCorrection = epsilonOutsideCorrection
    try super.init(groups: groups)
  }

  public convenience init(
    _ parameters: [Tensor], learningRate: Double = 0.001, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    decoupled: Bool = false, epsilonOutsideCorrection: Bool = false
  ) throws {
    var settings = Hyperparameters(learningRate: learningRate)
    settings.beta1 = beta1
    settings.beta2 = beta2
    settings.epsilon = epsilon
    settings.weightDecay = weightDecay
    try self.init(
      groups: [ParameterGroup(parameters, settings)], decoupled: decoupled,
      epsilonOutsideCorrection: epsilonOutsideCorrection)
  }

  override open var kind: String { decoupled ? "AdamW" : "Adam" }

  override func update(
    _ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State
  ) throws {
    let m = try state.zeros("exp_avg", like: w)
    let v = try state.zeros("exp_avg_sq", like: w)
    let t1 = 1 - Self.power(s.beta1, state.steps)
    let t2 = 1 - Self.power(s.beta2, state.steps)
    if !s.maximize, !s.amsgrad,
      FusedUpdate.run(
        w, g, [m, v],
        { n, w, g, others in
          sw_kernels().pointee.adam(
            n, w, g, others[0], others[1], s.learningRate, s.beta1, s.beta2, s.epsilon,
            s.weightDecay, decoupled ? 1 : 0, epsilonOutsideCorrection ? 1 : 0, t1, t2)
        })
    {
      return
    }
    var d = s.maximize ? try g.neg() : g
    if s.weightDecay != 0 {
      if decoupled {
        try w.multiply(inPlace: Tensor(.double(1 - s.learningRate * s.weightDecay), dtype: w.dtype))
      } else {
        d = try d.adding(w.multiplied(by: .double(s.weightDecay)))
      }
    }
    try m.copy(
      from: m.multiplied(by: .double(s.beta1)).adding(d.multiplied(by: .double(1 - s.beta1))))
    try v.copy(
      from: v.multiplied(by: .double(s.beta2)).adding(
        d.square().multiplied(by: .double(1 - s.beta2))))
    var second = v
    if s.amsgrad {
      let largest = try state.zeros("max_exp_avg_sq", like: w)
      try largest.copy(from: largest.maximum(v))
      second = largest
    }
    let root = try second.sqrt()
    let step: Tensor
    if epsilonOutsideCorrection {
      step = try m.multiplied(by: .double(s.learningRate * t2.squareRoot() / t1))
        .divided(by: root.adding(.double(s.epsilon)))
    } else {
      step = try m.multiplied(by: .double(s.learningRate / t1))
        .divided(by: root.divided(by: .double(t2.squareRoot())).adding(.double(s.epsilon)))
    }
    try w.subtract(inPlace: step)
  }

  override func prepared(
    _ parameter: Tensor, _ gradient: Tensor, _ group: ParameterGroup, _ state: State
  ) throws -> PreparedUpdate.Change? {
    guard type(of: self) == Adam.self else { return nil }
    return try preparedAdam(
      parameter, gradient, group, state, ("exp_avg", "exp_avg_sq"), decoupled: decoupled,
      keras: epsilonOutsideCorrection) { !$0.maximize && !$0.amsgrad }
  }

  /// base^n by squaring.
  static func power(_ base: Double, _ n: Int) -> Double {
    var (result, factor, rest) = (1.0, base, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
