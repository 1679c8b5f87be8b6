import Compute

/// How tensors are printed. The defaults are those of PyTorch and NumPy.
public struct PrintOptions {
  /// Digits after the point; `nil` is the style's default (4 for PyTorch, 8 for NumPy).
  public var precision: Int?
  /// More elements than this are summarised.
  public var threshold = 1000
  /// Elements shown at each end of a summarised axis.
  public var edgeItems = 3
  /// Columns of a line; `nil` is the style's default (80 for PyTorch, 75 for NumPy).
  public var lineWidth: Int?
  /// Scientific notation always (true), never (false), or where the values ask for it (nil).
  public var scientific: Bool?

  /// The float whose dtype PyTorch does not show.
  public var defaultFloat = DType.float32

  // What only NumPy has.

  /// What numbers that are not negative begin with.
  public var sign = Sign.minus
  /// How many digits floats show.
  public var floatMode = FloatMode.atMost
  public var nan = "nan"
  public var infinity = "inf"
  /// The text of an element, where a program has a form of its own for its dtype; nil for the others.
  public var format: ((Scalar, DType) -> String?)?

  /// Only a minus, always a sign, or a space in place of the plus.
  public enum Sign: String, Sendable {
    case minus = "-", plus = "+", space = " "
  }

  public enum FloatMode: String, Sendable {
    /// Always `precision` digits after the point.
    case fixed
    /// As many as it takes, without a limit.
    case unique
    /// As many as it takes, at most `precision`.
    case atMost = "maxprec"
    /// The same number for all elements: what the longest takes, at most `precision`.
    case equal = "maxprec_equal"
  }

  public init() {}
}

/// Whose printed form.
public enum PrintStyle: Sendable {
  /// `print(torch_tensor)`: `tensor([1., 2.])`.
  case torch
  /// `repr(array)`: `array([1., 2.], dtype=float32)`.
  case numpyRepr
  /// `print(array)`: `[1. 2.]`.
  case numpyStr
}

extension Tensor: CustomStringConvertible {
  public var description: String { description(style: .torch) }

  /// The printed form in the given style.
  public func description(style: PrintStyle = .torch, options: PrintOptions = PrintOptions())
    -> String
  {
    switch style {
    case .torch: TorchPrinter(options).print(self)
    case .numpyRepr: NumpyPrinter(options).repr(self)
    case .numpyStr: NumpyPrinter(options).str(self)
    }
  }
}

extension Tensor {
  /// The elements alone in NumPy's layout. (`np.array2string`)
  ///
  /// - Parameters:
  ///   - separator: what stands between elements.
  ///   - prefix: what the caller writes before; following lines are indented as far.
  ///   - suffix: what the caller writes behind, for which lines leave room.
  public func arrayText(
    separator: String, prefix: String, suffix: String, options: PrintOptions
  ) -> String {
    NumpyPrinter(options).text(self, separator: separator, prefix: prefix, suffix: suffix)
  }

  /// One number as `np.format_float_positional` or `np.format_float_scientific` writes it: the shortest
  /// digits that read back, at most `precision` of them behind the point.
  public static func numberText(
    _ value: Double, dtype: DType, scientific: Bool, precision: Int?, exponentDigits: Int = 2,
    trimsPoint: Bool = false
  ) -> String {
    if !value.isFinite { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    let digits = ShortestDigits(value, dtype)
    if !scientific {
      let text = digits.positional(precision: precision)
      return trimsPoint && text.hasSuffix(".") ? String(text.dropLast()) : text
    }
    return digits.scientific(
      precision: precision, places: nil, exponentWidth: exponentDigits, trimsPoint: trimsPoint)
  }
}

/// Digits of numbers as Python's formatting gives them.
enum Digits {
  /// `f"{value:.{places}f}"`, exactly rounded.
  static func fixed(_ value: Double, _ places: Int) -> String {
    buffer { sw_format_fixed($0, $1, Int32(clamping: places), value) }
  }

  /// `f"{value:.{places}e}"`: at least two digits of exponent.
  static func scientific(_ value: Double, _ places: Int) -> String {
    buffer { sw_format_scientific($0, $1, Int32(clamping: places), value) }
  }

  private static func buffer(
    _ write: (UnsafeMutablePointer<CChar>?, Int32) -> Int32
  ) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { space in
      let length = Int(write(space.baseAddress, 512))
      return String(
        decoding: space.prefix(max(0, min(length, 511))).map { UInt8(bitPattern: $0) },
        as: UTF8.self)
    }
  }

  static func padLeft(_ text: String, _ width: Int) -> String {
    let missing = width - text.utf8.count
    return missing > 0 ? String(repeating: " ", count: missing) + text : text
  }
}
