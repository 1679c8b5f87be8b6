/// The order of items that can be copied freely: what a sort compares.
protocol SortOrder {
  associatedtype Item
  /// Whether `a` goes strictly before `b`. May run code of the program.
  mutating func isLess(_ a: Item, _ b: Item) throws(Raise) -> Bool
}

/// A stable merge sort that makes use of runs which are in order already.
///
/// It compares the same items in the same order as CPython's list sort does, so that orders which
/// are no orders (NaN, a class that answers at random) give the same result. Sources: T. Peters,
/// "listsort.txt" (runs, binary insertion, galloping merges); J. I. Munro and S. Wild, "Nearly-
/// Optimal Mergesorts" (2018), section 4 (the powersort rule for which runs to merge).
///
/// Items are numbers and indices, never references: a comparison that throws leaves nothing half
/// moved, because what is being sorted is a permutation.
struct Timsort<Order: SortOrder> {
  typealias Items = UnsafeMutablePointer<Order.Item>

  private var order: Order
  private let base: Items
  private let count: Int
  private var runs: [Run] = []
  /// How often one side has to win in a row before a merge gallops; adapts to the data.
  private var minimumGallop = Timsort.gallop

  private static var gallop: Int { 7 }

  private struct Run {
    var start: Int
    var count: Int
    /// The depth in the merge tree of the border to the next run.
    var power = 0
  }

