import Compute

/// Named tensors in the safetensors format: a JSON header with name, dtype, shape and byte range of
/// each tensor, then their bytes without gaps.
///
/// The reader is as strict as the format's own: ranges must cover the data exactly once, sizes must
/// follow from shape and dtype, no key may come twice.
public enum Safetensors {
  /// Bytes of a header at most (the format's own bound).
  static let headerLimit = 100_000_000

  /// A file that is open: the header is read, tensors are read when they are asked for.
  public final class File {
    private let input: InputBytes
    private let entries: [SafetensorsHeader.Entry]
    private let places: [String: Int]
    private let start: Int
    /// What `__metadata__` holds, in order; nil without one.
    public let metadata: [(key: String, value: String)]?

    public init(_ input: InputBytes) throws {
      self.input = input
      guard let size = try input.bytes(at: 0, 8), let length = size.little(UInt64.self, at: 0) else {
        throw Safetensors.broken("header too small")
      }
      guard length <= UInt64(Safetensors.headerLimit) else { throw Safetensors.broken("header too large") }
      guard let bytes = try input.bytes(at: 8, Int(length)) else {
        throw Safetensors.broken("invalid header length \(length): the file has \(input.count) bytes")
      }
      let header = try SafetensorsHeader(bytes)
      entries = header.entries
      metadata = header.metadata
      start = 8 + Int(length)
      try Safetensors.checkRanges(entries, available: input.count - start)
      places = Dictionary(
        entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names in the order of the data.
    public var names: [String] { entries.map(\.name) }

    /// Reads one tensor; nil when there is none of that name.
    public func tensor(_ name: String) throws -> Tensor? {
      guard let place = places[name] else { return nil }
      let entry = entries[place]
      let range = (start + entry.begin)..<(start + entry.end)
      return try Tensor.read(
        entry.type, shape: entry.shape, from: PlainStream(input, range, format: .safetensors),
        format: .safetensors)
    }

    /// All tensors in the order of the data.
    public func tensors() throws -> [(name: String, tensor: Tensor)] {
      try entries.compactMap { entry in try tensor(entry.name).map { (entry.name, $0) } }
    }
  }

  public static func load(path: String) throws -> [(name: String, tensor: Tensor)] {
    try File(InputBytes(path: path)).tensors()
  }

  /// Writes tensors under their names, the widest dtypes first, then by name, as the original does.
  public static func save(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [(key: String, value: String)]? = nil,
    to output: OutputBytes
  ) throws {
    var header = "{"
    if let metadata {
      header += "\"__metadata__\":{"
      header += metadata.map { "\(SafetensorsHeader.quoted($0.key)):\(SafetensorsHeader.quoted($0.value))" }
        .joined(separator: ",")
      header += "}"
    }
    let sorted = try tensors.map { ($0.name, try $0.tensor.detached().contiguousData()) }.sorted {
      $0.1.dtype == $1.1.dtype
        ? Array($0.0.utf8).lexicographicallyPrecedes(Array($1.0.utf8))
        : rank($0.1.dtype) > rank($1.1.dtype)
    }
    if let wide = sorted.first(where: { $0.1.dtype == .complex128 }) {
      throw broken("the format has no complex128; '\(wide.0)' has it, convert it to complex64")
    }
    var place = 0
    var seen: Set<String> = []
    for (name, tensor) in sorted {
      guard seen.insert(name).inserted, name != "__metadata__" else {
        throw broken("the name '\(name)' cannot be used\(name == "__metadata__" ? "" : " twice")")
      }
      let end = place + tensor.count * tensor.dtype.size
      if header.utf8.count > 1 { header += "," }
      header += SafetensorsHeader.quoted(name)
      header += ":{\"dtype\":\"\(code(tensor.dtype))\",\"shape\":["
      header += tensor.shape.map(String.init).joined(separator: ",")
      header += "],\"data_offsets\":[\(place),\(end)]}"
      place = end
    }
    header += "}"
    var bytes = Array(header.utf8)
    while bytes.count % 8 != 0 { bytes.append(0x20) }
    var size: [UInt8] = []
    size.append(little: UInt64(bytes.count))
    try output.write(size + bytes)
    for (_, tensor) in sorted {
      try withExtendedLifetime(tensor) { try output.write(NumpyFile.contents(tensor)) }
    }
  }

  static func broken(_ what: String) -> FileError {
    .malformed(format: .safetensors, message: "Error while deserializing header: \(what)")
  }

  /// The ranges, which are in ascending order, must cover the data without gap or overlap.
  private static func checkRanges(_ entries: [SafetensorsHeader.Entry], available: Int) throws {
    var place = 0
    for entry in entries {
      guard entry.begin == place, entry.end >= entry.begin else {
        throw broken(
          "invalid offset for tensor `\(entry.name)`: it begins at \(entry.begin), expected \(place)")
      }
      let count = try Shape.count(entry.shape, "safetensors")
      let (bytes, overflow) = count.multipliedReportingOverflow(by: entry.type.size)
      guard !overflow, bytes == entry.end - entry.begin else {
        throw broken(
          "info data offsets mismatch: tensor `\(entry.name)` of shape \(entry.shape) has "
            + "\(entry.end - entry.begin) bytes, needed are \(bytes)")
      }
      place = entry.end
    }
    guard place == available else {
      throw broken("incomplete metadata, file not fully covered: \(place) of \(available) bytes")
    }
  }

  /// Where a dtype stands in the order of the writer (that of the format's list of dtypes).
  private static func rank(_ dtype: DType) -> Int {
    switch dtype {
    case .bool: 0
    case .uint8: 1
    case .float16: 8
    case .bfloat16: 9
    case .int32: 10
    case .float32: 12
    case .complex64: 13
    case .float64, .complex128: 14
    case .int64: 15
    case .int8: 2
    case .int16: 6
    case .uint16: 7
    case .uint32: 11
    }
  }

  private static func code(_ dtype: DType) -> String {
    switch dtype {
    case .bool: "BOOL"
    case .uint8: "U8"
    case .int32: "I32"
    case .float32: "F32"
    case .float64: "F64"
    case .int64: "I64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .complex64: "C64"
    case .int8: "I8"
    case .int16: "I16"
    case .uint16: "U16"
    case .uint32: "U32"
    case .complex128: "C128"  // never written: `save` refuses it
    }
  }
}

/// The header: exactly the JSON that the format allows, nothing more.
struct SafetensorsHeader {
  struct Entry {
    let name: String
    let type: StoredType
    let shape: [Int]
    let begin: Int
    let end: Int
  }

