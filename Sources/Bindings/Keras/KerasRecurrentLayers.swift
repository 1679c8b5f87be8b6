import Language
import NeuralNetworks
import TensorCore

/// The layers over time and of attention.
extension KerasLayers {
  private static func parameters(_ kind: KerasRecurrentCell.Kind, cell: Bool) -> String {
    let gate = kind == .simple ? "" : "recurrent_activation='sigmoid', "
    let forget = kind == .lstm ? "unit_forget_bias=True, " : ""
    let reset = kind == .gru ? ", reset_after=True" : ""
    let layer = ", return_sequences=False, return_state=False, go_backwards=False, stateful=False, "
      + "unroll=False, use_cudnn='auto'"
    return "units, activation='tanh', \(gate)use_bias=True, kernel_initializer='glorot_uniform', "
      + "recurrent_initializer='orthogonal', bias_initializer='zeros', \(forget)"
      + "kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, "
      + "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, "
      + "recurrent_dropout=0.0, seed=None" + (cell ? "" : layer) + reset
  }

  private static func cell(_ kind: KerasRecurrentCell.Kind, _ n: KerasNamed) throws -> KerasRecurrentCell {
    KerasRecurrentCell(
      kind, units: try n.positive("units"), activation: try n.activation() ?? .linear,
      gate: kind == .simple ? .linear : try n.activation("recurrent_activation") ?? .linear,
      bias: try n.bool("use_bias"), kernel: try n.rule("kernel"), recurrent: try n.rule("recurrent"),
      biasRule: try n.rule("bias"), resetsAfter: kind == .gru ? try n.bool("reset_after") : true,
      forgets: kind == .lstm ? try n.bool("unit_forget_bias") : false,
      dropout: try n.double("dropout"), recurrentDropout: try n.double("recurrent_dropout"))
  }

  private static func over(_ kind: KerasRecurrentCell.Kind) -> TypeTable {
    layer(
      kind.rawValue, "A \(kind.rawValue) over time: (batch, time, features) becomes (batch, units).",
      parameters(kind, cell: false), example: "keras.layers.\(kind.rawValue)(32)"
    ) { n in
      let unit = RecurrentUnit(
        [try cell(kind, n)], returnsSequences: try n.bool("return_sequences"),
        returnsState: try n.bool("return_state"), goesBackwards: try n.bool("go_backwards"))
      unit.isStateful = try n.bool("stateful")
      return unit
    }
  }

  private static func single(_ kind: KerasRecurrentCell.Kind) -> TypeTable {
    layer(
      kind.rawValue == "SimpleRNN" ? "SimpleRNNCell" : kind.rawValue + "Cell",
      "One step of a \(kind.rawValue): for keras.layers.RNN.", parameters(kind, cell: true),
      example: "keras.layers.RNN(keras.layers.LSTMCell(4))"
    ) { n in try cell(kind, n) }
  }

  /// The layer that an argument is.
  private static func wrapped(_ n: KerasNamed, _ name: String) throws -> KerasLayer {
    guard let layer = n[name].asInstance as? KerasLayer else {
      throw Raise(
        .valueError,
        "Please initialize the wrapper with a Keras `Layer` instance. Received: "
          + "\(name)=\(try n.machine.repr(n[name]))")
    }
    return layer
  }

