import Frames
import Language
import TensorCore

/// What stands between the brackets of `x[...]`, `.loc[...]` and `.iloc[...]`, as rows of an axis.
enum PandasSelection {
  enum Choice {
    /// One label that occurs once: the axis goes away.
    case one(Int)
    case many([Int])
    /// Labels of the first levels: those levels go away.
    case part([Int], levels: Int)

    var rows: [Int] {
      switch self {
      case .one(let row): [row]
      case .many(let rows): rows
      case .part(let rows, _): rows
      }
    }
  }

  /// Truth values that choose rows; nil when the key is none.
  static func mask(_ key: Value, _ index: Labels, _ machine: Machine) throws -> [Bool]? {
    let vector: Vector
    if let series = key.asSeries {
      guard isFlags(series.values) else { return nil }
      if !series.index.isEqual(index) {
        let places = index.places(in: series.index)
        guard !places.contains(nil) else {
          throw Raise(
            
            .indexError, "Unalignable boolean Series provided as indexer (index of "
              + "the boolean Series and of the indexed object do not match).")
        }
        vector = try series.values.taking(places)
      } else {
        vector = series.values
      }
    } else {
      guard key.asTuple == nil, key.swiftString == nil,
        key.asList != nil || key.asTensorObject != nil || key.asInstance is ArrayObject
          || key.asLabels != nil,
        let found = try? machine.vector(key), isFlags(found), found.count > 0
      else { return nil }
      vector = found
    }
    if vector.type == .object, vector.missingCount > 0 {
      throw Raise(.valueError, "Cannot mask with non-boolean array containing NA / NaN values")
    }
    return vector.cells.map { $0 == .bool(true) }
  }

  private static func isFlags(_ vector: Vector) -> Bool {
    if vector.type == .bool || vector.type == .nullable("boolean") { return true }
    guard vector.type == .object, vector.count > 0 else { return false }
    let cells = vector.cells
    return cells.contains { if case .bool = $0 { true } else { false } }
      && cells.allSatisfy { if case .bool = $0 { true } else { $0.isMissing } }
  }

  static func noLabel(_ cell: Frames.Cell, _ labels: Labels, _ machine: Machine) -> Raise {
    PandasErrors.raise(.missingLabel(cell, among: labels.cells), machine)
  }

  /// The rows of a key of `.loc`.
  static func byLabel(_ key: Value, _ labels: Labels, _ machine: Machine, noun: String) throws -> Choice {
    if let slice = key.object as? SliceObject { return .many(try range(slice, labels, machine)) }
    if let mask = try mask(key, labels, machine) {
      guard mask.count == labels.count else {
        throw Raise(
          .indexError, "Boolean index has wrong length: \(mask.count) instead of \(labels.count)")
      }
      return .many(mask.indices.filter { mask[$0] })
    }
    if key.asTuple == nil, key.swiftString == nil, !(key.asInstance is TimeObject), key.asNumpyScalar == nil,
      let wanted = try machine.vector(key)
    {
      if wanted.count == 0 { return .many([]) }
      let table = labels.table
      var rows: [Int] = []
      var lacking: [Frames.Cell] = []
      for cell in wanted.cells {
        if let found = table[cell.key] {
          rows += found
        } else if labels.isMulti || labels.vector.type.isDate, case let found = labels.places(of: cell), !found.isEmpty {
          rows += found
        } else {
          lacking.append(cell)
        }
      }
      if !lacking.isEmpty {
        throw PandasErrors.raise(
          .missingLabel(
            .string(Labels.lacking(lacking, of: wanted.cells, noun: noun)), among: labels.cells,
            asked: lacking.first), machine)
      }
      return .many(rows)
    }
    if labels.isMulti, let tuple = key.asTuple { return try multi(tuple.items, key, labels, machine) }
    let cell = try machine.cell(key)
    let rows = labels.places(of: cell)
    guard !rows.isEmpty else { throw noLabel(cell, labels, machine) }
    if labels.isMulti { return .part(rows, levels: 1) }
    if case .string(let text) = cell, case .flat(let vector) = labels.content, vector.type.isDate,
      text.count < 10 || rows.count > 1
    {
      return .many(rows)
    }
    return rows.count == 1 ? .one(rows[0]) : .many(rows)
  }

  /// A tuple for several levels: labels, lists or slices.
  private static func multi(
    _ parts: [Value], _ key: Value, _ labels: Labels, _ machine: Machine
  ) throws -> Choice {
    if parts.allSatisfy({ $0.asList == nil && !($0.object is SliceObject) }) {
      let cell = try machine.cell(key)
      let rows = labels.places(of: cell)
      guard !rows.isEmpty else { throw noLabel(cell, labels, machine) }
      if parts.count == labels.levelCount { return rows.count == 1 ? .one(rows[0]) : .many(rows) }
      return .part(rows, levels: parts.count)
    }
    var rows = Set(0..<labels.count)
    for (place, part) in parts.enumerated() where place < labels.levelCount {
      rows.formIntersection(
        try byLabel(part, labels.level(place), machine, noun: "index").rows)
    }
    return .many(rows.sorted())
  }

