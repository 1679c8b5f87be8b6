import Syntax

/// The report of an uncaught exception: the user's own frames with source, caret and a hint.
///
/// The shape is CPython's, so that what people know how to read and what tools parse stays the same;
/// the hint of what helps stands above the message, so that the last line is the one that people
/// and tools compare. A name that CPython itself suggests stands behind the message, as there.
public struct ErrorReport {
  public struct Style: Sendable {
    /// ANSI colours.
    public var color: Bool
    public init(color: Bool) { self.color = color }
  }

  private let machine: Machine
  private let style: Style

  public init(_ machine: Machine, style: Style = Style(color: false)) {
    self.machine = machine
    self.style = style
  }

  /// The lines of the report, causes and contexts first.
  public func lines(_ exception: ExceptionObject, hints: Bool = true) -> [String] {
    var chain: [(exception: ExceptionObject, link: String?)] = []
    var seen: Set<ObjectIdentifier> = []
    var current: ExceptionObject? = exception
    var link: String?
    while let item = current, seen.insert(ObjectIdentifier(item)).inserted, chain.count < 20 {
      chain.append((item, link))
      if let cause = item.cause {
        current = cause
        link = "The above exception was the direct cause of the following exception:"
      } else if let context = item.context, !item.suppressContext {
        current = context
        link = "During handling of the above exception, another exception occurred:"
      } else {
        current = nil
      }
    }
    var result: [String] = []
    for (index, item) in chain.enumerated().reversed() {
      result += single(item.exception, hints: hints)
      if index > 0, let text = chain[index].link { result += ["", text, ""] }
    }
    return result
  }

  private func single(_ exception: ExceptionObject, hints: Bool) -> [String] {
    var result: [String] = []
    let isSyntax = exception.syntaxSpan != nil
    if !exception.traceback.isEmpty, !isSyntax { result.append("Traceback (most recent call last):") }
    var entries = isSyntax ? [] : exception.traceback[...]
    var repeated = 0
    while let entry = entries.popFirst() {
      // Deep recursion repeats itself: three of a kind are enough.
      let block = frame(entry)
      if result.suffix(block.count * 3) == (block + block + block)[...] {
        repeated += 1
        if let next = entries.first, frame(next) == block { continue }
        result.append("  [Previous line repeated \(repeated) more time\(repeated == 1 ? "" : "s")]")
        repeated = 0
        continue
      }
      result += block
    }
    if let span = exception.syntaxSpan, let source = exception.syntaxSource {
      result.append("  \(place(source, span))")
      result += excerpt(source, span, alwaysCaret: true)
    }
    var message = machine.message(of: exception)
    let name = typeName(exception.type)
    if let near = machine.suggestion(for: exception) {
      message += ". Did you mean: '\(near)'?"
    } else if hints, let hint = exception.hint {
      result.append(paint("  " + hint, "36"))
    }
    result += (message.isEmpty ? name : "\(name): \(message)").split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated().map { index, line in
      index == 0 ? paintName(String(line), name) : String(line)
    }
    result += exception.notes
    return result
  }

  /// Built-in and door exceptions go by their plain name, as CPython prints them.
  private func typeName(_ type: TypeObject) -> String {
    type.module == "builtins" || type.module == "__main__"
      ? type.placedName : "\(type.module).\(type.name)"
  }

  private func place(_ source: Source, _ span: Span) -> String {
    let line = source.position(of: Int(span.start)).line
    if source.name.hasPrefix("Cell ") { return "\(paint(source.name, "32")), line \(line)" }
    return "File \"\(source.name)\", line \(line)"
  }

  private func frame(_ entry: TracebackEntry) -> [String] {
    let isCell = entry.source.name.hasPrefix("Cell ")
    let function =
      entry.function == "<module>" && isCell ? "" : ", in \(entry.function)"
    return ["  \(place(entry.source, entry.span))\(function)"]
      + excerpt(entry.source, entry.span, alwaysCaret: false)
  }

  /// The line of source and a caret line under the exact part; no caret when it is the whole line.
  private func excerpt(_ source: Source, _ span: Span, alwaysCaret: Bool) -> [String] {
    let mark = SourceExcerpt(source, span, stripped: true)
    if mark.text.isEmpty { return [] }
    let line = "    " + mark.text
    let coversLine = mark.carets.utf8.count >= mark.text.unicodeScalars.count && !mark.carets.hasPrefix(" ")
    if coversLine, !alwaysCaret { return [line] }
    let lead = mark.carets.prefix { $0 != "^" }
    return [line, "    " + lead + paint(String(mark.carets.dropFirst(lead.count)), "31")]
  }

  private func paint(_ text: String, _ code: String) -> String {
    style.color ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  private func paintName(_ line: String, _ name: String) -> String {
    guard style.color, line.hasPrefix(name) else { return line }
    return paint(name, "1;31") + line.dropFirst(name.count)
  }
}
