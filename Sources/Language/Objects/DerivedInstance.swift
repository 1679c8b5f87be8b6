/// An object of a class that a program derives from a built-in type: `class Vocab(dict)`.
///
/// It is an instance like any other, with attributes of its own, and holds a value of the built-in
/// type. Methods of the type find that value through `asDict`, `asInt` and their like, so they work
/// on it unchanged; the machine's own fast paths ask for the exact kind and never see it. Wherever
/// an operation asks a class first (operators, items, iteration, text), the class of the object is
/// asked, and only then the value does what its type does.
final class DerivedInstance: Instance {
  /// Of the built-in type. Containers stay the same object for life.
  private(set) var payload: Value
  init(_ type: TypeObject, _ payload: Value) {
    self.payload = payload
    super.init(type)
  }

  deinit { Disposal.release(payload) }

  override func surrender(into heap: inout [Value]) {
    heap.append(payload)
    payload = .none
    super.surrender(into: &heap)
  }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(payload)
  }
}

extension TypeObject {
  /// The library's own class below the classes of the program: `dict`, `defaultdict`, `int`.
  var nativeBase: TypeObject {
    var type = self
    while type.isDerived, let base = type.base { type = base }
    return type
  }

  /// Whether the built-in value of its objects is filled after it was made, by `__init__`.
  var isFilledLater: Bool {
    switch builtinKind {
    case .list, .dict, .set: true
    default: false
    }
  }
}

extension Value {
  /// The built-in value of an object whose class derives from a built-in type (also of a member of
  /// an `IntEnum`); nil for all else.
  var payload: Value? {
    guard case .object(let object) = self, object.kind == .instance,
      unsafeDowncast(object, to: Instance.self).type.isDerived
    else { return nil }
    return (object as? DerivedInstance)?.payload ?? EnumModule.plainValue(self)
  }

  /// The built-in value itself, without the class that a program gave it.
  var bare: Value { payload ?? self }

  /// A value of the built-in type as an object of this one's class, where a program derived it.
  func sameClass(_ value: Value) -> Value {
    guard let instance = asInstance, isDerived else { return value }
    return .object(DerivedInstance(instance.type, value))
  }

  /// Whether the class of the object derives from a built-in type.
  @inline(__always) var isDerived: Bool {
    guard case .object(let object) = self, object.kind == .instance else { return false }
    return unsafeDowncast(object, to: Instance.self).type.isDerived
  }

  /// The built-in value of an object as an object of one kind: the rare path of `asList` and such.
  @inline(never)
  static func payload<T: Object>(_ object: Object, _ kind: ObjectKind, as type: T.Type) -> T? {
    guard case .object(let inner)? = Value.object(object).payload, inner.kind == kind else {
      return nil
    }
    return unsafeDowncast(inner, to: T.self)
  }

  @inline(never) static func payloadInt(_ object: Object) -> Int? {
    guard case .int(let number)? = Value.object(object).payload else { return nil }
    return number
  }

  /// The text of a string that is of no derived class: what fast paths may take as it stands.
  @inline(__always) var exactString: StringObject? {
    guard case .object(let object) = self, object.kind == .string else { return nil }
    return unsafeDowncast(object, to: StringObject.self)
  }
}

extension Machine {
  /// Makes a new class of the program derive from the built-in type below its base, where there is
  /// one: its objects hold a value of that type.
  func derive(_ type: TypeObject, from base: TypeObject) throws(Raise) {
    if base.isDerived {
      type.isDerived = true
      return
    }
    guard let kind = base.builtinKind, kind != .object, kind != .exception else { return }
    switch kind {
    case .int, .float, .string, .bytes, .list, .dict, .set, .frozenSet: break
    // Named tuples and library tuples make their own objects.
    case .tuple where base === types.tuple: break
    case .tuple: return
    default:
      let raise = Raise(.typeError, "type '\(base.name)' is not an acceptable base type")
      if kind == .type {
        raise.hint = "metaclasses are not part of this language: use a class decorator or "
          + "__init_subclass__"
      } else {
        raise.hint = "hold the \(base.name) as an attribute instead of deriving from it"
      }
      throw raise
    }
    // An enumeration of integers stands on `int` by other means.
    if base.metatype != nil || base.allocate != nil { return }
    if base === types.bool {
      throw Raise(.typeError, "type 'bool' is not an acceptable base type")
    }
    type.isDerived = true
    type.allocate = { [unowned self] type in DerivedInstance(type, self.emptyPayload(type)) }
  }

  /// The dictionary that `update`, `dict()` and `**` copy from as it stands: also that of an object of
  /// a derived class, unless the class says how to walk over it.
  func pairs(of value: Value) -> DictObject? {
    guard let dict = value.asDict else { return nil }
    return value.isDerived && type(of: value).special(.iter) != nil ? nil : dict
  }

  private func emptyPayload(_ type: TypeObject) -> Value {
    switch type.builtinKind {
    case .int: return .int(0)
    case .float: return .float(0)
    case .string: return .object(StringObject.empty)
    case .bytes: return .object(BytesObject([]))
    case .list: return .list([])
    case .tuple: return .object(TupleObject.empty)
    case .set: return .object(SetObject())
    case .frozenSet: return .object(SetObject(frozen: true))
    default:
      let dict = DictObject()
      let base = type.nativeBase
      if base !== types.dict { dict.subclass = base }
      if base.name == "defaultdict" { dict.defaultFactory = .none }
      return .object(dict)
    }
  }

  /// `__new__` of a built-in type for all classes derived from it: the class of the program wraps
  /// what the type itself makes.
  static func derivable(_ row: Native) -> Native {
    var result = Native(
      row.signature, row.doc, example: row.example, shortcut: row.shortcut
    ) { a in
      guard let type = a[0].asType, type.isDerived else { return try row.body(a) }
      if type.isFilledLater, let allocate = type.allocate { return .object(allocate(type)) }
      a.base[0] = .object(type.nativeBase)
      return .object(DerivedInstance(type, try row.body(a).bare))
    }
    result.isAbstract = row.isAbstract
    return result
  }

  /// `__init__` of list, dict and set: fills what `__new__` made empty.
  static let fillingInitializer = Native(
    "__init__(self, *args, **kwargs)", "Fills the object from what its type takes."
  ) { a in
    let machine = a.machine
    let type = machine.type(of: a[0])
    let fresh = try machine.call(
      .object(type.nativeBase), a.items(1), keywords: a.keywords(2))
    if let list = a[0].asList {
      list.replaceAll(fresh.asList?.items ?? [])
    } else if let dict = a[0].asDict, let other = fresh.asDict {
      try dict.update(other, machine)
      if type.nativeBase.name == "defaultdict" { dict.defaultFactory = other.defaultFactory }
    } else if let set = a[0].asSet, !set.isFrozen, let other = fresh.asSet {
      set.clear()
      try set.merge(other, machine)
    }
    return .none
  }
}
