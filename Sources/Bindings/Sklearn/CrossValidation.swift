import Classical
import Language
import TensorCore

/// The places of the samples to train and to test with.
typealias Places = (train: [Int], test: [Int])

/// `KFold` and `StratifiedKFold` as objects.
final class FoldsObject: Instance {
  var splits = 5
  var shuffle = false
  var randomState = Value.none
  let isStratified: Bool

  init(_ type: TypeObject, isStratified: Bool) {
    self.isStratified = isStratified
    super.init(type)
  }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(randomState)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap.append(randomState)
    randomState = .none
  }

  func split(samples: Int, y: Value, _ machine: Machine) throws -> [Places] {
    let state = try machine.randomState(randomState)
    guard splits <= samples else {
      throw Raise(
        .valueError,
        "Cannot have number of splits n_splits=\(splits) greater than the number of samples: "
          + "n_samples=\(samples).")
    }
    guard isStratified else {
      return try KFold(splits: splits, shuffle: shuffle, randomState: state).split(samples: samples)
        .map { ($0.train, $0.test) }
    }
    let input = SklearnInput(estimator: "StratifiedKFold", machine: machine)
    let labels = try input.labels(y, samples: samples)
    let counts = Dictionary(grouping: labels.codes) { $0 }.values.map(\.count)
    guard counts.contains(where: { $0 >= splits }) else {
      throw Raise(
        .valueError,
        "n_splits=\(splits) cannot be greater than the number of members in each class.")
    }
    return try StratifiedKFold(splits: splits, shuffle: shuffle, randomState: state)
      .split(labels.codes).map { ($0.train, $0.test) }
  }
}

/// Splits, scores and repeated fits of `sklearn.model_selection`.
enum CrossValidation {
  static let kFold = folds("KFold", isStratified: false, "K parts, each the test part once.")
  static let stratifiedKFold = folds(
    "StratifiedKFold", isStratified: true, "K parts that hold the classes in equal shares.")

  private static func folds(_ name: String, isStratified: Bool, _ doc: String) -> TypeTable {
    TypeTable(
      name, module: "sklearn.model_selection", doc: doc,
      allocate: { FoldsObject($0, isStratified: isStratified) },
      properties: [
        NativeProperty("n_splits", "The number of parts.") { value, _ in
          .int((value.asInstance as? FoldsObject)?.splits ?? 0)
        },
        NativeProperty("shuffle", "Whether samples are mixed first.") { value, _ in
          .bool((value.asInstance as? FoldsObject)?.shuffle ?? false)
        },
        NativeProperty("random_state", "Where chance comes from.") { value, _ in
          (value.asInstance as? FoldsObject)?.randomState ?? .none
        },
      ],
      methods: [
        Native("__init__(self, n_splits=5, *, shuffle=False, random_state=None)", "Keeps how to split.") { a in
          let folds = try a.receiver(FoldsObject.self)
          guard let count = try a.machine.index(a[1]) else {
            throw Raise(
              .valueError,
              "The number of folds must be of Integral type. \(try a.machine.repr(a[1])) of type "
                + "\(try a.machine.repr(.object(a.machine.type(of: a[1])))) was passed.")
          }
          guard count > 1 else {
            throw Raise(
              .valueError,
              "k-fold cross-validation requires at least one train/test split by setting n_splits=2 "
                + "or more, got n_splits=\(count).")
          }
          guard case .bool(let shuffle) = a[2] else {
            throw Raise(.typeError, "shuffle must be True or False; got \(try a.machine.repr(a[2]))")
          }
          if !shuffle, !a[3].isNone {
            throw Raise(
              .valueError,
              "Setting a random_state has no effect since shuffle is False. You should leave "
                + "random_state to its default (None), or set shuffle=True.")
          }
          folds.splits = count
          folds.shuffle = shuffle
          folds.randomState = a[3]
          return .none
        },
        Native("get_n_splits(self, X=None, y=None, groups=None)", "The number of parts.") { a in
          .int(try a.receiver(FoldsObject.self).splits)
        },
        Native("split(self, X, y\(isStratified ? "" : "=None"), groups=None)", "The places of the training and test samples.") { a in
          let folds = try a.receiver(FoldsObject.self)
          let count = try samples(a[1], a.machine)
          let pairs = try folds.split(samples: count, y: a[2], a.machine).map { split -> Value in
            .tuple([try a.machine.ndarray(split.train), try a.machine.ndarray(split.test)])
          }
          return try a.machine.iterator(.list(pairs))
        },
        Native("__repr__(self)", "How it splits.") { a in
          let folds = try a.receiver(FoldsObject.self)
          return .string(
            "\(name)(n_splits=\(folds.splits), random_state=\(try a.machine.repr(folds.randomState)), "
              + "shuffle=\(folds.shuffle ? "True" : "False"))")
        },
      ])
  }

