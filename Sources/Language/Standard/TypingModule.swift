/// The module `typing`: names that annotations use. They carry no checks.
enum TypingModule {
  static let table = ModuleTable(
    "typing", doc: "Names for annotations; nothing is checked.",
    entries: forms + classes + functions)

  /// A name of the module, or a name with parameters: `typing.List[int]`.
  final class Form: Instance {
    var name = ""
    var parameters: [Value] = []
  }

  private static let form = TypeTable(
    "_GenericAlias", module: "typing", doc: "A name for annotations.", isSubclassable: false,
    properties: [
      NativeProperty("__args__", "The parameters.") { value, _ in
        .tuple((value.asInstance as? Form)?.parameters ?? [])
      },
      NativeProperty("__origin__", "The name without parameters.") { value, machine in
        guard let form = value.asInstance as? Form else { return .none }
        return make(form.name, [], machine)
      },
    ],
    methods: [
      Native("__getitem__(self, parameters)", "The name with parameters.") { a in
        let form: Form = try a.receiver()
        var items = a[1].asTuple?.items ?? [a[1]]
        if form.name == "Optional" || form.name == "Union" {
          if form.name == "Optional" { items.append(.none) }
          // Unions are flat, each member once; one member is the member itself.
          var flat: [Value] = []
          for item in items {
            let inner = item.asInstance as? Form
            let parts = inner?.name == "Union" ? inner?.parameters ?? [] : [item]
            for part in parts where try !contains(part, flat, a.machine) { flat.append(part) }
          }
          items = flat
          return items.count == 1 ? items[0] : make("Union", items, a.machine)
        }
        return make(form.name, items, a.machine)
      },
      Native("__or__(self, other)", "Either of two types.") { a in
        make("Union", [a[0], a[1]], a.machine)
      },
      Native("__ror__(self, other)", "Either of two types.") { a in
        make("Union", [a[1], a[0]], a.machine)
      },
      Native("__call__(self, *args, **kwargs)", "An object of the type behind the name.") { a in
        let form: Form = try a.receiver()
        guard let type = a.machine.types.builtin(Name(form.name.lowercased())) else {
          throw Raise(
            .typeError, "Type \(form.name) cannot be instantiated; use \(form.name.lowercased())() instead")
        }
        return try a.machine.call(type, a.items(1), keywords: a.keywords(2))
      },
      Native("__eq__(self, other)", "Whether name and parameters are equal.") { a in
        let form: Form = try a.receiver()
        guard let other: Form = a.instance(1) else { return .notImplemented }
        return .bool(
          try form.name == other.name
            && a.machine.equals(.tuple(form.parameters), .tuple(other.parameters)))
      },
      Native("__hash__(self)", "The hash of name and parameters.") { a in
        let form: Form = try a.receiver()
        return .int(try a.machine.hash(.string(form.name + String(form.parameters.count))))
      },
      Native("__repr__(self)", "The name with its parameters.") { a in
        let form: Form = try a.receiver()
        return .string(try text(form, a.machine))
      },
    ])

  private static func contains(
    _ value: Value, _ list: [Value], _ machine: Machine
  ) throws(Raise) -> Bool {
    for item in list where try machine.equals(item, value) { return true }
    return false
  }

  private static func make(_ name: String, _ parameters: [Value], _ machine: Machine) -> Value {
    let result = Form(machine.type(form))
    result.name = name
    result.parameters = parameters
    return .object(result)
  }

  private static func text(_ form: Form, _ machine: Machine) throws(Raise) -> String {
    if form.parameters.isEmpty { return "typing.\(form.name)" }
    if form.name == "Union", form.parameters.count == 2,
      let index = form.parameters.firstIndex(where: { $0.isNone })
    {
      return "typing.Optional[\(try text(form.parameters[1 - index], machine))]"
    }
    var parts: [String] = []
    for item in form.parameters {
      parts.append(form.name == "Literal" ? try machine.repr(item) : try text(item, machine))
    }
    if form.name == "Callable", let last = parts.last, parts.count == 2,
      form.parameters[0].asList != nil
    {
      return "typing.Callable[\(parts[0]), \(last)]"
    }
    return "typing.\(form.name)[\(parts.joined(separator: ", "))]"
  }

