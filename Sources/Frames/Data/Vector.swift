/// A typed column as pandas has it: the cells, and what type they are of.
///
/// The type says how the stored column is to be read: moments and spans are integers in
/// microseconds, categories are integers that point into the list of values.
public struct Vector: Sendable {
  public var type: DataType
  public var storage: Column

  /// The integer that stands for a moment or span that is missing.
  public static let notATime = Int.min

  public init(_ storage: Column, _ type: DataType) {
    self.storage = storage
    self.type = type
  }

  public init(empty type: DataType) {
    self.type = type
    switch type {
    case .integer, .date, .span, .category: storage = .int([])
    case .floating: storage = .float([])
    case .bool: storage = .bool([])
    case .string: storage = .string(StringColumn())
    case .object, .nullable: storage = .object([])
    }
  }

  public init(ints: [Int]) { self.init(.int(ints), .int64) }
  public init(doubles: [Double]) { self.init(.float(doubles), .float64) }
  public init(bools: [Bool]) { self.init(.bool(bools.map { $0 }), .bool) }
  public init(objects: [Cell]) { self.init(.object(objects), .object) }
  public init(texts: [String?]) throws { self.init(try .strings(texts), .string) }
  public init(dates: [Int]) { self.init(.int(dates), .date(unit: "us")) }
  public init(spans: [Int]) { self.init(.int(spans), .span(unit: "us")) }

  /// A column as the CSV reader makes it.
  public init(_ column: Column) {
    switch column {
    case .int: self.init(column, .int64)
    case .float: self.init(column, .float64)
    case .bool(let flags):
      if flags.contains(nil) {
        self.init(objects: flags.map { $0.map(Cell.bool) ?? .missing })
      } else {
        self.init(column, .bool)
      }
    case .string: self.init(column, .string)
    case .object: self.init(column, .object)
    }
  }

  /// The narrowest type that holds the cells, as pandas finds it for a list.
  public init(cells: [Cell]) throws {
    var kinds: Set<Int> = []
    for cell in cells { kinds.insert(Self.kind(cell)) }
    let missing: Set<Int> = [0, 6]
    let present = kinds.subtracting(missing)
    if cells.isEmpty || kinds.contains(5) || kinds.contains(10) {
      self.init(objects: cells)
    } else if present.isEmpty {
      if kinds.contains(6), !kinds.contains(0) {
        self.init(objects: cells)
      } else {
        self.init(doubles: [Double](repeating: .nan, count: cells.count))
      }
    } else if present == [1], kinds == [1] {
      self.init(ints: cells.map { if case .int(let value) = $0 { value } else { 0 } })
    } else if present.isSubset(of: [1, 2]) {
      self.init(doubles: cells.map { $0.number ?? .nan })
    } else if present == [3] {
      if kinds == [3] {
        self.init(bools: cells.map { $0 == .bool(true) })
      } else {
        self.init(objects: cells)
      }
    } else if present == [4] {
      try self.init(texts: cells.map(\.text))
    } else if present.isSubset(of: [7, 9]), present.contains(7) {
      self.init(dates: cells.map { if case .date(let micros) = $0 { micros } else { Self.notATime } })
    } else if present.isSubset(of: [8, 9]), present.contains(8) {
      self.init(spans: cells.map { if case .span(let micros) = $0 { micros } else { Self.notATime } })
    } else if present == [9] {
      self.init(dates: cells.map { _ in Self.notATime })
    } else if present == [11], !kinds.contains(6) {
      self = Self.intervals(cells)
    } else {
      self.init(objects: cells)
    }
  }

  /// Intervals keep their cells; their type is told by them.
  static func intervals(_ cells: [Cell]) -> Vector { Vector(objects: cells) }

  private static func kind(_ cell: Cell) -> Int {
    switch cell {
    case .missing: 0
    case .int: 1
    case .float(let value): value.isNaN ? 0 : 2
    case .bool: 3
    case .string: 4
    case .absent: 5
    case .null: 6
    case .date: 7
    case .span: 8
    case .notATime: 9
    case .tuple, .other: 10
    case .interval: 11
    }
  }

  public var count: Int { storage.count }

  /// The type's name, intervals included.
  public var typeName: String {
    if case .object = type, let kind = intervalType { return kind }
    return type.name
  }

