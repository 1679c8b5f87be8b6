import Bindings
import Compute
import Language

/// What `%whos` says about a value, found without running code of the user.
struct ValueFacts {
  /// `(3, 4) float32` for arrays, `5 items` for containers; empty for the rest.
  let size: String
  /// Bytes that the values of an array take; empty for the rest.
  let memory: String
  /// The value on one line.
  let text: String

  init(_ value: Value, _ machine: Machine) {
    var size = ""
    var memory = ""
    if ValueFacts.isOwn(value) {
      // Methods of the user's classes may do anything.
      self.init(size: "", memory: "", text: ValueFacts.attributes(of: value))
      return
    }
    if let shape = try? machine.optionalAttribute(value, "shape"),
      let tuple = shape.asTuple ?? shape.asList.map({ TupleObject($0.items) })
    {
      size = "(" + tuple.items.map { $0.asInt.map(String.init) ?? "?" }.joined(separator: ", ")
      size += tuple.count == 1 ? ",)" : ")"
      if let dtype = try? machine.optionalAttribute(value, "dtype"), let name = try? machine.text(of: dtype) {
        size += " " + (name.split(separator: ".").last.map(String.init) ?? name)
      }
      if let bytes = try? machine.optionalAttribute(value, "nbytes"), let count = bytes.asInt {
        memory = Memory.format(count)
      }
    } else if value.asString != nil || value.asList != nil || value.asTuple != nil || value.asDict != nil
      || value.asSet != nil
    {
      let count = (try? machine.length(value)) ?? 0
      size = value.asString != nil
        ? "\(count) character\(count == 1 ? "" : "s")" : "\(count) item\(count == 1 ? "" : "s")"
    }
    self.init(size: size, memory: memory, text: ValueFacts.line(value, machine))
  }

  private init(size: String, memory: String, text: String) {
    self.size = size
    self.memory = memory
    self.text = text
  }

  private static func isOwn(_ value: Value) -> Bool { value.asInstance?.type.module == "__main__" }

  private static func attributes(of value: Value) -> String {
    guard let instance = value.asInstance else { return "" }
    let names = instance.ownAttributes.map(\.name)
    return names.isEmpty ? "no attributes" : "with " + names.joined(separator: ", ")
  }

  private static func line(_ value: Value, _ machine: Machine) -> String {
    let limit = 2000
    // Long texts are cut before they are quoted; the rest is as its repr has it.
    guard let text = try? machine.shallow({ () throws(Raise) in try machine.repr(value) }) else {
      return ""
    }
    let flat = text.unicodeScalars.prefix(limit).map { $0 == "\n" || $0 == "\t" ? " " : $0 }
    var result = ""
    for scalar in flat where !(scalar == " " && result.last == " ") {
      result.unicodeScalars.append(scalar)
    }
    return result
  }
}
