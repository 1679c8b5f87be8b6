import TensorCore

/// Stochastic gradient descent with momentum. (Sutskever et al. 2013, in PyTorch's form)
///
///     d = g + decay * w;  v = momentum * v + (1 - dampening) * d  (v = d at first)
///     w = w - rate * v,   or with Nesterov  w = w - rate * (d + momentum * v)
///
/// Keras's form folds the rate into v; the steps are the same while the rate does not change.
public final class SGD: Optimizer {
  public convenience init(
    _ parameters: [Tensor], learningRate: Double = 0.001, momentum: Double = 0,
    dampening: Double = 0, weightDecay: Double = 0, nesterov: Bool = false
  ) throws {
    var settings = Hyperparameters(learningRate: learningRate)
    settings.momentum = momentum
    settings.dampening = dampening
    settings.weightDecay = weightDecay
    settings.nesterov = nesterov
    try self.init(groups: [ParameterGroup(parameters, settings)])
  }

  override func update(
    _ w: Tensor, _ g: Tensor, _ s: Hyperparameters, _ state: State
  ) throws {
    let first = state.tensors["momentum_buffer"] == nil
    let velocity = s.momentum == 0 ? nil : try state.zeros("momentum_buffer", like: w)
    if !s.maximize,
      FusedUpdate.run(
        w, g, [velocity].compactMap { $0 },
        { n, w, g, others in
          sw_kernels().pointee.sgd(
            n, w, g, others.first, s.learningRate, s.momentum, s.dampening, s.weightDecay,
            s.nesterov ? 1 : 0, first ? 1 : 0)
        })
    {
      return
    }
    var d = s.maximize ? try g.neg() : g
    if s.weightDecay != 0 { d = try d.adding(w.multiplied(by: .double(s.weightDecay))) }
    if let velocity {
      let next =
        try first
        ? d
        : velocity.multiplied(by: .double(s.momentum))
          .adding(d.multiplied(by: .double(1 - s.dampening)))
      try velocity.copy(from: next)
      d = s.nesterov ? try d.adding(next.multiplied(by: .double(s.momentum))) : next
    }
    try w.subtract(inPlace: d.multiplied(by: .double(s.learningRate)))
  }
}
