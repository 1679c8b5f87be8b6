// The ways into this module for whole texts.

/// The statements of a cell or file.
///
/// - Throws: the first error that CPython 3.11 would report, or the refusal of a construct that the
///   language leaves out. Errors of CPython's later passes that need no knowledge of names
///   (`'return' outside function`) are found here too, when everything else is right.
public func parse(_ source: Source) throws(Diagnostic) -> [Statement] {
  var parser = Parser(source)
  return try parser.run { (parser) throws(Diagnostic) in try parser.module() }
}

/// A single expression, as `eval` would take it: a tuple needs no brackets, spaces and line ends
/// around it do not matter.
public func parseExpression(_ source: Source) throws(Diagnostic) -> Expression {
  var start = 0
  while start < source.text.count, [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(source.text[start]) {
    start += 1
  }
  var parser = Parser(source, from: start)
  return try parser.run { (parser) throws(Diagnostic) in
    let value = try parser.starExpressions()
    while parser.skip(.newline) {}
    guard parser.kind == .endOfInput else { throw parser.unexpected() }
    return value
  }
}

/// A signature as registration tables write it:
/// `Tensor.sum(self, axis: int | None = None, *, keepdims: bool = False) -> Tensor`.
/// - Returns: the name, dotted where it was; the parameters; the expression after `->`.
public func parseSignature(_ text: String) throws(Diagnostic) -> (
  name: String, parameters: Parameters, returns: Expression?
) {
  var parser = Parser(Source(name: "<signature>", text: text))
  return try parser.run { (parser) throws(Diagnostic) in try parser.signature() }
}

extension Parser {
  fileprivate mutating func signature() throws(Diagnostic) -> (
    name: String, parameters: Parameters, returns: Expression?
  ) {
    var name = try identifier().text
    while skip(.dot) { name += "." + (try identifier().text) }
    try expect(.leftParenthesis)
    let (parameters, _) = try parameterList(end: .rightParenthesis, annotated: true)
    try expect(.rightParenthesis)
    let returns = skip(.arrow) ? try expression() : nil
    while skip(.newline) {}
    guard kind == .endOfInput else { throw unexpected() }
    return (name, parameters, returns)
  }

  /// Scans the whole text.
  init(_ source: Source, from start: Int = 0) {
    var scanner = Scanner(source.text, from: start)
    scanner.scan()
    self.init(source, tokens: scanner.tokens, unclosed: scanner.brackets.last)
    scannerFailure = scanner.failure
    failureWaits = scanner.failureWaits
  }

  /// Runs one way of parsing and, when it fails, picks the error that CPython would report.
  mutating func run<Result>(
    _ body: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(Diagnostic) {
      let result = try body(&self)
      if let scannerFailure { throw scannerFailure }
      if let late { throw late.diagnostic }
      return result
    } catch {
      throw preferred(error)
    }
  }

  private func preferred(_ error: Diagnostic) -> Diagnostic {
    if let scannerFailure {
      if kind == .indent, error.kind == .indentation { return error }
      let furthest = tokens[min(max(index, reach.index), tokens.count - 1)]
      if !failureWaits || furthest.kind == .endOfInput { return scannerFailure }
      return error
    }
    // A bracket that is never closed explains errors on later lines, and every error at the end.
    guard let unclosed, error.kind == .syntax else { return error }
    let furthest = tokens[min(max(index, reach.index), tokens.count - 1)]
    if furthest.kind == .endOfInput
      || line(of: furthest.span.start) > line(of: Int32(clamping: unclosed.offset))
    {
      return neverClosed(unclosed)
    }
    return error
  }
}
