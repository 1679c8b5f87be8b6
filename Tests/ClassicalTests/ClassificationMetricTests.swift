import TestSupport
import Testing

@testable import Classical

@Suite struct ClassificationMetricTests {
  private let golden: GoldenValue
  private let yTrue: [Int]
  private let yPred: [Int]

  init() throws {
    golden = try ClassicalTests.golden("metrics")
    yTrue = golden["true"].ints
    yPred = golden["pred"].ints
  }

  @Test func accuracyIsTheShareOfHits() throws {
    #expect(try accuracyScore(yTrue, yPred) == golden["accuracy"].double)
    let weighted = try accuracyScore(yTrue, yPred, sampleWeight: golden["weight"].doubles)
    #expect(close([weighted], [golden["accuracy_weighted"].double ?? .nan]))
    #expect(try accuracyScore(["a", "b"], ["a", "a"], normalize: false) == 1)
    #expect(throws: ClassicalError.self) { try accuracyScore([1], [1, 2]) }
    #expect(throws: ClassicalError.self) { try accuracyScore([Int](), []) }
  }

  @Test func confusionMatrixCounts() throws {
    let matrix = try ConfusionMatrix(yTrue, yPred)
    #expect(matrix.rows == golden["confusion"].items.map(\.ints))
    #expect(
      try ConfusionMatrix(yTrue, yPred, labels: [2, 0]).rows
        == golden["confusion_labels"].items.map(\.ints))
    let few = try ConfusionMatrix(golden["few_true"].ints, golden["few_pred"].ints)
    #expect(few.normalized(.byTrue) == golden["confusion_true"].items.map(\.doubles))
    #expect(few.normalized(.byPredicted) == golden["confusion_pred"].items.map(\.doubles))
    #expect(few.normalized(.byAll) == golden["confusion_all"].items.map(\.doubles))
    #expect(throws: ClassicalError.self) { try ConfusionMatrix([1], [1], labels: [7]) }
    #expect(throws: ClassicalError.self) { try ConfusionMatrix([1], [1], labels: []) }
  }
}
