import TensorCore

/// Attention with several heads, each with a projection of its own. (Vaswani et al. 2017)
///
/// Inputs: query [batch, T, d], value [batch, S, dv], key [batch, S, dk]; output [batch, T, out].
public final class MultiHeadAttentionUnit: KerasUnit {
  public let heads: Int
  public let keySize: Int
  public let valueSize: Int
  private let usesBias: Bool
  private let outputSize: Int?
  private let dropout: Double
  private let kernelRule: WeightRule
  private let biasRule: WeightRule
  private var lastScores: Tensor?

  public init(
    heads: Int, keySize: Int, valueSize: Int?, bias: Bool, outputSize: Int?, dropout: Double,
    kernel: WeightRule, biasRule: WeightRule
  ) {
    self.heads = heads
    self.keySize = keySize
    self.valueSize = valueSize ?? keySize
    usesBias = bias
    self.outputSize = outputSize
    self.dropout = dropout
    kernelRule = kernel
    self.biasRule = biasRule
    super.init()
  }

  override public var takesSeveral: Bool { true }
  override public var supportsMasking: Bool { true }
  override public func make(_ shapes: [OpenShape]) throws {
    let query = try Self.size(shapes[0], -1, "MultiHeadAttention")
    let value = try Self.size(shapes[min(1, shapes.count - 1)], -1, "MultiHeadAttention")
    let key = try Self.size(shapes[min(2, shapes.count - 1)], -1, "MultiHeadAttention")
    func project(_ name: String, _ from: Int, _ size: Int) throws {
      try addWeight("\(name)/kernel", [from, heads, size], kernelRule)
      if usesBias { try addWeight("\(name)/bias", [heads, size], biasRule) }
    }
    try project("query", query, keySize)
    try project("key", key, keySize)
    try project("value", value, valueSize)
    let output = outputSize ?? query
    try addWeight("attention_output/kernel", [heads, valueSize, output], kernelRule)
    if usesBias { try addWeight("attention_output/bias", [output], biasRule) }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [shapes[0].dropLast() + [outputSize ?? shapes[0].last ?? nil]]
  }

  /// - Returns: the output, and the weights [batch, heads, T, S].
  public func attend(
    _ query: Tensor, _ value: Tensor, _ key: Tensor, mask: Tensor?, isTraining: Bool
  ) throws -> (output: Tensor, scores: Tensor) {
    let step = usesBias ? 2 : 1
    func project(_ x: Tensor, _ place: Int, _ size: Int) throws -> Tensor {
      let kernel = weights[place * step].tensor
      let flat = try x.linear(
        kernel.reshape([kernel.shape[0], heads * size]).t(),
        usesBias ? weights[place * step + 1].tensor.reshape([heads * size]) : nil)
      // [batch, time, heads * size] -> [batch, heads, time, size]
      return try flat.reshape([x.shape[0], x.shape[1], heads, size]).permute([0, 2, 1, 3])
    }
    for (name, tensor) in [("query", query), ("value", value), ("key", key)] where tensor.rank != 3 {
      throw NeuralNetworkError.argument(
        owner: "MultiHeadAttention",
        message: "the \(name) needs 3 axes [batch, time, features], its shape is \(tensor.shape)")
    }
    let q = try project(query, 0, keySize).multiplied(by: .double(1 / Double(keySize).squareRoot()))
    let k = try project(key, 1, keySize)
    let v = try project(value, 2, valueSize)
    var logits = try q.matmul(k.transpose(-2, -1))
    if let mask {
      // [T, S], [batch, T, S] or [batch, 1 or heads, T, S]
      var wide = mask
      if wide.rank == 3 { wide = try wide.unsqueeze(1) }
      logits = try logits.adding(
        wide.to(.float32).neg().adding(1).multiplied(by: .double(-3.4e38 / 2)))
    }
    let scores = try logits.softmax()
    var used = scores
    if isTraining, dropout > 0 {
      let keep = try Tensor.bernoulli(1 - dropout, scores.shape, dtype: .float32, generator: generator)
      used = try scores.multiplied(by: keep.divided(by: .double(1 - dropout)))
    }
    let mixed = try used.matmul(v).permute([0, 2, 1, 3])
    let kernel = weights[3 * step].tensor
    let output = try mixed.reshape([query.shape[0], query.shape[1], heads * valueSize]).linear(
      kernel.reshape([heads * valueSize, kernel.shape[2]]).t(),
      usesBias ? weights[3 * step + 1].tensor : nil)
    return (output, scores)
  }

  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let value = x.count > 1 ? x[1] : x[0]
    return [
      try attend(
        x[0], value, x.count > 2 ? x[2] : value, mask: nil, isTraining: context.isTraining
      ).output
    ]
  }
  override public func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    [context.mask]
  }
}

