import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.Module`: what all layers and models derive from, those of the library and those that are
/// written in the language.
///
/// Parameters, buffers and parts live here as values of the language, because programs see them as
/// objects, share them, and put others in their place. A layer of the library computes with `layer`;
/// before it does, `synchronize` hands it the tensors that stand here now.
final class TorchModule: Instance {
  private(set) var parameters = DictObject()
  private(set) var buffers = DictObject()
  private(set) var modules = DictObject()
  /// Whether `Module.__init__` has run.
  var isReady = false
  var isTraining = true
  /// Buffers that `state_dict` leaves out.
  var volatileBuffers: Set<String> = []
  /// What computes, in layers of the library.
  var layer: Module?
  /// How the door shows and runs that layer.
  var row: TorchLayerRow?
  var hooks: TorchHooks?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(.object(parameters))
    visitor.visit(.object(buffers))
    visitor.visit(.object(modules))
    for function in hooks?.functions ?? [] { visitor.visit(function) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap.append(.object(parameters))
    heap.append(.object(buffers))
    heap.append(.object(modules))
    parameters = DictObject()
    buffers = DictObject()
    modules = DictObject()
    heap.append(contentsOf: hooks?.functions ?? [])
    hooks?.clear()
    hooks = nil
  }

  // MARK: - Attributes

  /// What a name stands for among parameters, buffers and parts.
  func registered(_ name: String) -> Value? { parameters[name] ?? buffers[name] ?? modules[name] }

  static func missing(_ instance: Instance, _ name: String, _ machine: Machine) throws -> Value? {
    (instance as? TorchModule)?.registered(name)
  }

  /// Stores parameters, parts and buffers where they belong.
  static func willSet(_ instance: Instance, _ name: String, _ value: Value, _ machine: Machine) throws
    -> Bool
  {
    guard let module = instance as? TorchModule else { return false }
    if TorchParameter.isParameter(value, machine) {
      guard module.isReady else {
        throw Raise(.attributeError, "cannot assign parameters before Module.__init__() call", hint: startHint)
      }
      module.drop(name)
      module.parameters[name] = value
      return true
    }
    if module.parameters[name] != nil {
      guard value.isNone else {
        throw Raise(
          .typeError,
          "cannot assign '\(typeText(value, machine))' as parameter '\(name)' (torch.nn.Parameter or None expected)",
          hint: "wrap the tensor: nn.Parameter(...), or write into it: with torch.no_grad(): x.\(name).copy_(...)")
      }
      module.parameters[name] = value
      return true
    }
    if value.asInstance is TorchModule {
      guard module.isReady else {
        throw Raise(.attributeError, "cannot assign module before Module.__init__() call", hint: startHint)
      }
      if module.modules[name] == nil { module.drop(name) }
      module.modules[name] = value
      return true
    }
    if module.modules[name] != nil {
      guard value.isNone else {
        throw Raise(
          .typeError,
          "cannot assign '\(typeText(value, machine))' as child module '\(name)' (torch.nn.Module or None expected)")
      }
      module.modules[name] = value
      return true
    }
    if let object = value.asTensorObject, object.type === machine.type(TorchParameter.bufferTable) {
      guard module.isReady else {
        throw Raise(.attributeError, "cannot assign buffer before Module.__init__() call", hint: startHint)
      }
      module.drop(name)
      module.buffers[name] = value
      if object.own("persistent")?.asInt == 0 { module.volatileBuffers.insert(name) }
      return true
    }
    if module.buffers[name] != nil {
      guard value.isNone || value.asTensorObject != nil else {
        throw Raise(
          .typeError,
          "cannot assign '\(typeText(value, machine))' as buffer '\(name)' (torch.nn.Buffer, torch.Tensor or None expected)")
      }
      module.buffers[name] = value
      return true
    }
    return false
  }

  static let startHint = "the first line of __init__ is super().__init__()"

  /// Forgets what a name stood for.
  func drop(_ name: String) {
    parameters[name] = nil
    buffers[name] = nil
    modules[name] = nil
    _ = removeOwn(name)
  }

  /// `torch.FloatTensor`, `int`, `dict`.
  static func typeText(_ value: Value, _ machine: Machine) -> String {
    if let object = value.asTensorObject, object.flavor == .torch {
      return "torch.\(TensorErrors.className(object.tensor.dtype))Tensor"
    }
    let type = machine.type(of: value)
    return type.module == "builtins" ? type.name : type.qualifiedName
  }

  // MARK: - Walks

  /// The parts that are modules, in order.
  var children: [(name: String, module: TorchModule)] {
    modules.pairs.compactMap { pair in
      guard let name = pair.key.swiftString, let module = pair.value.asInstance as? TorchModule else {
        return nil
      }
      return (name, module)
    }
  }

  /// This and all parts below, each once unless `all`, outer before inner.
  func walk(prefix: String = "", all: Bool = false) -> [(name: String, module: TorchModule)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, module: TorchModule)] = []
    var open: [(name: String, module: TorchModule)] = [(prefix, self)]
    while let next = open.popLast() {
      if !all, !seen.insert(ObjectIdentifier(next.module)).inserted { continue }
      // A module that contains itself has no end otherwise.
      if all, result.count > 1_000_000 { break }
      result.append(next)
      for child in next.module.children.reversed() {
        open.append((next.name.isEmpty ? child.name : next.name + "." + child.name, child.module))
      }
    }
    return result
  }

  enum Members { case parameters, buffers }

  func members(
    _ kind: Members, prefix: String = "", recurse: Bool = true, duplicates: Bool = false
  ) -> [(name: String, object: TensorObject)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, object: TensorObject)] = []
    for (path, module) in recurse ? walk(prefix: prefix) : [(prefix, self)] {
      let source = kind == .parameters ? module.parameters : module.buffers
      for pair in source.pairs {
        guard let name = pair.key.swiftString, let object = pair.value.asTensorObject else { continue }
        if !duplicates, !seen.insert(ObjectIdentifier(object)).inserted { continue }
        result.append((path.isEmpty ? name : path + "." + name, object))
      }
    }
    return result
  }

  // MARK: - Layers of the library

  /// Takes a layer of the library in: its parameters, buffers and parts become this module's.
  func adopt(_ layer: Module, _ row: TorchLayerRow?, _ machine: Machine) {
    self.layer = layer
    self.row = row
    isReady = true
    let types = machine.tensorTypes
    for (name, tensor) in layer.ownParameters {
      parameters[name] = TorchParameter.make(tensor, machine)
    }
    for (name, tensor) in layer.ownBuffers { buffers[name] = types.torch(tensor) }
    for (name, part) in layer.children {
      let isOutput = layer is MultiheadAttention && name == "out_proj"
      let row = isOutput ? TorchLinearLayers.outputLinearRow : TorchLayers.row(of: part)
      let module = TorchModule(machine.type(row?.table ?? TorchModule.table))
      module.adopt(part, row, machine)
      if let row { for (name, value) in row.read(part, machine) { module.setOwn(name, value) } }
      modules[name] = .object(module)
    }
  }

  /// Hands the library's layer what stands here now: tensors, mode, numbers like `p`, other parts.
  func synchronize(_ machine: Machine) {
    guard let layer else { return }
    layer.isTraining = isTraining
    for (name, tensor) in layer.ownParameters {
      guard let value = parameters[name] ?? own(name) ?? buffers[name] else { continue }
      let now = value.asTensorObject?.tensor
      if now !== tensor { layer.place(now, named: name) }
    }
    for pair in parameters.pairs {
      guard let name = pair.key.swiftString, let tensor = pair.value.asTensorObject?.tensor else { continue }
      if layer.tensor(name) == nil { layer.place(tensor, named: name) }
    }
    for (name, tensor) in layer.ownBuffers {
      guard let value = buffers[name] ?? own(name) else { continue }
      let now = value.asTensorObject?.tensor
      if now !== tensor { layer.place(now, named: name) }
    }
    row?.update?(layer, self)
    for (name, module) in children {
      guard let part = module.layer, module.isPlain(machine) else {
        if !(layer.child(name) is CalledModule) || (layer.child(name) as? CalledModule)?.module !== module {
          layer.register(child: CalledModule(module, machine), named: name)
        }
        continue
      }
      module.synchronize(machine)
      if layer.child(name) !== part { layer.register(child: part, named: name) }
    }
  }

  /// Whether the library's layer may be run directly: no hooks, no `forward` of the program.
  func isPlain(_ machine: Machine) -> Bool {
    hooks == nil && layer != nil && type.module != "__main__"
  }
}

/// A module of the language in the place of a part of a layer of the library.
final class CalledModule: Module {
  let module: TorchModule
  private unowned let machine: Machine

  init(_ module: TorchModule, _ machine: Machine) {
    self.module = module
    self.machine = machine
    super.init()
  }

  override func forward(_ input: Tensor) throws -> Tensor {
    let result = try machine.call(.object(module), [machine.torchValue(input)])
    guard let tensor = result.asTensorObject?.tensor else {
      throw Raise(
        .typeError, "a part of this layer must give a Tensor, got \(machine.typeName(result))")
    }
    return tensor
  }
}
