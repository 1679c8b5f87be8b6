/// One call under way.
struct Frame {
  enum Mode: UInt8 {
    /// Called by the language: the result goes to `result`, the caller goes on.
    case call
    /// Called from Swift: `run` returns.
    case entry
    /// `__init__` of a new object, which stands in the register before the arguments.
    case construct
    /// The getter of a property: as `call`, but no register keeps the function.
    case getter
    /// The method of an operator: when it refuses, the other side is asked.
    case binary
    /// A generator resumed by a `for` of the frame below.
    case generatorLoop
    /// A generator resumed from Swift.
    case generatorEntry
    /// A generator resumed by the `yield from` of the frame below.
    case generatorDelegate
    /// A generator whose values a native of the frame below takes (`Machine+Folds.swift`).
    case generatorFold
  }

  var function: Unmanaged<FunctionObject>
  var header: UnsafeMutablePointer<CodeHeader>
  var base: Registers
  /// The next instruction.
  var pc: UnsafeMutablePointer<Instruction>
  /// Where the caller wants the result.
  var result: Registers
  /// How many exceptions were being handled when the frame began.
  var handledBase: Int
  /// `top` before the call.
  var savedTop: Registers
  var mode: Mode
  /// What becomes of the values, for `generatorFold`.
  var fold = Fold.none
  var generator: Unmanaged<GeneratorObject>?

  var code: Code { header.pointee.code.takeUnretainedValue() }
}

/// A generator: a frame that waits on the heap. While it runs, its registers stand on the stack like
/// those of any frame.
final class GeneratorObject: Object {
  enum State { case created, suspended, running, finished }
  /// Held; counted by hand.
  let function: Unmanaged<FunctionObject>
  private var owner: FunctionObject { function.takeUnretainedValue() }
  var name: String { owner.name }
  var code: Code { owner.code }
  let header: UnsafeMutablePointer<CodeHeader>
  private let registers: Registers
  private let count: Int
  /// Whether `registers` holds values: false while the generator runs and when it is done.
  @exclusivity(unchecked) private var holdsRegisters = true
  @exclusivity(unchecked) var pc: UnsafeMutablePointer<Instruction>
  @exclusivity(unchecked) var state = State.created
  /// The register that gets what is sent when the generator goes on.
  @exclusivity(unchecked) var sentRegister = 0
  /// What `return` gave.
  @exclusivity(unchecked) var returned: Value = .none
  /// Exceptions that it was handling when it yielded.
  @exclusivity(unchecked) var handled: [ExceptionObject] = [] {
    didSet { handlesErrors = !handled.isEmpty }
  }
  @exclusivity(unchecked) private(set) var handlesErrors = false

  /// Takes the bound arguments out of `arguments`.
  init(_ function: FunctionObject, arguments: Registers) {
    self.function = .passUnretained(function)
    Counting.retain(self.function.toOpaque())
    header = function.header
    count = max(1, header.pointee.registerCount)
    registers = Memory.take(count, of: Value.self)
    registers.initialize(repeating: .undefined, count: count)
    for index in 0..<header.pointee.parameterCount {
      (registers + index).take(arguments + index)
    }
    pc = header.pointee.instructions
    super.init(kind: .generator)
    track()
  }

  /// Takes over the frame of a generator that is about to be freed.
  init(heirOf other: GeneratorObject) {
    function = other.function
    Counting.retain(function.toOpaque())
    header = other.header
    count = other.count
    registers = Memory.take(count, of: Value.self)
    registers.initialize(repeating: .undefined, count: count)
    for index in 0..<count { (registers + index).take(other.registers + index) }
    pc = other.pc
    state = .suspended
    sentRegister = other.sentRegister
    super.init(kind: .generator)
    handled = other.handled
    other.handled = []
    other.state = .finished
    track()
  }

  /// Moves the registers onto the stack.
  @inline(__always) func load(onto base: Registers) {
    for index in 0..<count { (base + index).take(registers + index) }
    holdsRegisters = false
  }

  /// What the `yield` that it sleeps at gives.
  func send(_ value: Value) { (registers + sentRegister).put(value) }

  /// Moves the registers off the stack, leaving it empty.
  @inline(__always) func store(from base: Registers) {
    for index in 0..<count { (registers + index).take(base + index) }
    holdsRegisters = true
  }

  override func surrender(into heap: inout [Value]) {
    if state == .suspended { bequeath() }
    state = .finished
    for index in 0..<count where (registers + index).tag == RawTag.object {
      heap.append(registers[index])
      (registers + index).drop()
    }
    heap.append(returned)
    returned = .none
    for exception in handled { heap.append(.object(exception)) }
    handled = []
  }

  /// While it runs, its registers are the machine's.
  override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(owner)
    if holdsRegisters { visitor.visit(registers, count: count) }
    visitor.visit(returned)
    visitor.visit(&handled)
  }

  deinit {
    if state == .suspended { bequeath() }
    // Also when it ran last: what was moved out is undefined.
    Disposal.release(registers, count: count)
    Memory.give(registers)
    Counting.release(function.toOpaque())
  }
}
