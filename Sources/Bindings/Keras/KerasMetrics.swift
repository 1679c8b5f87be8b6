import Language
import NeuralNetworks
import TensorCore

/// `keras.metrics.Accuracy()`: a metric of the library, or an object of a class that derives from
/// `keras.metrics.Metric`.
final class KerasMetric: Instance {
  var rule: KerasMetricRule?
  var name = ""
  /// The accuracy that fits shapes, chosen when the first batch is seen.
  var isAccuracyByShape = false
  /// The entropy that fits shapes.
  var isEntropyByShape = false
  /// The same for planned steps.
  var planned: Metric?
  var config: [(name: String, value: Value)] = []
  var addedWeights: [Weight] = []

  func programFunction(_ name: String) -> FunctionObject? { type.lookup(name)?.object as? FunctionObject }

  func reset(_ machine: Machine) throws {
    if programFunction("reset_state") != nil || programFunction("reset_states") != nil {
      let name = programFunction("reset_state") != nil ? "reset_state" : "reset_states"
      _ = try machine.call(machine.attribute(.object(self), name))
      return
    }
    rule?.reset()
    for weight in addedWeights { try weight.assign(Tensor.zerosLike(weight.tensor.detach())) }
  }

  func update(_ target: Value, _ prediction: Value, _ weights: Tensor?, _ machine: Machine) throws {
    if programFunction("update_state") != nil {
      var arguments = [try shown(target, machine), prediction]
      if let weights { arguments.append(machine.kerasValue(weights)) }
      _ = try machine.call(machine.attribute(.object(self), "update_state"), arguments)
      return
    }
    let p = try machine.kerasTensor(prediction).detach()
    let t = try machine.tensorflowTensor(target).detach()
    if rule == nil, isAccuracyByShape || isEntropyByShape { choose(t.shape, p.shape) }
    do {
      try rule?.update(t, p, weights)
    } catch let error as TensorError {
      throw Raise(.valueError, "metric '\(name)': \(error.description)")
    } catch let error as NeuralNetworkError {
      throw Raise(.valueError, "metric '\(name)': \(error.description)")
    }
  }

  private func shown(_ value: Value, _ machine: Machine) throws -> Value {
    value.asTensorObject?.types === machine.keras.types
      ? value : machine.kerasValue(try machine.kerasTensor(value, keepsIntegers: true))
  }

  /// Binary for one output, sparse for classes, categorical for one-hot rows.
  private func choose(_ target: [Int], _ prediction: [Int]) {
    let outputs = prediction.last ?? 1
    let isBinary = outputs == 1 || prediction.count == 1
    let isSparse = target.count < prediction.count || target.last == 1 && outputs != 1
    if isAccuracyByShape {
      rule = MeanRule(.mean) { t, p in
        if isBinary { return try KerasAccuracies.binary(t, p, threshold: 0.5) }
        return try isSparse ? KerasAccuracies.sparse(t, p) : KerasAccuracies.categorical(t, p)
      }
    } else {
      rule = MeanRule(.mean) { t, p in
        if isBinary { return try KerasLossRules.binaryCrossentropy(t, p, fromLogits: false) }
        return try isSparse
          ? KerasLossRules.sparseCategoricalCrossentropy(t, p, fromLogits: false)
          : KerasLossRules.categoricalCrossentropy(t, p, fromLogits: false)
      }
    }
  }

  func result(_ machine: Machine) throws -> Value {
    if programFunction("result") != nil {
      return try machine.call(machine.attribute(.object(self), "result"))
    }
    return machine.kerasValue(try rule?.result() ?? Tensor.zeros([]))
  }

  /// The result as a number of logs; of several numbers their mean.
  func number(_ machine: Machine) throws -> Double {
    let value = try result(machine)
    if let tensor = value.asTensorObject?.tensor.detach() {
      return try (tensor.count == 1 ? tensor : tensor.to(.float32).mean()).item().double
    }
    return try machine.float(value) ?? .nan
  }
}

