import Language
import NeuralNetworks
import TensorCore

/// `nn.Conv1d`, `nn.Conv2d`, `nn.Conv3d` and their transposed forms.
enum TorchConvLayers {
  static let rows: [TorchLayerRow] = [
    conv(1), conv(2), conv(3), transposed(1), transposed(2), transposed(3),
  ]

  /// One size for each axis.
  private static func sizes(_ a: Arguments, _ index: Int, _ axes: Int) throws -> [Int] {
    let given = try a.shape(index)
    if given.count == axes { return given }
    guard given.count == 1 else {
      throw Raise(.runtimeError, "\(a.name): expected \(axes) sizes, got \(given.count)")
    }
    return [Int](repeating: given[0], count: axes)
  }

  private static func positive(_ sizes: [Int], _ what: String) throws -> [Int] {
    for size in sizes where size <= 0 {
      throw Raise(.runtimeError, "\(what) must be greater than zero, got \(size)")
    }
    return sizes
  }

  private static func text(_ view: TorchLayerView, _ axes: Int) throws -> String {
    func differs(_ name: String, _ usual: Int) -> Bool {
      (view.value(name).asTuple?.items ?? []).contains { $0.asInt != usual }
    }
    var text = "\(try view["in_channels"]), \(try view["out_channels"]), "
    text += "kernel_size=\(try view["kernel_size"]), stride=\(try view["stride"])"
    if view.value("padding").swiftString != nil || differs("padding", 0) {
      text += ", padding=\(try view.plain("padding"))"
    }
    if differs("dilation", 1) { text += ", dilation=\(try view["dilation"])" }
    if differs("output_padding", 0) { text += ", output_padding=\(try view["output_padding"])" }
    if view.value("groups").asInt != 1 { text += ", groups=\(try view["groups"])" }
    if try view["bias"] == "False" { text += ", bias=False" }
    if view.value("padding_mode").swiftString != "zeros" {
      text += ", padding_mode=\(try view.plain("padding_mode"))"
    }
    return text
  }

  private static func tuple(_ sizes: [Int]) -> Value { .tuple(sizes.map { .int($0) }) }

  private static func attributes(_ a: Arguments, _ layer: Module) -> [(String, Value)] {
    guard let conv = layer as? Conv else { return [] }
    let s = conv.settings
    let padding = a[a.place("padding")]
    return [
      ("in_channels", .int(conv.inChannels)), ("out_channels", .int(conv.outChannels)),
      ("kernel_size", tuple(s.kernel)), ("stride", tuple(s.stride)),
      ("padding", padding.swiftString == nil ? tuple(s.padding.map(\.0)) : padding),
      ("dilation", tuple(s.dilation)), ("transposed", .bool(s.isTransposed)),
      ("output_padding", tuple(s.outputPadding)), ("groups", .int(s.groups)),
      ("padding_mode", a[a.place("padding_mode")]),
    ]
  }

  private static func channels(_ a: Arguments) throws -> (Int, Int) {
    let (inputs, outputs) = (try a.int(1), try a.int(2))
    guard inputs >= 0, outputs >= 0 else {
      throw Raise(
        .runtimeError, "Trying to create tensor with negative dimension \(min(inputs, outputs))")
    }
    return (inputs, outputs)
  }

  private static func conv(_ axes: Int) -> TorchLayerRow {
    TorchLayerRow(
      "Conv\(axes)d", "in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode='zeros', device=None, dtype=None",
      "A convolution over \(["one axis", "two axes", "three axes"][axes - 1]); the weight is [out, in / groups, kernel].",
      example: "torch.nn.Conv\(axes)d(3, 8, 3, padding=1)", module: "torch.nn.modules.conv",
      more: { attributes($0, $1) }, text: { try text($0, axes) },
      forward: ("input", { module, a in
        guard let layer = module.layer as? Conv else { throw TorchLayerRow.notReady(module) }
        let x = try a.torchTensor(1)
        try check(x, layer, axes)
        return a.machine.torchValue(try layer.forward(x))
      })
    ) { a in
      let (inputs, outputs) = try channels(a)
      let kernel = try sizes(a, 3, axes)
      let dilation = try positive(sizes(a, 6, axes), "dilation")
      let stride = try positive(sizes(a, 4, axes), "stride")
      guard kernel.allSatisfy({ $0 > 0 }) else {
        throw Raise(.runtimeError, "kernel size must be greater than zero, got \(kernel)")
      }
      var padding: [(Int, Int)]
      if let name = a[5].swiftString {
        guard ["same", "valid"].contains(name) else {
          throw Raise(
            .valueError,
            "Invalid padding string '\(name)', should be one of 'valid', 'same'")
        }
        if name == "same", stride.contains(where: { $0 != 1 }) {
          throw Raise(.valueError, "padding='same' is not supported for strided convolutions")
        }
        padding = name == "same"
          ? Convolution.same(kernel: kernel, dilation: dilation) : kernel.map { _ in (0, 0) }
      } else {
        padding = try sizes(a, 5, axes).map { ($0, $0) }
        guard padding.allSatisfy({ $0.0 >= 0 }) else {
          throw Raise(.runtimeError, "negative padding is not supported")
        }
      }
      let modes: [String: PadMode] = [
        "zeros": .constant(0), "reflect": .reflect, "replicate": .edge, "circular": .wrap,
      ]
      let modeName = try a.string(9)
      guard let mode = modes[modeName] else {
        throw Raise(
          .valueError,
          "padding_mode must be one of ['circular', 'reflect', 'replicate', 'zeros'], but got padding_mode='\(modeName)'")
      }
      return try Conv(
        inputs, outputs,
        Conv.Settings(
          kernel: kernel, stride: stride, padding: padding, dilation: dilation, groups: a.int(7),
          mode: mode), bias: a.bool(8), dtype: a.layerDType())
    }
  }

