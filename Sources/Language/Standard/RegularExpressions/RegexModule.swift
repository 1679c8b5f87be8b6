/// The module `re`.
enum RegexModule {
  static let table = ModuleTable(
    "re", doc: "Regular expressions.",
    entries: functions + flags + [
      .type(RegexTypes.pattern), .type(RegexTypes.match), .type(error),
    ])

  static let error = TypeTable(
    "error", module: "re", doc: "A regular expression is wrong.", baseName: "Exception")

  private static let flags: [ModuleEntry] = [
    ("NOFLAG", RegexFlags(), "No flag."),
    ("IGNORECASE", .ignoreCase, "Case does not matter."), ("I", .ignoreCase, "IGNORECASE."),
    ("MULTILINE", .multiline, "^ and $ match at every line."), ("M", .multiline, "MULTILINE."),
    ("DOTALL", .dotAll, "The dot matches newlines too."), ("S", .dotAll, "DOTALL."),
    ("VERBOSE", .verbose, "Blanks and comments do not count."), ("X", .verbose, "VERBOSE."),
    ("ASCII", .ascii, "\\w, \\d and \\s know only ASCII."), ("A", .ascii, "ASCII."),
    ("UNICODE", .unicode, "\\w, \\d and \\s know all letters."), ("U", .unicode, "UNICODE."),
  ].map { (name: String, flag: RegexFlags, doc: String) in
    .value(name: name, doc: doc) { machine in
      try EnumModule.lookUp(.int(flag.rawValue), in: flagType(machine), machine)
    }
  }

  private static let flagNames: [(String, Int)] = [
    ("NOFLAG", 0), ("TEMPLATE", 1), ("IGNORECASE", 2), ("LOCALE", 4), ("MULTILINE", 8),
    ("DOTALL", 16), ("UNICODE", 32), ("VERBOSE", 64), ("DEBUG", 128), ("ASCII", 256),
  ]

  /// The class of the flags: an `IntFlag` that prints as the module's names.
  private static func flagType(_ machine: Machine) throws(Raise) -> TypeObject {
    if let known = machine.extensions["re.RegexFlag"] as? TypeObject { return known }
    let names = DictObject()
    for (name, value) in flagNames { names[name] = .int(value) }
    let type = try machine.makeClass(
      "RegexFlag", base: machine.type(EnumFlags.integerFlag), namespace: names)
    let text = Native("__repr__(self)", "The names of the flags.") { a in
      var rest = a[0].asInt ?? 0
      if rest == 0 { return .string("re.NOFLAG") }
      var parts: [String] = []
      for (name, value) in flagNames where value != 0 && rest & value != 0 {
        parts.append("re.\(name)")
        rest &= ~value
      }
      if rest != 0 { parts.append("0x" + String(rest, radix: 16)) }
      return .string(parts.joined(separator: "|"))
    }
    type.set("__repr__", .object(NativeFunction(text, owner: type)))
    type.set("__str__", .object(NativeFunction(text.renamed("__str__(self)"), owner: type)))
    machine.extensions["re.RegexFlag"] = type
    return type
  }

  // MARK: - Errors

  static func raise(_ error: RegexError, _ pattern: Value, _ machine: Machine) -> Raise {
    switch error.kind {
    case .overflow: return Raise(.overflowError, error.message)
    case .value: return Raise(.valueError, error.message)
    case .depth: return Raise(.recursionError, error.message)
    case .index: return Raise(.indexError, error.message)
    case .syntax: break
    }
    let exception = ExceptionObject(machine.type(self.error))
    var text = error.message
    exception.setOwn("msg", .string(error.message))
    exception.setOwn("pattern", pattern)
    exception.setOwn("pos", error.position.map { .int($0) } ?? .none)
    exception.setOwn("lineno", .none)
    exception.setOwn("colno", .none)
    if let position = error.position {
      text += " at position \(position)"
      let points = pattern.asString.map { CodePoints.all($0.bytes) } ?? []
      let before = points.prefix(max(0, position))
      let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
      let column = position - (before.lastIndex(of: 0x0A) ?? -1)
      exception.setOwn("lineno", .int(line))
      exception.setOwn("colno", .int(column))
      if points.contains(0x0A) { text += " (line \(line), column \(column))" }
    }
    exception.arguments = [.string(text)]
    return Raise(exception)
  }

  // MARK: - Compiling

  /// Patterns compiled in a session, so that `re.search` in a loop compiles once.
  private final class Cache {
    var patterns: [Key: PatternObject] = [:]
    struct Key: Hashable {
      let bytes: [UInt8]
      let isText: Bool
      let flags: Int
    }
  }

