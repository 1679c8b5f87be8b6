import Syntax

// Tracing: what a debugger needs of the machine.
//
// While `isTracing` is on, the compiler puts a `traceLine` in front of each statement, and the loop
// calls the tracer there. Code that was compiled before has none and costs nothing: the loop itself
// looks at no flag.

/// Is told of each statement of code that was compiled while tracing was on.
public protocol Tracer: AnyObject {
  /// A statement is about to run; the frames can be looked at (`Machine.tracedFrames`).
  func reachedStatement(_ machine: Machine) throws(Raise)
  /// An exception leaves a statement; its frame and those around it are still there.
  /// - Parameter isCaught: whether an `except` stands around it, in this frame or further out. Which
  ///   exceptions that one takes is only known when it is reached.
  func raised(_ exception: ExceptionObject, isCaught: Bool, _ machine: Machine) throws(Raise)
}

/// A call under way, as a debugger shows it.
public struct TracedFrame {
  /// The function, `<module>` for a cell.
  public let function: String
  public let source: Source
  /// From 1 on.
  public let line: Int
  public let column: Int
  /// Whether its names are those of the session.
  public let isModule: Bool
  /// Local variables that have a value.
  public let locals: [(name: String, value: Value)]
}

extension Machine {
  /// Whether code that is compiled from here on is traced.
  public var isTracing: Bool {
    get { globals.isTraced }
    set { globals.isTraced = newValue }
  }

  @inline(never) func traceStatement() throws(Raise) {
    try tracer?.reachedStatement(self)
  }

  /// Tells the tracer of an exception.
  /// - Returns: what goes on from here: the exception, or what the wait of the tracer ended with.
  @inline(never) func traceRaise(_ exception: ExceptionObject) -> ExceptionObject {
    guard let tracer else { return exception }
    let isCaught = (0..<frameCount).contains { level in
      let frame = frames + level
      let code = frame.pointee.code
      let index = frame.pointee.pc - code.instructions - 1
      return code.handlers.contains { $0.catches && index >= $0.start && index < $0.end }
    }
    do throws(Raise) {
      try tracer.raised(exception, isCaught: isCaught, self)
      return exception
    } catch {
      return materialize(error)
    }
  }

  /// How many calls are under way.
  public var tracedDepth: Int { frameCount }

  /// Source and line of the innermost call.
  public var tracedPlace: (source: Source, line: Int)? {
    guard frameCount > 0 else { return nil }
    let (code, span) = place(of: frameCount - 1)
    return (code.source, code.source.position(of: Int(span.start)).line)
  }

  /// The calls under way, innermost first.
  /// - Parameter limit: how many at most.
  public func tracedFrames(limit: Int = 200) -> [TracedFrame] {
    (0..<frameCount).reversed().prefix(max(0, limit)).map { index in
      let (code, span) = place(of: index)
      let position = code.source.position(of: Int(span.start))
      let isModule = code.name == "<module>"
      return TracedFrame(
        function: code.name, source: code.source, line: position.line, column: position.column,
        isModule: isModule, locals: isModule ? [] : locals(of: index, code))
    }
  }

  private func place(of index: Int) -> (Code, Span) {
    let frame = frames + index
    let code = frame.pointee.code
    // The program counter stands behind the instruction under way.
    return (code, code.span(at: frame.pointee.pc - code.instructions - 1))
  }

  private func locals(of index: Int, _ code: Code) -> [(name: String, value: Value)] {
    let frame = frames + index
    var result: [(name: String, value: Value)] = []
    for (register, name) in code.localNames.enumerated() where !name.isEmpty {
      add(name, (frame.pointee.base + register).pointee, to: &result)
    }
    let closure = frame.pointee.function.takeUnretainedValue().closure
    for (name, cell) in zip(code.freeNames, closure) { add(name, cell.value, to: &result) }
    return result
  }

  private func add(
    _ name: String, _ value: Value, to result: inout [(name: String, value: Value)]
  ) {
    var value = value
    if case .object(let object) = value, let cell = object as? CellObject { value = cell.value }
    if value.isUndefined || name.hasPrefix(".") { return }
    result.append((name, value))
  }

  /// Evaluates an expression with names of its own in front of those of the session.
  public func evaluate(
    _ source: Source, with locals: [(name: String, value: Value)]
  ) throws(Raise) -> Value {
    let outer = isTracing
    isTracing = false
    let saved = locals.map { ($0.name, self[global: $0.name]) }
    for (name, value) in locals { self[global: name] = value }
    defer {
      for (name, value) in saved { self[global: name] = value }
      isTracing = outer
    }
    return try evaluate(source)
  }
}
