import TensorCore

/// How a window of Keras's layers fills the border.
public enum KerasPadding: String, Sendable { case valid, same, causal }

/// Windows over one or two axes, channels last: the arithmetic that layers of windows share. One axis
/// is two with a height of 1.
struct WindowPlan: Sendable {
  let kernel: [Int]
  let strides: [Int]
  let dilation: [Int]
  let padding: KerasPadding
  let channelsFirst: Bool
  var axes: Int { kernel.count }

  /// Zeros before and behind an axis of a size.
  func pads(_ size: Int, _ axis: Int) -> (Int, Int) {
    let reach = (kernel[axis] - 1) * dilation[axis] + 1
    switch padding {
    case .valid: return (0, 0)
    case .causal: return (reach - 1, 0)
    case .same:
      let places = (size + strides[axis] - 1) / strides[axis]
      let total = max(0, (places - 1) * strides[axis] + reach - size)
      return (total / 2, total - total / 2)
    }
  }

  /// The number of places on an axis; nil for an open one.
  func places(_ size: Int?, _ axis: Int, _ input: OpenShape, _ owner: String) throws -> Int? {
    guard let size else { return nil }
    let reach = (kernel[axis] - 1) * dilation[axis] + 1
    let (before, behind) = pads(size, axis)
    let span = size + before + behind - reach
    guard span >= 0 else {
      throw NeuralNetworkError.argument(
        owner: owner,
        message: "Computed output size would be negative. Received: inputs.shape="
          + "\(KerasUnit.text(input)), kernel_size=\(kernel), padding='\(padding.rawValue)': the "
          + "window of \(reach) is larger than the axis of \(size); pad the input, take a smaller "
          + "window, or pool less before")
    }
    return span / strides[axis] + 1
  }

  /// The places on the axes of an input with the batch first.
  func outputShape(_ input: OpenShape, channels: Int?, _ owner: String) throws -> OpenShape {
    guard input.count == axes + 2 else {
      throw NeuralNetworkError.argument(
        owner: owner, message: "needs \(axes + 2) axes, got \(KerasUnit.text(input))")
    }
    let first = channelsFirst ? 2 : 1
    let sizes = try (0..<axes).map { try places(input[first + $0], $0, input, owner) }
    let depth = channels ?? (channelsFirst ? input[1] : input[axes + 1])
    return channelsFirst ? [input[0], depth] + sizes : [input[0]] + sizes + [depth]
  }

  /// [n, ..., c] -> [n, c, h, w].
  func images(_ x: Tensor) throws -> Tensor {
    let first = try channelsFirst ? x : x.permute([0, axes + 1] + (1...axes))
    return axes == 1 ? try first.unsqueeze(2) : first
  }

  /// [n, c, h, w] -> [n, ..., c].
  func back(_ y: Tensor) throws -> Tensor {
    let flat = axes == 1 ? try y.squeeze(2) : y
    return try channelsFirst ? flat : flat.permute([0] + (2..<(axes + 2)) + [1])
  }

  /// A kernel [..., a, b] as [b, a, h, w].
  func filters(_ kernel: Tensor) throws -> Tensor {
    let moved = try kernel.permute([axes + 1, axes] + (0..<axes))
    return axes == 1 ? try moved.unsqueeze(2) : moved
  }

  /// For images [n, c, h, w].
  func convolution(_ x: Tensor, groups: Int = 1) -> Convolution {
    let one = axes == 1
    let border = (0..<axes).map { pads(x.shape[2 + (one ? 1 : $0)], $0) }
    return Convolution(
      stride: one ? [1] + strides : strides, padding: one ? [(0, 0)] + border : border,
      dilation: one ? [1] + dilation : dilation, groups: groups)
  }
}

/// `Conv1D`, `Conv2D`: kernel [..., in / groups, filters], bias [filters].
public final class ConvolutionUnit: KerasUnit {
  private let owner: String
  private let filters: Int
  private let plan: WindowPlan
  private let groups: Int
  private let usesBias: Bool
  private let activation: Activation?
  private let kernelRule: WeightRule
  private let biasRule: WeightRule
  private var inputs: Int?

  public init(
    _ owner: String, filters: Int, kernel: [Int], strides: [Int], padding: KerasPadding,
    channelsFirst: Bool, dilation: [Int], groups: Int, bias: Bool, activation: Activation?,
    kernelRule: WeightRule, biasRule: WeightRule
  ) throws {
    self.owner = owner
    self.filters = filters
    self.groups = groups
    usesBias = bias
    self.activation = activation
    self.kernelRule = kernelRule
    self.biasRule = biasRule
    plan = WindowPlan(
      kernel: kernel, strides: strides, dilation: dilation, padding: padding,
      channelsFirst: channelsFirst)
    super.init()
    guard groups > 0, filters % groups == 0 else {
      throw NeuralNetworkError.argument(
        owner: owner,
        message: "The number of filters must be evenly divisible by the number of groups. Received: "
          + "groups=\(groups), filters=\(filters).")
    }
    guard strides.allSatisfy({ $0 == 1 }) || dilation.allSatisfy({ $0 == 1 }) else {
      throw NeuralNetworkError.argument(
        owner: owner,
        message: "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
          + "strides=\(KerasUnit.text(strides.map { $0 })) and "
          + "dilation_rate=\(KerasUnit.text(dilation.map { $0 }))")
    }
  }

