import Display

/// The five numbers of a box and what lies outside, as Tukey drew them: whiskers reach the farthest
/// value within 1.5 times the box.
public struct BoxStatistics: Sendable, Equatable {
  public var q1: Double
  public var median: Double
  public var q3: Double
  public var mean: Double
  public var lowWhisker: Double
  public var highWhisker: Double
  /// Values beyond the whiskers.
  public var fliers: [Double]

  /// nil without finite values. Quartiles are interpolated linearly, as NumPy does.
  public init?(_ values: [Double], whisker: Double = 1.5) {
    let sorted = values.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else { return nil }
    func quantile(_ q: Double) -> Double {
      let place = q * Double(sorted.count - 1)
      let index = min(max(Int(place), 0), sorted.count - 1)
      let next = min(index + 1, sorted.count - 1)
      let t = place - Double(index)
      let difference = sorted[next] - sorted[index]
      // From the nearer end, as NumPy does, so that the digits agree.
      return t < 0.5 ? sorted[index] + difference * t : sorted[next] - difference * (1 - t)
    }
    q1 = quantile(0.25)
    median = quantile(0.5)
    q3 = quantile(0.75)
    mean = sorted.reduce(0, +) / Double(sorted.count)
    let reach = whisker * (q3 - q1)
    let (low, high) = (q1 - reach, q3 + reach)
    lowWhisker = min(sorted.first { $0 >= low } ?? q1, q1)
    highWhisker = max(sorted.last { $0 <= high } ?? q3, q3)
    let (least, most) = (lowWhisker, highWhisker)
    fliers = sorted.filter { $0 < least } + sorted.filter { $0 > most }
  }
}

extension Figure {
  /// Boxes with whiskers, one for each list, side by side.
  ///
  /// - Parameters:
  ///   - positions: middle of each box on the axis; nil: 1, 2, ...
  ///   - lying: along the x axis instead of the y axis.
  public func boxes(
    _ boxes: [BoxStatistics?], positions: [Double]? = nil, boxWidth: Double = 0.5,
    lying: Bool = false, showsMeans: Bool = false, showsFliers: Bool = true, name: String? = nil,
    colors: [Color] = []
  ) throws(PlotError) -> Figure {
    let places = positions ?? boxes.indices.map { Double($0) + 1 }
    try PlotError.check("boxplot", "data", boxes.count, "positions", places.count)
    var figure = self
    for (index, box) in boxes.enumerated() {
      guard let box else { continue }
      figure = figure.adding(
        BoxLayer(
          box: box, place: places[index], width: boxWidth, isLying: lying,
          showsMean: showsMeans, showsFliers: showsFliers, name: index == 0 ? name : nil,
          color: index < colors.count ? colors[index] : Palette.color(0)))
    }
    return figure
  }
}

struct BoxLayer: FigureLayer {
  let box: BoxStatistics
  let place: Double
  let width: Double
  let isLying: Bool
  let showsMean: Bool
  let showsFliers: Bool
  let name: String?
  let color: Color?

  var xMargin: Double { 0.04 }

  private var values: [Double] {
    [box.lowWhisker, box.highWhisker, box.q1, box.q3] + (showsFliers ? box.fliers : [])
  }
  private var sides: [Double] { [place - width, place + width] }

  func xExtent(_ scale: AxisScale) -> Extent? { Extent(isLying ? values : sides, scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { Extent(isLying ? sides : values, scale) }
  func sample(_ style: SeriesStyle) -> String { style.ascii ? "[]" : "╺╸" }

  /// Lines of box and whiskers as (place, value) pairs.
  private var lines: [(Double, Double, Double, Double)] {
    let (a, b) = (place - width / 2, place + width / 2)
    let (c, d) = (place - width / 4, place + width / 4)
    return [
      (a, box.q1, b, box.q1), (a, box.q3, b, box.q3), (a, box.q1, a, box.q3),
      (b, box.q1, b, box.q3), (place, box.q3, place, box.highWhisker),
      (place, box.q1, place, box.lowWhisker), (c, box.highWhisker, d, box.highWhisker),
      (c, box.lowWhisker, d, box.lowWhisker),
    ]
  }

  private func turned(_ a: Double, _ b: Double) -> (Double, Double) { isLying ? (b, a) : (a, b) }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(style.text)
    for line in lines {
      let (a, b) = (turned(line.0, line.1), turned(line.2, line.3))
      surface.segment(a.0, a.1, b.0, b.1, pen)
    }
    let medianPen = surface.dots.addPen(TextStyle(Palette.color(1)))
    let (a, b) = (turned(place - width / 2, box.median), turned(place + width / 2, box.median))
    surface.segment(a.0, a.1, b.0, b.1, medianPen)
    mark(&surface, showsFliers ? box.fliers : [], surface.ascii ? "o" : "○", style.text)
    if showsMean {
      mark(&surface, [box.mean], surface.ascii ? "^" : "▲", TextStyle(Palette.color(2)))
    }
  }

  private func mark(
    _ surface: inout TextSurface, _ values: [Double], _ glyph: String, _ style: TextStyle
  ) {
    var seen: Set<Int> = []
    for value in values {
      let (x, y) = turned(place, value)
      guard let column = surface.column(x), let row = surface.row(y),
        seen.insert(row * 10_000 + column).inserted
      else { continue }
      surface.mark(glyph, column, row, style)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    let (a, b) = (turned(place - width / 2, box.q1), turned(place + width / 2, box.q3))
    surface.area(
      [(a.0, a.1), (b.0, a.1), (b.0, b.1), (a.0, b.1)], color: style.color, opacity: 0.15)
    for line in lines {
      let (a, b) = (turned(line.0, line.1), turned(line.2, line.3))
      surface.segment(a.0, a.1, b.0, b.1, color: style.color)
    }
    let (c, d) = (turned(place - width / 2, box.median), turned(place + width / 2, box.median))
    surface.segment(c.0, c.1, d.0, d.1, color: Palette.color(1), lineWidth: 2)
    if showsFliers {
      let points = box.fliers.map { turned(place, $0) }
      for (x, y) in surface.distinct(points.map { $0.0 }, points.map { $0.1 }) {
        surface.point(x, y, shape: 0, color: style.color)
      }
    }
    if showsMean {
      let (x, y) = turned(place, box.mean)
      surface.point(x, y, shape: 1, color: Palette.color(2))
    }
  }
}
