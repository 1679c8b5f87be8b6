import BigInt

/// What calling a built-in type does: `__new__` of each. The first argument is the class.
enum Constructors {
  static func row(for kind: BuiltinKind) -> Native? {
    switch kind {
    case .int: int
    case .float: float
    case .bool: bool
    case .string: string
    case .bytes: bytes
    case .list: list
    case .tuple: tuple
    case .dict: dict
    case .set: set
    case .frozenSet: frozenSet
    case .range: range
    case .slice: slice
    case .type: type
    case .property: property
    case .staticMethod: staticMethod
    case .classMethod: classMethod
    case .superProxy: superProxy
    default: nil
    }
  }

  private static let int = Native(
    "int(cls, x=..., /, base=...)", "An integer from a number or text.", shortcut: .integer
  ) { a in
    let machine = a.machine
    var value = a.isGiven(1) ? a[1] : .int(0)
    if value.isDerived, machine.type(of: value).special(.int) == nil { value = value.bare }
    if a.isGiven(2) {
      if !a.isGiven(1) { throw Raise(.typeError, "int() missing string argument") }
      let base = try a.index(2)
      if let text = value.asString { return try IntText.parse(text, base: base) }
      if let bytes = value.bytesLike { return try IntText.parse(bytes: bytes, base: base) }
      throw Raise(.typeError, "int() can't convert non-string with explicit base")
    }
    switch value {
    case .int: return value
    case .bool(let flag): return .int(flag ? 1 : 0)
    case .float(let number):
      if number.isNaN { throw Raise(.valueError, "cannot convert float NaN to integer") }
      guard let whole = Floats.integer(number) else {
        throw Raise(.overflowError, "cannot convert float infinity to integer")
      }
      return .integer(whole)
    default: break
    }
    if value.kind == .bigInt { return value }
    if let text = value.asString { return try IntText.parse(text, base: 10) }
    if let bytes = value.bytesLike { return try IntText.parse(bytes: bytes, base: 10) }
    let type = machine.type(of: value)
    for special in [Special.int, .index, .trunc] {
      if let method = type.special(special) {
        let result = try machine.call(method, [value])
        if result.isInteger { return result }
        throw Raise(.typeError, "__int__ returned non-int (type \(machine.typeName(result)))")
      }
    }
    throw Raise(
      .typeError,
      "int() argument must be a string, a bytes-like object or a real number, not "
        + "'\(machine.typeName(value))'")
  }

  private static let float = Native(
    "float(cls, x=0.0, /)", "A float from a number or text.", shortcut: .float
  ) { a in
    let value = a[1].bare
    if case .float = value { return value }
    if value.kind == .bigInt {
      let number = value.asDouble ?? .infinity
      if number.isInfinite { throw Raise(.overflowError, "int too large to convert to float") }
      return .float(number)
    }
    if let number = value.asDouble { return .float(number) }
    if let text = value.asString { return .float(try IntText.parseFloat(text)) }
    if let bytes = value.bytesLike { return .float(try IntText.parseFloat(bytes: bytes)) }
    if let number = try a.machine.float(value) { return .float(number) }
    throw Raise(
      .typeError,
      "float() argument must be a string or a real number, not '\(a.machine.typeName(value))'")
  }

  private static let bool = Native(
    "bool(cls, x=False, /)", "Whether a value counts as true.", shortcut: .truth
  ) { a in
    .bool(try a.machine.truth(a[1]))
  }

  private static let string = Native(
    "str(cls, object='', encoding=..., errors=...)", "The text of an object.", shortcut: .text
  ) { a in
    if a.isGiven(2) || a.isGiven(3) {
      if a.isGiven(2), a[2].asString == nil {
        throw Raise(
          .typeError,
          "str() argument 'encoding' must be str, not \(a.machine.typeName(a[2]))")
      }
      if a[1].asString != nil { throw Raise(.typeError, "decoding str is not supported") }
      guard a[1].bytesLike != nil else {
        throw Raise(
          .typeError, "decoding to str: need a bytes-like object, \(a.machine.typeName(a[1])) found")
      }
      let decode = try a.machine.attribute(a[1], "decode")
      let encoding = a.isGiven(2) ? a[2] : .string("utf-8")
      return try a.machine.call(decode, a.isGiven(3) ? [encoding, a[3]] : [encoding])
    }
    return .object(try a.machine.textObject(of: a[1]))
  }

