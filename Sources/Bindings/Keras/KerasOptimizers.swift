import Language
import NeuralNetworks
import TensorCore

/// `keras.optimizers.Adam(...)`: settings, and the optimizer of the library once there are weights.
final class KerasOptimizer: Instance {
  var rule = KerasOptimizerRule.Rule.sgd
  var name = ""
  var settings = Hyperparameters(learningRate: 0.01)
  var extra = KerasOptimizerRule.Extra()
  var clipping = GradientClipping()
  /// A rate that depends on the step.
  var schedule: KerasSchedule?
  /// A schedule of the program, called with the step.
  var program: Value?
  /// What `learning_rate` was given as, where it is an object.
  var scheduleValue: Value?
  var config: [(name: String, value: Value)] = []
  private(set) var built: KerasOptimizerRule?
  /// Steps taken.
  private(set) var iterations = 0

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let program { visitor.visit(program) }
    if let scheduleValue { visitor.visit(scheduleValue) }
  }

  var isScheduled: Bool { schedule != nil || program != nil }

  /// Keras's rate is a float32.
  func currentRate(_ machine: Machine) throws -> Double {
    if let schedule { return Double(Float(schedule(Double(iterations)))) }
    if let program {
      let step = machine.kerasValue(try Tensor(.int(iterations)))
      return try machine.kerasTensor(machine.call(program, [step])).detach().item().double
    }
    return settings.learningRate
  }

  func setRate(_ rate: Double) {
    settings.learningRate = Double(Float(rate))
    built?.learningRate = settings.learningRate
  }

  /// The optimizer for these weights; what it remembers stays from one `fit` to the next.
  func optimizer(for weights: [Tensor]) throws -> KerasOptimizerRule {
    if let built {
      if let group = built.groups.first, !group.parameters.elementsEqual(weights, by: ===) {
        group.parameters = weights
      }
      built.groups.first?.settings = settings
      return built
    }
    var used = settings
    // The library's check knows PyTorch's rules; Keras's momentum of 0 turns Nesterov off.
    if used.momentum == 0 { used.nesterov = false }
    let made = try KerasOptimizerRule(rule, groups: [ParameterGroup(weights, used)], extra: extra)
    built = made
    return made
  }

  /// One step by the gradients that the weights hold.
  func step(_ weights: [Weight], _ machine: Machine) throws {
    let tensors = weights.map(\.tensor)
    guard !tensors.isEmpty else { return }
    let optimizer = try optimizer(for: tensors)
    optimizer.learningRate = try currentRate(machine)
    try clipping(tensors)
    optimizer.rowSums = [:]
    for weight in weights {
      // Shortened gradients are whole ones.
      if !clipping.isActive, let gradient = weight.tensor.grad, let sums = try weight.lookups.sums(gradient) {
        optimizer.rowSums[ObjectIdentifier(weight.tensor)] = sums
      }
      weight.lookups.clear()
    }
    try optimizer.step()
    optimizer.rowSums = [:]
    iterations += 1
    try noGrad {
      for weight in weights {
        if let constraint = weight.constraint { try weight.assign(constraint(weight.tensor.detach())) }
      }
    }
  }

  /// Steps that a planned run has taken on the library's optimizer.
  func noteSteps(_ count: Int) { iterations += count }

  /// Variables that Keras counts in summaries: step and rate, and the moments.
  var variableCount: Int? {
    guard let built else { return nil }
    let size = built.groups.flatMap(\.parameters).reduce(0) { $0 + $1.count }
    let slots = KerasOptimizerRule.slots(rule, settings, extra)
    return 2 + slots * size + (rule == .nadam ? 1 : 0)
  }
}

enum KerasOptimizers {
  static let names = KerasOptimizerRule.Rule.allCases.map { $0.rawValue.lowercased() }.sorted()

