import CBLAS
import CKernels

/// Matrix products on BLAS.
///
/// OpenBLAS runs single-threaded; rows are split over our own pool. A product whose side is a vector
/// goes to `gemv`, which is about five times faster there than `gemm` with one row. Products of
/// float32 run on a kernel of our own where the processor has AVX-512 (`sw_product.h`).
public enum MatrixProduct {
  /// Makes OpenBLAS single-threaded, once.
  private static let ready: Void = openblas_set_num_threads(1)

  /// One operand: element (i, j) is at `pointer[i * rowStride + j * columnStride]`, in elements.
  public struct Operand<Element> {
    public var pointer: UnsafePointer<Element>
    public var rowStride: Int
    public var columnStride: Int

    @inlinable
    public init(_ pointer: UnsafePointer<Element>, rowStride: Int, columnStride: Int) {
      self.pointer = pointer
      self.rowStride = rowStride
      self.columnStride = columnStride
    }
  }

  /// Whether BLAS takes a matrix of this layout as it is: one stride 1, the other at least its width.
  public static func accepts(
    rows: Int, columns: Int, rowStride: Int, columnStride: Int
  ) -> Bool {
    if columnStride == 1 || columns == 1 { return rowStride >= max(columns, 1) || rows == 1 }
    if rowStride == 1 || rows == 1 { return columnStride >= max(rows, 1) }
    return false
  }

  /// c [m, n] = beta * c + a [m, k] x b [k, n]; c has rows `cStride` elements apart.
  ///
  /// Blocks are cut by the sizes alone, so the result does not depend on the number of threads.
  /// - Throws: `Interrupted`; c is unfinished then.
  public static func float(
    m: Int, n: Int, k: Int, _ a: Operand<Float>, _ b: Operand<Float>, beta: Float = 0,
    into c: UnsafeMutablePointer<Float>, cStride: Int
  ) throws {
    guard m > 0, n > 0 else { return }
    _ = ready
    if k == 0 {
      scale(m: m, n: n, c, cStride, beta)
      return
    }
    if m == 1 {
      vector(rows: k, columns: n, b, times: a.pointer, stride: a.columnStride, beta, c, 1)
      return
    }
    if n == 1 {
      // The vector is b; c's elements are `cStride` apart; the matrix is a transposed by its strides.
      let turned = Operand(a.pointer, rowStride: a.columnStride, columnStride: a.rowStride)
      vector(
        rows: k, columns: m, turned, times: b.pointer, stride: b.rowStride, beta, c, cStride)
      return
    }
    if let own = sw_products(), beta == 0 || beta == 1 {
      let multiply = own.pointee.multiply
      let refused = Refusal()
      try inBlocks(m: m, n: n, k: k, mergesRows: true) { i, mb, j, nb, p, kb in
        let x = a.pointer + (i * a.rowStride + p * a.columnStride)
        let y = b.pointer + (p * b.rowStride + j * b.columnStride)
        let code = multiply?(
          Int64(mb), Int64(nb), Int64(kb), x, Int64(a.rowStride), Int64(a.columnStride), y,
          Int64(b.rowStride), Int64(b.columnStride), p > 0 || beta == 1 ? 1 : 0,
          c + (i * cStride + j), Int64(cStride))
        if code != 0 { refused.happened = true }
      }
      if refused.happened {
        throw MemoryError(requested: 1 << 20, inUse: Memory.inUse, limit: Memory.limit)
      }
      return
    }
    try inBlocks(m: m, n: n, k: k) { i, mb, j, nb, p, kb in
      let x = a.pointer + (i * a.rowStride + p * a.columnStride)
      let y = b.pointer + (p * b.rowStride + j * b.columnStride)
      let (ta, lda) = layout(m, k, a.rowStride, a.columnStride)
      let (tb, ldb) = layout(k, n, b.rowStride, b.columnStride)
      cblas_sgemm(
        CblasRowMajor, ta, tb, blasint(mb), blasint(nb), blasint(kb), 1, x, lda, y, ldb,
        p == 0 ? beta : 1, c + (i * cStride + j), blasint(cStride))
    }
  }

  /// The same for float64.
  public static func double(
    m: Int, n: Int, k: Int, _ a: Operand<Double>, _ b: Operand<Double>, beta: Double = 0,
    into c: UnsafeMutablePointer<Double>, cStride: Int
  ) throws {
    guard m > 0, n > 0 else { return }
    _ = ready
    if k == 0 {
      for i in 0..<m { for j in 0..<n { c[i * cStride + j] *= beta } }
      if beta == 0 { for i in 0..<m { for j in 0..<n { c[i * cStride + j] = 0 } } }
      return
    }
    try inBlocks(m: m, n: n, k: k) { i, mb, j, nb, p, kb in
      let x = a.pointer + (i * a.rowStride + p * a.columnStride)
      let y = b.pointer + (p * b.rowStride + j * b.columnStride)
      let (ta, lda) = layout(m, k, a.rowStride, a.columnStride)
      let (tb, ldb) = layout(k, n, b.rowStride, b.columnStride)
      cblas_dgemm(
        CblasRowMajor, ta, tb, blasint(mb), blasint(nb), blasint(kb), 1, x, lda, y, ldb,
        p == 0 ? beta : 1, c + (i * cStride + j), blasint(cStride))
    }
  }

