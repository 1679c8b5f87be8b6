/// The module `collections.abc`: what containers can do, as classes to ask for and derive from.
enum AbstractCollections {
  static let table = ModuleTable(
    "collections.abc", doc: "Kinds of containers, as classes.",
    entries: all.map { .type($0) })

  private static let all: [TypeTable] = [
    kind("Hashable", "Has a hash.") { (value, machine) throws(Raise) in
      if value.asInstance == nil { return (try? machine.hash(value)) != nil }
      return !(machine.type(of: value).special(.hash)?.isNone ?? false)
    },
    kind("Iterable", "Can be looped over.", abstract: ["__iter__"]) { (value, machine) throws(Raise) in
      guard try machine.isIterable(value) else { return false }
      return value.asInstance == nil || machine.type(of: value).special(.iter) != nil
    },
    kind(
      "Iterator", "Gives items one by one.", abstract: ["__next__"],
      methods: [Native("__iter__(self)", "The iterator itself.") { a in a[0] }]
    ) { (value, machine) throws(Raise) in
      value.kind == .iterator || value.kind == .generator
        || machine.type(of: value).special(.next) != nil
    },
    kind("Generator", "A generator.") { (value, _) throws(Raise) in value.kind == .generator },
    kind("Sized", "Has a length.", abstract: ["__len__"]) { (value, machine) throws(Raise) in
      try hasLength(value, machine)
    },
    kind("Container", "Knows what it contains.", abstract: ["__contains__"]) { (value, machine) throws(Raise) in
      if value.asInstance != nil { return machine.type(of: value).special(.contains) != nil }
      return try machine.length(value) != nil
    },
    kind("Collection", "Has a length and can be looped over.") { (value, machine) throws(Raise) in
      if try !hasLength(value, machine) { return false }
      return try machine.isIterable(value)
    },
    kind("Callable", "Can be called.", abstract: ["__call__"]) { (value, machine) throws(Raise) in
      Callables.isCallable(value, machine)
    },
    kind("Reversible", "Can be looped over backwards.", abstract: ["__reversed__"]) {
      (value, machine) throws(Raise) in
      value.asList != nil || value.asTuple != nil || value.asDict != nil || value.asString != nil
        || value.bare.kind == .range || value.bare.kind == .bytes || value.kind == .dictView
        || value.asInstance is ByteArrayObject
        || machine.type(of: value).special(.reversed) != nil
    },
    kind(
      "Sequence", "Items by position.", abstract: ["__getitem__", "__len__"], methods: sequence
    ) { (value, _) throws(Raise) in
      switch value.bare.kind {
      case .list?, .tuple?, .string?, .range?, .bytes?: true
      default: value.asInstance is DequeObject || value.asInstance is ByteArrayObject
      }
    },
    kind(
      "MutableSequence", "Items by position that can change.",
      abstract: ["__getitem__", "__setitem__", "__delitem__", "__len__", "insert"],
      methods: sequence
    ) { (value, _) throws(Raise) in 
      value.asList != nil || value.asInstance is DequeObject || value.asInstance is ByteArrayObject
    },
    kind("Set", "Distinct items.") { (value, _) throws(Raise) in value.asSet != nil || value.kind == .dictView },
    kind("MutableSet", "Distinct items that can change.") { (value, _) throws(Raise) in value.kind == .set },
    kind(
      "Mapping", "Values by key.", abstract: ["__getitem__", "__iter__", "__len__"],
      methods: mapping
    ) { (value, _) throws(Raise) in value.asDict != nil },
    kind(
      "MutableMapping", "Values by key that can change.",
      abstract: ["__getitem__", "__setitem__", "__delitem__", "__iter__", "__len__"],
      methods: mapping + mutableMapping
    ) { (value, _) throws(Raise) in value.asDict != nil },
    kind("KeysView", "The keys of a mapping.") { (value, _) throws(Raise) in
      (value.object as? DictView)?.part == .keys
    },
    kind("ValuesView", "The values of a mapping.") { (value, _) throws(Raise) in
      (value.object as? DictView)?.part == .values
    },
    kind("ItemsView", "The pairs of a mapping.") { (value, _) throws(Raise) in
      (value.object as? DictView)?.part == .items
    },
    kind("ByteString", "Bytes.") { (value, _) throws(Raise) in value.kind == .bytes },
    kind("Awaitable", "Nothing here: there is no async.") { (_, _) throws(Raise) in false },
  ]

