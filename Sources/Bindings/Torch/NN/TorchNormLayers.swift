import Language
import NeuralNetworks
import TensorCore

/// Normalization layers.
enum TorchNormLayers {
  static let rows: [TorchLayerRow] =
    ["1d", "2d", "3d"].flatMap { [batch($0), instance($0)] } + [layer, rms, group]

  private static let ranks: [String: ClosedRange<Int>] = ["1d": 2...3, "2d": 4...4, "3d": 5...5]

  private static func text(_ view: TorchLayerView) throws -> String {
    "\(try view["num_features"]), " + (try view.listed("eps", "momentum", "affine", "bias", "track_running_stats"))
  }

  private static func update(_ layer: Module, _ module: TorchModule) {
    guard let norm = layer as? BatchNorm else { return }
    if let eps = module.own("eps")?.asDouble { norm.epsilon = eps }
    if let momentum = module.own("momentum") { norm.momentum = momentum.isNone ? nil : momentum.asDouble }
  }

  private static let attributes = ["num_features", "eps", "momentum", "affine", "track_running_stats"]

  private static let reset = Native("reset_running_stats(self)", "Begins the running averages anew.") { a in
    let module = try a.receiver(TorchModule.self)
    for (name, value) in [("running_mean", 0), ("running_var", 1), ("num_batches_tracked", 0)] {
      if let tensor = module.buffers[name]?.asTensorObject?.tensor {
        try noGrad { try tensor.fill(.int(value)) }
      }
    }
    return .none
  }

  private static func batch(_ suffix: String) -> TorchLayerRow {
    TorchLayerRow(
      "BatchNorm\(suffix)", "num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True",
      "Each channel brought to mean 0 and variance 1 over the batch.",
      example: "torch.nn.BatchNorm\(suffix)(4)", module: "torch.nn.modules.batchnorm",
      attributes: attributes, text: text, update: update, methods: [reset]
    ) { a in
      try BatchNorm(
        size(a, 1), epsilon: a.double(2), momentum: a.optionalDouble(3), affine: a.bool(4), bias: a.bool(8),
        tracks: a.bool(5), ranks: ranks[suffix] ?? 2...5, kind: "BatchNorm\(suffix)",
        dtype: a.layerDType())
    }
  }

  private static func instance(_ suffix: String) -> TorchLayerRow {
    let rank = suffix == "1d" ? 2...3 : suffix == "2d" ? 3...4 : 4...5
    return TorchLayerRow(
      "InstanceNorm\(suffix)", "num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True",
      "Each channel of each sample brought to mean 0 and variance 1.",
      example: "torch.nn.InstanceNorm\(suffix)(4)", module: "torch.nn.modules.instancenorm",
      attributes: attributes, text: text, update: update, methods: [reset]
    ) { a in
      try InstanceNorm(
        size(a, 1), epsilon: a.double(2), momentum: a.optionalDouble(3), affine: a.bool(4), bias: a.bool(8),
        tracks: a.bool(5), ranks: rank, kind: "InstanceNorm\(suffix)", dtype: a.layerDType())
    }
  }

  static func size(_ a: Arguments, _ index: Int) throws -> Int {
    let size = try a.int(index)
    guard size >= 0 else {
      throw Raise(.runtimeError, "Trying to create tensor with negative dimension \(size): [\(size)]")
    }
    return size
  }

  private static func shape(_ part: Module) -> [Int] {
    (part as? LayerNorm)?.shape ?? (part as? RMSNorm)?.shape ?? []
  }

  private static func shapeAttribute(_ part: Module) -> [(String, Value)] {
    [("normalized_shape", .tuple(shape(part).map { .int($0) }))]
  }

  private static let layer = TorchLayerRow(
    "LayerNorm", "normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None",
    "Each sample brought to mean 0 and variance 1 over its last axes.",
    example: "torch.nn.LayerNorm(4)", module: "torch.nn.modules.normalization",
    attributes: ["eps", "elementwise_affine"], more: { _, layer in shapeAttribute(layer) },
    text: { view in
      // `bias` is in the printed form since parameters can be had without it.
      let text = "\(try view["normalized_shape"]), " + (try view.listed("eps", "elementwise_affine"))
      return text + ", bias=\(try view["bias"])"
    },
    update: { layer, module in
      if let eps = module.own("eps")?.asDouble { (layer as? LayerNorm)?.epsilon = eps }
    },
    read: { part, _ in
      shapeAttribute(part) + [
        ("eps", .float((part as? LayerNorm)?.epsilon ?? 1e-5)),
        ("elementwise_affine", .bool(part.tensor("weight") != nil)),
      ]
    }
  ) { a in
    try LayerNorm(a.shape(1), epsilon: a.double(2), affine: a.bool(3), bias: a.bool(4), dtype: a.layerDType())
  }

  private static let rms = TorchLayerRow(
    "RMSNorm", "normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None",
    "Each sample divided by the root of its mean square.", example: "torch.nn.RMSNorm(4)",
    module: "torch.nn.modules.normalization", attributes: ["eps", "elementwise_affine"],
    more: { _, layer in shapeAttribute(layer) },
    text: { "\(try $0["normalized_shape"]), " + (try $0.listed("eps", "elementwise_affine")) },
    update: { layer, module in (layer as? RMSNorm)?.epsilon = module.own("eps")?.asDouble }
  ) { a in
    try RMSNorm(a.shape(1), epsilon: a.optionalDouble(2), affine: a.bool(3), dtype: a.layerDType())
  }

  private static let group = TorchLayerRow(
    "GroupNorm", "num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True",
    "Groups of channels of each sample brought to mean 0 and variance 1.",
    example: "torch.nn.GroupNorm(2, 4)", module: "torch.nn.modules.normalization",
    attributes: ["num_groups", "num_channels", "eps", "affine"],
    text: { "\(try $0["num_groups"]), \(try $0["num_channels"]), " + (try $0.listed("eps", "affine", "bias")) }
  ) { a in
    try GroupNorm(a.int(1), size(a, 2), epsilon: a.double(3), affine: a.bool(4), bias: a.bool(7), dtype: a.layerDType())
  }
}
