import TestSupport
import Testing

@testable import Classical

@Suite struct TrainTestSplitTests {
  private let golden: GoldenValue

  init() throws { golden = try ClassicalTests.golden("splits") }

  private func labels(_ name: String?) throws -> [Int]? {
    switch name {
    case "digits": try Dataset.digits().targetClasses
    case "iris": try Dataset.iris().targetClasses
    case "odd": golden["odd"].ints
    default: nil
    }
  }

  private func size(_ value: GoldenValue) -> SplitSize? {
    guard let number = value.double else { return nil }
    return number < 1 ? .fraction(number) : .count(Int(number))
  }

  @Test func picksTheSamplesThatScikitLearnPicks() throws {
    #expect(golden["cases"].items.count == 13)
    for item in golden["cases"].items {
      let split = try trainTestSplit(
        samples: try #require(item["n"].int), testSize: size(item["test_size"]),
        trainSize: size(item["train_size"]),
        randomState: item["random_state"].int.map(RandomState.seed) ?? .unseeded,
        shuffle: item["shuffle"].bool ?? true, stratify: try labels(item["y"].string))
      #expect(split.train == item["train"].ints)
      #expect(split.test == item["test"].ints)
    }
  }

  @Test func refusesSizesThatCannotBe() {
    let sizes: [(SplitSize?, SplitSize?)] = [
      (.fraction(0), nil), (.fraction(1), nil), (.fraction(.nan), nil), (.count(0), nil),
      (.count(10), nil), (.count(-1), nil), (.fraction(0.6), .fraction(0.6)),
      (.count(6), .count(6)), (nil, .count(Int.max)), (.fraction(0.95), nil),
      (.count(9), .fraction(0.5)),
    ]
    for (test, train) in sizes {
      #expect(throws: ClassicalError.self, "\(String(describing: test))") {
        try trainTestSplit(samples: 10, testSize: test, trainSize: train)
      }
    }
    #expect(throws: ClassicalError.self) { try trainTestSplit(samples: 0) }
    #expect(throws: ClassicalError.self) { try trainTestSplit(samples: 1) }
  }

  @Test func refusesToStratifyWhatCannotBe() {
    for (y, test) in [([0, 0, 0, 1], 2), ([0, 0, 1, 1, 2, 2], 2), ([0, 1], 1), ([0, 1, 0], 1)] {
      #expect(throws: ClassicalError.self) {
        try trainTestSplit(samples: y.count, testSize: .count(test), stratify: y)
      }
    }
    #expect(throws: ClassicalError.self) { try trainTestSplit(samples: 4, stratify: [0, 1]) }
    #expect(throws: ClassicalError.self) {
      try trainTestSplit(samples: 4, shuffle: false, stratify: [0, 1, 0, 1])
    }
  }

  @Test func aSharedStreamGoesOn() throws {
    let stream = try NumpyRandomState(seed: 0)
    let first = try trainTestSplit(samples: 10, randomState: .shared(stream))
    let second = try trainTestSplit(samples: 10, randomState: .shared(stream))
    #expect(first == (try trainTestSplit(samples: 10, randomState: .seed(0))))
    #expect(first != second)
  }
}
