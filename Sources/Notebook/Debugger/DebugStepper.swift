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

  private struct State {
    var step = Step.run
    /// Lines by name of the source.
    var breakpoints: [String: [Int: String?]] = [:]
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
  /// Tells that the program has stopped (why), or goes on (nil).
  private let tell: @Sendable (String?) -> Void

  init(path: @escaping @Sendable (Source) -> String?, tell: @escaping @Sendable (String?) -> Void) {
    self.path = path
    self.tell = tell
  }

  // MARK: - For debug requests

  var isStopped: Bool { state.read { $0.isStopped } }

  func setBreakpoints(_ lines: [Int: String?], in path: String) {
    state.change { $0.breakpoints[path] = lines.isEmpty ? nil : lines }
  }

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
    let name = place.source.name
    let path: String?
    if let known = paths[name] {
      path = known
    } else {
      path = self.path(place.source)
      paths[name] = path
    }
    guard let path else { return }
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

  /// A cell begins: a step of the one before ends with it, and the name of its source may come again
  /// with another text.
  func cellBegins() {
    paths = [:]
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
    _ reason: String, at place: (source: String, line: Int, depth: Int), _ machine: Machine
  ) throws(Raise) {
    state.change { state in
      state.isStopped = true
      state.resumes = false
      state.step = .run
      state.startedAt = place
    }
    tell(reason)
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
    tell(nil)
    try machine.poll()
  }
}
