/// The module `enum`: classes whose instances are a fixed list of names with values.
///
/// The class body runs like any other. When the class is made, `__init_subclass__` of `Enum` turns
/// its plain attributes into members; what the class itself can do (`len(Color)`, `Color(1)`,
/// `for c in Color`) comes from its metatype.
enum EnumModule {
  static let table = ModuleTable(
    "enum", doc: "Names with constant values.",
    entries: [
      .type(enumeration), .type(integer), .type(text), .type(EnumFlags.flag),
      .type(EnumFlags.integerFlag), .type(auto), .type(metatype),
      .alias("EnumMeta", of: "EnumType"),
      .function(
        Native("unique(enumeration)", "Refuses two names for one value.") { a in
          guard let type = a[0].asType, let members = type.lookup("_member_map_")?.asDict else {
            throw Raise(.typeError, "unique() expects an enumeration")
          }
          var duplicates: [String] = []
          for (name, member) in members.pairs {
            let own = (member.asInstance as? EnumMember)?.name ?? ""
            if let text = name.swiftString, text != own { duplicates.append("\(text) -> \(own)") }
          }
          if duplicates.isEmpty { return a[0] }
          throw Raise(
            .valueError,
            "duplicate values found in \(try a.machine.repr(a[0])): "
              + duplicates.joined(separator: ", "))
        }),
    ])

  /// A member of an enumeration.
  final class EnumMember: Instance {
    var name = ""
    var value: Value {
      get { own("_value_") ?? .none }
      set { setOwn("_value_", newValue) }
    }
  }

  /// The value of a member that is also an int or a str; nil for everything else.
  static func plainValue(_ value: Value) -> Value? {
    guard let member = value.asInstance as? EnumMember, member.type.virtualBase != nil else {
      return nil
    }
    return member.value
  }

  /// `auto()`, or an operation on such: what it stands for is known when the class is made.
  private final class AutoValue: Instance {
    var value: Value = .undefined
    var operation: (op: Opcode, left: Value, right: Value)?
  }

  private static func deferred(_ name: String, _ op: Opcode) -> Native {
    Native("__\(name)__(self, other)", "The operation, once the values are known.") { a in
      let result = AutoValue(a.machine.type(auto))
      result.operation = (op, a[0], a[1])
      return .object(result)
    }
  }

  private static let auto: TypeTable = TypeTable(
    "auto", module: "enum", doc: "The next value, given by the enumeration.",
    allocate: { AutoValue($0) },
    methods: [
      deferred("or", .bitOr), deferred("and", .bitAnd), deferred("xor", .bitXor),
      deferred("add", .add), deferred("sub", .subtract), deferred("mul", .multiply),
      deferred("lshift", .shiftLeft),
    ])

  /// The value of `auto()` or of an operation on such; other values stay.
  private static func resolved(
    _ value: Value, _ type: TypeObject, _ name: String, _ given: [Value], _ machine: Machine
  ) throws(Raise) -> Value {
    guard let auto = value.asInstance as? AutoValue else { return value }
    if auto.value.isGiven { return auto.value }
    if let (op, left, right) = auto.operation {
      auto.value = try machine.binary(
        op, resolved(left, type, name, given, machine), resolved(right, type, name, given, machine))
    } else {
      auto.value = try nextValue(type, name, given, machine)
    }
    return auto.value
  }

  // MARK: - Making members

  private static func isDescriptor(_ value: Value) -> Bool {
    guard case .object(let object) = value else { return false }
    switch object.kind {
    case .function, .native, .property, .staticMethod, .classMethod, .boundMethod: return true
    case .instance:
      return unsafeDowncast(object, to: Instance.self).type.special(.get) != nil
    default: return false
    }
  }

