/// The parameters of `def` and `lambda`.
extension Parser {
  /// Parameters up to, and without, the closing token; the height of their tallest expression.
  /// - Parameters:
  ///   - end: `.rightParenthesis` of a `def`, `.colon` of a lambda.
  ///   - annotated: whether `name: annotation` may stand here.
  mutating func parameterList(
    end: TokenKind, annotated: Bool
  ) throws(Diagnostic) -> (Parameters, height: Int) {
    var all = [Parameters.Parameter]()
    var names = Set<String>()
    var tallest = 0
    var sawSlash = false
    var sawStar = false
    var sawDefault = false
    while kind != end {
      switch kind {
      case .slash:
        try checkSlash(all, sawSlash: sawSlash, sawStar: sawStar)
        sawSlash = true
        advance()
        for position in all.indices { all[position].kind = .positionalOnly }
      case .star:
        if sawStar, peek() == end {
          throw Diagnostic(.syntax, "invalid syntax", at: current.span)
        }
        if sawStar {
          throw Diagnostic(.syntax, "* argument may appear only once", at: current.span)
        }
        sawStar = true
        let star = current.span
        advance()
        if kind == .comma || kind == end {
          if kind == end || peek() == end || peek() == .doubleStar {
            throw Diagnostic(
              .syntax, "named arguments must follow bare *",
              at: annotated ? star : current.span)
          }
        } else {
          all.append(try parameter(.star, annotated: annotated, &tallest))
          try refuseDefault("var-positional")
        }
      case .doubleStar:
        advance()
        all.append(try parameter(.doubleStar, annotated: annotated, &tallest))
        try refuseDefault("var-keyword")
        if kind == .comma { try checkNothingFollows(end) }
      case .leftParenthesis:
        throw try parenthesizedParameter(end)
      default:
        let parameter = try parameter(
          sawStar ? .keywordOnly : .positional, annotated: annotated, &tallest)
        if !sawStar {
          if parameter.defaultValue != nil {
            sawDefault = true
          } else if sawDefault {
            guard kind == .comma || kind == end else { throw unexpected() }
            throw Diagnostic(
              .syntax, "non-default argument follows default argument", at: parameter.name.span)
          }
        }
        all.append(parameter)
      }
      if let name = all.last?.name, !names.contains(name.text) {
        names.insert(name.text)
      } else if let name = all.last?.name, names.count < all.count {
        noteLate(
          .symbols, "duplicate argument '\(name.text)' in function definition", name.span)
        names.insert("\(name.text) \(all.count)")
      }
      guard kind != end else { break }
      try expect(.comma)
    }
    return (Parameters(all), tallest)
  }

  private mutating func parameter(
    _ kind: Parameters.Parameter.Kind, annotated: Bool, _ tallest: inout Int
  ) throws(Diagnostic) -> Parameters.Parameter {
    let name = try identifier()
    var annotation: Expression?
    if annotated, skip(.colon) {
      annotation = kind == .star ? try starExpression() : try expression()
      tallest = max(tallest, height)
    }
    var defaultValue: Expression?
    if kind != .star, kind != .doubleStar, self.kind == .equal {
      let equal = current.span
      advance()
      if self.kind == .comma || self.kind == .rightParenthesis || self.kind == .colon {
        throw Diagnostic(.syntax, "expected default value expression", at: equal)
      }
      defaultValue = try expression()
      tallest = max(tallest, height)
    }
    return Parameters.Parameter(
      name: name, kind: kind, annotation: annotation, defaultValue: defaultValue)
  }

  private func refuseDefault(_ what: String) throws(Diagnostic) {
    guard kind == .equal else { return }
    throw Diagnostic(.syntax, "\(what) argument cannot have default value", at: current.span)
  }

  private func checkSlash(
    _ all: [Parameters.Parameter], sawSlash: Bool, sawStar: Bool
  ) throws(Diagnostic) {
    if sawSlash { throw Diagnostic(.syntax, "/ may appear only once", at: current.span) }
    if sawStar { throw Diagnostic(.syntax, "/ must be ahead of *", at: current.span) }
    if all.isEmpty, peek() == .comma {
      throw Diagnostic(.syntax, "at least one argument must precede /", at: current.span)
    }
    if all.isEmpty { throw unexpected() }
  }

  /// After `**name` only a comma may come.
  private mutating func checkNothingFollows(_ end: TokenKind) throws(Diagnostic) {
    let next = peek()
    if next == end { return }
    advance()
    switch next {
    case .name, .star, .doubleStar, .slash:
      throw Diagnostic(
        .syntax, "arguments cannot follow var-keyword argument", at: current.span)
    default: throw unexpected()
    }
  }

  /// `def f((a, b)):`, which Python 2 had.
  private mutating func parenthesizedParameter(_ end: TokenKind) throws(Diagnostic) -> Diagnostic {
    let start = here
    let isLambda = end == .colon
    let before = mark
    advance()
    while kind == .name {
      advance()
      if !skip(.comma) { break }
    }
    if skip(.rightParenthesis) {
      return Diagnostic(
        .syntax,
        isLambda
          ? "Lambda expression parameters cannot be parenthesized"
          : "Function parameters cannot be parenthesized", at: span(from: start))
    }
    reset(to: before)
    return unexpected()
  }
}
