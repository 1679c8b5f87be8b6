import TensorCore

/// The optimizers of `keras.optimizers`, in Keras's forms: where epsilon stands, what the moments
/// begin with, and that the rate is part of the momentum.
public final class KerasOptimizerRule: Optimizer {
  public enum Rule: String, Sendable, CaseIterable {
    case sgd = "SGD", rmsprop = "RMSprop", adam = "Adam", adamW = "AdamW", adagrad = "Adagrad"
    case adadelta = "Adadelta", adamax = "Adamax", nadam = "Nadam", ftrl = "Ftrl", lion = "Lion"
  }

  /// Settings that single rules have.
  public struct Extra: Sendable {
    public var rho = 0.9
    public var isCentered = false
    public var usesMaximum = false
    public var initialAccumulator = 0.1
    public var power = -0.5
    public var l1 = 0.0
    public var l2 = 0.0
    public var shrinkage = 0.0
    public var beta = 0.0
    public init() {}
  }

  public let rule: Rule
  public let extra: Extra
  /// Of Nadam: the product of the momentum's schedule up to the last step.
  private var product = 1.0
  private var productStep = 0

  public init(_ rule: Rule, groups: [ParameterGroup], extra: Extra) throws {
    self.rule = rule
    self.extra = extra
    try super.init(groups: groups)
  }

  override public var kind: String { rule.rawValue }

  /// Tensors that are kept for each weight, which summaries count.
  public static func slots(_ rule: Rule, _ s: Hyperparameters, _ extra: Extra) -> Int {
    switch rule {
    case .sgd: s.momentum != 0 ? 1 : 0
    case .rmsprop: 1 + (s.momentum > 0 ? 1 : 0) + (extra.isCentered ? 1 : 0)
    case .adam, .adamW: 2 + (extra.usesMaximum ? 1 : 0)
    case .adagrad, .lion: 1
    case .adadelta, .adamax, .nadam, .ftrl: 2
    }
  }

