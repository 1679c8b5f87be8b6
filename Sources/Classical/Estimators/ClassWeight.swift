/// How much the samples of each class count.
public enum ClassWeight: Sendable, Equatable {
  case none
  /// samples / (classes * samples of the class): each class counts the same in all.
  case balanced
  /// A weight per label; 1 for labels that are not named.
  case weights([Int: Double])

  /// The weight of each class. `counts` are the samples per class of `labels`.
  public func weights(labels: [Int], counts: [Int]) throws(ClassicalError) -> [Double] {
    switch self {
    case .none: return [Double](repeating: 1, count: labels.count)
    case .balanced:
      let total = Double(counts.reduce(0, +))
      return counts.map { total / (Double(labels.count) * Double(max($0, 1))) }
    case .weights(let byLabel):
      for (label, weight) in byLabel where !(weight >= 0 && weight.isFinite) {
        throw .badArgument(
          name: "class_weight", found: "\(weight) for class \(label)",
          expected: "a number of 0 or more")
      }
      for label in byLabel.keys.sorted() where !labels.contains(label) {
        throw .unknownLabel(label: "\(label) of class_weight", known: labels.map(String.init))
      }
      return labels.map { byLabel[$0] ?? 1 }
    }
  }
}
