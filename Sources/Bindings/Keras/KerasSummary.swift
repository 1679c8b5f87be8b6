import Display
import Language
import NeuralNetworks
import TensorCore

/// The table that `model.summary()` prints: layers, shapes, numbers of parameters.
struct KerasSummary {
  private let model: KerasModel
  private let givenLength: Int?
  private let columns: Int
  var positions: [Double]?
  var expandsNested = false
  var showsTrainable = false

  /// - Parameters:
  ///   - columns: width of the terminal.
  ///   - lineLength: width of the table; nil for what Keras takes.
  init(_ model: KerasModel, columns: Int, lineLength: Int? = nil) {
    self.model = model
    self.columns = columns
    givenLength = lineLength
  }

  /// Whether the model is shown as a row of layers, without their connections.
  private var isSequential: Bool {
    if model is KerasSequential { return true }
    guard let graph = model.graph, model.programFunction("call") == nil else { return true }
    return graph.isSequential
  }

  /// - Throws: `ValueError` when the table has no room.
  func text(_ machine: Machine) throws -> String {
    let isSequential = isSequential
    var header = ["Layer (type)", "Output Shape", "Param #"]
    var places = positions ?? (isSequential ? [0.45, 0.80, 1.0] : [0.3, 0.56, 0.74, 1.0])
    var alignments: [TextWidth.Alignment] = [.left, .left, .right]
    var length = isSequential ? 88 : 108
    if !isSequential {
      header.append("Connected to")
      alignments.append(.left)
    }
    if showsTrainable {
      length += 12
      places = places.map { $0 * 0.9 } + [1.0]
      header.append("Trainable")
      alignments.append(.center)
    }
    let lineLength = givenLength ?? min(length, columns - 4)
    let widths = try columnWidths(places, lineLength)
    guard widths.count == header.count else {
      throw Raise(.valueError, "summary: positions needs \(header.count) numbers, got \(widths.count)")
    }
    var lines = ["Model: \"\(model.name)\""]
    func rule(_ left: String, _ line: String, _ joint: String, _ right: String) -> String {
      left + widths.map { String(repeating: line, count: $0 + 2) }.joined(separator: joint) + right
    }
    lines.append(rule("┏", "━", "┳", "┓"))
    lines += cells(header, widths, alignments, "┃")
    lines.append(rule("┡", "━", "╇", "┩"))
    var rows: [[String]] = []
    if let graph = model.graph, !(model is KerasSequential), model.programFunction("call") == nil {
      for operation in graph.operations {
        if let layer = operation as? KerasLayer {
          add(layer, 0, isSequential, &rows)
        } else if let operation = operation as? KerasOperation {
          var row = [
            "\(operation.name) (\(operation.className))",
            operation.nodes.first.map(Self.shapes) ?? "?", "0",
          ]
          if !isSequential { row.append(connections(operation.nodes)) }
          if showsTrainable { row.append("-") }
          rows.append(row)
        }
      }
    } else {
      for layer in model.shownLayers { add(layer, 0, isSequential, &rows) }
    }
    for (place, row) in rows.enumerated() {
      if place > 0 { lines.append(rule("├", "─", "┼", "┤")) }
      lines += cells(row, widths, alignments, "│")
    }
    lines.append(rule("└", "─", "┴", "┘"))
    lines += counts()
    return lines.joined(separator: "\n") + "\n"
  }

  private func columnWidths(_ places: [Double], _ lineLength: Int) throws -> [Int] {
    var widths: [Int] = []
    var current = 0
    for position in places {
      let end = position * Double(lineLength)
      guard end.isFinite, abs(end) < 1e6 else {
        throw Raise(.valueError, "summary: positions are shares of the line, got \(position)")
      }
      let width = Int(end) - current
      guard width >= 4 else {
        throw Raise(.valueError, "Insufficient console width to print summary.")
      }
      widths.append(width)
      current += width
    }
    return RichColumns.widths(widths, total: lineLength).map { $0 - 2 }
  }

  private func add(_ layer: KerasLayer, _ level: Int, _ isSequential: Bool, _ rows: inout [[String]]) {
    let prefix = level > 0 ? String(repeating: "   ", count: level) + "└ " : ""
    let shape = layer.nodes.first.map(Self.shapes) ?? builtShape(layer)
    let count = layer.weights.reduce(0) { $0 + $1.tensor.count }
    let isKnown = layer.isBuilt || Self.madeBuilt.contains(layer.type.name)
    var row = [
      "\(prefix)\(layer.name) (\(layer.shownType))", shape,
      isKnown ? Self.grouped(count) : "0 (unbuilt)",
    ]
    if !isSequential { row.append(connections(layer.nodes)) }
    if showsTrainable { row.append(layer.weights.isEmpty ? "-" : layer.trainable ? "Y" : "N") }
    rows.append(row)
    if expandsNested, let inner = layer as? KerasModel, level < 16 {
      for part in inner.shownLayers { add(part, level + 1, isSequential, &rows) }
    }
  }

  /// Layers that are built as soon as they are made, and so never note the shape they are built for.
  private static let madeBuilt: Set<String> = [
    "Activation", "ELU", "LeakyReLU", "ReLU", "Softmax", "Identity", "Masking", "MaxPooling1D",
    "MaxPooling2D", "AveragePooling1D", "AveragePooling2D", "GlobalMaxPooling1D", "GlobalMaxPooling2D",
    "GlobalAveragePooling1D", "GlobalAveragePooling2D", "Dropout", "SpatialDropout1D", "SpatialDropout2D",
    "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "UnitNormalization",
  ]

