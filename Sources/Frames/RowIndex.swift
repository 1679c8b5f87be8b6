/// The labels of a table's rows: row numbers as long as nothing else was asked for. A row keeps its
/// label when the table is filtered or sorted.
public enum RowIndex: Sendable, Equatable {
  case range(Range<Int>)
  case labels(Column, name: String?)

  public var count: Int {
    switch self {
    case .range(let range): range.count
    case .labels(let column, _): column.count
    }
  }

  /// The name over the labels, when they have one.
  public var name: String? {
    if case .labels(_, let name) = self { name } else { nil }
  }

  /// The label of a row; `.missing` when the row does not exist.
  public subscript(row: Int) -> Cell {
    switch self {
    case .range(let range):
      row >= 0 && row < range.count ? .int(range.lowerBound + row) : .missing
    case .labels(let column, _): column[row]
    }
  }

  /// The labels as a column.
  public var column: Column {
    switch self {
    case .range(let range): .int(Array(range))
    case .labels(let column, _): column
    }
  }

  /// The labels of the given rows, in that order; a row may repeat.
  public func picking(_ rows: [Int]) throws(FrameError) -> RowIndex {
    for row in rows where row < 0 || row >= count {
      throw .rowOutOfRange(row: row, count: count)
    }
    return taking(rows)
  }

  func taking(_ rows: [Int]) -> RowIndex {
    switch self {
    case .range(let range): .labels(.int(rows.map { range.lowerBound + $0 }), name: nil)
    case .labels(let column, let name): .labels(column.taking(rows), name: name)
    }
  }

  func slice(_ rows: Range<Int>) -> RowIndex {
    switch self {
    case .range(let range):
      .range(range.lowerBound + rows.lowerBound..<range.lowerBound + rows.upperBound)
    case .labels(let column, let name): .labels(column.slice(rows), name: name)
    }
  }
}
