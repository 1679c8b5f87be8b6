import Language

/// `ReduceLROnPlateau`: lower rates when a number stops getting better.
enum TorchPlateau {
  private static func start(_ a: Arguments) throws {
    let s = try a.receiver(TorchScheduler.self)
    guard try a.double(3) < 1 else { throw Raise(.valueError, "Factor should be < 1.0.") }
    s.optimizer = try TorchScheduler.attach(a[1], a.machine)
    let mode = try a.string(2)
    guard ["min", "max"].contains(mode) else { throw Raise(.valueError, "mode \(mode) is unknown!") }
    let kind = try a.string(6)
    guard ["rel", "abs"].contains(kind) else { throw Raise(.valueError, "threshold mode \(kind) is unknown!") }
    s.setOwn("factor", a[3])
    if a[8].asList != nil || a[8].asTuple != nil {
      let lows = try a.items(8)
      guard lows.count == s.groups.count else {
        throw Raise(.valueError, "expected \(s.groups.count) min_lrs, got \(lows.count)")
      }
      s.setOwn("default_min_lr", .none)
      s.setOwn("min_lrs", .list(lows))
    } else {
      s.setOwn("default_min_lr", a[8])
      s.setOwn("min_lrs", .list(s.groups.map { _ in a[8] }))
    }
    for (name, place) in [("patience", 4), ("cooldown", 7), ("eps", 9)] { s.setOwn(name, a[place]) }
    s.setOwn("last_epoch", .int(0))
    s.setOwn("_last_lr", .list(s.rates))
    s.setOwn("mode_worse", .float(mode == "min" ? .infinity : -.infinity))
    for (name, place) in [("mode", 2), ("threshold", 5), ("threshold_mode", 6)] { s.setOwn(name, a[place]) }
    reset(s)
  }

  private static func reset(_ s: TorchScheduler) {
    s.setOwn("best", s.own("mode_worse") ?? .none)
    s.setOwn("cooldown_counter", .int(0))
    s.setOwn("num_bad_epochs", .int(0))
  }

  private static func isBetter(_ now: Double, _ s: TorchScheduler) -> Bool {
    let (best, threshold) = (s.number("best"), s.number("threshold"))
    let isRelative = s.own("threshold_mode")?.swiftString == "rel"
    if s.own("mode")?.swiftString == "min" {
      return isRelative ? now < best * (1 - threshold) : now < best - threshold
    }
    return isRelative ? now > best * (threshold + 1) : now > best + threshold
  }

  private static func step(_ a: Arguments) throws {
    let s = try a.receiver(TorchScheduler.self)
    guard let now = try a.machine.float(a[1]) else {
      throw Raise(.typeError, "float() argument must be a string or a real number, not '\(a.machine.typeName(a[1]))'")
    }
    s.setOwn("last_epoch", a[2].isNone ? .int(s.integer("last_epoch") + 1) : a[2])
    if isBetter(now, s) {
      s.setOwn("best", .float(now))
      s.setOwn("num_bad_epochs", .int(0))
    } else {
      s.setOwn("num_bad_epochs", .int(s.integer("num_bad_epochs") + 1))
    }
    if s.integer("cooldown_counter") > 0 {
      s.setOwn("cooldown_counter", .int(s.integer("cooldown_counter") - 1))
      s.setOwn("num_bad_epochs", .int(0))
    }
    if s.integer("num_bad_epochs") > s.integer("patience") {
      let lows = s.own("min_lrs")?.asList?.items ?? []
      for (i, group) in s.groups.enumerated() {
        let old = TorchScheduler.rate(group)
        let new = max(old * s.number("factor"), i < lows.count ? lows[i].asDouble ?? 0 : 0)
        if old - new > s.number("eps") { group["lr"] = .float(new) }
      }
      s.setOwn("cooldown_counter", s.own("cooldown") ?? .int(0))
      s.setOwn("num_bad_epochs", .int(0))
    }
    s.setOwn("_last_lr", .list(s.rates))
  }

  static let table = TypeTable(
    "ReduceLROnPlateau", module: "torch.optim.lr_scheduler",
    doc: "Lower rates when a number stops getting better; step() takes the number.", base: TorchScheduler.table,
    properties: [
      NativeProperty("in_cooldown", "Whether it waits after lowering.") { value, _ in
        .bool(((value.asInstance as? TorchScheduler)?.integer("cooldown_counter") ?? 0) > 0)
      }
    ],
    methods: [
      Native("__init__(self, optimizer, mode='min', factor=0.1, patience=10, threshold=0.0001, threshold_mode='rel', cooldown=0, min_lr=0, eps=1e-08)", "Lower rates when a number stops getting better.") { a in
        try start(a)
        return .none
      },
      Native("step(self, metrics, epoch=None)", "Looks at the number of an epoch.") { a in
        try step(a)
        return .none
      },
      Native("is_better(self, a, best)", "Whether a number is better than the best so far.") { a in
        .bool(isBetter(try a.double(1), try a.receiver(TorchScheduler.self)))
      },
    ])
}

