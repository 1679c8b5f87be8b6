import Language
import NeuralNetworks
import TensorCore

extension TorchModule {
  /// `torch.nn.Module` with all that its subclasses inherit.
  static let table = TypeTable(
    "Module", module: "torch.nn.modules.module",
    doc: "What all layers and models derive from: write __init__, which calls super().__init__(), and forward.",
    allocate: { TorchModule($0) }, willSetAttribute: TorchModule.willSet,
    missingAttribute: TorchModule.missing, properties: properties,
    methods: protocolMethods + walkMethods + changeMethods + registrations + TorchModuleState.methods
      + TorchModuleText.methods)

  private static let properties: [NativeProperty] = [
    NativeProperty(
      "training", "Whether the module is in training: what dropout and batch normalization ask.",
      get: { value, _ in .bool((value.asInstance as? TorchModule)?.isTraining ?? true) },
      set: { value, new, machine in
        (value.asInstance as? TorchModule)?.isTraining = try machine.truth(new)
      }),
    NativeProperty("_parameters", "Its own parameters by name.") { value, _ in
      (value.asInstance as? TorchModule).map { .object($0.parameters) } ?? .none
    },
    NativeProperty("_buffers", "Its own buffers by name.") { value, _ in
      (value.asInstance as? TorchModule).map { .object($0.buffers) } ?? .none
    },
    NativeProperty("_modules", "Its parts by name.") { value, _ in
      (value.asInstance as? TorchModule).map { .object($0.modules) } ?? .none
    },
  ]

  static func iterator(_ values: [Value]) -> Value {
    var place = 0
    return .object(
      NativeIterator("generator") { _ in
        guard place < values.count else { return .undefined }
        place += 1
        return values[place - 1]
      })
  }

  static func pair(_ name: String, _ value: Value) -> Value { .tuple([.string(name), value]) }

  // MARK: - What the language asks

  private static let protocolMethods: [Native] = [
    Native("__init__(self)", "Makes the module ready for parameters and parts.") { a in
      try a.receiver(TorchModule.self).isReady = true
      return .none
    },
    Native("__call__(self, *args, **kwargs)", "Runs forward, with the hooks around it.") { a in
      try TorchModule.call(a)
    },
    Native("forward(self, *input)", "What the module computes; a class of one's own writes it.") { a in
      throw Raise(
        .notImplementedError,
        "Module [\(a.machine.typeName(a[0]))] is missing the required \"forward\" function",
        hint: "def forward(self, x): ... gives what the module computes; is it spelled so, and indented as a method?"
      )
    },
    Native("__getattr__(self, name)", "Parameters, buffers and parts by name.") { a in
      let name = try a.string(1)
      let module = try a.receiver(TorchModule.self)
      if let value = module.registered(name) { return value }
      let raise = Raise(
        .attributeError, "'\(module.type.name)' object has no attribute '\(name)'")
      let known = (module.parameters.keys + module.buffers.keys + module.modules.keys).compactMap(\.swiftString)
        + module.ownAttributes.map(\.name) + a.machine.attributeNames(of: .object(module.type))
      if let near = Suggestion.nearest(to: name, among: known) {
        raise.hint = "did you mean '\(near)'?"
      } else if !module.isReady {
        raise.hint = TorchModule.startHint
      }
      throw raise
    },
    Native("__delattr__(self, name)", "Forgets an attribute, a parameter, a buffer or a part.") { a in
      let (module, name) = (try a.receiver(TorchModule.self), try a.string(1))
      if module.parameters[name] != nil {
        module.parameters[name] = nil
        module.layer?.place(nil, named: name)
      } else if module.buffers[name] != nil {
        module.buffers[name] = nil
        module.volatileBuffers.remove(name)
      } else if module.modules[name] != nil {
        module.modules[name] = nil
      } else if !module.removeOwn(name) {
        throw Raise(.attributeError, "'\(module.type.name)' object has no attribute '\(name)'")
      }
      return .none
    },
    Native("__dir__(self)", "The names that the module has.") { a in
      let module = try a.receiver(TorchModule.self)
      let names = (module.parameters.keys + module.buffers.keys + module.modules.keys).compactMap(\.swiftString)
        + module.ownAttributes.map(\.name) + a.machine.attributeNames(of: .object(module.type))
      return .list(Set(names).sorted().map { .string($0) })
    },
  ]