  /// A name or an object.
  static func read(_ value: Value, _ machine: Machine) throws -> KerasOptimizer {
    if let object = value.asInstance as? KerasOptimizer { return object }
    if value.asDict?["class_name"] != nil,
      let made = try KerasConfig.deserialized(value, machine, module: "keras.optimizers").asInstance
        as? KerasOptimizer
    { return made }
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

  private static func number(_ path: String, _ value: Double, _ dtype: DType, _ machine: Machine) throws
    -> Value
  {
    let weight = try Weight(path, Tensor(.double(value), dtype: dtype), trainable: false)
    return KerasVariable.value(weight, machine)
  }

  static let base = TypeTable(
    "Optimizer", module: "keras.optimizers", doc: "What changes weights by their gradients.",
    allocate: { KerasOptimizer($0) },
    properties: [
      NativeProperty("name", "The name.") { value, _ in .string(try of(value).name) },
      NativeProperty(
        "learning_rate", "The step size, a variable; assign a number to change it.",
        get: { value, machine in
          let optimizer = try of(value)
          if optimizer.isScheduled {
            return machine.kerasValue(
              try Tensor(.double(optimizer.currentRate(machine)), dtype: .float32))
          }
          return try RateVariable.value(optimizer, machine)
        },
        set: { value, new, machine in
          let optimizer = try of(value)
          if try readSchedule(new, optimizer, machine) { return }
          guard let rate = try machine.float(new) ?? machine.scalar(new)?.double else {
            throw Raise(
              .typeError, "learning_rate must be a number, got \(machine.typeName(new))")
          }
          try set(optimizer, rate)
        }),
      NativeProperty("iterations", "Steps taken, a variable.") { value, machine in
        let optimizer = try of(value)
        return try number(
          "\(optimizer.name)/iteration", Double(optimizer.iterations), .int64, machine)
      },
    ],
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("get_config(self)", "The settings as a dict.") { a in
        let optimizer = try of(a[0])
        let dict = DictObject()
        dict["name"] = .string(optimizer.name)
        dict["learning_rate"] = try optimizer.scheduleValue.map { try KerasConfig.serialized($0, a.machine) }
          ?? .float(Double(Float(optimizer.settings.learningRate)))
        let common = [
          "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
          "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps",
        ]
        for name in common { dict[name] = optimizer.config.first { $0.name == name }?.value ?? Value.none }
        for (name, value) in optimizer.config where !common.contains(name) && name != "learning_rate" {
          dict[name] = value
        }
        return .object(dict)
      },
      Native("apply_gradients(self, grads_and_vars)", "One step by pairs of a gradient and its variable.") {
        a in
        let pairs = try a.machine.array(a[1]).map { pair -> (Value, Value) in
          let items = pair.asTuple?.items ?? pair.asList?.items ?? []
          guard items.count == 2 else {
            throw Raise(
              .valueError, "apply_gradients takes pairs of a gradient and a variable",
              hint: "optimizer.apply_gradients(zip(grads, model.trainable_variables))")
          }
          return (items[0], items[1])
        }
        try apply(of(a[0]), pairs, a.machine)
        return .none
      },
      Native("apply(self, grads, trainable_variables=None)", "One step by gradients, in the order of the variables.") {
        a in
        guard !a[2].isNone else {
          throw Raise(.valueError, "apply(grads, trainable_variables): the variables are needed")
        }
        let (grads, variables) = (try a.machine.array(a[1]), try a.machine.array(a[2]))
        guard grads.count == variables.count else {
          throw Raise(
            .valueError, "apply: \(grads.count) gradients for \(variables.count) variables")
        }
        try apply(of(a[0]), Array(zip(grads, variables)), a.machine)
        return .none
      },
      Native("build(self, variables)", "Makes what the optimizer remembers of variables.") { a in
        let weights = try a.machine.array(a[1]).compactMap { KerasVariable.weight($0)?.tensor }
        if !weights.isEmpty { _ = try of(a[0]).optimizer(for: weights) }
        return .none
      },
      Native("__repr__(self)", "The optimizer with its step size.") { a in
        let optimizer = try of(a[0])
        return .string(
          "<keras.optimizers.\(optimizer.type.name) name=\(optimizer.name), "
            + "learning_rate=\(try a.machine.repr(.float(optimizer.currentRate(a.machine))))>")
      },
    ])

