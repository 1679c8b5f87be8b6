extension Machine {
  /// Makes the frame of a generator the top one.
  func pushGenerator(
    _ generator: GeneratorObject, result: Registers, mode: Frame.Mode, sent: Value = .none
  ) throws(Raise) {
    let header = generator.header
    if frameCount + nativeDepth >= depthLimit { throw tooDeep() }
    let base = top
    if base + header.pointee.registerCount >= stackEnd { throw tooDeep() }
    generator.load(onto: base)
    if generator.state == .suspended { base[generator.sentRegister] = sent }
    generator.state = .running
    (frames + frameCount).initialize(
      to: Frame(
        function: .passUnretained(generator.function), header: header,
        base: base, pc: generator.pc,
        result: result, handledBase: handled.count, savedTop: top, mode: mode,
        generator: .passRetained(generator)))
    frameCount += 1
    if !generator.handled.isEmpty {
      handled.append(contentsOf: generator.handled)
      generator.handled = []
    }
    top = base + header.pointee.registerCount
  }

  /// Puts the running generator to sleep; its frame is popped next.
  func suspend(
    _ generator: GeneratorObject, at pc: UnsafeMutablePointer<Instruction>, sent register: Int,
    _ frame: UnsafeMutablePointer<Frame>
  ) {
    generator.pc = pc
    generator.sentRegister = register
    generator.state = .suspended
    if handled.count > frame.pointee.handledBase {
      generator.handled = Array(handled[frame.pointee.handledBase...])
    }
    generator.store(from: frame.pointee.base)
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
    do {
      return try run()
    } catch {
      // PEP 479: a StopIteration that leaves a generator would end the loop around it silently.
      if case .object(let exception) = error.content,
        exception.type.isSubclass(of: types.exception(.stopIteration))
      {
        let replacement = makeException(
          .runtimeError, [.string("generator raised StopIteration")])
        replacement.cause = exception
        replacement.context = exception
        replacement.traceback = exception.traceback
        throw Raise(replacement)
      }
      throw error
    }
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
    guard case .object(let object) = register.pointee else { return }
    register.pointee = .undefined
    var generator = unsafeDowncast(object, to: GeneratorObject.self)
    guard generator.state == .suspended, !generator.function.code.handlers.isEmpty else { return }
    _ = consume object
    guard isKnownUniquelyReferenced(&generator) else { return }
    // Nobody is there to catch what goes wrong.
    try? close(generator)
  }

  /// One step of `yield from`: the inner iterator's next value, or its result when it has ended.
  func delegate(_ inner: Value, sent: Value) throws(Raise) -> (value: Value, ended: Bool) {
    if case .object(let object) = inner, object.kind == .generator {
      let generator = unsafeDowncast(object, to: GeneratorObject.self)
      let value = try resume(generator, sending: generator.state == .created ? .none : sent)
      if value.isUndefined { return (generator.returned, true) }
      return (value, false)
    }
    if !sent.isNone { return (try call(attribute(inner, "send"), [sent]), false) }
    let value = try next(inner)
    return value.isUndefined ? (.none, true) : (value, false)
  }

  /// An exception raised at a `yield from`: what the inner iterator answers to it, its result when it
  /// ends; throws the exception itself where the inner iterator cannot take it.
  func delegateThrow(_ error: Raise, to inner: Value) throws(Raise) -> (value: Value, ended: Bool) {
    let isExit = isException(error, .generatorExit)
    if case .object(let object) = inner, object.kind == .generator {
      let generator = unsafeDowncast(object, to: GeneratorObject.self)
      if isExit {
        try close(generator)
        throw error
      }
      let value = try throwInto(generator, error)
      return value.isUndefined ? (generator.returned, true) : (value, false)
    }
    if isExit {
      if let method = try findAttribute(inner, Name("close")) { _ = try call(method) }
      throw error
    }
    guard let method = try findAttribute(inner, Name("throw")) else { throw error }
    return (try call(method, [.object(materialize(error))]), false)
  }

  /// Counts a call from Swift into the language.
  @inline(__always) func enterNative() throws(Raise) {
    if frameCount + nativeDepth >= depthLimit { throw tooDeep() }
    nativeDepth += 1
  }
}
