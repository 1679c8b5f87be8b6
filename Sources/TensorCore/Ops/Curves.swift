import Compute

// Polynomials, interpolation between points, and convolution of sequences, in float64 as NumPy has it.

extension Tensor {
  /// The convolution of two vectors. (`numpy.convolve`)
  public enum ConvolutionMode: String, Sendable { case full, same, valid }

  public func convolved(_ other: Tensor, _ mode: ConvolutionMode) throws -> Tensor {
    guard rank <= 1, other.rank <= 1 else {
      throw TensorError.argument(operation: "convolve", message: "object too deep for desired array")
    }
    var (x, v) = (try reshape([count]), try other.reshape([other.count]))
    guard x.count > 0, v.count > 0 else {
      throw TensorError.argument(
        operation: "convolve", message: "\(x.count == 0 ? "a" : "v") cannot be empty")
    }
    if v.count > x.count { (x, v) = (v, x) }
    let type = Promotion.numpy.join(x.dtype, v.dtype)
    let side = mode == .full ? v.count - 1 : 0
    var amounts = (side, side)
    if mode == .same { amounts = (v.count / 2, v.count - 1 - v.count / 2) }
    let padded = try x.to(type).padded([amounts])
    return try padded.windows(axis: 0, size: v.count, step: 1).matmul(v.to(type).flip([0]))
  }

  /// Values of a piecewise linear function at places: through (points, values), constant outside.
  public static func interpolated(
    at places: Tensor, _ points: [Double], _ values: [Double], left: Double?, right: Double?
  ) throws -> Tensor {
    guard points.count == values.count else {
      throw TensorError.argument(operation: "interp", message: "fp and xp are not of the same length.")
    }
    guard let first = points.first, let last = points.last else {
      throw TensorError.argument(operation: "interp", message: "array of sample points is empty")
    }
    let edges = try Tensor(points, dtype: .float64)
    let found = try edges.searchSorted(places, right: true).ints()
    let results = zip(try places.doubles(), found).map { x, place -> Double in
      if x.isNaN { return x }
      if x < first { return left ?? values[0] }
      if x > last { return right ?? values[values.count - 1] }
      if place >= points.count { return values[values.count - 1] }
      if place == 0 { return values[0] }
      let (x0, x1, y0, y1) = (points[place - 1], points[place], values[place - 1], values[place])
      if x == x0 { return y0 }
      return (y1 - y0) / (x1 - x0) * (x - x0) + y0
    }
    return try Tensor(results, shape: places.shape, dtype: .float64)
  }

  /// The coefficients, highest power first, of the polynomial of a degree that fits best.
  public static func polynomialFit(
    _ x: Tensor, _ y: Tensor, degree: Int, weights: Tensor? = nil
  ) throws -> Tensor {
    guard degree >= 0 else {
      throw TensorError.argument(operation: "polyfit", message: "expected deg >= 0")
    }
    guard x.rank == 1, x.count > 0 else {
      throw TensorError.argument(operation: "polyfit", message: x.count == 0 ? "expected non-empty vector for x" : "expected 1D vector for x")
    }
    guard y.rank == 1 || y.rank == 2, y.shape[0] == x.count else {
      throw TensorError.argument(operation: "polyfit", message: "expected x and y to have same length")
    }
    var left = try x.to(.float64).vander(degree + 1, increasing: false)
    var right = try y.to(.float64)
    if right.rank == 1 { right = try right.unsqueeze(-1) }
    if let weights {
      let w = try weights.to(.float64).unsqueeze(-1)
      (left, right) = (try left * w, try right * w)
    }
    // Columns of length 1 make the equations better conditioned.
    let scale = try left.square().sum([0]).sqrt()
    let solution = try leastSquares(
      left / scale, right, relative: Double(x.count) * Double.ulpOfOne
    ).solution
    let fit = try solution / scale.unsqueeze(-1)
    return y.rank == 1 ? try fit.squeeze(-1) : fit
  }

  /// A polynomial, coefficients highest power first, at places.
  public static func polynomialValue(_ coefficients: Tensor, at x: Tensor) throws -> Tensor {
    let p = try coefficients.reshape([coefficients.count])
    var result = try Tensor.zeros(x.shape, dtype: Promotion.numpy.join(p.dtype, x.dtype))
    for i in 0..<p.count {
      result = try BinaryOperation.add(
        BinaryOperation.multiply(result, x, promotion: .numpy), p.select(0, i), promotion: .numpy)
    }
    return result
  }

  /// The complex roots of a polynomial: the eigenvalues of its companion matrix.
  public func polynomialRoots() throws -> Tensor {
    guard rank == 1 else {
      throw TensorError.argument(operation: "roots", message: "Input must be a rank-1 array.")
    }
    let all = try to(.float64).doubles()
    guard let first = all.firstIndex(where: { $0 != 0 }), let last = all.lastIndex(where: { $0 != 0 })
    else { return try Tensor.zeros([0], dtype: .float64) }
    let p = Array(all[first...last])
    let zeros = all.count - 1 - last
    let n = p.count - 1
    var parts: [Tensor] = []
    if n > 0 {
      var companion = [Double](repeating: 0, count: n * n)
      for j in 0..<n { companion[j] = -p[j + 1] / p[0] }
      for i in 1..<Swift.max(1, n) { companion[i * n + i - 1] = 1 }
      parts.append(
        try Tensor(companion, shape: [n, n], dtype: .float64).eigen(vectors: false).values)
    }
    if zeros > 0 { parts.append(try Tensor.zeros([zeros], dtype: .complex128)) }
    return parts.isEmpty ? try Tensor.zeros([0], dtype: .complex128) : try Tensor.cat(parts)
  }

  /// The coefficients of the polynomial with these roots.
  public static func polynomial(roots: Tensor) throws -> Tensor {
    var result = try Tensor([1.0], dtype: roots.dtype.isDifferentiable ? roots.dtype : .float64)
    for i in 0..<roots.count {
      let shifted = try result.padded([(1, 0)]) * roots.select(0, i)
      result = try result.padded([(0, 1)]) - shifted
    }
    return result
  }

  /// Coefficients of the derivative, highest power first.
  public func polynomialDerivative(_ times: Int = 1) throws -> Tensor {
    var p = try reshape([count])
    guard times >= 0 else {
      throw TensorError.argument(operation: "polyder", message: "Order of derivative must be positive")
    }
    for _ in 0..<Swift.min(times, count) {
      let n = p.count
      if n <= 1 { return try Tensor.zeros([0], dtype: dtype) }
      p = try p.narrow(0, start: 0, length: n - 1)
        * Tensor((1..<n).reversed().map { $0 }).to(p.dtype)
    }
    return p
  }

  /// Coefficients of the integral with constant 0, highest power first.
  public func polynomialIntegral(_ times: Int = 1) throws -> Tensor {
    guard times >= 0 else {
      throw TensorError.argument(operation: "polyint", message: "Order of integral must be positive")
    }
    var p = try reshape([count]).to(dtype.isDifferentiable ? dtype : .float64)
    for _ in 0..<Swift.min(times, 1000) {
      let n = p.count
      p = try (p / Tensor((1...Swift.max(1, n)).reversed().map { $0 }.suffix(n).map { $0 }).to(p.dtype))
        .padded([(0, 1)])
    }
    return p
  }
}
