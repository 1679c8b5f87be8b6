/// A dictionary in insertion order: an entries array and an open-addressed index over it.
///
/// Own table because keys may run code of the program (`__hash__`, `__eq__`), which may throw, lie,
/// or change the dictionary while it is searched; Swift's `Dictionary` traps on all three.
public final class DictObject: Object {
  struct Entry {
    var hash: Int
    /// `.undefined` for a deleted entry.
    var key: Value
    var value: Value
  }

  @exclusivity(unchecked) private var indices: UnsafeMutablePointer<Int32>
  @exclusivity(unchecked) private var mask: Int
  @exclusivity(unchecked) private(set) var entries: UnsafeMutablePointer<Entry>
  @exclusivity(unchecked) private var entryCapacity: Int
  /// Entries in use, deleted ones included.
  @exclusivity(unchecked) private(set) var used = 0
  @exclusivity(unchecked) public private(set) var count = 0
  /// Grows with every change of the set of keys: iterators notice.
  @exclusivity(unchecked) private(set) var version = 0
  /// No entry before this one is live: taking the oldest again and again stays cheap.
  @exclusivity(unchecked) private var front = 0
  /// What a missing key calls (`collections.defaultdict`); `.undefined` for a plain dictionary.
  @exclusivity(unchecked) public var defaultFactory: Value = .undefined
  /// The class, where it is not `dict` itself.
  @exclusivity(unchecked) public var subclass: TypeObject?

  static let emptySlot: Int32 = -1
  static let deletedSlot: Int32 = -2

  public init(capacity: Int = 0) {
    var size = 8
    while size * 2 < capacity * 3, size < 1 << 40 { size *= 2 }
    mask = size - 1
    entryCapacity = size * 2 / 3
    (entries, indices) = DictObject.makeTable(size)
    super.init(kind: .dict)
    track()
  }

  /// Entries and, behind them, the index: one piece of memory.
  private static func makeTable(
    _ size: Int
  ) -> (UnsafeMutablePointer<Entry>, UnsafeMutablePointer<Int32>) {
    let capacity = size * 2 / 3
    let bytes = capacity * MemoryLayout<Entry>.stride + size * MemoryLayout<Int32>.stride
    let memory = UnsafeMutableRawPointer(Memory.take(bytes, of: UInt8.self))
    let indices = (memory + capacity * MemoryLayout<Entry>.stride)
      .assumingMemoryBound(to: Int32.self)
    indices.initialize(repeating: emptySlot, count: size)
    return (memory.assumingMemoryBound(to: Entry.self), indices)
  }

  deinit {
    // Key and value stand beside each other.
    for index in 0..<used { Disposal.release(DictObject.keyPlace(entries + index), count: 2) }
    Memory.give(entries)
  }

  public override func surrender(into heap: inout [Value]) {
    for index in 0..<used {
      heap.append(entries[index].key)
      heap.append(entries[index].value)
    }
    entries.deinitialize(count: used)
    used = 0
    front = 0
    count = 0
    indices.initialize(repeating: DictObject.emptySlot, count: mask + 1)
    heap.append(defaultFactory)
    defaultFactory = .undefined
  }

  public override func visit(_ visitor: ReferenceVisitor) {
    for index in 0..<used {
      visitor.visit(entries[index].key)
      visitor.visit(entries[index].value)
    }
    visitor.visit(defaultFactory)
    visitor.visit(subclass)
  }

  // MARK: - Finding

