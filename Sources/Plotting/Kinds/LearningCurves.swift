import Display

/// Training and validation curves, one pair of axes per metric, with the best epoch marked.
///
/// A name with the prefix `val_` belongs to the metric without it. The best epoch is the one with
/// the least validation loss; without validation, the least training loss.
public struct LearningCurves: Plot {
  public struct Curve: Sendable, Equatable {
    /// As Keras names them: `loss`, `accuracy`, `val_loss`, `val_accuracy`.
    public var name: String
    /// One value per epoch, the first epoch first.
    public var values: [Double]

    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public var curves: [Curve]
  /// Epochs that are planned: the axis is this long from the start. nil: as many as there are.
  public var epochs: Int?
  public var title: String?
  /// Rows of each plotting area; nil: in proportion to the width.
  public var height: Int?
  /// The curve whose least (or, for scores, largest) value marks the best epoch; nil: `val_loss`,
  /// else `loss`.
  public var monitor: String?

  public init(
    _ curves: [Curve], epochs: Int? = nil, title: String? = nil, height: Int? = nil,
    monitor: String? = nil
  ) {
    self.curves = curves
    self.epochs = epochs
    self.title = title
    self.height = height
    self.monitor = monitor
  }

  /// The best epoch, counted from 1; nil without a finite value.
  public var bestEpoch: Int? {
    let wanted = monitor.map { [$0] } ?? ["val_loss", "loss"]
    guard
      let curve = wanted.lazy.compactMap({ name in
        curves.first { $0.name == name && $0.values.contains(where: \.isFinite) }
      }).first ?? curves.first(where: { $0.values.contains(where: \.isFinite) })
    else { return nil }
    let isScore = Self.isScore(curve.name)
    var best: (place: Int, value: Double)?
    for (place, value) in curve.values.enumerated() where value.isFinite {
      if best.map({ isScore ? value > $0.value : value < $0.value }) ?? true {
        best = (place, value)
      }
    }
    return best.map { $0.place + 1 }
  }

  /// Whether larger is better, judged by the name as Keras' callbacks do.
  static func isScore(_ name: String) -> Bool {
    ["acc", "auc", "f1", "precision", "recall", "score", "r2", "iou"].contains {
      name.lowercased().contains($0)
    }
  }

  /// Names of the metrics, in the order in which they first come.
  var metrics: [String] {
    var names: [String] = []
    for curve in curves {
      let name = Self.metric(curve.name)
      if !names.contains(name) { names.append(name) }
    }
    return names
  }

  private static func metric(_ name: String) -> String {
    name.hasPrefix("val_") ? String(name.dropFirst(4)) : name
  }

  // MARK: - Panels

  /// The axes of one metric.
  private func panel(_ metric: String, width: Int, height: Int) -> Figure {
    var figure = Figure(title: metric, width: width, height: height)
    let length = curves.reduce(0) { max($0, $1.values.count) }
    let last = max(epochs ?? length, length, 1)
    figure.xLimits = 1...Double(max(last, 2))
    figure.leastXStep = 1
    let best = bestEpoch
    if let best, length > 1 { figure = figure.vline(Double(best), dash: .dotted) }
    for (name, color) in [(metric, Palette.color(0)), ("val_" + metric, Palette.color(1))] {
      guard let curve = curves.first(where: { $0.name == name }) else { continue }
      figure = figure.line(
        curve.values, from: 1, name: name == metric ? "train" : "val", color: color)
    }
    if let best, length > 1, let point = bestPoint(metric, best) {
      figure = figure.marked(Double(best), point.value, color: point.color)
    }
    return figure
  }

  /// Where the mark stands: on the validation curve if there is one.
  private func bestPoint(_ metric: String, _ epoch: Int) -> (value: Double, color: Color)? {
    for (name, color) in [("val_" + metric, Palette.color(1)), (metric, Palette.color(0))] {
      if let curve = curves.first(where: { $0.name == name }), epoch <= curve.values.count,
        epoch >= 1, curve.values[epoch - 1].isFinite
      {
        return (curve.values[epoch - 1], color)
      }
    }
    return nil
  }

  /// Panels in a row, and rows of one panel.
  private func layout(_ width: Int) -> (across: Int, columns: Int, rows: Int) {
    let across = metrics.count > 1 && width >= 64 ? 2 : 1
    let columns = (width - 3 * (across - 1)) / across
    return (across, columns, height ?? min(max(columns / 4, 6), 12))
  }

  /// A sentence on the best epoch; empty before the second.
  var summary: String {
    guard let best = bestEpoch, curves.contains(where: { $0.values.count > 1 }) else { return "" }
    let values = curves.compactMap { curve -> String? in
      guard best <= curve.values.count, curve.name.hasPrefix("val_") || !hasValidation else {
        return nil
      }
      return "\(curve.name) \(NumberText.metric(curve.values[best - 1]))"
    }
    return "best epoch \(best)" + (values.isEmpty ? "" : ":  " + values.joined(separator: "  "))
  }

  private var hasValidation: Bool { curves.contains { $0.name.hasPrefix("val_") } }

  // MARK: - Drawing

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var out = StyledText()
    if let title, !title.isEmpty { out = StyledText(title, style: .strong) }
    let panels = panelsText(settings)
    out = out.above(panels)
    let summary = summary
    if !summary.isEmpty {
      let star = settings.ascii ? "*" : "★"
      out.rows.append(
        StyledText.Row([
          .init(star + " ", TextStyle(Palette.color(1))),
          .init(TextWidth.truncated(summary, to: settings.width - 2)),
        ]))
    }
    return out.finished(settings)
  }

  /// The axes alone; the number of rows depends on the names of the curves only, not on the values.
  func panelsText(_ settings: DisplaySettings) -> StyledText {
    let (across, columns, rows) = layout(settings.width)
    var out = StyledText()
    var line: StyledText?
    for (number, metric) in metrics.enumerated() {
      let text = panel(metric, width: columns, height: rows).text(settings)
      if let left = line {
        // The right panel starts at the same column whatever the left one holds.
        var left = left
        if let first = left.rows.indices.first { left.rows[first].pad(to: columns) }
        line = left.beside(text, gap: 3)
      } else {
        line = text
      }
      if number % across == across - 1 || number == metrics.count - 1 {
        out = out.above(line ?? StyledText())
        line = nil
      }
    }
    return out
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let (across, columns, rows) = layout(settings.width)
    let pictures = metrics.map { panel($0, width: columns, height: rows).picture(settings) }
    let top = title == nil ? 0.0 : 26.0
    let lineHeight = pictures.map(\.height).max() ?? 0
    let lines = (pictures.count + across - 1) / across
    var svg = SVGPicture(
      width: Double(settings.width) * 8, height: top + Double(lines) * lineHeight + 24)
    if let title {
      svg.text(ColumnName.oneLine(title), svg.width / 2, 19, size: 13, anchor: .middle, bold: true)
    }
    for (number, picture) in pictures.enumerated() {
      svg.place(
        picture, Double(number % across) * Double(columns + 3) * 8,
        top + Double(number / across) * lineHeight)
    }
    svg.text(summary, 14, svg.height - 8)
    return svg
  }
}

extension Figure {
  /// A star over a point, without an entry in the legend.
  func marked(_ x: Double, _ y: Double, color: Color) -> Figure {
    adding(ScatterLayer(x: [x], y: [y], name: nil, color: color, marker: "★"))
  }
}
