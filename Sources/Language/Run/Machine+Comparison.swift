import BigInt

extension Machine {
  @inline(__always)
  static func compareInts(_ op: UInt8, _ a: Int, _ b: Int) -> Bool {
    switch op {
    case 0: a == b
    case 1: a != b
    case 2: a < b
    case 3: a <= b
    case 4: a > b
    default: a >= b
    }
  }

  @inline(__always)
  static func compareFloats(_ op: UInt8, _ a: Double, _ b: Double) -> Bool {
    switch op {
    case 0: a == b
    case 1: a != b
    case 2: a < b
    case 3: a <= b
    case 4: a > b
    default: a >= b
    }
  }

  private static let signs = ["==", "!=", "<", "<=", ">", ">="]
  private static let directs: [Special] = [.eq, .ne, .lt, .le, .gt, .ge]
  private static let swapped: [Special] = [.eq, .ne, .gt, .ge, .lt, .le]

  /// Any comparison; `op` counts ==, !=, <, <=, >, >=. The result is what a class's method gave.
  @inline(never)
  func compare(_ op: UInt8, _ a: Value, _ b: Value) throws(Raise) -> Value {
    if a.isUndefined || b.isUndefined { throw unbound() }
    let isDerived = a.isDerived || b.isDerived
    if !isDerived, let result = try compareBuiltin(op, a, b) { return .bool(result) }
    let left = type(of: a)
    let right = type(of: b)
    let directName = Machine.directs[Int(op)]
    let swappedName = Machine.swapped[Int(op)]
    if left !== right, right.isSubclass(of: left), let method = right.special(swappedName) {
      let result = try call(method, [b, a])
      if !result.isNotImplemented { return result }
    }
    if let method = left.special(directName) {
      let result = try call(method, [a, b])
      if !result.isNotImplemented { return result }
    } else if op == 1, let method = left.special(.eq) {
      let result = try call(method, [a, b])
      if !result.isNotImplemented { return .bool(try !truth(result)) }
    }
    if let method = right.special(swappedName) {
      let result = try call(method, [b, a])
      if !result.isNotImplemented { return result }
    } else if op == 1, let method = right.special(.eq) {
      let result = try call(method, [b, a])
      if !result.isNotImplemented { return .bool(try !truth(result)) }
    }
    if isDerived, let result = try compareBuiltin(op, a.bare, b.bare) { return .bool(result) }
    if op == 0 { return .bool(a.isIdentical(to: b)) }
    if op == 1 { return .bool(!a.isIdentical(to: b)) }
    throw Raise(
      .typeError,
      "'\(Machine.signs[Int(op)])' not supported between instances of '\(typeName(a))' and "
        + "'\(typeName(b))'")
  }

  /// Whether two values are equal, as containers ask: identity first.
  public func equals(_ a: Value, _ b: Value) throws(Raise) -> Bool {
    if a.isIdentical(to: b) { return true }
    return try truth(compare(0, a, b))
  }

