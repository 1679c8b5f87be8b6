/// An object of a class. Library objects are subclasses that carry their Swift value.
open class Instance: Object {
  /// Held; counted by hand.
  private final let typeReference: Unmanaged<TypeObject>
  @inline(__always) public final var type: TypeObject { typeReference.takeUnretainedValue() }
  /// Attributes by the slots of the class; `.undefined` where this instance has none.
  @exclusivity(unchecked) private final var storage: UnsafeMutablePointer<Value>?
  @exclusivity(unchecked) private final var capacity: Int32 = 0
  /// Whether the storage is a piece of memory of its own.
  @exclusivity(unchecked) private final var ownsStorage = false
  /// The attributes, once a program has asked for `__dict__`: then there are no slots, so that every
  /// way to an attribute ends in the slow paths, which look here.
  @exclusivity(unchecked) final private(set) var dictionary: DictObject?

  public init(_ type: TypeObject) {
    typeReference = .passUnretained(type)
    Counting.retain(typeReference.toOpaque())
    super.init(kind: .instance)
    track()
  }

  /// The same from where no reference is counted.
  init(of type: Unmanaged<TypeObject>) {
    typeReference = type
    Counting.retain(type.toOpaque())
    super.init(kind: .instance)
    track()
  }

  init(_ type: TypeObject, kind: ObjectKind) {
    typeReference = .passUnretained(type)
    Counting.retain(typeReference.toOpaque())
    super.init(kind: kind)
    track()
  }

  /// Memory in the object itself, for its first attributes.
  fileprivate final func lendPlaces(_ places: UnsafeMutablePointer<Value>, count: Int) {
    for index in 0..<count { (places + index).forget() }
    storage = places
    capacity = Int32(count)
  }

  deinit {
    if let storage {
      Disposal.release(storage, count: Int(capacity))
      if ownsStorage { Memory.give(storage) }
    }
    Counting.release(typeReference.toOpaque())
  }

  open override func surrender(into heap: inout [Value]) {
    if let dictionary {
      heap.append(.object(dictionary))
      self.dictionary = nil
    }
    guard let storage else { return }
    for index in 0..<Int(capacity) {
      heap.append(storage[index])
      storage[index] = .undefined
    }
  }

  /// The class and the attributes. A subclass that holds more values calls this too.
  open override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(type)
    if let dictionary { visitor.visit(.object(dictionary)) }
    if let storage { visitor.visit(storage, count: Int(capacity)) }
  }

  // Without a reference to count.
  @inline(__always) final var stamp: Int { typeReference._withUnsafeGuaranteedRef { $0.stamp } }
  /// See `TypeObject.descends`.
  @inline(__always) final func descends(from ancestor: UnsafeRawPointer) -> Bool? {
    typeReference._withUnsafeGuaranteedRef { $0.descends(from: ancestor) }
  }

  /// Copies a slot into a register; false when this instance has nothing there.
  @inline(__always) final func copySlot(_ slot: Int, to target: Registers) -> Bool {
    guard slot < capacity else { return false }
    let source = storage.unsafelyUnwrapped + slot
    if source.isUndefined { return false }
    target.assign(source)
    return true
  }

  @inline(__always) final func slotValue(_ slot: Int) -> Value {
    slot < capacity ? storage.unsafelyUnwrapped[slot] : .undefined
  }

  @inline(__always) final func setSlot(_ slot: Int, _ value: Value) {
    if slot >= capacity {
      if let dictionary {
        dictionary[type.slotNames[slot].text] = value.isUndefined ? nil : value
        return
      }
      growSlots(slot)
    }
    storage.unsafelyUnwrapped[slot] = value
  }

  @inline(__always) final func setSlot(_ slot: Int, copying source: Registers) {
    if slot >= capacity {
      if dictionary != nil {
        setSlot(slot, source.pointee)
        return
      }
      growSlots(slot)
    }
    (storage.unsafelyUnwrapped + slot).assign(source)
  }

  @inline(never) private final func growSlots(_ slot: Int) {
    let known = typeReference._withUnsafeGuaranteedRef { $0.slotNames.count }
    let size = max(slot + 1, known, 2)
    let larger = Memory.take(size, of: Value.self)
    let count = Int(capacity)
    if let storage {
      larger.moveInitialize(from: storage, count: count)
      if ownsStorage { Memory.give(storage) }
    }
    (larger + count).initialize(repeating: .undefined, count: size - count)
    storage = larger
    ownsStorage = true
    capacity = Int32(clamping: size)
  }

  /// The instance's own attribute; nil when it has none of that name.
  final func own(_ name: Name) -> Value? {
    if let dictionary { return dictionary[name.text] }
    guard let slot = type.slot(name) else { return nil }
    let value = slotValue(slot)
    return value.isUndefined ? nil : value
  }

  public final func own(_ name: String) -> Value? { own(Name(name)) }

  final func setOwn(_ name: Name, _ value: Value) {
    setSlot(type.slot(name) ?? type.addSlot(name), value)
  }

  public final func setOwn(_ name: String, _ value: Value) { setOwn(Name(name), value) }

  /// Removes an own attribute; false when there is none.
  public final func removeOwn(_ name: String) -> Bool {
    if let dictionary {
      if dictionary[name] == nil { return false }
      dictionary[name] = nil
      return true
    }
    guard let slot = type.slot(Name(name)), !slotValue(slot).isUndefined else { return false }
    setSlot(slot, .undefined)
    return true
  }

  /// The instance's own attributes, in the order of the class's slots.
  public var ownAttributes: [(name: String, value: Value)] {
    if let dictionary {
      return dictionary.pairs.compactMap { pair in pair.key.swiftString.map { ($0, pair.value) } }
    }
    return (0..<min(Int(capacity), type.slotNames.count)).compactMap { index in
      let value = slotValue(index)
      return value.isUndefined ? nil : (type.slotNames[index].text, value)
    }
  }

  /// The attributes as a dictionary that is one with the instance: `__dict__`.
  final func attributeDictionary() -> DictObject {
    if let dictionary { return dictionary }
    let made = DictObject()
    for (name, value) in ownAttributes { made[name] = value }
    setDictionary(made)
    return made
  }

  /// Makes a dictionary the attributes of the instance.
  final func setDictionary(_ new: DictObject) {
    type.noteDictionary()
    dictionary = new
    if let storage {
      Disposal.release(storage, count: Int(capacity))
      if ownsStorage { Memory.give(storage) }
    }
    storage = nil
    ownsStorage = false
    capacity = 0
  }
}