enum KerasMetrics {
  /// Short names that `compile(metrics=[...])` takes besides those of the classes.
  private static let short = [
    "acc": "accuracy", "mse": "mean_squared_error", "MSE": "mean_squared_error",
    "mae": "mean_absolute_error", "MAE": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error", "MAPE": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error", "MSLE": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy", "BCE": "binary_crossentropy", "kld": "kl_divergence",
    "KLD": "kl_divergence", "logcosh": "log_cosh", "cosine_proximity": "cosine_similarity",
  ]
  static let names = ["accuracy", "acc", "mae", "mse", "crossentropy", "ce"] + kinds.map(\.name)

  struct Kind: @unchecked Sendable {
    let type: String
    let doc: String
    let name: String
    let parameters: String
    let make: (KerasNamed) throws -> KerasMetricRule
    /// Whether name stands first among the parameters.
    var nameFirst = true
  }

  private static func mean(
    _ type: String, _ doc: String, _ name: String, _ parameters: String = "",
    _ make: @escaping (KerasNamed) throws -> (Tensor, Tensor) throws -> Tensor
  ) -> Kind {
    Kind(type: type, doc: doc, name: name, parameters: parameters) { MeanRule(.mean, try make($0)) }
  }

  private static func thresholds(_ n: KerasNamed, _ name: String = "thresholds") throws -> [Double] {
    if !n.has(name) { return n.has("top_k") ? [-1e30] : [0.5] }
    if let one = try n.machine.float(n[name]) { return [one] }
    return try n.machine.doubles(n[name])
  }

  private static func confusion(
    _ type: String, _ doc: String, _ name: String, _ result: ConfusionRule.Result, topK: Bool
  ) -> Kind {
    Kind(
      type: type, doc: doc, name: name,
      parameters: topK ? "thresholds=None, top_k=None, class_id=None" : "thresholds=None", 
      make: { n in
        ConfusionRule(
          result, thresholds: try thresholds(n), classID: topK ? try n.optionalInt("class_id") : nil,
          topK: topK ? try n.optionalInt("top_k") : nil)
      }, nameFirst: false)
  }

  private static func atLeast(
    _ type: String, _ parameter: String, _ name: String, _ make: @escaping (Double) -> ConfusionRule.Result
  ) -> Kind {
    Kind(
      type: type, doc: "The best value of one number where the other is at least \(parameter).", name: name,
      parameters: "\(parameter), num_thresholds=200, class_id=None",
      make: { n in
        ConfusionRule(
          make(try n.double(parameter)),
          thresholds: ConfusionRule.spread(max(2, try n.int("num_thresholds"))),
          classID: try n.optionalInt("class_id"))
      }, nameFirst: false)
  }

