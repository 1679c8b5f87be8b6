/// Special methods of built-in types as attributes: `dict.__getitem__`, `key=d.__getitem__`,
/// `super().__str__()`.
///
/// They do what the operators do for built-in operands, and give NotImplemented for others. They
/// are not attributes of the types: the machine knows what its own types do, and would find them on
/// every lookup of a special method, calling itself in a circle. They are found last instead, when
/// a program names one.
enum SpecialMethods {
  /// The special method of that name, unbound; None for a `__hash__` that there is not.
  static func function(_ name: Name, of type: TypeObject) -> Value? {
    guard let kind = type.builtinKind, name.text.hasPrefix("__") else { return nil }
    if name.text == "__hash__", isUnhashable(kind) { return Value.none }
    guard let row = tables[Family(kind)]?[name.text] else { return nil }
    return .object(NativeFunction(row, owner: type))
  }

  private static func isUnhashable(_ kind: BuiltinKind) -> Bool {
    switch kind {
    case .list, .dict, .set: true
    default: false
    }
  }

  /// Types with the same special methods.
  private enum Family: Hashable {
    case integer, float, string, sequence, list, dictionary, set, view, iterator, exception, callable
    case other

    init(_ kind: BuiltinKind) {
      self =
        switch kind {
        case .int, .bool: .integer
        case .float: .float
        case .string: .string
        case .bytes, .tuple, .range: .sequence
        case .list: .list
        case .dict: .dictionary
        case .set, .frozenSet: .set
        case .dictView: .view
        case .iterator, .generator: .iterator
        case .exception: .exception
        case .function, .native, .method: .callable
        case .none, .ellipsis, .slice: .other
        default: .other
        }
    }
  }

  private static let tables: [Family: [String: Native]] = [
    .integer: index(common + arithmetic + bits + conversions),
    .float: index(common + arithmetic + conversions),
    .string: index(common + container + reading + concatenation + [remainder]),
    .sequence: index(common + container + reading + concatenation + reversing),
    .list: index(
      common + container + reading + concatenation + writing + reversing + inPlace + filling),
    .dictionary: index(
      common + container + reading + writing + reversing + [union, inPlaceUnion] + filling),
    .set: index(common + container + sets + filling),
    .view: index(common + container + sets + reversing),
    .iterator: index(common + iteration),
    .exception: index(exceptions),
    .callable: index(common + [calling]),
    .other: index(common),
  ]

