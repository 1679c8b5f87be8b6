import TensorCore

/// Batch normalization: in training by mean and variance of the batch, otherwise by their running
/// means. (Ioffe and Szegedy 2015; Keras's defaults)
public final class BatchNormalizationUnit: KerasUnit {
  private let axis: Int
  private let momentum: Double
  private let epsilon: Double
  private let center: WeightRule?
  private let scale: WeightRule?
  private let meanRule: WeightRule
  private let varianceRule: WeightRule
  private var gamma: Weight?
  private var beta: Weight?
  private var mean: Weight?
  private var variance: Weight?
  private var channels: Int?
  /// A frozen layer uses the running means in training as well.
  public var isFrozen = false

  public init(
    axis: Int, momentum: Double, epsilon: Double, center: WeightRule?, scale: WeightRule?,
    mean: WeightRule, variance: WeightRule
  ) {
    self.axis = axis
    self.momentum = momentum
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
    meanRule = mean
    varianceRule = variance
    super.init()
  }

  override public var supportsMasking: Bool { true }
  override public var inputSpec: InputSpec? {
    channels.map { InputSpec(axes: [axis: $0]) }
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], axis, "BatchNormalization")
    channels = size
    if let scale { gamma = try addWeight("gamma", [size], scale) }
    if let center { beta = try addWeight("beta", [size], center) }
    mean = try addWeight("moving_mean", [size], meanRule, trainable: false)
    variance = try addWeight("moving_variance", [size], varianceRule, trainable: false)
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    guard let running = mean?.tensor, let spread = variance?.tensor else {
      throw NeuralNetworkError.notBuilt(layer: "BatchNormalization")
    }
    let input = x[0]
    let place = axis < 0 ? axis + input.rank : axis
    guard (0..<input.rank).contains(place) else {
      throw NeuralNetworkError.argument(
        owner: "BatchNormalization",
        message: "axis \(axis) is not among the \(input.rank) axes of the input")
    }
    let others = (0..<input.rank).filter { $0 != place }
    var sizes = [Int](repeating: 1, count: input.rank)
    sizes[place] = input.shape[place]
    let (m, v): (Tensor, Tensor)
    if context.isTraining && !isFrozen {
      m = try input.mean(others, keepDims: true)
      let distance = try input.subtracting(m)
      v = try distance.square().mean(others, keepDims: true)
      try noGrad {
        func move(_ kept: Tensor, _ new: Tensor) throws {
          let next = try kept.multiplied(by: .double(momentum))
            .adding(new.reshape(kept.shape).multiplied(by: .double(1 - momentum)))
          try kept.copy(from: next)
        }
        try move(running, m.detach())
        try move(spread, v.detach())
      }
    } else {
      m = try running.reshape(sizes)
      v = try spread.reshape(sizes)
    }
    var factor = try v.adding(.double(epsilon)).rsqrt()
    if let gamma { factor = try factor.multiplied(by: gamma.tensor.reshape(sizes)) }
    var y = try input.subtracting(m).multiplied(by: factor)
    if let beta { y = try y.adding(beta.tensor.reshape(sizes)) }
    return [y]
  }
}

/// Normalization of each sample over some of its axes: `LayerNormalization`, `RMSNormalization`,
/// `GroupNormalization`, `UnitNormalization`.
public final class SampleNormalizationUnit: KerasUnit {
  public enum Kind: Sendable { case layer, rms, group(Int), unit }
  private let kind: Kind
  private let axes: [Int]
  private let epsilon: Double
  private let center: WeightRule?
  private let scale: WeightRule?
  private var gamma: Weight?
  private var beta: Weight?

  public init(
    _ kind: Kind, axes: [Int], epsilon: Double, center: WeightRule?, scale: WeightRule?
  ) {
    self.kind = kind
    self.axes = axes
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
    super.init()
  }

