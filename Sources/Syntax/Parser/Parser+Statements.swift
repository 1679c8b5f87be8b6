/// Statements: which one a token starts, and the simple ones.
extension Parser {
  /// A whole cell or file.
  mutating func module() throws(Diagnostic) -> [Statement] {
    var statements = [Statement]()
    while kind != .endOfInput { try statement(into: &statements) }
    return statements
  }

  /// One logical line or compound statement; a line may hold several statements.
  mutating func statement(into statements: inout [Statement]) throws(Diagnostic) {
    if kind == .name, let refusal = dialectStatement() { throw refusal }
    switch kind {
    case .if: statements.append(try ifStatement())
    case .for: statements.append(try forStatement())
    case .while: statements.append(try whileStatement())
    case .def: statements.append(try functionDefinition(decorators: [], from: here))
    case .class: statements.append(try classDefinition(decorators: [], from: here))
    case .at: statements.append(try decorated())
    case .try: statements.append(try tryStatement())
    case .with: statements.append(try withStatement())
    case .command: statements.append(try command())
    case .newline where index == 0: advance()
    default: try simpleStatements(into: &statements)
    }
  }

  /// `match x:` and `type X = ...`, whose first words are names everywhere else.
  ///
  /// A match statement is told by its shape: a line that starts with `match`, ends with a colon,
  /// and has an indented `case` below it. No other statement looks like that.
  private func dialectStatement() -> Diagnostic? {
    let span = current.span
    let length = span.end - span.start
    if length == 4, peek() == .name, textOf(span) == "type" {
      if peek(2) == .equal { return Dialect.typeAlias(span) }
      if peek(2) == .leftBracket {
        var at = index + 3
        while at < tokens.count, tokens[at].level > current.level { at += 1 }
        if at + 1 < tokens.count, tokens[at + 1].kind == .equal { return Dialect.typeAlias(span) }
      }
    } else if length == 5, textOf(span) == "match" {
      switch peek() {
      case .name, .number, .string, .formatString, .true, .false, .none, .lambda, .tilde,
        .leftBrace:
        return Dialect.match(span)
      default: break
      }
      var at = index + 1
      while at < tokens.count, tokens[at].kind != .newline, tokens[at].kind != .endOfInput {
        at += 1
      }
      if at > index + 2, tokens[at - 1].kind == .colon, at + 2 < tokens.count,
        tokens[at + 1].kind == .indent, tokens[at + 2].kind == .name,
        textOf(tokens[at + 2].span) == "case"
      {
        return Dialect.match(span)
      }
    }
    return nil
  }

  /// Simple statements with `;` between them, up to the end of the line.
  mutating func simpleStatements(into statements: inout [Statement]) throws(Diagnostic) {
    repeat {
      statements.append(try simpleStatement())
      guard skip(.semicolon) else { break }
    } while kind != .newline && kind != .endOfInput
    guard kind == .newline else { throw unexpected() }
    advance()
  }

  private mutating func simpleStatement() throws(Diagnostic) -> Statement {
    let start = here
    let form: Statement.Kind
    switch kind {
    case .pass:
      advance()
      form = .pass
    case .break:
      advance()
      if loops == 0 { noteLate(.compiler, "'break' outside loop", span(from: start)) }
      form = .break
    case .continue:
      advance()
      if loops == 0 { noteLate(.compiler, "'continue' not properly in loop", span(from: start)) }
      form = .continue
    case .return: form = try returnStatement()
    case .raise: form = try raiseStatement()
    case .global:
      form = .global(try identifiers())
    case .nonlocal:
      form = .nonlocal(try identifiers())
      if scope == .module {
        noteLate(
          .symbols, "nonlocal declaration not allowed at module level", span(from: start))
      }
    case .del: form = try deleteStatement()
    case .assert: form = try assertStatement()
    case .import: form = try importStatement()
    case .from: form = try fromStatement()
    default: form = try expressionStatement()
    }
    return Statement(form, span(from: start))
  }

  /// Whether the current token ends a simple statement.
  private var endsStatement: Bool {
    kind == .newline || kind == .semicolon || kind == .endOfInput
  }

