import BigInt
import Syntax

extension Compiler {
  /// Compiles an expression; gives the register that holds its value: `wanted` when given, a
  /// local's own register, or a new temporary.
  func expression(_ item: Expression, into wanted: Int? = nil) throws(Diagnostic) -> Int {
    try at(item.span) { () throws(Diagnostic) -> Int in
      switch item.kind {
      case .constant(let value):
        let target = wanted ?? temporary()
        load(self.value(of: value), into: target)
        return target
      case .name(let name): return try loadName(name, into: wanted)
      case .formatted(let parts): return try formatted(parts, into: wanted)
      case .list(let items): return try display(items, .buildList, .listExtend, into: wanted)
      case .tuple(let items): return try display(items, .buildTuple, .listExtend, into: wanted)
      case .set(let items): return try display(items, .buildSet, .setUpdate, into: wanted)
      case .dict(let items): return try dictionary(items, into: wanted)
      case .starred:
        throw Diagnostic(.syntax, "can't use starred expression here", at: item.span)
      case .unary(let op, let value): return try unary(op, value, into: wanted)
      case .binary(let op, let left, let right): return try binary(op, left, right, into: wanted)
      case .boolean, .compare, .conditional: return try branching(item, into: wanted)
      case .lambda(let parameters, let body):
        return try function(
          name: "<lambda>", parameters: parameters, body: .expression(body), doc: nil, into: wanted)
      case .call(let function, let arguments):
        return try call(function, arguments, into: wanted)
      case .attribute(let value, let name):
        let target = wanted ?? temporary()
        try scratch { () throws(Diagnostic) in
          let object = try expression(value)
          emit(.getAttribute, a: target, b: object, c: site(name.text))
        }
        return target
      case .subscripted(let value, let index):
        let target = wanted ?? temporary()
        try scratch { () throws(Diagnostic) in
          let object = try expression(value)
          let key = try expression(index)
          emit(.getItem, a: target, b: object, c: key)
        }
        return target
      case .slice(let lower, let upper, let step):
        let target = wanted ?? temporary()
        try scratch { () throws(Diagnostic) in
          let base = temporaries(3)
          for (offset, part) in [lower, upper, step].enumerated() {
            if let part {
              _ = try expression(part, into: base + offset)
            } else {
              emit(.loadNone, a: base + offset)
            }
          }
          emit(.buildSlice, a: target, b: base)
        }
        return target
      case .comprehension(let comprehension):
        return try self.comprehension(comprehension, into: wanted)
      case .walrus(let name, let value):
        let register = try expression(value, into: wanted ?? temporary())
        try storeName(name.text, from: register)
        return register
      case .yield(let value):
        let target = wanted ?? temporary()
        try scratch { () throws(Diagnostic) in
          let register: Int
          if let value {
            register = try expression(value)
          } else {
            register = temporary()
            emit(.loadNone, a: register)
          }
          emit(.yieldValue, a: target, b: register)
        }
        return target
      case .yieldFrom(let value):
        let target = wanted ?? temporary()
        try scratch { () throws(Diagnostic) in
          let iterator = temporary()
          let source = try expression(value)
          emit(.getIterator, a: iterator, b: source)
          emit(.loadNone, a: target)
          emit(.yieldFrom, a: target, b: iterator)
        }
        return target
      }
    }
  }

  func value(of constant: Constant) -> Value {
    switch constant {
    case .none: .none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .bigInt(let digits, let radix):
      .integer(BigInt(digits, radix: radix) ?? 0)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    case .bytes(let bytes): .object(BytesObject(bytes))
    case .ellipsis: .ellipsis
    }
  }

  // MARK: - Operators

