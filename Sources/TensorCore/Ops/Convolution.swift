import Compute

// Convolutions over one and two axes, and what runs them backwards.
//
// Three operations are each other's gradients: the convolution y = C(x, w), the transposed convolution
// x = T(y, w), and the weight's gradient w = W(x, y). All three unfold an image to columns and
// multiply: C is w x columns, T is w^T x y folded back, W is y x columns^T.

/// How a window moves: per axis (height, width).
public struct Convolution: Sendable, Equatable {
  public var stride: [Int]
  /// Zeros before and behind each axis.
  public var padding: [(Int, Int)]
  public var dilation: [Int]
  public var groups: Int

  public init(
    stride: [Int] = [1, 1], padding: [(Int, Int)] = [(0, 0), (0, 0)], dilation: [Int] = [1, 1],
    groups: Int = 1
  ) {
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }

  public static func == (a: Convolution, b: Convolution) -> Bool {
    a.stride == b.stride && a.dilation == b.dilation && a.groups == b.groups
      && a.padding.elementsEqual(b.padding, by: ==)
  }

  /// Places that the window takes on an axis, or nil when it does not fit.
  func places(_ size: Int, _ kernel: Int, _ axis: Int) -> Int? {
    guard size >= 0, kernel > 0 else { return nil }
    let (grown, over1) = size.addingReportingOverflow(padding[axis].0)
    let (padded, over2) = grown.addingReportingOverflow(padding[axis].1)
    let (reach, over3) = (kernel - 1).multipliedReportingOverflow(by: dilation[axis])
    guard !over1, !over2, !over3, padded - 1 >= reach else { return nil }
    return (padded - 1 - reach) / stride[axis] + 1
  }

  /// - Throws: `TensorError.argument` for steps, spaces or groups that make no sense.
  func check(_ operation: String) throws {
    for (name, values, least) in [("stride", stride, 1), ("dilation", dilation, 1)] {
      for value in values where value < least || value > 1 << 30 {
        throw TensorError.argument(
          operation: operation, message: "\(name) must be at least \(least), not \(value)")
      }
    }
    for (before, behind) in padding where min(before, behind) < 0 || max(before, behind) > 1 << 30 {
      throw TensorError.argument(
        operation: operation, message: "padding must not be negative, not (\(before), \(behind))")
    }
    guard groups > 0 else {
      throw TensorError.argument(
        operation: operation, message: "groups must be a positive integer, not \(groups)")
    }
  }

  func window(_ height: Int, _ width: Int, _ kernel: (Int, Int), _ out: (Int, Int)) -> sw_window {
    sw_window(
      height: Int64(height), width: Int64(width), kernel_h: Int64(kernel.0),
      kernel_w: Int64(kernel.1), stride_h: Int64(stride[0]), stride_w: Int64(stride[1]),
      pad_h: Int64(padding[0].0), pad_w: Int64(padding[1].0), dilation_h: Int64(dilation[0]),
      dilation_w: Int64(dilation[1]), out_h: Int64(out.0), out_w: Int64(out.1))
  }

  /// Zeros around so that a window with step 1 takes as many places as there are elements.
  public static func same(kernel: [Int], dilation: [Int]) -> [(Int, Int)] {
    zip(kernel, dilation).map { kernel, dilation in
      let (total, overflow) = dilation.multipliedReportingOverflow(by: max(0, kernel - 1))
      return overflow ? (0, 0) : (total / 2, total - total / 2)
    }
  }
}

