extension Frame {
  /// True where a cell is missing; same names and labels.
  public func isMissing() -> Frame {
    Frame(
      names: names, columns: columns.map { .bool($0.isMissing().map(Optional.some)) }, index: index)
  }

  /// How many cells of each column are missing.
  public func missingCounts() -> [(name: String, count: Int)] {
    zip(names, columns).map { ($0, $1.missingCount) }
  }

  /// The rows that have no missing value in the named columns (all columns when nil).
  ///
  /// - Parameter onlyIfAll: true drops a row only when all of them are missing.
  public func droppingMissing(
    in subset: [String]? = nil, onlyIfAll: Bool = false
  ) throws(FrameError) -> Frame {
    var flags: [[Bool]] = []
    for name in subset ?? names { flags.append(try column(name).isMissing()) }
    guard !flags.isEmpty else { return self }
    return takingChecked(
      (0..<rowCount).filter { row in
        onlyIfAll ? !flags.allSatisfy { $0[row] } : !flags.contains { $0[row] }
      })
  }

  /// The table with a value in place of missing ones, in each column that can hold it.
  public func fillingMissing(with value: Cell) throws(FrameError) -> Frame {
    var filled: [Column] = []
    for (name, column) in zip(names, columns) {
      filled.append(
        column.missingCount == 0 ? column : try column.fillingMissing(with: value, name: name))
    }
    return Frame(names: names, columns: filled, index: index)
  }

  /// The table with a value per column in place of missing ones.
  public func fillingMissing(with values: [String: Cell]) throws(FrameError) -> Frame {
    var filled = columns
    for (place, name) in names.enumerated() {
      if let value = values[name] {
        filled[place] = try columns[place].fillingMissing(with: value, name: name)
      }
    }
    return Frame(names: names, columns: filled, index: index)
  }
}

extension Column {
  /// The column with a value in place of missing ones.
  ///
  /// - Throws: `fillType` when the column cannot hold the value.
  public func fillingMissing(with value: Cell, name: String = "") throws(FrameError) -> Column {
    switch (self, value) {
    case (_, .missing), (.int, _): return self
    case (.float(let values), .float(let number)):
      return .float(values.map { $0.isNaN ? number : $0 })
    case (.float(let values), .int(let number)):
      return .float(values.map { $0.isNaN ? Double(number) : $0 })
    case (.bool(let values), .bool(let flag)): return .bool(values.map { $0 ?? flag })
    case (.string(let values), .string(let text)):
      var filled = StringColumn()
      for row in 0..<values.count { try filled.append(values[row] ?? text) }
      return .string(filled)
    case (.object(let cells), _):
      return .object(cells.map { $0 == .missing ? value : $0 })
    case (.float, _), (.bool, _), (.string, _):
      throw .fillType(column: name, type: typeName, value: value.plainText ?? "nothing")
    }
  }

  /// Each missing value replaced by the last one before it (or, backward, the next behind it).
  public func fillingMissing(backward: Bool) -> Column {
    let missing = isMissing()
    var source = Array(0..<count)
    var last: Int?
    for row in backward ? Array((0..<count).reversed()) : Array(0..<count) {
      if missing[row] { source[row] = last ?? row } else { last = row }
    }
    return taking(source)
  }
}