  private static let bytes = Native(
    "bytes(cls, source=..., encoding=..., errors=...)", "Bytes from integers, text or a size."
  ) { a in
    let value = a[1]
    if a.isGiven(2) { _ = try a.word(2, argument: "'encoding'") }
    if a.isGiven(3) { _ = try a.word(3, argument: "'errors'") }
    if !value.isGiven { return .object(BytesObject([])) }
    if let text = value.asString {
      guard a.isGiven(2) else { throw Raise(.typeError, "string argument without an encoding") }
      let encoding = try a.word(2, argument: "'encoding'").swiftString
      let errors = a.isGiven(3) ? try a.word(3, argument: "'errors'").swiftString : "strict"
      return .object(
        BytesObject(try TextCodec.encode(text, encoding, errors: errors, a.machine)))
    }
    if a.isGiven(2) { throw Raise(.typeError, "encoding without a string argument") }
    if case .object(let object) = value, object.kind == .bytes { return value }
    if value.asInstance != nil,
      let method = a.machine.type(of: value).lookup("__bytes__")
    {
      let made = try a.machine.call(a.machine.bound(method, to: value, a.machine.type(of: value)))
      if let bytes = made.bytesLike { return .object(BytesObject(bytes)) }
      throw Raise(
        .typeError, "__bytes__ returned non-bytes (type \(a.machine.typeName(made)))")
    }
    if let count = value.bytesLike == nil ? try a.machine.index(value) : nil {
      if count < 0 { throw Raise(.valueError, "negative count") }
      try a.machine.charge(count, "the bytes")
      return .object(BytesObject([UInt8](repeating: 0, count: count)))
    }
    return .object(BytesObject(try BytesMethods.bytes(of: value, a.machine)))
  }

  private static let list = Native(
    "list(cls, iterable=(), /)", "A list of the items of an iterable.", shortcut: .list
  ) { a in
    let items = try a.machine.array(a[1])
    return .list(items)
  }

  private static let tuple = Native(
    "tuple(cls, iterable=(), /)", "A tuple of the items of an iterable.", shortcut: .items
  ) { a in
    if let tuple = a[1].asTuple, tuple.subclass == nil, !a[1].isDerived { return a[1] }
    return .tuple(try a.machine.array(a[1]))
  }

  private static let dict = Native(
    "dict(cls, mapping=..., /, **kwargs)", "A dictionary from pairs, a mapping, or keywords."
  ) { a in
    let result = DictObject()
    try fill(result, a[1], a.machine)
    if let extra = a[2].asDict { try result.update(extra, a.machine) }
    return .object(result)
  }

  /// What `dict(source)` and `dict.update(source)` take.
  static func fill(_ result: DictObject, _ source: Value, _ machine: Machine) throws(Raise) {
    if !source.isGiven { return }
    if let other = machine.pairs(of: source) {
      try result.update(other, machine)
      return
    }
    if let keys = try machine.optionalAttribute(source, "keys"), source.asInstance != nil {
      for key in try machine.array(machine.call(keys)) {
        try result.set(key, machine.item(source, key), machine)
      }
      return
    }
    guard try machine.isIterable(source) else {
      throw Raise(.typeError, "'\(machine.typeName(source))' object is not iterable")
    }
    var index = 0
    try machine.iterate(source) { (item) throws(Raise) in
      guard try machine.isIterable(item) else {
        throw Raise(
          .typeError, "cannot convert dictionary update sequence element #\(index) to a sequence")
      }
      let pair = try machine.array(item)
      if pair.count != 2 {
        throw Raise(
          .valueError,
          "dictionary update sequence element #\(index) has length \(pair.count); 2 is required")
      }
      try result.set(pair[0], pair[1], machine)
      index += 1
    }
  }

  private static let set = Native("set(cls, iterable=(), /)", "The distinct items of an iterable.") { a in
    let result = SetObject()
    if let other = a[1].asSet {
      try result.merge(other, a.machine)
    } else {
      try a.machine.iterate(a[1]) { (item) throws(Raise) in try result.add(item, a.machine) }
    }
    return .object(result)
  }

  private static let frozenSet = Native(
    "frozenset(cls, iterable=(), /)", "The distinct items of an iterable, fixed."
  ) { a in
    if let other = a[1].asSet, other.isFrozen, !a[1].isDerived { return a[1] }
    let result = SetObject(frozen: true)
    if let other = a[1].asSet {
      try result.merge(other, a.machine)
    } else {
      try a.machine.iterate(a[1]) { (item) throws(Raise) in try result.add(item, a.machine) }
    }
    return .object(result)
  }

