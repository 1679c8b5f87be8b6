import TensorCore

extension Tensor {
  /// softmax(q k^T scale + mask) v. (Vaswani et al. 2017, equation 1)
  ///
  /// - Parameters:
  ///   - key: [..., source, size]; this tensor, the queries, is [..., target, size].
  ///   - value: [..., source, sizeOfValues].
  ///   - mask: added to the scores, or of bool, true where a query may look.
  ///   - isCausal: a query looks at no key behind its own place.
  ///   - scale: nil is 1 / sqrt(size).
  /// - Returns: the values [..., target, sizeOfValues] and the weights [..., target, source].
  public func attention(
    _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, isCausal: Bool = false, dropout: Double = 0,
    scale: Double? = nil
  ) throws -> (values: Tensor, weights: Tensor) {
    guard rank >= 2, key.rank >= 2, value.rank >= 2 else {
      throw TensorError.argument(
        operation: "scaled_dot_product_attention",
        message: "scaled_dot_product_attention: Expected query, key, and value to be at least 2 dimensional")
    }
    let factor = scale ?? 1 / Double(Swift.max(1, shape[rank - 1])).squareRoot()
    var scores = try (self * .double(factor)).matmul(key.transpose(-2, -1))
    if isCausal {
      let (rows, columns) = (scores.shape[scores.rank - 2], scores.shape[scores.rank - 1])
      let open = try Tensor.ones([rows, columns], dtype: .bool).tril()
      scores = try scores.maskedFill(open.logicalNot(), .double(-.infinity))
    }
    if let mask {
      scores =
        mask.dtype == .bool
        ? try scores.maskedFill(mask.logicalNot(), .double(-.infinity)) : try scores + mask
    }
    var weights = try scores.softmax(axis: -1)
    if dropout > 0 { weights = try weights.dropout(dropout) }
    return (try weights.matmul(value), weights)
  }
}

/// Attention with several heads. (Vaswani et al. 2017, section 3.2.2)
///
/// Queries [target, batch, size], keys and values [source, batch, ...]; with `batchFirst` the batch
/// comes first. Parameters `in_proj_weight` [3 size, size] (queries, keys, values), or `q_proj_weight`,
/// `k_proj_weight`, `v_proj_weight` where keys or values have another size; `in_proj_bias` [3 size];
/// the part `out_proj`.
public final class MultiheadAttention: Module {
  public let size: Int
  public let heads: Int
  public var dropout: Double
  public let batchFirst: Bool
  public let keySize: Int
  public let valueSize: Int
  private let generator: Generator

  public init(
    _ size: Int, heads: Int, dropout: Double = 0, bias: Bool = true, addsBiasToKeys: Bool = false,
    keySize: Int? = nil, valueSize: Int? = nil, batchFirst: Bool = false, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    guard size > 0, heads > 0 else {
      throw NeuralNetworkError.argument(
        owner: "",
        message: "embed_dim and num_heads must be greater than 0, got embed_dim=\(size) and num_heads=\(heads) instead")
    }
    guard size % heads == 0 else {
      throw NeuralNetworkError.argument(
        owner: "", message: "embed_dim must be divisible by num_heads")
    }
    self.size = size
    self.heads = heads
    self.dropout = dropout
    self.batchFirst = batchFirst
    self.keySize = keySize ?? size
    self.valueSize = valueSize ?? size
    self.generator = generator
    super.init()
    // The order of PyTorch's draws: the output's weights first, then those of the inputs.
    let output = try Linear(size, size, bias: bias, dtype: dtype, generator: generator)
    func glorot(_ name: String, _ rows: Int, _ columns: Int) throws {
      try make(name, [rows, columns], dtype: dtype) {
        let bound = (6 / Double(rows + columns)).squareRoot()
        try $0.uniform(inPlace: -bound, bound, generator: generator)
      }
    }
    if self.keySize == size, self.valueSize == size {
      try glorot("in_proj_weight", 3 * size, size)
    } else {
      try glorot("q_proj_weight", size, size)
      try glorot("k_proj_weight", size, self.keySize)
      try glorot("v_proj_weight", size, self.valueSize)
    }
    if bias {
      try make("in_proj_bias", [3 * size], dtype: dtype) { _ in }
      if let outputBias = output.bias { try noGrad { try outputBias.fill(0) } }
    }
    if addsBiasToKeys {
      for name in ["bias_k", "bias_v"] {
        try make(name, [1, 1, size], dtype: dtype) {
          // Glorot's rule with the fans of a [1, 1, size] weight, normal.
          try $0.normal(
            inPlace: 0, (2 / Double(size + size)).squareRoot(), generator: generator)
        }
      }
    }
    register(child: output, named: "out_proj")
  }

  override public func forward(_ input: Tensor) throws -> Tensor { try attend(input, input, input).output }

