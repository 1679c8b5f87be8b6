import Classical
import Language
import TensorCore

/// An estimator as an object of the language: hyperparameters and what `fit` learned are its
/// attributes, the library's fitted value is kept beside them.
final class EstimatorObject: Instance {
  let row: EstimatorRow
  var model: (any EstimatorModel)?
  var featureCount: Int?

  init(_ type: TypeObject, _ row: EstimatorRow) {
    self.row = row
    super.init(type)
  }
}

/// The methods of estimators.
enum EstimatorMethods {
  static func methods(_ row: EstimatorRow) -> [Native] {
    let own: [Native]
    switch row.kind {
    case .regressor: own = [fitWeighted, predict, scoreRegression]
    case .classifier:
      own =
        row.name == "LogisticRegression"
        ? [fitWeighted, predict, probabilities, logProbabilities, decisionFunction, scoreClasses]
        : [fitPlain, predict, probabilities, neighbors, scoreClasses]
    case .clusterer: own = [fitUnsupervised, predict, transform, fitTransform, fitPredict, scoreClusters]
    case .transformer: own = [fitUnsupervised, transform, fitTransform, inverseTransform]
    }
    return [initializer(row)] + SklearnParameters.methods + own
  }

  private static func initializer(_ row: EstimatorRow) -> Native {
    Native("__init__" + row.signature, "Keeps the hyperparameters; fit checks them.") { a in
      let object = try a.receiver(EstimatorObject.self)
      for (place, parameter) in row.parameters.enumerated() { object.setOwn(parameter.name, a[place + 1]) }
      return .none
    }
  }

  // MARK: - Learning

  private static func fit(_ a: Arguments, y: Value, weights: Value) throws {
    let object = try a.receiver(EstimatorObject.self)
    let machine = a.machine
    let settings = EstimatorSettings(object: object, machine: machine)
    try settings.check()
    let input = SklearnInput(estimator: object.row.name, machine: machine)
    if object.row.kind == .regressor || object.row.kind == .classifier { try input.checkGiven(y) }
    let x = try input.samples(a[1], asFloats: object.row.makesFloats)
    let data = FitInput(
      x: x, y: y, weights: try input.weights(weights, samples: x.rows), input: input)
    var model = try object.row.make(settings)
    try model.fit(data)
    object.model = model
    object.featureCount = x.columns
    object.setOwn("n_features_in_", .int(x.columns))
    if let names = try columnNames(a[1], machine) { object.setOwn("feature_names_in_", names) }
    for (name, value) in try model.learned(machine) { object.setOwn(name, value) }
    if object.row.name == "LinearRegression" || object.row.name == "Ridge",
      !(try settings.bool("fit_intercept"))
    {
      object.setOwn("intercept_", .float(0))
    }
  }

  /// The names of the columns of a frame.
  private static func columnNames(_ x: Value, _ machine: Machine) throws -> Value? {
    guard x.asTensorObject == nil, x.asInstance is any ArraySource,
      let columns = try machine.optionalAttribute(x, "columns")
    else { return nil }
    let names = try machine.array(columns)
    guard !names.isEmpty, names.allSatisfy({ $0.swiftString != nil }) else { return nil }
    return machine.textArray(names.compactMap(\.swiftString))
  }

  private static let fitWeighted = Native(
    "fit(self, X, y, sample_weight=None)", "Learns from samples X [n, features] and targets y."
  ) { a in
    try fit(a, y: a[2], weights: a[3])
    return a[0]
  }
  private static let fitPlain = Native(
    "fit(self, X, y)", "Learns from samples X [n, features] and classes y."
  ) { a in
    try fit(a, y: a[2], weights: .none)
    return a[0]
  }
  private static let fitUnsupervised = Native(
    "fit(self, X, y=None, sample_weight=None)", "Learns from samples X [n, features]."
  ) { a in
    try fit(a, y: .none, weights: a[3])
    return a[0]
  }

  // MARK: - Using

  /// The fitted model and the samples, both checked.
  private static func ready<M>(_ a: Arguments, as type: M.Type = M.self) throws -> (M, Samples) {
    let object = try a.receiver(EstimatorObject.self)
    guard let model = object.model as? M, let features = object.featureCount else {
      throw SklearnErrors.notFitted(object.row.name, a.machine)
    }
    let input = SklearnInput(estimator: object.row.name, machine: a.machine)
    return (model, try input.samples(a[1], features: features, asFloats: object.row.makesFloats))
  }

