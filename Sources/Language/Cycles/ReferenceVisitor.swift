/// What an object shows its references to (`Object.visit`).
///
/// The rule: an object shows each strong reference that it holds itself, once. Leaving one out is
/// safe: what it leads to counts as held from outside and is kept. Showing one that is not held, or
/// one twice, would free what is alive.
///
/// A Swift array or dictionary is itself counted: two objects that share its storage hold one
/// reference to each element between them. Such storage is shown only by its single owner.
public final class ReferenceVisitor {
  /// What is known about each slot of the table. Before marking: references that have not been
  /// found inside. Then: `reached` for what is held from outside, directly or not.
  let counts: UnsafeMutablePointer<Int32>
  private let table: UInt16
  /// Slots that were reached and whose own references are still to be seen.
  private(set) var pending: [UInt32] = []
  private(set) var isMarking = false

  static let reached = Int32.min

  init(counts: UnsafeMutablePointer<Int32>, table: UInt16) {
    self.counts = counts
    self.table = table
  }

  func beginMarking() { isMarking = true }

  func reach(_ slot: Int) {
    counts[slot] = ReferenceVisitor.reached
    pending.append(UInt32(truncatingIfNeeded: slot))
  }

  func next() -> Int? { pending.popLast().map(Int.init) }

  /// One reference, unretained.
  @inline(__always)
  private func see(_ object: Unmanaged<Object>) {
    let (slot, owner) = object._withUnsafeGuaranteedRef { ($0.trackingSlot, $0.trackingTable) }
    if slot == 0 || owner != table { return }
    let index = Int(slot)
    if isMarking {
      if counts[index] != ReferenceVisitor.reached { reach(index) }
    } else {
      counts[index] -= 1
    }
  }

  // MARK: - What objects call

  /// `count` values in memory that the object owns.
  func visit(_ base: UnsafeMutablePointer<Value>, count: Int) {
    for index in 0..<count where (base + index).tag == RawTag.object {
      see(.fromOpaque((base + index).rawObject))
    }
  }

  public func visit(_ value: Value) {
    if case .object(let object) = value { see(.passUnretained(object)) }
  }

  public func visit(_ object: Object?) {
    if let object { see(.passUnretained(object)) }
  }

  /// The elements of an array, if nothing else shares it.
  public func visit(_ array: inout [Value]) {
    guard !array.isEmpty, isSoleOwner(&array) else { return }
    array.withUnsafeBufferPointer { elements in
      if let base = elements.baseAddress {
        visit(UnsafeMutablePointer(mutating: base), count: elements.count)
      }
    }
  }

  public func visit<T: Object>(_ array: inout [T]) {
    guard !array.isEmpty, isSoleOwner(&array) else { return }
    for object in array { visit(object) }
  }

  /// The values of a dictionary, if nothing else shares it.
  public func visit<Key: Hashable>(_ dictionary: inout [Key: Value]) {
    guard !dictionary.isEmpty, isSoleOwner(&dictionary) else { return }
    for value in dictionary.values { visit(value) }
  }

  /// Whether the storage behind a Swift collection has one owner. For collections that are one
  /// reference: `Array`, `Dictionary`.
  public func isSoleOwner<Collection>(_ collection: inout Collection) -> Bool {
    withUnsafeBytes(of: &collection) { bytes in
      guard bytes.count == MemoryLayout<UnsafeRawPointer>.size else { return false }
      return ReferenceCount.of(bytes.load(as: UnsafeRawPointer.self)) == 1
    }
  }
}

/// Strong reference counts, as the Swift runtime keeps them.
///
/// The runtime exports `swift_retainCount` without promising it, so its answers are checked when the
/// first collector is made; where they are not what the algorithm needs, nothing is ever collected.
enum ReferenceCount {
  @_silgen_name("swift_retainCount")
  private static func retainCount(_ object: UnsafeRawPointer) -> UInt

  @inline(__always)
  static func of(_ object: UnsafeRawPointer) -> Int { Int(bitPattern: retainCount(object)) }

  /// Whether the counts are exact: each place in memory that holds an object counts 1, and storage
  /// of an array that two share counts 2.
  ///
  /// Everything here goes through memory of objects, where the optimiser cannot leave out a count.
  static let isReliable: Bool = {
    let holder = ListObject()
    let raw = fill(holder)
    for expected in 2...40 {
      holder.append(holder[0])
      guard of(raw) == expected else { return false }
    }
    while holder.count > 1 {
      _ = holder.remove(at: 0)
      guard of(raw) == holder.count else { return false }
    }
    let arrays = ArrayHolder()
    arrays.fill(holder)
    guard arrays.isSoleOwner else { return false }
    arrays.second = arrays.first
    return withExtendedLifetime(holder) { !arrays.isSoleOwner }
  }()

  /// Gives a list an object that only it holds.
  @inline(never)
  private static func fill(_ holder: ListObject) -> UnsafeRawPointer {
    let inner = ListObject()
    holder.append(.object(inner))
    return UnsafeRawPointer(Unmanaged<Object>.passUnretained(inner).toOpaque())
  }

  private final class ArrayHolder {
    var first: [Value] = []
    var second: [Value] = []

    @inline(never)
    func fill(_ holder: ListObject) {
      for index in 0..<holder.count { first.append(holder[index]) }
    }

    @inline(never)
    var isSoleOwner: Bool {
      withUnsafeBytes(of: &first) { of($0.load(as: UnsafeRawPointer.self)) == 1 }
    }
  }
}
