import TensorCore

extension LossReduction {
  /// Single losses as one number.
  public func callAsFunction(_ losses: Tensor) throws -> Tensor {
    switch self {
    case .mean: try losses.mean()
    case .sum: try losses.sum()
    case .none: losses
    }
  }
}

// Losses that are one formula. Formulas in PyTorch's form; where another framework departs from it, it
// has a type of its own in this folder.

public enum LossFunctions {
  /// beta * Huber's loss / beta: quadratic up to a distance of `beta`. (Girshick 2015)
  public static func smoothL1(
    _ x: Tensor, _ y: Tensor, beta: Double = 1, reduction: LossReduction = .mean
  ) throws -> Tensor {
    if beta == 0 { return try reduction((x - y).abs()) }
    let distance = try (x - y).abs()
    let near = try distance.clamp(max: .double(beta))
    let each = try near * (distance - near * .double(0.5)) / .double(beta)
    return try reduction(each).named(gradientFunction: "SmoothL1LossBackward0")
  }

  /// t (log t - x), x being the logarithm of a probability. (Kullback and Leibler 1951)
  ///
  /// - Parameters:
  ///   - logTarget: whether targets are logarithms too.
  ///   - batchMean: divides the sum by the size of the batch.
  public static func klDivergence(
    _ x: Tensor, _ target: Tensor, logTarget: Bool = false, reduction: LossReduction = .mean,
    batchMean: Bool = false
  ) throws -> Tensor {
    let each: Tensor
    if logTarget {
      each = try target.exp() * (target - x)
    } else {
      // t log t is 0 at 0.
      let positive = try Comparison.greater(target, .int(0))
      let safe = try Tensor.where(positive, target, .double(1))
      each = try Tensor.where(positive, target * safe.log(), .double(0)) - target * x
    }
    if batchMean {
      let batch = x.rank == 0 ? 1 : max(1, x.shape[0])
      return try each.sum() / .double(Double(batch))
    }
    return try reduction(each)
  }

  /// x where y = 1, max(0, margin - x) where y = -1.
  public static func hingeEmbedding(
    _ x: Tensor, _ y: Tensor, margin: Double = 1, reduction: LossReduction = .mean
  ) throws -> Tensor {
    let far = try Tensor.where(
      Comparison.notEqual(y, .int(1)), (x.neg() + .double(margin)).clamp(min: 0), .double(0))
    let near = try Tensor.where(Comparison.notEqual(y, .int(-1)), x, .double(0))
    return try reduction(far + near)
  }

  /// max(0, -y (x1 - x2) + margin).
  public static func marginRanking(
    _ x1: Tensor, _ x2: Tensor, _ y: Tensor, margin: Double = 0, reduction: LossReduction = .mean
  ) throws -> Tensor {
    guard x1.rank == x2.rank, x1.rank == y.rank else {
      throw TensorError.argument(
        operation: "margin_ranking_loss",
        message: "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
          + "input1: torch.Size(\(x1.shape)), input2: torch.Size(\(x2.shape)), target: torch.Size(\(y.shape)) ")
    }
    return try reduction(
      (y.neg() * (x1 - x2) + .double(margin)).clamp(min: 0).named(gradientFunction: "ClampMinBackward0"))
  }

  /// max(0, |a - p| - |a - n| + margin). (Schroff et al. 2015)
  public static func triplet(
    _ anchor: Tensor, _ positive: Tensor, _ negative: Tensor, margin: Double = 1, power: Double = 2,
    epsilon: Double = 1e-6, swap: Bool = false, reduction: LossReduction = .mean
  ) throws -> Tensor {
    let near = try anchor.pairwiseDistance(positive, power: power, epsilon: epsilon, keepDims: false)
    var far = try anchor.pairwiseDistance(negative, power: power, epsilon: epsilon, keepDims: false)
    if swap {
      far = try far.minimum(
        positive.pairwiseDistance(negative, power: power, epsilon: epsilon, keepDims: false))
    }
    return try reduction(
      (near - far + .double(margin)).clamp(min: 0).named(gradientFunction: "ClampMinBackward0"))
  }

  /// 1 - cos(x1, x2) where y = 1, max(0, cos(x1, x2) - margin) where y = -1.
  public static func cosineEmbedding(
    _ x1: Tensor, _ x2: Tensor, _ y: Tensor, margin: Double = 0, reduction: LossReduction = .mean
  ) throws -> Tensor {
    let axis = x1.rank - 1
    let small = Double(Float.ulpOfOne) * 1e-5  // PyTorch's, beside the squares
    let product = try (x1 * x2).sum([axis])
    let squares = try ((x1 * x1).sum([axis]) + .double(small)) * ((x2 * x2).sum([axis]) + .double(small))
    let cosine = try product / squares.sqrt()
    let near = try Tensor.where(y.equal(.int(1)), cosine.neg() + .double(1), .double(0))
    let far = try Tensor.where(y.equal(.int(-1)), (cosine - .double(margin)).clamp(min: 0), .double(0))
    return try reduction(near + far)
  }

  /// log(1 + exp(-y x)).
  public static func softMargin(_ x: Tensor, _ y: Tensor, reduction: LossReduction = .mean) throws
    -> Tensor
  {
    try reduction((y * x).neg().softplus()).named(gradientFunction: "SoftMarginLossBackward0")
  }

