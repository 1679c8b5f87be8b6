import Syntax

extension Compiler {
  func statements(_ body: ArraySlice<Statement>) throws(Diagnostic) {
    for item in body { try statement(item) }
  }

  func statements(_ body: [Statement]) throws(Diagnostic) { try statements(body[...]) }

  func statement(_ item: Statement) throws(Diagnostic) {
    try at(item.span) { () throws(Diagnostic) in
      if globals.isTraced { emit(.traceStatement) }
      try scratch { () throws(Diagnostic) in try compile(item) }
    }
  }

  private func compile(_ item: Statement) throws(Diagnostic) {
    switch item.kind {
    case .expression(let value):
      if case .constant = value.kind { return }
      let register = try expression(value)
      if scope.kind == .module, case .call = value.kind { emit(.statementValue, a: register) }
    case .assign(let targets, let value): try assignment(targets, value)
    case .annotated(let target, let annotation, let value):
      if let value { try assignment([target], value) }
      if case .name(let name) = target.kind, scope.kind == .classBody {
        emit(.annotate, b: self.name(name), c: self.name(written(annotation)))
      }
    case .augmented(let target, let op, let value): try augmented(target, op, value)
    case .delete(let targets): for target in targets { try delete(target) }
    case .pass, .global, .nonlocal: break
    case .break: try leaveLoop { $0.breaks.append($1) }
    case .continue: try leaveLoop { $0.continues.append($1) }
    case .return(let value): try returnStatement(value)
    case .raise(let value, let cause):
      guard let value else {
        emit(.raise, k: 0)
        return
      }
      let register = try expression(value)
      if let cause {
        let causeRegister = try expression(cause)
        emit(.raise, a: register, b: causeRegister, k: 2)
      } else {
        emit(.raise, a: register, k: 1)
      }
    case .assert(let test, let message):
      let failures = try branch(test, unless: true)
      let toEnd = emitJump(.jump)
      patch(failures)
      if let message {
        let register = try expression(message)
        emit(.raiseAssertion, a: register, k: 1)
      } else {
        emit(.raiseAssertion, k: 0)
      }
      patch(toEnd)
    case .importModules(let names):
      for alias in names {
        try scratch { () throws(Diagnostic) in
          let register = temporary()
          try at(alias.name.span) { () throws(Diagnostic) in
            emit(.importModule, a: register, b: name(alias.name.text), k: alias.alias == nil ? 1 : 0)
          }
          let first = alias.name.text.split(separator: ".").first.map(String.init)
          try storeName(alias.alias?.text ?? first ?? alias.name.text, from: register)
        }
      }
    case .importNames(let module, let names):
      let register = temporary()
      try at(module.span) { emit(.importModule, a: register, b: name(module.text)) }
      for alias in names {
        try scratch { () throws(Diagnostic) in
          let value = temporary()
          try at(alias.name.span) {
            emit(.importName, a: value, b: register, c: name(alias.name.text))
          }
          try storeName((alias.alias ?? alias.name).text, from: value)
        }
      }
    case .conditional(let branches, let otherwise): try conditional(branches, otherwise)
    case .whileLoop(let test, let body, let otherwise): try whileLoop(test, body, otherwise)
    case .forLoop(let target, let iterable, let body, let otherwise):
      try forLoop(target, iterable, body, otherwise)
    case .tryBlock(let block): try tryBlock(block)
    case .with(let items, let body): try with(items[...], body)
    case .function(let definition):
      try decorated(definition.decorators, definition.name) { (target) throws(Diagnostic) in
        var doc: String?
        if let first = definition.body.first, case .expression(let value) = first.kind,
          case .constant(.string(let text)) = value.kind
        {
          doc = text
        }
        _ = try function(
          name: definition.name.text, parameters: definition.parameters,
          body: .statements(definition.body), doc: doc, returns: definition.returns,
          into: target)
      }
    case .classDefinition(let definition):
      try decorated(definition.decorators, definition.name) { (target) throws(Diagnostic) in
        try classDefinition(definition, into: target)
      }
    case .command(let command):
      emit(
        .command, a: constant(.string(command.name)), b: constant(.string(command.argument)))
    }
  }

  /// Makes a function or class, applies its decorators from the inside out, and binds the name.
  private func decorated(
    _ decorators: [Expression], _ name: Identifier, _ make: (Int) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    if decorators.isEmpty {
      // Made in a temporary: the old value must stay until the new one is whole.
      let register = temporary()
      try make(register)
      try storeName(name.text, from: register)
      emit(.unbind, a: register)
      return
    }
    var rows: [Int] = []
    for decorator in decorators {
      let base = temporaries(2)
      _ = try expression(decorator, into: base)
      emit(.unbind, a: base + 1)
      rows.append(base)
      // The argument stands right behind the decorator once the inner ones are done.
    }
    let value = temporary()
    try make(value)
    for (base, decorator) in zip(rows, decorators).reversed() {
      try scratch { () throws(Diagnostic) in
        let row = temporaries(3)
        emit(.move, a: row, b: base)
        emit(.unbind, a: row + 1)
        emit(.move, a: row + 2, b: value)
        // An error of the call belongs to the line of the decorator.
        try at(decorator.span) { emit(.call, a: row, b: 1, c: value) }
      }
    }
    try storeName(name.text, from: value)
    emit(.unbind, a: value)
  }
}
