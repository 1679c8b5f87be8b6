/// Divides the samples into `splits` parts of nearly equal size; each part is the test part once.
///
/// Without shuffling the parts are runs of neighbours. Source: scikit-learn `KFold`.
public struct KFold {
  public var splits: Int
  public var shuffle: Bool
  public var randomState: RandomState

  public init(splits: Int = 5, shuffle: Bool = false, randomState: RandomState = .unseeded) {
    self.splits = splits
    self.shuffle = shuffle
    self.randomState = randomState
  }

  /// The splits of `samples` samples, in order.
  ///
  /// - Throws: `badArgument` unless 2 <= splits <= samples.
  public func split(samples: Int) throws(ClassicalError) -> [Split] {
    try checkSplits(splits, samples)
    var order = Array(0..<samples)
    if shuffle { try randomState.generator().shuffle(&order) }
    var fold = [Int](repeating: 0, count: samples)
    var start = 0
    for part in 0..<splits {
      // The first parts take one more when the division leaves a rest.
      let size = samples / splits + (part < samples % splits ? 1 : 0)
      for place in start..<start + size { fold[order[place]] = part }
      start += size
    }
    return splitsByFold(fold, splits)
  }
}

/// K folds that hold the classes in the proportions of the whole. Source: `StratifiedKFold`.
public struct StratifiedKFold {
  public var splits: Int
  public var shuffle: Bool
  public var randomState: RandomState

  public init(splits: Int = 5, shuffle: Bool = false, randomState: RandomState = .unseeded) {
    self.splits = splits
    self.shuffle = shuffle
    self.randomState = randomState
  }

  /// The splits for the classes `y`, in order.
  ///
  /// - Throws: `tooFewMembers` when every class has fewer samples than there are splits.
  public func split(_ y: [Int]) throws(ClassicalError) -> [Split] {
    try checkSplits(splits, y.count)
    // Classes are numbered by first appearance, as the order of the data is to matter least.
    var numbers: [Int: Int] = [:]
    for label in y where numbers[label] == nil { numbers[label] = numbers.count }
    let codes = y.map { numbers[$0, default: 0] }
    var counts = [Int](repeating: 0, count: numbers.count)
    for code in codes { counts[code] += 1 }
    guard counts.contains(where: { $0 >= splits }) else {
      throw .tooFewMembers(
        "n_splits=\(splits) is more than the number of samples of every class; "
          + "the largest class has \(counts.max() ?? 0)")
    }
    let generator = shuffle ? try randomState.generator() : nil
    // Deal the samples, sorted by class, to the folds in turn: how many of each class each gets.
    var allocation = [[Int]](
      repeating: [Int](repeating: 0, count: counts.count), count: splits)
    var dealt = 0
    for (code, count) in counts.enumerated() {
      for _ in 0..<count {
        allocation[dealt % splits][code] += 1
        dealt += 1
      }
    }
    var fold = [Int](repeating: 0, count: y.count)
    for code in counts.indices {
      var folds = (0..<splits).flatMap {
        [Int](repeating: $0, count: allocation[$0][code])
      }
      generator?.shuffle(&folds)
      var next = 0
      for place in codes.indices where codes[place] == code {
        fold[place] = folds[next]
        next += 1
      }
    }
    return splitsByFold(fold, splits)
  }
}

private func checkSplits(_ splits: Int, _ samples: Int) throws(ClassicalError) {
  guard splits >= 2 else {
    throw .badArgument(name: "n_splits", found: "\(splits)", expected: "2 or more")
  }
  guard splits <= samples else {
    throw .badArgument(
      name: "n_splits", found: "\(splits)", expected: "at most the number of samples, \(samples)")
  }
}

/// Fold `k` tests, the others train; places ascend.
private func splitsByFold(_ fold: [Int], _ splits: Int) -> [Split] {
  (0..<splits).map { part in
    Split(
      train: fold.indices.filter { fold[$0] != part },
      test: fold.indices.filter { fold[$0] == part })
  }
}
