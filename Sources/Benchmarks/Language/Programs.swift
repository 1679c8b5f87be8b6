import Foundation
import Language
import Syntax

extension Workload {
  /// The programs of `Programs`, each run from its text in a session of its own: seven of the usual
  /// kinds (recursion, integers, a while loop, floats, strings, dictionaries, lists), then methods,
  /// keyword arguments, exceptions and generators.
  static var programs: [Workload] {
    [
      "recursion", "integers", "while_loop", "floats", "strings", "dicts", "lists", "methods",
      "keywords", "exceptions", "generators",
    ].map { name in
      Workload(name: "language.\(name)", work: 1e9, unit: "runs/s", repetitions: 1) {
        let text = try String(contentsOf: Program.file(name), encoding: .utf8)
        return { try Program.run(text, name: name) }
      }
    }
  }
}

/// A program of the language, run for its time alone.
private enum Program {
  static func file(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Programs/\(name).py")
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  static func run(_ text: String, name: String) throws {
    let host = Sink()
    do throws(Raise) {
      let machine = try Machine(host: host)
      _ = try machine.run(text, name: name)
    } catch {
      throw Failed(description: "\(name): \(error)")
    }
    if host.count == 0 { throw Failed(description: "\(name) printed nothing") }
  }

  /// Takes what programs print and counts it.
  private final class Sink: LanguageHost {
    var count = 0
    func write(_ text: String, toError: Bool) { count += text.utf8.count }
    func readLine(prompt: String, password: Bool) throws(Raise) -> String { "" }
    func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {}
  }
}
