/// The module `heapq`: lists kept so that the smallest item comes first.
///
/// The moves are CPython's (Lib/heapq.py): the order of the items inside a heap is visible.
enum HeapModule {
  static let table = ModuleTable(
    "heapq", doc: "Heaps: lists whose first item is the smallest.",
    entries: [
      .function(
        Native("heappush(heap, item, /)", "Adds an item.") { a in
          let list = try heap(a)
          list.append(a[1])
          try siftDown(list, from: 0, list.count - 1, a.machine)
          return .none
        }),
      .function(
        Native("heappop(heap, /)", "Removes and gives the smallest item.") { a in
          try pop(heap(a), a.machine)
        }),
      .function(
        Native("heapify(x, /)", "Makes a list a heap.") { a in
          let list = try heap(a)
          for index in stride(from: list.count / 2 - 1, through: 0, by: -1) {
            try siftUp(list, index, a.machine)
          }
          return .none
        }),
      .function(
        Native("heappushpop(heap, item, /)", "Adds an item, then removes the smallest.") { a in
          let list = try heap(a)
          if list.count > 0, try a.machine.isLess(list[0], a[1]) {
            guard list.count > 0 else { return a[1] }
            let item = list[0]
            list[0] = a[1]
            try siftUp(list, 0, a.machine)
            return item
          }
          return a[1]
        }),
      .function(
        Native("heapreplace(heap, item, /)", "Removes the smallest item, then adds one.") { a in
          let list = try heap(a)
          if list.count == 0 { throw Raise(.indexError, "index out of range") }
          let item = list[0]
          list[0] = a[1]
          try siftUp(list, 0, a.machine)
          return item
        }),
      .function(
        Native("nlargest(n, iterable, key=None)", "The n largest items, falling.",
          example: "heapq.nlargest(2, [3, 1, 4, 1, 5])"
        ) { a in
          let sorted = try Sorting.sorted(
            a.machine.array(a[1]), key: a[2], reverse: true, a.machine)
          return .list(Array(sorted.prefix(max(0, try a.size(0)))))
        }),
      .function(
        Native("nsmallest(n, iterable, key=None)", "The n smallest items, rising.",
          example: "heapq.nsmallest(2, [3, 1, 4, 1, 5])"
        ) { a in
          let sorted = try Sorting.sorted(
            a.machine.array(a[1]), key: a[2], reverse: false, a.machine)
          return .list(Array(sorted.prefix(max(0, try a.size(0)))))
        }),
      .function(
        Native("merge(*iterables, key=None, reverse=False)", "Sorted iterables as one.",
          example: "list(heapq.merge([1, 4], [2, 3]))"
        ) { a in try merge(a) }),
    ])

  private static func heap(_ a: Arguments) throws(Raise) -> ListObject {
    guard let list = a[0].asList else {
      throw Raise(
        .typeError, "\(a.name) argument\(a.count > 1 ? " 1" : "") must be list, "
          + "not \(a.machine.typeName(a[0]))")
    }
    return list
  }

  private static func changed() -> Raise {
    Raise(.runtimeError, "list changed size during iteration")
  }

  private static func pop(_ list: ListObject, _ machine: Machine) throws(Raise) -> Value {
    if list.count == 0 { throw Raise(.indexError, "index out of range") }
    let last = list.remove(at: list.count - 1)
    if list.count == 0 { return last }
    let item = list[0]
    list[0] = last
    try siftUp(list, 0, machine)
    return item
  }

  /// Moves the item at `position` towards the root, as far as `start`.
  private static func siftDown(
    _ list: ListObject, from start: Int, _ position: Int, _ machine: Machine
  ) throws(Raise) {
    let count = list.count
    var position = position
    guard position < count else { return }
    let item = list[position]
    while position > start {
      let parent = (position - 1) >> 1
      let other = list[parent]
      let isLess = try machine.isLess(item, other)
      if list.count != count { throw changed() }
      if !isLess { break }
      list[position] = other
      list[parent] = item
      position = parent
    }
  }

