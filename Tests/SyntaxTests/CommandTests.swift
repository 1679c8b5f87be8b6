import Testing

@testable import Syntax

/// Notebook commands: lines that are no Python.
@Suite struct CommandTests {
  private func commands(_ text: String) throws -> [Command] {
    try parse(source(text)).compactMap {
      if case .command(let command) = $0.kind { return command }
      return nil
    }
  }

  @Test(arguments: [
    ("%time f(x)", "time", "f(x)"), ("%who", "who", ""), ("%run  a b.py  ", "run", "a b.py"),
    ("%time x = 'un", "time", "x = 'un"), ("%timeit (", "timeit", "("), ("%a?", "help", "%a"),
    ("x?", "help", "x"), ("x??", "source", "x"), ("?x", "help", "x"), ("??x", "source", "x"),
    ("a.b.c?", "help", "a.b.c"), ("?a.b", "help", "a.b"), ("x? # why", "help", "x"),
    ("?", "help", ""), ("for?", "help", "for"), ("x ?", "help", "x"),
  ])
  func aLineIsACommand(_ line: String, _ name: String, _ argument: String) throws {
    let found = try commands(line)
    #expect(found.map(\.name) == [name])
    #expect(found.map(\.argument) == [argument])
    // Between other lines, and at the end of a text without a line end.
    #expect(try commands("a = 1\n\(line)\nb = 2\n").count == 1)
  }

  @Test func aCommandEndsWithItsLine() throws {
    let statements = try parse(source("%time a\nb = (1 %\nc)\n"))
    #expect(dump(statements) == "(% time \"a\")\n(= b (% 1 c))\n")
  }

  @Test func moduloAndQuestionMarksElsewhereAreNoCommands() {
    #expect(diagnostic(of: "x = a %b") == nil)
    #expect(diagnostic(of: "(a\n%b)") == nil)
    #expect(diagnostic(of: "x = a?")?.message == "invalid syntax")
    #expect(diagnostic(of: "f(x)?")?.message == "invalid syntax")
    #expect(diagnostic(of: "x ? y : z")?.message == "invalid syntax")
    #expect(diagnostic(of: "% time")?.message == "invalid syntax")
  }
}
