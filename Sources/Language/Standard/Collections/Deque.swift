/// `collections.deque`: a ring that grows, and loses items at the other end when it is bounded.
final class DequeObject: Instance {
  @exclusivity(unchecked) private var ring: [Value] = Array(repeating: .undefined, count: 8)
  private var head = 0
  private(set) var count = 0
  /// nil: no bound.
  var limit: Int?
  /// Grows with every change, so that iterators notice.
  private(set) var version = 0

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(&ring)
  }

  override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: items)
    replaceAll([])
    super.surrender(into: &heap)
  }

  deinit { Disposal.take(&ring) }

  private func slot(_ index: Int) -> Int { (head + index) & (ring.count - 1) }

  /// The item at `index`, which lies in 0..<count.
  subscript(index: Int) -> Value {
    get { ring[slot(index)] }
    set { ring[slot(index)] = newValue }
  }

  var items: [Value] { (0..<count).map { self[$0] } }

  private func grow() {
    var larger = items
    larger.append(contentsOf: repeatElement(.undefined, count: ring.count * 2 - count))
    ring = larger
    head = 0
  }

  func append(_ value: Value) {
    if limit == 0 { return }
    if count == limit { _ = popFirst() }
    if count == ring.count { grow() }
    ring[slot(count)] = value
    count += 1
    version &+= 1
  }

  func prepend(_ value: Value) {
    if limit == 0 { return }
    if count == limit { _ = popLast() }
    if count == ring.count { grow() }
    head = (head - 1) & (ring.count - 1)
    ring[head] = value
    count += 1
    version &+= 1
  }

  func popLast() -> Value? {
    if count == 0 { return nil }
    count -= 1
    version &+= 1
    let place = slot(count)
    let value = ring[place]
    ring[place] = .undefined
    return value
  }

  func popFirst() -> Value? {
    if count == 0 { return nil }
    let value = ring[head]
    ring[head] = .undefined
    head = (head + 1) & (ring.count - 1)
    count -= 1
    version &+= 1
    return value
  }

  func replaceAll(_ values: [Value]) {
    var size = 8
    while size < values.count { size *= 2 }
    ring = values + Array(repeating: .undefined, count: size - values.count)
    head = 0
    count = values.count
    version &+= 1
  }

  func rotate(_ steps: Int) {
    if count < 2 { return }
    var left = steps % count
    if left > count / 2 { left -= count }
    if left < -(count / 2) { left += count }
    while left > 0 {
      if let value = popLast() { prepend(value) }
      left -= 1
    }
    while left < 0 {
      if let value = popFirst() { append(value) }
      left += 1
    }
  }
}

enum DequeTable {
  static let table = TypeTable(
    "deque", module: "collections", doc: "A list that is fast at both ends.",
    showsModule: true, allocate: { DequeObject($0) },
    values: [("__hash__", { _ in .none })],
    properties: [
      NativeProperty("maxlen", "The largest size, or None.") { value, _ in
        (value.asInstance as? DequeObject)?.limit.map { .int($0) } ?? .none
      }
    ],
    methods: ends + places + wholes)

  private static let ends: [Native] = [
    Native("__init__(self, iterable=(), maxlen=None)", "Items and a largest size.") { a in
      let deque = try a.receiver(DequeObject.self)
      if a[2].isNone {
        deque.limit = nil
      } else {
        guard a[2].isInteger else { throw Raise(.typeError, "an integer is required") }
        let limit = try a.size(2)
        if limit < 0 { throw Raise(.valueError, "maxlen must be non-negative") }
        deque.limit = limit
      }
      deque.replaceAll([])
      let machine = a.machine
      try machine.iterate(a[1]) { (item) throws(Raise) in
        deque.append(item)
        try machine.grows(deque.count, of: 16, "the deque")
      }
      return .none
    },
    Native("append(self, x, /)", "Adds an item at the right end.") { a in
      try a.receiver(DequeObject.self).append(a[1])
      return .none
    },
    Native("appendleft(self, x, /)", "Adds an item at the left end.") { a in
      try a.receiver(DequeObject.self).prepend(a[1])
      return .none
    },
    Native("pop(self)", "Removes and gives the item at the right end.") { a in
      guard let value = try a.receiver(DequeObject.self).popLast() else {
        throw Raise(.indexError, "pop from an empty deque")
      }
      return value
    },
    Native("popleft(self)", "Removes and gives the item at the left end.") { a in
      guard let value = try a.receiver(DequeObject.self).popFirst() else {
        throw Raise(.indexError, "pop from an empty deque")
      }
      return value
    },
    Native("extend(self, iterable, /)", "Adds items at the right end.") { a in
      let deque = try a.receiver(DequeObject.self)
      for item in try a.machine.array(own(a[1])) { deque.append(item) }
      return .none
    },
    Native("extendleft(self, iterable, /)", "Adds items at the left end, one by one.") { a in
      let deque = try a.receiver(DequeObject.self)
      for item in try a.machine.array(own(a[1])) { deque.prepend(item) }
      return .none
    },
    Native("rotate(self, n=1, /)", "Turns the deque n steps to the right.") { a in
      try a.receiver(DequeObject.self).rotate(a.size(1))
      return .none
    },
  ]

