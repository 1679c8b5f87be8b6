import TestSupport
import Testing

@testable import Notebook

/// `%who`, `%whos`, `%reset`, `%history`, `%save`.
@Suite struct NameCommandTests {
  @Test func whoListsTheUsersNames() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%who").text == "No names yet.\n")
      session.run("b = [1]\na = 2\n_hidden = 3\ndef f(): pass")
      #expect(session.run("%who").text == "a   b   f\n")
      #expect(session.run("%who int list").text == "a   b\n")
      #expect(session.run("%who float").text == "No name holds a float.\n")
    }
  }

  @Test func whosShowsTypesShapesAndValues() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%whos").text == "No names yet.\n")
      session.run(
        """
        import numpy as np, torch
        grid = np.zeros((3, 4))
        weights = torch.ones(2, 5)
        names = ['a', 'b', 'c']
        word = 'héllo'
        class P:
          def __repr__(self): raise ValueError('never called')
          def __len__(self): raise ValueError('never called')
        p = P()
        p.x = 1
        """)
      let text = session.run("%whos").text
      let lines = text.split(separator: "\n").map(String.init)
      #expect(lines[0].split(separator: " ") == ["Variable", "Type", "Size", "Memory", "Value"])
      func line(_ name: String) -> String { lines.first { $0.hasPrefix(name + " ") } ?? "" }
      #expect(line("grid").contains("ndarray") && line("grid").contains("(3, 4) float64"))
      #expect(line("grid").contains("96 bytes"))
      #expect(line("weights").contains("(2, 5) float32") && line("weights").contains("40 bytes"))
      #expect(line("names").contains("3 items") && line("names").contains("['a', 'b', 'c']"))
      #expect(line("word").contains("5 characters"))
      #expect(line("p").contains("with x"))
      #expect(lines.allSatisfy { $0.count <= 80 })
      #expect(session.run("%whos ndarray").text.contains("weights") == false)
    }
  }

  @Test func resetForgetsAndFrees() throws {
    try onBigStack {
      let session = try RecordedSession()
      session.run("%reset -f")
      let before = session.session.machine.collector.trackedCount
      session.run(
        """
        class Node:
          def __init__(self): self.me = self
        nodes = [Node() for _ in range(500)]
        """)
      #expect(session.session.machine.collector.trackedCount > before + 500)
      #expect(session.run("%reset").text == "2 names forgotten.\n")
      #expect(session.session.machine.collector.trackedCount <= before + 10)
      #expect(session.run("nodes").error?.hasPrefix("NameError") == true)
      // What needs no import is still there.
      #expect(session.run("plot").error == nil)
      #expect(session.run("%reset -f").text == "")
      #expect(
        session.run("%reset x").error
          == "UsageError: %reset: it forgets all names; write `del x` to forget one")
    }
  }

  @Test func historyShowsRangesNumbersAndResults() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%history").text == "")
      session.run("a = 1")
      session.run("a + 1")
      session.run("def f():\n  return 3")
      #expect(session.run("%history 2-4").text == "a = 1\na + 1\ndef f():\n  return 3\n")
      #expect(session.run("%history -n 3").text == "   3: a + 1\n")
      #expect(session.run("%hist -n 4").text == "   4:\ndef f():\n  return 3\n")
      #expect(session.run("%history -o 3").text == "a + 1\n2\n")
      #expect(session.run("%history -n -o 3").text == "   3: a + 1\nOut[3]: 2\n")
      #expect(session.run("%history -l 2 -3").text == "a = 1\na + 1\n")
      #expect(session.run("%history -g def?f").text == "def f():\n  return 3\n%history -g def?f\n"
        || session.output.text.hasPrefix("def f():\n  return 3\n"))
      #expect(
        session.run("%history 99").error?.hasPrefix("UsageError: %history: there is no cell 99: cells 1 to")
          == true)
      #expect(
        session.run("%history x").error
          == "UsageError: %history: 'x' is no range of cells; write 3, 3-5, -5 or 3-")
      #expect(session.run("%history 5-2").error?.contains("is no range of cells") == true)
    }
  }

  @Test func saveWritesCells() throws {
    try onBigStack {
      try inFolder { folder in
        let session = try RecordedSession()
        session.run("a = 1")
        session.run("b = a + 1")
        #expect(session.run("%save \(folder)/part 1-2").text == "2 cells written to \(folder)/part.py\n")
        session.run("%reset -f")
        session.run("%run \(folder)/part.py")
        #expect(session.run("a, b").result == "(1, 2)")
        #expect(session.run("%save").error == "UsageError: %save: the name of a file is missing")
        #expect(session.run("%save \(folder)/none/x 1").error?.hasPrefix("FileNotFoundError") == true)
      }
    }
  }

  @Test(arguments: [
    ("*", "", true), ("a*b", "ab", true), ("a*b", "axxb", true), ("a*b", "axx", false),
    ("?", "é", true), ("??", "é", false), ("*x*y*", "1x2y3", true), ("", "", true), ("", "a", false),
  ])
  func aPatternMatchesAsInFileNames(_ pattern: String, _ text: String, _ matches: Bool) {
    #expect(GlobPattern(pattern).matches(text) == matches)
  }
}
