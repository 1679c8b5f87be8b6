import Display

/// Pictures in rows and columns, under one title: subplots.
public struct FigureGrid: Plot {
  /// Row by row from the top left; nil leaves a place free.
  public var cells: [(any Plot)?]
  public var columns: Int
  public var title: String?
  public var width: Int?

  public init(_ cells: [(any Plot)?], columns: Int, title: String? = nil) {
    self.cells = cells
    self.columns = max(columns, 1)
    self.title = title
  }

  /// Narrower than this axes are unreadable; pictures without axes need less.
  private static let leastWidth = 24
  private static let leastPictureWidth = 12
  private static let gap = 2

  /// Cells in a row: as asked, or fewer where they would become too narrow.
  private func across(_ width: Int) -> Int {
    let least = cells.contains { cell in
      guard let figure = cell as? Figure else { return cell != nil }
      return figure.showsAxes && !figure.isEmpty
    } ? Self.leastWidth : Self.leastPictureWidth
    let fitting = max((width + Self.gap) / (least + Self.gap), 1)
    if columns <= fitting { return columns }
    // Rows of equal length where that is possible.
    let rows = (columns + fitting - 1) / fitting
    return (columns + rows - 1) / rows
  }

  private func placed(_ plot: any Plot, _ width: Int, _ settings: DisplaySettings) -> (
    plot: any Plot, settings: DisplaySettings
  ) {
    var settings = settings
    settings.width = width
    guard var figure = plot as? Figure else { return (plot, settings) }
    figure.cellWidth = width
    // A grid has less width; its pictures keep some height.
    if figure.height == nil, figure.unitShape == nil { figure.height = max(width * 13 / 50, 8) }
    return (figure, settings)
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    let total = min(width ?? settings.width, settings.width)
    var out: [StyledText.Row] = []
    if let title, !title.isEmpty {
      for line in title.split(separator: "\n", omittingEmptySubsequences: false) {
        let shown = TextWidth.truncated(ColumnName.oneLine(String(line)), to: total)
        let start = max((total - TextWidth.of(shown)) / 2, 0)
        out.append(
          StyledText.Row([.init(String(repeating: " ", count: start)), .init(shown, .strong)]))
      }
    }
    let across = across(total)
    let cell = max((total - Self.gap * (across - 1)) / across, 4)
    var isFirst = true
    for start in stride(from: 0, to: cells.count, by: columns) {
      let row = Array(cells[start..<min(start + columns, cells.count)])
      for part in stride(from: 0, to: row.count, by: across) {
        if !isFirst { out.append(StyledText.Row()) }
        isFirst = false
        out += band(Array(row[part..<min(part + across, row.count)]), cell, settings)
      }
    }
    if cells.isEmpty { out.append(StyledText.Row([.init("(no pictures)", .muted)])) }
    return StyledText(rows: out).finished(settings)
  }

  private func band(_ row: [(any Plot)?], _ width: Int, _ settings: DisplaySettings)
    -> [StyledText.Row]
  {
    let texts = row.map { plot -> StyledText in
      guard let plot else { return StyledText() }
      let (placed, settings) = placed(plot, width, settings)
      return placed.text(settings)
    }
    // Titles and areas of a row stand at one height.
    let heads = row.map { ($0 as? Figure).map { ($0.title ?? "").isEmpty ? 0 : 1 } ?? 0 }
    let head = heads.max() ?? 0
    var out: [StyledText.Row] = []
    for (column, text) in texts.enumerated() {
      let lift = text.isEmpty ? 0 : head - heads[column]
      let lines = Array(repeating: StyledText.Row(), count: max(lift, 0)) + text.rows
      for (number, line) in lines.enumerated() {
        if number == out.count { out.append(StyledText.Row()) }
        out[number].pad(to: column * (width + Self.gap))
        out[number].append(line)
      }
    }
    return out
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let total = min(width ?? settings.width, settings.width)
    let across = across(total)
    let cell = max((total - Self.gap * (across - 1)) / across, 4)
    let top = title == nil || title == "" ? 0.0 : 30.0
    var places: [(picture: SVGPicture, x: Double, y: Double)] = []
    var y = top
    var widest = 0.0
    for start in stride(from: 0, to: cells.count, by: columns) {
      let row = Array(cells[start..<min(start + columns, cells.count)])
      for part in stride(from: 0, to: row.count, by: across) {
        var height = 0.0
        for (place, plot) in row[part..<min(part + across, row.count)].enumerated() {
          guard let plot else { continue }
          let (placed, settings) = placed(plot, cell, settings)
          let picture = placed.picture(settings)
          let x = Double(place * (cell + Self.gap)) * 8
          places.append((picture, x, y))
          height = max(height, picture.height)
          widest = max(widest, x + picture.width)
        }
        y += height + 6
      }
    }
    var svg = SVGPicture(width: max(widest, 40), height: max(y, 20))
    if let title, !title.isEmpty {
      svg.text(ColumnName.oneLine(title), widest / 2, 20, size: 14, anchor: .middle, bold: true)
    }
    for place in places { svg.place(place.picture, place.x, place.y) }
    return svg
  }
}
