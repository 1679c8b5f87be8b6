import CKernels

/// The work was stopped by the user.
public struct Interrupted: Error, CustomStringConvertible {
  public init() {}
  public var description: String { "interrupted" }
}

/// Interrupts: who wants to stop sets a flag, who works looks at it.
///
/// Long kernels look at most 10 ms of work apart, leave their result unfinished, and throw
/// `Interrupted`; whoever catches that calls `clear`. A thread listens to the flag of the process
/// unless it runs inside `listening(to:)`.
public enum Interrupt {
  /// Asks the threads that listen to the process's flag to stop. May be called from any thread and
  /// from a signal handler.
  public static func request() { InterruptFlag.process.request() }

  /// Takes the request back.
  public static func clear() { InterruptFlag.process.clear() }

  /// Whether the calling thread is asked to stop.
  public static var isPending: Bool { sw_interrupt_pending() != 0 }

  /// Throws `Interrupted` when the calling thread is asked to stop. Costs one relaxed load.
  @inlinable
  public static func check() throws {
    if sw_interrupt_pending() != 0 { throw Interrupted() }
  }

  /// Runs `body` with the calling thread, and the pool's threads that help it, listening to `flag`.
  public static func listening<R>(to flag: InterruptFlag, _ body: () throws -> R) rethrows -> R {
    let before = sw_own_interrupt_get()
    sw_interrupt_listen(flag.pointer)
    defer { sw_interrupt_listen(before) }
    return try body()
  }

  /// Runs `body`, which is short, without anybody who could stop it.
  public static func ignoring<R>(_ body: () throws -> R) rethrows -> R {
    try listening(to: .never, body)
  }
}

/// A flag that threads listen to; several evaluators in one process have one each.
public final class InterruptFlag: @unchecked Sendable {
  /// The flag of the process.
  public static let process = InterruptFlag(sw_process_interrupt_pointer())

  /// A flag that nobody sets.
  static let never = InterruptFlag()

  let pointer: UnsafeMutablePointer<sw_interrupt>
  private let isOwned: Bool

  private init(_ pointer: UnsafeMutablePointer<sw_interrupt>) {
    self.pointer = pointer
    isOwned = false
  }

  public init() {
    pointer = .allocate(capacity: 1)
    isOwned = true
    sw_interrupt_set(pointer, 0)
  }

  deinit {
    if isOwned { pointer.deallocate() }
  }

  public func request() { sw_interrupt_set(pointer, 1) }
  public func clear() { sw_interrupt_set(pointer, 0) }
  public var isPending: Bool { sw_interrupt_get(pointer) != 0 }
}
