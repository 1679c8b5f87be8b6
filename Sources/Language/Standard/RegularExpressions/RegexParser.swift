/// Something wrong with a regular expression, at a code point of it.
struct RegexError: Error {
  enum Kind { case syntax, overflow, value, depth, index }
  var kind = Kind.syntax
  let message: String
  /// nil where CPython names no place.
  var position: Int?
}

/// The text of a pattern to a tree, with the errors of CPython 3.11 (Lib/re/_parser.py).
struct RegexParser {
  let text: [UInt32]
  let isText: Bool
  var index = 0
  var flags: RegexFlags
  /// Names of groups, in order.
  var names: [(name: String, group: Int)] = []
  /// The widths of groups; nil while a group is open. Group 0 is the whole.
  var widths: [ClosedRange<Int>?] = [nil]
  var lookbehindGroups: Int?
  /// Conditions on groups that may come later, with their places.
  var laterGroups: [(group: Int, position: Int)] = []

  init(_ text: [UInt32], isText: Bool, flags: RegexFlags) {
    self.text = text
    self.isText = isText
    self.flags = flags
  }

  var groupCount: Int { widths.count - 1 }

  mutating func parse() throws(RegexError) -> RegexNode {
    let node = try alternatives(flags, depth: 0)
    if isText {
      if flags.contains(.locale) {
        throw RegexError(kind: .value, message: "cannot use LOCALE flag with a str pattern")
      }
      if !flags.contains(.ascii) {
        flags.insert(.unicode)
      } else if flags.contains(.unicode) {
        throw RegexError(kind: .value, message: "ASCII and UNICODE flags are incompatible")
      }
    } else if flags.contains(.unicode) {
      throw RegexError(kind: .value, message: "cannot use UNICODE flag with a bytes pattern")
    }
    if index < text.count { throw failure("unbalanced parenthesis") }
    for (group, position) in laterGroups where group >= widths.count {
      throw RegexError(message: "invalid group reference \(group)", position: position)
    }
    return node
  }

  // MARK: - Reading

  /// The next item: a character, or a backslash with what follows it.
  var next: UInt32? { index < text.count ? text[index] : nil }

  mutating func take() -> UInt32? {
    guard index < text.count else { return nil }
    index += 1
    return text[index - 1]
  }

  mutating func accept(_ letter: Unicode.Scalar) -> Bool {
    guard next == letter.value else { return false }
    index += 1
    return true
  }

  func failure(_ message: String, at position: Int? = nil, back: Int = 0) -> RegexError {
    RegexError(message: message, position: (position ?? index) - back)
  }

  func string(_ points: ArraySlice<UInt32>) -> String {
    String(decoding: CodePoints.bytes(points), as: UTF8.self)
  }

  func string(_ point: UInt32) -> String { string([point]) }

  /// The text up to a terminator, which is taken too.
  mutating func until(
    _ terminator: Unicode.Scalar, _ what: String
  ) throws(RegexError) -> (text: String, length: Int) {
    let start = index
    while let point = take() {
      if point == terminator.value {
        if index - 1 == start { throw failure("missing \(what)", back: 1) }
        return (string(text[start..<(index - 1)]), index - 1 - start)
      }
    }
    if index == start { throw failure("missing \(what)") }
    throw failure("missing \(terminator), unterminated name", at: start)
  }

  func checkName(_ name: (text: String, length: Int)) throws(RegexError) {
    if !RegexParser.isIdentifier(name.text) {
      throw failure(
        "bad character in group name \(RegexParser.quoted(name.text))", back: name.length + 1)
    }
  }

