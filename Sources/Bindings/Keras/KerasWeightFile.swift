import Language
import NeuralNetworks
import TensorCore

/// The weights of a model as groups of an HDF5 file, as Keras lays them out.
///
/// `.weights.h5` and `model.weights.h5` of `.keras`: layers below `layers/`, named by their class and
/// counted, the weights of each in `vars/0`, `vars/1`, ... The older `.h5`: by the layers' names.
enum KerasWeightFile {
  /// The weights of a layer itself and the parts below it, by Keras's names for both.
  private static func parts(_ layer: KerasLayer) -> (own: [Weight], inner: [(String, Node)]) {
    if let model = layer as? KerasModel, model.graph != nil || model is KerasSequential,
      model.programFunction("call") == nil
    {
      let layers = model.graph.map { _ in model.ownParts } ?? model.shownLayers
      return (layer.addedWeights, counted(layers, "layers"))
    }
    if let unit = layer.unit { return parts(unit, layer) }
    var own: [Weight] = layer.addedWeights
    var inner: [(String, Node)] = []
    var seen: Set<ObjectIdentifier> = []
    for (name, value) in layer.ownAttributes.sorted(by: { $0.0 < $1.0 }) {
      if let part = value.asInstance as? KerasLayer {
        if seen.insert(ObjectIdentifier(part)).inserted { inner.append((name, .layer(part))) }
      } else if let weight = KerasVariable.weight(value) {
        if !own.contains(where: { $0 === weight }) { own.append(weight) }
      } else {
        let items = KerasTree.leaves(value).compactMap { $0.asInstance as? KerasLayer }
          .filter { seen.insert(ObjectIdentifier($0)).inserted }
        if !items.isEmpty { inner += counted(items, name) }
      }
    }
    own = own.filter(\.wantsTraining) + own.filter { !$0.wantsTraining }
    return (own, inner)
  }

  private indirect enum Node {
    case layer(KerasLayer)
    case unit(KerasUnit)
    case weights([Weight])
  }

  /// `layers/dense`, `layers/dense_1`: by class, counted.
  private static func counted(_ layers: [KerasLayer], _ container: String) -> [(String, Node)] {
    var counts: [String: Int] = [:]
    return layers.map { layer in
      let name = KerasNames.snakeCase(layer.shownType)
      let count = counts[name, default: 0]
      counts[name] = count + 1
      return ("\(container)/\(count == 0 ? name : "\(name)_\(count)")", .layer(layer))
    }
  }

  private static func parts(_ unit: KerasUnit, _ layer: KerasLayer?) -> (own: [Weight], inner: [(String, Node)]) {
    if unit is MultiHeadAttentionUnit {
      let names = ["query": "query_dense", "key": "key_dense", "value": "value_dense", "attention_output": "output_dense"]
      var inner: [(String, Node)] = []
      for (part, name) in names.sorted(by: { $0.key < $1.key }) {
        let own = unit.weights.filter { $0.name.hasPrefix(part + "/") }
        if !own.isEmpty { inner.append((name, .weights(own))) }
      }
      return ([], inner)
    }
    let names = ["forward": "forward_layer", "backward": "backward_layer"]
    var count = 0
    let inner = unit.parts.map { name, part -> (String, Node) in
      if name == "cells" {
        defer { count += 1 }
        return ("cell/cells/\(count)", .unit(part))
      }
      return (names[name] ?? name, .unit(part))
    }
    return (unit.weights, inner)
  }

  private static func parts(_ node: Node) -> (own: [Weight], inner: [(String, Node)], name: String) {
    switch node {
    case .layer(let layer):
      let (own, inner) = parts(layer)
      return (own, inner, layer.name)
    case .unit(let unit):
      let (own, inner) = parts(unit, nil)
      return (own, inner, "")
    case .weights(let weights): return (weights, [], "")
    }
  }

  // MARK: - Writing

