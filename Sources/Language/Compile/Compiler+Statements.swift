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

  // MARK: - Assignment

  private func assignment(_ targets: [Expression], _ value: Expression) throws(Diagnostic) {
    if targets.count == 1, case .name(let name) = targets[0].kind, let own = ownRegister(name) {
      _ = try expression(value, into: own)
      assigned.insert(own)
      return
    }
    // `a, b = b, a`: element by element, without a tuple.
    if targets.count == 1, case .tuple(let left) = targets[0].kind,
      case .tuple(let right) = value.kind, left.count == right.count,
      !(left + right).contains(where: { if case .starred = $0.kind { true } else { false } })
    {
      let base = temporaries(right.count)
      for (offset, item) in right.enumerated() { _ = try expression(item, into: base + offset) }
      for (offset, item) in left.enumerated() {
        try at(item.span) { () throws(Diagnostic) in try assign(item, from: base + offset) }
        emit(.unbind, a: base + offset)
      }
      return
    }
    let register = try expression(value)
    for target in targets {
      try at(target.span) { () throws(Diagnostic) in try assign(target, from: register) }
    }
    if !localRegisters.contains(register) { emit(.unbind, a: register) }
  }

  /// Stores a register in whatever a target names.
  func assign(_ target: Expression, from register: Int) throws(Diagnostic) {
    switch target.kind {
    case .name(let name): try storeName(name, from: register)
    case .attribute(let object, let name):
      try scratch { () throws(Diagnostic) in
        let base = try expression(object)
        emit(.setAttribute, a: base, b: register, c: site(name.text))
      }
    case .subscripted(let object, let index):
      try scratch { () throws(Diagnostic) in
        let base = try expression(object)
        let key = try expression(index)
        emit(.setItem, a: base, b: key, c: register)
      }
    case .tuple(let items), .list(let items):
      try scratch { () throws(Diagnostic) in
        let base = temporaries(items.count)
        let star = items.firstIndex { if case .starred = $0.kind { true } else { false } }
        if let star {
          let after = items.count - star - 1
          guard after < 256 else {
            throw Diagnostic(.syntax, "too many targets after a starred one", at: target.span)
          }
          emit(.unpackStar, a: register, b: base, c: star, k: after)
        } else {
          emit(.unpack, a: register, b: base, c: items.count)
        }
        for (offset, item) in items.enumerated() {
          var inner = item
          if case .starred(let starred) = item.kind { inner = starred }
          if let direct = directRegister(inner) {
            try at(inner.span) { emit(.take, a: direct, b: base + offset) }
            assigned.insert(direct)
          } else {
            try at(inner.span) { () throws(Diagnostic) in try assign(inner, from: base + offset) }
            emit(.unbind, a: base + offset)
          }
        }
      }
    case .starred(let inner): try assign(inner, from: register)
    default: throw Diagnostic(.syntax, "cannot assign here", at: target.span)
    }
  }

  private func augmented(
    _ target: Expression, _ op: BinaryOperator, _ value: Expression
  ) throws(Diagnostic) {
    let opcode = Compiler.opcode(op)
    /// A small integer that can stand in the instruction.
    func immediate() -> Int? {
      guard op == .add || op == .subtract, case .constant(.int(let number)) = value.kind,
        abs(number) < 1 << 15
      else { return nil }
      return op == .add ? number : -number
    }
    func combine(_ target: Int, _ current: Int) throws(Diagnostic) {
      if let number = immediate() {
        emit(.addInt, a: target, b: current, c: number, k: 2 | (op == .add ? 0 : 1))
      } else {
        let register = try expression(value)
        emit(opcode, a: target, b: current, c: register, k: 1)
      }
    }
    switch target.kind {
    case .name(let name):
      switch place(of: name) {
      case .register(let own):
        if !assigned.contains(own) || scope.unbindable.contains(name) { emit(.checkLocal, a: own) }
        if case .walrus = value.kind {
          let current = temporary()
          emit(.move, a: current, b: own)
          try combine(own, current)
        } else {
          try combine(own, own)
        }
        assigned.insert(own)
      case .global where op == .add && immediate() == nil:
        // In place in the global itself: a temporary that also held the string would make every
        // `text += piece` copy the whole text.
        let slot = try globalSlot(name)
        if Compiler.isPassive(value) {
          let register = try expression(value)
          emit(Instruction(.addToGlobal, a: register, wide: slot))
        } else {
          // What the value calls may assign to the global: what it was before counts.
          let row = temporaries(2)
          _ = try loadName(name, into: row)
          _ = try expression(value, into: row + 1)
          emit(Instruction(.addToGlobal, a: row + 1, wide: slot, k: 1))
        }
      default:
        let current = try loadName(name, into: temporary())
        try combine(current, current)
        try storeName(name, from: current)
        emit(.unbind, a: current)
      }
    case .attribute(let object, let name):
      let base = try expression(object)
      let current = temporary()
      emit(.getAttribute, a: current, b: base, c: site(name.text))
      try combine(current, current)
      emit(.setAttribute, a: base, b: current, c: site(name.text))
      emit(.unbind, a: current)
    case .subscripted(let object, let index):
      let base = try expression(object)
      let key = try expression(index)
      let current = temporary()
      emit(.getItem, a: current, b: base, c: key)
      try combine(current, current)
      emit(.setItem, a: base, b: key, c: current)
      emit(.unbind, a: current)
    default: throw Diagnostic(.syntax, "illegal expression for augmented assignment", at: target.span)
    }
  }

  /// Whether evaluating an expression assigns nothing: it calls nothing. (Operators of classes that
  /// assign to globals are left out of account.)
  private static func isPassive(_ value: Expression) -> Bool {
    switch value.kind {
    case .constant, .name: true
    case .attribute(let object, _): isPassive(object)
    case .subscripted(let object, let index): isPassive(object) && isPassive(index)
    case .unary(_, let operand): isPassive(operand)
    case .binary(_, let left, let right): isPassive(left) && isPassive(right)
    case .list(let items), .tuple(let items): items.allSatisfy(isPassive)
    default: false
    }
  }

  private func delete(_ target: Expression) throws(Diagnostic) {
    try at(target.span) { () throws(Diagnostic) in
      switch target.kind {
      case .name(let name): try deleteName(name)
      case .attribute(let object, let name):
        let base = try expression(object)
        emit(.deleteAttribute, a: base, c: site(name.text))
      case .subscripted(let object, let index):
        let base = try expression(object)
        let key = try expression(index)
        emit(.deleteItem, a: base, b: key)
      case .tuple(let items), .list(let items): for item in items { try delete(item) }
      default: throw Diagnostic(.syntax, "cannot delete this", at: target.span)
      }
    }
  }

  // MARK: - Branches and loops

  private func conditional(
    _ branches: [Statement.Branch], _ otherwise: [Statement]
  ) throws(Diagnostic) {
    var exits: [Int] = []
    var merged: Set<Int>?
    for (index, item) in branches.enumerated() {
      let skips = try scratch { () throws(Diagnostic) -> [Int] in try branch(item.test, unless: true) }
      let before = assigned
      try statements(item.body)
      merged = merged.map { $0.intersection(assigned) } ?? assigned
      assigned = before
      if index < branches.count - 1 || !otherwise.isEmpty { exits.append(emitJump(.jump)) }
      patch(skips)
    }
    try statements(otherwise)
    assigned = assigned.intersection(merged ?? assigned)
    patch(exits)
  }

  private func whileLoop(
    _ test: Expression, _ body: [Statement], _ otherwise: [Statement]
  ) throws(Diagnostic) {
    let top = here
    let context = LoopContext()
    let exits = try scratch { () throws(Diagnostic) -> [Int] in try branch(test, unless: true) }
    let before = assigned
    surroundings.append(.loop(context))
    try statements(body)
    surroundings.removeLast()
    patch(context.continues)
    emit(Instruction(.loop, wide: top))
    assigned = before
    patch(exits)
    try statements(otherwise)
    assigned = before
    patch(context.breaks)
  }

  private func forLoop(
    _ target: Expression, _ iterable: Expression, _ body: [Statement], _ otherwise: [Statement]
  ) throws(Diagnostic) {
    let iterator = temporary()
    try scratch { () throws(Diagnostic) in
      let source = try expression(iterable)
      try at(iterable.span) { emit(.getIterator, a: iterator, b: source) }
    }
    let before = assigned
    let top = here
    let context = LoopContext()
    let value = temporary()
    let exit = try at(target.span) { () throws(Diagnostic) -> Int in
      let direct = directRegister(target)
      emit(.forNext, a: iterator, b: direct ?? value)
      let exit = emitJump(.jump)
      if let direct {
        assigned.insert(direct)
      } else {
        try assign(target, from: value)
        emit(.unbind, a: value)
      }
      return exit
    }
    surroundings.append(.loop(context))
    try statements(body)
    surroundings.removeLast()
    patch(context.continues)
    emit(Instruction(.loop, wide: top))
    assigned = before
    patch(exit)
    try statements(otherwise)
    assigned = before
    patch(context.breaks)
    emit(.unbind, a: iterator)
  }

  /// `break` and `continue`: runs the cleanups between here and the loop, then jumps.
  private func leaveLoop(_ note: (LoopContext, Int) -> Void) throws(Diagnostic) {
    try unwind { surrounding in
      if case .loop(let loop) = surrounding { return loop }
      return nil
    } then: { loop in
      note(loop, emitJump(.jump))
    }
  }

  /// Walks outwards over what surrounds this place, running cleanups, until `stop` gives a loop.
  private func unwind(
    until stop: (Surrounding) -> LoopContext?, then: (LoopContext) -> Void
  ) throws(Diagnostic) {
    let saved = surroundings
    let savedAssigned = assigned
    defer {
      surroundings = saved
      assigned = savedAssigned
    }
    var holes: [CleanupContext] = []
    while let surrounding = surroundings.popLast() {
      if let loop = stop(surrounding) {
        then(loop)
        break
      }
      switch surrounding {
      case .loop: break
      case .handler: emit(.leaveHandler)
      case .cleanup(let cleanup):
        cleanup.ranges.append((cleanup.start, here))
        holes.append(cleanup)
        try scratch { () throws(Diagnostic) in try cleanup.run() }
      }
    }
    for cleanup in holes { cleanup.start = here }
  }

  private func returnStatement(_ value: Expression?) throws(Diagnostic) {
    let hasCleanups = surroundings.contains { if case .cleanup = $0 { true } else { false } }
    if !hasCleanups {
      // Handlers need no leaving: the frame takes its handled exceptions with it.
      guard let value else {
        emit(.returnNone)
        return
      }
      let register = try expression(value)
      emit(.returnValue, a: register)
      return
    }
    let result = temporary()
    if let value { _ = try expression(value, into: result) } else { emit(.loadNone, a: result) }
    try unwind { _ in nil } then: { _ in }
    // The holes end before the return itself, which cannot raise.
    emit(.returnValue, a: result)
  }

  // MARK: - Exceptions

  /// How many handlers of this frame are active here.
  private var handlerDepth: Int {
    surroundings.reduce(0) { count, surrounding in
      if case .handler = surrounding { count + 1 } else { count }
    }
  }

  private func addHandler(
    _ start: Int, _ end: Int, target: Int, register: Int, catches: Bool = false
  ) {
    guard start < end else { return }
    draft.handlers.append(
      Code.Handler(
        start: start, end: end, target: target, register: register, depth: handlerDepth,
        catches: catches))
  }

  private func tryBlock(_ block: TryBlock) throws(Diagnostic) {
    if block.finally.isEmpty {
      try tryExcept(block)
      return
    }
    try protected { () throws(Diagnostic) in
      if block.handlers.isEmpty {
        try self.statements(block.body)
      } else {
        try self.tryExcept(block)
      }
    } cleanup: { [unowned self] () throws(Diagnostic) in
      try self.statements(block.finally)
    }
  }

  /// Runs `body`, then `cleanup` however `body` ends. The cleanup is compiled once for each way out.
  private func protected(
    _ body: () throws(Diagnostic) -> Void, cleanup: @escaping () throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let before = assigned
    let exception = temporary()
    let context = CleanupContext(start: here, run: cleanup)
    surroundings.append(.cleanup(context))
    try body()
    surroundings.removeLast()
    context.ranges.append((context.start, here))
    // Falling through.
    try scratch { () throws(Diagnostic) in try cleanup() }
    let after = assigned
    let toEnd = emitJump(.jump)
    // Raising.
    let target = here
    assigned = before
    emit(.enterHandler, a: exception)
    surroundings.append(.handler)
    try scratch { () throws(Diagnostic) in try cleanup() }
    surroundings.removeLast()
    emit(.raise, a: exception, k: 3)
    for range in context.ranges {
      addHandler(range.start, range.end, target: target, register: exception)
    }
    assigned = after
    patch(toEnd)
  }

  private func tryExcept(_ block: TryBlock) throws(Diagnostic) {
    let before = assigned
    let exception = temporary()
    let start = here
    // Ways out of the body run no cleanup here, so the range needs no holes of its own; but a
    // cleanup further out that runs inside must not be caught by these handlers.
    let context = CleanupContext(start: start) {}
    surroundings.append(.cleanup(context))
    try statements(block.body)
    surroundings.removeLast()
    context.ranges.append((context.start, here))
    try statements(block.otherwise)
    var exits = [emitJump(.jump)]
    var merged = assigned
    assigned = before
    let target = here
    emit(.enterHandler, a: exception)
    surroundings.append(.handler)
    for handler in block.handlers {
      try at(handler.span) { () throws(Diagnostic) in
        assigned = before
        var skip: Int?
        if let type = handler.type {
          try scratch { () throws(Diagnostic) in
            let matches = temporary()
            let wanted = try expression(type)
            try at(type.span) { emit(.matchException, a: matches, b: exception, c: wanted) }
            skip = emitJump(.branchIfFalse, a: matches)
          }
        }
        if let name = handler.name { try storeName(name.text, from: exception) }
        try statements(handler.body)
        if let name = handler.name {
          // The name ends with its handler; it may be unbound already.
          let nothing = temporary()
          emit(.loadNone, a: nothing)
          try storeName(name.text, from: nothing)
          try deleteName(name.text)
        }
        emit(.leaveHandler)
        emit(.unbind, a: exception)
        merged = merged.intersection(assigned)
        exits.append(emitJump(.jump))
        if let skip { patch(skip) }
      }
    }
    surroundings.removeLast()
    emit(.raise, a: exception, k: 3)
    for range in context.ranges {
      addHandler(
        range.start, range.end, target: target, register: exception, catches: true)
    }
    assigned = merged
    patch(exits)
  }

  private func with(_ items: ArraySlice<WithItem>, _ body: [Statement]) throws(Diagnostic) {
    guard let item = items.first else {
      try statements(body)
      return
    }
    let base = temporaries(2)  // the entered value, then the exit function
    try scratch { () throws(Diagnostic) in
      let context = try expression(item.context)
      try at(item.context.span) { emit(.enterWith, a: base, b: context) }
    }
    let before = assigned
    let exception = temporary()
    let place = item.context.span
    let context = CleanupContext(start: here) { [unowned self] () throws(Diagnostic) in
      try self.at(place) { self.emit(.exitWith, a: base + 1, k: 0) }
    }
    surroundings.append(.cleanup(context))
    if let target = item.target {
      try at(target.span) { () throws(Diagnostic) in try assign(target, from: base) }
    }
    emit(.unbind, a: base)
    try with(items.dropFirst(), body)
    surroundings.removeLast()
    context.ranges.append((context.start, here))
    try at(place) { emit(.exitWith, a: base + 1, k: 0) }
    let toEnd = emitJump(.jump)
    let target = here
    emit(.enterHandler, a: exception)
    surroundings.append(.handler)
    try scratch { () throws(Diagnostic) in
      let swallowed = temporary()
      try at(place) { emit(.exitWith, a: base + 1, b: exception, c: swallowed, k: 1) }
      let swallow = emitJump(.branchIfTrue, a: swallowed)
      emit(.raise, a: exception, k: 3)
      patch(swallow)
    }
    surroundings.removeLast()
    emit(.leaveHandler)
    emit(.unbind, a: exception)
    for range in context.ranges {
      addHandler(range.start, range.end, target: target, register: exception)
    }
    // The context may swallow an exception at any point of the body.
    assigned = before
    patch(toEnd)
    emit(.unbind, a: base + 1)
  }
}
