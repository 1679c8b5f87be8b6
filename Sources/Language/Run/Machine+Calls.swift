extension Machine {
  // MARK: - From Swift

  /// Calls any callable of the language.
  public func call(
    _ callee: Value, _ arguments: [Value] = [], keywords: [(name: String, value: Value)] = []
  ) throws(Raise) -> Value {
    try enterNative()
    defer { nativeDepth -= 1 }
    let window = top
    let size = arguments.count + keywords.count + 4
    if window + size >= stackEnd { throw tooDeep() }
    window.initialize(to: callee)
    (window + 1).initialize(to: .undefined)
    var slot = window + 2
    for argument in arguments {
      slot.initialize(to: argument)
      slot += 1
    }
    for keyword in keywords {
      slot.initialize(to: keyword.value)
      slot += 1
    }
    slot.initialize(to: .undefined)
    top = slot + 1
    defer {
      // The callee's frame lay over the arguments and has emptied them; natives have too.
      var register = window
      while register < slot {
        if register.tag == RawTag.object { register.pointee = .undefined }
        register += 1
      }
      top = window
    }
    let names =
      keywords.isEmpty ? nil : TupleObject(keywords.map { Value.string($0.name) })
    let result = slot
    let depth = frameCount
    if try call(
      window, given: arguments.count + keywords.count, keywords: names, result: result,
      mode: .entry)
    {
      _ = depth
      return try run()
    }
    let value = result.pointee
    result.pointee = .undefined
    return value
  }

  // MARK: - In the loop

  /// Calls what stands at `window` (function, receiver or undefined, arguments). Gives true when a
  /// frame was pushed; otherwise the result is in place and the window is empty.
  func call(
    _ window: Registers, given: Int, keywords: TupleObject?, result: Registers,
    mode: Frame.Mode = .call
  ) throws(Raise) -> Bool {
    guard case .object(let callee) = window.pointee else { throw notCallable(window.pointee) }
    let hasReceiver = !(window + 1).isUndefined
    let base = hasReceiver ? window + 1 : window + 2
    let count = hasReceiver ? given + 1 : given
    switch callee.kind {
    case .function:
      let function = unsafeDowncast(callee, to: FunctionObject.self)
      if keywords != nil || function.header.pointee.plainCount != count {
        try bind(function, base: base, given: count, keywords: keywords)
      }
      return try enter(function, base: base, result: result, mode: mode, window: window)
    case .native:
      let value = try callNative(
        unsafeDowncast(callee, to: NativeFunction.self), base: base, given: count,
        keywords: keywords)
      window.clear()
      result.pointee = value
      return false
    case .boundMethod:
      let method = unsafeDowncast(callee, to: BoundMethod.self)
      if hasReceiver {
        // `self.callback(x)` where the class attribute is itself bound: shift the arguments.
        try shift(window, given)
        return try callBound(
          method, window, given: given + 1, keywords: keywords, result: result, mode: mode)
      }
      return try callBound(
        method, window, given: given, keywords: keywords, result: result, mode: mode)
    case .type:
      if hasReceiver { try shift(window, given) }
      return try construct(
        unsafeDowncast(callee, to: TypeObject.self), window,
        given: hasReceiver ? given + 1 : given, keywords: keywords, result: result, mode: mode)
    case .instance, .exception:
      let instance = unsafeDowncast(callee, to: Instance.self)
      guard let method = instance.type.special(.call) else { throw notCallable(window.pointee) }
      if hasReceiver { try shift(window, given) }
      (window + 1).pointee = window.pointee
      window.pointee = method
      return try call(
        window, given: hasReceiver ? given + 1 : given, keywords: keywords, result: result,
        mode: mode)
    case .staticMethod, .classMethod:
      window.pointee = unsafeDowncast(callee, to: WrappedFunction.self).function
      return try call(window, given: given, keywords: keywords, result: result, mode: mode)
    default: throw notCallable(window.pointee)
    }
  }

  private func callBound(
    _ method: BoundMethod, _ window: Registers, given: Int, keywords: TupleObject?,
    result: Registers, mode: Frame.Mode
  ) throws(Raise) -> Bool {
    let receiver = method.receiver
    let function = method.function
    (window + 1).pointee = receiver
    window.pointee = function
    return try call(window, given: given, keywords: keywords, result: result, mode: mode)
  }

  /// Moves a receiver among the arguments.
  private func shift(_ window: Registers, _ given: Int) throws(Raise) {
    if window + given + 4 >= stackEnd { throw tooDeep() }
    (window + 2 + given).clear()
    var index = given
    while index >= 0 {
      (window + 2 + index).pointee = window[1 + index]
      index -= 1
    }
    (window + 1).clear()
    top = max(top, window + given + 4)
  }

  /// Starts a function whose arguments are bound.
  private func enter(
    _ function: FunctionObject, base: Registers, result: Registers, mode: Frame.Mode,
    window: Registers
  ) throws(Raise) -> Bool {
    // Also where a native calls: `sorted` with a key that sorts.
    steps &-= 1
    if steps < 0 { try endSlice() }
    if function.header.pointee.isGenerator {
      let generator = Value.object(GeneratorObject(function, arguments: base))
      window.clear()
      result.pointee = generator
      return false
    }
    if interrupt.isRaised { try attendInNative() }
    try pushFrame(function, base: base, result: result, mode: mode)
    return true
  }

  // MARK: - Natives

  /// Calls a native; empties its arguments.
  func callNative(
    _ function: NativeFunction, base: Registers, given: Int, keywords: TupleObject?
  ) throws(Raise) -> Value {
    if keywords == nil, let plan = function.plan, given >= plan.least, given <= plan.most,
      !plan.needsChecks
    {
      return try callPlain(.passUnretained(function), plan, base, given)
    }
    let signature = try function.signature()
    let keywordCount = keywords?.count ?? 0
    let positional = given - keywordCount
    let count = signature.count
    if base + max(given, count) + 8 >= stackEnd { throw tooDeep() }
    let savedTop = top
    var live = given
    defer {
      empty(base, live)
      top = savedTop
    }
    if keywordCount == 0, signature.isPlain, positional >= signature.requiredPositionalCount,
      positional <= signature.positionalCount
    {
      var index = positional
      while index < count {
        (base + index).assign(signature.defaults + index)
        index += 1
      }
      live = max(given, count)
    } else {
      let slots = try bindNative(
        function, signature, base: base, positional: positional, keywords: keywords)
      for index in 0..<given { (base + index).clear() }
      for (index, value) in slots.enumerated() { (base + index).put(value) }
      live = max(given, count)
    }
    if signature.needsChecks { try check(function, signature, base) }
    top = max(top, base + live)
    let arguments = Arguments(
      machine: self, callee: .passUnretained(function), base: base, count: count)
    let value: Value
    do {
      value = try function.body(arguments)
    } catch {
      throw translate(error)
    }
    try noteSize(of: value)
    return value
  }

  /// Calls a native from the loop, with positional arguments; empties them.
  @inline(__always)
  func callNative(
    _ function: Unmanaged<NativeFunction>, base: Registers, given: Int
  ) throws(Raise) -> Value {
    if let plan = function._withUnsafeGuaranteedRef({ $0.plan }), given >= plan.least,
      given <= plan.most, !plan.needsChecks
    {
      return try callPlain(function, plan, base, given)
    }
    return try callNative(
      function.takeUnretainedValue(), base: base, given: given, keywords: nil)
  }

  /// The usual call: arguments in order, defaults behind them, nothing to check.
  @inline(__always)
  private func callPlain(
    _ function: Unmanaged<NativeFunction>, _ plan: NativePlan, _ base: Registers, _ given: Int
  ) throws(Raise) -> Value {
    let live = base + plan.count
    if live + 8 >= stackEnd { throw tooDeep() }
    var index = given
    while index < plan.count {
      (base + index).assign(plan.defaults + index)
      index += 1
    }
    let savedTop = top
    if live > top { top = live }
    let value: Value
    do {
      let body = function._withUnsafeGuaranteedRef { $0.body }
      value = try body(
        Arguments(machine: self, callee: function, base: base, count: plan.count))
    } catch {
      empty(base, plan.count)
      top = savedTop
      throw translate(error)
    }
    empty(base, plan.count)
    top = savedTop
    if let kind = value.kind, kind == .string || kind == .bytes || kind == .list {
      try noteSize(of: value)
    }
    return value
  }

  /// Lets go of the values of some registers.
  @inline(__always)
  private func empty(_ base: Registers, _ count: Int) {
    var register = base
    let end = base + count
    while register < end {
      register.drop()
      register += 1
    }
  }

  /// An error of Swift code as an exception of the language.
  public func translate(_ error: any Error) -> Raise {
    if let raise = error as? Raise { return raise }
    for translator in errorTranslators {
      if let raise = translator(error) { return raise }
    }
    return Raise(.runtimeError, "\(error)")
  }

  private func check(
    _ function: NativeFunction, _ signature: NativeSignature, _ base: Registers
  ) throws(Raise) {
    for (index, parameter) in signature.parameters.enumerated() where !parameter.test.isAny {
      let value = base[index]
      if value.isUndefined { continue }
      if case .none = value, parameter.defaultText == "None" { continue }
      if !parameter.test.accepts(value) {
        throw Raise(
          .typeError,
          "\(function.name)(): \(parameter.text) must be \(parameter.test.text), "
            + "got \(typeName(value))")
      }
    }
  }

  /// Sorts arguments into the slots of the parameters: the general case.
  private func bindNative(
    _ function: NativeFunction, _ signature: NativeSignature, base: Registers, positional: Int,
    keywords: TupleObject?
  ) throws(Raise) -> [Value] {
    let parameters = signature.parameters
    var slots = [Value](repeating: .undefined, count: parameters.count)
    var isSet = [Bool](repeating: false, count: parameters.count)
    if keywords != nil, let error = noKeywordsError(function, signature) { throw error }
    let fixed = min(positional, signature.positionalCount)
    for index in 0..<fixed {
      slots[index] = base[index]
      isSet[index] = true
    }
    if positional > fixed {
      guard let star = signature.starIndex else {
        throw tooMany(function, signature, given: positional)
      }
      slots[star] = .object(TupleObject((fixed..<positional).map { base[$0] }))
      isSet[star] = true
    }
    var extra: DictObject?
    if let keywords {
      for offset in 0..<keywords.count {
        guard let key = keywords[offset].asString else { continue }
        let value = base[positional + offset]
        let found = parameters.firstIndex {
          $0.name == key.name && ($0.kind == .positional || $0.kind == .keywordOnly)
        }
        if let found {
          if isSet[found] {
            throw Raise(
              .typeError,
              "\(nameInErrors(function))() got multiple values for argument '\(key.swiftString)'")
          }
          slots[found] = value
          isSet[found] = true
        } else if signature.doubleStarIndex != nil {
          if extra == nil { extra = DictObject() }
          extra?[key] = value
        } else {
          if let error = keywordError(function, signature, key.swiftString) { throw error }
          throw unexpectedKeyword(
            nameInErrors(function), key.swiftString,
            known: parameters.compactMap {
              $0.kind == .positional || $0.kind == .keywordOnly ? $0.text : nil
            })
        }
      }
    }
    var lacking: [String: Bool] = [:]
    for (index, parameter) in parameters.enumerated() where !isSet[index] {
      switch parameter.kind {
      case .star: slots[index] = .object(TupleObject.empty)
      case .doubleStar: slots[index] = .object(extra ?? DictObject())
      default:
        if parameter.isRequired { lacking[parameter.text] = true }
        slots[index] = parameter.defaultValue
      }
    }
    if !lacking.isEmpty { throw missing(function, signature, given: positional, lacking) }
    return slots
  }

  private func missing(
    _ function: NativeFunction, _ signature: NativeSignature, given: Int, _ lacking: [String: Bool]
  ) -> Raise {
    if let error = arityError(function, signature, given: given, lacking: lacking) { return error }
    let hidden = function.owner == nil ? 0 : 1
    let names = signature.parameters.enumerated().filter { index, parameter in
      parameter.isRequired && (lacking.isEmpty ? index >= given : lacking[parameter.text] == true)
        && index >= hidden
    }.map { "'\($0.element.text)'" }
    if let error = pythonArityError(function, signature, given: given, lacking: names) {
      return error
    }
    let plural = names.count == 1 ? "argument" : "arguments"
    return Raise(
      .typeError,
      "\(function.name)() missing \(names.count) required positional \(plural): "
        + Machine.enumerate(names))
  }

  private func tooMany(
    _ function: NativeFunction, _ signature: NativeSignature, given: Int
  ) -> Raise {
    if let error = arityError(function, signature, given: given) { return error }
    if let error = pythonArityError(function, signature, given: given, lacking: []) {
      return error
    }
    let hidden = function.owner == nil ? 0 : 1
    let most = max(0, signature.positionalCount - hidden)
    let least = max(0, signature.requiredPositionalCount - hidden)
    let takes =
      most == 0 ? "no arguments"
      : most == 1 && least == 1 ? "exactly one argument"
      : least == most ? "\(most) positional arguments" : "at most \(most) argument\(most == 1 ? "" : "s")"
    return Raise(.typeError, "\(function.name)() takes \(takes) (\(max(0, given - hidden)) given)")
  }

  func unexpectedKeyword(_ name: String, _ keyword: String, known: [String]) -> Raise {
    let raise = Raise(
      .typeError, "\(name)() got an unexpected keyword argument '\(keyword)'")
    if let near = Suggestion.nearest(to: keyword, among: known) {
      raise.hint = "Did you mean '\(near)'?"
    } else if !known.isEmpty {
      raise.hint = "It takes: \(known.joined(separator: ", "))"
    }
    return raise
  }

  /// `'a', 'b', and 'c'`, as CPython lists names.
  static func enumerate(_ names: [String]) -> String {
    switch names.count {
    case 0: ""
    case 1: names[0]
    case 2: "\(names[0]) and \(names[1])"
    default: names.dropLast().joined(separator: ", ") + ", and \(names[names.count - 1])"
    }
  }

  func notCallable(_ value: Value) -> Raise {
    Raise(.typeError, "'\(typeName(value))' object is not callable")
  }
}
