/// The types of open files, as `open` gives them.
enum FileTypes {
  static let unsupportedOperation = TypeTable(
    "UnsupportedOperation", module: "io", doc: "A file cannot do what was asked.",
    baseName: "OSError")

  static let text = table("TextIOWrapper", "A file of text.")
  static let reader = table("BufferedReader", "A file of bytes, for reading.")
  static let writer = table("BufferedWriter", "A file of bytes, for writing.")
  static let random = table("BufferedRandom", "A file of bytes, for reading and writing.")

  private static func table(_ name: String, _ doc: String) -> TypeTable {
    TypeTable(
      name, module: "_io", doc: doc, isSubclassable: false, showsModule: true,
      properties: properties, methods: methods)
  }

  private static func file(_ value: Value) throws(Raise) -> FileObject {
    guard let file = value.asInstance as? FileObject else {
      throw Raise(.typeError, "a file is needed")
    }
    return file
  }

  private static let properties: [NativeProperty] = [
    NativeProperty("closed", "Whether the file is closed.") { value, _ in
      .bool(try file(value).isClosed)
    },
    NativeProperty("name", "The path that was opened.") { value, _ in try file(value).name },
    NativeProperty("mode", "How the file was opened.") { value, _ in
      .string(try file(value).mode.text)
    },
    NativeProperty("encoding", "How text is stored.") { value, machine in
      let file = try file(value)
      if !file.mode.isText { throw machine.noAttribute(value, "encoding") }
      return .string(file.mode.shownEncoding)
    },
    NativeProperty("errors", "What happens to text that cannot be decoded.") { value, _ in
      .string(try file(value).mode.errors)
    },
    NativeProperty("newlines", "The line ends seen; not kept here.") { _, _ in .none },
  ]

  /// A size argument: None and negative numbers mean everything.
  private static func limit(_ a: Arguments, _ index: Int) throws(Raise) -> Int? {
    if a[index].isNone { return nil }
    if a[index].asInt == nil, try a.machine.index(a[index]) == nil {
      throw Raise(
        .typeError,
        "argument should be integer or None, not '\(a.machine.typeName(a[index]))'")
    }
    let count = try a.machine.size(a[index])
    return count < 0 ? nil : count
  }

