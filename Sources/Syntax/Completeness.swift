/// Whether a cell can run as it stands, for front ends in which Enter may mean "run" or "one more
/// line".
public enum Completeness: Sendable, Equatable {
  case complete
  /// More lines are needed; `indent` is what the next one should start with.
  case incomplete(indent: String)
  /// No further line can make it right.
  case invalid(Diagnostic)
}

/// Judges a cell by the rules of IPython, which ipykernel puts into its `is_complete_reply`.
///
/// - A last line that ends with a backslash, an open bracket, an open triple-quoted string: more to
///   come, indented as the last line is.
/// - A header (`if x:`) on the last line: more to come, four columns deeper.
/// - A block is over only with a line end after it; a block in one line (`if x: y`) is complete.
/// - `try:` without `except`, a decorator without its function: more to come.
/// - A cell command (`%%time`) takes the rest of the cell, up to an empty line.
///
/// Unlike IPython, a cell whose lines are all indented is invalid, because `parse` refuses it.
///
/// Source: messaging, `is_complete_request`; the behaviour of IPython 9.
public func completeness(of text: String) -> Completeness {
  CompletenessCheck(Array(text.utf8)).answer()
}

private struct CompletenessCheck {
  let text: [UInt8]
  /// What follows the last line end is a line only when it holds something.
  let lines: [ArraySlice<UInt8>]

  init(_ text: [UInt8]) {
    self.text = text
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.count > 1, lines.last?.isEmpty ?? false { lines.removeLast() }
    self.lines = lines
  }

  func answer() -> Completeness {
    guard let lastText = lines.last(where: { !isBlank($0) }) else { return .complete }
    if lastText.last == 0x5C { return .incomplete(indent: lastIndent) }
    if let first = lines.first(where: { !isBlank($0) }), first.starts(with: [0x25, 0x25]) {
      let endsBlank = lines.last.map(isBlank) ?? true
      return endsBlank ? .complete : .incomplete(indent: lastIndent)
    }
    var parser = Parser(Source(name: "<cell>", text: text))
    if let failure = parser.scannerFailure, !parser.failureWaits {
      return failure.kind == .unfinished ? .incomplete(indent: lastIndent) : .invalid(failure)
    }
    if parser.unclosed != nil { return .incomplete(indent: lastIndent) }
    if let indent = indentAfterHeader(parser.tokens) { return .incomplete(indent: indent) }
    do throws(Diagnostic) {
      _ = try parser.run { (parser) throws(Diagnostic) in try parser.module() }
    } catch {
      // An error at the end of the text is one that more text may heal.
      let isAtEnd = parser.scannerFailure == nil && parser.kind == .endOfInput && parser.late == nil
      return isAtEnd ? .incomplete(indent: lastIndent) : .invalid(error)
    }
    let endsInBlock = parser.tokens.dropLast().last?.kind == .dedent
    return endsInBlock && !endsWithLineEnd ? .incomplete(indent: lastIndent) : .complete
  }

  private func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
  }

  /// Whether a line end is among the white space at the end of the text.
  private var endsWithLineEnd: Bool {
    for byte in text.reversed() {
      if byte == 0x0A { return true }
      if byte != 0x20, byte != 0x09, byte != 0x0D { return false }
    }
    return false
  }

  /// The white space at the start of the last line, a tab as four columns.
  private var lastIndent: String {
    var columns = 0
    for byte in lines.last ?? [] {
      if byte == 0x20 { columns += 1 } else if byte == 0x09 { columns += 4 } else { break }
    }
    return String(repeating: " ", count: columns)
  }

  /// When the last thing in the text is the colon of a header: the indent of its block.
  private func indentAfterHeader(_ tokens: [Token]) -> String? {
    let structure: [TokenKind] = [.endOfInput, .dedent, .newline]
    guard let last = tokens.lastIndex(where: { !structure.contains($0.kind) }),
      tokens[last].kind == .colon, isLastLine(after: Int(tokens[last].span.end))
    else { return nil }
    let breaks: [TokenKind] = [.newline, .indent, .dedent]
    let lineBreak = tokens[..<last].lastIndex { breaks.contains($0.kind) }
    let start = Int(tokens[(lineBreak ?? -1) + 1].span.start)
    var lineStart = start
    while lineStart > 0, text[lineStart - 1] != 0x0A { lineStart -= 1 }
    return String(repeating: " ", count: start - lineStart + 4)
  }

  /// Whether at most one line end follows an offset, and a comment before it.
  private func isLastLine(after offset: Int) -> Bool {
    guard let lineEnd = text[offset...].firstIndex(of: 0x0A) else { return true }
    let rest = text[(lineEnd + 1)...]
    return rest.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }
}
