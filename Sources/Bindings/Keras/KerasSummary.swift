import Display
import Language

/// The table that `model.summary()` prints: layers, shapes, numbers of parameters.
struct KerasSummary {
  private let model: KerasModel
  private let lineLength: Int

  private static let header = ["Layer (type)", "Output Shape", "Param #"]
  private static let positions = [0.45, 0.80, 1.0]
  private static let defaultLength = 88

  /// - Parameters:
  ///   - columns: width of the terminal.
  ///   - lineLength: width of the table; nil for what Keras takes.
  init(_ model: KerasModel, columns: Int, lineLength: Int? = nil) {
    self.model = model
    self.lineLength = lineLength ?? min(Self.defaultLength, columns - 4)
  }

  /// - Throws: `ValueError` when the table has no room.
  func text() throws -> String {
    let widths = try columnWidths()
    var lines = ["Model: \"\(model.name)\""]
    func rule(_ left: String, _ line: String, _ joint: String, _ right: String) -> String {
      left + widths.map { String(repeating: line, count: $0 + 2) }.joined(separator: joint) + right
    }
    lines.append(rule("┏", "━", "┳", "┓"))
    lines += cells(Self.header, widths, "┃")
    lines.append(rule("┡", "━", "╇", "┩"))
    for (place, layer) in model.layers.enumerated() {
      if place > 0 { lines.append(rule("├", "─", "┼", "┤")) }
      lines += cells(fields(layer), widths, "│")
    }
    lines.append(rule("└", "─", "┴", "┘"))
    lines += counts()
    return lines.joined(separator: "\n") + "\n"
  }

  private func columnWidths() throws -> [Int] {
    var widths: [Int] = []
    var current = 0
    for position in Self.positions {
      let width = Int(position * Double(lineLength)) - current
      guard width >= 4 else {
        throw Raise(.valueError, "Insufficient console width to print summary.")
      }
      widths.append(width)
      current += width
    }
    return RichColumns.widths(widths, total: lineLength).map { $0 - 2 }
  }

  private func fields(_ layer: KerasLayer) -> [String] {
    let shape = layer.outputShape.map { KerasShape.text($0) } ?? "?"
    let params: String
    if !layer.isBuilt && layer.makesParameters {
      params = "0 (unbuilt)"
    } else if !layer.isBuilt && layer.type.name == "Flatten" {
      params = "0 (unbuilt)"
    } else {
      params = Self.grouped(layer.weights().reduce(0) { $0 + $1.tensor.count })
    }
    return ["\(layer.name) (\(layer.type.name))", shape, params]
  }

  /// A row of the table: as many lines as its longest cell takes.
  private func cells(_ texts: [String], _ widths: [Int], _ border: String) -> [String] {
    let wrapped = zip(texts, widths).map { RichColumns.wrapped($0, $1) }
    let height = wrapped.map(\.count).max() ?? 1
    return (0..<height).map { line in
      border
        + widths.indices.map { column in
          let text = line < wrapped[column].count ? wrapped[column][line] : ""
          return " " + TextWidth.padded(text, to: widths[column], column == 2 ? .right : .left) + " "
        }.joined(separator: border) + border
    }
  }

  private func counts() -> [String] {
    let weights = model.weights()
    let trainable = weights.filter(\.tensor.requiresGrad).reduce(0) { $0 + $1.tensor.count }
    let frozen = weights.reduce(0) { $0 + $1.tensor.count } - trainable
    let optimizer = model.compiled?.optimizer.variableCount
    func line(_ name: String, _ count: Int) -> String {
      " \(name) params: \(Self.grouped(count)) (\(Self.memory(count * 4)))"
    }
    var lines = [
      line("Total", trainable + frozen + (optimizer ?? 0)), line("Trainable", trainable),
      line("Non-trainable", frozen),
    ]
    if let optimizer { lines.append(line("Optimizer", optimizer)) }
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

  /// Words in lines of at most `width` columns; longer words are broken.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    guard width > 0 else { return [text] }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var rest = Substring(word)
      if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(String(rest)) <= width {
        line += " " + rest
        continue
      }
      if !line.isEmpty { lines.append(line) }
      while TextWidth.of(String(rest)) > width {
        lines.append(String(rest.prefix(width)))
        rest = rest.dropFirst(width)
      }
      line = String(rest)
    }
    lines.append(line)
    return lines
  }
}
