import TensorCore

/// A rule for the first values of a parameter.
public struct Initializer: Sendable {
  /// Keras's name of the rule: `"glorot_uniform"`.
  public let name: String
  private let fill: @Sendable (Tensor, Fans, Generator) throws -> Void

  /// How many inputs feed an output, and how many outputs an input feeds.
  public struct Fans: Sendable {
    public let input: Int
    public let output: Int

    public init(input: Int, output: Int) {
      self.input = input
      self.output = output
    }
  }

  public init(
    _ name: String, _ fill: @escaping @Sendable (Tensor, Fans, Generator) throws -> Void
  ) {
    self.name = name
    self.fill = fill
  }

  /// Overwrites a parameter, unrecorded.
  public func callAsFunction(
    _ tensor: Tensor, _ fans: Fans, generator: Generator = .default
  ) throws {
    try noGrad { try fill(tensor, fans, generator) }
  }

  public static let zeros = constant(0, name: "zeros")
  public static let ones = constant(1, name: "ones")

  public static func constant(_ value: Double, name: String = "constant") -> Initializer {
    Initializer(name) { tensor, _, _ in try tensor.fill(.double(value)) }
  }

  public static func uniform(_ low: Double, _ high: Double) -> Initializer {
    Initializer("random_uniform") { try $0.uniform(inPlace: low, high, generator: $2) }
  }

  public static func normal(_ mean: Double = 0, _ deviation: Double = 0.05) -> Initializer {
    Initializer("random_normal") { try $0.normal(inPlace: mean, deviation, generator: $2) }
  }

  /// Even numbers of +-1/sqrt(inputs): PyTorch's default for weight and bias of `Linear`, which is
  /// Kaiming's rule with a = sqrt(5). (He et al. 2015, equation 10)
  public static let torchDefault = Initializer("torch_default") { tensor, fans, generator in
    let bound = fans.input > 0 ? 1 / Double(fans.input).squareRoot() : 0
    try tensor.uniform(inPlace: -bound, bound, generator: generator)
  }

  /// Even numbers of +-sqrt(6 / (inputs + outputs)). (Glorot and Bengio 2010, equation 16)
  public static let glorotUniform = Initializer("glorot_uniform") { tensor, fans, generator in
    let bound = (6 / Double(max(1, fans.input + fans.output))).squareRoot()
    try tensor.uniform(inPlace: -bound, bound, generator: generator)
  }

  /// Normal numbers with variance 2 / (inputs + outputs). (Glorot and Bengio 2010)
  public static let glorotNormal = Initializer("glorot_normal") { tensor, fans, generator in
    let deviation = (2 / Double(max(1, fans.input + fans.output))).squareRoot()
    try tensor.normal(inPlace: 0, deviation, generator: generator)
  }

  /// Even numbers of +-sqrt(6 / inputs), for ReLU. (He et al. 2015)
  public static let heUniform = Initializer("he_uniform") { tensor, fans, generator in
    let bound = (6 / Double(max(1, fans.input))).squareRoot()
    try tensor.uniform(inPlace: -bound, bound, generator: generator)
  }

  /// Normal numbers with variance 2 / inputs, for ReLU. (He et al. 2015)
  public static let heNormal = Initializer("he_normal") { tensor, fans, generator in
    try tensor.normal(
      inPlace: 0, (2 / Double(max(1, fans.input))).squareRoot(), generator: generator)
  }

  /// The rule of a Keras name, nil for an unknown one.
  public init?(name: String) {
    let known: [Initializer] = [
      .zeros, .ones, .glorotUniform, .glorotNormal, .heUniform, .heNormal, .normal(),
      .uniform(-0.05, 0.05), .torchDefault,
    ]
    guard let found = known.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}
