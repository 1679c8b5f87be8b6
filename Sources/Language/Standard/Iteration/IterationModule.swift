import BigInt

/// The module `itertools`.
enum IterationModule {
  static let table = ModuleTable(
    "itertools", doc: "Iterators for efficient looping.",
    entries: endless + joined + selected + grouped + IterationCombinatorics.entries)

  /// An iterator object of a function of this module; `repr` shows the name.
  static func make(
    _ name: String, _ step: @escaping (Machine) throws(Raise) -> Value
  ) -> Value {
    .object(NativeIterator("itertools.\(name)", step))
  }

  // MARK: - Endless

  private static let endless: [ModuleEntry] = [
    .function(
      Native(
        "count(start=0, step=1)", "Numbers from start on, without end.",
        example: "list(itertools.islice(itertools.count(10, 5), 3))"
      ) { a in
        for index in 0..<2 where a[index].asDouble == nil && a[index].asInstance == nil {
          throw Raise(.typeError, "a number is required")
        }
        return .object(CountIterator(a[0], step: a[1]))
      }),
    .function(
      Native(
        "cycle(iterable, /)", "The items again and again.",
        example: "list(itertools.islice(itertools.cycle('ab'), 5))"
      ) { a in
        let source = try a.machine.iterator(a[0])
        var saved: [Value] = []
        var index = -1
        return make("cycle") { (machine) throws(Raise) in
          if index < 0 {
            let item = try machine.next(source)
            if !item.isUndefined {
              saved.append(item)
              return item
            }
            index = 0
          }
          if saved.isEmpty { return .undefined }
          let item = saved[index]
          index = index + 1 == saved.count ? 0 : index + 1
          return item
        }
      }),
    .function(
      Native("repeat(object, times=...)", "An object again and again, or a number of times.",
        example: "list(itertools.repeat(7, 3))"
      ) { a in
        .object(RepeatIterator(a[0], times: a.isGiven(1) ? max(0, try a.size(1)) : nil))
      }),
  ]

  // MARK: - Joined

  static let chain = TypeTable(
    "chain", module: "itertools", doc: "The items of several iterables, one after another.",
    isSubclassable: false, showsModule: true,
    classMethods: [
      Native("from_iterable(cls, iterable, /)", "The items of the iterables of an iterable.") { a in
        chained(try a.machine.iterator(a[1]))
      }
    ],
    methods: [
      Native("__new__(cls, *iterables)", "The items of several iterables.") { a in
        chained(try a.machine.iterator(a[1]))
      }
    ])

  private static func chained(_ sources: Value) -> Value {
    var current: Value?
    return make("chain") { (machine) throws(Raise) in
      while true {
        if let walker = current {
          let item = try machine.next(walker)
          if !item.isUndefined { return item }
          current = nil
        }
        let source = try machine.next(sources)
        if source.isUndefined { return .undefined }
        current = try machine.iterator(source)
        try machine.pollItem()
      }
    }
  }

  private static let joined: [ModuleEntry] = [
    .type(chain),
    .function(
      Native(
        "zip_longest(*iterables, fillvalue=None)", "Tuples of items; short iterables are filled up.",
        example: "list(itertools.zip_longest('abc', 'x', fillvalue='-'))"
      ) { a in
        var walkers: [Value?] = []
        for source in try a.items(0) { walkers.append(try a.machine.iterator(source)) }
        let filler = a[1]
        return make("zip_longest") { (machine) throws(Raise) in
          if walkers.allSatisfy({ $0 == nil }) { return .undefined }
          var items: [Value] = []
          var isOver = true
          for index in walkers.indices {
            guard let walker = walkers[index] else {
              items.append(filler)
              continue
            }
            let item = try machine.next(walker)
            if item.isUndefined {
              walkers[index] = nil
              items.append(filler)
            } else {
              isOver = false
              items.append(item)
            }
          }
          return isOver ? .undefined : .tuple(items)
        }
      }),
    .function(
      Native("pairwise(iterable, /)", "Each item with the next one.",
        example: "list(itertools.pairwise([1, 2, 3]))"
      ) { a in
        let source = try a.machine.iterator(a[0])
        var last: Value = .undefined
        return make("pairwise") { (machine) throws(Raise) in
          if last.isUndefined {
            last = try machine.next(source)
            if last.isUndefined { return .undefined }
          }
          let item = try machine.next(source)
          if item.isUndefined { return .undefined }
          defer { last = item }
          return .tuple([last, item])
        }
      }),
    .function(
      Native("tee(iterable, n=2, /)", "Several iterators over the items of one.") { a in
        let count = try a.size(1)
        if count < 0 { throw Raise(.valueError, "n must be >= 0") }
        try a.machine.charge(count.multipliedReportingOverflow(by: 64).overflow ? nil : count * 64, "the iterators")
        let shared = TeeBuffer(try a.machine.iterator(a[0]), readers: count)
        return .tuple(
          (0..<count).map { reader in
            make("_tee") { (machine) throws(Raise) in try shared.next(reader, machine) }
          })
      }),
  ]

