extension RowIndex {
  /// The rows with a label, ascending; usually one, none when no row has it.
  public func places(of label: Cell) -> [Int] {
    if case .range(let range) = self {
      guard case .int(let number) = label, range.contains(number) else { return [] }
      return [number - range.lowerBound]
    }
    let column = column
    return (0..<column.count).filter { column[$0].isSameLabel(as: label) }
  }

  /// The rows of several labels, in the order of the labels; nil in the place of each that no row
  /// has.
  public func places(of labels: [Cell]) -> [Int?] {
    if case .range = self {
      return labels.flatMap { label -> [Int?] in
        let found = places(of: label)
        return found.isEmpty ? [nil] : found
      }
    }
    var rows: [Cell: [Int]] = [:]
    let column = column
    for row in 0..<column.count { rows[column[row].labelKey, default: []].append(row) }
    return labels.flatMap { label -> [Int?] in rows[label.labelKey].map { $0.map { $0 } } ?? [nil] }
  }

  /// Both sets of labels joined, and the row of each label on either side; for tables whose rows
  /// are matched by label. Equal labels keep their order, other ones are sorted.
  public func aligned(
    with other: RowIndex
  ) throws(FrameError) -> (index: RowIndex, left: [Int?], right: [Int?])? {
    if self == other || column == other.column { return nil }
    let own = column
    let others = other.column
    var cells: [Cell] = []
    var seen: Set<Cell> = []
    for row in 0..<own.count where seen.insert(own[row].labelKey).inserted { cells.append(own[row]) }
    for row in 0..<others.count where seen.insert(others[row].labelKey).inserted {
      cells.append(others[row])
    }
    let joined = try Column(cells: cells)
    let order = joined.sortedRows(Array(0..<joined.count), ascending: true)
    let labels = order.map { cells[$0] }
    return (
      .labels(joined.taking(order), name: name == other.name ? name : nil),
      places(of: labels), other.places(of: labels)
    )
  }
}

extension Cell {
  /// 1 and 1.0 are the same label.
  fileprivate var labelKey: Cell {
    if case .float(let number) = self, let whole = Int(exactly: number) { return .int(whole) }
    return self
  }

  fileprivate func isSameLabel(as other: Cell) -> Bool { labelKey == other.labelKey }
}

extension Column {
  /// The cells at the given rows, missing where there is no row.
  public func picking(_ rows: [Int?]) throws(FrameError) -> Column {
    guard rows.contains(nil) else { return try picking(rows.compactMap { $0 }) }
    if isNumeric, let numbers = doubles {
      return .float(rows.map { row in
        row.flatMap { numbers.indices.contains($0) ? numbers[$0] : nil } ?? .nan
      })
    }
    let cells = rows.map { row in row.map { self[$0] } ?? .missing }
    if case .string = self { return .string(try StringColumn(cells.map(\.plainText))) }
    return .object(cells)
  }
}
