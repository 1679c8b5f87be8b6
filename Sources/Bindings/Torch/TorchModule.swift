import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.Module`: a part of a model, of the library's kinds or written in the language.
///
/// Every object stands for a `Module` of the library, which holds the same parameters, buffers and
/// parts: the library's training, state and walks see what the program sees. Attributes are kept as
/// the language keeps them; setting one that is a parameter or a module registers it as well.
class TorchModule: Instance {
  /// nil before `Module.__init__`.
  private(set) var module: Module?
  /// What the program sees of the module's own parts, in the order of registration.
  private(set) var parameterValues: [(name: String, value: Value)] = []
  private(set) var bufferValues: [(name: String, value: Value)] = []
  private(set) var children: [(name: String, module: TorchModule)] = []

  override func heldValues() -> [Value] {
    parameterValues.map(\.value) + bufferValues.map(\.value) + children.map { .object($0.module) }
  }

  /// `Module.__init__`: the module that this object stands for.
  func start(_ module: Module) {
    self.module = module
    parameterValues = []
    bufferValues = []
    children = []
  }

  /// Shows the parameters of a module of the library as attributes.
  func publish(_ names: [String], _ machine: Machine) {
    for name in names {
      if let own = module?.ownParameters.first(where: { $0.name == name }) {
        let value = TorchParameter.value(own.tensor, machine)
        Self.set(&parameterValues, name, value)
        setOwn(name, value)
      } else {
        setOwn(name, .none)
      }
    }
  }

  func needModule() throws -> Module {
    if let module { return module }
    throw Raise(
      .attributeError, "'\(type.name)' object has no attribute '_modules'",
      hint: "its __init__ calls super().__init__() first")
  }

  // MARK: - Registration

  private static func set(_ list: inout [(name: String, value: Value)], _ name: String, _ value: Value) {
    if let i = list.firstIndex(where: { $0.name == name }) {
      list[i].value = value
    } else {
      list.append((name, value))
    }
  }

  func register(parameter value: Value, _ name: String) throws {
    guard let module else {
      throw Raise(.attributeError, "cannot assign parameters before Module.__init__() call")
    }
    guard let tensor = value.asTensorObject?.tensor else { return }
    let trains = tensor.requiresGrad
    forget(name)
    try module.register(parameter: tensor, named: name)
    // The library's registration makes leaves train; a frozen parameter stays frozen.
    if !trains { try tensor.setRequiresGrad(false) }
    Self.set(&parameterValues, name, value)
  }

  func register(buffer value: Value, _ name: String) throws {
    let module = try needModule()
    forget(name)
    if let tensor = value.asTensorObject?.tensor { module.register(buffer: tensor, named: name) }
    Self.set(&bufferValues, name, value)
  }

  func register(child: TorchModule, _ name: String) throws {
    guard let module else {
      throw Raise(.attributeError, "cannot assign module before Module.__init__() call")
    }
    guard let part = child.module else {
      throw Raise(
        .attributeError, "'\(child.type.name)' object has no attribute '_modules'",
        hint: "its __init__ calls super().__init__() first")
    }
    if let sequence = module as? Sequential, children.first(where: { $0.name == name }) == nil {
      sequence.append(part, named: name)
    } else {
      if children.first(where: { $0.name == name }) == nil { forget(name) }
      module.register(child: part, named: name)
    }
    if let i = children.firstIndex(where: { $0.name == name }) {
      children[i].module = child
    } else {
      children.append((name, child))
    }
  }

  /// Whatever has this name is no part of the module any more.
  func forget(_ name: String) {
    module?.unregister(name)
    parameterValues.removeAll { $0.name == name }
    bufferValues.removeAll { $0.name == name }
    children.removeAll { $0.name == name }
  }

  /// `self.name = value`: registers parameters, buffers and modules. The language stores the value.
  static func willSet(
    _ instance: Instance, _ name: String, _ value: Value, _ machine: Machine
  ) throws -> Bool {
    guard let owner = instance as? TorchModule else { return false }
    if let child = value.asInstance as? TorchModule {
      try owner.register(child: child, name)
      return false
    }
    if TorchParameter.isParameter(value, machine) {
      try owner.register(parameter: value, name)
      return false
    }
    if owner.parameterValues.contains(where: { $0.name == name }) {
      if value.isNone {
        owner.forget(name)
        return false
      }
      throw Raise(
        .typeError,
        "cannot assign '\(typeName(value, machine))' as parameter '\(name)' (torch.nn.Parameter or "
          + "None expected)", hint: "nn.Parameter(x) makes a parameter of a tensor")
    }
    if owner.children.contains(where: { $0.name == name }) {
      if value.isNone {
        owner.forget(name)
        return false
      }
      throw Raise(
        .typeError,
        "cannot assign '\(typeName(value, machine))' as child module '\(name)' (torch.nn.Module or "
          + "None expected)")
    }
    if owner.bufferValues.contains(where: { $0.name == name }) {
      try owner.register(buffer: value, name)
    }
    return false
  }

  static func typeName(_ value: Value, _ machine: Machine) -> String {
    guard let tensor = value.asTensorObject, tensor.flavor == .torch else {
      return machine.typeName(value)
    }
    return "torch.\(TensorErrors.className(tensor.tensor.dtype))Tensor"
  }

  // MARK: - Walks

  /// This object and all parts below it, each once, with their names ("" for this).
  func walk() -> [(name: String, module: TorchModule)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, module: TorchModule)] = []
    var open: [(name: String, module: TorchModule)] = [("", self)]
    while let next = open.popLast() {
      guard seen.insert(ObjectIdentifier(next.module)).inserted else { continue }
      result.append(next)
      for child in next.module.children.reversed() {
        open.append((next.name.isEmpty ? child.name : next.name + "." + child.name, child.module))
      }
    }
    return result
  }

  /// All parameters, each once.
  func namedParameters() -> [(name: String, value: Value)] {
    var seen: Set<ObjectIdentifier> = []
    return walk().flatMap { name, module in
      module.parameterValues.filter { own in
        own.value.object.map { seen.insert(ObjectIdentifier($0)).inserted } ?? false
      }.map { (name.isEmpty ? $0.name : name + "." + $0.name, $0.value) }
    }
  }

  func namedBuffers() -> [(name: String, value: Value)] {
    walk().flatMap { name, module in
      module.bufferValues.filter { !$0.value.isNone }
        .map { (name.isEmpty ? $0.name : name + "." + $0.name, $0.value) }
    }
  }

  // MARK: - Running

  /// Whether the library computes this: no part of it is written in the language.
  func isNative(_ machine: Machine) -> Bool {
    guard module != nil, !(module is LanguageModule), type.lookup("forward")?.object is NativeFunction
    else { return false }
    return children.allSatisfy { $0.module.isNative(machine) }
  }
}

/// The library's side of a module that is written in the language: its parts, its mode, its name.
final class LanguageModule: Module {
  private weak var object: TorchModule?
  private weak var machine: Machine?

  init(_ object: TorchModule, _ machine: Machine) {
    self.object = object
    self.machine = machine
    super.init()
  }

  override var kind: String { object?.type.name ?? "Module" }

  override func forward(_ input: Tensor) throws -> Tensor {
    guard let object, let machine else { return try super.forward(input) }
    let result = try machine.call(.object(object), [machine.torchValue(input)])
    guard let tensor = result.asTensorObject?.tensor else {
      throw Raise(
        .typeError, "forward of \(kind) must give a tensor here, got \(machine.typeName(result))")
    }
    return tensor
  }
}

/// `torch.nn.Parameter`: a tensor that belongs to a module and is trained.
enum TorchParameter {
  static let table = TypeTable(
    "Parameter", module: "torch.nn.parameter",
    doc: "A tensor that a module registers as a parameter.", base: TorchTensor.table,
    methods: [
      Native(
        "__new__(cls, data, requires_grad=True)", "A parameter with the values of a tensor.",
        example: "torch.nn.Parameter(torch.ones(2))"
      ) { a in
        let source = try a.torchTensor(1)
        let leaf = source.detach()
        if try a.bool(2) { try leaf.setRequiresGrad(true) }
        return value(leaf, a.machine)
      },
      Native("__repr__(self)", "The tensor, named a parameter.") { a in
        let object = try a.tensorObject(0)
        return .string(
          "Parameter containing:\n"
            + object.tensor.description(style: .torch, options: object.types.torchPrinting))
      },
    ])

  static func value(_ tensor: Tensor, _ machine: Machine) -> Value {
    .object(
      TensorObject(
        tensor, type: machine.type(table), flavor: .torch, types: machine.tensorTypes))
  }

  static func isParameter(_ value: Value, _ machine: Machine) -> Bool {
    value.asTensorObject?.type.isSubclass(of: machine.type(table)) ?? false
  }
}
