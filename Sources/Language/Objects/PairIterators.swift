/// `enumerate(iterable, start)`.
final class EnumerateIterator: IteratorObject {
  @exclusivity(unchecked) private var walker: Value
  @exclusivity(unchecked) private var index: Int
  @exclusivity(unchecked) private var pair = PairMaker()
  override var typeName: String { "enumerate" }

  init(_ walker: Value, start: Int) {
    self.walker = walker
    index = start
    super.init()
    track()
  }

  override func surrender(into heap: inout [Value]) {
    heap.append(walker)
    walker = .none
  }
  deinit { Disposal.take(&walker) }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(walker) }

  override func next(_ machine: Machine) throws(Raise) -> Value {
    var item = try machine.next(walker)
    if item.isUndefined { return .undefined }
    var count = Value.int(index)
    index &+= 1
    return pair.make(&count, &item)
  }
}

/// `zip(...)`.
final class ZipIterator: IteratorObject {
  private let walkers: UnsafeMutablePointer<Value>
  private let count: Int
  private let isStrict: Bool
  @exclusivity(unchecked) private var pair = PairMaker()
  @exclusivity(unchecked) private var ended: Bool
  override var typeName: String { "zip" }

  init(_ walkers: [Value], isStrict: Bool) {
    count = walkers.count
    self.walkers = Memory.take(max(1, count), of: Value.self)
    for (index, walker) in walkers.enumerated() { (self.walkers + index).initialize(to: walker) }
    self.isStrict = isStrict
    ended = walkers.isEmpty
    super.init()
    track()
  }

  override func surrender(into heap: inout [Value]) {
    for index in 0..<count {
      heap.append(walkers[index])
      (walkers + index).drop()
    }
    ended = true
  }
  deinit {
    Disposal.release(walkers, count: count)
    Memory.give(walkers)
  }
  override func visit(_ visitor: ReferenceVisitor) { visitor.visit(walkers, count: count) }

  override func next(_ machine: Machine) throws(Raise) -> Value {
    if ended { return .undefined }
    if count == 2 {
      var first = try machine.nextValue(walkers)
      if first.isUndefined { return try end(at: 0, machine) }
      var second = try machine.nextValue(walkers + 1)
      if second.isUndefined { return try end(at: 1, machine) }
      return pair.make(&first, &second)
    }
    let items = TupleObject(count: count)
    for index in 0..<count {
      let item = try machine.nextValue(walkers + index)
      if item.isUndefined { return try end(at: index, machine) }
      (items.storage + index).put(item)
    }
    items.trackIfNeeded()
    return .object(items)
  }

  /// One of them has ended; strictly, the others must have too.
  private func end(at index: Int, _ machine: Machine) throws(Raise) -> Value {
    ended = true
    if !isStrict { return .undefined }
    if index > 0 {
      let before = index == 1 ? "argument 1" : "arguments 1-\(index)"
      throw Raise(.valueError, "zip() argument \(index + 1) is shorter than \(before)")
    }
    for other in 1..<max(1, count) {
      if try !machine.nextValue(walkers + other).isUndefined {
        let before = other == 1 ? "argument 1" : "arguments 1-\(other)"
        throw Raise(.valueError, "zip() argument \(other + 1) is longer than \(before)")
      }
    }
    return .undefined
  }
}
