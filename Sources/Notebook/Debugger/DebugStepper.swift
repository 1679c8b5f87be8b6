import Glibc
import JupyterProtocol
import Language
import Syntax

/// Decides at each statement whether the program stops, and waits there.
///
/// `reachedStatement` runs on the evaluator thread. Everything else may come from the thread of
/// debug requests: while the program is stopped, what must look at it is handed over and run where
/// it stands.
final class DebugStepper: Tracer, @unchecked Sendable {
  enum Step: Sendable {
    case run, pause
    case into
    /// To a statement at this depth or above.
    case over(depth: Int)
    case out(depth: Int)
  }

  /// What exceptions stop a program (DAP: exception breakpoints).
  enum ExceptionFilter: String, Sendable, CaseIterable {
    case raised, uncaught

    var label: String { self == .raised ? "Raised Exceptions" : "Uncaught Exceptions" }
    var meaning: String {
      self == .raised
        ? "Stop wherever an exception is raised." : "Stop where an exception is raised that no except stands around."
    }
  }

  /// An exception as the front end is told of it.
  struct StoppedException: Sendable {
    let name: String
    let message: String
    let filter: ExceptionFilter
  }

  private struct State {
    var step = Step.run
    /// Lines by name of the source.
    var breakpoints: [String: [Int: String?]] = [:]
    var filters: Set<ExceptionFilter> = []
    /// What the program is stopped at, if an exception stopped it.
    var exception: StoppedException?
    var isStopped = false
    var resumes = false
    var jobs: [Job] = []
    /// Where a step began: it goes on to another line.
    var startedAt: (source: String, line: Int, depth: Int)?
  }

  private let state = Monitor(State())
  /// The path of a cell's source, by which breakpoints are set; nil for text that is no cell.
  private let path: @Sendable (Source) -> String?
  private var paths: [String: String?] = [:]
  /// Tells that the program has stopped (why, and at which exception), or goes on (nil).
  private let tell: @Sendable (String?, StoppedException?) -> Void
  /// The exception that was seen last: on its way out of the frames it is none that stops again.
  private var lastSeen: ExceptionObject?
  private var lastStoppedHere = false

  init(
    path: @escaping @Sendable (Source) -> String?,
    tell: @escaping @Sendable (String?, StoppedException?) -> Void
  ) {
    self.path = path
    self.tell = tell
  }

  // MARK: - For debug requests

  var isStopped: Bool { state.read { $0.isStopped } }

  func setBreakpoints(_ lines: [Int: String?], in path: String) {
    state.change { $0.breakpoints[path] = lines.isEmpty ? nil : lines }
  }

  var filters: Set<ExceptionFilter> {
    get { state.read { $0.filters } }
    set { state.change { $0.filters = newValue } }
  }

  /// What the program is stopped at; nil where no exception stopped it.
  var stoppedException: StoppedException? { state.read { $0.isStopped ? $0.exception : nil } }

  var breakpoints: [(path: String, lines: [Int])] {
    state.read { state in
      state.breakpoints.map { ($0.key, $0.value.keys.sorted()) }.sorted { $0.0 < $1.0 }
    }
  }

  /// Lets a stopped program go on; or, for `.pause`, stops a running one at its next statement.
  func go(_ step: Step) {
    state.change { state in
      state.step = step
      if case .pause = step { return }
      if state.isStopped { state.resumes = true }
    }
  }

  /// Forgets everything and lets the program go on.
  func clear() {
    state.change { state in
      state.breakpoints = [:]
      state.filters = []
      state.step = .run
      if state.isStopped { state.resumes = true }
    }
  }

  /// Runs `job` where the program is stopped, and waits; nil when it is not stopped.
  func whileStopped<T>(_ job: @escaping () -> T) -> T? {
    let box = Box<T>()
    let isTaken = state.change { state -> Bool in
      guard state.isStopped, !state.resumes else { return false }
      state.jobs.append(Job { box.done.change { $0 = job() } })
      return true
    }
    return isTaken ? box.done.wait(seconds: 10) { $0 } : nil
  }

  /// Something to do on the evaluator thread, handed over.
  private struct Job: @unchecked Sendable {
    let run: () -> Void
  }

