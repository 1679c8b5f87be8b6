import Syntax

/// The module `dataclasses`: classes made of annotated fields.
///
/// `__init__` is generated as source text and compiled, as CPython does: calls then run in the
/// machine's loop, and errors about arguments read like those of any function.
enum DataclassesModule {
  static let table = ModuleTable(
    "dataclasses", doc: "Classes made of annotated fields.",
    entries: [
      .function(decorator), .function(fieldFunction), .function(fields), .function(asDict),
      .function(asTuple), .function(replace), .function(makeDataclass),
      .function(
        Native("is_dataclass(obj)", "Whether something is a data class or an object of one.") { a in
          let type = a[0].asType ?? a.machine.type(of: a[0])
          return .bool(type.lookup("__dataclass_fields__") != nil)
        }),
      .type(field), .type(frozenError),
      .value(name: "MISSING", doc: "No default was given.") { machine in missing(machine) },
      .value(name: "KW_ONLY", doc: "`_: KW_ONLY` makes the fields behind it keyword-only.") {
        machine in .object(machine.type(keywordOnlyMark))
      },
      .type(initVar),
    ])

  static let frozenError = TypeTable(
    "FrozenInstanceError", module: "dataclasses", doc: "A frozen object cannot be changed.",
    baseName: "AttributeError")

  private static let missingType = TypeTable(
    "_MISSING_TYPE", module: "dataclasses", doc: "No default.", isSubclassable: false)

  private static let keywordOnlyMark = TypeTable(
    "KW_ONLY", module: "dataclasses", doc: "Fields behind it are keyword-only.")

  private static let initVar = TypeTable(
    "InitVar", module: "dataclasses", doc: "A field that only __init__ and __post_init__ see.",
    classMethods: [
      Native("__class_getitem__(cls, item)", "The class itself.") { a in a[0] }
    ])

  /// The one object that means "no default".
  static func missing(_ machine: Machine) -> Value {
    if let known = machine.extensions["dataclasses.MISSING"] as? Instance { return .object(known) }
    let created = Instance(machine.type(missingType))
    machine.extensions["dataclasses.MISSING"] = created
    return .object(created)
  }

  // MARK: - Fields

  final class FieldObject: Instance {
    var name = ""
    var annotation: Value = .none
    /// `.undefined` where there is none.
    var defaultValue: Value = .undefined
    var factory: Value = .undefined
    var isInInit = true
    var isInRepr = true
    var isCompared = true
    /// nil: as compared.
    var isHashed: Bool?
    var isKeywordOnly: Bool?
    var isInitOnly = false
    var metadata: Value = .none

    func copy() -> FieldObject {
      let result = FieldObject(type)
      result.name = name
      result.annotation = annotation
      result.defaultValue = defaultValue
      result.factory = factory
      result.isInInit = isInInit
      result.isInRepr = isInRepr
      result.isCompared = isCompared
      result.isHashed = isHashed
      result.isKeywordOnly = isKeywordOnly
      result.isInitOnly = isInitOnly
      result.metadata = metadata
      return result
    }
  }

  static let field = TypeTable(
    "Field", module: "dataclasses", doc: "A field of a data class.", isSubclassable: false,
    properties: [
      property("name") { field, _ in .string(field.name) },
      property("type") { field, _ in field.annotation },
      property("default") { field, machine in
        field.defaultValue.isUndefined ? missing(machine) : field.defaultValue
      },
      property("default_factory") { field, machine in
        field.factory.isUndefined ? missing(machine) : field.factory
      },
      property("init") { field, _ in .bool(field.isInInit) },
      property("repr") { field, _ in .bool(field.isInRepr) },
      property("compare") { field, _ in .bool(field.isCompared) },
      property("hash") { field, _ in field.isHashed.map { .bool($0) } ?? .none },
      property("kw_only") { field, _ in .bool(field.isKeywordOnly ?? false) },
      property("metadata") { field, _ in
        field.metadata.isNone ? .object(DictObject()) : field.metadata
      },
    ],
    methods: [
      Native("__repr__(self)", "The settings.") { a in
        guard let field = a[0].asInstance as? FieldObject else { return .none }
        return .string(
          "Field(name=\(try a.machine.repr(.string(field.name))),"
            + "type=\(try a.machine.repr(field.annotation)))")
      }
    ])

