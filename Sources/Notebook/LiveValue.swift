import Bindings
import Language
import Syntax

/// The value of an expression, as far as it can be told without running code of the user: names,
/// attributes that are stored, items of lists, tuples and dictionaries, and literals.
struct LiveValue {
  private let session: Session
  /// How deep an expression is looked into.
  private static let deepest = 50

  init(_ session: Session) { self.session = session }

  func value(of text: String) -> Value? {
    guard text.utf8.count < 10_000,
      let tree = try? parseExpression(Source(name: "<completion>", text: text))
    else { return nil }
    return value(of: tree, depth: 0)
  }

  private func value(of tree: Expression, depth: Int) -> Value? {
    guard depth < Self.deepest else { return nil }
    switch tree.kind {
    case .constant(let constant): return Self.value(of: constant)
    case .formatted: return .string("")
    case .name(let name): return session.machine[global: name] ?? session.machine.builtin(name)
    case .attribute(let inner, let name):
      return value(of: inner, depth: depth + 1).flatMap {
        session.machine.staticAttribute($0, name.text)
      }
    case .subscripted(let inner, let index):
      guard let container = value(of: inner, depth: depth + 1),
        let key = value(of: index, depth: depth + 1)
      else { return nil }
      return item(of: container, key)
    // Of what kind a display is matters here, not what is in it.
    case .list: return .list([])
    case .tuple: return .tuple([])
    case .dict: return .object(DictObject())
    default: return nil
    }
  }

  private static func value(of constant: Constant) -> Value? {
    switch constant {
    case .none: .some(.none)
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .string(let text): .string(text)
    default: nil
    }
  }

  private func item(of container: Value, _ key: Value) -> Value? {
    if let dict = container.asDict {
      // Keys of user classes would be compared by code of the user.
      if let name = key.swiftString { return dict[name] }
      return dict.pairs.first { $0.key.asInt != nil && $0.key.asInt == key.asInt }?.value
    }
    guard let items = container.asList?.items ?? container.asTuple?.items, let place = key.asInt
    else { return nil }
    let index = place < 0 ? place + items.count : place
    return items.indices.contains(index) ? items[index] : nil
  }
}
