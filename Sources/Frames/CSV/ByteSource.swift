import Glibc

/// Where bytes come from, block by block: a file or memory. A file is read, not mapped: a mapped
/// file that another program shortens meanwhile would kill the process.
struct ByteSource {
  private enum Kind {
    case file(descriptor: Int32)
    case memory([UInt8], position: Int)
  }

  private var kind: Kind
  let path: String
  /// Bytes in all, where known; an estimate to reserve memory by.
  let size: Int?

  /// Opens a file. A pipe or a device is read whole at once, since a second pass may be needed.
  ///
  /// - Throws: `fileNotFound`, `isDirectory`, `notReadable`.
  init(path: String) throws(FrameError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .fileNotFound(path: path) : .notReadable(path: path, reason: Self.reason())
    }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else {
      let reason = Self.reason()
      close(descriptor)
      throw .notReadable(path: path, reason: reason)
    }
    switch info.st_mode & S_IFMT {
    case S_IFDIR:
      close(descriptor)
      throw .isDirectory(path: path)
    case S_IFREG:
      kind = .file(descriptor: descriptor)
      size = Int(info.st_size)
    default:
      defer { close(descriptor) }
      let bytes = try Self.readAll(descriptor, path: path)
      kind = .memory(bytes, position: 0)
      size = bytes.count
    }
  }

  init(bytes: [UInt8], name: String) {
    kind = .memory(bytes, position: 0)
    path = name
    size = bytes.count
  }

  static func reason() -> String { String(cString: strerror(errno)) }

  private static func readAll(_ descriptor: Int32, path: String) throws(FrameError) -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .notReadable(path: path, reason: reason())
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
    }
  }

  /// Reads up to `count` bytes; 0 at the end.
  mutating func read(
    into target: UnsafeMutablePointer<UInt8>, count: Int
  ) throws(FrameError) -> Int {
    switch kind {
    case .file(let descriptor):
      while true {
        let got = Glibc.read(descriptor, target, count)
        if got >= 0 { return got }
        if errno != EINTR { throw .notReadable(path: path, reason: Self.reason()) }
      }
    case .memory(let bytes, let position):
      let got = min(count, bytes.count - position)
      bytes.withUnsafeBufferPointer { source in
        if let base = source.baseAddress, got > 0 {
          target.update(from: base + position, count: got)
        }
      }
      kind = .memory(bytes, position: position + got)
      return got
    }
  }

  /// Back to the first byte, for the second pass.
  mutating func rewind() throws(FrameError) {
    switch kind {
    case .file(let descriptor):
      guard lseek(descriptor, 0, SEEK_SET) == 0 else {
        throw .notReadable(path: path, reason: Self.reason())
      }
    case .memory(let bytes, _):
      kind = .memory(bytes, position: 0)
    }
  }

  func finish() {
    if case .file(let descriptor) = kind { close(descriptor) }
  }
}