  /// In the order of the data.
  private(set) var entries: [Entry] = []
  private(set) var metadata: [(key: String, value: String)]?

  init(_ bytes: [UInt8]) throws {
    var reader = HeaderReader(bytes)
    var seen: Set<String> = []
    try reader.object { reader, key in
      guard seen.insert(key).inserted else { throw reader.broken("duplicate key `\(key)`") }
      if key == "__metadata__" {
        metadata = try Self.metadata(&reader)
      } else {
        entries.append(try Self.entry(key, &reader))
      }
    }
    try reader.end()
    // A stable order for tensors without elements, whose ranges are empty.
    let places = entries.enumerated().sorted {
      ($0.element.begin, $0.element.end, $0.offset) < ($1.element.begin, $1.element.end, $1.offset)
    }
    entries = places.map(\.element)
  }

  private static func metadata(_ reader: inout HeaderReader) throws -> [(key: String, value: String)] {
    var result: [(key: String, value: String)] = []
    var seen: Set<String> = []
    try reader.object { reader, key in
      guard seen.insert(key).inserted else { throw reader.broken("duplicate key `\(key)`") }
      result.append((key, try reader.string()))
    }
    return result
  }

  private static func entry(_ name: String, _ reader: inout HeaderReader) throws -> Entry {
    var type: StoredType?
    var shape: [Int]?
    var range: [Int]?
    try reader.object { reader, key in
      switch key {
      case "dtype" where type == nil:
        let text = try reader.string()
        guard let known = types[text] else {
          throw unread.contains(text)
            ? FileError.refused(
              format: .safetensors,
              message: "tensor `\(name)` has dtype \(text), which tensors here do not have")
            : reader.broken("unknown variant `\(text)` as dtype of `\(name)`")
        }
        type = known
      case "shape" where shape == nil: shape = try reader.integers()
      case "data_offsets" where range == nil: range = try reader.integers()
      default: throw reader.broken("field `\(key)` of `\(name)` is unknown or comes twice")
      }
    }
    guard let type, let shape, let range, range.count == 2 else {
      throw reader.broken("tensor `\(name)` lacks dtype, shape or data_offsets")
    }
    return Entry(name: name, type: type, shape: shape, begin: range[0], end: range[1])
  }

