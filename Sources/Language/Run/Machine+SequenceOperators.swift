import BigInt

/// Operators of sequences, sets and dictionaries.
extension Machine {
  func sequences(
    _ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool
  ) throws(Raise) -> Value? {
    switch op {
    case .add:
      if let x = a.asString, let y = b.asString {
        try charge(x.byteCount + y.byteCount, "the string")
        if let sum = x.joined(y, limit: Int.max) { return .object(sum) }
      }
      if let x = a.asList {
        if inPlace {
          // `+=` takes any iterable, and the list itself changes.
          if let y = b.asList, !b.isDerived {
            try charge(x.count + y.count, of: 16, "the list")
            x.append(contentsOf: y.items)
          } else if let method = type(of: b).special(.radd), b.asInstance != nil {
            // A list has no addition as numbers have: CPython asks the other side first.
            let result = try call(method, [b, a])
            if !result.isNotImplemented { return result }
            throw Raise(.typeError, "'\(typeName(b))' object is not iterable")
          } else if try isIterable(b) {
            try extend(x, b)
          } else {
            throw Raise(.typeError, "'\(typeName(b))' object is not iterable")
          }
          return a
        }
        if let y = b.asList {
          try charge((x.count + y.count) * 16, "the list")
          let result = ListObject(capacity: x.count + y.count)
          for index in 0..<x.count { result.append(x[index]) }
          for index in 0..<y.count { result.append(y[index]) }
          return .object(result)
        }
      }
      if let x = a.asTuple, let y = b.asTuple, x.subclass?.special(.add) == nil {
        try charge(x.count + y.count, of: 16, "the tuple")
        return .tuple(x.items + y.items)
      }
      if case .object(let x) = a, x.kind == .bytes, let right = b.bytesLike {
        let left = unsafeDowncast(x, to: BytesObject.self).bytes
        try charge(left.count + right.count, "the bytes")
        return .object(BytesObject(left + right))
      }
    case .multiply:
      if let count = b.asInt { return try repeated(a, count, inPlace: inPlace) }
      if let count = a.asInt { return try repeated(b, count, inPlace: false) }
      if b.kind == .bigInt || a.kind == .bigInt {
        let (sequence, big) = b.kind == .bigInt ? (a, b) : (b, a)
        if try repeated(sequence, 0, inPlace: false) != nil {
          if let value = big.asBigInt?.value, value < 0 {
            return try repeated(sequence, 0, inPlace: false)
          }
          throw Raise(.overflowError, "cannot fit 'int' into an index-sized integer")
        }
      }
    case .modulo:
      if let format = a.asString {
        // Tuples and dictionaries give their items also when a program has derived from them.
        let inner = b.bare
        let hasItems = inner.kind == .tuple || inner.kind == .dict
        return try percentFormat(format, hasItems ? inner : b)
      }
      if a.bare.kind == .bytes, let format = a.bytesLike {
        return .object(BytesObject(try percentFormat(bytes: format, b)))
      }
    case .bitOr, .bitAnd, .subtract, .bitXor:
      if let x = a.asSet, let y = b.asSet {
        return try combine(op, x, y, into: inPlace && !x.isFrozen ? x : nil)
      }
      // A view takes any iterable on the other side.
      if a.kind == .dictView || b.kind == .dictView, a.asInstance == nil, b.asInstance == nil,
        try isIterable(a), try isIterable(b)
      {
        return try combine(op, makeSet(a), makeSet(b), into: nil)
      }
      if op == .bitOr, let x = a.asDict, let y = b.asDict, x.subclass?.special(.or) == nil {
        if inPlace {
          try x.update(y, self)
          return a
        }
        let result = x.copy()
        result.defaultFactory = x.defaultFactory
        result.subclass = x.subclass
        try result.update(y, self)
        return .object(result)
      }
      if op == .bitOr, a.asType != nil || b.asType != nil,
        a.asInstance == nil || a.asInstance is TypeAlias,
        let union = try TypeAlias.bars(a, b, self)
      {
        return union
      }
    default: break
    }
    return nil
  }

