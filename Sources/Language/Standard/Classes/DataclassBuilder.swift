import Syntax

/// Gives a class the methods that its fields ask for.
enum DataclassBuilder {
  typealias FieldObject = DataclassesModule.FieldObject

  struct Options {
    var makesInit = true
    var makesRepr = true
    var makesEquality = true
    var makesOrder = false
    var makesHash = false
    var isFrozen = false
    var isKeywordOnly = false
  }

  static func process(
    _ value: Value, _ options: Options, _ machine: Machine
  ) throws(Raise) -> Value {
    guard let type = value.asType else {
      throw Raise(.typeError, "dataclass() should be called with a class")
    }
    let all = DictObject()
    var hasFrozenBase = false
    var hasOpenBase = false
    for ancestor in type.lineage.dropFirst().reversed() {
      guard let inherited = ancestor.own(Name("__dataclass_fields__"))?.asDict else { continue }
      for (name, field) in inherited.pairs { try all.set(name, field, machine) }
      if ancestor.own(Name("__dataclass_frozen__")) != nil {
        hasFrozenBase = true
      } else {
        hasOpenBase = true
      }
    }
    if hasOpenBase, options.isFrozen {
      throw Raise(.typeError, "cannot inherit frozen dataclass from a non-frozen one")
    }
    if hasFrozenBase, !options.isFrozen {
      throw Raise(.typeError, "cannot inherit non-frozen dataclass from a frozen one")
    }
    try collect(type, options, into: all, machine)
    type.set("__dataclass_fields__", .object(all))
    if options.isFrozen { type.set("__dataclass_frozen__", .bool(true)) }
    let fields = all.values.compactMap { $0.asInstance as? FieldObject }
    if options.makesInit {
      type.set("__init__", .object(try initializer(type, fields, options, machine)))
    }
    let shown = fields.filter { !$0.isInitOnly }
    type.set(
      "__match_args__",
      .tuple(shown.filter { $0.isInInit && $0.isKeywordOnly != true }.map { .string($0.name) }))
    try addMethods(type, shown, options, machine)
    return value
  }

  // MARK: - Fields

  /// The name that an annotation begins with, where it matters for fields.
  private static func leadingName(of annotation: Value) -> String {
    if let alias = annotation.asInstance as? TypeAlias { return alias.text }
    if let form = annotation.asInstance as? TypingForms.Form { return "typing.\(form.name)" }
    if let type = annotation.asType { return type.qualifiedName }
    return annotation.asInstance.map { $0.type.qualifiedName } ?? ""
  }

  private static func collect(
    _ type: TypeObject, _ options: Options, into all: DictObject, _ machine: Machine
  ) throws(Raise) {
    var isKeywordOnly = options.isKeywordOnly
    let annotations = type.own(Name("__annotations__"))?.asDict?.pairs ?? []
    for (key, annotation) in annotations {
      guard let name = key.asString else { continue }
      let text = annotation.swiftString ?? leadingName(of: annotation)
      if text == "KW_ONLY" || text == "dataclasses.KW_ONLY" {
        isKeywordOnly = true
        continue
      }
      if text.hasPrefix("ClassVar") || text.hasPrefix("typing.ClassVar") { continue }
      let field: FieldObject
      let own = type.own(name.name)
      if let given = own?.asInstance as? FieldObject {
        field = given.copy()
      } else {
        field = FieldObject(machine.type(DataclassesModule.field))
        if let own { field.defaultValue = own }
      }
      field.name = name.swiftString
      field.annotation = annotation
      field.isInitOnly = text.hasPrefix("InitVar") || text.hasPrefix("dataclasses.InitVar")
      if field.isKeywordOnly == nil { field.isKeywordOnly = isKeywordOnly }
      if field.defaultValue.isGiven, isMutable(field.defaultValue, machine) {
        let kind = machine.type(of: field.defaultValue)
        throw Raise(
          .valueError,
          "mutable default \(try machine.repr(.object(kind))) for field \(field.name) is not "
            + "allowed: use default_factory")
      }
      if own?.asInstance is FieldObject {
        type.set(name.name, field.defaultValue.isGiven ? field.defaultValue : nil)
      }
      all[name] = .object(field)
    }
    for name in type.attributeOrder {
      guard type.own(name)?.asInstance is FieldObject,
        !annotations.contains(where: { $0.key.asString?.name == name })
      else { continue }
      throw Raise(.typeError, "'\(name.text)' is a field but has no type annotation")
    }
  }

