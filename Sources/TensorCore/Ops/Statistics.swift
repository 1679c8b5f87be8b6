import Compute

// Statistics: order, frequency, spread, and the numeric calculus of samples.

extension Tensor {
  /// The k-th smallest element along an axis (from 1), and its place.
  public func kthValue(_ k: Int, axis: Int = -1, keepDims: Bool = false) throws
    -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, "kthvalue")
    let size = rank == 0 ? 1 : shape[a]
    guard k >= 1, k <= size else {
      throw TensorError.argument(
        operation: "kthvalue", message: "selected number k out of range for dimension \(axis): k is "
          + "\(k), the axis has \(size) elements")
    }
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    let places = try argsort(axis: a).narrow(a, start: k - 1, length: 1).contiguous()
    let values = try gather(a, places)
    return keepDims
      ? (values.named(gradientFunction: "KthvalueBackward0"), places)
      : (try values.squeeze(a).named(gradientFunction: "KthvalueBackward0"), try places.squeeze(a))
  }

  /// The most frequent element along an axis, the smallest among equally frequent ones, and its last
  /// place.
  public func mode(axis: Int = -1, keepDims: Bool = false) throws -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, "mode")
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    guard shape[a] > 0 else {
      throw TensorError.argument(operation: "mode", message: "an empty axis has no mode")
    }
    let order = try argsort(axis: a).transpose(a, rank - 1).contiguousData()
    let sorted = try detached().transpose(a, rank - 1).gather(rank - 1, order).contiguousData()
    let length = shape[a]
    let runs = count / length
    var picked: [Int] = []
    let at = order.elements(Int64.self)
    for run in 0..<runs {
      var (best, bestCount, start) = (0, 0, 0)
      for i in 0..<length {
        let here = sorted.load(sorted.pointer + (run * length + i) * dtype.size)
        let first = sorted.load(sorted.pointer + (run * length + start) * dtype.size)
        if here != first { start = i }
        if i - start + 1 > bestCount { (best, bestCount) = (i, i - start + 1) }
      }
      // The sort is stable, so the last of the run is the last in the axis.
      picked.append(Int(at[run * length + best]))
    }
    var wide = shape
    wide.swapAt(a, rank - 1)
    wide[rank - 1] = 1
    let places = try Tensor(picked, shape: wide).transpose(a, rank - 1).contiguous()
    let values = try gather(a, places)
    return keepDims
      ? (values.named(gradientFunction: "ModeBackward0"), places)
      : (try values.squeeze(a).named(gradientFunction: "ModeBackward0"), try places.squeeze(a))
  }

  /// The median along an axis, the lower of two, and its place; NaN where there is one, or with
  /// `ignoringNaN` the median of the others.
  public func median(axis: Int, keepDims: Bool = false, ignoringNaN: Bool = false) throws
    -> (values: Tensor, indices: Tensor)
  {
    let name = ignoringNaN ? "nanmedian" : "median"
    let a = try Shape.axis(axis, rank: rank, name)
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    let length = shape[a]
    guard length > 0 else {
      throw TensorError.argument(operation: name, message: "an empty axis has no median")
    }
    let order = try argsort(axis: a)
    // NaN sorts last.
    let missing = try isNaN().sum([a], keepDims: true)
    let counted = try ignoringNaN ? (missing * .int(-1)) + .int(length) : Tensor.full(missing.shape, .int(length))
    var middle = try BinaryOperation.floorDivide((counted - .int(1)).clamp(min: .int(0)), .int(2))
    if !ignoringNaN, dtype.isFloating {
      middle = try Tensor.where(Comparison.greater(missing, .int(0)), (missing * .int(-1)) + .int(length), middle)
    }
    let places = try order.gather(a, middle)
    let values = try gather(a, places)
    let function = ignoringNaN ? "NanmedianBackward0" : "MedianBackward1"
    return keepDims
      ? (values.named(gradientFunction: function), places)
      : (try values.squeeze(a).named(gradientFunction: function), try places.squeeze(a))
  }

  /// The sum over axes, NaN as 0.
  public func nanSum(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    try dtype.isFloating
      ? Tensor.where(isNaN(), .double(0), self).sum(axes, keepDims: keepDims)
        .named(gradientFunction: "NansumBackward0") : sum(axes, keepDims: keepDims)
  }

  /// The mean over axes of what is not NaN.
  public func nanMean(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    guard dtype.isFloating else { return try mean(axes, keepDims: keepDims) }
    let counted = try isNaN().logicalNot().sum(axes, keepDims: keepDims)
    return try nanSum(axes, keepDims: keepDims).divided(by: counted.to(dtype))
  }

  /// How many elements fall into each of `bins` equal bins between two bounds; both 0 takes the
  /// extremes. (`torch.histc`)
  public func histogramCounts(bins: Int, low: Double, high: Double) throws -> Tensor {
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: "histc", found: dtype, needed: "a float; use x.float()")
    }
    guard bins > 0 else {
      throw TensorError.argument(operation: "histc", message: "bins must be > 0, but got \(bins)")
    }
    guard low <= high else {
      throw TensorError.argument(operation: "histc", message: "max must be larger than min")
    }
    let plain = detached()
    let range = low == 0 && high == 0 ? nil : (low, high)
    return try plain.histogram(bins: bins, range: range).counts.to(dtype)
  }

  /// The covariance of the rows of [variables, observations].
  ///
  /// - Parameters:
  ///   - frequency: how often each observation counts (integers), [observations].
  ///   - weights: how much each counts, [observations].
  public func covariance(correction: Double = 1, frequency: Tensor? = nil, weights: Tensor? = nil)
    throws -> Tensor
  {
    guard rank <= 2 else {
      throw TensorError.wrongShape(
        operation: "cov", found: shape, needed: "at most two axes: [variables, observations]")
    }
    let x = try (dtype.isDifferentiable ? self : to(.float32)).reshape(rank == 2 ? shape : [1, count])
    let observations = x.shape[1]
    var factor: Tensor?
    for (name, given) in [("fweights", frequency), ("aweights", weights)] {
      guard let given else { continue }
      guard given.shape == [observations] else {
        throw TensorError.wrongShape(
          operation: "cov", found: given.shape, needed: "[\(observations)] for \(name)")
      }
      let own = try given.to(x.dtype)
      if given.count > 0, try own.min().item().double < 0 {
        throw TensorError.argument(operation: "cov", message: "\(name) cannot be negative")
      }
      factor = try factor.map { try $0 * own } ?? own
    }
    guard let factor else {
      let centred = try x - x.mean([1], keepDims: true)
      let count = Swift.max(0, Double(observations) - correction)
      return try (centred.matmul(centred.conjugate().t()) / .double(count)).reshapedCovariance(rank)
    }
    let total = try factor.sum()
    let mean = try (x * factor).sum([1], keepDims: true) / total
    let centred = try x - mean
    var divisor = try total - .double(correction)
    if let weights, correction != 0 {
      divisor = try total - (factor * weights.to(x.dtype)).sum() / total * .double(correction)
    }
    return try ((centred * factor).matmul(centred.conjugate().t()) / divisor.clamp(min: 0))
      .reshapedCovariance(rank)
  }

  private func reshapedCovariance(_ rank: Int) throws -> Tensor {
    rank < 2 ? try reshape([]) : self
  }

  /// The correlations of the rows of [variables, observations].
  public func correlation() throws -> Tensor {
    let matrix = try covariance()
    if matrix.rank == 0 { return try matrix.divided(by: matrix) }
    let spread = try matrix.diagonal().sqrt()
    return try (matrix / spread.unsqueeze(1) / spread.unsqueeze(0)).clamp(min: -1, max: 1)
  }

  // MARK: - Calculus of samples

  /// The integral along an axis by trapezia.
  ///
  /// - Parameters:
  ///   - points: where the samples lie: as long as the axis, or of the shape of this; nil is evenly.
  ///   - spacing: the distance between samples without points.
  ///   - cumulative: gives all partial integrals, one fewer than samples.
  public func trapezoid(
    points: Tensor? = nil, spacing: Double = 1, axis: Int = -1, cumulative: Bool = false,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let name = cumulative ? "cumulative_trapezoid" : "trapezoid"
    guard rank > 0 else {
      throw TensorError.wrongShape(operation: name, found: shape, needed: "at least one axis")
    }
    let a = try Shape.axis(axis, rank: rank, name)
    let y = dtype.isDifferentiable ? self : try to(promotion.floatFromInteger)
    let count = Swift.max(0, shape[a] - 1)
    let sums = try y.narrow(a, start: Swift.min(1, shape[a]), length: count)
      .adding(y.narrow(a, start: 0, length: count))
    var areas: Tensor
    if let points {
      guard points.rank == 1 ? points.count == shape[a] : points.rank <= rank else {
        throw TensorError.wrongShape(
          operation: name, found: points.shape, needed: "[\(shape[a])] or \(shape)")
      }
      var widths = try points.difference(axis: points.rank == 1 ? 0 : a - rank)
      if points.rank == 1 {
        var wide = Array(repeating: 1, count: rank)
        wide[a] = count
        widths = try widths.reshape(wide)
      }
      areas = try BinaryOperation.multiply(sums, widths, promotion: promotion) / 2
    } else {
      areas = try sums * .double(spacing / 2)
    }
    return try cumulative ? areas.cumsum(a) : areas.sum([a])
  }

  /// The slope along an axis by central differences, one-sided at the ends.
  ///
  /// - Parameters:
  ///   - points: where the samples lie [n]; nil is `spacing` apart.
  ///   - edgeOrder: 1 or 2: how exact the ends are.
  public func sampledSlope(
    axis: Int, spacing: Double = 1, points: [Double]? = nil, edgeOrder: Int = 1,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "gradient")
    let y = dtype.isDifferentiable ? self : try to(promotion.floatFromInteger)
    let n = rank == 0 ? 0 : shape[a]
    guard edgeOrder == 1 || edgeOrder == 2, n >= edgeOrder + 1 else {
      throw TensorError.argument(
        operation: "gradient",
        message: "expected each dimension size to be at least edge_order+1 = \(edgeOrder + 1), axis \(a) "
          + "has \(n); edge_order is 1 or 2")
    }
    guard points == nil || points?.count == n else {
      throw TensorError.argument(
        operation: "gradient",
        message: "the coordinates must match the axis: \(points?.count ?? 0) for \(n) samples")
    }
    let x = points ?? (0..<n).map { Double($0) * spacing }
    let h = zip(x.dropFirst(), x).map { $0 - $1 }
    // Row i of a banded matrix: the weights of the samples in slope i.
    func at(_ i: Int) throws -> Tensor { try y.narrow(a, start: i, length: 1) }
    var wide = Array(repeating: 1, count: rank)
    wide[a] = Swift.max(0, n - 2)
    func column(_ weight: (Int) -> Double) throws -> Tensor {
      try Tensor((1..<Swift.max(1, n - 1)).map(weight), shape: wide, dtype: y.dtype)
    }
    var parts: [Tensor] = []
    if edgeOrder == 1 {
      parts.append(try (at(1) - at(0)) / .double(h[0]))
    } else {
      let (p, q) = (h[0], h[1])
      parts.append(
        try at(0) * .double(-(2 * p + q) / (p * (p + q))) + at(1) * .double((p + q) / (p * q))
          - at(2) * .double(p / (q * (p + q))))
    }
    if n > 2 {
      let inner: Tensor
      if points == nil {
        inner = try (y.narrow(a, start: 2, length: n - 2) - y.narrow(a, start: 0, length: n - 2))
          / .double(2 * spacing)
      } else {
        let low = try y.narrow(a, start: 0, length: n - 2) * column { -h[$0] / (h[$0 - 1] * (h[$0 - 1] + h[$0])) }
        let middle = try y.narrow(a, start: 1, length: n - 2) * column { (h[$0] - h[$0 - 1]) / (h[$0 - 1] * h[$0]) }
        let high = try y.narrow(a, start: 2, length: n - 2) * column { h[$0 - 1] / (h[$0] * (h[$0 - 1] + h[$0])) }
        inner = try low + middle + high
      }
      parts.append(inner)
    }
    if edgeOrder == 1 {
      parts.append(try (at(n - 1) - at(n - 2)) / .double(h[n - 2]))
    } else {
      let (p, q) = (h[n - 3], h[n - 2])
      parts.append(
        try at(n - 3) * .double(q / (p * (p + q))) - at(n - 2) * .double((p + q) / (p * q))
          + at(n - 1) * .double((2 * q + p) / (q * (p + q))))
    }
    return try Tensor.cat(parts, axis: a)
  }

  /// With NaN and the infinities replaced; nil is the largest and smallest finite number.
  public func replacingNonFinite(nan: Double = 0, positive: Double? = nil, negative: Double? = nil)
    throws -> Tensor
  {
    guard dtype.isFloating else { return try clone() }
    let limit: Double =
      switch dtype {
      case .float64: .greatestFiniteMagnitude
      case .float16: 65504
      case .bfloat16: 3.3895313892515355e38
      default: Double(Float.greatestFiniteMagnitude)
      }
    var result = try Tensor.where(isNaN(), .double(nan), self)
    let x = detached()
    result = try Tensor.where(Comparison.equal(x, .double(.infinity)), .double(positive ?? limit), result)
    return try Tensor.where(
      Comparison.equal(x, .double(-.infinity)), .double(negative ?? -limit), result
    ).named(gradientFunction: "NanToNumBackward0")
  }

  /// 0 below 0, 1 above, `values` at 0.
  public func heaviside(_ values: Tensor, promotion: Promotion = .torch) throws -> Tensor {
    let type = promotion.join(dtype, values.dtype)
    let (x, y) = (try detached().to(type), try values.detached().to(type))
    let step = try Comparison.greater(x, .int(0)).to(type)
    let result = try Tensor.where(Comparison.equal(x, .int(0)), y, step)
    // NumPy passes NaN on, PyTorch counts it as below.
    guard type.isFloating, promotion == .numpy else { return result }
    return try Tensor.where(x.isNaN(), x, result)
  }

  /// Mantissas in 1/2..<1 and exponents (int32) with x = mantissa * 2^exponent.
  public func mantissaAndExponent() throws -> (mantissa: Tensor, exponent: Tensor) {
    guard dtype == .float32 || dtype == .float64 else {
      throw TensorError.dtype(operation: "frexp", found: dtype, needed: "float32 or float64")
    }
    let values = try doubles()
    var (fractions, powers) = ([Double](), [Int32]())
    for value in values {
      if value == 0 || !value.isFinite {
        fractions.append(value)
        powers.append(0)
      } else {
        fractions.append(value.sign == .minus ? -value.significand / 2 : value.significand / 2)
        powers.append(Int32(value.exponent + 1))
      }
    }
    return (try Tensor(fractions, shape: shape, dtype: dtype), try Tensor(powers, shape: shape))
  }
}

