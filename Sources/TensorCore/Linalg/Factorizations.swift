import Compute

// Cholesky, QR and LU.

extension Tensor {
  /// The lower triangle L with L L^T = A, for each symmetric positive matrix [..., n, n].
  ///
  /// - Parameter upper: gives L^T instead.
  /// - Throws: `TensorError.argument` when a matrix is not positive.
  public func cholesky(upper: Bool = false) throws -> Tensor {
    try requireMatrices("cholesky", square: true)
    let n = shape[rank - 1]
    // LAPACK reads the lower triangle by columns.
    let packed = try copiedByColumns()
    if count > 0 {
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let a = packed.elements(T.self)
        try Tensor.eachMatrix(count / (n * n), work: Double(n * n * n)) { i in
          let info = Lapack.cholesky(n, a + i * n * n)
          if info > 0 {
            let which = self.rank == 2 ? "" : "(Batch element \(i)): "
            throw TensorError.argument(
              operation: "cholesky",
              message: which + "The factorization could not be completed because the input is not "
                + "positive-definite (the leading minor of order \(info) is not positive-definite).")
          }
        }
      }
      try run(lapackNumber)
    }
    let lower = try packed.fromColumns.tril().contiguousData()
    if records {
      let answer = Saved(lower.alias())
      lower.record("LinalgCholeskyExBackward0", [edge]) { call in
        // (S + S^T) / 2 with S = L^-T Phi(L^T g) L^-1; Phi halves the diagonal. (Murray 2016)
        let l =
          try GradientMode.isEnabled
          ? call.node.recorded(answer, "cholesky") : answer.value("cholesky")
        let turned = try l.matrixTransposed()
        let inner = try turned.matmul(call.gradient).tril()
        let half = try inner.subtracting(inner.multiplied(by: Tensor.eye(n, dtype: l.dtype)).scaled(0.5))
        let left = try Tensor.solveTriangular(turned, half, upper: true)
        let s = try Tensor.solveTriangular(l, left, upper: false, left: false)
        return [try s.adding(s.matrixTransposed()).scaled(0.5)]
      }
    }
    return upper ? try lower.matrixTransposed() : lower
  }

  /// x with A x = B, from the Cholesky factor of A.
  public static func choleskySolve(_ b: Tensor, _ factor: Tensor, upper: Bool = false) throws
    -> Tensor
  {
    let lower = upper ? try factor.matrixTransposed() : factor
    let y = try solveTriangular(lower, b, upper: false)
    return try solveTriangular(lower.matrixTransposed(), y, upper: true)
  }

  /// Which parts of a QR decomposition.
  public enum QRMode: Sendable {
    /// Q [..., m, k], R [..., k, n] with k = min(m, n).
    case reduced
    /// Q [..., m, m], R [..., m, n].
    case complete
    /// R alone; Q is empty.
    case r
  }

  /// An orthogonal Q and an upper triangular R with Q R = A.
  public func qr(_ mode: QRMode = .reduced) throws -> (q: Tensor, r: Tensor) {
    try requireMatrices("qr")
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let k = Swift.min(m, n)
    let batches = Shape.product(batchShape)
    let packed = try copiedByColumns()
    let width = mode == .complete ? m : k
    // Columns of Q: those of A, then room for the complete basis.
    let basis = try Tensor.zeros(batchShape + [Swift.max(width, n), m], dtype: dtype)
    let (wide, each) = (basis.shape[basis.rank - 2], m * n)
    if batches > 0 && m > 0 {
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (a, q) = (packed.elements(T.self), basis.elements(T.self))
        try Tensor.eachMatrix(batches, work: Double(m * n * k)) { i in
          let tau = try Tensor.zeros([Swift.max(1, k)], dtype: self.dtype)
          if k > 0 { _ = try Lapack.qr(m, n, a + i * each, tau.elements(T.self)) }
          guard mode != .r, width > 0 else { return }
          let own = q + i * wide * m
          own.update(from: a + i * each, count: k * m)
          _ = try Lapack.orthogonal(m, width, k, own, tau.elements(T.self))
        }
      }
      try run(lapackNumber)
    }
    let rows = mode == .complete ? m : k
    let upper = packed.fromColumns
    let r = try upper.narrow(-2, start: 0, length: rows).triu().contiguousData()
    if mode == .r {
      if records { throw Self.noGradient("qr with mode='r'", "mode='reduced'") }
      return (try Tensor.empty([0], dtype: dtype, "qr"), r)
    }
    let q = try basis.narrow(-2, start: 0, length: width).fromColumns.contiguousData()
    guard records else { return (q, r) }
    guard mode == .reduced && m >= n || mode == .complete && m == n else {
      throw Self.noGradient("qr of a wide matrix or with mode='complete'", "mode='reduced' and m >= n")
    }
    return try pair("LinalgQrBackward0", q, r, again: { try $0.qr(mode) }) { q, r, gq, gr in
      // (g_Q + Q copyltu(M)) R^-T with M = R g_R^T - g_Q^T Q. (Walter and Lehmann 2010)
      var m = try r.matmul(gr.matrixTransposed())
      m = try m.subtracting(gq.matrixTransposed().matmul(q))
      let sym = try m.tril().adding(m.tril(-1).matrixTransposed())
      let left = try gq.adding(q.matmul(sym))
      return try Tensor.solveTriangular(r.matrixTransposed(), left, upper: false, left: false)
    }
  }

  static func noGradient(_ what: String, _ instead: String) -> TensorError {
    .gradient(message: "\(what) has no gradient; use \(instead), or detach() the input")
  }

  /// Records two results of one operation: the rule gets both results and both gradients (zeros for a
  /// result that nothing used) and gives the gradient of this operand.
  ///
  /// Each result is a recorded operation of its own; the rule is linear in the gradients, so that the
  /// two walks add up to the whole. For higher derivatives `again` decomposes the recorded operand
  /// once more: results that remembered each other's nodes would keep themselves alive.
  func pair(
    _ name: String, _ first: Tensor, _ second: Tensor,
    again: @escaping (Tensor) throws -> (Tensor, Tensor),
    _ rule: @escaping (Tensor, Tensor, Tensor, Tensor) throws -> Tensor
  ) throws -> (Tensor, Tensor) {
    let results = try shared(
      name, [first, second],
      again: {
        let (x, y) = try again($0)
        return [x, y]
      }
    ) { values, gradients in
      try rule(values[0], values[1], gradients[0], gradients[1])
    }
    return (results[0], results[1])
  }

  /// The same for any number of results.
  func shared(
    _ name: String, _ values: [Tensor], again: @escaping (Tensor) throws -> [Tensor],
    _ rule: @escaping ([Tensor], [Tensor]) throws -> Tensor
  ) throws -> [Tensor] {
    let saved = values.map { Saved($0.alias()) }
    let operand = Saved(self)
    return values.enumerated().map { place, value in
      value.record(name, [edge]) { call in
        let plain =
          try GradientMode.isEnabled
          ? again(operand.value(name)) : saved.map { try $0.value(name) }
        let gradients = try plain.enumerated().map {
          $0 == place ? call.gradient : try Tensor.zerosLike($1)
        }
        return [try rule(plain, gradients)]
      }
      return value
    }
  }

  /// P, L and U with P L U = A.
  public func lu() throws -> (p: Tensor, l: Tensor, u: Tensor) {
    try requireMatrices("lu")
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let k = Swift.min(m, n)
    let (packed, pivots, _) = try luFactors("lu")
    let whole = packed.fromColumns
    let l = try whole.narrow(-1, start: 0, length: k).tril(-1)
      .adding(Tensor.eye(m, k, dtype: dtype))
    let u = try whole.narrow(-2, start: 0, length: k).triu().contiguousData()
    let batches = Shape.product(batchShape)
    let p = try Tensor.zeros(batchShape + [m, m], dtype: dtype)
    let one = try Tensor(.int(1), dtype: dtype)
    for i in 0..<batches {
      var order = Array(0..<m)
      for j in 0..<k { order.swapAt(j, Int(pivots[i * k + j]) - 1) }
      for (column, row) in order.enumerated() {
        (p.pointer + (i * m * m + row * m + column) * dtype.size)
          .copyMemory(from: one.pointer, byteCount: dtype.size)
      }
    }
    guard records else { return (p, l, u) }
    guard m == n else { throw Self.noGradient("lu of a matrix that is not square", "a square one") }
    let results = try pair(
      "LinalgLuBackward0", l, u,
      again: {
        let (_, l, u) = try $0.lu()
        return (l, u)
      }
    ) { l, u, gl, gu in
      // P L^-T (tril(L^T g_L, -1) + triu(g_U U^T)) U^-T.
      let inner = try l.matrixTransposed().matmul(gl).tril(-1)
        .adding(gu.matmul(u.matrixTransposed()).triu())
      let left = try Tensor.solveTriangular(l.matrixTransposed(), inner, upper: true, unit: true)
      return try p.matmul(
        Tensor.solveTriangular(u.matrixTransposed(), left, upper: false, left: false))
    }
    return (p, results.0, results.1)
  }
}

extension OperationTable {
  /// Symmetric and positive, from any square matrix.
  private static func positive(_ x: Tensor) throws -> Tensor {
    try x.matmul(x.matrixTransposed()).adding(Tensor.eye(x.shape[x.rank - 1], dtype: x.dtype))
  }

  static let factorizations: [OperationDeclaration] = [
    OperationDeclaration(name: "cholesky", family: "Factorizations", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 3])]) { try positive($0[0]).cholesky() },
        OperationSample([try OperationSample.values([2, 2, 2])]) {
          try positive($0[0]).cholesky(upper: true)
        },
      ]
    }
  ]
}