  /// A type as annotations show it.
  private static func text(_ value: Value, _ machine: Machine) throws(Raise) -> String {
    if let type = value.asType {
      return type.module == "builtins" ? type.name : type.qualifiedName
    }
    if value.isEllipsis { return "..." }
    if value.isNone { return "NoneType" }
    if let list = value.asList {
      var parts: [String] = []
      for item in list.items { parts.append(try text(item, machine)) }
      return "[\(parts.joined(separator: ", "))]"
    }
    return try machine.repr(value)
  }

  private static let forms: [ModuleEntry] = [
    "Any", "List", "Dict", "Set", "FrozenSet", "Tuple", "Type", "Optional", "Union", "Callable",
    "Iterable", "Iterator", "Sequence", "MutableSequence", "Mapping", "MutableMapping",
    "Collection", "Container", "Hashable", "Sized", "Generator", "Deque", "DefaultDict",
    "OrderedDict", "Counter", "ChainMap", "ClassVar", "Final", "Literal", "Annotated", "NoReturn",
    "Never", "Self", "Text", "AnyStr", "IO", "TextIO", "BinaryIO", "Pattern", "Match",
    "SupportsFloat", "SupportsInt", "SupportsIndex", "Reversible", "Awaitable", "Concatenate",
    "TypeAlias", "TypeGuard", "LiteralString", "Required", "NotRequired", "Unpack", "KeysView",
    "ValuesView", "ItemsView", "AbstractSet", "ByteString",
  ].map { name in
    .value(name: name, doc: "A name for annotations.") { machine in
      name == "Text" ? .object(machine.types.string) : make(name, [], machine)
    }
  }

  // MARK: - Classes to derive from

  private static func base(_ name: String, _ doc: String) -> ModuleEntry {
    .type(
      TypeTable(
        name, module: "typing", doc: doc,
        classMethods: [
          Native("__class_getitem__(cls, parameters)", "The class itself.") { a in a[0] }
        ]))
  }

  /// The base of `class Point(NamedTuple)`: makes the class a named tuple.
  private static let namedTuple: TypeTable = TypeTable(
    "NamedTuple", module: "typing", doc: "A base: annotated fields make a named tuple.",
    baseName: "tuple",
    classMethods: [
      Native("__init_subclass__(cls, **kwargs)", "Makes the fields.") { a in
        guard let type = a[0].asType else { return .none }
        let annotations = type.own(Name("__annotations__"))?.asDict?.keys ?? []
        if annotations.isEmpty { return .none }
        var fields: [String] = []
        var defaults: [Value] = []
        for name in annotations.compactMap(\.swiftString) {
          if let value = type.own(Name(name)) {
            defaults.append(value)
          } else if !defaults.isEmpty {
            throw Raise(
              .typeError,
              "Non-default namedtuple field \(name) cannot follow default field "
                + (fields.last ?? ""))
          }
          fields.append(name)
        }
        // What the class defines itself stays.
        let names = ["__repr__", "__new__", "_asdict", "_replace", "_make", "__eq__"]
        let own = names.compactMap { name in type.own(Name(name)).map { (name, $0) } }
        NamedTuples.fill(type, fields: fields, defaults: defaults)
        for (name, value) in own { type.set(name, value) }
        return .none
      }
    ],
    methods: [
      Native("__new__(cls, typename, fields=(), /, **kwargs)", "A class of named tuples.") { a in
        guard let type = a[0].asType, type.base !== a.machine.type(namedTuple) else {
          throw Raise(.typeError, "a class of named tuples needs fields")
        }
        var names: [Value] = []
        for pair in try a.machine.array(a[2]) {
          names.append(try a.machine.array(pair).first ?? .none)
        }
        return try a.machine.call(
          .object(NativeFunction(NamedTuples.row)), [a[1], .list(names)])
      }
    ])

