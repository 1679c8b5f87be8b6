/// What an object is, in one byte: exact tests without a dynamic cast.
public enum ObjectKind: UInt8, Sendable {
  case string, bytes, bigInt, range, slice, ellipsis, notImplemented, native, module, code
  /// From here on objects hold values.
  case list, tuple, dict, set, frozenSet, function, boundMethod, type, cell, iterator, generator
  case dictView, property, staticMethod, classMethod, superProxy
  /// Instances of classes; library objects are instances too. Keep these two last.
  case instance, exception

  @inline(__always) var isInstance: Bool { rawValue >= ObjectKind.instance.rawValue }
  @inline(__always) var holdsValues: Bool {
    rawValue >= ObjectKind.list.rawValue || self == .slice
  }
}

/// The base of everything that is not a scalar.
///
/// Objects belong to the thread of the machine that made them.
open class Object {
  public final let kind: ObjectKind
  /// Where this object stands in the table of which machine's collector (`TrackingTable`); slot 0:
  /// nowhere. Both lie in what would be padding.
  @exclusivity(unchecked) final var trackingTable: UInt16 = 0
  @exclusivity(unchecked) final var trackingSlot: UInt32 = 0
  public init(kind: ObjectKind) { self.kind = kind }

  deinit {
    if trackingSlot != 0 { untrack() }
  }

  /// Moves the values that this object holds into `heap`, leaving it empty. Called on the last
  /// reference (see `Disposal`), and when nothing outside of a cycle leads here any more.
  open func surrender(into heap: inout [Value]) {}

  /// Shows the references that this object holds; see `ReferenceVisitor` for the rule. A class that
  /// shows some also calls `track()` at the end of its `init`.
  open func visit(_ visitor: ReferenceVisitor) {}
}

/// Releases what a dying container holds without recursion.
///
/// A list nested 50,000 deep would overflow the stack in its chain of `deinit`s. A container hands
/// its values over instead: whatever is held by nothing else is emptied onto a heap and released
/// when it is shallow.
enum Disposal {
  /// Releases `count` values at `base`; the memory is left uninitialised.
  @inline(__always)
  static func release(_ base: UnsafeMutablePointer<Value>, count: Int) {
    var heap: [Value]?
    for index in 0..<count {
      let slot = base + index
      guard slot.tag == RawTag.object else { continue }
      let object = slot.rawObject
      if slot.rawKind >= ObjectKind.list.rawValue || slot.rawKind == ObjectKind.slice.rawValue,
        Counting.isUnique(object)
      {
        collect(slot.move(), into: &heap)
      } else {
        Counting.release(object)
      }
    }
    if heap != nil { drain(&heap) }
  }

  /// Releases one value.
  @inline(__always)
  static func release(_ value: consuming Value) {
    guard case .object = value else { return }
    var heap: [Value]?
    collect(value, into: &heap)
    if heap != nil { drain(&heap) }
  }

  /// Releases the value of a variable, which is empty afterwards.
  @inline(__always)
  static func take(_ place: inout Value) {
    if place.kind?.holdsValues == true { empty(&place) }
  }

  /// Releases the values of an array, which is empty afterwards.
  static func take(_ places: inout [Value]) {
    for index in places.indices { take(&places[index]) }
    places = []
  }

  @inline(never)
  private static func empty(_ place: inout Value) { release(exchange(&place)) }

  private static func exchange(_ place: inout Value) -> Value {
    var old = Value.none
    swap(&old, &place)
    return old
  }

  @inline(__always)
  private static func collect(_ value: consuming Value, into heap: inout [Value]?) {
    guard case .object(let object) = consume value, object.kind.holdsValues else { return }
    keep(object, into: &heap)
  }

  @inline(never)
  private static func keep(_ object: consuming Object, into heap: inout [Value]?) {
    var last = object
    guard isKnownUniquelyReferenced(&last) else { return }
    if heap == nil { heap = [] }
    last.surrender(into: &heap!)
  }

  @inline(never)
  private static func drain(_ heap: inout [Value]?) {
    while let value = heap?.popLast() { collect(value, into: &heap) }
  }
}
