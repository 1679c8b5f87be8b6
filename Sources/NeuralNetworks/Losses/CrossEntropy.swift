import TensorCore

/// -log of the probability of the right class.
///
/// Predictions [batch, classes] or, as in PyTorch, [batch, classes, ...]; targets are classes (any
/// integer dtype, [batch, ...] or [batch, 1]) or probabilities of the predictions' shape.
public struct CrossEntropy: Loss {
  /// What the predictions are.
  public enum Input: Sendable {
    case logits
    /// Probabilities, kept `epsilon` away from 0 and 1 after each row is divided by its sum, as Keras
    /// does.
    case probabilities(epsilon: Double)
    /// Logarithms of probabilities. (`nn.NLLLoss`)
    case logProbabilities
  }

  public let input: Input
  /// Share of the target that is spread evenly over all classes. (Szegedy et al. 2016)
  public let labelSmoothing: Double
  /// A class that counts nothing.
  public let ignoredClass: Int?
  /// A factor per class; the mean divides by the sum of factors, as PyTorch does.
  public let classWeights: Tensor?
  public let reduction: LossReduction
  public var name: String { "crossentropy" }

  public init(
    _ input: Input = .logits, labelSmoothing: Double = 0, ignoredClass: Int? = -100,
    classWeights: Tensor? = nil, reduction: LossReduction = .mean
  ) {
    self.input = input
    self.labelSmoothing = labelSmoothing
    self.ignoredClass = ignoredClass
    self.classWeights = classWeights
    self.reduction = reduction
  }

  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weights: Tensor?) throws
    -> Tensor
  {
    if weights == nil, let fused = try fused(prediction, target) { return fused }
    let losses = try each(prediction, target)
    let result = try reduced(losses, prediction, target, weights)
    let isDistribution = target.dtype.isFloating && target.shape == prediction.shape
    let name =
      isDistribution
      ? reduction == .mean ? "DivBackward1" : "NegBackward0"
      : labelSmoothing > 0
        ? "AddBackward0"
        : prediction.rank <= 2
          ? "NllLossBackward0" : reduction == .none ? "ViewBackward0" : "NllLoss2DBackward0"
    return result.named(gradientFunction: name)
  }

  private func reduced(
    _ losses: Tensor, _ prediction: Tensor, _ target: Tensor, _ weights: Tensor?
  ) throws -> Tensor {
    if let weights {
      let weighted = try losses.multiplied(by: weights.reshape(losses.shape))
      return try reduction == .none
        ? weighted : reduction == .sum ? weighted.sum() : weighted.mean()
    }
    switch reduction {
    case .none: return losses
    case .sum: return try losses.sum()
    case .mean:
      guard let factors = try rowFactors(prediction, target) else { return try losses.mean() }
      return try losses.sum().divided(by: factors.sum())
    }
  }

  public func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    let axis = try classAxis(prediction)
    let logs = try logProbabilities(prediction, axis)
    if target.dtype.isFloating && target.shape == prediction.shape {
      var t = try target.to(logs.dtype)
      if labelSmoothing > 0 {
        let share = labelSmoothing / Double(max(1, prediction.shape[axis]))
        t = try t.multiplied(by: .double(1 - labelSmoothing)).adding(.double(share))
      }
      var terms = try t.multiplied(by: logs)
      if let classWeights { terms = try terms.multiplied(by: along(axis, classWeights, logs.rank)) }
      return try terms.sum([axis]).neg()
    }
    let classes = try checkedClasses(prediction, target, axis)
    let valid = try ignoredClass.map { try Comparison.notEqual(classes, .int($0)) }
    let safe = try valid.map { try Tensor.where($0, classes, .int(0)) } ?? classes
    var losses = try logs.gather(axis, safe.unsqueeze(axis)).squeeze(axis).neg()
    if let classWeights {
      losses = try losses.multiplied(by: classWeights.to(logs.dtype).index([.tensor(safe)]))
    }
    if labelSmoothing > 0 {
      var terms = logs
      if let classWeights { terms = try terms.multiplied(by: along(axis, classWeights, logs.rank)) }
      let even = try terms.sum([axis]).neg()
        .multiplied(by: .double(labelSmoothing / Double(max(1, prediction.shape[axis]))))
      losses = try losses.multiplied(by: .double(1 - labelSmoothing)).adding(even)
    }
    return try valid.map { try Tensor.where($0, losses, .double(0)) } ?? losses
  }

  // MARK: -

  private func classAxis(_ prediction: Tensor) throws -> Int {
    guard prediction.rank > 0, prediction.dtype.isFloating else {
      throw TensorError.wrongShape(
        operation: "cross_entropy", found: prediction.shape,
        needed: "[batch, classes] of floats for the predictions")
    }
    return prediction.rank == 1 ? 0 : 1
  }

  private func logProbabilities(_ prediction: Tensor, _ axis: Int) throws -> Tensor {
    switch input {
    case .logits: return try prediction.logSoftmax(axis: axis)
    case .logProbabilities: return prediction
    case .probabilities(let epsilon):
      let rows = try prediction.divided(by: prediction.sum([axis], keepDims: true))
      return try rows.clamp(min: .double(epsilon), max: .double(1 - epsilon)).log()
    }
  }

  private func along(_ axis: Int, _ weights: Tensor, _ rank: Int) throws -> Tensor {
    var shape = [Int](repeating: 1, count: rank)
    shape[axis] = -1
    return try weights.reshape(shape)
  }

  /// Classes as int64 with the predictions' shape less the class axis.
  func checkedClasses(_ prediction: Tensor, _ target: Tensor, _ axis: Int) throws -> Tensor
  {
    var needed = prediction.shape
    let count = needed.remove(at: axis)
    guard target.dtype.isInteger else {
      throw TensorError.dtype(
        operation: "cross_entropy", found: target.dtype,
        needed: "integer classes \(needed), or probabilities of shape \(prediction.shape)")
    }
    var classes = try target.to(.int64)
    if classes.shape == needed + [1] { classes = try classes.squeeze(-1) }
    guard classes.shape == needed else {
      throw TensorError.wrongShape(
        operation: "cross_entropy", found: target.shape,
        needed: "\(needed), one class for each row of the predictions \(prediction.shape)")
    }
    try classes.contiguous().withElements(of: Int64.self) { values in
      for value in values where (value < 0 || value >= count) && Int(value) != ignoredClass {
        throw TensorError.argument(
          operation: "cross_entropy",
          message:
            "Target \(value) is out of bounds: the predictions have classes 0 to \(count - 1)")
      }
    }
    return classes
  }

  /// What the mean divides by, per row; nil when every row counts 1.
  private func rowFactors(_ prediction: Tensor, _ target: Tensor) throws -> Tensor? {
    let axis = try classAxis(prediction)
    if target.dtype.isFloating && target.shape == prediction.shape { return nil }
    if classWeights == nil && ignoredClass == nil { return nil }
    let classes = try checkedClasses(prediction, target, axis)
    var factors = try Tensor.ones(classes.shape, dtype: prediction.dtype)
    let valid = try ignoredClass.map { try Comparison.notEqual(classes, .int($0)) }
    if let classWeights {
      let safe = try valid.map { try Tensor.where($0, classes, .int(0)) } ?? classes
      factors = try classWeights.to(prediction.dtype).index([.tensor(safe)])
    }
    return try valid.map { try Tensor.where($0, factors, .double(0)) } ?? factors
  }
}
