/// Call arguments and subscripts.
extension Parser {
  /// `(...)` after a callee; the current token is the opening parenthesis.
  mutating func callArguments() throws(Diagnostic) -> [Argument] {
    try descend()
    defer { depth -= 1 }
    let open = here
    advance()
    var arguments = [Argument]()
    var tallest = 0
    var sawKeyword = false
    var sawDoubleStar = false
    var keywords = Set<String>()
    while kind != .rightParenthesis {
      let start = here
      let firstToken = index
      switch kind {
      case .star:
        if sawDoubleStar {
          throw Diagnostic(
            .syntax, "iterable argument unpacking follows keyword argument unpacking",
            at: argumentsSpan(from: open))
        }
        let before = argumentsSpan(from: open)
        advance()
        if !arguments.isEmpty, kind == .comma || kind == .rightParenthesis {
          // A star with nothing behind it: CPython lets the first rule win that mentions a star, and
          // says something untrue. Its words are kept: Starlark's suite has the case.
          throw Diagnostic(
            .syntax, "iterable argument unpacking follows keyword argument unpacking", at: before)
        }
        let value = try expression()
        if kind == .for {
          throw Diagnostic(
            .syntax, "iterable unpacking cannot be used in comprehension",
            at: Span(Int(start), Int(value.span.end)))
        }
        arguments.append(Argument(.star, value))
      case .doubleStar:
        advance()
        arguments.append(Argument(.doubleStar, try expression()))
        sawDoubleStar = true
      case .name where peek() == .equal:
        let name = try identifier()
        advance()
        let value = try expression()
        if kind == .for || kind == .async { throw keywordWithClauses(name, firstToken) }
        if !keywords.insert(name.text).inserted {
          noteLate(
            .compiler, "keyword argument repeated: \(name.text)",
            Span(Int(start), Int(value.span.end)))
        }
        arguments.append(Argument(.keyword(name), value))
        sawKeyword = true
      default:
        let value = try argumentExpression()
        if kind == .for || kind == .async {
          // `f(x for x in y)`: the call's parentheses are the generator's.
          let generator = try comprehension(
            .generator, value, firstToken, from: open, close: .rightParenthesis,
            isSoleArgument: arguments.isEmpty)
          return [Argument(.positional, generator)]
        }
        if sawDoubleStar || sawKeyword {
          guard kind == .comma || kind == .rightParenthesis else { throw unexpected() }
          throw positionalAfterKeyword(afterUnpacking: lastIsDoubleStar(arguments))
        }
        arguments.append(Argument(.positional, value))
      }
      tallest = max(tallest, height)
      guard kind != .rightParenthesis else { break }
      try expect(.comma)
    }
    advance()
    height = tallest
    return arguments
  }

  private func lastIsDoubleStar(_ arguments: [Argument]) -> Bool {
    guard let last = arguments.last(where: { isKeywordLike($0) }) else { return false }
    if case .doubleStar = last.kind { return true }
    return false
  }

  private func isKeywordLike(_ argument: Argument) -> Bool {
    switch argument.kind {
    case .keyword, .doubleStar: true
    case .positional, .star: false
    }
  }

  /// From the first argument to the comma before the current token.
  private func argumentsSpan(from open: Int32) -> Span {
    Span(Int(open) + 1, Int(tokens[max(0, index - 1)].span.start))
  }

  /// A positional argument; `f(a.b=1)`, `f(True=1)` have their own sentences.
  private mutating func argumentExpression() throws(Diagnostic) -> Expression {
    if kind == .name, peek() == .walrus { return try assignmentExpression() }
    let firstKind = kind
    let start = here
    let value = try expression()
    if kind == .equal {
      let whole = Span(Int(start), Int(current.span.end))
      switch firstKind {
      case .true, .false, .none:
        if tokens[index - 1].span.start == start {
          throw Diagnostic(.syntax, "cannot assign to \(value.describedForAssignment)", at: whole)
        }
      default: break
      }
      throw Diagnostic(
        .syntax, "expression cannot contain assignment, perhaps you meant \"==\"?", at: whole)
    }
    return value
  }

  // MARK: - Subscripts

  /// `[...]` after an expression: an index, a slice, or several of them as a tuple.
  mutating func subscriptIndex() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    advance()
    if kind == .rightBracket { throw emptySubscript() }
    let start = here
    let first = try subscriptItem()
    var isTuple = false
    if case .starred = first.kind { isTuple = true }
    guard isTuple || kind == .comma else {
      try expect(.rightBracket)
      return first
    }
    var items = [first]
    var tallest = height
    while skip(.comma) {
      if kind == .rightBracket { break }
      items.append(try subscriptItem())
      tallest = max(tallest, height)
    }
    let tuple = try compose(.tuple(items), from: start, tallest: tallest)
    try expect(.rightBracket)
    return tuple
  }

  /// `(a[])`: inside brackets CPython reads it as `a` and `[]` with a comma forgotten.
  private mutating func emptySubscript() -> Diagnostic {
    let close = index
    // In a field of an f-string the expression around may stand among other tokens.
    guard tokens.indices.contains(expressionStart), close > 0 else { return unexpected() }
    index -= 1
    lastOperand = Operand(
      first: expressionStart, end: index, start: tokens[expressionStart].span.start)
    let hint = unexpected()
    index = close
    return hint.message == "invalid syntax" ? unexpected() : hint
  }

  private mutating func subscriptItem() throws(Diagnostic) -> Expression {
    if kind == .star { return try starExpression() }
    let start = here
    let firstToken = index
    var tallest = 0
    var lower: Expression?
    if kind != .colon {
      let value = try namedExpression()
      if kind != .colon { return value }
      if isBareWalrus(firstToken) { throw unexpected() }
      tallest = height
      lower = value
    }
    advance()
    var upper: Expression?
    var step: Expression?
    if !endsSlicePart {
      upper = try expression()
      tallest = max(tallest, height)
    }
    if skip(.colon), !endsSlicePart {
      step = try expression()
      tallest = max(tallest, height)
    }
    return try compose(
      .slice(lower: lower, upper: upper, step: step), from: start, tallest: tallest)
  }

  private var endsSlicePart: Bool {
    kind == .colon || kind == .comma || kind == .rightBracket
  }
}
