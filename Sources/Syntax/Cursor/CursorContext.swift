// What stands around a cursor in text that need not be right: the basis of completion, inspection
// and signature help. Nothing here throws.

/// All tokens of a text, as far as it can be read: broken literals, brackets and indentation are
/// passed over. The last token is `.endOfInput`.
public func tokens(_ source: Source) -> [Token] {
  var scanner = Scanner(source.text, tolerant: true)
  scanner.scan()
  return scanner.tokens
}

/// A name with the names before its dots, around a cursor.
///
/// In `torch.nn.Lin|ear` the path is `["torch", "nn"]`, the prefix `Lin`, the name `Linear`.
public struct DottedName: Sendable, Equatable {
  /// What stands before the last dot.
  public enum Receiver: Sendable, Equatable {
    /// No dot.
    case none
    /// Names with dots between them.
    case path([String])
    /// Anything else: `f(x).name`, `"text".name`; the span is that of the expression.
    case expression(Span)
  }
  public var receiver: Receiver
  /// The last name, whole; empty right after a dot.
  public var name: String
  /// The part of the last name before the cursor.
  public var prefix: String
  /// Where the last name stands: what a completion replaces.
  public var span: Span
  /// From the start of the receiver to the end of the name.
  public var wholeSpan: Span

  /// The names with dots between them; nil when the receiver is no path.
  public var text: String? {
    switch receiver {
    case .none: name
    case .path(let names): (names + [name]).joined(separator: ".")
    case .expression: nil
    }
  }
}

/// The dotted name that ends at, or stands around, a cursor.
/// - Parameter byteOffset: the cursor, in UTF-8 bytes.
/// - Returns: nil in comments and string literals (not in the fields of f-strings), and where
///   neither a name nor a dot stands before the cursor.
public func dottedName(in text: [UInt8], at byteOffset: Int) -> DottedName? {
  CursorContext(text, byteOffset)?.dottedName()
}

/// A call whose arguments a cursor stands in.
public struct EnclosingCall: Sendable, Equatable {
  public var callee: DottedName
  /// How many commas stand between the bracket and the cursor: the index of the argument.
  public var argumentIndex: Int
  /// The keyword whose value the cursor stands in: `f(a, axis=|`.
  public var keyword: String?
  /// The keywords that the call gives, also after the cursor, without that of the cursor's own
  /// argument.
  public var keywords: [String]
  /// The opening bracket.
  public var span: Span
}

/// The innermost call around a cursor: `fit(x, [1, |` is in the second argument of `fit`.
/// - Parameter byteOffset: the cursor, in UTF-8 bytes.
public func enclosingCall(in text: [UInt8], at byteOffset: Int) -> EnclosingCall? {
  CursorContext(text, byteOffset)?.enclosingCall()
}

/// The tokens around a cursor.
private struct CursorContext {
  let text: [UInt8]
  let tokens: [Token]
  let cursor: Int
  /// How many tokens start before the cursor.
  let before: Int
  /// Where the text of these tokens starts: 0, or the start of an f-string's field.
  let start: Int
  /// How deep f-strings are followed into each other.
  private static let maximumNesting = 16

  /// nil when the cursor stands in a comment or a literal.
  init?(_ text: [UInt8], _ byteOffset: Int) {
    let cursor = min(max(byteOffset, 0), text.count)
    var scanner = Scanner(text, tolerant: true)
    scanner.scan()
    var tokens = scanner.tokens
    var start = 0
    // The cursor may stand in a field of an f-string, and in an f-string in that field.
    for _ in 0..<CursorContext.maximumNesting {
      guard
        let last = tokens.last(where: { $0.span.start < cursor && $0.span.end > $0.span.start }),
        last.kind == .formatString, last.span.end > cursor || scanner.failure != nil,
        let field = CursorContext.field(text, last.span, cursor)
      else { break }
      var inner = Scanner(text, field: field, level: Int(last.level) + 1, tolerant: true)
      inner.scan()
      tokens = inner.tokens
      start = field.lowerBound
      scanner = inner
    }
    self.text = text
    self.cursor = cursor
    self.start = start
    self.tokens = tokens.filter { $0.kind != .endOfInput && $0.span.end > $0.span.start }
    before = self.tokens.prefix { $0.span.start < cursor }.count
    if isInLiteralOrComment { return nil }
  }

