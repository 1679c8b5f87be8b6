import Compute

// Singular values, eigenvalues, and what is made of them.

extension Tensor {
  /// U, the singular values in descending order, and V^T with U diag(s) V^T = A.
  ///
  /// - Parameter full: square U and V instead of k = min(m, n) columns.
  public func svd(full: Bool = false) throws -> (u: Tensor, s: Tensor, vt: Tensor) {
    try requireMatrices("svd")
    let (u, s, vt) = try noGrad { try detached().decomposed(full ? .full : .reduced) }
    guard records else { return (u, s, vt) }
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    guard !full || m == n else {
      throw Self.noGradient("svd with full_matrices=True of a matrix that is not square", "full_matrices=False")
    }
    let results = try shared(
      "LinalgSvdBackward0", [u, s, vt],
      again: {
        let (u, s, vt) = try $0.svd(full: full)
        return [u, s, vt]
      }
    ) { values, gradients in
      try Tensor.svdGradient(values, gradients)
    }
    return (results[0], results[1], results[2])
  }

  /// The singular values in descending order: [..., m, n] -> [..., min(m, n)].
  public func singularValues() throws -> Tensor {
    try requireMatrices("svdvals")
    if records { return try svd().s }
    return try decomposed(.none).1
  }

  private func decomposed(_ vectors: Lapack.Vectors) throws -> (Tensor, Tensor, Tensor) {
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let k = Swift.min(m, n)
    let batches = Shape.product(batchShape)
    let (wide, high) = vectors == .full ? (m, n) : vectors == .reduced ? (k, k) : (0, 0)
    let a = try copiedByColumns()
    let s = try Tensor.zeros(batchShape + [k], dtype: dtype)
    // By columns: u [m, wide] is [wide, m] in memory, vt [high, n] is [n, high].
    let u = try Tensor.zeros(batchShape + [wide, m], dtype: dtype)
    let vt = try Tensor.zeros(batchShape + [n, high], dtype: dtype)
    if count > 0 {
      if try !isFinite().all().item().bool {
        throw TensorError.argument(
          operation: "svd", message: "The algorithm failed to converge because the input matrix "
            + "contained non-finite values.")
      }
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (pa, ps, pu, pv) = (
          a.elements(T.self), s.elements(T.self), u.elements(T.self), vt.elements(T.self)
        )
        try Tensor.eachMatrix(batches, work: Double(m * n * k) * 10) { i in
          let info = try Lapack.svd(
            vectors, m, n, pa + i * m * n, ps + i * k, pu + i * wide * m, pv + i * n * high)
          if info > 0 {
            throw TensorError.argument(
              operation: "svd", message: "the algorithm failed to converge")
          }
        }
      }
      try run(lapackNumber)
    } else if vectors == .full {
      try u.write(Tensor.eye(m, dtype: dtype))
      try vt.write(Tensor.eye(n, dtype: dtype))
    }
    if vectors == .none { return (u, s, vt) }
    return (u.fromColumns, s, vt.fromColumns)
  }

  /// Giles 2008 with the parts outside of the spans (Townsend 2016, section 3).
  private static func svdGradient(_ values: [Tensor], _ gradients: [Tensor]) throws -> Tensor {
    let (u, s, vt) = (values[0], values[1], values[2])
    let (gu, gs, gvt) = (gradients[0], gradients[1], gradients[2])
    let (m, k, n) = (u.shape[u.rank - 2], s.shape[s.rank - 1], vt.shape[vt.rank - 1])
    let (ut, v, gv) = (
      try u.matrixTransposed(), try vt.matrixTransposed(), try gvt.matrixTransposed()
    )
    let squares = try s.multiplied(by: s)
    let gaps = try squares.unsqueeze(-2).subtracting(squares.unsqueeze(-1))
    let eye = try Tensor.eye(k, dtype: .bool)
    let safe = try Tensor.where(eye, .double(1), gaps)
    func skew(_ x: Tensor) throws -> Tensor {
      let difference = try x.subtracting(x.matrixTransposed()).divided(by: safe)
      return try Tensor.where(eye, .double(0), difference)
    }
    let (row, column) = (try s.unsqueeze(-2), try s.unsqueeze(-1))
    var inner = try skew(ut.matmul(gu)).multiplied(by: row)
    inner = try inner.adding(column.multiplied(by: skew(vt.matmul(gv))))
    inner = try inner.adding(gs.diagonalMatrix())
    var result = try u.matmul(inner).matmul(vt)
    if m > k {
      let outside = try gu.subtracting(u.matmul(ut.matmul(gu))).divided(by: row)
      result = try result.adding(outside.matmul(vt))
    }
    if n > k {
      let outside = try gv.subtracting(v.matmul(vt.matmul(gv))).divided(by: row)
      result = try result.adding(u.matmul(outside.matrixTransposed()))
    }
    return result
  }

  /// The eigenvalues of symmetric matrices in ascending order, and their eigenvectors as columns.
  ///
  /// - Parameter upper: which triangle is read.
  public func symmetricEigen(upper: Bool = false) throws -> (values: Tensor, vectors: Tensor) {
    try requireMatrices("eigh", square: true)
    let (w, v) = try symmetricSpectrum(vectors: true, upper: upper)
    guard records else { return (w, v) }
    return try pair(
      "LinalgEighBackward0", w, v, again: { try $0.symmetricEigen(upper: upper) }
    ) { w, v, gw, gv in
      // V (diag(g_w) + (V^T g_V) / (w_j - w_i)) V^T (Giles 2008, 3.1), with the skew part of V^T g_V:
      // the vectors can only turn, and the gradient of a symmetric matrix is symmetric.
      let vt = try v.matrixTransposed()
      let eye = try Tensor.eye(w.shape[w.rank - 1], dtype: .bool)
      let gaps = try Tensor.where(
        eye, .double(1), w.unsqueeze(-2).subtracting(w.unsqueeze(-1)))
      let pull = try vt.matmul(gv)
      let skew = try pull.subtracting(pull.matrixTransposed()).scaled(0.5)
      let turns = try Tensor.where(eye, .double(0), skew.divided(by: gaps))
      return try v.matmul(turns.adding(gw.diagonalMatrix())).matmul(vt)
    }
  }

  /// The eigenvalues of symmetric matrices in ascending order.
  public func symmetricEigenvalues(upper: Bool = false) throws -> Tensor {
    try requireMatrices("eigvalsh", square: true)
    if records { return try symmetricEigen(upper: upper).values }
    return try symmetricSpectrum(vectors: false, upper: upper).0
  }

  private func symmetricSpectrum(vectors: Bool, upper: Bool) throws -> (Tensor, Tensor) {
    let n = shape[rank - 1]
    let a = try copiedByColumns()
    let w = try Tensor.zeros(batchShape + [n], dtype: dtype)
    if count > 0 {
      if try !detached().isFinite().all().item().bool {
        throw TensorError.argument(
          operation: "eigh", message: "The algorithm failed to converge because the input matrix "
            + "is ill-conditioned or has too many repeated eigenvalues.")
      }
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (pa, pw) = (a.elements(T.self), w.elements(T.self))
        try Tensor.eachMatrix(count / (n * n), work: Double(n * n * n) * 10) { i in
          let info = try Lapack.symmetricEigen(
            vectors: vectors, upper: upper, n, pa + i * n * n, pw + i * n)
          if info > 0 {
            throw TensorError.argument(operation: "eigh", message: "the algorithm failed to converge")
          }
        }
      }
      try run(lapackNumber)
    }
    return (w, a.fromColumns)
  }

  /// The eigenvalues of any square matrices as complex numbers, and their eigenvectors as columns
  /// (empty when not wanted). There is no gradient.
  public func eigen(vectors: Bool = true) throws -> (values: Tensor, vectors: Tensor) {
    try requireMatrices("eig", square: true)
    if records {
      throw TensorError.gradient(
        message: "eig has no gradient here; for a symmetric matrix eigh has one, or detach() the "
          + "input")
    }
    let n = shape[rank - 1]
    let batches = Shape.product(batchShape)
    if count > 0, try !isFinite().all().item().bool {
      throw TensorError.argument(
        operation: "eig", message: "Array must not contain infs or NaNs")
    }
    let a = try copiedByColumns()
    let values = try Tensor.zeros(batchShape + [n, 2], dtype: dtype)
    let packed = try Tensor.zeros(batchShape + [n, vectors ? n : 1], dtype: dtype)
    let full = try Tensor.zeros(batchShape + [vectors ? n : 0, n, 2], dtype: dtype)
    if count > 0 {
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (pa, pw, pv, pf) = (
          a.elements(T.self), values.elements(T.self), packed.elements(T.self), full.elements(T.self)
        )
        try Tensor.eachMatrix(batches, work: Double(n * n * n) * 20) { i in
          let parts = try Tensor.zeros([2 * n], dtype: self.dtype)
          let (re, im) = (parts.elements(T.self), parts.elements(T.self) + n)
          let info = try Lapack.eigen(
            vectors: vectors, n, pa + i * n * n, re, im, pv + i * n * (vectors ? n : 1))
          if info > 0 {
            throw TensorError.argument(operation: "eig", message: "Eigenvalues did not converge")
          }
          for j in 0..<n {
            pw[(i * n + j) * 2] = re[j]
            pw[(i * n + j) * 2 + 1] = im[j]
          }
          guard vectors else { return }
          let (from, to) = (pv + i * n * n, pf + i * n * n * 2)
          var j = 0
          while j < n {
            let isPair = im[j] != 0 && j + 1 < n
            for r in 0..<n {
              let (x, y) = (from[j * n + r], isPair ? from[(j + 1) * n + r] : 0)
              to[(j * n + r) * 2] = x
              to[(j * n + r) * 2 + 1] = y
              if isPair {
                to[((j + 1) * n + r) * 2] = x
                to[((j + 1) * n + r) * 2 + 1] = -y
              }
            }
            j += isPair ? 2 : 1
          }
        }
      }
      try run(lapackNumber)
    }
    let v = try full.viewAsComplex()
    return (try values.viewAsComplex(), vectors ? v.fromColumns : v)
  }

  /// The pseudo-inverse [..., n, m]; singular values up to `relative` times the largest count as 0.
  ///
  /// - Parameters:
  ///   - relative: nil is max(m, n) times the spacing of floats at 1.
  ///   - absolute: the smallest cut-off.
  public func pseudoInverse(relative: Double? = nil, absolute: Double = 0) throws -> Tensor {
    try requireMatrices("pinv")
    let result = try noGrad {
      let x = detached()
      if count == 0 { return try x.matrixTransposed().clone() }
      let (u, s, vt) = try x.svd()
      let keep = try x.significant(s, relative, absolute)
      let inverse = try Tensor.where(keep, s.reciprocal(), .double(0))
      return try vt.matrixTransposed().multiplied(by: inverse.unsqueeze(-2))
        .matmul(u.matrixTransposed())
    }
    if records {
      let saved = Saved(self)
      let answer = Saved(result.alias())
      result.record("LinalgPinvBackward0", [edge]) { call in
        // Golub and Pereyra 1973, equation 4.12.
        let a = try saved.value("pinv")
        let p =
          try GradientMode.isEnabled ? call.node.recorded(answer, "pinv") : answer.value("pinv")
        let (g, pt) = (call.gradient, try p.matrixTransposed())
        let gt = try g.matrixTransposed()
        let outerRows = try gt.subtracting(a.matmul(p.matmul(gt)))  // (I - A P) g^T
        let outerColumns = try gt.subtracting(gt.matmul(p).matmul(a))  // g^T (I - P A)
        var total = try pt.matmul(g).matmul(pt).neg()
        total = try total.adding(outerRows.matmul(p).matmul(pt))
        return [try total.adding(pt.matmul(p).matmul(outerColumns))]
      }
    }
    return result
  }

  /// Which singular values count.
  private func significant(_ s: Tensor, _ relative: Double?, _ absolute: Double) throws -> Tensor {
    let spacing = dtype == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
    let share =
      relative ?? (absolute > 0 ? 0 : Double(Swift.max(shape[rank - 2], shape[rank - 1])) * spacing)
    let bound = try s.amax([-1], keepDims: true).scaled(share).clamp(min: .double(absolute))
    return try Comparison.greater(s, bound)
  }

  /// How many singular values are significant: [..., m, n] -> [...], int64.
  public func matrixRank(
    relative: Double? = nil, absolute: Double = 0, symmetric: Bool = false
  ) throws -> Tensor {
    try requireMatrices("matrix_rank")
    if count == 0 { return try Tensor.zeros(batchShape, dtype: .int64) }
    let x = detached()
    let s = try symmetric ? x.symmetricEigenvalues().abs() : x.singularValues()
    return try x.significant(s, relative, absolute).sum([-1])
  }

  /// The least-squares solution and what LAPACK knows beside it.
  public struct LeastSquares {
    /// [..., n, k]
    public let solution: Tensor
    /// Sums of squared residuals [..., k]; empty unless m > n and the rank is full.
    public let residuals: Tensor
    /// int64 [...]
    public let rank: Tensor
    /// [..., min(m, n)]
    public let singularValues: Tensor
  }

  /// The x with the least |A x - B|: A [..., m, n], B [..., m, k].
  public static func leastSquares(_ a: Tensor, _ b: Tensor, relative: Double? = nil) throws
    -> LeastSquares
  {
    try a.requireMatrices("lstsq")
    guard a.dtype == b.dtype else {
      throw TensorError.dtype(operation: "lstsq", found: b.dtype, needed: "\(a.dtype), as A's")
    }
    let (m, n) = (a.shape[a.rank - 2], a.shape[a.rank - 1])
    guard b.rank >= 2, b.shape[b.rank - 2] == m else {
      throw TensorError.innerSizes(operation: "lstsq", a: a.batchShape + [n, m], b: b.shape)
    }
    let columns = b.shape[b.rank - 1]
    let batch = try Shape.broadcast(a.batchShape, b.batchShape, "lstsq")
    let (left, right) = (try a.expand(batch + [m, n]), try b.expand(batch + [m, columns]))
    let batches = Shape.product(batch)
    let (small, tall) = (Swift.min(m, n), Swift.max(m, n))
    let packed = try left.detached().copiedByColumns()
    let room = try zeros(batch + [columns, tall], dtype: a.dtype)
    try room.narrow(-1, start: 0, length: m).write(try right.detached().matrixTransposed())
    let s = try zeros(batch + [small], dtype: a.dtype)
    let ranks = try zeros(batch, dtype: .int64)
    if packed.count > 0 {
      guard try packed.isFinite().all().item().bool else {
        throw TensorError.argument(
          operation: "lstsq", message: "the input contains NaN or infinity")
      }
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (pa, pb, ps) = (packed.elements(T.self), room.elements(T.self), s.elements(T.self))
        let pr = ranks.elements(Int64.self)
        try eachMatrix(batches, work: Double(m * n * small) * 10) { i in
          var rank: Int32 = 0
          let cutoff = T(relative ?? Double(T.ulpOfOne) * Double(tall))
          let info = try Lapack.leastSquares(
            m, n, columns, pa + i * m * n, pb + i * columns * tall, ps + i * small, cutoff: cutoff,
            rank: &rank)
          if info > 0 {
            throw TensorError.argument(
              operation: "lstsq", message: "SVD did not converge in Linear Least Squares")
          }
          pr[i] = Int64(rank)
        }
      }
      try run(a.lapackNumber)
    }
    let solution = try room.narrow(-1, start: 0, length: n).matrixTransposed().contiguousData()
    var residuals = try zeros([0], dtype: a.dtype)
    if m > n, try Comparison.equal(ranks, .int(n)).all().item().bool {
      residuals = try room.narrow(-1, start: n, length: m - n).square().sum([-1])
    }
    if left.records || right.records {
      let (savedA, savedB) = (Saved(left), Saved(right))
      solution.record("LinalgLstsqBackward0", [left.edge, right.edge]) { call in
        // Through the pseudo-inverse, as x = A^+ B.
        let (x, y) = (try savedA.value("lstsq"), try savedB.value("lstsq"))
        if GradientMode.isEnabled {
          let product = try x.pseudoInverse().matmul(y)
          let wanted = [x, y].filter(\.requiresGrad)
          var found = try gradients(
            of: [product], for: wanted, gradients: [call.gradient], createGraph: true)
          let forX = x.requiresGrad ? found.removeFirst() : nil
          return [forX, y.requiresGrad ? found.first ?? nil : nil]
        }
        return try enableGrad {
          let (p, q) = (x.alias(), y.alias())
          try p.setRequiresGrad(true)
          try q.setRequiresGrad(true)
          let product = try p.pseudoInverse().matmul(q)
          return try gradients(of: [product], for: [p, q], gradients: [call.gradient.detached()])
        }
      }
    }
    return LeastSquares(solution: solution, residuals: residuals, rank: ranks, singularValues: s)
  }
}

