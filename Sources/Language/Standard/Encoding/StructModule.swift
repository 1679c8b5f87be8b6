import BigInt

/// The module `struct`: numbers as bytes, by a format.
enum StructModule {
  static let table = ModuleTable(
    "struct", doc: "Numbers as bytes, by a format.",
    entries: rows.map { .function($0) } + [
      .type(structure),
      .value(name: "error", doc: "A format or values that do not fit.") { machine in
        .object(machine.type(error))
      },
    ])

  private static let error = TypeTable(
    "error", module: "struct", doc: "A format or values that do not fit.", baseName: "Exception")

  private static func failure(_ text: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(error))
    exception.arguments = [.string(text)]
    return Raise(exception)
  }

  // MARK: - Formats

  /// One letter of a format with its count.
  private struct Item {
    let letter: Character
    let count: Int
    let size: Int
    /// Zeros before the item, for alignment.
    let padding: Int
    /// How many values it takes.
    var values: Int {
      switch letter {
      case "x": 0
      case "s", "p": 1
      default: count
      }
    }
  }

  private struct Format {
    var items: [Item] = []
    var isBig = false
    var size = 0
    var valueCount = 0
  }

  private static func parse(_ value: Value, _ machine: Machine) throws(Raise) -> Format {
    var text: String
    if let string = value.swiftString {
      text = string
    } else if case .object(let object) = value, object.kind == .bytes {
      text = String(decoding: unsafeDowncast(object, to: BytesObject.self).bytes, as: UTF8.self)
    } else {
      throw Raise(
        .typeError, "Struct() argument 1 must be a str or bytes object, not "
          + machine.typeName(value))
    }
    var format = Format()
    var isNative = true
    if let first = text.first, "@=<>!".contains(first) {
      isNative = first == "@"
      format.isBig = first == ">" || first == "!"
      text.removeFirst()
    }
    var count: Int?
    for letter in text {
      if let digit = letter.wholeNumberValue, letter.isASCII {
        let (next, overflow) = (count ?? 0).multipliedReportingOverflow(by: 10)
        if overflow || next > 1 << 40 {
          throw failure("total struct size too long", machine)
        }
        count = next + digit
        continue
      }
      if letter.isWhitespace {
        if count != nil { throw failure("repeat count given without format specifier", machine) }
        continue
      }
      guard let size = size(of: letter, isNative: isNative) else {
        throw failure("bad char in struct format", machine)
      }
      let times = count ?? 1
      count = nil
      let padding =
        isNative && size > 1 && !"sp".contains(letter)
        ? (size - format.size % size) % size : 0
      let (bytes, overflow) = size.multipliedReportingOverflow(by: times)
      if overflow || bytes > 1 << 40 { throw failure("total struct size too long", machine) }
      let item = Item(letter: letter, count: times, size: size, padding: padding)
      format.items.append(item)
      format.size += padding + bytes
      format.valueCount += item.values
    }
    if count != nil { throw failure("repeat count given without format specifier", machine) }
    try machine.charge(format.size, "the structure")
    return format
  }

  private static func size(of letter: Character, isNative: Bool) -> Int? {
    switch letter {
    case "x", "c", "b", "B", "?", "s", "p": 1
    case "h", "H", "e": 2
    case "i", "I", "f": 4
    case "l", "L": isNative ? 8 : 4
    case "q", "Q", "d": 8
    case "n", "N", "P": isNative ? 8 : nil
    default: nil
    }
  }

  // MARK: - Packing

  private static func pack(
    _ format: Format, _ values: [Value], _ machine: Machine
  ) throws(Raise) -> [UInt8] {
    if values.count != format.valueCount {
      throw failure(
        "pack expected \(format.valueCount) items for packing (got \(values.count))", machine)
    }
    var bytes: [UInt8] = []
    var next = 0
    for item in format.items {
      bytes += [UInt8](repeating: 0, count: item.padding)
      switch item.letter {
      case "x": bytes += [UInt8](repeating: 0, count: item.count)
      case "s", "p":
        guard let given = values[next].bytesLike else {
          throw failure("argument for '\(item.letter)' must be a bytes object", machine)
        }
        next += 1
        var part = item.letter == "p" && item.count > 0 ? [UInt8(min(given.count, item.count - 1, 255))] : []
        part += given.prefix(item.count - part.count)
        bytes += part + [UInt8](repeating: 0, count: item.count - part.count)
      default:
        for _ in 0..<item.count {
          let part = try packed(values[next], item, machine)
          bytes += format.isBig ? part.reversed() : part
          next += 1
        }
      }
    }
    return bytes
  }

  /// A value as little-endian bytes.
  private static func packed(
    _ value: Value, _ item: Item, _ machine: Machine
  ) throws(Raise) -> [UInt8] {
    func little(_ bits: UInt64, _ size: Int) -> [UInt8] {
      (0..<size).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }
    switch item.letter {
    case "c":
      guard case .object(let object) = value.bare, object.kind == .bytes,
        unsafeDowncast(object, to: BytesObject.self).bytes.count == 1
      else { throw failure("char format requires a bytes object of length 1", machine) }
      return unsafeDowncast(object, to: BytesObject.self).bytes
    case "?": return [try machine.truth(value) ? 1 : 0]
    case "f", "d", "e":
      guard let number = try machine.float(value) else {
        throw failure("required argument is not a float", machine)
      }
      if item.letter == "d" { return little(number.bitPattern, 8) }
      if item.letter == "f" {
        let narrow = Float(number)
        if narrow.isInfinite, number.isFinite {
          throw Raise(.overflowError, "float too large to pack with f format")
        }
        return little(UInt64(narrow.bitPattern), 4)
      }
      let half = HalfFloat.bits(of: number)
      if half & 0x7FFF == 0x7C00, number.isFinite {
        throw Raise(.overflowError, "float too large to pack with e format")
      }
      return little(UInt64(half), 2)
    default: break
    }
    guard value.isInteger || value.asInstance != nil,
      let number = try? machine.integer(value)
    else { throw failure("required argument is not an integer", machine) }
    let isSigned = item.letter.isLowercase
    let bits = item.size * 8
    let low = isSigned ? -(BigInt(1) << (bits - 1)) : 0
    let high = (BigInt(1) << (isSigned ? bits - 1 : bits)) - 1
    if number < low || number > high {
      let names: [Character: String] = ["b": "byte", "B": "ubyte", "h": "short", "H": "ushort"]
      if let name = names[item.letter] {
        throw failure("\(name) format requires \(low) <= number <= \(high)", machine)
      }
      if bits == 64 {
        throw failure("argument out of range", machine)
      }
      throw failure("'\(item.letter)' format requires \(low) <= number <= \(high)", machine)
    }
    let unsigned = number < 0 ? number + (BigInt(1) << bits) : number
    return little(UInt64(exactly: unsigned) ?? 0, item.size)
  }

  // MARK: - Unpacking

  private static func unpack(
    _ format: Format, _ bytes: ArraySlice<UInt8>
  ) -> [Value] {
    var result: [Value] = []
    var place = bytes.startIndex
    for item in format.items {
      place += item.padding
      switch item.letter {
      case "x": place += item.count
      case "s":
        result.append(.object(BytesObject(Array(bytes[place..<(place + item.count)]))))
        place += item.count
      case "p":
        let length = item.count > 0 ? min(Int(bytes[place]), item.count - 1) : 0
        let start = item.count > 0 ? place + 1 : place
        result.append(.object(BytesObject(Array(bytes[start..<(start + length)]))))
        place += item.count
      default:
        for _ in 0..<item.count {
          let part = bytes[place..<(place + item.size)]
          result.append(unpacked(format.isBig ? Array(part.reversed()) : Array(part), item))
          place += item.size
        }
      }
    }
    return result
  }

  private static func unpacked(_ bytes: [UInt8], _ item: Item) -> Value {
    var bits: UInt64 = 0
    for byte in bytes.reversed() { bits = bits << 8 | UInt64(byte) }
    switch item.letter {
    case "c": return .object(BytesObject(bytes))
    case "?": return .bool(bits != 0)
    case "f": return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))))
    case "d": return .float(Double(bitPattern: bits))
    case "e": return .float(HalfFloat.double(of: UInt16(truncatingIfNeeded: bits)))
    default: break
    }
    if item.letter.isLowercase {
      let unused = UInt64(64 - item.size * 8)
      return .int(Int(truncatingIfNeeded: bits << unused) >> Int(unused))
    }
    return .integer(BigInt(bits))
  }

  private static func buffer(_ value: Value, _ machine: Machine) throws(Raise) -> [UInt8] {
    if let bytes = value.bytesLike { return bytes }
    throw Raise(
      .typeError, "a bytes-like object is required, not '\(machine.typeName(value))'")
  }

  private static func whole(
    _ format: Format, _ value: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    let bytes = try buffer(value, machine)
    if bytes.count != format.size {
      throw failure("unpack requires a buffer of \(format.size) bytes", machine)
    }
    return .tuple(unpack(format, bytes[...]))
  }

  private static func part(
    _ format: Format, _ value: Value, _ offset: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    let bytes = try buffer(value, machine)
    var start = offset
    if start < 0 {
      start += bytes.count
      if start < 0 {
        throw failure(
          "offset \(offset) out of range for \(bytes.count)-byte buffer", machine)
      }
    }
    if bytes.count - start < format.size {
      throw failure(
        "unpack_from requires a buffer of at least \(start + format.size) bytes for unpacking "
          + "\(format.size) bytes at offset \(start) (actual buffer size is \(bytes.count))", machine)
    }
    return .tuple(unpack(format, bytes[start..<(start + format.size)]))
  }

  private static func each(
    _ format: Format, _ value: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    let bytes = try buffer(value, machine)
    if format.size == 0 {
      throw failure("cannot iteratively unpack with a struct of length 0", machine)
    }
    if bytes.count % format.size != 0 {
      throw failure(
        "iterative unpacking requires a buffer of a multiple of \(format.size) bytes", machine)
    }
    var start = 0
    return .object(
      NativeIterator("unpack_iterator") { _ in
        if start >= bytes.count { return .undefined }
        start += format.size
        return .tuple(unpack(format, bytes[(start - format.size)..<start]))
      })
  }

  private static let rows: [Native] = [
    Native("pack(format, /, *values)", "Values as bytes.", example: "struct.pack('<ih', 1, 2)") { a in
      .object(BytesObject(try pack(parse(a[0], a.machine), a.items(1), a.machine)))
    },
    Native("unpack(format, buffer, /)", "The values in bytes.",
      example: "struct.unpack('<h', b'\\x01\\x00')"
    ) { a in try whole(parse(a[0], a.machine), a[1], a.machine) },
    Native("unpack_from(format, /, buffer, offset=0)", "The values in bytes, from an offset on.",
      example: "struct.unpack_from('<h', b'\\x00\\x01\\x00', 1)"
    ) { a in try part(parse(a[0], a.machine), a[1], a.size(2), a.machine) },
    Native("iter_unpack(format, buffer, /)", "The values of one structure after the other.",
      example: "list(struct.iter_unpack('<h', b'\\x01\\x00\\x02\\x00'))"
    ) { a in try each(parse(a[0], a.machine), a[1], a.machine) },
    Native("calcsize(format, /)", "How many bytes a format takes.", example: "struct.calcsize('<ih')") {
      a in .int(try parse(a[0], a.machine).size)
    },
  ]

  // MARK: - Struct objects

  private final class StructObject: Instance {
    var format = Format()
    var text: Value = .none
  }

  private static let structure = TypeTable(
    "Struct", module: "struct", doc: "A format, read once.", showsModule: true,
    allocate: { StructObject($0) },
    properties: [
      NativeProperty("size", "How many bytes it takes.") { value, _ in
        .int((value.asInstance as? StructObject)?.format.size ?? 0)
      },
      NativeProperty("format", "The format.") { value, _ in
        (value.asInstance as? StructObject)?.text ?? .none
      },
    ],
    methods: [
      Native("__init__(self, format)", "Reads a format.") { a in
        let own: StructObject = try a.receiver()
        own.format = try parse(a[1], a.machine)
        own.text = a[1]
        return .none
      },
      Native("pack(self, /, *values)", "Values as bytes.") { a in
        let own: StructObject = try a.receiver()
        return .object(BytesObject(try pack(own.format, a.items(1), a.machine)))
      },
      Native("unpack(self, buffer, /)", "The values in bytes.") { a in
        let own: StructObject = try a.receiver()
        return try whole(own.format, a[1], a.machine)
      },
      Native("unpack_from(self, /, buffer, offset=0)", "The values from an offset on.") { a in
        let own: StructObject = try a.receiver()
        return try part(own.format, a[1], a.size(2), a.machine)
      },
      Native("iter_unpack(self, buffer, /)", "The values of one structure after the other.") { a in
        let own: StructObject = try a.receiver()
        return try each(own.format, a[1], a.machine)
      },
    ])
}

/// Numbers of 16 bits (IEEE 754 binary16).
enum HalfFloat {
  /// The nearest, halves to even; infinite beyond the range.
  static func bits(of number: Double) -> UInt16 {
    let sign: UInt16 = number.sign == .minus ? 0x8000 : 0
    let size = number.magnitude
    if size.isNaN { return sign | 0x7E00 }
    if size >= 65520 { return sign | 0x7C00 }
    // In units of the last place: 2^-24 below the normal numbers.
    let exponent = size < 0x1p-14 ? -14 : Int(size.exponent)
    let units = (size * Double(sign: .plus, exponent: 10 - exponent, significand: 1))
      .rounded(.toNearestOrEven)
    let mantissa = UInt32(units)
    // A carry out of the mantissa lands in the exponent, as it should.
    let biased = UInt32(exponent + 14)
    return sign | UInt16(truncatingIfNeeded: (biased << 10) + mantissa)
  }

  static func double(of bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let mantissa = Double(bits & 0x3FF)
    let size: Double =
      exponent == 31
      ? (mantissa == 0 ? .infinity : .nan)
      : exponent == 0
        ? mantissa * 0x1p-24
        : (1 + mantissa / 1024) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
    return bits & 0x8000 == 0 ? size : -size
  }
}
