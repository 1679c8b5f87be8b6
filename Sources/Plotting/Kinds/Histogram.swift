import Display
import Glibc

extension Figure {
  /// How often values fall into bins of equal width. Values that are not finite are not counted.
  ///
  /// - Parameter bins: number of bins; nil picks one by the data (`Histogram.suggestedBins`).
  public func histogram(
    _ values: [Double], bins: Int? = nil, name: String? = nil, color: Color? = nil
  ) -> Figure {
    let histogram = Histogram(values, bins: bins)
    return adding(
      BarLayer(
        edges: histogram.counts.indices.map { (histogram.edges[$0], histogram.edges[$0 + 1]) },
        values: histogram.counts.map(Double.init), baseline: 0, name: name, color: color))
  }
}

/// Counts of values in bins of equal width, as `numpy.histogram` defines them: each bin holds its
/// left edge, the last one also its right edge.
public struct Histogram: Sendable, Equatable {
  /// Ends of the bins, ascending; one more than there are bins. Empty without finite values.
  public let edges: [Double]
  public let counts: [Int]

  /// - Parameter bins: number of bins, 1 ... 10 000; nil: `suggestedBins`.
  public init(_ values: [Double], bins: Int? = nil) {
    guard let extent = Extent(values) else {
      (edges, counts) = ([], [])
      return
    }
    var (low, high) = (extent.low, extent.high)
    if low == high {
      // NumPy opens half a unit to both sides; at huge numbers that is less than their spacing.
      let air = max(0.5, abs(low) * 1e-9)
      (low, high) = (low - air, high + air)
    }
    let number = min(max(bins ?? Histogram.suggestedBins(values, extent), 1), 10_000)
    let width = (high / Double(number)) - (low / Double(number))
    edges = (0...number).map { $0 == number ? high : low + Double($0) * width }
    var counts = Array(repeating: 0, count: number)
    for value in values where value.isFinite {
      let place = (value * 0.5 - low * 0.5) / (high * 0.5 - low * 0.5) * Double(number)
      var bin = place.isFinite ? min(max(Int(place), 0), number - 1) : 0
      // The quotient may land on the wrong side of an edge by rounding.
      if bin + 1 < number && value >= edges[bin + 1] { bin += 1 }
      if bin > 0 && value < edges[bin] { bin -= 1 }
      counts[bin] += 1
    }
    self.counts = counts
  }

  /// The larger of Sturges' and Freedman and Diaconis' numbers, at most 60: NumPy's `auto`. Of many
  /// values the quartiles are taken from a sample; sorting a million would cost more than the plot.
  static func suggestedBins(_ values: [Double], _ extent: Extent) -> Int {
    let pitch = max(values.count / 50_000, 1)
    let finite = stride(from: 0, to: values.count, by: pitch).map { values[$0] }
      .filter(\.isFinite).sorted()
    let count = Double(max(finite.count * pitch, 1))
    let sturges = log2(count) + 1
    func quantile(_ q: Double) -> Double {
      let place = q * Double(finite.count - 1)
      let index = min(max(Int(place), 0), finite.count - 1)
      let next = min(index + 1, finite.count - 1)
      return finite[index] + (finite[next] - finite[index]) * (place - Double(index))
    }
    let spread = quantile(0.75) - quantile(0.25)
    let width = 2 * spread / cbrt(count)
    let freedman = width > 0 ? (extent.high - extent.low) / width : 0
    let wanted = max(sturges, freedman.isFinite ? freedman : 0)
    return Int(min(max(wanted.rounded(.up), 1), 60))
  }
}
