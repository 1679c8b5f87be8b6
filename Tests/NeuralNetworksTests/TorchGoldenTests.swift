import TensorCore
import Testing

@testable import NeuralNetworks

/// PyTorch's layers, losses and optimizers, recorded by `Golden/generate.py`.
@Suite struct TorchGoldenTests {
  private func loss(_ entry: Golden.Torch.Loss) throws -> any Loss {
    let reduction = LossReduction(rawValue: entry.reduction) ?? .mean
    let o = entry.options
    switch entry.name {
    case "cross_entropy", "nll":
      return CrossEntropy(
        entry.name == "nll" ? .logProbabilities : .logits, labelSmoothing: o.smoothing ?? 0,
        ignoredClass: o.ignored ?? -100, classWeights: try o.weights?.tensor(), reduction: reduction
      )
    case "mse": return MeanSquaredError(reduction: reduction)
    case "l1": return MeanAbsoluteError(reduction: reduction)
    case "huber": return HuberLoss(delta: o.delta ?? 1, reduction: reduction)
    case "bce": return BinaryCrossEntropy(fromLogits: false, reduction: reduction)
    default: return BinaryCrossEntropy(fromLogits: true, reduction: reduction)
    }
  }

  @Test func lossesAgree() throws {
    for entry in try Golden.load("torch", Golden.Torch.self).losses {
      let what = "\(entry.name) \(entry.reduction) \(entry.prediction.shape)"
      let prediction = try entry.prediction.tensor()
      try prediction.setRequiresGrad(true)
      let measure = try loss(entry)
      let output = try measure(prediction, entry.target.tensor())
      #expect(try entry.output.distance(to: output) < 2e-6, "\(what): \(output)")
      if entry.options.smoothing == nil && entry.name != "l1" {
        #expect(output.gradientFunction == entry.function, "\(what)")
      }
      try output.sum().backward()
      let gradient = try #require(prediction.grad)
      #expect(try entry.gradient.distance(to: gradient) < 2e-6, "\(what): gradient \(gradient)")
    }
  }

  @Test func optimizersAgree() throws {
    for entry in try Golden.load("torch", Golden.Torch.self).optimizers {
      for type in [DType.float32, .float64] {  // the fused kernels, and the tensor form
        let w = try entry.start[0].tensor().to(type)
        let b = try entry.start[1].tensor().to(type)
        try w.setRequiresGrad(true)
        try b.setRequiresGrad(true)
        let (x, y) = (try entry.x.tensor().to(type), try entry.y.tensor().to(type))
        let o = entry.options
        var settings = Hyperparameters(learningRate: o.learningRate)
        settings.momentum = o.momentum ?? 0
        settings.dampening = o.dampening ?? 0
        settings.weightDecay = o.weightDecay ?? 0
        settings.nesterov = o.nesterov ?? false
        settings.maximize = o.maximize ?? false
        settings.beta1 = o.beta1 ?? 0.9
        settings.beta2 = o.beta2 ?? 0.999
        settings.epsilon = o.epsilon ?? 1e-8
        let groups = [ParameterGroup([w, b], settings)]
        let optimizer: Optimizer =
          try entry.kind == "SGD"
          ? SGD(groups: groups) : Adam(groups: groups, decoupled: entry.kind == "AdamW")
        for (i, expected) in entry.steps.enumerated() {
          optimizer.zeroGrad()
          try (x.matmul(w) + b - y).square().mean().backward()
          try optimizer.step()
          // Six float32 steps; Adam divides by small roots.
          #expect(try expected[0].distance(to: w) < 2e-5, "\(entry.kind) \(o) \(type) step \(i)")
          #expect(try expected[1].distance(to: b) < 2e-5, "\(entry.kind) \(o) \(type) step \(i)")
        }
      }
    }
  }

  private func make(_ entry: Golden.Torch.Layer) throws -> Module {
    switch entry.name {
    case "linear": return try Linear(5, 3, bias: entry.state.count == 2)
    case "flatten": return Flatten()
    case "mlp":
      return Sequential([
        Flatten(), try Linear(6, 5), ActivationLayer(.relu), try Dropout(0.3), try Linear(5, 2),
      ])
    case "softmax", "log_softmax":
      return ActivationLayer(try #require(Activation(name: entry.name)), axis: 1)
    default: return ActivationLayer(try #require(Activation(name: entry.name)))
    }
  }

  @Test func layersAgree() throws {
    for entry in try Golden.load("torch", Golden.Torch.self).layers {
      let layer = try make(entry)
      layer.eval()
      let state = try entry.state.map { pair -> (name: String, tensor: Tensor) in
        guard case .name(let name) = pair[0], case .tensor(let packed) = pair[1] else {
          throw NeuralNetworkError.state(message: "golden")
        }
        return (name, try packed.tensor())
      }
      try layer.loadStateDict(state)
      #expect(layer.stateDict().map(\.name) == state.map(\.name))
      let x = try entry.input.tensor()
      try x.setRequiresGrad(true)
      let y = try layer(x)
      #expect(try entry.output.distance(to: y) < 2e-6, "\(entry.name)")
      let weights = try Tensor.arange(1, .int(y.count + 1), dtype: .float32)
        .divided(by: .double(Double(y.count))).reshape(y.shape)
      try y.backward(gradient: weights)
      let gradient = try #require(x.grad)
      #expect(try entry.gradient.distance(to: gradient) < 2e-6, "\(entry.name)")
      for (parameter, expected) in zip(layer.parameters, entry.parameterGradients) {
        let gradient = try #require(parameter.grad)
        #expect(try expected.distance(to: gradient) < 5e-6, "\(entry.name)")
      }
      let printed =
        ["elu", "softplus", "leaky_relu"].contains(entry.name) ? layer.description : entry.printed
      #expect(layer.description == printed)
    }
  }

  /// Initialisation, data, dropout masks and ten Adam steps from one seed.
  @Test func aSeededRunPrintsTheSameLosses() throws {
    let recorded = try Golden.load("torch", Golden.Torch.self).run
    let generator = Generator(seed: 0)
    let model = Sequential([
      try Linear(4, 8, generator: generator), ActivationLayer(.relu),
      try Dropout(0.25, generator: generator), try Linear(8, 3, generator: generator),
    ])
    let x = try Tensor.randn([20, 4], generator: generator)
    let y = try Tensor.randint(0, 3, [20], generator: generator)
    let optimizer = try Adam(model.parameters, learningRate: 0.05)
    for expected in recorded {
      optimizer.zeroGrad()
      let loss = try CrossEntropy()(model(x), y)
      try loss.backward()
      try optimizer.step()
      #expect(abs(try loss.item().double - expected) < 1e-5)
    }
  }
}
