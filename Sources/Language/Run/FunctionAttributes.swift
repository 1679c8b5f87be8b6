// What a function says of itself: `f.__code__`, `f.__defaults__`, `f.__closure__` and their like.

extension Machine {
  /// An attribute of a function of the program; nil when there is none of that name.
  func functionAttribute(_ function: FunctionObject, _ name: String) -> Value? {
    if let own = function.attributes?[name] { return own }
    let code = function.code
    switch name {
    case "__name__": return .string(function.name)
    case "__qualname__": return .string(code.qualifiedName)
    case "__doc__": return code.doc.map { .string($0) } ?? Value.none
    case "__module__": return .string("__main__")
    case "__kwdefaults__":
      let layout = code.parameters
      let dict = DictObject()
      for index in layout.positionalCount..<(layout.positionalCount + layout.keywordOnlyCount) {
        if let value = function.defaultValue(index) { dict[layout.texts[index]] = value }
      }
      return dict.count == 0 ? Value.none : .object(dict)
    case "__annotations__": return .object(annotations(of: function))
    case "__defaults__": return function.defaults.isEmpty ? Value.none : .tuple(function.defaults)
    case "__code__": return codeValue(code)
    case "__closure__":
      return function.closure.isEmpty ? Value.none : .tuple(function.closure.map { .object($0) })
    case "__globals__":
      let dict = DictObject()
      for (name, value) in globalBindings { dict[name] = value }
      return .object(dict)
    case "__dict__":
      if function.attributes == nil { function.attributes = DictObject() }
      return function.attributes.map { .object($0) }
    default: return nil
    }
  }

  /// Sets one of the attributes that calls or `help` go by; false for all others.
  func setFunctionAttribute(
    _ function: FunctionObject, _ name: String, _ new: Value
  ) throws(Raise) -> Bool {
    switch name {
    case "__name__":
      guard let text = new.swiftString else {
        throw Raise(.typeError, "__name__ must be set to a string object")
      }
      function.name = text
    case "__qualname__":
      if new.asString == nil {
        throw Raise(.typeError, "__qualname__ must be set to a string object")
      }
      return false
    case "__defaults__":
      guard new.isNone || new.asTuple != nil else {
        throw Raise(.typeError, "__defaults__ must be set to a tuple object")
      }
      function.setDefaults(new.asTuple?.items ?? [])
    case "__kwdefaults__":
      guard new.isNone || new.asDict != nil else {
        throw Raise(.typeError, "__kwdefaults__ must be set to a dict object")
      }
      function.setKeywordDefaults(new.asDict)
    case "__code__", "__closure__", "__globals__":
      throw Raise(.attributeError, "readonly attribute")
    default: return false
    }
    return true
  }

  /// The code of a function as programs see it.
  func codeValue(_ code: Code) -> Value {
    let layout = code.parameters
    let cells = Set(code.cellNames)
    let parameters = Set(layout.texts)
    let locals = code.localNames.filter { !parameters.contains($0) && !cells.contains($0) }
    let names = layout.texts + locals
    func texts(_ names: [String]) -> Value { .tuple(names.map { .string($0) }) }
    let object = Instance(plainType("code"))
    object.setOwn("co_name", .string(code.name))
    object.setOwn("co_qualname", .string(code.qualifiedName))
    object.setOwn("co_filename", .string(code.source.name))
    object.setOwn("co_firstlineno", .int(code.source.position(of: Int(code.definition.start)).line))
    object.setOwn("co_argcount", .int(layout.positionalCount))
    object.setOwn("co_posonlyargcount", .int(layout.positionalOnlyCount))
    object.setOwn("co_kwonlyargcount", .int(layout.keywordOnlyCount))
    object.setOwn("co_nlocals", .int(names.count))
    object.setOwn("co_varnames", texts(names))
    object.setOwn("co_freevars", texts(code.freeNames))
    object.setOwn("co_cellvars", texts(code.cellNames))
    object.setOwn("co_flags", .int(flags(of: code)))
    return .object(object)
  }

  /// CPython's flags: optimized, new locals, `*args`, `**kwargs`, nested, generator.
  private func flags(of code: Code) -> Int {
    var flags = 3
    if code.parameters.hasStar { flags |= 4 }
    if code.parameters.hasDoubleStar { flags |= 8 }
    if code.qualifiedName.contains("<locals>") { flags |= 16 }
    if code.isGenerator { flags |= 32 }
    return flags
  }

  /// An attribute of a generator; nil when there is none of that name.
  func generatorAttribute(_ generator: GeneratorObject, _ name: String) -> Value? {
    switch name {
    case "__name__": return .string(generator.name)
    case "__qualname__": return .string(generator.code.qualifiedName)
    case "gi_running": return .bool(generator.state == .running)
    case "gi_suspended": return .bool(generator.state == .suspended)
    case "gi_code": return codeValue(generator.code)
    case "gi_yieldfrom": return Value.none
    case "gi_frame":
      if generator.state == .finished { return Value.none }
      let code = generator.code
      let frame = Instance(plainType("frame"))
      frame.setOwn("f_code", codeValue(code))
      let place = max(0, generator.pc - code.instructions - 1)
      let span = generator.state == .created ? code.definition : code.span(at: place)
      frame.setOwn("f_lineno", .int(code.source.position(of: Int(span.start)).line))
      return .object(frame)
    default: return nil
    }
  }
}

extension FunctionObject {
  /// Values for the last positional parameters; the others have none.
  func setDefaults(_ values: [Value]) {
    let count = code.parameters.positionalCount
    for index in 0..<count {
      let offset = index - (count - values.count)
      defaultPlaces[index] = offset >= 0 && offset < values.count ? values[offset] : .undefined
    }
  }

  func setKeywordDefaults(_ values: DictObject?) {
    let layout = code.parameters
    for index in layout.positionalCount..<(layout.positionalCount + layout.keywordOnlyCount) {
      defaultPlaces[index] = values?[layout.texts[index]] ?? .undefined
    }
  }
}
