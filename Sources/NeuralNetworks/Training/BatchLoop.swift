import TensorCore

/// A training run over steps that somebody else takes: epochs, validation, observers, interrupts.
///
/// `Trainer` runs modules of one input on arrays; this loop runs whatever has steps: models of several
/// inputs, steps written by a program, data of unknown length.
public enum BatchLoop {
  /// - Parameters:
  ///   - steps: batches of an epoch, nil where nobody knows before the first epoch is over.
  ///   - begin: called before each epoch.
  ///   - step: takes the batch of this number; nil when there is none left. Gives the means so far.
  ///   - validate: called after each epoch; nil for none.
  @discardableResult
  public static func run(
    epochs: Int, initialEpoch: Int, steps: Int?, samples: Int, hasValidation: Bool,
    observers: [any TrainingObserver], begin: (_ epoch: Int) throws -> Void,
    step: (_ batch: Int) throws -> TrainingLogs?,
    validate: (_ epoch: Int) throws -> TrainingLogs?
  ) throws -> TrainingHistory {
    let run = TrainingRun(
      epochs: epochs, stepsPerEpoch: steps ?? 1, samples: samples, hasValidation: hasValidation)
    let clock = ContinuousClock()
    let start = clock.now
    do {
      for observer in observers { try observer.trainingBegan(run) }
      for epoch in initialEpoch..<max(initialEpoch, epochs) where !run.stops {
        run.epoch = epoch
        run.step = 0
        try begin(epoch)
        for observer in observers { try observer.epochBegan(run) }
        var logs = TrainingLogs()
        var batch = 0
        while steps.map({ batch < $0 }) ?? true {
          try Interrupt.check()
          guard let now = try step(batch) else { break }
          logs = now
          batch += 1
          run.step = batch
          if steps == nil { run.stepsPerEpoch = max(run.stepsPerEpoch, batch) }
          run.seconds = (clock.now - start).seconds
          for observer in observers { try observer.batchEnded(run, logs) }
          if run.stops { break }
        }
        if let judged = try validate(epoch) {
          for (name, value) in judged.entries { logs["val_" + name] = value }
        }
        run.seconds = (clock.now - start).seconds
        run.history.append(epoch, logs)
        for observer in observers { try observer.epochEnded(run, logs) }
      }
      for observer in observers { try observer.trainingEnded(run) }
    } catch let error as Interrupted {
      for observer in observers { observer.trainingInterrupted(run) }
      throw error
    }
    return run.history
  }
}
