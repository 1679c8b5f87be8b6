/// The module `pprint`: values over several lines when one is too narrow.
enum PrettyModule {
  static let table = ModuleTable(
    "pprint", doc: "Values over several lines when one is too narrow.",
    entries: [
      .function(
        Native(
          "pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, "
            + "sort_dicts=True, underscore_numbers=False)", "Prints a value in a readable form.",
          example: "pprint.pprint({'b': [1, 2], 'a': 3})"
        ) { a in
          let printer = try PrettyPrinter(a.machine, indent: a[2], width: a[3], depth: a[4], compact: a[5], sorts: a[6])
          try write(printer.text(a[0]) + "\n", a[1], a.machine)
          return .none
        }),
      .function(
        Native(
          "pp(object, stream=None, indent=1, width=80, depth=None, *, compact=False, "
            + "sort_dicts=False, underscore_numbers=False)", "The same, keys in their own order.",
          example: "pprint.pp({'b': [1, 2], 'a': 3})"
        ) { a in
          let printer = try PrettyPrinter(a.machine, indent: a[2], width: a[3], depth: a[4], compact: a[5], sorts: a[6])
          try write(printer.text(a[0]) + "\n", a[1], a.machine)
          return .none
        }),
      .function(
        Native(
          "pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, "
            + "underscore_numbers=False)", "A value in a readable form, as text.",
          example: "pprint.pformat([1, 2, 3])"
        ) { a in
          let printer = try PrettyPrinter(a.machine, indent: a[1], width: a[2], depth: a[3], compact: a[4], sorts: a[5])
          return .string(try printer.text(a[0]))
        }),
      .function(
        Native("saferepr(object)", "The text of a value on one line.", example: "pprint.saferepr([1])") {
          a in
          .string(try PrettyPrinter(a.machine, width: .int(Int.max >> 8)).text(a[0]))
        }),
      .type(printerType),
    ])

  private static func write(_ text: String, _ stream: Value, _ machine: Machine) throws(Raise) {
    if stream.isNone, machine.redirections[0] == nil {
      machine.host?.write(text, toError: false)
      return
    }
    let target = stream.isNone ? machine.redirections[0] ?? .none : stream
    _ = try machine.call(machine.attribute(target, "write"), [.string(text)])
  }

  private static let printerType = TypeTable(
    "PrettyPrinter", module: "pprint", doc: "Settings for several values.",
    methods: [
      Native(
        "__init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, "
          + "sort_dicts=True, underscore_numbers=False)", "The settings.",
        example: "pprint.PrettyPrinter(width=20).pformat([1, 2])"
      ) { a in
        for (index, name) in ["indent", "width", "depth", "stream", "compact", "sort_dicts"]
          .enumerated()
        {
          a[0].asInstance?.setOwn("_\(name)", a[index + 1])
        }
        return .none
      },
      Native("pprint(self, object)", "Prints a value.") { a in
        try write(printer(a).text(a[1]) + "\n", a[0].asInstance?.own("_stream") ?? .none, a.machine)
        return .none
      },
      Native("pformat(self, object)", "A value as text.") { a in
        .string(try printer(a).text(a[1]))
      },
    ])

  private static func printer(_ a: Arguments) throws(Raise) -> PrettyPrinter {
    func own(_ name: String) -> Value { a[0].asInstance?.own("_\(name)") ?? .none }
    return try PrettyPrinter(
      a.machine, indent: own("indent"), width: own("width"), depth: own("depth"),
      compact: own("compact"), sorts: own("sort_dicts"))
  }
}

/// Lays a value out: on one line where it fits, otherwise one item per line.
struct PrettyPrinter {
  private let machine: Machine
  private let indent: Int
  private let width: Int
  private let depth: Int?
  private let isCompact: Bool
  private let sortsKeys: Bool

  init(
    _ machine: Machine, indent: Value = .int(1), width: Value = .int(80), depth: Value = .none,
    compact: Value = .bool(false), sorts: Value = .bool(true)
  ) throws(Raise) {
    self.machine = machine
    self.indent = try machine.size(indent)
    // Far beyond any line, and far from where sums overflow.
    self.width = min(max(try machine.size(width), -1 << 40), 1 << 40)
    self.depth = depth.isNone ? nil : try machine.size(depth)
    isCompact = try machine.truth(compact)
    sortsKeys = try machine.truth(sorts)
    if self.indent < 0 { throw Raise(.valueError, "indent must be >= 0") }
    try machine.charge(self.indent, "the indentation")
    if let depth = self.depth, depth <= 0 { throw Raise(.valueError, "depth must be > 0") }
    if self.width == 0 { throw Raise(.valueError, "width must be != 0") }
  }

  func text(_ value: Value) throws(Raise) -> String {
    try format(value, indent: 0, allowance: 0, level: 0)
  }

