import Display

/// Horizontal bars with a name at the left and the number at the end.
///
///      setosa ┤█████████████████████████ 50
///      virgin ┤███████████▌ 23
///
/// Several series stand under one another in groups, or end to end when `stacked`. Bars of negative
/// numbers go to the left of the zero line.
public struct BarPlot: Plot {
  public struct Series: Sendable, Equatable {
    public var name: String?
    public var values: [Double]
    public var color: Color?

    public init(_ values: [Double], name: String? = nil, color: Color? = nil) {
      self.name = name
      self.values = values
      self.color = color
    }
  }

  public var title: String?
  public var xlabel: String?
  public var labels: [String]
  public var series: [Series]
  public var stacked = false
  /// Numbers at the ends of the bars.
  public var showsValues = true
  public var width: Int?
  /// More rows than this are left out, with a note.
  public var maxRows = 60

  public init(
    _ labels: [String], _ values: [Double], title: String? = nil, xlabel: String? = nil,
    color: Color? = nil
  ) throws(PlotError) {
    try self.init(
      labels, series: [Series(values, color: color)], title: title, xlabel: xlabel)
  }

  public init(
    _ labels: [String], series: [Series], title: String? = nil, xlabel: String? = nil,
    stacked: Bool = false
  ) throws(PlotError) {
    for one in series {
      try PlotError.check("bar", "labels", labels.count, one.name ?? "values", one.values.count)
    }
    self.labels = labels
    self.series = series
    self.title = title
    self.xlabel = xlabel
    self.stacked = stacked
  }

  // MARK: - What both renderings share

  private var shownRows: Int {
    let perLabel = stacked ? 1 : max(series.count, 1)
    return min(labels.count, max(maxRows / perLabel, 1))
  }

  /// NaN where a series, set after the fact, is shorter than the labels.
  private func value(_ series: Int, _ row: Int) -> Double {
    let values = self.series[series].values
    return row < values.count ? values[row] : .nan
  }

  private func color(_ index: Int) -> Color { series[index].color ?? Palette.color(index) }

  /// The ends of the scale; zero is always on it.
  private var scale: (low: Double, high: Double) {
    var low = 0.0
    var high = 0.0
    for row in 0..<shownRows {
      var sums = (down: 0.0, up: 0.0)
      for index in series.indices {
        let value = value(index, row)
        guard value.isFinite else { continue }
        // A stack of parts has no place for negative ones.
        if stacked {
          sums.up = min(sums.up + max(value, 0), Double.greatestFiniteMagnitude)
        } else {
          sums = (min(sums.down, value), max(sums.up, value))
        }
      }
      low = min(low, sums.down)
      high = max(high, sums.up)
    }
    return (low, high)
  }

  /// The number at the end of a stack.
  private func sum(_ row: Int) -> Double {
    series.indices.reduce(0) { sum, index in
      let value = value(index, row)
      return value.isFinite && value > 0 ? sum + value : sum
    }
  }

  private func label(_ value: Double) -> String {
    if value == value.rounded() && abs(value) < 1e15 {
      return NumberText.trimmed(NumberText.fixed(value, 0))
    }
    return NumberText.short(value)
  }
}

// MARK: - Text

