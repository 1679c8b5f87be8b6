import Language
import NeuralNetworks
import TensorCore

/// `nn.RNN`, `nn.LSTM`, `nn.GRU` and their cells.
enum TorchRecurrentLayers {
  static let rows: [TorchLayerRow] = [
    layer("RNN", .simple), layer("LSTM", .lstm), layer("GRU", gru), cell("RNNCell", .simple),
    cell("LSTMCell", .lstm), cell("GRUCell", gru),
  ]

  private static let gru = RecurrentStep.Kind.gru(order: .resetUpdateNew, resetAfter: true)
  private static let module = "torch.nn.modules.rnn"

  private static func activation(_ a: Arguments, _ index: Int) throws -> Activation {
    switch a[index].isGiven ? try a.string(index) : "tanh" {
    case "tanh": return .tanh
    case "relu": return .relu
    case let other:
      throw Raise(
        .valueError, "Unknown nonlinearity '\(other)'. Select from 'tanh' or 'relu'.")
    }
  }

  private static func text(_ view: TorchLayerView) throws -> String {
    var text = "\(try view["input_size"]), \(try view["hidden_size"])"
    if let size = view.value("proj_size").asInt, size != 0 { text += ", proj_size=\(size)" }
    if view.value("num_layers").asInt != 1 { text += ", num_layers=\(try view["num_layers"])" }
    if !view.isTrue("bias") { text += ", bias=False" }
    if view.isTrue("batch_first") { text += ", batch_first=True" }
    if view.value("dropout").asDouble != 0 { text += ", dropout=\(try view["dropout"])" }
    if view.isTrue("bidirectional") { text += ", bidirectional=True" }
    return text
  }

  private static func layer(_ name: String, _ step: RecurrentStep.Kind) -> TorchLayerRow {
    let rest = "num_layers=1, " + (name == "RNN" ? "nonlinearity='tanh', " : "")
      + "bias=True, batch_first=False, dropout=0.0, bidirectional=False"
      + (name == "LSTM" ? ", proj_size=0" : "") + ", device=None, dtype=None"
    return TorchLayerRow(
      name, "input_size, hidden_size, " + rest, "A recurrent layer over sequences.",
      example: "torch.nn.\(name)(3, 4)", module: module,
      attributes: ["input_size", "hidden_size", "num_layers", "bias", "batch_first", "dropout", "bidirectional", "nonlinearity"],
      more: { a, layer in
        [("mode", .string(name == "RNN" ? "RNN_TANH" : name)), ("proj_size", .int((layer as? RecurrentLayer)?.projected ?? 0))]
      },
      text: text,
      update: { layer, module in
        if let p = module.own("dropout")?.asDouble { (layer as? RecurrentLayer)?.dropout = p }
      },
      forward: ("input, hx=None", { module, a in try run(module, a, name) }),
      properties: [
        NativeProperty("all_weights", "The parameters layer by layer.") { value, _ in
          guard let module = value.asInstance as? TorchModule else { return .none }
          var groups: [(String, [Value])] = []
          for pair in module.parameters.pairs {
            guard let name = pair.key.swiftString, let point = name.range(of: "_l") else { continue }
            let suffix = String(name[point.lowerBound...])
            if let i = groups.firstIndex(where: { $0.0 == suffix }) {
              groups[i].1.append(pair.value)
            } else {
              groups.append((suffix, [pair.value]))
            }
          }
          return .list(groups.map { .list($0.1) })
        }
      ],
      methods: [
        Native("flatten_parameters(self)", "Nothing changes: parameters need no other layout here.") { _ in .none }
      ]
    ) { a in
      let place = a.place
      return try RecurrentLayer(
        step, a.int(1), a.int(2), layers: a.int(3), bias: a.bool(place("bias")),
        batchFirst: a.bool(place("batch_first")), dropout: a.double(place("dropout")),
        isBidirectional: a.bool(place("bidirectional")),
        projected: name == "LSTM" ? a.int(place("proj_size")) : 0,
        activation: activation(a, place("nonlinearity")), kind: name, dtype: a.layerDType())
    }
  }

  private static func states(_ value: Value, _ kind: String, _ machine: Machine) throws -> [Tensor]? {
    if value.isNone { return nil }
    let items = kind.hasPrefix("LSTM") ? try machine.array(value) : [value]
    guard items.count == (kind.hasPrefix("LSTM") ? 2 : 1) else {
      throw Raise(
        .valueError, "not enough values to unpack (expected 2, got \(items.count))",
        hint: "the states of an LSTM are a pair (h_0, c_0)")
    }
    return try items.map { item in
      guard let tensor = item.asTensorObject?.tensor else {
        throw Raise(
          .typeError, "\(kind): states must be Tensors, got \(machine.typeName(item))")
      }
      return tensor
    }
  }

  private static func run(_ module: TorchModule, _ a: Arguments, _ name: String) throws -> Value {
    guard let layer = module.layer as? RecurrentLayer else { throw TorchLayerRow.notReady(module) }
    if let packed = a[1].asInstance as? TorchPackedSequence {
      return try packed.run(layer, states(a[2], name, a.machine), name, a.machine)
    }
    let result = try layer.run(a.torchTensor(1), states(a[2], name, a.machine))
    let ends = result.states.map { a.machine.torchValue($0) }
    return .tuple([a.machine.torchValue(result.output), name == "LSTM" ? .tuple(ends) : ends[0]])
  }

  private static func cell(_ name: String, _ step: RecurrentStep.Kind) -> TorchLayerRow {
    let rest = name == "RNNCell" ? ", bias=True, nonlinearity='tanh', device=None, dtype=None"
      : ", bias=True, device=None, dtype=None"
    return TorchLayerRow(
      name, "input_size, hidden_size" + rest, "One step of a recurrent layer.",
      example: "torch.nn.\(name)(3, 4)", module: module,
      attributes: ["input_size", "hidden_size", "bias", "nonlinearity"],
      text: { view in
        var text = "\(try view["input_size"]), \(try view["hidden_size"])"
        if !view.isTrue("bias") { text += ", bias=False" }
        if let kind = view.value("nonlinearity").swiftString, kind != "tanh" { text += ", nonlinearity=\(kind)" }
        return text
      },
      forward: ("input, hx=None", { module, a in
        guard let layer = module.layer as? RecurrentCell else { throw TorchLayerRow.notReady(module) }
        let result = try layer.run(a.torchTensor(1), states(a[2], name, a.machine))
        let values = result.map { a.machine.torchValue($0) }
        return name == "LSTMCell" ? .tuple(values) : values[0]
      })
    ) { a in
      try RecurrentCell(
        step, a.int(1), a.int(2), bias: a.bool(3), activation: activation(a, a.place("nonlinearity")),
        kind: name, dtype: a.layerDType())
    }
  }
}
