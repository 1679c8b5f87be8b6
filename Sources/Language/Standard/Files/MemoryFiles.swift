/// `io.StringIO` and `io.BytesIO`: files in memory.
///
/// The contents are bytes (UTF-8 for text); positions of text count code points, which for ASCII are
/// the same.
final class MemoryFile: Instance {
  var bytes: [UInt8] = []
  /// The place in bytes.
  var cursor = 0
  var isText = true
  var isClosed = false
  var isASCII = true

  func checkOpen() throws(Raise) {
    if isClosed { throw Raise(.valueError, "I/O operation on closed file") }
  }

  /// The byte offset of a code point.
  func offset(of position: Int) -> Int {
    if !isText || isASCII { return position }
    var left = position
    var index = 0
    while index < bytes.count {
      if bytes[index] & 0xC0 != 0x80 {
        if left == 0 { return index }
        left -= 1
      }
      index += 1
    }
    return bytes.count + left
  }

  /// The position of a byte offset.
  func position(of offset: Int) -> Int {
    if !isText || isASCII { return offset }
    var count = 0
    for byte in bytes.prefix(offset) where byte & 0xC0 != 0x80 { count += 1 }
    return count + max(0, offset - bytes.count)
  }

  func value(_ part: ArraySlice<UInt8>) -> Value {
    isText ? .object(StringObject(Array(part))) : .object(BytesObject(Array(part)))
  }

  func read(_ count: Int?) -> Value {
    let start = min(cursor, bytes.count)
    guard let count else {
      cursor = max(cursor, bytes.count)
      return value(bytes[start...])
    }
    var end = min(bytes.count, start.addingReportingOverflow(count).overflow ? Int.max : start + count)
    if isText, !isASCII {
      end = start
      var left = count
      while end < bytes.count {
        if bytes[end] & 0xC0 != 0x80 {
          if left == 0 { break }
          left -= 1
        }
        end += 1
      }
    }
    if cursor < end { cursor = end }
    return value(bytes[start..<max(start, end)])
  }

  func readLine(_ limit: Int?) -> Value {
    let start = min(cursor, bytes.count)
    var end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    if let limit { end = min(end, offset(of: position(of: start) + limit)) }
    cursor = max(cursor, end)
    return value(bytes[start..<end])
  }

  /// Writes over what is there; gives the number of characters or bytes.
  func write(_ new: [UInt8], count: Int) {
    if isText, new.count != count { isASCII = false }
    if cursor > bytes.count {
      bytes += [UInt8](repeating: 0, count: cursor - bytes.count)
    }
    var end = min(bytes.count, cursor + new.count)
    if isText, !isASCII, cursor < bytes.count {
      end = min(bytes.count, offset(of: position(of: cursor) + count))
    }
    if cursor == bytes.count {
      bytes += new
    } else {
      bytes.replaceSubrange(cursor..<max(cursor, end), with: new)
    }
    cursor += new.count
  }
}

enum MemoryFiles {
  static let text = table("StringIO", "A file of text in memory.", isText: true)
  static let binary = table("BytesIO", "A file of bytes in memory.", isText: false)

  private static func table(_ name: String, _ doc: String, isText: Bool) -> TypeTable {
    TypeTable(
      name, module: "_io", doc: doc, showsModule: true,
      allocate: { type in
        let file = MemoryFile(type)
        file.isText = isText
        return file
      },
      properties: [
        NativeProperty("closed", "Whether the file is closed.") { value, _ in
          .bool((value.asInstance as? MemoryFile)?.isClosed ?? true)
        }
      ],
      methods: [initializer(isText: isText)] + methods)
  }

  private static func initializer(isText: Bool) -> Native {
    let signature =
      isText
      ? "__init__(self, initial_value='', newline='\\n')" : "__init__(self, initial_bytes=b'')"
    return Native(signature, "The contents to begin with.") { a in
      let file: MemoryFile = try a.receiver()
      file.bytes = []
      file.cursor = 0
      if !a[1].isNone {
        _ = try write(a[1], to: file, a.machine, isInitial: true)
        file.cursor = 0
      }
      return .none
    }
  }

  private static func write(
    _ value: Value, to file: MemoryFile, _ machine: Machine, isInitial: Bool = false
  ) throws(Raise) -> Int {
    if file.isText {
      guard let text = value.asString else {
        throw Raise(
          .typeError,
          isInitial
            ? "initial_value must be str or None, not \(machine.typeName(value))"
            : "string argument expected, got '\(machine.typeName(value))'")
      }
      try machine.charge(file.bytes.count + text.byteCount, "the contents of the file")
      file.write(text.bytes, count: text.count)
      return text.count
    }
    guard let bytes = value.bytesLike else {
      throw Raise(
        .typeError, "a bytes-like object is required, not '\(machine.typeName(value))'")
    }
    try machine.charge(file.bytes.count + bytes.count, "the contents of the file")
    file.write(bytes, count: bytes.count)
    return bytes.count
  }

  private static func file(_ a: Arguments) throws(Raise) -> MemoryFile {
    let file: MemoryFile = try a.receiver()
    try file.checkOpen()
    return file
  }

