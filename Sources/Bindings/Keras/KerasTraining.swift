import Language
import NeuralNetworks
import Plotting
import TensorCore

/// `compile`, `fit`, `evaluate`, `predict` and their kin.
enum KerasTraining {
  static let methods: [Native] = [
    compile, fit, evaluate, predict, trainOnBatch, testOnBatch, predictOnBatch, resetMetrics, trainStep,
    testStep, computeLoss,
  ]

  private static func model(_ a: Arguments) throws -> KerasModel {
    let model = try a.receiver(KerasModel.self)
    guard model.isMade else { throw model.notMade }
    return model
  }

  private static let compile = Native(
    "compile(self, optimizer='rmsprop', loss=None, loss_weights=None, metrics=None, weighted_metrics=None, "
      + "run_eagerly=False, steps_per_execution=1, jit_compile='auto', auto_scale_loss=True)",
    "Says how the model is trained: optimizer, loss and metrics by name or as objects."
  ) { a in
    let model = try model(a)
    let optimizer = try KerasOptimizers.read(a[1], a.machine)
    model.compiled = try KerasCompiled(
      optimizer, loss: a[2], metrics: a[4], weighted: a[5], lossWeights: a[3], a.machine)
    return .none
  }

  // MARK: - Data

  private static func positive(_ n: KerasNamed, _ name: String) throws -> Int? {
    guard n.has(name) else { return nil }
    return try n.positive(name)
  }

  /// The batches of `x`, `y` and weights.
  private static func batches(
    _ n: KerasNamed, batchSize: Int?, shuffle: Bool, steps: Int?, needsTargets: Bool
  ) throws -> any KerasBatches {
    let machine = n.machine
    let x = n["x"]
    if x.isNone {
      throw Raise(.valueError, "x is None: there is nothing to train on or to judge")
    }
    if KerasData.isIterated(x, machine) {
      if n.has("y") {
        throw Raise(
          .valueError, "`y` should not be passed if `x` is a dataset or a generator: it gives the targets")
      }
      return try KerasIterated(x, steps: steps, machine)
    }
    let inputs = try KerasData.tree(x, machine, "x")
    let targets = n.has("y") ? try KerasData.tree(n["y"], machine, "y") : .none
    let rows = try KerasData.rows([("x", inputs), ("y", targets)])
    guard rows > 0 else {
      throw Raise(.valueError, "there are no rows to train on: x is empty")
    }
    var weights = n.has("sample_weight") ? try machine.kerasTensor(n["sample_weight"]).detach() : nil
    if let weights, weights.shape.first != rows {
      throw Raise(
        .valueError,
        "sample_weight has shape \(KerasShape.text(weights.shape.map { $0 })), needed is one per row: \(rows)")
    }
    if let classes = try KerasData.classWeights(n["class_weight"], machine) {
      let own = try KerasData.rowWeights(targets, classes, machine)
      weights = try weights.map { try $0.multiplied(by: own) } ?? own
    }
    return KerasArrays(
      inputs, targets, weights, rows: rows, batchSize: batchSize ?? 32, shuffles: shuffle, machine)
  }

  // MARK: - fit

  private static let fit = Native(
    "fit(self, x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, "
      + "validation_split=0.0, validation_data=None, shuffle=True, class_weight=None, "
      + "sample_weight=None, initial_epoch=0, steps_per_epoch=None, validation_steps=None, "
      + "validation_batch_size=None, validation_freq=1)",
    "Trains the model on rows x with targets y, and draws the progress. Gives the History.", body: fit)

