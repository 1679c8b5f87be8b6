import Language
import NeuralNetworks
import TensorCore

/// `keras.layers.Layer` as a class of the language, which programs derive from.
extension KerasLayer {
  private static func of(_ value: Value) throws -> KerasLayer {
    guard let layer = value.asInstance as? KerasLayer else {
      throw Raise(.typeError, "a layer is needed")
    }
    return layer
  }

  private static func variables(
    _ name: String, _ doc: String, _ test: @escaping (Weight) -> Bool
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, machine in
      let layer = try of(value)
      return .list(layer.weights.filter(test).map { KerasVariable.value($0, machine) })
    }
  }

  private static func symbolic(_ value: Value, _ name: String) throws -> KerasNode {
    let layer = try of(value)
    if let node = layer.nodes.first { return node }
    throw Raise(
      .attributeError,
      "The layer \(layer.name) has never been called and thus has no defined \(name).",
      hint: "build the model: give it an Input, or call it on data")
  }

  static func shapes(_ tensors: [KerasTensor]) -> Value {
    tensors.count == 1
      ? KerasShape.value(tensors[0].shape) : .list(tensors.map { KerasShape.value($0.shape) })
  }

  static let table = TypeTable(
    "Layer", module: "keras", doc: "What all layers share: name, weights, shapes. Derive from it and "
      + "define call(self, inputs).",
    allocate: { KerasLayer($0) },
    missingAttribute: { instance, name, machine in
      guard let layer = instance as? KerasLayer else { return nil }
      return try layer.missing(name, machine)
    },
    properties: [
      NativeProperty(
        "name", "The name in summaries.", get: { value, _ in .string(try of(value).name) },
        set: { value, new, machine in
          try of(value).name = new.swiftString ?? (try machine.text(of: new))
        }),
      NativeProperty(
        "built", "Whether the weights exist.", get: { value, _ in .bool(try of(value).isBuilt) },
        set: { value, new, machine in try of(value).isBuilt = machine.truth(new) }),
      NativeProperty(
        "trainable", "Whether training changes the weights.",
        get: { value, _ in .bool(try of(value).trainable) },
        set: { value, new, machine in try of(value).setTrainable(machine.truth(new)) }),
      NativeProperty(
        "supports_masking", "Whether masks pass through.",
        get: { value, _ in
          let layer = try of(value)
          return .bool(layer.supportsMasking || layer.unit?.supportsMasking ?? false)
        },
        set: { value, new, machine in try of(value).supportsMasking = machine.truth(new) }),
      variables("weights", "All weights, as variables.") { _ in true },
      variables("variables", "All weights, as variables.") { _ in true },
      variables("trainable_weights", "The weights that training changes.") { $0.isTrainable },
      variables("trainable_variables", "The weights that training changes.") { $0.isTrainable },
      variables("non_trainable_weights", "The weights that training leaves.") { !$0.isTrainable },
      variables("non_trainable_variables", "The weights that training leaves.") { !$0.isTrainable },
      NativeProperty("losses", "What regularizers and add_loss() add to the loss.") { value, machine in
        let layer = try of(value)
        let prices = try layer.weights.filter(\.isTrainable).compactMap { try $0.regularizer?($0.tensor) }
        return .list((prices + machine.keras.losses).map { machine.kerasValue($0) })
      },
      NativeProperty("input", "The symbolic input of the first call.") { value, _ in
        let node = try symbolic(value, "input")
        return node.inputs.count == 1 ? .object(node.inputs[0]) : .list(node.inputs.map { .object($0) })
      },
      NativeProperty("output", "The symbolic output of the first call.") { value, _ in
        let node = try symbolic(value, "output")
        return node.outputs.count == 1 ? .object(node.outputs[0]) : .list(node.outputs.map { .object($0) })
      },
      NativeProperty("input_shape", "The shape of inputs, None for the batch.") { value, _ in
        shapes(try symbolic(value, "input shape").inputs)
      },
      NativeProperty("output_shape", "The shape of outputs, None for the batch.") { value, _ in
        shapes(try symbolic(value, "output shape").outputs)
      },
      NativeProperty("dtype", "The type of the weights.") { value, _ in .string(try of(value).dtypeName) },
      NativeProperty("compute_dtype", "The type of the outputs.") { _, _ in .string("float32") },
      NativeProperty("input_spec", "What the layer asks of its inputs.") { _, _ in .none },
    ],
    classMethods: [
      Native("from_config(cls, config)", "A layer of the settings that get_config() gave.") { a in
        guard let dict = a[1].asDict else { throw a.mismatch(1, expected: "dict") }
        guard let type = a[0].asType else { throw a.mismatch(0, expected: "a class") }
        return try a.machine.call(a[0], [], keywords: KerasConfig.keywords(dict, type, a.machine))
      }
    ],
    methods: [
      Native(
        "__init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, "
          + "name=None, input_shape=None, input_dim=None, batch_input_shape=None, **kwargs)",
        "What all layers take."
      ) { a in
        let layer = try a.receiver(KerasLayer.self)
        if let (name, _) = a.keywords(9).first {
          throw Raise(
            .valueError,
            "Unrecognized keyword arguments passed to \(layer.type.name): "
              + "{'\(name)': \(try a.machine.repr(a.keywords(9)[0].value))}")
        }
        let named = KerasNamed(a)
        layer.prepare(
          name: try named.optionalString("name"), trainable: try named.bool("trainable"), a.machine)
        try layer.readCommon(named)
        return .none
      },
      Native(
        "add_weight(self, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, "
          + "regularizer=None, constraint=None, aggregation='none', overwrite_with_gradient=False, "
          + "name=None)", "Makes a weight of a layer of one's own, for build()."
      ) { a in
        let layer = try a.receiver(KerasLayer.self)
        guard layer.isMade else { throw layer.notMade }
        let named = KerasNamed(a)
        let shape = try a[1].isNone
          ? [] : KerasShape.read(a[1], a.machine, "add_weight").map { size -> Int in
            guard let size else {
              throw Raise(
                .valueError,
                "add_weight: the shape \(try a.machine.repr(a[1])) has an open size; the last axis of "
                  + "the input is input_shape[-1]")
            }
            return size
          }
        let rule = try a[2].isNone
          ? NeuralNetworks.KerasInitializers.rule("glorot_uniform") ?? .zeros
          : KerasInitializerDoor.read(a[2], a.machine)
        let tensor = try Tensor.zeros(shape, dtype: a[3].isNone ? .float32 : KerasDType.read(a[3], a.machine))
        try layer.explained { try rule(tensor, NeuralNetworks.KerasInitializers.fans(shape)) }
        let given = try named.optionalString("name") ?? a.machine.kerasNames.next("variable")
        let weight = try Weight(
          given, tensor, trainable: named.bool("trainable"),
          regularizer: named.has("regularizer") ? KerasRegularizers.read(named["regularizer"], a.machine) : nil,
          constraint: named.has("constraint") ? KerasConstraints.read(named["constraint"], a.machine) : nil)
        let scopes = a.machine.keras.scopes
        weight.path = scopes.last == layer.name
          ? layer.path(given, a.machine) : "\(layer.name)/\(given)"
        layer.addedWeights.append(weight)
        return KerasVariable.value(weight, a.machine)
      },
      Native("add_loss(self, loss)", "Adds to the loss of the step under way.") { a in
        let losses = try KerasTree.leaves(a[1]).map { try a.machine.kerasTensor($0) }
        a.machine.keras.losses += losses
        return .none
      },
      Native("get_weights(self)", "Copies of the weights as arrays; kernels are [in, out].") { a in
        .list(try a.receiver(KerasLayer.self).weights.map {
          a.machine.ndarray(try $0.tensor.detach().clone())
        })
      },
      Native("set_weights(self, weights)", "Overwrites the weights with arrays in the order of get_weights().") {
        a in
        try a.receiver(KerasLayer.self).assign(a.items(1), a.machine)
        return .none
      },
      Native("count_params(self)", "The number of weights.") { a in
        let layer = try a.receiver(KerasLayer.self)
        if !layer.isBuilt {
          throw Raise(
            .valueError,
            "You tried to call `count_params` on layer '\(layer.name)', but the layer isn't built. "
              + "You can build it manually via: `layer.build(input_shape)`.")
        }
        return .int(layer.weights.reduce(0) { $0 + $1.tensor.count })
      },
      Native("build(self, input_shape)", "Makes the weights for inputs of this shape, the batch first.") {
        a in
        let layer = try a.receiver(KerasLayer.self)
        guard layer.isMade else { throw layer.notMade }
        // super().build(input_shape) of a program's layer.
        if layer.unit == nil, layer.programFunction("build") != nil, !(layer is KerasModel) {
          layer.isBuilt = true
          return .none
        }
        try layer.build(KerasShape.readSeveral(a[1], a.machine, layer.name), a.machine, structure: a[1])
        return .none
      },
      Native("compute_output_shape(self, input_shape)", "The shape of the outputs for a shape.") { a in
        let layer = try a.receiver(KerasLayer.self)
        let shapes = try KerasShape.readSeveral(a[1], a.machine, layer.name)
        let results = try layer.outputShapes(shapes)
        return results.count == 1
          ? KerasShape.value(results[0]) : .list(results.map { KerasShape.value($0) })
      },
      Native("compute_mask(self, inputs, previous_mask=None)", "Which steps of the outputs count, or None.") { a in
        let layer = try a.receiver(KerasLayer.self)
        guard let unit = layer.unit else { return a[2] }
        let tensors = try KerasTree.leaves(a[1]).map { try layer.inputTensor($0, a.machine) }
        let previous = a[2].isNone ? nil : try a.machine.tensorflowTensor(a[2]).to(.bool)
        let masks = try layer.explained {
          try unit.outputMasks(tensors, CallContext(masks: [previous]))
        }
        return (masks.first ?? nil).map { a.machine.kerasValue($0) } ?? .none
      },
      Native("reset_states(self)", "Lets recurrent layers with stateful=True begin with states of zero.") { a in
        for layer in try a.receiver(KerasLayer.self).allLayers { (layer.unit as? RecurrentUnit)?.resetStates() }
        return .none
      },
      Native("reset_state(self)", "Lets recurrent layers with stateful=True begin with states of zero.") { a in
        for layer in try a.receiver(KerasLayer.self).allLayers { (layer.unit as? RecurrentUnit)?.resetStates() }
        return .none
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let layer = try a.receiver(KerasLayer.self)
        return .object(try layer.configuration(a.machine))
      },
      Native("__call__(self, *args, **kwargs)", "The outputs for inputs, as a tensor.") { a in
        try a.receiver(KerasLayer.self).invoke(a.items(1), a.keywords(2), a.machine)
      },
      Native("__repr__(self)", "The layer with its name.") { a in
        let layer = try a.receiver(KerasLayer.self)
        return .string(
          "<\(layer.shownType) name=\(layer.name), built=\(layer.isBuilt ? "True" : "False")>")
      },
    ])

  /// Settings that every layer takes.
  func readCommon(_ named: KerasNamed) throws {
    let machine = named.machine
    if named.has("input_shape") {
      givenShape = try KerasShape.read(named["input_shape"], machine, type.name)
    } else if named.has("batch_input_shape") {
      givenShape = Array(try KerasShape.read(named["batch_input_shape"], machine, type.name).dropFirst())
    } else if let size = try named.optionalInt("input_dim"), type.name != "Embedding" {
      givenShape = [size]
    }
    if named.has("activity_regularizer") {
      activityRegularizer = try KerasRegularizers.read(named["activity_regularizer"], machine)
    }
  }

  /// Attributes that are settings (`units`) or weights (`kernel`).
  fileprivate func missing(_ name: String, _ machine: Machine) throws -> Value? {
    if unit == nil, addedWeights.isEmpty { return nil }
    if let weight = (unit?.weights ?? addedWeights).first(where: { $0.name == name }) {
      return KerasVariable.value(weight, machine)
    }
    if name == "depthwise_kernel" || name == "embeddings" || name == "gamma" || name == "beta"
      || name == "kernel" || name == "bias" || name == "moving_mean" || name == "moving_variance"
    {
      guard isBuilt else {
        throw Raise(
          .attributeError, "You must build the layer before accessing `\(name)`.",
          hint: "layer.build((None, inputs)), or model.build(...) for all layers")
      }
      if name == "bias" { return Value.none }
    }
    if let entry = config.first(where: { $0.name == name }) {
      if name.hasSuffix("activation") {
        return KerasActivations.value(try KerasActivations.read(entry.value, machine), machine)
      }
      if ["kernel_size", "strides", "pool_size", "dilation_rate"].contains(name),
        let one = entry.value.asInt
      {
        return .tuple(Array(repeating: .int(one), count: type.name.contains("1D") ? 1 : 2))
      }
      return entry.value
    }
    return nil
  }

  func configuration(_ machine: Machine) throws -> DictObject { try KerasConfig.layer(self, machine) }

  /// `set_weights`.
  func assign(_ values: [Value], _ machine: Machine) throws {
    let own = weights
    guard values.count == own.count else {
      throw Raise(
        .valueError,
        "You called `set_weights(weights)` on layer '\(name)' with a weight list of length "
          + "\(values.count), but the layer was expecting \(own.count) weights.",
        hint: own.isEmpty && !isBuilt ? "build the model first: .build((None, inputs))" : nil)
    }
    let tensors = try values.map { try machine.tensor($0).detach() }
    for (weight, tensor) in zip(own, tensors) where weight.tensor.shape != tensor.shape {
      throw Raise(
        .valueError,
        "Layer \(name) weight shape \(KerasShape.text(weight.tensor.shape.map { $0 })) is not compatible "
          + "with provided weight shape \(KerasShape.text(tensor.shape.map { $0 })).")
    }
    for (weight, tensor) in zip(own, tensors) { try weight.assign(tensor) }
  }
}
