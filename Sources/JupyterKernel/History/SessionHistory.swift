import Glibc
import JupyterProtocol

/// The count of cells, and the way to the history of this session and those before.
///
/// Counting is at once; reading and writing the file happens on a thread of its own (`run`), because
/// a disk may be slow, full or locked by another kernel, and no cell shall wait for that.
final class SessionHistory: HistorySource {
  private struct State {
    var count = 0
    var notes: [HistoryStore.Note] = []
    var questions = FIFO<(Request, HistoryRequest)>()
    var isStopping = false
    var isFinished = false
    var isRunning = false
  }

  private let state = Monitor(State())
  /// Made when first used, on whatever thread that is; one uses it at a time.
  private let store: Monitor<HistoryStore?>
  private let path: String?
  private let log: KernelLog?

  /// - Parameter path: the file; nil for a history that ends with the process.
  init(path: String? = nil, log: KernelLog? = nil) {
    self.path = path
    self.log = log
    store = Monitor(nil)
  }

  /// Where the history of a person is kept: in Jupyter's data folder.
  static var usualPath: String? {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name) else { return nil }
      let text = String(cString: value)
      return text.isEmpty ? nil : text
    }
    let data =
      variable("JUPYTER_DATA_DIR") ?? variable("XDG_DATA_HOME").map { $0 + "/jupyter" }
      ?? variable("HOME").map { $0 + "/.local/share/jupyter" }
    guard let data else { return nil }
    let folder = data + "/swiftlet"
    var partial = folder.hasPrefix("/") ? "" : "."
    for component in folder.split(separator: "/") {
      partial += "/" + component
      mkdir(partial, 0o700)
    }
    return folder + "/history.sqlite"
  }

  // MARK: - For the evaluator

  /// The number of the last stored cell.
  var count: Int { state.read { $0.count } }

  /// Counts a cell that is stored.
  /// - Parameter code: nil for a cell that leaves no trace.
  /// - Returns: its number; for one without a trace that of the last stored one.
  func begin(storing code: String?) -> Int {
    guard let code else { return count }
    return state.change { state in
      state.count += 1
      state.notes.append(.input(line: state.count, code))
      return state.count
    }
  }

  /// The cell `number` has ended, with this text as its result.
  func end(_ number: Int, output: String?) {
    guard let output else { return }
    state.change { $0.notes.append(.output(line: number, output)) }
  }

  // MARK: - Questions

  /// What `request` asks for, with all that has been noted so far. Waits for the file.
  func answer(_ request: HistoryRequest) -> HistoryReply {
    store.read { store in
      guard let store = opened(&store) else { return HistoryReply(entries: []) }
      store.write(takeNotes())
      return store.answer(request, count: count)
    }
  }

  /// Leaves a question to the thread; busy has been said.
  func ask(_ request: Request, _ question: HistoryRequest) {
    state.change { $0.questions.append((request, question)) }
  }

  // MARK: - The thread

  /// Writes and answers until `stop`, on the calling thread.
  func run(outbox: Outbox) {
    state.read { $0.isRunning = true }
    while true {
      let (question, isStopping) = state.wait { state -> ((Request, HistoryRequest)?, Bool)? in
        let isIdle = state.notes.isEmpty && state.questions.isEmpty
        return isIdle && !state.isStopping ? nil : (state.questions.popFirst(), state.isStopping)
      }
      if let (request, content) = question {
        let reply = answer(content)
        outbox.send([
          .reply(reply, to: request), .iopub(StatusMessage(.idle), parent: request),
        ])
      } else {
        store.read { store in opened(&store)?.write(takeNotes()) }
        if isStopping { break }
      }
    }
    store.read { store in
      store?.close(count: count)
      store = nil
    }
    state.change { $0.isFinished = true }
  }

  /// Asks the thread to write the rest down and to end.
  /// - Returns: whether it has within `seconds`.
  func stop(within seconds: Double) -> Bool {
    state.change { $0.isStopping = true }
    return state.wait(seconds: seconds) { $0.isFinished || !$0.isRunning ? () : nil } != nil
  }

  private func takeNotes() -> [HistoryStore.Note] {
    state.read { state in
      defer { state.notes = [] }
      return state.notes
    }
  }

  private func opened(_ store: inout HistoryStore?) -> HistoryStore? {
    if let store { return store }
    let log = log
    store = try? HistoryStore(path: path) { log?.write($0) }
    return store
  }
}
