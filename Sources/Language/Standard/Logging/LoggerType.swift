import Syntax

/// `logging.Logger`: takes messages, asks its level and those above it, and hands records on.
enum LoggerType {
  private final class Registry {
    var loggers: [String: Instance] = [:]
    var root: Instance?
  }

  private static func registry(_ machine: Machine) -> Registry {
    if let known = machine.extensions["logging"] as? Registry { return known }
    let made = Registry()
    machine.extensions["logging"] = made
    return made
  }

  static func root(_ machine: Machine) throws(Raise) -> Instance {
    let registry = registry(machine)
    if let known = registry.root { return known }
    let made = Instance(machine.type(rootTable))
    fill(made, "root", 30)
    made.setOwn("parent", .none)
    made.setOwn("_disabled_below", .int(0))
    registry.root = made
    return made
  }

  private static func fill(_ logger: Instance, _ name: String, _ level: Int) {
    logger.setOwn("name", .string(name))
    logger.setOwn("level", .int(level))
    logger.setOwn("handlers", .list([]))
    logger.setOwn("filters", .list([]))
    logger.setOwn("propagate", .bool(true))
    logger.setOwn("disabled", .bool(false))
  }

  /// The logger of a dotted name, made with the parents that are known.
  static func logger(_ name: String, _ machine: Machine) throws(Raise) -> Instance {
    let registry = registry(machine)
    if let known = registry.loggers[name] { return known }
    let made = Instance(machine.type(table))
    fill(made, name, 0)
    registry.loggers[name] = made
    // Parents may be made later than their children.
    for logger in registry.loggers.values {
      let own = logger.own("name")?.swiftString ?? ""
      let above = registry.loggers.filter { own.hasPrefix($0.key + ".") }
        .max { $0.key.utf8.count < $1.key.utf8.count }?.value
      if let above {
        logger.setOwn("parent", .object(above))
      } else {
        logger.setOwn("parent", .object(try root(machine)))
      }
    }
    return made
  }

  // MARK: - Logging

  static func effectiveLevel(_ logger: Instance) -> Int {
    var current: Instance? = logger
    while let item = current {
      if let level = item.own("level")?.asInt, level != 0 { return level }
      current = item.own("parent")?.asInstance
    }
    return 0
  }

  static func isEnabled(
    _ logger: Instance, _ level: Int, _ machine: Machine
  ) throws(Raise) -> Bool {
    if let off = logger.own("disabled"), try machine.truth(off) { return false }
    if let below = try root(machine).own("_disabled_below")?.asInt, below > 0, level <= below {
      return false
    }
    return level >= effectiveLevel(logger)
  }

  static func log(
    _ logger: Instance, _ level: Int, _ message: Value, _ arguments: [Value],
    _ keywords: [(name: String, value: Value)], isException: Bool, _ machine: Machine
  ) throws(Raise) {
    guard try isEnabled(logger, level, machine) else { return }
    var exception: Value = .none
    var extra: DictObject?
    for (name, value) in keywords {
      switch name {
      case "exc_info":
        if value.asException != nil {
          exception = value
        } else if try machine.truth(value), let current = machine.handled.last {
          exception = .object(current)
        }
      case "extra": extra = value.asDict
      case "stack_info", "stacklevel": break
      default:
        throw Raise(
          .typeError, "Logger._log() got an unexpected keyword argument '\(name)'")
      }
    }
    if isException, exception.isNone, let current = machine.handled.last {
      exception = .object(current)
    }
    let record = LogObjects.makeRecord(
      logger.own("name")?.swiftString ?? "", level, message, arguments, exception, machine)
    for (key, value) in extra?.pairs ?? [] {
      if let name = key.swiftString {
        if record.own(name) != nil || name == "message" || name == "asctime" {
          throw Raise(
            .keyError, "Attempt to overwrite \(try machine.repr(key)) in LogRecord")
        }
        record.setOwn(name, value)
      }
    }
    try handle(.object(logger), .object(record), machine)
  }

  /// Whether all filters of a logger or handler let a record through.
  static func passes(
    _ owner: Value, _ record: Value, _ machine: Machine
  ) throws(Raise) -> Bool {
    guard let filters = owner.asInstance?.own("filters") else { return true }
    for filter in try machine.array(filters) {
      let test = try machine.optionalAttribute(filter, "filter") ?? filter
      if try !machine.truth(machine.call(test, [record])) { return false }
    }
    return true
  }

