/// `argparse.ArgumentParser`: the arguments that a program takes.
enum ParserType {
  static func own(_ a: Arguments) throws(Raise) -> ParserObject {
    guard let parser = a[0].asInstance as? ParserObject else {
      throw Raise(.typeError, "an ArgumentParser is needed")
    }
    return parser
  }

  // MARK: - Adding

  private static let actions = [
    "store", "store_const", "store_true", "store_false", "append", "append_const", "extend",
    "count", "help", "version",
  ]

  private static func add(
    _ parser: ParserObject, _ flags: [Value], _ keywords: [(name: String, value: Value)],
    group: Int? = nil, title: String? = nil, _ machine: Machine
  ) throws(Raise) -> Value {
    let row = ArgumentRow()
    row.exclusiveGroup = group
    row.groupTitle = title
    var names: [String] = []
    for flag in flags { names.append(try machine.text(of: flag)) }
    var given: [String: Value] = [:]
    let known = [
      "action", "nargs", "const", "default", "type", "choices", "required", "help", "metavar",
      "dest", "version",
    ]
    for (name, value) in keywords {
      guard known.contains(name) else {
        let action = keywords.first { $0.name == "action" }?.value.swiftString ?? "store"
        let title = action.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        throw machine.unexpectedKeyword(
          "_\(title.joined())Action.__init__", name, known: known)
      }
      given[name] = value
    }
    if names.count == 1, !names[0].hasPrefix("-") || names.isEmpty {
      row.name = given["dest"]?.swiftString ?? names[0]
      if given["dest"] != nil {
        throw Raise(.valueError, "dest supplied twice for positional argument")
      }
    } else if names.isEmpty {
      row.name = given["dest"]?.swiftString ?? ""
    } else {
      for name in names where !name.hasPrefix("-") {
        throw Raise(
          .valueError,
          "invalid option string \(try machine.repr(.string(name))): must start with a character "
            + "'-'")
      }
      row.flags = names
      let long = names.first { $0.hasPrefix("--") } ?? names[0]
      row.name =
        given["dest"]?.swiftString
        ?? String(long.drop { $0 == "-" }).replacing("-", with: "_")
    }
    if let action = given["action"] {
      if let text = action.swiftString {
        guard actions.contains(text) else {
          throw Raise(.valueError, "unknown action \"\(text)\"")
        }
        row.action = text
      } else if action.asType?.name == "BooleanOptionalAction" {
        row.action = "boolean"
        row.flags += row.flags.filter { $0.hasPrefix("--") }.map { "--no-" + $0.dropFirst(2) }
      } else {
        row.action = "custom"
        var settings = keywords.filter { $0.name != "action" && $0.name != "dest" }
        settings.append(("dest", .string(row.name)))
        row.custom = try machine.call(
          action, [.list(row.flags.map { .string($0) })], keywords: settings)
      }
    }
    row.count = given["nargs"] ?? .none
    row.constant = given["const"] ?? .none
    row.type = given["type"] ?? .none
    row.choices = given["choices"] ?? .none
    row.metavar = given["metavar"] ?? .none
    row.help = given["help"]?.swiftString
    if let flag = given["required"] {
      if row.isPositional {
        throw Raise(.typeError, "'required' is an invalid argument for positionals")
      }
      row.isRequired = try machine.truth(flag)
    }
    switch row.action {
    case "store_true":
      row.constant = .bool(true)
      row.defaultValue = .bool(false)
    case "store_false":
      row.constant = .bool(false)
      row.defaultValue = .bool(true)
    case "version":
      row.constant = given["version"] ?? .none
      if row.help == nil { row.help = "show program's version number and exit" }
    default: break
    }
    if let value = given["default"] { row.defaultValue = value }
    for flag in row.flags where parser.rows.contains(where: { $0.flags.contains(flag) }) {
      let exception = ExceptionObject(machine.type(ArgumentParserModule.argumentError))
      exception.arguments = [
        .string(
          "argument \(row.shown): conflicting option string\(row.flags.count == 1 ? "" : "s"): "
            + flag)
      ]
      throw Raise(exception)
    }
    if !row.type.isNone, !Callables.isCallable(row.type, machine) {
      throw Raise(.valueError, "\(try machine.repr(row.type)) is not callable")
    }
    parser.rows.append(row)
    let action = Instance(machine.type(ArgumentParserModule.action))
    action.setOwn("dest", .string(row.name))
    action.setOwn("option_strings", .list(row.flags.map { .string($0) }))
    action.setOwn("default", row.defaultValue)
    return .object(action)
  }

