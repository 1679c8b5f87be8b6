import Compute

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Where bytes go, one after another: a file or memory.
public final class OutputBytes {
  private let descriptor: Int32
  private let path: String
  /// What was written, when this is memory.
  public private(set) var bytes: [UInt8] = []
  /// Bytes written so far.
  private(set) var count = 0

  /// Makes the file, or empties it.
  public init(path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileError.system(code: errno, path: path) }
  }

  /// Collects in `bytes`.
  public init() {
    descriptor = -1
    path = "<memory>"
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func write(_ part: UnsafeRawBufferPointer) throws {
    count += part.count
    if descriptor < 0 {
      try Memory.checkRoom(part.count)
      bytes.append(contentsOf: part)
      return
    }
    var done = 0
    while done < part.count {
      try Interrupt.check()
      guard let base = part.baseAddress else { return }
      let written = Self.put(descriptor, base + done, min(part.count - done, 1 << 24))
      if written < 0 {
        if errno == EINTR { continue }
        throw FileError.system(code: errno, path: path)
      }
      done += written
    }
  }

  private static func put(_ file: Int32, _ from: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, from, count)
    #else
      Darwin.write(file, from, count)
    #endif
  }

  public func write(_ part: [UInt8]) throws {
    try part.withUnsafeBytes { try write($0) }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }
}

/// Little-endian numbers at the end of a byte array, as all formats here have them.
extension [UInt8] {
  mutating func append<T: FixedWidthInteger>(little value: T) {
    for i in 0..<(T.bitWidth / 8) { append(UInt8(truncatingIfNeeded: value >> T(8 * i))) }
  }
}

/// Numbers in a byte array; nil past its end.
extension [UInt8] {
  func little<T: FixedWidthInteger>(_ type: T.Type, at place: Int) -> T? {
    let size = T.bitWidth / 8
    guard place >= 0, place <= count - size else { return nil }
    var value: T = 0
    for i in 0..<size { value |= T(truncatingIfNeeded: self[place + i]) << T(8 * i) }
    return value
  }
}
