/// `enum.Flag` and `enum.IntFlag`: members that combine as bits.
enum EnumFlags {
  private static func member(_ value: Value) throws(Raise) -> EnumModule.EnumMember {
    guard let member = value.asInstance as? EnumModule.EnumMember else {
      throw Raise(.typeError, "a flag is needed")
    }
    return member
  }

  private static func bits(_ value: Value) -> Int? {
    (value.asInstance as? EnumModule.EnumMember)?.value.asInt ?? value.asInt
  }

  /// The single bits of an enumeration, lowest first.
  private static func singles(_ type: TypeObject) -> [(name: String, bit: Int, member: Value)] {
    EnumModule.members(of: type).compactMap { value in
      guard let member = value.asInstance as? EnumModule.EnumMember, let bit = member.value.asInt,
        bit > 0, bit & (bit - 1) == 0
      else { return nil }
      return (member.name, bit, value)
    }.sorted { $0.bit < $1.bit }
  }

  /// The member for a combination of bits; nil before the class is made.
  static func composite(
    _ number: Int, in type: TypeObject, _ machine: Machine
  ) throws(Raise) -> Value? {
    guard let byValue = type.lookup("_value2member_map_")?.asDict else { return nil }
    let parts = singles(type)
    let all = parts.reduce(0) { $0 | $1.bit }
    let isInteger = type.virtualBase != nil
    let wanted = number < 0 ? all & number : number
    if let known = try byValue.get(.int(wanted), machine) { return known }
    // Bits that no flag has are dropped, as CPython 3.11.2 does; integers keep them.
    if wanted & ~all != 0, !isInteger { return try composite(wanted & all, in: type, machine) }
    let names = parts.filter { $0.bit & wanted != 0 }.map(\.name)
    let member = EnumModule.EnumMember(type)
    member.name = names.joined(separator: "|")
    if wanted & ~all != 0 {
      member.name += (names.isEmpty ? "" : "|") + String(wanted & ~all)
    }
    member.value = .int(wanted)
    member.setOwn("_name_", names.isEmpty ? .none : .string(member.name))
    try byValue.set(.int(wanted), .object(member), machine)
    return .object(member)
  }

  private static func combined(
    _ name: String, _ doc: String, _ operation: @escaping (Int, Int) -> Int
  ) -> [Native] {
    ["__\(name)__", "__r\(name)__"].map { method in
      Native("\(method)(self, other)", doc) { a in
        let left = try member(a[0])
        let isInteger = left.type.virtualBase != nil
        let isSame = (a[1].asInstance as? EnumModule.EnumMember)?.type === left.type
        guard isSame || isInteger, let x = bits(a[0]), let y = bits(a[1]) else {
          return .notImplemented
        }
        let result = operation(x, y)
        return try composite(result, in: left.type, a.machine) ?? .int(result)
      }
    }
  }

  private static let methods: [Native] =
    combined("or", "The bits of both.") { $0 | $1 }
    + combined("and", "The bits in common.") { $0 & $1 }
    + combined("xor", "The bits of one only.") { $0 ^ $1 } + [
      Native("__invert__(self)", "All other bits.") { a in
        let flag = try member(a[0])
        let all = singles(flag.type).reduce(0) { $0 | $1.bit }
        let rest = all & ~(bits(a[0]) ?? 0)
        return try composite(rest, in: flag.type, a.machine) ?? .int(rest)
      },
      Native("__contains__(self, other)", "Whether all bits of another are set.") { a in
        guard let own = bits(a[0]), let other = a[1].asInstance as? EnumModule.EnumMember,
          let wanted = other.value.asInt
        else {
          throw Raise(
            .typeError,
            "unsupported operand type(s) for 'in': '\(a.machine.typeName(a[1]))' and "
              + "'\(a.machine.typeName(a[0]))'")
        }
        return .bool(own & wanted == wanted)
      },
      Native("__iter__(self)", "The single flags that are set.") { a in
        let flag = try member(a[0])
        let own = bits(a[0]) ?? 0
        return try a.machine.iterator(
          .list(singles(flag.type).filter { $0.bit & own != 0 }.map(\.member)))
      },
      Native("__len__(self)", "How many flags are set.") { a in
        .int((bits(a[0]) ?? 0).nonzeroBitCount)
      },
      Native("__bool__(self)", "Whether a flag is set.") { a in .bool((bits(a[0]) ?? 0) != 0) },
      Native("__repr__(self)", "Class, names and value.") { a in
        let flag = try member(a[0])
        let value = try a.machine.repr(flag.value)
        if flag.name.isEmpty { return .string("<\(flag.type.name): \(value)>") }
        return .string("<\(flag.type.name).\(flag.name): \(value)>")
      },
    ]

  static let flag: TypeTable = TypeTable(
    "Flag", module: "enum", doc: "An enumeration whose members combine as bits.",
    base: EnumModule.enumeration,
    methods: methods + [
      Native("__str__(self)", "Class and names.") { a in
        let flag = try member(a[0])
        if flag.name.isEmpty {
          return .string("\(flag.type.name)(\(try a.machine.repr(flag.value)))")
        }
        return .string("\(flag.type.name).\(flag.name)")
      }
    ])

  static let integerFlag: TypeTable = TypeTable(
    "IntFlag", module: "enum", doc: "Flags that are integers too.", base: flag,
    virtualBaseName: "int", missingAttribute: EnumModule.attributeOfValue,
    methods: EnumModule.integerMethods.filter { row in
      !["__and__", "__rand__", "__or__", "__ror__", "__xor__", "__rxor__", "__invert__"]
        .contains(row.name)
    })
}
