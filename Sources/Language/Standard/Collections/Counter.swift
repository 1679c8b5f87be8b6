/// `collections.Counter`: how often each item occurs.
enum CounterTable {
  static let table = TypeTable(
    "Counter", module: "collections", doc: "How often each item occurs.", baseName: "dict",
    classMethods: [
      Native("fromkeys(cls, iterable, v=None)", "Not defined for counters.") { _ in
        throw Raise(
          .notImplementedError,
          "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")
      }
    ],
    methods: basic + arithmetic)

  private static func dict(_ value: Value) throws(Raise) -> DictObject {
    guard let dict = value.asDict else { throw Raise(.typeError, "a Counter is needed") }
    return dict
  }

  /// A counter of the type of another.
  private static func empty(_ a: Arguments) -> DictObject {
    let result = DictObject()
    result.subclass = a.machine.type(table)
    return result
  }

  private static func isCounter(_ value: Value, _ machine: Machine) -> Bool {
    value.asDict?.subclass?.isSubclass(of: machine.type(table)) ?? false
  }

  /// Adds (or subtracts) counts: of a mapping's values, or one for each item.
  private static func count(
    _ target: DictObject, _ source: Value, _ machine: Machine, sign: Int = 1
  ) throws(Raise) {
    if source.isNone || source.isUndefined { return }
    func add(_ key: Value, _ amount: Value) throws(Raise) {
      let old = try target.get(key, machine) ?? .int(0)
      try target.set(
        key, machine.binary(sign > 0 ? .add : .subtract, old, amount), machine)
    }
    if let mapping = source.asDict {
      // CPython takes the counts over as they are when there are none yet.
      let takesOver = sign > 0 && target.count == 0
      for (key, value) in mapping.pairs {
        if takesOver { try target.set(key, value, machine) } else { try add(key, value) }
      }
      return
    }
    try machine.iterate(source) { (item) throws(Raise) in
      let hash = try machine.hash(item)
      let entry = try target.find(item, hash: hash, machine)
      if entry >= 0, case .int(let number) = target.entries[entry].value, number < Int.max,
        number > Int.min
      {
        target.entries[entry].value = .int(number + sign)
      } else {
        try add(item, .int(1))
      }
    }
  }

  /// Pairs by falling count, equal counts in order of insertion.
  private static func sorted(_ dict: DictObject, _ machine: Machine) throws(Raise) -> [Value] {
    let pairs = dict.pairs
    // The usual case, small integers, without calls into the machine.
    var numbers: [Int] = []
    for (_, value) in pairs {
      guard case .int(let number) = value else { break }
      numbers.append(number)
    }
    if numbers.count == pairs.count {
      let order = pairs.indices.sorted {
        numbers[$0] != numbers[$1] ? numbers[$0] > numbers[$1] : $0 < $1
      }
      return order.map { .tuple([pairs[$0].key, pairs[$0].value]) }
    }
    let tuples = pairs.map { Value.tuple([$0.key, $0.value]) }
    let second = NativeFunction(
      Native("itemgetter(pair)", "The count of a pair.") { a in a[0].asTuple?[1] ?? .none })
    return try Sorting.sorted(tuples, key: .object(second), reverse: true, machine)
  }

  private static let basic: [Native] = [
    Native("__new__(cls, iterable=None, /, **kwds)", "Counts of items or from a mapping.") { a in
      let result = DictObject()
      result.subclass = a[0].asType
      try count(result, a[1], a.machine)
      if let extra = a[2].asDict, extra.count > 0 { try count(result, a[2], a.machine) }
      return .object(result)
    },
    Native("__missing__(self, key)", "The count of what does not occur: 0.") { _ in .int(0) },
    Native("most_common(self, n=None)", "The n most frequent items with their counts.") { a in
      let pairs = try sorted(dict(a[0]), a.machine)
      if a[1].isNone { return .list(pairs) }
      return .list(Array(pairs.prefix(max(0, try a.size(1)))))
    },
    Native("elements(self)", "Each item as often as it was counted.") { a in
      let pairs = try dict(a[0]).pairs
      var index = 0
      var left = 0
      return .object(
        NativeIterator("itertools.chain") { (machine) throws(Raise) in
          while left <= 0 {
            guard index < pairs.count else { return .undefined }
            left = try machine.size(pairs[index].value)
            index += 1
          }
          left -= 1
          return pairs[index - 1].key
        })
    },
    Native("total(self)", "The sum of the counts.") { a in
      var sum = Value.int(0)
      for value in try dict(a[0]).values { sum = try a.machine.binary(.add, sum, value) }
      return sum
    },
    Native("update(self, iterable=None, /, **kwds)", "Adds counts.") { a in
      try count(dict(a[0]), a[1], a.machine)
      if let extra = a[2].asDict, extra.count > 0 { try count(dict(a[0]), a[2], a.machine) }
      return .none
    },
    Native("subtract(self, iterable=None, /, **kwds)", "Subtracts counts.") { a in
      try count(dict(a[0]), a[1], a.machine, sign: -1)
      if let extra = a[2].asDict, extra.count > 0 {
        try count(dict(a[0]), a[2], a.machine, sign: -1)
      }
      return .none
    },
    Native("copy(self)", "A copy.") { a in
      let source = try dict(a[0])
      let result = source.copy()
      result.subclass = source.subclass
      return a[0].sameClass(.object(result))
    },
    Native("__delitem__(self, key)", "Forgets an item; no error when it is not there.") { a in
      try dict(a[0]).remove(a[1], a.machine)
      return .none
    },
    Native("__repr__(self)", "The counts, the most frequent first.") { a in
      let counts = try dict(a[0])
      let name = a.machine.typeName(a[0])
      if counts.count == 0 { return .string("\(name)()") }
      let shown = DictObject()
      do {
        for pair in try sorted(counts, a.machine) {
          if let pair = pair.asTuple { try shown.set(pair[0], pair[1], a.machine) }
        }
      } catch {
        // Counts that cannot be compared: in order of insertion.
        return .string("\(name)(\(try a.machine.repr(.object(counts.copy()))))")
      }
      return .string("\(name)(\(try a.machine.repr(.object(shown))))")
    },
  ]

