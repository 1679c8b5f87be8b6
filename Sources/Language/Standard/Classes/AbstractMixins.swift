/// What classes of programs get from `MutableSequence`, `Set` and `MutableSet`, made of the methods
/// that they define themselves.
extension AbstractCollections {
  private static func method(
    _ a: Arguments, _ name: String, _ arguments: [Value] = []
  ) throws(Raise) -> Value {
    try a.machine.call(a.machine.attribute(a[0], name), arguments)
  }

  private static func count(_ a: Arguments) throws(Raise) -> Int {
    try a.machine.length(a[0]) ?? 0
  }

  // MARK: - Sequences

  static let mutableSequence: [Native] = [
    Native("append(self, value)", "Adds an item at the end.") { a in
      _ = try method(a, "insert", [.int(count(a)), a[1]])
      return .none
    },
    Native("extend(self, values)", "Adds items at the end.") { a in
      for item in try a.machine.array(a[1]) { _ = try method(a, "append", [item]) }
      return .none
    },
    Native("pop(self, index=-1)", "Removes and gives an item.") { a in
      let item = try a.machine.item(a[0], a[1])
      try a.machine.deleteItem(a[0], a[1])
      return item
    },
    Native("remove(self, value)", "Removes the first equal item.") { a in
      try a.machine.deleteItem(a[0], method(a, "index", [a[1]]))
      return .none
    },
    Native("reverse(self)", "Turns the items around.") { a in
      let count = try count(a)
      for index in 0..<max(0, count / 2) {
        let (left, right) = (Value.int(index), Value.int(count - index - 1))
        let item = try a.machine.item(a[0], left)
        try a.machine.setItem(a[0], left, a.machine.item(a[0], right))
        try a.machine.setItem(a[0], right, item)
      }
      return .none
    },
    Native("clear(self)", "Removes all items.") { a in
      while try count(a) > 0 {
        _ = try method(a, "pop")
        try a.machine.pollItem()
      }
      return .none
    },
    Native("__iadd__(self, values)", "Adds items at the end.") { a in
      _ = try method(a, "extend", [a[1]])
      return a[0]
    },
  ]

  // MARK: - Sets

  /// Whether another object counts as a set: a built-in one, a view, or one of these classes.
  private static func isSet(_ value: Value, _ machine: Machine) -> Bool {
    if value.asSet != nil || value.kind == .dictView { return true }
    guard let type = value.asInstance?.type else { return false }
    return type.lineage.contains { $0.module == "collections.abc" && $0.name.hasSuffix("Set") }
  }

  /// The items of the receiver that another has, or has not.
  private static func chosen(
    _ a: Arguments, from source: Value, by other: Value, keeps: Bool
  ) throws(Raise) -> [Value] {
    var result: [Value] = []
    for item in try a.machine.array(source)
    where try a.machine.contains(item, in: other) == keeps { result.append(item) }
    return result
  }

  /// A set of the receiver's class.
  private static func made(_ a: Arguments, _ items: [Value]) throws(Raise) -> Value {
    try a.machine.call(a.machine.attribute(a[0], "_from_iterable"), [.list(items)])
  }

  private static func comparison(
    _ name: String, _ doc: String, _ holds: @escaping (Int, Int) -> Bool, swapped: Bool = false
  ) -> Native {
    Native("__\(name)__(self, other)", doc) { a in
      guard isSet(a[1], a.machine) else { return .notImplemented }
      let other = try a.machine.length(a[1]) ?? 0
      guard try holds(count(a), other) else { return .bool(false) }
      let (inner, outer) = swapped ? (a[1], a[0]) : (a[0], a[1])
      return .bool(try chosen(a, from: inner, by: outer, keeps: false).isEmpty)
    }
  }

  private static func operation(
    _ names: [String], _ doc: String,
    _ items: @escaping (Arguments, Value, Value) throws -> [Value]
  ) -> [Native] {
    names.map { name in
      Native("__\(name)__(self, other)", doc) { a in
        guard try a.machine.isIterable(a[1]) else { return .notImplemented }
        let other = isSet(a[1], a.machine) ? a[1] : .list(try a.machine.array(a[1]))
        let isReflected = name.hasPrefix("r")
        return try made(
          a, isReflected ? items(a, other, a[0]) : items(a, a[0], other))
      }
    }
  }

  static let set: [Native] =
    [
      comparison("le", "Whether all items are in another set.", { $0 <= $1 }),
      comparison("lt", "Whether another set has all items and more.", { $0 < $1 }),
      comparison("ge", "Whether all items of another set are here.", { $0 >= $1 }, swapped: true),
      comparison("gt", "Whether there are all items of another set and more.", { $0 > $1 }, swapped: true),
      comparison("eq", "Whether both have the same items.", { $0 == $1 }),
      Native("isdisjoint(self, other)", "Whether there is no common item.") { a in
        .bool(try chosen(a, from: a[1], by: a[0], keeps: true).isEmpty)
      },
    ]
    + operation(["and", "rand"], "The items of both.") { a, x, y in
      try chosen(a, from: y, by: x, keeps: true)
    }
    + operation(["or", "ror"], "The items of either.") { a, x, y in
      try a.machine.array(x) + a.machine.array(y)
    }
    + operation(["sub", "rsub"], "The items that the other has not.") { a, x, y in
      try chosen(a, from: x, by: y, keeps: false)
    }
    + operation(["xor", "rxor"], "The items of one and not of the other.") { a, x, y in
      try chosen(a, from: x, by: y, keeps: false) + chosen(a, from: y, by: x, keeps: false)
    }

  static let setClassMethods: [Native] = [
    Native("_from_iterable(cls, it)", "A set of the class from items.") { a in
      try a.machine.call(a[0], [a[1]])
    }
  ]

  static let mutableSet: [Native] = set + [
    Native("remove(self, value)", "Removes an item; KeyError when it is not there.") { a in
      if try !a.machine.contains(a[1], in: a[0]) { throw Raise(.keyError, arguments: [a[1]]) }
      _ = try method(a, "discard", [a[1]])
      return .none
    },
    Native("pop(self)", "Removes and gives an item.") { a in
      guard let first = try a.machine.array(a[0]).first else {
        throw Raise(.keyError, arguments: [])
      }
      _ = try method(a, "discard", [first])
      return first
    },
    Native("clear(self)", "Removes all items.") { a in
      for item in try a.machine.array(a[0]) { _ = try method(a, "discard", [item]) }
      return .none
    },
    Native("__ior__(self, it)", "Adds the items of another.") { a in
      for item in try a.machine.array(a[1]) { _ = try method(a, "add", [item]) }
      return a[0]
    },
    Native("__iand__(self, it)", "Keeps the items that another has too.") { a in
      for item in try chosen(a, from: a[0], by: a[1], keeps: false) {
        _ = try method(a, "discard", [item])
      }
      return a[0]
    },
    Native("__isub__(self, it)", "Removes the items of another.") { a in
      for item in try a.machine.array(a[1]) { _ = try method(a, "discard", [item]) }
      return a[0]
    },
    Native("__ixor__(self, it)", "Keeps the items of one and not of the other.") { a in
      for item in try a.machine.array(a[1]) {
        let isThere = try a.machine.contains(item, in: a[0])
        _ = try method(a, isThere ? "discard" : "add", [item])
      }
      return a[0]
    },
  ]
}
