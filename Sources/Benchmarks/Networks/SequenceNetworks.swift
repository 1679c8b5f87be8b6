import NeuralNetworks
import TensorCore

extension Workload {
  /// `lstm`: a step on 32 rows of 100 tokens; `bert`: a masked-language step on 8 rows of 128, with all
  /// logits; `bert_infer`: its forward pass; `gpt`: 128 tokens after a prompt of 16, keys and values
  /// kept.
  static var sequences: [Workload] { [lstm, bert, bertForward, gpt] }

  /// The rows of the batch of this number, around and around.
  private static func batch(_ x: Tensor, _ step: Int, _ size: Int) throws -> Tensor {
    try x.narrow(0, start: step * size % x.shape[0], length: size)
  }

  private static var lstm: Workload {
    Workload(name: "lstm", work: 32, unit: "Gsample/s", repetitions: 1) {
      let tokens = try integers(41, below: 10000, [1024, 100])
      let first = try tokens.select(1, 0)
      let classes = try TensorCore.Comparison.less(first, .int(5000)).to(.int64)
      let embedding = try Embedding(10000, 128)
      let layer = try RecurrentLayer(.lstm, 128, 64, batchFirst: true, kind: "LSTM")
      let head = try Linear(64, 2)
      let optimizer = try Adam(embedding.parameters + layer.parameters + head.parameters)
      let loss = CrossEntropy()
      var step = 0
      return {
        optimizer.zeroGrad()
        let hidden = try layer(embedding(batch(tokens, step, 32)))  // [32, 100, 64]
        let value = try loss(
          head(hidden.select(1, -1)), batch(classes, step, 32), weights: nil)
        try value.backward()
        try optimizer.step()
        step += 1
      }
    }
  }

  private static func maskedTokens() throws -> (tokens: Tensor, targets: Tensor) {
    let tokens = try integers(51, below: 7998, [64, 128]) + .int(2)
    let masked = try TensorCore.Comparison.less(uniform(52, [64, 128]), .double(0.15))
    return (
      try Tensor.where(masked, .int(1), tokens), try Tensor.where(masked, tokens, .int(-100))
    )
  }

  private static var bert: Workload {
    Workload(name: "bert", work: 8, unit: "Gsample/s", repetitions: 1) {
      let (tokens, targets) = try maskedTokens()
      let model = try TransformerModel(isCausal: false)
      let optimizer = try Adam(
        model.parameters, learningRate: 1e-4, weightDecay: 0.01, decoupled: true)
      let loss = CrossEntropy()
      var step = 0
      return {
        optimizer.zeroGrad()
        let logits = try model(batch(tokens, step, 8)).reshape([-1, TransformerModel.vocabulary])
        let value = try loss(logits, batch(targets, step, 8).reshape([-1]), weights: nil)
        try value.backward()
        try optimizer.step()
        step += 1
      }
    }
  }

  private static var bertForward: Workload {
    Workload(name: "bert_infer", work: 8, unit: "Gsample/s", repetitions: 1) {
      let (tokens, _) = try maskedTokens()
      let model = try TransformerModel(isCausal: false)
      model.eval()
      var step = 0
      return {
        try noGrad { _ = try model(batch(tokens, step, 8)) }
        step += 1
      }
    }
  }

  private static var gpt: Workload {
    Workload(name: "gpt", work: 1, unit: "Gtoken/s", repetitions: 128) {
      let prompt = try integers(61, below: 8000, [1, 16])
      let model = try TransformerModel(isCausal: true)
      model.eval()
      return {
        try noGrad {
          var kept = [TransformerModel.Kept?](repeating: nil, count: TransformerModel.layers)
          var token = prompt
          var place = 0
          for _ in 0..<128 {
            let logits = try model.run(token, &kept, at: place)  // [1, time, vocabulary]
            place += token.shape[1]
            token = try logits.select(1, -1).argmax(axis: -1, keepDims: true)
            _ = try token.item()
          }
        }
      }
    }
  }
}

