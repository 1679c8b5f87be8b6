/// A list. The storage is its own: fast paths of the machine read it through the pointer.
public final class ListObject: Object {
  @exclusivity(unchecked) public private(set) var storage: UnsafeMutablePointer<Value>
  @exclusivity(unchecked) public private(set) var count: Int
  @exclusivity(unchecked) private var capacity: Int

  public init(capacity: Int = 0) {
    self.capacity = max(capacity, 4)
    storage = Memory.take(self.capacity, of: Value.self)
    count = 0
    super.init(kind: .list)
    track()
  }

  public convenience init(_ items: [Value]) {
    self.init(capacity: items.count)
    items.withUnsafeBufferPointer { items in
      if let base = items.baseAddress { storage.initialize(from: base, count: items.count) }
    }
    count = items.count
  }

  convenience init(copying base: UnsafeMutablePointer<Value>, count: Int) {
    self.init(capacity: count)
    storage.initialize(copying: base, count: count)
    self.count = count
  }

  deinit {
    Disposal.release(storage, count: count)
    Memory.give(storage)
  }

  public override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: UnsafeBufferPointer(start: storage, count: count))
    storage.deinitialize(count: count)
    count = 0
  }

  public override func visit(_ visitor: ReferenceVisitor) { visitor.visit(storage, count: count) }

  /// A copy of the items.
  public var items: [Value] { Array(UnsafeBufferPointer(start: storage, count: count)) }

  /// The item at `index`, which lies in 0..<count.
  @inline(__always) public subscript(index: Int) -> Value {
    get { storage[index] }
    set { storage[index] = newValue }
  }

  @inline(__always) public func append(_ value: Value) {
    if count == capacity { grow(to: count + 1) }
    (storage + count).initialize(to: value)
    count += 1
  }

  /// Appends a copy of the value in a register.
  @inline(__always) func append(copying source: UnsafeMutablePointer<Value>) {
    if count == capacity { grow(to: count + 1) }
    (storage + count).initialize(copying: source)
    count += 1
  }

  /// Where the item at `index` stands, counted from the end when negative; nil outside, and in
  /// objects of subclasses, which may have an `__getitem__` of their own.
  @inline(__always) func place(of index: Int) -> UnsafeMutablePointer<Value>? {
    let position = index < 0 ? index &+ count : index
    return position >= 0 && position < count ? storage + position : nil
  }

  @inline(never) private func grow(to needed: Int) {
    capacity = max(needed, capacity + capacity / 2 + 4)
    let larger = Memory.take(capacity, of: Value.self)
    larger.moveInitialize(from: storage, count: count)
    Memory.give(storage)
    storage = larger
  }

  func reserve(_ total: Int) { if total > capacity { grow(to: total) } }

  /// Appends copies of `count` values, which do not lie in this list.
  func append(copying values: UnsafeMutablePointer<Value>, count added: Int) {
    reserve(count + added)
    for index in 0..<added { append(copying: values + index) }
  }

  func append(contentsOf values: [Value]) {
    reserve(count + values.count)
    for value in values { append(value) }
  }

  /// Inserts before `index`, which lies in 0...count.
  func insert(_ value: Value, at index: Int) {
    if count == capacity { grow(to: count + 1) }
    (storage + index + 1).moveInitialize(from: storage + index, count: count - index)
    (storage + index).initialize(to: value)
    count += 1
  }

  /// Removes and returns the last item; undefined when there is none.
  @inline(__always) func popLast() -> Value {
    if count == 0 { return .undefined }
    count -= 1
    return (storage + count).move()
  }

  /// Removes and returns the item at `index`, which lies in 0..<count.
  func remove(at index: Int) -> Value {
    let value = (storage + index).move()
    (storage + index).moveInitialize(from: storage + index + 1, count: count - index - 1)
    count -= 1
    return value
  }

  /// Takes all items out, leaving the list empty: what callbacks do to it then cannot clash.
  func takeAll() -> [Value] {
    let taken = items
    storage.deinitialize(count: count)
    count = 0
    return taken
  }

  /// Replaces all items.
  func replaceAll(_ items: [Value]) {
    let old = takeAll()
    append(contentsOf: items)
    withExtendedLifetime(old) {}
  }
}

