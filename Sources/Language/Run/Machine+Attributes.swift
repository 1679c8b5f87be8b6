extension Machine {
  /// The attribute of a value by name.
  public func attribute(_ value: Value, _ name: String) throws(Raise) -> Value {
    try attribute(value, Name(name))
  }

  func attribute(_ value: Value, _ name: Name) throws(Raise) -> Value {
    if let found = try findAttribute(value, name) { return found }
    throw noAttribute(value, name.text)
  }

  /// The attribute, nil when there is none. Errors of code that runs on the way are raised, except
  /// an `AttributeError` of `__getattr__`, which means that there is none.
  public func optionalAttribute(_ value: Value, _ name: String) throws(Raise) -> Value? {
    do {
      return try findAttribute(value, Name(name))
    } catch {
      if isException(error, .attributeError) { return nil }
      throw error
    }
  }

  func isException(_ error: Raise, _ kind: ExceptionKind) -> Bool {
    switch error.content {
    case .builtin(let other, _): types.exception(other).isSubclass(of: types.exception(kind))
    case .object(let exception): exception.type.isSubclass(of: types.exception(kind))
    }
  }

  /// For an instruction: remembers in its site what was found where.
  func attribute(
    _ value: Value, _ site: UnsafeMutablePointer<AttributeSite>
  ) throws(Raise) -> Value {
    let name = site.pointee.name
    if let instance = value.asInstance, instance.type.special(.getattribute) == nil {
      let type = instance.type
      let found = type.lookup(name)
      if found == nil || !isDataDescriptor(found) {
        if let slot = type.slot(name) {
          let own = instance.slotValue(slot)
          if !own.isUndefined {
            site.pointee = AttributeSite(name: name, stamp: type.stamp, slot: slot)
            return own
          }
        } else if let found, !type.hasDictionaries, isPlain(found) {
          site.pointee = AttributeSite(name: name, stamp: type.stamp, slot: AttributeSite.ofClass, value: found)
          return found
        }
      } else if case .object(let object)? = found, object.kind == .property {
        rememberProperty(unsafeDowncast(object, to: PropertyObject.self), of: type, in: site)
      }
    }
    return try attribute(value, name)
  }

  private func rememberProperty(
    _ property: PropertyObject, of type: TypeObject, in site: UnsafeMutablePointer<AttributeSite>
  ) {
    guard case .object(let getter) = property.getter else { return }
    let slot: Int
    if getter.kind == .native {
      slot = AttributeSite.nativeProperty
    } else if getter.kind == .function,
      case let header = unsafeDowncast(getter, to: FunctionObject.self).header.pointee,
      header.plainCount == 1, !header.isGenerator
    {
      slot = AttributeSite.property
    } else {
      return
    }
    site.pointee = AttributeSite(
      name: site.pointee.name, stamp: type.stamp, slot: slot, value: property.getter)
  }

  /// Reads a property that the site knows; gives true when a frame was pushed.
  @inline(never)
  func readProperty(
    _ source: Registers, _ site: UnsafeMutablePointer<AttributeSite>, into target: Registers
  ) throws(Raise) -> Bool {
    let base = top
    if base + 16 >= stackEnd { throw tooDeep() }
    // The site may learn something else meanwhile: the getter is held here.
    if site.pointee.slot == AttributeSite.nativeProperty {
      let getter = site.cachedValue.rawObject
      Counting.retain(getter)
      defer { Counting.release(getter) }
      base.assign(source)
      let value = try callNative(
        Unmanaged<NativeFunction>.fromOpaque(getter), base: base, given: 1)
      target.put(value)
      return false
    }
    guard case .object(let object) = site.pointee.value else { return false }
    let function = unsafeDowncast(object, to: FunctionObject.self)
    base.assign(source)
    steps &-= 1
    if steps < 0 { try endSlice() }
    if interrupt.isRaised { try attendInNative() }
    try pushFrame(function, base: base, result: target, mode: .getter)
    return true
  }

  /// Values of a class that an instance shows as they are.
  private func isPlain(_ value: Value) -> Bool {
    guard case .object(let object) = value else { return true }
    switch object.kind {
    case .function, .native, .property, .staticMethod, .classMethod: return false
    case .instance, .exception:
      return unsafeDowncast(object, to: Instance.self).type.special(.get) == nil
    default: return true
    }
  }

  private func isDataDescriptor(_ value: Value?) -> Bool {
    guard case .object(let object)? = value else { return false }
    if object.kind == .property { return true }
    if object.kind == .instance {
      return unsafeDowncast(object, to: Instance.self).type.special(.set) != nil
    }
    return false
  }

  /// Looks an attribute up as Python does: data descriptors of the class, the instance, the class,
  /// then `__getattr__`.
  func findAttribute(_ value: Value, _ name: Name) throws(Raise) -> Value? {
    switch value.kind {
    case .module?:
      if case .object(let object) = value {
        return try moduleAttribute(unsafeDowncast(object, to: ModuleObject.self), name)
      }
    case .type?:
      if let type = value.asType {
        if let found = try typeAttribute(type, name) { return found }
        guard let hook = type.metatype?.special(.getattr), !name.text.hasPrefix("__") else {
          return nil
        }
        return try call(hook, [value, .string(name.text)])
      }
    case .superProxy?:
      if case .object(let object) = value {
        return try superAttribute(unsafeDowncast(object, to: SuperProxy.self), name)
      }
    default: break
    }
    let type = self.type(of: value)
    if let instance = value.asInstance {
      if let hook = type.special(.getattribute) {
        return try call(hook, [value, .string(name.text)])
      }
      let found = type.lookup(name)
      if let found, isDataDescriptor(found) { return try bound(found, to: value, type) }
      if let own = instance.own(name) { return own }
      if let found { return try bound(found, to: value, type) }
      if let special = instanceSpecial(instance, name) { return special }
      if let hook = type.missingAttribute {
        do {
          if let result = try hook(instance, name.text, self) { return result }
        } catch {
          throw translate(error)
        }
      }
      if let hook = type.special(.getattr) { return try call(hook, [value, .string(name.text)]) }
      return nil
    }
    if let found = type.lookup(name) { return try bound(found, to: value, type) }
    return try builtinAttribute(value, name) ?? specialMethod(name, of: value, type)
  }

  /// What an attribute of a class becomes when it is read through an object.
  func bound(_ found: Value, to value: Value, _ type: TypeObject) throws(Raise) -> Value {
    guard case .object(let object) = found else { return found }
    switch object.kind {
    case .function, .native: return .object(BoundMethod(function: found, receiver: value))
    case .property:
      let property = unsafeDowncast(object, to: PropertyObject.self)
      if property.getter.isNone { throw Raise(.attributeError, "unreadable attribute") }
      return try call(property.getter, [value])
    case .staticMethod: return unsafeDowncast(object, to: WrappedFunction.self).function
    case .classMethod:
      return .object(
        BoundMethod(
          function: unsafeDowncast(object, to: WrappedFunction.self).function,
          receiver: .object(type)))
    case .instance:
      if let get = unsafeDowncast(object, to: Instance.self).type.special(.get) {
        return try call(get, [found, value, .object(type)])
      }
      return found
    default: return found
    }
  }

  private func instanceSpecial(_ instance: Instance, _ name: Name) -> Value? {
    switch name.text {
    case "__class__": return .object(instance.type)
    case "__dict__":
      // After `self.__dict__ = self` the attributes are the items of the object itself.
      let attributes = instance.attributeDictionary()
      let whole = Value.object(instance)
      if case .object(let inner)? = whole.payload, inner === attributes { return whole }
      return .object(attributes)
    case "__doc__": return instance.type.doc.map { .string($0) } ?? Value.none
    default:
      guard name.text.hasPrefix("__"), instance.type.special(.getattr) == nil,
        instance.type.missingAttribute == nil,
        let function = (instance.type.builtinKind == .object ? ObjectMethods.function(name) : nil)
          ?? SpecialMethods.function(name, of: instance.type) ?? ObjectMethods.function(name)
      else { return nil }
      return .object(BoundMethod(function: function, receiver: .object(instance)))
    }
  }

  /// A special method of a value of a built-in type, with its receiver.
  private func specialMethod(_ name: Name, of value: Value, _ type: TypeObject) -> Value? {
    guard let function = SpecialMethods.function(name, of: type) else { return nil }
    return function.isNone ? function : .object(BoundMethod(function: function, receiver: value))
  }

  private func typeAttribute(_ type: TypeObject, _ name: Name) throws(Raise) -> Value? {
    if let found = type.lookup(name) {
      guard case .object(let object) = found else { return found }
      switch object.kind {
      case .staticMethod: return unsafeDowncast(object, to: WrappedFunction.self).function
      case .classMethod:
        return .object(
          BoundMethod(
            function: unsafeDowncast(object, to: WrappedFunction.self).function,
            receiver: .object(type)))
      case .instance:
        if let get = unsafeDowncast(object, to: Instance.self).type.special(.get) {
          return try call(get, [found, .none, .object(type)])
        }
        return found
      default: return found
      }
    }
    switch name.text {
    case "__name__": return .string(type.name)
    case "__qualname__": return .string(type.placedName)
    case "__module__": return .string(type.module)
    case "__doc__": return type.doc.map { .string($0) } ?? Value.none
    case "__base__": return type.base.map { .object($0) } ?? Value.none
    case "__bases__": return .tuple(type.base.map { [.object($0)] } ?? [])
    case "__mro__": return .tuple(type.lineage.map { .object($0) })
    case "mro":
      let lineage = type.lineage.map { Value.object($0) }
      return .object(
        NativeFunction(Native("mro()", "The class and its bases.") { _ in .list(lineage) }))
    case "__class__": return .object(types.type)
    case "__subclasses__":
      let derived = type.derived.map { Value.object($0) }
      return .object(
        NativeFunction(
          Native("__subclasses__()", "The classes that derive from this one.") { _ in .list(derived) }))
    case "__dict__":
      let dict = DictObject()
      for name in type.attributeOrder { dict[name.text] = type.own(name) }
      return .object(dict)
    default: return SpecialMethods.function(name, of: type) ?? ObjectMethods.function(name)
    }
  }

  private func superAttribute(_ proxy: SuperProxy, _ name: Name) throws(Raise) -> Value? {
    var type = proxy.after.base
    let receiverType = proxy.receiver.asType ?? self.type(of: proxy.receiver)
    while let current = type {
      if let found = current.own(name) {
        if proxy.receiver.asType != nil {
          // In a class method: functions come unbound, class methods bound to the class.
          if case .object(let object) = found, object.kind == .function || object.kind == .native {
            return found
          }
          return try bound(found, to: proxy.receiver, receiverType)
        }
        return try bound(found, to: proxy.receiver, receiverType)
      }
      type = current.base
    }
    if name.text == "__class__" { return .object(types.superProxy) }
    guard let function = SpecialMethods.function(name, of: proxy.after) ?? ObjectMethods.function(name)
    else { return nil }
    if name.text == "__new__" { return function }
    return .object(BoundMethod(function: function, receiver: proxy.receiver))
  }

  /// Whether an object of a built-in kind is of a class derived from the built-in one, so that what
  /// caches know about the kind does not hold for it.
  @inline(__always) func isSubclassed(_ object: Object) -> Bool {
    if object.kind == .dict { return unsafeDowncast(object, to: DictObject.self).subclass != nil }
    if object.kind == .tuple { return unsafeDowncast(object, to: TupleObject.self).subclass != nil }
    return false
  }

  /// The same for a register that holds an object of a kind.
  @inline(__always) func isSubclassed(_ register: Registers, _ kind: UInt8) -> Bool {
    (kind == ObjectKind.dict.rawValue || kind == ObjectKind.tuple.rawValue)
      && register.pointee.object.map { isSubclassed($0) } ?? false
  }

  /// For an instruction: function and receiver of a method call, without making a bound method.
  func loadMethod(
    _ value: Value, _ site: UnsafeMutablePointer<AttributeSite>, into target: Registers
  ) throws(Raise) {
    let name = site.pointee.name
    let kind = value.kind
    if kind == .superProxy, loadSuperMethod(value, site, into: target) { return }
    if kind != .module, kind != .type, kind != .superProxy, !value.isUndefined {
      let type = self.type(of: value)
      if let found = type.lookup(name), case .object(let object) = found,
        object.kind == .function || object.kind == .native,
        type.special(.getattribute) == nil
      {
        if let instance = value.asInstance {
          if type.slot(name) == nil, !type.hasDictionaries {
            site.pointee = AttributeSite(name: name, stamp: type.stamp, slot: AttributeSite.ofClass, value: found)
            (target + 1).pointee = value
            target.pointee = found
            return
          }
          if instance.own(name) == nil {
            (target + 1).pointee = value
            target.pointee = found
            return
          }
        } else {
          if case .object(let object) = value, !isSubclassed(object) {
            site.pointee = AttributeSite(name: name, stamp: type.stamp, slot: AttributeSite.ofClass, value: found)
          }
          (target + 1).pointee = value
          target.pointee = found
          return
        }
      }
    }
    let method = try attribute(value, name)
    target.pointee = method
    (target + 1).clear()
  }

  /// `super().method(...)`: function and receiver, as for any other method. The site remembers the
  /// function for the class that the search begins after.
  private func loadSuperMethod(
    _ value: Value, _ site: UnsafeMutablePointer<AttributeSite>, into target: Registers
  ) -> Bool {
    guard case .object(let object) = value else { return false }
    let proxy = unsafeDowncast(object, to: SuperProxy.self)
    let stamp = proxy.after.stamp
    if site.pointee.slot != AttributeSite.ofSuper || site.pointee.stamp != stamp {
      guard proxy.receiver.kind != .type, let found = proxy.after.base?.lookup(site.pointee.name),
        case .object(let function) = found, function.kind == .function
      else { return false }
      site.pointee = AttributeSite(
        name: site.pointee.name, stamp: stamp, slot: AttributeSite.ofSuper, value: found)
    } else if proxy.receiver.kind == .type {
      return false
    }
    target.assign(site.cachedValue)
    (target + 1).put(proxy.receiver)
    return true
  }

  /// An attribute found without running code of the program: no properties, no `__getattr__`.
  public func staticAttribute(_ value: Value, _ name: String) -> Value? {
    let key = Name(name)
    if case .object(let object) = value, object.kind == .module {
      return try? moduleAttribute(unsafeDowncast(object, to: ModuleObject.self), key)
    }
    if let instance = value.asInstance, let own = instance.own(key) { return own }
    let type = value.asType ?? self.type(of: value)
    guard let found = type.lookup(key) else { return nil }
    guard case .object(let object) = found, value.asType == nil else { return found }
    switch object.kind {
    case .function, .native: return .object(BoundMethod(function: found, receiver: value))
    case .staticMethod, .classMethod:
      return unsafeDowncast(object, to: WrappedFunction.self).function
    default: return found
    }
  }

  // MARK: - Setting

  func setAttribute(
    _ value: Value, _ site: UnsafeMutablePointer<AttributeSite>, _ new: Value
  ) throws(Raise) {
    let name = site.pointee.name
    try setAttribute(value, name, new)
    if let instance = value.asInstance {
      let type = instance.type
      if type.willSetAttribute == nil, type.special(.setattr) == nil,
        !isDataDescriptor(type.lookup(name)), let slot = type.slot(name)
      {
        site.pointee = AttributeSite(name: name, stamp: type.stamp, slot: slot)
      }
    }
  }

  public func setAttribute(_ value: Value, _ name: String, _ new: Value) throws(Raise) {
    try setAttribute(value, Name(name), new)
  }

  func setAttribute(_ value: Value, _ name: Name, _ new: Value) throws(Raise) {
    if value.isUndefined || new.isUndefined { throw unbound() }
    if let instance = value.asInstance {
      let type = instance.type
      if let hook = type.special(.setattr) {
        _ = try call(hook, [value, .string(name.text), new])
        return
      }
      if name.text == "__dict__" {
        guard let dict = new.asDict else {
          throw Raise(
            .typeError, "__dict__ must be set to a dictionary, not a '\(typeName(new))'")
        }
        instance.setDictionary(dict)
        return
      }
      try setOwnAttribute(instance, name, new)
      return
    }
    if let type = value.asType {
      if let hook = type.metatype?.special(.setattr) {
        _ = try call(hook, [value, .string(name.text), new])
        return
      }
      if type.module != "__main__" {
        throw Raise(
          .typeError, "cannot set '\(name.text)' attribute of immutable type '\(type.name)'")
      }
      type.set(name, new)
      return
    }
    if case .object(let object) = value, object.kind == .function {
      let function = unsafeDowncast(object, to: FunctionObject.self)
      if try setFunctionAttribute(function, name.text, new) { return }
      if function.attributes == nil { function.attributes = DictObject() }
      function.attributes?[name.text] = new
      return
    }
    if case .object(let object) = value, object.kind == .module {
      unsafeDowncast(object, to: ModuleObject.self).attributes[name] = new
      return
    }
    if try findAttribute(value, name) != nil {
      if value.asTuple?.subclass != nil { throw Raise(.attributeError, "can't set attribute") }
      throw Raise(
        .attributeError, "'\(typeName(value))' object attribute '\(name.text)' is read-only")
    }
    throw noAttribute(value, name.text)
  }

  /// What `object.__setattr__` does.
  func setOwnAttribute(_ instance: Instance, _ name: Name, _ new: Value) throws(Raise) {
    let type = instance.type
    if let found = type.lookup(name), case .object(let object) = found {
      if object.kind == .property {
        let property = unsafeDowncast(object, to: PropertyObject.self)
        if property.setter.isNone {
          if let shown = type.shownName {
            throw Raise(
              .attributeError, "attribute '\(name.text)' of '\(shown)' objects is not writable")
          }
          throw Raise(
            .attributeError,
            "property '\(name.text)' of '\(type.name)' object has no setter")
        }
        _ = try call(property.setter, [.object(instance), new])
        return
      }
      if object.kind == .instance,
        let set = unsafeDowncast(object, to: Instance.self).type.special(.set)
      {
        _ = try call(set, [found, .object(instance), new])
        return
      }
    }
    if let hook = type.willSetAttribute {
      do {
        if try hook(instance, name.text, new, self) { return }
      } catch {
        throw translate(error)
      }
    }
    if type.module == "builtins", type === types.object {
      throw noAttribute(.object(instance), name.text)
    }
    instance.setOwn(name, new)
  }

  func deleteAttribute(_ value: Value, _ name: Name) throws(Raise) {
    if let instance = value.asInstance {
      if let hook = instance.type.special(.delattr) {
        _ = try call(hook, [value, .string(name.text)])
        return
      }
      if let found = instance.type.lookup(name), case .object(let object) = found,
        object.kind == .property
      {
        let property = unsafeDowncast(object, to: PropertyObject.self)
        if property.deleter.isNone {
          throw Raise(
            .attributeError,
            "property '\(name.text)' of '\(instance.type.name)' object has no deleter")
        }
        _ = try call(property.deleter, [value])
        return
      }
      if instance.removeOwn(name.text) { return }
      throw noAttribute(value, name.text)
    }
    if let type = value.asType, type.module == "__main__", type.own(name) != nil {
      type.set(name, nil)
      return
    }
    if case .object(let object) = value, object.kind == .function,
      let attributes = unsafeDowncast(object, to: FunctionObject.self).attributes,
      try attributes.remove(.string(name.text), self) != nil
    {
      return
    }
    if value.asType == nil, type(of: value).lookup(name) != nil {
      throw Raise(
        .attributeError, "'\(typeName(value))' object attribute '\(name.text)' is read-only")
    }
    throw noAttribute(value, name.text)
  }

  // MARK: - What there is not

  func noAttribute(_ value: Value, _ name: String) -> Raise {
    let message: String
    if let type = value.asType {
      message = "type object '\(type.name)' has no attribute '\(name)'"
    } else if case .object(let object) = value, object.kind == .module {
      message =
        "module '\(unsafeDowncast(object, to: ModuleObject.self).name)' has no attribute '\(name)'"
    } else if case .object(let object) = value, object.kind == .superProxy {
      message = "'super' object has no attribute '\(name)'"
    } else if value.isUndefined {
      return unbound()
    } else {
      message = "'\(typeName(value))' object has no attribute '\(name)'"
    }
    let raise = Raise(.attributeError, message)
    raise.details = [("name", .string(name)), ("obj", value)]
    raise.hint = attributeHint(value, name)
    return raise
  }

  private func attributeHint(_ value: Value, _ name: String) -> String? {
    let near = Suggestion.nearest(to: name, among: attributeNames(of: value))
    if case .object(let object) = value, object.kind == .module {
      let module = unsafeDowncast(object, to: ModuleObject.self).name
      let list = "`%modules \(module)` lists what it has."
      return near.map { "Did you mean '\($0)'? \(list)" } ?? list
    }
    // Where CPython suggests a name itself, it stands behind the message.
    return near.map { "Did you mean: '\($0)'?" }
  }

  /// All attribute names, as `dir()` lists them.
  public func attributeNames(of value: Value) -> [String] {
    var names: Set<String> = []
    if case .object(let object) = value, object.kind == .module {
      let module = unsafeDowncast(object, to: ModuleObject.self)
      for name in module.attributes.keys { names.insert(name.text) }
      for entry in module.table?.entries ?? [] { names.insert(entry.name) }
      for child in doors.children(of: module.name) { names.insert(child) }
      return names.sorted()
    }
    if let instance = value.asInstance {
      for (name, _) in instance.ownAttributes { names.insert(name) }
    }
    var type: TypeObject? = value.asType ?? self.type(of: value)
    while let current = type {
      for name in current.attributeOrder { names.insert(name.text) }
      type = current.base
    }
    return names.sorted()
  }
}
