/// The module `functools`.
enum FunctionToolsModule {
  static let table = ModuleTable(
    "functools", doc: "Functions that work on functions.",
    entries: [
      .function(reduce), .type(PartialTable.table), .type(PartialTable.method), .function(LRUCache.lruCache),
      .function(LRUCache.cache), .function(wraps), .function(updateWrapper),
      .function(totalOrdering), .function(compareKey), .type(CachedPropertyTable.table),
      .function(SingleDispatch.row),
      .value(name: "WRAPPER_ASSIGNMENTS", doc: "What wraps() copies.") { _ in
        .tuple(assigned.map { .string($0) })
      },
    ])

  private static let reduce = Native(
    "reduce(function, iterable, initial=..., /)", "Folds the items from left to right.",
    example: "functools.reduce(lambda x, y: x * y, [1, 2, 3, 4])"
  ) { a in
    var result = a[2]
    let function = a[0]
    guard try a.machine.isIterable(a[1]) else {
      throw Raise(.typeError, "reduce() arg 2 must support iteration")
    }
    try a.machine.iterate(a[1]) { (item) throws(Raise) in
      result = result.isUndefined ? item : try a.machine.call(function, [result, item])
    }
    if result.isUndefined {
      throw Raise(.typeError, "reduce() of empty iterable with no initial value")
    }
    return result
  }

  // MARK: - wraps

  private static let assigned = ["__module__", "__name__", "__qualname__", "__doc__"]

  private static let wraps = Native(
    "wraps(wrapped, assigned=..., updated=...)",
    "A decorator that gives a wrapper the name and doc of what it wraps."
  ) { a in
    let wrapped = a[0]
    return .object(
      NativeFunction(
        Native("update_wrapper(wrapper)", "Takes over name and doc.") { a in
          try update(a[0], from: wrapped, a.machine)
        }))
  }

  private static let updateWrapper = Native(
    "update_wrapper(wrapper, wrapped, assigned=..., updated=...)",
    "Gives a wrapper the name and doc of what it wraps."
  ) { a in try update(a[0], from: a[1], a.machine) }

  /// Copies the names and the attributes of a function onto its wrapper.
  static func update(
    _ wrapper: Value, from wrapped: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    for name in assigned {
      if let value = try machine.optionalAttribute(wrapped, name) {
        do {
          try machine.setAttribute(wrapper, name, value)
        } catch {
          if !machine.isException(error, .attributeError) { throw error }
        }
      }
    }
    if case .object(let object) = wrapped, object.kind == .function,
      let attributes = unsafeDowncast(object, to: FunctionObject.self).attributes
    {
      for (name, value) in attributes.pairs {
        if let text = name.swiftString { try machine.setAttribute(wrapper, text, value) }
      }
    }
    try machine.setAttribute(wrapper, "__wrapped__", wrapped)
    return wrapper
  }

  // MARK: - Ordering

  private static let totalOrdering = Native(
    "total_ordering(cls)", "Fills in the comparisons that a class leaves out."
  ) { a in
    guard let type = a[0].asType else {
      throw Raise(.typeError, "total_ordering() expects a class")
    }
    let roots = ["__lt__", "__gt__", "__le__", "__ge__"].filter { type.lookup($0) != nil }
    guard let root = roots.first else {
      throw Raise(
        .valueError, "must define at least one ordering operation: < > <= >=")
    }
    func ask(_ a: Arguments, _ name: String) throws(Raise) -> Value {
      guard let method = a.machine.type(of: a[0]).lookup(name) else { return .notImplemented }
      return try a.machine.call(method, [a[0], a[1]])
    }
    // Each missing operation from the root and from equality.
    let rules: [String: [(String, Bool, Bool?)]] = [
      // name, negate the root, combine with equality (true: or equal; false: and not equal)
      "__lt__": [("__gt__", true, false), ("__le__", false, true), ("__ge__", true, nil)],
      "__gt__": [("__lt__", true, false), ("__ge__", false, true), ("__le__", true, nil)],
      "__le__": [("__ge__", true, true), ("__lt__", false, false), ("__gt__", true, nil)],
      "__ge__": [("__le__", true, true), ("__gt__", false, false), ("__lt__", true, nil)],
    ]
    for (name, negates, equality) in rules[root] ?? [] where type.lookup(name) == nil {
      let row = Native("\(name)(self, other)", "From \(root) and __eq__.") { a in
        let answer = try ask(a, root)
        if answer.isNotImplemented { return answer }
        var holds = try a.machine.truth(answer)
        if negates { holds.toggle() }
        if let equality {
          let equal = try a.machine.equals(a[0], a[1])
          holds = equality ? holds || equal : holds && !equal
        }
        return .bool(holds)
      }
      type.set(name, .object(NativeFunction(row, owner: type)))
    }
    return a[0]
  }

  private static let compareKey = Native(
    "cmp_to_key(mycmp)", "A sort key from a function that compares two items.",
    example: "sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a))"
  ) { a in
    let comparison = a[0]
    return .object(
      NativeFunction(
        Native("K(obj)", "The key of an object.") { a in
          let key = Instance(a.machine.type(comparedKey))
          key.setOwn("obj", a[0])
          key.setOwn("_compare", comparison)
          return .object(key)
        }))
  }

