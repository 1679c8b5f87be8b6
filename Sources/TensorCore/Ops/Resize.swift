import Compute

// Images and signals at another size: an axis at a time, from the neighbours of each place.

/// How values between places are found.
public enum Interpolation: String, Sendable {
  case nearest, nearestExact = "nearest-exact", linear, bicubic, area
}

extension Tensor {
  /// The axes behind [batch, channels] at other sizes.
  ///
  /// - Parameters:
  ///   - scales: the factors when they were given, which count instead of the ratio of the sizes; nil
  ///     entries use the ratio.
  ///   - alignCorners: whether the first and last places stay where they are.
  public func resized(
    _ sizes: [Int], _ mode: Interpolation, scales: [Double?] = [], alignCorners: Bool = false
  ) throws -> Tensor {
    guard rank == sizes.count + 2 else {
      throw TensorError.wrongShape(
        operation: "interpolate", found: shape,
        needed: "[batch, channels] and \(sizes.count) more axes")
    }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: "interpolate", found: dtype, needed: "a float; use x.float()")
    }
    for (i, size) in sizes.enumerated() {
      guard size > 0, size < 1 << 40, shape[i + 2] > 0 else {
        throw TensorError.argument(
          operation: "interpolate",
          message: "Input and output sizes should be greater than 0, but got input \(shape) and "
            + "output \(sizes)")
      }
    }
    try Shape.affordable(Array(shape.prefix(2)) + sizes, "interpolate")
    if mode == .area {
      if sizes.count == 3 { return try adaptiveAvgPool3d(sizes) }
      return try sizes.count == 2
        ? adaptiveAvgPool2d(sizes[0], sizes[1])
        : unsqueeze(-2).adaptiveAvgPool2d(1, sizes[0]).squeeze(-2)
    }
    if dtype.isHalf {
      return try to(.float32).resized(sizes, mode, scales: scales, alignCorners: alignCorners)
        .to(dtype)
    }
    var result = self
    for (i, size) in sizes.enumerated() {
      let scale = i < scales.count ? scales[i] : nil
      result = try result.resizedAxis(i + 2, size, mode, scale, alignCorners)
    }
    let names = [
      Interpolation.nearest: "UpsampleNearest", .nearestExact: "UpsampleNearestExact",
      .linear: sizes.count == 1 ? "UpsampleLinear" : sizes.count == 2 ? "UpsampleBilinear" : "UpsampleTrilinear", .bicubic: "UpsampleBicubic",
    ]
    return (result === self ? try clone() : result)
      .named(gradientFunction: "\(names[mode] ?? "Upsample")\(sizes.count)DBackward0")
  }

  private func resizedAxis(
    _ axis: Int, _ size: Int, _ mode: Interpolation, _ given: Double?, _ aligned: Bool
  ) throws -> Tensor {
    let length = shape[axis]
    // Steps in the input for one step in the output.
    let step = given.map { $0 > 0 ? 1 / $0 : 1 } ?? Double(length) / Double(size)
    let isPlain = mode == .nearest || mode == .nearestExact
    if isPlain {
      let shift = mode == .nearest ? 0.0 : 0.5
      let places = (0..<size).map { i -> Int in
        // float32, as PyTorch computes it: the last bit decides at whole numbers.
        let place = Float((Float(i) + Float(shift)) * Float(step)).rounded(.down)
        return Swift.min(Int(place), length - 1)
      }
      return try indexSelect(axis, Tensor(places))
    }
    if size == length, given == nil || given == 1 { return self }
    func source(_ i: Int) -> Double {
      if aligned {
        return size > 1 ? Double(i) * Double(length - 1) / Double(size - 1) : 0
      }
      return (Double(i) + 0.5) * step - 0.5
    }
    var shaped = Array(repeating: 1, count: rank)
    shaped[axis] = size
    func weighted(_ places: [Int], _ weights: [Double]) throws -> Tensor {
      try indexSelect(axis, Tensor(places))
        .multiplied(by: Tensor(weights, shape: shaped, dtype: dtype))
    }
    if mode == .linear {
      let points = (0..<size).map { Swift.max(0, source($0)) }
      let low = points.map { Swift.min(Int($0), length - 1) }
      let high = low.map { Swift.min($0 + 1, length - 1) }
      let share = zip(points, low).map { Swift.min(1, $0 - Double($1)) }
      return try weighted(low, share.map { 1 - $0 }).adding(weighted(high, share))
    }
    // Keys 1981 with a = -3/4: four neighbours.
    let points = (0..<size).map(source)
    let low = points.map { Int($0.rounded(.down)) }
    let t = zip(points, low).map { $0 - Double($1) }
    let a = -0.75
    func near(_ x: Double) -> Double { ((a + 2) * x - (a + 3)) * x * x + 1 }
    func far(_ x: Double) -> Double { ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
    let kernels: [(Int, (Double) -> Double)] = [
      (-1, { far($0 + 1) }), (0, { near($0) }), (1, { near(1 - $0) }), (2, { far(2 - $0) }),
    ]
    var sum: Tensor?
    for (shift, kernel) in kernels {
      let places = low.map { Swift.min(Swift.max($0 + shift, 0), length - 1) }
      let part = try weighted(places, t.map(kernel))
      sum = try sum.map { try $0.adding(part) } ?? part
    }
    return sum ?? self
  }
}

