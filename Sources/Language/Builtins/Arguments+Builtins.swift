/// What the methods of built-in types ask of their arguments, with CPython's errors.
extension Arguments {
  // MARK: - Receivers

  /// The receiver is of another type: `str.upper(1)`.
  func wrongReceiver(_ type: String) -> Raise {
    Raise(
      .typeError,
      "descriptor '\(function.name)' for '\(type)' objects doesn't apply to a "
        + "'\(machine.typeName(self[0]))' object")
  }

  @inline(__always) func ownString() throws(Raise) -> StringObject {
    if let value = self[0].asString { return value }
    throw wrongReceiver("str")
  }

  @inline(__always) func ownList() throws(Raise) -> ListObject {
    if let value = self[0].asList { return value }
    throw wrongReceiver("list")
  }

  @inline(__always) func ownTuple() throws(Raise) -> TupleObject {
    if let value = self[0].asTuple { return value }
    throw wrongReceiver("tuple")
  }

  @inline(__always) func ownDict() throws(Raise) -> DictObject {
    if let value = self[0].asDict { return value }
    throw wrongReceiver("dict")
  }

  func ownSet() throws(Raise) -> SetObject {
    if let value = self[0].asSet { return value }
    throw wrongReceiver(function.owner?.name ?? "set")
  }

  /// The receiver as an object of one kind.
  func own<T: Object>(_ kind: ObjectKind, _ name: String, as type: T.Type) throws(Raise) -> T {
    if case .object(let object) = self[0], object.kind == kind {
      return unsafeDowncast(object, to: T.self)
    }
    if case .object(let object)? = self[0].payload, object.kind == kind {
      return unsafeDowncast(object, to: T.self)
    }
    throw wrongReceiver(name)
  }

  func ownBytes() throws(Raise) -> [UInt8] {
    try own(.bytes, "bytes", as: BytesObject.self).bytes
  }

  func ownRange() throws(Raise) -> RangeObject {
    try own(.range, "range", as: RangeObject.self)
  }

  // MARK: - Numbers

  /// An argument that counts or points.
  func index(_ position: Int) throws(Raise) -> Int {
    if case .int(let number) = self[position] { return number }
    if let number = try machine.index(self[position]) { return number }
    if self[position].kind == .bigInt {
      throw Raise(.overflowError, "Python int too large to convert to C ssize_t")
    }
    throw Raise(
      .typeError,
      "'\(machine.typeName(self[position]))' object cannot be interpreted as an integer")
  }

  /// The bounds of `find(x, start, end)` in a sequence of `count` items, as a slice has them, but
  /// that `start` may lie behind the end: then nothing is found, not even nothing.
  /// - Parameter takesNone: whether None stands for the default, as in slices.
  func bounds(
    _ first: Int, count: Int, takesNone: Bool = true
  ) throws(Raise) -> (start: Int, end: Int) {
    var start = try bound(first, otherwise: 0, takesNone)
    var end = try bound(first + 1, otherwise: count, takesNone)
    if end > count { end = count }
    if end < 0 { end = max(0, end + count) }
    if start < 0 { start = max(0, start + count) }
    return (start, end)
  }

  private func bound(
    _ position: Int, otherwise: Int, _ takesNone: Bool
  ) throws(Raise) -> Int {
    let value = self[position]
    if value.isUndefined || (takesNone && value.isNone) { return otherwise }
    if let number = try machine.index(value) {
      // Room to add a length.
      return min(max(number, -(Int.max / 2)), Int.max / 2)
    }
    if let big = value.asBigInt { return big.value < 0 ? -(Int.max / 2) : Int.max / 2 }
    throw Raise(
      .typeError,
      "slice indices must be integers or \(takesNone ? "None or " : "")have an __index__ method")
  }

  // MARK: - Words

  /// An argument that has to be a string, as the argument clinic words it.
  func word(_ position: Int, argument: String) throws(Raise) -> StringObject {
    if let text = self[position].asString { return text }
    throw Raise(
      .typeError,
      "\(function.name)() argument \(argument) must be str, not "
        + machine.typeName(self[position]))
  }
}
