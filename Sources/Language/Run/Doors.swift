/// The modules that programs can import, from their tables.
public final class Doors {
  private var tables: [String: ModuleTable] = [:]
  private var order: [String] = []
  private var modules: [String: ModuleObject] = [:]

  init(_ list: [ModuleTable]) {
    for table in list {
      for name in [table.name] + table.aliases where tables[name] == nil {
        tables[name] = table
        order.append(name)
      }
    }
  }

  /// All module names, in the order of their tables.
  public var names: [String] { order }

  /// The modules that stand on their own, without the parts of others.
  public var topNames: [String] { order.filter { !$0.contains(".") } }

  public func table(_ name: String) -> ModuleTable? { tables[name] }

  /// The names directly below a module: `nn` below `torch`.
  func children(of name: String) -> [String] {
    let prefix = name + "."
    return order.compactMap { full in
      guard full.hasPrefix(prefix) else { return nil }
      let rest = full.dropFirst(prefix.count)
      return rest.contains(".") ? nil : String(rest)
    }
  }

  /// The module object, made when first asked for; nil when there is no such door.
  func module(_ name: String) -> ModuleObject? {
    if let known = modules[name] { return known }
    guard let table = tables[name] else { return nil }
    // An alias (`tensorflow.keras`) is the same module.
    if table.name != name, let original = module(table.name) {
      modules[name] = original
      return original
    }
    let module = ModuleObject(name: table.name, doc: table.doc, table: table)
    modules[name] = module
    return module
  }
}

extension Machine {
  /// `import name`. With `first`, the value is the module of the first part (`import a.b` binds `a`).
  public func importModule(_ name: String, first: Bool) throws(Raise) -> Value {
    guard let module = doors.module(name) else { throw noModule(name) }
    if first, let dot = name.firstIndex(of: ".") {
      guard let top = doors.module(String(name[..<dot])) else { throw noModule(name) }
      return .object(top)
    }
    return .object(module)
  }

  func importName(_ name: String, from source: Value) throws(Raise) -> Value {
    if let found = try findAttribute(source, Name(name)) { return found }
    guard case .object(let object) = source, object.kind == .module else {
      throw Raise(.importError, "cannot import name '\(name)'")
    }
    let module = unsafeDowncast(object, to: ModuleObject.self)
    let raise = Raise(
      .importError, "cannot import name '\(name)' from '\(module.name)' (unknown location)")
    raise.details = [("name", .string(module.name))]
    let list = "`%modules \(module.name)` lists what it has."
    raise.hint =
      Suggestion.nearest(to: name, among: attributeNames(of: source)).map {
        "Did you mean '\($0)'? \(list)"
      } ?? list
    throw raise
  }

  func moduleAttribute(_ module: ModuleObject, _ name: Name) throws(Raise) -> Value? {
    if let known = module.attributes[name] { return known }
    if let entry = module.table?[name.text], let table = module.table {
      let value = try self.value(of: entry, in: table)
      module.attributes[name] = value
      return value
    }
    if let child = doors.module(module.name + "." + name.text) { return .object(child) }
    switch name.text {
    case "__name__": return .string(module.name)
    case "__doc__": return .string(module.doc)
    default: return nil
    }
  }

  /// The value of a row of a module's table.
  func value(of entry: ModuleEntry, in table: ModuleTable) throws(Raise) -> Value {
    switch entry {
    case .function(let row):
      return .object(
        NativeFunction(row, module: table.name == "builtins" ? nil : table.name))
    case .type(let type): return .object(self.type(type))
    case .alias(_, let target):
      guard let other = table[target] else {
        throw Raise(.systemError, "'\(target)' is no name of \(table.name)")
      }
      return try value(of: other, in: table)
    case .value(_, doc: _, let make):
      do {
        return try make(self)
      } catch {
        throw translate(error)
      }
    }
  }

  private func noModule(_ name: String) -> Raise {
    var message = "No module named '\(name)'"
    if let dot = name.lastIndex(of: "."), case let parent = String(name[..<dot]),
      doors.table(parent) != nil, parent == "os" || doors.children(of: parent).isEmpty
    {
      message += "; '\(parent)' is not a package"
    }
    let raise = Raise(.moduleNotFoundError, message)
    raise.details = [("name", .string(name))]
    let have = "This kernel has: \(doors.topNames.joined(separator: ", "))."
    let parts = name.split(separator: ".").map(String.init)
    var near = Suggestion.nearest(to: name, among: doors.names)
    if near == nil, parts.count > 1, let first = parts.first, doors.table(first) != nil {
      let children = doors.children(of: first).map { "\(first).\($0)" }
      raise.hint = "\(first) has: \(children.joined(separator: ", "))."
      return raise
    }
    if near == name { near = nil }
    raise.hint = near.map { "Did you mean '\($0)'? \(have)" } ?? have
    return raise
  }
}