  /// `a < b`.
  public func isLess(_ a: Value, _ b: Value) throws(Raise) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y
    case (.float(let x), .float(let y)): return x < y
    default: break
    }
    if let x = a.exactString, let y = b.exactString { return StringObject.order(x, y) < 0 }
    return try truth(compare(2, a, b))
  }

  private static func order(_ a: [UInt8], _ b: [UInt8]) -> Int {
    // UTF-8 sorts as code points do.
    let count = min(a.count, b.count)
    for index in 0..<count where a[index] != b[index] { return a[index] < b[index] ? -1 : 1 }
    return a.count - b.count
  }

  private static func holds(_ op: UInt8, _ order: Int) -> Bool {
    compareInts(op, order, 0)
  }

  /// Comparison of values of built-in types; nil when a class has to be asked or there is none.
  func compareBuiltin(_ op: UInt8, _ a: Value, _ b: Value) throws(Raise) -> Bool? {
    if let x = a.asInt, let y = b.asInt { return Machine.compareInts(op, x, y) }
    guard case .object(let x) = a, case .object(let y) = b else {
      if a.asDouble != nil, b.asDouble != nil { return Machine.compareNumbers(op, a, b) }
      if a.asInstance != nil || b.asInstance != nil { return nil }
      if op < 2 { return a.isIdentical(to: b) == (op == 0) }
      return nil
    }
    if x.kind.isInstance || y.kind.isInstance { return nil }
    switch (x.kind, y.kind) {
    case (.bigInt, .bigInt): return Machine.compareNumbers(op, a, b)
    case (.string, .string):
      let left = unsafeDowncast(x, to: StringObject.self)
      let right = unsafeDowncast(y, to: StringObject.self)
      if op < 2 { return left.equals(right) == (op == 0) }
      return Machine.holds(op, StringObject.order(left, right))
    case (.bytes, .bytes):
      let left = unsafeDowncast(x, to: BytesObject.self).bytes
      let right = unsafeDowncast(y, to: BytesObject.self).bytes
      return Machine.holds(op, Machine.order(left, right))
    case (.list, .list):
      let left = unsafeDowncast(x, to: ListObject.self)
      let right = unsafeDowncast(y, to: ListObject.self)
      if op < 2, left.count != right.count { return op == 1 }
      return try compareItems(
        op, count: { (left.count, right.count) }, { left[$0] }, { right[$0] })
    case (.tuple, .tuple):
      let left = unsafeDowncast(x, to: TupleObject.self)
      let right = unsafeDowncast(y, to: TupleObject.self)
      if op < 2, left.count != right.count { return op == 1 }
      return try compareItems(
        op, count: { (left.count, right.count) }, { left[$0] }, { right[$0] })
    case (.dict, .dict):
      if isSubclassed(x) || isSubclassed(y) { return nil }
      guard op < 2 else { return nil }
      return try dictsEqual(
        unsafeDowncast(x, to: DictObject.self), unsafeDowncast(y, to: DictObject.self))
        == (op == 0)
    case (.set, .set), (.set, .frozenSet), (.frozenSet, .set), (.frozenSet, .frozenSet):
      return try compareSets(
        op, unsafeDowncast(x, to: SetObject.self), unsafeDowncast(y, to: SetObject.self))
    case (.dictView, _), (_, .dictView):
      // Keys and items are sets; values are not, and nothing else is compared with either.
      func isSet(_ value: Value, _ object: Object) -> Bool {
        switch object.kind {
        case .set, .frozenSet: true
        case .dictView: unsafeDowncast(object, to: DictView.self).part != .values
        default: false
        }
      }
      guard isSet(a, x), isSet(b, y) else {
        if op < 2 { return (x === y) == (op == 0) }
        return nil
      }
      let left = try makeSet(a)
      let right = try makeSet(b)
      return try compareSets(op, left, right)
    case (.range, .range):
      guard op < 2 else { return nil }
      let left = unsafeDowncast(x, to: RangeObject.self)
      let right = unsafeDowncast(y, to: RangeObject.self)
      let same =
        left.count == right.count
        && (left.count == 0 || left.start == right.start)
        && (left.count < 2 || left.step == right.step)
      return same == (op == 0)
    case (.boundMethod, .boundMethod):
      guard op < 2 else { return nil }
      let left = unsafeDowncast(x, to: BoundMethod.self)
      let right = unsafeDowncast(y, to: BoundMethod.self)
      let same =
        left.receiver.isIdentical(to: right.receiver)
        && left.function.isIdentical(to: right.function)
      return same == (op == 0)
    case (.slice, .slice):
      guard op < 2 else { return nil }
      try checkStack()
      let left = unsafeDowncast(x, to: SliceObject.self)
      let right = unsafeDowncast(y, to: SliceObject.self)
      var same = try equals(left.lower, right.lower)
      if same { same = try equals(left.upper, right.upper) }
      if same { same = try equals(left.step, right.step) }
      return same == (op == 0)
    default:
      if op < 2 { return (x === y) == (op == 0) }
      return nil
    }
  }

  private static func compareNumbers(_ op: UInt8, _ a: Value, _ b: Value) -> Bool {
    // Mixed exactly: a double is compared with an integer by value, not after rounding it.
    switch (a, b) {
    case (.float(let x), .float(let y)): return compareFloats(op, x, y)
    case (.float(let x), _):
      guard let y = b.asInteger else { return false }
      return compareMixed(op, x, y, flipped: false)
    case (_, .float(let y)):
      guard let x = a.asInteger else { return false }
      return compareMixed(op, y, x, flipped: true)
    default:
      guard let x = a.asInteger, let y = b.asInteger else { return false }
      return holds(op, x < y ? -1 : x == y ? 0 : 1)
    }
  }

  private static func compareMixed(_ op: UInt8, _ x: Double, _ y: BigInt, flipped: Bool) -> Bool {
    if x.isNaN { return op == 1 }
    var order: Int
    if x.isInfinite {
      order = x > 0 ? 1 : -1
    } else {
      let floor = BigInt(exactly: x.rounded(.down)) ?? 0
      order = floor < y ? -1 : floor > y ? 1 : (x > x.rounded(.down) ? 1 : 0)
    }
    if flipped { order = -order }
    return holds(op, order)
  }

  private func compareItems(
    _ op: UInt8, count: () -> (Int, Int), _ left: (Int) -> Value, _ right: (Int) -> Value
  ) throws(Raise) -> Bool {
    try enterComparison()
    defer { nativeDepth -= 1 }
    var index = 0
    while true {
      let (x, y) = count()
      if index >= x || index >= y { return Machine.holds(op, x - y) }
      let a = left(index)
      let b = right(index)
      if try !equals(a, b) {
        if op == 0 { return false }
        if op == 1 { return true }
        return try truth(compare(op, a, b))
      }
      index += 1
      if index & 1023 == 0 { try poll() }
    }
  }

  private func enterComparison() throws(Raise) {
    if frameCount + nativeDepth >= depthLimit || ThreadStack.pointer < stackFloor {
      throw Raise(.recursionError, "maximum recursion depth exceeded in comparison")
    }
    nativeDepth += 1
  }

  private func dictsEqual(_ x: DictObject, _ y: DictObject) throws(Raise) -> Bool {
    if x.count != y.count { return false }
    try enterComparison()
    defer { nativeDepth -= 1 }
    for (index, pair) in x.pairs.enumerated() {
      guard let other = try y.get(pair.key, self), try equals(pair.value, other) else {
        return false
      }
      try poll(at: index)
    }
    return true
  }

  private func compareSets(_ op: UInt8, _ x: SetObject, _ y: SetObject) throws(Raise) -> Bool {
    func isSubset(_ a: SetObject, _ b: SetObject) throws(Raise) -> Bool {
      if a.count > b.count { return false }
      for (index, item) in a.items.enumerated() {
        if try !b.contains(item, self) { return false }
        try poll(at: index)
      }
      return true
    }
    switch op {
    case 0: return x.count == y.count ? try isSubset(x, y) : false
    case 1: return x.count == y.count ? try !isSubset(x, y) : true
    case 2: return x.count < y.count ? try isSubset(x, y) : false
    case 3: return try isSubset(x, y)
    case 4: return y.count < x.count ? try isSubset(y, x) : false
    default: return try isSubset(y, x)
    }
  }

  // MARK: - Hash and truth

  /// Python's hash of a value. Raises for what cannot be hashed.
  @inline(__always)
  public func hash(_ value: Value) throws(Raise) -> Int {
    switch value {
    case .int(let number):
      if number > -(1 << 60), number < 1 << 60, number != -1 { return number }
      return Floats.hash(number)
    case .object(let object):
      if object.kind == .string { return unsafeDowncast(object, to: StringObject.self).hash }
      return try hashObject(object)
    case .float(let number): return Floats.hash(number)
    case .bool(let flag): return flag ? 1 : 0
    case .none: return 0xfca86420
    case .undefined: throw unbound()
    }
  }

  @inline(never)
  private func hashObject(_ object: Object) throws(Raise) -> Int {
    switch object.kind {
    case .bigInt: return Floats.hash(unsafeDowncast(object, to: BigIntObject.self).value)
    case .tuple:
      let tuple = unsafeDowncast(object, to: TupleObject.self)
      try enterNative()
      defer { nativeDepth -= 1 }
      // xxHash's mixing, as CPython has it.
      var sum: UInt = 2_870_177_450_012_600_261
      for index in 0..<tuple.count {
        sum = sum &+ UInt(bitPattern: try hash(tuple[index])) &* 14_029_467_366_897_019_727
        sum = (sum << 31) | (sum >> 33)
        try poll(at: index)
        sum = sum &* 11_400_714_785_074_694_791
      }
      sum = sum &+ (UInt(tuple.count) ^ (2_870_177_450_012_600_261 ^ 3_527_539))
      return sum == UInt.max ? 1_546_275_796 : Int(bitPattern: sum)
    case .frozenSet: return unsafeDowncast(object, to: SetObject.self).contentHash
    case .bytes:
      var sum: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in unsafeDowncast(object, to: BytesObject.self).bytes {
        sum = (sum ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      }
      return Int(truncatingIfNeeded: sum & 0x7fff_ffff_ffff_ffff)
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      return try hash(
        .tuple([
          .int(range.count), range.count == 0 ? .none : .int(range.start),
          range.count < 2 ? .none : .int(range.step),
        ]))
    case .boundMethod:
      // Equal ones hash the same: by the identity of receiver and function.
      let method = unsafeDowncast(object, to: BoundMethod.self)
      func part(_ value: Value) throws(Raise) -> Int {
        if case .object(let object) = value { return identity(object) >> 4 }
        return try hash(value)
      }
      return try part(method.receiver) ^ part(method.function)
    case .list, .dict, .set, .slice:
      throw Raise(.typeError, "unhashable type: '\(typeName(.object(object)))'")
    case .instance, .exception:
      let instance = unsafeDowncast(object, to: Instance.self)
      if let method = instance.type.special(.hash) {
        if method.isNone {
          throw Raise(.typeError, "unhashable type: '\(typeName(.object(object)))'")
        }
        let result = try call(method, [.object(object)])
        if let number = result.asInt { return number == -1 ? -2 : number }
        if let big = result.asBigInt { return Floats.hash(big.value) }
        throw Raise(.typeError, "__hash__ method should return an integer")
      }
      if let payload = Value.object(object).payload {
        if instance.type.isFilledLater {
          throw Raise(.typeError, "unhashable type: '\(typeName(.object(object)))'")
        }
        return try hash(payload)
      }
    default: break
    }
    return identity(object) >> 4
  }

  func identity(_ object: Object) -> Int {
    Int(bitPattern: Unmanaged.passUnretained(object).toOpaque())
  }

  /// Whether a value counts as true.
  public func truth(_ value: Value) throws(Raise) -> Bool {
    switch value {
    case .bool(let flag): return flag
    case .int(let number): return number != 0
    case .float(let number): return number != 0
    case .none: return false
    case .undefined: throw unbound()
    case .object(let object):
      switch object.kind {
      case .string: return unsafeDowncast(object, to: StringObject.self).byteCount > 0
      case .list: return unsafeDowncast(object, to: ListObject.self).count > 0
      case .tuple: return unsafeDowncast(object, to: TupleObject.self).count > 0
      case .dict: return unsafeDowncast(object, to: DictObject.self).count > 0
      case .set, .frozenSet: return unsafeDowncast(object, to: SetObject.self).count > 0
      case .bytes: return !unsafeDowncast(object, to: BytesObject.self).bytes.isEmpty
      case .range: return unsafeDowncast(object, to: RangeObject.self).count > 0
      case .dictView: return unsafeDowncast(object, to: DictView.self).dict.count > 0
      case .instance, .exception:
        let type = unsafeDowncast(object, to: Instance.self).type
        if let method = type.special(.bool) {
          let result = try call(method, [value])
          if case .bool(let flag) = result { return flag }
          throw Raise(.typeError, "__bool__ should return bool, returned \(typeName(result))")
        }
        if let method = type.special(.len) {
          let result = try call(method, [value])
          guard let count = result.asInt else {
            throw Raise(
              .typeError, "'\(typeName(result))' object cannot be interpreted as an integer")
          }
          if count < 0 { throw Raise(.valueError, "__len__() should return >= 0") }
          return count != 0
        }
        if let inner = value.payload { return try truth(inner) }
        return true
      default: return true
      }
    }
  }
}
