import TensorCore

/// A function applied to each element, or along the last axis, without parameters.
///
/// A layer can hold one, as Keras's `Dense(10, activation="relu")`, and `ActivationLayer` makes a
/// layer of it, as PyTorch's `nn.ReLU()`.
public struct Activation: Sendable {
  /// Keras's name: `"relu"`.
  public let name: String
  /// The name of PyTorch's layer: `"ReLU"`.
  public let kind: String
  /// What the fused kernels call it; nil for those they do not know.
  let code: Int?
  private let function: @Sendable (Tensor) throws -> Tensor

  public init(
    _ name: String, kind: String, _ function: @escaping @Sendable (Tensor) throws -> Tensor
  ) {
    self.init(name, kind, nil, function)
  }

  init(
    _ name: String, _ kind: String, _ code: Int?,
    _ function: @escaping @Sendable (Tensor) throws -> Tensor
  ) {
    self.name = name
    self.kind = kind
    self.code = code
    self.function = function
  }

  public func callAsFunction(_ x: Tensor) throws -> Tensor { try function(x) }

  public static let linear = Activation("linear", "Identity", SW_ACT_NONE) { $0 }
  public static let relu = Activation("relu", "ReLU", SW_ACT_RELU) { try $0.relu() }
  public static let sigmoid = Activation("sigmoid", "Sigmoid", SW_ACT_SIGMOID) { try $0.sigmoid() }
  public static let tanh = Activation("tanh", "Tanh", SW_ACT_TANH) { try $0.tanh() }
  public static let gelu = Activation("gelu", "GELU", SW_ACT_GELU) { try $0.gelu() }
  /// Along the last axis.
  public static let softmax = Activation("softmax", "Softmax", nil) { try $0.softmax() }
  public static let logSoftmax = Activation("log_softmax", "LogSoftmax", nil) {
    try $0.logSoftmax()
  }
  public static let softplus = Activation("softplus", "Softplus", nil) { try $0.softplus() }
  /// x * sigmoid(x). (Ramachandran et al. 2017)
  public static let silu = Activation("silu", "SiLU", nil) {
    try $0.multiplied(by: $0.sigmoid()).named(gradientFunction: "SiluBackward0")
  }
  /// x where x > 0, else exp(x) - 1. (Clevert et al. 2016, alpha = 1)
  public static let elu = Activation("elu", "ELU", nil) { x in
    try Tensor.where(Comparison.greater(x, .int(0)), x, x.clamp(max: 0).expm1())
      .named(gradientFunction: "EluBackward0")
  }
  public static func leakyReLU(_ slope: Double = 0.01) -> Activation {
    Activation("leaky_relu", "LeakyReLU", nil) { x in
      try Tensor.where(Comparison.greater(x, .int(0)), x, x.multiplied(by: .double(slope)))
        .named(gradientFunction: "LeakyReluBackward0")
    }
  }

  public static let all: [Activation] = [
    linear, relu, sigmoid, tanh, gelu, softmax, logSoftmax, softplus, silu, elu, leakyReLU(),
  ]

  /// The activation of a Keras name, nil for an unknown one.
  public init?(name: String) {
    guard
      let found = Self.all.first(where: {
        $0.name == name || ($0.name == "silu" && name == "swish")
      })
    else { return nil }
    self = found
  }
}

/// An activation as a layer: `nn.ReLU()`, `nn.Softmax(dim=1)`, `keras.layers.Activation("relu")`.
public final class ActivationLayer: Module {
  public let activation: Activation
  /// The axis of softmax; nil is the last.
  public let axis: Int?

  public init(_ activation: Activation, axis: Int? = nil) {
    self.activation = activation
    self.axis = axis
    super.init()
  }

  override public var kind: String { activation.kind }
  override public var details: String {
    switch activation.name {
    case "softmax", "log_softmax": "dim=\(axis.map(String.init) ?? "None")"
    case "gelu": "approximate='none'"
    default: ""
    }
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    guard let axis else { return try activation(input) }
    switch activation.name {
    case "softmax": return try input.softmax(axis: axis)
    case "log_softmax": return try input.logSoftmax(axis: axis)
    default: return try activation(input)
    }
  }
}
