import Language
import TensorCore

/// Functions that reduce axes: `np.sum(a, axis)` and `a.sum(axis)`.
enum NumpyReductions {
  /// Functions that are methods as well.
  static let functions: [Native] = folds + extremes + running
  /// Functions only.
  static let statistics: [Native] = [
    numpyRow("median(a, axis=None, keepdims=False)", "The middle element, the mean of the two middle ones.", example: "np.median([3, 1, 2, 4])") {
      a in try quantile(a, [0.5], axis: 1, keepDims: 2, scalar: true)
    },
    numpyRow("percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False)", "The value below which q percent lie.", example: "np.percentile([1, 2, 3, 4], 50)") {
      a in try shares(a, by: 100)
    },
    numpyRow("quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False)", "The value below which the share q lies.", example: "np.quantile([1, 2, 3, 4], [0.25, 0.75])") {
      a in try shares(a, by: 1)
    },
    numpyRow("average(a, axis=None, weights=None)", "The mean, weighted on request.", example: "np.average([1, 2, 3], weights=[3, 1, 0])") {
      a in
      let x = try a.array(0)
      if a[2].isNone { return try a.machine.numpyValue(x.mean(a.axes(1), promotion: .numpy)) }
      let weights = try a.array(2, dtype: .float64)
      let axes = try a.axes(1)
      if weights.rank == 1, x.rank > 1, let axis = axes.first {
        var sizes = Array(repeating: 1, count: x.rank)
        sizes[try Shape.axis(axis, rank: x.rank, "average")] = weights.count
        let shaped = try weights.reshape(sizes)
        let total = try BinaryOperation.multiply(x, shaped, promotion: .numpy).sum(axes)
        return try a.machine.numpyValue(total / weights.sum())
      }
      let total = try BinaryOperation.multiply(x, weights, promotion: .numpy).sum(axes)
      return try a.machine.numpyValue(total / weights.sum(axes))
    },
    numpyRow("count_nonzero(a, axis=None)", "How many elements are not 0.", example: "np.count_nonzero([0, 1, 2])") { a in
      let count = try a.array(0).countNonzero(a.axes(1))
      return count.rank == 0 ? .int(try count.item().int ?? 0) : a.machine.ndarray(count)
    },
    numpyRow("cov(m, y=None, rowvar=True, ddof=1)", "The covariance matrix of the rows.", example: "np.cov([[1., 2., 3.], [3., 2., 1.]])") {
      a in
      var x = try a.array(0, dtype: .float64)
      if x.rank < 2 { x = try x.reshape([1, -1]) }
      if try !a.bool(2), x.shape[0] != 1 { x = try x.t() }
      if !a[1].isNone {
        var y = try a.array(1, dtype: .float64)
        if y.rank < 2 { y = try y.reshape([1, -1]) }
        x = try Tensor.cat([x, y], axis: 0)
      }
      return try a.machine.numpyValue(covariance(x, ddof: a.double(3)).squeeze(nil))
    },
    numpyRow("corrcoef(x, y=None)", "The correlations of the rows.", example: "np.corrcoef([1., 2., 3.], [1., 2., 4.])") { a in
      var x = try a.array(0, dtype: .float64)
      if x.rank < 2 { x = try x.reshape([1, -1]) }
      if !a[1].isNone {
        var y = try a.array(1, dtype: .float64)
        if y.rank < 2 { y = try y.reshape([1, -1]) }
        x = try Tensor.cat([x, y], axis: 0)
      }
      let matrix = try covariance(x, ddof: 1)
      let spread = try matrix.diagonal().sqrt()
      let scaled = try matrix / spread.unsqueeze(1) / spread.unsqueeze(0)
      return try a.machine.numpyValue(scaled.clamp(min: -1, max: 1).squeeze(nil))
    },
  ] + ["sum", "mean", "std", "var", "max", "min"].map(ignoringNaN)

  private static func covariance(_ x: Tensor, ddof: Double) throws -> Tensor {
    let centred = try x - x.mean([1], keepDims: true)
    return try centred.matmul(centred.t()) / .double(Double(x.shape[1]) - ddof)
  }

  // MARK: -

