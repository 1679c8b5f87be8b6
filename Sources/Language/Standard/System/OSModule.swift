#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `os`: files, folders and the environment. Nothing that starts processes.
enum OSModule {
  static let table = ModuleTable(
    "os", doc: "Files, folders and the environment of the process.",
    entries: constants + changes + questions + [.type(statResult), .type(EnvironmentObject.table)])

  private static let constants: [ModuleEntry] = [
    .value(name: "name", doc: "The family of the operating system.") { _ in .string("posix") },
    .value(name: "sep", doc: "What separates the parts of a path.") { _ in .string("/") },
    .value(name: "altsep", doc: "Another separator: there is none.") { _ in .none },
    .value(name: "extsep", doc: "What begins an extension.") { _ in .string(".") },
    .value(name: "pathsep", doc: "What separates paths in a list.") { _ in .string(":") },
    .value(name: "linesep", doc: "What ends a line.") { _ in .string("\n") },
    .value(name: "curdir", doc: "The current folder.") { _ in .string(".") },
    .value(name: "pardir", doc: "The folder above.") { _ in .string("..") },
    .value(name: "devnull", doc: "The file that swallows everything.") { _ in
      .string("/dev/null")
    },
    .value(name: "environ", doc: "The environment as a mapping.") { machine in
      .object(EnvironmentObject.shared(machine))
    },
    .value(name: "error", doc: "The same as OSError.") { machine in
      .object(machine.types.exception(.osError))
    },
    .value(name: "PathLike", doc: "The class of objects that stand for paths.") { machine in
      .object(machine.type(pathLike))
    },
  ]

  static let pathLike = TypeTable(
    "PathLike", module: "os", doc: "Objects that stand for paths.",
    classMethods: [
      Native("__instancecheck__(cls, instance)", "Whether an object has __fspath__.") { a in
        .bool(a.machine.type(of: a[1]).lookup("__fspath__") != nil)
      }
    ])

  private static func path(
    _ a: Arguments, _ index: Int, _ function: String = ""
  ) throws(Raise) -> String {
    let prefix =
      function.isEmpty ? "" : "\(function): path should be string, bytes or os.PathLike, not "
    do {
      return try SystemError.path(a[index], a.machine, "")
    } catch {
      if prefix.isEmpty || !a.machine.isException(error, .typeError) { throw error }
      throw Raise(.typeError, prefix + a.machine.typeName(a[index]))
    }
  }

  // MARK: - Changes

  private static func change(
    _ signature: String, _ doc: String, _ body: @escaping (Arguments) throws -> Void
  ) -> ModuleEntry {
    .function(
      Native(signature, doc) { a in
        try body(a)
        return .none
      })
  }

  private static let changes: [ModuleEntry] = [
    change("mkdir(path, mode=511)", "Makes a folder.") { a in
      try FileSystem.makeFolder(path(a, 0, "mkdir"), mode: mode(a, 1))
    },
    change("makedirs(name, mode=511, exist_ok=False)", "Makes a folder and those above it.") { a in
      let name = try path(a, 0)
      try FileSystem.makeFolders(name, existsOK: a.bool(2), mode: mode(a, 1))
    },
    change("rmdir(path)", "Removes an empty folder.") { a in
      try FileSystem.removeFolder(path(a, 0, "rmdir"))
    },
    change("removedirs(name)", "Removes a folder and empty ones above it.") { a in
      var folder = try path(a, 0)
      try FileSystem.removeFolder(folder)
      while true {
        folder = PathText.split(folder).head
        if folder.isEmpty || (try? FileSystem.removeFolder(folder)) == nil { return }
      }
    },
    change("remove(path)", "Removes a file.") { a in try FileSystem.remove(path(a, 0, "remove")) },
    change("unlink(path)", "Removes a file.") { a in try FileSystem.remove(path(a, 0, "unlink")) },
    change("rename(src, dst)", "Renames a file or folder.") { a in
      try FileSystem.rename(path(a, 0, "rename"), path(a, 1, "rename"))
    },
    change("replace(src, dst)", "Renames a file, over another if need be.") { a in
      try FileSystem.rename(path(a, 0, "replace"), path(a, 1, "replace"))
    },
    change("chdir(path)", "Makes a folder the current one.") { a in
      if Glibc.chdir(try path(a, 0, "chdir")) != 0 { throw SystemError.raise(errno, a[0]) }
    },
    change("symlink(src, dst)", "Makes a link.") { a in
      if Glibc.symlink(try path(a, 0), try path(a, 1)) != 0 {
        throw SystemError.raise(errno, a[0], a[1])
      }
    },
    change("utime(path, times=None)", "Sets when a file was read and changed.") { a in
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      var times = [now, now]
      if !a[1].isNone {
        let pair = try a.machine.array(a[1])
        guard pair.count == 2 else {
          throw Raise(.typeError, "utime: 'times' must be either a tuple of two ints or None")
        }
        for index in 0..<2 {
          let seconds = try a.machine.realNumber(pair[index])
          guard seconds.magnitude < 1e15 else {
            throw Raise(.overflowError, "timestamp out of range for platform time_t")
          }
          let whole = seconds.rounded(.down)
          times[index] = timespec(tv_sec: Int(whole), tv_nsec: Int((seconds - whole) * 1e9))
        }
      }
      if utimensat(AT_FDCWD, try path(a, 0), times, 0) != 0 { throw SystemError.raise(errno, a[0]) }
    },
  ]

