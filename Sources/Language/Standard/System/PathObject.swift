#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A `pathlib.Path`: a path as text, with repeated slashes and single dots taken out.
final class PathObject: Instance {
  var text = "."

  /// The parts between slashes; the root counts as one.
  var parts: [String] {
    if text == "." { return [] }
    let names = text.split(separator: "/").map(String.init)
    return text.hasPrefix("/") ? ["/"] + names : names
  }

  var name: String {
    guard let last = parts.last, last != "/" else { return "" }
    return last
  }

  /// The name without its last ending, and the ending with its dot.
  var ending: (stem: String, suffix: String) {
    let name = name
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
      name.index(after: dot) != name.endIndex
    else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  static func normalized(_ text: String) -> String {
    let root = text.hasPrefix("//") && !text.hasPrefix("///") ? "//" : text.hasPrefix("/") ? "/" : ""
    let names = text.split(separator: "/").filter { $0 != "." }
    let result = root + names.joined(separator: "/")
    return result.isEmpty ? "." : result
  }
}

/// The module `pathlib`: paths as objects.
enum PathlibModule {
  static let module = ModuleTable(
    "pathlib", doc: "Paths as objects.",
    entries: [
      .value(name: "Path", doc: "A path of a file or folder.") { machine in
        .object(machine.type(path))
      },
      .value(name: "PosixPath", doc: "The same as Path here.") { machine in
        .object(machine.type(table))
      },
      .value(name: "PurePath", doc: "A path without access to files.") { machine in
        .object(machine.type(pure))
      },
      .value(name: "PurePosixPath", doc: "The same as PurePath here.") { machine in
        .object(machine.type(purePosix))
      },
    ])

  // MARK: - Helpers

  static func own(_ a: Arguments) throws(Raise) -> PathObject {
    guard let path = a[0].asInstance as? PathObject else {
      throw Raise(.typeError, "a Path is needed")
    }
    return path
  }

  static func make(_ text: String, like path: PathObject) -> Value {
    let result = PathObject(path.type)
    result.text = PathObject.normalized(text)
    return .object(result)
  }

  /// The text of an argument that is a path or a string.
  private static func segment(_ value: Value, _ machine: Machine) throws(Raise) -> String {
    if let path = value.asInstance as? PathObject { return path.text }
    if let text = value.asString { return text.swiftString }
    if value.asInstance != nil, machine.type(of: value).lookup("__fspath__") != nil {
      return try SystemError.path(value, machine, "")
    }
    throw Raise(
      .typeError, "expected str, bytes or os.PathLike object, not \(machine.typeName(value))")
  }

  private static func joined(_ values: [Value], _ machine: Machine) throws(Raise) -> String {
    var texts: [String] = []
    for value in values { texts.append(try segment(value, machine)) }
    return PathText.join(texts.filter { !$0.isEmpty && $0 != "." })
  }

