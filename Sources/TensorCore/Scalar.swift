/// One number or truth value outside a tensor.
public enum Scalar: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral
{
  case bool(Bool)
  case int(Int)
  case double(Double)
  case complex(Double, Double)

  public init(integerLiteral value: Int) { self = .int(value) }
  public init(floatLiteral value: Double) { self = .double(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }

  public var double: Double {
    switch self {
    case .bool(let b): b ? 1 : 0
    case .int(let i): Double(i)
    case .double(let d), .complex(let d, _): d
    }
  }

  /// The part beside `double`; 0 for real numbers.
  public var imaginary: Double { if case .complex(_, let im) = self { im } else { 0 } }

  /// The whole number, cut towards zero; nil for NaN and for what no `Int` holds.
  public var int: Int? {
    switch self {
    case .bool(let b): b ? 1 : 0
    case .int(let i): i
    case .double(let d), .complex(let d, _): Int(exactly: d.rounded(.towardZero))
    }
  }

  public var bool: Bool {
    switch self {
    case .bool(let b): b
    case .int(let i): i != 0
    case .double(let d): d != 0
    case .complex(let re, let im): re != 0 || im != 0
    }
  }

  /// The dtype that a tensor made of this value has under PyTorch's rules.
  public var torchDType: DType {
    switch self {
    case .bool: .bool
    case .int: .int64
    case .double: .float32
    case .complex: .complex64
    }
  }
}