  override public var inputSpec: InputSpec? {
    InputSpec(
      minRank: plan.axes + 2,
      axes: inputs.map { [plan.channelsFirst ? 1 : -1: $0] } ?? [:])
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], plan.channelsFirst ? 1 : -1, owner)
    guard size % groups == 0 else {
      throw NeuralNetworkError.argument(
        owner: owner,
        message: "The number of input channels must be evenly divisible by the number of groups. "
          + "Received groups=\(groups), but the input has \(size) channels (full input shape is "
          + "\(Self.text(shapes[0]))).")
    }
    _ = try outputShapes(shapes)
    inputs = size
    try addWeight("kernel", plan.kernel + [size / groups, filters], kernelRule)
    if usesBias { try addWeight("bias", [filters], biasRule) }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [try plan.outputShape(shapes[0], channels: filters, owner)]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let images = try plan.images(x[0])
    let y = try images.conv2d(
      plan.filters(weights[0].tensor), usesBias ? weights[1].tensor : nil,
      plan.convolution(images, groups: groups))
    let result = try plan.back(y)
    return [try activation.map { try $0(result) } ?? result]
  }
}

/// `DepthwiseConv1D/2D` and `SeparableConv1D/2D`: filters of each channel for itself, then, for the
/// separable ones, a mixture of all of them.
public final class DepthwiseUnit: KerasUnit {
  private let owner: String
  private let plan: WindowPlan
  private let multiplier: Int
  /// The outputs of the mixture; nil for none.
  private let filters: Int?
  private let usesBias: Bool
  private let activation: Activation?
  private let depthRule: WeightRule
  private let pointRule: WeightRule
  private let biasRule: WeightRule
  private var inputs: Int?

  public init(
    _ owner: String, filters: Int?, multiplier: Int, kernel: [Int], strides: [Int],
    padding: KerasPadding, channelsFirst: Bool, dilation: [Int], bias: Bool,
    activation: Activation?, depthRule: WeightRule, pointRule: WeightRule, biasRule: WeightRule
  ) {
    self.owner = owner
    self.filters = filters
    self.multiplier = multiplier
    usesBias = bias
    self.activation = activation
    self.depthRule = depthRule
    self.pointRule = pointRule
    self.biasRule = biasRule
    plan = WindowPlan(
      kernel: kernel, strides: strides, dilation: dilation, padding: padding,
      channelsFirst: channelsFirst)
    super.init()
  }

  override public var inputSpec: InputSpec? {
    InputSpec(minRank: plan.axes + 2, axes: inputs.map { [plan.channelsFirst ? 1 : -1: $0] } ?? [:])
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], plan.channelsFirst ? 1 : -1, owner)
    _ = try outputShapes(shapes)
    inputs = size
    try addWeight(
      filters == nil ? "kernel" : "depthwise_kernel", plan.kernel + [size, multiplier], depthRule)
    if let filters {
      let ones = [Int](repeating: 1, count: plan.axes)
      try addWeight("pointwise_kernel", ones + [size * multiplier, filters], pointRule)
    }
    if usesBias { try addWeight("bias", [filters ?? size * multiplier], biasRule) }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let depth = shapes[0].count == plan.axes + 2
      ? shapes[0][plan.channelsFirst ? 1 : plan.axes + 1] : nil
    return [
      try plan.outputShape(shapes[0], channels: filters ?? depth.map { $0 * multiplier }, owner)
    ]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let images = try plan.images(x[0])
    let channels = images.shape[1]
    // [..., in, multiplier] -> [in * multiplier, 1, h, w]
    let axes = plan.axes
    let moved = try weights[0].tensor.permute([axes, axes + 1] + (0..<axes))
    let kernel = try moved.reshape(
      [channels * multiplier, 1] + (axes == 1 ? [1] : []) + plan.kernel)
    let bias = usesBias ? weights[weights.count - 1].tensor : nil
    var y = try images.conv2d(
      kernel, filters == nil ? bias : nil, plan.convolution(images, groups: channels))
    if filters != nil { y = try y.conv2d(plan.filters(weights[1].tensor), bias) }
    let result = try plan.back(y)
    return [try activation.map { try $0(result) } ?? result]
  }
}

/// `Conv1DTranspose`, `Conv2DTranspose`: kernel [..., filters, in], bias [filters].
public final class TransposedConvolutionUnit: KerasUnit {
  private let owner: String
  private let filters: Int
  private let plan: WindowPlan
  private let outputPadding: [Int]?
  private let usesBias: Bool
  private let activation: Activation?
  private let kernelRule: WeightRule
  private let biasRule: WeightRule
  private var inputs: Int?

