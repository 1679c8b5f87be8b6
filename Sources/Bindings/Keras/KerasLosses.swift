import Language
import NeuralNetworks
import TensorCore

/// `keras.losses.MeanSquaredError()`: a loss of the library, a function of the program, or an object of
/// a class that derives from `keras.losses.Loss`.
final class KerasLoss: Instance {
  /// One number per sample.
  var each: ((Tensor, Tensor) throws -> Tensor)?
  /// A function of the program.
  var function: Value?
  var reduction = KerasLossRules.Reduction.mean
  var name = ""
  /// What kind of targets the loss takes.
  var targets = KerasLosses.Targets.values
  var fromLogits = false
  /// A class whose samples count nothing.
  var ignoredClass: Int?
  /// The same loss for planned steps; nil where the tape has to compute it.
  var planned: (any Loss)?
  var config: [(name: String, value: Value)] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let function { visitor.visit(function) }
  }

  private var program: FunctionObject? { type.lookup("call")?.object as? FunctionObject }

  /// One number per sample.
  func losses(_ target: Value, _ prediction: Value, _ machine: Machine) throws -> Tensor {
    if program != nil {
      let result = try machine.call(
        machine.attribute(.object(self), "call"), [try tensorValue(target, machine), prediction])
      return try machine.kerasTensor(result)
    }
    if let function {
      let result = try machine.call(function, [try tensorValue(target, machine), prediction])
      return try machine.kerasTensor(result)
    }
    guard let each else {
      throw Raise(
        .notImplementedError, "\(type.name) does not have a `call(y_true, y_pred)` method")
    }
    let p = try machine.kerasTensor(prediction)
    let t = try machine.tensorflowTensor(target)
    do {
      return try each(t, p)
    } catch let error as NeuralNetworkError {
      throw KerasErrors.translate(error, nil)
    } catch let error as TensorError {
      throw Raise(.valueError, error.description, hint: KerasLosses.advice(self, t, p))
    }
  }

  private func tensorValue(_ value: Value, _ machine: Machine) throws -> Value {
    if value.asTensorObject?.types === machine.keras.types { return value }
    return machine.kerasValue(try machine.kerasTensor(value, keepsIntegers: program == nil && function == nil))
  }

  /// The loss of a batch.
  func value(
    _ target: Value, _ prediction: Value, weights: Tensor?, _ machine: Machine
  ) throws -> Tensor {
    let losses = try losses(target, prediction, machine)
    var mask = (prediction.asTensorObject?.attachment as? KerasMask)?.mask
    if let ignoredClass {
      let valid = try Comparison.notEqual(machine.tensorflowTensor(target).reshape(losses.shape), .int(ignoredClass))
      mask = try mask.map { try $0.to(.float32).multiplied(by: valid.to(.float32)) } ?? valid
    }
    do {
      return try KerasLossRules.reduced(losses, weights: weights, mask: mask, reduction)
    } catch let error as TensorError {
      throw Raise(.valueError, "sample_weight does not fit the losses: \(error.description)")
    }
  }
}

enum KerasLosses {
  /// What stands in `y`.
  enum Targets: Sendable {
    /// Numbers in the shape of the outputs.
    case values
    /// One integer class for each row.
    case classes
    /// A row of probabilities, one for each class.
    case oneHot
    /// Whatever the loss makes of it.
    case any
  }

  typealias Rule = (Tensor, Tensor) throws -> Tensor

  /// A loss by Keras's names of its class and function.
  struct Kind: @unchecked Sendable {
    let type: String
    let doc: String
    let names: [String]
    let targets: Targets
    /// Parameters besides reduction and name.
    let parameters: String
    let make: (KerasNamed) throws -> Rule
    var defaultReduction = "sum_over_batch_size"
  }

  private static func logits(_ n: KerasNamed) throws -> Bool {
    n["from_logits"].isUndefined ? false : try n.bool("from_logits")
  }
  private static func number(_ n: KerasNamed, _ name: String) throws -> Double { try n.double(name) }