extension BarPlot {
  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    let width = min(
      max(self.width ?? settings.width, DisplaySettings.minimumWidth), settings.width)
    let layout = TextLayout(self, width, settings)
    var out: [StyledText.Row] = []
    if let title, !title.isEmpty {
      let shown = TextWidth.truncated(ColumnName.oneLine(title), to: width)
      let start = min(
        layout.left + layout.columns / 2 - TextWidth.of(shown) / 2, width - TextWidth.of(shown))
      out.append(
        StyledText.Row([.init(String(repeating: " ", count: max(start, 0))), .init(shown, .strong)])
      )
    }
    if let legend = legendRow(width, settings) { out.append(legend) }
    for row in 0..<shownRows {
      if stacked {
        out.append(stackedRow(row, layout))
      } else {
        for index in series.indices { out.append(barRow(row, index, layout)) }
        if series.count > 1 && row < shownRows - 1 { out.append(axisOnly(layout)) }
      }
    }
    if labels.isEmpty || series.isEmpty { out.append(StyledText.Row([.init("(no bars)", .muted)])) }
    if shownRows < labels.count {
      out.append(
        StyledText.Row([.init("… \(labels.count - shownRows) more not shown", .muted)]))
    }
    if let xlabel, !xlabel.isEmpty {
      let shown = TextWidth.truncated(ColumnName.oneLine(xlabel), to: width)
      let start = min(
        layout.left + layout.columns / 2 - TextWidth.of(shown) / 2, width - TextWidth.of(shown))
      out.append(
        StyledText.Row([.init(String(repeating: " ", count: max(start, 0))), .init(shown, .muted)]))
    }
    return StyledText(rows: out).finished(settings)
  }

  /// Columns of names, bars and numbers.
  private struct TextLayout {
    let left: Int
    let columns: Int
    /// Column of the zero line within the bars.
    let zero: Int
    let low: Double
    let high: Double
    let ascii: Bool

    init(_ plot: BarPlot, _ width: Int, _ settings: DisplaySettings) {
      ascii = settings.ascii
      let names = plot.labels.prefix(plot.shownRows).map { TextWidth.of(ColumnName.oneLine($0)) }
      left = min(names.max() ?? 0, width / 3) + 1
      (low, high) = plot.scale
      var numbers = 0
      for row in 0..<plot.shownRows where plot.showsValues {
        if plot.stacked {
          numbers = max(numbers, TextWidth.of(plot.label(plot.sum(row))) + 1)
        } else {
          for index in plot.series.indices {
            numbers = max(numbers, TextWidth.of(plot.label(plot.value(index, row))) + 1)
          }
        }
      }
      // Numbers stand at the outer ends: at the left too when there are bars to the left. Where
      // they would leave no room for bars they are not shown.
      let sides = low < 0 ? 2 : 1
      showsNumbers = plot.showsValues && width - left - 1 - numbers * sides >= 6
      if !showsNumbers { numbers = 0 }
      bars = max(width - left - 1 - numbers * sides, 2)
      columns = bars + (low < 0 ? numbers : 0)
      halfRange = high * 0.5 - low * 0.5
      let share = halfRange > 0 ? -low * 0.5 / halfRange : 0
      leftRoom = low < 0 ? min(max(Int((share * Double(bars)).rounded()), 1), bars - 1) : 0
      zero = low < 0 ? numbers + leftRoom : 0
    }

    let showsNumbers: Bool
    /// Columns of all bars.
    let bars: Int
    /// Columns for bars at the left of zero.
    let leftRoom: Int
    /// Half, because the whole of a range of the largest doubles is infinite.
    private let halfRange: Double

    /// Columns of a bar, at most those on its side of zero.
    func length(_ value: Double) -> Double {
      guard value.isFinite, halfRange > 0 else { return 0 }
      let room = Double(value < 0 ? leftRoom : bars - leftRoom)
      return min(abs(value) * 0.5 / halfRange * Double(bars), room)
    }
  }

  private func nameCell(_ row: Int, _ isFirst: Bool, _ layout: TextLayout) -> StyledText.Row {
    let name = isFirst ? ColumnName.oneLine(labels[row]) : ""
    return StyledText.Row([.init(TextWidth.fitted(name, to: layout.left - 1, .right) + " ")])
  }

  private func axisGlyph(_ layout: TextLayout, tick: Bool) -> String {
    layout.ascii ? "|" : tick ? (layout.zero > 0 ? "┼" : "┤") : "│"
  }

  private func axisOnly(_ layout: TextLayout) -> StyledText.Row {
    StyledText.Row([
      .init(String(repeating: " ", count: layout.left + layout.zero)),
      .init(axisGlyph(layout, tick: false), .muted),
    ])
  }

  private func barRow(_ row: Int, _ index: Int, _ layout: TextLayout) -> StyledText.Row {
    let value = value(index, row)
    let style = TextStyle(color(index), slim: true)
    let number = layout.showsNumbers ? label(value) : ""
    let axis = StyledText.Run(axisGlyph(layout, tick: index == 0), .muted)
    var out = nameCell(row, index == 0, layout)
    if value < 0 && value.isFinite {
      let bar = BlockBar.toTheLeft(layout.length(value), ascii: layout.ascii)
      let blanks = layout.zero - TextWidth.of(bar) - TextWidth.of(number) - (number.isEmpty ? 0 : 1)
      out.append(String(repeating: " ", count: max(blanks, 0)))
      out.append(number.isEmpty ? "" : number + " ")
      out.append(bar, style)
      out.append(axis.text, axis.style)
    } else {
      out.append(String(repeating: " ", count: layout.zero))
      out.append(axis.text, axis.style)
      out.append(BlockBar.toTheRight(layout.length(value), ascii: layout.ascii), style)
      out.append(number.isEmpty ? "" : " " + number, value.isFinite ? .normal : .muted)
    }
    return out
  }

  /// Pieces end to end; the cell where two meet shows both colours.
  private func stackedRow(_ row: Int, _ layout: TextLayout) -> StyledText.Row {
    var out = nameCell(row, true, layout)
    out.append(String(repeating: " ", count: layout.zero))
    out.append(axisGlyph(layout, tick: true), .muted)
    var sum = 0.0
    var pieces: [(end: Double, color: Color)] = []
    for index in series.indices {
      let value = value(index, row)
      guard value.isFinite, value > 0 else { continue }
      sum += value
      pieces.append((layout.length(sum), color(index)))
    }
    for run in BlockBar.stacked(pieces, ascii: layout.ascii) { out.append(run.text, run.style) }
    if layout.showsNumbers { out.append(" " + label(sum)) }
    return out
  }

  private func legendRow(_ width: Int, _ settings: DisplaySettings) -> StyledText.Row? {
    let named = series.indices.filter { !(series[$0].name ?? "").isEmpty }
    if named.isEmpty { return nil }
    var row = StyledText.Row()
    for index in named {
      if !row.runs.isEmpty { row.append("   ") }
      row.append(settings.ascii ? "#" : "■", TextStyle(color(index)))
      row.append(
        " " + TextWidth.truncated(ColumnName.oneLine(series[index].name ?? ""), to: width / 3))
    }
    var padded = StyledText.Row([
      .init(String(repeating: " ", count: max(width - row.width, 0)))
    ])
    padded.append(row)
    return padded
  }
}

