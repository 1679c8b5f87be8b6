import Foundation
import Language
import Syntax
import TestSupport
import Testing

@testable import Notebook

/// `%help`, `NAME?`, `NAME??`, `help()`, `%modules`, `%dialect`.
@Suite struct HelpCommandTests {
  @Test func helpSaysWhatANameIs() throws {
    try onBigStack {
      let session = try RecordedSession()
      let text = session.run("len?").text
      #expect(text.hasPrefix("len(obj)\n\nThe number of items."))
      for form in ["?len", "%help len", "%pinfo len", "help(len)"] {
        #expect(session.run(form).text == text, "\(form)")
      }
      #expect(session.run("import math\nmath.sqrt?").text.hasPrefix("math.sqrt("))
      #expect(session.run("undefined_thing?").error?.hasPrefix("NameError") == true)
      #expect(session.run("?").text == Help.introduction + "\n")
      #expect(session.run("help()").text.contains("%lsmagic"))
      // A keyword is explained by the dialect's table.
      #expect(session.run("for?").text.hasPrefix("IN: for"))
      #expect(session.run("match?").text.hasPrefix("OUT: \"match\" is not part of this language"))
    }
  }

  @Test func helpGoesToThePagerWhereThereIsOne() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.session.pages = []
      #expect(session.run("len?").text == "")
      #expect(session.session.takePages().map { $0.plain.hasPrefix("len(obj)") } == [true])
    }
  }

  @Test func twoQuestionMarksShowTheSource() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run(
        """
        import functools
        def outer(a, b=2):
          "Adds."
          # a comment
          def inner(c):
            return a + c

          return inner(b)

        class Point:
          scale = 2
          def __init__(self, x):
            self.x = x
          @property
          def twice(self):
            return self.x * self.scale

        square = lambda v: v * v
        @functools.lru_cache
        def cached(n): return n
        """)
      func source(_ name: String) -> String? {
        session.run("\(name)??").text.components(separatedBy: "Source:\n").dropFirst().first
      }
      #expect(
        source("outer")
          == "def outer(a, b=2):\n  \"Adds.\"\n  # a comment\n  def inner(c):\n    return a + c\n\n"
          + "  return inner(b)\n")
      #expect(source("Point")?.hasPrefix("class Point:\n  scale = 2\n  def __init__(self, x):") == true)
      #expect(source("Point.__init__") == "def __init__(self, x):\n  self.x = x\n")
      #expect(source("Point.twice") == "@property\ndef twice(self):\n  return self.x * self.scale\n")
      #expect(source("square") == "square = lambda v: v * v\n")
      #expect(session.run("len??").text.contains("No source: len was not written in this session."))
      #expect(session.run("%source outer").text == session.run("outer??").text)
    }
  }

  @Test func modulesListsDoorsAndNames() throws {
    try onBigStack {
      let session = try RecordedSession()
      let all = session.run("%modules").text
      for name in ["torch", "numpy", "keras", "math", "gc"] {
        #expect(all.split(separator: "\n").contains { $0.hasPrefix(name + " ") }, "\(name)")
      }
      #expect(session.run("%modules math").text.contains("sqrt"))
      #expect(session.run("%modules nump").hint == "Did you mean 'numpy'?")
    }
  }

  @Test func dialectListsInAndOut() throws {
    try onBigStack {
      let session = try RecordedSession()
      let text = session.run("%dialect").text
      for row in Accepted.all { #expect(text.contains(row.name)) }
      for row in Refusal.all { #expect(text.contains(row.instead)) }
      for name in Machine.refusedNames.keys { #expect(text.contains(name)) }
      #expect(
        session.run("%dialect match").text
          == "OUT: \"match\" is not part of this language: use if / elif\n\nFor example:\n"
          + "  match x:\n    case 1: pass\n")
      #expect(session.run("%dialect eval").text.hasPrefix("OUT: \"eval\" is not available here:"))
      #expect(session.run("%dialect walrus").text.hasPrefix("IN: walrus"))
      #expect(session.run("%dialect yield").error?.hasPrefix("UsageError") != true)
      #expect(session.run("%dialect asnyc").hint == "Did you mean 'async'?")
      #expect(session.run("%dialect qqqqqq").hint == "%dialect lists them.")
    }
  }

  @Test(arguments: Accepted.all.map(\.name))
  func whatIsInRuns(_ name: String) throws {
    let row = try #require(Accepted.all.first { $0.name == name })
    try onBigStack {
      let outcome = try RecordedSession().run(row.example)
      #expect(outcome.error == nil, "\(outcome.error ?? "")")
    }
  }

  @Test(arguments: Refusal.all.map(\.name))
  func whatIsOutIsRefusedByName(_ name: String) throws {
    let row = try #require(Refusal.all.first { $0.name == name })
    try onBigStack {
      let outcome = try RecordedSession().run(row.example)
      #expect(outcome.error == "SyntaxError: " + row.message)
    }
  }

  @Test func refusedBuiltinsSayWhatToDo() throws {
    try onBigStack {
      for (name, message) in Machine.refusedNames {
        let outcome = try RecordedSession().run("\(name)('1')")
        #expect(outcome.error == "NameError: name '\(name)' is not defined")
        #expect(outcome.hint == message)
      }
    }
  }
}
