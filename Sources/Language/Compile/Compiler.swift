import Syntax

// From tree to register bytecode.
//
// Every function has a row of registers: locals first, in the order in which they are bound, then
// temporaries, taken and given back like a stack. An expression is compiled "into" a wanted register
// or, when the caller does not mind, to wherever its value already is: a local is its own register.
//
//     s = s + i * j        locals: s=R0 i=R1 j=R2
//       multiply R3 = R1 * R2
//       add      R0 = R0 + R3
//
// Calls take consecutive registers: function, receiver, arguments. The callee's registers start at
// its first argument, so nothing is copied.
//
// `try` is a table of ranges: no instruction runs on the way in. `finally` bodies are compiled once
// for each way out (falling through, raising, return, break, continue).

/// Compiles one function, class body or cell.
final class Compiler {
  let globals: Globals
  let scope: Scope
  let parent: Compiler?
  var draft: CodeDraft
  /// The registers of local names, by the scope (function or block) that owns them.
  var registers: [[String: Int]]
  /// The scopes of the blocks around the current place, innermost last.
  var blocks: [Scope]
  /// The next free temporary.
  var nextRegister = 0
  /// Locals that certainly have a value here.
  var assigned: Set<Int> = []
  /// Registers that are locals: a value under construction must not be seen in them.
  var localRegisters: Set<Int> = []
  /// What surrounds the current place: loops and try blocks, innermost last.
  var surroundings: [Surrounding] = []
  /// Whether the value of a last expression statement is the result (cells).
  let isInteractive: Bool
  /// Line of code the next instructions belong to.
  var span = Span(0, 0)

  enum Surrounding {
    case loop(LoopContext)
    case cleanup(CleanupContext)
    case handler
  }

  final class LoopContext {
    var breaks: [Int] = []
    var continues: [Int] = []
  }

  /// A `finally` (or a `with`) that every way out has to run.
  final class CleanupContext {
    let run: () throws(Diagnostic) -> Void
    /// Ranges of instructions that are protected; holes are where the cleanup itself runs.
    var ranges: [(start: Int, end: Int)] = []
    var start: Int
    init(start: Int, run: @escaping () throws(Diagnostic) -> Void) {
      self.start = start
      self.run = run
    }
  }

  init(
    name: String, source: Source, scope: Scope, globals: Globals, parent: Compiler?,
    isInteractive: Bool = false
  ) {
    self.globals = globals
    self.scope = scope
    self.parent = parent
    self.isInteractive = isInteractive
    let outer = parent.map { $0.scope.kind == .module ? "" : $0.draft.qualifiedName } ?? ""
    let separator = outer.isEmpty ? "" : parent?.scope.kind == .function ? ".<locals>." : "."
    draft = CodeDraft(name: name, qualifiedName: outer + separator + name, source: source)
    registers = [[:]]
    blocks = [scope]
  }

  /// Compiles a whole cell or file. With `interactive`, the value of the last expression statement
  /// is what running the code gives.
  static func compile(
    _ body: [Statement], source: Source, globals: Globals, interactive: Bool
  ) throws(Diagnostic) -> Code {
    let scope = try ScopeCollector.collect(body)
    let compiler = Compiler(
      name: "<module>", source: source, scope: scope, globals: globals, parent: nil,
      isInteractive: interactive)
    if interactive, let last = body.last, case .expression(let value) = last.kind {
      try compiler.statements(body.dropLast())
      compiler.span = last.span
      if globals.isTraced { compiler.emit(.traceStatement) }
      let register = try compiler.expression(value)
      compiler.emit(.returnValue, a: register)
    } else {
      try compiler.statements(body[...])
      compiler.emit(.returnNone, k: 1)
    }
    return try compiler.finish()
  }

  func finish() throws(Diagnostic) -> Code {
    let limit = Int(UInt16.max)
    if draft.registerCount > limit - 8 || draft.names.count > limit || draft.siteNames.count > limit
      || draft.codes.count > limit || draft.constants.count > limit
    {
      throw Diagnostic(
        .syntax, "\(draft.name) is too large: split it into several functions or cells", at: span)
    }
    return Code(draft)
  }