  private static func handle(_ logger: Value, _ record: Value, _ machine: Machine) throws(Raise) {
    guard try passes(logger, record, machine) else { return }
    let level = record.asInstance?.own("levelno")?.asInt ?? 0
    var current = logger.asInstance
    var found = 0
    while let item = current {
      for handler in try machine.array(item.own("handlers") ?? .list([])) {
        found += 1
        let least = try machine.optionalAttribute(handler, "level")?.asInt ?? 0
        if level >= least {
          _ = try machine.call(machine.attribute(handler, "handle"), [record])
        }
      }
      if let goesOn = item.own("propagate"), try !machine.truth(goesOn) { break }
      current = item.own("parent")?.asInstance
    }
    // Without any handler, warnings still reach the user.
    if found == 0, level >= 30 {
      let text = try LogObjects.message(record, machine)
      machine.host?.write(text + "\n", toError: true)
    }
  }

  // MARK: - The type

  private static func own(_ a: Arguments) throws(Raise) -> Instance {
    guard let logger = a[0].asInstance else { throw Raise(.typeError, "a logger is needed") }
    return logger
  }

  private static func method(_ name: String, _ level: Int) -> Native {
    Native("\(name)(self, msg, *args, **kwargs)", "A message of the level \(name).") { a in
      try log(
        own(a), level, a[1], a.items(2), a.keywords(3), isException: name == "exception",
        a.machine)
      return .none
    }
  }

  private static func list(_ a: Arguments, _ name: String) throws(Raise) -> ListObject {
    if let list = try own(a).own(name)?.asList { return list }
    let made = ListObject([])
    try own(a).setOwn(name, .object(made))
    return made
  }

  static func add(_ a: Arguments, to name: String) throws(Raise) {
    let list = try list(a, name)
    if !list.items.contains(where: { $0.isIdentical(to: a[1]) }) { list.append(a[1]) }
  }

  static func remove(_ a: Arguments, from name: String) throws(Raise) {
    let list = try list(a, name)
    list.replaceAll(list.items.filter { !$0.isIdentical(to: a[1]) })
  }

  static let table = TypeTable(
    "Logger", module: "logging", doc: "Takes messages of a name.",
    methods: [
      ("debug", 10), ("info", 20), ("warning", 30), ("warn", 30), ("error", 40), ("critical", 50),
      ("fatal", 50), ("exception", 40),
    ].map { method($0.0, $0.1) } + [
      Native("__init__(self, name, level=0)", "A logger by name.") { a in
        fill(try own(a), try a.string(1), try LoggingModule.level(a[2], a.machine))
        return .none
      },
      Native("log(self, level, msg, *args, **kwargs)", "A message of a level.") { a in
        guard let level = a[1].asInt else { throw Raise(.typeError, "level must be an integer") }
        try log(
          own(a), level, a[2], a.items(3), a.keywords(4), isException: false, a.machine)
        return .none
      },
      Native("setLevel(self, level)", "The least level that is taken.") { a in
        try own(a).setOwn("level", .int(LoggingModule.level(a[1], a.machine)))
        return .none
      },
      Native("isEnabledFor(self, level)", "Whether messages of a level are taken.") { a in
        .bool(try isEnabled(own(a), LoggingModule.level(a[1], a.machine), a.machine))
      },
      Native("getEffectiveLevel(self)", "The level of this logger or of the next above.") { a in
        .int(effectiveLevel(try own(a)))
      },
      Native("getChild(self, suffix)", "The logger of a name below this one.") { a in
        let name = try own(a).own("name")?.swiftString ?? ""
        let isRoot = try own(a) === root(a.machine)
        return .object(
          try logger(isRoot ? a.string(1) : "\(name).\(try a.string(1))", a.machine))
      },
      Native("addHandler(self, hdlr)", "Adds a place where messages go.") { a in
        try add(a, to: "handlers")
        return .none
      },
      Native("removeHandler(self, hdlr)", "Takes such a place away.") { a in
        try remove(a, from: "handlers")
        return .none
      },
      Native("hasHandlers(self)", "Whether messages go anywhere.") { a in
        var current: Instance? = try own(a)
        while let item = current {
          if try !a.machine.array(item.own("handlers") ?? .list([])).isEmpty { return .bool(true) }
          current = item.own("parent")?.asInstance
        }
        return .bool(false)
      },
      Native("addFilter(self, filter)", "Adds a test that records have to pass.") { a in
        try add(a, to: "filters")
        return .none
      },
      Native("removeFilter(self, filter)", "Takes such a test away.") { a in
        try remove(a, from: "filters")
        return .none
      },
      Native("handle(self, record)", "Hands a record on.") { a in
        try handle(a[0], a[1], a.machine)
        return .none
      },
      Native("__repr__(self)", "Name and level.") { a in
        let logger = try own(a)
        let level = LoggingModule.name(of: effectiveLevel(logger), a.machine)
        return .string(
          "<\(logger.type.name) \(logger.own("name")?.swiftString ?? "") (\(level))>")
      },
    ])

  private static let rootTable = TypeTable(
    "RootLogger", module: "logging", doc: "The logger above all others.", base: table)
}
