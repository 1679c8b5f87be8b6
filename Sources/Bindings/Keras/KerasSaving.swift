import Language
import NeuralNetworks
import TensorCore

/// Models and weights in files: `.keras` (settings and weights in a zip), `.weights.h5`, and the older
/// `.h5`.
enum KerasSaving {
  // MARK: - Settings

  /// What `compile` was given, for the file.
  private static func compileConfig(_ compiled: KerasCompiled, _ machine: Machine) throws -> Value {
    let dict = DictObject()
    dict["optimizer"] = try KerasConfig.serialized(.object(compiled.optimizer), machine)
    for (name, value) in compiled.settings {
      dict[name] = value.isUndefined ? Value.none : try KerasTree.map(value) { try KerasConfig.serialized($0, machine) }
    }
    return .object(dict)
  }

  private static func compile(_ model: KerasModel, _ config: DictObject, _ machine: Machine) throws {
    guard let optimizer = config["optimizer"], !optimizer.isNone else { return }
    var keywords: [(name: String, value: Value)] = [
      ("optimizer", try KerasConfig.deserialized(optimizer, machine, module: "keras.optimizers"))
    ]
    for (name, module) in [
      ("loss", "keras.losses"), ("metrics", "keras.metrics"), ("weighted_metrics", "keras.metrics"),
      ("loss_weights", "keras.losses"),
    ] {
      guard let value = config[name], !value.isNone else { continue }
      keywords.append((name, try objects(value, module, machine)))
    }
    _ = try machine.call(machine.attribute(.object(model), "compile"), [], keywords: keywords)
  }

  /// Objects in the place of dicts with a class; names of the program's functions in the place of names.
  private static func objects(_ value: Value, _ module: String, _ machine: Machine) throws -> Value {
    if let dict = value.asDict {
      if dict["class_name"] != nil { return try KerasConfig.deserialized(value, machine, module: module) }
      let result = DictObject()
      for pair in dict.pairs { if let key = pair.key.swiftString { result[key] = try objects(pair.value, module, machine) } }
      return .object(result)
    }
    if let list = value.asList { return .list(try list.items.map { try objects($0, module, machine) }) }
    if let name = value.swiftString {
      return machine.keras.customObjects[name] ?? machine.keras.registered[name] ?? value
    }
    return value
  }

  private static func json(_ value: Value, _ machine: Machine) throws -> String {
    let door = try machine.importModule("json", first: false)
    return try machine.call(machine.attribute(door, "dumps"), [value]).swiftString ?? ""
  }

  private static func parsed(_ text: String, _ machine: Machine) throws -> Value {
    let door = try machine.importModule("json", first: false)
    return try machine.call(machine.attribute(door, "loads"), [.string(text)])
  }

  private static func wholeConfig(_ model: KerasModel, _ machine: Machine) throws -> DictObject {
    let value = try KerasConfig.serialized(.object(model), machine)
    guard let dict = value.asDict else { throw Raise(.typeError, "the model gives no settings") }
    if let built = KerasModelConfig.buildConfig(model) { dict["build_config"] = built }
    if let compiled = model.compiled { dict["compile_config"] = try compileConfig(compiled, machine) }
    return dict
  }

  // MARK: - Writing

  static func save(_ model: KerasModel, _ path: String, _ machine: Machine) throws {
    if path.hasSuffix(".keras") {
      let config = try json(.object(wholeConfig(model, machine)), machine)
      let metadata = "{\"keras_version\": \"3.15.1\"}"
      let weights = OutputBytes()
      try HDF5.save(KerasWeightFile.write(model, optimizer: true), to: weights)
      try ZipFile.write(
        [
          ("metadata.json", Array(metadata.utf8)), ("config.json", Array(config.utf8)),
          ("model.weights.h5", weights.bytes),
        ], to: OutputBytes(path: path))
    } else if path.hasSuffix(".h5") || path.hasSuffix(".hdf5") {
      let root = HDF5.Group()
      let whole = try wholeConfig(model, machine)
      let short = DictObject()
      short["class_name"] = whole["class_name"] ?? Value.none
      short["config"] = whole["config"] ?? Value.none
      root.attributes = [
        ("keras_version", .text("3.15.1")), ("backend", .text("tensorflow")),
        ("model_config", .text(try json(.object(short), machine))),
      ]
      if let compiled = whole["compile_config"]?.asDict {
        let training = DictObject()
        for name in ["loss", "loss_weights", "metrics", "weighted_metrics"] { training[name] = compiled[name] ?? Value.none }
        training["optimizer_config"] = compiled["optimizer"] ?? Value.none
        root.attributes.append(("training_config", .text(try json(.object(training), machine))))
      }
      KerasWeightFile.writeByName(model, into: root.making("model_weights"))
      try HDF5.save(root, to: OutputBytes(path: path))
    } else {
      throw Raise(
        .valueError,
        "Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras "
          + "format (recommended) or a `.h5` extension. Use `model.export(filepath)` if you want to export a "
          + "SavedModel for use with TFLite/TFServing/etc. Received: filepath=\(path).")
    }
  }

