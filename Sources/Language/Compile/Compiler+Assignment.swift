import Syntax

/// Assignments, `del` among them.
extension Compiler {
  func assignment(_ targets: [Expression], _ value: Expression) throws(Diagnostic) {
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

  func augmented(
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

  func delete(_ target: Expression) throws(Diagnostic) {
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
}
