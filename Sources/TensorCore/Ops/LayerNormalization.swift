import Compute

extension Tensor {
  /// (x - mean) / sqrt(variance + epsilon) * weight + bias over rows of the last `columns` elements, as
  /// one operation with one pass each way; nil where the operands are not float32 or do not fit.
  ///
  /// - Parameters:
  ///   - weight, bias: of the shape of the last axes, `columns` elements.
  public func layerNormFused(columns: Int, _ weight: Tensor?, _ bias: Tensor?, epsilon: Double) throws
    -> Tensor?
  {
    guard dtype == .float32, columns > 0, count > 0, count % columns == 0,
      weight != nil || bias == nil, let layers = sw_layers(),
      [weight, bias].allSatisfy({ $0.map { $0.dtype == .float32 && $0.count == columns } ?? true })
    else { return nil }
    let rows = count / columns
    let source = try contiguousData()
    let (w, b) = (try weight?.contiguousData(), try bias?.contiguousData())
    let out = try Tensor(like: source, dtype: .float32)
    let mean = try Tensor(uninitialized: [rows], count: rows, dtype: .float32)
    let scale = try Tensor(uninitialized: [rows], count: rows, dtype: .float32)
    let (x, z, m, s) = (
      source.elements(Float.self), out.elements(Float.self), mean.elements(Float.self),
      scale.elements(Float.self)
    )
    let grain = Swift.max(1, Elementwise.costlyGrain / columns)
    try ThreadPool.forRanges(rows, grain: grain) { start, end in
      layers.pointee.layer_norm(
        Int64(end - start), Int64(columns), x + start * columns, w?.elements(Float.self),
        b?.elements(Float.self), epsilon, z + start * columns, m + start, s + start)
    }
    guard records || weight?.records == true || bias?.records == true else { return out }
    let (saved, savedWeight) = (Saved(self), weight.map { Saved($0) })
    let edges = [edge, weight?.edge ?? .none, bias?.edge ?? .none]
    out.record("NativeLayerNormBackward0", edges) { call in
      let name = "native_layer_norm"
      let x = try saved.value(name)
      let weight = try savedWeight?.value(name)
      if GradientMode.isEnabled {
        return try Self.recordedLayerNormGradients(
          call.gradient, x, weight, columns: columns, epsilon: epsilon)
      }
      return try Self.layerNormGradients(call, x, weight, mean, scale, columns, rows, grain)
    }
    out.ownNode?.givesFresh = true
    return out
  }

  private static func layerNormGradients(
    _ call: GradientCall, _ x: Tensor, _ weight: Tensor?, _ mean: Tensor, _ scale: Tensor,
    _ columns: Int, _ rows: Int, _ grain: Int
  ) throws -> [Tensor?] {
    guard let layers = sw_layers() else { return [] }
    let (g, x, w) = (
      try call.gradient.contiguousData(), try x.contiguousData(), try weight?.contiguousData()
    )
    let dx = try Tensor(like: x, dtype: .float32)
    // A sum for each piece of rows, added up in order: the same for any number of threads.
    let pieces = (rows - 1) / grain + 1
    let sums = try weight == nil ? nil : Tensor.zeros([2, pieces, columns], dtype: .float32)
    let (a, b, m, s, z) = (
      g.elements(Float.self), x.elements(Float.self), mean.elements(Float.self),
      scale.elements(Float.self), dx.elements(Float.self)
    )
    try ThreadPool.forRanges(rows, grain: grain) { start, end in
      let place = sums.map { $0.elements(Float.self) + start / grain * columns }
      layers.pointee.layer_norm_back(
        Int64(end - start), Int64(columns), a + start * columns, b + start * columns,
        w?.elements(Float.self), m + start, s + start, z + start * columns, place,
        place.map { $0 + pieces * columns })
    }
    guard let weight, let sums else { return [dx] }
    func total(_ i: Int) throws -> Tensor {
      let own = try sums.select(0, i)
      return try (pieces == 1 ? own.select(0, 0).contiguousData().clone() : own.sum([0]))
        .reshape(weight.shape)
    }
    return [
      dx, call.needs(1) ? try total(0) : nil, call.needs(2) ? try total(1) : nil,
    ]
  }

  /// The same gradients of operations that have gradients themselves.
  private static func recordedLayerNormGradients(
    _ gradient: Tensor, _ x: Tensor, _ weight: Tensor?, columns: Int, epsilon: Double
  ) throws -> [Tensor?] {
    let (g, rows) = (try gradient.reshape([-1, columns]), try x.reshape([-1, columns]))
    let centered = try rows - rows.mean([1], keepDims: true)
    let scale = try ((centered * centered).mean([1], keepDims: true) + .double(epsilon)).rsqrt()
    let h = try centered * scale
    let d = try weight.map { try g * $0.reshape([columns]) } ?? g
    let inner = try d - d.mean([1], keepDims: true) - h * (d * h).mean([1], keepDims: true)
    let dx = try (scale * inner).reshape(x.shape)
    guard let weight else { return [dx] }
    return [dx, try (g * h).sum([0]).reshape(weight.shape), try g.sum([0]).reshape(weight.shape)]
  }
}