  static func saveWeights(_ model: KerasModel, _ path: String) throws {
    guard path.hasSuffix(".weights.h5") else {
      throw Raise(.valueError, "The filename must end in `.weights.h5`. Received: filepath=\(path)")
    }
    try HDF5.save(KerasWeightFile.write(model, optimizer: true), to: OutputBytes(path: path))
  }

  // MARK: - Reading

  private static func load(_ path: String, custom: Value, compiles: Bool, _ machine: Machine) throws -> Value {
    let known = machine.keras.customObjects
    for pair in custom.asDict?.pairs ?? [] {
      if let name = pair.key.swiftString { machine.keras.customObjects[name] = pair.value }
    }
    defer { machine.keras.customObjects = known }
    if path.hasSuffix(".keras") {
      let input: InputBytes
      do { input = try InputBytes(path: path) } catch {
        throw Raise(
          .valueError,
          "File not found: filepath=\(path). Please ensure the file is an accessible `.keras` zip file.")
      }
      let members = try ZipFile.read(input, ["config.json", "model.weights.h5"])
      guard let config = members["config.json"], let weights = members["model.weights.h5"] else {
        throw Raise(.valueError, "\(path) is a zip archive without config.json and model.weights.h5")
      }
      let value = try parsed(String(decoding: config, as: UTF8.self), machine)
      let (made, model) = try self.model(value, machine)
      if compiles, let settings = value.asDict?["compile_config"]?.asDict { try compile(model, settings, machine) }
      let root = try HDF5.load(InputBytes(weights, name: path))
      try KerasWeightFile.read(root, model, skipsMismatch: false)
      try restoreOptimizer(root, model)
      return made
    }
    guard path.hasSuffix(".h5") || path.hasSuffix(".hdf5") else {
      throw Raise(
        .valueError,
        "File format not supported: filepath=\(path). Keras 3 only supports V3 `.keras` files and legacy H5 "
          + "format files (`.h5` extension).")
    }
    let root = try HDF5.load(InputBytes(path: path))
    guard case .text(let text)? = root[attribute: "model_config"] else {
      throw Raise(.valueError, "No model config found in the file at \(path).")
    }
    let (made, model) = try self.model(parsed(text, machine), machine)
    try KerasWeightFile.read(root, model, skipsMismatch: false)
    if compiles, case .text(let training)? = root[attribute: "training_config"],
      let settings = try parsed(training, machine).asDict
    {
      if let optimizer = settings["optimizer_config"] { settings["optimizer"] = optimizer }
      try compile(model, settings, machine)
    }
    return made
  }

  private static func model(_ value: Value, _ machine: Machine) throws -> (Value, KerasModel) {
    let made = try KerasConfig.deserialized(value, machine, module: "keras")
    guard let model = made.asInstance as? KerasModel else {
      throw Raise(.valueError, "the file holds no model, but \(machine.typeName(made))")
    }
    return (made, model)
  }

  private static func restoreOptimizer(_ root: HDF5.Group, _ model: KerasModel) throws {
    guard let saved = root.group("optimizer/vars"), let compiled = model.compiled else { return }
    let tensors = saved.datasets.sorted { (Int($0.name) ?? 0) < (Int($1.name) ?? 0) }.map(\.tensor)
    try compiled.optimizer.restore(tensors, for: model.weights.filter(\.isTrainable))
  }

  static func loadWeights(_ model: KerasModel, _ path: String, skipsMismatch: Bool) throws {
    let bytes: InputBytes
    if path.hasSuffix(".keras") {
      let members = try ZipFile.read(InputBytes(path: path), ["model.weights.h5"])
      bytes = InputBytes(members["model.weights.h5"] ?? [], name: path)
    } else {
      bytes = try InputBytes(path: path)
    }
    let root = try HDF5.load(bytes)
    try KerasWeightFile.read(root, model, skipsMismatch: skipsMismatch)
    if !skipsMismatch { try restoreOptimizer(root, model) }
  }

  // MARK: - Rows

  private static func model(_ a: Arguments) throws -> KerasModel { try a.receiver(KerasModel.self) }

  private static func path(_ a: Arguments, _ index: Int) throws -> String {
    if let path = try a.path(index) { return path }
    throw a.mismatch(index, expected: "a path")
  }

  static let methods: [Native] = [
    Native("save(self, filepath, overwrite=True, zipped=None, **kwargs)", "Writes settings, weights and the state of the optimizer: `.keras` or `.h5`.") { a in
      try save(model(a), path(a, 1), a.machine)
      return .none
    },
    Native("save_weights(self, filepath, overwrite=True, max_shard_size=None)", "Writes the weights: `.weights.h5`.") { a in
      try saveWeights(model(a), path(a, 1))
      return .none
    },
    Native("load_weights(self, filepath, skip_mismatch=False, objects_to_skip=None)", "Reads weights that save_weights() or save() wrote.") { a in
      try loadWeights(model(a), path(a, 1), skipsMismatch: a.bool(2))
      return .none
    },
    Native("to_json(self, **kwargs)", "The settings as JSON text.") { a in
      .string(try json(.object(wholeConfig(model(a), a.machine)), a.machine))
    },
  ]

