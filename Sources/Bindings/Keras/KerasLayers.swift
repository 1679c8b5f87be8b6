import Language
import NeuralNetworks
import TensorCore

/// `keras.layers`: the layers by name.
enum KerasLayers {
  static let tables = [dense, flatten, dropout, activation, reLU, softmax]

  /// A layer's class: the parameters of `__init__` after `self`, and what makes the module.
  private static func layer(
    _ name: String, _ doc: String, _ parameters: String, example: String,
    properties: [NativeProperty] = [], _ make: @escaping (Arguments) throws -> Module
  ) -> TypeTable {
    // Every layer takes these as well; they stand last and by name only.
    let count = parameters.isEmpty ? 0 : parameters.split(separator: ",").count
    let head = parameters.isEmpty ? "self" : "self, " + parameters
    return TypeTable(
      name, module: "keras.layers", doc: doc, base: KerasLayer.table, isSubclassable: false,
      allocate: { KerasLayer($0) }, properties: properties,
      methods: [
        Native(
          "__init__(\(head), *, name=None, input_shape=None, input_dim=None, trainable=True, "
            + "dtype=None)", doc, example: example
        ) { a in
          let layer = try a.receiver(KerasLayer.self)
          let first = 1 + count
          var shape: [Int?]?
          if !a[first + 1].isNone {
            shape = try KerasShape.read(a[first + 1], a.machine, name)
          } else if let size = try a.optionalInt(first + 2) {
            shape = [size]
          }
          layer.prepare(
            try make(a), name: try a.optionalString(first), shape: shape, a.machine)
          layer.setTrainable(try a.bool(first + 3))
          return .none
        }
      ])
  }

  private static func module<M: Module>(_ value: Value, _ type: M.Type = M.self) -> M? {
    (value.asInstance as? KerasLayer)?.module as? M
  }

  static let dense = layer(
    "Dense", "y = activation(x @ kernel + bias): every input feeds every output.",
    "units, activation=None, use_bias=True, kernel_initializer='glorot_uniform', "
      + "bias_initializer='zeros'",
    example: "keras.layers.Dense(10, activation='softmax')",
    properties: [
      NativeProperty("units", "The number of outputs.") { value, _ in
        .int(module(value, Linear.self)?.outFeatures ?? 0)
      },
      NativeProperty("use_bias", "Whether a bias is added.") { value, _ in
        .bool(module(value, Linear.self)?.usesBias ?? false)
      },
      NativeProperty("activation", "The activation's function.") { value, machine in
        KerasActivations.value(module(value, Linear.self)?.activation ?? .linear, machine)
      },
      NativeProperty("kernel", "The weights [in, out], as a variable.") { value, machine in
        try part(value, 0, machine)
      },
      NativeProperty("bias", "The bias [out], as a variable; None without one.") { value, machine in
        try part(value, 1, machine)
      },
    ]
  ) { a in
    guard let units = a[1].asInt, units > 0, case .int = a[1] else {
      throw Raise(
        .valueError,
        "Received an invalid value for `units`, expected a positive integer. Received: "
          + "units=\(try a.machine.repr(a[1]))")
    }
    return try Linear(
      nil, units, bias: a.bool(3), activation: KerasActivations.read(a[2], a.machine),
      weightRule: KerasInitializers.read(a[4], a.machine),
      biasRule: KerasInitializers.read(a[5], a.machine))
  }

  private static func part(_ value: Value, _ place: Int, _ machine: Machine) throws -> Value {
    guard let layer = value.asInstance as? KerasLayer else { return .none }
    let weights = layer.weights()
    if weights.isEmpty {
      throw Raise(
        .attributeError, "You must build the layer before accessing `\(place == 0 ? "kernel" : "bias")`.",
        hint: "layer.build((None, inputs)), or model.build(...) for all layers")
    }
    return place < weights.count ? KerasVariable.make(weights[place], machine) : .none
  }

  static let flatten = layer(
    "Flatten", "Every sample as one row: (batch, a, b) becomes (batch, a * b).", "",
    example: "keras.layers.Flatten()"
  ) { _ in Flatten() }

  static let dropout = layer(
    "Dropout", "In training sets a share of the inputs to 0 and scales the others up.",
    "rate, seed=None", example: "keras.layers.Dropout(0.5)",
    properties: [
      NativeProperty("rate", "The share that is dropped.") { value, _ in
        .float(module(value, Dropout.self)?.p ?? 0)
      }
    ]
  ) { a in
    let rate = try a.double(1)
    guard rate >= 0, rate <= 1 else {
      throw Raise(
        .valueError,
        "Invalid value received for argument `rate`. Expected a float value between 0 and 1. "
          + "Received: rate=\(try a.machine.repr(a[1]))")
    }
    let seed = try a.optionalInt(2)
    return try Dropout(
      rate, generator: seed.map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default)
  }

  static let activation = layer(
    "Activation", "A function applied to every input: 'relu', 'softmax', ...", "activation",
    example: "keras.layers.Activation('relu')",
    properties: [
      NativeProperty("activation", "The activation's function.") { value, machine in
        KerasActivations.value(module(value, ActivationLayer.self)?.activation ?? .linear, machine)
      }
    ]
  ) { a in ActivationLayer(try KerasActivations.read(a[1], a.machine)) }

  static let reLU = layer(
    "ReLU", "max(x, 0) for every input.", "", example: "keras.layers.ReLU()"
  ) { _ in ActivationLayer(.relu) }

  static let softmax = layer(
    "Softmax", "Probabilities that add up to 1 along an axis.", "axis=-1",
    example: "keras.layers.Softmax()"
  ) { a in
    let axis = try a.int(1)
    return ActivationLayer(.softmax, axis: axis == -1 ? nil : axis)
  }
}