  // MARK: - Walks

  private static let walkMethods: [Native] = [
    Native("parameters(self, recurse=True)", "All parameters, each once.", example: "len(list(torch.nn.Linear(3, 2).parameters()))") { a in
      iterator(
        try a.receiver(TorchModule.self).members(.parameters, recurse: a.bool(1)).map { .object($0.object) })
    },
    Native("named_parameters(self, prefix='', recurse=True, remove_duplicate=True)", "All parameters with their names.", example: "dict(torch.nn.Linear(3, 2).named_parameters()).keys()") { a in
      let members = try a.receiver(TorchModule.self).members(
        .parameters, prefix: a.string(1), recurse: a.bool(2), duplicates: !a.bool(3))
      return iterator(members.map { pair($0.name, .object($0.object)) })
    },
    Native("buffers(self, recurse=True)", "All buffers.", example: "len(list(torch.nn.BatchNorm1d(3).buffers()))") { a in
      iterator(
        try a.receiver(TorchModule.self).members(.buffers, recurse: a.bool(1)).map { .object($0.object) })
    },
    Native("named_buffers(self, prefix='', recurse=True, remove_duplicate=True)", "All buffers with their names.", example: "dict(torch.nn.BatchNorm1d(3).named_buffers()).keys()") { a in
      let members = try a.receiver(TorchModule.self).members(
        .buffers, prefix: a.string(1), recurse: a.bool(2), duplicates: !a.bool(3))
      return iterator(members.map { pair($0.name, .object($0.object)) })
    },
    Native("children(self)", "The parts, each once.", example: "list(torch.nn.Sequential(torch.nn.ReLU()).children())") { a in
      iterator(try a.receiver(TorchModule.self).distinctChildren.map { .object($0.module) })
    },
    Native("named_children(self)", "The parts with their names.", example: "list(torch.nn.Sequential(torch.nn.ReLU()).named_children())") { a in
      iterator(
        try a.receiver(TorchModule.self).distinctChildren.map { pair($0.name, .object($0.module)) })
    },
    Native("modules(self)", "This module and all below it, each once.", example: "len(list(torch.nn.Sequential(torch.nn.ReLU()).modules()))") { a in
      iterator(try a.receiver(TorchModule.self).walk().map { .object($0.module) })
    },
    Native("named_modules(self, memo=None, prefix='', remove_duplicate=True)", "This module and all below it with their names.", example: "[n for n, m in torch.nn.Sequential(torch.nn.ReLU()).named_modules()]") { a in
      let module = try a.receiver(TorchModule.self)
      let repeats = try !a.bool(3)
      if repeats, module.containsItself { throw Raise(.recursionError, "maximum recursion depth exceeded") }
      let all = try module.walk(prefix: a.string(2), all: repeats)
      return iterator(all.map { pair($0.name, .object($0.module)) })
    },
    Native("get_submodule(self, target)", "The part at a path of names with points.", example: "torch.nn.Sequential(torch.nn.ReLU()).get_submodule('0')") { a in
      try .object(a.receiver(TorchModule.self).part(a.string(1)))
    },
    Native("get_parameter(self, target)", "The parameter at a path of names.", example: "torch.nn.Linear(2, 1).get_parameter('bias').shape") { a in
      let path = try a.string(1)
      let (owner, name) = try a.receiver(TorchModule.self).owner(path)
      guard let value = owner.parameters[name] else {
        throw Raise(.attributeError, "\(owner.type.name) has no attribute `\(name)`")
      }
      return value
    },
    Native("get_buffer(self, target)", "The buffer at a path of names.", example: "torch.nn.BatchNorm1d(2).get_buffer('running_mean')") { a in
      let path = try a.string(1)
      let (owner, name) = try a.receiver(TorchModule.self).owner(path)
      guard let value = owner.buffers[name] else {
        throw Raise(.attributeError, "\(owner.type.name) has no attribute `\(name)`")
      }
      return value
    },
  ]

