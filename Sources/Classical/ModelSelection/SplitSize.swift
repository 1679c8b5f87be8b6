/// How many samples a part of a split gets.
public enum SplitSize: Sendable, Equatable, CustomStringConvertible {
  /// A share of the samples, above 0 and below 1.
  case fraction(Double)
  case count(Int)

  public var description: String {
    switch self {
    case .fraction(let value): "\(value)"
    case .count(let value): "\(value)"
    }
  }

  private func check(_ name: String, _ samples: Int) throws(ClassicalError) {
    switch self {
    case .fraction(let value) where value > 0 && value < 1: return
    case .count(let value) where value > 0 && value < samples: return
    case .fraction, .count:
      throw .splitSize(
        "\(name)=\(self): expected a share above 0 and below 1, or a count above 0 and below "
          + "the number of samples, \(samples)")
    }
  }

  /// The sizes of both parts. A share of the test part is rounded up, of the training part down.
  static func resolve(
    samples: Int, test: SplitSize?, train: SplitSize?, defaultTest: Double
  ) throws(ClassicalError) -> (train: Int, test: Int) {
    let test = test ?? (train == nil ? .fraction(defaultTest) : nil)
    try test?.check("test_size", samples)
    try train?.check("train_size", samples)
    if case .fraction(let a)? = test, case .fraction(let b)? = train, a + b > 1 {
      throw .splitSize(
        "test_size=\(a) and train_size=\(b) sum to \(a + b); their sum may be at most 1")
    }
    // Both checks above hold, so that each product lies within 0 and `samples`.
    func count(_ size: SplitSize, _ rounding: FloatingPointRoundingRule) -> Int {
      switch size {
      case .fraction(let share):
        Int(exactly: (share * Double(samples)).rounded(rounding)) ?? samples
      case .count(let count): count
      }
    }
    let testCount = test.map { count($0, .up) }
    let trainCount = train.map { count($0, .down) }
    let nTest = testCount ?? samples - (trainCount ?? 0)
    let nTrain = trainCount ?? samples - nTest
    let (sum, overflow) = nTrain.addingReportingOverflow(nTest)
    guard !overflow, sum <= samples else {
      throw .splitSize(
        "train_size and test_size ask for \(nTrain) and \(nTest) of \(samples) samples; "
          + "reduce one of them")
    }
    guard nTrain > 0 else {
      throw .splitSize(
        "of \(samples) samples, \(nTest) go to the test part and none is left to train on; "
          + "give more samples or a smaller test_size")
    }
    return (nTrain, nTest)
  }
}
