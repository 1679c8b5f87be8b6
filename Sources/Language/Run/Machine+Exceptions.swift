import Syntax

extension Machine {
  // MARK: - Making exceptions

  public func makeException(_ kind: ExceptionKind, _ arguments: [Value]) -> ExceptionObject {
    let exception = ExceptionObject(types.exception(kind))
    exception.arguments = arguments
    return exception
  }

  /// An exception class of a library, made once for a session.
  public func exceptionType(
    _ name: String, module: String, base: ExceptionKind
  ) -> TypeObject {
    let key = "exception \(module).\(name)"
    if let known = extensions[key] as? TypeObject { return known }
    let type = TypeObject(name: name, module: module, base: types.exception(base))
    extensions[key] = type
    return type
  }

  /// The exception object of an error; its context is what is being handled.
  public func materialize(_ error: Raise) -> ExceptionObject {
    let exception: ExceptionObject
    switch error.content {
    case .object(let known): exception = known
    case .builtin(let kind, let arguments):
      exception = makeException(kind, arguments)
      for (name, value) in error.details { exception.setOwn(name, value) }
    }
    if exception.hint == nil { exception.hint = error.hint }
    if exception.suggestion == nil { exception.suggestion = error.suggestion }
    if exception.context == nil, !error.isReraise, let current = handled.last,
      current !== exception
    {
      // No cycles: the chain of the context must not lead back.
      var link: ExceptionObject? = current
      while let item = link, item !== exception { link = item.context }
      if link == nil { exception.context = current }
    }
    return exception
  }

  /// What a `raise` instruction throws.
  func raised(_ i: Instruction, _ a: Registers, _ regs: Registers) -> Raise {
    if i.k == 0 {
      guard let current = handled.last else {
        return Raise(.runtimeError, "No active exception to reraise")
      }
      let raise = Raise(current)
      raise.isReraise = true
      return raise
    }
    if i.k == 3 {
      guard let exception = a.pointee.asException else {
        return Raise(.systemError, "no exception to raise again")
      }
      let raise = Raise(exception)
      raise.isReraise = true
      return raise
    }
    do {
      let exception = try exceptionValue(a.pointee)
      if i.k == 2 {
        let cause = regs[Int(i.b)]
        if cause.isNone {
          exception.cause = nil
        } else if cause.asException != nil || cause.asType != nil {
          exception.cause = try exceptionValue(cause)
        } else {
          return Raise(.typeError, "exception causes must derive from BaseException")
        }
        exception.suppressContext = true
      }
      return Raise(exception)
    } catch {
      return error
    }
  }

  /// An exception from what stands behind `raise`: an instance, or a class that is called.
  private func exceptionValue(_ value: Value) throws(Raise) -> ExceptionObject {
    if let exception = value.asException { return exception }
    if let type = value.asType, type.isSubclass(of: types.exception(.baseException)) {
      if let exception = try call(value).asException { return exception }
    }
    throw Raise(.typeError, "exceptions must derive from BaseException")
  }

  /// `except type`: whether an exception is an instance of a class or of one of a tuple.
  @inline(__always)
  func matches(_ exception: Registers, _ type: Registers) throws(Raise) -> Bool {
    if exception.holds(.exception), type.holds(.type),
      type.borrow(TypeObject.self, { $0.builtinKind == .exception }),
      let answer = exception.borrow(Instance.self, { $0.descends(from: type.rawObject) })
    {
      return answer
    }
    return try matches(exception.pointee, type.pointee)
  }

  func matches(_ exception: Value, _ type: Value) throws(Raise) -> Bool {
    if let tuple = type.asTuple {
      try checkStack()
      for item in tuple.items where try matches(exception, item) { return true }
      return false
    }
    guard let wanted = type.asType, wanted.isSubclass(of: types.exception(.baseException)) else {
      throw Raise(
        .typeError, "catching classes that do not inherit from BaseException is not allowed")
    }
    return exception.asException?.type.isSubclass(of: wanted) ?? false
  }

  // MARK: - with

  func enterWith(_ context: Value, into target: Registers) throws(Raise) {
    let type = self.type(of: context)
    guard let enter = type.special(.enter) else {
      throw Raise(
        .typeError,
        "'\(typeName(context))' object does not support the context manager protocol")
    }
    guard let exit = type.special(.exit) else {
      throw Raise(
        .typeError,
        "'\(typeName(context))' object does not support the context manager protocol "
          + "(missed __exit__ method)")
    }
    let boundExit = try bound(exit, to: context, type)
    target.pointee = try call(bound(enter, to: context, type))
    (target + 1).pointee = boundExit
  }

  // MARK: - Names without a value

