import TensorCore

/// A number that judges predictions: the mean over rows of a per-row value.
public struct Metric: Sendable {
  /// What reports and histories call it: `"accuracy"`.
  public let name: String
  /// The per-row values of a batch, [batch].
  let rows: @Sendable (_ prediction: Tensor, _ target: Tensor) throws -> Tensor
  /// Whether this counts rows whose largest logit is the target class, which plans count anyway.
  let isClassAccuracy: Bool

  public init(
    _ name: String,
    _ rows: @escaping @Sendable (_ prediction: Tensor, _ target: Tensor) throws -> Tensor
  ) {
    self.init(name, isClassAccuracy: false, rows)
  }

  private init(
    _ name: String, isClassAccuracy: Bool,
    _ rows: @escaping @Sendable (_ prediction: Tensor, _ target: Tensor) throws -> Tensor
  ) {
    self.name = name
    self.rows = rows
    self.isClassAccuracy = isClassAccuracy
  }

  /// The same under another name.
  public func named(_ name: String) -> Metric {
    Metric(name, isClassAccuracy: isClassAccuracy, rows)
  }

  /// 1 where the largest of [batch, classes] is the target's class [batch] or [batch, 1].
  public static let sparseCategoricalAccuracy = Metric(
    "sparse_categorical_accuracy", isClassAccuracy: true
  ) { prediction, target in
    let found = try prediction.detach().argmax(axis: -1)
    var classes = target
    if classes.rank == found.rank + 1 { classes = try classes.squeeze(-1) }
    return try meanPerRow(Comparison.equal(found, classes.to(.int64)))
  }

  /// 1 where the largest of [batch, classes] stands where the largest of the target does.
  public static let categoricalAccuracy = Metric(
    "categorical_accuracy", isClassAccuracy: true
  ) { prediction, target in
    try meanPerRow(
      Comparison.equal(prediction.detach().argmax(axis: -1), target.argmax(axis: -1)))
  }

  /// The share of a row's elements on the target's side of the threshold.
  public static func binaryAccuracy(threshold: Double = 0.5) -> Metric {
    Metric("binary_accuracy") { prediction, target in
      let found = try Comparison.greater(prediction.detach(), .double(threshold))
      let wanted = try Comparison.greater(fitted(target, to: prediction), .double(0.5))
      return try meanPerRow(Comparison.equal(found, wanted))
    }
  }

  public static let meanAbsoluteError = Metric("mae") { prediction, target in
    try meanPerRow(prediction.detach().subtracting(fitted(target, to: prediction)).abs())
  }

  public static let meanSquaredError = Metric("mse") { prediction, target in
    try meanPerRow(prediction.detach().subtracting(fitted(target, to: prediction)).square())
  }

  /// The accuracy that fits the shapes, as Keras chooses for `"accuracy"`: binary for one output,
  /// sparse for classes, categorical for one-hot rows.
  public static let accuracy = Metric("accuracy") { prediction, target in
    try chosen(prediction.shape, target.shape).rows(prediction, target)
  }

  private static func chosen(_ prediction: [Int], _ target: [Int]) -> Metric {
    let outputs = prediction.last ?? 1
    if outputs == 1 || prediction.count == 1 { return binaryAccuracy() }
    return target.count < prediction.count || target.last == 1
      ? sparseCategoricalAccuracy : categoricalAccuracy
  }

  /// Whether a plan's own count gives this metric for outputs and targets of these shapes.
  func isClassAccuracy(prediction: [Int], target: [Int]) -> Bool {
    name == "accuracy" || isClassAccuracy
      ? isClassAccuracy || Self.chosen(prediction, target).isClassAccuracy : false
  }

  /// The metric of a Keras name, nil for an unknown one.
  public init?(name: String) {
    switch name {
    case "accuracy", "acc": self = Metric.accuracy.named(name)
    case "sparse_categorical_accuracy": self = .sparseCategoricalAccuracy
    case "categorical_accuracy": self = .categoricalAccuracy
    case "binary_accuracy": self = .binaryAccuracy()
    case "mae", "mean_absolute_error": self = Metric.meanAbsoluteError.named(name)
    case "mse", "mean_squared_error": self = Metric.meanSquaredError.named(name)
    default: return nil
    }
  }

  private static func meanPerRow(_ values: Tensor) throws -> Tensor {
    let numbers = try values.dtype.isFloating ? values : values.to(.float32)
    if numbers.rank <= 1 { return try numbers.reshape([-1]) }
    return try numbers.flatten(from: 1).mean([1])
  }

  private static func fitted(_ target: Tensor, to prediction: Tensor) throws -> Tensor {
    try Trainer.fit(target, to: prediction)
  }
}
