// Generators that nothing holds any more and that sleep where they would clean up.
//
// CPython closes such a generator when its last reference goes: its `finally` and `with` blocks run.
// Here the last reference goes in a `deinit`, at any place of the machine, where no code of the
// program may run. So the frame of the dying generator moves into a heir, which waits with the
// collector until the loop comes to a place where a call may begin: a backward jump, a call, or the
// `print` that would show the difference. Nothing is looked at for it: the bit stands beside the one of
// interrupts, which those places load anyway.

extension GeneratorObject {
  /// Called when the last reference has gone: a generator with something left to do bequeaths its frame.
  @inline(never) func bequeath() {
    guard !header._code.handlers.isEmpty, trackingSlot != 0,
      let table = TrackingTables.current, table.pointee.id == trackingTable,
      let owner = table.pointee.owner
    else { return }
    owner._withUnsafeGuaranteedRef { collector in
      if collector.takesOrphans { collector.adopt(GeneratorObject(heirOf: self)) }
    }
  }
}

extension UnsafeMutablePointer where Pointee == CodeHeader {
  fileprivate var _code: Code { pointee.code.takeUnretainedValue() }
}

extension Machine {
  /// Safe points of the loop: what lies on the stack above `top` is nobody's.
  @inline(never) func attend() throws(Raise) {
    try attendInNative()
    if interrupt.takeOrphans() { try closeOrphans() }
  }

  /// Closes the generators that nothing holds, and those that these leave behind.
  func closeOrphans() throws(Raise) {
    for generator in collector.takeOrphans() {
      do throws(Raise) {
        try close(generator)
      } catch {
        if isException(error, .keyboardInterrupt) || isStopping { throw error }
        reportIgnored(error, in: generator)
      }
      // One that goes on in spite of that is not asked again.
      if generator.state == .suspended { generator.state = .finished }
    }
  }

  /// Nobody is there to catch what goes wrong.
  private func reportIgnored(_ error: Raise, in generator: GeneratorObject) {
    let exception = materialize(error)
    let lines = ErrorReport(self).lines(exception, hints: false).joined(separator: "\n")
    host?.write(
      "Exception ignored in: <generator object \(generator.code.qualifiedName)>\n\(lines)\n",
      toError: true)
  }

  /// The program has ended: its names go, and generators that they held clean up.
  public func finish() {
    try? collector.whileTracking { () throws(Raise) in
      globals.clear()
      for _ in 0..<8 where interrupt.takeOrphans() { try closeOrphans() }
    }
  }
}
