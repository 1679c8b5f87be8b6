/// The functions of `itertools` that arrange items.
enum IterationCombinatorics {
  static let entries: [ModuleEntry] = [
    .function(
      Native(
        "product(*iterables, repeat=1)", "All tuples with one item of each iterable.",
        example: "list(itertools.product('ab', [1, 2]))"
      ) { a in
        let times = try a.size(1)
        if times < 0 { throw Raise(.valueError, "repeat argument cannot be negative") }
        var pools: [[Value]] = []
        for source in try a.items(0) { pools.append(try a.machine.array(source)) }
        let total = times.multipliedReportingOverflow(by: pools.count * 16)
        try a.machine.charge(total.overflow ? nil : total.partialValue, "the product")
        let once = pools
        pools = []
        for _ in 0..<times { pools += once }
        return product(pools)
      }),
    .function(
      Native(
        "permutations(iterable, r=None)", "All orders of r items.",
        example: "list(itertools.permutations('abc', 2))"
      ) { a in
        let pool = try a.machine.array(a[0])
        if !a[1].isNone, !a[1].isInteger { throw Raise(.typeError, "Expected int as r") }
        let size = a[1].isNone ? pool.count : try a.size(1)
        if size < 0 { throw Raise(.valueError, "r must be non-negative") }
        return permutations(pool, size)
      }),
    .function(
      Native(
        "combinations(iterable, r)", "All choices of r items, in order.",
        example: "list(itertools.combinations('abc', 2))"
      ) { a in
        let pool = try a.machine.array(a[0])
        let size = try a.size(1)
        if size < 0 { throw Raise(.valueError, "r must be non-negative") }
        return try combinations("combinations", pool, size, repeats: false, a.machine)
      }),
    .function(
      Native(
        "combinations_with_replacement(iterable, r)",
        "All choices of r items, in order, each as often as one likes.",
        example: "list(itertools.combinations_with_replacement('ab', 2))"
      ) { a in
        let pool = try a.machine.array(a[0])
        let size = try a.size(1)
        if size < 0 { throw Raise(.valueError, "r must be non-negative") }
        return try combinations(
          "combinations_with_replacement", pool, size, repeats: true, a.machine)
      }),
  ]

  private static func product(_ pools: [[Value]]) -> Value {
    var indices = Array(repeating: 0, count: pools.count)
    var isFirst = true
    let isEmpty = pools.contains { $0.isEmpty }
    return IterationModule.make("product") { (_) throws(Raise) in
      if isEmpty { return .undefined }
      if isFirst {
        isFirst = false
      } else {
        var place = pools.count - 1
        while place >= 0 {
          indices[place] += 1
          if indices[place] < pools[place].count { break }
          indices[place] = 0
          place -= 1
        }
        if place < 0 { return .undefined }
      }
      return .tuple(indices.indices.map { pools[$0][indices[$0]] })
    }
  }

  private static func permutations(_ pool: [Value], _ size: Int) -> Value {
    let count = pool.count
    var indices = Array(0..<count)
    var cycles = size <= count ? (0..<size).map { count - $0 } : []
    var isFirst = true
    return IterationModule.make("permutations") { (_) throws(Raise) in
      if size > count { return .undefined }
      if isFirst {
        isFirst = false
        return .tuple(indices[..<size].map { pool[$0] })
      }
      var place = size - 1
      while place >= 0 {
        cycles[place] -= 1
        if cycles[place] == 0 {
          // This place has seen all: put the items back in order.
          let moved = indices.remove(at: place)
          indices.append(moved)
          cycles[place] = count - place
          place -= 1
        } else {
          indices.swapAt(place, count - cycles[place])
          return .tuple(indices[..<size].map { pool[$0] })
        }
      }
      return .undefined
    }
  }

  private static func combinations(
    _ name: String, _ pool: [Value], _ size: Int, repeats: Bool, _ machine: Machine
  ) throws(Raise) -> Value {
    let count = pool.count
    let isEmpty = repeats ? count == 0 && size > 0 : size > count
    if !isEmpty { try machine.charge(size, of: 24, "a combination") }
    var indices = isEmpty ? [] : repeats ? Array(repeating: 0, count: size) : Array(0..<size)
    var isFirst = true
    return IterationModule.make(name) { (_) throws(Raise) in
      if isEmpty { return .undefined }
      if isFirst {
        isFirst = false
      } else {
        var place = size - 1
        while place >= 0, indices[place] == (repeats ? count - 1 : place + count - size) {
          place -= 1
        }
        if place < 0 { return .undefined }
        let next = indices[place] + 1
        for (offset, index) in (place..<size).enumerated() {
          indices[index] = repeats ? next : next + offset
        }
      }
      return .tuple(indices.map { pool[$0] })
    }
  }
}
