import Glibc
import JupyterProtocol
import Synchronization

/// What native code writes to the descriptors 1 and 2, which no `print` of the language does: a
/// library's warning, the runtime's last words. It belongs to the cell that runs, and also still goes
/// to where the descriptors pointed, for the server's log.
final class NativeOutput: Sendable {
  /// Where standard error went, for lines that are no cell's.
  let standardError: Int32
  private let streams: [Stream]

  private struct Stream: Sendable {
    let name: StreamName
    let reading: Int32
    let original: Int32
  }

  private let isHandling = Atomic(0)
  private static let patience = 0.1

  /// Takes both descriptors; nil when the system has no descriptors left.
  init?() {
    var streams: [Stream] = []
    for (name, descriptor) in [(StreamName.stdout, STDOUT_FILENO), (.stderr, STDERR_FILENO)] {
      var ends: [Int32] = [-1, -1]
      let original = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
      guard original >= 0, pipe(&ends) == 0 else { return nil }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      fflush(nil)
      guard dup2(ends[1], descriptor) >= 0 else { return nil }
      close(ends[1])
      streams.append(Stream(name: name, reading: ends[0], original: original))
    }
    self.streams = streams
    standardError = streams[1].original
  }

  /// Reads until the process ends, on the calling thread.
  /// - Parameter deliver: takes text for the cell that runs, if one does.
  func run(_ deliver: (StreamName, String) -> Void) {
    var items = streams.map { pollfd(fd: $0.reading, events: Int16(POLLIN), revents: 0) }
    var rest: [[UInt8]] = [[], []]
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if poll(&items, nfds_t(items.count), -1) < 0 {
        if errno == EINTR { continue }
        return
      }
      for (place, stream) in streams.enumerated() where items[place].revents != 0 {
        isHandling.add(1, ordering: .sequentiallyConsistent)
        defer { isHandling.subtract(1, ordering: .sequentiallyConsistent) }
        let count = read(stream.reading, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          items[place].fd = -1
          continue
        }
        let bytes = Array(chunk.prefix(count))
        writeAll(stream.original, bytes)
        let (text, left) = Self.wholeCharacters(rest[place] + bytes)
        rest[place] = left
        if !text.isEmpty { deliver(stream.name, text) }
      }
    }
  }

  /// Waits, but not for long, until what was written has been delivered. A cell that wrote nothing
  /// here pays for two questions to the system.
  func settle() {
    fflush(nil)
    let end = monotonicSeconds() + Self.patience
    while monotonicSeconds() < end {
      let isEmpty = streams.allSatisfy { stream in
        var count: Int32 = 0
        // FIONREAD, a macro that Swift does not see.
        return ioctl(stream.reading, UInt(0x541B), &count) != 0 || count == 0
      }
      if isEmpty, isHandling.load(ordering: .sequentiallyConsistent) == 0 { return }
      usleep(200)
    }
  }

  /// The characters that are whole, and the bytes of one that is not yet.
  static func wholeCharacters(_ bytes: [UInt8]) -> (text: String, rest: [UInt8]) {
    var end = bytes.count
    var back = 0
    // At most three bytes of a character can stand at the end without its last.
    while back < 3, end - back > 0 {
      let byte = bytes[end - back - 1]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
        if back + 1 < length { end -= back + 1 }
        break
      }
      back += 1
    }
    return (String(decoding: bytes[..<end], as: UTF8.self), Array(bytes[end...]))
  }
}
