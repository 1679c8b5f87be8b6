import Language
import NeuralNetworks
import TensorCore

/// What `compile` was given.
final class KerasCompiled {
  let optimizer: KerasOptimizer
  /// As it was written: a name, an object, a list or a dict.
  let lossValue: Value
  private let metricsValue: Value
  private let weightedValue: Value
  private let lossWeightsValue: Value
  /// The losses by output; nil for outputs without one. Known once outputs are.
  private(set) var losses: [KerasLoss?] = []
  private(set) var lossWeights: [Double] = []
  /// Metrics with the output they judge and the name in logs.
  private(set) var metrics: [(output: Int, name: String, metric: KerasMetric, isWeighted: Bool)] = []
  private var isArranged = false
  /// The loss of the epoch so far.
  let lossMean = MeanRule(.mean)
  private(set) var outputLosses: [(name: String, mean: MeanRule)] = []
  private(set) var isUsed = false
  var hasMetrics: Bool {
    !metricsValue.isNone && !metricsValue.isUndefined && KerasTree.leaves(metricsValue).contains { !$0.isNone }
  }

  /// What `compile` was given besides the optimizer, as it was written.
  var settings: [(name: String, value: Value)] {
    [
      ("loss", lossValue), ("loss_weights", lossWeightsValue), ("metrics", metricsValue),
      ("weighted_metrics", weightedValue),
    ]
  }

  init(
    _ optimizer: KerasOptimizer, loss: Value, metrics: Value, weighted: Value, lossWeights: Value,
    _ machine: Machine
  ) throws {
    self.optimizer = optimizer
    lossValue = loss
    metricsValue = metrics
    weightedValue = weighted
    lossWeightsValue = lossWeights
    // Names are judged at once, places once the outputs are known.
    for leaf in KerasTree.leaves(loss) { _ = try KerasLosses.read(leaf, machine) }
    for value in [metrics, weighted] {
      for leaf in KerasTree.leaves(value) where !leaf.isNone && leaf.swiftString != nil {
        _ = try KerasMetrics.read(leaf, machine)
      }
    }
  }

  /// Losses and metrics by output.
  func arrange(_ names: [String], _ machine: Machine) throws {
    if isArranged, losses.count == names.count { return }
    isArranged = true
    isUsed = true
    losses = try spread(lossValue, names, "loss").map { try KerasLosses.read($0, machine) }
    if lossValue.asList == nil, lossValue.asDict == nil, lossValue.asTuple == nil, names.count > 1 {
      losses = try names.map { _ in try KerasLosses.read(lossValue, machine) }
    }
    lossWeights = try spread(lossWeightsValue, names, "loss_weights").map { try machine.float($0) ?? 1 }
    outputLosses = names.count > 1 ? names.map { ($0 + "_loss", MeanRule(.mean)) } : []
    metrics = []
    for (value, isWeighted) in [(metricsValue, false), (weightedValue, true)] {
      for (output, group) in try metricGroups(value, names, machine).enumerated() {
        for item in group {
          let metric = try KerasMetrics.read(item, machine)
          let name = names.count > 1 ? "\(names[output])_\(metric.name)" : metric.name
          metrics.append((output, name, metric, isWeighted))
        }
      }
    }
  }

  /// One value per output from a list or a dict.
  private func spread(_ value: Value, _ names: [String], _ what: String) throws -> [Value] {
    if value.isNone || value.isUndefined { return names.map { _ in .none } }
    if let dict = value.asDict {
      for key in dict.keys.compactMap(\.swiftString) where !names.contains(key) {
        throw Raise(
          .valueError,
          "In the dict argument `\(what)`, key '\(key)' does not correspond to any model output. Received: "
            + "\(what) with keys \(dict.keys.compactMap(\.swiftString))",
          hint: (Suggestion.nearest(to: key, among: names).map { "Did you mean '\($0)'? " } ?? "")
            + "The outputs are: " + names.joined(separator: ", "))
      }
      return names.map { dict[$0] ?? .none }
    }
    if let items = value.asList?.items ?? value.asTuple?.items {
      guard items.count == names.count else {
        throw Raise(
          .valueError,
          "For a model with multiple outputs, when providing the `\(what)` argument as a list, it should "
            + "have as many entries as the model has outputs. Received: \(items.count) entries for "
            + "\(names.count) outputs")
      }
      return items
    }
    return names.indices.map { $0 == 0 || what != "loss" ? value : .none }
  }

