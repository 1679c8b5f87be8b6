import Compute

// Pools: the largest element or the mean under a window that slides over the last two axes.

/// How a pool's window moves, per axis (height, width).
public struct Pool: Sendable {
  public var kernel: [Int]
  public var stride: [Int]
  public var padding: [Int]
  public var dilation: [Int]
  /// Whether a window that begins inside and ends outside counts.
  public var ceilMode: Bool

  public init(
    kernel: [Int], stride: [Int]? = nil, padding: [Int] = [0, 0], dilation: [Int] = [1, 1],
    ceilMode: Bool = false
  ) {
    self.kernel = kernel
    self.stride = stride ?? kernel
    self.padding = padding
    self.dilation = dilation
    self.ceilMode = ceilMode
  }

  /// The number of places on an axis.
  func places(_ size: Int, _ axis: Int, _ operation: String) throws -> Int {
    let (k, s, p, d) = (kernel[axis], stride[axis], padding[axis], dilation[axis])
    func fail(_ message: String) -> TensorError { .argument(operation: operation, message: message) }
    for (name, value) in [("kernel size", k), ("stride", s), ("dilation", d)] {
      guard value > 0, value < 1 << 30 else {
        throw fail("\(name) must be greater than zero, not \(value)")
      }
    }
    guard p >= 0, p <= k / 2 else {
      throw fail("pad should be at most half of effective kernel size, but got pad=\(p), "
        + "kernel_size=\(k) and dilation=\(d)")
    }
    let span = size + 2 * p - d * (k - 1) - 1
    var count = span < 0 ? 0 : (span + (ceilMode ? s - 1 : 0)) / s + 1
    if ceilMode, count > 0, (count - 1) * s >= size + p { count -= 1 }
    guard count > 0 else {
      throw fail("the window does not fit: axis of size \(size) with padding \(p), kernel \(k) with "
        + "dilation \(d); the output would be empty")
    }
    return count
  }

  fileprivate func window(_ x: Tensor, _ operation: String) throws -> sw_window {
    let (h, w) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
    return sw_window(
      height: Int64(h), width: Int64(w), kernel_h: Int64(kernel[0]), kernel_w: Int64(kernel[1]),
      stride_h: Int64(stride[0]), stride_w: Int64(stride[1]), pad_h: Int64(padding[0]),
      pad_w: Int64(padding[1]), dilation_h: Int64(dilation[0]), dilation_w: Int64(dilation[1]),
      out_h: Int64(try places(h, 0, operation)), out_w: Int64(try places(w, 1, operation)))
  }
}

