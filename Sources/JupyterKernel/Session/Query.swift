import JupyterProtocol

/// A question about code that changes nothing: completion, inspection, completeness.
struct Query: Sendable {
  enum Question: Sendable {
    case complete(CompleteRequest)
    case inspect(InspectRequest)
    case isComplete(IsCompleteRequest)
  }

  let request: Request
  let question: Question

  /// Whether the answer has nothing to do with the session.
  var looksAtTextAlone: Bool { if case .isComplete = question { true } else { false } }

  /// Answers on the calling thread. Busy was sent when the question came.
  func answer(with interpreter: any Interpreter, through outbox: Outbox) {
    let reply: Outgoing
    switch question {
    case .complete(let question):
      reply = .reply(interpreter.complete(question), to: request)
    case .inspect(let question):
      reply = .reply(InspectReply(interpreter.inspect(question)), to: request)
    case .isComplete(let question):
      reply = .reply(interpreter.isComplete(question.code), to: request)
    }
    outbox.send([reply, .iopub(StatusMessage(.idle), parent: request)])
  }
}

/// The thread that answers queries while a cell may run.
final class QueryDesk: Sendable {
  private struct State {
    var waiting = FIFO<Query>()
    var stopping = false
  }

  private let state = Monitor(State())
  private let evaluator: Evaluator
  private let outbox: Outbox

  init(evaluator: Evaluator, outbox: Outbox) {
    self.evaluator = evaluator
    self.outbox = outbox
  }

  func add(_ query: Query) { state.change { $0.waiting.append(query) } }

  func stop() { state.change { $0.stopping = true } }

  /// Answers until `stop`, on the calling thread.
  func run() {
    guard let interpreter = evaluator.waitForInterpreter() else { return }
    while let query = next() {
      if interpreter.answersWhileRunning || query.looksAtTextAlone {
        query.answer(with: interpreter, through: outbox)
      } else {
        evaluator.add(.query(query))
      }
    }
  }

  private func next() -> Query? {
    state.wait { state -> Query?? in
      if state.stopping { return .some(nil) }
      return state.waiting.popFirst().map { .some($0) }
    }
  }
}
