/// An instance that remembers the order in which its attributes were set: namespaces print and list
/// them so, while the slots of a class keep the order in which any of its instances was first.
final class OrderedInstance: Instance {
  private var order: [String] = []

  /// Notes a name; to be called before the attribute is set.
  func note(_ name: String) {
    if own(name) == nil {
      order.removeAll { $0 == name }
      order.append(name)
    }
  }

  override var ownAttributes: [(name: String, value: Value)] {
    if dictionary != nil { return super.ownAttributes }
    return order.compactMap { name in own(name).map { (name, $0) } }
  }

  /// For tables of such types.
  static let noteAttribute: @Sendable (Instance, String, Value, Machine) throws -> Bool = {
    instance, name, _, _ in
    (instance as? OrderedInstance)?.note(name)
    return false
  }
}
