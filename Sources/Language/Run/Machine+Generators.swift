extension Machine {
  /// Makes the frame of a generator the top one.
  @inline(__always)
  func pushGenerator(
    _ generator: GeneratorObject, result: Registers, mode: Frame.Mode, sent: Value = .none
  ) throws(Raise) {
    if generator.state == .suspended, !sent.isNone { generator.send(sent) }
    try pushGenerator(.passUnretained(generator), result: result, mode: mode)
  }

  /// The same where nothing is sent. The frame keeps the generator alive.
  @inline(__always)
  func pushGenerator(
    _ generator: Unmanaged<GeneratorObject>, result: Registers, mode: Frame.Mode
  ) throws(Raise) {
    if frameCount + nativeDepth >= depthLimit { throw tooDeep() }
    let base = top
    let header = generator._withUnsafeGuaranteedRef { $0.header }
    let end = base + header.pointee.registerCount
    if end >= stackEnd { throw tooDeep() }
    Counting.retain(UnsafeRawPointer(generator.toOpaque()))
    generator._withUnsafeGuaranteedRef { generator in
      generator.load(onto: base)
      generator.state = .running
      (frames + frameCount).initialize(
        to: Frame(
          function: generator.function, header: header,
          base: base, pc: generator.pc,
          result: result, handledBase: handled.count, savedTop: base, mode: mode,
          generator: .passUnretained(generator)))
      if generator.handlesErrors { takeHandled(from: generator) }
    }
    frameCount += 1
    top = end
  }

  @inline(never) private func takeHandled(from generator: GeneratorObject) {
    handled.append(contentsOf: generator.handled)
    generator.handled = []
  }

  /// Puts the running generator of a frame to sleep; the frame is popped next. `register` gets what
  /// is sent when it goes on.
  @inline(__always)
  func suspend(
    _ frame: UnsafeMutablePointer<Frame>, at pc: UnsafeMutablePointer<Instruction>,
    sent register: Int
  ) {
    frame.pointee.generator?._withUnsafeGuaranteedRef { generator in
      generator.pc = pc
      generator.sentRegister = register
      generator.state = .suspended
      if handled.count > frame.pointee.handledBase {
        generator.handled = handled.items(from: frame.pointee.handledBase)
      }
      // What is sent stands ready; `send` writes over it.
      (frame.pointee.base + register).put(.none)
      generator.store(from: frame.pointee.base)
    }
  }

  /// The next value of a generator; `.undefined` when it has returned.
  func resume(_ generator: GeneratorObject, sending value: Value = .none) throws(Raise) -> Value {
    switch generator.state {
    case .finished: return .undefined
    case .running: throw Raise(.valueError, "generator already executing")
    case .created:
      if !value.isNone {
        throw Raise(.typeError, "can't send non-None value to a just-started generator")
      }
    case .suspended: break
    }
    try enterNative()
    defer { nativeDepth -= 1 }
    try pushGenerator(generator, result: top, mode: .generatorEntry, sent: value)
    return try run()
  }

  /// Raises an exception at the `yield` where a generator sleeps.
  func throwInto(_ generator: GeneratorObject, _ error: Raise) throws(Raise) -> Value {
    switch generator.state {
    case .finished: throw error
    case .running: throw Raise(.valueError, "generator already executing")
    case .created:
      generator.state = .finished
      throw error
    case .suspended: break
    }
    try enterNative()
    defer { nativeDepth -= 1 }
    try pushGenerator(generator, result: top, mode: .generatorEntry)
    pendingThrow = error
    return try run()
  }

  /// `generator.close()`.
  func close(_ generator: GeneratorObject) throws(Raise) {
    if generator.state != .suspended {
      generator.state = .finished
      return
    }
    do throws(Raise) {
      let value = try throwInto(generator, Raise(.generatorExit, arguments: []))
      if !value.isUndefined { throw Raise(.runtimeError, "generator ignored GeneratorExit") }
    } catch {
      let exception = materialize(error)
      if exception.type.isSubclass(of: types.exception(.generatorExit))
        || exception.type.isSubclass(of: types.exception(.stopIteration))
      {
        return
      }
      throw error
    }
  }

  /// Empties a register that holds a generator. One that nothing else holds, asleep where it would
  /// clean up (a loop was left by `break`), runs its `finally` and `with` blocks now.
  @inline(never)
  func releaseGenerator(_ register: Registers) {
    guard register.holds(.generator) else { return }
    // The register's reference moves to the variable: nothing is counted in between.
    let held = Unmanaged<GeneratorObject>.fromOpaque(register.rawObject)
    register.initialize(to: .undefined)
    var generator = held.takeRetainedValue()
    guard generator.state == .suspended,
      !generator.function._withUnsafeGuaranteedRef({ $0.code.handlers.isEmpty }),
      isKnownUniquelyReferenced(&generator)
    else { return }
    // Nobody is there to catch what goes wrong.
    try? close(generator)
  }

  /// One step of `yield from` with an iterator that is no generator: its next value, or its result
  /// when it has ended.
  func delegate(_ inner: Value, sent: Value) throws(Raise) -> (value: Value, ended: Bool) {
    if !sent.isNone { return try answer(attribute(inner, "send"), sent) }
    let value = try next(inner)
    return value.isUndefined ? (.none, true) : (value, false)
  }

  /// An exception raised at a `yield from` whose iterator is no generator: what the iterator answers
  /// to it; throws the exception itself where the iterator cannot take it.
  func delegateThrow(_ error: Raise, to inner: Value) throws(Raise) -> (value: Value, ended: Bool) {
    if isException(error, .generatorExit) {
      if let method = try findAttribute(inner, Name("close")) { _ = try call(method) }
      throw error
    }
    guard let method = try findAttribute(inner, Name("throw")) else { throw error }
    return try answer(method, .object(materialize(error)))
  }

  /// What `send` or `throw` of an iterator gives; a `StopIteration` is its end and carries its result.
  private func answer(
    _ method: Value, _ argument: Value
  ) throws(Raise) -> (value: Value, ended: Bool) {
    do throws(Raise) {
      return (try call(method, [argument]), false)
    } catch {
      guard isException(error, .stopIteration) else { throw error }
      return (materialize(error).arguments.first ?? .none, true)
    }
  }

  /// PEP 479: a `StopIteration` that leaves a generator would end the loop around it silently.
  func leaving(_ exception: ExceptionObject) -> ExceptionObject {
    guard exception.type.isSubclass(of: types.exception(.stopIteration)) else { return exception }
    let replacement = makeException(.runtimeError, [.string("generator raised StopIteration")])
    replacement.cause = exception
    replacement.context = exception
    replacement.traceback = exception.traceback
    return replacement
  }
}
