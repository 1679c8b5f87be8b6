import Display
import Language
import Syntax

/// `%dialect`: what the language has of Python and what it leaves out, from the parser's own tables.
enum DialectCommand {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "dialect", .help, "[NAME]", "Shows what the language has of Python and what it leaves out, or one construct.",
      example: "%dialect match"
    ) { (call) throws(Raise) in
      if call.argument.isEmpty { return call.write(listing) }
      if let text = text(about: call.argument) { return call.write(text + "\n") }
      let names = Accepted.all.map(\.name) + Refusal.all.map(\.name) + Machine.refusedNames.keys.sorted()
      let near = Suggestion.nearest(to: call.argument, among: names)
      throw CommandTable.usageError(
        "%dialect: '\(call.argument)' is no construct that it knows",
        hint: near.map { "Did you mean '\($0)'?" } ?? "%dialect lists them.", call.machine)
    }
  ]

  /// What is said of one construct; nil when there is none of that name.
  static func text(about name: String) -> String? {
    let wanted = name.lowercased()
    if let row = Refusal.all.first(where: { $0.name.lowercased() == wanted }) {
      return "OUT: \(row.message)\n\nFor example:\n\(indented(row.example))"
    }
    if let message = Machine.refusedNames[name] { return "OUT: \(message)" }
    let rows = Accepted.all.filter {
      $0.name.lowercased() == wanted || words(of: $0).contains(wanted)
    }
    // The row of that name before those that only mention it.
    guard let row = rows.first(where: { $0.name.lowercased() == wanted }) ?? rows.first else { return nil }
    return "IN: \(row.name): \(row.about)\n\nFor example:\n\(indented(row.example))"
  }

  private static func words(of row: Accepted) -> [String] {
    (row.name + " " + row.about).lowercased().split { !$0.isLetter && $0 != "_" }.map(String.init)
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
      .joined(separator: "\n")
  }

  private static var listing: String {
    var lines = [
      "A smaller Python: what it accepts behaves as CPython 3.11 does, and the rest is refused by name",
      "before anything runs.", "", "IN",
    ]
    let width = 24
    for group in Accepted.Group.allCases {
      lines.append("  \(group.rawValue)")
      for row in Accepted.all where row.group == group {
        lines.append("    " + TextWidth.padded(row.name, to: width) + row.about)
      }
    }
    lines += ["", "OUT"]
    for row in Refusal.all { lines.append("    " + TextWidth.padded(row.name, to: width) + row.instead) }
    for (name, message) in Machine.refusedNames.sorted(by: { $0.key < $1.key }) {
      let instead = message.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? message
      lines.append("    " + TextWidth.padded(name, to: width) + instead)
    }
    lines += ["", "%dialect NAME shows one of them with an example; %modules lists what can be imported."]
    return lines.joined(separator: "\n") + "\n"
  }
}