  static func samples(_ x: Value, _ machine: Machine) throws -> Int {
    guard let count = try machine.length(x) else {
      throw Raise(.typeError, "Expected sequence or array-like, got \(machine.typeName(x))")
    }
    return count
  }

  // MARK: - What an estimator is

  static func last(_ estimator: Value, _ machine: Machine, depth: Int = 0) -> Value {
    guard depth < SklearnParameters.deepest else { return estimator }
    if let pipeline = estimator.asInstance as? PipelineObject, let last = (try? pipeline.steps(machine))?.last {
      return self.last(last.value, machine, depth: depth + 1)
    }
    if let search = estimator.asInstance as? SearchObject, let inner = search.own("estimator") {
      return last(inner, machine, depth: depth + 1)
    }
    return estimator
  }

  static func isClassifier(_ estimator: Value, _ machine: Machine) -> Bool {
    (last(estimator, machine).asInstance as? EstimatorObject)?.row.kind == .classifier
  }

  // MARK: - Splits and scores

  /// The splits that `cv` asks for: None, a number, a splitter or pairs of places.
  static func splits(_ cv: Value, _ estimator: Value, x: Value, y: Value, _ machine: Machine) throws -> [Places] {
    let count = try samples(x, machine)
    if let folds = cv.asInstance as? FoldsObject { return try folds.split(samples: count, y: y, machine) }
    if cv.isNone || cv.isUndefined || cv.asInt != nil {
      let table = isClassifier(estimator, machine) && !y.isNone ? stratifiedKFold : kFold
      let folds = try machine.call(.object(machine.type(table)), [cv.asInt == nil ? .int(5) : cv])
      return try splits(folds, estimator, x: x, y: y, machine)
    }
    let pairs =
      try machine.optionalAttribute(cv, "split").map { try machine.call($0, [x, y]) } ?? cv
    guard try machine.isIterable(pairs) else {
      throw Raise(
        .valueError,
        "Expected `cv` as an integer, a cross-validation object (from sklearn.model_selection), or an "
          + "iterable yielding (train, test) splits as arrays of indices. Got \(try machine.repr(cv)).")
    }
    return try machine.array(pairs).map { pair in
      let parts = try machine.array(pair)
      guard parts.count == 2 else {
        throw Raise(.valueError, "a split is a pair of training and test places")
      }
      return (train: try machine.ints(parts[0]), test: try machine.ints(parts[1]))
    }
  }

  /// The score of a fitted estimator by the name of a rule, a function or its own `score`.
  static func score(_ estimator: Value, _ scoring: Value, x: Value, y: Value, _ machine: Machine) throws -> Double {
    let value: Value
    if scoring.isNone || scoring.isUndefined {
      value = try machine.call(try machine.attribute(estimator, "score"), y.isNone ? [x] : [x, y])
    } else if let name = scoring.swiftString {
      guard let rule = scorers[name], case .function(let row)? = SklearnMetrics.table[rule.metric] else {
        throw SklearnErrors.invalidParameter(
          "The 'scoring' parameter of cross_val_score must be a str among "
            + "{\(scorers.keys.sorted().map { "'\($0)'" }.joined(separator: ", "))}, a callable or None. "
            + "Got '\(name)' instead.", machine)
      }
      let predicted = try machine.call(try machine.attribute(estimator, "predict"), [x])
      let keywords = rule.average.map { [("average", Value.string($0))] } ?? []
      let found = try machine.call(.object(NativeFunction(row)), [y, predicted], keywords: keywords)
      return (try machine.float(found) ?? .nan) * rule.sign
    } else {
      value = try machine.call(scoring, [estimator, x, y])
    }
    guard let number = try machine.float(value) else {
      throw Raise(.valueError, "scoring must return a number, got \(try machine.repr(value)) instead.")
    }
    return number
  }

  private static let scorers: [String: (metric: String, sign: Double, average: String?)] = [
    "accuracy": ("accuracy_score", 1, nil), "r2": ("r2_score", 1, nil),
    "neg_mean_squared_error": ("mean_squared_error", -1, nil),
    "neg_mean_absolute_error": ("mean_absolute_error", -1, nil),
    "f1": ("f1_score", 1, nil), "f1_macro": ("f1_score", 1, "macro"),
    "f1_micro": ("f1_score", 1, "micro"), "f1_weighted": ("f1_score", 1, "weighted"),
    "precision": ("precision_score", 1, nil), "precision_macro": ("precision_score", 1, "macro"),
    "recall": ("recall_score", 1, nil), "recall_macro": ("recall_score", 1, "macro"),
  ]