  private static func apply(
    _ optimizer: KerasOptimizer, _ pairs: [(Value, Value)], _ machine: Machine
  ) throws {
    var weights: [Weight] = []
    for (gradient, variable) in pairs {
      guard let weight = KerasVariable.weight(variable) else {
        throw Raise(
          .typeError, "apply_gradients takes variables, got \(machine.typeName(variable))",
          hint: "the order is (gradient, variable)")
      }
      if gradient.isNone { continue }
      let tensor = try machine.kerasTensor(gradient).detach()
      guard tensor.shape == weight.tensor.shape else {
        throw Raise(
          .valueError,
          "the gradient of \(weight.path) has shape \(KerasShape.text(tensor.shape.map { $0 })), the "
            + "variable \(KerasShape.text(weight.tensor.shape.map { $0 }))")
      }
      weight.tensor.grad = tensor
      weights.append(weight)
    }
    guard !weights.isEmpty else {
      throw Raise(
        .valueError, "No gradients provided for any variable.",
        hint: "the loss has to be computed inside of `with tf.GradientTape() as tape:`")
    }
    try optimizer.step(weights, machine)
    for weight in weights { weight.tensor.grad = nil }
  }

  private static func set(_ optimizer: KerasOptimizer, _ rate: Double) throws {
    guard rate.isFinite, rate >= 0 else {
      throw Raise(.valueError, "learning_rate must be at least 0, got \(rate)")
    }
    optimizer.schedule = nil
    optimizer.program = nil
    optimizer.setRate(rate)
  }

  private static func readSchedule(_ value: Value, _ optimizer: KerasOptimizer, _ machine: Machine) throws
    -> Bool
  {
    if let object = value.asInstance as? KerasScheduleObject {
      optimizer.scheduleValue = value
      if object.type.lookup("__call__")?.object is FunctionObject {
        optimizer.program = value
      } else {
        optimizer.schedule = object.schedule
      }
      return true
    }
    if value.asInstance == nil, value.object is FunctionObject {
      optimizer.program = value
      return true
    }
    return false
  }

  private static let common =
    "weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, use_ema=False, "
    + "ema_momentum=0.99, ema_overwrite_frequency=None, loss_scale_factor=None, "
    + "gradient_accumulation_steps=None"