  static let kinds: [Kind] = [
    Kind(type: "Mean", doc: "The mean of values.", name: "mean", parameters: "") { _ in MeanRule(.mean) },
    Kind(type: "Sum", doc: "The sum of values.", name: "sum", parameters: "") { _ in MeanRule(.sum) },
    mean("Accuracy", "The share of targets that predictions equal.", "accuracy") { _ in KerasAccuracies.equal },
    mean("BinaryAccuracy", "The share of outputs on the right side of a threshold.", "binary_accuracy", "threshold=0.5") { n in
      let threshold = try n.double("threshold")
      guard threshold > 0, threshold < 1 else {
        throw Raise(
          .valueError,
          "Invalid value for argument `threshold`. Expected a value in interval (0, 1). Received: "
            + "threshold=\(try n.machine.repr(n["threshold"]))")
      }
      return { try KerasAccuracies.binary($0, $1, threshold: threshold) }
    },
    mean("CategoricalAccuracy", "The share of rows whose largest output is where y has its 1.", "categorical_accuracy") { _ in
      KerasAccuracies.categorical
    },
    mean("SparseCategoricalAccuracy", "The share of rows whose largest output is the class in y.", "sparse_categorical_accuracy") { _ in
      KerasAccuracies.sparse
    },
    Kind(
      type: "TopKCategoricalAccuracy", doc: "The share of rows with the right class among the k largest.",
      name: "top_k_categorical_accuracy", parameters: "k=5",
      make: { n in
        let k = try n.int("k")
        return MeanRule(.mean) { try KerasAccuracies.topK($0, $1, k: k) }
      }, nameFirst: false),
    Kind(
      type: "SparseTopKCategoricalAccuracy",
      doc: "The share of rows with the right class among the k largest.",
      name: "sparse_top_k_categorical_accuracy", parameters: "k=5",
      make: { n in
        let k = try n.int("k")
        return MeanRule(.mean) { try KerasAccuracies.sparseTopK($0, $1, k: k) }
      }, nameFirst: false),
    mean("MeanSquaredError", "The mean of (y_true - y_pred)^2.", "mean_squared_error") { _ in
      KerasLossRules.meanSquared
    },
    Kind(
      type: "RootMeanSquaredError", doc: "The root of the mean of (y_true - y_pred)^2.",
      name: "root_mean_squared_error", parameters: ""
    ) { _ in
      MeanRule(.root) { t, p in
        let (t, p) = try KerasLossRules.aligned(t.to(.float32), p)
        return try p.subtracting(t).square()
      }
    },
    mean("MeanAbsoluteError", "The mean of |y_true - y_pred|.", "mean_absolute_error") { _ in
      KerasLossRules.meanAbsolute
    },
    mean("MeanAbsolutePercentageError", "100 times the mean of |y_true - y_pred| / |y_true|.", "mean_absolute_percentage_error") {
      _ in KerasLossRules.meanAbsolutePercentage
    },
    mean("MeanSquaredLogarithmicError", "The mean of (log(y_true + 1) - log(y_pred + 1))^2.", "mean_squared_logarithmic_error") {
      _ in KerasLossRules.meanSquaredLogarithmic
    },
    mean("CosineSimilarity", "1 for the same direction, -1 for the opposite one.", "cosine_similarity", "axis=-1") { n in
      let axis = try n.int("axis")
      return { try KerasLossRules.cosineSimilarity($0, $1, axis: axis).neg() }
    },
    mean("LogCoshError", "log(cosh(y_pred - y_true)).", "logcosh") { _ in KerasLossRules.logCosh },
    mean("KLDivergence", "y_true log(y_true / y_pred).", "kl_divergence") { _ in
      KerasLossRules.klDivergence
    },
    mean("Poisson", "y_pred - y_true log(y_pred).", "poisson") { _ in KerasLossRules.poisson },
    mean("Hinge", "max(1 - y_true y_pred, 0).", "hinge") { _ in KerasLossRules.hinge },
    mean("SquaredHinge", "max(1 - y_true y_pred, 0)^2.", "squared_hinge") { _ in
      KerasLossRules.squaredHinge
    },
    mean("CategoricalHinge", "The best wrong output against the right one.", "categorical_hinge") { _ in
      KerasLossRules.categoricalHinge
    },
    mean("BinaryCrossentropy", "-log of the probability of the right answer.", "binary_crossentropy", "from_logits=False, label_smoothing=0") { n in
      let (logits, smoothing) = (try n.bool("from_logits"), try n.double("label_smoothing"))
      return { try KerasLossRules.binaryCrossentropy($0, $1, fromLogits: logits, smoothing: smoothing) }
    },
    mean("CategoricalCrossentropy", "-log of the probability of the right class.", "categorical_crossentropy", "from_logits=False, label_smoothing=0, axis=-1") { n in
      let (logits, smoothing) = (try n.bool("from_logits"), try n.double("label_smoothing"))
      return { try KerasLossRules.categoricalCrossentropy($0, $1, fromLogits: logits, smoothing: smoothing) }
    },
    mean("SparseCategoricalCrossentropy", "-log of the probability of the right class.", "sparse_categorical_crossentropy", "from_logits=False, axis=-1") { n in
      let logits = try n.bool("from_logits")
      return { try KerasLossRules.sparseCategoricalCrossentropy($0, $1, fromLogits: logits) }
    },
    confusion("Precision", "Right ones among those that were found.", "precision", .precision, topK: true),
    confusion("Recall", "Found ones among those that are right.", "recall", .recall, topK: true),
    confusion("TruePositives", "Right ones that were found.", "true_positives", .truePositives, topK: false),
    confusion("FalsePositives", "Wrong ones that were found.", "false_positives", .falsePositives, topK: false),
    confusion("TrueNegatives", "Wrong ones that were left.", "true_negatives", .trueNegatives, topK: false),
    confusion("FalseNegatives", "Right ones that were left.", "false_negatives", .falseNegatives, topK: false),
    atLeast("SensitivityAtSpecificity", "specificity", "sensitivity_at_specificity") { .sensitivityAtSpecificity($0) },
    atLeast("SpecificityAtSensitivity", "sensitivity", "specificity_at_sensitivity") { .specificityAtSensitivity($0) },
    atLeast("PrecisionAtRecall", "recall", "precision_at_recall") { .precisionAtRecall($0) },
    atLeast("RecallAtPrecision", "precision", "recall_at_precision") { .recallAtPrecision($0) },
    Kind(
      type: "AUC", doc: "The area under the curve of true against false positives.", name: "auc",
      parameters: "num_thresholds=200, curve='ROC', summation_method='interpolation'",
      make: { n in
        let curve = try n.string("curve").uppercased()
        guard let curve = ConfusionRule.Curve(rawValue: curve) else {
          throw Raise(
            .valueError, "Invalid AUC curve value: \"\(curve)\". Expected values are [\"PR\", \"ROC\", "
              + "\"PRGAIN\"]")
        }
        let sum = try n.choice("summation_method", ["interpolation", "minoring", "majoring"])
        var limits = ConfusionRule.spread(max(2, try n.int("num_thresholds")))
        if n.has("thresholds") {
          limits = [-1e-7] + (try n.machine.doubles(n["thresholds"])).sorted() + [1 + 1e-7]
        }
        return ConfusionRule(
          .auc(curve: curve, summation: .init(rawValue: sum) ?? .interpolation), thresholds: limits,
          fromLogits: try n.bool("from_logits"))
      }, nameFirst: false),
    Kind(
      type: "F1Score", doc: "The harmonic mean of precision and recall, per class.", name: "f1_score",
      parameters: "average=None, threshold=None",
      make: { n in
        FBetaRule(
          beta: 1, average: try n.optionalString("average"), threshold: try n.optionalDouble("threshold"))
      }, nameFirst: false),
    Kind(
      type: "FBetaScore", doc: "A mean of precision and recall, per class.", name: "fbeta_score",
      parameters: "average=None, beta=1.0, threshold=None",
      make: { n in
        FBetaRule(
          beta: try n.double("beta"), average: try n.optionalString("average"),
          threshold: try n.optionalDouble("threshold"))
      }, nameFirst: false),
    Kind(
      type: "MeanIoU", doc: "The mean of intersection over union of all classes.", name: "mean_io_u",
      parameters: "num_classes",
      make: { n in IntersectionRule(classes: try n.positive("num_classes"), chosen: nil, ignored: nil) },
      nameFirst: false),
    Kind(
      type: "IoU", doc: "Intersection over union of chosen classes.", name: "io_u",
      parameters: "num_classes, target_class_ids",
      make: { n in
        IntersectionRule(
          classes: try n.positive("num_classes"), chosen: try n.machine.ints(n["target_class_ids"]),
          ignored: nil)
      }, nameFirst: false),
    Kind(
      type: "BinaryIoU", doc: "Intersection over union of the classes 0 and 1.", name: "binary_io_u",
      parameters: "target_class_ids=(0, 1), threshold=0.5",
      make: { n in
        let threshold = try n.double("threshold")
        return IntersectionRule(
          classes: 2, chosen: try n.machine.ints(n["target_class_ids"]), ignored: nil
        ) { t, p in (t, try Comparison.greaterOrEqual(p, .double(threshold)).to(.int64)) }
      }, nameFirst: false),
    Kind(
      type: "R2Score", doc: "The share of the targets' variance that predictions explain.", name: "r2_score",
      parameters: "class_aggregation='uniform_average', num_regressors=0",
      make: { n in
        R2Rule(
          aggregation: try n.optionalString("class_aggregation"), predictors: try n.int("num_regressors"))
      }, nameFirst: false),
  ]

