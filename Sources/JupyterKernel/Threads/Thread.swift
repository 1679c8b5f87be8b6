import Glibc

/// A thread with a stack of a chosen size. It takes no signals: those belong to the main thread.
struct Thread: @unchecked Sendable {
  private let handle: pthread_t

  /// Starts `body` on a new thread.
  ///
  /// Stack is address space, not memory: pages are taken when they are touched. Where the system
  /// will not promise that much, a quarter of it is tried, and so on.
  /// - Returns: nil if the system gives no more threads.
  static func start(
    stackBytes: Int = 1 << 20, _ body: @escaping @Sendable () -> Void
  ) -> Thread? {
    var stack = stackBytes
    while stack >= 256 << 10 {
      if let thread = attempt(stackBytes: stack, body) { return thread }
      stack /= 4
    }
    return nil
  }

  private static func attempt(
    stackBytes: Int, _ body: @escaping @Sendable () -> Void
  ) -> Thread? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    let work = Unmanaged.passRetained(Work(body))
    var handle = pthread_t()
    let failure = pthread_create(
      &handle, &attributes,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, work.toOpaque())
    if failure != 0 {
      work.release()
      return nil
    }
    return Thread(handle: handle)
  }

  /// Waits until the thread has ended.
  func join() { pthread_join(handle, nil) }
}

private final class Work {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  func run() {
    var all = sigset_t()
    sigfillset(&all)
    // Signals that a fault raises must reach the thread that made the fault.
    for fault in CrashReport.faults { sigdelset(&all, fault) }
    pthread_sigmask(SIG_BLOCK, &all, nil)
    CrashReport.prepareThread()
    body()
  }
}
