/// What can go wrong in classical machine learning; each case knows its sentence.
public enum ClassicalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A hyperparameter or argument outside of its range.
  case badArgument(name: String, found: String, expected: String)
  case shapeMismatch(values: Int, rows: Int, columns: Int)
  case raggedRows(row: Int, found: Int, expected: Int)
  /// Two arguments that need one entry per sample.
  case lengthMismatch(first: String, firstCount: Int, second: String, secondCount: Int)
  case empty(what: String)
  case rowOutOfRange(row: Int, count: Int)
  case notFinite(what: String, row: Int, column: Int)
  case notFitted(estimator: String, method: String)
  case featureCount(estimator: String, found: Int, expected: Int)
  case unknownLabel(label: String, known: [String])
  case tooFewClasses(estimator: String, found: Int)
  case tooFewMembers(String)
  case splitSize(String)
  case dataNotFound(name: String, looked: [String])
  case dataDamaged(name: String, path: String, reason: String)
  case tooLarge(what: String, bytes: Int, limit: Int)
  /// The user stopped the work; nothing was changed.
  case interrupted

  public var description: String {
    switch self {
    case .badArgument(let name, let found, let expected):
      return "\(name)=\(found): expected \(expected)"
    case .shapeMismatch(let values, let rows, let columns):
      return "\(values) values for [\(rows), \(columns)]; the product of the sizes must be "
        + "the number of values"
    case .raggedRows(let row, let found, let expected):
      return "row \(row) has \(found) values, row 0 has \(expected); give all rows one length"
    case .lengthMismatch(let first, let firstCount, let second, let secondCount):
      return "\(first) has \(firstCount) samples, \(second) has \(secondCount); "
        + "each sample needs an entry in both"
    case .empty(let what):
      return "\(what) is empty; at least one sample is needed"
    case .rowOutOfRange(let row, let count):
      return "row \(row) of \(count) samples; rows are 0 to \(max(count - 1, 0))"
    case .notFinite(let what, let row, let column):
      return "\(what) holds NaN or infinity at row \(row), column \(column); "
        + "fill or drop missing values first"
    case .notFitted(let estimator, let method):
      return "\(estimator).\(method) before fit: call fit with training data first"
    case .featureCount(let estimator, let found, let expected):
      return "X has \(found) features, but \(estimator) was fitted with \(expected); "
        + "give the same columns as in fit"
    case .unknownLabel(let label, let known):
      let list = known.prefix(20).joined(separator: ", ")
      return "label \(label) was not seen before; the known labels are \(list)"
        + (known.count > 20 ? ", ... \(known.count - 20) more" : "")
    case .tooFewClasses(let estimator, let found):
      return "\(estimator) needs samples of at least 2 classes, y holds \(found)"
    case .tooFewMembers(let sentence):
      return sentence
    case .splitSize(let sentence):
      return sentence
    case .dataNotFound(let name, let looked):
      return "the data set '\(name)' was not found; looked in "
        + looked.map { "'\($0)'" }.joined(separator: ", ")
        + ". Set SWIFTLET_DATA to the folder that holds \(name).csv"
    case .dataDamaged(let name, let path, let reason):
      return "the data set '\(name)' in '\(path)' cannot be used: \(reason). "
        + "Install Swiftlet again"
    case .tooLarge(let what, let bytes, let limit):
      return "\(what) would take \(bytes) bytes, more than the limit of \(limit); ask for less"
    case .interrupted:
      return "interrupted"
    }
  }
}
