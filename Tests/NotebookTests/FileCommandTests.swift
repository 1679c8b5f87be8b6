import Foundation
import TestSupport
import Testing

@testable import Notebook

/// `%run`, `%load`, `%%writefile`, `%pwd`, `%cd`, `%ls`.
@Suite(.serialized) struct FileCommandTests {
  @Test func aFileIsWrittenAndRun() throws {
    try onBigStack {
      try inFolder { folder in
        let session = try RecordedSession()
        let cell = "%%writefile \(folder)/my lesson.py\nimport sys\nprint(sys.argv[1:])\nanswer = 42"
        #expect(session.run(cell).text == "Writing \(folder)/my lesson.py\n")
        #expect(session.run(cell).text == "Overwriting \(folder)/my lesson.py\n")
        #expect(
          session.run("%run '\(folder)/my lesson.py' a 'b c'").text == "['a', 'b c']\n")
        #expect(session.run("answer").result == "42")
        #expect(session.run("import sys\nsys.argv").result == "['']")
        let more = "%%writefile -a '\(folder)/my lesson.py'\nprint('more')"
        #expect(session.run(more).text == "Appending to \(folder)/my lesson.py\n")
        let timed = session.run("%run -t '\(folder)/my lesson'").text
        #expect(timed.hasPrefix("[]\nmore\nCPU times: user "))
      }
    }
  }

  @Test func errorsOfAFileNameItsLine() throws {
    try onBigStack {
      try inFolder { folder in
        let session = try RecordedSession()
        session.run("%%writefile \(folder)/wrong.py\nx = 1\nx / 0")
        #expect(session.run("%run \(folder)/wrong.py").error == "ZeroDivisionError: division by zero")
        #expect(
          session.run("%run \(folder)/none.py").error
            == "FileNotFoundError: [Errno 2] No such file or directory: '\(folder)/none.py'")
        #expect(session.run("%run").error == "UsageError: %run: the name of a file is missing")
        #expect(session.run("%run \(folder)").error?.hasPrefix("IsADirectoryError") == true)
        #expect(session.run("%%writefile\nx").error == "UsageError: %%writefile: the name of a file is missing")
        #expect(session.run("%%writefile \(folder)/no/x\nx").error?.hasPrefix("FileNotFoundError") == true)
      }
    }
  }

  @Test func aNotebookRunsCellByCell() throws {
    try onBigStack {
      try inFolder { folder in
        let path = folder + "/lesson.ipynb"
        let text = """
          {"cells": [{"cell_type": "markdown", "source": "x"},
            {"cell_type": "code", "source": ["n = 20\\n", "n + 1"]},
            {"cell_type": "code", "source": ""},
            {"cell_type": "code", "source": "%%capture quiet\\nprint('kept')"}], "nbformat": 4}
          """
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let session = try RecordedSession()
        let outcome = session.run("%run \(path)")
        #expect(outcome.error == nil)
        #expect(outcome.bundles.map(\.plain) == ["21"])
        #expect(session.run("n, quiet.stdout").result == "(20, 'kept\\n')")
        try "{}".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(
          session.run("%run \(path)").error
            == "ValueError: '\(path)' is no notebook: it has no list of cells")
      }
    }
  }

  @Test func loadPutsTextIntoTheCell() throws {
    try onBigStack {
      try inFolder { folder in
        let session = try RecordedSession()
        session.run("%%writefile \(folder)/lesson.py\nx = 1")
        session.run("%load \(folder)/lesson.py")
        let file = try #require(session.session.takeNextInput())
        #expect(file.text == "# %load \(folder)/lesson.py\nx = 1\n")
        #expect(file.replaces)
        session.run("a = 1")
        session.run("%load 3")
        #expect(session.session.takeNextInput()?.text == "# %load 3\na = 1")
        #expect(session.session.takeNextInput() == nil)
        #expect(session.run("%load").error == "UsageError: %load: the name of a file is missing")
        #expect(session.run("%load 77").error?.contains("there is no cell 77") == true)
      }
    }
  }

  @Test func foldersAreShownAndEntered() throws {
    try onBigStack {
      try inFolder { folder in
        currentFolder.lock()
        defer { currentFolder.unlock() }
        let session = try RecordedSession()
        let start = session.run("%pwd").text
        session.run("import os\nos.makedirs('\(folder)/a/b')\nopen('\(folder)/a/f.txt', 'w').close()")
        #expect(session.run("%cd \(folder)/a").text.hasSuffix("/a\n"))
        #expect(session.run("%ls").text == "b/\nf.txt\n")
        #expect(session.run("%ls b").text == "Nothing here.\n")
        #expect(session.run("%cd -").text == start)
        #expect(session.run("%cd \(folder)/none").error?.hasPrefix("FileNotFoundError") == true)
        #expect(session.run("%ls \(folder)/none").error?.hasPrefix("FileNotFoundError") == true)
        #expect(session.run("%ls -l").error == "UsageError: %ls: it takes no options, only a folder")
        #expect(session.run("%pwd").text == start)
        #expect(session.run("%pwd x").error?.hasPrefix("UsageError: %pwd: it takes no argument") == true)
      }
    }
  }

  @Test(arguments: [
    ("a b", ["a", "b"]), ("'a b' c", ["a b", "c"]), ("\"it's\"", ["it's"]), ("", []), ("''", [""]),
    ("x'y z'w", ["xy zw"]), ("  a  ", ["a"]),
  ])
  func wordsAreSplitAsInAShell(_ text: String, _ words: [String]) {
    #expect(FileCommands.split(text) == words)
  }
}