  private static func fit(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let model = try model(a)
    if model.programFunction("train_step") == nil { _ = try model.needCompiled() }
    let n = KerasNamed(a)
    let epochs = try whole(n, "epochs")
    let initial = try whole(n, "initial_epoch")
    let batchSize = try positive(n, "batch_size")
    let steps = try positive(n, "steps_per_epoch")
    let split = try n.double("validation_split")
    guard split >= 0, split < 1 else {
      throw Raise(
        .valueError, "`validation_split` must be a float between 0 and 1, got \(try machine.repr(n["validation_split"]))")
    }
    let verbose = try verbosity(n["verbose"], machine)
    let frequency = max(1, (try? n.int("validation_freq")) ?? 1)
    var source = try batches(
      n, batchSize: batchSize, shuffle: machine.truth(n["shuffle"]), steps: steps, needsTargets: true)
    var validation: (any KerasBatches)?
    let judgedSize = try positive(n, "validation_batch_size") ?? batchSize
    if n.has("validation_data") {
      validation = try judged(n["validation_data"], judgedSize, try positive(n, "validation_steps"), machine)
    } else if split > 0 {
      (source, validation) = try parts(n, split, batchSize, judgedSize)
    }
    let history = KerasHistory.make(machine)
    model.history = history
    let callbacks = try KerasCallbackList(
      machine, model, try KerasCallbackList.read(n["callbacks"], machine), history)
    try callbacks.begin(verbose: verbose, epochs: epochs, steps: source.steps)
    if let planned = try KerasPlan(model, n, epochs: epochs, initial: initial, validation: n["validation_data"]),
      !callbacks.hearsBatches, validation == nil || !callbacks.hearsTests
    {
      try planned.run(callbacks, verbose: verbose, machine)
      if let loss = history.own("history")?.asDict?["loss"]?.asList?.items.last?.asDouble, !loss.isFinite {
        let x = try KerasData.tree(n["x"], machine, "x")
        let y = try KerasData.tree(n["y"], machine, "y")
        try model.explainLoss(
          KerasBatch(x: x, y: y, weights: .none, count: 0), .none, loss, machine)
      }
      return .object(history)
    }
    let view =
      verbose == 1
      ? LiveTrainingView(
        machine, title: model.name, metrics: try metricNames(model, machine),
        hasValidation: validation != nil, initialEpoch: initial) : nil
    let keeper = RunKeeper()
    var observers: [any TrainingObserver] = [keeper, TrainingPoll(machine), callbacks]
    if let view { observers.append(view) }
    if verbose == 2 { observers.append(EpochLines(machine)) }
    try TrainingSession.run(machine, view: view, observer: keeper) {
      try BatchLoop.run(
        epochs: epochs, initialEpoch: initial, steps: source.steps, samples: source.samples,
        hasValidation: validation != nil, observers: observers
      ) { epoch in
        try model.resetMetrics(machine)
        try source.begin(epoch)
      } step: { _ in
        guard let batch = try source.next() else { return nil }
        return try model.trainStep(batch, machine)
      } validate: { epoch in
        guard let validation, (epoch + 1) % frequency == 0 else { return nil }
        return try judge(model, validation, machine, callbacks)
      }
    }
    return .object(history)
  }

  private static func metricNames(_ model: KerasModel, _ machine: Machine) throws -> [String] {
    if let graph = model.graph, let compiled = model.compiled {
      try compiled.arrange(graph.outputs.count > 1 ? graph.outputNames : ["output"], machine)
    }
    return model.compiled?.metrics.map(\.name) ?? []
  }

  /// `validation_data=(x, y)`, `(x, y, weights)` or batches.
  private static func judged(
    _ value: Value, _ batchSize: Int?, _ steps: Int?, _ machine: Machine
  ) throws -> any KerasBatches {
    if KerasData.isIterated(value, machine) { return try KerasIterated(value, steps: steps, machine) }
    let items = value.asTuple?.items ?? value.asList?.items ?? []
    guard items.count == 2 || items.count == 3 else {
      throw Raise(
        .valueError, "validation_data is a tuple (x_val, y_val), got \(machine.typeName(value))"
          + (items.isEmpty ? "" : " of \(items.count) items"))
    }
    let x = try KerasData.tree(items[0], machine, "x_val")
    let y = try KerasData.tree(items[1], machine, "y_val")
    let rows = try KerasData.rows([("x_val", x), ("y_val", y)])
    let weights = items.count == 3 ? try machine.kerasTensor(items[2]).detach() : nil
    return KerasArrays(x, y, weights, rows: rows, batchSize: batchSize ?? 32, shuffles: false, machine)
  }

