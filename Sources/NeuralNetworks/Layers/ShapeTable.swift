import TensorCore

/// A model layer by layer: what goes in, what comes out, and where it does not fit.
///
///       layer                     takes        gives
///     0 Flatten                   [n, 8, 8]    [n, 64]
///     1 Linear(64 -> 32)          [n, 64]      [n, 32]
///     2 Linear(30 -> 10)          [n, 32]      <- takes [n, 30]
struct ShapeTable {
  let text: String
  /// What to change, where that is known.
  private(set) var fix: String?

  /// - Parameter clash: the number of the layer that does not fit; later ones are not shown.
  init(_ layers: [Module], input: [Int?], clash: Int) {
    var rows: [(String, String, String, String)] = [("", "layer", "takes", "gives")]
    var shape = input
    for (i, layer) in layers.enumerated() where i <= clash {
      let name = Self.name(layer)
      if i == clash {
        let needs = (layer as? Linear)?.inFeatures.map {
          "<- takes \(Self.text(shape.dropLast() + [$0]))"
        }
        rows.append(("\(i)", name, Self.text(shape), needs ?? "<- does not fit"))
        if let linear = layer as? Linear, let takes = linear.inFeatures,
          let gets = shape.last ?? nil
        {
          fix =
            "layer \(i) takes \(takes) inputs and gets \(gets): make it "
            + "Linear(\(gets), \(linear.outFeatures))"
            + (i > 0 ? ", or let the layer before it give \(takes)" : ", or change the data")
        }
        break
      }
      let next = (try? layer.build(shape)) ?? shape
      rows.append(("\(i)", name, Self.text(shape), Self.text(next)))
      shape = next
    }
    func width(_ cell: ((String, String, String, String)) -> String) -> Int {
      rows.map { cell($0).utf8.count }.max() ?? 0
    }
    let (w0, w1, w2) = (width { $0.0 }, width { $0.1 }, width { $0.2 })
    func pad(_ cell: String, _ width: Int) -> String {
      cell + String(repeating: " ", count: max(0, width - cell.utf8.count))
    }
    text = rows.map {
      "  " + pad($0.0, w0) + " " + pad($0.1, w1) + "  " + pad($0.2, w2) + "  " + $0.3
    }.joined(separator: "\n")
  }

  private static func name(_ layer: Module) -> String {
    let own = layer.label.map { $0 + " " } ?? ""
    if let linear = layer as? Linear {
      return own + "Linear(\(linear.inFeatures.map(String.init) ?? "?") -> \(linear.outFeatures))"
    }
    return own + layer.kind
  }

  private static func text(_ shape: some Sequence<Int?>) -> String {
    "[" + shape.map { $0.map(String.init) ?? "n" }.joined(separator: ", ") + "]"
  }
}
