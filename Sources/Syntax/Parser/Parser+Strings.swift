/// String literals, joined where they stand side by side, and f-strings.
///
/// An f-string is one token, which ends at its first quote; its fields are found by the rules of
/// Python 3.11. The text of a field is scanned as a part of the same source, so that spans need no
/// translation.
extension Parser {
  mutating func strings() throws(Diagnostic) -> Expression {
    let start = here
    let first = StringLiteral(text, current.span)
    if peek() != .string, peek() != .formatString, kind == .string {
      advance()
      return leaf(.constant(try constant(of: first)), span(from: start))
    }
    let isBytes = first.prefix.contains(.bytes)
    var parts = [FormatPart]()
    var literal = [UInt8]()
    var isFormatted = false
    var tallest = 0
    while kind == .string || kind == .formatString {
      let piece = StringLiteral(text, current.span)
      if piece.prefix.contains(.bytes) != isBytes {
        while peek() == .string || peek() == .formatString { advance() }
        throw Diagnostic(
          .syntax, "cannot mix bytes and nonbytes literals",
          at: Span(Int(start), Int(current.span.end)))
      }
      if kind == .formatString {
        isFormatted = true
        var index = piece.body.lowerBound
        try formatParts(piece, &index, depth: 0, &parts, &literal, &tallest)
      } else {
        literal += try EscapeDecoder(text: text, prefix: piece.prefix).decode(piece.body)
      }
      advance()
    }
    if isFormatted {
      flush(&literal, into: &parts)
      return try compose(.formatted(parts), from: start, tallest: tallest)
    }
    let value: Constant =
      isBytes ? .bytes(literal) : .string(String(decoding: literal, as: UTF8.self))
    return leaf(.constant(value), span(from: start))
  }

  private func constant(of literal: StringLiteral) throws(Diagnostic) -> Constant {
    let body = text[literal.body]
    if !literal.prefix.contains(.bytes), !body.contains(where: { $0 == 0x5C || $0 == 0x0D }) {
      return .string(String(decoding: body, as: UTF8.self))
    }
    let decoded = try EscapeDecoder(text: text, prefix: literal.prefix).decode(literal.body)
    if literal.prefix.contains(.bytes) { return .bytes(decoded) }
    return .string(String(decoding: decoded, as: UTF8.self))
  }

  private func flush(_ literal: inout [UInt8], into parts: inout [FormatPart]) {
    if literal.isEmpty { return }
    parts.append(.literal(String(decoding: literal, as: UTF8.self)))
    literal.removeAll(keepingCapacity: true)
  }

