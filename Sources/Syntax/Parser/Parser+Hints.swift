/// The sentence for a token that cannot stand where it does.
extension Parser {
  /// CPython's "invalid syntax", or the better sentence that fits.
  func unexpected() -> Diagnostic {
    let token = current
    switch token.kind {
    case .endOfInput:
      if let unclosed { return neverClosed(unclosed) }
    case .indent:
      return Diagnostic(.indentation, "unexpected indent", at: token.span)
    case .dedent:
      return Diagnostic(.indentation, "unexpected unindent", at: token.span)
    case .async: return Dialect.async(token.span)
    case .await: return Dialect.await(token.span)
    case .imaginary: return Dialect.complex(textOf(token.span), token.span)
    case .percent:
      if peek() == .name, tokens[index + 1].span.start == token.span.end {
        return Dialect.commandInside(Span(from: token.span, to: tokens[index + 1].span))
      }
    case .unknown:
      if text[Int(token.span.start)] == UInt8(ascii: "!"), followsAssignment {
        return Dialect.shell(token.span)
      }
    case .command: return Dialect.commandInside(token.span)
    case .string where prefixBefore(token) != nil:
      if let prefix = prefixBefore(token) { return Dialect.template(prefix) }
    case .not where lastOperand.end == index:
      // `a not b`: CPython looked for the `in` that had to follow.
      if let hint = hintAfterOperand() { return hint }
      let next = tokens[min(index + 1, tokens.count - 1)]
      reach.index = max(reach.index, index + 1)
      return Diagnostic(.syntax, "invalid syntax", at: next.span)
    default: break
    }
    return hintAfterOperand() ?? Diagnostic(.syntax, "invalid syntax", at: token.span)
  }

  /// The prefix of a template string (`t"..."`, of Python 3.14), which reads as a name here.
  private func prefixBefore(_ token: Token) -> Span? {
    guard index > 0 else { return nil }
    let before = tokens[index - 1]
    guard before.kind == .name, before.span.end == token.span.start,
      ["t", "tr", "rt"].contains(textOf(before.span).lowercased())
    else { return nil }
    return before.span
  }

  func neverClosed(_ bracket: Scanner.OpenBracket) -> Diagnostic {
    Diagnostic(
      .unfinished, "'\(Character(Unicode.Scalar(bracket.byte)))' was never closed",
      at: Span(bracket.offset, bracket.offset + 1))
  }

  /// `x = !command` is how a shell command is asked for inside a line.
  private var followsAssignment: Bool { index > 0 && tokens[index - 1].kind == .equal }

  /// Two operands with nothing between them: a forgotten comma, or a statement of Python 2.
  private func hintAfterOperand() -> Diagnostic? {
    guard !isProbing, lastOperand.end == index, lastOperand.first < index else { return nil }
    guard startsExpression(kind) || kind == .star else { return nil }
    let first = tokens[lastOperand.first]
    let second = tokens[min(lastOperand.first + 1, tokens.count - 1)]
    let word = first.kind == .name ? textOf(first.span) : ""
    if index == lastOperand.first + 1, word == "print" || word == "exec" {
      guard let (_, after) = probe({ (p) throws(Diagnostic) in try p.starExpressions() }) else {
        return nil
      }
      return Diagnostic(
        .syntax, "Missing parentheses in call to '\(word)'. Did you mean \(word)(...)?",
        at: Span(Int(first.span.start), Int(after.previousEnd)))
    }
    let isPrefixOrSoftKeyword =
      first.kind == .name && (second.kind == .string || second.kind == .formatString)
      || word == "_" || word == "case" || word == "match"
    if !isPrefixOrSoftKeyword,
      let (value, after) = probe({ (p) throws(Diagnostic) in try p.expression() }),
      after.index > 0, after.tokens[after.index - 1].level > 0
    {
      return Diagnostic(
        .syntax, "invalid syntax. Perhaps you forgot a comma?",
        at: Span(Int(lastOperand.start), Int(value.span.end)))
    }
    return first.kind == .name && index == lastOperand.first + 1 ? hintFurtherOn() : nil
  }

  /// A name that cannot be followed by an expression: the mistake may be in that expression.
  private func hintFurtherOn() -> Diagnostic? {
    guard hintDepth < Parser.maximumHintDepth else { return nil }
    var copy = self
    copy.hintDepth += 1
    do throws(Diagnostic) {
      _ = try copy.starExpressions()
      let next = copy.unexpected()
      return next.message == "invalid syntax" || next.kind != .syntax ? nil : next
    } catch {
      return error.message == "invalid syntax" || error.kind != .syntax ? nil : error
    }
  }

  /// CPython has no such limit; more words in a row are prose.
  private static let maximumHintDepth = 8

  /// `=` or `:=` where only a value may stand: `if x = 1:`.
  /// - Parameters:
  ///   - value: what stands before the current token.
  ///   - first: the token at which it starts.
  func misplacedAssignment(after value: Expression, first: Int) -> Diagnostic {
    if kind == .walrus {
      if isProbing { return unexpected() }
      let right = probe { (p) throws(Diagnostic) in
        p.advance()
        return try p.expression()
      }
      if right == nil { return unexpected() }
      return Diagnostic(
        .syntax, "cannot use assignment expressions with \(value.describedForAssignment)",
        at: value.span)
    }
    return comparisonMeant(value, first: first) ?? unexpected()
  }