  /// A sequence repeated; nil when `value` is no sequence.
  func repeated(_ value: Value, _ count: Int, inPlace: Bool) throws(Raise) -> Value? {
    let times = max(0, count)
    func size(_ unit: Int, _ length: Int) -> Int? {
      let (items, first) = length.multipliedReportingOverflow(by: times)
      let (bytes, second) = items.multipliedReportingOverflow(by: unit)
      return first || second ? nil : bytes
    }
    if let string = value.asString {
      try charge(size(1, string.byteCount), "the string")
      if times == 1 { return value }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(string.byteCount * times)
      if string.byteCount > 0 {
        for index in 0..<times {
          bytes += string.bytes
          try poll(at: index)
        }
      }
      return .object(StringObject(bytes))
    }
    if let list = value.asList {
      try charge(size(16, list.count), "the list")
      let items = list.items
      if items.isEmpty { return inPlace ? value : .list([]) }
      let result = ListObject(capacity: items.count * times)
      for index in 0..<times {
        for item in items { result.append(item) }
        try poll(at: index)
      }
      if inPlace {
        list.replaceAll(result.items)
        return value
      }
      return .object(result)
    }
    if let tuple = value.asTuple {
      try charge(size(16, tuple.count), "the tuple")
      var items: [Value] = []
      let own = tuple.items
      if own.isEmpty { return value }
      items.reserveCapacity(own.count * times)
      for index in 0..<times {
        items += own
        try poll(at: index)
      }
      return .tuple(items)
    }
    if case .object(let object) = value, object.kind == .bytes {
      let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
      try charge(size(1, bytes.count), "the bytes")
      var result: [UInt8] = []
      if !bytes.isEmpty {
        for index in 0..<times {
          result += bytes
          try poll(at: index)
        }
      }
      return .object(BytesObject(result))
    }
    return nil
  }

  /// The four operators of sets, in the order of iteration that CPython has.
  private func combine(
    _ op: Opcode, _ x: SetObject, _ y: SetObject, into target: SetObject?
  ) throws(Raise) -> Value {
    switch op {
    case .bitOr:
      let result: SetObject
      if let target { result = target } else { result = try x.copy(frozen: x.isFrozen, self) }
      try result.merge(y, self)
      return .object(result)
    case .bitAnd: return .object(try intersection(x, y, frozen: x.isFrozen))
    case .subtract:
      if let target {
        for (index, item) in y.items.enumerated() {
          try target.discard(item, self)
          try poll(at: index)
        }
        if y === target { target.clear() }
        return .object(target)
      }
      return .object(try difference(x, y, frozen: x.isFrozen))
    default:
      let result = try y.copy(frozen: x.isFrozen, self)
      for (index, item) in x.items.enumerated() {
        if try !result.discard(item, self) { try result.add(item, self) }
        try poll(at: index)
      }
      return .object(result)
    }
  }

  func intersection(_ x: SetObject, _ y: SetObject, frozen: Bool) throws(Raise) -> SetObject {
    let result = SetObject(frozen: frozen)
    let (smaller, larger) = y.count > x.count ? (x, y) : (y, x)
    for (index, item) in smaller.items.enumerated() {
      if try larger.contains(item, self) { try result.add(item, self) }
      try poll(at: index)
    }
    return result
  }

  func difference(_ x: SetObject, _ y: SetObject, frozen: Bool) throws(Raise) -> SetObject {
    if x.count >> 2 > y.count {
      let result = try x.copy(frozen: frozen, self)
      for item in y.items { try result.discard(item, self) }
      return result
    }
    let result = SetObject(frozen: frozen)
    for (index, item) in x.items.enumerated() {
      if try !y.contains(item, self) { try result.add(item, self) }
      try poll(at: index)
    }
    return result
  }

  /// A set with the items of any iterable; a set itself is given back as it is.
  func makeSet(_ value: Value) throws(Raise) -> SetObject {
    if let set = value.asSet { return set }
    let result = SetObject()
    if let dict = value.asDict {
      for key in dict.keys { try result.add(key, self) }
      return result
    }
    try iterate(value) { (item) throws(Raise) in try result.add(item, self) }
    return result
  }
}