  /// Turns the attributes of a new enumeration into members.
  private static func makeMembers(_ type: TypeObject, _ machine: Machine) throws(Raise) {
    if let base = type.base, let members = base.lookup("_member_map_")?.asDict, members.count > 0 {
      throw Raise(.typeError, "<enum '\(type.name)'> cannot extend <enum '\(base.name)'>")
    }
    let members = DictObject()
    let byValue = DictObject()
    let names = ListObject()
    var given: [Value] = []
    var ignored: Set<String> = []
    if let text = type.lookup("_ignore_")?.swiftString {
      ignored = Set(text.split { $0 == "," || $0 == " " }.map(String.init))
    } else if let list = type.lookup("_ignore_")?.asList {
      ignored = Set(list.items.compactMap(\.swiftString))
    }
    let isFlag = type.isSubclass(of: machine.type(EnumFlags.flag))
    for key in type.attributeOrder {
      let name = key.text
      guard var value = type.own(key) else { continue }
      if name.hasPrefix("__") && name.hasSuffix("__") || isDescriptor(value) { continue }
      if name.hasPrefix("_") && name.hasSuffix("_") || ignored.contains(name) { continue }
      value = try resolved(value, type, name, given, machine)
      given.append(value)
      let member = try makeMember(type, name, value, machine)
      if let known = try find(value: member.value, in: byValue, members, machine) {
        members[name] = known
        type.set(key, known)
        continue
      }
      let object = Value.object(member)
      members[name] = object
      // Combinations of flags have names, but are no members of their own.
      let bits = isFlag ? member.value.asInt : nil
      if bits.map({ $0 > 0 && $0 & ($0 - 1) == 0 }) ?? true { names.append(.string(name)) }
      type.set(key, object)
      if (try? machine.hash(member.value)) != nil { try byValue.set(member.value, object, machine) }
    }
    type.set("_member_map_", .object(members))
    type.set("__members__", .object(members))
    type.set("_member_names_", .object(names))
    type.set("_value2member_map_", .object(byValue))
  }

  private static func makeMember(
    _ type: TypeObject, _ name: String, _ value: Value, _ machine: Machine
  ) throws(Raise) -> EnumMember {
    let arguments = value.asTuple?.items ?? [value]
    var made: Value
    if let new = type.special(.new), case .object(let object) = new, object.kind == .function {
      made = try machine.call(new, [.object(type)] + arguments)
    } else {
      made = .object(type.allocate?(type) ?? EnumMember(type))
    }
    guard let member = made.asInstance as? EnumMember else {
      throw Raise(.typeError, "__new__ of an enumeration must give an object of its class")
    }
    member.name = name
    if member.own("_value_") == nil {
      if type.virtualBase === machine.types.int, !value.isInteger {
        throw Raise(
          .typeError, "int() argument must be a string, a bytes-like object or a real number, "
            + "not '\(machine.typeName(value))'")
      }
      if type.virtualBase === machine.types.string, value.asString == nil {
        throw Raise(.typeError, "\(try machine.repr(value)) is not a string")
      }
      member.value = value
    }
    member.setOwn("_name_", .string(name))
    if let initializer = type.special(.`init`) {
      _ = try machine.call(initializer, [made] + arguments)
    }
    return member
  }

  /// What `auto()` stands for.
  private static func nextValue(
    _ type: TypeObject, _ name: String, _ given: [Value], _ machine: Machine
  ) throws(Raise) -> Value {
    if let hook = type.lookup("_generate_next_value_") {
      let function =
        hook.object.flatMap { $0.kind == .staticMethod ? $0 as? WrappedFunction : nil }?.function
        ?? hook
      return try machine.call(
        function, [.string(name), .int(1), .int(given.count), .list(given)])
    }
    if type.isSubclass(of: machine.type(text)) { return .string(name.lowercased()) }
    if type.isSubclass(of: machine.type(EnumFlags.flag)) {
      var highest = 0
      for value in given { highest = max(highest, value.asInt ?? 0) }
      return .int(highest == 0 ? 1 : 1 << min(62, Int.bitWidth - highest.leadingZeroBitCount))
    }
    var last: Value?
    for value in given where value.asDouble != nil {
      if try last.map({ (old) throws(Raise) in try machine.isLess(old, value) }) ?? true {
        last = value
      }
    }
    guard let last else { return .int(1) }
    return try machine.binary(.add, last, .int(1))
  }

