import Foundation
import TensorCore
import Testing

@testable import NeuralNetworks

@Suite struct TrainerTests {
  /// Rows whose class is the largest of a fixed linear map: learnable, the same every time.
  private func data(rows: Int = 300, columns: Int = 12, classes: Int = 4) throws -> (Tensor, Tensor)
  {
    let generator = Generator(seed: 7)
    let x = try Tensor.rand([rows, columns], generator: generator)
    let map = try Tensor.randn([columns, classes], generator: generator)
    return (x, try x.matmul(map).argmax(axis: 1))
  }

  private func model(_ activation: Activation = .relu, dropout: Double = 0, softmax: Bool = false)
    throws -> Sequential
  {
    let generator = Generator(seed: 3)
    var layers: [Module] = [
      try Linear(12, 16, activation: activation, generator: generator)
    ]
    if dropout > 0 { layers.append(try Dropout(dropout, generator: Generator(seed: 9))) }
    layers.append(try Linear(16, 8, generator: generator))
    layers.append(ActivationLayer(.tanh))
    if dropout > 0 { layers.append(try Dropout(dropout, generator: Generator(seed: 10))) }
    layers.append(try Linear(8, 4, activation: softmax ? .softmax : .linear, generator: generator))
    return Sequential(layers)
  }

  private func history(
    planned: Bool, _ model: Sequential, _ loss: any Loss,
    _ optimizer: (Sequential) throws -> Optimizer,
    target: ((Tensor) throws -> Tensor)? = nil, change: (inout TrainingPlan) -> Void = { _ in }
  ) throws -> (TrainingHistory, [Float], Bool) {
    let (x, y) = try data()
    let trainer = Trainer(
      model: model, loss: loss, optimizer: try optimizer(model),
      metrics: [.accuracy, .meanSquaredError.named("m")].prefix(target == nil ? 1 : 2).map { $0 })
    var plan = TrainingPlan(batchSize: 32, epochs: 6)
    plan.generator = Generator(seed: 1)
    plan.allowsPlan = planned
    change(&plan)
    final class Spy: TrainingObserver {
      var planned = false
      func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) { planned = run.isPlanned }
    }
    let spy = Spy()
    let history = try trainer.fit(x, target.map { try $0(y) } ?? y, plan, observers: [spy])
    return (history, try model.parameters.flatMap { try $0.detach().floats() }, spy.planned)
  }

  private func checkAgreement(
    _ make: () throws -> Sequential, _ loss: any Loss,
    _ optimizer: (Sequential) throws -> Optimizer, target: ((Tensor) throws -> Tensor)? = nil,
    change: (inout TrainingPlan) -> Void = { _ in }
  ) throws {
    let eager = try history(
      planned: false, try make(), loss, optimizer, target: target, change: change)
    let planned = try history(
      planned: true, try make(), loss, optimizer, target: target, change: change)
    #expect(!eager.2)
    #expect(planned.2, "the plan did not take this model")
    for ((name, a), (_, b)) in zip(eager.0.metrics, planned.0.metrics) {
      for (x, y) in zip(a, b) {
        // 60 steps of float32 in another order of rounding.
        #expect(abs(x - y) <= 2e-5 * max(1, abs(x)), "\(name): \(x) and \(y)")
      }
    }
    for (x, y) in zip(eager.1, planned.1) { #expect(abs(x - y) <= 1e-4, "\(x) and \(y)") }
  }

  @Test func planAndTapeAgreeForSGD() throws {
    try checkAgreement({ try model() }, CrossEntropy()) {
      try SGD($0.parameters, learningRate: 0.05, momentum: 0.9, weightDecay: 1e-3, nesterov: true)
    }
  }

  @Test func planAndTapeAgreeForAdam() throws {
    try checkAgreement({ try model(.gelu) }, CrossEntropy()) {
      try Adam($0.parameters, learningRate: 0.01)
    }
  }

  @Test func planAndTapeAgreeOver200Steps() throws {
    for optimizer in [
      { try SGD($0.parameters, learningRate: 0.05, momentum: 0.9) },
      { try Adam($0.parameters, learningRate: 0.001) },
      {
        try KerasOptimizerRule(
          .adam, groups: [ParameterGroup($0.parameters, Hyperparameters(learningRate: 0.001))],
          extra: KerasOptimizerRule.Extra())
      },
    ] as [(Sequential) throws -> Optimizer] {
      try checkAgreement(
        { try model() }, CrossEntropy(), optimizer, change: { (plan: inout TrainingPlan) in plan.epochs = 20 })
    }
  }

  @Test func aRateThatChangesReachesThePlan() throws {
    let (x, y) = try data()
    let results = try [true, false].map { planned -> [Float] in
      let model = try model()
      let trainer = Trainer(model: model, loss: CrossEntropy(), optimizer: try Adam(model.parameters))
      final class Schedule: TrainingObserver {
        let optimizer: Optimizer
        init(_ optimizer: Optimizer) { self.optimizer = optimizer }
        func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) { optimizer.learningRate *= 0.5 }
      }
      var plan = TrainingPlan(batchSize: 50, epochs: 4)
      plan.shuffle = false
      plan.allowsPlan = planned
      try trainer.fit(x, y, plan, observers: [Schedule(trainer.optimizer)])
      return try model.parameters.flatMap { try $0.detach().floats() }
    }
    for (a, b) in zip(results[0], results[1]) { #expect(abs(a - b) <= 1e-5) }
  }

  @Test func planAndTapeAgreeWithDropoutAndSmoothActivations() throws {
    try checkAgreement({ try model(.sigmoid, dropout: 0.3) }, CrossEntropy()) {
      try SGD($0.parameters, learningRate: 0.05)
    }
  }

  @Test func planAndTapeAgreeForProbabilities() throws {
    try checkAgreement({ try model(softmax: true) }, CrossEntropy(.probabilities(epsilon: 1e-7))) {
      try SGD($0.parameters, learningRate: 0.05)
    }
  }

  @Test func planAndTapeAgreeForOneHotTargetsAndRowWeights() throws {
    let weights = try Tensor((0..<300).map { Float($0 % 3) * 0.5 + 0.5 })
    try checkAgreement(
      { try model() }, CrossEntropy(), { try SGD($0.parameters, learningRate: 0.05) },
      target: { try $0.oneHot(classes: 4, dtype: .float32) },
      change: {
        $0.sampleWeights = weights
        $0.classWeights = [1: 2]
      })
  }

  @Test func planAndTapeAgreeForALossOfTheTape() throws {
    try checkAgreement(
      { try model() }, MeanSquaredError(), { try SGD($0.parameters, learningRate: 0.05) },
      target: { try $0.oneHot(classes: 4, dtype: .float32) })
  }

  @Test func learnsAndJudges() throws {
    let (x, y) = try data()
    let net = try model()
    let trainer = Trainer(
      model: net, loss: CrossEntropy(), optimizer: try Adam(net.parameters, learningRate: 0.02),
      metrics: [.accuracy])
    var plan = TrainingPlan(batchSize: 16, epochs: 40)
    plan.validationSplit = 0.2
    plan.generator = Generator(seed: 2)
    let history = try trainer.fit(x, y, plan)
    let accuracy = try #require(history["accuracy"])
    #expect(accuracy.count == 40)
    #expect((accuracy.last ?? 0) > 0.95)
    #expect((history["val_accuracy"]?.last ?? 0) > 0.8)
    #expect(Array(history.metrics.map(\.name)) == ["loss", "accuracy", "val_loss", "val_accuracy"])
    let judged = try trainer.evaluate(x, y)
    #expect((judged["accuracy"] ?? 0) > 0.9)
    let predictions = try trainer.predict(x, batchSize: 7)
    #expect(predictions.shape == [300, 4])
    #expect(net.isTraining)
  }

  @Test func anInterruptKeepsTheWeightsAndTheSession() throws {
    let (x, y) = try data()
    let net = try model()
    let before = try net.parameters.flatMap { try $0.detach().floats() }
    let trainer = Trainer(
      model: net, loss: CrossEntropy(), optimizer: try SGD(net.parameters, learningRate: 0.1))
    final class Stopper: TrainingObserver {
      var steps = 0
      var heard = false
      func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
        steps += 1
        if steps == 5 { throw Interrupted() }
      }
      func trainingInterrupted(_ run: TrainingRun) { heard = true }
    }
    let stopper = Stopper()
    #expect(throws: Interrupted.self) {
      try trainer.fit(x, y, TrainingPlan(batchSize: 32, epochs: 5), observers: [stopper])
    }
    #expect(stopper.heard && stopper.steps == 5)
    let after = try net.parameters.flatMap { try $0.detach().floats() }
    #expect(after != before)
    try trainer.fit(x, y, TrainingPlan(batchSize: 32, epochs: 1))
  }

  @Test func aRequestFromAnotherThreadStopsTheRun() throws {
    let (x, y) = try data()
    for planned in [true, false] {
      let net = try model()
      let trainer = Trainer(
        model: net, loss: CrossEntropy(), optimizer: try SGD(net.parameters, learningRate: 0.1))
      let flag = InterruptFlag()
      let helper = Thread {
        usleep(20_000)
        flag.request()
      }
      helper.start()
      var plan = TrainingPlan(batchSize: 32, epochs: 1_000_000)
      plan.allowsPlan = planned
      plan.generator = Generator(seed: 1)
      #expect(throws: Interrupted.self) {
        try Interrupt.listening(to: flag) { _ = try trainer.fit(x, y, plan) }
      }
      #expect(try trainer.predict(x).shape == [300, 4])
    }
  }

  @Test func anObserverEndsTheRun() throws {
    let (x, y) = try data()
    let net = try model()
    let trainer = Trainer(
      model: net, loss: CrossEntropy(), optimizer: try SGD(net.parameters, learningRate: 0.1))
    final class Early: TrainingObserver {
      func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) { run.stops = run.epoch == 2 }
    }
    let history = try trainer.fit(x, y, TrainingPlan(epochs: 10), observers: [Early()])
    #expect(history.epochs == [0, 1, 2])
  }

  @Test func layersThatDoNotFitAreDrawnBeforeTheFirstStep() throws {
    let net = Sequential([
      Flatten(), try Linear(12, 16), ActivationLayer(.relu), try Linear(15, 4),
    ])
    let (x, y) = try data()
    let trainer = Trainer(
      model: net, loss: CrossEntropy(), optimizer: try SGD(net.parameters, learningRate: 0.1))
    let error = #expect(throws: NeuralNetworkError.self) { try trainer.fit(x, y) }
    let text = "\(try #require(error))"
    #expect(text.contains("layer 3 takes 15 inputs and gets 16: make it Linear(16, 4)"))
    #expect(text.contains("3 Linear(15 -> 4)   [n, 16]  <- takes [n, 15]"), "\(text)")
  }

  @Test func dataThatDoesNotFitIsRefused() throws {
    let (x, y) = try data()
    let net = try model()
    let trainer = Trainer(
      model: net, loss: CrossEntropy(), optimizer: try SGD(net.parameters, learningRate: 0.1))
    #expect(throws: NeuralNetworkError.self) {
      try trainer.fit(x, y.narrow(0, start: 0, length: 9))
    }
    #expect(throws: NeuralNetworkError.self) { try trainer.fit(x, Tensor(.int(1))) }
    #expect(throws: NeuralNetworkError.self) { try trainer.fit(x, y, TrainingPlan(batchSize: 0)) }
    #expect(throws: TensorError.self) { try trainer.fit(x, y.multiplied(by: 9)) }
    #expect(throws: TensorError.self) { try trainer.fit(x, Tensor.rand([300])) }
  }
}
