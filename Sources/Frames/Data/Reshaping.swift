/// Tables turned into other shapes.
public enum Reshaping {
  /// Values under row and column labels: one cell for each pair.
  public static func pivot(
    values: [(Cell, Vector)], index: Labels, columns: Labels, showsValueLevel: Bool,
    sortsRows: Bool = true, sortsColumns: Bool = true
  ) throws -> DataFrame {
    func axis(_ labels: Labels, _ sorts: Bool) throws -> (Labels, [Int]) {
      let (codes, firstRows) = DataFrame.rowCodes(labels.levels, count: labels.count)
      let distinct = labels.taking(firstRows)
      let order = (sorts ? try? distinct.sortedRows() : nil) ?? Array(firstRows.indices)
      var place = [Int](repeating: 0, count: firstRows.count)
      for (position, code) in order.enumerated() { place[code] = position }
      return (distinct.taking(order), codes.map { place[$0] })
    }
    let (rowLabels, rowPlaces) = try axis(index, sortsRows)
    let (columnLabels, columnPlaces) = try axis(columns, sortsColumns)
    var results: [Vector] = []
    var labels: [Cell] = []
    for (name, vector) in values {
      var source = [[Int?]](
        repeating: [Int?](repeating: nil, count: rowLabels.count), count: columnLabels.count)
      for row in 0..<vector.count {
        let (c, r) = (columnPlaces[row], rowPlaces[row])
        if source[c][r] != nil {
          throw FrameError.raised(.value, "Index contains duplicate entries, cannot reshape")
        }
        source[c][r] = row
      }
      for (place, rows) in source.enumerated() {
        results.append(try vector.taking(rows))
        var parts: [Cell] = if case .tuple(let parts) = columnLabels[place] { parts } else { [columnLabels[place]] }
        if showsValueLevel { if case .tuple(let head) = name { parts = head + parts } else { parts = [name] + parts } }
        labels.append(parts.count == 1 ? parts[0] : .tuple(parts))
      }
    }
    // One type for all columns of a value, as unstacking has it.
    for start in stride(from: 0, to: results.count, by: max(1, columnLabels.count)) {
      let group = results[start..<min(results.count, start + columnLabels.count)]
      if group.contains(where: { $0.type == .float64 }), group.contains(where: { $0.type.isInteger }) {
        for place in group.indices where results[place].type.isInteger {
          results[place] = try results[place].converted(to: .float64)
        }
      }
      if group.contains(where: { $0.type == .object }), group.contains(where: { $0.type == .bool }) {
        for place in group.indices where results[place].type == .bool { results[place] = try results[place].converted(to: .object) }
      }
    }
    var axisLabels: Labels
    if showsValueLevel {
      axisLabels = labels.isEmpty ? Labels(count: 0) : try Labels(cells: labels)
      let head = axisLabels.levelCount - columnLabels.names.count
      axisLabels.names = [Cell](repeating: .null, count: max(0, head)) + columnLabels.names
      if axisLabels.names.count != axisLabels.levelCount { axisLabels.names = [Cell](repeating: .null, count: axisLabels.levelCount) }
    } else {
      axisLabels = columnLabels
    }
    return DataFrame(columns: results, labels: axisLabels, index: rowLabels)
  }

  /// The last level of the rows as columns.
  public static func unstacked(_ series: Series, level: Int, fill: Cell? = nil) throws -> DataFrame {
    let column = series.index.level(level)
    let rest = series.index.dropping(level: level)
    var result = try pivot(
      values: [(.null, series.values)], index: rest, columns: column, showsValueLevel: false,
      sortsRows: rest.levelCount > 1 || !series.index.inOrderOfOccurrence.contains(1 - level),
      sortsColumns: !series.index.inOrderOfOccurrence.contains(level))
    if let fill {
      result.columns = try result.columns.map { column in
        let filled = try column.fillingMissing(with: fill)
        if series.values.type.isInteger, case .int = fill { return try filled.converted(to: .int64) }
        return filled
      }
    }
    return result
  }