  private static func text(
    _ name: String, _ doc: String, _ get: @escaping (PathObject) -> String
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      .string((value.asInstance as? PathObject).map(get) ?? "")
    }
  }

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares part by part.") { a in
      let left = try own(a)
      guard let right = a[1].asInstance as? PathObject else { return .notImplemented }
      return .bool(
        try a.machine.truth(
          a.machine.compare(
            op, .tuple(left.parts.map { .string($0) }), .tuple(right.parts.map { .string($0) }))))
    }
  }

  private static func parent(_ path: PathObject) -> Value {
    let (head, tail) = PathText.split(path.text)
    if tail.isEmpty || path.text == "." { return make(path.text, like: path) }
    return make(head.isEmpty ? "." : head, like: path)
  }

  private static let pureProperties: [NativeProperty] = [
    text("name", "The last part.") { $0.name },
    text("stem", "The last part without its ending.") { $0.ending.stem },
    text("suffix", "The ending of the last part, with its dot.") { $0.ending.suffix },
    text("root", "The root, when there is one.") { $0.text.hasPrefix("/") ? "/" : "" },
    text("anchor", "The root, when there is one.") { $0.text.hasPrefix("/") ? "/" : "" },
    text("drive", "Empty here.") { _ in "" },
    NativeProperty("suffixes", "All endings of the last part.") { value, _ in
      guard let path = value.asInstance as? PathObject, !path.name.hasSuffix(".") else {
        return .list([])
      }
      let trimmed = path.name.drop { $0 == "." }
      return .list(trimmed.split(separator: ".", omittingEmptySubsequences: false).dropFirst().map {
        .string("." + $0)
      })
    },
    NativeProperty("parts", "The parts of the path.") { value, _ in
      .tuple((value.asInstance as? PathObject)?.parts.map { .string($0) } ?? [])
    },
    NativeProperty("parent", "The folder that holds it.") { value, _ in
      (value.asInstance as? PathObject).map(parent) ?? .none
    },
    NativeProperty("parents", "The folders above it, nearest first.") { value, _ in
      guard var path = value.asInstance as? PathObject else { return .none }
      var result: [Value] = []
      while let above = parent(path).asInstance as? PathObject, above.text != path.text {
        result.append(.object(above))
        path = above
      }
      return .tuple(result)
    },
  ]

  private static let pureMethods: [Native] = [
    Native("__new__(cls, *args)", "A path from parts.", example: "pathlib.Path('data') / 'a.csv'") {
      a in
      guard var type = a[0].asType else { return .none }
      if type === a.machine.type(path) { type = a.machine.type(table) }
      if type === a.machine.type(pure) { type = a.machine.type(purePosix) }
      let result = PathObject(type)
      result.text = PathObject.normalized(try joined(a.items(1), a.machine))
      return .object(result)
    },
    Native("joinpath(self, *args)", "A path below this one.") { a in
      make(try joined([a[0]] + a.items(1), a.machine), like: try own(a))
    },
    Native("__truediv__(self, key)", "A path below this one.") { a in
      guard a[1].asString != nil || a[1].asInstance != nil else { return .notImplemented }
      return make(try joined([a[0], a[1]], a.machine), like: try own(a))
    },
    Native("__rtruediv__(self, key)", "This path below another.") { a in
      guard a[1].asString != nil else { return .notImplemented }
      return make(try joined([a[1], a[0]], a.machine), like: try own(a))
    },
    Native("with_name(self, name)", "The path with another last part.") { a in
      let path = try own(a)
      if path.name.isEmpty {
        throw Raise(.valueError, "\(try a.machine.repr(a[0])) has an empty name")
      }
      return make(PathText.join([PathText.split(path.text).head, try a.string(1)]), like: path)
    },
    Native("with_stem(self, stem)", "The path with another name before its ending.") { a in
      let path = try own(a)
      return make(
        PathText.join([PathText.split(path.text).head, try a.string(1) + path.ending.suffix]),
        like: path)
    },
    Native("with_suffix(self, suffix)", "The path with another ending.") { a in
      let path = try own(a)
      let suffix = try a.string(1)
      if (!suffix.isEmpty && !suffix.hasPrefix(".")) || suffix == "." || suffix.contains("/") {
        throw Raise(.valueError, "Invalid suffix \(try a.machine.repr(a[1]))")
      }
      if path.name.isEmpty {
        throw Raise(.valueError, "\(try a.machine.repr(a[0])) has an empty name")
      }
      return make(
        PathText.join([PathText.split(path.text).head, path.ending.stem + suffix]), like: path)
    },
    Native("relative_to(self, *other)", "The path as seen from a folder above it.") { a in
      let path = try own(a)
      let base = PathObject(path.type)
      base.text = PathObject.normalized(try joined(a.items(1), a.machine))
      let parts = path.parts
      guard parts.starts(with: base.parts) else {
        throw Raise(
          .valueError,
          "\(try a.machine.repr(.string(path.text))) is not in the subpath of "
            + "\(try a.machine.repr(.string(base.text))) OR one path is relative and the other is "
            + "absolute.")
      }
      return make(parts.dropFirst(base.parts.count).joined(separator: "/"), like: path)
    },
    Native("is_relative_to(self, *other)", "Whether it lies below a folder.") { a in
      let path = try own(a)
      let base = PathObject(path.type)
      base.text = PathObject.normalized(try joined(a.items(1), a.machine))
      return .bool(path.parts.starts(with: base.parts))
    },
    Native("is_absolute(self)", "Whether it starts at the root.") { a in
      .bool(try own(a).text.hasPrefix("/"))
    },
    Native("as_posix(self)", "The path as text.") { a in .string(try own(a).text) },
    Native("as_uri(self)", "The path as a file URI.") { a in
      let path = try own(a)
      if !path.text.hasPrefix("/") {
        throw Raise(.valueError, "relative path can't be expressed as a file URI")
      }
      return .string("file://" + path.text)
    },
    Native("match(self, path_pattern)", "Whether the last parts fit a pattern.") { a in
      let path = try own(a)
      let pattern = try a.string(1)
      let wanted = pattern.split(separator: "/").map(String.init)
      if wanted.isEmpty { throw Raise(.valueError, "empty pattern") }
      let parts = path.parts.filter { $0 != "/" }
      if wanted.count > parts.count { return .bool(false) }
      if pattern.hasPrefix("/"), !path.text.hasPrefix("/") || wanted.count != parts.count {
        return .bool(false)
      }
      return .bool(
        zip(wanted.reversed(), parts.reversed()).allSatisfy { Globbing.matches($1, $0) })
    },
    Native("__fspath__(self)", "The path as text.") { a in .string(try own(a).text) },
    Native("__str__(self)", "The path as text.") { a in .string(try own(a).text) },
    Native("__repr__(self)", "The path as one would write it.") { a in
      let path = try own(a)
      return .string("\(path.type.name)(\(try a.machine.repr(.string(path.text))))")
    },
    Native("__hash__(self)", "The hash of the text.") { a in
      .int(try a.machine.hash(.string(own(a).text)))
    },
    Native("__copy__(self)", "The path itself.") { a in a[0] },
    Native("__deepcopy__(self, memo)", "The path itself.") { a in a[0] },
    comparison("eq", 0), comparison("ne", 1), comparison("lt", 2), comparison("le", 3),
    comparison("gt", 4), comparison("ge", 5),
  ]

  static let pure: TypeTable = TypeTable(
    "PurePath", module: "pathlib", doc: "A path without access to files.",
    allocate: { PathObject($0) }, properties: pureProperties, methods: pureMethods)

  private static let purePosix: TypeTable = TypeTable(
    "PurePosixPath", module: "pathlib", doc: "A path without access to files.", base: pure)

  static let path: TypeTable = TypeTable(
    "Path", module: "pathlib", doc: "A path of a file or folder.", base: pure,
    classMethods: PathFiles.makers, methods: PathFiles.methods)

  static let table: TypeTable = TypeTable(
    "PosixPath", module: "pathlib", doc: "A path of a file or folder.", base: path)
}
