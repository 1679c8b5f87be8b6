/// The help text of a parser, in the layout of `argparse`.
struct ArgumentHelp {
  private let parser: ParserObject
  private let machine: Machine
  private let width: Int

  init(_ parser: ParserObject, _ machine: Machine) {
    self.parser = parser
    self.machine = machine
    width = (FileSystem.variable("COLUMNS").flatMap(Int.init) ?? 80) - 2
  }

  // MARK: - Names of values

  /// The name of one value: the metavar, the choices, or the name itself.
  private func value(_ row: ArgumentRow) throws(Raise) -> [String] {
    if let tuple = row.metavar.asTuple {
      var names: [String] = []
      for item in tuple.items { names.append(try machine.text(of: item)) }
      return names
    }
    if let text = row.metavar.swiftString { return [text] }
    if row.action == "commands" {
      return ["{\(row.commands.map(\.name).joined(separator: ","))}"]
    }
    if !row.choices.isNone {
      var names: [String] = []
      for choice in try machine.array(row.choices) { names.append(try machine.text(of: choice)) }
      return ["{\(names.joined(separator: ","))}"]
    }
    return [row.isPositional ? row.name : row.name.uppercased()]
  }

  /// The values of a row as usage shows them: `N`, `[N ...]`, `N N`.
  private func values(_ row: ArgumentRow) throws(Raise) -> String {
    if !row.takesValues { return "" }
    let names = try value(row)
    let first = names.first ?? ""
    let second = names.count > 1 ? names[1] : first
    if row.action == "commands" { return "\(first) ..." }
    if let count = row.count.asInt {
      return (0..<max(0, count)).map { $0 < names.count ? names[$0] : first }
        .joined(separator: " ")
    }
    switch row.count.swiftString {
    case "?": return "[\(first)]"
    case "*": return names.count > 1 ? "[\(first) [\(second) ...]]" : "[\(first) ...]"
    case "+": return "\(first) [\(second) ...]"
    case "...": return "..."
    default: return first
    }
  }

  // MARK: - Usage

  private func isHidden(_ row: ArgumentRow) -> Bool { row.help == "==SUPPRESS==" }

  func usage() throws(Raise) -> String {
    if let own = parser.usage {
      return "usage: " + own.replacing("%(prog)s", with: parser.program)
    }
    let shown = parser.rows.filter { !isHidden($0) }
    var options: [String] = []
    var open: Int?
    for row in shown where !row.isPositional {
      var part = row.flags.first ?? ""
      if row.action == "boolean" { part = row.flags.joined(separator: " | ") }
      let values = try values(row)
      if !values.isEmpty { part += " " + values }
      if let group = row.exclusiveGroup {
        let isNeeded = parser.exclusiveRequired.contains(group)
        if open == group, let last = options.popLast() {
          options.append(String(last.dropLast()) + " | \(part)" + (isNeeded ? ")" : "]"))
        } else {
          options.append((isNeeded ? "(" : "[") + part + (isNeeded ? ")" : "]"))
        }
      } else {
        options.append(row.isRequired ? part : "[\(part)]")
      }
      open = row.exclusiveGroup
    }
    var names: [String] = []
    for row in shown where row.isPositional { names.append(try values(row)) }
    let program = parser.program
    let line = ([program] + options + names).joined(separator: " ")
    if "usage: \(line)".count <= width { return "usage: \(line)" }
    // Several lines: under the program, or one step in when its name is long.
    let lead = "usage: \(program) "
    let isShort = lead.count <= width * 3 / 4
    let indent = String(repeating: " ", count: isShort ? lead.count : 7)
    func wrapped(_ parts: [String], first: String) -> [String] {
      var lines: [String] = []
      var current = first
      var length = first.count
      var isEmpty = true
      for part in parts {
        if length + 1 + part.count > width + 1, !isEmpty {
          lines.append(current)
          current = indent
          length = indent.count
          isEmpty = true
        }
        current += (isEmpty ? "" : " ") + part
        length = current.count
        isEmpty = false
      }
      if !isEmpty { lines.append(current) }
      return lines
    }
    if isShort {
      if options.isEmpty { return wrapped(names, first: lead).joined(separator: "\n") }
      return (wrapped(options, first: lead) + wrapped(names, first: indent)).joined(separator: "\n")
    }
    return (["usage: \(program)"] + wrapped(options, first: indent) + wrapped(names, first: indent))
      .joined(separator: "\n")
  }

