import Language
import NeuralNetworks
import TensorCore

/// `keras.Model` and `keras.Sequential` as classes of the language.
enum KerasModels {
  private static func of(_ value: Value) throws -> KerasModel {
    guard let model = value.asInstance as? KerasModel else {
      throw Raise(.typeError, "a model is needed")
    }
    return model
  }

  private static func list(_ tensors: [KerasTensor]) -> Value { .list(tensors.map { .object($0) }) }

  private static func graph(_ value: Value, _ what: String) throws -> KerasGraph {
    let model = try of(value)
    if let graph = model.graph { return graph }
    throw Raise(
      .attributeError,
      model is KerasSequential
        ? "The layer \(model.name) has never been called and thus has no defined \(what)."
        : "'\(model.type.name)' object has no attribute '\(what)'",
      hint: "give the model an Input, or call model.build((None, ...))")
  }

  static let modelTable = TypeTable(
    "Model", module: "keras",
    doc: "A model: between inputs and outputs, or a class with call(self, inputs).",
    base: KerasLayer.table, allocate: { KerasModel($0) },
    properties: [
      NativeProperty("layers", "The layers.") { value, _ in
        .list(try of(value).shownLayers.map { .object($0) })
      },
      NativeProperty("inputs", "The symbolic inputs.") { value, _ in list(try graph(value, "inputs").inputs) },
      NativeProperty("outputs", "The symbolic outputs.") { value, _ in list(try graph(value, "outputs").outputs) },
      NativeProperty("input", "The symbolic input.") { value, _ in
        let graph = try graph(value, "input")
        return graph.inputs.count == 1 ? .object(graph.inputs[0]) : graph.inputStructure
      },
      NativeProperty("output", "The symbolic output.") { value, _ in
        let graph = try graph(value, "output")
        return graph.outputs.count == 1 ? .object(graph.outputs[0]) : graph.outputStructure
      },
      NativeProperty("input_shape", "The shape of inputs, None for the batch.") { value, _ in
        KerasLayer.shapes(try graph(value, "input_shape").inputs)
      },
      NativeProperty("output_shape", "The shape of outputs, None for the batch.") { value, _ in
        KerasLayer.shapes(try graph(value, "output_shape").outputs)
      },
      NativeProperty("output_names", "The names of the outputs.") { value, _ in
        .list(try graph(value, "output_names").outputNames.map { .string($0) })
      },
      NativeProperty("optimizer", "The optimizer that compile() was given, or None.") { value, _ in
        (try of(value).compiled?.optimizer).map { .object($0) } ?? .none
      },
      NativeProperty("loss", "The loss that compile() was given, or None.") { value, _ in
        try of(value).compiled?.lossValue ?? .none
      },
      NativeProperty("compiled", "Whether compile() was called.") { value, _ in
        .bool(try of(value).compiled != nil)
      },
      NativeProperty("history", "The History of the last fit(), or None.") { value, _ in
        (try of(value).history).map { .object($0) } ?? .none
      },
      NativeProperty("metrics", "The metrics, that of the loss first.") { value, machine in
        .list(try of(value).allMetrics(machine).map { .object($0) })
      },
      NativeProperty("metrics_names", "The names of the metrics.") { value, machine in
        guard let compiled = try of(value).compiled else { return .list([]) }
        return .list(
          [.string("loss")] + (compiled.hasMetrics && compiled.isUsed ? [.string("compile_metrics")] : [])
            + compiled.outputLosses.map { .string($0.name) })
      },
      NativeProperty(
        "stop_training", "Set to True by a callback: ends the run after the batch under way.",
        get: { value, _ in .bool(try of(value).stopsTraining) },
        set: { value, new, machine in try of(value).stopsTraining = machine.truth(new) }),
    ],
    classMethods: [
      Native("from_config(cls, config, custom_objects=None)", "A model of the settings that get_config() gave.") { a in
        guard let config = a[1].asDict else { throw a.mismatch(1, expected: "dict") }
        if config["layers"] != nil, config["input_layers"] != nil {
          return try KerasModelConfig.functional(config, a.machine)
        }
        if config["layers"] != nil, a[0].asType?.module != "__main__" {
          return try KerasModelConfig.sequential(config, a.machine)
        }
        let keywords = config.pairs.compactMap { pair in
          pair.key.swiftString.map { (name: $0, value: pair.value) }
        }
        return try a.machine.call(a[0], [], keywords: keywords)
      }
    ],
    methods: [
      Native("get_config(self)", "The settings as a dict: layers and how they are called.") { a in
        let model = try a.receiver(KerasModel.self)
        if model.graph == nil, !(model is KerasSequential), model.type.module == "__main__" {
          // A class whose __init__ takes nothing is made anew without settings.
          return .object(DictObject())
        }
        return .object(try KerasModelConfig.config(model, a.machine))
      },
      Native(
        "__init__(self, *args, **kwargs)", "A model between inputs and outputs, or of a class of one's own.",
        example: "keras.Model(inputs, outputs)"
      ) { a in
        let model = try a.receiver(KerasModel.self)
        let items = try a.items(1)
        var inputs = items.first
        var outputs = items.count > 1 ? items[1] : nil
        var name: String?
        var trainable = true
        for (key, value) in a.keywords(2) {
          switch key {
          case "inputs": inputs = value
          case "outputs": outputs = value
          case "name": name = value.swiftString
          case "trainable": trainable = try a.machine.truth(value)
          case "dtype", "autocast": break
          default:
            throw Raise(
              .valueError,
              "Unrecognized keyword arguments passed to \(model.type.name): "
                + "{'\(key)': \(try a.machine.repr(value))}")
          }
        }
        let isFunctional = inputs != nil && outputs != nil
        let auto = isFunctional && model.type.name == "Model" ? "functional" : KerasNames.snakeCase(model.type.name)
        model.prepare(name: name ?? a.machine.kerasNames.next(auto), trainable: trainable, a.machine)
        if let inputs, let outputs { try model.connect(inputs, outputs) }
        return .none
      },
      Native("get_layer(self, name=None, index=None)", "The layer of a name or a place.") { a in
        let layers = try of(a[0]).shownLayers
        if let place = try a.optionalInt(2) {
          guard place < layers.count, place >= -layers.count else {
            throw Raise(
              .valueError, "Was asked to retrieve layer at index \(place) but model only has "
                + "\(layers.count) layers.")
          }
          return .object(layers[place < 0 ? place + layers.count : place])
        }
        guard let name = try a.optionalString(1) else {
          throw Raise(.valueError, "Provide either a layer name or layer index at `get_layer`.")
        }
        if let layer = layers.first(where: { $0.name == name }) { return .object(layer) }
        let names = layers.map(\.name)
        let raise = Raise(
          .valueError,
          "No such layer: \(name). Existing layers are: [\(names.map { "'\($0)'" }.joined(separator: ", "))].")
        raise.hint = Suggestion.nearest(to: name, among: names).map { "Did you mean '\($0)'?" }
        throw raise
      },
      Native(
        "summary(self, line_length=None, positions=None, print_fn=None, expand_nested=False, "
          + "show_trainable=False, layer_range=None)",
        "Prints the layers with their shapes and numbers of parameters."
      ) { a in
        let model = try of(a[0])
        var summary = KerasSummary(
          model, columns: a.machine.displaySettings.width, lineLength: try a.optionalInt(1))
        summary.expandsNested = try a.bool(4)
        summary.showsTrainable = try a.bool(5)
        if !a[2].isNone { summary.positions = try a.machine.doubles(a[2]) }
        let text = try summary.text(a.machine)
        if a[3].isNone {
          a.machine.output.write(text, toError: false)
        } else {
          _ = try a.machine.call(a[3], [.string(text)])
        }
        return .none
      },
      Native("export(self, filepath, **kwargs)", "Refused: files of Keras are not written.") { a in
        throw noFiles("model.export()")
      },
    ] + KerasSaving.methods + KerasTraining.methods)

