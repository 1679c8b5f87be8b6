/// Tables joined by keys, and tables below or beside each other.
public enum Merging {
  public enum How: String, Sendable { case inner, left, right, outer, cross }

  /// For each row of the result the row of either side.
  public static func rows(
    _ left: [Vector], _ leftCount: Int, _ right: [Vector], _ rightCount: Int, _ how: How
  ) throws -> (left: [Int?], right: [Int?]) {
    if how == .cross {
      var l: [Int?] = []
      var r: [Int?] = []
      for a in 0..<leftCount { for b in 0..<rightCount { l.append(a); r.append(b) } }
      return (l, r)
    }
    func keys(_ vectors: [Vector], _ count: Int) -> [[Cell]] {
      let cells = vectors.map { $0.cells.map(\.key) }
      return (0..<count).map { row in cells.map { $0[row] } }
    }
    let a = keys(left, leftCount)
    let b = keys(right, rightCount)
    var l: [Int?] = []
    var r: [Int?] = []
    if how == .right {
      var table: [[Cell]: [Int]] = [:]
      for (row, key) in a.enumerated() { table[key, default: []].append(row) }
      for (row, key) in b.enumerated() {
        if let found = table[key] {
          for other in found { l.append(other); r.append(row) }
        } else {
          l.append(nil)
          r.append(row)
        }
      }
      return (l, r)
    }
    var table: [[Cell]: [Int]] = [:]
    for (row, key) in b.enumerated() { table[key, default: []].append(row) }
    var used = [Bool](repeating: false, count: rightCount)
    for (row, key) in a.enumerated() {
      if let found = table[key] {
        for other in found {
          l.append(row)
          r.append(other)
          used[other] = true
        }
      } else if how != .inner {
        l.append(row)
        r.append(nil)
      }
    }
    guard how == .outer else { return (l, r) }
    for row in 0..<rightCount where !used[row] {
      l.append(nil)
      r.append(row)
    }
    // An outer join comes sorted by its keys.
    let joined = try left.indices.map { place in
      try coalesced(left[place], l, right[place], r)
    }
    var order = Array(l.indices)
    for key in joined.reversed() { order = (try? key.sortedRows(order)) ?? order }
    return (order.map { l[$0] }, order.map { r[$0] })
  }

  /// The key of each row of the result from whichever side has it.
  public static func coalesced(
    _ a: Vector, _ l: [Int?], _ b: Vector, _ r: [Int?]
  ) throws -> Vector {
    var cells: [Cell] = []
    for row in l.indices {
      if let place = l[row] {
        cells.append(a[place])
      } else if let place = r[row] {
        cells.append(b[place])
      } else {
        cells.append(.missing)
      }
    }
    return try Vector(cells: cells, as: a.type.joined(b.type))
  }

  public struct Request {
    public var leftKeys: [Vector] = []
    public var rightKeys: [Vector] = []
    /// Places of key columns on either side; nil where a key is the index.
    public var leftPlaces: [Int?] = []
    public var rightPlaces: [Int?] = []
    /// Keys of one name on both sides become one column.
    public var shares: [Bool] = []
    public var how = How.inner
    public var suffixes: (String?, String?) = ("_x", "_y")
    public var indicator: String?
    /// The result keeps these labels in place of row numbers.
    public var usesLeftIndex = false
    public var usesRightIndex = false
    public var sort = false
    public init() {}
  }

