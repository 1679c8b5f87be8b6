/// The letters before the quotes of a string literal.
struct StringPrefix: OptionSet, Sendable {
  let rawValue: UInt8
  static let raw = StringPrefix(rawValue: 1)
  static let bytes = StringPrefix(rawValue: 2)
  static let formatted = StringPrefix(rawValue: 4)
  static let unicode = StringPrefix(rawValue: 8)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// nil when the letters are no prefix; then they are a name with a string after it.
  init?(_ letters: ArraySlice<UInt8>) {
    var prefix: StringPrefix = []
    for byte in letters {
      let part: StringPrefix
      switch byte | 0x20 {
      case UInt8(ascii: "r"): part = .raw
      case UInt8(ascii: "b"): part = .bytes
      case UInt8(ascii: "f"): part = .formatted
      case UInt8(ascii: "u"): part = .unicode
      default: return nil
      }
      if prefix.contains(part) { return nil }
      prefix.insert(part)
    }
    switch prefix {
    case .raw, .bytes, .formatted, .unicode, [.raw, .bytes], [.raw, .formatted]: self = prefix
    default: return nil
    }
  }
}

/// String literals are only delimited here; `StringLiteral` decodes them and the parser takes
/// f-strings apart.
extension Scanner {
  /// At the opening quote of a literal that starts, with its prefix, at `start`.
  mutating func scanString(from start: Int, prefix: StringPrefix) {
    let quote = text[position]
    let isTriple = byte(position + 1) == quote && byte(position + 2) == quote
    let body = position + (isTriple ? 3 : 1)
    // Also in an f-string: a quote inside a field ends it, as in Python 3.11.
    let end = closingQuote(from: body, quote, isTriple)
    if let end {
      position = end + (isTriple ? 3 : 1)
    } else {
      failUnterminated(from: start, isTriple: isTriple)
      position = isTriple ? limit : endOfLine(from: body)
    }
    emit(prefix.contains(.formatted) ? .formatString : .string, from: start)
  }

  private mutating func failUnterminated(from start: Int, isTriple: Bool) {
    // A single-quoted literal ends at its line, a triple-quoted one runs to the end of the text.
    var last = isTriple ? limit : closingLineEnd(from: start)
    if isTriple, last > start, text[last - 1] == 0x0A { last -= 1 }
    let line = lineNumber(of: last)
    if isTriple {
      fail(
        .unfinished, "unterminated triple-quoted string literal (detected at line \(line))", start,
        start + 1)
    } else {
      fail(.syntax, "unterminated string literal (detected at line \(line))", start, start + 1)
    }
  }

  /// The end of the line on which an unterminated single-quoted literal breaks off.
  private func closingLineEnd(from start: Int) -> Int {
    var index = start
    while index < limit, text[index] != 0x0A, text[index] != 0x0D {
      if text[index] == 0x5C { index += byte(index + 1) == 0x0D && byte(index + 2) == 0x0A ? 2 : 1 }
      index += 1
    }
    return min(index, limit)
  }

  /// The offset of the quote that ends a literal by the plain rule: the first one without a
  /// backslash before it.
  private func closingQuote(from body: Int, _ quote: UInt8, _ isTriple: Bool) -> Int? {
    var index = body
    while index < limit {
      let byte = text[index]
      if byte == quote {
        if !isTriple { return index }
        if self.byte(index + 1) == quote, self.byte(index + 2) == quote { return index }
      } else if byte == 0x5C {
        // A joined `\r\n` is one line end.
        if self.byte(index + 1) == 0x0D, self.byte(index + 2) == 0x0A { index += 1 }
        index += 1
      } else if !isTriple, byte == 0x0A || byte == 0x0D {
        return nil
      }
      index += 1
    }
    return nil
  }
}
