/// A table as pandas has it: columns under labels, rows under labels.
public struct DataFrame: Sendable {
  public var columns: [Vector]
  /// The labels of the columns.
  public var labels: Labels
  /// The labels of the rows.
  public var index: Labels

  /// - Precondition: one label per column, all columns as long as the index.
  public init(columns: [Vector], labels: Labels, index: Labels) {
    self.columns = columns
    self.labels = labels
    self.index = index
  }

  public init(_ columns: [(Cell, Vector)], index: Labels) throws {
    self.init(
      columns: columns.map(\.1),
      labels: columns.isEmpty
        ? Labels(count: 0) : try Labels(cells: columns.map(\.0)), index: index)
  }

  /// What the CSV reader gives.
  public init(_ frame: Frame) throws {
    if frame.labelColumns > 0, frame.labelColumns <= frame.columnCount {
      let levels = frame.columns.prefix(frame.labelColumns).map { Vector($0) }
      let rest = frame.columns.dropFirst(frame.labelColumns).map { Vector($0) }
      let names = Array(frame.names.dropFirst(frame.labelColumns))
      self.init(
        columns: rest, labels: Labels(try Vector(texts: names)),
        index: levels.count == 1
          ? Labels(levels[0]) : Labels(levels: levels, names: levels.map { _ in .null }))
      return
    }
    self.init(
      columns: frame.columns.map { Vector($0) },
      labels: Labels(try Vector(texts: frame.names)), index: Labels(count: frame.rowCount))
  }

  /// Which of several equal rows stays.
  public enum Keep: Sendable { case first, last, none }

  public var rowCount: Int { index.count }
  public var columnCount: Int { columns.count }
  public var isEmpty: Bool { rowCount == 0 || columnCount == 0 }

  // MARK: - Columns

  public func places(of label: Cell) -> [Int] { labels.places(of: label) }

  /// The place of a column.
  public func place(of label: Cell) throws -> Int {
    guard let place = places(of: label).first else { throw unknown(label) }
    return place
  }

  public func unknown(_ label: Cell) -> FrameError { .missingLabel(label, among: labels.cells) }

  public func series(at place: Int) -> Series {
    Series(columns[place], index: index, name: labels[place])
  }

  public func series(_ label: Cell) throws -> Series {
    Series(columns[try place(of: label)], index: index, name: label)
  }

  /// The columns at the given places.
  public func selecting(_ places: [Int]) -> DataFrame {
    DataFrame(columns: places.map { columns[$0] }, labels: labels.taking(places), index: index)
  }

  /// The columns of the given labels.
  ///
  /// - Throws: pandas' sentence about those that are not there.
  public func selecting(_ wanted: [Cell]) throws -> DataFrame {
    let table = labels.table
    var places: [Int] = []
    var lacking: [Cell] = []
    for label in wanted {
      if let found = table[label.key] {
        places += found
      } else if labels.isMulti, case let found = self.places(of: label), !found.isEmpty {
        places += found
      } else {
        lacking.append(label)
      }
    }
    if !lacking.isEmpty {
      throw FrameError.missingLabel(
        .string(Labels.lacking(lacking, of: wanted, noun: "columns")),
        among: labels.cells, asked: lacking.first)
    }
    return selecting(places)
  }

  /// A column replaced, or added at the end.
  public mutating func set(_ label: Cell, to column: Vector) throws {
    if columnCount == 0, rowCount == 0 { index = Labels(count: column.count) }
    guard column.count == rowCount else {
      throw FrameError.raised(
        .value,
        "Length of values (\(column.count)) does not match length of index (\(rowCount))")
    }
    let places = places(of: label)
    if !places.isEmpty {
      for place in places { columns[place] = column }
      return
    }
    try insert(label, column, at: columnCount)
  }

  public mutating func insert(_ label: Cell, _ column: Vector, at place: Int) throws {
    columns.insert(column, at: place)
    var cells = labels.cells
    var label = label
    if labels.isMulti {
      var parts: [Cell]
      if case .tuple(let found) = label { parts = found } else { parts = [label] }
      while parts.count < labels.levelCount { parts.append(.string("")) }
      label = .tuple(parts)
    }
    cells.insert(label, at: place)
    let names = labels.names
    if cells.count == 1 {
      labels = Labels.one(label)
      if labels.names.count == names.count { labels.names = names }
    } else {
      labels = try Labels(cells: cells, names: names)
    }
  }

  public func droppingColumns(_ places: Set<Int>) -> DataFrame {
    selecting((0..<columnCount).filter { !places.contains($0) })
  }

  // MARK: - Rows

  public func taking(_ rows: [Int]) -> DataFrame {
    DataFrame(
      columns: columns.map { $0.taking(rows) }, labels: labels, index: index.taking(rows))
  }

  public func taking(_ rows: [Int?], index: Labels) throws -> DataFrame {
    DataFrame(columns: try columns.map { try $0.taking(rows) }, labels: labels, index: index)
  }

  public func slice(_ range: Range<Int>) -> DataFrame {
    let range = range.clamped(to: 0..<rowCount)
    return DataFrame(
      columns: columns.map { $0.slice(range) }, labels: labels, index: index.slice(range))
  }

  public func filtered(_ mask: [Bool]) -> DataFrame { taking(mask.indices.filter { mask[$0] }) }

