/// The types `re.Pattern` and `re.Match`.
enum RegexTypes {
  // MARK: - Pattern

  static let pattern = TypeTable(
    "Pattern", module: "re", doc: "A compiled regular expression.", isSubclassable: false,
    showsModule: true,
    properties: [
      NativeProperty("pattern", "The expression as it was written.") { value, _ in
        (value.asInstance as? PatternObject)?.source ?? .none
      },
      NativeProperty("flags", "The flags, as a number.") { value, _ in
        .int((value.asInstance as? PatternObject)?.program.flags.rawValue ?? 0)
      },
      NativeProperty("groups", "The number of groups.") { value, _ in
        .int((value.asInstance as? PatternObject)?.program.groupCount ?? 0)
      },
      NativeProperty("groupindex", "The numbers of named groups.") { value, machine in
        let dict = DictObject()
        for (name, group) in (value.asInstance as? PatternObject)?.program.names ?? [] {
          dict[name] = .int(group)
        }
        return TypesModule.readOnly(dict, machine)
      },
    ],
    methods: [
      Native("match(self, string, pos=0, endpos=9223372036854775807)", "A match at the start.") {
        a in try RegexFunctions.match(a.receiver(), a[1], a, bounds: 2, .start)
      },
      Native("fullmatch(self, string, pos=0, endpos=9223372036854775807)", "A match of all.") { a in
        try RegexFunctions.match(a.receiver(), a[1], a, bounds: 2, .whole)
      },
      Native("search(self, string, pos=0, endpos=9223372036854775807)", "The first match.") { a in
        try RegexFunctions.match(a.receiver(), a[1], a, bounds: 2, .anywhere)
      },
      Native("findall(self, string, pos=0, endpos=9223372036854775807)", "The texts of all matches.") {
        a in try RegexFunctions.findAll(a.receiver(), a[1], a, bounds: 2)
      },
      Native("finditer(self, string, pos=0, endpos=9223372036854775807)", "All matches.") { a in
        try RegexFunctions.findIterator(a.receiver(), a[1], a, bounds: 2)
      },
      Native("split(self, string, maxsplit=0)", "The texts between matches.") { a in
        try RegexFunctions.split(a.receiver(), a[1], maximum: a.size(2), a.machine)
      },
      Native("sub(self, repl, string, count=0)", "The text with matches replaced.") { a in
        try RegexFunctions.substitute(a.receiver(), a[1], a[2], maximum: a.size(3), a.machine).text
      },
      Native("subn(self, repl, string, count=0)", "The text with matches replaced, and how many.") {
        a in
        let (text, count) = try RegexFunctions.substitute(
          a.receiver(), a[1], a[2], maximum: a.size(3), a.machine)
        return .tuple([text, .int(count)])
      },
      Native("__repr__(self)", "How it could be compiled.") { a in
        let pattern: PatternObject = try a.receiver()
        var shown = pattern.program.flags
        if pattern.isText { shown.remove(.unicode) }
        let names: [(RegexFlags, String)] = [
          (.ascii, "re.ASCII"), (.ignoreCase, "re.IGNORECASE"), (.locale, "re.LOCALE"),
          (.multiline, "re.MULTILINE"), (.dotAll, "re.DOTALL"), (.verbose, "re.VERBOSE"),
        ]
        let order: [RegexFlags] = [
          .ignoreCase, .locale, .multiline, .dotAll, .unicode, .verbose, .debug, .ascii,
        ]
        let flags = order.filter { shown.contains($0) }.compactMap { flag in
          names.first { $0.0 == flag }?.1
        }
        let suffix = flags.isEmpty ? "" : ", " + flags.joined(separator: "|")
        let text = Array(try a.machine.repr(pattern.source).unicodeScalars.prefix(200))
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text)
        return .string("re.compile(\(String(scalars))\(suffix))")
      },
      Native("__eq__(self, other)", "Whether two patterns are the same.") { a in
        let pattern: PatternObject = try a.receiver()
        guard let other: PatternObject = a.instance(1) else { return .notImplemented }
        return .bool(
          try pattern.program.flags == other.program.flags
            && a.machine.equals(pattern.source, other.source))
      },
      Native("__hash__(self)", "The hash of the expression.") { a in
        let pattern: PatternObject = try a.receiver()
        return .int(try a.machine.hash(pattern.source) ^ pattern.program.flags.rawValue)
      },
      Native("__copy__(self)", "The pattern itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The pattern itself.") { a in a[0] },
    ])

  // MARK: - Match

  private static func match(_ value: Value) throws(Raise) -> MatchObject {
    guard let match = value.asInstance as? MatchObject else {
      throw Raise(.typeError, "a match is needed")
    }
    return match
  }

  static let match = TypeTable(
    "Match", module: "re", doc: "A match of a regular expression.", isSubclassable: false,
    showsModule: true,
    properties: [
      NativeProperty("string", "The text that was searched.") { value, _ in
        try match(value).subject.value
      },
      NativeProperty("re", "The pattern.") { value, _ in .object(try match(value).pattern) },
      NativeProperty("pos", "Where the search began.") { value, _ in
        .int(try match(value).position)
      },
      NativeProperty("endpos", "Where the search ended.") { value, _ in
        .int(try match(value).endPosition)
      },
      NativeProperty("lastindex", "The number of the group that matched last.") { value, _ in
        let last = try match(value).lastGroup
        return last < 0 ? .none : .int(last)
      },
      NativeProperty("lastgroup", "The name of the group that matched last.") { value, _ in
        let match = try match(value)
        return match.pattern.program.names.first { $0.group == match.lastGroup }
          .map { .string($0.name) } ?? .none
      },
      NativeProperty("regs", "Start and end of all groups.") { value, _ in
        let spans = try match(value).spans
        return .tuple(
          (0..<(spans.count / 2)).map { .tuple([.int(spans[$0 * 2]), .int(spans[$0 * 2 + 1])]) })
      },
    ],
    methods: [
      Native("group(self, *groups)", "The text of the match, or of groups.") { a in
        let match: MatchObject = try a.receiver()
        let keys = try a.items(1)
        if keys.isEmpty { return match.text(0) }
        if keys.count == 1 { return match.text(try match.group(keys[0], a.machine)) }
        var texts: [Value] = []
        for key in keys { texts.append(match.text(try match.group(key, a.machine))) }
        return .tuple(texts)
      },
      Native("__getitem__(self, key)", "The text of a group.") { a in
        let match: MatchObject = try a.receiver()
        return match.text(try match.group(a[1], a.machine))
      },
      Native("groups(self, default=None)", "The texts of all groups.") { a in
        let match: MatchObject = try a.receiver()
        let count = match.pattern.program.groupCount
        return .tuple((0..<count).map { match.text($0 + 1, a[1]) })
      },
      Native("groupdict(self, default=None)", "The texts of the named groups.") { a in
        let match: MatchObject = try a.receiver()
        let dict = DictObject()
        for (name, group) in match.pattern.program.names { dict[name] = match.text(group, a[1]) }
        return .object(dict)
      },
      Native("start(self, group=0, /)", "Where a group begins.") { a in
        let match: MatchObject = try a.receiver()
        return .int(match.spans[try match.group(a[1], a.machine) * 2])
      },
      Native("end(self, group=0, /)", "Where a group ends.") { a in
        let match: MatchObject = try a.receiver()
        return .int(match.spans[try match.group(a[1], a.machine) * 2 + 1])
      },
      Native("span(self, group=0, /)", "Where a group begins and ends.") { a in
        let match: MatchObject = try a.receiver()
        let group = try match.group(a[1], a.machine)
        return .tuple([.int(match.spans[group * 2]), .int(match.spans[group * 2 + 1])])
      },
      Native("expand(self, template)", "A template with its groups put in.") { a in
        let match: MatchObject = try a.receiver()
        let template = try RegexTemplate(a[1], match.pattern, a.machine)
        return try template.expanded(match.subject, a.machine) { match.text($0) }
      },
      Native("__repr__(self)", "Place and text.") { a in
        let match: MatchObject = try a.receiver()
        return .string(
          "<re.Match object; span=(\(match.spans[0]), \(match.spans[1])), "
            + "match=\(try a.machine.repr(match.text(0)))>")
      },
      Native("__copy__(self)", "The match itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The match itself.") { a in a[0] },
    ])
}

