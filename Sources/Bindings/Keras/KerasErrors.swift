import Language
import NeuralNetworks

/// Errors of models and their data: Keras's sentence, and below it the layers one by one with the
/// place that does not fit.
enum KerasErrors {
  /// A layer that was built for other inputs than it gets.
  static func incompatible(
    _ model: KerasModel, _ layer: KerasLayer, input: [Int?], found: [Int?]
  ) -> Raise {
    let wanted = layer.inputShape?.last ?? nil
    return Raise(
      .valueError,
      "Input 0 of layer \"\(layer.name)\" is incompatible with the layer: expected axis -1 of input "
        + "shape to have value \(wanted.map(String.init) ?? "None"), but received input with shape "
        + KerasShape.text(found),
      hint: table(model, input: input, clash: layer) + "\n"
        + "layer \"\(layer.name)\" takes \(wanted.map(String.init) ?? "?") inputs and gets "
        + "\((found.last ?? nil).map(String.init) ?? "?"): give it data of that width, or make a new "
        + "model for this data")
  }

  /// Data that is not what the model was built for.
  static func wrongInput(_ model: KerasModel, expected: [Int?], found: [Int]) -> Raise {
    let given: [Int?] = [nil] + found.dropFirst().map { $0 }
    let (have, want) = (found.dropFirst().reduce(1, *), width(expected))
    var fix = "the model takes \(KerasShape.text(expected)), the data is \(KerasShape.text(found.map { $0 }))"
    if expected.count == 2, found.count > 2, have == want {
      fix += ": x.reshape(len(x), \(have)) makes rows of it, or begin the model with Flatten()"
    } else if expected.count == 2, found.count == 1, have == 1 {
      fix += ": x.reshape(1, -1) makes one row of one sample"
    } else if expected.count == 2, let size = expected.last ?? nil {
      fix += ": give \(size) columns, or make the model for \(have) inputs"
    } else {
      fix += ": reshape the data, or change the Input of the model"
    }
    return Raise(
      .valueError,
      "Input 0 of layer \"\(model.layers.first?.name ?? model.name)\" is incompatible with the layer: "
        + "expected shape=\(KerasShape.text(expected)), found shape=\(KerasShape.text(given))",
      hint: table(model, input: given, clash: model.layers.first) + "\n" + fix)
  }

  private static func width(_ shape: [Int?]) -> Int? {
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
  static func table(_ model: KerasModel, input: [Int?], clash: KerasLayer?) -> String {
    var rows: [[String]] = [["", "layer", "takes", "gives"]]
    var shape = input
    for (place, layer) in model.layers.enumerated() {
      let name = "\(layer.name) (\(layer.type.name))"
      if layer === clash {
        let needs = layer.inputShape.map { "<- takes \(KerasShape.text($0))" } ?? "<- does not fit"
        rows.append(["\(place)", name, KerasShape.text(shape), needs])
        break
      }
      let next = (try? layer.module?.build(shape)) ?? shape
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