  public init(
    _ owner: String, filters: Int, kernel: [Int], strides: [Int], padding: KerasPadding,
    outputPadding: [Int]?, channelsFirst: Bool, dilation: [Int], bias: Bool,
    activation: Activation?, kernelRule: WeightRule, biasRule: WeightRule
  ) {
    self.owner = owner
    self.filters = filters
    self.outputPadding = outputPadding
    usesBias = bias
    self.activation = activation
    self.kernelRule = kernelRule
    self.biasRule = biasRule
    plan = WindowPlan(
      kernel: kernel, strides: strides, dilation: dilation, padding: padding,
      channelsFirst: channelsFirst)
    super.init()
  }

  override public var inputSpec: InputSpec? {
    InputSpec(rank: plan.axes + 2, axes: inputs.map { [plan.channelsFirst ? 1 : -1: $0] } ?? [:])
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], plan.channelsFirst ? 1 : -1, owner)
    inputs = size
    try addWeight("kernel", plan.kernel + [filters, size], kernelRule)
    if usesBias { try addWeight("bias", [filters], biasRule) }
  }

  /// The size of an axis of the output, and how much of the full result is cut before it.
  private func place(_ size: Int, _ axis: Int) -> (size: Int, cut: Int) {
    let (step, reach) = (plan.strides[axis], (plan.kernel[axis] - 1) * plan.dilation[axis] + 1)
    if let extra = outputPadding?[axis] {
      let pad = plan.padding == .same ? reach / 2 : 0
      return ((size - 1) * step + reach - 2 * pad + extra, pad)
    }
    if plan.padding == .same { return (size * step, max(0, reach - step) / 2) }
    return (size * step + max(0, reach - step), 0)
  }

  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let input = shapes[0]
    guard input.count == plan.axes + 2 else { return [input] }
    let first = plan.channelsFirst ? 2 : 1
    let sizes = (0..<plan.axes).map { axis in input[first + axis].map { place($0, axis).size } }
    return [
      plan.channelsFirst ? [input[0], filters] + sizes : [input[0]] + sizes + [filters]
    ]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let images = try plan.images(x[0])
    let one = plan.axes == 1
    let how = Convolution(
      stride: one ? [1] + plan.strides : plan.strides,
      dilation: one ? [1] + plan.dilation : plan.dilation)
    // [..., filters, in] -> [in, filters, h, w]
    var y = try images.convTranspose2d(plan.filters(weights[0].tensor), nil, how)
    for axis in 0..<plan.axes {
      let at = axis + (one ? 3 : 2)
      let (size, cut) = place(images.shape[at], axis)
      let behind = cut + size - y.shape[at]
      if behind > 0 {
        var amounts = [(Int, Int)](repeating: (0, 0), count: 4)
        amounts[at] = (0, behind)
        y = try y.padded(amounts)
      }
      y = try y.narrow(at, start: cut, length: size)
    }
    if usesBias { y = try y.adding(weights[1].tensor.reshape([1, -1, 1, 1])) }
    let result = try plan.back(y)
    return [try activation.map { try $0(result) } ?? result]
  }
}

/// `MaxPooling1D/2D`, `AveragePooling1D/2D`.
public final class PoolingUnit: KerasUnit {
  private let owner: String
  private let plan: WindowPlan
  private let takesMaximum: Bool

  public init(
    _ owner: String, maximum: Bool, pool: [Int], strides: [Int], padding: KerasPadding,
    channelsFirst: Bool
  ) {
    self.owner = owner
    takesMaximum = maximum
    plan = WindowPlan(
      kernel: pool, strides: strides, dilation: pool.map { _ in 1 }, padding: padding,
      channelsFirst: channelsFirst)
    super.init()
  }

  override public var needsNoBuild: Bool { true }
  override public var inputSpec: InputSpec? { InputSpec(rank: plan.axes + 2) }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [try plan.outputShape(shapes[0], channels: nil, owner)]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    var images = try plan.images(x[0])
    let one = plan.axes == 1
    var pads = (0..<plan.axes).map { plan.pads(images.shape[2 + (one ? 1 : $0)], $0) }
    if one { pads.insert((0, 0), at: 0) }
    let pool = Pool(
      kernel: one ? [1] + plan.kernel : plan.kernel,
      stride: one ? [1] + plan.strides : plan.strides)
    let isPadded = pads.contains { $0.0 > 0 || $0.1 > 0 }
    let y: Tensor
    if takesMaximum {
      if isPadded { images = try images.padded(pads, .constant(.double(-.infinity))) }
      y = try images.maxPooled2d(pool)
    } else if isPadded {
      // The mean counts only what is inside: the mean with zeros over the share that is inside.
      let inside = try noGrad {
        try Tensor.ones([1, 1, images.shape[2], images.shape[3]], dtype: images.dtype)
          .padded(pads).avgPool2d(pool)
      }
      y = try images.padded(pads).avgPool2d(pool).divided(by: inside)
    } else {
      y = try images.avgPool2d(pool)
    }
    return [try plan.back(y)]
  }
}
