/// The module `typing`: names that annotations use. They carry no checks.
enum TypingModule {
  static let table = ModuleTable(
    "typing", doc: "Names for annotations; nothing is checked.",
    entries: forms + classes + functions)

  private static let forms: [ModuleEntry] =
    TypingForms.rows.map { row in
      .value(name: row.name, doc: "A name for annotations.") { machine in
        TypingForms.form(row.name, machine)
      }
    } + [
      .value(name: "Text", doc: "The class str.") { machine in .object(machine.types.string) },
      .value(name: "AnyStr", doc: "A variable for str or bytes.") { machine in
        let bytes = machine.types.builtin(Name("bytes")) ?? .none
        return try machine.call(
          .object(machine.type(typeVariable)),
          [.string("AnyStr"), bytes, .object(machine.types.string)])
      },
    ]

  // MARK: - Classes to derive from

  /// The base of classes with type parameters: `class Stack(Generic[T])`.
  private static let generic = TypeTable(
    "Generic", module: "typing", doc: "A base for classes with type parameters.",
    classMethods: [classGetItem])

  private static let classGetItem = Native(
    "__class_getitem__(cls, parameters)", "The class with parameters."
  ) { a in
    guard let type = a[0].asType else { return a[0] }
    return TypeAlias.ofClass(type, a[1], a.machine)
  }

  /// The base of descriptions of what objects can do.
  private static let protocolBase: TypeTable = TypeTable(
    "Protocol", module: "typing", doc: "A base for descriptions of what objects can do.",
    classMethods: [
      classGetItem,
      Native("__instancecheck__(cls, instance)", "Whether an object has all that is described.") {
        a in
        let machine = a.machine
        guard let type = a[0].asType else { return .bool(false) }
        if machine.type(of: a[1]).isSubclass(of: type) { return .bool(true) }
        // Only what derives directly describes; classes further down are plain classes.
        guard type.base === machine.type(protocolBase) else { return .bool(false) }
        if type.own(Name("_is_runtime_protocol")) == nil {
          throw Raise(
            .typeError,
            "Instance and class checks can only be used with @runtime_checkable protocols")
        }
        var names = type.attributeOrder.map(\.text)
        names += type.own(Name("__annotations__"))?.asDict?.keys.compactMap(\.swiftString) ?? []
        for name in names where !name.hasPrefix("_") || name.hasPrefix("__") && describes(name) {
          if try machine.optionalAttribute(a[1], name) == nil { return .bool(false) }
        }
        return .bool(true)
      },
    ])

  /// Whether a special name of a protocol is one that objects have to have.
  private static func describes(_ name: String) -> Bool {
    ![
      "__module__", "__qualname__", "__doc__", "__annotations__", "__init__", "__hash__",
      "__class_getitem__", "__instancecheck__",
    ].contains(name)
  }

