/// Series and tables as pandas prints them. Source: pandas, `io/formats/format.py`, `string.py`.
public enum TableText {
  // MARK: - Series

  /// The rows that are shown: the first and last ones of a long table.
  private static func shownRows(_ count: Int, _ options: PrintingOptions) -> (head: Int, tail: Int)? {
    guard let most = options.maxRows, most > 0, count > most else { return nil }
    var limit = most
    if let least = options.minRows { limit = min(least, most) }
    if limit == 1 { return (1, 0) }
    return (limit / 2, limit / 2)
  }

  public static func text(
    _ series: Series, _ options: PrintingOptions, footer: Bool = true, name: Bool = true,
    dtype: Bool = true, length: Bool? = nil, index showsIndex: Bool = true,
    missing: String = "NaN", header: Bool = true
  ) throws -> String {
    let cut = shownRows(series.count, options)
    var shown = series
    if let cut {
      let rows = Array(0..<cut.head) + Array(max(0, series.count - cut.tail)..<series.count)
      shown = series.taking(rows)
      shown.index.frequency = series.index.frequency
    }
    var parts: [String] = []
    if footer {
      if let frequency = series.index.frequency { parts.append("Freq: " + frequency) }
      if name, series.name != .null {
        parts.append("Name: " + ValueTexts.escaped(series.name.shown))
      }
      if length ?? (cut != nil) { parts.append("Length: \(series.count)") }
      if dtype { parts.append("dtype: " + series.values.typeName) }
    }
    var foot = parts.joined(separator: ", ")
    if series.count == 0 { return "Series([], \(foot))" }
    if footer, dtype, let categories = series.values.type.categories {
      foot += "\n" + CategoryText.footer(categories)
    }
    var labels: [String]
    if shown.index.isMulti {
      let levels = try IndexText.levels(shown.index, options, names: true, sparse: true)
      labels = ValueTexts.adjoin(2, levels).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    } else {
      labels = try IndexText.flat(shown.index, options, name: true)
    }
    var values = try ValueTexts.texts(shown.values, options, missing: missing)
    if let cut {
      let width = ValueTexts.width(values[cut.head - 1])
      let dots = ValueTexts.justified(width > 3 ? "..." : "..", width, .center)
      values.insert(dots, at: cut.head)
      labels.insert("", at: cut.head + 1)
    }
    var result =
      showsIndex
      ? ValueTexts.adjoin(3, [Array(labels.dropFirst()), values])
      : ValueTexts.adjoin(3, [values])
    if header, series.index.hasNames, showsIndex { result = labels[0] + "\n" + result }
    if !foot.isEmpty { result += "\n" + foot }
    return result
  }

  // MARK: - Frames

