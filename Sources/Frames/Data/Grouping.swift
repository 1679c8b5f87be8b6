/// Rows that agree in some keys.
public struct Grouping: Sendable {
  /// The keys of the groups, in the order in which groups are listed.
  public let labels: Labels
  /// The rows of each group, ascending.
  public let members: [[Int]]
  /// The group of each row; -1 where a key is missing.
  public let groups: [Int]

  /// - Parameters:
  ///   - sort: by key; else by first occurrence.
  ///   - dropsMissing: rows with a missing key belong to no group.
  ///   - observed: whether only categories that occur are groups.
  public init(
    keys: [Vector], names: [Cell], count: Int, sort: Bool = true, dropsMissing: Bool = true,
    observed: Bool = true
  ) throws {
    let (codes, firstRows) = DataFrame.rowCodes(keys, count: count)
    var kept = Array(firstRows.indices)
    if dropsMissing {
      for key in keys {
        let missing = key.isMissing()
        kept.removeAll { missing[firstRows[$0]] }
      }
    }
    var rows = kept.map { firstRows[$0] }
    if sort {
      for key in keys.reversed() {
        rows = (try? key.sortedRows(rows)) ?? rows
      }
    }
    var place = [Int](repeating: -1, count: firstRows.count)
    for (position, row) in rows.enumerated() { place[codes[row]] = position }
    var groups = codes.map { place[$0] }
    if codes.isEmpty { groups = [] }
    var levels = keys.map { $0.taking(rows) }
    if !observed, keys.contains(where: { $0.type.categories != nil }) {
      // All categories, also those that do not occur: the product over several keys.
      let universe = levels.enumerated().map { index, level -> [Cell] in
        if let categories = keys[index].type.categories { return categories.values.cells }
        let found = level.unique()
        return ((try? found.sortedRows()).map { found.taking($0) } ?? found).cells
      }
      var combinations: [[Cell]] = [[]]
      for cells in universe { combinations = combinations.flatMap { head in cells.map { head + [$0] } } }
      let known = Dictionary(
        rows.indices.map { row in (levels.map { $0[row].key }, row) }, uniquingKeysWith: { a, _ in a })
      var moved = [Int](repeating: -1, count: rows.count)
      for (position, combination) in combinations.enumerated() {
        if let old = known[combination.map(\.key)] { moved[old] = position }
      }
      groups = groups.map { $0 < 0 ? -1 : moved[$0] }
      levels = try keys.indices.map { index in
        try Vector(cells: combinations.map { $0[index] }, as: keys[index].type)
      }
    }
    let groupCount = levels.first?.count ?? 0
    var members = [[Int]](repeating: [], count: groupCount)
    for (row, group) in groups.enumerated() where group >= 0 { members[group].append(row) }
    self.members = members
    self.groups = groups
    labels =
      levels.count == 1
      ? Labels(levels[0], name: names[0]) : Labels(levels: levels, names: names)
  }

  public var count: Int { members.count }

  /// One value of each group.
  public func reduce(
    _ column: Vector, _ how: Reduction, freedom: Int = 1, minimum: Int = 0
  ) throws -> Vector {
    var cells: [Cell] = []
    for rows in members {
      cells.append(
        try column.taking(rows).reduced(how, freedom: freedom, minimum: minimum, grouped: true))
    }
    if how.isStatistic, !column.type.isDate, !column.type.isSpan {
      if column.type.isNullable { return Vector(.object(cells.map { $0.isMissing ? .absent : $0 }), .nullable("Float64")) }
      return Vector(doubles: cells.map { $0.number ?? .nan })
    }
    switch how {
    case .count, .size, .nunique: return try Vector(cells: cells, as: .int64)
    case .any, .all: return try Vector(cells: cells, as: .bool)
    case .min, .max, .first, .last:
      return try Vector(cells: cells, as: column.type)
    case .sum, .prod:
      switch column.type {
      case .bool: return try Vector(cells: cells, as: .int64)
      case .integer, .floating, .string, .span, .nullable: return try Vector(cells: cells, as: column.type)
      default: return cells.isEmpty ? Vector(empty: .object) : try Vector(cells: cells)
      }
    default: return cells.isEmpty ? Vector(empty: column.type) : try Vector(cells: cells)
    }
  }

  /// A value per group spread over the rows; missing where a row has no group.
  public func spread(_ column: Vector) throws -> Vector {
    try column.taking(groups.map { $0 < 0 ? nil : $0 })
  }

  /// A column worked on group by group, the rows where they were.
  public func transform(
    _ column: Vector, _ body: (Vector) throws -> Vector
  ) throws -> Vector {
    var cells = [Cell](repeating: .missing, count: column.count)
    var type: DataType?
    for rows in members where !rows.isEmpty {
      let result = try body(column.taking(rows))
      type = type.map { $0.joined(result.type) } ?? result.type
      for (place, row) in rows.enumerated() { cells[row] = result[place] }
    }
    if groups.contains(-1), type?.isInteger == true { type = .float64 }
    return try type.map { try Vector(cells: cells, as: $0) } ?? Vector(cells: cells)
  }

  /// The place of each row within its group.
  public func cumulativeCount(ascending: Bool = true) -> [Int] {
    var counts = [Int](repeating: 0, count: groups.count)
    for rows in members {
      for (place, row) in rows.enumerated() {
        counts[row] = ascending ? place : rows.count - 1 - place
      }
    }
    return counts
  }
}

extension Grouping {
  /// Groups that are known already; `groups` holds the group of each row, -1 for none.
  public init(labels: Labels, groups: [Int], count: Int) {
    var members = [[Int]](repeating: [], count: count)
    for (row, group) in groups.enumerated() where group >= 0 && group < count { members[group].append(row) }
    self.labels = labels
    self.groups = groups
    self.members = members
  }

  /// As `reduce`, where groups without rows give missing values.
  public func reduceHoles(_ column: Vector, _ how: Reduction) throws -> Vector {
    let cells = try members.map { try column.taking($0).reduced(how, grouped: true) }
    if column.type.isInteger, cells.contains(where: \.isMissing) {
      return Vector(doubles: cells.map { $0.number ?? .nan })
    }
    return try Vector(cells: cells, as: column.type)
  }
}