  /// The weights of a model, and what its optimizer remembers.
  static func write(_ model: KerasModel, optimizer: Bool) throws -> HDF5.Group {
    let root = HDF5.Group()
    try write(.layer(model), root, depth: 0)
    if optimizer, let used = model.compiled?.optimizer, let values = try used.variables() {
      let vars = root.making("optimizer/vars")
      vars.attributes.append(("name", .text(used.name)))
      for (place, tensor) in values.enumerated() { vars.datasets.append(("\(place)", tensor)) }
    }
    return root
  }

  private static func write(_ node: Node, _ group: HDF5.Group, depth: Int) throws {
    guard depth < 48 else { throw Raise(.valueError, "layers are nested too deeply to be saved") }
    let (own, inner, name) = parts(node)
    let vars = group.making("vars")
    if !name.isEmpty { vars.attributes.append(("name", .text(name))) }
    for (place, weight) in own.enumerated() { vars.datasets.append(("\(place)", weight.tensor.detach())) }
    for (path, part) in inner { try write(part, group.making(path), depth: depth + 1) }
  }

  // MARK: - Reading

  /// Puts the weights of a file into a model.
  static func read(_ root: HDF5.Group, _ model: KerasModel, skipsMismatch: Bool) throws {
    if root[attribute: "layer_names"] != nil { return try readByName(root, model, skipsMismatch) }
    if let old = root.group("model_weights") { return try readByName(old, model, skipsMismatch) }
    try read(root, .layer(model), skipsMismatch, depth: 0)
  }

  private static func read(_ group: HDF5.Group, _ node: Node, _ skips: Bool, depth: Int) throws {
    guard depth < 48 else { return }
    let (own, inner, name) = parts(node)
    let saved = group.group("vars")?.datasets.count ?? 0
    if !own.isEmpty, saved != own.count, !skips {
      let what: String
      if case .layer(let layer) = node { what = "<\(layer.shownType) name=\(name), built=\(layer.isBuilt ? "True" : "False")>" } else { what = name }
      throw Raise(
        .valueError,
        "A total of 1 objects could not be loaded. Example error message for object \(what):\n\n"
          + "Layer '\(name)' expected \(own.count) variables, but received \(saved) variables during loading. "
          + "Expected: [\(own.map { "'\($0.name)'" }.joined(separator: ", "))]\n\n"
          + "List of objects that could not be loaded:\n[\(what)]")
    }
    for (place, weight) in own.enumerated() {
      guard let tensor = group.group("vars")?.datasets.first(where: { $0.name == "\(place)" })?.tensor else { continue }
      try assign(tensor, weight, skips)
    }
    for (path, part) in inner {
      guard let next = group.group(path) else {
        let (missing, below, label) = parts(part)
        if skips || (missing.isEmpty && below.isEmpty) { continue }
        throw Raise(
          .valueError, "the file has no weights at '\(path)'" + (label.isEmpty ? "" : " for the layer '\(label)'"),
          hint: "the model must have the layers that the weights were saved from")
      }
      try read(next, part, skips, depth: depth + 1)
    }
  }

  private static func assign(_ tensor: Tensor, _ weight: Weight, _ skips: Bool) throws {
    guard tensor.shape == weight.tensor.shape else {
      if skips { return }
      throw Raise(
        .valueError,
        "The shape of the target variable and the shape of the target value in `variable.assign(value)` "
          + "must match. variable.shape=\(KerasShape.text(weight.tensor.shape.map { $0 })), Received: "
          + "value.shape=\(KerasShape.text(tensor.shape.map { $0 })). Target variable: \(weight.path)")
    }
    try weight.assign(tensor)
  }

  // MARK: - By the names of layers

