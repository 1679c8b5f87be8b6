import Language
import NeuralNetworks
import TensorCore

/// `nn.TransformerEncoder`, `nn.TransformerDecoder` and `nn.Transformer`: blocks in a row.
enum TorchTransformers {
  static let tables = [encoder, decoder, transformer]
  private static let module = "torch.nn.modules.transformer"

  private static func stack(_ a: Arguments) throws {
    let module = try a.receiver(TorchModule.self)
    module.isReady = true
    let count = try a.int(2)
    guard let layer = a[1].asInstance as? TorchModule else {
      throw Raise(.typeError, "\(TorchModule.typeText(a[1], a.machine)) is not a Module subclass")
    }
    let deep = try a.machine.attribute(a.machine.importModule("copy", first: false), "deepcopy")
    let copies = try (0..<max(0, count)).map { _ in try a.machine.call(deep, [.object(layer)]) }
    let nn = try a.machine.importModule("torch.nn", first: false)
    module.modules["layers"] = try a.machine.call(a.machine.attribute(nn, "ModuleList"), [.list(copies)])
    module.setOwn("num_layers", a[2])
    // None is an attribute like others: it is no part that is missing.
    if a[3].isNone { module.setOwn("norm", .none) } else { module.modules["norm"] = a[3] }
  }

  private static func layers(_ module: TorchModule) -> [Value] {
    (module.modules["layers"]?.asInstance as? TorchModule)?.modules.values ?? []
  }

  private static func given(_ a: Arguments, _ pairs: [(String, Int)]) -> [(name: String, value: Value)] {
    pairs.compactMap { name, place in a[place].isGiven && !a[place].isNone ? (name, a[place]) : nil }
  }

  private static func run(_ a: Arguments, _ first: [Value], _ keywords: [(name: String, value: Value)]) throws -> Value {
    let module = try a.receiver(TorchModule.self)
    var x = first[0]
    for layer in layers(module) {
      x = try a.machine.call(layer, [x] + first.dropFirst(), keywords: keywords)
    }
    if let norm = module.modules["norm"], !norm.isNone { x = try a.machine.call(norm, [x]) }
    return x
  }

  static let encoder = TypeTable(
    "TransformerEncoder", module: module, doc: "Copies of an encoder's block in a row.", base: TorchModule.table,
    methods: [
      Native("__init__(self, encoder_layer, num_layers, norm=None, enable_nested_tensor=True, mask_check=True)", "Copies of a block.", example: "torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(8, 2, 16), 2)") { a in
        try stack(a)
        return .none
      },
      Native("forward(self, src, mask=None, src_key_padding_mask=None, is_causal=None)", "What the last block gives.") { a in
        try run(a, [a[1]], given(a, [("src_mask", 2), ("src_key_padding_mask", 3)]))
      },
    ])

  static let decoder = TypeTable(
    "TransformerDecoder", module: module, doc: "Copies of a decoder's block in a row.", base: TorchModule.table,
    methods: [
      Native("__init__(self, decoder_layer, num_layers, norm=None)", "Copies of a block.", example: "torch.nn.TransformerDecoder(torch.nn.TransformerDecoderLayer(8, 2, 16), 2)") { a in
        try stack(a)
        return .none
      },
      Native("forward(self, tgt, memory, tgt_mask=None, memory_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, tgt_is_causal=None, memory_is_causal=False)", "What the last block gives.") { a in
        try run(
          a, [a[1], a[2]],
          given(a, [
            ("tgt_mask", 3), ("memory_mask", 4), ("tgt_key_padding_mask", 5), ("memory_key_padding_mask", 6),
          ]))
      },
    ])

