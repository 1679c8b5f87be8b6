import Compute

// Norms, condition numbers and functions of matrices, made of the factorizations.

extension Tensor {
  /// Which norm of a matrix.
  public enum MatrixNorm: Sendable, Equatable {
    /// The square root of the sum of squares.
    case frobenius
    /// The sum of the singular values.
    case nuclear
    /// 1 and infinity: the largest sum of magnitudes of a column, of a row; 2: the largest singular
    /// value; negative: the smallest instead.
    case order(Double)
  }

  /// The norm of the matrices that two axes hold.
  public func matrixNorm(
    _ kind: MatrixNorm = .frobenius, axes: (Int, Int) = (-2, -1), keepDims: Bool = false
  ) throws -> Tensor {
    guard rank >= 2 else {
      throw TensorError.wrongShape(
        operation: "matrix_norm", found: shape, needed: "at least two axes")
    }
    let (a, b) = (
      try Shape.axis(axes.0, rank: rank, "matrix_norm"),
      try Shape.axis(axes.1, rank: rank, "matrix_norm")
    )
    guard a != b else {
      throw TensorError.argument(operation: "matrix_norm", message: "the two axes must differ")
    }
    switch kind {
    case .frobenius: return try norm([a, b], keepDims: keepDims)
    case .nuclear: return try spread(a, b, keepDims) { try $0.singularValues().sum([-1]) }
    case .order(let order):
      switch abs(order) {
      case 2:
        return try spread(a, b, keepDims) {
          let s = try $0.singularValues()
          return try order > 0 ? s.amax([-1]) : s.amin([-1])
        }
      case 1, .infinity:
        let (summed, compared) = abs(order) == 1 ? (a, b) : (b, a)
        let sums = try self.abs().sum([summed], keepDims: true)
        let best = try order > 0
          ? sums.amax([compared], keepDims: true) : sums.amin([compared], keepDims: true)
        return keepDims ? best : try best.reshape(shape.indices.filter { $0 != a && $0 != b }.map { shape[$0] })
      default:
        throw TensorError.argument(
          operation: "matrix_norm",
          message: "order \(order) is not there for matrices; there are 'fro', 'nuc', 1, -1, 2, -2, "
            + "inf and -inf")
      }
    }
  }

  /// A function of matrices on two axes, which become the last ones.
  private func spread(_ a: Int, _ b: Int, _ keepDims: Bool, _ body: (Tensor) throws -> Tensor) throws
    -> Tensor
  {
    let kept = shape.indices.filter { $0 != a && $0 != b }
    let result = try body(permute(kept + [a, b]))
    guard keepDims else { return result }
    return try [a, b].sorted().reduce(result) { try $0.unsqueeze($1) }
  }

  /// The norm of vectors over axes (none means all), of any order, infinities and 0 included.
  public func vectorNorm(_ axes: [Int] = [], order: Double = 2, keepDims: Bool = false) throws
    -> Tensor
  {
    guard order < 0 || order.isNaN else { return try norm(axes, order: order, keepDims: keepDims) }
    let size = try self.abs()
    if order == -.infinity { return try size.amin(axes, keepDims: keepDims) }
    return try size.pow(.double(order)).sum(axes, keepDims: keepDims).pow(.double(1 / order))
  }

  private func abs(_ value: Double) -> Double { value.magnitude }

  /// |A| |A^-1| in a norm; nil is the largest over the smallest singular value.
  public func conditionNumber(_ kind: MatrixNorm? = nil) throws -> Tensor {
    try requireMatrices("cond", square: kind != nil && kind != .order(2) && kind != .order(-2))
    if kind == nil || kind == .order(2) || kind == .order(-2) {
      let s = try singularValues()
      let (most, least) = (try s.amax([-1]), try s.amin([-1]))
      return kind == .order(-2) ? try least.divided(by: most) : try most.divided(by: least)
    }
    let own = try matrixNorm(kind ?? .frobenius)
    do {
      return try own.multiplied(by: inverse().matrixNorm(kind ?? .frobenius))
    } catch TensorError.argument(operation: "inv", _) where rank == 2 {
      return try Tensor.full([], .double(.infinity), dtype: dtype)
    }
  }

