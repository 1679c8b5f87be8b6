import Bindings
import Display
import JSONCoding
import JupyterProtocol
import Language
import Synchronization
import Syntax

/// The language as the kernel serves it.
///
/// The session belongs to the evaluator thread. Questions from the query thread (`complete`,
/// `inspect`) go through `gate`: between cells they are answered at once, while a cell runs at the
/// machine's next safe point, on the evaluator thread. They never run code of the user.
public final class NotebookInterpreter: Interpreter, @unchecked Sendable {
  private let session: Session
  private let gate: QueryGate
  private let flag: InterruptFlag
  private var commPort: KernelCommPort?
  private let debugAdapter = Monitor<DebugAdapter?>(nil)
  /// An event is being dealt with: those behind it wait for its end, also if its callback loops.
  private var isHandling = false

  public init() throws(Raise) {
    session = try Session()
    session.pages = []
    flag = session.machine.interrupt
    gate = QueryGate(flag: flag)
    let gate = gate
    session.onSafePoint = { gate.answer() }
  }

  public func connect(to services: KernelServices) {
    session.pastCells = services.history
    let port = KernelCommPort(services.comms)
    commPort = port
    session.machine.commPort = port
    session.onCallbacks = { [unowned self, unowned port] in if !isHandling { port.drain() } }
    let adapter = DebugAdapter(session, gate, send: services.sendDebugEvent)
    debugAdapter.change { $0 = adapter }
  }

  public func debug(_ request: JSON.Object, reply: (JSON.Object) -> Void) -> Void? {
    guard let adapter = debugAdapter.read({ $0 }) else { return nil }
    reply(adapter.answer(request))
    adapter.afterAnswer(request)
    return ()
  }

  public func handle(_ event: CommEvent, output: any OutputSink) -> Bool {
    let isWithinCell = session.output != nil
    if !isWithinCell { gate.begin() }
    let wasHandling = isHandling
    isHandling = true
    defer {
      isHandling = wasHandling
      if !isWithinCell { gate.end() }
    }
    let (outer, collectors) = (session.output, session.collectors)
    // What a callback shows belongs to the message, not to the cell that happens to run.
    session.output = CellOutputPort(output, session.machine)
    session.collectors = []
    defer {
      session.output = outer
      session.collectors = collectors
    }
    let machine = session.machine
    do {
      return try machine.collector.whileTracking { () throws(Raise) -> Bool in
        do {
          return try machine.receive(CommSignal(event))
        } catch {
          throw machine.translate(error)
        }
      }
    } catch {
      let exception = machine.materialize(machine.translate(error))
      let lines = report(exception).traceback
      output.stream(.stderr, lines.joined(separator: "\n") + "\n")
      // Someone who interrupts wants the cell to stop, not the callback alone.
      if isWithinCell, exception.type.isSubclass(of: machine.types.exception(.keyboardInterrupt)) {
        interrupt()
      }
      return true
    }
  }

  public var answersWhileRunning: Bool { true }

  // MARK: - Execution

  public func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult {
    gate.begin()
    defer { gate.end() }
    debugAdapter.read { $0 }?.cellBegins(cell.code)
    let port = CellOutputPort(output, session.machine)
    session.output = port
    defer { session.output = nil }
    do throws(Raise) {
      let value = try session.run(
        cell: cell.code, number: cell.executionCount, name: "Cell In[\(cell.executionCount)]")
      if !value.isUndefined, !cell.silent {
        let bundle = try bundle(value)
        session.note(result: bundle.plain)
        output.result(bundle)
      }
      try CellEnd.showFigures(session.machine)
    } catch {
      // What the cell has drawn before it failed is shown as well.
      do throws(Raise) { try CellEnd.showFigures(session.machine) } catch {}
      return ended(error)
    }
    let outcomes = cell.userExpressions.map { expression in
      UserExpressionOutcome(name: expression.name, value: evaluate(expression.code))
    }
    var payloads: [Payload] = session.takePages().map { .page($0) }
    if let next = session.takeNextInput() {
      payloads.append(.setNextInput(next.text, replace: next.replaces))
    }
    return .ok(userExpressions: outcomes, payloads: payloads)
  }

  private func bundle(_ value: Value) throws(Raise) -> MIMEBundle {
    do {
      return try Presenter(session.machine).bundle(value)
    } catch {
      throw session.machine.translate(error)
    }
  }

