import TensorCore

/// A convolution over one, two or three axes, or its transposed form. (LeCun et al. 1989)
///
/// Input [batch, in, (depth, height,) width], output [batch, out, ...]; an input without the batch axis gives
/// an output without it. `weight` is [out, in / groups, kernel...], of the transposed form [in, out /
/// groups, kernel...]; `bias` is [out].
public final class Conv: Module {
  public struct Settings {
    public var kernel: [Int]
    public var stride: [Int]
    /// Zeros, or what `mode` says, before and after each axis.
    public var padding: [(Int, Int)]
    public var dilation: [Int]
    public var outputPadding: [Int]
    public var groups: Int
    public var mode: PadMode
    public var isTransposed: Bool

    public init(
      kernel: [Int], stride: [Int]? = nil, padding: [(Int, Int)]? = nil, dilation: [Int]? = nil,
      outputPadding: [Int]? = nil, groups: Int = 1, mode: PadMode = .constant(0),
      isTransposed: Bool = false
    ) {
      self.kernel = kernel
      self.stride = stride ?? kernel.map { _ in 1 }
      self.padding = padding ?? kernel.map { _ in (0, 0) }
      self.dilation = dilation ?? kernel.map { _ in 1 }
      self.outputPadding = outputPadding ?? kernel.map { _ in 0 }
      self.groups = groups
      self.mode = mode
      self.isTransposed = isTransposed
    }
  }

  public let inChannels: Int
  public let outChannels: Int
  public let settings: Settings
  /// How PyTorch prints the layer; the door that was asked for it knows.
  public var text = ""

  /// - Throws: `NeuralNetworkError.argument` for channels that the groups do not divide.
  public init(
    _ inChannels: Int, _ outChannels: Int, _ settings: Settings, bias: Bool = true,
    weightRule: Initializer = .torchDefault, biasRule: Initializer = .torchDefault,
    dtype: DType = .float32, generator: Generator = .default
  ) throws {
    self.inChannels = inChannels
    self.outChannels = outChannels
    self.settings = settings
    super.init()
    func need(_ holds: Bool, _ text: String) throws {
      if !holds { throw NeuralNetworkError.argument(owner: "", message: text) }
    }
    try need(settings.groups > 0, "groups must be a positive integer")
    try need(inChannels >= 0 && inChannels % settings.groups == 0, "in_channels must be divisible by groups")
    try need(
      outChannels >= 0 && outChannels % settings.groups == 0, "out_channels must be divisible by groups")
    let ends =
      settings.isTransposed
      ? [inChannels, outChannels / settings.groups] : [outChannels, inChannels / settings.groups]
    let shape = ends + settings.kernel
    let area = try Shape.count(settings.kernel, "conv")
    let fans = Initializer.Fans(input: ends[1] &* area, output: ends[0] &* area)
    try make("weight", shape, dtype: dtype) { try weightRule($0, fans, generator: generator) }
    if bias {
      try make("bias", [outChannels], dtype: dtype) { try biasRule($0, fans, generator: generator) }
    }
  }

  override public var kind: String {
    "Conv" + (settings.isTransposed ? "Transpose" : "") + "\(settings.kernel.count)d"
  }
  override public var details: String { text }

  override public func build(_ input: [Int?]) throws -> [Int?] {
    let axes = settings.kernel.count
    guard input.count > axes, let channels = input[input.count - axes - 1] else { return input }
    guard channels == inChannels else {
      throw TensorError.innerSizes(
        operation: kind, a: input.map { $0 ?? 1 }, b: [inChannels, outChannels])
    }
    let sizes = (0..<axes).map { axis -> Int? in
      guard let size = input[input.count - axes + axis] else { return nil }
      let (before, behind) = settings.padding[axis]
      let reach = settings.dilation[axis] &* (settings.kernel[axis] - 1)
      if settings.isTransposed {
        return (size - 1) &* settings.stride[axis] &+ reach &+ 1
          &+ settings.outputPadding[axis] &- before &- behind
      }
      // What does not fit is left to the layer itself, which has the sentence.
      let span = size &+ before &+ behind &- reach &- 1
      return span < 0 || settings.stride[axis] < 1 ? nil : span / settings.stride[axis] + 1
    }
    return input.dropLast(axes + 1) + [outChannels] + sizes
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    try forward(input, outputPadding: settings.outputPadding)
  }

  /// - Parameter outputPadding: of the transposed form, what is added to the size of each axis.
  public func forward(_ input: Tensor, outputPadding: [Int]) throws -> Tensor {
    guard let weight = tensor("weight") else { throw NeuralNetworkError.notBuilt(layer: kind) }
    let bias = tensor("bias")
    let axes = settings.kernel.count
    var x = input
    var padding = settings.padding
    if case .constant = settings.mode {} else if !settings.isTransposed {
      x = try x.padded(padding, settings.mode)
      padding = padding.map { _ in (0, 0) }
    }
    if axes == 1 {
      guard !settings.isTransposed else {
        return try x.convTranspose1d(
          weight, bias, stride: settings.stride[0], padding: padding[0].0,
          outputPadding: outputPadding[0], dilation: settings.dilation[0], groups: settings.groups)
      }
      return try x.conv1d(
        weight, bias, stride: settings.stride[0], padding: padding[0],
        dilation: settings.dilation[0], groups: settings.groups)
    }
    let how = Convolution(
      stride: settings.stride, padding: padding, dilation: settings.dilation, groups: settings.groups)
    if axes == 3 {
      return settings.isTransposed
        ? try x.convTranspose3d(weight, bias, how, outputPadding: outputPadding)
        : try x.conv3d(weight, bias, how)
    }
    return settings.isTransposed
      ? try x.convTranspose2d(weight, bias, how, outputPadding: outputPadding)
      : try x.conv2d(weight, bias, how)
  }
}
