/// The methods of `dict` and of its views.
enum DictMethods {
  static let rows: [Native] = [
    Native("get(self, key, default=None, /)", "The value of a key, or the default.",
      example: "{'a': 1}.get('b', 0)", shortcut: .dictGet
    ) { a in try a.ownDict().get(a[1], a.machine) ?? a[2] },
    Native("keys(self, /)", "The keys, as a view.", example: "list({'a': 1}.keys())", shortcut: .dictKeys) { a in
      .object(DictView(try a.ownDict(), .keys))
    },
    Native("values(self, /)", "The values, as a view.", example: "list({'a': 1}.values())", shortcut: .dictValues) { a in
      .object(DictView(try a.ownDict(), .values))
    },
    Native("items(self, /)", "Pairs of key and value, as a view.",
      example: "list({'a': 1}.items())", shortcut: .dictItems
    ) { a in .object(DictView(try a.ownDict(), .items)) },
    Native("pop(self, key, default=..., /)", "Removes a key and gives its value, or the default.",
      example: "{'a': 1}.pop('a')"
    ) { a in
      let dict = try a.ownDict()
      if let value = try dict.remove(a[1], a.machine) { return value }
      if a.isGiven(2) { return a[2] }
      throw Raise(.keyError, arguments: [a[1]])
    },
    Native("popitem(self, /)", "Removes the pair that came last, and gives it.",
      example: "{'a': 1, 'b': 2}.popitem()"
    ) { a in
      guard let pair = try a.ownDict().popLast() else {
        throw Raise(.keyError, "popitem(): dictionary is empty")
      }
      return .tuple([pair.key, pair.value])
    },
    Native("setdefault(self, key, default=None, /)",
      "The value of a key, which gets the default when it is missing.",
      example: "{}.setdefault('a', [])", shortcut: .dictSetDefault
    ) { a in try a.ownDict().setDefault(a[1], a[2], a.machine) },
    Native("update(self, other=..., /, **kwargs)", "Takes over pairs of a mapping or iterable.",
      example: "d = {'a': 1}\nd.update(b=2)\nprint(d)"
    ) { a in
      let dict = try a.ownDict()
      try Constructors.fill(dict, a[1], a.machine)
      if let keywords = a[2].asDict { try dict.update(keywords, a.machine) }
      return .none
    },
    Native("copy(self, /)", "A new dictionary with the same pairs.", example: "{'a': 1}.copy()") { a in
      let dict = try a.ownDict()
      try a.machine.charge(dict.count * 48, "the dictionary")
      let result = dict.copy()
      // A class of the program gets a plain dictionary, as in Python; those of doors keep theirs.
      if let type = dict.subclass, type.module != "__main__" {
        result.subclass = type
        result.defaultFactory = dict.defaultFactory
      }
      return .object(result)
    },
    Native("clear(self, /)", "Removes all pairs.", example: "d = {1: 2}\nd.clear()\nprint(d)") { a in
      try a.ownDict().clear()
      return .none
    },
  ]

  static let classMethods: [Native] = [
    Native("fromkeys(cls, iterable, value=None, /)", "A dictionary with one value for all keys.",
      example: "dict.fromkeys('ab', 0)"
    ) { a in
      let result = DictObject()
      let machine = a.machine
      let value = a[2]
      if let type = a[0].asType, type !== machine.types.dict {
        // A class makes its own object, and is asked for every key.
        let made = try machine.call(a[0])
        try machine.iterate(a[1]) { (key) throws(Raise) in
          try machine.setItem(made, key, value)
        }
        return made
      }
      try machine.iterate(a[1]) { (key) throws(Raise) in try result.set(key, value, machine) }
      return .object(result)
    }
  ]

  // MARK: - Views

  static let viewRows: [Native] = [
    Native("isdisjoint(self, other, /)", "Whether a view shares nothing with an iterable.",
      example: "{'a': 1}.keys().isdisjoint(['b'])"
    ) { a in
      let view = try a.own(.dictView, "dict_keys", as: DictView.self)
      if view.part == .values { throw a.machine.noAttribute(a[0], "isdisjoint") }
      var isDisjoint = true
      for item in try a.machine.array(a[1]) where isDisjoint {
        if try a.machine.contains(item, in: a[0]) { isDisjoint = false }
      }
      return .bool(isDisjoint)
    },
  ]
}
