import CKernels

/// The work was stopped by the user.
public struct Interrupted: Error, CustomStringConvertible {
  public init() {}
  public var description: String { "interrupted" }
}

/// The one interrupt flag of the process.
///
/// `request` may be called from any thread and from a signal handler. Long kernels poll the flag at
/// most 10 ms apart, leave their result unfinished, and throw `Interrupted`; whoever catches that
/// calls `clear`.
public enum Interrupt {
  public static func request() { sw_interrupt_request() }
  public static func clear() { sw_interrupt_clear() }
  public static var isPending: Bool { sw_interrupt_pending() != 0 }

  /// Throws `Interrupted` when a request is pending. Costs one relaxed load.
  @inlinable
  public static func check() throws {
    if sw_interrupt_pending() != 0 { throw Interrupted() }
  }
}
