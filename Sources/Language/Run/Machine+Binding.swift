extension Machine {
  /// Brings the arguments at `base` (positional ones, then the values of `keywords`) into the order
  /// of the parameters of a function of the language, with defaults filled in.
  func bind(
    _ function: FunctionObject, base: Registers, given: Int, keywords: TupleObject?
  ) throws(Raise) {
    let header = function.header
    if base + max(given, header.pointee.parameterCount) + 8 >= stackEnd { throw tooDeep() }
    let keywordCount = keywords?.count ?? 0
    let positional = given - keywordCount

    // Missing trailing parameters with defaults: the usual case.
    let firstDefault = header.pointee.positionalCount - function.defaults.count
    if keywordCount == 0, header.pointee.plainCount >= 0,
      positional < header.pointee.positionalCount, positional >= firstDefault
    {
      for index in positional..<header.pointee.positionalCount {
        (base + index).initialize(to: function.defaults[index - firstDefault])
      }
      return
    }
    if let keywords, !header.pointee.hasStars, positional <= header.pointee.positionalCount,
      bindKeywords(function, base: base, positional: positional, keywords: keywords)
    {
      return
    }
    let code = function.code
    let layout = code.parameters
    var slots = [Value](repeating: .undefined, count: layout.count)
    let fixed = min(positional, layout.positionalCount)
    for index in 0..<fixed { slots[index] = base[index] }
    let starIndex = layout.positionalCount + layout.keywordOnlyCount
    if layout.hasStar {
      slots[starIndex] = .object(
        TupleObject(positional > fixed ? (fixed..<positional).map { base[$0] } : []))
    } else if positional > fixed {
      let keywordOnly = layout.names[layout.positionalCount..<starIndex]
      let passed = (0..<keywordCount).count { offset in
        keywords?[offset].asString.map { keywordOnly.contains($0.name) } ?? false
      }
      throw tooManyArguments(function, given: positional, keywordOnly: passed)
    }
    let doubleStarIndex = starIndex + (layout.hasStar ? 1 : 0)
    var extra: DictObject?
    if layout.hasDoubleStar {
      let dict = DictObject()
      extra = dict
      slots[doubleStarIndex] = .object(dict)
    }
    if let keywords {
      var misplaced: [String] = []
      for offset in 0..<keywords.count {
        guard let key = keywords[offset].asString else { continue }
        let value = base[positional + offset]
        let name = key.name
        if let index = layout.names.prefix(starIndex).firstIndex(of: name),
          index >= layout.positionalOnlyCount
        {
          if !slots[index].isUndefined {
            throw Raise(
              .typeError,
              "\(code.qualifiedName)() got multiple values for argument '\(key.swiftString)'")
          }
          slots[index] = value
        } else if let extra {
          extra[key] = value
        } else if layout.names.prefix(layout.positionalOnlyCount).contains(name) {
          misplaced.append(key.swiftString)
        } else {
          throw unexpectedKeyword(
            code.qualifiedName, key.swiftString, known: Array(layout.texts.prefix(starIndex)))
        }
      }
      if !misplaced.isEmpty {
        throw Raise(
          .typeError,
          "\(code.qualifiedName)() got some positional-only arguments passed as keyword "
            + "arguments: '\(misplaced.joined(separator: ", "))'")
      }
    }
    var lacking: [String] = []
    for index in 0..<layout.positionalCount where slots[index].isUndefined {
      if index >= firstDefault {
        slots[index] = function.defaults[index - firstDefault]
      } else {
        lacking.append("'\(layout.texts[index])'")
      }
    }
    if !lacking.isEmpty { throw missingArguments(function, lacking, "positional") }
    for index in layout.positionalCount..<starIndex where slots[index].isUndefined {
      if let value = function.keywordDefaults[layout.names[index]] {
        slots[index] = value
      } else {
        lacking.append("'\(layout.texts[index])'")
      }
    }
    if !lacking.isEmpty { throw missingArguments(function, lacking, "keyword-only") }
    for index in 0..<given { (base + index).clear() }
    for (index, value) in slots.enumerated() { (base + index).initialize(to: value) }
  }

  /// Keyword arguments of a function without stars, sorted in the unused stack above them. Gives
  /// false, with nothing changed, where something does not fit: the general path says what.
  private func bindKeywords(
    _ function: FunctionObject, base: Registers, positional: Int, keywords: TupleObject
  ) -> Bool {
    let header = function.header
    let count = header.pointee.parameterCount
    let given = positional + keywords.count
    let scratch = base + max(given, count)
    if scratch + count >= stackEnd { return false }
    let names = header.pointee.parameterNames
    let firstKeyword = header.pointee.positionalOnlyCount
    for index in 0..<count { (scratch + index).initialize(to: .undefined) }
    func abandon() -> Bool {
      for index in 0..<count { (scratch + index).clear() }
      return false
    }
    for offset in 0..<keywords.count {
      guard case .object(let object) = keywords[offset] else { return abandon() }
      let name = unsafeDowncast(object, to: StringObject.self).name
      var index = firstKeyword
      while index < count, names[index] != name { index += 1 }
      if index >= count || index < positional || !(scratch + index).isUndefined { return abandon() }
      scratch[index] = base[positional + offset]
    }
    let layoutCount = header.pointee.positionalCount
    let firstDefault = layoutCount - function.defaults.count
    for index in positional..<max(positional, count) where (scratch + index).isUndefined {
      if index < layoutCount {
        if index < firstDefault { return abandon() }
        scratch[index] = function.defaults[index - firstDefault]
      } else {
        guard let value = function.keywordDefaults[names[index]] else { return abandon() }
        scratch[index] = value
      }
    }
    for index in positional..<given { (base + index).clear() }
    for index in positional..<max(positional, count) {
      (base + index).moveInitialize(from: scratch + index, count: 1)
      (scratch + index).initialize(to: .undefined)
    }
    return true
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
    _ function: FunctionObject, given: Int, keywordOnly: Int
  ) -> Raise {
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

  /// R[a+2] is the list of positional arguments, R[a+3] the dictionary of keyword arguments.
  func callSpread(_ window: Registers, result: Registers) throws(Raise) {
    let positional = window[2].asList?.items ?? []
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
    result.pointee = value
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
    if let other = source.asList, other !== list {
      list.append(contentsOf: other.items)
      return
    }
    try iterate(source) { (item) throws(Raise) in list.append(item) }
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
