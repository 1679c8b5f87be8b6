import Language
import NeuralNetworks

/// `keras.callbacks.Callback`: hears of a training run; programs derive from it.
class KerasCallback: Instance {
  private static let hooks: [(name: String, parameters: String, doc: String)] = [
    ("on_train_begin", "logs=None", "Called when training begins."),
    ("on_train_end", "logs=None", "Called when training has ended."),
    ("on_epoch_begin", "epoch, logs=None", "Called when an epoch begins, counted from 0."),
    ("on_epoch_end", "epoch, logs=None", "Called when an epoch has ended, with its loss and metrics."),
    ("on_train_batch_begin", "batch, logs=None", "Called before a batch, counted from 0."),
    ("on_train_batch_end", "batch, logs=None", "Called after a batch, with the means so far."),
    ("on_batch_begin", "batch, logs=None", "The same as on_train_batch_begin."),
    ("on_batch_end", "batch, logs=None", "The same as on_train_batch_end."),
    ("on_test_begin", "logs=None", "Called when judging begins."),
    ("on_test_end", "logs=None", "Called when judging has ended."),
    ("on_test_batch_begin", "batch, logs=None", "Called before a batch is judged."),
    ("on_test_batch_end", "batch, logs=None", "Called after a batch was judged."),
    ("on_predict_begin", "logs=None", "Called when predicting begins."),
    ("on_predict_end", "logs=None", "Called when predicting has ended."),
    ("on_predict_batch_begin", "batch, logs=None", "Called before a batch is predicted."),
    ("on_predict_batch_end", "batch, logs=None", "Called after a batch was predicted."),
  ]

  static let table = TypeTable(
    "Callback", module: "keras.callbacks",
    doc: "Hears of a training run: derive from it and define on_epoch_end(self, epoch, logs=None) ...",
    allocate: { KerasCallback($0) },
    properties: [
      NativeProperty("model", "The model that is trained.") { value, _ in
        value.asInstance?.own("_model") ?? .none
      }
    ],
    methods: [
      Native("__init__(self)", "A callback that does nothing.") { a in
        _ = try a.receiver(KerasCallback.self)
        return .none
      },
      Native("set_model(self, model)", "Called before training: self.model is the model.") { a in
        try a.receiver(KerasCallback.self).setOwn("_model", a[1])
        return .none
      },
      Native("set_params(self, params)", "Called before training: self.params has epochs and steps.") {
        a in
        try a.receiver(KerasCallback.self).setOwn("params", a[1])
        return .none
      },
    ]
      + hooks.map { hook in
        Native("\(hook.name)(self, \(hook.parameters))", hook.doc) { _ in .none }
      })
}

/// `keras.callbacks.History`: what `fit` gives.
final class KerasHistory: KerasCallback {
  /// Not held: the model holds its history.
  weak var model: KerasModel?

  static func make(_ machine: Machine) -> KerasHistory {
    let history = KerasHistory(machine.type(historyTable))
    history.setOwn("history", .object(DictObject()))
    history.setOwn("epoch", .list([]))
    return history
  }

  static let historyTable = TypeTable(
    "History", module: "keras.callbacks",
    doc: "Loss and metrics of every epoch: .history is a dict of lists, .epoch the numbers.",
    base: table, allocate: { KerasHistory($0) },
    properties: [
      NativeProperty("model", "The model that was trained.") { value, _ in
        (value.asInstance as? KerasHistory)?.model.map { .object($0) } ?? .none
      }
    ],
    methods: [
      Native("__init__(self)", "A history without epochs.") { a in
        let history = try a.receiver(KerasHistory.self)
        history.setOwn("history", .object(DictObject()))
        history.setOwn("epoch", .list([]))
        return .none
      },
      Native("set_model(self, model)", "Called before training.") { a in
        try a.receiver(KerasHistory.self).model = a[1].asInstance as? KerasModel
        return .none
      },
      Native("__repr__(self)", "The names and the number of epochs.") { a in
        let history = try a.receiver(KerasHistory.self)
        let names = history.own("history")?.asDict?.keys.compactMap(\.swiftString) ?? []
        let epochs = history.own("epoch")?.asList?.count ?? 0
        return .string("<History of \(epochs) epochs: \(names.joined(separator: ", "))>")
      },
    ])

  func append(_ epoch: Int, _ logs: DictObject) {
    own("epoch")?.asList?.append(.int(epoch))
    guard let history = own("history")?.asDict else { return }
    for (key, value) in logs.pairs {
      guard let name = key.swiftString else { continue }
      if let list = history[name]?.asList {
        list.append(value)
      } else {
        history[name] = .list([value])
      }
    }
  }
}

/// `LambdaCallback(on_epoch_end=f)`: functions as a callback.
enum KerasLambdaCallback {
  private static let names = [
    "on_epoch_begin", "on_epoch_end", "on_train_begin", "on_train_end", "on_train_batch_begin",
    "on_train_batch_end",
  ]

  static let table = TypeTable(
    "LambdaCallback", module: "keras.callbacks", doc: "Functions as a callback.",
    base: KerasCallback.table, allocate: { KerasCallback($0) },
    methods: [
      Native(
        "__init__(self, " + names.map { $0 + "=None" }.joined(separator: ", ") + ")",
        "Functions of (epoch, logs), (batch, logs) or (logs).",
        example: "keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch))"
      ) { a in
        let callback = try a.receiver(KerasCallback.self)
        for (place, name) in names.enumerated() where !a[place + 1].isNone {
          callback.setOwn(name, a[place + 1])
        }
        return .none
      }
    ])
}

