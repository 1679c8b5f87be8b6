import Language
import NeuralNetworks
import TensorCore

/// Layers that change shapes: flattening, padding, resizing, patches; and distances.
enum TorchShapeLayers {
  static let rows: [TorchLayerRow] =
    [flatten, unflatten, upsample, nearest, bilinear, shuffle, unshuffle, channels, fold, unfold, cosine, pairwise, response]
    + pads

  private static func pass(_ names: String...) -> [(parameter: String, attribute: String)] {
    names.map { ($0, $0) }
  }

  private static let flatten = TorchLayerRow(
    "Flatten", "start_dim=1, end_dim=-1", "Several axes as one; the batch stays.",
    module: "torch.nn.modules.flatten", attributes: ["start_dim", "end_dim"],
    text: { try $0.listed("start_dim", "end_dim") },
    forward: ("input", { module, a in
      let (start, end) = (module.own("start_dim")?.asInt ?? 1, module.own("end_dim")?.asInt ?? -1)
      return a.machine.torchValue(try a.torchTensor(1).flatten(from: start, to: end))
    })
  ) { a in Flatten(from: try a.int(1), to: try a.int(2)) }

  private static let unflatten = TorchLayerRow(
    "Unflatten", "dim, unflattened_size", "One axis as several.", example: "torch.nn.Unflatten(1, (2, 3))",
    module: "torch.nn.modules.flatten", attributes: ["dim", "unflattened_size"],
    text: { try $0.listed("dim", "unflattened_size") },
    forward: ("input", { module, a in
      try a.machine.call(
        a.machine.attribute(a[1], "unflatten"),
        [module.own("dim") ?? .none, module.own("unflattened_size") ?? .none])
    })
  ) { _ in FunctionLayer("Unflatten") { $0 } }

  // MARK: - Resizing

  private static func scale(_ a: Arguments, _ index: Int) throws -> Value {
    if a[index].isNone { return .none }
    if let number = a[index].asDouble { return .float(number) }
    return .tuple(try a.machine.array(a[index]).map { .float($0.asDouble ?? 1) })
  }

  private static func sizeText(_ view: TorchLayerView) throws -> String {
    view.value("scale_factor").isNone
      ? "size=\(try view["size"])" : "scale_factor=\(try view["scale_factor"])"
  }

  private static let upsample = TorchFunctionalLayer.row(
    "Upsample", "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None",
    "The axes behind [batch, channels] at another size.", module: "torch.nn.modules.upsampling",
    function: "interpolate",
    passing: pass("size", "scale_factor", "mode", "align_corners", "recompute_scale_factor"),
    more: { a, _ in [("scale_factor", try scale(a, 2))] }, example: "torch.nn.Upsample(scale_factor=2)",
    text: { "\(try sizeText($0)), mode=\(try $0["mode"])" })

  private static let nearest = TorchFunctionalLayer.row(
    "UpsamplingNearest2d", "size=None, scale_factor=None", "Each pixel repeated.",
    module: "torch.nn.modules.upsampling", function: "interpolate",
    passing: pass("size", "scale_factor", "mode"),
    more: { a, _ in [("scale_factor", try scale(a, 2)), ("mode", .string("nearest"))] },
    example: "torch.nn.UpsamplingNearest2d(scale_factor=2)",
    text: { "\(try sizeText($0)), mode=\(try $0["mode"])" })

  private static let bilinear = TorchFunctionalLayer.row(
    "UpsamplingBilinear2d", "size=None, scale_factor=None", "Pixels between pixels, in proportion.",
    module: "torch.nn.modules.upsampling", function: "interpolate",
    passing: pass("size", "scale_factor", "mode", "align_corners"),
    more: { a, _ in
      [("scale_factor", try scale(a, 2)), ("mode", .string("bilinear")), ("align_corners", .bool(true))]
    },
    example: "torch.nn.UpsamplingBilinear2d(scale_factor=2)",
    text: { "\(try sizeText($0)), mode=\(try $0["mode"])" })

  private static let shuffle = TorchFunctionalLayer.row(
    "PixelShuffle", "upscale_factor", "Channels as pixels.", module: "torch.nn.modules.pixelshuffle",
    function: "pixel_shuffle", passing: pass("upscale_factor"), example: "torch.nn.PixelShuffle(2)",
    text: { try $0.listed("upscale_factor") })