  private mutating func returnStatement() throws(Diagnostic) -> Statement.Kind {
    let start = here
    advance()
    let value = endsStatement ? nil : try starExpressions()
    if let value { checkLoneStars(value) }
    if scope != .function {
      noteLate(.compiler, "'return' outside function", span(from: start))
    }
    return .return(value)
  }

  private mutating func raiseStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    if endsStatement { return .raise(nil, cause: nil) }
    let value = try expression()
    let cause = skip(.from) ? try expression() : nil
    return .raise(value, cause: cause)
  }

  private mutating func identifiers() throws(Diagnostic) -> [Identifier] {
    advance()
    var names = [try identifier()]
    while skip(.comma) { names.append(try identifier()) }
    return names
  }

  private mutating func assertStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    let test = try expression()
    let message = skip(.comma) ? try expression() : nil
    return .assert(test, message: message)
  }

  private mutating func deleteStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    var targets = [Expression]()
    repeat {
      if endsStatement, !targets.isEmpty { break }
      targets.append(try starExpression())
    } while skip(.comma)
    for target in targets {
      if let invalid = invalidPart(of: target, .deletion) {
        throw invalidTarget(invalid, .deletion)
      }
    }
    guard endsStatement else { throw unexpected() }
    return .delete(targets)
  }

  // MARK: - Imports

  private mutating func dottedName() throws(Diagnostic) -> Identifier {
    var name = try identifier()
    while skip(.dot) {
      let part = try identifier()
      name = Identifier("\(name.text).\(part.text)", Span(from: name.span, to: part.span))
    }
    return name
  }

  private mutating func alias() throws(Diagnostic) -> Identifier? {
    skip(.as) ? try identifier() : nil
  }

  private mutating func importStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    var modules = [ImportAlias]()
    repeat {
      let name = try dottedName()
      modules.append(ImportAlias(name: name, alias: try alias()))
    } while skip(.comma)
    return .importModules(modules)
  }

  private mutating func fromStatement() throws(Diagnostic) -> Statement.Kind {
    advance()
    if kind == .dot || kind == .ellipsis { throw Dialect.relativeImport(current.span) }
    let module = try dottedName()
    try expect(.import)
    if kind == .star { throw Dialect.importStar(current.span) }
    let isParenthesized = skip(.leftParenthesis)
    var names = [ImportAlias]()
    while true {
      let name = try identifier()
      names.append(ImportAlias(name: name, alias: try alias()))
      guard skip(.comma) else { break }
      if isParenthesized, kind == .rightParenthesis { break }
      if !isParenthesized, kind == .newline {
        throw Diagnostic(
          .syntax, "trailing comma not allowed without surrounding parentheses",
          at: current.span)
      }
    }
    if isParenthesized { try expect(.rightParenthesis) }
    return .importNames(module: module, names: names)
  }

  // MARK: - Expressions and assignments

  private mutating func expressionStatement() throws(Diagnostic) -> Statement.Kind {
    let firstToken = index
    let isYield = kind == .yield
    let first = isYield ? try yieldExpression() : try starExpressions()
    switch kind {
    case .equal: return try assignment(first, firstToken)
    case .colon where !isYield: return try annotated(first, firstToken)
    default: break
    }
    if !isYield, let op = Parser.augmentedOperator(kind) {
      return try augmented(first, op)
    }
    if kind == .walrus, index > firstToken + 1 {
      throw misplacedAssignment(after: first, first: firstToken)
    }
    checkLoneStars(first)
    return .expression(first)
  }

  /// `*a` as a statement or a value.
  mutating func checkLoneStars(_ value: Expression) {
    if case .starred = value.kind {
      noteLate(.compiler, "can't use starred expression here", value.span)
    }
  }

  private mutating func value() throws(Diagnostic) -> Expression {
    kind == .yield ? try yieldExpression() : try starExpressions()
  }

  /// `a = b = value`; the current token is the first `=`.
  private mutating func assignment(
    _ first: Expression, _ firstToken: Int
  ) throws(Diagnostic) -> Statement.Kind {
    var targets = [Expression]()
    var last = first
    var lastToken = firstToken
    let firstEqual = mark
    while kind == .equal {
      do throws(Diagnostic) {
        try checkAssignable(last, lastToken, isFirst: targets.isEmpty)
      } catch {
        if targets.isEmpty { throw error }
        let furthest = mark
        reset(to: firstEqual)
        let hint = lastElement(of: first, firstToken).flatMap {
          comparisonMeant($0.0, first: $0.token)
        }
        reset(to: furthest)
        throw hint ?? error
      }
      targets.append(last)
      advance()
      lastToken = index
      last = try value()
    }
    checkLoneStars(last)
    return .assign(targets, last)
  }

  private mutating func checkAssignable(
    _ target: Expression, _ firstToken: Int, isFirst: Bool
  ) throws(Diagnostic) {
    switch target.kind {
    case .yield, .yieldFrom:
      if tokens[firstToken].kind == .yield {
        throw Diagnostic(
          .syntax, "assignment to yield expression not possible", at: target.span)
      }
    default: break
    }
    if let invalid = invalidPart(of: target, .assignment) {
      // CPython's extra rules see the last element of a bare tuple, or the whole first target.
      if isFirst, let (element, token) = lastElement(of: target, firstToken),
        let hint = comparisonMeant(element, first: token)
      {
        throw hint
      }
      throw invalidTarget(invalid, .assignment)
    }
    if classes > 0, scope == .classBody, case .name("__slots__") = target.kind {
      throw Dialect.slots(target.span)
    }
    checkStars(target)
  }

  /// The element that stands directly before the current token, and its first token; nil after a
  /// comma.
  private func lastElement(
    of target: Expression, _ firstToken: Int
  ) -> (Expression, token: Int)? {
    guard lastOperand.end == index else { return nil }
    if lastOperand.first > firstToken, case .tuple(let parts) = target.kind, let last = parts.last {
      return (last, lastOperand.first)
    }
    return (target, firstToken)
  }

  /// `x: annotation = value`; the current token is the colon.
  private mutating func annotated(
    _ target: Expression, _ firstToken: Int
  ) throws(Diagnostic) -> Statement.Kind {
    let colon = mark
    let isTarget =
      switch target.kind {
      case .name, .attribute, .subscripted: true
      default: false
      }
    advance()
    if !startsExpression(kind) {
      if !isTarget { reset(to: colon) }
      throw unexpected()
    }
    let annotation = try expression()
    switch target.kind {
    case .name, .attribute, .subscripted: break
    case .list, .tuple:
      var span = target.span
      if case .tuple(let parts) = target.kind, let first = parts.first,
        tokens[firstToken].kind != .leftParenthesis || first.span.start == span.start
      {
        span = first.span
      }
      throw Diagnostic(
        .syntax, "only single target (not \(target.describedForAssignment)) can be annotated",
        at: span)
    default:
      throw Diagnostic(.syntax, "illegal target for annotation", at: target.span)
    }
    let value = skip(.equal) ? try self.value() : nil
    return .annotated(target, annotation: annotation, value: value)
  }

  private mutating func augmented(
    _ target: Expression, _ op: BinaryOperator
  ) throws(Diagnostic) -> Statement.Kind {
    switch target.kind {
    case .name, .attribute, .subscripted: break
    default:
      let value = probe { (p) throws(Diagnostic) in
        p.advance()
        return try p.value()
      }
      if value == nil { throw unexpected() }
      throw Diagnostic(
        .syntax,
        "'\(target.describedForAssignment)' is an illegal expression for augmented assignment",
        at: target.span)
    }
    advance()
    let value = try self.value()
    checkLoneStars(value)
    return .augmented(target, op, value)
  }

  private static func augmentedOperator(_ kind: TokenKind) -> BinaryOperator? {
    switch kind {
    case .plusEqual: .add
    case .minusEqual: .subtract
    case .starEqual: .multiply
    case .slashEqual: .divide
    case .doubleSlashEqual: .floorDivide
    case .percentEqual: .modulo
    case .doubleStarEqual: .power
    case .atEqual: .matrixMultiply
    case .ampersandEqual: .and
    case .barEqual: .or
    case .caretEqual: .xor
    case .shiftLeftEqual: .shiftLeft
    case .shiftRightEqual: .shiftRight
    default: nil
    }
  }
}

extension TokenKind {
  /// Whether it is `(`, `[` or `{`.
  var opensBracket: Bool {
    self == .leftParenthesis || self == .leftBracket || self == .leftBrace
  }
}
