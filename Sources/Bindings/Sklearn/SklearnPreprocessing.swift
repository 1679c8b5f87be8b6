import Classical
import Language
import TensorCore

/// `sklearn.preprocessing.LabelEncoder`.
final class LabelEncoderObject: Instance {
  var labels: ClassLabels?
}

/// `sklearn.preprocessing`.
enum SklearnPreprocessing {
  static let table = ModuleTable(
    "sklearn.preprocessing", doc: "Scaling of features, numbers for labels.",
    entries: EstimatorTable.entries("sklearn.preprocessing") + [.type(labelEncoder)])

  private static func fitted(_ a: Arguments) throws -> ClassLabels {
    guard let labels = try a.receiver(LabelEncoderObject.self).labels else {
      throw SklearnErrors.notFitted("LabelEncoder", a.machine)
    }
    return labels
  }

  private static func fit(_ a: Arguments) throws -> ClassLabels {
    let encoder = try a.receiver(LabelEncoderObject.self)
    let labels = try ClassLabels(
      a[1], SklearnInput(estimator: "LabelEncoder", machine: a.machine), discrete: false)
    encoder.labels = labels
    encoder.setOwn("classes_", try labels.classes(a.machine))
    return labels
  }

  private static let labelEncoder = TypeTable(
    "LabelEncoder", module: "sklearn.preprocessing", doc: "Numbers labels in sorted order.",
    allocate: { LabelEncoderObject($0) },
    methods: [
      Native("__init__(self)", "Nothing to set.") { _ in .none },
      Native("__repr__(self)", "The encoder.") { _ in .string("LabelEncoder()") },
      Native("get_params(self, deep: bool = True)", "No hyperparameters.") { _ in .object(DictObject()) },
      Native("fit(self, y)", "Learns the labels.") { a in
        _ = try fit(a)
        return a[0]
      },
      Native("fit_transform(self, y)", "Learns the labels and numbers them.") { a in
        try a.machine.ndarray(try fit(a).codes)
      },
      Native("transform(self, y)", "The numbers of labels.") { a in
        let labels = try fitted(a)
        let codes = try labels.encode(a[1], a.machine)
        if codes.contains(-1) {
          let given = try ClassLabels(
            a[1], SklearnInput(estimator: "LabelEncoder", machine: a.machine), discrete: false)
          let unknown = Set(zip(codes, given.codes).filter { $0.0 < 0 }.map(\.1)).sorted()
          let shown = try unknown.map { try given.shown($0, a.machine) }.joined(separator: ", ")
          throw Raise(.valueError, "y contains previously unseen labels: \(shown)")
        }
        return try a.machine.ndarray(codes)
      },
      Native("inverse_transform(self, y)", "The labels of numbers.") { a in
        let labels = try fitted(a)
        let codes = try a.machine.ints(a[1])
        let unknown = codes.filter { !(0..<labels.count).contains($0) }
        guard unknown.isEmpty else {
          throw Raise(
            .valueError,
            "y contains previously unseen labels: \(try a.machine.repr(a.machine.ndarray(Set(unknown).sorted())))")
        }
        return try labels.labels(codes, a.machine)
      },
    ])
}
