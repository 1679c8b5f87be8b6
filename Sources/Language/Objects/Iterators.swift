/// Something that gives values one by one. `next` gives `.undefined` at the end.
open class IteratorObject: Object {
  /// What `repr` shows, where it is not the type and the address.
  func shown(_ machine: Machine) throws(Raise) -> String? { nil }

  /// The name of the type that `repr` and errors show.
  open var typeName: String { "iterator" }
  public init() { super.init(kind: .iterator) }
  open func next(_ machine: Machine) throws(Raise) -> Value { .undefined }
  /// How many values are still to come, where that is known.
  open var remaining: Int? { nil }
}

final class RangeIterator: IteratorObject {
  @exclusivity(unchecked) var current: Int
  @exclusivity(unchecked) var left: Int
  let step: Int
  override var typeName: String { "range_iterator" }
  init(_ range: RangeObject) {
    current = range.start
    left = range.count
    step = range.step
  }
  init(current: Int, left: Int, step: Int) {
    self.current = current
    self.left = left
    self.step = step
  }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    if left == 0 { return .undefined }
    let value = current
    left -= 1
    current = current &+ step
    return .int(value)
  }
  override var remaining: Int? { left }
}

final class ListIterator: IteratorObject {
  @exclusivity(unchecked) var list: ListObject?
  @exclusivity(unchecked) var index = 0
  override var typeName: String { "list_iterator" }
  init(_ list: ListObject) {
    self.list = list
    super.init()
    track()
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(list) }
  override func surrender(into heap: inout [Value]) {
    if let list { heap.append(.object(list)) }
    list = nil
  }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    guard let list else { return .undefined }
    if index < list.count {
      index += 1
      return list.storage[index - 1]
    }
    self.list = nil
    return .undefined
  }
  override var remaining: Int? { list.map { max(0, $0.count - index) } ?? 0 }
}

final class TupleIterator: IteratorObject {
  private(set) var tuple: TupleObject
  var index = 0
  override var typeName: String { "tuple_iterator" }
  init(_ tuple: TupleObject) {
    self.tuple = tuple
    super.init()
    if tuple.trackingSlot != 0 { track() }
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(tuple) }
  override func surrender(into heap: inout [Value]) {
    heap.append(.object(tuple))
    tuple = TupleObject.empty
  }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    guard index < tuple.count else { return .undefined }
    index += 1
    return tuple[index - 1]
  }
  override var remaining: Int? { tuple.count - index }
}

final class StringIterator: IteratorObject {
  let string: StringObject
  @exclusivity(unchecked) var offset = 0
  override var typeName: String { string.isASCII ? "str_ascii_iterator" : "str_iterator" }
  init(_ string: StringObject) { self.string = string }
  override func next(_ machine: Machine) throws(Raise) -> Value { nextCharacter() }

  /// The next character where it is ASCII; -1 otherwise, and at the end.
  @inline(__always) func nextASCII() -> Int {
    guard offset < string.byteCount else { return -1 }
    let byte = string.start[offset]
    if byte >= 0x80 { return -1 }
    offset += 1
    return Int(byte)
  }

  func nextCharacter() -> Value {
    guard offset < string.byteCount else { return .undefined }
    let result = string.scalar(at: offset)
    offset += result.byteCount
    return .object(result)
  }
}

final class BytesIterator: IteratorObject {
  let bytes: [UInt8]
  var index = 0
  override var typeName: String { "bytes_iterator" }
  init(_ bytes: [UInt8]) { self.bytes = bytes }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    guard index < bytes.count else { return .undefined }
    index += 1
    return .int(Int(bytes[index - 1]))
  }
}

/// Keys, values or items of a dictionary, live.
final class DictView: Object {
  enum Part { case keys, values, items }
  private(set) var dict: DictObject
  let part: Part
  var typeName: String {
    switch part {
    case .keys: "dict_keys"
    case .values: "dict_values"
    case .items: "dict_items"
    }
  }
  init(_ dict: DictObject, _ part: Part) {
    self.dict = dict
    self.part = part
    super.init(kind: .dictView)
    track()
  }
  override func surrender(into heap: inout [Value]) {
    heap.append(.object(dict))
    dict = DictObject()
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(dict) }
}

final class DictIterator: IteratorObject {
  let dict: DictObject
  let part: DictView.Part
  let count: Int
  var index = 0
  override var typeName: String {
    switch part {
    case .keys: "dict_keyiterator"
    case .values: "dict_valueiterator"
    case .items: "dict_itemiterator"
    }
  }
  init(_ dict: DictObject, _ part: DictView.Part) {
    self.dict = dict
    self.part = part
    count = dict.count
    super.init()
    track()
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(dict) }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    if dict.count != count {
      throw Raise(.runtimeError, "dictionary changed size during iteration")
    }
    guard let found = dict.next(from: index) else { return .undefined }
    index = found + 1
    let entry = dict.entries + found
    switch part {
    case .keys: return entry.pointee.key
    case .values: return entry.pointee.value
    case .items:
      return pair.make(DictObject.keyPlace(entry), DictObject.valuePlace(entry))
    }
  }
  /// See `PairMaker`.
  private var pair = PairMaker()
}

/// Makes the pairs that an iterator gives.
///
/// A loop that unpacks its pairs lets each go before it asks for the next, so that one tuple can
/// serve all turns; a pair that somebody kept is left alone.
struct PairMaker {
  private var last: TupleObject?

  mutating func make(
    _ first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>
  ) -> Value {
    if isKnownUniquelyReferenced(&last), let last {
      last.storage.assign(first)
      (last.storage + 1).assign(second)
      last.trackIfNeeded()
      return .object(last)
    }
    let pair = TupleObject(first, second)
    last = pair
    return .object(pair)
  }
}

final class SetIterator: IteratorObject {
  let set: SetObject
  let version: Int
  var slot = 0
  override var typeName: String { "set_iterator" }
  init(_ set: SetObject) {
    self.set = set
    version = set.version
    super.init()
    track()
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(set) }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    if set.version != version { throw Raise(.runtimeError, "Set changed size during iteration") }
    guard let found = set.next(from: slot) else { return .undefined }
    slot = found + 1
    return set.key(at: found)
  }
}

/// An iterator made by Swift code: `enumerate`, `zip`, a door's loader.
public final class NativeIterator: IteratorObject {
  private let name: String
  @exclusivity(unchecked) private var step: DeferredRelease.Step?
  private var ended = false
  override public var typeName: String { name }
  /// `step` gives `.undefined` at the end and is not called again after it.
  public init(_ name: String, _ step: @escaping (Machine) throws(Raise) -> Value) {
    self.name = name
    self.step = step
  }
  override public func next(_ machine: Machine) throws(Raise) -> Value {
    guard !ended, let step else { return .undefined }
    let value = try step(machine)
    if value.isUndefined { ended = true }
    return value
  }
  override public func surrender(into heap: inout [Value]) { DeferredRelease.release(&step) }
  deinit { if step != nil { DeferredRelease.release(&step) } }
}