  public static func text(
    _ frame: DataFrame, _ options: PrintingOptions, index showsIndex: Bool = true,
    header: Bool = true, missing: String = "NaN", justify: ValueTexts.Justify = .right
  ) throws -> String {
    if frame.isEmpty {
      return "Empty \("DataFrame")\nColumns: \(emptyList(frame.labels))\nIndex: "
        + emptyList(frame.index)
    }
    var shown = frame
    let rowCut = shownRows(frame.rowCount, options)
    var columnCut: Int?
    if let most = options.maxColumns, most > 0, frame.columnCount > most {
      let half = max(1, most / 2)
      columnCut = most == 1 ? 1 : half
      let places =
        most == 1 ? [0] : Array(0..<half) + Array((frame.columnCount - half)..<frame.columnCount)
      shown = shown.selecting(places)
    }
    if let rowCut {
      shown = shown.taking(
        Array(0..<rowCut.head) + Array((frame.rowCount - rowCut.tail)..<frame.rowCount))
    }
    var columns = try columnTexts(
      shown, frame.index, options, header: header, showsIndex: showsIndex, missing: missing,
      justify: justify)
    let labels = showsIndex
      ? try indexTexts(shown, frame, options, header: header) : []
    if showsIndex { columns.insert(labels, at: 0) }
    let height = columns.first?.count ?? 0
    if let columnCut {
      columns.insert(
        [String](repeating: " ...", count: height), at: columnCut + (showsIndex ? 1 : 0))
    }
    if let rowCut {
      let headers = height - shown.rowCount
      for place in columns.indices {
        let isDots = columnCut.map { $0 + (showsIndex ? 1 : 0) } == place
        var width = ValueTexts.width(columns[place][rowCut.head])
        let dots = width > 3 || isDots ? "..." : ".."
        if isDots { width = 4 }
        columns[place].insert(
          ValueTexts.justified(dots, width, place == 0 && showsIndex ? .left : .right),
          at: rowCut.head + headers)
      }
    }
    if options.maxColumns == 0, let width = options.width, frame.columnCount > 0,
      let fitted = fittedColumns(columns, width, showsIndex)
    {
      var narrower = options
      narrower.maxColumns = fitted
      narrower.wraps = false
      return try text(
        frame, narrower, index: showsIndex, header: header, missing: missing, justify: justify)
    }
    var result =
      options.wraps && options.width != nil && options.maxColumns != 0
      ? wrapped(columns, options.width ?? 80, showsIndex) : ValueTexts.adjoin(1, columns)
    let isCut = rowCut != nil || columnCut != nil
    if options.showsDimensions ?? isCut {
      result += "\n\n[\(frame.rowCount) rows x \(frame.columnCount) columns]"
    }
    return result
  }

  /// How many columns fit into the width, middle ones left out first; nil when all do.
  private static func fittedColumns(
    _ columns: [[String]], _ width: Int, _ showsIndex: Bool
  ) -> Int? {
    var widths = columns.map { $0.map(ValueTexts.width).max() ?? 0 }
    var excess = widths.reduce(widths.count - 1, +) - width + 1
    guard excess > 0 else { return nil }
    // The dots in the middle and the blank before them.
    excess += 5
    while excess > 0, widths.count > 1 {
      let middle = Int((Double(widths.count) / 2).rounded(.toNearestOrEven))
      let place = min(middle, widths.count - 1)
      excess -= widths[place] + 1
      widths.remove(at: place)
    }
    return max(2, widths.count - (showsIndex ? 1 : 0))
  }

  private static func emptyList(_ labels: Labels) -> String {
    let texts = labels.cells.prefix(100).map(\.shown).joined(separator: ", ")
    return "[" + texts + (labels.count > 100 ? ", ...]" : "]")
  }

  private static func columnTexts(
    _ frame: DataFrame, _ index: Labels, _ options: PrintingOptions, header: Bool,
    showsIndex: Bool, missing: String, justify: ValueTexts.Justify
  ) throws -> [[String]] {
    var heads = try headers(frame, options)
    let namesRows = frame.index.hasNames && showsIndex && header
    if namesRows { for place in heads.indices { heads[place].append("") } }
    return try frame.columns.indices.map { place in
      let values = try ValueTexts.texts(
        frame.columns[place], options, leadingSpace: showsIndex, missing: missing)
      guard header else { return ValueTexts.fixedWidth(values, options, justify: justify) }
      let headWidth = heads[place].map(ValueTexts.width).max() ?? 0
      let fixed = ValueTexts.fixedWidth(values, options, justify: justify, minimum: headWidth)
      let width = max(fixed.map(ValueTexts.width).max() ?? 0, headWidth)
      return heads[place].map { ValueTexts.justified($0, width, justify) } + fixed
    }
  }

