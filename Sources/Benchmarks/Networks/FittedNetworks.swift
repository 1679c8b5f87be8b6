import NeuralNetworks
import TensorCore

extension Workload {
  /// `mlp_small`, `mlp_mnist`, `cnn`: an epoch of `fit`, batches in order, from weights that the peer
  /// has as well.
  static var fitted: [Workload] {
    [
      fit("mlp_small", rows: 1792, batch: 32) {
        let x = try uniform(11, [1792, 64])
        let model = try perceptron(64, 32)
        return (x, try classes(x, 13), model, try Adam(model.parameters))
      },
      fit("mlp_mnist", rows: 8192, batch: 128) {
        let x = try uniform(21, [8192, 784])
        let model = try perceptron(784, 512)
        return (
          x, try classes(x, 23), model, try SGD(model.parameters, learningRate: 0.01, momentum: 0.9)
        )
      },
      fit("cnn", rows: 1024, batch: 64) {
        let x = try uniform(31, [1024, 1, 28, 28])
        let model = try convolutional()
        return (x, try classes(x, 33), model, try Adam(model.parameters))
      },
    ]
  }

  private static func fit(
    _ name: String, rows: Int, batch: Int,
    _ make: @escaping () throws -> (Tensor, Tensor, Module, Optimizer)
  ) -> Workload {
    func epoch() throws -> () throws -> Double {
      let (x, y, model, optimizer) = try make()
      let trainer = Trainer(model: model, loss: CrossEntropy(), optimizer: optimizer)
      var plan = TrainingPlan(batchSize: batch)
      plan.shuffle = false
      return { try trainer.fit(x, y, plan)["loss"]?.last ?? .nan }
    }
    var workload = Workload(
      name: name, work: Double(batch), unit: "Gsample/s", repetitions: rows / batch
    ) {
      let run = try epoch()
      return { _ = try run() }
    }
    workload.loss = { try epoch()() }
    return workload
  }

  /// Dense layers with weights of seeds 100 and 101, [in, out] there.
  private static func perceptron(_ inputs: Int, _ hidden: Int) throws -> Module {
    Sequential([
      try dense(100, inputs, hidden), ActivationLayer(.relu), try dense(101, hidden, 10),
    ])
  }

  private static func dense(_ seed: UInt64, _ inputs: Int, _ outputs: Int) throws -> Linear {
    let layer = try Linear(inputs, outputs)
    let weight = try weights(seed, inputs: inputs, [inputs, outputs]).t().contiguous()
    _ = try layer.loadStateDict([("weight", weight), ("bias", Tensor.zeros([outputs]))])
    return layer
  }

  private static func convolution(_ seed: UInt64, _ inputs: Int, _ outputs: Int) throws -> Conv {
    let layer = try Conv(inputs, outputs, Conv.Settings(kernel: [3, 3]))
    let weight = try weights(seed, inputs: inputs * 9, [outputs, inputs, 3, 3])
    _ = try layer.loadStateDict([("weight", weight), ("bias", Tensor.zeros([outputs]))])
    return layer
  }

  private static func convolutional() throws -> Module {
    func pool() -> Module {
      FunctionLayer(
        "MaxPool2d", shape: { $0.prefix(2) + $0.suffix(2).map { size in size.map { $0 / 2 } } }
      ) { try $0.maxPooled2d(Pool(kernel: [2, 2])) }
    }
    return Sequential([
      try convolution(100, 1, 32), ActivationLayer(.relu), pool(),
      try convolution(101, 32, 64), ActivationLayer(.relu), pool(), Flatten(),
      try dense(102, 1600, 128), ActivationLayer(.relu), try dense(103, 128, 10),
    ])
  }
}
