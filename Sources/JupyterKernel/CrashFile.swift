import Glibc
import Synchronization

/// The file that a crashed kernel leaves, beside its connection file: a manager that starts it again
/// does so with the same connection, and the new process says in its first cell what has happened.
///
///     11            the signal
///     4             the number of the cell that ran, then its text
///     model.fit(x)
///
/// A handler writes it, which may not allocate: the path and the text lie ready in plain memory.
enum CrashFile {
  /// Of the cell so much is kept, in bytes.
  private static let capacity = 4 << 10

  nonisolated(unsafe) private static var path: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static let text =
    UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  /// Bytes in `text`; 0 while no cell runs or the text changes.
  private static let count = Atomic(0)

  /// The crash file of a kernel with this connection file.
  static func name(connectionFile: String) -> String { connectionFile + ".crash" }

  /// Called before the handlers are installed.
  static func prepare(path: String) {
    self.path = strdup(path)
    // The first use of a static value takes a lock: not in a handler.
    _ = text
    _ = count.load(ordering: .relaxed)
  }

  /// A cell begins. On the evaluator thread.
  static func begin(_ code: String, executionCount: Int) {
    // Without a path this kernel is a part of another program, maybe not the only one.
    if path == nil { return }
    count.store(0, ordering: .releasing)
    var place = 0
    for byte in "\(executionCount)\n".utf8 {
      text[place] = byte
      place += 1
    }
    for byte in code.utf8.prefix(capacity - place) {
      text[place] = byte
      place += 1
    }
    count.store(place, ordering: .releasing)
  }

  /// The cell has ended.
  static func end() { count.store(0, ordering: .releasing) }

  /// Only calls that are allowed in a handler.
  static func write(signal: Int32) {
    guard let path else { return }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    var digits = (UInt8(0x30 + signal / 10 % 10), UInt8(0x30 + signal % 10), UInt8(0x0A))
    _ = Glibc.write(descriptor, &digits, 3)
    _ = Glibc.write(descriptor, text, count.load(ordering: .acquiring))
    close(descriptor)
  }

  /// Takes the file that the process before this one has left: what the person is told.
  static func take(_ path: String) -> String? {
    guard let bytes = readFile(path) else { return nil }
    unlink(path)
    let parts = String(decoding: bytes.prefix(2 * capacity), as: UTF8.self)
      .split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int32($0) }) else { return nil }
    var notice = "The kernel crashed (\(CrashReport.signalName(number))) and was started again; "
    notice += "its variables are lost. This is a defect of the kernel: please report it.\n"
    if parts.count == 3, let cell = Int(parts[1]) {
      notice += "The cell that ran was In [\(cell)]:\n"
      notice += parts[2].split(separator: "\n", omittingEmptySubsequences: false)
        .map { "    \($0)\n" }.joined()
    }
    return notice
  }
}
