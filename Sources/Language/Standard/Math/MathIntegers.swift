import BigInt

/// The functions of `math` that take integers of any size.
enum MathIntegers {
  static let entries: [ModuleEntry] = [
    .function(
      Native("gcd(*integers)", "The greatest common divisor.", example: "math.gcd(12, 18)") { a in
        var result = BigInt(0)
        for item in try a.items(0) {
          result = try a.machine.greatestCommonDivisor(result, a.machine.integer(item))
        }
        return .integer(BigInt(result.magnitude))
      }),
    .function(
      Native("lcm(*integers)", "The least common multiple.", example: "math.lcm(4, 6)") { a in
        var result = BigInt(1)
        for item in try a.items(0) {
          let number = try a.machine.integer(item)
          if number == 0 || result == 0 {
            result = 0
            continue
          }
          let divisor = try a.machine.greatestCommonDivisor(result, number)
          result = try a.machine.product(a.machine.floorDivide(result, divisor).0, number)
          try a.machine.pollItem()
        }
        return .integer(BigInt(result.magnitude))
      }),
    .function(
      Native("factorial(n, /)", "The product 1 * 2 * ... * n.", example: "math.factorial(20)") {
        a in
        let number = try a.integer(0)
        if number < 0 {
          throw Raise(.valueError, "factorial() not defined for negative values")
        }
        guard let n = Int(exactly: number) else {
          throw Raise(
            .overflowError, "factorial() argument should not exceed 9223372036854775807")
        }
        // log2(n!) < n log2(n): what the result takes, before it is computed.
        let bits = n.multipliedReportingOverflow(by: 64 - n.leadingZeroBitCount)
        try a.machine.charge(bits.overflow ? nil : bits.partialValue / 8, "the factorial")
        return .integer(try product(from: 1, to: n, a.machine))
      }),
    .function(
      Native(
        "comb(n, k, /)", "The number of ways to choose k of n items.", example: "math.comb(5, 2)"
      ) { a in
        let (n, k) = try counts(a)
        if k > n { return .int(0) }
        let smaller = min(k, n - k)
        guard let steps = Int(exactly: smaller) else {
          throw Raise(
            .overflowError, "min(n - k, k) must not exceed 9223372036854775807")
        }
        // C(n, k) < (e n / k)^k.
        let bits = steps.multipliedReportingOverflow(
          by: max(1, n.magnitude.bitWidth - BigInt(max(1, steps)).magnitude.bitWidth + 2))
        try a.machine.charge(bits.overflow ? nil : bits.partialValue / 8, "the number")
        return .integer(try choose(n, steps, a.machine))
      }),
    .function(
      Native(
        "perm(n, k=None, /)", "The number of ways to arrange k of n items.",
        example: "math.perm(5, 2)"
      ) { a in
        if a[1].isNone {
          let n = try a.integer(0)
          if n < 0 { throw Raise(.valueError, "factorial() not defined for negative values") }
          guard let count = Int(exactly: n) else {
            throw Raise(
              .overflowError, "factorial() argument should not exceed 9223372036854775807")
          }
          let bits = count.multipliedReportingOverflow(by: 64 - count.leadingZeroBitCount)
          try a.machine.charge(bits.overflow ? nil : bits.partialValue / 8, "the product")
          return .integer(try product(from: 1, to: count, a.machine))
        }
        let (n, k) = try counts(a)
        if k > n { return .int(0) }
        guard let steps = Int(exactly: k) else {
          throw Raise(.overflowError, "k must not exceed 9223372036854775807")
        }
        let bits = steps.multipliedReportingOverflow(by: n.magnitude.bitWidth)
        try a.machine.charge(bits.overflow ? nil : bits.partialValue / 8, "the product")
        if let small = Int(exactly: n) {
          return .integer(try product(from: small - steps + 1, to: small, a.machine))
        }
        var result = BigInt(1)
        for step in 0..<steps {
          result = try a.machine.product(result, n - BigInt(step))
          try a.machine.pollItem()
        }
        return .integer(result)
      }),
    .function(
      Native("isqrt(n, /)", "The integer part of the square root.", example: "math.isqrt(17)") {
        a in
        let n = try a.integer(0)
        if n < 0 { throw Raise(.valueError, "isqrt() argument must be nonnegative") }
        return .integer(BigInt(try a.machine.squareRoot(n.magnitude)))
      }),
  ]

  private static func counts(_ a: Arguments) throws(Raise) -> (BigInt, BigInt) {
    let n = try a.integer(0)
    let k = try a.integer(1)
    if n < 0 { throw Raise(.valueError, "n must be a non-negative integer") }
    if k < 0 { throw Raise(.valueError, "k must be a non-negative integer") }
    return (n, k)
  }

  /// The product of consecutive integers, split in halves so that factors are of like size.
  private static func product(from low: Int, to high: Int, _ machine: Machine) throws(Raise) -> BigInt
  {
    if low > high { return 1 }
    if high - low < 16 {
      var result = BigInt(low)
      var factor = low
      while factor < high {
        factor += 1
        result *= BigInt(factor)
      }
      return result
    }
    try machine.pollItem()
    let middle = low + (high - low) / 2
    return try machine.product(
      product(from: low, to: middle, machine), product(from: middle + 1, to: high, machine))
  }

  private static func choose(_ n: BigInt, _ k: Int, _ machine: Machine) throws(Raise) -> BigInt {
    // Each step divides without remainder: after i factors the value is C(n, i).
    var result = BigInt(1)
    var step = 0
    while step < k {
      let next = try machine.product(result, n - BigInt(step))
      result = try machine.floorDivide(next, BigInt(step + 1)).0
      step += 1
      try machine.pollItem()
    }
    return result
  }
}
