import Syntax

/// Walks a tree and notes what every scope binds and uses. See `Scope.swift`.
struct ScopeCollector {
  private var scope: Scope
  private var diagnostics: [Diagnostic] = []
  private var pendingNonlocals: [(Scope, Identifier)] = []

  private init(_ scope: Scope) { self.scope = scope }

  /// The module scope of a program, captures resolved; throws the first misuse of a declaration.
  static func collect(_ body: [Statement]) throws(Diagnostic) -> Scope {
    let module = Scope(.module, parent: nil)
    var collector = ScopeCollector(module)
    collector.statements(body)
    collector.checkNonlocals()
    if let first = collector.diagnostics.first { throw first }
    module.resolveCaptures()
    return module
  }

  private mutating func inside(
    _ kind: Scope.Kind, at span: Span, _ body: (inout ScopeCollector) -> Void
  ) {
    let outer = scope
    scope = Scope(kind, parent: outer, at: span)
    body(&self)
    scope = outer
  }

  // MARK: - Statements

  private mutating func statements(_ body: [Statement]) { for item in body { statement(item) } }

  private mutating func statement(_ statement: Statement) {
    switch statement.kind {
    case .expression(let value): expression(value)
    case .assign(let targets, let value):
      expression(value)
      for item in targets { target(item) }
    case .annotated(let item, annotation: _, let value):
      if let value { expression(value) }
      target(item)
    case .augmented(let item, _, let value):
      expression(value)
      if case .name(let name) = item.kind { scope.use(name) }
      target(item)
    case .delete(let items):
      for item in items {
        target(item)
        unbind(item)
      }
    case .pass, .break, .continue, .command: break
    case .return(let value): if let value { expression(value) }
    case .raise(let value, let cause):
      if let value { expression(value) }
      if let cause { expression(cause) }
    case .global(let names): declare(names, global: true)
    case .nonlocal(let names): declare(names, global: false)
    case .assert(let test, let message):
      expression(test)
      if let message { expression(message) }
    case .importModules(let names):
      for alias in names {
        let first = alias.name.text.split(separator: ".").first.map(String.init)
        bind(alias.alias?.text ?? first ?? alias.name.text)
      }
    case .importNames(module: _, let names):
      for alias in names { bind((alias.alias ?? alias.name).text) }
    case .conditional(let branches, let otherwise):
      for branch in branches {
        expression(branch.test)
        statements(branch.body)
      }
      statements(otherwise)
    case .whileLoop(let test, let body, let otherwise):
      expression(test)
      statements(body)
      statements(otherwise)
    case .forLoop(let item, let iterable, let body, let otherwise):
      expression(iterable)
      target(item)
      statements(body)
      statements(otherwise)
    case .tryBlock(let block):
      statements(block.body)
      for handler in block.handlers {
        if let type = handler.type { expression(type) }
        if let name = handler.name {
          bind(name.text)
          scope.unbindable.insert(name.text)
        }
        statements(handler.body)
      }
      statements(block.otherwise)
      statements(block.finally)
    case .with(let items, let body):
      for item in items {
        expression(item.context)
        if let bound = item.target { target(bound) }
      }
      statements(body)
    case .function(let definition):
      for decorator in definition.decorators { expression(decorator) }
      defaults(definition.parameters)
      bind(definition.name.text)
      inside(.function, at: statement.span) { inner in
        inner.parameters(definition.parameters)
        inner.statements(definition.body)
      }
    case .classDefinition(let definition):
      for decorator in definition.decorators { expression(decorator) }
      if let base = definition.base { expression(base) }
      bind(definition.name.text)
      inside(.classBody, at: statement.span) { inner in inner.statements(definition.body) }
    }
  }

  private mutating func declare(_ names: [Identifier], global: Bool) {
    for name in names {
      let word = global ? "global" : "nonlocal"
      let fault =
        scope.parameters.contains(name.text) ? "is parameter and \(word)"
        : scope.reads.contains(name.text) ? "is used prior to \(word) declaration"
        : scope.bound.contains(name.text) ? "is assigned to before \(word) declaration" : nil
      if let fault {
        let how = "name '\(name.text)' \(fault)"
        diagnostics.append(Diagnostic(.syntax, how, at: name.span))
      }
      if global {
        scope.globals.insert(name.text)
      } else if scope.kind == .module {
        diagnostics.append(
          Diagnostic(.syntax, "nonlocal declaration not allowed at module level", at: name.span))
      } else {
        scope.nonlocals.insert(name.text)
        scope.use(name.text)
        // The binding may come later in the outer function: checked when all is collected.
        pendingNonlocals.append((scope, name))
      }
    }
  }

