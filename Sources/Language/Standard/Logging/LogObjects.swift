#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Records and how they become text: `logging.LogRecord`, `Formatter`, `Filter`.
enum LogObjects {
  static func makeRecord(
    _ name: String, _ level: Int, _ message: Value, _ arguments: [Value], _ exception: Value,
    _ machine: Machine
  ) -> Instance {
    let record = Instance(machine.type(record))
    // One dictionary as the only argument gives names to the message.
    let isMapping = arguments.count == 1 && arguments[0].asDict.map { $0.count > 0 } ?? false
    let entry = machine.currentPlace
    let path = entry?.name ?? "<stdin>"
    let file = PathText.split(path).tail
    let created = Double(TimeModule.nanoseconds(CLOCK_REALTIME)) / 1e9
    let values: [(String, Value)] = [
      ("name", .string(name)), ("msg", message),
      ("args", isMapping ? arguments[0] : .tuple(arguments)),
      ("levelname", .string(LoggingModule.name(of: level, machine))), ("levelno", .int(level)),
      ("pathname", .string(path)), ("filename", .string(file)),
      ("module", .string(PathText.splitExtension(file).root)),
      ("exc_info", exception), ("exc_text", .none), ("stack_info", .none),
      ("lineno", .int(entry?.line ?? 0)), ("funcName", .string(entry?.function ?? "<module>")),
      ("created", .float(created)),
      ("msecs", .float(((created - created.rounded(.down)) * 1000).rounded(.down))),
      ("relativeCreated", .float(0)), ("thread", .int(0)), ("threadName", .string("MainThread")),
      ("processName", .string("MainProcess")), ("process", .int(Int(getpid()))),
    ]
    for (key, value) in values { record.setOwn(key, value) }
    return record
  }

  /// The message of a record with its arguments filled in.
  static func message(_ record: Value, _ machine: Machine) throws(Raise) -> String {
    guard let own = record.asInstance else { return "" }
    let text = try machine.textObject(of: own.own("msg") ?? .none)
    let arguments = own.own("args") ?? .none
    if let tuple = arguments.asTuple, tuple.count == 0 { return text.swiftString }
    if arguments.isNone { return text.swiftString }
    return try machine.text(of: machine.percentFormat(text, arguments))
  }

  static let record = TypeTable(
    "LogRecord", module: "logging", doc: "A message with what is known about it.",
    methods: [
      Native(
        "__init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None)",
        "A record from its parts."
      ) { a in
        guard let own = a[0].asInstance else { return .none }
        let made = makeRecord(
          try a.string(1), try a.size(2), a[5], a[6].isNone ? [] : try a.machine.array(a[6]), a[7],
          a.machine)
        for (key, value) in made.ownAttributes { own.setOwn(key, value) }
        own.setOwn("pathname", a[3])
        own.setOwn("lineno", a[4])
        return .none
      },
      Native("getMessage(self)", "The message with its arguments filled in.") { a in
        .string(try message(a[0], a.machine))
      },
      Native("__repr__(self)", "What is known about the message.") { a in
        func own(_ name: String) throws(Raise) -> String {
          try a.machine.text(of: a[0].asInstance?.own(name) ?? .none)
        }
        return .string(
          "<LogRecord: \(try own("name")), \(try own("levelno")), \(try own("pathname")), "
            + "\(try own("lineno")), \"\(try own("msg"))\">")
      },
    ])

  // MARK: - Formatters

  private static func time(_ a: Arguments, _ record: Instance, _ format: Value) throws(Raise) -> String {
    let created = record.own("created")?.asDouble ?? 0
    let fields = Clock.broken(Int(exactly: created.rounded(.down)) ?? 0, local: true)
    if let text = format.swiftString { return Clock.format(text, fields) }
    let milliseconds = Int(exactly: (record.own("msecs")?.asDouble ?? 0).rounded(.down)) ?? 0
    return Clock.format("%Y-%m-%d %H:%M:%S", fields) + "," + DateText.padded(milliseconds, 3)
  }

