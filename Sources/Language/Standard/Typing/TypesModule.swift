/// The module `types`: names of the classes of built-in objects, and simple namespaces.
enum TypesModule {
  static let table = ModuleTable(
    "types", doc: "Classes of built-in objects by name.",
    entries: [
      .type(namespace),
      .value(name: "MappingProxyType", doc: "A mapping that is only read.") { machine in
        .object(machine.type(proxy))
      },
    ] + [.type(TypeAlias.generic), .type(TypeAlias.bars)]
      + classes.map { name, kind in
        .value(name: name, doc: "The class of such objects.") { machine in
          .object(machine.types.byKind[Int(kind.rawValue)])
        }
      } + [
        .value(name: "NoneType", doc: "The class of None.") { machine in
          .object(machine.types.none)
        }
      ])

  private static let classes: [(String, ObjectKind)] = [
    ("FunctionType", .function), ("LambdaType", .function), ("MethodType", .boundMethod),
    ("BuiltinFunctionType", .native), ("BuiltinMethodType", .native), ("ModuleType", .module),
    ("GeneratorType", .generator), ("EllipsisType", .ellipsis),
    ("NotImplementedType", .notImplemented), ("CellType", .cell),
  ]

  /// `types.SimpleNamespace(a=1)`: an object whose attributes are what it was made with.
  private static let namespace: TypeTable = TypeTable(
    "SimpleNamespace", module: "types", doc: "An object with the given attributes.",
    allocate: { OrderedInstance($0) }, willSetAttribute: OrderedInstance.noteAttribute,
    methods: [
      Native("__init__(self, /, **kwargs)", "Takes the attributes.") { a in
        for (name, value) in a.keywords(1) { try a.machine.setAttribute(a[0], name, value) }
        return .none
      },
      Native("__repr__(self)", "The attributes as one would write them.") { a in
        guard let instance = a[0].asInstance, case .object(let object) = a[0] else { return .none }
        let machine = a.machine
        let identity = ObjectIdentifier(object)
        let name = instance.type.module == "types" ? "namespace" : instance.type.name
        if machine.reprStack.contains(identity) { return .string("\(name)(...)") }
        machine.reprStack.append(identity)
        defer { machine.reprStack.removeLast() }
        var parts: [String] = []
        for (name, value) in instance.ownAttributes {
          parts.append("\(name)=\(try machine.repr(value))")
        }
        return .string("\(name)(\(parts.joined(separator: ", ")))")
      },
      Native("__eq__(self, other)", "Whether the attributes are equal.") { a in
        guard let left = a[0].asInstance, let right = a[1].asInstance,
          right.type.isSubclass(of: a.machine.type(namespace))
        else { return .notImplemented }
        let own = left.ownAttributes
        if own.count != right.ownAttributes.count { return .bool(false) }
        for (name, value) in own {
          guard let other = right.own(name), try a.machine.equals(value, other) else {
            return .bool(false)
          }
        }
        return .bool(true)
      },
    ])

  /// A mapping that is only read.
  final class Proxy: Instance {
    var mapping: Value = .none
    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      visitor.visit(mapping)
    }
  }

  /// A dictionary that programs can only read.
  static func readOnly(_ dict: DictObject, _ machine: Machine) -> Value {
    let result = Proxy(machine.type(proxy))
    result.mapping = .object(dict)
    return .object(result)
  }

  private static func forward(_ signature: String, _ doc: String, _ name: String) -> Native {
    Native(signature, doc) { a in
      let proxy: Proxy = try a.receiver()
      let method = try a.machine.attribute(proxy.mapping, name)
      var arguments: [Value] = []
      for index in 1..<max(a.count, 1) where a.isGiven(index) { arguments.append(a[index]) }
      return try a.machine.call(method, arguments)
    }
  }

  private static let proxy = TypeTable(
    "mappingproxy", module: "builtins", doc: "A mapping that is only read.",
    isSubclassable: false, allocate: { Proxy($0) },
    methods: [
      Native("__init__(self, mapping)", "The mapping that is shown.") { a in
        let proxy: Proxy = try a.receiver()
        guard a[1].asDict != nil else {
          throw Raise(
            .typeError,
            "mappingproxy() argument must be a mapping, not \(a.machine.typeName(a[1]))")
        }
        proxy.mapping = a[1]
        return .none
      },
      forward("get(self, key, default=None)", "A value, or a default.", "get"),
      forward("keys(self)", "The keys.", "keys"), forward("values(self)", "The values.", "values"),
      forward("items(self)", "Keys with values.", "items"),
      forward("copy(self)", "A dictionary that can change.", "copy"),
      Native("__getitem__(self, key)", "The value of a key.") { a in
        let proxy: Proxy = try a.receiver()
        return try a.machine.item(proxy.mapping, a[1])
      },
      Native("__contains__(self, key)", "Whether there is a key.") { a in
        let proxy: Proxy = try a.receiver()
        return .bool(try a.machine.contains(a[1], in: proxy.mapping))
      },
      Native("__len__(self)", "How many keys there are.") { a in
        let proxy: Proxy = try a.receiver()
        return .int(try a.machine.length(proxy.mapping) ?? 0)
      },
      Native("__iter__(self)", "The keys.") { a in
        let proxy: Proxy = try a.receiver()
        return try a.machine.iterator(proxy.mapping)
      },
      Native("__eq__(self, other)", "Whether the pairs are equal.") { a in
        let proxy: Proxy = try a.receiver()
        let other: Proxy? = a.instance(1)
        return .bool(try a.machine.equals(proxy.mapping, other?.mapping ?? a[1]))
      },
      Native("__or__(self, other)", "The pairs of both, in a dictionary.") { a in
        let proxy: Proxy = try a.receiver()
        return try a.machine.binary(.bitOr, proxy.mapping, a[1])
      },
      Native("__str__(self)", "The text of the mapping.") { a in
        let proxy: Proxy = try a.receiver()
        return .object(try a.machine.textObject(of: proxy.mapping))
      },
      Native("__repr__(self)", "The mapping as one would write it.") { a in
        let proxy: Proxy = try a.receiver()
        return .string("mappingproxy(\(try a.machine.repr(proxy.mapping)))")
      },
    ])
}