  /// The metrics of each output.
  private func metricGroups(_ value: Value, _ names: [String], _ machine: Machine) throws -> [[Value]] {
    if value.isNone || value.isUndefined { return names.map { _ in [] } }
    func list(_ value: Value) -> [Value] {
      value.isNone ? [] : value.asList?.items ?? value.asTuple?.items ?? [value]
    }
    if value.asDict != nil { return try spread(value, names, "metrics").map(list) }
    let items = list(value)
    if names.count == 1 {
      // [['accuracy']] is written for one output as well.
      return [items.flatMap(list)]
    }
    if items.contains(where: { $0.asList != nil || $0.asTuple != nil || $0.asDict != nil || $0.isNone })
      || items.count == names.count
    {
      return try spread(.list(items), names, "metrics").map(list)
    }
    return names.indices.map { $0 == 0 ? items : [] }
  }

  func reset(_ machine: Machine) throws {
    lossMean.reset()
    for (_, mean) in outputLosses { mean.reset() }
    for entry in metrics { try entry.metric.reset(machine) }
  }

  /// The means so far, in the order in which `evaluate` gives them.
  func logs(_ machine: Machine) throws -> TrainingLogs {
    var logs = TrainingLogs()
    logs["loss"] = try lossMean.result().item().double
    for entry in metrics { logs[entry.name] = try entry.metric.number(machine) }
    for (name, mean) in outputLosses { logs[name] = try mean.result().item().double }
    return logs
  }

  /// The outputs of a model as a list, by its structure.
  static func outputs(_ prediction: Value) -> [Value] { KerasTree.leaves(prediction) }

  /// The loss of a batch: that of all outputs and what weights and layers add.
  func loss(
    _ model: KerasModel, _ batch: KerasBatch, _ prediction: Value, _ machine: Machine
  ) throws -> Tensor {
    let outputs = Self.outputs(prediction)
    let names = outputNames(model, prediction, outputs.count)
    try arrange(names, machine)
    let targets = try targets(batch.y, names)
    var total: Tensor?
    for (place, output) in outputs.enumerated() {
      guard let loss = losses[place] else { continue }
      let target = targets[place]
      if target.isNone {
        throw Raise(.valueError, "targets are missing: y is None", hint: "model.fit(x, y, ...)")
      }
      if let y = target.asTensorObject?.tensor, let p = output.asTensorObject?.tensor {
        try KerasLosses.check(loss, y, output: p.shape)
        teach(loss, model, place, machine)
      }
      let weights = try weights(batch.weights, place, outputs.count, machine)
      var value = try loss.value(target, output, weights: weights, machine)
      if value.count != 1 { value = try value.mean() }
      if !outputLosses.isEmpty {
        // Keras takes the plain mean over batches here, whatever their sizes.
        try outputLosses[place].mean.add(value.detach(), Tensor(.double(1), dtype: .float32))
      }
      if !lossWeightsValue.isNone { value = try value.multiplied(by: .double(lossWeights[place])) }
      total = try total.map { try $0.adding(value) } ?? value
    }
    for weight in model.weights where weight.isTrainable {
      guard let price = try weight.regularizer?(weight.tensor) else { continue }
      total = try total.map { try $0.adding(price) } ?? price
    }
    for extra in machine.keras.losses {
      let price = extra.count == 1 ? try extra.reshape([]) : try extra.mean()
      total = try total.map { try $0.adding(price) } ?? price
    }
    guard let total else {
      throw Raise(
        .valueError, "No loss to compute. Provide a `loss` argument in `compile()`.",
        hint: "There are: " + KerasLosses.names.joined(separator: ", ") + ".")
    }
    return total
  }

  private func outputNames(_ model: KerasModel, _ prediction: Value, _ count: Int) -> [String] {
    if let dict = prediction.asDict { return dict.keys.compactMap(\.swiftString).sorted() }
    return model.outputNames(count)
  }

  private func targets(_ y: Value, _ names: [String]) throws -> [Value] {
    if let dict = y.asDict {
      return try names.map { name in
        if let found = dict[name] { return found }
        throw Raise(
          .valueError, "targets are missing for the output '\(name)': y has "
            + dict.keys.compactMap(\.swiftString).joined(separator: ", "))
      }
    }
    let leaves = KerasTree.leaves(y)
    if leaves.count == names.count { return leaves }
    if names.count == 1 { return [y] }
    throw Raise(
      .valueError,
      "the model has \(names.count) outputs (\(names.joined(separator: ", "))) and y has \(leaves.count)",
      hint: "y is a list of arrays in the order of the outputs, or a dict by their names")
  }

