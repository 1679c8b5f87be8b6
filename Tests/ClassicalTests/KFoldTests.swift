import TestSupport
import Testing

@testable import Classical

@Suite struct KFoldTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("splits") }

  @Test func foldsAreThoseOfScikitLearn() throws {
    #expect(golden["folds"].items.count == 7)
    for item in golden["folds"].items {
      let count = try #require(item["k"].int)
      let shuffle = item["shuffle"].bool ?? false
      let state = item["seed"].int.map(RandomState.seed) ?? .unseeded
      let splits: [Split]
      let samples: Int
      if item["kind"].string == "k" {
        samples = try #require(item["n"].int)
        splits = try KFold(splits: count, shuffle: shuffle, randomState: state)
          .split(samples: samples)
      } else {
        let iris = try #require(try Dataset.iris().targetClasses)
        let y = item["y"].string == "iris" ? iris : golden["odd"].ints
        samples = y.count
        splits = try StratifiedKFold(splits: count, shuffle: shuffle, randomState: state).split(y)
      }
      #expect(splits.map(\.test) == item["tests"].items.map(\.ints))
      for split in splits { #expect((split.train + split.test).sorted() == Array(0..<samples)) }
    }
  }

  @Test func refuseFoldsThatCannotBe() {
    #expect(throws: ClassicalError.self) { try KFold(splits: 1).split(samples: 5) }
    #expect(throws: ClassicalError.self) { try KFold(splits: 6).split(samples: 5) }
    #expect(throws: ClassicalError.self) { try StratifiedKFold(splits: 3).split([0, 0, 1, 1]) }
    #expect(throws: ClassicalError.self) { try StratifiedKFold(splits: 2).split([]) }
  }
}
