import Display
import Language
import NeuralNetworks
import Plotting

/// One line of text per epoch, as Keras prints with `verbose=2`:
///
///     Epoch 1/5
///     45/45 - 1s - 15ms/step - accuracy: 0.8125 - loss: 0.5312
final class EpochLines: TrainingObserver {
  private let machine: Machine
  /// Seconds of the run when the epoch began.
  private var start = 0.0

  init(_ machine: Machine) { self.machine = machine }

  func epochBegan(_ run: TrainingRun) throws {
    start = run.seconds
    machine.output.write("Epoch \(run.epoch + 1)/\(run.epochs)\n", toError: false)
  }

  func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    let seconds = max(0, run.seconds - start)
    let steps = run.stepsPerEpoch
    let perStep = Self.perStep(seconds / Double(max(1, steps)))
    let values = TrainingLogs.sorted(logs).map { name, value in
      " - \(name): \(NumberText.metric(value))"
    }
    machine.output.write(
      "\(steps)/\(steps) - \(Int(min(seconds, 1e6).rounded()))s - \(perStep)/step"
        + values.joined() + "\n", toError: false)
  }

  static func perStep(_ seconds: Double) -> String {
    if seconds >= 1 { return NumberText.fixed(seconds, 0) + "s" }
    if seconds >= 1e-3 { return NumberText.fixed(seconds * 1e3, 0) + "ms" }
    return NumberText.fixed(seconds * 1e6, 0) + "us"
  }
}

extension TrainingLogs {
  /// In Keras's order: by name, those of the validation behind the others.
  static func sorted(_ logs: TrainingLogs) -> [(name: String, value: Double)] {
    logs.entries.sorted { a, b in
      let (x, y) = (a.name.hasPrefix("val_"), b.name.hasPrefix("val_"))
      return x == y ? a.name < b.name : !x
    }
  }
}
