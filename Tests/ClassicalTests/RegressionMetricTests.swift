import TestSupport
import Testing

@testable import Classical

@Suite struct RegressionMetricTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("metrics") }

  @Test func equalTheReference() throws {
    let (real, guess) = (golden["real"].doubles, golden["guess"].doubles)
    let scores = [
      try meanSquaredError(real, guess), try meanAbsoluteError(real, guess),
      try r2Score(real, guess), try rootMeanSquaredError(real, guess),
      try medianAbsoluteError(real, guess), try maxError(real, guess),
    ]
    let names = ["mse", "mae", "r2", "rmse", "median_ae", "max_error"]
    // Sums in another order: a few units in the last place.
    #expect(close(scores, names.compactMap { golden[$0].double }, 1e-14))
  }

  @Test func r2OfATargetThatDoesNotVary() throws {
    #expect(try r2Score([2, 2], [2, 3]) == golden["r2_constant"].double)
    #expect(try r2Score([2, 2], [2, 2]) == golden["r2_perfect"].double)
    #expect(try r2Score([2], [2]).isNaN)
  }

  @Test func refuseUnequalLengths() {
    #expect(throws: ClassicalError.self) { try meanSquaredError([1], [1, 2]) }
    #expect(throws: ClassicalError.self) { try r2Score([], []) }
    #expect(throws: ClassicalError.self) { try meanAbsoluteError([1], [1], sampleWeight: []) }
  }
}