  /// The first rows to train on, the last to judge.
  private static func parts(
    _ n: KerasNamed, _ split: Double, _ batchSize: Int?, _ judgedSize: Int?
  ) throws -> (any KerasBatches, any KerasBatches) {
    let machine = n.machine
    if KerasData.isIterated(n["x"], machine) {
      throw Raise(
        .valueError,
        "`validation_split` is only supported for Tensors or NumPy arrays, found data that is iterated")
    }
    let x = try KerasData.tree(n["x"], machine, "x")
    let y = n.has("y") ? try KerasData.tree(n["y"], machine, "y") : .none
    let rows = try KerasData.rows([("x", x), ("y", y)])
    let kept = Int((Double(rows) * (1 - split)).rounded(.down))
    guard kept > 0, kept < rows else {
      throw Raise(
        .valueError,
        "Training data contains \(rows) samples, which is not sufficient to split it into a validation "
          + "and training set as specified by `validation_split=\(FloatText.python(split))`. Either "
          + "provide more data, or a different value for the `validation_split` argument.")
    }
    func cut(_ value: Value, _ start: Int, _ count: Int) throws -> Value {
      try KerasTree.map(value) { leaf in
        guard let tensor = leaf.asTensorObject?.tensor else { return leaf }
        return machine.kerasValue(try tensor.narrow(0, start: start, length: count))
      }
    }
    var weights = n.has("sample_weight") ? try machine.kerasTensor(n["sample_weight"]).detach() : nil
    let judgedWeights = try weights?.narrow(0, start: kept, length: rows - kept)
    weights = try weights?.narrow(0, start: 0, length: kept)
    let trainY = try cut(y, 0, kept)
    if let classes = try KerasData.classWeights(n["class_weight"], machine) {
      let own = try KerasData.rowWeights(trainY, classes, machine)
      weights = try weights.map { try $0.multiplied(by: own) } ?? own
    }
    return (
      KerasArrays(
        try cut(x, 0, kept), trainY, weights, rows: kept, batchSize: batchSize ?? 32,
        shuffles: try machine.truth(n["shuffle"]), machine),
      KerasArrays(
        try cut(x, kept, rows - kept), try cut(y, kept, rows - kept), judgedWeights, rows: rows - kept,
        batchSize: judgedSize ?? 32, shuffles: false, machine)
    )
  }

  /// Judges all batches.
  static func judge(
    _ model: KerasModel, _ source: any KerasBatches, _ machine: Machine,
    _ callbacks: KerasCallbackList? = nil
  ) throws -> TrainingLogs {
    // The numbers of training so far are those of the epoch: they are read before.
    try model.resetMetrics(machine)
    try source.begin(0)
    var logs = TrainingLogs()
    var step = 0
    try callbacks?.tell("on_test_begin", logs)
    while let batch = try source.next() {
      try Interrupt.check()
      try machine.poll()
      try callbacks?.tell("on_test_batch_begin", batch: step, TrainingLogs())
      logs = try model.testStep(batch, machine)
      try callbacks?.tell("on_test_batch_end", batch: step, logs)
      step += 1
    }
    try callbacks?.tell("on_test_end", logs)
    return logs
  }

  private static func whole(_ n: KerasNamed, _ name: String) throws -> Int {
    let value = try n.int(name)
    guard value >= 0 else {
      throw Raise(.valueError, "fit(): \(name) must be at least 0, got \(value)")
    }
    return value
  }

  private static func verbosity(_ value: Value, _ machine: Machine) throws -> Int {
    if value.swiftString == "auto" { return 1 }
    if case .bool(let flag) = value { return flag ? 1 : 0 }
    guard let number = value.asInt, (0...2).contains(number) else {
      throw Raise(
        .valueError, "verbose must be 'auto', 0 (silent), 1 (live view) or 2 (a line per epoch), got "
          + (try machine.repr(value)))
    }
    return number
  }

  // MARK: - evaluate, predict

