import Compute

// Linear equations, inverses and determinants by LU with row exchanges.

extension Tensor {
  /// LU of each matrix: the packed factors by columns, the pivots from 1 on, and for each matrix the
  /// place (from 1 on) of a pivot that is exactly 0, or 0.
  func luFactors(_ operation: String) throws -> (packed: Tensor, pivots: [Int32], zero: [Int32]) {
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    let batches = Shape.product(batchShape)
    let packed = try copiedByColumns()
    let small = Swift.min(m, n)
    var pivots = [Int32](repeating: 0, count: batches * small)
    var zero = [Int32](repeating: 0, count: batches)
    if count == 0 { return (packed, pivots, zero) }
    func run<T: LapackNumber>(_ type: T.Type) throws {
      let a = packed.elements(T.self)
      try pivots.withUnsafeMutableBufferPointer { places in
        try zero.withUnsafeMutableBufferPointer { failed in
          guard let places = places.baseAddress, let failed = failed.baseAddress else { return }
          let (p, f) = (UnsafeSend(places), UnsafeSend(failed))
          try Tensor.eachMatrix(batches, work: Double(m) * Double(n) * Double(small)) { i in
            f.value[i] = Lapack.lu(m, n, a + i * m * n, p.value + i * small)
          }
        }
      }
    }
    try run(lapackNumber)
    return (packed, pivots, zero)
  }

  /// x with A x = B: A [..., n, n], B [..., n, k] or, beside a batch of vectors, [..., n].
  ///
  /// - Throws: `TensorError.argument` for a singular matrix.
  public static func solve(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    try a.requireMatrices("solve", square: true)
    let n = a.shape[a.rank - 1]
    guard a.dtype == b.dtype else {
      throw TensorError.dtype(operation: "solve", found: b.dtype, needed: "\(a.dtype), as A's")
    }
    let isVector = b.rank == 1 || (b.rank == a.rank - 1 && b.shape == Array(a.shape.dropLast()))
    if isVector { return try solve(a, b.unsqueeze(-1)).squeeze(-1) }
    guard b.rank >= 2, b.shape[b.rank - 2] == n else {
      throw TensorError.innerSizes(operation: "solve", a: a.shape, b: b.shape)
    }
    let batch = try Shape.broadcast(a.batchShape, b.batchShape, "solve")
    let columns = b.shape[b.rank - 1]
    let matrices = try a.expand(batch + [n, n])
    let right = try b.expand(batch + [n, columns])
    let result = try noGrad { try matrices.detached().solved(right.detached()) }
    if matrices.records || right.records {
      let saved = Saved(matrices)
      let answer = Saved(result.alias())
      result.record("LinalgSolveExBackward0", [matrices.edge, right.edge]) { call in
        // dL/dB = A^-T g; dL/dA = -(dL/dB) x^T. (Giles 2008, 2.3.1)
        let turned = try saved.value("solve").matrixTransposed()
        let forB = try Tensor.solve(turned, call.gradient)
        let x = GradientMode.isEnabled ? try call.node.recorded(answer, "solve") : try answer.value("solve")
        return [call.needs(0) ? try forB.matmul(x.matrixTransposed()).neg() : nil, forB]
      }
    }
    return result
  }

  /// x with this x = B, or with `left` false x this = B.
  public func solved(_ b: Tensor, left: Bool) throws -> Tensor {
    if left { return try Tensor.solve(self, b) }
    guard b.rank >= 2 else { return try Tensor.solve(matrixTransposed(), b) }
    return try Tensor.solve(matrixTransposed(), b.matrixTransposed()).matrixTransposed()
  }

