import TensorCore

/// Interrupts of the library's long operations: the other half of `InterruptFlag`, which stops the
/// machine between instructions.
public enum LibraryInterrupt {
  /// From any thread, also from a signal handler.
  public static func request() { Interrupt.request() }
  public static func clear() { Interrupt.clear() }
}