  static let kinds: [Kind] = [
    Kind(
      type: "SparseCategoricalCrossentropy",
      doc: "-log of the probability of the right class; targets are integer classes.",
      names: ["sparse_categorical_crossentropy"], targets: .classes,
      parameters: "from_logits=False, ignore_class=None, axis=-1"
    ) { n in
      let (logits, ignored, axis) = (try logits(n), try n.optionalInt("ignore_class"), try n.int("axis"))
      return {
        try KerasLossRules.sparseCategoricalCrossentropy(
          $0, $1, fromLogits: logits, ignoredClass: ignored, axis: axis)
      }
    },
    Kind(
      type: "CategoricalCrossentropy",
      doc: "-log of the probability of the right class; targets are one-hot rows.",
      names: ["categorical_crossentropy"], targets: .oneHot,
      parameters: "from_logits=False, label_smoothing=0.0, axis=-1"
    ) { n in
      let (logits, smoothing, axis) = (try logits(n), try number(n, "label_smoothing"), try n.int("axis"))
      return {
        try KerasLossRules.categoricalCrossentropy(
          $0, $1, fromLogits: logits, smoothing: smoothing, axis: axis)
      }
    },
    Kind(
      type: "BinaryCrossentropy", doc: "-log of the probability of the right answer, yes (1) or no (0).",
      names: ["binary_crossentropy", "bce", "BCE"], targets: .values,
      parameters: "from_logits=False, label_smoothing=0.0, axis=-1"
    ) { n in
      let (logits, smoothing, axis) = (try logits(n), try number(n, "label_smoothing"), try n.int("axis"))
      return {
        try KerasLossRules.binaryCrossentropy(
          $0, $1, fromLogits: logits, smoothing: smoothing, axis: axis)
      }
    },
    Kind(
      type: "BinaryFocalCrossentropy", doc: "Binary entropy that cares less for what is right already.",
      names: ["binary_focal_crossentropy"], targets: .values,
      parameters: "apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, "
        + "label_smoothing=0.0, axis=-1"
    ) { n in
      let (balanced, alpha, gamma) = (
        try n.bool("apply_class_balancing"), try number(n, "alpha"), try number(n, "gamma")
      )
      let (logits, smoothing) = (try logits(n), try number(n, "label_smoothing"))
      return {
        try KerasLossRules.binaryFocal(
          $0, $1, balanced: balanced, alpha: alpha, gamma: gamma, fromLogits: logits,
          smoothing: smoothing)
      }
    },
    Kind(
      type: "CategoricalFocalCrossentropy", doc: "Entropy that cares less for what is right already.",
      names: ["categorical_focal_crossentropy"], targets: .oneHot,
      parameters: "alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1"
    ) { n in
      let (alpha, gamma) = (try number(n, "alpha"), try number(n, "gamma"))
      let (logits, smoothing) = (try logits(n), try number(n, "label_smoothing"))
      return {
        try KerasLossRules.categoricalFocal(
          $0, $1, alpha: alpha, gamma: gamma, fromLogits: logits, smoothing: smoothing)
      }
    },
    Kind(
      type: "MeanSquaredError", doc: "The mean of (y_true - y_pred)^2.",
      names: ["mean_squared_error", "mse", "MSE"], targets: .values, parameters: ""
    ) { _ in KerasLossRules.meanSquared },
    Kind(
      type: "MeanAbsoluteError", doc: "The mean of |y_true - y_pred|.",
      names: ["mean_absolute_error", "mae", "MAE"], targets: .values, parameters: ""
    ) { _ in KerasLossRules.meanAbsolute },
    Kind(
      type: "MeanAbsolutePercentageError", doc: "100 times the mean of |y_true - y_pred| / |y_true|.",
      names: ["mean_absolute_percentage_error", "mape", "MAPE"], targets: .values, parameters: ""
    ) { _ in KerasLossRules.meanAbsolutePercentage },
    Kind(
      type: "MeanSquaredLogarithmicError", doc: "The mean of (log(y_true + 1) - log(y_pred + 1))^2.",
      names: ["mean_squared_logarithmic_error", "msle", "MSLE"], targets: .values, parameters: ""
    ) { _ in KerasLossRules.meanSquaredLogarithmic },
    Kind(
      type: "Huber", doc: "Quadratic up to a distance of delta, linear beyond.", names: ["huber"],
      targets: .values, parameters: "delta=1.0"
    ) { n in
      let delta = try number(n, "delta")
      return { try KerasLossRules.huber($0, $1, delta: delta) }
    },
    Kind(
      type: "LogCosh", doc: "log(cosh(y_pred - y_true)).", names: ["log_cosh", "logcosh"],
      targets: .values, parameters: ""
    ) { _ in KerasLossRules.logCosh },
    Kind(
      type: "KLDivergence", doc: "y_true log(y_true / y_pred).",
      names: ["kl_divergence", "kld", "KLD", "kullback_leibler_divergence"], targets: .values,
      parameters: ""
    ) { _ in KerasLossRules.klDivergence },
    Kind(
      type: "Poisson", doc: "y_pred - y_true log(y_pred).", names: ["poisson"], targets: .values,
      parameters: ""
    ) { _ in KerasLossRules.poisson },
    Kind(
      type: "Hinge", doc: "max(1 - y_true y_pred, 0); targets are -1 or 1.", names: ["hinge"],
      targets: .values, parameters: ""
    ) { _ in KerasLossRules.hinge },
    Kind(
      type: "SquaredHinge", doc: "max(1 - y_true y_pred, 0)^2.", names: ["squared_hinge"],
      targets: .values, parameters: ""
    ) { _ in KerasLossRules.squaredHinge },
    Kind(
      type: "CategoricalHinge", doc: "The best wrong output against the right one.",
      names: ["categorical_hinge"], targets: .oneHot, parameters: ""
    ) { _ in KerasLossRules.categoricalHinge },
    Kind(
      type: "CosineSimilarity", doc: "-1 for the same direction, 1 for the opposite one.",
      names: ["cosine_similarity"], targets: .values, parameters: "axis=-1"
    ) { n in
      let axis = try n.int("axis")
      return { try KerasLossRules.cosineSimilarity($0, $1, axis: axis) }
    },
    Kind(
      type: "Dice", doc: "1 - 2 overlap / (sizes of both).", names: ["dice"], targets: .values,
      parameters: "axis=None"
    ) { n in
      let axes = n.has("axis") ? try n.machine.sizes(n["axis"], "Dice") : []
      return { try KerasLossRules.dice($0, $1, axes: axes) }
    },
    Kind(
      type: "Tversky", doc: "Like Dice, with prices for what is wrong and what is missed.",
      names: ["tversky"], targets: .values, parameters: "alpha=0.5, beta=0.5, axis=None"
    ) { n in
      let (alpha, beta) = (try number(n, "alpha"), try number(n, "beta"))
      let axes = n.has("axis") ? try n.machine.sizes(n["axis"], "Tversky") : []
      return { try KerasLossRules.tversky($0, $1, alpha: alpha, beta: beta, axes: axes) }
    },
  ]

