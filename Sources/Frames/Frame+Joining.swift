extension Frame {
  /// The rows of the other tables below those of this one, with their labels. Columns are matched
  /// by name; a column that one of the tables lacks is filled with missing values.
  public func appending(_ others: [Frame]) throws(FrameError) -> Frame {
    let parts = [self] + others
    var order: [String] = []
    var seen: Set<String> = []
    for part in parts {
      for name in part.names where seen.insert(name).inserted { order.append(name) }
    }
    var joined: [Column] = []
    for name in order {
      joined.append(
        try Column.joining(
          parts.map { part in
            (part.names.firstIndex(of: name).map { part.columns[$0] }, part.rowCount)
          }
        ))
    }
    let labels = try Column.joining(parts.map { ($0.index.column, $0.rowCount) })
    return Frame(names: order, columns: joined, index: .labels(labels, name: index.name))
  }
}

extension Column {
  /// The columns one below the other; a part without one is as many missing values.
  static func joining(_ parts: [(column: Column?, count: Int)]) throws(FrameError) -> Column {
    if parts.allSatisfy({ if case .int? = $0.column { true } else { false } }) {
      return .int(
        parts.flatMap { part -> [Int] in
          if case .int(let values)? = part.column { values } else { [] }
        })
    }
    if parts.allSatisfy({ $0.column?.isNumeric ?? true }) {
      return .float(
        parts.flatMap { $0.column?.doubles ?? [Double](repeating: .nan, count: $0.count) })
    }
    var cells: [Cell] = []
    for part in parts {
      for row in 0..<part.count { cells.append(part.column?[row] ?? .missing) }
    }
    return try Column(cells: cells)
  }
}
