/// Unpacking, and walking over what can be walked over.
extension Machine {
  func unpack(_ value: Value, into base: Registers, count: Int) throws(Raise) {
    if let tuple = value.asTuple, tuple.count == count, !value.isDerived {
      for index in 0..<count { base[index] = tuple[index] }
      return
    }
    if let list = value.asList, list.count == count, !value.isDerived {
      for index in 0..<count { base[index] = list[index] }
      return
    }
    guard try isIterable(value) else {
      throw Raise(.typeError, "cannot unpack non-iterable \(typeName(value)) object")
    }
    let walker = try iterator(value)
    var items: [Value] = []
    while true {
      let item = try next(walker)
      if item.isUndefined { break }
      if items.count == count {
        throw Raise(.valueError, "too many values to unpack (expected \(count))")
      }
      items.append(item)
    }
    if items.count < count {
      throw Raise(
        .valueError, "not enough values to unpack (expected \(count), got \(items.count))")
    }
    for index in 0..<count { base[index] = items[index] }
  }

  func unpackStar(_ value: Value, into base: Registers, before: Int, after: Int) throws(Raise) {
    guard try isIterable(value) else {
      throw Raise(.typeError, "cannot unpack non-iterable \(typeName(value)) object")
    }
    let items = try array(value)
    if items.count < before + after {
      throw Raise(
        .valueError,
        "not enough values to unpack (expected at least \(before + after), got \(items.count))")
    }
    for index in 0..<before { base[index] = items[index] }
    base[before] = .list(Array(items[before..<(items.count - after)]))
    for index in 0..<after { base[before + 1 + index] = items[items.count - after + index] }
  }

  // MARK: - Iteration

  public func isIterable(_ value: Value) throws(Raise) -> Bool {
    guard case .object(let object) = value else { return false }
    switch object.kind {
    case .string, .bytes, .list, .tuple, .dict, .set, .frozenSet, .range, .iterator, .generator,
      .dictView:
      return true
    default:
      let type = self.type(of: value)
      if let method = type.special(.iter) { return !method.isNone }
      if let inner = value.payload, try isIterable(inner) { return true }
      return value.asInstance != nil && type.special(.getitem) != nil
    }
  }

  /// `iter(value)`.
  public func iterator(_ value: Value) throws(Raise) -> Value {
    guard case .object(let object) = value else {
      if value.isUndefined { throw unbound() }
      throw Raise(.typeError, "'\(typeName(value))' object is not iterable")
    }
    switch object.kind {
    case .range: return .object(RangeIterator(unsafeDowncast(object, to: RangeObject.self)))
    case .list: return .object(ListIterator(unsafeDowncast(object, to: ListObject.self)))
    case .tuple: return .object(TupleIterator(unsafeDowncast(object, to: TupleObject.self)))
    case .string: return .object(StringIterator(unsafeDowncast(object, to: StringObject.self)))
    case .dict: return .object(DictIterator(unsafeDowncast(object, to: DictObject.self), .keys))
    case .set, .frozenSet:
      return .object(SetIterator(unsafeDowncast(object, to: SetObject.self)))
    case .bytes: return .object(BytesIterator(unsafeDowncast(object, to: BytesObject.self).bytes))
    case .dictView:
      let view = unsafeDowncast(object, to: DictView.self)
      return .object(DictIterator(view.dict, view.part))
    case .iterator, .generator: return value
    default: break
    }
    let type = self.type(of: value)
    if let method = type.special(.iter), !method.isNone {
      let walker = try call(method, [value])
      if case .object(let object) = walker,
        object.kind == .iterator || object.kind == .generator
          || self.type(of: walker).special(.next) != nil
      {
        return walker
      }
      throw Raise(.typeError, "iter() returned non-iterator of type '\(typeName(walker))'")
    }
    if let inner = value.payload, try isIterable(inner) { return try iterator(inner) }
    if let method = type.special(.getitem), value.asInstance != nil {
      var index = 0
      return .object(
        NativeIterator("iterator") { (machine) throws(Raise) in
          do throws(Raise) {
            index += 1
            return try machine.call(method, [value, .int(index - 1)])
          } catch {
            if machine.isException(error, .indexError) || machine.isException(error, .stopIteration)
            {
              return .undefined
            }
            throw error
          }
        })
    }
    throw Raise(.typeError, "'\(typeName(value))' object is not iterable")
  }

