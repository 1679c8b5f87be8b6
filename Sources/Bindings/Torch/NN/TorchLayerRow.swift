import Language
import NeuralNetworks
import TensorCore

/// A layer of the library under PyTorch's name: constructor, attributes, printed form, call.
final class TorchLayerRow: @unchecked Sendable {
  typealias Make = (Arguments) throws -> Module
  typealias Attributes = (Arguments, Module) throws -> [(String, Value)]
  typealias Forward = (TorchModule, Arguments) throws -> Value

  let name: String
  let text: (TorchLayerView) throws -> String
  /// Hands changed attributes to the library's layer before it computes.
  let update: ((Module, TorchModule) -> Void)?
  /// The attributes of a layer that another layer made.
  let read: (Module, Machine) -> [(String, Value)]
  private(set) var table: TypeTable

  /// - Parameters:
  ///   - parameters: of the constructor, after `self`.
  ///   - attributes: what becomes an attribute; a name alone takes the argument of that name.
  ///   - forward: the signature of `forward` after `self`, and its body; nil takes one tensor.
  init(
    _ name: String, _ parameters: String, _ doc: String, example: String? = nil,
    module: String = "torch.nn.modules", base: TypeTable? = nil, attributes names: [String] = [],
    more: Attributes? = nil, text: @escaping (TorchLayerView) throws -> String = { _ in "" },
    update: ((Module, TorchModule) -> Void)? = nil,
    read: @escaping (Module, Machine) -> [(String, Value)] = { _, _ in [] },
    forward: (signature: String, body: Forward)? = nil, properties: [NativeProperty] = [],
    methods: [Native] = [], classMethods: [Native] = [], make: @escaping Make
  ) {
    self.name = name
    self.text = text
    self.update = update
    self.read = read
    let signature = parameters.isEmpty ? "__init__(self)" : "__init__(self, \(parameters))"
    table = TypeTable("Module", module: module, doc: doc)
    weak var row: TorchLayerRow?
    let start = Native(signature, doc, example: example ?? "torch.nn.\(name)()") { a in
      let module = try a.receiver(TorchModule.self)
      let layer = try make(a)
      module.adopt(layer, row, a.machine)
      for name in names {
        if let place = a.function.parameters.firstIndex(where: { $0.name == name }) {
          module.setOwn(name, a[place])
        }
      }
      for (name, value) in try more?(a, layer) ?? [] { module.setOwn(name, value) }
      for name in ["weight", "bias"] where module.parameters[name] == nil && layer.hasNoneParameter(name) {
        module.parameters[name] = Value.none
      }
      return .none
    }
    let body: Native
    if let forward {
      body = Native("forward(self, \(forward.signature))", "What the layer gives for an input.") { a in
        let module = try a.receiver(TorchModule.self)
        guard module.layer != nil else { throw TorchLayerRow.notReady(module) }
        module.synchronize(a.machine)
        return try forward.body(module, a)
      }
    } else {
      body = Native("forward(self, input)", "What the layer gives for an input.") { a in
        let module = try a.receiver(TorchModule.self)
        return try TorchLayerRow.run(module, a[1], a.machine)
      }
      isSimple = true
    }
    table = TypeTable(
      name, module: module, doc: doc, base: base ?? TorchModule.table, properties: properties,
      classMethods: classMethods, methods: [start, body] + methods)
    row = self
  }

  /// Whether `forward` takes one tensor and gives one.
  private(set) var isSimple = false

  static func notReady(_ module: TorchModule) -> Raise {
    Raise(
      .attributeError, "'\(module.type.name)' object has no attribute 'weight'",
      hint: TorchModule.startHint)
  }

  static func run(_ module: TorchModule, _ input: Value, _ machine: Machine) throws -> Value {
    guard let layer = module.layer else { throw notReady(module) }
    guard let object = input.asTensorObject else {
      throw Raise(
        .typeError,
        "\((module.row?.name ?? module.type.name).lowercased())(): argument 'input' (position 1) must be Tensor, not \(TorchModule.typeText(input, machine))",
        hint: "torch.tensor(...) makes a tensor of numbers, torch.from_numpy(...) one of an array")
    }
    module.synchronize(machine)
    return machine.torchValue(try layer.forward(object.tensor))
  }
}

extension Module {
  /// Whether a parameter that the layer was made without is there as None.
  func hasNoneParameter(_ name: String) -> Bool {
    switch self {
    case is Linear, is Conv, is Bilinear: return name == "bias"
    case is BatchNorm, is LayerNorm, is GroupNorm: return true
    case is RMSNorm: return name == "weight"
    default: return false
    }
  }
}

extension Arguments {
  /// The dtype of the parameters of a layer.
  func layerDType(_ name: String = "dtype") throws -> DType {
    guard let place = function.parameters.firstIndex(where: { $0.name == name }) else {
      return machine.tensorTypes.defaultDType
    }
    if let device = function.parameters.firstIndex(where: { $0.name == "device" }), !self[device].isNone {
      try TorchDevice.check(self[device], machine)
    }
    return try optionalDType(place, .torch) ?? machine.tensorTypes.defaultDType
  }

  /// The place of a parameter by name; -1 when there is none.
  func place(_ name: String) -> Int { function.parameters.firstIndex { $0.name == name } ?? -1 }
}
