import Compute

/// Runs elementwise loops over tensors of any layout.
///
/// Same shapes without gaps, and a single element beside such a tensor, go to the loop in one call;
/// everything else is walked over joined axes. Large work is cut by size and shared.
enum Elementwise {
  /// Elements from which a cheap loop (memory bound) is worth a second thread.
  static let grain = 1 << 17
  /// The same for loops that compute much per element.
  static let costlyGrain = 1 << 14

  static func unary(
    _ loop: @escaping sw_unary_loop, _ a: Tensor, to dtype: DType, grain: Int = grain
  ) throws -> Tensor {
    let out =
      try a.isContiguous
      ? Tensor(like: a, dtype: dtype)
      : Tensor(uninitialized: a.shape, count: a.count, dtype: dtype)
    if a.isContiguous, ElementwiseChain.takes(.unary(loop), a, into: out) { return out }
    try unary(loop, a, into: out, grain: grain)
    return out
  }

  /// `out` has the shape of `a` and any layout.
  static func unary(
    _ loop: @escaping sw_unary_loop, _ a: Tensor, into out: Tensor, grain: Int = grain
  ) throws {
    let (sa, so) = (a.dtype.size, out.dtype.size)
    if a.isContiguous && out.isContiguous {
      let (x, y) = (a.bytes, out.bytes)
      try ThreadPool.forRanges(a.count, grain: grain) { start, end in
        loop(Int64(end - start), y + start &* so, Int64(so), x + start &* sa, Int64(sa))
      }
      return
    }
    let space = StridedLoop(
      shape: a.shape, operands: [(out.strides, so), (a.strides, sa)])
    let (x, y) = (a.bytes, out.bytes)
    try space.run(grain: grain) { shape, start in
      sw_walk1(
        loop, Int32(shape.count), shape, y + space.bytes(0, to: start),
        space.strides[0], x + space.bytes(1, to: start), space.strides[1])
    }
  }

  /// A loop over two operands of one dtype, broadcast to `shape`.
  static func binary(
    _ loop: @escaping sw_binary_loop, _ a: Tensor, _ b: Tensor, to dtype: DType,
    grain: Int = grain, _ operation: String
  ) throws -> Tensor {
    if a.isContiguous && b.isContiguous {
      if a.shape == b.shape {
        let out = try Tensor(like: a, dtype: dtype)
        if ElementwiseChain.takes(.binary(loop), a, b, into: out) { return out }
        try flat(loop, a, b, out, stepA: a.dtype.size, stepB: b.dtype.size, grain)
        return out
      }
      if b.count == 1 && b.rank <= a.rank {
        let out = try Tensor(like: a, dtype: dtype)
        if ElementwiseChain.takes(.binary(loop), a, b, into: out) { return out }
        try flat(loop, a, b, out, stepA: a.dtype.size, stepB: 0, grain)
        return out
      }
      if a.count == 1 && a.rank <= b.rank {
        let out = try Tensor(like: b, dtype: dtype)
        if ElementwiseChain.takes(.binary(loop), a, b, into: out) { return out }
        try flat(loop, a, b, out, stepA: 0, stepB: b.dtype.size, grain)
        return out
      }
    }
    let shape = try Shape.broadcast(a.shape, b.shape, operation)
    let out = try Tensor.empty(shape, dtype: dtype, operation)
    if try rows(loop, a, b, into: out, grain: grain) { return out }
    try binary(loop, a, b, into: out, grain: grain)
    return out
  }

