import Language
import NeuralNetworks
import TensorCore

/// A layer: of the library (a unit computes) or of the program (its `call` does).
class KerasLayer: Instance {
  /// What computes in a layer of the library.
  var unit: KerasUnit?
  var name = ""
  var isMade = false
  var isBuilt = false
  var trainable = true
  var dtypeName = "float32"
  /// `input_shape=(8, 8)`: the sizes without the batch; nil when not given.
  var givenShape: OpenShape?
  /// Shapes that the layer was built for, with the batch first.
  var builtShapes: [OpenShape] = []
  /// Weights that a program added.
  var addedWeights: [Weight] = []
  /// Calls on symbolic values.
  var nodes: [KerasNode] = []
  /// The arguments of `__init__` by name.
  var config: [(name: String, value: Value)] = []
  var supportsMasking = false
  /// A price on the outputs.
  var activityRegularizer: Regularizer?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for (_, value) in config { visitor.visit(value) }
  }

  /// The name of the class that summaries and `repr` show.
  var shownType: String { type.name }

  /// Layers in this one that it was given as a part of itself (models).
  var ownParts: [KerasLayer] { [] }

  /// All layers in this one, each once: its parts, then those that a program keeps in attributes.
  var sublayers: [KerasLayer] {
    var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
    var result: [KerasLayer] = []
    func add(_ layer: KerasLayer) {
      if seen.insert(ObjectIdentifier(layer)).inserted { result.append(layer) }
    }
    for layer in ownParts { add(layer) }
    eachAttribute { value in
      if let layer = value.asInstance as? KerasLayer { add(layer) }
    }
    return result
  }

  /// The values of attributes, those in lists, tuples and dicts as well.
  func eachAttribute(_ body: (Value) -> Void) {
    for (_, value) in ownAttributes {
      var open: [(Value, Int)] = [(value, 0)]
      while let (next, depth) = open.popLast() {
        if depth < 8, let list = next.asList, list.count <= 4096 {
          open += list.items.reversed().map { ($0, depth + 1) }
        } else if depth < 8, let tuple = next.asTuple {
          open += tuple.items.reversed().map { ($0, depth + 1) }
        } else if depth < 8, let dict = next.asDict {
          open += dict.values.reversed().map { ($0, depth + 1) }
        } else {
          body(next)
        }
      }
    }
  }

  /// The weights of the layer itself: those that want training first.
  var ownWeights: [Weight] {
    var own = addedWeights + (unit?.allWeights ?? [])
    var seen = Set(own.map { ObjectIdentifier($0) })
    eachAttribute { value in
      if let weight = KerasVariable.weight(value), seen.insert(ObjectIdentifier(weight)).inserted {
        own.append(weight)
      }
    }
    if unit?.parts.isEmpty == false { return own }
    return own.filter(\.wantsTraining) + own.filter { !$0.wantsTraining }
  }

  /// All weights, each once: its own, then those of the layers in it.
  var weights: [Weight] {
    var seen: Set<ObjectIdentifier> = []
    var result: [Weight] = []
    var open: [KerasLayer] = [self]
    var visited: Set<ObjectIdentifier> = []
    while let layer = open.popLast() {
      guard visited.insert(ObjectIdentifier(layer)).inserted else { continue }
      for weight in layer.ownWeights where seen.insert(ObjectIdentifier(weight)).inserted {
        result.append(weight)
      }
      open += layer.sublayers.reversed()
    }
    return result
  }

  /// This layer and all below it.
  var allLayers: [KerasLayer] {
    var result: [KerasLayer] = []
    var open: [KerasLayer] = [self]
    var visited: Set<ObjectIdentifier> = []
    while let layer = open.popLast() {
      guard visited.insert(ObjectIdentifier(layer)).inserted else { continue }
      result.append(layer)
      open += layer.sublayers.reversed()
    }
    return result
  }

  func setTrainable(_ flag: Bool) throws {
    for layer in allLayers {
      layer.trainable = flag
      (layer.unit as? BatchNormalizationUnit)?.isFrozen = !flag
      for weight in layer.ownWeights where weight.wantsTraining { try weight.setTrainable(flag) }
    }
  }

  /// A function of the program of this name, which its class or a base of it defines.
  func programFunction(_ name: String) -> FunctionObject? {
    type.lookup(name)?.object as? FunctionObject
  }

  var notMade: Raise {
    Raise(
      .runtimeError,
      "In layer \(type.name), you forgot to call `super().__init__()` as the first statement in the "
        + "`__init__()` method.", hint: "a class of your own calls super().__init__() first")
  }

  /// What all layers do in `__init__`.
  func prepare(name given: String?, trainable: Bool = true, _ machine: Machine) {
    name = given ?? machine.kerasNames.next(KerasNames.snakeCase(type.name))
    self.trainable = trainable
    isMade = true
  }

  // MARK: - Building

  /// Makes the weights for inputs of these shapes.
  func build(_ shapes: [OpenShape], _ machine: Machine, structure: Value? = nil) throws {
    if isBuilt { return }
    let context = machine.keras
    context.scopes.append(name)
    defer { context.scopes.removeLast() }
    if let unit {
      try check(shapes, unit)
      try explained { try unit.build(shapes) }
      for weight in unit.weights { weight.path = path(weight.name, machine) }
      // Attention makes two layers inside, which take the next of their names.
      if unit is MultiHeadAttentionUnit {
        for name in ["softmax", "dropout"] { _ = machine.kerasNames.next(name) }
      }
      namePaths(unit, context.scopes.joined(separator: "/"))
    } else if programFunction("build") != nil {
      let argument = structure ?? shapes.first.map { KerasShape.value($0) } ?? .none
      _ = try machine.call(machine.attribute(.object(self), "build"), [argument])
    }
    builtShapes = shapes
    isBuilt = true
    if !trainable { try setTrainable(false) }
  }

  /// Paths of the weights of parts: `lstm/lstm_cell/kernel`.
  func namePaths(_ unit: KerasUnit, _ prefix: String) {
    for (part, inner) in unit.parts {
      var step = part
      if let cell = inner as? KerasRecurrentCell { step = KerasNames.snakeCase(cell.kind.rawValue) + "_cell" }
      for weight in inner.weights { weight.path = "\(prefix)/\(step)/\(weight.name)" }
      namePaths(inner, "\(prefix)/\(step)")
    }
  }

  func path(_ name: String, _ machine: Machine) -> String {
    (machine.keras.scopes + [name]).joined(separator: "/")
  }

  /// That the shapes are what the unit takes.
  func check(_ shapes: [OpenShape], _ unit: KerasUnit) throws {
    guard let spec = unit.inputSpec, let shape = shapes.first else { return }
    if let problem = spec.problem(shape, text: KerasShape.text) {
      throw Raise(
        .valueError,
        "Input 0 with name 'None' of layer '\(name)' is incompatible with the layer: \(problem)",
        hint: Self.advice(shape, spec))
    }
  }

  private static func advice(_ shape: OpenShape, _ spec: InputSpec) -> String? {
    if let rank = spec.rank ?? spec.minRank, shape.count == rank - 1 {
      return rank == 4
        ? "images have 4 axes (batch, height, width, channels): x[..., None] adds the channel, "
          + "x[None] a batch of one"
        : "the first axis is the batch: x[None] makes a batch of one"
    }
    if let size = spec.axes[-1] {
      return "the layer was built for \(size) numbers in the last axis: give it data of that width, "
        + "or make a new layer"
    }
    return nil
  }

  /// The shapes of the outputs.
  func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    guard let unit else { return shapes }
    return try explained { try unit.outputShapes(shapes) }
  }

  /// Errors of the library in the words of this door.
  func explained<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as NeuralNetworkError {
      throw KerasErrors.translate(error, self)
    } catch let error as TensorError {
      throw Raise(.valueError, "layer \"\(name)\": \(error.description)")
    }
  }

  // MARK: - Calling

  /// `layer(inputs, ...)`.
  func invoke(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard isMade else { throw notMade }
    var keywords = keywords
    var training: Bool?
    if let place = keywords.firstIndex(where: { $0.name == "training" }) {
      let value = keywords[place].value
      if !value.isNone { training = try machine.truth(value) }
      keywords.remove(at: place)
    }
    let context = machine.keras
    let all = arguments + keywords.map(\.value)
    if all.contains(where: KerasTree.isSymbolic) {
      return try invokeSymbolically(arguments, keywords, training, machine)
    }
    let outer = context.training
    context.training = training ?? outer
    // A call that is not inside of another one begins with no losses.
    if context.scopes.isEmpty { context.losses = [] }
    context.scopes.append(name)
    defer {
      context.training = outer
      context.scopes.removeLast()
    }
    let values = try arguments.enumerated().map { place, value in
      place == 0 || value.asTensorObject != nil ? try prepared(value, machine) : value
    }
    if !isBuilt { try buildForCall(buildArgument(values), machine) }
    if context.recorders == 0 {
      return try noGrad { try run(values, keywords, machine) }
    }
    return try run(values, keywords, machine)
  }

  /// The value whose shapes the layer is built for.
  func buildArgument(_ arguments: [Value]) -> Value { arguments.first ?? .none }

  private func buildForCall(_ first: Value, _ machine: Machine) throws {
    let leaves = KerasTree.leaves(first)
    let shapes = leaves.compactMap { leaf -> OpenShape? in
      if let tensor = leaf.asTensorObject?.tensor { return tensor.shape.map { $0 } }
      return (leaf.asInstance as? KerasTensor)?.shape
    }
    let structure = KerasTree.isStructure(first)
      ? try KerasTree.map(first) { leaf in
        if let tensor = leaf.asTensorObject?.tensor { return KerasShape.value(tensor.shape.map { $0 }) }
        return (leaf.asInstance as? KerasTensor).map { KerasShape.value($0.shape) } ?? .none
      } : nil
    // The scope of the call has the layer's name already.
    let context = machine.keras
    let isInside = context.scopes.last == name
    if isInside { context.scopes.removeLast() }
    defer { if isInside { context.scopes.append(name) } }
    try build(shapes, machine, structure: structure)
  }

  /// A value as the layer takes it: tensors; floats as float32.
  private func prepared(_ value: Value, _ machine: Machine) throws -> Value {
    let keeps = unit?.keepsDType ?? false
    func leaf(_ value: Value) throws -> Value {
      if let object = value.asTensorObject {
        if object.flavor == .torch, object.tensor.dtype == .float32, object.types === machine.keras.types {
          return value
        }
        // Layers of the program see what they are given; floats become float32 for all.
        let isNumber = object.tensor.dtype.isFloating
        let tensor = isNumber || (unit != nil && !keeps)
          ? try object.tensor.to(.float32) : object.tensor
        let made = TensorObject(
          tensor, type: machine.keras.types.torch, flavor: .torch, types: machine.keras.types)
        made.attachment = object.attachment is KerasMask ? object.attachment : nil
        return .object(made)
      }
      if value.isNone || value.swiftString != nil { return value }
      if value.asInstance != nil, !(value.asInstance is any ArraySource), value.asNumpyScalar == nil {
        return value
      }
      if case .int = value, unit == nil { return value }
      if case .bool = value { return value }
      if case .float = value, unit == nil { return value }
      if value.asList == nil, value.asTuple == nil, value.asInstance == nil, value.asDouble == nil {
        return value
      }
      return machine.kerasValue(try machine.kerasTensor(value, keepsIntegers: keeps || unit == nil))
    }
    if KerasTree.isStructure(value) { return try KerasTree.map(value, leaf) }
    return try leaf(value)
  }

  private func invokeSymbolically(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ training: Bool?,
    _ machine: Machine
  ) throws -> Value {
    let context = machine.keras
    if !isBuilt { try buildForCall(buildArgument(arguments), machine) }
    var kept = keywords
    if let training { kept.append(("training", .bool(training))) }
    let node = KerasNode(self, arguments, kept, index: nodes.count)
    let outer = context.training
    context.training = training ?? outer
    context.scopes.append(name)
    defer {
      context.training = outer
      context.scopes.removeLast()
    }
    node.result = try symbolicResult(node, keywords, machine)
    nodes.append(node)
    return node.result
  }

  /// The symbolic results of a call: by rule where the unit knows, by running it where a program does.
  func symbolicResult(
    _ node: KerasNode, _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard let unit, !needsProbe(keywords) else {
      return try KerasProbe.outputs(node, machine) { arguments, named in
        try self.run(arguments, named.filter { $0.name != "training" }, machine)
      }
    }
    let shapes = node.inputs.map(\.shape)
    try check(shapes, unit)
    let results = try outputShapes(shapes)
    let dtype: DType = unit.keepsDType && !(unit is EmbeddingUnit) ? node.inputs[0].dtype : .float32
    let masks =
      unit.makesMask || (unit.supportsMasking && node.inputs.contains(where: \.hasMask) && !dropsMask)
    let values = results.map { shape -> Value in
      let tensor = KerasTensor.make(shape, dtype, machine)
      tensor.hasMask = masks
      KerasProbe.attach(tensor, node)
      return .object(tensor)
    }
    return values.count == 1 ? values[0] : .list(values)
  }

  private var dropsMask: Bool {
    (unit as? RecurrentUnit).map { !$0.returnsSequences } ?? false
  }

  /// Whether a call with these keywords gives shapes that the unit's rule does not tell.
  func needsProbe(_ keywords: [(name: String, value: Value)]) -> Bool {
    keywords.contains { $0.name == "return_attention_scores" }
  }

  /// Computes the outputs; the layer is built, the context says whether it is training.
  func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard let unit else { return try runProgram(arguments, keywords, machine) }
    let isTraining = machine.keras.training ?? false
    guard let first = arguments.first else {
      throw Raise(.typeError, "\(type.name).__call__() missing 1 required positional argument: 'inputs'")
    }
    let given = KerasTree.leaves(first)
    var tensors = try given.map { try inputTensor($0, machine) }
    // More tensors by position: initial states, value and key of attention.
    for extra in arguments.dropFirst() where !extra.isNone {
      tensors += try KerasTree.leaves(extra).map { try inputTensor($0, machine) }
    }
    var masks = given.map { ($0.asTensorObject?.attachment as? KerasMask)?.mask }
    for (name, value) in keywords {
      switch name {
      case "mask":
        if value.isNone { break }
        masks = try KerasTree.leaves(value).map {
          $0.isNone ? nil : try machine.tensorflowTensor($0).to(.bool)
        }
      case "initial_state":
        if !value.isNone {
          tensors += try KerasTree.leaves(value).map { try inputTensor($0, machine) }
        }
      case "value", "key", "query":
        if !value.isNone { tensors += try KerasTree.leaves(value).map { try inputTensor($0, machine) } }
      default:
        throw Raise(
          .typeError, "\(type.name).call() got an unexpected keyword argument '\(name)'")
      }
    }
    if let shape = tensors.first?.shape { try check([shape.map { $0 }], unit) }
    let call = CallContext(isTraining: isTraining, masks: masks)
    let outputs = try explained { try unit.call(tensors, call) }
    if let activityRegularizer {
      for output in outputs {
        let price = try activityRegularizer(output)
        machine.keras.losses.append(try price.divided(by: .double(Double(max(1, output.shape.first ?? 1)))))
      }
    }
    let outMasks = try unit.outputMasks(tensors, call)
    let values = outputs.enumerated().map { place, tensor -> Value in
      let object = TensorObject(
        tensor, type: machine.keras.types.torch, flavor: .torch, types: machine.keras.types)
      if place < outMasks.count, let mask = outMasks[place] { object.attachment = KerasMask(mask) }
      return .object(object)
    }
    return values.count == 1 ? values[0] : .list(values)
  }

  func inputTensor(_ value: Value, _ machine: Machine) throws -> Tensor {
    try machine.kerasTensor(value, keepsIntegers: unit?.keepsDType ?? false)
  }

  /// Calls the program's `call`, with `training` and `mask` where it asks for them.
  func runProgram(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard let function = programFunction("call") else {
      throw Raise(
        .notImplementedError, "Layer \(type.name) does not have a `call()` method implemented.")
    }
    var all = keywords
    let names = function.parameterNames
    if names.contains("training"), !all.contains(where: { $0.name == "training" }),
      // A positional argument may stand there already.
      (names.firstIndex(of: "training") ?? 0) > arguments.count
    {
      all.append(("training", machine.keras.training.map { .bool($0) } ?? .none))
    }
    if names.contains("mask"), !all.contains(where: { $0.name == "mask" }),
      (names.firstIndex(of: "mask") ?? 0) > arguments.count
    {
      let masks = KerasTree.leaves(arguments.first ?? .none).map { leaf -> Value in
        (leaf.asTensorObject?.attachment as? KerasMask).map { machine.kerasValue($0.mask) } ?? .none
      }
      all.append(("mask", masks.count == 1 ? masks[0] : masks.allSatisfy(\.isNone) ? .none : .list(masks)))
    }
    let result = try machine.call(machine.attribute(.object(self), "call"), arguments, keywords: all)
    return result
  }
}

