import Display

extension StyledText {
  /// The last step of every picture: no row is wider than the settings allow (a front end would
  /// wrap it and tear the picture), and in ASCII mode our own ornaments are ASCII.
  func finished(_ settings: DisplaySettings) -> StyledText {
    StyledText(
      rows: rows.map { row in
        var row = settings.ascii ? Self.ascii(row) : row
        if row.width > settings.width { row = Self.clipped(row, settings.width) }
        return row
      })
  }

  private static func clipped(_ row: Row, _ width: Int) -> Row {
    var kept = Row()
    var room = width
    for run in row.runs {
      let columns = TextWidth.of(run.text)
      if columns <= room {
        kept.append(run.text, run.style)
        room -= columns
      } else {
        kept.append(TextWidth.truncated(run.text, to: room, ellipsis: ""), run.style)
        return kept
      }
    }
    return kept
  }

  private static let asciiForms: [Character: String] = [
    "…": "~", "·": "-", "★": "*", "│": "|", "─": "-", "━": "-", "█": "#", "▀": "#", "┊": "|",
    "╌": "-", "┼": "+", "┤": "|", "▕": "|", "▏": "|", "−": "-", "\u{2800}": " ",
  ]

  private static func ascii(_ row: Row) -> Row {
    var out = Row()
    for run in row.runs {
      if run.text.utf8.allSatisfy({ $0 < 0x80 }) {
        out.append(run.text, run.style)
      } else {
        out.append(run.text.map { asciiForms[$0] ?? String($0) }.joined(), run.style)
      }
    }
    return out
  }
}
