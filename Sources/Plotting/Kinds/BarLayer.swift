import Display

extension Figure {
  /// Upright bars with names below them, from zero to each value.
  public func bars(
    _ labels: [String], _ values: [Double], name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("bar", "labels", labels.count, "values", values.count)
    var figure = adding(
      BarLayer(
        edges: values.indices.map { (Double($0) - 0.4, Double($0) + 0.4) }, values: values,
        baseline: 0, name: name, color: color))
    figure.xTicks = labels.enumerated().map { (Double($0), $1) }
    return figure
  }

  /// Upright bars at places of the x axis.
  ///
  /// - Parameters:
  ///   - width: width of a bar in units of the axis; default 0.8.
  ///   - baseline: the foot of all bars; default 0.
  public func bars(
    at x: [Double], _ values: [Double], width: Double = 0.8, baseline: Double = 0,
    name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("bar", "x", x.count, "values", values.count)
    return adding(
      BarLayer(
        edges: x.map { ($0 - width / 2, $0 + width / 2) }, values: values, baseline: baseline,
        name: name, color: color))
  }

  /// Upright bars that stand on other bars, or in the air, each with a colour of its own.
  ///
  /// - Parameters:
  ///   - edges: left and right end of each bar.
  ///   - feet: where each bar begins; `values` are their heights above it.
  ///   - colors: one for each bar; empty: that of the series.
  public func bars(
    edges: [(Double, Double)], _ values: [Double], feet: [Double], name: String? = nil,
    color: Color? = nil, colors: [Color] = []
  ) throws(PlotError) -> Figure {
    try PlotError.check("bar", "edges", edges.count, "values", values.count)
    try PlotError.check("bar", "edges", edges.count, "feet", feet.count)
    let standing = feet.allSatisfy { $0 == 0 }
    return adding(
      BarLayer(
        edges: edges, values: zip(values, feet).map { $0 + $1 }, baseline: 0, name: name,
        color: color, feet: standing ? nil : feet, colors: colors))
  }

  /// Stems: a thin line from zero to each point, with a marker on top.
  public func stem(
    _ x: [Double], _ y: [Double], name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("stem", "x", x.count, "y", y.count)
    return adding(StemLayer(x: x, y: y, name: name, color: color))
  }

  /// The area between two curves, such as an error band.
  public func band(
    _ x: [Double], _ low: [Double], _ high: [Double], name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("band", "x", x.count, "low", low.count)
    try PlotError.check("band", "x", x.count, "high", high.count)
    return adding(BandLayer(x: x, low: low, high: high, name: name, color: color))
  }
}

/// Upright bars, drawn with eighth blocks.
struct BarLayer: FigureLayer {
  /// Left and right end of each bar.
  let edges: [(Double, Double)]
  let values: [Double]
  let baseline: Double
  let name: String?
  let color: Color?
  /// Where each bar begins, if not at the baseline; `values` are where they end.
  var feet: [Double]?
  /// A colour for each bar; empty: that of the series.
  var colors: [Color] = []

  var standsOnZero: Bool { baseline == 0 }

  private func foot(_ index: Int) -> Double {
    guard let feet, index < feet.count else { return baseline }
    return feet[index]
  }

  private func style(_ index: Int, _ style: SeriesStyle) -> TextStyle {
    index < colors.count ? TextStyle(colors[index]) : style.text
  }

  func xExtent(_ scale: AxisScale) -> Extent? {
    Extent(edges.flatMap { [$0.0, $0.1] }, scale)
  }

  func yExtent(_ scale: AxisScale) -> Extent? {
    guard let data = Extent(values, scale) else { return nil }
    if scale == .log && baseline <= 0 { return data }
    if let feet { return data.union(Extent(feet, scale)).union(Extent(0, 0)) }
    return data.union(Extent(baseline, baseline))
  }