// MARK: - Shapes

enum KerasShape {
  /// `(None, 8, 8)`.
  static func text(_ shape: OpenShape) -> String { KerasUnit.text(shape) }

  static func value(_ shape: OpenShape) -> Value { .tuple(shape.map { $0.map { .int($0) } ?? .none }) }

  /// Sizes of a tuple, list or single integer; None stays open.
  static func read(_ value: Value, _ machine: Machine, _ owner: String) throws -> OpenShape {
    if let one = try machine.index(value) { return [one] }
    guard try machine.isIterable(value), value.swiftString == nil else {
      throw Raise(
        .valueError, "\(owner): a shape is a tuple of integers, got \(machine.typeName(value))",
        hint: "shape=(64,) is 64 numbers for each row")
    }
    return try machine.array(value).map { item in
      if item.isNone { return nil }
      guard let size = try machine.index(item), size >= 0, size < 1 << 40 else {
        throw Raise(
          .valueError,
          "Cannot convert '\(try machine.repr(value))' to a shape. Found invalid entry "
            + "'\(try machine.repr(item))' of type '\(machine.typeName(item))'.")
      }
      return size
    }
  }

  /// A shape, or several in a list or dict.
  static func readSeveral(_ value: Value, _ machine: Machine, _ owner: String) throws -> [OpenShape] {
    let items = value.asList?.items ?? value.asTuple?.items ?? value.asDict?.values ?? []
    if items.contains(where: { $0.asTuple != nil || $0.asList != nil }) {
      return try items.map { try read($0, machine, owner) }
    }
    return [try read(value, machine, owner)]
  }
}