  private mutating func checkNonlocals() {
    for (scope, name) in pendingNonlocals {
      var outer = scope.parent
      while let candidate = outer,
        !(candidate.kind == .function && candidate.bound.contains(name.text))
      {
        outer = candidate.parent
      }
      if outer == nil {
        diagnostics.append(
          Diagnostic(.syntax, "no binding for nonlocal '\(name.text)' found", at: name.span))
      }
    }
  }

  private func bind(_ name: String) { scope.bind(name) }

  private mutating func parameters(_ parameters: Parameters) {
    for parameter in parameters.all {
      scope.bind(parameter.name.text)
      scope.parameters.insert(parameter.name.text)
    }
  }

  private mutating func defaults(_ parameters: Parameters) {
    for parameter in parameters.all {
      if let value = parameter.defaultValue { expression(value) }
    }
  }

  private func unbind(_ item: Expression) {
    switch item.kind {
    case .name(let name): scope.unbindable.insert(name)
    case .tuple(let items), .list(let items): for inner in items { unbind(inner) }
    default: break
    }
  }

  private mutating func target(_ item: Expression) {
    switch item.kind {
    case .name(let name): bind(name)
    case .tuple(let items), .list(let items): for inner in items { target(inner) }
    case .starred(let inner): target(inner)
    default: expression(item)
    }
  }

  // MARK: - Expressions

  private mutating func expressions(_ items: [Expression]) { for item in items { expression(item) } }

  private mutating func expression(_ item: Expression) {
    switch item.kind {
    case .constant: break
    case .name(let name):
      scope.use(name)
      scope.reads.insert(name)
      if name == "super" { scope.use("__class__") }
    case .formatted(let parts): format(parts)
    case .list(let items), .tuple(let items), .set(let items): expressions(items)
    case .dict(let items):
      for pair in items {
        if let key = pair.key { expression(key) }
        expression(pair.value)
      }
    case .starred(let value), .unary(_, let value), .attribute(let value, _): expression(value)
    case .binary(_, let left, let right):
      expression(left)
      expression(right)
    case .boolean(_, let items): expressions(items)
    case .compare(let first, let rest):
      expression(first)
      for comparison in rest { expression(comparison.right) }
    case .conditional(let test, let then, let otherwise):
      expression(test)
      expression(then)
      expression(otherwise)
    case .lambda(let list, let body):
      defaults(list)
      inside(.function, at: item.span) { inner in
        inner.parameters(list)
        inner.expression(body)
      }
    case .call(let function, let arguments):
      expression(function)
      for argument in arguments { expression(argument.value) }
    case .subscripted(let value, let index):
      expression(value)
      expression(index)
    case .slice(let lower, let upper, let step):
      for part in [lower, upper, step] { if let part { expression(part) } }
    case .comprehension(let comprehension): self.comprehension(comprehension, at: item.span)
    case .walrus(let name, let value):
      expression(value)
      let owner = scope.frame
      owner.bind(name.text)
      owner.walrusNames.insert(name.text)
      scope.use(name.text)
    case .yield(let value):
      scope.frame.isGenerator = true
      if let value { expression(value) }
    case .yieldFrom(let value):
      scope.frame.isGenerator = true
      expression(value)
    }
  }

  private mutating func format(_ parts: [FormatPart]) {
    for part in parts {
      guard case .field(let field) = part else { continue }
      expression(field.value)
      if let spec = field.spec { format(spec) }
    }
  }

  private mutating func comprehension(_ comprehension: Comprehension, at span: Span) {
    // The first iterable belongs to the scope around.
    if let first = comprehension.clauses.first { expression(first.iterable) }
    inside(comprehension.kind == .generator ? .function : .block, at: span) { inner in
      if comprehension.kind == .generator { inner.scope.isGenerator = true }
      for (index, clause) in comprehension.clauses.enumerated() {
        if index > 0 { inner.expression(clause.iterable) }
        inner.target(clause.target)
        inner.expressions(clause.conditions)
      }
      inner.expression(comprehension.element)
      if let value = comprehension.value { inner.expression(value) }
    }
  }
}
