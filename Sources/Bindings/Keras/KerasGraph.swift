import Language
import NeuralNetworks
import TensorCore

/// `keras.layers.InputLayer`: where data enters a model.
final class KerasInputLayer: KerasLayer {
  var inputShape: OpenShape = []
  var inputDType = DType.float32
  var tensor: KerasTensor? { nodes.first?.outputs.first }

  func start(_ shape: OpenShape, _ dtype: DType, name given: String?, _ machine: Machine, tensorName: String? = nil) {
    prepare(name: given, machine)
    inputShape = shape
    inputDType = dtype
    dtypeName = dtype.name
    isBuilt = true
    let node = KerasNode(self, [], [], index: 0)
    let tensor = KerasTensor.make(shape, dtype, machine, name: tensorName)
    KerasProbe.attach(tensor, node)
    node.result = .object(tensor)
    nodes = [node]
  }

  private static let signature =
    "shape=None, batch_size=None, dtype=None, sparse=None, ragged=None, batch_shape=None, name=None, "
    + "tensor=None, optional=False"
  private static let doc = "The shape of one input, without the batch: where data enters a model."

  private static func make(_ a: Arguments, named: Bool) throws -> KerasInputLayer {
    let n = KerasNamed(a)
    let machine = a.machine
    let shape: OpenShape
    if n.has("batch_shape") {
      shape = try KerasShape.read(n["batch_shape"], machine, "Input")
    } else if n.has("shape") {
      let own = n["shape"]
      guard own.asTuple != nil || own.asList != nil else {
        throw Raise(
          .valueError,
          "Cannot convert '\(try machine.repr(own))' to a shape.",
          hint: "shape=(64,) is 64 numbers for each row: the comma makes the tuple")
      }
      shape = [try n.optionalInt("batch_size")] + (try KerasShape.read(own, machine, "Input"))
    } else {
      throw Raise(.valueError, "You must pass a `shape` argument.", hint: "Input(shape=(64,))")
    }
    let layer = KerasInputLayer(machine.type(layerTable))
    let name = try n.optionalString("name")
    layer.start(
      shape, n.has("dtype") ? try KerasDType.read(n["dtype"], machine) : .float32, name: name, machine,
      tensorName: name)
    return layer
  }

  static let function = Native("Input(\(signature))", doc, example: "keras.Input(shape=(64,))") { a in
    try make(a, named: true).tensor.map { .object($0) } ?? .none
  }

  static let layerTable = TypeTable(
    "InputLayer", module: "keras.layers", doc: doc, base: KerasLayer.table, isSubclassable: false,
    allocate: { KerasInputLayer($0) },
    methods: [
      Native("__new__(cls, \(signature))", doc, example: "keras.layers.InputLayer(shape=(64,))") { a in
        .object(try make(a, named: false))
      },
      Native("__init__(self, \(signature))", doc) { _ in .none },
    ])
}

/// The layers and operations between symbolic inputs and outputs, in an order in which they can run.
final class KerasGraph {
  let inputs: [KerasTensor]
  let inputStructure: Value
  let outputStructure: Value
  let outputs: [KerasTensor]
  /// Every node behind the inputs, each after those it needs.
  private(set) var nodes: [KerasNode] = []
  /// Layers and operations from inputs to outputs, by depth and then in the order of their first use.
  private(set) var operations: [Instance] = []
  /// Nodes by their distance from the outputs, the farthest first.
  private(set) var nodesByDepth: [[KerasNode]] = []

  init(_ inputStructure: Value, _ outputStructure: Value, _ owner: String) throws {
    self.inputStructure = inputStructure
    self.outputStructure = outputStructure
    inputs = KerasTree.leaves(inputStructure).compactMap { $0.asInstance as? KerasTensor }
    outputs = KerasTree.leaves(outputStructure).compactMap { $0.asInstance as? KerasTensor }
    guard inputs.count == KerasTree.leaves(inputStructure).count, !inputs.isEmpty else {
      throw Raise(
        .valueError,
        "All `inputs` values must be KerasTensors. Received: inputs of model '\(owner)' that are not",
        hint: "inputs = keras.Input(shape=(...)); keras.Model(inputs, outputs)")
    }
    guard outputs.count == KerasTree.leaves(outputStructure).count, !outputs.isEmpty else {
      throw Raise(
        .valueError,
        "All `outputs` values must be KerasTensors. Received: outputs of model '\(owner)' that are not",
        hint: "outputs come from calling layers on keras.Input(...): x = layer(inputs)")
    }
    try trace(owner)
  }