/// `SequentialLR` and `ChainedScheduler`.
enum TorchScheduleRows {
  static let sequential = TypeTable(
    "SequentialLR", module: "torch.optim.lr_scheduler", doc: "Schedules one after the other.",
    base: TorchScheduler.table,
    methods: [
      Native("__init__(self, optimizer, schedulers, milestones, last_epoch=-1)", "Schedules, and the epochs at which the next begins.") { a in
        let s = try a.receiver(TorchScheduler.self)
        s.optimizer = try TorchScheduler.attach(a[1], a.machine)
        let parts = try a.items(2)
        let milestones = try a.items(3)
        guard !parts.isEmpty else {
          throw Raise(.valueError, "SequentialLR expects at least one scheduler, but got no scheduler.")
        }
        for (i, part) in parts.enumerated() {
          guard let schedule = part.asInstance as? TorchScheduler else {
            throw Raise(.typeError, "SequentialLR at index \(i) should have `optimizer` as its attribute.")
          }
          if schedule.type.isSubclass(of: a.machine.type(TorchPlateau.table)) {
            throw Raise(.valueError, "SequentialLR does not support `ReduceLROnPlateau` scheduler as it requires additional kwargs to be specified when calling `step`, but got one at index \(i) in the given schedulers sequence.")
          }
          guard schedule.target === s.target else {
            throw Raise(.valueError, "SequentialLR expects all schedulers to belong to the same optimizer, but got scheduler \(schedule.type.name) at index \(i) has \(try a.machine.text(of: schedule.optimizer)), which is different from \(a.machine.typeName(a[1])).")
          }
        }
        guard milestones.count == parts.count - 1 else {
          throw Raise(
            .valueError,
            "Sequential Schedulers expects number of schedulers provided to be one more than the number of milestone points, but got number of schedulers \(parts.count) and the number of milestones to be equal to \(milestones.count)")
        }
        s.parts = parts
        s.setOwn("_milestones", .list(milestones))
        s.setOwn("last_epoch", .int(try a.int(4) &+ 1))
        for group in s.groups { group["lr"] = group["initial_lr"] }
        undo(s)
        guard let first = parts[0].asInstance as? TorchScheduler else { return .none }
        try first.initialStep(a.machine)
        s.setOwn("_last_lr", first.own("_last_lr") ?? .none)
        return .none
      },
      Native("step(self)", "The rates of the next epoch.") { a in
        let s = try a.receiver(TorchScheduler.self)
        let epoch = s.integer("last_epoch") + 1
        s.setOwn("last_epoch", .int(epoch))
        let milestones = (s.own("_milestones")?.asList?.items ?? []).map { $0.asInt ?? 0 }
        let place = milestones.filter { $0 <= epoch }.count
        guard s.parts.indices.contains(place), let part = s.parts[place].asInstance as? TorchScheduler else { return .none }
        if place > 0, milestones[place - 1] == epoch {
          try part.update(.int(0), a.machine)
        } else {
          _ = try a.machine.call(a.machine.attribute(s.parts[place], "step"))
        }
        s.setOwn("_last_lr", part.own("_last_lr") ?? .none)
        return .none
      },
    ])

  /// Takes back the step that each schedule made when it was made.
  private static func undo(_ schedule: TorchScheduler) {
    for part in schedule.parts {
      guard let inner = part.asInstance as? TorchScheduler else { continue }
      if inner.parts.isEmpty {
        inner.setOwn("last_epoch", .int(inner.integer("last_epoch") - 1))
      } else {
        undo(inner)
      }
    }
  }

  static let chained = TypeTable(
    "ChainedScheduler", module: "torch.optim.lr_scheduler", doc: "Schedules that all change the rates.",
    base: TorchScheduler.table,
    methods: [
      Native("__init__(self, schedulers, optimizer=None)", "Schedules of one optimizer.") { a in
        let s = try a.receiver(TorchScheduler.self)
        let parts = try a.items(1)
        guard let first = parts.first?.asInstance as? TorchScheduler else {
          throw Raise(.valueError, "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.")
        }
        for (i, part) in parts.enumerated() where (part.asInstance as? TorchScheduler)?.target !== first.target {
          throw Raise(.valueError, "ChainedScheduler expects all schedulers to belong to the same optimizer, but got scheduler \(a.machine.typeName(part)) at index \(i)")
        }
        s.optimizer = first.optimizer
        s.parts = parts
        s.setOwn("_last_lr", .list(s.rates))
        return .none
      },
      Native("step(self)", "A step of each schedule.") { a in
        let s = try a.receiver(TorchScheduler.self)
        for part in s.parts { _ = try a.machine.call(a.machine.attribute(part, "step")) }
        s.setOwn("_last_lr", .list(s.rates))
        return .none
      },
    ])
}