  private func builtShape(_ layer: KerasLayer) -> String {
    guard layer.isBuilt, !Self.madeBuilt.contains(layer.type.name), !layer.builtShapes.isEmpty, layer.unit != nil || layer is KerasModel,
      let shapes = try? layer.outputShapes(layer.builtShapes), let first = shapes.first
    else { return "?" }
    return shapes.count == 1
      ? KerasShape.text(first) : "[" + shapes.map(KerasShape.text).joined(separator: ", ") + "]"
  }

  private static func shapes(_ node: KerasNode) -> String {
    func text(_ value: Value) -> String {
      if let tensor = value.asInstance as? KerasTensor { return KerasShape.text(tensor.shape) }
      if let list = value.asList { return "[" + list.items.map(text).joined(separator: ", ") + "]" }
      if let tuple = value.asTuple { return "(" + tuple.items.map(text).joined(separator: ", ") + ")" }
      if let dict = value.asDict {
        return "{" + dict.pairs.map { "\($0.key.swiftString ?? ""): \(text($0.value))" }.joined(separator: ", ") + "}"
      }
      return "None"
    }
    if node.outputs.count == 1, let only = node.outputs.first { return KerasShape.text(only.shape) }
    return text(node.result)
  }

  /// The layers that give a layer its inputs: `dense[0][0]`.
  private func connections(_ nodes: [KerasNode]) -> String {
    let own = Set((model.graph?.nodes ?? []).map { ObjectIdentifier($0) })
    var parts: [String] = []
    for node in nodes where own.contains(ObjectIdentifier(node)) {
      for input in node.inputs {
        guard let source = input.node else { continue }
        let (name, all) =
          (source.operation as? KerasLayer).map { ($0.name, $0.nodes) }
          ?? (source.operation as? KerasOperation).map { ($0.name, $0.nodes) } ?? ("", [])
        let place = all.firstIndex { $0 === source } ?? 0
        parts.append("\(name)[\(place)][\(input.place)]")
      }
    }
    return parts.isEmpty ? "-" : parts.joined(separator: ", ")
  }

  /// A row of the table: as many lines as its longest cell takes.
  private func cells(
    _ texts: [String], _ widths: [Int], _ alignments: [TextWidth.Alignment], _ border: String
  ) -> [String] {
    let wrapped = zip(texts, widths).map { RichColumns.wrapped($0, $1) }
    let height = wrapped.map(\.count).max() ?? 1
    return (0..<height).map { line in
      border
        + widths.indices.map { column in
          let text = line < wrapped[column].count ? wrapped[column][line] : ""
          return " " + TextWidth.padded(text, to: widths[column], alignments[column]) + " "
        }.joined(separator: border) + border
    }
  }

  private func counts() -> [String] {
    let weights = model.weights
    let trainable = weights.filter(\.isTrainable)
    let frozen = weights.filter { !$0.isTrainable }
    func count(_ weights: [Weight]) -> Int { weights.reduce(0) { $0 + $1.tensor.count } }
    func bytes(_ weights: [Weight]) -> Int { weights.reduce(0) { $0 + $1.tensor.count * $1.tensor.dtype.size } }
    let optimizer = model.compiled?.optimizer.variableCount
    // The optimizer counts its steps in 8 bytes.
    let optimizerBytes = optimizer.map { $0 * 4 + 4 }
    func line(_ name: String, _ count: Int, _ bytes: Int) -> String {
      " \(name) params: \(Self.grouped(count)) (\(Self.memory(bytes)))"
    }
    var lines = [
      line(
        "Total", count(trainable) + count(frozen) + (optimizer ?? 0),
        bytes(trainable) + bytes(frozen) + (optimizerBytes ?? 0)),
      line("Trainable", count(trainable), bytes(trainable)),
      line("Non-trainable", count(frozen), bytes(frozen)),
    ]
    if let optimizer, let optimizerBytes { lines.append(line("Optimizer", optimizer, optimizerBytes)) }
    return lines
  }

  /// `14,714,688`.
  static func grouped(_ count: Int) -> String {
    var groups: [Substring] = []
    var rest = String(count)[...]
    while rest.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return ([rest] + groups).joined(separator: ",")
  }

  /// `1.34 KB`.
  static func memory(_ bytes: Int) -> String {
    var size = Double(bytes)
    for unit in ["B", "KB", "MB", "GB", "TB", "PB"] {
      if size / 1024 < 1 || unit == "PB" { return NumberText.fixed(size, 2) + " " + unit }
      size /= 1024
    }
    return ""
  }
}

/// Column widths and line breaks as the printer of Keras's tables makes them.
enum RichColumns {
  /// Widths with one column of padding on each side. What is too wide is taken off evenly, the
  /// rounding carried on from column to column.
  ///
  /// - Parameters:
  ///   - wanted: widths without padding.
  ///   - total: width of the table with its borders.
  static func widths(_ wanted: [Int], total: Int) -> [Int] {
    var widths = wanted.map { $0 + 2 }
    var excess = max(0, widths.reduce(0, +) - (total - wanted.count - 1))
    for i in widths.indices {
      let share = (Double(excess) / Double(widths.count - i)).rounded(.toNearestOrEven)
      let taken = min(widths[i], Int(share))
      widths[i] -= taken
      excess -= taken
    }
    return widths
  }

  /// Words in lines of at most `width` columns; a word that is longer ends in `…`.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    guard width > 0 else { return [text] }
    var lines: [String] = []
    // Spaces in front stay: they show how deep a layer is nested.
    var line = String(text.prefix { $0 == " " })
    var isFirst = !line.isEmpty
    for word in text.dropFirst(line.count).split(separator: " ", omittingEmptySubsequences: false) {
      if isFirst {
        line += word
        isFirst = false
        continue
      }
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(word)) <= width {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = TextWidth.of(String(word)) > width ? word.prefix(width - 1) + "…" : String(word)
    }
    lines.append(line)
    return lines
  }
}
