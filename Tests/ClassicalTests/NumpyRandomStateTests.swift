import TestSupport
import Testing

@testable import Classical

@Suite struct NumpyRandomStateTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("random") }

  private func stream(_ seed: Int) throws -> NumpyRandomState { try NumpyRandomState(seed: seed) }

  @Test func drawsTheSameFloats() throws {
    #expect(try stream(0).randomSample(count: 20) == golden["random_sample_0"].doubles)
    #expect(
      try stream(42).randomSample(count: 1300).suffix(5) == golden["random_sample_42"].doubles[...])
    #expect(
      try stream(4_294_967_295).randomSample(count: 5) == golden["random_sample_max"].doubles)
    #expect(
      try NumpyRandomState(seeds: [1, 2, 3]).randomSample(count: 5) == golden["seeds_1_2_3"].doubles
    )
    #expect(try stream(3).uniform(low: -2, high: 5, count: 9) == golden["uniform_3"].doubles)
    #expect(try stream(4).exponential(scale: 2, count: 9) == golden["exponential_4"].doubles)
  }

  @Test func drawsTheSameNormals() throws {
    #expect(try stream(0).standardNormal(count: 21) == golden["standard_normal_0"].doubles)
    #expect(try stream(5).normal(loc: 10, scale: 2.5, count: 7) == golden["normal_5"].doubles)
  }

  @Test func drawsTheSameIntegers() throws {
    #expect(try stream(0).randint(0, 10, count: 30) == golden["randint_0_10"].ints)
    #expect(try stream(1).randint(-5, 1000, count: 20) == golden["randint_negative"].ints)
    #expect(try stream(2).randint(-(1 << 62), 1 << 62, count: 10) == golden["randint_wide"].ints)
    #expect(try stream(2).randint(0, 1 << 32, count: 10) == golden["randint_word"].ints)
    #expect(try stream(2).randint(3, 4, count: 4) == golden["randint_one"].ints)
  }

  @Test func ordersAlike() throws {
    #expect(try stream(0).permutation(10) == golden["permutation_10"].ints)
    #expect(try stream(42).permutation(1000) == golden["permutation_1000"].ints)
    var values = Array(0..<17)
    try stream(9).shuffle(&values)
    #expect(values == golden["shuffle"].ints)
  }

  @Test func choosesAlike() throws {
    let p = [0.1, 0.1, 0.2, 0.2, 0.3, 0.1]
    #expect(try stream(0).choice(12, count: 9) == golden["choice_replace"].ints)
    #expect(try stream(0).choice(12, count: 9, replace: false) == golden["choice_none"].ints)
    #expect(try stream(0).choice(4, count: 12, p: [0.1, 0.2, 0.3, 0.4]) == golden["choice_p"].ints)
    #expect(
      try stream(0).choice(6, count: 5, replace: false, p: p) == golden["choice_p_none"].ints)
  }

  @Test func theSpareNormalWaitsWhileOthersDraw() throws {
    let g = try stream(7)
    let drawn = [
      g.standardNormal(), g.randomSample(), g.standardNormal(),
      Double(try g.randint(0, 5, count: 1)[0]), g.standardNormal(),
    ]
    #expect(drawn == golden["mixed"].doubles)
    try g.seed(7)
    #expect(g.standardNormal() == drawn[0])
  }

  @Test func refusesWhatCannotBe() throws {
    let g = try stream(0)
    #expect(throws: ClassicalError.self) { try NumpyRandomState(seed: -1) }
    #expect(throws: ClassicalError.self) { try NumpyRandomState(seed: 1 << 32) }
    #expect(throws: ClassicalError.self) { try NumpyRandomState(seeds: []) }
    #expect(throws: ClassicalError.self) { try g.randint(3, 3, count: 1) }
    #expect(throws: ClassicalError.self) { try g.randomSample(count: -1) }
    #expect(throws: ClassicalError.self) { try g.randomSample(count: Int.max) }
    #expect(throws: ClassicalError.self) { try g.permutation(1_000_000_000_000) }
    #expect(throws: ClassicalError.self) { try g.normal(scale: -1, count: 1) }
    #expect(throws: ClassicalError.self) { try g.uniform(low: 0, high: .infinity, count: 1) }
    #expect(throws: ClassicalError.self) { try g.choice(3, count: 4, replace: false) }
    #expect(throws: ClassicalError.self) { try g.choice(0, count: 1) }
    #expect(throws: ClassicalError.self) { try g.choice(2, count: 1, p: [0.5, 0.6]) }
    #expect(throws: ClassicalError.self) { try g.choice(2, count: 1, p: [.nan, 1]) }
    #expect(throws: ClassicalError.self) { try g.choice(2, count: 2, replace: false, p: [1, 0]) }
  }

  @Test func integersReachTheWholeRange() throws {
    let drawn = try stream(0).randint(Int.min, Int.max, count: 100)
    #expect(drawn.contains { $0 < -(1 << 61) } && drawn.contains { $0 > 1 << 61 })
  }
}
