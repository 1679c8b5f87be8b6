import TensorCore

/// Layer normalization over the last axes of an input. (Ba et al. 2016)
public final class LayerNorm: Module {
  public let shape: [Int]
  public var epsilon: Double

  public init(
    _ shape: [Int], epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true,
    dtype: DType = .float32
  ) throws {
    self.shape = shape
    self.epsilon = epsilon
    super.init()
    if affine {
      try make("weight", shape, dtype: dtype) { try $0.fill(1) }
      if bias { try make("bias", shape, dtype: dtype) { _ in } }
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    try input.layerNorm(shape, tensor("weight"), tensor("bias"), epsilon: epsilon)
  }
}

/// Division by the root of the mean square. (Zhang and Sennrich 2019)
public final class RMSNorm: Module {
  public let shape: [Int]
  /// nil is the distance of 1 to the next number of the dtype.
  public var epsilon: Double?

  public init(_ shape: [Int], epsilon: Double? = nil, affine: Bool = true, dtype: DType = .float32)
    throws
  {
    self.shape = shape
    self.epsilon = epsilon
    super.init()
    if affine { try make("weight", shape, dtype: dtype) { try $0.fill(1) } }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    try input.rmsNorm(shape, tensor("weight"), epsilon: epsilon)
  }
}

/// Groups of channels by themselves. (Wu and He 2018)
public final class GroupNorm: Module {
  public let groups: Int
  public let channels: Int
  public var epsilon: Double

  public init(
    _ groups: Int, _ channels: Int, epsilon: Double = 1e-5, affine: Bool = true,
    bias: Bool = true, dtype: DType = .float32
  ) throws {
    guard groups > 0, channels % groups == 0 else {
      throw NeuralNetworkError.argument(
        owner: "", message: "num_channels (\(channels)) must be divisible by num_groups (\(groups))")
    }
    self.groups = groups
    self.channels = channels
    self.epsilon = epsilon
    super.init()
    if affine {
      try make("weight", [channels], dtype: dtype) { try $0.fill(1) }
      if bias { try make("bias", [channels], dtype: dtype) { _ in } }
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    try input.groupNorm(groups, tensor("weight"), tensor("bias"), epsilon: epsilon)
  }
}
