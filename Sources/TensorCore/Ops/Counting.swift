import Glibc
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

  /// The number of bins that a rule of the original finds for these numbers: `auto`, `fd`, `sturges`,
  /// `sqrt`, `rice` or `scott`. (`numpy.histogram_bin_edges`)
  public func histogramBins(_ rule: String, range: (Double, Double)? = nil) throws -> Int {
    let rules = ["auto", "fd", "sturges", "sqrt", "rice", "scott"]
    guard rules.contains(rule) else {
      throw TensorError.argument(
        operation: "histogram", message: "'\(rule)' is not a valid estimator for `bins`")
    }
    let values = try doubles().filter { value in
      range.map { value >= $0.0 && value <= $0.1 } ?? true
    }.sorted()
    guard let least = values.first, let most = values.last, least.isFinite, most.isFinite else {
      return 1
    }
    let count = Double(values.count)
    let span = most - least
    func quantile(_ q: Double) -> Double {
      let place = q * (count - 1)
      let index = Swift.min(Swift.max(Int(place), 0), values.count - 1)
      let next = Swift.min(index + 1, values.count - 1)
      return values[index] + (values[next] - values[index]) * (place - Double(index))
    }
    let freedman = 2 * (quantile(0.75) - quantile(0.25)) / cbrt(count)
    let sturges = span / (Glibc.log2(count) + 1)
    let root = span / count.squareRoot()
    var width: Double
    switch rule {
    case "fd": width = freedman
    case "sturges": width = sturges
    case "sqrt": width = root
    case "rice": width = span / (2 * cbrt(count))
    case "scott":
      let mean = values.reduce(0, +) / count
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      width = cbrt(24 * Double.pi.squareRoot() / count) * variance.squareRoot()
    default: width = Swift.min(Swift.max(freedman, root / 2), sturges)
    }
    // Bins of integers are not narrower than one.
    if dtype.isInteger, width < 1 { width = 1 }
    let (low, high) = range ?? (least, most)
    guard width > 0, high > low else { return 1 }
    let bins = ((high - low) / width).rounded(.up)
    guard bins.isFinite, bins < 1e9 else {
      throw TensorError.argument(
        operation: "histogram", message: "the rule '\(rule)' asks for \(bins) bins")
    }
    return Swift.max(Int(bins), 1)
  }

  /// How many elements fall into each of `bins` equal bins, and the edges of the bins. The last bin
  /// includes its upper edge. (`numpy.histogram`)
  ///
  /// - Parameters:
  ///   - range: the outer edges; nil takes the smallest and the largest element.
  ///   - weights: what each element counts; the result is float64 then.
  ///   - density: divides by the total and the widths, so that the areas add up to 1.
  public func histogram(
    bins: Int, range: (Double, Double)? = nil, weights: [Double]? = nil, density: Bool = false
  ) throws -> (counts: Tensor, edges: Tensor) {
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
    try Shape.affordable([bins], "histogram")
    let step = (high - low) / Double(bins)
    var edges = (0..<bins).map { Double($0) * step + low }
    edges.append(high)
    try checkWeights(weights)
    var sums = [Double](repeating: 0, count: bins)
    for (place, value) in values.enumerated() where value >= low && value <= high {
      // Computed, then set right against the edges themselves, as NumPy does.
      var bin = Swift.min(Int((value - low) / (high - low) * Double(bins)), bins - 1)
      if value < edges[bin] {
        bin -= 1
      } else if bin < bins - 1, value >= edges[bin + 1] {
        bin += 1
      }
      sums[Swift.max(0, bin)] += weights?[place] ?? 1
    }
    return (
      try Self.binned(sums, edges, isWeighted: weights != nil, density),
      try Tensor(edges, dtype: .float64)
    )
  }

  private func checkWeights(_ weights: [Double]?) throws {
    guard weights == nil || weights?.count == count else {
      throw TensorError.argument(
        operation: "histogram", message: "weights should have the same shape as a: \(shape)")
    }
  }

  private static func binned(
    _ sums: [Double], _ edges: [Double], isWeighted: Bool, _ density: Bool
  ) throws -> Tensor {
    if density {
      let total = sums.reduce(0, +)
      let widths = zip(edges.dropFirst(), edges).map { $0 - $1 }
      return try Tensor(zip(sums, widths).map { $0 / $1 / total }, dtype: .float64)
    }
    return try Tensor(sums, dtype: isWeighted ? .float64 : .int64)
  }

  /// How many elements fall between neighbouring edges, which rise. The last bin includes its upper
  /// edge.
  public func histogram(edges: [Double], weights: [Double]? = nil, density: Bool = false) throws
    -> Tensor
  {
    try checkWeights(weights)
    guard edges.count > 1, zip(edges, edges.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw TensorError.argument(
        operation: "histogram", message: "`bins` must increase monotonically")
    }
    var sums = [Double](repeating: 0, count: edges.count - 1)
    let last = edges[edges.count - 1]
    for (i, value) in try doubles().enumerated() where value >= edges[0] && value <= last {
      let place = Self.place(of: value, in: edges, right: true) - 1
      sums[Swift.min(place, edges.count - 2)] += weights?[i] ?? 1
    }
    return try Self.binned(sums, edges, isWeighted: weights != nil, density)
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
