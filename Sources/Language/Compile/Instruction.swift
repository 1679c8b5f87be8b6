/// One instruction: eight bytes. `b` and `c` together are one 32-bit operand where an opcode says
/// `bc`. Instructions that branch on two operands are followed by a `jump` that holds the target.
struct Instruction {
  var op: Opcode
  var k: UInt8
  var a: UInt16
  var b: UInt16
  var c: UInt16

  init(_ op: Opcode, a: Int = 0, b: Int = 0, c: Int = 0, k: Int = 0) {
    self.op = op
    self.k = UInt8(truncatingIfNeeded: k)
    self.a = UInt16(truncatingIfNeeded: a)
    self.b = UInt16(truncatingIfNeeded: b)
    self.c = UInt16(truncatingIfNeeded: c)
  }

  init(_ op: Opcode, a: Int = 0, wide: Int, k: Int = 0) {
    self.init(op, a: a, b: wide & 0xFFFF, c: (wide >> 16) & 0xFFFF, k: k)
  }

  /// The wide operand.
  @inline(__always) var bc: Int {
    Int(Int32(bitPattern: UInt32(b) | UInt32(c) << 16))
  }
}

/// What the machine can do. R[x] is a register of the frame.
enum Opcode: UInt8, CaseIterable {
  // Values
  case move  // R[a] = R[b]
  case take  // R[a] = R[b], which is left undefined
  case loadConstant  // R[a] = constants[bc]
  case loadInt  // R[a] = bc
  case loadNone  // R[a] = None
  case loadBool  // R[a] = k != 0
  case unbind  // R[a] = undefined
  case checkLocal  // raise UnboundLocalError if R[a] is undefined
  // Names
  case getGlobal, setGlobal, deleteGlobal  // R[a] <-> globals[bc]
  case addToGlobal  // globals[b] += R[a] in place; with k the sum begins with R[a-1], which it was
  case makeCell  // R[a] = cell(R[a])
  case getCell, setCell, deleteCell  // R[a] = R[b].cell; R[a].cell = R[b]
  case getFree, setFree, deleteFree  // R[a] = closure[b]; closure[a] = R[b]
  case getName, setName, deleteName  // class body: R[a] = namespace[names[b]] or global c
  case annotate  // namespace.__annotations__[names[b]] = the type or text names[c]
  // Arithmetic: R[a] = R[b] op R[c]; k = 1 for the augmented form
  case add, subtract, multiply, divide, floorDivide, modulo, power, matrixMultiply
  case bitAnd, bitOr, bitXor, shiftLeft, shiftRight
  case addInt  // R[a] = R[b] + Int16(c)
  case negate, plus, invert, not  // R[a] = op R[b]
  // Comparison: k is the operator
  case compare  // R[a] = R[b] k R[c]
  case branchCompare  // if !(R[a] k R[b]) jump to the next word's target (sense in c: 1 = if so)
  case branchCompareInt  // the same with Int16(b) as the right side
  case isSame  // R[a] = R[b] is R[c]; k = 1 for `is not`
  case contains  // R[a] = R[b] in R[c]; k = 1 for `not in`
  // Control
  case jump, loop  // to bc; loop polls for interrupts
  case branchIfFalse, branchIfTrue  // on R[a], to bc
  case getIterator  // R[a] = iter(R[b])
  case forNext  // R[b] = next(R[a]), or jump to the next word's target
  case returnValue, returnNone  // R[a]
  // Attributes: c is an attribute site
  case getAttribute  // R[a] = R[b].name
  case setAttribute  // R[a].name = R[b]
  case deleteAttribute  // del R[a].name
  case loadMethod  // R[a], R[a+1] = R[b].name as function and receiver
  // Calls: R[a] function, R[a+1] receiver or undefined, arguments from R[a+2]; result to R[c]
  case call  // b arguments
  case callKeywords  // b arguments; the next word's bc is the tuple of the keywords' names
  case callSpread  // R[a+2] list or tuple of positional arguments, R[a+3] dict of keywords; None: no such
  case makeFunction  // R[a] = function of codes[bc]; defaults in R[a+1]...
  case makeClass  // R[a] = class of codes[b]; base in R[a+1] where k = 1
  case yieldValue  // R[a] = yield R[b]
  case yieldFrom  // R[a] = yield from iterator R[b], sending R[a]
  // Building
  case buildList, buildTuple, buildSet  // R[a] = from c registers at R[b]
  case buildDict  // R[a] = from c pairs at R[b]
  // R[a] takes R[b]; setUpdate with k = 1 one by one
  case listAppend, setAdd, listExtend, setUpdate, dictMerge
  case dictSet  // R[a][R[b]] = R[c]
  case listToTuple  // R[a] = tuple(R[b])
  case buildString  // R[a] = join of c strings at R[b]
  case format  // R[a] = format(R[b], R[c] spec); k: conversion, +8 with a spec
  case buildSlice  // R[a] = slice(R[b], R[b+1], R[b+2])
  case getItem, setItem, deleteItem  // R[a] = R[b][R[c]]; R[a][R[b]] = R[c]; del R[a][R[b]]
  case unpack  // c values of R[a] to R[b]...
  case unpackStar  // R[b]... = c values, a list, k values
  // Exceptions
  case raise  // k: 0 again, 1 R[a], 2 R[a] from R[b]
  case raiseAssertion  // message R[a] where k = 1
  case enterHandler  // the caught exception becomes the handled one
  case leaveHandler
  case matchException  // R[a] = R[b] is an instance of R[c]
  case enterWith  // R[a] = R[b].__enter__(), R[a+1] = its __exit__
  case exitWith  // k 0: R[a](None, None, None); k 1: R[c] = truth of R[a](type, R[b], None)
  // The rest
  case importModule  // R[a] = module names[b]; k = 1: its first part
  case importName  // R[a] = from R[b] import names[c]
  case statementValue  // R[a] stands alone on a line of a cell
  case traceStatement  // a statement begins; only in code that a debugger looks at
  case command  // notebook command constants[a], argument constants[b]
}
