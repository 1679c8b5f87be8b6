import JupyterProtocol

/// Where a cell waits for the line that it has asked for.
///
/// One cell runs at a time, so one question is open at a time. A line that nobody waits for (typed
/// after an interrupt) is dropped by the IO thread.
final class InputDesk: Sendable {
  private struct State {
    var waiting = false
    var answer: Result<String, InputError>?
    var interruptedAt = -Double.infinity
    var closed = false
  }

  /// An interrupt that comes this shortly before the question counts for it: the language had no
  /// chance to see it in between.
  private static let grace = 0.05

  private let state = Monitor(State())

  /// Asks the client that sent `request`, and waits for its answer.
  func ask(
    prompt: String, password: Bool, for request: Request, through outbox: Outbox
  ) throws(InputError) -> String {
    let refusal = state.read { state -> InputError? in
      if state.closed { return .closed }
      if monotonicSeconds() - state.interruptedAt < Self.grace {
        state.interruptedAt = -.infinity
        return .interrupted
      }
      state.waiting = true
      state.answer = nil
      return nil
    }
    if let refusal { throw refusal }
    outbox.send([
      Outgoing(
        target: .socket(.stdin, identities: request.identities), type: InputRequest.messageType,
        parent: request.header.bytes,
        content: InputRequest(prompt: prompt, password: password).content)
    ])
    let answer = state.wait { state -> Result<String, InputError>? in
      guard let answer = state.answer else { return nil }
      state.waiting = false
      state.answer = nil
      return answer
    }
    return try answer.get()
  }

  /// A cell begins: an interrupt of the one before is none of its business.
  func begin() { state.read { $0.interruptedAt = -.infinity } }

  /// - Returns: false if no cell waits for a line.
  func deliver(_ line: String) -> Bool {
    state.change { state in
      guard state.waiting, state.answer == nil else { return false }
      state.answer = .success(line)
      return true
    }
  }

  /// The running cell is interrupted.
  func interrupt() {
    state.change { state in
      if state.waiting {
        state.answer = .failure(.interrupted)
      } else {
        state.interruptedAt = monotonicSeconds()
      }
    }
  }

  /// No line will come any more.
  func close() {
    state.change { state in
      state.closed = true
      if state.waiting { state.answer = .failure(.closed) }
    }
  }
}
