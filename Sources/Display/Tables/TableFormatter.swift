/// Draws a table as pandas shows a frame: text with the look of `DataFrame.to_string`, and HTML by
/// the contract that notebook front ends style (`class="dataframe"`).
///
/// Source: pandas 3, `pandas/io/formats/{format,string,html}.py`. One difference is meant: widths
/// are measured in columns (`TextWidth`), so that tables with wide characters stay aligned.
public struct TableFormatter: Sendable {
  /// When the line `[60 rows x 5 columns]` is written.
  public enum Dimensions: Sendable, Equatable { case always, whenTruncated, never }

  /// Which cells are tinted by their value, in HTML only.
  public enum Heat: Sendable, Equatable {
    case none
    /// Each numeric column on its own scale.
    case columns
    /// One scale for all numeric cells, as a correlation matrix wants it.
    case table
  }

  /// More rows than this are cut to `minRows`; nil shows all. Default 60, as pandas.
  public var maxRows: Int? = 60
  /// Rows that are left of a table that is cut, half of them from each end. Default 10.
  public var minRows: Int? = 10
  /// More columns than this are cut in the middle; nil shows all. Default 20.
  public var maxColumns: Int? = 20
  /// Width at which text wraps to a second block of columns; nil never wraps. Default 80.
  public var lineWidth: Int? = 80
  /// Cells wider than this end in `...`; 0 cuts none. Default 50.
  public var maxColumnWidth = 50
  /// Digits after the point. Default 6.
  public var precision = 6
  public var dimensions = Dimensions.whenTruncated
  public var heat = Heat.none

  public init() {}

  /// Everything, on lines as long as they get: `DataFrame.to_string()`.
  public static var complete: TableFormatter {
    var formatter = TableFormatter()
    formatter.maxRows = nil
    formatter.minRows = nil
    formatter.maxColumns = nil
    formatter.lineWidth = nil
    formatter.maxColumnWidth = 0
    formatter.dimensions = .never
    return formatter
  }

  /// `text/plain` and `text/html`.
  public func bundle(_ table: Table) -> MIMEBundle {
    MIMEBundle(plain: text(table), html: html(table))
  }

  // MARK: - Text

  public func text(_ table: Table) -> String {
    if table.columns.isEmpty || table.rowCount == 0 { return emptyText(table) }
    let cut = Cut(table, self)
    var strips = cut.columns.enumerated().map { strip($1, place: $0, table, cut) }
    if table.hasIndex { strips.insert(indexStrip(table, cut), at: 0) }
    if let place = cut.columnGap {
      let lines = strips.first?.count ?? 0
      strips.insert(
        Array(repeating: " ...", count: lines), at: place + (table.hasIndex ? 1 : 0))
    }
    if let gap = cut.rowGap { insertDots(&strips, afterRow: gap, table, cut) }
    var out = joined(strips, table)
    if cut.showsDimensions {
      out += "\n\n[\(table.rowCount) rows x \(table.columns.count) columns]"
    }
    return out
  }

  /// One column: header, an empty line if the index has a name, and the cells, all of one width.
  private func strip(_ column: Table.Column, place: Int, _ table: Table, _ cut: Cut) -> [String] {
    var writer = ColumnText()
    writer.precision = precision
    writer.leadingBlank = table.hasIndex
    // pandas looks the type up in the uncut frame, by the place in the cut one; so do we.
    let numeric = place < table.columns.count && table.columns[place].kind.isNumeric
    var header = [(numeric ? " " : "") + ColumnText.oneLine(column.name)]
    if table.indexName != nil { header.append("") }
    let headerWidth = header.reduce(0) { max($0, TextWidth.of($1)) }
    let cells = writer.strings(cut.rows.map { column.cell($0) }, column.kind)
    let (fixed, width) = equalized(cells, .right, minimum: headerWidth)
    return header.map { TextWidth.padded($0, to: max(width, headerWidth), .right) } + fixed
  }

  private func indexStrip(_ table: Table, _ cut: Cut) -> [String] {
    var labels = indexLabels(table, cut)
    if let name = table.indexName { labels.insert(name, at: 0) }
    let (fixed, width) = equalized(labels, .left, minimum: 0)
    return [TextWidth.padded(table.columnsName ?? "", to: width)] + fixed
  }

  func indexLabels(_ table: Table, _ cut: Cut) -> [String] {
    var writer = ColumnText()
    writer.precision = precision
    writer.leadingBlank = false
    let cells = cut.rows.map { table.indexCell($0) }
    guard case .labels(let labels) = table.index else { return cells.map(writer.single) }
    let hasNegative = cells.contains { if case .int(..<0) = $0 { true } else { false } }
    if labels.kind == .integer && hasNegative {
      // Minus signs hang out at the left.
      writer.leadingBlank = true
    }
    return writer.strings(cells, labels.kind)
  }

