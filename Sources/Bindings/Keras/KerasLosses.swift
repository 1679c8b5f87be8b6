import Language
import NeuralNetworks
import TensorCore

/// `keras.losses.MeanSquaredError()`: a loss of the library under Keras's names.
final class KerasLoss: Instance {
  var loss: any Loss = MeanSquaredError()
  /// What kind of targets the loss takes.
  var targets = KerasLosses.Targets.values
  var name = ""
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
  }

  /// A loss by Keras's name of its class.
  struct Kind: Sendable {
    let type: String
    let doc: String
    let names: [String]
    let targets: Targets
    /// Parameters besides reduction and name.
    let parameters: String
    /// From the arguments after `self`, in the order of `parameters`; nil for the defaults.
    let make: @Sendable (Arguments?, LossReduction) throws -> any Loss
  }

  static let kinds: [Kind] = [
    Kind(
      type: "SparseCategoricalCrossentropy",
      doc: "-log of the probability of the right class; targets are integer classes.",
      names: ["sparse_categorical_crossentropy"], targets: .classes,
      parameters: "from_logits=False, ignore_class=None"
    ) { a, reduction in
      let logits = try a?.bool(1) ?? false
      return CrossEntropy(
        logits ? .logits : .probabilities(epsilon: 1e-7), ignoredClass: try a?.optionalInt(2),
        reduction: reduction)
    },
    Kind(
      type: "CategoricalCrossentropy",
      doc: "-log of the probability of the right class; targets are one-hot rows.",
      names: ["categorical_crossentropy"], targets: .oneHot,
      parameters: "from_logits=False, label_smoothing=0.0"
    ) { a, reduction in
      let logits = try a?.bool(1) ?? false
      return CrossEntropy(
        logits ? .logits : .probabilities(epsilon: 1e-7),
        labelSmoothing: try a?.double(2) ?? 0, ignoredClass: nil, reduction: reduction)
    },
    Kind(
      type: "BinaryCrossentropy", doc: "-log of the probability of the right answer, yes (1) or no (0).",
      names: ["binary_crossentropy"], targets: .values, parameters: "from_logits=False"
    ) { a, reduction in
      BinaryCrossEntropy(fromLogits: try a?.bool(1) ?? false, epsilon: 1e-7, reduction: reduction)
    },
    Kind(
      type: "MeanSquaredError", doc: "The mean of (y_true - y_pred)^2.",
      names: ["mean_squared_error", "mse", "MSE"], targets: .values, parameters: ""
    ) { _, reduction in MeanSquaredError(reduction: reduction) },
    Kind(
      type: "MeanAbsoluteError", doc: "The mean of |y_true - y_pred|.",
      names: ["mean_absolute_error", "mae", "MAE"], targets: .values, parameters: ""
    ) { _, reduction in MeanAbsoluteError(reduction: reduction) },
    Kind(
      type: "Huber", doc: "Quadratic up to a distance of delta, linear beyond.",
      names: ["huber"], targets: .values, parameters: "delta=1.0"
    ) { a, reduction in HuberLoss(delta: try a?.double(1) ?? 1, reduction: reduction) },
  ]

  static let names = kinds.flatMap(\.names)

  /// A name or an object.
  static func read(_ value: Value, _ machine: Machine) throws -> KerasLoss {
    if let object = value.asInstance as? KerasLoss { return object }
    if let text = value.swiftString {
      guard
        let kind = kinds.first(where: {
          $0.names.contains(text) || $0.type == text || $0.names.contains(KerasNames.snakeCase(text))
        })
      else { throw KerasIdentifier.unknown("loss", text, known: names) }
      guard let table = tables.first(where: { $0.name == kind.type }) else {
        throw KerasIdentifier.unknown("loss", text, known: names)
      }
      let loss = KerasLoss(machine.type(table))
      loss.loss = try kind.make(nil, .mean)
      loss.targets = kind.targets
      loss.name = kind.names.first ?? text
      return loss
    }
    let hint = "There are: " + names.joined(separator: ", ") + "."
    if let type = value.asType, type.module == "keras.losses" {
      throw Raise(
        .valueError, "Could not interpret loss identifier: <class '\(type.name)'>",
        hint: "a class stands here: pass its object, \(type.name)()")
    }
    throw Raise(
      .valueError, "Could not interpret loss identifier: \(try machine.repr(value))",
      hint: "a loss is a name or an object of keras.losses. " + hint)
  }

  private static func reduction(_ value: Value, _ machine: Machine) throws -> LossReduction {
    switch value.swiftString {
    case nil where value.isNone, "none": return .none
    case "sum_over_batch_size", "mean", "auto": return .mean
    case "sum": return .sum
    default:
      throw Raise(
        .valueError, "Invalid value for argument `reduction`. Expected one of "
          + "{'sum', 'sum_over_batch_size', 'mean', 'none', None}. Received: reduction="
          + (try machine.repr(value)))
    }
  }

  static let tables: [TypeTable] = kinds.map { kind in
    let head = kind.parameters.isEmpty ? "self" : "self, " + kind.parameters
    return TypeTable(
      kind.type, module: "keras.losses", doc: kind.doc, isSubclassable: false,
      allocate: { KerasLoss($0) },
      properties: [
        NativeProperty("name", "The name.") { value, _ in
          .string((value.asInstance as? KerasLoss)?.name ?? "")
        }
      ],
      methods: [
        Native(
          "__init__(\(head), reduction='sum_over_batch_size', name=None)", kind.doc,
          example: "keras.losses.\(kind.type)()"
        ) { a in
          let object = try a.receiver(KerasLoss.self)
          object.loss = try kind.make(a, reduction(a[a.count - 2], a.machine))
          object.targets = kind.targets
          object.name = try a.optionalString(a.count - 1) ?? kind.names.first ?? kind.type
          return .none
        },
        Native("__call__(self, y_true, y_pred, sample_weight=None)", "The loss, as a tensor.") { a in
          let object = try a.receiver(KerasLoss.self)
          let prediction = try KerasData.differentiable(a[2], a.machine)
          let target = try KerasData.targets(a[1], a.machine)
          let weights = try a[3].isNone ? nil : KerasData.floats(a[3], a.machine)
          let loss = try object.loss(
            prediction, Trainer.target(target, for: prediction), weights: weights)
          return a.machine.torchValue(loss)
        },
        Native("__repr__(self)", "The loss with its name.") { a in
          let object = try a.receiver(KerasLoss.self)
          return .string("<keras.losses.\(kind.type) name=\(object.name)>")
        },
      ])
  }

  /// Targets that the outputs' shape can be judged by.
  static func check(
    _ loss: KerasLoss, _ y: Tensor, output: [Int?], _ model: KerasModel
  ) throws {
    let outputs = output.last ?? nil
    func shapes() -> String {
      "y has shape \(KerasShape.text(y.shape.map { $0 })), the model gives \(KerasShape.text(output))"
    }
    switch loss.targets {
    case .oneHot:
      if y.shape.count == output.count, y.shape.last == outputs { return }
      let isClasses = y.rank == 1 || (y.rank == 2 && y.shape[1] == 1)
      throw Raise(
        .valueError,
        "Arguments `target` and `output` must have the same shape: \(shapes())",
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
      let sizes = output.dropFirst().map { $0 }
      let rest = y.shape.dropFirst().map { Optional($0) }
      if sizes == rest || (rest.isEmpty && sizes.count == 1 && outputs == 1) { return }
      if sizes.isEmpty && rest == [1] { return }
      throw Raise(
        .valueError, "the loss compares y with the outputs number by number: \(shapes())",
        hint: rest.isEmpty
          ? "the last layer gives \(outputs ?? 0) numbers for one target: Dense(1) is a regression; for "
            + "classes use loss='sparse_categorical_crossentropy'"
          : "the last layer needs as many units as y has columns")
    }
  }
}

extension KerasData {
  /// Predictions that gradients may flow to.
  static func differentiable(_ value: Value, _ machine: Machine) throws -> Tensor {
    if let object = value.asTensorObject, object.flavor == .torch { return object.tensor }
    return try floats(value, machine)
  }
}