  /// The field of an f-string around a cursor, from after its `{` to the end of the token.
  private static func field(_ text: [UInt8], _ span: Span, _ cursor: Int) -> Range<Int>? {
    let body = StringLiteral(text, span).body
    var open: [Int] = []
    var index = body.lowerBound
    while index < min(cursor, body.upperBound) {
      if text[index] == UInt8(ascii: "{") {
        if open.isEmpty, index + 1 < body.upperBound, text[index + 1] == text[index] {
          index += 1
        } else {
          open.append(index + 1)
        }
      } else if text[index] == UInt8(ascii: "}") {
        _ = open.popLast()
      }
      index += 1
    }
    guard let start = open.first, start <= cursor else { return nil }
    return start..<max(cursor, body.upperBound)
  }

  private var isInLiteralOrComment: Bool {
    guard before > 0 else { return hasComment(from: start) }
    let last = tokens[before - 1]
    let end = Int(last.span.end)
    switch last.kind {
    case .string, .formatString:
      if end > cursor { return true }
      // An unterminated literal has no closing quote to stand behind.
      if end == cursor { return !isTerminated(last) }
    case .newline:
      if end >= cursor { return true }
    default: break
    }
    return end < cursor && hasComment(from: end)
  }

  private func isTerminated(_ token: Token) -> Bool {
    let end = Int(token.span.end)
    let body = StringLiteral(text, token.span).body
    guard body.upperBound < end, let quote = text[Int(token.span.start)..<body.lowerBound].last
    else { return false }
    return text[end - 1] == quote
  }

  private func hasComment(from start: Int) -> Bool {
    var index = cursor
    while index > start {
      index -= 1
      if text[index] == 0x0A { return false }
      if text[index] == UInt8(ascii: "#") { return true }
    }
    return false
  }

  private func string(_ span: Span) -> String {
    String(decoding: text[Int(span.start)..<Int(span.end)], as: UTF8.self)
  }

  // MARK: - Names

  func dottedName() -> DottedName? {
    guard before > 0 else { return nil }
    let last = tokens[before - 1]
    if last.kind == .name || last.kind.isKeyword {
      guard last.span.end >= cursor else { return nil }
      return name(at: before - 1)
    }
    guard last.kind == .dot else { return nil }
    let empty = Span(cursor, cursor)
    return name(afterDot: before - 1, empty)
  }

  /// The dotted name whose last name is the token at `index`.
  private func name(at index: Int) -> DottedName {
    let span = tokens[index].span
    if index > 0, tokens[index - 1].kind == .dot,
      let result = name(afterDot: index - 1, span)
    {
      return result
    }
    return DottedName(
      receiver: .none, name: string(span), prefix: prefix(span), span: span, wholeSpan: span)
  }

  private func prefix(_ span: Span) -> String {
    let end = min(max(Int(span.start), cursor), Int(span.end))
    return string(Span(Int(span.start), end))
  }

  private func name(afterDot dot: Int, _ span: Span) -> DottedName? {
    guard let start = startOfPrimary(endingAt: dot - 1) else { return nil }
    let receiverTokens = tokens[start..<dot]
    var receiver = DottedName.Receiver.expression(
      Span(from: tokens[start].span, to: tokens[dot - 1].span))
    var isPath = true
    for (offset, token) in receiverTokens.enumerated()
    where token.kind != (offset % 2 == 0 ? .name : .dot) {
      isPath = false
    }
    if isPath {
      receiver = .path(receiverTokens.filter { $0.kind == .name }.map { string($0.span) })
    }
    return DottedName(
      receiver: receiver, name: string(span), prefix: prefix(span), span: span,
      wholeSpan: Span(Int(tokens[start].span.start), Int(span.end)))
  }

