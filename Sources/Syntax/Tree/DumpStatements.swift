extension Dumper {
  mutating func block(_ statements: [Statement]) {
    for statement in statements {
      text += indentation
      self.statement(statement)
    }
  }

  private mutating func indented(_ statements: [Statement]) {
    let outer = indentation
    indentation += "  "
    block(statements)
    indentation = outer
  }

  /// A word of a compound statement, its expressions, and the block below it.
  private mutating func clause(
    _ word: String, _ values: [Expression] = [], body: [Statement], isFirst: Bool = false,
    _ place: Span? = nil
  ) {
    text += isFirst ? word : indentation + word
    each(values)
    if let place { span(place) }
    text += "\n"
    indented(body)
  }

  mutating func statement(_ statement: Statement) {
    switch statement.kind {
    case .conditional(let branches, let otherwise):
      for (position, branch) in branches.enumerated() {
        clause(
          position == 0 ? "if" : "elif", [branch.test], body: branch.body, isFirst: position == 0,
          position == 0 ? statement.span : nil)
      }
      if !otherwise.isEmpty { clause("else", body: otherwise) }
    case .whileLoop(let test, let body, let otherwise):
      clause("while", [test], body: body, isFirst: true, statement.span)
      if !otherwise.isEmpty { clause("else", body: otherwise) }
    case .forLoop(let target, let iterable, let body, let otherwise):
      clause("for", [target, iterable], body: body, isFirst: true, statement.span)
      if !otherwise.isEmpty { clause("else", body: otherwise) }
    case .tryBlock(let block): tryBlock(block, statement.span)
    case .with(let items, let body):
      text += "with"
      for item in items {
        text += " ("
        expression(item.context)
        if let target = item.target { one(target) }
        text += ")"
      }
      clause("", body: body, isFirst: true, statement.span)
    case .function(let definition): function(definition, statement.span)
    case .classDefinition(let definition):
      text += "class \(definition.name.text)"
      if let base = definition.base { one(base) }
      decorators(definition.decorators)
      clause("", body: definition.body, isFirst: true, statement.span)
    default:
      simple(statement.kind)
      span(statement.span)
      text += "\n"
    }
  }

  private mutating func tryBlock(_ block: TryBlock, _ place: Span) {
    clause("try", body: block.body, isFirst: true, place)
    for handler in block.handlers {
      text += indentation + "except"
      if let type = handler.type { one(type) }
      if let name = handler.name { text += " as \(name.text)" }
      clause("", body: handler.body, isFirst: true, handler.span)
    }
    if !block.otherwise.isEmpty { clause("else", body: block.otherwise) }
    if !block.finally.isEmpty { clause("finally", body: block.finally) }
  }

  private mutating func function(_ definition: FunctionDefinition, _ place: Span) {
    text += "def \(definition.name.text)"
    parameters(definition.parameters)
    if let returns = definition.returns {
      text += " ->"
      one(returns)
    }
    decorators(definition.decorators)
    clause("", body: definition.body, isFirst: true, place)
  }

  private mutating func decorators(_ decorators: [Expression]) {
    for decorator in decorators {
      text += " @"
      expression(decorator)
    }
  }

  private mutating func simple(_ kind: Statement.Kind) {
    switch kind {
    case .expression(let value): expression(value)
    case .assign(let targets, let value): form("=", targets + [value])
    case .annotated(let target, let annotation, let value):
      form(":", [target, annotation] + (value.map { [$0] } ?? []))
    case .augmented(let target, let op, let value): form(op.rawValue + "=", [target, value])
    case .delete(let targets): form("del", targets)
    case .pass: text += "(pass)"
    case .break: text += "(break)"
    case .continue: text += "(continue)"
    case .return(let value): form("return", value.map { [$0] } ?? [])
    case .raise(let value, let cause):
      form("raise", (value.map { [$0] } ?? []) + (cause.map { [$0] } ?? []))
    case .global(let names): text += "(global \(joined(names)))"
    case .nonlocal(let names): text += "(nonlocal \(joined(names)))"
    case .assert(let test, let message): form("assert", [test] + (message.map { [$0] } ?? []))
    case .importModules(let modules): text += "(import\(aliases(modules)))"
    case .importNames(let module, let names): text += "(from \(module.text)\(aliases(names)))"
    case .command(let command):
      text += "(% \(command.name) \(Dumper.quote(command.argument.utf8)))"
    case .conditional, .whileLoop, .forLoop, .tryBlock, .with, .function, .classDefinition:
      // `statement` has dumped these.
      break
    }
  }

  private mutating func form(_ head: String, _ values: [Expression]) {
    text += "(\(head)"
    each(values)
    text += ")"
  }

  private func joined(_ names: [Identifier]) -> String {
    names.map(\.text).joined(separator: " ")
  }

  private func aliases(_ names: [ImportAlias]) -> String {
    var text = ""
    for name in names {
      text += " \(name.name.text)"
      if let alias = name.alias { text += "=\(alias.text)" }
    }
    return text
  }
}
