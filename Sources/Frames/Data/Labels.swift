/// The labels of one axis: row numbers, one value per place, or several levels of them.
public struct Labels: Sendable {
  public enum Content: Sendable {
    case range(start: Int, count: Int, step: Int)
    case flat(Vector)
    case levels([Vector])
  }

  public var content: Content
  /// One name per level; `.null` where there is none.
  public var names: [Cell]
  /// The distance between dates that are evenly spread: `D`, `MS`.
  public var frequency: String?
  /// Levels whose values have the order in which they occur (columns that became a level), not that of
  /// their values. Lost when rows are taken.
  public var inOrderOfOccurrence: Set<Int> = []

  public init(count: Int, name: Cell = .null) {
    content = .range(start: 0, count: count, step: 1)
    names = [name]
  }

  public init(_ vector: Vector, name: Cell = .null, frequency: String? = nil) {
    content = .flat(vector)
    names = [name]
    self.frequency = frequency
  }

  public init(levels: [Vector], names: [Cell]) {
    content = .levels(levels)
    self.names = names
  }

  public init(start: Int, count: Int, step: Int, name: Cell = .null) {
    content = .range(start: start, count: max(0, count), step: step)
    names = [name]
  }

  /// Labels from cells: levels when all of them are tuples of one length.
  public init(cells: [Cell], names: [Cell]? = nil) throws {
    if case .tuple(let first)? = cells.first, !first.isEmpty,
      cells.allSatisfy({ if case .tuple(let parts) = $0 { parts.count == first.count } else { false } })
    {
      let levels = try first.indices.map { level in
        try Vector(
          cells: cells.map { if case .tuple(let parts) = $0 { parts[level] } else { .missing } })
      }
      self.init(
        levels: levels, names: names?.count == levels.count
          ? names ?? [] : [Cell](repeating: .null, count: levels.count))
    } else {
      self.init(try Vector(cells: cells), name: names?.first ?? .null)
    }
  }

  public var count: Int {
    switch content {
    case .range(_, let count, _): count
    case .flat(let vector): vector.count
    case .levels(let levels): levels.first?.count ?? 0
    }
  }

  public var levelCount: Int {
    if case .levels(let levels) = content { levels.count } else { 1 }
  }
  public var isMulti: Bool { if case .levels = content { true } else { false } }
  public var isRange: Bool { if case .range = content { true } else { false } }
  public var hasNames: Bool { names.contains { $0 != .null } }

  /// The one name; of several levels none.
  public var name: Cell {
    get { names.count == 1 ? names[0] : .null }
    set { if names.count == 1 { names[0] = newValue } }
  }

  public subscript(place: Int) -> Cell {
    switch content {
    case .range(let start, let count, let step):
      place >= 0 && place < count ? .int(start + place * step) : .missing
    case .flat(let vector): vector[place]
    case .levels(let levels): .tuple(levels.map { $0[place] })
    }
  }

  public var cells: [Cell] { (0..<count).map { self[$0] } }

  /// The labels as a column; tuples where there are levels.
  public var vector: Vector {
    switch content {
    case .range(let start, let count, let step):
      Vector(ints: (0..<count).map { start + $0 * step })
    case .flat(let vector): vector
    case .levels: Vector(objects: cells)
    }
  }

  /// The columns of the levels.
  public var levels: [Vector] {
    if case .levels(let levels) = content { levels } else { [vector] }
  }

  public func level(_ place: Int) -> Labels {
    Labels(levels[place], name: names[place])
  }

  /// The level of a name or number.
  public func levelPlace(_ cell: Cell) throws -> Int {
    if let place = names.firstIndex(where: { $0 != .null && $0.key == cell.key }) { return place }
    if case .int(let number) = cell {
      let place = number < 0 ? number + levelCount : number
      if place >= 0, place < levelCount { return place }
      throw FrameError.raised(
        .index, "Too many levels: Index has only \(levelCount) level\(levelCount == 1 ? "" : "s"), not \(number + 1)")
    }
    throw isMulti
      ? FrameError.missingLabel(.string("Level \(cell.shown) not found"))
      : FrameError.missingLabel(
        .string("Requested level (\(cell.shown)) does not match index name (\(names[0].shown))"))
  }

