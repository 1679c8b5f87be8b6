#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A string: UTF-8 bytes, with what is asked of them often kept beside them.
///
/// Positions are code points, as in Python; for ASCII text they are bytes, so that indexing costs
/// nothing. Swift's `String` is not used for the contents: its equality folds canonical equivalents
/// and its positions are grapheme clusters.
///
/// Short texts stand in the object itself: most strings of a program are words, and a second piece of
/// memory would double what they cost.
public final class StringObject: Object {
  /// The bytes, wherever they are; valid as long as the object lives and is not appended to.
  @exclusivity(unchecked) private(set) var start: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) public private(set) var byteCount: Int
  /// The bytes of a text that is too long to stand in the object; empty otherwise.
  @exclusivity(unchecked) private var long: [UInt8]
  /// The number of code points; -1 until somebody asks.
  @exclusivity(unchecked) private var scalarCount: Int
  /// 0 until somebody asks.
  @exclusivity(unchecked) private var hashCache: Int = 0
  /// The interned identity of the text as a name; 0 until somebody asks.
  @exclusivity(unchecked) private var nameCache: Int32 = 0
  /// Only reached through `start`.
  @exclusivity(unchecked) private var place: (UInt64, UInt64, UInt64) = (0, 0, 0)

  static let shortLimit = 24
  /// Where `place` lies in the object; `layoutHolds` checks.
  private static let placeOffset = 72

  /// A text whose bytes `fill` writes.
  @inline(__always)
  init(count: Int, isASCII: Bool = false, _ fill: (UnsafeMutablePointer<UInt8>) -> Void) {
    byteCount = count
    scalarCount = isASCII ? count : -1
    // Set next, when the object has a place.
    start = UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped
    long = []
    super.init(kind: .string)
    if count <= StringObject.shortLimit {
      start = ownPlace
      fill(start)
    } else {
      adopt(
        [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
          if let base = buffer.baseAddress { fill(base) }
          used = count
        })
    }
  }

  public init(_ bytes: [UInt8], isASCII: Bool? = nil) {
    byteCount = bytes.count
    scalarCount = isASCII == true ? bytes.count : -1
    start = UnsafeMutablePointer(bitPattern: 8).unsafelyUnwrapped
    long = []
    super.init(kind: .string)
    if bytes.count <= StringObject.shortLimit {
      start = ownPlace
      bytes.withUnsafeBufferPointer { source in
        if let base = source.baseAddress { start.update(from: base, count: source.count) }
      }
    } else {
      adopt(bytes)
    }
  }

  /// A copy of `count` bytes.
  convenience init(copying source: UnsafePointer<UInt8>, count: Int, isASCII: Bool = false) {
    self.init(count: count, isASCII: isASCII) { $0.update(from: source, count: count) }
  }

  public convenience init(_ text: String) { self.init(Array(text.utf8)) }

  @inline(__always) private var ownPlace: UnsafeMutablePointer<UInt8> {
    (Unmanaged.passUnretained(self).toOpaque() + StringObject.placeOffset)
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The storage of an array does not move while nobody writes to the array.
  private func adopt(_ bytes: [UInt8]) {
    long = bytes
    findLong()
  }

  @inline(__always) private func findLong() {
    long.withUnsafeBufferPointer { buffer in
      if let base = buffer.baseAddress { start = UnsafeMutablePointer(mutating: base) }
    }
  }

  /// Whether `placeOffset` is right.
  static func layoutHolds() -> Bool {
    let probe = StringObject("a")
    let raw = UnsafeRawPointer(Unmanaged.passUnretained(probe).toOpaque())
    let offset = withUnsafeMutablePointer(to: &probe.place) { UnsafeRawPointer($0) - raw }
    return offset == placeOffset && MemoryLayout.size(ofValue: probe.place) == shortLimit
  }

  /// The bytes as an array: a copy for short texts.
  public var bytes: [UInt8] {
    byteCount > StringObject.shortLimit
      ? long : Array(UnsafeBufferPointer(start: start, count: byteCount))
  }

  /// The bytes where they stand; only within the body of `withExtendedLifetime`, a borrow or the like.
  @inline(__always) var view: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: byteCount)
  }

  public var swiftString: String { String(decoding: view, as: UTF8.self) }

  /// The number of code points.
  @inline(__always) public var count: Int {
    if scalarCount >= 0 { return scalarCount }
    return countScalars()
  }

  private func countScalars() -> Int {
    var count = 0
    for byte in view where byte & 0xC0 != 0x80 { count += 1 }
    scalarCount = count
    return count
  }

  @inline(__always) public var isASCII: Bool { count == byteCount }

  var hash: Int {
    if hashCache != 0 { return hashCache }
    var hasher = UInt64(0xcbf2_9ce4_8422_2325)
    for byte in view { hasher = (hasher ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
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
    if byteCount != other.byteCount { return false }
    if hashCache != 0, other.hashCache != 0, hashCache != other.hashCache { return false }
    return memcmp(start, other.start, byteCount) == 0
  }

  /// Below, at or above 0 as the first stands before, at or behind the second: by code points, which
  /// UTF-8 orders as bytes.
  static func order(_ left: StringObject, _ right: StringObject) -> Int {
    let order = memcmp(left.start, right.start, min(left.byteCount, right.byteCount))
    return order != 0 ? Int(order) : left.byteCount - right.byteCount
  }

  /// The byte of a string of one ASCII character; -1 for all others.
  @inline(__always) var onlyByte: Int {
    byteCount == 1 && start[0] < 0x80 ? Int(start[0]) : -1
  }

  @inline(__always) func hasPrefix(_ piece: StringObject) -> Bool {
    piece.byteCount <= byteCount && memcmp(start, piece.start, piece.byteCount) == 0
  }

  @inline(__always) func hasSuffix(_ piece: StringObject) -> Bool {
    piece.byteCount <= byteCount
      && memcmp(start + (byteCount - piece.byteCount), piece.start, piece.byteCount) == 0
  }

  /// Writes the bytes at `place`, which moves behind them.
  @inline(__always) func copy(to place: inout UnsafeMutablePointer<UInt8>) {
    place.update(from: start, count: byteCount)
    place += byteCount
  }

  func contains(_ piece: StringObject) -> Bool {
    if piece.byteCount == 1 { return memchr(start, Int32(piece.start[0]), byteCount) != nil }
    return ByteSearch.contains(piece.bytes, in: bytes)
  }

  /// This string and another one; nil when they are longer together than `limit` bytes.
  func joined(_ other: StringObject, limit: Int) -> StringObject? {
    let size = byteCount + other.byteCount
    if size > limit { return nil }
    let result = StringObject(count: size) { place in
      var place = place
      copy(to: &place)
      other.copy(to: &place)
    }
    if scalarCount >= 0, other.scalarCount >= 0 {
      result.scalarCount = scalarCount + other.scalarCount
    }
    return result
  }

  /// Whether all characters are letters, digits or spaces; nil when there are others than ASCII.
  func asciiTest(_ test: Shortcut) -> Bool? {
    if byteCount == 0 { return false }
    for byte in view {
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
    let size = byteCount + other.byteCount
    if size <= StringObject.shortLimit {
      (start + byteCount).update(from: other.start, count: other.byteCount)
    } else {
      appendLong(other)
    }
    byteCount = size
    hashCache = 0
    nameCache = 0
  }

  private func appendLong(_ other: StringObject) {
    if byteCount <= StringObject.shortLimit {
      long.reserveCapacity(max(64, byteCount + other.byteCount))
      long.append(contentsOf: view)
    }
    long.append(contentsOf: other.view)
    findLong()
  }

  /// The byte offset of a code point; `index` lies in 0...count.
  func byteOffset(of index: Int) -> Int {
    if isASCII { return index }
    var remaining = index
    var offset = 0
    while offset < byteCount {
      if start[offset] & 0xC0 != 0x80 {
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
    for index in 0..<min(offset, byteCount) where start[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The code point at `index`, which lies in 0..<count.
  func character(at index: Int) -> Value {
    if isASCII { return .object(StringObject.ascii[Int(start[index])]) }
    return .object(scalar(at: byteOffset(of: index)))
  }

  /// The one-character string whose first byte is at `offset`.
  func scalar(at offset: Int) -> StringObject {
    if start[offset] < 0x80 { return StringObject.ascii[Int(start[offset])] }
    var end = offset + 1
    while end < byteCount, start[end] & 0xC0 == 0x80 { end += 1 }
    let result = StringObject(copying: start + offset, count: end - offset)
    result.scalarCount = 1
    return result
  }

  /// The bytes `lower..<upper`, which begin and end between code points.
  func piece(_ lower: Int, _ upper: Int) -> StringObject {
    StringObject(copying: start + lower, count: upper - lower, isASCII: isASCII)
  }

  /// The code points `lower..<upper`, both within 0...count.
  func slice(_ lower: Int, _ upper: Int) -> StringObject {
    if lower >= upper { return StringObject.empty }
    if isASCII {
      if upper - lower == 1 { return StringObject.ascii[Int(start[lower])] }
      if lower == 0, upper == byteCount { return self }
      return StringObject(copying: start + lower, count: upper - lower, isASCII: true)
    }
    let first = byteOffset(of: lower)
    var end = first
    var remaining = upper - lower
    while end < byteCount {
      if start[end] & 0xC0 != 0x80 {
        if remaining == 0 { break }
        remaining -= 1
      }
      end += 1
    }
    let result = StringObject(copying: start + first, count: end - first)
    result.scalarCount = upper - lower
    return result
  }

  /// The code points, each as its scalar value.
  var scalars: [UInt32] {
    if isASCII { return view.map(UInt32.init) }
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
  @inline(__always) public var byteCount: Int { bytes.count }
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    super.init(kind: .bytes)
  }
}