  private final class Box<T>: @unchecked Sendable {
    let done = Monitor<T?>(nil)
  }

  // MARK: - On the evaluator thread

  func reachedStatement(_ machine: Machine) throws(Raise) {
    guard let place = machine.tracedPlace else { return }
    let depth = machine.tracedDepth
    guard let path = knownPath(of: place.source) else { return }
    let (reason, condition) = state.read { state -> (String?, String?) in
      let isSameLine =
        state.startedAt.map { $0 == (path, place.line, depth) } ?? false
      switch state.step {
      case .pause: return ("pause", nil)
      case .into where !isSameLine: return ("step", nil)
      case .over(let limit) where depth <= limit && !isSameLine: return ("step", nil)
      case .out(let limit) where depth < limit: return ("step", nil)
      default: break
      }
      if let condition = state.breakpoints[path]?[place.line] {
        return ("breakpoint", condition)
      }
      return (nil, nil)
    }
    guard let reason else { return }
    if let condition, !isTrue(condition, machine) { return }
    try stop(reason, at: (path, place.line, depth), machine)
  }

  func raised(
    _ exception: ExceptionObject, isCaught: Bool, _ machine: Machine
  ) throws(Raise) {
    let wasSeen = lastSeen === exception
    if !wasSeen { lastStoppedHere = false }
    lastSeen = exception
    let filters = filters
    if filters.isEmpty || lastStoppedHere { return }
    let filter: ExceptionFilter
    if filters.contains(.raised), !wasSeen {
      filter = .raised
    } else if filters.contains(.uncaught), !isCaught {
      filter = .uncaught
    } else {
      return
    }
    // How loops and generators end is no news, nor is what ends the cell from outside.
    for kind: ExceptionKind in [.stopIteration, .generatorExit, .keyboardInterrupt, .systemExit]
    where exception.type.isSubclass(of: machine.types.exception(kind)) { return }
    guard let place = machine.tracedPlace, let path = knownPath(of: place.source) else { return }
    lastStoppedHere = true
    try stop(
      "exception", at: (path, place.line, machine.tracedDepth), machine,
      StoppedException(
        name: exception.type.name, message: machine.message(of: exception), filter: filter))
  }

  /// The path of a cell's source; nil for text that is no cell.
  private func knownPath(of source: Source) -> String? {
    if let known = paths[source.name] { return known }
    let path = self.path(source)
    paths[source.name] = path
    return path
  }

  /// A cell begins: a step of the one before ends with it, and the name of its source may come again
  /// with another text.
  func cellBegins() {
    paths = [:]
    lastSeen = nil
    state.read { state in
      state.step = .run
      state.startedAt = nil
    }
  }

  private func isTrue(_ condition: String, _ machine: Machine) -> Bool {
    let locals = machine.tracedFrames(limit: 1).first?.locals ?? []
    guard
      let value = try? machine.evaluate(Source(name: "<condition>", text: condition), with: locals)
    else { return true }
    return (try? machine.truth(value)) ?? true
  }

  private func stop(
    _ reason: String, at place: (source: String, line: Int, depth: Int), _ machine: Machine,
    _ exception: StoppedException? = nil
  ) throws(Raise) {
    state.change { state in
      state.isStopped = true
      state.resumes = false
      state.step = .run
      state.startedAt = place
      state.exception = exception
    }
    tell(reason, exception)
    while true {
      // An interrupt, or the end of the session, ends the wait.
      if machine.interrupt.isRequested { break }
      // Completion and inspection go on meanwhile.
      machine.host?.atSafePoint(machine)
      let (job, resumes) = state.wait(seconds: 0.02) { state -> (Job?, Bool)? in
        if !state.jobs.isEmpty { return (state.jobs.removeFirst(), false) }
        return state.resumes ? (nil, true) : nil
      } ?? (nil, false)
      job?.run()
      if resumes { break }
    }
    let left = state.change { state -> [Job] in
      state.isStopped = false
      state.resumes = false
      defer { state.jobs = [] }
      return state.jobs
    }
    for job in left { job.run() }
    tell(nil, nil)
    try machine.poll()
  }
}
