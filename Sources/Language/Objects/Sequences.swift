/// A list. The storage is its own: fast paths of the machine read it through the pointer.
public final class ListObject: Object {
  @exclusivity(unchecked) public private(set) var storage: UnsafeMutablePointer<Value>
  @exclusivity(unchecked) public private(set) var count: Int
  @exclusivity(unchecked) private var capacity: Int

  public init(capacity: Int = 0) {
    self.capacity = max(capacity, 4)
    storage = .allocate(capacity: self.capacity)
    count = 0
    super.init(kind: .list)
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
    storage.initialize(from: base, count: count)
    self.count = count
  }

  deinit {
    Disposal.release(storage, count: count)
    storage.deallocate()
  }

  override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: UnsafeBufferPointer(start: storage, count: count))
    storage.deinitialize(count: count)
    count = 0
  }

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

  @inline(never) private func grow(to needed: Int) {
    capacity = max(needed, capacity + capacity / 2 + 4)
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: capacity)
    larger.moveInitialize(from: storage, count: count)
    storage.deallocate()
    storage = larger
  }

  func reserve(_ total: Int) { if total > capacity { grow(to: total) } }

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
    storage = .allocate(capacity: max(count, 1))
    storage.initialize(from: base, count: count)
    self.count = count
    super.init(kind: .tuple)
  }

  public init(_ items: [Value]) {
    let memory = UnsafeMutablePointer<Value>.allocate(capacity: max(items.count, 1))
    items.withUnsafeBufferPointer { items in
      if let base = items.baseAddress { memory.initialize(from: base, count: items.count) }
    }
    storage = memory
    count = items.count
    super.init(kind: .tuple)
  }

  deinit {
    Disposal.release(storage, count: count)
    storage.deallocate()
  }

  override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: UnsafeBufferPointer(start: storage, count: count))
    storage.deinitialize(count: count)
    count = 0
  }

  public var items: [Value] { Array(UnsafeBufferPointer(start: storage, count: count)) }
  @inline(__always) public subscript(index: Int) -> Value { storage[index] }

  nonisolated(unsafe) static let empty = TupleObject([])
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
  public let lower: Value
  public let upper: Value
  public let step: Value
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
