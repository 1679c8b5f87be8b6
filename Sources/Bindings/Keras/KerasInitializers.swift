import Language
import NeuralNetworks
import TensorCore

/// `keras.initializers`: rules for the first values of weights.
final class KerasInitializer: Instance {
  var rule = Initializer.zeros
  var config: [(name: String, value: Value)] = []
}

enum KerasInitializerDoor {
  static let names = NeuralNetworks.KerasInitializers.named.map(\.name)

  static func read(_ value: Value, _ machine: Machine) throws -> Initializer {
    if value.isNone || value.isUndefined { return .zeros }
    if let name = value.swiftString {
      if let found = NeuralNetworks.KerasInitializers.rule(KerasNames.snakeCase(name)) { return found }
      throw KerasIdentifier.unknown("initializer", name, known: names)
    }
    if value.asDict?["class_name"] != nil {
      return try read(KerasConfig.deserialized(value, machine, module: "keras.initializers"), machine)
    }
    if let object = value.asInstance as? KerasInitializer {
      if object.type.lookup("__call__")?.object is FunctionObject { return program(value, machine) }
      return object.rule
    }
    if let type = value.asType, type.lineage.contains(where: { $0 === machine.type(base) }) {
      return try read(machine.call(value), machine)
    }
    if machine.isCallable(value) { return program(value, machine) }
    throw Raise(
      .valueError, "Could not interpret initializer identifier: \(try machine.repr(value))",
      hint: "an initializer is a name or an object of keras.initializers. There are: "
        + names.joined(separator: ", ") + ".")
  }

  /// A function of (shape, dtype).
  private static func program(_ value: Value, _ machine: Machine) -> Initializer {
    nonisolated(unsafe) let function = value
    nonisolated(unsafe) let machine = machine
    return Initializer("custom") { tensor, _, _ in
      let made = try machine.call(
        function, [KerasShape.value(tensor.shape.map { $0 })],
        keywords: [("dtype", .string(tensor.dtype.name))])
      try tensor.copy(from: machine.kerasTensor(made).reshape(tensor.shape))
    }
  }

  static let base = TypeTable(
    "Initializer", module: "keras.initializers", doc: "A rule for first values.",
    allocate: { KerasInitializer($0) },
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self)", "A rule of one's own: define __call__(self, shape, dtype=None).") { _ in .none },
      Native("__call__(self, shape, dtype=None)", "Values of a shape.") { a in
        let object = try a.receiver(KerasInitializer.self)
        let shape = try KerasShape.read(a[1], a.machine, "Initializer").map { $0 ?? 1 }
        let tensor = try Tensor.zeros(shape)
        do {
          try object.rule(tensor, NeuralNetworks.KerasInitializers.fans(shape))
        } catch let error as NeuralNetworkError {
          throw KerasErrors.translate(error, nil)
        }
        return a.machine.kerasValue(tensor)
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let dict = DictObject()
        let object = try a.receiver(KerasInitializer.self)
        if object.type.module == "keras.initializers" {
          return .object(KerasConfig.initializer(object.type.name, object.config))
        }
        for (name, value) in object.config { dict[name] = value }
        return .object(dict)
      },
    ])

  private static func table(
    _ name: String, _ doc: String, _ parameters: String = "",
    _ make: @escaping (KerasNamed) throws -> Initializer
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.initializers", doc: doc, base: base, allocate: { KerasInitializer($0) },
      methods: [
        Native(
          "__init__(self" + (parameters.isEmpty ? "" : ", " + parameters) + ", seed=None)", doc,
          example: "keras.initializers.\(name)()"
        ) { a in
          let n = KerasNamed(a)
          let object = try a.receiver(KerasInitializer.self)
          let rule = try make(n)
          object.config = n.names.filter { $0 != "self" }.map { ($0, n[$0]) }
          // A seed of its own: the same values for the same shape.
          if let seed = try n.optionalInt("seed") {
            object.rule = Initializer(rule.name) { tensor, fans, _ in
              try rule(tensor, fans, generator: Generator(seed: UInt64(bitPattern: Int64(seed))))
            }
          } else {
            object.rule = rule
          }
          return .none
        }
      ])
  }

  private static func named(_ name: String) -> Initializer {
    NeuralNetworks.KerasInitializers.rule(name) ?? .zeros
  }

  /// The object of a name: `keras.initializers.get('zeros')`.
  static let get = Native("get(identifier)", "The initializer of a name.", example: "keras.initializers.get('zeros')") { a in
    if a[0].isNone || a[0].asInstance is KerasInitializer { return a[0] }
    if let text = a[0].swiftString, let name = KerasConfigKeys.initializers[KerasNames.snakeCase(text)],
      let table = tables.first(where: { $0.name == name })
    { return try a.machine.call(.object(a.machine.type(table))) }
    let object = KerasInitializer(a.machine.type(base))
    object.rule = try read(a[0], a.machine)
    return .object(object)
  }

  static let tables: [TypeTable] = [
    base,
    table("Zeros", "All 0.") { _ in .zeros },
    table("Ones", "All 1.") { _ in .ones },
    table("Constant", "All the same value.", "value=0.0") { .constant(try $0.double("value")) },
    table("RandomUniform", "Even numbers between two bounds.", "minval=-0.05, maxval=0.05") {
      .uniform(try $0.double("minval"), try $0.double("maxval"))
    },
    table("RandomNormal", "Normal numbers.", "mean=0.0, stddev=0.05") {
      .normal(try $0.double("mean"), try $0.double("stddev"))
    },
    table("TruncatedNormal", "Normal numbers, none beyond two deviations.", "mean=0.0, stddev=0.05") {
      NeuralNetworks.KerasInitializers.truncatedNormal(try $0.double("mean"), try $0.double("stddev"))
    },
    table("VarianceScaling", "Numbers whose variance is scale / fan.", "scale=1.0, mode='fan_in', distribution='truncated_normal'") {
      n in
      let mode = try n.choice("mode", ["fan_in", "fan_out", "fan_avg"])
      let kind = try n.choice("distribution", ["truncated_normal", "untruncated_normal", "uniform", "normal"])
      return NeuralNetworks.KerasInitializers.varianceScaling(
        try n.double("scale"), .init(rawValue: mode) ?? .fanIn,
        .init(rawValue: kind == "normal" ? "truncated_normal" : kind) ?? .truncated)
    },
    table("GlorotUniform", "Even numbers of +-sqrt(6 / (inputs + outputs)).") { _ in named("glorot_uniform") },
    table("GlorotNormal", "Normal numbers with variance 2 / (inputs + outputs).") { _ in named("glorot_normal") },
    table("HeUniform", "Even numbers of +-sqrt(6 / inputs), for ReLU.") { _ in named("he_uniform") },
    table("HeNormal", "Normal numbers with variance 2 / inputs, for ReLU.") { _ in named("he_normal") },
    table("LecunUniform", "Even numbers of +-sqrt(3 / inputs).") { _ in named("lecun_uniform") },
    table("LecunNormal", "Normal numbers with variance 1 / inputs.") { _ in named("lecun_normal") },
    table("Orthogonal", "Rows or columns at right angles.", "gain=1.0") {
      NeuralNetworks.KerasInitializers.orthogonal(try $0.double("gain"))
    },
    table("Identity", "Ones on the diagonal.", "gain=1.0") {
      NeuralNetworks.KerasInitializers.identity(try $0.double("gain"))
    },
  ]
}

