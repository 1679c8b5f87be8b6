import Classical
import Language
import TensorCore

/// `sklearn.exceptions` and errors in scikit-learn's words.
enum SklearnErrors {
  static let notFittedTable = TypeTable(
    "NotFittedError", module: "sklearn.exceptions", doc: "An estimator is used before fit.",
    baseName: "ValueError", showsModule: true, virtualBaseName: "AttributeError")

  static let invalidParameterTable = TypeTable(
    "InvalidParameterError", module: "sklearn.utils._param_validation",
    doc: "A hyperparameter has a value that the estimator does not take.",
    baseName: "ValueError", showsModule: true, virtualBaseName: "TypeError")

  static let module = ModuleTable(
    "sklearn.exceptions", doc: "Errors of estimators.",
    entries: [
      .value(name: "NotFittedError", doc: notFittedTable.doc) { .object($0.type(notFittedTable)) }
    ])

  static func invalidParameter(_ text: String, _ machine: Machine) -> Raise {
    raise(invalidParameterTable, text, machine)
  }

  static func notFitted(_ name: String, _ machine: Machine) -> Raise {
    raise(
      notFittedTable,
      "This \(name) instance is not fitted yet. Call 'fit' with appropriate arguments before using "
        + "this estimator.", machine)
  }

  private static func raise(_ table: TypeTable, _ text: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(table))
    exception.arguments = [.string(text)]
    return Raise(exception)
  }
}

/// The checks that every estimator makes of what it is given.
struct SklearnInput {
  let estimator: String
  let machine: Machine

  /// Samples [n, features] of anything array-like, with finite values.
  /// - Parameter features: how many columns `fit` saw; nil in `fit`.
  /// - Parameter asFloats: whether the estimator makes floats of its input before it looks at it.
  func samples(_ value: Value, features: Int? = nil, asFloats: Bool = false) throws -> Samples {
    if let text = try firstText(value, depth: 0) {
      throw Raise(.valueError, "could not convert string to float: \(try machine.repr(text))")
    }
    var tensor = try machine.tensor(value)
    if asFloats, !tensor.dtype.isFloating, !tensor.dtype.isComplex { tensor = try tensor.to(.float64) }
    guard tensor.rank == 2 else { throw try wrongRank(tensor) }
    guard tensor.dtype.isFloating || !tensor.dtype.isComplex else {
      throw Raise(.valueError, "Complex data not supported\n\(try tensor.description(style: .numpyStr))\n")
    }
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    guard rows > 0 else { throw empty("sample", tensor.shape) }
    guard columns > 0 else { throw empty("feature", tensor.shape) }
    let numbers = try tensor.to(.float64).doubles()
    try checkFinite(numbers, "X")
    if let features, columns != features {
      throw Raise(
        .valueError,
        "X has \(columns) features, but \(estimator) is expecting \(features) features as input.")
    }
    return try Samples(numbers, rows: rows, columns: columns)
  }

  /// Targets as numbers, [n] or [n, targets].
  func target(_ value: Value, samples: Int) throws -> (values: [Double], shape: [Int]) {
    try checkGiven(value)
    let tensor = try machine.tensor(value)
    guard tensor.rank == 1 || tensor.rank == 2 else {
      throw Raise(.valueError, "y should be a 1d array, got an array of shape "
        + "(\(tensor.shape.map(String.init).joined(separator: ", "))) instead.")
    }
    let numbers = try tensor.to(.float64).doubles()
    try checkFinite(numbers, "y")
    try checkLengths(samples, tensor.shape[0])
    return (numbers, tensor.shape)
  }

  func weights(_ value: Value, samples: Int) throws -> [Double]? {
    if value.isNone || value.isUndefined { return nil }
    if let one = value.asDouble ?? value.asInt.map(Double.init) {
      return [Double](repeating: one, count: samples)
    }
    let weights = try machine.doubles(value)
    guard weights.count == samples else {
      throw Raise(
        .valueError, "sample_weight.shape == (\(weights.count),), expected (\(samples),)!")
    }
    return weights
  }

  func checkGiven(_ y: Value) throws {
    guard y.isNone || y.isUndefined else { return }
    throw Raise(
      .valueError,
      "This \(estimator) estimator requires y to be passed, but the target y is None.")
  }

  func checkLengths(_ x: Int, _ y: Int) throws {
    guard x != y else { return }
    throw Raise(
      .valueError, "Found input variables with inconsistent numbers of samples: [\(x), \(y)]")
  }

  func checkFinite(_ numbers: [Double], _ what: String) throws {
    guard let wrong = numbers.first(where: { !$0.isFinite }) else { return }
    guard numbers.contains(where: \.isNaN) else {
      _ = wrong
      throw Raise(
        .valueError,
        "Input \(what) contains infinity or a value too large for dtype('float64').")
    }
    var text = "Input \(what) contains NaN."
    if what == "X" {
      text +=
        "\n\(estimator) does not accept missing values encoded as NaN natively. For supervised "
        + "learning, you might want to consider sklearn.ensemble.HistGradientBoostingClassifier and "
        + "Regressor which accept missing values encoded as NaNs natively. Alternatively, it is "
        + "possible to preprocess the data, for instance by using an imputer transformer in a "
        + "pipeline or drop samples with missing values. See "
        + "https://scikit-learn.org/stable/modules/impute.html You can find a list of all estimators "
        + "that handle NaN values at the following page: "
        + "https://scikit-learn.org/stable/modules/impute.html#estimators-that-handle-nan-values"
    }
    throw Raise(.valueError, text)
  }

  /// A text in nested lists.
  private func firstText(_ value: Value, depth: Int) throws -> Value? {
    if value.swiftString != nil { return value }
    guard depth < 3, value.asList != nil || value.asTuple != nil else { return nil }
    for item in try machine.array(value) {
      if let found = try firstText(item, depth: depth + 1) { return found }
    }
    return nil
  }

  private func empty(_ what: String, _ shape: [Int]) -> Raise {
    Raise(
      .valueError,
      "Found array with 0 \(what)(s) (shape=(\(shape[0]), \(shape[1]))) while a minimum of 1 is "
        + "required by \(estimator).")
  }

  private func wrongRank(_ tensor: Tensor) throws -> Raise {
    guard tensor.rank < 2 else {
      return Raise(
        .valueError,
        "Found array with dim \(tensor.rank), while dim <= 2 is required by \(estimator).")
    }
    let kind = tensor.rank == 0 ? "scalar" : "1D"
    // NumPy writes a whole float alone as `3.0`.
    let text =
      tensor.rank == 0
      ? try machine.text(of: machine.numpyValue(tensor)) : try tensor.description(style: .numpyStr)
    return Raise(
      .valueError,
      "Expected 2D array, got \(kind) array instead:\narray="
        + "\(text).\n"
        + "Reshape your data either using array.reshape(-1, 1) if your data has a single feature or "
        + "array.reshape(1, -1) if it contains a single sample.")
  }
}
