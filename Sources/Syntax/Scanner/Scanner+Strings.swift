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
    var end = closingQuote(from: body, quote, isTriple)
    if prefix.contains(.formatted), let plainEnd = end, formatStringBudget > 0,
      hasOpenField(body..<plainEnd)
    {
      // By the rules of Python 3.11 the field would be cut off by a quote inside it; since 3.12
      // fields may hold the outer quotes. The budget keeps hostile text from being read too often.
      end = closingQuoteOfFormatString(from: body, quote, isTriple) ?? plainEnd
    }
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

  /// Whether the text of an f-string ends inside a replacement field.
  private func hasOpenField(_ body: Range<Int>) -> Bool {
    var depth = 0
    var index = body.lowerBound
    while index < body.upperBound {
      switch text[index] {
      case UInt8(ascii: "{"):
        if depth == 0, byte(index + 1) == UInt8(ascii: "{") { index += 1 } else { depth += 1 }
      case UInt8(ascii: "}"):
        if depth == 0, byte(index + 1) == UInt8(ascii: "}") {
          index += 1
        } else if depth > 0 {
          depth -= 1
        }
      default: break
      }
      index += 1
    }
    return depth > 0
  }

  /// The closing quote by the rules of Python 3.12, where a field may hold any string literal.
  ///
  /// A stack of what is open is walked instead of recursion: literals, and the fields in them.
  private mutating func closingQuoteOfFormatString(
    from body: Int, _ quote: UInt8, _ isTriple: Bool
  ) -> Int? {
    enum Open {
      case literal(quote: UInt8, isTriple: Bool, isFormatted: Bool)
      /// A replacement field or a bracket in one.
      case bracket
    }
    var stack = [Open.literal(quote: quote, isTriple: isTriple, isFormatted: true)]
    let isOneLine = !isTriple
    let bound = min(limit, body + max(formatStringBudget, 0))
    var index = body
    defer { formatStringBudget -= index - body }
    while index < bound, let open = stack.last {
      let byte = text[index]
      guard stack.count <= 2 * Scanner.maximumBrackets else { return nil }
      if isOneLine, byte == 0x0A || byte == 0x0D { return nil }
      switch open {
      case .literal(let quote, let isTriple, let isFormatted):
        if byte == 0x5C {
          index += 1
        } else if byte == quote,
          !isTriple || (self.byte(index + 1) == quote && self.byte(index + 2) == quote)
        {
          stack.removeLast()
          if stack.isEmpty { return index }
          if isTriple { index += 2 }
        } else if isFormatted, byte == UInt8(ascii: "{") {
          if self.byte(index + 1) == byte { index += 1 } else { stack.append(.bracket) }
        } else if !isTriple, byte == 0x0A || byte == 0x0D {
          return nil
        }
      case .bracket:
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): stack.append(.bracket)
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): stack.removeLast()
        case 0x22, 0x27:
          let isTriple = self.byte(index + 1) == byte && self.byte(index + 2) == byte
          stack.append(
            .literal(quote: byte, isTriple: isTriple, isFormatted: hasFormatPrefix(before: index)))
          if isTriple { index += 2 }
        default: break
        }
      }
      index += 1
    }
    return nil
  }

  private func hasFormatPrefix(before offset: Int) -> Bool {
    var start = offset
    while start > 0, offset - start < 3, isNameByte(text[start - 1]) { start -= 1 }
    return StringPrefix(text[start..<offset])?.contains(.formatted) ?? false
  }
}
