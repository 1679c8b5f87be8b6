import Language
import TensorCore

/// `state_dict` and `load_state_dict`.
enum TorchModuleState {
  static let methods: [Native] = [
    Native("state_dict(self, *args, destination=None, prefix='', keep_vars=False)", "Parameters and buffers by name; the tensors share memory with the module.", example: "torch.nn.Linear(2, 1).state_dict().keys()") { a in
      let module = try a.receiver(TorchModule.self)
      let dict = try a[2].asDict ?? ordered(a.machine)
      let keeps = try a.bool(4)
      for (name, object) in entries(module, prefix: try a.string(3)) {
        dict[name] = keeps ? .object(object) : a.machine.torchValue(object.tensor.detach())
      }
      return .object(dict)
    },
    Native("load_state_dict(self, state_dict, strict=True, assign=False)", "Copies values into parameters and buffers.", example: "(m := torch.nn.Linear(2, 1)).load_state_dict(m.state_dict())") { a in
      guard let state = a[1].asDict else {
        throw Raise(
          .typeError,
          "Expected state_dict to be dict-like, got \(classText(a[1], a.machine)).",
          hint: "torch.load(path) gives what model.state_dict() was saved as")
      }
      return try load(
        a.receiver(TorchModule.self), state, strict: a.bool(2), assign: a.bool(3), a.machine)
    },
  ]

  private static func classText(_ value: Value, _ machine: Machine) -> String {
    "<class '\(machine.type(of: value).qualifiedName)'>"
  }

  static func ordered(_ machine: Machine) throws -> DictObject {
    let dict = DictObject()
    dict.subclass = try machine.attribute(
      machine.importModule("collections", first: false), "OrderedDict").asType
    return dict
  }

  /// All that a state holds: of each module its parameters, then its buffers.
  static func entries(_ module: TorchModule, prefix: String = "") -> [(name: String, object: TensorObject)] {
    var base = prefix
    if base.hasSuffix(".") { base.removeLast() }
    return module.walk(prefix: base, all: true).flatMap { path, module in
      (module.parameters.pairs
        + module.buffers.pairs.filter { !module.volatileBuffers.contains($0.key.swiftString ?? "") })
        .compactMap { pair -> (name: String, object: TensorObject)? in
          guard let name = pair.key.swiftString, let object = pair.value.asTensorObject else { return nil }
          return (path.isEmpty ? name : path + "." + name, object)
        }
    }
  }

  private static func size(_ shape: [Int]) -> String { "torch.Size(\(shape))" }

  private static func load(
    _ module: TorchModule, _ state: DictObject, strict: Bool, assign: Bool, _ machine: Machine
  ) throws -> Value {
    let own = entries(module)
    let names = Set(own.map(\.name))
    let missing = own.map(\.name).filter { state[$0] == nil }
    let unexpected = state.keys.compactMap(\.swiftString).filter { !names.contains($0) }
    var problems: [String] = []
    func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
    if strict, !missing.isEmpty {
      problems.append("Missing key(s) in state_dict: \(quoted(missing)). ")
    }
    if strict, !unexpected.isEmpty {
      problems.append("Unexpected key(s) in state_dict: \(quoted(unexpected)). ")
    }
    var copies: [(TensorObject, TensorObject)] = []
    for (name, place) in own {
      guard let value = state[name] else { continue }
      guard let given = value.asTensorObject else {
        problems.append(
          "While copying the parameter named \"\(name)\", expected torch.Tensor or Tensor-like object from checkpoint but received \(classText(value, machine))"
        )
        continue
      }
      if given.tensor.shape != place.tensor.shape {
        problems.append(
          "size mismatch for \(name): copying a param with shape \(size(given.tensor.shape)) from checkpoint, the shape in current model is \(size(place.tensor.shape))."
        )
        continue
      }
      copies.append((place, given))
    }
    // What fits is loaded, whatever else is wrong: PyTorch does so as well.
    try noGrad {
      for (place, given) in copies {
        if assign {
          let new = given.tensor.detach()
          if place.tensor.requiresGrad { try new.setRequiresGrad(true) }
          place.tensor = new
        } else {
          try place.tensor.copy(from: given.tensor)
        }
      }
    }
    if !problems.isEmpty {
      throw Raise(
        .runtimeError,
        "Error(s) in loading state_dict for \(module.type.name):\n\t" + problems.joined(separator: "\n\t"))
    }
    let result = TupleObject([
      .list(missing.map { .string($0) }), .list(unexpected.map { .string($0) }),
    ])
    result.subclass = machine.type(keysTable)
    return .object(result)
  }

  /// What `load_state_dict` gives.
  static let keysTable = TypeTable(
    "_IncompatibleKeys", module: "torch.nn.modules.module", doc: "What a state lacked and had too much.",
    baseName: "tuple",
    properties: [
      NativeProperty("missing_keys", "Names without a value.") { value, _ in value.asTuple?[0] ?? .none },
      NativeProperty("unexpected_keys", "Values without a place.") { value, _ in value.asTuple?[1] ?? .none },
    ],
    methods: [
      Native("__repr__(self)", "Whether all was well.") { a in
        guard let items = a[0].asTuple?.items, items.count == 2 else { return .string("") }
        if items[0].asList?.count == 0, items[1].asList?.count == 0 {
          return .string("<All keys matched successfully>")
        }
        return .string(
          "_IncompatibleKeys(missing_keys=\(try a.machine.repr(items[0])), unexpected_keys=\(try a.machine.repr(items[1])))"
        )
      }
    ])
}
