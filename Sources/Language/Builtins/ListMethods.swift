/// The methods of `list`.
enum ListMethods {
  static let rows: [Native] = [
    Native("append(self, object, /)", "Adds an item at the end.",
      example: "xs = [1]\nxs.append(2)\nprint(xs)", shortcut: .listAppend
    ) { a in
      try a.ownList().append(a[1])
      return .none
    },
    Native("extend(self, iterable, /)", "Adds all items of an iterable at the end.",
      example: "xs = [1]\nxs.extend((2, 3))\nprint(xs)"
    ) { a in
      let list = try a.ownList()
      if let other = a[1].asList, !a[1].isDerived {
        try a.machine.charge((list.count + other.count) * 16, "the list")
        list.append(contentsOf: other.items)
      } else {
        try a.machine.extend(list, a[1])
      }
      return .none
    },
    Native("insert(self, index, object, /)", "Puts an item before an index.",
      example: "xs = [1, 3]\nxs.insert(1, 2)\nprint(xs)"
    ) { a in
      let list = try a.ownList()
      var index = try a.index(1)
      if index < 0 { index = max(0, index + list.count) }
      list.insert(a[2], at: min(index, list.count))
      return .none
    },
    Native("remove(self, value, /)", "Removes the first item that equals a value.",
      example: "xs = [1, 2, 1]\nxs.remove(1)\nprint(xs)"
    ) { a in
      let list = try a.ownList()
      guard let index = try position(of: a[1], in: list, 0, Int.max, a.machine) else {
        throw Raise(.valueError, "list.remove(x): x not in list")
      }
      // What compares may have changed the list.
      if index < list.count { _ = list.remove(at: index) }
      return .none
    },
    Native("pop(self, index=-1, /)", "Removes an item, the last unless told, and gives it.",
      example: "[1, 2, 3].pop(0)", shortcut: .listPop
    ) { a in
      let list = try a.ownList()
      var index = try a.index(1)
      if list.count == 0 { throw Raise(.indexError, "pop from empty list") }
      if index < 0 { index += list.count }
      guard index >= 0, index < list.count else {
        throw Raise(.indexError, "pop index out of range")
      }
      return list.remove(at: index)
    },
    Native("clear(self, /)", "Removes all items.", example: "xs = [1]\nxs.clear()\nprint(xs)") { a in
      let taken = try a.ownList().takeAll()
      withExtendedLifetime(taken) {}
      return .none
    },
    Native("index(self, value, start=0, stop=..., /)", "Where a value stands first.",
      example: "[5, 6, 7].index(6)"
    ) { a in
      let list = try a.ownList()
      let (start, end) = try a.bounds(2, count: list.count, takesNone: false)
      guard let index = try position(of: a[1], in: list, start, end, a.machine) else {
        throw Raise(.valueError, "\(try a.machine.repr(a[1])) is not in list")
      }
      return .int(index)
    },
    Native("count(self, value, /)", "How many items equal a value.", example: "[1, 2, 1].count(1)") {
      a in
      let list = try a.ownList()
      var count = 0
      var index = 0
      while index < list.count {
        if try a.machine.equals(list[index], a[1]) { count += 1 }
        index += 1
        if index & 4095 == 0 { try a.machine.poll() }
      }
      return .int(count)
    },
    Native("sort(self, /, *, key=None, reverse=False)", "Puts the items in ascending order.",
      example: "xs = ['b', 'C', 'a']\nxs.sort(key=str.lower)\nprint(xs)"
    ) { a in
      let list = try a.ownList()
      let reverse = try isReverse(a)
      // The list is empty while its items are sorted: what runs meanwhile cannot disturb them.
      let items = list.takeAll()
      let result: [Value]
      do throws(Raise) {
        result = try Sorting.sorted(items, key: a[1], reverse: reverse, a.machine)
      } catch {
        list.replaceAll(items)
        throw error
      }
      let isModified = list.count != 0
      list.replaceAll(result)
      if isModified { throw Raise(.valueError, "list modified during sort") }
      return .none
    },
    Native("reverse(self, /)", "Turns the order of the items round.",
      example: "xs = [1, 2]\nxs.reverse()\nprint(xs)"
    ) { a in
      let list = try a.ownList()
      var low = 0
      var high = list.count - 1
      while low < high {
        let item = list[low]
        list[low] = list[high]
        list[high] = item
        low += 1
        high -= 1
      }
      return .none
    },
    Native("copy(self, /)", "A new list with the same items.", example: "[1, 2].copy()") { a in
      let list = try a.ownList()
      try a.machine.charge(list.count * 16, "the list")
      return .object(ListObject(copying: list.storage, count: list.count))
    },
  ]

  /// The `reverse` argument, which has to be a number.
  private static func isReverse(_ a: Arguments) throws(Raise) -> Bool {
    if let number = try a.machine.index(a[2]) { return number != 0 }
    if a[2].kind == .bigInt { return true }
    throw Raise(
      .typeError,
      "'\(a.machine.typeName(a[2]))' object cannot be interpreted as an integer")
  }

  /// The first index within `start..<end` whose item equals a value. The list may shrink meanwhile.
  private static func position(
    of value: Value, in list: ListObject, _ start: Int, _ end: Int, _ machine: Machine
  ) throws(Raise) -> Int? {
    var index = start
    while index < end, index < list.count {
      if try machine.equals(list[index], value) { return index }
      index += 1
      if index & 4095 == 0 { try machine.poll() }
    }
    return nil
  }

  /// `sorted(items)`.
  static func sorted(
    _ items: [Value], key: Value, reverse: Bool, _ machine: Machine
  ) throws(Raise) -> [Value] {
    try Sorting.sorted(items, key: key, reverse: reverse, machine)
  }
}

/// The methods of `tuple`.
enum TupleMethods {
  static let rows: [Native] = [
    Native("count(self, value, /)", "How many items equal a value.", example: "(1, 2, 1).count(1)") {
      a in
      var count = 0
      for item in try a.ownTuple().items where try a.machine.equals(item, a[1]) { count += 1 }
      return .int(count)
    },
    Native("index(self, value, start=0, stop=..., /)", "Where a value stands first.",
      example: "(5, 6, 7).index(6)"
    ) { a in
      let tuple = try a.ownTuple()
      let (start, end) = try a.bounds(2, count: tuple.count, takesNone: false)
      var index = start
      while index < end {
        if try a.machine.equals(tuple[index], a[1]) { return .int(index) }
        index += 1
      }
      throw Raise(.valueError, "tuple.index(x): x not in tuple")
    },
  ]
}
