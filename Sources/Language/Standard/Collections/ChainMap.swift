/// `collections.ChainMap`: several mappings seen as one, the first on top.
enum ChainMapTable {
  static let table = TypeTable(
    "ChainMap", module: "collections", doc: "Several mappings seen as one.",
    properties: [
      NativeProperty("parents", "The chain without its first mapping.") { value, machine in
        made(Array(try maps(value).dropFirst()), machine)
      }
    ],
    methods: [
      Native("__init__(self, *maps)", "Mappings, the first on top.") { a in
        let maps = try a.items(1)
        a[0].asInstance?.setOwn("maps", .list(maps.isEmpty ? [.object(DictObject())] : maps))
        return .none
      },
      Native("__getitem__(self, key)", "The value in the first mapping that has the key.") { a in
        guard let value = try find(a[1], a[0], a.machine) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("get(self, key, default=None)", "A value, or a default.") { a in
        try find(a[1], a[0], a.machine) ?? a[2]
      },
      Native("__contains__(self, key)", "Whether a mapping has the key.") { a in
        .bool(try find(a[1], a[0], a.machine) != nil)
      },
      Native("__setitem__(self, key, value)", "Sets in the first mapping.") { a in
        try a.machine.setItem(top(a[0]), a[1], a[2])
        return .none
      },
      Native("__delitem__(self, key)", "Deletes from the first mapping.") { a in
        do {
          try a.machine.deleteItem(top(a[0]), a[1])
        } catch {
          throw Raise(
            .keyError,
            "Key not found in the first mapping: \(try a.machine.repr(a[1]))")
        }
        return .none
      },
      Native("new_child(self, m=None, /, **kwargs)", "A chain with another mapping on top.") { a in
        let map = a[1].isNone ? Value.object(DictObject()) : a[1]
        for (name, value) in a.keywords(2) { try a.machine.setItem(map, .string(name), value) }
        return made([map] + (try maps(a[0])), a.machine)
      },
      Native("__len__(self)", "The number of keys.") { a in
        .int(try merged(a[0], a.machine).count)
      },
      Native("__iter__(self)", "The keys.") { a in
        try a.machine.iterator(.object(merged(a[0], a.machine)))
      },
      Native("keys(self)", "The keys.") { a in
        .object(DictView(try merged(a[0], a.machine), .keys))
      },
      Native("values(self)", "The values.") { a in
        .object(DictView(try merged(a[0], a.machine), .values))
      },
      Native("items(self)", "Keys with values.") { a in
        .object(DictView(try merged(a[0], a.machine), .items))
      },
      Native("__repr__(self)", "The mappings.") { a in
        var parts: [String] = []
        for map in try maps(a[0]) { parts.append(try a.machine.repr(map)) }
        return .string("ChainMap(\(parts.joined(separator: ", ")))")
      },
    ])

  private static func maps(_ value: Value) throws(Raise) -> [Value] {
    value.asInstance?.own("maps")?.asList?.items ?? []
  }

  private static func top(_ value: Value) throws(Raise) -> Value {
    try maps(value).first ?? .object(DictObject())
  }

  private static func made(_ maps: [Value], _ machine: Machine) -> Value {
    let chain = Instance(machine.type(table))
    chain.setOwn("maps", .list(maps.isEmpty ? [.object(DictObject())] : maps))
    return .object(chain)
  }

  private static func find(
    _ key: Value, _ chain: Value, _ machine: Machine
  ) throws(Raise) -> Value? {
    for map in try maps(chain) where try machine.contains(key, in: map) {
      return try machine.item(map, key)
    }
    return nil
  }

  /// One dictionary with what the chain shows; keys in the order of the lowest mapping first.
  private static func merged(_ chain: Value, _ machine: Machine) throws(Raise) -> DictObject {
    let result = DictObject()
    for map in try maps(chain).reversed() {
      for key in try machine.array(map) {
        try result.set(key, machine.item(map, key), machine)
      }
    }
    return result
  }
}