  private static func addHelp(_ parser: ParserObject) {
    let row = ArgumentRow()
    row.flags = ["-h", "--help"]
    row.name = "help"
    row.action = "help"
    row.help = "show this help message and exit"
    parser.rows.append(row)
  }

  // MARK: - Groups and sub-commands

  /// A group adds to its parser.
  private final class GroupObject: Instance {
    var parser: ParserObject?
    var exclusive: Int?
    var title: String?
  }

  private static let group = TypeTable(
    "_ArgumentGroup", module: "argparse", doc: "Arguments that belong together.",
    isSubclassable: false,
    methods: [
      Native("add_argument(self, *name_or_flags, **kwargs)", "Adds an argument.") { a in
        let group: GroupObject = try a.receiver()
        guard let parser = group.parser else { return .none }
        return try add(
          parser, a.items(1), a.keywords(2), group: group.exclusive, title: group.title, a.machine)
      }
    ])

  private final class CommandsObject: Instance {
    var parser: ParserObject?
    var row: ArgumentRow?
  }

  private static let commands = TypeTable(
    "_SubParsersAction", module: "argparse", doc: "The sub-commands of a program.",
    isSubclassable: false,
    methods: [
      Native("add_parser(self, name, **kwargs)", "Adds a sub-command; gives its parser.") { a in
        let own: CommandsObject = try a.receiver()
        let machine = a.machine
        guard let parser = own.parser, let row = own.row else { return .none }
        var keywords = a.keywords(2)
        let help = keywords.first { $0.name == "help" }?.value.swiftString
        keywords.removeAll { $0.name == "help" || $0.name == "aliases" }
        if !keywords.contains(where: { $0.name == "prog" }) {
          keywords.append(("prog", .string("\(parser.program) \(try a.string(1))")))
        }
        let made = try machine.call(.object(parser.type), [], keywords: keywords)
        guard let inner = made.asInstance as? ParserObject else { return made }
        row.commands.append((try a.string(1), inner, help))
        return made
      }
    ])

  // MARK: - The type

