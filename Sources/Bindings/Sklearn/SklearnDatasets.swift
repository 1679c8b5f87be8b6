import Classical
import Language
import TensorCore

/// `sklearn.datasets`: the data sets that ship with the program.
enum SklearnDatasets {
  static let rows: [Native] = [
    loader("load_digits", "1797 pictures of handwritten digits, 8 x 8.") { try .digits() },
    loader("load_iris", "150 irises of three species, four measures each.") { try .iris() },
    loader("load_wine", "178 wines of three growers, 13 measures each.") { try .wine() },
    loader("load_breast_cancer", "569 tumours, benign or malignant, 30 measures each.") {
      try .breastCancer()
    },
    Native(
      "load_diabetes(*, return_X_y: bool = False, as_frame: bool = False, scaled: bool = True)",
      "442 patients: ten measures and how the disease went on.",
      example: "load_diabetes().data.shape"
    ) { a in
      try bunch(try .diabetes(scaled: try a.bool(2)), a)
    },
  ]

  static let table = ModuleTable(
    "sklearn.datasets", doc: "Data sets that ship with the program.",
    entries: rows.map { .function($0) } + [.type(Bunch.table)])

  private static func loader(
    _ name: String, _ doc: String, _ load: @escaping @Sendable () throws -> Dataset
  ) -> Native {
    Native(
      "\(name)(*, return_X_y: bool = False, as_frame: bool = False)", doc,
      example: "\(name)().data.shape"
    ) { a in try bunch(try load(), a) }
  }

  private static func bunch(_ set: Dataset, _ a: Arguments) throws -> Value {
    let machine = a.machine
    let data = try machine.ndarray(
      set.data.values, shape: [set.data.rows, set.data.columns])
    let target: Value
    switch set.target {
    case .classes(let classes): target = try machine.ndarray(classes)
    case .values(let values): target = try machine.ndarray(values)
    }
    if try a.bool(1) {
      throw Raise(
        .notImplementedError, "\(a.function.name)(as_frame=True) is not there yet",
        hint: "The bunch has data, target and feature_names.")
    }
    if try a.bool(0) { return .tuple([data, target]) }
    let bunch = Instance(machine.type(Bunch.table))
    bunch.setOwn("data", data)
    bunch.setOwn("target", target)
    if let shape = set.imageShape {
      bunch.setOwn(
        "images",
        try machine.ndarray(set.data.values, shape: [set.data.rows, shape.height, shape.width]))
    }
    bunch.setOwn("feature_names", .list(set.featureNames.map { .string($0) }))
    if !set.targetNames.isEmpty {
      let isDigits = set.name == "digits"
      bunch.setOwn(
        "target_names",
        isDigits
          ? try machine.ndarray(Array(0..<set.targetNames.count))
          : machine.textArray(set.targetNames))
    }
    bunch.setOwn("DESCR", .string(set.description))
    return .object(bunch)
  }
}