/// A replacement text with groups to put in: `\1`, `\g<name>`.
struct RegexTemplate {
  private enum Part {
    case text([UInt32])
    case group(Int)
  }
  private var parts: [Part] = []

  init(_ value: Value, _ pattern: PatternObject, _ machine: Machine) throws(Raise) {
    let text: [UInt32]
    if let string = value.asString {
      text = CodePoints.all(string.bytes)
    } else if case .object(let object) = value, object.kind == .bytes {
      text = unsafeDowncast(object, to: BytesObject.self).bytes.map(UInt32.init)
    } else {
      throw Raise(
        .typeError,
        "decoding to str: need a bytes-like object, \(machine.typeName(value)) found")
    }
    do throws(RegexError) {
      try parse(text, pattern)
    } catch {
      throw RegexModule.raise(error, value, machine)
    }
  }

  /// The template when it is only text.
  var literal: [UInt32]? {
    if parts.isEmpty { return [] }
    if parts.count == 1, case .text(let text) = parts[0] { return text }
    return nil
  }

  private mutating func add(_ point: UInt32) {
    if case .text(var text)? = parts.last {
      parts.removeLast()
      text.append(point)
      parts.append(.text(text))
    } else {
      parts.append(.text([point]))
    }
  }

  private mutating func parse(
    _ text: [UInt32], _ pattern: PatternObject
  ) throws(RegexError) {
    var index = 0
    func isDigit(_ place: Int) -> Bool { place < text.count && text[place] >= 0x30 && text[place] <= 0x39 }
    func isOctal(_ place: Int) -> Bool { place < text.count && text[place] >= 0x30 && text[place] <= 0x37 }
    func shown(_ from: Int, _ to: Int) -> String {
      String(decoding: CodePoints.bytes(text[from..<to]), as: UTF8.self)
    }
    let count = pattern.program.groupCount
    while index < text.count {
      let start = index
      guard text[index] == 0x5C else {
        add(text[index])
        index += 1
        continue
      }
      guard index + 1 < text.count else {
        throw RegexError(message: "bad escape (end of pattern)", position: index)
      }
      let letter = text[index + 1]
      index += 2
      if letter == 0x67 {
        guard index < text.count, text[index] == 0x3C else {
          throw RegexError(message: "missing <", position: index)
        }
        index += 1
        let begin = index
        while index < text.count, text[index] != 0x3E { index += 1 }
        if index >= text.count {
          throw RegexError(
            message: begin == text.count
              ? "missing group name" : "missing >, unterminated name", position: begin)
        }
        if index == begin { throw RegexError(message: "missing group name", position: begin) }
        let name = shown(begin, index)
        index += 1
        if RegexParser.isIdentifier(name) {
          guard let group = pattern.group(named: name) else {
            throw RegexError(
              kind: .index, message: "unknown group name \(RegexParser.quoted(name))")
          }
          parts.append(.group(group))
        } else {
          guard let group = Int(name), group >= 0 else {
            throw RegexError(
              message: "bad character in group name \(RegexParser.quoted(name))", position: begin)
          }
          if group > count {
            throw RegexError(message: "invalid group reference \(group)", position: begin)
          }
          parts.append(.group(group))
        }
      } else if letter == 0x30 {
        var value: UInt32 = 0
        for _ in 0..<2 where isOctal(index) {
          value = value * 8 + text[index] - 0x30
          index += 1
        }
        add(value & 0xFF)
      } else if letter >= 0x31, letter <= 0x39 {
        var group = Int(letter) - 0x30
        if isDigit(index) {
          let second = text[index]
          index += 1
          if letter <= 0x37, second <= 0x37, isOctal(index) {
            let value = (letter - 0x30) * 64 + (second - 0x30) * 8 + text[index] - 0x30
            index += 1
            if value > 0o377 {
              throw RegexError(
                message: "octal escape value \(shown(start, index)) outside of range 0-0o377",
                position: start)
            }
            add(value)
            continue
          }
          group = group * 10 + Int(second) - 0x30
        }
        if group > count {
          throw RegexError(message: "invalid group reference \(group)", position: start + 1)
        }
        parts.append(.group(group))
      } else if let point = RegexTemplate.escapes[letter] {
        add(point)
      } else if CodePoints.isASCIILetter(letter) {
        throw RegexError(message: "bad escape \(shown(start, index))", position: start)
      } else {
        add(0x5C)
        add(letter)
      }
    }
  }

