import Language
import NeuralNetworks
import TensorCore

/// `keras.optimizers.Adam(...)`: settings, and the optimizer of the library once a model is trained.
final class KerasOptimizer: Instance {
  enum Kind: String, CaseIterable {
    case sgd = "SGD"
    case adam = "Adam"
    case adamW = "AdamW"
  }

  var rule = Kind.sgd
  var name = ""
  var settings = Hyperparameters(learningRate: 0.01)
  /// The library's optimizer for the parameters it was made for.
  private(set) var built: Optimizer?

  var learningRate: Double {
    get { built?.learningRate ?? settings.learningRate }
    set {
      settings.learningRate = newValue
      built?.learningRate = newValue
    }
  }

  /// The optimizer for these parameters; what it remembers stays from one `fit` to the next.
  func optimizer(for parameters: [Tensor]) throws -> Optimizer {
    if let built, built.groups.flatMap(\.parameters).elementsEqual(parameters, by: ===) {
      return built
    }
    let group = ParameterGroup(parameters, settings)
    let made: Optimizer =
      switch rule {
      case .sgd: try SGD(groups: [group])
      case .adam, .adamW:
        // Keras's Adam decays apart from the gradient too.
        try Adam(groups: [group], decoupled: true, epsilonOutsideCorrection: true)
      }
    built = made
    return made
  }

  /// Variables that Keras counts in summaries: two of the optimizer, and the moments.
  var variableCount: Int? {
    guard let built else { return nil }
    let size = built.groups.flatMap(\.parameters).reduce(0) { $0 + $1.count }
    switch rule {
    case .sgd: return 2 + (settings.momentum > 0 ? size : 0)
    case .adam, .adamW: return 2 + 2 * size
    }
  }
}

enum KerasOptimizers {
  static let names = ["adam", "adamw", "sgd"]

  /// A name or an object.
  static func read(_ value: Value, _ machine: Machine) throws -> KerasOptimizer {
    if let object = value.asInstance as? KerasOptimizer { return object }
    if let text = value.swiftString {
      let folded = text.lowercased()
      guard let table = tables.first(where: { $0.name.lowercased() == folded }),
        let made = try machine.call(.object(machine.type(table))).asInstance as? KerasOptimizer
      else { throw KerasIdentifier.unknown("optimizer", text, known: names) }
      return made
    }
    if let type = value.asType, type.lineage.contains(where: { $0 === machine.type(base) }) {
      throw Raise(
        .valueError, "Could not interpret optimizer identifier: <class '\(type.name)'>",
        hint: "a class stands here: pass its object, \(type.name)()")
    }
    throw Raise(
      .valueError, "Could not interpret optimizer identifier: \(try machine.repr(value))",
      hint: "There are: " + names.joined(separator: ", ") + ".")
  }

  private static func of(_ value: Value) throws -> KerasOptimizer {
    guard let object = value.asInstance as? KerasOptimizer else {
      throw Raise(.typeError, "an optimizer is needed")
    }
    return object
  }

