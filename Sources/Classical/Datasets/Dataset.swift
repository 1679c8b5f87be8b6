import Frames

/// A data set: samples, what is to be predicted, and what the columns mean.
public struct Dataset: Sendable {
  /// What is to be predicted, one entry per sample.
  public enum Target: Sendable, Equatable {
    /// Class numbers; `targetNames` has the name of each.
    case classes([Int])
    /// Quantities.
    case values([Double])
  }

  public let name: String
  /// [samples, features]
  public let data: Samples
  public let target: Target
  public let featureNames: [String]
  /// The name of each class; empty for quantities.
  public let targetNames: [String]
  /// What it is, who made it and where it is published.
  public let description: String
  /// The shape of one sample as a picture, [height, width], when it is one.
  public let imageShape: (height: Int, width: Int)?

  /// The class of each sample, as floats for quantities' users as well.
  public var targetValues: [Double] {
    switch target {
    case .classes(let classes): classes.map(Double.init)
    case .values(let values): values
    }
  }

  /// The class of each sample; nil for quantities.
  public var targetClasses: [Int]? {
    if case .classes(let classes) = target { classes } else { nil }
  }
}

// MARK: - The shipped sets

extension Dataset {
  /// The shipped data sets by name: `digits`, `iris`, `wine`, `breast_cancer`, `diabetes`.
  public static let names = ["digits", "iris", "wine", "breast_cancer", "diabetes"]

  /// 1797 pictures of handwritten digits, [1797, 64] with values 0 to 16, 10 classes.
  public static func digits() throws -> Dataset {
    try load(
      "digits", targetNames: (0...9).map(String.init), image: (8, 8),
      description: DatasetDescriptions.digits)
  }

  /// 150 flowers of three kinds, [150, 4] in centimetres.
  public static func iris() throws -> Dataset {
    try load(
      "iris", targetNames: ["setosa", "versicolor", "virginica"],
      description: DatasetDescriptions.iris)
  }

  /// Chemical analyses of wines by three growers, [178, 13].
  public static func wine() throws -> Dataset {
    try load(
      "wine", targetNames: ["class_0", "class_1", "class_2"],
      description: DatasetDescriptions.wine)
  }

  /// Measurements of cell nuclei, [569, 30]: malignant (0) or benign (1).
  public static func breastCancer() throws -> Dataset {
    try load(
      "breast_cancer", targetNames: ["malignant", "benign"],
      description: DatasetDescriptions.breastCancer)
  }

  /// Ten measurements of patients, [442, 10], and the progress of their diabetes a year later.
  ///
  /// - Parameter scaled: whether each feature is centred and divided by its standard deviation
  ///   times the square root of the number of samples, so that its squares sum to 1.
  public static func diabetes(scaled: Bool = true) throws -> Dataset {
    let raw = try load("diabetes", targetNames: nil, description: DatasetDescriptions.diabetes)
    guard scaled else { return raw }
    var data = raw.data
    let moments = ColumnMoments(data)
    let root = Double(data.rows).squareRoot()
    let columns = data.columns
    data.withValues { values in
      for place in values.indices {
        let column = place % columns
        // Two divisions, as in the original, so that the last digit agrees.
        values[place] =
          (values[place] - moments.mean[column]) / moments.variance[column].squareRoot() / root
      }
    }
    return Dataset(
      name: raw.name, data: data, target: raw.target, featureNames: raw.featureNames,
      targetNames: raw.targetNames, description: raw.description, imageShape: nil)
  }

  /// - Parameter targetNames: the names of the classes; nil when the target is a quantity.
  private static func load(
    _ name: String, targetNames: [String]?, image: (height: Int, width: Int)? = nil,
    description: String
  ) throws -> Dataset {
    let path = try DataFolder.path(of: name + ".csv", name: name)
    let frame = try Frame.readCSV(path: path, CSVOptions(separator: 0x2C))
    func damaged(_ reason: String) -> ClassicalError {
      .dataDamaged(name: name, path: path, reason: reason)
    }
    guard frame.names.last == "target", frame.columnCount > 1 else {
      throw damaged("its last column is not 'target'")
    }
    let features = frame.columnCount - 1
    var values = [Double](repeating: 0, count: frame.rowCount * features)
    for column in 0..<features {
      guard let numbers = frame.columns[column].doubles else {
        throw damaged("column '\(frame.names[column])' holds text")
      }
      for (row, number) in numbers.enumerated() { values[row * features + column] = number }
    }
    let target: Target
    switch frame.columns[features] {
    case .int(let classes) where targetNames != nil: target = .classes(classes)
    case .int(let numbers): target = .values(numbers.map(Double.init))
    case .float(let numbers) where targetNames == nil: target = .values(numbers)
    case .float, .bool, .string, .object: throw damaged("its target column holds other values")
    }
    return Dataset(
      name: name, data: Samples(trusted: values, rows: frame.rowCount, columns: features),
      target: target, featureNames: Array(frame.names.dropLast()), targetNames: targetNames ?? [],
      description: description, imageShape: image)
  }
}
