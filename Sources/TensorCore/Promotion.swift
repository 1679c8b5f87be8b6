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
    case (false, false): return a == .int64 || b == .int64 ? .int64 : .int32
    }
  }

  private func joinFloat(_ float: DType, _ integer: DType) -> DType {
    self == .numpy && integer != .uint8 ? .float64 : float
  }

  private func joinComplex(_ a: DType, _ b: DType) -> DType {
    if a == .complex128 || b == .complex128 || a == .float64 || b == .float64 { return .complex128 }
    let wide = a.isInteger && a != .uint8 || b.isInteger && b != .uint8
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
