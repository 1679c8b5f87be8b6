/// The methods of `set` and `frozenset`. Results have the type of the receiver, and the order of
/// iteration that CPython's have.
enum SetMethods {
  static let frozenRows: [Native] = [
    Native("copy(self, /)", "A set with the same items.", example: "{1, 2}.copy()") { a in
      let set = try a.ownSet()
      return set.isFrozen ? a[0].bare : .object(try set.copy(frozen: false, a.machine))
    },
    Native("union(self, *others)", "What is in the set or in one of the others.",
      example: "{1}.union([2], (3,))"
    ) { a in
      let set = try a.ownSet()
      let result = try set.copy(frozen: set.isFrozen, a.machine)
      for other in try a.items(1) { try update(result, other, a.machine) }
      return .object(result)
    },
    Native("intersection(self, *others)", "What is in the set and in all others.",
      example: "{1, 2, 3}.intersection([2, 3], {3})"
    ) { a in
      let set = try a.ownSet()
      return .object(try intersection(set, a.items(1), a.machine))
    },
    Native("difference(self, *others)", "What is in the set and in none of the others.",
      example: "{1, 2, 3}.difference([2])"
    ) { a in
      let set = try a.ownSet()
      let others = try a.items(1)
      guard let first = others.first else {
        return .object(try set.copy(frozen: set.isFrozen, a.machine))
      }
      let result = try difference(set, first, a.machine)
      for other in others.dropFirst() { try subtract(result, other, a.machine) }
      return .object(result)
    },
    Native("symmetric_difference(self, other, /)", "What is in one of two sets and not in both.",
      example: "{1, 2}.symmetric_difference([2, 3])"
    ) { a in
      let set = try a.ownSet()
      let result = SetObject(frozen: set.isFrozen)
      try update(result, a[1], a.machine)
      for item in set.items where try !result.discard(item, a.machine) {
        try result.add(item, a.machine)
      }
      return .object(result)
    },
    Native("isdisjoint(self, other, /)", "Whether nothing is in both.",
      example: "{1}.isdisjoint([2])"
    ) { a in
      let set = try a.ownSet()
      if let other = a[1].asSet {
        let (smaller, larger) = other.count > set.count ? (set, other) : (other, set)
        for item in smaller.items where try larger.contains(item, a.machine) { return .bool(false) }
        return .bool(true)
      }
      let walker = try a.machine.iterator(a[1])
      while true {
        let item = try a.machine.next(walker)
        if item.isUndefined { return .bool(true) }
        if try set.contains(item, a.machine) { return .bool(false) }
        try a.machine.pollItem()
      }
    },
    Native("issubset(self, other, /)", "Whether all items are in the other.",
      example: "{1}.issubset([1, 2])"
    ) { a in
      let set = try a.ownSet()
      let other = try a.machine.makeSet(a[1])
      return .bool(try isSubset(set, other, a.machine))
    },
    Native("issuperset(self, other, /)", "Whether all items of the other are in the set.",
      example: "{1, 2}.issuperset([1])"
    ) { a in
      let set = try a.ownSet()
      if let other = a[1].asSet { return .bool(try isSubset(other, set, a.machine)) }
      let walker = try a.machine.iterator(a[1])
      while true {
        let item = try a.machine.next(walker)
        if item.isUndefined { return .bool(true) }
        if try !set.contains(item, a.machine) { return .bool(false) }
        try a.machine.pollItem()
      }
    },
  ]