  override public var supportsMasking: Bool { true }
  private func places(_ rank: Int) throws -> [Int] {
    try axes.map { axis in
      let place = axis < 0 ? axis + rank : axis
      guard (0..<rank).contains(place) else {
        throw NeuralNetworkError.argument(
          owner: "normalization", message: "axis \(axis) is not among the \(rank) axes of the input")
      }
      return place
    }.sorted()
  }
  override public func make(_ shapes: [OpenShape]) throws {
    if case .unit = kind { return }
    let shape = try places(shapes[0].count).map { try Self.size(shapes[0], $0, "LayerNormalization") }
    if case .group(let groups) = kind, let channels = shape.first {
      let parts = groups == -1 ? channels : groups
      guard parts > 0, channels >= parts, channels % parts == 0 else {
        throw NeuralNetworkError.argument(
          owner: "GroupNormalization",
          message: "Number of groups (\(parts)) must be a multiple of the number of channels "
            + "(\(channels)).")
      }
    }
    if case .rms = kind {
      gamma = try scale.map { try addWeight("scale", shape, $0) }
      return
    }
    if let scale { gamma = try addWeight("gamma", shape, scale) }
    if let center { beta = try addWeight("beta", shape, center) }
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let input = x[0]
    let over = try places(input.rank)
    var sizes = [Int](repeating: 1, count: input.rank)
    for axis in over { sizes[axis] = input.shape[axis] }
    var y: Tensor
    switch kind {
    case .unit:
      return [
        try input.multiplied(
          by: input.square().sum(over, keepDims: true).clamp(min: .double(1e-12)).rsqrt())
      ]
    case .rms:
      y = try input.multiplied(
        by: input.square().mean(over, keepDims: true).adding(.double(epsilon)).rsqrt())
    case .layer: y = try Self.standard(input, over, epsilon)
    case .group(let groups):
      let axis = over[0]
      let parts = groups == -1 ? input.shape[axis] : groups
      var split = input.shape
      split[axis] = parts
      split.insert(input.shape[axis] / max(1, parts), at: axis + 1)
      let grouped = try input.reshape(split)
      let inner = (1..<split.count).filter { $0 != axis }
      y = try Self.standard(grouped, inner, epsilon).reshape(input.shape)
    }
    if let gamma { y = try y.multiplied(by: gamma.tensor.reshape(sizes)) }
    if let beta { y = try y.adding(beta.tensor.reshape(sizes)) }
    return [y]
  }

  private static func standard(_ x: Tensor, _ axes: [Int], _ epsilon: Double) throws -> Tensor {
    let distance = try x.subtracting(x.mean(axes, keepDims: true))
    let variance = try distance.square().mean(axes, keepDims: true)
    return try distance.multiplied(by: variance.adding(.double(epsilon)).rsqrt())
  }
}

/// (x - mean) / sqrt(variance) by numbers that were found once: `Normalization`.
public final class FeatureNormalizationUnit: KerasUnit {
  public let axes: [Int]?
  public let isInverse: Bool
  public private(set) var mean: Tensor?
  public private(set) var variance: Tensor?
  private var given: Bool
  private var kept: [Int] = []

  public init(axes: [Int]?, mean: Tensor?, variance: Tensor?, inverse: Bool) {
    self.axes = axes
    self.mean = mean
    self.variance = variance
    given = mean != nil
    isInverse = inverse
    super.init()
  }

  private func places(_ rank: Int) -> [Int] {
    (axes ?? []).map { $0 < 0 ? $0 + rank : $0 }.filter { (0..<rank).contains($0) }.sorted()
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let shape = try places(shapes[0].count).map { try Self.size(shapes[0], $0, "Normalization") }
    if given { return }
    let rule = WeightRule(.zeros)
    try addWeight("mean", shape, rule, trainable: false)
    try addWeight("variance", shape, WeightRule(.ones), trainable: false)
    let count = try Weight("count", Tensor.zeros([], dtype: .int64), trainable: false)
    append(count)
  }
  private var count: Weight?
  private func append(_ weight: Weight) { count = weight }
  override public var allWeights: [Weight] { weights + (count.map { [$0] } ?? []) }

  /// Finds mean and variance of data [rows, ...].
  public func adapt(_ data: Tensor) throws {
    guard !given else {
      throw NeuralNetworkError.argument(
        owner: "Normalization",
        message: "Cannot `adapt` a Normalization layer that is initialized with static `mean` and "
          + "`variance`, you passed mean and variance")
    }
    try build([[nil] + data.shape.dropFirst().map { $0 }])
    let x = try data.to(.float32)
    let keep = places(x.rank)
    let others = (0..<x.rank).filter { !keep.contains($0) }
    let m = try others.isEmpty ? x : x.mean(others)
    let v = try others.isEmpty ? Tensor.zeros(x.shape) : x.variance(others, correction: 0)
    try weights[0].assign(m.reshape(weights[0].tensor.shape))
    try weights[1].assign(v.reshape(weights[1].tensor.shape))
    try count?.assign(Tensor(.int(x.shape.first ?? 0)))
    mean = weights[0].tensor
    variance = weights[1].tensor
  }

  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let rank = x[0].rank
    var sizes = [Int](repeating: 1, count: rank)
    for axis in places(rank) { sizes[axis] = x[0].shape[axis] }
    let m = try (mean ?? weights.first?.tensor ?? Tensor.zeros([]))
    let v = try (variance ?? weights.dropFirst().first?.tensor ?? Tensor.ones([]))
    let fit = { (t: Tensor) throws -> Tensor in
      t.count == sizes.reduce(1, *) ? try t.reshape(sizes) : t
    }
    let deviation = try fit(v).sqrt().clamp(min: .double(1e-7))
    return [
      try isInverse
        ? fit(m).adding(x[0].multiplied(by: deviation))
        : x[0].subtracting(fit(m)).divided(by: deviation)
    ]
  }
}
