import Display

extension Figure {
  /// A line through (0, y0), (1, y1) ... A value that is not finite makes a gap.
  ///
  /// - Parameters:
  ///   - start: x of the first value; default 0.
  ///   - marker: a sign at each point, `nil` for none.
  public func line(
    _ y: [Double], from start: Double = 0, name: String? = nil, color: Color? = nil,
    marker: Character? = nil, dash: Dash? = nil
  ) -> Figure {
    adding(
      LineLayer(
        x: nil, start: start, y: y, name: name, color: color, marker: marker, dash: dash))
  }

  /// A line through the points (x[i], y[i]) in their order.
  public func line(
    _ x: [Double], _ y: [Double], name: String? = nil, color: Color? = nil,
    marker: Character? = nil, dash: Dash? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("line", "x", x.count, "y", y.count)
    return adding(
      LineLayer(x: x, start: 0, y: y, name: name, color: color, marker: marker, dash: dash))
  }

  /// A staircase: each value holds from its x to the next.
  public func steps(
    _ x: [Double], _ y: [Double], name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("steps", "x", x.count, "y", y.count)
    var stepX: [Double] = []
    var stepY: [Double] = []
    stepX.reserveCapacity(2 * x.count)
    stepY.reserveCapacity(2 * x.count)
    for (index, (px, py)) in zip(x, y).enumerated() {
      if index > 0 {
        stepX.append(px)
        stepY.append(y[index - 1])
      }
      stepX.append(px)
      stepY.append(py)
    }
    return adding(
      LineLayer(
        x: stepX, start: 0, y: stepY, name: name, color: color, marker: nil, dash: nil))
  }
}

/// A line through points; gaps where a coordinate is not finite.
struct LineLayer: FigureLayer {
  /// nil: start, start + 1, ...
  let x: [Double]?
  let start: Double
  let y: [Double]
  let name: String?
  let color: Color?
  let marker: Character?
  let dash: Dash?

  private var count: Int { min(x?.count ?? y.count, y.count) }

  func xExtent(_ scale: AxisScale) -> Extent? {
    if let x { return Extent(x, scale) }
    if y.isEmpty { return nil }
    return Extent([start, start + Double(y.count - 1)], scale)
  }

  func yExtent(_ scale: AxisScale) -> Extent? { Extent(y, scale) }

  func sample(_ style: SeriesStyle) -> String {
    guard let marker else { return style.lineSample(dash) }
    return (style.ascii ? "-" + String(style.marker) : "─" + String(marker))
  }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(style.text)
    var tracer = PathTracer(pen: pen, dash: dash ?? .solid)
    for index in 0..<count {
      let px = x.map { $0[index] } ?? (start + Double(index))
      tracer.add(surface.dotX(px), surface.dotY(y[index]), &surface.dots)
    }
    tracer.flush(&surface.dots)
    if let marker {
      drawMarkers(&surface, surface.ascii ? style.marker : marker, style)
    } else {
      if style.needsMarkers { drawSparseMarkers(&surface, style) }
      drawLonelyPoints(&surface, style)
    }
  }

  private func drawMarkers(_ surface: inout TextSurface, _ glyph: Character, _ style: SeriesStyle) {
    for index in 0..<count {
      let px = x.map { $0[index] } ?? (start + Double(index))
      if let column = surface.column(px), let row = surface.row(y[index]) {
        surface.mark(String(glyph), column, row, style.text)
      }
    }
  }

  /// A marker about every twelfth column, at other columns for each series.
  private func drawSparseMarkers(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pitch = 12
    var last: Int?
    for index in 0..<count {
      let px = x.map { $0[index] } ?? (start + Double(index))
      guard let column = surface.column(px), let row = surface.row(y[index]) else { continue }
      if last.map({ abs(column - $0) >= pitch }) ?? (column >= (style.index * 3) % pitch) {
        surface.mark(String(style.marker), column, row, style.text)
        last = column
      }
    }
  }

  /// A point between two gaps would be one faint dot: it gets a marker.
  private func drawLonelyPoints(_ surface: inout TextSurface, _ style: SeriesStyle) {
    guard count <= surface.dots.width else { return }
    func isPoint(_ index: Int) -> Bool {
      guard index >= 0, index < count else { return false }
      return surface.dotX(x.map { $0[index] } ?? (start + Double(index))).isFinite
        && surface.dotY(y[index]).isFinite
    }
    for index in 0..<count where isPoint(index) && !isPoint(index - 1) && !isPoint(index + 1) {
      let px = x.map { $0[index] } ?? (start + Double(index))
      if let column = surface.column(px), let row = surface.row(y[index]) {
        surface.mark(String(style.marker), column, row, style.text)
      }
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    surface.path(count, color: style.color, dash: dash ?? .solid) { index in
      (x.map { $0[index] } ?? (start + Double(index)), y[index])
    }
    if marker != nil {
      for index in 0..<count {
        let px = x.map { $0[index] } ?? (start + Double(index))
        surface.point(px, y[index], shape: style.index, color: style.color)
      }
    }
  }
}
