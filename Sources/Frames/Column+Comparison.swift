extension Column {
  public enum Comparison: String, Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  }

  /// Compares cell by cell. A missing cell is unequal to everything and neither less nor greater.
  ///
  /// - Throws: `notComparable` when the order of a text and a number is asked for.
  public func comparing(_ how: Comparison, with other: Column) throws(FrameError) -> [Bool] {
    guard other.count == count else { throw .maskLength(found: other.count, expected: count) }
    var flags: [Bool] = []
    flags.reserveCapacity(count)
    for row in 0..<count { flags.append(try self[row].compared(how, with: other[row])) }
    return flags
  }

  /// Compares each cell with one value.
  public func comparing(_ how: Comparison, with cell: Cell) throws(FrameError) -> [Bool] {
    var flags: [Bool] = []
    flags.reserveCapacity(count)
    for row in 0..<count { flags.append(try self[row].compared(how, with: cell)) }
    return flags
  }

  /// The texts of both columns one behind the other; missing where one of them is.
  public func concatenated(with other: Column) throws(FrameError) -> Column {
    var texts = StringColumn()
    for row in 0..<min(count, other.count) {
      if case .string(let a) = self[row], case .string(let b) = other[row] {
        try texts.append(a + b)
      } else {
        texts.appendMissing()
      }
    }
    return .string(texts)
  }
}

extension Cell {
  fileprivate func compared(
    _ how: Column.Comparison, with other: Cell
  ) throws(FrameError) -> Bool {
    if self == .missing || other == .missing { return how == .notEqual }
    switch (self, other) {
    case (.int(let a), .int(let b)): return how.holds(a < b, a == b)
    case (.string(let a), .string(let b)):
      return how.holds(a.utf8.lexicographicallyPrecedes(b.utf8), a.utf8.elementsEqual(b.utf8))
    default: break
    }
    if let a = number, let b = other.number { return how.holds(a < b, a == b) }
    switch how {
    case .equal: return false
    case .notEqual: return true
    default: throw .notComparable(left: typeName, right: other.typeName)
    }
  }
}