  public func renamed(_ names: [Cell]) -> Labels {
    var result = self
    result.names = names
    return result
  }

  // MARK: - Rows

  public func taking(_ rows: [Int]) -> Labels {
    switch content {
    case .range(let start, let count, let step):
      if rows.count == count, rows == Array(0..<count) { return self }
      return Labels(Vector(ints: rows.map { start + $0 * step }), name: name)
    case .flat(let vector):
      let isRun = frequency != nil && zip(rows, rows.dropFirst()).allSatisfy { $0 + 1 == $1 }
      return Labels(vector.taking(rows), name: name, frequency: isRun ? frequency : nil)
    case .levels(let levels): return Labels(levels: levels.map { $0.taking(rows) }, names: names)
    }
  }

  public func slice(_ range: Range<Int>) -> Labels {
    let range = range.clamped(to: 0..<count)
    switch content {
    case .range(let start, _, let step):
      return Labels(
        start: start + range.lowerBound * step, count: range.count, step: step, name: name)
    case .flat(let vector): return Labels(vector.slice(range), name: name, frequency: frequency)
    case .levels(let levels): return Labels(levels: levels.map { $0.slice(range) }, names: names)
    }
  }

  /// Rows at even steps; a range stays one.
  public func striding(_ start: Int, _ count: Int, _ step: Int) -> Labels {
    if case .range(let first, _, let own) = content {
      return Labels(start: first + start * own, count: count, step: own * step, name: name)
    }
    return taking((0..<count).map { start + $0 * step })
  }

  // MARK: - Looking up

  /// The places of a label, ascending.
  public func places(of label: Cell) -> [Int] {
    switch content {
    case .range(let start, let count, let step):
      guard case .int(let number) = label.key, step != 0 else { return [] }
      let (distance, overflow) = number.subtractingReportingOverflow(start)
      guard !overflow, distance % step == 0, distance / step >= 0, distance / step < count else {
        return []
      }
      return [distance / step]
    case .flat(let vector):
      if vector.type == .string, label.text == nil, !label.isMissing { return [] }
      if vector.type.isDate, case .string(let text) = label {
        return DateRange.places(text, vector)
      }
      let key = label.key
      return (0..<vector.count).filter { vector[$0].key == key }
    case .levels(let levels):
      let parts: [Cell]
      if case .tuple(let cells) = label { parts = cells } else { parts = [label] }
      guard parts.count <= levels.count else { return [] }
      let keys = parts.map(\.key)
      return (0..<count).filter { row in
        keys.indices.allSatisfy { levels[$0][row].key == keys[$0] }
      }
    }
  }

  /// The places of many labels at once.
  public var table: [Cell: [Int]] {
    var table: [Cell: [Int]] = [:]
    for place in 0..<count { table[self[place].key, default: []].append(place) }
    return table
  }

  public var isUnique: Bool { isRange || Set(cells.map(\.key)).count == count }

  // MARK: - Comparing and joining

  public func isEqual(_ other: Labels) -> Bool {
    if case .range(let a, let b, let c) = content, case .range(let x, let y, let z) = other.content {
      return b == y && (b == 0 || a == x && (c == z || b == 1))
    }
    return count == other.count && (0..<count).allSatisfy { self[$0].key == other[$0].key }
  }

  /// The name that both have.
  func sharedNames(_ other: Labels) -> [Cell] {
    names.count == other.names.count
      ? zip(names, other.names).map { $0 == $1 ? $0 : .null } : names
  }

  /// All labels of both, sorted where they have an order; nil when they are equal.
  public func union(_ other: Labels, sort: Bool = true) throws -> Labels? {
    if isEqual(other) { return nil }
    var cells: [Cell] = []
    var seen: Set<Cell> = []
    for cell in self.cells + other.cells where seen.insert(cell.key).inserted { cells.append(cell) }
    // Repeated labels stay as often as the side that has most of them.
    if !isUnique || !other.isUnique {
      cells = self.cells
      let own = Set(cells.map(\.key))
      cells += other.cells.filter { !own.contains($0.key) }
    }
    let joined = try Labels.like(self, other, cells, names: sharedNames(other))
    guard sort, let order = try? joined.sortedRows() else { return joined }
    return joined.taking(order)
  }