  public static func merge(
    _ left: DataFrame, _ right: DataFrame, _ request: Request
  ) throws -> DataFrame {
    var (l, r) = try rows(
      request.leftKeys, left.rowCount, request.rightKeys, right.rowCount, request.how)
    if request.sort, request.how != .cross {
      let keys = try request.leftKeys.indices.map {
        try coalesced(request.leftKeys[$0], l, request.rightKeys[$0], r)
      }
      var order = Array(l.indices)
      for key in keys.reversed() { order = try key.sortedRows(order) }
      (l, r) = (order.map { l[$0] }, order.map { r[$0] })
    }
    // Right columns that are keys of the same name do not come twice.
    var dropped: Set<Int> = []
    for (place, shared) in request.shares.enumerated() where shared {
      if let column = request.rightPlaces[place] { dropped.insert(column) }
    }
    let rightPlaces = (0..<right.columnCount).filter { !dropped.contains($0) }
    let leftNames = Set(left.labels.cells.map(\.key))
    let rightNames = Set(rightPlaces.map { right.labels[$0].key })
    let both = leftNames.intersection(rightNames)
    if !both.isEmpty, (request.suffixes.0 ?? "").isEmpty, (request.suffixes.1 ?? "").isEmpty {
      let shown = left.labels.cells.filter { both.contains($0.key) }
      let names = (try? Labels(Vector(cells: shown))) ?? Labels(Vector(objects: shown))
      throw FrameError.raised(
        .value, "columns overlap but no suffix specified: \(IndexText.repr(names))")
    }
    func named(_ cell: Cell, _ suffix: String?) -> Cell {
      guard both.contains(cell.key), let suffix else { return cell }
      return .string(cell.shown + suffix)
    }
    var columns: [(Cell, Vector)] = []
    for place in 0..<left.columnCount {
      var column = try left.columns[place].taking(l)
      for (key, leftPlace) in request.leftPlaces.enumerated() where leftPlace == place && request.shares[key] {
        column = try coalesced(request.leftKeys[key], l, request.rightKeys[key], r)
      }
      columns.append((named(left.labels[place], request.suffixes.0), column))
    }
    for place in rightPlaces {
      columns.append(
        (named(right.labels[place], request.suffixes.1), try right.columns[place].taking(r)))
    }
    if let indicator = request.indicator {
      let categories = Categories(
        try Vector(texts: ["left_only", "right_only", "both"]), isOrdered: false)
      let codes = l.indices.map { l[$0] == nil ? 1 : r[$0] == nil ? 0 : 2 }
      columns.append((.string(indicator), Vector(.int(codes), .category(categories))))
    }
    var index = Labels(count: l.count)
    if request.usesLeftIndex || request.usesRightIndex {
      if request.usesLeftIndex, request.usesRightIndex {
        index = try joinedIndex(left.index, l, right.index, r)
      } else if request.usesRightIndex {
        index = try taking(left.index, l, orKey: request.rightKeys[0], r)
      } else {
        index = try taking(right.index, r, orKey: request.leftKeys[0], l)
      }
    }
    return try DataFrame(columns, index: index)
  }

  private static func taking(
    _ labels: Labels, _ rows: [Int?], orKey key: Vector, _ others: [Int?]
  ) throws -> Labels {
    if !rows.contains(nil) { return labels.taking(rows.compactMap { $0 }) }
    return try Labels(
      cells: rows.indices.map { row in
        rows[row].map { labels[$0] } ?? others[row].map { key[$0] } ?? .missing
      }, names: labels.names)
  }

  static func joinedIndex(_ a: Labels, _ l: [Int?], _ b: Labels, _ r: [Int?]) throws -> Labels {
    if !l.contains(nil) {
      let rows = l.compactMap { $0 }
      return a.taking(rows).renamed(a.sharedNames(b))
    }
    return try Labels.like(
      a, b, l.indices.map { row in l[row].map { a[$0] } ?? r[row].map { b[$0] } ?? .missing },
      names: a.sharedNames(b))
  }

  // MARK: - Concatenation

  /// Tables below each other; columns are matched by label.
  public static func below(
    _ parts: [DataFrame], inner: Bool = false, ignoresIndex: Bool = false, keys: [Cell]? = nil,
    names: [Cell]? = nil, sort: Bool = false
  ) throws -> DataFrame {
    guard let first = parts.first else { throw FrameError.raised(.value, "No objects to concatenate") }
    var labels: [Cell] = []
    var seen: Set<Cell> = []
    if inner {
      labels = first.labels.cells.filter { label in
        parts.allSatisfy { !$0.places(of: label).isEmpty }
      }
    } else if parts.allSatisfy({ $0.labels.isEqual(first.labels) }) {
      labels = first.labels.cells
    } else {
      for part in parts {
        for cell in part.labels.cells where seen.insert(cell.key).inserted { labels.append(cell) }
      }
      if sort {
        let all = try Labels(cells: labels)
        if let order = try? all.sortedRows() { labels = order.map { labels[$0] } }
      }
    }
    var columns: [Vector] = []
    for (position, label) in labels.enumerated() {
      let equal = parts.allSatisfy { $0.labels.isEqual(first.labels) }
      columns.append(
        try Vector.joining(
          parts.map { part in
            if equal, !inner { return part.columns[position] }
            if let place = part.places(of: label).first { return part.columns[place] }
            return Vector(doubles: [Double](repeating: .nan, count: part.rowCount))
          }))
    }
    var index =
      ignoresIndex
      ? Labels(count: parts.reduce(0) { $0 + $1.rowCount })
      : try Labels.joining(parts.map(\.index))
    if let keys, !ignoresIndex {
      index = keyed(index, keys, parts.map(\.rowCount), names)
    }
    var axis = try labels.isEmpty ? Labels(count: 0) : Labels(cells: labels)
    if axis.names.count == first.labels.names.count { axis.names = first.labels.names }
    if parts.allSatisfy({ $0.labels.isEqual(first.labels) }) { axis = first.labels }
    return DataFrame(columns: columns, labels: axis, index: index)
  }