  /// `interval[float64, right]` when all cells are intervals.
  var intervalType: String? {
    guard case .object = type, case .object(let cells) = storage,
      case .interval(let first)? = cells.first,
      cells.allSatisfy({ if case .interval = $0 { true } else { false } })
    else { return nil }
    return "interval[\(first.isWhole ? "int64" : "float64"), "
      + "\(first.isRightClosed ? "right" : "left")]"
  }

  public subscript(row: Int) -> Cell {
    guard row >= 0, row < count else { return .missing }
    switch type {
    case .date:
      guard case .int(let micros) = storage[row], micros != Self.notATime else { return .notATime }
      return .date(micros)
    case .span:
      guard case .int(let micros) = storage[row], micros != Self.notATime else { return .notATime }
      return .span(micros)
    case .category(let categories):
      guard case .int(let code) = storage[row], code >= 0 else { return .missing }
      return categories.values[code]
    default: return storage[row]
    }
  }

  public var cells: [Cell] { (0..<count).map { self[$0] } }

  public func isMissing() -> [Bool] {
    switch type {
    case .date, .span:
      guard case .int(let values) = storage else { return [] }
      return values.map { $0 == Self.notATime }
    case .category:
      guard case .int(let values) = storage else { return [] }
      return values.map { $0 < 0 }
    case .object, .nullable:
      guard case .object(let cells) = storage else { return [] }
      return cells.map(\.isMissing)
    default: return storage.isMissing()
    }
  }

  public var missingCount: Int { isMissing().reduce(0) { $0 + ($1 ? 1 : 0) } }

  /// Numbers, truth values as 0 and 1, missing as NaN; nil where there is anything else.
  public var doubles: [Double]? {
    switch type {
    case .date, .span, .string: return nil
    case .category(let categories):
      guard let numbers = categories.values.doubles, case .int(let codes) = storage else {
        return nil
      }
      return codes.map { $0 >= 0 && $0 < numbers.count ? numbers[$0] : .nan }
    case .object, .nullable:
      guard case .object(let cells) = storage else { return storage.doubles }
      var numbers: [Double] = []
      numbers.reserveCapacity(cells.count)
      for cell in cells {
        if let number = cell.number {
          numbers.append(number)
        } else if cell.isMissing {
          numbers.append(.nan)
        } else {
          return nil
        }
      }
      return numbers
    default: return storage.doubles
    }
  }

  /// Whether reductions and arithmetic take it for numbers: also truth values.
  public var countsAsNumeric: Bool {
    type.isNumeric || type == .bool || type == .nullable("boolean")
  }

  // MARK: - Rows

  /// The cells at `rows`, in that order; every row exists.
  public func taking(_ rows: [Int]) -> Vector { Vector(storage.taking(rows), type) }

  /// The cells at `rows`, missing where there is none. Integers become floats, truth values objects
  /// when something is missing.
  public func taking(_ rows: [Int?]) throws -> Vector {
    let known = rows.compactMap { $0 }
    if known.count == rows.count { return taking(known) }
    switch type {
    case .date, .span, .category:
      guard case .int(let values) = storage else { return self }
      let hole = type.categories == nil ? Self.notATime : -1
      return Vector(.int(rows.map { $0.map { values[$0] } ?? hole }), type)
    case .integer, .floating:
      let numbers = storage.doubles ?? []
      return Vector(
        .float(rows.map { $0.map { numbers[$0] } ?? .nan }), type.isFloating ? type : .float64)
    case .string: return try Vector(texts: rows.map { $0.flatMap { self[$0].text } })
    case .nullable: return Vector(.object(rows.map { $0.map { self[$0] } ?? .absent }), type)
    case .bool, .object: return Vector(objects: rows.map { $0.map { self[$0] } ?? .missing })
    }
  }

  public func slice(_ range: Range<Int>) -> Vector {
    Vector(storage.slice(range.clamped(to: 0..<count)), type)
  }

  public func filtered(_ mask: [Bool]) -> Vector { taking(mask.indices.filter { mask[$0] }) }

  // MARK: - Joining and filling

