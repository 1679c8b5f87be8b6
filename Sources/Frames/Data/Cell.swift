/// One cell of a table.
public enum Cell: Sendable, Hashable {
  /// NaN: a number that is missing, or any missing value of a column without a type of its own.
  case missing
  case int(Int)
  case float(Double)
  case bool(Bool)
  case string(String)
  /// `None` among objects, and the name of what has no name.
  case null
  /// `pd.NA`.
  case absent
  /// `pd.NaT`.
  case notATime
  /// A moment in microseconds since 1970.
  case date(Int)
  /// A span of time in microseconds.
  case span(Int)
  /// A label of several levels, or a tuple among objects.
  case tuple([Cell])
  case interval(Interval)
  /// A value that only the caller knows about.
  case other(ForeignCell)

  public var isMissing: Bool {
    switch self {
    case .missing, .null, .absent, .notATime: true
    case .float(let value): value.isNaN
    default: false
    }
  }

  /// What equal labels share: 1 and 1.0 are the same label, and all missing ones are.
  public var key: Cell {
    switch self {
    case .float(let number):
      if number.isNaN { return .missing }
      if let whole = Int(exactly: number) { return .int(whole) }
      return self
    case .null, .absent, .notATime: return .missing
    case .tuple(let cells): return .tuple(cells.map(\.key))
    default: return self
    }
  }

  /// The value of a number or truth value; nil for texts and missing cells.
  public var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  public var text: String? { if case .string(let text) = self { text } else { nil } }
  public var isNumber: Bool {
    switch self {
    case .int, .float: true
    default: false
    }
  }

  /// The type as the language names it.
  public var typeName: String {
    switch self {
    case .missing, .float: "float"
    case .int: "int"
    case .bool: "bool"
    case .string: "str"
    case .null: "NoneType"
    case .absent: "NAType"
    case .notATime: "NaTType"
    case .date: "Timestamp"
    case .span: "Timedelta"
    case .tuple: "tuple"
    case .interval: "Interval"
    case .other(let cell): cell.typeName
    }
  }
}

/// A range of numbers with one open end: what `cut` makes.
public struct Interval: Sendable, Hashable {
  public let left: Double
  public let right: Double
  /// Whether the right end belongs to it, and the left one not; else the other way round.
  public let isRightClosed: Bool
  /// The ends are whole numbers by type.
  public var isWhole: Bool
  public init(left: Double, right: Double, isRightClosed: Bool = true, isWhole: Bool = false) {
    self.left = left
    self.right = right
    self.isRightClosed = isRightClosed
    self.isWhole = isWhole
  }

  private func end(_ value: Double) -> String {
    isWhole ? Int(exactly: value).map(String.init) ?? shortestText(value) : shortestText(value)
  }
  public var leftText: String { end(left) }
  public var rightText: String { end(right) }
  public var description: String {
    isRightClosed ? "(\(leftText), \(rightText)]" : "[\(leftText), \(rightText))"
  }
}

/// A value of the caller's in a cell: lists, objects. Subclasses know how it compares and reads.
open class ForeignCell: @unchecked Sendable, Hashable {
  public init() {}
  open var typeName: String { "object" }
  /// As `str` has it, within a table.
  open var text: String { "" }
  open var reprText: String { text }
  open func isEqual(_ other: ForeignCell) -> Bool { self === other }
  open func isLess(_ other: ForeignCell) -> Bool { false }
  open func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  /// The items of a sequence; nil for everything else.
  open var items: [Cell]? { nil }
  public static func == (a: ForeignCell, b: ForeignCell) -> Bool { a.isEqual(b) }
}

extension Cell {
  /// The shortest text that reads back as the same value; nil when missing.
  public var plainText: String? {
    switch self {
    case .missing, .null, .absent, .notATime: nil
    case .int(let value): String(value)
    case .float(let value): shortestText(value)
    case .bool(let value): value ? "True" : "False"
    case .string(let value): value
    case .date(let micros): Moment(micros).text
    case .span(let micros): SpanText.long(micros)
    case .tuple(let cells):
      "(" + cells.map(\.shown).joined(separator: ", ") + (cells.count == 1 ? ",)" : ")")
    case .interval(let interval): interval.description
    case .other(let cell): cell.text
    }
  }

  /// As a table of objects shows it: missing cells by their own names.
  public var shown: String {
    switch self {
    case .missing: "nan"
    case .null: "None"
    case .absent: "<NA>"
    case .notATime: "NaT"
    default: plainText ?? ""
    }
  }

  /// As the language's `repr` has it inside of a list.
  public var reprText: String {
    switch self {
    case .string(let text): Self.quoted(text)
    case .date(let micros): "Timestamp('\(Moment(micros).text)')"
    case .span(let micros): "Timedelta('\(SpanText.long(micros))')"
    case .tuple(let cells):
      "(" + cells.map(\.reprText).joined(separator: ", ") + (cells.count == 1 ? ",)" : ")")
    case .interval(let interval):
      "Interval(\(interval.leftText), \(interval.rightText), closed='"
        + (interval.isRightClosed ? "right" : "left") + "')"
    case .other(let cell): cell.reprText
    default: shown
    }
  }

  static func quoted(_ text: String) -> String {
    let quote: Character = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = String(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\\": result += "\\\\"
      case "'" where quote == "'": result += "\\'"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + String(quote)
  }

  /// -1, 0 or 1; nil for cells that have no order between them. Missing cells have none.
  public func order(_ other: Cell) -> Int? {
    switch (self, other) {
    case (.int(let a), .int(let b)), (.date(let a), .date(let b)), (.span(let a), .span(let b)):
      return a < b ? -1 : a == b ? 0 : 1
    case (.string(let a), .string(let b)):
      if a.utf8.elementsEqual(b.utf8) { return 0 }
      return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    case (.tuple(let a), .tuple(let b)):
      for (x, y) in zip(a, b) {
        if x.isMissing || y.isMissing {
          if x.isMissing && y.isMissing { continue }
          return x.isMissing ? 1 : -1
        }
        guard let place = x.order(y) else { return nil }
        if place != 0 { return place }
      }
      return a.count < b.count ? -1 : a.count == b.count ? 0 : 1
    case (.interval(let a), .interval(let b)):
      return (a.left, a.right) < (b.left, b.right) ? -1 : a == b ? 0 : 1
    case (.other(let a), .other(let b)): return a == b ? 0 : a.isLess(b) ? -1 : 1
    default: break
    }
    if isMissing || other.isMissing { return nil }
    if let a = number, let b = other.number { return a < b ? -1 : a == b ? 0 : 1 }
    return nil
  }
}
