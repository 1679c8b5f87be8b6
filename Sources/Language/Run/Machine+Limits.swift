// Limits: steps, memory, native stack; and interrupts.
//
// The loop counts one number down (`steps`) at backward jumps and calls; natives that may work for
// long count with `poll`. When a slice of steps is used up, `endSlice` looks at what is expensive to
// look at: the step limit itself and the memory of the process. So a limit costs the loop nothing
// beyond the countdown, and a program that grows by small pieces is stopped as well as one that asks
// for too much at once (`charge`).

extension Machine {
  /// Steps between two looks at the limits.
  static let slice = 1 << 18
  /// What one `poll` of a native counts: it stands for some hundred items.
  static let stepsOfPoll = 256
  /// Bytes that may be charged between two looks at the memory of the process.
  static let chargeOfLook = 64 << 20

  // MARK: - Steps

  /// A cell begins: it has all its steps.
  func beginSteps() {
    isStopping = false
    hasGrace = false
    stepsBehind = stepLimit ?? Int.max
    nextSlice()
    stackFloor = ThreadStack.floor()
  }

  private func nextSlice() {
    let next = min(Machine.slice, stepsBehind)
    stepsBehind -= next
    steps = next
  }

  /// The slice of steps is used up.
  @inline(never) func endSlice() throws(Raise) {
    if stepsBehind <= 0 { throw stepsExhausted() }
    nextSlice()
    try lookAtMemory(wanted: 0) { "the program" }
  }

  /// The error can be caught once, with some steps left for that; then nothing catches it.
  private func stepsExhausted() -> Raise {
    if hasGrace { isStopping = true }
    hasGrace = true
    stepsBehind = 0
    steps = isStopping ? 0 : 1000
    return Raise(
      .runtimeError, "step limit of \(stepLimit ?? 0) reached",
      hint: "the program ran longer than it was allowed to")
  }

  // MARK: - Interrupts

  /// Raises when the user has interrupted or the step limit is reached. Long natives call it.
  @inline(__always) public func poll() throws(Raise) {
    steps &-= Machine.stepsOfPoll
    if steps < 0 { try endSlice() }
    if interrupt.isRaised { try attendInNative() }
  }

  /// The same for one item: natives whose every item may take long.
  @inline(__always) public func pollItem() throws(Raise) {
    steps &-= 1
    if steps < 0 { try endSlice() }
    if interrupt.isRaised { try attendInNative() }
  }

  /// A native has come to an item: looks now and then.
  @inline(__always) func poll(at index: Int) throws(Raise) {
    if index & 1023 == 1023 { try poll() }
  }

  /// Does what other threads asked for, anywhere.
  @inline(never) func attendInNative() throws(Raise) {
    if interrupt.takeCollection() { collector.collectIfEnabled() }
    if interrupt.takeAttention() { host?.atSafePoint(self) }
    if interrupt.isRequested {
      interrupt.clear()
      throw Raise(.keyboardInterrupt, arguments: [])
    }
  }

  /// The same at the end of a round of a loop, whose next instruction is at `pc`.
  @inline(never) func attendInLoop(at pc: UnsafeMutablePointer<Instruction>) throws(Raise) {
    frames[frameCount - 1].pc = pc
    try attendInLoop()
  }

  /// The same where programs may run.
  @inline(never) func attendInLoop() throws(Raise) {
    if interrupt.takeCallbacks() { host?.runCallbacks(self) }
    try attend()
  }

  // MARK: - Memory

  /// Checks a request for memory before it is made.
  /// - Parameter bytes: nil when the size itself overflows.
  public func charge(_ bytes: Int?, _ what: @autoclosure () -> String) throws(Raise) {
    guard let bytes, bytes <= memoryLimit else {
      let size = bytes.map { "\($0 >> 20) MB" } ?? "more bytes than can be counted"
      throw Raise(
        .memoryError,
        "\(what()) would take \(size); the limit is \(memoryLimit >> 20) MB")
    }
    if bytes > 0 { charged &+= bytes }
    if charged > Machine.chargeOfLook { try lookAtMemory(wanted: bytes, what) }
  }

  /// Checks a request for `count` things of `unit` bytes each.
  public func charge(
    _ count: Int, of unit: Int, _ what: @autoclosure () -> String
  ) throws(Raise) {
    let (bytes, overflow) = max(0, count).multipliedReportingOverflow(by: unit)
    try charge(overflow ? nil : bytes, what())
  }

  /// A native has made a text or a list: long ones count, so that a program which keeps them is stopped before
  /// its slice of steps is used up.
  @inline(__always) func noteSize(of value: Value) throws(Raise) {
    guard case .object(let object) = value else { return }
    let size: Int
    switch object.kind {
    case .string: size = unsafeDowncast(object, to: StringObject.self).byteCount
    case .bytes: size = unsafeDowncast(object, to: BytesObject.self).bytes.count
    case .list:
      // About: how large its items are is seen when the process is looked at.
      let list = unsafeDowncast(object, to: ListObject.self)
      if list.count < 32 { return }
      let first = list.storage.holds(.string)
        ? list.storage.borrow(StringObject.self) { $0.byteCount } : 0
      size = list.count * (64 + first)
    default: return
    }
    if size >= 4096 {
      charged &+= size
      if charged > Machine.chargeOfLook { try lookAtMemory(wanted: 0) { "the program" } }
    }
  }

  /// A native's collection has grown to `count` things of `unit` bytes, one by one.
  @inline(__always)
  func grows(_ count: Int, of unit: Int, _ what: @autoclosure () -> String) throws(Raise) {
    if count & 1023 == 1023 { try grew(count, unit, what) }
  }

  @inline(never)
  private func grew(_ count: Int, _ unit: Int, _ what: () -> String) throws(Raise) {
    let charged = charged
    try charge(count, of: unit, what())
    // Only what was added since the last time.
    self.charged = min(self.charged, charged + 1024 * unit)
    try poll()
  }

  /// Checks that the process, with `wanted` bytes more, stays below its ceiling.
  @inline(never)
  private func lookAtMemory(wanted: Int, _ what: () -> String) throws(Raise) {
    charged = 0
    guard let resident = ProcessMemory.resident, resident + max(0, wanted) > memoryCeiling else {
      return
    }
    // Memory that was freed may still count.
    ProcessMemory.giveBack()
    guard let resident = ProcessMemory.resident, resident + max(0, wanted) > memoryCeiling else {
      return
    }
    throw Raise(
      .memoryError,
      "\(what()) needs more memory: the process holds \(resident >> 20) MB; "
        + "the limit is \(memoryCeiling >> 20) MB",
      hint: "del what is no longer needed, or %reset")
  }

  // MARK: - Depth

  /// Counts a call from Swift into the language.
  @inline(__always) func enterNative() throws(Raise) {
    if frameCount + nativeDepth >= depthLimit { throw tooDeep() }
    if nativeDepth == 0, frameCount == 0 { stackFloor = ThreadStack.floor() }
    try checkStack()
    nativeDepth += 1
  }

  /// Raises when the native stack is nearly used up: natives that nest without a call look here.
  @inline(__always) func checkStack() throws(Raise) {
    if ThreadStack.pointer < stackFloor { throw tooDeep() }
  }

  @inline(never) func tooDeep() -> Raise {
    Raise(.recursionError, "maximum recursion depth exceeded")
  }
}
