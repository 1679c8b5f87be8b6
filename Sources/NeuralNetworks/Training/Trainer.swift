import TensorCore

/// Settings of a training run.
public struct TrainingPlan {
  public var batchSize = 32
  public var epochs = 1
  /// The number of the first epoch, for a run that goes on.
  public var initialEpoch = 0
  public var shuffle = true
  /// Data to judge after each epoch.
  public var validation: (x: Tensor, y: Tensor)?
  /// The share of rows, taken from the end before shuffling, to judge after each epoch.
  public var validationSplit = 0.0
  /// A factor for the loss of each row, [rows].
  public var sampleWeights: Tensor?
  /// A factor for the loss of each class.
  public var classWeights: [Int: Double]?
  /// Where the order of rows comes from.
  public var generator = Generator.default
  /// Whether steps may run on a plan; the numbers are the same to 1e-5.
  public var allowsPlan = true

  public init(batchSize: Int = 32, epochs: Int = 1) {
    self.batchSize = batchSize
    self.epochs = epochs
  }
}

/// Trains, judges and applies a model, as Keras's `compile`, `fit`, `evaluate` and `predict`.
///
/// Rows are the first axis of `x` and `y`. The loss of an epoch is the mean over its rows. A run can
/// be interrupted between batches: the weights of the batches done stay in the model.
public final class Trainer {
  public let model: Module
  public let loss: any Loss
  public let optimizer: Optimizer
  public let metrics: [Metric]

  public init(model: Module, loss: any Loss, optimizer: Optimizer, metrics: [Metric] = []) {
    self.model = model
    self.loss = loss
    self.optimizer = optimizer
    self.metrics = metrics
  }

  /// Trains the model.
  ///
  /// - Parameters:
  ///   - x: inputs [rows, ...]; other dtypes are converted to float32.
  ///   - y: targets [rows] or [rows, ...].
  /// - Returns: loss and metrics per epoch.
  /// - Throws: `NeuralNetworkError.data` for data that does not fit, `.layersDoNotFit` before the
  ///   first step, `Interrupted`.
  @discardableResult
  public func fit(
    _ x: Tensor, _ y: Tensor, _ plan: TrainingPlan = TrainingPlan(),
    observers: [any TrainingObserver] = []
  ) throws -> TrainingHistory {
    let data = try TrainingData(x, y, plan)
    _ = try model.build([nil] + data.x.shape.dropFirst().map { $0 })
    let run = TrainingRun(
      epochs: plan.epochs, stepsPerEpoch: data.steps, samples: data.rows,
      hasValidation: data.validation != nil)
    let wasTraining = model.isTraining
    defer { model.train(wasTraining) }
    model.train()
    let step: any TrainingStep =
      try (plan.allowsPlan ? PlannedStep(self, data) : nil) ?? EagerStep(self, data)
    run.isPlanned = step is PlannedStep
    let clock = ContinuousClock()
    let start = clock.now
    do {
      for observer in observers { try observer.trainingBegan(run) }
      for epoch in plan.initialEpoch..<max(plan.initialEpoch, plan.epochs) where !run.stops {
        run.epoch = epoch
        run.step = 0
        for observer in observers { try observer.epochBegan(run) }
        var logs = try self.epoch(data, step, plan, run, observers) {
          run.seconds = (clock.now - start).seconds
        }
        if let validation = data.validation {
          let judged = try evaluate(validation.x, validation.y, batchSize: plan.batchSize)
          for (name, value) in judged.entries { logs["val_" + name] = value }
          model.train()
        }
        run.seconds = (clock.now - start).seconds
        run.history.append(epoch, logs)
        for observer in observers { try observer.epochEnded(run, logs) }
      }
      for observer in observers { try observer.trainingEnded(run) }
    } catch let error as Interrupted {
      for observer in observers { observer.trainingInterrupted(run) }
      throw error
    }
    return run.history
  }