/// Tells the callbacks of a run, which may be written in the language, and fills its history.
final class KerasCallbackList: TrainingObserver {
  private let machine: Machine
  private let model: KerasModel
  private let callbacks: [Value]
  private let history: KerasHistory
  let hearsBatches: Bool
  /// Whether a callback hears of the batches of judging, which planned runs do not tell of.
  let hearsTests: Bool
  private var run: TrainingRun?

  init(_ machine: Machine, _ model: KerasModel, _ callbacks: [Value], _ history: KerasHistory) throws {
    self.machine = machine
    self.model = model
    self.callbacks = callbacks
    self.history = history
    let batches = ["on_train_batch_begin", "on_train_batch_end", "on_batch_begin", "on_batch_end"]
    hearsBatches = callbacks.contains { value in
      batches.contains { Self.defines(value, $0, machine) }
    }
    let tests = ["on_test_begin", "on_test_end", "on_test_batch_begin", "on_test_batch_end"]
    hearsTests = callbacks.contains { value in tests.contains { Self.defines(value, $0, machine) } }
  }

  /// The `callbacks=` of `fit`.
  static func read(_ value: Value, _ machine: Machine) throws -> [Value] {
    if value.isNone || value.isUndefined { return [] }
    let items =
      value.asList != nil || value.asTuple != nil ? try machine.array(value) : [value]
    for item in items where !(item.asInstance is KerasCallback) {
      let raise = Raise(
        .valueError,
        "callbacks are objects of keras.callbacks or of classes derived from Callback, got "
          + (try machine.repr(item)))
      if let type = item.asType { raise.hint = "a class stands here: pass its object, \(type.name)()" }
      throw raise
    }
    return items
  }

  func begin(verbose: Int, epochs: Int, steps: Int?) throws {
    let params = DictObject()
    params["verbose"] = .int(verbose)
    params["epochs"] = .int(epochs)
    params["steps"] = steps.map { .int($0) } ?? Value.none
    for value in callbacks + [.object(history)] {
      _ = try machine.call(machine.attribute(value, "set_model"), [.object(model)])
      _ = try machine.call(machine.attribute(value, "set_params"), [.object(params)])
    }
  }

  /// Whether a callback has a hook of its own: most have few, and batches are many.
  private static func defines(_ value: Value, _ name: String, _ machine: Machine) -> Bool {
    guard let instance = value.asInstance else { return false }
    if instance.own(name) != nil { return true }
    let own = instance.type.lookup(name)?.object
    return own !== machine.type(KerasCallback.table).lookup(name)?.object
  }

  /// Tells of judging or predicting: `on_test_batch_end(batch, logs)`, `on_predict_begin(logs)`.
  func tell(_ name: String, batch: Int? = nil, _ logs: TrainingLogs) throws {
    guard !callbacks.isEmpty else { return }
    try tell(name, (batch.map { [.int($0)] } ?? []) + [.object(dict(logs))])
  }

  /// Tells of the outputs of a batch.
  func tell(outputs: Value, batch: Int) throws {
    guard !callbacks.isEmpty else { return }
    let dict = DictObject()
    dict["outputs"] = outputs
    try tell("on_predict_batch_end", [.int(batch), .object(dict)])
  }

  /// Gives the callbacks the model, outside of a training run.
  func attach() throws {
    for value in callbacks {
      _ = try machine.call(machine.attribute(value, "set_model"), [.object(model)])
    }
  }

  private func tell(_ name: String, _ arguments: [Value]) throws {
    for value in callbacks where Self.defines(value, name, machine) {
      _ = try machine.call(machine.attribute(value, name), arguments)
    }
    if model.stopsTraining { run?.stops = true }
  }

  private func dict(_ logs: TrainingLogs) -> DictObject {
    let dict = DictObject()
    for (name, value) in TrainingLogs.sorted(logs) { dict[name] = KerasModel.number(value) }
    return dict
  }

  func trainingBegan(_ run: TrainingRun) throws {
    self.run = run
    model.stopsTraining = false
    try tell("on_train_begin", [.object(DictObject())])
  }

  func epochBegan(_ run: TrainingRun) throws {
    try tell("on_epoch_begin", [.int(run.epoch), .object(DictObject())])
    if hearsBatches { try batchBegins(0) }
  }

  private func batchBegins(_ batch: Int) throws {
    try tell("on_train_batch_begin", [.int(batch), .object(DictObject())])
    try tell("on_batch_begin", [.int(batch), .object(DictObject())])
  }

  func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    if hearsBatches {
      let values: [Value] = [.int(run.step - 1), .object(dict(logs))]
      try tell("on_train_batch_end", values)
      try tell("on_batch_end", values)
      if run.step < run.stepsPerEpoch, !run.stops { try batchBegins(run.step) }
    }
  }

  private var lastLogs = DictObject()

  func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    lastLogs = dict(logs)
    try tell("on_epoch_end", [.int(run.epoch), .object(lastLogs)])
    // Numbers that callbacks add (a learning rate) are part of the history.
    history.append(run.epoch, lastLogs)
  }

  func trainingEnded(_ run: TrainingRun) throws {
    try tell("on_train_end", [.object(lastLogs)])
  }
}