  /// exp(x) - t x (with `logInput`), or x - t log(x + epsilon); `full` adds Stirling's terms for t > 1.
  public static func poisson(
    _ x: Tensor, _ target: Tensor, logInput: Bool = true, full: Bool = false, epsilon: Double = 1e-8,
    reduction: LossReduction = .mean
  ) throws -> Tensor {
    var each = try logInput
      ? x.exp() - target * x : x - target * (x + .double(epsilon)).log()
    if full {
      let stirling = try target * target.log() - target
        + (target * .double(2 * Double.pi)).log() * .double(0.5)
      each = try each + Tensor.where(Comparison.greater(target, .int(1)), stirling, .double(0))
    }
    return try reduction(each)
  }

  /// (log(v) + (x - t)^2 / v) / 2; `full` adds log(2 pi) / 2. (Nix and Weigend 1994)
  public static func gaussian(
    _ x: Tensor, _ target: Tensor, _ variance: Tensor, full: Bool = false, epsilon: Double = 1e-6,
    reduction: LossReduction = .mean
  ) throws -> Tensor {
    var v = variance
    if v.shape != x.shape {
      if Array(x.shape.dropLast()) == v.shape {
        v = try v.unsqueeze(-1)
      } else if v.rank != x.rank || v.shape.dropLast() != x.shape.dropLast() || v.shape.last != 1 {
        throw NeuralNetworkError.argument(owner: "", message: "var is of incorrect size")
      }
    }
    if try v.detach().amin().item().double < 0 {
      throw NeuralNetworkError.argument(owner: "", message: "var has negative entry/entries")
    }
    // The bound has no slope: small variances learn as if they were not bounded.
    let bounded = try v + (v.detach().clamp(min: .double(epsilon)) - v.detach())
    let distance = try x - target
    var each = try (bounded.log() + distance * distance / bounded) * .double(0.5)
    if full { each = try each + .double(0.5 * _log(2 * Double.pi)) }
    return try reduction(each)
  }

  private static func _log(_ x: Double) -> Double {
    (try? Tensor(.double(x), dtype: .float64).log().item().double) ?? 0
  }

  /// The mean over the others of max(0, margin - x[y] + x[i])^p, for each row.
  public static func multiMargin(
    _ x: Tensor, _ y: Tensor, power: Int = 1, margin: Double = 1, weight: Tensor? = nil,
    reduction: LossReduction = .mean
  ) throws -> Tensor {
    let rows = x.rank == 1 ? try x.unsqueeze(0) : x
    let classes = try y.to(.int64).reshape([-1, 1])
    guard power == 1 || power == 2 else {
      throw NeuralNetworkError.argument(owner: "", message: "only p == 1 and p == 2 supported")
    }
    guard rows.rank == 2, classes.shape[0] == rows.shape[0] else {
      throw TensorError.argument(
        operation: "multi_margin_loss",
        message: "inconsistent target size, expected \([rows.shape[0]]) but got \(y.shape)")
    }
    let right = try rows.gather(1, classes)
    var each = try (rows - right + .double(margin)).clamp(min: 0)
    if power == 2 { each = try each * each }
    if let weight { each = try each * weight.index([.tensor(classes)]) }
    let mask = try Tensor.ones(rows.shape, dtype: rows.dtype).scatter(1, classes, .double(0))
    let sums = try (each * mask).sum([1]) / .double(Double(max(1, rows.shape[1])))
    let result = try reduction(x.rank == 1 ? sums.squeeze(0) : sums)
    return result.named(gradientFunction: "MultiMarginLossBackward0")
  }

  /// Hinge over pairs of a right and a wrong class; targets list the right ones, ended by -1.
  public static func multiLabelMargin(_ x: Tensor, _ y: Tensor, reduction: LossReduction = .mean)
    throws -> Tensor
  {
    guard x.shape == y.shape, x.rank == 1 || x.rank == 2 else {
      throw TensorError.argument(
        operation: "multilabel_margin_loss",
        message: "inconsistent target size: \(y.shape) for input of size: \(x.shape)")
    }
    let rows = x.rank == 1 ? try x.unsqueeze(0) : x
    let width = rows.shape[1]
    let targets = try y.to(.int64).reshape([-1, max(1, width)])
    var losses: [Tensor] = []
    for row in 0..<rows.shape[0] {
      let right = try targets.select(0, row).ints().prefix { $0 >= 0 }
      guard right.allSatisfy({ $0 < width }) else {
        throw TensorError.argument(
          operation: "multilabel_margin_loss", message: "argument #2 'target' has a value out of range")
      }
      let wrong = (0..<width).filter { !right.contains($0) }
      guard !right.isEmpty, !wrong.isEmpty else {
        losses.append(try rows.select(0, row).sum() * .double(0))
        continue
      }
      let scores = try rows.select(0, row)
      let a = try scores.indexSelect(0, Tensor(right.map { Int64($0) })).unsqueeze(1)
      let b = try scores.indexSelect(0, Tensor(wrong.map { Int64($0) })).unsqueeze(0)
      losses.append(try (b - a + .double(1)).clamp(min: 0).sum() / .double(Double(width)))
    }
    let each = try Tensor.stack(losses)
    return try reduction(x.rank == 1 ? each.squeeze(0) : each)
      .named(gradientFunction: "MultilabelMarginLossBackward0")
  }

  /// -mean over classes of t log sigmoid(x) + (1 - t) log sigmoid(-x).
  public static func multiLabelSoftMargin(
    _ x: Tensor, _ target: Tensor, weight: Tensor? = nil, reduction: LossReduction = .mean
  ) throws -> Tensor {
    var each = try (target * x.logSigmoid() + (target.neg() + .double(1)) * x.neg().logSigmoid()).neg()
    if let weight { each = try each * weight }
    return try reduction(each.sum([-1]) / .double(Double(max(1, x.shape.last ?? 1))))
  }
}