  private static func limit(_ a: Arguments, _ index: Int) throws(Raise) -> Int? {
    if a[index].isNone { return nil }
    let count = try a.size(index)
    return count < 0 ? nil : count
  }

  private static let methods: [Native] = [
    Native("read(self, size=-1, /)", "What is left, or that much.") { a in
      try file(a).read(limit(a, 1))
    },
    Native("readline(self, size=-1, /)", "The next line with its end.") { a in
      try file(a).readLine(limit(a, 1))
    },
    Native("readlines(self, hint=-1, /)", "All lines that are left.") { a in
      let file = try file(a)
      let lines = ListObject()
      while file.cursor < file.bytes.count { lines.append(file.readLine(nil)) }
      return .object(lines)
    },
    Native("write(self, s, /)", "Writes at the current place.") { a in
      .int(try write(a[1], to: file(a), a.machine))
    },
    Native("writelines(self, lines, /)", "Writes several pieces.") { a in
      let file = try file(a)
      try a.machine.iterate(a[1]) { (line) throws(Raise) in
        _ = try write(line, to: file, a.machine)
      }
      return .none
    },
    Native("getvalue(self)", "All contents.") { a in
      let file = try file(a)
      return file.value(file.bytes[...])
    },
    Native("getbuffer(self)", "All contents.") { a in
      let file = try file(a)
      return file.value(file.bytes[...])
    },
    Native("tell(self)", "The current place.") { a in
      let file = try file(a)
      return .int(file.position(of: file.cursor))
    },
    Native("seek(self, pos, whence=0, /)", "Goes to a place: from start, here or end.") { a in
      let file = try file(a)
      let offset = try a.size(1)
      let whence = try a.size(2)
      guard (0...2).contains(whence) else {
        throw Raise(.valueError, "Invalid whence (\(whence), should be 0, 1 or 2)")
      }
      if file.isText, whence != 0, offset != 0 {
        throw Raise(.osError, "Can't do nonzero cur-relative seeks")
      }
      let base =
        whence == 0
        ? 0 : whence == 1 ? file.position(of: file.cursor) : file.position(of: file.bytes.count)
      let (place, overflow) = base.addingReportingOverflow(offset)
      if overflow { throw Raise(.overflowError, "the place is out of range") }
      if whence == 0, place < 0 {
        throw Raise(
          .valueError,
          file.isText ? "Negative seek position \(place)" : "negative seek value \(place)")
      }
      try a.machine.charge(place, "the contents of the file")
      file.cursor = file.offset(of: max(0, place))
      return .int(max(0, place))
    },
    Native("truncate(self, size=None, /)", "Cuts the contents at a place.") { a in
      let file = try file(a)
      let place = a[1].isNone ? file.cursor : file.offset(of: max(0, try a.size(1)))
      if place < file.bytes.count { file.bytes.removeSubrange(place...) }
      return .int(file.position(of: place))
    },
    Native("flush(self)", "Does nothing.") { a in
      _ = try file(a)
      return .none
    },
    Native("close(self)", "Drops the contents.") { a in
      let file: MemoryFile = try a.receiver()
      file.isClosed = true
      file.bytes = []
      return .none
    },
    Native("readable(self)", "True.") { _ in .bool(true) },
    Native("writable(self)", "True.") { _ in .bool(true) },
    Native("seekable(self)", "True.") { _ in .bool(true) },
    Native("isatty(self)", "False.") { _ in .bool(false) },
    Native("__enter__(self)", "The file itself.") { a in
      _ = try file(a)
      return a[0]
    },
    Native("__exit__(self, *exception)", "Closes the file.") { a in
      let file: MemoryFile = try a.receiver()
      file.isClosed = true
      return .none
    },
    Native("__iter__(self)", "The lines.") { a in
      let file = try file(a)
      return .object(
        NativeIterator(a.machine.typeName(a[0])) { (_) throws(Raise) in
          try file.checkOpen()
          return file.cursor < file.bytes.count ? file.readLine(nil) : .undefined
        })
    },
    Native("__next__(self)", "The next line.") { a in
      let file = try file(a)
      if file.cursor >= file.bytes.count { throw Raise(.stopIteration, arguments: []) }
      return file.readLine(nil)
    },
  ]
}

/// The module `io`.
enum IOModule {
  static let table = ModuleTable(
    "io", doc: "Files and files in memory.",
    entries: [
      .function(Files.openRow), .type(MemoryFiles.text), .type(MemoryFiles.binary),
      .type(FileTypes.unsupportedOperation), .type(FileTypes.text),
      .value(name: "SEEK_SET", doc: "For seek: from the start.") { _ in .int(0) },
      .value(name: "SEEK_CUR", doc: "For seek: from here.") { _ in .int(1) },
      .value(name: "SEEK_END", doc: "For seek: from the end.") { _ in .int(2) },
      .value(name: "DEFAULT_BUFFER_SIZE", doc: "The size of buffers.") { _ in .int(8192) },
    ])
}
