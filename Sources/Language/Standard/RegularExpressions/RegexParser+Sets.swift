/// Sets of characters, and escapes in and outside of them.
extension RegexParser {
  private enum SetItem {
    case point(UInt32)
    case category(RegexSet.Class)
  }

  mutating func set(_ active: RegexFlags) throws(RegexError) -> RegexNode {
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

  mutating func escape(
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