  private static let range = Native(
    "range(cls, start, stop=..., step=..., /)", "The integers from start to stop, stop excluded.",
    example: "list(range(0, 10, 3))", shortcut: .range
  ) { a in
    func integer(_ index: Int) throws(Raise) -> Int {
      if let value = try a.machine.index(a[index]) { return value }
      if a[index].kind == .bigInt {
        throw Raise(.overflowError, "Python int too large to convert to C ssize_t")
      }
      throw Raise(
        .typeError,
        "'\(a.machine.typeName(a[index]))' object cannot be interpreted as an integer")
    }
    if !a.isGiven(2) { return .object(RangeObject(start: 0, stop: try integer(1), step: 1)) }
    let step = a.isGiven(3) ? try integer(3) : 1
    if step == 0 { throw Raise(.valueError, "range() arg 3 must not be zero") }
    return .object(RangeObject(start: try integer(1), stop: try integer(2), step: step))
  }

  private static let slice = Native(
    "slice(cls, start, stop=..., step=..., /)", "Bounds and step of a subscript."
  ) { a in
    if !a.isGiven(2) { return .object(SliceObject(.none, a[1], .none)) }
    return .object(SliceObject(a[1], a[2], a.isGiven(3) ? a[3] : .none))
  }

  private static let type = Native(
    "type(cls, object=..., bases=..., namespace=..., /)", "The class of an object.",
    example: "type(3.5)"
  ) { a in
    if a.isGiven(1), !a.isGiven(2) { return .object(a.machine.type(of: a[1])) }
    guard a.isGiven(3) else { throw Raise(.typeError, "type() takes 1 or 3 arguments") }
    func check(_ index: Int, _ kind: ObjectKind, _ name: String) throws(Raise) {
      if a[index].kind == kind { return }
      throw Raise(
        .typeError, "type.__new__() argument \(index) must be \(name), not "
          + a.machine.typeName(a[index]))
    }
    try check(1, .string, "str")
    try check(2, .tuple, "tuple")
    try check(3, .dict, "dict")
    guard let name = a[1].swiftString, let bases = a[2].asTuple, let namespace = a[3].asDict else {
      throw Raise(.typeError, "type() takes 1 or 3 arguments")
    }
    if bases.count > 1 {
      throw Raise(
        .typeError, "a class has at most one base here: hold the other object as an attribute")
    }
    var base = a.machine.types.object
    if bases.count == 1 {
      guard let given = bases[0].asType else {
        throw Raise(.typeError, "type() argument 2 must be tuple of classes")
      }
      base = given
    }
    return .object(try a.machine.makeClass(name, base: base, namespace: namespace.copy()))
  }

  private static let property = Native(
    "property(cls, fget=None, fset=None, fdel=None, doc=None)", "A computed attribute."
  ) { a in
    var doc = a[4].swiftString
    if doc == nil, case .object(let object) = a[1], object.kind == .function {
      doc = unsafeDowncast(object, to: FunctionObject.self).code.doc
    }
    return .object(PropertyObject(getter: a[1], setter: a[2], deleter: a[3], doc: doc))
  }

  private static let staticMethod = Native(
    "staticmethod(cls, function, /)", "A function in a class that takes no self."
  ) { a in .object(WrappedFunction(a[1], kind: .staticMethod)) }

  private static let classMethod = Native(
    "classmethod(cls, function, /)", "A method that takes its class first."
  ) { a in .object(WrappedFunction(a[1], kind: .classMethod)) }

  private static let superProxy = Native(
    "super(cls, type=..., object=..., /)", "The attributes of the classes after this one.",
    shortcut: .superObject
  ) { a in
    guard a.isGiven(1) else { throw Raise(.runtimeError, "super(): no arguments") }
    guard let after = a[1].asType else {
      throw Raise(.typeError, "super() argument 1 must be a type, not \(a.machine.typeName(a[1]))")
    }
    guard a.isGiven(2) else {
      throw Raise(.runtimeError, "super(): give the object as the second argument")
    }
    let holds =
      a[2].asType?.isSubclass(of: after) ?? a.machine.type(of: a[2]).isSubclass(of: after)
    if !holds {
      throw Raise(.typeError, "super(type, obj): obj must be an instance or subtype of type")
    }
    return .object(SuperProxy(after: after, receiver: a[2]))
  }
}
