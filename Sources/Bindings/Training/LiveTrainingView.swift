import Display
import Language
import NeuralNetworks
import Plotting

/// One display that a running `fit` draws itself in: bar, remaining time, metrics, learning curves.
///
/// It is shown when training begins and then updated in its place: whenever a tenth of a second has
/// passed, and whenever another eighth of the run is done, so that a fast run moves as well. The last
/// picture says how the run ended. Where nothing can be updated (a log), only that one is shown.
final class LiveTrainingView: TrainingObserver {
  private let machine: Machine
  private let port: any DisplayPort
  private let displayID: String
  private var view: TrainingView
  /// Names of the numbers of an epoch, `loss` first.
  private let names: [String]
  /// Epochs that were done before this run began.
  private let initialEpoch: Int
  private var isShown = false

  /// Seconds between updates that only the clock asks for.
  private static let interval = 0.1
  /// Parts of the run after each of which an update is due whatever the clock says.
  private static let parts = 8
  /// Seconds of the run at the last update.
  private var lastUpdate = 0.0
  private var nextPart = 1

  /// - Parameters:
  ///   - metrics: names of the metrics besides the loss.
  ///   - title: what is trained.
  /// - Returns: nil where there is no display.
  init?(_ machine: Machine, title: String, metrics: [String], hasValidation: Bool, initialEpoch: Int = 0)
  {
    guard let port = machine.displayPort else { return nil }
    self.machine = machine
    self.port = port
    self.initialEpoch = initialEpoch
    displayID = machine.newDisplayID()
    let own = ["loss"] + metrics
    names = own + (hasValidation ? own.map { "val_" + $0 } : [])
    view = TrainingView(title: title, epoch: 0, of: 0, elapsed: 0)
    view.curves = names.map { LearningCurves.Curve($0, []) }
  }

  func trainingBegan(_ run: TrainingRun) throws {
    view.epochs = run.epochs
    view.epoch = min(initialEpoch + 1, run.epochs)
    view.steps = run.stepsPerEpoch
    if port.updatesInPlace { draw() }
  }

  func batchEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    let done = share(of: run)
    guard run.seconds - lastUpdate >= Self.interval || done * Double(Self.parts) >= Double(nextPart)
    else { return }
    // The end of an epoch is drawn with its validation.
    if run.step >= run.stepsPerEpoch { return }
    advance(run)
    view.metrics = metrics(logs)
    update(done)
  }

  func epochEnded(_ run: TrainingRun, _ logs: TrainingLogs) throws {
    for i in view.curves.indices {
      view.curves[i].values.append(logs[view.curves[i].name] ?? .nan)
    }
    let done = share(of: run)
    view.metrics = metrics(logs)
    guard run.seconds - lastUpdate >= Self.interval || done * Double(Self.parts) >= Double(nextPart)
    else { return }
    advance(run)
    update(done)
  }

  func trainingEnded(_ run: TrainingRun) throws {
    let isEarly = run.epoch + 1 < run.epochs
    finish(run, isEarly ? "stopped early at epoch \(run.epoch + 1)" : "finished")
  }

  func trainingInterrupted(_ run: TrainingRun) {
    finish(run, "interrupted at epoch \(run.epoch + 1), weights kept")
  }

  /// The run ended with an error that is not its own.
  func failed(_ run: TrainingRun) {
    finish(run, "failed at epoch \(run.epoch + 1), weights kept")
  }

  // MARK: -

  /// The share of all steps that is done, from the initial epoch on.
  private func share(of run: TrainingRun) -> Double {
    let epochs = Double(max(1, run.epochs - initialEpoch))
    let within = Double(run.step) / Double(max(1, run.stepsPerEpoch))
    return (Double(run.epoch - initialEpoch) + within) / epochs
  }

  private func metrics(_ logs: TrainingLogs) -> [ProgressLine.Metric] {
    names.compactMap { name in logs[name].map { ProgressLine.Metric(name, $0) } }
  }

  private func advance(_ run: TrainingRun) {
    view.epoch = run.epoch + 1
    view.step = run.step
    view.elapsed = run.seconds
    lastUpdate = run.seconds
  }

  private func update(_ done: Double) {
    nextPart = Int((done * Double(Self.parts)).rounded(.down)) + 1
    if port.updatesInPlace { draw() }
  }

  private func finish(_ run: TrainingRun, _ outcome: String) {
    advance(run)
    view.outcome = outcome
    draw()
  }

  private func draw() {
    let bundle = view.bundle(port.settings)
    if isShown {
      port.update(bundle, id: displayID)
    } else {
      port.show(bundle, id: displayID)
      isShown = true
    }
  }
}
