/// Turns each category of each column into a column of its own that holds 1 where it applies.
///
/// Source: scikit-learn `OneHotEncoder` with dense output.
public struct OneHotEncoder<Category: Hashable & Comparable & Sendable>: Sendable {
  /// What becomes of a category that `fit` did not see.
  public enum UnknownHandling: Sendable {
    case error
    /// All columns of that feature are 0.
    case ignore
  }

  /// Which column of each feature is left out, so that the others do not determine it.
  public enum Drop: Sendable {
    case none
    case first
    /// The first, of features with two categories only.
    case ifBinary
  }

  public var unknown: UnknownHandling
  public var drop: Drop
  /// The sorted categories of each feature; nil before `fit`.
  public private(set) var categories: [[Category]]?

  public init(unknown: UnknownHandling = .error, drop: Drop = .none) {
    self.unknown = unknown
    self.drop = drop
  }

  /// - Parameter columns: one array per feature, each with an entry per sample.
  public mutating func fit(_ columns: [[Category]]) throws(ClassicalError) {
    let samples = columns.first?.count ?? 0
    guard samples > 0 else { throw .empty(what: "X") }
    for (place, column) in columns.enumerated() where column.count != samples {
      throw .lengthMismatch(
        first: "column 0", firstCount: samples, second: "column \(place)",
        secondCount: column.count)
    }
    categories = columns.map { Set($0).sorted() }
  }

  /// Zeros and ones, [samples, kept categories of all features].
  public func transform(_ columns: [[Category]]) throws(ClassicalError) -> Samples {
    guard let categories else { throw .notFitted(estimator: "OneHotEncoder", method: "transform") }
    guard columns.count == categories.count else {
      throw .featureCount(
        estimator: "OneHotEncoder", found: columns.count, expected: categories.count)
    }
    let samples = columns.first?.count ?? 0
    let width = categories.reduce(0) { $0 + $1.count - skipped($1) }
    try checkRoom("the one-hot table", count: samples, size: max(8 * width, 1))
    var values = [Double](repeating: 0, count: samples * width)
    var start = 0
    for (feature, known) in categories.enumerated() {
      try checkLengths("column 0", samples, "column \(feature)", columns[feature].count)
      let skip = skipped(known)
      var places: [Category: Int] = [:]
      for (place, category) in known.enumerated() { places[category] = place }
      for (row, category) in columns[feature].enumerated() {
        if let place = places[category] {
          if place >= skip { values[row * width + start + place - skip] = 1 }
        } else if case .error = unknown {
          throw .unknownLabel(label: "\(category)", known: known.map { "\($0)" })
        }
      }
      start += known.count - skip
    }
    return Samples(trusted: values, rows: samples, columns: width)
  }

  /// A name per column: `<feature>_<category>`.
  public func featureNames(_ inputs: [String]) throws(ClassicalError) -> [String] {
    guard let categories else {
      throw .notFitted(estimator: "OneHotEncoder", method: "get_feature_names_out")
    }
    try checkLengths("input_features", inputs.count, "the fitted columns", categories.count)
    return zip(inputs, categories).flatMap { input, known in
      known.dropFirst(skipped(known)).map { "\(input)_\($0)" }
    }
  }

  private func skipped(_ known: [Category]) -> Int {
    switch drop {
    case .none: 0
    case .first: min(1, known.count)
    case .ifBinary: known.count == 2 ? 1 : 0
    }
  }
}
