/// Whose rules decide the dtype of a result.
public enum Promotion: Sendable {
  /// PyTorch: an integer with a float gives that float; sizes matter only among equal kinds; a
  /// tensor without axes gives way to one with axes of the same kind; integers become float32.
  case torch
  /// NumPy 2 (NEP 50): int32 or int64 with float32 gives float64; an array without axes counts like
  /// any other; integers become float64.
  case numpy
}

/// How an operand takes part in a promotion.
enum Weight: Int {
  /// A number written in the program; it gives way to any tensor of its kind.
  case number
  /// A tensor without axes.
  case single
  /// A tensor with axes.
  case full
}

extension Promotion {
  /// The dtype of a float made from integers.
  public var floatFromInteger: DType { self == .torch ? .float32 : .float64 }

  /// The dtype that holds both.
  public func join(_ a: DType, _ b: DType) -> DType {
    if a == b { return a }
    if a == .bool { return b }
    if b == .bool { return a }
    if a.isComplex || b.isComplex { return joinComplex(a, b) }
    switch (a.isFloating, b.isFloating) {
    case (true, true):
      // Two different halves meet in float32; a half gives way to a whole float.
      if a == .float64 || b == .float64 { return .float64 }
      return .float32
    case (true, false): return joinFloat(a, b)
    case (false, true): return joinFloat(b, a)
    case (false, false): return joinIntegers(a, b)
    }
  }

  /// The larger of two with or without a sign; a mixture takes the smallest that holds both.
  private func joinIntegers(_ a: DType, _ b: DType) -> DType {
    if a.isSigned == b.isSigned { return a.size >= b.size ? a : b }
    let (signed, other) = a.isSigned ? (a, b) : (b, a)
    if signed.size > other.size { return signed }
    return other.size == 1 ? .int16 : other.size == 2 ? .int32 : .int64
  }

  /// NumPy takes a float whose digits hold the integer: 8 bits fit any, 16 bits fit float32.
  private func joinFloat(_ float: DType, _ integer: DType) -> DType {
    if self == .torch || integer.size == 1 { return float }
    if integer.size == 2 { return float.isHalf ? .float32 : float }
    return .float64
  }

  /// The dtype of a function of one operand that gives floats, such as a square root.
  func float(from dtype: DType) -> DType {
    if self == .torch || dtype.size > 2 { return floatFromInteger }
    return dtype.size == 1 ? .float16 : .float32
  }

  private func joinComplex(_ a: DType, _ b: DType) -> DType {
    if a == .complex128 || b == .complex128 || a == .float64 || b == .float64 { return .complex128 }
    let wide = a.isInteger && a.size > 2 || b.isInteger && b.size > 2
    return self == .numpy && wide ? .complex128 : .complex64
  }

  /// The dtype of an operation on two operands.
  func result(_ a: DType, _ wa: Weight, _ b: DType, _ wb: Weight) -> DType {
    if a == b { return a }
    let level: (Weight) -> Int = { self == .numpy && $0 == .single ? 2 : $0.rawValue }
    if level(wa) == level(wb) { return join(a, b) }
    let (strong, weak, weakWeight) = level(wa) > level(wb) ? (a, b, wb) : (b, a, wa)
    if weak.kind <= strong.kind { return strong }
    // A float beside a weak complex number keeps its size.
    if weak.isComplex, strong.isFloating { return strong.complexOfThis }
    // The weak one's kind is higher: its kind wins, with the default size when it is a number.
    if weakWeight == .number {
      return weak.isFloating ? floatFromInteger : weak.isInteger ? .int64 : weak
    }
    return weak
  }
}