  private static func comparing(_ name: String, _ test: @escaping (Value, Machine) throws(Raise) -> Value) -> Native {
    Native("\(name)(self, other)", "Asks the comparison.") { a in
      guard let left = a[0].asInstance, let right = a[1].asInstance,
        let comparison = left.own("_compare"), let x = left.own("obj"), let y = right.own("obj")
      else { throw Raise(.typeError, "other argument must be K instance") }
      return try test(a.machine.call(comparison, [x, y]), a.machine)
    }
  }

  private static let comparedKey = TypeTable(
    "KeyWrapper", module: "functools", doc: "A key that compares by a function.",
    methods: [
      comparing("__lt__") { (order, machine) throws(Raise) in
        try machine.compare(2, order, .int(0))
      },
      comparing("__le__") { (order, machine) throws(Raise) in
        try machine.compare(3, order, .int(0))
      },
      comparing("__gt__") { (order, machine) throws(Raise) in
        try machine.compare(4, order, .int(0))
      },
      comparing("__ge__") { (order, machine) throws(Raise) in
        try machine.compare(5, order, .int(0))
      },
      comparing("__eq__") { (order, machine) throws(Raise) in
        try machine.compare(0, order, .int(0))
      },
    ])
}

/// `functools.partial`: a function with some arguments given.
enum PartialTable {
  final class PartialObject: Instance {
    @exclusivity(unchecked) var function: Value = .none
    @exclusivity(unchecked) var arguments: [Value] = []
    var keywords: [(name: String, value: Value)] = []

    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      visitor.visit(function)
      visitor.visit(&arguments)
      if visitor.isSoleOwner(&keywords) { for (_, value) in keywords { visitor.visit(value) } }
    }

    override func surrender(into heap: inout [Value]) {
      heap.append(function)
      heap.append(contentsOf: arguments)
      heap.append(contentsOf: keywords.map(\.value))
      (function, arguments, keywords) = (.none, [], [])
      super.surrender(into: &heap)
    }

    deinit {
      Disposal.take(&function)
      Disposal.take(&arguments)
    }
  }

  static let table = TypeTable(
    "partial", module: "functools", doc: "A function with some of its arguments given.",
    showsModule: true, allocate: { PartialObject($0) },
    properties: [
      NativeProperty("func", "The function.") { value, _ in
        (value.asInstance as? PartialObject)?.function ?? .none
      },
      NativeProperty("args", "The positional arguments given.") { value, _ in
        .tuple((value.asInstance as? PartialObject)?.arguments ?? [])
      },
      NativeProperty("keywords", "The keyword arguments given.") { value, _ in
        let dict = DictObject()
        for (name, value) in (value.asInstance as? PartialObject)?.keywords ?? [] {
          dict[name] = value
        }
        return .object(dict)
      },
    ],
    methods: [
      Native("__init__(self, func, /, *args, **keywords)", "A function and arguments.") { a in
        let partial = try a.receiver(PartialObject.self)
        guard Callables.isCallable(a[1], a.machine) else {
          throw Raise(.typeError, "the first argument must be callable")
        }
        if let inner = a[1].asInstance as? PartialObject {
          // A partial of a partial: one call instead of two.
          partial.function = inner.function
          partial.arguments = inner.arguments + (try a.items(2))
          partial.keywords = merged(inner.keywords, a.keywords(3))
        } else {
          partial.function = a[1]
          partial.arguments = try a.items(2)
          partial.keywords = a.keywords(3)
        }
        return .none
      },
      Native("__call__(self, /, *args, **keywords)", "Calls with the rest of the arguments.") { a in
        let partial = try a.receiver(PartialObject.self)
        return try a.machine.call(
          partial.function, partial.arguments + (try a.items(1)),
          keywords: merged(partial.keywords, a.keywords(2)))
      },
      Native("__repr__(self)", "The function and its arguments.") { a in
        let partial = try a.receiver(PartialObject.self)
        var parts = [try a.machine.repr(partial.function)]
        for value in partial.arguments { parts.append(try a.machine.repr(value)) }
        for (name, value) in partial.keywords {
          parts.append("\(name)=\(try a.machine.repr(value))")
        }
        return .string("functools.partial(\(parts.joined(separator: ", ")))")
      },
    ])

  /// `functools.partialmethod`: a method with some arguments given.
  static let method: TypeTable = TypeTable(
    "partialmethod", module: "functools", doc: "A method with some of its arguments given.",
    allocate: { PartialObject($0) },
    methods: [
      Native("__init__(self, func, /, *args, **keywords)", "A function and arguments.") { a in
        let partial = try a.receiver(PartialObject.self)
        guard Callables.isCallable(a[1], a.machine) else {
          throw Raise(
            .typeError, "\(try a.machine.repr(a[1])) is not callable or a descriptor")
        }
        partial.function = a[1]
        partial.arguments = try a.items(2)
        partial.keywords = a.keywords(3)
        return .none
      },
      Native("__get__(self, obj, cls=None)", "The method of an object.") { a in
        let partial = try a.receiver(PartialObject.self)
        let made = PartialObject(a.machine.type(table))
        made.function = partial.function
        made.arguments = (a[1].isNone ? [] : [a[1]]) + partial.arguments
        made.keywords = partial.keywords
        return .object(made)
      },
    ])

  private static func merged(
    _ old: [(name: String, value: Value)], _ new: [(name: String, value: Value)]
  ) -> [(name: String, value: Value)] {
    if new.isEmpty { return old }
    var result = old
    for item in new {
      if let index = result.firstIndex(where: { $0.name == item.name }) {
        result[index] = item
      } else {
        result.append(item)
      }
    }
    return result
  }
}

