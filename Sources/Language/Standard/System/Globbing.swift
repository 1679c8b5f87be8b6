/// Names by patterns: `*`, `?`, `[a-z]`, `[!a-z]`, and `**` for any folders below. Shared by `glob`,
/// `fnmatch` and `pathlib`.
enum Globbing {
  /// Whether a whole name fits a pattern.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    matches(Array(name.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
  }

  /// Iterative with one place to come back to: a star takes one more letter when the rest fails.
  private static func matches(
    _ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var n = name.startIndex
    var p = pattern.startIndex
    var star: (pattern: Int, name: Int)?
    while n < name.endIndex {
      if p < pattern.endIndex, pattern[p] == "*" {
        star = (p + 1, n)
        p += 1
        continue
      }
      if p < pattern.endIndex, let next = step(name[n], pattern, p) {
        n += 1
        p = next
        continue
      }
      guard let back = star else { return false }
      star = (back.pattern, back.name + 1)
      (p, n) = (back.pattern, back.name + 1)
    }
    while p < pattern.endIndex, pattern[p] == "*" { p += 1 }
    return p == pattern.endIndex
  }

  /// Where the pattern goes on behind one letter; nil when the letter does not fit.
  private static func step(
    _ letter: Unicode.Scalar, _ pattern: ArraySlice<Unicode.Scalar>, _ p: Int
  ) -> Int? {
    if pattern[p] == "?" { return p + 1 }
    guard pattern[p] == "[" else { return pattern[p] == letter ? p + 1 : nil }
    var index = p + 1
    let isNegative = index < pattern.endIndex && pattern[index] == "!"
    if isNegative { index += 1 }
    let start = index
    var end = index
    if end < pattern.endIndex, pattern[end] == "]" { end += 1 }
    while end < pattern.endIndex, pattern[end] != "]" { end += 1 }
    // Without an end the bracket is a letter like others.
    if end >= pattern.endIndex { return letter == "[" ? p + 1 : nil }
    index = start
    var isIn = false
    while index < end {
      if index + 2 < end, pattern[index + 1] == "-" {
        if pattern[index].value <= letter.value, letter.value <= pattern[index + 2].value {
          isIn = true
        }
        index += 3
      } else {
        if pattern[index] == letter { isIn = true }
        index += 1
      }
    }
    return isIn != isNegative ? end + 1 : nil
  }

  static func hasMagic(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  /// The paths that fit a pattern with slashes, in the order of the system.
  static func find(
    _ pattern: String, under root: String, recursive: Bool, hidden: Bool = false,
    _ machine: Machine
  ) throws(Raise) -> [String] {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let start = pattern.hasPrefix("/") ? "/" : ""
    var result: [String] = []
    try walk(start, parts[...], root, recursive, hidden, &result, machine)
    if pattern.hasSuffix("/") {
      result = result.filter { FileSystem.isDirectory(place($0, root)) }.map { $0 + "/" }
    }
    return result
  }

  private static func place(_ path: String, _ root: String) -> String {
    path.hasPrefix("/") ? path : PathText.join([root, path].filter { !$0.isEmpty })
  }

  private static func walk(
    _ found: String, _ parts: ArraySlice<String>, _ root: String, _ recursive: Bool,
    _ hidden: Bool, _ result: inout [String], _ machine: Machine
  ) throws(Raise) {
    try machine.poll()
    guard let part = parts.first else {
      if !found.isEmpty { result.append(found) }
      return
    }
    let rest = parts.dropFirst()
    let folder = place(found, root)
    func below(_ name: String) -> String {
      found.isEmpty || found.hasSuffix("/") ? found + name : found + "/" + name
    }
    if part == "**", recursive {
      if rest.isEmpty, !found.isEmpty { result.append(found + "/") }
      if !rest.isEmpty { try walk(found, rest, root, recursive, hidden, &result, machine) }
      for name in (try? FileSystem.names(in: folder.isEmpty ? "." : folder)) ?? []
      where hidden || !name.hasPrefix(".") {
        let path = below(name)
        if FileSystem.facts(place(path, root), followingLinks: false)?.isDirectory == true {
          if rest.isEmpty { result.append(path) }
          try descend(path, parts, root, hidden, &result, machine)
        } else if rest.isEmpty {
          result.append(path)
        }
      }
      return
    }
    if !hasMagic(part) {
      let path = below(part)
      if FileSystem.facts(place(path, root), followingLinks: false) != nil {
        try walk(path, rest, root, recursive, hidden, &result, machine)
      }
      return
    }
    for name in (try? FileSystem.names(in: folder.isEmpty ? "." : folder)) ?? []
    where (hidden || !name.hasPrefix(".") || part.hasPrefix(".")) && matches(name, part) {
      let path = below(name)
      if rest.isEmpty || FileSystem.isDirectory(place(path, root)) {
        try walk(path, rest, root, recursive, hidden, &result, machine)
      }
    }
  }

  /// The folders below one that `**` has reached.
  private static func descend(
    _ found: String, _ parts: ArraySlice<String>, _ root: String, _ hidden: Bool,
    _ result: inout [String], _ machine: Machine
  ) throws(Raise) {
    try machine.poll()
    let rest = parts.dropFirst()
    if !rest.isEmpty { try walk(found, rest, root, true, hidden, &result, machine) }
    for name in (try? FileSystem.names(in: place(found, root))) ?? []
    where hidden || !name.hasPrefix(".") {
      let path = found + "/" + name
      if FileSystem.facts(place(path, root), followingLinks: false)?.isDirectory == true {
        if rest.isEmpty { result.append(path) }
        try descend(path, parts, root, hidden, &result, machine)
      } else if rest.isEmpty {
        result.append(path)
      }
    }
  }
}