  /// A row as a column, in a type that holds all cells.
  public func row(_ row: Int) throws -> Series {
    Series(try rowValues(row), index: labels, name: index[row])
  }

  /// The type that holds the cells of all columns.
  public var commonType: DataType {
    guard var type = columns.first?.type else { return .float64 }
    for column in columns.dropFirst() {
      if (type == .bool) != (column.type == .bool) { return .object }
      type = type.joined(column.type)
      if type == .object { return type }
    }
    return type.categories == nil ? type : .object
  }

  func rowValues(_ row: Int) throws -> Vector {
    try Vector(cells: columns.map { $0[row] }, as: commonType)
  }

  /// On its side: rows become columns.
  public func transposed() throws -> DataFrame {
    let type = commonType
    var turned: [Vector] = []
    for row in 0..<rowCount {
      turned.append(try Vector(cells: columns.map { $0[row] }, as: type))
    }
    return DataFrame(columns: turned, labels: index, index: labels)
  }

  /// Under other row labels, missing where there is none.
  public func reindexed(rows: Labels? = nil, columns wanted: Labels? = nil) throws -> DataFrame {
    var result = self
    if let wanted, !labels.isEqual(wanted) {
      let places = wanted.places(in: labels)
      result = DataFrame(
        columns: places.map { place in
          if let place { return columns[place] }
          return Vector(doubles: [Double](repeating: .nan, count: rowCount))
        }, labels: wanted, index: index)
    } else if let wanted {
      result.labels = wanted
    }
    if let rows, !index.isEqual(rows) {
      guard index.isUnique else {
        throw FrameError.raised(.value, "cannot reindex on an axis with duplicate labels")
      }
      result = try result.taking(rows.places(in: index), index: rows)
    }
    return result
  }

  /// Sorted by columns, the first counting most.
  public func sortedRows(
    by keys: [Vector], ascending: [Bool], missingFirst: Bool = false
  ) throws -> [Int] {
    var order = Array(0..<rowCount)
    for (place, key) in keys.enumerated().reversed() {
      order = try key.sortedRows(
        order, ascending: ascending.count > place ? ascending[place] : ascending.last ?? true,
        missingFirst: missingFirst)
    }
    return order
  }

  /// A number per row, equal where rows agree in all of the columns; by first occurrence.
  public static func rowCodes(_ keys: [Vector], count: Int) -> (codes: [Int], firstRows: [Int]) {
    guard let first = keys.first else {
      return ([Int](repeating: 0, count: count), count > 0 ? [0] : [])
    }
    var (codes, firstRows) = first.codes()
    struct Pair: Hashable {
      let a: Int
      let b: Int
    }
    for key in keys.dropFirst() {
      let next = key.codes().codes
      var seen: [Pair: Int] = [:]
      firstRows = []
      for row in 0..<count {
        let pair = Pair(a: codes[row], b: next[row])
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

  public func duplicated(in places: [Int]?, keep: Keep) -> [Bool] {
    let keys = (places ?? Array(0..<columnCount)).map { columns[$0] }
    return Series.duplicated(Self.rowCodes(keys, count: rowCount).codes, keep)
  }

  // MARK: - Row labels

  /// The row labels as first columns, row numbers in their place.
  public func resettingIndex(names given: [Cell]? = nil) throws -> DataFrame {
    var result = self
    result.index = Labels(count: rowCount)
    let levels = index.levels
    for (place, level) in levels.enumerated() {
      var name = given.flatMap { $0.count > place ? $0[place] : nil } ?? index.names[place]
      if name == .null {
        name =
          index.isMulti || !places(of: .string("index")).isEmpty
          ? .string("level_\(place)") : .string("index")
      }
      if !places(of: name).isEmpty {
        throw FrameError.raised(.value, "cannot insert \(name.shown), already exists")
      }
      try result.insert(name, level, at: place)
    }
    return result
  }

  /// Columns as row labels.
  public func settingIndex(_ places: [Int], drop: Bool, append: Bool = false) throws -> DataFrame {
    var result = drop ? droppingColumns(Set(places)) : self
    let vectors = places.map { columns[$0] }
    let names = places.map { labels[$0] }
    if append {
      result.index = Labels(levels: index.levels + vectors, names: index.names + names)
    } else if vectors.count == 1 {
      result.index = Labels(vectors[0], name: names[0])
    } else {
      result.index = Labels(levels: vectors, names: names)
    }
    return result
  }

  public func isEqual(_ other: DataFrame) -> Bool {
    rowCount == other.rowCount && columnCount == other.columnCount && labels.isEqual(other.labels)
      && index.isEqual(other.index)
      && zip(columns, other.columns).allSatisfy { a, b in
        a.type == b.type && a.cells.map(\.key) == b.cells.map(\.key)
      }
  }
}

extension Labels {
  /// pandas' sentence about labels that are not there.
  public static func lacking(_ lacking: [Cell], of wanted: [Cell], noun: String) -> String {
    if lacking.count == wanted.count {
      let labels = (try? Labels(cells: wanted)) ?? Labels(Vector(objects: wanted))
      return "None of [\(IndexText.repr(labels))] are in the [\(noun)]"
    }
    return "[" + lacking.map(\.reprText).joined(separator: ", ") + "] not in index"
  }
}
