import Display

extension Figure {
  /// Bars that lie, at places of the y axis, drawn with eighth blocks.
  ///
  /// - Parameters:
  ///   - edges: lower and upper end of each bar.
  ///   - feet: where each bar begins; `values` are their lengths from it.
  ///   - colors: one for each bar; empty: that of the series.
  public func horizontalBars(
    edges: [(Double, Double)], _ values: [Double], feet: [Double], name: String? = nil,
    color: Color? = nil, colors: [Color] = []
  ) throws(PlotError) -> Figure {
    try PlotError.check("barh", "edges", edges.count, "values", values.count)
    try PlotError.check("barh", "edges", edges.count, "feet", feet.count)
    return adding(
      HorizontalBarLayer(
        edges: edges, values: zip(values, feet).map { $0 + $1 }, feet: feet, name: name,
        color: color, colors: colors))
  }
}

struct HorizontalBarLayer: FigureLayer {
  let edges: [(Double, Double)]
  let values: [Double]
  let feet: [Double]
  let name: String?
  let color: Color?
  let colors: [Color]

  var standsOnZeroOfX: Bool { true }
  var xMargin: Double { 0.04 }
  var yMargin: Double { 0 }

  func xExtent(_ scale: AxisScale) -> Extent? {
    guard let data = Extent(values, scale) else { return nil }
    return scale == .log ? data : data.union(Extent(feet, scale)).union(Extent(0, 0))
  }

  func yExtent(_ scale: AxisScale) -> Extent? {
    Extent(edges.flatMap { [$0.0, $0.1] }, scale)
  }

  func sample(_ style: SeriesStyle) -> String { style.ascii ? "#" : "█" }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let rows = Double(surface.rows)
    for (index, edge) in edges.enumerated() where values[index].isFinite {
      let a = surface.y.fraction(edge.0) * rows
      let b = surface.y.fraction(edge.1) * rows
      guard a.isFinite, b.isFinite, min(a, b) < rows, max(a, b) > 0 else { continue }
      // Rows whose middle the bar covers, one at least.
      let first = Int(max((min(a, b) - 0.5).rounded(.up), 0))
      let last = Int(min((max(a, b) - 0.5).rounded(.down), rows - 1))
      let middle = Int(min(max((a + b) / 2, 0), rows - 1))
      // Bars of one line each need air between them; those of several have whole blanks.
      let isSlim = first >= last
      let ink = index < colors.count ? TextStyle(colors[index], slim: isSlim)
        : TextStyle(style.color, slim: isSlim)
      for row in first <= last ? first...last : middle...middle {
        draw(&surface, surface.rows - 1 - row, index, ink)
      }
    }
  }

  private func draw(_ surface: inout TextSurface, _ row: Int, _ index: Int, _ ink: TextStyle) {
    let columns = Double(surface.columns)
    func place(_ value: Double) -> Double {
      let fraction = surface.x.fraction(value)
      // On a log axis, zero lies beyond the left end.
      return min(max(fraction.isFinite ? fraction : 0, 0), 1) * columns
    }
    let ends = (place(feet[index]), place(values[index]))
    let from = min(ends.0, ends.1).rounded()
    let to = max(ends.0, ends.1)
    if to <= from {
      guard ends.0 != ends.1 else { return }
      surface.cells.set(min(Int(from), surface.columns - 1), row, surface.ascii ? "|" : "▏", ink)
      return
    }
    let bar = BlockBar.toTheRight(to - from, ascii: surface.ascii)
    for (offset, glyph) in bar.enumerated() where Int(from) + offset < surface.columns {
      surface.cells.set(Int(from) + offset, row, glyph, ink)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    for (index, edge) in edges.enumerated() where values[index].isFinite {
      let foot = surface.x.scale == .log && feet[index] <= 0 ? surface.x.low : feet[index]
      surface.bar(
        foot, edge.0, values[index], edge.1,
        color: index < colors.count ? colors[index] : style.color)
    }
  }
}
