/// `collections.UserDict`: a mapping around a dictionary, to derive from. All that it does goes through
/// the item methods, which a class may override.
enum UserDictTable {
  private static func data(_ a: Arguments) throws(Raise) -> Value {
    try a.machine.attribute(a[0], "data")
  }

  static let table: TypeTable = TypeTable(
    "UserDict", module: "collections", doc: "A mapping around a dictionary, to derive from.",
    classMethods: [
      Native("fromkeys(cls, iterable, value=None)", "One value for several keys.") { a in
        let made = try a.machine.call(a[0])
        for key in try a.machine.array(a[1]) { try a.machine.setItem(made, key, a[2]) }
        return made
      }
    ],
    methods: AbstractCollections.mapping + AbstractCollections.mutableMapping + [
      Native("__init__(self, dict=None, /, **kwargs)", "Takes over pairs.") { a in
        let machine = a.machine
        try machine.setAttribute(a[0], "data", .object(DictObject()))
        let update = try machine.attribute(a[0], "update")
        if !a[1].isNone { _ = try machine.call(update, [a[1]]) }
        let keywords = a.keywords(2)
        if !keywords.isEmpty { _ = try machine.call(update, [], keywords: keywords) }
        return .none
      },
      Native("__len__(self)", "How many pairs there are.") { a in
        .int(try a.machine.length(data(a)) ?? 0)
      },
      Native("__getitem__(self, key)", "The value of a key.") { a in
        let machine = a.machine
        let data = try data(a)
        if let value = try data.asDict?.get(a[1], machine) { return value }
        if let missing = machine.type(of: a[0]).special(.missing) {
          return try machine.call(missing, [a[0], a[1]])
        }
        throw Raise(.keyError, arguments: [a[1]])
      },
      Native("__setitem__(self, key, item)", "Sets the value of a key.") { a in
        try a.machine.setItem(data(a), a[1], a[2])
        return .none
      },
      Native("__delitem__(self, key)", "Removes a key.") { a in
        try a.machine.deleteItem(data(a), a[1])
        return .none
      },
      Native("__iter__(self)", "The keys.") { a in try a.machine.iterator(data(a)) },
      Native("__contains__(self, key)", "Whether there is a key.") { a in
        .bool(try a.machine.contains(a[1], in: data(a)))
      },
      Native("__repr__(self)", "The pairs as a dictionary shows them.") { a in
        .string(try a.machine.repr(data(a)))
      },
      Native("copy(self)", "A copy of the same class.") { a in
        let made = try a.machine.call(.object(a.machine.type(of: a[0])))
        _ = try a.machine.call(a.machine.attribute(made, "update"), [data(a)])
        return made
      },
    ])
}
