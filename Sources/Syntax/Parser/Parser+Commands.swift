/// Notebook commands: lines that are no Python.
extension Parser {
  mutating func command() throws(Diagnostic) -> Statement {
    let span = current.span
    let line = text[Int(span.start)..<Int(span.end)]
    if line.first == UInt8(ascii: "!") {
      throw Dialect.shell(Span(Int(span.start), Int(span.start) + 1))
    }
    if blocks > 0 || !startsInFirstColumn(span) { throw Dialect.commandInside(span) }
    let command = try parseCommand(line, span)
    advance()
    if kind == .newline { advance() }
    return Statement(.command(command), span)
  }

  private func startsInFirstColumn(_ span: Span) -> Bool {
    source.position(of: Int(span.start)).column == 0
  }

  private func parseCommand(
    _ line: ArraySlice<UInt8>, _ span: Span
  ) throws(Diagnostic) -> Command {
    let questionMark = UInt8(ascii: "?")
    var rest = trimmed(line)
    if rest.first == questionMark || rest.last == questionMark,
      rest.first != UInt8(ascii: "%")
        || rest.last == questionMark
    {
      let marks = max(
        rest.prefix { $0 == questionMark }.count, rest.reversed().prefix { $0 == questionMark }.count)
      while rest.first == questionMark { rest = rest.dropFirst() }
      while rest.last == questionMark { rest = rest.dropLast() }
      // `x??` asks for the source as well.
      return Command(
        name: marks > 1 ? "source" : "help", argument: String(decoding: trimmed(rest), as: UTF8.self))
    }
    rest = rest.dropFirst()
    let isCell = rest.first == UInt8(ascii: "%")
    if isCell { rest = rest.dropFirst() }
    let name = rest.prefix { $0 != 0x20 && $0 != 0x09 }
    guard let first = name.first, isNameByte(first) else {
      throw Diagnostic(.syntax, "invalid syntax", at: Span(Int(span.start), Int(span.start) + 1))
    }
    let nameText = String(decoding: name, as: UTF8.self)
    if isCell { throw Dialect.cellCommand(nameText, span) }
    let argument = trimmed(rest.dropFirst(name.count))
    return Command(name: nameText, argument: String(decoding: argument, as: UTF8.self))
  }

  private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = bytes
    while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
    while let last = bytes.last, last == 0x20 || last == 0x09 || last == 0x0D {
      bytes = bytes.dropLast()
    }
    return bytes
  }
}