  static let names = kinds.flatMap(\.names)

  /// A name, an object, or a function; nil for None.
  static func read(_ value: Value, _ machine: Machine) throws -> KerasLoss? {
    if value.isNone || value.isUndefined { return nil }
    if let object = value.asInstance as? KerasLoss { return object }
    if let text = value.swiftString {
      guard
        let kind = kinds.first(where: {
          $0.names.contains(text) || $0.type == text || $0.names.contains(KerasNames.snakeCase(text))
        }), let table = tables.first(where: { $0.name == kind.type })
      else { throw KerasIdentifier.unknown("loss", text, known: names) }
      return try machine.call(.object(machine.type(table))).asInstance as? KerasLoss
    }
    let hint = "There are: " + names.joined(separator: ", ") + "."
    if let type = value.asType {
      throw Raise(
        .valueError, "Could not interpret loss identifier: <class '\(type.name)'>",
        hint: "a class stands here: pass its object, \(type.name)()")
    }
    if let native = value.object as? NativeFunction,
      let kind = kinds.first(where: { $0.names.contains(native.name) })
    {
      return try read(.string(kind.names[0]), machine)
    }
    if value.object is FunctionObject || machine.isCallable(value) {
      let loss = KerasLoss(machine.type(base))
      loss.function = value
      loss.targets = .any
      loss.name = (value.object as? FunctionObject)?.name ?? "loss"
      return loss
    }
    throw Raise(
      .valueError, "Could not interpret loss identifier: \(try machine.repr(value))",
      hint: "a loss is a name, a function or an object of keras.losses. " + hint)
  }