  private static func isMutable(_ value: Value, _ machine: Machine) -> Bool {
    if value.asList != nil || value.asDict != nil || value.kind == .set { return true }
    guard value.asInstance != nil else { return false }
    return machine.type(of: value).special(.hash)?.isNone ?? false
  }

  // MARK: - __init__

  private static func initializer(
    _ type: TypeObject, _ fields: [FieldObject], _ options: Options, _ machine: Machine
  ) throws(Raise) -> FunctionObject {
    var parameters: [String] = []
    var keywordOnly: [String] = []
    var body: [String] = []
    var captured: [(name: String, value: Value)] = []
    var seesDefault: String?
    func store(_ name: String, _ expression: String) {
      body.append(
        options.isFrozen
          ? "    _dataclass_set(self, '\(name)', \(expression))"
          : "    self.\(name) = \(expression)")
    }
    for field in fields {
      let name = field.name
      var value = name
      if field.factory.isGiven {
        captured.append(("_dataclass_factory_\(name)", field.factory))
        value = "_dataclass_factory_\(name)()"
        if field.isInInit { value += " if \(name) is _dataclass_missing else \(name)" }
      }
      if field.isInInit {
        var parameter = name
        if field.defaultValue.isGiven {
          captured.append(("_dataclass_default_\(name)", field.defaultValue))
          parameter += "=_dataclass_default_\(name)"
        } else if field.factory.isGiven {
          parameter += "=_dataclass_missing"
        } else if seesDefault != nil, field.isKeywordOnly != true {
          throw Raise(
            .typeError, "non-default argument '\(name)' follows default argument")
        }
        if field.isKeywordOnly == true {
          keywordOnly.append(parameter)
        } else {
          if parameter != name { seesDefault = name }
          parameters.append(parameter)
        }
        if !field.isInitOnly { store(name, value) }
      } else if field.factory.isGiven {
        store(name, value)
      } else if field.defaultValue.isGiven, field.isInitOnly == false {
        // The class attribute serves as the value.
        continue
      }
    }
    if type.lookup("__post_init__") != nil {
      let extra = fields.filter(\.isInitOnly).map(\.name).joined(separator: ", ")
      body.append("    self.__post_init__(\(extra))")
    }
    if body.isEmpty { body.append("    pass") }
    if !keywordOnly.isEmpty { parameters += ["*"] + keywordOnly }
    captured.append(("_dataclass_missing", DataclassesModule.missing(machine)))
    captured.append(("_dataclass_set", .object(NativeFunction(setter))))
    let text =
      """
      def make(\(captured.map(\.name).joined(separator: ", "))):
        def __init__(\((["self"] + parameters).joined(separator: ", "))):
      \(body.joined(separator: "\n"))
        return __init__

      """
    let code = try machine.compile(
      Source(name: "<dataclass \(type.name)>", text: text), interactive: false)
    guard let maker = code.codes.first else {
      throw Raise(.systemError, "the class \(type.name) has no initialiser")
    }
    let function = FunctionObject(code: maker, closure: [], defaults: [], keywordDefaults: [:])
    let made = try machine.call(.object(function), captured.map(\.value))
    guard case .object(let object) = made, let result = object as? FunctionObject else {
      throw Raise(.systemError, "the class \(type.name) has no initialiser")
    }
    result.code.qualifiedName = "\(type.name).__init__"
    return result
  }

  /// Sets a field of a frozen object while it is made.
  private static let setter = Native("_set(self, name, value)", "Sets a field.") { a in
    a[0].asInstance?.setOwn(try a.string(1), a[2])
    return .none
  }

  // MARK: - The other methods

  private static func values(
    _ value: Value, _ names: [String], _ machine: Machine
  ) throws(Raise) -> Value {
    var items: [Value] = []
    for name in names { items.append(try machine.attribute(value, name)) }
    return .tuple(items)
  }