  private static let unshuffle = TorchFunctionalLayer.row(
    "PixelUnshuffle", "downscale_factor", "Pixels as channels.", module: "torch.nn.modules.pixelshuffle",
    function: "pixel_unshuffle", passing: pass("downscale_factor"), example: "torch.nn.PixelUnshuffle(2)",
    text: { try $0.listed("downscale_factor") })

  private static let channels = TorchFunctionalLayer.row(
    "ChannelShuffle", "groups", "The channels of groups in turn.", module: "torch.nn.modules.channelshuffle",
    function: "channel_shuffle", passing: pass("groups"), example: "torch.nn.ChannelShuffle(2)",
    text: { try $0.listed("groups") })

  private static let fold = TorchFunctionalLayer.row(
    "Fold", "output_size, kernel_size, dilation=1, padding=0, stride=1", "Columns of patches added up to an image.",
    module: "torch.nn.modules.fold", function: "fold",
    passing: pass("output_size", "kernel_size", "dilation", "padding", "stride"),
    example: "torch.nn.Fold((4, 4), 2)",
    text: { try $0.listed("output_size", "kernel_size", "dilation", "padding", "stride") })

  private static let unfold = TorchFunctionalLayer.row(
    "Unfold", "kernel_size, dilation=1, padding=0, stride=1", "The patches under a window as columns.",
    module: "torch.nn.modules.fold", function: "unfold",
    passing: pass("kernel_size", "dilation", "padding", "stride"), example: "torch.nn.Unfold(2)",
    text: { try $0.listed("kernel_size", "dilation", "padding", "stride") })

  private static let cosine = TorchFunctionalLayer.row(
    "CosineSimilarity", "dim=1, eps=1e-08", "The cosine of the angle between vectors.",
    module: "torch.nn.modules.distance", function: "cosine_similarity", inputs: "x1, x2",
    passing: pass("dim", "eps"))

  private static let pairwise = TorchFunctionalLayer.row(
    "PairwiseDistance", "p=2.0, eps=1e-06, keepdim=False", "The distances between rows in pairs.",
    module: "torch.nn.modules.distance", function: "pairwise_distance", inputs: "x1, x2",
    passing: [("p", "norm"), ("eps", "eps"), ("keepdim", "keepdim")], attributes: ["eps", "keepdim"],
    more: { a, _ in [("norm", a[1])] })

  private static let response = TorchFunctionalLayer.row(
    "LocalResponseNorm", "size, alpha=0.0001, beta=0.75, k=1.0", "Each channel damped by its neighbours.",
    module: "torch.nn.modules.normalization", function: "local_response_norm",
    passing: pass("size", "alpha", "beta", "k"), example: "torch.nn.LocalResponseNorm(2)",
    text: { "\(try $0["size"]), " + (try $0.listed("alpha", "beta", "k")) })

  // MARK: - Padding

  private static let pads: [TorchLayerRow] = (1...3).flatMap { axes in
    [("Zero", "constant"), ("Constant", "constant"), ("Reflection", "reflect"), ("Replication", "replicate"), ("Circular", "circular")]
      .map { pad($0.0, $0.1, axes) }
  }

  private static func pad(_ kind: String, _ mode: String, _ axes: Int) -> TorchLayerRow {
    let name = "\(kind)Pad\(axes)d"
    return TorchFunctionalLayer.row(
      name, kind == "Constant" ? "padding, value" : "padding", "Elements around the last \(axes) axes.",
      module: "torch.nn.modules.padding", function: "pad",
      passing: [("pad", "padding"), ("mode", "_mode"), ("value", "value")],
      more: { a, _ in
        let given = try a.shape(1)
        let all = given.count == 1 ? [Int](repeating: given[0], count: 2 * axes) : given
        var result: [(String, Value)] = [
          ("padding", .tuple(all.map { .int($0) })), ("_mode", .string(mode)),
        ]
        if kind == "Zero" { result.append(("value", .float(0))) }
        return result
      }, example: "torch.nn.\(name)(1\(kind == "Constant" ? ", 0.5" : ""))",
      text: { kind == "Constant" ? try $0.listed("padding", "value") : try $0["padding"] })
  }
}
