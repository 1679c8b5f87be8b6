import TensorCore

/// One block of a transformer's encoder. (Vaswani et al. 2017, section 3.1)
///
/// Parts: `self_attn`, `linear1`, `dropout`, `linear2`, `norm1`, `norm2`, `dropout1`, `dropout2`.
public final class TransformerEncoderLayer: Module {
  public let isNormFirst: Bool
  /// Between the two linear parts.
  public var activation: (Tensor) throws -> Tensor

  public init(
    _ size: Int, heads: Int, hidden: Int = 2048, dropout: Double = 0.1,
    activation: @escaping (Tensor) throws -> Tensor = { try $0.relu() }, epsilon: Double = 1e-5,
    batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    isNormFirst = normFirst
    self.activation = activation
    super.init()
    register(
      child: try MultiheadAttention(
        size, heads: heads, dropout: dropout, bias: bias, batchFirst: batchFirst, dtype: dtype,
        generator: generator), named: "self_attn")
    register(
      child: try Linear(size, hidden, bias: bias, dtype: dtype, generator: generator), named: "linear1")
    register(child: try Dropout(dropout, generator: generator), named: "dropout")
    register(
      child: try Linear(hidden, size, bias: bias, dtype: dtype, generator: generator), named: "linear2")
    for name in ["norm1", "norm2"] {
      register(child: try LayerNorm([size], epsilon: epsilon, bias: bias, dtype: dtype), named: name)
    }
    for name in ["dropout1", "dropout2"] {
      register(child: try Dropout(dropout, generator: generator), named: name)
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor { try forward(input, mask: nil) }

  public func forward(
    _ x: Tensor, mask: Tensor?, padding: Tensor? = nil, isCausal: Bool = false
  ) throws -> Tensor {
    func attended(_ x: Tensor) throws -> Tensor {
      try part("dropout1")(attention("self_attn").attend(
        x, x, x, mask: mask, padding: padding, isCausal: isCausal).output)
    }
    if isNormFirst {
      let y = try x + attended(part("norm1")(x))
      return try y + widened(part("norm2")(y), "dropout2", activation)
    }
    let y = try part("norm1")(x + attended(x))
    return try part("norm2")(y + widened(y, "dropout2", activation))
  }
}

/// One block of a transformer's decoder. (Vaswani et al. 2017, section 3.1)
///
/// Parts: `self_attn`, `multihead_attn`, `linear1`, `dropout`, `linear2`, `norm1` to `norm3`, `dropout1`
/// to `dropout3`.
public final class TransformerDecoderLayer: Module {
  public let isNormFirst: Bool
  public var activation: (Tensor) throws -> Tensor

  public init(
    _ size: Int, heads: Int, hidden: Int = 2048, dropout: Double = 0.1,
    activation: @escaping (Tensor) throws -> Tensor = { try $0.relu() }, epsilon: Double = 1e-5,
    batchFirst: Bool = false, normFirst: Bool = false, bias: Bool = true, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    isNormFirst = normFirst
    self.activation = activation
    super.init()
    for name in ["self_attn", "multihead_attn"] {
      register(
        child: try MultiheadAttention(
          size, heads: heads, dropout: dropout, bias: bias, batchFirst: batchFirst, dtype: dtype,
          generator: generator), named: name)
    }
    register(
      child: try Linear(size, hidden, bias: bias, dtype: dtype, generator: generator), named: "linear1")
    register(child: try Dropout(dropout, generator: generator), named: "dropout")
    register(
      child: try Linear(hidden, size, bias: bias, dtype: dtype, generator: generator), named: "linear2")
    for name in ["norm1", "norm2", "norm3"] {
      register(child: try LayerNorm([size], epsilon: epsilon, bias: bias, dtype: dtype), named: name)
    }
    for name in ["dropout1", "dropout2", "dropout3"] {
      register(child: try Dropout(dropout, generator: generator), named: name)
    }
  }

  /// What may be looked at, of the target and of the memory.
  public struct Masks {
    public var target: Tensor?
    public var memory: Tensor?
    public var targetPadding: Tensor?
    public var memoryPadding: Tensor?
    public var targetIsCausal = false
    public var memoryIsCausal = false
    public init() {}
  }

  /// - Parameter memory: what the encoder gave.
  public func forward(_ x: Tensor, memory: Tensor, _ masks: Masks = Masks()) throws -> Tensor {
    func own(_ x: Tensor) throws -> Tensor {
      try part("dropout1")(attention("self_attn").attend(
        x, x, x, mask: masks.target, padding: masks.targetPadding, isCausal: masks.targetIsCausal).output)
    }
    func cross(_ x: Tensor) throws -> Tensor {
      try part("dropout2")(attention("multihead_attn").attend(
        x, memory, memory, mask: masks.memory, padding: masks.memoryPadding,
        isCausal: masks.memoryIsCausal).output)
    }
    if isNormFirst {
      var y = try x + own(part("norm1")(x))
      y = try y + cross(part("norm2")(y))
      return try y + widened(part("norm3")(y), "dropout3", activation)
    }
    var y = try part("norm1")(x + own(x))
    y = try part("norm2")(y + cross(y))
    return try part("norm3")(y + widened(y, "dropout3", activation))
  }
}

extension Module {
  fileprivate func part(_ name: String) throws -> Module {
    guard let part = child(name) else { throw NeuralNetworkError.notBuilt(layer: kind) }
    return part
  }

  fileprivate func attention(_ name: String) throws -> MultiheadAttention {
    guard let part = try part(name) as? MultiheadAttention else {
      throw NeuralNetworkError.argument(
        owner: kind, message: "\(name) must be a MultiheadAttention, got \(try part(name).kind)")
    }
    return part
  }

  /// linear2(dropout(activation(linear1(x)))), dropped.
  fileprivate func widened(
    _ x: Tensor, _ last: String, _ activation: (Tensor) throws -> Tensor
  ) throws -> Tensor {
    let hidden = try part("dropout")(activation(part("linear1")(x)))
    return try part(last)(part("linear2")(hidden))
  }
}
