import TensorCore

/// y = activation(x W^T + b).
///
/// Input [..., in], output [..., out]; `weight` is [out, in], `bias` [out]. Without a known input size
/// the parameters are made when the layer is built or first called, as Keras's `Dense` does.
public final class Linear: Module {
  public private(set) var inFeatures: Int?
  public let outFeatures: Int
  public let usesBias: Bool
  public let activation: Activation
  private let weightRule: Initializer
  private let biasRule: Initializer
  private let generator: Generator
  /// Whether `weight` is [in, out], as Keras keeps it.
  public let isInputsFirst: Bool
  public var weight: Tensor? { tensor("weight") }
  public var bias: Tensor? { tensor("bias") }
  private let dtype: DType

  /// - Parameters:
  ///   - inFeatures: nil waits for the first input.
  ///   - weightRule: PyTorch's default gives PyTorch's numbers for the same seed: the weight is drawn
  ///     first, then the bias.
  /// - Throws: `NeuralNetworkError.argument` for sizes that are not positive.
  public init(
    _ inFeatures: Int?, _ outFeatures: Int, bias: Bool = true, activation: Activation = .linear,
    weightRule: Initializer = .torchDefault, biasRule: Initializer = .torchDefault,
    dtype: DType = .float32, generator: Generator = .default
  ) throws {
    guard outFeatures >= 0, inFeatures ?? 1 >= 0 else {
      throw NeuralNetworkError.argument(
        owner: "Linear",
        message: "needs a positive number of outputs, got in=\(inFeatures ?? 0), out=\(outFeatures)"
      )
    }
    self.outFeatures = outFeatures
    self.dtype = dtype
    usesBias = bias
    self.activation = activation
    self.weightRule = weightRule
    self.biasRule = biasRule
    self.generator = generator
    isInputsFirst = false
    super.init()
    if let inFeatures { try make(inFeatures) }
  }

  /// With weights that are there, in Keras's layout: `kernel` is [in, out] and is shared, not copied.
  public init(kernel: Tensor, bias: Tensor?, activation: Activation) throws {
    guard kernel.rank == 2 else {
      throw TensorError.wrongShape(operation: "Linear", found: kernel.shape, needed: "[in, out]")
    }
    outFeatures = kernel.shape[1]
    dtype = kernel.dtype
    usesBias = bias != nil
    self.activation = activation
    weightRule = .zeros
    biasRule = .zeros
    generator = .default
    isInputsFirst = true
    super.init()
    inFeatures = kernel.shape[0]
    try register(parameter: kernel, named: "weight")
    if let bias { try register(parameter: bias, named: "bias") }
  }

  private func make(_ size: Int) throws {
    let fans = Initializer.Fans(input: size, output: outFeatures)
    let weight = try Tensor.zeros([outFeatures, size], dtype: dtype)
    try weightRule(weight, fans, generator: generator)
    try register(parameter: weight, named: "weight")
    if usesBias {
      let bias = try Tensor.zeros([outFeatures], dtype: dtype)
      try biasRule(bias, fans, generator: generator)
      try register(parameter: bias, named: "bias")
    }
    inFeatures = size
  }

  override public var kind: String { "Linear" }
  override public var details: String {
    "in_features=\(inFeatures.map(String.init) ?? "?"), out_features=\(outFeatures), "
      + "bias=\(usesBias ? "True" : "False")"
  }

  override public func build(_ input: [Int?]) throws -> [Int?] {
    guard let size = input.last, input.count >= 1 else {
      throw TensorError.wrongShape(
        operation: "Linear", found: [], needed: "at least one axis for the inputs")
    }
    if inFeatures == nil, let size { try make(size) }
    if let size, let inFeatures, size != inFeatures {
      throw TensorError.innerSizes(
        operation: "Linear", a: input.map { $0 ?? 1 }, b: [inFeatures, outFeatures])
    }
    return input.dropLast() + [outFeatures]
  }

  /// The linear part only.
  func logits(_ input: Tensor) throws -> Tensor {
    if weight == nil { _ = try build(input.shape.map { $0 }) }
    guard let weight else { throw NeuralNetworkError.notBuilt(layer: label ?? kind) }
    return try input.linear(isInputsFirst ? weight.t() : weight, bias)
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    try activation(logits(input))
  }
}
