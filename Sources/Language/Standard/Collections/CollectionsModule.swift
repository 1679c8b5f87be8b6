/// The module `collections`.
enum CollectionsModule {
  static let table = ModuleTable(
    "collections", doc: "Containers beyond list, tuple, dict and set.",
    entries: [
      .type(CounterTable.table), .type(DefaultDictTable.table), .type(OrderedDictTable.table),
      .type(DequeTable.table), .type(ChainMapTable.table), .type(UserDictTable.table),
      .type(UserSequenceTables.list), .type(UserSequenceTables.string), .function(NamedTuples.row),
    ])
}

/// `collections.defaultdict`: a dictionary that makes what is missing.
enum DefaultDictTable {
  static let table = TypeTable(
    "defaultdict", module: "collections", doc: "A dictionary that makes what is missing.",
    baseName: "dict", showsModule: true,
    methods: [
      Native(
        "__new__(cls, default_factory=None, /, *args, **kwargs)",
        "A dictionary whose missing keys get default_factory()."
      ) { a in
        let machine = a.machine
        if !a[1].isNone, !Callables.isCallable(a[1], machine) {
          throw Raise(.typeError, "first argument must be callable or None")
        }
        let dict = DictObject()
        dict.subclass = a[0].asType
        dict.defaultFactory = a[1]
        let sources = try a.items(2)
        if sources.count > 1 {
          throw Raise(.typeError, "dict expected at most 1 argument, got \(sources.count)")
        }
        if let source = sources.first { try Constructors.fill(dict, source, machine) }
        if let extra = a[3].asDict { try dict.update(extra, machine) }
        return .object(dict)
      },
      Native("copy(self)", "A copy with the same factory.") { a in
        guard let dict = a[0].asDict else { return .none }
        let result = dict.copy()
        result.subclass = dict.subclass
        result.defaultFactory = dict.defaultFactory
        return a[0].sameClass(.object(result))
      },
      Native("__repr__(self)", "The factory and the pairs.") { a in
        guard let dict = a[0].asDict else { return .none }
        return .string(
          "\(a.machine.type(of: a[0]).name)(\(try a.machine.repr(dict.defaultFactory)), "
            + "\(try DictText.pairs(dict, a.machine)))")
      },
      DictText.equality,
    ])
}

/// What the subclasses of dict share.
enum DictText {
  /// The pairs as a plain dictionary shows them.
  static func pairs(_ dict: DictObject, _ machine: Machine) throws(Raise) -> String {
    let identity = ObjectIdentifier(dict)
    if machine.reprStack.contains(identity) { return "{...}" }
    machine.reprStack.append(identity)
    defer { machine.reprStack.removeLast() }
    return try machine.repr(.object(dict.copy()))
  }

  static let equality = Native("__eq__(self, other)", "Whether keys and values are equal.") { a in
    guard let x = a[0].asDict, let y = a[1].asDict else { return .notImplemented }
    return .bool(try areEqual(x, y, a.machine))
  }

  static func areEqual(_ x: DictObject, _ y: DictObject, _ machine: Machine) throws(Raise) -> Bool {
    if x.count != y.count { return false }
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    for (key, value) in x.pairs {
      guard let other = try y.get(key, machine), try machine.equals(value, other) else {
        return false
      }
    }
    return true
  }
}

/// `collections.OrderedDict`: a dictionary whose order can be changed and counts.
enum OrderedDictTable {
  static let table: TypeTable = TypeTable(
    "OrderedDict", module: "collections", doc: "A dictionary whose order can be changed.",
    baseName: "dict", showsModule: true,
    methods: [
      Native("__new__(cls, mapping=..., /, **kwargs)", "A dictionary from pairs or keywords.") {
        a in
        let dict = DictObject()
        dict.subclass = a[0].asType
        try Constructors.fill(dict, a[1], a.machine)
        if let extra = a[2].asDict { try dict.update(extra, a.machine) }
        return .object(dict)
      },
      Native("move_to_end(self, key, last=True)", "Moves a key to the end or to the front.") { a in
        guard let dict = a[0].asDict, let value = try dict.remove(a[1], a.machine) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        if try a.bool(2) {
          try dict.set(a[1], value, a.machine)
          return .none
        }
        let pairs = dict.pairs
        dict.clear()
        try dict.set(a[1], value, a.machine)
        for (key, value) in pairs { try dict.set(key, value, a.machine) }
        return .none
      },
      Native("popitem(self, last=True)", "Removes and gives the last or the first pair.") { a in
        guard let dict = a[0].asDict, dict.count > 0 else {
          throw Raise(.keyError, arguments: [.string("dictionary is empty")])
        }
        var found = dict.next(from: 0)
        if try a.bool(1) {
          var index = dict.used - 1
          while index > 0, dict.entries[index].key.isUndefined { index -= 1 }
          found = index
        }
        guard let found else { return .none }
        let entry = dict.entries[found]
        dict.remove(entry: found)
        return .tuple([entry.key, entry.value])
      },
      Native("copy(self)", "A copy in the same order.") { a in
        guard let dict = a[0].asDict else { return .none }
        let result = dict.copy()
        result.subclass = dict.subclass
        return a[0].sameClass(.object(result))
      },
      Native("__eq__(self, other)", "Equality; among ordered dictionaries, order counts.") { a in
        guard let x = a[0].asDict, let y = a[1].asDict else { return .notImplemented }
        if try !DictText.areEqual(x, y, a.machine) { return .bool(false) }
        guard let type = y.subclass, type.isSubclass(of: a.machine.type(table)) else {
          return .bool(true)
        }
        for (left, right) in zip(x.keys, y.keys) where try !a.machine.equals(left, right) {
          return .bool(false)
        }
        return .bool(true)
      },
      Native("__repr__(self)", "The pairs in order.") { a in
        guard let dict = a[0].asDict else { return .none }
        let name = a.machine.type(of: a[0]).name
        if dict.count == 0 { return .string("\(name)()") }
        let identity = ObjectIdentifier(dict)
        if a.machine.reprStack.contains(identity) { return .string("...") }
        a.machine.reprStack.append(identity)
        defer { a.machine.reprStack.removeLast() }
        let pairs = dict.pairs.map { Value.tuple([$0.key, $0.value]) }
        return .string("\(name)(\(try a.machine.repr(.list(pairs))))")
      },
    ])
}

/// Questions about callables.
enum Callables {
  static func isCallable(_ value: Value, _ machine: Machine) -> Bool {
    guard case .object(let object) = value else { return false }
    switch object.kind {
    case .function, .native, .boundMethod, .type, .staticMethod: return true
    case .instance, .exception: return machine.type(of: value).special(.call) != nil
    default: return false
    }
  }
}