  static func isIdentifier(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      let holds =
        isFirst
        ? CodePoints.isIdentifierStart(scalar.value) : CodePoints.isIdentifierPart(scalar.value)
      if !holds { return false }
      isFirst = false
    }
    return !isFirst
  }

  static func quoted(_ text: String) -> String {
    String(decoding: QuotedText.repr(Array(text.utf8)), as: UTF8.self)
  }

  static func isDigit(_ point: UInt32?) -> Bool {
    guard let point else { return false }
    return point >= 0x30 && point <= 0x39
  }
  static func isOctal(_ point: UInt32?) -> Bool {
    guard let point else { return false }
    return point >= 0x30 && point <= 0x37
  }

  // MARK: - Structure

  mutating func alternatives(
    _ active: RegexFlags, depth: Int
  ) throws(RegexError) -> RegexNode {
    if depth > RegexLimits.depth {
      throw RegexError(kind: .depth, message: "maximum recursion depth exceeded")
    }
    var active = active
    var items: [RegexNode] = []
    while true {
      items.append(try sequence(&active, depth: depth, isFirst: depth == 0 && items.isEmpty))
      if !accept("|") { break }
    }
    return items.count == 1 ? items[0] : .choice(items)
  }

  /// `active` changes where flags for the whole pattern stand at its start.
  mutating func sequence(
    _ active: inout RegexFlags, depth: Int, isFirst: Bool
  ) throws(RegexError) -> RegexNode {
    var nodes: [RegexNode] = []
    // Whether a node may not be repeated: 1 an assertion, 2 a repetition.
    var kinds: [Int] = []
    func add(_ node: RegexNode, _ kind: Int = 0) {
      nodes.append(node)
      kinds.append(kind)
    }
    while let this = next {
      if this == 0x7C || this == 0x29 { break }
      index += 1
      if active.contains(.verbose) {
        if [0x20, 0x09, 0x0A, 0x0D, 0x0B, 0x0C].contains(this) { continue }
        if this == 0x23 {
          while let point = take(), point != 0x0A {}
          continue
        }
      }
      switch Unicode.Scalar(this) {
      case "\\": try escape(active, &nodes, &kinds)
      case "[": add(try set(active))
      case "*", "+", "?", "{":
        try repetition(this, &nodes, &kinds)
      case ".": add(.any(matchesNewline: active.contains(.dotAll)))
      case "^": add(.assertion(active.contains(.multiline) ? .lineStart : .textStart), 1)
      case "$": add(.assertion(active.contains(.multiline) ? .lineEnd : .lastLineEnd), 1)
      case "(":
        if let node = try group(&active, depth: depth, isFirst: isFirst && nodes.isEmpty) {
          add(node)
        }
      default: add(literal(this, active))
      }
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  func literal(_ point: UInt32, _ active: RegexFlags) -> RegexNode {
    let isASCII = active.contains(.ascii) || !isText
    if active.contains(.ignoreCase) {
      let variants = Set(RegexCase.variants(point, isASCII: isASCII))
      if variants.count > 1 || RegexCase.folded(point, isASCII: isASCII) != point {
        return .character(RegexCase.folded(point, isASCII: isASCII), ignoresCase: true)
      }
    }
    return .character(point, ignoresCase: false)
  }

  private mutating func repetition(
    _ this: UInt32, _ nodes: inout [RegexNode], _ kinds: inout [Int]
  ) throws(RegexError) {
    let here = index
    var minimum = 0
    var maximum = RegexLimits.endless
    switch Unicode.Scalar(this) {
    case "?": maximum = 1
    case "*": break
    case "+": minimum = 1
    default:
      if next == 0x7D {
        nodes.append(.character(this, ignoresCase: false))
        kinds.append(0)
        return
      }
      var low: [UInt32] = []
      var high: [UInt32] = []
      while RegexParser.isDigit(next), let digit = take() { low.append(digit) }
      if accept(",") {
        while RegexParser.isDigit(next), let digit = take() { high.append(digit) }
      } else {
        high = low
      }
      if !accept("}") {
        nodes.append(.character(this, ignoresCase: false))
        kinds.append(0)
        index = here
        return
      }
      func number(_ digits: [UInt32]) throws(RegexError) -> Int {
        guard let value = Int(string(digits[...])), value < RegexLimits.endless else {
          throw RegexError(kind: .overflow, message: "the repetition number is too large")
        }
        return value
      }
      if !low.isEmpty { minimum = try number(low) }
      if !high.isEmpty {
        maximum = try number(high)
        if maximum < minimum {
          throw failure("min repeat greater than max repeat", at: here)
        }
      }
    }
    guard let last = nodes.last, let kind = kinds.last, kind != 1 else {
      throw failure("nothing to repeat", at: here, back: 1)
    }
    if kind == 2 { throw failure("multiple repeat", at: here, back: 1) }
    let style: RegexRepetition = accept("?") ? .lazy : accept("+") ? .possessive : .greedy
    nodes[nodes.count - 1] = .repeated(last, minimum: minimum, maximum: maximum, style)
    kinds[kinds.count - 1] = 2
  }
}