  /// Whether some block of a product found no memory; blocks only ever set it.
  private final class Refusal: @unchecked Sendable {
    var happened = false
  }

  // MARK: -

  /// y [columns] = beta * y + x [rows] x matrix [rows, columns].
  private static func vector(
    rows: Int, columns: Int, _ matrix: Operand<Float>, times x: UnsafePointer<Float>, stride: Int,
    _ beta: Float, _ y: UnsafeMutablePointer<Float>, _ yStride: Int
  ) {
    if beta == 0, stride == 1 || rows == 1, yStride == 1 || columns == 1, matrix.rowStride == 1,
      matrix.columnStride >= rows, let own = sw_products()
    {
      own.pointee.rows_dot(
        Int64(columns), Int64(rows), matrix.pointer, Int64(matrix.columnStride), x, y)
      return
    }
    let (transposed, lead) = layout(rows, columns, matrix.rowStride, matrix.columnStride)
    let step = blasint(max(stride, 1))
    let out = blasint(max(yStride, 1))
    if transposed == CblasTrans {  // stored as [columns, rows], row-major
      cblas_sgemv(
        CblasRowMajor, CblasNoTrans, blasint(columns), blasint(rows), 1, matrix.pointer, lead, x,
        step, beta, y, out)
    } else {
      cblas_sgemv(
        CblasRowMajor, CblasTrans, blasint(rows), blasint(columns), 1, matrix.pointer, lead, x,
        step, beta, y, out)
    }
  }

  private static func scale(
    m: Int, n: Int, _ c: UnsafeMutablePointer<Float>, _ stride: Int, _ beta: Float
  ) {
    for i in 0..<m {
      for j in 0..<n { c[i * stride + j] = beta == 0 ? 0 : c[i * stride + j] * beta }
    }
  }

  /// Transposition and leading dimension of a matrix that `accepts` allows.
  private static func layout(
    _ rows: Int, _ columns: Int, _ rowStride: Int, _ columnStride: Int
  ) -> (CBLAS_TRANSPOSE, blasint) {
    if columnStride == 1 && (rowStride >= columns || rows == 1) {
      return (CblasNoTrans, blasint(max(rowStride, columns, 1)))
    }
    if rowStride == 1 || rows == 1 { return (CblasTrans, blasint(max(columnStride, rows, 1))) }
    // A single column: its own stride does not matter.
    return (CblasNoTrans, blasint(max(rowStride, columns, 1)))
  }

  /// Cuts a product so that a block takes at most about 10 ms (the interrupt's promise) and so that
  /// a product worth sharing has enough blocks. Blocks along k run in order on one thread.
  ///
  /// - Parameter mergesRows: whether one thread may take more rows at once, where an element does not
  ///   depend on which others are computed with it.
  private static func inBlocks(
    m: Int, n: Int, k: Int, mergesRows: Bool = false,
    _ body: (_ i: Int, _ mb: Int, _ j: Int, _ nb: Int, _ p: Int, _ kb: Int) -> Void
  ) throws {
    let work = Double(m) * Double(n) * Double(k)
    if work < 2e6 {  // below about 50 us
      body(0, m, 0, n, 0, k)
      return
    }
    // Rows in multiples of 64: the micro kernel's own height divides it.
    var mb = m
    if m >= 128 {
      let pieces = min(8, m / 64)
      mb = (m / pieces + 63) / 64 * 64
    }
    let nb = n > 4096 ? 4096 : n
    let kb =
      Double(mb) * Double(nb) * Double(k) > 3e8
      ? max(256, Int(3e8 / (Double(mb) * Double(nb)))) : k
    if mb > 512 { mb = 512 }
    if mergesRows, ThreadPool.threadCount == 1 {
      // The matrix on the right is arranged once for each block of rows: fewer blocks are better.
      mb *= max(1, Int(1e9 / (Double(mb) * Double(nb) * Double(min(k, kb)))))
      mb = min(mb, m)
    }
    let across = (m - 1) / mb + 1
    let along = (n - 1) / nb + 1
    try ThreadPool.run(chunks: across * along) { chunk in
      let i = chunk / along * mb
      let j = chunk % along * nb
      var p = 0
      while p < k {
        if p > 0, sw_interrupt_pending() != 0 { return }
        body(i, min(mb, m - i), j, min(nb, n - j), p, min(kb, k - p))
        p += kb
      }
    }
    try Interrupt.check()
  }
}
