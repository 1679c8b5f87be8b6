import Syntax

/// Walks a tree and notes what every scope binds and uses. See `Scope.swift`.
struct ScopeCollector {
  private var scope: Scope
  private var diagnostics: [Diagnostic] = []
  private var pendingNonlocals: [(scope: Scope, name: Identifier, place: Span)] = []

  /// The statement under way: where misuses are marked.
  private var place = Span(0, 0)
  /// Whether `from __future__ import` may still come.
  private var isAtBeginning = true

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
    place = statement.span
    if isAtBeginning {
      switch statement.kind {
      case .importNames(module: let module, _) where module.text == "__future__": break
      case .expression(let value):
        if case .constant(.string) = value.kind { break }
        isAtBeginning = false
      default: isAtBeginning = false
      }
    }
    switch statement.kind {
    case .expression(let value): expression(value)
    case .assign(let targets, let value):
      expression(value)
      for item in targets { target(item) }
    case .annotated(let item, annotation: _, let value):
      if let value { expression(value) }
      if case .name(let name) = item.kind {
        for (names, word) in [(scope.globals, "global"), (scope.nonlocals, "nonlocal")]
        where names.contains(name) {
          refuse("annotated name '\(name)' can't be \(word)")
        }
        scope.annotated.insert(name)
      }
      target(item)
    case .augmented(let item, _, let value):
      expression(value)
      if case .name(let name) = item.kind {
        if !scope.used.contains(name) { scope.updated.insert(name) }
        scope.use(name)
      }
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
    case .importNames(let module, let names):
      if module.text == "__future__" { checkFuture(names) }
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

  private mutating func refuse(_ message: String) {
    diagnostics.append(Diagnostic(.syntax, message, at: place))
  }

  private static let futures: Set<String> = [
    "annotations", "print_function", "division", "absolute_import", "with_statement",
    "unicode_literals", "generators", "nested_scopes", "generator_stop", "barry_as_FLUFL",
  ]

  private mutating func checkFuture(_ names: [ImportAlias]) {
    if !isAtBeginning {
      refuse("from __future__ imports must occur at the beginning of the file")
    }
    for alias in names where !ScopeCollector.futures.contains(alias.name.text) {
      refuse(
        alias.name.text == "braces"
          ? "not a chance" : "future feature \(alias.name.text) is not defined")
    }
  }

  private mutating func declare(_ names: [Identifier], global: Bool) {
    for name in names {
      let word = global ? "global" : "nonlocal"
      if scope.parameters.contains(name.text) {
        refuse("name '\(name.text)' is parameter and \(word)")
      } else if scope.used.contains(name.text), !scope.globals.contains(name.text),
        !scope.nonlocals.contains(name.text), !scope.updated.contains(name.text)
      {
        refuse("name '\(name.text)' is used prior to \(word) declaration")
      } else if scope.annotated.contains(name.text) {
        refuse("annotated name '\(name.text)' can't be \(word)")
      } else if scope.bound.contains(name.text) {
        refuse("name '\(name.text)' is assigned to before \(word) declaration")
      }
      if (global ? scope.nonlocals : scope.globals).contains(name.text) {
        refuse("name '\(name.text)' is nonlocal and global")
      }
      if global {
        scope.globals.insert(name.text)
      } else if scope.kind == .module {
        refuse("nonlocal declaration not allowed at module level")
      } else {
        scope.nonlocals.insert(name.text)
        scope.use(name.text)
        // The binding may come later in the outer function: checked when all is collected.
        pendingNonlocals.append((scope, name, place))
      }
    }
  }

  private mutating func checkNonlocals() {
    for (scope, name, place) in pendingNonlocals {
      var outer = scope.parent
      while let candidate = outer,
        !(candidate.kind == .function && candidate.bound.contains(name.text))
      {
        outer = candidate.parent
      }
      if outer == nil {
        diagnostics.append(
          Diagnostic(.syntax, "no binding for nonlocal '\(name.text)' found", at: place))
      }
    }
  }

  private mutating func bind(_ name: String) {
    if name == "__debug__" { refuse("cannot assign to __debug__") }
    scope.bind(name)
  }

  private mutating func parameters(_ parameters: Parameters) {
    for parameter in parameters.all {
      bind(parameter.name.text)
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
      scope.updated.remove(name)
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
      // The name belongs to the function around all comprehensions; a generator expression, which
      // is a function of its own, gets it from there.
      var owner = scope.frame
      var passed = [Scope]()
      while owner.isGeneratorExpression, let outer = owner.parent {
        passed.append(owner)
        owner = outer.frame
      }
      if name.text == "__debug__" { refuse("cannot assign to __debug__") }
      owner.bind(name.text)
      for inner in passed {
        if owner.kind == .module || owner.globals.contains(name.text) {
          inner.globals.insert(name.text)
        } else {
          inner.nonlocals.insert(name.text)
        }
      }
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
      if comprehension.kind == .generator {
        inner.scope.isGenerator = true
        inner.scope.isGeneratorExpression = true
      }
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
