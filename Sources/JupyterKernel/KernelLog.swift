import Glibc
import JupyterProtocol

/// Lines for the person who looks after the server, on standard error.
///
/// Someone who sends rubbish must not fill the disk: above `limit` lines in a second the rest of
/// that second is only counted.
final class KernelLog: Sendable {
  private let descriptor: Int32
  private let state = Monitor(State())
  private static let limit = 20

  private struct State {
    var second = 0
    var written = 0
    var skipped = 0
  }

  /// - Parameter descriptor: kept open by the caller; a negative one makes the log mute.
  init(descriptor: Int32) { self.descriptor = descriptor }

  func write(_ line: String) {
    // What is logged may quote a message: no control characters, no endless lines.
    let line = String(
      String.UnicodeScalarView(line.unicodeScalars.prefix(500).map { $0.value < 0x20 ? " " : $0 }))
    let second = Int(monotonicSeconds())
    let text = state.read { state -> String? in
      var text = ""
      if state.second != second {
        if state.skipped > 0 { text = "swiftlet: \(state.skipped) more lines like this\n" }
        state = State(second: second)
      }
      guard state.written < Self.limit else {
        state.skipped += 1
        return nil
      }
      state.written += 1
      return text + "swiftlet: \(line)\n"
    }
    if let text { writeAll(descriptor, Array(text.utf8)) }
  }
}
