import Language
import NeuralNetworks
import Plotting
import TensorCore

/// `compile`, `fit`, `evaluate`, `predict` and their kin.
enum KerasTraining {
  static let methods: [Native] = [
    compile, fit, evaluate, predict, trainOnBatch, testOnBatch, predictOnBatch, resetMetrics,
  ]

  private static let compile = Native(
    "compile(self, optimizer='adam', loss=None, metrics=None)",
    "Says how the model is trained: optimizer, loss and metrics by name or as objects."
  ) { a in
    let model = try a.receiver(KerasModel.self)
    let optimizer = try KerasOptimizers.read(a[1], a.machine)
    if a[2].isNone {
      throw Raise(
        .valueError, "No loss to compute. Provide a `loss` argument in `compile()`.",
        hint: "There are: " + KerasLosses.names.joined(separator: ", ") + ".")
    }
    let loss = try KerasLosses.read(a[2], a.machine)
    model.compiled = KerasCompiled(optimizer, loss, try KerasMetrics.list(a[3], a.machine))
    model.batchMeans = KerasMeans()
    return .none
  }

  // MARK: - fit

  private static let fit = Native(
    "fit(self, x=None, y=None, batch_size=None, epochs=1, verbose='auto', callbacks=None, "
      + "validation_split=0.0, validation_data=None, shuffle=True, class_weight=None, "
      + "sample_weight=None, initial_epoch=0)",
    "Trains the model on rows x with targets y, and draws the progress. Gives the History.", body: fit)

  private static func fit(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let model = try a.receiver(KerasModel.self)
    let (compiled, sequence) = try model.needLoss()
    let (x, y) = try model.checked(a[1], a[2], compiled, machine)
    var plan = TrainingPlan(
      batchSize: try positive(a, 3) ?? 32, epochs: try whole(a, 4))
    plan.initialEpoch = try whole(a, 12)
    plan.shuffle = try a.bool(9)
    plan.validationSplit = try a.double(7)
    guard plan.validationSplit >= 0, plan.validationSplit < 1 else {
      throw Raise(
        .valueError,
        "`validation_split` must be at least 0 and below 1, got \(try machine.repr(a[7]))")
    }
    if let (vx, vy) = try KerasData.pair(a[8], machine) {
      try KerasData.checkRows(vx, vy)
      try model.fit(shape: vx.shape)
      try KerasLosses.check(compiled.loss, vy, output: model.outputShape ?? [], model)
      plan.validation = (try model.shaped(vx), vy)
    }
    plan.classWeights = try classWeights(a[10], machine)
    if !a[11].isNone { plan.sampleWeights = try KerasData.floats(a[11], machine) }
    let verbose = try verbosity(a[5], machine)
    let trainer = try model.trainer(compiled, sequence)

    let history = KerasHistory.make(machine)
    model.history = history
    let callbacks = try KerasCallbackList(
      machine, model, try KerasCallbackList.read(a[6], machine), history)
    let rows = x.shape[0] - Int(Double(x.shape[0]) * plan.validationSplit)
    try callbacks.begin(
      verbose: verbose, epochs: plan.epochs, steps: (max(1, rows) - 1) / plan.batchSize + 1)
    let view =
      verbose == 1
      ? LiveTrainingView(
        machine, title: model.name, metrics: compiled.metrics.map(\.name),
        hasValidation: plan.validation != nil || plan.validationSplit > 0,
        initialEpoch: plan.initialEpoch) : nil
    let keeper = RunKeeper()
    var observers: [any TrainingObserver] = [keeper, TrainingPoll(machine), callbacks]
    if let view { observers.append(view) }
    if verbose == 2 { observers.append(EpochLines(machine)) }
    try model.explained {
      try TrainingSession.run(machine, view: view, observer: keeper) {
        try trainer.fit(x, y, plan, observers: observers)
      }
    }
    return .object(history)
  }

  private static func positive(_ a: Arguments, _ index: Int) throws -> Int? {
    guard let value = try a.optionalInt(index) else { return nil }
    guard value > 0 else { throw a.mismatch(index, expected: "a positive int") }
    return value
  }

  private static func whole(_ a: Arguments, _ index: Int) throws -> Int {
    let value = try a.int(index)
    guard value >= 0 else {
      throw Raise(.valueError, "\(a.name): a number of epochs must be at least 0, got \(value)")
    }
    return value
  }

  private static func verbosity(_ value: Value, _ machine: Machine) throws -> Int {
    if value.swiftString == "auto" { return 1 }
    guard let number = value.asInt, (0...2).contains(number) else {
      throw Raise(
        .valueError, "verbose must be 'auto', 0 (silent), 1 (live view) or 2 (a line per epoch), got "
          + (try machine.repr(value)))
    }
    return number
  }

  private static func classWeights(_ value: Value, _ machine: Machine) throws -> [Int: Double]? {
    if value.isNone || value.isUndefined { return nil }
    guard let dict = value.asDict else {
      throw Raise(
        .valueError, "class_weight is a dict of factors by class, got \(machine.typeName(value))",
        hint: "class_weight={0: 1.0, 1: 5.0}")
    }
    var result: [Int: Double] = [:]
    for (key, factor) in dict.pairs {
      guard let number = try machine.index(key) ?? machine.scalar(key)?.int,
        let weight = try machine.float(factor)
      else {
        throw Raise(
          .valueError, "class_weight is a dict of factors by class, got the entry "
            + "\(try machine.repr(key)): \(try machine.repr(factor))")
      }
      result[number] = weight
    }
    return result
  }

