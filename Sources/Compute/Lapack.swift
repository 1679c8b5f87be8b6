import CBLAS

/// Factorizations of one matrix by LAPACK, in place.
///
/// Matrices lie by columns without gaps. Work space is taken behind the memory charge. Every function
/// gives LAPACK's `info`: 0, or a number greater than 0 that says where the matrix failed.
public enum Lapack {
  public typealias Ints = UnsafeMutablePointer<Int32>

  /// OpenBLAS stays on the calling thread: see `MatrixProduct`.
  private static let ready: Void = openblas_set_num_threads(1)

  /// Memory that lasts as long as a call.
  private static func scratch<T, R>(
    _ type: T.Type, _ count: Int, _ body: (UnsafeMutablePointer<T>) throws -> R
  ) throws -> R {
    let (block, granted) = try Memory.take(max(1, count) * MemoryLayout<T>.stride)
    defer { Memory.give(block, granted: granted) }
    return try body(block.assumingMemoryBound(to: T.self))
  }

  /// Runs a routine twice: for the size of its work, then with that much.
  private static func withWork<T: LapackNumber>(
    _ type: T.Type, _ call: (UnsafeMutablePointer<T>, Int32) throws -> Int32
  ) throws -> Int32 {
    _ = ready
    var answer = T.zero
    let info = try call(&answer, -1)
    if info != 0 { return info }
    // float32 holds no exact count beyond 2^24: a little more is harmless.
    let size = Int(Double(answer) * 1.0001) + 1
    return try scratch(T.self, size) { try call($0, Int32(clamping: size)) }
  }

  /// LU with row exchanges: a [m, n] becomes L and U; `pivots` has min(m, n) places, from 1 on.
  public static func lu<T: LapackNumber>(_ m: Int, _ n: Int, _ a: UnsafeMutablePointer<T>, _ pivots: Ints)
    -> Int32
  {
    _ = ready
    return T.getrf(Int32(m), Int32(n), a, pivots)
  }

  /// b [n, columns] becomes the solution of a x = b, a as `lu` left it.
  public static func solve<T: LapackNumber>(
    _ n: Int, _ columns: Int, lu a: UnsafeMutablePointer<T>, _ pivots: Ints,
    _ b: UnsafeMutablePointer<T>
  ) -> Int32 {
    _ = ready
    return T.getrs(Int32(n), Int32(columns), a, pivots, b)
  }

  /// a [n, n], symmetric and positive, becomes its lower factor; above the diagonal it stays.
  public static func cholesky<T: LapackNumber>(_ n: Int, _ a: UnsafeMutablePointer<T>) -> Int32 {
    _ = ready
    return T.potrf(Int32(n), a)
  }

  /// a [m, n] becomes R in its upper triangle, with what `orthogonal` needs below and in `tau`.
  public static func qr<T: LapackNumber>(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<T>, _ tau: UnsafeMutablePointer<T>
  ) throws -> Int32 {
    try withWork(T.self) { T.geqrf(Int32(m), Int32(n), a, tau, $0, $1) }
  }

  /// a [m, columns], whose first columns are from `qr` with `reflections` of them, becomes Q.
  public static func orthogonal<T: LapackNumber>(
    _ m: Int, _ columns: Int, _ reflections: Int, _ a: UnsafeMutablePointer<T>,
    _ tau: UnsafeMutablePointer<T>
  ) throws -> Int32 {
    try withWork(T.self) {
      T.orgqr(Int32(m), Int32(columns), Int32(reflections), a, tau, $0, $1)
    }
  }

  /// What a singular value decomposition should give.
  public enum Vectors: String, Sendable { case none = "N", reduced = "S", full = "A" }

  /// a [m, n] = u s vt; a is destroyed. With k = min(m, n): u [m, k] or [m, m], vt [k, n] or [n, n].
  public static func svd<T: LapackNumber>(
    _ vectors: Vectors, _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<T>,
    _ s: UnsafeMutablePointer<T>, _ u: UnsafeMutablePointer<T>, _ vt: UnsafeMutablePointer<T>
  ) throws -> Int32 {
    let rows = Int32(max(1, vectors == .full ? n : min(m, n)))
    return try scratch(Int32.self, 8 * min(m, n)) { ints in
      try withWork(T.self) {
        T.gesdd(
          vectors.rawValue, Int32(m), Int32(n), a, s, u, Int32(max(1, m)), vt, rows, $0, $1, ints)
      }
    }
  }

  /// The eigenvalues w [n] of a symmetric a [n, n] in ascending order; a becomes the eigenvectors, by
  /// columns, where they are wanted.
  public static func symmetricEigen<T: LapackNumber>(
    vectors: Bool, upper: Bool, _ n: Int, _ a: UnsafeMutablePointer<T>,
    _ w: UnsafeMutablePointer<T>
  ) throws -> Int32 {
    let places = 5 * n + 3
    return try scratch(Int32.self, places) { ints in
      try withWork(T.self) {
        T.syevd(
          vectors ? "V" : "N", upper ? "U" : "L", Int32(n), a, w, $0, $1, ints,
          $1 == -1 ? -1 : Int32(places))
      }
    }
  }

  /// The eigenvalues wr + i wi of any a [n, n], which is destroyed, and its eigenvectors in LAPACK's
  /// packing: of a pair the first column is the real part, the second the imaginary one.
  public static func eigen<T: LapackNumber>(
    vectors: Bool, _ n: Int, _ a: UnsafeMutablePointer<T>, _ wr: UnsafeMutablePointer<T>,
    _ wi: UnsafeMutablePointer<T>, _ v: UnsafeMutablePointer<T>
  ) throws -> Int32 {
    try withWork(T.self) { T.geev(vectors ? "V" : "N", Int32(n), a, wr, wi, v, $0, $1) }
  }

  /// The x with the least |a x - b|, and the shortest among those; b [max(m, n), columns] becomes x in
  /// its first n rows, and a is destroyed. Singular values below `cutoff` times the largest count as 0.
  public static func leastSquares<T: LapackNumber>(
    _ m: Int, _ n: Int, _ columns: Int, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>,
    _ s: UnsafeMutablePointer<T>, cutoff: T, rank: inout Int32
  ) throws -> Int32 {
    let small = min(m, n)
    // 3 * small * levels + 11 * small integers, with levels <= 32 for any size.
    return try scratch(Int32.self, max(1, small) * (3 * 32 + 11)) { ints in
      try withWork(T.self) {
        T.gelsd(
          Int32(m), Int32(n), Int32(columns), a, b, Int32(max(1, m, n)), s, cutoff, &rank, $0, $1,
          ints)
      }
    }
  }

  /// b [n, columns] becomes the solution of a x = b with a triangular a [n, n].
  public static func triangularSolve<T: LapackNumber>(
    upper: Bool, transposed: Bool = false, unit: Bool, _ n: Int, _ columns: Int,
    _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>
  ) -> Int32 {
    _ = ready
    return T.trtrs(
      upper: upper, transposed: transposed, unit: unit, Int32(n), Int32(columns), a, b)
  }
}