  private var distinctChildren: [(name: String, module: TorchModule)] {
    var seen: Set<ObjectIdentifier> = []
    return children.filter { seen.insert(ObjectIdentifier($0.module)).inserted }
  }

  func part(_ path: String) throws -> TorchModule {
    var module = self
    if path.isEmpty { return self }
    for name in path.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      guard let next = module.modules[name] else {
        throw Raise(.attributeError, "\(module.type.name) has no attribute `\(name)`")
      }
      guard let part = next.asInstance as? TorchModule else {
        throw Raise(.attributeError, "`\(name)` is not an nn.Module")
      }
      module = part
    }
    return module
  }

  func owner(_ path: String) throws -> (TorchModule, String) {
    guard let point = path.lastIndex(of: ".") else { return (self, path) }
    return (try part(String(path[..<point])), String(path[path.index(after: point)...]))
  }

  // MARK: - Changes

  private static func converted(_ a: Arguments, _ dtype: DType) throws -> Value {
    try a.receiver(TorchModule.self).convert(dtype)
    return a[0]
  }

  /// Brings all float parameters and buffers to a dtype.
  func convert(_ dtype: DType) throws {
    for (_, module) in walk() {
      for source in [module.parameters, module.buffers] {
        for value in source.values {
          guard let object = value.asTensorObject, object.tensor.dtype.isFloating,
            object.tensor.dtype != dtype
          else { continue }
          let (wanted, gradient) = (object.tensor.requiresGrad, object.tensor.grad)
          let new = try object.tensor.detach().to(dtype)
          if wanted { try new.setRequiresGrad(true) }
          new.grad = try gradient?.to(dtype)
          object.tensor = new
        }
      }
    }
  }

  private static let changeMethods: [Native] = [
    Native("train(self, mode=True)", "Switches this module and its parts to training.", example: "torch.nn.Dropout().train().training") { a in
      let mode = try a.bool(1)
      for (_, module) in try a.receiver(TorchModule.self).walk() { module.isTraining = mode }
      return a[0]
    },
    Native("eval(self)", "Switches this module and its parts to use.", example: "torch.nn.Dropout().eval().training") { a in
      // A class of one's own may have another train().
      try a.machine.call(a.machine.attribute(a[0], "train"), [.bool(false)])
    },
    Native("requires_grad_(self, requires_grad=True)", "Whether all parameters collect gradients: False freezes them.", example: "torch.nn.Linear(2, 1).requires_grad_(False).weight.requires_grad") { a in
      let wanted = try a.bool(1)
      for (_, object) in try a.receiver(TorchModule.self).members(.parameters) {
        try object.tensor.setRequiresGrad(wanted)
      }
      return a[0]
    },
    Native("zero_grad(self, set_to_none=True)", "Forgets the gradients of all parameters.", example: "torch.nn.Linear(2, 1).zero_grad()") { a in
      let forgets = try a.bool(1)
      for (_, object) in try a.receiver(TorchModule.self).members(.parameters) {
        if forgets { object.tensor.grad = nil } else if let old = object.tensor.grad {
          object.tensor.grad = try Tensor.zerosLike(old.detach())
        }
      }
      return .none
    },
    Native("apply(self, fn)", "Calls a function with every part, and with this module last.", example: "torch.nn.Linear(2, 1).apply(lambda m: None)") { a in
      // Inner before outer, in order: the walk backwards has children behind their owners.
      var open: [(TorchModule, Bool)] = [(try a.receiver(TorchModule.self), false)]
      if open[0].0.containsItself { throw Raise(.recursionError, "maximum recursion depth exceeded") }
      while let (module, isDone) = open.popLast() {
        if isDone {
          _ = try a.machine.call(a[1], [.object(module)])
          continue
        }
        open.append((module, true))
        for child in module.distinctChildren.reversed() { open.append((child.module, false)) }
      }
      return a[0]
    },
    Native("to(self, *args, dtype=None, device=None, non_blocking=False, memory_format=None)", "Brings the float parameters to a dtype; every device but the processor is an error.", example: "torch.nn.Linear(2, 1).to(torch.float64).weight.dtype") { a in
      let module = try a.receiver(TorchModule.self)
      for value in try a.items(1) + [a[2], a[3]] where !value.isNone {
        if let dtype = value.asInstance as? DTypeObject {
          guard dtype.dtype.isFloating || dtype.dtype.isComplex else {
            throw Raise(
              .typeError,
              "nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=torch.\(dtype.dtype)")
          }
          try module.convert(dtype.dtype)
        } else if let tensor = value.asTensorObject?.tensor {
          try module.convert(tensor.dtype)
        } else if case .bool = value {
          continue
        } else {
          try TorchDevice.check(value, a.machine)
        }
      }
      return a[0]
    },
    Native("float(self)", "Float parameters as float32.", example: "torch.nn.Linear(2, 1).float().weight.dtype") { try converted($0, .float32) },
    Native("double(self)", "Float parameters as float64.", example: "torch.nn.Linear(2, 1).double().weight.dtype") { try converted($0, .float64) },
    Native("half(self)", "Float parameters as float16.", example: "torch.nn.Linear(2, 1).half().weight.dtype") { try converted($0, .float16) },
    Native("bfloat16(self)", "Float parameters as bfloat16.", example: "torch.nn.Linear(2, 1).bfloat16().weight.dtype") { try converted($0, .bfloat16) },
    Native("type(self, dst_type)", "Float parameters as another dtype.", example: "torch.nn.Linear(2, 1).type(torch.float64).weight.dtype") { a in
      guard let dtype = try a.optionalDType(1, .torch) else { throw a.mismatch(1, expected: "a dtype") }
      return try converted(a, dtype)
    },
    Native("to_empty(self, *, device, recurse=True)", "The module: its parameters are on the processor already.") { a in
      try TorchDevice.check(a[1], a.machine)
      return a[0]
    },
    Native("set_submodule(self, target, module, strict=False)", "Puts a part in the place of the one at a path.") { a in
      let path = try a.string(1)
      guard !path.isEmpty else { throw Raise(.valueError, "Cannot set the submodule without a target name!") }
      let (owner, name) = try a.receiver(TorchModule.self).owner(path)
      guard a[2].asInstance is TorchModule else {
        throw Raise(.attributeError, "`\(name)` is not an nn.Module")
      }
      owner.modules[name] = a[2]
      return .none
    },
    Native("cpu(self)", "The module: it lives on the processor.", example: "torch.nn.Linear(2, 1).cpu()") { $0[0] },
    Native("cuda(self, device=None)", "An error: there is no graphics processor.") { a in
      try TorchDevice.check(.string("cuda"), a.machine)
      return a[0]
    },
    Native("share_memory(self)", "The module: nothing else shares its memory.") { $0[0] },
    Native("compile(self, *args, **kwargs)", "The module as it is: steps are planned anyway.") { $0[0] },
  ]

  // MARK: - Registration

  private static func checkName(_ a: Arguments, _ what: String, _ module: TorchModule) throws -> String {
    guard let name = a[1].swiftString else {
      throw Raise(
        .typeError, "\(what) name should be a string. Got \(TorchModule.typeText(a[1], a.machine))")
    }
    if name.contains(".") { throw Raise(.keyError, "\(what) name can't contain \".\"") }
    if name.isEmpty { throw Raise(.keyError, "\(what) name can't be empty string \"\"") }
    return name
  }

  private static func hook(_ a: Arguments, _ kind: TorchHooks.Kind, first: Int?, keywords: Int?) throws
    -> Value
  {
    let module = try a.receiver(TorchModule.self)
    let hooks = module.hooks ?? TorchHooks()
    module.hooks = hooks
    let id = hooks.add(
      a[1], kind, first: try first.map { try a.bool($0) } ?? false,
      withKeywords: try keywords.map { try a.bool($0) } ?? false)
    return .object(TorchHookHandle(module, id, a.machine.type(TorchHookHandle.table)))
  }

  private static let registrations: [Native] = [
    Native("register_buffer(self, name, tensor, persistent=True)", "A tensor that belongs to the state and is not trained.", example: "torch.nn.Module().register_buffer('mean', torch.zeros(2))") { a in
      let module = try a.receiver(TorchModule.self)
      guard module.isReady else {
        throw Raise(.attributeError, "cannot assign buffer before Module.__init__() call", hint: startHint)
      }
      let name = try checkName(a, "buffer", module)
      if module.buffers[name] == nil, try a.machine.optionalAttribute(a[0], name) != nil {
        throw Raise(.keyError, "attribute '\(name)' already exists")
      }
      guard a[2].isNone || a[2].asTensorObject != nil else {
        throw Raise(
          .typeError,
          "cannot assign '\(typeText(a[2], a.machine))' object to buffer '\(name)' (torch Tensor or None required)")
      }
      module.buffers[name] = a[2]
      if try a.bool(3) { module.volatileBuffers.remove(name) } else { module.volatileBuffers.insert(name) }
      return .none
    },
    Native("register_parameter(self, name, param)", "A parameter under a name; None keeps the name free.", example: "torch.nn.Module().register_parameter('w', None)") { a in
      let module = try a.receiver(TorchModule.self)
      guard module.isReady else {
        throw Raise(.attributeError, "cannot assign parameter before Module.__init__() call", hint: startHint)
      }
      let name = try checkName(a, "parameter", module)
      if module.parameters[name] == nil, try a.machine.optionalAttribute(a[0], name) != nil {
        throw Raise(.keyError, "attribute '\(name)' already exists")
      }
      guard a[2].isNone || TorchParameter.isParameter(a[2], a.machine) else {
        throw Raise(
          .typeError,
          "cannot assign '\(typeText(a[2], a.machine))' object to parameter '\(name)' (torch.nn.Parameter or None required)")
      }
      module.parameters[name] = a[2]
      return .none
    },
    addModule("add_module"), addModule("register_module"),
    Native("register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False)", "hook(module, args, output) after forward; what it gives takes the output's place.", example: "torch.nn.ReLU().register_forward_hook(print)") {
      try hook($0, .after, first: 2, keywords: 3)
    },
    Native("register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False)", "hook(module, args) before forward; what it gives takes the arguments' place.", example: "torch.nn.ReLU().register_forward_pre_hook(print)") {
      try hook($0, .before, first: 2, keywords: 3)
    },
    Native("register_full_backward_hook(self, hook, prepend=False)", "hook(module, grad_input, grad_output) when the gradients of the inputs are known.", example: "torch.nn.ReLU().register_full_backward_hook(print)") {
      try hook($0, .backward, first: 2, keywords: nil)
    },
    Native("register_backward_hook(self, hook)", "The older name of register_full_backward_hook.") {
      try hook($0, .backward, first: nil, keywords: nil)
    },
    Native("register_full_backward_pre_hook(self, hook, prepend=False)", "hook(module, grad_output) before the gradients go through the module.") {
      try hook($0, .backwardBefore, first: 2, keywords: nil)
    },
  ]

  private static func addModule(_ method: String) -> Native {
    Native("\(method)(self, name, module)", "A part under a name.", example: "torch.nn.Module().\(method)('act', torch.nn.ReLU())") { a in
      let module = try a.receiver(TorchModule.self)
      guard a[2].isNone || a[2].asInstance is TorchModule else {
        throw Raise(.typeError, "\(typeText(a[2], a.machine)) is not a Module subclass")
      }
      guard let name = a[1].swiftString else {
        throw Raise(.typeError, "module name should be a string. Got \(typeText(a[1], a.machine))")
      }
      if module.modules[name] == nil, try a.machine.optionalAttribute(a[0], name) != nil {
        throw Raise(.keyError, "attribute '\(name)' already exists")
      }
      if name.contains(".") {
        throw Raise(.keyError, "module name can't contain \".\", got: \(name)")
      }
      if name.isEmpty { throw Raise(.keyError, "module name can't be empty string \"\"") }
      module.modules[name] = a[2]
      return .none
    }
  }
}
