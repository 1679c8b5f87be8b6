#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a `pathlib.Path` does with the file or folder that it names.
enum PathFiles {
  private static func own(_ a: Arguments) throws(Raise) -> PathObject { try PathlibModule.own(a) }

  private static func made(_ text: String, _ type: Value, _ machine: Machine) throws(Raise) -> Value {
    try machine.call(type, [.string(text)])
  }

  static let makers: [Native] = [
    Native("cwd(cls)", "The current folder.") { a in
      try made(FileSystem.currentFolder(), a[0], a.machine)
    },
    Native("home(cls)", "The home folder.") { a in
      try made(PathText.expandingUser("~"), a[0], a.machine)
    },
  ]

  /// Opens the file with the built-in `open`.
  private static func open(
    _ a: Arguments, _ mode: String, encoding: Value = .none, errors: Value = .none,
    newline: Value = .none
  ) throws(Raise) -> Value {
    guard let function = a.machine.builtin("open") else { return .none }
    var keywords: [(name: String, value: Value)] = []
    for (name, value) in [("encoding", encoding), ("errors", errors), ("newline", newline)]
    where !value.isNone {
      keywords.append((name, value))
    }
    return try a.machine.call(
      function, [.string(own(a).text), .string(mode)], keywords: keywords)
  }

  /// Calls a method of an open file, then closes the file whatever happened.
  private static func use(
    _ file: Value, _ method: String, _ arguments: [Value], _ machine: Machine
  ) throws(Raise) -> Value {
    let result: Value
    do throws(Raise) {
      result = try machine.call(machine.attribute(file, method), arguments)
    } catch {
      _ = try? machine.call(machine.attribute(file, "close"))
      throw error
    }
    _ = try machine.call(machine.attribute(file, "close"))
    return result
  }

  private static func question(
    _ name: String, _ doc: String, _ test: @escaping (FileSystem.Facts) -> Bool
  ) -> Native {
    Native("\(name)(self)", doc) { a in
      .bool(FileSystem.facts(try own(a).text, followingLinks: name != "is_symlink").map(test) ?? false)
    }
  }

  private static func glob(_ a: Arguments, recursive: Bool) throws(Raise) -> Value {
    let path = try own(a)
    var pattern = try a.string(1)
    if pattern.isEmpty {
      throw Raise(.valueError, "Unacceptable pattern: \(try a.machine.repr(a[1]))")
    }
    if pattern.hasPrefix("/") {
      throw Raise(.notImplementedError, "Non-relative patterns are unsupported")
    }
    if recursive { pattern = "**/" + pattern }
    // `**` alone means folders.
    let isFolders = pattern.hasSuffix("**")
    var seen: Set<String> = []
    var found = try Globbing.find(
      pattern, under: path.text == "." ? "" : path.text, recursive: true, hidden: true, a.machine)
    if isFolders {
      found = [""] + found.filter { FileSystem.isDirectory(PathText.join([path.text, $0])) }
    }
    let values = found.compactMap { name -> Value? in
      let text = PathText.join([path.text == "." ? "" : path.text, name].filter { !$0.isEmpty })
      return seen.insert(text).inserted ? PathlibModule.make(text, like: path) : nil
    }
    return try a.machine.iterator(.list(values))
  }

