import Display
import JupyterProtocol

/// The language that `swiftlet kernel` serves.
enum ServedLanguage {
  static let info = KernelInfo(
    implementation: "swiftlet", implementationVersion: version,
    language: LanguageInfo(
      name: "swiftlet", version: version, mimetype: "text/x-python", fileExtension: ".py",
      pygmentsLexer: "python", codemirrorMode: ["name": "python", "version": 3],
      nbconvertExporter: "python"),
    banner: "Swiftlet \(version): machine learning in a small Python-like language")

  static func makeInterpreter() -> any Interpreter { NoLanguage() }
}

/// Says of every cell that this build cannot run it.
private final class NoLanguage: Interpreter {
  let answersWhileRunning = true

  func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult {
    let message = "this build of swiftlet has no language to run cells with"
    return .error(
      CellError(
        ename: "NotImplementedError", evalue: message,
        traceback: ["NotImplementedError: \(message)"]))
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