  public static func unstacked(_ frame: DataFrame, level: Int, fill: Cell? = nil) throws -> DataFrame {
    let column = frame.index.level(level)
    let rest = frame.index.dropping(level: level)
    var result = try pivot(
      values: (0..<frame.columnCount).map { (frame.labels[$0], frame.columns[$0]) }, index: rest,
      columns: column, showsValueLevel: true)
    if let fill {
      for place in result.columns.indices {
        let original = frame.columns[place / max(1, result.columnCount / max(1, frame.columnCount))]
        let filled = try result.columns[place].fillingMissing(with: fill)
        result.columns[place] = original.type.isInteger ? (try? filled.converted(to: .int64)) ?? filled : filled
      }
    }
    if result.labels.names.count == frame.labels.names.count + 1 {
      result.labels.names = frame.labels.names + [column.name]
    }
    return result
  }

  /// Columns as a further level of rows.
  public static func stacked(_ frame: DataFrame) throws -> Series {
    var cells: [Cell] = []
    var outer: [Int] = []
    var inner: [Int] = []
    for row in 0..<frame.rowCount {
      for place in 0..<frame.columnCount {
        cells.append(frame.columns[place][row])
        outer.append(row)
        inner.append(place)
      }
    }
    let index = frame.index.taking(outer)
    let columns = frame.labels.taking(inner)
    var labels = index.appending(levels: columns.levels, names: columns.names)
    labels.inOrderOfOccurrence = Set(index.levelCount..<labels.levelCount)
    return Series(try Vector(cells: cells, as: frame.commonType), index: labels)
  }

  /// Columns below each other, their labels beside their values.
  public static func melted(
    _ frame: DataFrame, keeping kept: [Int], values: [Int], variable: Cell, value: Cell,
    ignoresIndex: Bool = true
  ) throws -> DataFrame {
    let times = values.count
    let rows = (0..<times).flatMap { _ in 0..<frame.rowCount }
    var columns: [(Cell, Vector)] = kept.map { (frame.labels[$0], frame.columns[$0].taking(rows)) }
    let names = values.flatMap { [Cell](repeating: frame.labels[$0], count: frame.rowCount) }
    columns.append((variable, names.isEmpty ? Vector(empty: .object) : try Vector(cells: names)))
    columns.append((value, try Vector.joining(values.map { frame.columns[$0] })))
    return try DataFrame(
      columns, index: ignoresIndex ? Labels(count: rows.count) : frame.index.taking(rows))
  }

  /// A row for each item of the lists in a column.
  public static func exploded(_ column: Vector) throws -> (rows: [Int], values: Vector) {
    var rows: [Int] = []
    var cells: [Cell] = []
    for (row, cell) in column.cells.enumerated() {
      let items: [Cell]? =
        switch cell {
        case .other(let foreign): foreign.items
        case .tuple(let parts): parts
        default: nil
        }
      guard let items else {
        rows.append(row)
        cells.append(cell)
        continue
      }
      if items.isEmpty {
        rows.append(row)
        cells.append(.missing)
      }
      for item in items {
        rows.append(row)
        cells.append(item)
      }
    }
    let isText = cells.contains { $0.text != nil } && cells.allSatisfy { $0.text != nil || $0.isMissing }
    if column.type == .object, isText { return (rows, try Vector(cells: cells, as: .string)) }
    return (rows, column.type == .object ? Vector(objects: cells) : try Vector(cells: cells, as: column.type))
  }

  /// A column of truth values for each value that occurs.
  public static func dummies(
    _ column: Vector, prefix: String?, separator: String, dropFirst: Bool, dummyMissing: Bool,
    type: DataType
  ) throws -> [(Cell, Vector)] {
    let values: Vector
    if let categories = column.type.categories {
      values = categories.values
    } else {
      let found = column.unique()
      let present = found.filtered(found.isMissing().map { !$0 })
      values = present.taking((try? present.sortedRows()) ?? Array(0..<present.count))
    }
    let keys = column.cells.map(\.key)
    func name(_ cell: Cell) -> Cell {
      prefix.map { .string($0 + separator + cell.shown) } ?? cell
    }
    var result: [(Cell, Vector)] = []
    for row in (dropFirst ? 1 : 0)..<max(dropFirst ? 1 : 0, values.count) {
      let key = values[row].key
      result.append((name(values[row]), try Vector(bools: keys.map { $0 == key }).converted(to: type)))
    }
    if dummyMissing {
      result.append(
        (prefix.map { .string($0 + separator + "nan") } ?? .missing, try Vector(bools: column.isMissing()).converted(to: type)))
    }
    return result
  }
}
