import TensorCore

extension Trainer {
  /// Targets as the training loop compares them with predictions: with the axis of size 1 that is
  /// missing, and as floats where they have the predictions' shape.
  public static func target(_ target: Tensor, for prediction: Tensor) throws -> Tensor {
    try fit(target, to: prediction)
  }
}

extension Metric {
  /// The mean over all rows.
  ///
  /// - Parameters:
  ///   - prediction: [rows, ...].
  ///   - target: [rows] or [rows, ...].
  public func mean(_ prediction: Tensor, _ target: Tensor) throws -> Double {
    try noGrad { try rows(prediction, target).mean().item().double }
  }
}
