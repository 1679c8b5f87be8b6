import Language

/// A command that takes a whole cell: `%%time` on its first line.
struct CellCommand {
  let name: String
  let argument: String
  let body: String
  /// How many lines stand above the body: errors keep the cell's line numbers.
  let bodyLine: Int

  init?(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var skipped = 0
    while let first = lines.first, first.trimmingSpaces.isEmpty {
      lines.removeFirst()
      skipped += 1
    }
    guard let first = lines.first, first.hasPrefix("%%") else { return nil }
    let words = first.dropFirst(2).split(separator: " ", maxSplits: 1)
    name = words.first.map(String.init) ?? ""
    argument = words.count > 1 ? words[1].trimmingSpaces : ""
    body = lines.dropFirst().joined(separator: "\n")
    bodyLine = skipped + 1
  }
}

extension Session {
  func run(_ command: CellCommand, name: String) throws(Raise) -> Value {
    // Blank lines stand for the command's own, so that line numbers stay those of the cell.
    let source = String(repeating: "\n", count: command.bodyLine) + command.body
    switch command.name {
    case "time":
      let start = Stopwatch()
      let value = try run(source: source, name: name)
      write(start.report(), toError: false)
      return value
    case "timeit":
      try Timing.measure(source, argument: command.argument, self)
      return .undefined
    case "capture":
      let outer = output
      output = nil
      defer { output = outer }
      _ = try run(source: source, name: name)
      return .undefined
    case "html", "markdown", "latex", "svg":
      let types = [
        "html": "text/html", "markdown": "text/markdown", "latex": "text/latex",
        "svg": "image/svg+xml",
      ]
      show(.init(data: [
        "text/plain": .string(command.body), types[command.name] ?? "text/html": .string(command.body),
      ]), id: nil)
      return .undefined
    case "bash", "sh", "script":
      write("%%\(command.name): the kernel runs no shell; nothing was done\n", toError: false)
      return .undefined
    default:
      let near = Suggestion.nearest(to: command.name, among: ["time", "timeit", "capture", "html", "markdown", "latex", "svg"])
      throw Raise(
        .syntaxError, "no cell command %%\(command.name)",
        hint: near.map { "Did you mean %%\($0)?" } ?? "%lsmagic lists the commands.")
    }
  }
}