  /// The rows from one label to another, both included.
  private static func range(
    _ slice: SliceObject, _ labels: Labels, _ machine: Machine
  ) throws -> [Int] {
    func bound(_ value: Value, isStart: Bool) throws -> Int? {
      if value.isNone { return nil }
      var cell = try machine.cell(value)
      if case .flat(let vector) = labels.content, vector.type.isDate, case .string(let text) = cell {
        guard let (low, high) = DateRange.bounds(text) else { throw noLabel(cell, labels, machine) }
        cell = .date(isStart ? low : high - 1)
      }
      let rows = labels.places(of: cell)
      if let first = rows.first, let last = rows.last { return isStart ? first : last }
      // In sorted labels the place where it would stand.
      let vector = labels.isMulti ? labels.levels[0] : labels.vector
      if vector.isMonotonic(increasing: true) {
        let before = vector.cells.prefix { (isStart ? ($0.order(cell) ?? 1) < 0 : ($0.order(cell) ?? 1) <= 0) }.count
        return isStart ? before : before - 1
      }
      if vector.isMonotonic(increasing: false) {
        let before = vector.cells.prefix { (isStart ? ($0.order(cell) ?? -1) > 0 : ($0.order(cell) ?? -1) >= 0) }.count
        return isStart ? before : before - 1
      }
      throw noLabel(cell, labels, machine)
    }
    let step = slice.step.isNone ? 1 : try machine.index(slice.step) ?? 1
    guard step != 0 else { throw Raise(.valueError, "slice step cannot be zero") }
    if step < 0 {
      let start = try bound(slice.lower, isStart: false) ?? labels.count - 1
      let stop = try bound(slice.upper, isStart: true) ?? 0
      return start >= stop ? Array(stride(from: start, through: stop, by: step)) : []
    }
    let start = try bound(slice.lower, isStart: true) ?? 0
    let stop = try bound(slice.upper, isStart: false) ?? labels.count - 1
    return start <= stop ? Array(stride(from: start, through: stop, by: step)) : []
  }

  /// The rows of a key of `.iloc`.
  static func byPlace(_ key: Value, _ count: Int, _ machine: Machine, index: Labels) throws -> Choice {
    if let slice = key.object as? SliceObject { return .many(try places(slice, count)) }
    if key.swiftString != nil {
      throw Raise(.typeError, "Cannot index by location index with a non-integer key")
    }
    if let mask = try mask(key, index, machine) {
      if key.asSeries != nil {
        throw Raise(.valueError, "iLocation based boolean indexing cannot use an indexable as a mask")
      }
      guard mask.count == count else {
        throw Raise(
          .indexError, "Boolean index has wrong length: \(mask.count) instead of \(count)")
      }
      return .many(mask.indices.filter { mask[$0] })
    }
    if key.asNumpyScalar == nil, let wanted = try machine.vector(key) {
      return .many(
        try wanted.cells.map { cell in
          guard case .int(let place) = cell else {
            throw Raise(
              .indexError, ".iloc requires numeric indexers, got \(try machine.repr(key))")
          }
          let row = place < 0 ? place + count : place
          guard row >= 0, row < count else {
            throw Raise(.indexError, "positional indexers are out-of-bounds")
          }
          return row
        })
    }
    guard let place = try machine.index(key) else {
      throw Raise(.typeError, "Cannot index by location index with a non-integer key")
    }
    let row = place < 0 ? place + count : place
    guard row >= 0, row < count else {
      throw Raise(.indexError, "single positional indexer is out-of-bounds")
    }
    return .one(row)
  }

  static func places(_ slice: SliceObject, _ count: Int) throws -> [Int] {
    let indices = try slice.indices(count: count)
    return (0..<indices.count).map { indices.start + $0 * indices.step }
  }

  // MARK: - Taking

  static func rows(_ frame: DataFrame, _ choice: Choice) -> DataFrame {
    switch choice {
    case .one(let row): return frame.taking([row])
    case .many(let rows): return frame.taking(rows)
    case .part(let rows, let levels):
      var result = frame.taking(rows)
      for _ in 0..<levels where result.index.isMulti { result.index = result.index.dropping(level: 0) }
      return result
    }
  }

  static func sliced(_ frame: DataFrame, _ slice: SliceObject) throws -> DataFrame {
    let indices = try slice.indices(count: frame.rowCount)
    let rows = (0..<indices.count).map { indices.start + $0 * indices.step }
    return DataFrame(
      columns: frame.columns.map { $0.taking(rows) }, labels: frame.labels,
      index: frame.index.striding(indices.start, indices.count, indices.step))
  }

  static func sliced(_ series: Series, _ slice: SliceObject) throws -> Series {
    let indices = try slice.indices(count: series.count)
    let rows = (0..<indices.count).map { indices.start + $0 * indices.step }
    return Series(
      series.values.taking(rows),
      index: series.index.striding(indices.start, indices.count, indices.step), name: series.name)
  }
}
