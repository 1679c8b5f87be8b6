import Compute

// Pools over three axes: first over the planes with the loops of the pools over two, then over windows
// of planes.

extension Tensor {
  private func requireVolumes(_ operation: String) throws {
    guard rank == 4 || rank == 5 else {
      throw TensorError.wrongShape(
        operation: operation, found: shape,
        needed: "[batch, channels, depth, height, width] or [channels, depth, height, width]")
    }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: operation, found: dtype, needed: "a float; use x.float()")
    }
  }

  /// The largest element under each window: [n, c, d, h, w] -> [n, c, d', h', w'], and its place in its
  /// volume (int64, row-major).
  ///
  /// - Parameter pool: three entries per setting: depth, height, width.
  public func maxPool3d(_ pool: Pool) throws -> (values: Tensor, indices: Tensor) {
    try requireVolumes("max_pool3d")
    if rank == 4 {
      let (values, indices) = try unsqueeze(0).maxPool3d(pool)
      return (try values.squeeze(0), try indices.squeeze(0))
    }
    let count = try pool.places(shape[2], 0, "max_pool3d")
    let (depth, area) = (shape[2], shape[3] * shape[4])
    let (flat, at) = try depthSlices(from: 0, count: Swift.max(depth, 1), step: 1).maxPool2d(pool.plane)
    let planes = try flat.volumes(shape[0], depth)
    let inside = try at.volumes(shape[0], depth)
    // Planes before and behind that never win, so that every window is whole.
    let (k, s, p, d) = (pool.kernel[0], pool.stride[0], pool.padding[0], pool.dilation[0])
    let behind = Swift.max(0, (count - 1) * s + d * (k - 1) + 1 - depth - p)
    let around = [(p, behind), (0, 0), (0, 0)]
    let padded = try planes.padded(around, .constant(.double(-.infinity)))
    let places = try inside.padded(around, .constant(.int(0)))
    var (best, where_): (Tensor?, Tensor?) = (nil, nil)
    for tap in 0..<k {
      let window = Index.slice(start: tap * d, stop: tap * d + (count - 1) * s + 1, step: s)
      let value = try padded.index([.all, .all, window])
      let starts = (0..<count).map { ($0 * s + tap * d - p) * area }
      let place = try places.index([.all, .all, window])
        .adding(Tensor(starts, shape: [count, 1, 1]))
      guard let old = best, let oldPlace = where_ else {
        (best, where_) = (value, place)
        continue
      }
      // NaN wins, and of equals the first.
      let wins = try Comparison.or(
        Comparison.greater(value, old), Comparison.and(value.isNaN(), old.isNaN().logicalNot()))
      best = try Tensor.where(wins, value, old)
      where_ = try Tensor.where(wins, place, oldPlace)
    }
    guard let best, let where_ else {
      throw TensorError.argument(operation: "max_pool3d", message: "kernel size must be greater than zero")
    }
    return (best.named(gradientFunction: "MaxPool3DWithIndicesBackward0"), where_)
  }

  /// The mean under each window: [n, c, d, h, w] -> [n, c, d', h', w'].
  public func avgPool3d(_ pool: Pool, countPadding: Bool = true, divisor: Int? = nil) throws -> Tensor {
    try requireVolumes("avg_pool3d")
    if rank == 4 {
      return try unsqueeze(0).avgPool3d(pool, countPadding: countPadding, divisor: divisor).squeeze(0)
    }
    if let divisor, divisor == 0 {
      throw TensorError.argument(operation: "avg_pool3d", message: "divisor must be not zero")
    }
    let count = try pool.places(shape[2], 0, "avg_pool3d")
    let depth = shape[2]
    let sums = try depthSlices(from: 0, count: Swift.max(depth, 1), step: 1)
      .avgPool2d(pool.plane, divisor: 1).volumes(shape[0], depth)
    let (k, s, p) = (pool.kernel[0], pool.stride[0], pool.padding[0])
    let behind = Swift.max(0, (count - 1) * s + k - depth - p)
    let padded = try sums.padded([(p, behind), (0, 0), (0, 0)])
    var total = try padded.index([.all, .all, .slice(start: 0, stop: (count - 1) * s + 1, step: s)])
    for tap in 1..<Swift.max(1, k) {
      total = try total.adding(
        padded.index([.all, .all, .slice(start: tap, stop: tap + (count - 1) * s + 1, step: s)]))
    }
    if let divisor { return try total.divided(by: .int(divisor)).named(gradientFunction: "AvgPool3DBackward0") }
    // How many elements a window covers is a product over the axes.
    func covered(_ axis: Int, _ places: Int) -> [Double] {
      (0..<places).map { i in
        let start = i * pool.stride[axis] - pool.padding[axis]
        let size = shape[axis + 2]
        if countPadding {
          return Double(Swift.min(start + pool.kernel[axis], size + pool.padding[axis]) - start)
        }
        return Double(Swift.min(start + pool.kernel[axis], size) - Swift.max(start, 0))
      }
    }
    let sizes = Array(total.shape.suffix(3))
    let counts = try Tensor(covered(0, sizes[0]), shape: [sizes[0], 1, 1], dtype: dtype)
      .multiplied(by: Tensor(covered(1, sizes[1]), shape: [sizes[1], 1], dtype: dtype))
      .multiplied(by: Tensor(covered(2, sizes[2]), shape: [sizes[2]], dtype: dtype))
    return try total.divided(by: counts).named(gradientFunction: "AvgPool3DBackward0")
  }

  /// The parts of an axis that together cover it.
  private func spans(_ size: Int, _ out: Int, _ operation: String) throws -> [(start: Int, length: Int)] {
    guard out > 0, out <= 1 << 24, size > 0 else {
      throw TensorError.argument(
        operation: operation, message: "the output size must be positive, not \(out); the input is \(shape)")
    }
    return (0..<out).map { i in
      let start = i * size / out
      return (start, ((i + 1) * size + out - 1) / out - start)
    }
  }

  /// The means of parts that together cover each volume: [n, c, d, h, w] -> [n, c, sizes...].
  public func adaptiveAvgPool3d(_ sizes: [Int]) throws -> Tensor {
    try requireVolumes("adaptive_avg_pool3d")
    if rank == 4 { return try unsqueeze(0).adaptiveAvgPool3d(sizes).squeeze(0) }
    let spans = try spans(shape[2], sizes[0], "adaptive_avg_pool3d")
    let planes = try depthSlices(from: 0, count: shape[2], step: 1)
      .adaptiveAvgPool2d(sizes[1], sizes[2]).volumes(shape[0], shape[2])
    let parts = try spans.map {
      try planes.narrow(2, start: $0.start, length: $0.length).mean([2], keepDims: true)
    }
    return try Tensor.cat(parts, axis: 2).named(gradientFunction: "AdaptiveAvgPool3DBackward0")
  }

  /// The largest elements of parts that together cover each volume, and their places.
  public func adaptiveMaxPool3d(_ sizes: [Int]) throws -> (values: Tensor, indices: Tensor) {
    try requireVolumes("adaptive_max_pool3d")
    if rank == 4 {
      let (values, indices) = try unsqueeze(0).adaptiveMaxPool3d(sizes)
      return (try values.squeeze(0), try indices.squeeze(0))
    }
    let spans = try spans(shape[2], sizes[0], "adaptive_max_pool3d")
    let (flat, at) = try depthSlices(from: 0, count: shape[2], step: 1)
      .adaptiveMaxPool2d(sizes[1], sizes[2])
    let planes = try flat.volumes(shape[0], shape[2])
    let starts = try Tensor((0..<shape[2]).map { $0 * shape[3] * shape[4] }, shape: [shape[2], 1, 1])
    let places = try at.volumes(shape[0], shape[2]).adding(starts)
    var (values, indices): ([Tensor], [Tensor]) = ([], [])
    for span in spans {
      let (best, plane) = try planes.narrow(2, start: span.start, length: span.length)
        .max(2, keepDims: true)
      values.append(best)
      indices.append(
        try places.narrow(2, start: span.start, length: span.length).gather(2, plane))
    }
    return (
      try Tensor.cat(values, axis: 2).named(gradientFunction: "AdaptiveMaxPool3DBackward0"),
      try Tensor.cat(indices, axis: 2)
    )
  }
}

extension Pool {
  /// The settings of the last two of three axes.
  var plane: Pool {
    Pool(
      kernel: Array(kernel.suffix(2)), stride: Array(stride.suffix(2)),
      padding: Array(padding.suffix(2)), dilation: Array(dilation.suffix(2)), ceilMode: ceilMode)
  }
}