  static let recurrent: [TypeTable] = [
    over(.simple), over(.lstm), over(.gru), single(.simple), single(.lstm), single(.gru),
    layer(
      "RNN", "A cell, or several above each other, over time.",
      "cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, "
        + "unroll=False, zero_output_for_mask=False",
      example: "keras.layers.RNN([keras.layers.LSTMCell(4), keras.layers.LSTMCell(2)])"
    ) { n in
      let given = n["cell"].asList?.items ?? n["cell"].asTuple?.items ?? [n["cell"]]
      let cells = try given.map { value -> KerasRecurrentCell in
        guard let cell = (value.asInstance as? KerasLayer)?.unit as? KerasRecurrentCell else {
          throw Raise(
            .valueError,
            "RNN takes cells of keras.layers (SimpleRNNCell, LSTMCell, GRUCell), got "
              + (try n.machine.repr(value)))
        }
        return cell
      }
      return RecurrentUnit(
        cells, returnsSequences: try n.bool("return_sequences"),
        returnsState: try n.bool("return_state"), goesBackwards: try n.bool("go_backwards"))
    },
    layer(
      "Bidirectional", "A recurrent layer and another from the end, joined.",
      "layer, merge_mode='concat', weights=None, backward_layer=None",
      example: "keras.layers.Bidirectional(keras.layers.LSTM(8))",
      allocate: { KerasBidirectional($0) },
      then: { n, layer in (layer as? KerasBidirectional)?.nameParts(n) }
    ) { n in
      let forward = try wrapped(n, "layer")
      guard let unit = forward.unit as? RecurrentUnit else {
        throw Raise(
          .valueError,
          "Bidirectional takes a recurrent layer (SimpleRNN, LSTM, GRU), got \(forward.shownType)")
      }
      let mode = n.has("merge_mode")
        ? try n.choice("merge_mode", ["sum", "mul", "concat", "ave"]) : "none"
      let backward: KerasUnit
      if n.has("backward_layer"), let own = try wrapped(n, "backward_layer").unit {
        backward = own
      } else {
        // The same settings, with weights of its own and time turned around.
        var keywords = forward.config.filter { $0.name != "go_backwards" && !$0.value.isUndefined }
          .map { (name: $0.name, value: $0.value) }
        keywords.append(("go_backwards", .bool(!unit.goesBackwards)))
        keywords.append(("name", .string("backward_" + forward.name)))
        let made = try n.machine.call(.object(forward.type), [], keywords: keywords)
        guard let copy = (made.asInstance as? KerasLayer)?.unit else { return nil }
        backward = copy
      }
      return BidirectionalUnit(
        forward: unit, backward: backward, merge: .init(rawValue: mode) ?? .none,
        returnsSequences: unit.returnsSequences)
    },
    layer(
      "TimeDistributed", "A layer for each step of time.", "layer",
      example: "keras.layers.TimeDistributed(keras.layers.Dense(4))",
      allocate: { KerasTimeDistributed($0) }
    ) { n in
      let inner = try wrapped(n, "layer")
      return inner.unit.map { TimeDistributedUnit($0) }
    },
  ]

  // MARK: - Attention

  static let attentions: [TypeTable] = [
    layer(
      "MultiHeadAttention", "Attention with several heads: called with query, value and key.",
      "num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, "
        + "attention_axes=None, flash_attention=None, kernel_initializer='glorot_uniform', "
        + "bias_initializer='zeros', kernel_regularizer=None, bias_regularizer=None, "
        + "kernel_constraint=None, bias_constraint=None, use_gate=False, seed=None",
      example: "keras.layers.MultiHeadAttention(num_heads=2, key_dim=8)",
      allocate: { KerasAttention($0) }
    ) { n in
      MultiHeadAttentionUnit(
        heads: try n.positive("num_heads"), keySize: try n.positive("key_dim"),
        valueSize: n.has("value_dim") ? try n.positive("value_dim") : nil,
        bias: try n.bool("use_bias"),
        outputSize: n.has("output_shape")
          ? (try KerasShape.read(n["output_shape"], n.machine, "MultiHeadAttention").last ?? nil) : nil,
        dropout: try n.double("dropout"), kernel: try n.rule("kernel"), biasRule: try n.rule("bias"))
    },
    layer(
      "Attention", "Attention by products: called with [query, value] or [query, value, key].",
      "use_scale=False, score_mode='dot', dropout=0.0, seed=None",
      example: "keras.layers.Attention()", allocate: { KerasAttention($0) }
    ) { n in
      PlainAttentionUnit(
        additive: false, scale: try n.bool("use_scale"),
        concat: try n.choice("score_mode", ["dot", "concat"]) == "concat", dropout: try n.double("dropout"))
    },
    layer(
      "AdditiveAttention", "Attention by sums: called with [query, value] or [query, value, key].",
      "use_scale=True, dropout=0.0, seed=None", example: "keras.layers.AdditiveAttention()",
      allocate: { KerasAttention($0) }
    ) { n in
      PlainAttentionUnit(
        additive: true, scale: try n.bool("use_scale"), concat: false, dropout: try n.double("dropout"))
    },
  ]
}

/// `Bidirectional`: the parts keep the names that Keras gives them.
final class KerasBidirectional: KerasLayer {
  private var inner = "lstm"

  func nameParts(_ n: KerasNamed) {
    inner = (n["layer"].asInstance as? KerasLayer)?.name ?? "lstm"
    // Keras gives the wrapper the name of the layer in it only through auto names.
  }

  override func namePaths(_ unit: KerasUnit, _ prefix: String) {
    for (part, side) in unit.parts {
      let step = "\(prefix)/\(part)_\(inner)"
      for (_, cell) in side.parts {
        let kind = (cell as? KerasRecurrentCell)?.kind.rawValue ?? "RNN"
        for weight in cell.weights {
          weight.path = "\(step)/\(KerasNames.snakeCase(kind))_cell/\(weight.name)"
        }
      }
    }
  }
}

/// `TimeDistributed`: layers of the program run step by step.
final class KerasTimeDistributed: KerasLayer {
  private var inner: KerasLayer? {
    config.first { $0.name == "layer" }?.value.asInstance as? KerasLayer
  }

