import Language
import NeuralNetworks
import TensorCore

/// `keras.activations`: functions that layers apply to their outputs.
enum KerasActivations {
  static let names = KerasActivationRules.all.map(\.name)

  /// Parameters besides x, and what they make of it.
  nonisolated(unsafe) private static let special: [String: (String, (Tensor, Arguments) throws -> Tensor)] = [
    "relu": ("negative_slope=0.0, max_value=None, threshold=0.0", { x, a in
      try KerasActivationRules.relu(
        x, slope: a.double(1), maximum: a.optionalDouble(2), threshold: a.double(3))
    }),
    "elu": ("alpha=1.0", { x, a in try KerasActivationRules.elu(x, alpha: a.double(1)) }),
    "celu": ("alpha=1.0", { x, a in try KerasActivationRules.celu(x, alpha: a.double(1)) }),
    "leaky_relu": ("negative_slope=0.2", { x, a in try KerasActivationRules.leaky(x, a.double(1)) }),
    "softmax": ("axis=-1", { x, a in try x.softmax(axis: a.int(1)) }),
    "log_softmax": ("axis=-1", { x, a in try x.logSoftmax(axis: a.int(1)) }),
    "gelu": ("approximate=False", { x, a in try a.bool(1) ? x.geluTanh() : x.gelu() }),
    "glu": ("axis=-1", { x, a in try KerasActivationRules.glu(x, axis: a.int(1)) }),
    "threshold": ("threshold=0.0, default_value=0.0", { x, a in
      try Tensor.where(Comparison.greater(x, .double(a.double(1))), x, .double(a.double(2)))
    }),
  ]

  /// The functions of the module: of a tensor, an array or a symbolic value, or for `activation=`.
  static let functions: [Native] = KerasActivationRules.all.flatMap { activation -> [Native] in
    let (parameters, body) = special[activation.name] ?? ("", { x, _ in try activation(x) })
    let names = activation.name == "silu" ? ["silu", "swish"] : [activation.name]
    return names.map { name in
      Native(
        "\(name)(x\(parameters.isEmpty ? "" : ", " + parameters))",
        "The activation \(activation.name), of a tensor or an array.",
        example: "keras.activations.\(name)([[-1.0, 0.5]])"
      ) { a in
        if KerasTree.isSymbolic(a[0]) {
          return try KerasOperation.apply(KerasNames.pascalCase(name), [a[0]], a.machine) { values, machine in
            machine.kerasValue(try activation(machine.kerasTensor(values[0])))
          }
        }
        return a.machine.kerasValue(try body(a.machine.kerasTensor(a[0]), a))
      }
    }
  }

  private static let module = "Bindings.KerasActivation."

  /// The function object of an activation, the same for the whole session.
  static func value(_ activation: Activation?, _ machine: Machine) -> Value {
    let name = activation?.name ?? "linear"
    if let known = machine.extensions[module + name] as? NativeFunction { return .object(known) }
    guard let row = functions.first(where: { $0.name == name }) else { return .none }
    let function = NativeFunction(row)
    machine.extensions[module + name] = function
    return .object(function)
  }

  /// A name, a function, a layer or None; nil for one that changes nothing.
  static func read(_ value: Value, _ machine: Machine) throws -> Activation? {
    if value.isNone || value.isUndefined { return nil }
    if let name = value.swiftString {
      if name == "linear" { return nil }
      if let found = KerasActivationRules.named(name) { return found }
      throw KerasIdentifier.unknown("activation function", name, known: names)
    }
    if let function = value.object as? NativeFunction, let found = KerasActivationRules.named(function.name) {
      return found.name == "linear" ? nil : found
    }
    if machine.isCallable(value), value.asType == nil {
      nonisolated(unsafe) let function = value
      nonisolated(unsafe) let machine = machine
      let name = (value.object as? FunctionObject)?.name
        ?? (value.asInstance as? KerasLayer)?.name ?? "custom"
      return Activation(name, kind: name) { x in
        try machine.kerasTensor(machine.call(function, [machine.kerasValue(x)]))
      }
    }
    throw Raise(
      .valueError, "Could not interpret activation function identifier: \(try machine.repr(value))",
      hint: "an activation is a name or a function of keras.activations. There are: "
        + names.joined(separator: ", ") + ".")
  }

  static let get = Native("get(identifier)", "The function of a name.", example: "keras.activations.get('relu')") { a in
    if a[0].swiftString == nil, !a[0].isNone { return a[0] }
    return value(try read(a[0], a.machine), a.machine)
  }
}
