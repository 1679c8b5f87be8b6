import Display

/// A grid of coloured cells with texts in them: what heat maps and confusion matrices share.
struct CellMatrix {
  struct Cell {
    /// Lines of the cell, from above.
    var lines: [String] = []
    /// nil: the colour of the page.
    var fill: Color?
    /// Text on cells without a fill.
    var style = TextStyle.normal
  }

  var cells: [[Cell]]
  var rowLabels: [String]
  var columnLabels: [String]
  /// Texts at the right of the rows.
  var rowNotes: [String] = []
  var rowNotesTitle = ""
  var title: String?
  var xlabel: String?
  var ylabel: String?
  /// Columns and rows of one cell.
  var cellWidth = 5
  var cellHeight = 1

  var columnCount: Int { cells.map(\.count).max() ?? 0 }

  // MARK: - Text

  func labelWidth(_ limit: Int) -> Int {
    min(rowLabels.reduce(0) { max($0, TextWidth.of($1)) }, limit / 3)
  }

  func text(_ settings: DisplaySettings) -> StyledText {
    let left = labelWidth(settings.width) + 1
    let body = columnCount * cellWidth
    var out: [StyledText.Row] = []
    func centered(_ text: String?, _ style: TextStyle) {
      guard let text, !text.isEmpty else { return }
      let shown = TextWidth.truncated(ColumnName.oneLine(text), to: settings.width)
      let start = min(
        left + max(body - TextWidth.of(shown), 0) / 2, settings.width - TextWidth.of(shown))
      out.append(
        StyledText.Row([.init(String(repeating: " ", count: max(start, 0))), .init(shown, style)]))
    }
    centered(title, .strong)
    if ylabel != nil || !rowNotesTitle.isEmpty {
      var row = StyledText.Row([
        .init(TextWidth.truncated(ColumnName.oneLine(ylabel ?? ""), to: left + body), .muted)
      ])
      if !rowNotesTitle.isEmpty {
        row.pad(to: left + body + 1)
        row.append(rowNotesTitle, .muted)
      }
      out.append(row)
    }
    for (number, row) in cells.enumerated() {
      for line in 0..<cellHeight {
        out.append(textLine(row, number, line, left, settings))
      }
    }
    if let labels = columnLabelRow(left) { out.append(labels) }
    centered(xlabel, .muted)
    return StyledText(rows: out)
  }

  private func textLine(
    _ row: [Cell], _ number: Int, _ line: Int, _ left: Int, _ settings: DisplaySettings
  ) -> StyledText.Row {
    let isMiddle = line == (cellHeight - 1) / 2
    let label = isMiddle && number < rowLabels.count ? ColumnName.oneLine(rowLabels[number]) : ""
    var out = StyledText.Row([.init(TextWidth.fitted(label, to: left - 1, .right) + " ")])
    // Without colour, cells are shaded only where no number says more.
    let hasTexts = cells.contains { $0.contains { !$0.lines.isEmpty } }
    for cell in row {
      // Lines of the cell stand in its middle.
      let place = line - (cellHeight - cell.lines.count) / 2
      let text = place >= 0 && place < cell.lines.count ? cell.lines[place] : ""
      let shown = TextWidth.fitted(text, to: cellWidth, .center)
      if let fill = cell.fill, settings.usesColor {
        out.append(shown, TextStyle(fill.legibleText, on: fill, bold: cell.style.bold))
      } else if let fill = cell.fill, !hasTexts {
        let shade = Pixels.shade(fill.luminance, ascii: settings.ascii)
        out.append(String(repeating: shade, count: cellWidth))
      } else {
        out.append(shown, cell.style)
      }
    }
    if isMiddle, number < rowNotes.count {
      out.pad(to: left + columnCount * cellWidth + 1)
      out.append(rowNotes[number], .muted)
    }
    return out
  }

  /// Names below the columns. Numbers that do not fit are left out; words are cut.
  private func columnLabelRow(_ left: Int) -> StyledText.Row? {
    guard columnLabels.contains(where: { !$0.isEmpty }) else { return nil }
    var grid = TextGrid(width: left + columnCount * cellWidth, height: 1)
    let widest = columnLabels.reduce(0) { max($0, TextWidth.of($1)) }
    let areNumbers = columnLabels.allSatisfy { Int($0) != nil }
    let every = areNumbers ? max((widest + cellWidth) / cellWidth, 1) : 1
    for (number, label) in columnLabels.enumerated() where number % every == 0 {
      let room = cellWidth * every - (cellWidth > 2 ? 1 : 0)
      let shown = TextWidth.truncated(ColumnName.oneLine(label), to: max(room, 1))
      let start = left + number * cellWidth + (cellWidth - TextWidth.of(shown)) / 2
      grid.put(shown, max(start, 0), 0)
    }
    return grid.rows().first
  }

  // MARK: - Vector

  func picture(_ settings: DisplaySettings) -> SVGPicture {
    let side = (width: Double(max(cellWidth * 8, 16)), height: Double(max(cellHeight, 1)) * 16 + 8)
    let left = Double(labelWidth(settings.width)) * 6.7 + (ylabel == nil ? 14 : 32)
    let top = title == nil ? 10.0 : 30.0
    let notes = rowNotes.isEmpty ? 14.0 : 70.0
    let body = (
      width: Double(columnCount) * side.width, height: Double(cells.count) * side.height
    )
    let bottom = (columnLabels.isEmpty ? 8.0 : 20.0) + (xlabel == nil ? 4 : 18)
    var svg = SVGPicture(width: left + body.width + notes, height: top + body.height + bottom)
    if let title {
      svg.text(
        ColumnName.oneLine(title), left + body.width / 2, 19, size: 13, anchor: .middle, bold: true)
    }
    for (number, row) in cells.enumerated() {
      let y = top + Double(number) * side.height
      if number < rowLabels.count {
        svg.text(
          ColumnName.oneLine(rowLabels[number]), left - 6, y + side.height / 2 + 4, anchor: .end)
      }
      for (place, cell) in row.enumerated() {
        let x = left + Double(place) * side.width
        if let fill = cell.fill { svg.rect(x, y, side.width, side.height, fill: fill) }
        let ink = cell.fill?.legibleText ?? Color(0x606060)
        let first = y + side.height / 2 + 4 - Double(cell.lines.count - 1) * 7
        for (line, text) in cell.lines.enumerated() {
          svg.text(
            text, x + side.width / 2, first + Double(line) * 14, fill: ink, anchor: .middle,
            bold: cell.style.bold)
        }
      }
      if number < rowNotes.count {
        svg.text(rowNotes[number], left + body.width + 6, y + side.height / 2 + 4, fill: .muted)
      }
    }
    for (number, label) in columnLabels.enumerated() where number < columnCount {
      let fits = TextWidth.truncated(ColumnName.oneLine(label), to: max(Int(side.width / 6.7), 1))
      svg.text(
        fits, left + (Double(number) + 0.5) * side.width, top + body.height + 14, anchor: .middle)
    }
    if let xlabel {
      svg.text(
        ColumnName.oneLine(xlabel), left + body.width / 2, top + body.height + bottom - 8,
        anchor: .middle)
    }
    if let ylabel {
      svg.text(
        ColumnName.oneLine(ylabel), 13, top + body.height / 2, anchor: .middle, turned: true)
    }
    return svg
  }
}
