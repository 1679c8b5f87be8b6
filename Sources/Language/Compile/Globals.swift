/// The global names of a machine: numbered slots, so that code reads them by index.
///
/// The memory is reserved once and never moves: the running loop keeps pointers into it while
/// nested compilations add names.
final class Globals {
  static let capacity = 1 << 20
  let values: UnsafeMutablePointer<Value>
  /// The built-in of the same name, read where the global is unbound.
  let fallbacks: UnsafeMutablePointer<Value>
  private(set) var names: [Name] = []
  private var slots: [Name: Int] = [:]
  private let builtin: (Name) -> Value?
  /// Whether code that is compiled from here on is traced.
  var isTraced = false

  init(builtin: @escaping (Name) -> Value?) throws(Raise) {
    self.builtin = builtin
    values = try Reserved.memory(Globals.capacity)
    fallbacks = try Reserved.memory(Globals.capacity)
  }

  deinit {
    for slot in names.indices {
      (values + slot).deinitialize(count: 1)
      (fallbacks + slot).deinitialize(count: 1)
    }
    Reserved.free(values, Globals.capacity)
    Reserved.free(fallbacks, Globals.capacity)
  }

  /// The slot of a name, made when it is new; nil when there are too many names.
  func slot(_ name: Name) -> Int? {
    if let known = slots[name] { return known }
    let slot = names.count
    guard slot < Globals.capacity else { return nil }
    names.append(name)
    slots[name] = slot
    (values + slot).initialize(to: .undefined)
    (fallbacks + slot).initialize(to: builtin(name) ?? .undefined)
    return slot
  }

  subscript(name: String) -> Value? {
    get {
      guard let slot = slots[Name(name)] else { return nil }
      let value = values[slot]
      return value.isUndefined ? nil : value
    }
    set { if let slot = slot(Name(name)) { values[slot] = newValue ?? .undefined } }
  }

  /// All bound names in the order in which they were first mentioned.
  var bound: [(name: String, value: Value)] {
    names.indices.compactMap { values[$0].isUndefined ? nil : (names[$0].text, values[$0]) }
  }

  func clear() {
    for slot in names.indices {
      let old = values[slot]
      values[slot] = .undefined
      Disposal.release(old)
    }
  }
}
