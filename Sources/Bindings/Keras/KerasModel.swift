import Language
import NeuralNetworks
import TensorCore

/// `keras.Model`: a layer that can be trained. Functional (a graph between inputs and outputs) or of a
/// program (a class with `call`).
class KerasModel: KerasLayer {
  var graph: KerasGraph?
  /// What `compile` was given; nil before.
  var compiled: KerasCompiled?
  /// What the last `fit` gave.
  var history: KerasHistory?
  /// `model.stop_training`.
  var stopsTraining = false

  override var ownParts: [KerasLayer] { graph?.layers ?? [] }

  /// The layers that `model.layers` shows.
  var shownLayers: [KerasLayer] {
    if graph != nil, programFunction("call") == nil {
      let own = ownParts
      let rest = sublayers.filter { layer in !own.contains { $0 === layer } }
      return own + rest
    }
    return sublayers
  }

  override var shownType: String {
    graph != nil && type.module == "keras" && type.name == "Model" ? "Functional" : type.name
  }

  /// `keras.Model(inputs, outputs)`.
  func connect(_ inputs: Value, _ outputs: Value) throws {
    graph = try KerasGraph(inputs, outputs, name)
    isBuilt = true
  }

  override func build(_ shapes: [OpenShape], _ machine: Machine, structure: Value? = nil) throws {
    if isBuilt, !needsBuilding { return }
    if graph != nil {
      isBuilt = true
      return
    }
    if programFunction("build") != nil {
      try super.build(shapes, machine, structure: structure)
      return
    }
    // A model of a program is built by its layers when they are first called.
    builtShapes = shapes
    isBuilt = true
    if machine.keras.recorders < 0 { return }
  }

  /// Whether layers are still without weights although the model says that it is built.
  var needsBuilding: Bool { false }

  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    if let graph, programFunction("call") == nil {
      return try graph.run(arguments.first ?? .none, self, machine)
    }
    if programFunction("call") == nil {
      throw Raise(
        .notImplementedError, "Model \(type.name) does not have a `call()` method implemented.",
        hint: "def call(self, inputs): ... returns the outputs")
    }
    return try runProgram(arguments, keywords, machine)
  }

  override func symbolicResult(
    _ node: KerasNode, _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    if let graph, programFunction("call") == nil, node.inputs.count == graph.inputs.count,
      zip(node.inputs, graph.inputs).allSatisfy({ given, own in
        given.shape.count == own.shape.count && given.shape.dropFirst() == own.shape.dropFirst()
      })
    {
      return try KerasTree.map(graph.outputStructure) { leaf in
        guard let own = leaf.asInstance as? KerasTensor else { return leaf }
        let tensor = KerasTensor.make(own.shape, own.dtype, machine)
        tensor.hasMask = own.hasMask
        KerasProbe.attach(tensor, node)
        return .object(tensor)
      }
    }
    return try KerasProbe.outputs(node, machine) { arguments, named in
      try self.run(arguments, named.filter { $0.name != "training" }, machine)
    }
  }

  override func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    graph?.outputs.map(\.shape) ?? shapes
  }

  /// The names of the outputs, one for each.
  func outputNames(_ count: Int) -> [String] {
    if let graph, graph.outputs.count == count { return graph.outputNames }
    return count == 1 ? ["output"] : (1...max(1, count)).map { "output_\($0)" }
  }
}

/// `keras.Sequential`: layers in a row.
final class KerasSequential: KerasModel {
  private(set) var layers: [KerasLayer] = []
  private var input: KerasInputLayer?

  override var ownParts: [KerasLayer] { layers }
  override var shownLayers: [KerasLayer] { layers }
  override var shownType: String { type.name }