extension OperationTable {
  /// Distinct singular values, signs of vectors do not matter in what is summed.
  static let spectra: [OperationDeclaration] = [
    OperationDeclaration(name: "svd", family: "Spectra", isDifferentiable: true) {
      [
        OperationSample([try regular([3, 3])]) {
          let (u, s, vt) = try $0[0].svd()
          return try u.square().multiplied(by: s.unsqueeze(-2)).matmul(vt.square())
        }
      ]
    },
    OperationDeclaration(name: "svdvals", family: "Spectra", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].singularValues() }]
    },
    OperationDeclaration(name: "eigh", family: "Spectra", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 3])]) {
          let x = try $0[0].adding($0[0].matrixTransposed())
          let (w, v) = try x.symmetricEigen()
          return try v.square().multiplied(by: w.exp().unsqueeze(-2))
        }
      ]
    },
    OperationDeclaration(name: "pinv", family: "Spectra", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([4, 2])]) { try $0[0].pseudoInverse() },
        OperationSample([try OperationSample.values([2, 3])]) { try $0[0].pseudoInverse() },
      ]
    },
    OperationDeclaration(name: "lstsq", family: "Spectra", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([4, 2]), try OperationSample.values([4, 1])]) {
          try Tensor.leastSquares($0[0], $0[1]).solution
        }
      ]
    },
  ]
}