  // MARK: - Emitting

  var here: Int { draft.instructions.count }

  func emit(_ instruction: Instruction) {
    draft.instructions.append(instruction)
    draft.spans.append(span)
  }

  func emit(_ op: Opcode, a: Int = 0, b: Int = 0, c: Int = 0, k: Int = 0) {
    emit(Instruction(op, a: a, b: b, c: c, k: k))
  }

  /// Emits an instruction whose wide operand is a target not known yet; gives its place.
  func emitJump(_ op: Opcode, a: Int = 0) -> Int {
    emit(Instruction(op, a: a, wide: 0))
    return here - 1
  }

  func patch(_ place: Int) { patch(place, to: here) }

  func patch(_ place: Int, to target: Int) {
    let old = draft.instructions[place]
    draft.instructions[place] = Instruction(old.op, a: Int(old.a), wide: target, k: Int(old.k))
  }

  func patch(_ places: [Int]) { for place in places { patch(place) } }

  /// Runs `body` with the span of the piece of source that it compiles.
  func at<T>(_ place: Span, _ body: () throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    let outer = span
    span = place
    defer { span = outer }
    return try body()
  }

  // MARK: - Registers

  func temporary() -> Int {
    let register = nextRegister
    nextRegister += 1
    draft.registerCount = max(draft.registerCount, nextRegister)
    return register
  }

  /// A row of consecutive temporaries.
  func temporaries(_ count: Int) -> Int {
    let first = nextRegister
    nextRegister += count
    draft.registerCount = max(draft.registerCount, nextRegister)
    return first
  }

  /// Gives back the temporaries that `body` takes.
  func scratch<T>(_ body: () throws(Diagnostic) -> T) throws(Diagnostic) -> T {
    let mark = nextRegister
    defer { nextRegister = mark }
    return try body()
  }

  /// Makes a register for each local of a scope. Called before any temporary of it is taken.
  func declareLocals(_ scope: Scope, names: [String]) {
    var map: [String: Int] = registers[registers.count - 1]
    for name in names where map[name] == nil {
      let register = temporary()
      map[name] = register
      while draft.localNames.count < register { draft.localNames.append("") }
      if draft.localNames.count == register {
        draft.localNames.append(name)
      } else {
        draft.localNames[register] = name
      }
      localRegisters.insert(register)
    }
    registers[registers.count - 1] = map
  }

  // MARK: - Constants and tables

  func constant(_ value: Value) -> Int {
    // Strings are worth sharing; the scan stays short because functions hold few constants.
    if let text = value.asString, draft.constants.count < 64 {
      for (index, other) in draft.constants.enumerated() {
        if let known = other.asString, known.equals(text) { return index }
      }
    }
    draft.constants.append(value)
    return draft.constants.count - 1
  }

  func load(_ value: Value, into register: Int) {
    switch value {
    case .none: emit(.loadNone, a: register)
    case .bool(let flag): emit(.loadBool, a: register, k: flag ? 1 : 0)
    case .int(let number) where Int(Int32(truncatingIfNeeded: number)) == number:
      emit(Instruction(.loadInt, a: register, wide: number))
    default: emit(Instruction(.loadConstant, a: register, wide: constant(value)))
    }
  }

  func name(_ text: String) -> Int {
    let name = Name(text)
    if let known = draft.names.firstIndex(of: name) { return known }
    draft.names.append(name)
    return draft.names.count - 1
  }

  func site(_ text: String) -> Int {
    draft.siteNames.append(Name(text))
    return draft.siteNames.count - 1
  }

  func globalSlot(_ text: String) throws(Diagnostic) -> Int {
    guard let slot = globals.slot(Name(text)) else {
      throw Diagnostic(.syntax, "too many global names in this session: %reset clears them", at: span)
    }
    return slot
  }

  /// The scope of the construct that is being compiled.
  func childScope(_ kind: Scope.Kind) throws(Diagnostic) -> Scope {
    guard let found = blocks[blocks.count - 1].child(kind, at: span) else {
      throw Diagnostic(.syntax, "this construct has no scope (a defect of the compiler)", at: span)
    }
    return found
  }