/// The transformer of `bert` (norm behind each part) and `gpt` (before, causal): 4 layers of 256
/// numbers with 4 heads, 8000 tokens, weights N(0, 0.02).
private final class TransformerModel: Module {
  static let (size, heads, layers, vocabulary, places) = (256, 4, 4, 8000, 256)

  /// Keys and values so far, [batch, heads, time, size / heads].
  typealias Kept = (keys: Tensor, values: Tensor)

  private final class Block: Module {
    let (projection, output, first, second): (Linear, Linear, Linear, Linear)
    let (norm1, norm2): (LayerNorm, LayerNorm)
    let isCausal: Bool

    init(isCausal: Bool) throws {
      self.isCausal = isCausal
      projection = try Linear(size, 3 * size)
      output = try Linear(size, size)
      norm1 = try LayerNorm([size])
      first = try Linear(size, 4 * size)
      second = try Linear(4 * size, size)
      norm2 = try LayerNorm([size])
      super.init()
      for (name, part) in [
        ("qkv", projection), ("o", output), ("n1", norm1), ("f1", first), ("f2", second),
        ("n2", norm2),
      ] as [(String, Module)] { register(child: part, named: name) }
    }

    func run(_ x: Tensor, _ kept: inout Kept?) throws -> Tensor {
      let (batch, time) = (x.shape[0], x.shape[1])
      let parts = try projection(isCausal ? norm1(x) : x).split(size, axis: -1).map {
        try $0.reshape([batch, time, heads, size / heads]).transpose(1, 2)
      }
      var (keys, values) = (parts[1], parts[2])
      if let before = kept {
        keys = try Tensor.cat([before.keys, keys], axis: 2)
        values = try Tensor.cat([before.values, values], axis: 2)
      }
      if isCausal { kept = (keys, values) }
      let mixed = try parts[0].attention(keys, values, isCausal: isCausal && time > 1).values
        .transpose(1, 2).reshape([batch, time, size])
      let attended = try output(mixed)
      func wide(_ x: Tensor) throws -> Tensor { try second(first(x).gelu(approximately: true)) }
      if isCausal {
        let y = try x + attended
        return try y + wide(norm2(y))
      }
      let y = try norm1(x + attended)
      return try norm2(y + wide(y))
    }
  }

  private let blocks: [Block]
  private let (tokens, positions): (Embedding, Embedding)
  private let norm: LayerNorm
  private let head: Linear
  private let isCausal: Bool

  init(isCausal: Bool) throws {
    self.isCausal = isCausal
    tokens = try Embedding(Self.vocabulary, Self.size)
    positions = try Embedding(Self.places, Self.size)
    norm = try LayerNorm([Self.size])
    blocks = try (0..<Self.layers).map { _ in try Block(isCausal: isCausal) }
    head = try Linear(Self.size, Self.vocabulary)
    super.init()
    register(child: tokens, named: "te")
    register(child: positions, named: "pe")
    register(child: norm, named: "ln")
    for (i, block) in blocks.enumerated() { register(child: block, named: "b.\(i)") }
    register(child: head, named: "head")
    try noGrad {
      for parameter in parameters where parameter.rank > 1 { try parameter.normal(inPlace: 0, 0.02) }
    }
  }

  override func forward(_ input: Tensor) throws -> Tensor {
    var kept = [Kept?](repeating: nil, count: blocks.count)
    return try run(input, &kept, at: 0)
  }

  func run(_ input: Tensor, _ kept: inout [Kept?], at place: Int) throws -> Tensor {
    let places = try Tensor.arange(.int(place), .int(place + input.shape[1]))
    var x = try tokens(input) + positions(places)
    if !isCausal { x = try norm(x) }
    for (i, block) in blocks.enumerated() { x = try block.run(x, &kept[i]) }
    if isCausal { x = try norm(x) }
    return try head(x)
  }
}
