#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `os.environ`: the environment of the process as a mapping.
///
/// What a program sets stays in the session: changing the process's own environment while other
/// threads read it is undefined in C.
final class EnvironmentObject: Instance {
  let variables = DictObject()

  override init(_ type: TypeObject) {
    super.init(type)
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let equals = pair.firstIndex(of: "=") {
        variables[String(pair[..<equals])] = .string(String(pair[pair.index(after: equals)...]))
      }
      entry += 1
    }
  }

  static let table = TypeTable(
    "_Environ", module: "os", doc: "The environment as a mapping of strings.",
    isSubclassable: false,
    methods: [
      Native("__getitem__(self, key)", "A variable.") { a in
        let key = try text(a, 1)
        guard let value = try a.receiver(EnvironmentObject.self).variables[key] else {
          throw Raise(.keyError, arguments: [a[1]])
        }
        return value
      },
      Native("get(self, key, default=None)", "A variable, or a default.") { a in
        try a.receiver(EnvironmentObject.self).variables[text(a, 1)] ?? a[2]
      },
      Native("__setitem__(self, key, value)", "Sets a variable for this session.") { a in
        let key = try text(a, 1)
        _ = try text(a, 2)
        try a.receiver(EnvironmentObject.self).variables[key] = a[2]
        return .none
      },
      Native("setdefault(self, key, default=None)", "A variable, set when it is missing.") { a in
        let environment = try a.receiver(EnvironmentObject.self)
        let key = try text(a, 1)
        if let value = environment.variables[key] { return value }
        _ = try text(a, 2)
        environment.variables[key] = a[2]
        return a[2]
      },
      Native("__delitem__(self, key)", "Removes a variable for this session.") { a in
        let environment = try a.receiver(EnvironmentObject.self)
        let key = try text(a, 1)
        if environment.variables[key] == nil { throw Raise(.keyError, arguments: [a[1]]) }
        environment.variables[key] = nil
        return .none
      },
      Native("pop(self, key, default=..., /)", "Removes a variable and gives it.") { a in
        let environment = try a.receiver(EnvironmentObject.self)
        let key = try text(a, 1)
        guard let value = environment.variables[key] else {
          if a.isGiven(2) { return a[2] }
          throw Raise(.keyError, arguments: [a[1]])
        }
        environment.variables[key] = nil
        return value
      },
      Native("update(self, other=(), /, **kwargs)", "Sets several variables.") { a in
        let environment = try a.receiver(EnvironmentObject.self)
        let added = DictObject()
        try Constructors.fill(added, a[1], a.machine)
        for (name, value) in a.keywords(2) { added[name] = value }
        for (key, value) in added.pairs {
          guard let key = key.asString, value.asString != nil else {
            throw Raise(.typeError, "str expected, not \(a.machine.typeName(value))")
          }
          environment.variables[key] = value
        }
        return .none
      },
      Native("__contains__(self, key)", "Whether a variable is set.") { a in
        guard let key = a[1].asString else { return .bool(false) }
        return .bool(try a.receiver(EnvironmentObject.self).variables[key] != nil)
      },
      Native("__len__(self)", "How many variables there are.") { a in
        .int(try a.receiver(EnvironmentObject.self).variables.count)
      },
      Native("__iter__(self)", "The names.") { a in
        try a.machine.iterator(.object(a.receiver(EnvironmentObject.self).variables))
      },
      Native("keys(self)", "The names.") { a in
        .object(DictView(try a.receiver(EnvironmentObject.self).variables, .keys))
      },
      Native("values(self)", "The values.") { a in
        .object(DictView(try a.receiver(EnvironmentObject.self).variables, .values))
      },
      Native("items(self)", "Names with values.") { a in
        .object(DictView(try a.receiver(EnvironmentObject.self).variables, .items))
      },
      Native("copy(self)", "A dictionary of the variables.") { a in
        .object(try a.receiver(EnvironmentObject.self).variables.copy())
      },
      Native("__repr__(self)", "The variables.") { a in
        let inner = try a.machine.repr(.object(a.receiver(EnvironmentObject.self).variables))
        return .string("environ(\(inner))")
      },
    ])

  private static func text(_ a: Arguments, _ index: Int) throws(Raise) -> StringObject {
    guard let text = a[index].asString else {
      throw Raise(.typeError, "str expected, not \(a.machine.typeName(a[index]))")
    }
    return text
  }

  /// The environment of a session.
  static func shared(_ machine: Machine) -> EnvironmentObject {
    if let known = machine.extensions["os.environ"] as? EnvironmentObject { return known }
    let created = EnvironmentObject(machine.type(table))
    machine.extensions["os.environ"] = created
    return created
  }
}
