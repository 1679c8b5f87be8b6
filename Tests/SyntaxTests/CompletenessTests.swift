import Testing

@testable import Syntax

@Suite struct CompletenessTests {
  private enum Answer: Equatable {
    case complete
    case incomplete(Int)
    case invalid
  }

  private func answer(_ text: String) -> Answer {
    switch completeness(of: text) {
    case .complete: .complete
    case .incomplete(let indent): .incomplete(indent.utf8.count)
    case .invalid: .invalid
    }
  }

  // The answers are those of IPython 9.18.
  @Test func wholeStatementsAreComplete() {
    for text in [
      "", "\n", "   ", "x", "x\n", "x = 1\n\n", "if x: y", "(1,\n  2)", "x = 1 + \\\n  2",
      "%time x", "x?", "?x", "# c", "\n\nx", "x;", "'''a'''", "f'{x}'", "for x in y: z",
      "class A: pass", "a\nb", "if x:\n    y\nz", "print('a')",
    ] {
      #expect(answer(text) == .complete, "\(text)")
    }
  }

  @Test func blocksEndWithALineEnd() {
    #expect(answer("if x:\n    y") == .incomplete(4))
    #expect(answer("if x:\n    y\n") == .complete)
    #expect(answer("if x:\n    y\n    ") == .complete)
    #expect(answer("for i in x:\n  if y:\n    z\n  ") == .complete)
    #expect(answer("if x:\n    def f():\n        y") == .incomplete(8))
    #expect(answer("def f():\n\treturn 1") == .incomplete(4))
    #expect(answer("if x:\n    y\n# c") == .incomplete(0))
    #expect(answer("if x:\n    pass;") == .incomplete(4))
  }

  @Test func headersWantADeeperLine() {
    for text in [
      "if x:", "if x:\n", "if x:\n    ", "def f(): # c", "def f(a,\n      b):\n", "else:",
    ] {
      #expect(answer(text) == .incomplete(4), "\(text)")
    }
    #expect(answer("if x:\n\n") == .incomplete(0))
    #expect(answer("for i in x:\n  if y:\n") == .incomplete(6))
    #expect(answer("if x:\n  y\nelse:") == .incomplete(4))
    #expect(answer("def f():\n    # c") == .incomplete(4))
  }

  @Test func openBracketsLiteralsAndJoinedLinesWantMore() {
    for text in [
      "a = (", "f(", "print('a'", "x = '''", "x = '''abc\n", "x = \\", "x = \\\n", "x = {'a':",
      "x[1:", "x = [i for i in", "from x import (a,\n", "x = (  # comment", "f'''{x}", "'a\\",
    ] {
      #expect(answer(text) == .incomplete(0), "\(text)")
    }
    #expect(answer("a = (1,\n     2\n") == .incomplete(5))
    #expect(answer("with a as b:\n    c = [1,\n") == .incomplete(4))
    #expect(answer("x = 1 + \\\n  2 \\") == .incomplete(2))
  }

  @Test func statementsOfSeveralPartsWantTheNextOne() {
    #expect(answer("try:\n    x") == .incomplete(4))
    #expect(answer("try:\n    x\n") == .incomplete(4))
    #expect(answer("try:\n    x\n\n") == .incomplete(0))
    #expect(answer("try:\n    x\nexcept E:\n    y\n") == .complete)
    #expect(answer("@dec\n") == .incomplete(0))
    #expect(answer("%%time\nx = 1\n") == .incomplete(0))
    #expect(answer("%%time\nx = 1\n\n") == .complete)
  }

  @Test func whatNoLineCanHealIsInvalid() {
    for text in [
      "a = ", "a = \n", "'abc", "a b", ")", "x)", "(]", "1x", "if x:\ny\n", "return 1", "break",
      "if True:\n    x\n  y\n", "x = 1 if", "a = 5 6", "from x import", "class A(B, C): pass",
      "  x",
    ] {
      #expect(answer(text) == .invalid, "\(text)")
    }
  }
}
