import TestSupport
import Testing

@testable import Classical

@Suite struct NumpyGeneratorTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("generator") }

  private func stream(_ seed: Int) throws -> NumpyGenerator { try NumpyGenerator(seed: seed) }

  @Test func drawsTheSameFloats() throws {
    #expect(try stream(0).random(count: 20) == golden["random_0"].doubles)
    #expect(try stream(42).random(count: 5) == golden["random_42"].doubles)
    #expect(try stream((1 << 40) + 3).random(count: 5) == golden["random_wide"].doubles)
    #expect(
      try NumpyGenerator(seeds: [1, 2, 3, 4, 5, 6]).random(count: 5)
        == golden["random_seeds"].doubles)
    #expect(try stream(3).uniform(low: -2, high: 5, count: 9) == golden["uniform"].doubles)
  }

  /// 20000 values reach every branch: layers, their edges and the tail.
  @Test func drawsTheSameNormals() throws {
    let values = try stream(0).standardNormal(count: 20000)
    #expect(Array(values.prefix(10)) == golden["normal_first"].doubles)
    #expect(fingerprint(values) == golden["normal_0"].string)
    #expect(values.contains { abs($0) > 3.6541528853610088 })
    #expect(
      try stream(5).normal(loc: 10, scale: 2.5, count: 7) == golden["normal_scaled"].doubles)
  }

  @Test func drawsTheSameIntegers() throws {
    #expect(try stream(0).integers(0, 10, count: 30) == golden["integers"].ints)
    #expect(try stream(1).integers(-5, 1000, count: 20) == golden["integers_negative"].ints)
    #expect(
      try stream(2).integers(-(1 << 62), 1 << 62, count: 10) == golden["integers_wide"].ints)
    #expect(try stream(2).integers(0, 1 << 32, count: 10) == golden["integers_word"].ints)
    #expect(try stream(2).integers(3, 4, count: 4) == golden["integers_one"].ints)
    #expect(try stream(3).integers(0, 3 << 30, count: 20) == golden["integers_third"].ints)
    let g = try stream(7)
    let mixed = [
      Double(try g.integers(0, 5, count: 1)[0]), g.standardNormal(),
      Double(try g.integers(0, 5, count: 1)[0]), g.random(),
    ]
    #expect(mixed == golden["mixed"].doubles)
  }

  @Test func ordersAndChoosesAlike() throws {
    #expect(try stream(0).permutation(10) == golden["permutation"].ints)
    #expect(try stream(42).permutation(1000) == golden["permutation_1000"].ints)
    #expect(try stream(0).choice(12, count: 9) == golden["choice"].ints)
    #expect(try stream(0).choice(12, count: 9, replace: false) == golden["choice_none"].ints)
    #expect(try stream(0).choice(20000, count: 9, replace: false) == golden["choice_large"].ints)
    #expect(try stream(0).choice(20000, count: 500, replace: false) == golden["choice_tail"].ints)
    #expect(try stream(0).choice(4, count: 12, p: [0.1, 0.2, 0.3, 0.4]) == golden["choice_p"].ints)
    #expect(
      try stream(0).choice(6, count: 5, replace: false, p: [0.1, 0.1, 0.2, 0.2, 0.3, 0.1])
        == golden["choice_p_none"].ints)
  }

  @Test func refusesWhatCannotBe() throws {
    let g = try stream(0)
    #expect(throws: ClassicalError.self) { try NumpyGenerator(seed: -1) }
    #expect(throws: ClassicalError.self) { try g.integers(3, 3, count: 1) }
    #expect(throws: ClassicalError.self) { try g.random(count: -1) }
    #expect(throws: ClassicalError.self) { try g.permutation(1_000_000_000_000) }
    #expect(throws: ClassicalError.self) { try g.choice(3, count: 4, replace: false) }
    #expect(throws: ClassicalError.self) { try g.choice(0, count: 1) }
    #expect(throws: ClassicalError.self) { try g.choice(2, count: 1, p: [0.5]) }
    #expect(throws: ClassicalError.self) { try g.normal(scale: .nan, count: 1) }
    #expect(throws: ClassicalError.self) { try g.uniform(low: 0, high: .nan, count: 1) }
    #expect(try g.choice(5, count: 0) == [])
    #expect(NumpyGenerator().random() < 1)
  }
}