extension Tensor {
  /// The cross-correlation that is called convolution: x [n, in, h, w] with weight
  /// [out, in / groups, kh, kw] and bias [out] -> [n, out, h', w'].
  ///
  /// - Throws: `TensorError.wrongShape` with both shapes.
  public func conv2d(_ weight: Tensor, _ bias: Tensor? = nil, _ how: Convolution = Convolution())
    throws -> Tensor
  {
    try how.check("conv2d")
    if rank == 3 { return try unsqueeze(0).conv2d(weight, bias, how).squeeze(0) }
    guard rank == 4, weight.rank == 4 else {
      throw TensorError.wrongShape(
        operation: "conv2d", found: rank == 4 ? weight.shape : shape,
        needed: rank == 4
          ? "[out, in / groups, height, width] for the weight"
          : "[batch, channels, height, width] or [channels, height, width] for the input")
    }
    try Self.checkChannels(self, weight, bias, how.groups, weight.shape[0], "conv2d")
    if dtype.isHalf {
      return try to(.float32).conv2d(weight.to(.float32), bias?.to(.float32), how).to(dtype)
    }
    let kernel = (weight.shape[2], weight.shape[3])
    guard kernel.0 > 0, kernel.1 > 0, let oh = how.places(shape[2], kernel.0, 0),
      let ow = how.places(shape[3], kernel.1, 1)
    else {
      throw TensorError.argument(
        operation: "conv2d",
        message: "the window does not fit: the input is \(shape[2]) x \(shape[3]) with padding "
          + "\(how.padding.map { "(\($0.0), \($0.1))" }.joined(separator: ", ")), the kernel "
          + "\(kernel.0) x \(kernel.1) with dilation \(how.dilation); pad the input or take a smaller "
          + "kernel")
    }
    let out = try noGrad {
      try Self.convolveRows(self, weight, bias, how, (oh, ow))
        ?? Self.convolve(self, weight, bias, how, (oh, ow))
    }
    if records || weight.records || bias?.records == true {
      let (x, w) = (Saved(self), Saved(weight))
      out.record("ConvolutionBackward0", [edge, weight.edge, bias?.edge ?? .none]) { call in
        let g = call.gradient
        let (input, kernel) = (try x.value("conv2d"), try w.value("conv2d"))
        return [
          call.needs(0)
            ? try g.convTranspose(kernel, how, size: (input.shape[2], input.shape[3])) : nil,
          call.needs(1) ? try Self.weightGradient(input, g, how, kernel.shape) : nil,
          call.needs(2) ? try g.sum([0, 2, 3]) : nil,
        ]
      }
      out.ownNode?.givesFresh = true
    }
    return out
  }

  private static func checkChannels(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ groups: Int, _ out: Int, _ operation: String
  ) throws {
    let (inner, overflow) = weight.shape[1].multipliedReportingOverflow(by: groups)
    guard !overflow, x.shape[1] == inner else {
      throw TensorError.argument(
        operation: operation,
        message: "Given groups=\(groups), weight of size \(weight.shape), expected input\(x.shape) to "
          + "have \(overflow ? 0 : inner) channels, but got \(x.shape[1]) channels instead\n"
          + "  input  \(x.shape)\n  weight \(weight.shape)\n"
          + "  axis 1 of the input must be axis 1 of the weight times groups; NHWC images need "
          + "x.permute(0, 3, 1, 2)")
    }
    guard weight.shape[0] % groups == 0 else {
      throw TensorError.argument(
        operation: operation,
        message: "groups \(groups) must divide the output channels; the weight is \(weight.shape)")
    }
    if let bias, bias.shape != [out] {
      throw TensorError.wrongShape(
        operation: operation, found: bias.shape, needed: "[\(out)], one number per output channel")
    }
    for other in [weight, bias].compactMap({ $0 }) where other.dtype != x.dtype {
      throw TensorError.dtype(
        operation: operation, found: other.dtype, needed: "\(x.dtype), as the input's")
    }
    guard x.dtype.isFloating else {
      throw TensorError.dtype(operation: operation, found: x.dtype, needed: "a float; use x.float()")
    }
  }

  // MARK: - The three loops

  /// Runs `body` for every image, with room for the columns of one group.
  static func eachImage(
    _ images: Int, columns count: Int, dtype: DType, work: Double,
    _ body: @escaping (_ image: Int, _ columns: Tensor) throws -> Void
  ) throws {
    let failures = FirstError()
    let grain = Swift.max(1, Int(1e6 / Swift.max(1, work)))
    try ThreadPool.forRanges(images, grain: grain) { start, end in
      failures.run {
        let columns = try Tensor(uninitialized: [count], count: count, dtype: dtype)
        for i in start..<end {
          try Interrupt.check()
          try body(i, columns)
        }
      }
    }
    try failures.rethrow()
    try Interrupt.check()
  }

