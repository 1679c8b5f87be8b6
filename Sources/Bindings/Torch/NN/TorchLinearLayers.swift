import Language
import NeuralNetworks
import TensorCore

/// Linear layers, embeddings, dropout.
enum TorchLinearLayers {
  static let rows: [TorchLayerRow] = [linear, outputLinear, bilinear, identity, embedding, bag] + dropouts

  private static let linear = TorchLayerRow(
    "Linear", "in_features, out_features, bias=True, device=None, dtype=None",
    "y = x W^T + b; the weight is [out, in].", example: "torch.nn.Linear(3, 2)",
    module: "torch.nn.modules.linear", attributes: ["in_features", "out_features"],
    text: { try $0.listed("in_features", "out_features", "bias") }, read: readLinear
  ) { a in try make(a) }

  /// The output of attention: a class of its own in PyTorch, so that it prints so.
  private static let outputLinear = TorchLayerRow(
    "NonDynamicallyQuantizableLinear", "in_features, out_features, bias=True, device=None, dtype=None",
    "The linear layer at the end of attention.", example: "torch.nn.Linear(3, 2)",
    module: "torch.nn.modules.linear", base: linear.table, attributes: ["in_features", "out_features"],
    text: { try $0.listed("in_features", "out_features", "bias") }, read: readLinear
  ) { a in try make(a) }

  static let outputLinearTable = outputLinear.table
  static let outputLinearRow = outputLinear

  private static func make(_ a: Arguments) throws -> Module {
    let (inputs, outputs) = (try a.int(1), try a.int(2))
    guard inputs >= 0, outputs >= 0 else {
      throw Raise(
        .runtimeError,
        "Trying to create tensor with negative dimension \(min(inputs, outputs)): [\(outputs), \(inputs)]")
    }
    return try Linear(inputs, outputs, bias: a.bool(3), dtype: a.layerDType())
  }

  private static func readLinear(_ part: Module, _ machine: Machine) -> [(String, Value)] {
    guard let linear = part as? Linear else { return [] }
    return [("in_features", .int(linear.inFeatures ?? 0)), ("out_features", .int(linear.outFeatures))]
  }

  private static let bilinear = TorchLayerRow(
    "Bilinear", "in1_features, in2_features, out_features, bias=True, device=None, dtype=None",
    "y = x1^T A x2 + b.", example: "torch.nn.Bilinear(3, 2, 4)", module: "torch.nn.modules.linear",
    attributes: ["in1_features", "in2_features", "out_features"],
    text: { try $0.listed("in1_features", "in2_features", "out_features", "bias") },
    forward: ("input1, input2", { module, a in
      guard let layer = module.layer as? Bilinear else { throw TorchLayerRow.notReady(module) }
      return a.machine.torchValue(try layer.forward(a.torchTensor(1), a.torchTensor(2)))
    })
  ) { a in
    try Bilinear(a.int(1), a.int(2), a.int(3), bias: a.bool(4), dtype: a.layerDType())
  }

  private static let identity = TorchLayerRow(
    "Identity", "*args, **kwargs", "Gives its input.", module: "torch.nn.modules.linear"
  ) { _ in Identity() }

  // MARK: - Embeddings

  private static func embeddingText(_ view: TorchLayerView, bag: Bool) throws -> String {
    var text = "\(try view["num_embeddings"]), \(try view["embedding_dim"])"
    if bag {
      if !view.value("max_norm").isNone { text += ", max_norm=\(try view["max_norm"])" }
      if view.value("norm_type").asDouble != 2 { text += ", norm_type=\(try view["norm_type"])" }
      text += ", mode=\(try view["mode"])"
      if !view.value("padding_idx").isNone { text += ", padding_idx=\(try view["padding_idx"])" }
      return text
    }
    if !view.value("padding_idx").isNone { text += ", padding_idx=\(try view["padding_idx"])" }
    if !view.value("max_norm").isNone { text += ", max_norm=\(try view["max_norm"])" }
    if view.value("norm_type").asDouble != 2 { text += ", norm_type=\(try view["norm_type"])" }
    if view.isTrue("scale_grad_by_freq") { text += ", scale_grad_by_freq=True" }
    if view.isTrue("sparse") { text += ", sparse=True" }
    return text
  }

