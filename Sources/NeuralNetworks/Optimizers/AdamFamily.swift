import TensorCore

/// Adam with the largest gradient in the place of the mean square. (Kingma and Ba 2015, algorithm 2)
public final class Adamax: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = try Self.direction(w, g, s)
    let mean = try state.zeros("exp_avg", like: w)
    let norm = try state.zeros("exp_inf", like: w)
    try mean.copy(from: mean + (d - mean) * .double(1 - s.beta1))
    try norm.copy(from: (norm * .double(s.beta2)).maximum(d.abs() + .double(s.epsilon)))
    let rate = s.learningRate / (1 - Adam.power(s.beta1, state.steps))
    try w.subtract(inPlace: mean / norm * .double(rate))
  }
}

/// Adam with Nesterov's momentum. (Dozat 2016)
public final class NAdam: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    var d = s.maximize ? try g.neg() : g
    let t = state.steps
    if s.weightDecay != 0 {
      if s.decoupled {
        try w.multiply(inPlace: Tensor(.double(1 - s.learningRate * s.weightDecay), dtype: w.dtype))
      } else {
        d = try d + w * .double(s.weightDecay)
      }
    }
    let now = s.beta1 * (1 - 0.5 * Self.decay(Double(t) * s.momentumDecay))
    let next = s.beta1 * (1 - 0.5 * Self.decay(Double(t + 1) * s.momentumDecay))
    let product = (state.numbers["mu_product"] ?? 1) * now
    state.numbers["mu_product"] = product
    let mean = try state.zeros("exp_avg", like: w)
    let square = try state.zeros("exp_avg_sq", like: w)
    try mean.copy(from: mean + (d - mean) * .double(1 - s.beta1))
    try square.copy(from: square * .double(s.beta2) + d * d * .double(1 - s.beta2))
    let root = try (square / .double(1 - Adam.power(s.beta2, t))).sqrt() + .double(s.epsilon)
    try w.subtract(inPlace: d / root * .double(s.learningRate * (1 - now) / (1 - product)))
    try w.subtract(inPlace: mean / root * .double(s.learningRate * next / (1 - product * next)))
  }

  /// 0.96^x.
  private static func decay(_ x: Double) -> Double {
    (try? Tensor(.double(0.96), dtype: .float64).pow(.double(x)).item().double) ?? 1
  }
}

/// Adam whose rate is held back while few squares were seen. (Liu et al. 2020)
public final class RAdam: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    var d = s.maximize ? try g.neg() : g
    let t = state.steps
    if s.weightDecay != 0 {
      if s.decoupled {
        try w.multiply(inPlace: Tensor(.double(1 - s.learningRate * s.weightDecay), dtype: w.dtype))
      } else {
        d = try d + w * .double(s.weightDecay)
      }
    }
    let mean = try state.zeros("exp_avg", like: w)
    let square = try state.zeros("exp_avg_sq", like: w)
    try mean.copy(from: mean + (d - mean) * .double(1 - s.beta1))
    try square.copy(from: square * .double(s.beta2) + d * d * .double(1 - s.beta2))
    let c1 = 1 - Adam.power(s.beta1, t)
    let c2 = 1 - Adam.power(s.beta2, t)
    let corrected = try mean / .double(c1)
    let longest = 2 / (1 - s.beta2) - 1
    let length = longest - 2 * Double(t) * Adam.power(s.beta2, t) / c2
    guard length > 5 else {
      try w.subtract(inPlace: corrected * .double(s.learningRate))
      return
    }
    let rectified =
      ((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)).squareRoot()
    let adaptive = try (square.sqrt() + .double(s.epsilon)).reciprocal() * .double(c2.squareRoot())
    try w.subtract(inPlace: corrected * .double(s.learningRate * rectified) * adaptive)
  }
}

/// Averaged stochastic gradient descent. (Polyak and Juditsky 1992)
public final class ASGD: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = try Self.direction(w, g, s)
    let t = Double(state.steps)
    let eta = state.numbers["eta"] ?? s.learningRate
    let mu = state.numbers["mu"] ?? 1
    let average = try state.zeros("ax", like: w)
    try w.multiply(inPlace: Tensor(.double(1 - s.lambda * eta), dtype: w.dtype))
    try w.subtract(inPlace: d * .double(eta))
    if mu == 1 {
      try average.copy(from: w)
    } else {
      try average.copy(from: average + (w - average) * .double(mu))
    }
    let base = 1 + s.lambda * s.learningRate * t
    let fall = try Tensor(.double(base), dtype: .float64).pow(.double(s.power)).item().double
    state.numbers["eta"] = s.learningRate / fall
    state.numbers["mu"] = 1 / max(1, t - s.averagingStart)
  }
}

/// Steps by the sign of a mean of gradients. (Chen et al. 2023, algorithm 2)
public final class Lion: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = s.maximize ? try g.neg() : g
    let mean = try state.zeros("exp_avg", like: w)
    try w.multiply(inPlace: Tensor(.double(1 - s.learningRate * s.weightDecay), dtype: w.dtype))
    let step = try (mean * .double(s.beta1) + d * .double(1 - s.beta1)).sign()
    try w.subtract(inPlace: step * .double(s.learningRate))
    try mean.copy(from: mean * .double(s.beta2) + d * .double(1 - s.beta2))
  }
}