  // MARK: - Names

  enum Place {
    case register(Int)
    case cell(Int)
    case free(Int)
    case global
    /// A name of a class body's namespace.
    case namespace
  }

  func place(of name: String) -> Place {
    let current = blocks[blocks.count - 1]
    switch current.place(of: name) {
    case .global: return current.kind == .classBody && !current.globals.contains(name) ? .namespace : .global
    case .free: return current.kind == .classBody && current.bound.contains(name) ? .namespace : .free(freeIndex(name))
    case .local(let owner):
      if owner.kind == .classBody { return .namespace }
      for index in blocks.indices.reversed() where blocks[index] === owner {
        if let register = registers[index][name] {
          return owner.cells.contains(name) ? .cell(register) : .register(register)
        }
      }
      return .global
    }
  }

  func freeIndex(_ name: String) -> Int {
    if let known = draft.freeNames.firstIndex(of: name) { return known }
    draft.freeNames.append(name)
    return draft.freeNames.count - 1
  }

  /// Whether a local is read in a comprehension that does not bind it: errors call it free there.
  private func isFreeInBlock(_ name: String) -> Bool {
    blocks.last.map { $0.kind == .block && !$0.bound.contains(name) } ?? false
  }

  /// The value of a name. Gives a local's own register unless `wanted` says otherwise.
  func loadName(_ name: String, into wanted: Int?) throws(Diagnostic) -> Int {
    switch place(of: name) {
    case .register(let register):
      if !assigned.contains(register) || scope.unbindable.contains(name) {
        emit(.checkLocal, a: register, k: isFreeInBlock(name) ? 1 : 0)
        assigned.insert(register)
      }
      if let wanted {
        if wanted != register { emit(.move, a: wanted, b: register) }
        return wanted
      }
      if scope.walrusNames.contains(name) {
        let copy = temporary()
        emit(.move, a: copy, b: register)
        return copy
      }
      return register
    case .cell(let register):
      let target = wanted ?? temporary()
      emit(.getCell, a: target, b: register, k: isFreeInBlock(name) ? 1 : 0)
      return target
    case .free(let index):
      let target = wanted ?? temporary()
      emit(.getFree, a: target, b: index)
      return target
    case .global:
      let target = wanted ?? temporary()
      emit(Instruction(.getGlobal, a: target, wide: try globalSlot(name)))
      return target
    case .namespace:
      let target = wanted ?? temporary()
      // Where the class body does not bind it, a name means what it means around the class.
      if case .free = blocks[blocks.count - 1].place(of: name) {
        emit(.getName, a: target, b: self.name(name), c: freeIndex(name), k: 1)
      } else {
        emit(.getName, a: target, b: self.name(name), c: 0, k: 0)
        emit(Instruction(.jump, wide: try globalSlot(name)))
      }
      return target
    }
  }

  func storeName(_ name: String, from register: Int) throws(Diagnostic) {
    switch place(of: name) {
    case .register(let local):
      if local != register { emit(.move, a: local, b: register) }
      assigned.insert(local)
    case .cell(let cell): emit(.setCell, a: cell, b: register)
    case .free(let index): emit(.setFree, a: index, b: register)
    case .global: emit(Instruction(.setGlobal, a: register, wide: try globalSlot(name)))
    case .namespace: emit(.setName, a: register, b: self.name(name))
    }
  }

  func deleteName(_ name: String) throws(Diagnostic) {
    switch place(of: name) {
    case .register(let local):
      if !assigned.contains(local) || scope.unbindable.contains(name) {
        emit(.checkLocal, a: local)
      }
      emit(.unbind, a: local)
      assigned.remove(local)
    case .cell(let cell): emit(.deleteCell, a: cell)
    case .free(let index): emit(.deleteFree, a: index)
    case .global: emit(Instruction(.deleteGlobal, wide: try globalSlot(name)))
    case .namespace: emit(.deleteName, b: self.name(name))
    }
  }

  /// A register to compute the new value of a name in, when that is the name's own register.
  func ownRegister(_ name: String) -> Int? {
    if case .register(let register) = place(of: name) { return register }
    return nil
  }
}
