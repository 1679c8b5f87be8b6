import Language

/// scikit-learn's `Bunch`: a dictionary whose keys are attributes too.
enum Bunch {
  static let table = TypeTable(
    "Bunch", module: "sklearn.utils", doc: "A dictionary whose keys are attributes too.",
    allocate: { Instance($0) },
    methods: [
      Native("__init__(self, **kwargs)", "Keeps what it is given.") { a in
        let bunch = try a.receiver(Instance.self)
        for (name, value) in a.keywords(1) { bunch.setOwn(name, value) }
        return .none
      },
      Native("__getitem__(self, key)", "The entry of a key.") { a in
        let bunch = try a.receiver(Instance.self)
        guard let name = a[1].swiftString, let value = bunch.own(name) else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("__setitem__(self, key, value)", "Sets an entry.") { a in
        try a.receiver(Instance.self).setOwn(try a.string(1), a[2])
        return .none
      },
      Native("__contains__(self, key)", "Whether there is such a key.") { a in
        .bool(try a.receiver(Instance.self).own(a[1].swiftString ?? "") != nil)
      },
      Native("__iter__(self)", "The keys.") { a in
        try a.machine.iterator(keys(try a.receiver(Instance.self)))
      },
      Native("__len__(self)", "The number of keys.") { a in
        .int(try a.receiver(Instance.self).ownAttributes.count)
      },
      Native("keys(self)", "The names of the entries.") { a in
        keys(try a.receiver(Instance.self))
      },
      Native("__repr__(self)", "The entries.") { a in
        let bunch = try a.receiver(Instance.self)
        let entries = try bunch.ownAttributes.map { entry in
          "'\(entry.name)': \(try a.machine.repr(entry.value))"
        }
        return .string("{" + entries.joined(separator: ", ") + "}")
      },
    ])

  private static func keys(_ bunch: Instance) -> Value {
    .list(bunch.ownAttributes.map { .string($0.name) })
  }
}