  /// - Parameters:
  ///   - mask: [target, source] or [batch * heads, target, source]; of bool (true: must not look), or
  ///     added to the scores.
  ///   - padding: [batch, source], of bool (true: not looked at), or added to the scores.
  /// - Returns: [target, batch, size] in the layout of the queries, and the weights [batch, heads,
  ///   target, source].
  public func attend(
    _ query: Tensor, _ key: Tensor, _ value: Tensor, mask: Tensor? = nil, padding: Tensor? = nil,
    isCausal: Bool = false
  ) throws -> (output: Tensor, weights: Tensor) {
    guard query.rank == 3 || query.rank == 2 else {
      throw NeuralNetworkError.argument(
        owner: "",
        message: "query should be unbatched 2D or batched 3D tensor but received \(query.rank)-D query tensor")
    }
    let isSingle = query.rank == 2
    func batched(_ x: Tensor) throws -> Tensor {  // [batch, time, size]
      if isSingle { return try x.unsqueeze(0) }
      return batchFirst ? x : try x.transpose(0, 1)
    }
    let (q0, k0, v0) = (try batched(query), try batched(key), try batched(value))
    guard q0.shape[2] == size else {
      throw NeuralNetworkError.argument(
        owner: "", message: "was expecting embedding dimension of \(size), but got \(q0.shape[2])")
    }
    let (batch, target) = (q0.shape[0], q0.shape[1])
    let inputs = try projections(q0, k0, v0)
    var (k, v) = (inputs[1], inputs[2])
    var extra = 0
    if let biasK = tensor("bias_k"), let biasV = tensor("bias_v") {
      k = try Tensor.cat([k, biasK.expand([batch, 1, size])], axis: 1)
      v = try Tensor.cat([v, biasV.expand([batch, 1, size])], axis: 1)
      extra = 1
    }
    let source = k.shape[1]
    func split(_ x: Tensor) throws -> Tensor {  // [batch, heads, time, size / heads]
      try x.reshape([batch, x.shape[1], heads, size / heads]).transpose(1, 2)
    }
    var scores = try added(mask, batch, target, source - extra, extra, query.dtype)
    if isCausal, mask == nil {
      let open = try Tensor.ones([target, source], dtype: .bool).tril()
      scores = try Tensor.zeros([target, source], dtype: query.dtype)
        .maskedFill(open.logicalNot(), .double(-.infinity))
    }
    if let padding {
      var hidden = try Self.additive(isSingle ? padding.unsqueeze(0) : padding, query.dtype)
      if extra > 0 { hidden = try hidden.padded([(0, 0), (0, extra)]) }
      hidden = try hidden.reshape([batch, 1, 1, source])
      scores = try scores.map { try $0 + hidden } ?? hidden
    }
    let result = try split(inputs[0]).attention(
      split(k), split(v), mask: scores, dropout: isTraining ? dropout : 0)
    let joined = try result.values.transpose(1, 2).reshape([batch, target, size])
    guard let outputPart = child("out_proj") else { throw NeuralNetworkError.notBuilt(layer: kind) }
    let output = try outputPart(joined)
    if isSingle { return (try output.squeeze(0), try result.weights) }
    return (batchFirst ? output : try output.transpose(0, 1), result.weights)
  }

  private func projections(_ q: Tensor, _ k: Tensor, _ v: Tensor) throws -> [Tensor] {
    let biases = try tensor("in_proj_bias")?.chunk(3)
    if let weight = tensor("in_proj_weight") {
      if q === k, k === v {
        return try q.linear(weight, tensor("in_proj_bias")).chunk(3, axis: -1)
      }
      return try zip([q, k, v], weight.chunk(3)).enumerated().map { try $1.0.linear($1.1, biases?[$0]) }
    }
    let names = ["q_proj_weight", "k_proj_weight", "v_proj_weight"]
    return try zip([q, k, v], names).enumerated().map { place, pair in
      guard let weight = tensor(pair.1) else { throw NeuralNetworkError.notBuilt(layer: kind) }
      return try pair.0.linear(weight, biases?[place])
    }
  }

  /// A mask as numbers that are added: true becomes minus infinity.
  private static func additive(_ mask: Tensor, _ dtype: DType) throws -> Tensor {
    guard mask.dtype == .bool else { return try mask.to(dtype) }
    return try Tensor.zeros(mask.shape, dtype: dtype).maskedFill(mask, .double(-.infinity))
  }

  private func added(
    _ mask: Tensor?, _ batch: Int, _ target: Int, _ source: Int, _ extra: Int, _ dtype: DType
  ) throws -> Tensor? {
    guard let mask else { return nil }
    var numbers = try Self.additive(mask, dtype)
    let shapes = [[target, source], [batch * heads, target, source]]
    guard shapes.contains(mask.shape) else {
      let wanted = shapes[mask.rank == 3 ? 1 : 0]
      func text(_ shape: [Int]) -> String { "(" + shape.map(String.init).joined(separator: ", ") + ")" }
      throw TensorError.argument(
        operation: "multi_head_attention_forward",
        message: "The shape of the \(mask.rank)D attn_mask is torch.Size(\(mask.shape)), but should be \(text(wanted)).")
    }
    if mask.rank == 3 { numbers = try numbers.reshape([batch, heads, target, source]) }
    guard extra > 0 else { return numbers }
    var amounts = [(Int, Int)](repeating: (0, 0), count: numbers.rank)
    amounts[numbers.rank - 1] = (0, extra)
    return try numbers.padded(amounts)
  }
}
