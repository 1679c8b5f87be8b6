#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `tempfile`: files and folders for a while.
enum TempfileModule {
  static let table = ModuleTable(
    "tempfile", doc: "Files and folders for a while.",
    entries: [
      .function(
        Native("gettempdir()", "The folder for such files.") { _ in .string(folder) }),
      .function(
        Native("mkdtemp(suffix=None, prefix=None, dir=None)", "A new folder, to be removed later.") {
          a in .string(try makeFolder(a, 0))
        }),
      .function(
        Native("mkstemp(suffix=None, prefix=None, dir=None, text=False)",
          "A new file: its descriptor and its path."
        ) { a in
          let (descriptor, path) = try makeFile(a, 0)
          return .tuple([.int(Int(descriptor)), .string(path)])
        }),
      .function(
        Native(
          "NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, "
            + "prefix=None, dir=None, delete=True)", "An open file with a name."
        ) { a in try openFile(a) }),
      .function(
        Native(
          "TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, "
            + "prefix=None, dir=None)", "An open file that vanishes when it is closed."
        ) { a in try openFile(a) }),
      .type(folderType),
    ])

  private static var folder: String {
    for name in ["TMPDIR", "TEMP", "TMP"] {
      if let path = FileSystem.variable(name), FileSystem.isDirectory(path) { return path }
    }
    return "/tmp"
  }

  /// A path with letters to fill in, and how many stand behind them.
  private static func pattern(_ a: Arguments, _ first: Int) throws(Raise) -> ([CChar], Int32) {
    let suffix = a[first].isNone ? "" : try a.string(first)
    let prefix = a[first + 1].isNone ? "tmp" : try a.string(first + 1)
    let place = a[first + 2].isNone ? folder : try SystemError.path(a[first + 2], a.machine, "")
    let text = try PathText.absolute(place) + "/" + prefix + "XXXXXX" + suffix
    return (text.utf8CString.map { $0 }, Int32(suffix.utf8.count))
  }

  private static func makeFile(_ a: Arguments, _ first: Int) throws(Raise) -> (Int32, String) {
    var (buffer, length) = try pattern(a, first)
    let descriptor = mkstemps(&buffer, length)
    if descriptor < 0 { throw SystemError.raise(errno, FileSystem.text(buffer)) }
    return (descriptor, FileSystem.text(buffer))
  }

  private static func makeFolder(_ a: Arguments, _ first: Int) throws(Raise) -> String {
    let suffix = a[first].isNone ? "" : try a.string(first)
    var (buffer, _) = try pattern(a, first)
    // `mkdtemp` of the C library wants its letters at the end.
    if suffix.isEmpty {
      guard mkdtemp(&buffer) != nil else { throw SystemError.raise(errno, FileSystem.text(buffer)) }
      return FileSystem.text(buffer)
    }
    let (descriptor, path) = try makeFile(a, first)
    Glibc.close(descriptor)
    try FileSystem.remove(path)
    try FileSystem.makeFolder(path, mode: 0o700)
    return path
  }

  private static func openFile(_ a: Arguments) throws(Raise) -> Value {
    let (descriptor, path) = try makeFile(a, 4)
    Glibc.close(descriptor)
    guard let open = a.machine.builtin("open") else { return .none }
    var mode = try a.string(0)
    if mode.contains("x") { mode = mode.replacing("x", with: "w") }
    let file = try a.machine.call(
      open, [.string(path), .string(mode)],
      keywords: [("encoding", a[2]), ("newline", a[3])].filter { !$0.1.isNone })
    let isKept: Bool
    if a.count > 7 { isKept = try !a.bool(7) } else { isKept = false }
    if a.function.name == "TemporaryFile" {
      try FileSystem.remove(path)
    } else if !isKept, let object = file.asInstance as? FileObject {
      object.removedWhenClosed = path
    }
    return file
  }

  private static let folderType = TypeTable(
    "TemporaryDirectory", module: "tempfile", doc: "A folder that is removed in the end.",
    methods: [
      Native("__init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False)",
        "Makes the folder."
      ) { a in
        a[0].asInstance?.setOwn("name", .string(try makeFolder(a, 1)))
        return .none
      },
      Native("__enter__(self)", "The path of the folder.") { a in
        a[0].asInstance?.own("name") ?? .none
      },
      Native("__exit__(self, *args)", "Removes the folder.") { a in
        try cleanUp(a)
        return .none
      },
      Native("cleanup(self)", "Removes the folder.") { a in
        try cleanUp(a)
        return .none
      },
      Native("__repr__(self)", "The path of the folder.") { a in
        let name = a[0].asInstance?.own("name") ?? .none
        return .string("<TemporaryDirectory \(try a.machine.repr(name))>")
      },
    ])

  private static func cleanUp(_ a: Arguments) throws(Raise) {
    guard let name = a[0].asInstance?.own("name")?.swiftString, FileSystem.exists(name) else {
      return
    }
    try ShutilModule.removeTree(name, a.machine)
  }
}
