/// `collections.namedtuple` and what `typing.NamedTuple` shares with it: classes of tuples whose
/// items have names.
enum NamedTuples {
  static let row = Native(
    "namedtuple(typename, field_names, *, rename=False, defaults=None, module=None)",
    "A class of tuples whose items have names.",
    example: "collections.namedtuple('Point', 'x y')(1, y=2)"
  ) { a in
    let machine = a.machine
    let name = try machine.text(of: a[0])
    var fields: [String] = []
    if let text = a[1].swiftString {
      fields = text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    } else {
      for item in try machine.array(a[1]) { fields.append(try machine.text(of: item)) }
    }
    if try a.bool(2) {
      var seen: Set<String> = []
      for (index, field) in fields.enumerated() {
        if !isIdentifier(field) || Machine.keywords.contains(field) || field.hasPrefix("_")
          || seen.contains(field)
        {
          fields[index] = "_\(index)"
        }
        seen.insert(field)
      }
    }
    for word in [name] + fields {
      if !isIdentifier(word) {
        throw Raise(
          .valueError,
          "Type names and field names must be valid identifiers: \(try machine.repr(.string(word)))")
      }
      if Machine.keywords.contains(word) {
        throw Raise(
          .valueError,
          "Type names and field names cannot be a keyword: \(try machine.repr(.string(word)))")
      }
    }
    var seen: Set<String> = []
    for field in fields {
      if field.hasPrefix("_"), try !a.bool(2) {
        throw Raise(
          .valueError,
          "Field names cannot start with an underscore: \(try machine.repr(.string(field)))")
      }
      if !seen.insert(field).inserted {
        throw Raise(
          .valueError,
          "Encountered duplicate field name: \(try machine.repr(.string(field)))")
      }
    }
    let defaults = a[3].isNone ? [] : try machine.array(a[3])
    if defaults.count > fields.count {
      throw Raise(.typeError, "Got more default values than field names")
    }
    let type = TypeObject(
      name: name, module: a[4].swiftString ?? "__main__", base: machine.types.tuple,
      doc: "\(name)(\(fields.joined(separator: ", ")))")
    fill(type, fields: fields, defaults: defaults)
    return .object(type)
  }

  private static func isIdentifier(_ text: String) -> Bool {
    var isFirst = true
    for scalar in text.unicodeScalars {
      let holds =
        isFirst
        ? CodePoints.isIdentifierStart(scalar.value) : CodePoints.isIdentifierPart(scalar.value)
      if !holds { return false }
      isFirst = false
    }
    return !isFirst
  }

  /// Gives a class of tuples its constructor, its fields and what goes with them.
  /// - Parameter defaults: of the last fields.
  static func fill(_ type: TypeObject, fields: [String], defaults: [Value]) {
    let first = fields.count - defaults.count
    let shown = DictObject()
    for (offset, value) in defaults.enumerated() { shown[fields[first + offset]] = value }
    type.set("_fields", .tuple(fields.map { .string($0) }))
    type.set("_field_defaults", .object(shown))
    type.set("__match_args__", .tuple(fields.map { .string($0) }))
    for (index, field) in fields.enumerated() {
      let getter = NativeFunction(
        Native("\(field)(self)", "Alias for field number \(index)") { a in
          guard let tuple = a[0].asTuple, index < tuple.count else { return .none }
          return tuple[index]
        })
      type.set(
        field,
        .object(PropertyObject(getter: .object(getter), doc: "Alias for field number \(index)")))
    }
    type.set("__new__", .object(NativeFunction(constructor(type.name, fields, defaults))))
    for row in methods(fields) { type.set(row.name, .object(NativeFunction(row, owner: type))) }
    let make = Native("_make(cls, iterable)", "A tuple from the items of an iterable.") { a in
      let items = try a.machine.array(a[1])
      if items.count != fields.count {
        throw Raise(.typeError, "Expected \(fields.count) arguments, got \(items.count)")
      }
      // The class comes as the argument: a method that held it would keep it alive for ever.
      guard let type = a[0].asType else { throw a.mismatch(0, expected: "type") }
      return made(items, type)
    }
    type.set("_make", .object(WrappedFunction(.object(NativeFunction(make)), kind: .classMethod)))
  }