// MARK: - Vector

extension BarPlot {
  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let total =
      Double(
        min(max(self.width ?? settings.width, DisplaySettings.minimumWidth), settings.width)) * 8
    let names = labels.prefix(shownRows).map { Double(TextWidth.of($0)) * 6.7 }
    let left = min(names.max() ?? 0, total / 3) + 16
    let hasLegend = series.contains { !($0.name ?? "").isEmpty }
    let top = (title == nil ? 10.0 : 32.0) + (hasLegend ? 18 : 0)
    let perRow = stacked ? 1 : max(series.count, 1)
    let pitch = Double(perRow) * 14 + 8
    var svg = SVGPicture(
      width: total, height: top + Double(max(shownRows, 1)) * pitch + (xlabel == nil ? 12 : 28))
    if let title {
      svg.text(ColumnName.oneLine(title), total / 2, 20, size: 13, anchor: .middle, bold: true)
    }
    if hasLegend { drawLegend(&svg, total, top - 8) }
    let (low, high) = scale
    let room = total - left - 70 - (low < 0 ? 60 : 0)
    let half = high * 0.5 - low * 0.5
    func pixels(_ value: Double) -> Double { half > 0 ? value * 0.5 / half * room : 0 }
    let zero = left + (low < 0 ? 60 - pixels(low) : 0)
    for row in 0..<shownRows {
      let y = top + Double(row) * pitch
      svg.text(ColumnName.oneLine(labels[row]), left - 6, y + pitch / 2 + 2, anchor: .end)
      var sum = 0.0
      for index in series.indices {
        let value = value(index, row)
        guard value.isFinite, !stacked || value > 0 else { continue }
        let from = stacked ? zero + pixels(sum) : min(zero, zero + pixels(value))
        let barY = y + 3 + (stacked ? 0 : Double(index) * 14)
        svg.rect(from, barY, pixels(abs(value)), 12, fill: color(index), radius: 1.5)
        sum += value
        if showsValues && !stacked {
          let isLeft = value < 0
          svg.text(
            label(value), isLeft ? from - 4 : from + pixels(value) + 4, barY + 10,
            anchor: isLeft ? .end : .start)
        }
      }
      if showsValues && stacked { svg.text(label(sum), zero + pixels(sum) + 4, y + 13) }
    }
    svg.line(
      zero, top, zero, top + Double(max(shownRows, 1)) * pitch, stroke: Color(0xB0B0B0))
    if let xlabel {
      svg.text(
        ColumnName.oneLine(xlabel), total / 2,
        top + Double(max(shownRows, 1)) * pitch + 18, anchor: .middle)
    }
    return svg
  }

  private func drawLegend(_ svg: inout SVGPicture, _ total: Double, _ y: Double) {
    var place = total - 16
    for index in series.indices.reversed() {
      guard let name = series[index].name, !name.isEmpty else { continue }
      place -= Double(TextWidth.of(name)) * 6.7
      svg.text(ColumnName.oneLine(name), place, y)
      svg.rect(place - 16, y - 8, 10, 8, fill: color(index), radius: 1.5)
      place -= 28
    }
  }
}