  /// The metric of a name, an object or a function.
  static func read(_ value: Value, _ machine: Machine) throws -> KerasMetric {
    if let object = value.asInstance as? KerasMetric { return object }
    if let text = value.swiftString {
      let metric = KerasMetric(machine.type(base))
      if ["accuracy", "acc"].contains(text) {
        metric.name = text
        metric.isAccuracyByShape = true
        metric.planned = Metric.accuracy.named(text)
        return metric
      }
      if ["crossentropy", "ce"].contains(text) {
        metric.name = text
        metric.isEntropyByShape = true
        return metric
      }
      let name = short[text] ?? text
      if let kind = kinds.first(where: { $0.name == name || $0.type == text || KerasNames.snakeCase(text) == $0.name }),
        !["mean", "sum"].contains(kind.name), let table = tables.first(where: { $0.name == kind.type }),
        let made = try machine.call(.object(machine.type(table))).asInstance as? KerasMetric
      {
        if kind.name != text, kind.type != text { made.name = text }
        made.planned = made.planned?.named(made.name)
        return made
      }
      // Every loss is a metric as well.
      if KerasLosses.names.contains(text), let loss = try KerasLosses.read(value, machine), let each = loss.each {
        metric.name = text
        metric.rule = MeanRule(.mean, each)
        return metric
      }
      throw KerasIdentifier.unknown("metric", text, known: names)
    }
    if let loss = value.asInstance as? KerasLoss {
      let metric = KerasMetric(machine.type(base))
      metric.name = loss.name
      metric.rule = MeanRule(.mean) { t, p in
        try loss.losses(machine.kerasValue(t), machine.kerasValue(p), machine)
      }
      return metric
    }
    if let native = value.object as? NativeFunction { return try read(.string(native.name), machine) }
    if machine.isCallable(value), value.asType == nil {
      let metric = KerasMetric(machine.type(base))
      metric.name = (value.object as? FunctionObject)?.name ?? "metric"
      metric.rule = MeanRule(.mean) { t, p in
        try machine.kerasTensor(machine.call(value, [machine.kerasValue(t), machine.kerasValue(p)]))
      }
      return metric
    }
    let raise = Raise(
      .valueError, "Could not interpret metric identifier: \(try machine.repr(value))",
      hint: "There are: " + names.joined(separator: ", ") + ".")
    if let type = value.asType { raise.hint = "a class stands here: pass its object, \(type.name)()" }
    throw raise
  }