  private static func made(_ items: [Value], _ type: TypeObject) -> Value {
    let tuple = TupleObject(items)
    tuple.subclass = type
    return .object(tuple)
  }

  private static func constructor(
    _ name: String, _ fields: [String], _ defaults: [Value]
  ) -> Native {
    let first = fields.count - defaults.count
    return Native("__new__(cls, *args, **kwargs)", "A tuple from values for the fields.") { a in
      guard let type = a[0].asType else { return .none }
      let given = a[1].asTuple?.items ?? []
      if given.count > fields.count {
        let takes =
          defaults.isEmpty
          ? "\(fields.count + 1)" : "from \(first + 1) to \(fields.count + 1)"
        let plural = fields.isEmpty ? "" : "s"
        throw Raise(
          .typeError,
          "\(name).__new__() takes \(takes) positional argument\(plural) but "
            + "\(given.count + 1) \(given.count == 0 ? "was" : "were") given")
      }
      let keywords = a.keywords(2)
      if keywords.isEmpty, given.count == fields.count { return made(given, type) }
      var items = given + Array(repeating: .undefined, count: fields.count - given.count)
      for (keyword, value) in keywords {
        guard let index = fields.firstIndex(of: keyword) else {
          throw Raise(
            .typeError, "\(name).__new__() got an unexpected keyword argument '\(keyword)'")
        }
        if !items[index].isUndefined {
          throw Raise(
            .typeError, "\(name).__new__() got multiple values for argument '\(keyword)'")
        }
        items[index] = value
      }
      var lacking: [String] = []
      for index in items.indices where items[index].isUndefined {
        if index >= first {
          items[index] = defaults[index - first]
        } else {
          lacking.append("'\(fields[index])'")
        }
      }
      if !lacking.isEmpty {
        throw Raise(
          .typeError,
          "\(name).__new__() missing \(lacking.count) required positional "
            + "argument\(lacking.count == 1 ? "" : "s"): \(Machine.enumerate(lacking))")
      }
      return made(items, type)
    }
  }

  private static func methods(_ fields: [String]) -> [Native] {
    [
      Native("_asdict(self)", "The fields as a dictionary.") { a in
        let dict = DictObject(capacity: fields.count)
        for (field, value) in zip(fields, a[0].asTuple?.items ?? []) { dict[field] = value }
        return .object(dict)
      },
      Native("_replace(self, /, **kwds)", "A copy with some fields replaced.") { a in
        var items = a[0].asTuple?.items ?? []
        var unknown: [Value] = []
        for (name, value) in a.keywords(1) {
          if let index = fields.firstIndex(of: name), index < items.count {
            items[index] = value
          } else {
            unknown.append(.string(name))
          }
        }
        if !unknown.isEmpty {
          throw Raise(
            .valueError, "Got unexpected field names: \(try a.machine.repr(.list(unknown)))")
        }
        return made(items, a.machine.type(of: a[0]))
      },
      Native("__repr__(self)", "The fields by name.") { a in
        let machine = a.machine
        guard let tuple = a[0].asTuple else { return .none }
        let identity = ObjectIdentifier(tuple)
        if machine.reprStack.contains(identity) { return .string("...") }
        machine.reprStack.append(identity)
        defer { machine.reprStack.removeLast() }
        var parts: [String] = []
        for (field, value) in zip(fields, tuple.items) {
          parts.append("\(field)=\(try machine.repr(value))")
        }
        return .string("\(machine.typeName(a[0]))(\(parts.joined(separator: ", ")))")
      },
      Native("__getnewargs__(self)", "The items as a plain tuple.") { a in
        .tuple(a[0].asTuple?.items ?? [])
      },
    ]
  }
}
