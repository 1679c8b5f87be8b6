#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `shutil`: whole files and folders copied, moved and removed.
enum ShutilModule {
  static let table = ModuleTable(
    "shutil", doc: "Files and folders copied, moved and removed.",
    entries: rows.map { .function($0) } + [
      .value(name: "Error", doc: "A copy that cannot be made.") { machine in
        .object(machine.type(error))
      },
      .value(name: "SameFileError", doc: "A file cannot be copied to itself.") { machine in
        .object(machine.type(sameFile))
      },
    ])

  private static let error = TypeTable(
    "Error", module: "shutil", doc: "A copy that cannot be made.", baseName: "OSError")
  private static let sameFile = TypeTable(
    "SameFileError", module: "shutil", doc: "A file cannot be copied to itself.", base: error)

  private static func path(_ a: Arguments, _ index: Int) throws(Raise) -> String {
    try SystemError.path(a[index], a.machine, "")
  }

  /// Copies the bytes of a file.
  static func copyFile(
    _ source: String, _ target: String, _ machine: Machine
  ) throws(Raise) {
    let from = Glibc.open(source, O_RDONLY | O_CLOEXEC)
    if from < 0 { throw SystemError.raise(errno, source) }
    defer { Glibc.close(from) }
    guard let facts = FileSystem.facts(source) else { throw SystemError.raise(errno, source) }
    if facts.isDirectory { throw SystemError.raise(EISDIR, source) }
    if let other = FileSystem.facts(target), other.inode == facts.inode, other.device == facts.device
    {
      let exception = ExceptionObject(machine.type(sameFile))
      exception.arguments = [
        .string(
          "\(try machine.repr(.string(source))) and \(try machine.repr(.string(target))) are the "
            + "same file")
      ]
      throw Raise(exception)
    }
    let to = Glibc.open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(0o666))
    if to < 0 { throw SystemError.raise(errno, target) }
    defer { Glibc.close(to) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      try machine.poll()
      let count = read(from, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError.raise(errno, source)
      }
      if count == 0 { return }
      var start = 0
      while start < count {
        let written = buffer.withUnsafeBytes { bytes in
          bytes.baseAddress.map { write(to, $0 + start, count - start) } ?? -1
        }
        if written < 0 {
          if errno == EINTR { continue }
          throw SystemError.raise(errno, target)
        }
        start += written
      }
    }
  }

  /// Copies permissions, and times too where wanted.
  private static func copyFacts(_ source: String, _ target: String, times: Bool) {
    guard let facts = FileSystem.facts(source) else { return }
    chmod(target, mode_t(facts.mode & 0o7777))
    if times {
      func time(_ seconds: Double) -> timespec {
        timespec(
          tv_sec: Int(seconds), tv_nsec: Int((seconds - seconds.rounded(.down)) * 1e9))
      }
      utimensat(AT_FDCWD, target, [time(facts.accessed), time(facts.modified)], 0)
    }
  }

  private static func copy(_ a: Arguments, times: Bool) throws(Raise) -> Value {
    let source = try path(a, 0)
    var target = try path(a, 1)
    if FileSystem.isDirectory(target) {
      target = PathText.join([target, PathText.split(source).tail])
      try copyFile(source, target, a.machine)
      copyFacts(source, target, times: times)
      return .string(target)
    }
    try copyFile(source, target, a.machine)
    copyFacts(source, target, times: times)
    return a[1]
  }

  private static func copyTree(
    _ source: String, _ target: String, existsOK: Bool, _ machine: Machine
  ) throws(Raise) {
    let names = try FileSystem.names(in: source)
    try FileSystem.makeFolders(target, existsOK: existsOK)
    for name in names {
      try machine.poll()
      let from = PathText.join([source, name])
      let to = PathText.join([target, name])
      if FileSystem.isDirectory(from) {
        try machine.enterNative()
        defer { machine.nativeDepth -= 1 }
        try copyTree(from, to, existsOK: existsOK, machine)
      } else {
        try copyFile(from, to, machine)
        copyFacts(from, to, times: true)
      }
    }
    copyFacts(source, target, times: true)
  }

  static func removeTree(_ path: String, _ machine: Machine) throws(Raise) {
    guard let facts = FileSystem.facts(path, followingLinks: false) else {
      throw SystemError.raise(ENOENT, path)
    }
    if facts.isLink { throw Raise(.osError, "Cannot call rmtree on a symbolic link") }
    if !facts.isDirectory { throw SystemError.raise(ENOTDIR, path) }
    for name in try FileSystem.names(in: path) {
      try machine.poll()
      let item = PathText.join([path, name])
      if FileSystem.facts(item, followingLinks: false)?.isDirectory == true {
        try machine.enterNative()
        defer { machine.nativeDepth -= 1 }
        try removeTree(item, machine)
      } else {
        try FileSystem.remove(item)
      }
    }
    try FileSystem.removeFolder(path)
  }

  private static let usage = NamedTupleType(
    "usage", module: "shutil", fields: ["total", "used", "free"])

  private static let rows: [Native] = [
    Native("copyfile(src, dst)", "Copies the bytes of a file.") { a in
      try copyFile(path(a, 0), path(a, 1), a.machine)
      return a[1]
    },
    Native("copy(src, dst)", "Copies a file with its permissions; to a file or into a folder.") {
      a in try copy(a, times: false)
    },
    Native("copy2(src, dst)", "The same, with its times.") { a in try copy(a, times: true) },
    Native("copytree(src, dst, *, dirs_exist_ok=False)", "Copies a folder with all below it.") { a in
      try copyTree(path(a, 0), path(a, 1), existsOK: a.bool(2), a.machine)
      return a[1]
    },
    Native("rmtree(path, ignore_errors=False)", "Removes a folder with all below it.") { a in
      do {
        try removeTree(path(a, 0), a.machine)
      } catch let error as Raise {
        if try !a.bool(1) || !a.machine.isException(error, .osError) { throw error }
      }
      return .none
    },
    Native("move(src, dst)", "Moves a file or folder; to a name or into a folder.") { a in
      let source = try path(a, 0)
      var target = try path(a, 1)
      if FileSystem.isDirectory(target) {
        target = PathText.join([target, PathText.split(source).tail])
        if FileSystem.exists(target) {
          let exception = ExceptionObject(a.machine.type(error))
          exception.arguments = [.string("Destination path '\(target)' already exists")]
          throw Raise(exception)
        }
      }
      if Glibc.rename(source, target) != 0 {
        if errno != EXDEV { throw SystemError.raise(errno, .string(source), .string(target)) }
        // Another device: copied, then removed.
        if FileSystem.isDirectory(source) {
          try copyTree(source, target, existsOK: false, a.machine)
          try removeTree(source, a.machine)
        } else {
          try copyFile(source, target, a.machine)
          copyFacts(source, target, times: true)
          try FileSystem.remove(source)
        }
      }
      return .string(target)
    },
    Native("disk_usage(path)", "Total, used and free bytes of a disk.", example: "shutil.disk_usage('/').total > 0") {
      a in
      var info = statvfs()
      let place = try path(a, 0)
      if statvfs(place, &info) != 0 { throw SystemError.raise(errno, place) }
      let unit = Int(info.f_frsize)
      return usage.value(
        [
          .int(Int(info.f_blocks) * unit), .int((Int(info.f_blocks) - Int(info.f_bfree)) * unit),
          .int(Int(info.f_bavail) * unit),
        ], a.machine)
    },
    Native("which(cmd)", "The path of a command; None when there is none.", example: "shutil.which('sh')") {
      a in
      let name = try path(a, 0)
      if name.contains("/") { return access(name, X_OK) == 0 ? .string(name) : .none }
      for folder in (FileSystem.variable("PATH") ?? "").split(separator: ":") {
        let place = PathText.join([String(folder), name])
        if access(place, X_OK) == 0, FileSystem.facts(place)?.isFile == true {
          return .string(place)
        }
      }
      return .none
    },
    Native("get_terminal_size(fallback=(80, 24))", "Columns and lines of the terminal.") { a in
      let given = try a.machine.array(a[0])
      let size = NamedTupleType("terminal_size", module: "os", fields: ["columns", "lines"])
      let columns = FileSystem.variable("COLUMNS").flatMap(Int.init).map { Value.int($0) }
      return size.value(
        [columns ?? given.first ?? .int(80), given.last ?? .int(24)], a.machine)
    },
  ]
}