  @inline(__always) private func firstSlot(_ hash: Int) -> Int {
    // Multiplicative mixing: sequential integers spread, and so do multiples of powers of two.
    Int(truncatingIfNeeded: (UInt64(bitPattern: Int64(hash)) &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
  }

  /// The entry of a key, or -1.
  @inline(__always)
  func find(_ key: Value, hash: Int, _ machine: Machine) throws(Raise) -> Int {
    var slot = firstSlot(hash)
    while true {
      let index = Int(indices[slot])
      if index >= 0 {
        let entry = entries + index
        if entry.pointee.hash == hash {
          switch DictObject.quickEquals(entry.pointee.key, key) {
          case .some(true): return index
          case .some(false): break
          case nil:
            let before = version
            if try machine.equals(entry.pointee.key, key) {
              if version == before { return index }
              return try find(key, hash: hash, machine)
            }
            if version != before { return try find(key, hash: hash, machine) }
          }
        }
      } else if index == Int(DictObject.emptySlot) {
        return -1
      }
      slot = (slot + 1) & mask
    }
  }

  /// What `quickFind` gives where the search may have to run code of the program.
  static let notQuick = -2

  /// The entry of a key that is an int or a string, or -1; `notQuick` for other keys, and where an
  /// entry of the same hash needs `__eq__`.
  @inline(__always)
  func quickFind(_ key: Registers) -> Int {
    let hash: Int
    if key.tag == RawTag.int {
      hash = key.rawInt
      if hash <= -(1 << 60) || hash >= 1 << 60 || hash == -1 { return DictObject.notQuick }
      var slot = firstSlot(hash)
      while true {
        let index = Int(indices[slot])
        if index >= 0 {
          let entry = entries + index
          if entry.pointee.hash == hash {
            let known = DictObject.keyPlace(entry)
            if known.tag != RawTag.int { return DictObject.notQuick }
            if known.rawInt == hash { return index }
          }
        } else if index == Int(DictObject.emptySlot) {
          return -1
        }
        slot = (slot + 1) & mask
      }
    }
    if key.tag == RawTag.object {
      if key.rawKind == ObjectKind.string.rawValue {
        return key.borrow(StringObject.self) { quickFind($0) }
      }
      if key.rawKind == ObjectKind.tuple.rawValue {
        return key.borrow(TupleObject.self) { quickFind($0) }
      }
    }
    return DictObject.notQuick
  }

  /// The same for a tuple of ints and strings.
  private func quickFind(_ key: TupleObject) -> Int {
    guard let hash = key.quickHash else { return DictObject.notQuick }
    var slot = firstSlot(hash)
    while true {
      let index = Int(indices[slot])
      if index >= 0 {
        let entry = entries + index
        if entry.pointee.hash == hash {
          let known = DictObject.keyPlace(entry)
          guard known.holds(.tuple),
            let same = known.borrow(TupleObject.self, { $0.quickEquals(key) })
          else { return DictObject.notQuick }
          if same { return index }
        }
      } else if index == Int(DictObject.emptySlot) {
        return -1
      }
      slot = (slot + 1) & mask
    }
  }

  private func quickFind(_ key: StringObject) -> Int {
    let hash = key.hash
    var slot = firstSlot(hash)
    while true {
      let index = Int(indices[slot])
      if index >= 0 {
        let entry = entries + index
        if entry.pointee.hash == hash {
          let known = DictObject.keyPlace(entry)
          if known.tag == RawTag.object {
            if known.rawKind != ObjectKind.string.rawValue { return DictObject.notQuick }
            if known.borrow(StringObject.self, { $0.equals(key) }) { return index }
          }
        }
      } else if index == Int(DictObject.emptySlot) {
        return -1
      }
      slot = (slot + 1) & mask
    }
  }

  /// Where the value of a key stands; nil where there is none or the search is not quick, and in
  /// objects of subclasses.
  @inline(__always)
  func place(of key: Registers) -> UnsafeMutablePointer<Value>? {
    if subclass != nil { return nil }
    let index = quickFind(key)
    return index >= 0 ? DictObject.valuePlace(entries + index) : nil
  }

  /// Sets the value of a key that is an int or a string; false, with nothing changed, where that is
  /// not quick, and in objects of subclasses.
  @inline(__always)
  func quickSet(_ key: Registers, _ value: Registers) -> Bool {
    if subclass != nil { return false }
    let index = quickFind(key)
    if index >= 0 {
      DictObject.valuePlace(entries + index).assign(value)
      return true
    }
    // Where the table has to grow, memory is charged first: not here.
    if index == DictObject.notQuick || used == entryCapacity { return false }
    let hash: Int
    if key.tag == RawTag.int {
      hash = key.rawInt
    } else if key.holds(.string) {
      hash = key.borrow(StringObject.self) { $0.hash }
    } else {
      hash = key.borrow(TupleObject.self) { $0.quickHash } ?? 0
    }
    insert(key, value, hash)
    return true
  }

  /// Sets the value of a string that stands in a register.
  func add(_ key: Registers, _ value: Registers) {
    let index = key.borrow(StringObject.self) { find($0) }
    if index >= 0 {
      DictObject.valuePlace(entries + index).assign(value)
    } else {
      insert(key, value, key.borrow(StringObject.self) { $0.hash })
    }
  }

  /// Takes over all pairs of another dictionary into this one, which is empty.
  func fill(copying other: DictObject) {
    for index in 0..<other.used {
      let entry = other.entries + index
      let key = DictObject.keyPlace(entry)
      if !key.isUndefined { insert(key, DictObject.valuePlace(entry), entry.pointee.hash) }
    }
  }

  /// Whether all keys are strings, of no derived class.
  var hasOnlyStringKeys: Bool {
    for index in 0..<used {
      let key = DictObject.keyPlace(entries + index)
      if !key.isUndefined, !key.holds(.string) { return false }
    }
    return true
  }

  @inline(__always)
  static func keyPlace(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(entry) + 8).assumingMemoryBound(to: Value.self)
  }
  @inline(__always)
  static func valuePlace(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<Value> {
    (UnsafeMutableRawPointer(entry) + 24).assumingMemoryBound(to: Value.self)
  }
  static func layoutHolds() -> Bool {
    MemoryLayout<Entry>.offset(of: \.key) == 8 && MemoryLayout<Entry>.offset(of: \.value) == 24
      && AttributeSite.valueOffset == 24
  }

  /// Equality where it needs no code of the program; nil where it does.
  @inline(__always)
  static func quickEquals(_ a: Value, _ b: Value) -> Bool? {
    switch (a, b) {
    case (.int(let a), .int(let b)): return a == b
    case (.object(let a), .object(let b)):
      if a === b { return true }
      if a.kind == .string, b.kind == .string {
        return unsafeDowncast(a, to: StringObject.self)
          .equals(unsafeDowncast(b, to: StringObject.self))
      }
      return nil
    case (.object(let a), _) where a.kind == .string: return false
    case (_, .object(let b)) where b.kind == .string: return false
    default: return nil
    }
  }

  /// The entry of a string key, or -1; needs no machine.
  private func find(_ key: StringObject) -> Int {
    let hash = key.hash
    var slot = firstSlot(hash)
    while true {
      let index = Int(indices[slot])
      if index >= 0 {
        let entry = entries + index
        if entry.pointee.hash == hash {
          let known = DictObject.keyPlace(entry)
          if known.tag == RawTag.object, known.rawKind == ObjectKind.string.rawValue,
            known.borrow(StringObject.self, { $0.equals(key) })
          {
            return index
          }
        }
      } else if index == Int(DictObject.emptySlot) {
        return -1
      }
      slot = (slot + 1) & mask
    }
  }

  // MARK: - Reading and writing

  @inline(__always)
  public func get(_ key: Value, _ machine: Machine) throws(Raise) -> Value? {
    let hash = try machine.hash(key)
    let index = try find(key, hash: hash, machine)
    return index < 0 ? nil : entries[index].value
  }

  @inline(__always)
  public func set(_ key: Value, _ value: Value, _ machine: Machine) throws(Raise) {
    let hash = try machine.hash(key)
    let index = try find(key, hash: hash, machine)
    if index >= 0 {
      let old = entries[index].value
      entries[index].value = value
      withExtendedLifetime(old) {}
    } else {
      if used == entryCapacity {
        try machine.charge(count, of: 2 * MemoryLayout<Entry>.stride, "the dictionary")
      }
      insert(key, value, hash)
    }
  }

  /// By a string key.
  public subscript(key: String) -> Value? {
    get { self[StringObject(key)] }
    set { self[StringObject(key)] = newValue }
  }

  public subscript(key: StringObject) -> Value? {
    get {
      let index = find(key)
      return index < 0 ? nil : entries[index].value
    }
    set {
      let index = find(key)
      if let newValue {
        if index >= 0 {
          entries[index].value = newValue
        } else {
          insert(.object(key), newValue, key.hash)
        }
      } else if index >= 0 {
        remove(entry: index)
      }
    }
  }

  /// Appends copies of what stands in two registers; the key is new.
  private func insert(_ key: Registers, _ value: Registers, _ hash: Int) {
    if used == entryCapacity { rebuild(capacity: count * 2 + 1) }
    var slot = firstSlot(hash)
    while indices[slot] >= 0 { slot = (slot + 1) & mask }
    indices[slot] = Int32(truncatingIfNeeded: used)
    let entry = entries + used
    UnsafeMutableRawPointer(entry).storeBytes(of: hash, as: Int.self)
    DictObject.keyPlace(entry).initialize(copying: key)
    DictObject.valuePlace(entry).initialize(copying: value)
    used += 1
    count += 1
    version &+= 1
  }

  private func insert(_ key: Value, _ value: Value, _ hash: Int) {
    if used == entryCapacity { rebuild(capacity: count * 2 + 1) }
    var slot = firstSlot(hash)
    while indices[slot] >= 0 { slot = (slot + 1) & mask }
    indices[slot] = Int32(truncatingIfNeeded: used)
    (entries + used).initialize(to: Entry(hash: hash, key: key, value: value))
    used += 1
    count += 1
    version &+= 1
  }

  private func rebuild(capacity: Int) {
    var size = 8
    while size * 2 / 3 < capacity, size < 1 << 31 { size *= 2 }
    let (larger, index) = DictObject.makeTable(size)
    var kept = 0
    for index in 0..<used {
      if entries[index].key.isUndefined {
        (entries + index).deinitialize(count: 1)
      } else {
        (larger + kept).moveInitialize(from: entries + index, count: 1)
        kept += 1
      }
    }
    Memory.give(entries)
    entries = larger
    indices = index
    mask = size - 1
    front = 0
    entryCapacity = size * 2 / 3
    used = kept
    for index in 0..<used {
      var slot = firstSlot(entries[index].hash)
      while indices[slot] >= 0 { slot = (slot + 1) & mask }
      indices[slot] = Int32(truncatingIfNeeded: index)
    }
  }

  /// Removes a key; gives its value, nil when it was not there.
  @discardableResult
  public func remove(_ key: Value, _ machine: Machine) throws(Raise) -> Value? {
    let hash = try machine.hash(key)
    let index = try find(key, hash: hash, machine)
    if index < 0 { return nil }
    let value = entries[index].value
    remove(entry: index)
    return value
  }

  /// Removes the pair that came last; nil when there is none.
  func popLast() -> (key: Value, value: Value)? {
    guard used > 0, count > 0 else { return nil }
    let last = entries[used - 1]
    remove(entry: used - 1)
    return (last.key, last.value)
  }

  /// The value of a key, which gets `value` when it is missing.
  func setDefault(_ key: Value, _ value: Value, _ machine: Machine) throws(Raise) -> Value {
    let hash = try machine.hash(key)
    let index = try find(key, hash: hash, machine)
    if index >= 0 { return entries[index].value }
    insert(key, value, hash)
    return value
  }

  func remove(entry index: Int) {
    var slot = firstSlot(entries[index].hash)
    while indices[slot] != Int32(truncatingIfNeeded: index) { slot = (slot + 1) & mask }
    indices[slot] = DictObject.deletedSlot
    if index == front { front += 1 }
    let old = entries[index]
    entries[index] = Entry(hash: 0, key: .undefined, value: .undefined)
    count -= 1
    version &+= 1
    if count == 0 {
      clear()
    } else {
      // Deleted entries at the end go too: taking pairs off the end stays cheap.
      while used > 0, entries[used - 1].key.isUndefined {
        used -= 1
        (entries + used).deinitialize(count: 1)
      }
    }
    withExtendedLifetime(old) {}
  }

  public func clear() {
    let old = UnsafeMutableBufferPointer(start: entries, count: used).map { $0 }
    entries.deinitialize(count: used)
    used = 0
    front = 0
    count = 0
    version &+= 1
    indices.initialize(repeating: DictObject.emptySlot, count: mask + 1)
    withExtendedLifetime(old) {}
  }

  // MARK: - Walking

  /// The next live entry at or after `index`; nil at the end.
  @inline(__always) func next(from index: Int) -> Int? {
    var index = max(index, front)
    while index < used {
      if !entries[index].key.isUndefined { return index }
      index += 1
    }
    return nil
  }

  /// Keys and values in order, copied.
  public var pairs: [(key: Value, value: Value)] {
    (0..<used).compactMap { entries[$0].key.isUndefined ? nil : (entries[$0].key, entries[$0].value) }
  }
  public var keys: [Value] { pairs.map(\.key) }
  public var values: [Value] { pairs.map(\.value) }

  func copy() -> DictObject {
    let result = DictObject(capacity: count)
    for index in 0..<used where !entries[index].key.isUndefined {
      result.insert(entries[index].key, entries[index].value, entries[index].hash)
    }
    return result
  }

  /// Takes over all entries of another dictionary.
  func update(_ other: DictObject, _ machine: Machine) throws(Raise) {
    try machine.charge(other.count, of: MemoryLayout<Entry>.stride, "the dictionary")
    for (index, pair) in other.pairs.enumerated() {
      try set(pair.key, pair.value, machine)
      try machine.poll(at: index)
    }
  }
}
