#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `sys`.
enum SystemModule {
  static let table = ModuleTable(
    "sys", doc: "The language and the session.",
    entries: facts + [
      .function(
        Native("getrecursionlimit()", "How deep calls may nest.", example: "sys.getrecursionlimit()")
        { a in .int(a.machine.recursionLimit) }),
      .function(
        Native("setrecursionlimit(limit, /)", "Sets how deep calls may nest.") { a in
          let limit = try a.size(0)
          if limit < 1 {
            throw Raise(.valueError, "recursion limit must be greater or equal than 1")
          }
          a.machine.recursionLimit = limit
          return .none
        }),
      .function(
        Native("exit(status=None, /)", "Ends the program by raising SystemExit.") { a in
          throw Raise(.systemExit, arguments: a[0].isNone ? [] : [a[0]])
        }),
      .function(
        Native("getsizeof(object, default=..., /)", "About how many bytes an object takes.",
          example: "sys.getsizeof([]) > 0"
        ) { a in .int(size(a[0])) }),
      .function(
        Native("getdefaultencoding()", "The encoding of text.") { _ in .string("utf-8") }),
      .function(
        Native("getfilesystemencoding()", "The encoding of paths.") { _ in .string("utf-8") }),
      .function(
        Native("intern(string, /)", "The string itself.") { a in
          _ = try a.text(0)
          return a[0]
        }),
      .function(
        Native("exc_info()", "Class, value and traceback of the exception being handled.") { a in
          guard let current = a.machine.handled.last else {
            return .tuple([.none, .none, .none])
          }
          return .tuple([.object(current.type), .object(current), .none])
        }),
      .function(
        Native("get_int_max_str_digits()", "How many digits an integer may print.") { _ in
          .int(4300)
        }),
      .value(name: "stdout", doc: "Where print() writes.") { machine in
        .object(StandardStream(machine.type(StandardStream.table), .output))
      },
      .value(name: "stderr", doc: "Where errors are written.") { machine in
        .object(StandardStream(machine.type(StandardStream.table), .error))
      },
      .value(name: "__stdout__", doc: "Where print() writes at first.") { machine in
        .object(StandardStream(machine.type(StandardStream.table), .output))
      },
      .value(name: "__stderr__", doc: "Where errors are written at first.") { machine in
        .object(StandardStream(machine.type(StandardStream.table), .error))
      },
      .value(name: "stdin", doc: "Where input() reads.") { machine in
        .object(StandardStream(machine.type(StandardStream.table), .input))
      },
    ])

  private static let facts: [ModuleEntry] = [
    .value(name: "version", doc: "The version of the language, as text.") { _ in
      .string("3.11.0 (Swiftlet, a smaller Python)")
    },
    .value(name: "version_info", doc: "The version of the language, as numbers.") { machine in
      let tuple = TupleObject([.int(3), .int(11), .int(0), .string("final"), .int(0)])
      tuple.subclass = machine.type(versionInfo)
      return .object(tuple)
    },
    .value(name: "argv", doc: "The arguments of the program.") { machine in
      (machine.extensions["sys.argv"] as? ListObject).map { .object($0) }
        ?? Value.list([.string("")])
    },
    .value(name: "maxsize", doc: "The largest size.") { _ in .int(Int.max) },
    .value(name: "maxunicode", doc: "The largest code point.") { _ in .int(0x10FFFF) },
    .value(name: "byteorder", doc: "The order of bytes in numbers.") { _ in .string("little") },
    .value(name: "platform", doc: "The operating system.") { _ in
      #if os(Linux)
        .string("linux")
      #else
        .string("darwin")
      #endif
    },
    .value(name: "executable", doc: "The path of the running program.") { _ in
      var buffer = [CChar](repeating: 0, count: 4097)
      let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      return .string(count > 0 ? FileSystem.text(buffer) : "")
    },
    .value(name: "path", doc: "Where modules are looked for: nowhere, all are built in.") { _ in
      .list([])
    },
    .value(name: "modules", doc: "The modules of the session by name.") { machine in
      let dict = DictObject()
      for name in machine.doors.names { dict[name] = .string(name) }
      return .object(dict)
    },
    .value(name: "builtin_module_names", doc: "The names of all modules.") { machine in
      .tuple(machine.doors.names.sorted().map { .string($0) })
    },
    .value(name: "float_info", doc: "Facts about floats.") { machine in
      let tuple = TupleObject([
        .float(Double.greatestFiniteMagnitude), .int(1024), .int(308),
        .float(Double.leastNormalMagnitude), .int(-1021), .int(-307), .int(15), .int(53),
        .float(Double.ulpOfOne), .int(2), .int(1),
      ])
      tuple.subclass = machine.type(floatInfo)
      return .object(tuple)
    },
    .value(name: "hash_info", doc: "The modulus of hashes.") { machine in
      let tuple = TupleObject([.int(64), .int((1 << 61) - 1), .int(314159), .int(0)])
      tuple.subclass = machine.type(hashInfo)
      return .object(tuple)
    },
    .value(name: "implementation", doc: "The name of this implementation.") { machine in
      let result = Instance(machine.type(implementation))
      result.setOwn("name", .string("swiftlet"))
      return .object(result)
    },
  ]