  /// A fresh copy fitted on the training part, and its score on the test part.
  static func run(
    _ estimator: Value, _ split: Places, x: Value, y: Value, scoring: Value, _ machine: Machine
  ) throws -> Double {
    let fresh = try SklearnParameters.clone(estimator, machine)
    let part = { (value: Value, places: [Int]) throws -> Value in
      value.isNone ? .none : try SklearnModelSelection.taken(value, places, machine)
    }
    _ = try machine.call(
      try machine.attribute(fresh, "fit"), [part(x, split.train), part(y, split.train)])
    return try score(fresh, scoring, x: part(x, split.test), y: part(y, split.test), machine)
  }

  static let rows: [Native] = [
    Native(
      "cross_val_score(estimator, X, y=None, *, groups=None, scoring=None, cv=None, n_jobs=None, "
        + "verbose=0, params=None, pre_dispatch='2*n_jobs', error_score=None)",
      "The score on each test part of an estimator that is fitted on the rest.",
      example: "cross_val_score(Ridge(), [[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0], cv=2)"
    ) { a in
      let scores = try splits(a[5], a[0], x: a[1], y: a[2], a.machine).map {
        try run(a[0], $0, x: a[1], y: a[2], scoring: a[4], a.machine)
      }
      return try a.machine.ndarray(scores)
    },
    Native(
      "cross_val_predict(estimator, X, y=None, *, groups=None, cv=None, n_jobs=None, verbose=0, "
        + "params=None, pre_dispatch='2*n_jobs', method='predict')",
      "The prediction of each sample by an estimator that was fitted without it.",
      example: "cross_val_predict(Ridge(), [[1.0], [2.0], [3.0], [4.0]], [1.0, 2.0, 3.0, 4.0], cv=2)"
    ) { a in
      let machine = a.machine
      let (x, y) = (a[1], a[2])
      var found = [Value](repeating: .undefined, count: try samples(x, machine))
      for split in try splits(a[4], a[0], x: x, y: y, machine) {
        let fresh = try SklearnParameters.clone(a[0], machine)
        let known = y.isNone ? Value.none : try SklearnModelSelection.taken(y, split.train, machine)
        _ = try machine.call(
          try machine.attribute(fresh, "fit"),
          [try SklearnModelSelection.taken(x, split.train, machine), known])
        let part = try machine.call(
          try machine.attribute(fresh, try a.string(9)),
          [try SklearnModelSelection.taken(x, split.test, machine)])
        for (place, value) in zip(split.test, try machine.array(part)) where found.indices.contains(place) {
          found[place] = value
        }
      }
      guard !found.contains(where: \.isUndefined) else {
        throw Raise(.valueError, "cross_val_predict only works for partitions")
      }
      let texts = found.compactMap(\.swiftString)
      if !texts.isEmpty, texts.count == found.count { return machine.textArray(texts) }
      return machine.ndarray(try machine.tensor(.list(found)))
    },
  ]
}

/// `GridSearchCV`.
final class SearchObject: Instance {
  static let defaults: [(name: String, value: Value)] = [
    ("cv", .none), ("error_score", .float(.nan)), ("estimator", .undefined), ("n_jobs", .none),
    ("param_grid", .undefined), ("pre_dispatch", .string("2*n_jobs")), ("refit", .bool(true)),
    ("return_train_score", .bool(false)), ("scoring", .none), ("verbose", .int(0)),
  ]

  static let table: TypeTable = TypeTable(
    "GridSearchCV", module: "sklearn.model_selection",
    doc: "Tries all combinations of hyperparameters and keeps the best.",
    allocate: { SearchObject($0) },
    methods: SklearnParameters.methods + [
      Native(
        "__init__(self, estimator, param_grid, *, scoring=None, n_jobs=None, refit=True, cv=None, "
          + "verbose=0, pre_dispatch='2*n_jobs', error_score=None, return_train_score=False)",
        "Keeps what to try."
      ) { a in
        let names = [
          "estimator", "param_grid", "scoring", "n_jobs", "refit", "cv", "verbose", "pre_dispatch",
          "error_score", "return_train_score",
        ]
        let search = try a.receiver(SearchObject.self)
        for (place, name) in names.enumerated() { search.setOwn(name, a[place + 1]) }
        if a[9].isUndefined || a[9].isNone { search.setOwn("error_score", .float(.nan)) }
        return .none
      },
      Native("fit(self, X, y=None)", "Tries all combinations.") { a in
        try a.receiver(SearchObject.self).fit(x: a[1], y: a[2], a.machine)
        return a[0]
      },
      use("predict(self, X)"), use("predict_proba(self, X)"), use("decision_function(self, X)"),
      use("transform(self, X)"),
      Native("score(self, X, y=None)", "The score of the best estimator.") { a in
        let search = try a.receiver(SearchObject.self)
        guard let best = search.own("best_estimator_") else {
          throw SklearnErrors.notFitted("GridSearchCV", a.machine)
        }
        return .float(
          try CrossValidation.score(best, search.own("scoring") ?? .none, x: a[1], y: a[2], a.machine))
      },
    ])