/// The variable that inner functions share with the function that owns it.
final class CellObject: Object {
  @exclusivity(unchecked) var value: Value
  init(_ value: Value) {
    self.value = value
    super.init(kind: .cell)
    track()
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(value) }
  override func surrender(into heap: inout [Value]) {
    heap.append(value)
    value = .undefined
  }
  deinit { Disposal.take(&value) }
}

/// An object of a class of a program, with room for its first attributes in the object itself: most
/// objects have few, and a second piece of memory would double what they cost.
final class PlainInstance: Instance {
  /// Only reached through the storage of `Instance`.
  @exclusivity(unchecked) private var places: (
    (UInt64, UInt64), (UInt64, UInt64), (UInt64, UInt64), (UInt64, UInt64)
  ) = ((0, 0), (0, 0), (0, 0), (0, 0))

  private static let count = 4
  /// Where `places` lies in the object; `layoutHolds` checks.
  private static let offset = 56

  override init(of type: Unmanaged<TypeObject>) {
    super.init(of: type)
    let raw = Unmanaged.passUnretained(self).toOpaque() + PlainInstance.offset
    lendPlaces(raw.assumingMemoryBound(to: Value.self), count: PlainInstance.count)
  }

  /// Whether `offset` is right.
  static func layoutHolds() -> Bool {
    let type = TypeObject(name: "probe", module: "", base: nil)
    let probe = withExtendedLifetime(type) { PlainInstance(of: .passUnretained(type)) }
    let raw = UnsafeRawPointer(Unmanaged.passUnretained(probe).toOpaque())
    let offset = withUnsafeMutablePointer(to: &probe.places) { UnsafeRawPointer($0) - raw }
    return offset == PlainInstance.offset
      && MemoryLayout.size(ofValue: probe.places) == count * MemoryLayout<Value>.stride
  }
}

/// A function written in the language.
public final class FunctionObject: Object {
  let code: Code
  /// What a call needs of the code, without a reference to count.
  let header: UnsafeMutablePointer<CodeHeader>
  @exclusivity(unchecked) var closure: [CellObject]
  /// Values for parameters by register, `.undefined` for those without: plain memory, because calls
  /// read it.
  let defaultPlaces: UnsafeMutablePointer<Value>
  private let defaultCount: Int
  public var name: String
  var attributes: DictObject?

  init(code: Code, closure: [CellObject], defaults: [Value], keywordDefaults: [Name: Value]) {
    self.code = code
    header = code.header
    self.closure = closure
    let layout = code.parameters
    defaultCount = layout.positionalCount + layout.keywordOnlyCount
    defaultPlaces = .allocate(capacity: max(1, defaultCount))
    defaultPlaces.initialize(repeating: .undefined, count: defaultCount)
    for (offset, value) in defaults.enumerated() {
      defaultPlaces[layout.positionalCount - defaults.count + offset] = value
    }
    for index in layout.positionalCount..<max(layout.positionalCount, defaultCount) {
      defaultPlaces[index] = keywordDefaults[layout.names[index]] ?? .undefined
    }
    name = code.name
    super.init(kind: .function)
    track()
  }