  private static func table(
    _ rule: KerasOptimizerRule.Rule, _ doc: String, _ own: String, decay: String = "None",
    _ read: @escaping (KerasNamed, KerasOptimizer) throws -> Void
  ) -> TypeTable {
    let rest = decay == "None" || own.contains("weight_decay")
      ? (own.contains("weight_decay") ? String(common.dropFirst("weight_decay=None, ".count)) : common)
      : common
    return TypeTable(
      rule.rawValue, module: "keras.optimizers", doc: doc, base: base, allocate: { KerasOptimizer($0) },
      methods: [
        Native(
          "__init__(self, \(own), \(rest), name='\(rule.rawValue.lowercased())', **kwargs)", doc,
          example: "keras.optimizers.\(rule.rawValue)(learning_rate=0.01)"
        ) { a in
          let optimizer = try of(a[0])
          let n = KerasNamed(a)
          optimizer.rule = rule
          if let (name, _) = a.keywords(a.count - 1).first {
            let known = n.names.filter { $0 != "self" && $0 != "kwargs" }
            let near = name == "lr" ? "learning_rate" : Suggestion.nearest(to: name, among: known)
            throw Raise(
              .valueError, "Argument(s) not recognized: {'\(name)': \(try a.machine.repr(a.keywords(a.count - 1)[0].value))}",
              hint: near.map { "Did you mean '\($0)'?" })
          }
          if try !readSchedule(n["learning_rate"], optimizer, a.machine) {
            guard let rate = try a.machine.float(n["learning_rate"]) ?? a.machine.scalar(n["learning_rate"])?.double
            else {
              throw Raise(
                .valueError,
                "Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a "
                  + "callable. Received: learning_rate=\(try a.machine.repr(n["learning_rate"]))")
            }
            try set(optimizer, rate)
          }
          optimizer.settings.epsilon = n["epsilon"].isUndefined ? 1e-7 : try n.double("epsilon")
          optimizer.settings.weightDecay = try n.optionalDouble("weight_decay") ?? 0
          if !n["beta_1"].isUndefined { optimizer.settings.beta1 = try n.double("beta_1") }
          if !n["beta_2"].isUndefined { optimizer.settings.beta2 = try n.double("beta_2") }
          if try n.bool("use_ema") {
            throw Raise(.notImplementedError, "\(rule.rawValue): use_ema=True is not supported")
          }
          if n.has("gradient_accumulation_steps") {
            throw Raise(
              .notImplementedError, "\(rule.rawValue): gradient_accumulation_steps is not supported",
              hint: "a larger batch_size takes the same step")
          }
          optimizer.clipping = GradientClipping(
            norm: try n.optionalDouble("clipnorm"), globalNorm: try n.optionalDouble("global_clipnorm"),
            value: try n.optionalDouble("clipvalue"))
          try read(n, optimizer)
          let given = try n.string("name")
          optimizer.name = given == rule.rawValue.lowercased()
            ? a.machine.kerasNames.next(KerasNames.snakeCase(rule.rawValue)) : given
          optimizer.config = n.names.filter { !["self", "kwargs", "name"].contains($0) }.map { ($0, n[$0]) }
          return .none
        }
      ])
  }

  static let tables: [TypeTable] = [
    table(
      .sgd, "Stochastic gradient descent, with momentum if wanted.",
      "learning_rate=0.01, momentum=0.0, nesterov=False"
    ) { n, o in
      o.settings.momentum = try n.double("momentum")
      guard o.settings.momentum >= 0, o.settings.momentum <= 1 else {
        throw Raise(.valueError, "`momentum` must be a float between [0, 1].")
      }
      o.settings.nesterov = try n.bool("nesterov") && o.settings.momentum > 0
    },
    table(
      .rmsprop, "Steps scaled by a running mean of squared gradients.",
      "learning_rate=0.001, rho=0.9, momentum=0.0, epsilon=1e-07, centered=False"
    ) { n, o in
      o.extra.rho = try n.double("rho")
      o.settings.momentum = try n.double("momentum")
      o.extra.isCentered = try n.bool("centered")
    },
    table(
      .adam, "Adam: steps scaled by running means of the gradients and of their squares.",
      "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False"
    ) { n, o in o.extra.usesMaximum = try n.bool("amsgrad") },
    table(
      .adamW, "Adam with weights that decay apart from the gradients.",
      "learning_rate=0.001, weight_decay=0.004, beta_1=0.9, beta_2=0.999, epsilon=1e-07, amsgrad=False"
    ) { n, o in o.extra.usesMaximum = try n.bool("amsgrad") },
    table(
      .adagrad, "Steps scaled by the sum of squared gradients.",
      "learning_rate=0.001, initial_accumulator_value=0.1, epsilon=1e-07"
    ) { n, o in o.extra.initialAccumulator = try n.double("initial_accumulator_value") },
    table(
      .adadelta, "Steps scaled by those before.", "learning_rate=0.001, rho=0.95, epsilon=1e-07"
    ) { n, o in o.extra.rho = try n.double("rho") },
    table(
      .adamax, "Adam with the largest gradient in the place of the squares.",
      "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07"
    ) { _, _ in },
    table(
      .nadam, "Adam with Nesterov's momentum.",
      "learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-07"
    ) { _, _ in },
    table(
      .ftrl, "Follow the regularized leader.",
      "learning_rate=0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, "
        + "l1_regularization_strength=0.0, l2_regularization_strength=0.0, "
        + "l2_shrinkage_regularization_strength=0.0, beta=0.0"
    ) { n, o in
      o.extra.power = try n.double("learning_rate_power")
      o.extra.initialAccumulator = try n.double("initial_accumulator_value")
      o.extra.l1 = try n.double("l1_regularization_strength")
      o.extra.l2 = try n.double("l2_regularization_strength")
      o.extra.shrinkage = try n.double("l2_shrinkage_regularization_strength")
      o.extra.beta = try n.double("beta")
    },
    table(
      .lion, "Steps of equal size, by the sign of the momentum.",
      "learning_rate=0.001, beta_1=0.9, beta_2=0.99"
    ) { _, _ in },
  ]
}

