import Glibc
import JupyterProtocol

/// How a kernel learns where to listen.
public enum Launch: Sendable {
  /// From a file with the ports.
  case connectionFile(String)
  /// From nowhere: it takes free ports and tells them to the address in a file (JEP 66).
  case registrationFile(String)
}

/// Runs a kernel as this process: finds out where to listen, serves, and ends the process.
///
/// The process ends with 0 after a shutdown request or SIGTERM, and when the program that started
/// it is gone; with 1, and a sentence on standard error, when it cannot start.
/// - Parameter makeInterpreter: called once, on the evaluator thread, while kernel_info is already
///   answered: whatever takes time to load belongs there.
public func serve(
  _ launch: Launch, info: KernelInfo, makeInterpreter: @escaping @Sendable () -> any Interpreter
) -> Never {
  var errors = STDERR_FILENO
  do {
    // First of all: an impatient manager may send SIGINT before anything is set up, and threads
    // that are made from here on inherit the mask, so that signals come to this thread alone.
    Signals.block()
    let connection: Connection
    var registration: Registration?
    let crashFile: String
    switch launch {
    case .connectionFile(let path):
      connection = try Connection(path: path)
      crashFile = CrashFile.name(connectionFile: path)
    case .registrationFile(let path):
      let read = try Registration(path: path)
      connection = read.connection
      registration = read
      crashFile = CrashFile.name(connectionFile: path)
    }
    let nativeOutput = NativeOutput()
    errors = nativeOutput?.standardError ?? STDERR_FILENO
    let kernel = try Kernel(
      connection: connection, info: info, notice: CrashFile.take(crashFile),
      historyFile: SessionHistory.usualPath, nativeOutput: nativeOutput, log: errors,
      makeInterpreter: makeInterpreter)
    var ownConnectionFile: String?
    if let registration {
      ownConnectionFile = registration.writeConnectionFile(kernel.connection)
      try registration.announce(kernel.connection)
    }
    let watch = ParentWatch()
    kernel.watch { watch.isOrphaned() }
    let (interrupt, stop, crash) = kernel.signalDescriptors
    CrashReport.install(wake: crash, file: crashFile, log: errors)
    try kernel.run(whenStarted: { Signals.deliver(interrupt: interrupt, stop: stop) })
    if let ownConnectionFile { unlink(ownConnectionFile) }
    _exit(0)
  } catch {
    writeAll(errors, Array("swiftlet: \(error)\n".utf8))
    _exit(1)
  }
}