  // MARK: - Help

  private func expanded(_ row: ArgumentRow) throws(Raise) -> String {
    var text = row.help ?? ""
    if parser.layout == "ArgumentDefaultsHelpFormatter", !text.contains("%(default)"),
      !row.isPositional || row.count.swiftString == "?" || row.count.swiftString == "*",
      row.action != "help", row.action != "version"
    {
      text += " (default: %(default)s)"
    }
    guard text.contains("%") else { return text }
    let values = DictObject()
    values["default"] = row.defaultValue
    values["prog"] = .string(parser.program)
    values["dest"] = .string(row.name)
    values["const"] = row.constant
    values["metavar"] = row.metavar
    values["help"] = .string(row.help ?? "")
    values["type"] = try machine.optionalAttribute(row.type, "__name__") ?? row.type
    if !row.choices.isNone {
      var names: [String] = []
      for choice in try machine.array(row.choices) { names.append(try machine.text(of: choice)) }
      values["choices"] = .string(names.joined(separator: ", "))
    }
    return try machine.text(of: machine.percentFormat(StringObject(text), .object(values)))
  }

  private func heading(_ row: ArgumentRow) throws(Raise) -> String {
    if row.isPositional { return try value(row).joined(separator: " ") }
    let values = try values(row)
    return row.flags.map { values.isEmpty ? $0 : "\($0) \(values)" }.joined(separator: ", ")
  }

  private func wrapped(_ text: String, _ width: Int) throws(Raise) -> [String] {
    if parser.layout == "RawTextHelpFormatter" {
      return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let plain = text.split { $0.isWhitespace }.joined(separator: " ")
    return try TextwrapModule.wrap(
      plain, TextwrapModule.Options(.int(max(width, 11)), [], machine))
  }

  private func paragraph(_ text: String) throws(Raise) -> String {
    let filled = text.replacing("%(prog)s", with: parser.program)
    if parser.layout.hasPrefix("Raw") { return filled }
    return try wrapped(filled, width).joined(separator: "\n")
  }

  func help() throws(Raise) -> String {
    var blocks = [try usage()]
    if let text = parser.text, !text.isEmpty { blocks.append(try paragraph(text)) }
    let shown = parser.rows.filter { !isHidden($0) }
    // Names and help stand in columns that all groups share.
    var headings: [Int] = []
    for row in shown {
      headings.append(try heading(row).count + 2)
      for command in row.commands where command.help != nil { headings.append(command.name.count + 4) }
    }
    let column = min((headings.max() ?? 0) + 2, 24)
    func section(_ title: String, _ rows: [ArgumentRow]) throws(Raise) {
      if rows.isEmpty { return }
      var lines = ["\(title):"]
      for row in rows {
        lines += try entry(heading(row), row.help == nil ? nil : expanded(row), 2, column)
        for command in row.commands where command.help != nil {
          lines += try entry(command.name, command.help, 4, column)
        }
      }
      blocks.append(lines.joined(separator: "\n"))
    }
    try section(
      "positional arguments", shown.filter { $0.isPositional && $0.groupTitle == nil })
    try section("options", shown.filter { !$0.isPositional && $0.groupTitle == nil })
    var titles: [String] = []
    for row in shown { if let title = row.groupTitle, !titles.contains(title) { titles.append(title) } }
    for title in titles { try section(title, shown.filter { $0.groupTitle == title }) }
    if let text = parser.epilog, !text.isEmpty { blocks.append(try paragraph(text)) }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func entry(
    _ name: String, _ help: String?, _ indent: Int, _ column: Int
  ) throws(Raise) -> [String] {
    let lead = String(repeating: " ", count: indent)
    guard let help, !help.isEmpty else { return [lead + name] }
    let lines = try wrapped(help, width - column)
    let gap = String(repeating: " ", count: column)
    if name.count <= column - indent - 2 {
      let first = lead + name + String(repeating: " ", count: column - indent - name.count)
      return [first + (lines.first ?? "")] + lines.dropFirst().map { gap + $0 }
    }
    return [lead + name] + lines.map { gap + $0 }
  }
}