  private static func hasLength(_ value: Value, _ machine: Machine) throws(Raise) -> Bool {
    if value.asInstance != nil { return machine.type(of: value).special(.len) != nil }
    return try machine.length(value) != nil
  }

  /// A class that objects belong to by what they can do.
  private static func kind(
    _ name: String, _ doc: String, abstract: [String] = [], methods: [Native] = [],
    _ test: @escaping (Value, Machine) throws(Raise) -> Bool
  ) -> TypeTable {
    TypeTable(
      name, module: "collections.abc", doc: doc,
      classMethods: [
        AbstractModule.hook,
        Native("__instancecheck__(cls, instance)", "Whether an object can do it.") { a in
          guard let type = a[0].asType else { return .bool(false) }
          if a.machine.type(of: a[1]).isSubclass(of: type) { return .bool(true) }
          if AbstractModule.isRegistered(a.machine.type(of: a[1]), type, a.machine) {
            return .bool(true)
          }
          // A class of a program asks for real instances only.
          if type.module == "__main__" { return .bool(false) }
          return .bool(try test(a[1], a.machine))
        },
        Native("__subclasscheck__(cls, subclass)", "Whether objects of a class can do it.") { a in
          guard let type = a[0].asType, let other = a[1].asType else { return .bool(false) }
          if other.isSubclass(of: type) || AbstractModule.isRegistered(other, type, a.machine) {
            return .bool(true)
          }
          if type.module == "__main__" { return .bool(false) }
          if let sample = sample(of: other, a.machine) { return .bool(try test(sample, a.machine)) }
          return .bool(has(other, questions[name]))
        },
        Native("__class_getitem__(cls, item)", "The class itself.") { a in a[0] },
        AbstractModule.register,
      ],
      methods: methods
        + abstract.map { Native.abstract("\($0)(self, *args)", "Must be defined.") })
  }

  // MARK: - Classes

  /// An object of a built-in class, to ask what its like can do.
  private static func sample(of type: TypeObject, _ machine: Machine) -> Value? {
    let base = type.nativeBase
    switch base.builtinKind {
    case .int: return .int(0)
    case .float: return .float(0)
    case .bool: return .bool(false)
    case .string: return .object(StringObject.empty)
    case .bytes: return .object(BytesObject([]))
    case .list: return .list([])
    case .tuple: return .object(TupleObject.empty)
    case .dict: return .object(DictObject())
    case .set: return .object(SetObject())
    case .frozenSet: return .object(SetObject(frozen: true))
    case .range: return .object(RangeObject(start: 0, stop: 0, step: 1))
    case .none: return Value.none
    default: break
    }
    if base === machine.type(DequeTable.table) { return .object(DequeObject(base)) }
    return nil
  }

  /// The special methods that make a class of a program one of a kind.
  private static let questions: [String: [Special]] = [
    "Iterable": [.iter], "Iterator": [.iter, .next], "Sized": [.len], "Container": [.contains],
    "Collection": [.len, .iter, .contains], "Callable": [.call], "Reversible": [.iter, .reversed],
    "Hashable": [],
  ]

  private static func has(_ type: TypeObject, _ specials: [Special]?) -> Bool {
    guard let specials else { return false }
    if specials.isEmpty { return !(type.special(.hash)?.isNone ?? false) }
    return specials.allSatisfy { special in type.special(special).map { !$0.isNone } ?? false }
  }

  // MARK: - What derives from the rest

