#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `os.path`.
enum PathModule {
  static let table = ModuleTable(
    "os.path", doc: "Paths as text, and questions about what they name.", aliases: ["posixpath"],
    entries: texts + questions + [
      .value(name: "sep", doc: "What separates the parts of a path.") { _ in .string("/") },
      .value(name: "extsep", doc: "What begins an extension.") { _ in .string(".") },
      .value(name: "pardir", doc: "The folder above.") { _ in .string("..") },
      .value(name: "curdir", doc: "The current folder.") { _ in .string(".") },
    ])

  private static func path(_ a: Arguments, _ index: Int) throws(Raise) -> String {
    try SystemError.path(a[index], a.machine, "")
  }

  /// A function from path to path.
  private static func text(
    _ name: String, _ doc: String, _ example: String?,
    _ body: @escaping (String) throws -> String
  ) -> ModuleEntry {
    .function(
      Native("\(name)(path)", doc, example: example) { a in .string(try body(path(a, 0))) })
  }

  private static let texts: [ModuleEntry] = [
    .function(
      Native("join(a, *p)", "Joins the parts of a path.", example: "os.path.join('data', 'x.csv')")
      { a in
        var parts: [String] = []
        for part in [a[0]] + (try a.items(1)) {
          guard let text = part.swiftString else {
            if part.asInstance != nil {
              parts.append(try SystemError.path(part, a.machine, ""))
              continue
            }
            throw Raise(
              .typeError,
              parts.isEmpty
                ? "expected str, bytes or os.PathLike object, not \(a.machine.typeName(part))"
                : "join() argument must be str, bytes, or os.PathLike object, not "
                  + "'\(a.machine.typeName(part))'")
          }
          parts.append(text)
        }
        return .string(PathText.join(parts))
      }),
    text("basename", "The last part of a path.", "os.path.basename('a/b.txt')") {
      PathText.split($0).tail
    },
    text("dirname", "The folder of a path.", "os.path.dirname('a/b.txt')") {
      PathText.split($0).head
    },
    text("normpath", "A path without needless parts.", "os.path.normpath('a/./b/../c')") {
      PathText.normalized($0)
    },
    text("abspath", "The path from the root.", nil) { try PathText.absolute($0) },
    text("realpath", "The path from the root, links resolved.", nil) { path in
      let absolute = try PathText.absolute(path)
      guard let resolved = realpath(absolute, nil) else { return absolute }
      defer { free(resolved) }
      return String(cString: resolved)
    },
    text("expanduser", "~ replaced by the home folder.", nil) { PathText.expandingUser($0) },
    text("normcase", "The path itself, on Unix.", nil) { $0 },
    text("expandvars", "$NAME and ${NAME} replaced by the environment.", nil) { expanded($0) },
    .function(
      Native("split(p)", "The folder and the name.", example: "os.path.split('a/b.txt')") { a in
        let (head, tail) = PathText.split(try path(a, 0))
        return .tuple([.string(head), .string(tail)])
      }),
    .function(
      Native(
        "splitext(p)", "The path without its extension, and the extension.",
        example: "os.path.splitext('a/b.txt')"
      ) { a in
        let (root, ext) = PathText.splitExtension(try path(a, 0))
        return .tuple([.string(root), .string(ext)])
      }),
    .function(
      Native("splitdrive(p)", "An empty drive and the path, on Unix.") { a in
        .tuple([.string(""), .string(try path(a, 0))])
      }),
    .function(
      Native("relpath(path, start=None)", "The path as seen from a folder.") { a in
        let text = try path(a, 0)
        if text.isEmpty { throw Raise(.valueError, "no path specified") }
        let start = a[1].isNone ? "." : try path(a, 1)
        let from = try PathText.absolute(start).split(separator: "/")
        let to = try PathText.absolute(text).split(separator: "/")
        let common = zip(from, to).prefix { $0 == $1 }.count
        let parts = from.dropFirst(common).map { _ in ".." } + to.dropFirst(common).map(String.init)
        return .string(parts.isEmpty ? "." : parts.joined(separator: "/"))
      }),
    .function(
      Native("commonprefix(m)", "The longest common beginning of paths, letter by letter.") { a in
        var texts: [[UInt8]] = []
        for item in try a.items(0) { texts.append(item.asString?.bytes ?? []) }
        guard let low = texts.min(by: { $0.lexicographicallyPrecedes($1) }),
          let high = texts.max(by: { $0.lexicographicallyPrecedes($1) })
        else { return .string("") }
        let count = zip(low, high).prefix { $0 == $1 }.count
        return .object(StringObject(Array(low[..<count])))
      }),
    .function(
      Native("commonpath(paths)", "The longest common folder of paths.") { a in
        var lists: [[Substring]] = []
        var texts: [String] = []
        for item in try a.items(0) { texts.append(try SystemError.path(item, a.machine, "")) }
        if texts.isEmpty { throw Raise(.valueError, "commonpath() arg is an empty sequence") }
        let absolute = texts.filter { $0.hasPrefix("/") }.count
        if absolute != 0, absolute != texts.count {
          throw Raise(.valueError, "Can't mix absolute and relative paths")
        }
        for text in texts { lists.append(text.split(separator: "/").filter { $0 != "." }) }
        var common = lists[0]
        for list in lists { common = zip(common, list).prefix { $0 == $1 }.map(\.0) }
        return .string((absolute > 0 ? "/" : "") + common.joined(separator: "/"))
      }),
    .function(
      Native("isabs(s)", "Whether a path starts at the root.", example: "os.path.isabs('/data')") {
        a in .bool(try path(a, 0).hasPrefix("/"))
      }),
  ]