/// The modules `glob` and `fnmatch`.
enum GlobModule {
  static let table = ModuleTable(
    "glob", doc: "Files by patterns.",
    entries: [
      .function(
        Native("glob(pathname, *, root_dir=None, recursive=False)", "The paths that fit a pattern.",
          example: "glob.glob('*.csv')"
        ) { a in .list(try paths(a).map { .string($0) }) }),
      .function(
        Native("iglob(pathname, *, root_dir=None, recursive=False)", "The same, one by one.",
          example: "list(glob.iglob('*.csv'))"
        ) { a in try a.machine.iterator(.list(paths(a).map { .string($0) })) }),
      .function(
        Native("escape(pathname)", "The path with its special letters in brackets.",
          example: "glob.escape('a*b')"
        ) { a in
          .string(
            try a.string(0).map { "*?[".contains($0) ? "[\($0)]" : String($0) }.joined())
        }),
    ])

  private static func paths(_ a: Arguments) throws(Raise) -> [String] {
    let pattern = try SystemError.path(a[0], a.machine, "")
    let root = a[1].isNone ? "" : try SystemError.path(a[1], a.machine, "")
    return try Globbing.find(pattern, under: root, recursive: a.bool(2), a.machine)
  }

  static let matchTable = ModuleTable(
    "fnmatch", doc: "Names that fit patterns.",
    entries: [
      .function(
        Native("fnmatch(name, pat)", "Whether a name fits a pattern.",
          example: "fnmatch.fnmatch('data.csv', '*.csv')"
        ) { a in .bool(Globbing.matches(try a.string(0), try a.string(1))) }),
      .function(
        Native("fnmatchcase(name, pat)", "The same.") { a in
          .bool(Globbing.matches(try a.string(0), try a.string(1)))
        }),
      .function(
        Native("filter(names, pat)", "The names that fit a pattern.",
          example: "fnmatch.filter(['a.txt', 'b.csv'], '*.csv')"
        ) { a in
          let pattern = try a.string(1)
          return .list(
            try a.machine.array(a[0]).filter {
              Globbing.matches($0.swiftString ?? "", pattern)
            })
        }),
    ])
}
