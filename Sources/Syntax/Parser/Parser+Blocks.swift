/// Compound statements and their blocks.
extension Parser {
  /// The colon of a header. CPython has a sentence for a header that just ends, and "invalid
  /// syntax" for one that goes on with something else.
  mutating func headerColon() throws(Diagnostic) {
    if kind == .newline { throw Diagnostic(.syntax, "expected ':'", at: current.span) }
    try expect(.colon)
  }

  /// The statements after a header: on its own line, or indented below it.
  /// - Parameters:
  ///   - owner: what CPython calls the statement: `'if' statement`, `function definition`.
  ///   - start: where it starts; the message names its line.
  mutating func block(_ owner: String, _ start: Int32) throws(Diagnostic) -> [Statement] {
    blocks += 1
    defer { blocks -= 1 }
    var body = [Statement]()
    guard kind == .newline else {
      if kind == .command { throw Dialect.commandInside(current.span) }
      try simpleStatements(into: &body)
      return body
    }
    advance()
    guard kind == .indent else {
      throw Diagnostic(
        .indentation, "expected an indented block after \(owner) on line \(line(of: start))",
        at: current.span)
    }
    advance()
    while kind != .dedent, kind != .endOfInput { try statement(into: &body) }
    if kind == .dedent { advance() }
    return body
  }

  /// The span of a compound statement: to the end of its last inner statement.
  private func span(from start: Int32, through bodies: [Statement]...) -> Span {
    var end = start
    for body in bodies {
      if let last = body.last { end = max(end, last.span.end) }
    }
    return Span(Int(start), Int(end))
  }

  private mutating func elseBlock() throws(Diagnostic) -> [Statement] {
    let start = here
    guard skip(.else) else { return [] }
    try force(.colon, ":")
    return try block("'else' statement", start)
  }

  mutating func ifStatement() throws(Diagnostic) -> Statement {
    let start = here
    var branches = [Statement.Branch]()
    repeat {
      let word = kind == .if ? "'if' statement" : "'elif' statement"
      let branchStart = here
      advance()
      let test = try namedExpression()
      try headerColon()
      branches.append(Statement.Branch(test: test, body: try block(word, branchStart)))
    } while kind == .elif
    let otherwise = try elseBlock()
    return Statement(
      .conditional(branches, otherwise: otherwise),
      span(from: start, through: branches.last?.body ?? [], otherwise))
  }

  mutating func whileStatement() throws(Diagnostic) -> Statement {
    let start = here
    advance()
    let test = try namedExpression()
    try headerColon()
    loops += 1
    let body = try block("'while' statement", start)
    loops -= 1
    let otherwise = try elseBlock()
    return Statement(
      .whileLoop(test, body: body, otherwise: otherwise),
      span(from: start, through: body, otherwise))
  }

  mutating func forStatement() throws(Diagnostic) -> Statement {
    let start = here
    advance()
    let target = try forTarget()
    let iterable = try starExpressions()
    checkLoneStars(iterable)
    try headerColon()
    loops += 1
    let body = try block("'for' statement", start)
    loops -= 1
    let otherwise = try elseBlock()
    return Statement(
      .forLoop(target: target, iterable: iterable, body: body, otherwise: otherwise),
      span(from: start, through: body, otherwise))
  }

  // MARK: - try

  mutating func tryStatement() throws(Diagnostic) -> Statement {
    let start = here
    advance()
    try force(.colon, ":")
    let body = try block("'try' statement", start)
    var handlers = [TryBlock.Handler]()
    while kind == .except {
      if let last = handlers.last, last.type == nil {
        noteLate(.compiler, "default 'except:' must be last", last.span)
      }
      handlers.append(try handler())
    }
    var otherwise = [Statement]()
    if !handlers.isEmpty { otherwise = try elseBlock() }
    var finally = [Statement]()
    let finallyStart = here
    if skip(.finally) {
      try force(.colon, ":")
      finally = try block("'finally' statement", finallyStart)
    } else if handlers.isEmpty {
      if kind == .endOfInput || index > 0 {
        throw Diagnostic(
          .syntax, "expected 'except' or 'finally' block", at: current.span)
      }
    }
    return Statement(
      .tryBlock(
        TryBlock(body: body, handlers: handlers, otherwise: otherwise, finally: finally)),
      span(from: start, through: body, handlers.last?.body ?? [], otherwise, finally))
  }