  private static func find(
    value: Value, in byValue: DictObject, _ members: DictObject, _ machine: Machine
  ) throws(Raise) -> Value? {
    do {
      return try byValue.get(value, machine)
    } catch {
      if !machine.isException(error, .typeError) { throw error }
    }
    for member in members.values {
      if let known = member.asInstance as? EnumMember, try machine.equals(known.value, value) {
        return member
      }
    }
    return nil
  }

  /// `Color(value)`.
  static func lookUp(_ value: Value, in type: TypeObject, _ machine: Machine) throws(Raise) -> Value {
    if let member = value.asInstance as? EnumMember, member.type === type { return value }
    guard let byValue = type.lookup("_value2member_map_")?.asDict,
      let members = type.lookup("_member_map_")?.asDict
    else { throw Raise(.typeError, "\(type.name) has no members defined") }
    let plain = (value.asInstance as? EnumMember).flatMap { plainValue(.object($0)) } ?? value
    if let found = try find(value: plain, in: byValue, members, machine) { return found }
    if let hook = type.lookup("_missing_") {
      let found = try machine.call(machine.bound(hook, to: .object(type), type), [value])
      if !found.isNone { return found }
    }
    if let number = plain.asInt, type.isSubclass(of: machine.type(EnumFlags.flag)) {
      if let made = try EnumFlags.composite(number, in: type, machine) { return made }
    }
    throw Raise(.valueError, "\(try machine.repr(value)) is not a valid \(type.name)")
  }

  static func members(of type: TypeObject) -> [Value] {
    guard let names = type.lookup("_member_names_")?.asList,
      let members = type.lookup("_member_map_")?.asDict
    else { return [] }
    return names.items.compactMap { $0.asString.flatMap { members[$0] } }
  }

  // MARK: - The class of enumerations

  private static func type(_ a: Arguments) throws(Raise) -> TypeObject {
    guard let type = a[0].asType else { throw Raise(.typeError, "an enumeration is needed") }
    return type
  }

  static let metatype = TypeTable(
    "EnumType", module: "enum", doc: "The class of enumerations.", isSubclassable: false,
    baseName: "type",
    methods: [
      Native("__call__(self, value, names=None, *, module=None, start=1)",
        "The member with a value, or a new enumeration."
      ) { a in
        let type = try type(a)
        if a[2].isNone { return try lookUp(a[1], in: type, a.machine) }
        return try functional(type, a)
      },
      Native("__iter__(cls)", "The members.") { a in
        try a.machine.iterator(.list(members(of: type(a))))
      },
      Native("__reversed__(cls)", "The members, backwards.") { a in
        try a.machine.iterator(.list(members(of: type(a)).reversed()))
      },
      Native("__len__(cls)", "The number of members.") { a in
        .int(members(of: try type(a)).count)
      },
      Native("__contains__(cls, value)", "Whether a member belongs here.") { a in
        guard let member = a[1].asInstance as? EnumMember else {
          throw Raise(
            .typeError,
            "unsupported operand type(s) for 'in': '\(a.machine.typeName(a[1]))' and 'EnumType'")
        }
        return .bool(try member.type.isSubclass(of: type(a)))
      },
      Native("__getattr__(cls, name)", "There is no such member.") { a in
        throw Raise(.attributeError, try a.string(1))
      },
      Native("__setattr__(cls, name, value)", "Sets an attribute that is no member.") { a in
        let type = try type(a)
        let name = try a.text(1)
        if type.lookup("_member_map_")?.asDict?[name] != nil {
          throw Raise(.attributeError, "cannot reassign member '\(name.swiftString)'")
        }
        type.set(name.name, a[2])
        return .none
      },
      Native("__repr__(cls)", "The name of the enumeration.") { a in
        let type = try type(a)
        let isFlag = type.isSubclass(of: a.machine.type(EnumFlags.flag))
        return .string("<\(isFlag ? "flag" : "enum") '\(type.name)'>")
      },
    ])