  /// The next value of an iterator; `.undefined` at the end.
  public func next(_ iterator: Value) throws(Raise) -> Value {
    guard case .object(let object) = iterator else { throw notAnIterator(iterator) }
    // Iterators over iterators nest as deep as a program builds them.
    try checkStack()
    switch object.kind {
    case .iterator: return try unsafeDowncast(object, to: IteratorObject.self).next(self)
    case .generator: return try resume(unsafeDowncast(object, to: GeneratorObject.self))
    default: break
    }
    guard let method = type(of: iterator).special(.next) else { throw notAnIterator(iterator) }
    do {
      return try call(method, [iterator])
    } catch {
      if isException(error, .stopIteration) { return .undefined }
      throw error
    }
  }

  /// The next value of the iterator in a register, which nothing writes meanwhile.
  func nextValue(_ register: Registers) throws(Raise) -> Value {
    try checkStack()
    if register.tag == RawTag.object, register.rawKind == ObjectKind.iterator.rawValue {
      var failure: Raise?
      let value = register.borrow(IteratorObject.self) { walker in
        do throws(Raise) {
          return try walker.next(self)
        } catch {
          failure = error
          return .undefined
        }
      }
      if let failure { throw failure }
      return value
    }
    if register.holds(.generator) {
      let generator = Unmanaged<GeneratorObject>.fromOpaque(register.rawObject)
      switch generator._withUnsafeGuaranteedRef({ $0.state }) {
      case .finished: return .undefined
      case .running: throw Raise(.valueError, "generator already executing")
      case .created, .suspended: break
      }
      try enterNative()
      defer { nativeDepth -= 1 }
      try pushGenerator(generator, result: top, mode: .generatorEntry)
      return try run()
    }
    return try next(register.pointee)
  }

  func notAnIterator(_ value: Value) -> Raise {
    Raise(.typeError, "'\(typeName(value))' object is not an iterator")
  }

  /// Calls `body` with every item; polls for interrupts on the way.
  public func iterate(_ value: Value, _ body: (Value) throws(Raise) -> Void) throws(Raise) {
    if let tuple = value.asTuple, !value.isDerived {
      for index in 0..<tuple.count {
        try body(tuple[index])
        try poll(at: index)
      }
      return
    }
    var walker = try iterator(value)
    try withUnsafeMutablePointer(to: &walker) { (walker) throws(Raise) in
      var count = 0
      while true {
        let item = try nextValue(walker)
        if item.isUndefined { return }
        try body(item)
        count &+= 1
        if count & 255 == 0 {
          try poll()
        }
      }
    }
  }

  /// Appends all items of an iterable that is no list.
  func extend(_ list: ListObject, _ value: Value) throws(Raise) {
    if case .object(let object) = value, object.kind == .range {
      try charge(unsafeDowncast(object, to: RangeObject.self).count, of: 16, "the list")
    }
    try iterate(value) { (item) throws(Raise) in
      list.append(item)
      try self.grows(list.count, of: 16, "the list")
    }
  }

  /// All items of an iterable.
  public func array(_ value: Value) throws(Raise) -> [Value] {
    if !value.isDerived {
      if let list = value.asList {
        try charge(list.count, of: 16, "the items")
        return list.items
      }
      if let tuple = value.asTuple {
        try charge(tuple.count, of: 16, "the items")
        return tuple.items
      }
    }
    if case .object(let object) = value, object.kind == .range {
      try charge(unsafeDowncast(object, to: RangeObject.self).count, of: 16, "the items")
    }
    var items: [Value] = []
    try iterate(value) { (item) throws(Raise) in
      items.append(item)
      try self.grows(items.count, of: 16, "the items")
    }
    return items
  }
}
