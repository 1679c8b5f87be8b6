import Language
import NeuralNetworks

/// Errors of models and their data: Keras's sentence, and below it the layers one by one with the
/// place that does not fit.
enum KerasErrors {
  static func translate(_ error: NeuralNetworkError, _ layer: KerasLayer?) -> Raise {
    switch error {
    case .layersDoNotFit(let table):
      Raise(.valueError, "the layers do not fit together", hint: table)
    case .argument(_, let message): Raise(.valueError, message)
    case .data, .state, .notBuilt: Raise(.valueError, error.description)
    }
  }

  /// An error of a layer in a row, with the table of the layers up to it.
  static func withTable(
    _ raise: Raise, _ model: KerasSequential, _ input: OpenShape, clash: KerasLayer, _ machine: Machine
  ) -> Raise {
    guard case .builtin(.valueError, _) = raise.content else { return raise }
    let table = Self.table(model, input: input, clash: clash)
    raise.hint = raise.hint.map { table + "\n" + $0 } ?? table
    return raise
  }

  /// Data that is not what the model was built for.
  static func wrongInput(_ model: KerasModel, expected: OpenShape, found: [Int]) -> Raise {
    let given: OpenShape = [nil] + found.dropFirst().map { $0 }
    let (have, want) = (found.dropFirst().reduce(1, *), width(expected))
    var fix = "the model takes \(KerasShape.text(expected)), the data is \(KerasShape.text(found.map { $0 }))"
    if expected.count == 2, found.count > 2, have == want {
      fix += ": x.reshape(len(x), \(have)) makes rows of it, or begin the model with Flatten()"
    } else if expected.count == 2, found.count == 1, have == 1 {
      fix += ": x.reshape(1, -1) makes one row of one sample"
    } else if expected.count == 4, found.count == 3 {
      fix += ": x[..., None] adds the axis of the channels"
    } else if expected.count == 2, let size = expected.last ?? nil {
      fix += ": give \(size) columns, or make the model for \(have) inputs"
    } else {
      fix += ": reshape the data, or change the Input of the model"
    }
    let first = model.shownLayers.first { !($0 is KerasInputLayer) }
    let table = (model as? KerasSequential).map { Self.table($0, input: given, clash: first) + "\n" } ?? ""
    return Raise(
      .valueError,
      "Input 0 of layer \"\(model.name)\" is incompatible with the layer: expected "
        + "shape=\(KerasShape.text(expected)), found shape=\(KerasShape.text(found.map { $0 }))",
      hint: table + fix)
  }

  private static func width(_ shape: OpenShape) -> Int? {
    var result = 1
    for size in shape.dropFirst() {
      guard let size else { return nil }
      result *= size
    }
    return result
  }

  /// The layers with what they take and give, up to the one that does not fit.
  ///
  ///       layer              takes         gives
  ///     0 flatten (Flatten)  (None, 8, 8)  (None, 64)
  ///     1 dense (Dense)      (None, 64)    <- takes (None, 30)
  static func table(_ model: KerasSequential, input: OpenShape, clash: KerasLayer?) -> String {
    var rows: [[String]] = [["", "layer", "takes", "gives"]]
    var shape = input
    for (place, layer) in model.layers.enumerated() {
      let name = "\(layer.name) (\(layer.shownType))"
      if layer === clash {
        let needs = layer.builtShapes.first.map { "<- takes \(KerasShape.text($0))" } ?? "<- does not fit"
        rows.append(["\(place)", name, KerasShape.text(shape), needs])
        break
      }
      let next = layer.nodes.last?.outputs.first?.shape ?? shape
      rows.append(["\(place)", name, KerasShape.text(shape), KerasShape.text(next)])
      shape = next
    }
    let widths = (0..<4).map { column in rows.map { $0[column].utf8.count }.max() ?? 0 }
    return rows.map { row in
      "  "
        + row.enumerated().map { column, cell in
          column == 3
            ? cell : cell + String(repeating: " ", count: widths[column] - cell.utf8.count)
        }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
