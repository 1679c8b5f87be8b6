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

  private typealias Table = PrecisionRecall<Int>

  private func list(_ scores: Table.Scores) -> [Double] {
    [scores.precision, scores.recall, scores.fScore]
  }

  private let averages: [(String, Table.Average)] = [
    ("macro", .macro), ("micro", .micro), ("weighted", .weighted),
  ]

  @Test func precisionAndRecallOfEachClass() throws {
    let table = try Table(yTrue, yPred)
    let each = golden["each"]
    #expect(close(table.scores.map(\.precision), each[0].doubles, 1e-15))
    #expect(close(table.scores.map(\.recall), each[1].doubles, 1e-15))
    #expect(close(table.scores.map(\.fScore), each[2].doubles, 1e-15))
    #expect(table.support == each[3].ints)
    #expect(!table.isIllDefined)
  }

  @Test func averagesOverClasses() throws {
    let table = try Table(yTrue, yPred)
    let some = try Table(yTrue, yPred, labels: [1, 2])
    for (name, how) in averages {
      #expect(close(list(table.average(how)), golden["averages"][name].doubles, 1e-15))
      #expect(close(list(some.average(how)), golden["labels"][name].doubles, 1e-15))
    }
    let fBeta = try Table(yTrue, yPred, beta: 2).average(.macro).fScore
    #expect(close([fBeta], [golden["fbeta"].double ?? .nan], 1e-15))
  }

  @Test(arguments: ["0", "1", "nan"])
  func nothingToDivideByGivesTheChosenScore(_ value: String) throws {
    let table = try Table(
      golden["few_true"].ints, golden["few_pred"].ints, zeroDivision: Double(value) ?? 0)
    #expect(table.isIllDefined)
    let each = golden["few_each"][value]
    #expect(close(table.scores.map(\.precision), each[0].doubles, 1e-15))
    #expect(close(table.scores.map(\.recall), each[1].doubles, 1e-15))
    #expect(close(table.scores.map(\.fScore), each[2].doubles, 1e-15))
    for (name, how) in averages {
      #expect(close(list(table.average(how)), golden["few"][value][name].doubles, 1e-15))
    }
  }

  @Test func binaryScoresAreThoseOfOneClass() throws {
    let (t, p) = (golden["bin_true"].ints, golden["bin_pred"].ints)
    #expect(close(list(try Table.binary(t, p, positive: 1)), golden["binary"].doubles, 1e-15))
    #expect(close(list(try Table.binary(t, p, positive: 0)), golden["binary_0"].doubles, 1e-15))
    #expect(throws: ClassicalError.self) { try Table.binary(yTrue, yPred, positive: 1) }
    #expect(throws: ClassicalError.self) { try Table.binary(t, p, positive: 7) }
  }

  @Test func theReportIsTheSameText() throws {
    #expect(try classificationReport(yTrue, yPred) == golden["report"].string)
    #expect(
      try classificationReport(
        yTrue, yPred, targetNames: ["a long class name", "b", "c", "d"], digits: 4)
        == golden["report_names"].string)
    let words = ["cat", "dog", "emu", "fox"]
    #expect(
      try classificationReport(yTrue.map { words[$0] }, yPred.map { words[$0] })
        == golden["report_words"].string)
    #expect(
      try classificationReport(yTrue, yPred, labels: [1, 2]) == golden["report_labels"].string)
    let (t, p) = (golden["few_true"].ints, golden["few_pred"].ints)
    #expect(try classificationReport(t, p) == golden["report_few"].string)
    #expect(try classificationReport(t, p, zeroDivision: .nan) == golden["report_few_nan"].string)
    #expect(
      try classificationReport(golden["bin_true"].ints, golden["bin_pred"].ints)
        == golden["report_binary"].string)
    #expect(throws: ClassicalError.self) {
      try classificationReport(yTrue, yPred, targetNames: ["a"])
    }
    #expect(throws: ClassicalError.self) { try classificationReport(yTrue, yPred, digits: -1) }
  }

  @Test func agreementScores() throws {
    let scores = [
      try balancedAccuracyScore(yTrue, yPred), try cohenKappaScore(yTrue, yPred),
      try matthewsCorrcoef(yTrue, yPred),
    ]
    let expected = ["balanced_accuracy", "kappa", "mcc"].compactMap { golden[$0].double }
    #expect(close(scores, expected, 1e-14))
    #expect(try matthewsCorrcoef([1, 1], [1, 1]) == 0)
  }
}
