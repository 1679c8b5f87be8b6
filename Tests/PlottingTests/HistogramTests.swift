import Testing

@testable import Plotting

@Suite struct HistogramTests {
  /// numpy.histogram([1, 2, 2, 3, 3, 3, 4], bins=3) of NumPy 2.4.
  @Test func countsAsNumPy() {
    let histogram = Histogram([1, 2, 2, 3, 3, 3, 4], bins: 3)
    #expect(histogram.edges == [1, 2, 3, 4])
    #expect(histogram.counts == [1, 2, 4])
  }

  @Test func constantDataGetsAUnitOfWidth() {
    let histogram = Histogram([5, 5, 5], bins: 2)
    #expect(histogram.edges == [4.5, 5, 5.5])
    #expect(histogram.counts == [0, 3])
  }

  @Test func everyFiniteValueIsCountedOnce() {
    let values = (0..<1000).map { Double($0 * 7919 % 1000) / 10 } + [.nan, .infinity]
    for bins in [1, 2, 7, 10, 100, 1000] {
      let histogram = Histogram(values, bins: bins)
      #expect(histogram.counts.reduce(0, +) == 1000)
      #expect(histogram.counts.count == bins)
      #expect(histogram.edges == histogram.edges.sorted())
    }
  }

  @Test func withoutValuesThereAreNoBins() {
    #expect(Histogram([.nan], bins: 5).counts.isEmpty)
    #expect(Histogram([], bins: 5).edges.isEmpty)
    #expect(Histogram([1, 2], bins: -4).counts == [2])
  }

  /// numpy.histogram_bin_edges(numpy.arange(1000), "auto") has 11 bins (Sturges).
  @Test func suggestsAsNumPyAuto() {
    #expect(Histogram((0..<1000).map(Double.init)).counts.count == 11)
  }
}