  private static func reduction(_ value: Value, _ machine: Machine) throws -> KerasLossRules.Reduction {
    switch value.swiftString {
    case nil where value.isNone, "none": return .none
    case "sum_over_batch_size", "mean", "auto": return .mean
    case "sum": return .sum
    case "mean_with_sample_weight": return .weightedMean
    default:
      throw Raise(
        .valueError, "Invalid value for argument `reduction`. Expected one of {None, 'sum', "
          + "'sum_over_batch_size', 'mean', 'mean_with_sample_weight', 'none'}. Received: reduction="
          + (try machine.repr(value)))
    }
  }

  static let base = TypeTable(
    "Loss", module: "keras.losses",
    doc: "How far outputs are from targets: derive from it and define call(self, y_true, y_pred).",
    allocate: { KerasLoss($0) },
    properties: [
      NativeProperty(
        "name", "The name.",
        get: { value, _ in .string((value.asInstance as? KerasLoss)?.name ?? "") },
        set: { value, new, _ in (value.asInstance as? KerasLoss)?.name = new.swiftString ?? "" }),
      NativeProperty("reduction", "How the losses of samples become one.") { value, _ in
        .string((value.asInstance as? KerasLoss)?.reduction.rawValue ?? "")
      },
    ],
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self, name=None, reduction='sum_over_batch_size', dtype=None)", "What all losses take.") {
        a in
        let loss = try a.receiver(KerasLoss.self)
        loss.name = try a.optionalString(1) ?? KerasNames.snakeCase(loss.type.name)
        loss.reduction = try reduction(a[2], a.machine)
        loss.targets = .any
        return .none
      },
      Native("__call__(self, y_true, y_pred, sample_weight=None)", "The loss, as a tensor.") { a in
        let loss = try a.receiver(KerasLoss.self)
        let weights = try a[3].isNone ? nil : a.machine.kerasTensor(a[3])
        let prediction = a[2].asTensorObject?.types === a.machine.keras.types
          ? a[2] : a.machine.kerasValue(try a.machine.kerasTensor(a[2]))
        return a.machine.kerasValue(try loss.value(a[1], prediction, weights: weights, a.machine))
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let loss = try a.receiver(KerasLoss.self)
        let dict = DictObject()
        dict["name"] = .string(loss.name)
        dict["reduction"] = .string(loss.reduction.rawValue)
        for (name, value) in loss.config { dict[name] = value }
        return .object(dict)
      },
      Native("__repr__(self)", "The loss with its name.") { a in
        let object = try a.receiver(KerasLoss.self)
        return .string("<\(object.type.name) name=\(object.name)>")
      },
    ])

  static let tables: [TypeTable] = kinds.map { kind in
    let head = kind.parameters.isEmpty ? "self" : "self, " + kind.parameters
    return TypeTable(
      kind.type, module: "keras.losses", doc: kind.doc, base: base, allocate: { KerasLoss($0) },
      methods: [
        Native(
          "__init__(\(head), reduction='sum_over_batch_size', name=None, dtype=None)", kind.doc,
          example: "keras.losses.\(kind.type)()"
        ) { a in
          let object = try a.receiver(KerasLoss.self)
          let n = KerasNamed(a)
          object.each = try kind.make(n)
          object.reduction = try reduction(n["reduction"], a.machine)
          object.targets = kind.targets
          object.fromLogits = try logits(n)
          object.ignoredClass = n["ignore_class"].isUndefined ? nil : try n.optionalInt("ignore_class")
          object.name = try n.optionalString("name")
            ?? (kind.type == "Huber" ? "huber_loss" : kind.names.first ?? kind.type)
          object.config = n.names.filter { !["self", "reduction", "name", "dtype", "delta"].contains($0) }
            .map { ($0, n[$0]) }
          object.planned = try planned(kind.type, n, object)
          return .none
        }
      ])
  }

  /// The library's loss that planned steps know.
  private static func planned(_ type: String, _ n: KerasNamed, _ loss: KerasLoss) throws -> (any Loss)? {
    let reduction: LossReduction
    switch loss.reduction {
    case .mean: reduction = .mean
    case .sum: reduction = .sum
    default: return nil
    }
    switch type {
    case "SparseCategoricalCrossentropy":
      if n.has("ignore_class") { return nil }
      return CrossEntropy(
        loss.fromLogits ? .logits : .probabilities(epsilon: 1e-7), ignoredClass: nil, reduction: reduction)
    case "CategoricalCrossentropy":
      if try n.double("label_smoothing") != 0 { return nil }
      return CrossEntropy(
        loss.fromLogits ? .logits : .probabilities(epsilon: 1e-7), ignoredClass: nil, reduction: reduction)
    case "BinaryCrossentropy":
      if try n.double("label_smoothing") != 0 { return nil }
      return BinaryCrossEntropy(fromLogits: loss.fromLogits, epsilon: 1e-7, reduction: reduction)
    case "MeanSquaredError": return NeuralNetworks.MeanSquaredError(reduction: reduction)
    case "MeanAbsoluteError": return NeuralNetworks.MeanAbsoluteError(reduction: reduction)
    case "Huber": return HuberLoss(delta: try n.double("delta"), reduction: reduction)
    default: return nil
    }
  }

  /// The functions `keras.losses.mean_squared_error(y_true, y_pred)`: one number per sample.
  static let functions: [Native] = kinds.flatMap { kind -> [Native] in
    let rest = kind.parameters.isEmpty ? "" : ", " + kind.parameters
    return kind.names.map { name in
      Native("\(name)(y_true, y_pred\(rest))", kind.doc, example: "keras.losses.\(name)([[0.0, 1.0]], [[0.5, 0.5]])") {
        a in
        let rule = try kind.make(KerasNamed(a))
        let p = try a.machine.tensorflowTensor(a[1])
        let t = try a.machine.tensorflowTensor(a[0])
        do {
          return a.machine.kerasValue(try rule(t, p.dtype.isFloating ? p : p.to(.float32)))
        } catch let error as NeuralNetworkError {
          throw KerasErrors.translate(error, nil)
        } catch let error as TensorError {
          throw Raise(.valueError, error.description)
        }
      }
    }
  }

  /// How to mend targets that do not fit.
  static func advice(_ loss: KerasLoss, _ y: Tensor, _ p: Tensor) -> String? {
    "y has shape \(KerasShape.text(y.shape.map { $0 })), the model gives "
      + KerasShape.text(p.shape.map { $0 })
  }

  /// Targets that the outputs' shape can be judged by.
  static func check(_ loss: KerasLoss, _ y: Tensor, output: [Int]) throws {
    let outputs = output.last
    func shapes() -> String {
      "y has shape \(KerasShape.text(y.shape.map { $0 })), the model gives "
        + KerasShape.text(output.enumerated().map { $0 == 0 ? nil : $1 })
    }
    switch loss.targets {
    case .any: return
    case .oneHot:
      if y.shape.count == output.count, y.shape.last == outputs { return }
      let isClasses = y.rank == 1 || (y.rank == 2 && y.shape[1] == 1)
      throw Raise(
        .valueError, "Arguments `target` and `output` must have the same shape: \(shapes())",
        hint: isClasses
          ? "y holds one class for each row: use loss='sparse_categorical_crossentropy', or "
            + "keras.utils.to_categorical(y)"
          : "the last layer needs as many units as y has columns")
    case .classes:
      let wanted = output.dropLast().count
      if y.rank == wanted || (y.rank == wanted + 1 && y.shape.last == 1) { break }
      let isOneHot = y.rank == output.count && y.shape.last == outputs
      throw Raise(
        .valueError,
        "Arguments `target` and `output` must have the same shape up until the last dimension: "
          + shapes(),
        hint: isOneHot
          ? "y holds one-hot rows: use loss='categorical_crossentropy', or y.argmax(axis=1)"
          : "the model must give one row for each sample: Flatten() before the last Dense does that")
    case .values:
      let sizes = Array(output.dropFirst())
      let rest = Array(y.shape.dropFirst())
      if sizes == rest || (rest.isEmpty && sizes == [1]) || (sizes.isEmpty && rest == [1]) { return }
      if rest == sizes + [1] || rest + [1] == sizes { return }
      // What broadcasts is rarely meant, but Keras computes it for these.
      throw Raise(
        .valueError, "the loss compares y with the outputs number by number: \(shapes())",
        hint: rest.isEmpty
          ? "the last layer gives \(outputs ?? 0) numbers for one target: Dense(1) is a regression; for "
            + "classes use loss='sparse_categorical_crossentropy'"
          : "the last layer needs as many units as y has columns")
    }
  }
}