  /// Moves the smaller child up until a leaf is reached, then the item to its place.
  private static func siftUp(
    _ list: ListObject, _ start: Int, _ machine: Machine
  ) throws(Raise) {
    let count = list.count
    var position = start
    guard position < count else { return }
    while 2 * position + 1 < count {
      var child = 2 * position + 1
      let right = child + 1
      if right < count {
        let isLess = try machine.isLess(list[child], list[right])
        if list.count != count { throw changed() }
        if !isLess { child = right }
      }
      let item = list[position]
      list[position] = list[child]
      list[child] = item
      position = child
    }
    try siftDown(list, from: start, position, machine)
  }

  private static func merge(_ a: Arguments) throws(Raise) -> Value {
    let machine = a.machine
    let key = a[1]
    let isReversed = try a.bool(2)
    var walkers: [(walker: Value, item: Value, key: Value)?] = []
    for source in try a.items(0) {
      let walker = try machine.iterator(source)
      walkers.append((walker, .undefined, .undefined))
    }
    func advance(_ index: Int, _ machine: Machine) throws(Raise) {
      guard let entry = walkers[index] else { return }
      let item = try machine.next(entry.walker)
      if item.isUndefined {
        walkers[index] = nil
      } else {
        walkers[index] = (entry.walker, item, key.isNone ? item : try machine.call(key, [item]))
      }
    }
    var isFirst = true
    return .object(
      NativeIterator("generator") { (machine) throws(Raise) in
        if isFirst {
          isFirst = false
          for index in walkers.indices { try advance(index, machine) }
        }
        var best: Int?
        for index in walkers.indices {
          guard let entry = walkers[index] else { continue }
          guard let known = best, let other = walkers[known] else {
            best = index
            continue
          }
          let isBetter =
            isReversed
            ? try machine.isLess(other.key, entry.key) : try machine.isLess(entry.key, other.key)
          if isBetter { best = index }
        }
        guard let best, let found = walkers[best] else { return .undefined }
        try advance(best, machine)
        return found.item
      })
  }
}

/// The module `bisect`: places in sorted lists.
enum BisectModule {
  static let table = ModuleTable(
    "bisect", doc: "Places in sorted lists.",
    entries: [
      .function(place("bisect_left", "The first place for an item.", isLeft: true)),
      .function(place("bisect_right", "The last place for an item.", isLeft: false)),
      .function(place("bisect", "The last place for an item.", isLeft: false)),
      .function(insertion("insort_left", "Inserts an item before equal ones.", isLeft: true)),
      .function(insertion("insort_right", "Inserts an item behind equal ones.", isLeft: false)),
      .function(insertion("insort", "Inserts an item behind equal ones.", isLeft: false)),
    ])

  private static func place(_ name: String, _ doc: String, isLeft: Bool) -> Native {
    Native("\(name)(a, x, lo=0, hi=None, *, key=None)", doc,
      example: "bisect.\(name)([1, 3, 3, 5], 3)"
    ) { a in .int(try find(a, a[1], isLeft: isLeft)) }
  }

  private static func insertion(_ name: String, _ doc: String, isLeft: Bool) -> Native {
    Native("\(name)(a, x, lo=0, hi=None, *, key=None)", doc) { a in
      let target = a[4].isNone ? a[1] : try a.machine.call(a[4], [a[1]])
      let place = try find(a, target, isLeft: isLeft)
      if let list = a[0].asList {
        list.insert(a[1], at: min(place, list.count))
      } else {
        _ = try a.machine.call(a.machine.attribute(a[0], "insert"), [.int(place), a[1]])
      }
      return .none
    }
  }

  private static func find(_ a: Arguments, _ x: Value, isLeft: Bool) throws(Raise) -> Int {
    var low = try a.size(2)
    if low < 0 { throw Raise(.valueError, "lo must be non-negative") }
    var high: Int
    if a[3].isNone {
      guard let count = try a.machine.length(a[0]) else {
        throw Raise(.typeError, "object of type '\(a.machine.typeName(a[0]))' has no len()")
      }
      high = count
    } else {
      high = try a.size(3)
    }
    while low < high {
      let middle = low + (high - low) / 2
      var item = try a.machine.item(a[0], .int(middle))
      if !a[4].isNone { item = try a.machine.call(a[4], [item]) }
      if isLeft ? try a.machine.isLess(item, x) : try !a.machine.isLess(x, item) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
