#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An open file: a descriptor with a read buffer and a write buffer, in text or binary mode.
///
/// Positions count bytes in both modes. Text is decoded line by line or as a whole, never across a
/// boundary inside a character: line ends are single bytes in every encoding that is taken here.
final class FileObject: Instance {
  /// What `open` was asked for.
  struct Mode {
    var isReadable = false
    var isWritable = false
    var isText = true
    var text = "r"
    var encoding = "utf-8"
    /// The encoding as the user wrote it: what `encoding` and `repr` show.
    var shownEncoding = "UTF-8"
    var errors = "strict"
    /// nil: all line ends are read as `\n`.
    var newline: String?
    /// 1: lines leave at once; 0: everything leaves at once.
    var buffering = -1
  }

  var mode = Mode()
  var name: Value = .none
  private(set) var descriptor: Int32 = -1
  private var buffer: [UInt8] = []
  /// The next byte of the buffer.
  private var cursor = 0
  private var pending: [UInt8] = []
  /// Where the descriptor stands.
  private var position = 0
  private static let blockSize = 1 << 16
  private static let pendingLimit = 8192

  /// A temporary file goes when it is closed.
  var removedWhenClosed: String?

  var isClosed: Bool { descriptor < 0 }

  func attach(_ descriptor: Int32, mode: Mode, name: Value) {
    self.descriptor = descriptor
    self.mode = mode
    self.name = name
    let at = lseek(descriptor, 0, SEEK_CUR)
    position = at > 0 ? Int(at) : 0
  }

  deinit {
    if descriptor >= 0 {
      _ = writePending()
      Glibc.close(descriptor)
      if let path = removedWhenClosed { unlink(path) }
    }
  }

  // MARK: - States

  func checkOpen() throws(Raise) {
    if isClosed { throw Raise(.valueError, "I/O operation on closed file.") }
  }

  func checkReadable(_ machine: Machine) throws(Raise) {
    try checkOpen()
    if !mode.isReadable {
      throw Files.unsupported(mode.isText ? "not readable" : "read", machine)
    }
    if !pending.isEmpty { try flush() }
  }

  func checkWritable(_ machine: Machine) throws(Raise) {
    try checkOpen()
    if !mode.isWritable {
      throw Files.unsupported(mode.isText ? "not writable" : "write", machine)
    }
  }

  func close() throws(Raise) {
    if isClosed { return }
    let failure = writePending()
    Glibc.close(descriptor)
    descriptor = -1
    if let path = removedWhenClosed { unlink(path) }
    buffer = []
    pending = []
    if let failure { throw SystemError.raise(failure) }
  }

  // MARK: - Bytes

