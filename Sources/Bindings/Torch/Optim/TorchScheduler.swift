import Language
import NeuralNetworks
import TensorCore

/// `torch.optim.lr_scheduler.LRScheduler`: what changes the learning rates of an optimizer's groups.
///
/// What a schedule keeps are attributes of its object, as in PyTorch, so that `state_dict` is the
/// attributes and schedules of the language's own find them.
final class TorchScheduler: Instance {
  weak var row: TorchScheduleRow?
  var optimizer: Value = .none
  /// Schedules that this one runs.
  var parts: [Value] = []
  var isInitial = false

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(optimizer)
    visitor.visit(&parts)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap.append(optimizer)
    heap += parts
    optimizer = .none
    parts = []
  }

  var target: TorchOptimizer? { optimizer.asInstance as? TorchOptimizer }
  var groups: [DictObject] { target?.allGroups ?? [] }

  func number(_ name: String) -> Double { own(name)?.asDouble ?? 0 }
  func integer(_ name: String) -> Int { own(name)?.asInt ?? 0 }

  static func rate(_ group: DictObject, _ key: String = "lr") -> Double {
    guard let value = group[key] else { return 0 }
    if let tensor = value.asTensorObject?.tensor, let item = try? tensor.item() { return item.double }
    return value.asDouble ?? 0
  }

  var rates: [Value] { groups.map { $0["lr"] ?? .none } }
  var bases: [Double] { (own("base_lrs")?.asList?.items ?? []).map { $0.asDouble ?? 0 } }

  static func attach(_ value: Value, _ machine: Machine) throws -> Value {
    guard value.asInstance is TorchOptimizer else {
      throw Raise(.typeError, "\(machine.typeName(value)) is not an Optimizer")
    }
    return value
  }

  // MARK: - Beginning

  /// What `LRScheduler.__init__` does.
  func begin(_ optimizer: Value, _ lastEpoch: Int, _ machine: Machine) throws {
    self.optimizer = try Self.attach(optimizer, machine)
    for (i, group) in groups.enumerated() where group["initial_lr"] == nil {
      if lastEpoch != -1 {
        throw Raise(
          .keyError,
          arguments: [.string("param 'initial_lr' is not specified in param_groups[\(i)] when resuming scheduler with last_epoch >= 0.\nThis typically happens when:\n1. You're trying to resume training from a checkpoint but haven't properly loaded the optimizer state\n2. You're using last_epoch >= 0 for a fresh training run (not recommended)")])
      }
      group["initial_lr"] = group["lr"]
    }
    setOwn("base_lrs", .list(groups.map { $0["initial_lr"] ?? .none }))
    setOwn("last_epoch", .int(lastEpoch))
    try initialStep(machine)
  }

  func initialStep(_ machine: Machine) throws {
    setOwn("_step_count", .int(0))
    setOwn("_is_initial", .bool(false))
    setOwn("_get_lr_called_within_step", .bool(false))
    isInitial = true
    defer { isInitial = false }
    _ = try machine.call(machine.attribute(.object(self), "step"))
  }

  /// One step on, or to an epoch.
  func advance(_ epoch: Value, _ machine: Machine) throws {
    setOwn("_step_count", .int(integer("_step_count") + 1))
    try update(epoch, machine)
  }

  func update(_ epoch: Value, _ machine: Machine) throws {
    guard !epoch.isNone, row != nil, let last = epoch.asInt, last >= 0, last <= 1_000_000 else {
      setOwn("last_epoch", epoch.isNone ? .int(integer("last_epoch") + 1) : epoch)
      let values = try machine.call(machine.attribute(.object(self), "get_lr"))
      return try assign(machine.array(values), machine)
    }
    // To an epoch: from the beginning on, as if nothing else had changed the rates.
    for (group, base) in zip(groups, bases) { group["lr"] = .float(base) }
    for step in 0...last {
      setOwn("last_epoch", .int(step))
      isInitial = step == 0
      let values = try machine.call(machine.attribute(.object(self), "get_lr"))
      try assign(machine.array(values), machine)
    }
    isInitial = false
  }

  func assign(_ values: [Value], _ machine: Machine) throws {
    let groups = self.groups
    guard values.count == groups.count else {
      throw Raise(
        .valueError, "zip() argument 2 is \(values.count < groups.count ? "shorter" : "longer") than argument 1",
        hint: "get_lr() gives one rate for each group of the optimizer")
    }
    for (group, value) in zip(groups, values) { group["lr"] = value }
    setOwn("_last_lr", .list(rates))
  }

  // MARK: - The base

  static let table = TypeTable(
    "LRScheduler", module: "torch.optim.lr_scheduler",
    doc: "What changes learning rates; a schedule of one's own writes get_lr.",
    allocate: { TorchScheduler($0) },
    properties: [
      NativeProperty(
        "optimizer", "Whose rates it changes.",
        get: { value, _ in (value.asInstance as? TorchScheduler)?.optimizer ?? .none },
        set: { value, new, _ in (value.asInstance as? TorchScheduler)?.optimizer = new }),
      NativeProperty("_schedulers", "The schedules that it runs.") { value, _ in
        .list((value.asInstance as? TorchScheduler)?.parts ?? [])
      },
    ],
    methods: [
      Native("__init__(self, optimizer, last_epoch=-1)", "A schedule for an optimizer.") { a in
        try a.receiver(TorchScheduler.self).begin(a[1], a.int(2), a.machine)
        return .none
      },
      Native("step(self, epoch=None)", "The rates of the next epoch.") { a in
        try a.receiver(TorchScheduler.self).advance(a[1], a.machine)
        return .none
      },
      Native("get_lr(self)", "The rates of this epoch, computed.") { a in
        let schedule = try a.receiver(TorchScheduler.self)
        guard let row = schedule.row else {
          throw Raise(.notImplementedError, arguments: [])
        }
        return .list(try row.rates(schedule, a.machine))
      },
      Native("get_last_lr(self)", "The rates that were set last.") { a in
        let schedule = try a.receiver(TorchScheduler.self)
        return schedule.own("_last_lr") ?? .list(schedule.rates)
      },
      Native("state_dict(self)", "All attributes but the optimizer.") { a in
        let schedule = try a.receiver(TorchScheduler.self)
        let result = DictObject()
        let last = ["lr_lambdas", "_scale_fn_custom"]
        for (name, value) in schedule.ownAttributes where !last.contains(name) { result[name] = value }
        if let functions = schedule.own("lr_lambdas")?.asList {
          // Functions are not saved; objects that count as functions save their attributes.
          result["lr_lambdas"] = .list(functions.items.map { _ in .none })
        }
        if let custom = schedule.own("_scale_fn_custom") { result["_scale_fn_custom"] = custom }
        if !schedule.parts.isEmpty {
          result["_schedulers"] = .list(
            try schedule.parts.map { try a.machine.call(a.machine.attribute($0, "state_dict")) })
        }
        return .object(result)
      },
      Native("load_state_dict(self, state_dict)", "Goes on from a saved state.") { a in
        let schedule = try a.receiver(TorchScheduler.self)
        guard let state = a[1].asDict else { throw a.mismatch(1, expected: "dict") }
        for pair in state.pairs {
          guard let name = pair.key.swiftString else { continue }
          if name == "lr_lambdas" { continue }
          if name == "_schedulers" {
            for (part, saved) in zip(schedule.parts, pair.value.asList?.items ?? []) {
              _ = try a.machine.call(a.machine.attribute(part, "load_state_dict"), [saved])
            }
          } else {
            schedule.setOwn(name, pair.value)
          }
        }
        return .none
      },
    ])
}