  private static func plainMatrix(_ t: Tensor, at offset: Int, _ columns: Int) -> Matrix {
    Matrix(storage: t.storage, offset: t.offset + offset, rowStride: columns, columnStride: 1)
  }

  private static func turnedMatrix(_ t: Tensor, at offset: Int, _ columns: Int) -> Matrix {
    Matrix(storage: t.storage, offset: t.offset + offset, rowStride: 1, columnStride: columns)
  }

  private static func convolve(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ how: Convolution, _ out: (Int, Int)
  ) throws -> Tensor {
    let (x, w) = (try x.contiguousData(), try weight.contiguousData())
    let add = try bias?.detached().contiguousData()
    let (images, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let (filters, depth) = (w.shape[0] / how.groups, channels / how.groups)
    let (kh, kw) = (w.shape[2], w.shape[3])
    let result = try Tensor.empty([images, w.shape[0], out.0, out.1], dtype: x.dtype, "conv2d")
    if result.count == 0 { return result }
    let (inner, places) = (depth * kh * kw, out.0 * out.1)
    if inner == 0 {
      let zeros = try Tensor.zeros(result.shape, dtype: x.dtype)
      return try add.map { try zeros.adding($0.reshape([1, -1, 1, 1])) } ?? zeros
    }
    guard let unfold = sw_unfold_loop(x.dtype.rawValue),
      let addLoop = sw_binary(Int32(SW_ADD), x.dtype.rawValue)
    else {
      throw TensorError.dtype(operation: "conv2d", found: x.dtype, needed: "a float")
    }
    _ = try Shape.count([inner, places], "conv2d")
    let area = height * width
    let step = Int64(x.dtype.size)
    // A 1 x 1 window is a product with the image as it lies.
    let isPlain =
      kh == 1 && kw == 1 && how.stride == [1, 1] && how.padding.allSatisfy { $0 == (0, 0) }
    let window = how.window(height, width, (kh, kw), out)
    let work = Double(filters * how.groups) * Double(inner) * Double(places)
    try eachImage(images, columns: isPlain ? 1 : inner * places, dtype: x.dtype, work: work) {
      image, columns in
      var window = window
      for g in 0..<how.groups {
        let from = (image * channels + g * depth) * area
        if !isPlain {
          unfold(&window, Int64(depth), x.pointer + from * x.dtype.size, columns.pointer)
        }
        try multiply(
          plainMatrix(w, at: g * filters * inner, inner),
          isPlain ? plainMatrix(x, at: from, places) : plainMatrix(columns, at: 0, places),
          filters, places, inner, result,
          at: (image * w.shape[0] + g * filters) * places)
      }
      guard let add else { return }
      // While the image is in the cache.
      for filter in 0..<w.shape[0] {
        let plane = result.bytes + (image * w.shape[0] + filter) * places * x.dtype.size
        addLoop(
          Int64(places), plane, step, plane, step, add.bytes + filter * x.dtype.size, 0)
      }
    }
    return result
  }

  /// [n, out, h', w'] with weight [out, in / groups, kh, kw] -> [n, in, h, w]: the gradient of `conv2d`
  /// for its input, and the transposed convolution.
  func convTranspose(_ weight: Tensor, _ how: Convolution, size: (Int, Int)) throws -> Tensor {
    let result = try noGrad {
      try Self.spreadRows(self, weight, how, size) ?? Self.spreadBack(self, weight, how, size)
    }
    if records || weight.records {
      let (y, w) = (Saved(self), Saved(weight))
      result.record("ConvolutionBackward0", [edge, weight.edge]) { call in
        let g = call.gradient
        let kernel = try w.value("conv_transpose2d")
        return [
          call.needs(0) ? try g.conv2d(kernel, nil, how) : nil,
          call.needs(1)
            ? try Self.weightGradient(g, y.value("conv_transpose2d"), how, kernel.shape) : nil,
        ]
      }
    }
    return result
  }

  private static func spreadBack(
    _ y: Tensor, _ weight: Tensor, _ how: Convolution, _ size: (Int, Int)
  ) throws -> Tensor {
    let (y, w) = (try y.contiguousData(), try weight.contiguousData())
    let (images, oh, ow) = (y.shape[0], y.shape[2], y.shape[3])
    let (filters, depth) = (w.shape[0] / how.groups, w.shape[1])
    let (kh, kw) = (w.shape[2], w.shape[3])
    let channels = depth * how.groups
    let result = try Tensor.zeros([images, channels, size.0, size.1], dtype: y.dtype)
    let (inner, places, area) = (depth * kh * kw, oh * ow, size.0 * size.1)
    if result.count == 0 || places == 0 || filters == 0 || inner == 0 { return result }
    guard let fold = sw_fold_loop(y.dtype.rawValue) else {
      throw TensorError.dtype(operation: "conv_transpose2d", found: y.dtype, needed: "a float")
    }
    _ = try Shape.count([inner, places], "conv_transpose2d")
    let window = how.window(size.0, size.1, (kh, kw), (oh, ow))
    let work = Double(filters * how.groups) * Double(inner) * Double(places)
    try eachImage(images, columns: inner * places, dtype: y.dtype, work: work) { image, columns in
      var window = window
      for g in 0..<how.groups {
        try multiply(
          turnedMatrix(w, at: g * filters * inner, inner),
          plainMatrix(y, at: (image * w.shape[0] + g * filters) * places, places),
          inner, places, filters, columns)
        fold(
          &window, Int64(depth), columns.pointer,
          result.pointer + (image * channels + g * depth) * area * y.dtype.size)
      }
    }
    return result
  }

  /// The gradient of `conv2d` for its weight: x [n, in, h, w], g [n, out, h', w'].
  static func weightGradient(_ x: Tensor, _ g: Tensor, _ how: Convolution, _ shape: [Int]) throws
    -> Tensor
  {
    let result = try noGrad {
      try gatherRows(x, g, how, shape) ?? gatherWeights(x, g, how, shape)
    }
    if x.records || g.records {
      let (savedX, savedG) = (Saved(x), Saved(g))
      result.record("ConvolutionBackward0", [x.edge, g.edge]) { call in
        let w = call.gradient
        let (x, g) = (try savedX.value("conv2d"), try savedG.value("conv2d"))
        return [
          call.needs(0) ? try g.convTranspose(w, how, size: (x.shape[2], x.shape[3])) : nil,
          call.needs(1) ? try x.conv2d(w, nil, how) : nil,
        ]
      }
    }
    return result
  }

  private static func gatherWeights(
    _ x: Tensor, _ g: Tensor, _ how: Convolution, _ shape: [Int]
  ) throws -> Tensor {
    let (x, g) = (try x.contiguousData(), try g.contiguousData())
    let (images, channels, height, width) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3])
    let (oh, ow) = (g.shape[2], g.shape[3])
    let (filters, depth) = (shape[0] / how.groups, shape[1])
    let (inner, places, area) = (depth * shape[2] * shape[3], oh * ow, height * width)
    let size = Shape.product(shape)
    if images == 0 || places == 0 || size == 0 { return try Tensor.zeros(shape, dtype: x.dtype) }
    guard let unfold = sw_unfold_loop(x.dtype.rawValue) else {
      throw TensorError.dtype(operation: "conv2d", found: x.dtype, needed: "a float")
    }
    _ = try Shape.count([inner, places], "conv2d")
    // Images in at most 8 runs, each with a sum of its own; the runs add up in order, so the result
    // does not depend on the number of threads.
    let runs = Swift.min(images, 8)
    let sums = try Tensor.zeros([runs] + shape, dtype: x.dtype)
    let window = how.window(height, width, (shape[2], shape[3]), (oh, ow))
    let work = Double(shape[0]) * Double(inner) * Double(places) * Double(images) / Double(runs)
    try eachImage(runs, columns: inner * places, dtype: x.dtype, work: work) { run, columns in
      var window = window
      for image in (images * run / runs)..<(images * (run + 1) / runs) {
        for group in 0..<how.groups {
          unfold(
            &window, Int64(depth), x.pointer + (image * channels + group * depth) * area * x.dtype.size,
            columns.pointer)
          try multiplyAdding(
            plainMatrix(g, at: (image * shape[0] + group * filters) * places, places),
            turnedMatrix(columns, at: 0, places), filters, inner, places, sums,
            at: run * size + group * filters * inner)
        }
      }
    }
    return try sums.sum([0])
  }

  /// out += a x b.
  private static func multiplyAdding(
    _ a: Matrix, _ b: Matrix, _ m: Int, _ n: Int, _ k: Int, _ out: Tensor, at: Int
  ) throws {
    if out.dtype == .float32 {
      try MatrixProduct.float(
        m: m, n: n, k: k, a.operand(Float.self), b.operand(Float.self), beta: 1,
        into: out.elements(Float.self) + at, cStride: n)
    } else {
      try MatrixProduct.double(
        m: m, n: n, k: k, a.operand(Double.self), b.operand(Double.self), beta: 1,
        into: out.elements(Double.self) + at, cStride: n)
    }
  }

  // MARK: - Transposed, and over one axis

  /// The transposed convolution: x [n, in, h, w] with weight [in, out / groups, kh, kw] ->
  /// [n, out, (h - 1) * stride - 2 * padding + dilation * (kh - 1) + outputPadding + 1, ...].
  public func convTranspose2d(
    _ weight: Tensor, _ bias: Tensor? = nil, _ how: Convolution = Convolution(),
    outputPadding: [Int] = [0, 0]
  ) throws -> Tensor {
    let name = "conv_transpose2d"
    try how.check(name)
    if rank == 3 {
      return try unsqueeze(0).convTranspose2d(weight, bias, how, outputPadding: outputPadding)
        .squeeze(0)
    }
    guard rank == 4, weight.rank == 4 else {
      throw TensorError.wrongShape(
        operation: name, found: rank == 4 ? weight.shape : shape,
        needed: rank == 4
          ? "[in, out / groups, height, width] for the weight"
          : "[batch, channels, height, width] or [channels, height, width] for the input")
    }
    guard shape[1] == weight.shape[0], weight.shape[0] % how.groups == 0 else {
      throw TensorError.argument(
        operation: name,
        message: "Given transposed=1, weight of size \(weight.shape), expected input\(shape) to have "
          + "\(weight.shape[0]) channels, but got \(shape[1]) channels instead; groups is "
          + "\(how.groups)")
    }
    let out = weight.shape[1].multipliedReportingOverflow(by: how.groups).partialValue
    if let bias, bias.shape != [out] {
      throw TensorError.wrongShape(
        operation: name, found: bias.shape, needed: "[\(out)], one number per output channel")
    }
    for other in [weight, bias].compactMap({ $0 }) where other.dtype != dtype {
      throw TensorError.dtype(operation: name, found: other.dtype, needed: "\(dtype), as the input's")
    }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: name, found: dtype, needed: "a float; use x.float()")
    }
    if dtype.isHalf {
      return try to(.float32).convTranspose2d(
        weight.to(.float32), bias?.to(.float32), how, outputPadding: outputPadding
      ).to(dtype)
    }
    var size: [Int] = []
    for axis in 0..<2 {
      let more = outputPadding[axis]
      guard more >= 0, more < Swift.max(how.stride[axis], how.dilation[axis]) else {
        throw TensorError.argument(
          operation: name,
          message: "output padding must be smaller than either stride or dilation, but is \(more)")
      }
      let (steps, over) = (shape[axis + 2] - 1).multipliedReportingOverflow(by: how.stride[axis])
      let (reach, over2) = (weight.shape[axis + 2] - 1)
        .multipliedReportingOverflow(by: how.dilation[axis])
      let total = steps &+ reach &+ 1 &+ more &- how.padding[axis].0 &- how.padding[axis].1
      guard !over, !over2, shape[axis + 2] > 0, total > 0 else {
        throw TensorError.argument(
          operation: name,
          message: "the output would have size \(total) on axis \(axis + 2); the input is \(shape), the "
            + "weight \(weight.shape), the padding \(how.padding[axis].0)")
      }
      size.append(total)
    }
    let result = try convTranspose(weight, how, size: (size[0], size[1]))
    return try bias.map { try result.adding($0.reshape([1, -1, 1, 1])) } ?? result
  }

  /// x [n, in, length] with weight [out, in / groups, k] -> [n, out, length'].
  public func conv1d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: (Int, Int) = (0, 0),
    dilation: Int = 1, groups: Int = 1
  ) throws -> Tensor {
    guard rank == 2 || rank == 3, weight.rank == 3 else {
      throw TensorError.wrongShape(
        operation: "conv1d", found: weight.rank == 3 ? shape : weight.shape,
        needed: weight.rank == 3
          ? "[batch, channels, length] or [channels, length] for the input"
          : "[out, in / groups, length] for the weight")
    }
    let how = Convolution(
      stride: [1, stride], padding: [(0, 0), padding], dilation: [1, dilation], groups: groups)
    return try unsqueeze(-2).conv2d(weight.unsqueeze(-2), bias, how).squeeze(-2)
      .named(gradientFunction: "ConvolutionBackward0")
  }

  /// The transposed convolution over one axis: x [n, in, length], weight [in, out / groups, k].
  public func convTranspose1d(
    _ weight: Tensor, _ bias: Tensor? = nil, stride: Int = 1, padding: Int = 0,
    outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1
  ) throws -> Tensor {
    guard rank == 2 || rank == 3, weight.rank == 3 else {
      throw TensorError.wrongShape(
        operation: "conv_transpose1d", found: weight.rank == 3 ? shape : weight.shape,
        needed: weight.rank == 3
          ? "[batch, channels, length] or [channels, length] for the input"
          : "[in, out / groups, length] for the weight")
    }
    let how = Convolution(
      stride: [1, stride], padding: [(0, 0), (padding, padding)], dilation: [1, dilation],
      groups: groups)
    return try unsqueeze(-2)
      .convTranspose2d(weight.unsqueeze(-2), bias, how, outputPadding: [0, outputPadding])
      .squeeze(-2).named(gradientFunction: "ConvolutionBackward0")
  }
}

