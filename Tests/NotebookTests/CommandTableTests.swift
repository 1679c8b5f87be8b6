import Foundation
import Language
import TestSupport
import Testing

@testable import Notebook

/// What has to hold for every command.
@Suite struct CommandTableTests {
  @Test func everyRowIsWhole() {
    for command in CommandTable.all {
      #expect(command.line != nil || command.cell != nil, "\(command.name)")
      #expect(command.doc.hasSuffix("."), "\(command.name)")
      #expect(command.example.contains(command.shownName), "\(command.name)")
      #expect(command.help.contains(command.doc))
    }
  }

  @Test func noNameStandsTwice() {
    let names =
      CommandTable.all.map(\.name) + CommandTable.aliases.keys + ForeignCommand.all.flatMap(\.names)
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice == [])
    for target in CommandTable.aliases.values { #expect(CommandTable.command(target) != nil) }
  }

  @Test func theCommandsOfTheDesignAreThere() {
    for name in [
      "time", "timeit", "who", "whos", "reset", "history", "run", "load", "lsmagic", "modules",
      "display", "seed", "threads", "memory", "dialect", "plot", "table",
    ] {
      #expect(CommandTable.command(name)?.line != nil, "\(name)")
    }
    #expect(CommandTable.command("time")?.cell != nil)
    #expect(CommandTable.command("timeit")?.cell != nil)
  }

  /// Examples run; those that name a file find one.
  @Test(arguments: CommandTable.all.map(\.name))
  func everyExampleRuns(_ name: String) throws {
    let command = try #require(CommandTable.command(name))
    try onBigStack {
      try inFolder { folder in
        currentFolder.lock()
        defer { currentFolder.unlock() }
        let session = try RecordedSession()
        #expect(session.run("%cd \(folder)").error == nil)
        session.run("%%writefile lesson.py\nx = 1")
        session.run("import os\nos.makedirs('data')")
        #expect(session.run("x = 1\ny = [1, 2]").error == nil)
        let outcome = session.run(command.example)
        #expect(outcome.error == nil, "\(outcome.error ?? "") \(outcome.hint ?? "")")
        #expect(session.run("%cd /").error == nil)
      }
    }
  }

  @Test(arguments: CommandTable.all.map(\.name))
  func aQuestionMarkShowsItsHelp(_ name: String) throws {
    let command = try #require(CommandTable.command(name))
    try onBigStack {
      let session = try RecordedSession()
      #expect(session.run("%\(name)?").text == command.help + "\n")
      #expect(session.run("?%\(name)").text == command.help + "\n")
      if command.cell != nil { #expect(session.run("%%\(name)?").text == command.help + "\n") }
    }
  }

  @Test func lsmagicListsEveryCommand() throws {
    try onBigStack {
      let text = try RecordedSession().run("%lsmagic").text
      for command in CommandTable.all {
        #expect(text.contains(command.signatures[0]), "\(command.name)")
      }
    }
  }

  @Test func anUnknownCommandNamesTheNearest() throws {
    try onBigStack {
      let session = try RecordedSession()
      let timit = session.run("%timit 1")
      #expect(timit.error == "UsageError: there is no command %timit")
      #expect(timit.hint == "Did you mean %timeit?")
      let cell = session.run("%%tme\nx")
      #expect(cell.error == "UsageError: there is no cell command %%tme")
      #expect(cell.hint == "Did you mean %%time?")
      let strange = session.run("%qwertyuiop")
      #expect(strange.hint == "%lsmagic lists the commands.")
      #expect(session.run("%timit?").hint == "Did you mean %timeit?")
    }
  }

  @Test func lineAndCellFormsAreToldApart() throws {
    try onBigStack {
      let session = try RecordedSession()
      #expect(
        session.run("%html").error
          == "UsageError: %html needs a cell: write %%html on the first line of one")
      #expect(
        session.run("%%who\nx").error
          == "UsageError: %%who takes no cell: write %who on a line of its own")
      #expect(session.run("x = 1\n%%time\nx").error?.hasPrefix("SyntaxError: \"%%time\" stands") == true)
    }
  }

  @Test func commandsOfOtherKernelsAreAnswered() throws {
    try onBigStack {
      let session = try RecordedSession()
      // Said once, then quiet.
      #expect(session.run("%matplotlib inline").text.hasPrefix("%matplotlib is not needed: plots"))
      #expect(session.run("%matplotlib inline\nx = 1").text == "")
      #expect(session.run("%load_ext autoreload").text.contains("not needed"))
      #expect(session.run("%autoreload 2").text == "")
      #expect(session.run("%pip install torch").text.contains("nothing to install"))
      for name in ["debug", "prun f()", "store x", "rerun", "tensorboard --logdir x"] {
        let outcome = session.run("%\(name)")
        #expect(outcome.error?.contains("is not available here") == true, "\(name)")
        #expect((outcome.hint?.count ?? 0) > 20, "\(name)")
      }
      let bash = session.run("%%bash\nls")
      #expect(bash.error == "UsageError: %%bash is not available here: nothing of this cell ran")
      #expect(bash.hint?.contains("no shell") == true)
      let shell = session.run("!ls")
      #expect(shell.error?.hasPrefix("SyntaxError: \"!\" is not part of this language") == true)
      #expect(session.run("%prun?").text.contains("%timeit"))
    }
  }

  @Test func everyForeignAnswerIsASentence() {
    for command in ForeignCommand.all {
      #expect(command.sentence.hasSuffix("."), "\(command.names)")
      #expect(!command.names.isEmpty)
    }
  }

  @Test func completionAndInspectionReadTheTable() throws {
    try onBigStack {
      let session = try RecordedSession()
      let completer = Completer(session.session)
      #expect(completer.complete(.init(code: "%ti", cursor: 3)).matches.map(\.text) == ["time", "timeit"])
      let cells = completer.complete(.init(code: "%%", cursor: 2)).matches.map(\.text)
      #expect(cells.contains("capture") && !cells.contains("who"))
      let inspector = Inspector(session.session)
      let help = try #require(CommandTable.command("timeit")?.help)
      #expect(inspector.inspect(.init(code: "%timeit x", cursor: 4))?.plain == help)
      #expect(inspector.inspect(.init(code: "x = 1\n%timeit x", cursor: 9))?.plain == help)
      session.run("def twice(x):\n  'Doubles.'\n  return 2 * x")
      let source = inspector.inspect(.init(code: "twice", cursor: 5, detail: 1))?.plain
      #expect(source?.hasSuffix("Source:\ndef twice(x):\n  'Doubles.'\n  return 2 * x") == true)
    }
  }
}
