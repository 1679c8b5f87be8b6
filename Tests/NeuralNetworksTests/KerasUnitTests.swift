import TensorCore
import Testing

@testable import NeuralNetworks

/// Properties of Keras's units and rules that no recorded number tells.
@Suite struct KerasUnitTests {
  /// Every rule of the optimizers goes down the same slope.
  @Test(arguments: KerasOptimizerRule.Rule.allCases)
  func everyRuleFindsTheMinimum(_ rule: KerasOptimizerRule.Rule) throws {
    let w = try Tensor([Float(2), -3])
    try w.setRequiresGrad(true)
    var settings = Hyperparameters(learningRate: 
      rule == .adadelta ? 5 : rule == .ftrl || rule == .adagrad ? 0.5 : 0.05)
    settings.epsilon = 1e-7
    var extra = KerasOptimizerRule.Extra()
    if rule == .adadelta { extra.rho = 0.95 }
    let optimizer = try KerasOptimizerRule(rule, groups: [ParameterGroup([w], settings)], extra: extra)
    for _ in 0..<400 {
      w.grad = try w.detach().multiplied(by: 2)
      try optimizer.step()
    }
    let left = try w.detach().square().sum().item().double
    #expect(left < 1, "\(rule.rawValue) leaves \(left)")
  }

  @Test func initialValuesHaveTheVarianceThatTheyPromise() throws {
    for (name, wanted) in [("glorot_uniform", 2.0 / 500), ("he_normal", 2.0 / 200), ("lecun_normal", 1.0 / 200)] {
      let tensor = try Tensor.zeros([200, 300])
      let rule = try #require(KerasInitializers.rule(name))
      try rule(tensor, KerasInitializers.fans([200, 300]), generator: Generator(seed: 3))
      let variance = try tensor.variance(correction: 0).item().double
      // A standard error of the variance of 60000 draws is about 0.6 %; 4 % is far beyond.
      #expect(abs(variance / wanted - 1) < 0.04, "\(name): \(variance) against \(wanted)")
    }
  }

  @Test func orthogonalRowsStandAtRightAngles() throws {
    let tensor = try Tensor.zeros([5, 3])
    try KerasInitializers.orthogonal()(tensor, KerasInitializers.fans([5, 3]))
    let product = try tensor.t().matmul(tensor)
    #expect(try product.allClose(Tensor.eye(3), relative: 1e-4, absolute: 1e-5))
  }

  @Test func aKernelOfInputsByOutputsTrainsOnAPlan() throws {
    let kernel = try Tensor([Float(0.1), 0.2, -0.3, 0.4, 0.5, -0.6]).reshape([3, 2])
    let bias = try Tensor.zeros([2])
    func run(planned: Bool) throws -> [Float] {
      let (k, b) = (try kernel.clone(), try bias.clone())
      let model = Sequential([try Linear(kernel: k, bias: b, activation: .linear)])
      let trainer = Trainer(
        model: model, loss: MeanSquaredError(), optimizer: try SGD([k, b], learningRate: 0.1))
      let x = try Tensor((0..<12).map { Float($0) * 0.1 }).reshape([4, 3])
      var plan = TrainingPlan(batchSize: 2, epochs: 3)
      plan.shuffle = false
      plan.allowsPlan = planned
      try trainer.fit(x, Tensor.ones([4, 2]), plan)
      return try k.detach().floats() + b.detach().floats()
    }
    let (eager, planned) = (try run(planned: false), try run(planned: true))
    for (a, b) in zip(eager, planned) { #expect(abs(a - b) < 1e-5) }
  }
}
