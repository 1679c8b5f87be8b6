import Glibc
import Language

/// Whole files for display objects and commands.
public enum TextFile {
  static let limit = 256 << 20

  public static func bytes(_ path: String) throws(Raise) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count == 0 { return result }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      result += buffer[..<count]
      if result.count > limit {
        throw Raise(.memoryError, "'\(path)' is larger than \(limit >> 20) MB")
      }
    }
  }

  public static func read(_ path: String) throws(Raise) -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }

  /// Writes a text into a file, over what is there or after it.
  public static func write(
    _ text: String, to path: String, appending: Bool = false
  ) throws(Raise) {
    try write(bytes: Array(text.utf8), to: path, appending: appending)
  }

  /// Writes bytes into a file, over what is there or after it.
  public static func write(
    bytes: [UInt8], to path: String, appending: Bool = false
  ) throws(Raise) {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
    let file = open(path, flags, 0o666)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.write(file, raw.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw failure(path)
      }
      offset += count
    }
  }

  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A path with `~` as the home folder.
  public static func expanded(_ path: String) -> String {
    guard path == "~" || path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
    return String(cString: home) + path.dropFirst()
  }

  private static func failure(_ path: String) -> Raise { SystemError.raise(errno, path) }
}

/// Base64 as MIME bundles carry pictures (RFC 4648, no line breaks).
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let a = bytes[index]
      let b = index + 1 < bytes.count ? bytes[index + 1] : 0
      let c = index + 2 < bytes.count ? bytes[index + 2] : 0
      result.append(letters[Int(a >> 2)])
      result.append(letters[Int((a & 3) << 4 | b >> 4)])
      result.append(index + 1 < bytes.count ? letters[Int((b & 15) << 2 | c >> 6)] : 0x3D)
      result.append(index + 2 < bytes.count ? letters[Int(c & 63)] : 0x3D)
      index += 3
    }
    return String(decoding: result, as: UTF8.self)
  }
}