  private static let folds: [Native] = [
    numpyRow("sum(a, axis=None, dtype=None, out=None, keepdims=False)", "The sum over axes, or of all elements.", example: "np.sum(np.array([[1, 2], [3, 4]]), axis=0)") {
      a in
      try a.machine.numpyValue(
        a.array(0).sum(a.axes(1), keepDims: a.bool(4), dtype: a.optionalDType(2, .numpy)))
    },
    numpyRow("mean(a, axis=None, dtype=None, out=None, keepdims=False)", "The mean over axes, or of all elements.", example: "np.mean(np.array([[1, 2], [3, 4]]), axis=1)") {
      a in
      try a.machine.numpyValue(
        a.array(0).mean(
          a.axes(1), keepDims: a.bool(4), dtype: a.optionalDType(2, .numpy), promotion: .numpy))
    },
    numpyRow("prod(a, axis=None, dtype=None, out=None, keepdims=False)", "The product over axes, or of all elements.", example: "np.prod([1, 2, 3, 4])") {
      a in
      try a.machine.numpyValue(
        a.array(0, dtype: a.optionalDType(2, .numpy)).prod(a.axes(1), keepDims: a.bool(4)))
    },
    numpyRow("var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", "The variance; divided by n - ddof.", example: "np.var([1, 2, 3, 4])") {
      a in
      try a.machine.numpyValue(
        a.array(0, dtype: a.optionalDType(2, .numpy)).variance(
          a.axes(1), correction: a.double(4), keepDims: a.bool(5), promotion: .numpy))
    },
    numpyRow("std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)", "The standard deviation; the variance is divided by n - ddof.", example: "np.std([1, 2, 3, 4])") {
      a in
      try a.machine.numpyValue(
        a.array(0, dtype: a.optionalDType(2, .numpy)).std(
          a.axes(1), correction: a.double(4), keepDims: a.bool(5), promotion: .numpy))
    },
    numpyRow("any(a, axis=None, out=None, keepdims=False)", "Whether any element is true.", example: "np.any([False, True])") {
      a in try a.machine.numpyValue(a.array(0).any(a.axes(1), keepDims: a.bool(3)))
    },
    numpyRow("all(a, axis=None, out=None, keepdims=False)", "Whether all elements are true.", example: "np.all([True, True])") {
      a in try a.machine.numpyValue(a.array(0).all(a.axes(1), keepDims: a.bool(3)))
    },
  ]

  private static let extremes: [Native] = [
    numpyRow("max(a, axis=None, out=None, keepdims=False)", "The largest element over axes, or of all.", example: "np.max([[1, 5], [3, 4]], axis=0)") {
      a in try a.machine.numpyValue(a.array(0).amax(a.axes(1), keepDims: a.bool(3)))
    },
    numpyRow("min(a, axis=None, out=None, keepdims=False)", "The smallest element over axes, or of all.", example: "np.min([[1, 5], [3, 4]], axis=1)") {
      a in try a.machine.numpyValue(a.array(0).amin(a.axes(1), keepDims: a.bool(3)))
    },
    numpyRow("ptp(a, axis=None, out=None, keepdims=False)", "The largest less the smallest element.", example: "np.ptp([3, 9, 4])") {
      a in
      let x = try a.array(0)
      let (axes, keep) = (try a.axes(1), try a.bool(3))
      return try a.machine.numpyValue(x.amax(axes, keepDims: keep) - x.amin(axes, keepDims: keep))
    },
    numpyRow("argmax(a, axis=None, out=None, *, keepdims=False)", "The place of the largest element, the first among equals.", example: "np.argmax([1, 5, 3])") {
      a in try a.machine.numpyValue(a.array(0).argmax(axis: a.axis(1), keepDims: a.bool(3)))
    },
    numpyRow("argmin(a, axis=None, out=None, *, keepdims=False)", "The place of the smallest element, the first among equals.", example: "np.argmin([4, 1, 3])") {
      a in try a.machine.numpyValue(a.array(0).argmin(axis: a.axis(1), keepDims: a.bool(3)))
    },
  ]

