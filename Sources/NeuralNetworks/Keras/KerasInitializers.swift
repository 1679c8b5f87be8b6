import TensorCore

/// Keras's rules for first values that ask for more than inputs and outputs of a layer.
public enum KerasInitializers {
  /// Inputs and outputs of a weight by its shape: [in, out], [..., in, out] for kernels of windows.
  public static func fans(_ shape: [Int]) -> Initializer.Fans {
    switch shape.count {
    case 0: return Initializer.Fans(input: 1, output: 1)
    case 1: return Initializer.Fans(input: shape[0], output: shape[0])
    default:
      let window = shape.dropLast(2).reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
      return Initializer.Fans(
        input: shape[shape.count - 2].multipliedReportingOverflow(by: window).partialValue,
        output: shape[shape.count - 1].multipliedReportingOverflow(by: window).partialValue)
    }
  }

  public enum Mode: String, Sendable { case fanIn = "fan_in", fanOut = "fan_out", fanAvg = "fan_avg" }
  public enum Distribution: String, Sendable {
    case uniform, untruncated = "untruncated_normal", truncated = "truncated_normal"
  }

  /// Numbers whose variance is scale / fan. (He et al. 2015, Glorot and Bengio 2010)
  public static func varianceScaling(
    _ scale: Double, _ mode: Mode, _ distribution: Distribution, name: String = "variance_scaling"
  ) -> Initializer {
    Initializer(name) { tensor, _, generator in
      let fans = KerasInitializers.fans(tensor.shape)
      let fan =
        switch mode {
        case .fanIn: Double(fans.input)
        case .fanOut: Double(fans.output)
        case .fanAvg: Double(fans.input + fans.output) / 2
        }
      let variance = scale / max(1, fan)
      switch distribution {
      case .uniform:
        let bound = (3 * variance).squareRoot()
        try tensor.uniform(inPlace: -bound, bound, generator: generator)
      case .untruncated:
        try tensor.normal(inPlace: 0, variance.squareRoot(), generator: generator)
      case .truncated:
        // The deviation of what is left between -2 and 2 is 0.8796...
        try truncatedNormal(tensor, 0, variance.squareRoot() / 0.87962566103423978, generator)
      }
    }
  }

  /// Normal numbers; those beyond two deviations are drawn again.
  public static func truncatedNormal(_ mean: Double, _ deviation: Double) -> Initializer {
    Initializer("truncated_normal") { tensor, _, generator in
      try truncatedNormal(tensor, mean, deviation, generator)
    }
  }

  private static func truncatedNormal(
    _ tensor: Tensor, _ mean: Double, _ deviation: Double, _ generator: Generator
  ) throws {
    let values = (0..<tensor.count).map { _ -> Float in
      while true {
        let z = generator.normal()
        if abs(z) <= 2 { return Float(mean + deviation * z) }
      }
    }
    try tensor.copy(from: Tensor(values).reshape(tensor.shape))
  }

  /// Rows (or columns) at right angles, of length `gain`. (Saxe et al. 2014)
  public static func orthogonal(_ gain: Double = 1) -> Initializer {
    Initializer("orthogonal") { tensor, _, generator in
      guard tensor.rank >= 2 else {
        throw NeuralNetworkError.argument(
          owner: "OrthogonalInitializer",
          message: "The tensor to initialize must be at least two-dimensional. Received: shape="
            + KerasUnit.text(tensor.shape.map { $0 }) + " of rank \(tensor.rank).")
      }
      let columns = tensor.shape.last ?? 1
      let rows = tensor.count / max(1, columns)
      guard rows > 0, columns > 0 else { return }
      let flat = try Tensor.zeros([max(rows, columns), min(rows, columns)], dtype: .float64)
      try flat.normal(inPlace: 0, 1, generator: generator)
      let (q, r) = try flat.qr()
      var basis = try q.multiplied(by: r.diagonal().sign())
      if rows < columns { basis = try basis.t() }
      try tensor.copy(
        from: basis.multiplied(by: .double(gain)).to(tensor.dtype).reshape(tensor.shape))
    }
  }

  /// Ones on the diagonal.
  public static func identity(_ gain: Double = 1) -> Initializer {
    Initializer("identity") { tensor, _, _ in
      guard tensor.rank == 2 else {
        throw NeuralNetworkError.argument(
          owner: "Identity",
          message: "Identity matrix initializer can only be used for 2D matrices. Received: shape="
            + KerasUnit.text(tensor.shape.map { $0 }) + " of rank \(tensor.rank).")
      }
      try tensor.copy(
        from: Tensor.eye(tensor.shape[0], tensor.shape[1]).multiplied(by: .double(gain)))
    }
  }

  /// The first values of an LSTM's bias [4 units]: 1 for the forget gate, 0 for the others.
  static func forgetBias(_ units: Int, _ rule: Initializer) -> Initializer {
    Initializer(rule.name) { tensor, fans, generator in
      try rule(tensor, fans, generator: generator)
      try tensor.narrow(0, start: units, length: units).fill(1)
    }
  }

  /// Keras's names with their rules at their defaults.
  public static let named: [(name: String, rule: Initializer)] = [
    ("zeros", .zeros), ("ones", .ones), ("constant", .constant(0)),
    ("random_normal", .normal()), ("random_uniform", .uniform(-0.05, 0.05)),
    ("truncated_normal", truncatedNormal(0, 0.05)),
    ("variance_scaling", varianceScaling(1, .fanIn, .truncated)),
    ("glorot_uniform", varianceScaling(1, .fanAvg, .uniform, name: "glorot_uniform")),
    ("glorot_normal", varianceScaling(1, .fanAvg, .truncated, name: "glorot_normal")),
    ("he_uniform", varianceScaling(2, .fanIn, .uniform, name: "he_uniform")),
    ("he_normal", varianceScaling(2, .fanIn, .truncated, name: "he_normal")),
    ("lecun_uniform", varianceScaling(1, .fanIn, .uniform, name: "lecun_uniform")),
    ("lecun_normal", varianceScaling(1, .fanIn, .truncated, name: "lecun_normal")),
    ("orthogonal", orthogonal()), ("identity", identity()),
  ]

  /// The rule of a Keras name, nil for an unknown one.
  public static func rule(_ name: String) -> Initializer? {
    let name = name == "zero" ? "zeros" : name == "one" ? "ones" : name == "uniform"
      ? "random_uniform" : name == "normal" ? "random_normal" : name == "eye" ? "identity" : name
    return named.first { $0.name == name }?.rule
  }
}
