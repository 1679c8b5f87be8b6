import Foundation
import Language
import NeuralNetworks

/// The schedules of `torch.optim.lr_scheduler`.
enum TorchSchedulers {
  static let rows: [TorchScheduleRow] = simple + functions + [restarts, cyclic, oneCycle]
  static let tables: [TypeTable] =
    [TorchScheduler.table] + rows.map(\.table)
    + [TorchPlateau.table, TorchScheduleRows.sequential, TorchScheduleRows.chained]

  private static let simple: [TorchScheduleRow] = [
    TorchScheduleRow("StepLR", "step_size, gamma=0.1", "Times gamma every so many epochs.", kept: ["step_size", "gamma"]) {
      Schedules.step($1, every: $0.integer("step_size"), gamma: $0.number("gamma"))
    },
    TorchScheduleRow(
      "MultiStepLR", "milestones, gamma=0.1", "Times gamma at milestones.", kept: [],
      prepare: { schedule, a in
        let counter = try a.machine.attribute(a.machine.importModule("collections", first: false), "Counter")
        schedule.setOwn("milestones", try a.machine.call(counter, [a[2]]))
        schedule.setOwn("gamma", a[3])
      }
    ) { schedule, now in
      let counts = schedule.own("milestones")?.asDict?.pairs ?? []
      let all = counts.flatMap { pair in
        [Int](repeating: pair.key.asInt ?? -1, count: min(1000, max(0, pair.value.asInt ?? 0)))
      }
      return Schedules.multiStep(now, milestones: all, gamma: schedule.number("gamma"))
    },
    TorchScheduleRow("ExponentialLR", "gamma", "Times gamma every epoch.", kept: ["gamma"]) {
      Schedules.exponential($1, gamma: $0.number("gamma"))
    },
    TorchScheduleRow(
      "ConstantLR", "factor=0.3333333333333333, total_iters=5", "Times a factor until an epoch.",
      kept: ["factor", "total_iters"],
      prepare: { _, a in
        let factor = try a.double(2)
        guard factor <= 1, factor >= 0 else {
          throw Raise(.valueError, "Constant multiplicative factor expected to be between 0 and 1.")
        }
      }
    ) { Schedules.constant($1, factor: $0.number("factor"), until: $0.integer("total_iters")) },
    TorchScheduleRow(
      "LinearLR", "start_factor=0.3333333333333333, end_factor=1.0, total_iters=5",
      "A factor that moves evenly: warm-up.", kept: ["start_factor", "end_factor", "total_iters"],
      prepare: { _, a in
        let (start, end) = (try a.double(2), try a.double(3))
        guard start <= 1, start > 0 else {
          throw Raise(.valueError, "Starting multiplicative factor expected to be greater than 0 and less or equal to 1.")
        }
        guard end <= 1, end >= 0 else {
          throw Raise(.valueError, "Ending multiplicative factor expected to be between 0 and 1.")
        }
      }
    ) {
      Schedules.linear($1, from: $0.number("start_factor"), to: $0.number("end_factor"), over: $0.integer("total_iters"))
    },
    TorchScheduleRow("PolynomialLR", "total_iters=5, power=1.0", "(1 - epoch / total)^power.", kept: ["total_iters", "power"]) {
      Schedules.polynomial($1, over: $0.integer("total_iters"), power: $0.number("power"))
    },
    TorchScheduleRow("CosineAnnealingLR", "T_max, eta_min=0.0", "Half a cosine down to a lowest rate.", kept: ["T_max", "eta_min"]) {
      Schedules.cosine(
        $1, over: $0.integer("T_max"), lowest: $0.number("eta_min"),
        isSecond: $0.integer("_step_count") == 1 && $1.epoch > 0)
    },
  ]

  // MARK: - Functions of one's own

  private static func lambdas(_ schedule: TorchScheduler, _ a: Arguments) throws {
    var functions = [a[2]]
    if a[2].asList != nil || a[2].asTuple != nil {
      functions = try a.items(2)
      guard functions.count == schedule.groups.count else {
        throw Raise(.valueError, "Expected \(schedule.groups.count) lr_lambdas, but got \(functions.count)")
      }
    } else {
      functions = schedule.groups.map { _ in a[2] }
    }
    schedule.setOwn("lr_lambdas", .list(functions))
  }

