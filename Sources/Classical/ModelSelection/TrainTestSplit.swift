/// Which samples to train with and which to test with.
public struct Split: Sendable, Equatable {
  public let train: [Int]
  public let test: [Int]
}

/// Splits `samples` samples at random into a part to train with and a part to test with.
///
/// The places are those that scikit-learn's `train_test_split` picks for the same seed.
///
/// - Parameters:
///   - testSize: the test part; 0.25 when neither size is given, the rest when only the other is.
///   - trainSize: the training part.
///   - randomState: the stream to draw from.
///   - shuffle: false takes the first samples to train and the next to test, in order.
///   - stratify: a class per sample; both parts then hold the classes in the same proportions.
/// - Throws: `splitSize`, `lengthMismatch`, `tooFewMembers` when a class cannot be in both parts.
public func trainTestSplit(
  samples: Int, testSize: SplitSize? = nil, trainSize: SplitSize? = nil,
  randomState: RandomState = .unseeded, shuffle: Bool = true, stratify: [Int]? = nil
) throws(ClassicalError) -> Split {
  guard samples > 0 else { throw .empty(what: "the set to split") }
  let (train, test) = try SplitSize.resolve(
    samples: samples, test: testSize, train: trainSize, defaultTest: 0.25)
  guard shuffle else {
    guard stratify == nil else {
      throw .badArgument(
        name: "stratify", found: "with shuffle=False", expected: "shuffle=True, or no stratify")
    }
    return Split(train: Array(0..<train), test: Array(train..<train + test))
  }
  if let stratify {
    try checkLengths("X", samples, "stratify", stratify.count)
    return try stratifiedSplit(stratify, train: train, test: test, randomState)
  }
  let order = try randomState.generator().permutation(samples)
  return Split(train: Array(order[test..<test + train]), test: Array(order[..<test]))
}

/// Draws from each class its share of both parts, then mixes the classes.
private func stratifiedSplit(
  _ y: [Int], train: Int, test: Int, _ randomState: RandomState
) throws(ClassicalError) -> Split {
  let members = ClassMembers(y)
  if let lonely = members.places.firstIndex(where: { $0.count < 2 }) {
    throw .tooFewMembers(
      "class \(members.labels[lonely]) has only 1 sample; to stratify, each class needs 2 at least")
  }
  for (name, size) in [("train_size", train), ("test_size", test)]
  where size < members.labels.count {
    throw .tooFewMembers(
      "\(name)=\(size) is less than the number of classes, \(members.labels.count); "
        + "to stratify, each part needs a sample of each class")
  }
  let generator = try randomState.generator()
  let counts = members.places.map(\.count)
  let trainCounts = try likeliestCounts(counts, draws: train, generator)
  let left = zip(counts, trainCounts).map { $0 - $1 }
  let testCounts = try likeliestCounts(left, draws: test, generator)
  var trainPlaces: [Int] = []
  var testPlaces: [Int] = []
  for (index, places) in members.places.enumerated() {
    let order = try generator.permutation(places.count).map { places[$0] }
    trainPlaces += order.prefix(trainCounts[index])
    testPlaces += order.dropFirst(trainCounts[index]).prefix(testCounts[index])
  }
  generator.shuffle(&trainPlaces)
  generator.shuffle(&testPlaces)
  return Split(train: trainPlaces, test: testPlaces)
}

/// How many of each class the likeliest draw of `draws` samples without putting back holds: the
/// rounded-down shares, the rest to the largest remainders, ties broken at random.
private func likeliestCounts(
  _ counts: [Int], draws: Int, _ generator: NumpyRandomState
) throws(ClassicalError) -> [Int] {
  let total = Double(counts.reduce(0, +))
  let shares = counts.map { Double($0) / total * Double(draws) }
  var result = shares.map { Int(exactly: $0.rounded(.down)) ?? 0 }
  var missing = draws - result.reduce(0, +)
  let remainders = shares.map { $0 - $0.rounded(.down) }
  for remainder in Set(remainders).sorted(by: >) where missing > 0 {
    let tied = remainders.indices.filter { remainders[$0] == remainder }
    let added = min(tied.count, missing)
    for place in try generator.choice(tied.count, count: added, replace: false) {
      result[tied[place]] += 1
    }
    missing -= added
  }
  return result
}

/// The samples of each class, classes in ascending order, samples in theirs.
struct ClassMembers {
  let labels: [Int]
  let places: [[Int]]

  init(_ y: [Int]) {
    var byLabel: [Int: [Int]] = [:]
    for (place, label) in y.enumerated() { byLabel[label, default: []].append(place) }
    labels = byLabel.keys.sorted()
    places = labels.map { byLabel[$0] ?? [] }
  }
}