  static let table: TypeTable = TypeTable(
    "ArgumentParser", module: "argparse", doc: "The arguments that a program takes.",
    allocate: { ParserObject($0) },
    methods: [
      Native(
        "__init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), "
          + "formatter_class=None, prefix_chars='-', fromfile_prefix_chars=None, "
          + "argument_default=None, conflict_handler='error', add_help=True, allow_abbrev=True, "
          + "exit_on_error=True)", "A parser for the arguments of a program.",
        example: "import argparse\nargparse.ArgumentParser(description='Trains a model.')"
      ) { a in
        let parser = try own(a)
        let machine = a.machine
        let path = machine.programArguments.first ?? ""
        parser.program = try a.optionalString(1) ?? PathText.split(path).tail
        parser.usage = try a.optionalString(2)
        parser.text = try a.optionalString(3)
        parser.epilog = try a.optionalString(4)
        parser.layout = a[6].asType?.name ?? ""
        parser.allowsAbbreviations = try a.bool(12)
        parser.exitsOnError = try a.bool(13)
        if try a.bool(11) { addHelp(parser) }
        for other in try machine.array(a[5]) {
          parser.rows += (other.asInstance as? ParserObject)?.rows.filter { $0.action != "help" } ?? []
        }
        return .none
      },
      Native("add_argument(self, *name_or_flags, **kwargs)", "Adds an argument.") { a in
        try add(own(a), a.items(1), a.keywords(2), a.machine)
      },
      Native("add_argument_group(self, title=None, description=None)", "Arguments that belong together.")
      { a in
        let result = GroupObject(a.machine.type(group))
        result.parser = try own(a)
        result.title = try a.optionalString(1)
        return .object(result)
      },
      Native("add_mutually_exclusive_group(self, *, required=False)",
        "Arguments of which only one may be given."
      ) { a in
        let parser = try own(a)
        let result = GroupObject(a.machine.type(group))
        result.parser = parser
        result.exclusive = parser.exclusiveCount
        if try a.bool(1) { parser.exclusiveRequired.insert(parser.exclusiveCount) }
        parser.exclusiveCount += 1
        return .object(result)
      },
      Native(
        "add_subparsers(self, *, title=None, description=None, dest=None, required=False, "
          + "help=None, metavar=None)", "Sub-commands, each with a parser of its own."
      ) { a in
        let parser = try own(a)
        let row = ArgumentRow()
        row.action = "commands"
        row.name = try a.optionalString(3) ?? ""
        row.isRequired = try a.bool(4)
        row.help = try a.optionalString(5)
        row.metavar = a[6]
        row.groupTitle = try a.optionalString(1)
        parser.rows.append(row)
        let result = CommandsObject(a.machine.type(commands))
        result.parser = parser
        result.row = row
        return .object(result)
      },
      Native("set_defaults(self, **kwargs)", "Values for names that no argument has set.") { a in
        let parser = try own(a)
        for (name, value) in a.keywords(1) {
          parser.defaults.append((name, value))
          for row in parser.rows where row.name == name { row.defaultValue = value }
        }
        return .none
      },
      Native("get_default(self, dest)", "The default of a name.") { a in
        let parser = try own(a)
        let name = try a.string(1)
        return parser.rows.first { $0.name == name }?.defaultValue
          ?? parser.defaults.first { $0.0 == name }?.1 ?? .none
      },
      Native("parse_args(self, args=None, namespace=None)", "The values of the arguments.") { a in
        let parser = try own(a)
        let (result, rest) = try ArgumentMatcher.run(parser, a[1], a[2], a.machine)
        if !rest.isEmpty {
          throw try fail(
            parser, "unrecognized arguments: \(rest.joined(separator: " "))", a.machine)
        }
        return result
      },
      Native("parse_known_args(self, args=None, namespace=None)",
        "The values of the arguments, and what was not known."
      ) { a in
        let (result, rest) = try ArgumentMatcher.run(own(a), a[1], a[2], a.machine)
        return .tuple([result, .list(rest.map { .string($0) })])
      },
      Native("format_help(self)", "The help text.") { a in
        .string(try ArgumentHelp(own(a), a.machine).help())
      },
      Native("format_usage(self)", "The line of usage.") { a in
        .string(try ArgumentHelp(own(a), a.machine).usage() + "\n")
      },
      Native("print_help(self, file=None)", "Prints the help text.") { a in
        try write(ArgumentHelp(own(a), a.machine).help(), a[1], toError: false, a.machine)
        return .none
      },
      Native("print_usage(self, file=None)", "Prints the line of usage.") { a in
        try write(ArgumentHelp(own(a), a.machine).usage() + "\n", a[1], toError: false, a.machine)
        return .none
      },
      Native("error(self, message)", "Prints usage and a message, and ends the program.") { a in
        throw try fail(own(a), a.string(1), a.machine)
      },
      Native("exit(self, status=0, message=None)", "Ends the program.") { a in
        if let text = try a.optionalString(2) { a.machine.host?.write(text, toError: true) }
        throw Raise(.systemExit, arguments: [a[1]])
      },
      Native("__repr__(self)", "The parser by its program.") { a in
        let parser = try own(a)
        func shown(_ text: String?) throws(Raise) -> String {
          try a.machine.repr(text.map { .string($0) } ?? .none)
        }
        return .string(
          "ArgumentParser(prog=\(try shown(parser.program)), usage=\(try shown(parser.usage)), "
            + "description=\(try shown(parser.text)), formatter_class=<class 'argparse."
            + "\(parser.layout.isEmpty ? "HelpFormatter" : parser.layout)'>, "
            + "conflict_handler='error', add_help="
            + "\(parser.rows.contains { $0.action == "help" } ? "True" : "False"))")
      },
    ])

  /// Prints usage and a message; the error that ends the program with status 2.
  static func fail(
    _ parser: ParserObject, _ message: String, _ machine: Machine
  ) throws(Raise) -> Raise {
    // A class of the program may have its own way to complain.
    if let method = parser.type.lookup("error"), method.kind == .function {
      _ = try machine.call(method, [.object(parser), .string(message)])
    }
    if !parser.exitsOnError {
      let exception = ExceptionObject(machine.type(ArgumentParserModule.argumentError))
      exception.arguments = [.string(message)]
      return Raise(exception)
    }
    let usage = try ArgumentHelp(parser, machine).usage()
    try write("\(usage)\n\(parser.program): error: \(message)\n", .none, toError: true, machine)
    return Raise(.systemExit, arguments: [.int(2)])
  }

  static func write(
    _ text: String, _ file: Value, toError: Bool, _ machine: Machine
  ) throws(Raise) {
    var target = file
    if target.isNone, let redirected = machine.redirections[toError ? 1 : 0] { target = redirected }
    if target.isNone {
      machine.host?.write(text, toError: toError)
    } else {
      _ = try machine.call(machine.attribute(target, "write"), [.string(text)])
    }
  }
}