  private static func addMethods(
    _ type: TypeObject, _ fields: [FieldObject], _ options: Options, _ machine: Machine
  ) throws(Raise) {
    func add(_ row: Native) { type.set(row.name, .object(NativeFunction(row, owner: type))) }
    func isOwn(_ name: String) -> Bool { type.own(Name(name)) != nil }
    let compared = fields.filter(\.isCompared).map(\.name)
    if options.makesRepr, !isOwn("__repr__") {
      let shown = fields.filter(\.isInRepr).map(\.name)
      add(
        Native("__repr__(self)", "The fields by name.") { a in
          try text(a[0], shown, a.machine)
        })
    }
    let hasOwnEquality = isOwn("__eq__")
    if options.makesEquality, !hasOwnEquality {
      add(
        Native("__eq__(self, other)", "Whether all fields are equal.") { a in
          let machine = a.machine
          guard machine.type(of: a[0]) === machine.type(of: a[1]) else { return .notImplemented }
          return .bool(
            try machine.equals(
              values(a[0], compared, machine), values(a[1], compared, machine)))
        })
    }
    if options.makesOrder {
      if !options.makesEquality { throw Raise(.valueError, "eq must be true if order is true") }
      for (index, name) in ["__lt__", "__le__", "__gt__", "__ge__"].enumerated() {
        if isOwn(name) {
          throw Raise(
            .typeError,
            "Cannot overwrite attribute \(name) in class \(type.name). Consider using "
              + "functools.total_ordering")
        }
        add(
          Native("\(name)(self, other)", "Compares field by field.") { a in
            let machine = a.machine
            guard machine.type(of: a[0]) === machine.type(of: a[1]) else {
              return .notImplemented
            }
            return try machine.compare(
              UInt8(index + 2), values(a[0], compared, machine),
              values(a[1], compared, machine))
          })
      }
    }
    if options.isFrozen { try freeze(type, Set(fields.map(\.name))) }
    // A `__hash__` of None that stands there because of `__eq__` does not count as the class's own.
    let hasHash = isOwn("__hash__") && !(hasOwnEquality && type.own(Name("__hash__"))?.isNone == true)
    let hashed = fields.filter { $0.isHashed ?? $0.isCompared }.map(\.name)
    if options.makesHash || (options.makesEquality && options.isFrozen && !hasHash) {
      if options.makesHash, hasHash {
        throw Raise(
          .typeError, "Cannot overwrite attribute __hash__ in class \(type.name)")
      }
      add(
        Native("__hash__(self)", "The hash of the fields.") { a in
          .int(try a.machine.hash(values(a[0], hashed, a.machine)))
        })
    } else if options.makesEquality, !hasHash {
      type.set("__hash__", .none)
    }
  }

  private static func text(
    _ value: Value, _ names: [String], _ machine: Machine
  ) throws(Raise) -> Value {
    guard case .object(let object) = value else { return .none }
    let identity = ObjectIdentifier(object)
    if machine.reprStack.contains(identity) { return .string("...") }
    machine.reprStack.append(identity)
    defer { machine.reprStack.removeLast() }
    var parts: [String] = []
    for name in names {
      parts.append("\(name)=\(try machine.repr(machine.attribute(value, name)))")
    }
    let type = machine.type(of: value)
    let name = type.own(Name("__qualname__"))?.swiftString ?? type.name
    return .string("\(name)(\(parts.joined(separator: ", ")))")
  }

  private static func freeze(_ type: TypeObject, _ names: Set<String>) throws(Raise) {
    // By identity: a method that held its class would keep it alive for ever.
    let owner = ObjectIdentifier(type)
    func refusal(_ verb: String, _ a: Arguments) throws(Raise) -> Raise? {
      let name = try a.string(1)
      guard ObjectIdentifier(a.machine.type(of: a[0])) == owner || names.contains(name) else {
        return nil
      }
      let exception = ExceptionObject(a.machine.type(DataclassesModule.frozenError))
      exception.arguments = [.string("cannot \(verb) field '\(name)'")]
      return Raise(exception)
    }
    for name in ["__setattr__", "__delattr__"] where type.own(Name(name)) != nil {
      throw Raise(.typeError, "Cannot overwrite attribute \(name) in class \(type.name)")
    }
    let set = Native("__setattr__(self, name, value)", "Refuses to change a field.") { a in
      if let error = try refusal("assign to", a) { throw error }
      if let instance = a[0].asInstance {
        try a.machine.setOwnAttribute(instance, Name(a.string(1)), a[2])
      }
      return .none
    }
    let delete = Native("__delattr__(self, name)", "Refuses to delete a field.") { a in
      if let error = try refusal("delete", a) { throw error }
      if a[0].asInstance?.removeOwn(try a.string(1)) != true {
        throw a.machine.noAttribute(a[0], try a.string(1))
      }
      return .none
    }
    type.set("__setattr__", .object(NativeFunction(set, owner: type)))
    type.set("__delattr__", .object(NativeFunction(delete, owner: type)))
  }
}