  static let methods: [Native] = [
    Native("exists(self)", "Whether there is such a file or folder.") { a in
      .bool(FileSystem.exists(try own(a).text))
    },
    question("is_file", "Whether it is a file.") { $0.isFile },
    question("is_dir", "Whether it is a folder.") { $0.isDirectory },
    question("is_symlink", "Whether it is a link.") { $0.isLink },
    Native("stat(self)", "Facts about the file.") { a in
      let path = try own(a).text
      guard let facts = FileSystem.facts(path) else { throw SystemError.raise(errno, path) }
      return OSModule.statValue(facts, a.machine)
    },
    Native("open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None)",
      "Opens the file."
    ) { a in try open(a, a.string(1), encoding: a[3], errors: a[4], newline: a[5]) },
    Native("read_text(self, encoding=None, errors=None)", "The whole text of the file.") { a in
      try use(open(a, "r", encoding: a[1], errors: a[2]), "read", [], a.machine)
    },
    Native("read_bytes(self)", "All bytes of the file.") { a in
      try use(open(a, "rb"), "read", [], a.machine)
    },
    Native("write_text(self, data, encoding=None, errors=None, newline=None)",
      "Makes a text the content of the file."
    ) { a in
      guard a[1].asString != nil else {
        throw Raise(.typeError, "data must be str, not \(a.machine.typeName(a[1]))")
      }
      return try use(
        open(a, "w", encoding: a[2], errors: a[3], newline: a[4]), "write", [a[1]], a.machine)
    },
    Native("write_bytes(self, data)", "Makes bytes the content of the file.") { a in
      guard a[1].bare.kind == .bytes else {
        throw Raise(
          .typeError, "memoryview: a bytes-like object is required, not "
            + "'\(a.machine.typeName(a[1]))'")
      }
      return try use(open(a, "wb"), "write", [a[1]], a.machine)
    },
    Native("mkdir(self, mode=511, parents=False, exist_ok=False)", "Makes the folder.") { a in
      let path = try own(a).text
      let mode = UInt32(clamping: try a.size(1)) & 0o7777
      if try a.bool(2) {
        try FileSystem.makeFolders(path, existsOK: a.bool(3), mode: mode)
        return .none
      }
      do {
        try FileSystem.makeFolder(path, mode: mode)
      } catch {
        if try !a.bool(3) || !FileSystem.isDirectory(path) { throw error }
      }
      return .none
    },
    Native("rmdir(self)", "Removes the folder, which is empty.") { a in
      try FileSystem.removeFolder(own(a).text)
      return .none
    },
    Native("unlink(self, missing_ok=False)", "Removes the file.") { a in
      do {
        try FileSystem.remove(own(a).text)
      } catch let error as Raise {
        if try !a.bool(1) || !a.machine.isException(error, .fileNotFoundError) { throw error }
      }
      return .none
    },
    Native("touch(self, mode=438, exist_ok=True)", "Makes the file, or sets its time to now.") { a in
      let path = try own(a).text
      if try !a.bool(2), FileSystem.exists(path) { throw SystemError.raise(EEXIST, path) }
      let descriptor = Glibc.open(path, O_CREAT | O_WRONLY | O_CLOEXEC, mode_t(0o666))
      if descriptor < 0 { throw SystemError.raise(errno, path) }
      Glibc.close(descriptor)
      utimensat(AT_FDCWD, path, nil, 0)
      return .none
    },
    Native("rename(self, target)", "Renames the file and gives the new path.") { a in
      let path = try own(a)
      let target = try SystemError.path(a[1], a.machine, "")
      try FileSystem.rename(path.text, target)
      return PathlibModule.make(target, like: path)
    },
    Native("replace(self, target)", "Renames the file, over another if need be.") { a in
      let path = try own(a)
      let target = try SystemError.path(a[1], a.machine, "")
      try FileSystem.rename(path.text, target)
      return PathlibModule.make(target, like: path)
    },
    Native("iterdir(self)", "The paths in the folder.") { a in
      let path = try own(a)
      let base = path.text == "." ? "" : path.text
      let values = try FileSystem.names(in: path.text).map {
        PathlibModule.make(PathText.join([base, $0].filter { !$0.isEmpty }), like: path)
      }
      return try a.machine.iterator(.list(values))
    },
    Native("glob(self, pattern)", "The paths below that fit a pattern.") { a in
      try glob(a, recursive: false)
    },
    Native("rglob(self, pattern)", "The paths at any depth below that fit a pattern.") { a in
      try glob(a, recursive: true)
    },
    Native("absolute(self)", "The path from the root.") { a in
      let path = try own(a)
      if path.text.hasPrefix("/") { return a[0] }
      return PathlibModule.make(
        PathText.join([try FileSystem.currentFolder(), path.text]), like: path)
    },
    Native("resolve(self, strict=False)", "The path from the root, without links and dots.") { a in
      let path = try own(a)
      if let found = realpath(path.text, nil) {
        defer { free(found) }
        return PathlibModule.make(String(cString: found), like: path)
      }
      if try a.bool(1) { throw SystemError.raise(errno, path.text) }
      return PathlibModule.make(try PathText.absolute(path.text), like: path)
    },
    Native("expanduser(self)", "The path with ~ replaced by the home folder.") { a in
      let path = try own(a)
      return PathlibModule.make(PathText.expandingUser(path.text), like: path)
    },
    Native("samefile(self, other_path)", "Whether both paths lead to one file.") { a in
      let first = try own(a).text
      let second = try SystemError.path(a[1], a.machine, "")
      guard let x = FileSystem.facts(first) else { throw SystemError.raise(errno, first) }
      guard let y = FileSystem.facts(second) else { throw SystemError.raise(errno, second) }
      return .bool(x.inode == y.inode && x.device == y.device)
    },
  ]
}
