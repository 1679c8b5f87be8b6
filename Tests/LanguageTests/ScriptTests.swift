import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Language

/// What a program writes, kept.
final class CollectingHost: LanguageHost {
  private(set) var output = ""
  func write(_ text: String, toError: Bool) { if !toError { output += text } }
  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    throw Raise(.eofError, "EOF when reading a line")
  }
  func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {}
}

/// A program whose output CPython 3.11 has recorded (`record.py`).
struct RecordedScript: CustomTestStringConvertible, Sendable {
  let path: String
  var testDescription: String { path }

  static let folder = testsFolder.appendingPathComponent("LanguageTests/Scripts")

  /// All scripts, by path.
  static let all: [RecordedScript] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".py") }.sorted().map(RecordedScript.init)
  }()

  private func text(_ suffix: String) throws -> String {
    let file = RecordedScript.folder.appendingPathComponent(String(path.dropLast(3)) + suffix)
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  func source() throws -> String { try text(".py") }
  func expected() throws -> String { try text(".out") }
}

/// Runs a program in a session of its own; gives what it wrote, and the uncaught error as the last
/// line of a traceback shows it.
func outputOfProgram(_ text: String, named name: String) throws -> String {
  try onBigStack {
    let host = CollectingHost()
    let machine = try Machine(host: host)
    do throws(Raise) {
      _ = try machine.run(text, name: name, interactive: false)
    } catch {
      let exception = machine.materialize(error)
      let message = machine.message(of: exception)
      let line = exception.type.name + (message.isEmpty ? "" : ": " + message)
      machine.host?.write(line + "\n", toError: false)
    }
    machine.finish()
    return host.output
  }
}

/// Programs of one behaviour each, beside what CPython prints for them.
@Suite struct ScriptTests {
  @Test(arguments: RecordedScript.all)
  func aScriptPrintsWhatCPythonPrints(_ script: RecordedScript) throws {
    let printed = try outputOfProgram(script.source(), named: script.path)
    #expect(printed == (try script.expected()))
  }

  @Test func thereAreScriptsOfEveryFamily() {
    let families = Set(RecordedScript.all.compactMap { $0.path.split(separator: "/").first })
    for family in [
      "bytes", "calls", "classes", "derived", "dicts", "exceptions", "floats", "formatting",
      "generators", "integers", "iteration", "lists", "scopes", "sets", "sorting", "strings", "tuples",
    ] {
      #expect(families.contains(Substring(family)))
    }
    #expect(RecordedScript.all.count >= 380)
  }
}