  static let formatter = TypeTable(
    "Formatter", module: "logging", doc: "How records become text.",
    methods: [
      Native("__init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None)",
        "A format of names of the record."
      ) { a in
        guard let own = a[0].asInstance else { return .none }
        let style = try a.string(3)
        guard ["%", "{", "$"].contains(style) else {
          throw Raise(.valueError, "Style must be one of: %,{,$")
        }
        let usual = style == "{" ? "{message}" : style == "$" ? "${message}" : "%(message)s"
        own.setOwn("_fmt", a[1].isNone ? .string(usual) : a[1])
        own.setOwn("datefmt", a[2])
        own.setOwn("_style", a[3])
        own.setOwn("_defaults", a[5])
        return .none
      },
      Native("format(self, record)", "The text of a record.") { a in
        let machine = a.machine
        guard let own = a[0].asInstance, let record = a[1].asInstance else { return .none }
        let text = try machine.call(machine.attribute(a[1], "getMessage"))
        record.setOwn("message", text)
        let format = own.own("_fmt") ?? .string("%(message)s")
        if format.swiftString?.contains("asctime") == true {
          record.setOwn(
            "asctime",
            try machine.call(
              machine.attribute(a[0], "formatTime"), [a[1], own.own("datefmt") ?? .none]))
        }
        let values = DictObject()
        if let defaults = own.own("_defaults")?.asDict { try values.update(defaults, machine) }
        for (key, value) in record.ownAttributes { values[key] = value }
        var result = try line(format, own.own("_style")?.swiftString ?? "%", values, machine)
        if let exception = record.own("exc_info")?.asException {
          let trace = try machine.call(
            machine.attribute(a[0], "formatException"), [.object(exception)])
          if !result.hasSuffix("\n") { result += "\n" }
          result += try machine.text(of: trace)
        }
        return .string(result)
      },
      Native("formatTime(self, record, datefmt=None)", "The time of a record.") { a in
        guard let record = a[1].asInstance else { return .none }
        return .string(try time(a, record, a[2]))
      },
      Native("formatException(self, ei)", "The traceback of an error.") { a in
        let value = a[1].asTuple.flatMap { $0.count > 1 ? $0[1] : nil } ?? a[1]
        guard let exception = value.asException else { return .string("") }
        return .string(ErrorReport(a.machine).lines(exception).joined(separator: "\n"))
      },
      Native("formatMessage(self, record)", "The text of a record without its error.") { a in
        guard let own = a[0].asInstance, let record = a[1].asInstance else { return .none }
        let values = DictObject()
        for (key, value) in record.ownAttributes { values[key] = value }
        return .string(
          try line(
            own.own("_fmt") ?? .none, own.own("_style")?.swiftString ?? "%", values, a.machine))
      },
      Native("usesTime(self)", "Whether the format asks for the time.") { a in
        .bool(a[0].asInstance?.own("_fmt")?.swiftString?.contains("asctime") == true)
      },
    ])

  private static func line(
    _ format: Value, _ style: String, _ values: DictObject, _ machine: Machine
  ) throws(Raise) -> String {
    do throws(Raise) {
      switch style {
      case "{":
        let method = try machine.attribute(format, "format")
        return try machine.text(
          of: machine.call(
            method, keywords: values.pairs.compactMap { pair in
              pair.key.swiftString.map { ($0, pair.value) }
            }))
      case "$":
        let module = try machine.importModule("string", first: true)
        let template = try machine.call(machine.attribute(module, "Template"), [format])
        return try machine.text(
          of: machine.call(machine.attribute(template, "substitute"), [.object(values)]))
      default:
        return try machine.text(
          of: machine.percentFormat(machine.textObject(of: format), .object(values)))
      }
    } catch {
      if machine.isException(error, .keyError), case .builtin(_, let arguments) = error.content,
        let name = arguments.first
      {
        throw Raise(
          .valueError, "Formatting field not found in record: \(try machine.repr(name))")
      }
      throw error
    }
  }

  static let filter = TypeTable(
    "Filter", module: "logging", doc: "Lets records of a name and below through.",
    methods: [
      Native("__init__(self, name='')", "The name.") { a in
        a[0].asInstance?.setOwn("name", a[1])
        return .none
      },
      Native("filter(self, record)", "Whether a record passes.") { a in
        let name = a[0].asInstance?.own("name")?.swiftString ?? ""
        let other = a[1].asInstance?.own("name")?.swiftString ?? ""
        return .bool(name.isEmpty || other == name || other.hasPrefix(name + "."))
      },
    ])
}
