import Language
import NeuralNetworks
import TensorCore

/// Settings of objects as dicts (`get_config`), objects as dicts with their class
/// (`keras.saving.serialize_keras_object`), and back.
enum KerasConfig {
  /// `{'module': ..., 'class_name': ..., 'config': ..., 'registered_name': ...}`.
  static func serialized(_ value: Value, _ machine: Machine) throws -> Value {
    guard let object = value.asInstance else {
      if let function = value.object as? FunctionObject { return .string(function.name) }
      return value
    }
    let config = try machine.call(machine.attribute(value, "get_config"))
    let dict = DictObject()
    if shownClass(object) == "Functional" {
      // Keras knows this class by its home, not by an exported name.
      dict["module"] = .string("keras.src.models.functional")
      dict["class_name"] = .string("Functional")
      dict["config"] = config
      dict["registered_name"] = .string("Functional")
      return .object(dict)
    }
    let isOwn = object.type.module == "__main__"
    dict["module"] = isOwn ? Value.none : Value.string(object.type.module)
    dict["class_name"] = .string(shownClass(object))
    dict["config"] = config
    dict["registered_name"] = isOwn
      ? .string(machine.keras.registered.first { $0.value.object === object.type }?.key ?? object.type.name)
      : Value.none
    return .object(dict)
  }

  private static func shownClass(_ object: Instance) -> String {
    (object as? KerasModel)?.shownType ?? object.type.name
  }

  /// The object of a dict that `serialized` gave.
  static func deserialized(
    _ value: Value, _ machine: Machine, custom: DictObject? = nil, module: String? = nil
  ) throws -> Value {
    guard let dict = value.asDict, let name = dict["class_name"]?.swiftString else { return value }
    let known = machine.keras.customObjects
    if let custom {
      for pair in custom.pairs { if let key = pair.key.swiftString { machine.keras.customObjects[key] = pair.value } }
    }
    defer { machine.keras.customObjects = known }
    let config = dict["config"] ?? .object(DictObject())
    let type = try type(name, dict, module, machine, value)
    let made = try machine.call(machine.attribute(type, "from_config"), [config])
    if let layer = made.asInstance as? KerasLayer, !layer.isBuilt,
      let shape = dict["build_config"]?.asDict?["input_shape"], !shape.isNone
    {
      try build(layer, shape, machine)
    }
    return made
  }

  private static func build(_ layer: KerasLayer, _ shape: Value, _ machine: Machine) throws {
    if layer is KerasModel, layer.programFunction("call") != nil {
      // A model of a class is built by a call: its layers are made known that way.
      let sizes = try KerasShape.read(shape, machine, layer.name).map { $0 ?? 1 }
      _ = try layer.invoke([machine.kerasValue(Tensor.zeros(sizes))], [], machine)
    } else {
      _ = try machine.call(machine.attribute(.object(layer), "build"), [shape])
    }
  }

  private static func type(
    _ name: String, _ dict: DictObject, _ module: String?, _ machine: Machine, _ whole: Value
  ) throws -> Value {
    let registered = dict["registered_name"]?.swiftString
    for key in [registered, name].compactMap({ $0 }) {
      if let found = machine.keras.customObjects[key] ?? machine.keras.registered[key] { return found }
    }
    if let found = machine.keras.registered.first(where: { $0.key.hasSuffix(">" + name) })?.value { return found }
    if name == "Functional" { return .object(machine.type(KerasModels.modelTable)) }
    var homes = [dict["module"]?.swiftString, module].compactMap { $0 }
    homes += [
      "keras.layers", "keras", "keras.initializers", "keras.regularizers", "keras.constraints",
      "keras.optimizers", "keras.losses", "keras.metrics", "keras.optimizers.schedules",
    ]
    for home in homes {
      guard let door = try? machine.importModule(home, first: false),
        let found = try machine.optionalAttribute(door, name), found.asType != nil
      else { continue }
      return found
    }
    throw Raise(
      .typeError,
      "Could not locate class '\(name)'. Make sure custom classes and functions are decorated with "
        + "`@keras.saving.register_keras_serializable()`. If they are already decorated, make sure they "
        + "are all imported so that the decorator is run before trying to load them. Full object config: "
        + (try machine.repr(whole)),
      hint: "custom_objects={'\(name)': \(name)} names the class as well")
  }

