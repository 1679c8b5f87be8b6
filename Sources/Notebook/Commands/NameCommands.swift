import Bindings
import Display
import Language

/// `%who`, `%whos`, `%reset`.
enum NameCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "who", .names, "[TYPE ...]", "Lists your names; with types, only those that hold such.",
      example: "%who int list"
    ) { (call) throws(Raise) in
      let names = bindings(call).map(\.name)
      if names.isEmpty { return call.write(nothing(call)) }
      call.write(columns(names, width: call.session.settings.width))
    },
    NotebookCommand(
      "whos", .names, "[TYPE ...]", "Lists your names with type, shape or length, memory and value.",
      example: "%whos"
    ) { (call) throws(Raise) in
      let found = bindings(call)
      if found.isEmpty { return call.write(nothing(call)) }
      call.write(table(found, call))
    },
    NotebookCommand(
      "reset", .names, "[-f]", "Forgets all your names, and frees what only they held.",
      options: ["-f    without saying so"], example: "%reset -f"
    ) { (call) throws(Raise) in
      let options = try call.options("f")
      if !options.rest.isEmpty {
        throw call.misuse("it forgets all names; write `del \(options.rest)` to forget one")
      }
      let count = call.session.userBindings.count
      call.session.reset()
      if !options.has("f") {
        call.write(count == 1 ? "1 name forgotten.\n" : "\(count) names forgotten.\n")
      }
    },
  ]

  private static func bindings(_ call: CommandCall) -> [(name: String, value: Value)] {
    let types = call.words
    return call.session.userBindings.filter { binding in
      types.isEmpty || types.contains(call.machine.typeName(binding.value))
    }.sorted { $0.name < $1.name }
  }

  private static func nothing(_ call: CommandCall) -> String {
    call.argument.isEmpty ? "No names yet.\n" : "No name holds a \(call.words.joined(separator: " or ")).\n"
  }

  /// Names side by side, as wide as the page.
  private static func columns(_ names: [String], width: Int) -> String {
    let column = (names.map { TextWidth.of($0) }.max() ?? 0) + 3
    let perLine = max(1, width / column)
    var text = ""
    for (index, name) in names.enumerated() {
      let ends = index % perLine == perLine - 1 || index == names.count - 1
      text += ends ? name + "\n" : TextWidth.padded(name, to: column)
    }
    return text
  }

  private static func table(
    _ bindings: [(name: String, value: Value)], _ call: CommandCall
  ) -> String {
    var rows = [["Variable", "Type", "Size", "Memory", "Value"]]
    for (name, value) in bindings {
      let facts = ValueFacts(value, call.machine)
      rows.append([name, call.machine.typeName(value), facts.size, facts.memory, facts.text])
    }
    let widths = (0..<4).map { column in rows.map { TextWidth.of($0[column]) }.max() ?? 0 }
    let before = widths.reduce(0, +) + 3 * widths.count
    let room = max(20, call.session.settings.width - before)
    var text = ""
    for (index, row) in rows.enumerated() {
      for (column, width) in widths.enumerated() {
        text += TextWidth.padded(row[column], to: width, column == 3 ? .right : .left) + "   "
      }
      text += TextWidth.truncated(row[4], to: room) + "\n"
      if index == 0 { text += String(repeating: "-", count: before + min(room, 20)) + "\n" }
    }
    return text
  }
}