/// A tuple.
public final class TupleObject: Object {
  @exclusivity(unchecked) public private(set) var storage: UnsafeMutablePointer<Value>
  @exclusivity(unchecked) public private(set) var count: Int
  /// The class, where it is not `tuple` itself (a named tuple).
  @exclusivity(unchecked) public var subclass: TypeObject?

  init(copying base: UnsafeMutablePointer<Value>, count: Int) {
    storage = Memory.take(max(count, 1), of: Value.self)
    storage.initialize(copying: base, count: count)
    self.count = count
    super.init(kind: .tuple)
    trackIfNeeded()
  }

  /// A tuple of `count` places that are filled next; then comes `trackIfNeeded`.
  init(count: Int) {
    storage = Memory.take(max(count, 1), of: Value.self)
    storage.initialize(repeating: .none, count: count)
    self.count = count
    super.init(kind: .tuple)
  }

  init(_ first: UnsafeMutablePointer<Value>, _ second: UnsafeMutablePointer<Value>) {
    storage = Memory.take(2, of: Value.self)
    storage.initialize(copying: first)
    (storage + 1).initialize(copying: second)
    count = 2
    super.init(kind: .tuple)
    trackIfNeeded()
  }

  public init(_ items: [Value]) {
    let memory = Memory.take(max(items.count, 1), of: Value.self)
    items.withUnsafeBufferPointer { items in
      if let base = items.baseAddress { memory.initialize(from: base, count: items.count) }
    }
    storage = memory
    count = items.count
    super.init(kind: .tuple)
    trackIfNeeded()
  }

  /// Most tuples hold only scalars and strings, for ever: those cannot be part of a cycle.
  @inline(__always) func trackIfNeeded() {
    if trackingSlot != 0 { return }
    for index in 0..<count {
      let item = storage + index
      if item.tag == RawTag.object, item.rawKind >= ObjectKind.list.rawValue { return track() }
    }
  }

  deinit {
    Disposal.release(storage, count: count)
    Memory.give(storage)
  }

  public override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: UnsafeBufferPointer(start: storage, count: count))
    storage.deinitialize(count: count)
    count = 0
  }

  public override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(storage, count: count)
    visitor.visit(subclass)
  }

  public var items: [Value] { Array(UnsafeBufferPointer(start: storage, count: count)) }
  @inline(__always) public subscript(index: Int) -> Value { storage[index] }

  /// Where the item at `index` stands, counted from the end when negative; nil outside, and in
  /// objects of subclasses.
  @inline(__always) func place(of index: Int) -> UnsafeMutablePointer<Value>? {
    let position = index < 0 ? index &+ count : index
    return position >= 0 && position < count && subclass == nil ? storage + position : nil
  }

  /// The hash of a tuple of ints and strings, as `Machine.hash` gives it; nil for others.
  ///
  /// xxHash's mixing, as CPython has it.
  var quickHash: Int? {
    var sum: UInt = 2_870_177_450_012_600_261
    for index in 0..<count {
      let item = storage + index
      let part: Int
      if item.tag == RawTag.int {
        part = item.rawInt
        if part <= -(1 << 60) || part >= 1 << 60 || part == -1 { return nil }
      } else if item.holds(.string) {
        part = item.borrow(StringObject.self) { $0.hash }
      } else {
        return nil
      }
      sum = sum &+ UInt(bitPattern: part) &* 14_029_467_366_897_019_727
      sum = (sum << 31) | (sum >> 33)
      sum = sum &* 11_400_714_785_074_694_791
    }
    sum = sum &+ (UInt(count) ^ (2_870_177_450_012_600_261 ^ 3_527_539))
    return sum == UInt.max ? 1_546_275_796 : Int(bitPattern: sum)
  }

  /// Equality with a tuple of ints and strings; nil where it may need code of the program.
  func quickEquals(_ other: TupleObject) -> Bool? {
    if count != other.count { return false }
    for index in 0..<count {
      let mine = storage + index
      let its = other.storage + index
      if mine.tag == RawTag.int, its.tag == RawTag.int {
        if mine.rawInt != its.rawInt { return false }
      } else if mine.holds(.string), its.holds(.string) {
        let same = mine.borrow(StringObject.self) { mine in
          its.borrow(StringObject.self) { mine.equals($0) }
        }
        if !same { return false }
      } else {
        return nil
      }
    }
    return true
  }

  nonisolated(unsafe) static let empty = Counting.shared(TupleObject([]))
}

