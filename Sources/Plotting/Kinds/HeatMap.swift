import Display

/// A matrix of numbers as coloured cells, with the numbers in them where they fit and a colour bar.
public struct HeatMap: Plot {
  /// Rows of equal length, the first at the top.
  public let values: [[Double]]
  public var title: String?
  public var xlabel: String?
  public var ylabel: String?
  public var rowLabels: [String]
  public var columnLabels: [String]
  public var colorMap: ColorMap
  /// Numbers of the first and the last colour; nil: the least and the largest value.
  public var limits: ClosedRange<Double>?
  /// Numbers in the cells; nil: when they fit.
  public var showsValues: Bool?
  public var showsColorBar = true
  public var width: Int?

  public init(
    _ values: [[Double]], title: String? = nil, xlabel: String? = nil, ylabel: String? = nil,
    rowLabels: [String] = [], columnLabels: [String] = [], colorMap: ColorMap = .viridis,
    limits: ClosedRange<Double>? = nil, showsValues: Bool? = nil
  ) throws(PlotError) {
    try PlotError.checkRows("heatmap", values)
    self.values = values
    self.title = title
    self.xlabel = xlabel
    self.ylabel = ylabel
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.colorMap = colorMap
    self.limits = limits
    self.showsValues = showsValues
  }

  // MARK: - Scale

  private var range: (low: Double, high: Double) {
    if let limits { return (limits.lowerBound, limits.upperBound) }
    let extent = Extent(values.joined())
    return (extent?.low ?? 0, extent?.high ?? 1)
  }

  private func color(_ value: Double, _ range: (low: Double, high: Double)) -> Color {
    let span = range.high * 0.5 - range.low * 0.5
    if value.isNaN { return .muted }
    return colorMap(span > 0 ? (value * 0.5 - range.low * 0.5) / span : 0.5)
  }

  /// The cells' texts, with as many digits as tell the values apart.
  private var labels: [[String]] {
    let finite = values.joined().filter(\.isFinite)
    let areWhole = finite.allSatisfy { $0 == $0.rounded() && abs($0) < 1e6 }
    let largest = finite.reduce(0) { max($0, abs($1)) }
    return values.map { row in
      row.map { value in
        if !value.isFinite { return NumberText.short(value) }
        if areWhole { return NumberText.trimmed(NumberText.fixed(value, 0)) }
        if largest >= 1e5 || largest < 0.01 { return NumberText.short(value, 2) }
        return NumberText.fixed(value, largest < 10 ? 2 : largest < 100 ? 1 : 0)
      }
    }
  }