  // MARK: - evaluate, predict

  private static let evaluate = Native(
    "evaluate(self, x=None, y=None, batch_size=None, verbose='auto', return_dict=False)",
    "Loss and metrics on rows x with targets y: a list, or a dict with return_dict=True."
  ) { a in
    let model = try a.receiver(KerasModel.self)
    let (compiled, sequence) = try model.needLoss()
    let (x, y) = try model.checked(a[1], a[2], compiled, a.machine)
    let batch = try positive(a, 3) ?? 32
    let verbose = try verbosity(a[4], a.machine)
    // Judging needs no optimizer: one is made for the sake of the type only.
    let trainer = try model.judge(compiled, sequence)
    let clock = ContinuousClock()
    let start = clock.now
    let logs = try model.explained { try trainer.evaluate(x, y, batchSize: batch) }
    if verbose > 0 {
      let (seconds, atto) = (clock.now - start).components
      let steps = (x.shape[0] - 1) / batch + 1
      var line = ProgressLine(
        "", done: steps, of: steps, elapsed: Double(seconds) + Double(atto) * 1e-18, unit: "step")
      line.metrics = TrainingLogs.sorted(logs).map { .init($0.name, $0.value) }
      a.machine.host?.write(line.keras() + "\n", toError: false)
    }
    return result(logs, asDict: try a.bool(5))
  }

  private static func result(_ logs: TrainingLogs, asDict: Bool) -> Value {
    if asDict {
      let dict = DictObject()
      for (name, value) in TrainingLogs.sorted(logs) { dict[name] = KerasModel.number(value) }
      return .object(dict)
    }
    let values = logs.entries.map { KerasModel.number($0.value) }
    return values.count == 1 ? values[0] : .list(values)
  }

  private static let predict = Native(
    "predict(self, x, batch_size=None, verbose='auto')", "The outputs for rows x, as an array."
  ) { a in try outputs(a, batch: try positive(a, 2) ?? 32) }

  private static let predictOnBatch = Native(
    "predict_on_batch(self, x)", "The outputs for one batch, as an array."
  ) { a in try outputs(a, batch: 1 << 20) }

  private static func outputs(_ a: Arguments, batch: Int) throws -> Value {
    let model = try a.receiver(KerasModel.self)
    guard let sequence = model.module as? Sequential else { throw model.notReady }
    let x = try KerasData.inputs(a[1], a.machine, "x")
    try model.fit(shape: x.shape)
    // Predicting asks for neither loss nor optimizer.
    let trainer = try model.judge(model.compiled, sequence)
    return a.machine.ndarray(
      try model.explained { try trainer.predict(model.shaped(x), batchSize: batch) })
  }

  // MARK: - Single batches

  private static let trainOnBatch = Native(
    "train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False)",
    "One step on one batch. Gives the means of loss and metrics since reset_metrics()."
  ) { a in
    let model = try a.receiver(KerasModel.self)
    let (compiled, sequence) = try model.needLoss()
    let (x, y) = try model.checked(a[1], a[2], compiled, a.machine)
    var plan = TrainingPlan(batchSize: max(1, x.shape[0]), epochs: 1)
    plan.shuffle = false
    // A plan is laid out for many steps.
    plan.allowsPlan = false
    if !a[3].isNone { plan.sampleWeights = try KerasData.floats(a[3], a.machine) }
    plan.classWeights = try classWeights(a[4], a.machine)
    let trainer = try model.trainer(compiled, sequence)
    let history = try model.explained { try trainer.fit(x, y, plan) }
    var logs = TrainingLogs()
    for (name, values) in history.metrics { logs[name] = values.last }
    model.batchMeans.add(logs, rows: x.shape[0])
    return result(model.batchMeans.logs, asDict: try a.bool(5))
  }

  private static let testOnBatch = Native(
    "test_on_batch(self, x, y=None, return_dict=False)",
    "Loss and metrics on one batch, as means since reset_metrics()."
  ) { a in
    let model = try a.receiver(KerasModel.self)
    let (compiled, sequence) = try model.needLoss()
    let (x, y) = try model.checked(a[1], a[2], compiled, a.machine)
    let trainer = try model.judge(compiled, sequence)
    let logs = try model.explained { try trainer.evaluate(x, y, batchSize: max(1, x.shape[0])) }
    model.batchMeans.add(logs, rows: x.shape[0])
    return result(model.batchMeans.logs, asDict: try a.bool(3))
  }

  private static let resetMetrics = Native(
    "reset_metrics(self)", "Begins the means of train_on_batch() anew."
  ) { a in
    try a.receiver(KerasModel.self).batchMeans = KerasMeans()
    return .none
  }
}

extension KerasModel {
  /// A trainer that judges and predicts; its optimizer never steps.
  fileprivate func judge(_ compiled: KerasCompiled?, _ sequence: Sequential) throws -> Trainer {
    let parameters = sequence.parameters
    let idle = try SGD(
      parameters.isEmpty ? [Tensor.zeros([1])] : parameters, learningRate: 0)
    return Trainer(
      model: sequence, loss: compiled?.loss.loss ?? MeanSquaredError(), optimizer: idle,
      metrics: compiled?.metrics ?? [])
  }
}
