/// The classes of the built-in types of one machine.
public final class BuiltinTypes {
  public let object: TypeObject
  public let type: TypeObject
  public let none: TypeObject
  public let int: TypeObject
  public let float: TypeObject
  public let bool: TypeObject
  public let string: TypeObject
  public let list: TypeObject
  public let dict: TypeObject
  public let tuple: TypeObject
  public let superProxy: TypeObject
  /// By `ObjectKind`.
  private(set) var byKind: [TypeObject] = []
  /// The stamps of `byKind`, for the inline caches of method calls.
  let stamps: UnsafeMutablePointer<Int>
  private var byName: [String: TypeObject] = [:]
  private var order: [String] = []
  private var exceptions: [ExceptionKind: TypeObject] = [:]
  /// The same by `ExceptionKind.number`: errors are frequent, and hashing is not free.
  private var exceptionsByNumber: [TypeObject] = []
  private var iterators: [String: TypeObject] = [:]
  /// `BaseException.__init__`: classes that keep it are made without calling it.
  private(set) var exceptionInitializer: Value = .undefined

  init() {
    let object = TypeObject(
      name: "object", module: "builtins", base: nil, doc: "The base of all classes.",
      builtinKind: .object)
    object.allocate = { PlainInstance(of: .passUnretained($0)) }
    self.object = object
    func make(_ name: String, _ kind: BuiltinKind, base: TypeObject? = nil) -> TypeObject {
      let type = TypeObject(
        name: name, module: "builtins", base: base ?? object, doc: BuiltinTypes.docs[name],
        builtinKind: kind)
      type.allocate = nil
      return type
    }
    type = make("type", .type)
    none = make("NoneType", .none)
    int = make("int", .int)
    float = make("float", .float)
    bool = make("bool", .bool, base: int)
    string = make("str", .string)
    list = make("list", .list)
    dict = make("dict", .dict)
    tuple = make("tuple", .tuple)
    superProxy = make("super", .superProxy)
    stamps = .allocate(capacity: 64)
    stamps.initialize(repeating: 0, count: 64)
    let bytes = make("bytes", .bytes)
    let set = make("set", .set)
    let frozenSet = make("frozenset", .frozenSet)
    let range = make("range", .range)
    let slice = make("slice", .slice)
    let function = make("function", .function)
    let native = make("builtin_function_or_method", .native)
    let method = make("method", .method)
    let module = make("module", .module)
    let cell = make("cell", .object)
    let generator = make("generator", .generator)
    let iterator = make("iterator", .iterator)
    let ellipsis = make("ellipsis", .ellipsis)
    let notImplemented = make("NotImplementedType", .notImplemented)
    let property = make("property", .property)
    let staticMethod = make("staticmethod", .staticMethod)
    let classMethod = make("classmethod", .classMethod)
    let view = make("dict_view", .dictView)
    for kind in 0...ObjectKind.exception.rawValue {
      let found: TypeObject =
        switch ObjectKind(rawValue: kind) {
        case .string: string
        case .bytes: bytes
        case .bigInt: int
        case .range: range
        case .slice: slice
        case .ellipsis: ellipsis
        case .notImplemented: notImplemented
        case .native: native
        case .module: module
        case .list: list
        case .tuple: tuple
        case .dict: dict
        case .set: set
        case .frozenSet: frozenSet
        case .function: function
        case .boundMethod: method
        case .type: type
        case .cell: cell
        case .iterator: iterator
        case .generator: generator
        case .dictView: view
        case .property: property
        case .staticMethod: staticMethod
        case .classMethod: classMethod
        case .superProxy: superProxy
        case .instance, .exception, .code, nil: object
        }
      byKind.append(found)
    }
    for known in [
      object, type, int, float, bool, string, list, dict, tuple, superProxy, bytes, set, frozenSet,
      range, slice, property, staticMethod, classMethod,
    ] {
      byName[known.name] = known
      order.append(known.name)
    }
    for kind in ExceptionKind.allCases {
      let base = kind.base.map { exceptions[$0] ?? object } ?? object
      let created = TypeObject(
        name: kind.name, module: "builtins", base: base, builtinKind: .exception)
      created.allocate = { ExceptionObject($0) }
      exceptions[kind] = created
      byName[kind.name] = created
      order.append(kind.name)
    }
    exceptionsByNumber = ExceptionKind.allCases.map { exceptions[$0] ?? object }
    byName["IOError"] = exceptions[.osError]
    byName["EnvironmentError"] = exceptions[.osError]
  }

  deinit { stamps.deallocate() }

