import Compute

/// Arrays in NumPy's own format, `.npy` (numpy/lib/format.py: versions 1.0, 2.0, 3.0).
public enum NumpyFile {
  static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]
  /// NumPy refuses longer headers, which are dear to parse there; here it bounds the memory.
  static let headerLimit = 10_000

  /// Reads one array. Elements of types that tensors do not have are widened (float16 to float32,
  /// int8 to int32); an array in Fortran order comes as a transposed view.
  ///
  /// - Throws: `FileError` for anything else than one array of numbers, `MemoryError`.
  public static func load(_ input: InputBytes) throws -> Tensor { try load(input, from: 0).tensor }

  /// Reads the array that begins at a place of a file with several; gives where the next begins.
  public static func load(
    _ input: InputBytes, from start: Int
  ) throws -> (tensor: Tensor, end: Int) {
    if start >= input.count {
      throw FileError.ended(format: .npy, message: "No data left in file")
    }
    let stream = PlainStream(input, start..<input.count, format: .npy)
    let tensor = try read(stream)
    return (tensor, input.count - stream.remaining)
  }

  /// Whether a file is one: by its first bytes.
  public static func recognizes(_ input: InputBytes) throws -> Bool {
    try input.bytes(at: 0, min(magic.count, input.count)) == magic
  }

  /// All bytes of a file, for those who read its text.
  public static func contents(of input: InputBytes) throws -> [UInt8] {
    try input.bytes(at: 0, input.count) ?? []
  }

  static func read(_ stream: any ByteStream) throws -> Tensor {
    let header = try header(stream)
    guard header.isFortran, header.shape.count > 1 else {
      return try Tensor.read(
        header.type, shape: header.shape, from: stream, swapped: header.isSwapped, format: .npy)
    }
    return try Tensor.read(
      header.type, shape: header.shape.reversed(), from: stream, swapped: header.isSwapped,
      format: .npy
    ).reversedAxes
  }

  private static func header(_ stream: any ByteStream) throws -> NumpyHeader {
    func part(_ count: Int, _ what: String) throws -> [UInt8] {
      guard count <= stream.remaining else {
        throw FileError.ended(
          format: .npy,
          message: "EOF: reading \(what), expected \(count) bytes got \(stream.remaining)")
      }
      return try stream.bytes(count)
    }
    let start = try part(8, "magic string")
    guard start.starts(with: magic) else {
      throw FileError.malformed(
        format: .npy,
        message: "the magic string is not correct; expected b'\\x93NUMPY', got "
          + start.prefix(6).map { String($0, radix: 16) }.joined(separator: " "))
    }
    let length: Int
    switch (start[6], start[7]) {
    case (1, 0): length = Int(try part(2, "array header length").little(UInt16.self, at: 0) ?? 0)
    case (2, 0), (3, 0):
      length = Int(try part(4, "array header length").little(UInt32.self, at: 0) ?? 0)
    default:
      throw FileError.malformed(
        format: .npy,
        message: "Invalid version (\(start[6]), \(start[7])): 1.0, 2.0 and 3.0 are read")
    }
    if length > headerLimit {
      throw FileError.malformed(
        format: .npy,
        message: "Header info length (\(length)) is large and may not be safe to load securely: "
          + "at most \(headerLimit) bytes are read")
    }
    return try NumpyHeader(part(length, "array header"))
  }

  /// Writes one array, byte for byte as NumPy writes a C-ordered one.
  public static func save(_ tensor: Tensor, to output: OutputBytes) throws {
    let source = try tensor.detached().contiguousData()
    try output.write(header(source))
    try withExtendedLifetime(source) {
      try output.write(contents(source))
    }
  }

  static func contents(_ source: Tensor) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: source.pointer, count: source.count * source.dtype.size)
  }

  static func header(_ tensor: Tensor) -> [UInt8] {
    let sizes = tensor.shape.map(String.init)
    let shape = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var text =
      "{'descr': '\(NumpyHeader.code(tensor.dtype))', 'fortran_order': False, 'shape': \(shape), }"
    // Room for the first size to grow to 21 digits in place, then up to a multiple of 64.
    if let first = sizes.first { text += String(repeating: " ", count: 21 - first.utf8.count) }
    let fixed = magic.count + 2 + 2
    let padding = 64 - (fixed + text.utf8.count + 1) % 64
    text += String(repeating: " ", count: padding % 64) + "\n"
    var bytes = magic + [1, 0]
    bytes.append(little: UInt16(text.utf8.count))
    return bytes + Array(text.utf8)
  }
}

/// The header of an array: a literal of Python with exactly the keys descr, fortran_order and shape.
struct NumpyHeader {
  private(set) var type = StoredType.same(.float64)
  private(set) var isSwapped = false
  private(set) var isFortran = false
  private(set) var shape: [Int] = []

