import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.init`: rules for the first values of parameters, in place and unrecorded.
enum TorchInit {
  private static func row(
    _ signature: String, _ doc: String, _ example: String, _ body: @escaping (Tensor, Arguments) throws -> Void
  ) -> Native {
    Native(signature, doc, example: "torch.nn.init.\(example)") { a in
      let tensor = try a.torchTensor(0)
      try noGrad { try body(tensor, a) }
      return a[0]
    }
  }

  private static func generator(_ a: Arguments) throws -> Generator {
    let place = a.place("generator")
    return place < 0 ? .default : try TorchRandom.generator(a, place)
  }

  /// How many inputs and outputs a weight has: [out, in, kernel...].
  private static func fans(_ tensor: Tensor) throws -> (input: Int, output: Int) {
    guard tensor.rank >= 2 else {
      throw Raise(
        .valueError, "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions",
        hint: "biases are set to zero: init.zeros_(layer.bias)")
    }
    let area = tensor.shape.dropFirst(2).reduce(1, *)
    return (tensor.shape[1] * area, tensor.shape[0] * area)
  }

  static func gain(_ name: String, _ parameter: Value, _ machine: Machine) throws -> Double {
    switch name {
    case "linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
      "conv_transpose3d", "sigmoid":
      return 1
    case "tanh": return 5.0 / 3
    case "relu": return Double(2).squareRoot()
    case "leaky_relu":
      var slope = 0.01
      if !parameter.isNone {
        guard let number = parameter.asDouble else {
          throw Raise(.valueError, "negative_slope \(try machine.text(of: parameter)) not a valid number")
        }
        slope = number
      }
      return (2 / (1 + slope * slope)).squareRoot()
    case "selu": return 0.75
    default: throw Raise(.valueError, "Unsupported nonlinearity \(name)")
    }
  }

  private static func kaiming(_ tensor: Tensor, _ a: Arguments) throws -> Double {
    let mode = try a.string(2).lowercased()
    guard ["fan_in", "fan_out"].contains(mode) else {
      throw Raise(.valueError, "Mode \(try a.string(2)) not supported, please use one of ['fan_in', 'fan_out']")
    }
    let both = try fans(tensor)
    let fan = mode == "fan_in" ? both.input : both.output
    return try gain(a.string(3), a[1], a.machine) / Double(max(fan, 1)).squareRoot()
  }

  static let functions: [Native] = [
    Native("calculate_gain(nonlinearity, param=None)", "By how much an activation wants weights larger.", example: "torch.nn.init.calculate_gain('relu')") { a in
      let name = try a.string(0)
      let value = try gain(name, a[1], a.machine)
      return value == 1 ? .int(1) : .float(value)
    },
    row("uniform_(tensor, a=0.0, b=1.0, generator=None)", "Even numbers from a up to b.", "uniform_(torch.empty(2)).shape") {
      try $0.uniform(inPlace: $1.double(1), $1.double(2), generator: generator($1))
    },
    row("normal_(tensor, mean=0.0, std=1.0, generator=None)", "Normal numbers.", "normal_(torch.empty(2)).shape") {
      try $0.normal(inPlace: $1.double(1), $1.double(2), generator: generator($1))
    },
    row("trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None)", "Normal numbers between two bounds.", "trunc_normal_(torch.empty(2)).shape") { tensor, a in
      try tensor.truncatedNormal(
        inPlace: a.double(1), a.double(2), a.double(3), a.double(4), generator: generator(a))
    },
    row("constant_(tensor, val)", "One number everywhere.", "constant_(torch.empty(2), 0.5)") { try $0.fill($1.scalar(1)) },
    row("ones_(tensor)", "Ones.", "ones_(torch.empty(2))") { tensor, _ in try tensor.fill(1) },
    row("zeros_(tensor)", "Zeros.", "zeros_(torch.empty(2))") { tensor, _ in try tensor.fill(0) },
    row("eye_(tensor)", "The identity.", "eye_(torch.empty(2, 2))") { tensor, _ in
      guard tensor.rank == 2 else { throw Raise(.valueError, "Only tensors with 2 dimensions are supported") }
      try tensor.copy(from: Tensor.eye(tensor.shape[0], tensor.shape[1], dtype: tensor.dtype))
    },
    row("dirac_(tensor, groups=1)", "A convolution that gives its input.", "dirac_(torch.empty(2, 2, 3)).shape") { tensor, a in
      guard (3...5).contains(tensor.rank) else {
        throw Raise(.valueError, "Only tensors with 3, 4, or 5 dimensions are supported")
      }
      let groups = try a.int(1)
      guard groups > 0, tensor.shape[0] % groups == 0 else { throw Raise(.valueError, "dim 0 must be divisible by groups") }
      try tensor.fill(0)
      let rows = tensor.shape[0] / groups
      for group in 0..<groups {
        for i in 0..<min(rows, tensor.shape[1]) {
          var place: [Index] = [.at(group * rows + i), .at(i)]
          place += tensor.shape.dropFirst(2).map { .at($0 / 2) }
          try tensor.assign(place, value: Tensor(.double(1), dtype: tensor.dtype))
        }
      }
    },
    row("xavier_uniform_(tensor, gain=1.0, generator=None)", "Even numbers by Glorot's rule.", "xavier_uniform_(torch.empty(2, 3)).shape") { tensor, a in
      let both = try fans(tensor)
      let std = try a.double(1) * (2 / Double(max(1, both.input + both.output))).squareRoot()
      let bound = Double(3).squareRoot() * std
      try tensor.uniform(inPlace: -bound, bound, generator: generator(a))
    },
    row("xavier_normal_(tensor, gain=1.0, generator=None)", "Normal numbers by Glorot's rule.", "xavier_normal_(torch.empty(2, 3)).shape") { tensor, a in
      let both = try fans(tensor)
      let std = try a.double(1) * (2 / Double(max(1, both.input + both.output))).squareRoot()
      try tensor.normal(inPlace: 0, std, generator: generator(a))
    },
    row("kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None)", "Even numbers by He's rule.", "kaiming_uniform_(torch.empty(2, 3)).shape") { tensor, a in
      let bound = try Double(3).squareRoot() * kaiming(tensor, a)
      try tensor.uniform(inPlace: -bound, bound, generator: generator(a))
    },
    row("kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None)", "Normal numbers by He's rule.", "kaiming_normal_(torch.empty(2, 3)).shape") { tensor, a in
      try tensor.normal(inPlace: 0, kaiming(tensor, a), generator: generator(a))
    },
    row("orthogonal_(tensor, gain=1, generator=None)", "A matrix whose rows or columns stand at right angles.", "orthogonal_(torch.empty(2, 3)).shape") { tensor, a in
      guard tensor.rank >= 2 else { throw Raise(.valueError, "Only tensors with 2 or more dimensions are supported") }
      if tensor.count == 0 { return }
      let rows = tensor.shape[0]
      let columns = tensor.count / rows
      let drawn = try Tensor.zeros([rows, columns], dtype: tensor.dtype)
      try drawn.normal(inPlace: 0, 1, generator: generator(a))
      let linalg = try a.machine.importModule("torch.linalg", first: false)
      let tall = rows < columns ? try drawn.t() : drawn
      let parts = try a.machine.array(a.machine.call(a.machine.attribute(linalg, "qr"), [a.machine.torchValue(tall)]))
      guard parts.count == 2, let q = parts[0].asTensorObject?.tensor, let r = parts[1].asTensorObject?.tensor else { return }
      var result = try q * r.diagonal().sign()
      if rows < columns { result = try result.t() }
      try tensor.copy(from: result.reshape(tensor.shape) * .double(a.double(1)))
    },
    row("sparse_(tensor, sparsity, std=0.01, generator=None)", "Normal numbers, a share of each column 0.", "sparse_(torch.empty(4, 2), 0.5).shape") { tensor, a in
      guard tensor.rank == 2 else { throw Raise(.valueError, "Only tensors with 2 dimensions are supported") }
      let share = try a.double(1)
      guard share >= 0, share <= 1 else { throw Raise(.valueError, "sparsity must lie between 0 and 1") }
      try tensor.normal(inPlace: 0, a.double(2), generator: generator(a))
      let count = Int((share * Double(tensor.shape[0])).rounded(.up))
      for column in 0..<tensor.shape[1] {
        let order = try Tensor.randperm(tensor.shape[0], generator: generator(a)).ints().prefix(count)
        for row in order { try tensor.assign([.at(row), .at(column)], value: Tensor(.double(0), dtype: tensor.dtype)) }
      }
    },
  ]

  static let module = ModuleTable(
    "torch.nn.init", doc: "Rules for the first values of parameters.", entries: functions.map { .function($0) })
}