extension OperationTable {
  static let resizes: [OperationDeclaration] = [
    OperationDeclaration(name: "interpolate", family: "Resize", isDifferentiable: true) {
      let modes: [Interpolation] = [.nearest, .nearestExact, .linear, .bicubic, .area]
      return try modes.map { mode in
        OperationSample([try OperationSample.values([1, 2, 3, 4])]) { try $0[0].resized([5, 3], mode) }
      }
    }
  ]
}

extension Tensor {
  /// Channels as finer pixels: [..., c r r, h, w] -> [..., c, h r, w r]. (Shi et al. 2016)
  public func pixelShuffle(_ r: Int) throws -> Tensor {
    guard rank >= 3, r > 0, r < 1 << 15, shape[rank - 3] % (r * r) == 0 else {
      throw TensorError.argument(
        operation: "pixel_shuffle",
        message: "expects its input's channel dimension to be divisible by the square of "
          + "upscale_factor \(r); the shape is \(shape)")
    }
    let lead = Array(shape.dropLast(3))
    let (c, h, w) = (shape[rank - 3] / (r * r), shape[rank - 2], shape[rank - 1])
    let n = lead.count
    return try reshape(lead + [c, r, r, h, w])
      .permute(Array(0..<n) + [n, n + 3, n + 1, n + 4, n + 2]).reshape(lead + [c, h * r, w * r])
  }

  /// Back from `pixelShuffle`.
  public func pixelUnshuffle(_ r: Int) throws -> Tensor {
    guard rank >= 3, r > 0, shape[rank - 2] % r == 0, shape[rank - 1] % r == 0 else {
      throw TensorError.argument(
        operation: "pixel_unshuffle",
        message: "expects height and width to be divisible by downscale_factor \(r); the shape is "
          + "\(shape)")
    }
    let lead = Array(shape.dropLast(3))
    let (c, h, w) = (shape[rank - 3], shape[rank - 2] / r, shape[rank - 1] / r)
    let n = lead.count
    return try reshape(lead + [c, h, r, w, r])
      .permute(Array(0..<n) + [n, n + 2, n + 4, n + 1, n + 3]).reshape(lead + [c * r * r, h, w])
  }

  /// The form of `gelu` with tanh: x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))).
  public func geluTanh() throws -> Tensor {
    let cube = try multiplied(by: self).multiplied(by: self)
    let inner = try adding(cube.scaled(0.044715)).scaled(0.7978845608028654)
    return try scaled(0.5).multiplied(by: inner.tanh().shifted(1))
      .named(gradientFunction: "GeluBackward0")
  }
}
