/// A typed column. Whole numbers know no missing value (one turns the column to floats, as in
/// pandas); a missing float is NaN; booleans and texts carry a missing state of their own.
public enum Column: Sendable, Equatable {
  case int([Int])
  case float([Double])
  case bool([Bool?])
  case string(StringColumn)
  /// Cells of different types: a row of a table turned on its side, for example.
  case object([Cell])

  /// A column of texts.
  public static func strings(_ values: [String?]) throws(FrameError) -> Column {
    .string(try StringColumn(values))
  }

  public var count: Int {
    switch self {
    case .int(let values): values.count
    case .float(let values): values.count
    case .bool(let values): values.count
    case .string(let values): values.count
    case .object(let cells): cells.count
    }
  }

  /// The name of the type as pandas gives it: `int64`, `float64`, `bool`, `object`, `str`.
  ///
  /// Booleans with a missing value are `object` there, and texts are `str` (pandas 3).
  public var typeName: String {
    switch self {
    case .int: "int64"
    case .float: "float64"
    case .bool(let values): values.contains(nil) ? "object" : "bool"
    case .string: "str"
    case .object: "object"
    }
  }

  public var isNumeric: Bool {
    switch self {
    case .int, .float: true
    case .bool, .string, .object: false
    }
  }

  /// A cell; `.missing` when the row does not exist.
  public subscript(row: Int) -> Cell {
    guard row >= 0, row < count else { return .missing }
    switch self {
    case .int(let values): return .int(values[row])
    case .float(let values): return values[row].isNaN ? .missing : .float(values[row])
    case .bool(let values): return values[row].map(Cell.bool) ?? .missing
    case .string(let values): return values[row].map(Cell.string) ?? .missing
    case .object(let cells): return cells[row]
    }
  }

  /// One flag per row: is the cell missing?
  public func isMissing() -> [Bool] {
    switch self {
    case .int(let values): [Bool](repeating: false, count: values.count)
    case .float(let values): values.map(\.isNaN)
    case .bool(let values): values.map { $0 == nil }
    case .string(let values):
      values.missing.isEmpty ? [Bool](repeating: false, count: values.count) : values.missing
    case .object(let cells): cells.map { $0 == .missing }
    }
  }

  public var missingCount: Int {
    switch self {
    case .int: 0
    case .float(let values): values.reduce(0) { $0 + ($1.isNaN ? 1 : 0) }
    case .bool(let values): values.reduce(0) { $0 + ($1 == nil ? 1 : 0) }
    case .string(let values): values.missingCount
    case .object(let cells): cells.reduce(0) { $0 + ($1 == .missing ? 1 : 0) }
    }
  }

  /// The column as floats: booleans are 0 and 1, missing is NaN; nil where there are texts.
  public var doubles: [Double]? {
    switch self {
    case .int(let values): values.map(Double.init)
    case .float(let values): values
    case .bool(let values): values.map { $0.map { $0 ? 1 : 0 } ?? .nan }
    case .string: nil
    case .object(let cells): Self.doubles(of: cells)
    }
  }

  private static func doubles(of cells: [Cell]) -> [Double]? {
    var numbers: [Double] = []
    for cell in cells {
      switch cell {
      case .missing: numbers.append(.nan)
      case .int(let value): numbers.append(Double(value))
      case .float(let value): numbers.append(value)
      case .bool(let value): numbers.append(value ? 1 : 0)
      default: return nil
      }
    }
    return numbers
  }

  /// The cells at `rows`, in that order. Every row is one of `0..<count`.
  func taking(_ rows: [Int]) -> Column {
    switch self {
    case .int(let values): .int(rows.map { values[$0] })
    case .float(let values): .float(rows.map { values[$0] })
    case .bool(let values): .bool(rows.map { values[$0] })
    case .string(let values): .string(values.taking(rows))
    case .object(let cells): .object(rows.map { cells[$0] })
    }
  }

  func slice(_ range: Range<Int>) -> Column {
    switch self {
    case .int(let values): .int(Array(values[range]))
    case .float(let values): .float(Array(values[range]))
    case .bool(let values): .bool(Array(values[range]))
    case .string(let values): .string(values.taking(Array(range)))
    case .object(let cells): .object(Array(cells[range]))
    }
  }

  /// A column from mixed cells: the narrowest type that holds all of them, objects where texts or
  /// booleans stand beside something else.
  public init(cells: [Cell]) throws(FrameError) {
    var hasInt = false
    var hasFloat = false
    var hasBool = false
    var hasString = false
    var hasMissing = false
    var hasOther = false
    for cell in cells {
      switch cell {
      case .missing: hasMissing = true
      case .int: hasInt = true
      case .float: hasFloat = true
      case .bool: hasBool = true
      case .string: hasString = true
      default: hasOther = true
      }
    }
    if hasOther || (hasString && (hasInt || hasFloat || hasBool)) || (hasBool && (hasInt || hasFloat)) {
      self = .object(cells)
    } else if hasString {
      self = .string(try StringColumn(cells.map(\.plainText)))
    } else if hasBool {
      self = .bool(cells.map { if case .bool(let value) = $0 { value } else { nil } })
    } else if hasInt && !hasFloat && !hasMissing {
      self = .int(cells.map { if case .int(let value) = $0 { value } else { 0 } })
    } else {
      self = .float(
        cells.map {
          switch $0 {
          case .int(let value): Double(value)
          case .float(let value): value
          default: .nan
          }
        })
    }
  }
}

