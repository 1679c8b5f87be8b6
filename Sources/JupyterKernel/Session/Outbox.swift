import Display
import JupyterProtocol

/// The one queue of everything that leaves.
///
/// What is put in by any thread leaves in that order, whatever the channel. Outputs of a cell
/// (text, displays, updates) may wait for company: they leave `interval` after the last such batch
/// or when `batchBytes` have gathered, the first of a cell at once. Anything else (status, errors,
/// replies) leaves at once and takes along what stands before it. So 10 000 prints in a loop become
/// some 20 messages a second, and none is late when the cell ends.
///
/// Within a batch, neighbouring texts of one stream are joined, and of several updates of one
/// display only the last is kept, at its own place: every client ends up with what it would have.
///
/// Memory is bounded: above `highWater` bytes whoever puts outputs in has to `waitForRoom`.
final class Outbox: Sendable {
  static let interval = 0.05
  static let batchBytes = 64 << 10
  static let highWater = 8 << 20

  /// What stands in the queue.
  enum Entry: Sendable {
    case message(Outgoing)
    case text(StreamName, String, parent: Request)
    case update(Outgoing, displayID: String)
    /// What follows belongs to this cell, up to `cellEnds`: who waits, if the process falls.
    case cellBegins(Request, executionCount: Int)
    case cellEnds
    /// A cell has failed: the IO thread, when it gets here, aborts the cells that have come.
    case abortPoint
    /// An update that a later one has replaced.
    case nothing
  }

  private struct State {
    var entries: [Entry] = []
    /// Bytes of outputs in `entries`, about.
    var bytes = 0
    /// Whether something in `entries` must leave now.
    var urgent = false
    /// When the outputs in `entries` leave if nothing urgent comes; nil without outputs.
    var due: Double?
    /// When outputs left last.
    var lastBatch = -Double.infinity
    /// Where the pending update of each display stands, and its bytes.
    var updates: [String: (place: Int, bytes: Int)] = [:]
    var closed = false
  }

  private let state = Monitor(State())
  private let wakeup: Wakeup

  /// - Parameter wakeup: signalled when the owner of the sockets has to look here again.
  init(wakeup: Wakeup) { self.wakeup = wakeup }

  // MARK: - Putting in

  /// Puts messages in that leave at once, next to one another.
  func send(_ messages: [Outgoing]) { send(messages.map { Entry.message($0) }) }

  func send(_ entries: [Entry]) {
    state.read { state in
      state.entries += entries
      state.urgent = true
    }
    wakeup.signal()
  }

  /// A cell begins: its first output does not wait for the pause after the last cell's.
  func beginCell() { state.read { $0.lastBatch = -.infinity } }

  func text(_ name: StreamName, _ text: String, parent: Request) {
    output(bytes: text.utf8.count) { state in
      if case .text(name, var before, let owner)? = state.entries.last,
        owner.header.messageID == parent.header.messageID
      {
        // Taken out of the array before it grows, or the text would be copied each time.
        state.entries.removeLast()
        before += text
        state.entries.append(.text(name, before, parent: parent))
      } else {
        state.entries.append(.text(name, text, parent: parent))
      }
    }
  }

  func display(_ message: Outgoing, bytes: Int) {
    output(bytes: bytes) { $0.entries.append(.message(message)) }
  }

  /// - Returns: the bytes of an earlier update that has not left and never will.
  @discardableResult
  func update(_ message: Outgoing, displayID: String, bytes: Int) -> Int {
    output(bytes: bytes) { state in
      let earlier = state.updates[displayID]
      if let earlier {
        // What will not leave does not make the batch full.
        state.bytes -= earlier.bytes
        if earlier.place == state.entries.count - 1 {
          state.entries.removeLast()
        } else {
          state.entries[earlier.place] = .nothing
        }
      }
      state.updates[displayID] = (state.entries.count, bytes)
      state.entries.append(.update(message, displayID: displayID))
      return earlier?.bytes ?? 0
    }
  }

  /// Waits while too much is there. Not while holding a lock that the IO thread may want.
  func waitForRoom() { state.wait { $0.bytes < Self.highWater || $0.closed ? () : nil } }

  private func output<Result>(bytes: Int, _ add: (inout State) -> Result) -> Result {
    let (result, wake) = state.read { state -> (Result, Bool) in
      let result = add(&state)
      let wasFull = state.bytes >= Self.batchBytes
      state.bytes += bytes
      let isFull = state.bytes >= Self.batchBytes
      if state.due == nil {
        state.due = max(monotonicSeconds(), state.lastBatch + Self.interval)
        return (result, true)
      }
      return (result, isFull && !wasFull)
    }
    if wake { wakeup.signal() }
    return result
  }

  /// Nobody will take anything any more: lets go of those who wait.
  func close() { state.change { $0.closed = true } }

  // MARK: - Taking out

  /// What has to leave now, joined; empty if nothing has.
  func take() -> [Entry] {
    take { state, now in
      let ripe = state.due.map { $0 <= now } ?? false
      return state.urgent || ripe || state.bytes >= Self.batchBytes
    }
  }

  /// Everything, whether it has to leave or not.
  /// - Parameter seconds: a thread that has crashed may hold the lock for ever; nothing is given
  ///   then.
  func drain(seconds: Double = 1) -> [Entry] {
    state.tryRead(seconds: seconds) { state in Self.joined(Self.empty(&state)) } ?? []
  }

  /// Takes everything out of the queue.
  private static func empty(_ state: inout State) -> [Entry] {
    let batch = state.entries
    state.entries = []
    state.bytes = 0
    state.urgent = false
    state.due = nil
    state.updates = [:]
    return batch
  }

  private func take(if isTime: (State, Double) -> Bool) -> [Entry] {
    let batch = state.change { state -> [Entry] in
      let now = monotonicSeconds()
      guard isTime(state, now) else { return [] }
      if state.due != nil { state.lastBatch = now }
      return Self.empty(&state)
    }
    return Self.joined(batch)
  }

  /// Seconds until `take` has something, as far as is known; nil for not until woken.
  var delay: Double? {
    state.read { state in
      if state.urgent || state.bytes >= Self.batchBytes { return 0 }
      return state.due.map { max(0, $0 - monotonicSeconds()) }
    }
  }

  /// Neighbouring texts of one stream and cell as one; what an update left empty is no border.
  private static func joined(_ batch: [Entry]) -> [Entry] {
    var result: [Entry] = []
    result.reserveCapacity(batch.count)
    for entry in batch {
      switch entry {
      case .nothing: continue
      case .text(let name, let text, let parent):
        if case .text(name, var before, let owner)? = result.last,
          owner.header.messageID == parent.header.messageID
        {
          result.removeLast()
          before += text
          result.append(.text(name, before, parent: parent))
          continue
        }
      case .message, .update, .cellBegins, .cellEnds, .abortPoint: break
      }
      result.append(entry)
    }
    return result
  }
}
