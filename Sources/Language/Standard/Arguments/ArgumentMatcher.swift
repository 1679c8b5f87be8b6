/// Reads a command line by the rows of a parser.
struct ArgumentMatcher {
  private let parser: ParserObject
  private let machine: Machine
  private let namespace: Value
  private var seen: Set<ObjectIdentifier> = []
  private var rest: [String] = []
  private var texts: [String] = []
  private var index = 0
  private var positionals: [ArgumentRow] = []
  private var isOptionsOver = false

  static func run(
    _ parser: ParserObject, _ given: Value, _ namespace: Value, _ machine: Machine
  ) throws(Raise) -> (Value, [String]) {
    var texts = Array(machine.programArguments.dropFirst())
    if !given.isNone {
      texts = []
      for item in try machine.array(given) {
        guard let text = item.swiftString else {
          throw Raise(.typeError, "'\(machine.typeName(item))' object is not subscriptable")
        }
        texts.append(text)
      }
    }
    let target =
      namespace.isNone
      ? try machine.call(.object(machine.type(ArgumentParserModule.namespace))) : namespace
    var matcher = ArgumentMatcher(parser, machine, target)
    return (target, try matcher.parse(texts))
  }

  private init(_ parser: ParserObject, _ machine: Machine, _ namespace: Value) {
    self.parser = parser
    self.machine = machine
    self.namespace = namespace
  }

  private func fail(_ message: String) throws(Raise) -> Raise {
    try ParserType.fail(parser, message, machine)
  }

  private func fail(_ row: ArgumentRow, _ message: String) throws(Raise) -> Raise {
    try fail("argument \(row.shown): \(message)")
  }

  private func set(_ name: String, _ value: Value) throws(Raise) {
    try machine.setAttribute(namespace, name, value)
  }

  private func current(_ name: String) throws(Raise) -> Value {
    try machine.optionalAttribute(namespace, name) ?? .none
  }

  // MARK: - The walk

  private mutating func parse(_ given: [String]) throws(Raise) -> [String] {
    texts = given
    for row in parser.rows where row.action != "help" && row.action != "version" {
      if row.defaultValue.swiftString == "==SUPPRESS==" { continue }
      if row.name.isEmpty { continue }
      if try machine.optionalAttribute(namespace, row.name) == nil {
        try set(row.name, row.defaultValue)
      }
    }
    for (name, value) in parser.defaults
    where try machine.optionalAttribute(namespace, name) == nil {
      try set(name, value)
    }
    positionals = parser.rows.filter(\.isPositional)
    while index < texts.count {
      try machine.poll()
      let text = texts[index]
      if text == "--", !isOptionsOver {
        isOptionsOver = true
        index += 1
        continue
      }
      if !isOptionsOver, isOption(text), let found = try option(text) {
        try take(found.row, flag: found.flag, attached: found.attached)
      } else if isOption(text), !isOptionsOver {
        rest.append(text)
        index += 1
      } else {
        let before = index
        try takePositionals()
        if index == before {
          rest.append(text)
          index += 1
        }
      }
    }
    try takePositionals()
    try finish()
    return rest
  }

  /// Whether a text stands for an option; negative numbers do not, unless options look like them.
  private func isOption(_ text: String) -> Bool {
    guard text.hasPrefix("-"), text != "-", !isOptionsOver else { return false }
    if parser.rows.contains(where: { $0.flags.contains(text) }) { return true }
    if ArgumentMatcher.isNegative(text),
      !parser.rows.contains(where: { $0.flags.contains(where: ArgumentMatcher.isNegative) })
    {
      return false
    }
    return !text.contains(" ")
  }

  /// `-3` and `-.5`, but not `-1e-3`.
  private static func isNegative(_ text: String) -> Bool {
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard text.hasPrefix("-"), parts.count <= 2, let last = parts.last, !last.isEmpty else {
      return false
    }
    return parts.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
  }

  private func option(
    _ text: String
  ) throws(Raise) -> (row: ArgumentRow, flag: String, attached: String?)? {
    func exact(_ flag: String) -> ArgumentRow? { parser.rows.first { $0.flags.contains(flag) } }
    if let row = exact(text) { return (row, text, nil) }
    var flag = text
    var attached: String?
    if let equals = text.firstIndex(of: "=") {
      flag = String(text[..<equals])
      attached = String(text[text.index(after: equals)...])
      if let row = exact(flag) { return (row, flag, attached) }
    }
    if text.hasPrefix("--") {
      guard parser.allowsAbbreviations else { return nil }
      let names = parser.rows.flatMap(\.flags).filter { $0.hasPrefix(flag) }
      if names.count > 1 {
        throw try fail(
          "ambiguous option: \(text) could match \(names.joined(separator: ", "))")
      }
      return names.first.flatMap { name in exact(name).map { ($0, name, attached) } }
    }
    // `-n5`, and several letters in one: `-vx`.
    let short = String(text.prefix(2))
    if let row = exact(short), text.count > 2 { return (row, short, String(text.dropFirst(2))) }
    return nil
  }