  /// The matrix multiplied with itself so often; a negative power inverts it first.
  public func matrixPower(_ power: Int) throws -> Tensor {
    guard rank >= 2, shape[rank - 1] == shape[rank - 2] else {
      throw TensorError.wrongShape(
        operation: "matrix_power", found: shape, needed: "one whose last two axes are equal")
    }
    if power == 0 {
      let one = try Tensor.eye(shape[rank - 1], dtype: dtype)
      return try one.expand(shape).clone()
    }
    var base = power < 0 ? try inverse() : self
    var rest = power.magnitude
    var result: Tensor?
    while true {
      if rest & 1 == 1 { result = try result.map { try $0.matmul(base) } ?? base }
      rest >>= 1
      if rest == 0 { break }
      base = try base.matmul(base)
    }
    return try result ?? clone()
  }

  /// The exponential of each square matrix: the Taylor series of A / 2^s, squared s times.
  public func matrixExponential() throws -> Tensor {
    try requireMatrices("matrix_exp", square: true)
    if count == 0 { return try clone() }
    let size = try noGrad { try detached().matrixNorm(.order(1)).max().item().double }
    guard size.isFinite else { return try multiplied(by: .double(.nan)) }
    // With |A| <= 1/2 the series is exact to 1e-17 after 14 terms.
    var halvings = 0
    while halvings < 1100, size > 0.5 * (0..<halvings).reduce(1.0) { x, _ in x * 2 } { halvings += 1 }
    var factor = 1.0
    for _ in 0..<halvings { factor /= 2 }
    let a = try scaled(factor)
    let one = try Tensor.eye(shape[rank - 1], dtype: dtype).expand(shape)
    var sum = one
    for k in (1...16).reversed() { sum = try one.adding(a.matmul(sum).scaled(1 / Double(k))) }
    for _ in 0..<halvings { sum = try sum.matmul(sum) }
    return sum
  }

  /// The product of several matrices, cheapest order first. (`torch.linalg.multi_dot`)
  public static func multiDot(_ factors: [Tensor], promotion: Promotion = .torch) throws -> Tensor {
    guard factors.count >= 2 else {
      throw TensorError.argument(operation: "multi_dot", message: "needs at least two matrices")
    }
    var parts = factors
    let (isRow, isColumn) = (parts[0].rank == 1, parts[parts.count - 1].rank == 1)
    if isRow { parts[0] = try parts[0].unsqueeze(0) }
    if isColumn { parts[parts.count - 1] = try parts[parts.count - 1].unsqueeze(1) }
    guard parts.allSatisfy({ $0.rank == 2 }) else {
      throw TensorError.argument(
        operation: "multi_dot", message: "takes matrices; the first and last may be vectors")
    }
    // The matrix chain order by dynamic programming (Cormen et al., 15.2).
    let n = parts.count
    let sizes = parts.map { Double($0.shape[0]) } + [Double(parts[n - 1].shape[1])]
    var cost = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    var cut = Array(repeating: Array(repeating: 0, count: n), count: n)
    for length in 1..<n {
      for i in 0..<(n - length) {
        let j = i + length
        cost[i][j] = .infinity
        for k in i..<j {
          let candidate = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1]
          if candidate < cost[i][j] { (cost[i][j], cut[i][j]) = (candidate, k) }
        }
      }
    }
    func product(_ i: Int, _ j: Int) throws -> Tensor {
      if i == j { return parts[i] }
      return try product(i, cut[i][j]).matmul(product(cut[i][j] + 1, j), promotion: promotion)
    }
    guard n <= 500 else {
      return try parts.dropFirst().reduce(parts[0]) { try $0.matmul($1, promotion: promotion) }
    }
    var result = try product(0, n - 1)
    if isRow { result = try result.squeeze(0) }
    if isColumn { result = try result.squeeze(-1) }
    return result
  }
}

extension OperationTable {
  static let matrixFunctions: [OperationDeclaration] = [
    OperationDeclaration(name: "matrix_norm", family: "Norms", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4])]) { try $0[0].matrixNorm(.nuclear) },
        OperationSample([try OperationSample.values([2, 3, 4])]) { try $0[0].matrixNorm(.order(1)) },
      ]
    },
    OperationDeclaration(name: "matrix_power", family: "Norms", isDifferentiable: true) {
      [
        OperationSample([try regular([2, 2])]) { try $0[0].matrixPower(3) },
        OperationSample([try regular([2, 2])]) { try $0[0].matrixPower(-2) },
      ]
    },
    OperationDeclaration(name: "matrix_exp", family: "Norms", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 3])]) { try $0[0].matrixExponential() }]
    },
  ]
}
