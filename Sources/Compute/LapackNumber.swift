// The raw routines for both floats: matrices lie by columns without gaps, sizes fit an Int32, which
// `Lapack` has checked. Each gives LAPACK's `info`. A work size of -1 asks for the best size, which
// comes back in the first element of the work.
import CBLAS

/// A float that LAPACK knows.
public protocol LapackNumber: BinaryFloatingPoint, Sendable {
  typealias Out = UnsafeMutablePointer<Self>
  static func getrf(_ m: Int32, _ n: Int32, _ a: Out, _ pivots: Lapack.Ints) -> Int32
  static func getrs(
    _ n: Int32, _ columns: Int32, _ a: Out, _ pivots: Lapack.Ints, _ b: Out
  ) -> Int32
  static func potrf(_ n: Int32, _ a: Out) -> Int32
  static func geqrf(
    _ m: Int32, _ n: Int32, _ a: Out, _ tau: Out, _ work: Out, _ size: Int32
  ) -> Int32
  static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Out, _ tau: Out, _ work: Out, _ size: Int32
  ) -> Int32
  static func gesdd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Out, _ s: Out, _ u: Out, _ leadU: Int32, _ vt: Out,
    _ leadV: Int32, _ work: Out, _ size: Int32, _ ints: Lapack.Ints
  ) -> Int32
  static func syevd(
    _ job: String, _ triangle: String, _ n: Int32, _ a: Out, _ w: Out, _ work: Out, _ size: Int32,
    _ ints: Lapack.Ints, _ intSize: Int32
  ) -> Int32
  static func geev(
    _ job: String, _ n: Int32, _ a: Out, _ wr: Out, _ wi: Out, _ v: Out, _ work: Out, _ size: Int32
  ) -> Int32
  static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Out, _ b: Out, _ leadB: Int32, _ s: Out,
    _ cutoff: Self, _ rank: inout Int32, _ work: Out, _ size: Int32, _ ints: Lapack.Ints
  ) -> Int32
  static func trtrs(
    upper: Bool, transposed: Bool, unit: Bool, _ n: Int32, _ columns: Int32, _ a: Out, _ b: Out
  ) -> Int32
}

extension Float: LapackNumber {
  public static func getrf(_ m: Int32, _ n: Int32, _ a: Self.Out, _ pivots: Lapack.Ints) -> Int32 {
    var (m, n, lead, info) = (m, n, max(1, m), Int32(0))
    sgetrf_(&m, &n, a, &lead, pivots, &info)
    return info
  }

  public static func getrs(
    _ n: Int32, _ columns: Int32, _ a: Self.Out, _ pivots: Lapack.Ints, _ b: Self.Out
  ) -> Int32 {
    var (n, columns, lead, info) = (n, columns, max(1, n), Int32(0))
    sgetrs_("N", &n, &columns, a, &lead, pivots, b, &lead, &info, 1)
    return info
  }

  public static func potrf(_ n: Int32, _ a: Self.Out) -> Int32 {
    var (n, lead, info) = (n, max(1, n), Int32(0))
    spotrf_("L", &n, a, &lead, &info, 1)
    return info
  }

  public static func geqrf(
    _ m: Int32, _ n: Int32, _ a: Self.Out, _ tau: Self.Out, _ work: Self.Out, _ size: Int32
  ) -> Int32 {
    var (m, n, lead, size, info) = (m, n, max(1, m), size, Int32(0))
    sgeqrf_(&m, &n, a, &lead, tau, work, &size, &info)
    return info
  }

  public static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Self.Out, _ tau: Self.Out, _ work: Self.Out,
    _ size: Int32
  ) -> Int32 {
    var (m, n, k, lead, size, info) = (m, n, k, max(1, m), size, Int32(0))
    sorgqr_(&m, &n, &k, a, &lead, tau, work, &size, &info)
    return info
  }

  public static func gesdd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Self.Out, _ s: Self.Out, _ u: Self.Out,
    _ leadU: Int32, _ vt: Self.Out, _ leadV: Int32, _ work: Self.Out, _ size: Int32,
    _ ints: Lapack.Ints
  ) -> Int32 {
    var (m, n, lead, leadU, leadV, size, info) = (m, n, max(1, m), leadU, leadV, size, Int32(0))
    sgesdd_(job, &m, &n, a, &lead, s, u, &leadU, vt, &leadV, work, &size, ints, &info, 1)
    return info
  }

  public static func syevd(
    _ job: String, _ triangle: String, _ n: Int32, _ a: Self.Out, _ w: Self.Out, _ work: Self.Out,
    _ size: Int32, _ ints: Lapack.Ints, _ intSize: Int32
  ) -> Int32 {
    var (n, lead, size, intSize, info) = (n, max(1, n), size, intSize, Int32(0))
    ssyevd_(job, triangle, &n, a, &lead, w, work, &size, ints, &intSize, &info, 1, 1)
    return info
  }

  public static func geev(
    _ job: String, _ n: Int32, _ a: Self.Out, _ wr: Self.Out, _ wi: Self.Out, _ v: Self.Out,
    _ work: Self.Out, _ size: Int32
  ) -> Int32 {
    var (n, lead, one, size, info) = (n, max(1, n), Int32(1), size, Int32(0))
    sgeev_("N", job, &n, a, &lead, wr, wi, nil, &one, v, &lead, work, &size, &info, 1, 1)
    return info
  }

  public static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Self.Out, _ b: Self.Out, _ leadB: Int32,
    _ s: Self.Out, _ cutoff: Self, _ rank: inout Int32, _ work: Self.Out, _ size: Int32,
    _ ints: Lapack.Ints
  ) -> Int32 {
    var (m, n, columns, lead, leadB, cutoff, size, info) = (
      m, n, columns, max(1, m), leadB, cutoff, size, Int32(0)
    )
    sgelsd_(
      &m, &n, &columns, a, &lead, b, &leadB, s, &cutoff, &rank, work, &size, ints, &info)
    return info
  }

  public static func trtrs(
    upper: Bool, transposed: Bool, unit: Bool, _ n: Int32, _ columns: Int32, _ a: Self.Out,
    _ b: Self.Out
  ) -> Int32 {
    var (n, columns, lead, info) = (n, columns, max(1, n), Int32(0))
    strtrs_(
      upper ? "U" : "L", transposed ? "T" : "N", unit ? "U" : "N", &n, &columns, a, &lead, b, &lead,
      &info, 1, 1, 1)
    return info
  }
}

