extension Machine {
  // MARK: - Functions

  func makeFunction(
    _ target: Registers, _ code: Unmanaged<Code>, _ index: Int, _ frame: UnsafeMutablePointer<Frame>
  ) {
    let inner = code._withUnsafeGuaranteedRef { $0.codes[index] }
    let base = frame.pointee.base
    let layout = inner.parameters
    var defaults: [Value] = []
    for offset in 0..<layout.defaultCount {
      defaults.append(target[1 + offset])
      (target + 1 + offset).clear()
    }
    var keywordDefaults: [Name: Value] = [:]
    for (offset, name) in layout.keywordDefaults.enumerated() {
      keywordDefaults[name] = target[1 + layout.defaultCount + offset]
      (target + 1 + layout.defaultCount + offset).clear()
    }
    target.pointee = .object(
      FunctionObject(
        code: inner, closure: closure(of: inner, base, frame), defaults: defaults,
        keywordDefaults: keywordDefaults))
  }

  private func closure(
    of code: Code, _ base: Registers, _ frame: UnsafeMutablePointer<Frame>
  ) -> [CellObject] {
    code.captures.map { capture in
      switch capture {
      case .register(let register):
        if case .object(let object) = base[register], object.kind == .cell {
          return unsafeDowncast(object, to: CellObject.self)
        }
        return CellObject(.undefined)
      case .free(let index):
        return frame.pointee.function._withUnsafeGuaranteedRef { $0.closure[index] }
      }
    }
  }

  // MARK: - Classes

  func makeClass(
    _ target: Registers, _ code: Unmanaged<Code>, _ index: Int, hasBase: Bool,
    _ frame: UnsafeMutablePointer<Frame>
  ) throws(Raise) {
    let body = code._withUnsafeGuaranteedRef { $0.codes[index] }
    var base = types.object
    if hasBase {
      // `class Stack(Generic[T])`, `class Names(List[str])`: the class before the brackets.
      guard var given = target[1].asType ?? (target[1].asInstance as? TypeAlias)?.origin.asType
      else {
        throw Raise(
          .typeError, "the base of class '\(body.name)' must be a class, "
            + "not '\(typeName(target[1]))'")
      }
      if given === self.type(AbstractModule.meta) {
        given = self.type(AbstractModule.base)
      }
      if !given.isSubclassable {
        throw Raise(.typeError, "type '\(given.name)' is not an acceptable base type")
      }
      base = given
    }
    let namespace = DictObject()
    namespace["__module__"] = .string("__main__")
    namespace["__qualname__"] = .string(body.qualifiedName)
    if let doc = body.doc { namespace["__doc__"] = .string(doc) }
    let cell = CellObject(.undefined)
    let function = FunctionObject(
      code: body, closure: closure(of: body, frame.pointee.base, frame), defaults: [],
      keywordDefaults: [:])
    _ = try call(.object(function), [.object(namespace), .object(cell)])
    let type = try makeClass(body.name, base: base, namespace: namespace)
    cell.value = .object(type)
    (target + 1).clear()
    target.pointee = .object(type)
  }

  /// A class with the given attributes; runs the hooks of a new class.
  func makeClass(
    _ name: String, base: TypeObject, namespace: DictObject
  ) throws(Raise) -> TypeObject {
    let type = TypeObject(
      name: name, module: "__main__", base: base, doc: namespace["__doc__"]?.swiftString)
    try derive(type, from: base)
    for (key, value) in namespace.pairs {
      guard let text = key.asString else { continue }
      type.set(text.name, value)
    }
    // A class that says when it is equal, but not how it hashes, cannot be hashed.
    if namespace["__eq__"] != nil, namespace["__hash__"] == nil { type.set("__hash__", .none) }
    for (key, value) in namespace.pairs {
      if let hook = self.type(of: value).special(.setName), value.asInstance != nil {
        _ = try call(hook, [value, .object(type), key])
      }
    }
    if let hook = base.special(.initSubclass) {
      let function: Value
      if case .object(let object) = hook, object.kind == .classMethod {
        function = unsafeDowncast(object, to: WrappedFunction.self).function
      } else {
        function = hook
      }
      _ = try call(function, [.object(type)])
    }
    return type
  }

  // MARK: - Making objects