  private static func noFiles(_ name: String) -> Raise {
    Raise(
      .notImplementedError, "\(name) is not supported: SavedModel folders are not written here",
      hint: "model.save('model.keras') writes the model, which Keras reads as well")
  }

  static let sequentialTable = TypeTable(
    "Sequential", module: "keras", doc: "Layers in a row, with compile(), fit(), evaluate(), predict().",
    base: modelTable, allocate: { KerasSequential($0) },
    methods: [
      Native(
        "__init__(self, layers=None, trainable=True, name=None)", "A model of layers in a row.",
        example: "keras.Sequential([keras.layers.Dense(10)])"
      ) { a in
        let model = try a.receiver(KerasSequential.self)
        model.prepare(name: try a.optionalString(3), trainable: try a.bool(2), a.machine)
        if !a[1].isNone {
          guard a[1].asList != nil || a[1].asTuple != nil else {
            throw Raise(
              .typeError, "Sequential takes a list of layers, got \(a.machine.typeName(a[1]))",
              hint: "keras.Sequential([layer, layer, ...])")
          }
          for layer in try a.machine.array(a[1]) { try model.add(layer, a.machine, rebuild: false) }
          try model.rebuildGraph(a.machine)
        }
        return .none
      },
      Native("add(self, layer, rebuild=True)", "Adds a layer at the end.") { a in
        let model = try a.receiver(KerasSequential.self)
        guard model.isMade else { throw model.notMade }
        try model.add(a[1], a.machine)
        return .none
      },
      Native("pop(self, rebuild=True)", "Takes the last layer away and gives it.") { a in
        try a.receiver(KerasSequential.self).removeLast(a.machine).map { .object($0) } ?? .none
      },
    ])
}