  private func epoch(
    _ data: TrainingData, _ step: any TrainingStep, _ plan: TrainingPlan, _ run: TrainingRun,
    _ observers: [any TrainingObserver], _ tick: () -> Void
  ) throws -> TrainingLogs {
    let order = plan.shuffle ? try Tensor.randperm(data.rows, generator: plan.generator) : nil
    var sums = MetricSums(["loss"] + metrics.map(\.name))
    for batch in 0..<data.steps {
      try Interrupt.check()
      let first = batch * plan.batchSize
      let count = min(plan.batchSize, data.rows - first)
      try step.run(first: first, count: count, order: order, sums: &sums)
      run.step = batch + 1
      if !observers.isEmpty {
        tick()
        let logs = sums.logs
        for observer in observers { try observer.batchEnded(run, logs) }
      }
      if run.stops { break }
    }
    return sums.logs
  }

  /// Loss and metrics of the model on data, in the mode of use.
  public func evaluate(_ x: Tensor, _ y: Tensor, batchSize: Int = 32) throws -> TrainingLogs {
    let data = try TrainingData(x, y, TrainingPlan(batchSize: batchSize))
    let wasTraining = model.isTraining
    model.eval()
    defer { model.train(wasTraining) }
    var sums = MetricSums(["loss"] + metrics.map(\.name))
    try noGrad {
      // Larger batches are faster and give the same sums.
      let rows = max(batchSize, Self.rowsAtOnce(data.x))
      var first = 0
      while first < data.rows {
        try Interrupt.check()
        let count = min(rows, data.rows - first)
        let input = try data.x.narrow(0, start: first, length: count)
        let target = try data.y.narrow(0, start: first, length: count)
        let prediction = try model(input)
        let fitted = try Self.fit(target, to: prediction)
        sums.add(0, try loss(prediction, fitted).mean().item().double, rows: count)
        for (i, metric) in metrics.enumerated() {
          sums.add(i + 1, try metric.rows(prediction, target).mean().item().double, rows: count)
        }
        first += count
      }
    }
    return sums.logs
  }

  /// The model's outputs for inputs [rows, ...], in the mode of use, unrecorded.
  public func predict(_ x: Tensor, batchSize: Int = 32) throws -> Tensor {
    guard x.rank > 0 else {
      throw NeuralNetworkError.data(
        message: "predict: the inputs need an axis of rows, shape is []")
    }
    let wasTraining = model.isTraining
    model.eval()
    defer { model.train(wasTraining) }
    return try noGrad {
      let input = try TrainingData.floats(x)
      let rows = max(1, batchSize, Self.rowsAtOnce(input))
      var parts: [Tensor] = []
      var first = 0
      repeat {
        try Interrupt.check()
        let count = min(rows, input.shape[0] - first)
        parts.append(try model(input.narrow(0, start: first, length: count)))
        first += count
      } while first < input.shape[0]
      return parts.count == 1 ? parts[0] : try Tensor.cat(parts)
    }
  }

  /// Rows that make about 64 Ki elements of input.
  private static func rowsAtOnce(_ x: Tensor) -> Int {
    let row = x.count / max(1, x.shape.first ?? 1)
    return min(1024, max(1, (1 << 16) / max(1, row)))
  }

  /// A target with the prediction's number of axes where only an axis of size 1 is missing, and as
  /// floats where it is compared by value.
  static func fit(_ target: Tensor, to prediction: Tensor) throws -> Tensor {
    var t = target
    if t.rank + 1 == prediction.rank && prediction.shape.last == 1 { t = try t.unsqueeze(-1) }
    if t.shape == prediction.shape && !t.dtype.isFloating { t = try t.to(prediction.dtype) }
    return t
  }
}

extension Duration {
  var seconds: Double {
    let (whole, atto) = components
    return Double(whole) + Double(atto) * 1e-18
  }
}

/// Sums of per-row numbers and the rows they are of.
struct MetricSums {
  let names: [String]
  private var totals: [Double]
  private var rows: [Int]

  init(_ names: [String]) {
    self.names = names
    totals = Array(repeating: 0, count: names.count)
    rows = Array(repeating: 0, count: names.count)
  }

  mutating func add(_ i: Int, _ mean: Double, rows count: Int) {
    totals[i] += mean * Double(count)
    rows[i] += count
  }

  var logs: TrainingLogs {
    var logs = TrainingLogs()
    for (i, name) in names.enumerated() {
      logs[name] = rows[i] == 0 ? 0 : totals[i] / Double(rows[i])
    }
    return logs
  }
}
