import TensorCore

/// In training sets elements to 0 with probability `p` and multiplies the others by 1 / (1 - p);
/// otherwise passes its input on. (Srivastava et al. 2014, scaled as PyTorch and Keras do)
///
/// Masks come from the generator as PyTorch's on x86, so a seeded run drops the same elements.
public final class Dropout: Module {
  public var p: Double
  private let generator: Generator

  /// - Parameter p: the probability of an element to be dropped, 0...1.
  public init(_ p: Double = 0.5, generator: Generator = .default) throws {
    guard p >= 0, p <= 1 else {
      throw NeuralNetworkError.argument(
        owner: "Dropout",
        message: "dropout probability has to be between 0 and 1, but got \(p)")
    }
    self.p = p
    self.generator = generator
    super.init()
  }

  override public var details: String { "p=\(p), inplace=False" }

  /// The factors for a tensor of this shape: 0 or 1 / (1 - p).
  func mask(_ shape: [Int], dtype: DType) throws -> Tensor {
    if p == 1 { return try Tensor.zeros(shape, dtype: dtype) }
    return try Tensor.bernoulli(1 - p, shape, dtype: dtype, generator: generator)
      .divided(by: .double(1 - p))
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    if !isTraining || p == 0 { return input }
    return try input.multiplied(by: mask(input.shape, dtype: input.dtype))
  }
}
