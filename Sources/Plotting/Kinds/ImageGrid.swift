import Display

/// Small pictures side by side, each with a caption: samples of a data set, filters, mistakes.
public struct ImageGrid: Plot {
  public struct Item: Sendable {
    public var image: ImagePlot
    public var caption: String
    /// Colour of the caption, for example `Color.bad` for a wrong prediction.
    public var captionColor: Color?

    public init(_ image: ImagePlot, caption: String = "", captionColor: Color? = nil) {
      self.image = image
      self.caption = caption
      self.captionColor = captionColor
    }
  }

  public var items: [Item]
  public var title: String?
  /// Pictures in a row; nil: as many as look well.
  public var perRow: Int?

  public init(_ items: [Item], title: String? = nil, perRow: Int? = nil) {
    self.items = items
    self.title = title
    self.perRow = perRow
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var rows: [StyledText.Row] = []
    if let title, !title.isEmpty {
      let shown = TextWidth.truncated(ColumnName.oneLine(title), to: settings.width)
      rows.append(StyledText.Row([.init(shown, .strong)]))
    }
    if items.isEmpty { rows.append(StyledText.Row([.init("(no pictures)", .muted)])) }
    let (across, columns) = layout(settings.width)
    var start = 0
    while start < items.count {
      if start > 0 { rows.append(StyledText.Row()) }
      rows += band(Array(items[start..<min(start + across, items.count)]), columns, settings)
      start += across
    }
    return StyledText(rows: rows).finished(settings)
  }

  /// How many stand in a row, and the columns of each. Pictures grow by whole factors only; the
  /// factor is the largest that leaves four or more in a row.
  private func layout(_ width: Int) -> (across: Int, columns: Int) {
    let widest = max(items.map(\.image.pixelWidth).max() ?? 1, 1)
    func fitting(_ columns: Int) -> Int { max((width + Self.gap) / (columns + Self.gap), 1) }
    if let perRow, perRow > 0 {
      let room = max((width + Self.gap) / perRow - Self.gap, 1)
      let factor = max(room / widest, 1)
      return (perRow, min(widest * min(factor, 4), room))
    }
    let wanted = min(items.count, 4)
    for factor in [4, 3, 2] where fitting(widest * factor) >= wanted && widest * factor <= 32 {
      return (balanced(fitting(widest * factor)), widest * factor)
    }
    if fitting(widest) >= wanted { return (balanced(fitting(widest)), widest) }
    let columns = max((width + Self.gap) / wanted - Self.gap, 1)
    return (wanted, columns)
  }

  /// Ten pictures of which six fit are two rows of five, not six and four.
  private func balanced(_ most: Int) -> Int {
    let lines = (items.count + most - 1) / max(most, 1)
    return lines > 0 ? (items.count + lines - 1) / lines : 1
  }

  private static let gap = 2

  private func band(_ items: [Item], _ columns: Int, _ settings: DisplaySettings)
    -> [StyledText.Row]
  {
    let pictures = items.map {
      $0.image.pixels.fitted(columns: columns, wanted: columns).text(settings)
    }
    let height = pictures.map(\.height).max() ?? 0
    let hasCaptions = items.contains { !$0.caption.isEmpty }
    var rows = Array(repeating: StyledText.Row(), count: height + (hasCaptions ? 1 : 0))
    for (number, (item, picture)) in zip(items, pictures).enumerated() {
      let left = number * (columns + Self.gap)
      for line in 0..<picture.height {
        rows[line].pad(to: left)
        rows[line].append(picture.rows[line])
      }
      guard hasCaptions, number < items.count else { continue }
      rows[height].pad(to: left)
      rows[height].append(
        TextWidth.fitted(ColumnName.oneLine(item.caption), to: columns, .center),
        TextStyle(item.captionColor))
    }
    return rows
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let across = layout(settings.width).across
    let box = 88.0
    let top = title == nil ? 8.0 : 28.0
    let lines = (items.count + across - 1) / across
    let hasCaptions = items.contains { !$0.caption.isEmpty }
    let pitch = box + (hasCaptions ? 26 : 10)
    var svg = SVGPicture(
      width: Double(min(across, max(items.count, 1))) * (box + 10) + 6,
      height: top + Double(max(lines, 1)) * pitch)
    if let title { svg.text(ColumnName.oneLine(title), 8, 19, size: 13, bold: true) }
    for (number, item) in items.enumerated() {
      let x = 8 + Double(number % across) * (box + 10)
      let y = top + Double(number / across) * pitch
      let pixels = item.image.pixels.fitted(columns: 64, wanted: 1)
      let side = box / Double(max(pixels.width, pixels.height, 1))
      pixels.draw(&svg, x, y, side)
      svg.text(
        TextWidth.truncated(ColumnName.oneLine(item.caption), to: 14), x + box / 2, y + box + 14,
        fill: item.captionColor ?? Color(0x303030), anchor: .middle)
    }
    return svg
  }
}
