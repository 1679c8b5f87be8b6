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

  /// The distinct cells in the order of their first occurrence.
  public func unique() -> Column { taking(codes().firstRows) }

  /// The distinct cells and how often each occurs, the most frequent first (ties by first
  /// occurrence).
  public func valueCounts(dropsMissing: Bool = true) -> (values: Column, counts: [Int]) {
    let (codes, firstRows) = codes()
    var counts = [Int](repeating: 0, count: firstRows.count)
    for code in codes { counts[code] += 1 }
    let missing = isMissing()
    let order = counts.indices.filter { !dropsMissing || !missing[firstRows[$0]] }
      .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
    return (taking(order.map { firstRows[$0] }), order.map { counts[$0] })
  }
}

extension Frame {
  /// Which of several equal rows stays.
  public enum Keep: Sendable { case first, last, none }

  /// True for rows that repeat another one in the named columns (all when nil), save the kept one.
  public func duplicated(
    in subset: [String]? = nil, keep: Keep = .first
  ) throws(FrameError) -> [Bool] {
    let codes = try rowCodes(subset ?? names).codes
    var flags = [Bool](repeating: false, count: rowCount)
    switch keep {
    case .first, .last:
      var seen: Set<Int> = []
      for row in keep == .first ? Array(codes.indices) : codes.indices.reversed() {
        flags[row] = !seen.insert(codes[row]).inserted
      }
    case .none:
      var counts: [Int: Int] = [:]
      for code in codes { counts[code, default: 0] += 1 }
      for row in codes.indices { flags[row] = counts[codes[row], default: 0] > 1 }
    }
    return flags
  }

  /// The rows without repetitions.
  public func droppingDuplicates(
    in subset: [String]? = nil, keep: Keep = .first
  ) throws(FrameError) -> Frame {
    let flags = try duplicated(in: subset, keep: keep)
    return takingChecked(flags.indices.filter { !flags[$0] })
  }

  /// How often each distinct value of a column occurs, as a table with the values for labels.
  public func valueCounts(of name: String, dropsMissing: Bool = true) throws(FrameError) -> Frame {
    let (values, counts) = try column(name).valueCounts(dropsMissing: dropsMissing)
    return Frame(
      names: ["count"], columns: [.int(counts)], index: .labels(values, name: name))
  }

  /// A number per row, equal where the rows agree in all named columns; by first occurrence.
  func rowCodes(_ keys: [String]) throws(FrameError) -> (codes: [Int], firstRows: [Int]) {
    struct Pair: Hashable {
      let a: Int
      let b: Int
    }
    var codes = [Int](repeating: 0, count: rowCount)
    var firstRows = rowCount > 0 ? [0] : []
    for key in keys {
      let next = try column(key).codes()
      var seen: [Pair: Int] = [:]
      firstRows = []
      for row in 0..<rowCount {
        let pair = Pair(a: codes[row], b: next.codes[row])
        if let code = seen[pair] {
          codes[row] = code
        } else {
          seen[pair] = firstRows.count
          codes[row] = firstRows.count
          firstRows.append(row)
        }
      }
    }
    return (codes, firstRows)
  }
}
