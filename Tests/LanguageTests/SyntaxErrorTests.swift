import Foundation
import Syntax
import TestSupport
import Testing

@testable import Language

/// Wrong programs answer in CPython's words, at CPython's place; those of its later passes too, which
/// know of names (`name 'x' is parameter and global`).
@Suite struct SyntaxErrorTests {
  private static func lines(_ name: String) throws -> [String] {
    let url = testsFolder.appendingPathComponent("LanguageTests/SyntaxErrors/\(name)")
    return String(decoding: try Data(contentsOf: url), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  /// What CPython says otherwise, and why it stays so.
  private static let different: [String: String] = [
    // CPython forgets that an import binds.
    "def f():\\n  import x\\n  global x": "name 'x' is assigned to before global declaration"
  ]

  /// CPython places errors in literals and indentation behind them; ours mark them (`ErrorTests`).
  private static func isPlacedOtherwise(_ message: String, _ program: String) -> Bool {
    ["f-string", "codec", "escape", "bytes", "indent", "line continuation", "bare *"]
      .contains { message.contains($0) } || program.hasPrefix("f'") || program.hasPrefix("@")
      || message.hasPrefix("from __future__")
  }

  @Test func classMessageAndPlaceAreThoseOfCPython() throws {
    let programs = try SyntaxErrorTests.lines("programs.txt")
    let answers = try SyntaxErrorTests.lines("cpython.txt").dropFirst()
    #expect(programs.count == answers.count)
    #expect(programs.count > 500)
    let found = try onBigStack {
      let machine = try Machine()
      return programs.map { SyntaxErrorTests.answer($0, machine) }
    }
    var refused = 0
    for ((program, expected), own) in zip(zip(programs, answers), found) {
      guard let own else {
        refused += 1
        continue
      }
      let parts = expected.split(separator: "|").map(String.init)
      let mine = own.split(separator: "|").map(String.init)
      if let other = SyntaxErrorTests.different[program] {
        #expect(mine.dropFirst().first == other, "\(program)")
      } else {
        #expect(mine.prefix(2) == parts.prefix(2), "\(program)")
        if parts.count == 3, !SyntaxErrorTests.isPlacedOtherwise(parts[1], program) {
          #expect(mine.last == parts.last, "\(program)")
        }
      }
    }
    // What is refused by name: DialectTests.
    #expect(refused < 60)
  }

  /// `class|message|line:column`, `accepted`, or nil for what the language refuses by name.
  private static func answer(_ line: String, _ machine: Machine) -> String? {
    let text = line.replacingOccurrences(of: "\\n", with: "\n")
      .replacingOccurrences(of: "\\t", with: "\t")
    let source = Source(name: "<test>", text: text + "\n")
    let diagnostic: Diagnostic
    do {
      _ = try Compiler.compile(
        parse(source), source: source, globals: machine.globals, interactive: false)
      return "accepted"
    } catch {
      diagnostic = error
    }
    if diagnostic.kind == .notInDialect { return nil }
    let place = source.position(of: Int(diagnostic.span.start))
    // CPython's columns count characters.
    let column = String(decoding: source.line(place.line).utf8.prefix(place.column), as: UTF8.self)
      .unicodeScalars.count
    return "\(diagnostic.exceptionName)|\(diagnostic.message)|\(place.line):\(column + 1)"
  }
}
