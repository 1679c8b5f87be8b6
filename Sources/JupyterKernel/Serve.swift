import Glibc
import JupyterProtocol

/// Runs a kernel as this process: reads the connection file, serves, and ends the process.
///
/// The process ends with 0 after a shutdown request or SIGTERM, and when the program that started
/// it is gone; with 1, and a sentence on standard error, when it cannot start.
/// - Parameter makeInterpreter: called once, on the evaluator thread, while kernel_info is already
///   answered: whatever takes time to load belongs there.
public func serve(
  connectionFile: String, info: KernelInfo,
  makeInterpreter: @escaping @Sendable () -> any Interpreter
) -> Never {
  do {
    // First of all: an impatient manager may send SIGINT before anything is set up, and threads
    // that are made from here on inherit the mask, so that signals come to this thread alone.
    Signals.block()
    let connection = try Connection(path: connectionFile)
    let crashFile = CrashFile.name(connectionFile: connectionFile)
    let kernel = try Kernel(
      connection: connection, info: info, notice: CrashFile.take(crashFile),
      historyFile: SessionHistory.usualPath,
      makeInterpreter: makeInterpreter)
    let watch = ParentWatch()
    kernel.watch { watch.isOrphaned() }
    let (interrupt, stop, crash) = kernel.signalDescriptors
    CrashReport.install(wake: crash, file: crashFile)
    try kernel.run(whenStarted: { Signals.deliver(interrupt: interrupt, stop: stop) })
    _exit(0)
  } catch {
    writeAll(STDERR_FILENO, Array("swiftlet: \(error)\n".utf8))
    _exit(1)
  }
}
