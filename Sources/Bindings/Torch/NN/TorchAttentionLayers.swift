import Language
import NeuralNetworks
import TensorCore

/// Attention and the blocks of transformers.
enum TorchAttentionLayers {
  static let rows: [TorchLayerRow] = [attention, encoderLayer, decoderLayer]

  private static func mask(_ a: Arguments, _ index: Int) throws -> Tensor? { try a.optionalTensor(index) }

  private static let attention = TorchLayerRow(
    "MultiheadAttention", "embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None",
    "Attention with several heads; gives the outputs and the weights.",
    example: "torch.nn.MultiheadAttention(8, 2)", module: "torch.nn.modules.activation",
    attributes: ["embed_dim", "num_heads", "dropout", "batch_first", "add_zero_attn"],
    more: { _, layer in attentionAttributes(layer) },
    update: { layer, module in
      if let p = module.own("dropout")?.asDouble { (layer as? MultiheadAttention)?.dropout = p }
    },
    read: { part, _ in
      guard let layer = part as? MultiheadAttention else { return [] }
      return [
        ("embed_dim", .int(layer.size)), ("num_heads", .int(layer.heads)), ("dropout", .float(layer.dropout)),
        ("batch_first", .bool(layer.batchFirst)),
      ] + attentionAttributes(part)
    },
    forward: ("query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False", { module, a in
      guard let layer = module.layer as? MultiheadAttention else { throw TorchLayerRow.notReady(module) }
      let isCausal = try a.bool(8)
      if isCausal, a[6].isNone {
        throw Raise(.runtimeError, "Need attn_mask if specifying the is_causal hint.")
      }
      let (output, weights) = try layer.attend(
        a.torchTensor(1), a.torchTensor(2), a.torchTensor(3), mask: mask(a, 6), padding: mask(a, 4))
      guard try a.bool(5) else { return .tuple([a.machine.torchValue(output), .none]) }
      var shown = try a.bool(7) ? weights.mean([1]) : weights
      if try a.torchTensor(1).rank == 2 { shown = try shown.squeeze(0) }
      return .tuple([a.machine.torchValue(output), a.machine.torchValue(shown)])
    })
  ) { a in
    if try a.bool(6) {
      throw Raise(.notImplementedError, "MultiheadAttention: add_zero_attn is not there")
    }
    return try MultiheadAttention(
      a.int(1), heads: a.int(2), dropout: a.double(3), bias: a.bool(4), addsBiasToKeys: a.bool(5),
      keySize: a.optionalInt(7), valueSize: a.optionalInt(8), batchFirst: a.bool(9), dtype: a.layerDType())
  }

  private static func attentionAttributes(_ part: Module) -> [(String, Value)] {
    guard let layer = part as? MultiheadAttention else { return [] }
    return [
      ("kdim", .int(layer.keySize)), ("vdim", .int(layer.valueSize)),
      ("head_dim", .int(layer.size / layer.heads)),
      ("_qkv_same_embed_dim", .bool(layer.keySize == layer.size && layer.valueSize == layer.size)),
    ]
  }

  // MARK: - Blocks

  /// `activation`: a name or a function.
  private static func function(_ value: Value, _ machine: Machine) throws -> (Tensor) throws -> Tensor {
    switch value.swiftString ?? (value.isGiven ? nil : "relu") {
    case "relu"?: return { try $0.relu() }
    case "gelu"?: return { try $0.gelu() }
    case let other?:
      throw Raise(.runtimeError, "activation should be relu/gelu, not \(other)")
    case nil:
      return { [unowned machine] x in
        let result = try machine.call(value, [machine.torchValue(x)])
        guard let tensor = result.asTensorObject?.tensor else {
          throw Raise(.typeError, "activation must give a Tensor, got \(machine.typeName(result))")
        }
        return tensor
      }
    }
  }

  /// The function that a program has put there stays with its module, for the collector and copies.
  private static func kept(_ a: Arguments, _ index: Int) -> [(String, Value)] {
    [("activation", a[index].isGiven ? a[index] : .string("relu"))]
  }

  private static let settings = "d_model, nhead, dim_feedforward=2048, dropout=0.1, activation=..., layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None"

  private static let encoderLayer = TorchLayerRow(
    "TransformerEncoderLayer", settings, "One block of a transformer's encoder.",
    example: "torch.nn.TransformerEncoderLayer(8, 2, 16)", module: "torch.nn.modules.transformer",
    attributes: ["norm_first"], more: { a, _ in kept(a, 5) },
    forward: ("src, src_mask=None, src_key_padding_mask=None, is_causal=False", { module, a in
      guard let layer = module.layer as? TransformerEncoderLayer else { throw TorchLayerRow.notReady(module) }
      return a.machine.torchValue(
        try layer.forward(
          a.torchTensor(1), mask: mask(a, 2), padding: mask(a, 3), isCausal: a.bool(4)))
    })
  ) { a in
    try TransformerEncoderLayer(
      a.int(1), heads: a.int(2), hidden: a.int(3), dropout: a.double(4), activation: function(a[5], a.machine),
      epsilon: a.double(6), batchFirst: a.bool(7), normFirst: a.bool(8), bias: a.bool(9),
      dtype: a.layerDType())
  }

  private static let decoderLayer = TorchLayerRow(
    "TransformerDecoderLayer", settings, "One block of a transformer's decoder.",
    example: "torch.nn.TransformerDecoderLayer(8, 2, 16)", module: "torch.nn.modules.transformer",
    attributes: ["norm_first"], more: { a, _ in kept(a, 5) },
    forward: ("tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=False, memory_is_causal=False", { module, a in
      guard let layer = module.layer as? TransformerDecoderLayer else { throw TorchLayerRow.notReady(module) }
      var masks = TransformerDecoderLayer.Masks()
      masks.target = try mask(a, 3)
      masks.memory = try mask(a, 4)
      masks.targetPadding = try mask(a, 5)
      masks.memoryPadding = try mask(a, 6)
      masks.targetIsCausal = try a.bool(7)
      masks.memoryIsCausal = try a.bool(8)
      return a.machine.torchValue(
        try layer.forward(a.torchTensor(1), memory: a.torchTensor(2), masks))
    })
  ) { a in
    try TransformerDecoderLayer(
      a.int(1), heads: a.int(2), hidden: a.int(3), dropout: a.double(4), activation: function(a[5], a.machine),
      epsilon: a.double(6), batchFirst: a.bool(7), normFirst: a.bool(8), bias: a.bool(9),
      dtype: a.layerDType())
  }
}