  init(_ bytes: [UInt8]) throws {
    var reader = LiteralReader(bytes)
    var seen: Set<String> = []
    try reader.expect("{")
    while !reader.skip("}") {
      let key = try reader.string()
      guard seen.insert(key).inserted else { throw reader.broken("the key '\(key)' comes twice") }
      try reader.expect(":")
      switch key {
      case "descr":
        if reader.next == UInt8(ascii: "[") {
          throw FileError.refused(
            format: .npy, message: "structured arrays are not read: save each field by itself")
        }
        (type, isSwapped) = try Self.type(reader.string())
      case "fortran_order": isFortran = try reader.truth()
      case "shape": shape = try reader.tuple()
      default: throw reader.broken("the key '\(key)' is unknown")
      }
      if !reader.skip(",") {
        try reader.expect("}")
        break
      }
    }
    guard seen.count == 3 else {
      throw reader.broken("Header does not contain the correct keys: \(seen.sorted())")
    }
    try reader.end()
  }

  static func code(_ dtype: DType) -> String {
    switch dtype {
    case .float32: "<f4"
    case .float64: "<f8"
    case .int64: "<i8"
    case .int32: "<i4"
    case .uint8: "|u1"
    case .bool: "|b1"
    case .float16: "<f2"
    case .bfloat16: "|V2"  // NumPy has no such dtype: two raw bytes, as ml_dtypes writes them
    case .complex64: "<c8"
    case .complex128: "<c16"
    case .int8: "|i1"
    case .int16: "<i2"
    case .uint16: "<u2"
    case .uint32: "<u4"
    }
  }

  private static func type(_ descr: String) throws -> (StoredType, swapped: Bool) {
    let isSwapped = descr.hasPrefix(">")
    let plain = descr.first.map { "<>=|".contains($0) } == true ? String(descr.dropFirst()) : descr
    let known: [String: StoredType] = [
      "f8": .same(.float64), "f4": .same(.float32), "f2": .same(.float16), "i8": .same(.int64),
      "i4": .same(.int32), "i2": .same(.int16), "i1": .same(.int8), "u8": .uint64,
      "u4": .same(.uint32), "u2": .same(.uint16), "c8": .same(.complex64), "c16": .same(.complex128),
      "u1": .same(.uint8), "b1": .same(.bool), "?": .same(.bool),
    ]
    if let type = known[plain] { return (type, isSwapped) }
    if plain.hasPrefix("O") {
      throw FileError.refused(
        format: .npy, message: "Object arrays cannot be loaded when allow_pickle=False")
    }
    let what =
      switch plain.first {
      case "U", "S", "a": "text"
      case "c": "complex numbers"
      case "M", "m": "dates"
      case "V": "raw records"
      default: "an unknown type"
      }
    throw FileError.refused(
      format: .npy, message: "the array has dtype '\(descr)', \(what); numbers and bools are read")
  }
}

/// The few literals of Python that a header consists of.
private struct LiteralReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func broken(_ what: String) -> FileError {
    .malformed(format: .npy, message: "Cannot parse header: \(what)")
  }

  private mutating func skipSpace() {
    while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x09 { at += 1 }
  }

  var next: UInt8? {
    mutating get {
      skipSpace()
      return at < bytes.count ? bytes[at] : nil
    }
  }

  mutating func skip(_ letter: Unicode.Scalar) -> Bool {
    guard next == UInt8(truncatingIfNeeded: letter.value) else { return false }
    at += 1
    return true
  }

  mutating func expect(_ letter: Unicode.Scalar) throws {
    guard skip(letter) else { throw broken("'\(letter)' expected at byte \(at)") }
  }

  mutating func end() throws {
    if next != nil { throw broken("there is more behind it, at byte \(at)") }
  }

  mutating func string() throws -> String {
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw broken("a string expected at byte \(at)")
    }
    at += 1
    let start = at
    while at < bytes.count, bytes[at] != quote { at += 1 }
    guard at < bytes.count else { throw broken("a string does not end") }
    at += 1
    return String(decoding: bytes[start..<(at - 1)], as: UTF8.self)
  }

  mutating func truth() throws -> Bool {
    for (word, value) in [("True", true), ("False", false)] where next != nil {
      if bytes[at...].starts(with: Array(word.utf8)) {
        at += word.utf8.count
        return value
      }
    }
    throw broken("fortran_order is not a valid bool")
  }

  mutating func tuple() throws -> [Int] {
    try expect("(")
    var sizes: [Int] = []
    while !skip(")") {
      var size = 0
      guard let first = next, first >= 0x30, first <= 0x39 else {
        throw broken("shape is not valid at byte \(at)")
      }
      while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 {
        let (tens, over) = size.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tens.addingReportingOverflow(Int(bytes[at] - 0x30))
        if over || overflow { throw broken("a size is too large") }
        size = sum
        at += 1
      }
      if at < bytes.count, bytes[at] == UInt8(ascii: "L") { at += 1 }  // written by Python 2
      sizes.append(size)
      if !skip(",") {
        try expect(")")
        break
      }
    }
    return sizes
  }
}
