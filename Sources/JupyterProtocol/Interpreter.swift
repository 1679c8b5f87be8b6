import Display
import JSONCoding

/// What a language implements to be served by the kernel.
///
/// Threads. The interpreter is made, runs its cells and is shut down on one thread, the
/// evaluator, which has a large stack. Three things come from other threads:
/// - `interrupt` and `clearInterrupt` from any thread: they set and clear an atomic flag;
/// - `isComplete` from the query thread: it looks at its text alone, never at the session;
/// - `complete` and `inspect` from the query thread **if** `answersWhileRunning` is true, at any
///   moment, also while `execute` runs. If it is false,
///   they come from the evaluator thread, between two cells.
///
/// Values handed over (bundles, errors) are released on another thread, recursively: JSON in them
/// must not nest without bound (`JSON.depthLimit` levels are what a client would read anyway).
///
/// Everything that a cell shows goes to its `OutputSink` in order. The kernel adds the rest: busy
/// and idle, the echo of the input, the count, the reply, and the `error` message of a failure.
public protocol Interpreter: AnyObject, Sendable {
  /// Runs one cell and its user expressions (these only if the cell succeeded).
  ///
  /// Never traps, whatever the code is. Returns `.error` with `ename` "KeyboardInterrupt" soon
  /// (within 100 ms) after `interrupt` was called, and leaves the session usable.
  func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult

  /// Called once, on the evaluator thread, before the first cell: what the kernel offers.
  func connect(to services: KernelServices)

  /// Deals with an event of a comm. On the evaluator thread, between two cells or within a cell that
  /// called `CommChannel.drain`. What it shows through `output` belongs to the event's message.
  /// - Returns: whether there is such a comm, or for `.open` such a target; a comm that nobody wants
  ///   is closed by the kernel.
  func handle(_ event: CommEvent, output: any OutputSink) -> Bool

  /// An event of a comm waits while a cell runs. From any thread; returns at once. The interpreter
  /// calls `CommChannel.drain` on the evaluator thread as soon as callbacks may run there.
  func eventWaits()

  /// Answers a request of the Debug Adapter Protocol by calling `reply` once; events go through
  /// `KernelServices.sendDebugEvent`. On the thread of debug requests, also while a cell runs or is
  /// stopped at a breakpoint. nil for a language without a debugger.
  func debug(_ request: JSON.Object, reply: (JSON.Object) -> Void) -> Void?

  /// Whether `complete` and `inspect` may be called from another thread while a cell runs.
  var answersWhileRunning: Bool { get }

  /// Completions at the cursor of `request`.
  func complete(_ request: CompleteRequest) -> CompleteReply

  /// Help on the name at the cursor; nil when there is nothing to say.
  func inspect(_ request: InspectRequest) -> MIMEBundle?

  /// Whether Enter should run `code` or open another line. Called from the query thread.
  func isComplete(_ code: String) -> IsCompleteReply

  /// Asks the running cell to stop. From any thread; returns at once. The kernel calls it only
  /// while a cell runs.
  func interrupt()

  /// Takes back an `interrupt` that no cell has seen. The kernel calls it right before each cell;
  /// `execute` itself must not, or an interrupt that comes in its first instant would be lost.
  func clearInterrupt()

  /// Called once, on the evaluator thread, before the process ends (not if a cell will not stop).
  func shutdown()
}

extension Interpreter {
  public func connect(to services: KernelServices) {}
  public func eventWaits() {}
  public func handle(_ event: CommEvent, output: any OutputSink) -> Bool { false }
  public func debug(_ request: JSON.Object, reply: (JSON.Object) -> Void) -> Void? { nil }
}

/// One cell to run.
public struct Cell: Sendable, Equatable {
  /// The source text, as typed.
  public var code: String
  /// The number in `Cell In[n]`. A cell that is not stored (a silent one is not) has the number of
  /// the last stored cell, 0 before the first.
  public var executionCount: Int
  /// The front end's id of the cell, if it sent one: the same cell run again has the same id.
  public var id: String?
  /// Run without showing a result and without a trace in the history.
  public var silent: Bool
  /// Expressions to evaluate after the cell, by name.
  public var userExpressions: [UserExpression]

  public init(
    code: String, executionCount: Int, id: String? = nil, silent: Bool = false,
    userExpressions: [UserExpression] = []
  ) {
    self.code = code
    self.executionCount = executionCount
    self.id = id
    self.silent = silent
    self.userExpressions = userExpressions
  }

  /// An expression that the front end wants evaluated after the cell.
  public struct UserExpression: Sendable, Equatable {
    public var name: String
    public var code: String

    public init(name: String, code: String) {
      self.name = name
      self.code = code
    }
  }
}

/// How a cell ended.
public enum ExecuteResult: Sendable, Equatable {
  /// It ran to its end. `userExpressions` has one outcome for each expression of the cell.
  case ok(userExpressions: [UserExpressionOutcome] = [], payloads: [Payload] = [])
  /// It failed. The kernel publishes the error; the interpreter must not show it as well.
  case error(CellError)
}

/// The value or the failure of one user expression; a failure does not fail the cell.
public struct UserExpressionOutcome: Sendable, Equatable {
  public enum Value: Sendable, Equatable {
    case ok(MIMEBundle)
    case error(CellError)
  }

  public var name: String
  public var value: Value

  public init(name: String, value: Value) {
    self.name = name
    self.value = value
  }
}

/// An error as the protocol carries it, in the `error` message and in the reply.
public struct CellError: Error, Sendable, Equatable {
  /// The name of the exception, for example "ZeroDivisionError".
  public var ename: String
  /// Its message.
  public var evalue: String
  /// The report that people see, line by line; may hold ANSI colours.
  public var traceback: [String]

  public init(ename: String, evalue: String, traceback: [String]) {
    self.ename = ename
    self.evalue = evalue
    self.traceback = traceback
  }
}

/// What a cell asks of the front end in its reply (messaging: payloads).
public enum Payload: Sendable, Equatable {
  /// Show `bundle` in a pager, from line `start`.
  case page(MIMEBundle, start: Int = 0)
  /// Put `text` into the next cell, or into this one.
  case setNextInput(String, replace: Bool = false)
  /// End the session; with `keepKernel` only the front end goes.
  case askExit(keepKernel: Bool = false)
}
