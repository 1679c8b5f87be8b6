import TensorCore

/// How the losses of single rows or elements become one.
public enum LossReduction: String, Sendable {
  case mean, sum, none
}

/// A measure of how far predictions are from targets.
public protocol Loss: Sendable {
  /// Keras's name: `"mse"`.
  var name: String { get }

  /// One loss per row or element, before the reduction.
  func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor

  var reduction: LossReduction { get }

  /// PyTorch's name of the recorded operation; nil where it is that of the reduction.
  var gradientFunction: String? { get }

  /// The loss of a batch.
  ///
  /// - Parameter weights: factors that broadcast to the single losses. The mean divides by the number
  ///   of losses, not by the sum of weights, as Keras does.
  func callAsFunction(_ prediction: Tensor, _ target: Tensor, weights: Tensor?) throws -> Tensor
}

extension Loss {
  public var gradientFunction: String? { nil }

  public func callAsFunction(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    try callAsFunction(prediction, target, weights: nil)
  }

  public func callAsFunction(_ prediction: Tensor, _ target: Tensor, weights: Tensor?) throws
    -> Tensor
  {
    var losses = try each(prediction, target)
    if let weights {
      var factors = weights
      while factors.rank < losses.rank { factors = try factors.unsqueeze(-1) }
      losses = try losses.multiplied(by: factors)
    }
    let result =
      switch reduction {
      case .mean: try losses.mean()
      case .sum: try losses.sum()
      case .none: losses
      }
    return gradientFunction.map { result.named(gradientFunction: $0) } ?? result
  }
}

/// (prediction - target)^2.
public struct MeanSquaredError: Loss {
  public let reduction: LossReduction
  public var name: String { "mse" }
  public var gradientFunction: String? { "MseLossBackward0" }
  public init(reduction: LossReduction = .mean) { self.reduction = reduction }

  public func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    try prediction.subtracting(target).square()
  }
}

/// |prediction - target|.
public struct MeanAbsoluteError: Loss {
  public let reduction: LossReduction
  public var name: String { "mae" }
  public init(reduction: LossReduction = .mean) { self.reduction = reduction }

  public func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    try prediction.subtracting(target).abs()
  }
}

/// Quadratic up to a distance of `delta`, linear beyond. (Huber 1964)
public struct HuberLoss: Loss {
  public let delta: Double
  public let reduction: LossReduction
  public var name: String { "huber" }
  public var gradientFunction: String? { "HuberLossBackward0" }
  public init(delta: Double = 1, reduction: LossReduction = .mean) {
    self.delta = delta
    self.reduction = reduction
  }

  public func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    let distance = try prediction.subtracting(target).abs()
    let near = try distance.clamp(max: .double(delta))
    // near * (distance - near / 2): x^2 / 2 inside, delta * (|x| - delta / 2) outside.
    return try near.multiplied(by: distance.subtracting(near.multiplied(by: .double(0.5))))
  }
}

/// -t log(p) - (1 - t) log(1 - p), from probabilities or from logits.
public struct BinaryCrossEntropy: Loss {
  public let fromLogits: Bool
  public let reduction: LossReduction
  /// Probabilities are kept this far from 0 and 1 (Keras); nil bounds the logarithms at -100 (PyTorch).
  public let epsilon: Double?
  public var name: String { "binary_crossentropy" }
  public var gradientFunction: String? {
    fromLogits ? "BinaryCrossEntropyWithLogitsBackward0" : "BinaryCrossEntropyBackward0"
  }

  public init(fromLogits: Bool, epsilon: Double? = nil, reduction: LossReduction = .mean) {
    self.fromLogits = fromLogits
    self.epsilon = epsilon
    self.reduction = reduction
  }

  public func each(_ prediction: Tensor, _ target: Tensor) throws -> Tensor {
    let t = try target.to(prediction.dtype)
    guard t.shape == prediction.shape else {
      throw TensorError.wrongShape(
        operation: "binary_cross_entropy", found: t.shape,
        needed: "\(prediction.shape), that of the predictions")
    }
    if fromLogits { return try ofLogits(prediction, t) }
    let one = try t.neg().adding(.double(1))
    if let epsilon {
      let p = try prediction.clamp(min: .double(epsilon), max: .double(1 - epsilon))
      return try t.multiplied(by: p.log())
        .adding(one.multiplied(by: p.neg().adding(.double(1)).log())).neg()
    }
    return try ofProbabilities(prediction, t)
  }

  /// max(z, 0) - z t + log(1 + exp(-|z|)) does not overflow. Its slope is written out, because those
  /// of max and |z| at 0 do not add up to it.
  private func ofLogits(_ z: Tensor, _ t: Tensor) throws -> Tensor {
    let losses = try noGrad {
      try z.relu().subtracting(z.multiplied(by: t)).adding(z.abs().neg().softplus())
    }
    return losses.recorded(as: "BinaryCrossEntropyWithLogitsBackward0", from: [z, t]) { g in
      [
        try g.multiplied(by: z.sigmoid().subtracting(t)),
        t.requiresGrad ? try g.multiplied(by: z.neg()) : nil,
      ]
    }
  }

  /// Logarithms bounded at -100. The slope (p - t) / (p (1 - p)) has its divisor bounded at 1e-12, as
  /// PyTorch's, so that sure predictions do not give NaN.
  private func ofProbabilities(_ p: Tensor, _ t: Tensor) throws -> Tensor {
    func logarithms() throws -> (Tensor, Tensor) {
      (try p.log().clamp(min: -100.0), try p.neg().log1p().clamp(min: -100.0))
    }
    let losses = try noGrad {
      let (hit, miss) = try logarithms()
      return try t.multiplied(by: hit)
        .adding(t.neg().adding(.double(1)).multiplied(by: miss)).neg()
    }
    return losses.recorded(as: "BinaryCrossEntropyBackward0", from: [p, t]) { g in
      let divisor = try p.multiplied(by: p.neg().adding(.double(1))).clamp(min: 1e-12)
      let slope = try p.subtracting(t).divided(by: divisor)
      guard t.requiresGrad else { return [try g.multiplied(by: slope), nil] }
      let (hit, miss) = try logarithms()
      return [try g.multiplied(by: slope), try g.multiplied(by: miss.subtracting(hit))]
    }
  }
}
