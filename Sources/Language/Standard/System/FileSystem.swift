#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What modules ask of the file system, over the C library.
enum FileSystem {
  /// Facts about a file.
  struct Facts {
    let mode: UInt32
    let size: Int
    let modified: Double
    let accessed: Double
    let changed: Double
    let inode: Int
    let device: Int
    let links: Int
    let user: Int
    let group: Int
    var isDirectory: Bool { mode & 0o170000 == 0o040000 }
    var isFile: Bool { mode & 0o170000 == 0o100000 }
    var isLink: Bool { mode & 0o170000 == 0o120000 }
  }

  /// nil when there is no such file; `errno` says why.
  static func facts(_ path: String, followingLinks: Bool = true) -> Facts? {
    var info = stat()
    let result = followingLinks ? stat(path, &info) : lstat(path, &info)
    if result != 0 { return nil }
    func seconds(_ time: timespec) -> Double { Double(time.tv_sec) + Double(time.tv_nsec) / 1e9 }
    #if canImport(Glibc)
      let times = (info.st_mtim, info.st_atim, info.st_ctim)
    #else
      let times = (info.st_mtimespec, info.st_atimespec, info.st_ctimespec)
    #endif
    return Facts(
      mode: UInt32(info.st_mode), size: Int(info.st_size), modified: seconds(times.0),
      accessed: seconds(times.1), changed: seconds(times.2),
      inode: Int(truncatingIfNeeded: info.st_ino), device: Int(truncatingIfNeeded: info.st_dev),
      links: Int(truncatingIfNeeded: info.st_nlink), user: Int(info.st_uid),
      group: Int(info.st_gid))
  }

  static func exists(_ path: String) -> Bool { facts(path) != nil }
  static func isDirectory(_ path: String) -> Bool { facts(path)?.isDirectory ?? false }

  /// The names in a folder, without `.` and `..`, in the order of the system.
  static func names(in path: String) throws(Raise) -> [String] {
    guard let folder = opendir(path) else { throw SystemError.raise(errno, path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func makeFolder(_ path: String, mode: UInt32 = 0o777) throws(Raise) {
    if mkdir(path, mode_t(mode)) != 0 { throw SystemError.raise(errno, path) }
  }

  /// Makes a folder and those above it.
  static func makeFolders(_ path: String, existsOK: Bool, mode: UInt32 = 0o777) throws(Raise) {
    var (head, tail) = PathText.split(path)
    if tail.isEmpty { (head, tail) = PathText.split(head) }
    if !head.isEmpty, !tail.isEmpty, !exists(head) {
      try makeFolders(head, existsOK: true)
      if tail == "." { return }
    }
    if mkdir(path, mode_t(mode)) != 0 {
      let number = errno
      if !existsOK || !isDirectory(path) { throw SystemError.raise(number, path) }
    }
  }

  static func currentFolder() throws(Raise) -> String {
    var buffer = [CChar](repeating: 0, count: 4097)
    guard getcwd(&buffer, buffer.count) != nil else { throw SystemError.raise(errno) }
    return text(buffer)
  }

  /// The text of a NUL-terminated buffer.
  static func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func remove(_ path: String) throws(Raise) {
    if unlink(path) != 0 { throw SystemError.raise(errno, path) }
  }

  static func removeFolder(_ path: String) throws(Raise) {
    if rmdir(path) != 0 { throw SystemError.raise(errno, path) }
  }

  static func rename(_ source: String, _ target: String) throws(Raise) {
    if Glibc.rename(source, target) != 0 {
      throw SystemError.raise(errno, .string(source), .string(target))
    }
  }

  /// An environment variable; nil when it is not set.
  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
  }
}

/// Paths as text, with the rules of `os.path` on Unix.
enum PathText {
  static func join(_ parts: [String]) -> String {
    var result = parts.first ?? ""
    for part in parts.dropFirst() {
      if part.hasPrefix("/") {
        result = part
      } else if result.isEmpty || result.hasSuffix("/") {
        result += part
      } else {
        result += "/" + part
      }
    }
    return result
  }

  /// Folder and name.
  static func split(_ path: String) -> (head: String, tail: String) {
    let bytes = Array(path.utf8)
    let slash = bytes.lastIndex(of: 0x2F).map { $0 + 1 } ?? 0
    var head = String(decoding: bytes[..<slash], as: UTF8.self)
    let tail = String(decoding: bytes[slash...], as: UTF8.self)
    if !head.isEmpty, head.utf8.contains(where: { $0 != 0x2F }) {
      while head.hasSuffix("/") { head.removeLast() }
    }
    return (head, tail)
  }

  /// The part before the extension, and the extension with its dot.
  static func splitExtension(_ path: String) -> (root: String, ext: String) {
    let bytes = Array(path.utf8)
    let slash = bytes.lastIndex(of: 0x2F) ?? -1
    guard let dot = bytes.lastIndex(of: 0x2E), dot > slash else { return (path, "") }
    // Leading dots are part of the name.
    if !bytes[(slash + 1)..<dot].contains(where: { $0 != 0x2E }) { return (path, "") }
    return (
      String(decoding: bytes[..<dot], as: UTF8.self), String(decoding: bytes[dot...], as: UTF8.self)
    )
  }

  static func normalized(_ path: String) -> String {
    if path.isEmpty { return "." }
    var slashes = path.hasPrefix("/") ? 1 : 0
    if path.hasPrefix("//"), !path.hasPrefix("///") { slashes = 2 }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." || (slashes == 0 && parts.isEmpty) || parts.last == ".." {
        parts.append(part)
      } else if !parts.isEmpty {
        parts.removeLast()
      }
    }
    let result = String(repeating: "/", count: slashes) + parts.joined(separator: "/")
    return result.isEmpty ? "." : result
  }

  static func absolute(_ path: String) throws(Raise) -> String {
    if path.hasPrefix("/") { return normalized(path) }
    return normalized(join([try FileSystem.currentFolder(), path]))
  }

  /// `~` and `~user` replaced by a home folder.
  static func expandingUser(_ path: String) -> String {
    guard path.hasPrefix("~") else { return path }
    let name = path.prefix { $0 != "/" }.dropFirst()
    var home: String?
    if name.isEmpty {
      home = FileSystem.variable("HOME")
      if home == nil, let entry = getpwuid(getuid()) { home = String(cString: entry.pointee.pw_dir) }
    } else if let entry = getpwnam(String(name)) {
      home = String(cString: entry.pointee.pw_dir)
    }
    guard var home else { return path }
    while home.hasSuffix("/") { home.removeLast() }
    let result = home + path.dropFirst(name.utf8.count + 1)
    return result.isEmpty ? "/" : result
  }
}
