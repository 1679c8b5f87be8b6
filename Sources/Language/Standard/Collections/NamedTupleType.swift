/// A named tuple that a module gives back (`statistics.LinearRegression`): its class is made once for
/// a session.
struct NamedTupleType: Sendable {
  let name: String
  let module: String
  let fields: [String]

  init(_ name: String, module: String, fields: [String]) {
    self.name = name
    self.module = module
    self.fields = fields
  }

  func type(_ machine: Machine) -> TypeObject {
    let key = "namedtuple \(module).\(name)"
    if let known = machine.extensions[key] as? TypeObject { return known }
    let type = TypeObject(
      name: name, module: module, base: machine.types.tuple,
      doc: "\(name)(\(fields.joined(separator: ", ")))")
    NamedTuples.fill(type, fields: fields, defaults: [])
    machine.extensions[key] = type
    return type
  }

  func value(_ items: [Value], _ machine: Machine) -> Value {
    let tuple = TupleObject(items)
    tuple.subclass = type(machine)
    return .object(tuple)
  }
}
