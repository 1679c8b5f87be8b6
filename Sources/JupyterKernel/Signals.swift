import Glibc

/// What the process does on SIGINT (interrupts the cell), SIGTERM (ends the session) and SIGPIPE
/// (nothing: a closed socket is reported by the call).
///
/// The handlers only write a byte to a descriptor that the IO thread polls. Nothing more is allowed
/// in a handler: it may run between any two instructions, also inside of malloc.
enum Signals {
  // Plain numbers, set before the handlers are: reading them in a handler takes no lock.
  nonisolated(unsafe) fileprivate static var interruptDescriptor: Int32 = -1
  nonisolated(unsafe) fileprivate static var stopDescriptor: Int32 = -1

  /// Holds the signals back until `deliver`.
  static func block() { mask(SIG_BLOCK) }

  /// From here on signals are told to the given descriptors, on the calling thread.
  static func deliver(interrupt: Int32, stop: Int32) {
    interruptDescriptor = interrupt
    stopDescriptor = stop
    install(SIGINT) { _ in tell(Signals.interruptDescriptor) }
    install(SIGTERM) { _ in tell(Signals.stopDescriptor) }
    signal(SIGPIPE, SIG_IGN)
    mask(SIG_UNBLOCK)
  }

  private static func install(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void)
  {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    // Calls that a signal interrupts go on, except for the poll of the IO thread.
    action.sa_flags = SA_RESTART
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, nil)
  }

  private static func mask(_ how: Int32) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(how, &signals, nil)
  }
}

/// Writes a byte and leaves `errno` as it was, for the code that the signal has interrupted.
private func tell(_ descriptor: Int32) {
  let before = errno
  var byte: UInt8 = 1
  _ = write(descriptor, &byte, 1)
  errno = before
}
