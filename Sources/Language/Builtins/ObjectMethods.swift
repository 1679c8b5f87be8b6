/// What every class inherits from `object`, reachable through `super()` and `object.__name__`.
///
/// These are not attributes of the type itself: the machine would find them on every lookup of a
/// special method and take slow paths for objects that define none.
enum ObjectMethods {
  private static let rows: [String: Native] = {
    let list = [
      Native("__init__(self, *args, **kwargs)", "Does nothing.") { a in
        guard a[1].asTuple.map({ $0.count > 0 }) ?? false || !a.keywords(2).isEmpty,
          let type = a[0].asInstance?.type,
          !(type.isDerived && type.isFilledLater),
          type.lineage.allSatisfy({ $0.module == "__main__" || $0.module == "builtins" })
        else { return .none }
        if type.special(.`init`) != nil {
          throw Raise(
            .typeError, "object.__init__() takes exactly one argument (the instance to initialize)")
        }
        throw Raise(.typeError, "\(type.name)() takes no arguments")
      },
      Native("__new__(cls, *args, **kwargs)", "An empty object of a class.") { a in
        guard let type = a[0].asType else {
          throw Raise(.typeError, "object.__new__(X): X is not a type object")
        }
        guard let allocate = type.allocate else {
          throw Raise(.typeError, "cannot create '\(type.name)' instances")
        }
        return .object(allocate(type))
      },
      Native("__setattr__(self, name, value)", "Sets an attribute.") { a in
        guard let instance = a[0].asInstance else {
          throw Raise(.typeError, "an instance is needed")
        }
        try a.machine.setOwnAttribute(instance, Name(a.string(1)), a[2])
        return .none
      },
      Native("__getattribute__(self, name)", "Looks an attribute up.") { a in
        guard let instance = a[0].asInstance else { return try a.machine.attribute(a[0], a.string(1)) }
        if let own = instance.own(try a.string(1)) { return own }
        if let found = instance.type.lookup(try a.string(1)) {
          return try a.machine.bound(found, to: a[0], instance.type)
        }
        throw a.machine.noAttribute(a[0], try a.string(1))
      },
      Native("__delattr__(self, name)", "Deletes an attribute.") { a in
        guard let instance = a[0].asInstance, instance.removeOwn(try a.string(1)) else {
          throw a.machine.noAttribute(a[0], try a.string(1))
        }
        return .none
      },
      Native("__repr__(self)", "The default text of an object.") { a in
        guard case .object(let object) = a[0] else { return .string(try a.machine.repr(a[0])) }
        let type = a.machine.type(of: a[0])
        return .string("<\(type.qualifiedName) object at \(a.machine.address(object))>")
      },
      Native("__str__(self)", "The text of an object.") { a in .string(try a.machine.repr(a[0])) },
      Native("__eq__(self, other)", "Whether two names mean one object.") { a in
        a[0].isIdentical(to: a[1]) ? .bool(true) : .notImplemented
      },
      Native("__ne__(self, other)", "Whether two names mean different objects.") { a in
        // The opposite of what the class's `__eq__` says.
        if let method = a.machine.type(of: a[0]).special(.eq) {
          let result = try a.machine.call(method, [a[0], a[1]])
          return result.isNotImplemented ? result : .bool(try !a.machine.truth(result))
        }
        return a[0].isIdentical(to: a[1]) ? .bool(false) : .notImplemented
      },
      order("__lt__"), order("__le__"), order("__gt__"), order("__ge__"),
      Native("__hash__(self)", "The hash of the object's identity.") { a in
        guard case .object(let object) = a[0] else { return .int(try a.machine.hash(a[0])) }
        return .int(a.machine.identity(object) >> 4)
      },
      Native("__init_subclass__(cls, **kwargs)", "Called for every new subclass.") { _ in .none },
      Native("__format__(self, format_spec)", "The text of an object by a spec.") { a in
        if try a.string(1).isEmpty { return .object(try a.machine.textObject(of: a[0])) }
        throw Raise(
          .typeError,
          "unsupported format string passed to \(a.machine.typeName(a[0])).__format__")
      },
    ]
    return Dictionary(list.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }()

  /// Objects have no order of their own.
  private static func order(_ name: String) -> Native {
    Native("\(name)(self, other)", "Unknown: objects have no order.") { _ in .notImplemented }
  }

  /// The function of `object` of that name, unbound.
  static func function(_ name: Name) -> Value? {
    rows[name.text].map { .object(NativeFunction($0)) }
  }
}