  /// Channels in PyTorch's words before the library's error.
  private static func check(_ x: Tensor, _ layer: Conv, _ axes: Int) throws {
    guard x.rank == axes + 1 || x.rank == axes + 2 else {
      throw Raise(
        .runtimeError,
        "Expected \(axes + 1)D (unbatched) or \(axes + 2)D (batched) input to conv\(axes)d, but got input of size: \(x.shape)")
    }
    let channels = x.shape[x.rank - axes - 1]
    guard channels != layer.inChannels, let weight = layer.tensor("weight") else { return }
    throw Raise(
      .runtimeError,
      "Given groups=\(layer.settings.groups), weight of size \(weight.shape), expected input\(x.rank == axes + 1 ? "" : "")\(x.shape) to have \(layer.inChannels) channels, but got \(channels) channels instead",
      hint: "images are [batch, channels, height, width]")
  }

  private static func transposed(_ axes: Int) -> TorchLayerRow {
    TorchLayerRow(
      "ConvTranspose\(axes)d", "in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode='zeros', device=None, dtype=None",
      "The transposed convolution, which makes images larger.",
      example: "torch.nn.ConvTranspose\(axes)d(8, 3, 2, stride=2)", module: "torch.nn.modules.conv",
      more: { attributes($0, $1) }, text: { try text($0, axes) },
      forward: ("input, output_size=None", { module, a in
        guard let layer = module.layer as? Conv else { throw TorchLayerRow.notReady(module) }
        let x = try a.torchTensor(1)
        guard !a[2].isNone else { return a.machine.torchValue(try layer.forward(x)) }
        let wanted = Array(try a.shape(2).suffix(axes))
        let s = layer.settings
        guard wanted.count == axes, x.rank > axes else {
          throw Raise(.valueError, "ConvTranspose\(axes)D: output_size must have \(axes) or \(axes + 2) elements")
        }
        let extra = (0..<axes).map { (i: Int) -> Int in
          let steps: Int = (x.shape[x.rank - axes + i] - 1) &* s.stride[i]
          let reach: Int = s.dilation[i] &* (s.kernel[i] - 1) &+ 1
          let usual: Int = steps &- 2 &* s.padding[i].0 &+ reach
          return wanted[i] &- usual
        }
        for i in extra.indices where extra[i] < 0 || extra[i] >= max(s.stride[i], s.dilation[i]) {
          throw Raise(
            .valueError, "requested an output size of \(wanted), which this layer cannot give for an input of \(Array(x.shape.suffix(axes)))")
        }
        return a.machine.torchValue(try layer.forward(x, outputPadding: extra))
      })
    ) { a in
      let (inputs, outputs) = try channels(a)
      let modeName = try a.string(10)
      guard modeName == "zeros" else {
        throw Raise(.valueError, "Only \"zeros\" padding mode is supported for ConvTranspose\(axes)d")
      }
      let padding = try sizes(a, 5, axes)
      let extra = try sizes(a, 6, axes)
      guard padding.allSatisfy({ $0 >= 0 }), extra.allSatisfy({ $0 >= 0 }) else {
        throw Raise(.runtimeError, "negative padding is not supported")
      }
      return try Conv(
        inputs, outputs,
        Conv.Settings(
          kernel: positive(sizes(a, 3, axes), "kernel size"),
          stride: positive(sizes(a, 4, axes), "stride"), padding: padding.map { ($0, $0) },
          dilation: positive(sizes(a, 9, axes), "dilation"), outputPadding: extra, groups: a.int(7),
          isTransposed: true), bias: a.bool(8), dtype: a.layerDType())
    }
  }
}
