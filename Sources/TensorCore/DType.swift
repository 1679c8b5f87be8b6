import Compute

/// The type of a tensor's elements.
///
/// The raw value is the row of the kernel tables (`SW_F32` ...).
public enum DType: Int32, CaseIterable, Sendable, CustomStringConvertible {
  case float32, float64, int64, int32, uint8, bool

  /// Bytes of one element.
  @inlinable public var size: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .uint8, .bool: 1
    }
  }

  @inlinable public var isFloating: Bool { self == .float32 || self == .float64 }
  /// Whether the elements are integers; `bool` is none.
  @inlinable public var isInteger: Bool { self == .int64 || self == .int32 || self == .uint8 }

  /// The name in PyTorch's and NumPy's spelling: `"float32"`.
  public var name: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    case .int32: "int32"
    case .uint8: "uint8"
    case .bool: "bool"
    }
  }

  public var description: String { name }

  /// The dtype of a name in either spelling, aliases included (`"float"`, `"double"`, `"long"`).
  public init?(name: String) {
    switch name {
    case "float32", "float": self = .float32
    case "float64", "double": self = .float64
    case "int64", "long", "int": self = .int64
    case "int32": self = .int32
    case "uint8", "byte": self = .uint8
    case "bool": self = .bool
    default: return nil
    }
  }

  /// 0 for bool, 1 for integers, 2 for floats: a higher kind wins a promotion.
  var kind: Int { self == .bool ? 0 : isInteger ? 1 : 2 }
}

/// Swift types that a tensor can hold.
public protocol TensorElement: Sendable {
  static var dtype: DType { get }
}

extension Float: TensorElement { public static var dtype: DType { .float32 } }
extension Double: TensorElement { public static var dtype: DType { .float64 } }
extension Int64: TensorElement { public static var dtype: DType { .int64 } }
extension Int: TensorElement { public static var dtype: DType { .int64 } }
extension Int32: TensorElement { public static var dtype: DType { .int32 } }
extension UInt8: TensorElement { public static var dtype: DType { .uint8 } }
extension Bool: TensorElement { public static var dtype: DType { .bool } }
