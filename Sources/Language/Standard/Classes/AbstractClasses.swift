/// The module `abc`: classes that cannot be instantiated until methods are filled in.
enum AbstractModule {
  static let table = ModuleTable(
    "abc", doc: "Abstract base classes.",
    entries: [
      .type(base), .type(meta),
      .function(
        Native("abstractmethod(funcobj)", "Marks a method that subclasses must define.") { a in
          mark(a[0])
          return a[0]
        }),
      .function(
        Native("abstractproperty(fget)", "Marks a property that subclasses must define.") { a in
          mark(a[0])
          return .object(PropertyObject(getter: a[0]))
        }),
    ])

  /// Sets `__isabstractmethod__` on a function, also inside a property or a class method.
  private static func mark(_ value: Value) {
    guard let function = function(of: value) else { return }
    if function.attributes == nil { function.attributes = DictObject() }
    function.attributes?["__isabstractmethod__"] = .bool(true)
  }

  private static func function(of value: Value) -> FunctionObject? {
    guard case .object(let object) = value else { return nil }
    switch object.kind {
    case .function: return unsafeDowncast(object, to: FunctionObject.self)
    case .property: return function(of: unsafeDowncast(object, to: PropertyObject.self).getter)
    case .staticMethod, .classMethod:
      return function(of: unsafeDowncast(object, to: WrappedFunction.self).function)
    default: return nil
    }
  }

  private static func isAbstract(_ value: Value) -> Bool {
    if let native = value.object as? NativeFunction { return native.row.isAbstract }
    return function(of: value)?.attributes?["__isabstractmethod__"] != nil
  }

  /// Finds out which methods of a new class are still missing.
  static func update(_ type: TypeObject) {
    var names: Set<Name> = []
    for ancestor in type.lineage { names.formUnion(ancestor.attributeOrder) }
    let missing = names.filter { name in type.lookup(name).map(isAbstract) ?? false }
    type.abstractNames = missing.map(\.text).sorted()
    type.set(
      "__abstractmethods__",
      .object(Names.frozenSet(type.abstractNames ?? [])))
  }

  private enum Names {
    static func frozenSet(_ names: [String]) -> TupleObject {
      TupleObject(names.map { .string($0) })
    }
  }

  static let hook = Native("__init_subclass__(cls, **kwargs)", "Notes what is still missing.") { a in
    if let type = a[0].asType { update(type) }
    return .none
  }

  static let register = Native(
    "register(cls, subclass)", "Makes a class count as derived from this one."
  ) { a in
    guard let type = a[1].asType else { throw Raise(.typeError, "Can only register classes") }
    if let owner = a[0].asType {
      let known = registered(owner, a.machine)
      a.machine.extensions["abc \(owner.module).\(owner.name)"] = Registry(known + [type])
    }
    return a[1]
  }

  private final class Registry {
    let types: [TypeObject]
    init(_ types: [TypeObject]) { self.types = types }
  }

  private static func registered(_ type: TypeObject, _ machine: Machine) -> [TypeObject] {
    (machine.extensions["abc \(type.module).\(type.name)"] as? Registry)?.types ?? []
  }

  /// Whether a class derives from one that was registered.
  static func isRegistered(_ type: TypeObject, _ owner: TypeObject, _ machine: Machine) -> Bool {
    registered(owner, machine).contains { type.isSubclass(of: $0) }
  }

  private static let instanceCheck = Native(
    "__instancecheck__(cls, instance)", "Whether an object is of the class or a registered one."
  ) { a in
    guard let type = a[0].asType else { return .bool(false) }
    let own = a.machine.type(of: a[1])
    return .bool(own.isSubclass(of: type) || isRegistered(own, type, a.machine))
  }

  private static let subclassCheck = Native(
    "__subclasscheck__(cls, subclass)", "Whether a class derives from it or is registered."
  ) { a in
    guard let type = a[0].asType, let other = a[1].asType else { return .bool(false) }
    return .bool(other.isSubclass(of: type) || isRegistered(other, type, a.machine))
  }

  static let base = TypeTable(
    "ABC", module: "abc", doc: "The base of abstract classes.", classMethods: [hook, register, instanceCheck, subclassCheck])

  static let meta = TypeTable(
    "ABCMeta", module: "abc", doc: "The class of abstract classes: derive from ABC instead.",
    isSubclassable: false)
}
