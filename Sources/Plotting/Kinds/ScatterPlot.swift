import Display

extension Figure {
  /// Points at (x[i], y[i]).
  ///
  /// Few points are drawn as markers, one to a cell; many as single dots, which show density.
  public func scatter(
    _ x: [Double], _ y: [Double], name: String? = nil, color: Color? = nil,
    marker: Character? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("scatter", "x", x.count, "y", y.count)
    return adding(ScatterLayer(x: x, y: y, name: name, color: color, marker: marker))
  }

  /// Points of several classes, each with its colour, marker and name.
  ///
  /// - Parameters:
  ///   - classes: number of each point's class; a class without a name is shown by its number.
  public func scatter(
    _ x: [Double], _ y: [Double], classes: [Int], names: [String] = []
  ) throws(PlotError) -> Figure {
    try PlotError.check("scatter", "x", x.count, "y", y.count)
    try PlotError.check("scatter", "x", x.count, "classes", classes.count)
    var members: [Int: [Int]] = [:]
    for (index, label) in classes.enumerated() { members[label, default: []].append(index) }
    // So many classes are a measurement: nobody can tell twenty colours apart.
    if members.count > 20 { return try scatter(x, y, values: classes.map(Double.init)) }
    var figure = self
    for label in members.keys.sorted() {
      let indices = members[label] ?? []
      figure = try figure.scatter(
        indices.map { x[$0] }, indices.map { y[$0] },
        name: label >= 0 && label < names.count ? names[label] : String(label))
    }
    return figure
  }
}

extension Figure {
  /// Points coloured by a number each has, from least to largest along a colour map.
  public func scatter(
    _ x: [Double], _ y: [Double], values: [Double], colorMap: ColorMap = .viridis
  ) throws(PlotError) -> Figure {
    try PlotError.check("scatter", "x", x.count, "y", y.count)
    try PlotError.check("scatter", "x", x.count, "values", values.count)
    let levels = 16
    var members = Array(repeating: [Int](), count: levels)
    let extent = Extent(values)
    for (index, value) in values.enumerated() where value.isFinite {
      guard let extent else { continue }
      let half = extent.high * 0.5 - extent.low * 0.5
      let fraction = half > 0 ? (value * 0.5 - extent.low * 0.5) / half : 0.5
      members[min(max(Int(fraction * Double(levels)), 0), levels - 1)].append(index)
    }
    var figure = self
    for (level, indices) in members.enumerated() where !indices.isEmpty {
      let color = colorMap((Double(level) + 0.5) / Double(levels))
      figure = try figure.scatter(
        indices.map { x[$0] }, indices.map { y[$0] }, color: color, marker: "●")
    }
    return figure
  }
}

/// Points without a line.
struct ScatterLayer: FigureLayer {
  let x: [Double]
  let y: [Double]
  let name: String?
  let color: Color?
  let marker: Character?

  var xMargin: Double { 0.04 }

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(x, scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { Extent(y, scale) }
  func sample(_ style: SeriesStyle) -> String { String(marker ?? style.marker) }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    // More points than a third of the cells would only be a carpet of markers.
    if x.count > surface.columns * surface.rows / 3 {
      let pen = surface.dots.addPen(style.text)
      for (px, py) in zip(x, y) {
        if let column = TextSurface.whole(surface.dotX(px), below: surface.dots.width),
          let row = TextSurface.whole(surface.dotY(py), below: surface.dots.height)
        {
          surface.dots.dot(column, row, pen)
        }
      }
      return
    }
    let glyph = String(surface.ascii ? style.marker : marker ?? style.marker)
    for (px, py) in zip(x, y) {
      if let column = surface.column(px), let row = surface.row(py) {
        surface.mark(glyph, column, row, style.text)
      }
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    for (px, py) in surface.distinct(x, y) {
      surface.point(px, py, shape: style.index, color: style.color)
    }
  }
}
