import Synchronization

/// Lets another thread look at the values of a session while a cell runs, without a lock around
/// every value.
///
/// A language changes its values all the time, but between two steps of its machine they are at
/// rest. The evaluator says when: `begin` and `end` around a cell, and `pass` at each safe point
/// while `isWanted` (one relaxed load, to be asked where interrupts are asked for). A thread that
/// wants to look calls `look`: between cells it looks at once; in a cell the evaluator stops at its
/// next safe point, as long as the look takes. A cell in a long native operation comes to no safe
/// point; then the look is given up, and the answer has to do without values.
///
///     cell:   safePoint.begin(); defer { safePoint.end() }
///     loop:   if safePoint.isWanted { safePoint.pass() }
///     query:  safePoint.look(seconds: 0.5) { names(in: session) } ?? []
public final class SafePoint: Sendable {
  private struct State {
    /// Whether values are at rest.
    var resting = true
    /// Who looks, and who waits to.
    var looking = 0
    var waiting = 0
  }

  private let state = Monitor(State())
  private let wanted = Atomic(false)

  public init() {}

  // MARK: - On the evaluator thread

  /// Whether somebody waits to look.
  public var isWanted: Bool { wanted.load(ordering: .relaxed) }

  /// A cell begins: waits until nobody looks.
  public func begin() {
    state.wait { state -> Void? in
      guard state.looking == 0 else { return nil }
      state.resting = false
      return ()
    }
  }

  /// The cell has ended.
  public func end() { state.change { $0.resting = true } }

  /// Values are at rest: lets those look who wait, and goes on when they have.
  public func pass() {
    end()
    state.wait { state -> Void? in
      guard state.looking == 0, state.waiting == 0 else { return nil }
      state.resting = false
      return ()
    }
  }

  // MARK: - On any other thread

  /// Runs `body` while values are at rest. It must be short: a cell may be waiting for it.
  /// - Returns: nil if no moment of rest came within `seconds`.
  public func look<Result>(seconds: Double, _ body: () -> Result) -> Result? {
    state.read { state in
      state.waiting += 1
      wanted.store(true, ordering: .relaxed)
    }
    let mayLook: Void? = state.wait(seconds: seconds) { state -> Void? in
      guard state.resting else { return nil }
      state.looking += 1
      return ()
    }
    state.change { state in
      state.waiting -= 1
      if state.waiting == 0 { wanted.store(false, ordering: .relaxed) }
    }
    guard mayLook != nil else { return nil }
    defer { state.change { $0.looking -= 1 } }
    return body()
  }
}
