import Language
import NeuralNetworks
import TensorCore

/// Activations as layers.
enum TorchActivationLayers {
  static let rows: [TorchLayerRow] = plain + [
    row("LeakyReLU", "negative_slope=0.01, inplace=False", "x where positive, else a share of it.", "leaky_relu", ["negative_slope"]),
    row("ELU", "alpha=1.0, inplace=False", "x where positive, else alpha (exp(x) - 1).", "elu", ["alpha"]),
    row("CELU", "alpha=1.0, inplace=False", "x where positive, else alpha (exp(x / alpha) - 1).", "celu", ["alpha"]),
    row("GELU", "approximate='none'", "x times the normal distribution at x.", "gelu", ["approximate"]),
    row("Softplus", "beta=1.0, threshold=20.0", "log(1 + exp(beta x)) / beta.", "softplus", ["beta", "threshold"]),
    row("Hardtanh", "min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None", "The nearest number between two bounds.", "hardtanh", ["min_val", "max_val"]),
    row("Threshold", "threshold, value, inplace=False", "x where above a threshold, else a value.", "threshold", ["threshold", "value"], example: "torch.nn.Threshold(0.1, 20)"),
    row("RReLU", "lower=0.125, upper=0.3333333333333333, inplace=False", "x where positive, else a share of it, drawn in training.", "rrelu", ["lower", "upper"], trains: true),
    row("Softmax", "dim=None", "Probabilities that add up to 1 along an axis.", "softmax", ["dim"], example: "torch.nn.Softmax(dim=1)"),
    row("LogSoftmax", "dim=None", "Logarithms of softmax.", "log_softmax", ["dim"], example: "torch.nn.LogSoftmax(dim=1)"),
    row("Softmin", "dim=None", "Softmax of -x.", "softmin", ["dim"], example: "torch.nn.Softmin(dim=1)"),
    row("GLU", "dim=-1", "One half of an axis times the sigmoid of the other.", "glu", ["dim"]),
    bare("Hardshrink", "hardshrink"), bare("Softshrink", "softshrink"), softmax2d, prelu,
  ]

  private static let module = "torch.nn.modules.activation"

  private static func inplace(_ view: TorchLayerView) -> String { view.isTrue("inplace") ? "inplace=True" : "" }

  private static let plain: [TorchLayerRow] = [
    ("ReLU", "relu", "max(x, 0).", true), ("ReLU6", "relu6", "x between 0 and 6.", true),
    ("SELU", "selu", "ELU scaled so that mean 0 and variance 1 stay.", true),
    ("SiLU", "silu", "x sigmoid(x).", true), ("Mish", "mish", "x tanh(softplus(x)).", true),
    ("Hardsigmoid", "hardsigmoid", "x / 6 + 1 / 2 between 0 and 1.", true),
    ("Hardswish", "hardswish", "x relu6(x + 3) / 6.", true),
    ("Sigmoid", "sigmoid", "1 / (1 + exp(-x)).", false), ("Tanh", "tanh", "The hyperbolic tangent.", false),
    ("LogSigmoid", "logsigmoid", "log(sigmoid(x)).", false), ("Softsign", "softsign", "x / (1 + |x|).", false),
    ("Tanhshrink", "tanhshrink", "x - tanh(x).", false),
  ].map { name, function, doc, hasInplace in
    TorchFunctionalLayer.row(
      name, hasInplace ? "inplace=False" : "", doc, module: module, function: function,
      text: { inplace($0) })
  }

  private static func row(
    _ name: String, _ parameters: String, _ doc: String, _ function: String, _ shown: [String],
    example: String? = nil, trains: Bool = false
  ) -> TorchLayerRow {
    TorchFunctionalLayer.row(
      name, parameters, doc, module: module, function: function, passing: shown.map { ($0, $0) },
      example: example, trains: trains,
      text: { view in
        var text = try shown.map { "\($0)=\(try view[$0])" }.joined(separator: ", ")
        if view.isTrue("inplace") { text += ", inplace=True" }
        return text
      })
  }

  /// Layers that print their one number without its name.
  private static func bare(_ name: String, _ function: String) -> TorchLayerRow {
    TorchFunctionalLayer.row(
      name, "lambd=0.5", "0 for numbers near 0.", module: module, function: function,
      passing: [("lambd", "lambd")], text: { try $0["lambd"] })
  }

  private static let softmax2d = TorchLayerRow(
    "Softmax2d", "", "Probabilities over the channels of each pixel.", module: module
  ) { _ in
    FunctionLayer("Softmax2d") { x in
      guard x.rank == 3 || x.rank == 4 else {
        throw NeuralNetworkError.argument(
          owner: "", message: "Softmax2d: expected input to be 3D or 4D, got \(x.rank)D instead")
      }
      return try x.softmax(axis: -3)
    }
  }

  private static let prelu = TorchLayerRow(
    "PReLU", "num_parameters=1, init=0.25, device=None, dtype=None",
    "x where positive, else a share of it that is learned.", module: module,
    attributes: ["num_parameters", "init"], text: { try $0.listed("num_parameters") },
    forward: ("input", { module, a in
      guard let weight = module.layer?.tensor("weight") else { throw TorchLayerRow.notReady(module) }
      return a.machine.torchValue(try a.torchTensor(1).prelu(weight))
    })
  ) { a in
    let layer = FunctionLayer("PReLU") { $0 }
    let weight = try Tensor.full([TorchNormLayers.size(a, 1)], .double(a.double(2)), dtype: a.layerDType())
    try layer.register(parameter: weight, named: "weight")
    return layer
  }
}