  private func unary(
    _ op: UnaryOperator, _ value: Expression, into wanted: Int?
  ) throws(Diagnostic) -> Int {
    if op == .negate, case .constant(let constant) = value.kind {
      // A negative literal is one constant.
      switch constant {
      case .int(let number) where number != 0:
        let target = wanted ?? temporary()
        load(.int(-number), into: target)
        return target
      case .float(let number):
        let target = wanted ?? temporary()
        load(.float(-number), into: target)
        return target
      case .bigInt(let digits, let radix):
        let target = wanted ?? temporary()
        load(.integer(-(BigInt(digits, radix: radix) ?? 0)), into: target)
        return target
      default: break
      }
    }
    let target = wanted ?? temporary()
    try scratch { () throws(Diagnostic) in
      let register = try expression(value)
      switch op {
      case .negate: emit(.negate, a: target, b: register)
      case .plus: emit(.plus, a: target, b: register)
      case .invert: emit(.invert, a: target, b: register)
      case .not: emit(.not, a: target, b: register)
      }
    }
    return target
  }

  static func opcode(_ op: BinaryOperator) -> Opcode {
    switch op {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    case .power: .power
    case .matrixMultiply: .matrixMultiply
    case .and: .bitAnd
    case .or: .bitOr
    case .xor: .bitXor
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    }
  }

