import Bindings
import Display
import Language
import Syntax

/// The `%` commands: one row each.
enum LineCommands {
  struct Row: Sendable {
    let name: String
    let usage: String
    let doc: String
    let run: @Sendable (String, Session) throws(Raise) -> Void
  }

  static let rows: [Row] = [
    Row(name: "time", usage: "%time STATEMENT", doc: "Runs a statement and says how long it took.") {
      (argument, session) throws(Raise) in
      let watch = Stopwatch()
      let value = try session.run(source: argument, name: "Cell In[\(session.cellNumber)]")
      session.write(watch.report(), toError: false)
      try session.showValue(value)
    },
    Row(name: "timeit", usage: "%timeit STATEMENT", doc: "Times a statement over many runs.") {
      (argument, session) throws(Raise) in
      try Timing.measure(argument, argument: "", session)
    },
    Row(name: "who", usage: "%who", doc: "Lists the names of the session.") {
      (_, session) throws(Raise) in
      let names = session.userBindings.map(\.name)
      session.write(
        names.isEmpty ? "No names yet.\n" : names.joined(separator: "\t") + "\n", toError: false)
    },
    Row(name: "whos", usage: "%whos", doc: "Lists the names of the session with types and values.") {
      (_, session) throws(Raise) in
      try whos(session)
    },
    Row(name: "reset", usage: "%reset", doc: "Forgets all names of the session.") {
      (_, session) throws(Raise) in
      session.reset()
    },
    Row(name: "history", usage: "%history", doc: "Shows the cells that ran.") {
      (_, session) throws(Raise) in
      for (number, source) in session.history.dropLast() {
        session.write("In [\(number)]: \(source)\n", toError: false)
      }
    },
    Row(name: "run", usage: "%run FILE.py", doc: "Runs a file in this session.") {
      (argument, session) throws(Raise) in
      _ = try session.machine.run(TextFile.read(argument), name: argument, interactive: false)
    },
    Row(name: "load", usage: "%load FILE", doc: "Puts the text of a file into the next cell.") {
      (argument, session) throws(Raise) in
      session.nextInput = try TextFile.read(argument)
    },
    Row(name: "lsmagic", usage: "%lsmagic", doc: "Lists these commands.") {
      (_, session) throws(Raise) in
      for row in rows {
        session.write(
          TextWidth.padded(row.usage, to: 24) + row.doc + "\n", toError: false)
      }
      session.write(
        TextWidth.padded("%%time, %%timeit", to: 24) + "The same for a whole cell.\n"
          + TextWidth.padded("name?", to: 24) + "Help on a name.\n", toError: false)
    },
    Row(name: "modules", usage: "%modules [NAME]", doc: "Lists the doors, or the names of one.") {
      (argument, session) throws(Raise) in
      session.write(try ModuleListing.text(argument, session.machine.doors), toError: false)
    },
    Row(name: "display", usage: "%display text|svg", doc: "How plots are shown from now on.") {
      (argument, session) throws(Raise) in
      switch argument {
      case "text": session.settings.mode = .text
      case "svg": session.settings.mode = .svg
      case "":
        session.write("display: \(session.settings.mode == .svg ? "svg" : "text")\n", toError: false)
      default:
        throw Raise(.valueError, "%display takes text or svg, got '\(argument)'")
      }
    },
    Row(name: "help", usage: "%help NAME", doc: "Signature and description of a name.") {
      (argument, session) throws(Raise) in
      let value = try session.machine.evaluate(Source(name: "<help>", text: argument))
      let text = Help(session.machine).text(of: value, name: argument)
      if session.pages == nil {
        session.write(text + "\n", toError: false)
      } else {
        session.pages?.append(MIMEBundle(plain: text))
      }
    },
  ]

  static func run(_ name: String, _ argument: String, _ session: Session) throws(Raise) {
    if let row = rows.first(where: { $0.name == name }) {
      try row.run(argument, session)
      return
    }
    switch name {
    case "matplotlib", "autoreload", "load_ext", "config", "tensorflow_version", "pylab":
      session.write("%\(name) is not needed here\n", toError: false)
      return
    case "pip", "conda":
      session.write(
        "%\(name): nothing to install: the doors are built in (%modules lists them)\n",
        toError: false)
      return
    default: break
    }
    let near = Suggestion.nearest(to: name, among: rows.map(\.name))
    throw Raise(
      .syntaxError, "no command %\(name)",
      hint: near.map { "Did you mean %\($0)?" } ?? "%lsmagic lists the commands.")
  }

  private static func whos(_ session: Session) throws(Raise) {
    let bindings = session.userBindings
    if bindings.isEmpty {
      session.write("No names yet.\n", toError: false)
      return
    }
    var rows = [["Variable", "Type", "Data/Info"]]
    for (name, value) in bindings {
      var text: String
      do {
        text = try session.machine.repr(value).replacingNewlines
      } catch {
        text = ""
      }
      rows.append([name, session.machine.typeName(value), TextWidth.truncated(text, to: 50)])
    }
    let widths = (0..<2).map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    for (index, row) in rows.enumerated() {
      session.write(
        TextWidth.padded(row[0], to: widths[0] + 3) + TextWidth.padded(row[1], to: widths[1] + 3)
          + row[2] + "\n", toError: false)
      if index == 0 {
        session.write(String(repeating: "-", count: widths[0] + widths[1] + 15) + "\n", toError: false)
      }
    }
  }
}

extension Session {
  /// Shows a value as the result of a line.
  func showValue(_ value: Value) throws(Raise) {
    if value.isUndefined || value.isNone { return }
    do {
      show(try Presenter(machine).bundle(value), id: nil)
    } catch {
      throw machine.translate(error)
    }
  }
}

extension String {
  fileprivate var replacingNewlines: String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: " ")
  }
}