  private func trace(_ owner: String) throws {
    let ends = Set(inputs.map { ObjectIdentifier($0) })
    var finished: Set<ObjectIdentifier> = []
    var order: [ObjectIdentifier: Int] = [:]
    // Depth first without recursion: a node is done when all it needs is done.
    for output in outputs {
      guard let root = output.node else { continue }
      var open: [(node: KerasNode, next: Int, isEnd: Bool)] = []
      func enter(_ tensor: KerasTensor) {
        guard let node = tensor.node, !finished.contains(ObjectIdentifier(node)) else { return }
        if order[ObjectIdentifier(node.operation)] == nil {
          order[ObjectIdentifier(node.operation)] = order.count
        }
        open.append((node, 0, ends.contains(ObjectIdentifier(tensor))))
      }
      _ = root
      enter(output)
      while let top = open.last {
        let place = open.count - 1
        if !top.isEnd, top.next < top.node.inputs.count {
          open[place].next += 1
          enter(top.node.inputs[top.next])
          continue
        }
        open.removeLast()
        if finished.insert(ObjectIdentifier(top.node)).inserted { nodes.append(top.node) }
      }
    }
    for node in nodes where node.inputs.isEmpty && !(node.operation is KerasInputLayer) {
      throw Raise(.valueError, "model '\(owner)': a layer has no inputs")
    }
    for node in nodes where node.inputs.isEmpty {
      if let tensor = node.outputs.first, !ends.contains(ObjectIdentifier(tensor)) {
        throw Raise(
          .valueError,
          "`inputs` not connected to `outputs`: the model needs the input '\(tensor.name)' of layer "
            + "'\((node.operation as? KerasLayer)?.name ?? "")' as well",
          hint: "keras.Model(inputs=[...all of them...], outputs=...)")
      }
    }
    // Depths, as Keras counts them.
    var depths: [ObjectIdentifier: Int] = [:]
    var operationDepths: [ObjectIdentifier: Int] = [:]
    var isEnd: Set<ObjectIdentifier> = []
    for input in inputs { if let node = input.node { isEnd.insert(ObjectIdentifier(node)) } }
    for node in nodes.reversed() {
      let key = ObjectIdentifier(node.operation)
      let depth = max(depths[ObjectIdentifier(node)] ?? 0, operationDepths[key] ?? 0)
      operationDepths[key] = depth
      depths[ObjectIdentifier(node)] = depth
      if isEnd.contains(ObjectIdentifier(node)) { continue }
      for tensor in node.inputs {
        guard let parent = tensor.node else { continue }
        depths[ObjectIdentifier(parent)] = max(depth + 1, depths[ObjectIdentifier(parent)] ?? 0)
      }
    }
    for input in inputs {
      guard let node = input.node, operationDepths[ObjectIdentifier(node.operation)] == nil else { continue }
      operationDepths[ObjectIdentifier(node.operation)] = 0
      order[ObjectIdentifier(node.operation)] = -1
      depths[ObjectIdentifier(node)] = 0
      nodes.append(node)
    }
    var seen: Set<ObjectIdentifier> = []
    operations = nodes.map(\.operation).filter { seen.insert(ObjectIdentifier($0)).inserted }.sorted { a, b in
      let (x, y) = (operationDepths[ObjectIdentifier(a)] ?? 0, operationDepths[ObjectIdentifier(b)] ?? 0)
      if x != y { return x > y }
      return (order[ObjectIdentifier(a)] ?? 0) < (order[ObjectIdentifier(b)] ?? 0)
    }
    let groups = Dictionary(grouping: nodes) { depths[ObjectIdentifier($0)] ?? 0 }
    nodesByDepth = groups.sorted { $0.key > $1.key }.map(\.value)
  }

  var layers: [KerasLayer] { operations.compactMap { $0 as? KerasLayer } }

  /// Whether the model is a row of layers, each used once.
  var isSequential: Bool {
    for group in nodesByDepth where group.count > 1 || (group.first?.inputs.count ?? 0) > 1 { return false }
    var used: Set<ObjectIdentifier> = []
    for node in nodes where !used.insert(ObjectIdentifier(node.operation)).inserted { return false }
    return true
  }

  /// The names of the outputs: those of the layers that give them.
  var outputNames: [String] {
    var names: [String] = []
    for output in outputs {
      let own = (output.node?.operation as? KerasLayer)?.name
        ?? (output.node?.operation as? KerasOperation)?.name ?? "output"
      var name = own
      var count = 1
      while names.contains(name) {
        name = "\(own)_\(count)"
        count += 1
      }
      names.append(name)
    }
    return names
  }

  // MARK: - Running

