extension Column {
  /// The given rows in the order of their cells, missing ones last; stable.
  func sortedRows(_ rows: [Int], ascending: Bool) -> [Int] {
    switch self {
    case .int(let values):
      return Self.stable(rows, ascending) { values[$0] < values[$1] }
    case .float(let values):
      return split(rows, ascending) { values[$0] < values[$1] }
    case .bool(let values):
      return split(rows, ascending) { values[$0] == false && values[$1] == true }
    case .string(let values):
      return split(rows, ascending) { values.precedes($0, $1) }
    case .object(let cells):
      return split(rows, ascending) { cells[$0].precedes(cells[$1]) }
    }
  }

  private func split(_ rows: [Int], _ ascending: Bool, _ precedes: (Int, Int) -> Bool) -> [Int] {
    let missing = isMissing()
    return Self.stable(rows.filter { !missing[$0] }, ascending, precedes)
      + rows.filter { missing[$0] }
  }

  /// Swift's sort is stable in fact but not by promise, so that the place decides between equals.
  static func stable(
    _ rows: [Int], _ ascending: Bool, _ precedes: (Int, Int) -> Bool
  ) -> [Int] {
    rows.enumerated().sorted { a, b in
      if ascending ? precedes(a.element, b.element) : precedes(b.element, a.element) {
        return true
      }
      if ascending ? precedes(b.element, a.element) : precedes(a.element, b.element) {
        return false
      }
      return a.offset < b.offset
    }.map(\.element)
  }
}

extension Cell {
  /// Numbers by value, then texts by code points; missing cells last.
  fileprivate func precedes(_ other: Cell) -> Bool {
    switch (number, other.number) {
    case (let a?, let b?): return a < b
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil):
      guard case .string(let a) = self else { return false }
      guard case .string(let b) = other else { return true }
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
  }
}
