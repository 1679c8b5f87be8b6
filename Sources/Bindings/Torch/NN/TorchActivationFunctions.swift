import Language
import NeuralNetworks
import TensorCore

/// Activations and dropout of `torch.nn.functional`.
enum TorchActivationFunctions {
  static let functions: [Native] = activations + softmaxes + drops + inPlace

  private static let F = "torch.nn.functional"

  private static func row(
    _ signature: String, _ doc: String, _ example: String, _ body: @escaping (Arguments) throws -> Tensor
  ) -> Native {
    torchRow(signature, doc, "\(F).\(example)", body)
  }

  private static func plain(_ name: String, _ doc: String, _ body: @escaping (Tensor) throws -> Tensor) -> Native {
    row("\(name)(input, inplace=False)", doc, "\(name)(torch.tensor([-1., 2.]))") { try body($0.torchTensor(0)) }
  }

  private static let activations: [Native] = [
    plain("relu", "max(x, 0).") { try $0.relu() },
    plain("relu6", "x between 0 and 6.") { try $0.hardtanh(0, 6) },
    plain("selu", "ELU scaled so that mean 0 and variance 1 stay.") { try $0.selu() },
    plain("silu", "x sigmoid(x).") { try $0.silu() },
    plain("mish", "x tanh(softplus(x)).") { try $0.mish() },
    plain("hardsigmoid", "x / 6 + 1 / 2 between 0 and 1.") { try $0.hardsigmoid() },
    plain("hardswish", "x relu6(x + 3) / 6.") { try $0.hardswish() },
    row("sigmoid(input)", "1 / (1 + exp(-x)).", "sigmoid(torch.tensor([1.]))") { try $0.torchTensor(0).sigmoid() },
    row("tanh(input)", "The hyperbolic tangent.", "tanh(torch.tensor([1.]))") { try $0.torchTensor(0).tanh() },
    row("logsigmoid(input)", "log(sigmoid(x)).", "logsigmoid(torch.tensor([1.]))") { try $0.torchTensor(0).logSigmoid() },
    row("softsign(input)", "x / (1 + |x|).", "softsign(torch.tensor([1.]))") { try $0.torchTensor(0).softsign() },
    row("tanhshrink(input)", "x - tanh(x).", "tanhshrink(torch.tensor([1.]))") { try $0.torchTensor(0).tanhshrink() },
    row("leaky_relu(input, negative_slope=0.01, inplace=False)", "x where positive, else a share of it.", "leaky_relu(torch.tensor([-1.]))") { try $0.torchTensor(0).leakyReLU($0.double(1)) },
    row("elu(input, alpha=1.0, inplace=False)", "x where positive, else alpha (exp(x) - 1).", "elu(torch.tensor([-1.]))") { try $0.torchTensor(0).elu($0.double(1)) },
    row("celu(input, alpha=1.0, inplace=False)", "x where positive, else alpha (exp(x / alpha) - 1).", "celu(torch.tensor([-1.]))") { try $0.torchTensor(0).celu($0.double(1)) },
    row("prelu(input, weight)", "x where positive, else a share of it.", "prelu(torch.tensor([-1.]), torch.tensor([0.25]))") { try $0.torchTensor(0).prelu($0.torchTensor(1)) },
    row("rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)", "x where positive, else a share of it, drawn in training.", "rrelu(torch.tensor([-1.]))") { a in
      let x = try a.torchTensor(0)
      let (low, high) = (try a.double(1), try a.double(2))
      guard try a.bool(3) else { return try x.leakyReLU((low + high) / 2) }
      return try x.randomLeakyReLU(low, high)
    },
    row("gelu(input, approximate='none')", "x times the normal distribution at x.", "gelu(torch.tensor([1.]))") { a in
      switch try a.string(1) {
      case "tanh": return try a.torchTensor(0).geluTanh()
      case "none": return try a.torchTensor(0).gelu()
      default: throw Raise(.runtimeError, "approximate argument must be either none or tanh.")
      }
    },
    row("softplus(input, beta=1.0, threshold=20.0)", "log(1 + exp(beta x)) / beta.", "softplus(torch.tensor([1.]))") { a in
      try a.torchTensor(0).softplus(beta: a.double(1), threshold: a.double(2))
    },
    row("hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)", "The nearest number between two bounds.", "hardtanh(torch.tensor([2.]))") { try $0.torchTensor(0).hardtanh($0.double(1), $0.double(2)) },
    row("hardshrink(input, lambd=0.5)", "0 for numbers near 0.", "hardshrink(torch.tensor([0.2, 2.]))") { try $0.torchTensor(0).hardshrink($0.double(1)) },
    row("softshrink(input, lambd=0.5)", "Numbers brought nearer to 0.", "softshrink(torch.tensor([0.2, 2.]))") { try $0.torchTensor(0).softshrink($0.double(1)) },
    row("threshold(input, threshold, value, inplace=False)", "x where above a threshold, else a value.", "threshold(torch.tensor([0.2, 2.]), 1, 0)") { try $0.torchTensor(0).thresholded($0.double(1), $0.double(2)) },
    row("glu(input, dim=-1)", "One half of an axis times the sigmoid of the other.", "glu(torch.ones(4))") { try $0.torchTensor(0).glu(axis: $0.int(1)) },
    row("gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)", "Rows drawn with the probabilities of softmax.", "gumbel_softmax(torch.ones(1, 3)).shape") { a in
      try a.torchTensor(0).gumbelSoftmax(temperature: a.double(1), hard: a.bool(2), axis: a.int(4))
    },
  ]