  // MARK: - Parts of settings

  static func policy(_ name: String) -> Value {
    let config = DictObject()
    config["name"] = .string(name)
    return described("keras", "DTypePolicy", config)
  }

  static func described(_ module: String, _ name: String, _ config: DictObject) -> Value {
    let dict = DictObject()
    dict["module"] = .string(module)
    dict["class_name"] = .string(name)
    dict["config"] = .object(config)
    dict["registered_name"] = Value.none
    return .object(dict)
  }

  /// The settings of an initializer of this class.
  static func initializer(_ name: String, _ own: [(name: String, value: Value)]) -> DictObject {
    let config = DictObject()
    if ["Zeros", "Ones"].contains(name) { return config }
    func value(_ key: String) -> Value? {
      own.first { $0.name == key }?.value
    }
    switch name {
    case "RandomUniform":
      config["minval"] = value("minval") ?? .float(-0.05)
      config["maxval"] = value("maxval") ?? .float(0.05)
    case "RandomNormal", "TruncatedNormal":
      config["mean"] = value("mean") ?? .float(0)
      config["stddev"] = value("stddev") ?? .float(0.05)
    case "Constant": config["value"] = value("value") ?? .float(0)
    case "Identity": config["gain"] = value("gain") ?? .float(1)
    case "VarianceScaling":
      config["scale"] = value("scale") ?? .float(1)
      config["mode"] = value("mode") ?? .string("fan_in")
      config["distribution"] = value("distribution") ?? .string("truncated_normal")
    default: break
    }
    if !["Constant", "Identity"].contains(name) { config["seed"] = value("seed") ?? Value.none }
    if name == "Orthogonal" { config["gain"] = value("gain") ?? .float(1) }
    if KerasConfigKeys.scaled.contains(name) {
      config["input_axes"] = Value.none
      config["output_axes"] = Value.none
    }
    return config
  }

  private static func initializer(_ value: Value, _ machine: Machine) throws -> Value {
    if let text = value.swiftString {
      let name = KerasConfigKeys.initializers[KerasNames.snakeCase(text)] ?? text
      return described("keras.initializers", name, initializer(name, []))
    }
    return value.asInstance == nil ? value : try serialized(value, machine)
  }

  /// A regularizer or a constraint by its name, as an object.
  private static func named(_ value: Value, _ module: String, _ machine: Machine) throws -> Value {
    if value.isNone || value.isUndefined { return .none }
    if let text = value.swiftString {
      let door = try machine.importModule(module, first: false)
      return try serialized(machine.call(machine.attribute(door, text)), machine)
    }
    return value.asInstance == nil ? value : try serialized(value, machine)
  }

  // MARK: - Layers

  /// `layer.get_config()`.
  static func layer(_ layer: KerasLayer, _ machine: Machine) throws -> DictObject {
    let dict = DictObject()
    if layer.type.name == "SpatialDropout1D" {
      // The one layer that lists less, in an order of its own.
      for key in ["rate", "seed"] { dict[key] = raw(layer, key) ?? Value.none }
      dict["name"] = .string(layer.name)
      dict["dtype"] = .string(layer.dtypeName)
      return dict
    }
    if let input = layer as? KerasInputLayer {
      dict["batch_shape"] = KerasShape.value(input.inputShape)
      dict["dtype"] = .string(input.inputDType.name)
      dict["sparse"] = .bool(false)
      dict["ragged"] = .bool(false)
      dict["name"] = .string(layer.name)
      dict["optional"] = .bool(false)
      return dict
    }
    dict["name"] = .string(layer.name)
    dict["trainable"] = .bool(layer.trainable)
    dict["dtype"] = policy(layer.dtypeName)
    guard let keys = KerasConfigKeys.table[libraryType(layer)] else {
      for (name, value) in layer.config where !value.isUndefined {
        dict[name] = name.hasSuffix("activation") ? try activation(value, machine) : value
      }
      return dict
    }
    for key in keys.split(separator: " ") {
      let parts = key.split(separator: "=", maxSplits: 1).map(String.init)
      let value = raw(layer, parts[0]) ?? (parts.count > 1 ? constant(parts[1]) : Value.none)
      dict[parts[0]] = try shown(parts[0], value, layer, machine)
    }
    return dict
  }

