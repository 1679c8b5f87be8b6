#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The functions of `math` that take many numbers.
enum MathSums {
  static let entries: [ModuleEntry] = [
    .function(
      Native("fsum(seq, /)", "The exact sum of floats.", example: "math.fsum([0.1] * 10)") { a in
        var sum = ExactSum()
        try a.machine.iterate(a[0]) { (item) throws(Raise) in
          try sum.add(try a.machine.realNumber(item))
        }
        return .float(try sum.result())
      }),
    .function(
      Native(
        "prod(iterable, /, *, start=1)", "The product of numbers.",
        example: "math.prod([1, 2, 3, 4])"
      ) { a in
        var result = a[1]
        try a.machine.iterate(a[0]) { (item) throws(Raise) in
          result = try a.machine.binary(.multiply, result, item)
        }
        return result
      }),
    .function(
      Native("hypot(*coordinates)", "The Euclidean length.", example: "math.hypot(3, 4)") { a in
        var values: [Double] = []
        for item in try a.items(0) { values.append(try a.machine.realNumber(item).magnitude) }
        return .float(norm(values))
      }),
    .function(
      Native(
        "dist(p, q, /)", "The Euclidean distance of two points.",
        example: "math.dist((1, 1), (4, 5))"
      ) { a in
        let p = try a.machine.array(a[0])
        let q = try a.machine.array(a[1])
        if p.count != q.count {
          throw Raise(.valueError, "both points must have the same number of dimensions")
        }
        var values: [Double] = []
        for index in p.indices {
          let difference = try a.machine.realNumber(p[index]) - a.machine.realNumber(q[index])
          values.append(difference.magnitude)
        }
        return .float(norm(values))
      }),
  ]

  /// The Euclidean norm of absolute values, with compensated squares and a corrected root, as
  /// CPython computes it: exact to the last digit in nearly all cases.
  private static func norm(_ values: [Double]) -> Double {
    let largest = values.max() ?? 0
    if values.contains(.infinity) { return .infinity }
    if values.contains(where: \.isNaN) { return .nan }
    if largest == 0 || values.count <= 1 { return largest }
    var exponent: Int32 = 0
    _ = frexp(largest, &exponent)
    if exponent < -1023 {
      // 2**-exponent would overflow: divide by the largest instead.
      var sum = 1.0
      var rest = 0.0
      for value in values {
        let ratio = value / largest
        let square = ratio * ratio
        let before = sum
        sum += square
        rest += (before - sum) + square
      }
      return largest * (sum - 1 + rest).squareRoot()
    }
    let scale = scalbn(1, -exponent)
    var sum = 1.0
    var rest = (0.0, 0.0, 0.0)
    func halves(_ x: Double) -> (high: Double, low: Double) {
      let t = x * 134_217_729
      let high = t - (t - x)
      return (high, x - high)
    }
    for value in values {
      let (high, low) = halves(value * scale)
      var part = high * high
      var before = sum
      sum += part
      rest.0 += (before - sum) + part
      part = 2 * high * low
      before = sum
      sum += part
      rest.1 += (before - sum) + part
      rest.2 += low * low
    }
    let root = (sum - 1 + (rest.0 + rest.1 + rest.2)).squareRoot()
    let (high, low) = halves(root)
    var part = -high * high
    var before = sum
    sum += part
    rest.0 += (before - sum) + part
    part = -2 * high * low
    before = sum
    sum += part
    rest.1 += (before - sum) + part
    part = -low * low
    before = sum
    sum += part
    rest.2 += (before - sum) + part
    let error = sum - 1 + (rest.0 + rest.1 + rest.2)
    return (root + error / (2 * root)) / scale
  }
}

/// The exact sum of doubles: partial sums that do not overlap (Shewchuk 1997), rounded once.
struct ExactSum {
  private var partials: [Double] = []
  private var special = 0.0
  private var infinities = 0.0

  mutating func add(_ number: Double) throws(Raise) {
    var x = number
    var kept = 0
    for partial in partials {
      var y = partial
      if x.magnitude < y.magnitude { swap(&x, &y) }
      let high = x + y
      let low = y - (high - x)
      if low != 0 {
        partials[kept] = low
        kept += 1
      }
      x = high
    }
    partials.removeSubrange(kept...)
    if x == 0 { return }
    if x.isFinite {
      partials.append(x)
      return
    }
    if number.isFinite { throw Raise(.overflowError, "intermediate overflow in fsum") }
    if number.isInfinite { infinities += number }
    special += number
    partials.removeAll()
  }

  func result() throws(Raise) -> Double {
    if special != 0 {
      if infinities.isNaN { throw Raise(.valueError, "-inf + inf in fsum") }
      return special
    }
    guard var high = partials.last else { return 0 }
    var index = partials.count - 1
    var low = 0.0
    while index > 0 {
      let x = high
      index -= 1
      let y = partials[index]
      high = x + y
      low = y - (high - x)
      if low != 0 { break }
    }
    // Half-way cases: the sign of the next partial decides.
    if index > 0, (low < 0 && partials[index - 1] < 0) || (low > 0 && partials[index - 1] > 0) {
      let y = low * 2
      let x = high + y
      if y == x - high { high = x }
    }
    return high
  }
}
