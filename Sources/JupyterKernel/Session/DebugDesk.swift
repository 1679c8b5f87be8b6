import JSONCoding
import JupyterProtocol

/// The thread that answers debug requests: also while a cell runs, and while it is stopped.
final class DebugDesk: Sendable {
  private struct State {
    var waiting = FIFO<(Request, DebugRequest)>()
    var isStopping = false
  }

  private let state = Monitor(State())
  private let evaluator: Evaluator
  private let outbox: Outbox

  init(evaluator: Evaluator, outbox: Outbox) {
    self.evaluator = evaluator
    self.outbox = outbox
  }

  /// Busy has been said.
  func add(_ request: Request, _ content: DebugRequest) {
    state.change { $0.waiting.append((request, content)) }
  }

  func stop() { state.change { $0.isStopping = true } }

  /// Answers until `stop`, on the calling thread.
  func run() {
    guard let interpreter = evaluator.waitForInterpreter() else { return }
    while let (request, content) = next() {
      let outbox = outbox
      let isAnswered: Void? = interpreter.debug(content.content) { response in
        outbox.send([.reply(DebugReply(response), to: request)])
      }
      if isAnswered == nil {
        let response: JSON.Object = [
          "type": "response", "seq": 0, "request_seq": content.content["seq"] ?? 0,
          "command": content.content["command"] ?? "", "success": false,
          "message": "this kernel has no debugger", "body": [:],
        ]
        outbox.send([.reply(DebugReply(response), to: request)])
      }
      outbox.send([.iopub(StatusMessage(.idle), parent: request)])
    }
  }

  private func next() -> (Request, DebugRequest)? {
    state.wait { state -> (Request, DebugRequest)?? in
      if state.isStopping { return .some(nil) }
      return state.waiting.popFirst().map { .some($0) }
    }
  }
}