  static let base = TypeTable(
    "Optimizer", module: "keras.optimizers", doc: "What changes weights by their gradients.",
    isSubclassable: false, allocate: { KerasOptimizer($0) },
    properties: [
      NativeProperty("name", "The name.") { value, _ in .string(try of(value).name) },
      NativeProperty(
        "learning_rate", "The step size, a variable; assign a number to change it.",
        get: { value, machine in
          let optimizer = try of(value)
          return KerasVariable.make(
            "\(optimizer.name)/learning_rate", machine, get: { optimizer.learningRate },
            set: { try set(optimizer, $0) })
        },
        set: { value, new, machine in
          guard let rate = try machine.float(new) else {
            throw Raise(
              .typeError, "learning_rate must be a number, got \(machine.typeName(new))")
          }
          try set(of(value), rate)
        }),
      NativeProperty("iterations", "Steps taken.") { value, _ in
        .int(try of(value).built?.stepCount ?? 0)
      },
    ],
    methods: [
      Native("get_config(self)", "The settings as a dict.") { a in
        let optimizer = try of(a[0])
        let dict = DictObject()
        dict["name"] = .string(optimizer.name)
        dict["learning_rate"] = .float(Double(Float(optimizer.learningRate)))
        dict["weight_decay"] =
          optimizer.settings.weightDecay == 0 ? Value.none : .float(optimizer.settings.weightDecay)
        if optimizer.rule == .sgd {
          dict["momentum"] = .float(optimizer.settings.momentum)
          dict["nesterov"] = .bool(optimizer.settings.nesterov)
        } else {
          dict["beta_1"] = .float(optimizer.settings.beta1)
          dict["beta_2"] = .float(optimizer.settings.beta2)
          dict["epsilon"] = .float(optimizer.settings.epsilon)
        }
        return .object(dict)
      },
      Native("__repr__(self)", "The optimizer with its step size.") { a in
        let optimizer = try of(a[0])
        return .string(
          "<keras.optimizers.\(optimizer.rule.rawValue) name=\(optimizer.name), "
            + "learning_rate=\(try a.machine.repr(.float(optimizer.learningRate)))>")
      },
    ])

  private static func set(_ optimizer: KerasOptimizer, _ rate: Double) throws {
    guard rate.isFinite, rate >= 0 else {
      throw Raise(.valueError, "learning_rate must be at least 0, got \(rate)")
    }
    optimizer.learningRate = rate
  }

  private static func table(
    _ kind: KerasOptimizer.Kind, _ doc: String, _ parameters: String,
    _ read: @escaping (Arguments, inout Hyperparameters) throws -> Void
  ) -> TypeTable {
    TypeTable(
      kind.rawValue, module: "keras.optimizers", doc: doc, base: base, isSubclassable: false,
      allocate: { KerasOptimizer($0) },
      methods: [
        Native(
          "__init__(self, \(parameters))", doc,
          example: "keras.optimizers.\(kind.rawValue)(learning_rate=0.01)"
        ) { a in
          let optimizer = try of(a[0])
          optimizer.rule = kind
          guard let rate = try a.machine.float(a[1]) else {
            throw Raise(
              .typeError,
              "\(kind.rawValue): learning_rate must be a number, got \(a.machine.typeName(a[1]))")
          }
          try set(optimizer, rate)
          optimizer.settings.epsilon = 1e-7
          try read(a, &optimizer.settings)
          optimizer.name =
            try a.optionalString(a.count - 1)
            ?? a.machine.kerasNames.next(kind.rawValue.lowercased())
          return .none
        }
      ])
  }

  static let tables: [TypeTable] = [
    table(
      .sgd, "Stochastic gradient descent, with momentum if wanted.",
      "learning_rate=0.01, momentum=0.0, nesterov=False, name=None"
    ) { a, settings in
      settings.momentum = try a.double(2)
      guard settings.momentum >= 0, settings.momentum <= 1 else {
        throw Raise(.valueError, "`momentum` must be a float between [0, 1].")
      }
      settings.nesterov = try a.bool(3) && settings.momentum > 0
    },
    table(
      .adam, "Adam: steps scaled by running means of the gradients and of their squares.",
      "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, weight_decay=None, name=None",
      adam),
    table(
      .adamW, "Adam with weights that decay apart from the gradients.",
      "learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-07, name=None"
    ) { a, settings in
      settings.weightDecay = try a.optionalDouble(2) ?? 0
      settings.beta1 = try a.double(3)
      settings.beta2 = try a.double(4)
      settings.epsilon = try a.double(5)
    },
  ]

  private static func adam(_ a: Arguments, _ settings: inout Hyperparameters) throws {
    settings.beta1 = try a.double(2)
    settings.beta2 = try a.double(3)
    settings.epsilon = try a.double(4)
    settings.weightDecay = try a.optionalDouble(5) ?? 0
  }
}
