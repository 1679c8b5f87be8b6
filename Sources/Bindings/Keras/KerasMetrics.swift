import Language
import NeuralNetworks
import TensorCore

/// `keras.metrics.SparseCategoricalAccuracy()`: a metric of the library under Keras's names.
final class KerasMetric: Instance {
  var metric = Metric.accuracy
}

enum KerasMetrics {
  /// Names that `compile(metrics=[...])` takes.
  static let names = [
    "accuracy", "acc", "sparse_categorical_accuracy", "categorical_accuracy", "binary_accuracy",
    "mae", "mean_absolute_error", "mse", "mean_squared_error",
  ]

  static func read(_ value: Value, _ machine: Machine) throws -> Metric {
    if let object = value.asInstance as? KerasMetric { return object.metric }
    if let text = value.swiftString {
      if let found = Metric(name: text) ?? Metric(name: KerasNames.snakeCase(text)) {
        return found.named(text)
      }
      throw KerasIdentifier.unknown("metric", text, known: names)
    }
    throw Raise(
      .valueError, "Could not interpret metric identifier: \(try machine.repr(value))",
      hint: "There are: " + names.joined(separator: ", ") + ".")
  }

  /// The `metrics=` of `compile`: a list, or one alone.
  static func list(_ value: Value, _ machine: Machine) throws -> [Metric] {
    if value.isNone || value.isUndefined { return [] }
    if value.swiftString != nil || value.asInstance is KerasMetric {
      return [try read(value, machine)]
    }
    guard value.asList != nil || value.asTuple != nil else {
      throw Raise(
        .valueError, "metrics is a list of names or metrics, got \(machine.typeName(value))",
        hint: "metrics=['accuracy']")
    }
    return try machine.array(value).map { try read($0, machine) }
  }

  private static func table(
    _ type: String, _ doc: String, _ name: String, _ parameters: String = "",
    _ make: @escaping (Arguments) throws -> Metric
  ) -> TypeTable {
    TypeTable(
      type, module: "keras.metrics", doc: doc, isSubclassable: false,
      allocate: { KerasMetric($0) },
      properties: [
        NativeProperty("name", "The name in logs and histories.") { value, _ in
          .string((value.asInstance as? KerasMetric)?.metric.name ?? "")
        }
      ],
      methods: [
        Native(
          "__init__(self, name='\(name)'" + (parameters.isEmpty ? ")" : ", \(parameters))"), doc,
          example: "keras.metrics.\(type)()"
        ) { a in
          try a.receiver(KerasMetric.self).metric = make(a).named(a.string(1))
          return .none
        },
        Native("__call__(self, y_true, y_pred)", "The mean over rows, as a tensor.") { a in
          let metric = try a.receiver(KerasMetric.self).metric
          let value = try metric.mean(
            KerasData.floats(a[2], a.machine), KerasData.targets(a[1], a.machine))
          return a.machine.torchValue(try Tensor(.double(value), dtype: .float32))
        },
        Native("__repr__(self)", "The metric with its name.") { a in
          let metric = try a.receiver(KerasMetric.self).metric
          return .string("<\(type) name=\(metric.name)>")
        },
      ])
  }

  static let tables: [TypeTable] = [
    table(
      "SparseCategoricalAccuracy", "The share of rows whose largest output is the class in y.",
      "sparse_categorical_accuracy") { _ in .sparseCategoricalAccuracy },
    table(
      "CategoricalAccuracy", "The share of rows whose largest output is where y has its 1.",
      "categorical_accuracy") { _ in .categoricalAccuracy },
    table(
      "BinaryAccuracy", "The share of outputs on the right side of a threshold.",
      "binary_accuracy", "threshold=0.5") { .binaryAccuracy(threshold: try $0.double(2)) },
    table("MeanSquaredError", "The mean of (y_true - y_pred)^2.", "mean_squared_error") { _ in
      .meanSquaredError
    },
    table("MeanAbsoluteError", "The mean of |y_true - y_pred|.", "mean_absolute_error") { _ in
      .meanAbsoluteError
    },
  ]
}
