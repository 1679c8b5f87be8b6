/// A table: named columns of equal length, and a label for each row.
public struct Frame: Sendable, Equatable {
  public private(set) var names: [String]
  public private(set) var columns: [Column]
  public private(set) var index: RowIndex

  /// A table of the given columns.
  ///
  /// - Throws: `lengthMismatch` when the columns differ in length.
  public init(_ columns: [(name: String, column: Column)]) throws(FrameError) {
    if let first = columns.first {
      for (name, column) in columns where column.count != first.column.count {
        throw .lengthMismatch(
          column: name, found: column.count, expected: first.column.count, firstColumn: first.name)
      }
    }
    self.names = columns.map(\.name)
    self.columns = columns.map(\.column)
    index = .range(0..<(columns.first?.column.count ?? 0))
  }

  /// For columns and labels that are known to be of one length.
  init(names: [String], columns: [Column], index: RowIndex) {
    self.names = names
    self.columns = columns
    self.index = index
  }

  /// A table of the given columns and row labels.
  ///
  /// - Throws: `lengthMismatch` when a column is not as long as the labels.
  public init(
    _ columns: [(name: String, column: Column)], index: RowIndex
  ) throws(FrameError) {
    for (name, column) in columns where column.count != index.count {
      throw .lengthMismatch(
        column: name, found: column.count, expected: index.count, firstColumn: "index")
    }
    self.init(names: columns.map(\.name), columns: columns.map(\.column), index: index)
  }

  public var rowCount: Int { index.count }
  public var columnCount: Int { columns.count }

  // MARK: - Columns

  /// The place of the first column of that name.
  public func index(of name: String) throws(FrameError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw .unknownColumn(name: name, known: names)
    }
    return index
  }

  public func column(_ name: String) throws(FrameError) -> Column {
    columns[try index(of: name)]
  }

  public func column(at index: Int) throws(FrameError) -> Column {
    guard columns.indices.contains(index) else {
      throw .columnOutOfRange(column: index, count: columnCount)
    }
    return columns[index]
  }

  /// The named columns, in the order asked for.
  public func selecting(_ wanted: [String]) throws(FrameError) -> Frame {
    var picked: [Column] = []
    for name in wanted { picked.append(try column(name)) }
    return Frame(names: wanted, columns: picked, index: index)
  }

  /// The table without the named columns.
  public func dropping(_ unwanted: [String]) throws(FrameError) -> Frame {
    for name in unwanted { _ = try index(of: name) }
    let gone = Set(unwanted)
    let kept = names.indices.filter { !gone.contains(names[$0]) }
    return Frame(names: kept.map { names[$0] }, columns: kept.map { columns[$0] }, index: index)
  }

  /// The table with a column replaced, or added at the end when the name is new.
  public func setting(_ name: String, to column: Column) throws(FrameError) -> Frame {
    if column.count != rowCount, let first = names.first {
      throw .lengthMismatch(
        column: name, found: column.count, expected: rowCount, firstColumn: first)
    }
    var result = self
    if names.isEmpty { result.index = .range(0..<column.count) }
    if let place = names.firstIndex(of: name) {
      result.columns[place] = column
    } else {
      result.names.append(name)
      result.columns.append(column)
    }
    return result
  }

  /// The table with columns renamed; names that are not in `changes` stay.
  public func renaming(_ changes: [String: String]) -> Frame {
    Frame(names: names.map { changes[$0] ?? $0 }, columns: columns, index: index)
  }

  // MARK: - Row labels

  /// The table with row numbers for labels; the old labels are dropped.
  public func droppingIndex() -> Frame {
    Frame(names: names, columns: columns, index: .range(0..<rowCount))
  }

  /// The table with row numbers for labels, and the old labels as first column (named `index` when
  /// they had no name).
  public func resettingIndex() -> Frame {
    let name = index.name ?? (names.contains("index") ? "level_0" : "index")
    return Frame(
      names: [name] + names, columns: [index.column] + columns, index: .range(0..<rowCount))
  }

  /// The table with a column's values for labels; the column leaves the table.
  public func settingIndex(_ name: String) throws(FrameError) -> Frame {
    let labels = try column(name)
    let rest = try dropping([name])
    return Frame(names: rest.names, columns: rest.columns, index: .labels(labels, name: name))
  }

  // MARK: - Rows

  public func cell(row: Int, column: Int) throws(FrameError) -> Cell {
    guard row >= 0, row < rowCount else { throw .rowOutOfRange(row: row, count: rowCount) }
    return try self.column(at: column)[row]
  }

  public func row(_ row: Int) throws(FrameError) -> [Cell] {
    guard row >= 0, row < rowCount else { throw .rowOutOfRange(row: row, count: rowCount) }
    return columns.map { $0[row] }
  }

  /// The first rows; a negative count leaves out that many at the end, as pandas has it.
  public func head(_ count: Int = 5) -> Frame {
    rows(0..<(count >= 0 ? min(count, rowCount) : rowCount - min(rowCount, count.magnitudeAsInt)))
  }

  /// The last rows; a negative count leaves out that many at the start.
  public func tail(_ count: Int = 5) -> Frame {
    let start = count >= 0 ? rowCount - min(count, rowCount) : min(rowCount, count.magnitudeAsInt)
    return rows(start..<rowCount)
  }

  /// A run of rows; what lies outside of the table is left out.
  public func rows(_ range: Range<Int>) -> Frame {
    let inside = range.clamped(to: 0..<rowCount)
    return Frame(
      names: names, columns: columns.map { $0.slice(inside) }, index: index.slice(inside))
  }

  /// The rows at the given places, in that order; a place may repeat.
  public func taking(_ rows: [Int]) throws(FrameError) -> Frame {
    for row in rows where row < 0 || row >= rowCount {
      throw .rowOutOfRange(row: row, count: rowCount)
    }
    return takingChecked(rows)
  }

  func takingChecked(_ rows: [Int]) -> Frame {
    Frame(names: names, columns: columns.map { $0.taking(rows) }, index: index.taking(rows))
  }

  /// The rows whose flag is true.
  public func filter(_ mask: [Bool]) throws(FrameError) -> Frame {
    guard mask.count == rowCount else {
      throw .maskLength(found: mask.count, expected: rowCount)
    }
    return takingChecked(mask.indices.filter { mask[$0] })
  }
}

extension Int {
  /// The magnitude, clamped: `Int.min` has none.
  fileprivate var magnitudeAsInt: Int { Int(clamping: magnitude) }
}