/// Attention of one head: scores by products (`Attention`) or by a sum (`AdditiveAttention`).
public final class PlainAttentionUnit: KerasUnit {
  private let isAdditive: Bool
  private let usesScale: Bool
  private let isConcatenated: Bool
  private let dropout: Double

  public init(additive: Bool, scale: Bool, concat: Bool, dropout: Double) {
    isAdditive = additive
    usesScale = scale
    isConcatenated = concat
    self.dropout = dropout
    super.init()
  }

  override public var takesSeveral: Bool { true }
  override public func make(_ shapes: [OpenShape]) throws {
    if isAdditive, usesScale {
      let size = try Self.size(shapes[0], -1, "AdditiveAttention")
      try addWeight("scale", [size], WeightRule(KerasInitializers.rule("glorot_uniform") ?? .zeros))
    } else {
      if usesScale { try addWeight("scale", [], WeightRule(.ones)) }
      if isConcatenated { try addWeight("concat_score_weight", [], WeightRule(.ones)) }
    }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    guard shapes.count > 1 else {
      throw NeuralNetworkError.argument(
        owner: "Attention",
        message: "Attention layer must be called on a list of inputs, namely [query, value] or "
          + "[query, value, key].")
    }
    return [shapes[0].dropLast() + [shapes[1].last ?? nil]]
  }

  public func attend(
    _ query: Tensor, _ value: Tensor, _ key: Tensor, masks: [Tensor?], causal: Bool, isTraining: Bool
  ) throws -> (output: Tensor, scores: Tensor) {
    var logits: Tensor
    if isAdditive {
      var sum = try query.unsqueeze(-2).adding(key.unsqueeze(-3)).tanh()
      if let scale = weights.first { sum = try sum.multiplied(by: scale.tensor) }
      logits = try sum.sum([-1])
    } else if isConcatenated {
      let both = try query.unsqueeze(-2).adding(key.unsqueeze(-3))
      let scaled = usesScale ? try both.multiplied(by: weights[0].tensor) : both
      logits = try scaled.tanh().sum([-1]).multiplied(by: weights[weights.count - 1].tensor)
    } else {
      logits = try query.matmul(key.transpose(-2, -1))
      if usesScale { logits = try logits.multiplied(by: weights[0].tensor) }
    }
    var allowed: Tensor?
    if masks.count > 1, let mask = masks[1] { allowed = try mask.to(.float32).unsqueeze(-2) }
    if causal {
      let lower = try Tensor.ones([query.shape[query.rank - 2], value.shape[value.rank - 2]]).tril()
      allowed = try allowed.map { try $0.multiplied(by: lower) } ?? lower
    }
    if let allowed {
      logits = try logits.subtracting(allowed.neg().adding(1).multiplied(by: 1e9))
    }
    let scores = try logits.softmax()
    var used = scores
    if isTraining, dropout > 0 {
      let keep = try Tensor.bernoulli(1 - dropout, scores.shape, dtype: .float32, generator: generator)
      used = try scores.multiplied(by: keep.divided(by: .double(1 - dropout)))
    }
    var output = try used.matmul(value)
    if let mask = masks.first ?? nil {
      output = try output.multiplied(by: mask.to(.float32).unsqueeze(-1))
    }
    return (output, scores)
  }

  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    guard x.count > 1 else {
      throw NeuralNetworkError.argument(
        owner: "Attention",
        message: "Attention layer must be called on a list of inputs, namely [query, value] or "
          + "[query, value, key].")
    }
    return [
      try attend(
        x[0], x[1], x.count > 2 ? x[2] : x[1], masks: context.masks, causal: false,
        isTraining: context.isTraining
      ).output
    ]
  }
}
