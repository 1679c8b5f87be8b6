import Display
import Testing

@testable import Plotting

@Suite struct LearningCurvesTests {
  @Test func theBestEpochHasTheLeastValidationLoss() {
    let curves = LearningCurves([
      .init("loss", [3, 2, 1, 0.5]), .init("val_loss", [3, 2, 2.5, .nan]),
    ])
    #expect(curves.bestEpoch == 2)
    #expect(LearningCurves([.init("loss", [3, 2, 1])]).bestEpoch == 3)
    #expect(LearningCurves([.init("loss", [.nan])]).bestEpoch == nil)
    #expect(LearningCurves([]).bestEpoch == nil)
  }

  @Test func scoresAreBestWhenLarge() {
    var curves = LearningCurves([
      .init("val_loss", [1, 2, 3]), .init("val_accuracy", [0.5, 0.9, 0.8]),
    ])
    curves.monitor = "val_accuracy"
    #expect(curves.bestEpoch == 2)
  }

  @Test func theSummaryNamesTheBestValues() {
    let curves = LearningCurves([
      .init("loss", [3, 2]), .init("val_loss", [3, 2.5]), .init("val_accuracy", [0.5, 0.75]),
    ])
    #expect(curves.summary == "best epoch 2:  val_loss 2.5000  val_accuracy 0.7500")
  }

  @Test func allViewsOfARunHaveTheSameSize() {
    let names = ["loss", "accuracy", "val_loss", "val_accuracy"]
    for width in [30, 63, 64, 80, 120] {
      var heights: Set<Int> = []
      for done in 0...12 {
        let view = TrainingView(
          epoch: done + 1, of: 12, step: done * 3, steps: 50, elapsed: Double(done) * 1.5,
          metrics: done == 0 ? [] : names.map { .init($0, 1 / Double(done)) },
          curves: names.map { .init($0, (0..<done).map { 1 / Double($0 + 1) }) },
          outcome: done == 12 ? "finished" : nil)
        let text = view.text(DisplaySettings(width: width))
        heights.insert(text.height)
        #expect(text.width <= width)
      }
      #expect(heights.count == 1)
    }
  }

  @Test func theViewShowsWhatIsDone() {
    let view = TrainingView(
      epoch: 3, of: 4, step: 50, steps: 100, elapsed: 10, metrics: [.init("loss", 0.25)])
    #expect(view.fraction == 0.625)
    let rows = view.text(DisplaySettings(colorDepth: .none)).plain.split(separator: "\n")
    #expect(rows[0].hasPrefix("epoch 3/4"))
    #expect(rows[0].contains("62%"))
    #expect(rows[0].contains("0:10 < 0:06"))
    #expect(rows[0].contains("25 step/s"))
    #expect(rows[1] == "loss 0.2500")
  }
}