  /// Reads another block behind what is still in the buffer; false at the end of the file.
  private func fill(_ machine: Machine) throws(Raise) -> Bool {
    if cursor > 0 {
      buffer.removeSubrange(..<cursor)
      cursor = 0
    }
    try machine.charge(buffer.count + FileObject.blockSize, "the contents of the file")
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: FileObject.blockSize))
    while true {
      try machine.poll()
      let count = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, bytes.baseAddress.map { $0 + start }, FileObject.blockSize)
      }
      if count < 0 {
        let number = errno
        if number == EINTR { continue }
        buffer.removeSubrange(start...)
        throw SystemError.raise(number)
      }
      buffer.removeSubrange((start + count)...)
      position += count
      return count > 0
    }
  }

  /// `count` bytes, or all that is left.
  func readBytes(_ count: Int?, _ machine: Machine) throws(Raise) -> [UInt8] {
    while count.map({ buffer.count - cursor < $0 }) ?? true {
      if try !fill(machine) { break }
    }
    let end = count.map { min(buffer.count, cursor + $0) } ?? buffer.count
    let result = Array(buffer[cursor..<end])
    cursor = end
    return result
  }

  /// The bytes up to and with the next `\n`; all that is left when there is none.
  func readLineBytes(limit: Int?, universal: Bool, _ machine: Machine) throws(Raise) -> [UInt8] {
    var scanned = 0
    while true {
      if let end = lineEnd(from: cursor + scanned, universal: universal) {
        return take(min(end, limit.map { cursor + $0 } ?? end))
      }
      scanned = max(0, buffer.count - cursor - 1)
      if let limit, buffer.count - cursor >= limit { return take(cursor + limit) }
      if try !fill(machine) { return take(buffer.count) }
    }
  }

  private func take(_ end: Int) -> [UInt8] {
    let line = Array(buffer[cursor..<min(end, buffer.count)])
    cursor = min(end, buffer.count)
    return line
  }

  /// The offset behind the next line end in the buffer; nil when more has to be read.
  private func lineEnd(from start: Int, universal: Bool) -> Int? {
    buffer.withUnsafeBufferPointer { bytes in
      var index = max(start, cursor)
      while index < bytes.count {
        if bytes[index] == 0x0A { return index + 1 }
        if universal, bytes[index] == 0x0D {
          // A line feed may follow: it is seen only with the next block.
          if index + 1 >= bytes.count { return nil }
          return bytes[index + 1] == 0x0A ? index + 2 : index + 1
        }
        index += 1
      }
      return nil
    }
  }

  func write(bytes: [UInt8], _ machine: Machine) throws(Raise) {
    dropReadBuffer()
    pending += bytes
    if pending.count > FileObject.pendingLimit || mode.buffering == 0
      || (mode.buffering == 1 && bytes.contains(0x0A))
    {
      try flush()
    }
  }

  /// Steps back over what was read ahead, so that writes land where the program is.
  private func dropReadBuffer() {
    if buffer.isEmpty { return }
    if cursor < buffer.count {
      position -= buffer.count - cursor
      lseek(descriptor, off_t(position), SEEK_SET)
    }
    buffer = []
    cursor = 0
  }

  /// Writes what is waiting; gives an error number when the system refuses.
  private func writePending() -> Int32? {
    var done = 0
    while done < pending.count {
      let count = pending.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      }
      if count < 0 {
        if errno == EINTR { continue }
        let number = errno
        pending = []
        return number
      }
      done += count
    }
    position += done
    pending.removeAll(keepingCapacity: true)
    return nil
  }

  func flush() throws(Raise) {
    if let number = writePending() { throw SystemError.raise(number) }
  }

  // MARK: - Positions

  func tell() throws(Raise) -> Int {
    try checkOpen()
    if mode.text.contains("a"), pending.isEmpty == false { try flush() }
    return position - (buffer.count - cursor) + pending.count
  }

  func seek(_ offset: Int, whence: Int) throws(Raise) -> Int {
    try checkOpen()
    try flush()
    dropReadBuffer()
    let origin: Int32 = whence == 0 ? SEEK_SET : whence == 1 ? SEEK_CUR : SEEK_END
    let result = lseek(descriptor, off_t(offset), origin)
    if result < 0 { throw SystemError.raise(errno) }
    position = Int(result)
    return position
  }

  func truncate(_ size: Int) throws(Raise) {
    try flush()
    dropReadBuffer()
    if ftruncate(descriptor, off_t(size)) != 0 { throw SystemError.raise(errno) }
  }

  var isSeekable: Bool { lseek(descriptor, 0, SEEK_CUR) >= 0 }
  var isTerminal: Bool { isatty(descriptor) == 1 }

  // MARK: - Text

  private var isUniversal: Bool { mode.newline == nil }

  func decode(_ bytes: [UInt8], _ machine: Machine) throws(Raise) -> StringObject {
    var bytes = bytes
    if isUniversal, bytes.contains(0x0D) { bytes = FileObject.unified(bytes) }
    if mode.encoding == "utf-8" {
      if bytes.allSatisfy({ $0 < 0x80 }) { return StringObject(bytes, isASCII: true) }
      if Files.isUTF8(bytes) { return StringObject(bytes) }
    }
    let method = try machine.attribute(.object(BytesObject(bytes)), "decode")
    let text = try machine.call(method, [.string(mode.encoding), .string(mode.errors)])
    return text.asString ?? StringObject.empty
  }

  private static func unified(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x0D {
        result.append(0x0A)
        if index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
      } else {
        result.append(bytes[index])
      }
      index += 1
    }
    return result
  }

  func readText(_ count: Int?, _ machine: Machine) throws(Raise) -> StringObject {
    guard let count else { return try decode(readBytes(nil, machine), machine) }
    // Characters are at least a byte: read that many, then what the last ones lack.
    var bytes: [UInt8] = []
    var characters = 0
    while characters < count {
      let more = try readBytes(count - characters, machine)
      if more.isEmpty { break }
      bytes += more
      if mode.encoding == "utf-8" || mode.encoding == "utf-8-sig" {
        while let last = try next(ifContinuationIn: bytes, machine) { bytes.append(last) }
      }
      if isUniversal, bytes.last == 0x0D, try peek(machine) == 0x0A {
        bytes += try readBytes(1, machine)
      }
      let kept = isUniversal ? FileObject.unified(bytes) : bytes
      characters =
        mode.encoding.hasPrefix("utf-8")
        ? kept.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } : kept.count
    }
    return try decode(bytes, machine)
  }

  private func peek(_ machine: Machine) throws(Raise) -> UInt8? {
    if cursor >= buffer.count, try !fill(machine) { return nil }
    return cursor < buffer.count ? buffer[cursor] : nil
  }

  /// The next byte when the text so far ends inside a character.
  private func next(
    ifContinuationIn bytes: [UInt8], _ machine: Machine
  ) throws(Raise) -> UInt8? {
    guard let next = try peek(machine), next & 0xC0 == 0x80, let last = bytes.last, last >= 0x80
    else { return nil }
    return try readBytes(1, machine).first
  }

  /// The next line with its end, nil at the end of the file.
  func readLine(limit: Int? = nil, _ machine: Machine) throws(Raise) -> Value? {
    let universal = mode.isText && mode.newline != "\n"
    let bytes = try readLineBytes(limit: limit, universal: universal, machine)
    if bytes.isEmpty { return nil }
    return mode.isText ? .object(try decode(bytes, machine)) : .object(BytesObject(bytes))
  }
}
