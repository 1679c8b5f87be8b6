import Language
import NeuralNetworks
import TensorCore

/// The weights of a model as a state that can be kept and brought back.
struct KerasWeights: StateHolder {
  private let model: KerasModel
  init(_ model: KerasModel) { self.model = model }

  func stateDict() -> [(name: String, tensor: Tensor)] {
    model.weights.enumerated().map { ("\($0)", $1.tensor.detach()) }
  }

  func restore(_ state: [(name: String, tensor: Tensor)]) throws {
    for (weight, entry) in zip(model.weights, state) where weight.tensor.shape == entry.tensor.shape {
      try weight.assign(entry.tensor)
    }
  }
}

/// `keras.callbacks.EarlyStopping`: the library's rule as a callback.
final class KerasEarlyStopping: KerasCallback {
  private var monitor = "val_loss"
  private var mode = "auto"
  private var isVerbose = false
  private var rule = EarlyStopping(.smaller)

  private static func of(_ a: Arguments) throws -> KerasEarlyStopping { try a.receiver() }
  private static func rule(_ value: Value) -> EarlyStopping? {
    (value.asInstance as? KerasEarlyStopping)?.rule
  }

  /// Which way is better, by the name as Keras judges it.
  static func direction(_ mode: String, _ monitor: String) throws -> EarlyStopping.Direction {
    switch mode {
    case "min": return .smaller
    case "max": return .larger
    default:
      let name = monitor.hasPrefix("val_") ? String(monitor.dropFirst(4)) : monitor
      if name.hasSuffix("loss") || ["mae", "mse"].contains(name) || name.hasSuffix("error") {
        return .smaller
      }
      if name.contains("acc") || name.hasSuffix("auc") || name.hasPrefix("fmeasure") { return .larger }
      throw Raise(
        .valueError,
        "EarlyStopping callback received monitor=\(monitor), but Keras isn't able to automatically "
          + "determine whether that metric should be maximized or minimized. Pass `mode='max'` in "
          + "order to do early stopping based on the highest metric value, or pass `mode='min'` in "
          + "order to use the lowest value.")
    }
  }

  static let earlyTable = TypeTable(
    "EarlyStopping", module: "keras.callbacks",
    doc: "Ends training when a number no longer gets better for `patience` epochs.",
    base: table, allocate: { KerasEarlyStopping($0) },
    properties: [
      NativeProperty("monitor", "The name of the number that is watched.") { value, _ in
        .string((value.asInstance as? KerasEarlyStopping)?.monitor ?? "")
      },
      NativeProperty("patience", "Epochs without a better value before training ends.") { value, _ in
        .int(rule(value)?.patience ?? 0)
      },
      NativeProperty("wait", "Epochs in a row without a better value.") { value, _ in
        .int(rule(value)?.wait ?? 0)
      },
      NativeProperty("best", "The best value so far, None before the first.") { value, _ in
        rule(value)?.best.map { .float($0) } ?? .none
      },
      NativeProperty("best_epoch", "The epoch of the best value, from 0.") { value, _ in
        .int(rule(value)?.bestEpoch ?? 0)
      },
      NativeProperty("stopped_epoch", "The epoch after which training ended, from 0; 0 if it did not.") {
        value, _ in .int(rule(value)?.stoppedEpoch ?? 0)
      },
      NativeProperty("restore_best_weights", "Whether the best weights come back.") { value, _ in
        .bool(rule(value)?.restoresBest ?? false)
      },
    ],
    methods: [
      Native(
        "__init__(self, monitor='val_loss', min_delta=0, patience=0, verbose=0, mode='auto', "
          + "baseline=None, restore_best_weights=False, start_from_epoch=0)",
        "Ends training when a number no longer gets better for `patience` epochs.",
        example: "keras.callbacks.EarlyStopping(monitor='val_loss', patience=3)"
      ) { a in
        let callback = try of(a)
        callback.monitor = try a.string(1)
        callback.isVerbose = try a.int(4) > 0
        callback.mode = try a.string(5)
        guard ["auto", "min", "max"].contains(callback.mode) else {
          throw Raise(
            .valueError, "EarlyStopping: mode must be 'auto', 'min' or 'max', got '\(callback.mode)'")
        }
        callback.rule = EarlyStopping(
          try direction(callback.mode, callback.monitor), minDelta: try a.double(2),
          patience: try a.int(3), baseline: try a.optionalDouble(6), restoresBest: try a.bool(7),
          firstEpoch: try a.int(8))
        return .none
      },
      Native("on_train_begin(self, logs=None)", "Forgets earlier runs.") { a in
        try of(a).rule.begin()
        return .none
      },
      Native("on_epoch_end(self, epoch, logs=None)", "Judges the epoch.") { a in
        let callback = try of(a)
        guard let model = callback.own("_model")?.asInstance as? KerasModel else { return .none }
        let logs = a[2].asDict
        guard let value = logs?[callback.monitor].flatMap({ (try? a.machine.float($0)) ?? nil }) else {
          let names = logs?.keys.compactMap(\.swiftString).joined(separator: ",") ?? ""
          a.machine.output.write(
            "Early stopping conditioned on metric `\(callback.monitor)` which is not available. "
              + "Available metrics are: \(names)\n", toError: false)
          return .none
        }
        if try callback.rule.epochEnded(a.int(1), value, KerasWeights(model)) { model.stopsTraining = true }
        return .none
      },
      Native("on_train_end(self, logs=None)", "Puts the best weights back, if asked to.") { a in
        let callback = try of(a)
        func say(_ text: String) {
          if callback.isVerbose { a.machine.output.write(text + "\n", toError: false) }
        }
        if let epoch = callback.rule.stoppedEpoch { say("Epoch \(epoch + 1): early stopping") }
        guard let model = callback.own("_model")?.asInstance as? KerasModel else { return .none }
        if try callback.rule.end(KerasWeights(model)) {
          say(
            "Restoring model weights from the end of the best epoch: \(callback.rule.bestEpoch + 1).")
        }
        return .none
      },
    ])
}