  /// A tuple whose items have names: `sys.float_info(max=..., ...)`.
  private static func record(_ name: String, _ doc: String, _ fields: [String]) -> TypeTable {
    TypeTable(
      name, module: "sys", doc: doc, isSubclassable: false, baseName: "tuple",
      properties: fields.enumerated().map { index, field in
        NativeProperty(field, "A fact.") { value, _ in
          value.asTuple.map { index < $0.count ? $0[index] : .none } ?? .none
        }
      },
      methods: [
        Native("__repr__(self)", "The facts by name.") { a in
          var parts: [String] = []
          for (field, value) in zip(fields, a[0].asTuple?.items ?? []) {
            parts.append("\(field)=\(try a.machine.repr(value))")
          }
          return .string("sys.\(name)(\(parts.joined(separator: ", ")))")
        }
      ])
  }

  private static let versionInfo = record(
    "version_info", "The version of the language.",
    ["major", "minor", "micro", "releaselevel", "serial"])
  private static let floatInfo = record(
    "float_info", "Facts about floats.",
    [
      "max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig",
      "epsilon", "radix", "rounds",
    ])
  private static let hashInfo = record(
    "hash_info", "Facts about hashes.", ["width", "modulus", "inf", "nan"])
  private static let implementation = TypeTable(
    "SimpleNamespace", module: "types", doc: "Names with values.")

  /// Sizes as CPython's, for the usual types.
  private static func size(_ value: Value) -> Int {
    switch value {
    case .int(let number):
      let bits = Int.bitWidth - Int(number.magnitude.leadingZeroBitCount)
      return number == 0 ? 24 : 24 + (bits + 29) / 30 * 4
    case .bool(let flag): return flag ? 28 : 24
    case .float: return 24
    case .none, .undefined: return 16
    case .object(let object):
      switch object.kind {
      case .bigInt:
        let bits = unsafeDowncast(object, to: BigIntObject.self).value.magnitude.bitWidth
        return 24 + (bits + 29) / 30 * 4
      case .string:
        let string = unsafeDowncast(object, to: StringObject.self)
        if string.isASCII { return 49 + string.count }
        let widest = string.scalars.max() ?? 0
        return widest < 0x100
          ? 73 + string.count : widest < 0x10000 ? 74 + 2 * string.count : 76 + 4 * string.count
      case .bytes: return 33 + unsafeDowncast(object, to: BytesObject.self).bytes.count
      case .list: return 56 + 8 * unsafeDowncast(object, to: ListObject.self).count
      case .tuple: return 40 + 8 * unsafeDowncast(object, to: TupleObject.self).count
      case .dict:
        let count = unsafeDowncast(object, to: DictObject.self).count
        if count == 0 { return 64 }
        var slots = 8
        while slots * 2 / 3 < count { slots *= 2 }
        return 104 + slots + slots * 2 / 3 * 24
      case .set, .frozenSet:
        let count = unsafeDowncast(object, to: SetObject.self).count
        var slots = 8
        while slots * 3 <= count * 5 { slots *= 4 }
        return slots == 8 ? 216 : 216 + slots * 16
      default: return 48
      }
    }
  }
  /// `sys.stdout = file`: printed text goes there; the stream of the session itself stays what it is,
  /// so that a class which passes text on to it may stand in its place.
  static func noteStream(_ name: String, _ new: Value, _ machine: Machine) {
    guard name == "stdout" || name == "stderr" else { return }
    let index = name == "stderr" ? 1 : 0
    let isOwn = (new.asInstance as? StandardStream).map { $0.direction != .input } ?? false
    machine.redirections[index] = isOwn ? nil : new
    machine.extensions["sys." + name] = isOwn ? nil : Replaced.mark
  }

