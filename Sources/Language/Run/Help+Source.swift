import Syntax

extension Help {
  /// The text that defines a function or a class of the language; nil for what is built in, and for a
  /// class without methods of its own, which does not know where it was written.
  public func source(of value: Value) -> String? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .function:
      let function = unsafeDowncast(object, to: FunctionObject.self)
      return definition(around: function.code, classNamed: nil)
    case .boundMethod: return source(of: unsafeDowncast(object, to: BoundMethod.self).function)
    case .staticMethod, .classMethod:
      return source(of: unsafeDowncast(object, to: WrappedFunction.self).function)
    case .property: return source(of: unsafeDowncast(object, to: PropertyObject.self).getter)
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      for name in type.attributeOrder {
        guard case .object(let member)? = type.own(name), member.kind == .function else { continue }
        let code = unsafeDowncast(member, to: FunctionObject.self).code
        if let text = definition(around: code, classNamed: type.name) { return text }
      }
      return nil
    default: return nil
    }
  }

  /// The innermost definition that holds the instructions of a code.
  private func definition(around code: Code, classNamed name: String?) -> String? {
    guard code.spans.contains(where: { $0.end > $0.start }), let tree = try? parse(code.source)
    else { return nil }
    let offset = code.spans.map(\.end).max() ?? 0
    var found: Span?
    DefinitionSearch(offset: offset, functionName: name == nil ? code.name : nil, className: name)
      .search(tree, &found)
    guard let found else { return nil }
    return Help.lines(of: found, in: code.source)
  }

  /// Whole lines, without the indentation of the first and without what trails the definition.
  private static func lines(of span: Span, in source: Source) -> String {
    let first = source.position(of: Int(span.start)).line
    let last = source.position(of: max(Int(span.start), Int(span.end) - 1)).line
    var lines = (first...max(first, last)).map { source.line($0) }
    let indent = lines.first?.prefix { $0 == " " || $0 == "\t" } ?? ""
    lines = lines.map { $0.hasPrefix(indent) ? String($0.dropFirst(indent.count)) : $0 }
    while let end = lines.last, end.allSatisfy({ $0 == " " || $0 == "\t" }) { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

/// Looks for the innermost function or class of a name whose text holds an offset.
private struct DefinitionSearch {
  let offset: Int32
  let functionName: String?
  let className: String?

  func search(_ statements: [Statement], _ found: inout Span?) {
    for statement in statements where statement.span.start <= offset && statement.span.end >= offset {
      switch statement.kind {
      case .function(let definition):
        if definition.name.text == functionName { note(statement, definition.decorators, &found) }
        search(definition.body, &found)
      case .classDefinition(let definition):
        if definition.name.text == className { note(statement, definition.decorators, &found) }
        search(definition.body, &found)
      case .conditional(let branches, let otherwise):
        for branch in branches { search(branch.body, &found) }
        search(otherwise, &found)
      case .whileLoop(_, let body, let otherwise), .forLoop(_, _, let body, let otherwise):
        search(body, &found)
        search(otherwise, &found)
      case .tryBlock(let block):
        search(block.body, &found)
        for handler in block.handlers { search(handler.body, &found) }
        search(block.otherwise, &found)
        search(block.finally, &found)
      case .with(_, let body): search(body, &found)
      default:
        // A lambda has no statement of its own: the one around it is its text.
        if functionName == "<lambda>" { found = statement.span }
      }
    }
  }

  private func note(_ statement: Statement, _ decorators: [Expression], _ found: inout Span?) {
    let start = min(statement.span.start, decorators.map(\.span.start).min() ?? Int32.max)
    found = Span(Int(start), Int(statement.span.end))
  }
}
