// The ways into this module for whole texts.

/// The statements of a cell or file.
///
/// - Throws: the first error that CPython 3.11 would report, or the refusal of a construct that the
///   language leaves out. Errors of CPython's later passes that need no knowledge of names
///   (`'return' outside function`) are found here too, when everything else is right.
public func parse(_ source: Source) throws(Diagnostic) -> [Statement] {
  var parser = try Parser(source)
  do throws(Diagnostic) {
    let statements = try parser.module()
    if let late = parser.late { throw late.diagnostic }
    return statements
  } catch {
    throw parser.preferringUnclosedBracket(to: error)
  }
}

/// A single expression, as `eval` would take it: a tuple needs no brackets, spaces and line ends
/// around it do not matter.
public func parseExpression(_ source: Source) throws(Diagnostic) -> Expression {
  var start = 0
  while start < source.text.count, [0x20, 0x09, 0x0A, 0x0D, 0x0C].contains(source.text[start]) {
    start += 1
  }
  var parser = try Parser(source, from: start)
  do throws(Diagnostic) {
    let value = try parser.starExpressions()
    while parser.skip(.newline) {}
    guard parser.kind == .endOfInput else { throw parser.unexpected() }
    if let late = parser.late { throw late.diagnostic }
    return value
  } catch {
    throw parser.preferringUnclosedBracket(to: error)
  }
}

/// A signature as registration tables write it:
/// `Tensor.sum(self, axis: int | None = None, *, keepdims: bool = False) -> Tensor`.
/// - Returns: the name, dotted where it was; the parameters; the expression after `->`.
public func parseSignature(_ text: String) throws(Diagnostic) -> (
  name: String, parameters: Parameters, returns: Expression?
) {
  var parser = try Parser(Source(name: "<signature>", text: text))
  var name = try parser.identifier().text
  while parser.skip(.dot) { name += "." + (try parser.identifier().text) }
  try parser.expect(.leftParenthesis)
  let (parameters, _) = try parser.parameterList(end: .rightParenthesis, annotated: true)
  try parser.expect(.rightParenthesis)
  let returns = parser.skip(.arrow) ? try parser.expression() : nil
  while parser.skip(.newline) {}
  guard parser.kind == .endOfInput else { throw parser.unexpected() }
  if let late = parser.late { throw late.diagnostic }
  return (name, parameters, returns)
}

extension Parser {
  /// Scans the whole text; an error of the scanner comes before any of the parser.
  init(_ source: Source, from start: Int = 0) throws(Diagnostic) {
    var scanner = Scanner(source.text, from: start)
    scanner.scan()
    if let failure = scanner.failure { throw failure }
    self.init(source, tokens: scanner.tokens, unclosed: scanner.brackets.last)
  }

  /// CPython reports a bracket that is never closed instead of an error on a later line.
  func preferringUnclosedBracket(to error: Diagnostic) -> Diagnostic {
    guard let unclosed, error.kind == .syntax,
      line(of: here) > line(of: Int32(clamping: unclosed.offset))
    else { return error }
    return neverClosed(unclosed)
  }
}
