import Compute

/// How tensors are printed. The defaults are those of PyTorch and NumPy.
public struct PrintOptions: Sendable {
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