  // MARK: - Text

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var settings = settings
    if let width { settings.width = min(width, settings.width) }
    let (matrix, pixels) = layout(settings)
    var picture: StyledText
    if let pixels {
      picture = pixelText(matrix, pixels, settings)
    } else {
      picture = matrix.text(settings)
    }
    if showsColorBar && !values.isEmpty && settings.usesColor && !settings.ascii
      && matrix.columnCount > 0 && settings.width >= Self.barWidth * 3
    {
      let header = matrix.headerRows
      let rows = pixels.map { ($0.height + 1) / 2 } ?? matrix.cells.count * matrix.cellHeight
      let bar = colorBar(rows, settings)
      let blank = StyledText(rows: Array(repeating: StyledText.Row(), count: header))
      picture = picture.beside(blank.above(bar), gap: 2)
    }
    return picture.finished(settings)
  }

  /// Cells with numbers, cells without, or, for large matrices, pixels.
  private func layout(_ settings: DisplaySettings) -> (CellMatrix, Pixels?) {
    let range = range
    var matrix = CellMatrix(
      cells: [], rowLabels: rowLabels, columnLabels: columnLabels, title: title, xlabel: xlabel,
      ylabel: ylabel)
    let columns = values.first?.count ?? 0
    guard columns > 0 else {
      matrix.cells = [[CellMatrix.Cell(lines: ["(no cells)"], style: .muted)]]
      matrix.cellWidth = 10
      return (matrix, nil)
    }
    let margin = showsColorBar && settings.width >= Self.barWidth * 3 ? Self.barWidth : 0
    let room = max(settings.width - matrix.labelWidth(settings.width) - 1 - margin, 4)
    let labels = showsValues == false || columns * 2 > room || values.count > 40 ? [] : self.labels
    let widest = labels.joined().reduce(0) { max($0, TextWidth.of($1)) }
    let names = columnLabels.reduce(0) { max($0, min(TextWidth.of($1), 10)) }
    let withValues = max(widest + 2, min(names + 1, room / columns), 4)
    let fits = !labels.isEmpty && columns * withValues <= room && values.count <= 40
    let hasNumbers = showsValues ?? fits
    if hasNumbers && !labels.isEmpty && columns * (widest + 1) <= room {
      matrix.cellWidth = min(withValues, room / columns)
      matrix.cellHeight = values.count <= 4 && columns <= 6 && settings.usesColor ? 3 : 1
      if matrix.cellHeight == 3 { matrix.cellWidth = max(min(8, room / columns), matrix.cellWidth) }
    } else if columns * 2 <= room && values.count <= 40 {
      matrix.cellWidth = min(room / columns, 4)
      matrix.cellHeight = matrix.cellWidth == 4 && values.count <= 10 ? 2 : 1
      if matrix.cellWidth == 3 { matrix.cellWidth = 2 }
    } else {
      let width = min(columns, room)
      let height = min(values.count, max(values.count * width / columns, 1), 80)
      let pixels = Pixels(width: columns, height: values.count) { color(values[$1][$0], range) }
      matrix.cells = [Array(repeating: CellMatrix.Cell(), count: width)]
      matrix.cellWidth = 1
      return (matrix, pixels.reduced(width: width, height: height))
    }
    let showsNumbers = hasNumbers && !labels.isEmpty && columns * (widest + 1) <= room
    matrix.cells = values.enumerated().map { y, row in
      row.enumerated().map { x, value in
        CellMatrix.Cell(
          lines: showsNumbers ? [labels[y][x]] : [], fill: color(value, range))
      }
    }
    return (matrix, nil)
  }

  /// A picture of pixels under the same title and labels.
  private func pixelText(_ matrix: CellMatrix, _ pixels: Pixels, _ settings: DisplaySettings)
    -> StyledText
  {
    var frame = matrix
    frame.columnLabels = []
    frame.xlabel = nil
    let left = matrix.labelWidth(settings.width) + 1
    let margin = String(repeating: " ", count: left)
    // Only the rows above the cells: the one row of cells there is gives the width.
    var rows = Array(frame.text(settings).rows.prefix(frame.headerRows))
    for line in pixels.text(settings).rows {
      var row = StyledText.Row([.init(margin)])
      row.append(line)
      rows.append(row)
    }
    if let xlabel {
      let shown = TextWidth.truncated(ColumnName.oneLine(xlabel), to: settings.width)
      let start = left + max(pixels.width - TextWidth.of(shown), 0) / 2
      rows.append(
        StyledText.Row([.init(String(repeating: " ", count: start)), .init(shown, .muted)]))
    }
    return StyledText(rows: rows)
  }

  private func colorBar(_ rows: Int, _ settings: DisplaySettings) -> StyledText {
    let range = range
    let height = max(rows, 1)
    return StyledText(
      rows: (0..<height).map { line in
        func fraction(_ place: Int) -> Double {
          height * 2 > 1 ? 1 - Double(place) / Double(height * 2 - 1) : 1
        }
        var row = StyledText.Row()
        let style = TextStyle(colorMap(fraction(2 * line)), on: colorMap(fraction(2 * line + 1)))
        row.append("▀▀", style)
        var value: Double?
        if line == 0 { value = range.high }
        if line == height - 1 && height > 1 { value = range.low }
        if height >= 5 && line == height / 2 { value = range.low * 0.5 + range.high * 0.5 }
        if let value { row.append(" " + Self.barLabel(value, range)) }
        return row
      })
  }

  // MARK: - Vector

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    var settings = settings
    if let width { settings.width = min(width, settings.width) }
    let (matrix, pixels) = layout(settings)
    let body = pixels.map { pixelPicture(matrix, $0) } ?? matrix.picture(settings)
    guard showsColorBar, !values.isEmpty else { return body }
    var svg = SVGPicture(width: body.width + 70, height: body.height)
    svg.place(body, 0, 0)
    let top = title == nil ? 10.0 : 30.0
    let height = max(min(body.height - top - 24, 160), 20)
    let range = range
    for step in 0..<32 {
      svg.rect(
        body.width, top + Double(step) * height / 32, 12, height / 32 + 0.5,
        fill: colorMap(1 - Double(step) / 31))
    }
    svg.text(Self.barLabel(range.high, range), body.width + 16, top + 9)
    svg.text(Self.barLabel(range.low, range), body.width + 16, top + height)
    return svg
  }

  /// Columns of the colour bar with its gap and numbers.
  private static let barWidth = 12

  /// Large matrices: square pixels, about 400 on the longer side.
  private func pixelPicture(_ matrix: CellMatrix, _ pixels: Pixels) -> SVGPicture {
    let side = max((400 / Double(max(pixels.width, pixels.height, 1))).rounded(), 2)
    let left = ylabel == nil ? 14.0 : 30.0
    let top = title == nil ? 10.0 : 30.0
    let body = (width: Double(pixels.width) * side, height: Double(pixels.height) * side)
    var svg = SVGPicture(
      width: left + body.width + 14, height: top + body.height + (xlabel == nil ? 10 : 26))
    pixels.draw(&svg, left, top, side)
    let middle = left + body.width / 2
    if let title {
      svg.text(ColumnName.oneLine(title), middle, 19, size: 13, anchor: .middle, bold: true)
    }
    if let xlabel {
      svg.text(ColumnName.oneLine(xlabel), middle, svg.height - 8, anchor: .middle)
    }
    if let ylabel {
      svg.text(
        ColumnName.oneLine(ylabel), 16, top + body.height / 2, anchor: .middle, turned: true)
    }
    return svg
  }

  /// A number of the colour bar; what is nothing beside the range is zero.
  private static func barLabel(_ value: Double, _ range: (low: Double, high: Double)) -> String {
    let span = range.high * 0.5 - range.low * 0.5
    return NumberText.short(abs(value) < span * 1e-3 ? 0 : value, 3)
  }
}

extension CellMatrix {
  /// Rows above the cells.
  var headerRows: Int {
    (title == nil || title == "" ? 0 : 1) + (ylabel != nil || !rowNotesTitle.isEmpty ? 1 : 0)
  }
}
