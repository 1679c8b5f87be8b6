import JSONCoding
import JupyterProtocol

/// The kernel's end of all comms: what is open, and the way out and in.
///
/// What comes in waits in the evaluator's list, in order with the cells. While a cell runs the
/// interpreter may take what waits (`drain`) at moments when it can run callbacks, so that a slider
/// that is moved during a long training is seen by it.
final class CommDesk: CommChannel {
  private struct State {
    /// Target names by comm id.
    var open: [String: String] = [:]
    /// The outputs of the cell, or of the comm message, that is being dealt with, innermost last.
    var outputs: [CellOutput] = []
    var drain: (@Sendable () -> Void)?
  }

  private let state = Monitor(State())
  private let outbox: Outbox

  init(outbox: Outbox) { self.outbox = outbox }

  // MARK: - CommChannel

  func send(_ event: CommEvent) {
    note(event)
    if let output = state.read({ $0.outputs.last }) {
      output.comm(event)
    } else {
      outbox.send([Outgoing.comm(event, parent: nil)])
    }
  }

  func drain() { state.read { $0.drain }?() }

  // MARK: - For the kernel

  /// What takes the waiting events out of the list and deals with them.
  func drain(by body: @escaping @Sendable () -> Void) { state.read { $0.drain = body } }

  /// Comms that are open, of `target` or of all.
  func comms(target: String?) -> [String: String] {
    state.read { $0.open.filter { target == nil || $0.value == target } }
  }

  /// Keeps the account of what is open.
  func note(_ event: CommEvent) {
    state.read { state in
      switch event.kind {
      case .open(let target): state.open[event.commID] = target
      case .message: break
      case .close: state.open[event.commID] = nil
      }
    }
  }

  /// While `body` runs, what is sent belongs to `output`.
  func with<Result>(_ output: CellOutput, _ body: () -> Result) -> Result {
    state.read { $0.outputs.append(output) }
    defer { state.read { _ = $0.outputs.popLast() } }
    return body()
  }
}

extension Outgoing {
  /// An event of a comm for all clients.
  static func comm(_ event: CommEvent, parent: Request?) -> Outgoing {
    let type: String
    let content: JSON.Object
    switch event.kind {
    case .open(let target):
      type = CommOpen.messageType
      content = CommOpen(commID: event.commID, targetName: target, data: event.data).content
    case .message:
      type = CommMessage.messageType
      content = CommMessage(commID: event.commID, data: event.data).content
    case .close:
      type = CommClose.messageType
      content = CommClose(commID: event.commID, data: event.data).content
    }
    return Outgoing(
      target: .iopub, type: type, parent: parent?.header.bytes, metadata: event.metadata,
      content: content, buffers: event.buffers)
  }
}

extension CommEvent {
  /// The event that a request carries; nil when it is another type of message.
  init?(_ request: Request, content: JSON, buffers: [[UInt8]]) throws(ProtocolError) {
    let metadata = request.metadata.object ?? [:]
    switch request.header.messageType {
    case CommOpen.messageType:
      let open = try CommOpen(content: content)
      self.init(
        .open(target: open.targetName), commID: open.commID, data: open.data, metadata: metadata,
        buffers: buffers)
    case CommMessage.messageType:
      let message = try CommMessage(content: content)
      self.init(
        .message, commID: message.commID, data: message.data, metadata: metadata, buffers: buffers)
    case CommClose.messageType:
      let close = try CommClose(content: content)
      self.init(
        .close, commID: close.commID, data: close.data, metadata: metadata, buffers: buffers)
    default: return nil
    }
  }
}
