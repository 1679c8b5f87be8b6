import TestSupport
import Testing

@testable import Classical

@Suite struct RankingMetricTests {
  private let golden: GoldenValue
  private let yTrue: [Int]
  private let score: [Double]

  init() throws {
    golden = try ClassicalTests.golden("metrics")
    yTrue = golden["bin_true"].ints
    score = golden["score"].doubles
  }

  private func value(_ name: String) -> Double { golden[name].double ?? .nan }

  @Test func rocCurveHasTheSamePoints() throws {
    for (name, drop) in [("roc", true), ("roc_all", false)] {
      let curve = try rocCurve(yTrue, score, dropIntermediate: drop)
      #expect(curve.falsePositiveRate == golden[name][0].doubles)
      #expect(curve.truePositiveRate == golden[name][1].doubles)
      #expect(curve.thresholds == golden[name][2].doubles)
    }
  }

  @Test func ofOneClassTheOtherRateIsNaN() throws {
    let curve = try rocCurve([1, 1], [0.2, 0.3])
    let missing = curve.falsePositiveRate.filter(\.isNaN)
    #expect(missing.count == curve.falsePositiveRate.count)
    #expect(curve.truePositiveRate.last == 1)
    #expect(throws: ClassicalError.self) { try rocAUCScore([1, 1], [0.2, 0.3]) }
  }

  @Test func areas() throws {
    #expect(close([try rocAUCScore(yTrue, score)], [value("auc")], 1e-15))
    #expect(
      close([try averagePrecisionScore(yTrue, score)], [value("average_precision")], 1e-14))
    let labels = golden["true"].ints
    let proba = try Samples(rows: golden["proba"].items.map(\.doubles))
    #expect(
      close(
        [try rocAUCScore(labels, proba, .oneVersusRest(weighted: false))], [value("ovr")], 1e-14))
    #expect(
      close([try rocAUCScore(labels, proba, .oneVersusOne(weighted: false))], [value("ovo")], 1e-14)
    )
    #expect(try auc([0, 1, 2], [1, 1, 1]) == 2)
    #expect(try auc([2, 1, 0], [1, 1, 1]) == 2)
    #expect(throws: ClassicalError.self) { try auc([0, 2, 1], [1, 1, 1]) }
    #expect(throws: ClassicalError.self) { try auc([0], [1]) }
  }

  @Test func precisionAgainstRecall() throws {
    let curve = try precisionRecallCurve(yTrue, score)
    #expect(curve.precision == golden["pr"][0].doubles)
    #expect(curve.recall == golden["pr"][1].doubles)
    #expect(curve.thresholds == golden["pr"][2].doubles)
  }

  @Test func logLossIsCrossEntropy() throws {
    let proba = try Samples(rows: golden["proba"].items.map(\.doubles))
    #expect(close([try logLoss(golden["true"].ints, proba)], [value("log_loss")], 1e-14))
    #expect(close([try logLoss(yTrue, score)], [value("log_loss_binary")], 1e-14))
    #expect(try logLoss([0, 1], [0, 1]).isFinite)
    #expect(try logLoss([0, 1], [1, 0]) > 36)
    #expect(throws: ClassicalError.self) { try logLoss([0, 0], [0.1, 0.2]) }
    #expect(throws: ClassicalError.self) { try logLoss([0, 1, 2], [0.1, 0.2, 0.3]) }
    #expect(throws: ClassicalError.self) { try logLoss([0, 5], [0.1, 0.2], labels: [0, 1]) }
  }

  @Test func refuseScoresThatAreNoNumbers() {
    #expect(throws: ClassicalError.self) { try rocCurve([0, 1], [.nan, 1]) }
    #expect(throws: ClassicalError.self) { try rocCurve([0, 1], [1]) }
    #expect(throws: ClassicalError.self) { try rocCurve([], []) }
  }
}
