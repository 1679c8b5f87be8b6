/// Bytes of a string, and character for character translation.
extension StringMethods {
  static let codec: [Native] = [
    Native("encode(self, /, encoding='utf-8', errors='strict')", "The string as bytes.",
      example: "'é'.encode('latin-1')"
    ) { a in
      let encoding = try codecWord(a, 1, "encoding")
      let errors = try codecWord(a, 2, "errors")
      return .object(
        BytesObject(try TextCodec.encode(a.ownString(), encoding, errors: errors, a.machine)))
    },
    Native("translate(self, table, /)", "The string with characters changed by a table.",
      example: "'abc'.translate({97: 'x', 98: None})"
    ) { a in try translated(a.ownString(), a[1], a.machine) },
  ]

  /// An argument of `encode` and `decode`.
  static func codecWord(_ a: Arguments, _ position: Int, _ name: String) throws(Raise) -> String {
    try a.word(position, argument: "'\(name)'").swiftString
  }

  private static func translated(
    _ string: StringObject, _ table: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    var result: [UInt8] = []
    result.reserveCapacity(string.byteCount)
    let bytes = string.bytes
    // What the table says of a character is asked once, unless a class answers.
    var known: [UInt32: [UInt8]] = [:]
    let remembers = table.asDict != nil
    var index = 0
    var count = 0
    while index < string.byteCount {
      let point = CodePoints.next(bytes, &index)
      if remembers, let answer = known[point] {
        result.append(contentsOf: answer)
      } else {
        let answer = try translation(of: point, table, machine)
        if remembers { known[point] = answer }
        result.append(contentsOf: answer)
      }
      count += 1
      if count & 0xFFF == 0 {
        try machine.poll()
        try machine.charge(result.count, "the string")
      }
    }
    return .object(StringObject(result))
  }

  private static func translation(
    of point: UInt32, _ table: Value, _ machine: Machine
  ) throws(Raise) -> [UInt8] {
    let found: Value
    do throws(Raise) {
      found = try machine.item(table, .int(Int(point)))
    } catch {
      if machine.isException(error, .lookupError) { return CodePoints.bytes([point]) }
      throw error
    }
    if found.isNone { return [] }
    if let text = found.asString { return text.bytes }
    if found.isInteger {
      guard let number = found.asInt, let other = UInt32(exactly: number), other < 0x110000 else {
        throw Raise(.valueError, "character mapping must be in range(0x110000)")
      }
      return CodePoints.bytes([other])
    }
    throw Raise(.typeError, "character mapping must return integer, None or str")
  }

  static let maketrans = Native(
    "maketrans(x, y=..., z=..., /)", "A table for `translate`.",
    example: "str.maketrans('ab', 'xy', 'c')"
  ) { a in
    let table = DictObject()
    let machine = a.machine
    guard a.isGiven(1) else {
      guard let source = a[0].asDict else {
        throw Raise(
          .typeError, "if you give only one argument to maketrans it must be a dict")
      }
      for (key, value) in source.pairs {
        if key.isInteger {
          try table.set(key, value, machine)
        } else if let text = key.asString {
          let points = CodePoints.all(text.bytes)
          guard points.count == 1 else {
            throw Raise(.valueError, "string keys in translate table must be of length 1")
          }
          try table.set(.int(Int(points[0])), value, machine)
        } else {
          throw Raise(.typeError, "keys in translate table must be strings or integers")
        }
      }
      return .object(table)
    }
    let to = try a.word(1, argument: "2")
    let deleted = a.isGiven(2) ? try a.word(2, argument: "3") : nil
    guard let from = a[0].asString else {
      throw Raise(
        .typeError, "first maketrans argument must be a string if there is a second argument")
    }
    let left = CodePoints.all(from.bytes)
    let right = CodePoints.all(to.bytes)
    if left.count != right.count {
      throw Raise(
        .valueError, "the first two maketrans arguments must have equal length")
    }
    for (x, y) in zip(left, right) {
      try table.set(.int(Int(x)), .int(Int(y)), machine)
    }
    for point in CodePoints.all(deleted?.bytes ?? []) {
      try table.set(.int(Int(point)), .none, machine)
    }
    return .object(table)
  }
}