  private static let predict = Native("predict(self, X)", "The prediction of each sample.") { a in
    let (model, x) = try ready(a, as: (any PredictingModel).self)
    return try model.predict(x, a.machine)
  }

  private static let probabilities = Native(
    "predict_proba(self, X)", "The probability of each class, [n, classes]."
  ) { a in
    let (model, x) = try ready(a, as: (any ClassifyingModel).self)
    return try a.machine.ndarray(try model.probabilities(x))
  }

  private static let logProbabilities = Native(
    "predict_log_proba(self, X)", "The logarithm of the probability of each class, [n, classes]."
  ) { a in
    let (model, x) = try ready(a, as: (any ClassifyingModel).self)
    let p = try model.probabilities(x)
    return a.machine.ndarray(
      try Tensor(p.values, shape: [p.rows, p.columns], dtype: .float64).log())
  }

  private static let decisionFunction = Native(
    "decision_function(self, X)", "The scores of the classes; one per sample for two classes."
  ) { a in
    let (model, x) = try ready(a, as: LogisticModel.self)
    let scores = try model.model.decisionFunction(x)
    return scores.columns == 1
      ? try a.machine.ndarray(scores.values) : try a.machine.ndarray(scores)
  }

  private static let neighbors = Native(
    "kneighbors(self, X, n_neighbors=None, return_distance: bool = True)",
    "The distances and places of the nearest training samples, nearest first."
  ) { a in
    let (model, x) = try ready(a, as: NeighborsModel.self)
    let count = try a.optionalInt(2) ?? model.model.neighbors
    guard count > 0 else {
      throw Raise(.valueError, "Expected n_neighbors > 0. Got \(count)")
    }
    try model.check(count, x)
    let (distances, rows) = try model.model.nearest(x, count: count)
    let places = try a.machine.ndarray(rows.flatMap { $0 }, shape: [rows.count, count])
    guard try a.bool(3) else { return places }
    return .tuple([try a.machine.ndarray(rows: distances), places])
  }

  private static let transform = Native("transform(self, X)", "The samples in the new form.") { a in
    let (model, x) = try ready(a, as: (any TransformingModel).self)
    return try a.machine.ndarray(try model.transform(x))
  }

  private static let inverseTransform = Native(
    "inverse_transform(self, X)", "Undoes transform."
  ) { a in
    let (model, x) = try ready(a, as: (any InvertibleModel).self)
    return try a.machine.ndarray(try model.inverse(x))
  }

  private static let fitTransform = Native(
    "fit_transform(self, X, y=None)", "Learns from samples and transforms them."
  ) { a in
    try fit(a, y: .none, weights: .none)
    let (model, x) = try ready(a, as: (any TransformingModel).self)
    return try a.machine.ndarray(try model.transform(x))
  }

  private static let fitPredict = Native(
    "fit_predict(self, X, y=None, sample_weight=None)", "Learns clusters; gives that of each sample."
  ) { a in
    try fit(a, y: .none, weights: a[3])
    return try a.machine.attribute(a[0], "labels_")
  }

  // MARK: - Scores

  private static let scoreRegression = Native(
    "score(self, X, y, sample_weight=None)", "R^2 of the predictions."
  ) { a in
    let (model, x) = try ready(a, as: (any PredictingModel).self)
    let truth = try a.machine.doubles(a[2])
    let found = try a.machine.doubles(model.predict(x, a.machine))
    let input = SklearnInput(estimator: "score", machine: a.machine)
    try input.checkLengths(truth.count, found.count)
    return .float(
      try r2Score(truth, found, sampleWeight: try input.weights(a[3], samples: truth.count)))
  }

  private static let scoreClasses = Native(
    "score(self, X, y, sample_weight=None)", "The share of right predictions."
  ) { a in
    let (model, x) = try ready(a, as: (any ClassifyingModel).self)
    let truth = try model.labels?.encode(a[2], a.machine) ?? []
    let found = try model.codes(x)
    let input = SklearnInput(estimator: "score", machine: a.machine)
    try input.checkLengths(truth.count, found.count)
    return .float(
      try accuracyScore(
        truth, found, sampleWeight: try input.weights(a[3], samples: truth.count)))
  }

  private static let scoreClusters = Native(
    "score(self, X, y=None)", "Minus the sum of the squared distances to the nearest centres."
  ) { a in
    let (model, x) = try ready(a, as: KMeansModel.self)
    let distances = try model.model.transform(x)
    let total = (0..<distances.rows).reduce(0.0) { sum, row in
      let nearest = distances[row].min() ?? 0
      return sum + nearest * nearest
    }
    return .float(-total)
  }
}
