import Foundation
import Language
import TestSupport
import Testing

@testable import Bindings

/// What a program writes, kept.
private final class CollectingHost: LanguageHost {
  private(set) var output = ""
  func write(_ text: String, toError: Bool) { if !toError { output += text } }
  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    throw Raise(.eofError, "EOF when reading a line")
  }
  func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {}
}

/// A program in the words of a framework, whose output the framework has recorded (`record.py`).
struct DoorScript: CustomTestStringConvertible, Sendable {
  let path: String
  var testDescription: String { path }

  static let folder = testsFolder.appendingPathComponent("BindingsTests/Scripts")

  static let all: [DoorScript] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    let recorded = Set(files.filter { $0.hasSuffix(".out") })
    return files.filter { $0.hasSuffix(".py") && recorded.contains($0.dropLast(3) + ".out") }
      .sorted().map(DoorScript.init)
  }()

  func text(_ suffix: String) throws -> String {
    let file = DoorScript.folder.appendingPathComponent(String(path.dropLast(3)) + suffix)
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

/// The same source text prints the same here and under the original.
@Suite struct ScriptTests {
  @Test(arguments: DoorScript.all)
  func aScriptPrintsWhatTheOriginalPrints(_ script: DoorScript) throws {
    let printed = try onBigStack {
      let host = CollectingHost()
      let machine = try LibraryDoors.machine(host: host)
      let source = try script.text(".py")
      do throws(Raise) {
        _ = try machine.run(source, name: script.path, interactive: false)
      } catch {
        let exception = machine.materialize(error)
        let message = machine.message(of: exception)
        let line = exception.type.name + (message.isEmpty ? "" : ": " + message)
        machine.host?.write(line + "\n", toError: false)
      }
      return host.output
    }
    #expect(printed == (try script.text(".out")))
  }

  @Test func thereAreScriptsOfBothDoors() {
    for door in ["numpy", "torch"] {
      #expect(DoorScript.all.filter { $0.path.hasPrefix(door + "/") }.count >= 20)
    }
  }
}
