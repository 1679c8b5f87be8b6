import BigInt

/// An `array.array`: numbers of one machine type.
final class ArrayObject: Instance {
  var code: UInt8 = UInt8(ascii: "i")
  /// Integers and floats, as they were brought into the type.
  @exclusivity(unchecked) var items: [Value] = []
}

/// The module `array`.
enum ArrayModule {
  static let table = ModuleTable(
    "array", doc: "Lists of numbers of one machine type.",
    entries: [
      .type(array), .alias("ArrayType", of: "array"),
      .value(name: "typecodes", doc: "The letters of the types.") { _ in .string("bBuhHiIlLqQfd") },
    ])

  private struct Kind {
    let size: Int
    /// What overflow errors call it.
    let name: String
    let range: ClosedRange<Int>
  }

  private static let kinds: [UInt8: Kind] = [
    UInt8(ascii: "b"): Kind(size: 1, name: "signed char", range: -128...127),
    UInt8(ascii: "B"): Kind(size: 1, name: "unsigned byte integer", range: 0...255),
    UInt8(ascii: "h"): Kind(size: 2, name: "signed short integer", range: -32768...32767),
    UInt8(ascii: "H"): Kind(size: 2, name: "unsigned short", range: 0...65535),
    UInt8(ascii: "i"): Kind(size: 4, name: "signed integer", range: -2_147_483_648...2_147_483_647),
    UInt8(ascii: "I"): Kind(size: 4, name: "unsigned int", range: 0...4_294_967_295),
    UInt8(ascii: "l"): Kind(size: 8, name: "long", range: Int.min...Int.max),
    UInt8(ascii: "L"): Kind(size: 8, name: "unsigned long", range: 0...Int.max),
    UInt8(ascii: "q"): Kind(size: 8, name: "long long", range: Int.min...Int.max),
    UInt8(ascii: "Q"): Kind(size: 8, name: "unsigned long long", range: 0...Int.max),
    UInt8(ascii: "f"): Kind(size: 4, name: "float", range: 0...0),
    UInt8(ascii: "d"): Kind(size: 8, name: "double", range: 0...0),
    UInt8(ascii: "u"): Kind(size: 4, name: "character", range: 0...0),
  ]

  private static func isFloat(_ code: UInt8) -> Bool {
    code == UInt8(ascii: "f") || code == UInt8(ascii: "d")
  }

  private static func own(_ a: Arguments) throws(Raise) -> ArrayObject {
    try a.receiver(ArrayObject.self)
  }

  static func make(_ items: [Value], like other: ArrayObject, _ machine: Machine) -> Value {
    let result = ArrayObject(machine.type(array))
    result.code = other.code
    result.items = items
    return .object(result)
  }

  /// A value as an item of an array, with CPython's errors.
  private static func item(
    _ value: Value, _ code: UInt8, _ machine: Machine
  ) throws(Raise) -> Value {
    if code == UInt8(ascii: "u") {
      guard let text = value.asString, text.count == 1 else {
        throw Raise(.typeError, "array item must be a unicode character, not \(machine.typeName(value))")
      }
      return value
    }
    if isFloat(code) {
      let number = try machine.realNumber(value)
      return .float(code == UInt8(ascii: "f") ? Double(Float(number)) : number)
    }
    guard let kind = kinds[code] else { return value }
    let number = try machine.integer(value)
    if number < kind.range.lowerBound {
      throw Raise(.overflowError, "\(kind.name) is less than minimum")
    }
    let isWide = code == UInt8(ascii: "L") || code == UInt8(ascii: "Q")
    if isWide ? number.magnitude.bitWidth > 64 : number > kind.range.upperBound {
      throw Raise(
        .overflowError,
        kind.size == 8 ? "Python int too large to convert to C \(kind.name)" : "\(kind.name) is greater than maximum")
    }
    return .integer(number)
  }

