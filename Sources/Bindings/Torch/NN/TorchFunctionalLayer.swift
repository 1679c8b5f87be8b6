import Language
import NeuralNetworks
import TensorCore

/// Layers without parameters are a function of `torch.nn.functional` with some arguments kept.
enum TorchFunctionalLayer {
  /// - Parameters:
  ///   - function: the name in `torch.nn.functional`.
  ///   - inputs: what `forward` takes.
  ///   - passing: the attributes that the function gets by keyword: the function's parameter, and the
  ///     attribute where it has another name.
  static func row(
    _ name: String, _ parameters: String, _ doc: String, module: String, function: String,
    inputs: String = "input", passing: [(parameter: String, attribute: String)] = [],
    attributes: [String]? = nil, more: TorchLayerRow.Attributes? = nil, example: String? = nil,
    base: TypeTable? = nil, trains: Bool = false, buffers: [String] = [],
    text: @escaping (TorchLayerView) throws -> String = { _ in "" }
  ) -> TorchLayerRow {
    let kept = attributes ?? TorchFunctionalLayer.names(parameters)
    return TorchLayerRow(
      name, parameters, doc, example: example, module: module, base: base, attributes: kept, more: more,
      text: text,
      forward: (inputs, { module, a in
        let machine = a.machine
        var keywords: [(name: String, value: Value)] = []
        for (parameter, attribute) in passing {
          guard let value = module.own(attribute) ?? module.registered(attribute) else { continue }
          keywords.append((parameter, value))
        }
        if trains { keywords.append(("training", .bool(module.isTraining))) }
        let given = (1..<a.count).map { a[$0] }.filter(\.isGiven)
        let door = try machine.importModule("torch.nn.functional", first: false)
        return try machine.call(machine.attribute(door, function), given, keywords: keywords)
      })
    ) { a in
      let layer = FunctionLayer(name) { $0 }
      for name in buffers {
        if let tensor = try a.optionalTensor(a.place(name)) {
          layer.register(buffer: tensor.detach(), named: name)
        }
      }
      return layer
    }
  }

  /// The names of parameters in a signature.
  static func names(_ parameters: String) -> [String] {
    parameters.split(separator: ",").compactMap { part in
      let name = part.prefix { $0 != "=" && $0 != ":" }.filter { !$0.isWhitespace }
      return name.isEmpty || name.hasPrefix("*") || name == "size_average" || name == "reduce"
        ? nil : String(name)
    }
  }
}