  /// [..., n, n] and [..., n, k] of the same batch.
  private func solved(_ right: Tensor) throws -> Tensor {
    let (packed, pivots, zero) = try luFactors("solve")
    try Tensor.requireRegular(zero, batchShape, "solve")
    let n = shape[rank - 1]
    let columns = right.shape[right.rank - 1]
    let x = try right.copiedByColumns()
    if x.count == 0 { return x.fromColumns }
    func run<T: LapackNumber>(_ type: T.Type) throws {
      let (a, b) = (packed.elements(T.self), x.elements(T.self))
      try pivots.withUnsafeBufferPointer { places in
        guard let first = places.baseAddress else { return }
        let p = UnsafeSend(UnsafeMutablePointer(mutating: first))
        try Tensor.eachMatrix(zero.count, work: Double(n) * Double(n) * Double(columns)) { i in
          _ = Lapack.solve(
            n, columns, lu: a + i * n * n, p.value + i * n, b + i * n * columns)
        }
      }
    }
    try run(lapackNumber)
    return x.fromColumns
  }

  static func requireRegular(_ zero: [Int32], _ batch: [Int], _ operation: String) throws {
    guard let place = zero.firstIndex(where: { $0 > 0 }) else { return }
    let which = batch.isEmpty ? "" : " (batch element \(place))"
    throw TensorError.argument(
      operation: operation,
      message: "The solver failed because the input matrix is singular\(which): pivot "
        + "\(zero[place]) is 0; its rows are not independent. pinv or lstsq take such matrices")
  }

  /// The inverse of each matrix [..., n, n].
  ///
  /// - Throws: `TensorError.argument` for a singular matrix.
  public func inverse() throws -> Tensor {
    try requireMatrices("inv", square: true)
    let n = shape[rank - 1]
    let result = try noGrad {
      let (_, _, zero) = try detached().luFactors("inv")
      if let place = zero.firstIndex(where: { $0 > 0 }) {
        let which = batchShape.isEmpty ? "" : " (batch element \(place))"
        throw TensorError.argument(
          operation: "inv",
          message: "The diagonal element \(zero[place]) is zero, the inversion could not be "
            + "completed because the input matrix is singular\(which); pinv takes such matrices")
      }
      let one = try Tensor.eye(n, dtype: dtype).expand(batchShape + [n, n])
      return try detached().solved(one)
    }
    if records {
      let answer = Saved(result.alias())
      result.record("LinalgInvExBackward0", [edge]) { call in
        // -A^-T g A^-T. (Giles 2008, 2.2.3)
        let inverse =
          try GradientMode.isEnabled
          ? call.node.recorded(answer, "inv") : answer.value("inv")
        let turned = try inverse.matrixTransposed()
        return [try turned.matmul(call.gradient).matmul(turned).neg()]
      }
    }
    return result
  }

  /// The determinant of each matrix: [..., n, n] -> [...].
  public func determinant() throws -> Tensor {
    try requireMatrices("det", square: true)
    let n = shape[rank - 1]
    let result = try noGrad {
      let (sign, size, _) = try detached().signedDeterminant(logarithm: false)
      return n == 0 ? try Tensor.ones(batchShape, dtype: dtype) : try sign.multiplied(by: size)
    }
    if records {
      let saved = Saved(self)
      result.record("LinalgDetBackward0", [edge], keepingResult: true) { call in
        let a = try saved.value("det")
        let g = try call.gradient.unsqueeze(-1).unsqueeze(-1)
        if try call.result.detached().equal(.double(0)).any().item().bool {
          return [try g.multiplied(by: a.cofactors())]
        }
        // g det(A) A^-T. (Giles 2008, 2.2.4)
        let slope = try call.result.unsqueeze(-1).unsqueeze(-1)
          .multiplied(by: a.inverse().matrixTransposed())
        return [try g.multiplied(by: slope)]
      }
    }
    return result
  }