  private static let embedding = TorchLayerRow(
    "Embedding", "num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, _weight=None, _freeze=False, device=None, dtype=None",
    "A row of a table for each whole number.", example: "torch.nn.Embedding(10, 3)",
    module: "torch.nn.modules.sparse",
    attributes: ["num_embeddings", "embedding_dim", "max_norm", "norm_type", "scale_grad_by_freq", "sparse"],
    more: { _, layer in [("padding_idx", (layer as? Embedding)?.padding.map { .int($0) } ?? .none)] },
    text: { try embeddingText($0, bag: false) },
    classMethods: [
      Native("from_pretrained(cls, embeddings, freeze=True, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)", "A table of given rows.", example: "torch.nn.Embedding.from_pretrained(torch.eye(2))") { a in
        let table = try a.torchTensor(1)
        guard table.rank == 2 else {
          throw Raise(.assertionError, "Embeddings parameter is expected to be 2-dimensional")
        }
        let result = try a.machine.call(
          a[0], [.int(table.shape[0]), .int(table.shape[1])],
          keywords: [
            ("padding_idx", a[3]), ("max_norm", a[4]), ("norm_type", a[5]),
            ("scale_grad_by_freq", a[6]), ("sparse", a[7]), ("_weight", a[1]),
          ])
        if let module = result.asInstance as? TorchModule {
          for (_, object) in module.members(.parameters) { try object.tensor.setRequiresGrad(!a.bool(2)) }
        }
        return result
      }
    ]
  ) { a in
    try Embedding(
      a.int(1), a.int(2), padding: a.optionalInt(3), maxNorm: a.optionalDouble(4),
      normPower: a.double(5), weight: a.optionalTensor(8)?.detach(), dtype: a.layerDType())
  }

  private static let bag = TorchLayerRow(
    "EmbeddingBag", "num_embeddings, embedding_dim, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, mode='mean', sparse=False, _weight=None, include_last_offset=False, padding_idx=None, device=None, dtype=None",
    "Sums, means or maxima of rows of a table.", example: "torch.nn.EmbeddingBag(10, 3)",
    module: "torch.nn.modules.sparse",
    attributes: ["num_embeddings", "embedding_dim", "max_norm", "norm_type", "scale_grad_by_freq", "mode", "sparse", "include_last_offset"],
    more: { _, layer in [("padding_idx", (layer as? EmbeddingBag)?.padding.map { .int($0) } ?? .none)] },
    text: { try embeddingText($0, bag: true) },
    forward: ("input, offsets=None, per_sample_weights=None", { module, a in
      guard let layer = module.layer as? EmbeddingBag, let weight = layer.tensor("weight") else {
        throw TorchLayerRow.notReady(module)
      }
      let last = try module.own("include_last_offset").map { try a.machine.truth($0) } ?? false
      var offsets = try a.optionalTensor(2)
      if last, let all = offsets, all.count > 0 { offsets = try all.narrow(0, start: 0, length: all.count - 1) }
      return a.machine.torchValue(
        try a.torchTensor(1).embeddedBags(
          in: weight, offsets: offsets, weights: a.optionalTensor(3), mode: layer.mode, padding: layer.padding))
    })
  ) { a in
    guard let mode = EmbeddingBag.Mode(rawValue: try a.string(6)) else {
      throw Raise(.valueError, "mode has to be one of sum, mean or max")
    }
    return try EmbeddingBag(
      a.int(1), a.int(2), mode: mode, padding: a.optionalInt(10), dtype: a.layerDType(),
      weight: a.optionalTensor(8)?.detach())
  }

  // MARK: - Dropout

  private static func dropout(
    _ name: String, _ doc: String, _ make: @escaping (Double) throws -> Module,
    _ set: @escaping (Module, Double) -> Void
  ) -> TorchLayerRow {
    TorchLayerRow(
      name, "p=0.5, inplace=False", doc, module: "torch.nn.modules.dropout",
      attributes: ["p", "inplace"], text: { try $0.listed("p", "inplace") },
      update: { layer, module in
        if let p = module.own("p")?.asDouble { set(layer, p) }
      },
      read: { part, _ in
        [("p", .float((part as? Dropout)?.p ?? 0.5)), ("inplace", .bool(false))]
      }
    ) { a in
      let p = try a.double(1)
      guard p >= 0, p <= 1 else {
        throw Raise(
          .valueError, "dropout probability has to be between 0 and 1, but got \(try a.machine.text(of: a[1]))")
      }
      return try make(p)
    }
  }

  private static let dropouts: [TorchLayerRow] = [
    dropout("Dropout", "In training sets elements to 0 with probability p and scales the others up.", { try Dropout($0) }) { ($0 as? Dropout)?.p = $1 },
    dropout("Dropout1d", "In training sets whole channels to 0.", { try FeatureDropout($0, spatialAxes: 1) }) { ($0 as? FeatureDropout)?.p = $1 },
    dropout("Dropout2d", "In training sets whole channels to 0.", { try FeatureDropout($0, spatialAxes: 2) }) { ($0 as? FeatureDropout)?.p = $1 },
    dropout("Dropout3d", "In training sets whole channels to 0.", { try FeatureDropout($0, spatialAxes: 3) }) { ($0 as? FeatureDropout)?.p = $1 },
    dropout("AlphaDropout", "Dropout that keeps mean 0 and variance 1 of SELU's outputs.", { try AlphaDropout($0) }) { ($0 as? AlphaDropout)?.p = $1 },
  ]
}
