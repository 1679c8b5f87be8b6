/// Where records go: `logging.Handler` and those that write to streams and files.
enum LogHandlers {
  private static func own(_ a: Arguments) throws(Raise) -> Instance {
    guard let handler = a[0].asInstance else { throw Raise(.typeError, "a handler is needed") }
    return handler
  }

  private static func fill(_ handler: Instance, _ level: Value, _ machine: Machine) throws(Raise) {
    handler.setOwn("level", .int(try LoggingModule.level(level, machine)))
    handler.setOwn("formatter", .none)
    handler.setOwn("filters", .list([]))
    handler.setOwn("name", .none)
  }

  /// The text of a record by the handler's formatter.
  private static func text(_ a: Arguments) throws(Raise) -> Value {
    try a.machine.call(a.machine.attribute(a[0], "format"), [a[1]])
  }

  static let handler = TypeTable(
    "Handler", module: "logging", doc: "The base of places where messages go.",
    methods: [
      Native("__init__(self, level=0)", "The least level that is taken.") { a in
        try fill(own(a), a[1], a.machine)
        return .none
      },
      Native("setLevel(self, level)", "The least level that is taken.") { a in
        try own(a).setOwn("level", .int(LoggingModule.level(a[1], a.machine)))
        return .none
      },
      Native("setFormatter(self, fmt)", "How records become text.") { a in
        try own(a).setOwn("formatter", a[1])
        return .none
      },
      Native("addFilter(self, filter)", "Adds a test that records have to pass.") { a in
        try LoggerType.add(a, to: "filters")
        return .none
      },
      Native("removeFilter(self, filter)", "Takes such a test away.") { a in
        try LoggerType.remove(a, from: "filters")
        return .none
      },
      Native("format(self, record)", "The text of a record.") { a in
        let machine = a.machine
        var formatter = try own(a).own("formatter") ?? .none
        if formatter.isNone {
          formatter = try machine.call(.object(machine.type(LogObjects.formatter)))
        }
        return try machine.call(machine.attribute(formatter, "format"), [a[1]])
      },
      Native("handle(self, record)", "Takes a record that passes the filters.") { a in
        if try LoggerType.passes(a[0], a[1], a.machine) {
          _ = try a.machine.call(a.machine.attribute(a[0], "emit"), [a[1]])
        }
        return .none
      },
      Native("emit(self, record)", "To be defined by handlers.") { _ in
        throw Raise(.notImplementedError, "emit must be implemented by Handler subclasses")
      },
      Native("flush(self)", "Nothing to write out.") { _ in .none },
      Native("close(self)", "Nothing to close.") { _ in .none },
      Native("__repr__(self)", "Class and level.") { a in
        let level = LoggingModule.name(of: try own(a).own("level")?.asInt ?? 0, a.machine)
        return .string("<\(try own(a).type.name) (\(level))>")
      },
    ])

  // MARK: - Streams

  static let stream: TypeTable = TypeTable(
    "StreamHandler", module: "logging", doc: "Writes records to a stream: errors by default.",
    base: handler,
    methods: [
      Native("__init__(self, stream=None)", "The stream.") { a in
        try fill(own(a), .int(0), a.machine)
        try own(a).setOwn("stream", a[1])
        return .none
      },
      Native("emit(self, record)", "Writes a record.") { a in
        let machine = a.machine
        let line = try machine.text(of: text(a))
        let end = try own(a).own("terminator")?.swiftString ?? "\n"
        let target = try own(a).own("stream") ?? .none
        if target.isNone {
          if let redirected = machine.redirections[1] {
            _ = try machine.call(machine.attribute(redirected, "write"), [.string(line + end)])
          } else {
            machine.host?.write(line + end, toError: true)
          }
          return .none
        }
        _ = try machine.call(machine.attribute(target, "write"), [.string(line + end)])
        if let flush = try machine.optionalAttribute(target, "flush") { _ = try machine.call(flush) }
        return .none
      },
      Native("setStream(self, stream)", "Another stream; gives the old one.") { a in
        let old = try own(a).own("stream") ?? .none
        try own(a).setOwn("stream", a[1])
        return old
      },
      Native("flush(self)", "Writes out what the stream holds.") { a in
        let target = try own(a).own("stream") ?? .none
        if !target.isNone, let flush = try a.machine.optionalAttribute(target, "flush") {
          _ = try a.machine.call(flush)
        }
        return .none
      },
      Native("__repr__(self)", "Class, stream and level.") { a in
        let level = LoggingModule.name(of: try own(a).own("level")?.asInt ?? 0, a.machine)
        let target = try own(a).own("stream") ?? .none
        var name = target.isNone ? "<stderr>" : ""
        if !target.isNone, let own = try a.machine.optionalAttribute(target, "name") {
          name = try a.machine.text(of: own)
        }
        if !name.isEmpty { name += " " }
        return .string("<\(try own(a).type.name) \(name)(\(level))>")
      },
    ])

  static let file = TypeTable(
    "FileHandler", module: "logging", doc: "Writes records to a file.", base: stream,
    methods: [
      Native("__init__(self, filename, mode='a', encoding=None, delay=False, errors=None)",
        "The file."
      ) { a in
        let machine = a.machine
        try fill(own(a), .int(0), machine)
        guard let open = machine.builtin("open") else { return .none }
        let path = try PathText.absolute(SystemError.path(a[1], machine, ""))
        try own(a).setOwn("baseFilename", .string(path))
        try own(a).setOwn(
          "stream",
          machine.call(
            open, [.string(path), a[2]], keywords: a[3].isNone ? [] : [("encoding", a[3])]))
        return .none
      },
      Native("close(self)", "Closes the file.") { a in
        if let target = try own(a).own("stream"), !target.isNone {
          _ = try a.machine.call(a.machine.attribute(target, "close"))
        }
        return .none
      },
      Native("__repr__(self)", "Class, path and level.") { a in
        let level = LoggingModule.name(of: try own(a).own("level")?.asInt ?? 0, a.machine)
        return .string(
          "<\(try own(a).type.name) \(try own(a).own("baseFilename")?.swiftString ?? "") (\(level))>")
      },
    ])

  static let null = TypeTable(
    "NullHandler", module: "logging", doc: "Drops all records.", base: handler,
    methods: [
      Native("emit(self, record)", "Nothing.") { _ in .none },
      Native("handle(self, record)", "Nothing.") { _ in .none },
    ])
}
