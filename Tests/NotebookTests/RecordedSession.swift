import Bindings
import Display
import Foundation
import Language
import TestSupport

@testable import Notebook

/// What a session writes and shows, kept.
final class RecordingOutput: SessionOutput {
  var text = ""
  var errors = ""
  var bundles: [MIMEBundle] = []
  var input: [String] = []
  let updatesInPlace = true

  func write(_ text: String, toError: Bool) {
    if toError { errors += text } else { self.text += text }
  }
  func show(_ bundle: MIMEBundle, id: String?) { bundles.append(bundle) }
  func update(_ bundle: MIMEBundle, id: String) { bundles.append(bundle) }
  func clear(wait: Bool) {}
  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    guard !input.isEmpty else { throw Raise(.eofError, "EOF when reading a line") }
    return input.removeFirst()
  }
}

/// What one cell did.
struct CellOutcome {
  /// What it printed.
  var text = ""
  /// What it showed.
  var bundles: [MIMEBundle] = []
  /// The plain text of its result; nil without one.
  var result: String?
  /// `UsageError: message`; nil when it succeeded.
  var error: String?
  /// The sentence that helps, below the error.
  var hint: String?
}

/// A session that a test runs cells in. Only within `onBigStack`.
final class RecordedSession {
  let session: Session
  let output = RecordingOutput()
  private var number = 0

  init() throws {
    session = try Session(settings: DisplaySettings(width: 80, colorDepth: .none))
    session.output = output
  }

  @discardableResult
  func run(_ cell: String) -> CellOutcome {
    output.text = ""
    output.bundles = []
    number += 1
    var outcome = CellOutcome()
    do throws(Raise) {
      let value = try session.run(cell: cell, number: number, name: "Cell In[\(number)]")
      if !value.isUndefined {
        outcome.result = try plain(value)
        session.note(result: outcome.result ?? "")
      }
    } catch {
      let exception = session.machine.materialize(error)
      outcome.error = "\(exception.type.name): \(session.machine.message(of: exception))"
      outcome.hint = exception.hint
      session.machine.afterError()
    }
    outcome.text = output.text
    outcome.bundles = output.bundles
    return outcome
  }

  private func plain(_ value: Value) throws(Raise) -> String {
    do {
      return try Presenter(session.machine).bundle(value).plain
    } catch {
      throw session.machine.translate(error)
    }
  }
}

/// Held by tests that go to another folder: there is one current folder in a process.
let currentFolder = NSLock()

/// A folder of its own for a test, gone afterwards.
func inFolder<T>(_ body: (String) throws -> T) throws -> T {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("swiftlet-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  return try body(folder)
}
