/// Items, operators and text of `bytearray`.
enum ByteArrayItems {
  static let rows = items + operators + text

  private static func own(_ a: Arguments) throws(Raise) -> ByteArrayObject {
    try ByteArrayTable.own(a)
  }

  /// A place within the array, from an index.
  private static func place(
    _ key: Value, _ array: ByteArrayObject, _ machine: Machine
  ) throws(Raise) -> Int {
    if key.kind == .bigInt {
      throw Raise(.indexError, "cannot fit 'int' into an index-sized integer")
    }
    guard let index = try machine.index(key) else {
      throw Raise(
        .typeError, "bytearray indices must be integers or slices, not \(machine.typeName(key))")
    }
    let place = index < 0 ? index + array.bytes.count : index
    guard array.bytes.indices.contains(place) else {
      throw Raise(.indexError, "bytearray index out of range")
    }
    return place
  }

  private static let items: [Native] = [
    Native("__len__(self, /)", "How many bytes there are.") { a in .int(try own(a).bytes.count) },
    Native("__iter__(self, /)", "The bytes as numbers.") { a in
      let array = try own(a)
      var index = 0
      return .object(
        NativeIterator("bytearray_iterator") { (_) throws(Raise) in
          guard index < array.bytes.count else { return .undefined }
          index += 1
          return .int(Int(array.bytes[index - 1]))
        })
    },
    Native("__contains__(self, key, /)", "Whether a byte or a piece is there.") { a in
      let machine = a.machine
      return .bool(
        try machine.contains(
          a[1].bytesLike.map { .object(BytesObject($0)) } ?? a[1],
          in: .object(BytesObject(own(a).bytes))))
    },
    Native("__getitem__(self, key, /)", "The byte or the bytes of a place or slice.") { a in
      let array = try own(a)
      guard case .object(let object) = a[1], object.kind == .slice else {
        return .int(Int(array.bytes[try place(a[1], array, a.machine)]))
      }
      let indices = try a.machine.indices(of: object, count: array.bytes.count)
      try a.machine.charge(indices.count, "the slice")
      return ByteArrayTable.make(
        (0..<indices.count).map { array.bytes[indices.start + $0 * indices.step] }, a.machine)
    },
    Native("__setitem__(self, key, value, /)", "Sets a byte, or the bytes of a slice.") { a in
      let array = try own(a)
      if case .object(let object) = a[1], object.kind == .slice {
        try replace(object, in: array, with: a[2], a.machine)
      } else {
        let place = try place(a[1], array, a.machine)
        let byte = try ByteArrayTable.byte(a[2], a.machine)
        // `__index__` of the byte may have shortened the array.
        guard place < array.bytes.count else {
          throw Raise(.indexError, "bytearray index out of range")
        }
        array.bytes[place] = byte
      }
      return .none
    },
    Native("__delitem__(self, key, /)", "Removes a byte or the bytes of a slice.") { a in
      let array = try own(a)
      guard case .object(let object) = a[1], object.kind == .slice else {
        array.bytes.remove(at: try place(a[1], array, a.machine))
        return .none
      }
      let indices = try a.machine.indices(of: object, count: array.bytes.count)
      var doomed = Set<Int>()
      for offset in 0..<indices.count { doomed.insert(indices.start + offset * indices.step) }
      array.bytes = array.bytes.enumerated().filter { !doomed.contains($0.offset) }.map(\.element)
      return .none
    },
  ]

  /// `array[slice] = value`.
  private static func replace(
    _ slice: Object, in array: ByteArrayObject, with value: Value, _ machine: Machine
  ) throws(Raise) {
    let new: [UInt8]
    if value.asString != nil || value.isInteger {
      throw notAssignable()
    } else if let items = try ByteArrayTable.items(value, machine) {
      new = items
    } else {
      throw notAssignable()
    }
    let indices = try machine.indices(of: slice, count: array.bytes.count)
    try machine.charge(array.bytes.count + new.count, "the bytearray")
    if indices.step == 1 {
      array.bytes.replaceSubrange(indices.start..<(indices.start + indices.count), with: new)
      return
    }
    if new.count != indices.count {
      throw Raise(
        .valueError, "attempt to assign bytes of size \(new.count) to extended slice of size "
          + "\(indices.count)")
    }
    for offset in 0..<indices.count {
      array.bytes[indices.start + offset * indices.step] = new[offset]
    }
  }