  // MARK: - Values

  /// How many values a row takes: least and most.
  private func range(_ row: ArgumentRow) -> (least: Int, most: Int) {
    if !row.takesValues { return (0, 0) }
    if row.action == "commands" { return (1, Int.max) }
    if let number = row.count.asInt { return (number, number) }
    switch row.count.swiftString {
    case "?": return (0, 1)
    case "*", "...": return (0, Int.max)
    case "+": return (1, Int.max)
    default: return (1, 1)
    }
  }

  private mutating func take(
    _ row: ArgumentRow, flag: String, attached: String?
  ) throws(Raise) {
    index += 1
    try checkExclusive(row)
    var values: [String] = []
    let (least, most) = range(row)
    if let attached {
      if most == 0 {
        // `-vx` is `-v -x`.
        if !flag.hasPrefix("--"), try option("-" + attached) != nil {
          index -= 1
          texts[index] = "-" + attached
        } else {
          throw try fail(row, "ignored explicit argument \(machine.repr(.string(attached)))")
        }
      } else {
        values = [attached]
        if least > 1 { throw try fail(row, "expected \(least) arguments") }
      }
    } else {
      while index < texts.count, values.count < most, texts[index] == "--" ? false : !isOption(texts[index]) {
        values.append(texts[index])
        index += 1
      }
      if values.count < least { throw try fail(row, expected(row)) }
    }
    seen.insert(ObjectIdentifier(row))
    try apply(row, values, flag: flag)
  }

  private func expected(_ row: ArgumentRow) -> String {
    if let number = row.count.asInt {
      return "expected \(number) argument\(number == 1 ? "" : "s")"
    }
    switch row.count.swiftString {
    case "?": return "expected at most one argument"
    case "+": return "expected at least one argument"
    default: return "expected one argument"
    }
  }

  /// Gives the texts up to the next option to the positional rows, so that all get what they need.
  private mutating func takePositionals() throws(Raise) {
    var available = 0
    while index + available < texts.count,
      isOptionsOver || !(isOption(texts[index + available]) || texts[index + available] == "--")
    {
      available += 1
    }
    while let row = positionals.first {
      let (least, most) = range(row)
      let needed = positionals.dropFirst().reduce(0) { $0 + range($1).least }
      if available < least { return }
      var count = min(most, max(least, available - needed))
      if row.action == "commands" || row.count.swiftString == "..." { count = texts.count - index }
      positionals.removeFirst()
      let values = Array(texts[index..<(index + count)])
      index += count
      available = max(0, available - count)
      if row.action == "commands" {
        seen.insert(ObjectIdentifier(row))
        try runCommand(row, values)
      } else if count > 0 || row.count.swiftString == nil {
        seen.insert(ObjectIdentifier(row))
        try checkExclusive(row)
        try apply(row, values, flag: nil)
      } else {
        seen.insert(ObjectIdentifier(row))
        if row.count.swiftString == "*", row.defaultValue.isNone { try set(row.name, .list([])) }
        if row.defaultValue.asString != nil { try set(row.name, convert(row, row.defaultValue)) }
      }
    }
  }

  private func runCommand(_ row: ArgumentRow, _ values: [String]) throws(Raise) {
    guard let name = values.first else { return }
    guard let command = row.commands.first(where: { $0.name == name }) else {
      var names: [String] = []
      for command in row.commands { names.append(try machine.repr(.string(command.name))) }
      throw try fail(
        row,
        "invalid choice: \(machine.repr(.string(name))) (choose from \(names.joined(separator: ", ")))")
    }
    if !row.name.isEmpty { try set(row.name, .string(name)) }
    // A sub-command fills a namespace of its own, which goes over that of the program.
    let fresh = try machine.call(.object(machine.type(ArgumentParserModule.namespace)))
    var inner = ArgumentMatcher(command.parser, machine, fresh)
    let left = try inner.parse(Array(values.dropFirst()))
    for (key, value) in fresh.asInstance?.ownAttributes ?? [] { try set(key, value) }
    if !left.isEmpty {
      throw try fail("unrecognized arguments: \(left.joined(separator: " "))")
    }
  }

