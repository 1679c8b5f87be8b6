/// One call under way.
struct Frame {
  enum Mode: UInt8 {
    /// Called by the language: the result goes to `result`, the caller goes on.
    case call
    /// Called from Swift: `run` returns.
    case entry
    /// `__init__` of a new object, which stands in the register before the arguments.
    case construct
    /// A generator resumed by a `for` of the frame below.
    case generatorLoop
    /// A generator resumed from Swift.
    case generatorEntry
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
  var generator: Unmanaged<GeneratorObject>?

  var code: Code { header.pointee.code.takeUnretainedValue() }
}

/// A generator: a frame that waits on the heap. While it runs, its registers stand on the stack like
/// those of any frame.
final class GeneratorObject: Object {
  enum State { case created, suspended, running, finished }
  let function: FunctionObject
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
  @exclusivity(unchecked) var handled: [ExceptionObject] = []

  /// Takes the bound arguments out of `arguments`.
  init(_ function: FunctionObject, arguments: Registers) {
    self.function = function
    header = function.header
    count = max(1, header.pointee.registerCount)
    registers = .allocate(capacity: count)
    let parameters = header.pointee.parameterCount
    registers.moveInitialize(from: arguments, count: parameters)
    arguments.initialize(repeating: .undefined, count: parameters)
    (registers + parameters).initialize(repeating: .undefined, count: count - parameters)
    pc = header.pointee.instructions
    super.init(kind: .generator)
    track()
  }

  /// Moves the registers onto the stack.
  func load(onto base: Registers) {
    base.moveInitialize(from: registers, count: header.pointee.registerCount)
    holdsRegisters = false
  }

  /// Moves the registers off the stack, leaving it empty.
  func store(from base: Registers) {
    let size = header.pointee.registerCount
    registers.moveInitialize(from: base, count: size)
    base.initialize(repeating: .undefined, count: size)
    holdsRegisters = true
  }

  override func surrender(into heap: inout [Value]) {
    state = .finished
    guard holdsRegisters else { return }
    for index in 0..<header.pointee.registerCount { heap.append(registers[index]) }
    registers.deinitialize(count: header.pointee.registerCount)
    holdsRegisters = false
    heap.append(returned)
    returned = .none
    for exception in handled { heap.append(.object(exception)) }
    handled = []
  }

  /// While it runs, its registers are the machine's.
  override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(function)
    if holdsRegisters { visitor.visit(registers, count: header.pointee.registerCount) }
    visitor.visit(returned)
    visitor.visit(&handled)
  }

  deinit {
    if holdsRegisters { Disposal.release(registers, count: header.pointee.registerCount) }
    registers.deallocate()
  }
}