  /// The cofactors of each matrix, right also where it is singular: det(U V^T) U diag(products of the
  /// other singular values) V^T.
  private func cofactors() throws -> Tensor {
    let (u, s, vt) = try detached().svd(full: true)
    let n = shape[rank - 1]
    let grid = try s.unsqueeze(-2).expand(batchShape + [n, n])
    let others = try Tensor.where(Tensor.eye(n, dtype: .bool), .double(1), grid).prod([-1])
    let sign = try u.determinant().multiplied(by: vt.determinant())
    return try u.multiplied(by: others.unsqueeze(-2)).matmul(vt)
      .multiplied(by: sign.unsqueeze(-1).unsqueeze(-1))
  }

  /// Sign and logarithm of the magnitude of the determinant of each matrix.
  public func signAndLogDeterminant() throws -> (sign: Tensor, logarithm: Tensor) {
    try requireMatrices("slogdet", square: true)
    let (sign, size, _) = try noGrad { try detached().signedDeterminant(logarithm: true) }
    if records {
      let saved = Saved(self)
      size.record("LinalgSlogdetBackward0", [edge]) { call in
        let turned = try saved.value("slogdet").inverse().matrixTransposed()
        return [try call.gradient.unsqueeze(-1).unsqueeze(-1).multiplied(by: turned)]
      }
    }
    return (sign, size)
  }

  private func signedDeterminant(logarithm: Bool) throws -> (Tensor, Tensor, [Int32]) {
    let (packed, pivots, zero) = try luFactors("det")
    let n = shape[rank - 1]
    let diagonal = try packed.diagonal(offset: 0, -2, -1)
    let size =
      try logarithm ? diagonal.abs().log().sum([-1]) : diagonal.prod([-1])
    var signs = [Double](repeating: 1, count: zero.count)
    let flips = try diagonal.sign().prod([-1]).doubles()
    for i in signs.indices {
      for j in 0..<n where pivots[i * n + j] != Int32(j + 1) { signs[i] = -signs[i] }
      if logarithm && n > 0 { signs[i] *= flips[i] }
    }
    let sign = try Tensor(signs, shape: batchShape, dtype: dtype)
    return (sign, n == 0 ? try Tensor.zeros(batchShape, dtype: dtype) : size, zero)
  }

  /// x with A x = B for a triangular A [..., n, n]; what lies on the other side of the diagonal is not
  /// looked at.
  ///
  /// - Parameters:
  ///   - upper: which triangle counts.
  ///   - left: A x = B, or x A = B when false.
  ///   - unit: the diagonal counts as 1.
  public static func solveTriangular(
    _ a: Tensor, _ b: Tensor, upper: Bool, left: Bool = true, unit: Bool = false
  ) throws -> Tensor {
    try a.requireMatrices("solve_triangular", square: true)
    guard b.rank >= 2 else {
      throw TensorError.wrongShape(
        operation: "solve_triangular", found: b.shape, needed: "a matrix; use b.unsqueeze(-1)")
    }
    guard a.dtype == b.dtype else {
      throw TensorError.dtype(
        operation: "solve_triangular", found: b.dtype, needed: "\(a.dtype), as A's")
    }
    if !left {
      return try solveTriangular(
        a.matrixTransposed(), b.matrixTransposed(), upper: !upper, unit: unit
      ).matrixTransposed()
    }
    let n = a.shape[a.rank - 1]
    guard b.shape[b.rank - 2] == n else {
      throw TensorError.innerSizes(operation: "solve_triangular", a: a.shape, b: b.shape)
    }
    let columns = b.shape[b.rank - 1]
    let batch = try Shape.broadcast(a.batchShape, b.batchShape, "solve_triangular")
    let matrices = try a.expand(batch + [n, n])
    let right = try b.expand(batch + [n, columns])
    let batches = Shape.product(batch)
    let x = try right.detached().copiedByColumns()
    let packed = try matrices.detached().copiedByColumns()
    if x.count > 0 {
      func run<T: LapackNumber>(_ type: T.Type) throws {
        let (p, q) = (packed.elements(T.self), x.elements(T.self))
        try eachMatrix(batches, work: Double(n) * Double(n) * Double(columns)) { i in
          let info = Lapack.triangularSolve(
            upper: upper, unit: unit, n, columns, p + i * n * n, q + i * n * columns)
          if info > 0 {
            throw TensorError.argument(
              operation: "solve_triangular",
              message: "the matrix is singular: element \(info) of the diagonal is 0")
          }
        }
      }
      try run(a.lapackNumber)
    }
    let result = x.fromColumns
    if matrices.records || right.records {
      let saved = Saved(matrices)
      let answer = Saved(result.alias())
      result.record("LinalgSolveTriangularBackward0", [matrices.edge, right.edge]) { call in
        let turned = try saved.value("solve_triangular").matrixTransposed()
        let forB = try solveTriangular(turned, call.gradient, upper: !upper, unit: unit)
        let x =
          try GradientMode.isEnabled
          ? call.node.recorded(answer, "solve_triangular") : answer.value("solve_triangular")
        var forA: Tensor?
        if call.needs(0) {
          let whole = try forB.matmul(x.matrixTransposed()).neg()
          let shift = unit ? 1 : 0
          forA = try upper ? whole.triu(shift) : whole.tril(-shift)
        }
        return [forA, forB]
      }
    }
    return result
  }
}

