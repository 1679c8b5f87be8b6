import Display

/// Named lists of numbers, one a row: a small histogram, mean, spread and ends. For the weights and
/// gradients of a model.
public struct ValueSummary: Plot {
  public struct Row: Sendable, Equatable {
    public var name: String
    public var values: [Double]

    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  public var rows: [Row]
  public var title: String?

  public init(_ rows: [Row], title: String? = nil) {
    self.rows = rows
    self.title = title
  }

  private static let bins = 24

  private func cells(_ row: Row) -> (counts: [Double], texts: [String]) {
    let finite = row.values.filter(\.isFinite)
    let histogram = Histogram(finite, bins: Self.bins)
    let count = Double(max(finite.count, 1))
    let mean = finite.reduce(0) { $0 + $1 / count }
    let variance = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    let odd = row.values.count - finite.count
    let numbers =
      finite.isEmpty
      ? ["-", "-", "-", "-"]
      : [mean, variance.squareRoot(), finite.min() ?? 0, finite.max() ?? 0].map {
        NumberText.short($0, 3)
      }
    return (
      histogram.counts.map(Double.init),
      [NumberText.grouped(row.values.count)] + numbers + [odd > 0 ? "\(odd) not finite" : ""]
    )
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var out: [StyledText.Row] = []
    if let title, !title.isEmpty {
      out.append(StyledText.Row([.init(ColumnName.oneLine(title), .strong)]))
    }
    let header = ["values", "mean", "std", "min", "max", ""]
    let shown = rows.prefix(200).map { ($0, cells($0)) }
    let names = shown.map { ColumnName.oneLine($0.0.name) }
    let nameWidth = min(names.reduce(4) { max($0, TextWidth.of($1)) }, max(settings.width / 4, 6))
    let widths = header.indices.map { column in
      shown.reduce(TextWidth.of(header[column])) { max($0, TextWidth.of($1.1.texts[column])) }
    }
    let numbers = widths.reduce(0) { $0 + $1 + 2 }
    let curve = min(max(settings.width - nameWidth - numbers - 2, 4), Self.bins)
    func line(_ name: String, _ picture: StyledText.Run, _ texts: [String], _ style: TextStyle) {
      var row = StyledText.Row([.init(TextWidth.fitted(name, to: nameWidth) + "  ", style)])
      row.append(picture.text, picture.style)
      for (column, text) in texts.enumerated() {
        let isNote = column == texts.count - 1
        row.append(
          "  " + (isNote ? text : TextWidth.padded(text, to: widths[column], .right)),
          isNote ? TextStyle(.bad) : style)
      }
      out.append(row)
    }
    line("", .init(String(repeating: " ", count: curve)), header, .muted)
    for (place, (_, cells)) in shown.enumerated() {
      let spark = Sparkline.text(cells.counts, width: curve, ascii: settings.ascii)
      line(
        names[place],
        .init(TextWidth.padded(spark, to: curve), TextStyle(Palette.color(0))), cells.texts, .normal)
    }
    if rows.isEmpty { out.append(StyledText.Row([.init("(no tensors)", .muted)])) }
    if rows.count > 200 {
      out.append(StyledText.Row([.init("... \(rows.count - 200) more", .muted)]))
    }
    return StyledText(rows: out).finished(settings)
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let top = title == nil ? 30.0 : 52.0
    let shown = rows.prefix(200)
    var svg = SVGPicture(width: 640, height: top + Double(shown.count) * 26 + 10)
    if let title { svg.text(ColumnName.oneLine(title), 12, 20, size: 13, bold: true) }
    for (column, name) in ["values", "mean", "std", "min", "max"].enumerated() {
      svg.text(name, 370 + Double(column) * 62, top - 10, fill: .muted, anchor: .end)
    }
    for (place, row) in shown.enumerated() {
      let y = top + Double(place) * 26
      let cells = cells(row)
      svg.text(TextWidth.truncated(ColumnName.oneLine(row.name), to: 22), 12, y + 13)
      let most = max(cells.counts.max() ?? 1, 1)
      for (bin, count) in cells.counts.enumerated() {
        let height = count / most * 20
        svg.rect(160 + Double(bin) * 6, y + 18 - height, 5.4, height, fill: Palette.color(0))
      }
      for (column, text) in cells.texts.prefix(5).enumerated() {
        svg.text(text, 370 + Double(column) * 62, y + 13, anchor: .end)
      }
    }
    return svg
  }
}