  /// The first token of the atom with its calls, subscripts and attributes that ends at a token.
  private func startOfPrimary(endingAt last: Int) -> Int? {
    var index = last
    while index >= 0 {
      switch tokens[index].kind {
      case .rightParenthesis, .rightBracket, .rightBrace:
        guard let open = opening(of: index) else { return nil }
        // A call or subscript belongs to what stands before it.
        if open > 0, continuesPrimary(tokens[open - 1].kind), tokens[open].kind != .leftBrace {
          index = open - 1
          continue
        }
        index = open
      case .name, .string, .formatString, .number, .true, .false, .none, .ellipsis:
        break
      default: return nil
      }
      guard index >= 2, tokens[index - 1].kind == .dot else { return index }
      index -= 2
    }
    return nil
  }

  private func continuesPrimary(_ kind: TokenKind) -> Bool {
    switch kind {
    case .name, .string, .formatString, .rightParenthesis, .rightBracket, .rightBrace: true
    default: false
    }
  }

  private func opening(of close: Int) -> Int? {
    var depth = 0
    for index in stride(from: close, through: 0, by: -1) {
      let kind = tokens[index].kind
      if kind.closesBracket { depth += 1 }
      if kind.opensBracket { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }

  // MARK: - Calls

  func enclosingCall() -> EnclosingCall? {
    var depth = 0
    // A cursor inside a token stands before its end: `f(|)`, `f|(`.
    for index in stride(from: before - 1, through: 0, by: -1) {
      let token = tokens[index]
      if token.kind.closesBracket { depth += 1 }
      guard token.kind.opensBracket else { continue }
      if depth > 0 {
        depth -= 1
      } else if token.kind == .leftParenthesis, let call = call(opening: index) {
        return call
      }
    }
    return nil
  }

  private func call(opening open: Int) -> EnclosingCall? {
    guard open > 0, continuesPrimary(tokens[open - 1].kind),
      let start = startOfPrimary(endingAt: open - 1)
    else { return nil }
    if start > 0, tokens[start - 1].kind == .def || tokens[start - 1].kind == .class { return nil }
    let callee: DottedName
    if tokens[open - 1].kind == .name {
      callee = name(at: open - 1)
    } else {
      let span = Span(from: tokens[start].span, to: tokens[open - 1].span)
      callee = DottedName(
        receiver: .expression(span), name: "", prefix: "", span: Span(Int(span.end), Int(span.end)),
        wholeSpan: span)
    }
    var call = EnclosingCall(
      callee: callee, argumentIndex: 0, keyword: nil, keywords: [], span: tokens[open].span)
    readArguments(after: open, into: &call)
    return call
  }

  private func readArguments(after open: Int, into call: inout EnclosingCall) {
    var depth = 0
    for index in tokens.indices.dropFirst(open + 1) {
      let token = tokens[index]
      let isBefore = token.span.start < cursor
      if token.kind.closesBracket {
        if depth == 0 { return }
        depth -= 1
      } else if token.kind.opensBracket {
        depth += 1
      } else if depth == 0, token.kind == .comma, isBefore {
        call.argumentIndex += 1
        if let keyword = call.keyword { call.keywords.append(keyword) }
        call.keyword = nil
      } else if depth == 0, token.kind == .equal, index > open + 1,
        tokens[index - 1].kind == .name,
        index == open + 2 || tokens[index - 2].kind == .comma
      {
        let name = string(tokens[index - 1].span)
        if isBefore {
          call.keyword = name
        } else if !isOwnArgument(index - 1, open) {
          call.keywords.append(name)
        }
      }
    }
  }

  /// Whether the cursor stands in the name of a keyword argument that is written already.
  private func isOwnArgument(_ name: Int, _ open: Int) -> Bool {
    tokens[name].span.start < cursor && tokens[name].span.end >= cursor
  }
}

extension TokenKind {
  /// Whether it is `)`, `]` or `}`.
  var closesBracket: Bool {
    self == .rightParenthesis || self == .rightBracket || self == .rightBrace
  }
}
