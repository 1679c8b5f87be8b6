import Language
import Synchronization

/// Lets another thread ask about the session without a race: at once between cells, at a safe point
/// while a cell runs.
final class QueryGate: Sendable {
  private final class Question: Sendable {
    let run: @Sendable () -> Void
    let done = Mutex(false)
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private struct State {
    var running = false
    var waiting: [Question] = []
  }

  private let state = Mutex(State())
  private let flag: InterruptFlag
  /// How long a question may wait for a safe point before it is given up, in microseconds.
  private static let patience = 500_000
  private static let step = 500

  init(flag: InterruptFlag) { self.flag = flag }

  /// The evaluator begins a cell.
  func begin() { state.withLock { $0.running = true } }

  /// The evaluator has finished a cell: what still waits is answered now.
  func end() {
    answer()
    state.withLock { $0.running = false }
  }

  /// Answers what waits. On the evaluator thread.
  func answer() {
    let questions = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for question in questions {
      question.run()
      question.done.withLock { $0 = true }
    }
  }

  /// Asks; nil when no safe point came in time.
  func ask<T>(_ body: @escaping () -> T) -> T? {
    let box = AnswerBox(body)
    let question = Question { box.fill() }
    // Between cells the lock itself keeps a cell from beginning meanwhile.
    let answered = state.withLock { state -> Bool in
      if state.running {
        state.waiting.append(question)
        return false
      }
      question.run()
      return true
    }
    if answered { return box.value }
    flag.requestAttention()
    var waited = 0
    while waited < QueryGate.patience {
      if question.done.withLock({ $0 }) { return box.value }
      usleep(UInt32(QueryGate.step))
      waited += QueryGate.step
    }
    state.withLock { $0.waiting.removeAll { $0 === question } }
    return question.done.withLock { $0 } ? box.value : nil
  }
}

/// Carries an answer between the threads; the gate's locks order writing before reading.
private final class AnswerBox<T>: @unchecked Sendable {
  private let body: () -> T
  private(set) var value: T?
  init(_ body: @escaping () -> T) { self.body = body }
  func fill() { value = body() }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif
