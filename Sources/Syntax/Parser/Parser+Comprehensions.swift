/// `for target in iterable if condition`, in any number, and what may not stand in it.
extension Parser {
  /// Everything of a comprehension after its element, up to and with the closing bracket.
  /// - Parameters:
  ///   - firstToken: the token at which the element starts.
  ///   - isSoleArgument: for a generator in a call without brackets of its own, whether nothing
  ///     stands before it.
  ///   - tallest: the height of what is parsed so far; without it that of the last expression.
  mutating func comprehension(
    _ kind: Comprehension.Kind, _ element: Expression, value: Expression? = nil,
    _ firstToken: Int, from start: Int32, close: TokenKind, tallest: Int? = nil,
    isSoleArgument: Bool? = nil
  ) throws(Diagnostic) -> Expression {
    if case .starred = element.kind {
      throw Diagnostic(
        .syntax, "iterable unpacking cannot be used in comprehension", at: element.span)
    }
    let elementHeight = tallest ?? height
    let clausesToken = index
    let (clauses, clausesHeight, iterables) = try comprehensionClauses()
    checkScope(kind, clauses, firstToken..<clausesToken, iterables)
    if let isSoleArgument, !isSoleArgument || self.kind == .comma {
      throw Diagnostic(
        .syntax, "Generator expression must be parenthesized", at: span(from: element.span.start))
    }
    try expect(close)
    return try compose(
      .comprehension(
        Comprehension(kind: kind, element: element, value: value, clauses: clauses)),
      from: start, tallest: max(elementHeight, clausesHeight))
  }

  /// The clauses, their height, and the tokens of their iterables.
  private mutating func comprehensionClauses() throws(Diagnostic) -> (
    [Comprehension.Clause], height: Int, iterables: [Range<Int>]
  ) {
    var clauses = [Comprehension.Clause]()
    var iterables = [Range<Int>]()
    var tallest = 0
    while true {
      if kind == .async { throw Dialect.async(current.span) }
      guard skip(.for) else { break }
      let target = try forTarget()
      tallest = max(tallest, height)
      let iterableToken = index
      let iterable = try disjunction()
      tallest = max(tallest, height)
      iterables.append(iterableToken..<index)
      var conditions = [Expression]()
      while skip(.if) {
        conditions.append(try disjunction())
        tallest = max(tallest, height)
      }
      clauses.append(
        Comprehension.Clause(target: target, iterable: iterable, conditions: conditions))
    }
    return (clauses, tallest, iterables)
  }

  /// A comprehension is a scope of its own: it cannot yield, and what `:=` binds in it belongs to
  /// the scope around it.
  private mutating func checkScope(
    _ kind: Comprehension.Kind, _ clauses: [Comprehension.Clause], _ element: Range<Int>,
    _ iterables: [Range<Int>]
  ) {
    // The first iterable is evaluated outside.
    let firstIterable = iterables.first ?? 0..<0
    if let yield = lastYield, yield.token >= element.lowerBound,
      !firstIterable.contains(yield.token)
    {
      let place =
        switch kind {
        case .list: "list comprehension"
        case .set: "set comprehension"
        case .dict: "dict comprehension"
        case .generator: "generator expression"
        }
      noteLate(.symbols, "'yield' inside \(place)", yield.span)
    }
    for walrus in walruses.reversed() {
      guard walrus.token >= element.lowerBound else { break }
      if iterables.contains(where: { $0.contains(walrus.token) }) {
        noteLate(
          .symbols, "assignment expression cannot be used in a comprehension iterable expression",
          walrus.span)
      } else if clauses.contains(where: { binds($0.target, walrus.name.text) }) {
        noteLate(
          .symbols,
          "assignment expression cannot rebind comprehension iteration variable "
            + "'\(walrus.name.text)'", walrus.name.span)
      } else if scope == .classBody {
        noteLate(
          .symbols,
          "assignment expression within a comprehension cannot be used in a class body",
          walrus.name.span)
      }
    }
  }

  private func binds(_ target: Expression, _ name: String) -> Bool {
    switch target.kind {
    case .name(let own): own == name
    case .list(let parts), .tuple(let parts): parts.contains { binds($0, name) }
    case .starred(let inner): binds(inner, name)
    default: false
    }
  }
}