  private static func power(_ base: Double, _ n: Int) -> Double {
    var (result, factor, rest) = (1.0, base, n)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
  private static func power(_ base: Double, _ x: Double) throws -> Double {
    try Tensor(.double(base), dtype: .float64).pow(.double(x)).item().double
  }

  override func prepared(
    _ parameter: Tensor, _ gradient: Tensor, _ group: ParameterGroup, _ state: State
  ) throws -> PreparedUpdate.Change? {
    guard rule == .adam || rule == .adamW, !extra.usesMaximum else { return nil }
    return try preparedAdam(
      parameter, gradient, group, state, ("momentum", "velocity"), decoupled: true, keras: true
    ) { _ in true }
  }

  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let rate = s.learningRate
    // Weights decay apart from the gradient, in every rule.
    if s.weightDecay != 0, rule != .adam, rule != .adamW {
      try w.multiply(inPlace: Tensor(.double(1 - rate * s.weightDecay), dtype: w.dtype))
    }
    func kept(_ name: String, _ start: Double = 0) throws -> Tensor {
      if let tensor = state.tensors[name] { return tensor }
      let tensor = try Tensor.full(w.shape, .double(start), dtype: w.dtype)
      state.tensors[name] = tensor
      return tensor
    }
    func mix(_ t: Tensor, _ new: Tensor, _ keep: Double) throws {
      try t.copy(
        from: t.adding(new.subtracting(t).multiplied(by: .double(1 - keep))))
    }
    let t = state.steps
    switch rule {
    case .sgd:
      if s.momentum == 0 {
        if FusedUpdate.run(w, g, [], { n, w, g, _ in
          sw_kernels().pointee.sgd(n, w, g, nil, rate, 0, 0, 0, 0, 0)
        }) { return }
        return try w.subtract(inPlace: g.multiplied(by: .double(rate)))
      }
      let m = try kept("momentum")
      let step = try g.multiplied(by: .double(rate))
      try m.copy(from: m.multiplied(by: .double(s.momentum)).subtracting(step))
      try w.add(
        inPlace: s.nesterov ? m.multiplied(by: .double(s.momentum)).subtracting(step) : m)
    case .adam, .adamW:
      let m = try kept("momentum")
      let v = try kept("velocity")
      let t1 = 1 - Self.power(s.beta1, t)
      let t2 = 1 - Self.power(s.beta2, t)
      if !extra.usesMaximum,
        FusedUpdate.run(w, g, [m, v], { n, w, g, others in
          sw_kernels().pointee.adam(
            n, w, g, others[0], others[1], rate, s.beta1, s.beta2, s.epsilon, s.weightDecay, 1, 1,
            t1, t2)
        })
      { return }
      if s.weightDecay != 0 {
        try w.multiply(inPlace: Tensor(.double(1 - rate * s.weightDecay), dtype: w.dtype))
      }
      try mix(m, g, s.beta1)
      try mix(v, g.square(), s.beta2)
      var root = v
      if extra.usesMaximum {
        let most = try kept("velocity_hat")
        try most.copy(from: most.maximum(v))
        root = most
      }
      try w.subtract(
        inPlace: m.multiplied(by: .double(rate * t2.squareRoot() / t1))
          .divided(by: root.sqrt().adding(.double(s.epsilon))))
    case .rmsprop:
      let v = try kept("velocity")
      try mix(v, g.square(), extra.rho)
      var denominator = try v.adding(.double(s.epsilon))
      if extra.isCentered {
        let mean = try kept("average_gradient")
        try mix(mean, g, extra.rho)
        denominator = try v.subtracting(mean.square()).adding(.double(s.epsilon))
      }
      let step = try g.multiplied(by: .double(rate)).multiplied(by: denominator.rsqrt())
      if s.momentum > 0 {
        let m = try kept("momentum")
        try m.copy(from: m.multiplied(by: .double(s.momentum)).adding(step))
        try w.subtract(inPlace: m)
      } else {
        try w.subtract(inPlace: step)
      }
    case .adagrad:
      let a = try kept("accumulator", extra.initialAccumulator)
      try a.add(inPlace: g.square())
      try w.subtract(
        inPlace: g.multiplied(by: .double(rate)).divided(by: a.adding(.double(s.epsilon)).sqrt()))
    case .adadelta:
      let a = try kept("accumulated_grad")
      let d = try kept("accumulated_delta_var")
      func rms(_ x: Tensor) throws -> Tensor { try x.adding(.double(s.epsilon)).sqrt() }
      try mix(a, g.square(), extra.rho)
      let step = try rms(d).multiplied(by: g).divided(by: rms(a)).neg()
      try mix(d, step.square(), extra.rho)
      try w.add(inPlace: step.multiplied(by: .double(rate)))
    case .adamax:
      let m = try kept("momentum")
      let u = try kept("norm")
      try mix(m, g, s.beta1)
      try u.copy(from: u.multiplied(by: .double(s.beta2)).maximum(g.abs()))
      try w.subtract(
        inPlace: m.multiplied(by: .double(rate / (1 - Self.power(s.beta1, t))))
          .divided(by: u.adding(.double(s.epsilon))))
    case .nadam:
      let m = try kept("momentum")
      let v = try kept("velocity")
      let now = s.beta1 * (1 - 0.5 * Self.power(0.96, t))
      let next = s.beta1 * (1 - 0.5 * Self.power(0.96, t + 1))
      // One product for all weights of a step.
      if productStep < stepCount {
        product *= now
        productStep = stepCount
      }
      try mix(m, g, s.beta1)
      try mix(v, g.square(), s.beta2)
      let first = try m.multiplied(by: .double(next / (1 - product * next)))
        .adding(g.multiplied(by: .double((1 - now) / (1 - product))))
      let second = try v.divided(by: .double(1 - Self.power(s.beta2, t)))
      try w.subtract(
        inPlace: first.multiplied(by: .double(rate)).divided(by: second.sqrt().adding(.double(s.epsilon))))
    case .lion:
      let m = try kept("momentum")
      let direction = try m.multiplied(by: .double(s.beta1))
        .adding(g.multiplied(by: .double(1 - s.beta1))).sign()
      try w.subtract(inPlace: direction.multiplied(by: .double(rate)))
      try m.copy(
        from: m.multiplied(by: .double(s.beta2)).adding(g.multiplied(by: .double(1 - s.beta2))))
    case .ftrl:
      let a = try kept("accumulator", extra.initialAccumulator)
      let z = try kept("linear")
      let slope = try g.adding(w.multiplied(by: .double(2 * extra.shrinkage)))
      let next = try a.adding(g.square())
      let (before, behind) = (try a.pow(.double(-extra.power)), try next.pow(.double(-extra.power)))
      let safe = max(rate, 1e-30)
      try z.add(
        inPlace: slope.subtracting(
          behind.subtracting(before).divided(by: .double(safe)).multiplied(by: w)))
      let quadratic = try behind.divided(by: .double(safe))
        .adding(.double(2 * (extra.l2 + extra.beta / (2 * safe))))
      let bounded = try z.clamp(min: .double(-extra.l1), max: .double(extra.l1))
      try w.copy(from: bounded.subtracting(z).divided(by: quadratic))
      try a.copy(from: next)
    }
  }
}