  private static let typedDict = TypeTable(
    "TypedDict", module: "typing", doc: "A base: its objects are plain dictionaries.",
    methods: [
      Native("__new__(cls, mapping=..., /, **kwargs)", "A dictionary.") { a in
        let dict = DictObject()
        try Constructors.fill(dict, a[1], a.machine)
        if let extra = a[2].asDict { try dict.update(extra, a.machine) }
        return .object(dict)
      }
    ])

  private static let typeVariable = TypeTable(
    "TypeVar", module: "typing", doc: "A name that stands for a type.", isSubclassable: false,
    methods: [
      Native(
        "__init__(self, name, *constraints, bound=None, covariant=False, contravariant=False)",
        "The name and what it may stand for."
      ) { a in
        a[0].asInstance?.setOwn("__name__", a[1])
        a[0].asInstance?.setOwn("__bound__", a[3])
        a[0].asInstance?.setOwn("__constraints__", a[2])
        return .none
      },
      Native("__or__(self, other)", "Either of two types.") { a in
        make("Union", [a[0], a[1]], a.machine)
      },
      Native("__repr__(self)", "The name.") { a in
        .string("~\(a[0].asInstance?.own("__name__")?.swiftString ?? "")")
      },
    ])

  private static let classes: [ModuleEntry] = [
    base("Generic", "A base for classes with type parameters."),
    base("Protocol", "A base for descriptions of what objects can do."),
    .type(namedTuple), .type(typedDict), .type(typeVariable),
    .function(
      Native("ParamSpec(name, **kwargs)", "A name that stands for parameters.") { a in
        try a.machine.call(.object(a.machine.type(typeVariable)), [a[0]])
      }),
  ]

  // MARK: - Functions

  private static func same(_ signature: String, _ doc: String, _ index: Int = 0) -> ModuleEntry {
    .function(Native(signature, doc) { a in a[index] })
  }

  private static let functions: [ModuleEntry] = [
    same("cast(typ, val)", "The value as it is.", 1),
    same("overload(func)", "The function as it is."),
    same("final(f)", "The function or class as it is."),
    same("no_type_check(arg)", "The argument as it is."),
    same("runtime_checkable(cls)", "The class as it is."),
    same("assert_type(val, typ, /)", "The value as it is."),
    same("reveal_type(obj, /)", "The object as it is."),
    .function(
      Native("NewType(name, tp)", "A function that gives its argument back.") { a in
        let name = try a.string(0)
        let isPlain = RegexParser.isIdentifier(name)
        return .object(
          NativeFunction(
            Native("\(isPlain ? name : "NewType")(x)", "The value as it is.") { a in a[0] }))
      }),
    .function(
      Native("get_type_hints(obj, **kwargs)", "The annotations of a class.") { a in
        let result = DictObject()
        for type in (a[0].asType?.lineage ?? []).reversed() {
          if let own = type.own(Name("__annotations__"))?.asDict {
            try result.update(own, a.machine)
          }
        }
        return .object(result)
      }),
    .function(
      Native("get_origin(tp)", "The name without its parameters.") { a in
        guard let form: Form = a.instance(0), !form.parameters.isEmpty else { return .none }
        return a.machine.types.builtin(Name(form.name.lowercased())) ?? make(form.name, [], a.machine)
      }),
    .function(
      Native("get_args(tp)", "The parameters of a name.") { a in
        .tuple((a[0].asInstance as? Form)?.parameters ?? [])
      }),
    .value(name: "TYPE_CHECKING", doc: "False: nothing checks types here.") { _ in .bool(false) },
  ]
}
