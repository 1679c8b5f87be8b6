import TestSupport
import Testing

@testable import Classical

@Suite struct NeighborTests {
  private let golden: GoldenValue
  private let x: Samples
  private let y: [Int]

  init() throws {
    golden = try ClassicalTests.golden("neighbours")
    let digits = try Dataset.digits()
    x = digits.data
    y = try #require(digits.targetClasses)
  }

  @Test(arguments: ["five", "one", "distance"])
  func votesAsTheReference(_ name: String) throws {
    var model =
      switch name {
      case "five": KNeighborsClassifier()
      case "one": KNeighborsClassifier(neighbors: 1)
      default: KNeighborsClassifier(neighbors: 7, weights: .distance)
      }
    try model.fit(x.taking(Array(0..<1200)), Array(y.prefix(1200)))
    let test = try x.taking(Array(1200..<1797))
    let expected = golden[name]
    #expect(try model.predict(test) == expected["predicted"].ints)
    #expect(try model.score(test, Array(y.dropFirst(1200))) == expected["score"].double)
    let some = try model.predictProbabilities(x.taking([1200, 1201, 1202]))
    #expect(close(some.values, expected["proba"].items.flatMap(\.doubles), 1e-12))
  }

  @Test func findsTheNearest() throws {
    var model = KNeighborsClassifier(neighbors: 3)
    try model.fit(x.taking(Array(0..<1200)), Array(y.prefix(1200)))
    let (distances, rows) = try model.nearest(x.taking(Array(1200..<1210)))
    #expect(rows == golden["kneighbors"]["rows"].items.map(\.ints))
    #expect(
      close(
        distances.flatMap { $0 }, golden["kneighbors"]["distances"].items.flatMap(\.doubles), 1e-14)
    )
  }

  @Test func keepsTheContractOfClassifiers() throws {
    let iris = try Dataset.iris()
    try checkClassifier(
      { KNeighborsClassifier() }, iris.data, try #require(iris.targetClasses))
  }

  @Test func atDistanceZeroOnlyTheTwinVotes() throws {
    var model = KNeighborsClassifier(neighbors: 3, weights: .distance)
    try model.fit(Samples(rows: [[0], [1], [2]]), [7, 8, 8])
    #expect(try model.predict(Samples(rows: [[0], [0.9]])) == [7, 8])
  }

  @Test func refusesMoreNeighboursThanSamples() throws {
    var model = KNeighborsClassifier(neighbors: 4)
    try model.fit(Samples(rows: [[0], [1], [2]]), [0, 1, 1])
    #expect(throws: ClassicalError.self) { try model.predict(Samples(rows: [[0]])) }
    model.neighbors = 0
    #expect(throws: ClassicalError.self) { try model.fit(Samples(rows: [[0]]), [0]) }
  }
}