  private static let evaluate = Native(
    "evaluate(self, x=None, y=None, batch_size=None, verbose='auto', sample_weight=None, steps=None, "
      + "callbacks=None, return_dict=False)",
    "Loss and metrics on rows x with targets y: a list, or a dict with return_dict=True."
  ) { a in
    let model = try model(a)
    if model.programFunction("test_step") == nil { _ = try model.needCompiled() }
    let n = KerasNamed(a)
    let source = try batches(
      n, batchSize: try positive(n, "batch_size"), shuffle: false, steps: try positive(n, "steps"),
      needsTargets: true)
    let verbose = try verbosity(n["verbose"], a.machine)
    let callbacks = try KerasCallbackList.read(n["callbacks"], a.machine)
    let list = try KerasCallbackList(a.machine, model, callbacks, KerasHistory.make(a.machine))
    try list.attach()
    let clock = ContinuousClock()
    let start = clock.now
    let logs = try interruptible(a.machine) { try judge(model, source, a.machine, list) }
    if verbose > 0 {
      let (seconds, atto) = (clock.now - start).components
      let steps = source.steps ?? 1
      var line = ProgressLine(
        "", done: steps, of: steps, elapsed: Double(seconds) + Double(atto) * 1e-18, unit: "step")
      line.metrics = TrainingLogs.sorted(logs).map { .init($0.name, $0.value) }
      a.machine.output.write(line.keras() + "\n", toError: false)
    }
    return result(logs, asDict: try n.bool("return_dict"))
  }

  /// Errors and interrupts of the library in the words of the door.
  private static func interruptible<R>(_ machine: Machine, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as NeuralNetworkError {
      throw KerasErrors.translate(error, nil)
    } catch let error as TensorError {
      throw Raise(.valueError, error.description)
    }
  }

  static func result(_ logs: TrainingLogs, asDict: Bool) -> Value {
    if asDict {
      let dict = DictObject()
      for (name, value) in TrainingLogs.sorted(logs) { dict[name] = KerasModel.number(value) }
      return .object(dict)
    }
    let values = logs.entries.map { KerasModel.number($0.value) }
    return values.count == 1 ? values[0] : .list(values)
  }

  private static let predict = Native(
    "predict(self, x, batch_size=None, verbose='auto', steps=None, callbacks=None)",
    "The outputs for rows x, as an array."
  ) { a in
    let model = try model(a)
    let n = KerasNamed(a)
    let source = try batches(
      n, batchSize: try positive(n, "batch_size"), shuffle: false, steps: try positive(n, "steps"),
      needsTargets: false)
    let callbacks = try KerasCallbackList.read(n["callbacks"], a.machine)
    let list = try KerasCallbackList(a.machine, model, callbacks, KerasHistory.make(a.machine))
    try list.attach()
    return try outputs(model, source, a.machine, list)
  }

  private static func outputs(
    _ model: KerasModel, _ source: any KerasBatches, _ machine: Machine,
    _ callbacks: KerasCallbackList? = nil
  ) throws -> Value {
    try source.begin(0)
    var parts: [Value] = []
    try callbacks?.tell("on_predict_begin", TrainingLogs())
    while let batch = try source.next() {
      try Interrupt.check()
      try machine.poll()
      try callbacks?.tell("on_predict_batch_begin", batch: parts.count, TrainingLogs())
      let result = try interruptible(machine) {
        model.programFunction("predict_step") != nil
          ? try machine.call(machine.attribute(.object(model), "predict_step"), [batch.x])
          : try model.invoke([batch.x], [("training", .bool(false))], machine)
      }
      try callbacks?.tell(outputs: result, batch: parts.count)
      parts.append(result)
    }
    try callbacks?.tell("on_predict_end", TrainingLogs())
    guard let first = parts.first else {
      throw Raise(.valueError, "predict: there are no rows")
    }
    // The batches of each output, one behind the other.
    var columns = KerasTree.leaves(first).map { _ in [Tensor]() }
    for part in parts {
      for (place, leaf) in KerasTree.leaves(part).enumerated() where place < columns.count {
        columns[place].append(try machine.kerasTensor(leaf, keepsIntegers: true).detach())
      }
    }
    var place = 0
    return try KerasTree.map(first) { _ in
      let own = columns[place]
      place += 1
      if own.count == 1 { return machine.ndarray(own[0]) }
      return machine.ndarray(own[0].rank == 0 ? try Tensor.stack(own) : try Tensor.cat(own))
    }
  }

