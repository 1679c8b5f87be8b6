#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The built-in `open` and the types of what it gives.
enum Files {
  static let openRow = Native(
    "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, "
      + "opener=None)",
    "Opens a file for text ('r', 'w', 'a', 'x') or, with 'b', for bytes."
  ) { a in
    try open(a)
  }

  static func open(_ a: Arguments) throws(Raise) -> Value {
    let machine = a.machine
    guard let text = a[1].swiftString else {
      throw Raise(
        .typeError, "open() argument 'mode' must be str, not \(machine.typeName(a[1]))")
    }
    var (mode, flags) = try parse(text)
    mode.buffering = try machine.size(a[2])
    if !mode.isText {
      for (index, name) in [(3, "an encoding"), (4, "an errors"), (5, "a newline")]
      where !a[index].isNone {
        throw Raise(.valueError, "binary mode doesn't take \(name) argument")
      }
    } else {
      if mode.buffering == 0 { throw Raise(.valueError, "can't have unbuffered text I/O") }
      try setText(&mode, encoding: a[3], errors: a[4], newline: a[5], machine)
    }
    let name = a[0]
    var descriptor: Int32
    if let number = name.asInt {
      descriptor = Int32(clamping: number)
      if fcntl(descriptor, F_GETFD) < 0 { throw SystemError.raise(errno) }
      // A descriptor of its own: closing the file must not close somebody else's.
      descriptor = dup(descriptor)
    } else {
      let path = try SystemError.path(name, machine, "")
      repeat {
        try machine.poll()
        descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o666)
      } while descriptor < 0 && errno == EINTR
    }
    if descriptor < 0 { throw SystemError.raise(errno, name) }
    var info = stat()
    if fstat(descriptor, &info) == 0, UInt32(info.st_mode) & 0o170000 == 0o040000 {
      Glibc.close(descriptor)
      throw SystemError.raise(EISDIR, name)
    }
    let table =
      mode.isText
      ? FileTypes.text
      : mode.isReadable && mode.isWritable
        ? FileTypes.random : mode.isReadable ? FileTypes.reader : FileTypes.writer
    let file = FileObject(machine.type(table))
    file.attach(descriptor, mode: mode, name: name)
    if mode.text.contains("a") { _ = try? file.seek(0, whence: 2) }
    return .object(file)
  }

  /// Reads a mode such as `rb+`.
  private static func parse(_ text: String) throws(Raise) -> (FileObject.Mode, Int32) {
    let letters = Array(text)
    if Set(letters).count != letters.count || letters.contains(where: { !"rwaxbt+".contains($0) }) {
      throw Raise(.valueError, "invalid mode: '\(text)'")
    }
    let isBinary = letters.contains("b")
    if isBinary, letters.contains("t") {
      throw Raise(.valueError, "can't have text and binary mode at once")
    }
    let actions = letters.filter { "rwax".contains($0) }
    if actions.count != 1 {
      throw Raise(
        .valueError,
        actions.count > 1
          ? "must have exactly one of create/read/write/append mode"
          : "Must have exactly one of create/read/write/append mode and at most one plus")
    }
    var mode = FileObject.Mode()
    mode.text = text
    mode.isText = !isBinary
    let updates = letters.contains("+")
    mode.isReadable = updates || actions[0] == "r"
    mode.isWritable = updates || actions[0] != "r"
    var flags = updates ? O_RDWR : actions[0] == "r" ? O_RDONLY : O_WRONLY
    switch actions[0] {
    case "w": flags |= O_CREAT | O_TRUNC
    case "a": flags |= O_CREAT | O_APPEND
    case "x": flags |= O_CREAT | O_EXCL
    default: break
    }
    return (mode, flags)
  }

  private static func setText(
    _ mode: inout FileObject.Mode, encoding: Value, errors: Value, newline: Value,
    _ machine: Machine
  ) throws(Raise) {
    if let name = encoding.swiftString {
      mode.shownEncoding = name
      let plain = name.lowercased().replacing("_", with: "-")
      switch plain {
      case "utf-8", "utf8", "u8": mode.encoding = "utf-8"
      case "utf-8-sig": mode.encoding = "utf-8-sig"
      case "ascii", "us-ascii": mode.encoding = "ascii"
      case "latin-1", "latin1", "iso-8859-1", "iso8859-1", "l1": mode.encoding = "latin-1"
      case "locale": mode.encoding = "utf-8"
      default: throw Raise(.lookupError, "unknown encoding: \(name)")
      }
    } else if !encoding.isNone {
      throw Raise(
        .typeError,
        "open() argument 'encoding' must be str or None, not \(machine.typeName(encoding))")
    }
    if let text = errors.swiftString { mode.errors = text }
    if let text = newline.swiftString {
      if !["", "\n", "\r", "\r\n"].contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
        throw Raise(.valueError, "illegal newline value: \(text)")
      }
      mode.newline = text
    }
  }

  static func unsupported(_ message: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(FileTypes.unsupportedOperation))
    exception.arguments = [.string(message)]
    return Raise(exception)
  }

  /// Whether bytes are well-formed UTF-8 (Unicode 15, table 3-7).
  static func isUTF8(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      let count = bytes.count
      while index < count {
        let first = bytes[index]
        if first < 0x80 {
          index += 1
          continue
        }
        let length = first >= 0xC2 && first <= 0xDF ? 2 : first & 0xF0 == 0xE0 ? 3 : 4
        if first < 0xC2 || first > 0xF4 || index + length > count { return false }
        let second = bytes[index + 1]
        let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        if second < low || second > high { return false }
        for offset in 2..<max(length, 2) where bytes[index + offset] & 0xC0 != 0x80 { return false }
        index += length
      }
      return true
    }
  }
}
