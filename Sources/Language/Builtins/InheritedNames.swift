/// The special names that `dir()` lists in CPython besides what a table or a class has: those of
/// `object`, and those that a built-in type adds. The machine does most of this without methods, so
/// the names stand nowhere else.
enum InheritedNames {
  static let object = words(
    """
    __class__ __delattr__ __dir__ __doc__ __eq__ __format__ __ge__ __getattribute__ __getstate__ \
    __gt__ __hash__ __init__ __init_subclass__ __le__ __lt__ __ne__ __new__ __reduce__ \
    __reduce_ex__ __repr__ __setattr__ __sizeof__ __str__ __subclasshook__
    """)

  /// What every class written in the language adds.
  static let ofClasses = words("__dict__ __module__ __weakref__")

  /// What a type adds to the names of `object`.
  static func names(of kind: BuiltinKind) -> [String] { table[kind] ?? [] }

  private static let table: [BuiltinKind: [String]] = {
    let number =
      "__abs__ __add__ __bool__ __ceil__ __divmod__ __float__ __floor__ __floordiv__ "
      + "__getnewargs__ __int__ __mod__ __mul__ __neg__ __pos__ __pow__ __radd__ __rdivmod__ "
      + "__rfloordiv__ __rmod__ __rmul__ __round__ __rpow__ __rsub__ __rtruediv__ __sub__ "
      + "__truediv__ __trunc__ "
    let bits =
      "__and__ __index__ __invert__ __lshift__ __or__ __rand__ __rlshift__ __ror__ __rrshift__ "
      + "__rshift__ __rxor__ __xor__"
    let sequence = "__add__ __contains__ __getitem__ __iter__ __len__ __mul__ __rmul__ "
    let text = sequence + "__getnewargs__ __mod__ __rmod__ "
    let setOperators = "__and__ __or__ __rand__ __ror__ __rsub__ __rxor__ __sub__ __xor__ "
    let set = setOperators + "__class_getitem__ __contains__ __iter__ __len__ "
    let texts: [BuiltinKind: String] = [
      .int: number + bits, .bool: number + bits, .float: number + "__getformat__",
      .string: text, .bytes: text + "__bytes__",
      .list: sequence
        + "__class_getitem__ __delitem__ __iadd__ __imul__ __reversed__ __setitem__",
      .tuple: sequence + "__class_getitem__ __getnewargs__",
      .dict: "__class_getitem__ __contains__ __delitem__ __getitem__ __ior__ __iter__ __len__ "
        + "__or__ __reversed__ __ror__ __setitem__",
      .set: set + "__iand__ __ior__ __isub__ __ixor__", .frozenSet: set,
      .dictView: setOperators + "__contains__ __iter__ __len__ __reversed__",
      .range: "__bool__ __contains__ __getitem__ __iter__ __len__ __reversed__",
      .none: "__bool__",
      .function: "__annotations__ __builtins__ __call__ __closure__ __code__ __defaults__ __dict__ "
        + "__get__ __globals__ __kwdefaults__ __module__ __name__ __qualname__",
      .native: "__call__ __module__ __name__ __qualname__ __self__ __text_signature__",
      .method: "__call__ __func__ __self__",
      .generator: "__del__ __iter__ __name__ __next__ __qualname__",
      .iterator: "__iter__ __next__",
      .exception: "__cause__ __context__ __dict__ __setstate__ __suppress_context__ __traceback__",
      .property: "__delete__ __get__ __isabstractmethod__ __set__ __set_name__",
    ]
    return texts.mapValues(words)
  }()

  private static func words(_ text: String) -> [String] {
    text.split(separator: " ").map(String.init)
  }
}

extension Machine {
  /// What `dir(value)` lists.
  func directory(of value: Value) throws(Raise) -> [Value] {
    if value.asInstance != nil, let hook = type(of: value).lookup("__dir__") {
      let names = try array(call(hook, [value]))
      return try ListMethods.sorted(names, key: .none, reverse: false, self)
    }
    var names = Set(attributeNames(of: value))
    if value.kind != .module {
      let type = value.asType ?? self.type(of: value)
      names.formUnion(InheritedNames.object)
      if let kind = type.builtinKind { names.formUnion(InheritedNames.names(of: kind)) }
      if type.module == "__main__" { names.formUnion(InheritedNames.ofClasses) }
      // Kept by the class, and shown by it alone.
      names.remove("__qualname__")
    }
    // By code points: the order of Swift's strings is another.
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
      .map { .string($0) }
  }
}