/// `range(start, stop, step)`.
public final class RangeObject: Object {
  public let start: Int
  public let stop: Int
  public let step: Int
  public let count: Int

  /// `step` is not 0.
  init(start: Int, stop: Int, step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
    // The distance fits in unsigned 64 bits even from Int.min to Int.max.
    if step > 0 ? start >= stop : start <= stop {
      count = 0
    } else {
      let low = UInt(bitPattern: step > 0 ? start : stop)
      let high = UInt(bitPattern: step > 0 ? stop : start)
      let distance = high &- low
      count = Int(clamping: (distance - 1) / step.magnitude + 1)
    }
    super.init(kind: .range)
  }

  /// The item at `index`, which lies in 0..<count.
  subscript(index: Int) -> Int { start &+ index &* step }

  func contains(_ value: Int) -> Bool {
    if count == 0 { return false }
    if step > 0 ? (value < start || value >= stop) : (value > start || value <= stop) {
      return false
    }
    let distance = step > 0 ? UInt(bitPattern: value &- start) : UInt(bitPattern: start &- value)
    return distance % step.magnitude == 0
  }
}

/// `lower:upper:step` inside a subscript.
public final class SliceObject: Object {
  // Unchecked: an access that stays open while a long chain is released is seen by every check.
  @exclusivity(unchecked) public private(set) var lower: Value
  @exclusivity(unchecked) public private(set) var upper: Value
  @exclusivity(unchecked) public private(set) var step: Value

  public override func surrender(into heap: inout [Value]) {
    heap.append(lower)
    lower = .none
    heap.append(upper)
    upper = .none
    heap.append(step)
    step = .none
  }
  deinit {
    Disposal.take(&lower)
    Disposal.take(&upper)
    Disposal.take(&step)
  }

  public init(_ lower: Value, _ upper: Value, _ step: Value) {
    self.lower = lower
    self.upper = upper
    self.step = step
    super.init(kind: .slice)
  }

  /// The indices that the slice selects in a sequence of `count` items.
  public struct Indices {
    public var start: Int
    /// The upper bound, brought into the sequence.
    public var stop: Int
    public var step: Int
    public var count: Int
  }

  public func indices(count: Int) throws(Raise) -> Indices {
    func bound(_ value: Value, _ otherwise: Int, low: Int, high: Int) throws(Raise) -> Int {
      if value.isNone { return otherwise }
      guard let index = value.asInt else {
        if let big = value.asBigInt { return big.value < 0 ? low : high }
        throw Raise(
          .typeError, "slice indices must be integers or None or have an __index__ method")
      }
      let absolute = index < 0 ? index &+ count : index
      if index < 0, absolute >= 0, index < -count { return low }
      return min(max(absolute, low), high)
    }
    var stride = 1
    if !step.isNone {
      let clamped = step.asBigInt.map { $0.value < 0 ? -Int.max : Int.max }
      guard let given = step.asInt ?? clamped else {
        throw Raise(
          .typeError, "slice indices must be integers or None or have an __index__ method")
      }
      if given == 0 { throw Raise(.valueError, "slice step cannot be zero") }
      stride = max(given, -Int.max)
    }
    if stride > 0 {
      let start = try bound(lower, 0, low: 0, high: count)
      let stop = try bound(upper, count, low: 0, high: count)
      let selected = stop > start ? (stop - start - 1) / stride + 1 : 0
      return Indices(start: start, stop: stop, step: stride, count: selected)
    }
    let start = try bound(lower, count - 1, low: -1, high: count - 1)
    let stop = try bound(upper, -1, low: -1, high: count - 1)
    let selected = start > stop ? (start - stop - 1) / -stride + 1 : 0
    return Indices(start: start, stop: stop, step: stride, count: selected)
  }
}