  /// The lines over each column.
  private static func headers(_ frame: DataFrame, _ options: PrintingOptions) throws -> [[String]] {
    let isNumeric = frame.columns.map { $0.countsAsNumeric }
    guard frame.labels.isMulti else {
      let texts = try IndexText.flat(frame.labels, options, name: false)
      return texts.enumerated().map { place, text in [(isNumeric[place] ? " " : "") + text] }
    }
    let levels = try IndexText.levels(frame.labels, options, names: false, sparse: false)
    let sparse = IndexText.sparsified(levels, start: 0)
    return frame.columns.indices.map { place in sparse.map { $0[place] } }
  }

  private static func indexTexts(
    _ shown: DataFrame, _ frame: DataFrame, _ options: PrintingOptions, header: Bool
  ) throws -> [String] {
    let showsNames = frame.index.hasNames && header
    let levels =
      shown.index.isMulti
      ? try IndexText.levels(shown.index, options, names: showsNames, sparse: true)
      : [try IndexText.flat(shown.index, options, name: showsNames)]
    let fixed = levels.map { ValueTexts.fixedWidth($0, options, justify: .left) }
    let lines = ValueTexts.adjoin(1, fixed).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    guard header else { return lines }
    let names =
      frame.labels.hasNames
      ? frame.labels.names.map { $0 == .null ? "" : $0.shown }
      : frame.labels.names.map { _ in "" }
    return names + lines
  }

  /// Columns side by side as far as they fit, the others below.
  private static func wrapped(_ columns: [[String]], _ width: Int, _ showsIndex: Bool) -> String {
    var columns = columns
    var room = width
    var labels: [String]?
    if showsIndex {
      let first = columns.removeFirst()
      room -= (first.map(ValueTexts.width).max() ?? 0) + 1
      labels = first
    }
    let widths = columns.map { $0.map(ValueTexts.width).max() ?? 0 }
    var ends: [Int] = []
    var current = 0
    for (place, width) in widths.enumerated() {
      current += width + 1
      let isOver = current + (place == widths.count - 1 ? 1 : 2) > room
      if isOver, place > 0 {
        ends.append(place)
        current = width + 1
      }
    }
    ends.append(widths.count)
    var start = 0
    var parts: [String] = []
    for (place, end) in ends.enumerated() {
      var row = Array(columns[start..<end])
      if let labels { row.insert(labels, at: 0) }
      if ends.count > 1 {
        let height = row.last?.count ?? 0
        row.append(
          place < ends.count - 1
            ? [" \\"] + [String](repeating: "  ", count: max(0, height - 1))
            : [String](repeating: " ", count: height))
      }
      parts.append(ValueTexts.adjoin(1, row))
      start = end
    }
    return parts.joined(separator: "\n\n")
  }
}

/// Categories as pandas lists them below a series.
public enum CategoryText {
  public static func footer(_ categories: Categories) -> String {
    let values = categories.values
    let joiner = categories.isOrdered ? " < " : ", "
    var texts: [String]
    if values.intervalType != nil {
      texts = values.cells.map(\.shown)
    } else if values.type.isFloating {
      texts = values.cells.map(\.shown)
    } else if values.type.isDate {
      texts = ValueTexts.dates(values)
    } else {
      texts = values.cells.map { $0.text != nil ? $0.reprText : $0.shown }
    }
    if texts.count > 10 {
      texts = Array(texts.prefix(5)) + ["..."] + Array(texts.suffix(5))
    }
    let head = "Categories (\(values.count), \(values.typeName)): ["
    var result = head
    var line = head.count
    let indent = String(repeating: " ", count: head.count)
    for (place, text) in texts.enumerated() {
      let piece = (place == 0 ? "" : joiner) + text
      let isDots = text == "..."
      let separator = place == 0 ? "" : isDots || texts[place - 1] == "..." ? (categories.isOrdered ? " " : ", ") : joiner
      if place > 0, line + piece.count > 80 {
        result += (separator.hasSuffix(" ") ? String(separator.dropLast()) : separator) + "\n" + indent + text
        line = indent.count + text.count
      } else {
        result += separator + text
        line += separator.count + text.count
      }
    }
    return result + "]"
  }
}