  private func weights(_ value: Value, _ place: Int, _ count: Int, _ machine: Machine) throws -> Tensor? {
    if value.isNone { return nil }
    let leaves = KerasTree.leaves(value)
    let chosen = leaves.count == count ? leaves[place] : leaves[0]
    return chosen.isNone ? nil : try machine.kerasTensor(chosen).detach()
  }

  /// Takes a batch into the metrics.
  func judge(
    _ model: KerasModel, _ batch: KerasBatch, _ prediction: Value, _ loss: Tensor, _ machine: Machine
  ) throws {
    try noGrad {
      let weight = try Tensor(.double(Double(batch.count)), dtype: .float32)
      try lossMean.add(loss.detach().reshape([]), weight)
      let outputs = Self.outputs(prediction)
      let targets = try targets(batch.y, outputNames(model, prediction, outputs.count))
      for entry in metrics {
        let weights = entry.isWeighted ? try weights(batch.weights, entry.output, outputs.count, machine) : nil
        let detached = outputs[entry.output].asTensorObject.map { machine.kerasValue($0.tensor.detach()) }
        try entry.metric.update(targets[entry.output], detached ?? .none, weights, machine)
      }
    }
  }

  /// What is rarely meant, said once.
  func teach(_ loss: KerasLoss, _ model: KerasModel, _ place: Int, _ machine: Machine) {
    guard loss.fromLogits, place == 0, let last = model.shownLayers.last else { return }
    let activation = last.config.first { $0.name == "activation" }?.value.swiftString
    let ends = last.type.name == "Softmax" ? "softmax" : activation
    if ends == "softmax" || ends == "sigmoid" {
      machine.warnOnce(
        "logits.\(model.name)",
        "Check: layer '\(last.name)' ends with \(ends ?? "") and the loss has from_logits=True: the "
          + "probabilities are taken for logits. Leave out the activation, or from_logits=True.")
    }
  }
}

extension KerasModel {
  /// A number of the logs: Keras's are float32.
  static func number(_ value: Double) -> Value { .float(Double(Float(value))) }

  func needCompiled() throws -> KerasCompiled {
    if let compiled { return compiled }
    throw Raise(
      .valueError, "You must call `compile()` before using the model.",
      hint: "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', "
        + "metrics=['accuracy'])")
  }

  /// The metrics that `model.metrics` shows.
  func allMetrics(_ machine: Machine) throws -> [KerasMetric] {
    var result: [KerasMetric] = []
    if compiled != nil {
      let loss = KerasMetric(machine.type(KerasMetrics.tables.first { $0.name == "Mean" } ?? KerasMetrics.base))
      loss.name = "loss"
      loss.rule = compiled?.lossMean
      result.append(loss)
      result += compiled?.metrics.map(\.metric) ?? []
    }
    return result
  }

  /// Metrics that a program keeps in attributes of the model.
  func ownMetrics() -> [KerasMetric] {
    var result: [KerasMetric] = []
    eachAttribute { value in
      if let metric = value.asInstance as? KerasMetric, !result.contains(where: { $0 === metric }) {
        result.append(metric)
      }
    }
    return result
  }

  // MARK: - Steps

  /// One step of training; gives the means so far.
  func trainStep(_ batch: KerasBatch, _ machine: Machine) throws -> TrainingLogs {
    if programFunction("train_step") != nil { return try programStep("train_step", batch, machine) }
    return try ownTrainStep(batch, machine)
  }

  func ownTrainStep(_ batch: KerasBatch, _ machine: Machine) throws -> TrainingLogs {
    let compiled = try needCompiled()
    let context = machine.keras
    context.losses = []
    let (prediction, loss) = try machine.recording { () -> (Value, Tensor) in
      let prediction = try invoke([batch.x], [("training", .bool(true))], machine)
      return (prediction, try lossValue(batch, prediction, compiled, machine))
    }
    let weights = weights.filter(\.isTrainable)
    guard !weights.isEmpty else {
      throw Raise(
        .valueError, "The model cannot be trained because it has no trainable weights.",
        hint: allLayers.contains { !$0.trainable }
          ? "layer.trainable = True lets a layer learn" : "add a layer with weights, like Dense")
    }
    for weight in weights {
      weight.tensor.grad = nil
      weight.lookups.clear()
    }
    if loss.requiresGrad { try loss.backward() }
    let scalar = try loss.item().double
    if !scalar.isFinite { try explainLoss(batch, prediction, scalar, machine) }
    try compiled.optimizer.step(weights, machine)
    for weight in weights { weight.tensor.grad = nil }
    try compiled.judge(self, batch, prediction, loss, machine)
    return try compiled.logs(machine)
  }