  func sample(_ style: SeriesStyle) -> String { style.ascii ? "#" : "█" }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let columns = Double(surface.columns)
    let foot = baselineRow(surface)
    for (index, (edge, value)) in zip(edges, values).enumerated() where value.isFinite {
      let from = (surface.x.fraction(edge.0) * columns).rounded()
      let to = (surface.x.fraction(edge.1) * columns).rounded()
      guard from.isFinite, to.isFinite, from < columns, to > -1 else { continue }
      let first = Int(max(from, 0))
      var last = Int(min(to, columns)) - 1
      if last < first { last = first }
      let top = surface.y.fraction(value) * Double(surface.rows)
      guard top.isFinite else { continue }
      let ink = self.style(index, style)
      if feet != nil, self.foot(index) != 0 {
        let bottom = surface.y.fraction(self.foot(index)) * Double(surface.rows)
        guard bottom.isFinite else { continue }
        for column in first...last { stack(&surface, column, bottom, top, ink) }
      } else {
        for column in first...last { draw(&surface, column, foot, top, ink) }
      }
    }
  }

  /// A bar on another one. The cell that both share shows the lower one as its letter and the upper
  /// one as its paper.
  private func stack(
    _ surface: inout TextSurface, _ column: Int, _ bottom: Double, _ top: Double, _ ink: TextStyle
  ) {
    let low = min(max(min(bottom, top), 0), Double(surface.rows))
    let high = min(max(max(bottom, top), 0), Double(surface.rows))
    guard high > low else { return }
    let row = min(Int(low), surface.rows - 1)
    let line = surface.rows - 1 - row
    guard low > Double(row) + 0.06, let under = surface.cells[column, line],
      under.style.foreground != nil, let glyph = under.glyph, glyph != "█", !surface.ascii
    else {
      draw(&surface, column, low.rounded(), high, ink)
      return
    }
    surface.cells.set(
      column, line, glyph, TextStyle(under.style.foreground, on: ink.foreground))
    draw(&surface, column, Double(row + 1), high, ink)
  }

  /// The foot on a border between cells, counted from below; half-filled cells under a bar would
  /// need the colour of the page.
  private func baselineRow(_ surface: TextSurface) -> Double {
    let place = surface.y.fraction(baseline) * Double(surface.rows)
    guard place.isFinite else { return 0 }
    return min(max(place.rounded(), 0), Double(surface.rows))
  }

  private func draw(
    _ surface: inout TextSurface, _ column: Int, _ foot: Double, _ top: Double,
    _ style: TextStyle
  ) {
    let low = min(max(min(foot, top), 0), Double(surface.rows))
    let high = min(max(max(foot, top), 0), Double(surface.rows))
    var row = Int(low)
    while Double(row) < high && row < surface.rows {
      let cover = (from: max(low - Double(row), 0), to: min(high - Double(row), 1))
      let glyph =
        surface.ascii
        ? (cover.to - cover.from >= 0.5 ? "#" : " ") : Self.glyph(cover.from, cover.to)
      if glyph != " " { surface.cells.set(column, surface.rows - 1 - row, glyph, style) }
      row += 1
    }
  }

  private static let eighths: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A cell filled from one height to another, 0 bottom to 1 top.
  private static func glyph(_ from: Double, _ to: Double) -> Character {
    if from < 0.0625 { return eighths[min(max(Int((to * 8).rounded()), 0), 8)] }
    // Unicode has two partial blocks that hang from above.
    let hanging = to - from
    return hanging > 0.75 ? "█" : hanging > 0.3 ? "▀" : "▔"
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    for (index, (edge, value)) in zip(edges, values).enumerated() where value.isFinite {
      surface.bar(
        edge.0, foot(index), edge.1, value,
        color: index < colors.count ? colors[index] : style.color)
    }
  }
}

/// Thin lines with markers.
struct StemLayer: FigureLayer {
  let x: [Double]
  let y: [Double]
  let name: String?
  let color: Color?

