import Compute

// Integers that are stored only (`DType.isNarrow`): how they convert. Operations find no loop for them
// and then compute in int64 and wrap the result, so that loops of the other dtypes pay nothing.

extension DType {
  /// The loop that converts elements; nil for the pairs that go through a third dtype (`bridge`).
  static func castLoop(_ from: DType, _ to: DType) -> sw_unary_loop? {
    sw_cast(from.rawValue, to.rawValue) ?? sw_narrow_cast(from.rawValue, to.rawValue)
  }

  /// The dtype between a narrow integer and a half float or a complex number.
  static func bridge(_ a: DType, _ b: DType) -> DType? {
    guard a.isNarrow || b.isNarrow else { return nil }
    return a.isComplex || b.isComplex ? .float64 : .float32
  }
}

extension Tensor {
  /// This in int64, without a history, where the dtype is narrow; nil for the others.
  func widened() throws -> Tensor? { dtype.isNarrow ? try detached().to(.int64) : nil }
}