/// `keras.regularizers`.
final class KerasRegularizer: Instance {
  var rule: Regularizer?
}

enum KerasRegularizers {
  static func read(_ value: Value, _ machine: Machine) throws -> Regularizer {
    if let name = value.swiftString {
      if let found = Regularizer(name: name.lowercased()) { return found }
      throw KerasIdentifier.unknown("regularizer", name, known: ["l1", "l2", "l1_l2"])
    }
    if value.asDict?["class_name"] != nil {
      return try read(KerasConfig.deserialized(value, machine, module: "keras.regularizers"), machine)
    }
    if let object = value.asInstance as? KerasRegularizer {
      if object.type.lookup("__call__")?.object is FunctionObject { return program(value, machine) }
      if let rule = object.rule { return rule }
    }
    if machine.isCallable(value), value.asType == nil { return program(value, machine) }
    throw Raise(
      .valueError, "Could not interpret regularizer identifier: \(try machine.repr(value))",
      hint: "keras.regularizers.l2(0.01), or 'l2'")
  }

  private static func program(_ value: Value, _ machine: Machine) -> Regularizer {
    nonisolated(unsafe) let function = value
    nonisolated(unsafe) let machine = machine
    return Regularizer("custom") { weight in
      try machine.kerasTensor(machine.call(function, [machine.kerasValue(weight)]))
    }
  }

  static func value(_ rule: Regularizer, _ machine: Machine) -> Value {
    let object = KerasRegularizer(machine.type(base))
    object.rule = rule
    return .object(object)
  }

