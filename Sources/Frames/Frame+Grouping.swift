/// What is computed of the rows of a group.
public enum Aggregation: String, Sendable, CaseIterable {
  case sum, mean, std, `var`, min, max, count, median, first, last, size, nunique
}

extension Frame {
  /// One row per distinct combination of the key columns, in ascending order of the keys; rows with
  /// a missing key are left out.
  ///
  /// A single key gives the labels of the result; several stay columns. The columns of the result
  /// are named after their source, or `<source>_<aggregation>` where a source is used more than
  /// once.
  ///
  /// - Throws: `notNumeric` when sum, mean, std, var or median is asked of texts.
  public func grouped(
    by keys: [String], _ wanted: [(column: String, aggregation: Aggregation)]
  ) throws(FrameError) -> Frame {
    guard !keys.isEmpty else {
      throw .badArgument(name: "by", found: "no column", expected: "at least one")
    }
    let (codes, firstRows) = try rowCodes(keys)
    var order = Array(firstRows.indices)
    for key in keys {
      let missing = try column(key).isMissing()
      order.removeAll { missing[firstRows[$0]] }
    }
    var sortedRows = order.map { firstRows[$0] }
    for key in keys.reversed() {
      sortedRows = try column(key).sortedRows(sortedRows, ascending: true)
    }
    var place = [Int](repeating: -1, count: firstRows.count)
    for (position, row) in sortedRows.enumerated() { place[codes[row]] = position }
    var members = [[Int]](repeating: [], count: sortedRows.count)
    for row in 0..<rowCount where place[codes[row]] >= 0 { members[place[codes[row]]].append(row) }

    var results: [(name: String, column: Column)] = []
    for (name, aggregation) in wanted {
      let source = try column(name)
      var cells: [Cell] = []
      for rows in members { cells.append(try source.aggregate(rows, aggregation, name: name)) }
      let repeated = wanted.reduce(0) { $0 + ($1.column == name ? 1 : 0) } > 1
      results.append(
        (
          repeated ? "\(name)_\(aggregation.rawValue)" : name,
          try source.aggregated(cells, aggregation)
        ))
    }
    if keys.count == 1, let key = keys.first {
      return Frame(
        names: results.map(\.name), columns: results.map(\.column),
        index: .labels(try column(key).taking(sortedRows), name: key))
    }
    var keyColumns: [Column] = []
    for key in keys { keyColumns.append(try column(key).taking(sortedRows)) }
    return Frame(
      names: keys + results.map(\.name), columns: keyColumns + results.map(\.column),
      index: .range(0..<sortedRows.count))
  }
}

extension Column {
  fileprivate func aggregate(
    _ rows: [Int], _ aggregation: Aggregation, name: String
  ) throws(FrameError) -> Cell {
    switch aggregation {
    case .size: return .int(rows.count)
    case .count: return .int(rows.reduce(0) { $0 + (self[$1] == .missing ? 0 : 1) })
    case .nunique:
      var seen: Set<Cell> = []
      for row in rows where self[row] != .missing { seen.insert(self[row]) }
      return .int(seen.count)
    case .first: return rows.lazy.map { self[$0] }.first { $0 != .missing } ?? .missing
    case .last: return rows.reversed().lazy.map { self[$0] }.first { $0 != .missing } ?? .missing
    case .min: return taking(rows).minimum()
    case .max: return taking(rows).maximum()
    case .sum, .mean, .std, .var, .median:
      let group = taking(rows)
      guard let values = group.doubles else {
        throw .notNumeric(column: name, type: typeName, operation: aggregation.rawValue)
      }
      if aggregation == .sum, case .float = self { return .float(Self.compensatedSum(values)) }
      if aggregation == .sum { return try group.sum(name: name) }
      return .float(Self.spread(values, aggregation))
    }
  }

  private static func spread(_ values: [Double], _ aggregation: Aggregation) -> Double {
    let present = values.filter { !$0.isNaN }
    switch aggregation {
    case .mean:
      return present.isEmpty ? .nan : compensatedSum(present) / Double(present.count)
    case .median: return Statistics.quantile(present.sorted(), 0.5)
    case .var: return welford(present)
    default: return welford(present).squareRoot()
    }
  }

  /// Kahan's summation, as pandas sums groups; NaN is passed over.
  private static func compensatedSum(_ values: [Double]) -> Double {
    var total = 0.0
    var lost = 0.0
    for value in values where !value.isNaN {
      let y = value - lost
      let t = total + y
      lost = t - total - y
      // Infinity less infinity: nothing was lost that could be given back.
      if lost.isNaN { lost = 0 }
      total = t
    }
    return total
  }

  /// Welford's running variance, divided by the count less one.
  private static func welford(_ values: [Double]) -> Double {
    guard values.count > 1 else { return .nan }
    var mean = 0.0
    var squares = 0.0
    for (index, value) in values.enumerated() {
      let old = mean
      mean += (value - old) / Double(index + 1)
      squares += (value - mean) * (value - old)
    }
    return squares / Double(values.count - 1)
  }

  /// The column of results, of the type that the aggregation gives.
  fileprivate func aggregated(
    _ cells: [Cell], _ aggregation: Aggregation
  ) throws(FrameError) -> Column {
    switch aggregation {
    case .mean, .std, .var, .median:
      return .float(cells.map { if case .float(let value) = $0 { value } else { .nan } })
    case .sum, .min, .max, .first, .last, .count, .size, .nunique:
      if cells.isEmpty { return slice(0..<0) }
      return try Column(cells: cells)
    }
  }
}