  static func compiled(_ value: Value, flags: Int, _ machine: Machine) throws(Raise) -> PatternObject {
    if let pattern = value.asInstance as? PatternObject {
      if flags != 0 {
        throw Raise(
          .valueError, "cannot process flags argument with a compiled pattern")
      }
      return pattern
    }
    let bytes: [UInt8]
    let isText: Bool
    if let text = value.asString {
      bytes = text.bytes
      isText = true
    } else if case .object(let object) = value, object.kind == .bytes {
      bytes = unsafeDowncast(object, to: BytesObject.self).bytes
      isText = false
    } else {
      throw Raise(.typeError, "first argument must be string or compiled pattern")
    }
    let cache = machine.extensions["re"] as? Cache ?? Cache()
    machine.extensions["re"] = cache
    let key = Cache.Key(bytes: bytes, isText: isText, flags: flags)
    if let known = cache.patterns[key] { return known }
    let program: RegexProgram
    do throws(RegexError) {
      program = try RegexProgram(
        isText ? CodePoints.all(bytes) : bytes.map(UInt32.init), isText: isText,
        flags: RegexFlags(rawValue: flags))
    } catch {
      throw raise(error, value, machine)
    }
    let pattern = PatternObject(machine.type(RegexTypes.pattern), value, program, isText: isText)
    if cache.patterns.count >= 512 { cache.patterns.removeAll() }
    cache.patterns[key] = pattern
    return pattern
  }

  private static func pattern(_ a: Arguments, flags index: Int) throws(Raise) -> PatternObject {
    try compiled(a[0], flags: a.size(index), a.machine)
  }

  // MARK: - Functions

  private static let functions: [ModuleEntry] = [
    .function(
      Native("compile(pattern, flags=0)", "A pattern to use again and again.",
        example: "re.compile(r'\\d+')"
      ) { a in .object(try pattern(a, flags: 1)) }),
    .function(
      Native("match(pattern, string, flags=0)", "A match at the start, or None.",
        example: "re.match(r'\\w+', 'hello world')"
      ) { a in
        try RegexFunctions.match(pattern(a, flags: 2), a[1], a, bounds: nil, .start)
      }),
    .function(
      Native("fullmatch(pattern, string, flags=0)", "A match of the whole text, or None.",
        example: "re.fullmatch(r'\\d+', '123')"
      ) { a in
        try RegexFunctions.match(pattern(a, flags: 2), a[1], a, bounds: nil, .whole)
      }),
    .function(
      Native("search(pattern, string, flags=0)", "The first match, or None.",
        example: "re.search(r'\\d+', 'abc 42').group()"
      ) { a in
        try RegexFunctions.match(pattern(a, flags: 2), a[1], a, bounds: nil, .anywhere)
      }),
    .function(
      Native("findall(pattern, string, flags=0)", "The texts of all matches.",
        example: "re.findall(r'\\d', 'a1b2')"
      ) { a in try RegexFunctions.findAll(pattern(a, flags: 2), a[1], a, bounds: nil) }),
    .function(
      Native("finditer(pattern, string, flags=0)", "All matches.",
        example: "[m.start() for m in re.finditer('a', 'banana')]"
      ) { a in try RegexFunctions.findIterator(pattern(a, flags: 2), a[1], a, bounds: nil) }),
    .function(
      Native("split(pattern, string, maxsplit=0, flags=0)", "The texts between matches.",
        example: "re.split(r'[,;]', 'a,b;c')"
      ) { a in
        try RegexFunctions.split(pattern(a, flags: 3), a[1], maximum: a.size(2), a.machine)
      }),
    .function(
      Native("sub(pattern, repl, string, count=0, flags=0)", "The text with matches replaced.",
        example: "re.sub(r'\\s+', ' ', 'a   b')"
      ) { a in
        try RegexFunctions.substitute(
          pattern(a, flags: 4), a[1], a[2], maximum: a.size(3), a.machine
        ).text
      }),
    .function(
      Native(
        "subn(pattern, repl, string, count=0, flags=0)",
        "The text with matches replaced, and how many.", example: "re.subn('a', 'b', 'banana')"
      ) { a in
        let (text, count) = try RegexFunctions.substitute(
          pattern(a, flags: 4), a[1], a[2], maximum: a.size(3), a.machine)
        return .tuple([text, .int(count)])
      }),
    .function(
      Native("escape(pattern)", "The text with special signs escaped.",
        example: "re.escape('a.b*c')"
      ) { a in
        let special = Set("()[]{}?*+-|^$\\.&~# \t\n\r\u{0B}\u{0C}".utf8)
        func escaped(_ bytes: [UInt8]) -> [UInt8] {
          bytes.flatMap { special.contains($0) ? [0x5C, $0] : [$0] }
        }
        if let text = a[0].asString {
          try a.machine.charge(text.byteCount, of: 2, "the text")
          return .object(StringObject(escaped(text.bytes)))
        }
        if case .object(let object) = a[0], object.kind == .bytes {
          return .object(
            BytesObject(escaped(unsafeDowncast(object, to: BytesObject.self).bytes)))
        }
        throw Raise(.typeError, "decoding to str: need a bytes-like object, \(a.machine.typeName(a[0])) found")
      }),
    .function(
      Native("purge()", "Forgets the compiled patterns.") { a in
        a.machine.extensions["re"] = nil
        return .none
      }),
  ]
}
