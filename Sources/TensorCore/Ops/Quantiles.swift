import Compute

/// How a quantile between two elements is found.
public enum QuantileMethod: String, Sendable {
  case linear, lower, higher, midpoint, nearest
}

extension Tensor {
  /// Several quantiles of an axis (nil: of all elements); a new first axis counts them unless `single`.
  public func quantiles(
    _ q: [Double], axis: Int?, keepDims: Bool = false, method: QuantileMethod = .linear,
    ignoringNaN: Bool = false, single: Bool = true
  ) throws -> Tensor {
    for share in q where !(share >= 0 && share <= 1) {
      throw TensorError.argument(
        operation: "quantile", message: "q must be in the range [0, 1] but got \(share)")
    }
    guard let axis else {
      let flat = try reshape([count]).quantiles(
        q, axis: 0, method: method, ignoringNaN: ignoringNaN, single: single)
      guard keepDims else { return flat }
      let ones = Array(repeating: 1, count: rank)
      return try flat.reshape(single ? ones : [q.count] + ones)
    }
    let a = try Shape.axis(axis, rank: rank, "quantile")
    let x = dtype.isFloating ? self : try to(.float64)
    if rank == 0 {
      return try single ? x.clone() : Tensor.stack(q.map { _ in x })
    }
    let length = shape[a]
    guard length > 0 else {
      throw TensorError.argument(operation: "quantile", message: "input tensor must be non-empty")
    }
    let sorted = try x.sort(axis: a).values
    let missing = try x.isNaN().sum([a], keepDims: true)
    let hasNaN = try Comparison.greater(missing, .int(0))
    // The last place that counts, for each run; NaN sorts last.
    let last = try ignoringNaN
      ? ((missing * .int(-1)) + .int(length - 1)).clamp(min: .int(0)).to(.float64)
      : Tensor.full(missing.shape, .double(Double(length - 1)), dtype: .float64)
    let results = try q.map { share -> Tensor in
      let position = try last * .double(share)
      func at(_ place: Tensor) throws -> Tensor { try sorted.gather(a, place.to(.int64)) }
      let (low, high) = (try position.floor(), try position.ceil())
      var value: Tensor
      switch method {
      case .lower: value = try at(low)
      case .higher: value = try at(high)
      case .nearest: value = try at(position.round())
      case .midpoint:
        let (below, above) = (try at(low), try at(high))
        value = try below + (above - below) * .double(0.5)
      case .linear:
        let weight = try (position - low).to(x.dtype)
        let (below, above) = (try at(low), try at(high))
        // From the nearer end, so that the result is exact at both.
        let near = try below + (above - below) * weight
        let far = try above - (above - below) * (weight.neg() + .double(1))
        value = try Tensor.where(Comparison.less(weight, .double(0.5)), near, far)
      }
      if !ignoringNaN { value = try Tensor.where(hasNaN, .double(.nan), value) }
      return keepDims ? value : try value.squeeze(a)
    }
    return single && results.count == 1 ? results[0] : try Tensor.stack(results)
  }

  /// Without elements (or slices along an axis) that equal the one before: the values, for each element
  /// the number of its run, and the lengths of the runs.
  public func uniqueRuns(axis: Int? = nil) throws -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let a = try axis.map { try Shape.axis($0, rank: rank, "unique_consecutive") } ?? 0
    let source = axis == nil || rank == 0 ? try reshape([count]) : self
    let length = source.shape[a]
    let others = (0..<source.rank).filter { $0 != a }
    var starts: [Int] = []
    var inverse: [Int] = []
    var counts: [Int] = []
    var changes: [Bool] = []
    if length > 1 {
      var different = try Comparison.notEqual(
        source.narrow(a, start: 1, length: length - 1), source.narrow(a, start: 0, length: length - 1))
      if !others.isEmpty { different = try different.any(others) }
      changes = try different.bools()
    }
    for i in 0..<length {
      if i == 0 || changes[i - 1] {
        starts.append(i)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse.append(starts.count - 1)
    }
    let places = try Tensor(inverse)
    return (
      try source.detached().indexSelect(a, Tensor(starts)),
      axis == nil ? try places.reshape(shape) : places, try Tensor(counts)
    )
  }

  /// `searchSorted` row by row: sorted [..., n], values [..., m] with the same axes in front; a sequence
  /// with one axis serves all values.
  public func searchSortedRows(_ values: Tensor, right: Bool) throws -> Tensor {
    if rank == 1 { return try searchSorted(values, right: right) }
    guard rank == values.rank, rank > 0, shape.dropLast() == values.shape.dropLast() else {
      throw TensorError.wrongShape(
        operation: "searchsorted", found: values.shape,
        needed: "one whose axes but the last are those of the sequence \(shape)")
    }
    let rows = try reshape([-1, shape[rank - 1]])
    let wanted = try values.reshape([-1, values.shape[rank - 1]])
    guard rows.shape[0] > 0 else { return try Tensor.zeros(values.shape, dtype: .int64) }
    let found = try (0..<rows.shape[0]).map {
      try rows.select(0, $0).searchSorted(wanted.select(0, $0), right: right)
    }
    return try Tensor.stack(found).reshape(values.shape)
  }
}
