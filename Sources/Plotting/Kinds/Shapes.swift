import Display

extension Figure {
  /// A closed shape through the corners.
  public func shape(
    _ x: [Double], _ y: [Double], name: String? = nil, color: Color? = nil, outlined: Bool = true
  ) throws(PlotError) -> Figure {
    try PlotError.check("fill", "x", x.count, "y", y.count)
    return adding(
      ShapeLayer(
        points: zip(x, y).map { ($0, $1) }, name: name, color: color, isOutlined: outlined))
  }

  /// A stripe over the whole height (`isUpright`) or width, from one number of the axis to another.
  public func stripe(
    _ from: Double, _ to: Double, isUpright: Bool, name: String? = nil, color: Color? = nil
  ) -> Figure {
    adding(StripeLayer(from: from, to: to, isUpright: isUpright, name: name, color: color))
  }
}

/// A filled polygon.
struct ShapeLayer: FigureLayer {
  let points: [(x: Double, y: Double)]
  let name: String?
  let color: Color?
  let isOutlined: Bool

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(points.map(\.x), scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { Extent(points.map(\.y), scale) }
  func sample(_ style: SeriesStyle) -> String { style.ascii ? ":" : "▒" }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    surface.fill(points, surface.dots.addPen(TextStyle(style.color, dim: true)))
    guard isOutlined else { return }
    let pen = surface.dots.addPen(style.text)
    for index in points.indices {
      let (a, b) = (points[index], points[(index + 1) % points.count])
      surface.segment(a.x, a.y, b.x, b.y, pen)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    surface.area(points, color: style.color, opacity: 0.35)
    guard isOutlined else { return }
    for index in points.indices {
      let (a, b) = (points[index], points[(index + 1) % points.count])
      surface.segment(a.x, a.y, b.x, b.y, color: style.color)
    }
  }
}

/// A stripe from edge to edge.
struct StripeLayer: FigureLayer {
  let from: Double
  let to: Double
  let isUpright: Bool
  let name: String?
  let color: Color?

  var yMargin: Double { isUpright ? 0 : 0.04 }

  func xExtent(_ scale: AxisScale) -> Extent? { isUpright ? Extent([from, to], scale) : nil }
  func yExtent(_ scale: AxisScale) -> Extent? { isUpright ? nil : Extent([from, to], scale) }
  func sample(_ style: SeriesStyle) -> String { style.ascii ? ":" : "▒" }

  private func corners(_ x: AxisMap, _ y: AxisMap) -> [(x: Double, y: Double)] {
    isUpright
      ? [(from, y.low), (to, y.low), (to, y.high), (from, y.high)]
      : [(x.low, from), (x.high, from), (x.high, to), (x.low, to)]
  }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(TextStyle(style.color, dim: true))
    surface.fill(corners(surface.x, surface.y), pen)
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    surface.area(corners(surface.x, surface.y), color: style.color, opacity: 0.25)
  }
}