  var xMargin: Double { 0.04 }
  var standsOnZero: Bool { true }

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(x, scale) }

  func yExtent(_ scale: AxisScale) -> Extent? {
    let data = Extent(y, scale)
    return scale == .log ? data : data?.union(Extent(0, 0))
  }

  func sample(_ style: SeriesStyle) -> String { String(style.marker) }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(style.text)
    let zero = surface.dotY(0)
    let foot = zero.isFinite ? min(max(zero, 0), Double(surface.dots.height)) : 0
    for (px, py) in zip(x, y) {
      guard let column = TextSurface.whole(surface.dotX(px), below: surface.dots.width),
        let row = TextSurface.whole(surface.dotY(py), below: surface.dots.height)
      else { continue }
      surface.dots.vertical(
        column, Int(surface.y.scale == .log ? Double(surface.dots.height) : foot), row, pen)
      surface.mark(
        String(style.marker), column / surface.dots.kind.dotsX, row / surface.dots.kind.dotsY,
        style.text)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    for (px, py) in zip(x, y) where px.isFinite && py.isFinite {
      surface.path(2, color: style.color, dash: .solid) { (px, $0 == 0 ? 0 : py) }
      surface.point(px, py, shape: style.index, color: style.color)
    }
  }
}

/// The area between two curves, filled with a light pattern.
struct BandLayer: FigureLayer {
  let x: [Double]
  let low: [Double]
  let high: [Double]
  let name: String?
  let color: Color?

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(x, scale) }

  func yExtent(_ scale: AxisScale) -> Extent? {
    guard let below = Extent(low, scale) else { return Extent(high, scale) }
    return below.union(Extent(high, scale))
  }

  func sample(_ style: SeriesStyle) -> String { style.ascii ? ":" : "▒" }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(TextStyle(style.color, dim: true))
    for index in x.indices.dropLast() {
      let (from, to) = (surface.dotX(x[index]), surface.dotX(x[index + 1]))
      let lows = (surface.dotY(low[index]), surface.dotY(low[index + 1]))
      let highs = (surface.dotY(high[index]), surface.dotY(high[index + 1]))
      let parts = [from, to, lows.0, lows.1, highs.0, highs.1]
      guard parts.allSatisfy(\.isFinite) else { continue }
      let first = max(min(from, to).rounded(.up), 0)
      let last = min(max(from, to).rounded(.down), Double(surface.dots.width - 1))
      guard first <= last else { continue }
      for column in Int(first)...Int(last) {
        let t = to == from ? 0 : (Double(column) - from) / (to - from)
        fill(
          &surface.dots, column, lows.0 + t * (lows.1 - lows.0),
          highs.0 + t * (highs.1 - highs.0), pen)
      }
    }
  }

  /// Every fourth dot, in a lozenge pattern: curves on top stay readable.
  private func fill(
    _ dots: inout DotCanvas, _ column: Int, _ a: Double, _ b: Double, _ pen: Int
  ) {
    let top = max(min(a, b).rounded(), 0)
    let bottom = min(max(a, b).rounded(), Double(dots.height - 1))
    guard top <= bottom else { return }
    for row in Int(top)...Int(bottom) where (column + 2 * (row & 1)) & 3 == 0 {
      dots.dot(column, row, pen)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    var upper: [(x: Double, y: Double)] = []
    var lower: [(x: Double, y: Double)] = []
    func bounded(_ value: Double, _ from: Double, _ size: Double) -> Double {
      min(max(value, from), from + size)
    }
    for index in x.indices {
      let (px, a, b) = (
        surface.pixelX(x[index]), surface.pixelY(low[index]), surface.pixelY(high[index])
      )
      guard px.isFinite, a.isFinite, b.isFinite else { continue }
      let column = bounded(px, surface.left, surface.width)
      lower.append((column, bounded(a, surface.top, surface.height)))
      upper.append((column, bounded(b, surface.top, surface.height)))
    }
    surface.svg.polygon(upper + lower.reversed(), fill: style.color, opacity: 0.25)
  }
}
