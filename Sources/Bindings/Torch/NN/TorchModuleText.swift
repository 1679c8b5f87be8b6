import Language
import NeuralNetworks
import TensorCore

/// The printed form of modules, and copies of them.
enum TorchModuleText {
  static let methods: [Native] = [
    Native("extra_repr(self)", "What stands between the parentheses of the printed form.", example: "torch.nn.Linear(2, 1).extra_repr()") { a in
      let module = try a.receiver(TorchModule.self)
      guard let row = module.row else { return .string("") }
      return .string(try row.text(TorchLayerView(module, a.machine)))
    },
    Native("_get_name(self)", "The name of the class.") { a in
      .string(try a.receiver(TorchModule.self).type.name)
    },
    Native("__repr__(self)", "The module and its parts, as a tree.", example: "repr(torch.nn.ReLU())") { a in
      .string(try text(a.receiver(TorchModule.self), a.machine))
    },
    Native("__deepcopy__(self, memo)", "A module of its own with copies of all parameters.", example: "__import__('copy').deepcopy(torch.nn.Linear(2, 1))") { a in
      try copy(a.receiver(TorchModule.self), a[1], a.machine)
    },
  ]

  static func text(_ module: TorchModule, _ machine: Machine) throws -> String {
    let own = Value.object(module)
    let extra = try machine.call(machine.attribute(own, "extra_repr")).swiftString ?? ""
    let name = try machine.call(machine.attribute(own, "_get_name")).swiftString ?? module.type.name
    let extraLines = extra.isEmpty ? [] : extra.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var lines: [String] = []
    for pair in module.modules.pairs {
      let part = indented(try machine.repr(pair.value))
      lines.append("(\(pair.key.swiftString ?? "")): " + part)
    }
    if lines.isEmpty, extraLines.count == 1 { return name + "(" + extraLines[0] + ")" }
    let all = extraLines + lines
    return all.isEmpty ? name + "()" : name + "(\n  " + all.joined(separator: "\n  ") + "\n)"
  }

  /// All lines but the first moved to the right.
  static func indented(_ text: String) -> String {
    text.contains("\n")
      ? text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ") : text
  }

  /// `copy.deepcopy`: what is shared stays shared among the copies.
  static func copy(_ module: TorchModule, _ memo: Value, _ machine: Machine) throws -> Value {
    let deep = try machine.attribute(machine.importModule("copy", first: false), "deepcopy")
    let result = TorchModule(module.type)
    if let memo = memo.asDict {
      try memo.set(machine.call(machine.builtin("id") ?? .none, [.object(module)]), .object(result), machine)
    }
    result.isReady = module.isReady
    result.isTraining = module.isTraining
    result.volatileBuffers = module.volatileBuffers
    result.layer = module.layer
    result.row = module.row
    func each(_ source: DictObject, _ target: DictObject) throws {
      for pair in source.pairs {
        let value = pair.value.isNone ? Value.none : try machine.call(deep, [pair.value, memo])
        try target.set(pair.key, value, machine)
      }
    }
    try each(module.parameters, result.parameters)
    try each(module.buffers, result.buffers)
    try each(module.modules, result.modules)
    for (name, value) in module.ownAttributes {
      result.setOwn(name, try machine.call(deep, [value, memo]))
    }
    if let hooks = module.hooks, !hooks.isEmpty { result.hooks = hooks.copied() }
    return .object(result)
  }
}

/// What a row of the table of layers sees of a layer to print it.
struct TorchLayerView {
  let module: TorchModule
  let machine: Machine

  init(_ module: TorchModule, _ machine: Machine) {
    self.module = module
    self.machine = machine
  }

  /// The printed form of an attribute.
  subscript(name: String) -> String {
    get throws {
      if name == "bias", module.own(name) == nil {
        return (module.parameters["bias"] ?? .none).isNone ? "False" : "True"
      }
      guard let value = module.own(name) else { return "None" }
      return try machine.repr(value)
    }
  }

  /// The text of an attribute, as `str` gives it.
  func plain(_ name: String) throws -> String {
    try module.own(name).map { try machine.text(of: $0) } ?? "None"
  }

  func value(_ name: String) -> Value { module.own(name) ?? .none }
  func isTrue(_ name: String) -> Bool { (try? machine.truth(value(name))) ?? false }

  /// `name=value` for some attributes.
  func listed(_ names: String...) throws -> String {
    try names.map { "\($0)=\(try self[$0])" }.joined(separator: ", ")
  }
}
