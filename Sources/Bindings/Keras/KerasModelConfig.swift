import Language
import NeuralNetworks
import TensorCore

/// The settings of models: their layers, and of functional models how these are called.
enum KerasModelConfig {
  /// `model.get_config()`.
  static func config(_ model: KerasModel, _ machine: Machine) throws -> DictObject {
    if let model = model as? KerasSequential { return try sequential(model, machine) }
    guard let graph = model.graph else {
      throw Raise(
        .notImplementedError,
        "\nObject \(model.type.name) was created by passing\nnon-serializable argument values in "
          + "`__init__()`,\nand therefore the object must override `get_config()` in\norder to be "
          + "serializable. Please implement `get_config()`.")
    }
    let dict = DictObject()
    dict["name"] = .string(model.name)
    dict["trainable"] = .bool(model.trainable)
    dict["layers"] = .list(
      try graph.operations.map { operation in
        guard let layer = operation as? KerasLayer else {
          throw Raise(
            .notImplementedError,
            "the model '\(model.name)' has the operation '\((operation as? KerasOperation)?.name ?? "")', "
              + "a function on symbolic values: its settings cannot be written",
            hint: "put the function into a layer with call(); save_weights() keeps the numbers")
        }
        return try self.layer(layer, graph, machine)
      })
    dict["input_layers"] = places(graph.inputs, graph.inputStructure)
    dict["output_layers"] = places(graph.outputs, graph.outputStructure)
    return dict
  }

  private static func sequential(_ model: KerasSequential, _ machine: Machine) throws -> DictObject {
    let dict = DictObject()
    dict["name"] = .string(model.name)
    dict["trainable"] = .bool(model.trainable)
    dict["dtype"] = KerasConfig.policy(model.dtypeName)
    var layers: [Value] = []
    if let entry = model.graph?.inputs.first?.node?.operation as? KerasInputLayer {
      layers.append(try KerasConfig.serialized(.object(entry), machine))
    }
    for layer in model.layers {
      let value = try KerasConfig.serialized(.object(layer), machine)
      if let built = buildConfig(layer) { value.asDict?["build_config"] = built }
      layers.append(value)
    }
    dict["layers"] = .list(layers)
    if let shape = model.graph?.inputs.first?.shape { dict["build_input_shape"] = KerasShape.value(shape) }
    return dict
  }

  static func buildConfig(_ layer: KerasLayer) -> Value? {
    // Attention is built for several shapes, which its call tells.
    guard !(layer.unit is MultiHeadAttentionUnit), layer.isBuilt, let shape = layer.builtShapes.first ?? (layer as? KerasModel)?.graph?.inputs.first?.shape
    else { return nil }
    let dict = DictObject()
    dict["input_shape"] = KerasShape.value(shape)
    return .object(dict)
  }

  private static func layer(_ layer: KerasLayer, _ graph: KerasGraph, _ machine: Machine) throws -> Value {
    let value = try KerasConfig.serialized(.object(layer), machine)
    guard let dict = value.asDict else { return value }
    if !(layer is KerasInputLayer), let built = buildConfig(layer) { dict["build_config"] = built }
    dict["name"] = .string(layer.name)
    let own = Set(graph.nodes.map { ObjectIdentifier($0) })
    let nodes = layer is KerasInputLayer ? [] : layer.nodes.filter { own.contains(ObjectIdentifier($0)) }
    dict["inbound_nodes"] = .list(
      try nodes.map { node in
        let call = DictObject()
        call["args"] = .list(try node.arguments.map { try KerasTree.map($0, leaf) })
        let keywords = DictObject()
        for (name, value) in node.keywords { keywords[name] = try KerasTree.map(value, leaf) }
        call["kwargs"] = .object(keywords)
        return .object(call)
      })
    return value
  }

  /// A symbolic value by where it comes from.
  private static func leaf(_ value: Value) throws -> Value {
    guard let tensor = value.asInstance as? KerasTensor else { return value }
    let config = DictObject()
    config["shape"] = KerasShape.value(tensor.shape)
    config["dtype"] = .string(tensor.dtype.name)
    config["keras_history"] = history(tensor)
    let dict = DictObject()
    dict["class_name"] = .string("__keras_tensor__")
    dict["config"] = .object(config)
    return .object(dict)
  }

  private static func history(_ tensor: KerasTensor) -> Value {
    let layer = tensor.node?.operation as? KerasLayer
    let place = layer?.nodes.firstIndex { $0 === tensor.node } ?? 0
    return .list([.string(layer?.name ?? ""), .int(place), .int(tensor.place)])
  }

  private static func places(_ tensors: [KerasTensor], _ structure: Value) -> Value {
    if structure.asInstance is KerasTensor, let only = tensors.first { return history(only) }
    if let dict = structure.asDict {
      let result = DictObject()
      for pair in dict.pairs {
        if let name = pair.key.swiftString, let tensor = pair.value.asInstance as? KerasTensor {
          result[name] = history(tensor)
        }
      }
      return .object(result)
    }
    return .list(tensors.map(history))
  }

  // MARK: - Models from settings