  static let base = TypeTable(
    "Metric", module: "keras.metrics",
    doc: "What judges outputs: derive from it and define update_state, result and reset_state.",
    allocate: { KerasMetric($0) },
    properties: [
      NativeProperty(
        "name", "The name in logs and histories.",
        get: { value, _ in .string((value.asInstance as? KerasMetric)?.name ?? "") },
        set: { value, new, _ in (value.asInstance as? KerasMetric)?.name = new.swiftString ?? "" }),
      NativeProperty("variables", "What the metric remembers.") { value, machine in
        .list(((value.asInstance as? KerasMetric)?.addedWeights ?? []).map { KerasVariable.value($0, machine) })
      },
      NativeProperty("dtype", "The type of the result.") { _, _ in .string("float32") },
    ],
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self, name=None, dtype=None, **kwargs)", "What all metrics take.") { a in
        let metric = try a.receiver(KerasMetric.self)
        metric.name = try a.optionalString(1) ?? a.machine.kerasNames.next(KerasNames.snakeCase(metric.type.name))
        return .none
      },
      Native(
        "add_variable(self, shape, initializer='zeros', dtype=None, aggregation='sum', name=None)",
        "Makes a number that the metric remembers."
      ) { a in try variable(a, 1, 2, 5) },
      Native(
        "add_weight(self, shape=(), initializer='zeros', dtype=None, name=None, aggregation=None)",
        "Makes a number that the metric remembers."
      ) { a in
        // add_weight("total", ...) and add_weight(name="total", ...) are both written.
        if a[1].swiftString != nil {
          let metric = try a.receiver(KerasMetric.self)
          let weight = try Weight(a[1].swiftString ?? "variable", Tensor.zeros([]), trainable: false)
          metric.addedWeights.append(weight)
          return KerasVariable.value(weight, a.machine)
        }
        return try variable(a, 1, 2, 4)
      },
      Native("update_state(self, y_true, y_pred=None, sample_weight=None)", "Takes a batch in.") { a in
        let metric = try a.receiver(KerasMetric.self)
        try takeIn(metric, a)
        return .none
      },
      Native("result(self)", "What the batches so far give, as a tensor.") { a in
        let metric = try a.receiver(KerasMetric.self)
        return a.machine.kerasValue(try metric.rule?.result() ?? Tensor.zeros([]))
      },
      Native("reset_state(self)", "Begins anew.") { a in
        let metric = try a.receiver(KerasMetric.self)
        metric.rule?.reset()
        for weight in metric.addedWeights { try weight.assign(Tensor.zerosLike(weight.tensor.detach())) }
        return .none
      },
      Native("reset_states(self)", "Begins anew.") { a in
        try a.receiver(KerasMetric.self).reset(a.machine)
        return .none
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let metric = try a.receiver(KerasMetric.self)
        let dict = DictObject()
        dict["name"] = .string(metric.name)
        dict["dtype"] = .string("float32")
        for (name, value) in metric.config { dict[name] = value }
        return .object(dict)
      },
      Native("__call__(self, *args, **kwargs)", "Takes a batch in and gives the result so far.") { a in
        let receiver = a[0]
        let keywords = a.keywords(2)
        _ = try a.machine.call(
          a.machine.attribute(receiver, "update_state"), a.items(1), keywords: keywords)
        return try a.machine.call(a.machine.attribute(receiver, "result"))
      },
      Native("__repr__(self)", "The metric with its name.") { a in
        let metric = try a.receiver(KerasMetric.self)
        return .string("<\(metric.type.name) name=\(metric.name)>")
      },
    ])

  private static func variable(_ a: Arguments, _ shape: Int, _ rule: Int, _ name: Int) throws -> Value {
    let metric = try a.receiver(KerasMetric.self)
    let sizes = try KerasShape.read(a[shape], a.machine, "add_variable").map { $0 ?? 1 }
    let tensor = try Tensor.zeros(sizes)
    if !a[rule].isNone { try KerasInitializerDoor.read(a[rule], a.machine)(tensor, .init(input: 1, output: 1)) }
    let weight = try Weight(
      a.optionalString(name) ?? a.machine.kerasNames.next("variable"), tensor, trainable: false)
    metric.addedWeights.append(weight)
    return KerasVariable.value(weight, a.machine)
  }

  private static func takeIn(_ metric: KerasMetric, _ a: Arguments) throws {
    let machine = a.machine
    // Mean and Sum take values (and weights) only.
    if metric.type.lineage.contains(where: { $0.name == "Mean" || $0.name == "Sum" }),
      let rule = metric.rule as? MeanRule
    {
      let second = a[3].isNone ? a[2] : a[3]
      let weights = second.isNone ? nil : try machine.kerasTensor(second).detach()
      try rule.add(machine.kerasTensor(a[1]).detach(), weights)
      return
    }
    if a[2].isNone {
      throw Raise(.typeError, "\(metric.type.name).update_state() missing 1 required positional argument: 'y_pred'")
    }
    let weights = a[3].isNone ? nil : try machine.kerasTensor(a[3]).detach()
    let prediction = machine.kerasValue(try machine.kerasTensor(a[2]).detach())
    try metric.update(a[1], prediction, weights, machine)
  }

  static let tables: [TypeTable] = kinds.map { kind in
    let extra = kind.type == "AUC"
      ? ", dtype=None, thresholds=None, multi_label=False, num_labels=None, label_weights=None, "
        + "from_logits=False" : ", dtype=None"
    let own = kind.parameters
    let signature: String
    if kind.nameFirst {
      signature = "self, name='\(kind.name)'\(extra)" + (own.isEmpty ? "" : ", \(own)")
    } else {
      signature = "self, \(own), name=None\(extra)"
    }
    // BinaryAccuracy and its kin take (name, dtype, ...) in this order.
    return TypeTable(
      kind.type, module: "keras.metrics", doc: kind.doc, base: base, allocate: { KerasMetric($0) },
      methods: [
        Native("__init__(\(signature))", kind.doc, example: "keras.metrics.\(kind.type)()") { a in
          let metric = try a.receiver(KerasMetric.self)
          let n = KerasNamed(a)
          metric.rule = try kind.make(n)
          metric.name = try n.optionalString("name")
            ?? (["AUC", "Precision", "Recall"].contains(kind.type) || !kind.nameFirst
              ? a.machine.kerasNames.next(kind.name) : kind.name)
          metric.config = n.names.filter { !["self", "name", "dtype"].contains($0) }.map { ($0, n[$0]) }
          switch kind.type {
          case "SparseCategoricalAccuracy": metric.planned = Metric.sparseCategoricalAccuracy.named(metric.name)
          case "CategoricalAccuracy": metric.planned = Metric.categoricalAccuracy.named(metric.name)
          case "MeanSquaredError": metric.planned = Metric.meanSquaredError.named(metric.name)
          case "MeanAbsoluteError": metric.planned = Metric.meanAbsoluteError.named(metric.name)
          default: break
          }
          return .none
        }
      ])
  }

  /// `keras.metrics.categorical_accuracy(y_true, y_pred)` and its kin: one number per sample.
  static let functions: [Native] = [
    function("binary_accuracy", "threshold=0.5") { t, p, a in
      try KerasAccuracies.binary(t, p, threshold: a.double(2))
    },
    function("categorical_accuracy", "") { t, p, _ in try KerasAccuracies.categorical(t, p) },
    function("sparse_categorical_accuracy", "") { t, p, _ in try KerasAccuracies.sparse(t, p) },
    function("top_k_categorical_accuracy", "k=5") { t, p, a in try KerasAccuracies.topK(t, p, k: a.int(2)) },
    function("sparse_top_k_categorical_accuracy", "k=5") { t, p, a in
      try KerasAccuracies.sparseTopK(t, p, k: a.int(2))
    },
  ]

  private static func function(
    _ name: String, _ parameters: String, _ body: @escaping (Tensor, Tensor, Arguments) throws -> Tensor
  ) -> Native {
    Native(
      "\(name)(y_true, y_pred\(parameters.isEmpty ? "" : ", " + parameters))", "One number per sample: \(name).",
      example: "keras.metrics.\(name)([[0.0, 1.0]], [[0.1, 0.9]])"
    ) { a in
      a.machine.kerasValue(
        try body(a.machine.tensorflowTensor(a[0]), a.machine.kerasTensor(a[1]), a))
    }
  }
}
