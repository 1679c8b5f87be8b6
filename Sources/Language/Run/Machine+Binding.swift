extension Machine {
  /// Brings the arguments at `base` (positional ones, then the values of `keywords`) into the order
  /// of the parameters of a function of the language, with defaults filled in.
  func bind(
    _ function: FunctionObject, base: Registers, given: Int, keywords: TupleObject?
  ) throws(Raise) {
    try bind(
      .passUnretained(function), base: base, positional: given - (keywords?.count ?? 0),
      names: keywords?.storage, nameCount: keywords?.count ?? 0)
  }

  /// The same for a function that is kept alive elsewhere; `names` are strings.
  ///
  /// The registers are sorted in place. Only the values of keywords step aside, to the unused stack
  /// above all parameters, because their places may be wanted by others.
  func bind(
    _ function: Unmanaged<FunctionObject>, base: Registers, positional: Int,
    names: UnsafeMutablePointer<Value>?, nameCount: Int
  ) throws(Raise) {
    let header = function._withUnsafeGuaranteedRef { $0.header }
    let defaults = function._withUnsafeGuaranteedRef { $0.defaultPlaces }
    let count = header.pointee.parameterCount
    let positionalCount = header.pointee.positionalCount
    let named = positionalCount + header.pointee.keywordOnlyCount
    let given = positional + nameCount
    let scratch = base + max(given, count)
    if scratch + nameCount + 8 >= stackEnd { throw tooDeep() }
    for index in 0..<nameCount { (scratch + index).take(base + positional + index) }

    // What stands beyond the positional parameters goes to `*args`.
    let fixed = min(positional, positionalCount)
    var surplus: Unmanaged<TupleObject>?
    if positional > positionalCount {
      if !header.pointee.hasStar {
        throw refuse(
          function, base, scratch, nameCount,
          tooManyArguments(
            function, given: positional, keywordOnly: countKeywordOnly(header, names, nameCount)))
      }
      surplus = .passRetained(TupleObject(copying: base + fixed, count: positional - fixed))
    }
    for index in fixed..<max(given, count, fixed) { (base + index).drop() }
    if header.pointee.hasStar {
      (base + named).put(owned: surplus ?? .passRetained(TupleObject.empty))
    }
    var extra: Registers?
    if header.pointee.hasDoubleStar {
      let place = base + named + (header.pointee.hasStar ? 1 : 0)
      place.put(owned: .passRetained(DictObject()))
      extra = place
    }
    if let names, nameCount > 0 {
      let known = header.pointee.parameterNames
      for offset in 0..<nameCount {
        let name = (names + offset).borrow(StringObject.self) { $0.name }
        var index = header.pointee.positionalOnlyCount
        while index < named, known[index] != name { index += 1 }
        if index < named {
          if !(base + index).isUndefined {
            throw refuse(
              function, base, scratch, nameCount, givenTwice(function, names[offset]))
          }
          (base + index).take(scratch + offset)
        } else if let extra {
          extra.borrow(DictObject.self) { $0.add(names + offset, scratch + offset) }
          (scratch + offset).drop()
        } else {
          throw refuse(
            function, base, scratch, nameCount, misplaced(function, names, nameCount, names[offset]))
        }
      }
    }
    for index in fixed..<max(fixed, named) where (base + index).isUndefined {
      let value = defaults + index
      if value.isUndefined {
        throw refuse(function, base, scratch, nameCount, missing(function, base))
      }
      (base + index).assign(value)
    }
  }

  /// Empties the registers of a call that cannot be made.
  private func refuse(
    _ function: Unmanaged<FunctionObject>, _ base: Registers, _ scratch: Registers,
    _ nameCount: Int, _ error: Raise
  ) -> Raise {
    var register = base
    while register < scratch + nameCount {
      register.drop()
      register += 1
    }
    return error
  }

  /// How many of the keywords are parameters that only keywords reach.
  private func countKeywordOnly(
    _ header: UnsafeMutablePointer<CodeHeader>, _ names: UnsafeMutablePointer<Value>?,
    _ nameCount: Int
  ) -> Int {
    guard let names else { return 0 }
    let first = header.pointee.positionalCount
    let known = header.pointee.parameterNames
    return (0..<nameCount).count { offset in
      let name = (names + offset).borrow(StringObject.self) { $0.name }
      return (first..<(first + header.pointee.keywordOnlyCount)).contains { known[$0] == name }
    }
  }

  private func givenTwice(_ function: Unmanaged<FunctionObject>, _ name: Value) -> Raise {
    Raise(
      .typeError,
      "\(function.takeUnretainedValue().code.qualifiedName)() got multiple values for argument "
        + "'\(name.swiftString ?? "")'")
  }

  /// A keyword that no parameter takes: unknown, or the name of one that is positional only.
  private func misplaced(
    _ function: Unmanaged<FunctionObject>, _ names: UnsafeMutablePointer<Value>, _ nameCount: Int,
    _ name: Value
  ) -> Raise {
    let code = function.takeUnretainedValue().code
    let layout = code.parameters
    let nameless = layout.texts.prefix(layout.positionalOnlyCount)
    let wrong = (0..<nameCount).compactMap { names[$0].swiftString }.filter { nameless.contains($0) }
    if wrong.isEmpty, let text = name.swiftString {
      let named = layout.positionalCount + layout.keywordOnlyCount
      return unexpectedKeyword(
        code.qualifiedName, text, known: Array(layout.texts.prefix(named)))
    }
    return Raise(
      .typeError,
      "\(code.qualifiedName)() got some positional-only arguments passed as keyword "
        + "arguments: '\(wrong.joined(separator: ", "))'")
  }

  /// Parameters that got nothing: positional ones are named first.
  private func missing(_ function: Unmanaged<FunctionObject>, _ base: Registers) -> Raise {
    let function = function.takeUnretainedValue()
    let layout = function.code.parameters
    func lacking(_ range: Range<Int>) -> [String] {
      range.filter { base[$0].isUndefined && function.defaultValue($0) == nil }
        .map { "'\(layout.texts[$0])'" }
    }
    let positional = lacking(0..<layout.positionalCount)
    if !positional.isEmpty { return missingArguments(function, positional, "positional") }
    let end = layout.positionalCount + layout.keywordOnlyCount
    return missingArguments(function, lacking(layout.positionalCount..<end), "keyword-only")
  }

  private func missingArguments(
    _ function: FunctionObject, _ names: [String], _ what: String
  ) -> Raise {
    let plural = names.count == 1 ? "argument" : "arguments"
    return Raise(
      .typeError,
      "\(function.code.qualifiedName)() missing \(names.count) required \(what) \(plural): "
        + Machine.enumerate(names))
  }

  private func tooManyArguments(
    _ callee: Unmanaged<FunctionObject>, given: Int, keywordOnly: Int
  ) -> Raise {
    let function = callee.takeUnretainedValue()
    let layout = function.code.parameters
    let most = layout.positionalCount
    let least = most - function.defaults.count
    let takes =
      least == most
      ? "\(most) positional argument\(most == 1 ? "" : "s")"
      : "from \(least) to \(most) positional arguments"
    // Keyword-only arguments that were given are counted apart.
    let counted =
      keywordOnly == 0
      ? "\(given) \(given == 1 ? "was" : "were") given"
      : "\(given) positional argument\(given == 1 ? "" : "s") (and \(keywordOnly) keyword-only "
        + "argument\(keywordOnly == 1 ? "" : "s")) were given"
    return Raise(
      .typeError, "\(function.code.qualifiedName)() takes \(takes) but \(counted)")
  }

  // MARK: - Calls with stars

  /// R[a+2] is the list of positional arguments, R[a+3] the dictionary of keyword arguments. Gives
  /// true when a frame was pushed.
  func callSpread(_ window: Registers, result: Registers) throws(Raise) -> Bool {
    if window.holds(.function) {
      let function = Unmanaged<FunctionObject>.fromOpaque(window.rawObject)
      if !function._withUnsafeGuaranteedRef({ $0.header.pointee.isGenerator }) {
        try pushSpread(function, window, result)
        return true
      }
    }
    let positional = window[2].asList?.items ?? window[2].asTuple?.items ?? []
    var keywords: [(name: String, value: Value)] = []
    for (key, value) in window[3].asDict?.pairs ?? [] {
      guard let name = key.asString else {
        throw Raise(.typeError, "keywords must be strings")
      }
      keywords.append((name.swiftString, value))
    }
    (window + 2).clear()
    (window + 3).clear()
    var arguments = positional
    if !(window + 1).isUndefined { arguments.insert(window[1], at: 0) }
    let value = try call(window.pointee, arguments, keywords: keywords)
    window.clear()
    (window + 1).clear()
    result.put(value)
    return false
  }

  /// A call with stars of a function of the language: the arguments are laid out on the unused
  /// stack; the function stays where it is, which keeps it alive.
  private func pushSpread(
    _ function: Unmanaged<FunctionObject>, _ window: Registers, _ result: Registers
  ) throws(Raise) {
    let header = function._withUnsafeGuaranteedRef { $0.header }
    let (items, itemCount) = Machine.items(of: window + 2)
    let hasKeywords = (window + 3).holds(.dict)
    let nameCount = hasKeywords ? (window + 3).borrow(DictObject.self) { $0.count } : 0
    let base = top
    let hasReceiver = !(window + 1).isUndefined
    let positional = itemCount + (hasReceiver ? 1 : 0)
    // Arguments, then room to sort the values of keywords, then the names of the keywords.
    let names = base + max(positional + nameCount, header.pointee.parameterCount) + nameCount
    if names + nameCount + 16 >= stackEnd { throw tooDeep() }
    if hasKeywords, !(window + 3).borrow(DictObject.self, { $0.hasOnlyStringKeys }) {
      throw Raise(.typeError, "keywords must be strings")
    }
    var next = base
    if hasReceiver {
      next.take(window + 1)
      next += 1
    }
    for index in 0..<itemCount {
      next.assign(items + index)
      next += 1
    }
    if hasKeywords {
      (window + 3).borrow(DictObject.self) { dict in
        var entry = dict.next(from: 0)
        var name = names
        while let index = entry {
          next.assign(DictObject.valuePlace(dict.entries + index))
          name.drop()
          name.lend(DictObject.keyPlace(dict.entries + index))
          next += 1
          name += 1
          entry = dict.next(from: index + 1)
        }
      }
    }
    if nameCount > 0 || header.pointee.plainCount != positional {
      // The names are the dictionary's: it goes when they have gone. Before the frame comes, whose
      // locals lie there.
      defer { for index in 0..<nameCount { (names + index).forget() } }
      try bind(
        function, base: base, positional: positional, names: nameCount > 0 ? names : nil,
        nameCount: nameCount)
    }
    (window + 2).drop()
    (window + 3).drop()
    steps &-= 1
    if steps < 0 { try endSlice() }
    if interrupt.isRaised { try attendInNative() }
    try pushFrame(function, header, base: base, result: result, mode: .call)
  }

  /// What stands for the positional arguments of such a call: a list, a tuple, or nothing.
  @inline(__always)
  private static func items(of place: Registers) -> (UnsafeMutablePointer<Value>, Int) {
    if place.holds(.tuple) { return place.borrow(TupleObject.self) { ($0.storage, $0.count) } }
    if place.holds(.list) { return place.borrow(ListObject.self) { ($0.storage, $0.count) } }
    return (place, 0)
  }

  /// The only star of a call: its value itself where it is a list or a tuple, a list of its items
  /// otherwise.
  func spreadItems(_ target: Registers, _ source: Registers, callee: Registers) throws(Raise) {
    if source.tag == RawTag.object, source.pointee.isDerived == false,
      source.holds(.list) || source.holds(.tuple)
    {
      target.assign(source)
      return
    }
    let list = Value.object(ListObject())
    try extendList(list, source.pointee, callee: callee.pointee)
    target.put(list)
  }

  /// The only keywords of a call, `**` of something: itself where it is a dictionary of strings.
  func spreadKeywords(_ target: Registers, _ source: Registers, callee: Registers) throws(Raise) {
    if source.holds(.dict),
      source.borrow(DictObject.self, { $0.subclass == nil && $0.hasOnlyStringKeys })
    {
      target.assign(source)
      return
    }
    let dict = Value.object(DictObject())
    try mergeDict(dict, source.pointee, callee: callee.pointee)
    target.put(dict)
  }

  /// - Parameter callee: the function of a call whose only positional argument this is.
  func extendList(_ target: Value, _ source: Value, callee: Value = .undefined) throws(Raise) {
    guard let list = target.asList else { return }
    if try !isIterable(source) {
      if !callee.isUndefined {
        throw Raise(
          .typeError, "\(calleeName(callee)) argument after * must be an iterable, not "
            + typeName(source))
      }
      throw Raise(
        .typeError, "Value after * must be an iterable, not \(typeName(source))")
    }
    if let other = source.asList, !source.isDerived, other !== list {
      try charge(list.count + other.count, of: 16, "the items")
      list.append(copying: other.storage, count: other.count)
      return
    }
    if let other = source.asTuple, !source.isDerived {
      try charge(list.count + other.count, of: 16, "the items")
      list.append(copying: other.storage, count: other.count)
      return
    }
    try extend(list, source)
  }

  func mergeDict(_ target: Value, _ source: Value, callee: Value) throws(Raise) {
    guard let dict = target.asDict else { return }
    let isCall = !callee.isUndefined
    func add(_ key: Value, _ value: Value) throws(Raise) {
      if isCall {
        guard let name = key.asString else { throw Raise(.typeError, "keywords must be strings") }
        if dict[name] != nil {
          throw repeatedKeyword(key, callee: callee)
        }
      }
      try dict.set(key, value, self)
    }
    if let other = pairs(of: source) {
      if dict.count == 0, other !== dict, !isCall || other.hasOnlyStringKeys {
        dict.fill(copying: other)
        return
      }
      for (key, value) in other.pairs { try add(key, value) }
      return
    }
    guard let keys = try findAttribute(source, Name("keys")) else {
      throw Raise(
        .typeError,
        isCall
          ? "\(calleeName(callee)) argument after ** must be a mapping, not \(typeName(source))"
          : "'\(typeName(source))' object is not a mapping")
    }
    for key in try array(call(keys)) { try add(key, item(source, key)) }
  }

  func repeatedKeyword(_ name: Value, callee: Value) -> Raise {
    Raise(
      .typeError, "\(calleeName(callee)) got multiple values for keyword argument "
        + "'\(name.swiftString ?? "")'")
  }

  /// A function as errors about stars in a call name it: with its module, unless it is built in.
  private func calleeName(_ value: Value) -> String {
    guard case .object(let object) = value else { return typeName(value) + " object" }
    switch object.kind {
    case .function: return "__main__.\(callableName(value))()"
    case .boundMethod:
      return calleeName(unsafeDowncast(object, to: BoundMethod.self).function)
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      return type.qualifiedName + "()"
    case .native:
      let function = unsafeDowncast(object, to: NativeFunction.self)
      return (function.owner.map { $0.name + "." } ?? "") + function.name + "()"
    default: return typeName(value) + " object"
    }
  }

  func callableName(_ value: Value) -> String {
    guard case .object(let object) = value else { return typeName(value) }
    switch object.kind {
    case .function: return unsafeDowncast(object, to: FunctionObject.self).code.qualifiedName
    case .native: return unsafeDowncast(object, to: NativeFunction.self).name
    case .type: return unsafeDowncast(object, to: TypeObject.self).name
    case .boundMethod: return callableName(unsafeDowncast(object, to: BoundMethod.self).function)
    default: return typeName(value)
    }
  }
}