  /// The class of the library that a layer is, or derives from.
  private static func libraryType(_ layer: KerasLayer) -> String {
    layer.type.lineage.first { $0.module == "keras.layers" }?.name ?? layer.type.name
  }

  private static func raw(_ layer: KerasLayer, _ key: String) -> Value? {
    layer.config.first { $0.name == key && !$0.value.isUndefined }?.value
  }

  private static func constant(_ text: String) -> Value {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    case "null": .none
    default: Double(text).map { .float($0) } ?? .string(text)
    }
  }

  private static func activation(_ value: Value, _ machine: Machine) throws -> Value {
    .string(try KerasActivations.read(value, machine)?.name ?? "linear")
  }

  private static func shown(
    _ key: String, _ value: Value, _ layer: KerasLayer, _ machine: Machine
  ) throws -> Value {
    let type = libraryType(layer)
    let axes = type.contains("1D") ? 1 : type.contains("2D") ? 2 : 0
    func tuple(_ value: Value) throws -> Value {
      if let one = try machine.index(value) { return .tuple(Array(repeating: .int(one), count: axes)) }
      if let list = value.asList { return .tuple(list.items) }
      return value
    }
    if key.hasSuffix("_initializer") { return try initializer(value, machine) }
    if key.hasSuffix("_regularizer") { return try named(value, "keras.regularizers", machine) }
    if key.hasSuffix("_constraint") { return try named(value, "keras.constraints", machine) }
    if key.hasSuffix("activation") { return try activation(value, machine) }
    switch key {
    case "data_format": return value.isNone ? .string("channels_last") : value
    case "strides": return try tuple(value.isNone ? raw(layer, "pool_size") ?? .none : value)
    case "kernel_size", "pool_size", "dilation_rate": return try tuple(value)
    case "size": return axes == 2 ? try tuple(value) : value
    case "padding", "cropping":
      guard value.swiftString == nil else { return value }
      if axes == 1 {
        if let one = try machine.index(value) { return .tuple([.int(one), .int(one)]) }
        return try tuple(value)
      }
      let items = try machine.index(value).map { _ in [value, value] } ?? machine.array(value)
      return .tuple(
        try items.map { item in
          try machine.index(item).map { .tuple([.int($0), .int($0)]) } ?? tuple(item)
        })
    case "target_shape", "dims": return try tuple(value)
    case "value_dim" where value.isNone: return raw(layer, "key_dim") ?? .none
    case "attention_axes" where value.isNone && layer.isBuilt: return .list([.int(1)])
    case "layer": return try serialized(value, machine)
    case "backward_layer": return value.asInstance == nil ? .none : try serialized(value, machine)
    default: return value
    }
  }

  /// `cls.from_config(config)` of what is no layer.
  static let fromConfig = Native("from_config(cls, config)", "An object of the settings that get_config() gave.") { a in
    guard let dict = a[1].asDict, let type = a[0].asType else { throw a.mismatch(1, expected: "dict") }
    return try a.machine.call(a[0], [], keywords: keywords(dict, type, a.machine))
  }

  /// What `from_config` hands to a class of the library: settings that it takes.
  static func keywords(
    _ config: DictObject, _ type: TypeObject, _ machine: Machine
  ) throws -> [(name: String, value: Value)] {
    let pairs = config.pairs.compactMap { pair in pair.key.swiftString.map { (name: $0, value: pair.value) } }
    guard type.module.hasPrefix("keras"), let start = (type.name == "InputLayer" ? type.lookup("__new__") : type.lookup("__init__"))?.object
        as? NativeFunction
    else {
      return pairs
    }
    let taken = Set(start.parameters.map(\.name))
    return try pairs.compactMap { name, value in
      guard taken.contains(name) else { return nil }
      // Layers in layers; initializers and their kin are read where they are used.
      if ["layer", "backward_layer", "cell", "learning_rate"].contains(name) {
        return (name, try deserialized(value, machine, module: "keras.layers"))
      }
      return (name, value)
    }
  }
}