  /// Whether a program has put something else in the place of a stream.
  static func isReplaced(_ direction: StandardStream.Direction, _ machine: Machine) -> Bool {
    machine.extensions[direction == .error ? "sys.stderr" : "sys.stdout"] != nil
  }

  private final class Replaced: Sendable { static let mark = Replaced() }
}

/// `sys.stdout`, `sys.stderr` and `sys.stdin`: the streams of the host.
final class StandardStream: Instance {
  enum Direction { case output, error, input }
  let direction: Direction
  init(_ type: TypeObject, _ direction: Direction) {
    self.direction = direction
    super.init(type)
  }

  private static func stream(_ a: Arguments) throws(Raise) -> StandardStream { try a.receiver() }

  static let table = TypeTable(
    "TextIOWrapper", module: "_io", doc: "A stream of the session.", isSubclassable: false,
    properties: [
      NativeProperty("encoding", "The encoding of the text.") { _, _ in .string("utf-8") },
      NativeProperty("closed", "Whether the stream is closed: never.") { _, _ in .bool(false) },
      NativeProperty("name", "The name of the stream.") { value, _ in
        switch (value.asInstance as? StandardStream)?.direction {
        case .input: .string("<stdin>")
        case .error: .string("<stderr>")
        default: .string("<stdout>")
        }
      },
    ],
    methods: [
      Native("write(self, text, /)", "Writes text; gives its length.") { a in
        let stream = try stream(a)
        guard let text = a[1].asString else {
          throw Raise(
            .typeError, "write() argument must be str, not \(a.machine.typeName(a[1]))")
        }
        if stream.direction == .input { throw Files.unsupported("not writable", a.machine) }
        if !SystemModule.isReplaced(stream.direction, a.machine),
          let target = a.machine.redirections[stream.direction == .error ? 1 : 0]
        {
          return try a.machine.call(a.machine.attribute(target, "write"), [a[1]])
        }
        a.machine.host?.write(text.swiftString, toError: stream.direction == .error)
        return .int(text.count)
      },
      Native("writelines(self, lines, /)", "Writes several pieces.") { a in
        let write = try a.machine.attribute(a[0], "write")
        try a.machine.iterate(a[1]) { (line) throws(Raise) in
          _ = try a.machine.call(write, [line])
        }
        return .none
      },
      Native("flush(self)", "Does nothing: text leaves at once.") { _ in .none },
      Native("close(self)", "Does nothing.") { _ in .none },
      Native("isatty(self)", "Whether the stream is a terminal.") { _ in .bool(false) },
      Native("fileno(self)", "The number of the stream.") { a in
        switch try stream(a).direction {
        case .input: .int(0)
        case .output: .int(1)
        case .error: .int(2)
        }
      },
      Native("readable(self)", "Whether the stream can be read.") { a in
        .bool(try stream(a).direction == .input)
      },
      Native("writable(self)", "Whether the stream can be written.") { a in
        .bool(try stream(a).direction != .input)
      },
      Native("readline(self, size=-1, /)", "A line from the user, with its end.") { a in
        if try stream(a).direction != .input { throw Files.unsupported("not readable", a.machine) }
        guard let host = a.machine.host else { return .object(StringObject.empty) }
        do throws(Raise) {
          return .string(try host.readLine(prompt: "", password: false) + "\n")
        } catch {
          if a.machine.isException(error, .eofError) { return .object(StringObject.empty) }
          throw error
        }
      },
      Native("read(self, size=-1, /)", "All lines from the user.") { a in
        .string(try lines(a).joined())
      },
      Native("readlines(self, hint=-1, /)", "All lines from the user.") { a in
        .list(try lines(a).map { .string($0) })
      },
      Native("__iter__(self)", "The lines from the user.") { a in
        let read = try a.machine.attribute(a[0], "readline")
        return .object(
          NativeIterator("_io.TextIOWrapper") { (machine) throws(Raise) in
            let line = try machine.call(read)
            return line.asString?.bytes.isEmpty ?? true ? .undefined : line
          })
      },
      Native("__repr__(self)", "The stream by name.") { a in
        let name = try a.machine.attribute(a[0], "name").swiftString ?? ""
        let mode = try stream(a).direction == .input ? "r" : "w"
        return .string("<_io.TextIOWrapper name='\(name)' mode='\(mode)' encoding='utf-8'>")
      },
    ])

  private static func lines(_ a: Arguments) throws(Raise) -> [String] {
    let read = try a.machine.attribute(a[0], "readline")
    var result: [String] = []
    while let line = try a.machine.call(read).swiftString, !line.isEmpty { result.append(line) }
    return result
  }
}
