/// Source bytes to tokens.
///
/// The scanner reads UTF-8 bytes once from left to right, with no recursion, and never fails: the
/// first error is kept in `failure`. A strict run (for the parser) stops there; a tolerant run (for
/// completion and inspection) goes on as well as it can.
///
/// CPython's parser asks its tokenizer for one token at a time, yet before it reports an error it
/// tokenizes the rest of the file, and an error found there wins. Scanning everything first gives
/// the same result and is simpler.
///
/// Line ends are `\n`, `\r\n` and `\r`. Inside brackets they are only space. Indentation follows
/// CPython: a tab advances to the next multiple of 8, and the same lines are measured a second time
/// with tabs of one column; where the two measures disagree about deeper or equal, it is a
/// `TabError`.
struct Scanner {
  /// How many brackets may be open at once.
  static let maximumBrackets = 100
  /// How deep blocks may be nested, the module's own level included.
  static let maximumIndentation = 100

  let text: [UInt8]
  /// Where this run ends; the replacement field of an f-string is scanned as a part of its source.
  let limit: Int
  let stopsAtFailure: Bool

  var position: Int
  var tokens: [Token] = []
  var failure: Diagnostic?
  /// Whether CPython finds the failure only when its parser comes to it, so that an error of the
  /// parser before it wins: bad indentation, a wrong backslash. All others win over any error of
  /// the parser.
  var failureWaits = false
  /// The brackets that are open, innermost last.
  var brackets: [OpenBracket] = []
  /// Brackets that the surroundings of this run count as open (an f-string's own field).
  let outerLevel: Int

  private var columns = [0]
  private var alternativeColumns = [0]
  /// Where in `tokens` the logical line starts: a help line `name?` is made of its first tokens.
  private var lineFirstToken = 0

  struct OpenBracket {
    var byte: UInt8
    var offset: Int
  }

  /// A scanner of a whole cell or file.
  init(_ text: [UInt8], from start: Int = 0, tolerant: Bool = false) {
    self.text = text
    limit = text.count
    stopsAtFailure = !tolerant
    position = start
    outerLevel = 0
    tokens.reserveCapacity(text.count / 3 + 8)
  }

  /// A scanner of the expression inside a replacement field: line ends are space, as in brackets.
  init(_ text: [UInt8], field: Range<Int>, level: Int, tolerant: Bool = false) {
    self.text = text
    limit = min(field.upperBound, text.count)
    stopsAtFailure = !tolerant
    position = field.lowerBound
    outerLevel = max(level, 1)
  }

  var level: Int { outerLevel + brackets.count }

  /// The byte at an offset, 0 beyond the end.
  @inline(__always)
  func byte(_ offset: Int) -> UInt8 { offset < limit ? text[offset] : 0 }

  mutating func fail(_ kind: Diagnostic.Kind, _ message: String, _ start: Int, _ end: Int) {
    if failure == nil { failure = Diagnostic(kind, message, at: Span(start, end)) }
  }

  private mutating func failWhenReached(
    _ kind: Diagnostic.Kind, _ message: String, _ start: Int, _ end: Int
  ) {
    if failure != nil { return }
    fail(kind, message, start, end)
    failureWaits = true
  }

  @inline(__always)
  mutating func emit(_ kind: TokenKind, from start: Int) {
    tokens.append(Token(kind, level: level, Span(start, position)))
  }

  /// Scans everything; the last token is always `.endOfInput`.
  mutating func scan() {
    if outerLevel == 0 {
      checkEncoding()
      if position == 0, text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
      if !(stopsAtFailure && failure != nil) { beginLine() }
    }
    while position < limit {
      if stopsAtFailure, failure != nil { break }
      scanToken()
    }
    finish()
  }

  /// Ends the last line, closes all blocks.
  private mutating func finish() {
    if stopsAtFailure, failure != nil {
      tokens.append(Token(.endOfInput, level: 0, failure?.span ?? Span(position, position)))
      return
    }
    // Errors at the end belong to the last line, not to an empty line after its line end.
    position = limit
    if position > 0, byte(position - 1) == 0x0A { position -= 1 }
    if position > 0, byte(position - 1) == 0x0D { position -= 1 }
    let end = position
    if outerLevel == 0, brackets.isEmpty {
      if let last = tokens.last, last.kind != .newline, last.kind != .dedent, last.kind != .indent {
        emit(.newline, from: end)
      }
      for _ in columns.dropFirst() { emit(.dedent, from: end) }
    }
    emit(.endOfInput, from: end)
  }

  private mutating func scanToken() {
    let start = position
    let byte = text[position]
    switch byte {
    case 0x20, 0x09, 0x0C:
      position += 1
    case 0x0A, 0x0D:
      endLine(from: start)
    case 0x23:
      skipComment()
      if position < limit {
        endLine(from: start)
      } else if outerLevel == 0, brackets.isEmpty, tokens.last.map({ $0.kind != .newline }) ?? false
      {
        emit(.newline, from: start)
      }
    case 0x5C:
      joinLines()
    case 0x30...0x39:
      scanNumber()
    case 0x2E where isDigit(self.byte(position + 1)):
      scanNumber()
    case 0x22, 0x27:
      scanString(from: start, prefix: [])
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF:
      scanName()
    default:
      scanOperator()
    }
  }

  mutating func skipComment() {
    while position < limit, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
  }

  /// Steps over one line end, whichever of the three it is.
  mutating func skipLineEnd() {
    if byte(position) == 0x0D, byte(position + 1) == 0x0A { position += 1 }
    position += 1
  }