  func equalized(_ texts: [String], _ side: TextWidth.Alignment, minimum: Int)
    -> ([String], Int)
  {
    var width = texts.reduce(minimum) { max($0, TextWidth.of($1)) }
    if maxColumnWidth > 0 { width = min(width, maxColumnWidth) }
    let fixed = texts.map { text in
      let short =
        TextWidth.of(text) > width
        ? TextWidth.truncated(text, to: width, ellipsis: "...") : text
      return TextWidth.padded(short, to: width, side)
    }
    return (fixed, width)
  }

  /// The row of dots where rows are left out.
  private func insertDots(
    _ strips: inout [[String]], afterRow row: Int, _ table: Table, _ cut: Cut
  ) {
    let gapPlace = cut.columnGap.map { $0 + (table.hasIndex ? 1 : 0) }
    for place in strips.indices {
      let isGap = place == gapPlace
      let headerLines = strips[place].count - cut.rows.count
      // pandas measures the line of this number, counted with the header; it is as wide as all.
      let width = isGap ? 4 : TextWidth.of(strips[place].last ?? "")
      let dots = width > 3 || isGap ? "..." : ".."
      let isIndex = place == 0 && table.hasIndex
      strips[place].insert(
        TextWidth.padded(dots, to: width, isIndex ? .left : .right),
        at: min(row + headerLines, strips[place].count))
    }
  }

  /// Columns side by side, wrapped into blocks when they are wider than a line.
  private func joined(_ strips: [[String]], _ table: Table) -> String {
    guard let lineWidth else { return adjoin(strips) }
    var rest = strips[...]
    var index: [String]?
    var room = lineWidth
    if table.hasIndex, let first = rest.first {
      index = first
      rest = rest.dropFirst()
      room -= width(first) + 1
    }
    let columns = Array(rest)
    let ends = blockEnds(columns.map(width), room)
    var blocks: [String] = []
    var start = 0
    for (number, end) in ends.enumerated() {
      var block = Array(columns[start..<end])
      if let index { block.insert(index, at: 0) }
      if ends.count > 1, let lines = block.last?.count {
        let isLast = number == ends.count - 1
        block.append(
          isLast
            ? Array(repeating: " ", count: lines)
            : [" \\"] + Array(repeating: "  ", count: max(lines - 1, 0)))
      }
      blocks.append(adjoin(block))
      start = end
    }
    return blocks.joined(separator: "\n\n")
  }

  private func blockEnds(_ widths: [Int], _ lineWidth: Int) -> [Int] {
    var ends: [Int] = []
    var used = 0
    for (place, width) in widths.enumerated() {
      used += width + 1
      let reserve = place == widths.count - 1 ? 1 : 2
      if used + reserve > lineWidth && place > 0 {
        ends.append(place)
        used = width + 1
      }
    }
    return ends + [widths.count]
  }

  private func width(_ strip: [String]) -> Int {
    strip.reduce(0) { max($0, TextWidth.of($1)) }
  }

  private func adjoin(_ strips: [[String]]) -> String {
    guard let lines = strips.map(\.count).max() else { return "" }
    return (0..<lines).map { line in
      strips.enumerated().map { place, strip in
        let text = line < strip.count ? strip[line] : ""
        return place == strips.count - 1 ? text : TextWidth.padded(text, to: width(strip) + 1)
      }.joined()
    }.joined(separator: "\n")
  }

  private func emptyText(_ table: Table) -> String {
    let names = table.columns.map(\.name).joined(separator: ", ")
    var writer = ColumnText()
    writer.precision = precision
    let labels = (0..<table.rowCount).map { writer.single(table.indexCell($0)) }
    return "Empty DataFrame\nColumns: [\(names)]\nIndex: [\(labels.joined(separator: ", "))]"
  }
}

extension TableFormatter {
  /// Which rows and columns are shown, and after how many of them something is left out.
  struct Cut {
    var rows: [Int]
    var rowGap: Int?
    var columns: [Table.Column]
    var columnGap: Int?
    var showsDimensions: Bool

    init(_ table: Table, _ formatter: TableFormatter) {
      let count = table.rowCount
      var limit = formatter.maxRows.map { max($0, 1) } ?? Int.max
      if count > limit, let fewer = formatter.minRows, fewer > 0 { limit = min(fewer, limit) }
      (rows, rowGap) = Cut.ends(count, limit)
      let (places, gap) = Cut.ends(
        table.columns.count, formatter.maxColumns.map { max($0, 1) } ?? Int.max)
      columns = places.map { table.columns[$0] }
      columnGap = gap
      switch formatter.dimensions {
      case .always: showsDimensions = true
      case .never: showsDimensions = false
      case .whenTruncated: showsDimensions = rowGap != nil || columnGap != nil
      }
    }

    /// Half of `limit` from each end; a limit of one shows the first.
    private static func ends(_ count: Int, _ limit: Int) -> ([Int], Int?) {
      if count <= limit { return (Array(0..<count), nil) }
      let half = limit / 2
      if half == 0 { return (Array(0..<min(limit, count)), limit) }
      return (Array(0..<half) + Array((count - half)..<count), half)
    }
  }
}
