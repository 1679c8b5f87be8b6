import Classical
import Language
import TensorCore

/// `sklearn.metrics`.
enum SklearnMetrics {
  static let table = ModuleTable(
    "sklearn.metrics", doc: "How good predictions are.", entries: rows.map { .function($0) })

  private static func score(
    _ name: String, _ doc: String,
    _ compute: @escaping ([Double], [Double], [Double]?) throws -> Double
  ) -> Native {
    Native(
      "\(name)(y_true, y_pred, *, sample_weight=None)", doc, example: "\(name)([1, 2, 3], [1, 2, 4])"
    ) { a in
      let weights = a[2].isNone ? nil : try a.machine.doubles(a[2])
      return .float(try compute(try a.machine.doubles(a[0]), try a.machine.doubles(a[1]), weights))
    }
  }

  static let rows: [Native] = [
    Native(
      "accuracy_score(y_true, y_pred, *, normalize: bool = True, sample_weight=None)",
      "The share of right predictions.", example: "accuracy_score([0, 1, 1], [0, 1, 0])"
    ) { a in
      let weights = a[3].isNone ? nil : try a.machine.doubles(a[3])
      let normalize = try a.bool(2)
      let (truth, predicted) = try codes(a)
      let score = try accuracyScore(
        truth, predicted, normalize: normalize, sampleWeight: weights)
      return normalize || weights != nil ? .float(score) : .int(Int(score))
    },
    Native(
      "confusion_matrix(y_true, y_pred, *, labels=None)",
      "How often each class [row] was taken for each class [column].",
      example: "confusion_matrix([0, 1, 1], [0, 1, 0])"
    ) { a in
      let wanted = a[2].isNone ? nil : try a.machine.ints(a[2])
      let (truth, predicted) = try wanted == nil ? codes(a) : labels(a)
      let matrix = try Classical.ConfusionMatrix(truth, predicted, labels: wanted)
      return try a.machine.ndarray(
        matrix.counts, shape: [matrix.labels.count, matrix.labels.count])
    },
    Native(
      "classification_report(y_true, y_pred, *, labels=None, target_names=None, digits: int = 2)",
      "Precision, recall and F1 of each class as a text table.",
      example: "print(classification_report([0, 1, 1], [0, 1, 0]))"
    ) { a in
      let wanted = a[2].isNone ? nil : try a.machine.ints(a[2])
      let names =
        a[3].isNone ? nil : try a.machine.array(a[3]).map { try a.machine.text(of: $0) }
      let (truth, predicted) = try labels(a)
      return .string(
        try classificationReport(
          truth, predicted, labels: wanted, targetNames: names, digits: try a.int(4)))
    },
    average("precision_score", "Of what was predicted positive, the share that is.") { $0.precision },
    average("recall_score", "Of what is positive, the share that was found.") { $0.recall },
    average("f1_score", "The harmonic mean of precision and recall.") { $0.fScore },
    score("mean_squared_error", "The mean of the squared errors.") {
      try meanSquaredError($0, $1, sampleWeight: $2)
    },
    score("mean_absolute_error", "The mean of the absolute errors.") {
      try meanAbsoluteError($0, $1, sampleWeight: $2)
    },
    score("r2_score", "The share of the variance that is explained.") {
      try r2Score($0, $1, sampleWeight: $2)
    },
  ]

  /// Labels of both sides as numbers; texts are numbered in sorted order.
  private static func codes(_ a: Arguments) throws -> ([Int], [Int]) {
    guard a[0].asTensorObject == nil, a[1].asTensorObject == nil else { return try labels(a) }
    let (truth, predicted) = (try a.machine.array(a[0]), try a.machine.array(a[1]))
    guard (truth + predicted).contains(where: { $0.swiftString != nil }) else { return try labels(a) }
    let known = try ClassLabels(
      .list(truth + predicted), SklearnInput(estimator: a.function.name, machine: a.machine))
    return (Array(known.codes.prefix(truth.count)), Array(known.codes.dropFirst(truth.count)))
  }

  private static func labels(_ a: Arguments) throws -> ([Int], [Int]) {
    (try a.machine.ints(a[0]), try a.machine.ints(a[1]))
  }

  private static func average(
    _ name: String, _ doc: String,
    _ pick: @escaping (PrecisionRecall<Int>.Scores) -> Double
  ) -> Native {
    Native(
      "\(name)(y_true, y_pred, *, pos_label: int = 1, average: str | None = 'binary')", doc,
      example: "\(name)([0, 1, 1], [0, 1, 0])"
    ) { a in
      let (truth, predicted) = try labels(a)
      let table = try PrecisionRecall(truth, predicted)
      if a[3].isNone { return try a.machine.ndarray(table.scores.map(pick)) }
      switch try a.string(3) {
      case "binary":
        let classes = Set(truth).union(predicted)
        guard classes.count <= 2 else {
          throw Raise(
            .valueError,
            "Target is multiclass but average='binary'. Please choose another average setting, "
              + "one of [None, 'micro', 'macro', 'weighted'].")
        }
        let positive = try a.int(2)
        guard let place = table.labels.firstIndex(of: positive) else {
          throw Raise(
            .valueError, "pos_label=\(positive) is not a valid label. It should be one of \(table.labels)")
        }
        return .float(pick(table.scores[place]))
      case "micro": return .float(pick(table.average(.micro)))
      case "macro": return .float(pick(table.average(.macro)))
      case "weighted": return .float(pick(table.average(.weighted)))
      case let other:
        throw Raise(
          .valueError,
          "average must be 'binary', 'micro', 'macro', 'weighted' or None, got '\(other)'")
      }
    }
  }
}
