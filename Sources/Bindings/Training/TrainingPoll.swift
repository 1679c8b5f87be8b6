import Language
import NeuralNetworks
import TensorCore

/// Lets the machine attend to interrupts and to questions of other threads between batches.
final class TrainingPoll: TrainingObserver {
  private let machine: Machine
  init(_ machine: Machine) { self.machine = machine }

  func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    // The library's own flag is looked at before the next batch, where the trainer tells everybody.
    if !Interrupt.isPending { try machine.poll() }
    // A slider that was moved meanwhile is seen before the next batch.
    machine.commPort?.drain()
  }
}

/// A run for the doors: whatever stops it, the live view shows how it ended, and an interrupt becomes
/// one `KeyboardInterrupt`.
enum TrainingSession {
  static func run(
    _ machine: Machine, view: LiveTrainingView?, observer: RunKeeper,
    _ body: () throws -> Void
  ) throws {
    do {
      try body()
    } catch is Interrupted {
      // The request has set both flags; left alone the second would stop the next statement too.
      Interrupt.clear()
      machine.interrupt.clear()
      throw Raise(.keyboardInterrupt, arguments: [])
    } catch {
      if let run = observer.run {
        if machine.isInterrupt(error) { view?.trainingInterrupted(run) } else { view?.failed(run) }
      }
      if machine.isInterrupt(error) {
        Interrupt.clear()
        machine.interrupt.clear()
      }
      throw error
    }
  }
}

/// Remembers the run under way.
final class RunKeeper: TrainingObserver {
  private(set) var run: TrainingRun?
  func trainingBegan(_ run: TrainingRun) throws { self.run = run }
}

extension Machine {
  /// Whether an error is the user's interrupt.
  func isInterrupt(_ error: any Error) -> Bool {
    if error is Interrupted { return true }
    guard let raise = error as? Raise else { return false }
    let wanted = types.exception(.keyboardInterrupt)
    switch raise.content {
    case .builtin(let kind, _): return types.exception(kind).isSubclass(of: wanted)
    case .object(let exception): return exception.type.isSubclass(of: wanted)
    }
  }
}