  /// Fills the types with their methods and constructors.
  func install(on machine: Machine) {
    var filled: Set<ObjectIdentifier> = []
    for type in Array(byName.values) + byKind + [none]
    where filled.insert(ObjectIdentifier(type)).inserted {
      guard let kind = type.builtinKind else { continue }
      if kind == .exception, type !== exceptions[.baseException] { continue }
      for row in BuiltinMethods.rows(for: kind) where type !== bool || kind == .bool {
        type.set(row.name, .object(NativeFunction(row, owner: type)))
      }
      for row in BuiltinMethods.statics(for: kind) {
        type.set(
          row.name,
          .object(
            WrappedFunction(.object(NativeFunction(row, owner: type)), kind: .staticMethod)))
      }
      for row in BuiltinMethods.classMethods(for: kind) {
        type.set(
          row.name,
          .object(WrappedFunction(.object(NativeFunction(row, owner: type)), kind: .classMethod)))
      }
      for property in BuiltinMethods.properties(for: kind) {
        machine.add(property, to: type)
      }
      if let row = Constructors.row(for: kind) {
        type.set("__new__", .object(NativeFunction(Machine.derivable(row), owner: nil)))
      }
    }
    for kind in 0...ObjectKind.superProxy.rawValue {
      stamps[Int(kind)] = byKind[Int(kind)].stamp
    }
    // Subclasses of dict carry types of their own: their caches go by the slow path.
    exceptionInitializer = .object(
      NativeFunction(
        Native("__init__(self, *args, **kwargs)", "Keeps the arguments.") { a in
          guard let exception = a[0].asException else {
            throw Raise(.typeError, "an exception is needed")
          }
          exception.arguments = try a.items(1)
          for (name, value) in a.keywords(2) {
            guard Machine.takes(name, exception.type, a.machine.types) else {
              throw Raise(
                .typeError, "\(exception.type.name)() takes no keyword arguments")
            }
            exception.setOwn(name, value)
          }
          return .none
        }, owner: object))
    exceptions[.baseException]?.set("__init__", exceptionInitializer)
    exceptions[.stopIteration]?.set(
      "value",
      .object(
        PropertyObject(
          getter: .object(
            NativeFunction(
              Native("value(self)", "What the generator returned.") { a in
                a[0].asException?.arguments.first ?? .none
              })))))
    exceptions[.systemExit]?.set(
      "code",
      .object(
        PropertyObject(
          getter: .object(
            NativeFunction(
              Native("code(self)", "The exit status.") { a in
                a[0].asException?.arguments.first ?? .none
              })))))
    exceptions[.importError]?.set(
      "msg",
      .object(
        PropertyObject(
          getter: .object(
            NativeFunction(
              Native("msg(self)", "What went wrong.") { a in
                a[0].asException?.arguments.first ?? .none
              })))))
    for name in ["name", "path"] { exceptions[.importError]?.set(name, .none) }
    // `OSError(number, text, file)` keeps the file apart from the arguments.
    exceptions[.osError]?.set(
      "__init__",
      .object(
        NativeFunction(
          Native("__init__(self, *args)", "Keeps number, text and file.") { a in
            let arguments = try a.items(1)
            guard let exception = a[0].asException else { return .none }
            let isFull = (3...5).contains(arguments.count)
            exception.arguments = isFull ? Array(arguments.prefix(2)) : arguments
            if isFull, !arguments[2].isNone { exception.setOwn("filename", arguments[2]) }
            if arguments.count == 5, !arguments[4].isNone {
              exception.setOwn("filename2", arguments[4])
            }
            return .none
          }, owner: object)))
    for (index, name) in ["errno", "strerror"].enumerated() {
      exceptions[.osError]?.set(
        name,
        .object(
          PropertyObject(
            getter: .object(
              NativeFunction(
                Native("\(name)(self)", "A part of the system's error.") { a in
                  let arguments = a[0].asException?.arguments ?? []
                  return arguments.count > 1 ? arguments[index] : .none
                })))))
    }
    for name in ["filename", "filename2"] { exceptions[.osError]?.set(name, .none) }
  }

  /// The class of a built-in name (`int`, `ValueError`); nil for other names.
  func builtin(_ name: Name) -> Value? { byName[name.text].map { .object($0) } }

  /// The names of all built-in classes.
  public var builtinNames: [String] { order }

  public func exception(_ kind: ExceptionKind) -> TypeObject {
    exceptionsByNumber[kind.number]
  }

  /// The class of iterators of a name.
  func iterator(_ name: String) -> TypeObject {
    if let known = iterators[name] { return known }
    let isView = name.hasPrefix("dict_") && !name.hasSuffix("iterator")
    let base = isView ? byKind[Int(ObjectKind.dictView.rawValue)] : byKind[Int(ObjectKind.iterator.rawValue)]
    let created = TypeObject(name: name, module: "builtins", base: base)
    iterators[name] = created
    return created
  }

  private static let docs: [String: String] = [
    "int": "An integer of any size.", "float": "A number in double precision.",
    "bool": "True or False.", "str": "Text: a sequence of code points.",
    "list": "A sequence that can change.", "tuple": "A sequence that cannot change.",
    "dict": "Keys with values, in the order of insertion.", "set": "Distinct items.",
    "frozenset": "Distinct items, fixed.", "bytes": "A sequence of bytes.",
    "range": "A sequence of evenly spaced integers.", "slice": "Bounds and step of a subscript.",
    "type": "The class of classes, and of an object when called with one.",
    "property": "A computed attribute.", "super": "The attributes of the classes after this one.",
  ]
}

extension Machine {
  /// Whether exceptions of a class take a keyword: `ImportError(name=...)`.
  fileprivate static func takes(_ name: String, _ type: TypeObject, _ types: BuiltinTypes) -> Bool {
    func isOf(_ kind: ExceptionKind) -> Bool { type.isSubclass(of: types.exception(kind)) }
    switch name {
    case "name": return isOf(.importError) || isOf(.nameError) || isOf(.attributeError)
    case "path": return isOf(.importError)
    case "obj": return isOf(.attributeError)
    default: return false
    }
  }
}
