import Display
import JupyterProtocol
import Notebook

/// The language that `swiftlet kernel` serves.
enum ServedLanguage {
  static let info = KernelInfo(
    implementation: "swiftlet", implementationVersion: version,
    language: LanguageInfo(
      name: "swiftlet", version: version, mimetype: "text/x-python", fileExtension: ".py",
      pygmentsLexer: "python", codemirrorMode: ["name": "python", "version": 3],
      nbconvertExporter: "python"),
    banner: "Swiftlet \(version): machine learning in a small Python-like language",
    features: ["debugger", "kernel subshells"])

  static func makeInterpreter() -> any Interpreter {
    do {
      return try NotebookInterpreter()
    } catch {
      return FailedLanguage("\(error)")
    }
  }
}

/// Says of every cell why the language could not start: the kernel itself lives on.
private final class FailedLanguage: Interpreter {
  let answersWhileRunning = true
  private let reason: String

  init(_ reason: String) { self.reason = reason }

  func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult {
    let message = "the language could not start: \(reason)"
    return .error(
      CellError(ename: "SystemError", evalue: message, traceback: ["SystemError: \(message)"]))
  }

  func complete(_ request: CompleteRequest) -> CompleteReply {
    CompleteReply(matches: [], start: request.cursor, end: request.cursor)
  }

  func inspect(_ request: InspectRequest) -> MIMEBundle? { nil }
  func isComplete(_ code: String) -> IsCompleteReply { .unknown }
  func interrupt() {}
  func clearInterrupt() {}
  func shutdown() {}
}