  private static let running: [Native] = [
    numpyRow("cumsum(a, axis=None, dtype=None, out=None)", "The running sum along an axis, or of all elements.", example: "np.cumsum([1, 2, 3])") {
      a in
      let x = try a.array(0, dtype: a.optionalDType(2, .numpy))
      guard let axis = try a.axis(1) else { return a.machine.ndarray(try x.reshape([-1]).cumsum(0)) }
      return a.machine.ndarray(try x.cumsum(axis))
    },
    numpyRow("cumprod(a, axis=None, dtype=None, out=None)", "The running product along an axis, or of all elements.", example: "np.cumprod([1, 2, 3])") {
      a in
      let x = try a.array(0, dtype: a.optionalDType(2, .numpy))
      guard let axis = try a.axis(1) else { return a.machine.ndarray(try x.reshape([-1]).cumprod(0)) }
      return a.machine.ndarray(try x.cumprod(axis))
    },
  ]

  /// `percentile` and `quantile`.
  private static func shares(_ a: Arguments, by scale: Double) throws -> Value {
    let q = try a.array(1, dtype: .float64)
    let wanted = try q.doubles().map { $0 / scale }
    guard wanted.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
      throw Raise(
        .valueError,
        scale == 100
          ? "Percentiles must be in the range [0, 100]" : "Quantiles must be in the range [0, 1]")
    }
    guard let method = QuantileMethod(rawValue: try a.string(5)) else {
      throw Raise(
        .valueError, "'\(try a.string(5))' is not a valid method",
        hint: "there are linear, lower, higher, midpoint and nearest")
    }
    let x = try a.array(0)
    let values = try (x.dtype.isFloating ? x : x.to(.float64)).quantiles(
      wanted, axis: a.axis(2), keepDims: a.bool(6), method: method, single: q.rank == 0)
    return try a.machine.numpyValue(
      q.rank > 1 ? values.reshape(q.shape + Array(values.shape.dropFirst())) : values)
  }

  /// The median along an axis, the mean of the two middle elements.
  private static func quantile(
    _ a: Arguments, _ shares: [Double], axis: Int, keepDims: Int, scalar: Bool
  ) throws -> Value {
    var x = try a.array(0)
    if !x.dtype.isFloating { x = try x.to(.float64) }
    let rank = x.rank
    let wanted = try a.axis(axis)
    let keep = try a.bool(keepDims)
    if wanted == nil { x = try x.reshape([-1]) }
    let along = try Shape.axis(wanted ?? 0, rank: x.rank, a.function.name)
    let results = try shares.map { share -> Tensor in
      guard share >= 0, share <= 1 else {
        throw Raise(
          .valueError,
          a.function.name == "percentile"
            ? "Percentiles must be in the range [0, 100]" : "Quantiles must be in the range [0, 1]")
      }
      let value = try a.function.name == "median"
        ? x.midpointMedian(axis: along) : x.quantile(share, axis: along)
      if !keep { return value }
      if wanted == nil { return try value.reshape(Array(repeating: 1, count: rank)) }
      return try value.unsqueeze(along)
    }
    if scalar, let first = results.first { return try a.machine.numpyValue(first) }
    return try a.machine.numpyValue(Tensor.stack(results, axis: 0))
  }

  /// `nanmean` and its kin: elements that are NaN are left out.
  private static func ignoringNaN(_ name: String) -> Native {
    numpyRow("nan\(name)(a, axis=None)", "The \(name) of the elements that are not NaN.", example: "np.nan\(name)([1., np.nan, 3.])") {
      a in
      let x = try a.array(0, dtype: nil)
      let axes = try a.axes(1)
      let missing = try x.isNaN()
      switch name {
      case "max": return try a.machine.numpyValue(x.maskedFill(missing, .double(-.infinity)).amax(axes))
      case "min": return try a.machine.numpyValue(x.maskedFill(missing, .double(.infinity)).amin(axes))
      default: break
      }
      let sum = try x.maskedFill(missing, 0).sum(axes)
      if name == "sum" { return try a.machine.numpyValue(sum) }
      let count = try missing.logicalNot().sum(axes).to(x.dtype.isFloating ? x.dtype : .float64)
      let mean = try BinaryOperation.divide(sum, count, promotion: .numpy)
      if name == "mean" { return try a.machine.numpyValue(mean) }
      var wide = x.shape
      for axis in axes.isEmpty ? Array(0..<x.rank) : try Shape.axes(axes, rank: x.rank, name) { wide[axis] = 1 }
      let distance = try (x - mean.reshape(wide)).maskedFill(missing, 0)
      let variance = try distance.square().sum(axes) / count
      return try a.machine.numpyValue(name == "var" ? variance : variance.sqrt())
    }
  }
}