  /// The common broadcasts without a walk: one operand has the result's shape, the other repeats as a
  /// whole row ([n, d] with [d]) or along a row ([n, d] with [n, 1]). All without gaps.
  private static func rows(
    _ loop: @escaping sw_binary_loop, _ a: Tensor, _ b: Tensor, into out: Tensor, grain: Int
  ) throws -> Bool {
    guard a.isContiguous, b.isContiguous, out.count > 0 else { return false }
    let (whole, part) = a.shape == out.shape ? (a, b) : (b, a)
    guard whole.shape == out.shape, part.rank <= out.rank, part.count > 0 else { return false }
    let lead = out.rank - part.rank
    var first = 0  // axes that the part repeats come before this
    while first < part.rank, part.shape[first] == 1 { first += 1 }
    var last = part.rank  // or from this on
    while last > 0, part.shape[last - 1] == 1 { last -= 1 }
    let isRow = (first..<part.rank).allSatisfy { part.shape[$0] == out.shape[lead + $0] }
    let isColumn =
      lead == 0 && last > 0 && (0..<last).allSatisfy { part.shape[$0] == out.shape[$0] }
    guard isRow || isColumn else { return false }
    let columns = isRow ? part.count : out.count / part.count
    let size = out.dtype.size
    let width = whole.dtype.size
    let wholeRow = columns &* width
    // Steps of the part: from row to row, and along a row.
    let (partRow, partStep) = isRow ? (0, width) : (width, 0)
    let (wp, pp, z) = (whole.bytes, part.bytes, out.bytes)
    let wholeIsLeft = whole === a
    try ThreadPool.forRanges(out.count / columns, grain: max(1, grain / columns)) { start, end in
      let w = wp + start &* wholeRow
      let p = pp + start &* partRow
      let o = z + start &* columns &* size
      if wholeIsLeft {
        sw_rows2(
          loop, Int64(end - start), Int64(columns), o, Int64(columns &* size), Int64(size), w,
          Int64(wholeRow), Int64(width), p, Int64(partRow), Int64(partStep))
      } else {
        sw_rows2(
          loop, Int64(end - start), Int64(columns), o, Int64(columns &* size), Int64(size), p,
          Int64(partRow), Int64(partStep), w, Int64(wholeRow), Int64(width))
      }
    }
    return true
  }

  @inline(__always)
  private static func flat(
    _ loop: @escaping sw_binary_loop, _ a: Tensor, _ b: Tensor, _ out: Tensor, stepA: Int,
    stepB: Int, _ grain: Int
  ) throws {
    let size = out.dtype.size
    let (x, y, z) = (a.bytes, b.bytes, out.bytes)
    if out.count <= grain {
      loop(Int64(out.count), z, Int64(size), x, Int64(stepA), y, Int64(stepB))
      return
    }
    try ThreadPool.forRanges(out.count, grain: grain) { start, end in
      loop(
        Int64(end - start), z + start &* size, Int64(size), x + start &* stepA, Int64(stepA),
        y + start &* stepB, Int64(stepB))
    }
  }

  /// `a` and `b` broadcast to the shape of `out`, which has any layout.
  static func binary(
    _ loop: @escaping sw_binary_loop, _ a: Tensor, _ b: Tensor, into out: Tensor,
    grain: Int = grain
  ) throws {
    let space = StridedLoop(
      shape: out.shape,
      operands: [
        (out.strides, out.dtype.size),
        (a.broadcastStrides(to: out.shape), a.dtype.size),
        (b.broadcastStrides(to: out.shape), b.dtype.size),
      ])
    let (x, y, z) = (a.bytes, b.bytes, out.bytes)
    try space.run(grain: grain) { shape, start in
      sw_walk2(
        loop, Int32(shape.count), shape, z + space.bytes(0, to: start),
        space.strides[0], x + space.bytes(1, to: start), space.strides[1],
        y + space.bytes(2, to: start), space.strides[2])
    }
  }

  /// `out[i] = condition[i] ? a[i] : b[i]`, all broadcast to the shape of `out`.
  static func select(
    _ condition: Tensor, _ a: Tensor, _ b: Tensor, into out: Tensor
  ) throws {
    let size = out.dtype.size
    guard let loop = sw_select(Int32(size)) else { return }
    let space = StridedLoop(
      shape: out.shape,
      operands: [
        (out.strides, size), (condition.broadcastStrides(to: out.shape), 1),
        (a.broadcastStrides(to: out.shape), size), (b.broadcastStrides(to: out.shape), size),
      ])
    let (c, x, y, z) = (condition.bytes, a.bytes, b.bytes, out.bytes)
    try space.run(grain: grain) { shape, start in
      sw_walk3(
        loop, Int32(shape.count), shape, z + space.bytes(0, to: start),
        space.strides[0], c + space.bytes(1, to: start), space.strides[1],
        x + space.bytes(2, to: start), space.strides[2],
        y + space.bytes(3, to: start), space.strides[3])
    }
  }
}
