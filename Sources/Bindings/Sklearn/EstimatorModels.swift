import Classical
import Language
import TensorCore

/// What `fit` is given, checked.
struct FitInput {
  let x: Samples
  /// As the program gave it.
  let y: Value
  let weights: [Double]?
  let input: SklearnInput
  var machine: Machine { input.machine }
}

/// An estimator of the library behind an object of the language.
protocol EstimatorModel {
  mutating func fit(_ data: FitInput) throws
  /// The attributes that `fit` sets, in scikit-learn's order.
  func learned(_ machine: Machine) throws -> [(String, Value)]
}

protocol PredictingModel: EstimatorModel {
  func predict(_ x: Samples, _ machine: Machine) throws -> Value
}

protocol ClassifyingModel: PredictingModel {
  var labels: ClassLabels? { get }
  func codes(_ x: Samples) throws -> [Int]
  func probabilities(_ x: Samples) throws -> Samples
}

extension ClassifyingModel {
  func predict(_ x: Samples, _ machine: Machine) throws -> Value {
    try labels?.labels(codes(x), machine) ?? .none
  }
}

protocol TransformingModel: EstimatorModel {
  func transform(_ x: Samples) throws -> Samples
}

protocol InvertibleModel: TransformingModel {
  func inverse(_ x: Samples) throws -> Samples
}

// MARK: - Linear models

/// A linear regressor of the library, one per column of the targets.
struct LinearModel<Model: Regressor>: PredictingModel {
  let template: Model
  let fit: (Model) -> LinearFit?
  let more: ([Model]) -> [(String, Value)]
  private var models: [Model] = []
  private var isTable = false

  init(
    _ template: Model, fit: @escaping (Model) -> LinearFit?,
    more: @escaping ([Model]) -> [(String, Value)]
  ) {
    self.template = template
    self.fit = fit
    self.more = more
  }

  mutating func fit(_ data: FitInput) throws {
    let (values, shape) = try data.input.target(data.y, samples: data.x.rows)
    isTable = shape.count == 2
    let width = isTable ? shape[1] : 1
    models = try (0..<width).map { column in
      var model = template
      let y = (0..<data.x.rows).map { values[$0 * width + column] }
      try model.fit(data.x, y, sampleWeight: data.weights)
      return model
    }
  }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    let fits = models.compactMap(fit)
    guard let first = fits.first else { return [] }
    let intercepts = fits.map(\.intercept)
    return [
      (
        "coef_",
        try isTable
          ? machine.ndarray(rows: fits.map(\.coefficients)) : machine.ndarray(first.coefficients)
      ),
      (
        "intercept_",
        try isTable
          ? machine.ndarray(intercepts)
          : machine.tensorTypes.scalar(.double(first.intercept), .float64)
      ),
    ] + more(models)
  }

  func predict(_ x: Samples, _ machine: Machine) throws -> Value {
    let columns = try models.map { try $0.predict(x) }
    guard isTable else { return try machine.ndarray(columns.first ?? []) }
    return try machine.ndarray(rows: (0..<x.rows).map { row in columns.map { $0[row] } })
  }
}

struct LogisticModel: ClassifyingModel {
  var model: LogisticRegression
  let weightsByLabel: Value
  private(set) var labels: ClassLabels?

  init(_ model: LogisticRegression, weightsByLabel: Value) {
    self.model = model
    self.weightsByLabel = weightsByLabel
  }

  mutating func fit(_ data: FitInput) throws {
    let labels = try data.input.labels(data.y, samples: data.x.rows)
    guard labels.count > 1 else {
      throw Raise(
        .valueError,
        "This solver needs samples of at least 2 classes in the data, but the data contains only one "
          + "class: \(try labels.shown(0, data.machine))")
    }
    if let weights = weightsByLabel.asDict {
      var byCode: [Int: Double] = [:]
      for (label, weight) in weights.pairs {
        let code = try labels.encode(.list([label]), data.machine).first ?? -1
        guard code >= 0 else {
          let given = try labels.encode(.list(weights.keys), data.machine)
          let missing = (0..<labels.count).filter { !given.contains($0) }
          let names = try missing.map {
            let label = try labels.labels([$0], data.machine)
            return try data.machine.repr(data.machine.item(try data.machine.call(
              data.machine.attribute(label, "tolist")), .int(0)))
          }
          throw Raise(
            .valueError,
            "The classes, [\(names.joined(separator: ", "))], are not in class_weight")
        }
        byCode[code] = try data.machine.float(weight) ?? 1
      }
      model.classWeight = .weights(byCode)
    }
    try model.fit(data.x, labels.codes, sampleWeight: data.weights)
    self.labels = labels
    if let fitted = model.fitted, !fitted.converged {
      data.machine.host?.write(
        "ConvergenceWarning: lbfgs failed to converge after \(fitted.iterations) iteration(s).\n"
          + "Increase the number of iterations to improve the convergence "
          + "(max_iter=\(model.maxIterations)).\n", toError: true)
    }
  }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    guard let fitted = model.fitted, let labels else { return [] }
    return [
      ("classes_", try labels.classes(machine)),
      ("n_iter_", machine.ndarray(try Tensor([fitted.iterations]).to(.int32))),
      ("coef_", try machine.ndarray(fitted.coefficients)),
      ("intercept_", try machine.ndarray(fitted.intercepts)),
    ]
  }

  func codes(_ x: Samples) throws -> [Int] { try model.predict(x) }
  func probabilities(_ x: Samples) throws -> Samples { try model.predictProbabilities(x) }
}