/// How gradients are shortened before a step.
public struct GradientClipping: Sendable {
  /// The largest length of the gradient of one weight.
  public var norm: Double?
  /// The largest length of all gradients together.
  public var globalNorm: Double?
  /// The largest element.
  public var value: Double?
  public init(norm: Double? = nil, globalNorm: Double? = nil, value: Double? = nil) {
    self.norm = norm
    self.globalNorm = globalNorm
    self.value = value
  }
  public var isActive: Bool { norm != nil || globalNorm != nil || value != nil }

  /// Shortens the gradients of weights.
  public func callAsFunction(_ weights: [Tensor]) throws {
    guard isActive else { return }
    try noGrad {
      if let norm {
        for w in weights {
          guard let g = w.grad else { continue }
          let length = try g.square().sum().item().double.squareRoot()
          if length > norm { w.grad = try g.multiplied(by: .double(norm / length)) }
        }
      } else if let globalNorm {
        let squares = try weights.reduce(0.0) { total, w in
          total + (try w.grad?.square().sum().item().double ?? 0)
        }
        let length = squares.squareRoot()
        if length > globalNorm {
          for w in weights {
            if let g = w.grad { w.grad = try g.multiplied(by: .double(globalNorm / length)) }
          }
        }
      } else if let value {
        for w in weights {
          if let g = w.grad { w.grad = try g.clamp(min: .double(-value), max: .double(value)) }
        }
      }
    }
  }
}

/// A learning rate that depends on the step: `keras.optimizers.schedules`.
public enum KerasSchedule: Sendable {
  case exponential(initial: Double, steps: Double, rate: Double, staircase: Bool)
  case piecewise(boundaries: [Double], values: [Double])
  case polynomial(initial: Double, steps: Double, end: Double, power: Double, cycles: Bool)
  case inverseTime(initial: Double, steps: Double, rate: Double, staircase: Bool)
  case cosine(
    initial: Double, steps: Double, alpha: Double, warmupTarget: Double?, warmupSteps: Double)
  case cosineRestarts(initial: Double, first: Double, t: Double, m: Double, alpha: Double)

  private func power(_ base: Double, _ x: Double) -> Double {
    (try? Tensor(.double(base), dtype: .float64).pow(.double(x)).item().double) ?? .nan
  }
  private func cosine(_ x: Double) -> Double {
    (try? Tensor(.double(x), dtype: .float64).cos().item().double) ?? .nan
  }
  private func log(_ x: Double) -> Double {
    (try? Tensor(.double(x), dtype: .float64).log().item().double) ?? .nan
  }

  /// The rate at a step, from 0.
  public func callAsFunction(_ step: Double) -> Double {
    switch self {
    case .exponential(let initial, let steps, let rate, let staircase):
      let p = step / steps
      return initial * power(rate, staircase ? p.rounded(.down) : p)
    case .piecewise(let boundaries, let values):
      for (boundary, value) in zip(boundaries, values) where step <= boundary { return value }
      return values.last ?? 0
    case .polynomial(let initial, let steps, let end, let power, let cycles):
      var (length, at) = (steps, step)
      if cycles {
        length *= step == 0 ? 1 : (step / steps).rounded(.up)
      } else {
        at = min(step, steps)
      }
      return (initial - end) * self.power(1 - at / length, power) + end
    case .inverseTime(let initial, let steps, let rate, let staircase):
      let p = step / steps
      return initial / (1 + rate * (staircase ? p.rounded(.down) : p))
    case .cosine(let initial, let steps, let alpha, let target, let warmup):
      func decay(_ at: Double, _ from: Double) -> Double {
        let share = 0.5 * (1 + cosine(.pi * at / steps))
        return from * ((1 - alpha) * share + alpha)
      }
      guard let target else { return decay(min(step, steps), initial) }
      if step < warmup { return (target - initial) * (step / warmup) + initial }
      return decay(min(step - warmup, steps), target)
    case .cosineRestarts(let initial, let first, let t, let m, let alpha):
      var share = step / first
      var restart = 0.0
      if t == 1 {
        restart = share.rounded(.down)
        share -= restart
      } else {
        restart = (log(1 - share * (1 - t)) / log(t)).rounded(.down)
        let sum = (1 - power(t, restart)) / (1 - t)
        share = (share - sum) / power(t, restart)
      }
      let fraction = power(m, restart)
      let cosined = 0.5 * fraction * (1 + cosine(.pi * share))
      return initial * ((1 - alpha) * cosined + alpha)
    }
  }
}
