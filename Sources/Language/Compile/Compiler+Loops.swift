import Syntax

/// Branches, loops and what leaves them.
extension Compiler {
  func conditional(
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

  func whileLoop(
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

  func forLoop(
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
  func leaveLoop(_ note: (LoopContext, Int) -> Void) throws(Diagnostic) {
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

  func returnStatement(_ value: Expression?) throws(Diagnostic) {
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
}