  private static func expanded(_ text: String) -> String {
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "$") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      var end = index + 1
      let isBraced = end < bytes.count && bytes[end] == UInt8(ascii: "{")
      if isBraced { end += 1 }
      let start = end
      while end < bytes.count,
        isBraced
          ? bytes[end] != UInt8(ascii: "}")
          : bytes[end] == UInt8(ascii: "_") || CodePoints.isASCIILetter(UInt32(bytes[end]))
            || (0x30...0x39).contains(bytes[end])
      {
        end += 1
      }
      let name = String(decoding: bytes[start..<end], as: UTF8.self)
      if isBraced { end += end < bytes.count ? 1 : 0 }
      if !name.isEmpty, let value = FileSystem.variable(name) {
        result += Array(value.utf8)
      } else {
        result += bytes[index..<end]
      }
      index = end
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A question that answers False where there is nothing to ask.
  private static func question(
    _ name: String, _ doc: String, _ body: @escaping (String) -> Bool
  ) -> ModuleEntry {
    .function(
      Native("\(name)(path)", doc, example: "os.path.\(name)('missing')") { a in
        if let text = a[0].asString, text.bytes.contains(0) { return .bool(false) }
        do {
          return .bool(body(try path(a, 0)))
        } catch let error as Raise {
          if !a.machine.isException(error, .typeError) { throw error }
          throw statError(a[0], a.machine)
        }
      })
  }

  private static func statError(_ value: Value, _ machine: Machine) -> Raise {
    Raise(
      .typeError,
      "stat: path should be string, bytes, os.PathLike or integer, not \(machine.typeName(value))")
  }

  private static func number(
    _ name: String, _ doc: String, _ body: @escaping (FileSystem.Facts) -> Value
  ) -> ModuleEntry {
    .function(
      Native("\(name)(filename)", doc) { a in
        let path = try path(a, 0)
        guard let facts = FileSystem.facts(path) else { throw SystemError.raise(errno, a[0]) }
        return body(facts)
      })
  }

  private static let questions: [ModuleEntry] = [
    question("exists", "Whether there is a file or folder.") { FileSystem.exists($0) },
    question("lexists", "Whether there is a file, folder or link.") {
      FileSystem.facts($0, followingLinks: false) != nil
    },
    question("isfile", "Whether there is a file.") { FileSystem.facts($0)?.isFile ?? false },
    question("isdir", "Whether there is a folder.") { FileSystem.isDirectory($0) },
    question("islink", "Whether there is a link.") {
      FileSystem.facts($0, followingLinks: false)?.isLink ?? false
    },
    number("getsize", "The size of a file in bytes.") { .int($0.size) },
    number("getmtime", "When a file was changed, in seconds since 1970.") { .float($0.modified) },
    number("getatime", "When a file was read, in seconds since 1970.") { .float($0.accessed) },
    number("getctime", "When the facts of a file changed.") { .float($0.changed) },
    .function(
      Native("samefile(f1, f2)", "Whether two paths name one file.") { a in
        guard let first = FileSystem.facts(try path(a, 0)) else {
          throw SystemError.raise(errno, a[0])
        }
        guard let second = FileSystem.facts(try path(a, 1)) else {
          throw SystemError.raise(errno, a[1])
        }
        return .bool(first.inode == second.inode && first.device == second.device)
      }),
  ]
}