  public func intersection(_ other: Labels) throws -> Labels {
    let table = other.table
    var seen: Set<Cell> = []
    let rows = (0..<count).filter {
      table[self[$0].key] != nil && seen.insert(self[$0].key).inserted
    }
    return taking(rows).renamed(sharedNames(other))
  }

  public func difference(_ other: Labels) throws -> Labels {
    let table = other.table
    let rows = (0..<count).filter { table[self[$0].key] == nil }
    let left = taking(rows)
    return (try? left.sortedRows()).map { left.taking($0) } ?? left
  }

  /// Labels of cells in the type that both have.
  static func like(_ a: Labels, _ b: Labels, _ cells: [Cell], names: [Cell]) throws -> Labels {
    if a.isMulti || b.isMulti { return try Labels(cells: cells, names: names) }
    let type = a.vector.type.joined(b.vector.type)
    if type.categories != nil || type == .object {
      return Labels(try a.count + b.count == 0 ? Vector(cells: cells) : Vector(cells: cells), name: names.first ?? .null)
    }
    return Labels(try Vector(cells: cells, as: type), name: names.first ?? .null)
  }

  /// For each label its place in another axis, nil where it has none.
  public func places(in other: Labels) -> [Int?] {
    let table = other.table
    return (0..<count).map { table[self[$0].key]?.first }
  }

  /// Places in ascending order of the labels, the first level counting most.
  public func sortedRows(ascending: [Bool] = [true], missingFirst: Bool = false) throws -> [Int] {
    var order = Array(0..<count)
    for (place, level) in levels.enumerated().reversed() {
      order = try level.sortedRows(
        order, ascending: ascending.count > place ? ascending[place] : ascending.last ?? true,
        missingFirst: missingFirst)
    }
    return order
  }

  /// One below the other.
  public static func joining(_ parts: [Labels]) throws -> Labels {
    guard let first = parts.first else { return Labels(count: 0) }
    let names = parts.dropFirst().reduce(first.names) { names, part in
      names.count == part.names.count ? zip(names, part.names).map { $0 == $1 ? $0 : .null } : names
    }
    if parts.allSatisfy(\.isMulti), Set(parts.map(\.levelCount)).count == 1 {
      let levels = try (0..<first.levelCount).map { level in
        try Vector.joining(parts.map { $0.levels[level] })
      }
      return Labels(levels: levels, names: names)
    }
    // Ranges that continue each other stay a range.
    var next: Int?
    var isOne = true
    var total = 0
    for part in parts {
      guard case .range(let start, let count, 1) = part.content, next == nil || start == next else {
        isOne = false
        break
      }
      if count > 0 { next = start + count }
      total += count
    }
    if isOne, case .range(let start, _, _) = first.content {
      return Labels(start: start, count: total, step: 1, name: names[0])
    }
    return Labels(try Vector.joining(parts.map(\.vector)), name: names.first ?? .null)
  }

  /// With further levels behind the own ones.
  public func appending(levels more: [Vector], names moreNames: [Cell]) -> Labels {
    Labels(levels: levels + more, names: names + moreNames)
  }

  /// Without a level; flat when one is left.
  public func dropping(level place: Int) -> Labels {
    var levels = levels
    var names = names
    levels.remove(at: place)
    names.remove(at: place)
    if levels.count == 1 { return Labels(levels[0], name: names[0]) }
    return Labels(levels: levels, names: names)
  }

  /// What the kind of index is called: `RangeIndex`, `Index`, `DatetimeIndex`, ...
  public var kindName: String {
    switch content {
    case .range: "RangeIndex"
    case .levels: "MultiIndex"
    case .flat(let vector):
      switch vector.type {
      case .date: "DatetimeIndex"
      case .span: "TimedeltaIndex"
      case .category: "CategoricalIndex"
      default: vector.intervalType == nil ? "Index" : "IntervalIndex"
      }
    }
  }
}