  func undefinedName(_ name: Name) -> Raise {
    let text = name.text
    let raise = Raise(.nameError, "name '\(text)' is not defined")
    raise.details = [("name", .string(text))]
    if let refusal = Machine.refusedNames[text] {
      raise.hint = refusal
      return raise
    }
    raise.suggestion = suggestion(forName: text)
    if raise.suggestion != nil { return raise }
    var known = globals.bound.map(\.name)
    known += Builtins.table.entries.map(\.name)
    known += types.builtinNames
    known += Machine.keywords
    if let near = Suggestion.nearest(to: text, among: known) {
      raise.hint = "Did you mean: '\(near)'?"
    } else if doors.table(text) != nil {
      raise.hint = "Did you forget to import '\(text)'?"
    } else if let module = Machine.usualAliases[text], doors.table(module) != nil {
      raise.hint = "Did you forget `import \(module) as \(text)`?"
    }
    return raise
  }

  public static let keywords = [
    "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except",
    "False", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "None",
    "nonlocal", "not", "or", "pass", "raise", "return", "True", "try", "while", "with", "yield",
  ]

  private static let usualAliases = [
    "np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "nn": "torch.nn",
    "F": "torch.nn.functional", "optim": "torch.optim", "tf": "tensorflow", "layers": "keras.layers",
  ]

  /// Built-ins of Python that the language leaves out, with what to do instead.
  public static let refusedNames: [String: String] = {
    let why = "is not available here:"
    return [
      "eval": "\"eval\" \(why) call the function or use json.loads for data",
      "exec": "\"exec\" \(why) write the statements in a cell",
      "compile": "\"compile\" \(why) write the code in a cell",
      "__import__": "\"__import__\" \(why) use an import statement",
      "globals": "\"globals\" \(why) %who lists the names of the session",
      "locals": "\"locals\" \(why) %who lists the names of the session",
      "breakpoint": "\"breakpoint\" \(why) print what you want to see",
      "memoryview": "\"memoryview\" \(why) use bytes or a list",
      "complex": "\"complex\" \(why) use two floats",
    ]
  }()

  func unboundLocal(_ register: Int, _ code: Unmanaged<Code>) -> Raise {
    let name = code._withUnsafeGuaranteedRef {
      register < $0.localNames.count ? $0.localNames[register] : ""
    }
    let raise = Raise(
      .unboundLocalError,
      "cannot access local variable '\(name)' where it is not associated with a value")
    raise.details = [("name", .string(name))]
    return raise
  }

  func unboundFree(_ index: Int, _ code: Unmanaged<Code>) -> Raise {
    let name = code._withUnsafeGuaranteedRef {
      index < $0.freeNames.count ? $0.freeNames[index] : ""
    }
    return unboundFree(name)
  }

  /// The same for a variable of this frame that a comprehension reads.
  func unboundFree(local register: Int, _ code: Unmanaged<Code>) -> Raise {
    unboundFree(
      code._withUnsafeGuaranteedRef {
        register < $0.localNames.count ? $0.localNames[register] : ""
      })
  }

  private func unboundFree(_ name: String) -> Raise {
    Raise(
      .nameError,
      "cannot access free variable '\(name)' where it is not associated with a value in "
        + "enclosing scope")
  }

  /// A value was read before anything was stored; the compiler checks names, so this is rare.
  func unbound() -> Raise {
    Raise(.unboundLocalError, "a local variable is not associated with a value")
  }

  /// The value of a variable that inner functions share.
  func readCell(
    _ holder: Value, into target: Registers, _ code: Unmanaged<Code>, _ i: Instruction
  ) throws(Raise) {
    guard case .object(let object) = holder, object.kind == .cell,
      !unsafeDowncast(object, to: CellObject.self).value.isUndefined
    else {
      throw i.k == 1 ? unboundFree(local: Int(i.b), code) : unboundLocal(Int(i.b), code)
    }
    target.put(unsafeDowncast(object, to: CellObject.self).value)
  }

  /// What an annotation means, by the names of the session; its text where that cannot be known.
  ///
  /// Annotations are not run where they stand, so they can name what comes later.
  func annotation(_ text: String) -> Value {
    if let type = types.builtin(Name(text)) { return type }
    let depth = handled.count
    defer { handled.truncate(to: depth) }
    return (try? evaluate(Source(name: "<annotation>", text: text))) ?? .string(text)
  }

  /// Keeps an annotation of a class body.
  func noteAnnotation(_ name: Name, _ annotation: Name, in namespace: Value) {
    guard let dict = namespace.asDict else { return }
    if dict["__annotations__"] == nil { dict["__annotations__"] = .object(DictObject()) }
    dict["__annotations__"]?.asDict?[name.text] =
      self.annotation(annotation.text)
  }

  // MARK: - Reports

  /// `str(exception)`.
  public func message(of exception: ExceptionObject) -> String {
    let depth = handled.count
    defer { handled.truncate(to: depth) }
    return (try? text(of: .object(exception))) ?? ""
  }
}
