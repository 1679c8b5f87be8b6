import Language
import NeuralNetworks
import TensorCore

/// An optimizer of the library under PyTorch's name.
final class TorchOptimizerRow: @unchecked Sendable {
  let name: String
  let stateKeys: [String]
  private(set) var table: TypeTable

  /// - Parameters:
  ///   - parameters: of the constructor, after `params`.
  ///   - order: the settings in the order in which groups show them.
  init(
    _ name: String, _ parameters: String, _ doc: String, module: String, order: [String],
    fixed: [(String, Value)] = [], state: [String], base: TypeTable? = nil,
    _ make: @escaping ([ParameterGroup]) throws -> Optimizer
  ) {
    self.name = name
    stateKeys = state
    table = TypeTable(name, module: module, doc: doc)
    weak var row: TorchOptimizerRow?
    let start = Native("__init__(self, params, \(parameters))", doc, example: "torch.optim.\(name)([torch.zeros(1, requires_grad=True)])") { a in
      let optimizer = try a.receiver(TorchOptimizer.self)
      let defaults = DictObject()
      for key in order {
        if let value = fixed.first(where: { $0.0 == key })?.1 {
          defaults[key] = value
        } else if let place = a.function.parameters.firstIndex(where: { $0.name == key }) {
          defaults[key] = a[place]
        }
      }
      try row?.check(defaults)
      optimizer.row = row
      try optimizer.start(a[1], defaults, a.machine)
      let groups = try optimizer.allGroups.map {
        ParameterGroup(optimizer.parameters($0).map(\.tensor), try TorchOptimizerRow.settings($0))
      }
      let nonEmpty = groups.contains { !$0.parameters.isEmpty }
      if nonEmpty { optimizer.rule = try make(groups) } else {
        let stand = try Tensor.zeros([1])
        optimizer.rule = try make([ParameterGroup([stand], Hyperparameters(learningRate: 0))])
      }
      return .none
    }
    table = TypeTable(
      name, module: module, doc: doc, base: base ?? TorchOptimizer.table, methods: [start])
    row = self
  }

  // MARK: - Settings

  private static func number(_ group: DictObject, _ key: String) throws -> Double? {
    guard let value = group[key], !value.isNone else { return nil }
    if let tensor = value.asTensorObject?.tensor, tensor.count == 1 { return try tensor.item().double }
    return value.asDouble
  }

  private static func pair(_ group: DictObject, _ key: String) throws -> (Double, Double)? {
    guard let value = group[key] else { return nil }
    let items = value.asTuple?.items ?? value.asList?.items ?? []
    guard items.count == 2, let a = items[0].asDouble, let b = items[1].asDouble else {
      throw Raise(.valueError, "\(key) must be a pair of numbers")
    }
    return (a, b)
  }

  /// The settings of a group as the library has them.
  static func settings(_ group: DictObject) throws -> Hyperparameters {
    guard let rate = try number(group, "lr") else {
      throw Raise(.typeError, "the learning rate of a group must be a number")
    }
    var s = Hyperparameters(learningRate: rate)
    s.weightDecay = try number(group, "weight_decay") ?? 0
    s.momentum = try number(group, "momentum") ?? 0
    s.dampening = try number(group, "dampening") ?? 0
    s.nesterov = group["nesterov"]?.asInt == 1
    if let betas = try pair(group, "betas") { (s.beta1, s.beta2) = betas }
    s.epsilon = try number(group, "eps") ?? s.epsilon
    s.maximize = group["maximize"]?.asInt == 1
    s.amsgrad = group["amsgrad"]?.asInt == 1
    s.decoupled = group["decoupled_weight_decay"]?.asInt == 1
    s.centered = group["centered"]?.asInt == 1
    s.alpha = try number(group, "alpha") ?? s.alpha
    s.power = try number(group, "alpha") ?? s.power
    s.rho = try number(group, "rho") ?? s.rho
    s.rateDecay = try number(group, "lr_decay") ?? 0
    s.initialAccumulator = try number(group, "initial_accumulator_value") ?? 0
    s.momentumDecay = try number(group, "momentum_decay") ?? s.momentumDecay
    s.lambda = try number(group, "lambd") ?? s.lambda
    s.averagingStart = try number(group, "t0") ?? s.averagingStart
    if let etas = try pair(group, "etas") { s.etas = etas }
    if let bounds = try pair(group, "step_sizes") { s.stepBounds = bounds }
    return s
  }

  /// Settings that cannot be, in PyTorch's words.
  func check(_ group: DictObject) throws {
    func text(_ key: String) -> String {
      guard let value = group[key] else { return "None" }
      if let number = value.asInt, case .int = value { return "\(number)" }
      return value.asDouble.map { FloatForm.text($0) } ?? "None"
    }
    for (key, words) in [
      ("lr", "learning rate"), ("eps", "epsilon value"), ("momentum", "momentum value"),
      ("weight_decay", "weight_decay value"), ("rho", "rho value"), ("lr_decay", "lr_decay value"),
      ("initial_accumulator_value", "initial_accumulator_value value"),
      ("momentum_decay", "momentum_decay value"),
    ] {
      guard let value = group[key], !value.isNone else { continue }
      guard let number = try Self.number(group, key) else {
        if key == "lr" { throw Raise(.typeError, "the learning rate of a group must be a number") }
        continue
      }
      if !(number >= 0) { throw Raise(.valueError, "Invalid \(words): \(text(key))") }
    }
    if name == "RMSprop", let alpha = try Self.number(group, "alpha"), !(alpha >= 0) {
      throw Raise(.valueError, "Invalid alpha value: \(text("alpha"))")
    }
    if name == "Adadelta", let rho = try Self.number(group, "rho"), rho > 1 {
      throw Raise(.valueError, "Invalid rho value: \(text("rho"))")
    }
    if let betas = try Self.pair(group, "betas") {
      for (i, beta) in [betas.0, betas.1].enumerated() where !(beta >= 0 && beta < 1) {
        throw Raise(.valueError, "Invalid beta parameter at index \(i): \(FloatForm.text(beta))")
      }
    }
    if let etas = try Self.pair(group, "etas"), !(0 < etas.0 && etas.0 < 1 && 1 < etas.1) {
      throw Raise(.valueError, "Invalid eta values: \(FloatForm.text(etas.0)), \(FloatForm.text(etas.1))")
    }
    if group["nesterov"]?.asInt == 1 {
      let momentum = try Self.number(group, "momentum") ?? 0
      let dampening = try Self.number(group, "dampening") ?? 0
      if momentum <= 0 || dampening != 0 {
        throw Raise(.valueError, "Nesterov momentum requires a momentum and zero dampening")
      }
    }
  }
}

/// Numbers in messages, as the language prints them.
enum FloatForm {
  static func text(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e16 ? String(format(number)) : "\(number)"
  }
  private static func format(_ number: Double) -> String { "\(number)" }
}
