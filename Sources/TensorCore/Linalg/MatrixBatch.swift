import Compute

// What the factorizations share: checks, copies laid out by columns as LAPACK reads them, and a walk
// over a batch of matrices [..., m, n].

extension Tensor {
  /// Float matrices [..., m, n], checked.
  ///
  /// - Throws: `TensorError.wrongShape`, `TensorError.dtype`, with the way out.
  func requireMatrices(_ operation: String, square: Bool = false) throws {
    guard rank >= 2 else {
      throw TensorError.wrongShape(
        operation: operation, found: shape, needed: "a matrix: at least two axes")
    }
    guard dtype == .float32 || dtype == .float64 else {
      throw TensorError.dtype(
        operation: operation, found: dtype, needed: "float32 or float64; use x.float()")
    }
    let (m, n) = (shape[rank - 2], shape[rank - 1])
    if square && m != n {
      throw TensorError.wrongShape(
        operation: operation, found: shape,
        needed: "one whose last two axes are equal (a square matrix), not \(m) x \(n)")
    }
    guard m < 1 << 30, n < 1 << 30 else {
      throw TensorError.size(operation: operation, shape: shape)
    }
  }

  /// The sizes before the matrices.
  var batchShape: [Int] { Array(shape.dropLast(2)) }

  /// A copy of its own in which each matrix lies by columns: [..., n, m] in row-major order.
  func copiedByColumns() throws -> Tensor {
    try alias().transpose(-2, -1).clone()
  }

  /// Back from a result that lies by columns: the transposed view.
  var fromColumns: Tensor { permuted(Array(0..<(rank - 2)) + [rank - 1, rank - 2], "") }

  /// The transposed matrices, recorded.
  func matrixTransposed() throws -> Tensor { try transpose(-2, -1) }

  /// The float type for LAPACK.
  var lapackNumber: any LapackNumber.Type { dtype == .float64 ? Double.self : Float.self }

  /// Runs `body` for each matrix number; on several threads when each is worth it.
  static func eachMatrix(
    _ count: Int, work: Double, _ body: @escaping (Int) throws -> Void
  ) throws {
    let failures = FirstError()
    let grain = Swift.max(1, Int(2e6 / Swift.max(1, work)))
    try ThreadPool.forRanges(count, grain: grain) { start, end in
      for i in start..<end {
        if sw_interrupt_pending() != 0 { return }
        failures.run { try body(i) }
      }
    }
    try failures.rethrow()
    try Interrupt.check()
  }

  /// The matrix with these values on its diagonal: [..., n] -> [..., n, n]. (`torch.diag_embed`)
  public func diagonalMatrix(offset: Int = 0) throws -> Tensor {
    guard rank > 0 else {
      throw TensorError.wrongShape(operation: "diag_embed", found: shape, needed: "at least one axis")
    }
    let n = shape[rank - 1]
    let (size, overflow) = n.addingReportingOverflow(Int(clamping: offset.magnitude))
    if overflow { throw TensorError.size(operation: "diag_embed", shape: [n, offset]) }
    let target = Array(shape.dropLast()) + [size, size]
    let result = try Tensor.zeros(target, dtype: dtype)
    try result.alias().diagonal(offset: offset, -2, -1).write(self)
    result.storage.version = 0
    if records {
      result.record("DiagEmbedBackward0", [edge]) {
        [try $0.gradient.diagonal(offset: offset, -2, -1)]
      }
    }
    return result
  }
}