  /// Sorts `items` in place.
  static func sort(_ items: inout [Order.Item], by order: Order) throws(Raise) {
    if items.count < 2 { return }
    var failure: Raise?
    items.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var sorter = Timsort(order: order, base: base, count: buffer.count)
      do throws(Raise) {
        try sorter.run()
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private init(order: Order, base: Items, count: Int) {
    self.order = order
    self.base = base
    self.count = count
  }

  private mutating func run() throws(Raise) {
    var low = 0
    var left = count
    let minimum = Timsort.minimumRun(count)
    while left > 0 {
      var length = try takeRun(low, low + left)
      if length < minimum {
        let forced = min(left, minimum)
        try insertionSort(low, low + forced, sorted: low + length)
        length = forced
      }
      try found(Run(start: low, count: length))
      low += length
      left -= length
    }
    while runs.count > 1 {
      var at = runs.count - 2
      if at > 0, runs[at - 1].count < runs[at + 1].count { at -= 1 }
      try mergeRuns(at)
    }
  }

  /// Between 32 and 64, such that the number of runs is a power of two or just below one.
  private static func minimumRun(_ count: Int) -> Int {
    var count = count
    var rest = 0
    while count >= 64 {
      rest |= count & 1
      count >>= 1
    }
    return count + rest
  }

  // MARK: - Runs

  /// The length of the run at `low`; a strictly descending one is reversed.
  private mutating func takeRun(_ low: Int, _ high: Int) throws(Raise) -> Int {
    if low + 1 == high { return 1 }
    var length = 2
    var index = low + 2
    if try order.isLess(base[low + 1], base[low]) {
      while index < high, try order.isLess(base[index], base[index - 1]) {
        length += 1
        index += 1
      }
      reverse(low, low + length)
    } else {
      while index < high, try !order.isLess(base[index], base[index - 1]) {
        length += 1
        index += 1
      }
    }
    return length
  }

  private func reverse(_ low: Int, _ high: Int) {
    var low = low
    var high = high - 1
    while low < high {
      let item = base[low]
      base[low] = base[high]
      base[high] = item
      low += 1
      high -= 1
    }
  }

  /// Sorts `low..<high`, of which `low..<sorted` is in order, by binary insertion.
  private mutating func insertionSort(_ low: Int, _ high: Int, sorted: Int) throws(Raise) {
    var start = low == sorted ? sorted + 1 : sorted
    while start < high {
      let pivot = base[start]
      var left = low
      var right = start
      while left < right {
        let middle = left + (right - left) >> 1
        if try order.isLess(pivot, base[middle]) { right = middle } else { left = middle + 1 }
      }
      var index = start
      while index > left {
        base[index] = base[index - 1]
        index -= 1
      }
      base[left] = pivot
      start += 1
    }
  }

  /// A new run: merges before it what lies deeper in the merge tree.
  private mutating func found(_ run: Run) throws(Raise) {
    if let last = runs.last {
      let power = Timsort.power(last.start, last.count, run.count, of: count)
      while runs.count > 1, runs[runs.count - 2].power > power { try mergeRuns(runs.count - 2) }
      runs[runs.count - 1].power = power
    }
    runs.append(run)
  }

  /// The number of leading bits in which the middles of two neighbouring runs, as fractions of the
  /// whole, agree, plus one.
  private static func power(_ start: Int, _ first: Int, _ second: Int, of count: Int) -> Int {
    var a = 2 * start + first
    var b = a + first + second
    var result = 0
    while true {
      result += 1
      if a >= count {
        a -= count
        b -= count
      } else if b >= count {
        return result
      }
      a <<= 1
      b <<= 1
    }
  }

  private mutating func mergeRuns(_ at: Int) throws(Raise) {
    var startA = runs[at].start
    var countA = runs[at].count
    let startB = runs[at + 1].start
    var countB = runs[at + 1].count
    runs[at].count = countA + countB
    if at == runs.count - 3 { runs[at + 1] = runs[at + 2] }
    runs.removeLast()
    // Items of A that are before all of B, and of B behind all of A, stay where they are.
    let skip = try gallopRight(base[startB], base + startA, countA, hint: 0)
    startA += skip
    countA -= skip
    if countA == 0 { return }
    countB = try gallopLeft(base[startB - 1], base + startB, countB, hint: countB - 1)
    if countB <= 0 { return }
    if countA <= countB {
      try mergeLow(startA, countA, startB, countB)
    } else {
      try mergeHigh(startA, countA, startB, countB)
    }
  }

  // MARK: - Galloping

  /// Where `key` goes in a sorted stretch, before equal ones. The search widens from `hint`.
  private mutating func gallopLeft(
    _ key: Order.Item, _ items: Items, _ count: Int, hint: Int
  ) throws(Raise) -> Int {
    var last = 0
    var offset = 1
    if try order.isLess(items[hint], key) {
      let most = count - hint
      while offset < most, try order.isLess(items[hint + offset], key) {
        last = offset
        offset = offset << 1 + 1
      }
      offset = min(offset, most)
      last += hint
      offset += hint
    } else {
      let most = hint + 1
      while offset < most, try !order.isLess(items[hint - offset], key) {
        last = offset
        offset = offset << 1 + 1
      }
      offset = min(offset, most)
      (last, offset) = (hint - offset, hint - last)
    }
    last += 1
    while last < offset {
      let middle = last + (offset - last) >> 1
      if try order.isLess(items[middle], key) { last = middle + 1 } else { offset = middle }
    }
    return offset
  }

  /// Where `key` goes in a sorted stretch, behind equal ones.
  private mutating func gallopRight(
    _ key: Order.Item, _ items: Items, _ count: Int, hint: Int
  ) throws(Raise) -> Int {
    var last = 0
    var offset = 1
    if try order.isLess(key, items[hint]) {
      let most = hint + 1
      while offset < most, try order.isLess(key, items[hint - offset]) {
        last = offset
        offset = offset << 1 + 1
      }
      offset = min(offset, most)
      (last, offset) = (hint - offset, hint - last)
    } else {
      let most = count - hint
      while offset < most, try !order.isLess(key, items[hint + offset]) {
        last = offset
        offset = offset << 1 + 1
      }
      offset = min(offset, most)
      last += hint
      offset += hint
    }
    last += 1
    while last < offset {
      let middle = last + (offset - last) >> 1
      if try order.isLess(key, items[middle]) { offset = middle } else { last = middle + 1 }
    }
    return offset
  }

  // MARK: - Merging

  /// Merges two neighbouring runs from the left; A is the shorter and is copied out of the way.
  private mutating func mergeLow(
    _ startA: Int, _ countA: Int, _ startB: Int, _ countB: Int
  ) throws(Raise) {
    let left = Array(UnsafeBufferPointer(start: base + startA, count: countA))
    var failure: Raise?
    left.withUnsafeBufferPointer { buffer in
      guard let pointer = buffer.baseAddress else { return }
      do throws(Raise) {
        try mergeLow(UnsafeMutablePointer(mutating: pointer), startA, countA, startB, countB)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func mergeLow(
    _ a: Items, _ target: Int, _ total: Int, _ startB: Int, _ totalB: Int
  ) throws(Raise) {
    var target = target
    var b = startB
    var countB = totalB
    var indexA = 0
    var countA = total
    func copyB() {
      base[target] = base[b]
      target += 1
      b += 1
      countB -= 1
    }
    func copyA() {
      base[target] = a[indexA]
      target += 1
      indexA += 1
      countA -= 1
    }
    func finish() {
      while countA > 0 { copyA() }
    }
    /// The last item of A goes behind what is left of B.
    func finishWithB() {
      while countB > 0 { copyB() }
      while countA > 0 { copyA() }
    }
    copyB()
    if countB == 0 { return finish() }
    if countA == 1 { return finishWithB() }
    while true {
      var winsA = 0
      var winsB = 0
      while true {
        if try order.isLess(base[b], a[indexA]) {
          copyB()
          winsB += 1
          winsA = 0
          if countB == 0 { return finish() }
          if winsB >= minimumGallop { break }
        } else {
          copyA()
          winsA += 1
          winsB = 0
          if countA == 1 { return finishWithB() }
          if winsA >= minimumGallop { break }
        }
      }
      minimumGallop += 1
      repeat {
        minimumGallop -= minimumGallop > 1 ? 1 : 0
        winsA = try gallopRight(base[b], a + indexA, countA, hint: 0)
        for _ in 0..<winsA { copyA() }
        if winsA > 0 {
          if countA == 1 { return finishWithB() }
          // Only with an order that is none.
          if countA == 0 { return finish() }
        }
        copyB()
        if countB == 0 { return finish() }
        winsB = try gallopLeft(a[indexA], base + b, countB, hint: 0)
        for _ in 0..<winsB { copyB() }
        if winsB > 0, countB == 0 { return finish() }
        copyA()
        if countA == 1 { return finishWithB() }
      } while winsA >= Timsort.gallop || winsB >= Timsort.gallop
      minimumGallop += 1
    }
  }

  /// Merges two neighbouring runs from the right; B is the shorter and is copied out of the way.
  private mutating func mergeHigh(
    _ startA: Int, _ countA: Int, _ startB: Int, _ countB: Int
  ) throws(Raise) {
    let right = Array(UnsafeBufferPointer(start: base + startB, count: countB))
    var failure: Raise?
    right.withUnsafeBufferPointer { buffer in
      guard let pointer = buffer.baseAddress else { return }
      do throws(Raise) {
        try mergeHigh(UnsafeMutablePointer(mutating: pointer), startA, countA, startB, countB)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func mergeHigh(
    _ b: Items, _ startA: Int, _ totalA: Int, _ startB: Int, _ totalB: Int
  ) throws(Raise) {
    var target = startB + totalB - 1
    var a = startA + totalA - 1
    var countA = totalA
    var countB = totalB
    func copyA() {
      base[target] = base[a]
      target -= 1
      a -= 1
      countA -= 1
    }
    func copyB() {
      base[target] = b[countB - 1]
      target -= 1
      countB -= 1
    }
    func finish() {
      while countB > 0 { copyB() }
    }
    /// The first item of B goes before what is left of A.
    func finishWithA() {
      while countA > 0 { copyA() }
      while countB > 0 { copyB() }
    }
    copyA()
    if countA == 0 { return finish() }
    if countB == 1 { return finishWithA() }
    while true {
      var winsA = 0
      var winsB = 0
      while true {
        if try order.isLess(b[countB - 1], base[a]) {
          copyA()
          winsA += 1
          winsB = 0
          if countA == 0 { return finish() }
          if winsA >= minimumGallop { break }
        } else {
          copyB()
          winsB += 1
          winsA = 0
          if countB == 1 { return finishWithA() }
          if winsB >= minimumGallop { break }
        }
      }
      minimumGallop += 1
      repeat {
        minimumGallop -= minimumGallop > 1 ? 1 : 0
        let keepA = try gallopRight(b[countB - 1], base + startA, countA, hint: countA - 1)
        winsA = countA - keepA
        for _ in 0..<winsA { copyA() }
        if winsA > 0, countA == 0 { return finish() }
        copyB()
        if countB == 1 { return finishWithA() }
        let keepB = try gallopLeft(base[a], b, countB, hint: countB - 1)
        winsB = countB - keepB
        for _ in 0..<winsB { copyB() }
        if winsB > 0 {
          if countB == 1 { return finishWithA() }
          // Only with an order that is none.
          if countB == 0 { return finish() }
        }
        copyA()
        if countA == 0 { return finish() }
      } while winsA >= Timsort.gallop || winsB >= Timsort.gallop
      minimumGallop += 1
    }
  }
}