  private static let predictOnBatch = Native(
    "predict_on_batch(self, x)", "The outputs for one batch, as an array."
  ) { a in
    let model = try model(a)
    let x = try KerasData.tree(a[1], a.machine, "x")
    let rows = try KerasData.rows([("x", x)])
    return try outputs(
      model, KerasArrays(x, .none, nil, rows: rows, batchSize: max(1, rows), shuffles: false, a.machine),
      a.machine)
  }

  // MARK: - Single batches

  private static func single(_ a: Arguments, _ n: KerasNamed) throws -> KerasBatch {
    let machine = a.machine
    let x = try KerasData.tree(n["x"], machine, "x")
    let y = n.has("y") ? try KerasData.tree(n["y"], machine, "y") : .none
    var weights = n.has("sample_weight") ? try machine.kerasTensor(n["sample_weight"]).detach() : nil
    if let classes = try KerasData.classWeights(n["class_weight"], machine) {
      let own = try KerasData.rowWeights(y, classes, machine)
      weights = try weights.map { try $0.multiplied(by: own) } ?? own
    }
    return KerasBatch(
      x: x, y: y, weights: weights.map { machine.kerasValue($0) } ?? .none,
      count: try KerasData.rows([("x", x), ("y", y)]))
  }

  private static let trainOnBatch = Native(
    "train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False)",
    "One step on one batch. Gives its loss and metrics."
  ) { a in
    let model = try model(a)
    let n = KerasNamed(a)
    if model.programFunction("train_step") == nil { _ = try model.needCompiled() }
    let batch = try single(a, n)
    try model.resetMetrics(a.machine)
    let logs = try interruptible(a.machine) { try model.trainStep(batch, a.machine) }
    return result(logs, asDict: try n.bool("return_dict"))
  }

  private static let testOnBatch = Native(
    "test_on_batch(self, x, y=None, sample_weight=None, return_dict=False)",
    "Loss and metrics on one batch."
  ) { a in
    let model = try model(a)
    let n = KerasNamed(a)
    if model.programFunction("test_step") == nil { _ = try model.needCompiled() }
    let batch = try single(a, n)
    try model.resetMetrics(a.machine)
    let logs = try interruptible(a.machine) { try model.testStep(batch, a.machine) }
    return result(logs, asDict: try n.bool("return_dict"))
  }

  private static let resetMetrics = Native(
    "reset_metrics(self)", "Begins the means of train_on_batch() anew."
  ) { a in
    try model(a).resetMetrics(a.machine)
    return .none
  }

  // MARK: - Steps as methods, for classes that call super()

  private static func dict(_ logs: TrainingLogs) -> Value {
    let dict = DictObject()
    for (name, value) in logs.entries { dict[name] = KerasModel.number(value) }
    return .object(dict)
  }

  private static let trainStep = Native("train_step(self, data)", "One step of training on a batch.") { a in
    dict(try model(a).ownTrainStep(KerasData.batch(a[1], a.machine), a.machine))
  }

  private static let testStep = Native("test_step(self, data)", "One step of judging on a batch.") { a in
    dict(try model(a).ownTestStep(KerasData.batch(a[1], a.machine), a.machine))
  }

  private static let computeLoss = Native(
    "compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True)",
    "The loss that compile() asked for, with the prices of regularizers."
  ) { a in
    let model = try model(a)
    let n = KerasNamed(a)
    let y = n.has("y") ? try KerasData.tree(n["y"], a.machine, "y") : .none
    let batch = KerasBatch(
      x: n["x"], y: y, weights: n["sample_weight"], count: try KerasData.rows([("y", y)]))
    return a.machine.kerasValue(
      try model.needCompiled().loss(model, batch, n["y_pred"], a.machine))
  }
}