// MARK: - Neighbours

struct NeighborsModel: ClassifyingModel {
  var model: KNeighborsClassifier
  private(set) var labels: ClassLabels?
  private(set) var count = 0

  init(_ model: KNeighborsClassifier) { self.model = model }

  mutating func fit(_ data: FitInput) throws {
    let labels = try data.input.labels(data.y, samples: data.x.rows)
    try model.fit(data.x, labels.codes)
    self.labels = labels
    count = data.x.rows
  }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    [
      ("outputs_2d_", .bool(false)), ("classes_", try labels?.classes(machine) ?? .none),
      ("effective_metric_", .string("euclidean")), ("n_samples_fit_", .int(count)),
    ]
  }

  /// Throws in scikit-learn's words when more neighbours are wanted than there are samples.
  func check(_ wanted: Int, _ x: Samples) throws {
    guard wanted > count else { return }
    throw Raise(
      .valueError,
      "Expected n_neighbors <= n_samples_fit, but n_neighbors = \(wanted), n_samples_fit = \(count), "
        + "n_samples = \(x.rows)")
  }

  func codes(_ x: Samples) throws -> [Int] {
    try check(model.neighbors, x)
    return try model.predict(x)
  }

  func probabilities(_ x: Samples) throws -> Samples {
    try check(model.neighbors, x)
    return try model.predictProbabilities(x)
  }
}

// MARK: - Clusters

struct KMeansModel: PredictingModel, TransformingModel {
  var model: KMeans

  mutating func fit(_ data: FitInput) throws {
    guard data.x.rows >= model.clusters else {
      throw Raise(
        .valueError, "n_samples=\(data.x.rows) should be >= n_clusters=\(model.clusters).")
    }
    if case .centers(let centers) = model.initialization, centers.rows != model.clusters {
      throw Raise(
        .valueError,
        "The shape of the initial centers (\(centers.rows), \(centers.columns)) does not match the "
          + "number of clusters \(model.clusters).")
    }
    guard data.weights == nil else {
      throw Raise(
        .notImplementedError, "KMeans.fit(sample_weight=...) is not there",
        hint: "without sample_weight every sample counts the same")
    }
    try model.fit(data.x)
  }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    guard let fitted = model.fitted else { return [] }
    return [
      ("cluster_centers_", try machine.ndarray(fitted.centers)),
      ("labels_", machine.ndarray(try Tensor(fitted.labels).to(.int32))),
      ("inertia_", .float(fitted.inertia)), ("n_iter_", .int(fitted.iterations)),
    ]
  }

  func predict(_ x: Samples, _ machine: Machine) throws -> Value {
    machine.ndarray(try Tensor(try model.predict(x)).to(.int32))
  }

  func transform(_ x: Samples) throws -> Samples { try model.transform(x) }
}

// MARK: - Scalers

struct StandardModel: InvertibleModel {
  var model: StandardScaler
  mutating func fit(_ data: FitInput) throws { try model.fit(data.x) }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    guard let fitted = model.fitted else { return [] }
    return [
      ("n_samples_seen_", machine.tensorTypes.scalar(.double(Double(fitted.sampleCount)), .float64)),
      ("mean_", model.withMean || model.withStd ? try machine.ndarray(fitted.mean) : .none),
      ("var_", model.withStd ? try machine.ndarray(fitted.variance) : .none),
      ("scale_", model.withStd ? try machine.ndarray(fitted.scale) : .none),
    ]
  }

  func transform(_ x: Samples) throws -> Samples { try model.transform(x) }
  func inverse(_ x: Samples) throws -> Samples { try model.inverseTransform(x) }
}

struct MinMaxModel: InvertibleModel {
  var model: MinMaxScaler
  mutating func fit(_ data: FitInput) throws { try model.fit(data.x) }

  func learned(_ machine: Machine) throws -> [(String, Value)] {
    guard let fitted = model.fitted else { return [] }
    return [
      ("scale_", try machine.ndarray(fitted.scale)), ("min_", try machine.ndarray(fitted.offset)),
      ("data_min_", try machine.ndarray(fitted.dataMin)),
      ("data_max_", try machine.ndarray(fitted.dataMax)),
      (
        "data_range_",
        try machine.ndarray(zip(fitted.dataMax, fitted.dataMin).map { $0 - $1 })
      ),
    ]
  }

  func transform(_ x: Samples) throws -> Samples { try model.transform(x) }
  func inverse(_ x: Samples) throws -> Samples { try model.inverseTransform(x) }
}

extension SklearnInput {
  /// Classes, one per sample.
  func labels(_ y: Value, samples: Int) throws -> ClassLabels {
    try checkGiven(y)
    let labels = try ClassLabels(y, self)
    try checkLengths(samples, labels.codes.count)
    return labels
  }
}