  // MARK: - One line

  private func flat(_ value: Value, _ level: Int) throws(Raise) -> String {
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    guard case .object(let object) = value else { return try machine.repr(value) }
    switch object.kind {
    case .list, .tuple, .dict:
      if value.asDict?.subclass != nil || value.asTuple?.subclass != nil {
        return try machine.repr(value)
      }
      let identity = ObjectIdentifier(object)
      if machine.reprStack.contains(identity) {
        return "<Recursion on \(machine.typeName(value)) with id=\(machine.identity(object))>"
      }
      machine.reprStack.append(identity)
      defer { machine.reprStack.removeLast() }
      if let dict = value.asDict {
        if dict.count == 0 { return "{}" }
        if let depth, level >= depth { return "{...}" }
        var parts: [String] = []
        for (key, item) in try pairs(dict) {
          parts.append("\(try flat(key, level + 1)): \(try flat(item, level + 1))")
        }
        return "{\(parts.joined(separator: ", "))}"
      }
      let items = try machine.array(value)
      let isList = object.kind == .list
      if items.isEmpty { return isList ? "[]" : "()" }
      if let depth, level >= depth { return isList ? "[...]" : items.count == 1 ? "(...,)" : "(...)" }
      var parts: [String] = []
      for item in items { parts.append(try flat(item, level + 1)) }
      let text = parts.joined(separator: ", ")
      return isList ? "[\(text)]" : "(\(text)\(items.count == 1 ? "," : ""))"
    default: return try machine.repr(value)
    }
  }

  /// Keys in order: of their own where they compare, otherwise by type and text.
  private func pairs(_ dict: DictObject) throws(Raise) -> [(Value, Value)] {
    let pairs = dict.pairs.map { ($0.key, $0.value) }
    guard sortsKeys else { return pairs }
    let keys = try sorted(pairs.map(\.0))
    var result: [(Value, Value)] = []
    for key in keys { result.append((key, try dict.get(key, machine) ?? .none)) }
    return result
  }

  private func sorted(_ values: [Value]) throws(Raise) -> [Value] {
    if let result = try? Sorting.sorted(values, key: .none, reverse: false, machine) {
      return result
    }
    var keyed: [(String, Value)] = []
    for value in values { keyed.append(("\(machine.typeName(value)) \(try machine.repr(value))", value)) }
    return keyed.sorted { $0.0 < $1.0 }.map(\.1)
  }

  // MARK: - Several lines

  private func format(
    _ value: Value, indent: Int, allowance: Int, level: Int
  ) throws(Raise) -> String {
    let line = try flat(value, level)
    let room = width - indent - allowance
    if line.unicodeScalars.count <= room { return line }
    guard case .object(let object) = value else { return line }
    // What contains itself is shown once; its line above says so for what lies inside.
    let identity = ObjectIdentifier(object)
    if machine.reprStack.contains(identity) { return line }
    machine.reprStack.append(identity)
    defer { machine.reprStack.removeLast() }
    try machine.charge(line.utf8.count + indent, "the text")
    try machine.pollItem()
    let isPlain =
      value.asDict?.subclass == nil && value.asTuple?.subclass == nil && !value.isDerived
    if let depth, level >= depth { return line }
    switch object.kind {
    case .dict where isPlain:
      guard let dict = value.asDict, dict.count > 0 else { return line }
      return try braces("{", "}", indent: indent, allowance: allowance) {
        (indent, allowance) throws(Raise) in
        try self.items(of: dict, indent: indent, allowance: allowance, level: level + 1)
      }
    case .list:
      return try bracketed(machine.array(value), "[", "]", indent, allowance, level)
    case .tuple where isPlain:
      let items = try machine.array(value)
      return try bracketed(items, "(", items.count == 1 ? ",)" : ")", indent, allowance, level)
    case .set, .frozenSet:
      let items = try sorted(machine.array(value))
      if items.isEmpty { return line }
      if object.kind == .set { return try bracketed(items, "{", "}", indent, allowance, level) }
      return "frozenset({"
        + (try list(
          items, indent: indent + 11, allowance: allowance + 2, level: level + 1, lead: 11)) + "})"
    case .string: return try string(value, indent, allowance, level)
    case .instance:
      return try dataclass(value, indent, allowance, level) ?? line
    default: return line
    }
  }

  private func braces(
    _ open: String, _ close: String, indent: Int, allowance: Int,
    _ body: (Int, Int) throws(Raise) -> String
  ) throws(Raise) -> String {
    let lead = self.indent > 1 ? String(repeating: " ", count: self.indent - 1) : ""
    return open + lead + (try body(indent + self.indent, allowance + close.utf8.count)) + close
  }