extension Double: LapackNumber {
  public static func getrf(_ m: Int32, _ n: Int32, _ a: Self.Out, _ pivots: Lapack.Ints) -> Int32 {
    var (m, n, lead, info) = (m, n, max(1, m), Int32(0))
    dgetrf_(&m, &n, a, &lead, pivots, &info)
    return info
  }

  public static func getrs(
    _ n: Int32, _ columns: Int32, _ a: Self.Out, _ pivots: Lapack.Ints, _ b: Self.Out
  ) -> Int32 {
    var (n, columns, lead, info) = (n, columns, max(1, n), Int32(0))
    dgetrs_("N", &n, &columns, a, &lead, pivots, b, &lead, &info, 1)
    return info
  }

  public static func potrf(_ n: Int32, _ a: Self.Out) -> Int32 {
    var (n, lead, info) = (n, max(1, n), Int32(0))
    dpotrf_("L", &n, a, &lead, &info, 1)
    return info
  }

  public static func geqrf(
    _ m: Int32, _ n: Int32, _ a: Self.Out, _ tau: Self.Out, _ work: Self.Out, _ size: Int32
  ) -> Int32 {
    var (m, n, lead, size, info) = (m, n, max(1, m), size, Int32(0))
    dgeqrf_(&m, &n, a, &lead, tau, work, &size, &info)
    return info
  }

  public static func orgqr(
    _ m: Int32, _ n: Int32, _ k: Int32, _ a: Self.Out, _ tau: Self.Out, _ work: Self.Out,
    _ size: Int32
  ) -> Int32 {
    var (m, n, k, lead, size, info) = (m, n, k, max(1, m), size, Int32(0))
    dorgqr_(&m, &n, &k, a, &lead, tau, work, &size, &info)
    return info
  }

  public static func gesdd(
    _ job: String, _ m: Int32, _ n: Int32, _ a: Self.Out, _ s: Self.Out, _ u: Self.Out,
    _ leadU: Int32, _ vt: Self.Out, _ leadV: Int32, _ work: Self.Out, _ size: Int32,
    _ ints: Lapack.Ints
  ) -> Int32 {
    var (m, n, lead, leadU, leadV, size, info) = (m, n, max(1, m), leadU, leadV, size, Int32(0))
    dgesdd_(job, &m, &n, a, &lead, s, u, &leadU, vt, &leadV, work, &size, ints, &info, 1)
    return info
  }

  public static func syevd(
    _ job: String, _ triangle: String, _ n: Int32, _ a: Self.Out, _ w: Self.Out, _ work: Self.Out,
    _ size: Int32, _ ints: Lapack.Ints, _ intSize: Int32
  ) -> Int32 {
    var (n, lead, size, intSize, info) = (n, max(1, n), size, intSize, Int32(0))
    dsyevd_(job, triangle, &n, a, &lead, w, work, &size, ints, &intSize, &info, 1, 1)
    return info
  }

  public static func geev(
    _ job: String, _ n: Int32, _ a: Self.Out, _ wr: Self.Out, _ wi: Self.Out, _ v: Self.Out,
    _ work: Self.Out, _ size: Int32
  ) -> Int32 {
    var (n, lead, one, size, info) = (n, max(1, n), Int32(1), size, Int32(0))
    dgeev_("N", job, &n, a, &lead, wr, wi, nil, &one, v, &lead, work, &size, &info, 1, 1)
    return info
  }

  public static func gelsd(
    _ m: Int32, _ n: Int32, _ columns: Int32, _ a: Self.Out, _ b: Self.Out, _ leadB: Int32,
    _ s: Self.Out, _ cutoff: Self, _ rank: inout Int32, _ work: Self.Out, _ size: Int32,
    _ ints: Lapack.Ints
  ) -> Int32 {
    var (m, n, columns, lead, leadB, cutoff, size, info) = (
      m, n, columns, max(1, m), leadB, cutoff, size, Int32(0)
    )
    dgelsd_(
      &m, &n, &columns, a, &lead, b, &leadB, s, &cutoff, &rank, work, &size, ints, &info)
    return info
  }

  public static func trtrs(
    upper: Bool, transposed: Bool, unit: Bool, _ n: Int32, _ columns: Int32, _ a: Self.Out,
    _ b: Self.Out
  ) -> Int32 {
    var (n, columns, lead, info) = (n, columns, max(1, n), Int32(0))
    dtrtrs_(
      upper ? "U" : "L", transposed ? "T" : "N", unit ? "U" : "N", &n, &columns, a, &lead, b, &lead,
      &info, 1, 1, 1)
    return info
  }
}
