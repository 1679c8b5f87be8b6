import Language
import TensorCore

/// `nn.ParameterList` and `nn.ParameterDict`.
enum TorchParameterContainers {
  static let tables = [list, dict]
  private static let module = "torch.nn.modules.container"

  /// A tensor becomes a parameter; what is none stays as it is.
  private static func entry(_ value: Value, _ machine: Machine) throws -> Value {
    guard let object = value.asTensorObject, !TorchParameter.isParameter(value, machine) else { return value }
    let tensor = object.tensor.detach()
    if tensor.dtype.isFloating { try tensor.setRequiresGrad(true) }
    return TorchParameter.make(tensor, machine)
  }

  private static func text(_ value: Value, _ machine: Machine) throws -> String {
    guard let object = value.asTensorObject else {
      return "Object of type: \(machine.typeName(value))"
    }
    let sizes = object.tensor.shape.map(String.init).joined(separator: "x")
    let kind = TorchParameter.isParameter(value, machine) ? "Parameter" : "Tensor"
    return "\(kind) containing: [torch.\(object.tensor.dtype) of size \(sizes)]"
  }

  private static func place(_ index: Int, _ count: Int) throws -> Int {
    guard index >= -count, index < count else {
      throw Raise(.indexError, "index \(index) is out of range")
    }
    return index < 0 ? index + count : index
  }

  static let list = TypeTable(
    "ParameterList", module: module, doc: "Parameters in a list that a model knows of.", base: TorchModule.table,
    methods: [
      Native("__init__(self, values=None)", "The parameters of a sequence.", example: "torch.nn.ParameterList([torch.ones(2)])") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        guard !a[1].isNone else { return .none }
        for (i, value) in try a.items(1).enumerated() { module.parameters["\(i)"] = try entry(value, a.machine) }
        return .none
      },
      Native("__len__(self)", "The number of parameters.") { a in .int(try a.receiver(TorchModule.self).parameters.count) },
      Native("__iter__(self)", "The parameters in order.") { a in
        TorchModule.iterator(try a.receiver(TorchModule.self).parameters.values)
      },
      Native("__getitem__(self, idx)", "A parameter by number.") { a in
        let values = try a.receiver(TorchModule.self).parameters.values
        return values[try place(a.int(1), values.count)]
      },
      Native("__setitem__(self, idx, param)", "Another parameter in the place of one.") { a in
        let module = try a.receiver(TorchModule.self)
        let index = try place(a.int(1), module.parameters.count)
        module.parameters["\(index)"] = try entry(a[2], a.machine)
        return .none
      },
      Native("append(self, value)", "Adds a parameter at the end.") { a in
        let module = try a.receiver(TorchModule.self)
        module.parameters["\(module.parameters.count)"] = try entry(a[1], a.machine)
        return a[0]
      },
      Native("extend(self, values)", "Adds parameters at the end.") { a in
        let module = try a.receiver(TorchModule.self)
        for value in try a.items(1) {
          module.parameters["\(module.parameters.count)"] = try entry(value, a.machine)
        }
        return a[0]
      },
      Native("extra_repr(self)", "The parameters.") { a in
        .string(
          try a.receiver(TorchModule.self).parameters.pairs.map {
            "  (\($0.key.swiftString ?? "")): " + (try text($0.value, a.machine))
          }.joined(separator: "\n"))
      },
    ])

  private static func update(_ module: TorchModule, _ value: Value, _ machine: Machine) throws {
    if let dict = value.asDict {
      for pair in dict.pairs {
        guard let name = pair.key.swiftString else { throw Raise(.typeError, "Index given to ParameterDict cannot be used as a key as it is not a string") }
        module.parameters[name] = try entry(pair.value, machine)
      }
    } else if let other = value.asInstance as? TorchModule {
      for pair in other.parameters.pairs { try module.parameters.set(pair.key, pair.value, machine) }
    } else {
      for item in try machine.array(value) {
        let pair = try machine.array(item)
        guard pair.count == 2, let name = pair[0].swiftString else {
          throw Raise(.valueError, "ParameterDict update sequence element has length \(pair.count); 2 is required")
        }
        module.parameters[name] = try entry(pair[1], machine)
      }
    }
  }

  static let dict = TypeTable(
    "ParameterDict", module: module, doc: "Parameters by name that a model knows of.", base: TorchModule.table,
    methods: [
      Native("__init__(self, parameters=None)", "The parameters of a dictionary.", example: "torch.nn.ParameterDict({'a': torch.ones(2)})") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        if !a[1].isNone { try update(module, a[1], a.machine) }
        return .none
      },
      Native("__len__(self)", "The number of parameters.") { a in .int(try a.receiver(TorchModule.self).parameters.count) },
      Native("__iter__(self)", "The names.") { a in
        TorchModule.iterator(try a.receiver(TorchModule.self).parameters.keys)
      },
      Native("__contains__(self, key)", "Whether there is a parameter of this name.") { a in
        .bool(try a.receiver(TorchModule.self).parameters.get(a[1], a.machine) != nil)
      },
      Native("__getitem__(self, key)", "A parameter by name.") { a in
        guard let value = try a.receiver(TorchModule.self).parameters.get(a[1], a.machine) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("__setitem__(self, key, value)", "A parameter under a name.") { a in
        guard let name = a[1].swiftString else {
          throw Raise(.typeError, "Index given to ParameterDict cannot be used as a key as it is not a string (type is '\(a.machine.typeName(a[1]))').")
        }
        try a.receiver(TorchModule.self).parameters[name] = entry(a[2], a.machine)
        return .none
      },
      Native("__delitem__(self, key)", "Takes a parameter away.") { a in
        guard try a.receiver(TorchModule.self).parameters.remove(a[1], a.machine) != nil else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return .none
      },
      Native("keys(self)", "The names.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).parameters), "keys"))
      },
      Native("values(self)", "The parameters.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).parameters), "values"))
      },
      Native("items(self)", "Names and parameters.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).parameters), "items"))
      },
      Native("update(self, parameters)", "Takes the parameters of another dictionary in.") { a in
        try update(a.receiver(TorchModule.self), a[1], a.machine)
        return .none
      },
      Native("extra_repr(self)", "The parameters.") { a in
        .string(
          try a.receiver(TorchModule.self).parameters.pairs.map {
            "  (\($0.key.swiftString ?? "")): " + (try text($0.value, a.machine))
          }.joined(separator: "\n"))
      },
    ])
}