  /// The values of the inputs, by the structure of the model or by names.
  private func bind(_ value: Value, _ model: KerasModel, _ machine: Machine) throws -> [Value] {
    var given: [Value]
    if let dict = value.asDict, inputStructure.asDict == nil {
      // A dict by the names of the inputs.
      given = try inputs.map { input in
        let layer = (input.node?.operation as? KerasLayer)?.name ?? input.name
        if let found = dict[input.name] ?? dict[layer] { return found }
        let names = dict.keys.compactMap(\.swiftString)
        throw Raise(
          .valueError,
          "the model \"\(model.name)\" needs the input '\(layer)'; the data has: "
            + names.joined(separator: ", "),
          hint: Suggestion.nearest(to: layer, among: names).map { "rename '\($0)' to '\(layer)'" })
      }
    } else if let wanted = inputStructure.asDict, let dict = value.asDict {
      given = try wanted.pairs.sorted { ($0.key.swiftString ?? "") < ($1.key.swiftString ?? "") }
        .map { key, _ in
          let name = key.swiftString ?? ""
          guard let found = dict[name] else {
            let names = dict.keys.compactMap(\.swiftString)
            throw Raise(
              .valueError, "the model \"\(model.name)\" needs the input '\(name)'; the data has: "
                + names.joined(separator: ", "))
          }
          return found
        }
    } else {
      given = KerasTree.leaves(value)
    }
    guard given.count == inputs.count else {
      throw Raise(
        .valueError,
        "Layer \"\(model.name)\" expects \(inputs.count) input(s), but it received \(given.count) "
          + "input tensors. Inputs received: \(try given.map { try shown($0, machine) })",
        hint: inputs.count > 1
          ? "give a list of \(inputs.count) arrays, in the order of the inputs, or a dict by their names"
          : nil)
    }
    return try zip(given, inputs).map { value, input in try adjusted(value, input, model, machine) }
  }

  private func shown(_ value: Value, _ machine: Machine) throws -> String {
    value.asTensorObject.map { "shape=\(KerasShape.text($0.tensor.shape.map { $0 }))" }
      ?? machine.typeName(value)
  }

  /// A value with the axes of its input, where only one of size 1 differs.
  private func adjusted(
    _ value: Value, _ input: KerasTensor, _ model: KerasModel, _ machine: Machine
  ) throws -> Value {
    if value.asInstance is KerasTensor { return value }
    var tensor = try machine.kerasTensor(value, keepsIntegers: !input.dtype.isFloating)
    if tensor.dtype != input.dtype { tensor = try tensor.to(input.dtype) }
    let wanted = input.shape
    if tensor.rank == wanted.count - 1, wanted.last == 1 { tensor = try tensor.unsqueeze(-1) }
    if tensor.rank == wanted.count + 1, tensor.shape.last == 1 { tensor = try tensor.squeeze(-1) }
    let fits = tensor.rank == wanted.count
      && zip(tensor.shape, wanted).allSatisfy { $1 == nil || $0 == $1 }
    guard fits else { throw KerasErrors.wrongInput(model, expected: wanted, found: tensor.shape) }
    let object = TensorObject(
      tensor, type: machine.keras.types.torch, flavor: .torch, types: machine.keras.types)
    object.attachment = value.asTensorObject?.attachment as? KerasMask
    return .object(object)
  }

  /// The outputs for inputs.
  func run(_ value: Value, _ model: KerasModel, _ machine: Machine) throws -> Value {
    let bound = try bind(value, model, machine)
    var values: [ObjectIdentifier: Value] = [:]
    for (input, value) in zip(inputs, bound) { values[ObjectIdentifier(input)] = value }
    for node in nodes {
      if node.outputs.allSatisfy({ values[ObjectIdentifier($0)] != nil }) { continue }
      func real(_ value: Value) throws -> Value {
        guard let symbolic = value.asInstance as? KerasTensor else { return value }
        guard let found = values[ObjectIdentifier(symbolic)] else {
          throw Raise(.valueError, "model '\(model.name)': a value is asked for before it is there")
        }
        return found
      }
      let arguments = try node.arguments.map { try KerasTree.map($0, real) }
      var keywords = try node.keywords.map { (name: $0.name, value: try KerasTree.map($0.value, real)) }
      // Whether the model trains counts more than what its layers were called with: so it is in Keras 3.
      if machine.keras.training != nil { keywords.removeAll { $0.name == "training" } }
      let result: Value
      if let layer = node.operation as? KerasLayer {
        result = try layer.invoke(arguments, keywords, machine)
      } else if let operation = node.operation as? KerasOperation {
        result = try operation.run(arguments, machine)
      } else {
        continue
      }
      let leaves = KerasTree.leaves(result)
      let places = KerasTree.leaves(node.result)
      for (leaf, place) in zip(leaves, places) {
        if let symbolic = place.asInstance as? KerasTensor { values[ObjectIdentifier(symbolic)] = leaf }
      }
    }
    return try KerasTree.map(outputStructure) { leaf in
      guard let symbolic = leaf.asInstance as? KerasTensor,
        let value = values[ObjectIdentifier(symbolic)]
      else { return .none }
      return value
    }
  }
}
