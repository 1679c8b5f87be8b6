/// What the cells of a `Vector` are, by pandas' names.
public enum DataType: Sendable, Hashable {
  /// `int64` and its narrower kin; 64-bit numbers in memory.
  case integer(bits: Int, signed: Bool)
  /// `float64`, `float32`.
  case floating(bits: Int)
  case bool
  /// Texts: `str`.
  case string
  /// Anything, also of several types.
  case object
  /// Moments: `datetime64[us]`; kept in microseconds since 1970, `Vector.notATime` where missing.
  case date(unit: String)
  /// Spans of time: `timedelta64[us]`.
  case span(unit: String)
  case category(Categories)
  /// pandas' own types that know `<NA>`: `Int64`, `Float64`, `boolean`, `string`.
  case nullable(String)

  public static let int64 = DataType.integer(bits: 64, signed: true)
  public static let float64 = DataType.floating(bits: 64)

  public var name: String {
    switch self {
    case .integer(let bits, let signed): (signed ? "int" : "uint") + "\(bits)"
    case .floating(let bits): "float\(bits)"
    case .bool: "bool"
    case .string: "str"
    case .object: "object"
    case .date(let unit): "datetime64[\(unit)]"
    case .span(let unit): "timedelta64[\(unit)]"
    case .category: "category"
    case .nullable(let name): name
    }
  }

  /// The type of a name, also of pandas' and NumPy's short ones; nil when there is none.
  public init?(name: String) {
    switch name {
    case "int", "int64", "i8", "<i8", "long", "integer": self = .int64
    case "int32", "i4", "<i4": self = .integer(bits: 32, signed: true)
    case "int16", "i2": self = .integer(bits: 16, signed: true)
    case "int8", "i1": self = .integer(bits: 8, signed: true)
    case "uint8", "u1": self = .integer(bits: 8, signed: false)
    case "uint16", "u2": self = .integer(bits: 16, signed: false)
    case "uint32", "u4": self = .integer(bits: 32, signed: false)
    case "uint64", "u8": self = .integer(bits: 64, signed: false)
    case "float", "float64", "f8", "<f8", "double": self = .float64
    case "float32", "f4", "<f4", "single": self = .floating(bits: 32)
    case "float16": self = .floating(bits: 16)
    case "bool", "bool_", "?": self = .bool
    case "str", "U", "unicode": self = .string
    case "object", "O": self = .object
    case "category": self = .category(.unset)
    case "Int64", "Int32", "Int16", "Int8", "UInt8", "UInt16", "UInt32", "UInt64", "Float64",
      "Float32", "boolean", "string":
      self = .nullable(name)
    default:
      if name.hasPrefix("datetime64") || name.hasPrefix("M8") {
        self = .date(unit: Self.unit(name) ?? "us")
      } else if name.hasPrefix("timedelta64") || name.hasPrefix("m8") {
        self = .span(unit: Self.unit(name) ?? "us")
      } else {
        return nil
      }
    }
  }

  private static func unit(_ name: String) -> String? {
    guard let open = name.firstIndex(of: "["), name.hasSuffix("]") else { return nil }
    return String(name[name.index(after: open)...].dropLast())
  }

  /// Integers, floats and pandas' own numbers.
  public var isNumeric: Bool {
    switch self {
    case .integer, .floating: true
    case .nullable(let name): name != "string" && name != "boolean"
    default: false
    }
  }

  public var isInteger: Bool { if case .integer = self { true } else { false } }
  public var isFloating: Bool { if case .floating = self { true } else { false } }
  public var isDate: Bool { if case .date = self { true } else { false } }
  public var isSpan: Bool { if case .span = self { true } else { false } }
  public var isNullable: Bool { if case .nullable = self { true } else { false } }
  public var categories: Categories? { if case .category(let found) = self { found } else { nil } }

  /// The type that holds values of both, as `numpy.result_type` and pandas' concatenation have it.
  public func joined(_ other: DataType) -> DataType {
    if self == other { return self }
    switch (self, other) {
    case (.integer(let a, let s), .integer(let b, let t)):
      if s == t { return .integer(bits: max(a, b), signed: s) }
      let (signedBits, unsignedBits) = s ? (a, b) : (b, a)
      if unsignedBits < signedBits { return .integer(bits: signedBits, signed: true) }
      return unsignedBits >= 64 ? .float64 : .integer(bits: unsignedBits * 2, signed: true)
    case (.integer(let bits, _), .floating(let size)), (.floating(let size), .integer(let bits, _)):
      return .floating(bits: bits >= 32 ? 64 : size)
    case (.floating(let a), .floating(let b)): return .floating(bits: max(a, b))
    case (.date, .date): return .date(unit: "us")
    case (.span, .span): return .span(unit: "us")
    case (.nullable, .integer), (.nullable, .floating), (.nullable, .bool), (.nullable, .nullable):
      return .nullable(nullableName(other))
    case (.integer, .nullable), (.floating, .nullable), (.bool, .nullable):
      return .nullable(other.nullableName(self))
    case (.category(let a), .category(let b)):
      return a.values.type == b.values.type ? a.values.type : .object
    case (.category(let a), _): return a.values.type.joined(other)
    case (_, .category(let b)): return joined(b.values.type)
    default: return .object
    }
  }

  private func nullableName(_ other: DataType) -> String {
    if name == other.name { return name }
    return name.hasPrefix("Float") || other.name.lowercased().hasPrefix("float")
      ? "Float64" : "Int64"
  }
}

/// The values that a categorical column may take, and whether they have an order.
public final class Categories: Sendable, Hashable {
  public let values: Vector
  public let isOrdered: Bool
  /// Of `astype("category")`: the categories are those that occur.
  public let isUnset: Bool

  public init(_ values: Vector, isOrdered: Bool, isUnset: Bool = false) {
    self.values = values
    self.isOrdered = isOrdered
    self.isUnset = isUnset
  }

  static let unset = Categories(Vector(empty: .object), isOrdered: false, isUnset: true)

  public static func == (a: Categories, b: Categories) -> Bool {
    a === b || a.isOrdered == b.isOrdered && a.values.cells == b.values.cells
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(values.cells) }

  /// The place of a value; nil when it is none of the categories.
  public func code(of cell: Cell) -> Int? {
    let key = cell.key
    return (0..<values.count).first { values[$0].key == key }
  }
}
