import Display

/// How far a piece of work is: bar, count, time, rate and metrics in one row.
///
///     Epoch 3/20  ██████████▌             42%  40/94  0:01<0:02  28.4 step/s  loss 0.3121
public struct ProgressLine: Sendable, Equatable {
  public struct Metric: Sendable, Equatable {
    public var name: String
    public var value: Double

    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// What is counted, before the bar.
  public var label: String
  public var done: Int
  /// nil: unknown; then there is no bar and no estimate.
  public var total: Int?
  /// Seconds since the start.
  public var elapsed: Double
  /// What one count is: `step`, `epoch`, `it`.
  public var unit: String
  public var metrics: [Metric]

  public init(
    _ label: String = "", done: Int, of total: Int?, elapsed: Double, unit: String = "it",
    metrics: [Metric] = []
  ) {
    self.label = label
    self.done = done
    self.total = total
    self.elapsed = elapsed
    self.unit = unit
    self.metrics = metrics
  }

  /// Done share, 0 ... 1; nil when the total is unknown or not positive.
  public var fraction: Double? {
    guard let total, total > 0 else { return nil }
    return min(max(Double(done) / Double(total), 0), 1)
  }

  /// Counts per second; nil before the first.
  public var rate: Double? {
    guard done > 0, elapsed > 0, elapsed.isFinite else { return nil }
    return Double(done) / elapsed
  }

  /// Seconds that are left at this rate.
  public var remaining: Double? {
    guard let total, let rate, rate > 0 else { return nil }
    return max(Double(total) - Double(done), 0) / rate
  }

  // MARK: - Forms

  /// The row in colour. What has no room is left out, metrics first.
  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    StyledText(rows: [row(settings)]).finished(settings)
  }

  func row(_ settings: DisplaySettings) -> StyledText.Row {
    let width = settings.width
    var row = StyledText.Row()
    if !label.isEmpty {
      row.append(TextWidth.truncated(ColumnName.oneLine(label), to: width / 3) + "  ", .strong)
    }
    var parts: [String] = []
    if let fraction {
      // The percentage counts what is done, so 100% appears only at the end.
      parts.append(TextWidth.padded("\(Int(fraction * 100))%", to: 4, .right))
    }
    parts.append(total.map { "\(done)/\($0)" } ?? "\(done) \(unit)")
    var time = Self.clock(elapsed)
    if fraction != nil && fraction != 1 { time += "<" + (remaining.map(Self.clock) ?? "?") }
    parts.append(time)
    if let rate { parts.append(Self.rateText(rate, unit)) }
    let tail = parts.joined(separator: "  ")
    let barWidth = min(max(width - row.width - TextWidth.of(tail) - 4, 0), 40)
    if let fraction, barWidth >= 5 {
      appendBar(&row, fraction, barWidth, settings, isComplete: fraction >= 1)
      row.append("  ")
    }
    row.append(TextWidth.truncated(tail, to: max(width - row.width, 0)))
    for metric in metrics {
      let text = "\(ColumnName.oneLine(metric.name)) \(NumberText.metric(metric.value))"
      if row.width + 2 + TextWidth.of(text) > width { break }
      row.append("  ")
      row.append(ColumnName.oneLine(metric.name) + " ", .muted)
      row.append(NumberText.metric(metric.value))
    }
    return row
  }

  /// A thin track, the done part in eighths of a column.
  func appendBar(
    _ row: inout StyledText.Row, _ fraction: Double, _ width: Int, _ settings: DisplaySettings,
    isComplete: Bool
  ) {
    let color = isComplete ? Color.good : Palette.color(0)
    if settings.ascii {
      let done = Int(fraction * Double(width))
      row.append("[", .muted)
      row.append(String(repeating: "#", count: done), TextStyle(color))
      row.append(String(repeating: ".", count: max(width - done, 0)), .muted)
      row.append("]", .muted)
      return
    }
    let steps = Int((fraction * Double(width) * 8).rounded(.down))
    let filled = fraction > 0 ? BlockBar.toTheRight(Double(steps) / 8, ascii: false) : ""
    row.append("▕", TextStyle(.muted, dim: true))
    row.append(filled, TextStyle(color, slim: true))
    row.append(String(repeating: " ", count: max(width - TextWidth.of(filled), 0)))
    row.append("▏", TextStyle(.muted, dim: true))
  }

