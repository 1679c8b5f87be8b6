/// A set or frozen set.
///
/// The order in which a set gives its items is visible (`print({3, 1, 2})`), so the table probes and
/// grows as CPython's does (Objects/setobject.c: ten linear probes, then perturbation; four-fold
/// growth at three fifths full). With equal hashes the order is the same.
public final class SetObject: Object {
  struct Entry {
    var hash = 0
    /// `.undefined` for an empty slot, `.none` with hash -1 for a deleted one.
    var key: Value = .undefined
    var isFree: Bool { key.isUndefined && hash == 0 }
    var isDeleted: Bool { key.isUndefined && hash == -1 }
    var isLive: Bool { !key.isUndefined }
  }

  @exclusivity(unchecked) private var table: [Entry]
  @exclusivity(unchecked) private var mask = 7
  @exclusivity(unchecked) private var fill = 0
  @exclusivity(unchecked) public private(set) var count = 0
  @exclusivity(unchecked) private(set) var version = 0
  @exclusivity(unchecked) private var finger = 0

  private static let linearProbes = 9

  init(frozen: Bool = false) {
    table = Array(repeating: Entry(), count: 8)
    super.init(kind: frozen ? .frozenSet : .set)
    track()
  }

  deinit {
    var heap: [Value] = []
    surrender(into: &heap)
    while let value = heap.popLast() { Disposal.release(value) }
  }

  public override func surrender(into heap: inout [Value]) {
    for entry in table where entry.key.kind?.holdsValues == true { heap.append(entry.key) }
    table = []
    mask = 0
    fill = 0
    count = 0
  }

  /// Sets of equal contents may share their table; see `ReferenceVisitor`.
  public override func visit(_ visitor: ReferenceVisitor) {
    guard visitor.isSoleOwner(&table) else { return }
    for entry in table { visitor.visit(entry.key) }
  }

  var isFrozen: Bool { kind == .frozenSet }

  // MARK: - Finding

  private func find(_ key: Value, hash: Int, _ machine: Machine) throws(Raise) -> Int {
    restart: while true {
      var perturb = UInt(bitPattern: hash)
      var index = Int(truncatingIfNeeded: perturb) & mask
      while true {
        var probes = index + SetObject.linearProbes <= mask ? SetObject.linearProbes : 0
        var slot = index
        repeat {
          let entry = table[slot]
          if entry.isFree { return -1 }
          if entry.hash == hash, entry.isLive {
            let equal: Bool
            if let quick = DictObject.quickEquals(entry.key, key) {
              equal = quick
            } else {
              let before = version
              equal = try machine.equals(entry.key, key)
              if version != before { continue restart }
            }
            if equal { return slot }
          }
          slot += 1
          probes -= 1
        } while probes >= 0
        perturb >>= 5
        index = Int(truncatingIfNeeded: UInt(bitPattern: index) &* 5 &+ 1 &+ perturb) & mask
      }
    }
  }

  /// The slot of a key that is an int or a string, or -1; `DictObject.notQuick` for other keys, and
  /// where an item of the same hash needs `__eq__`.
  func quickFind(_ key: Registers) -> Int {
    guard let hash = SetObject.quickHash(key) else { return DictObject.notQuick }
    let isInt = key.tag == RawTag.int
    return table.withUnsafeMutableBufferPointer { table in
      guard let entries = table.baseAddress else { return DictObject.notQuick }
      var perturb = UInt(bitPattern: hash)
      var index = Int(truncatingIfNeeded: perturb) & mask
      while true {
        var probes = index + SetObject.linearProbes <= mask ? SetObject.linearProbes : 0
        var slot = index
        repeat {
          let entry = entries + slot
          let known = (UnsafeMutableRawPointer(entry) + 8).assumingMemoryBound(to: Value.self)
          if entry.pointee.hash == hash, !known.isUndefined {
            if isInt {
              if known.tag != RawTag.int { return DictObject.notQuick }
              return slot
            }
            if known.tag == RawTag.object {
              if known.rawKind != ObjectKind.string.rawValue { return DictObject.notQuick }
              let same = known.borrow(StringObject.self) { known in
                key.borrow(StringObject.self) { known.equals($0) }
              }
              if same { return slot }
            }
          } else if entry.pointee.hash == 0, known.isUndefined {
            return -1
          }
          slot += 1
          probes -= 1
        } while probes >= 0
        perturb >>= 5
        index = Int(truncatingIfNeeded: UInt(bitPattern: index) &* 5 &+ 1 &+ perturb) & mask
      }
    }
  }

  /// The hash of an int or a string; nil for other keys and where it is no plain matter.
  @inline(__always)
  private static func quickHash(_ key: Registers) -> Int? {
    if key.tag == RawTag.int {
      let number = key.rawInt
      return number > -(1 << 60) && number < 1 << 60 && number != -1 ? number : nil
    }
    return key.holds(.string) ? key.borrow(StringObject.self) { $0.hash } : nil
  }

  /// Adds an int or a string; false, with nothing changed, where that is not quick.
  func quickAdd(_ key: Registers) -> Bool {
    let slot = quickFind(key)
    if slot >= 0 { return true }
    // Where the table has to grow, memory is charged first: not here.
    guard slot == -1, (fill + 1) * 5 < mask * 3, let hash = SetObject.quickHash(key) else {
      return false
    }
    insert(key.pointee, hash)
    return true
  }

  public func contains(_ key: Value, _ machine: Machine) throws(Raise) -> Bool {
    try find(key, hash: lookupHash(key, machine), machine) >= 0
  }

