import JSONCoding
import JupyterProtocol

/// The thread that owns the interpreter, and the list of what it has to do.
///
/// The IO thread adds to the list, interrupts, and aborts; the evaluator takes one task after the
/// other. After a failed cell it waits (`held`) until the IO thread has passed the abort point,
/// so that no cell behind the failure can slip through.
final class Evaluator: Sendable {
  /// Something to do on the evaluator thread.
  enum Task: Sendable {
    case execute(Request, ExecuteRequest)
    case query(Query)
    case comm(Request, CommEvent)
  }

  private struct State {
    var tasks = FIFO<Task>()
    /// How many of them are events of comms.
    var waitingEvents = 0
    var interpreter: (any Interpreter)?
    var running: Running?
    /// A cell was taken from the list and does not run yet; and whether it was interrupted there.
    var isStarting = false
    var interruptedAtStart = false
    var held = false
    var stopping = false
    var finished = false
  }

  private struct Running {
    let request: Request
    let executionCount: Int
    let output: CellOutput
    var interrupted = false
  }

  private let state = Monitor(State())
  private let outbox: Outbox
  private let inputDesk: InputDesk
  private let history: SessionHistory
  private let comms: CommDesk
  /// What native code writes; nil where the kernel is a part of another program.
  private let nativeOutput: NativeOutput?
  /// The cell that runs, for events that belong to it.
  private let currentRequest = Monitor<Request?>(nil)
  /// What the first cell shows above its own output.
  private let notice: Monitor<String?>
  private let makeInterpreter: @Sendable () -> any Interpreter

  init(
    outbox: Outbox, inputDesk: InputDesk, history: SessionHistory, comms: CommDesk,
    notice: String? = nil, nativeOutput: NativeOutput? = nil,
    makeInterpreter: @escaping @Sendable () -> any Interpreter
  ) {
    self.outbox = outbox
    self.inputDesk = inputDesk
    self.history = history
    self.comms = comms
    self.nativeOutput = nativeOutput
    self.notice = Monitor(notice)
    self.makeInterpreter = makeInterpreter
  }

  // MARK: - For the IO thread

  func add(_ task: Task) {
    state.change { state in
      state.tasks.append(task)
      guard case .comm = task else { return }
      state.waitingEvents += 1
      if state.running != nil { state.interpreter?.eventWaits() }
    }
  }

  /// Interrupts the cell that runs, and takes the cells that wait out of the list.
  ///
  /// Someone who interrupts wants everything to stop. While a cell runs, those behind it are
  /// aborted when it has ended (after its reply); else they are returned, to be aborted now.
  func interrupt() -> [Request] {
    let waiting = state.change { state -> [Request] in
      if state.running == nil {
        guard state.isStarting else { return Self.takeCells(&state) }
        state.interruptedAtStart = true
        return []
      }
      state.running?.interrupted = true
      // Under the lock: a moment later another cell could be the one that runs.
      state.interpreter?.interrupt()
      state.running?.output.interrupt()
      return []
    }
    inputDesk.interrupt()
    return waiting
  }

  /// Takes the waiting cells out of the list and lets the evaluator go on.
  func passAbortPoint() -> [Request] {
    state.change { state in
      state.held = false
      return Self.takeCells(&state)
    }
  }

  /// Asks the thread to end, interrupting what runs.
  func stop() {
    inputDesk.close()
    state.change { state in
      state.stopping = true
      state.held = false
      if state.running != nil {
        state.interpreter?.interrupt()
        state.running?.output.interrupt()
      }
    }
  }

  /// - Returns: whether the thread has ended within `seconds`.
  func waitUntilFinished(seconds: Double) -> Bool {
    state.wait(seconds: seconds) { $0.finished ? () : nil } != nil
  }

  /// Text that native code has written: of the cell that runs, or of none.
  func nativeText(_ name: StreamName, _ text: String) {
    state.read { $0.running?.output }?.stream(name, text)
  }

  private static func takeCells(_ state: inout State) -> [Request] {
    let cells = state.tasks.takeAll { if case .execute = $0 { true } else { false } }
    return cells.compactMap { if case .execute(let request, _) = $0 { request } else { nil } }
  }

  // MARK: - For the query thread

  /// The interpreter, once it is made; nil when the kernel ends before.
  func waitForInterpreter() -> (any Interpreter)? {
    state.wait { state -> (any Interpreter)?? in
      if let interpreter = state.interpreter { return .some(interpreter) }
      return state.stopping ? .some(nil) : nil
    }
  }

  // MARK: - On the evaluator thread

  /// Makes the interpreter and works until `stop`.
  func run() {
    let interpreter = makeInterpreter()
    let (outbox, current) = (outbox, currentRequest)
    interpreter.connect(
      to: KernelServices(history: history, comms: comms) { event in
        outbox.send([.iopub(DebugEvent(event), parent: current.read { $0 })])
      })
    comms.drain { [unowned self] in
      while let (request, event) = nextComm() { runComm(request, event, interpreter) }
    }
    state.change { $0.interpreter = interpreter }
    while let task = nextTask() {
      switch task {
      case .execute(let request, let content): runCell(request, content, interpreter)
      case .query(let query): query.answer(with: interpreter, through: outbox)
      case .comm(let request, let event): runComm(request, event, interpreter)
      }
    }
    interpreter.shutdown()
    state.change { $0.finished = true }
  }

