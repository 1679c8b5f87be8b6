/// What a CSV file holds: named columns of equal length. A `DataFrame` takes them over column by column.
public struct Frame: Sendable, Equatable {
  public let names: [String]
  public let columns: [Column]
  /// How many columns in front hold labels of rows, because the head has no name for them.
  public internal(set) var labelColumns = 0

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
  }

  public var rowCount: Int { columns.first?.count ?? 0 }
  public var columnCount: Int { columns.count }

  /// The first column of that name.
  ///
  /// - Throws: `unknownColumn` with the names that there are.
  public func column(_ name: String) throws(FrameError) -> Column {
    guard let place = names.firstIndex(of: name) else {
      throw .unknownColumn(name: name, known: names)
    }
    return columns[place]
  }

  /// The cells of one row.
  public func row(_ row: Int) throws(FrameError) -> [Cell] {
    guard row >= 0, row < rowCount else { throw .rowOutOfRange(row: row, count: rowCount) }
    return columns.map { $0[row] }
  }
}
