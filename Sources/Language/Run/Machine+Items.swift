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
  ///
  /// - Parameter count: asked for when the bounds are known: a program's `__index__` may change it.
  func indices(
    of object: Object, count: @autoclosure () -> Int
  ) throws(Raise) -> SliceObject.Indices {
    let slice = unsafeDowncast(object, to: SliceObject.self)
    if slice.lower.asInstance == nil, slice.upper.asInstance == nil, slice.step.asInstance == nil {
      return try slice.indices(count: count())
    }
    func bound(_ value: Value) throws(Raise) -> Value {
      if value.asInstance == nil { return value }
      return try index(value).map { .int($0) } ?? value
    }
    let plain = try SliceObject(bound(slice.lower), bound(slice.upper), bound(slice.step))
    return try plain.indices(count: count())
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
  ///
  /// - Parameter count: asked for when the index is known: a program's `__index__` may change it.
  func position(
    _ key: Value, count length: @autoclosure () -> Int, _ what: String, verb: String = ""
  ) throws(Raise) -> Int {
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
    let count = length()
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
}