  private func nextTask() -> Task? {
    state.wait { state -> Task?? in
      if state.stopping { return .some(nil) }
      if state.held { return nil }
      guard let task = state.tasks.popFirst() else { return nil }
      switch task {
      case .execute:
        state.isStarting = true
        state.interruptedAtStart = false
      case .comm: state.waitingEvents -= 1
      case .query: break
      }
      return .some(task)
    }
  }

  /// The first event that waits, whatever stands before it.
  private func nextComm() -> (Request, CommEvent)? {
    state.change { state in
      guard case .comm(let request, let event)? = state.tasks.takeFirst(where: {
        if case .comm = $0 { true } else { false }
      }) else { return nil }
      state.waitingEvents -= 1
      return (request, event)
    }
  }

  /// Deals with an event of a comm, between two cells or within one.
  private func runComm(
    _ request: Request, _ event: CommEvent, _ interpreter: any Interpreter
  ) {
    outbox.send([.iopub(StatusMessage(.busy), parent: request)])
    let output = CellOutput(
      request: request, silent: false, executionCount: history.count, allowStdin: false,
      outbox: outbox, inputDesk: inputDesk)
    let isWithinCell = state.change { state -> Bool in
      if state.running != nil { return true }
      state.running = Running(request: request, executionCount: history.count, output: output)
      interpreter.clearInterrupt()
      return false
    }
    let isTaken = comms.with(output) { interpreter.handle(event, output: output) }
    if !isWithinCell { state.change { $0.running = nil } }
    _ = output.finish()
    var closing: [Outgoing] = []
    switch event.kind {
    case .open where !isTaken:
      // Nobody wants it: the other half must not wait for messages that never come.
      closing.append(.iopub(CommClose(commID: event.commID, data: [:]), parent: request))
    case .open, .close: comms.note(event)
    case .message: break
    }
    outbox.send(closing + [.iopub(StatusMessage(.idle), parent: request)])
  }

  private func runCell(
    _ request: Request, _ content: ExecuteRequest, _ interpreter: any Interpreter
  ) {
    let started = Timestamp.now
    outbox.beginCell()
    let executionCount = history.begin(storing: content.storeHistory ? content.code : nil)
    CrashFile.begin(content.code, executionCount: executionCount)
    var opening: [Outbox.Entry] = [
      .cellBegins(request, executionCount: executionCount),
      .message(.iopub(StatusMessage(.busy), parent: request)),
    ]
    if !content.silent {
      opening.append(
        .message(
          .iopub(
            ExecuteInput(code: content.code, executionCount: executionCount), parent: request)))
    }
    outbox.send(opening)

    let output = CellOutput(
      request: request, silent: content.silent, executionCount: executionCount,
      allowStdin: content.allowStdin, outbox: outbox, inputDesk: inputDesk)
    if !content.silent, let notice = takeNotice() { output.stream(.stderr, notice) }
    inputDesk.begin()
    let isInterrupted = state.change { state -> Bool in
      state.running = Running(
        request: request, executionCount: executionCount, output: output,
        interrupted: state.interruptedAtStart)
      state.isStarting = false
      interpreter.clearInterrupt()
      // What came a moment ago found no cell to interrupt.
      if state.stopping || state.interruptedAtStart { interpreter.interrupt() }
      // So did an event that stands behind the cell.
      if state.waitingEvents > 0 { interpreter.eventWaits() }
      return state.interruptedAtStart
    }
    if isInterrupted {
      output.interrupt()
      inputDesk.interrupt()
    }
    currentRequest.change { $0 = request }
    let result = comms.with(output) {
      interpreter.execute(
        Cell(
          code: content.code, executionCount: executionCount,
          id: request.metadata["cellId"]?.string, silent: content.silent,
          userExpressions: content.userExpressions),
        output: output)
    }
    nativeOutput?.settle()
    currentRequest.change { $0 = nil }
    let text = output.finish()
    if content.storeHistory { history.end(executionCount, output: text) }

    var failure: CellError?
    if case .error(let error) = result { failure = error }
    let aborts = state.change { state -> Bool in
      let interrupted = state.running?.interrupted ?? false
      state.running = nil
      state.held = interrupted || (failure != nil && content.stopOnError)
      return state.held
    }
    var closing: [Outbox.Entry] = []
    if let failure, !content.silent {
      closing.append(.message(.iopub(ErrorMessage(failure), parent: request)))
    }
    if aborts { closing.append(.abortPoint) }
    let reply = ExecuteReply(executionCount: executionCount, outcome: .ended(result))
    closing.append(
      .message(
        .reply(
          reply, to: request,
          metadata: ["started": .string(started.iso8601), "status": .string(reply.status)])))
    closing.append(.message(.iopub(StatusMessage(.idle), parent: request)))
    closing.append(.cellEnds)
    outbox.send(closing)
    CrashFile.end()
  }

  private func takeNotice() -> String? {
    notice.read { notice in
      defer { notice = nil }
      return notice
    }
  }
}
