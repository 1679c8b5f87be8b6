/// Membership and length.
extension Machine {
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
}
