import Display

extension Figure {
  /// A straight line between two points of the axes.
  public struct Segment: Sendable, Equatable {
    public var x0: Double
    public var y0: Double
    public var x1: Double
    public var y1: Double

    public init(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double) {
      self.x0 = x0
      self.y0 = y0
      self.x1 = x1
      self.y1 = y1
    }
  }

  /// Straight lines that need not touch one another: arrows, brackets, level lines.
  public func segments(
    _ segments: [Segment], name: String? = nil, color: Color? = nil, dash: Dash = .solid
  ) -> Figure {
    adding(SegmentLayer(segments: segments, name: name, color: color, dash: dash))
  }

  /// Whiskers of uncertainty around points, with short bars at their ends.
  ///
  /// - Parameters:
  ///   - low: distance of the lower end from each y, and `high` of the upper one; nil for none.
  ///   - left: the same along x.
  public func errorBars(
    _ x: [Double], _ y: [Double], low: [Double]? = nil, high: [Double]? = nil,
    left: [Double]? = nil, right: [Double]? = nil, name: String? = nil, color: Color? = nil
  ) throws(PlotError) -> Figure {
    try PlotError.check("errorbar", "x", x.count, "y", y.count)
    for (label, values) in [("low", low), ("high", high), ("left", left), ("right", right)] {
      if let values { try PlotError.check("errorbar", "x", x.count, label, values.count) }
    }
    func reach(_ values: [Double]?, _ index: Int) -> Double { values.map { $0[index] } ?? 0 }
    var lines: [Segment] = []
    for index in x.indices {
      let (px, py) = (x[index], y[index])
      if low != nil || high != nil {
        lines.append(Segment(px, py - reach(low, index), px, py + reach(high, index)))
      }
      if left != nil || right != nil {
        lines.append(Segment(px - reach(left, index), py, px + reach(right, index), py))
      }
    }
    return adding(
      SegmentLayer(segments: lines, name: name, color: color, dash: .solid, hasCaps: true))
  }
}

/// Straight lines, each by itself.
struct SegmentLayer: FigureLayer {
  let segments: [Figure.Segment]
  let name: String?
  let color: Color?
  let dash: Dash
  /// Short bars across the ends of upright and level lines.
  var hasCaps = false

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(segments.flatMap { [$0.x0, $0.x1] }, scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { Extent(segments.flatMap { [$0.y0, $0.y1] }, scale) }
  func sample(_ style: SeriesStyle) -> String { hasCaps ? "┼" : style.lineSample(dash) }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(style.text)
    for line in segments {
      surface.segment(line.x0, line.y0, line.x1, line.y1, pen, dash)
      guard hasCaps else { continue }
      for (x, y) in [(line.x0, line.y0), (line.x1, line.y1)] {
        guard let column = TextSurface.whole(surface.dotX(x), below: surface.dots.width),
          let row = TextSurface.whole(surface.dotY(y), below: surface.dots.height)
        else { continue }
        for offset in [-1, 1] {
          if line.x0 == line.x1 {
            surface.dots.dot(column + offset, row, pen)
          } else {
            surface.dots.dot(column, row + offset, pen)
          }
        }
      }
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    for line in segments {
      surface.segment(line.x0, line.y0, line.x1, line.y1, color: style.color, dash: dash)
      guard hasCaps else { continue }
      for (x, y) in [(line.x0, line.y0), (line.x1, line.y1)] {
        let (px, py) = (surface.pixelX(x), surface.pixelY(y))
        guard px.isFinite, py.isFinite, surface.isInside(px, py) else { continue }
        let isUpright = line.x0 == line.x1
        surface.svg.line(
          px - (isUpright ? 3 : 0), py - (isUpright ? 0 : 3), px + (isUpright ? 3 : 0),
          py + (isUpright ? 0 : 3), stroke: style.color)
      }
    }
  }
}
