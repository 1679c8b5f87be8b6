/// The built-in functions, one row each, by family.
enum Builtins {
  static let table = ModuleTable(
    "builtins", doc: "Names that need no import.",
    entries: (output + numbers + iteration + objects + input).map { .function($0) } + constants + [.type(ByteArrayTable.table)])

  private static let constants: [ModuleEntry] = [
    .value(name: "NotImplemented", doc: "An operator does not know the other operand.") { _ in
      .notImplemented
    },
    .value(name: "Ellipsis", doc: "The same as `...`.") { _ in .ellipsis },
    .value(name: "__name__", doc: "The name of the running module.") { _ in .string("__main__") },
    .value(name: "__debug__", doc: "Whether assertions run: they do.") { _ in .bool(true) },
  ]

  // MARK: - Output

  private static let output: [Native] = [
    Native(
      "print(*values, sep=' ', end='\\n', file=None, flush=False)",
      "Writes values, separated and ended as told.", example: "print('loss', 0.25, sep=': ')"
    ) { a in
      let machine = a.machine
      // What was freed before this call prints before it.
      if machine.interrupt.isRaised { try machine.attend() }
      func word(_ index: Int, _ name: String, _ otherwise: String) throws(Raise) -> [UInt8] {
        if a[index].isNone { return Array(otherwise.utf8) }
        guard let text = a[index].asString else {
          throw Raise(
            .typeError, "\(name) must be None or a string, not \(machine.typeName(a[index]))")
        }
        return text.bytes
      }
      let separator = try word(1, "sep", " ")
      let end = try word(2, "end", "\n")
      if let target = a[3].isNone ? machine.redirections[0] : a[3] {
        // An object that is written to gets the pieces one by one.
        let write = try machine.attribute(target, "write")
        func send(_ piece: StringObject) throws(Raise) {
          _ = try machine.call(write, [.object(piece)])
        }
        for (index, value) in try a.items(0).enumerated() {
          if index > 0 { try send(StringObject(separator)) }
          try send(machine.textObject(of: value))
        }
        try send(StringObject(end))
        return .none
      }
      var line: [UInt8] = []
      for (index, value) in try a.items(0).enumerated() {
        if index > 0 { line += separator }
        let text = try machine.textObject(of: value).bytes
        try machine.charge(line.count + text.count, "the line")
        line += text
        try machine.poll(at: index)
      }
      line += end
      machine.host?.write(String(decoding: line, as: UTF8.self), toError: false)
      return .none
    },
    Native("repr(object, /)", "The text of an object as one would write it.", example: "repr('a')") {
      a in .string(try a.machine.repr(a[0]))
    },
    Native("ascii(object, /)", "`repr` with everything beyond ASCII escaped.") { a in
      let text = Array(try a.machine.repr(a[0]).utf8)
      // Two bytes of UTF-8 become at most six characters, three six, four ten.
      try a.machine.charge(text.count, of: 3, "the text")
      return .object(StringObject(QuotedText.escapedBeyondASCII(text), isASCII: true))
    },
    Native(
      "format(value, format_spec='', /)", "A value formatted by a spec.",
      example: "format(3.14159, '.2f')"
    ) { a in
      guard let spec = a[1].swiftString else {
        throw Raise(
          .typeError, "format() argument 2 must be str, not \(a.machine.typeName(a[1]))")
      }
      return .string(try a.machine.formatted(a[0], spec))
    },
    Native("chr(i, /)", "The character of a code point.", example: "chr(955)", shortcut: .character) { a in
      guard let number = try a.machine.index(a[0]) else {
        throw Raise(
          .typeError, "'\(a.machine.typeName(a[0]))' object cannot be interpreted as an integer")
      }
      guard number >= 0, number < 0x110000 else {
        throw Raise(.valueError, "chr() arg not in range(0x110000)")
      }
      guard let scalar = Unicode.Scalar(UInt32(number)) else {
        throw Raise(.valueError, "chr() arg is a surrogate, which is no character")
      }
      return .string(String(Character(scalar)))
    },
    Native("ord(c, /)", "The code point of a character.", example: "ord('A')", shortcut: .codePoint) { a in
      if let text = a[0].asString {
        if text.count == 1, let scalar = text.scalars.first { return .int(Int(scalar)) }
        throw Raise(
          .typeError, "ord() expected a character, but string of length \(text.count) found")
      }
      if let bytes = a[0].bytesLike {
        if bytes.count == 1 { return .int(Int(bytes[0])) }
        throw Raise(
          .typeError, "ord() expected a character, but string of length \(bytes.count) found")
      }
      throw Raise(
        .typeError,
        "ord() expected string of length 1, but \(a.machine.typeName(a[0])) found")
    },
    Native("hex(number, /)", "An integer in base 16.", example: "hex(255)") { a in
      try radix(a, bits: 4)
    },
    Native("oct(number, /)", "An integer in base 8.", example: "oct(8)") { a in
      try radix(a, bits: 3)
    },
    Native("bin(number, /)", "An integer in base 2.", example: "bin(5)") { a in
      try radix(a, bits: 1)
    },
  ]

  /// - Parameter bits: what a digit holds.
  private static func radix(_ a: Arguments, bits: Int) throws(Raise) -> Value {
    var value = a[0]
    if let number = try a.machine.index(value) { value = .int(number) }
    guard let number = value.asInteger else {
      throw Raise(
        .typeError, "'\(a.machine.typeName(a[0]))' object cannot be interpreted as an integer")
    }
    try a.machine.charge(number.magnitude.bitWidth / bits, "the digits")
    return .object(StringObject(IntText.prefixed(number, bits: bits), isASCII: true))
  }

  // MARK: - Input

  private static let input: [Native] = [
    Native("input(prompt='', /)", "A line that the user types.") { a in
      guard let host = a.machine.host else {
        throw Raise(.eofError, "EOF when reading a line")
      }
      return .string(
        try host.readLine(prompt: a.machine.text(of: a[0]), password: false))
    },
    Files.openRow,
  ]
}