  private static let methods: [Native] = [
    Native("read(self, size=-1, /)", "What is left, or that many characters (bytes).") { a in
      let file = try file(a[0])
      try file.checkReadable(a.machine)
      let count = try limit(a, 1)
      if file.mode.isText { return .object(try file.readText(count, a.machine)) }
      return .object(BytesObject(try file.readBytes(count, a.machine)))
    },
    Native("readline(self, size=-1, /)", "The next line with its end; empty at the end.") { a in
      let file = try file(a[0])
      try file.checkReadable(a.machine)
      if let line = try file.readLine(limit: limit(a, 1), a.machine) { return line }
      return file.mode.isText ? .object(StringObject.empty) : .object(BytesObject([]))
    },
    Native("readlines(self, hint=-1, /)", "All lines that are left.") { a in
      let file = try file(a[0])
      try file.checkReadable(a.machine)
      let hint = try limit(a, 1)
      let lines = ListObject()
      var total = 0
      while let line = try file.readLine(a.machine) {
        lines.append(line)
        if let hint, hint > 0 {
          total += try a.machine.length(line) ?? 0
          if total >= hint { break }
        }
      }
      return .object(lines)
    },
    Native("write(self, data, /)", "Writes text (bytes); gives how much.") { a in
      let file = try file(a[0])
      try file.checkWritable(a.machine)
      return .int(try write(a[1], to: file, a.machine))
    },
    Native("writelines(self, lines, /)", "Writes several pieces.") { a in
      let file = try file(a[0])
      try file.checkWritable(a.machine)
      try a.machine.iterate(a[1]) { (line) throws(Raise) in
        _ = try write(line, to: file, a.machine)
      }
      return .none
    },
    Native("flush(self)", "Hands what was written to the system.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      try file.flush()
      return .none
    },
    Native("close(self)", "Writes what is waiting and closes the file.") { a in
      try file(a[0]).close()
      return .none
    },
    Native("tell(self)", "Where the file stands, in bytes.") { a in
      .int(try file(a[0]).tell())
    },
    Native("seek(self, offset, whence=0, /)", "Goes to a place: from start, here or end.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      let offset = try a.size(1)
      let whence = try a.size(2)
      guard (0...2).contains(whence) else {
        throw Raise(.valueError, "invalid whence (\(whence), should be 0, 1 or 2)")
      }
      if file.mode.isText, whence == 1 {
        if offset != 0 {
          throw Files.unsupported("can't do nonzero cur-relative seeks", a.machine)
        }
        return .int(try file.tell())
      }
      if file.mode.isText, whence == 2, offset != 0 {
        throw Files.unsupported("can't do nonzero end-relative seeks", a.machine)
      }
      if whence == 0, offset < 0 {
        throw Raise(.valueError, "negative seek position \(offset)")
      }
      if whence == 1 { return .int(try file.seek(file.tell() + offset, whence: 0)) }
      return .int(try file.seek(offset, whence: whence))
    },
    Native("truncate(self, size=None, /)", "Cuts the file at a size.") { a in
      let file = try file(a[0])
      try file.checkWritable(a.machine)
      let size = a[1].isNone ? try file.tell() : try a.size(1)
      try file.truncate(size)
      return .int(size)
    },
    Native("readable(self)", "Whether the file can be read.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      return .bool(file.mode.isReadable)
    },
    Native("writable(self)", "Whether the file can be written.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      return .bool(file.mode.isWritable)
    },
    Native("seekable(self)", "Whether the file has positions.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      return .bool(file.isSeekable)
    },
    Native("isatty(self)", "Whether the file is a terminal.") { a in
      .bool(try file(a[0]).isTerminal)
    },
    Native("fileno(self)", "The descriptor of the system.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      return .int(Int(file.descriptor))
    },
    Native("__enter__(self)", "The file itself.") { a in
      try file(a[0]).checkOpen()
      return a[0]
    },
    Native("__exit__(self, *exception)", "Closes the file.") { a in
      try file(a[0]).close()
      return .none
    },
    Native("__iter__(self)", "The lines.") { a in
      let file = try file(a[0])
      try file.checkOpen()
      let holder = a[0]
      return .object(
        NativeIterator(a.machine.typeName(a[0])) { (machine) throws(Raise) in
          let file = try Self.file(holder)
          try file.checkReadable(machine)
          return try file.readLine(machine) ?? .undefined
        })
    },
    Native("__next__(self)", "The next line.") { a in
      let file = try file(a[0])
      try file.checkReadable(a.machine)
      guard let line = try file.readLine(a.machine) else {
        throw Raise(.stopIteration, arguments: [])
      }
      return line
    },
    Native("__repr__(self)", "The file by name.") { a in
      let file = try file(a[0])
      let type = a.machine.typeName(a[0])
      let name = try a.machine.repr(file.name)
      if !file.mode.isText { return .string("<\(type) name=\(name)>") }
      return .string(
        "<\(type) name=\(name) mode='\(file.mode.text)' encoding='\(file.mode.shownEncoding)'>")
    },
  ]

  /// Writes a string or bytes as the mode wants; gives the number of characters or bytes.
  private static func write(
    _ value: Value, to file: FileObject, _ machine: Machine
  ) throws(Raise) -> Int {
    if file.mode.isText {
      guard let text = value.asString else {
        throw Raise(.typeError, "write() argument must be str, not \(machine.typeName(value))")
      }
      var bytes = text.bytes
      if let newline = file.mode.newline, newline.utf8.count > 0, newline.utf8.first == 0x0D {
        bytes = bytes.flatMap { $0 == 0x0A ? Array(newline.utf8) : [$0] }
      }
      if file.mode.encoding != "utf-8" {
        let source = Value.object(StringObject(bytes))
        let encoded = try machine.call(
          machine.attribute(source, "encode"),
          [.string(file.mode.encoding), .string(file.mode.errors)])
        if case .object(let object) = encoded, object.kind == .bytes {
          bytes = unsafeDowncast(object, to: BytesObject.self).bytes
        }
      }
      try file.write(bytes: bytes, machine)
      return text.count
    }
    guard let bytes = value.bytesLike else {
      throw Raise(
        .typeError, "a bytes-like object is required, not '\(machine.typeName(value))'")
    }
    try file.write(bytes: bytes, machine)
    return bytes.count
  }
}