  private func lossValue(
    _ batch: KerasBatch, _ prediction: Value, _ compiled: KerasCompiled, _ machine: Machine
  ) throws -> Tensor {
    if programFunction("compute_loss") != nil {
      // The loss is the program's; the metrics are those of compile().
      let outputs = KerasCompiled.outputs(prediction)
      try compiled.arrange(outputNames(outputs.count), machine)
      let result = try machine.call(
        machine.attribute(.object(self), "compute_loss"), [],
        keywords: [
          ("x", batch.x), ("y", batch.y), ("y_pred", prediction), ("sample_weight", batch.weights),
        ])
      return try machine.kerasTensor(result)
    }
    return try compiled.loss(self, batch, prediction, machine)
  }

  /// Says once where a loss that is no number first arose.
  func explainLoss(
    _ batch: KerasBatch, _ prediction: Value, _ loss: Double, _ machine: Machine
  ) throws {
    func bad(_ tensor: Tensor) throws -> Bool {
      tensor.dtype.isFloating ? try !tensor.detach().isFinite().all().item().bool : false
    }
    var place = "in the loss itself: the outputs are finite; a smaller learning_rate, or "
      + "from_logits=True, keeps it so"
    if let x = KerasTree.leaves(batch.x).compactMap({ $0.asTensorObject?.tensor }).first, try bad(x) {
      place = "in the inputs: x holds NaN or infinity; np.nan_to_num(x) or dropping the rows mends it"
    } else if let y = KerasTree.leaves(batch.y).compactMap({ $0.asTensorObject?.tensor }).first, try bad(y) {
      place = "in the targets: y holds NaN or infinity"
    } else if let weight = try weights.first(where: { try bad($0.tensor) }) {
      place = "in the weight \(weight.path), after an earlier step: the learning rate is too large"
    } else if let p = KerasTree.leaves(prediction).compactMap({ $0.asTensorObject?.tensor }).first, try bad(p) {
      place = "in the outputs of the model"
    }
    machine.warnOnce("nan.\(name)", "Check: the loss became \(loss.isNaN ? "NaN" : "infinite") first \(place).")
  }

  /// One step of judging.
  func testStep(_ batch: KerasBatch, _ machine: Machine) throws -> TrainingLogs {
    if programFunction("test_step") != nil { return try programStep("test_step", batch, machine) }
    return try ownTestStep(batch, machine)
  }

  func ownTestStep(_ batch: KerasBatch, _ machine: Machine) throws -> TrainingLogs {
    let compiled = try needCompiled()
    machine.keras.losses = []
    let prediction = try invoke([batch.x], [("training", .bool(false))], machine)
    let loss = try noGrad { try lossValue(batch, prediction, compiled, machine) }
    try compiled.judge(self, batch, prediction, loss, machine)
    return try compiled.logs(machine)
  }

  /// `train_step(self, data)` of the program.
  private func programStep(_ name: String, _ batch: KerasBatch, _ machine: Machine) throws -> TrainingLogs {
    let data: Value
    if batch.y.isNone {
      data = batch.x
    } else if batch.weights.isNone {
      data = .tuple([batch.x, batch.y])
    } else {
      data = .tuple([batch.x, batch.y, batch.weights])
    }
    let result = try machine.call(machine.attribute(.object(self), name), [data])
    var logs = TrainingLogs()
    guard let dict = result.asDict else {
      throw Raise(
        .valueError, "\(name) gives a dict of logs, got \(machine.typeName(result))",
        hint: "return {m.name: m.result() for m in self.metrics}")
    }
    for (key, value) in dict.pairs {
      guard let name = key.swiftString else { continue }
      if let tensor = value.asTensorObject?.tensor.detach() {
        logs[name] = try (tensor.count == 1 ? tensor : tensor.to(.float32).mean()).item().double
      } else {
        logs[name] = try machine.float(value) ?? machine.scalar(value)?.double ?? .nan
      }
    }
    return logs
  }

  func resetMetrics(_ machine: Machine) throws {
    try compiled?.reset(machine)
    for metric in ownMetrics() { try metric.reset(machine) }
    if let property = type.lookup("metrics"), property.object is NativeFunction == false,
      programMetricsProperty
    {
      for value in try machine.array(machine.attribute(.object(self), "metrics")) {
        try (value.asInstance as? KerasMetric)?.reset(machine)
      }
    }
  }

  /// Whether the program's class has a property `metrics` of its own.
  private var programMetricsProperty: Bool {
    type.lineage.contains { $0.module == "__main__" } && programFunction("train_step") != nil
  }
}
