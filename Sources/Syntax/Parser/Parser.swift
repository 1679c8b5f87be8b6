/// Tokens to tree: recursive descent over the token list, with precedence climbing for the binary
/// operators.
///
/// Two counters keep every later pass safe on an ordinary stack. `depth` counts the calls that are
/// open, so the parser itself does not run out of stack; `height` is the height of the expression
/// parsed last, so a long chain without any nesting (`a.b.c...`, `x + x + x...`), which is a deep
/// tree too, is refused as well.
///
/// Errors follow CPython 3.11: its parser fails at the furthest token it looked at and then looks
/// for a better sentence with extra rules. Here the rules stand where the parser is when it meets
/// the token that it cannot use; `Parser+Hints` holds those that depend on what stands around it.
struct Parser {
  /// The limit of both counters: a sum of a thousand terms inside a call passes.
  static let maximumDepth = 1024

  let source: Source
  let text: [UInt8]
  var tokens: [Token]
  var index = 0
  var depth = 0
  var height = 0

  /// Where the function, class or loop around the current statement starts to matter.
  var scope = Scope.module
  var loops = 0
  /// How many classes are around: names with two leading underscores mean something else in them.
  var classes = 0
  /// How many blocks are around the current statement; notebook commands stand in none.
  var blocks = 0
  /// A look ahead: errors need no good sentence, and must not start another look ahead.
  var isProbing = false
  /// How many hints are being looked for inside each other.
  var hintDepth = 0

  /// What the scanner found wrong; the tokens end there.
  var scannerFailure: Diagnostic?
  /// Whether an error of the parser before the scanner's failure wins.
  var failureWaits = false
  /// The bracket that was still open at the end of the text, innermost.
  var unclosed: Scanner.OpenBracket?
  /// The operand parsed last: its first token, the token after it, where it starts.
  var lastOperand = Operand()
  /// The token at which the expression starts that is being parsed.
  var expressionStart = 0
  /// How far look aheads went.
  let reach = Reach()
  /// The token of the `yield` and the assignment expressions of this scope that were parsed last;
  /// comprehensions restrict both.
  var lastYield: (token: Int, span: Span)?
  var walruses: [(token: Int, name: Identifier, span: Span)] = []
  /// An error that CPython finds only after the whole text is parsed.
  var late: (phase: LatePhase, diagnostic: Diagnostic)?

  struct Operand {
    var first = 0
    var end = -1
    var start: Int32 = 0
  }

  /// CPython's parser remembers every token it has looked at; some of its errors depend on it.
  /// Shared between a parser and its look aheads.
  final class Reach {
    var index = 0
  }

  enum Scope { case module, function, lambda, classBody }

  /// CPython's passes after the parser, in their order.
  enum LatePhase: Int { case symbols, compiler }

  init(_ source: Source, tokens: [Token], unclosed: Scanner.OpenBracket? = nil) {
    self.source = source
    text = source.text
    self.tokens = tokens
    self.unclosed = unclosed
  }

  // MARK: - Tokens

  @inline(__always)
  var kind: TokenKind { tokens[index].kind }

  @inline(__always)
  var current: Token { tokens[index] }

  /// The byte offset of the current token.
  @inline(__always)
  var here: Int32 { tokens[index].span.start }

  @inline(__always)
  func peek(_ distance: Int = 1) -> TokenKind {
    let at = index + distance
    return at < tokens.count ? tokens[at].kind : .endOfInput
  }

  /// Goes on to the next token; the last one, `.endOfInput`, is never passed.
  @inline(__always)
  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  @inline(__always)
  mutating func skip(_ wanted: TokenKind) -> Bool {
    guard kind == wanted else { return false }
    advance()
    return true
  }

  mutating func expect(_ wanted: TokenKind) throws(Diagnostic) {
    guard kind == wanted else { throw unexpected() }
    advance()
  }

  /// A token that CPython forces: its absence has its own sentence.
  mutating func force(_ wanted: TokenKind, _ spelling: String) throws(Diagnostic) {
    guard kind == wanted else {
      if kind == .endOfInput, unclosed != nil { throw unexpected() }
      throw Diagnostic(.syntax, "expected '\(spelling)'", at: current.span)
    }
    advance()
  }

  /// The offset at which the token before the current one ends.
  @inline(__always)
  var previousEnd: Int32 { index > 0 ? tokens[index - 1].span.end : here }

