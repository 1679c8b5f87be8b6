// HTML by the pandas contract: notebook front ends style `table.dataframe` for both themes, so the
// markup carries no colours of its own; tints are transparent and stand on any background.

extension TableFormatter {
  /// The table as `DataFrame._repr_html_` writes it, without its style sheet (stored notebooks on
  /// the web drop it).
  public func html(_ table: Table) -> String {
    let cut = Cut(table, self)
    var lines = ["<div>", "<table border=\"1\" class=\"dataframe\">", "  <thead>"]
    var names = cut.columns.map { ColumnText.oneLine($0.name) }
    if let gap = cut.columnGap { names.insert("...", at: gap) }
    if table.hasIndex { names.insert(table.columnsName ?? "", at: 0) }
    lines.append("    <tr style=\"text-align: right;\">")
    lines += names.map { "      <th>\(cellText($0))</th>" }
    lines.append("    </tr>")
    if let name = table.indexName {
      lines.append("    <tr>")
      lines.append("      <th>\(cellText(name))</th>")
      lines += Array(repeating: "      <th></th>", count: max(names.count - 1, 0))
      lines.append("    </tr>")
    }
    lines += ["  </thead>", "  <tbody>"]
    lines += body(table, cut, width: names.count)
    lines += ["  </tbody>", "</table>"]
    if cut.showsDimensions {
      lines.append("<p>\(table.rowCount) rows × \(table.columns.count) columns</p>")
    }
    lines.append("</div>")
    return lines.joined(separator: "\n")
  }

  private func body(_ table: Table, _ cut: Cut, width: Int) -> [String] {
    var writer = ColumnText()
    writer.precision = precision
    writer.leadingBlank = table.hasIndex
    let columns = cut.columns.map { column in
      equalized(writer.strings(cut.rows.map { column.cell($0) }, column.kind), .right, minimum: 0).0
    }
    let labels = table.hasIndex ? indexLabels(table, cut) : []
    let tints = tints(cut)
    var lines: [String] = []
    for (place, _) in cut.rows.enumerated() {
      if place == cut.rowGap { lines += dotsRow(width, hasIndex: table.hasIndex) }
      lines.append("    <tr>")
      if table.hasIndex { lines.append("      <th>\(cellText(labels[place]))</th>") }
      for (number, cells) in columns.enumerated() {
        if number == cut.columnGap { lines.append("      <td>...</td>") }
        let style = tints[number][place].map { " style=\"background-color:\($0)\"" } ?? ""
        lines.append("      <td\(style)>\(cellText(cells[place]))</td>")
      }
      lines.append("    </tr>")
    }
    if cut.rowGap == cut.rows.count { lines += dotsRow(width, hasIndex: table.hasIndex) }
    return lines
  }

  private func dotsRow(_ width: Int, hasIndex: Bool) -> [String] {
    let cells = (0..<width).map { place in
      place == 0 && hasIndex ? "      <th>...</th>" : "      <td>...</td>"
    }
    return ["    <tr>"] + cells + ["    </tr>"]
  }

  private func cellText(_ text: String) -> String {
    var trimmed = Substring(text)
    while trimmed.first == " " { trimmed.removeFirst() }
    while trimmed.last == " " { trimmed.removeLast() }
    let escaped = StyledText.escaped(String(trimmed))
    guard escaped.utf8.contains(UInt8(ascii: " ")) else { return escaped }
    // HTML draws a run of blanks as one.
    var out = ""
    var previousBlank = false
    for character in escaped {
      if character == " " && previousBlank {
        out.removeLast()
        out += "&nbsp;&nbsp;"
        previousBlank = false
      } else {
        out.append(character)
        previousBlank = character == " "
      }
    }
    return out
  }

  // MARK: - Heat

  /// Tints by column and row: blue for high, orange for low where the scale has both signs.
  private func tints(_ cut: Cut) -> [[String?]] {
    let none = cut.columns.map { _ in [String?](repeating: nil, count: cut.rows.count) }
    guard heat != .none else { return none }
    let values = cut.columns.map { column -> [Double?] in
      guard column.kind == .real || column.kind == .integer else {
        return Array(repeating: nil, count: cut.rows.count)
      }
      return cut.rows.map { row in
        switch column.cell(row) {
        case .double(let value): value.isFinite ? value : nil
        case .int(let value): Double(value)
        default: nil
        }
      }
    }
    let whole = scale(values.joined().compactMap { $0 })
    return values.map { column in
      let scale = heat == .table ? whole : scale(column.compactMap { $0 })
      return column.map { value in value.map { tint($0, scale) } }
    }
  }

  private func scale(_ values: [Double]) -> (low: Double, high: Double) {
    (values.min() ?? 0, values.max() ?? 0)
  }

  private func tint(_ value: Double, _ scale: (low: Double, high: Double)) -> String {
    let strength: Double
    var color = "31,119,180"
    if scale.low < 0 && scale.high > 0 {
      strength = abs(value) / max(-scale.low, scale.high)
      if value < 0 { color = "230,120,20" }
    } else {
      let range = scale.high - scale.low
      strength = range > 0 && range.isFinite ? (value - scale.low) / range : 0
    }
    return "rgba(\(color),\(NumberText.fixed(0.04 + 0.56 * strength, 2)))"
  }
}
