extension Machine {
  // MARK: - Types

  /// The class of a value.
  public func type(of value: Value) -> TypeObject {
    switch value {
    case .int: types.int
    case .float: types.float
    case .bool: types.bool
    case .none, .undefined: types.none
    case .object(let object):
      if object.kind.isInstance {
        unsafeDowncast(object, to: Instance.self).type
      } else if object.kind == .dict, let type = unsafeDowncast(object, to: DictObject.self).subclass
      {
        type
      } else if object.kind == .tuple, let type = unsafeDowncast(object, to: TupleObject.self).subclass
      {
        type
      } else if object.kind == .type, let type = unsafeDowncast(object, to: TypeObject.self).metatype {
        type
      } else if object.kind == .iterator {
        types.iterator(unsafeDowncast(object, to: IteratorObject.self).typeName)
      } else if object.kind == .dictView {
        types.iterator(unsafeDowncast(object, to: DictView.self).typeName)
      } else if object.kind == .boundMethod,
        case .object(let function) = unsafeDowncast(object, to: BoundMethod.self).function,
        function.kind == .native,
        unsafeDowncast(function, to: NativeFunction.self).owner?.builtinKind != nil
      {
        // `[].append` is no method of Python's own kind, but a function of the interpreter.
        types.byKind[Int(ObjectKind.native.rawValue)]
      } else {
        types.byKind[Int(object.kind.rawValue)]
      }
    }
  }

  /// The name of the type of a value, as errors show it.
  public func typeName(_ value: Value) -> String {
    let type = type(of: value)
    return type.shownName ?? type.name
  }

