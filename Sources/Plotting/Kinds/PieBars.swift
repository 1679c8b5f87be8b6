import Display

/// Parts of a whole as one stacked bar and a list of shares: the eye compares lengths better than
/// angles.
public struct PieBars: Plot {
  public var labels: [String]
  public var values: [Double]
  public var title: String?
  public var colors: [Color]

  public init(
    _ labels: [String], _ values: [Double], title: String? = nil, colors: [Color] = []
  ) throws(PlotError) {
    try PlotError.check("pie", "labels", labels.count, "values", values.count)
    self.labels = labels
    self.values = values
    self.title = title
    self.colors = colors
  }

  private var shares: [Double] {
    let parts = values.map { $0.isFinite && $0 > 0 ? $0 : 0 }
    let total = parts.reduce(0) { $0 + $1 * 1e-3 }
    return parts.map { total > 0 ? $0 * 1e-3 / total : 0 }
  }

  private func color(_ index: Int) -> Color {
    index < colors.count ? colors[index] : Palette.color(index)
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var rows: [StyledText.Row] = []
    if let title, !title.isEmpty {
      rows.append(
        StyledText.Row([
          .init(TextWidth.truncated(ColumnName.oneLine(title), to: settings.width), .strong)
        ]))
    }
    if values.isEmpty {
      return StyledText(rows: rows + [StyledText.Row([.init("(no parts)", .muted)])])
    }
    let shares = shares
    let width = min(settings.width, 60)
    var end = 0.0
    let pieces = shares.enumerated().map { index, share in
      end += share * Double(width)
      return (end: end, color: color(index))
    }
    rows.append(StyledText.Row(BlockBar.stacked(pieces, ascii: settings.ascii)))
    let names = labels.map { ColumnName.oneLine($0) }
    let widest = min(names.reduce(0) { max($0, TextWidth.of($1)) }, max(width - 22, 6))
    let asciiFill = ["#", "=", "+", "o", "*", "%", "@", "x"]
    for (index, share) in shares.prefix(60).enumerated() {
      let sign =
        settings.ascii
        ? asciiFill[index % asciiFill.count]
        : settings.usesColor ? "█" : String(Palette.marker(index, ascii: false))
      var row = StyledText.Row([.init(sign + " ", TextStyle(color(index)))])
      row.append(TextWidth.fitted(names[index], to: widest))
      row.append(TextWidth.padded(NumberText.fixed(share * 100, 1) + "%", to: 8, .right))
      row.append("  ")
      let room = max(width - row.width, 0)
      row.append(
        BlockBar.toTheRight(share * Double(room), ascii: settings.ascii),
        TextStyle(color(index), slim: true))
      rows.append(row)
    }
    if shares.count > 60 {
      rows.append(StyledText.Row([.init("... \(shares.count - 60) more", .muted)]))
    }
    return StyledText(rows: rows).finished(settings)
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let top = title == nil ? 12.0 : 34.0
    let width = 480.0
    var svg = SVGPicture(
      width: width, height: top + 34 + Double(min(values.count, 60)) * 18 + 8)
    if let title { svg.text(ColumnName.oneLine(title), 12, 20, size: 13, bold: true) }
    var x = 12.0
    for (index, share) in shares.enumerated() {
      svg.rect(x, top, share * (width - 24), 20, fill: color(index))
      x += share * (width - 24)
    }
    for (index, share) in shares.prefix(60).enumerated() {
      let y = top + 44 + Double(index) * 18
      svg.rect(12, y - 9, 10, 10, fill: color(index))
      svg.text(ColumnName.oneLine(labels[index]), 28, y)
      svg.text(NumberText.fixed(share * 100, 1) + "%", 230, y, anchor: .end)
      svg.rect(240, y - 9, share * 228, 10, fill: color(index))
    }
    return svg
  }
}
