import Language
import NeuralNetworks
import TensorCore

/// `fit` of a row of dense layers on a planned step: the same numbers, faster.
///
/// The library's modules share the weights of the Keras layers; nothing is copied.
struct KerasPlan {
  private let trainer: Trainer
  private let plan: TrainingPlan
  private let x: Tensor
  private let y: Tensor
  private let optimizer: KerasOptimizer
  private let compiled: KerasCompiled
  private let title: String

  /// nil when anything asks for the general steps.
  init?(_ model: KerasModel, _ n: KerasNamed, epochs: Int, initial: Int, validation: Value) throws {
    let machine = n.machine
    guard let model = model as? KerasSequential, model.type.module == "keras", let compiled = model.compiled,
      !compiled.optimizer.isScheduled, !compiled.optimizer.clipping.isActive,
      ![.nadam].contains(compiled.optimizer.rule),
      !KerasData.isIterated(n["x"], machine), n.has("y"), !n.has("steps_per_epoch"),
      (try n.int("validation_freq")) == 1,
      !n.has("validation_batch_size"), n["x"].asDict == nil, !KerasTree.isStructure(n["x"]),
      !KerasTree.isStructure(n["y"]), compiled.lossValue.asDict == nil, compiled.lossValue.asList == nil
    else { return nil }
    let inputs = try KerasData.tree(n["x"], machine, "x")
    let targets = try KerasData.tree(n["y"], machine, "y")
    guard let x = inputs.asTensorObject?.tensor, let y = targets.asTensorObject?.tensor,
      x.shape.first == y.shape.first, x.shape.first ?? 0 > 0
    else { return nil }
    if !model.isBuilt {
      try model.build([[nil] + x.shape.dropFirst().map { $0 }], machine)
    }
    guard let shape = model.graph?.inputs.first?.shape, let output = model.graph?.outputs.first?.shape,
      shape.count == x.rank, zip(shape.dropFirst(), x.shape.dropFirst()).allSatisfy({ $0 == nil || $0 == $1 }),
      let modules = Self.modules(model)
    else { return nil }
    try compiled.arrange(["output"], machine)
    guard let loss = compiled.losses.first??.planned, let kerasLoss = compiled.losses.first ?? nil else {
      return nil
    }
    var metrics: [Metric] = []
    for entry in compiled.metrics {
      guard !entry.isWeighted, let metric = entry.metric.planned else { return nil }
      metrics.append(metric)
    }
    compiled.teach(kerasLoss, model, 0, machine)
    try KerasLosses.check(kerasLoss, y, output: [x.shape[0]] + output.dropFirst().map { $0 ?? 0 })
    var plan = TrainingPlan(
      batchSize: n.has("batch_size") ? try n.positive("batch_size") : 32, epochs: epochs)
    plan.initialEpoch = initial
    plan.shuffle = try machine.truth(n["shuffle"])
    plan.validationSplit = try n.double("validation_split")
    if !validation.isNone {
      let items = validation.asTuple?.items ?? validation.asList?.items ?? []
      guard items.count == 2 else { return nil }
      let vx = try KerasData.tree(items[0], machine, "x_val")
      let vy = try KerasData.tree(items[1], machine, "y_val")
      guard let tx = vx.asTensorObject?.tensor, let ty = vy.asTensorObject?.tensor,
        tx.shape.dropFirst() == x.shape.dropFirst(), tx.shape.first == ty.shape.first,
        ty.shape.dropFirst() == y.shape.dropFirst()
      else { return nil }
      plan.validation = (tx, ty)
    }
    plan.classWeights = try KerasData.classWeights(n["class_weight"], machine)
    if n.has("sample_weight") { plan.sampleWeights = try machine.kerasTensor(n["sample_weight"]).detach() }
    let weights = model.weights.filter(\.isTrainable)
    guard !weights.isEmpty, weights.count == model.weights.count,
      weights.allSatisfy({ $0.regularizer == nil && $0.constraint == nil })
    else { return nil }
    self.plan = plan
    self.x = x
    self.y = y
    self.compiled = compiled
    optimizer = compiled.optimizer
    title = model.name
    trainer = Trainer(
      model: Sequential(modules), loss: loss, optimizer: try optimizer.optimizer(for: weights.map(\.tensor)),
      metrics: metrics)
  }

  /// The library's modules for the layers; nil where one has none.
  private static func modules(_ model: KerasSequential) -> [Module]? {
    var result: [Module] = []
    for layer in model.layers {
      guard layer.type.module == "keras.layers", layer.activityRegularizer == nil else { return nil }
      switch layer.type.name {
      case "Dense":
        guard let unit = layer.unit as? DenseUnit, let kernel = unit.weights.first?.tensor else { return nil }
        let name = unit.activation?.name ?? "linear"
        guard ["linear", "relu", "sigmoid", "tanh", "gelu", "softmax"].contains(name),
          let activation = Activation(name: name),
          let linear = try? Linear(
            kernel: kernel, bias: unit.usesBias ? unit.weights.last?.tensor : nil, activation: activation)
        else { return nil }
        result.append(linear)
      case "Flatten": result.append(Flatten())
      case "Dropout":
        guard let rate = layer.config.first(where: { $0.name == "rate" })?.value.asDouble,
          layer.config.first(where: { $0.name == "noise_shape" })?.value.isNone ?? true,
          let dropout = try? Dropout(rate, generator: layer.unit?.generator ?? .default)
        else { return nil }
        result.append(dropout)
      case "ReLU":
        guard layer.config.allSatisfy({ $0.value.isNone || $0.value.asDouble == 0 }) else { return nil }
        result.append(ActivationLayer(.relu))
      case "Softmax":
        guard layer.config.first?.value.asInt == -1 else { return nil }
        result.append(ActivationLayer(.softmax))
      case "Activation":
        guard let name = layer.config.first?.value.swiftString,
          ["linear", "relu", "sigmoid", "tanh", "gelu", "softmax"].contains(name),
          let activation = Activation(name: name)
        else { return nil }
        result.append(ActivationLayer(activation))
      default: return nil
      }
    }
    return result
  }

  func run(_ callbacks: KerasCallbackList, verbose: Int, _ machine: Machine) throws {
    let view =
      verbose == 1
      ? LiveTrainingView(
        machine, title: title, metrics: compiled.metrics.map(\.name),
        hasValidation: plan.validation != nil || plan.validationSplit > 0, initialEpoch: plan.initialEpoch)
      : nil
    let keeper = RunKeeper()
    let counter = StepCounter(optimizer)
    var observers: [any TrainingObserver] = [keeper, TrainingPoll(machine), counter, callbacks]
    if let view { observers.append(view) }
    if verbose == 2 { observers.append(EpochLines(machine)) }
    do {
      try TrainingSession.run(machine, view: view, observer: keeper) {
        try trainer.fit(x, y, plan, observers: observers)
      }
    } catch let error as NeuralNetworkError {
      throw KerasErrors.translate(error, nil)
    } catch let error as TensorError {
      throw Raise(.valueError, error.description)
    }
  }

  /// Counts the steps for `optimizer.iterations`, and gives the optimizer rates that callbacks set.
  private final class StepCounter: TrainingObserver {
    private let optimizer: KerasOptimizer
    init(_ optimizer: KerasOptimizer) { self.optimizer = optimizer }
    func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws { optimizer.noteSteps(1) }
  }
}