  /// Axis 0 for 0, 1 and 3 axes, else 1, where none was given: PyTorch's old rule, which it warns of.
  private static func axis(_ a: Arguments, _ name: String) throws -> Int {
    if !a[1].isNone, a[1].isGiven { return try a.int(1) }
    let rank = try a.torchTensor(0).rank
    TorchWarnings.say(
      "Implicit dimension choice for \(name) has been deprecated. Change the call to include dim=X as an argument.",
      a.machine)
    return rank == 0 || rank == 1 || rank == 3 ? 0 : 1
  }

  private static func soft(_ name: String, _ doc: String, _ body: @escaping (Tensor, Int) throws -> Tensor) -> Native {
    row("\(name)(input, dim=None, _stacklevel=3, dtype=None)", doc, "\(name)(torch.ones(2), dim=0)") { a in
      var x = try a.torchTensor(0)
      if let dtype = try a.optionalDType(3, .torch) { x = try x.to(dtype) }
      return try body(x, axis(a, name))
    }
  }

  private static let softmaxes: [Native] = [
    soft("softmax", "Probabilities that add up to 1 along an axis.") { try $0.softmax(axis: $1) },
    soft("log_softmax", "Logarithms of softmax.") { try $0.logSoftmax(axis: $1) },
    soft("softmin", "Softmax of -x.") { try $0.neg().softmax(axis: $1) },
  ]

  private static func probability(_ a: Arguments) throws -> Double {
    let p = try a.double(1)
    guard p >= 0, p <= 1 else {
      throw Raise(.valueError, "dropout probability has to be between 0 and 1, but got \(try a.machine.text(of: a[1]))")
    }
    return p
  }

  private static func drop(_ name: String, training: Bool, _ make: @escaping (Double) throws -> Module) -> Native {
    row("\(name)(input, p=0.5, training=\(training ? "True" : "False"), inplace=False)", "In training drops a share of the input.", "\(name)(torch.ones(2, 3\(name.hasSuffix("d") ? ", 4, 4" : "")), 0.5).shape") { a in
      let p = try probability(a)
      guard try a.bool(2) else { return try a.torchTensor(0) }
      return try make(p)(a.torchTensor(0))
    }
  }

  private static let drops: [Native] = [
    row("dropout(input, p=0.5, training=True, inplace=False)", "In training sets elements to 0 and scales the others up.", "dropout(torch.ones(4), 0.5).shape") { a in
      let p = try probability(a)
      return try a.bool(2) ? a.torchTensor(0).dropout(p) : a.torchTensor(0)
    },
    drop("dropout1d", training: true) { try FeatureDropout($0, spatialAxes: 1) },
    drop("dropout2d", training: true) { try FeatureDropout($0, spatialAxes: 2) },
    drop("alpha_dropout", training: false) { try AlphaDropout($0) },
  ]

  private static let inPlace: [Native] = ["relu_": { (x: Tensor) in try x.relu() }].map { name, body in
    Native("\(name)(input)", "max(x, 0), in place.", example: "\(F).\(name)(torch.tensor([-1., 2.]))") { a in
      try a.torchTensor(0).overwrite(name, body)
      return a[0]
    }
  }
}

/// Warnings that PyTorch gives, as warnings of the language.
enum TorchWarnings {
  /// Says a sentence once for each session and text, as `warnings.warn` would.
  static func say(_ text: String, _ machine: Machine) {
    guard let door = try? machine.importModule("warnings", first: false),
      let warn = try? machine.attribute(door, "warn")
    else { return }
    _ = try? machine.call(warn, [.string(text)])
  }
}