  private static func use(_ signature: String) -> Native {
    let name = String(signature.prefix { $0 != "(" })
    return Native(signature, "\(name) of the best estimator.") { a in
      guard let best = try a.receiver(SearchObject.self).own("best_estimator_") else {
        throw SklearnErrors.notFitted("GridSearchCV", a.machine)
      }
      return try a.machine.call(try a.machine.attribute(best, name), [a[1]])
    }
  }

  /// All combinations of the values of a grid, the last name (in sorted order) fastest.
  private func combinations(_ machine: Machine) throws -> [[(name: String, value: Value)]] {
    let grid = own("param_grid") ?? .none
    let grids = try grid.asDict.map { [$0] } ?? machine.array(grid).compactMap(\.asDict)
    return try grids.flatMap { grid in
      var result: [[(name: String, value: Value)]] = [[]]
      for pair in grid.pairs.sorted(by: { $0.key.swiftString ?? "" < $1.key.swiftString ?? "" }) {
        let name = pair.key.swiftString ?? ""
        guard pair.value.swiftString == nil, try machine.isIterable(pair.value) else {
          throw Raise(
            .typeError,
            "Parameter grid for parameter '\(name)' needs to be a list or a numpy array, but got "
              + "\(try machine.repr(pair.value)) (of type \(machine.typeName(pair.value))) instead. "
              + "Single values need to be wrapped in a list with one element.")
        }
        let values = try machine.array(pair.value)
        guard result.count * max(values.count, 1) <= 1_000_000 else {
          throw Raise(.valueError, "the parameter grid has more than a million combinations")
        }
        result = result.flatMap { start in values.map { start + [(name, $0)] } }
      }
      return result
    }
  }

  private func fit(x: Value, y: Value, _ machine: Machine) throws {
    let estimator = own("estimator") ?? .none
    let scoring = own("scoring") ?? .none
    let candidates = try combinations(machine)
    let splits = try CrossValidation.splits(own("cv") ?? .none, estimator, x: x, y: y, machine)
    guard !candidates.isEmpty, !splits.isEmpty else {
      throw Raise(.valueError, "No fits were performed: the parameter grid or the splits are empty")
    }
    var scores: [[Double]] = []
    for candidate in candidates {
      let fresh = try SklearnParameters.clone(estimator, machine)
      try SklearnParameters.set(fresh, candidate, machine)
      scores.append(
        try splits.map {
          try CrossValidation.run(fresh, $0, x: x, y: y, scoring: scoring, machine)
        })
    }
    let table = try Tensor(
      scores.flatMap { $0 }, shape: [candidates.count, splits.count], dtype: .float64)
    let means = try table.mean([1])
    let numbers = try means.doubles()
    let ranks = numbers.map { own in 1 + numbers.count { $0 > own } }
    let best = ranks.firstIndex(of: 1) ?? 0
    let parameters = candidates.map { candidate -> Value in
      let dict = DictObject()
      for (name, value) in candidate { dict[name] = value }
      return .object(dict)
    }
    let results = DictObject()
    for name in Set(candidates.flatMap { $0.map(\.name) }).sorted() {
      results["param_\(name)"] = .list(
        candidates.map { $0.first { $0.name == name }?.value ?? .none })
    }
    results["params"] = .list(parameters)
    for fold in splits.indices {
      results["split\(fold)_test_score"] = try machine.ndarray(scores.map { $0[fold] })
    }
    results["mean_test_score"] = machine.ndarray(means)
    results["std_test_score"] = try machine.ndarray(
      zip(scores, numbers).map { row, mean in
        (row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(row.count)).squareRoot()
      })
    results["rank_test_score"] = machine.ndarray(try Tensor(ranks).to(.int32))
    setOwn("cv_results_", .object(results))
    setOwn("n_splits_", .int(splits.count))
    setOwn("best_index_", .int(best))
    setOwn("best_score_", machine.tensorTypes.scalar(.double(numbers[best]), .float64))
    setOwn("best_params_", parameters[best])
    guard try machine.truth(own("refit") ?? .bool(true)) else { return }
    let winner = try SklearnParameters.clone(estimator, machine)
    try SklearnParameters.set(winner, candidates[best], machine)
    _ = try machine.call(try machine.attribute(winner, "fit"), y.isNone ? [x] : [x, y])
    setOwn("best_estimator_", winner)
  }
}
