/// Names and numbers of a moment of a training run, in the order in which they are shown.
public struct TrainingLogs: Sendable {
  public private(set) var entries: [(name: String, value: Double)] = []

  public init() {}

  public subscript(name: String) -> Double? {
    get { entries.first { $0.name == name }?.value }
    set {
      if let i = entries.firstIndex(where: { $0.name == name }) {
        if let newValue { entries[i].value = newValue } else { entries.remove(at: i) }
      } else if let newValue {
        entries.append((name, newValue))
      }
    }
  }
}

/// What a training run remembers: one number per name and epoch.
public struct TrainingHistory: Sendable {
  /// Numbers of the finished epochs, from 0.
  public internal(set) var epochs: [Int] = []
  public internal(set) var metrics: [(name: String, values: [Double])] = []

  public init() {}

  public subscript(name: String) -> [Double]? { metrics.first { $0.name == name }?.values }

  mutating func append(_ epoch: Int, _ logs: TrainingLogs) {
    epochs.append(epoch)
    for (name, value) in logs.entries {
      if let i = metrics.firstIndex(where: { $0.name == name }) {
        metrics[i].values.append(value)
      } else {
        metrics.append((name, [value]))
      }
    }
  }
}

/// A training run under way.
public final class TrainingRun {
  public let epochs: Int
  /// Batches of an epoch.
  public internal(set) var stepsPerEpoch: Int
  public let samples: Int
  public let hasValidation: Bool
  /// Whether the steps run on a plan.
  public internal(set) var isPlanned = false
  /// The epoch under way, from 0.
  public internal(set) var epoch = 0
  /// Batches done in this epoch.
  public internal(set) var step = 0
  public internal(set) var history = TrainingHistory()
  /// Seconds since the start of the run.
  public internal(set) var seconds = 0.0
  /// Ends the run after the batch or epoch under way. (Keras `model.stop_training`)
  public var stops = false

  init(epochs: Int, stepsPerEpoch: Int, samples: Int, hasValidation: Bool) {
    self.epochs = epochs
    self.stepsPerEpoch = stepsPerEpoch
    self.samples = samples
    self.hasValidation = hasValidation
  }
}

/// Hears of a training run's progress, on the thread that trains. What it throws ends the run.
public protocol TrainingObserver: AnyObject {
  func trainingBegan(_ run: TrainingRun) throws
  func epochBegan(_ run: TrainingRun) throws
  /// - Parameter logs: the means of this epoch so far.
  func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws
  /// - Parameter logs: the means of the epoch, with `val_` names after the validation.
  func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws
  func trainingEnded(_ run: TrainingRun) throws
  /// The user stopped the run; the weights of the batches done are in the model.
  func trainingInterrupted(_ run: TrainingRun)
}

extension TrainingObserver {
  public func trainingBegan(_ run: TrainingRun) throws {}
  public func epochBegan(_ run: TrainingRun) throws {}
  public func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {}
  public func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {}
  public func trainingEnded(_ run: TrainingRun) throws {}
  public func trainingInterrupted(_ run: TrainingRun) {}
}
