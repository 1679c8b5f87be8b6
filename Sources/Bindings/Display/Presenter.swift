import Display
import JSONCoding
import Language

/// How values of the language become MIME bundles.
public struct Presenter {
  let machine: Machine
  public init(_ machine: Machine) { self.machine = machine }

  /// The bundle of a value: its own picture, what its `_repr_*_` methods say, or its `repr`.
  public func bundle(_ value: Value) throws -> MIMEBundle {
    if let rich = value.asInstance as? any RichObject { return try rich.bundle(machine) }
    guard let instance = value.asInstance, instance.type.module == "__main__" else {
      return MIMEBundle(plain: try PrettyText(machine).text(value))
    }
    return try described(value)
  }

  /// Objects of the user's classes: the methods that IPython asks for.
  private func described(_ value: Value) throws -> MIMEBundle {
    var result = MIMEBundle(plain: try machine.repr(value))
    if let method = try machine.optionalAttribute(value, "_repr_mimebundle_") {
      let given = try machine.call(method)
      guard let dict = given.asDict else { return result }
      for (key, item) in dict.pairs {
        if let type = key.swiftString { result.data[type] = try JSONConversion.json(item, machine) }
      }
      return result
    }
    for (name, type) in Presenter.representations {
      guard let method = try machine.optionalAttribute(value, name) else { continue }
      let given = try machine.call(method)
      if given.isNone { continue }
      result.data[type] = try JSONConversion.json(given, machine)
    }
    return result
  }

  private static let representations = [
    ("_repr_html_", "text/html"), ("_repr_markdown_", "text/markdown"),
    ("_repr_svg_", "image/svg+xml"), ("_repr_png_", "image/png"), ("_repr_jpeg_", "image/jpeg"),
    ("_repr_latex_", "text/latex"), ("_repr_json_", "application/json"),
  ]
}

/// Values of the language as JSON, for bundles.
public enum JSONConversion {
  public static func json(_ value: Value, _ machine: Machine, depth: Int = 0) throws -> JSON {
    if depth > 100 { throw Raise(.valueError, "the object is nested too deeply for JSON") }
    switch value {
    case .none, .undefined: return .null
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .double(number)
    case .object: break
    }
    if let text = value.swiftString { return .string(text) }
    if value.asList != nil || value.asTuple != nil {
      return .array(try machine.array(value).map { try json($0, machine, depth: depth + 1) })
    }
    if let dict = value.asDict {
      var object = JSON.Object()
      for (key, item) in dict.pairs {
        object[try machine.text(of: key)] = try json(item, machine, depth: depth + 1)
      }
      return .object(object)
    }
    if let number = value.asDouble { return .double(number) }
    throw Raise(
      .typeError, "Object of type \(machine.typeName(value)) is not JSON serializable")
  }
}

/// `repr` as IPython's pretty printer lays it out: containers wider than 79 columns get one item a
/// line.
public struct PrettyText {
  private let machine: Machine
  private let width = 79
  public init(_ machine: Machine) { self.machine = machine }

  public func text(_ value: Value) throws -> String {
    let flat = try machine.repr(value)
    if flat.utf8.count <= width || flat.utf8.count > 1 << 20 { return flat }
    return try layout(value, indent: 0, flat: flat)
  }

  private func layout(_ value: Value, indent: Int, flat: String) throws -> String {
    if indent + flat.unicodeScalars.count <= width || indent > 60 { return flat }
    let pad = String(repeating: " ", count: indent + 1)
    func lines(_ items: [Value], _ open: String, _ close: String) throws -> String {
      var parts: [String] = []
      for item in items.prefix(1000) {
        parts.append(try layout(item, indent: indent + 1, flat: machine.repr(item)))
      }
      if items.count > 1000 { parts.append("...") }
      return open + parts.joined(separator: ",\n" + pad) + close
    }
    if let list = value.asList, list.count > 0 { return try lines(list.items, "[", "]") }
    if let tuple = value.asTuple, tuple.count > 1 { return try lines(tuple.items, "(", ")") }
    if let dict = value.asDict, dict.count > 0, flat.hasPrefix("{") {
      var parts: [String] = []
      for (key, item) in dict.pairs.prefix(1000) {
        let name = try machine.repr(key)
        let inner = try layout(
          item, indent: indent + name.unicodeScalars.count + 3, flat: machine.repr(item))
        parts.append("\(name): \(inner)")
      }
      if dict.count > 1000 { parts.append("...") }
      return "{" + parts.joined(separator: ",\n" + pad) + "}"
    }
    return flat
  }
}
