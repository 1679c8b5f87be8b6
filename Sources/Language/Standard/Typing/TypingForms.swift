/// The names of `typing` that take parameters in brackets: `List`, `Optional`, `Literal` and so on.
enum TypingForms {
  /// A name without parameters.
  final class Form: Instance {
    var name = ""
    var row: Row?
  }

  /// What a name stands for.
  struct Row {
    let name: String
    /// The class behind it: a built-in name, or one of `collections` or `collections.abc`.
    var origin: String?
    /// How many parameters it takes; nil for any number.
    var arity: Int?
  }

  static let rows: [Row] =
    [
      ("List", "list", 1), ("Set", "set", 1), ("FrozenSet", "frozenset", 1), ("Dict", "dict", 2),
      ("Type", "type", 1), ("Deque", "collections.deque", 1),
      ("DefaultDict", "collections.defaultdict", 2),
      ("OrderedDict", "collections.OrderedDict", 2), ("Counter", "collections.Counter", 1),
      ("ChainMap", "collections.ChainMap", 2),
    ].map { Row(name: $0.0, origin: $0.1, arity: $0.2) }
    + [
      ("Iterable", 1), ("Iterator", 1), ("Sequence", 1), ("MutableSequence", 1), ("Mapping", 2),
      ("MutableMapping", 2), ("Collection", 1), ("Container", 1), ("Generator", 3),
      ("Reversible", 1), ("Awaitable", 1), ("KeysView", 1), ("ValuesView", 1), ("ItemsView", 2),
      ("Hashable", 0), ("Sized", 0), ("ByteString", 0), ("MutableSet", 1),
    ].map { Row(name: $0.0, origin: "collections.abc.\($0.0)", arity: $0.1) }
    + [
      Row(name: "AbstractSet", origin: "collections.abc.Set", arity: 1),
      Row(name: "Tuple", origin: "tuple"), Row(name: "Callable", origin: "collections.abc.Callable"),
      Row(name: "Pattern", origin: "re.Pattern", arity: 1),
      Row(name: "Match", origin: "re.Match", arity: 1),
    ]
    + [
      "Any", "Optional", "Union", "ClassVar", "Final", "Literal", "Annotated", "NoReturn", "Never",
      "Self", "Concatenate", "TypeAlias", "TypeGuard", "LiteralString", "Required", "NotRequired",
      "Unpack",
    ].map { Row(name: $0) }

  /// The class behind a name.
  private static func origin(_ row: Row, _ machine: Machine) -> Value? {
    guard let path = row.origin else { return nil }
    guard let dot = path.lastIndex(of: ".") else { return machine.types.builtin(Name(path)) }
    guard let module = try? machine.importModule(String(path[..<dot]), first: false) else {
      return nil
    }
    return try? machine.attribute(module, String(path[path.index(after: dot)...]))
  }

  /// The object of a name, the same whenever it is asked for.
  static func form(_ name: String, _ machine: Machine) -> Value {
    let key = "typing.\(name)"
    if let known = machine.extensions[key] as? Form { return .object(known) }
    let made = Form(machine.type(rows.first { $0.name == name }?.origin == nil ? special : alias))
    made.name = name
    made.row = rows.first { $0.name == name }
    machine.extensions[key] = made
    return .object(made)
  }

  /// Whether a value is of the class behind a name, for `isinstance`; nil when there is none.
  static func isInstance(
    _ value: Value, of form: Form, _ machine: Machine
  ) throws(Raise) -> Bool? {
    guard let row = form.row, let type = origin(row, machine) else { return nil }
    return try Builtins.isInstance(value, type, machine)
  }

  // MARK: - Parameters