  /// `Model.from_config(config)` of functional models.
  static func functional(_ config: DictObject, _ machine: Machine) throws -> Value {
    guard let entries = config["layers"]?.asList?.items else {
      throw Raise(.valueError, "these are no settings of a functional model: 'layers' is missing")
    }
    var layers: [String: KerasLayer] = [:]
    /// The symbolic results of calls by the layer's name and the number of the call.
    var results: [String: [Int: [Value]]] = [:]
    var waiting: [(layer: KerasLayer, index: Int, call: DictObject)] = []
    for entry in entries {
      let value = try KerasConfig.deserialized(unbuilt(entry), machine, module: "keras.layers")
      var made = value.asInstance as? KerasLayer
      // An InputLayer from its settings is a symbolic value already, or the layer.
      if let tensor = value.asInstance as? KerasTensor { made = tensor.node?.operation as? KerasLayer }
      guard let layer = made, let dict = entry.asDict else {
        throw Raise(.valueError, "a layer of the settings could not be made")
      }
      layers[layer.name] = layer
      if let input = layer as? KerasInputLayer, let tensor = input.tensor {
        results[layer.name, default: [:]][0] = [.object(tensor)]
      }
      for (index, call) in (dict["inbound_nodes"]?.asList?.items ?? []).enumerated() {
        if let call = call.asDict { waiting.append((layer, index, call)) }
      }
    }
    /// nil while a value is not there yet.
    func resolve(_ value: Value) throws -> Value? {
      var isMissing = false
      func walk(_ value: Value, _ depth: Int) throws -> Value {
        guard depth < 32 else { throw Raise(.recursionError, "the calls of a layer are nested too deeply") }
        if let dict = value.asDict {
          if dict["class_name"]?.swiftString == "__keras_tensor__" {
            let place = dict["config"]?.asDict?["keras_history"].flatMap { try? machine.array($0) } ?? []
            guard place.count == 3, let name = place[0].swiftString, let call = place[1].asInt,
              let at = place[2].asInt, let found = results[name]?[call], found.indices.contains(at)
            else {
              isMissing = true
              return .none
            }
            return found[at]
          }
          let result = DictObject()
          for pair in dict.pairs { if let key = pair.key.swiftString { result[key] = try walk(pair.value, depth + 1) } }
          return .object(result)
        }
        if let list = value.asList { return .list(try list.items.map { try walk($0, depth + 1) }) }
        if let tuple = value.asTuple { return .tuple(try tuple.items.map { try walk($0, depth + 1) }) }
        return value
      }
      let found = try walk(value, 0)
      return isMissing ? nil : found
    }
    while !waiting.isEmpty {
      var left: [(layer: KerasLayer, index: Int, call: DictObject)] = []
      for item in waiting {
        guard let arguments = try resolve(item.call["args"] ?? .list([])),
          let keywords = try resolve(item.call["kwargs"] ?? .object(DictObject()))
        else {
          left.append(item)
          continue
        }
        let named = (keywords.asDict?.pairs ?? []).compactMap { pair -> (name: String, value: Value)? in
          guard let name = pair.key.swiftString, !(name == "mask" && pair.value.isNone) else { return nil }
          return (name, pair.value)
        }
        _ = try item.layer.invoke(machine.array(arguments), named, machine)
        let outputs = item.layer.nodes.last?.outputs ?? []
        results[item.layer.name, default: [:]][item.index] = outputs.map { .object($0) }
      }
      guard left.count < waiting.count else {
        throw Raise(.valueError, "the settings call layers on values that no layer gives")
      }
      waiting = left
    }
    func end(_ value: Value?) throws -> Value {
      guard let value else { throw Raise(.valueError, "the settings name no inputs or outputs") }
      if let dict = value.asDict {
        let result = DictObject()
        for pair in dict.pairs { if let name = pair.key.swiftString { result[name] = try end(pair.value) } }
        return .object(result)
      }
      let items = try machine.array(value)
      if let name = items.first?.swiftString, items.count == 3, let call = items[1].asInt, let at = items[2].asInt {
        guard let found = results[name]?[call], found.indices.contains(at) else {
          throw Raise(.valueError, "the settings name a layer that is not there: '\(name)'")
        }
        return found[at]
      }
      return .list(try items.map { try end($0) })
    }
    return try machine.call(
      .object(machine.type(KerasModels.modelTable)),
      [end(config["input_layers"]), end(config["output_layers"])],
      keywords: [("name", config["name"] ?? .none)])
  }

  /// The settings of a layer without its shape: the calls of the model build it.
  private static func unbuilt(_ value: Value) -> Value {
    guard let dict = value.asDict, dict["build_config"] != nil, dict["class_name"]?.swiftString != "Sequential" else {
      return value
    }
    let copy = DictObject()
    for pair in dict.pairs {
      if let key = pair.key.swiftString, key != "build_config" { copy[key] = pair.value }
    }
    return .object(copy)
  }

  /// `Sequential.from_config(config)`.
  static func sequential(_ config: DictObject, _ machine: Machine) throws -> Value {
    let layers = try (config["layers"]?.asList?.items ?? []).map { entry in
      try KerasConfig.deserialized(unbuilt(entry), machine, module: "keras.layers")
    }
    let made = try machine.call(
      .object(machine.type(KerasModels.sequentialTable)), [.list(layers)],
      keywords: [("name", config["name"] ?? .none)])
    if let model = made.asInstance as? KerasSequential, !model.isBuilt,
      let shape = config["build_input_shape"], !shape.isNone
    {
      try model.build([KerasShape.read(shape, machine, model.name)], machine)
    }
    return made
  }
}
