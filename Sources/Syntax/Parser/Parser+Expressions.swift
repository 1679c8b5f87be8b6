/// Expressions from the loosest binding to the tightest: conditional and lambda, `or`, `and`,
/// `not`, comparison, binary operators, unary operators, power.
extension Parser {
  /// `expression`: no assignment expression, no star, no comma.
  mutating func expression() throws(Diagnostic) -> Expression {
    if kind == .lambda { return try lambda() }
    try descend()
    defer { depth -= 1 }
    let start = here
    let first = index
    let outerStart = expressionStart
    expressionStart = first
    let value = try disjunction()
    expressionStart = outerStart
    lastOperand = Operand(first: first, end: index, start: value.span.start)
    guard kind == .if else { return value }
    var tallest = height
    advance()
    let test = try disjunction()
    tallest = max(tallest, height)
    guard kind == .else else {
      if kind == .colon { throw unexpected() }
      throw Diagnostic(
        .syntax, "expected 'else' after 'if' expression", at: span(from: start))
    }
    advance()
    let otherwise = try expression()
    return try compose(
      .conditional(test: test, then: value, otherwise: otherwise), from: start,
      tallest: max(tallest, height))
  }

  /// `named_expression`: an expression or `name := expression`.
  mutating func namedExpression() throws(Diagnostic) -> Expression {
    if kind == .name, peek() == .walrus { return try assignmentExpression() }
    let first = index
    let value = try expression()
    if kind == .walrus || kind == .equal { throw misplacedAssignment(after: value, first: first) }
    return value
  }

  /// `name := expression`
  mutating func assignmentExpression() throws(Diagnostic) -> Expression {
    let start = here
    let first = index
    let name = try identifier()
    try expect(.walrus)
    let value = try expression()
    walruses.append((first, name, span(from: start)))
    return try compose(.walrus(name, value), from: start, tallest: height)
  }