  /// Literal text and fields, up to the end of the f-string or, in a format spec, up to its `}`.
  /// - Parameter depth: 0 for the f-string itself, 1 for a spec, 2 for a spec inside a spec.
  private mutating func formatParts(
    _ piece: StringLiteral, _ index: inout Int, depth: Int, _ parts: inout [FormatPart],
    _ literal: inout [UInt8], _ tallest: inout Int
  ) throws(Diagnostic) {
    let decoder = EscapeDecoder(text: text, prefix: piece.prefix)
    let end = piece.body.upperBound
    var literalStart = index
    while index < end {
      let byte = text[index]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        if depth == 0, index + 1 < end, text[index + 1] == byte {
          literal += try decoder.decode(literalStart..<index + 1)
          index += 2
          literalStart = index
          continue
        }
        literal += try decoder.decode(literalStart..<index)
        if byte == UInt8(ascii: "}") {
          if depth == 0 { throw formatError("single '}' is not allowed", index) }
          return
        }
        flush(&literal, into: &parts)
        parts.append(.field(try formatField(piece, &index, depth: depth, &tallest)))
        literalStart = index
      } else if byte == 0x5C, !piece.prefix.contains(.raw), index + 1 < end,
        text[index + 1] != UInt8(ascii: "{"), text[index + 1] != UInt8(ascii: "}")
      {
        // A brace after a backslash opens a field all the same.
        index += 2
      } else {
        index += 1
      }
    }
    index = min(index, end)
    literal += try decoder.decode(literalStart..<max(literalStart, index))
  }

  private func formatError(_ message: String, _ index: Int) -> Diagnostic {
    Diagnostic(.syntax, "f-string: \(message)", at: Span(index, index + 1))
  }

  /// A replacement field; `index` goes from its `{` to the byte after its `}`.
  private mutating func formatField(
    _ piece: StringLiteral, _ index: inout Int, depth: Int, _ tallest: inout Int
  ) throws(Diagnostic) -> FormatField {
    let open = index
    if depth >= 2 { throw formatError("expressions nested too deeply", open) }
    let end = piece.body.upperBound
    let expressionStart = open + 1
    index = try endOfFieldExpression(expressionStart..<end, open: open)
    let expressionEnd = index
    guard expressionEnd < end else { throw formatError("expecting '}'", open) }
    let value = try fieldExpression(expressionStart..<expressionEnd)
    tallest = max(tallest, height)
    var debugText: String?
    if text[index] == UInt8(ascii: "=") {
      index += 1
      while index < end, isSpace(text[index]) { index += 1 }
      debugText = String(decoding: text[expressionStart..<index], as: UTF8.self)
      guard index < end else { throw formatError("expecting '}'", open) }
    }
    var conversion: FormatField.Conversion?
    if text[index] == UInt8(ascii: "!") { conversion = try formatConversion(&index, end, open) }
    var spec: [FormatPart]?
    if index < end, text[index] == UInt8(ascii: ":") {
      index += 1
      var parts = [FormatPart]()
      var literal = [UInt8]()
      try formatParts(piece, &index, depth: depth + 1, &parts, &literal, &tallest)
      flush(&literal, into: &parts)
      spec = parts
    }
    guard index < end, text[index] == UInt8(ascii: "}") else {
      throw formatError("expecting '}'", open)
    }
    index += 1
    let defaultConversion: FormatField.Conversion = debugText != nil && spec == nil ? .repr : .none
    return FormatField(
      value: value, conversion: conversion ?? defaultConversion, spec: spec, debugText: debugText)
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private func formatConversion(
    _ index: inout Int, _ end: Int, _ open: Int
  ) throws(Diagnostic) -> FormatField.Conversion {
    index += 1
    guard index < end else { throw formatError("expecting '}'", open) }
    let letter = text[index]
    index += 1
    switch letter {
    case UInt8(ascii: "s"): return .str
    case UInt8(ascii: "r"): return .repr
    case UInt8(ascii: "a"): return .ascii
    default:
      var letterEnd = index
      while letterEnd < end, text[letterEnd] & 0xC0 == 0x80 { letterEnd += 1 }
      let found = String(decoding: text[index - 1..<letterEnd], as: UTF8.self)
      throw Diagnostic(
        .syntax,
        "f-string: invalid conversion character: expected 's', 'r', or 'a'",
        at: Span(index - 1, index - 1 + found.utf8.count))
    }
  }

  /// Where the expression of a field ends: at `}`, `:`, `!` or `=` outside of brackets and strings.
  private func endOfFieldExpression(
    _ range: Range<Int>, open: Int
  ) throws(Diagnostic) -> Int {
    var brackets = [UInt8]()
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      let next = index + 1 < range.upperBound ? text[index + 1] : 0
      switch byte {
      case 0x5C:
        throw formatError("expression part cannot include a backslash", index, colon: false)
      case UInt8(ascii: "#"):
        throw formatError("expression part cannot include '#'", index, colon: false)
      case 0x22, 0x27:
        guard let end = endOfString(index, range.upperBound) else {
          throw formatError("unterminated string", index)
        }
        index = end
        continue
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
        brackets.append(byte)
        if brackets.count > Scanner.maximumBrackets {
          throw formatError("too many nested parenthesis", index)
        }
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        if brackets.isEmpty {
          if next == UInt8(ascii: "=") {
            index += 1
          } else if byte == UInt8(ascii: "=") || byte == UInt8(ascii: "!") {
            return index
          }
        }
      case UInt8(ascii: ":"): if brackets.isEmpty { return index }
      case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"):
        guard let last = brackets.popLast() else {
          if byte == UInt8(ascii: "}") { return index }
          throw formatError("unmatched '\(Character(Unicode.Scalar(byte)))'", index)
        }
        if (last == UInt8(ascii: "(")) != (byte == UInt8(ascii: ")"))
          || (last == UInt8(ascii: "[")) != (byte == UInt8(ascii: "]"))
        {
          throw formatError(
            "closing parenthesis '\(Character(Unicode.Scalar(byte)))' does not match opening "
              + "parenthesis '\(Character(Unicode.Scalar(last)))'", index)
        }
      default: break
      }
      index += 1
    }
    if let last = brackets.last {
      throw formatError("unmatched '\(Character(Unicode.Scalar(last)))'", open)
    }
    return index
  }

  private func formatError(_ message: String, _ index: Int, colon: Bool) -> Diagnostic {
    Diagnostic(.syntax, "f-string \(message)", at: Span(index, index + 1))
  }

  /// The byte after a string literal inside a field; its quote stands at `start`.
  private func endOfString(_ start: Int, _ limit: Int) -> Int? {
    var prefixStart = start
    while prefixStart > 0, start - prefixStart < 3, isNameByte(text[prefixStart - 1]) {
      prefixStart -= 1
    }
    let prefix = StringPrefix(text[prefixStart..<start]) ?? []
    var scanner = Scanner(text, field: start..<limit, level: 1)
    scanner.scanString(from: start, prefix: prefix)
    return scanner.failure == nil ? scanner.position : nil
  }

  /// The expression of a field, parsed as if it stood in parentheses.
  private mutating func fieldExpression(_ range: Range<Int>) throws(Diagnostic) -> Expression {
    if text[range].allSatisfy(isSpace) {
      let end = Character(Unicode.Scalar(text[min(range.upperBound, text.count - 1)]))
      let message =
        end == "}" ? "empty expression not allowed" : "expression required before '\(end)'"
      throw formatError(message, max(0, range.lowerBound - 1))
    }
    try descend()
    defer { depth -= 1 }
    var scanner = Scanner(text, field: range, level: Int(current.level) + 1)
    scanner.scan()
    if let failure = scanner.failure { throw failure }
    let outer = (tokens, index, lastOperand, unclosed)
    let outerReach = reach.index
    let (outerYield, outerWalruses) = (lastYield, walruses.count)
    lastYield = nil
    (tokens, index, lastOperand, unclosed) = (scanner.tokens, 0, Operand(), nil)
    defer {
      (tokens, index, lastOperand, unclosed) = outer
      reach.index = outerReach
      lastYield = lastYield.map { (index, $0.span) } ?? outerYield
      for position in walruses.indices.dropFirst(outerWalruses) { walruses[position].token = index }
    }
    do throws(Diagnostic) {
      let value = try fieldContent()
      guard kind == .endOfInput else { throw unexpected() }
      return value
    } catch {
      var error = error
      if error.kind == .syntax, !error.message.hasPrefix("f-string") {
        error.message = "f-string: " + error.message
      }
      throw error
    }
  }

  private mutating func fieldContent() throws(Diagnostic) -> Expression {
    if kind == .yield { return try yieldExpression() }
    let start = here
    let first = try starNamedExpression()
    guard kind == .comma else {
      if case .starred = first.kind {
        throw Diagnostic(.syntax, "cannot use starred expression here", at: first.span)
      }
      return first
    }
    var elements = [first]
    var tallest = height
    while skip(.comma) {
      guard kind != .endOfInput else { break }
      elements.append(try starNamedExpression())
      tallest = max(tallest, height)
    }
    return try compose(.tuple(elements), from: start, tallest: tallest)
  }
}
