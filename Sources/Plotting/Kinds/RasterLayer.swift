import Display

extension Figure {
  /// A picture in the axes, between two ends of each axis.
  ///
  /// - Parameters:
  ///   - colors: rows from the top, equally long; missing cells are transparent.
  ///   - x: the left and the right edge of the picture in units of the axis.
  ///   - y: its lower and upper edge, the upper one is that of the first row.
  public func raster(
    _ colors: [[Color?]], x: (Double, Double), y: (Double, Double)
  ) -> Figure {
    adding(RasterLayer(colors: colors, x: x, y: y))
  }

  /// Points of the axes at the middle of the cells of a raster, for pictures of functions.
  public static func middles(of from: Double, _ to: Double, _ count: Int) -> [Double] {
    (0..<max(count, 0)).map { from + (to - from) * (Double($0) + 0.5) / Double(max(count, 1)) }
  }
}

/// Coloured cells of any size, drawn as half blocks.
struct RasterLayer: FigureLayer {
  let colors: [[Color?]]
  let x: (Double, Double)
  let y: (Double, Double)
  var name: String? { nil }
  var color: Color? { nil }
  var takesSeriesColor: Bool { false }
  var yMargin: Double { 0 }

  private var width: Int { colors.first?.count ?? 0 }
  private var height: Int { colors.count }

  func xExtent(_ scale: AxisScale) -> Extent? { Extent([x.0, x.1], scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { Extent([y.0, y.1], scale) }
  func sample(_ style: SeriesStyle) -> String { "█" }

  /// The pixels under a stretch of the axis, as a range of indices; nil outside.
  private func span(_ a: Double, _ b: Double, _ ends: (Double, Double), _ count: Int)
    -> Range<Int>?
  {
    let size = ends.1 - ends.0
    guard size != 0, size.isFinite, count > 0 else { return nil }
    let from = (min(a, b) - min(ends.0, ends.1)) / abs(size) * Double(count)
    let to = (max(a, b) - min(ends.0, ends.1)) / abs(size) * Double(count)
    guard from.isFinite, to.isFinite, to > 0, from < Double(count) else { return nil }
    let middle = (from + to) / 2
    var first = Int(max(from + 0.499, 0))
    var last = Int(min(max(to - 0.501, 0), Double(count - 1)))
    if last < first || to - from < 1.5 {
      // A cell smaller than a pixel shows the one under its middle.
      guard middle >= 0, middle < Double(count) else { return nil }
      first = Int(middle)
      last = first
    }
    first = min(first, count - 1)
    return ends.1 >= ends.0 ? first..<(last + 1) : (count - 1 - last)..<(count - first)
  }

  /// The mean of pixels; nil where most are transparent.
  private func mean(_ columns: Range<Int>, _ rows: Range<Int>) -> Color? {
    if columns.count == 1, rows.count == 1 { return pixel(columns.lowerBound, rows.lowerBound) }
    var sum = (red: 0, green: 0, blue: 0, count: 0)
    for row in rows {
      for column in columns {
        guard let color = pixel(column, row) else { continue }
        sum.red += Int(color.red)
        sum.green += Int(color.green)
        sum.blue += Int(color.blue)
        sum.count += 1
      }
    }
    guard sum.count * 2 >= columns.count * rows.count, sum.count > 0 else { return nil }
    let scale = 255 * Double(sum.count)
    return Color(
      red: Double(sum.red) / scale, green: Double(sum.green) / scale,
      blue: Double(sum.blue) / scale)
  }

  private func pixel(_ column: Int, _ row: Int) -> Color? {
    guard row >= 0, row < colors.count, column >= 0, column < colors[row].count else { return nil }
    return colors[row][column]
  }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let columns = spans(surface.x, x, surface.columns, width)
    // Fractions count from below, rows of the screen from above; the first row of pixels is at y.1.
    let halves = spans(surface.y, (y.1, y.0), surface.rows * 2, height)
    let count = halves.count
    for row in 0..<surface.rows {
      let upper = halves[count - 1 - 2 * row]
      let lower = halves[count - 2 - 2 * row]
      for column in 0..<surface.columns {
        guard let across = columns[column] else { continue }
        let top = upper.flatMap { mean(across, $0) }
        let bottom = lower.flatMap { mean(across, $0) }
        draw(&surface, column, row, top, bottom, style)
      }
    }
  }

  private func spans(_ axis: AxisMap, _ ends: (Double, Double), _ cells: Int, _ count: Int)
    -> [Range<Int>?]
  {
    (0..<cells).map { cell in
      span(
        axis.value(Double(cell) / Double(cells)), axis.value(Double(cell + 1) / Double(cells)),
        ends, count)
    }
  }

  private func draw(
    _ surface: inout TextSurface, _ column: Int, _ row: Int, _ top: Color?, _ bottom: Color?,
    _ style: SeriesStyle
  ) {
    guard style.usesColor, !surface.ascii else {
      let light = [top, bottom].compactMap { $0?.luminance }
      if light.isEmpty { return }
      let mean = light.reduce(0, +) / Double(light.count)
      surface.cells.set(column, row, Pixels.shade(mean, ascii: surface.ascii))
      return
    }
    switch (top, bottom) {
    case (let top?, let bottom?):
      // Also pixels of one colour keep paper, so that letters above find it.
      surface.cells.set(column, row, top == bottom ? "█" : "▀", TextStyle(top, on: bottom))
    case (let top?, nil): surface.cells.set(column, row, "▀", TextStyle(top))
    case (nil, let bottom?): surface.cells.set(column, row, "▄", TextStyle(bottom))
    case (nil, nil): break
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    guard width > 0, height > 0 else { return }
    let most = 160
    let across = min(width, most)
    let down = min(height, most)
    for row in 0..<down {
      let rows = (row * height / down)..<max((row + 1) * height / down, row * height / down + 1)
      var start = 0
      var current: Color?
      func finish(_ end: Int, _ surface: inout VectorSurface) {
        guard let current, end > start else { return }
        let sides = (at(x, start, across), at(x, end, across))
        let ends = (at((y.1, y.0), row, down), at((y.1, y.0), row + 1, down))
        surface.cell(sides.0, ends.0, sides.1, ends.1, color: current)
      }
      for column in 0..<across {
        let first = column * width / across
        let color = mean(first..<max((column + 1) * width / across, first + 1), rows)
        if color != current {
          finish(column, &surface)
          start = column
          current = color
        }
      }
      finish(across, &surface)
    }
  }

  private func at(_ ends: (Double, Double), _ place: Int, _ count: Int) -> Double {
    ends.0 + (ends.1 - ends.0) * Double(place) / Double(count)
  }
}
