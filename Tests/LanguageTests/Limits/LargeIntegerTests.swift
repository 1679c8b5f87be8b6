import BigInt
import TestSupport
import Testing

@testable import Language

/// Our products and quotients of large integers against the package's, which know no interrupts.
@Suite struct LargeIntegerTests {
  private static func number(_ bits: Int, _ random: inout SeededGenerator) -> BigInt {
    var words = (0..<(bits / 64 + 1)).map { _ in UInt(truncatingIfNeeded: random.next()) }
    // Runs of zeros and ones are where carries go wrong.
    for index in words.indices where random.oneIn(3) {
      words[index] = random.oneIn(2) ? 0 : UInt.max
    }
    let magnitude = BigUInt(words: words) >> (64 - bits % 64)
    return BigInt(sign: random.oneIn(2) ? .minus : .plus, magnitude: magnitude)
  }

  @Test func productsAndQuotientsAreExact() throws {
    try onBigStack {
      let machine = try Machine()
      var random = SeededGenerator(seed: 5)
      for round in 0..<150 {
        let x = LargeIntegerTests.number(1 + random.below(40_000), &random)
        var y = LargeIntegerTests.number(1 + random.below(round % 3 == 0 ? 40_000 : 9_000), &random)
        if y == 0 { y = 7 }
        #expect(try machine.product(x, y) == x * y)
        let (q, r) = try machine.floorDivide(x, y)
        let (p, s) = Integers.floorDivide(x, y)
        #expect(q == p)
        #expect(r == s)
        #expect(try machine.floorDivide(x * y, y).0 == x)
        #expect(try machine.floorDivide(x * y, y).1 == 0)
      }
    }
  }

  @Test func rootsAndDivisorsAreExact() throws {
    try onBigStack {
      let machine = try Machine()
      var random = SeededGenerator(seed: 6)
      for _ in 0..<20 {
        let x = LargeIntegerTests.number(1 + random.below(9_000), &random)
        let y = LargeIntegerTests.number(1 + random.below(9_000), &random)
        let root = try machine.squareRoot(x.magnitude)
        #expect(root * root <= x.magnitude)
        #expect((root + 1) * (root + 1) > x.magnitude)
        #expect(
          try machine.greatestCommonDivisor(x * 12, y * 12)
            == (x * 12).greatestCommonDivisor(with: y * 12))
        let modulus = BigInt(y.magnitude) + 2
        #expect(
          try machine.power(x, BigInt(77), modulo: modulus)
            == Integers.floorDivide(x, modulus).1.power(77, modulus: modulus))
        if let inverse = try machine.inverse(x, modulo: modulus) {
          #expect(Integers.floorDivide(inverse * x, modulus).1 == 1)
        } else {
          #expect(x.greatestCommonDivisor(with: modulus) != 1)
        }
      }
    }
  }
}