  /// Attributes of built-in objects that no table lists.
  func builtinAttribute(_ value: Value, _ name: Name) throws(Raise) -> Value? {
    if name.text == "__class__" { return .object(type(of: value)) }
    guard case .object(let object) = value else {
      return name.text == "__doc__" ? type(of: value).doc.map { .string($0) } ?? Value.none : nil
    }
    switch object.kind {
    case .function:
      let function = unsafeDowncast(object, to: FunctionObject.self)
      return functionAttribute(function, name.text)
    case .native:
      let function = unsafeDowncast(object, to: NativeFunction.self)
      switch name.text {
      case "__name__", "__qualname__": return .string(function.name)
      case "__doc__": return .string(function.row.doc)
      case "__module__": return .string("builtins")
      default: return nil
      }
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethod.self)
      switch name.text {
      case "__self__": return method.receiver
      case "__func__": return method.function
      default:
        try checkStack()
        try pollItem()
        return try findAttribute(method.function, name)
      }
    case .property:
      let property = unsafeDowncast(object, to: PropertyObject.self)
      switch name.text {
      case "fget": return property.getter
      case "fset": return property.setter
      case "fdel": return property.deleter
      case "__doc__": return property.doc.map { .string($0) } ?? Value.none
      default: return nil
      }
    case .staticMethod, .classMethod:
      let wrapped = unsafeDowncast(object, to: WrappedFunction.self)
      if name.text == "__func__" || name.text == "__wrapped__" { return wrapped.function }
      // Wrapped again and again: as deep as a program builds it.
      try checkStack()
      try pollItem()
      return try findAttribute(wrapped.function, name)
    case .slice:
      let slice = unsafeDowncast(object, to: SliceObject.self)
      switch name.text {
      case "start": return slice.lower
      case "stop": return slice.upper
      case "step": return slice.step
      default: return nil
      }
    case .dict:
      if name.text == "default_factory" {
        let factory = unsafeDowncast(object, to: DictObject.self).defaultFactory
        return factory.isUndefined ? nil : factory
      }
      return nil
    case .generator:
      let generator = unsafeDowncast(object, to: GeneratorObject.self)
      return generatorAttribute(generator, name.text)
    case .cell:
      guard name.text == "cell_contents" else { return nil }
      let value = unsafeDowncast(object, to: CellObject.self).value
      if value.isUndefined { throw Raise(.valueError, "Cell is empty") }
      return value
    default: return nil
    }
  }

  /// The annotations of a function, made when they are first asked for.
  func annotations(of function: FunctionObject) -> DictObject {
    let result = DictObject()
    let layout = function.code.parameters
    for (name, text) in zip(layout.texts, layout.annotations) {
      if let text { result[name] = annotation(text) }
    }
    if let text = layout.returnAnnotation { result["return"] = annotation(text) }
    if function.attributes == nil { function.attributes = DictObject() }
    function.attributes?["__annotations__"] = .object(result)
    return result
  }

  // MARK: - repr

  /// `repr(value)`.
  public func repr(_ value: Value) throws(Raise) -> String {
    String(decoding: try reprBytes(value), as: UTF8.self)
  }

  func reprBytes(_ value: Value) throws(Raise) -> [UInt8] {
    var writer = TextWriter(limit: memoryLimit)
    try write(value, to: &writer)
    return writer.bytes
  }

  /// What the `__repr__` of the built-in type gives, whatever a class derived from it says.
  func builtinRepr(_ value: Value) throws(Raise) -> String {
    guard case .object(let object) = value else { return try repr(value) }
    var writer = TextWriter(limit: memoryLimit)
    if let exception = value.asException {
      try writeException(exception, to: &writer)
    } else if let payload = value.payload, payload.asDict?.subclass == nil {
      try writePayload(payload, of: type(of: value), to: &writer)
    } else if let dict = value.asDict {
      try nested(object, "{...}", &writer) { (writer) throws(Raise) in
        try self.writePairs(dict, to: &writer)
      }
    } else if object.kind.isInstance {
      return "<\(type(of: value).qualifiedName) object at \(address(object))>"
    } else {
      try write(object, to: &writer)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ value: Value, to writer: inout TextWriter) throws(Raise) {
    switch value {
    case .int(let number): writer.add("\(number)")
    case .float(let number): writer.add(FloatText.repr(number))
    case .bool(let flag): writer.add(flag ? "True" : "False")
    case .none: writer.add("None")
    case .undefined: throw unbound()
    case .object(let object): try write(object, to: &writer)
    }
    if writer.bytes.count > writer.limit { try charge(nil, "the text of the object") }
  }

  private func write(_ object: Object, to writer: inout TextWriter) throws(Raise) {
    // Slices, bound methods and exceptions nest without being containers.
    try checkStack()
    switch object.kind {
    case .string:
      let text = unsafeDowncast(object, to: StringObject.self).bytes
      try charge(writer.bytes.count + text.count, "the text of the object")
      writer.bytes += QuotedText.repr(text)
    case .bytes:
      writer.bytes += QuotedText.reprBytes(unsafeDowncast(object, to: BytesObject.self).bytes)
    case .bigInt:
      writer.add(try IntText.decimal(unsafeDowncast(object, to: BigIntObject.self).value))
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      try nested(object, "[...]", &writer) { (writer) throws(Raise) in
        writer.add("[")
        var index = 0
        while index < list.count {
          if index > 0 { writer.add(", ") }
          try self.write(list[index], to: &writer)
          index += 1
          if index & 1023 == 0 { try self.poll() }
        }
        writer.add("]")
      }
    case .tuple:
      let tuple = unsafeDowncast(object, to: TupleObject.self)
      if let method = tuple.subclass?.special(.repr) {
        writer.add(try string(call(method, [.object(object)]), "__repr__"))
        return
      }
      try nested(object, "(...)", &writer) { (writer) throws(Raise) in
        writer.add("(")
        for index in 0..<tuple.count {
          if index > 0 { writer.add(", ") }
          try self.write(tuple[index], to: &writer)
          try self.poll(at: index)
        }
        writer.add(tuple.count == 1 ? ",)" : ")")
      }
    case .dict:
      let dict = unsafeDowncast(object, to: DictObject.self)
      if let method = dict.subclass?.special(.repr) {
        writer.add(try string(call(method, [.object(object)]), "__repr__"))
        return
      }
      try nested(object, "{...}", &writer) { (writer) throws(Raise) in
        try self.writePairs(dict, to: &writer)
      }
    case .set, .frozenSet:
      let set = unsafeDowncast(object, to: SetObject.self)
      if set.count == 0 {
        writer.add(set.isFrozen ? "frozenset()" : "set()")
        return
      }
      try nested(object, set.isFrozen ? "frozenset(...)" : "set(...)", &writer) {
        (writer) throws(Raise) in
        writer.add(set.isFrozen ? "frozenset({" : "{")
        for (index, item) in set.items.enumerated() {
          if index > 0 { writer.add(", ") }
          try self.write(item, to: &writer)
          try self.poll(at: index)
        }
        writer.add(set.isFrozen ? "})" : "}")
      }
    case .range:
      let range = unsafeDowncast(object, to: RangeObject.self)
      writer.add(
        range.step == 1
          ? "range(\(range.start), \(range.stop))"
          : "range(\(range.start), \(range.stop), \(range.step))")
    case .slice:
      let slice = unsafeDowncast(object, to: SliceObject.self)
      writer.add("slice(")
      try write(slice.lower, to: &writer)
      writer.add(", ")
      try write(slice.upper, to: &writer)
      writer.add(", ")
      try write(slice.step, to: &writer)
      writer.add(")")
    case .ellipsis: writer.add("Ellipsis")
    case .notImplemented: writer.add("NotImplemented")
    case .function:
      let function = unsafeDowncast(object, to: FunctionObject.self)
      writer.add("<function \(function.code.qualifiedName) at \(address(object))>")
    case .native:
      let function = unsafeDowncast(object, to: NativeFunction.self)
      writer.add(
        function.owner.map { "<method '\(function.name)' of '\($0.name)' objects>" }
          ?? "<built-in function \(function.name)>")
    case .boundMethod:
      let method = unsafeDowncast(object, to: BoundMethod.self)
      if method.function.kind == .native {
        writer.add(
          "<built-in method \(callableName(method.function)) of \(typeName(method.receiver)) "
            + "object at \(address(object))>")
      } else {
        writer.add("<bound method \(callableName(method.function)) of ")
        try write(method.receiver, to: &writer)
        writer.add(">")
      }
    case .type:
      let type = unsafeDowncast(object, to: TypeObject.self)
      if let method = type.metatype?.special(.repr) {
        writer.add(try string(call(method, [.object(object)]), "__repr__"))
        return
      }
      writer.add("<class '\(type.qualifiedName)'>")
    case .code:
      writer.add("<code object \(unsafeDowncast(object, to: Code.self).name)>")
    case .module:
      writer.add("<module '\(unsafeDowncast(object, to: ModuleObject.self).name)' (built-in)>")
    case .dictView:
      let view = unsafeDowncast(object, to: DictView.self)
      try nested(object, "...", &writer) { (writer) throws(Raise) in
        writer.add(view.typeName + "([")
        for (index, pair) in view.dict.pairs.enumerated() {
          if index > 0 { writer.add(", ") }
          switch view.part {
          case .keys: try self.write(pair.key, to: &writer)
          case .values: try self.write(pair.value, to: &writer)
          case .items: try self.write(.tuple([pair.key, pair.value]), to: &writer)
          }
          try self.poll(at: index)
        }
        writer.add("])")
      }
    case .generator:
      let generator = unsafeDowncast(object, to: GeneratorObject.self)
      writer.add(
        "<generator object \(generator.code.qualifiedName) at \(address(object))>")
    case .iterator:
      if let text = try unsafeDowncast(object, to: IteratorObject.self).shown(self) {
        return writer.add(text)
      }
      writer.add(
        "<\(unsafeDowncast(object, to: IteratorObject.self).typeName) object at \(address(object))>")
    case .instance, .exception:
      try writeInstance(unsafeDowncast(object, to: Instance.self), to: &writer)
    case .superProxy:
      let proxy = unsafeDowncast(object, to: SuperProxy.self)
      writer.add("<super: <class '\(proxy.after.name)'>, <\(typeName(proxy.receiver)) object>>")
    case .cell, .property, .staticMethod, .classMethod:
      writer.add("<\(typeName(.object(object))) object at \(address(object))>")
    }
  }

  private func writePairs(_ dict: DictObject, to writer: inout TextWriter) throws(Raise) {
    writer.add("{")
    var isFirst = true
    var index = 0
    while let found = dict.next(from: index) {
      if !isFirst { writer.add(", ") }
      isFirst = false
      let entry = dict.entries[found]
      try write(entry.key, to: &writer)
      writer.add(": ")
      try write(entry.value, to: &writer)
      index = found + 1
      if index & 1023 == 0 { try poll() }
    }
    writer.add("}")
  }

  private func writeInstance(_ instance: Instance, to writer: inout TextWriter) throws(Raise) {
    if let method = instance.type.special(.repr) {
      if frameCount + nativeDepth + 2 >= depthLimit { throw reprTooDeep() }
      writer.add(try string(call(method, [.object(instance)]), "__repr__"))
      return
    }
    if instance.kind == .exception {
      try writeException(unsafeDowncast(instance, to: ExceptionObject.self), to: &writer)
      return
    }
    if let payload = Value.object(instance).payload {
      try writePayload(payload, of: instance.type, to: &writer)
      return
    }
    writer.add("<\(instance.type.qualifiedName) object at \(address(instance))>")
  }

  /// The built-in value of an object; sets show the class too.
  private func writePayload(
    _ payload: Value, of type: TypeObject, to writer: inout TextWriter
  ) throws(Raise) {
    guard let set = payload.asSet, case .object(let object) = payload else {
      return try write(payload, to: &writer)
    }
    if set.count == 0 { return writer.add("\(type.name)()") }
    try nested(object, "\(type.name)(...)", &writer) { (writer) throws(Raise) in
      writer.add("\(type.name)({")
      for (index, item) in set.items.enumerated() {
        if index > 0 { writer.add(", ") }
        try self.write(item, to: &writer)
      }
      writer.add("})")
    }
  }

  private func writeException(
    _ exception: ExceptionObject, to writer: inout TextWriter
  ) throws(Raise) {
    writer.add(exception.type.name + "(")
    for (index, argument) in exception.arguments.enumerated() {
      if index > 0 { writer.add(", ") }
      try write(argument, to: &writer)
    }
    writer.add(")")
  }

  private func string(_ value: Value, _ method: String) throws(Raise) -> String {
    guard let text = value.swiftString else {
      throw Raise(.typeError, "\(method) returned non-string (type \(typeName(value)))")
    }
    return text
  }

  func address(_ object: Object) -> String {
    let hex = String(identity(object), radix: 16)
    return "0x" + String(repeating: "0", count: max(0, 12 - hex.count)) + hex
  }

  /// Writes a container; one that contains itself prints as `mark` inside.
  private func nested(
    _ object: Object, _ mark: String, _ writer: inout TextWriter,
    _ body: (inout TextWriter) throws(Raise) -> Void
  ) throws(Raise) {
    let identity = ObjectIdentifier(object)
    if reprStack.contains(identity) {
      writer.add(mark)
      return
    }
    if frameCount + nativeDepth >= depthLimit { throw reprTooDeep() }
    nativeDepth += 1
    reprStack.append(identity)
    defer {
      nativeDepth -= 1
      reprStack.removeLast()
    }
    try body(&writer)
  }

  private func reprTooDeep() -> Raise {
    Raise(
      .recursionError, "maximum recursion depth exceeded while getting the repr of an object")
  }

  // MARK: - str

  /// `str(value)`.
  public func text(of value: Value) throws(Raise) -> String {
    try textObject(of: value).swiftString
  }

  /// `str(value)` as an object: a string is given back as it is.
  func textObject(of value: Value) throws(Raise) -> StringObject {
    if let string = value.exactString { return string }
    if let instance = value.asInstance {
      if let method = instance.type.special(.str) {
        let result = try call(method, [value])
        guard let string = result.asString else {
          throw Raise(.typeError, "__str__ returned non-string (type \(typeName(result)))")
        }
        return string
      }
      if let string = value.asString { return string }
      if let exception = value.asException, instance.type.special(.repr) == nil
        || instance.type.isSubclass(of: types.exception(.baseException))
      {
        return StringObject(try exceptionText(exception))
      }
    }
    // A library's kind of tuple may print otherwise than it is written.
    if let method = value.asTuple?.subclass?.own(Special.str.name) {
      if let text = try call(method, [value]).asString { return text }
    }
    if let type = value.asType, type.metatype == nil { return StringObject("<class '\(type.qualifiedName)'>") }
    return StringObject(try repr(value))
  }

  /// `str()` of an exception whose class says nothing else.
  func exceptionText(_ exception: ExceptionObject) throws(Raise) -> String {
    try checkStack()
    let arguments = exception.arguments
    if exception.type.isException(.unicodeError, types), let message = TextCodec.message(of: arguments)
    {
      return message
    }
    if exception.type.isException(.keyError, types), arguments.count == 1 {
      return try repr(arguments[0])
    }
    if exception.type.isException(.osError, types), arguments.count >= 2,
      let number = arguments[0].asInt
    {
      let message = "[Errno \(number)] \(try text(of: arguments[1]))"
      if let file = exception.own("filename") {
        let second = try exception.own("filename2").map { (other) throws(Raise) in
          " -> \(try repr(other))"
        }
        return message + ": \(try repr(file))\(second ?? "")"
      }
      return message
    }
    switch arguments.count {
    case 0: return ""
    case 1: return try text(of: arguments[0])
    default: return try repr(.tuple(arguments))
    }
  }

  /// Joins the pieces of an f-string.
  func buildString(_ target: Registers, _ base: Registers, _ count: Int) throws(Raise) {
    if count == 1 {
      target.take(base)
      return
    }
    var size = 0
    for index in 0..<count {
      size += (base + index).borrow(StringObject.self) { $0.byteCount }
    }
    try charge(size, "the formatted text")
    let text = StringObject(count: size) { start in
      var place = start
      for index in 0..<count {
        (base + index).borrow(StringObject.self) { $0.copy(to: &place) }
      }
    }
    for index in 0..<count { (base + index).drop() }
    target.put(owned: .passRetained(text))
  }
}

/// Text under construction.
struct TextWriter {
  var bytes: [UInt8] = []
  let limit: Int
  init(limit: Int) { self.limit = limit }
  mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
