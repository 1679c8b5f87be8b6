#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `logging`: messages with levels, from named loggers to handlers.
///
/// Records, formatters, handlers and loggers are objects with plain attributes, so that programs can
/// derive from them and change them as they do with the original.
enum LoggingModule {
  static let levels: [(name: String, value: Int)] = [
    ("CRITICAL", 50), ("ERROR", 40), ("WARNING", 30), ("INFO", 20), ("DEBUG", 10), ("NOTSET", 0),
  ]

  static let table = ModuleTable(
    "logging", doc: "Messages with levels.",
    entries: (levels + [("FATAL", 50), ("WARN", 30)]).map { name, value in
      .value(name: name, doc: "A level.") { _ in .int(value) }
    } + [
      .type(LogObjects.record), .type(LogObjects.formatter), .type(LogHandlers.handler),
      .type(LogHandlers.stream), .type(LogHandlers.file), .type(LogHandlers.null),
      .type(LogObjects.filter), .type(LoggerType.table),
      .value(name: "root", doc: "The logger above all others.") { machine in
        .object(try LoggerType.root(machine))
      },
      .value(name: "BASIC_FORMAT", doc: "The format of plain messages.") { _ in
        .string("%(levelname)s:%(name)s:%(message)s")
      },
      .value(name: "raiseExceptions", doc: "Whether errors in handlers are shown.") { _ in
        .bool(true)
      },
    ] + functions.map { .function($0) })

  /// The number of a level by number or name.
  static func level(_ value: Value, _ machine: Machine) throws(Raise) -> Int {
    if let number = value.asInt { return number }
    guard let name = value.swiftString else {
      throw Raise(.typeError, "Level not an integer or a valid string: \(try machine.repr(value))")
    }
    for (known, number) in levels + [("FATAL", 50), ("WARN", 30)] where known == name {
      return number
    }
    if let number = names(machine).pairs.first(where: { $0.value.swiftString == name })?.key.asInt {
      return number
    }
    throw Raise(.valueError, "Unknown level: \(try machine.repr(value))")
  }

  /// Names that a program has given to levels.
  static func names(_ machine: Machine) -> DictObject {
    if let known = machine.extensions["logging.names"] as? DictObject { return known }
    let made = DictObject()
    machine.extensions["logging.names"] = made
    return made
  }

  static func name(of level: Int, _ machine: Machine) -> String {
    if let own = (try? names(machine).get(.int(level), machine))?.swiftString { return own }
    return levels.first { $0.value == level }?.name ?? "Level \(level)"
  }

  // MARK: - Functions

  private static func shortcut(_ name: String, _ level: Int) -> Native {
    Native("\(name)(msg, *args, **kwargs)", "A message of the root logger.",
      example: "import logging, sys\nlogging.\(name)('text')"
    ) { a in
      let root = try LoggerType.root(a.machine)
      if try handlers(root, a.machine).isEmpty { try basicConfiguration([], a.machine) }
      try LoggerType.log(
        root, level, a[0], a.items(1), a.keywords(2), isException: name == "exception", a.machine)
      return .none
    }
  }

  private static func handlers(_ logger: Instance, _ machine: Machine) throws(Raise) -> [Value] {
    try machine.array(logger.own("handlers") ?? .list([]))
  }