  private static let types: [String: StoredType] = [
    "BOOL": .same(.bool), "U8": .same(.uint8), "I8": .same(.int8),
    "I16": .same(.int16), "U16": .same(.uint16),
    "F16": .float16, "BF16": .bfloat16, "I32": .same(.int32), "U32": .same(.uint32), "F32": .same(.float32),
    "F64": .same(.float64), "I64": .same(.int64), "U64": .uint64,
  ]
  /// Types of the format without a widening.
  private static let unread: Set<String> = [
    "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "C64",
  ]

  /// A string of JSON.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}

/// Objects, strings and lists of whole numbers; three levels deep by the grammar, so no limit is due.
private struct HeaderReader {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func broken(_ what: String) -> FileError {
    Safetensors.broken("invalid JSON in header: \(what), at byte \(at)")
  }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[at]) { at += 1 }
  }

  private mutating func skip(_ letter: Unicode.Scalar) -> Bool {
    skipSpace()
    guard at < bytes.count, bytes[at] == UInt8(truncatingIfNeeded: letter.value) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ letter: Unicode.Scalar) throws {
    guard skip(letter) else { throw broken("'\(letter)' expected") }
  }

  mutating func end() throws {
    skipSpace()
    if at < bytes.count { throw broken("there is more behind the header") }
  }

  mutating func object(_ member: (inout HeaderReader, String) throws -> Void) throws {
    try expect("{")
    if skip("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try member(&self, key)
    } while skip(",")
    try expect("}")
  }

  mutating func integers() throws -> [Int] {
    try expect("[")
    var result: [Int] = []
    if skip("]") { return result }
    repeat {
      skipSpace()
      let start = at
      var value = 0
      while at < bytes.count, bytes[at] >= 0x30, bytes[at] <= 0x39 {
        let (tens, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tens.addingReportingOverflow(Int(bytes[at] - 0x30))
        if over || overflow { throw broken("a number is too large") }
        value = sum
        at += 1
      }
      guard at > start, at - start == 1 || bytes[start] != 0x30 else {
        throw broken("a whole number expected")
      }
      result.append(value)
      if result.count > Shape.maximalRank { throw broken("more than \(Shape.maximalRank) axes") }
    } while skip(",")
    try expect("]")
    return result
  }

  mutating func string() throws -> String {
    try expect("\"")
    var text: [UInt8] = []
    while true {
      guard at < bytes.count, bytes[at] >= 0x20 else { throw broken("a string does not end") }
      let byte = bytes[at]
      at += 1
      if byte == UInt8(ascii: "\"") { break }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
        continue
      }
      guard at < bytes.count else { throw broken("a string does not end") }
      let letter = bytes[at]
      at += 1
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "u"):
        var code = try unit()
        if code & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        {
          at += 2
          let low = try unit()
          guard low & 0xFC00 == 0xDC00 else { throw broken("a surrogate stands alone") }
          code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
        }
        guard let scalar = Unicode.Scalar(code) else { throw broken("a surrogate stands alone") }
        text += Array(String(Character(scalar)).utf8)
      default: throw broken("an unknown escape")
      }
    }
    guard let result = String(validating: text, as: UTF8.self) else { throw broken("invalid UTF-8") }
    return result
  }

  private mutating func unit() throws -> UInt32 {
    guard at + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw broken("four hexadecimal digits expected") }
    at += 4
    return value
  }
}
