/// `string.Formatter`: `str.format` in steps that a class may override.
///
/// Source: "Custom String Formatting" of the Python library reference, whose order of calls is kept.
enum StringFormatter {
  static let table = TypeTable(
    "Formatter", module: "string", doc: "str.format in steps that a class may override.",
    methods: [
      Native("format(self, format_string, /, *args, **kwargs)", "The text with its fields filled in.",
        example: "string.Formatter().format('{0} {name}', 1, name='x')"
      ) { a in
        try a.machine.call(
          a.machine.attribute(a[0], "vformat"),
          [a[1], .tuple(a.items(2)), a[3].asDict.map { .object($0) } ?? .object(DictObject())])
      },
      Native("vformat(self, format_string, args, kwargs)", "The same with the arguments as objects.")
      { a in
        var run = Run(formatter: a[0], arguments: a[2], keywords: a[3], machine: a.machine)
        let text = try run.expand(a[1], depth: 2)
        _ = try a.machine.call(
          a.machine.attribute(a[0], "check_unused_args"), [.object(run.used), a[2], a[3]])
        return .string(text)
      },
      Native("parse(self, format_string)", "The parts: text, field, specification, conversion.",
        example: "list(string.Formatter().parse('a{b!r:>5}'))"
      ) { a in
        guard let text = a[1].asString else {
          throw Raise(.typeError, "expected str, got \(a.machine.typeName(a[1]))")
        }
        return try a.machine.iterator(.list(parts(of: text).map(\.value)))
      },
      Native("get_field(self, field_name, args, kwargs)", "The object of a field, and its key.") { a in
        try field(a)
      },
      Native("get_value(self, key, args, kwargs)", "The argument of a number or name.") { a in
        try a.machine.item(a[1].isInteger ? a[2] : a[3], a[1])
      },
      Native("check_unused_args(self, used_args, args, kwargs)", "May refuse arguments left over.") {
        _ in .none
      },
      Native("format_field(self, value, format_spec)", "A value by its specification.") { a in
        .object(try a.machine.formatText(a[1], a.text(2)))
      },
      Native("convert_field(self, value, conversion)", "A value by its conversion.") { a in
        switch a[2].swiftString {
        case nil: return a[1]
        case "s": return .object(try a.machine.convert(a[1], 1))
        case "r": return .object(try a.machine.convert(a[1], 2))
        case "a": return .object(try a.machine.convert(a[1], 3))
        case .some(let letter):
          throw Raise(.valueError, "Unknown conversion specifier \(letter)")
        }
      },
    ])

  // MARK: - Parsing

  /// Literal text and the field behind it, if there is one.
  struct Part {
    var literal: String
    var name: String?
    var spec: String?
    var conversion: String?

    var value: Value {
      func text(_ part: String?) -> Value { part.map { .string($0) } ?? .none }
      return .tuple([.string(literal), text(name), text(spec), text(conversion)])
    }
  }

  static func parts(of text: StringObject) throws(Raise) -> [Part] {
    let points = CodePoints.all(text.bytes)[...]
    var result: [Part] = []
    var literal: [UInt8] = []
    var position = 0
    func taken() -> String {
      defer { literal = [] }
      return String(decoding: literal, as: UTF8.self)
    }
    while position < points.count {
      let point = points[position]
      position += 1
      guard point == 0x7B || point == 0x7D else {
        CodePoints.append(point, to: &literal)
        continue
      }
      if position < points.count, points[position] == point {
        CodePoints.append(point, to: &literal)
        position += 1
        // A doubled brace ends a part.
        result.append(Part(literal: taken()))
        continue
      }
      if point == 0x7D { throw Raise(.valueError, "Single '}' encountered in format string") }
      if position == points.count {
        throw Raise(.valueError, "Single '{' encountered in format string")
      }
      let field = try StrFormat.Field(points, &position)
      func shown(_ part: ArraySlice<UInt32>) -> String {
        String(decoding: CodePoints.bytes(part), as: UTF8.self)
      }
      result.append(
        Part(
          literal: taken(), name: shown(field.name), spec: shown(field.spec),
          conversion: field.conversion == 0 ? nil : shown([field.conversion])))
    }
    if !literal.isEmpty { result.append(Part(literal: taken())) }
    return result
  }

