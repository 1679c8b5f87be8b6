import Display
import Glibc

/// Lines of equal height through a grid of numbers (marching squares; saddles are cut by the mean of
/// their corners).
public enum Contour {
  /// - Parameters:
  ///   - x: places of the columns, `y` of the rows; `values[row][column]`.
  public static func segments(
    _ values: [[Double]], x: [Double], y: [Double], level: Double
  ) -> [Figure.Segment] {
    var lines: [Figure.Segment] = []
    guard values.count > 1, y.count >= values.count else { return lines }
    for row in 0..<(values.count - 1) {
      let (below, above) = (values[row], values[row + 1])
      for column in 0..<max(min(below.count, above.count, x.count) - 1, 0) {
        let corners = [below[column], below[column + 1], above[column + 1], above[column]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let isHigh = corners.map { $0 >= level }
        if isHigh == [true, true, true, true] || isHigh == [false, false, false, false] {
          continue
        }
        let px = [x[column], x[column + 1], x[column + 1], x[column]]
        let py = [y[row], y[row], y[row + 1], y[row + 1]]
        // Where the level crosses the four sides.
        func cut(_ side: Int) -> (Double, Double)? {
          let other = (side + 1) % 4
          guard isHigh[side] != isHigh[other] else { return nil }
          let half = corners[other] * 0.5 - corners[side] * 0.5
          let t = half == 0 ? 0.5 : (level * 0.5 - corners[side] * 0.5) / half
          return (px[side] + (px[other] - px[side]) * t, py[side] + (py[other] - py[side]) * t)
        }
        var cuts = (0..<4).compactMap(cut)
        if cuts.count == 4 {
          let mean = corners.reduce(0) { $0 + $1 / 4 }
          if (mean >= level) != isHigh[0] { cuts = [cuts[0], cuts[3], cuts[1], cuts[2]] }
          else { cuts = [cuts[0], cuts[1], cuts[2], cuts[3]] }
        }
        for pair in stride(from: 0, to: cuts.count - 1, by: 2) {
          lines.append(
            Figure.Segment(cuts[pair].0, cuts[pair].1, cuts[pair + 1].0, cuts[pair + 1].1))
        }
      }
    }
    return lines
  }

  /// Even levels between the ends of the numbers: multiples of 1, 2, 2.5 or 5, about `count`.
  public static func levels(_ low: Double, _ high: Double, about count: Int) -> [Double] {
    guard low.isFinite, high.isFinite, low < high else { return low.isFinite ? [low] : [] }
    return Ticks(AxisMap(Extent(low, high)), atMost: min(max(count, 2), 60) + 1).values
  }

  /// A number between the given places, linearly; nil outside.
  static func interpolated(
    _ values: [[Double]], _ x: [Double], _ y: [Double], _ px: Double, _ py: Double
  ) -> Double? {
    guard let column = cell(x, px), let row = cell(y, py), row + 1 < values.count,
      column + 1 < values[row].count, column + 1 < values[row + 1].count
    else { return nil }
    let t = (px - x[column]) / (x[column + 1] - x[column])
    let u = (py - y[row]) / (y[row + 1] - y[row])
    let low = values[row][column] * (1 - t) + values[row][column + 1] * t
    let high = values[row + 1][column] * (1 - t) + values[row + 1][column + 1] * t
    let value = low * (1 - u) + high * u
    return value.isNaN ? nil : value
  }

  /// The cell of an ascending or descending list that holds a number.
  private static func cell(_ places: [Double], _ value: Double) -> Int? {
    guard places.count > 1, let first = places.first, let last = places.last,
      value >= min(first, last), value <= max(first, last)
    else { return nil }
    let ascends = last >= first
    var (low, high) = (0, places.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if (places[middle] <= value) == ascends { low = middle } else { high = middle }
    }
    return places[low] == places[high] ? nil : low
  }
}

extension Figure {
  /// Lines of equal height.
  public func contour(
    _ values: [[Double]], x: [Double], y: [Double], levels: [Double], colors: [Color]
  ) throws(PlotError) -> Figure {
    try PlotError.checkRows("contour", values)
    try PlotError.check("contour", "y", y.count, "rows", values.count)
    try PlotError.check("contour", "x", x.count, "columns", values.first?.count ?? x.count)
    var figure = self
    for (index, level) in levels.enumerated() {
      let lines = Contour.segments(values, x: x, y: y, level: level)
      if lines.isEmpty { continue }
      figure = figure.segments(
        lines, color: colors.isEmpty ? Palette.color(0) : colors[index % colors.count])
    }
    return figure
  }

  /// The areas between levels, each in its colour; `colors` has one less than `levels`.
  public func filledContour(
    _ values: [[Double]], x: [Double], y: [Double], levels: [Double], colors: [Color],
    extendsLow: Bool = false, extendsHigh: Bool = false
  ) throws(PlotError) -> Figure {
    try PlotError.checkRows("contourf", values)
    try PlotError.check("contourf", "y", y.count, "rows", values.count)
    try PlotError.check("contourf", "x", x.count, "columns", values.first?.count ?? x.count)
    guard let x0 = x.first, let x1 = x.last, let y0 = y.first, let y1 = y.last, x0 != x1, y0 != y1,
      !colors.isEmpty, levels.count > 1
    else { return self }
    let rows = Figure.middles(of: y1, y0, 120).map { py in
      Figure.middles(of: x0, x1, 200).map { px -> Color? in
        guard let value = Contour.interpolated(values, x, y, px, py) else { return nil }
        if value < levels[0] { return extendsLow ? colors[0] : nil }
        if value > levels[levels.count - 1] { return extendsHigh ? colors[colors.count - 1] : nil }
        let band = (levels.firstIndex { $0 > value } ?? levels.count - 1) - 1
        return colors[min(max(band, 0), colors.count - 1)]
      }
    }
    return raster(rows, x: (x0, x1), y: (y0, y1))
  }

  /// What a classifier says over a stretch of two features, with the points it learned from.
  ///
  /// - Parameters:
  ///   - classes: rows from the lowest `y` up, of class numbers at the middle of cells.
  public func decisionRegions(
    _ classes: [[Int]], x: (Double, Double), y: (Double, Double)
  ) -> Figure {
    raster(
      classes.reversed().map { row in
        row.map { label in Palette.color(label).mixed(with: Color(0x909090), 0.35) }
      }, x: x, y: y)
  }
}