  private static func property(
    _ name: String, _ get: @escaping (FieldObject, Machine) -> Value
  ) -> NativeProperty {
    NativeProperty(name, "A setting of the field.") { value, machine in
      guard let field = value.asInstance as? FieldObject else { return .none }
      return get(field, machine)
    }
  }

  private static let fieldFunction = Native(
    "field(*, default=..., default_factory=..., init=True, repr=True, hash=None, compare=True, "
      + "metadata=None, kw_only=...)", "A field with settings of its own."
  ) { a in
    let nothing = missing(a.machine)
    func given(_ index: Int) -> Value {
      a[index].isIdentical(to: nothing) ? .undefined : a[index]
    }
    let result = FieldObject(a.machine.type(field))
    result.defaultValue = given(0)
    result.factory = given(1)
    if result.defaultValue.isGiven, result.factory.isGiven {
      throw Raise(.valueError, "cannot specify both default and default_factory")
    }
    result.isInInit = try a.bool(2)
    result.isInRepr = try a.bool(3)
    result.isHashed = a[4].isNone ? nil : try a.bool(4)
    result.isCompared = try a.bool(5)
    result.metadata = a[6]
    if given(7).isGiven { result.isKeywordOnly = try a.bool(7) }
    return .object(result)
  }

  /// The fields of a data class or of its object, inherited ones first.
  static func fields(of value: Value, _ machine: Machine) -> [FieldObject]? {
    let type = value.asType ?? machine.type(of: value)
    guard let dict = type.lookup("__dataclass_fields__")?.asDict else { return nil }
    return dict.values.compactMap { $0.asInstance as? FieldObject }.filter { !$0.isInitOnly }
  }

  // MARK: - The decorator

  private static let decorator = Native(
    "dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, "
      + "frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False)",
    "A decorator: gives a class of annotated fields its methods."
  ) { a in
    var options = DataclassBuilder.Options()
    options.makesInit = try a.bool(1)
    options.makesRepr = try a.bool(2)
    options.makesEquality = try a.bool(3)
    options.makesOrder = try a.bool(4)
    options.makesHash = try a.bool(5)
    options.isFrozen = try a.bool(6)
    options.isKeywordOnly = try a.bool(8)
    if a[0].isNone {
      return .object(
        NativeFunction(
          Native("wrap(cls)", "Gives a class its methods.") { a in
            try DataclassBuilder.process(a[0], options, a.machine)
          }))
    }
    return try DataclassBuilder.process(a[0], options, a.machine)
  }

  // MARK: - Functions

  private static let fields = Native("fields(class_or_instance)", "The fields, as a tuple.") { a in
    guard let fields = fields(of: a[0], a.machine) else {
      throw Raise(.typeError, "must be called with a dataclass type or instance")
    }
    return .tuple(fields.map { .object($0) })
  }

  private static func isObject(_ value: Value, _ machine: Machine) -> Bool {
    value.asInstance != nil && machine.type(of: value).lookup("__dataclass_fields__") != nil
  }

