import Foundation
import Testing

@testable import Plotting

@Suite struct TicksTests {
  func ticks(_ low: Double, _ high: Double, _ count: Int = 6, _ scale: AxisScale = .linear) -> Ticks
  {
    Ticks(AxisMap(nil, limits: low...high, scale: scale), atMost: count)
  }

  @Test func stepsAreOneTwoTwoAndAHalfOrFive() {
    #expect(ticks(0, 1).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(ticks(0, 10).values == [0, 2, 4, 6, 8, 10])
    #expect(ticks(0, 10, 5).values == [0, 2.5, 5, 7.5, 10])
    #expect(ticks(0, 10, 5).labels == ["0.0", "2.5", "5.0", "7.5", "10.0"])
    #expect(ticks(-3, 3).values == [-2, 0, 2])
    #expect(ticks(0, 100, 3).values == [0, 50, 100])
  }

  @Test func labelsAreShortAndAlike() {
    #expect(ticks(0, 1e6, 3).labels == ["0", "5e5", "1e6"])
    #expect(ticks(0, 2.5e-5, 3).labels == ["0", "1e-5", "2e-5"])
    #expect(ticks(0.98, 1, 3).labels == ["0.98", "0.99", "1.00"])
    #expect(ticks(123_400, 123_500, 3).labels == ["123400", "123450", "123500"])
    #expect(ticks(-1e-17, 1e-17, 3).labels == ["-1e-17", "0", "1e-17"])
  }

  @Test func logarithmicTicksArePowers() {
    #expect(
      ticks(1e-3, 1e3, 10, .log).labels == ["0.001", "0.01", "0.1", "1", "10", "100", "1000"])
    #expect(ticks(1e-8, 1e8, 5, .log).labels == ["10⁻⁸", "10⁻⁴", "10⁰", "10⁴", "10⁸"])
    #expect(ticks(1.5, 6, 5, .log).values == [2, 5])
    #expect(ticks(1, 60, 7, .log).labels == ["1", "2", "5", "10", "20", "50"])
    #expect(Ticks.power(1e-8, ascii: true) == "1e-8")
  }

  @Test func anyRangeGivesTicksWithinIt() {
    var state: UInt64 = 9
    for _ in 0..<3000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let exponent = Double(Int(state >> 40) % 30) - 15
      let low = (Double(state >> 33) / 1e9 - 4) * Foundation.pow(10, exponent)
      let high = low + Double((state >> 20) % 1000 + 1) / 100 * Foundation.pow(10, exponent)
      let count = 2 + Int(state % 9)
      let ticks = ticks(low, high, count)
      #expect(ticks.values.count <= count + 1 && !ticks.values.isEmpty)
      #expect(ticks.values == ticks.values.sorted())
      #expect(Set(ticks.labels).count == ticks.labels.count)
      let slack = (high - low) * 1e-6
      #expect(ticks.values.allSatisfy { $0 >= low - slack && $0 <= high + slack })
    }
  }

  @Test func labelsStandAtTheHeightOfTheirGridLines() {
    let axis = AxisMap(Extent(-1.3, 2.1), margin: 0.04)
    let ticks = Ticks(axis, atMost: 6)
    for isFixed in [false, true] {
      guard
        let aligned = TickAlignment(axis, ticks, rows: 16, dotsY: 4, isFixed: isFixed)
      else {
        Issue.record("not aligned")
        continue
      }
      #expect(aligned.axis.low <= axis.low + 1e-9 && aligned.axis.high >= axis.high - 1e-9)
      #expect(!isFixed || aligned.rows == 16)
      for value in aligned.ticks.values {
        let dot = (1 - aligned.axis.fraction(value)) * Double(aligned.rows * 4 - 1)
        #expect(abs(dot - dot.rounded()) < 1e-6)
        #expect(Int(dot.rounded()) % 4 == 1)
      }
    }
  }
}
