extension Builtins {
  static let objects: [Native] = [
    Native(
      "isinstance(obj, class_or_tuple, /)", "Whether an object is of a class or of one of several.",
      example: "isinstance(3, int)", shortcut: .isInstance
    ) { a in .bool(try isInstance(a[0], a[1], a.machine)) },
    Native("issubclass(subclass, class_or_tuple, /)", "Whether a class derives from another.") { a in
      guard let type = a[0].asType else {
        throw Raise(.typeError, "issubclass() arg 1 must be a class")
      }
      return .bool(try isSubclass(type, a[1], a.machine))
    },
    Native("callable(obj, /)", "Whether an object can be called.") { a in
      .bool(Callables.isCallable(a[0], a.machine))
    },
    Native("hasattr(obj, name, /)", "Whether an object has an attribute.") { a in
      guard let name = a[1].swiftString else {
        throw Raise(
          .typeError, "attribute name must be string, not '\(a.machine.typeName(a[1]))'")
      }
      return .bool(try a.machine.optionalAttribute(a[0], name) != nil)
    },
    Native("getattr(object, name, default=..., /)", "An attribute by name.") { a in
      guard let name = a[1].swiftString else {
        throw Raise(
          .typeError, "attribute name must be string, not '\(a.machine.typeName(a[1]))'")
      }
      if !a.isGiven(2) { return try a.machine.attribute(a[0], name) }
      return try a.machine.optionalAttribute(a[0], name) ?? a[2]
    },
    Native("setattr(obj, name, value, /)", "Sets an attribute by name.") { a in
      guard let name = a[1].swiftString else {
        throw Raise(
          .typeError, "attribute name must be string, not '\(a.machine.typeName(a[1]))'")
      }
      try a.machine.setAttribute(a[0], name, a[2])
      return .none
    },
    Native("delattr(obj, name, /)", "Deletes an attribute by name.") { a in
      guard let name = a[1].swiftString else {
        throw Raise(
          .typeError, "attribute name must be string, not '\(a.machine.typeName(a[1]))'")
      }
      try a.machine.deleteAttribute(a[0], Name(name))
      return .none
    },
    Native("id(obj, /)", "A number that tells objects apart while they live.") { a in
      switch a[0] {
      case .object where a[0].isIdentical(to: .object(TupleObject.empty)):
        .int(a.machine.identity(TupleObject.empty))
      case .object(let object): .int(a.machine.identity(object))
      case .int(let number): .int(number &* 32 &+ 9_000_000)
      case .bool(let flag): .int(flag ? 8_000_032 : 8_000_000)
      case .float(let number): .int(Int(truncatingIfNeeded: number.bitPattern >> 4))
      default: .int(7_000_000)
      }
    },
    Native("hash(obj, /)", "The hash of an object.") { a in .int(try a.machine.hash(a[0])) },
    Native("dir(object=..., /)", "The names of an object's attributes, or of the session.") { a in
      if a.isGiven(0) { return .list(try a.machine.directory(of: a[0])) }
      return .list(a.machine.globalBindings.map(\.name).sorted().map { .string($0) })
    },
    Native("vars(object=..., /)", "An object's own attributes as a dictionary.") { a in
      let dict = DictObject()
      if !a.isGiven(0) {
        for (name, value) in a.machine.globalBindings { dict[name] = value }
        return .object(dict)
      }
      if let found = try a.machine.optionalAttribute(a[0], "__dict__") { return found }
      throw Raise(.typeError, "vars() argument must have __dict__ attribute")
    },
    Native("help(object=...)", "Signature and description of an object.", example: "help(len)") { a in
      let text =
        a.isGiven(0)
        ? Help(a.machine).text(of: a[0], name: nil)
        : Help.introduction
      a.machine.host?.write(text + "\n", toError: false)
      return .none
    },
  ]

  static func isInstance(_ value: Value, _ wanted: Value, _ machine: Machine) throws(Raise) -> Bool {
    if let tuple = wanted.asTuple {
      try machine.enterNative()
      defer { machine.nativeDepth -= 1 }
      for item in tuple.items where try isInstance(value, item, machine) { return true }
      return false
    }
    if wanted.isNone { return value.isNone }
    guard let type = wanted.asType else {
      if let alias = wanted.asInstance as? TypeAlias {
        if let answer = try alias.contains(value, machine) { return answer }
        throw Raise(
          .typeError,
          alias.text.hasPrefix("typing.") || alias.type.name == "_GenericAlias"
            ? "Subscripted generics cannot be used with class and instance checks"
            : "isinstance() argument 2 cannot be a parameterized generic")
      }
      if let form = wanted.asInstance as? TypingForms.Form,
        let answer = try TypingForms.isInstance(value, of: form, machine)
      {
        return answer
      }
      throw Raise(
        .typeError,
        "isinstance() arg 2 must be a type, a tuple of types, or a union")
    }
    if let check = type.lookup("__instancecheck__") {
      return try machine.truth(machine.call(check, [wanted, value]))
    }
    return machine.type(of: value).isSubclass(of: type)
  }

  private static func isSubclass(
    _ type: TypeObject, _ wanted: Value, _ machine: Machine
  ) throws(Raise) -> Bool {
    if let tuple = wanted.asTuple {
      try machine.enterNative()
      defer { machine.nativeDepth -= 1 }
      for item in tuple.items where try isSubclass(type, item, machine) { return true }
      return false
    }
    if let alias = wanted.asInstance as? TypeAlias, alias.isUnion {
      for item in alias.arguments where try isSubclass(type, item, machine) { return true }
      return false
    }
    if let form = wanted.asInstance as? TypingForms.Form,
      let origin = try machine.optionalAttribute(.object(form), "__origin__")
    {
      return try isSubclass(type, origin, machine)
    }
    guard let other = wanted.asType else {
      throw Raise(
        .typeError, "issubclass() arg 2 must be a class, a tuple of classes, or a union")
    }
    if let check = other.lookup("__subclasscheck__") {
      return try machine.truth(machine.call(check, [wanted, .object(type)]))
    }
    return type.isSubclass(of: other)
  }
}