  // MARK: - Selected

  private static let selected: [ModuleEntry] = [
    .function(
      Native("islice(iterable, start, stop=..., step=..., /)", "A slice of an iterable.",
        example: "list(itertools.islice('abcdefg', 2, 6, 2))"
      ) { a in try slice(a) }),
    .function(
      Native("takewhile(predicate, iterable, /)", "Items as long as a test holds.",
        example: "list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1]))"
      ) { a in
        let test = a[0]
        let source = try a.machine.iterator(a[1])
        return make("takewhile") { (machine) throws(Raise) in
          let item = try machine.next(source)
          if item.isUndefined { return item }
          return try machine.truth(machine.call(test, [item])) ? item : .undefined
        }
      }),
    .function(
      Native("dropwhile(predicate, iterable, /)", "Items from the first for which a test fails.",
        example: "list(itertools.dropwhile(lambda x: x < 3, [1, 2, 3, 1]))"
      ) { a in
        let test = a[0]
        let source = try a.machine.iterator(a[1])
        var isDropping = true
        return make("dropwhile") { (machine) throws(Raise) in
          while true {
            let item = try machine.next(source)
            if item.isUndefined || !isDropping { return item }
            if try !machine.truth(machine.call(test, [item])) {
              isDropping = false
              return item
            }
            try machine.pollItem()
          }
        }
      }),
    .function(
      Native("filterfalse(function, iterable, /)", "The items for which a test fails.",
        example: "list(itertools.filterfalse(lambda x: x % 2, range(6)))"
      ) { a in
        let test = a[0]
        let source = try a.machine.iterator(a[1])
        return make("filterfalse") { (machine) throws(Raise) in
          while true {
            let item = try machine.next(source)
            if item.isUndefined { return item }
            let holds = try machine.truth(test.isNone ? item : machine.call(test, [item]))
            if !holds { return item }
            try machine.pollItem()
          }
        }
      }),
    .function(
      Native("compress(data, selectors)", "The items whose selector is true.",
        example: "list(itertools.compress('abcd', [1, 0, 1, 0]))"
      ) { a in
        let data = try a.machine.iterator(a[0])
        let selectors = try a.machine.iterator(a[1])
        return make("compress") { (machine) throws(Raise) in
          while true {
            let item = try machine.next(data)
            if item.isUndefined { return item }
            let selector = try machine.next(selectors)
            if selector.isUndefined { return selector }
            if try machine.truth(selector) { return item }
            try machine.pollItem()
          }
        }
      }),
    .function(
      Native("starmap(function, iterable, /)", "A function of each item's items.",
        example: "list(itertools.starmap(pow, [(2, 3), (3, 2)]))"
      ) { a in
        let function = a[0]
        let source = try a.machine.iterator(a[1])
        return make("starmap") { (machine) throws(Raise) in
          let item = try machine.next(source)
          if item.isUndefined { return item }
          return try machine.call(function, machine.array(item))
        }
      }),
    .function(
      Native(
        "accumulate(iterable, func=None, *, initial=None)", "Running totals.",
        example: "list(itertools.accumulate([1, 2, 3, 4]))"
      ) { a in
        let source = try a.machine.iterator(a[0])
        let function = a[1]
        var total: Value = .undefined
        var initial = a[2]
        return make("accumulate") { (machine) throws(Raise) in
          if !initial.isNone {
            total = initial
            initial = .none
            return total
          }
          let item = try machine.next(source)
          if item.isUndefined { return item }
          if total.isUndefined {
            total = item
          } else if function.isNone {
            total = try machine.binary(.add, total, item)
          } else {
            total = try machine.call(function, [total, item])
          }
          return total
        }
      }),
  ]

  private static func slice(_ a: Arguments) throws(Raise) -> Value {
    func bound(_ value: Value, _ what: String) throws(Raise) -> Int? {
      if value.isNone { return nil }
      guard let number = try a.machine.index(value), number >= 0 else {
        throw Raise(.valueError, what)
      }
      return number
    }
    let stopMessage =
      "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    let otherMessage =
      "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."
    var next = 0
    let stop: Int?
    var step = 1
    if !a.isGiven(2) {
      stop = try bound(a[1], stopMessage)
    } else {
      next = try bound(a[1], otherMessage) ?? 0
      stop = try bound(a[2], otherMessage)
      if a.isGiven(3) {
        guard let given = try? bound(a[3], ""), given > 0 || a[3].isNone else {
          if a[3].isNone {
            return try slice(a, next, stop, 1)
          }
          throw Raise(
            .valueError, "Step for islice() must be a positive integer or None.")
        }
        step = given
      }
    }
    return try slice(a, next, stop, step)
  }