  private func ended(_ error: Raise) -> ExecuteResult {
    let exception = session.machine.materialize(error)
    if exception.type.isSubclass(of: session.machine.types.exception(.systemExit)) {
      return .ok(payloads: [.askExit(keepKernel: false)])
    }
    return .error(report(exception))
  }

  private func report(_ exception: ExceptionObject) -> CellError {
    session.machine.afterError()
    return CellError(
      ename: exception.type.name, evalue: session.machine.message(of: exception),
      traceback: ErrorReport(session.machine, style: .init(color: true)).lines(exception))
  }

  private func evaluate(_ code: String) -> UserExpressionOutcome.Value {
    do throws(Raise) {
      let value = try session.machine.evaluate(Source(name: "<user expression>", text: code))
      return .ok(try bundle(value))
    } catch {
      return .error(report(session.machine.materialize(error)))
    }
  }

  // MARK: - Questions

  public func complete(_ request: CompleteRequest) -> CompleteReply {
    gate.ask { [session] in
      session.useThisThread()
      return Completer(session).complete(request)
    }
      ?? CompleteReply(matches: [], start: request.cursor, end: request.cursor)
  }

  public func inspect(_ request: InspectRequest) -> MIMEBundle? {
    gate.ask { [session] in
      session.useThisThread()
      return Inspector(session).inspect(request)
    } ?? nil
  }

  public func isComplete(_ code: String) -> IsCompleteReply {
    if code.hasPrefix("%%") { return code.hasSuffix("\n") ? .complete : .incomplete(indent: "") }
    switch completeness(of: code) {
    case .complete: return .complete
    case .incomplete(let indent): return .incomplete(indent: indent)
    case .invalid: return .invalid
    }
  }

  public func interrupt() {
    flag.request()
    LibraryInterrupt.request()
  }
  public func clearInterrupt() {
    flag.clear()
    LibraryInterrupt.clear()
  }
  public func eventWaits() { flag.requestCallbacks() }
  public func shutdown() {}
}

/// The kernel's comms as the language sees them.
private final class KernelCommPort: CommPort {
  private let comms: any CommChannel
  init(_ comms: any CommChannel) { self.comms = comms }

  func send(_ signal: CommSignal) { comms.send(CommEvent(signal)) }
  func drain() { comms.drain() }
}

extension CommSignal {
  fileprivate init(_ event: CommEvent) {
    let kind: Kind =
      switch event.kind {
      case .open(let target): .open(target: target)
      case .message: .message
      case .close: .close
      }
    self.init(
      kind, id: event.commID, data: event.data, metadata: event.metadata, buffers: event.buffers)
  }
}

extension CommEvent {
  fileprivate init(_ signal: CommSignal) {
    let kind: Kind =
      switch signal.kind {
      case .open(let target): .open(target: target)
      case .message: .message
      case .close: .close
      }
    self.init(
      kind, commID: signal.id, data: signal.data, metadata: signal.metadata,
      buffers: signal.buffers)
  }
}

/// A cell's output as the session sees it.
private final class CellOutputPort: SessionOutput {
  private let sink: any OutputSink
  private let machine: Machine
  init(_ sink: any OutputSink, _ machine: Machine) {
    self.sink = sink
    self.machine = machine
  }

  let updatesInPlace = true
  func write(_ text: String, toError: Bool) { sink.stream(toError ? .stderr : .stdout, text) }
  func show(_ bundle: MIMEBundle, id: String?) { sink.display(bundle, displayID: id) }
  func update(_ bundle: MIMEBundle, id: String) { sink.update(bundle, displayID: id) }
  func clear(wait: Bool) { sink.clearOutput(wait: wait) }

  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    do {
      return try sink.input(prompt: prompt, password: password)
    } catch {
      switch error {
      case .notAllowed:
        let exception = ExceptionObject(
          machine.exceptionType(
            "StdinNotImplementedError", module: "builtins", base: .notImplementedError))
        exception.arguments = [.string(error.description)]
        throw Raise(exception)
      case .interrupted: throw Raise(.keyboardInterrupt, arguments: [])
      case .closed: throw Raise(.eofError, "EOF when reading a line")
      }
    }
  }
}