  /// Adds a layer, or where data enters.
  func add(_ value: Value, _ machine: Machine, rebuild: Bool = true) throws {
    var entry = value.asInstance as? KerasInputLayer
    if let symbolic = value.asInstance as? KerasTensor {
      entry = symbolic.node?.operation as? KerasInputLayer
      if entry == nil {
        throw Raise(
          .valueError, "Only instances of `keras.Layer` can be added to a Sequential model. Received: "
            + (try machine.repr(value)))
      }
    }
    if let entry {
      if input != nil || !layers.isEmpty {
        throw Raise(
          .valueError,
          "Sequential model '\(name)' has already been configured to use input shape "
            + "\(KerasShape.text(input?.inputShape ?? [nil])). You cannot add a different Input layer to it.",
          hint: "Input stands before the first layer")
      }
      input = entry
      return
    }
    guard let layer = value.asInstance as? KerasLayer else {
      let text = try machine.repr(value)
      let raise = Raise(
        .valueError,
        "Only instances of `keras.Layer` can be added to a Sequential model. Received: \(text) (of type "
          + "<class '\(machine.typeName(value))'>)")
      if value.asType != nil { raise.hint = "a class stands here: add its object, with parentheses" }
      throw raise
    }
    guard layer.isMade else { throw layer.notMade }
    if layer === self { throw Raise(.valueError, "a model cannot be a layer of itself") }
    if layers.contains(where: { $0.name == layer.name }) {
      throw Raise(
        .valueError,
        "All layers added to a Sequential model should have unique names. Name '\(layer.name)' is "
          + "already the name of a layer in this model. Update the `name` argument to pass a unique "
          + "name.")
    }
    if layers.isEmpty, input == nil {
      if let shape = layer.givenShape {
        let entry = KerasInputLayer(machine.type(KerasInputLayer.layerTable))
        entry.start([nil] + shape, .float32, name: nil, machine)
        input = entry
      } else if let model = layer as? KerasModel, let first = model.graph?.inputs.first {
        let entry = KerasInputLayer(machine.type(KerasInputLayer.layerTable))
        entry.start(first.shape, first.dtype, name: nil, machine)
        input = entry
      }
    }
    layers.append(layer)
    if rebuild { try rebuildGraph(machine) }
  }

  func removeLast(_ machine: Machine) throws -> KerasLayer? {
    guard let last = layers.popLast() else { return nil }
    try rebuildGraph(machine)
    return last
  }

  private var ownNodes: [KerasNode] = []

  /// Calls the layers on the input once more, so that shapes and weights are there.
  func rebuildGraph(_ machine: Machine) throws {
    graph = nil
    isBuilt = false
    for node in ownNodes {
      if let layer = node.operation as? KerasLayer { layer.nodes.removeAll { $0 === node } }
    }
    ownNodes = []
    guard let entry = input?.tensor, !layers.isEmpty else { return }
    let context = machine.keras
    context.scopes.append(name)
    defer { context.scopes.removeLast() }
    var value = Value.object(entry)
    for layer in layers {
      do {
        value = try layer.invoke([value], [], machine)
      } catch let raise as Raise {
        throw KerasErrors.withTable(raise, self, entry.shape, clash: layer, machine)
      }
      if let node = layer.nodes.last { ownNodes.append(node) }
    }
    graph = try KerasGraph(.object(entry), value, name)
    // Keras makes a functional model inside, which takes the next of its names.
    _ = machine.kerasNames.next("functional")
    isBuilt = true
    if !trainable { try setTrainable(false) }
  }

  override func build(_ shapes: [OpenShape], _ machine: Machine, structure: Value? = nil) throws {
    if isBuilt { return }
    guard !layers.isEmpty else {
      throw Raise(
        .valueError,
        "Sequential model \(name) cannot be built because it has no layers. Call `model.add(layer)`.")
    }
    guard var shape = shapes.first else { return }
    if input == nil {
      if !shape.isEmpty, shape[0] != nil { shape[0] = nil }
      let entry = KerasInputLayer(machine.type(KerasInputLayer.layerTable))
      entry.start(shape, deferredDType, name: nil, machine)
      input = entry
    }
    try rebuildGraph(machine)
  }

  /// Words and numbers of rows stay integers up to an `Embedding`.
  private var deferredDType: DType {
    layers.first?.unit is EmbeddingUnit ? .float32 : .float32
  }

  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    if type.module == "__main__", programFunction("call") != nil {
      return try runProgram(arguments, keywords, machine)
    }
    guard let graph else {
      throw Raise(
        .valueError, "Sequential model \(name) cannot be called because it has no layers.")
    }
    return try graph.run(arguments.first ?? .none, self, machine)
  }
}
