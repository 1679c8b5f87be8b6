import Language
import NeuralNetworks
import TensorCore

/// `keras.Sequential` as a class of the language.
enum KerasSequential {
  private static func of(_ value: Value) throws -> KerasModel {
    guard let model = value.asInstance as? KerasModel else {
      throw Raise(.typeError, "a model is needed")
    }
    return model
  }

  static let table = TypeTable(
    "Sequential", module: "keras", doc: "Layers in a row, with compile(), fit(), evaluate(), predict().",
    base: KerasLayer.table, isSubclassable: false, allocate: { KerasModel($0) },
    properties: [
      NativeProperty("layers", "The layers, without Input.") { value, _ in
        .list(try of(value).layers.map { .object($0) })
      },
      NativeProperty("optimizer", "The optimizer that compile() was given, or None.") { value, _ in
        (try of(value).compiled?.optimizer).map { .object($0) } ?? .none
      },
      NativeProperty("loss", "The loss that compile() was given, or None.") { value, _ in
        (try of(value).compiled?.loss).map { .object($0) } ?? .none
      },
      NativeProperty("history", "The History of the last fit(), or None.") { value, _ in
        (try of(value).history).map { .object($0) } ?? .none
      },
      NativeProperty("metrics_names", "What evaluate() gives, in its order.") { value, _ in
        let metrics = try of(value).compiled?.metrics.map(\.name) ?? []
        return .list((["loss"] + metrics).map { .string($0) })
      },
      NativeProperty(
        "stop_training", "Set to True by a callback: ends the run after the batch under way.",
        get: { value, _ in .bool(try of(value).stopsTraining) },
        set: { value, new, machine in try of(value).stopsTraining = machine.truth(new) }),
    ],
    methods: [
      Native(
        "__init__(self, layers=None, *, name=None)", "A model of layers in a row.",
        example: "keras.Sequential([keras.layers.Dense(10)])"
      ) { a in
        let model = try a.receiver(KerasModel.self)
        model.start(name: try a.optionalString(2), a.machine)
        if !a[1].isNone {
          for layer in try a.machine.array(a[1]) { try model.add(layer, a.machine) }
        }
        return .none
      },
      Native("add(self, layer)", "Adds a layer at the end.") { a in
        let model = try a.receiver(KerasModel.self)
        try model.add(a[1], a.machine)
        return .none
      },
      Native("pop(self)", "Takes the last layer away and gives it.") { a in
        try a.receiver(KerasModel.self).removeLast().map { .object($0) } ?? .none
      },
      Native("get_layer(self, name=None, index=None)", "The layer of a name or a place.") { a in
        let model = try a.receiver(KerasModel.self)
        if let place = try a.optionalInt(2) {
          let index = place < 0 ? place + model.layers.count : place
          guard model.layers.indices.contains(index) else {
            throw Raise(
              .valueError, "Was asked to retrieve layer at index \(place) but model only has "
                + "\(model.layers.count) layers.")
          }
          return .object(model.layers[index])
        }
        guard let name = try a.optionalString(1) else {
          throw Raise(.valueError, "Provide either a layer name or layer index at `get_layer`.")
        }
        if let layer = model.layers.first(where: { $0.name == name }) { return .object(layer) }
        let names = model.layers.map(\.name)
        let raise = Raise(
          .valueError, "No such layer: \(name). Existing layers are: "
            + "[\(names.map { "'\($0)'" }.joined(separator: ", "))].")
        raise.hint = Suggestion.nearest(to: name, among: names).map { "Did you mean '\($0)'?" }
        throw raise
      },
      Native(
        "summary(self, line_length=None, print_fn=None)",
        "Prints the layers with their shapes and numbers of parameters."
      ) { a in
        let model = try a.receiver(KerasModel.self)
        let text = try KerasSummary(
          model, columns: a.machine.displaySettings.width, lineLength: try a.optionalInt(1)
        ).text()
        if a[2].isNone {
          a.machine.host?.write(text, toError: false)
        } else {
          _ = try a.machine.call(a[2], [.string(text)])
        }
        return .none
      },
    ] + KerasTraining.methods)
}