  /// Values for the last parameters that may be positional.
  var defaults: [Value] {
    (0..<code.parameters.positionalCount).map { defaultPlaces[$0] }.filter(\.isGiven)
  }

  /// The default of a parameter, by its place.
  func defaultValue(_ index: Int) -> Value? {
    index < defaultCount && !defaultPlaces[index].isUndefined ? defaultPlaces[index] : nil
  }

  public override func surrender(into heap: inout [Value]) {
    for cell in closure { heap.append(.object(cell)) }
    closure = []
    for index in 0..<defaultCount {
      heap.append(defaultPlaces[index])
      defaultPlaces[index] = .undefined
    }
    if let attributes { heap.append(.object(attributes)) }
    attributes = nil
  }

  public override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(code)
    visitor.visit(&closure)
    visitor.visit(defaultPlaces, count: defaultCount)
    visitor.visit(attributes)
  }
  deinit {
    if !closure.isEmpty || defaultCount > 0 || attributes != nil {
      var heap: [Value] = []
      surrender(into: &heap)
      while let value = heap.popLast() { Disposal.release(value) }
    }
    defaultPlaces.deallocate()
  }
}

/// A function with its first argument.
final class BoundMethod: Object {
  @exclusivity(unchecked) private(set) var function: Value
  @exclusivity(unchecked) private(set) var receiver: Value
  init(function: Value, receiver: Value) {
    self.function = function
    self.receiver = receiver
    super.init(kind: .boundMethod)
    track()
  }
  override func surrender(into heap: inout [Value]) {
    heap.append(function)
    function = .none
    heap.append(receiver)
    receiver = .none
  }
  deinit {
    Disposal.take(&function)
    Disposal.take(&receiver)
  }
  override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(function)
    visitor.visit(receiver)
  }
}

/// A door, as `import` gives it.
public final class ModuleObject: Object {
  public let name: String
  public let doc: String
  /// Attributes made so far; the rest are made from the table when asked for.
  var attributes: [Name: Value] = [:]
  let table: ModuleTable?
  init(name: String, doc: String, table: ModuleTable?) {
    self.name = name
    self.doc = doc
    self.table = table
    super.init(kind: .module)
  }
}

final class PropertyObject: Object {
  @exclusivity(unchecked) private(set) var getter: Value
  @exclusivity(unchecked) private(set) var setter: Value
  @exclusivity(unchecked) private(set) var deleter: Value
  let doc: String?
  init(getter: Value, setter: Value = .none, deleter: Value = .none, doc: String? = nil) {
    self.getter = getter
    self.setter = setter
    self.deleter = deleter
    self.doc = doc
    super.init(kind: .property)
    track()
  }
  override func surrender(into heap: inout [Value]) {
    heap.append(getter)
    getter = .none
    heap.append(setter)
    setter = .none
    heap.append(deleter)
    deleter = .none
  }
  deinit {
    Disposal.take(&getter)
    Disposal.take(&setter)
    Disposal.take(&deleter)
  }
  override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(getter)
    visitor.visit(setter)
    visitor.visit(deleter)
  }
}

/// `@staticmethod` and `@classmethod`.
final class WrappedFunction: Object {
  @exclusivity(unchecked) private(set) var function: Value
  init(_ function: Value, kind: ObjectKind) {
    self.function = function
    super.init(kind: kind)
    track()
  }
  override func surrender(into heap: inout [Value]) {
    heap.append(function)
    function = .none
  }
  deinit {
    Disposal.take(&function)
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(function) }
}

/// `super()`: attributes of an object, looked up after a class.
final class SuperProxy: Object {
  let after: TypeObject
  let receiver: Value
  init(after: TypeObject, receiver: Value) {
    self.after = after
    self.receiver = receiver
    super.init(kind: .superProxy)
    track()
  }
  override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(after)
    visitor.visit(receiver)
  }
}

/// `...` and `NotImplemented`.
final class SingletonObject: Object {
  nonisolated(unsafe) static let ellipsis = Counting.shared(SingletonObject(kind: .ellipsis))
  nonisolated(unsafe) static let notImplemented = Counting.shared(SingletonObject(kind: .notImplemented))
}

extension Value {
  public static let ellipsis = Value.object(SingletonObject.ellipsis)
  public static let notImplemented = Value.object(SingletonObject.notImplemented)
  public var isNotImplemented: Bool { kind == .notImplemented }
  public var isEllipsis: Bool { kind == .ellipsis }
}
