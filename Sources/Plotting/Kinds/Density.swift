import Display
import Glibc

/// A density estimated from values with Gaussian kernels; their width follows Scott's rule
/// (Scott 1992): the standard deviation times n^(-1/5).
public struct DensityEstimate: Sendable, Equatable {
  /// Even places from a little below the least value to a little above the largest.
  public let x: [Double]
  public let y: [Double]
  public let bandwidth: Double

  /// nil without finite values.
  ///
  /// Values are counted into 512 fine cells first, so that a million values cost one pass.
  ///
  /// - Parameters:
  ///   - points: places at which the density is given.
  ///   - cut: how far the places reach beyond the data, in kernel widths.
  public init?(_ values: [Double], points: Int = 160, cut: Double = 3) {
    let finite = values.filter(\.isFinite)
    guard let extent = Extent(finite), extent.high * 0.5 - extent.low * 0.5 < 1e300 else {
      return nil
    }
    let count = Double(finite.count)
    let mean = finite.reduce(0) { $0 + $1 / count }
    let variance = finite.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / max(count - 1, 1) }
    var width = variance.squareRoot() * pow(count, -0.2)
    if !(width > 0) || !width.isFinite { width = max(abs(mean) * 0.05, 0.5) }
    bandwidth = width
    let reach = max(cut, 0) * width
    let (low, high) = (extent.low - reach, extent.high + reach)
    let number = min(max(points, 2), 2000)
    let places = (0..<number).map { low + (high - low) * Double($0) / Double(number - 1) }
    let cells = 512
    var counts = Array(repeating: 0.0, count: cells)
    let span = extent.high - extent.low
    for value in finite {
      let place = span > 0 ? (value - extent.low) / span * Double(cells - 1) : 0
      counts[min(max(Int(place.rounded()), 0), cells - 1)] += 1
    }
    let scale = 1 / (count * width * (2 * Double.pi).squareRoot())
    x = places
    y = places.map { place in
      var sum = 0.0
      for (cell, weight) in counts.enumerated() where weight > 0 {
        let at = extent.low + span * Double(cell) / Double(cells - 1)
        let z = (place - at) / width
        if abs(z) < 8 { sum += weight * exp(-0.5 * z * z) }
      }
      return sum * scale
    }
  }
}

extension Figure {
  /// How densely values lie, as a smooth curve over its area.
  public func density(_ values: [Double], name: String? = nil, color: Color? = nil) -> Figure {
    guard let estimate = DensityEstimate(values) else {
      return line([], name: name, color: color)
    }
    let used = color ?? Palette.color(layers.filter(\.takesSeriesColor).count)
    let zero = estimate.y.map { _ in 0.0 }
    return adding(BandLayer(x: estimate.x, low: zero, high: estimate.y, name: nil, color: used))
      .adding(
        LineLayer(
          x: estimate.x, start: 0, y: estimate.y, name: name, color: color, marker: nil,
          dash: nil))
  }

  /// Violins: the density of each list, drawn to both sides of its place.
  public func violins(
    _ lists: [[Double]], positions: [Double]? = nil, violinWidth: Double = 0.5,
    lying: Bool = false, showsMeans: Bool = false, showsMedians: Bool = false,
    showsExtrema: Bool = true, colors: [Color] = []
  ) throws(PlotError) -> Figure {
    let places = positions ?? lists.indices.map { Double($0) + 1 }
    try PlotError.check("violinplot", "data", lists.count, "positions", places.count)
    var figure = self
    for (index, list) in lists.enumerated() {
      guard let estimate = DensityEstimate(list, points: 100, cut: 0),
        let box = BoxStatistics(list), let extent = Extent(list)
      else { continue }
      let color = index < colors.count ? colors[index] : Palette.color(0)
      let most = max(estimate.y.max() ?? 1, 1e-300)
      let half = estimate.y.map { $0 / most * violinWidth / 2 }
      let place = places[index]
      let side = half.map { place - $0 } + half.reversed().map { place + $0 }
      let along = estimate.x + estimate.x.reversed()
      figure = try figure.shape(lying ? along : side, lying ? side : along, color: color)
      var bars: [Segment] = []
      func bar(_ value: Double, _ width: Double) {
        let (a, b) = (place - width, place + width)
        bars.append(lying ? Segment(value, a, value, b) : Segment(a, value, b, value))
      }
      if showsExtrema {
        bar(extent.low, violinWidth / 4)
        bar(extent.high, violinWidth / 4)
        bars.append(
          lying
            ? Segment(extent.low, place, extent.high, place)
            : Segment(place, extent.low, place, extent.high))
      }
      if showsMeans { bar(box.mean, violinWidth / 4) }
      if showsMedians { bar(box.median, violinWidth / 3) }
      figure = figure.segments(bars, color: color)
    }
    return figure
  }
}
