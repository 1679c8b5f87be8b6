extension Machine {
  // MARK: - Reading items

  /// `container[key]`.
  public func item(_ container: Value, _ key: Value) throws(Raise) -> Value {
    if container.isUndefined || key.isUndefined { throw unbound() }
    guard case .object(let object) = container else { throw notSubscriptable(container) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: list.count)
        try charge(indices.count, of: 16, "the slice")
        let result = ListObject(capacity: indices.count)
        for offset in 0..<indices.count {
          result.append(list[indices.start + offset * indices.step])
        }
        return .object(result)
      }
      return list[try position(key, count: list.count, "list")]
    case .tuple:
      let tuple = unsafeDowncast(object, to: TupleObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: tuple.count)
        try charge(indices.count, of: 16, "the slice")
        let part = Value.tuple((0..<indices.count).map { tuple[indices.start + $0 * indices.step] })
        // A type of a library that has parts of its own (`torch.Size`) makes them of the plain one.
        guard let method = tuple.subclass?.special(.getitem) else { return part }
        return try call(method, [container, part])
      }
      return tuple[try position(key, count: tuple.count, "tuple")]
    case .string:
      let string = unsafeDowncast(object, to: StringObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: string.count)
        try charge(indices.count, of: string.isASCII ? 1 : 4, "the slice")
        if indices.step == 1 {
          return .object(string.slice(indices.start, indices.start + indices.count))
        }
        if string.isASCII {
          return .object(
            StringObject(
              (0..<indices.count).map { string.start[indices.start + $0 * indices.step] },
              isASCII: true))
        }
        let scalars = string.scalars
        var text = String.UnicodeScalarView()
        for offset in 0..<indices.count {
          if let scalar = Unicode.Scalar(scalars[indices.start + offset * indices.step]) {
            text.append(scalar)
          }
        }
        return .string(String(text))
      }
      return string.character(at: try position(key, count: string.count, "string"))
    case .bytes:
      let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: bytes.count)
        try charge(indices.count, "the slice")
        return .object(
          BytesObject((0..<indices.count).map { bytes[indices.start + $0 * indices.step] }))
      }
      return .int(Int(bytes[try position(key, count: bytes.count, "index")]))
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: range.count)
        let start = range.start &+ indices.start &* range.step
        let step = range.step &* indices.step
        let stop = range.start &+ indices.stop &* range.step
        return .object(RangeObject(start: start, stop: stop, step: step))
      }
      return .int(range[try position(key, count: range.count, "range object")])
    case .dict:
      let dict = unsafeDowncast(object, to: DictObject.self)
      if let value = try dict.get(key, self) { return value }
      if let type = dict.subclass, let missing = type.special(.missing) {
        return try call(missing, [container, key])
      }
      if !dict.defaultFactory.isUndefined, !dict.defaultFactory.isNone {
        let value = try call(dict.defaultFactory)
        try dict.set(key, value, self)
        return value
      }
      throw Raise(.keyError, arguments: [key])
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      if let method = type.lookup("__class_getitem__") {
        return try call(bound(method, to: container, type), [key])
      }
      if isGeneric(type) { return TypeAlias.generic(type, key, self) }
      throw Raise(.typeError, "type '\(type.name)' is not subscriptable")
    default: break
    }
    if let method = type(of: container).special(.getitem) {
      return try call(method, [container, key])
    }
    if let inner = container.payload, inner.kind == .dict || isSequence(inner) {
      if let dict = inner.asDict, let missing = type(of: container).special(.missing) {
        if let value = try dict.get(key, self) { return value }
        return try call(missing, [container, key])
      }
      return try item(inner, key)
    }
    throw notSubscriptable(container)
  }

  /// The places that a slice selects; bounds may be objects with an `__index__`.
  func indices(of object: Object, count: Int) throws(Raise) -> SliceObject.Indices {
    let slice = unsafeDowncast(object, to: SliceObject.self)
    if slice.lower.asInstance == nil, slice.upper.asInstance == nil, slice.step.asInstance == nil {
      return try slice.indices(count: count)
    }
    func bound(_ value: Value) throws(Raise) -> Value {
      if value.asInstance == nil { return value }
      return try index(value).map { .int($0) } ?? value
    }
    return try SliceObject(bound(slice.lower), bound(slice.upper), bound(slice.step))
      .indices(count: count)
  }

  /// Whether a built-in class takes parameters in brackets.
  private func isGeneric(_ type: TypeObject) -> Bool {
    switch type.module {
    case "builtins": ["list", "dict", "tuple", "set", "frozenset", "type"].contains(type.name)
    case "collections": true
    default: false
    }
  }

  private func notSubscriptable(_ value: Value) -> Raise {
    Raise(.typeError, "'\(typeName(value))' object is not subscriptable")
  }

  /// An index within 0..<count, negative ones counted from the end.
  func position(_ key: Value, count: Int, _ what: String, verb: String = "") throws(Raise) -> Int {
    var index: Int
    if let number = key.asInt {
      index = number
    } else if let number = try self.index(key) {
      index = number
    } else if key.kind == .bigInt {
      throw Raise(.indexError, "cannot fit 'int' into an index-sized integer")
    } else if what == "string" {
      throw Raise(.typeError, "string indices must be integers, not '\(typeName(key))'")
    } else if what == "index" {
      throw Raise(.typeError, "byte indices must be integers or slices, not \(typeName(key))")
    } else {
      let name = what == "range object" ? "range" : what
      throw Raise(
        .typeError, "\(name) indices must be integers or slices, not \(typeName(key))")
    }
    if index < 0 { index &+= count }
    if index < 0 || index >= count {
      let subject = verb.isEmpty ? what : "\(what) \(verb)"
      throw Raise(
        .indexError,
        what == "index" ? "index out of range" : "\(subject) index out of range")
    }
    return index
  }

  /// What `__index__` gives, for objects that stand for integers; nil for others.
  public func index(_ value: Value) throws(Raise) -> Int? {
    if let number = value.asInt { return number }
    guard value.asInstance != nil else { return nil }
    guard let method = type(of: value).special(.index) else { return nil }
    let result = try call(method, [value])
    if result.isInteger { return result.asInt }
    throw Raise(.typeError, "__index__ returned non-int (type \(typeName(result)))")
  }

  /// What `__float__` gives, for objects that stand for numbers; nil for others.
  public func float(_ value: Value) throws(Raise) -> Double? {
    if let number = value.asDouble { return number }
    guard value.asInstance != nil else { return nil }
    let type = self.type(of: value)
    if let method = type.special(.float) {
      let result = try call(method, [value])
      if case .float(let number) = result { return number }
      throw Raise(
        .typeError, "\(type.name).__float__ returned non-float (type \(typeName(result)))")
    }
    return try index(value).map(Double.init)
  }

  // MARK: - Writing items

  public func setItem(_ container: Value, _ key: Value, _ value: Value) throws(Raise) {
    if container.isUndefined || key.isUndefined || value.isUndefined { throw unbound() }
    guard case .object(let object) = container else { throw noItemAssignment(container) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        try setSlice(list, unsafeDowncast(slice, to: SliceObject.self), value)
        return
      }
      let index = try position(key, count: list.count, "list", verb: "assignment")
      list[index] = value
    case .dict:
      try unsafeDowncast(object, to: DictObject.self).set(key, value, self)
    default:
      guard let method = type(of: container).special(.setitem) else {
        if let inner = container.payload, type(of: container).isFilledLater {
          return try setItem(inner, key, value)
        }
        throw noItemAssignment(container)
      }
      _ = try call(method, [container, key, value])
    }
  }

  private func noItemAssignment(_ value: Value) -> Raise {
    Raise(.typeError, "'\(typeName(value))' object does not support item assignment")
  }

  private func setSlice(_ list: ListObject, _ slice: SliceObject, _ value: Value) throws(Raise) {
    guard try isIterable(value) else {
      let isExtended = !slice.step.isNone && slice.step.asInt != 1
      throw Raise(
        .typeError,
        isExtended ? "must assign iterable to extended slice" : "can only assign an iterable")
    }
    let new = try array(value)
    try charge(list.count + new.count, of: 16, "the list")
    let indices = try self.indices(of: slice, count: list.count)
    var items = list.items
    if indices.step == 1 {
      items.replaceSubrange(indices.start..<(indices.start + indices.count), with: new)
    } else {
      if new.count != indices.count {
        throw Raise(
          .valueError,
          "attempt to assign sequence of size \(new.count) to extended slice of size "
            + "\(indices.count)")
      }
      for offset in 0..<indices.count { items[indices.start + offset * indices.step] = new[offset] }
    }
    list.replaceAll(items)
  }

  func deleteItem(_ container: Value, _ key: Value) throws(Raise) {
    if container.isUndefined || key.isUndefined { throw unbound() }
    guard case .object(let object) = container else { throw noItemDeletion(container, key) }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      if case .object(let slice) = key, slice.kind == .slice {
        let indices = try self.indices(of: slice, count: list.count)
        var doomed = Set<Int>()
        for offset in 0..<indices.count { doomed.insert(indices.start + offset * indices.step) }
        list.replaceAll(
          list.items.enumerated().filter { !doomed.contains($0.offset) }.map(\.element))
        return
      }
      _ = list.remove(at: try position(key, count: list.count, "list", verb: "assignment"))
    case .dict:
      let dict = unsafeDowncast(object, to: DictObject.self)
      if let method = dict.subclass?.special(.delitem) {
        _ = try call(method, [container, key])
        return
      }
      if try dict.remove(key, self) == nil {
        throw Raise(.keyError, arguments: [key])
      }
    default:
      guard let method = type(of: container).special(.delitem) else {
        if let inner = container.payload, type(of: container).isFilledLater {
          return try deleteItem(inner, key)
        }
        throw noItemDeletion(container, key)
      }
      _ = try call(method, [container, key])
    }
  }

  private func noItemDeletion(_ value: Value, _ key: Value) -> Raise {
    // CPython words it by whether the type is a sequence that the key may be a place of.
    let isSequence: Bool
    switch value.kind {
    case .string, .bytes, .tuple, .range, .set, .frozenSet, .dictView, .instance, .exception:
      isSequence = key.asInt != nil
    default: isSequence = false
    }
    return Raise(
      .typeError,
      "'\(typeName(value))' object \(isSequence ? "doesn't" : "does not") support item deletion")
  }

  // MARK: - Membership and length

  /// Membership that needs no code of the program; nil where the general path has to find out.
  @inline(__always)
  func quickContains(_ value: Registers, in container: Registers) -> Bool? {
    switch ObjectKind(rawValue: container.rawKind) {
    case .dict:
      let found = container.borrow(DictObject.self) { $0.quickFind(value) }
      return found == DictObject.notQuick ? nil : found >= 0
    case .set:
      let found = container.borrow(SetObject.self) { $0.quickFind(value) }
      return found == DictObject.notQuick ? nil : found >= 0
    case .string:
      guard value.holds(.string) else { return nil }
      return container.borrow(StringObject.self) { text in
        value.borrow(StringObject.self) { text.contains($0) }
      }
    default: return nil
    }
  }

  func contains(_ value: Value, in container: Value) throws(Raise) -> Bool {
    if container.isUndefined || value.isUndefined { throw unbound() }
    if case .object(let object) = container {
      switch object.kind {
      case .string:
        guard let piece = value.asString else {
          throw Raise(
            .typeError,
            "'in <string>' requires string as left operand, not \(typeName(value))")
        }
        return ByteSearch.contains(
          piece.bytes, in: unsafeDowncast(object, to: StringObject.self).bytes)
      case .dict:
        return try unsafeDowncast(object, to: DictObject.self).get(value, self) != nil
      case .set, .frozenSet:
        return try unsafeDowncast(object, to: SetObject.self).contains(value, self)
      case .list:
        let list = unsafeDowncast(object, to: ListObject.self)
        var index = 0
        while index < list.count {
          if try equals(list[index], value) { return true }
          index += 1
          if index & 4095 == 0 { try poll() }
        }
        return false
      case .tuple:
        let tuple = unsafeDowncast(object, to: TupleObject.self)
        for index in 0..<tuple.count where try equals(tuple[index], value) { return true }
        return false
      case .range:
        let range = unsafeDowncast(object, to: RangeObject.self)
        if let number = value.asInt { return range.contains(number) }
        if case .float(let number) = value, let whole = Int(exactly: number) {
          return range.contains(whole)
        }
        return false
      case .dictView:
        let view = unsafeDowncast(object, to: DictView.self)
        if view.part == .keys { return try view.dict.get(value, self) != nil }
        if view.part == .items {
          guard let pair = value.asTuple, pair.count == 2 else { return false }
          guard let other = try view.dict.get(pair[0], self) else { return false }
          return try equals(other, pair[1])
        }
      case .bytes:
        let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
        if let number = value.asInt {
          guard let byte = UInt8(exactly: number) else {
            throw Raise(.valueError, "byte must be in range(0, 256)")
          }
          return bytes.contains(byte)
        }
        if let piece = value.bytesLike { return ByteSearch.contains(piece, in: bytes) }
        throw Raise(
          .typeError, "a bytes-like object is required, not '\(typeName(value))'")
      default:
        if let method = type(of: container).special(.contains) {
          return try truth(call(method, [container, value]))
        }
        if type(of: container).special(.iter) == nil, let inner = container.payload,
          try isIterable(inner)
        {
          return try contains(value, in: inner)
        }
      }
    }
    guard try isIterable(container) else {
      throw Raise(.typeError, "argument of type '\(typeName(container))' is not iterable")
    }
    let walker = try iterator(container)
    while true {
      let item = try next(walker)
      if item.isUndefined { return false }
      if try equals(item, value) { return true }
      try pollItem()
    }
  }

  /// `len(value)`; nil when it has no length.
  public func length(_ value: Value) throws(Raise) -> Int? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .string: return unsafeDowncast(object, to: StringObject.self).count
    case .list: return unsafeDowncast(object, to: ListObject.self).count
    case .tuple: return unsafeDowncast(object, to: TupleObject.self).count
    case .dict: return unsafeDowncast(object, to: DictObject.self).count
    case .set, .frozenSet: return unsafeDowncast(object, to: SetObject.self).count
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      if range.isTooLong {
        throw Raise(.overflowError, "Python int too large to convert to C ssize_t")
      }
      return range.count
    case .bytes: return unsafeDowncast(object, to: BytesObject.self).bytes.count
    case .dictView: return unsafeDowncast(object, to: DictView.self).dict.count
    default: break
    }
    guard let method = type(of: value).special(.len) else {
      guard let inner = value.payload else { return nil }
      return try length(inner)
    }
    let result = try call(method, [value])
    guard let count = try index(result) else {
      throw Raise(
        .typeError, "'\(typeName(result))' object cannot be interpreted as an integer")
    }
    if count < 0 { throw Raise(.valueError, "__len__() should return >= 0") }
    return count
  }

  // MARK: - Unpacking

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