  /// The items of a deque as a list: adding a deque to itself must not run for ever.
  private static func own(_ value: Value) -> Value {
    (value.asInstance as? DequeObject).map { .list($0.items) } ?? value
  }

  private static func position(_ a: Arguments, _ deque: DequeObject) throws(Raise) -> Int {
    guard let index = try a.machine.index(a[1]) else {
      throw Raise(
        .typeError,
        "sequence index must be integer, not '\(a.machine.typeName(a[1]))'")
    }
    let absolute = index < 0 ? index + deque.count : index
    if absolute < 0 || absolute >= deque.count {
      throw Raise(.indexError, "deque index out of range")
    }
    return absolute
  }

  private static let places: [Native] = [
    Native("__getitem__(self, index)", "The item at a place.") { a in
      let deque = try a.receiver(DequeObject.self)
      return deque[try position(a, deque)]
    },
    Native("__setitem__(self, index, value)", "Replaces an item.") { a in
      let deque = try a.receiver(DequeObject.self)
      deque[try position(a, deque)] = a[2]
      return .none
    },
    Native("__delitem__(self, index)", "Removes an item.") { a in
      let deque = try a.receiver(DequeObject.self)
      var items = deque.items
      items.remove(at: try position(a, deque))
      deque.replaceAll(items)
      return .none
    },
    Native("insert(self, index, object, /)", "Inserts before a place.") { a in
      let deque = try a.receiver(DequeObject.self)
      if let limit = deque.limit, deque.count >= limit {
        throw Raise(.indexError, "deque already at its maximum size")
      }
      let index = try a.size(1)
      let place = min(max(index < 0 ? index + deque.count : index, 0), deque.count)
      if place == deque.count {
        deque.append(a[2])
      } else if place == 0 {
        deque.prepend(a[2])
      } else {
        var items = deque.items
        items.insert(a[2], at: place)
        deque.replaceAll(items)
      }
      return .none
    },
    Native("remove(self, value, /)", "Removes the first equal item.") { a in
      let deque = try a.receiver(DequeObject.self)
      guard let place = try find(a[1], in: deque, a.machine) else {
        throw Raise(.valueError, "\(try a.machine.repr(a[1])) is not in deque")
      }
      var items = deque.items
      items.remove(at: place)
      deque.replaceAll(items)
      return .none
    },
    Native("index(self, x, start=0, stop=..., /)", "The place of the first equal item.") { a in
      let deque = try a.receiver(DequeObject.self)
      var start = try a.size(2)
      var stop = a.isGiven(3) ? try a.size(3) : deque.count
      if start < 0 { start = max(0, start + deque.count) }
      if stop < 0 { stop += deque.count }
      guard let place = try find(a[1], in: deque, a.machine, from: start, to: stop) else {
        throw Raise(.valueError, "\(try a.machine.repr(a[1])) is not in deque")
      }
      return .int(place)
    },
    Native("count(self, x, /)", "How often an item occurs.") { a in
      let deque = try a.receiver(DequeObject.self)
      var count = 0
      for item in deque.items where try a.machine.equals(item, a[1]) { count += 1 }
      return .int(count)
    },
    Native("__contains__(self, x)", "Whether an item occurs.") { a in
      .bool(try find(a[1], in: a.receiver(DequeObject.self), a.machine) != nil)
    },
  ]

  private static func find(
    _ value: Value, in deque: DequeObject, _ machine: Machine, from start: Int = 0,
    to stop: Int = Int.max
  ) throws(Raise) -> Int? {
    let version = deque.version
    var index = max(0, start)
    while index < min(stop, deque.count) {
      if try machine.equals(deque[index], value) { return index }
      if deque.version != version {
        throw Raise(.runtimeError, "deque mutated during iteration")
      }
      index += 1
    }
    return nil
  }

