import TensorCore

/// Checked data of a run: the rows to train on, the rows to judge, the factors of rows.
struct TrainingData {
  /// [rows, ...] float32, contiguous.
  let x: Tensor
  /// [rows] or [rows, ...].
  let y: Tensor
  let rows: Int
  let batchSize: Int
  let steps: Int
  /// [rows] float32.
  let weights: Tensor?
  let validation: (x: Tensor, y: Tensor)?

  init(_ x: Tensor, _ y: Tensor, _ plan: TrainingPlan) throws {
    guard let all = x.shape.first, let targets = y.shape.first else {
      throw NeuralNetworkError.data(
        message: "x and y need an axis of rows; their shapes are \(x.shape) and \(y.shape)")
    }
    guard all == targets else {
      throw NeuralNetworkError.data(
        message: "x has \(all) rows and y has \(targets): shapes \(x.shape) and \(y.shape); "
          + "every row of x needs one target")
    }
    guard plan.batchSize > 0 else {
      throw NeuralNetworkError.data(
        message: "the batch size must be positive, not \(plan.batchSize)")
    }
    guard plan.validationSplit >= 0, plan.validationSplit < 1 else {
      throw NeuralNetworkError.data(
        message: "validation_split must be at least 0 and below 1, not \(plan.validationSplit)")
    }
    let inputs = try Self.floats(x.detach())
    let labels = try y.detach().contiguous()
    // Keras: the split is int(rows * (1 - share)) rows to train on.
    let kept =
      plan.validationSplit > 0
      ? Int((Double(all) * (1 - plan.validationSplit)).rounded(.down)) : all
    guard kept > 0 else {
      throw NeuralNetworkError.data(
        message: "there are no rows to train on: x has shape \(x.shape)")
    }
    self.x = try inputs.narrow(0, start: 0, length: kept)
    self.y = try labels.narrow(0, start: 0, length: kept)
    rows = kept
    batchSize = plan.batchSize
    steps = (kept - 1) / plan.batchSize + 1
    if let given = plan.validation {
      guard given.x.shape.first == given.y.shape.first, given.x.rank > 0 else {
        throw NeuralNetworkError.data(
          message: "validation data: x has shape \(given.x.shape), y \(given.y.shape); "
            + "the numbers of rows differ")
      }
      validation = (try Self.floats(given.x.detach()), given.y.detach())
    } else if kept < all {
      validation = (
        try inputs.narrow(0, start: kept, length: all - kept),
        try labels.narrow(0, start: kept, length: all - kept)
      )
    } else {
      validation = nil
    }
    weights = try Self.weights(plan, self.y, all: all, kept: kept)
  }

  /// As float32 and contiguous.
  static func floats(_ x: Tensor) throws -> Tensor {
    try (x.dtype == .float32 ? x : x.to(.float32)).contiguous()
  }

  private static func weights(_ plan: TrainingPlan, _ y: Tensor, all: Int, kept: Int) throws
    -> Tensor?
  {
    var result: Tensor?
    if let given = plan.sampleWeights {
      guard given.shape == [all] else {
        throw NeuralNetworkError.data(
          message: "sample_weight has shape \(given.shape), needed is [\(all)], one per row")
      }
      result = try given.detach().to(.float32).narrow(0, start: 0, length: kept).contiguous()
    }
    if let classes = plan.classWeights {
      let labels =
        try y.rank > 1 && y.shape[1] > 1
        ? y.argmax(axis: 1).ints() : y.reshape([-1]).ints()
      let factors = try Tensor(labels.map { Float(classes[$0] ?? 1) })
      result = try result.map { try $0.multiplied(by: factors) } ?? factors
    }
    return result
  }
}

/// One step of training: forward, backward, update.
protocol TrainingStep {
  /// - Parameters:
  ///   - order: the rows in the order of this epoch; nil is as they lie.
  ///   - sums: receives the loss (0) and the metrics.
  func run(first: Int, count: Int, order: Tensor?, sums: inout MetricSums) throws
}

/// A step on the tape, for any model and loss.
struct EagerStep: TrainingStep {
  private let trainer: Trainer
  private let data: TrainingData

  init(_ trainer: Trainer, _ data: TrainingData) {
    self.trainer = trainer
    self.data = data
  }

  func run(first: Int, count: Int, order: Tensor?, sums: inout MetricSums) throws {
    func rows(_ t: Tensor) throws -> Tensor {
      guard let order else { return try t.narrow(0, start: first, length: count) }
      return try t.indexSelect(0, order.narrow(0, start: first, length: count))
    }
    let target = try rows(data.y)
    trainer.optimizer.zeroGrad()
    let prediction = try trainer.model(rows(data.x))
    let loss = try trainer.loss(
      prediction, Trainer.fit(target, to: prediction), weights: data.weights.map(rows))
    let single = loss.count == 1 ? loss : try loss.mean()
    try single.backward()
    try trainer.optimizer.step()
    sums.add(0, try single.item().double, rows: count)
    for (i, metric) in trainer.metrics.enumerated() {
      sums.add(
        i + 1, try noGrad { try metric.rows(prediction, target).mean().item().double }, rows: count)
    }
  }
}
