import Display
import Glibc
import JSONCoding
import JupyterProtocol
import Synchronization

/// An interpreter whose language is a list of commands, one a line. With it the kernel is tested
/// alone, and it shows how little an interpreter needs.
///
///     print TEXT         TEXT and a line end on stdout       error TEXT       fails with EchoError
///     warn TEXT          the same on stderr                  wait             until interrupted
///     value TEXT         the result                          catch            waits, then goes on
///     show ID TEXT       a display                           ask PROMPT       reads a line
///     update ID TEXT     changes it                          secret PROMPT    reads a password
///     clear              clears the output                   repeat N LINE    LINE, N times
///     pause MILLISECONDS sleeps                              crash            a segmentation fault
final class EchoInterpreter: Interpreter {
  private let interrupted = Atomic(false)
  let isShutDown = Atomic(false)
  let answersWhileRunning: Bool

  init(answersWhileRunning: Bool = true) { self.answersWhileRunning = answersWhileRunning }

  static let info = KernelInfo(
    implementation: "echo", implementationVersion: "1.0",
    language: LanguageInfo(
      name: "echo", version: "1.0", mimetype: "text/plain", fileExtension: ".txt",
      pygmentsLexer: "text", codemirrorMode: "null", nbconvertExporter: "script"),
    banner: "Echo", helpLinks: [.init(text: "Help", url: "https://example.org")])

  func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult {
    do {
      for line in cell.code.split(separator: "\n") { try run(line, cell, output) }
      return .ok(userExpressions: cell.userExpressions.map(evaluate))
    } catch {
      return .error(error)
    }
  }

  private func run(_ line: Substring, _ cell: Cell, _ output: any OutputSink) throws(CellError) {
    if interrupted.load(ordering: .relaxed) { throw interruption() }
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    let rest = parts.count > 1 ? parts[1] : ""
    let (first, second) = halves(rest)
    switch parts.first ?? "" {
    case "print": output.stream(.stdout, rest + "\n")
    case "warn": output.stream(.stderr, rest + "\n")
    case "value": output.result(MIMEBundle(plain: rest))
    case "show": output.display(MIMEBundle(plain: second), displayID: first)
    case "update": output.update(MIMEBundle(plain: second), displayID: first)
    case "clear": output.clearOutput(wait: rest == "wait")
    case "pause": sleepUnlessInterrupted(seconds: (Double(rest) ?? 0) / 1000)
    case "wait":
      sleepUnlessInterrupted(seconds: .infinity)
      throw interruption()
    case "catch":
      sleepUnlessInterrupted(seconds: .infinity)
      interrupted.store(false, ordering: .relaxed)
    case "repeat":
      for _ in 0..<max(0, Int(first) ?? 0) { try run(Substring(second), cell, output) }
    case "number":
      for i in 0..<max(0, Int(rest) ?? 0) {
        if interrupted.load(ordering: .relaxed) { throw interruption() }
        output.stream(.stdout, "\(i)\n")
      }
    case "ask", "secret":
      do {
        let line = try output.input(prompt: rest, password: parts[0] == "secret")
        output.stream(.stdout, "[\(line)]\n")
      } catch {
        if error == .interrupted { throw interruption() }
        throw CellError(ename: "InputError", evalue: error.description, traceback: ["\(error)"])
      }
    case "where": output.stream(.stdout, "\(cell.executionCount) \(cell.id ?? "no id")\n")
    case "crash": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    default:
      throw CellError(
        ename: "EchoError", evalue: rest, traceback: ["Cell In[\(cell.executionCount)]", rest])
    }
  }

  private func halves(_ text: String) -> (String, String) {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
  }

  private func sleepUnlessInterrupted(seconds: Double) {
    var left = seconds
    while left > 0, !interrupted.load(ordering: .relaxed) {
      usleep(1000)
      left -= 0.001
    }
  }

  private func interruption() -> CellError {
    CellError(ename: "KeyboardInterrupt", evalue: "", traceback: ["KeyboardInterrupt"])
  }

  private func evaluate(_ expression: Cell.UserExpression) -> UserExpressionOutcome {
    guard expression.code.hasPrefix("value ") else {
      return UserExpressionOutcome(
        name: expression.name,
        value: .error(
          CellError(ename: "EchoError", evalue: expression.code, traceback: [expression.code])))
    }
    return UserExpressionOutcome(
      name: expression.name, value: .ok(MIMEBundle(plain: String(expression.code.dropFirst(6)))))
  }

  func complete(_ request: CompleteRequest) -> CompleteReply {
    let before = request.code.unicodeScalars.prefix(request.cursor)
    let word = String(String.UnicodeScalarView(before.reversed().prefix { $0 != " " }.reversed()))
    let names = ["print", "pause", "value"].filter { $0.hasPrefix(word) }
    return CompleteReply(
      matches: names.map { .init($0, type: "function", signature: "TEXT") },
      start: request.cursor - word.unicodeScalars.count, end: request.cursor)
  }

  func inspect(_ request: InspectRequest) -> MIMEBundle? {
    request.code.hasPrefix("print") ? MIMEBundle(plain: "print TEXT: shows it") : nil
  }

  func isComplete(_ code: String) -> IsCompleteReply {
    if code.hasPrefix("!") { return .invalid }
    return code.hasSuffix(":") ? .incomplete(indent: "  ") : .complete
  }

  func interrupt() { interrupted.store(true, ordering: .relaxed) }
  func clearInterrupt() { interrupted.store(false, ordering: .relaxed) }
  func shutdown() { isShutDown.store(true, ordering: .relaxed) }
}
