import Classical
import Language
import TensorCore

/// The estimators of the library, one row each.
enum EstimatorTable {
  private typealias P = EstimatorParameter
  private typealias R = ParameterRule

  static let rows: [EstimatorRow] = [
    EstimatorRow(
      "LinearRegression", "sklearn.linear_model", file: "_base", .regressor, "Ordinary least squares.",
      [
        P("fit_intercept", "True", .bool), P("copy_X", "True", .bool),
        P("tol", "1e-06", .real(from: 0)), P("n_jobs", "None", .none.or(.anything)),
        P("positive", "False", .bool),
      ]
    ) { s in
      try s.require("positive", !(try s.bool("positive")), "positive=False")
      return LinearModel(
        LinearRegression(fitIntercept: try s.bool("fit_intercept")), fit: { $0.fitted },
        more: { $0.first?.rank.map { [("rank_", .int($0))] } ?? [] })
    },
    EstimatorRow(
      "Ridge", "sklearn.linear_model", file: "_ridge", .regressor, "Least squares with a price on large coefficients.",
      positional: 1,
      [
        P("alpha", "1.0", R.real(from: 0).or(.array)), P("fit_intercept", "True", .bool),
        P("copy_X", "True", .bool), P("max_iter", "None", R.int(from: 1).or(.none)),
        P("tol", "0.0001", .real(from: 0)),
        P(
          "solver", "'auto'",
          .choice("auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs")),
        P("positive", "False", .bool), P("random_state", "None", .randomState),
      ]
    ) { s in
      try s.require("positive", !(try s.bool("positive")), "positive=False")
      let solver = s.string("solver") ?? "auto"
      try s.require(
        "solver", ["auto", "cholesky", "svd"].contains(solver), "'auto' gives the exact solution")
      guard let alpha = try s.machine.float(s["alpha"]) else {
        throw Raise(
          .notImplementedError, "Ridge(alpha=[...]) is not there", hint: "give one number")
      }
      return LinearModel(
        Ridge(alpha: alpha, fitIntercept: try s.bool("fit_intercept")), fit: { $0.fitted },
        more: { _ in [("n_iter_", .none), ("solver_", .string(solver == "svd" ? "svd" : "cholesky"))] })
    },
    EstimatorRow(
      "LogisticRegression", "sklearn.linear_model", file: "_logistic", .classifier,
      "Linear classification by probabilities.", positional: 1,
      [
        P("penalty", "'deprecated'", R.choice("l1", "l2", "elasticnet", "deprecated").or(.none)),
        P("C", "1.0", .real(from: 0, open: true, closing: "inf]")),
        P("l1_ratio", "0.0", R.real(from: 0).or(.none)), P("dual", "False", .bool),
        P("tol", "0.0001", .real(from: 0)), P("fit_intercept", "True", .bool),
        P("intercept_scaling", "1", .real(from: 0, open: true)),
        P("class_weight", "None", R.dict.or(.choice("balanced")).or(.none)),
        P("random_state", "None", .randomState),
        P(
          "solver", "'lbfgs'",
          .choice("lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga")),
        P("max_iter", "100", .int(from: 0)), P("verbose", "0", .anything),
        P("warm_start", "False", .bool), P("n_jobs", "None", .anything),
      ]
    ) { s in
      try s.require("solver", s.string("solver") == "lbfgs", "solver='lbfgs'")
      let penalty = s.string("penalty")
      try s.require("penalty", penalty != "l1" && penalty != "elasticnet", "penalty='l2' or None")
      try s.require("l1_ratio", (try s.machine.float(s["l1_ratio"]) ?? 0) == 0, "l1_ratio=0")
      return LogisticModel(
        LogisticRegression(
          c: s["penalty"].isNone ? .infinity : try s.double("C"), tolerance: try s.double("tol"),
          maxIterations: try s.int("max_iter"), fitIntercept: try s.bool("fit_intercept"),
          classWeight: s.string("class_weight") == "balanced" ? .balanced : .none),
        weightsByLabel: s["class_weight"])
    },
    EstimatorRow(
      "KNeighborsClassifier", "sklearn.neighbors", file: "_classification", .classifier,
      "The class that most of the nearest samples have.", positional: 1,
      [
        P("n_neighbors", "5", R.int(from: 1).or(.none)),
        P("weights", "'uniform'", R.choice("uniform", "distance").or(.callable).or(.none)),
        P("algorithm", "'auto'", .choice("auto", "ball_tree", "kd_tree", "brute")),
        P("leaf_size", "30", .int(from: 1)), P("p", "2", R.real(from: 0, open: true).or(.none)),
        P("metric", "'minkowski'", .anything), P("metric_params", "None", R.dict.or(.none)),
        P("n_jobs", "None", .anything),
      ]
    ) { s in
      try s.require("p", (try s.machine.float(s["p"]) ?? 2) == 2, "p=2, the Euclidean distance")
      try s.require(
        "metric", ["minkowski", "euclidean", "l2"].contains(s.string("metric") ?? ""),
        "metric='minkowski'")
      return NeighborsModel(
        KNeighborsClassifier(
          neighbors: try s.int("n_neighbors"),
          weights: s.string("weights") == "distance" ? .distance : .uniform))
    },
    EstimatorRow(
      "KMeans", "sklearn.cluster", file: "_kmeans", .clusterer, "Groups samples around centres.", positional: 1,
      [
        P("n_clusters", "8", .int(from: 1)),
        P("init", "'k-means++'", R.choice("k-means++", "random").or(.callable).or(.array)),
        P("n_init", "'auto'", R.choice("auto").or(.int(from: 1))),
        P("max_iter", "300", .int(from: 1)), P("tol", "0.0001", .real(from: 0)),
        P("verbose", "0", .anything), P("random_state", "None", .randomState),
        P("copy_x", "True", .bool), P("algorithm", "'lloyd'", .choice("lloyd", "elkan")),
      ]
    ) { s in
      let initialization: KMeans.Initialization =
        switch s.string("init") {
        case "k-means++": .plusPlus
        case "random": .random
        default:
          .centers(
            try SklearnInput(estimator: "KMeans", machine: s.machine).samples(s["init"]))
        }
      return KMeansModel(
        model: KMeans(
          clusters: try s.int("n_clusters"), initialization: initialization,
          starts: s.string("n_init") == "auto" ? nil : try s.int("n_init"),
          maxIterations: try s.int("max_iter"), tolerance: try s.double("tol"),
          randomState: try s.machine.randomState(s["random_state"])))
    },
    EstimatorRow(
      "StandardScaler", "sklearn.preprocessing", file: "_data", .transformer,
      "Centres each feature and divides it by its standard deviation.",
      [
        P("copy", "True", .bool), P("with_mean", "True", .bool), P("with_std", "True", .bool),
      ]
    ) { s in
      StandardModel(
        model: StandardScaler(withMean: try s.bool("with_mean"), withStd: try s.bool("with_std")))
    },
    EstimatorRow(
      "MinMaxScaler", "sklearn.preprocessing", file: "_data", .transformer, "Brings each feature between two bounds.",
      positional: 1,
      [
        P("feature_range", "(0, 1)", .tuple), P("copy", "True", .bool), P("clip", "False", .bool),
      ]
    ) { s in
      let bounds = try s.machine.doubles(s["feature_range"])
      guard bounds.count == 2, bounds[0] < bounds[1] else {
        throw Raise(
          .valueError,
          "Minimum of desired feature range must be smaller than maximum. Got "
            + "\(try s.machine.repr(s["feature_range"])).")
      }
      return MinMaxModel(
        model: MinMaxScaler(low: bounds[0], high: bounds[1], clip: try s.bool("clip")))
    },
  ]

  /// The classes of one module.
  static func entries(_ module: String) -> [ModuleEntry] {
    rows.filter { $0.module == module }.map { .type($0.table) }
  }

  static let modules: [ModuleTable] = [
    ModuleTable(
      "sklearn.linear_model", doc: "Linear models.", entries: entries("sklearn.linear_model")),
    ModuleTable("sklearn.neighbors", doc: "Nearest neighbours.", entries: entries("sklearn.neighbors")),
    ModuleTable("sklearn.cluster", doc: "Clusters.", entries: entries("sklearn.cluster")),
  ]
}
