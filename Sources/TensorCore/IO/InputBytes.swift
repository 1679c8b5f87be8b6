import Compute

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes that can be read from any place: a file or memory.
///
/// A file is read, not mapped: one that another program shortens meanwhile would kill the process.
public final class InputBytes {
  private enum Kind {
    case file(Int32)
    case memory([UInt8])
  }

  private let kind: Kind
  /// The path, or what stands for it in errors.
  public let name: String
  /// Bytes in all.
  public let count: Int

  /// - Throws: `FileError.system` for a file that is not there, a folder, a device or a pipe.
  public init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError.system(code: errno, path: path) }
    var info = stat()
    let code: Int32 =
      fstat(descriptor, &info) != 0
      ? errno : info.st_mode & S_IFMT == S_IFDIR ? EISDIR : info.st_mode & S_IFMT == S_IFREG ? 0 : ESPIPE
    guard code == 0 else {
      close(descriptor)
      throw FileError.system(code: code, path: path)
    }
    kind = .file(descriptor)
    name = path
    count = Int(info.st_size)
  }

  public init(_ bytes: [UInt8], name: String = "<bytes>") {
    kind = .memory(bytes)
    self.name = name
    count = bytes.count
  }

  deinit {
    if case .file(let descriptor) = kind { close(descriptor) }
  }

  /// Reads up to `wanted` bytes from `place` on; gives how many there were.
  func read(
    at place: Int, upTo wanted: Int, into target: UnsafeMutableRawPointer
  ) throws -> Int {
    guard place >= 0, wanted > 0, place < count else { return 0 }
    let length = min(wanted, count - place)
    switch kind {
    case .memory(let bytes):
      bytes.withUnsafeBytes { source in
        if let base = source.baseAddress { target.copyMemory(from: base + place, byteCount: length) }
      }
      return length
    case .file(let descriptor):
      var done = 0
      while done < length {
        try Interrupt.check()
        // In pieces, so that an interrupt is heard while a large file is read.
        let got = pread(
          descriptor, target + done, min(length - done, 1 << 24), off_t(place + done))
        if got < 0 {
          if errno == EINTR { continue }
          throw FileError.system(code: errno, path: name)
        }
        if got == 0 { break }
        done += got
      }
      return done
    }
  }

  /// Exactly `wanted` bytes from `place` on, or nil when there are fewer.
  ///
  /// - Throws: `MemoryError` when they would not fit beside what is in use.
  func bytes(at place: Int, _ wanted: Int) throws -> [UInt8]? {
    guard wanted >= 0, place >= 0, place <= count, wanted <= count - place else { return nil }
    try Memory.checkRoom(wanted)
    var got = 0
    let result = try [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      if let base = buffer.baseAddress, wanted > 0 {
        got = try read(at: place, upTo: wanted, into: UnsafeMutableRawPointer(base))
      }
      filled = got
    }
    return got == wanted ? result : nil
  }
}

extension Memory {
  /// Refuses what would not fit under the limit, before it is taken from elsewhere.
  static func checkRoom(_ count: Int) throws {
    let (used, most) = (inUse, limit)
    if count > most - used { throw MemoryError(requested: count, inUse: used, limit: most) }
  }
}

/// Bytes read one after another.
protocol ByteStream: AnyObject {
  /// Bytes that are left, as far as the file says.
  var remaining: Int { get }
  /// Reads exactly `count` bytes.
  ///
  /// - Throws: `FileError.ended` when there are fewer.
  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws
}

extension ByteStream {
  func bytes(_ count: Int) throws -> [UInt8] {
    try Memory.checkRoom(count)
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      if let base = buffer.baseAddress, count > 0 {
        try read(into: UnsafeMutableRawPointer(base), count)
      }
      filled = count
    }
  }
}

/// A range of an input as a stream.
final class PlainStream: ByteStream {
  private let input: InputBytes
  private let format: FileError.Format
  private var place: Int
  private let end: Int

  init(_ input: InputBytes, _ range: Range<Int>, format: FileError.Format) {
    self.input = input
    self.format = format
    place = range.lowerBound
    end = range.upperBound
  }

  var remaining: Int { max(0, end - place) }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws {
    let got = count <= remaining ? try input.read(at: place, upTo: count, into: target) : remaining
    guard got == count else {
      throw FileError.ended(
        format: format,
        message: "EOF: reading array data, expected \(count) bytes got \(got) (\(input.name))")
    }
    place += count
  }
}