  private static let functions: [Native] =
    [
      ("debug", 10), ("info", 20), ("warning", 30), ("warn", 30), ("error", 40), ("critical", 50),
      ("fatal", 50), ("exception", 40),
    ].map { shortcut($0.0, $0.1) } + [
      Native("log(level, msg, *args, **kwargs)", "A message of a level.",
        example: "import logging\nlogging.log(30, 'text')"
      ) { a in
        let root = try LoggerType.root(a.machine)
        if try handlers(root, a.machine).isEmpty { try basicConfiguration([], a.machine) }
        try LoggerType.log(
          root, level(a[0], a.machine), a[1], a.items(2), a.keywords(3), isException: false,
          a.machine)
        return .none
      },
      Native("basicConfig(**kwargs)", "Sets where messages go, how they look and from which level on.",
        example: "import logging\nlogging.basicConfig(level=logging.INFO)"
      ) { a in
        try basicConfiguration(a.keywords(0), a.machine)
        return .none
      },
      Native("getLogger(name=None)", "The logger of a name; without one, the root.",
        example: "import logging\nlogging.getLogger('train')"
      ) { a in
        if a[0].isNone { return .object(try LoggerType.root(a.machine)) }
        guard let name = a[0].swiftString else {
          throw Raise(.typeError, "A logger name must be a string")
        }
        if name.isEmpty || name == "root" { return .object(try LoggerType.root(a.machine)) }
        return .object(try LoggerType.logger(name, a.machine))
      },
      Native("getLevelName(level)", "The name of a level, or the level of a name.",
        example: "import logging\nlogging.getLevelName(20)"
      ) { a in
        if let number = a[0].asInt { return .string(name(of: number, a.machine)) }
        if let number = try? level(a[0], a.machine) { return .int(number) }
        return .string("Level \(try a.machine.text(of: a[0]))")
      },
      Native("addLevelName(level, levelName)", "Gives a level a name.",
        example: "import logging\nlogging.addLevelName(25, 'NOTICE')"
      ) { a in
        try names(a.machine).set(a[0], a[1], a.machine)
        return .none
      },
      Native("disable(level=50)", "Silences messages up to a level.",
        example: "import logging\nlogging.disable(logging.NOTSET)"
      ) { a in
        try LoggerType.root(a.machine).setOwn("_disabled_below", .int(level(a[0], a.machine)))
        return .none
      },
      Native("captureWarnings(capture)", "Warnings stay where they are.",
        example: "import logging\nlogging.captureWarnings(False)"
      ) { _ in .none },
      Native("shutdown()", "Writes out what handlers hold.", example: "import logging\nlogging.shutdown()") { a in
        for handler in try handlers(LoggerType.root(a.machine), a.machine) {
          if let flush = try a.machine.optionalAttribute(handler, "flush") {
            _ = try a.machine.call(flush)
          }
        }
        return .none
      },
    ]

  /// What `basicConfig` does: nothing when the root has handlers, unless forced.
  static func basicConfiguration(
    _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws(Raise) {
    let known = [
      "filename", "filemode", "format", "datefmt", "style", "level", "stream", "handlers", "force",
      "encoding", "errors",
    ]
    var given: [String: Value] = [:]
    for (name, value) in keywords { given[name] = value }
    let root = try LoggerType.root(machine)
    if let force = given["force"], try machine.truth(force) { root.setOwn("handlers", .list([])) }
    if try !handlers(root, machine).isEmpty { return }
    if let name = keywords.map(\.name).first(where: { !known.contains($0) }) {
      let raise = Raise(.valueError, "Unrecognised argument(s): \(name)")
      raise.hint = Suggestion.nearest(to: name, among: known).map { "Did you mean '\($0)'?" }
      throw raise
    }
    var made: [Value] = []
    if let list = given["handlers"], !list.isNone {
      if given["stream"] != nil || given["filename"] != nil {
        throw Raise(
          .valueError,
          "'stream' or 'filename' should not be specified together with 'handlers'")
      }
      made = try machine.array(list)
    } else if let file = given["filename"], !file.isNone {
      if given["stream"] != nil {
        throw Raise(.valueError, "'stream' and 'filename' should not be specified together")
      }
      made = [
        try machine.call(
          .object(machine.type(LogHandlers.file)), [file, given["filemode"] ?? .string("a")])
      ]
    } else {
      made = [
        try machine.call(
          .object(machine.type(LogHandlers.stream)), given["stream"].map { [$0] } ?? [])
      ]
    }
    let style = given["style"] ?? .string("%")
    let usual =
      switch style.swiftString {
      case "{": "{levelname}:{name}:{message}"
      case "$": "${levelname}:${name}:${message}"
      default: "%(levelname)s:%(name)s:%(message)s"
      }
    let formatter = try machine.call(
      .object(machine.type(LogObjects.formatter)),
      [given["format"] ?? .string(usual), given["datefmt"] ?? .none, style])
    let list = ListObject([])
    for handler in made {
      if try machine.optionalAttribute(handler, "formatter")?.isNone ?? true {
        try machine.setAttribute(handler, "formatter", formatter)
      }
      list.append(handler)
    }
    root.setOwn("handlers", .object(list))
    if let value = given["level"], !value.isNone {
      root.setOwn("level", .int(try level(value, machine)))
    }
  }
}