  private static func factor(_ schedule: TorchScheduler, _ i: Int, _ machine: Machine) throws -> Double {
    let functions = schedule.own("lr_lambdas")?.asList?.items ?? []
    guard functions.indices.contains(i) else { return 1 }
    let value = try machine.call(functions[i], [schedule.own("last_epoch") ?? .int(0)])
    guard let number = try machine.float(value) else {
      throw Raise(.typeError, "lr_lambda must give a number, got \(machine.typeName(value))")
    }
    return number
  }

  private static let functions: [TorchScheduleRow] = [
    TorchScheduleRow("LambdaLR", "lr_lambda", "The first rate times a function of the epoch.", kept: [], prepare: lambdas) { schedule, machine in
      try schedule.bases.enumerated().map { i, base in .float(base * (try factor(schedule, i, machine))) }
    },
    TorchScheduleRow("MultiplicativeLR", "lr_lambda", "The rate times a function of the epoch.", kept: [], prepare: lambdas) { schedule, machine in
      if schedule.isInitial { return schedule.rates }
      return try schedule.groups.enumerated().map { i, group in
        .float(TorchScheduler.rate(group) * (try factor(schedule, i, machine)))
      }
    },
  ]

  // MARK: - Cycles

  private static let restarts = TorchScheduleRow(
    "CosineAnnealingWarmRestarts", "T_0, T_mult=1, eta_min=0.0", "A cosine that begins anew every period.", kept: ["T_0"],
    prepare: { schedule, a in
      guard let first = a[2].asInt, first > 0 else {
        throw Raise(.valueError, "Expected positive integer T_0, but got \(try a.machine.text(of: a[2]))")
      }
      guard let times = a[3].asInt, times >= 1 else {
        throw Raise(.valueError, "Expected integer T_mult >= 1, but got \(try a.machine.text(of: a[3]))")
      }
      schedule.setOwn("T_i", .int(first))
      schedule.setOwn("T_mult", .int(times))
      schedule.setOwn("eta_min", a[4])
      schedule.setOwn("T_cur", a[a.place("last_epoch")])
    },
    methods: [
      Native("step(self, epoch=None)", "The rates of the next epoch, or of an epoch with its share.") { a in
        let s = try a.receiver(TorchScheduler.self)
        let isFirst = a[1].isNone && s.integer("last_epoch") < 0
        if a[1].isNone, !isFirst {
          s.setOwn("last_epoch", .int(s.integer("last_epoch") + 1))
          var place = s.number("T_cur") + 1
          let period = s.number("T_i")
          if place >= period {
            place = place.truncatingRemainder(dividingBy: period)
            s.setOwn("T_i", .int(s.integer("T_i").multipliedReportingOverflow(by: s.integer("T_mult")).partialValue))
          }
          s.setOwn("T_cur", place == place.rounded() && abs(place) < 1e15 ? .int(Int(place)) : .float(place))
        } else {
          let epoch = isFirst ? 0 : try a.double(1)
          guard epoch >= 0, epoch < 1e15 else {
            throw Raise(.valueError, "Expected non-negative epoch, but got \(try a.machine.text(of: a[1]))")
          }
          let (first, times) = (s.number("T_0"), s.number("T_mult"))
          var place = epoch
          var period = first
          if epoch >= first {
            if times == 1 {
              place = epoch.truncatingRemainder(dividingBy: first)
            } else {
              let n = (log(epoch / first * (times - 1) + 1) / log(times)).rounded(.down)
              place = epoch - first * (pow(times, n) - 1) / (times - 1)
              period = first * pow(times, n)
            }
          }
          s.setOwn("T_cur", isFirst || a[1].asInt != nil && place == place.rounded() ? .int(Int(exactly: place.rounded()) ?? 0) : .float(place))
          s.setOwn("T_i", .int(Int(exactly: period.rounded()) ?? 1))
          s.setOwn("last_epoch", .int(Int(exactly: epoch.rounded(.down)) ?? 0))
        }
        let rates = try a.machine.call(a.machine.attribute(a[0], "get_lr"))
        try s.assign(a.machine.array(rates), a.machine)
        return .none
      }
    ]
  ) { schedule, _ in
    schedule.bases.map { base in
      .float(
        Schedules.restarted(
          base: base, lowest: schedule.number("eta_min"), at: schedule.number("T_cur"), of: schedule.number("T_i")))
    }
  }

  /// One number for each group.
  private static func spread(_ value: Value, _ name: String, _ schedule: TorchScheduler, _ machine: Machine) throws -> [Value] {
    guard value.asList != nil || value.asTuple != nil else { return schedule.groups.map { _ in value } }
    let items = try machine.array(value)
    guard items.count == schedule.groups.count else {
      throw Raise(.valueError, "\(name) must have the same length as optimizer.param_groups. \(name) has \(items.count) values, param_groups has \(schedule.groups.count).")
    }
    return items
  }

