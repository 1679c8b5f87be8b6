/// A string: UTF-8 bytes, with what is asked of them often kept beside them.
///
/// Positions are code points, as in Python; for ASCII text they are bytes, so that indexing costs
/// nothing. Swift's `String` is not used for the contents: its equality folds canonical equivalents
/// and its positions are grapheme clusters.
public final class StringObject: Object {
  @exclusivity(unchecked) public private(set) var bytes: [UInt8]
  /// The number of code points; -1 until somebody asks.
  @exclusivity(unchecked) private var scalarCount: Int
  /// 0 until somebody asks.
  @exclusivity(unchecked) private var hashCache: Int = 0
  /// The interned identity of the text as a name; 0 until somebody asks.
  @exclusivity(unchecked) private var nameCache: Int32 = 0

  public init(_ bytes: [UInt8], isASCII: Bool? = nil) {
    self.bytes = bytes
    scalarCount = isASCII == true ? bytes.count : -1
    super.init(kind: .string)
  }

  public convenience init(_ text: String) { self.init(Array(text.utf8)) }

  public var swiftString: String { String(decoding: bytes, as: UTF8.self) }

  /// The number of code points.
  @inline(__always) public var count: Int {
    if scalarCount >= 0 { return scalarCount }
    return countScalars()
  }

  private func countScalars() -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    scalarCount = count
    return count
  }

  @inline(__always) public var isASCII: Bool { count == bytes.count }

  var hash: Int {
    if hashCache != 0 { return hashCache }
    var hasher = UInt64(0xcbf2_9ce4_8422_2325)
    for byte in bytes { hasher = (hasher ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    hasher ^= hasher >> 29
    hashCache = Int(truncatingIfNeeded: hasher & 0x7fff_ffff_ffff_ffff) | 1
    return hashCache
  }

  var name: Name {
    if nameCache == 0 { nameCache = Name(swiftString).id }
    return Name(id: nameCache)
  }

  @inline(__always) func equals(_ other: StringObject) -> Bool {
    if self === other { return true }
    if bytes.count != other.bytes.count { return false }
    if hashCache != 0, other.hashCache != 0, hashCache != other.hashCache { return false }
    return bytes == other.bytes
  }

  /// The byte of a string of one ASCII character; -1 for all others.
  @inline(__always) var onlyByte: Int {
    bytes.count == 1 && bytes[0] < 0x80 ? Int(bytes[0]) : -1
  }

  @inline(__always) func hasPrefix(_ piece: StringObject) -> Bool {
    let count = piece.bytes.count
    if count > bytes.count { return false }
    for index in 0..<count where bytes[index] != piece.bytes[index] { return false }
    return true
  }

  @inline(__always) func hasSuffix(_ piece: StringObject) -> Bool {
    let count = piece.bytes.count
    let start = bytes.count - count
    if start < 0 { return false }
    for index in 0..<count where bytes[start + index] != piece.bytes[index] { return false }
    return true
  }

  /// Writes the bytes at `place`, which moves behind them.
  @inline(__always) func copy(to place: inout UnsafeMutablePointer<UInt8>) {
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { place.initialize(from: start, count: source.count) }
    }
    place += bytes.count
  }

  func contains(_ piece: StringObject) -> Bool {
    if piece.bytes.count == 1 {
      let wanted = piece.bytes[0]
      for byte in bytes where byte == wanted { return true }
      return false
    }
    return ByteSearch.contains(piece.bytes, in: bytes)
  }

  /// This string and another one; nil when they are longer together than `limit` bytes.
  func joined(_ other: StringObject, limit: Int) -> StringObject? {
    let size = bytes.count + other.bytes.count
    if size > limit { return nil }
    let both = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      bytes.withUnsafeBufferPointer { _ = buffer.initialize(from: $0) }
      other.bytes.withUnsafeBufferPointer {
        _ = UnsafeMutableBufferPointer(rebasing: buffer[bytes.count...]).initialize(from: $0)
      }
      count = size
    }
    let result = StringObject(both)
    if scalarCount >= 0, other.scalarCount >= 0 {
      result.scalarCount = scalarCount + other.scalarCount
    }
    return result
  }

  /// Whether all characters are letters, digits or spaces; nil when there are others than ASCII.
  func asciiTest(_ test: Shortcut) -> Bool? {
    if bytes.isEmpty { return false }
    for byte in bytes {
      let holds: Bool
      switch test {
      case .isAlphabetic: holds = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
      case .isDigit: holds = byte >= 0x30 && byte <= 0x39
      default: holds = byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
      }
      if byte >= 0x80 { return nil }
      if !holds { return false }
    }
    return true
  }

  /// Appends in place. Only for a string that nobody else holds.
  @inline(__always) func append(_ other: StringObject) {
    if scalarCount >= 0, other.scalarCount >= 0 {
      scalarCount += other.scalarCount
    } else {
      scalarCount = -1
    }
    bytes.append(contentsOf: other.bytes)
    hashCache = 0
    nameCache = 0
  }

  /// The byte offset of a code point; `index` lies in 0...count.
  func byteOffset(of index: Int) -> Int {
    if isASCII { return index }
    var remaining = index
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 {
        if remaining == 0 { return offset }
        remaining -= 1
      }
      offset += 1
    }
    return offset
  }

  /// The number of code points before a byte offset.
  func scalarIndex(ofByte offset: Int) -> Int {
    if isASCII { return offset }
    var count = 0
    for byte in bytes[..<min(offset, bytes.count)] where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The code point at `index`, which lies in 0..<count.
  func character(at index: Int) -> Value {
    if isASCII { return .object(StringObject.ascii[Int(bytes[index])]) }
    let start = byteOffset(of: index)
    return .object(StringObject.scalar(bytes, at: start))
  }

  /// The one-character string whose first byte is at `start`.
  static func scalar(_ bytes: [UInt8], at start: Int) -> StringObject {
    if bytes[start] < 0x80 { return ascii[Int(bytes[start])] }
    var end = start + 1
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let result = StringObject(Array(bytes[start..<end]))
    result.scalarCount = 1
    return result
  }

  /// The code points `lower..<upper`, both within 0...count.
  func slice(_ lower: Int, _ upper: Int) -> StringObject {
    if lower >= upper { return StringObject.empty }
    if isASCII {
      if upper - lower == 1 { return StringObject.ascii[Int(bytes[lower])] }
      if lower == 0, upper == bytes.count { return self }
      return StringObject(Array(bytes[lower..<upper]), isASCII: true)
    }
    let start = byteOffset(of: lower)
    var end = start
    var remaining = upper - lower
    while end < bytes.count {
      if bytes[end] & 0xC0 != 0x80 {
        if remaining == 0 { break }
        remaining -= 1
      }
      end += 1
    }
    let result = StringObject(Array(bytes[start..<end]))
    result.scalarCount = upper - lower
    return result
  }

  /// The code points, each as its scalar value.
  var scalars: [UInt32] {
    if isASCII { return bytes.map(UInt32.init) }
    return swiftString.unicodeScalars.map(\.value)
  }

  public nonisolated(unsafe) static let empty = Counting.shared(StringObject([], isASCII: true))
  /// The strings of one ASCII character.
  nonisolated(unsafe) static let ascii: [StringObject] = (0..<128).map {
    let string = Counting.shared(StringObject([UInt8($0)], isASCII: true))
    _ = string.hash
    return string
  }
}

/// Bytes, immutable.
public final class BytesObject: Object {
  public let bytes: [UInt8]
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    super.init(kind: .bytes)
  }
}
