/// The module `argparse`: options of a program from its command line.
///
/// A parser keeps its arguments as Swift values; what they become (types, defaults, the namespace)
/// are values of the language.
enum ArgumentParserModule {
  static let table = ModuleTable(
    "argparse", doc: "Options of a program from its command line.",
    entries: [
      .type(ParserType.table), .type(namespace), .type(action),
      .value(name: "ArgumentTypeError", doc: "A text that a type does not take.") { machine in
        .object(machine.type(typeError))
      },
      .value(name: "ArgumentError", doc: "An argument that does not fit.") { machine in
        .object(machine.type(argumentError))
      },
      .type(formatter("HelpFormatter")), .type(formatter("ArgumentDefaultsHelpFormatter")),
      .type(formatter("RawDescriptionHelpFormatter")), .type(formatter("RawTextHelpFormatter")),
      .value(name: "SUPPRESS", doc: "No default, or no help.") { _ in .string("==SUPPRESS==") },
      .value(name: "REMAINDER", doc: "All that is left.") { _ in .string("...") },
      .value(name: "OPTIONAL", doc: "None or one.") { _ in .string("?") },
      .value(name: "ZERO_OR_MORE", doc: "Any number.") { _ in .string("*") },
      .value(name: "ONE_OR_MORE", doc: "At least one.") { _ in .string("+") },
      .function(
        Native("FileType(mode='r', bufsize=-1, encoding=None, errors=None)",
          "A type that opens files.", example: "import argparse\nargparse.FileType('r')"
        ) { a in
          let mode = a[0]
          return .object(
            NativeFunction(
              Native("open(path)", "Opens a file.") { b in
                guard let open = b.machine.builtin("open") else { return .none }
                return try b.machine.call(open, [b[0], mode])
              }))
        }),
      .value(name: "BooleanOptionalAction", doc: "An option with a --no- form.") { machine in
        .object(machine.type(booleanAction))
      },
    ])

  static let typeError = TypeTable(
    "ArgumentTypeError", module: "argparse", doc: "A text that a type does not take.",
    baseName: "Exception")
  static let argumentError = TypeTable(
    "ArgumentError", module: "argparse", doc: "An argument that does not fit.",
    baseName: "Exception")
  private static let booleanAction = TypeTable(
    "BooleanOptionalAction", module: "argparse", doc: "An option with a --no- form.")

  private static func formatter(_ name: String) -> TypeTable {
    TypeTable(
      name, module: "argparse", doc: "A layout of help texts.",
      methods: [Native("__init__(self, *args, **kwargs)", "Chosen by its class.") { _ in .none }])
  }

  /// `argparse.Namespace(a=1)`: the values by name.
  static let namespace: TypeTable = TypeTable(
    "Namespace", module: "argparse", doc: "The values of the arguments.",
    allocate: { OrderedInstance($0) }, willSetAttribute: OrderedInstance.noteAttribute,
    methods: [
      Native("__init__(self, **kwargs)", "Takes the attributes.",
        example: "import argparse\nargparse.Namespace(epochs=3)"
      ) { a in
        for (name, value) in a.keywords(1) { try a.machine.setAttribute(a[0], name, value) }
        return .none
      },
      Native("__repr__(self)", "The attributes as one would write them.") { a in
        guard let own = a[0].asInstance else { return .none }
        var parts: [String] = []
        for (name, value) in own.ownAttributes {
          parts.append("\(name)=\(try a.machine.repr(value))")
        }
        return .string("\(own.type.name)(\(parts.joined(separator: ", ")))")
      },
      Native("__eq__(self, other)", "Whether the attributes are equal.") { a in
        guard let left = a[0].asInstance, let right = a[1].asInstance,
          right.type.isSubclass(of: a.machine.type(namespace))
        else { return .notImplemented }
        if left.ownAttributes.count != right.ownAttributes.count { return .bool(false) }
        for (name, value) in left.ownAttributes {
          guard let other = right.own(name), try a.machine.equals(value, other) else {
            return .bool(false)
          }
        }
        return .bool(true)
      },
      Native("__contains__(self, key)", "Whether there is an attribute.") { a in
        .bool(a[0].asInstance?.own(try a.string(1)) != nil)
      },
    ])

  /// What `add_argument` gives back, and the base of actions of programs.
  static let action: TypeTable = TypeTable(
    "Action", module: "argparse", doc: "What happens when an argument is met.",
    methods: [
      Native(
        "__init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, "
          + "choices=None, required=False, help=None, metavar=None)", "The parts of an argument."
      ) { a in
        let names = [
          "option_strings", "dest", "nargs", "const", "default", "type", "choices", "required",
          "help", "metavar",
        ]
        for (index, name) in names.enumerated() { a[0].asInstance?.setOwn(name, a[index + 1]) }
        return .none
      },
      Native("__call__(self, parser, namespace, values, option_string=None)",
        "To be defined by actions."
      ) { _ in throw Raise(.notImplementedError, ".__call__() not defined") },
    ])
}

/// One argument of a parser.
final class ArgumentRow {
  var flags: [String] = []
  var name = ""
  var action = "store"
  /// A class of the program that derives from `argparse.Action`, as an object.
  var custom: Value = .none
  var count: Value = .none
  var constant: Value = .none
  var defaultValue: Value = .none
  var type: Value = .none
  var choices: Value = .none
  var isRequired = false
  var help: String?
  var metavar: Value = .none
  /// Arguments of one group exclude each other.
  var exclusiveGroup: Int?
  var groupTitle: String?
  /// For sub-commands: the parsers by name.
  var commands: [(name: String, parser: ParserObject, help: String?)] = []

  var isPositional: Bool { flags.isEmpty }
  /// Whether it takes values at all.
  var takesValues: Bool {
    switch action {
    case "store_true", "store_false", "store_const", "append_const", "count", "help", "version",
      "boolean":
      false
    default: true
    }
  }

  /// The name in messages: `-e/--epochs`, or that of the value.
  var shown: String {
    if !flags.isEmpty { return flags.joined(separator: "/") }
    if action == "commands", name.isEmpty { return "{\(commands.map(\.name).joined(separator: ","))}" }
    return metavar.swiftString ?? name
  }
}

final class ParserObject: Instance {
  var program = ""
  var usage: String?
  var text: String?
  var epilog: String?
  var layout = ""
  var rows: [ArgumentRow] = []
  var defaults: [(String, Value)] = []
  var exclusiveCount = 0
  var exclusiveRequired: Set<Int> = []
  var allowsAbbreviations = true
  var exitsOnError = true

}
