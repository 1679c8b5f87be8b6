import TensorCore

/// Drops whole channels: [batch, channels, ...]. (Tompson et al. 2015)
public final class FeatureDropout: Module {
  public var p: Double
  /// The axes of an input behind the channels.
  private let spatialAxes: Int
  private let generator: Generator

  public init(_ p: Double = 0.5, spatialAxes: Int = 2, generator: Generator = .default) throws {
    guard p >= 0, p <= 1 else {
      throw NeuralNetworkError.argument(
        owner: "Dropout", message: "dropout probability has to be between 0 and 1, but got \(p)")
    }
    self.p = p
    self.spatialAxes = spatialAxes
    self.generator = generator
    super.init()
  }

  override public var kind: String { "Dropout\(spatialAxes)d" }

  override public func forward(_ input: Tensor) throws -> Tensor {
    if !isTraining || p == 0 { return input }
    // Without a batch axis the channels come first.
    let kept = input.rank == spatialAxes + 1 ? 1 : min(2, input.rank)
    let shape = input.shape.prefix(kept) + [Int](repeating: 1, count: input.rank - kept)
    if p == 1 { return try input * Tensor.zeros(Array(shape), dtype: input.dtype) }
    let mask = try Tensor.bernoulli(1 - p, Array(shape), dtype: input.dtype, generator: generator)
    return try (input * (mask / .double(1 - p))).named(gradientFunction: "MulBackward0")
  }
}

/// Drops towards the value that keeps SELU's mean 0 and variance 1. (Klambauer et al. 2017)
public final class AlphaDropout: Module {
  public var p: Double
  private let generator: Generator

  public init(_ p: Double = 0.5, generator: Generator = .default) throws {
    guard p >= 0, p <= 1 else {
      throw NeuralNetworkError.argument(
        owner: "Dropout", message: "dropout probability has to be between 0 and 1, but got \(p)")
    }
    self.p = p
    self.generator = generator
    super.init()
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    if !isTraining || p == 0 { return input }
    if p == 1 { return try input * Tensor.zerosLike(input.detach()) }
    // lambda * alpha of SELU.
    let alpha = 1.7580993408473766
    let a = 1 / ((alpha * alpha * p + 1) * (1 - p)).squareRoot()
    let mask = try Tensor.bernoulli(1 - p, input.shape, dtype: input.dtype, generator: generator)
    let shift = try (mask - .double(1)) * .double(alpha * a) + .double(alpha * a * p)
    return try input * (mask * .double(a)) + shift
  }
}

/// x1^T A x2 + b: [..., in1] and [..., in2] to [..., out]. `weight` is [out, in1, in2].
public final class Bilinear: Module {
  public init(
    _ first: Int, _ second: Int, _ outputs: Int, bias: Bool = true, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    guard first > 0 else {
      throw NeuralNetworkError.argument(
        owner: "", message: "in1_features must be > 0, but got \(first)")
    }
    super.init()
    let bound = 1 / Double(first).squareRoot()
    try make("weight", [outputs, first, second], dtype: dtype) {
      try $0.uniform(inPlace: -bound, bound, generator: generator)
    }
    if bias {
      try make("bias", [outputs], dtype: dtype) {
        try $0.uniform(inPlace: -bound, bound, generator: generator)
      }
    }
  }

  public func forward(_ x1: Tensor, _ x2: Tensor) throws -> Tensor {
    guard let weight = tensor("weight") else { throw NeuralNetworkError.notBuilt(layer: kind) }
    return try x1.bilinear(x2, weight, tensor("bias"))
  }
}

extension Tensor {
  public func bilinear(_ other: Tensor, _ weight: Tensor, _ bias: Tensor? = nil) throws -> Tensor {
    guard weight.rank == 3, rank >= 1, other.rank >= 1, shape.last == weight.shape[1],
      other.shape.last == weight.shape[2], shape.dropLast() == other.shape.dropLast()
    else {
      throw TensorError.argument(
        operation: "bilinear",
        message: "bilinear(): input sizes \(shape) and \(other.shape) do not fit the weight \(weight.shape)")
    }
    let result = try Tensor.einsum("bi,oij,bj->bo", [
      reshape([-1, weight.shape[1]]), weight, other.reshape([-1, weight.shape[2]]),
    ]).reshape(shape.dropLast() + [weight.shape[0]])
    return try bias.map { try result + $0 } ?? result
  }
}