  @inline(__always)
  func span(from start: Int32) -> Span {
    var span = current.span
    span.start = start
    span.end = max(start, previousEnd)
    return span
  }

  func textOf(_ span: Span) -> String {
    let start = min(max(0, Int(span.start)), text.count)
    let end = min(max(start, Int(span.end)), text.count)
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  func line(of offset: Int32) -> Int { source.position(of: Int(offset)).line }

  // MARK: - Depth

  @inline(__always)
  mutating func descend() throws(Diagnostic) {
    depth += 1
    if depth > Parser.maximumDepth { throw tooDeep(current.span) }
  }

  /// Makes an expression that starts at `start` and ends at the previous token.
  /// - Parameter tallest: the height of its tallest part.
  @inline(__always)
  mutating func compose(
    _ kind: Expression.Kind, from start: Int32, tallest: Int
  ) throws(Diagnostic) -> Expression {
    height = tallest + 1
    let span = span(from: start)
    if height > Parser.maximumDepth { throw tooDeep(span) }
    return Expression(kind, span)
  }

  @inline(__always)
  mutating func leaf(_ kind: Expression.Kind, _ span: Span) -> Expression {
    height = 1
    return Expression(kind, span)
  }

  private func tooDeep(_ span: Span) -> Diagnostic {
    Diagnostic(
      .syntax, "expression is nested too deeply: split it over several statements", at: span)
  }

  // MARK: - Names

  /// The current token as an identifier; it must be a name.
  mutating func identifier() throws(Diagnostic) -> Identifier {
    guard kind == .name else { throw unexpected() }
    let span = current.span
    let name = Identifier(try nameText(span), span)
    advance()
    return name
  }

  /// The text of a name token. The micro sign is the one compatibility character that keyboards
  /// have; CPython reads it as the Greek letter.
  func nameText(_ span: Span) throws(Diagnostic) -> String {
    let start = Int(span.start)
    let bytes = text[start..<Int(span.end)]
    if classes > 0, bytes.count > 2, bytes[start] == 0x5F, bytes[start + 1] == 0x5F,
      !bytes.suffix(2).elementsEqual([0x5F, 0x5F])
    {
      throw Dialect.privateName(textOf(span), span)
    }
    let name = String(decoding: bytes, as: UTF8.self)
    if bytes.contains(0xB5), name.unicodeScalars.contains("\u{B5}") {
      var mapped = String.UnicodeScalarView()
      for scalar in name.unicodeScalars { mapped.append(scalar == "\u{B5}" ? "\u{3BC}" : scalar) }
      return String(mapped)
    }
    return name
  }

  // MARK: - Speculation

  /// What has to be put back when a look ahead is over.
  struct Mark {
    var index: Int
    var depth: Int
    var height: Int
    var lastOperand: Operand
    var late: (phase: LatePhase, diagnostic: Diagnostic)?
    var lastYield: (token: Int, span: Span)?
    var walruses: Int
    var scope: Scope
    var loops: Int
  }

  var mark: Mark {
    Mark(
      index: index, depth: depth, height: height, lastOperand: lastOperand, late: late,
      lastYield: lastYield, walruses: walruses.count, scope: scope, loops: loops)
  }

  mutating func reset(to mark: Mark) {
    index = mark.index
    depth = mark.depth
    height = mark.height
    lastOperand = mark.lastOperand
    late = mark.late
    lastYield = mark.lastYield
    walruses.removeLast(max(0, walruses.count - mark.walruses))
    scope = mark.scope
    loops = mark.loops
  }

  /// The result of a look ahead that leaves this parser where it is; nil when it fails.
  func probe<Result>(
    _ body: (inout Parser) throws(Diagnostic) -> Result
  ) -> (result: Result, parser: Parser)? {
    var copy = self
    copy.isProbing = true
    do throws(Diagnostic) {
      let result = try body(&copy)
      reach.index = max(reach.index, copy.index)
      copy.isProbing = isProbing
      return (result, copy)
    } catch {
      reach.index = max(reach.index, copy.index)
      return nil
    }
  }

  /// Remembers an error of a later pass unless one is known that CPython finds before it: one of an
  /// earlier pass, or one further up.
  mutating func noteLate(_ phase: LatePhase, _ message: String, _ span: Span) {
    if let known = late,
      (known.phase.rawValue, known.diagnostic.span.start) <= (phase.rawValue, span.start)
    {
      return
    }
    late = (phase, Diagnostic(.syntax, message, at: span))
  }
}