  /// `name.attribute[item]`: what it leads to, and the first key.
  private static func field(_ a: Arguments) throws(Raise) -> Value {
    let machine = a.machine
    let text = Array(try a.word(1, argument: "1").swiftString.unicodeScalars)
    var position = text.firstIndex { $0 == "." || $0 == "[" } ?? text.count
    func string(_ range: Range<Int>) -> String {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text[range])
      return String(view)
    }
    let head = string(0..<position)
    let key: Value = Int(head).map { .int($0) } ?? .string(head)
    var value = try machine.call(machine.attribute(a[0], "get_value"), [key, a[2], a[3]])
    while position < text.count {
      let isAttribute = text[position] == "."
      let start = position + 1
      position = start
      if isAttribute {
        while position < text.count, text[position] != ".", text[position] != "[" { position += 1 }
        value = try machine.attribute(value, string(start..<position))
      } else {
        while position < text.count, text[position] != "]" { position += 1 }
        if position == text.count { throw Raise(.valueError, "Missing ']' in format string") }
        let word = string(start..<position)
        value = try machine.item(value, Int(word).map { .int($0) } ?? .string(word))
        position += 1
      }
    }
    return .tuple([value, key])
  }

  // MARK: - Filling in

  private struct Run {
    let formatter: Value
    let arguments: Value
    let keywords: Value
    let machine: Machine
    let used = SetObject()
    /// The next number of `{}`; nil once a field gave its own.
    var next: Int? = 0

    init(formatter: Value, arguments: Value, keywords: Value, machine: Machine) {
      self.formatter = formatter
      self.arguments = arguments
      self.keywords = keywords
      self.machine = machine
    }

    mutating func expand(_ template: Value, depth: Int) throws(Raise) -> String {
      if depth < 0 { throw Raise(.valueError, "Max string recursion exceeded") }
      var result = ""
      let parsed = try machine.call(machine.attribute(formatter, "parse"), [template])
      for part in try machine.array(parsed) {
        let items = try machine.array(part)
        guard items.count == 4 else {
          throw Raise(.valueError, "not enough values to unpack (expected 4, got \(items.count))")
        }
        result += items[0].swiftString ?? ""
        if items[1].isNone { continue }
        var value = try lookup(numbered(items[1].swiftString ?? ""))
        value = try machine.call(machine.attribute(formatter, "convert_field"), [value, items[3]])
        let spec = try expand(items[2], depth: depth - 1)
        let shown = try machine.call(
          machine.attribute(formatter, "format_field"), [value, .string(spec)])
        guard let text = shown.swiftString else {
          throw Raise(
            .typeError,
            "sequence item 0: expected str instance, \(machine.typeName(shown)) found")
        }
        result += text
        try machine.charge(result.utf8.count, "the formatted text")
      }
      return result
    }

    private mutating func numbered(_ name: String) throws(Raise) -> String {
      if name.isEmpty {
        guard let number = next else {
          throw Raise(
            .valueError,
            "cannot switch from manual field specification to automatic field numbering")
        }
        next = number + 1
        return String(number)
      }
      if name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
        if let number = next, number > 0 {
          throw Raise(
            .valueError,
            "cannot switch from manual field specification to automatic field numbering")
        }
        next = nil
      }
      return name
    }

    private func lookup(_ name: String) throws(Raise) -> Value {
      let found = try machine.array(
        machine.call(
          machine.attribute(formatter, "get_field"), [.string(name), arguments, keywords]))
      guard found.count == 2 else {
        throw Raise(.valueError, "not enough values to unpack (expected 2, got \(found.count))")
      }
      try used.add(found[1], machine)
      return found[0]
    }
  }
}
