import Display

/// The picture that a running `fit` shows: progress, metrics and learning curves.
///
/// All pictures of one run have the same number of rows, so that updates in place do not move the
/// page; it follows from the names of the curves, which are known when training starts.
public struct TrainingView: Plot {
  /// What is trained, in the first row.
  public var title: String
  /// The running epoch, counted from 1; 0 before the first.
  public var epoch: Int
  /// Epochs that are planned.
  public var epochs: Int
  /// Steps done in the running epoch.
  public var step: Int
  /// Steps of one epoch; nil: unknown.
  public var steps: Int?
  /// Seconds since the start of the run.
  public var elapsed: Double
  /// Latest values, in the order in which they are shown.
  public var metrics: [ProgressLine.Metric]
  /// One value per finished epoch for each curve. List all names from the start, empty if need be.
  public var curves: [LearningCurves.Curve]
  /// Why the run has ended: `finished`, `stopped early`, `interrupted`; nil while it runs.
  public var outcome: String?
  /// Rows of each plotting area; nil: in proportion to the width.
  public var curveHeight: Int?

  public init(
    title: String = "", epoch: Int, of epochs: Int, step: Int = 0, steps: Int? = nil,
    elapsed: Double, metrics: [ProgressLine.Metric] = [], curves: [LearningCurves.Curve] = [],
    outcome: String? = nil
  ) {
    self.title = title
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.steps = steps
    self.elapsed = elapsed
    self.metrics = metrics
    self.curves = curves
    self.outcome = outcome
  }

  /// The share of all steps that is done.
  var fraction: Double {
    guard epochs > 0 else { return 0 }
    let within = steps.map { $0 > 0 ? min(max(Double(step) / Double($0), 0), 1) : 0 } ?? 0
    let finished = Double(max(epoch - 1, 0))
    return min(max((finished + within) / Double(epochs), 0), 1)
  }

  // MARK: - Text

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var out = StyledText(rows: [progressRow(settings), metricsRow(settings)])
    let panels = LearningCurves(curves, epochs: epochs, height: curveHeight)
    guard !curves.isEmpty else { return out.finished(settings) }
    out.rows.append(StyledText.Row())
    out = out.above(panels.panelsText(settings))
    // A row for the best epoch from the start, filled once there is one.
    var last = StyledText.Row()
    let summary = panels.summary
    if !summary.isEmpty {
      last.append(settings.ascii ? "* " : "★ ", TextStyle(Palette.color(1)))
      last.append(TextWidth.truncated(summary, to: settings.width - 2))
    }
    out.rows.append(last)
    return out.finished(settings)
  }

  private func progressRow(_ settings: DisplaySettings) -> StyledText.Row {
    // Thousandths of the run: steps of different epochs in one bar.
    let name = title.isEmpty ? "" : ColumnName.oneLine(title) + "  "
    var line = ProgressLine(
      "\(name)epoch \(epoch)/\(epochs)", done: Int(fraction * 1000), of: 1000, elapsed: elapsed)
    var row = StyledText.Row()
    row.append(TextWidth.truncated(line.label, to: settings.width / 2) + " ", .strong)
    line.label = ""
    var parts = [TextWidth.padded("\(Int(fraction * 100))%", to: 4, .right)]
    if let outcome {
      parts.append(ProgressLine.clock(elapsed))
      parts.append(ColumnName.oneLine(outcome))
    } else {
      if let steps {
        parts.append(
          "step \(TextWidth.padded(String(step), to: String(steps).count, .right))/\(steps)")
      }
      parts.append(
        ProgressLine.clock(elapsed) + " < " + (line.remaining.map(ProgressLine.clock) ?? "?"))
      if let rate = stepRate { parts.append(ProgressLine.rateText(rate, "step")) }
    }
    let tail = parts.joined(separator: "  ")
    let room = settings.width - row.width - TextWidth.of(tail) - 3
    if room >= 6 {
      line.appendBar(&row, fraction, min(room, 40), settings, isComplete: outcome != nil)
      row.append(" ")
    }
    row.append(TextWidth.truncated(tail, to: max(settings.width - row.width, 0)))
    return row
  }

  /// Steps per second over the whole run.
  private var stepRate: Double? {
    guard let steps, elapsed > 0, elapsed.isFinite else { return nil }
    let done = Double(max(epoch - 1, 0)) * Double(steps) + Double(step)
    return done > 0 ? done / elapsed : nil
  }

  private func metricsRow(_ settings: DisplaySettings) -> StyledText.Row {
    var row = StyledText.Row()
    for metric in metrics {
      let name = ColumnName.oneLine(metric.name)
      let value = NumberText.metric(metric.value)
      let gap = row.runs.isEmpty ? 0 : 3
      if row.width + gap + TextWidth.of(name) + 1 + TextWidth.of(value) > settings.width { break }
      if gap > 0 { row.append("   ") }
      row.append(name + " ", .muted)
      row.append(value, .strong)
    }
    return row
  }

  // MARK: - Vector

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let panels = LearningCurves(curves, epochs: epochs, height: curveHeight).picture(settings)
    var svg = SVGPicture(
      width: Double(settings.width) * 8, height: (curves.isEmpty ? 0 : panels.height) + 56)
    svg.text("\(title.isEmpty ? "" : title + "  ")epoch \(epoch)/\(epochs)", 14, 20, bold: true)
    svg.rect(160, 12, svg.width - 340, 9, fill: Color(0xE6E6E6), radius: 4)
    svg.rect(
      160, 12, (svg.width - 340) * fraction, 9,
      fill: outcome == nil ? Palette.color(0) : .good, radius: 4)
    svg.text(
      "\(Int(fraction * 100))%  \(ProgressLine.clock(elapsed))  \(outcome ?? "")",
      svg.width - 166, 20)
    let values = metrics.map { "\($0.name) \(NumberText.metric($0.value))" }
    svg.text(values.joined(separator: "    "), 14, 40)
    if !curves.isEmpty { svg.place(panels, 0, 50) }
    return svg
  }
}
