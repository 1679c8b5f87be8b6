import Bindings
import Display
import Language
import Syntax

/// `%lsmagic`, `%help`, `%source`, `%modules`.
enum HelpCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "help", .help, "NAME", "Signature, description and example of a name or a command; NAME? does the same.",
      example: "%help print"
    ) { (call) throws(Raise) in
      show(try text(call.argument, withSource: false, call), call)
    },
    NotebookCommand(
      "source", .help, "NAME", "What %help shows, and the source of your own function or class; NAME?? does the same.",
      example: "def twice(x):\n  return 2 * x\n%source twice"
    ) { (call) throws(Raise) in
      show(try text(call.argument, withSource: true, call), call)
    },
    NotebookCommand(
      "lsmagic", .help, "", "Lists these commands.", example: "%lsmagic"
    ) { (call) throws(Raise) in call.write(listing) },
    NotebookCommand(
      "modules", .help, "[NAME]", "Lists the modules that can be imported, or the names in one.",
      example: "%modules math"
    ) { (call) throws(Raise) in
      call.write(try ModuleListing.text(call.argument, call.machine.doors))
    },
  ]

  private static func show(_ text: String, _ call: CommandCall) {
    if call.session.pages == nil {
      call.write(text + "\n")
    } else {
      call.session.pages?.append(MIMEBundle(plain: text))
    }
  }

  private static func text(
    _ argument: String, withSource: Bool, _ call: CommandCall
  ) throws(Raise) -> String {
    if argument.isEmpty { return Help.introduction }
    if argument.hasPrefix("%") { return try commandHelp(argument, call.session) }
    let help = Help(call.machine)
    let value: Value
    do throws(Raise) {
      value = try call.machine.evaluate(Source(name: "<help>", text: argument))
    } catch {
      // A word of the language itself: `for?`.
      if let text = DialectCommand.text(about: argument) { return text }
      throw error
    }
    var text = help.text(of: value, name: argument)
    if withSource {
      text += "\n\n" + (help.source(of: value).map { "Source:\n\($0)" }
        ?? "No source: \(argument) was not written in this session.")
    }
    return text
  }

  /// The help of `%time`, `%%time`.
  static func commandHelp(_ argument: String, _ session: Session) throws(Raise) -> String {
    let mark = argument.hasPrefix("%%") ? "%%" : "%"
    let name = String(argument.drop { $0 == "%" }).trimmingSpaces
    if let command = CommandTable.command(name) { return command.help }
    if let foreign = ForeignCommand.named(name) { return "\(mark)\(name)\n\n\(foreign.sentence)" }
    throw CommandTable.unknown(name, mark: mark, session)
  }

  private static var listing: String {
    var lines: [String] = []
    let width = 2 + (CommandTable.all.map { $0.signatures[0].count }.max() ?? 0)
    for group in NotebookCommand.Group.allCases {
      lines += lines.isEmpty ? [group.rawValue] : ["", group.rawValue]
      for command in CommandTable.all where command.group == group {
        let signature = command.line != nil && command.cell != nil
          ? command.signatures[0] + "  (or %%)" : command.signatures[0]
        lines.append("  " + TextWidth.padded(signature, to: min(width, 34) + 2) + command.doc)
      }
    }
    lines += ["", "%NAME? explains a command."]
    return lines.joined(separator: "\n") + "\n"
  }
}
