#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `list.sort` and `sorted`.
///
/// What is sorted is a permutation of the keys, or the keys themselves where they are plain numbers:
/// then no comparison touches a reference count, and code that runs while sorting can do no harm.
enum Sorting {
  /// The items in ascending order, equal ones in the order in which they came.
  /// - Parameters:
  ///   - key: called with each item for what is compared; None compares the items.
  ///   - reverse: descending, equal items still in the order in which they came.
  static func sorted(
    _ items: [Value], key: Value, reverse: Bool, _ machine: Machine
  ) throws(Raise) -> [Value] {
    try machine.charge(items.count * 48, "the sorted list")
    if key.isNone || key.isUndefined {
      if items.count < 2 { return items }
      if let numbers = integers(items) { return try sort(numbers, reverse, machine) }
      return try arrange(items, by: items, reverse, machine)
    }
    var keys: [Value] = []
    keys.reserveCapacity(items.count)
    for item in items { keys.append(try machine.call(key, [item])) }
    return try arrange(items, by: keys, reverse, machine)
  }

  /// The numbers, when all items are small integers.
  private static func integers(_ items: [Value]) -> [Int]? {
    var result: [Int] = []
    result.reserveCapacity(items.count)
    for item in items {
      guard case .int(let number) = item else { return nil }
      result.append(number)
    }
    return result
  }

  /// Equal integers cannot be told apart: they are sorted as they are.
  private static func sort(
    _ numbers: [Int], _ reverse: Bool, _ machine: Machine
  ) throws(Raise) -> [Value] {
    var numbers = numbers
    try Timsort.sort(&numbers, by: IntegerOrder(machine: machine))
    if reverse { numbers.reverse() }
    return numbers.map { .int($0) }
  }

  private static func arrange(
    _ items: [Value], by keys: [Value], _ reverse: Bool, _ machine: Machine
  ) throws(Raise) -> [Value] {
    // Reversed before and after: descending, and stable all the same.
    let order = reverse ? Array((0..<keys.count).reversed()) : Array(0..<keys.count)
    var permutation = try permutation(order, keys, machine)
    if reverse { permutation.reverse() }
    return permutation.map { items[$0] }
  }

  /// The order of `keys`, beginning from an order of their indices.
  private static func permutation(
    _ order: [Int], _ keys: [Value], _ machine: Machine
  ) throws(Raise) -> [Int] {
    if let numbers = integers(keys) {
      var pairs = order.map { IndexedInteger.Item(key: numbers[$0], index: $0) }
      try Timsort.sort(&pairs, by: IndexedInteger(machine: machine))
      return pairs.map(\.index)
    }
    if let pairs = doubles(order, keys) {
      var pairs = pairs
      try Timsort.sort(&pairs, by: IndexedDouble(machine: machine))
      return pairs.map(\.index)
    }
    if let pairs = texts(order, keys) {
      var pairs = pairs
      try Timsort.sort(&pairs, by: IndexedText(keys: keys, machine: machine))
      return pairs.map(\.index)
    }
    var result = order
    try Timsort.sort(&result, by: IndexedValue(keys: keys, machine: machine))
    return result
  }

  private static func doubles(_ order: [Int], _ keys: [Value]) -> [IndexedDouble.Item]? {
    var result: [IndexedDouble.Item] = []
    result.reserveCapacity(keys.count)
    for index in order {
      guard case .float(let number) = keys[index] else { return nil }
      result.append(IndexedDouble.Item(key: number, index: index))
    }
    return result
  }

  private static func texts(_ order: [Int], _ keys: [Value]) -> [IndexedText.Item]? {
    var result: [IndexedText.Item] = []
    result.reserveCapacity(keys.count)
    for index in order {
      guard let text = keys[index].exactString else { return nil }
      result.append(IndexedText.Item(prefix: IndexedText.prefix(text.bytes), index: index))
    }
    return result
  }

  // MARK: - Orders

  /// Looks for an interrupt every so many comparisons.
  private struct Pulse {
    private var left = 4096
    @inline(__always) mutating func beat(_ machine: Machine) throws(Raise) {
      left -= 1
      if left == 0 {
        left = 4096
        try machine.poll()
      }
    }
  }

  private struct IntegerOrder: SortOrder {
    let machine: Machine
    var pulse = Pulse()
    init(machine: Machine) { self.machine = machine }
    @inline(__always) mutating func isLess(_ a: Int, _ b: Int) throws(Raise) -> Bool {
      try pulse.beat(machine)
      return a < b
    }
  }

  private struct IndexedInteger: SortOrder {
    struct Item {
      var key: Int
      var index: Int
    }
    let machine: Machine
    var pulse = Pulse()
    init(machine: Machine) { self.machine = machine }
    @inline(__always) mutating func isLess(_ a: Item, _ b: Item) throws(Raise) -> Bool {
      try pulse.beat(machine)
      return a.key < b.key
    }
  }

  private struct IndexedDouble: SortOrder {
    struct Item {
      var key: Double
      var index: Int
    }
    let machine: Machine
    var pulse = Pulse()
    init(machine: Machine) { self.machine = machine }
    @inline(__always) mutating func isLess(_ a: Item, _ b: Item) throws(Raise) -> Bool {
      try pulse.beat(machine)
      return a.key < b.key
    }
  }

  /// Strings by their first eight bytes, which decide most comparisons without following a pointer.
  /// The order of UTF-8 is that of code points.
  private struct IndexedText: SortOrder {
    struct Item {
      var prefix: UInt64
      var index: Int
    }
    let keys: [Value]
    let machine: Machine
    var pulse = Pulse()
    init(keys: [Value], machine: Machine) {
      self.keys = keys
      self.machine = machine
    }

    static func prefix(_ bytes: [UInt8]) -> UInt64 {
      var result: UInt64 = 0
      for index in 0..<8 { result = result << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
      return result
    }

    @inline(__always) mutating func isLess(_ a: Item, _ b: Item) throws(Raise) -> Bool {
      try pulse.beat(machine)
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      return isLessBehindPrefix(a.index, b.index)
    }

    private func isLessBehindPrefix(_ a: Int, _ b: Int) -> Bool {
      guard let left = keys[a].exactString, let right = keys[b].exactString else { return false }
      return StringObject.order(left, right) < 0
    }
  }

  /// Anything else, by the rules of `<`.
  private struct IndexedValue: SortOrder {
    typealias Item = Int
    let keys: [Value]
    let machine: Machine
    var pulse = Pulse()
    init(keys: [Value], machine: Machine) {
      self.keys = keys
      self.machine = machine
    }

    mutating func isLess(_ a: Int, _ b: Int) throws(Raise) -> Bool {
      try pulse.beat(machine)
      if let x = keys[a].asTuple, let y = keys[b].asTuple { return try precedes(x, y) }
      return try machine.isLess(keys[a], keys[b])
    }

    /// Tuples, the usual keys of sorts by several things: the first items that differ decide.
    private func precedes(_ x: TupleObject, _ y: TupleObject) throws(Raise) -> Bool {
      let count = min(x.count, y.count)
      for index in 0..<count {
        switch (x[index], y[index]) {
        case (.int(let p), .int(let q)): if p != q { return p < q }
        case (.object(let p), .object(let q)) where p.kind == .string && q.kind == .string:
          if p === q { continue }
          if try machine.equals(x[index], y[index]) { continue }
          return try machine.isLess(x[index], y[index])
        default:
          if try machine.equals(x[index], y[index]) { continue }
          return try machine.isLess(x[index], y[index])
        }
      }
      return x.count < y.count
    }
  }
}