extension Tensor {
  private func requireImages(_ operation: String) throws {
    guard rank == 3 || rank == 4 else {
      throw TensorError.wrongShape(
        operation: operation, found: shape,
        needed: "[batch, channels, height, width] or [channels, height, width]")
    }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: operation, found: dtype, needed: "a float; use x.float()")
    }
  }

  private static func eachPlane(
    _ planes: Int, _ each: Int, _ body: @escaping (_ first: Int, _ count: Int) -> Void
  ) throws {
    try ThreadPool.forRanges(planes, grain: Swift.max(1, (1 << 15) / Swift.max(1, each))) {
      body($0, $1 - $0)
    }
    try Interrupt.check()
  }

  /// The largest element under each window: [..., h, w] -> [..., h', w'], and its place in its plane
  /// (int64, row-major).
  public func maxPool2d(_ pool: Pool) throws -> (values: Tensor, indices: Tensor) {
    try requireImages("max_pool2d")
    if dtype.isHalf {
      let (values, indices) = try to(.float32).maxPool2d(pool)
      return (try values.to(dtype), indices)
    }
    let window = try pool.window(self, "max_pool2d")
    let source = try contiguousData()
    let target = Array(shape.dropLast(2)) + [Int(window.out_h), Int(window.out_w)]
    let out = try Tensor.empty(target, dtype: dtype, "max_pool2d")
    let places = try Tensor.empty(target, dtype: .int64, "max_pool2d")
    let planes = Shape.product(Array(shape.dropLast(2)))
    let (area, each) = (shape[rank - 2] * shape[rank - 1], target[rank - 2] * target[rank - 1])
    guard let loop = sw_pool_max_loop(dtype.rawValue) else {
      throw TensorError.dtype(operation: "max_pool2d", found: dtype, needed: "a float")
    }
    if planes > 0 {
      let (from, to, at) = (source.pointer, out.pointer, places.elements(Int64.self))
      let size = dtype.size
      try Self.eachPlane(planes, area) { first, count in
        var window = window
        loop(
          &window, Int64(count), from + first * area * size, to + first * each * size,
          at + first * each)
      }
    }
    if records {
      let original = shape
      out.record("MaxPool2DWithIndicesBackward0", [edge]) { call in
        [try call.gradient.unpooled(places, original)]
      }
    }
    return (out, places)
  }

  /// The values of `maxPool2d` alone. Windows of 2 x 2 without places are a pass each way.
  public func maxPooled2d(_ pool: Pool) throws -> Tensor {
    guard dtype == .float32, rank == 3 || rank == 4, pool.kernel == [2, 2], pool.stride == [2, 2],
      pool.padding == [0, 0], pool.dilation == [1, 1],
      !pool.ceilMode || (shape[rank - 1] % 2 == 0 && shape[rank - 2] % 2 == 0),
      shape[rank - 1] > 1, shape[rank - 2] > 1, let layers = sw_layers()
    else { return try maxPool2d(pool).values }
    let (h, w) = (shape[rank - 2], shape[rank - 1])
    let source = try contiguousData()
    let out = try Tensor.empty(
      Array(shape.dropLast(2)) + [h / 2, w / 2], dtype: .float32, "max_pool2d")
    let planes = Shape.product(Array(shape.dropLast(2)))
    let (area, each) = (h * w, (h / 2) * (w / 2))
    let (from, to) = (source.elements(Float.self), out.elements(Float.self))
    try Self.eachPlane(planes, area) { first, count in
      layers.pointee.pool_pairs(
        Int64(count), Int64(h), Int64(w), from + first * area, to + first * each)
    }
    guard records else { return out }
    let (x, y) = (Saved(self), Saved(out.alias(), madeBy: "MaxPool2DWithIndicesBackward0"))
    out.record("MaxPool2DWithIndicesBackward0", Edges(edge)) { call in
      let x = try x.value("max_pool2d")
      if GradientMode.isEnabled {
        let places = try noGrad { try x.maxPool2d(pool).indices }
        return [try call.gradient.unpooled(places, x.shape)]
      }
      let (x0, y0, g) = (
        try x.contiguousData(), try y.value("max_pool2d"), try call.gradient.contiguousData()
      )
      let back = try Tensor.empty(x.shape, dtype: .float32, "max_pool2d")
      let (a, b, c, d) = (
        x0.elements(Float.self), y0.elements(Float.self), g.elements(Float.self),
        back.elements(Float.self)
      )
      try Self.eachPlane(planes, area) { first, count in
        layers.pointee.pool_pairs_back(
          Int64(count), Int64(h), Int64(w), a + first * area, b + first * each, c + first * each,
          d + first * area)
      }
      return [back]
    }
    return out
  }

  /// Zeros [..., h, w] to which the elements of this are added where `places` says. int64 places in
  /// their plane.
  func unpooled(_ places: Tensor, _ target: [Int]) throws -> Tensor {
    let area = target[target.count - 2] * target[target.count - 1]
    let each = shape[rank - 2] * shape[rank - 1]
    let flat = try places.clone()
    let at = flat.elements(Int64.self)
    for i in 0..<flat.count {
      guard at[i] >= 0, at[i] < area else {
        throw TensorError.index(operation: "max_unpool2d", index: Int(at[i]), size: area, axis: -1)
      }
      at[i] += Int64(i / Swift.max(1, each) * area)
    }
    return try spread(flat, block: 1, shape: target, "MaxPool2DWithIndicesBackward0")
  }

  /// Back from `maxPool2d`: each element at the place it came from, 0 elsewhere.
  public func maxUnpool2d(_ places: Tensor, height: Int, width: Int) throws -> Tensor {
    try requireImages("max_unpool2d")
    guard places.shape == shape, places.dtype == .int64 else {
      throw TensorError.wrongShape(
        operation: "max_unpool2d", found: places.shape, needed: "\(shape) of int64, as the input's")
    }
    let target = Array(shape.dropLast(2)) + [height, width]
    _ = try Shape.count(target, "max_unpool2d")
    return try unpooled(places, target).named(gradientFunction: "MaxUnpool2DBackward0")
  }

  /// The mean under each window: [..., h, w] -> [..., h', w'].
  ///
  /// - Parameters:
  ///   - countPadding: whether the zeros of the padding count.
  ///   - divisor: replaces the number of elements.
  public func avgPool2d(_ pool: Pool, countPadding: Bool = true, divisor: Int? = nil) throws
    -> Tensor
  {
    try requireImages("avg_pool2d")
    if let divisor, divisor == 0 {
      throw TensorError.argument(operation: "avg_pool2d", message: "divisor must be not zero")
    }
    if let divisor, divisor < 0 {
      return try avgPool2d(pool, countPadding: countPadding, divisor: divisor == .min ? .max : -divisor)
        .neg()
    }
    if dtype.isHalf {
      return try to(.float32).avgPool2d(pool, countPadding: countPadding, divisor: divisor).to(dtype)
    }
    let window = try pool.window(self, "avg_pool2d")
    let target = Array(shape.dropLast(2)) + [Int(window.out_h), Int(window.out_w)]
    return try averaged(window, countPadding, divisor ?? 0, back: false, target)
  }

  /// `avgPool2d`, or with `back` its gradient, which is linear: the two are each other's rules.
  private func averaged(
    _ window: sw_window, _ countPadding: Bool, _ divisor: Int, back: Bool, _ target: [Int]
  ) throws -> Tensor {
    guard let loop = sw_pool_mean_loop(dtype.rawValue, back ? 1 : 0) else {
      throw TensorError.dtype(operation: "avg_pool2d", found: dtype, needed: "a float")
    }
    let source = try contiguousData()
    let out =
      try back
      ? Tensor.zeros(target, dtype: dtype) : Tensor.empty(target, dtype: dtype, "avg_pool2d")
    let planes = Shape.product(Array(shape.dropLast(2)))
    let (area, each) = (shape[rank - 2] * shape[rank - 1], target[rank - 2] * target[rank - 1])
    if planes > 0 {
      let (from, to, size) = (source.pointer, out.pointer, dtype.size)
      try Self.eachPlane(planes, Swift.max(area, each)) { first, count in
        var window = window
        loop(
          &window, Int64(count), countPadding ? 1 : 0, Int64(divisor),
          from + first * area * size, to + first * each * size)
      }
    }
    if records {
      let original = shape
      out.record("AvgPool2DBackward0", [edge]) {
        [try $0.gradient.averaged(window, countPadding, divisor, back: !back, original)]
      }
    }
    return out
  }

  // MARK: - To a size

  /// The elements that output place `i` of `out` covers on an axis of size `size`.
  private static func span(_ i: Int, _ size: Int, _ out: Int) -> (Int, Int) {
    (i * size / out, ((i + 1) * size + out - 1) / out)
  }

  private func requireTarget(_ height: Int, _ width: Int, _ operation: String) throws {
    try requireImages(operation)
    guard height > 0, width > 0, height < 1 << 30, width < 1 << 30 else {
      throw TensorError.argument(
        operation: operation, message: "the output size must be positive, not \(height) x \(width)")
    }
    try Shape.affordable(Array(shape.dropLast(2)) + [height, width], operation)
    guard shape[rank - 1] > 0, shape[rank - 2] > 0 else {
      throw TensorError.wrongShape(
        operation: operation, found: shape, needed: "one whose last two axes are not empty")
    }
  }

  /// The means of parts that together cover each plane: [..., h, w] -> [..., height, width].
  public func adaptiveAvgPool2d(_ height: Int, _ width: Int) throws -> Tensor {
    try requireTarget(height, width, "adaptive_avg_pool2d")
    let (h, w) = (shape[rank - 2], shape[rank - 1])
    if h % height == 0 && w % width == 0 {
      return try avgPool2d(Pool(kernel: [h / height, w / width]))
        .named(gradientFunction: "AdaptiveAvgPool2DBackward0")
    }
    if dtype.isHalf { return try to(.float32).adaptiveAvgPool2d(height, width).to(dtype) }
    // Means along an axis are a product with a matrix of weights.
    func weights(_ size: Int, _ out: Int) throws -> Tensor {
      try Shape.affordable([size, out], "adaptive_avg_pool2d")
      var values = [Double](repeating: 0, count: size * out)
      for i in 0..<out {
        let (start, end) = Self.span(i, size, out)
        for j in start..<end { values[i * size + j] = 1 / Double(end - start) }
      }
      return try Tensor(values, shape: [out, size], dtype: dtype)
    }
    return try weights(h, height).matmul(self).matmul(weights(w, width).t())
      .named(gradientFunction: "AdaptiveAvgPool2DBackward0")
  }

  /// The largest elements of parts that together cover each plane, and their places.
  public func adaptiveMaxPool2d(_ height: Int, _ width: Int) throws
    -> (values: Tensor, indices: Tensor)
  {
    try requireTarget(height, width, "adaptive_max_pool2d")
    let (h, w) = (shape[rank - 2], shape[rank - 1])
    if h % height == 0 && w % width == 0 {
      let kernel = [h / height, w / width]
      let (values, indices) = try maxPool2d(Pool(kernel: kernel))
      return (values.named(gradientFunction: "AdaptiveMaxPool2DBackward0"), indices)
    }
    var (values, places): ([Tensor], [Tensor]) = ([], [])
    for i in 0..<height {
      let (top, bottom) = Self.span(i, h, height)
      for j in 0..<width {
        let (left, right) = Self.span(j, w, width)
        let part = try narrow(-2, start: top, length: bottom - top)
          .narrow(-1, start: left, length: right - left)
        let (best, at) = try part.reshape(Array(shape.dropLast(2)) + [-1]).max(-1)
        values.append(best)
        let row = try BinaryOperation.floorDivide(at, .int(right - left))
        let column = try at - row * .int(right - left)
        places.append(try (row + .int(top)) * .int(w) + column + .int(left))
      }
    }
    let target = Array(shape.dropLast(2)) + [height, width]
    return (
      try Tensor.stack(values, axis: -1).reshape(target)
        .named(gradientFunction: "AdaptiveMaxPool2DBackward0"),
      try Tensor.stack(places, axis: -1).reshape(target)
    )
  }

  /// (sum of x^p under each window)^(1/p).
  public func lpPool2d(_ power: Double, _ pool: Pool) throws -> Tensor {
    let count = Double(pool.kernel.reduce(1) { $0 &* $1 })
    let mean = try pow(.double(power)).avgPool2d(pool)
    return try (mean.sign() * mean.abs().relu() * .double(count)).pow(.double(1 / power))
  }
}

extension OperationTable {
  static let pools: [OperationDeclaration] = [
    OperationDeclaration(name: "max_pool2d", family: "Pooling", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([1, 2, 4, 5])]) {
          try $0[0].maxPool2d(Pool(kernel: [2, 3], stride: [1, 2], padding: [0, 1])).values
        }
      ]
    },
    OperationDeclaration(name: "avg_pool2d", family: "Pooling", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 4, 5])]) {
          try $0[0].avgPool2d(
            Pool(kernel: [3, 2], stride: [2, 2], padding: [1, 1]), countPadding: false)
        }
      ]
    },
    OperationDeclaration(name: "adaptive_avg_pool2d", family: "Pooling", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([1, 2, 5, 4])]) {
          try $0[0].adaptiveAvgPool2d(2, 3)
        }
      ]
    },
    OperationDeclaration(name: "adaptive_max_pool2d", family: "Pooling", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 5, 4])]) {
          try $0[0].adaptiveMaxPool2d(3, 2).values
        }
      ]
    },
  ]
}
