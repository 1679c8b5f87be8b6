/// An object of a class that a program derives from a built-in one: `class Stack(list)`.
///
/// It is an instance, with attributes and a class like any other, that carries a plain object of the
/// built-in type as its content. The machine's fast paths test for the built-in kinds and so never see
/// one; where a special method is looked for and the class defines none, the content answers, and
/// methods of the built-in type run on the content. So what a class overrides is called by operators
/// and built-in functions, and methods of the built-in type do not call it: as in CPython.
final class DerivedInstance: Instance {
  let content: Value

  init(_ type: TypeObject, content: Value) {
    self.content = content
    super.init(type, kind: .instance)
  }

  override func heldValues() -> [Value] { [content] }
}

extension BuiltinKind {
  /// Whether programs may derive from the type.
  var isDerivable: Bool {
    switch self {
    case .int, .float, .string, .bytes, .list, .tuple, .dict, .set, .frozenSet: true
    default: false
    }
  }

  /// Types whose constructor makes an empty object that `__init__` fills.
  var isFilledByInitializer: Bool {
    switch self {
    case .list, .dict, .set: true
    default: false
    }
  }

  /// What the content is before anything is put in.
  var emptyContent: Value {
    switch self {
    case .int: .int(0)
    case .float: .float(0)
    case .string: .string("")
    case .bytes: .object(BytesObject([]))
    case .list: .list([])
    case .tuple: .object(TupleObject.empty)
    case .dict: .object(DictObject())
    case .set: .object(SetObject())
    case .frozenSet: .object(SetObject(frozen: true))
    default: .none
    }
  }
}

extension Value {
  /// The plain object inside of an instance of a class derived from a built-in one; nil for others.
  var content: Value? {
    guard case .object(let object) = self, object.kind == .instance,
      unsafeDowncast(object, to: Instance.self).type.contentKind != nil
    else { return nil }
    return (object as? DerivedInstance)?.content
  }

  /// The content, or the value itself.
  var plain: Value { content ?? self }
}

extension Machine {
  /// A binary operator on the contents of derived instances; nil when neither operand is one, or
  /// when the built-in types do not have it.
  func contentBinary(_ op: Opcode, _ a: Value, _ b: Value, inPlace: Bool) throws(Raise) -> Value? {
    let left = a.content
    let right = b.content
    guard left != nil || right != nil else { return nil }
    let result = try builtinBinary(op, left ?? a, right ?? b, inPlace: inPlace)
    // `stack += [1]` changes the content and leaves the name bound to the object around it.
    if inPlace, let result, let left, case .object = left, result.isIdentical(to: left) { return a }
    return result
  }

  /// The dictionary that `update`, `dict()` and `**` copy from as it stands: also that of a derived
  /// instance, unless its class says how to walk over it.
  func pairs(of value: Value) -> DictObject? {
    if let dict = value.asDict { return dict }
    guard let dict = value.content?.asDict, type(of: value).special(.iter) == nil else { return nil }
    return dict
  }

  /// `container[key]` of a derived instance whose class has no `__getitem__`.
  func contentItem(_ container: Value, _ content: Value, _ key: Value) throws(Raise) -> Value {
    if let dict = content.asDict {
      if let value = try dict.get(key, self) { return value }
      if let missing = type(of: container).special(.missing) {
        return try call(missing, [container, key])
      }
      throw Raise(.keyError, arguments: [key])
    }
    return try item(content, key)
  }
}
