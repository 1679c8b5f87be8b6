import Language
import NeuralNetworks
import TensorCore

/// Callbacks that change the learning rate, keep weights or write numbers down.
final class KerasRateCallback: KerasCallback {
  var settings: [String: Value] = [:]
  var best: Double?
  var wait = 0
  var cooldown = 0
  var file: TextFile?
  var text = ""

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for value in settings.values { visitor.visit(value) }
  }
}

enum KerasMoreCallbacks {
  private static func table(
    _ name: String, _ doc: String, _ parameters: String, check: @escaping (KerasRateCallback, KerasNamed) throws -> Void = { _, _ in },
    methods: [Native]
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.callbacks", doc: doc, base: KerasCallback.table,
      allocate: { KerasRateCallback($0) },
      missingAttribute: { instance, name, _ in (instance as? KerasRateCallback)?.settings[name] },
      methods: [
        Native("__init__(self\(parameters.isEmpty ? "" : ", " + parameters))", doc) { a in
          let callback = try a.receiver(KerasRateCallback.self)
          let n = KerasNamed(a)
          for name in n.names where name != "self" { callback.settings[name] = n[name] }
          try check(callback, n)
          return .none
        }
      ] + methods)
  }

  private static func model(_ callback: KerasCallback) throws -> KerasModel {
    guard let model = callback.own("_model")?.asInstance as? KerasModel else {
      throw Raise(.runtimeError, "the callback has no model: it runs in model.fit(callbacks=[...])")
    }
    return model
  }

  private static func say(_ text: String, _ callback: KerasRateCallback, _ machine: Machine) throws {
    if let verbose = callback.settings["verbose"], try machine.truth(verbose) {
      machine.output.write(text + "\n", toError: false)
    }
  }

  /// The number that a callback watches, and whether larger is better.
  private static func watched(
    _ callback: KerasRateCallback, _ logs: Value, _ machine: Machine, _ owner: String
  ) throws -> (value: Double, larger: Bool)? {
    let monitor = callback.settings["monitor"]?.swiftString ?? "val_loss"
    let mode = callback.settings["mode"]?.swiftString ?? "auto"
    guard let value = logs.asDict?[monitor].flatMap({ (try? machine.float($0)) ?? nil }) else {
      let names = logs.asDict?.keys.compactMap(\.swiftString).joined(separator: ",") ?? ""
      machine.warnOnce(
        "\(owner).\(monitor)",
        "\(owner) conditioned on metric `\(monitor)` which is not available. Available metrics are: "
          + "\(names)")
      return nil
    }
    let larger = mode == "max" || (mode == "auto" && (monitor.contains("acc") || monitor.hasSuffix("auc")))
    return (value, larger)
  }

  static let tables: [TypeTable] = [
    table(
      "LearningRateScheduler", "Sets the learning rate of each epoch by a function of (epoch, rate).",
      "schedule, verbose=0",
      methods: [
        Native("on_epoch_begin(self, epoch, logs=None)", "Sets the learning rate.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          let model = try model(callback)
          guard let optimizer = model.compiled?.optimizer, let schedule = callback.settings["schedule"] else {
            return .none
          }
          let rate = Value.float(optimizer.settings.learningRate)
          let takesRate = (schedule.object as? FunctionObject).map { $0.parameterNames.count > 1 } ?? true
          var result: Value
          if takesRate {
            do throws(Raise) {
              result = try a.machine.call(schedule, [a[1], rate])
            } catch {
              guard schedule.object is FunctionObject == false else { throw error }
              result = try a.machine.call(schedule, [a[1]])
            }
          } else {
            result = try a.machine.call(schedule, [a[1]])
          }
          guard let new = try a.machine.float(result) ?? a.machine.scalar(result)?.double else {
            throw Raise(
              .valueError,
              "The output of the `schedule` function should be a float. Got: \(try a.machine.repr(result))")
          }
          optimizer.setRate(new)
          result = .float(Double(Float(new)))
          try say(
            "\nEpoch \(try a.int(1) + 1): LearningRateScheduler setting learning rate to "
              + "\(FloatText.python(new)).", callback, a.machine)
          return .none
        },
        Native("on_epoch_end(self, epoch, logs=None)", "Adds the learning rate to the logs.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          if let optimizer = try model(callback).compiled?.optimizer {
            a[2].asDict?["learning_rate"] = .float(Double(Float(optimizer.settings.learningRate)))
          }
          return .none
        },
      ]),
    table(
      "ReduceLROnPlateau", "Makes the learning rate smaller when a number no longer gets better.",
      "monitor='val_loss', factor=0.1, patience=10, verbose=0, mode='auto', min_delta=0.0001, "
        + "cooldown=0, min_lr=0.0",
      check: { _, n in
        if try n.double("factor") >= 1 {
          throw Raise(
            .valueError,
            "ReduceLROnPlateau does not support a factor >= 1.0. Received factor=\(try n.machine.repr(n["factor"]))")
        }
      },
      methods: [
        Native("on_train_begin(self, logs=None)", "Forgets earlier runs.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          callback.best = nil
          callback.wait = 0
          callback.cooldown = 0
          return .none
        },
        Native("on_epoch_end(self, epoch, logs=None)", "Judges the epoch.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          guard let optimizer = try model(callback).compiled?.optimizer else { return .none }
          a[2].asDict?["learning_rate"] = .float(Double(Float(optimizer.settings.learningRate)))
          guard let (value, larger) = try watched(callback, a[2], a.machine, "Learning rate reduction is")
          else { return .none }
          func setting(_ name: String) throws -> Double {
            try callback.settings[name].flatMap { try a.machine.float($0) } ?? 0
          }
          if callback.cooldown > 0 {
            callback.cooldown -= 1
            callback.wait = 0
          }
          let delta = try setting("min_delta")
          if callback.best.map({ larger ? value > $0 + delta : value < $0 - delta }) ?? true {
            callback.best = value
            callback.wait = 0
          } else if callback.cooldown == 0 {
            callback.wait += 1
            if Double(callback.wait) >= (try setting("patience")) {
              let old = Double(Float(optimizer.settings.learningRate))
              let least = try setting("min_lr")
              if old > Double(Float(least)) {
                let new = max(old * (try setting("factor")), least)
                optimizer.setRate(new)
                try say(
                  "\nEpoch \(try a.int(1) + 1): ReduceLROnPlateau reducing learning rate to "
                    + "\(FloatText.python(new)).", callback, a.machine)
                callback.cooldown = Int(try setting("cooldown"))
                callback.wait = 0
              }
            }
          }
          return .none
        },
      ]),
    table(
      "TerminateOnNaN", "Ends training when the loss is no number.", "",
      methods: [
        Native("on_batch_end(self, batch, logs=None)", "Judges the loss.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          if let loss = a[2].asDict?["loss"].flatMap({ (try? a.machine.float($0)) ?? nil }), !loss.isFinite {
            a.machine.output.write(
              "Batch \(try a.int(1)): Invalid loss, terminating training\n", toError: false)
            try model(callback).stopsTraining = true
          }
          return .none
        }
      ]),
    table(
      "CSVLogger", "Writes the numbers of each epoch to a file.", "filename, separator=',', append=False",
      methods: [
        Native("on_train_begin(self, logs=None)", "Begins the file.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          callback.text = ""
          return .none
        },
        Native("on_epoch_end(self, epoch, logs=None)", "Writes a line.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          let separator = callback.settings["separator"]?.swiftString ?? ","
          let logs = a[2].asDict
          var keys = (logs?.keys.compactMap(\.swiftString) ?? []).sorted()
          // Columns for a validation are there whether there is one or not.
          if !keys.contains(where: { $0.hasPrefix("val_") }) { keys += keys.map { "val_" + $0 } }
          guard let open = a.machine.builtin("open") else { return .none }
          let path = callback.settings["filename"] ?? .none
          let appends = try callback.settings["append"].map { try a.machine.truth($0) } ?? false
          let isFirst = callback.text.isEmpty
          let mode = isFirst && !appends ? "w" : "a"
          let file = try a.machine.call(open, [path, .string(mode)])
          var line = ""
          if isFirst, !appends { line += (["epoch"] + keys).joined(separator: separator) + "\n" }
          callback.text = "begun"
          let numbers = try keys.map { try logs?[$0].map { try a.machine.text(of: $0) } ?? "NA" }
          line += ([try a.machine.text(of: a[1])] + numbers).joined(separator: separator) + "\n"
          _ = try a.machine.call(a.machine.attribute(file, "write"), [.string(line)])
          _ = try a.machine.call(a.machine.attribute(file, "close"))
          return .none
        },
      ]),
    table(
      "ModelCheckpoint", "Writes the model or its weights after epochs.",
      "filepath, monitor='val_loss', verbose=0, save_best_only=False, save_weights_only=False, "
        + "mode='auto', save_freq='epoch', initial_value_threshold=None",
      check: { callback, n in
        let path = try n.string("filepath")
        let weightsOnly = try n.bool("save_weights_only")
        if weightsOnly, !path.hasSuffix(".weights.h5") {
          throw Raise(
            .valueError,
            "When using `save_weights_only=True` in `ModelCheckpoint`, the filepath provided must end in "
              + "`.weights.h5` (Keras weights format). Received: filepath=\(path)")
        }
        if !weightsOnly, !path.hasSuffix(".keras"), !path.hasSuffix(".h5") {
          throw Raise(
            .valueError,
            "The filepath provided must end in `.keras` (Keras model format). Received: filepath=\(path)")
        }
      },
      methods: [
        Native("on_epoch_end(self, epoch, logs=None)", "Keeps the weights.") { a in
          let callback = try a.receiver(KerasRateCallback.self)
          let model = try model(callback)
          let epoch = try a.int(1) + 1
          let pattern = try callback.settings["filepath"].map { try a.machine.text(of: $0) } ?? ""
          let monitor = callback.settings["monitor"]?.swiftString ?? "val_loss"
          let weightsOnly = try callback.settings["save_weights_only"].map { try a.machine.truth($0) } ?? false
          // The path may hold the epoch and numbers: "{epoch:02d}-{val_loss:.2f}.keras".
          var numbers: [(name: String, value: Value)] = [("epoch", .int(epoch))]
          for pair in a[2].asDict?.pairs ?? [] {
            if let name = pair.key.swiftString, name != "epoch" { numbers.append((name, pair.value)) }
          }
          let path = try a.machine.call(
            a.machine.attribute(.string(pattern), "format"), [], keywords: numbers).swiftString ?? pattern
          func keep() throws {
            if weightsOnly {
              try KerasSaving.saveWeights(model, path)
            } else {
              try KerasSaving.save(model, path, a.machine)
            }
          }
          if try callback.settings["save_best_only"].map({ try a.machine.truth($0) }) ?? false {
            guard let (value, larger) = try watched(callback, a[2], a.machine, "Can save best model only with")
            else { return .none }
            let before = callback.best
            if before.map({ larger ? value > $0 : value < $0 }) ?? true {
              callback.best = value
              try say(
                "\nEpoch \(epoch): \(monitor) improved from "
                  + "\(before.map { NumberTextFive.text($0) } ?? "None") to \(NumberTextFive.text(value)), "
                  + "saving model to \(path)", callback, a.machine)
              try keep()
            } else {
              try say(
                "\nEpoch \(epoch): \(monitor) did not improve from \(NumberTextFive.text(before ?? 0))",
                callback, a.machine)
            }
          } else {
            try say("\nEpoch \(epoch): saving model to \(path)", callback, a.machine)
            try keep()
          }
          return .none
        },
      ]),
  ]
}

/// Numbers with five places, as checkpoints print them.
enum NumberTextFive {
  static func text(_ value: Double) -> String {
    guard value.isFinite else { return FloatText.python(value) }
    let scaled = (abs(value) * 100_000).rounded()
    guard scaled < 1e15 else { return FloatText.python(value) }
    let whole = Int(scaled)
    let digits = String(whole % 100_000)
    return (value < 0 && whole > 0 ? "-" : "") + "\(whole / 100_000)."
      + String(repeating: "0", count: 5 - digits.count) + digits
  }
}
