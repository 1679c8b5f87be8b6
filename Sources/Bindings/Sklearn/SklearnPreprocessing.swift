import Classical
import Language
import TensorCore

/// A scaler of the library as an object of the language.
final class ScalerObject: Instance {
  enum Scaler {
    case standard(StandardScaler)
    case minMax(MinMaxScaler)
  }
  var scaler = Scaler.standard(StandardScaler())

  func fit(_ x: Samples) throws {
    switch scaler {
    case .standard(var standard):
      try standard.fit(x)
      scaler = .standard(standard)
    case .minMax(var minMax):
      try minMax.fit(x)
      scaler = .minMax(minMax)
    }
  }

  func transform(_ x: Samples) throws -> Samples {
    switch scaler {
    case .standard(let standard): try standard.transform(x)
    case .minMax(let minMax): try minMax.transform(x)
    }
  }

  func inverse(_ x: Samples) throws -> Samples {
    switch scaler {
    case .standard(let standard): try standard.inverseTransform(x)
    case .minMax(let minMax): try minMax.inverseTransform(x)
    }
  }
}

/// `sklearn.preprocessing`.
enum SklearnPreprocessing {
  static let table = ModuleTable(
    "sklearn.preprocessing", doc: "Scaling of features.",
    entries: [.type(standardScaler), .type(minMaxScaler)])

  private static let methods: [Native] = [
    Native("fit(self, X, y=None)", "Learns the scale of each feature.") { a in
      try a.receiver(ScalerObject.self).fit(try a.machine.samples(a[1]))
      return a[0]
    },
    Native("transform(self, X)", "Scales samples.") { a in
      let scaler = try a.receiver(ScalerObject.self)
      return try a.machine.ndarray(try scaler.transform(try a.machine.samples(a[1])))
    },
    Native("fit_transform(self, X, y=None)", "Learns the scale and scales.") { a in
      let scaler = try a.receiver(ScalerObject.self)
      let x = try a.machine.samples(a[1])
      try scaler.fit(x)
      return try a.machine.ndarray(try scaler.transform(x))
    },
    Native("inverse_transform(self, X)", "Undoes the scaling.") { a in
      let scaler = try a.receiver(ScalerObject.self)
      return try a.machine.ndarray(try scaler.inverse(try a.machine.samples(a[1])))
    },
  ]

  /// A learned attribute; without `fit` there is none.
  private static func learned(
    _ name: String, _ doc: String, _ get: @escaping (ScalerObject.Scaler) -> [Double]?
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, machine in
      guard let scaler = value.asInstance as? ScalerObject, let numbers = get(scaler.scaler) else {
        throw Raise(
          .attributeError,
          "'\(machine.typeName(value))' object has no attribute '\(name)'", hint: "Call fit first.")
      }
      return try machine.ndarray(numbers)
    }
  }

  static let standardScaler = TypeTable(
    "StandardScaler", module: "sklearn.preprocessing",
    doc: "Centres each feature and divides it by its standard deviation.",
    allocate: { ScalerObject($0) },
    properties: [
      learned("mean_", "The mean of each feature.") { scaler in
        if case .standard(let standard) = scaler { standard.fitted?.mean } else { nil }
      },
      learned("var_", "The variance of each feature.") { scaler in
        if case .standard(let standard) = scaler { standard.fitted?.variance } else { nil }
      },
      learned("scale_", "What each feature is divided by.") { scaler in
        if case .standard(let standard) = scaler { standard.fitted?.scale } else { nil }
      },
    ],
    methods: [
      Native(
        "__init__(self, *, copy: bool = True, with_mean: bool = True, with_std: bool = True)",
        "Keeps what to do."
      ) { a in
        try a.receiver(ScalerObject.self).scaler = .standard(
          StandardScaler(withMean: try a.bool(2), withStd: try a.bool(3)))
        return .none
      },
      Native("__repr__(self)", "The scaler.") { _ in .string("StandardScaler()") },
    ] + methods)

  static let minMaxScaler = TypeTable(
    "MinMaxScaler", module: "sklearn.preprocessing",
    doc: "Brings each feature between two bounds.",
    allocate: { ScalerObject($0) },
    methods: [
      Native(
        "__init__(self, feature_range: tuple | list = (0, 1), *, copy: bool = True, clip: bool = False)",
        "Keeps the bounds."
      ) { a in
        let bounds = try a.machine.doubles(a[1])
        guard bounds.count == 2, bounds[0] < bounds[1] else {
          throw Raise(
            .valueError,
            "Minimum of desired feature range must be smaller than maximum. Got "
              + "\(try a.machine.repr(a[1])).")
        }
        try a.receiver(ScalerObject.self).scaler = .minMax(
          MinMaxScaler(low: bounds[0], high: bounds[1], clip: try a.bool(3)))
        return .none
      },
      Native("__repr__(self)", "The scaler.") { _ in .string("MinMaxScaler()") },
    ] + methods)
}
