/// A table in a box, for reports: parameter summaries, scores, model layers.
///
///     ╭─ Model ─────┬────────────┬────────╮
///     │ layer       │      shape │ params │
///     ├─────────────┼────────────┼────────┤
///     │ Linear      │ [784, 128] │ 100480 │
///     ╰─────────────┴────────────┴────────╯
public struct BoxTable: Sendable {
  public var table: Table
  /// Stands in the upper edge.
  public var title: String?
  /// A note below the box.
  public var caption: String?
  /// More rows than this are cut in the middle. Default 60.
  public var maxRows = 60
  /// The last row is a total: a line above it, and bold.
  public var lastRowIsTotal = false

  public init(_ table: Table, title: String? = nil, caption: String? = nil) {
    self.table = table
    self.title = title
    self.caption = caption
  }

  public func bundle(_ settings: DisplaySettings = DisplaySettings()) -> MIMEBundle {
    text(settings).bundle(settings)
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    let glyphs = settings.ascii ? Glyphs.ascii : Glyphs.rounded
    let (header, rows, right) = cells()
    if header.isEmpty { return StyledText(title ?? "") }
    var widths = header.map { TextWidth.of($0) }
    for row in rows {
      for (place, cell) in row.enumerated() {
        widths[place] = max(widths[place], TextWidth.of(cell))
      }
    }
    shrink(&widths, to: settings.width, header)
    let frame = TextStyle.muted
    var out: [StyledText.Row] = [topEdge(widths, glyphs, frame)]
    out.append(line(header, widths, right, glyphs, frame, .strong))
    out.append(edge(widths, glyphs.left, glyphs.cross, glyphs.right, glyphs, frame))
    for (number, row) in rows.enumerated() {
      let isTotal = lastRowIsTotal && number == rows.count - 1 && rows.count > 1
      if isTotal {
        out.append(edge(widths, glyphs.left, glyphs.cross, glyphs.right, glyphs, frame))
      }
      out.append(line(row, widths, right, glyphs, frame, isTotal ? .strong : .normal))
    }
    out.append(
      edge(widths, glyphs.bottomLeft, glyphs.up, glyphs.bottomRight, glyphs, frame))
    if let caption { out.append(StyledText.Row([.init(caption, .muted)])) }
    return StyledText(rows: out)
  }

  // MARK: - Pieces

  private struct Glyphs {
    var horizontal: String, vertical: String
    var topLeft: String, down: String, topRight: String
    var left: String, cross: String, right: String
    var bottomLeft: String, up: String, bottomRight: String

    static let rounded = Glyphs(
      horizontal: "─", vertical: "│", topLeft: "╭", down: "┬", topRight: "╮", left: "├",
      cross: "┼", right: "┤", bottomLeft: "╰", up: "┴", bottomRight: "╯")
    static let ascii = Glyphs(
      horizontal: "-", vertical: "|", topLeft: "+", down: "+", topRight: "+", left: "+",
      cross: "+", right: "+", bottomLeft: "+", up: "+", bottomRight: "+")
  }

  /// Header, rows as text, and which columns stand at the right.
  private func cells() -> ([String], [[String]], [Bool]) {
    var formatter = TableFormatter()
    formatter.maxRows = maxRows
    formatter.minRows = maxRows
    formatter.maxColumns = nil
    let cut = TableFormatter.Cut(table, formatter)
    var writer = ColumnText()
    writer.leadingBlank = false
    var header = cut.columns.map { ColumnText.oneLine($0.name) }
    var right = cut.columns.map { $0.kind == .integer || $0.kind == .real }
    var columns = cut.columns.map { column in
      writer.strings(cut.rows.map { column.cell($0) }, column.kind)
    }
    if table.hasIndex {
      header.insert(table.indexName ?? "", at: 0)
      right.insert(false, at: 0)
      columns.insert(formatter.indexLabels(table, cut), at: 0)
    }
    var rows = cut.rows.indices.map { row in columns.map { $0[row] } }
    if let gap = cut.rowGap, gap <= rows.count {
      rows.insert(header.map { _ in "…" }, at: gap)
    }
    return (header, rows, right)
  }

  /// Takes from the widest columns until the box fits; no column becomes narrower than 3.
  private func shrink(_ widths: inout [Int], to width: Int, _ header: [String]) {
    var surplus = widths.reduce(0, +) + 3 * widths.count + 1 - width
    while surplus > 0 {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 3
      else { return }
      widths[widest] -= 1
      surplus -= 1
    }
  }

  private func topEdge(_ widths: [Int], _ glyphs: Glyphs, _ frame: TextStyle) -> StyledText.Row {
    let plain = edge(widths, glyphs.topLeft, glyphs.down, glyphs.topRight, glyphs, frame)
    guard let title, !title.isEmpty else { return plain }
    let total = widths.reduce(0, +) + 3 * widths.count + 1
    let shown = TextWidth.truncated(title, to: max(total - 6, 0))
    if shown.isEmpty { return plain }
    // The title covers a part of the edge; what stands behind it goes on as it was.
    let rest = Array(plain.plain).dropFirst(4 + TextWidth.of(shown))
    return StyledText.Row([
      .init(glyphs.topLeft + glyphs.horizontal + " ", frame), .init(shown, .strong),
      .init(" ", .normal), .init(String(rest), frame),
    ])
  }

  private func edge(
    _ widths: [Int], _ left: String, _ middle: String, _ right: String, _ glyphs: Glyphs,
    _ frame: TextStyle
  ) -> StyledText.Row {
    let parts = widths.map { String(repeating: glyphs.horizontal, count: $0 + 2) }
    return StyledText.Row([.init(left + parts.joined(separator: middle) + right, frame)])
  }

  private func line(
    _ cells: [String], _ widths: [Int], _ right: [Bool], _ glyphs: Glyphs, _ frame: TextStyle,
    _ style: TextStyle
  ) -> StyledText.Row {
    var row = StyledText.Row()
    for (place, cell) in cells.enumerated() {
      row.append(glyphs.vertical, frame)
      let side: TextWidth.Alignment = right[place] ? .right : .left
      row.append(" " + TextWidth.fitted(cell, to: widths[place], side) + " ", style)
    }
    row.append(glyphs.vertical, frame)
    return row
  }
}