  private static func notAssignable() -> Raise {
    Raise(
      .typeError, "can assign only bytes, buffers, or iterables of ints in range(0, 256)")
  }

  // MARK: - Operators

  private static let operators: [Native] = [
    Native("__add__(self, value, /)", "The bytes of both.") { a in
      let array = try own(a)
      guard let more = a[1].bytesLike else { throw noConcat(a) }
      try a.machine.charge(array.bytes.count + more.count, "the bytearray")
      return ByteArrayTable.make(array.bytes + more, a.machine)
    },
    Native("__iadd__(self, value, /)", "Adds the bytes of another.") { a in
      let array = try own(a)
      guard let more = a[1].bytesLike else { throw noConcat(a) }
      try a.machine.charge(array.bytes.count + more.count, "the bytearray")
      array.bytes += more
      return a[0]
    },
    Native("__mul__(self, value, /)", "The bytes several times.") { a in try repeated(a) },
    Native("__rmul__(self, value, /)", "The bytes several times.") { a in try repeated(a) },
    Native("__imul__(self, value, /)", "Repeats the bytes in place.") { a in
      let array = try own(a)
      guard let result = (try repeated(a)).bytesLike else { return .notImplemented }
      array.bytes = result
      return a[0]
    },
    Native("__mod__(self, value, /)", "The bytes with their %-fields filled in.") { a in
      let filled = try a.machine.percentFormat(bytes: own(a).bytes, a[1])
      return ByteArrayTable.make(filled, a.machine)
    },
    comparison("__eq__", 0), comparison("__ne__", 1), comparison("__lt__", 2),
    comparison("__le__", 3), comparison("__gt__", 4), comparison("__ge__", 5),
  ]

  private static func noConcat(_ a: Arguments) -> Raise {
    Raise(
      .typeError,
      "can't concat \(a.machine.typeName(a[1])) to \(a.machine.typeName(a[0]))")
  }

  private static func repeated(_ a: Arguments) throws(Raise) -> Value {
    let bytes = try own(a).bytes
    guard let count = try a.machine.index(a[1]) else {
      throw Raise(
        .typeError, "can't multiply sequence by non-int of type '\(a.machine.typeName(a[1]))'")
    }
    let times = max(0, count)
    let (size, overflow) = bytes.count.multipliedReportingOverflow(by: times)
    try a.machine.charge(overflow ? nil : size, "the bytearray")
    var result: [UInt8] = []
    result.reserveCapacity(size)
    if !bytes.isEmpty {
      for index in 0..<times {
        result += bytes
        try a.machine.poll(at: index)
      }
    }
    return ByteArrayTable.make(result, a.machine)
  }

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("\(name)(self, value, /)", "Compares byte by byte.") { a in
      let left = try own(a).bytes
      guard let right = a[1].bytesLike else { return .notImplemented }
      let order =
        left.lexicographicallyPrecedes(right) ? -1 : left == right ? 0 : 1
      return .bool(Machine.compareInts(op, order, 0))
    }
  }

  // MARK: - Text

  private static let text: [Native] = [
    Native("__repr__(self, /)", "The bytes as one would write them.") { a in
      let bytes = try own(a).bytes
      try a.machine.charge(bytes.count, of: 4, "the text")
      var text = QuotedText.reprBytes(bytes)
      // Unlike `bytes`, an apostrophe is escaped whatever the quotes are.
      if text.dropFirst().first == UInt8(ascii: "\"") {
        text = text.flatMap { $0 == UInt8(ascii: "'") ? [UInt8(ascii: "\\"), $0] : [$0] }
      }
      let shown = String(decoding: text, as: UTF8.self)
      return .string("\(a.machine.typeName(a[0]))(\(shown))")
    },
    Native("__copy__(self, /)", "A copy.") { a in ByteArrayTable.make(try own(a).bytes, a.machine) },
    Native("__deepcopy__(self, memo, /)", "A copy.") { a in
      ByteArrayTable.make(try own(a).bytes, a.machine)
    },
  ]
}
