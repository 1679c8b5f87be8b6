import Syntax

/// `try` and `with`.
extension Compiler {
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

  func tryBlock(_ block: TryBlock) throws(Diagnostic) {
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

  func with(_ items: ArraySlice<WithItem>, _ body: [Statement]) throws(Diagnostic) {
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
