import Glibc
import JupyterProtocol

/// A kernel that serves one interpreter to the clients of one connection.
public final class Kernel: @unchecked Sendable {
  /// Where it listens: the given connection with the ports that were taken.
  public let connection: Connection

  private let loop: IOLoop
  private let context: ZeroMQContext
  private let heartbeat: ZeroMQSocket
  private let evaluator: Evaluator
  private let queryDesk: QueryDesk
  private let debugDesk: DebugDesk
  private let nativeOutput: NativeOutput?
  private let history: SessionHistory
  private let outbox: Outbox

  /// The stack of the evaluator, in bytes of address space. Deep recursion of a program ends in an
  /// error long before; how deep the interpreter lets it go is its own measure.
  public static let evaluatorStackBytes = 512 << 20
  /// Queries parse what people type, and look at values.
  private static let queryStackBytes = 64 << 20

  /// Binds the sockets: from here on clients can connect, and are answered once `run` is called.
  public convenience init(
    connection: Connection, info: KernelInfo, log: Int32 = STDERR_FILENO,
    makeInterpreter: @escaping @Sendable () -> any Interpreter
  ) throws(KernelError) {
    try self.init(
      connection: connection, info: info, notice: nil, log: log, makeInterpreter: makeInterpreter)
  }

  /// Binds the sockets: from here on clients can connect, and are answered once `run` is called.
  /// - Parameters:
  ///   - notice: what the first cell shows above its own output.
  ///   - historyFile: where the cells of all sessions are kept; nil for a history of this one alone.
  ///   - nativeOutput: what native code writes; it belongs to the cell that runs.
  ///   - log: a descriptor for lines to the person who looks after the server; negative for none.
  ///   - makeInterpreter: called once, on the evaluator thread, while the kernel already answers.
  init(
    connection: Connection, info: KernelInfo, notice: String?,
    historyFile: String? = nil, nativeOutput: NativeOutput? = nil, log: Int32 = STDERR_FILENO,
    makeInterpreter: @escaping @Sendable () -> any Interpreter
  ) throws(KernelError) {
    do {
      context = try ZeroMQContext()
      let channels = try Channels(context, connection)
      self.connection = channels.connection
      heartbeat = channels.heartbeat
      let wakeup = Wakeup()
      let outbox = Outbox(wakeup: wakeup)
      let inputDesk = InputDesk()
      let log = KernelLog(descriptor: log)
      history = SessionHistory(path: historyFile, log: log)
      let comms = CommDesk(outbox: outbox)
      evaluator = Evaluator(
        outbox: outbox, inputDesk: inputDesk, history: history, comms: comms, notice: notice,
        nativeOutput: nativeOutput,
        makeInterpreter: makeInterpreter)
      queryDesk = QueryDesk(evaluator: evaluator, outbox: outbox)
      debugDesk = DebugDesk(evaluator: evaluator, outbox: outbox)
      self.nativeOutput = nativeOutput
      loop = IOLoop(
        channels: channels, info: info, wakeup: wakeup, outbox: outbox, evaluator: evaluator,
        queryDesk: queryDesk, debugDesk: debugDesk, inputDesk: inputDesk, history: history, comms: comms, log: log)
      self.outbox = outbox
    } catch {
      throw .transport(error.description)
    }
  }

  /// Serves until a client or `stop` ends it. The calling thread becomes the IO thread.
  /// - Parameter whenStarted: called on it once the other threads are there.
  public func run(whenStarted: () -> Void = {}) throws(KernelError) {
    let (heartbeat, evaluator, queryDesk) = (
      UncheckedBox(heartbeat), self.evaluator, self.queryDesk
    )
    guard
      let heart = Thread.start({
        // Echoes until the context is shut down.
        while let frames = heartbeat.value.receive(waiting: true) { heartbeat.value.send(frames) }
        heartbeat.value.close()
      })
    else { throw .noThread("the heartbeat") }
    guard
      let evaluating = Thread.start(
        stackBytes: Self.evaluatorStackBytes, { evaluator.run() })
    else { throw .noThread("the evaluator") }
    guard
      let querying = Thread.start(stackBytes: Self.queryStackBytes, { queryDesk.run() })
    else { throw .noThread("queries") }
    let (history, outbox) = (history, outbox)
    guard let writing = Thread.start({ history.run(outbox: outbox) }) else {
      throw .noThread("the history")
    }
    let debugDesk = debugDesk
    guard let debugging = Thread.start(stackBytes: Self.queryStackBytes, { debugDesk.run() }) else {
      throw .noThread("the debugger")
    }
    if let nativeOutput {
      // It ends with the process.
      guard Thread.start({ nativeOutput.run { evaluator.nativeText($0, $1) } }) != nil else {
        throw .noThread("the output of native code")
      }
    }
    whenStarted()
    loop.run()
    context.shutdown()
    heart.join()
    context.terminate()
    if loop.historyHasEnded { writing.join() }
    // A cell that does not stop keeps its thread; the process ends under it.
    if loop.evaluatorHasEnded {
      evaluating.join()
      querying.join()
      debugging.join()
    }
  }

  /// Interrupts the running cell, as SIGINT does. From any thread.
  public func interrupt() { loop.interruptSignal.signal() }

  /// Ends `run`. From any thread.
  public func stop() { loop.stopSignal.signal() }

  /// The descriptors that a signal handler may write to.
  var signalDescriptors: (interrupt: Int32, stop: Int32, crash: Int32) {
    (
      loop.interruptSignal.signalDescriptor, loop.stopSignal.signalDescriptor,
      loop.crashSignal.signalDescriptor
    )
  }

  /// Asked each second; true ends `run`.
  func watch(_ isOrphaned: @escaping () -> Bool) { loop.isOrphaned = isOrphaned }
}

/// Hands something that is not `Sendable` to the one thread that uses it from now on.
struct UncheckedBox<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}