  private func binary(
    _ op: BinaryOperator, _ left: Expression, _ right: Expression, into wanted: Int?
  ) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    try scratch { () throws(Diagnostic) in
      let a = try operand(left, before: right)
      if op == .add || op == .subtract, case .constant(.int(let number)) = right.kind,
        abs(number) < 1 << 15
      {
        emit(.addInt, a: target, b: a, c: op == .add ? number : -number, k: op == .add ? 0 : 1)
        return
      }
      let b = try expression(right)
      emit(Compiler.opcode(op), a: target, b: a, c: b)
    }
    return target
  }

  /// A first operand. A local's register can serve unless evaluating the second one may rebind it,
  /// which only a walrus can do: `loadName` copies those.
  func operand(_ item: Expression, before next: Expression) throws(Diagnostic) -> Int {
    try expression(item)
  }

  static func comparison(_ op: ComparisonOperator) -> Int? {
    switch op {
    case .equal: 0
    case .notEqual: 1
    case .less: 2
    case .lessEqual: 3
    case .greater: 4
    case .greaterEqual: 5
    default: nil
    }
  }

  /// One comparison of two registers into a third.
  func emitComparison(_ op: ComparisonOperator, _ target: Int, _ a: Int, _ b: Int) {
    switch op {
    case .is: emit(.isSame, a: target, b: a, c: b)
    case .isNot: emit(.isSame, a: target, b: a, c: b, k: 1)
    case .in: emit(.contains, a: target, b: a, c: b)
    case .notIn: emit(.contains, a: target, b: a, c: b, k: 1)
    default: emit(.compare, a: target, b: a, c: b, k: Compiler.comparison(op) ?? 0)
    }
  }

  // MARK: - Branching expressions

  private func branching(_ item: Expression, into wanted: Int?) throws(Diagnostic) -> Int {
    // A local must not show a value that the rest of the expression may still replace.
    if let wanted, localRegisters.contains(wanted) {
      return try scratch { () throws(Diagnostic) -> Int in
        let register = try branching(item, into: temporary())
        emit(.move, a: wanted, b: register)
        return wanted
      }
    }
    let target = wanted ?? temporary()
    switch item.kind {
    case .boolean(let op, let items):
      var exits: [Int] = []
      let before = assigned
      for (index, operand) in items.enumerated() {
        _ = try expression(operand, into: target)
        if index < items.count - 1 {
          exits.append(emitJump(op == .and ? .branchIfFalse : .branchIfTrue, a: target))
        }
      }
      assigned = before
      patch(exits)
    case .compare(let first, let rest):
      try scratch { () throws(Diagnostic) in
        var left = try expression(first)
        var exits: [Int] = []
        for (index, comparison) in rest.enumerated() {
          let right = try expression(comparison.right)
          emitComparison(comparison.op, target, left, right)
          if index < rest.count - 1 { exits.append(emitJump(.branchIfFalse, a: target)) }
          left = right
        }
        patch(exits)
      }
    case .conditional(let test, let then, let otherwise):
      let toOtherwise = try branch(test, unless: true)
      let before = assigned
      _ = try expression(then, into: target)
      let toEnd = emitJump(.jump)
      patch(toOtherwise)
      assigned = before
      _ = try expression(otherwise, into: target)
      assigned = before
      patch(toEnd)
    default: break
    }
    return target
  }

  /// Compiles a condition; gives the jumps that are taken when its truth is not `truth`... that is,
  /// with `unless: true` the jumps taken when the condition is false.
  func branch(_ item: Expression, unless truth: Bool) throws(Diagnostic) -> [Int] {
    try at(item.span) { () throws(Diagnostic) -> [Int] in
      switch item.kind {
      case .unary(.not, let value): return try branch(value, unless: !truth)
      case .boolean(let op, let items):
        // Jumping out when false: every false operand of `and` jumps; of `or` only the last.
        if (op == .and) == truth {
          var jumps: [Int] = []
          let first = items.first
          for operand in items {
            jumps += try branch(operand, unless: truth)
            _ = first
          }
          return jumps
        }
        var skips: [Int] = []
        var jumps: [Int] = []
        let before = assigned
        for (index, operand) in items.enumerated() {
          if index == items.count - 1 {
            jumps = try branch(operand, unless: truth)
          } else {
            skips += try branch(operand, unless: !truth)
          }
        }
        assigned = before
        patch(skips)
        return jumps
      case .compare(let left, let rest) where rest.count == 1:
        guard let op = Compiler.comparison(rest[0].op) else { break }
        return try scratch { () throws(Diagnostic) -> [Int] in
          let a = try expression(left)
          // c = 0: jump when the comparison fails; 1: when it holds.
          let sense = truth ? 0 : 1
          if case .constant(.int(let number)) = rest[0].right.kind, abs(number) < 1 << 15 {
            emit(.branchCompareInt, a: a, b: number, c: sense, k: op)
          } else {
            let b = try expression(rest[0].right)
            emit(.branchCompare, a: a, b: b, c: sense, k: op)
          }
          return [emitJump(.jump)]
        }
      case .constant(.bool(let flag)):
        return flag == truth ? [] : [emitJump(.jump)]
      default: break
      }
      return try scratch { () throws(Diagnostic) -> [Int] in
        let register = try expression(item)
        return [emitJump(truth ? .branchIfFalse : .branchIfTrue, a: register)]
      }
    }
  }

  // MARK: - Displays

  /// A list, tuple or set display, with or without stars.
  private func display(
    _ items: [Expression], _ build: Opcode, _ extend: Opcode, into wanted: Int?
  ) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    if build == .buildSet, items.count > 2, items.allSatisfy(isConstant) {
      return try constantSet(items, into: target)
    }
    let hasStar = items.contains { if case .starred = $0.kind { true } else { false } }
    if !hasStar, items.count <= 64 {
      if build == .buildTuple, let constant = constantTuple(items) {
        load(constant, into: target)
        return target
      }
      try scratch { () throws(Diagnostic) in
        let base = temporaries(items.count)
        for (offset, item) in items.enumerated() { _ = try expression(item, into: base + offset) }
        emit(build, a: target, b: base, c: items.count)
      }
      return target
    }
    // Long or with stars: grown item by item, so that a display may be longer than a frame.
    try scratch { () throws(Diagnostic) in
      let grown = temporary()
      let isSet = build == .buildSet
      emit(isSet ? .buildSet : .buildList, a: grown, b: 0, c: 0)
      for item in items {
        try scratch { () throws(Diagnostic) in
          if case .starred(let inner) = item.kind {
            let register = try expression(inner)
            try at(inner.span) { emit(extend, a: grown, b: register) }
          } else {
            let register = try expression(item)
            emit(isSet ? .setAdd : .listAppend, a: grown, b: register)
          }
        }
      }
      emit(build == .buildTuple ? .listToTuple : .move, a: target, b: grown)
      if build != .buildTuple { emit(.unbind, a: grown) }
    }
    return target
  }

  /// A set of constants. CPython fills a frozen set with them when it compiles, another one from
  /// that when it looks for equal constants, and the display takes over the items of the second:
  /// the table, and with it the order, is that of a merge.
  private func constantSet(_ items: [Expression], into target: Int) throws(Diagnostic) -> Int {
    try scratch { () throws(Diagnostic) in
      let frozen = temporary()
      let register = temporary()
      emit(.buildSet, a: frozen, b: 0, c: 0)
      for item in items {
        _ = try expression(item, into: register)
        emit(.setAdd, a: frozen, b: register)
      }
      emit(.buildSet, a: register, b: 0, c: 0)
      emit(.setUpdate, a: register, b: frozen, k: 1)
      emit(.buildSet, a: target, b: 0, c: 0)
      emit(.setUpdate, a: target, b: register)
      emit(.unbind, a: frozen)
      emit(.unbind, a: register)
    }
    return target
  }

  /// What CPython knows the value of when it compiles.
  private func isConstant(_ item: Expression) -> Bool {
    switch item.kind {
    case .constant: true
    case .unary(let op, let inner): op != .not && isConstant(inner)
    case .binary(_, let left, let right): isConstant(left) && isConstant(right)
    case .tuple(let items): items.allSatisfy(isConstant)
    default: false
    }
  }

  private func constantTuple(_ items: [Expression]) -> Value? {
    var values: [Value] = []
    for item in items {
      guard case .constant(let constant) = item.kind else { return nil }
      values.append(value(of: constant))
    }
    return .tuple(values)
  }

  private func dictionary(_ items: [DictItem], into wanted: Int?) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    let plain = items.allSatisfy { $0.key != nil }
    try scratch { () throws(Diagnostic) in
      if plain, items.count <= 32 {
        let base = temporaries(items.count * 2)
        for (offset, item) in items.enumerated() {
          if let key = item.key { _ = try expression(key, into: base + 2 * offset) }
          _ = try expression(item.value, into: base + 2 * offset + 1)
        }
        emit(.buildDict, a: target, b: base, c: items.count)
        return
      }
      let grown = temporary()
      emit(.buildDict, a: grown, b: 0, c: 0)
      for item in items {
        try scratch { () throws(Diagnostic) in
          if let key = item.key {
            let keyRegister = try expression(key)
            let valueRegister = try expression(item.value)
            emit(.dictSet, a: grown, b: keyRegister, c: valueRegister)
          } else {
            let register = try expression(item.value)
            try at(item.value.span) { emit(.dictMerge, a: grown, b: register) }
          }
        }
      }
      emit(.move, a: target, b: grown)
      emit(.unbind, a: grown)
    }
    return target
  }

  // MARK: - f-strings

  private func formatted(_ parts: [FormatPart], into wanted: Int?) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    try scratch { () throws(Diagnostic) in
      var pieces = 0
      let base = nextRegister
      for part in parts {
        switch part {
        case .literal(let text):
          load(.string(text), into: temporary())
          pieces += 1
        case .field(let field):
          if let text = field.debugText {
            load(.string(text), into: temporary())
            pieces += 1
          }
          let register = temporary()
          try scratch { () throws(Diagnostic) in
            let value = try expression(field.value)
            var conversion = field.conversion
            if field.debugText != nil, conversion == .none, field.spec == nil { conversion = .repr }
            var spec = 0
            if let parts = field.spec { spec = try formatted(parts, into: temporary()) }
            let code =
              switch conversion {
              case .none: 0
              case .str: 1
              case .repr: 2
              case .ascii: 3
              }
            try at(field.value.span) {
              emit(.format, a: register, b: value, c: spec, k: code + (field.spec != nil ? 8 : 0))
            }
          }
          pieces += 1
        }
      }
      emit(.buildString, a: target, b: base, c: pieces)
    }
    return target
  }

  // MARK: - Calls

  private func call(
    _ function: Expression, _ arguments: [Argument], into wanted: Int?
  ) throws(Diagnostic) -> Int {
    let target = wanted ?? temporary()
    let place = span
    try scratch { () throws(Diagnostic) in
      let base = temporaries(2)
      if case .attribute(let object, let name) = function.kind {
        try at(function.span) { () throws(Diagnostic) in
          try scratch { () throws(Diagnostic) in
            let register = try expression(object)
            emit(.loadMethod, a: base, b: register, c: site(name.text))
          }
        }
      } else if case .name("super") = function.kind, arguments.isEmpty,
        case .global = self.place(of: "super"), let first = firstParameter
      {
        // `super()` means `super(__class__, self)`.
        _ = try loadName("super", into: base)
        emit(.unbind, a: base + 1)
        let row = temporaries(2)
        _ = try loadName("__class__", into: row)
        _ = try loadName(first, into: row + 1)
        emit(.call, a: base, b: 2, c: target)
        return
      } else {
        _ = try expression(function, into: base)
        emit(.unbind, a: base + 1)
      }
      let spreads = arguments.contains { argument in
        switch argument.kind {
        case .star, .doubleStar: true
        default: false
        }
      }
      if spreads || arguments.count > 200 {
        try spreadCall(arguments, base: base, target: target, place: place)
        return
      }
      var keywords: [Value] = []
      // Positional arguments stand first in the frame even where the source mixes them.
      for argument in arguments where argument.kind.isPositional {
        _ = try expression(argument.value, into: temporary())
      }
      for argument in arguments {
        if case .keyword(let name) = argument.kind {
          _ = try expression(argument.value, into: temporary())
          keywords.append(.string(name.text))
        }
      }
      try at(place) {
        if keywords.isEmpty {
          emit(.call, a: base, b: arguments.count, c: target)
        } else {
          emit(.callKeywords, a: base, b: arguments.count, c: target)
          draft.constants.append(.tuple(keywords))
          emit(Instruction(.jump, wide: draft.constants.count - 1))
        }
      }
    }
    return target
  }

  private func spreadCall(
    _ arguments: [Argument], base: Int, target: Int, place: Span
  ) throws(Diagnostic) {
    let row = temporaries(2)
    // Positional arguments and stars in their order, then keywords and double stars in theirs.
    let places = arguments.filter(\.kind.isPlace)
    let others = arguments.filter { !$0.kind.isPlace }
    // One star, one double star: what they give is passed as it is.
    var isOnlyStar = false
    if places.count == 1, case .star = places[0].kind { isOnlyStar = true }
    var isOnlyDoubleStar = false
    if others.count == 1, case .doubleStar = others[0].kind { isOnlyDoubleStar = true }
    if isOnlyStar || places.isEmpty {
      emit(.loadNone, a: row)
    } else {
      emit(.buildList, a: row, b: 0, c: 0)
    }
    if isOnlyDoubleStar || others.isEmpty {
      emit(.loadNone, a: row + 1)
    } else {
      emit(.buildDict, a: row + 1, b: 0, c: 0)
    }
    for argument in places + others {
      try scratch { () throws(Diagnostic) in
        let register = try expression(argument.value)
        try at(argument.value.span) { () throws(Diagnostic) in
          switch argument.kind {
          case .positional: emit(.listAppend, a: row, b: register)
          case .star: emit(.listExtend, a: row, b: register, k: isOnlyStar ? 2 : 1)
          case .doubleStar: emit(.dictMerge, a: row + 1, b: register, c: base, k: isOnlyDoubleStar ? 2 : 1)
          case .keyword(let name):
            let key = temporary()
            load(.string(name.text), into: key)
            emit(.dictSet, a: row + 1, b: key, c: register, k: 1)
          }
        }
      }
    }
    try at(place) { emit(.callSpread, a: base, c: target) }
  }

  /// The name of the first parameter of the function around; what `super()` passes.
  private var firstParameter: String? {
    guard scope.kind == .function, case .free = blocks[blocks.count - 1].place(of: "__class__")
    else { return nil }
    return draft.parameters.texts.first
  }
}

extension Argument.Kind {
  var isPositional: Bool { if case .positional = self { true } else { false } }

  /// Whether the argument fills places: a positional one, or `*`.
  var isPlace: Bool {
    switch self {
    case .positional, .star: true
    case .keyword, .doubleStar: false
    }
  }
}