  /// `Enum("Color", "RED GREEN")`.
  private static func functional(_ base: TypeObject, _ a: Arguments) throws(Raise) -> Value {
    let machine = a.machine
    let namespace = DictObject()
    var pairs: [(Value, Value)] = []
    let start = try a.size(4)
    if let mapping = a[2].asDict {
      pairs = mapping.pairs.map { ($0.key, $0.value) }
    } else {
      var items: [Value] = []
      if let text = a[2].swiftString {
        items = text.split { $0 == "," || $0.isWhitespace }.map { .string(String($0)) }
      } else {
        items = try machine.array(a[2])
      }
      for (index, item) in items.enumerated() {
        if let pair = item.asTuple ?? item.asList.map({ TupleObject($0.items) }), pair.count == 2 {
          pairs.append((pair[0], pair[1]))
        } else {
          let isFlag = base.isSubclass(of: machine.type(EnumFlags.flag))
          let value =
            base.isSubclass(of: machine.type(text))
            ? Value.string(item.swiftString?.lowercased() ?? "")
            : .int(isFlag ? 1 << min(62, index) : start + index)
          pairs.append((item, value))
        }
      }
    }
    for (name, value) in pairs {
      guard let text = name.asString else {
        throw Raise(.typeError, "names of members must be strings")
      }
      namespace[text] = value
    }
    return .object(try machine.makeClass(a.string(1), base: base, namespace: namespace))
  }

  // MARK: - Enumerations

  private static func member(_ value: Value) throws(Raise) -> EnumMember {
    guard let member = value.asInstance as? EnumMember else {
      throw Raise(.typeError, "a member of an enumeration is needed")
    }
    return member
  }

  static let enumeration = TypeTable(
    "Enum", module: "enum", doc: "Names with constant values; derive from it.", metatype: metatype,
    allocate: { EnumMember($0) },
    properties: [
      NativeProperty("name", "The name of the member.") { value, _ in
        try member(value).own("_name_") ?? .none
      },
      NativeProperty("value", "The value of the member.") { value, _ in try member(value).value },
    ],
    classMethods: [
      Native("__init_subclass__(cls, **kwargs)", "Makes the members.") { a in
        if let type = a[0].asType { try makeMembers(type, a.machine) }
        return .none
      },
      Native("__class_getitem__(cls, name)", "The member of a name.") { a in
        guard let name = a[1].asString, let type = a[0].asType,
          let found = type.lookup("_member_map_")?.asDict?[name]
        else { throw Raise(.keyError, arguments: [a[1]]) }
        return found
      },
    ],
    methods: [
      Native("__repr__(self)", "Class, name and value.") { a in
        let member = try member(a[0])
        return .string(
          "<\(member.type.name).\(member.name): \(try a.machine.repr(member.value))>")
      },
      Native("__str__(self)", "Class and name.") { a in
        let member = try member(a[0])
        return .string("\(member.type.name).\(member.name)")
      },
      Native("__format__(self, spec)", "The text by a specification.") { a in
        .string(try a.machine.formatted(.object(a.machine.textObject(of: a[0])), a.string(1)))
      },
      Native("__hash__(self)", "The hash of the name.") { a in
        .int(try a.machine.hash(.string(member(a[0]).name)))
      },
      Native("__copy__(self)", "The member itself.") { a in a[0] },
      Native("__deepcopy__(self, memo)", "The member itself.") { a in a[0] },
    ])

  // MARK: - Members that are numbers or texts

  /// The other operand as a plain value.
  static func plain(_ value: Value) -> Value { plainValue(value) ?? value }

  private static func operators(_ list: [(String, Opcode)]) -> [Native] {
    list.flatMap { name, op in
      [
        Native("__\(name)__(self, other)", "As the value does.") { a in
          try a.machine.binary(op, plain(a[0]), plain(a[1]))
        },
        Native("__r\(name)__(self, other)", "As the value does.") { a in
          try a.machine.binary(op, plain(a[1]), plain(a[0]))
        },
      ]
    }
  }

