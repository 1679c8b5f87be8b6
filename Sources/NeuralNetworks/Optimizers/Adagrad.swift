import TensorCore

extension Optimizer {
  /// The gradient that counts: uphill when asked, with the weights' decay added.
  static func direction(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters) throws -> Tensor {
    let d = s.maximize ? try g.neg() : g
    return s.weightDecay == 0 ? d : try d + w * .double(s.weightDecay)
  }
}

/// Adagrad. (Duchi et al. 2011)
///
///     sum = sum + g^2;  w = w - rate / (1 + (t - 1) decay) * g / (sqrt(sum) + epsilon)
public final class Adagrad: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = try Self.direction(w, g, s)
    if state.tensors["sum"] == nil {
      state.tensors["sum"] = try Tensor.full(w.shape, .double(s.initialAccumulator), dtype: w.dtype)
    }
    let sum = try state.zeros("sum", like: w)
    let rate = s.learningRate / (1 + Double(state.steps - 1) * s.rateDecay)
    try sum.copy(from: sum + d * d)
    try w.subtract(inPlace: d / (sum.sqrt() + .double(s.epsilon)) * .double(rate))
  }
}

/// Adadelta. (Zeiler 2012)
public final class Adadelta: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = try Self.direction(w, g, s)
    let squares = try state.zeros("square_avg", like: w)
    let steps = try state.zeros("acc_delta", like: w)
    try squares.copy(from: squares * .double(s.rho) + d * d * .double(1 - s.rho))
    let step = try (steps + .double(s.epsilon)).sqrt() / (squares + .double(s.epsilon)).sqrt() * d
    try steps.copy(from: steps * .double(s.rho) + step * step * .double(1 - s.rho))
    try w.subtract(inPlace: step * .double(s.learningRate))
  }
}

/// RMSprop. (Hinton 2012, lecture 6; centered form of Graves 2013)
public final class RMSprop: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = try Self.direction(w, g, s)
    let squares = try state.zeros("square_avg", like: w)
    try squares.copy(from: squares * .double(s.alpha) + d * d * .double(1 - s.alpha))
    var root: Tensor
    if s.centered {
      let mean = try state.zeros("grad_avg", like: w)
      try mean.copy(from: mean + (d - mean) * .double(1 - s.alpha))
      root = try (squares - mean * mean).sqrt() + .double(s.epsilon)
    } else {
      root = try squares.sqrt() + .double(s.epsilon)
    }
    guard s.momentum > 0 else {
      try w.subtract(inPlace: d / root * .double(s.learningRate))
      return
    }
    let velocity = try state.zeros("momentum_buffer", like: w)
    try velocity.copy(from: velocity * .double(s.momentum) + d / root)
    try w.subtract(inPlace: velocity * .double(s.learningRate))
  }
}

/// Resilient propagation: steps by the signs of gradients alone. (Riedmiller and Braun 1993)
public final class Rprop: Optimizer {
  override func update(_ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State) throws {
    let d = s.maximize ? try g.neg() : try g.clone()
    let previous = try state.zeros("prev", like: w)
    if state.tensors["step_size"] == nil {
      state.tensors["step_size"] = try Tensor.full(w.shape, .double(s.learningRate), dtype: w.dtype)
    }
    let size = try state.zeros("step_size", like: w)
    let agreement = try d * previous
    let grows = try Comparison.greater(agreement, .int(0))
    let shrinks = try Comparison.less(agreement, .int(0))
    var factor = try Tensor.ones(w.shape, dtype: w.dtype)
    factor = try Tensor.where(grows, Tensor.full(w.shape, .double(s.etas.1), dtype: w.dtype), factor)
    factor = try Tensor.where(shrinks, Tensor.full(w.shape, .double(s.etas.0), dtype: w.dtype), factor)
    try size.copy(
      from: (size * factor).clamp(min: .double(s.stepBounds.0), max: .double(s.stepBounds.1)))
    // After a change of sign the gradient counts as none.
    let used = try d.maskedFill(shrinks, .double(0))
    try w.subtract(inPlace: used.sign() * size)
    try previous.copy(from: used)
  }
}