  private static func slice(
    _ a: Arguments, _ start: Int, _ stop: Int?, _ step: Int
  ) throws(Raise) -> Value {
    let source = try a.machine.iterator(a[0])
    var position = 0
    var next = start
    return make("islice") { (machine) throws(Raise) in
      if let stop, next >= stop {
        // What lies before the end is consumed, as CPython does.
        while position < stop {
          if try machine.next(source).isUndefined { break }
          position += 1
        }
        return .undefined
      }
      while true {
        let item = try machine.next(source)
        if item.isUndefined { return item }
        position += 1
        if position > next {
          next = next.addingReportingOverflow(step).overflow ? Int.max : next + step
          return item
        }
        if position & 1023 == 0 { try machine.poll() }
      }
    }
  }

  // MARK: - Grouped

  private static let grouped: [ModuleEntry] = [
    .function(
      Native("groupby(iterable, key=None)", "Runs of items with equal keys.",
        example: "[(k, len(list(g))) for k, g in itertools.groupby('aabccc')]"
      ) { a in
        let state = GroupState(try a.machine.iterator(a[0]), key: a[1])
        return make("groupby") { (machine) throws(Raise) in try state.nextGroup(machine) }
      })
  ]
}

/// `itertools.count`.
final class CountIterator: IteratorObject {
  private var current: Value
  private let step: Value
  override var typeName: String { "itertools.count" }
  init(_ start: Value, step: Value) {
    current = start
    self.step = step
  }
  override func shown(_ machine: Machine) throws(Raise) -> String? {
    let start = try machine.repr(current)
    if case .int(1) = step { return "count(\(start))" }
    return "count(\(start), \(try machine.repr(step)))"
  }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    let value = current
    current = try machine.binary(.add, value, step)
    return value
  }
}

/// `itertools.repeat`.
final class RepeatIterator: IteratorObject {
  @exclusivity(unchecked) private var value: Value
  private var left: Int?
  override var typeName: String { "itertools.repeat" }
  init(_ value: Value, times: Int?) {
    self.value = value
    left = times
  }
  override func surrender(into heap: inout [Value]) {
    heap.append(value)
    value = .none
  }
  deinit { Disposal.take(&value) }
  override func next(_ machine: Machine) throws(Raise) -> Value {
    if let count = left {
      if count == 0 { return .undefined }
      left = count - 1
    }
    return value
  }
  override var remaining: Int? { left }
  override func shown(_ machine: Machine) throws(Raise) -> String? {
    "repeat(\(try machine.repr(value))\(left.map { ", \($0)" } ?? ""))"
  }
}

/// Items that several iterators read at their own speed.
final class TeeBuffer {
  private let source: Value
  private var items: [Value] = []
  /// The number of items dropped from the front.
  private var dropped = 0
  private var positions: [Int]

  init(_ source: Value, readers: Int) {
    self.source = source
    positions = Array(repeating: 0, count: readers)
  }

  func next(_ reader: Int, _ machine: Machine) throws(Raise) -> Value {
    let index = positions[reader] - dropped
    if index == items.count {
      let item = try machine.next(source)
      if item.isUndefined { return item }
      items.append(item)
    }
    let item = items[index]
    positions[reader] += 1
    // Drop what all have read, in large pieces.
    if index > 512, let least = positions.min(), least - dropped > 256 {
      items.removeSubrange(..<(least - dropped))
      dropped = least
    }
    return item
  }
}

/// The shared state of a `groupby` and the groups that it gave.
final class GroupState {
  private let source: Value
  private let key: Value
  private var item: Value = .undefined
  private var itemKey: Value = .undefined
  private var isOver = false
  private var group = 0
  private var groupKey: Value = .undefined

  init(_ source: Value, key: Value) {
    self.source = source
    self.key = key
  }

  private func advance(_ machine: Machine) throws(Raise) {
    item = try machine.next(source)
    if item.isUndefined {
      isOver = true
      itemKey = .undefined
      return
    }
    itemKey = key.isNone ? item : try machine.call(key, [item])
  }

  func nextGroup(_ machine: Machine) throws(Raise) -> Value {
    if item.isUndefined, !isOver { try advance(machine) }
    // Skip what is left of the group before.
    while !isOver, !groupKey.isUndefined, try machine.equals(groupKey, itemKey) {
      try advance(machine)
      try machine.pollItem()
    }
    if isOver { return .undefined }
    group += 1
    groupKey = itemKey
    let mine = group
    let members = NativeIterator("itertools._grouper") { [self] (machine) throws(Raise) in
      guard mine == group, !isOver else { return .undefined }
      if item.isUndefined {
        try advance(machine)
        if isOver { return .undefined }
      }
      guard try machine.equals(groupKey, itemKey) else { return .undefined }
      let result = item
      try advance(machine)
      return result
    }
    return .tuple([groupKey, .object(members)])
  }
}