  static let base = TypeTable(
    "Regularizer", module: "keras.regularizers", doc: "A price on the size of weights.",
    allocate: { KerasRegularizer($0) },
    missingAttribute: { instance, name, _ in
      (instance as? KerasRegularizer)?.rule?.settings.first { $0.name == name }.map { .float($0.value) }
    },
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self)", "A rule of one's own: define __call__(self, x).") { _ in .none },
      Native("__call__(self, x)", "The price of a tensor.") { a in
        guard let rule = try a.receiver(KerasRegularizer.self).rule else {
          throw Raise(.notImplementedError, "the regularizer defines no __call__")
        }
        return a.machine.kerasValue(try rule(a.machine.kerasTensor(a[1])))
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let dict = DictObject()
        for (name, value) in try a.receiver(KerasRegularizer.self).rule?.settings ?? [] {
          dict[name] = .float(value)
        }
        return .object(dict)
      },
    ])

  private static func table(
    _ name: String, _ doc: String, _ parameters: String, _ make: @escaping (KerasNamed) throws -> Regularizer
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.regularizers", doc: doc, base: base, allocate: { KerasRegularizer($0) },
      methods: [
        Native("__init__(self, \(parameters))", doc, example: "keras.regularizers.\(name)()") { a in
          try a.receiver(KerasRegularizer.self).rule = make(KerasNamed(a))
          return .none
        }
      ])
  }

  static let tables: [TypeTable] = [
    base,
    table("L1", "l1 * sum(|w|).", "l1=0.01") { .l1l2(try $0.double("l1"), 0, name: "L1") },
    table("L2", "l2 * sum(w^2).", "l2=0.01") { .l1l2(0, try $0.double("l2"), name: "L2") },
    table("L1L2", "l1 * sum(|w|) + l2 * sum(w^2).", "l1=0.0, l2=0.0") {
      .l1l2(try $0.double("l1"), try $0.double("l2"))
    },
    table("OrthogonalRegularizer", "Rows (or columns) at right angles cost nothing.", "factor=0.01, mode='rows'") {
      .orthogonal(try $0.double("factor"), rows: try $0.choice("mode", ["rows", "columns"]) == "rows")
    },
  ]
}

/// `keras.constraints`.
final class KerasConstraint: Instance {
  var rule: Constraint?
}

enum KerasConstraints {
  static func read(_ value: Value, _ machine: Machine) throws -> Constraint {
    if let name = value.swiftString {
      if let found = Constraint(name: name) { return found }
      throw KerasIdentifier.unknown(
        "constraint", name, known: ["max_norm", "non_neg", "unit_norm", "min_max_norm"])
    }
    if value.asDict?["class_name"] != nil {
      return try read(KerasConfig.deserialized(value, machine, module: "keras.constraints"), machine)
    }
    if let object = value.asInstance as? KerasConstraint, let rule = object.rule { return rule }
    if machine.isCallable(value), value.asType == nil {
      nonisolated(unsafe) let function = value
      nonisolated(unsafe) let machine = machine
      return Constraint("custom") { weight in
        try machine.kerasTensor(machine.call(function, [machine.kerasValue(weight)]))
      }
    }
    throw Raise(
      .valueError, "Could not interpret constraint identifier: \(try machine.repr(value))",
      hint: "keras.constraints.MaxNorm(3), or 'max_norm'")
  }

  static let base = TypeTable(
    "Constraint", module: "keras.constraints", doc: "What weights are brought back to after each step.",
    allocate: { KerasConstraint($0) },
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self)", "A rule of one's own: define __call__(self, w).") { _ in .none },
      Native("__call__(self, w)", "The tensor, brought back.") { a in
        guard let rule = try a.receiver(KerasConstraint.self).rule else {
          throw Raise(.notImplementedError, "the constraint defines no __call__")
        }
        return a.machine.kerasValue(try rule(a.machine.kerasTensor(a[1])))
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let dict = DictObject()
        for (name, value) in try a.receiver(KerasConstraint.self).rule?.settings ?? [] {
          dict[name] = .float(value)
        }
        return .object(dict)
      },
    ])

  private static func table(
    _ name: String, _ doc: String, _ parameters: String, _ make: @escaping (KerasNamed) throws -> Constraint
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.constraints", doc: doc, base: base, allocate: { KerasConstraint($0) },
      methods: [
        Native(
          "__init__(self\(parameters.isEmpty ? "" : ", " + parameters))", doc,
          example: "keras.constraints.\(name)()"
        ) { a in
          try a.receiver(KerasConstraint.self).rule = make(KerasNamed(a))
          return .none
        }
      ])
  }

  private static func axes(_ n: KerasNamed) throws -> [Int] {
    if let one = try n.machine.index(n["axis"]) { return [one] }
    return try n.machine.sizes(n["axis"], "axis")
  }

  static let tables: [TypeTable] = [
    base,
    table("MaxNorm", "Columns no longer than max_value.", "max_value=2, axis=0") {
      .maxNorm(try $0.double("max_value"), axes: try axes($0))
    },
    table("NonNeg", "Negative weights become 0.", "") { _ in .nonNegative },
    table("UnitNorm", "Columns of length 1.", "axis=0") { .unitNorm(axes: try axes($0)) },
    table("MinMaxNorm", "Columns of lengths between two bounds.", "min_value=0.0, max_value=1.0, rate=1.0, axis=0") {
      .minMaxNorm(
        try $0.double("min_value"), try $0.double("max_value"), rate: try $0.double("rate"),
        axes: try axes($0))
    },
  ]
}