/// A schedule of the library under PyTorch's name.
final class TorchScheduleRow: @unchecked Sendable {
  typealias Rates = (TorchScheduler, Machine) throws -> [Value]
  private(set) var table: TypeTable
  let rates: Rates

  init(
    _ name: String, _ parameters: String, _ doc: String, kept: [String],
    prepare: ((TorchScheduler, Arguments) throws -> Void)? = nil,
    methods: [Native] = [],
    rates: @escaping Rates
  ) {
    self.rates = rates
    table = TypeTable(name, module: "torch.optim.lr_scheduler", doc: doc)
    weak var row: TorchScheduleRow?
    let start = Native("__init__(self, optimizer, \(parameters), last_epoch=-1)", doc) { a in
      let schedule = try a.receiver(TorchScheduler.self)
      _ = try TorchScheduler.attach(a[1], a.machine)
      schedule.optimizer = a[1]
      schedule.row = row
      for key in kept { schedule.setOwn(key, a[a.place(key)]) }
      try prepare?(schedule, a)
      try schedule.begin(a[1], a.int(a.place("last_epoch")), a.machine)
      return .none
    }
    table = TypeTable(
      name, module: "torch.optim.lr_scheduler", doc: doc, base: TorchScheduler.table,
      methods: [start] + methods)
    row = self
  }

  /// A schedule whose groups follow the same form, each with its own rate.
  convenience init(
    _ name: String, _ parameters: String, _ doc: String, kept: [String],
    prepare: ((TorchScheduler, Arguments) throws -> Void)? = nil,
    form: @escaping (TorchScheduler, Schedules.Now) throws -> Double
  ) {
    self.init(name, parameters, doc, kept: kept, prepare: prepare) { schedule, _ in
      let bases = schedule.bases
      return try schedule.groups.enumerated().map { i, group in
        let rate = TorchScheduler.rate(group)
        let now = Schedules.Now(
          epoch: schedule.integer("last_epoch"), rate: rate, base: bases.indices.contains(i) ? bases[i] : rate,
          isFirst: schedule.isInitial)
        let new = try form(schedule, now)
        // A rate that stays as it is keeps its type too.
        return new == rate ? group["lr"] ?? .float(new) : .float(new)
      }
    }
  }
}