/// `functools.cached_property`: computed once, then an attribute of the instance.
enum CachedPropertyTable {
  static let table = TypeTable(
    "cached_property", module: "functools", doc: "A property that is computed once.",
    methods: [
      Native("__init__(self, func)", "The function that computes it.") { a in
        a[0].asInstance?.setOwn("func", a[1])
        if let doc = try a.machine.optionalAttribute(a[1], "__doc__") {
          a[0].asInstance?.setOwn("__doc__", doc)
        }
        return .none
      },
      Native("__set_name__(self, owner, name)", "Learns its name.") { a in
        a[0].asInstance?.setOwn("attrname", a[2])
        return .none
      },
      Native("__get__(self, instance, owner=None)", "Computes and keeps the value.") { a in
        guard let instance = a[1].asInstance else { return a[0] }
        guard let name = a[0].asInstance?.own("attrname")?.swiftString,
          let function = a[0].asInstance?.own("func")
        else {
          throw Raise(
            .typeError,
            "Cannot use cached_property instance without calling __set_name__ on it.")
        }
        if let known = instance.own(name) { return known }
        let value = try a.machine.call(function, [a[1]])
        instance.setOwn(name, value)
        return value
      },
    ])
}

/// `functools.singledispatch`: a function that chooses by the class of its first argument.
enum SingleDispatch {
  final class Registry: Instance {
    var fallback: Value = .none
    var functions: [(type: TypeObject, function: Value)] = []

    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      visitor.visit(fallback)
      guard visitor.isSoleOwner(&functions) else { return }
      for (type, function) in functions {
        visitor.visit(type)
        visitor.visit(function)
      }
    }

    override func surrender(into heap: inout [Value]) {
      heap.append(fallback)
      heap.append(contentsOf: functions.map(\.function))
      (fallback, functions) = (.none, [])
      super.surrender(into: &heap)
    }

    func function(for type: TypeObject) -> Value {
      for candidate in type.lineage {
        if let found = functions.last(where: { $0.type === candidate }) { return found.function }
      }
      return fallback
    }
  }

  static let row = Native(
    "singledispatch(func)", "A function that chooses by the class of its first argument."
  ) { a in
    let registry = Registry(a.machine.type(table))
    registry.fallback = a[0]
    return try FunctionToolsModule.update(.object(registry), from: a[0], a.machine)
  }

  private static let table = TypeTable(
    "singledispatch", module: "functools", doc: "A function that chooses by class.",
    isSubclassable: false,
    methods: [
      Native("register(self, cls, func=None)", "Adds the function for a class.") { a in
        let registry = try a.receiver(Registry.self)
        // `@function.register` alone: the annotation of the first parameter is the class.
        if let function = a[1].object as? FunctionObject {
          let layout = function.code.parameters
          guard let text = layout.annotations.first ?? nil,
            let type = a.machine.annotation(text).asType
          else {
            throw Raise(
              .typeError,
              "Invalid first argument to `register()`: \(try a.machine.repr(a[1])). Use either "
                + "`@register(some_class)` or plain `@register` on an annotated function.")
          }
          registry.functions.append((type, a[1]))
          return a[1]
        }
        guard let type = a[1].asType else {
          throw Raise(
            .typeError,
            "Invalid first argument to `register()`: \(try a.machine.repr(a[1])). Use either "
              + "`@register(some_class)` or plain `@register` on an annotated function.")
        }
        if !a[2].isNone {
          registry.functions.append((type, a[2]))
          return a[2]
        }
        return .object(
          NativeFunction(
            Native("register(func)", "Adds the function.") { a in
              registry.functions.append((type, a[0]))
              return a[0]
            }))
      },
      Native("dispatch(self, cls)", "The function for a class.") { a in
        let registry = try a.receiver(Registry.self)
        guard let type = a[1].asType else { throw Raise(.typeError, "a class is needed") }
        return registry.function(for: type)
      },
      Native("__call__(self, /, *args, **kwargs)", "Calls the function for the first argument.") {
        a in
        let registry = try a.receiver(Registry.self)
        let arguments = try a.items(1)
        guard let first = arguments.first else {
          let name = try a.machine.attribute(a[0], "__name__").swiftString ?? "function"
          throw Raise(.typeError, "\(name) requires at least 1 positional argument")
        }
        return try a.machine.call(
          registry.function(for: a.machine.type(of: first)), arguments, keywords: a.keywords(2))
      },
    ])
}
