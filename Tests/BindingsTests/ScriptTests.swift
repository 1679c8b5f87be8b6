import Foundation
import TestSupport
import Testing

@testable import Bindings
@testable import Language

/// What a program writes, kept.
private final class CollectingHost: LanguageHost {
  private(set) var output = ""
  func write(_ text: String, toError: Bool) { if !toError { output += text } }
  func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    throw Raise(.eofError, "EOF when reading a line")
  }
  func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {}
}

/// A program whose output NumPy and PyTorch have recorded (`record.py`).
struct RecordedDoorScript: CustomTestStringConvertible, Sendable {
  let path: String
  var testDescription: String { path }

  static let folder = testsFolder.appendingPathComponent("BindingsTests/Scripts")

  static let all: [RecordedDoorScript] = {
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return files.filter { $0.hasSuffix(".py") }.sorted().map(RecordedDoorScript.init)
  }()

  func text(_ suffix: String) throws -> String {
    let file = RecordedDoorScript.folder.appendingPathComponent(String(path.dropLast(3)) + suffix)
    return String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }
}

/// Programs of one behaviour each, beside what the originals print for them. One at a time: streams of
/// random numbers and the switches of gradients belong to the process.
@Suite(.serialized) struct ScriptTests {
  @Test(arguments: RecordedDoorScript.all)
  func aScriptPrintsWhatTheOriginalPrints(_ script: RecordedDoorScript) throws {
    let source = try script.text(".py")
    let printed = try onBigStack { () throws -> String in
      let host = CollectingHost()
      let machine = try LibraryDoors.machine(host: host)
      do throws(Raise) {
        _ = try machine.run(source, name: script.path, interactive: false)
      } catch {
        let exception = machine.materialize(error)
        let message = machine.message(of: exception)
        host.write(exception.type.name + (message.isEmpty ? "" : ": " + message) + "\n", toError: false)
      }
      return host.output
    }
    #expect(try printed == script.text(".out"))
  }

  @Test func thereAreScriptsOfBothDoors() {
    #expect(RecordedDoorScript.all.filter { $0.path.hasPrefix("torch/") }.count >= 90)
    #expect(RecordedDoorScript.all.filter { $0.path.hasPrefix("numpy/") }.count >= 60)
  }
}