  /// Sets the momentum of a group, or the first of its betas.
  private static func setMomentum(_ group: DictObject, _ value: Value, beta: Bool) {
    guard beta else {
      group["momentum"] = value
      return
    }
    let rest = group["betas"]?.asTuple?.items.dropFirst() ?? []
    group["betas"] = .tuple([value] + rest)
  }

  private static func cyclesMomentum(_ schedule: TorchScheduler, _ a: Arguments) throws -> Bool {
    let cycles = try a.bool(a.place("cycle_momentum"))
    schedule.setOwn("cycle_momentum", .bool(cycles))
    guard cycles, let defaults = schedule.target?.defaults else { return cycles }
    guard defaults["momentum"] != nil || defaults["betas"] != nil else {
      throw Raise(.valueError, "optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
    }
    schedule.setOwn("use_beta1", .bool(defaults["betas"] != nil))
    return true
  }

  private static let cyclic = TorchScheduleRow(
    "CyclicLR", "base_lr, max_lr, step_size_up=2000, step_size_down=None, mode='triangular', gamma=1.0, scale_fn=None, scale_mode='cycle', cycle_momentum=True, base_momentum=0.8, max_momentum=0.9",
    "Up and down again between two rates.", kept: [],
    prepare: { s, a in
      let lows = try spread(a[2], "base_lr", s, a.machine)
      for (group, low) in zip(s.groups, lows) {
        group["lr"] = low
        // The base of the schedule is what was given, whatever the group began with.
        group["initial_lr"] = low
      }
      s.setOwn("max_lrs", .list(try spread(a[3], "max_lr", s, a.machine)))
      let up = try a.double(4)
      let down = try a.optionalDouble(5) ?? up
      guard up > 0, down >= 0 else { throw Raise(.valueError, "step_size_up must be positive") }
      s.setOwn("total_size", .float(up + down))
      s.setOwn("step_ratio", .float(up / (up + down)))
      let mode = try a.string(6)
      guard ["triangular", "triangular2", "exp_range"].contains(mode) || !a[8].isNone else {
        throw Raise(.valueError, "mode is invalid and scale_fn is None")
      }
      s.setOwn("mode", a[6])
      s.setOwn("gamma", a[7])
      s.setOwn("_scale_fn_custom", a[8])
      s.setOwn("scale_mode", a[8].isNone ? .string(mode == "exp_range" ? "iterations" : "cycle") : a[9])
      guard try cyclesMomentum(s, a) else { return }
      let (low, high) = (try spread(a[11], "base_momentum", s, a.machine), try spread(a[12], "max_momentum", s, a.machine))
      s.setOwn("base_momentums", .list(low))
      s.setOwn("max_momentums", .list(high))
      for (i, group) in s.groups.enumerated() {
        setMomentum(group, high[i], beta: s.integer("use_beta1") == 1)
        group["max_momentum"] = high[i]
        group["base_momentum"] = low[i]
      }
    }
  ) { s, machine in
    let epoch = s.integer("last_epoch")
    let total = s.number("total_size")
    let up = s.number("step_ratio") * total
    let (cycle, height) = Schedules.cycle(epoch, up: up, down: total - up)
    let at = s.own("scale_mode")?.swiftString == "cycle" ? cycle : Double(epoch)
    var scale = 1.0
    if let custom = s.own("_scale_fn_custom"), !custom.isNone {
      scale = try machine.float(machine.call(custom, [.float(at)])) ?? 1
    } else {
      switch s.own("mode")?.swiftString {
      case "triangular2": scale = 1 / pow(2, at - 1)
      case "exp_range": scale = pow(s.number("gamma"), at)
      default: scale = 1
      }
    }
    func list(_ name: String) -> [Double] { (s.own(name)?.asList?.items ?? []).map { $0.asDouble ?? 0 } }
    if s.integer("cycle_momentum") == 1 {
      for (i, (low, high)) in zip(list("base_momentums"), list("max_momentums")).enumerated() where s.groups.indices.contains(i) {
        setMomentum(s.groups[i], .float(high - (high - low) * height * scale), beta: s.integer("use_beta1") == 1)
      }
    }
    return zip(s.bases, list("max_lrs")).map { .float($0 + ($1 - $0) * height * scale) }
  }

  private static let oneCycle = TorchScheduleRow(
    "OneCycleLR", "max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy='cos', cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=False",
    "Up to a highest rate and far down. (Smith and Topin 2019)", kept: [],
    prepare: { s, a in
      func positive(_ index: Int, _ name: String) throws -> Int {
        guard let number = a[index].asInt, number > 0 else {
          throw Raise(.valueError, "Expected positive integer \(name), but got \(try a.machine.text(of: a[index]))")
        }
        return number
      }
      var steps: Int
      if !a[3].isNone {
        steps = try positive(3, "total_steps")
      } else if !a[4].isNone, !a[5].isNone {
        steps = try positive(4, "epochs").multipliedReportingOverflow(by: positive(5, "steps_per_epoch")).partialValue
      } else {
        throw Raise(.valueError, "You must define either total_steps OR (epochs AND steps_per_epoch)")
      }
      s.setOwn("total_steps", .int(steps))
      let share = try a.double(6)
      guard share >= 0, share <= 1, a[6].asInt == nil else {
        throw Raise(.valueError, "Expected float between 0 and 1 pct_start, but got \(try a.machine.text(of: a[6]))")
      }
      let strategy = try a.string(7)
      guard ["cos", "linear"].contains(strategy) else {
        throw Raise(.valueError, "anneal_strategy must be one of 'cos' or 'linear', instead got \(strategy)")
      }
      let total = Double(steps)
      func phase(_ end: Value, _ rates: (String, String), _ momenta: (String, String)) -> Value {
        let dict = DictObject()
        dict["end_step"] = end
        dict["start_lr"] = .string(rates.0)
        dict["end_lr"] = .string(rates.1)
        dict["start_momentum"] = .string(momenta.0)
        dict["end_momentum"] = .string(momenta.1)
        return .object(dict)
      }
      let (top, low) = ("max_momentum", "base_momentum")
      var phases = [phase(.float(share * total - 1), ("initial_lr", "max_lr"), (top, low))]
      if try a.bool(13) {
        phases.append(phase(.float(2 * share * total - 2), ("max_lr", "initial_lr"), (low, top)))
        phases.append(phase(.int(steps - 1), ("initial_lr", "min_lr"), (top, top)))
      } else {
        phases.append(phase(.int(steps - 1), ("max_lr", "min_lr"), (low, top)))
      }
      s.setOwn("_schedule_phases", .list(phases))
      s.setOwn("_anneal_func_type", a[7])
      let highs = try spread(a[2], "max_lr", s, a.machine)
      let (divisor, last) = (try a.double(11), try a.double(12))
      for (group, high) in zip(s.groups, highs) {
        let rate = high.asDouble ?? 0
        group["initial_lr"] = .float(rate / divisor)
        group["max_lr"] = high
        group["min_lr"] = .float(rate / divisor / last)
      }
      guard try cyclesMomentum(s, a) else { return }
      let (lows, tops) = (try spread(a[9], "base_momentum", s, a.machine), try spread(a[10], "max_momentum", s, a.machine))
      for (i, group) in s.groups.enumerated() {
        setMomentum(group, tops[i], beta: s.integer("use_beta1") == 1)
        group["max_momentum"] = tops[i]
        group["base_momentum"] = lows[i]
      }
    }
  ) { s, _ in
    let step = s.integer("last_epoch")
    guard step <= s.integer("total_steps") else {
      throw Raise(
        .valueError,
        "Tried to step \(step) times. The specified number of total steps is \(s.integer("total_steps"))")
    }
    let phases = (s.own("_schedule_phases")?.asList?.items ?? []).compactMap(\.asDict)
    let cosine = s.own("_anneal_func_type")?.swiftString == "cos"
    return s.groups.map { group in
      var start = 0.0
      for (i, phase) in phases.enumerated() {
        let end = phase["end_step"]?.asDouble ?? 0
        if Double(step) <= end || i == phases.count - 1 {
          let share = (Double(step) - start) / (end - start)
          func part(_ kind: String) -> Double {
            func number(_ key: String) -> Double {
              TorchScheduler.rate(group, phase[key]?.swiftString ?? "")
            }
            return Schedules.between(number("start_" + kind), number("end_" + kind), at: share, cosine: cosine)
          }
          if s.integer("cycle_momentum") == 1 {
            setMomentum(group, .float(part("momentum")), beta: s.integer("use_beta1") == 1)
          }
          return .float(part("lr"))
        }
        start = end
      }
      return group["lr"] ?? .none
    }
  }
}
