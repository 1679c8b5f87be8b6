/// Numbers labels 0, 1, 2, ... in sorted order, and back.
public struct LabelEncoder<Label: Hashable & Comparable & Sendable>: Sendable {
  /// The labels in order; nil before `fit`.
  public private(set) var classes: [Label]?
  private var places: [Label: Int] = [:]

  public init() {}

  public mutating func fit(_ labels: [Label]) {
    let sorted = Set(labels).sorted()
    places = [:]
    for (place, label) in sorted.enumerated() { places[label] = place }
    classes = sorted
  }

  /// - Throws: `unknownLabel` for a label that `fit` did not see.
  public func transform(_ labels: [Label]) throws(ClassicalError) -> [Int] {
    guard let classes else { throw .notFitted(estimator: "LabelEncoder", method: "transform") }
    var codes: [Int] = []
    codes.reserveCapacity(labels.count)
    for label in labels {
      guard let code = places[label] else {
        throw .unknownLabel(label: "\(label)", known: classes.map { "\($0)" })
      }
      codes.append(code)
    }
    return codes
  }

  public mutating func fitTransform(_ labels: [Label]) throws(ClassicalError) -> [Int] {
    fit(labels)
    return try transform(labels)
  }

  /// - Throws: `badArgument` for a number that stands for no label.
  public func inverseTransform(_ codes: [Int]) throws(ClassicalError) -> [Label] {
    guard let classes else {
      throw .notFitted(estimator: "LabelEncoder", method: "inverse_transform")
    }
    var labels: [Label] = []
    labels.reserveCapacity(codes.count)
    for code in codes {
      guard classes.indices.contains(code) else {
        throw .badArgument(
          name: "y", found: "\(code)", expected: "0 to \(max(classes.count - 1, 0))")
      }
      labels.append(classes[code])
    }
    return labels
  }
}
