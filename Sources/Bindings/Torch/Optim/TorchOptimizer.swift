import Language
import NeuralNetworks
import TensorCore

/// `torch.optim.Optimizer` and what derives from it, also in the language.
///
/// The groups are dictionaries that programs read and change (`group['lr'] = ...`); a step reads them
/// anew. The rule itself is the library's.
final class TorchOptimizer: Instance {
  var groups = ListObject()
  private(set) var defaults = DictObject()
  /// What optimizers written in the language keep of each parameter.
  private(set) var ownState = DictObject()
  var rule: Optimizer?
  var limited: LBFGS?
  weak var row: TorchOptimizerRow?
  /// Functions called before and after each step, with their numbers.
  var stepHooks: [(id: Int, isBefore: Bool, function: Value)] = []
  private var nextHook = 0
  /// The tensor that each parameter had at the last step: its state moves along with it.
  private var known: [ObjectIdentifier: Tensor] = [:]

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(.object(groups))
    visitor.visit(.object(defaults))
    visitor.visit(.object(ownState))
    for hook in stepHooks { visitor.visit(hook.function) }
  }

  /// Adds a function of (optimizer, arguments, keywords) around `step`.
  func addHook(_ function: Value, before: Bool) -> Int {
    nextHook += 1
    stepHooks.append((nextHook, before, function))
    return nextHook
  }

  private func tell(before: Bool, _ a: Arguments) throws {
    for hook in stepHooks where hook.isBefore == before {
      let given = a[1].isNone ? [] : [a[1]]
      _ = try a.machine.call(
        hook.function, [a[0], .tuple([a[0]] + given), .object(DictObject())])
    }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += [.object(groups), .object(defaults), .object(ownState)] + stepHooks.map(\.function)
    stepHooks = []
    groups = ListObject()
    defaults = DictObject()
    ownState = DictObject()
  }

  var allGroups: [DictObject] { groups.items.compactMap(\.asDict) }

  func parameters(_ group: DictObject) -> [TensorObject] {
    (group["params"]?.asList?.items ?? []).compactMap(\.asTensorObject)
  }

  var allParameters: [TensorObject] { allGroups.flatMap { parameters($0) } }

  // MARK: - Groups

  func start(_ parameters: Value, _ defaults: DictObject, _ machine: Machine) throws {
    for pair in defaults.pairs { try self.defaults.set(pair.key, pair.value, machine) }
    ownState.defaultFactory = machine.builtin("dict") ?? .undefined
    if parameters.asTensorObject != nil {
      throw Raise(
        .typeError,
        "params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
          + TorchModule.typeText(parameters, machine), hint: "put it into a list: [x]")
    }
    if parameters.asInstance is TorchModule {
      throw Raise(
        .typeError, "'\(machine.typeName(parameters))' object is not iterable", hint: "model.parameters()")
    }
    let items = try machine.array(parameters)
    guard !items.isEmpty else {
      throw Raise(.valueError, "optimizer got an empty parameter list")
    }
    if items.allSatisfy({ $0.asDict != nil }) {
      for item in items { try add(item, machine) }
    } else {
      let group = DictObject()
      group["params"] = .list(items)
      try add(.object(group), machine)
    }
  }

  func add(_ value: Value, _ machine: Machine) throws {
    guard let given = value.asDict else {
      throw Raise(.typeError, "param_group must be a dict, but got <class '\(machine.type(of: value).qualifiedName)'>")
    }
    let group = DictObject()
    for pair in given.pairs { try group.set(pair.key, pair.value, machine) }
    guard let params = group["params"] else { throw Raise(.keyError, arguments: [.string("params")]) }
    var items: [Value]
    if params.asTensorObject != nil {
      items = [params]
    } else if params.asSet != nil {
      throw Raise(
        .typeError,
        "optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change between runs. Please use a list instead."
      )
    } else {
      items = try machine.array(params)
    }
    // Pairs of names and parameters.
    if items.allSatisfy({ $0.asTuple?.count == 2 && $0.asTuple?[0].swiftString != nil }), !items.isEmpty {
      group["param_names"] = .list(items.compactMap { $0.asTuple?[0] })
      items = items.compactMap { $0.asTuple?[1] }
    }
    for item in items {
      guard let object = item.asTensorObject else {
        throw Raise(
          .typeError, "optimizer can only optimize Tensors, but one of the params is "
            + TorchModule.typeText(item, machine))
      }
      guard object.tensor.isLeaf else {
        throw Raise(.valueError, "can't optimize a non-leaf Tensor")
      }
    }
    let result = DictObject()
    result["params"] = .list(items)
    for pair in group.pairs where pair.key.swiftString != "params" {
      try result.set(pair.key, pair.value, machine)
    }
    for pair in defaults.pairs where try result.get(pair.key, machine) == nil {
      try result.set(pair.key, pair.value, machine)
    }
    let mine = Set(allParameters.map { ObjectIdentifier($0) })
    if items.contains(where: { $0.object.map { mine.contains(ObjectIdentifier($0)) } ?? false }) {
      throw Raise(.valueError, "some parameters appear in more than one parameter group")
    }
    try row?.check(result)
    groups.append(.object(result))
  }

  // MARK: - Steps

  /// Hands the groups as they stand now to the library.
  func synchronize() throws {
    guard let rule else { return }
    var new: [ParameterGroup] = []
    for group in allGroups {
      let objects = parameters(group)
      for object in objects {
        let id = ObjectIdentifier(object)
        if let old = known[id], old !== object.tensor, let state = rule.knownState(of: old) {
          if rule.knownState(of: object.tensor) == nil {
            let moved = rule.state(of: object.tensor)
            moved.steps = state.steps
            moved.tensors = state.tensors.filter { $0.value.shape == object.tensor.shape }
            moved.numbers = state.numbers
          }
          rule.forget(old)
        }
        known[id] = object.tensor
      }
      new.append(ParameterGroup(objects.map(\.tensor), try TorchOptimizerRow.settings(group)))
    }
    rule.setGroups(new)
  }

  static func step(_ a: Arguments) throws -> Value {
    let optimizer = try a.receiver(TorchOptimizer.self)
    guard !optimizer.stepHooks.isEmpty else { return try plainStep(optimizer, a) }
    try optimizer.tell(before: true, a)
    let loss = try plainStep(optimizer, a)
    try optimizer.tell(before: false, a)
    return loss
  }

  private static func plainStep(_ optimizer: TorchOptimizer, _ a: Arguments) throws -> Value {
    let closure = a[1]
    if let limited = optimizer.limited { return try optimizer.step(limited, closure, a.machine) }
    guard let rule = optimizer.rule else {
      throw Raise(.notImplementedError, arguments: [])
    }
    var loss = Value.none
    if !closure.isNone { loss = try enableGrad { try a.machine.call(closure) } }
    try optimizer.synchronize()
    try rule.step()
    return loss
  }

  private func step(_ limited: LBFGS, _ closure: Value, _ machine: Machine) throws -> Value {
    guard !closure.isNone, let group = allGroups.first else {
      throw Raise(
        .typeError, "LBFGS.step() missing 1 required positional argument: 'closure'",
        hint: "def closure(): optimizer.zero_grad(); loss = ...; loss.backward(); return loss")
    }
    var s = LBFGS.Settings()
    s.learningRate = group["lr"]?.asDouble ?? 1
    s.iterations = group["max_iter"]?.asInt ?? 20
    s.evaluations = group["max_eval"]?.asInt
    s.gradientTolerance = group["tolerance_grad"]?.asDouble ?? 1e-7
    s.changeTolerance = group["tolerance_change"]?.asDouble ?? 1e-9
    s.historySize = group["history_size"]?.asInt ?? 100
    s.usesStrongWolfe = group["line_search_fn"]?.swiftString == "strong_wolfe"
    if let name = group["line_search_fn"]?.swiftString, name != "strong_wolfe" {
      throw Raise(.runtimeError, "only 'strong_wolfe' is supported")
    }
    var first = Value.none
    try limited.step(s) {
      let loss = try enableGrad { try machine.call(closure) }
      if first.isNone { first = loss }
      guard let number = try machine.float(loss) else {
        throw Raise(.typeError, "the closure must give the loss, got \(machine.typeName(loss))")
      }
      return number
    }
    return first
  }

  // MARK: - State

  /// What is kept of parameters: by parameter, or by number.
  func state(numbered: Bool, _ machine: Machine) throws -> DictObject {
    let result = DictObject()
    guard let rule, let row else {
      if !numbered { return ownState }
      for (i, object) in allParameters.enumerated() {
        if let value = try ownState.get(.object(object), machine) { try result.set(.int(i), value, machine) }
      }
      return result
    }
    for (i, object) in allParameters.enumerated() {
      guard let state = rule.knownState(of: object.tensor) else { continue }
      let entry = DictObject()
      for key in row.stateKeys {
        if key == "step" {
          entry[key] = machine.torchValue(try Tensor(.double(Double(state.steps)), dtype: .float32))
        } else if let number = state.numbers[key] {
          entry[key] = machine.torchValue(try Tensor(.double(number), dtype: .float32))
        } else if let tensor = state.tensors[key] {
          entry[key] = machine.torchValue(tensor)
        } else if key == "momentum_buffer", row.name == "SGD", state.steps > 0 {
          entry[key] = Value.none
        }
      }
      if row.name == "SGD", entry["momentum_buffer"]?.isNone ?? true { continue }
      try result.set(numbered ? .int(i) : .object(object), .object(entry), machine)
    }
    return result
  }

  func load(_ saved: Value, _ machine: Machine) throws {
    guard let dict = saved.asDict, let savedGroups = dict["param_groups"]?.asList?.items,
      let savedState = dict["state"]?.asDict
    else {
      throw Raise(.keyError, arguments: [.string("param_groups")])
    }
    guard savedGroups.count == groups.count else {
      throw Raise(.valueError, "loaded state dict has a different number of parameter groups")
    }
    var numbers: [Value] = []
    for (group, saved) in zip(allGroups, savedGroups) {
      let ids = saved.asDict?["params"]?.asList?.items ?? []
      guard ids.count == parameters(group).count else {
        throw Raise(
          .valueError,
          "loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
      }
      numbers += ids
    }
    for (group, saved) in zip(allGroups, savedGroups) {
      for pair in saved.asDict?.pairs ?? [] where pair.key.swiftString != "params" {
        try group.set(pair.key, pair.value, machine)
      }
    }
    for (object, number) in zip(allParameters, numbers) {
      guard let entry = try savedState.get(number, machine)?.asDict else { continue }
      guard let rule else {
        try ownState.set(.object(object), .object(entry), machine)
        continue
      }
      let state = rule.state(of: object.tensor)
      state.steps = max(state.steps, 1)
      for pair in entry.pairs {
        guard let key = pair.key.swiftString else { continue }
        if key == "step" {
          let count = try machine.float(pair.value) ?? 0
          state.steps = Int(exactly: count.rounded()) ?? 0
        } else if let tensor = pair.value.asTensorObject?.tensor {
          if tensor.rank == 0, object.tensor.rank > 0 || ["eta", "mu", "mu_product"].contains(key) {
            state.numbers[key] = try tensor.item().double
          } else {
            guard tensor.shape == object.tensor.shape else {
              throw Raise(
                .valueError, "the saved \(key) has shape \(tensor.shape), its parameter \(object.tensor.shape)")
            }
            state.tensors[key] = try tensor.detach().to(object.tensor.dtype).clone()
          }
        }
      }
    }
  }
}
