import Display
import Testing

@Suite struct NumberTextTests {
  @Test func fixedRoundsAsC() {
    #expect(NumberText.fixed(2.5, 0) == "2")
    #expect(NumberText.fixed(-0.125, 2) == "-0.12")
    #expect(NumberText.fixed(1e308, 1).utf8.count == 311)
    #expect(NumberText.fixed(.nan, 2) == "nan")
    #expect(NumberText.exponent(0.00015, 2) == "1.50e-04")
    #expect(NumberText.general(0.0001, 3) == "0.0001")
  }

  @Test func shortNumbersReadWell() {
    let cases: [(Double, String)] = [
      (0, "0"), (-0.0, "0"), (1, "1"), (0.5, "0.5"), (1.0 / 3, "0.3333"), (12345, "12345"),
      (123456.7, "123457"), (1e6, "1e6"), (2.5e-7, "2.5e-7"), (-1_234_567, "-1.235e6"),
      (0.00123, "0.00123"), (.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf"),
      (100, "100"), (0.1 + 0.2, "0.3"),
    ]
    for (value, text) in cases { #expect(NumberText.short(value) == text) }
  }

  @Test func metricsKeepTheirWidth() {
    #expect(NumberText.metric(0.31214) == "0.3121")
    #expect(NumberText.metric(0.0000123) == "1.2300e-05")
    #expect(NumberText.metric(123456) == "1.2346e+05")
    #expect(NumberText.metric(0) == "0.0000")
    #expect(NumberText.metric(.nan) == "nan")
  }

  @Test func countsAreGrouped() {
    #expect(NumberText.grouped(1_234_567) == "1 234 567")
    #expect(NumberText.grouped(-999) == "-999")
    #expect(NumberText.grouped(Int.min) == "-9 223 372 036 854 775 808")
  }
}
