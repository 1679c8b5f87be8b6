import Language
import NeuralNetworks
import TensorCore

/// `nn.Sequential`, `nn.ModuleList`, `nn.ModuleDict`.
enum TorchContainers {
  static let tables = [sequential, list, dict]
  private static let module = "torch.nn.modules.container"

  // MARK: - Shared by rows of parts

  static func part(_ value: Value, _ machine: Machine) throws -> Value {
    guard value.asInstance is TorchModule else {
      let name = value.asType.map { $0.module == "builtins" ? $0.name : $0.qualifiedName }
      let raise = Raise(
        .typeError, "\(name ?? TorchModule.typeText(value, machine)) is not a Module subclass")
      if let type = value.asType, type.isSubclass(of: machine.type(TorchModule.table)) {
        raise.hint = "a class stands here: add its object, \(type.name)(...)"
      }
      throw raise
    }
    return value
  }

  private static func parts(_ module: TorchModule) -> [Value] { module.modules.values }

  /// Takes a new row of parts, numbered from 0.
  private static func replace(_ module: TorchModule, _ parts: [Value]) {
    module.modules.clear()
    for (i, part) in parts.enumerated() { module.modules["\(i)"] = part }
  }

  private static func place(_ index: Value, _ count: Int, _ machine: Machine) throws -> Int {
    guard let number = try machine.index(index) else {
      throw Raise(.typeError, "'\(machine.typeName(index))' object cannot be interpreted as an integer")
    }
    guard number >= -count, number < count else {
      throw Raise(.indexError, "index \(number) is out of range")
    }
    return number < 0 ? number + count : number
  }

  private static let row: [Native] = [
    Native("__len__(self)", "The number of parts.") { a in .int(try a.receiver(TorchModule.self).modules.count) },
    Native("__iter__(self)", "The parts in order.") { a in
      TorchModule.iterator(parts(try a.receiver(TorchModule.self)))
    },
    Native("__getitem__(self, idx)", "A part by number, or some of them by a slice.") { a in
      let module = try a.receiver(TorchModule.self)
      guard case .object(let object) = a[1], let slice = object as? SliceObject else {
        return parts(module)[try place(a[1], module.modules.count, a.machine)]
      }
      let pairs = module.modules.pairs
      let indices = try slice.indices(count: pairs.count)
      let chosen = (0..<indices.count).map { pairs[indices.start + $0 * indices.step] }
      let result = TorchModule(module.type)
      result.isReady = true
      result.isTraining = module.isTraining
      for (i, pair) in chosen.enumerated() {
        // A sequence keeps the names of its parts, a list counts anew.
        let keeps = module.type.isSubclass(of: a.machine.type(sequential))
        result.modules[keeps ? pair.key.swiftString ?? "\(i)" : "\(i)"] = pair.value
      }
      return .object(result)
    },
    Native("__setitem__(self, idx, module)", "Another part in the place of one.") { a in
      let module = try a.receiver(TorchModule.self)
      let index = try place(a[1], module.modules.count, a.machine)
      try module.modules.set(module.modules.keys[index], part(a[2], a.machine), a.machine)
      return .none
    },
    Native("__delitem__(self, idx)", "Takes a part away, or some of them; the others are numbered anew.") { a in
      let module = try a.receiver(TorchModule.self)
      var rest = parts(module)
      if case .object(let object) = a[1], let slice = object as? SliceObject {
        let indices = try slice.indices(count: rest.count)
        let gone = Set((0..<indices.count).map { indices.start + $0 * indices.step })
        rest = rest.enumerated().filter { !gone.contains($0.offset) }.map(\.element)
      } else {
        rest.remove(at: try place(a[1], rest.count, a.machine))
      }
      replace(module, rest)
      return .none
    },
    Native("append(self, module)", "Adds a part at the end.") { a in
      let module = try a.receiver(TorchModule.self)
      module.modules["\(module.modules.count)"] = try part(a[1], a.machine)
      return a[0]
    },
    Native("extend(self, modules)", "Adds parts at the end.") { a in
      let module = try a.receiver(TorchModule.self)
      for value in try a.items(1) { module.modules["\(module.modules.count)"] = try part(value, a.machine) }
      return a[0]
    },
    Native("insert(self, index, module)", "Puts a part before another.") { a in
      let module = try a.receiver(TorchModule.self)
      var all = parts(module)
      let index = try a.int(1)
      guard index >= -all.count, index <= all.count else {
        throw Raise(.indexError, "Index out of range: \(index)")
      }
      all.insert(try part(a[2], a.machine), at: index < 0 ? index + all.count : index)
      replace(module, all)
      return module.type.isSubclass(of: a.machine.type(sequential)) ? a[0] : .none
    },
    Native("pop(self, key)", "Takes a part away and gives it.") { a in
      let module = try a.receiver(TorchModule.self)
      var all = parts(module)
      let gone = all.remove(at: try place(a[1], all.count, a.machine))
      replace(module, all)
      return gone
    },
    Native("__add__(self, other)", "The parts of both.") { a in
      let module = try a.receiver(TorchModule.self)
      let result = TorchModule(module.type)
      result.isReady = true
      replace(result, try parts(module) + a.items(1))
      return .object(result)
    },
    Native("__iadd__(self, other)", "Adds the parts of another.") { a in
      let module = try a.receiver(TorchModule.self)
      for value in try a.items(1) { module.modules["\(module.modules.count)"] = try part(value, a.machine) }
      return a[0]
    },
  ]

