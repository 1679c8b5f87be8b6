/// How often each true class was predicted as each class.
public struct ConfusionMatrix<Label: Hashable & Comparable & Sendable>: Sendable {
  /// How the counts are divided.
  public enum Normalization: Sendable {
    /// By the number of samples of the true class: rows sum to 1.
    case byTrue
    /// By the number of predictions of the class: columns sum to 1.
    case byPredicted
    case byAll
  }

  /// The classes in the order of rows and columns.
  public let labels: [Label]
  /// [true, predicted]; element (t, p) is `counts[t * labels.count + p]`.
  public let counts: [Int]

  /// - Parameter labels: which classes, in which order; nil takes all that occur, sorted. Samples
  ///   with another true or predicted class are left out.
  public init(
    _ yTrue: [Label], _ yPred: [Label], labels: [Label]? = nil
  ) throws(ClassicalError) {
    try checkPair(yTrue, yPred)
    let labels = labels ?? Set(yTrue).union(yPred).sorted()
    guard !labels.isEmpty else { throw .empty(what: "labels") }
    var places: [Label: Int] = [:]
    for (place, label) in labels.enumerated() { places[label] = place }
    guard yTrue.contains(where: { places[$0] != nil }) else {
      throw .badArgument(
        name: "labels", found: "\(labels)", expected: "at least one label that is in y_true")
    }
    try checkRoom("the confusion matrix", count: labels.count, size: 8 * labels.count)
    var counts = [Int](repeating: 0, count: labels.count * labels.count)
    for (truth, prediction) in zip(yTrue, yPred) {
      if let row = places[truth], let column = places[prediction] {
        counts[row * labels.count + column] += 1
      }
    }
    self.labels = labels
    self.counts = counts
  }

  /// The counts as rows.
  public var rows: [[Int]] {
    labels.indices.map { Array(counts[$0 * labels.count..<($0 + 1) * labels.count]) }
  }

  /// The counts divided as asked; 0 where nothing was counted. [true, predicted]
  public func normalized(_ how: Normalization) -> [[Double]] {
    let rows = rows
    let all = Double(counts.reduce(0, +))
    let byRow = rows.map { Double($0.reduce(0, +)) }
    let byColumn = labels.indices.map { column in
      Double(rows.reduce(0) { $0 + $1[column] })
    }
    return rows.enumerated().map { row, line in
      line.enumerated().map { column, count in
        let divisor =
          switch how {
          case .byTrue: byRow[row]
          case .byPredicted: byColumn[column]
          case .byAll: all
          }
        return divisor == 0 ? 0 : Double(count) / divisor
      }
    }
  }
}