  /// At a line end outside of indentation: a newline token unless brackets are open.
  private mutating func endLine(from start: Int) {
    if level > 0 {
      skipLineEnd()
      return
    }
    emit(.newline, from: start)
    skipLineEnd()
    beginLine()
  }

  /// A backslash: the next line continues this one.
  private mutating func joinLines() {
    let start = position
    position += 1
    guard position < limit else {
      failWhenReached(.unfinished, "unexpected EOF while parsing", start, limit)
      return
    }
    guard text[position] == 0x0A || text[position] == 0x0D else {
      failWhenReached(
        .syntax, "unexpected character after line continuation character", start, start + 1)
      return
    }
    skipLineEnd()
    if position >= limit {
      failWhenReached(.unfinished, "unexpected EOF while parsing", start, limit)
    }
  }

  // MARK: - Indentation

  /// At the start of a logical line: skips blank lines, measures the indentation of the first line
  /// that holds something, emits `.indent` or `.dedent`, recognises notebook commands.
  mutating func beginLine() {
    while position < limit {
      var column = 0
      var alternative = 0
      let lineStart = position
      measure: while position < limit {
        switch text[position] {
        case 0x20:
          column += 1
          alternative += 1
        case 0x09:
          column = (column / 8 + 1) * 8
          alternative += 1
        case 0x0C:
          column = 0
          alternative = 0
        case 0x5C where byte(position + 1) == 0x0A || byte(position + 1) == 0x0D:
          // The indentation of a line that a backslash continues is that of its first part.
          position += 1
          skipLineEnd()
          if position >= limit {
            failWhenReached(.unfinished, "unexpected EOF while parsing", lineStart, limit)
          }
          while position < limit, text[position] == 0x20 || text[position] == 0x09 { position += 1 }
          break measure
        case 0x5C:
          joinLines()
          if stopsAtFailure { return }
          break measure
        default:
          break measure
        }
        position += 1
      }
      guard position < limit else { return }
      switch text[position] {
      case 0x23:
        skipComment()
        if position < limit { skipLineEnd() }
        continue
      case 0x0A, 0x0D:
        skipLineEnd()
        continue
      default:
        indent(to: column, alternative, from: lineStart)
        lineFirstToken = tokens.count
        if position < limit { scanCommandLine() }
        return
      }
    }
  }

  private mutating func indent(to column: Int, _ alternative: Int, from lineStart: Int) {
    let before = tokens.count
    defer {
      // A line whose indentation is wrong gives no token at all.
      if stopsAtFailure, failure != nil { tokens.removeLast(tokens.count - before) }
    }
    guard let current = columns.last, let currentAlternative = alternativeColumns.last else {
      return
    }
    if column == current {
      if alternative != currentAlternative { failOnTabs(lineStart) }
    } else if column > current {
      if columns.count >= Scanner.maximumIndentation {
        failWhenReached(.indentation, "too many levels of indentation", lineStart, position)
        return
      }
      if alternative <= currentAlternative { failOnTabs(lineStart) }
      columns.append(column)
      alternativeColumns.append(alternative)
      emit(.indent, from: lineStart)
    } else {
      while columns.count > 1, let top = columns.last, column < top {
        columns.removeLast()
        alternativeColumns.removeLast()
        emit(.dedent, from: position)
      }
      if column != columns.last ?? 0 {
        failWhenReached(
          .indentation, "unindent does not match any outer indentation level", lineStart, position)
      } else if alternative != alternativeColumns.last ?? 0 {
        failOnTabs(lineStart)
      }
    }
  }

  private mutating func failOnTabs(_ lineStart: Int) {
    failWhenReached(.tab, "inconsistent use of tabs and spaces in indentation", lineStart, position)
  }

  func endOfLine(from offset: Int) -> Int {
    var end = offset
    while end < limit, text[end] != 0x0A, text[end] != 0x0D { end += 1 }
    return end
  }

  // MARK: - Notebook commands

  /// A line that starts with `%`, `?` or `!` is one token up to its end, wherever it stands: no
  /// statement starts so, and the parser says what is wrong with an indented one.
  private mutating func scanCommandLine() {
    let first = text[position]
    guard first == 0x25 || first == 0x3F || first == 0x21 else { return }
    let start = position
    position = endOfLine(from: start)
    emit(.command, from: start)
  }

  /// At a `?`: when the whole logical line so far is a dotted name and nothing but `?` follows, the
  /// line is a request for help.
  mutating func scanTrailingHelp() -> Bool {
    guard level == 0, lineFirstToken < tokens.count else { return false }
    let line = tokens[lineFirstToken...]
    guard let first = line.first else { return false }
    let start = Int(first.span.start)
    var expectsName = true
    for token in line {
      let isName = token.kind == .name || (line.count == 1 && token.kind.isKeyword)
      guard expectsName ? isName : token.kind == .dot else { return false }
      expectsName.toggle()
    }
    if expectsName { return false }
    var end = position
    while byte(end) == 0x3F { end += 1 }
    guard end - position <= 2 else { return false }
    var rest = end
    while byte(rest) == 0x20 || byte(rest) == 0x09 { rest += 1 }
    guard rest >= limit || [0x0A, 0x0D, 0x23].contains(text[rest]) else { return false }
    tokens.removeSubrange(lineFirstToken...)
    position = end
    emit(.command, from: start)
    return true
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

/// Whether a byte can stand in a name; bytes of non-ASCII characters can, and are judged later.
@inline(__always)
func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...0xFF: true
  default: false
  }
}
