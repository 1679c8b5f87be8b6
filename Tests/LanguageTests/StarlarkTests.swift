import Foundation
import TestSupport
import Testing

@testable import Language

/// The conformance suite of Starlark, as Debian's package `golang-starlark-dev` installs it.
///
/// `Starlark/units.txt` says what CPython answers to each unit of it (`Starlark/record.py`, where
/// the form is described); the language has to answer the same, letter by letter. Of the suite itself
/// nothing is kept here: it is read where the package has put it.
@Suite struct StarlarkTests {
  static let suite = URL(fileURLWithPath: "/usr/share/gocode/src/go.starlark.net")
  static let folder = testsFolder.appendingPathComponent("LanguageTests/Starlark")

  /// Units that no session of CPython answers alike, or that are answered otherwise on purpose. None of
  /// them holds an expectation that CPython shares with Starlark.
  static let exceptions = [
    "starlark/testdata/string.star 162": "the hash of a string is random in CPython",
    "starlark/testdata/builtins.star 108": "the bounds of a range fit in 64 bits here",
    "starlark/testdata/float.star 250": "all values that are no number are one key here",
  ]

  @Test func everyUnitIsAnsweredAsCPythonAnswersIt() throws {
    let record = try StarlarkRecord(
      text: String(contentsOf: Self.folder.appendingPathComponent("units.txt"), encoding: .utf8))
    let prelude = try String(
      contentsOf: Self.folder.appendingPathComponent("prelude.py"), encoding: .utf8)
    var units = 0
    var agreed = 0
    for file in record.files {
      guard let data = FileManager.default.contents(atPath: Self.suite.path + "/" + file.name) else {
        Issue.record(
          "\(Self.suite.path)/\(file.name) is missing: install Debian's package golang-starlark-dev")
        continue
      }
      let text = String(decoding: data, as: UTF8.self)
      guard StarlarkRecord.digest(text) == file.digest else {
        Issue.record(
          "\(file.name) is another version than the recorded one: call Starlark/record.py again")
        continue
      }
      let answers = try onBigStack { try StarlarkRun(prelude: prelude).answers(file, text: text) }
      for (unit, answer) in zip(file.units, answers) {
        units += 1
        agreed += StarlarkRecord.agreed(answer)
        if Self.exceptions["\(file.name) \(unit.first)"] != nil {
          #expect(unit.shared == 0)
          continue
        }
        #expect(
          StarlarkRecord.digest(answer) == unit.digest,
          "\(file.name), lines \(unit.first) to \(unit.last): not CPython's answer: \(answer)")
      }
    }
    // A suite that is not read, or a prelude that swallows its assertions, must not look green.
    #expect(units == record.units)
    #expect(agreed >= record.shared)
    #expect(record.shared > 1_300)
  }
}

/// `units.txt`: a row for each unit of each file.
struct StarlarkRecord: Sendable {
  struct Unit: Sendable {
    let chunk: Int
    /// Lines of the file, from 1; the last is included.
    let first: Int, last: Int
    /// How many of its expectations CPython shares with Starlark.
    let shared: Int
    let digest: String
  }

  struct File: Sendable {
    let name: String
    let digest: String
    var units: [Unit] = []
  }

  var files: [File] = []
  /// How many units there are, and how many expectations CPython shares with Starlark.
  var units = 0, shared = 0

  init(text: String) throws {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 3, words[0] == "file" {
        files.append(File(name: words[1], digest: words[2]))
      } else if words.count == 4, words[0] == "units" {
        units = try #require(Int(words[1]))
        shared = try #require(Int(words[3]))
      } else {
        try #require(words.count == 5 && !files.isEmpty)
        files[files.count - 1].units.append(
          Unit(
            chunk: try #require(Int(words[0])), first: try #require(Int(words[1])),
            last: try #require(Int(words[2])), shared: try #require(Int(words[3])),
            digest: words[4]))
      }
    }
  }

  /// FNV-1a over UTF-8, 64 bits, as `record.py` has it.
  static func digest(_ text: String) -> String {
    var result: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { result = (result ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(result, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// How many of a unit's expectations hold.
  static func agreed(_ answer: String) -> Int {
    answer.split(separator: "\n").count { $0.hasPrefix("\u{2}agrees") }
  }
}

/// Runs the units of a file: a session for each chunk, the prelude before its first unit.
struct StarlarkRun {
  let prelude: String

  func answers(_ file: StarlarkRecord.File, text: String) throws -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var machine: (chunk: Int, machine: Machine)?
    var result: [String] = []
    let host = CollectingHost()
    for unit in file.units {
      if machine?.chunk != unit.chunk {
        let fresh = try Machine(host: host)
        // A loop without end would otherwise stop all tests.
        fresh.stepLimit = 20_000_000
        _ = try fresh.run(prelude, name: "prelude.py", interactive: false)
        machine = (unit.chunk, fresh)
      }
      guard let machine = machine?.machine else { continue }
      let start = host.output.endIndex
      let source = String(repeating: "\n", count: unit.first - 1)
        + Self.python(lines[unit.first - 1..<unit.last].joined(separator: "\n"))
      do throws(Raise) {
        _ = try machine.run(source, name: file.name, interactive: false)
      } catch {
        let exception = machine.materialize(error)
        let line = Self.line(of: exception, in: file.name)
        let expected = line > 0 && line <= lines.count && lines[line - 1].contains("###")
        host.write(
          "\u{2}\(expected ? "agrees" : "differs") raises \(line) \(Self.text(exception, machine))\n",
          toError: false)
      }
      machine.afterError()
      result.append(
        String(host.output[start...])
          .replacingOccurrences(of: "0x[0-9a-f]+", with: "0x", options: .regularExpression))
    }
    return result
  }

  /// The suite's name `assert` is a keyword of Python.
  private static func python(_ text: String) -> String {
    text.replacingOccurrences(of: #"\bassert\b"#, with: "assert_", options: .regularExpression)
  }

  private static func line(of exception: ExceptionObject, in name: String) -> Int {
    let entry = exception.traceback.last { $0.source.name == name }
    return entry.map { $0.source.position(of: Int($0.span.start)).line } ?? 0
  }

  private static func text(_ exception: ExceptionObject, _ machine: Machine) -> String {
    // How much a request would have taken is said here, and not by CPython.
    if exception.type.name == "MemoryError" { return "MemoryError" }
    return "\(exception.type.name): \(machine.message(of: exception))"
  }
}