extension OperationTable {
  static let statistics: [OperationDeclaration] = [
    OperationDeclaration(name: "kthvalue", family: "Statistics", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].kthValue(2, axis: 0).values }]
    },
    OperationDeclaration(name: "mode", family: "Statistics", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].mode().values }]
    },
    OperationDeclaration(name: "nanmean", family: "Statistics", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].nanMean([1]) }]
    },
    OperationDeclaration(name: "cov", family: "Statistics", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 5])]) { try $0[0].covariance() }]
    },
    OperationDeclaration(name: "trapezoid", family: "Statistics", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 4]), try OperationSample.values([4])]) {
          try $0[0].trapezoid(points: $0[1])
        }
      ]
    },
    OperationDeclaration(name: "gradient", family: "Statistics", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([5, 2])]) {
          try $0[0].sampledSlope(axis: 0, points: [0, 1, 2.5, 3, 5], edgeOrder: 2)
        }
      ]
    },
  ]
}

extension Tensor {
  /// With a number in place of NaN.
  public func replacingNaN(_ value: Double) throws -> Tensor {
    dtype.isFloating ? try Tensor.where(isNaN(), .double(value), self) : self
  }

  /// How many points (this, other) fall into each cell between rising edges; float64
  /// [edges.x - 1, edges.y - 1].
  public func histogram2d(
    _ other: Tensor, _ xEdges: [Double], _ yEdges: [Double], weights: [Double]? = nil,
    density: Bool = false
  ) throws -> Tensor {
    guard rank == 1, other.shape == shape, weights == nil || weights?.count == count else {
      throw TensorError.argument(
        operation: "histogram2d", message: "x and y must have the same length.")
    }
    guard xEdges.count > 1, yEdges.count > 1 else {
      throw TensorError.argument(operation: "histogram2d", message: "needs at least two edges")
    }
    let (m, n) = (xEdges.count - 1, yEdges.count - 1)
    let result = try Tensor.zeros([m, n], dtype: .float64)
    let sums = result.elements(Double.self)
    func places(_ values: Tensor, _ edges: [Double]) throws -> [Int] {
      let found = try Tensor(edges, dtype: .float64).searchSorted(values, right: true).ints()
      return zip(try values.doubles(), found).map { $0 == edges[edges.count - 1] ? $1 - 2 : $1 - 1 }
    }
    for (i, (x, y)) in zip(try places(self, xEdges), try places(other, yEdges)).enumerated()
    where x >= 0 && x < m && y >= 0 && y < n {
      sums[x * n + y] += weights?[i] ?? 1
    }
    guard density else { return result }
    let widths = try Tensor(zip(xEdges.dropFirst(), xEdges).map { $0 - $1 }, dtype: .float64)
    let heights = try Tensor(zip(yEdges.dropFirst(), yEdges).map { $0 - $1 }, dtype: .float64)
    return try result / result.sum() / widths.outer(heights)
  }
}
