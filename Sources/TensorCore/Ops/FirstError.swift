import Synchronization

/// Carries an error out of a parallel section, whose chunks cannot throw.
final class FirstError: Sendable {
  private let error = Mutex<(any Error)?>(nil)

  /// Runs one chunk; later errors are dropped.
  func run(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      self.error.withLock { if $0 == nil { $0 = error } }
    }
  }

  /// - Throws: what a chunk threw.
  func rethrow() throws {
    if let error = error.withLock({ $0 }) { throw error }
  }
}
