import Testing

@testable import Frames

@Suite struct NumberParsingTests {
  private func double(_ text: String) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParsing.shared.double($0) }
  }

  private func int(_ text: String) -> Int? {
    Array(text.utf8).withUnsafeBufferPointer { NumberParsing.int($0) }
  }

  @Test(arguments: [
    "0", "-0", "1", "0.1", "1.", ".5", "-.5e-3", "1e5", "1E+5", "123456789012345678901234567890",
    "1.7976931348623157e308", "4.9e-324", "5e-324", "2.4703282292062327e-324",
    "2.2250738585072014e-308",
    "2.2250738585072011e-308", "1e400", "-1e400", "1e-400", "9007199254740993",
    "9007199254740992.5",
    "9007199254740993.0000000000000000000000001", "0.000000000000000000000000000000000000001",
    "1448997445238699", "8.5e-27", "1e23", "0.3e-323", "12345678901234567e-20", "1e99999999999",
    "179769313486231580793728971405301e276", "100000000000000016777215", "100000000000000016777216",
  ])
  func agreesWithTheLibrary(_ text: String) {
    let ours = double(text)
    let theirs = Double(text.hasSuffix(".") ? text + "0" : text)
    #expect(ours?.bitPattern == theirs?.bitPattern, "\(text)")
  }

  @Test func readsBackWhatIsWritten() {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for _ in 0..<200_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bitPattern: state ^ (state >> 29))
      guard value.isFinite else { continue }
      #expect(double("\(value)") == value)
    }
  }

  @Test func roundsHalvesToEven() {
    // Between 2^53 and 2^54 doubles are 2 apart: odd numbers lie half way.
    for k in 0..<2000 {
      let odd = 9_007_199_254_740_993 + 2 * k
      #expect(double("\(odd)") == Double(odd))
      #expect(double("\(odd).000") == Double(odd))
      #expect(double("\(odd)e-1") == Double("\(odd)e-1"))
    }
  }

  @Test(arguments: [
    "", " ", "-", ".", "e5", "1e", "1e+", "1_0", "0x10", "1,5", "nan", "1 2", "infi", "--1",
  ])
  func refusesWhatIsNoNumber(_ text: String) {
    #expect(double(text) == nil)
    #expect(int(text) == nil)
  }

  @Test func allowsBlanksAndInfinity() {
    #expect(double(" 1.5\t") == 1.5)
    #expect(double("-Infinity") == -.infinity)
    #expect(double("INF") == .infinity)
    #expect(int(" +7 ") == 7)
  }

  @Test func integersEndAt64Bits() {
    #expect(int("9223372036854775807") == Int.max)
    #expect(int("-9223372036854775808") == Int.min)
    #expect(int("9223372036854775808") == nil)
    #expect(int("99999999999999999999") == nil)
    #expect(int("1.0") == nil)
  }
}
