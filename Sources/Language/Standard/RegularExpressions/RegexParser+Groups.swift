/// Groups: captures, conditions, looks around, flags.
extension RegexParser {
  /// What stands in parentheses; nil for comments and flags.
  mutating func group(
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

  func checkLookbehind(_ group: Int) throws(RegexError) {
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
}
