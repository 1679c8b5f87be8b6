import Compute

// Order statistics along an axis.

extension Tensor {
  /// The value below which the share `q` of an axis lies, between neighbours linearly; the axis goes
  /// away. NaN where the axis holds one. (`numpy.quantile`, `torch.quantile`)
  ///
  /// - Parameter q: from 0 (the smallest) to 1 (the largest).
  /// - Throws: `TensorError.argument` for an empty axis or a share outside of 0...1.
  public func quantile(_ q: Double, axis: Int) throws -> Tensor {
    guard q >= 0, q <= 1 else {
      throw TensorError.argument(
        operation: "quantile", message: "q must be in the range [0, 1] but got \(q)")
    }
    let (sorted, a, length) = try sortedAxis(axis, "quantile")
    let position = Double(length - 1) * q
    let low = Int(position.rounded(.down))
    let high = Swift.min(low + 1, length - 1)
    let weight = position - Double(low)
    let below = try sorted.select(a, low)
    let above = try sorted.select(a, high)
    let gap = try above - below
    // From the nearer end, so that the result is exact at both.
    let value =
      try weight < 0.5 ? below + gap * .double(weight) : above - gap * .double(1 - weight)
    return try Self.spreadingNaN(value, last: sorted.select(a, length - 1))
  }

  /// The median of an axis, the mean of the two middle elements where their number is even; the axis
  /// goes away. (`numpy.median`)
  public func midpointMedian(axis: Int) throws -> Tensor {
    let (sorted, a, length) = try sortedAxis(axis, "median")
    let upper = try sorted.select(a, length / 2)
    let value = try length % 2 == 1
      ? upper : (sorted.select(a, length / 2 - 1) + upper) / .double(2)
    return try Self.spreadingNaN(value, last: sorted.select(a, length - 1))
  }

  private func sortedAxis(_ axis: Int, _ operation: String) throws -> (Tensor, Int, Int) {
    let a = try Shape.axis(axis, rank: rank, operation)
    let x = try dtype.isFloating ? self : to(.float64)
    let lined = rank == 0 ? try x.reshape([1]) : x
    guard lined.shape[a] > 0 else {
      throw TensorError.argument(operation: operation, message: "an empty axis has no \(operation)")
    }
    return (try lined.sort(axis: a).values, a, lined.shape[a])
  }

  /// NaN sorts last, so the last element says whether there is one.
  private static func spreadingNaN(_ value: Tensor, last: Tensor) throws -> Tensor {
    try Tensor.where(last.isNaN(), last, value)
  }
}