  static func keyed(_ index: Labels, _ keys: [Cell], _ counts: [Int], _ names: [Cell]?) -> Labels {
    var outer: [Cell] = []
    for (key, count) in zip(keys, counts) { outer += [Cell](repeating: key, count: count) }
    var levels: [Vector] = []
    if case .tuple(let parts)? = keys.first {
      for level in parts.indices {
        let cells = outer.map { cell -> Cell in
          if case .tuple(let p) = cell, p.count > level { p[level] } else { .missing }
        }
        levels.append((try? Vector(cells: cells)) ?? Vector(objects: cells))
      }
    } else {
      levels = [(try? Vector(cells: outer)) ?? Vector(objects: outer)]
    }
    let all = levels + index.levels
    var allNames = levels.map { _ in Cell.null } + index.names
    for (place, name) in (names ?? []).enumerated() where place < allNames.count { allNames[place] = name }
    return Labels(levels: all, names: allNames)
  }

  /// Series below each other.
  public static func below(_ parts: [Series], ignoresIndex: Bool, keys: [Cell]?, names: [Cell]? = nil) throws -> Series {
    guard let first = parts.first else { throw FrameError.raised(.value, "No objects to concatenate") }
    var index =
      ignoresIndex
      ? Labels(count: parts.reduce(0) { $0 + $1.count }) : try Labels.joining(parts.map(\.index))
    if let keys, !ignoresIndex { index = keyed(index, keys, parts.map(\.count), names) }
    let name = parts.allSatisfy { $0.name == first.name } ? first.name : .null
    return Series(try Vector.joining(parts.map(\.values)), index: index, name: name)
  }

  /// Tables beside each other; rows are matched by label.
  public static func beside(
    _ parts: [DataFrame], inner: Bool = false, ignoresIndex: Bool = false, keys: [Cell]? = nil,
    names: [Cell]? = nil
  ) throws -> DataFrame {
    guard let first = parts.first else { throw FrameError.raised(.value, "No objects to concatenate") }
    var index = first.index
    for part in parts.dropFirst() {
      if inner {
        if !index.isEqual(part.index) { index = try index.intersection(part.index) }
      } else if let union = try index.union(part.index, sort: false) {
        index = union
      }
    }
    var columns: [Vector] = []
    var labels: [Cell] = []
    for (position, part) in parts.enumerated() {
      let aligned = try part.reindexed(rows: index)
      for place in 0..<aligned.columnCount {
        columns.append(aligned.columns[place])
        let label = aligned.labels[place]
        if let keys {
          var cells: [Cell] = if case .tuple(let parts) = keys[position] { parts } else { [keys[position]] }
          if case .tuple(let inner) = label { cells += inner } else { cells.append(label) }
          labels.append(.tuple(cells))
        } else {
          labels.append(label)
        }
      }
    }
    var axis: Labels
    if ignoresIndex {
      axis = Labels(count: columns.count)
    } else if labels.isEmpty {
      axis = Labels(count: 0)
    } else {
      axis = try Labels(cells: labels)
      if let names, axis.isMulti {
        for (place, name) in names.enumerated() where place < axis.names.count { axis.names[place] = name }
      }
    }
    return DataFrame(columns: columns, labels: axis, index: index)
  }
}
