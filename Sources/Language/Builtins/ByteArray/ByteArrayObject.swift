/// A `bytearray`: bytes that can change.
final class ByteArrayObject: Instance {
  @exclusivity(unchecked) var bytes: [UInt8] = []
}

extension Value {
  /// The bytes of a `bytes` or `bytearray` object, also where a program derived its class; nil for
  /// what is neither.
  public var bytesLike: [UInt8]? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .bytes { return unsafeDowncast(object, to: BytesObject.self).bytes }
    guard object.kind == .instance else { return nil }
    if let array = object as? ByteArrayObject { return array.bytes }
    if case .object(let inner)? = payload, inner.kind == .bytes {
      return unsafeDowncast(inner, to: BytesObject.self).bytes
    }
    return nil
  }
}

/// The class `bytearray`: what changes it stands here and in `ByteArrayItems`; what only reads are the
/// rows of `bytes`, whose results become bytearrays.
enum ByteArrayTable {
  static let table = TypeTable(
    "bytearray", module: "builtins", doc: "A sequence of bytes that can change.",
    allocate: { ByteArrayObject($0) },
    values: [("__hash__", { _ in .none })],
    statics: BytesMethods.statics,
    classMethods: BytesMethods.classMethods.map { row in
      Native(row.signature, row.doc, example: row.example) { a in
        let made = try row.body(a)
        return try a.machine.call(a[0], [made])
      }
    },
    methods: [initializer] + changes + ByteArrayItems.rows + reading)

  static func own(_ a: Arguments) throws(Raise) -> ByteArrayObject {
    try a.receiver(ByteArrayObject.self)
  }

  static func make(_ bytes: [UInt8], _ machine: Machine) -> Value {
    let result = ByteArrayObject(machine.type(table))
    result.bytes = bytes
    return .object(result)
  }

  /// A number as a byte, with CPython's errors.
  static func byte(_ value: Value, _ machine: Machine) throws(Raise) -> UInt8 {
    guard value.isInteger else {
      guard let number = try machine.index(value) else {
        throw Raise(
          .typeError, "'\(machine.typeName(value))' object cannot be interpreted as an integer")
      }
      return try byte(.int(number), machine)
    }
    guard let number = value.asInt, let byte = UInt8(exactly: number) else {
      throw Raise(.valueError, "byte must be in range(0, 256)")
    }
    return byte
  }

  /// The bytes of an iterable of numbers; nil when it is no iterable.
  static func items(_ value: Value, _ machine: Machine) throws(Raise) -> [UInt8]? {
    if let bytes = value.bytesLike { return bytes }
    guard try machine.isIterable(value) else { return nil }
    var result: [UInt8] = []
    try machine.iterate(value) { (item) throws(Raise) in
      result.append(try byte(item, machine))
      try machine.grows(result.count, of: 1, "the bytearray")
    }
    return result
  }

  // MARK: - Making

  private static let initializer = Native(
    "__init__(self, source=..., encoding=..., errors=...)", "From integers, text or a size.",
    example: "bytearray(b'ab')"
  ) { a in
    let machine = a.machine
    let array = try own(a)
    let source = a[1]
    if a.isGiven(2) { _ = try a.word(2, argument: "'encoding'") }
    if a.isGiven(3) { _ = try a.word(3, argument: "'errors'") }
    if source.asString != nil {
      guard a.isGiven(2) else { throw Raise(.typeError, "string argument without an encoding") }
      let encode = try machine.attribute(source, "encode")
      let made = try machine.call(encode, a.isGiven(3) ? [a[2], a[3]] : [a[2]])
      array.bytes = made.bytesLike ?? []
      return .none
    }
    if a.isGiven(2) || a.isGiven(3) {
      throw Raise(
        .typeError, "\(a.isGiven(2) ? "encoding" : "errors") without a string argument")
    }
    if !source.isGiven {
      array.bytes = []
    } else if let count = try source.bytesLike == nil ? machine.index(source) : nil {
      if count < 0 { throw Raise(.valueError, "negative count") }
      try machine.charge(count, "the bytearray")
      array.bytes = [UInt8](repeating: 0, count: count)
    } else if source.kind == .bigInt {
      throw Raise(.overflowError, "cannot fit 'int' into an index-sized integer")
    } else if let items = try items(source, machine) {
      array.bytes = items
    } else {
      throw Raise(
        .typeError, "cannot convert '\(machine.typeName(source))' object to bytearray")
    }
    return .none
  }

  // MARK: - Changing

  private static let changes: [Native] = [
    Native("append(self, item, /)", "Adds a byte at the end.") { a in
      let byte = try byte(a[1], a.machine)
      try own(a).bytes.append(byte)
      return .none
    },
    Native("extend(self, iterable_of_ints, /)", "Adds bytes at the end.") { a in
      guard let more = try items(a[1], a.machine) else {
        throw Raise(
          .typeError, "can't extend bytearray with \(a.machine.typeName(a[1]))")
      }
      let array = try own(a)
      try a.machine.charge(array.bytes.count + more.count, "the bytearray")
      array.bytes += more
      return .none
    },
    Native("insert(self, index, item, /)", "Inserts a byte before a place.") { a in
      let index = try a.index(1)
      let byte = try byte(a[2], a.machine)
      let array = try own(a)
      let count = array.bytes.count
      array.bytes.insert(byte, at: min(max(index < 0 ? index + count : index, 0), count))
      return .none
    },
    Native("pop(self, index=-1, /)", "Removes and gives a byte.") { a in
      let index = try a.index(1)
      let array = try own(a)
      if array.bytes.isEmpty { throw Raise(.indexError, "pop from empty bytearray") }
      let place = index < 0 ? index + array.bytes.count : index
      guard array.bytes.indices.contains(place) else {
        throw Raise(.indexError, "pop index out of range")
      }
      return .int(Int(array.bytes.remove(at: place)))
    },
    Native("remove(self, value, /)", "Removes the first byte of a value.") { a in
      let byte = try byte(a[1], a.machine)
      let array = try own(a)
      guard let place = array.bytes.firstIndex(of: byte) else {
        throw Raise(.valueError, "value not found in bytearray")
      }
      array.bytes.remove(at: place)
      return .none
    },
    Native("reverse(self, /)", "Turns the bytes around.") { a in
      try own(a).bytes.reverse()
      return .none
    },
    Native("clear(self, /)", "Removes all bytes.") { a in
      try own(a).bytes = []
      return .none
    },
    Native("copy(self, /)", "A copy of the bytes.") { a in make(try own(a).bytes, a.machine) },
  ]

  // MARK: - Reading

  /// The methods of `bytes`, on a copy of what the array holds now.
  private static let reading: [Native] = BytesMethods.rows.map { row in
    Native(row.signature, row.doc) { a in
      a.base[0] = .object(BytesObject(try own(a).bytes))
      return changeable(try row.body(a), a.machine)
    }
  }

  /// Bytes in a result as bytearrays.
  private static func changeable(_ value: Value, _ machine: Machine) -> Value {
    guard case .object(let object) = value else { return value }
    switch object.kind {
    case .bytes: return make(unsafeDowncast(object, to: BytesObject.self).bytes, machine)
    case .list: return .list((value.asList?.items ?? []).map { changeable($0, machine) })
    case .tuple: return .tuple((value.asTuple?.items ?? []).map { changeable($0, machine) })
    default: return value
    }
  }
}
