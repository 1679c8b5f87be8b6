import Bindings
import Language

/// `%run`, `%load`, `%%writefile`.
enum FileCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "run", .files, "[-t] FILE [ARGUMENT ...]",
      "Runs a program file or a notebook in this session: its names are yours afterwards.",
      options: ["-t    says how long it took"], example: "%run lesson.py"
    ) { (call) throws(Raise) in
      let options = try call.options("ti")
      let words = split(options.rest)
      guard let name = words.first else { throw call.needs("the name of a file") }
      let path = try programPath(name, call)
      let watch = Stopwatch()
      // The program sees its own arguments; the session has its own again afterwards.
      let system = try call.machine.importModule("sys", first: false)
      let arguments = try call.machine.attribute(system, "argv")
      try call.machine.setAttribute(
        system, "argv", .list(([path] + words.dropFirst()).map { .string($0) }))
      defer { try? call.machine.setAttribute(system, "argv", arguments) }
      if path.hasSuffix(".ipynb") {
        try runNotebook(path, call)
      } else {
        _ = try call.machine.run(TextFile.read(path), name: path, interactive: false)
      }
      if options.has("t") { call.write(watch.report()) }
    },
    NotebookCommand(
      "load", .files, "FILE or RANGE",
      "Puts the text of a file, or of cells that ran, into the cell, to be changed and run.",
      example: "%load lesson.py"
    ) { (call) throws(Raise) in
      if call.argument.isEmpty { throw call.needs("the name of a file") }
      let isRange = call.argument.allSatisfy { $0.isNumber || "- ,".contains($0) }
      let text =
        isRange
        ? try HistoryCommands.selected(call.argument, call).map(\.source).joined(separator: "\n\n")
        : try TextFile.read(programPath(call.argument.unquoted, call))
      call.session.nextInput = NextInput(text: "# %load \(call.argument)\n" + text, replaces: true)
    },
    NotebookCommand(
      "writefile", .files, "[-a] FILE", "Writes the rest of the cell into a file.",
      options: ["-a    at the end of the file instead of over it"],
      example: "%%writefile notes.txt\nfirst line",
      cell: { (call, cell) throws(Raise) in
        let options = try call.options("a")
        if options.rest.isEmpty { throw call.needs("the name of a file") }
        let path = TextFile.expanded(options.rest.unquoted)
        let existed = TextFile.exists(path)
        let text = cell.body.isEmpty || cell.body.hasSuffix("\n") ? cell.body : cell.body + "\n"
        try TextFile.write(text, to: path, appending: options.has("a"))
        let verb = options.has("a") ? "Appending to" : existed ? "Overwriting" : "Writing"
        call.write("\(verb) \(options.rest.unquoted)\n")
        return .undefined
      }),
  ]

  /// A file that is there: the name itself, or with `.py` after it.
  private static func programPath(_ name: String, _ call: CommandCall) throws(Raise) -> String {
    let path = TextFile.expanded(name)
    if TextFile.exists(path) { return path }
    if !name.contains("."), TextFile.exists(path + ".py") { return path + ".py" }
    // The error of a file that is not there, as open() would raise it.
    _ = try TextFile.bytes(path)
    return path
  }

  /// Words, some of them in quotes.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isOpen = false
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isOpen = true
      } else if character == " " || character == "\t" {
        if isOpen || !word.isEmpty { words.append(word) }
        (word, isOpen) = ("", false)
      } else {
        word.append(character)
      }
    }
    if isOpen || !word.isEmpty { words.append(word) }
    return words
  }

  private static func runNotebook(_ path: String, _ call: CommandCall) throws(Raise) {
    let text = try TextFile.bytes(path)
    let cells: [NotebookDocument.CodeCell]
    do throws(NotebookDocument.Unreadable) {
      cells = try NotebookDocument.codeCells(text)
    } catch {
      throw Raise(.valueError, "'\(path)' is no notebook: \(error.reason)")
    }
    for cell in cells {
      let name = "\(path), cell \(cell.position)"
      let value: Value
      if let command = CellCommand(cell.source) {
        value = try CommandTable.runCell(command, call.session)
      } else {
        value = try call.session.run(source: cell.source, name: name)
      }
      try call.session.showValue(value)
    }
  }
}
