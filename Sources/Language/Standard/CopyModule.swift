/// The module `copy`.
enum CopyModule {
  static let table = ModuleTable(
    "copy", doc: "Copies of objects, shallow and deep.",
    entries: [
      .function(
        Native("copy(x)", "A copy that shares the items of the original.",
          example: "copy.copy([1, [2]])"
        ) { a in try shallowCopy(a[0], a.machine) }),
      .function(
        Native("deepcopy(x, memo=None)", "A copy of an object and of all that it holds.",
          example: "copy.deepcopy([1, [2]])"
        ) { a in
          let memo = a[1].isNone ? Value.object(DictObject()) : a[1]
          return try deepCopy(a[0], memo: memo, a.machine)
        }),
      .value(name: "Error", doc: "An object cannot be copied.") { machine in
        .object(machine.type(error))
      },
      .value(name: "error", doc: "The same as Error.") { machine in .object(machine.type(error)) },
    ])

  private static let error = TypeTable(
    "Error", module: "copy", doc: "An object cannot be copied.", baseName: "Exception")

  // MARK: - Shallow

  private static func shallowCopy(_ value: Value, _ machine: Machine) throws(Raise) -> Value {
    guard case .object(let object) = value else { return value }
    switch object.kind {
    case .list: return .list(unsafeDowncast(object, to: ListObject.self).items)
    case .dict: return .object(copy(unsafeDowncast(object, to: DictObject.self)))
    case .set:
      return .object(try unsafeDowncast(object, to: SetObject.self).copy(frozen: false, machine))
    case .instance, .exception:
      let instance = unsafeDowncast(object, to: Instance.self)
      if let method = instance.type.lookup("__copy__") {
        return try machine.call(method, [value])
      }
      let result: Instance
      if let payload = value.payload {
        result = DerivedInstance(instance.type, try shallowCopy(payload, machine))
      } else {
        result = try empty(like: instance, machine)
      }
      for (name, item) in instance.ownAttributes {
        (result as? OrderedInstance)?.note(name)
        result.setOwn(name, item)
      }
      return .object(result)
    case .iterator, .generator, .module:
      throw cannotCopy(value, machine)
    default: return value
    }
  }

  private static func copy(_ dict: DictObject) -> DictObject {
    let result = dict.copy()
    result.subclass = dict.subclass
    result.defaultFactory = dict.defaultFactory
    return result
  }

  private static func cannotCopy(_ value: Value, _ machine: Machine) -> Raise {
    Raise(.typeError, "cannot pickle '\(machine.typeName(value))' object")
  }

  /// A new object of the same class without attributes.
  private static func empty(like instance: Instance, _ machine: Machine) throws(Raise) -> Instance {
    // Objects that carry a Swift value know themselves how they are copied.
    if type(of: instance) != Instance.self, type(of: instance) != ExceptionObject.self,
      type(of: instance) != OrderedInstance.self
    {
      throw cannotCopy(.object(instance), machine)
    }
    guard let allocate = instance.type.allocate else {
      throw cannotCopy(.object(instance), machine)
    }
    let result = allocate(instance.type)
    if let exception = instance as? ExceptionObject, let copy = result as? ExceptionObject {
      copy.arguments = exception.arguments
    }
    return result
  }

  // MARK: - Deep

  /// A deep copy. `memo` maps the identities of originals to copies.
  static func deepCopy(
    _ value: Value, memo: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    guard case .object(let object) = value, object.kind.holdsValues else { return value }
    switch object.kind {
    case .function, .boundMethod, .type: return value
    default: break
    }
    let identity = Value.int(machine.identity(object))
    if let known = try memo.asDict?.get(identity, machine) { return known }
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    try machine.pollItem()
    func remember(_ copy: Value) throws(Raise) {
      guard let memo = memo.asDict else { return }
      try memo.set(identity, copy, machine)
      // The original lives as long as the memo: its identity must not be given again.
      let keeper = Value.int(machine.identity(memo))
      if let list = try memo.get(keeper, machine)?.asList {
        list.append(value)
      } else {
        try memo.set(keeper, .list([value]), machine)
      }
    }
    switch object.kind {
    case .list:
      let list = unsafeDowncast(object, to: ListObject.self)
      try machine.charge(list.count, of: 16, "the copy")
      let result = ListObject(capacity: list.count)
      try remember(.object(result))
      var index = 0
      while index < list.count {
        result.append(try deepCopy(list[index], memo: memo, machine))
        try machine.poll(at: index)
        index += 1
      }
      return .object(result)
    case .tuple:
      let tuple = unsafeDowncast(object, to: TupleObject.self)
      var items: [Value] = []
      var isSame = true
      for (index, item) in tuple.items.enumerated() {
        try machine.poll(at: index)
        let copy = try deepCopy(item, memo: memo, machine)
        if !copy.isIdentical(to: item) { isSame = false }
        items.append(copy)
      }
      if isSame { return value }
      if let known = try memo.asDict?.get(identity, machine) { return known }
      let result = TupleObject(items)
      result.subclass = tuple.subclass
      try remember(.object(result))
      return .object(result)
    case .dict:
      let dict = unsafeDowncast(object, to: DictObject.self)
      try machine.charge(dict.count, of: 64, "the copy")
      let result = DictObject(capacity: dict.count)
      result.subclass = dict.subclass
      result.defaultFactory = dict.defaultFactory
      try remember(.object(result))
      for (index, (key, item)) in dict.pairs.enumerated() {
        try machine.poll(at: index)
        try result.set(
          deepCopy(key, memo: memo, machine), deepCopy(item, memo: memo, machine), machine)
      }
      return .object(result)
    case .set, .frozenSet:
      let set = unsafeDowncast(object, to: SetObject.self)
      let result = SetObject(frozen: object.kind == .frozenSet)
      for (index, item) in set.items.enumerated() {
        try machine.poll(at: index)
        try result.add(deepCopy(item, memo: memo, machine), machine)
      }
      try remember(.object(result))
      return .object(result)
    case .instance, .exception:
      let instance = unsafeDowncast(object, to: Instance.self)
      if let method = instance.type.lookup("__deepcopy__") {
        let result = try machine.call(method, [value, memo])
        try remember(result)
        return result
      }
      let result: Instance
      if let payload = value.payload {
        result = DerivedInstance(instance.type, try deepCopy(payload, memo: memo, machine))
      } else {
        result = try empty(like: instance, machine)
      }
      try remember(.object(result))
      if let exception = result as? ExceptionObject {
        for (index, item) in exception.arguments.enumerated() {
          exception.arguments[index] = try deepCopy(item, memo: memo, machine)
        }
      }
      for (name, item) in instance.ownAttributes {
        (result as? OrderedInstance)?.note(name)
        result.setOwn(name, try deepCopy(item, memo: memo, machine))
      }
      return .object(result)
    default: throw cannotCopy(value, machine)
    }
  }
}