extension OperationTable {
  static let convolutions: [OperationDeclaration] = [
    OperationDeclaration(name: "conv2d", family: "Convolution", isDifferentiable: true) {
      let hows = [
        Convolution(), Convolution(stride: [2, 1], padding: [(1, 1), (0, 1)]),
        Convolution(padding: [(2, 2), (2, 2)], dilation: [2, 2], groups: 2),
      ]
      return try hows.map { how in
        OperationSample([
          try OperationSample.values([2, 2, 4, 5]),
          try OperationSample.values([2, 2 / how.groups, 3, 2]), try OperationSample.values([2]),
        ]) { try $0[0].conv2d($0[1], $0[2], how) }
      }
    },
    OperationDeclaration(name: "conv_transpose2d", family: "Convolution", isDifferentiable: true) {
      [
        OperationSample([
          try OperationSample.values([1, 2, 2, 3]), try OperationSample.values([2, 2, 2, 2]),
          try OperationSample.values([2]),
        ]) {
          try $0[0].convTranspose2d(
            $0[1], $0[2], Convolution(stride: [2, 2], padding: [(0, 0), (1, 1)]),
            outputPadding: [1, 0])
        }
      ]
    },
    OperationDeclaration(name: "conv1d", family: "Convolution", isDifferentiable: true) {
      [
        OperationSample([
          try OperationSample.values([2, 2, 6]), try OperationSample.values([3, 2, 3]),
        ]) { try $0[0].conv1d($0[1], nil, stride: 2, padding: (1, 1)) }
      ]
    },
  ]
}
