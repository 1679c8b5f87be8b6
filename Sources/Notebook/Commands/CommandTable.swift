import Bindings
import Language

/// All notebook commands.
enum CommandTable {
  /// The rows, by group; `%lsmagic` shows them in this order.
  static let all: [NotebookCommand] =
    HelpCommands.rows + TimingCommands.rows + NameCommands.rows + HistoryCommands.rows
    + FileCommands.rows + FolderCommands.rows + PictureCommands.rows + MarkupCommands.rows
    + CaptureCommand.rows + SettingCommands.rows + SessionCommands.rows + DialectCommand.rows

  private static let byName = Dictionary(all.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })

  /// Other names that people's fingers know.
  static let aliases = [
    "hist": "history", "pinfo": "help", "pinfo2": "source", "psource": "source", "pdoc": "help",
    "pdef": "help", "magic": "lsmagic", "quickref": "lsmagic", "file": "writefile", "dir": "ls",
    "ll": "ls", "mem": "memory",
  ]

  static func command(_ name: String) -> NotebookCommand? {
    byName[name] ?? aliases[name].flatMap { byName[$0] }
  }

  /// `UsageError`, as IPython calls it.
  static func usageError(_ message: String, hint: String?, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(
      machine.exceptionType("UsageError", module: "builtins", base: .exception))
    exception.arguments = [.string(message)]
    exception.hint = hint
    return Raise(exception)
  }

  // MARK: - Running

  /// Runs `%name argument`.
  static func runLine(_ name: String, _ argument: String, _ session: Session) throws(Raise) {
    guard let command = command(name) else {
      return try ForeignCommand.runLine(name, session)
    }
    guard let body = command.line else {
      throw usageError(
        "%\(name) needs a cell: write %%\(name) on the first line of one", hint: nil,
        session.machine)
    }
    try body(CommandCall(command: command, session: session, argument: argument, mark: "%"))
  }

  /// Runs `%%name argument` over the rest of a cell.
  static func runCell(_ cell: CellCommand, _ session: Session) throws(Raise) -> Value {
    guard let command = command(cell.name) else {
      return try ForeignCommand.runCell(cell.name, session)
    }
    guard let body = command.cell else {
      throw usageError(
        "%%\(cell.name) takes no cell: write %\(cell.name) on a line of its own", hint: nil,
        session.machine)
    }
    return try body(
      CommandCall(command: command, session: session, argument: cell.argument, mark: "%%"), cell)
  }

  /// The error of a name that is no command, neither here nor in IPython.
  static func unknown(_ name: String, mark: String, _ session: Session) -> Raise {
    let isCell = mark == "%%"
    let names = all.filter { isCell ? $0.cell != nil : $0.line != nil }.map(\.name)
    let near = Suggestion.nearest(to: name, among: names)
    return usageError(
      "there is no \(isCell ? "cell command" : "command") \(mark)\(name)",
      hint: near.map { "Did you mean \(mark)\($0)?" } ?? "%lsmagic lists the commands.",
      session.machine)
  }
}