  private static func index(_ rows: [Native]) -> [String: Native] {
    Dictionary(rows.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
  }

  // MARK: - All types

  private static let common: [Native] = [
    Native("__repr__(self, /)", "The text of the object as one would write it.") { a in
      .string(try a.machine.builtinRepr(a[0]))
    },
    Native("__str__(self, /)", "The text of the object.") { a in
      if let text = a[0].asString { return .object(text) }
      // What `object.__str__` does: a class of the program may have said how it prints.
      return .string(try a[0].isDerived ? a.machine.repr(a[0]) : a.machine.builtinRepr(a[0]))
    },
    Native("__format__(self, format_spec, /)", "The text of the object by a specification.") { a in
      .object(
        try a.machine.builtinFormat(a[0].bare, a.word(1, argument: "1")))
    },
    Native("__hash__(self, /)", "The hash of the object.") { a in .int(try a.machine.hash(a[0].bare)) },
    Native("__bool__(self, /)", "Whether the object counts as true.") { a in
      .bool(try a.machine.truth(a[0].bare))
    },
    comparison("__eq__", "Whether two objects are equal.", 0),
    comparison("__ne__", "Whether two objects differ.", 1),
    comparison("__lt__", "Whether the object is before another.", 2),
    comparison("__le__", "Whether the object is before another or equal.", 3),
    comparison("__gt__", "Whether the object is behind another.", 4),
    comparison("__ge__", "Whether the object is behind another or equal.", 5),
  ]

  private static func comparison(_ name: String, _ doc: String, _ op: UInt8) -> Native {
    Native("\(name)(self, value, /)", doc) { a in
      let left = a[0].bare
      let right = a[1].bare
      guard right.asInstance == nil, isSameFamily(left, right),
        let result = try a.machine.compareBuiltin(op, left, right)
      else { return .notImplemented }
      return .bool(result)
    }
  }

  private static func isSameFamily(_ a: Value, _ b: Value) -> Bool {
    if a.asDouble != nil { return b.asDouble != nil }
    switch (a.kind, b.kind) {
    case (nil, nil): return a.isNone && b.isNone
    case (.set?, .frozenSet?), (.frozenSet?, .set?), (.dictView?, .set?), (.dictView?, .frozenSet?),
      (.set?, .dictView?), (.frozenSet?, .dictView?):
      return true
    default: return a.kind == b.kind
    }
  }

  // MARK: - Containers

  private static let container: [Native] = [
    Native("__len__(self, /)", "How many items there are.") { a in
      .int(try a.machine.length(a[0].bare) ?? 0)
    },
    Native("__contains__(self, key, /)", "Whether an item is there.") { a in
      .bool(try a.machine.contains(a[1], in: a[0].bare))
    },
    Native("__iter__(self, /)", "An iterator over the items.") { a in
      try a.machine.iterator(a[0].bare)
    },
  ]

  private static let reading: [Native] = [
    Native("__getitem__(self, key, /)", "The item of a key, index or slice.") { a in
      let machine = a.machine
      if a[0].isDerived, let dict = a[0].asDict,
        let missing = machine.type(of: a[0]).special(.missing)
      {
        if let value = try dict.get(a[1], machine) { return value }
        return try machine.call(missing, [a[0], a[1]])
      }
      return try machine.item(a[0].bare, a[1])
    }
  ]

  private static let writing: [Native] = [
    Native("__setitem__(self, key, value, /)", "Sets the item of a key, index or slice.") { a in
      try a.machine.setItem(a[0].bare, a[1], a[2])
      return .none
    },
    Native("__delitem__(self, key, /)", "Deletes the item of a key, index or slice.") { a in
      try a.machine.deleteItem(a[0].bare, a[1])
      return .none
    },
  ]

  private static let reversing: [Native] = [
    Native("__reversed__(self, /)", "An iterator over the items, last first.") { a in
      .object(TupleIterator(TupleObject(try a.machine.array(a[0].bare).reversed())))
    }
  ]

  private static let concatenation: [Native] = [
    operation("__add__", "Two sequences one after the other.", .add),
    operation("__mul__", "The sequence several times.", .multiply),
    reflected("__rmul__", "The sequence several times.", .multiply),
  ]

  private static let inPlace: [Native] = [
    Native("__iadd__(self, value, /)", "Adds the items of an iterable to the list itself.") { a in
      let list = a[0].bare
      let result = try a.machine.binary(.add, list, a[1], inPlace: true)
      return result.isIdentical(to: list) ? a[0] : result
    }
  ]

  // What `super().__init__(...)` of a derived class fills.

  private static let listInitializer = Native(
    "__init__(self, iterable=(), /)", "Fills the list with the items of an iterable."
  ) { a in
    a[0].asList?.replaceAll(try a.machine.array(a[1]))
    return .none
  }

  private static let dictInitializer = Native(
    "__init__(self, mapping=..., /, **kwargs)", "Adds pairs to the dictionary."
  ) { a in
    guard let dict = a[0].asDict else { return .none }
    try Constructors.fill(dict, a[1], a.machine)
    if let extra = a[2].asDict { try dict.update(extra, a.machine) }
    return .none
  }

  private static let setInitializer = Native(
    "__init__(self, iterable=(), /)", "Fills the set with the items of an iterable."
  ) { a in
    guard let set = a[0].asSet, !set.isFrozen else { return .none }
    let items = try a.machine.array(a[1])
    set.clear()
    for item in items { try set.add(item, a.machine) }
    return .none
  }

  private static let remainder = operation("__mod__", "The string with its %-fields filled in.", .modulo)

  private static let filling = [Machine.fillingInitializer]

  private static let inPlaceUnion = Native(
    "__ior__(self, value, /)", "Takes over the pairs of another dictionary."
  ) { a in
    guard let dict = a[0].asDict else { throw a.wrongReceiver("dict") }
    try Constructors.fill(dict, a[1], a.machine)
    return a[0]
  }

  private static let union = operation("__or__", "The pairs of two dictionaries.", .bitOr)

  private static let sets: [Native] = [
    operation("__or__", "The union of two sets.", .bitOr),
    operation("__and__", "The intersection of two sets.", .bitAnd),
    operation("__sub__", "The difference of two sets.", .subtract),
    operation("__xor__", "The symmetric difference of two sets.", .bitXor),
  ]

  private static let iteration: [Native] = [
    Native("__iter__(self, /)", "The iterator itself.") { a in a[0] },
    Native("__next__(self, /)", "The next value; StopIteration at the end.") { a in
      let value = try a.machine.next(a[0])
      if !value.isUndefined { return value }
      throw GeneratorMethods.ended(a[0])
    },
  ]

  // MARK: - Numbers

  private static let arithmetic: [Native] =
    both("add", "The sum.", .add) + both("sub", "The difference.", .subtract)
    + both("mul", "The product.", .multiply) + both("truediv", "The quotient.", .divide)
    + both("floordiv", "The quotient, rounded down.", .floorDivide)
    + both("mod", "The remainder.", .modulo) + both("pow", "The power.", .power) + [
      Native("__neg__(self, /)", "The number with its sign changed.") { a in
        try a.machine.unary(.negate, a[0].bare)
      },
      Native("__pos__(self, /)", "The number.") { a in try a.machine.unary(.plus, a[0].bare) },
      Native("__abs__(self, /)", "The number without its sign.") { a in
        if case .float(let number) = a[0].bare { return .float(number.magnitude) }
        return try a.machine.isLess(a[0].bare, .int(0)) ? a.machine.unary(.negate, a[0].bare) : a[0].bare
      },
    ]

  private static let bits: [Native] =
    both("and", "The bits that both have.", .bitAnd)
    + both("or", "The bits that one has.", .bitOr)
    + both("xor", "The bits that one has and not both.", .bitXor)
    + both("lshift", "The bits moved up.", .shiftLeft)
    + both("rshift", "The bits moved down.", .shiftRight) + [
      Native("__invert__(self, /)", "The bits changed.") { a in
        try a.machine.unary(.invert, a[0].bare)
      },
      Native("__index__(self, /)", "The number as an index.") { a in
        .integer(try NumberMethods.ownInteger(a))
      },
    ]

  private static let conversions: [Native] = [
    Native("__int__(self, /)", "The number without its fraction.") { a in
      try NumberMethods.truncated(a)
    },
    Native("__trunc__(self, /)", "The number without its fraction.") { a in
      try NumberMethods.truncated(a)
    },
    Native("__float__(self, /)", "The number as a float.") { a in
      if let big = a[0].asBigInt { return .float(try FormatSpec.double(big.value)) }
      return .float(try a.double(0))
    },
  ]

  private static func both(_ name: String, _ doc: String, _ op: Opcode) -> [Native] {
    [operation("__\(name)__", doc, op), reflected("__r\(name)__", doc, op)]
  }

  private static func operation(_ name: String, _ doc: String, _ op: Opcode) -> Native {
    Native("\(name)(self, value, /)", doc) { a in
      // An integer leaves floats to the float's own method.
      if a[0].isInteger, case .float = a[1].bare { return .notImplemented }
      return try a.machine.builtinBinary(op, a[0], a[1]) ?? .notImplemented
    }
  }

  private static func reflected(_ name: String, _ doc: String, _ op: Opcode) -> Native {
    Native("\(name)(self, value, /)", doc) { a in
      if a[0].isInteger, case .float = a[1].bare { return .notImplemented }
      return try a.machine.builtinBinary(op, a[1], a[0]) ?? .notImplemented
    }
  }

  // MARK: - Functions

  private static let calling = Native("__call__(self, *args, **kwargs)", "Calls the function.") { a in
    try a.machine.call(a[0], a.items(1), keywords: a.keywords(2))
  }

  // MARK: - Exceptions

  private static let exceptions: [Native] = [
    Native("__str__(self, /)", "The message.") { a in
      guard let exception = a[0].asException else { throw a.wrongReceiver("BaseException") }
      return .string(try a.machine.exceptionText(exception))
    },
    Native("__repr__(self, /)", "The class and the arguments.") { a in
      .string(try a.machine.builtinRepr(a[0]))
    },
  ]
}
