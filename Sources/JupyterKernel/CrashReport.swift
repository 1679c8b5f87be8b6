import Glibc
import JupyterProtocol
import Synchronization

/// What happens when the process makes a fault, which is a defect of ours: the person who waits for
/// the cell is told, and not only that "the kernel died".
///
/// A fault on the evaluator thread leaves the IO thread alive. The handler wakes it, and waits a
/// moment while it answers the running cell with an error; then the process dies of the signal as
/// it would have, so that core dumps and exit codes say the truth. If the IO thread cannot (the
/// fault left a lock of malloc taken), the moment passes and a line on standard error remains.
///
/// Handlers run on a stack of their own: the fault may be that the stack is full.
enum CrashReport {
  // Set before the handlers are, read by them.
  nonisolated(unsafe) private static var wakeDescriptor: Int32 = -1
  nonisolated(unsafe) private static var ioThread = pthread_self()
  nonisolated(unsafe) private static var line: UnsafePointer<UInt8>?
  nonisolated(unsafe) private static var lineCount = 0
  /// What was to happen before, by signal number: the default, or the runtime's backtrace.
  nonisolated(unsafe) private static let before =
    UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
  private static let signalNumber = Atomic<Int32>(0)
  private static let isTold = Atomic(false)

  private static let faults = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT]
  private static let stackBytes = 64 << 10
  /// In steps of 10 ms.
  private static let patience = 100

  /// Reports faults from here on. Called on the IO thread.
  /// - Parameter wake: a descriptor that the IO thread polls; a byte on it is a fault.
  static func install(wake: Int32) {
    wakeDescriptor = wake
    ioThread = pthread_self()
    let text = "swiftlet: the kernel has crashed. This is a defect of the kernel.\n"
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    line = UnsafePointer(bytes.baseAddress)
    lineCount = bytes.count
    // The first use of a static value takes a lock: not in a handler.
    _ = signalNumber.load(ordering: .relaxed)
    _ = isTold.load(ordering: .relaxed)
    _ = before
    prepareThread()
    for fault in faults {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { CrashReport.handle($0) }
      action.sa_flags = Int32(SA_ONSTACK)
      sigfillset(&action.sa_mask)
      sigaction(fault, &action, before + Int(fault))
    }
  }

  /// Gives the calling thread a stack for handlers; it keeps it to its end.
  static func prepareThread() {
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stackBytes, alignment: 16)
    stack.ss_size = stackBytes
    sigaltstack(&stack, nil)
  }

  /// Only calls that are allowed in a handler, and no memory.
  private static func handle(_ number: Int32) {
    if let line { _ = write(STDERR_FILENO, line, lineCount) }
    if signalNumber.exchange(number, ordering: .relaxed) == 0,
      pthread_equal(pthread_self(), ioThread) == 0
    {
      var byte: UInt8 = 1
      _ = write(wakeDescriptor, &byte, 1)
      var step = timespec(tv_sec: 0, tv_nsec: 10_000_000)
      for _ in 0..<patience where !isTold.load(ordering: .relaxed) { nanosleep(&step, nil) }
    }
    sigaction(number, before + Int(number), nil)
    // Blocked while the handler runs; it strikes when this returns, if the fault does not again.
    raise(number)
  }

  // MARK: - On the IO thread

  /// What the person reads.
  static var error: CellError {
    let number = signalNumber.load(ordering: .relaxed)
    let name = String(cString: strsignal(number))
    let evalue =
      "the kernel has crashed in this cell (\(name)); its variables are lost. This is a defect of "
      + "the kernel, whatever the cell says: please report it together with the cell"
    return CellError(ename: "KernelCrash", evalue: evalue, traceback: ["KernelCrash: \(evalue)"])
  }

  /// Lets the handler go on: the process ends.
  static func told() { isTold.store(true, ordering: .relaxed) }
}
