import Syntax

extension Compiler {
  enum Body {
    case statements([Statement])
    case expression(Expression)
    /// A generator expression: its clauses run inside, its first iterable is the argument.
    case generator(Comprehension)
  }

  /// Compiles a function and the instruction that makes it; gives the register that holds it.
  func function(
    name: String, parameters: Parameters, body: Body, doc: String?, returns: Expression? = nil,
    into wanted: Int?
  ) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    let inner = Compiler(
      name: name, source: draft.source, scope: try childScope(.function), globals: globals,
      parent: self)
    inner.span = span
    inner.draft.definition = span
    try inner.functionBody(parameters, body, doc: doc)
    inner.draft.parameters.returnAnnotation = returns.map { written($0) }
    let code = try finishInner(inner)
    try scratch { () throws(Diagnostic) in
      // The function, then its defaults in a row.
      let defaults = parameters.all.filter { $0.defaultValue != nil }
      let base = temporaries(1 + defaults.count)
      let ordered =
        defaults.filter { $0.kind != .keywordOnly } + defaults.filter { $0.kind == .keywordOnly }
      for (offset, parameter) in ordered.enumerated() {
        if let value = parameter.defaultValue {
          _ = try expression(value, into: base + 1 + offset)
        }
      }
      emit(Instruction(.makeFunction, a: base, wide: code))
      emit(.move, a: target, b: base)
      emit(.unbind, a: base)
    }
    return target
  }

  /// Finishes an inner function: its captures are found in this one.
  func finishInner(_ inner: Compiler) throws(Diagnostic) -> Int {
    inner.draft.captures = try inner.draft.freeNames.map { name throws(Diagnostic) in
      switch placeForCapture(of: name) {
      case .cell(let register), .register(let register): return .register(register)
      case .free(let index): return .free(index)
      case .global, .namespace:
        throw Diagnostic(.syntax, "cannot capture '\(name)'", at: span)
      }
    }
    inner.draft.registerCount += 1
    draft.codes.append(try inner.finish())
    return draft.codes.count - 1
  }

  /// Where this function keeps a variable that an inner one captures. A class body passes on what
  /// surrounds it, whatever names it binds itself.
  private func placeForCapture(of name: String) -> Place {
    for index in blocks.indices.reversed() {
      let owner = blocks[index]
      if owner.kind == .classBody {
        if name == "__class__" { return .cell(1) }
        continue
      }
      if owner.kind == .module { continue }
      if owner.cells.contains(name), let register = registers[index][name] {
        return .cell(register)
      }
    }
    return .free(freeIndex(name))
  }

  private func functionBody(
    _ parameters: Parameters, _ body: Body, doc: String?
  ) throws(Diagnostic) {
    draft.parameters = layout(parameters)
    draft.isGenerator = scope.isGenerator
    draft.doc = doc
    // Captured names are numbered as the scope lists them.
    draft.freeNames = scope.frees
    declareLocals(scope, names: draft.parameters.texts)
    for register in 0..<draft.parameters.count { assigned.insert(register) }
    declareLocals(
      scope,
      names: scope.boundOrder.filter { !scope.globals.contains($0) && !scope.nonlocals.contains($0) })
    makeCells(scope)
    draft.cellNames = scope.cells.sorted()
    switch body {
    case .statements(let list):
      try statements(list[...])
      emit(.returnNone)
    case .expression(let value):
      let register = try expression(value)
      emit(.returnValue, a: register)
    case .generator(let comprehension):
      try generatorBody(comprehension)
      emit(.returnNone)
    }
  }

  /// Turns the registers of captured locals into cells.
  func makeCells(_ owner: Scope) {
    guard let map = registers.last else { return }
    for name in owner.cells.sorted() {
      if let register = map[name] {
        if !assigned.contains(register) { emit(.unbind, a: register) }
        emit(.makeCell, a: register)
      }
    }
  }

  /// The source text of an expression.
  func written(_ expression: Expression) -> String {
    let text = draft.source.text
    let start = min(max(0, Int(expression.span.start)), text.count)
    let end = min(max(start, Int(expression.span.end)), text.count)
    return String(decoding: text[start..<end], as: UTF8.self)
  }

  private func layout(_ parameters: Parameters) -> ParameterLayout {
    var layout = ParameterLayout()
    func add(_ kinds: [Parameters.Parameter.Kind]) {
      for parameter in parameters.all where kinds.contains(parameter.kind) {
        layout.texts.append(parameter.name.text)
        layout.names.append(Name(parameter.name.text))
        layout.annotations.append(
          parameter.annotation.map { written($0) })
        switch parameter.kind {
        case .positionalOnly:
          layout.positionalOnlyCount += 1
          fallthrough
        case .positional:
          layout.positionalCount += 1
          if parameter.defaultValue != nil { layout.defaultCount += 1 }
        case .keywordOnly:
          layout.keywordOnlyCount += 1
          if parameter.defaultValue != nil {
            layout.keywordDefaults.append(Name(parameter.name.text))
          }
        case .star: layout.hasStar = true
        case .doubleStar: layout.hasDoubleStar = true
        }
      }
    }
    add([.positionalOnly])
    add([.positional])
    add([.keywordOnly])
    add([.star])
    add([.doubleStar])
    return layout
  }

  // MARK: - Comprehensions

  func comprehension(_ comprehension: Comprehension, into wanted: Int?) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    let whole = span
    if comprehension.kind == .generator {
      try scratch { () throws(Diagnostic) in
        let base = temporaries(2)
        guard let first = comprehension.clauses.first else { return }
        let argument = temporary()
        try scratch { () throws(Diagnostic) in
          let source = try expression(first.iterable)
          try at(first.iterable.span) { emit(.getIterator, a: argument, b: source) }
        }
        let parameter = Parameters.Parameter(
          name: Identifier(".0", span), kind: .positionalOnly, annotation: nil, defaultValue: nil)
        _ = try function(
          name: "<genexpr>", parameters: Parameters([parameter]), body: .generator(comprehension),
          doc: nil, into: base)
        emit(.unbind, a: base + 1)
        emit(.call, a: base, b: 1, c: target)
      }
      return target
    }
    try scratch { () throws(Diagnostic) in
      let result = temporary()
      switch comprehension.kind {
      case .list: emit(.buildList, a: result, b: 0, c: 0)
      case .set: emit(.buildSet, a: result, b: 0, c: 0)
      case .dict, .generator: emit(.buildDict, a: result, b: 0, c: 0)
      }
      guard let first = comprehension.clauses.first else { return }
      let iterator = temporary()
      try scratch { () throws(Diagnostic) in
        let source = try expression(first.iterable)
        try at(first.iterable.span) { emit(.getIterator, a: iterator, b: source) }
      }
      let block = try childScope(.block)
      blocks.append(block)
      registers.append([:])
      declareLocals(block, names: block.boundOrder)
      let before = assigned
      // With several clauses a variable may be read before its loop begins: the registers may hold
      // something of what ran before.
      if comprehension.clauses.count > 1, let map = registers.last {
        for register in map.values.sorted() { emit(.unbind, a: register) }
      }
      // Captured loop variables: one cell for the whole comprehension, as CPython has it.
      makeCells(block)
      try clauses(comprehension, 0, iterator: iterator, result: result, whole: whole)
      assigned = before
      blocks.removeLast()
      if let map = registers.popLast() {
        for register in map.values.sorted() { emit(.unbind, a: register) }
        for register in map.values { localRegisters.remove(register) }
      }
      emit(.unbind, a: iterator)
      emit(.move, a: target, b: result)
      emit(.unbind, a: result)
    }
    return target
  }

  private func generatorBody(_ comprehension: Comprehension) throws(Diagnostic) {
    try clauses(comprehension, 0, iterator: 0, result: nil, whole: span)
  }

  /// The loops of a comprehension from clause `index` on; the iterator of that clause is ready.
  private func clauses(
    _ comprehension: Comprehension, _ index: Int, iterator: Int, result: Int?, whole: Span
  ) throws(Diagnostic) {
    let clause = comprehension.clauses[index]
    let top = here
    let value = temporary()
    let exit = try at(clause.target.span) { () throws(Diagnostic) -> Int in
      let direct = directRegister(clause.target)
      emit(.forNext, a: iterator, b: direct ?? value)
      let exit = emitJump(.jump)
      if let direct { assigned.insert(direct) } else { try assign(clause.target, from: value) }
      return exit
    }
    var skips: [Int] = []
    for condition in clause.conditions { skips += try branch(condition, unless: true) }
    if index + 1 < comprehension.clauses.count {
      let inner = temporary()
      let next = comprehension.clauses[index + 1]
      try scratch { () throws(Diagnostic) in
        let source = try expression(next.iterable)
        try at(next.iterable.span) { emit(.getIterator, a: inner, b: source) }
      }
      try clauses(
        comprehension, index + 1, iterator: inner, result: result, whole: whole)
    } else {
      try scratch { () throws(Diagnostic) in
        try at(comprehension.element.span) { () throws(Diagnostic) in
          let element = try expression(comprehension.element)
          switch comprehension.kind {
          case .list: emit(.listAppend, a: result ?? 0, b: element)
          // What cannot be hashed is an error of the whole comprehension.
          case .set: try at(whole) { emit(.setAdd, a: result ?? 0, b: element) }
          case .dict:
            guard let item = comprehension.value else { return }
            let register = try expression(item)
            try at(whole) { emit(.dictSet, a: result ?? 0, b: element, c: register) }
          case .generator: emit(.yieldValue, a: temporary(), b: element)
          }
        }
      }
    }
    patchLoop(skips, to: here)
    emit(Instruction(.loop, wide: top))
    patch(exit)
  }

  private func patchLoop(_ places: [Int], to target: Int) {
    for place in places { patch(place, to: target) }
  }

  /// The register that a loop may write its value to directly: a plain local.
  func directRegister(_ target: Expression) -> Int? {
    if case .name(let name) = target.kind { return ownRegister(name) }
    return nil
  }

  // MARK: - Classes

  func classDefinition(_ definition: ClassDefinition, into target: Int) throws(Diagnostic) {
    let inner = Compiler(
      name: definition.name.text, source: draft.source, scope: try childScope(.classBody), globals: globals,
      parent: self)
    inner.span = span
    inner.draft.freeNames = inner.scope.frees
    // Register 0 is the namespace, register 1 the cell of `__class__`.
    inner.draft.parameters.positionalCount = 2
    inner.draft.parameters.texts = ["namespace", "__class__"]
    inner.draft.parameters.names = inner.draft.parameters.texts.map { Name($0) }
    _ = inner.temporaries(2)
    inner.draft.localNames = ["", "__class__"]
    if let first = definition.body.first, case .expression(let value) = first.kind,
      case .constant(.string(let text)) = value.kind
    {
      inner.draft.doc = text
    }
    try inner.statements(definition.body[...])
    inner.emit(.returnNone)
    let code = try finishInner(inner)
    try scratch { () throws(Diagnostic) in
      let base = temporaries(2)
      if let parent = definition.base { _ = try expression(parent, into: base + 1) }
      emit(.makeClass, a: base, b: code, k: definition.base == nil ? 0 : 1)
      emit(.move, a: target, b: base)
      emit(.unbind, a: base)
    }
  }
}
