import TensorCore

/// Batch normalization with running averages for use after training. (Ioffe and Szegedy 2015)
///
/// Input [batch, channels, ...]. Parameters `weight` and `bias` [channels]; buffers `running_mean`,
/// `running_var` [channels] and `num_batches_tracked` [].
public class BatchNorm: Module {
  public let channels: Int
  /// The share of a new batch in the running averages; nil averages over all batches alike.
  public var momentum: Double?
  public var epsilon: Double
  /// The number of axes that an input may have.
  public let ranks: ClosedRange<Int>
  private let name: String

  public init(
    _ channels: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
    bias: Bool = true, tracks: Bool = true, ranks: ClosedRange<Int> = 2...5, kind: String = "BatchNorm2d",
    dtype: DType = .float32
  ) throws {
    self.channels = channels
    self.momentum = momentum
    self.epsilon = epsilon
    self.ranks = ranks
    name = kind
    super.init()
    if affine {
      try make("weight", [channels], dtype: dtype) { try $0.fill(1) }
      if bias { try make("bias", [channels], dtype: dtype) { _ in } }
    }
    if tracks {
      register(buffer: try Tensor.zeros([channels], dtype: dtype), named: "running_mean")
      register(buffer: try Tensor.ones([channels], dtype: dtype), named: "running_var")
      register(buffer: try Tensor.zeros([], dtype: .int64), named: "num_batches_tracked")
    }
  }

  override public var kind: String { name }

  override public func forward(_ input: Tensor) throws -> Tensor {
    guard ranks.contains(input.rank) else {
      let wanted = ranks.map { "\($0)D" }.joined(separator: " or ")
      throw NeuralNetworkError.argument(
        owner: "", message: "expected \(wanted) input (got \(input.rank)D input)")
    }
    var running: (Tensor, Tensor)?
    if let mean = tensor("running_mean"), let variance = tensor("running_var") {
      running = (mean, variance)
    }
    var share = momentum ?? 0
    if isTraining, let batches = tensor("num_batches_tracked") {
      try noGrad { try batches.add(inPlace: Tensor(.int(1), dtype: .int64)) }
      if momentum == nil { share = try 1 / batches.item().double }
    }
    return try input.batchNorm(
      running: running, tensor("weight"), tensor("bias"), training: isTraining, momentum: share,
      epsilon: epsilon)
  }
}

/// Each channel of each sample by itself. (Ulyanov et al. 2016)
public final class InstanceNorm: BatchNorm {
  override public func forward(_ input: Tensor) throws -> Tensor {
    guard ranks.contains(input.rank) else {
      let wanted = ranks.map { "\($0)D" }.joined(separator: " or ")
      throw NeuralNetworkError.argument(
        owner: "", message: "expected \(wanted) input (got \(input.rank)D input)")
    }
    let isSingle = input.rank == ranks.lowerBound
    let x = isSingle ? try input.unsqueeze(0) : input
    let result: Tensor
    if !isTraining, let mean = tensor("running_mean"), let variance = tensor("running_var") {
      result = try x.batchNorm(
        running: (mean, variance), tensor("weight"), tensor("bias"), training: false, epsilon: epsilon)
    } else {
      let axes = Array(2..<x.rank)
      if isTraining || tensor("running_mean") == nil, x.shape[2...].reduce(1, *) <= 1 {
        throw NeuralNetworkError.argument(
          owner: "",
          message: "Expected more than 1 spatial element when training, got input size torch.Size(\(x.shape))")
      }
      if isTraining { try track(x, axes) }
      result = try x.standardized(axes, epsilon: epsilon)
        .scaledByChannel(tensor("weight"), tensor("bias"))
    }
    return isSingle ? try result.squeeze(0) : result
  }

  /// Takes the means over the samples of each channel's mean and unbiased variance into the averages.
  private func track(_ x: Tensor, _ axes: [Int]) throws {
    guard let mean = tensor("running_mean"), let variance = tensor("running_var") else { return }
    let share = momentum ?? 0.1
    try noGrad {
      let now = (
        try x.detach().mean(axes).mean([0]), try x.detach().variance(axes, correction: 1).mean([0])
      )
      try mean.copy(from: mean.multiplied(by: .double(1 - share)).adding(now.0.multiplied(by: .double(share))))
      try variance.copy(
        from: variance.multiplied(by: .double(1 - share)).adding(now.1.multiplied(by: .double(share))))
    }
  }
}