  // MARK: - Arithmetic

  /// Combines two counters, keeping positive counts.
  private static func combined(
    _ signature: String, _ doc: String, rightAlone: Int,
    _ body: @escaping (Machine, Value, Value) throws(Raise) -> Value
  ) -> Native {
    Native(signature, doc) { a in
      guard isCounter(a[0], a.machine), isCounter(a[1], a.machine) else { return .notImplemented }
      let left = try dict(a[0])
      let right = try dict(a[1])
      let result = empty(a)
      for (key, value) in left.pairs {
        let count = try body(a.machine, value, right.get(key, a.machine) ?? .int(0))
        if try a.machine.isLess(.int(0), count) { try result.set(key, count, a.machine) }
      }
      if rightAlone != 0 {
        for (key, value) in right.pairs where try left.get(key, a.machine) == nil {
          let count = rightAlone > 0 ? value : try a.machine.unary(.negate, value)
          if try a.machine.isLess(.int(0), count) { try result.set(key, count, a.machine) }
        }
      }
      return .object(result)
    }
  }

  /// The same in place: the left counter itself changes.
  private static func inPlace(_ signature: String, _ doc: String, of row: Native) -> Native {
    Native(signature, doc) { a in
      let result = try a.machine.call(.object(NativeFunction(row)), [a[0], a[1]])
      guard let new = result.asDict else { return result }
      let target = try dict(a[0])
      target.clear()
      try target.update(new, a.machine)
      return a[0]
    }
  }

  private static let plus = combined("__add__(self, other)", "Sums of counts.", rightAlone: 1) {
    (machine, x, y) throws(Raise) in try machine.binary(.add, x, y)
  }
  private static let minus = combined(
    "__sub__(self, other)", "Differences of counts.", rightAlone: -1
  ) { (machine, x, y) throws(Raise) in try machine.binary(.subtract, x, y) }
  private static let union = combined(
    "__or__(self, other)", "The larger of the counts.", rightAlone: 1
  ) { (machine, x, y) throws(Raise) in try machine.isLess(x, y) ? y : x }
  private static let intersection = combined(
    "__and__(self, other)", "The smaller of the counts.", rightAlone: 0
  ) { (machine, x, y) throws(Raise) in try machine.isLess(x, y) ? x : y }

  private static func comparison(
    _ name: String, _ doc: String, _ test: @escaping (Bool, Bool) -> Bool
  ) -> Native {
    Native("\(name)(self, other)", doc) { a in
      guard isCounter(a[0], a.machine), isCounter(a[1], a.machine) else { return .notImplemented }
      let left = try dict(a[0])
      let right = try dict(a[1])
      var isBelow = true
      var isAbove = true
      for key in left.keys + right.keys {
        // Counters in counters ask four times a level.
        try a.machine.pollItem()
        let x = try left.get(key, a.machine) ?? .int(0)
        let y = try right.get(key, a.machine) ?? .int(0)
        if try a.machine.isLess(y, x) { isBelow = false }
        if try a.machine.isLess(x, y) { isAbove = false }
      }
      return .bool(test(isBelow, isAbove))
    }
  }

  private static let arithmetic: [Native] = [
    plus, minus, union, intersection,
    inPlace("__iadd__(self, other)", "Adds counts.", of: plus),
    inPlace("__isub__(self, other)", "Subtracts counts.", of: minus),
    inPlace("__ior__(self, other)", "Takes the larger counts.", of: union),
    inPlace("__iand__(self, other)", "Takes the smaller counts.", of: intersection),
    Native("__pos__(self)", "The positive counts.") { a in
      let result = empty(a)
      for (key, value) in try dict(a[0]).pairs where try a.machine.isLess(.int(0), value) {
        try result.set(key, value, a.machine)
      }
      return .object(result)
    },
    Native("__neg__(self)", "The negative counts with their sign turned.") { a in
      let result = empty(a)
      for (key, value) in try dict(a[0]).pairs where try a.machine.isLess(value, .int(0)) {
        try result.set(key, a.machine.unary(.negate, value), a.machine)
      }
      return .object(result)
    },
    Native("__eq__(self, other)", "Equal counts; what is missing counts 0.") { a in
      guard let x = a[0].asDict, let y = a[1].asDict else { return .notImplemented }
      if !isCounter(a[1], a.machine) { return .bool(try DictText.areEqual(x, y, a.machine)) }
      for key in x.keys + y.keys {
        try a.machine.pollItem()
        let left = try x.get(key, a.machine) ?? .int(0)
        if try !a.machine.equals(left, y.get(key, a.machine) ?? .int(0)) { return .bool(false) }
      }
      return .bool(true)
    },
    comparison("__le__", "Whether no count is larger.") { below, _ in below },
    comparison("__ge__", "Whether no count is smaller.") { _, above in above },
    comparison("__lt__", "Whether no count is larger and some are smaller.") { $0 && !$1 },
    comparison("__gt__", "Whether no count is smaller and some are larger.") { $1 && !$0 },
  ]
}
