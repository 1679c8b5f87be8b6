import Compute

/// The type of a tensor's elements.
///
/// The raw value is the row of the kernel tables (`SW_F32` ...).
///
/// `float16` and `bfloat16` are for storage: operations compute in float32 and round the result.
/// `int8`, `int16`, `uint16` and `uint32` are for storage too: operations compute in int64 and wrap.
/// The complex dtypes know what spectra need: arithmetic, `exp`, sums, views of their parts, copies
/// and comparison for equality; operations that order or round numbers refuse them by name.
public enum DType: Int32, CaseIterable, Sendable, CustomStringConvertible {
  case float32, float64, int64, int32, uint8, bool, float16, bfloat16, complex64, complex128
  case int8, int16, uint16, uint32

  /// Bytes of one element.
  @inlinable public var size: Int {
    switch self {
    case .complex128: 16
    case .float64, .int64, .complex64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .uint8, .bool, .int8: 1
    }
  }

  @inlinable public var isFloating: Bool {
    switch self {
    case .float32, .float64, .float16, .bfloat16: true
    default: false
    }
  }
  /// Whether this is a float that is only stored: computing goes through float32.
  @inlinable @inline(__always) public var isHalf: Bool { self == .float16 || self == .bfloat16 }
  @inlinable public var isComplex: Bool { self == .complex64 || self == .complex128 }
  /// Whether gradients flow through elements of this dtype.
  @inlinable public var isDifferentiable: Bool { isFloating || isComplex }
  /// Whether the elements are integers; `bool` is none.
  @inlinable public var isInteger: Bool { self == .int64 || self == .int32 || self == .uint8 || isNarrow }
  /// Whether this is an integer that is only stored: computing goes through int64.
  @inlinable public var isNarrow: Bool { rawValue >= DType.int8.rawValue }
  /// Whether negative values exist.
  public var isSigned: Bool {
    switch self {
    case .uint8, .uint16, .uint32, .bool: false
    default: true
    }
  }
  /// The smallest and the largest integer; nil for what is no integer.
  public var integerRange: ClosedRange<Int>? {
    switch self {
    case .int64: Int.min...Int.max
    case .int32: Int(Int32.min)...Int(Int32.max)
    case .int16: -32768...32767
    case .int8: -128...127
    case .uint8: 0...255
    case .uint16: 0...65535
    case .uint32: 0...Int(UInt32.max)
    default: nil
    }
  }

  /// The name in PyTorch's and NumPy's spelling: `"float32"`.
  public var name: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int64: "int64"
    case .int32: "int32"
    case .uint8: "uint8"
    case .bool: "bool"
    case .float16: "float16"
    case .bfloat16: "bfloat16"
    case .complex64: "complex64"
    case .complex128: "complex128"
    case .int8: "int8"
    case .int16: "int16"
    case .uint16: "uint16"
    case .uint32: "uint32"
    }
  }

  /// The float that a part of a complex number is, and for floats the dtype itself.
  public var realPart: DType {
    switch self {
    case .complex64: .float32
    case .complex128: .float64
    default: self
    }
  }

  /// The complex dtype whose parts are these floats; integers and halves take the smaller one.
  public var complexOfThis: DType { self == .float64 || self == .complex128 ? .complex128 : .complex64 }

  public var description: String { name }

  /// The dtype of a name in either spelling, aliases included (`"float"`, `"double"`, `"long"`).
  public init?(name: String) {
    switch name {
    case "float32", "float": self = .float32
    case "float64", "double": self = .float64
    case "int64", "long", "int": self = .int64
    case "int32": self = .int32
    case "uint8", "byte": self = .uint8
    case "int8": self = .int8
    case "int16", "short": self = .int16
    case "uint16": self = .uint16
    case "uint32": self = .uint32
    case "bool": self = .bool
    case "float16", "half": self = .float16
    case "bfloat16": self = .bfloat16
    case "complex64", "cfloat": self = .complex64
    case "complex128", "cdouble", "complex": self = .complex128
    default: return nil
    }
  }

  /// 0 for bool, 1 for integers, 2 for floats, 3 for complex: a higher kind wins a promotion.
  var kind: Int { self == .bool ? 0 : isInteger ? 1 : isFloating ? 2 : 3 }
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
extension Int8: TensorElement { public static var dtype: DType { .int8 } }
extension Int16: TensorElement { public static var dtype: DType { .int16 } }
extension UInt16: TensorElement { public static var dtype: DType { .uint16 } }
extension UInt32: TensorElement { public static var dtype: DType { .uint32 } }
extension Bool: TensorElement { public static var dtype: DType { .bool } }
