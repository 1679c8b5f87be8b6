/// `functools.lru_cache` and `functools.cache`: a function that remembers its results.
final class CachedFunction: Instance {
  fileprivate(set) var function: Value = .none
  /// nil: no bound.
  fileprivate var limit: Int?
  fileprivate var isTyped = false
  fileprivate let results = DictObject()
  fileprivate var hits = 0
  fileprivate var misses = 0

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(function)
    visitor.visit(results)
  }

  override func surrender(into heap: inout [Value]) {
    heap.append(function)
    function = .none
    super.surrender(into: &heap)
  }
}

enum LRUCache {
  static let lruCache = Native(
    "lru_cache(maxsize=128, typed=False)",
    "A decorator: the function remembers its last results."
  ) { a in
    let machine = a.machine
    if Callables.isCallable(a[0], machine) {
      return try wrapped(a[0], limit: 128, isTyped: try a.bool(1), machine)
    }
    var limit: Int?
    if !a[0].isNone {
      guard let count = a[0].asInt else {
        throw Raise(
          .typeError, "Expected first argument to be an integer, a callable, or None")
      }
      limit = max(0, count)
    }
    let isTyped = try a.bool(1)
    return .object(
      NativeFunction(
        Native("decorating_function(user_function)", "Adds the memory.") { a in
          try wrapped(a[0], limit: limit, isTyped: isTyped, a.machine)
        }))
  }

  static let cache = Native(
    "cache(user_function, /)", "A decorator: the function remembers all its results."
  ) { a in try wrapped(a[0], limit: nil, isTyped: false, a.machine) }

  private static func wrapped(
    _ function: Value, limit: Int?, isTyped: Bool, _ machine: Machine
  ) throws(Raise) -> Value {
    let cached = CachedFunction(machine.type(table))
    cached.function = function
    cached.limit = limit
    cached.isTyped = isTyped
    return try FunctionToolsModule.update(.object(cached), from: function, machine)
  }

  /// What a call is remembered by: the argument itself where there is one simple one.
  private static func key(_ a: Arguments, isTyped: Bool) -> Value {
    let positional = a[1].asTuple?.items ?? []
    let keywords = a[2].asDict?.pairs ?? []
    if keywords.isEmpty, !isTyped {
      if positional.count == 1 {
        switch positional[0] {
        case .int: return positional[0]
        case .object(let object) where object.kind == .string: return positional[0]
        default: break
        }
      }
      return a[1]
    }
    var parts = positional
    if !keywords.isEmpty {
      parts.append(.object(SingletonObject.ellipsis))
      for (name, value) in keywords { parts += [name, value] }
    }
    if isTyped {
      for value in positional { parts.append(.object(a.machine.type(of: value))) }
      for (_, value) in keywords { parts.append(.object(a.machine.type(of: value))) }
    }
    return .tuple(parts)
  }

  private static let info = TypeTable(
    "CacheInfo", module: "functools", doc: "How a memory was used.", isSubclassable: false,
    baseName: "tuple",
    properties: ["hits", "misses", "maxsize", "currsize"].enumerated().map { index, name in
      NativeProperty(name, "A number about the memory.") { value, _ in
        value.asTuple.map { index < $0.count ? $0[index] : .none } ?? .none
      }
    },
    methods: [
      Native("__repr__(self)", "The numbers by name.") { a in
        guard let tuple = a[0].asTuple, tuple.count == 4 else { return .none }
        return .string(
          "CacheInfo(hits=\(try a.machine.repr(tuple[0])), misses=\(try a.machine.repr(tuple[1])), "
            + "maxsize=\(try a.machine.repr(tuple[2])), currsize=\(try a.machine.repr(tuple[3])))")
      }
    ])

  static let table = TypeTable(
    "_lru_cache_wrapper", module: "functools", doc: "A function that remembers its results.",
    isSubclassable: false,
    methods: [
      Native("__call__(self, /, *args, **kwargs)", "The result, remembered or new.") { a in
        let cached = try a.receiver(CachedFunction.self)
        let machine = a.machine
        func compute() throws(Raise) -> Value {
          try machine.call(cached.function, a[1].asTuple?.items ?? [], keywords: a.keywords(2))
        }
        if cached.limit == 0 {
          cached.misses += 1
          return try compute()
        }
        let key = key(a, isTyped: cached.isTyped)
        let hash = try machine.hash(key)
        let entry = try cached.results.find(key, hash: hash, machine)
        if entry >= 0 {
          cached.hits += 1
          let value = cached.results.entries[entry].value
          if cached.limit != nil, entry != cached.results.used - 1 {
            // The order of the dictionary is the order of use.
            cached.results.remove(entry: entry)
            try cached.results.set(key, value, machine)
          }
          return value
        }
        cached.misses += 1
        let value = try compute()
        if let limit = cached.limit, cached.results.count >= limit,
          try cached.results.get(key, machine) == nil, let oldest = cached.results.next(from: 0)
        {
          cached.results.remove(entry: oldest)
        }
        try cached.results.set(key, value, machine)
        return value
      },
      Native("cache_info(self)", "Hits, misses, largest size and size.") { a in
        let cached = try a.receiver(CachedFunction.self)
        let tuple = TupleObject([
          .int(cached.hits), .int(cached.misses), cached.limit.map { .int($0) } ?? .none,
          .int(cached.results.count),
        ])
        tuple.subclass = a.machine.type(info)
        return .object(tuple)
      },
      Native("cache_clear(self)", "Forgets all results.") { a in
        let cached = try a.receiver(CachedFunction.self)
        cached.results.clear()
        cached.hits = 0
        cached.misses = 0
        return .none
      },
      Native("cache_parameters(self)", "The settings.") { a in
        let cached = try a.receiver(CachedFunction.self)
        let dict = DictObject()
        dict["maxsize"] = cached.limit.map { .int($0) } ?? Value.none
        dict["typed"] = .bool(cached.isTyped)
        return .object(dict)
      },
      Native("__get__(self, instance, owner=None)", "The method of an object.") { a in
        a[1].isNone ? a[0] : .object(BoundMethod(function: a[0], receiver: a[1]))
      },
    ])
}