/// The learning rate of an optimizer as a variable: assigning to it changes the optimizer.
enum RateVariable {
  static func value(_ optimizer: KerasOptimizer, _ machine: Machine) throws -> Value {
    let tensor = try Tensor(.double(optimizer.settings.learningRate), dtype: .float32)
    let weight = try Weight("learning_rate", tensor, trainable: false)
    weight.path = "\(optimizer.name)/learning_rate"
    let object = TensorObject(
      tensor, type: machine.type(table), flavor: .torch, types: machine.keras.types)
    object.attachment = weight
    object.setOwn("_optimizer", .object(optimizer))
    return .object(object)
  }

  static let table = TypeTable(
    "Variable", module: "keras", doc: "The learning rate of an optimizer.", base: KerasVariable.table,
    isSubclassable: false,
    methods: [
      Native("assign(self, value)", "Changes the learning rate.") { a in
        guard let optimizer = a[0].asInstance?.own("_optimizer")?.asInstance as? KerasOptimizer,
          let rate = try a.machine.float(a[1]) ?? a.machine.scalar(a[1])?.double, rate >= 0, rate.isFinite
        else { throw a.mismatch(1, expected: "a number of at least 0") }
        optimizer.setRate(rate)
        try KerasVariable.weight(a[0])?.assign(Tensor(.double(rate), dtype: .float32))
        return a[0]
      }
    ])
}

/// `keras.optimizers.schedules`.
final class KerasScheduleObject: Instance {
  var schedule: KerasSchedule?
  var config: [(name: String, value: Value)] = []
}

enum KerasSchedules {
  static let base = TypeTable(
    "LearningRateSchedule", module: "keras.optimizers.schedules",
    doc: "A rate that depends on the step: derive from it and define __call__(self, step).",
    allocate: { KerasScheduleObject($0) },
    missingAttribute: { instance, name, _ in
      (instance as? KerasScheduleObject)?.config.first { $0.name == name }?.value
    },
    classMethods: [KerasConfig.fromConfig],
    methods: [
      Native("__init__(self)", "A schedule of one's own.") { _ in .none },
      Native("__call__(self, step)", "The rate at a step, from 0.") { a in
        guard let schedule = try a.receiver(KerasScheduleObject.self).schedule else {
          throw Raise(.notImplementedError, "the schedule defines no __call__(self, step)")
        }
        let step = try a.machine.kerasTensor(a[1]).detach()
        let values = try step.doubles().map { Float(schedule($0)) }
        return a.machine.kerasValue(try Tensor(values).reshape(step.shape))
      },
      Native("get_config(self)", "The settings as a dict.") { a in
        let dict = DictObject()
        for (name, value) in try a.receiver(KerasScheduleObject.self).config { dict[name] = value }
        return .object(dict)
      },
    ])