  /// A set is looked up as the frozen set that it equals.
  private func lookupHash(_ key: Value, _ machine: Machine) throws(Raise) -> Int {
    if let set = key.asSet, !set.isFrozen { return set.contentHash }
    return try machine.hash(key)
  }

  // MARK: - Changing

  /// Takes the contents of a set that nobody else uses.
  func become(_ other: SetObject) {
    let old = table
    table = other.table
    mask = other.mask
    fill = other.fill
    count = other.count
    version &+= 1
    withExtendedLifetime(old) {}
  }

  public func add(_ key: Value, _ machine: Machine) throws(Raise) {
    let hash = try machine.hash(key)
    if try find(key, hash: hash, machine) >= 0 { return }
    insert(key, hash)
    if fill * 5 >= mask * 3 {
      let size = count > 50_000 ? count * 2 : count * 4
      try machine.charge(size, of: MemoryLayout<Entry>.stride, "the set")
      resize(size)
    }
  }

  private func insert(_ key: Value, _ hash: Int) {
    count += 1
    version &+= 1
    if !place(key, hash, in: &table, mask) { fill += 1 }
  }

  /// Puts a key that is not there into the last deleted slot before the first free one of its probe
  /// sequence, or into that. Gives true when it took a deleted slot.
  @discardableResult
  private func place(
    _ key: Value, _ hash: Int, in table: inout [Entry], _ mask: Int
  ) -> Bool {
    var deleted = -1
    var perturb = UInt(bitPattern: hash)
    var index = Int(truncatingIfNeeded: perturb) & mask
    while true {
      var probes = index + SetObject.linearProbes <= mask ? SetObject.linearProbes : 0
      var slot = index
      repeat {
        if table[slot].isFree {
          table[deleted >= 0 ? deleted : slot] = Entry(hash: hash, key: key)
          return deleted >= 0
        }
        if table[slot].isDeleted { deleted = slot }
        slot += 1
        probes -= 1
      } while probes >= 0
      perturb >>= 5
      index = Int(truncatingIfNeeded: UInt(bitPattern: index) &* 5 &+ 1 &+ perturb) & mask
    }
  }

  private func resize(_ minimum: Int) {
    var size = 8
    while size <= minimum { size <<= 1 }
    var larger = Array(repeating: Entry(), count: size)
    for entry in table where entry.isLive { place(entry.key, entry.hash, in: &larger, size - 1) }
    table = larger
    mask = size - 1
    fill = count
  }

  /// Removes a key; false when it was not there.
  @discardableResult
  public func discard(_ key: Value, _ machine: Machine) throws(Raise) -> Bool {
    let slot = try find(key, hash: lookupHash(key, machine), machine)
    if slot < 0 { return false }
    remove(slot)
    return true
  }

  private func remove(_ slot: Int) {
    let old = table[slot].key
    table[slot] = Entry(hash: -1, key: .undefined)
    count -= 1
    version &+= 1
    withExtendedLifetime(old) {}
  }

  /// Removes and gives some item; nil when empty.
  func pop() -> Value? {
    guard count > 0 else { return nil }
    var slot = finger & mask
    while !table[slot].isLive { slot = (slot + 1) & mask }
    let key = table[slot].key
    remove(slot)
    finger = slot + 1
    return key
  }

  func clear() {
    let old = table
    table = Array(repeating: Entry(), count: 8)
    mask = 7
    fill = 0
    count = 0
    version &+= 1
    withExtendedLifetime(old) {}
  }

  /// Adds all items of another set, as CPython's merge does (which decides the order).
  func merge(_ other: SetObject, _ machine: Machine) throws(Raise) {
    if other === self || other.count == 0 { return }
    try machine.charge(count + other.count, of: 2 * MemoryLayout<Entry>.stride, "the set")
    if (fill + other.count) * 5 >= mask * 3 { resize((count + other.count) * 2) }
    if fill == 0, mask == other.mask, other.fill == other.count {
      table = other.table
      fill = other.fill
      count = other.count
      version &+= 1
      return
    }
    if fill == 0 {
      for entry in other.table where entry.isLive { place(entry.key, entry.hash, in: &table, mask) }
      fill = other.count
      count = other.count
      version &+= 1
      return
    }
    for (index, entry) in other.table.enumerated() where entry.isLive {
      try add(entry.key, machine)
      try machine.poll(at: index)
    }
  }

  func copy(frozen: Bool, _ machine: Machine) throws(Raise) -> SetObject {
    let result = SetObject(frozen: frozen)
    try result.merge(self, machine)
    return result
  }

  // MARK: - Walking

  /// The slot of the next item at or after `slot`; nil at the end.
  func next(from slot: Int) -> Int? {
    var slot = slot
    while slot < table.count {
      if table[slot].isLive { return slot }
      slot += 1
    }
    return nil
  }

  func key(at slot: Int) -> Value { slot < table.count ? table[slot].key : .undefined }

  public var items: [Value] { table.compactMap { $0.isLive ? $0.key : nil } }

  /// The hash of a frozen set: independent of order.
  var contentHash: Int {
    var hash: UInt = 1_927_868_237
    hash = hash &* UInt(count + 1)
    for entry in table where entry.isLive {
      let lane = UInt(bitPattern: entry.hash)
      hash ^= (lane ^ (lane << 16) ^ 89_869_747) &* 3_644_798_167
    }
    hash ^= (hash >> 11) ^ (hash >> 25)
    hash = hash &* 69069 &+ 907_133_923
    return hash == UInt.max ? 590_923_713 : Int(bitPattern: hash)
  }
}