  /// A text by the type of its row.
  private func convert(_ row: ArgumentRow, _ text: Value) throws(Raise) -> Value {
    var value = text
    if !row.type.isNone {
      do throws(Raise) {
        value = try machine.call(row.type, [text])
      } catch {
        let exception = machine.materialize(error)
        if exception.type.isSubclass(of: machine.type(ArgumentParserModule.typeError)) {
          throw try fail(row, machine.message(of: exception))
        }
        guard machine.isException(error, .valueError) || machine.isException(error, .typeError)
        else { throw error }
        var name = try machine.repr(row.type)
        if let own = try machine.optionalAttribute(row.type, "__name__")?.swiftString { name = own }
        throw try fail(row, "invalid \(name) value: \(machine.repr(text))")
      }
    }
    return value
  }

  private func check(_ row: ArgumentRow, _ value: Value) throws(Raise) {
    if row.choices.isNone { return }
    if try machine.contains(value, in: row.choices) { return }
    var names: [String] = []
    for choice in try machine.array(row.choices) { names.append(try machine.repr(choice)) }
    throw try fail(
      row,
      "invalid choice: \(machine.repr(value)) (choose from \(names.joined(separator: ", ")))")
  }

  private func values(_ row: ArgumentRow, _ texts: [String]) throws(Raise) -> Value {
    var values: [Value] = []
    for text in texts {
      let value = try convert(row, .string(text))
      try check(row, value)
      values.append(value)
    }
    if row.count.asInt != nil { return .list(values) }
    switch row.count.swiftString {
    case "*", "+", "...": return .list(values)
    case "?":
      if let value = values.first { return value }
      let usual = row.isPositional ? row.defaultValue : row.constant
      return usual.asString != nil ? try convert(row, usual) : usual
    default: return values.first ?? .none
    }
  }

  private func apply(_ row: ArgumentRow, _ texts: [String], flag: String?) throws(Raise) {
    switch row.action {
    case "help":
      try ParserType.write(
        ArgumentHelp(parser, machine).help(), .none, toError: false, machine)
      throw Raise(.systemExit, arguments: [.int(0)])
    case "version":
      let text = try machine.text(of: row.constant)
        .replacing("%(prog)s", with: parser.program)
      try ParserType.write(text + "\n", .none, toError: false, machine)
      throw Raise(.systemExit, arguments: [.int(0)])
    case "store_true", "store_false", "store_const": try set(row.name, row.constant)
    case "boolean": try set(row.name, .bool(flag?.hasPrefix("--no-") != true))
    case "count":
      let old = try current(row.name)
      try set(row.name, machine.binary(.add, old.isNone ? .int(0) : old, .int(1)))
    case "append_const", "append", "extend":
      let old = try current(row.name)
      var items = old.isNone ? [] : try machine.array(old)
      switch row.action {
      case "append_const": items.append(row.constant)
      case "append": items.append(try values(row, texts))
      default: items += try machine.array(values(row, texts))
      }
      try set(row.name, .list(items))
    case "custom":
      _ = try machine.call(
        row.custom,
        [.object(parser), namespace, values(row, texts), flag.map { .string($0) } ?? .none])
    default: try set(row.name, values(row, texts))
    }
  }

  // MARK: - Rules

  private func checkExclusive(_ row: ArgumentRow) throws(Raise) {
    guard let group = row.exclusiveGroup else { return }
    for other in parser.rows
    where other !== row && other.exclusiveGroup == group && seen.contains(ObjectIdentifier(other)) {
      throw try fail(row, "not allowed with argument \(other.shown)")
    }
  }

  private func finish() throws(Raise) {
    var missing: [String] = []
    for row in parser.rows where !seen.contains(ObjectIdentifier(row)) {
      if row.action == "commands" {
        if row.isRequired { missing.append(row.name.isEmpty ? row.shown : row.name) }
      } else if row.isPositional ? range(row).least > 0 : row.isRequired {
        missing.append(row.shown)
      }
      // Defaults that are texts are read like values.
      if row.defaultValue.asString != nil, row.defaultValue.swiftString != "==SUPPRESS==",
        !row.type.isNone, try current(row.name).isIdentical(to: row.defaultValue)
      {
        try set(row.name, convert(row, row.defaultValue))
      }
    }
    if !missing.isEmpty {
      throw try fail(
        "the following arguments are required: \(missing.joined(separator: ", "))")
    }
    for group in parser.exclusiveRequired.sorted() {
      let rows = parser.rows.filter { $0.exclusiveGroup == group }
      if !rows.contains(where: { seen.contains(ObjectIdentifier($0)) }) {
        throw try fail(
          "one of the arguments \(rows.map(\.shown).joined(separator: " ")) is required")
      }
    }
  }
}
