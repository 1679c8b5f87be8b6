import Display
import JSONCoding
import JupyterProtocol

/// The `OutputSink` of one cell.
final class CellOutput: OutputSink {
  private let request: Request
  private let silent: Bool
  private let executionCount: Int
  private let allowStdin: Bool
  private let outbox: Outbox
  private let inputDesk: InputDesk
  private let state: Monitor<State>

  private struct State {
    /// After the cell's idle nothing of it may leave: what a stray thread still shows is dropped.
    var closed = false
    var interrupted = false
    var budget: OutputBudget
    var held = HeldText()
    /// The text of the result, for the history.
    var result: String?
    /// How many updates of each display have gone out one by one.
    var openingUpdates: [String: Int] = [:]
  }

  /// The first updates of a display are not replaced by later ones: work that is over in an instant
  /// shows its steps too. From then on only the latest state counts.
  private static let openingUpdates = 8

  init(
    request: Request, silent: Bool, executionCount: Int, allowStdin: Bool, outbox: Outbox,
    inputDesk: InputDesk, budget: OutputBudget = OutputBudget(now: monotonicSeconds())
  ) {
    self.request = request
    self.silent = silent
    self.executionCount = executionCount
    self.allowStdin = allowStdin
    self.outbox = outbox
    self.inputDesk = inputDesk
    state = Monitor(State(budget: budget))
  }

  // MARK: - OutputSink

  func stream(_ name: StreamName, _ text: String) {
    if text.isEmpty { return }
    // The outbox is filled under this lock, so that two threads cannot overtake one another between
    // the budget and the queue.
    state.read { state in
      if state.closed { return }
      guard state.held.isEmpty, state.budget.spend(text.utf8.count, now: monotonicSeconds()) else {
        state.held.add(name, text)
        releaseHeld(&state, force: false)
        return
      }
      outbox.text(name, text, parent: request)
    }
    outbox.waitForRoom()
  }

  func display(_ bundle: MIMEBundle, displayID: String?) {
    let message = Outgoing.iopub(DisplayData(bundle: bundle, displayID: displayID), parent: request)
    show(bytes: bundle.approximateBytes) { bytes in
      outbox.display(message, bytes: bytes)
      return bytes
    }
  }

  func update(_ bundle: MIMEBundle, displayID: String) {
    let message = Outgoing.iopub(
      UpdateDisplayData(bundle: bundle, displayID: displayID), parent: request)
    let isOpening = isOpening(displayID)
    show(bytes: bundle.approximateBytes) { bytes in
      if isOpening {
        outbox.display(message, bytes: bytes)
        return bytes
      }
      return bytes - outbox.update(message, displayID: displayID, bytes: bytes)
    }
  }

  func clearOutput(wait: Bool) {
    let message = Outgoing.iopub(ClearOutput(wait: wait), parent: request)
    show(bytes: 100) { bytes in
      outbox.display(message, bytes: bytes)
      return bytes
    }
  }

  func result(_ bundle: MIMEBundle) {
    if silent { return }
    let message = Outgoing.iopub(
      ExecuteResultMessage(bundle: bundle, executionCount: executionCount), parent: request)
    show(bytes: bundle.approximateBytes) { bytes in
      outbox.display(message, bytes: bytes)
      return bytes
    }
    state.read { $0.result = bundle.plain }
  }

  /// An event of a comm. Of updates of the same part of a widget only the last needs to leave.
  func comm(_ event: CommEvent) {
    let message = Outgoing.comm(event, parent: request)
    let bytes = 300 + event.buffers.reduce(0) { $0 + $1.count } + event.data.approximateBytes
    var replaceable: String?
    if event.kind == .message, event.buffers.isEmpty, event.data["method"] == "update",
      let state = event.data["state"]?.object
    {
      replaceable = "comm \(event.commID) \(state.keys.joined(separator: " "))"
    }
    let isOpening = replaceable.map(isOpening) ?? true
    show(bytes: bytes) { bytes in
      if isOpening {
        outbox.display(message, bytes: bytes)
        return bytes
      }
      return bytes - outbox.update(message, displayID: replaceable ?? "", bytes: bytes)
    }
  }

  /// Whether this is one of the first updates of a display, and counts it.
  private func isOpening(_ displayID: String) -> Bool {
    state.change { state -> Bool in
      let count = state.openingUpdates[displayID, default: 0]
      if count >= Self.openingUpdates { return false }
      state.openingUpdates[displayID] = count + 1
      return true
    }
  }

  func input(prompt: String, password: Bool) throws(InputError) -> String {
    guard allowStdin else { throw .notAllowed }
    return try inputDesk.ask(prompt: prompt, password: password, for: request, through: outbox)
  }

  // MARK: - For the evaluator

  /// The cell was interrupted: it does not wait for its budget any more.
  func interrupt() { state.change { $0.interrupted = true } }

  /// The cell has ended: lets go of what was held back, and takes nothing more.
  /// - Returns: the text of the result, if it showed one.
  func finish() -> String? {
    state.change { state in
      releaseHeld(&state, force: true)
      state.closed = true
      return state.result
    }
  }

  // MARK: - Budget

  /// Shows something that must not be dropped. A cell that shows too much waits here.
  /// - Parameter put: puts it into the outbox, and gives the bytes that will leave because of it.
  private func show(bytes: Int, _ put: (Int) -> Int) {
    let debt = state.read { state -> Double in
      if state.closed { return 0 }
      releaseHeld(&state, force: true)
      return state.budget.force(put(bytes), now: monotonicSeconds())
    }
    outbox.waitForRoom()
    guard debt > 0 else { return }
    _ = state.wait(seconds: debt) { $0.interrupted || $0.closed ? () : nil }
  }

  /// Puts the text that was held back into the outbox, once the budget has room for it.
  private func releaseHeld(_ state: inout State, force: Bool) {
    if state.held.isEmpty { return }
    let now = monotonicSeconds()
    if force {
      _ = state.budget.force(state.held.bytes, now: now)
    } else if !state.budget.spend(max(state.held.bytes, state.held.limit / 4), now: now) {
      return
    }
    for piece in state.held.release() { outbox.text(piece.name, piece.text, parent: request) }
  }
}

extension MIMEBundle {
  /// Its size when sent, to the order of magnitude: texts count, other JSON is guessed.
  fileprivate var approximateBytes: Int {
    200 + data.approximateBytes
  }
}

extension JSON.Object {
  fileprivate var approximateBytes: Int {
    reduce(into: 0) { sum, member in
      sum += member.key.utf8.count + (member.value.string?.utf8.count ?? 1000)
    }
  }
}
