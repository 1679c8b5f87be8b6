/// Tables as `DataFrame._repr_html_` writes them: front ends style `table.dataframe` for both
/// themes, so the markup carries no colours. Source: pandas, `io/formats/html.py`.
public enum TableHTML {
  public static func text(_ frame: DataFrame, _ options: PrintingOptions) throws -> String {
    var shown = frame
    var rowCut: Int?
    if let most = options.maxRows, frame.rowCount > most {
      let half = max(1, min(options.minRows ?? most, most) / 2)
      rowCut = half
      shown = shown.taking(Array(0..<half) + Array((frame.rowCount - half)..<frame.rowCount))
    }
    var columnCut: Int?
    let limit = options.maxColumns == 0 ? 20 : options.maxColumns
    if let most = limit, most > 0, frame.columnCount > most {
      let half = max(1, most / 2)
      columnCut = half
      shown = shown.selecting(Array(0..<half) + Array((frame.columnCount - half)..<frame.columnCount))
    }
    var lines = ["<div>", "<table border=\"1\" class=\"dataframe\">", "  <thead>"]
    let levels = try shown.index.levels.map { try IndexText.texts($0, options) }
    let heads = try shown.labels.levels.map { try IndexText.texts($0, options) }
    for (level, texts) in heads.enumerated() {
      var cells = texts
      if let columnCut { cells.insert("...", at: columnCut) }
      let name = shown.labels.names[level] == .null ? "" : shown.labels.names[level].shown
      lines.append("    <tr style=\"text-align: right;\">")
      for place in levels.indices { lines.append("      <th>\(place == levels.count - 1 ? escaped(name) : "")</th>") }
      lines += cells.map { "      <th>\(escaped($0))</th>" }
      lines.append("    </tr>")
    }
    let width = shown.columnCount + (columnCut == nil ? 0 : 1)
    if shown.index.hasNames {
      lines.append("    <tr>")
      lines += shown.index.names.map { "      <th>\($0 == .null ? "" : escaped($0.shown))</th>" }
      lines += [String](repeating: "      <th></th>", count: width)
      lines.append("    </tr>")
    }
    lines += ["  </thead>", "  <tbody>"]
    let columns = try shown.columns.map { try ValueTexts.texts($0, options) }
    for row in 0..<shown.rowCount {
      if row == rowCut {
        lines.append("    <tr>")
        lines += levels.map { _ in "      <th>...</th>" }
        lines += [String](repeating: "      <td>...</td>", count: width)
        lines.append("    </tr>")
      }
      lines.append("    <tr>")
      lines += levels.map { "      <th>\(escaped($0[row]))</th>" }
      for (place, texts) in columns.enumerated() {
        if place == columnCut { lines.append("      <td>...</td>") }
        lines.append("      <td>\(escaped(texts[row].trimmingBlanks))</td>")
      }
      lines.append("    </tr>")
    }
    lines += ["  </tbody>", "</table>"]
    if rowCut != nil || columnCut != nil {
      lines.append("<p>\(frame.rowCount) rows × \(frame.columnCount) columns</p>")
    }
    lines.append("</div>")
    return lines.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    text.replacingAll("&", "&amp;").replacingAll("<", "&lt;").replacingAll(">", "&gt;")
  }
}