  override var ownParts: [KerasLayer] { unit == nil ? [inner].compactMap { $0 } : [] }

  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    if unit != nil { return try super.run(arguments, keywords, machine) }
    guard let inner, let first = arguments.first else { throw notMade }
    let x = try inputTensor(first, machine)
    guard x.rank >= 3 else {
      throw Raise(
        .valueError,
        "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, "
          + "received: \(KerasShape.text(x.shape.map { $0 }))")
    }
    let (batch, time) = (x.shape[0], x.shape[1])
    let flat = try x.reshape([batch * time] + x.shape.dropFirst(2))
    let result = try inner.invoke([machine.kerasValue(flat)], [], machine)
    return try KerasTree.map(result) { value in
      let y = try machine.kerasTensor(value)
      return machine.kerasValue(try y.reshape([batch, time] + y.shape.dropFirst()))
    }
  }
}

/// Attention: several inputs, masks and the weights on demand.
final class KerasAttention: KerasLayer {
  override func buildArgument(_ arguments: [Value]) -> Value {
    arguments.count > 1 ? .list(arguments.filter { !$0.isNone }) : arguments.first ?? .none
  }

  override func needsProbe(_ keywords: [(name: String, value: Value)]) -> Bool {
    keywords.contains {
      ["return_attention_scores", "query_mask", "value_mask", "key_mask", "attention_mask"].contains($0.name)
    }
  }

  override func run(
    _ arguments: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    var named: [String: Value] = [:]
    for (name, value) in keywords {
      let known = [
        "query", "value", "key", "query_mask", "value_mask", "key_mask", "attention_mask", "mask",
        "return_attention_scores", "use_causal_mask",
      ]
      guard known.contains(name) else {
        throw Raise(.typeError, "\(shownType).call() got an unexpected keyword argument '\(name)'",
          hint: Suggestion.nearest(to: name, among: known).map { "Did you mean '\($0)'?" })
      }
      named[name] = value
    }
    let isTraining = machine.keras.training ?? false
    let wantsScores = try named["return_attention_scores"].map { try machine.truth($0) } ?? false
    let isCausal = try named["use_causal_mask"].map { try machine.truth($0) } ?? false
    func mask(_ value: Value?) throws -> Tensor? {
      guard let value, !value.isNone else { return nil }
      return try machine.tensorflowTensor(value)
    }
    func carried(_ value: Value) -> Tensor? { (value.asTensorObject?.attachment as? KerasMask)?.mask }
    let result: (output: Tensor, scores: Tensor)
    if let unit = unit as? MultiHeadAttentionUnit {
      let items = arguments + ["query", "value", "key"].dropFirst(arguments.count).compactMap { named[$0] }
      guard items.count >= 2 else {
        throw Raise(
          .typeError, "MultiHeadAttention.call() missing 1 required positional argument: 'value'",
          hint: "self-attention is layer(x, x)")
      }
      let query = try inputTensor(items[0], machine)
      let value = try inputTensor(items[1], machine)
      let key = items.count > 2 && !items[2].isNone ? try inputTensor(items[2], machine) : value
      var allowed = try mask(named["attention_mask"])?.to(.float32)
      func join(_ other: Tensor) throws { allowed = try allowed.map { try $0.multiplied(by: other) } ?? other }
      if let m = try mask(named["query_mask"]) ?? carried(items[0]) { try join(m.to(.float32).unsqueeze(-1)) }
      if let m = try mask(named["value_mask"]) ?? carried(items[1]) { try join(m.to(.float32).unsqueeze(-2)) }
      if let m = try mask(named["key_mask"]) { try join(m.to(.float32).unsqueeze(-2)) }
      if isCausal { try join(Tensor.ones([1, query.shape[1], value.shape[1]]).tril()) }
      result = try explained {
        try unit.attend(query, value, key, mask: allowed, isTraining: isTraining)
      }
    } else if let unit = unit as? PlainAttentionUnit {
      let leaves = KerasTree.leaves(arguments.first ?? .none)
      let items = try leaves.map { try inputTensor($0, machine) }
      guard items.count >= 2 else {
        throw Raise(
          .valueError,
          "\(shownType) layer must be called on a list of inputs, namely [query, value] or "
            + "[query, value, key]. Received: \(items.count) input(s).")
      }
      var masks = leaves.map(carried)
      if let given = named["mask"], !given.isNone {
        masks = try machine.array(given).map { try mask($0) }
      }
      result = try explained {
        try unit.attend(
          items[0], items[1], items.count > 2 ? items[2] : items[1], masks: masks, causal: isCausal,
          isTraining: isTraining)
      }
    } else {
      throw notMade
    }
    let output = machine.kerasValue(result.output)
    return wantsScores ? .tuple([output, machine.kerasValue(result.scores)]) : output
  }
}