  /// Calls `make` with the converted fields of data objects, and goes through containers.
  private static func convert(
    _ value: Value, _ machine: Machine,
    _ make: ([(name: String, value: Value)]) throws(Raise) -> Value
  ) throws(Raise) -> Value {
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    if isObject(value, machine), let fields = fields(of: value, machine) {
      var pairs: [(name: String, value: Value)] = []
      for field in fields {
        let item = try machine.attribute(value, field.name)
        pairs.append((field.name, try convert(item, machine, make)))
      }
      return try make(pairs)
    }
    if let list = value.asList {
      var items: [Value] = []
      for item in list.items { items.append(try convert(item, machine, make)) }
      return .list(items)
    }
    if let tuple = value.asTuple {
      var items: [Value] = []
      for item in tuple.items { items.append(try convert(item, machine, make)) }
      let result = TupleObject(items)
      result.subclass = tuple.subclass
      return .object(result)
    }
    if let dict = value.asDict {
      let result = DictObject()
      result.subclass = dict.subclass
      result.defaultFactory = dict.defaultFactory
      for (key, item) in dict.pairs {
        try result.set(
          convert(key, machine, make), convert(item, machine, make), machine)
      }
      return .object(result)
    }
    return try CopyModule.deepCopy(value, memo: .object(DictObject()), machine)
  }

  private static let asDict = Native(
    "asdict(obj, *, dict_factory=None)", "A data object as a dictionary, all the way down."
  ) { a in
    if !isObject(a[0], a.machine) {
      throw Raise(.typeError, "asdict() should be called on dataclass instances")
    }
    let factory = a[1]
    return try convert(a[0], a.machine) { (pairs) throws(Raise) in
      if !factory.isNone {
        return try a.machine.call(
          factory, [.list(pairs.map { .tuple([.string($0.name), $0.value]) })])
      }
      let dict = DictObject()
      for (name, value) in pairs { dict[name] = value }
      return .object(dict)
    }
  }

  private static let asTuple = Native(
    "astuple(obj, *, tuple_factory=None)", "A data object as a tuple, all the way down."
  ) { a in
    if !isObject(a[0], a.machine) {
      throw Raise(.typeError, "astuple() should be called on dataclass instances")
    }
    let factory = a[1]
    return try convert(a[0], a.machine) { (pairs) throws(Raise) in
      let values = pairs.map(\.value)
      if !factory.isNone { return try a.machine.call(factory, [.list(values)]) }
      return .tuple(values)
    }
  }

  private static let replace = Native(
    "replace(obj, /, **changes)", "A copy of a data object with some fields changed."
  ) { a in
    let machine = a.machine
    guard isObject(a[0], machine), let fields = fields(of: a[0], machine) else {
      throw Raise(.typeError, "replace() should be called on dataclass instances")
    }
    var changes = a.keywords(1)
    for field in fields {
      let isChanged = changes.contains { $0.name == field.name }
      if !field.isInInit {
        if isChanged {
          throw Raise(
            .valueError,
            "field \(field.name) is declared with init=False, it cannot be specified with replace()"
          )
        }
        continue
      }
      if !isChanged { changes.append((field.name, try machine.attribute(a[0], field.name))) }
    }
    return try machine.call(.object(machine.type(of: a[0])), [], keywords: changes)
  }

  private static let makeDataclass = Native(
    "make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, "
      + "order=False, frozen=False)", "A data class from a list of fields."
  ) { a in
    let machine = a.machine
    let namespace = a[3].asDict?.copy() ?? DictObject()
    let annotations = DictObject()
    for item in try machine.array(a[1]) {
      if let name = item.swiftString {
        annotations[name] = .string("typing.Any")
        continue
      }
      let parts = try machine.array(item)
      guard (2...3).contains(parts.count), let name = parts[0].swiftString else {
        throw Raise(.typeError, "Invalid field: \(try machine.repr(item))")
      }
      annotations[name] = parts[1]
      if parts.count == 3 { namespace[name] = parts[2] }
    }
    namespace["__annotations__"] = .object(annotations)
    let bases = a[2].asTuple?.items ?? []
    let base = bases.first?.asType ?? machine.types.object
    let type = try machine.makeClass(a.string(0), base: base, namespace: namespace)
    var options = DataclassBuilder.Options()
    options.makesInit = try a.bool(4)
    options.makesRepr = try a.bool(5)
    options.makesEquality = try a.bool(6)
    options.makesOrder = try a.bool(7)
    options.isFrozen = try a.bool(8)
    return try DataclassBuilder.process(.object(type), options, machine)
  }
}