  /// The row as tqdm writes it: `fit:  42%|████▏     | 42/100 [00:03<00:04, 13.90it/s, loss=0.31]`.
  ///
  /// - Parameter width: columns of the whole row; nil: a bar of ten columns.
  public func tqdm(width: Int? = nil) -> String {
    let head = label.isEmpty ? "" : label + ": "
    var postfix = metrics.map { "\($0.name)=\(NumberText.general($0.value, 3))" }
      .joined(separator: ", ")
    if !postfix.isEmpty { postfix = ", " + postfix }
    let rateText =
      rate.map { rate in
        let number = NumberText.fixed(rate < 1 ? 1 / rate : rate, 2)
        return TextWidth.padded(number, to: 5, .right) + (rate < 1 ? "s/\(unit)" : "\(unit)/s")
      } ?? "?\(unit)/s"
    let time = Self.longClock(elapsed)
    guard let fraction, let total else {
      return "\(head)\(done)\(unit) [\(time), \(rateText)\(postfix)]"
    }
    let left = remaining.map(Self.longClock) ?? "?"
    let percent = TextWidth.padded("\(Int(fraction * 100))", to: 3, .right)
    let front = "\(head)\(percent)%|"
    let back = "| \(done)/\(total) [\(time)<\(left), \(rateText)\(postfix)]"
    let columns = max(
      (width ?? 0) - TextWidth.of(front) - TextWidth.of(back), width == nil ? 10 : 1)
    let steps = Int(fraction * Double(columns) * 8)
    let bar = steps > 0 ? BlockBar.toTheRight(Double(steps) / 8, ascii: false) : ""
    return front + TextWidth.padded(bar, to: columns) + back
  }

  /// The row as Keras writes it:
  /// `1875/1875 ━━━━━━━━━━━━━━━━━━━━ 3s 1ms/step - accuracy: 0.9300 - loss: 0.2500`.
  public func keras() -> String {
    let count =
      total.map { total in
        let text = String(total)
        return TextWidth.padded(String(done), to: TextWidth.of(text), .right) + "/" + text
      } ?? "\(done)/Unknown"
    let filled = Int((fraction ?? 0) * 20)
    let bar = String(repeating: "━", count: filled)
    let rest = String(repeating: "─", count: 20 - filled)
    let isComplete = total.map { done >= $0 } ?? false
    let perStep = rate.map { 1 / $0 }
    let time: String
    if isComplete {
      time = Self.kerasTime(elapsed) + (perStep.map { " \(Self.perStep($0))/\(unit)" } ?? "")
    } else {
      time =
        (remaining.map { Self.kerasTime($0) } ?? "0s")
        + (perStep.map { " \(Self.perStep($0))/\(unit)" } ?? "")
    }
    let values = metrics.map { " - \($0.name): \(NumberText.metric($0.value))" }.joined()
    return "\(count) \(bar)\(rest) \(time)\(values)"
  }

  // MARK: - Times

  /// `0:07`, `12:34`, `1:02:03`.
  static func clock(_ seconds: Double) -> String {
    let (hours, minutes, rest) = parts(seconds)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }

  /// `00:07`, `12:34`, `1:02:03`, as tqdm.
  private static func longClock(_ seconds: Double) -> String {
    let text = clock(seconds)
    return text.utf8.count == 4 ? "0" + text : text
  }

  private static func parts(_ seconds: Double) -> (Int, Int, Int) {
    // 10 000 hours are more than any run; a nonsense estimate must not trap.
    let whole = seconds.isFinite ? Int(min(max(seconds, 0), 3.6e7)) : 0
    return (whole / 3600, whole / 60 % 60, whole % 60)
  }

  static func rateText(_ rate: Double, _ unit: String) -> String {
    if rate < 1 { return NumberText.short(1 / rate, 3) + " s/" + unit }
    return NumberText.short(rate, 3) + " " + unit + "/s"
  }

  private static func kerasTime(_ seconds: Double) -> String {
    let (hours, minutes, rest) = parts(seconds.rounded())
    if hours > 0 || minutes > 0 { return clock(seconds.rounded()) }
    return "\(rest)s"
  }

  private static func perStep(_ seconds: Double) -> String {
    if seconds >= 1 { return NumberText.fixed(seconds, 0) + "s" }
    if seconds >= 1e-3 { return NumberText.fixed(seconds * 1e3, 0) + "ms" }
    return NumberText.fixed(seconds * 1e6, 0) + "us"
  }
}
