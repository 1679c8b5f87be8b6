import Glibc

/// Wakes a thread that sleeps in a poll. Any thread may `signal`, also a signal handler.
final class Wakeup: Sendable {
  /// The descriptor to poll for reading.
  let descriptor: Int32
  /// The descriptor that a byte written to wakes by; for signal handlers.
  let signalDescriptor: Int32

  /// A pipe, because Glibc's module knows no eventfd. When the process has no descriptors left it
  /// does nothing, and the time limits of the poll have to serve.
  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        // A full pipe is signal enough: nobody waits to write.
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (descriptor, signalDescriptor) = (ends[0], ends[1])
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if signalDescriptor >= 0 { close(signalDescriptor) }
  }

  func signal() {
    var byte: UInt8 = 1
    _ = write(signalDescriptor, &byte, 1)
  }

  /// Takes back all signals so far; true if there was one.
  @discardableResult
  func clear() -> Bool {
    var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    var any = false
    while read(descriptor, &bytes, 32) > 0 { any = true }
    return any
  }
}