  /// The sentences that propose `==`; nil when what follows `=` does not fit.
  func comparisonMeant(_ value: Expression, first: Int) -> Diagnostic? {
    guard !isProbing, kind == .equal else { return nil }
    let right = probe { (p) throws(Diagnostic) in
      p.advance()
      return try p.binary(1)
    }
    guard let (_, after) = right, after.kind != .equal, after.kind != .walrus else { return nil }
    if index == first + 1, tokens[first].kind == .name {
      return Diagnostic(
        .syntax, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
        at: Span(Int(tokens[first].span.start), Int(after.previousEnd)))
    }
    if startsWithDisplay(first) { return nil }
    let isInBrackets =
      value.span.start > tokens[first].span.start && value.span.end < previousEnd
    switch value.kind {
    case _ where isInBrackets: break
    case .compare, .boolean, .lambda, .conditional, .starred, .unary(.not, _): return nil
    default: break
    }
    return Diagnostic(
      .syntax,
      "cannot assign to \(value.describedForAssignment) here. "
        + "Maybe you meant '==' instead of '='?", at: value.span)
  }

  /// CPython keeps the proposal to itself when the text before `=` starts with one of these.
  private func startsWithDisplay(_ first: Int) -> Bool {
    switch tokens[first].kind {
    case .true, .false, .none: return true
    case .leftParenthesis, .leftBracket:
      let atom = probe { (p) throws(Diagnostic) in
        p.index = first
        return try p.atom()
      }
      switch atom?.result.kind {
      case .list: return true
      case .tuple: return true
      case .comprehension(let comprehension): return comprehension.kind == .generator
      default: return false
      }
    default: return false
    }
  }

  // MARK: - Calls

  /// `f(a=1 for a in b)`
  func keywordWithClauses(_ name: Identifier, _ firstToken: Int) -> Diagnostic {
    Diagnostic(
      .syntax, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?",
      at: Span(from: name.span, to: tokens[firstToken + 1].span))
  }

  /// CPython reads the arguments to their end before it says so and points there.
  func positionalAfterKeyword(afterUnpacking: Bool) -> Diagnostic {
    let rest = probe { (p) throws(Diagnostic) in
      while p.skip(.comma), p.kind != .rightParenthesis {
        if p.skip(.star) || p.skip(.doubleStar) {}
        if p.kind == .name, p.peek() == .equal {
          p.advance()
          p.advance()
        }
        _ = try p.expression()
      }
    }
    let end = rest?.parser.current.span ?? current.span
    return Diagnostic(
      .syntax,
      afterUnpacking
        ? "positional argument follows keyword argument unpacking"
        : "positional argument follows keyword argument", at: end)
  }

  // MARK: - Displays

  /// `(**x)`
  func misplacedDoubleStar(close: TokenKind) -> Diagnostic {
    let stars = current.span
    let rest = probe { (p) throws(Diagnostic) in
      p.advance()
      _ = try p.expression()
    }
    guard let after = rest?.parser, after.kind == close else { return unexpected() }
    return Diagnostic(.syntax, "cannot use double starred expression here", at: stars)
  }

  /// `[x, y for x in z]`
  func unparenthesizedTarget(_ elements: [Expression]) -> Diagnostic {
    guard let first = elements.first, let last = elements.last else { return unexpected() }
    return Diagnostic(
      .syntax, "did you forget parentheses around the comprehension target?",
      at: Span(from: first.span, to: last.span))
  }

  /// A key of a dict display without its colon.
  func missingDictColon() -> Diagnostic {
    if kind == .endOfInput, unclosed != nil { return unexpected() }
    let end = Int(previousEnd)
    return Diagnostic(
      .syntax, "':' expected after dictionary key", at: Span(max(0, end - 1), end))
  }
}

extension Expression {
  /// What CPython's messages call an expression: `function call`, `literal`, `attribute`.
  var describedForAssignment: String {
    switch kind {
    case .constant(.none): "None"
    case .constant(.bool(let value)): value ? "True" : "False"
    case .constant(.ellipsis): "ellipsis"
    case .constant: "literal"
    case .name: "name"
    case .formatted: "f-string expression"
    case .list: "list"
    case .tuple: "tuple"
    case .set: "set display"
    case .dict: "dict literal"
    case .starred: "starred"
    case .unary, .binary, .boolean: "expression"
    case .compare: "comparison"
    case .conditional: "conditional expression"
    case .lambda: "lambda"
    case .call: "function call"
    case .attribute: "attribute"
    case .subscripted: "subscript"
    case .slice: "slice"
    case .comprehension(let comprehension):
      switch comprehension.kind {
      case .list: "list comprehension"
      case .set: "set comprehension"
      case .dict: "dict comprehension"
      case .generator: "generator expression"
      }
    case .walrus: "named expression"
    case .yield, .yieldFrom: "yield expression"
    }
  }
}