extension Node {
  /// A value that is this node's result, as a recorded tensor: for rules that use their result.
  func recorded(_ value: Saved, _ operation: String) throws -> Tensor {
    let tensor = try value.value(operation).alias()
    tensor.node = self
    return tensor
  }
}

/// A pointer that parallel sections may share; each part writes its own places.
struct UnsafeSend<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

extension OperationTable {
  /// A well-conditioned matrix for samples: values plus a strong diagonal.
  static func regular(_ shape: [Int]) throws -> Tensor {
    let n = shape[shape.count - 1]
    return try OperationSample.values(shape).adding(
      Tensor.eye(n, dtype: .float64).multiplied(by: .double(3)))
  }

  static let solving: [OperationDeclaration] = [
    OperationDeclaration(name: "solve", family: "Solve", isDifferentiable: true) {
      [
        OperationSample([try regular([3, 3]), try OperationSample.values([3, 2])]) {
          try Tensor.solve($0[0], $0[1])
        },
        OperationSample([try regular([2, 3, 3]), try OperationSample.values([3, 1])]) {
          try Tensor.solve($0[0], $0[1])
        },
        OperationSample([try regular([3, 3]), try OperationSample.values([3])]) {
          try Tensor.solve($0[0], $0[1])
        },
      ]
    },
    OperationDeclaration(name: "inv", family: "Solve", isDifferentiable: true) {
      [OperationSample([try regular([2, 3, 3])]) { try $0[0].inverse() }]
    },
    OperationDeclaration(name: "det", family: "Solve", isDifferentiable: true) {
      [
        OperationSample([try regular([3, 3])]) { try $0[0].determinant() },
        OperationSample([try regular([2, 2, 2])]) { try $0[0].determinant() },
      ]
    },
    OperationDeclaration(name: "slogdet", family: "Solve", isDifferentiable: true) {
      [OperationSample([try regular([3, 3])]) { try $0[0].signAndLogDeterminant().logarithm }]
    },
    OperationDeclaration(name: "solve_triangular", family: "Solve", isDifferentiable: true) {
      [
        OperationSample([try regular([3, 3]), try OperationSample.values([3, 2])]) {
          try Tensor.solveTriangular($0[0], $0[1], upper: true)
        },
        OperationSample([try regular([3, 3]), try OperationSample.values([2, 3])]) {
          try Tensor.solveTriangular($0[0], $0[1], upper: false, left: false, unit: true)
        },
      ]
    },
    OperationDeclaration(name: "diag_embed", family: "Solve", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3])]) { try $0[0].diagonalMatrix(offset: -1) }]
    },
  ]
}
