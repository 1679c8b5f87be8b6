/// Atoms, displays and what may follow them: calls, attributes, subscripts.
extension Parser {
  /// `primary`: an atom with any number of `.name`, `(...)`, `[...]` after it.
  mutating func primary() throws(Diagnostic) -> Expression {
    let start = here
    var value = try atom()
    while true {
      switch kind {
      case .dot:
        let tallest = height
        advance()
        let name = try identifier()
        value = try compose(.attribute(value, name), from: start, tallest: tallest)
      case .leftParenthesis:
        let tallest = height
        let arguments = try callArguments()
        value = try compose(.call(value, arguments), from: start, tallest: max(tallest, height))
      case .leftBracket:
        let tallest = height
        let index = try subscriptIndex()
        value = try compose(
          .subscripted(value, index: index), from: start, tallest: max(tallest, height))
      default:
        return value
      }
    }
  }

  mutating func atom() throws(Diagnostic) -> Expression {
    let token = current
    switch token.kind {
    case .name:
      let name = try nameText(token.span)
      advance()
      return leaf(.name(name), token.span)
    case .number:
      advance()
      let digits = text[Int(token.span.start)..<Int(token.span.end)]
      let value = NumberLiteral.value(of: digits)
      if let count = NumberLiteral.digitsTooMany(in: value) {
        throw Diagnostic(
          .syntax,
          "Exceeds the limit (\(NumberLiteral.mostDigits) digits) for integer string conversion: value has "
            + "\(count) digits; use sys.set_int_max_str_digits() to increase the limit - Consider "
            + "hexadecimal for huge integer literals to avoid decimal conversion limits.", at: token.span)
      }
      return leaf(.constant(value), token.span)
    case .string, .formatString:
      return try strings()
    case .true: return constant(.bool(true))
    case .false: return constant(.bool(false))
    case .none: return constant(.none)
    case .ellipsis: return constant(.ellipsis)
    case .leftParenthesis: return try parenthesized()
    case .leftBracket: return try listDisplay()
    case .leftBrace: return try braceDisplay()
    default:
      throw unexpected()
    }
  }

  private mutating func constant(_ value: Constant) -> Expression {
    let span = current.span
    advance()
    return leaf(.constant(value), span)
  }

  // MARK: - Parentheses

  /// `()`, `(x)`, `(x, y)`, `(x for ...)`, `(yield x)`.
  ///
  /// A single expression keeps its own span, as in CPython; the brackets belong to tuples and
  /// generators only.
  private mutating func parenthesized() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    let start = here
    advance()
    if skip(.rightParenthesis) { return try compose(.tuple([]), from: start, tallest: 0) }
    if kind == .yield {
      let value = try yieldExpression()
      try expect(.rightParenthesis)
      return value
    }
    if kind == .doubleStar { throw misplacedDoubleStar(close: .rightParenthesis) }
    let firstToken = index
    let first = try starNamedExpression()
    switch kind {
    case .rightParenthesis:
      if case .starred = first.kind {
        throw Diagnostic(.syntax, "cannot use starred expression here", at: first.span)
      }
      advance()
      return first
    case .for, .async:
      return try comprehension(
        .generator, first, firstToken, from: start, close: .rightParenthesis)
    default:
      let (elements, tallest) = try elements(after: first, close: .rightParenthesis)
      return try compose(.tuple(elements), from: start, tallest: tallest)
    }
  }

  /// The elements of a display after its first one, up to and with the closing bracket.
  private mutating func elements(
    after first: Expression, close: TokenKind
  ) throws(Diagnostic) -> ([Expression], tallest: Int) {
    var elements = [first]
    var tallest = height
    while kind != close {
      try expect(.comma)
      if kind == close { break }
      elements.append(try starNamedExpression())
      tallest = max(tallest, height)
      if kind == .for, close != .rightParenthesis { throw unparenthesizedTarget(elements) }
    }
    advance()
    return (elements, tallest)
  }

  private mutating func listDisplay() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    let start = here
    advance()
    if skip(.rightBracket) { return try compose(.list([]), from: start, tallest: 0) }
    let firstToken = index
    let first = try starNamedExpression()
    if kind == .for || kind == .async {
      return try comprehension(.list, first, firstToken, from: start, close: .rightBracket)
    }
    let (elements, tallest) = try elements(after: first, close: .rightBracket)
    return try compose(.list(elements), from: start, tallest: tallest)
  }

  // MARK: - Braces

  /// `{}`, a dict, a set, or a comprehension of one of them.
  private mutating func braceDisplay() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    let start = here
    advance()
    if skip(.rightBrace) { return try compose(.dict([]), from: start, tallest: 0) }
    if kind == .doubleStar { return try dictDisplay(from: start, nil) }
    let firstToken = index
    let first = try starNamedExpression()
    switch kind {
    case .colon:
      if case .starred = first.kind { throw unexpected() }
      if isBareWalrus(firstToken) { throw unexpected() }
      return try dictDisplay(from: start, (first, firstToken))
    case .for, .async:
      return try comprehension(.set, first, firstToken, from: start, close: .rightBrace)
    default:
      let (elements, tallest) = try elements(after: first, close: .rightBrace)
      return try compose(.set(elements), from: start, tallest: tallest)
    }
  }

  /// Whether the expression at a token is `name := value` without brackets of its own.
  func isBareWalrus(_ firstToken: Int) -> Bool {
    tokens[firstToken].kind == .name && firstToken + 1 < tokens.count
      && tokens[firstToken + 1].kind == .walrus
  }

  /// A dict display whose first key is parsed already, with where it started.
  private mutating func dictDisplay(
    from start: Int32, _ firstKey: (key: Expression, token: Int)?
  ) throws(Diagnostic) -> Expression {
    var items = [DictItem]()
    var tallest = height
    if let firstKey {
      let value = try dictValue()
      tallest = max(tallest, height)
      if kind == .for || kind == .async {
        return try comprehension(
          .dict, firstKey.key, value: value, firstKey.token, from: start, close: .rightBrace,
          tallest: tallest)
      }
      items.append(DictItem(key: firstKey.key, value: value))
    } else {
      let stars = current.span
      items.append(try doubleStarred())
      tallest = height
      if kind == .for {
        throw Diagnostic(
          .syntax, "dict unpacking cannot be used in dict comprehension", at: stars)
      }
    }
    while kind != .rightBrace {
      try expect(.comma)
      if kind == .rightBrace { break }
      if kind == .doubleStar {
        items.append(try doubleStarred())
      } else {
        let key = try expression()
        let keyHeight = height
        guard kind == .colon else { throw missingDictColon() }
        items.append(DictItem(key: key, value: try dictValue()))
        height = max(height, keyHeight)
      }
      tallest = max(tallest, height)
    }
    advance()
    return try compose(.dict(items), from: start, tallest: tallest)
  }

  private mutating func doubleStarred() throws(Diagnostic) -> DictItem {
    advance()
    return DictItem(key: nil, value: try binary(1))
  }

  /// The value after `:`; a missing or starred one has its own sentence.
  private mutating func dictValue() throws(Diagnostic) -> Expression {
    let colon = current.span
    advance()
    if kind == .star {
      let start = here
      _ = try starExpression()
      throw Diagnostic(
        .syntax, "cannot use a starred expression in a dictionary value", at: span(from: start))
    }
    if kind == .rightBrace || kind == .comma {
      throw Diagnostic(.syntax, "expression expected after dictionary key and ':'", at: colon)
    }
    return try expression()
  }
}