  /// The weights below the names of the layers: `dense/dense/kernel`.
  static func writeByName(_ model: KerasModel, into root: HDF5.Group) {
    let layers = model.shownLayers
    let entry = model.graph?.inputs.first?.node?.operation as? KerasLayer
    let all = (model is KerasSequential || layers.contains { $0 === entry } ? [] : [entry].compactMap { $0 }) + layers
    root.attributes += [
      ("layer_names", .texts(all.map(\.name))), ("backend", .text("tensorflow")),
      ("keras_version", .text("3.15.1")),
    ]
    for layer in all {
      let group = root.making(layer.name)
      var paths: [String] = []
      for weight in layer.weights {
        var path = weight.path
        // Within its model a layer's weights begin with the layer's own name.
        if let start = path.range(of: layer.name + "/") { path = String(path[start.lowerBound...]) }
        paths.append(path)
        var steps = path.split(separator: "/").map(String.init)
        let last = steps.popLast() ?? "weight"
        group.making(steps.joined(separator: "/")).datasets.append((last, weight.tensor.detach()))
      }
      group.attributes.append(("weight_names", .texts(paths)))
    }
  }

  private static func readByName(_ root: HDF5.Group, _ model: KerasModel, _ skips: Bool) throws {
    guard case .texts(let names)? = root[attribute: "layer_names"] else { return }
    let saved = names.filter { !(root.group($0)?.weightNames ?? []).isEmpty }
    let layers = model.shownLayers.filter { !$0.weights.isEmpty }
    guard saved.count == layers.count else {
      throw Raise(
        .valueError,
        "Layer count mismatch when loading weights from file. Model expected \(layers.count) layers, found "
          + "\(saved.count) saved layers.")
    }
    for (name, layer) in zip(saved, layers) {
      guard let group = root.group(name) else { continue }
      let tensors = group.weightNames.compactMap { group.dataset($0) }
      guard tensors.count == layer.weights.count else {
        if skips { continue }
        throw Raise(
          .valueError,
          "Weight count mismatch for layer #0 (named \(layer.name) in the current model, \(name) in the save "
            + "file). Layer expects \(layer.weights.count) weight(s). Received \(tensors.count) saved weight(s)")
      }
      for (weight, tensor) in zip(layer.weights, tensors) { try assign(tensor, weight, skips) }
    }
  }
}

extension HDF5.Group {
  fileprivate var weightNames: [String] {
    if case .texts(let names)? = self[attribute: "weight_names"] { return names }
    return []
  }
}

extension KerasOptimizer {
  /// What Keras keeps of an optimizer: its step, its rate, then the moments of each weight. nil before
  /// the first step.
  func variables() throws -> [Tensor]? {
    guard let built else { return nil }
    var result = [
      try Tensor(.int(iterations), dtype: .int64),
      try Tensor(.double(settings.learningRate), dtype: .float32),
    ]
    let names = KerasOptimizerRule.slotNames(rule, settings, extra)
    for parameter in built.groups.flatMap(\.parameters) {
      let state = built.knownState(of: parameter)
      for name in names { result.append(try state?.tensors[name] ?? Tensor.zerosLike(parameter.detach())) }
    }
    return result
  }

  /// Goes on where the saved one stopped.
  func restore(_ saved: [Tensor], for weights: [Weight]) throws {
    let rule = try optimizer(for: weights.map(\.tensor))
    let names = KerasOptimizerRule.slotNames(self.rule, settings, extra)
    guard saved.count == 2 + names.count * weights.count else { return }
    guard let steps = try saved[0].item().int, (0...1 << 53).contains(steps) else { return }
    noteSteps(steps - iterations)
    if !isScheduled { setRate(try saved[1].item().double) }
    var entries: [(steps: Int, tensors: [(name: String, tensor: Tensor)])] = []
    for place in weights.indices {
      let own = names.enumerated().map { (name: $1, tensor: saved[2 + place * names.count + $0]) }
      guard own.allSatisfy({ $0.tensor.shape == weights[place].tensor.shape }) else { return }
      entries.append((steps, own))
    }
    try rule.loadStateDict(entries)
  }
}
