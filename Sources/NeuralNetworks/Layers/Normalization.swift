import TensorCore

// Functions that bring elements to mean 0 and variance 1. The layers around them keep parameters.

extension Tensor {
  /// (x - mean) / sqrt(variance + epsilon) over axes, with the variance that divides by n.
  ///
  /// Mean and variance are [..., 1, ...], given or those of this tensor.
  func standardized(
    _ axes: [Int], epsilon: Double, mean: Tensor? = nil, variance: Tensor? = nil
  ) throws -> Tensor {
    let center = try mean ?? self.mean(axes, keepDims: true)
    let centered = try self - center
    let spread = try variance ?? (centered * centered).mean(axes, keepDims: true)
    return try centered * (spread + .double(epsilon)).rsqrt()
  }

  /// Layer normalization over the last axes, `weight` and `bias` of their shape. (Ba et al. 2016)
  public func layerNorm(_ shape: [Int], _ weight: Tensor?, _ bias: Tensor?, epsilon: Double = 1e-5)
    throws -> Tensor
  {
    guard !shape.isEmpty, rank >= shape.count, Array(self.shape.suffix(shape.count)) == shape else {
      let sizes = "[" + shape.map(String.init).joined(separator: ", ") + "]"
      throw TensorError.argument(
        operation: "layer_norm",
        message: "Given normalized_shape=\(sizes), expected input with shape [*"
          + shape.map { ", \($0)" }.joined() + "], but got input of size\(self.shape)")
    }
    let columns = shape.reduce(1) { $0 &* $1 }
    if let fused = try layerNormFused(columns: columns, weight, bias, epsilon: epsilon) {
      return fused
    }
    let axes = (1...shape.count).map { -$0 }
    var result = try standardized(axes, epsilon: epsilon)
    if let weight { result = try result * weight }
    if let bias { result = try result + bias }
    return result.named(gradientFunction: "NativeLayerNormBackward0")
  }

  /// x / sqrt(mean(x^2) + epsilon) over the last axes. (Zhang and Sennrich 2019)
  public func rmsNorm(_ shape: [Int], _ weight: Tensor?, epsilon: Double? = nil) throws -> Tensor {
    guard !shape.isEmpty, rank >= shape.count, Array(self.shape.suffix(shape.count)) == shape else {
      let sizes = "[" + shape.map(String.init).joined(separator: ", ") + "]"
      throw TensorError.argument(
        operation: "rms_norm",
        message: "Given normalized_shape=\(sizes), expected input with shape [*"
          + shape.map { ", \($0)" }.joined() + "], but got input of size\(self.shape)")
    }
    let axes = (1...shape.count).map { -$0 }
    let small = epsilon ?? (dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne))
    let result = try self * ((self * self).mean(axes, keepDims: true) + .double(small)).rsqrt()
    guard let weight else { return result }
    return try result * weight
  }

  /// Each group of channels of each sample by itself; channels are axis 1. (Wu and He 2018)
  public func groupNorm(_ groups: Int, _ weight: Tensor?, _ bias: Tensor?, epsilon: Double = 1e-5)
    throws -> Tensor
  {
    guard rank >= 2, groups > 0, self.shape[1] % groups == 0 else {
      throw TensorError.argument(
        operation: "group_norm",
        message: "Expected number of channels in input to be divisible by num_groups, but got input of "
          + "shape \(self.shape) and num_groups=\(groups)")
    }
    let rows = try reshape([self.shape[0], groups, -1])
    let result = try rows.standardized([2], epsilon: epsilon).reshape(self.shape)
    return try result.scaledByChannel(weight, bias)
      .named(gradientFunction: "NativeGroupNormBackward0")
  }

  /// Times a factor and plus a number for each channel, which are axis 1.
  func scaledByChannel(_ weight: Tensor?, _ bias: Tensor?) throws -> Tensor {
    var shape = [Int](repeating: 1, count: rank)
    shape[1] = -1
    var result = self
    if let weight { result = try result * weight.reshape(shape) }
    if let bias { result = try result + bias.reshape(shape) }
    return result
  }

  /// Batch normalization over all axes but the channels, which are axis 1. (Ioffe and Szegedy 2015)
  ///
  /// - Parameters:
  ///   - running: mean and variance [channels] of what was seen so far.
  ///   - training: whether this batch's own mean and variance count, which also move `running` by
  ///     the share `momentum`, the variance with n - 1 as its divisor.
  public func batchNorm(
    running: (mean: Tensor, variance: Tensor)?, _ weight: Tensor?, _ bias: Tensor?, training: Bool,
    momentum: Double = 0.1, epsilon: Double = 1e-5
  ) throws -> Tensor {
    guard rank >= 2 else {
      throw TensorError.wrongShape(
        operation: "batch_norm", found: shape, needed: "[batch, channels, ...]")
    }
    let axes = (0..<rank).filter { $0 != 1 }
    let channels = shape[1]
    for known in [running?.mean, weight] {
      if let known, known.count != channels {
        throw TensorError.argument(
          operation: "batch_norm",
          message: "\(known === weight ? "weight" : "running_mean") should contain \(channels) elements not \(known.count)")
      }
    }
    var spread = [Int](repeating: 1, count: rank)
    spread[1] = -1
    let useOwn = training || running == nil
    let n = count / Swift.max(channels, 1)
    if training, n <= 1 {
      throw TensorError.argument(
        operation: "batch_norm",
        message: "Expected more than 1 value per channel when training, got input size torch.Size(\(shape))")
    }
    let result: Tensor
    if useOwn {
      let mean = try mean(axes, keepDims: true)
      let centered = try self - mean
      let variance = try (centered * centered).mean(axes, keepDims: true)
      result = try centered * (variance + .double(epsilon)).rsqrt()
      if training, let running {
        try noGrad {
          let unbiased = try variance * .double(Double(n) / Double(Swift.max(n - 1, 1)))
          for (place, new) in [(running.mean, mean), (running.variance, unbiased)] {
            let old = try place * .double(1 - momentum)
            try place.copy(from: old + new.reshape([channels]).to(place.dtype) * .double(momentum))
          }
        }
      }
    } else if let running {
      result = try standardized(
        axes, epsilon: epsilon, mean: running.mean.reshape(spread),
        variance: running.variance.reshape(spread))
    } else {
      result = self
    }
    return try result.scaledByChannel(weight, bias)
      .named(gradientFunction: "NativeBatchNormBackward0")
  }
}