  private static func table(
    _ name: String, _ doc: String, _ parameters: String, _ make: @escaping (KerasNamed) throws -> KerasSchedule
  ) -> TypeTable {
    TypeTable(
      name, module: "keras.optimizers.schedules", doc: doc, base: base,
      allocate: { KerasScheduleObject($0) },
      methods: [
        Native(
          "__init__(self, \(parameters), name='\(name)')", doc,
          example: "keras.optimizers.schedules.\(name)"
        ) { a in
          let n = KerasNamed(a)
          let object = try a.receiver(KerasScheduleObject.self)
          object.schedule = try make(n)
          object.config = n.names.filter { $0 != "self" }.map { ($0, n[$0]) }
          return .none
        }
      ])
  }

  private static func steps(_ n: KerasNamed, _ name: String) throws -> Double {
    let value = try n.double(name)
    guard value > 0 else {
      throw Raise(.valueError, "Argument `\(name)` must be > 0. Received: \(name)=\(try n.machine.repr(n[name]))")
    }
    return value
  }

  static let tables: [TypeTable] = [
    base,
    table("ExponentialDecay", "rate * decay_rate^(step / decay_steps).", "initial_learning_rate, decay_steps, decay_rate, staircase=False") {
      n in
      .exponential(
        initial: try n.double("initial_learning_rate"), steps: try steps(n, "decay_steps"),
        rate: try n.double("decay_rate"), staircase: try n.bool("staircase"))
    },
    table("PiecewiseConstantDecay", "One rate up to each boundary.", "boundaries, values") { n in
      let (boundaries, values) = (try n.machine.doubles(n["boundaries"]), try n.machine.doubles(n["values"]))
      guard boundaries.count + 1 == values.count else {
        throw Raise(
          .valueError,
          "The length of boundaries should be 1 less than the length of values. Received: "
            + "boundaries=\(try n.machine.repr(n["boundaries"])) of length \(boundaries.count), and "
            + "values=\(try n.machine.repr(n["values"])) of length \(values.count).")
      }
      return .piecewise(boundaries: boundaries, values: values)
    },
    table("PolynomialDecay", "From one rate to another by a power.", "initial_learning_rate, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False") {
      n in
      .polynomial(
        initial: try n.double("initial_learning_rate"), steps: try steps(n, "decay_steps"),
        end: try n.double("end_learning_rate"), power: try n.double("power"), cycles: try n.bool("cycle"))
    },
    table("InverseTimeDecay", "rate / (1 + decay_rate * step / decay_steps).", "initial_learning_rate, decay_steps, decay_rate, staircase=False") {
      n in
      .inverseTime(
        initial: try n.double("initial_learning_rate"), steps: try steps(n, "decay_steps"),
        rate: try n.double("decay_rate"), staircase: try n.bool("staircase"))
    },
    TypeTable(
      "CosineDecay", module: "keras.optimizers.schedules", doc: "Half a cosine, after a warm-up if wanted.",
      base: base, allocate: { KerasScheduleObject($0) },
      methods: [
        Native(
          "__init__(self, initial_learning_rate, decay_steps, alpha=0.0, name='CosineDecay', "
            + "warmup_target=None, warmup_steps=0)", "Half a cosine, after a warm-up if wanted.",
          example: "keras.optimizers.schedules.CosineDecay(0.1, 100)"
        ) { a in
          let n = KerasNamed(a)
          let object = try a.receiver(KerasScheduleObject.self)
          object.schedule = .cosine(
            initial: try n.double("initial_learning_rate"), steps: try steps(n, "decay_steps"),
            alpha: try n.double("alpha"), warmupTarget: try n.optionalDouble("warmup_target"),
            warmupSteps: try n.double("warmup_steps"))
          object.config = n.names.filter { $0 != "self" }.map { ($0, n[$0]) }
          return .none
        }
      ]),
    table("CosineDecayRestarts", "Half cosines one after the other.", "initial_learning_rate, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0") {
      n in
      .cosineRestarts(
        initial: try n.double("initial_learning_rate"), first: try steps(n, "first_decay_steps"),
        t: try n.double("t_mul"), m: try n.double("m_mul"), alpha: try n.double("alpha"))
    },
  ]
}
