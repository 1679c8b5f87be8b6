import Display
import Language

/// `%%html`, `%%markdown`, `%%latex`, `%%svg`: the rest of the cell as what it is.
enum MarkupCommands {
  static let rows: [NotebookCommand] = [
    row("html", "text/html", "HTML", example: "<b>bold</b>"),
    row("markdown", "text/markdown", "Markdown", example: "A *word*"),
    row("latex", "text/latex", "LaTeX", example: "$$x^2$$"),
    row("svg", "image/svg+xml", "an SVG picture", example: "<svg width='9' height='9'></svg>"),
  ]

  private static func row(
    _ name: String, _ type: String, _ what: String, example: String
  ) -> NotebookCommand {
    NotebookCommand(
      name, .display, "", "Shows the rest of the cell as \(what).", example: "%%\(name)\n\(example)",
      cell: { (call, cell) throws(Raise) in
        if !call.argument.isEmpty {
          throw call.misuse("the first line takes nothing more, got '\(call.argument)'")
        }
        call.session.show(
          MIMEBundle(data: ["text/plain": .string(cell.body), type: .string(cell.body)]), id: nil)
        return .undefined
      })
  }
}
