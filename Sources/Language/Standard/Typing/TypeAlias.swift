/// Types with parameters and unions of types: `list[int]`, `typing.List[int]`, `int | None`.
///
/// One object for all of them, which differs by how it prints and by the class that `type()` shows:
///
/// | written | origin | printed |
/// |---|---|---|
/// | `list[int]` | the class list | `list[int]` |
/// | `typing.List[int]` | the class list | `typing.List[int]` |
/// | `typing.Optional[int]` | typing.Union | `typing.Optional[int]` |
/// | `int \| None` | types.UnionType | `int \| None` |
///
/// Nothing is checked by them, but `isinstance` understands unions.
final class TypeAlias: Instance {
  /// The name before the brackets, as it prints; empty for a union with bars.
  var text = ""
  /// What stands before the brackets, as an object.
  var origin: Value = .none
  var arguments: [Value] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(origin)
    visitor.visit(&arguments)
  }

  /// Whether it is `X | Y` or `typing.Union[X, Y]`.
  var isUnion: Bool { text.isEmpty || text == "typing.Union" }

  // MARK: - Making them

  private static func make(
    _ table: TypeTable, _ text: String, _ origin: Value, _ arguments: [Value], _ machine: Machine
  ) -> Value {
    let result = TypeAlias(machine.type(table))
    result.text = text
    result.origin = origin
    result.arguments = arguments
    return .object(result)
  }

  /// `list[int]`.
  static func generic(_ type: TypeObject, _ key: Value, _ machine: Machine) -> Value {
    make(generic, type.qualifiedName, .object(type), key.asTuple?.items ?? [key], machine)
  }

  /// `Stack[int]` of a class that derives from `Generic`.
  static func ofClass(_ type: TypeObject, _ key: Value, _ machine: Machine) -> Value {
    make(
      typed, type.qualifiedName, .object(type),
      (key.asTuple?.items ?? [key]).map { converted($0, machine) }, machine)
  }

  /// `typing.List[int]` and all names of `typing` that take parameters.
  static func typing(
    _ name: String, _ origin: Value, _ arguments: [Value], _ machine: Machine
  ) -> Value {
    let table =
      switch name {
      case "Union", "Optional": union
      case "Literal": literal
      case "Callable": callable
      default: typed
      }
    return make(table, "typing.\(name)", origin, arguments, machine)
  }

  /// `X | Y`: nil when one of them is no type.
  static func bars(_ left: Value, _ right: Value, _ machine: Machine) throws(Raise) -> Value? {
    func isType(_ value: Value) -> Bool {
      value.isNone || value.asType != nil || value.asInstance is TypeAlias
    }
    guard isType(left), isType(right), !(left.isNone && right.isNone) else { return nil }
    // A name of `typing` makes a union of `typing`.
    for side in [left, right] {
      if let alias = side.asInstance as? TypeAlias, alias.text.hasPrefix("typing.") {
        return try typingUnion([left, right], machine)
      }
    }
    let members = try flattened([left, right], machine)
    if members.count == 1 { return members[0] }
    return make(bars, "", .object(machine.type(bars)), members, machine)
  }

  /// `typing.Union[...]`: flat, each member once; one member is the member itself.
  static func typingUnion(_ items: [Value], _ machine: Machine) throws(Raise) -> Value {
    let members = try flattened(items.map { converted($0, machine) }, machine)
    if members.count == 1 { return members[0] }
    return typing("Union", TypingForms.form("Union", machine), members, machine)
  }

  private static func flattened(_ items: [Value], _ machine: Machine) throws(Raise) -> [Value] {
    var flat: [Value] = []
    for item in items {
      let alias = item.asInstance as? TypeAlias
      let parts = alias?.isUnion == true ? alias?.arguments ?? [] : [item]
      for part in parts {
        let member = part.isNone ? .object(machine.types.none) : part
        var isKnown = false
        for known in flat where try machine.equals(known, member) { isKnown = true }
        if !isKnown { flat.append(member) }
      }
    }
    return flat
  }

  /// A parameter as `typing` keeps it: None is its class, a string a reference to a later name.
  static func converted(_ value: Value, _ machine: Machine) -> Value {
    if value.isNone { return .object(machine.types.none) }
    if let text = value.exactString {
      let reference = Instance(machine.type(TypingForms.forwardReference))
      reference.setOwn("__forward_arg__", .object(text))
      return .object(reference)
    }
    return value
  }

  // MARK: - What they do

  /// Whether a value is of one of the types of a union, for `isinstance`; nil when this is none.
  func contains(_ value: Value, _ machine: Machine) throws(Raise) -> Bool? {
    guard isUnion else { return nil }
    for member in arguments where try Builtins.isInstance(value, member, machine) { return true }
    return false
  }

  private func shown(_ value: Value, _ machine: Machine) throws(Raise) -> String {
    let isTyping = text.hasPrefix("typing.") || type.name == "_GenericAlias"
    if let type = value.asType {
      if type === machine.types.none, !isTyping { return "None" }
      return type.qualifiedName
    }
    if value.isEllipsis { return "..." }
    if let function = value.object as? FunctionObject { return function.name }
    if let list = value.asList {
      var parts: [String] = []
      for item in list.items { parts.append(try shown(item, machine)) }
      return "[\(parts.joined(separator: ", "))]"
    }
    return try machine.repr(value)
  }

  private func shown(_ machine: Machine) throws(Raise) -> String {
    var parts: [String] = []
    for item in arguments {
      parts.append(
        text == "typing.Literal" || (text == "typing.Annotated" && !parts.isEmpty)
          ? try machine.repr(item) : try shown(item, machine))
    }
    if text.isEmpty { return parts.joined(separator: " | ") }
    if text == "typing.Union", parts.count == 2,
      let none = arguments.firstIndex(where: { $0.asType === machine.types.none })
    {
      return "typing.Optional[\(parts[1 - none])]"
    }
    if text == "typing.Callable", let last = parts.last {
      let taken = parts.dropLast()
      return taken.first == "..." && taken.count == 1
        ? "typing.Callable[..., \(last)]"
        : "typing.Callable[[\(taken.joined(separator: ", "))], \(last)]"
    }
    if arguments.isEmpty, text == "typing.Tuple" || text == "tuple" { return "\(text)[()]" }
    return "\(text)[\(parts.joined(separator: ", "))]"
  }

  /// The type variables among the parameters.
  private func variables() -> [Value] {
    var found: [Value] = []
    for item in arguments {
      let inner =
        (item.asInstance as? TypeAlias)?.variables()
        ?? (item.asInstance?.type.name == "TypeVar" ? [item] : [])
      for variable in inner where !found.contains(where: { $0.isIdentical(to: variable) }) {
        found.append(variable)
      }
    }
    return found
  }

  private func replaced(_ variable: Value, by value: Value, _ machine: Machine) -> [Value] {
    arguments.map { item in
      if item.isIdentical(to: variable) { return TypeAlias.converted(value, machine) }
      guard let inner = item.asInstance as? TypeAlias else { return item }
      let copy = TypeAlias(inner.type)
      copy.text = inner.text
      copy.origin = inner.origin
      copy.arguments = inner.replaced(variable, by: value, machine)
      return .object(copy)
    }
  }

  // MARK: - Tables

  private static let properties: [NativeProperty] = [
    NativeProperty("__args__", "The parameters.") { value, _ in
      .tuple((value.asInstance as? TypeAlias)?.arguments ?? [])
    },
    NativeProperty("__parameters__", "The type variables among the parameters.") { value, _ in
      .tuple((value.asInstance as? TypeAlias)?.variables() ?? [])
    },
    NativeProperty("__origin__", "What stands before the brackets.") { value, _ in
      (value.asInstance as? TypeAlias)?.origin ?? .none
    },
  ]

  private static let methods: [Native] = [
    Native("__repr__(self)", "The type as it is written.") { a in
      let alias: TypeAlias = try a.receiver()
      return .string(try alias.shown(a.machine))
    },
    Native("__or__(self, other)", "Either of two types.") { a in
      try bars(a[0], a[1], a.machine) ?? .notImplemented
    },
    Native("__ror__(self, other)", "Either of two types.") { a in
      try bars(a[1], a[0], a.machine) ?? .notImplemented
    },
    Native("__eq__(self, other)", "Whether both mean the same type.") { a in
      let left: TypeAlias = try a.receiver()
      guard let right: TypeAlias = a.instance(1) else { return .notImplemented }
      let machine = a.machine
      if left.isUnion && right.isUnion || left.text == "typing.Literal" {
        guard left.isUnion == right.isUnion, left.arguments.count == right.arguments.count else {
          return .bool(false)
        }
        for item in left.arguments
        where try !machine.contains(item, in: .tuple(right.arguments)) {
          return .bool(false)
        }
        return .bool(true)
      }
      return .bool(
        try left.text == right.text
          && machine.equals(.tuple(left.arguments), .tuple(right.arguments)))
    },
    Native("__hash__(self)", "The hash of name and parameters.") { a in
      let alias: TypeAlias = try a.receiver()
      var sum = 0
      for item in alias.arguments { sum = sum &+ (try a.machine.hash(item)) }
      return .int(alias.isUnion ? sum : sum ^ (try a.machine.hash(.string(alias.text))))
    },
    Native("__call__(self, *args, **kwargs)", "An object of the type before the brackets.") { a in
      let alias: TypeAlias = try a.receiver()
      guard let type = alias.origin.asType else {
        throw Raise(.typeError, "Cannot instantiate \(try alias.shown(a.machine))")
      }
      if alias.type.name == "_GenericAlias", alias.text.hasPrefix("typing.") {
        throw Raise(
          .typeError,
          "Type \(alias.text.dropFirst(7)) cannot be instantiated; use \(type.name)() instead")
      }
      return try a.machine.call(alias.origin, a.items(1), keywords: a.keywords(2))
    },
    Native("__getitem__(self, parameters)", "Fills in the type variables.") { a in
      let alias: TypeAlias = try a.receiver()
      let variables = alias.variables()
      let given = a[1].asTuple?.items ?? [a[1]]
      if variables.isEmpty {
        throw Raise(.typeError, "\(try alias.shown(a.machine)) is not a generic class")
      }
      if given.count != variables.count {
        throw Raise(
          .typeError,
          "Too \(given.count > variables.count ? "many" : "few") arguments for "
            + "\(try alias.shown(a.machine)); actual \(given.count), expected \(variables.count)")
      }
      let copy = TypeAlias(alias.type)
      copy.text = alias.text
      copy.origin = alias.origin
      copy.arguments = alias.arguments
      for (variable, value) in zip(variables, given) {
        copy.arguments = copy.replaced(variable, by: value, a.machine)
      }
      return .object(copy)
    },
  ]

  private static func table(_ name: String, _ module: String, _ doc: String) -> TypeTable {
    TypeTable(
      name, module: module, doc: doc, isSubclassable: false,
      missingAttribute: { instance, name, machine in
        guard !name.hasPrefix("__"), let alias = instance as? TypeAlias, alias.origin.asType != nil
        else { return nil }
        return try machine.optionalAttribute(alias.origin, name)
      }, properties: properties, methods: methods)
  }

  static let generic = table("GenericAlias", "types", "A class with parameters.")
  static let bars = table("UnionType", "types", "One of several types: X | Y.")
  static let typed = table("_GenericAlias", "typing", "A name of typing with parameters.")
  static let union = table("_UnionGenericAlias", "typing", "One of several types.")
  static let literal = table("_LiteralGenericAlias", "typing", "One of several values.")
  static let callable = table("_CallableGenericAlias", "typing", "A function's types.")
}