  private mutating func handler() throws(Diagnostic) -> TryBlock.Handler {
    let start = here
    advance()
    if kind == .star { throw Dialect.exceptStar(Span(Int(start), Int(current.span.end))) }
    var type: Expression?
    var name: Identifier?
    if kind != .colon {
      if kind == .newline { throw Diagnostic(.syntax, "expected ':'", at: current.span) }
      type = try expression()
      if kind == .comma { throw severalExceptionTypes(type?.span.start ?? start) }
      if skip(.as) { name = try identifier() }
      try headerColon()
    } else {
      advance()
    }
    let body = try block("'except' statement", start)
    return TryBlock.Handler(
      type: type, name: name, body: body, span: span(from: start, through: body))
  }

  /// `except A, B:`
  private func severalExceptionTypes(_ start: Int32) -> Diagnostic {
    let rest = probe { (p) throws(Diagnostic) in
      while p.skip(.comma), p.startsExpression(p.kind) { _ = try p.expression() }
    }
    guard let after = rest?.parser, after.kind == .colon || after.kind == .as else {
      return unexpected()
    }
    return Diagnostic(
      .syntax, "multiple exception types must be parenthesized",
      at: Span(Int(start), Int(after.previousEnd)))
  }

  // MARK: - with

  mutating func withStatement() throws(Diagnostic) -> Statement {
    let start = here
    advance()
    let items = try withItems()
    try headerColon()
    let body = try block("'with' statement", start)
    return Statement(.with(items, body: body), span(from: start, through: body))
  }

  /// The items of a header. A bracket at its start may hold all of them or only belong to the first
  /// expression, and both may end in `):`, so CPython tries the first way, then the second; of two
  /// failures the one that got further is reported.
  private mutating func withItems() throws(Diagnostic) -> [WithItem] {
    var outer: (error: Diagnostic, index: Int)?
    if kind == .leftParenthesis {
      let before = mark
      do throws(Diagnostic) {
        return try parenthesizedItems()
      } catch {
        if error.kind == .notInDialect { throw error }
        outer = (error, index)
        reset(to: before)
      }
    }
    do throws(Diagnostic) {
      var items = [WithItem]()
      repeat { items.append(try withItem()) } while skip(.comma)
      return items
    } catch {
      if let outer, outer.index >= index {
        index = outer.index
        throw outer.error
      }
      throw error
    }
  }

  private mutating func parenthesizedItems() throws(Diagnostic) -> [WithItem] {
    advance()
    var items = [try withItem()]
    while skip(.comma), kind != .rightParenthesis { items.append(try withItem()) }
    try expect(.rightParenthesis)
    guard kind == .colon else { throw unexpected() }
    return items
  }

  private mutating func withItem() throws(Diagnostic) -> WithItem {
    let context = try expression()
    guard skip(.as) else { return WithItem(context: context, target: nil) }
    let target = try self.target()
    if let invalid = invalidPart(of: target, .assignment) {
      guard kind == .comma || kind == .colon || kind == .rightParenthesis else {
        throw unexpected()
      }
      throw invalidTarget(invalid, .assignment)
    }
    checkStars(target)
    return WithItem(context: context, target: target)
  }

  // MARK: - Definitions

  mutating func decorated() throws(Diagnostic) -> Statement {
    var decorators = [Expression]()
    while skip(.at) {
      decorators.append(try namedExpression())
      try expect(.newline)
    }
    switch kind {
    case .def: return try functionDefinition(decorators: decorators, from: here)
    case .class: return try classDefinition(decorators: decorators, from: here)
    default: throw unexpected()
    }
  }