  private static func iterator(_ deque: DequeObject, reversed: Bool) -> Value {
    let version = deque.version
    var index = 0
    return .object(
      NativeIterator(reversed ? "_collections._deque_reverse_iterator" : "_collections._deque_iterator") { (_) throws(Raise) in
        if deque.version != version {
          throw Raise(.runtimeError, "deque mutated during iteration")
        }
        guard index < deque.count else { return .undefined }
        index += 1
        return deque[reversed ? deque.count - index : index - 1]
      })
  }

  /// A deque of the same class and size limit.
  private static func like(_ deque: DequeObject, _ items: [Value]) -> Value {
    let result = DequeObject(deque.type)
    result.limit = deque.limit
    for item in items { result.append(item) }
    return .object(result)
  }

  private static func compared(_ name: String, _ op: UInt8) -> Native {
    Native("\(name)(self, other)", "Compares item by item.") { a in
      guard let x = a[0].asInstance as? DequeObject, let y = a[1].asInstance as? DequeObject else {
        return .notImplemented
      }
      return try a.machine.compare(op, .list(x.items), .list(y.items))
    }
  }

  private static let wholes: [Native] = [
    Native("__len__(self)", "The number of items.") { a in
      .int(try a.receiver(DequeObject.self).count)
    },
    Native("__bool__(self)", "Whether there are items.") { a in
      .bool(try a.receiver(DequeObject.self).count > 0)
    },
    Native("__iter__(self)", "The items from left to right.") { a in
      iterator(try a.receiver(), reversed: false)
    },
    Native("__reversed__(self)", "The items from right to left.") { a in
      iterator(try a.receiver(), reversed: true)
    },
    Native("clear(self)", "Removes all items.") { a in
      try a.receiver(DequeObject.self).replaceAll([])
      return .none
    },
    Native("copy(self)", "A copy.") { a in
      let deque = try a.receiver(DequeObject.self)
      return like(deque, deque.items)
    },
    Native("__copy__(self)", "A copy.") { a in
      let deque = try a.receiver(DequeObject.self)
      return like(deque, deque.items)
    },
    Native("__deepcopy__(self, memo)", "A copy of copies.") { a in
      let deque = try a.receiver(DequeObject.self)
      let items = try CopyModule.deepCopy(.list(deque.items), memo: a[1], a.machine)
      return like(deque, items.asList?.items ?? [])
    },
    Native("reverse(self)", "Reverses the order in place.") { a in
      let deque = try a.receiver(DequeObject.self)
      deque.replaceAll(deque.items.reversed())
      return .none
    },
    compared("__eq__", 0), compared("__ne__", 1), compared("__lt__", 2), compared("__le__", 3),
    compared("__gt__", 4), compared("__ge__", 5),
    Native("__add__(self, other)", "The items of both.") { a in
      let deque = try a.receiver(DequeObject.self)
      guard let other = a[1].asInstance as? DequeObject else {
        throw Raise(
          .typeError,
          "can only concatenate deque (not \"\(a.machine.typeName(a[1]))\") to deque")
      }
      return like(deque, deque.items + other.items)
    },
    Native("__iadd__(self, other)", "Adds items at the right end.") { a in
      let deque = try a.receiver(DequeObject.self)
      for item in try a.machine.array(own(a[1])) { deque.append(item) }
      return a[0]
    },
    Native("__mul__(self, n)", "The items several times.") { a in
      try repeated(a)
    },
    Native("__rmul__(self, n)", "The items several times.") { a in
      try repeated(a)
    },
    Native("__repr__(self)", "The items, and the largest size where there is one.") { a in
      let deque = try a.receiver(DequeObject.self)
      let identity = ObjectIdentifier(deque)
      if a.machine.reprStack.contains(identity) { return .string("[...]") }
      a.machine.reprStack.append(identity)
      defer { a.machine.reprStack.removeLast() }
      let items = try a.machine.repr(.list(deque.items))
      let limit = deque.limit.map { ", maxlen=\($0)" } ?? ""
      return .string("\(deque.type.name)(\(items)\(limit))")
    },
  ]

  private static func repeated(_ a: Arguments) throws(Raise) -> Value {
    let deque = try a.receiver(DequeObject.self)
    guard let times = try a.machine.index(a[1]) else { return .notImplemented }
    let product = max(0, times).multipliedReportingOverflow(by: max(1, deque.count) * 16)
    try a.machine.charge(product.overflow ? nil : product.partialValue, "the deque")
    var items: [Value] = []
    for _ in 0..<max(0, times) { items += deque.items }
    return like(deque, items)
  }
}
