import Compute

// Convolutions over three axes, made of those over two: one product of planes for each tap of the
// kernel along the depth. A volume's planes become images of one batch, so the planes of all volumes
// go through the loops of `conv2d` together, and gradients come from its rules.

extension Tensor {
  /// The convolution over three axes: x [n, in, d, h, w] with weight [out, in / groups, kd, kh, kw] and
  /// bias [out] -> [n, out, d', h', w'].
  ///
  /// - Parameter how: three entries per setting: depth, height, width.
  public func conv3d(_ weight: Tensor, _ bias: Tensor? = nil, _ how: Convolution) throws -> Tensor {
    try how.check("conv3d")
    if rank == 4 { return try unsqueeze(0).conv3d(weight, bias, how).squeeze(0) }
    try requireVolume(weight, "conv3d", "[out, in / groups, depth, height, width]")
    let kernel = Array(weight.shape.suffix(3))
    var places: [Int] = []
    for axis in 0..<3 {
      guard let count = how.places(shape[axis + 2], kernel[axis], axis) else {
        throw TensorError.argument(
          operation: "conv3d",
          message: "the window does not fit: the input is \(Array(shape.suffix(3))) with padding "
            + "\(how.padding.map(\.0)), the kernel \(kernel) with dilation \(how.dilation); pad the "
            + "input or take a smaller kernel")
      }
      places.append(count)
    }
    let flat = how.plane
    let deep = try padded([how.padding[0], (0, 0), (0, 0)])
    var total: Tensor?
    for tap in 0..<kernel[0] {
      let planes = try deep.depthSlices(
        from: tap * how.dilation[0], count: places[0], step: how.stride[0])
      let part = try planes.conv2d(weight.select(2, tap), nil, flat)  // [n * d', out, h', w']
      total = try total.map { try $0.adding(part) } ?? part
    }
    guard let total else { throw TensorError.wrongShape(operation: "conv3d", found: weight.shape, needed: "a kernel that is not empty") }
    let volume = try total.volumes(shape[0], places[0])
    let result = try bias.map { try volume.adding($0.reshape([1, -1, 1, 1, 1])) } ?? volume
    return result.named(gradientFunction: "ConvolutionBackward0")
  }

  /// The transposed convolution over three axes: x [n, in, d, h, w] with weight
  /// [in, out / groups, kd, kh, kw] -> [n, out, (d - 1) * stride - 2 * padding + dilation * (kd - 1) +
  /// outputPadding + 1, ...].
  public func convTranspose3d(
    _ weight: Tensor, _ bias: Tensor? = nil, _ how: Convolution, outputPadding: [Int] = [0, 0, 0]
  ) throws -> Tensor {
    let name = "conv_transpose3d"
    try how.check(name)
    if rank == 4 {
      return try unsqueeze(0).convTranspose3d(weight, bias, how, outputPadding: outputPadding)
        .squeeze(0)
    }
    try requireVolume(weight, name, "[in, out / groups, depth, height, width]")
    let more = outputPadding[0]
    guard more >= 0, more < Swift.max(how.stride[0], how.dilation[0]) else {
      throw TensorError.argument(
        operation: name,
        message: "output padding must be smaller than either stride or dilation, but is \(more)")
    }
    let (depth, taps) = (shape[2], weight.shape[2])
    let (steps, over) = (depth - 1).multipliedReportingOverflow(by: how.stride[0])
    let (reach, over2) = (taps - 1).multipliedReportingOverflow(by: how.dilation[0])
    let full = steps &+ reach &+ 1 &+ more
    let wanted = full &- how.padding[0].0 &- how.padding[0].1
    guard !over, !over2, depth > 0, taps > 0, wanted > 0, full < 1 << 40 else {
      throw TensorError.argument(
        operation: name,
        message: "the output would have size \(wanted) on axis 2; the input is \(shape), the weight "
          + "\(weight.shape), the padding \(how.padding[0].0)")
    }
    let planes = try depthSlices(from: 0, count: depth, step: 1)
    var total: Tensor?
    for tap in 0..<taps {
      let part = try planes.convTranspose2d(
        weight.select(2, tap), nil, how.plane, outputPadding: Array(outputPadding.dropFirst()))
      let volume = try part.volumes(shape[0], depth)  // [n, out, d, h', w']
      let start = try total
        ?? Tensor.zeros(
          [shape[0], volume.shape[1], full] + volume.shape.suffix(2), dtype: dtype)
      let at = try Tensor((0..<depth).map { tap * how.dilation[0] + $0 * how.stride[0] })
      total = try start.indexAdd(2, at, volume)
    }
    guard let total else { throw TensorError.wrongShape(operation: name, found: weight.shape, needed: "a kernel that is not empty") }
    let kept = try total.narrow(2, start: how.padding[0].0, length: wanted)
    let result = try bias.map { try kept.adding($0.reshape([1, -1, 1, 1, 1])) } ?? kept.contiguous()
    return result.named(gradientFunction: "ConvolutionBackward0")
  }

  private func requireVolume(_ weight: Tensor, _ operation: String, _ form: String) throws {
    guard rank == 5, weight.rank == 5 else {
      throw TensorError.wrongShape(
        operation: operation, found: rank == 5 ? weight.shape : shape,
        needed: rank == 5
          ? "\(form) for the weight"
          : "[batch, channels, depth, height, width] or [channels, depth, height, width] for the input")
    }
  }

  /// Every `step`th plane of [n, c, d, h, w] as images [n * count, c, h, w].
  func depthSlices(from start: Int, count: Int, step: Int) throws -> Tensor {
    let part = try index([.all, .all, .slice(start: start, stop: start + (count - 1) * step + 1, step: step)])
    return try part.permute([0, 2, 1, 3, 4]).reshape([shape[0] * count, shape[1], shape[3], shape[4]])
  }

  /// Images [n * depth, c, h, w] as volumes [n, c, depth, h, w].
  func volumes(_ n: Int, _ depth: Int) throws -> Tensor {
    try reshape([n, depth] + shape.dropFirst()).permute([0, 2, 1, 3, 4])
  }
}

extension Convolution {
  /// The settings of the last two of three axes.
  var plane: Convolution {
    Convolution(
      stride: Array(stride.suffix(2)), padding: Array(padding.suffix(2)),
      dilation: Array(dilation.suffix(2)), groups: groups)
  }
}
