import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.Module` as a class of the language.
enum TorchModuleType {
  static let table = TypeTable(
    "Module", module: "torch.nn", doc: "A part of a model: derive from it and define forward(self, x).",
    allocate: { TorchModule($0) }, willSetAttribute: TorchModule.willSet,
    properties: [
      NativeProperty(
        "training", "Whether the module does what it does in training.",
        get: { value, _ in .bool((value.asInstance as? TorchModule)?.module?.isTraining ?? true) },
        set: { value, new, machine in
          (value.asInstance as? TorchModule)?.module?.train(try machine.truth(new))
        })
    ],
    methods: [
      Native("__init__(self, *args, **kwargs)", "Begins a module: parts are registered from here on.") {
        a in
        let object = try a.receiver(TorchModule.self)
        if try !a.items(1).isEmpty || !a.keywords(2).isEmpty {
          let count = try a.items(1).count + 1
          throw Raise(
            .typeError, a.keywords(2).first.map {
              "\(object.type.name).__init__() got an unexpected keyword argument '\($0.name)'"
            } ?? "\(object.type.name).__init__() takes 1 positional argument but \(count) were given")
        }
        object.start(LanguageModule(object, a.machine))
        return .none
      },
      Native("__call__(self, *args, **kwargs)", "Runs forward().", body: call),
      Native("forward(self, *args)", "What a module computes: every class defines its own.") { a in
        let object = try a.receiver(TorchModule.self)
        throw Raise(
          .notImplementedError,
          "Module [\(object.type.name)] is missing the required \"forward\" function",
          hint: "def forward(self, x): ... stands in the class, indented as __init__ is")
      },
      Native("__repr__(self)", "The parts, one a line.") { a in .string(try TorchModuleText.text(a)) },
      Native("extra_repr(self)", "What the printed form says besides the parts.") { a in
        .string(try a.receiver(TorchModule.self).module?.details ?? "")
      },
    ] + TorchModuleWalks.methods + TorchModuleState.methods)

  private static func call(_ a: Arguments) throws -> Value {
    let object = try a.receiver(TorchModule.self)
    guard let forward = object.type.lookup("forward") else { return .none }
    if let own = object.own("forward") {
      return try a.machine.call(own, a.items(1), keywords: a.keywords(2))
    }
    return try a.machine.call(forward, [a[0]] + a.items(1), keywords: a.keywords(2))
  }
}

/// The printed form of modules.
enum TorchModuleText {
  static func text(_ a: Arguments) throws -> String {
    let object = try a.receiver(TorchModule.self)
    let machine = a.machine
    let extra = try machine.text(of: machine.call(machine.attribute(a[0], "extra_repr")))
    var lines = extra.isEmpty ? [] : extra.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isList = object is TorchModuleList
    if object.children.isEmpty {
      if lines.count == 1 { return "\(object.type.name)(\(lines[0]))" }
    }
    let parts = try object.children.map { (name: $0.name, text: try machine.repr(.object($0.module))) }
    var i = 0
    while i < parts.count {
      // A list prints neighbours that look the same once.
      var last = i
      while isList, last + 1 < parts.count, parts[last + 1].text == parts[i].text { last += 1 }
      let text = indented(parts[i].text)
      lines.append(
        last > i
          ? "(\(parts[i].name)-\(parts[last].name)): \(last - i + 1) x \(text)"
          : "(\(parts[i].name)): \(text)")
      i = last + 1
    }
    if lines.isEmpty { return object.type.name + "()" }
    return object.type.name + "(\n  " + lines.joined(separator: "\n  ") + "\n)"
  }

  /// All lines but the first, two columns to the right.
  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
  }
}

/// Walks over the parts of a module.
enum TorchModuleWalks {
  /// An iterator that looks like one of Python's generators.
  static func generator(_ items: [Value]) -> Value {
    var position = 0
    return .object(
      NativeIterator("generator") { _ in
        guard position < items.count else { return .undefined }
        defer { position += 1 }
        return items[position]
      })
  }

  private static func pairs(_ items: [(name: String, value: Value)]) -> Value {
    generator(items.map { .tuple([.string($0.name), $0.value]) })
  }

  static let methods: [Native] = [
    Native("parameters(self, recurse=True)", "All parameters, each once.") { a in
      let object = try a.receiver(TorchModule.self)
      return generator(
        try a.bool(1) ? object.namedParameters().map(\.value) : object.parameterValues.map(\.value))
    },
    Native("named_parameters(self, prefix='', recurse=True)", "Pairs of name and parameter.") { a in
      let object = try a.receiver(TorchModule.self)
      let prefix = try a.string(1)
      let found = try a.bool(2) ? object.namedParameters() : object.parameterValues
      return pairs(found.map { (prefix.isEmpty ? $0.name : prefix + "." + $0.name, $0.value) })
    },
    Native("buffers(self)", "All tensors of the state that are not trained.") { a in
      generator(try a.receiver(TorchModule.self).namedBuffers().map(\.value))
    },
    Native("named_buffers(self)", "Pairs of name and buffer.") { a in
      pairs(try a.receiver(TorchModule.self).namedBuffers())
    },
    Native("children(self)", "The direct parts.") { a in
      generator(try a.receiver(TorchModule.self).children.map { .object($0.module) })
    },
    Native("named_children(self)", "Pairs of name and direct part.") { a in
      pairs(try a.receiver(TorchModule.self).children.map { ($0.name, .object($0.module)) })
    },
    Native("modules(self)", "The module and all parts below it, each once.") { a in
      generator(try a.receiver(TorchModule.self).walk().map { .object($0.module) })
    },
    Native("named_modules(self)", "Pairs of name and module; '' is the module itself.") { a in
      pairs(try a.receiver(TorchModule.self).walk().map { ($0.name, .object($0.module)) })
    },
    Native("get_submodule(self, target)", "The part of a dotted name.") { a in
      let object = try a.receiver(TorchModule.self)
      let name = try a.string(1)
      if let found = object.walk().first(where: { $0.name == name }) { return .object(found.module) }
      throw Raise(.attributeError, "\(object.type.name) has no attribute `\(name)`")
    },
    Native("get_parameter(self, target)", "The parameter of a dotted name.") { a in
      let object = try a.receiver(TorchModule.self)
      let name = try a.string(1)
      if let found = object.namedParameters().first(where: { $0.name == name }) { return found.value }
      throw Raise(.attributeError, "\(object.type.name) has no attribute `\(name)`")
    },
    Native("register_parameter(self, name, param)", "Adds a parameter; None leaves the name empty.") { a in
      let name = try a.string(1)
      if a[2].isNone {
        try a.receiver(TorchModule.self).setOwn(name, .none)
        return .none
      }
      guard TorchParameter.isParameter(a[2], a.machine) else {
        throw Raise(
          .typeError,
          "cannot assign '\(TorchModule.typeName(a[2], a.machine))' object to parameter '\(name)' "
            + "(torch.nn.Parameter or None required)")
      }
      try a.machine.setAttribute(a[0], name, a[2])
      return .none
    },
    Native("register_buffer(self, name, tensor, persistent=True)", "Adds a tensor to the state that is not trained.") {
      a in
      let object = try a.receiver(TorchModule.self)
      let name = try a.string(1)
      guard a[2].isNone || a[2].asTensorObject != nil else {
        throw Raise(
          .typeError,
          "cannot assign '\(a.machine.typeName(a[2]))' object to buffer '\(name)' (torch Tensor or "
            + "None required)")
      }
      if try !a.bool(3) {
        // Not part of the state: an attribute as any other.
        object.setOwn(name, a[2])
        return .none
      }
      try object.register(buffer: a[2], name)
      object.setOwn(name, a[2])
      return .none
    },
    Native("add_module(self, name, module)", "Adds a part.", body: addModule),
    Native("register_module(self, name, module)", "Adds a part.", body: addModule),
    Native("apply(self, fn)", "Calls fn with every part, the module itself last.") { a in
      for child in try a.receiver(TorchModule.self).children {
        _ = try a.machine.call(a.machine.attribute(.object(child.module), "apply"), [a[1]])
      }
      _ = try a.machine.call(a[1], [a[0]])
      return a[0]
    },
  ]

  private static func addModule(_ a: Arguments) throws -> Value {
    let object = try a.receiver(TorchModule.self)
    guard let child = a[2].asInstance as? TorchModule else {
      throw Raise(.typeError, "\(a.machine.typeName(a[2])) is not a Module subclass")
    }
    let name = try a.string(1)
    try object.register(child: child, name)
    object.setOwn(name, a[2])
    return .none
  }
}

/// Modes, gradients, dtypes and the state of a module.
enum TorchModuleState {
  static let methods: [Native] = [
    Native("train(self, mode=True)", "Switches the module and its parts to training.") { a in
      try a.receiver(TorchModule.self).needModule().train(a.bool(1))
      return a[0]
    },
    Native("eval(self)", "Switches the module and its parts to use.") { a in
      try a.receiver(TorchModule.self).needModule().eval()
      return a[0]
    },
    Native("zero_grad(self, set_to_none=True)", "Forgets the gradients of all parameters.") { a in
      try a.receiver(TorchModule.self).needModule().zeroGrad()
      return .none
    },
    Native("requires_grad_(self, requires_grad=True)", "Whether all parameters are trained.") { a in
      let flag = try a.bool(1)
      for parameter in try a.receiver(TorchModule.self).namedParameters() {
        try parameter.value.asTensorObject?.tensor.setRequiresGrad(flag)
      }
      return a[0]
    },
    Native("to(self, *args, device=None, dtype=None)", "With parameters of another dtype; the device is the processor.") {
      a in
      var dtype = try a.optionalDType(3, .torch)
      try TorchDevice.check(a[2], a.machine)
      for item in try a.items(1) {
        if item.swiftString == nil, let found = a.machine.dtype(item, .torch) {
          dtype = found
        } else {
          try TorchDevice.check(item, a.machine)
        }
      }
      if let dtype { try convert(a.receiver(TorchModule.self), dtype) }
      return a[0]
    },
    Native("cpu(self)", "The module: it is there already.") { a in a[0] },
    Native("float(self)", "With float32 parameters.") { a in
      try convert(a.receiver(TorchModule.self), .float32)
      return a[0]
    },
    Native("double(self)", "With float64 parameters.") { a in
      try convert(a.receiver(TorchModule.self), .float64)
      return a[0]
    },
    Native("state_dict(self)", "Parameters and buffers by name; they share memory with the module.") { a in
      let module = try a.receiver(TorchModule.self).needModule()
      return try TorchState.ordered(
        module.stateDict().map { ($0.name, a.machine.torchValue($0.tensor)) }, a.machine)
    },
    Native("load_state_dict(self, state_dict, strict=True)", "Copies values into parameters and buffers.") {
      a in
      let object = try a.receiver(TorchModule.self)
      guard let dict = a[1].asDict else {
        throw Raise(
          .typeError,
          "Expected state_dict to be dict-like, got <class '\(a.machine.typeName(a[1]))'>.")
      }
      let state = try dict.pairs.map { key, value in
        (name: try a.machine.text(of: key), tensor: try a.machine.tensor(value, .torch))
      }
      let result = try object.needModule().loadStateDict(state, strict: a.bool(2))
      return TorchState.keys(result.missing, result.unexpected, a.machine)
    },
  ]

  private static func convert(_ object: TorchModule, _ dtype: DType) throws {
    guard dtype.isFloating else {
      throw Raise(
        .typeError,
        "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.\(dtype)")
    }
    for (_, part) in object.walk() {
      for (name, value) in part.parameterValues {
        guard let held = value.asTensorObject, held.tensor.dtype != dtype else { continue }
        let trains = held.tensor.requiresGrad
        held.tensor = try held.tensor.detach().to(dtype)
        try held.tensor.setRequiresGrad(trains)
        try part.register(parameter: value, name)
      }
      for (name, value) in part.bufferValues {
        guard let held = value.asTensorObject, held.tensor.dtype.isFloating else { continue }
        held.tensor = try held.tensor.to(dtype)
        try part.register(buffer: value, name)
      }
    }
  }
}

/// State dictionaries.
enum TorchState {
  /// A `collections.OrderedDict`.
  static func ordered(_ pairs: [(name: String, value: Value)], _ machine: Machine) throws -> Value {
    let collections = try machine.importModule("collections", first: false)
    let made = try machine.call(machine.attribute(collections, "OrderedDict"))
    for (name, value) in pairs { made.asDict?[name] = value }
    return made
  }

  /// What `load_state_dict` gives.
  static func keys(_ missing: [String], _ unexpected: [String], _ machine: Machine) -> Value {
    let result = Instance(machine.type(keysTable))
    result.setOwn("missing_keys", .list(missing.map { .string($0) }))
    result.setOwn("unexpected_keys", .list(unexpected.map { .string($0) }))
    return .object(result)
  }

  private static let keysTable = TypeTable(
    "_IncompatibleKeys", module: "torch.nn.modules.module",
    doc: "Names without a value, and values without a place.", isSubclassable: false,
    methods: [
      Native("__repr__(self)", "The names, if there are any.") { a in
        guard let object = a[0].asInstance else { return .none }
        let missing = object.own("missing_keys") ?? .list([])
        let unexpected = object.own("unexpected_keys") ?? .list([])
        if missing.asList?.count == 0, unexpected.asList?.count == 0 {
          return .string("<All keys matched successfully>")
        }
        return .string(
          "_IncompatibleKeys(missing_keys=\(try a.machine.repr(missing)), "
            + "unexpected_keys=\(try a.machine.repr(unexpected)))")
      }
    ])
}
