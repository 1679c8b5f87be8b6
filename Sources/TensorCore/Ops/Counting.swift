import Compute

// Counts by value: bins, histograms, and the search for a place in sorted edges.

extension Tensor {
  /// How often each integer from 0 on occurs, or the sum of the weights at its places.
  ///
  /// - Parameter atLeast: the smallest length of the result.
  /// - Throws: `TensorError.argument` for negative elements, more than one axis, or weights of
  ///   another length.
  public func bincount(weights: Tensor? = nil, atLeast: Int = 0) throws -> Tensor {
    guard !dtype.isFloating else {
      throw TensorError.dtype(operation: "bincount", found: dtype, needed: "an integer")
    }
    guard rank == 1 else {
      throw TensorError.wrongShape(operation: "bincount", found: shape, needed: "one axis")
    }
    if let weights, weights.shape != shape {
      throw TensorError.wrongShape(
        operation: "bincount", found: weights.shape, needed: "\(shape), one weight per element")
    }
    let places = try ints()
    guard places.allSatisfy({ $0 >= 0 }) else {
      throw TensorError.argument(
        operation: "bincount", message: "only non-negative integers can be counted")
    }
    let length = Swift.max((places.max() ?? -1) &+ 1, atLeast, 0)
    guard let weights else {
      let result = try Tensor.zeros([length], dtype: .int64)
      let sums = result.elements(Int64.self)
      for place in places { sums[place] &+= 1 }
      return result
    }
    let result = try Tensor.zeros([length], dtype: .float64)
    let sums = result.elements(Double.self)
    for (place, weight) in zip(places, try weights.doubles()) { sums[place] += weight }
    return result
  }

  /// How many elements fall into each of `bins` equal bins, and the edges of the bins. The last bin
  /// includes its upper edge. (`numpy.histogram`)
  ///
  /// - Parameter range: the outer edges; nil takes the smallest and the largest element.
  public func histogram(bins: Int, range: (Double, Double)? = nil) throws
    -> (counts: Tensor, edges: Tensor)
  {
    guard bins > 0 else {
      throw TensorError.argument(operation: "histogram", message: "`bins` must be positive")
    }
    let values = try doubles()
    var (low, high) = range ?? (values.min() ?? 0, values.max() ?? 1)
    guard low.isFinite, high.isFinite else {
      throw TensorError.argument(
        operation: "histogram", message: "range of [\(low), \(high)] is not finite")
    }
    guard low <= high else {
      throw TensorError.argument(
        operation: "histogram", message: "max must be larger than min in range parameter.")
    }
    if low == high {
      low -= 0.5
      high += 0.5
    }
    _ = try Shape.count([bins], "histogram")
    let step = (high - low) / Double(bins)
    var edges = (0..<bins).map { Double($0) * step + low }
    edges.append(high)
    let counts = try Tensor.zeros([bins], dtype: .int64)
    let sums = counts.elements(Int64.self)
    for value in values where value >= low && value <= high {
      // Computed, then set right against the edges themselves, as NumPy does.
      var bin = Swift.min(Int((value - low) / (high - low) * Double(bins)), bins - 1)
      if value < edges[bin] {
        bin -= 1
      } else if bin < bins - 1, value >= edges[bin + 1] {
        bin += 1
      }
      sums[Swift.max(0, bin)] &+= 1
    }
    return (counts, try Tensor(edges, dtype: .float64))
  }

  /// How many elements fall between neighbouring edges, which rise. The last bin includes its upper
  /// edge.
  public func histogram(edges: [Double]) throws -> Tensor {
    guard edges.count > 1, zip(edges, edges.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw TensorError.argument(
        operation: "histogram", message: "`bins` must increase monotonically")
    }
    let counts = try Tensor.zeros([edges.count - 1], dtype: .int64)
    let sums = counts.elements(Int64.self)
    let last = edges[edges.count - 1]
    for value in try doubles() where value >= edges[0] && value <= last {
      let place = Self.place(of: value, in: edges, right: true) - 1
      sums[Swift.min(place, edges.count - 2)] &+= 1
    }
    return counts
  }

  /// For each element of `values` where it would have to go into this sorted vector: before its
  /// equals, or behind them with `right`. int64, the shape of `values`.
  public func searchSorted(_ values: Tensor, right: Bool = false) throws -> Tensor {
    guard rank == 1 else {
      throw TensorError.wrongShape(operation: "searchsorted", found: shape, needed: "one axis")
    }
    let edges = try doubles()
    let result = try Tensor.zeros(values.shape, dtype: .int64)
    let places = result.elements(Int64.self)
    for (i, value) in try values.doubles().enumerated() {
      places[i] = Int64(Self.place(of: value, in: edges, right: right))
    }
    return result
  }

  private static func place(of value: Double, in edges: [Double], right: Bool) -> Int {
    var (low, high) = (0, edges.count)
    while low < high {
      let middle = (low + high) / 2
      // NaN sorts behind everything.
      let goesBehind = right
        ? !(edges[middle] > value) || value.isNaN : edges[middle] < value || (value.isNaN && !edges[middle].isNaN)
      if goesBehind { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
