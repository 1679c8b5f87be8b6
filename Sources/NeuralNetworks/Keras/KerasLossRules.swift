import TensorCore

/// The losses of `keras.losses`: one number per sample, from targets and predictions.
public enum KerasLossRules {
  static let epsilon = 1e-7

  /// Targets and predictions with the same number of axes, where only an axis of size 1 is missing.
  public static func aligned(_ t: Tensor, _ p: Tensor) throws -> (Tensor, Tensor) {
    if t.rank == p.rank { return (t, p) }
    if t.rank == p.rank - 1 {
      if p.rank == 1 { return (try t.unsqueeze(0), p) }
      return p.shape.last == 1 ? (try t.unsqueeze(-1), p) : (t, p)
    }
    if t.rank == p.rank + 1 {
      if p.rank == 0 { return (t, try p.unsqueeze(0)) }
      return t.shape.last == 1 ? (try t.squeeze(-1), p) : (t, p)
    }
    return (t, p)
  }

  private static func mean(_ x: Tensor) throws -> Tensor { x.rank == 0 ? x : try x.mean([-1]) }
  private static func sum(_ x: Tensor, _ axis: Int = -1) throws -> Tensor {
    x.rank == 0 ? x : try x.sum([axis])
  }

  /// Both as floats of the predictions' type.
  private static func pair(_ t: Tensor, _ p: Tensor, _ name: String) throws -> (Tensor, Tensor) {
    let p = p.dtype.isFloating ? p : try p.to(.float32)
    let t = t.dtype == p.dtype ? t : try t.to(p.dtype)
    return try aligned(t, p)
  }