  private static let sequence: [Native] = [
    Native("__iter__(self)", "The items.") { a in
      let sequence = a[0]
      var index = 0
      return .object(
        NativeIterator("generator") { (machine) throws(Raise) in
          do throws(Raise) {
            index += 1
            return try machine.item(sequence, .int(index - 1))
          } catch {
            if machine.isException(error, .indexError) { return .undefined }
            throw error
          }
        })
    },
    Native("__contains__(self, value)", "Whether an item is equal.") { a in
      for item in try a.machine.array(a[0]) where try a.machine.equals(item, a[1]) {
        return .bool(true)
      }
      return .bool(false)
    },
    Native("__reversed__(self)", "The items, backwards.") { a in
      try a.machine.iterator(.list(a.machine.array(a[0]).reversed()))
    },
    Native("index(self, value)", "The place of the first equal item.") { a in
      for (index, item) in try a.machine.array(a[0]).enumerated()
      where try a.machine.equals(item, a[1]) {
        return .int(index)
      }
      throw Raise(.valueError, arguments: [])
    },
    Native("count(self, value)", "How often an item occurs.") { a in
      var count = 0
      for item in try a.machine.array(a[0]) where try a.machine.equals(item, a[1]) { count += 1 }
      return .int(count)
    },
  ]

  /// The pairs of a mapping as a dictionary.
  private static func pairs(_ a: Arguments) throws(Raise) -> DictObject {
    let result = DictObject()
    for key in try a.machine.array(a[0]) {
      try result.set(key, a.machine.item(a[0], key), a.machine)
    }
    return result
  }

  static let mapping: [Native] = [
    Native("get(self, key, default=None)", "A value, or a default.") { a in
      do {
        return try a.machine.item(a[0], a[1])
      } catch let error as Raise {
        if a.machine.isException(error, .keyError) { return a[2] }
        throw error
      }
    },
    Native("__contains__(self, key)", "Whether there is a key.") { a in
      do {
        _ = try a.machine.item(a[0], a[1])
        return .bool(true)
      } catch let error as Raise {
        if a.machine.isException(error, .keyError) { return .bool(false) }
        throw error
      }
    },
    Native("keys(self)", "The keys.") { a in .object(DictView(try pairs(a), .keys)) },
    Native("values(self)", "The values.") { a in .object(DictView(try pairs(a), .values)) },
    Native("items(self)", "Keys with values.") { a in .object(DictView(try pairs(a), .items)) },
    Native("__eq__(self, other)", "Whether keys and values are equal.") { a in
      let other = DictObject()
      try Constructors.fill(other, a[1], a.machine)
      return .bool(try DictText.areEqual(pairs(a), other, a.machine))
    },
  ]

  static let mutableMapping: [Native] = [
    Native("pop(self, key, default=..., /)", "Removes a key and gives its value.") { a in
      do {
        let value = try a.machine.item(a[0], a[1])
        try a.machine.deleteItem(a[0], a[1])
        return value
      } catch let error as Raise {
        if a.isGiven(2), a.machine.isException(error, .keyError) { return a[2] }
        throw error
      }
    },
    Native("setdefault(self, key, default=None)", "A value, set when it is missing.") { a in
      do {
        return try a.machine.item(a[0], a[1])
      } catch let error as Raise {
        if !a.machine.isException(error, .keyError) { throw error }
        try a.machine.setItem(a[0], a[1], a[2])
        return a[2]
      }
    },
    Native("update(self, other=(), /, **kwds)", "Sets several keys.") { a in
      let added = DictObject()
      try Constructors.fill(added, a[1], a.machine)
      if let more = a[2].asDict { try added.update(more, a.machine) }
      for (key, value) in added.pairs { try a.machine.setItem(a[0], key, value) }
      return .none
    },
    Native("clear(self)", "Removes all keys.") { a in
      for key in try a.machine.array(a[0]) { try a.machine.deleteItem(a[0], key) }
      return .none
    },
    Native("popitem(self)", "Removes and gives a pair.") { a in
      guard let key = try a.machine.array(a[0]).first else {
        throw Raise(.keyError, arguments: [])
      }
      let value = try a.machine.item(a[0], key)
      try a.machine.deleteItem(a[0], key)
      return .tuple([key, value])
    },
  ]
}
