import Glibc
import JupyterProtocol
import Synchronization

/// What happens when the process makes a fault, which is a defect of ours: the person who waits for
/// the cell is told, and not only that "the kernel died".
///
/// A fault on the evaluator thread leaves the IO thread alive. The handler writes the crash file
/// (`CrashFile`), wakes the IO thread, and waits a moment while that answers the running cell with an
/// error; then the process dies of the signal as it would have, so that core dumps and exit codes say
/// the truth. If the IO thread cannot (the fault left a lock of malloc taken), the moment passes and
/// a line on standard error and the crash file remain.
///
/// Several threads may fall at once, for instance because they share what is broken. The first one
/// reports and ends the process; the others wait for that, or they would end it before the report
/// has left. A fault of the IO thread itself ends the process at once: nobody is left who could tell.
///
/// Handlers run on a stack of their own: the fault may be that the stack is full.
enum CrashReport {
  // Set before the handlers are, read by them.
  nonisolated(unsafe) private static var wakeDescriptor: Int32 = -1
  nonisolated(unsafe) private static var ioThread = pthread_self()
  nonisolated(unsafe) private static var line: UnsafePointer<UInt8>?
  nonisolated(unsafe) private static var lineCount = 0
  private static let signalNumber = Atomic<Int32>(0)
  private static let isTold = Atomic(false)

  static let faults = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT]
  private static let stackBytes = 64 << 10
  /// How long the IO thread has for the report, in steps of 10 ms.
  private static let patience = 300

  /// Reports faults from here on. Called on the IO thread.
  /// - Parameters:
  ///   - wake: a descriptor that the IO thread polls; a byte on it is a fault.
  ///   - file: where the crash file is written.
  static func install(wake: Int32, file: String) {
    wakeDescriptor = wake
    ioThread = pthread_self()
    let text = "swiftlet: the kernel has crashed. This is a defect of the kernel.\n"
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = bytes.initialize(from: text.utf8)
    line = UnsafePointer(bytes.baseAddress)
    lineCount = bytes.count
    CrashFile.prepare(path: file)
    // The first use of a static value takes a lock: not in a handler.
    _ = signalNumber.load(ordering: .relaxed)
    _ = isTold.load(ordering: .relaxed)
    _ = faults
    prepareThread()
    // These replace the handlers that the Swift runtime may have set when the program started
    // (SWIFT_BACKTRACE), for good: its backtrace stops all threads, the IO thread too, takes many
    // seconds, and may not end while threads wait in handlers. A manager could not start the kernel
    // again meanwhile.
    for fault in faults {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { CrashReport.handle($0) }
      action.sa_flags = Int32(SA_ONSTACK)
      sigfillset(&action.sa_mask)
      sigaction(fault, &action, nil)
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
    let isFirst = signalNumber.compareExchange(
      expected: 0, desired: number, ordering: .relaxed
    ).exchanged
    if isFirst {
      if let line { _ = write(STDERR_FILENO, line, lineCount) }
      CrashFile.write(signal: number)
    }
    if pthread_equal(pthread_self(), ioThread) == 0 {
      if isFirst {
        var byte: UInt8 = 1
        _ = Glibc.write(wakeDescriptor, &byte, 1)
        rest(steps: patience, untilTold: true)
      } else {
        // The first one ends the process; if even that hangs, this one does.
        rest(steps: 4 * patience, untilTold: false)
      }
    }
    signal(number, SIG_DFL)
    // Blocked while the handler runs; it strikes when this returns, if the fault does not again.
    raise(number)
  }

  private static func rest(steps: Int, untilTold: Bool) {
    var step = timespec(tv_sec: 0, tv_nsec: 10_000_000)
    for _ in 0..<steps {
      if untilTold, isTold.load(ordering: .relaxed) { return }
      nanosleep(&step, nil)
    }
  }

  // MARK: - On the IO thread

  /// What the person reads.
  static var error: CellError {
    let name = signalName(signalNumber.load(ordering: .relaxed))
    let evalue =
      "the kernel has crashed in this cell (\(name)); its variables are lost. This is a defect of "
      + "the kernel, whatever the cell says: please report it together with the cell"
    return CellError(ename: "KernelCrash", evalue: evalue, traceback: ["KernelCrash: \(evalue)"])
  }

  static func signalName(_ number: Int32) -> String {
    strsignal(number).map { String(cString: $0) } ?? "signal \(number)"
  }

  /// Lets the handler go on: the process ends.
  static func told() { isTold.store(true, ordering: .relaxed) }
}