  static let rows: [Native] = frozenRows + [
    Native("add(self, item, /)", "Adds an item.", example: "s = {1}\ns.add(2)\nprint(s)", shortcut: .setAdd) { a in
      try mutable(a).add(a[1], a.machine)
      return .none
    },
    Native("remove(self, item, /)", "Removes an item; KeyError when it is missing.",
      example: "s = {1, 2}\ns.remove(1)\nprint(s)"
    ) { a in
      if try !mutable(a).discard(a[1], a.machine) { throw Raise(.keyError, arguments: [a[1]]) }
      return .none
    },
    Native("discard(self, item, /)", "Removes an item if it is there.",
      example: "s = {1, 2}\ns.discard(3)\nprint(s)"
    ) { a in
      try mutable(a).discard(a[1], a.machine)
      return .none
    },
    Native("pop(self, /)", "Removes some item and gives it.", example: "{1}.pop()") { a in
      guard let item = try mutable(a).pop() else {
        throw Raise(.keyError, "pop from an empty set")
      }
      return item
    },
    Native("clear(self, /)", "Removes all items.", example: "s = {1}\ns.clear()\nprint(s)") { a in
      try mutable(a).clear()
      return .none
    },
    Native("update(self, *others)", "Adds the items of all others.",
      example: "s = {1}\ns.update([2], [3])\nprint(s)"
    ) { a in
      let set = try mutable(a)
      for other in try a.items(1) { try update(set, other, a.machine) }
      return .none
    },
    Native("intersection_update(self, *others)", "Keeps what is in all others.",
      example: "s = {1, 2}\ns.intersection_update([2])\nprint(s)"
    ) { a in
      let set = try mutable(a)
      set.become(try intersection(set, a.items(1), a.machine))
      return .none
    },
    Native("difference_update(self, *others)", "Removes what is in one of the others.",
      example: "s = {1, 2}\ns.difference_update([2])\nprint(s)"
    ) { a in
      let set = try mutable(a)
      for other in try a.items(1) { try subtract(set, other, a.machine) }
      return .none
    },
    Native("symmetric_difference_update(self, other, /)", "Keeps what is in one of two and not both.",
      example: "s = {1, 2}\ns.symmetric_difference_update([2, 3])\nprint(s)"
    ) { a in
      let set = try mutable(a)
      if a[1].asSet === set {
        set.clear()
        return .none
      }
      for item in try a.machine.makeSet(a[1]).items where try !set.discard(item, a.machine) {
        try set.add(item, a.machine)
      }
      return .none
    },
  ]

  private static func mutable(_ a: Arguments) throws(Raise) -> SetObject {
    let set = try a.ownSet()
    if set.isFrozen { throw a.wrongReceiver("set") }
    return set
  }

  // MARK: - The operations

  private static func update(
    _ set: SetObject, _ other: Value, _ machine: Machine
  ) throws(Raise) {
    if let source = other.asSet {
      try set.merge(source, machine)
    } else {
      try machine.iterate(other) { (item) throws(Raise) in try set.add(item, machine) }
    }
  }

  private static func isSubset(
    _ a: SetObject, _ b: SetObject, _ machine: Machine
  ) throws(Raise) -> Bool {
    if a.count > b.count { return false }
    for (index, item) in a.items.enumerated() {
      if try !b.contains(item, machine) { return false }
      try machine.poll(at: index)
    }
    return true
  }

  private static func intersection(
    _ set: SetObject, _ others: [Value], _ machine: Machine
  ) throws(Raise) -> SetObject {
    if others.isEmpty { return try set.copy(frozen: set.isFrozen, machine) }
    var result = set
    for other in others {
      if let source = other.asSet {
        result = try machine.intersection(result, source, frozen: set.isFrozen)
        continue
      }
      let next = SetObject(frozen: set.isFrozen)
      let current = result
      try machine.iterate(other) { (item) throws(Raise) in
        if try current.contains(item, machine) { try next.add(item, machine) }
      }
      result = next
    }
    return result
  }

  private static func difference(
    _ set: SetObject, _ other: Value, _ machine: Machine
  ) throws(Raise) -> SetObject {
    if let source = other.asSet {
      return try machine.difference(set, source, frozen: set.isFrozen)
    }
    if let dict = other.asDict {
      let result = SetObject(frozen: set.isFrozen)
      for item in set.items where try dict.get(item, machine) == nil {
        try result.add(item, machine)
      }
      return result
    }
    let result = try set.copy(frozen: set.isFrozen, machine)
    try subtract(result, other, machine)
    return result
  }

  private static func subtract(
    _ set: SetObject, _ other: Value, _ machine: Machine
  ) throws(Raise) {
    if other.asSet === set {
      set.clear()
      return
    }
    for item in try machine.array(other) { try set.discard(item, machine) }
  }
}