  static let transformer = TypeTable(
    "Transformer", module: module, doc: "An encoder and a decoder. (Vaswani et al. 2017)", base: TorchModule.table,
    statics: [
      Native("generate_square_subsequent_mask(sz, device=None, dtype=None)", "Minus infinity above the diagonal: no place looks behind itself.", example: "torch.nn.Transformer.generate_square_subsequent_mask(3)") { a in
        let size = try a.int(0)
        guard size >= 0 else { throw Raise(.runtimeError, "the size of a mask must not be negative") }
        let dtype = try a.optionalDType(2, .torch) ?? a.machine.tensorTypes.defaultDType
        return a.machine.torchValue(
          try Tensor.full([size, size], .double(-.infinity), dtype: dtype).triu(1))
      }
    ],
    methods: [
      Native("__init__(self, d_model=512, nhead=8, num_encoder_layers=6, num_decoder_layers=6, dim_feedforward=2048, dropout=0.1, activation=..., custom_encoder=None, custom_decoder=None, layer_norm_eps=1e-05, batch_first=False, norm_first=False, bias=True, device=None, dtype=None)", "An encoder and a decoder of so many blocks.", example: "torch.nn.Transformer(8, 2, 1, 1, 16)") { a in
        try make(a)
        return .none
      },
      Native("forward(self, src, tgt, src_mask=None, tgt_mask=None, memory_mask=None, src_key_padding_mask=None, tgt_key_padding_mask=None, memory_key_padding_mask=None, src_is_causal=None, tgt_is_causal=None, memory_is_causal=False)", "What the decoder gives.") { a in
        let module = try a.receiver(TorchModule.self)
        if let x = a[1].asTensorObject?.tensor, let y = a[2].asTensorObject?.tensor, x.rank == 3, y.rank == 3 {
          let batch = module.own("batch_first")?.asInt == 1 ? 0 : 1
          guard x.shape[batch] == y.shape[batch] else {
            throw Raise(.runtimeError, "the batch number of src and tgt must be equal")
          }
          guard x.shape[2] == module.own("d_model")?.asInt, y.shape[2] == x.shape[2] else {
            throw Raise(.runtimeError, "the feature number of src and tgt must be equal to d_model")
          }
        }
        guard let encoder = module.modules["encoder"], let decoder = module.modules["decoder"] else {
          throw TorchLayerRow.notReady(module)
        }
        let memory = try a.machine.call(
          encoder, [a[1]], keywords: given(a, [("mask", 3), ("src_key_padding_mask", 6)]))
        return try a.machine.call(
          decoder, [a[2], memory],
          keywords: given(a, [
            ("tgt_mask", 4), ("memory_mask", 5), ("tgt_key_padding_mask", 7), ("memory_key_padding_mask", 8),
          ]))
      },
    ])

  private static func make(_ a: Arguments) throws {
    let module = try a.receiver(TorchModule.self)
    module.isReady = true
    let machine = a.machine
    let nn = try machine.importModule("torch.nn", first: false)
    var settings: [(name: String, value: Value)] = [
      ("dim_feedforward", a[5]), ("dropout", a[6]), ("layer_norm_eps", a[10]), ("batch_first", a[11]),
      ("norm_first", a[12]), ("bias", a[13]), ("dtype", a[15]),
    ]
    if a[7].isGiven { settings.append(("activation", a[7])) }
    func norm() throws -> Value {
      try machine.call(
        machine.attribute(nn, "LayerNorm"), [a[1]],
        keywords: [("eps", a[10]), ("bias", a[13]), ("dtype", a[15])])
    }
    func part(_ name: String, _ count: Value, _ custom: Value) throws -> Value {
      if !custom.isNone { return custom }
      let block = try machine.call(
        machine.attribute(nn, "Transformer\(name)Layer"), [a[1], a[2]], keywords: settings)
      return try machine.call(machine.attribute(nn, "Transformer\(name)"), [block, count, norm()])
    }
    module.modules["encoder"] = try part("Encoder", a[3], a[8])
    module.modules["decoder"] = try part("Decoder", a[4], a[9])
    for (name, place) in [("d_model", 1), ("nhead", 2), ("batch_first", 11)] { module.setOwn(name, a[place]) }
    try noGrad {
      for (_, object) in module.members(.parameters) where object.tensor.rank > 1 {
        let (rows, columns) = (object.tensor.shape[0], object.tensor.shape[1])
        let bound = (6 / Double(max(1, rows + columns))).squareRoot()
        try object.tensor.uniform(inPlace: -bound, bound)
      }
    }
  }
}