  static let comparisons: [Native] =
    (["eq", "ne", "lt", "le", "gt", "ge"] as [String]).enumerated().map { index, name in
      Native("__\(name)__(self, other)", "As the values compare.") { a in
        let left = plain(a[0])
        let right = plain(a[1])
        if index < 2 {
          return .bool(try a.machine.equals(left, right) == (index == 0))
        }
        return try a.machine.compare(UInt8(index), left, right)
      }
    }

  private static let asValue: [Native] = [
    Native("__str__(self)", "The text of the value.") { a in
      .object(try a.machine.textObject(of: plain(a[0])))
    },
    Native("__format__(self, spec)", "The value by a specification.") { a in
      .string(try a.machine.formatted(plain(a[0]), a.string(1)))
    },
    Native("__hash__(self)", "The hash of the value.") { a in
      .int(try a.machine.hash(plain(a[0])))
    },
    Native("__bool__(self)", "Whether the value counts as true.") { a in
      .bool(try a.machine.truth(plain(a[0])))
    },
  ]

  static let integerMethods: [Native] =
    asValue + comparisons
    + operators([
      ("add", .add), ("sub", .subtract), ("mul", .multiply), ("truediv", .divide),
      ("floordiv", .floorDivide), ("mod", .modulo), ("pow", .power), ("and", .bitAnd),
      ("or", .bitOr), ("xor", .bitXor), ("lshift", .shiftLeft), ("rshift", .shiftRight),
    ]) + [
      Native("__round__(self, ndigits=None)", "The value, rounded.") { a in
        guard let round = a.machine.builtin("round") else { return .none }
        return try a.machine.call(round, [plain(a[0]), a[1]])
      },
      Native("__divmod__(self, other)", "Quotient and remainder of the value.") { a in
        guard let divmod = a.machine.builtin("divmod") else { return .none }
        return try a.machine.call(divmod, [plain(a[0]), plain(a[1])])
      },
      Native("__index__(self)", "The value.") { a in plain(a[0]) },
      Native("__int__(self)", "The value.") { a in plain(a[0]) },
      Native("__float__(self)", "The value as a float.") { a in
        .float(try a.machine.realNumber(plain(a[0])))
      },
      Native("__neg__(self)", "The negative value.") { a in
        try a.machine.unary(.negate, plain(a[0]))
      },
      Native("__abs__(self)", "The absolute value.") { a in
        let value = plain(a[0])
        return try a.machine.isLess(value, .int(0)) ? a.machine.unary(.negate, value) : value
      },
      Native("__invert__(self)", "The value with all bits turned.") { a in
        try a.machine.unary(.invert, plain(a[0]))
      },
    ]

  /// The methods of the number or string that a member is.
  static func attributeOfValue(
    _ instance: Instance, _ name: String, _ machine: Machine
  ) throws -> Value? {
    guard let value = plainValue(.object(instance)) else { return nil }
    return try machine.optionalAttribute(value, name)
  }

  static let integer = TypeTable(
    "IntEnum", module: "enum", doc: "An enumeration whose members are integers.",
    base: enumeration, virtualBaseName: "int", missingAttribute: attributeOfValue,
    methods: integerMethods)

  static let text = TypeTable(
    "StrEnum", module: "enum", doc: "An enumeration whose members are strings.",
    base: enumeration, virtualBaseName: "str",
    missingAttribute: attributeOfValue,
    methods: asValue + comparisons + operators([("add", .add), ("mul", .multiply), ("mod", .modulo)])
      + [
        Native("__len__(self)", "The length of the value.") { a in
          .int(try a.machine.length(plain(a[0])) ?? 0)
        },
        Native("__getitem__(self, key)", "A part of the value.") { a in
          try a.machine.item(plain(a[0]), a[1])
        },
        Native("__contains__(self, part)", "Whether the value contains a text.") { a in
          .bool(try a.machine.contains(plain(a[1]), in: plain(a[0])))
        },
        Native("__iter__(self)", "The characters of the value.") { a in
          try a.machine.iterator(plain(a[0]))
        },
      ])
}