  private static func items(
    _ value: Value, _ code: UInt8, _ machine: Machine
  ) throws(Raise) -> [Value] {
    var result: [Value] = []
    try machine.iterate(value) { (element) throws(Raise) in
      result.append(try item(element, code, machine))
      try machine.grows(result.count, of: 16, "the array")
    }
    return result
  }

  private static func place(_ a: Arguments, _ array: ArrayObject, _ what: String) throws(Raise) -> Int {
    guard let index = try a.machine.index(a[1]) else {
      throw Raise(.typeError, "array indices must be integers")
    }
    let place = index < 0 ? index + array.items.count : index
    guard array.items.indices.contains(place) else {
      throw Raise(.indexError, "array \(what)index out of range")
    }
    return place
  }

  // MARK: - Bytes

  private static func bytes(_ array: ArrayObject) -> [UInt8] {
    let size = kinds[array.code]?.size ?? 1
    var result: [UInt8] = []
    for value in array.items {
      let bits: UInt64
      switch value {
      case .float(let number):
        bits = array.code == UInt8(ascii: "f") ? UInt64(Float(number).bitPattern) : number.bitPattern
      case .int(let number): bits = UInt64(bitPattern: Int64(number))
      default:
        bits = value.asString?.scalars.first.map(UInt64.init)
          ?? UInt64(truncatingIfNeeded: value.asInteger ?? 0)
      }
      for shift in 0..<size { result.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * shift))) }
    }
    return result
  }

  private static func take(_ bytes: [UInt8], into array: ArrayObject) throws(Raise) {
    guard let size = kinds[array.code]?.size, bytes.count % size == 0 else {
      throw Raise(.valueError, "bytes length not a multiple of item size")
    }
    for start in stride(from: 0, to: bytes.count, by: size) {
      var bits: UInt64 = 0
      for offset in 0..<size { bits |= UInt64(bytes[start + offset]) << UInt64(8 * offset) }
      array.items.append(value(bits, array.code, size))
    }
  }

  private static func value(_ bits: UInt64, _ code: UInt8, _ size: Int) -> Value {
    switch code {
    case UInt8(ascii: "f"): return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case UInt8(ascii: "d"): return .float(Double(bitPattern: bits))
    case UInt8(ascii: "u"):
      let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: bits)) ?? "\u{FFFD}"
      return .string(String(Character(scalar)))
    case UInt8(ascii: "B"), UInt8(ascii: "H"), UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "Q"):
      return .integer(BigInt(bits))
    default:
      let unused = UInt64(64 - 8 * size)
      return .int(Int(Int64(bitPattern: bits << unused) >> Int64(unused)))
    }
  }

  // MARK: - The class

  private static let array: TypeTable = TypeTable(
    "array", module: "array", doc: "Numbers of one machine type.", showsModule: true,
    allocate: { ArrayObject($0) }, values: [("__hash__", { _ in .none })],
    properties: [
      NativeProperty("typecode", "The letter of the type.") { value, _ in
        .string(String(UnicodeScalar((value.asInstance as? ArrayObject)?.code ?? 0x69)))
      },
      NativeProperty("itemsize", "Bytes of an item.") { value, _ in
        .int((value.asInstance as? ArrayObject).flatMap { kinds[$0.code]?.size } ?? 0)
      },
    ],
    methods: [initializer] + changes + reading + operators)

  private static let initializer = Native(
    "__init__(self, typecode, initializer=(), /)", "A type and the first items.",
    example: "array.array('i', [1, 2])"
  ) { a in
    guard let text = a[1].asString, text.byteCount == 1, let code = text.bytes.first else {
      throw Raise(
        .typeError, "array() argument 1 must be a unicode character, not \(a.machine.typeName(a[1]))")
    }
    guard kinds[code] != nil else {
      throw Raise(
        .valueError, "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)")
    }
    let array = try own(a)
    array.code = code
    array.items = []
    if a[2].asString != nil, code != UInt8(ascii: "u") {
      throw Raise(
        .typeError,
        "cannot use a str to initialize an array with typecode '\(Character(UnicodeScalar(code)))'")
    }
    if let bytes = a[2].bytesLike {
      try take(bytes, into: array)
    } else {
      array.items = try items(a[2], code, a.machine)
    }
    return .none
  }

  private static let changes: [Native] = [
    Native("append(self, v, /)", "Adds an item.") { a in
      let array = try own(a)
      array.items.append(try item(a[1], array.code, a.machine))
      return .none
    },
    Native("extend(self, bb, /)", "Adds the items of an iterable.") { a in
      let array = try own(a)
      if let other = a[1].asInstance as? ArrayObject, other.code != array.code {
        throw Raise(.typeError, "can only extend with array of same kind")
      }
      array.items += try items(a[1], array.code, a.machine)
      return .none
    },
    Native("fromlist(self, list, /)", "Adds the items of a list.") { a in
      guard a[1].asList != nil else { throw Raise(.typeError, "arg must be list") }
      let array = try own(a)
      array.items += try items(a[1], array.code, a.machine)
      return .none
    },
    Native("frombytes(self, buffer, /)", "Adds items from their bytes.") { a in
      try take(BytesMethods.required(a, 1), into: own(a))
      return .none
    },
    Native("insert(self, i, v, /)", "Inserts an item before a place.") { a in
      let array = try own(a)
      let index = try a.index(1)
      let value = try item(a[2], array.code, a.machine)
      let count = array.items.count
      array.items.insert(value, at: min(max(index < 0 ? index + count : index, 0), count))
      return .none
    },
    Native("pop(self, i=-1, /)", "Removes and gives an item.") { a in
      let array = try own(a)
      if array.items.isEmpty { throw Raise(.indexError, "pop from empty array") }
      let index = try a.index(1)
      let place = index < 0 ? index + array.items.count : index
      guard array.items.indices.contains(place) else {
        throw Raise(.indexError, "pop index out of range")
      }
      return array.items.remove(at: place)
    },
    Native("remove(self, v, /)", "Removes the first equal item.") { a in
      let array = try own(a)
      for (index, value) in array.items.enumerated() where try a.machine.equals(value, a[1]) {
        // The comparison may have changed the array.
        if index < array.items.count { array.items.remove(at: index) }
        return .none
      }
      throw Raise(.valueError, "array.remove(x): x not in array")
    },
    Native("reverse(self, /)", "Turns the items around.") { a in
      try own(a).items.reverse()
      return .none
    },
    Native("byteswap(self, /)", "Turns the bytes of every item around.") { a in
      let array = try own(a)
      let size = kinds[array.code]?.size ?? 1
      let all = bytes(array)
      var turned: [UInt8] = []
      for start in stride(from: 0, to: all.count, by: size) {
        turned += all[start..<(start + size)].reversed()
      }
      array.items = []
      try take(turned, into: array)
      return .none
    },
    Native("__setitem__(self, key, value, /)", "Sets an item, or the items of a slice.") { a in
      let array = try own(a)
      guard case .object(let slice) = a[1], slice.kind == .slice else {
        let value = try item(a[2], array.code, a.machine)
        array.items[try place(a, array, "assignment ")] = value
        return .none
      }
      guard let other = a[2].asInstance as? ArrayObject else {
        throw Raise(
          .typeError, "can only assign array (not \"\(a.machine.typeName(a[2]))\") to array slice")
      }
      let list = ListObject(array.items)
      try a.machine.setItem(.object(list), a[1], .list(other.items))
      array.items = list.items
      return .none
    },
    Native("__delitem__(self, key, /)", "Removes an item or the items of a slice.") { a in
      let array = try own(a)
      guard case .object(let slice) = a[1], slice.kind == .slice else {
        array.items.remove(at: try place(a, array, "assignment "))
        return .none
      }
      let list = ListObject(array.items)
      try a.machine.deleteItem(.object(list), a[1])
      array.items = list.items
      return .none
    },
  ]

  private static let reading: [Native] = [
    Native("__len__(self, /)", "How many items there are.") { a in .int(try own(a).items.count) },
    Native("__iter__(self, /)", "The items.") { a in
      let array = try own(a)
      var index = 0
      return .object(
        NativeIterator("arrayiterator") { (_) throws(Raise) in
          guard index < array.items.count else { return .undefined }
          index += 1
          return array.items[index - 1]
        })
    },
    Native("__contains__(self, v, /)", "Whether an item is there.") { a in
      for value in try own(a).items where try a.machine.equals(value, a[1]) { return .bool(true) }
      return .bool(false)
    },
    Native("__getitem__(self, key, /)", "The item of a place, or the items of a slice.") { a in
      let array = try own(a)
      guard case .object(let slice) = a[1], slice.kind == .slice else {
        return array.items[try place(a, array, "")]
      }
      let indices = try a.machine.indices(of: slice, count: array.items.count)
      return make(
        (0..<indices.count).map { array.items[indices.start + $0 * indices.step] }, like: array,
        a.machine)
    },
    Native("index(self, v, /)", "The place of the first equal item.") { a in
      for (index, value) in try own(a).items.enumerated() where try a.machine.equals(value, a[1]) {
        return .int(index)
      }
      throw Raise(.valueError, "array.index(x): x not in array")
    },
    Native("count(self, v, /)", "How often an item occurs.") { a in
      var count = 0
      for value in try own(a).items where try a.machine.equals(value, a[1]) { count += 1 }
      return .int(count)
    },
    Native("tolist(self, /)", "The items as a list.") { a in .list(try own(a).items) },
    Native("tobytes(self, /)", "The bytes of the items.") { a in
      .object(BytesObject(bytes(try own(a))))
    },
    Native("tounicode(self, /)", "The characters as a text.") { a in
      .string(try own(a).items.compactMap(\.swiftString).joined())
    },
    Native("__repr__(self, /)", "The array as one would write it.") { a in
      let array = try own(a)
      let code = Character(UnicodeScalar(array.code))
      if array.items.isEmpty { return .string("array('\(code)')") }
      if array.code == UInt8(ascii: "u") {
        let text = array.items.compactMap(\.swiftString).joined()
        return .string("array('u', \(try a.machine.repr(.string(text))))")
      }
      return .string("array('\(code)', \(try a.machine.repr(.list(array.items))))")
    },
  ]

  private static let operators: [Native] = [
    Native("__add__(self, value, /)", "The items of both.") { a in
      let array = try own(a)
      guard let other = a[1].asInstance as? ArrayObject else {
        throw Raise(
          .typeError, "can only append array (not \"\(a.machine.typeName(a[1]))\") to array")
      }
      guard other.code == array.code else {
        throw Raise(.typeError, "bad argument type for built-in operation")
      }
      return make(array.items + other.items, like: array, a.machine)
    },
    Native("__iadd__(self, value, /)", "Adds the items of another.") { a in
      guard let other = a[1].asInstance as? ArrayObject else {
        throw Raise(
          .typeError, "can only extend with array (not \"\(a.machine.typeName(a[1]))\")")
      }
      try own(a).items += other.items
      return a[0]
    },
    Native("__mul__(self, value, /)", "The items several times.") { a in try repeated(a) },
    Native("__rmul__(self, value, /)", "The items several times.") { a in try repeated(a) },
    comparison("__eq__", 0), comparison("__ne__", 1), comparison("__lt__", 2),
    comparison("__le__", 3), comparison("__gt__", 4), comparison("__ge__", 5),
  ]

  private static func repeated(_ a: Arguments) throws(Raise) -> Value {
    let array = try own(a)
    let list = try a.machine.binary(.multiply, .list(array.items), a[1])
    return make(list.asList?.items ?? [], like: array, a.machine)
  }

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("\(name)(self, value, /)", "Compares item by item.") { a in
      guard let other = a[1].asInstance as? ArrayObject else { return .notImplemented }
      return try a.machine.compare(op, .list(own(a).items), .list(other.items))
    }
  }
}
