import Compute

/// Single numbers of the half-precision dtypes.
enum HalfFloat {
  /// The nearest number of the dtype, as a double.
  static func rounded(_ value: Double, _ dtype: DType) -> Double {
    guard let tensor = try? Tensor(.double(value), dtype: dtype),
      let back = try? tensor.item()
    else { return value }
    return back.double
  }
}