  private static let escapes: [UInt32: UInt32] = [
    0x61: 7, 0x62: 8, 0x66: 12, 0x6E: 10, 0x72: 13, 0x74: 9, 0x76: 11, 0x5C: 0x5C,
  ]

  /// Appends the template with its groups put in.
  func append(
    to result: inout [UInt8], isText: Bool, _ group: (Int) -> Value
  ) {
    for part in parts {
      switch part {
      case .text(let points): RegexTemplate.append(points, to: &result, isText: isText)
      case .group(let number): RegexTemplate.append(group(number), to: &result)
      }
    }
  }

  static func append(_ points: [UInt32], to result: inout [UInt8], isText: Bool) {
    if isText {
      result += CodePoints.bytes(points)
    } else {
      for point in points { result.append(UInt8(truncatingIfNeeded: point)) }
    }
  }

  /// Appends a string or bytes; None is nothing.
  static func append(_ value: Value, to result: inout [UInt8]) {
    if let text = value.asString {
      result += text.bytes
    } else if case .object(let object) = value, object.kind == .bytes {
      result += unsafeDowncast(object, to: BytesObject.self).bytes
    }
  }

  func expanded(
    _ subject: RegexSubject, _ machine: Machine, _ group: (Int) -> Value
  ) throws(Raise) -> Value {
    var result: [UInt8] = []
    let isText = subject.value.asString != nil
    append(to: &result, isText: isText, group)
    return isText ? .object(StringObject(result)) : .object(BytesObject(result))
  }
}
