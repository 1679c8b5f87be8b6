import Language
import NeuralNetworks
import TensorCore

/// `keras.activations`: functions that layers apply to their outputs.
enum KerasActivations {
  static let names = Activation.all.map(\.name)

  /// The functions of the module: of a tensor or array, or for `activation=`.
  static let functions: [Native] = Activation.all.map { activation in
    Native(
      "\(activation.name)(x)", "The activation \(activation.name), of a tensor or an array.",
      example: "keras.activations.\(activation.name)([[-1.0, 0.5]])"
    ) { a in
      let x = try KerasData.floats(a[0], a.machine)
      return a.machine.torchValue(try activation(x))
    }
  }

  private static let module = "Bindings.KerasActivation."

  /// The function object of an activation, the same for the whole session.
  static func value(_ activation: Activation, _ machine: Machine) -> Value {
    let key = module + activation.name
    if let known = machine.extensions[key] as? NativeFunction { return .object(known) }
    guard let row = functions.first(where: { $0.name == activation.name }) else { return .none }
    let function = NativeFunction(row)
    machine.extensions[key] = function
    return .object(function)
  }

  /// A name, a function of this module, or None.
  static func read(_ value: Value, _ machine: Machine) throws -> Activation {
    if value.isNone || value.isUndefined { return .linear }
    if let name = value.swiftString {
      if let found = Activation(name: name) { return found }
      throw KerasIdentifier.unknown("activation function", name, known: names)
    }
    if let function = value.object as? NativeFunction, let found = Activation(name: function.name) {
      return found
    }
    throw Raise(
      .typeError,
      "an activation is a name or a function of keras.activations, got \(machine.typeName(value))",
      hint: "There are: " + names.joined(separator: ", ") + ".")
  }
}

/// `keras.initializers`: rules for the first values of weights.
final class KerasInitializer: Instance {
  var rule = Initializer.zeros
}

enum KerasInitializers {
  static let names = [
    "zeros", "ones", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "random_normal",
    "random_uniform",
  ]

  static func read(_ value: Value, _ machine: Machine) throws -> Initializer {
    if let name = value.swiftString {
      let folded = KerasNames.snakeCase(name)
      if names.contains(folded), let found = Initializer(name: folded) { return found }
      throw KerasIdentifier.unknown("initializer", name, known: names)
    }
    if let object = value.asInstance as? KerasInitializer { return object.rule }
    throw Raise(
      .typeError,
      "an initializer is a name or an object of keras.initializers, got \(machine.typeName(value))",
      hint: "There are: " + names.joined(separator: ", ") + ".")
  }

  private static func table(
    _ name: String, _ doc: String, _ parameters: String = "", _ make: @escaping (Arguments) throws -> Initializer
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.initializers", doc: doc, isSubclassable: false,
      allocate: { KerasInitializer($0) },
      methods: [
        Native(
          "__init__(self" + (parameters.isEmpty ? "" : ", " + parameters) + ", *, seed=None)", doc,
          example: "keras.initializers.\(name)()"
        ) { a in
          let rule = try make(a)
          // A seed of its own: a stream that begins anew with every object.
          if let seed = try a.optionalInt(a.count - 1) {
            let generator = Generator(seed: UInt64(bitPattern: Int64(seed)))
            try a.receiver(KerasInitializer.self).rule = Initializer(rule.name) { tensor, fans, _ in
              try rule(tensor, fans, generator: generator)
            }
          } else {
            try a.receiver(KerasInitializer.self).rule = rule
          }
          return .none
        }
      ])
  }

  static let tables: [TypeTable] = [
    table("Zeros", "All 0.") { _ in .zeros },
    table("Ones", "All 1.") { _ in .ones },
    table("Constant", "All the same value.", "value=0.0") { .constant(try $0.double(1)) },
    table("RandomUniform", "Even numbers between two bounds.", "minval=-0.05, maxval=0.05") {
      .uniform(try $0.double(1), try $0.double(2))
    },
    table("RandomNormal", "Normal numbers.", "mean=0.0, stddev=0.05") {
      .normal(try $0.double(1), try $0.double(2))
    },
    table("GlorotUniform", "Even numbers of +-sqrt(6 / (inputs + outputs)).") { _ in .glorotUniform },
    table("GlorotNormal", "Normal numbers with variance 2 / (inputs + outputs).") { _ in .glorotNormal },
    table("HeUniform", "Even numbers of +-sqrt(6 / inputs), for ReLU.") { _ in .heUniform },
    table("HeNormal", "Normal numbers with variance 2 / inputs, for ReLU.") { _ in .heNormal },
  ]
}