  /// Calls a class: makes an object and initialises it. Gives true when `__init__` was pushed.
  func construct(
    _ type: TypeObject, _ window: Registers, given: Int, keywords: TupleObject?,
    result: Registers, mode: Frame.Mode
  ) throws(Raise) -> Bool {
    if let hook = type.metatype?.special(.call) {
      let value = try callWindow(hook, first: .object(type), window, given, keywords)
      empty(window, given + 2)
      result.pointee = value
      return false
    }
    // A list, dict or set of a class of the program is made empty, then `__init__` fills it.
    if let new = type.special(.new), !(type.isDerived && type.isFilledLater && new.kind == .native) {
      if case .object(let object) = new, object.kind == .native, type.special(.`init`) == nil {
        // A built-in type: its constructor takes the class and the arguments as they stand.
        (window + 1).pointee = .object(type)
        let value = try callNative(
          unsafeDowncast(object, to: NativeFunction.self), base: window + 1, given: given + 1,
          keywords: keywords)
        window.clear()
        result.pointee = value
        return false
      }
      let value = try callWindow(new, first: .object(type), window, given, keywords)
      if let instance = value.asInstance, instance.type.isSubclass(of: type),
        let initializer = type.special(.`init`)
      {
        _ = try callWindow(initializer, first: value, window, given, keywords)
      }
      empty(window, given + 2)
      result.pointee = value
      return false
    }
    guard let allocate = type.allocate else {
      throw Raise(.typeError, "cannot create '\(type.name)' instances")
    }
    if let missing = type.abstractNames, !missing.isEmpty {
      throw Raise(
        .typeError,
        "Can't instantiate abstract class \(type.name) with abstract "
          + "method\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))")
    }
    let instance = Value.object(allocate(systemErrorType(type, window, given)))
    if let exception = instance.asException {
      // `BaseException.__new__` keeps the arguments, whatever `__init__` makes of them.
      exception.arguments = (0..<(given - (keywords?.count ?? 0))).map { window[2 + $0] }
    }
    if keywords == nil, instance.asException != nil,
      let initializer = type.special(.`init`), initializer.isIdentical(to: types.exceptionInitializer)
    {
      empty(window, given + 2)
      result.pointee = instance
      return false
    }
    guard let initializer = type.special(.`init`) else {
      if type.isDerived, type.isFilledLater {
        _ = try callWindow(
          .object(NativeFunction(Machine.fillingInitializer)), first: instance, window, given,
          keywords)
        empty(window, given + 2)
        result.pointee = instance
        return false
      }
      if given > 0 { throw Raise(.typeError, "\(type.name)() takes no arguments") }
      empty(window, given + 2)
      result.pointee = instance
      return false
    }
    if case .object(let object) = initializer, object.kind == .function, mode == .call {
      // The usual case, without leaving the loop: the object waits in the function's register,
      // the arguments are already where `__init__` wants them.
      let function = unsafeDowncast(object, to: FunctionObject.self)
      if !function.code.isGenerator {
        window.pointee = instance
        (window + 1).pointee = instance
        try bind(
          function, base: window + 1, given: given + 1, keywords: keywords, exact: true)
        try pushFrame(function, base: window + 1, result: result, mode: .construct)
        keepAlive(function)
        return true
      }
    }
    let answer = try callWindow(initializer, first: instance, window, given, keywords)
    if !answer.isNone {
      throw Raise(.typeError, "__init__() should return None, not '\(typeName(answer))'")
    }
    empty(window, given + 2)
    result.pointee = instance
    return false
  }

  /// `OSError` with the number of a system error is an object of the class for that error.
  private func systemErrorType(
    _ type: TypeObject, _ window: Registers, _ given: Int
  ) -> TypeObject {
    guard type === types.exception(.osError), given >= 2, let number = window[2].asInt else {
      return type
    }
    return SystemErrors.kinds[number].map { types.exception($0) } ?? type
  }

  /// Binds unless the arguments fit as they stand.
  private func bind(
    _ function: FunctionObject, base: Registers, given: Int, keywords: TupleObject?, exact: Bool
  ) throws(Raise) {
    if keywords != nil || function.header.pointee.plainCount != given {
      try bind(function, base: base, given: given, keywords: keywords)
    }
  }

  /// A class keeps its methods alive, and the instance its class; nothing to do but say so.
  @inline(__always) private func keepAlive(_ function: FunctionObject) {}

  /// Calls with a first argument and copies of the arguments of a window.
  private func callWindow(
    _ callee: Value, first: Value, _ window: Registers, _ given: Int, _ keywords: TupleObject?
  ) throws(Raise) -> Value {
    let keywordCount = keywords?.count ?? 0
    var arguments = [first]
    for index in 0..<(given - keywordCount) { arguments.append(window[2 + index]) }
    var named: [(name: String, value: Value)] = []
    for index in 0..<keywordCount {
      named.append(
        (keywords?[index].swiftString ?? "", window[2 + given - keywordCount + index]))
    }
    var function = callee
    if case .object(let object) = callee, object.kind == .staticMethod {
      function = unsafeDowncast(object, to: WrappedFunction.self).function
    }
    let saved = top
    top = max(top, window + given + 2)
    defer { top = saved }
    return try call(function, arguments, keywords: named)
  }

  private func empty(_ window: Registers, _ count: Int) {
    for index in 0..<count { (window + index).clear() }
  }
}
