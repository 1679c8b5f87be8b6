extension Builtins {
  static let iteration: [Native] = [
    Native("len(obj, /)", "The number of items.", example: "len([1, 2, 3])", shortcut: .length) { a in
      guard let count = try a.machine.length(a[0]) else {
        throw Raise(.typeError, "object of type '\(a.machine.typeName(a[0]))' has no len()")
      }
      return .int(count)
    },
    Native("iter(object, sentinel=..., /)", "An iterator over an object.") { a in
      if !a.isGiven(1) { return try a.machine.iterator(a[0]) }
      let callee = a[0]
      if !Callables.isCallable(callee, a.machine) {
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
      guard let start = try a.machine.index(a[1]) else {
        throw Raise(
          .typeError,
          "'\(a.machine.typeName(a[1]))' object cannot be interpreted as an integer")
      }
      return .object(EnumerateIterator(walker, start: start))
    },
    Native(
      "zip(*iterables, strict=False)", "Tuples of the items that stand at the same place.",
      example: "list(zip([1, 2], 'ab'))"
    ) { a in
      var walkers: [Value] = []
      for source in try a.items(0) { walkers.append(try a.machine.iterator(source)) }
      return .object(ZipIterator(walkers, isStrict: try a.bool(1)))
    },
    Native("map(function=..., /, *iterables)", "A function's results over items, one by one.") { a in
      let function = a[0]
      var walkers: [Value] = []
      for source in try a.items(1) { walkers.append(try a.machine.iterator(source)) }
      if walkers.isEmpty { throw Raise(.typeError, "map() must have at least two arguments.") }
      return .object(
        NativeIterator("map") { (machine) throws(Raise) in
          var items: [Value] = []
          items.reserveCapacity(walkers.count)
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
            try machine.pollItem()
          }
        })
    },
    Native("reversed(sequence, /)", "The items from the last to the first.") { a in
      try reversed(a[0], a.machine)
    },
    Native(
      "sorted(iterable, /, *, key=None, reverse=False)", "A new list in ascending order.",
      example: "sorted([3, 1, 2])", shortcut: .items
    ) { a in
      .list(
        try ListMethods.sorted(
          a.machine.array(a[0]), key: a[1], reverse: a.bool(2), a.machine))
    },
    Native(
      "any(iterable, /)", "Whether some item is true.", example: "any([0, 1])", shortcut: .any
    ) { a in .bool(try isAnyTrue(a[0], a.machine)) },
    Native(
      "all(iterable, /)", "Whether every item is true.", example: "all([1, 1])", shortcut: .all
    ) { a in .bool(try areAllTrue(a[0], a.machine)) },
  ]

  static func isAnyTrue(_ source: Value, _ machine: Machine) throws(Raise) -> Bool {
    let walker = try machine.iterator(source)
    while true {
      let item = try machine.next(walker)
      if item.isUndefined { return false }
      if try machine.truth(item) { return true }
      try machine.pollItem()
    }
  }

  static func areAllTrue(_ source: Value, _ machine: Machine) throws(Raise) -> Bool {
    let walker = try machine.iterator(source)
    while true {
      let item = try machine.next(walker)
      if item.isUndefined { return true }
      if try !machine.truth(item) { return false }
      try machine.pollItem()
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
        var name = object.kind == .dict ? "dict_reversekeyiterator" : "reversed"
        if object.kind == .dictView {
          switch unsafeDowncast(object, to: DictView.self).part {
          case .keys: name = "dict_reversekeyiterator"
          case .values: name = "dict_reversevalueiterator"
          case .items: name = "dict_reverseitemiterator"
          }
        }
        return .object(NativeIterator(name) { _ in items.popLast() ?? .undefined })
      default: break
      }
    }
    let type = machine.type(of: value)
    if let method = type.special(.reversed) { return try machine.call(method, [value]) }
    if let content = value.payload, content.kind == .dict || machine.isSequence(content) {
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
    if let inner = value.payload { return try reversed(inner, machine) }
    throw Raise(.typeError, "'\(machine.typeName(value))' object is not reversible")
  }
}
