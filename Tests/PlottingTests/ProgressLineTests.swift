import Display
import Testing

@testable import Plotting

@Suite struct ProgressLineTests {
  /// What tqdm.format_meter of tqdm 4.70.1 writes for these arguments.
  @Test func writesAsTqdm() {
    let line = ProgressLine(
      "fit", done: 42, of: 100, elapsed: 3.02, metrics: [.init("loss", 0.31)])
    #expect(line.tqdm() == "fit:  42%|████▏     | 42/100 [00:03<00:04, 13.91it/s, loss=0.31]")
    #expect(
      ProgressLine(done: 0, of: 10, elapsed: 0).tqdm() == "  0%|          | 0/10 [00:00<?, ?it/s]")
    #expect(
      ProgressLine(done: 10, of: 10, elapsed: 7300).tqdm()
        == "100%|██████████| 10/10 [2:01:40<00:00, 730.00s/it]")
    #expect(ProgressLine(done: 7, of: nil, elapsed: 2).tqdm() == "7it [00:02,  3.50it/s]")
    #expect(
      ProgressLine(done: 1, of: 3, elapsed: 2.5, unit: "batch").tqdm()
        == " 33%|███▎      | 1/3 [00:02<00:05,  2.50s/batch]")
    #expect(
      line.tqdm(width: 80)
        == "fit:  42%|██████████▉               | 42/100 [00:03<00:04, 13.91it/s, loss=0.31]")
  }

  @Test func fillsTheWidthThatIsGiven() {
    for done in 0...50 {
      let text = ProgressLine("x", done: done, of: 50, elapsed: 5).tqdm(width: 60)
      #expect(TextWidth.of(text) == 60)
    }
  }

  @Test func writesAsKeras() {
    let metrics: [ProgressLine.Metric] = [.init("accuracy", 0.93), .init("loss", 0.25)]
    #expect(
      ProgressLine(done: 1875, of: 1875, elapsed: 3, unit: "step", metrics: metrics).keras()
        == "1875/1875 ━━━━━━━━━━━━━━━━━━━━ 3s 2ms/step - accuracy: 0.9300 - loss: 0.2500")
  }

  @Test func estimatesWhatIsLeft() {
    let line = ProgressLine(done: 25, of: 100, elapsed: 5)
    #expect(line.fraction == 0.25)
    #expect(line.rate == 5)
    #expect(line.remaining == 15)
    #expect(ProgressLine(done: 5, of: nil, elapsed: 5).fraction == nil)
    #expect(ProgressLine(done: 5, of: 0, elapsed: 5).fraction == nil)
  }

  @Test func showsAHundredPerCentOnlyAtTheEnd() {
    let line = ProgressLine(done: 999_999, of: 1_000_000, elapsed: 5)
    #expect(line.text(DisplaySettings(colorDepth: .none)).plain.contains(" 99%"))
  }

  @Test func fitsAnyWidthAndAnyNumber() {
    for width in 20...200 {
      for (done, total) in [(0, 0), (Int.max, 3), (-4, 10), (3, Int.max), (Int.min, -1)] {
        for elapsed in [0, -1, 1e300, .nan, .infinity, 0.001] {
          let line = ProgressLine(
            "a long label 日本", done: done, of: total, elapsed: elapsed,
            metrics: [.init("loss", elapsed)])
          #expect(line.text(DisplaySettings(width: width)).width <= width)
          #expect(!line.tqdm(width: width).isEmpty && !line.keras().isEmpty)
        }
      }
    }
  }
}
