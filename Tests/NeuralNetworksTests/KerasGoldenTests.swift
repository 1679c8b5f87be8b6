import TensorCore
import Testing

@testable import NeuralNetworks

/// Keras's losses and training runs, recorded by `Golden/generate_keras.py`.
@Suite struct KerasGoldenTests {
  @Test func lossesAgree() throws {
    for entry in try Golden.load("keras", Golden.Keras.self).losses {
      let loss: any Loss =
        switch entry.name {
        case "sparse", "categorical": CrossEntropy(.probabilities(epsilon: 1e-7))
        case "sparse_logits": CrossEntropy()
        case "binary": BinaryCrossEntropy(fromLogits: false, epsilon: 1e-7)
        case "binary_logits": BinaryCrossEntropy(fromLogits: true)
        case "mse": MeanSquaredError()
        case "mae": MeanAbsoluteError()
        default: HuberLoss()
        }
      let prediction = try entry.prediction.tensor()
      try prediction.setRequiresGrad(true)
      let output = try loss(prediction, entry.target.tensor())
      #expect(try entry.output.distance(to: output) < 3e-6, "\(entry.name): \(output)")
      try output.backward()
      let gradient = try #require(prediction.grad)
      #expect(try entry.gradient.distance(to: gradient) < 3e-6, "\(entry.name): \(gradient)")
    }
  }

  private func optimizer(_ name: String, _ model: Module) throws -> Optimizer {
    let p = model.parameters
    switch name {
    case "sgd": return try SGD(p, learningRate: 0.1)
    case "momentum": return try SGD(p, learningRate: 0.05, momentum: 0.9)
    case "nesterov": return try SGD(p, learningRate: 0.05, momentum: 0.9, nesterov: true)
    case "adam":
      return try Adam(p, learningRate: 0.01, epsilon: 1e-7, epsilonOutsideCorrection: true)
    default:
      return try Adam(
        p, learningRate: 0.01, epsilon: 1e-7, weightDecay: 0.1, decoupled: true,
        epsilonOutsideCorrection: true)
    }
  }

  @Test(arguments: [true, false])
  func fitsAgree(planned: Bool) throws {
    for entry in try Golden.load("keras", Golden.Keras.self).runs {
      let what =
        "\(entry.optimizer) softmax \(entry.softmax) one-hot \(entry.oneHot) planned \(planned)"
      let model = Sequential([
        try Linear(nil, 7, activation: .relu, weightRule: .glorotUniform, biasRule: .zeros),
        try Linear(
          nil, 3, activation: entry.softmax ? .softmax : .linear, weightRule: .glorotUniform,
          biasRule: .zeros),
      ])
      _ = try model.build([nil, 6])
      let start = try entry.start.map { try $0.tensor() }
      // Keras keeps weights [in, out].
      try model.loadStateDict([
        ("0.weight", start[0].t()), ("0.bias", start[1]), ("1.weight", start[2].t()),
        ("1.bias", start[3]),
      ])
      let loss = CrossEntropy(entry.softmax ? .probabilities(epsilon: 1e-7) : .logits)
      let trainer = Trainer(
        model: model, loss: loss, optimizer: try optimizer(entry.optimizer, model),
        metrics: [.accuracy])
      var plan = TrainingPlan(batchSize: 8, epochs: 4)
      plan.shuffle = false
      plan.allowsPlan = planned
      plan.sampleWeights = try entry.sampleWeights?.tensor()
      plan.classWeights = entry.classWeights.map { weights in
        Dictionary(weights.enumerated().map { ($0, $1) }) { first, _ in first }
      }
      plan.validationSplit = entry.split
      let y = try entry.y.tensor()
      let target = entry.oneHot ? try y.oneHot(classes: 3, dtype: .float32) : y
      let history = try trainer.fit(entry.x.tensor(), target, plan)
      for pair in entry.history {
        guard case .name(let name) = pair[0], case .values(let values) = pair[1] else { continue }
        let found = try #require(history[name], "\(what): no \(name)")
        for (a, b) in zip(found, values) {
          #expect(abs(a - b) < 2e-5, "\(what) \(name): \(a), recorded \(b)")
        }
      }
      let weights = model.parameters
      #expect(try entry.end[0].distance(to: weights[0].t()) < 2e-5, "\(what)")
      #expect(try entry.end[3].distance(to: weights[3]) < 2e-5, "\(what)")
      let judged = try trainer.evaluate(entry.x.tensor(), target)
      for ((name, value), expected) in zip(judged.entries, entry.evaluated) {
        #expect(abs(value - expected) < 2e-5, "\(what) evaluated \(name)")
      }
    }
  }
}
