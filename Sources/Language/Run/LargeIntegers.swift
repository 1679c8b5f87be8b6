import BigInt

// Products and quotients of large integers, in pieces small enough to look for an interrupt between
// them: the package's own operators run to their end, which can be minutes away.
//
// Karatsuba (1962) for products, Burnikel and Ziegler (1998) for quotients, on the 64-bit words of
// magnitudes.

extension Machine {
  /// Words of the shorter factor up to which the package multiplies, and of a quotient up to which it
  /// divides: some microseconds.
  private static let quickWords = 40

  // MARK: - Products

  /// `x * y`.
  func product(_ x: BigInt, _ y: BigInt) throws(Raise) -> BigInt {
    let bits = x.magnitude.bitWidth + y.magnitude.bitWidth
    if bits < 8192 { return x * y }
    try charge(bits / 8, "the product")
    let magnitude = try product(x.magnitude, y.magnitude)
    return BigInt(sign: x.sign == y.sign ? .plus : .minus, magnitude: magnitude)
  }

  func product(_ x: BigUInt, _ y: BigUInt) throws(Raise) -> BigUInt {
    let isOrdered = x.bitWidth >= y.bitWidth
    let long = Array(isOrdered ? x.words : y.words)
    let short = Array(isOrdered ? y.words : x.words)
    let (total, size) = (long.count, short.count)
    if total <= Machine.quickWords || size == 0 { return x * y }
    // Result, one partial product, a piece of the long factor, the short one, scratch.
    let room = total + size + 2 * size + size + size + 8 * size + 256
    let memory = UnsafeMutablePointer<UInt>.allocate(capacity: room)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0, count: room)
    let partial = memory + (total + size)
    let piece = partial + 2 * size
    let factor = piece + size
    let scratch = factor + size
    for index in 0..<size { factor[index] = short[index] }
    // The longer factor in pieces as long as the shorter one.
    var start = 0
    while start < total {
      for index in 0..<size { piece[index] = start + index < total ? long[start + index] : 0 }
      try multiply(partial, piece, factor, size, scratch)
      Words.add(memory + start, partial, min(2 * size, total + size - start))
      start += size
      try pollItem()
    }
    return BigUInt(words: UnsafeBufferPointer(start: memory, count: total + size))
  }

  /// `result[0..<2n] = x[0..<n] * y[0..<n]`; `scratch` has room for 8n words.
  private func multiply(
    _ result: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, _ y: UnsafePointer<UInt>,
    _ n: Int, _ scratch: UnsafeMutablePointer<UInt>
  ) throws(Raise) {
    if n <= Machine.quickWords {
      Words.multiply(result, x, y, n)
      return
    }
    if n > 1000 { try poll() }
    // x = a B + b, y = c B + d with the low parts of half words; the high parts may be a word shorter.
    let half = (n + 1) / 2
    let rest = n - half
    // The middle product of (a + b) and (c + d), whose sums may carry one word.
    let left = scratch
    let right = scratch + (half + 1)
    let middle = scratch + 2 * (half + 1)
    let further = scratch + 4 * (half + 1)
    Words.sum(left, x, half, x + half, rest)
    Words.sum(right, y, half, y + half, rest)
    try multiply(middle, left, right, half + 1, further)
    try multiply(result, x, y, half, further)
    try multiply(result + 2 * half, x + half, y + half, rest, further)
    Words.subtract(middle, 2 * (half + 1), result, 2 * half)
    Words.subtract(middle, 2 * (half + 1), result + 2 * half, 2 * rest)
    Words.add(result + half, middle, min(2 * (half + 1), 2 * n - half))
  }

  /// Primitive operations on runs of words, least significant first.
  private enum Words {
    /// `result += x`; the caller knows that the sum fits where the carry goes.
    static func add(_ result: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, _ count: Int) {
      var carry: UInt = 0
      for index in 0..<count {
        let (first, one) = result[index].addingReportingOverflow(x[index])
        let (second, two) = first.addingReportingOverflow(carry)
        result[index] = second
        carry = (one ? 1 : 0) &+ (two ? 1 : 0)
      }
      var index = count
      while carry != 0 {
        let (sum, overflow) = result[index].addingReportingOverflow(1)
        result[index] = sum
        carry = overflow ? 1 : 0
        index += 1
      }
    }

    /// `result[0...n] = x[0..<n] + y[0..<m]` for m <= n.
    static func sum(
      _ result: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, _ n: Int,
      _ y: UnsafePointer<UInt>, _ m: Int
    ) {
      var carry: UInt = 0
      for index in 0..<n {
        let (first, one) = x[index].addingReportingOverflow(index < m ? y[index] : 0)
        let (second, two) = first.addingReportingOverflow(carry)
        result[index] = second
        carry = (one ? 1 : 0) &+ (two ? 1 : 0)
      }
      result[n] = carry
    }

    /// `result[0..<n] -= x[0..<m]` for m <= n; the difference is not negative.
    static func subtract(
      _ result: UnsafeMutablePointer<UInt>, _ n: Int, _ x: UnsafePointer<UInt>, _ m: Int
    ) {
      var borrow: UInt = 0
      for index in 0..<n {
        if index >= m, borrow == 0 { return }
        let (first, one) = result[index].subtractingReportingOverflow(index < m ? x[index] : 0)
        let (second, two) = first.subtractingReportingOverflow(borrow)
        result[index] = second
        borrow = (one ? 1 : 0) &+ (two ? 1 : 0)
      }
    }

    /// The product as at school.
    static func multiply(
      _ result: UnsafeMutablePointer<UInt>, _ x: UnsafePointer<UInt>, _ y: UnsafePointer<UInt>,
      _ n: Int
    ) {
      result.update(repeating: 0, count: 2 * n)
      for i in 0..<n {
        let factor = x[i]
        if factor == 0 { continue }
        var carry: UInt = 0
        for j in 0..<n {
          let (high, low) = factor.multipliedFullWidth(by: y[j])
          let (first, one) = low.addingReportingOverflow(carry)
          let (second, two) = result[i + j].addingReportingOverflow(first)
          result[i + j] = second
          // At most 2^64 - 1 in all: no overflow.
          carry = high &+ (one ? 1 : 0) &+ (two ? 1 : 0)
        }
        result[i + n] = carry
      }
    }
  }

  // MARK: - Quotients

  /// Quotient towards minus infinity, remainder with the sign of the divisor. `y` is not 0.
  func floorDivide(_ x: BigInt, _ y: BigInt) throws(Raise) -> (BigInt, BigInt) {
    let (q, r) = try divide(x.magnitude, y.magnitude)
    let quotient = BigInt(sign: x.sign == y.sign ? .plus : .minus, magnitude: q)
    let remainder = BigInt(sign: x.sign, magnitude: r)
    if r != 0, x.sign != y.sign { return (quotient - 1, remainder + y) }
    return (quotient, remainder)
  }

  /// Quotient and remainder of magnitudes. `y` is not 0.
  func divide(_ x: BigUInt, _ y: BigUInt) throws(Raise) -> (BigUInt, BigUInt) {
    let quick = Machine.quickWords * 64
    if x < y { return (0, x) }
    if y.bitWidth <= quick || x.bitWidth - y.bitWidth <= quick {
      if x.bitWidth < 1 << 16 { return x.quotientAndRemainder(dividingBy: y) }
    }
    if y.bitWidth <= quick { return try divideByShort(x, y) }
    // Digits of the length of the divisor, from the highest.
    let n = y.bitWidth
    var digits: [BigUInt] = []
    var rest = x
    while rest != 0 {
      digits.append(Machine.low(rest, n))
      rest >>= n
    }
    var remainder = BigUInt(0)
    var quotient = BigUInt(0)
    for digit in digits.reversed() {
      let (q, r) = try divide2by1((remainder << n) + digit, y, n)
      quotient = (quotient << n) + q
      remainder = r
    }
    return (quotient, remainder)
  }

  /// A long number by one of few words, some thousand bits at a time.
  private func divideByShort(_ x: BigUInt, _ y: BigUInt) throws(Raise) -> (BigUInt, BigUInt) {
    let words = Array(x.words)
    let size = 512
    var quotient = [UInt](repeating: 0, count: words.count)
    var remainder = BigUInt(0)
    var end = words.count
    while end > 0 {
      let start = max(0, end - size)
      let piece = (remainder << ((end - start) * 64)) + BigUInt(words: words[start..<end])
      let (q, r) = piece.quotientAndRemainder(dividingBy: y)
      for (index, word) in q.words.enumerated() where start + index < end {
        quotient[start + index] = word
      }
      remainder = r
      end = start
      try poll()
    }
    return (BigUInt(words: quotient), remainder)
  }

  private static func low(_ x: BigUInt, _ bits: Int) -> BigUInt {
    if x.bitWidth <= bits { return x }
    let words = bits / 64
    let rest = bits % 64
    var kept = Array(x.words.prefix(words + 1))
    kept[words] &= UInt(1) << UInt(rest) - 1
    return BigUInt(words: kept)
  }

  /// Divides a number below `b << n` by `b`, which has n bits.
  private func divide2by1(_ a: BigUInt, _ b: BigUInt, _ n: Int) throws(Raise) -> (BigUInt, BigUInt) {
    if a.bitWidth - n <= Machine.quickWords * 64 {
      // A short quotient; the package takes as many steps as it has words.
      if a.bitWidth > 1 << 20 { try poll() }
      return a.quotientAndRemainder(dividingBy: b)
    }
    try poll()
    let odd = n & 1
    let dividend = odd == 1 ? a << 1 : a
    let divisor = odd == 1 ? b << 1 : b
    let half = (n + odd) >> 1
    let high = divisor >> half
    let lower = Machine.low(divisor, half)
    let (q1, r1) = try divide3by2(
      dividend >> (2 * half), Machine.low(dividend >> half, half), divisor, high, lower, half)
    let (q2, r2) = try divide3by2(r1, Machine.low(dividend, half), divisor, high, lower, half)
    return ((q1 << half) + q2, odd == 1 ? r2 >> 1 : r2)
  }

  private func divide3by2(
    _ a12: BigUInt, _ a3: BigUInt, _ b: BigUInt, _ b1: BigUInt, _ b2: BigUInt, _ n: Int
  ) throws(Raise) -> (BigUInt, BigUInt) {
    var quotient: BigUInt
    let rest: BigUInt
    if a12 >> n == b1 {
      quotient = (BigUInt(1) << n) - 1
      rest = a12 - (b1 << n) + b1
    } else {
      (quotient, rest) = try divide2by1(a12, b1, n)
    }
    var remainder = BigInt((rest << n) + a3) - BigInt(try product(quotient, b2))
    // The estimate is too large by two at most.
    while remainder < 0 {
      quotient -= 1
      remainder += BigInt(b)
    }
    return (quotient, remainder.magnitude)
  }

  // MARK: - What is made of them

  /// The greatest common divisor, not negative.
  func greatestCommonDivisor(_ x: BigInt, _ y: BigInt) throws(Raise) -> BigInt {
    var (a, b) = (x.magnitude, y.magnitude)
    while b.bitWidth > 4096 || (b != 0 && a.bitWidth > 4096) {
      (a, b) = (b, try divide(a, b).1)
      try poll()
    }
    return BigInt(a.greatestCommonDivisor(with: b))
  }

  /// `base ** exponent % modulus` for an exponent that is not negative and a positive modulus.
  func power(_ base: BigInt, _ exponent: BigInt, modulo modulus: BigInt) throws(Raise) -> BigInt {
    if modulus == 1 { return 0 }
    var result = BigInt(1)
    var factor = try floorDivide(base, modulus).1
    let bits = exponent.magnitude
    let words = Array(bits.words)
    let count = bits.bitWidth
    for index in 0..<count {
      if words[index / 64] >> UInt(index % 64) & 1 == 1 {
        result = try floorDivide(product(result, factor), modulus).1
      }
      if index + 1 < count { factor = try floorDivide(product(factor, factor), modulus).1 }
      if modulus.magnitude.bitWidth > 512 { try poll() } else { try poll(at: index) }
    }
    return result
  }

  /// The number that gives 1 when multiplied with `value` modulo `modulus`; nil when there is none.
  func inverse(_ value: BigInt, modulo modulus: BigInt) throws(Raise) -> BigInt? {
    if modulus == 1 { return 0 }
    var (r0, r1) = (modulus, try floorDivide(value, modulus).1)
    var (t0, t1) = (BigInt(0), BigInt(1))
    while r1 != 0 {
      let (q, r) = try floorDivide(r0, r1)
      (t0, t1) = (t1, t0 - (try product(q, t1)))
      (r0, r1) = (r1, r)
      try pollItem()
    }
    if r0 != 1 { return nil }
    return try floorDivide(t0, modulus).1
  }

  /// The integer part of the square root of a number that is not negative.
  func squareRoot(_ x: BigUInt) throws(Raise) -> BigUInt {
    if x.bitWidth < 2048 { return x.squareRoot() }
    // Newton's steps from above, beginning from the root of the leading half of the bits, which is
    // right to half of the digits already.
    let shift = x.bitWidth / 4
    var root = (try squareRoot(x >> (2 * shift)) + 1) << shift
    while true {
      let next = (root + (try divide(x, root).0)) >> 1
      if next >= root { return root }
      root = next
      try poll()
    }
  }
}
