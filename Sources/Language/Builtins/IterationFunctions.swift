extension Builtins {
  static let iteration: [Native] = [
    Native("len(obj, /)", "The number of items.", example: "len([1, 2, 3])") { a in
      guard let count = try a.machine.length(a[0]) else {
        throw Raise(.typeError, "object of type '\(a.machine.typeName(a[0]))' has no len()")
      }
      return .int(count)
    },
    Native("iter(object, sentinel=..., /)", "An iterator over an object.") { a in
      if !a.isGiven(1) { return try a.machine.iterator(a[0]) }
      let callee = a[0]
      if try !a.machine.isCallable(callee) {
        throw Raise(.typeError, "iter(v, w): v must be callable")
      }
      let sentinel = a[1]
      return .object(
        NativeIterator("callable_iterator") { (machine) throws(Raise) in
          let value = try machine.call(callee)
          return try machine.equals(value, sentinel) ? .undefined : value
        })
    },
    Native("next(iterator, default=..., /)", "The next item of an iterator.") { a in
      if a[0].asInstance != nil, let method = a.machine.type(of: a[0]).special(.next) {
        // Its own StopIteration, with what it carries, goes on to the caller.
        do throws(Raise) {
          return try a.machine.call(method, [a[0]])
        } catch {
          if a.isGiven(1), a.machine.isException(error, .stopIteration) { return a[1] }
          throw error
        }
      }
      let value = try a.machine.next(a[0])
      if !value.isUndefined { return value }
      if a.isGiven(1) { return a[1] }
      throw GeneratorMethods.ended(a[0])
    },
    Native(
      "enumerate(iterable, start=0)", "Pairs of a count and an item.",
      example: "list(enumerate('ab'))"
    ) { a in
      let walker = try a.machine.iterator(a[0])
      guard var index = try a.machine.index(a[1]) else {
        throw Raise(
          .typeError,
          "'\(a.machine.typeName(a[1]))' object cannot be interpreted as an integer")
      }
      return .object(
        NativeIterator("enumerate") { (machine) throws(Raise) in
          let item = try machine.next(walker)
          if item.isUndefined { return .undefined }
          index &+= 1
          return .tuple([.int(index &- 1), item])
        })
    },
    Native(
      "zip(*iterables, strict=False)", "Tuples of the items that stand at the same place.",
      example: "list(zip([1, 2], 'ab'))"
    ) { a in
      var walkers: [Value] = []
      for (index, source) in try a.items(0).enumerated() {
        walkers.append(try a.machine.iterator(source))
      }
      let strict = try a.bool(1)
      return .object(
        NativeIterator("zip") { (machine) throws(Raise) in
          if walkers.isEmpty { return .undefined }
          var items: [Value] = []
          items.reserveCapacity(walkers.count)
          for (index, walker) in walkers.enumerated() {
            let item = try machine.next(walker)
            if item.isUndefined {
              if strict { try checkLengths(walkers, index, machine) }
              return .undefined
            }
            items.append(item)
          }
          return .tuple(items)
        })
    },
    Native("map(function=..., /, *iterables)", "A function's results over items, one by one.") { a in
      let function = a[0]
      var walkers: [Value] = []
      for source in try a.items(1) { walkers.append(try a.machine.iterator(source)) }
      if walkers.isEmpty { throw Raise(.typeError, "map() must have at least two arguments.") }
      return .object(
        NativeIterator("map") { (machine) throws(Raise) in
          var items: [Value] = []
          for walker in walkers {
            let item = try machine.next(walker)
            if item.isUndefined { return .undefined }
            items.append(item)
          }
          return try machine.call(function, items)
        })
    },
    Native("filter(function, iterable, /)", "The items for which a function is true.") { a in
      let function = a[0]
      let walker = try a.machine.iterator(a[1])
      return .object(
        NativeIterator("filter") { (machine) throws(Raise) in
          while true {
            let item = try machine.next(walker)
            if item.isUndefined { return .undefined }
            let keep = function.isNone ? item : try machine.call(function, [item])
            if try machine.truth(keep) { return item }
            try machine.poll()
          }
        })
    },
    Native("reversed(sequence, /)", "The items from the last to the first.") { a in
      try reversed(a[0], a.machine)
    },
    Native(
      "sorted(iterable, /, *, key=None, reverse=False)", "A new list in ascending order.",
      example: "sorted([3, 1, 2])"
    ) { a in
      .list(
        try ListMethods.sorted(
          a.machine.array(a[0]), key: a[1], reverse: a.bool(2), a.machine))
    },
    Native("any(iterable, /)", "Whether some item is true.", example: "any([0, 1])") { a in
      let walker = try a.machine.iterator(a[0])
      while true {
        let item = try a.machine.next(walker)
        if item.isUndefined { return .bool(false) }
        if try a.machine.truth(item) { return .bool(true) }
        try a.machine.poll()
      }
    },
    Native("all(iterable, /)", "Whether every item is true.", example: "all([1, 1])") { a in
      let walker = try a.machine.iterator(a[0])
      while true {
        let item = try a.machine.next(walker)
        if item.isUndefined { return .bool(true) }
        if try !a.machine.truth(item) { return .bool(false) }
        try a.machine.poll()
      }
    },
  ]

  private static func checkLengths(
    _ walkers: [Value], _ index: Int, _ machine: Machine
  ) throws(Raise) {
    if index > 0 {
      let before = index == 1 ? "argument 1" : "arguments 1-\(index)"
      throw Raise(.valueError, "zip() argument \(index + 1) is shorter than \(before)")
    }
    for other in walkers.indices.dropFirst() {
      if try !machine.next(walkers[other]).isUndefined {
        let before = other == 1 ? "argument 1" : "arguments 1-\(other)"
        throw Raise(.valueError, "zip() argument \(other + 1) is longer than \(before)")
      }
    }
  }

  private static func reversed(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    if case .object(let object) = value {
      switch object.kind {
      case .range:
        let range = unsafeDowncast(object, to: RangeObject.self)
        if range.count == 0 { return .object(RangeIterator(current: 0, left: 0, step: 1)) }
        return .object(
          RangeIterator(
            current: range[range.count - 1], left: range.count, step: 0 &- range.step))
      case .list:
        let list = unsafeDowncast(object, to: ListObject.self)
        var index = list.count
        return .object(
          NativeIterator("list_reverseiterator") { _ in
            index -= 1
            return index >= 0 && index < list.count ? list[index] : .undefined
          })
      case .tuple, .string, .dict, .dictView:
        var items = try machine.array(value)
        let name = object.kind == .dict ? "dict_reversekeyiterator" : "reversed"
        return .object(NativeIterator(name) { _ in items.popLast() ?? .undefined })
      default: break
      }
    }
    let type = machine.type(of: value)
    if let method = type.special(.reversed) { return try machine.call(method, [value]) }
    if let content = value.content, content.kind == .dict || machine.isSequence(content) {
      return try reversed(content, machine)
    }
    if type.special(.getitem) != nil {
      guard let count = try machine.length(value) else {
        throw Raise(.typeError, "object of type '\(type.name)' has no len()")
      }
      var index = count
      return .object(
        NativeIterator("reversed") { (machine) throws(Raise) in
          index -= 1
          return index >= 0 ? try machine.item(value, .int(index)) : .undefined
        })
    }
    throw Raise(.typeError, "'\(machine.typeName(value))' object is not reversible")
  }
}