  mutating func lambda() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    let start = here
    advance()
    let (parameters, tallest) = try parameterList(end: .colon, annotated: false)
    try force(.colon, ":")
    let (outerScope, outerYield) = (scope, lastYield)
    scope = .lambda
    let body = try expression()
    (scope, lastYield) = (outerScope, outerYield)
    return try compose(
      .lambda(parameters, body: body), from: start, tallest: max(tallest, height))
  }

  // MARK: - Boolean operators

  mutating func disjunction() throws(Diagnostic) -> Expression {
    let start = here
    let first = try conjunction()
    guard kind == .or else { return first }
    var operands = [first]
    var tallest = height
    while skip(.or) {
      operands.append(try conjunction())
      tallest = max(tallest, height)
    }
    return try compose(.boolean(.or, operands), from: start, tallest: tallest)
  }

  mutating func conjunction() throws(Diagnostic) -> Expression {
    let start = here
    let first = try inversion()
    guard kind == .and else { return first }
    var operands = [first]
    var tallest = height
    while skip(.and) {
      operands.append(try inversion())
      tallest = max(tallest, height)
    }
    return try compose(.boolean(.and, operands), from: start, tallest: tallest)
  }

  /// `not not ... x`, without recursion.
  mutating func inversion() throws(Diagnostic) -> Expression {
    guard kind == .not else { return try comparison() }
    var starts = [Int32]()
    while kind == .not {
      starts.append(here)
      advance()
    }
    var value = try comparison()
    for start in starts.reversed() {
      value = try compose(.unary(.not, value), from: start, tallest: height)
    }
    return value
  }

  mutating func comparison() throws(Diagnostic) -> Expression {
    let start = here
    let first = try binary(1)
    guard var op = comparisonOperator() else { return first }
    var comparisons = [Comparison]()
    var tallest = height
    while true {
      comparisons.append(Comparison(op, try binary(1)))
      tallest = max(tallest, height)
      guard let next = comparisonOperator() else { break }
      op = next
    }
    return try compose(.compare(first, comparisons), from: start, tallest: tallest)
  }

  /// Steps over a comparison operator, if there is one.
  private mutating func comparisonOperator() -> ComparisonOperator? {
    let op: ComparisonOperator
    switch kind {
    case .equalEqual: op = .equal
    case .notEqual: op = .notEqual
    case .less: op = .less
    case .lessEqual: op = .lessEqual
    case .greater: op = .greater
    case .greaterEqual: op = .greaterEqual
    case .in: op = .in
    case .is:
      advance()
      return skip(.not) ? .isNot : .is
    case .not:
      guard peek() == .in else { return nil }
      advance()
      op = .notIn
    default: return nil
    }
    advance()
    return op
  }

  // MARK: - Binary and unary operators

  /// `bitwise_or` and what binds tighter; operators that bind looser than `minimum` are left.
  mutating func binary(_ minimum: Int) throws(Diagnostic) -> Expression {
    let start = here
    var left = try unary()
    while true {
      let (op, binding) = Parser.binaryOperator(kind)
      guard binding >= minimum else { return left }
      let tallest = height
      advance()
      let right = try binary(binding + 1)
      left = try compose(.binary(op, left, right), from: start, tallest: max(tallest, height))
    }
  }

  /// The operator of a token and how tightly it binds; 0 for tokens that are none.
  @inline(__always)
  static func binaryOperator(_ kind: TokenKind) -> (BinaryOperator, Int) {
    switch kind {
    case .bar: (.or, 1)
    case .caret: (.xor, 2)
    case .ampersand: (.and, 3)
    case .shiftLeft: (.shiftLeft, 4)
    case .shiftRight: (.shiftRight, 4)
    case .plus: (.add, 5)
    case .minus: (.subtract, 5)
    case .star: (.multiply, 6)
    case .slash: (.divide, 6)
    case .doubleSlash: (.floorDivide, 6)
    case .percent: (.modulo, 6)
    case .at: (.matrixMultiply, 6)
    default: (.add, 0)
    }
  }

  /// `-x`, `+x`, `~x` in any number, without recursion; they bind looser than a power.
  mutating func unary() throws(Diagnostic) -> Expression {
    guard Parser.unaryOperator(kind) != nil else { return try power() }
    var operators = [(op: UnaryOperator, start: Int32)]()
    while let op = Parser.unaryOperator(kind) {
      operators.append((op, here))
      advance()
    }
    var value = try power()
    for (op, start) in operators.reversed() {
      value = try compose(.unary(op, value), from: start, tallest: height)
    }
    return value
  }

  private static func unaryOperator(_ kind: TokenKind) -> UnaryOperator? {
    switch kind {
    case .minus: .negate
    case .plus: .plus
    case .tilde: .invert
    default: nil
    }
  }

  /// `x ** y`; the right side may have a sign and is itself a power.
  private mutating func power() throws(Diagnostic) -> Expression {
    let start = here
    let base = try primary()
    guard kind == .doubleStar else { return base }
    let tallest = height
    advance()
    try descend()
    defer { depth -= 1 }
    let exponent = try unary()
    return try compose(
      .binary(.power, base, exponent), from: start, tallest: max(tallest, height))
  }

  // MARK: - Lists of expressions

  /// `star_expressions`: one expression, or a tuple without brackets; elements may be starred.
  mutating func starExpressions() throws(Diagnostic) -> Expression {
    let start = here
    let first = try starExpression()
    guard kind == .comma else { return first }
    var elements = [first]
    var tallest = height
    while skip(.comma) {
      guard startsExpression(kind) || kind == .star else { break }
      elements.append(try starExpression())
      tallest = max(tallest, height)
    }
    return try compose(.tuple(elements), from: start, tallest: tallest)
  }

  /// `star_expression`: `*x` or an expression.
  mutating func starExpression() throws(Diagnostic) -> Expression {
    kind == .star ? try starred() : try expression()
  }

  /// `star_named_expression`: `*x` or an expression, which may be an assignment expression.
  mutating func starNamedExpression() throws(Diagnostic) -> Expression {
    kind == .star ? try starred() : try namedExpression()
  }

  private mutating func starred() throws(Diagnostic) -> Expression {
    let start = here
    advance()
    let first = index
    let value = try binary(1)
    lastOperand = Operand(first: first, end: index, start: value.span.start)
    return try compose(.starred(value), from: start, tallest: height)
  }

  /// `yield`, `yield x, y`, `yield from x`
  mutating func yieldExpression() throws(Diagnostic) -> Expression {
    try descend()
    defer { depth -= 1 }
    let start = here
    let first = index
    advance()
    let kind: Expression.Kind
    height = 0
    if skip(.from) {
      kind = .yieldFrom(try expression())
    } else if startsExpression(self.kind) || self.kind == .star {
      let value = try starExpressions()
      checkLoneStars(value)
      kind = .yield(value)
    } else {
      kind = .yield(nil)
    }
    let value = try compose(kind, from: start, tallest: height)
    lastYield = (first, value.span)
    switch scope {
    case .function, .lambda: break
    case .module, .classBody: noteLate(.compiler, "'yield' outside function", value.span)
    }
    return value
  }

  /// Whether a token can be the first of an expression; a star is asked for apart.
  func startsExpression(_ kind: TokenKind) -> Bool {
    switch kind {
    case .name, .number, .imaginary, .string, .formatString, .false, .none, .true, .lambda, .not,
      .leftParenthesis, .leftBracket, .leftBrace, .ellipsis, .plus, .minus, .tilde, .await:
      true
    default: false
    }
  }
}
