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
  private let text: [UInt32]
  private let isText: Bool
  private var index = 0
  private(set) var flags: RegexFlags
  /// Names of groups, in order.
  private(set) var names: [(name: String, group: Int)] = []
  /// The widths of groups; nil while a group is open. Group 0 is the whole.
  private(set) var widths: [ClosedRange<Int>?] = [nil]
  private var lookbehindGroups: Int?
  /// Conditions on groups that may come later, with their places.
  private var laterGroups: [(group: Int, position: Int)] = []

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
  private var next: UInt32? { index < text.count ? text[index] : nil }

  private mutating func take() -> UInt32? {
    guard index < text.count else { return nil }
    index += 1
    return text[index - 1]
  }

  private mutating func accept(_ letter: Unicode.Scalar) -> Bool {
    guard next == letter.value else { return false }
    index += 1
    return true
  }

  private func failure(_ message: String, at position: Int? = nil, back: Int = 0) -> RegexError {
    RegexError(message: message, position: (position ?? index) - back)
  }

  private func string(_ points: ArraySlice<UInt32>) -> String {
    String(decoding: CodePoints.bytes(points), as: UTF8.self)
  }

  private func string(_ point: UInt32) -> String { string([point]) }

  /// The text up to a terminator, which is taken too.
  private mutating func until(
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

  private func checkName(_ name: (text: String, length: Int)) throws(RegexError) {
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

  private static func isDigit(_ point: UInt32?) -> Bool {
    guard let point else { return false }
    return point >= 0x30 && point <= 0x39
  }
  private static func isOctal(_ point: UInt32?) -> Bool {
    guard let point else { return false }
    return point >= 0x30 && point <= 0x37
  }

  // MARK: - Structure

  private mutating func alternatives(
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
  private mutating func sequence(
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

  private func literal(_ point: UInt32, _ active: RegexFlags) -> RegexNode {
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

  // MARK: - Groups

  /// What stands in parentheses; nil for comments and flags.
  private mutating func group(
    _ active: inout RegexFlags, depth: Int, isFirst: Bool
  ) throws(RegexError) -> RegexNode? {
    let start = index - 1
    var inner = active
    var isCapturing = true
    var isAtomic = false
    var name: (text: String, length: Int)?
    if accept("?") {
      guard let letter = take() else { throw failure("unexpected end of pattern") }
      switch Unicode.Scalar(letter) {
      case "P":
        if accept("<") {
          let found = try until(">", "group name")
          try checkName(found)
          name = found
        } else if accept("=") {
          let found = try until(")", "group name")
          try checkName(found)
          guard let group = names.first(where: { $0.name == found.text })?.group else {
            throw failure(
              "unknown group name \(RegexParser.quoted(found.text))", back: found.length + 1)
          }
          try checkReference(group, back: found.length + 1)
          return .reference(group, ignoresCase: active.contains(.ignoreCase))
        } else {
          guard let other = take() else { throw failure("unexpected end of pattern") }
          throw failure("unknown extension ?P\(string(other))", back: 3)
        }
      case ":": isCapturing = false
      case "#":
        while true {
          guard let point = take() else {
            throw failure("missing ), unterminated comment", at: start)
          }
          if point == 0x29 { return nil }
        }
      case "=", "!", "<":
        return try look(letter, active, start, depth)
      case "(":
        return try conditional(active, start, depth)
      case ">":
        isCapturing = false
        isAtomic = true
      default:
        guard RegexFlags.of(letter) != nil || letter == 0x2D else {
          throw failure("unknown extension ?\(string(letter))", back: 2)
        }
        guard let (added, removed) = try inlineFlags(letter) else {
          if !isFirst {
            throw failure("global flags not at the start of the expression", at: start)
          }
          active = flags
          return nil
        }
        inner.formUnion(added)
        inner.subtract(removed)
        if added.contains(.ascii) { inner.remove(.unicode) }
        if added.contains(.unicode) { inner.remove(.ascii) }
        isCapturing = false
      }
    }
    var group: Int?
    if isCapturing {
      let number = widths.count
      if number >= RegexLimits.groups { throw failure("too many groups") }
      widths.append(nil)
      if let name {
        if let known = names.first(where: { $0.name == name.text }) {
          throw failure(
            "redefinition of group name \(RegexParser.quoted(name.text)) as group \(number); "
              + "was group \(known.group)", back: name.length + 1)
        }
        names.append((name.text, number))
      }
      group = number
    }
    let node = try alternatives(inner, depth: depth + 1)
    if !accept(")") { throw failure("missing ), unterminated subpattern", at: start) }
    if let group {
      widths[group] = node.width(widths)
      return .group(group, node)
    }
    // A bare group of several items stays one item, for what repeats it.
    return isAtomic ? .atomic(node) : node
  }

  private mutating func look(
    _ letter: UInt32, _ active: RegexFlags, _ start: Int, _ depth: Int
  ) throws(RegexError) -> RegexNode {
    var letter = letter
    var isAhead = true
    let outer = lookbehindGroups
    if letter == 0x3C {
      guard let following = take() else { throw failure("unexpected end of pattern") }
      guard following == 0x3D || following == 0x21 else {
        throw failure("unknown extension ?<\(string(following))", back: 3)
      }
      letter = following
      isAhead = false
      if outer == nil { lookbehindGroups = widths.count }
    }
    let node = try alternatives(active, depth: depth + 1)
    if !isAhead, outer == nil { lookbehindGroups = nil }
    if !accept(")") { throw failure("missing ), unterminated subpattern", at: start) }
    if !isAhead {
      let width = node.width(widths)
      if width.lowerBound != width.upperBound {
        throw RegexError(message: "look-behind requires fixed-width pattern")
      }
    }
    return .look(isAhead: isAhead, isNegative: letter == 0x21, node)
  }

  private mutating func conditional(
    _ active: RegexFlags, _ start: Int, _ depth: Int
  ) throws(RegexError) -> RegexNode {
    let name = try until(")", "group name")
    let group: Int
    if RegexParser.isIdentifier(name.text) {
      guard let known = names.first(where: { $0.name == name.text })?.group else {
        throw failure(
          "unknown group name \(RegexParser.quoted(name.text))", back: name.length + 1)
      }
      group = known
    } else {
      guard let number = Int(name.text), number >= 0 else {
        throw failure(
          "bad character in group name \(RegexParser.quoted(name.text))", back: name.length + 1)
      }
      if number == 0 { throw failure("bad group number", back: name.length + 1) }
      if number >= RegexLimits.groups {
        throw failure("invalid group reference \(number)", back: name.length + 1)
      }
      laterGroups.append((number, index - name.length - 1))
      group = number
    }
    try checkLookbehind(group)
    if depth > RegexLimits.depth {
      throw RegexError(kind: .depth, message: "maximum recursion depth exceeded")
    }
    var inner = active
    let yes = try sequence(&inner, depth: depth + 1, isFirst: false)
    var no: RegexNode?
    if accept("|") {
      no = try sequence(&inner, depth: depth + 1, isFirst: false)
      if next == 0x7C {
        throw failure("conditional backref with more than two branches")
      }
    }
    if !accept(")") { throw failure("missing ), unterminated subpattern", at: start) }
    return .conditional(group, yes, no)
  }

  private func checkReference(_ group: Int, back: Int) throws(RegexError) {
    if group >= widths.count || widths[group] == nil {
      throw failure("cannot refer to an open group", back: back)
    }
    try checkLookbehind(group)
  }

  private func checkLookbehind(_ group: Int) throws(RegexError) {
    guard let limit = lookbehindGroups else { return }
    if group < widths.count, widths[group] == nil {
      throw failure("cannot refer to an open group")
    }
    if group >= limit {
      throw failure("cannot refer to group defined in the same lookbehind subpattern")
    }
  }

  /// Flags behind `(?`; nil when they hold for the whole pattern and have been taken over.
  private mutating func inlineFlags(
    _ first: UInt32
  ) throws(RegexError) -> (RegexFlags, RegexFlags)? {
    let kinds: RegexFlags = [.ascii, .locale, .unicode]
    func isLetter(_ point: UInt32) -> Bool { CodePoints.isAlphabetic(point) }
    var added: RegexFlags = []
    var removed: RegexFlags = []
    var letter = first
    if letter != 0x2D {
      while let flag = RegexFlags.of(letter) {
        if isText, flag == .locale {
          throw failure("bad inline flags: cannot use 'L' flag with a str pattern")
        }
        if !isText, flag == .unicode {
          throw failure("bad inline flags: cannot use 'u' flag with a bytes pattern")
        }
        added.insert(flag)
        if kinds.contains(flag), added.intersection(kinds) != flag {
          throw failure("bad inline flags: flags 'a', 'u' and 'L' are incompatible")
        }
        guard let following = take() else { throw failure("missing -, : or )") }
        letter = following
        if letter == 0x29 || letter == 0x2D || letter == 0x3A { break }
        if RegexFlags.of(letter) == nil {
          throw failure(isLetter(letter) ? "unknown flag" : "missing -, : or )", back: 1)
        }
      }
    }
    if letter == 0x29 {
      flags.formUnion(added)
      return nil
    }
    if letter == 0x2D {
      guard let following = take() else { throw failure("missing flag") }
      letter = following
      if RegexFlags.of(letter) == nil {
        throw failure(isLetter(letter) ? "unknown flag" : "missing flag", back: 1)
      }
      while let flag = RegexFlags.of(letter) {
        if kinds.contains(flag) {
          throw failure("bad inline flags: cannot turn off flags 'a', 'u' and 'L'")
        }
        removed.insert(flag)
        guard let following = take() else { throw failure("missing :") }
        letter = following
        if letter == 0x3A { break }
        if RegexFlags.of(letter) == nil {
          throw failure(isLetter(letter) ? "unknown flag" : "missing :", back: 1)
        }
      }
    }
    if !added.isDisjoint(with: removed) {
      throw failure("bad inline flags: flag turned on and off", back: 1)
    }
    return (added, removed)
  }

  // MARK: - Sets

  private enum SetItem {
    case point(UInt32)
    case category(RegexSet.Class)
  }

  private mutating func set(_ active: RegexFlags) throws(RegexError) -> RegexNode {
    let here = index - 1
    let isNegated = accept("^")
    var ranges: [ClosedRange<UInt32>] = []
    var classes: [RegexSet.Class] = []
    func add(_ item: SetItem) {
      switch item {
      case .point(let point): ranges.append(point...point)
      case .category(let item): classes.append(item)
      }
    }
    while true {
      let itemStart = index
      guard let this = take() else { throw failure("unterminated character set", at: here) }
      if this == 0x5D, !(ranges.isEmpty && classes.isEmpty) { break }
      let first = this == 0x5C ? try setEscape(itemStart) : .point(this)
      let firstEnd = index
      guard accept("-") else {
        add(first)
        continue
      }
      let secondStart = index
      guard let that = take() else { throw failure("unterminated character set", at: here) }
      if that == 0x5D {
        add(first)
        add(.point(0x2D))
        break
      }
      let second = that == 0x5C ? try setEscape(secondStart) : .point(that)
      guard case .point(let low) = first, case .point(let high) = second, high >= low else {
        // The message shows an escape by its first two characters, as CPython's does.
        let left = string(text[itemStart..<min(firstEnd, itemStart + (this == 0x5C ? 2 : 1))])
        let right = string(text[secondStart..<min(index, secondStart + (that == 0x5C ? 2 : 1))])
        throw failure(
          "bad character range \(left)-\(right)",
          back: left.unicodeScalars.count + 1 + right.unicodeScalars.count)
      }
      ranges.append(low...high)
    }
    var flags = active
    if !isText { flags.insert(.ascii) }
    return .set(
      RegexSet(ranges: ranges, classes: classes, isNegated: isNegated, flags: flags))
  }

  // MARK: - Escapes

  private static func simpleEscape(_ letter: UInt32) -> UInt32? {
    switch Unicode.Scalar(letter) {
    case "a": 7
    case "b": 8
    case "f": 12
    case "n": 10
    case "r": 13
    case "t": 9
    case "v": 11
    case "\\": 0x5C
    default: nil
    }
  }

  private static func category(_ letter: UInt32) -> RegexSet.Class? {
    switch Unicode.Scalar(letter) {
    case "d": RegexSet.Class(category: .digit, isNegated: false)
    case "D": RegexSet.Class(category: .digit, isNegated: true)
    case "s": RegexSet.Class(category: .space, isNegated: false)
    case "S": RegexSet.Class(category: .space, isNegated: true)
    case "w": RegexSet.Class(category: .word, isNegated: false)
    case "W": RegexSet.Class(category: .word, isNegated: true)
    default: nil
    }
  }

  private mutating func setEscape(_ start: Int) throws(RegexError) -> SetItem {
    guard let letter = take() else { throw failure("bad escape (end of pattern)", at: start) }
    if let point = RegexParser.simpleEscape(letter) { return .point(point) }
    if let category = RegexParser.category(letter) { return .category(category) }
    if let point = try coded(letter, start) { return .point(point) }
    if RegexParser.isOctal(letter) {
      var value = letter - 0x30
      for _ in 0..<2 where RegexParser.isOctal(next) { value = value * 8 + (take() ?? 0x30) - 0x30 }
      if value > 0o377 {
        throw failure(
          "octal escape value \(string(text[start..<index])) outside of range 0-0o377", at: start)
      }
      return .point(value)
    }
    if RegexParser.isDigit(letter) || CodePoints.isASCIILetter(letter) {
      throw failure("bad escape \(string(text[start..<index]))", at: start)
    }
    return .point(letter)
  }

  /// `\x41`, `\u0041`, `\U00000041`; nil for other escapes.
  private mutating func coded(_ letter: UInt32, _ start: Int) throws(RegexError) -> UInt32? {
    let count: Int
    switch Unicode.Scalar(letter) {
    case "x": count = 2
    case "u" where isText: count = 4
    case "U" where isText: count = 8
    case "N" where isText:
      if !accept("{") { throw failure("missing {") }
      let name = try until("}", "character name")
      for plane in [UInt32(0)..<0x3000, 0x3000..<0x11000, 0x1F000..<0x20000] {
        for point in plane {
          if let scalar = Unicode.Scalar(point),
            scalar.properties.name == name.text.uppercased()
          {
            return point
          }
        }
      }
      throw failure(
        "undefined character name \(RegexParser.quoted(name.text))", back: name.length + 4)
    default: return nil
    }
    var value: UInt64 = 0
    var digits = 0
    while digits < count, let point = next, let digit = RegexParser.hexDigit(point) {
      value = value * 16 + UInt64(digit)
      index += 1
      digits += 1
    }
    if digits < count {
      throw failure("incomplete escape \(string(text[start..<index]))", at: start)
    }
    if value > 0x10FFFF {
      throw failure("bad escape \(string(text[start..<index]))", at: start)
    }
    return UInt32(value)
  }

  private static func hexDigit(_ point: UInt32) -> UInt32? {
    switch point {
    case 0x30...0x39: point - 0x30
    case 0x41...0x46: point - 0x41 + 10
    case 0x61...0x66: point - 0x61 + 10
    default: nil
    }
  }

  private mutating func escape(
    _ active: RegexFlags, _ nodes: inout [RegexNode], _ kinds: inout [Int]
  ) throws(RegexError) {
    let start = index - 1
    guard let letter = take() else { throw failure("bad escape (end of pattern)", at: start) }
    func add(_ node: RegexNode, _ kind: Int = 0) {
      nodes.append(node)
      kinds.append(kind)
    }
    let isASCII = active.contains(.ascii) || !isText
    switch Unicode.Scalar(letter) {
    case "A":
      add(.assertion(.textStart), 1)
      return
    case "Z":
      add(.assertion(.textEnd), 1)
      return
    case "b":
      add(.assertion(.wordBoundary(isASCII: isASCII)), 1)
      return
    case "B":
      add(.assertion(.insideWord(isASCII: isASCII)), 1)
      return
    default: break
    }
    if let category = RegexParser.category(letter) {
      var flags = active.subtracting(.ignoreCase)
      if !isText { flags.insert(.ascii) }
      add(.set(RegexSet(ranges: [], classes: [category], isNegated: false, flags: flags)))
      return
    }
    if let point = RegexParser.simpleEscape(letter) {
      add(literal(point, active))
      return
    }
    if let point = try coded(letter, start) {
      add(literal(point, active))
      return
    }
    if letter == 0x30 {
      var value: UInt32 = 0
      for _ in 0..<2 where RegexParser.isOctal(next) { value = value * 8 + (take() ?? 0x30) - 0x30 }
      add(literal(value, active))
      return
    }
    if RegexParser.isDigit(letter) {
      try numbered(letter, start, active, &nodes, &kinds)
      return
    }
    if CodePoints.isASCIILetter(letter) {
      throw failure("bad escape \(string(text[start..<index]))", at: start)
    }
    add(literal(letter, active))
  }

  /// `\1`: a group, or three octal digits.
  private mutating func numbered(
    _ letter: UInt32, _ start: Int, _ active: RegexFlags, _ nodes: inout [RegexNode],
    _ kinds: inout [Int]
  ) throws(RegexError) {
    var group = Int(letter) - 0x30
    if RegexParser.isDigit(next), let second = take() {
      if RegexParser.isOctal(letter), RegexParser.isOctal(second), RegexParser.isOctal(next),
        let third = take()
      {
        let value = (letter - 0x30) * 64 + (second - 0x30) * 8 + third - 0x30
        if value > 0o377 {
          throw failure(
            "octal escape value \(string(text[start..<index])) outside of range 0-0o377",
            at: start)
        }
        nodes.append(literal(value, active))
        kinds.append(0)
        return
      }
      group = group * 10 + Int(second) - 0x30
    }
    if group >= widths.count {
      throw failure("invalid group reference \(group)", at: start + 1)
    }
    if widths[group] == nil {
      throw failure("cannot refer to an open group", at: start)
    }
    try checkLookbehind(group)
    nodes.append(.reference(group, ignoresCase: active.contains(.ignoreCase)))
    kinds.append(0)
  }
}