  public static func meanSquared(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "mean_squared_error")
    return try mean(p.subtracting(t).square())
  }
  public static func meanAbsolute(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "mean_absolute_error")
    return try mean(p.subtracting(t).abs())
  }
  public static func meanAbsolutePercentage(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "mean_absolute_percentage_error")
    let share = try t.subtracting(p).divided(by: t.abs().clamp(min: .double(epsilon))).abs()
    return try mean(share).multiplied(by: 100)
  }
  public static func meanSquaredLogarithmic(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "mean_squared_logarithmic_error")
    func log(_ x: Tensor) throws -> Tensor { try x.clamp(min: .double(epsilon)).adding(1).log() }
    return try mean(log(p).subtracting(log(t)).square())
  }
  public static func huber(_ t: Tensor, _ p: Tensor, delta: Double) throws -> Tensor {
    let (t, p) = try pair(t, p, "huber")
    let distance = try p.subtracting(t).abs()
    let near = try distance.clamp(max: .double(delta))
    return try mean(near.multiplied(by: distance.subtracting(near.multiplied(by: 0.5))))
  }
  public static func logCosh(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "log_cosh")
    let x = try p.subtracting(t)
    return try mean(
      x.adding(x.multiplied(by: -2).softplus()).subtracting(.double(0.6931471805599453)))
  }
  public static func poisson(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "poisson")
    return try mean(p.subtracting(t.multiplied(by: p.adding(.double(epsilon)).log())))
  }
  public static func klDivergence(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "kl_divergence")
    let a = try t.clamp(min: .double(epsilon), max: 1)
    let b = try p.clamp(min: .double(epsilon), max: 1)
    return try sum(a.multiplied(by: a.divided(by: b).log()))
  }
  /// Targets 0 and 1 become -1 and 1.
  private static func signs(_ t: Tensor) throws -> Tensor {
    let isBinary = try noGrad {
      try BinaryOperation.maximum(
        Comparison.equal(t, .int(0)).to(.float32), Comparison.equal(t, .int(1)).to(.float32)
      ).min().item().double == 1
    }
    return isBinary ? try t.multiplied(by: 2).subtracting(1) : t
  }
  public static func hinge(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "hinge")
    return try mean(signs(t).multiplied(by: p).neg().adding(1).relu())
  }
  public static func squaredHinge(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "squared_hinge")
    return try mean(signs(t).multiplied(by: p).neg().adding(1).relu().square())
  }
  public static func categoricalHinge(_ t: Tensor, _ p: Tensor) throws -> Tensor {
    let (t, p) = try pair(t, p, "categorical_hinge")
    let right = try sum(t.multiplied(by: p))
    let wrong = try t.neg().adding(1).multiplied(by: p).amax([-1])
    return try wrong.subtracting(right).adding(1).relu()
  }
  public static func unit(_ x: Tensor, _ axis: Int) throws -> Tensor {
    try x.multiplied(by: x.square().sum([axis], keepDims: true).clamp(min: .double(1e-12)).rsqrt())
  }
  /// -1 for the same direction, 1 for the opposite one.
  public static func cosineSimilarity(_ t: Tensor, _ p: Tensor, axis: Int = -1) throws -> Tensor {
    let (t, p) = try pair(t, p, "cosine_similarity")
    return try unit(t, axis).multiplied(by: unit(p, axis)).sum([axis]).neg()
  }

  // MARK: - Entropies

  public static func binaryCrossentropy(
    _ t: Tensor, _ p: Tensor, fromLogits: Bool, smoothing: Double = 0, axis: Int = -1
  ) throws -> Tensor {
    var (t, p) = try pair(t, p, "binary_crossentropy")
    try same(t, p, "binary_crossentropy")
    if smoothing > 0 { t = try t.multiplied(by: .double(1 - smoothing)).adding(.double(0.5 * smoothing)) }
    let each = try binaryEach(t, p, fromLogits)
    return each.rank == 0 ? each : try each.mean([axis])
  }

  private static func binaryEach(_ t: Tensor, _ p: Tensor, _ fromLogits: Bool) throws -> Tensor {
    try BinaryCrossEntropy(fromLogits: fromLogits, epsilon: epsilon).each(p, t)
  }

  private static func same(_ t: Tensor, _ p: Tensor, _ name: String) throws {
    guard t.shape == p.shape else {
      throw NeuralNetworkError.argument(
        owner: name,
        message: "Arguments `target` and `output` must have the same shape. Received: target.shape="
          + "\(KerasUnit.text(t.shape.map { $0 })), output.shape=\(KerasUnit.text(p.shape.map { $0 }))")
    }
  }

  public static func binaryFocal(
    _ t: Tensor, _ p: Tensor, balanced: Bool, alpha: Double, gamma: Double, fromLogits: Bool,
    smoothing: Double, axis: Int = -1
  ) throws -> Tensor {
    var (t, p) = try pair(t, p, "binary_focal_crossentropy")
    try same(t, p, "binary_focal_crossentropy")
    if smoothing > 0 { t = try t.multiplied(by: .double(1 - smoothing)).adding(.double(0.5 * smoothing)) }
    if fromLogits { p = try p.sigmoid() }
    let entropy = try binaryEach(t, p, false)
    let miss = try t.neg().adding(1)
    let right = try t.multiplied(by: p).adding(miss.multiplied(by: p.neg().adding(1)))
    var loss = try right.neg().adding(1).pow(.double(gamma)).multiplied(by: entropy)
    if balanced {
      loss = try loss.multiplied(
        by: t.multiplied(by: .double(alpha)).adding(miss.multiplied(by: .double(1 - alpha))))
    }
    return try loss.mean([axis])
  }

  private static func logarithms(_ p: Tensor, _ fromLogits: Bool, _ axis: Int) throws -> Tensor {
    if fromLogits { return try p.logSoftmax(axis: axis) }
    return try p.divided(by: p.sum([axis], keepDims: true))
      .clamp(min: .double(epsilon), max: .double(1 - epsilon)).log()
  }

  public static func categoricalCrossentropy(
    _ t: Tensor, _ p: Tensor, fromLogits: Bool, smoothing: Double = 0, axis: Int = -1
  ) throws -> Tensor {
    let p = p.dtype.isFloating ? p : try p.to(.float32)
    var t = try t.to(p.dtype)
    guard t.rank == p.rank, t.shape == p.shape, p.rank > 0 else {
      if t.rank != p.rank || p.rank == 0 {
        throw NeuralNetworkError.argument(
          owner: "categorical_crossentropy",
          message: "Arguments `target` and `output` must have the same rank (ndim). Received: "
            + "target.shape=\(KerasUnit.text(t.shape.map { $0 })), "
            + "output.shape=\(KerasUnit.text(p.shape.map { $0 }))")
      }
      try same(t, p, "categorical_crossentropy")
      return t
    }
    if smoothing > 0 {
      let classes = Double(max(1, p.shape.last ?? 1))
      t = try t.multiplied(by: .double(1 - smoothing)).adding(.double(smoothing / classes))
    }
    return try t.multiplied(by: logarithms(p, fromLogits, axis)).sum([axis]).neg()
  }

  public static func categoricalFocal(
    _ t: Tensor, _ p: Tensor, alpha: Double, gamma: Double, fromLogits: Bool, smoothing: Double,
    axis: Int = -1
  ) throws -> Tensor {
    var (t, p) = try pair(t, p, "categorical_focal_crossentropy")
    try same(t, p, "categorical_focal_crossentropy")
    if smoothing > 0 {
      let classes = Double(max(1, p.shape.last ?? 1))
      t = try t.multiplied(by: .double(1 - smoothing)).adding(.double(smoothing / classes))
    }
    p = try fromLogits ? p.softmax(axis: axis) : p
    p = try p.divided(by: p.sum([axis], keepDims: true))
      .clamp(min: .double(epsilon), max: .double(1 - epsilon))
    let factor = try p.neg().adding(1).pow(.double(gamma)).multiplied(by: .double(alpha))
    return try factor.multiplied(by: t.neg().multiplied(by: p.log())).sum([axis])
  }

  public static func sparseCategoricalCrossentropy(
    _ t: Tensor, _ p: Tensor, fromLogits: Bool, ignoredClass: Int? = nil, axis: Int = -1
  ) throws -> Tensor {
    let p = p.dtype.isFloating ? p : try p.to(.float32)
    guard p.rank > 0 else {
      throw NeuralNetworkError.argument(
        owner: "sparse_categorical_crossentropy",
        message: "Argument `output` must be at least rank 1. Received: output.shape=()")
    }
    var classes = try t.to(.int64)
    if classes.rank == p.rank, classes.shape.last == 1 { classes = try classes.squeeze(-1) }
    let place = axis < 0 ? axis + p.rank : axis
    var wanted = p.shape
    let count = wanted.remove(at: place)
    guard classes.shape == wanted else {
      throw NeuralNetworkError.argument(
        owner: "sparse_categorical_crossentropy",
        message: "Argument `output` must have rank (ndim) `target.ndim - 1`. Received: target.shape="
          + "\(KerasUnit.text(classes.shape.map { $0 })), "
          + "output.shape=\(KerasUnit.text(p.shape.map { $0 }))")
    }
    var valid: Tensor?
    if let ignoredClass {
      let keep = try Comparison.notEqual(classes, .int(ignoredClass))
      valid = keep
      classes = try Tensor.where(keep, classes, .int(0))
    }
    try classes.contiguous().withElements(of: Int64.self) { values in
      for value in values where value < 0 || value >= count {
        throw NeuralNetworkError.argument(
          owner: "sparse_categorical_crossentropy",
          message: "Received a label value of \(value) which is outside the valid range of "
            + "[0, \(count)): the model has \(count) outputs, one for each class 0 to \(count - 1)")
      }
    }
    let logs: Tensor
    if fromLogits {
      logs = try p.logSoftmax(axis: place)
    } else {
      // The logarithms are logits again, which divides by the sum.
      logs = try p.clamp(min: .double(epsilon), max: .double(1 - epsilon)).log().logSoftmax(axis: place)
    }
    let losses = try logs.gather(place, classes.unsqueeze(place)).squeeze(place).neg()
    return try valid.map { try Tensor.where($0, losses, .double(0)) } ?? losses
  }

  // MARK: - Overlaps

  /// 1 - 2 sum(t p) / (sum t + sum p): a single number without `axes`.
  public static func dice(_ t: Tensor, _ p: Tensor, axes: [Int] = []) throws -> Tensor {
    let (t, p) = try pair(t, p, "dice")
    let both = try t.multiplied(by: p).sum(axes).multiplied(by: 2)
    let total = try t.sum(axes).adding(p.sum(axes)).adding(.double(epsilon))
    return try both.divided(by: total).neg().adding(1)
  }
  public static func tversky(
    _ t: Tensor, _ p: Tensor, alpha: Double, beta: Double, axes: [Int] = []
  ) throws -> Tensor {
    let (t, p) = try pair(t, p, "tversky")
    let both = try t.multiplied(by: p).sum(axes)
    let wrong = try t.neg().adding(1).multiplied(by: p).sum(axes)
    let missed = try p.neg().adding(1).multiplied(by: t).sum(axes)
    // Keras's rule, in which alpha weighs what was missed and beta what was wrong.
    let total = try both.adding(missed.multiplied(by: .double(alpha)))
      .adding(wrong.multiplied(by: .double(beta))).adding(.double(epsilon))
    return try both.divided(by: total).neg().adding(1)
  }

  // MARK: - Reduction

  public enum Reduction: String, Sendable, CaseIterable {
    case sum, mean = "sum_over_batch_size", weightedMean = "mean_with_sample_weight", none
  }

  /// The losses of samples as one number.
  ///
  /// - Parameters:
  ///   - weights: factors for samples, [batch] or [batch, 1].
  ///   - mask: [batch, time]; what is masked counts nothing.
  public static func reduced(
    _ losses: Tensor, weights: Tensor?, mask: Tensor?, _ reduction: Reduction
  ) throws -> Tensor {
    var factors = try weights.map { $0.dtype == losses.dtype ? $0 : try $0.to(losses.dtype) }
    if let mask {
      var keep = try mask.to(losses.dtype)
      if reduction == .mean || reduction == .weightedMean {
        let total = Double(keep.count)
        let valid = try noGrad { try keep.sum().item().double }
        keep = try keep.multiplied(by: .double(total / (valid + epsilon)))
      }
      factors = try factors.map { f in
        var f = f
        while f.rank < keep.rank { f = try f.unsqueeze(-1) }
        return try f.multiplied(by: keep)
      } ?? keep
    }
    var values = losses
    if var f = factors {
      if f.rank == values.rank + 1, f.shape.last == 1 { f = try f.squeeze(-1) }
      while f.rank < values.rank { f = try f.unsqueeze(-1) }
      values = try values.multiplied(by: f)
      if reduction == .weightedMean {
        return try values.sum().divided(by: f.sum().adding(.double(epsilon)))
      }
    }
    switch reduction {
    case .none: return values
    case .sum: return try values.sum()
    case .mean, .weightedMean:
      return values.count == 0 ? try Tensor.zeros([]) : try values.mean()
    }
  }
}
