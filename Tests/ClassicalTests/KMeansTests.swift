import TestSupport
import Testing

@testable import Classical

@Suite struct KMeansTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("neighbours")["kmeans"] }

  @Test(arguments: 0..<5)
  func findsTheClustersOfTheReference(_ place: Int) throws {
    let item = golden[place]
    let x = try item["data"].string == "iris" ? Dataset.iris().data : Dataset.digits().data
    var model = KMeans(
      clusters: try #require(item["n_clusters"].int),
      initialization: item["init"].string == "random" ? .random : .plusPlus,
      starts: item["n_init"].int, maxIterations: item["max_iter"].int ?? 300,
      randomState: .seed(try #require(item["random_state"].int)))
    try model.fit(x)
    let fit = try #require(model.fitted)
    #expect(fit.labels == item["labels"].ints)
    #expect(close(fit.centers.values, item["centers"].items.flatMap(\.doubles), 1e-10))
    #expect(close([fit.inertia], [try #require(item["inertia"].double)], 1e-12))
    #expect(fit.iterations == item["n_iter"].int)
    #expect(
      close(
        try model.transform(x.taking([0, 1])).values, item["transform"].items.flatMap(\.doubles),
        1e-10))
    #expect(try model.predict(x) == fit.labels)
  }

  @Test func startsFromGivenCentres() throws {
    let x = try Samples(rows: [[0], [1], [10], [11]])
    var model = KMeans(clusters: 2, initialization: .centers(try Samples(rows: [[11], [0]])))
    try model.fit(x)
    #expect(model.fitted?.labels == [1, 1, 0, 0])
    #expect(model.fitted?.centers.values == [10.5, 0.5])
    #expect(model.fitted?.inertia == 1)
  }

  @Test func anEmptyClusterTakesTheFarthestSample() throws {
    let x = try Samples(rows: [[0], [1], [2], [30]])
    var model = KMeans(clusters: 2, initialization: .centers(try Samples(rows: [[5], [900]])))
    try model.fit(x)
    #expect(model.fitted?.labels == [0, 0, 0, 1])
  }

  @Test func equalSamplesAreNoObstacle() throws {
    var model = KMeans(clusters: 3, randomState: .seed(0))
    try model.fit(Samples(rows: [[1], [1], [1], [1]]))
    #expect(model.fitted?.inertia == 0)
    try model.fit(Samples(rows: [[1e200], [-1e300], [1e308], [5]]))
    #expect(model.fitted?.labels.count == 4)
  }

  @Test func refusesWhatCannotBe() throws {
    let x = try Samples(rows: [[0], [1]])
    let models = [
      KMeans(clusters: 0), KMeans(clusters: 3), KMeans(clusters: 1, maxIterations: 0),
      KMeans(clusters: 1, starts: 0), KMeans(clusters: 1, tolerance: -1),
      KMeans(clusters: 1, initialization: .centers(x)),
      KMeans(clusters: 1, randomState: .seed(-1)),
    ]
    for var model in models { #expect(throws: ClassicalError.self) { try model.fit(x) } }
    #expect(throws: ClassicalError.self) { try KMeans().predict(x) }
    #expect(throws: ClassicalError.self) { try KMeans().transform(x) }
  }
}
