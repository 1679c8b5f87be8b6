/// A typed table: named columns, optional row labels. What `TableFormatter` and `BoxTable` draw.
///
/// Columns answer for a cell when asked, so that a table of a million rows of which twenty are
/// shown costs twenty cells.
public struct Table: Sendable {
  public enum Cell: Sendable, Equatable {
    case int(Int)
    case double(Double)
    case bool(Bool)
    case text(String)
    /// A missing value and how it is written: `NaN`, `None`, `NaT`, `<NA>`.
    case missing(String)
  }

  /// What a column holds; numbers are aligned and rounded together.
  public enum Kind: Sendable, Equatable {
    case integer, real, boolean, text
    /// Anything: each cell is written on its own.
    case mixed

    var isNumeric: Bool { self == .integer || self == .real || self == .boolean }
  }

  public struct Column: Sendable {
    public var name: String
    public var kind: Kind
    /// Number of cells.
    public var count: Int
    private let source: @Sendable (Int) -> Cell

    /// A column whose cells are asked for by row, 0 ..< count.
    public init(
      _ name: String, kind: Kind, count: Int, cell: @escaping @Sendable (Int) -> Cell
    ) {
      self.name = name
      self.kind = kind
      self.count = max(count, 0)
      self.source = cell
    }

    public init(_ name: String, _ values: [Double]) {
      self.init(name, kind: .real, count: values.count) { .double(values[$0]) }
    }

    public init(_ name: String, _ values: [Int]) {
      self.init(name, kind: .integer, count: values.count) { .int(values[$0]) }
    }

    public init(_ name: String, _ values: [Bool]) {
      self.init(name, kind: .boolean, count: values.count) { .bool(values[$0]) }
    }

    public init(_ name: String, _ values: [String]) {
      self.init(name, kind: .text, count: values.count) { .text(values[$0]) }
    }

    /// Cells of any type; the kind is the one that all of them share.
    public init(_ name: String, cells: [Cell]) {
      self.init(name, kind: Column.kind(of: cells), count: cells.count) { cells[$0] }
    }

    /// The cell of a row; beyond the end it is missing and blank.
    public func cell(_ row: Int) -> Cell {
      row >= 0 && row < count ? source(row) : .missing("")
    }

    private static func kind(of cells: [Cell]) -> Kind {
      var kinds: Set<String> = []
      var hasMissing = false
      for cell in cells {
        switch cell {
        case .int: kinds.insert("int")
        case .double: kinds.insert("double")
        case .bool: kinds.insert("bool")
        case .text: kinds.insert("text")
        case .missing(let text):
          // In a numeric column of pandas a missing value is a float.
          hasMissing = true
          if text == "NaN" { kinds.insert("nan") }
        }
      }
      let named = kinds.subtracting(["nan"])
      if named == ["text"] || (named.isEmpty && hasMissing && !kinds.contains("nan")) {
        return .text
      }
      if hasMissing && kinds.contains("nan") && named.isSubset(of: ["double"]) { return .real }
      if hasMissing { return .mixed }
      switch named {
      case ["int"]: return .integer
      case ["double"]: return .real
      case ["bool"]: return .boolean
      default: return .mixed
      }
    }
  }

  /// Labels of the rows.
  public enum Index: Sendable {
    /// 0, 1, 2 ...
    case range
    /// A label per row.
    case labels(Column)
    /// No index column.
    case none
  }

  public var columns: [Column]
  public var index: Index
  /// Name of the axis that the columns stand on, as a pivot table has it.
  public var columnsName: String?

  public init(_ columns: [Column] = [], index: Index = .range, columnsName: String? = nil) {
    self.columns = columns
    self.index = index
    self.columnsName = columnsName
  }

  /// Rows of cells under a header; short rows are filled with blanks.
  public init(header: [String], rows: [[Cell]], index: Index = .none) {
    let width = rows.reduce(header.count) { max($0, $1.count) }
    self.init(
      (0..<width).map { place in
        Column(
          place < header.count ? header[place] : "",
          cells: rows.map { place < $0.count ? $0[place] : .missing("") })
      }, index: index)
  }

  public var rowCount: Int {
    var count = columns.reduce(0) { max($0, $1.count) }
    if case .labels(let labels) = index { count = max(count, labels.count) }
    return count
  }

  /// Name of the index, shown on a line of its own; nil when it has none.
  var indexName: String? {
    if case .labels(let labels) = index, !labels.name.isEmpty { return labels.name }
    return nil
  }

  var hasIndex: Bool {
    if case .none = index { return false }
    return true
  }

  func indexCell(_ row: Int) -> Cell {
    switch index {
    case .range: .int(row)
    case .labels(let labels): labels.cell(row)
    case .none: .missing("")
    }
  }
}
