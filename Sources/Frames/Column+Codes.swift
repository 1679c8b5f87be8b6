extension Column {
  /// A number per row, equal where cells are equal; numbers go by first occurrence. Missing cells
  /// are equal to each other.
  func codes() -> (codes: [Int], firstRows: [Int]) {
    var codes: [Int] = []
    codes.reserveCapacity(count)
    var firstRows: [Int] = []
    func number<Key: Hashable>(_ keys: some Sequence<Key>) {
      var seen: [Key: Int] = [:]
      for (row, key) in keys.enumerated() {
        if let code = seen[key] {
          codes.append(code)
        } else {
          seen[key] = firstRows.count
          codes.append(firstRows.count)
          firstRows.append(row)
        }
      }
    }
    switch self {
    case .int(let values): number(values)
    // NaN differs from itself; its bits do not. 0.0 and -0.0 are the same value.
    case .float(let values):
      number(values.lazy.map { $0.isNaN ? UInt64.max : ($0 + 0.0).bitPattern })
    case .bool(let values): number(values)
    case .string(let values): number((0..<values.count).lazy.map { values[$0] })
    case .object(let cells): number(cells)
    }
    return (codes, firstRows)
  }
}