  // MARK: - Sequential

  static let sequential = TypeTable(
    "Sequential", module: module, doc: "Modules one after the other.", base: TorchModule.table,
    methods: row + [
      Native("__init__(self, *args)", "Modules, or one dictionary of them.", example: "torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.ReLU())") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        let items = try a.items(1)
        if items.count == 1, let dict = items[0].asDict {
          for pair in dict.pairs {
            guard let name = pair.key.swiftString else {
              throw Raise(.typeError, "module name should be a string. Got \(TorchModule.typeText(pair.key, a.machine))")
            }
            if name.contains(".") { throw Raise(.keyError, "module name can't contain \".\", got: \(name)") }
            if name.isEmpty { throw Raise(.keyError, "module name can't be empty string \"\"") }
            module.modules[name] = try part(pair.value, a.machine)
          }
          return .none
        }
        for (i, value) in items.enumerated() { module.modules["\(i)"] = try part(value, a.machine) }
        return .none
      },
      Native("forward(self, input)", "What the last module gives.") { a in
        let module = try a.receiver(TorchModule.self)
        var x = a[1]
        for pair in module.modules.pairs {
          do {
            x = try a.machine.call(pair.value, [x])
          } catch let error as Raise {
            throw explained(error, module, pair.key.swiftString ?? "", x, a.machine)
          }
        }
        return x
      },
    ])

  /// Which part of a sequence did not fit, as a hint below PyTorch's words.
  private static func explained(
    _ error: Raise, _ module: TorchModule, _ name: String, _ x: Value, _ machine: Machine
  ) -> Raise {
    guard case .builtin(.runtimeError, _) = error.content,
      error.hint?.contains("of the sequence") != true, let shape = x.asTensorObject?.tensor.shape,
      let part = module.modules[name], let text = try? machine.repr(part)
    else { return error }
    let head = text.split(separator: "\n").first.map(String.init) ?? text
    error.hint = "part (\(name)) of the sequence, \(head), got an input of shape \(shape)"
    return error
  }

  // MARK: - ModuleList

  static let list = TypeTable(
    "ModuleList", module: module, doc: "Modules in a list that a model knows of.", base: TorchModule.table,
    methods: row + [
      Native("__init__(self, modules=None)", "The modules of a sequence.", example: "torch.nn.ModuleList([torch.nn.ReLU()])") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        guard !a[1].isNone else { return .none }
        for (i, value) in try a.items(1).enumerated() { module.modules["\(i)"] = try part(value, a.machine) }
        return .none
      },
      Native("__repr__(self)", "The modules; equal ones in a row are counted.") { a in
        let module = try a.receiver(TorchModule.self)
        let texts = try parts(module).map { try a.machine.repr($0) }
        guard !texts.isEmpty else { return .string("\(module.type.name)()") }
        var groups: [(start: Int, end: Int, text: String)] = []
        for (i, text) in texts.enumerated() {
          if let last = groups.last, last.text == text {
            groups[groups.count - 1].end = i
          } else {
            groups.append((i, i, text))
          }
        }
        let lines = groups.map { group -> String in
          let head = group.start == group.end
            ? "(\(group.start)): " : "(\(group.start)-\(group.end)): \(group.end - group.start + 1) x "
          return TorchModuleText.indented(head + group.text)
        }
        return .string("\(module.type.name)(\n  " + lines.joined(separator: "\n  ") + "\n)")
      },
    ])

  // MARK: - ModuleDict

  private static func pairs(_ value: Value, _ machine: Machine) throws -> [(Value, Value)] {
    if let dict = value.asDict { return dict.pairs.map { ($0.key, $0.value) } }
    if let module = value.asInstance as? TorchModule { return module.modules.pairs.map { ($0.key, $0.value) } }
    return try machine.array(value).map { item in
      let pair = try machine.array(item)
      guard pair.count == 2 else {
        throw Raise(.valueError, "ModuleDict update sequence element has length \(pair.count); 2 is required")
      }
      return (pair[0], pair[1])
    }
  }

  private static func update(_ module: TorchModule, _ value: Value, _ machine: Machine) throws {
    for (key, new) in try pairs(value, machine) { try set(module, key, new, machine) }
  }

  private static func set(_ module: TorchModule, _ key: Value, _ new: Value, _ machine: Machine) throws {
    guard let name = key.swiftString else {
      throw Raise(.typeError, "module name should be a string. Got \(TorchModule.typeText(key, machine))")
    }
    let part = try part(new, machine)
    if module.modules[name] == nil, module.type.lookup(name) != nil {
      throw Raise(.keyError, "attribute '\(name)' already exists")
    }
    if name.contains(".") { throw Raise(.keyError, "module name can't contain \".\", got: \(name)") }
    if name.isEmpty { throw Raise(.keyError, "module name can't be empty string \"\"") }
    module.modules[name] = part
  }

  static let dict = TypeTable(
    "ModuleDict", module: module, doc: "Modules by name that a model knows of.", base: TorchModule.table,
    methods: [
      Native("__init__(self, modules=None)", "The modules of a dictionary.", example: "torch.nn.ModuleDict({'act': torch.nn.ReLU()})") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        if !a[1].isNone { try update(module, a[1], a.machine) }
        return .none
      },
      Native("__getitem__(self, key)", "A module by name.") { a in
        guard let value = try a.receiver(TorchModule.self).modules.get(a[1], a.machine) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("__setitem__(self, key, module)", "A module under a name.") { a in
        try set(a.receiver(TorchModule.self), a[1], a[2], a.machine)
        return .none
      },
      Native("__delitem__(self, key)", "Takes a module away.") { a in
        guard try a.receiver(TorchModule.self).modules.remove(a[1], a.machine) != nil else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return .none
      },
      Native("__len__(self)", "The number of modules.") { a in .int(try a.receiver(TorchModule.self).modules.count) },
      Native("__iter__(self)", "The names.") { a in
        TorchModule.iterator(try a.receiver(TorchModule.self).modules.keys)
      },
      Native("__contains__(self, key)", "Whether there is a module of this name.") { a in
        .bool(try a.receiver(TorchModule.self).modules.get(a[1], a.machine) != nil)
      },
      Native("keys(self)", "The names.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).modules), "keys"))
      },
      Native("values(self)", "The modules.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).modules), "values"))
      },
      Native("items(self)", "Names and modules.") { a in
        try a.machine.call(a.machine.attribute(.object(a.receiver(TorchModule.self).modules), "items"))
      },
      Native("update(self, modules)", "Takes the modules of another dictionary in.") { a in
        try update(a.receiver(TorchModule.self), a[1], a.machine)
        return .none
      },
      Native("pop(self, key)", "Takes a module away and gives it.") { a in
        guard let value = try a.receiver(TorchModule.self).modules.remove(a[1], a.machine) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("clear(self)", "Takes all modules away.") { a in
        try a.receiver(TorchModule.self).modules.clear()
        return .none
      },
    ])
}
