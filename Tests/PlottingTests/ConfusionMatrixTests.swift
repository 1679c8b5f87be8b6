import Display
import Testing

@testable import Plotting

@Suite struct ConfusionMatrixTests {
  @Test func countsPairs() throws {
    let matrix = try ConfusionMatrix(
      true: [0, 0, 1, 2, 2, -1, 9], predicted: [0, 1, 1, 2, 0, 0, 0], classes: 3)
    #expect(matrix.counts == [[1, 1, 0], [0, 1, 0], [1, 0, 1]])
    #expect(matrix.accuracy == 0.6)
    #expect(matrix.labels == ["0", "1", "2"])
  }

  @Test func saysAccuracyRecallAndPercent() throws {
    let matrix = try ConfusionMatrix(
      [[3, 1], [0, 4]], labels: ["no", "yes"], title: "T", cells: .both)
    let text = matrix.text(DisplaySettings(colorDepth: .none)).plain
    for part in ["T  ·  accuracy 0.8750", "75.0 %", "100.0 %", "75%", "25%", "predicted", "recall"]
    {
      #expect(text.contains(part))
    }
  }

  @Test func manyClassesBecomePixels() throws {
    let truth = (0..<1000).map { $0 % 100 }
    let matrix = try ConfusionMatrix(true: truth, predicted: truth)
    #expect(matrix.text().width <= 80)
    #expect(matrix.text().html().contains("% of row"))
    #expect(matrix.picture().document.utf8.count < 2_000_000)
  }

  @Test func withoutExamplesThereIsNoAccuracy() throws {
    #expect(try ConfusionMatrix([]).accuracy.isNaN)
    #expect(try ConfusionMatrix([[0, 0], [0, 0]]).text().plain.contains("accuracy") == false)
  }
}