  /// One below the other, in a type that holds all.
  public static func joining(_ parts: [Vector]) throws -> Vector {
    guard var type = parts.first?.type else { return Vector(empty: .object) }
    // An empty part of objects does not decide.
    let counting = parts.filter { !($0.count == 0 && $0.type == .object) }
    if let first = counting.first { type = first.type }
    for part in counting.dropFirst() {
      if part.type == .bool || type == .bool, part.type != type {
        type = .object
      } else if part.isAllMissing, type == .string || type.isDate || type.isSpan {
        continue
      } else {
        type = type.joined(part.type)
      }
    }
    if case .integer = type {
      return Vector(
        .int(parts.flatMap { part -> [Int] in
          if case .int(let values) = part.storage { values } else { [] }
        }), type)
    }
    if case .floating = type {
      return Vector(.float(parts.flatMap { $0.doubles ?? [] }), type)
    }
    let cells = parts.flatMap(\.cells)
    return try Vector(cells: cells, as: type)
  }

  var isAllMissing: Bool { !isMissing().contains(false) }

  /// The cells in a type that is known to hold them.
  public init(cells: [Cell], as type: DataType) throws {
    switch type {
    case .integer:
      if cells.contains(where: \.isMissing) {
        self.init(doubles: cells.map { $0.number ?? .nan })
      } else {
        self.init(
          .int(cells.map { Int(exactly: ($0.number ?? 0).rounded(.towardZero)) ?? 0 }), type)
        if case .int(var values) = storage {
          for (row, cell) in cells.enumerated() { if case .int(let whole) = cell { values[row] = whole } }
          storage = .int(values)
        }
      }
    case .floating: self.init(.float(cells.map { $0.number ?? .nan }), type)
    case .bool:
      if cells.allSatisfy({ if case .bool = $0 { true } else { false } }) {
        self.init(bools: cells.map { $0 == .bool(true) })
      } else {
        try self.init(cells: cells)
      }
    case .string:
      if cells.allSatisfy({ $0.isMissing || $0.text != nil }) {
        try self.init(texts: cells.map(\.text))
      } else {
        self.init(objects: cells)
      }
    case .date, .span:
      var values: [Int] = []
      for cell in cells {
        switch cell {
        case .date(let micros), .span(let micros): values.append(micros)
        default:
          guard cell.isMissing else {
            self.init(objects: cells)
            return
          }
          values.append(Self.notATime)
        }
      }
      self.init(.int(values), type)
    case .category(let categories):
      var codes: [Int] = []
      let places = categories.places
      for cell in cells { codes.append(cell.isMissing ? -1 : places[cell.key] ?? -1) }
      self.init(.int(codes), type)
    case .nullable: self.init(.object(cells.map { $0.isMissing ? .absent : $0 }), type)
    case .object: self.init(objects: cells)
    }
  }

  /// Another value at the given rows, the type widened as far as it must be.
  public func replacing(_ rows: [Int], with values: [Cell]) throws -> Vector {
    guard !rows.isEmpty else { return self }
    let fits = values.allSatisfy { holds($0) }
    if case .floating = type, fits, case .float(var numbers) = storage {
      for (place, row) in rows.enumerated() { numbers[row] = values[place].number ?? .nan }
      return Vector(.float(numbers), type)
    }
    if case .integer = type, fits, case .int(var numbers) = storage {
      for (place, row) in rows.enumerated() {
        numbers[row] = values[place].number.flatMap { Int(exactly: $0) } ?? numbers[row]
        if case .int(let whole) = values[place] { numbers[row] = whole }
      }
      return Vector(.int(numbers), type)
    }
    var cells = cells
    for (place, row) in rows.enumerated() { cells[row] = values[place] }
    if fits { return try Vector(cells: cells, as: type) }
    if rows.count == count || type == .object { return try type == .object ? Vector(objects: cells) : Vector(cells: cells) }
    if type.isInteger, values.allSatisfy({ $0.isNumber || $0.isMissing }) {
      return Vector(doubles: cells.map { $0.number ?? .nan })
    }
    return Vector(objects: cells)
  }

  /// Whether the type can keep a value as it is.
  public func holds(_ cell: Cell) -> Bool {
    switch type {
    case .integer:
      if case .int = cell { return true }
      if case .float(let value) = cell { return Int(exactly: value) != nil }
      return false
    case .floating: return cell.isNumber || cell.isMissing
    case .bool: if case .bool = cell { return true } else { return false }
    case .string: return cell.text != nil || cell.isMissing
    case .object: return true
    case .date: if case .date = cell { return true } else { return cell.isMissing }
    case .span: if case .span = cell { return true } else { return cell.isMissing }
    case .category(let categories): return cell.isMissing || categories.code(of: cell) != nil
    case .nullable(let name):
      if cell.isMissing { return true }
      switch name {
      case "boolean": if case .bool = cell { return true } else { return false }
      case "string": return cell.text != nil
      default: return cell.isNumber
      }
    }
  }