  private static func subscripted(
    _ form: Form, _ key: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    let name = form.name
    let given = key.asTuple?.items ?? [key]
    switch name {
    case "Union":
      if given.isEmpty { throw Raise(.typeError, "Cannot take a Union of no types.") }
      return try TypeAlias.typingUnion(given, machine)
    case "Optional":
      if key.asTuple != nil { throw try single(name, key, machine) }
      return try TypeAlias.typingUnion([key, .none], machine)
    case "ClassVar", "Final", "TypeGuard", "Required", "NotRequired", "Unpack":
      if key.asTuple != nil { throw try single(name, key, machine) }
      return TypeAlias.typing(
        name, .object(form), [TypeAlias.converted(key, machine)], machine)
    case "Literal":
      var values: [Value] = []
      for value in given {
        let alias = value.asInstance as? TypeAlias
        values += alias?.text == "typing.Literal" ? alias?.arguments ?? [] : [value]
      }
      return TypeAlias.typing(name, .object(form), values, machine)
    case "Annotated":
      if given.count < 2 {
        throw Raise(
          .typeError,
          "Annotated[...] should be used with at least two arguments (a type and an annotation).")
      }
      return TypeAlias.typing(name, given[0], given, machine)
    case "Callable":
      guard given.count == 2, given[0].asList != nil || given[0].isEllipsis else {
        throw Raise(
          .typeError, "Callable must be used as Callable[[arg, ...], result].")
      }
      let taken = (given[0].asList?.items ?? [given[0]]) + [given[1]]
      return TypeAlias.typing(
        name, origin(form.row ?? Row(name: name), machine) ?? .object(form),
        taken.map { TypeAlias.converted($0, machine) }, machine)
    case "Tuple": break
    default:
      guard let row = form.row, row.origin != nil else {
        throw Raise(.typeError, "typing.\(name) is not subscriptable")
      }
      if row.arity == 0 { throw Raise(.typeError, "typing.\(name) is not a generic class") }
      if let arity = row.arity, arity != given.count {
        throw Raise(
          .typeError,
          "Too \(given.count > arity ? "many" : "few") arguments for typing.\(name); "
            + "actual \(given.count), expected \(arity)")
      }
    }
    return TypeAlias.typing(
      name, form.row.flatMap { origin($0, machine) } ?? .object(form),
      given.map { TypeAlias.converted($0, machine) }, machine)
  }

  private static func single(
    _ name: String, _ key: Value, _ machine: Machine
  ) throws(Raise) -> Raise {
    Raise(
      .typeError,
      name == "Optional"
        ? "typing.Optional requires a single type. Got \(try machine.repr(key))."
        : "typing.\(name) accepts only single type. Got \(try machine.repr(key)).")
  }

  private static let methods: [Native] = [
    Native("__getitem__(self, parameters)", "The name with parameters.") { a in
      let form: Form = try a.receiver()
      return try subscripted(form, a[1], a.machine)
    },
    Native("__or__(self, other)", "Either of two types.") { a in
      try TypeAlias.typingUnion([a[0], a[1]], a.machine)
    },
    Native("__ror__(self, other)", "Either of two types.") { a in
      try TypeAlias.typingUnion([a[1], a[0]], a.machine)
    },
    Native("__call__(self, *args, **kwargs)", "There are no objects of these names.") { a in
      let form: Form = try a.receiver()
      if form.name == "Any" { throw Raise(.typeError, "Any cannot be instantiated") }
      guard let type = form.row.flatMap({ origin($0, a.machine) })?.asType else {
        throw Raise(.typeError, "Cannot instantiate typing.\(form.name)")
      }
      throw Raise(
        .typeError,
        "Type \(form.name) cannot be instantiated; use \(type.name)() instead")
    },
    Native("__repr__(self)", "The name.") { a in
      let form: Form = try a.receiver()
      return .string("typing.\(form.name)")
    },
  ]

  private static let properties: [NativeProperty] = [
    NativeProperty("__origin__", "The class behind the name.") { value, machine in
      guard let row = (value.asInstance as? Form)?.row, let type = origin(row, machine) else {
        throw machine.noAttribute(value, "__origin__")
      }
      return type
    },
    NativeProperty("__name__", "The name.") { value, _ in
      .string((value.asInstance as? Form)?.name ?? "")
    },
  ]

  private static let special = TypeTable(
    "_SpecialForm", module: "typing", doc: "A name for annotations.", isSubclassable: false,
    properties: properties, methods: methods)

  private static let alias = TypeTable(
    "_SpecialGenericAlias", module: "typing", doc: "A class under its name in annotations.",
    isSubclassable: false, properties: properties, methods: methods)

  static let forwardReference = TypeTable(
    "ForwardRef", module: "typing", doc: "A name that is defined later.", isSubclassable: false,
    methods: [
      Native("__init__(self, arg)", "The name.") { a in
        a[0].asInstance?.setOwn("__forward_arg__", .string(try a.string(1)))
        return .none
      },
      Native("__eq__(self, other)", "Whether both refer to one name.") { a in
        guard let left = a[0].asInstance?.own("__forward_arg__"),
          let right = a[1].asInstance?.own("__forward_arg__")
        else { return .notImplemented }
        return .bool(try a.machine.equals(left, right))
      },
      Native("__hash__(self)", "The hash of the name.") { a in
        .int(try a.machine.hash(a[0].asInstance?.own("__forward_arg__") ?? .none))
      },
      Native("__repr__(self)", "The reference as one would write it.") { a in
        let name = a[0].asInstance?.own("__forward_arg__") ?? .none
        return .string("ForwardRef(\(try a.machine.repr(name)))")
      },
    ])
}