  static let loadModel = Native("load_model(filepath, custom_objects=None, compile=True, safe_mode=True)", "A model from a file that save() wrote.", example: "keras.models.load_model('model.keras')") { a in
    try load(path(a, 0), custom: a[1], compiles: a.bool(2), a.machine)
  }

  static let saveModel = Native("save_model(model, filepath, overwrite=True, **kwargs)", "Writes a model: `.keras` or `.h5`.") { a in
    guard let model = a[0].asInstance as? KerasModel else { throw a.mismatch(0, expected: "Model") }
    try save(model, path(a, 1), a.machine)
    return .none
  }

  static let modelFromJSON = Native("model_from_json(json_string, custom_objects=None)", "A model of settings that to_json() gave, with new weights.") { a in
    try KerasConfig.deserialized(parsed(a.string(0), a.machine), a.machine, custom: a[1].asDict, module: "keras")
  }

  /// `serialize(obj)` and `deserialize(config)` of a family of objects.
  static func pair(_ module: String) -> [Native] {
    [
      Native("serialize(obj)", "The object as a dict with its class and settings.") { a in
        try KerasConfig.serialized(a[0], a.machine)
      },
      Native("deserialize(config, custom_objects=None)", "The object of a dict that serialize() gave.") { a in
        if a[0].swiftString != nil {
          let door = try a.machine.importModule(module, first: false)
          return try a.machine.call(a.machine.attribute(door, "get"), [a[0]])
        }
        return try KerasConfig.deserialized(a[0], a.machine, custom: a[1].asDict, module: module)
      },
    ]
  }

  /// `@keras.saving.register_keras_serializable()`.
  static let register = Native("register_keras_serializable(package='Custom', name=None)", "A decorator: files may name the class or function.") { a in
    let package = try a.string(0)
    let given = try a.optionalString(1)
    return .object(
      NativeFunction(
        Native("decorator(arg)", "Registers.") { inner in
          let name = given ?? inner[0].asType?.name ?? (inner[0].object as? FunctionObject)?.name ?? ""
          inner.machine.keras.registered["\(package)>\(name)"] = inner[0]
          return inner[0]
        }))
  }

  static let customObjects: [Native] = [
    register,
    Native("get_custom_objects()", "Names that files may use, as a dict.") { a in
      let dict = DictObject()
      for (name, value) in a.machine.keras.registered.sorted(by: { $0.key < $1.key }) { dict[name] = value }
      return .object(dict)
    },
    Native("get_registered_name(obj)", "The name under which a class is registered.") { a in
      let found = a.machine.keras.registered.first { $0.value.object === a[0].object }?.key
      return .string(found ?? a[0].asType?.name ?? (a[0].object as? FunctionObject)?.name ?? "")
    },
    Native("get_registered_object(name, custom_objects=None, module_objects=None)", "The class of a registered name, or None.") { a in
      let name = try a.string(0)
      return a[1].asDict?[name] ?? a.machine.keras.registered[name] ?? a[2].asDict?[name] ?? Value.none
    },
    Native("serialize_keras_object(obj)", "The object as a dict with its class and settings.") { a in
      try KerasConfig.serialized(a[0], a.machine)
    },
    Native("deserialize_keras_object(config, custom_objects=None, safe_mode=True)", "The object of a dict that serialize_keras_object() gave.") { a in
      try KerasConfig.deserialized(a[0], a.machine, custom: a[1].asDict)
    },
  ]
}

/// `keras.saving.custom_object_scope({...})`: names that files may use inside of `with`.
final class KerasObjectScope: Instance {
  private var objects: [String: Value] = [:]
  private var before: [String: Value] = [:]

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for value in objects.values { visitor.visit(value) }
  }

  static let table = TypeTable(
    "CustomObjectScope", module: "keras.utils", doc: "Names that files may use inside of `with`.",
    allocate: { KerasObjectScope($0) },
    methods: [
      Native("__init__(self, custom_objects)", "A scope.") { a in
        for pair in a[1].asDict?.pairs ?? [] {
          if let name = pair.key.swiftString { try a.receiver(KerasObjectScope.self).objects[name] = pair.value }
        }
        return .none
      },
      Native("__enter__(self)", "Begins.") { a in
        let scope = try a.receiver(KerasObjectScope.self)
        scope.before = a.machine.keras.customObjects
        a.machine.keras.customObjects.merge(scope.objects) { $1 }
        return a[0]
      },
      Native("__exit__(self, *args)", "Ends.") { a in
        a.machine.keras.customObjects = try a.receiver(KerasObjectScope.self).before
        return .none
      },
    ])
}
