import Bindings
import JSONCoding
import Language

/// Values as the variables of a debugger: a line of text each, and a number by which what is inside
/// can be asked for. On the evaluator thread.
final class DebugVariables {
  private enum Holder {
    case value(Value)
    case names([(name: String, value: Value)])
  }

  private var holders: [Int: Holder] = [:]
  private var next = 1
  private let session: Session
  private var machine: Machine { session.machine }
  /// What is shown of one value.
  private static let mostMembers = 1000
  private static let longestText = 200

  init(_ session: Session) { self.session = session }

  /// Forgets all numbers: the program has gone on.
  func forget() { holders = [:] }

  func reference(to names: [(name: String, value: Value)]) -> Int { enter(.names(names)) }

  private func enter(_ holder: Holder) -> Int {
    let number = next
    next += 1
    holders[number] = holder
    // A panel that asks again and again must not fill the memory.
    if holders.count > 10_000 { holders = [number: holder] }
    return number
  }

  /// What a number stands for.
  func members(_ number: Int, start: Int, count: Int?) -> [JSON]? {
    guard let holder = holders[number] else { return nil }
    let all: [(name: String, value: Value)] =
      switch holder {
      case .names(let names): names
      case .value(let value): members(of: value)
      }
    let first = min(max(0, start), all.count)
    let wanted = count.map { $0 > 0 ? $0 : Self.mostMembers } ?? Self.mostMembers
    return all[first...].prefix(min(wanted, Self.mostMembers)).map { .object(variable($0.name, $0.value)) }
  }

  func variable(_ name: String, _ value: Value, evaluateName: String? = nil) -> JSON.Object {
    [
      "name": .string(name), "value": .string(text(of: value)),
      "type": .string(machine.typeName(value)), "evaluateName": .string(evaluateName ?? name),
      "variablesReference": .int(hasMembers(value) ? enter(.value(value)) : 0),
    ]
  }

  /// A line of text; of a tensor first its shape.
  func text(of value: Value) -> String {
    if let instance = value.asInstance, instance.type.module == "__main__" {
      return "<\(instance.type.name) object>"
    }
    // A huge container would be written out whole only to be cut.
    if let count = value.asList?.count ?? value.asTuple?.count ?? value.asDict?.count, count > 100 {
      return "\(machine.typeName(value)) of \(count) items"
    }
    guard var text = CursorText.preview(value, session) else { return machine.typeName(value) }
    text = text.split(separator: "\n").map { $0.trimmingSpaces }.joined(separator: " ")
    if text.count > Self.longestText { text = String(text.prefix(Self.longestText)) + "..." }
    if value.asInstance != nil, let shape = self.shape(of: value) { return "\(shape) \(text)" }
    return text
  }

  private func shape(of value: Value) -> String? {
    guard let shape = try? machine.optionalAttribute(value, "shape") else { return nil }
    return (try? machine.repr(shape)).flatMap { $0.count < 60 ? $0 : nil }
  }

  private func hasMembers(_ value: Value) -> Bool {
    if let count = value.asList?.count ?? value.asTuple?.count ?? value.asDict?.count { return count > 0 }
    guard let instance = value.asInstance else { return false }
    return !instance.ownAttributes.isEmpty || shape(of: value) != nil
  }

  private func members(of value: Value) -> [(name: String, value: Value)] {
    if let items = value.asList?.items ?? value.asTuple?.items {
      return items.prefix(Self.mostMembers).enumerated().map { ("[\($0)]", $1) }
    }
    if let dict = value.asDict {
      return dict.pairs.prefix(Self.mostMembers).map { (text(of: $0.key), $0.value) }
    }
    guard let instance = value.asInstance else { return [] }
    var result = instance.ownAttributes
    if instance.type.module != "__main__" {
      for name in ["shape", "dtype", "device", "requires_grad", "grad"] {
        if let member = try? machine.optionalAttribute(value, name) { result.append((name, member)) }
      }
    }
    return result.map { (name: $0.name, value: $0.value) }
  }
}
