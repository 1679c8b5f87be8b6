/// `collections.UserList` and `collections.UserString`: a list and a string around one, to derive from.
///
/// What they do is done on `data`; results that are such a sequence again are of the object's class.
enum UserSequenceTables {
  static let list: TypeTable = TypeTable(
    "UserList", module: "collections", doc: "A list around a list, to derive from.",
    values: [("__hash__", { _ in .none })],
    methods: [
      Native("__init__(self, initlist=None)", "Takes over items.") { a in
        let items = a[1].isNone ? [] : try a.machine.array(plain(a[1], a.machine))
        try a.machine.setAttribute(a[0], "data", .list(items))
        return .none
      }
    ] + items + listChanges + operators(["add", "mul", "rmul"]) + comparisons + [inPlaceAdd, inPlaceMultiply])

  static let string: TypeTable = TypeTable(
    "UserString", module: "collections", doc: "A string around a string, to derive from.",
    methods: [
      Native("__init__(self, seq)", "Takes over the text of an object.") { a in
        let text = try a.machine.textObject(of: plain(a[1], a.machine))
        try a.machine.setAttribute(a[0], "data", .object(text))
        return .none
      },
      Native("__str__(self)", "The text.") { a in .object(try a.machine.textObject(of: data(a))) },
      Native("__hash__(self)", "The hash of the text.") { a in .int(try a.machine.hash(data(a))) },
      Native("__int__(self)", "The number that the text writes.") { a in
        try a.machine.call(a.machine.builtin("int") ?? .none, [data(a)])
      },
      Native("__float__(self)", "The number that the text writes.") { a in
        try a.machine.call(a.machine.builtin("float") ?? .none, [data(a)])
      },
    ] + items + operators(["add", "mul", "rmul", "mod"]) + comparisons + StringMethods.rows.map(text))

  private static func data(_ a: Arguments) throws(Raise) -> Value {
    try a.machine.attribute(a[0], "data")
  }

  /// What another such object holds; all else as it is.
  private static func plain(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    guard let instance = value.asInstance,
      instance.type.isSubclass(of: machine.type(list))
        || instance.type.isSubclass(of: machine.type(string))
    else { return value }
    return try machine.attribute(value, "data")
  }

  /// A list or string as an object of the receiver's class.
  private static func sameClass(_ value: Value, _ a: Arguments) throws(Raise) -> Value {
    try a.machine.call(.object(a.machine.type(of: a[0])), [value])
  }

  // MARK: - Both

  private static let items: [Native] = [
    Native("__len__(self)", "How many items there are.") { a in
      .int(try a.machine.length(data(a)) ?? 0)
    },
    Native("__contains__(self, item)", "Whether an item is there.") { a in
      .bool(try a.machine.contains(plain(a[1], a.machine), in: data(a)))
    },
    Native("__iter__(self)", "The items.") { a in try a.machine.iterator(data(a)) },
    Native("__getitem__(self, i)", "An item, or the items of a slice.") { a in
      let found = try a.machine.item(data(a), a[1])
      return a[1].kind == .slice || found.asString != nil ? try sameClass(found, a) : found
    },
    Native("__repr__(self)", "The items as the plain class shows them.") { a in
      .string(try a.machine.repr(data(a)))
    },
  ]

  private static func operators(_ names: [String]) -> [Native] {
    names.map { name in
      Native("__\(name)__(self, other)", "What the plain class gives.") { a in
        let op: Opcode = name == "add" ? .add : name == "mod" ? .modulo : .multiply
        let other = try plain(a[1], a.machine)
        let own = try data(a)
        let isOther = name == "add" && own.asList != nil && other.asList == nil
        let right = isOther ? .list(try a.machine.array(other)) : other
        return try sameClass(a.machine.binary(op, own, right), a)
      }
    }
  }

  private static let comparisons: [Native] =
    ["eq", "ne", "lt", "le", "gt", "ge"].enumerated().map { index, name in
      Native("__\(name)__(self, other)", "Compares with what the other holds.") { a in
        try a.machine.compare(UInt8(index), data(a), plain(a[1], a.machine))
      }
    }

  // MARK: - Lists

  private static let inPlaceAdd = Native("__iadd__(self, other)", "Adds the items of an iterable.") {
    a in
    let items = try a.machine.array(plain(a[1], a.machine))
    for item in items { try data(a).asList?.append(item) }
    return a[0]
  }

  private static let inPlaceMultiply = Native("__imul__(self, n)", "Repeats the items in place.") {
    a in
    let repeated = try a.machine.binary(.multiply, data(a), a[1], inPlace: true)
    try a.machine.setAttribute(a[0], "data", repeated)
    return a[0]
  }

  private static let listChanges: [Native] =
    [
      Native("__setitem__(self, i, item)", "Sets an item, or the items of a slice.") { a in
        try a.machine.setItem(data(a), a[1], plain(a[2], a.machine))
        return .none
      },
      Native("__delitem__(self, i)", "Removes an item or the items of a slice.") { a in
        try a.machine.deleteItem(data(a), a[1])
        return .none
      },
      Native("copy(self)", "A copy of the same class.") { a in
        try sameClass(.list(a.machine.array(data(a))), a)
      },
    ]
    + ["append", "extend", "insert", "pop", "remove", "clear", "index", "count", "reverse", "sort"].map {
      name in
      Native("\(name)(self, *args, **kwds)", "What a list does.") { a in
        let machine = a.machine
        var arguments = try a.items(1)
        if name == "extend", let first = arguments.first {
          arguments[0] = try plain(first, machine)
        }
        return try machine.call(
          machine.attribute(data(a), name), arguments, keywords: a.keywords(2))
      }
    }

  // MARK: - Strings

  /// Methods of strings that give a string of the same class.
  private static let sameClassNames: Set<String> = [
    "capitalize", "casefold", "center", "expandtabs", "ljust", "lower", "lstrip", "removeprefix",
    "removesuffix", "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate", "upper",
    "zfill",
  ]

  private static func text(_ row: Native) -> Native {
    let name = row.name
    return Native("\(name)(self, *args, **kwds)", row.doc) { a in
      let machine = a.machine
      var arguments: [Value] = []
      for argument in try a.items(1) { arguments.append(try plain(argument, machine)) }
      let result = try machine.call(
        machine.attribute(data(a), name), arguments, keywords: a.keywords(2))
      return sameClassNames.contains(name) ? try sameClass(result, a) : result
    }
  }
}