  /// A protocol that asks for one method.
  private static func supports(_ name: String, _ method: String) -> ModuleEntry {
    .type(
      TypeTable(
        name, module: "typing", doc: "Objects that have \(method).",
        classMethods: [
          Native("__instancecheck__(cls, instance)", "Whether an object has the method.") { a in
            .bool(try a.machine.optionalAttribute(a[1], method) != nil)
          }
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

  private static let typedDict: TypeTable = TypeTable(
    "TypedDict", module: "typing", doc: "A base: its objects are plain dictionaries.",
    values: [("__total__", { _ in .bool(true) })],
    methods: [
      Native("__new__(cls, mapping=..., /, *fields, **kwargs)", "A dictionary.") { a in
        // `TypedDict("Movie", {"name": str})` makes a class.
        if let type = a[0].asType, type === a.machine.type(typedDict),
          let name = a[1].swiftString, let fields = try a.items(2).first
        {
          let space = DictObject()
          space["__annotations__"] = fields
          if let total = a[3].asDict?["total"] { space["__total__"] = total }
          return .object(try a.machine.makeClass(name, base: type, namespace: space))
        }
        let dict = DictObject()
        try Constructors.fill(dict, a[1], a.machine)
        if let extra = a[3].asDict { try dict.update(extra, a.machine) }
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
        a[0].asInstance?.setOwn("__covariant__", a[4])
        a[0].asInstance?.setOwn("__contravariant__", a[5])
        return .none
      },
      Native("__or__(self, other)", "Either of two types.") { a in
        try TypeAlias.typingUnion([a[0], a[1]], a.machine)
      },
      Native("__ror__(self, other)", "Either of two types.") { a in
        try TypeAlias.typingUnion([a[1], a[0]], a.machine)
      },
      Native("__repr__(self)", "The name.") { a in
        let sign = try a.machine.truth(a[0].asInstance?.own("__covariant__") ?? .none)
        let other = try a.machine.truth(a[0].asInstance?.own("__contravariant__") ?? .none)
        return .string(
          (sign ? "+" : other ? "-" : "~") + (a[0].asInstance?.own("__name__")?.swiftString ?? ""))
      },
    ])

  /// `NewType("UserId", int)`: gives its argument back.
  private static let newType = TypeTable(
    "NewType", module: "typing", doc: "A name for values of another type.", isSubclassable: false,
    methods: [
      Native("__init__(self, name, tp)", "The name and the type.") { a in
        a[0].asInstance?.setOwn("__name__", .string(try a.string(1)))
        a[0].asInstance?.setOwn("__supertype__", a[2])
        return .none
      },
      Native("__call__(self, x)", "The value as it is.") { a in a[1] },
      Native("__or__(self, other)", "Either of two types.") { a in
        try TypeAlias.typingUnion([a[0], a[1]], a.machine)
      },
      Native("__repr__(self)", "The name.") { a in
        .string("__main__.\(a[0].asInstance?.own("__name__")?.swiftString ?? "")")
      },
    ])

  private static let classes: [ModuleEntry] = [
    .type(generic), .type(protocolBase), .type(newType), .type(TypingForms.forwardReference),
    supports("SupportsInt", "__int__"), supports("SupportsFloat", "__float__"),
    supports("SupportsIndex", "__index__"), supports("SupportsAbs", "__abs__"),
    supports("SupportsRound", "__round__"),
    .type(TypeTable("IO", module: "typing", doc: "Files.", classMethods: [classGetItem])),
    .type(TypeTable("TextIO", module: "typing", doc: "Text files.")),
    .type(TypeTable("BinaryIO", module: "typing", doc: "Files of bytes.")),
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
    .function(
      Native("runtime_checkable(cls)", "Lets isinstance ask whether an object fits a protocol.") {
        a in
        a[0].asType?.set("_is_runtime_protocol", .bool(true))
        return a[0]
      }),
    same("assert_type(val, typ, /)", "The value as it is."),
    same("reveal_type(obj, /)", "The object as it is."),
    .function(
      Native("get_type_hints(obj, globalns=None, localns=None, include_extras=False)",
        "The annotations of a class or function, with strings resolved."
      ) { a in
        let result = DictObject()
        let machine = a.machine
        var sources: [DictObject] = []
        if let type = a[0].asType {
          sources = type.lineage.reversed().compactMap { $0.own(Name("__annotations__"))?.asDict }
        } else if let own = try machine.optionalAttribute(a[0], "__annotations__")?.asDict {
          sources = [own]
        }
        for (key, value) in sources.flatMap(\.pairs) {
          var hint = value.isNone ? Value.object(machine.types.none) : value
          if let text = value.swiftString { hint = machine.annotation(text) }
          try result.set(key, hint, machine)
        }
        return .object(result)
      }),
    .function(
      Native("get_origin(tp)", "The class before the brackets.",
        example: "typing.get_origin(typing.List[int])"
      ) { a in
        guard let alias: TypeAlias = a.instance(0) else { return .none }
        if alias.text == "typing.Annotated" { return TypingForms.form("Annotated", a.machine) }
        return alias.origin
      }),
    .function(
      Native("get_args(tp)", "The parameters in the brackets.",
        example: "typing.get_args(typing.Dict[str, int])"
      ) { a in
        guard let alias: TypeAlias = a.instance(0) else { return .tuple([]) }
        if alias.text == "typing.Callable", let result = alias.arguments.last,
          alias.arguments.first?.isEllipsis == false
        {
          return .tuple([.list(Array(alias.arguments.dropLast())), result])
        }
        return .tuple(alias.arguments)
      }),
    .function(
      Native("is_typeddict(tp)", "Whether a class derives from TypedDict.") { a in
        .bool(a[0].asType.map { $0.isSubclass(of: a.machine.type(typedDict)) } ?? false)
      }),
    .value(name: "TYPE_CHECKING", doc: "False: nothing checks types here.") { _ in .bool(false) },
  ]
}