  private static func mode(_ a: Arguments, _ index: Int) throws(Raise) -> UInt32 {
    UInt32(clamping: try a.size(index)) & 0o7777
  }

  // MARK: - Questions

  private static let questions: [ModuleEntry] = [
    .function(
      Native("getcwd()", "The current folder.", example: "os.getcwd()") { _ in
        .string(try FileSystem.currentFolder())
      }),
    .function(
      Native("listdir(path=None)", "The names in a folder.", example: "len(os.listdir('.')) >= 0")
      { a in
        do {
          let folder = a[0].isNone ? "." : try SystemError.path(a[0], a.machine, "")
          return .list(try FileSystem.names(in: folder).map { .string($0) })
        } catch let error as Raise {
          if a.machine.isException(error, .typeError) {
            throw Raise(
              .typeError,
              "listdir: path should be string, bytes, os.PathLike, integer or None, not "
                + a.machine.typeName(a[0]))
          }
          throw error
        }
      }),
    .function(
      Native("walk(top, topdown=True, onerror=None, followlinks=False)",
        "Folders below a folder: (path, folders, files) of each."
      ) { a in
        try walk(path(a, 0), topDown: a.bool(1), followsLinks: a.bool(3), a.machine)
      }),
    .function(
      Native("scandir(path=None)", "The entries of a folder, with their paths and kinds.") { a in
        let folder = a[0].isNone ? "." : try path(a, 0)
        let names = try FileSystem.names(in: folder)
        var index = 0
        let iterator = NativeIterator("ScandirIterator") { (machine) throws(Raise) in
          guard index < names.count else { return .undefined }
          index += 1
          let entry = Instance(machine.type(directoryEntry))
          entry.setOwn("name", .string(names[index - 1]))
          entry.setOwn("path", .string(PathText.join([folder, names[index - 1]])))
          return .object(entry)
        }
        let result = Instance(a.machine.type(scan))
        result.setOwn("_iterator", .object(iterator))
        return .object(result)
      }),
    .function(
      Native("stat(path, *, follow_symlinks=True)", "The facts about a file.") { a in
        guard let facts = FileSystem.facts(try path(a, 0, "stat"), followingLinks: try a.bool(1))
        else { throw SystemError.raise(errno, a[0]) }
        return statValue(facts, a.machine)
      }),
    .function(
      Native("getenv(key, default=None)", "A variable of the environment.",
        example: "os.getenv('MISSING', 'none')"
      ) { a in
        guard let key = a[0].asString else {
          throw Raise(.typeError, "str expected, not \(a.machine.typeName(a[0]))")
        }
        return EnvironmentObject.shared(a.machine).variables[key] ?? a[1]
      }),
    .function(
      Native("fspath(path)", "The text of a path.") { a in
        .string(try SystemError.path(a[0], a.machine, ""))
      }),
    .function(Native("getpid()", "The number of this process.") { _ in .int(Int(getpid())) }),
    .function(
      Native("cpu_count()", "The number of processors.", example: "os.cpu_count() > 0") { _ in
        .int(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
      }),
    .function(
      Native("urandom(size, /)", "Random bytes of the system.") { a in
        let count = try a.size(0)
        if count < 0 { throw Raise(.valueError, "negative argument not allowed") }
        try a.machine.charge(count, "the random bytes")
        var generator = SystemRandomNumberGenerator()
        return .object(BytesObject((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }))
      }),
    .function(
      Native("access(path, mode)", "Whether a file may be used so.") { a in
        .bool(Glibc.access(try path(a, 0), Int32(clamping: try a.size(1))) == 0)
      }),
    .value(name: "F_OK", doc: "For access: exists.") { _ in .int(0) },
    .value(name: "R_OK", doc: "For access: may be read.") { _ in .int(4) },
    .value(name: "W_OK", doc: "For access: may be written.") { _ in .int(2) },
    .value(name: "X_OK", doc: "For access: may be run.") { _ in .int(1) },
  ]

  private static func walk(
    _ top: String, topDown: Bool, followsLinks: Bool, _ machine: Machine
  ) throws(Raise) -> Value {
    func list(_ folder: String) -> (Value, ListObject)? {
      guard let names = try? FileSystem.names(in: folder) else { return nil }
      let folders = ListObject()
      let files = ListObject()
      for name in names {
        if FileSystem.isDirectory(PathText.join([folder, name])) {
          folders.append(.string(name))
        } else {
          files.append(.string(name))
        }
      }
      return (.tuple([.string(folder), .object(folders), .object(files)]), folders)
    }
    func below(_ folder: String, _ folders: ListObject) -> [String] {
      folders.items.compactMap { name in
        guard let name = name.swiftString else { return nil }
        let path = PathText.join([folder, name])
        if !followsLinks, FileSystem.facts(path, followingLinks: false)?.isLink ?? false { return nil }
        return path
      }
    }
    // Top down: what the program leaves in the list of folders is visited next.
    var stack: [(path: String, ready: Value?)] = [(top, nil)]
    var last: (String, ListObject)?
    return .object(
      NativeIterator("generator") { (machine) throws(Raise) in
        if topDown, let (folder, folders) = last {
          last = nil
          for path in below(folder, folders).reversed() { stack.append((path, nil)) }
        }
        while let (folder, ready) = stack.popLast() {
          try machine.poll()
          if let ready { return ready }
          guard let (entry, folders) = list(folder) else { continue }
          if topDown {
            last = (folder, folders)
            return entry
          }
          stack.append((folder, entry))
          for path in below(folder, folders).reversed() { stack.append((path, nil)) }
        }
        return .undefined
      })
  }

  private static let scan = TypeTable(
    "ScandirIterator", module: "posix", doc: "The entries of a folder.", isSubclassable: false,
    methods: [
      Native("__iter__(self)", "The entries.") { a in
        a[0].asInstance?.own("_iterator") ?? .none
      },
      Native("__next__(self)", "The next entry.") { a in
        let entry = try a.machine.next(a[0].asInstance?.own("_iterator") ?? .none)
        if entry.isUndefined { throw Raise(.stopIteration, arguments: []) }
        return entry
      },
      Native("__enter__(self)", "The iterator itself.") { a in a[0] },
      Native("__exit__(self, *exception)", "Does nothing.") { _ in .none },
      Native("close(self)", "Does nothing.") { _ in .none },
    ])

  private static let directoryEntry = TypeTable(
    "DirEntry", module: "posix", doc: "An entry of a folder.", isSubclassable: false,
    methods: [
      Native("is_file(self, *, follow_symlinks=True)", "Whether it is a file.") { a in
        .bool(facts(a)?.isFile ?? false)
      },
      Native("is_dir(self, *, follow_symlinks=True)", "Whether it is a folder.") { a in
        .bool(facts(a)?.isDirectory ?? false)
      },
      Native("is_symlink(self)", "Whether it is a link.") { a in
        let path = a[0].asInstance?.own("path")?.swiftString ?? ""
        return .bool(FileSystem.facts(path, followingLinks: false)?.isLink ?? false)
      },
      Native("stat(self, *, follow_symlinks=True)", "The facts about it.") { a in
        guard let facts = facts(a) else { throw SystemError.raise(errno, a[0].asInstance?.own("path") ?? .none) }
        return statValue(facts, a.machine)
      },
      Native("__fspath__(self)", "Its path.") { a in a[0].asInstance?.own("path") ?? .none },
      Native("__repr__(self)", "The entry by name.") { a in
        .string("<DirEntry \(try a.machine.repr(a[0].asInstance?.own("name") ?? .none))>")
      },
    ])

  private static func facts(_ a: Arguments) -> FileSystem.Facts? {
    FileSystem.facts(a[0].asInstance?.own("path")?.swiftString ?? "")
  }

  // MARK: - stat

  private static let statNames = [
    "st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime",
    "st_mtime", "st_ctime",
  ]

  static let statResult = TypeTable(
    "stat_result", module: "os", doc: "The facts about a file.", isSubclassable: false,
    baseName: "tuple",
    properties: statNames.enumerated().map { index, name in
      NativeProperty(name, "A fact about the file.") { value, _ in
        guard let tuple = value.asTuple else { return .none }
        // The times stand behind as floats, as CPython keeps them.
        let place = index >= 7 ? index + 3 : index
        return place < tuple.count ? tuple[place] : .none
      }
    },
    methods: [
      Native("__repr__(self)", "The facts by name.") { a in
        let items = a[0].asTuple?.items ?? []
        let parts = statNames.enumerated().map { index, name in
          "\(name)=\(index < items.count ? items[index].asInt ?? 0 : 0)"
        }
        return .string("os.stat_result(\(parts.joined(separator: ", ")))")
      },
      Native("__len__(self)", "The number of facts.") { _ in .int(10) },
    ])

  static func statValue(_ facts: FileSystem.Facts, _ machine: Machine) -> Value {
    func whole(_ seconds: Double) -> Value { .int(Int(exactly: seconds.rounded(.down)) ?? 0) }
    let tuple = TupleObject([
      .int(Int(facts.mode)), .int(facts.inode), .int(facts.device), .int(facts.links),
      .int(facts.user), .int(facts.group), .int(facts.size), whole(facts.accessed),
      whole(facts.modified), whole(facts.changed), .float(facts.accessed),
      .float(facts.modified), .float(facts.changed),
    ])
    tuple.subclass = machine.type(statResult)
    return .object(tuple)
  }
}