  mutating func functionDefinition(
    decorators: [Expression], from start: Int32
  ) throws(Diagnostic) -> Statement {
    advance()
    let name = try identifier()
    if scope == .classBody, name.text == "__del__" { throw Dialect.finalizer(name.span) }
    if kind == .leftBracket { throw Dialect.typeParameters(current.span) }
    try force(.leftParenthesis, "(")
    let (parameters, _) = try parameterList(end: .rightParenthesis, annotated: true)
    try expect(.rightParenthesis)
    var returns: Expression?
    if kind == .arrow, startsExpression(peek()) {
      advance()
      returns = try expression()
    }
    try force(.colon, ":")
    let outer = (scope, loops, lastYield)
    (scope, loops) = (.function, 0)
    let body = try block("function definition", start)
    (scope, loops, lastYield) = outer
    walruses.removeAll(keepingCapacity: true)
    return Statement(
      .function(
        FunctionDefinition(
          name: name, parameters: parameters, returns: returns, body: body,
          decorators: decorators)),
      span(from: start, through: body))
  }

  mutating func classDefinition(
    decorators: [Expression], from start: Int32
  ) throws(Diagnostic) -> Statement {
    advance()
    let name = try identifier()
    if kind == .leftBracket { throw Dialect.typeParameters(current.span) }
    var base: Expression?
    var added = [Statement]()
    if kind == .leftParenthesis { base = try classBase(&added) }
    try headerColon()
    let outer = (scope, loops, lastYield)
    (scope, loops) = (.classBody, 0)
    classes += 1
    let body = try block("class definition", start)
    classes -= 1
    (scope, loops, lastYield) = outer
    return Statement(
      .classDefinition(
        ClassDefinition(name: name, base: base, body: body + added, decorators: decorators)),
      span(from: start, through: body))
  }

  /// `class Movie(TypedDict, total=False)` is a class with an attribute `__total__`.
  private func totality(_ keyword: Identifier, _ value: Expression) -> Statement {
    Statement(
      .assign([Expression(.name("__total__"), keyword.span)], value),
      Span(Int(keyword.span.start), Int(value.span.end)))
  }

  /// Whether an expression is a name, or an attribute, of that name.
  private func isNamed(_ expression: Expression?, _ name: String) -> Bool {
    switch expression?.kind {
    case .name(let found): found == name
    case .attribute(_, let found): found.text == name
    default: false
    }
  }

  /// The one base in a class header, and what its keywords add to the body.
  private mutating func classBase(
    _ added: inout [Statement]
  ) throws(Diagnostic) -> Expression? {
    let arguments = try callArguments()
    var base: Expression?
    for argument in arguments {
      switch argument.kind {
      case .keyword(let name) where name.text == "total" && isNamed(base, "TypedDict"):
        added.append(totality(name, argument.value))
      case .keyword(let name)
      where name.text == "metaclass" && base == nil && isNamed(argument.value, "ABCMeta"):
        // The one metaclass that there is: to derive from ABC means the same.
        base = argument.value
      case .keyword(let name) where name.text == "metaclass":
        throw Dialect.metaclass(name.span)
      case .keyword(let name): throw Dialect.classKeyword(name.text, name.span)
      case .star, .doubleStar: throw Dialect.unpackedBases(argument.value.span)
      case .positional:
        if base != nil { throw Dialect.severalBases(argument.value.span) }
        if case .comprehension(let inner) = argument.value.kind, inner.kind == .generator {
          // CPython reads one expression and stops at the `for`.
          let place = inner.clauses.first.map { first in
            tokens.first { $0.kind == .for && $0.span.start >= inner.element.span.end }?.span
              ?? first.iterable.span
          }
          throw Diagnostic(.syntax, "invalid syntax", at: place ?? argument.value.span)
        }
        base = argument.value
      }
    }
    return base
  }
}