  private func bracketed(
    _ items: [Value], _ open: String, _ close: String, _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(Raise) -> String {
    if items.isEmpty { return open + close }
    let lead = self.indent > 1 ? String(repeating: " ", count: self.indent - 1) : ""
    return open + lead
      + (try list(
        items, indent: indent + self.indent, allowance: allowance + close.utf8.count,
        level: level + 1, lead: self.indent)) + close
  }

  private func items(
    of dict: DictObject, indent: Int, allowance: Int, level: Int
  ) throws(Raise) -> String {
    let all = try pairs(dict)
    var parts: [String] = []
    for (index, (key, value)) in all.enumerated() {
      let name = try flat(key, level)
      let isLast = index == all.count - 1
      let text = try format(
        value, indent: indent + name.unicodeScalars.count + 2,
        allowance: isLast ? allowance : 1, level: level)
      parts.append("\(name): \(text)")
    }
    return parts.joined(separator: ",\n" + String(repeating: " ", count: indent))
  }

  private func list(
    _ items: [Value], indent: Int, allowance: Int, level: Int, lead: Int
  ) throws(Raise) -> String {
    let gap = ",\n" + String(repeating: " ", count: indent)
    var result = ""
    var room = width - indent + 1
    var left = room
    var separator = ""
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      if isLast {
        room -= allowance
        left -= allowance
      }
      if isCompact {
        let text = try flat(item, level)
        let size = text.unicodeScalars.count + 2
        if left < size {
          left = room
          if !separator.isEmpty { separator = gap }
        }
        if left >= size {
          left -= size
          result += separator + text
          separator = ", "
          continue
        }
      }
      result += separator
      separator = gap
      result += try format(
        item, indent: indent, allowance: isLast ? allowance : 1, level: level)
    }
    return result
  }

  /// A long string as several literals, broken between words.
  private func string(
    _ value: Value, _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(Raise) -> String {
    guard let text = value.swiftString, !text.isEmpty else { return try machine.repr(value) }
    var lines: [String] = []
    var current = ""
    for scalar in text.unicodeScalars {
      current.unicodeScalars.append(scalar)
      if scalar == "\n" {
        lines.append(current)
        current = ""
      }
    }
    if !current.isEmpty { lines.append(current) }
    var place = indent
    var reserve = allowance
    if level == 0 {
      place += 1
      reserve += 1
    }
    let most = width - place
    var chunks: [String] = []
    for (index, line) in lines.enumerated() {
      let isLast = index == lines.count - 1
      let whole = try machine.repr(.string(line))
      if whole.unicodeScalars.count <= (isLast ? most - reserve : most) {
        chunks.append(whole)
        continue
      }
      let words = PrettyPrinter.words(line)
      var part = ""
      for (position, word) in words.enumerated() {
        let candidate = part + word
        let room = position == words.count - 1 && isLast ? most - reserve : most
        if try machine.repr(.string(candidate)).unicodeScalars.count > room {
          if !part.isEmpty { chunks.append(try machine.repr(.string(part))) }
          part = word
        } else {
          part = candidate
        }
      }
      if !part.isEmpty { chunks.append(try machine.repr(.string(part))) }
    }
    if chunks.count == 1 { return chunks[0] }
    let body = chunks.joined(separator: "\n" + String(repeating: " ", count: place))
    return level == 0 ? "(\(body))" : body
  }

  /// Words with the space behind them.
  private static func words(_ line: String) -> [String] {
    var result: [String] = []
    var current = ""
    var isInSpace = false
    for scalar in line.unicodeScalars {
      if !scalar.properties.isWhitespace, isInSpace {
        result.append(current)
        current = ""
        isInSpace = false
      }
      if scalar.properties.isWhitespace { isInSpace = true }
      current.unicodeScalars.append(scalar)
    }
    if !current.isEmpty { result.append(current) }
    return result
  }

  /// A data class over several lines; nil for other objects and those with a repr of their own.
  private func dataclass(
    _ value: Value, _ indent: Int, _ allowance: Int, _ level: Int
  ) throws(Raise) -> String? {
    guard let instance = value.asInstance,
      let fields = instance.type.lookup("__dataclass_fields__")?.asDict,
      instance.type.lookup("__repr__")?.kind == .native
    else { return nil }
    let name = instance.type.name
    let place = indent + name.unicodeScalars.count + 1
    var shown: [(String, Value)] = []
    for key in fields.keys {
      guard let text = key.swiftString, let value = instance.own(text) else { continue }
      shown.append((text, value))
    }
    var parts: [String] = []
    for (index, (key, value)) in shown.enumerated() {
      let isLast = index == shown.count - 1
      parts.append(
        key + "="
          + (try format(
            value, indent: place + key.unicodeScalars.count + 1,
            allowance: isLast ? allowance : 1, level: level + 1)))
    }
    return "\(name)(\(parts.joined(separator: ",\n" + String(repeating: " ", count: place))))"
  }
}