  /// A value in place of each missing one.
  public func fillingMissing(with value: Cell) throws -> Vector {
    let missing = isMissing()
    guard missing.contains(true) else { return self }
    if case .floating = type, let number = value.number, case .float(let values) = storage {
      return Vector(.float(values.map { $0.isNaN ? number : $0 }), type)
    }
    if case .category(let categories) = type, categories.code(of: value) == nil, !value.isMissing {
      throw FrameError.raised(
        .type,
        "Cannot setitem on a Categorical with a new category (\(value.shown)), set the categories "
          + "first")
    }
    if type == .string, value.text == nil, !value.isMissing {
      throw FrameError.raised(
        .type, "Invalid value '\(value.shown)' for dtype 'str'. Value should be a string or missing "
          + "value, got '\(value.typeName)' instead.")
    }
    let rows = missing.indices.filter { missing[$0] }
    if type == .object {
      let filled = try replacing(rows, with: rows.map { _ in value })
      return filled
    }
    return try replacing(rows, with: rows.map { _ in value })
  }

  /// Each missing value from the last one before it (or the next behind it), `limit` in a row.
  public func fillingMissing(backward: Bool, limit: Int? = nil) -> Vector {
    let missing = isMissing()
    var source = Array(0..<count)
    var last: Int?
    var run = 0
    for row in backward ? Array((0..<count).reversed()) : Array(0..<count) {
      if missing[row] {
        run += 1
        if let last, limit.map({ run <= $0 }) ?? true { source[row] = last }
      } else {
        last = row
        run = 0
      }
    }
    return taking(source)
  }

  // MARK: - Equality

  /// A number per row, equal where cells are equal (missing ones are equal to each other), and the
  /// first row of each.
  public func codes() -> (codes: [Int], firstRows: [Int]) {
    switch type {
    case .object, .nullable:
      var seen: [Cell: Int] = [:]
      var codes: [Int] = []
      var firstRows: [Int] = []
      for row in 0..<count {
        let key = self[row].key
        if let code = seen[key] {
          codes.append(code)
        } else {
          seen[key] = firstRows.count
          codes.append(firstRows.count)
          firstRows.append(row)
        }
      }
      return (codes, firstRows)
    default: return storage.codes()
    }
  }

  public func unique() -> Vector { taking(codes().firstRows) }

  /// Rows in ascending order, missing ones last (or first); equal ones keep their order.
  public func sortedRows(
    _ rows: [Int]? = nil, ascending: Bool = true, missingFirst: Bool = false
  ) throws -> [Int] {
    let rows = rows ?? Array(0..<count)
    let missing = isMissing()
    var present = rows.filter { !missing[$0] }
    let absent = rows.filter { missing[$0] }
    switch type {
    case .object, .nullable, .category:
      if case .category = type, case .int(let codes) = storage {
        present = Column.stable(present, ascending) { codes[$0] < codes[$1] }
      } else {
        let cells = cells
        var failed: (Cell, Cell)?
        present = Column.stable(present, ascending) { a, b in
          guard let order = cells[a].order(cells[b]) else {
            if failed == nil { failed = (cells[a], cells[b]) }
            return false
          }
          return order < 0
        }
        if let (a, b) = failed {
          throw FrameError.raised(
            .type,
            "'<' not supported between instances of '\(a.typeName)' and '\(b.typeName)'")
        }
      }
    default: present = storage.sortedRows(present, ascending: ascending)
    }
    return missingFirst ? absent + present : present + absent
  }

  /// Whether cells ascend (or descend), none of them missing.
  public func isMonotonic(increasing: Bool) -> Bool {
    let cells = cells
    guard !cells.contains(where: \.isMissing) else { return false }
    return zip(cells, cells.dropFirst()).allSatisfy { a, b in
      guard let order = a.order(b) else { return false }
      return increasing ? order <= 0 : order >= 0
    }
  }
}

extension Categories {
  /// The place of each value.
  var places: [Cell: Int] {
    Dictionary(
      (0..<values.count).map { (values[$0].key, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
